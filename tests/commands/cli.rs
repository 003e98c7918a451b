//! The command line: exit codes, what `check`, `list`, `show`, `init` and `update`
//! say, JSON fields.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{PAGE, TODAY, Vault, front, run, text};
use serde_json::{Value, json};
use std::io::Read;
use std::process::Stdio;

const DUE: &str = "---\ntier: close\nlast_contact: 2026-09-14\n---\n";

#[test]
fn a_problem_points_at_its_place() {
    let vault = Vault::new();
    vault.note("people/tanaka.md", "---\nname: 田中 太郎\nphone: 090-1234-5678\ntier: clsoe\n---\n");
    let want = "people/tanaka.md:4:7: unknown tier `clsoe`\n  |\n4 | tier: clsoe\n  |       ^^^^^ did you mean `close`?\n";
    let out = vault.goen(&["check", "--lang", "en"]);
    assert!(out.stdout.contains(want), "{}", out.said());
    // The caret stands under the value where wide characters come before it.
    vault.note("people/tanaka.md", "---\n区分: clsoe\n---\n");
    let out = vault.goen(&["check", "--lang", "en"]);
    assert!(
        out.stdout.contains("\n2 | 区分: clsoe\n  |       ^^^^^ did you mean `close`?\n"),
        "{}",
        out.said()
    );
    let out = vault.goen(&["check", "--lang", "ja"]);
    assert!(out.stdout.contains("people/tanaka.md:2:") && out.stdout.contains("close"), "{}", out.said());
}

/// What is told of data stands behind it, wherever both streams lead to the same place.
#[test]
fn what_is_told_of_data_comes_after_it() {
    let vault = Vault::new();
    for n in 0..200 {
        vault.note(&format!("People/somebody {n:03}.md"), "---\nlocation: \"a place of a long name\"\n---\n");
    }
    vault.note("People/z.md", "---\ntier: clsoe\n---\n");
    for (args, last) in
        [(["list", "--lang=en"], "201 people"), (["check", "--lang=en"], "1 problem (1 error)")]
    {
        let path = vault.home().join("both");
        let both = std::fs::File::create(&path).unwrap();
        let mut command = vault.command();
        command.arg("-C").arg(vault.path()).args(args).stderr(both.try_clone().unwrap()).stdout(both);
        command.status().unwrap();
        let said = std::fs::read_to_string(&path).unwrap();
        assert_eq!(said.lines().last(), Some(last), "{args:?}: {said}");
    }
}

/// As above, line by line on a terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_lines_in_their_order() {
    let vault = Vault::new();
    vault
        .note("People/bob.md", DUE)
        .note("People/carol.md", "---\ntier: [\n---\n")
        .note("People/dave.md", DUE);
    let goen = vault.command().get_program().to_str().unwrap().to_owned();
    let line = format!("'{goen}' -C '{}' --lang en log bob carol dave x", vault.path().display());
    let mut script = std::process::Command::new("script");
    script.args(["-qec", &line, "/dev/null"]).env_clear();
    script.env("HOME", vault.home()).env("PATH", "/usr/bin:/bin").stdin(Stdio::null());
    let Ok(out) = script.output() else {
        eprintln!("skipped: there is no `script` here");
        return;
    };
    let said = String::from_utf8(out.stdout).unwrap();
    let who =
        said.lines().filter_map(|line| ["bob", "carol", "dave"].into_iter().find(|who| line.contains(who)));
    assert_eq!(who.collect::<Vec<_>>(), ["bob", "carol", "dave"], "{said}");
}

#[test]
fn check_says_everything_as_data() {
    let vault = Vault::new();
    vault.note("People/a.md", "---\nname: A\ntier: clsoe\n---\n");
    let all = vault.problems();
    assert_eq!(all.len(), 1, "{all:?}");
    let keys: Vec<&String> = all[0].as_object().unwrap().keys().collect();
    for key in ["path", "line", "column", "severity", "code", "message", "help"] {
        assert!(keys.iter().any(|k| *k == key), "{key} in {keys:?}");
    }
    let got = ["path", "line", "column", "code"].map(|k| all[0][k].clone());
    assert_eq!(got, [json!("People/a.md"), json!(3), json!(7), json!("unknown-tier")]);
    assert!(text(&all[0]["message"]).contains("clsoe") && text(&all[0]["help"]).contains("close"), "{all:?}");
}

#[test]
fn check_fails_on_errors_only() {
    let check = |text: &str, code: i32| {
        let vault = Vault::new();
        vault.note("People/a.md", text);
        let out = vault.goen(&["check"]);
        assert_eq!(out.code, Some(code), "{text}: {}", out.said());
        let errors = vault.problems().iter().filter(|p| p["severity"] == "error").count();
        assert_eq!(errors > 0, code == 1, "{text}: {:?}", vault.problems());
        assert_eq!(vault.goen(&["update"]).code, Some(0), "one note never stops the others");
    };
    check(DUE, 0);
    check("", 0);
    check("---\nname: [\n---\n", 1);
    check("---\nname: A\n", 1);
    let vault = Vault::new();
    vault.note("People/README.md", "x").note("People/ok.md", DUE);
    assert_eq!(vault.goen(&["check"]).code, Some(0), "a note that is no person is no error");
}

#[test]
fn an_unknown_key_in_the_configuration_stops_every_command() {
    let check = |toml: &str, place: &str, nearest: &str| {
        let vault = Vault::new();
        vault.note("People/a.md", DUE).note("goen.toml", toml);
        let before = vault.everything();
        for command in ["update", "today", "list", "check"] {
            let out = vault.goen(&[command]);
            assert_eq!(out.code, Some(2), "{command} with {toml}: {}", out.said());
            assert!(out.said().contains(place) && out.said().contains(nearest), "{toml}: {}", out.said());
        }
        assert_eq!(vault.everything(), before);
    };
    check("[energy]\nper_dya = 2\n", "goen.toml:2", "per_day");
    check("# text\n\n[enrgy]\nper_day = 2\n", "goen.toml:3", "energy");
    check("[page]\nlang = \"en\"\nfiel = \"x.md\"\n", "goen.toml:3", "file");
    check("[tiers.close]\nwindwo = \"1m\"\n", "goen.toml:2", "window");
    check("[page\n", "goen.toml:1", "");
    check("[energy]\nper_day = \"two\"\n", "goen.toml:2", "per_day");
    check("[tiers.close]\nwindow = \"soon\"\n", "goen.toml:2", "soon");
}

#[test]
fn what_is_wrong_in_the_configuration_is_json_too() {
    let vault = Vault::new();
    vault.note("People/a.md", DUE).note("goen.toml", "[energy]\nper_dya = 2\nper_week = \"six\"\n");
    let out = vault.goen(&["--lang", "en", "check", "--json"]);
    assert_eq!(out.code, Some(2), "{}", out.said());
    let found: Value = serde_json::from_str(&out.stdout).unwrap();
    let rows = found.as_array().unwrap();
    assert_eq!(rows.len(), 2, "{found}");
    assert_eq!(
        rows[0],
        json!({
            "path": "goen.toml", "line": 2, "column": 1, "severity": "error", "code": "unknown-key",
            "message": "unknown key `energy.per_dya`", "help": "did you mean `per_day`?",
        })
    );
    assert!(out.stderr.contains("goen.toml:2:1"), "{}", out.stderr);
    // Other commands show nothing of the vault.
    assert_eq!(vault.goen(&["list", "--json"]).stdout, "");
}

#[test]
fn list_has_these_fields() {
    let vault = Vault::new();
    vault.note("People/x.md", &front("tier: close\nlast_contact: 2026-09-14\nline: taro"));
    let x = vault.person("People/x.md");
    let want = [
        "path",
        "name",
        "reading",
        "aliases",
        "tier",
        "state",
        "status",
        "last_contact",
        "last_source",
        "last_channel",
        "last_touch",
        "opens",
        "due",
        "snooze",
        "next",
        "interests",
        "orgs",
        "location",
        "birthday",
        "channels",
        "register",
        "lang",
        "contacts",
        "rhythm_days",
        "drifting",
        "gave",
        "received",
        "promises",
    ];
    for key in want {
        assert!(x.get(key).is_some(), "{key} in {x}");
    }
    let got = [
        &x["aliases"],
        &x["interests"],
        &x["orgs"],
        &x["promises"],
        &x["drifting"],
        &x["gave"],
        &x["snooze"],
    ];
    assert_eq!(json!(got), json!([[], [], [], [], false, 0, null]));
    assert_eq!(x["channels"], json!({"line": "taro"}));
}

#[test]
fn list_filters() {
    let vault = Vault::new();
    vault.note("People/a.md", &front("tier: close\nlast_contact: 2026-09-14\norg: ミナト\nlocation: 大阪府大阪市\ninterests: [Rust]\ntags: [ゼミ]"));
    vault.note(
        "People/b.md",
        &front("tier: senior\nlast_contact: 2026-11-10\norg: カワセ\nlocation: 東京\ninterests: [園芸]"),
    );
    vault.note("People/c.md", "");
    let check = |args: &[&str], want: &[&str]| {
        let all = vault.json(&[&["list"], args].concat());
        let mut got: Vec<String> =
            all.as_array().unwrap().iter().map(|p| text(&p["path"]).replace("People/", "")).collect();
        got.sort();
        assert_eq!(got, want, "{args:?}");
    };
    check(&[], &["a.md", "b.md", "c.md"]);
    check(&["--tier", "close"], &["a.md"]);
    check(&["--tier", "上司"], &["b.md"]);
    check(&["--org", "ミナト"], &["a.md"]);
    check(&["--location", "大阪"], &["a.md"]);
    check(&["--interest", "ｒｕｓｔ"], &["a.md"]);
    check(&["--state", "fresh"], &["b.md"]);
    check(&["--state", "untracked"], &["c.md"]);
    check(&["--tag", "ゼミ"], &["a.md"]);
    check(&["--untracked"], &["c.md"]);
}

#[test]
fn list_finds_an_organisation_and_an_interest_by_any_of_their_words() {
    let vault = Vault::new();
    vault.note("orgs/ミナト.md", "---\ntype: org\naliases: [Minato]\n---\n");
    vault.note("goen.toml", "[interests]\nAI = [\"人工知能\", \"機械学習\"]\n");
    vault.note("People/a.md", &front("org: Minato\ninterests: [機械学習]"));
    vault.note("People/b.md", &front("org: ミナト商会\ninterests: [ai]"));
    vault.note("People/c.md", &front("org: '[[orgs/ミナト|M]]'\ninterests: [園芸]"));
    for (option, word, want) in [
        ("--org", "ミナト", &["a.md", "b.md", "c.md"][..]),
        ("--org", "minato", &["a.md", "c.md"]),
        ("--org", "Mina", &["a.md", "c.md"]),
        ("--org", "商会", &["b.md"]),
        ("--interest", "AI", &["a.md", "b.md"]),
        ("--interest", "人工知能", &["a.md", "b.md"]),
        ("--interest", "園芸", &["c.md"]),
    ] {
        let all = vault.json(&["list", "--sort", "path", option, word]);
        let people = all.as_array().unwrap().iter();
        let got: Vec<String> = people.map(|p| text(&p["path"]).replace("People/", "")).collect();
        assert_eq!(got, want, "{option} {word}");
    }
}

#[test]
fn show_finds_a_person_however_typed() {
    let vault = Vault::new();
    vault.note(
        "People/tanaka.md",
        "---\nname: 田中 太郎\nreading: たなか たろう\naliases: [Tana]\ntier: close\n---\n",
    );
    vault.note("People/suzuki.md", "---\nname: 鈴木 花子\nreading: すずき はなこ\n---\n");
    vault.note("People/Jane Doe.md", "").note("People/鈴木 一郎.md", "");
    let check = |typed: &str, name: &str| {
        let out = vault.goen(&["show", typed]);
        assert!(out.code == Some(0) && out.stdout.contains(name), "{typed}: {}", out.said());
    };
    for typed in [
        "田中 太郎",
        "田中太郎",
        "田中",
        "太郎",
        "たなか たろう",
        "たなか",
        "タナカ",
        "ﾀﾅｶ",
        "Tana",
        "tana",
        "ＴＡＮＡ",
        "People/tanaka.md",
        "People/tanaka",
        "tanaka",
    ] {
        check(typed, "田中 太郎");
    }
    for typed in ["Jane Doe", "jane", "JANE", "ｊａｎｅ ｄｏｅ", "doe"] {
        check(typed, "Jane Doe");
    }
    check("花子", "鈴木 花子");
    for (typed, says) in [("鈴木", &["鈴木 花子", "鈴木 一郎"][..]), ("nobody", &["nobody"])] {
        let out = vault.goen(&["show", typed]);
        assert_eq!(out.code, Some(2), "{typed}: {}", out.said());
        assert!(
            says.iter().all(|s| out.stderr.contains(s)) && out.stdout.is_empty(),
            "{typed}: {}",
            out.said()
        );
    }
}

#[test]
fn show_tells_give_and_take_without_a_score() {
    let check = |log: &str, want: [Option<&str>; 2]| {
        let vault = Vault::new();
        vault.note("People/a.md", &format!("## 記録\n\n{log}"));
        for (lang, label, want) in [("ja", "  助け合い：", want[0]), ("en", "  give and take: ", want[1])]
        {
            let out = vault.goen(&["show", "a", "--lang", lang]);
            let said = out.stdout.lines().find_map(|line| line.strip_prefix(label));
            assert_eq!(said, want, "{log}: {}", out.said());
        }
        assert_eq!(vault.goen(&["update"]).code, Some(0));
        let page = vault.read(PAGE);
        assert!(["助け合い", "回", "力になったこと"].iter().all(|word| !page.contains(word)), "{page}");
    };
    check("- 2026-11-20 x\n- 2026-12-20 y #gave\n", [None, None]);
    check("- 2026-11-20 x #力になった\n", [Some("力になったこと 1回"), Some("you helped once")]);
    check(
        "- 2026-11-20 x #gave\n- 2026-11-19 x #お世話になった\n- 2026-11-18 x #received\n- 2026-11-17 x #received\n- 2026-11-16 x #gave\n",
        [Some("お世話になったこと 3回、力になったこと 2回"), Some("they helped 3 times, you helped twice")],
    );
}

#[test]
fn options_stand_before_or_after_and_the_day_may_come_from_outside() {
    let vault = Vault::new();
    vault.note("People/a.md", DUE);
    let folder = vault.at("");
    let folder = folder.to_str().unwrap();
    let after = run(vault.command().args(["today", "--json", "--today", TODAY, "-C", folder]));
    let before = run(vault.command().args(["--json", "--today", TODAY, "--vault", folder, "today"]));
    let outside = run(vault.command().env("GOEN_TODAY", TODAY).args(["today", "--json", "-C", folder]));
    assert!(
        after.code == Some(0) && after.stdout == before.stdout && after.stdout == outside.stdout,
        "{}",
        after.said()
    );
    for day in ["yesterday", "2026-13-01", "2026-02-29", ""] {
        let out = vault.on(day, &["list"]);
        assert!(out.code == Some(2) && out.stdout.is_empty(), "--today {day}: {}", out.said());
    }
    for args in [&["nonsense"][..], &["list", "--nonsense"], &["--lang", "fr", "list"], &["show"]] {
        assert_eq!(vault.goen(args).code, Some(2), "{args:?}");
    }
    for args in [&["--help"][..], &["--version"], &["update", "--help"]] {
        let out = vault.goen(args);
        assert!(out.code == Some(0) && !out.stdout.is_empty(), "{args:?}: {}", out.said());
    }
}

#[test]
fn today_writes_nothing_and_can_show_more() {
    let vault = Vault::new();
    for i in 0..5 {
        vault.note(
            &format!("People/人{i}号.md"),
            &front(&format!("tier: close\nlast_contact: 2026-09-0{}", i + 1)),
        );
    }
    vault.note("People/先の人.md", &front("tier: close\nlast_contact: 2026-11-10"));
    let before = vault.everything();
    let names = |args: &[&str]| {
        let out = vault.goen(args);
        assert_eq!(out.code, Some(0), "{}", out.said());
        (0..5).filter(|i| out.stdout.contains(&format!("人{i}号"))).count()
            + usize::from(out.stdout.contains("先の人"))
    };
    assert_eq!([names(&["today"]), names(&["today", "--week"]), names(&["today", "--all"])], [2, 5, 6]);
    for command in ["today", "list", "check", "show 人1号", "calendar", "forecast"] {
        vault.goen(&command.split(' ').collect::<Vec<_>>());
    }
    assert_eq!(vault.everything(), before);
}

#[test]
fn summaries_say_numbers_and_what_to_do_about_none() {
    let vault = Vault::new();
    for i in 0..3 {
        vault.note(&format!("People/{i}.md"), DUE);
    }
    let out = vault.goen(&["update"]);
    assert!(out.said().contains('3') && out.said().contains(PAGE), "{}", out.said());
    let empty = Vault::new();
    empty.note("Notes/a.md", "x");
    let out = empty.goen(&["update"]);
    assert!(
        out.code == Some(0) && out.said().contains("type: person"),
        "says how to make one: {}",
        out.said()
    );
    assert_eq!(empty.json(&["list"]), json!([]));
    assert_eq!(empty.json(&["check"]), json!([]));
}

#[test]
fn init_overwrites_nothing_and_says_what_it_found() {
    let vault = Vault::new();
    vault
        .note("People/a.md", DUE)
        .note("People/b.md", "## Log\n\n- 2026-09-14 x\n")
        .note("2026-09-14.md", "[[a]]\n");
    let before = vault.everything();
    let out = vault.goen(&["init"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    assert!(vault.at("goen.toml").exists() && out.said().contains('2'), "{}", out.said());
    let after = vault.everything();
    assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)));
    // What it made can be read, names no further people, and stays as it is.
    assert_eq!(vault.goen(&["check"]).code, Some(0), "{}", vault.goen(&["check"]).said());
    assert_eq!(vault.paths(), ["People/a.md", "People/b.md"]);
    assert_eq!(vault.goen(&["init"]).code, Some(0));
    assert_eq!(vault.everything(), after);

    let own = Vault::new();
    own.note("goen.toml", "# mine\n").note("People/a.md", DUE);
    assert_eq!(own.goen(&["init"]).code, Some(0));
    assert_eq!(own.read("goen.toml"), "# mine\n");

    // In the folder where one stands, and in an empty one: what is zero, and why.
    let empty = Vault::new();
    let out = run(empty.command().current_dir(empty.path()).args(["--today", TODAY, "init"]));
    assert!(out.code == Some(0) && empty.at("goen.toml").exists(), "{}", out.said());
    assert!(out.said().contains('0') && out.said().contains("People"), "{}", out.said());
    assert_eq!(empty.goen(&["update"]).code, Some(0));
}

#[test]
fn the_example_vault_runs() {
    let vault = Vault::new();
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("example-vault");
    for entry in
        walkdir::WalkDir::new(&from).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file())
    {
        let path = entry.path().strip_prefix(&from).unwrap().to_str().unwrap().to_owned();
        vault.bytes(&path, &std::fs::read(entry.path()).unwrap());
    }
    let before = vault.snapshot();
    let verbs =
        [&["today", "--all"][..], &["list"], &["show", "真壁"], &["calendar"], &["forecast"], &["check"]];
    for args in [&["update"][..]].into_iter().chain(verbs) {
        let out = vault.goen(args);
        assert_eq!(out.code, Some(0), "{args:?}: {}", out.said());
    }
    assert_eq!(vault.snapshot(), before);
    assert_eq!(vault.people().len(), 28);
}

#[test]
fn a_broken_pipe_is_no_error() {
    let vault = Vault::new();
    let long = "長い名前の".repeat(40);
    for i in 0..600 {
        vault.note(&format!("People/{i}.md"), &front(&format!("tier: clsoe\nname: {long}{i}")));
    }
    for args in [&["list"][..], &["list", "--json"], &["check"], &["check", "--json"]] {
        let mut command = vault.command();
        command.arg("-C").arg(vault.path()).args(["--today", TODAY]).args(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0];
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut first).unwrap();
        drop(stdout);
        let out = child.wait_with_output().unwrap();
        let said = String::from_utf8(out.stderr).unwrap();
        let want = if args[0] == "check" { 0..=1 } else { 0..=0 };
        assert!(out.status.code().is_some_and(|c| want.contains(&c)), "{args:?}: {:?} {said}", out.status);
        assert!(!said.contains("panicked") && !said.to_lowercase().contains("pipe"), "{args:?}: {said}");
    }
}

#[test]
fn colour_and_width_are_for_terminals() {
    let vault = Vault::new();
    vault.note("People/長い名前の人.md", &front("tier: close\nlast_contact: 2026-09-14\norg: とても長い名前の株式会社ミナト開発第二営業部東日本支社\nlocation: 大阪府大阪市中央区"));
    let out = vault.goen(&["list"]);
    assert!(out.stdout.contains("長い名前の人") && !out.stdout.contains('\u{1b}'), "{}", out.stdout);
    let empty: Vec<Value> = Vec::new();
    assert_eq!(vault.json(&["list", "--state", "dormant"]), json!(empty));
}

#[test]
fn an_export_into_no_folder_is_told_so() {
    let vault = Vault::new();
    let nowhere = vault.home().join("nowhere").join("x.vcf");
    let out = vault.goen(&["--lang", "en", "export", "vcf", "-o", nowhere.to_str().unwrap()]);
    assert_eq!(out.code, Some(2), "{}", out.said());
    assert!(
        out.stderr.contains("cannot write") && out.stderr.contains("there is no folder"),
        "{}",
        out.stderr
    );
}

#[test]
fn what_keeps_every_command_from_its_work_is_an_error() {
    let vault = Vault::new();
    vault.note("goen.toml", "[energy]\nper_week = \"many\"\n");
    let out = vault.goen(&["check", "--json"]);
    assert_eq!(out.code, Some(2), "{}", out.said());
    let rows: Value = serde_json::from_str(&out.stdout).unwrap();
    assert_eq!((&rows[0]["code"], &rows[0]["severity"]), (&"bad-value".into(), &"error".into()), "{rows}");
}
