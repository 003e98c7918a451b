//! `goen import`: whom a card means, what becomes of notes, and what never does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use goen::app::{App, Manner, Options};
use goen::exchange::card::Card;
use goen::exchange::intake::{Taken, What};
use goen::exchange::portrait::card_of;
use goen::exchange::vcard;
use serde_json::{Value, json};

use crate::common::{Output, TODAY, Vault, all_equal, front, is_unsafe, run, text};

const TARO: &str = "People/田中 太郎.md";

/// A card of these lines.
pub fn card(lines: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\n{}\r\nEND:VCARD\r\n", lines.trim().replace('\n', "\r\n"))
}

/// Imports cards, as they stand in one file.
pub fn import(vault: &Vault, cards: &[&str], options: &[&str]) -> Value {
    let file = vault.home().join("book.vcf");
    std::fs::write(&file, cards.iter().map(|lines| card(lines)).collect::<String>()).unwrap();
    vault.json(&[&["import", file.to_str().unwrap()], options].concat())
}

pub fn ok(out: Output) -> Output {
    assert_eq!(out.code, Some(0), "{}", out.said());
    out
}

/// State, path and the reason of each person.
pub fn states(plan: &Value) -> Vec<String> {
    let people = plan["people"].as_array().unwrap();
    people
        .iter()
        .map(|one| format!("{} {}", text(&one["state"]), text(&one["path"])).trim().to_owned())
        .collect()
}

/// What is to be written into the only person's note.
fn changes(plan: &Value) -> Vec<String> {
    let all = plan["people"][0]["changes"].as_array().unwrap();
    let line = |one: &Value| match one["old"].as_str() {
        Some(old) => format!("{}: {} ← {old}", text(&one["key"]), text(&one["value"])),
        None => format!("{}: {}", text(&one["key"]), text(&one["value"])),
    };
    all.iter().map(line).collect()
}

#[test]
fn a_plan_is_shown_applied_and_taken_back() {
    let vault = Vault::new();
    vault.note(TARO, "---\nname: 田中 太郎\nbirthday:   # ?\n---\n\n近況。\n");
    let before = vault.snapshot();
    let cards = [
        "FN:田中太郎様\nBDAY:1985-12-03\nEMAIL:taro@example.jp\nTEL:090-1234-5678",
        "FN:鈴木 花子\nORG:ミナト;開発部\nTITLE:部長\nNOTE:山が好き",
    ];
    let plan = import(&vault, &cards, &[]);
    assert_eq!(states(&plan), [format!("filled {TARO}"), "new".into()]);
    assert_eq!(plan["applied"], json!(false));
    assert_eq!(plan["files"][0]["source"], json!("vcard"));
    assert_eq!(plan["files"][0]["cards"], json!(2));
    assert_eq!(vault.snapshot(), before, "a plan writes nothing");

    let done = import(&vault, &cards, &["--yes"]);
    assert_eq!(done["applied"], json!(true));
    assert_eq!(done["people"][1]["path"], json!("People/鈴木 花子.md"));
    let want = "---\nname: 田中 太郎\nbirthday: 1985-12-03  # ?\nemail: taro@example.jp\nphone: \"090-1234-5678\"\n---\n\n近況。\n";
    assert_eq!(vault.read(TARO), want);
    let hanako = vault.person("People/鈴木 花子.md");
    assert_eq!(hanako["orgs"], json!([{"name": "ミナト", "role": "開発部 部長", "from": null, "to": null}]));
    assert_eq!(hanako["state"], json!("untracked"), "no tier is invented");
    assert!(vault.read("People/鈴木 花子.md").contains("\n---\n\n> 山が好き\n"));
    assert_eq!(vault.problems(), Vec::<Value>::new());

    let again = vault.snapshot();
    let plan = import(&vault, &cards, &["--yes"]);
    assert_eq!(states(&plan), [format!("unchanged {TARO}"), "unchanged People/鈴木 花子.md".into()]);
    assert_eq!(vault.snapshot(), again, "a second import changes nothing");

    ok(vault.goen(&["undo", "1"]));
    assert_eq!(vault.snapshot(), before, "one undo takes it back");
}

#[test]
fn whom_a_card_means() {
    let taro = "name: 田中 太郎\nreading: たなか たろう\naliases: [Taro Tanaka]\nemail: taro@example.jp\nphone: 090-1111-2222\nbirthday: 1985-12-03\norg: ミナト";
    let notes = [
        (TARO, front(taro)),
        ("People/渡辺 学.md", front("name: 渡辺 学\nreading: わたなべ まなぶ")),
        ("People/Jose Garcia.md", front("linkedin: https://www.linkedin.com/in/jose-g")),
        ("People/John Smith.md", front("name: John Smith\nemail: john@example.com")),
        ("People/林.md", front("name: 林 愛")),
        ("a/林.md", front("type: person\nname: 林 愛")),
        ("People/係.md", front("name: 係\nemail: info@example.jp")),
        ("People/母.md", front("name: 森 幸子\nphone: 03-1111-2222")),
    ];
    let rows = [
        ("FN:Tanaka\\, Taro", format!("unchanged {TARO}")),
        ("FN:TANAKA Taro", format!("unchanged {TARO}")),
        ("FN:Ｔａｒｏ　Ｔａｎａｋａ", format!("unchanged {TARO}")),
        ("FN:田中　太郎 様", format!("unchanged {TARO}")),
        ("FN:タナカ タロウ", format!("unchanged {TARO}")),
        ("FN:田中 太郎\nBDAY:1985-12-04", "ambiguous".into()),
        ("FN:田中 太郎\nBDAY:--12-03", format!("unchanged {TARO}")),
        ("FN:田中 太郎\nEMAIL:t@other.jp\nORG:別会社", "ambiguous".into()),
        ("FN:佐藤 次郎\nEMAIL:TARO@example.jp", "ambiguous".into()),
        ("FN:T. Tanaka\nEMAIL:taro@example.jp", format!("unchanged {TARO}")),
        ("FN:T. Tanaka", "ambiguous".into()),
        ("FN:田仲 多朗\nX-PHONETIC-LAST-NAME:タナカ\nX-PHONETIC-FIRST-NAME:タロウ", "ambiguous".into()),
        ("FN:田中 花子\nTEL:+81 90 1111 2222", "ambiguous".into()),
        ("FN:佐藤 次郎\nTEL:+81 90 1111 2222", "new".into()),
        ("FN:渡邉 學", "unchanged People/渡辺 学.md".into()),
        ("FN:José García", "unchanged People/Jose Garcia.md".into()),
        ("FN:John M. Smith", "ambiguous".into()),
        ("FN:Dr. John Smith", "filled People/John Smith.md".into()),
        ("FN:林 愛", "ambiguous".into()),
        ("FN:総務 花子\nEMAIL:info@example.jp", "new".into()),
        ("FN:森 一郎\nTEL:03-1111-2222", "new".into()),
        ("FN:誰でもない", "new".into()),
    ];
    let vault = Vault::new();
    for (path, text) in &notes {
        vault.note(path, text);
    }
    let told = rows.iter().map(|(lines, want)| {
        let got = states(&import(&vault, &[lines], &[])).join(" ");
        ((*lines).to_owned(), got, want.clone())
    });
    all_equal(told.collect::<Vec<_>>());
    let plan = import(&vault, &["FN:林 愛"], &[]);
    assert_eq!(plan["people"][0]["candidates"], json!(["People/林.md", "a/林.md"]));
    assert_eq!(plan["people"][0]["why"], json!("several"));
}

#[test]
fn what_a_note_says_stays_unless_asked_otherwise() {
    let vault = Vault::new();
    let note = "---\r\n氏名: 田中 太郎\r\n会社: 'ミナト' # since 2019\r\n役職: 主任\r\n誕生日: いつか\r\ncity: 大阪\r\nemail: a@example.jp\r\nlinkedin: taro\r\nadded: 2020-01-01\r\n---\r\n本文\r\n";
    vault.note(TARO, note);
    let cards =
        ["FN:田中 太郎\nORG:アオバ\nTITLE:部長\nBDAY:1985-12-03\nEMAIL:a@example.jp\nEMAIL:b@example.jp"];
    let plan = import(&vault, &cards, &[]);
    let want = ["org: アオバ ← ミナト", "role: 部長 ← 主任", "email: b@example.jp"];
    assert_eq!(changes(&plan), want);
    assert_eq!(
        plan["people"][0]["left"][0]["key"],
        json!("birthday"),
        "a plan knows what a note cannot take"
    );
    let done = import(&vault, &cards, &["--yes"]);
    let left = done["people"][0]["left"].as_array().unwrap();
    assert_eq!(left.iter().map(|one| text(&one["key"])).collect::<Vec<_>>(), ["birthday"], "{done}");
    let filled = note.replace("email: a@example.jp", "email: [\"a@example.jp\", b@example.jp]");
    assert_eq!(vault.read(TARO), filled, "what stands there stays");
    let plan = import(&vault, &cards, &["--yes", "--overwrite"]);
    assert_eq!(states(&plan), [format!("filled {TARO}")]);
    let replaced = filled.replace("'ミナト'", "'アオバ'").replace("主任", "部長");
    assert_eq!(vault.read(TARO), replaced);
    let again = import(&vault, &cards, &["--yes", "--overwrite"]);
    assert_eq!(vault.read(TARO), replaced);
    assert_eq!(
        again["people"][0]["left"][0]["key"],
        json!("birthday"),
        "what cannot be written is told again"
    );
}

#[test]
fn organisations_become_links_where_they_have_a_note() {
    let vault = Vault::new();
    vault.note("会社/株式会社ミナト.md", &front("type: org\naliases: [Minato]"));
    vault.note("People/a.md", &front("name: 佐藤 一\norg: \"[[株式会社ミナト]] 2019-04..2024-03 主任\""));
    vault.note("People/b.md", &front("name: 佐藤 二\norg: []"));
    vault.note("People/c.md", &front("name: 佐藤 三\norg: \"[[株式会社ミナト]] 部長\""));
    let cards = [
        "FN:佐藤 一\nORG:アオバ\nTITLE:課長",
        "FN:佐藤 二\nORG:Minato\nTITLE:Engineer",
        "FN:佐藤 三\nORG:㈱ミナト\nTITLE:開発部長",
        "FN:佐藤 四\nORG:2019-2024 Ltd.\nTITLE:no",
        "FN:佐藤 五\nORG:[[People/a]]: \"x\"",
    ];
    let plan = import(&vault, &cards, &["--yes"]);
    let want = ["filled People/a.md", "filled People/b.md", "unchanged People/c.md"];
    assert_eq!(states(&plan)[..3], want, "{plan}");
    let a = vault.person("People/a.md");
    assert_eq!(a["orgs"][1]["name"], json!("アオバ"), "{}", vault.read("People/a.md"));
    assert!(vault.read("People/b.md").contains("org: [\"[[株式会社ミナト]]\"]\nrole: Engineer\n"));
    // What a note would understand otherwise is told and not written.
    let left: Vec<String> =
        plan["people"][3]["left"].as_array().unwrap().iter().map(|one| text(&one["key"])).collect();
    assert_eq!(left, ["org", "role"], "{plan}");
    let before = vault.snapshot();
    import(&vault, &cards, &["--yes"]);
    assert_eq!(vault.snapshot(), before);
    assert_eq!(vault.problems(), Vec::<Value>::new());
}

#[test]
fn the_first_people_of_a_japanese_vault_go_to_a_folder_of_that_language() {
    for (lang, path) in [("ja", "人/鈴木 花子.md"), ("en", "People/鈴木 花子.md")] {
        let vault = Vault::new();
        ok(vault.goen(&["init", "--lang", lang]));
        let done = import(&vault, &["FN:鈴木 花子"], &["--yes"]);
        assert_eq!(done["people"][0]["path"], json!(path));
        assert_eq!(vault.person(path)["name"], json!("鈴木 花子"));
    }
}

#[test]
fn groups_are_tiers_and_tags() {
    let vault = Vault::new();
    let groups =
        "FN:田中 太郎\nCATEGORIES:友人,Close Friends,* myContacts,event,me,2024,person,仕事/取引 先,#x y";
    let plan = import(&vault, &[groups], &["--tier", "client", "--yes"]);
    let taro = vault.person(TARO);
    assert_eq!(taro["tier"], json!("close"), "a group that is a tier's name: {plan}");
    assert!(vault.read(TARO).contains("友人"), "in its own word: {}", vault.read(TARO));
    let tags: Vec<String> = changes(&plan).into_iter().filter(|line| line.starts_with("tags")).collect();
    assert_eq!(tags, ["tags: Close-Friends", "tags: 仕事/取引-先", "tags: x-y"]);
    import(&vault, &["FN:鈴木 花子", "FN:田中 太郎\nCATEGORIES:上司"], &["--tier", "取引先", "--yes"]);
    assert_eq!(vault.person("People/鈴木 花子.md")["tier"], json!("client"));
    assert_eq!(vault.person(TARO)["tier"], json!("close"), "whoever has a tier keeps it");
    let out = vault.goen(&["import", "x.vcf", "--tier", "clsoe"]);
    assert_eq!(out.code, Some(2), "{}", out.said());
}

#[test]
fn a_plan_promises_nobody_whom_no_file_can_be_called_after() {
    let vault = Vault::new();
    let cards = ["FN:🎉\nEMAIL:a@example.jp", "FN:[\"]", "FN:田中 太郎"];
    let plan = import(&vault, &cards, &[]);
    assert_eq!(states(&plan), ["left", "left", "new"], "{plan}");
    assert_eq!(plan["people"][0]["why"], json!("no-file-name"));
    let out = ok(vault.goen(&["--lang", "ja", "import", "book.vcf"]));
    assert!(out.stdout.contains("新しい人 1人、書き込めない人 2人"), "{}", out.said());
    assert!(out.stdout.contains("この名前のファイルは作れません"), "{}", out.said());
    let done = vault.goen(&["import", "book.vcf", "--yes"]);
    assert_eq!(done.code, Some(2), "{}", done.said());
    assert_eq!(vault.people().len(), 1);
}

#[test]
fn a_group_that_is_another_tier_is_shown_beside_theirs() {
    let vault = Vault::new();
    vault.note(TARO, "---\nname: 田中 太郎\ntier: colleague\n---\n");
    let friend = ["FN:田中 太郎\nCATEGORIES:友人"];
    let plan = import(&vault, &friend, &[]);
    assert_eq!(
        (states(&plan), changes(&plan)),
        (vec![format!("conflict {TARO}")], vec!["tier: 友人 ← colleague".into()])
    );
    import(&vault, &friend, &["--yes"]);
    assert_eq!(vault.read(TARO), "---\nname: 田中 太郎\ntier: colleague\n---\n");
    import(&vault, &friend, &["--yes", "--overwrite"]);
    assert_eq!(vault.read(TARO), "---\nname: 田中 太郎\ntier: 友人\n---\n");
    assert_eq!(states(&import(&vault, &friend, &["--overwrite"])), [format!("unchanged {TARO}")]);
}

#[test]
fn a_group_that_is_a_tier_but_not_theirs_is_a_tag() {
    let vault = Vault::new();
    vault.note("People/rhythm.md", &front("name: 佐藤 健\ncadence: 2m"));
    vault.note("People/tagged.md", &front("name: 林 愛\ntier: 同僚\ntags: [友人]"));
    let cards = [
        "FN:鈴木 花子\nCATEGORIES:友人,同僚,テニス,親しい同僚",
        "FN:佐藤 健\nCATEGORIES:友人",
        "FN:林 愛\nCATEGORIES:友人",
    ];
    let plan = import(&vault, &cards, &["--yes"]);
    assert_eq!(changes(&plan), ["tier: 友人", "tags: 同僚", "tags: テニス"]);
    assert_eq!(plan["people"][1]["changes"][0]["key"], json!("tags"), "their own rhythm stays: {plan}");
    assert_eq!(plan["people"][2]["state"], json!("unchanged"), "the note says both: {plan}");
    let plan = import(&vault, &cards, &[]);
    assert!(states(&plan).iter().all(|state| state.starts_with("unchanged")), "{plan}");
}

#[test]
fn several_cards_of_one_person_are_one() {
    let vault = Vault::new();
    let cards = [
        "FN:Taro Tanaka\nEMAIL:taro@example.jp",
        "FN:Tanaka\\, Taro\nTEL:090-1111-2222",
        "FN:田中 太郎\nEMAIL:x@example.jp\nBDAY:--12-03",
        "FN:田中　太郎\nTEL:+81-90-3333-4444",
        "FN:Hanako Sato\nEMAIL:taro@example.jp",
    ];
    let plan = import(&vault, &cards, &["--yes"]);
    assert_eq!(states(&plan), ["new People/Taro Tanaka.md", &format!("new {TARO}"), "ambiguous"]);
    assert_eq!(plan["people"][0]["places"].as_array().unwrap().len(), 2);
    let taro = vault.person(TARO);
    assert_eq!(taro["channels"], json!({"email": "x@example.jp", "phone": "+81-90-3333-4444"}));
    let before = vault.snapshot();
    let again = import(&vault, &cards, &["--yes"]);
    assert_eq!(
        states(&again),
        ["unchanged People/Taro Tanaka.md", &format!("unchanged {TARO}"), "ambiguous"]
    );
    assert_eq!(vault.snapshot(), before);
}

#[test]
fn whoever_is_gone_and_oneself_are_left_alone() {
    let vault = Vault::new();
    vault.note("me.md", &front("type: me\nname: 山田 自分"));
    vault.note("People/a.md", &front("name: 佐藤 一\nstatus: 故人"));
    vault.note("People/b.md", &front("name: 佐藤 二\nstatus: do-not-contact"));
    let before = vault.snapshot();
    let cards =
        ["FN:山田自分\nTEL:090-1111-2222", "FN:佐藤一\nEMAIL:a@example.jp", "FN:佐藤二\nEMAIL:b@example.jp"];
    let plan = import(&vault, &cards, &["--yes", "--overwrite"]);
    assert_eq!(vault.snapshot(), before);
    let why: Vec<String> = (0..3).map(|n| text(&plan["people"][n]["why"])).collect();
    assert_eq!(why, ["me", "deceased", "do-not-contact"]);
}

#[test]
fn hostile_cards_become_harmless_notes() {
    let vault = Vault::new();
    vault.note("People/TARO.md", "---\ntype: org\n---\n");
    let note = "---\\n## 記録\\n- 2026-11-01 (line) hi #gave\\n- [ ] [[佐藤]] に返す\\ntier:: close\\n%%x%% <!-- y\\n```\\n> [!info] x\\n#event\\n\\n\u{202e}";
    let cards = [
        &format!("FN:Taro\nNOTE:{note}")[..],
        "FN:../../etc/passwd\nEMAIL:a@example.jp",
        "FN:con",
        "FN:A/B: \"C\" [[x|y]] #z\nNICKNAME:null",
        "FN:{{name}} <% x %>",
        "FN:\u{1b}]52;c;x\u{7}ベル\u{202e}逆",
        "FN:@bob: - x\nORG:*a\nADR;TYPE=home:;;1\\; 2;;;;\nTITLE:'q' \"r\" \\\\",
        "FN:🎉",
        "FN:no",
        "FN:2026-11-20",
    ];
    let plan = import(&vault, &cards, &["--yes"]);
    let trouble: Vec<String> = plan["people"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| !one["trouble"].is_null())
        .map(|one| text(&one["name"]))
        .collect();
    assert_eq!(trouble, ["🎉"], "no file can be called so; the others are written");
    assert_eq!(vault.read("People/TARO.md"), "---\ntype: org\n---\n", "never over a file");
    let taro = vault.read("People/Taro 2.md");
    let quoted: Vec<&str> = taro.lines().filter(|line| line.starts_with('>')).collect();
    assert_eq!(quoted.len(), 9, "{taro}");
    let person = vault.person("People/Taro 2.md");
    assert_eq!(
        (&person["tier"], &person["contacts"], &person["promises"]),
        (&Value::Null, &json!(0), &json!([]))
    );
    assert_eq!(person["name"], json!("Taro"));
    let people = vault.people();
    assert_eq!(people.len(), 7, "{people:?}");
    let names: Vec<String> = people.iter().map(|one| text(&one["name"])).collect();
    assert!(names.iter().all(|name| !name.contains(is_unsafe)), "{names:?}");
    for path in vault.snapshot().keys() {
        assert!(path.starts_with("People"), "{path:?}");
    }
    let out = ok(vault.goen(&["import", vault.home().join("book.vcf").to_str().unwrap(), "--all"]));
    assert!(!out.said().contains(is_unsafe), "{}", out.said());
    let before = vault.snapshot();
    import(&vault, &cards, &["--yes"]);
    assert_eq!(vault.snapshot(), before, "a second import changes nothing");
}

#[test]
fn new_notes_come_from_the_users_template() {
    let vault = Vault::new();
    vault.note(
        "Templates/person.md",
        "---\ntags: [person]\nname: {{title}}\nよみ:\nメール:\n誕生日:\nalias: []\n---\n# {{title}}\n",
    );
    vault.note("連絡先/x.md", &front("name: x"));
    let card = "FN:田中 太郎\nX-PHONETIC-LAST-NAME:タナカ\nX-PHONETIC-FIRST-NAME:タロウ\nEMAIL:taro@example.jp\nBDAY:--02-29\nNICKNAME:たろ\nCATEGORIES:Rust";
    import(&vault, &[card], &["--yes"]);
    let want = "---\ntags: [person, Rust]\nname: 田中 太郎\nよみ: タナカ タロウ\nメール: taro@example.jp\n誕生日: 02-29\nalias: [たろ]\n---\n# 田中 太郎\n";
    assert_eq!(vault.read("連絡先/田中 太郎.md"), want);
    // A template that takes nothing stops nobody else's note from being filled in.
    vault.note("Templates/person.md", "+++\nname = \"{{title}}\"\n+++\n");
    let plan =
        import(&vault, &["FN:鈴木 花子\nEMAIL:h@example.jp", "FN:田中 太郎\nTEL:090-1111-2222"], &["--yes"]);
    assert!(vault.read("連絡先/田中 太郎.md").contains("090-1111-2222"), "{plan}");
}

#[test]
fn files_that_cannot_be_read_stop_the_import() {
    let vault = Vault::new();
    vault.note(TARO, "---\nname: 田中 太郎\n---\n");
    let home = vault.home();
    std::fs::write(home.join("a.vcf"), card("FN:田中 太郎\nTEL:090-1111-2222")).unwrap();
    std::fs::write(home.join("b.txt"), "just words\n").unwrap();
    std::fs::write(home.join("empty.vcf"), "").unwrap();
    let before = vault.snapshot();
    for other in ["b.txt", "missing.vcf", "."] {
        let out = vault.goen(&["import", "a.vcf", other, "--yes"]);
        assert_eq!(out.code, Some(2), "{other}: {}", out.said());
        assert!(out.stderr.contains(other), "{}", out.said());
        assert_eq!(vault.snapshot(), before, "{other}");
    }
    let out = ok(vault.goen(&["import", "empty.vcf", "--yes", "--lang", "en"]));
    assert!(out.stderr.contains("found nobody"), "{}", out.said());
    // What cannot be read of a file is told with its line; the others are read.
    std::fs::write(home.join("c.vcf"), card("TEL:090") + &card("FN:田中 太郎\nTEL:090-1111-2222")).unwrap();
    let out = ok(vault.goen(&["import", "c.vcf", "--lang", "en"]));
    assert!(out.stdout.contains("c.vcf:1: "), "{}", out.said());
    // A file within the vault may be named as the vault names it, and the standard input as `-`.
    vault.note("in/a.vcf", &card("FN:鈴木 花子"));
    assert_eq!(states(&vault.json(&["import", "in/a.vcf"])), ["new"]);
    let mut piped = vault.command();
    piped.arg("--vault").arg(vault.path()).args(["import", "-", "--json"]);
    piped.stdin(std::fs::File::open(home.join("a.vcf")).unwrap());
    let out = ok(run(&mut piped));
    assert!(out.stdout.contains("\"filled\""), "{}", out.said());
    // A place in it is told as compilers tell one.
    std::fs::write(home.join("d.vcf"), card("TEL:090") + &card("FN:田中 太郎\nTEL:090-1111-2222")).unwrap();
    let mut piped = vault.command();
    piped.arg("--vault").arg(vault.path()).args(["import", "-"]);
    piped.stdin(std::fs::File::open(home.join("d.vcf")).unwrap());
    let out = ok(run(&mut piped));
    assert!(out.stdout.contains("  <stdin>:1: ") && !out.stdout.contains("-:1"), "{}", out.said());
}

#[test]
fn one_note_that_takes_nothing_stops_no_other() {
    let vault = Vault::new();
    vault.note("People/a.md", "+++\nname = \"佐藤 一\"\n+++\n");
    vault.note("People/b.md", "---\nname: 佐藤 二\n---\n");
    let cards = ["FN:佐藤 一\nTEL:090-1111-2222", "FN:佐藤 二\nTEL:090-3333-4444"];
    let plan = import(&vault, &cards, &["--yes"]);
    assert_eq!(vault.read("People/a.md"), "+++\nname = \"佐藤 一\"\n+++\n");
    assert_eq!(plan["people"][0]["left"][0]["key"], json!("phone"), "{plan}");
    assert!(vault.read("People/b.md").contains("phone: \"090-3333-4444\""));
    // Of what somebody has changed since, only the rest is taken back.
    import(&vault, &["FN:佐藤 三", "FN:佐藤 四"], &["--yes"]);
    let kept = vault.read("People/佐藤 三.md") + "会った。\n";
    vault.note("People/佐藤 三.md", &kept);
    let out = ok(vault.goen(&["undo", "1"]));
    assert!(out.stderr.contains("佐藤 三"), "{}", out.said());
    assert_eq!(vault.read("People/佐藤 三.md"), kept);
    assert!(!vault.at("People/佐藤 四.md").exists());
}

#[test]
fn an_import_speaks_both_languages() {
    let vault = Vault::new();
    vault.note(TARO, &front("name: 田中 太郎\nlocation: 大阪"));
    std::fs::write(
        vault.home().join("a.vcf"),
        card("FN:田中 太郎\nTEL:090-1111-2222") + &card("FN:鈴木 花子"),
    )
    .unwrap();
    let ja = ok(vault.goen(&["import", "a.vcf", "--lang", "ja"]));
    assert!(ja.stdout.contains("a.vcf（vCard）: 2人\n新しい人 1人、書き足しのある人 1人\n"), "{}", ja.said());
    assert!(ja.stderr.contains("--yes"), "{}", ja.said());
    let en = ok(vault.goen(&["import", "a.vcf", "--lang", "en", "--yes"]));
    assert!(en.stdout.contains("a.vcf (vCard): 2 people\n1 new, 1 filled in\n"), "{}", en.said());
    assert!(en.stderr.contains("goen sort") && en.stderr.contains("goen undo"), "{}", en.said());
}

/// What goen writes as cards comes back to the notes it was taken from, and changes nothing.
#[test]
fn what_goen_exports_changes_nothing() {
    let vault = Vault::new();
    vault.note("会社/株式会社ミナト.md", &front("type: org\naliases: [ミナト]"));
    vault.note("People/x/林.md", &front("name: 林 愛\nemail: info@example.jp"));
    vault.note("People/y/林.md", &front("name: 林 愛\nbirthday: 1985-12"));
    vault.note(
        TARO,
        &front(
            "name: 田中 太郎\nよみ: たなか たろう\nalias: [Taro Tanaka, たろ]\norg:\n  - \"[[株式会社ミナト]] 2024-04.. 開発部 部長\"\n  - 前の会社 2019-04..2024-03\nemail: [a@example.jp, b@example.jp]\n電話: 03-1111-2222\nbirthday: --12-03\n住所: 東京都港区1-2-3\n郵便番号: 105-0001\ncity: 東京\ninterests: [Rust, 山]\ntags: [person, 仕事/取引先]\nlang: ja\nadded: 2020-01-01\nurl: https://example.jp/\nlinkedin: https://www.linkedin.com/in/taro",
        ),
    );
    let cards = [
        "FN:鈴木 花子\nORG:Minato;開発部\nTITLE:部長\nNICKNAME:はな\nEMAIL:h@example.jp\nTEL;TYPE=cell:090-1234-5678\nBDAY:1985-12-03\nADR;TYPE=home:;;1-2-3;港区;東京都;105-0001;日本\nURL:https://example.jp/~h\nCATEGORIES:友人,Rust Meetup",
        "FN:Pat O'Brien\nORG:Blue Ltd.\nTITLE:CTO\nBDAY:--02-29\nTEL:+1 415 555 0100\nX-SOCIALPROFILE;TYPE=twitter:https://twitter.com/pat",
    ];
    import(&vault, &cards, &["--yes"]);
    let options = Options { today: TODAY.parse().unwrap(), lang: None };
    let app = App::open(vault.path(), options).unwrap();
    let cards: Vec<Card> = app.index.people().map(|(note, person, _)| card_of(note, person)).collect();
    let written = vcard::write(&cards);
    let taken = vcard::read(written.as_bytes()).into_iter().map(|row| Taken { file: 0, card: row.unwrap() });
    let plan = app.plan_import(taken.collect(), &Manner::default());
    let told = plan.iter().map(|one| (one.card.name.clone(), &one.what));
    let told: Vec<_> =
        told.filter(|(_, what)| !matches!(what, What::Known(_, changes) if changes.is_empty())).collect();
    assert!(told.is_empty() && plan.len() == 5, "{told:#?}\n{written}");
}

/// Every kind of address book there is: what can be taken in is, in notes without a problem, and a second time
/// there is nothing to do.
#[test]
fn a_second_import_of_any_book_changes_nothing() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchange");
    let mut books: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    books.retain(|path| !path.file_name().unwrap().to_str().unwrap().starts_with('.'));
    books.sort();
    assert!(books.len() > 15, "the fixtures are not where they were");
    for book in books {
        let vault = Vault::new();
        let book = book.to_str().unwrap();
        let made = vault.json(&["import", book, "--yes"]);
        assert!(!vault.people().is_empty(), "{book}: {made}");
        let people = made["people"].as_array().unwrap();
        let left: Vec<_> =
            people.iter().filter(|one| !one["trouble"].is_null() || one["left"] != json!([])).collect();
        assert!(left.is_empty(), "{book}: {left:#?}");
        assert_eq!(vault.problems(), Vec::<Value>::new(), "{book}");
        let before = vault.snapshot();
        let again = vault.json(&["import", book, "--yes"]);
        assert_eq!(vault.snapshot(), before, "{book}");
        let news: Vec<_> = states(&again).into_iter().filter(|state| state.starts_with(['n', 'f'])).collect();
        assert_eq!(news, Vec::<String>::new(), "{book}: {again}");
    }
}

#[test]
fn what_an_import_that_was_cut_off_leaves_is_swept_up_later() {
    let vault = Vault::new();
    vault.note("goen.toml", "").note("People/a.md", "---\ntype: person\n---\n");
    let [old, new] = ["People/.goen-4711-0.tmp", "People/.goen-4711-1.tmp"];
    vault.note(old, "half").note(new, "half");
    let age = std::time::Duration::from_secs(2 * 60 * 60);
    let file = std::fs::File::options().write(true).open(vault.at(old)).unwrap();
    file.set_modified(file.metadata().unwrap().modified().unwrap() - age).unwrap();
    ok(vault.on(TODAY, &["update", "--dry-run"]));
    assert!(vault.at(old).exists());
    ok(vault.on(TODAY, &["update"]));
    // What another run may still be writing stays.
    assert_eq!((vault.at(old).exists(), vault.at(new).exists()), (false, true));
}

#[test]
fn a_nickname_makes_nobody_somebody_else() {
    let vault = Vault::new();
    vault.note("People/佐藤 幸.md", &front("name: 佐藤 幸\naliases: [さっちゃん]\norg: ミナト"));
    let note = "People/Alice Smith.md";
    vault.note(note, &front("name: Alice Smith\naliases: [Big Al, アリス スミス]"));
    let before = vault.read("People/佐藤 幸.md");
    let cards = [
        "FN:斎藤 さち\nNICKNAME:さっちゃん\nEMAIL:s@example.jp",
        "FN:Alan Jones\nNICKNAME:Big Al\nTEL:090-1111-2222",
        "FN:鈴木 健太\nNICKNAME:けんちゃん\nTEL:090-3333-4444",
        "FN:山田 健二\nNICKNAME:けんちゃん\nEMAIL:k@example.jp",
        "FN:アリス スミス\nEMAIL:alice@example.jp",
        "FN:佐藤 さち\nNICKNAME:さっちゃん",
    ];
    let plan = import(&vault, &cards, &["--yes"]);
    let filled = format!("filled {note}");
    assert_eq!(
        states(&plan),
        [
            "new People/斎藤 さち.md",
            "new People/Alan Jones.md",
            "new People/鈴木 健太.md",
            "new People/山田 健二.md",
            &filled,
            "ambiguous"
        ]
    );
    assert_eq!(vault.read("People/佐藤 幸.md"), before);
}

#[test]
fn an_organisation_is_not_given_the_role_that_stands_alone() {
    let vault = Vault::new();
    let before = front("name: 田中 太郎\nrole: 営業部長");
    vault.note(TARO, &before);
    for (lines, options) in [
        ("FN:田中 太郎\nORG:ミナト\nTITLE:社長", &["--yes"][..]),
        ("FN:田中 太郎\nORG:ミナト\nTITLE:社長", &["--yes", "--overwrite"]),
        ("FN:田中 太郎\nORG:ミナト", &["--yes"]),
    ] {
        let plan = import(&vault, &[lines], options);
        assert_eq!((states(&plan), vault.read(TARO)), (vec![format!("left {TARO}")], before.clone()));
    }
    import(&vault, &["FN:田中 太郎\nORG:ミナト\nTITLE:営業部長"], &["--yes"]);
    assert!(vault.read(TARO).contains("\norg: ミナト\n"), "{}", vault.read(TARO));
}

#[test]
fn a_number_keeps_its_sign_and_signs_of_a_template_are_told() {
    let vault = Vault::new();
    let lines = "FN:Mei Tan\nADR:;;#12-34 Orchard Rd;Singapore;;;\nORG:#203 Cafe\nTITLE:{{role}}";
    let plan = import(&vault, &[lines], &["--yes"]);
    assert_eq!(plan["people"][0]["not_taken"], json!(["role"]), "{plan}");
    let note = vault.read("People/Mei Tan.md");
    assert!(note.contains("\"#203 Cafe\"") && note.contains("#12-34 Orchard Rd"), "{note}");
    assert_eq!(states(&import(&vault, &[lines], &["--yes"])), ["unchanged People/Mei Tan.md"]);
}
