//! `goen undo` of an import, whatever was changed since; and imports that meet each other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use goen::app::{App, Manner, Options};
use goen::exchange::intake::{State, Taken};
use goen::exchange::vcard;
use serde_json::{Value, json};

use crate::common::{TODAY, Vault, front, run};
use crate::import::{card, import, ok};

const TARO: &str = "People/田中 太郎.md";

/// The number of things that `goen undo` lists.
fn listed(vault: &Vault) -> usize {
    vault.json(&["undo"]).as_array().unwrap().len()
}

#[test]
fn what_somebody_writes_after_an_import_stays_and_the_rest_is_taken_back() {
    let vault = Vault::new();
    vault.note(TARO, &front("name: 田中 太郎\nemail: a@example.jp # 仕事\nphone:"));
    let before = vault.read(TARO);
    let cards = [
        "FN:田中 太郎\nEMAIL:a@example.jp\nEMAIL:b@example.jp\nTEL:090-1111-2222\nORG:ミナト\nX-SOCIALPROFILE;TYPE=twitter:https://twitter.com/taro\nNICKNAME:たろ",
    ];
    import(&vault, &cards, &["--yes"]);
    let filled = vault.read(TARO);
    let cases: [(&str, &str, &str, &str, Value); 5] = [
        ("", "", "", "", json!([])),
        ("---\n", "---\ncity: 東京\n", "---\n", "---\ncity: 東京\n", json!([])),
        (
            ", b@example.jp]",
            ", b@example.jp, c@example.jp]",
            "email: a@example.jp",
            "email: [\"a@example.jp\", c@example.jp]",
            json!([]),
        ),
        ("org: ミナト", "org: ソラ", "phone:\n", "phone:\norg: ソラ\n", json!(["org"])),
        ("\"090-1111-2222\"", "\"090-3333-4444\"", "phone:", "phone: \"090-3333-4444\"", json!(["phone"])),
    ];
    for (from, to, was, is, stays) in cases {
        vault.note(TARO, &(filled.replacen(from, to, 1) + "会った。\n"));
        let out = vault.json(&["undo", "1"]);
        let want = before.replacen(was, is, 1) + "会った。\n";
        assert_eq!(vault.read(TARO), want, "{to:?}: {out}");
        let keys: Vec<&Value> =
            out["stays"].as_array().unwrap().iter().map(|one| &one["values"][0]["key"]).collect();
        assert_eq!(json!(keys), stays, "{to:?}");
        assert_eq!((listed(&vault), &out["paths"]), (0, &json!([TARO])), "{to:?}");
        vault.note(TARO, &before);
        import(&vault, &cards, &["--yes"]);
        assert_eq!(vault.read(TARO), filled);
    }
    // Nothing is said to be taken back where nothing was, and it can be tried again.
    vault.note(TARO, &filled.replace("\n---\n", "\n---\n<<<<<<< a\n=======\n>>>>>>> b\n"));
    let out = vault.goen(&["undo", "1", "--lang", "en"]);
    assert_eq!((out.code, &*out.stdout), (Some(2), ""), "{}", out.said());
    assert!(out.stderr.contains("not taken back: People/田中 太郎.md: "), "{}", out.said());
    vault.note(TARO, &filled);
    ok(vault.goen(&["undo", "1"]));
    assert_eq!((vault.read(TARO), listed(&vault)), (before, 0));
}

#[test]
fn imports_into_one_note_are_taken_back_in_any_order() {
    let vault = Vault::new();
    vault.note(TARO, "---\nname: 田中 太郎\n---\n");
    import(&vault, &["FN:田中 太郎\nORG:ミナト"], &["--yes"]);
    import(&vault, &["FN:田中 太郎\nTEL:090-1111-2222"], &["--yes"]);
    assert_eq!(listed(&vault), 2);
    let out = ok(vault.goen(&["undo", "2", "--lang", "en"]));
    assert!(out.stdout.starts_with("taken back: "), "{}", out.said());
    assert_eq!(vault.read(TARO), "---\nname: 田中 太郎\nphone: \"090-1111-2222\"\n---\n");
    ok(vault.goen(&["undo", "1"]));
    assert_eq!((vault.read(TARO), listed(&vault)), ("---\nname: 田中 太郎\n---\n".into(), 0));
    // The same once more is another import, called in the language of who reads it.
    for _ in 0..2 {
        import(&vault, &["FN:鈴木 花子"], &["--yes", "--lang", "ja"]);
        std::fs::remove_file(vault.at("People/鈴木 花子.md")).unwrap();
    }
    let list = vault.json(&["undo", "--lang", "en"]);
    assert_eq!((&list[0]["name"], &list[1]["name"]), (&json!("import"), &json!("import")), "{list}");
    assert_ne!(list[0]["id"], list[1]["id"]);
}

#[test]
fn new_notes_that_were_changed_moved_or_deleted_are_named() {
    let vault = Vault::new();
    import(&vault, &["FN:佐藤 一", "FN:佐藤 二", "FN:佐藤 三", "FN:佐藤 四"], &["--yes"]);
    let path = |name: &str| format!("People/佐藤 {name}.md");
    let edited = vault.read(&path("一")) + "会った。\n";
    vault.note(&path("一"), &edited);
    vault.note("Work/佐藤 二.md", &vault.read(&path("二")));
    std::fs::remove_file(vault.at(&path("二"))).unwrap();
    std::fs::remove_file(vault.at(&path("三"))).unwrap();
    let out = vault.json(&["undo", "1"]);
    assert_eq!(out["paths"], json!([path("四")]), "{out}");
    let why: Vec<_> = out["stays"].as_array().unwrap().iter().map(|one| one["why"].clone()).collect();
    assert_eq!(why, ["edited", "moved", "gone"], "{out}");
    assert_eq!(vault.read(&path("一")), edited);
    // What is back in its place goes at the second try; what nothing can be done about is said.
    vault.note(&path("二"), &vault.read("Work/佐藤 二.md"));
    std::fs::remove_file(vault.at("Work/佐藤 二.md")).unwrap();
    let out = ok(vault.goen(&["undo", "1", "--lang", "en"]));
    assert!(!vault.at(&path("二")).exists() && out.stderr.contains("was edited since"), "{}", out.said());
    let out = vault.goen(&["undo", "1", "--lang", "en"]);
    assert_eq!(out.code, Some(2), "{}", out.said());
    assert!(out.stderr.contains("nothing was taken back"), "{}", out.said());
    std::fs::remove_file(vault.at(&path("一"))).unwrap();
    ok(vault.goen(&["undo", "1"]));
    assert_eq!(listed(&vault), 0);
}

#[test]
fn the_older_of_two_imports_goes_first_and_nothing_of_either_stays() {
    let vault = Vault::new();
    for before in
        ["---\nname: 田中 太郎\n---\n", "---\nname: 田中 太郎\norg:\nemail: a@example.jp # 仕事\n---\n"]
    {
        vault.note(TARO, before);
        let first = "FN:田中 太郎\nORG:ミナト\nEMAIL:a@example.jp\nEMAIL:b@example.jp\nCATEGORIES:山";
        let second = "FN:田中 太郎\nORG:ソラ\nEMAIL:a@example.jp\nEMAIL:c@example.jp\nCATEGORIES:海";
        import(&vault, &[first], &["--yes"]);
        import(&vault, &[second], &["--yes", "--overwrite"]);
        assert!(vault.read(TARO).contains("org: ソラ"), "{}", vault.read(TARO));
        ok(vault.goen(&["undo", "2"]));
        assert!(vault.read(TARO).contains("org: ソラ"), "{}", vault.read(TARO));
        ok(vault.goen(&["undo", "1"]));
        assert_eq!((vault.read(TARO), listed(&vault)), (before.into(), 0));
    }
}

#[test]
fn a_note_that_is_away_or_empty_just_now_can_be_tried_again() {
    let vault = Vault::new();
    let before = "---\nname: 田中 太郎\n---\n会った。\n";
    vault.note(TARO, before);
    import(&vault, &["FN:田中 太郎\nCATEGORIES:山"], &["--yes"]);
    let filled = vault.read(TARO);
    std::fs::remove_file(vault.at(TARO)).unwrap();
    vault.note("Work/田中 太郎.md", &(filled.clone() + "また。\n"));
    let tried = |said: &str| {
        let out = vault.goen(&["undo", "1", "--lang", "en"]);
        assert_eq!(out.code, Some(2), "{}", out.said());
        assert!(out.stderr.contains(said), "{}", out.said());
        assert_eq!(listed(&vault), 1);
    };
    tried("it is not there");
    vault.note(TARO, "");
    tried("something keeps writing to it");
    // A comment is somebody's: the words do not speak of writing a value.
    vault.note(TARO, &filled.replace("[山]", "\n  - 山 # 富士山"));
    tried("take it out in the note");
    vault.note(TARO, &(filled + "また。\n"));
    ok(vault.goen(&["undo", "1"]));
    assert_eq!((vault.read(TARO), listed(&vault)), (format!("{before}また。\n"), 0));
}

#[test]
fn imports_at_one_time_make_everybody_once() {
    let vault = Vault::new();
    let names = ["田中 太郎", "鈴木 花子", "Jon Smith"];
    let cards: String = names.iter().map(|name| card(&format!("FN:{name}\nORG:ミナト"))).collect();
    std::fs::write(vault.home().join("a.vcf"), cards).unwrap();
    let start = || {
        let mut command = vault.command();
        command.arg("--vault").arg(vault.path()).args(["import", "a.vcf", "--yes"]);
        command.current_dir(vault.home()).stderr(std::process::Stdio::null());
        command.stdout(std::process::Stdio::null()).spawn().unwrap()
    };
    let all: Vec<_> = (0..3).map(|_| start()).collect();
    for mut one in all {
        assert!(one.wait().unwrap().success());
    }
    assert_eq!(vault.people().len(), 3, "{:?}", vault.snapshot().keys());
    let id = vault.json(&["undo"])[0]["id"].as_str().unwrap().to_owned();
    let undo = || {
        let mut command = vault.command();
        command.arg("--vault").arg(vault.path()).args(["undo", &id, "--lang", "en"]);
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::piped()).spawn().unwrap()
    };
    let all: Vec<_> = (0..3).map(|_| undo()).collect();
    for one in all {
        let said = String::from_utf8(one.wait_with_output().unwrap().stderr).unwrap();
        assert!(!said.contains("not written"), "{said}");
    }
    assert_eq!((vault.people().len(), listed(&vault)), (0, 0));
}

#[test]
fn a_note_that_came_since_the_plan_is_the_persons_own() {
    let vault = Vault::new();
    let options = Options { today: TODAY.parse().unwrap(), lang: None };
    let mut app = App::open(vault.path(), options).unwrap();
    vault.note(TARO, &front("name: 田中 太郎\nphone: 090-1111-2222"));
    let rows = vcard::read(card("FN:田中 太郎\nTEL:090-1111-2222\nEMAIL:a@example.jp").as_bytes());
    let taken = rows.into_iter().map(|row| Taken { file: 0, card: row.unwrap() }).collect();
    let (plan, applied) = app.import(taken, &Manner::default(), &|| {}).unwrap();
    assert_eq!((plan[0].state(false), applied[0].made), (State::Filled, false));
    assert_eq!(vault.snapshot().len(), 1);
    assert!(vault.read(TARO).contains("email: a@example.jp"));
}

/// More notes than a process may have files open.
#[cfg(unix)]
#[test]
fn many_notes_are_filled_in_with_few_files_open() {
    let vault = Vault::new();
    let names: Vec<String> = (0..150).map(|number| format!("Person N{number}")).collect();
    for name in &names {
        vault.note(&format!("People/{name}.md"), &format!("---\nname: {name}\n---\n"));
    }
    let before = vault.snapshot();
    let cards: String = names.iter().map(|name| card(&format!("FN:{name}\nORG:Minato"))).collect();
    std::fs::write(vault.home().join("a.vcf"), cards).unwrap();
    let few = |args: &[&str]| {
        let mut shell = std::process::Command::new("/bin/sh");
        shell.env_clear().env("HOME", vault.home()).current_dir(vault.home());
        shell.args(["-c", "ulimit -n 200; exec \"$@\"", "sh"]).arg(vault.command().get_program());
        shell.arg("--vault").arg(vault.path()).args(args);
        ok(run(&mut shell))
    };
    few(&["import", "a.vcf", "--yes"]);
    assert!(vault.snapshot().values().all(|bytes| bytes.ends_with(b"org: Minato\n---\n")));
    few(&["undo", "1"]);
    assert_eq!(vault.snapshot(), before);
}
