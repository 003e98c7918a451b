//! What is recorded from the command line: `log`, `undo`, `snooze`, `rest`, `add`, `sort`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use std::io::Write;
use std::process::Stdio;

use crate::common::{Output, Vault, run};

const TARO: &str = "People/田中 太郎.md";
const HANAKO: &str = "People/鈴木 花子.md";

fn vault() -> Vault {
    let vault = Vault::new();
    vault
        .note(TARO, "---\ntier: close\nreading: たなか たろう\n---\n## 記録\n- 2026-09-14 (line) 近況\n")
        .note(HANAKO, "---\ntier: 同僚\nlast_contact: 2026-07-01\n---\n")
        .note("People/鈴木 次郎.md", "# 次郎\n")
        .note("自分.md", "---\ntype: me\n---\n");
    vault
}

fn ok(out: Output) -> String {
    assert_eq!(out.code, Some(0), "{}", out.said());
    out.stdout
}

/// goen with something to read.
fn typed(vault: &Vault, args: &[&str], keys: &str) -> Output {
    let mut command = vault.command();
    command.arg("--vault").arg(vault.path()).args(["--today", common::TODAY]).args(args);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(keys.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Output { code: out.status.code(), stdout: text(out.stdout), stderr: text(out.stderr) }
}

#[test]
fn a_contact_is_recorded_with_many() {
    let vault = vault();
    ok(vault.goen(&[
        "log",
        "たなか",
        "鈴木 花子",
        "勉強会で",
        "--via",
        "ランチ",
        "--on",
        "昨日",
        "--tag",
        "gave",
    ]));
    let taro = vault.read(TARO);
    assert!(
        taro.contains("last_contact: 2026-11-20\n---\n## 記録\n- 2026-11-20 (ランチ) 勉強会で #gave ^g-"),
        "{taro}"
    );
    assert!(taro.ends_with("\n- 2026-09-14 (line) 近況\n"), "{taro}");
    let hanako = vault.read(HANAKO);
    assert!(hanako.starts_with("---\ntier: 同僚\nlast_contact: 2026-11-20\n---\n## 記録\n\n- 2026-11-20 (ランチ) 勉強会で #gave ^g-"), "{hanako}");
    assert!(hanako.ends_with("\n- 2026-07-01\n"), "{hanako}");
    let person = vault.person(TARO);
    assert_eq!((&person["last_channel"], &person["gave"]), (&"ランチ".into(), &1.into()), "{person}");
    // Told twice it is recorded once; told otherwise it is another contact.
    let before = vault.snapshot();
    ok(vault.goen(&[
        "log",
        "たなか",
        "鈴木 花子",
        "勉強会で",
        "--via",
        "ランチ",
        "--on",
        "2026-11-20",
        "--tag",
        "#gave",
    ]));
    assert_eq!(vault.snapshot(), before);
    ok(vault.goen(&["log", "たなか"]));
    assert!(vault.read(TARO).contains("\n- 2026-11-21 ^g-"), "{}", vault.read(TARO));
}

#[test]
fn what_is_next_and_what_was_promised() {
    let vault = vault();
    ok(vault.goen(&["log", "花子", "--next", "3w", "--promise", "資料を送る", "--by", "12/1"]));
    let person = vault.person(HANAKO);
    assert_eq!(person["next"], "2026-12-12");
    assert_eq!(person["promises"][0]["text"], "資料を送る");
    assert_eq!(person["promises"][0]["due"], "2026-12-01");
    assert!(vault.read(HANAKO).contains("\n  - [ ] 資料を送る 📅 2026-12-01\n"), "{}", vault.read(HANAKO));
    vault.note("goen.toml", "[page]\ndates = \"dataview\"\ntask_tag = \"#task\"\n");
    ok(vault.goen(&["log", "太郎", "話した", "--promise", "本を貸す", "--by", "来月"]));
    let note = vault.read(TARO);
    assert!(note.contains("  - [ ] #task 本を貸す [due:: 2026-12-21]\n"), "{note}");
}

#[test]
fn the_last_word_is_text_unless_it_names_somebody_exactly() {
    let vault = vault();
    ok(vault.goen(&["log", "太郎", "花子"]));
    assert!(vault.read(TARO).contains("- 2026-11-21 花子 ^g-"), "{}", vault.read(TARO));
    let before = vault.read(TARO);
    ok(vault.goen(&["log", "太郎", "鈴木　花子", "--via", "line"]));
    assert_ne!(vault.read(TARO), before);
    assert!(vault.read(HANAKO).contains("- 2026-11-21 (line) ^g-"), "{}", vault.read(HANAKO));
}

#[test]
fn who_is_not_clear_changes_nothing() {
    let vault = vault();
    let before = vault.everything();
    for (args, says) in [
        (&["log", "太郎", "鈴木", "x"][..], "People/鈴木 次郎.md"),
        (&["log", "鈴木"], "People/鈴木 花子.md"),
        (&["log", "だれか"], "だれか"),
        (&["log", "太郎", "--on", "明日"], "2026-11-22"),
        (&["log", "太郎", "--on", "いつか"], "いつか"),
        (&["snooze", "鈴木", "来週"], "People/鈴木 花子.md"),
        (&["snooze", "太郎", "昨日"], "昨日"),
        (&["snooze", "太郎", "今日"], "今日"),
        (&["rest", "昨日"], "昨日"),
        (&["add", "鈴木 花子"], HANAKO),
        (&["add", "新人", "--tier", "nobody"], "nobody"),
        (&["add", "///..."], ""),
        (&["undo", "7"], "7"),
    ] {
        let out = vault.goen(args);
        assert_eq!(out.code, Some(2), "{args:?}: {}", out.said());
        assert!(out.stderr.contains(says), "{args:?}: {}", out.said());
        assert_eq!(vault.everything(), before, "{args:?}");
        assert_eq!(vault.goen(&[args, &["--lang", "en"]].concat()).code, Some(2), "{args:?}");
    }
}

#[test]
fn one_note_is_one_note() {
    let vault = Vault::new();
    vault.note("People/Ann.md", "").note("2026-11-20.md", "[[Ann]]\n");
    let out = vault.goen(&["--lang", "en", "sort"]);
    assert!(out.stdout.contains("(1/1) Ann · mentioned in 1 note · last 2026-11-20\n"), "{}", out.said());
}

/// Nobody is let alone until a day who is let alone for ever.
#[test]
fn whoever_never_appears_is_not_snoozed() {
    let vault = vault();
    vault.note("People/故.md", "---\nstatus: deceased\n---\n");
    vault.note("People/不要.md", "---\nstatus: 連絡不要\n---\n");
    let before = vault.everything();
    for (who, ja, en) in
        [("故", "故人のため", "has died"), ("不要", "連絡不要の設定のため", "not to be contacted")]
    {
        for (lang, want) in [("ja", ja), ("en", en)] {
            let out = vault.goen(&["--lang", lang, "snooze", who, "来週"]);
            assert!(out.code == Some(2) && out.stderr.contains(want), "{}", out.said());
        }
    }
    assert_eq!(vault.everything(), before);
}

#[test]
fn a_note_that_cannot_be_written_does_not_stop_the_others() {
    let vault = vault();
    let broken = "---\ntier: \"close\nlast_contact: x\n---\n";
    vault.note("People/壊.md", broken);
    let out = vault.goen(&["log", "壊", "太郎", "話した"]);
    assert_eq!(out.code, Some(2), "{}", out.said());
    assert!(out.stderr.contains("People/壊.md: フロントマターを読めません"), "{}", out.stderr);
    assert!(vault.read(TARO).contains("- 2026-11-21 話した ^g-"));
    assert_eq!(vault.read("People/壊.md"), broken);
}

#[test]
fn what_was_recorded_is_listed_and_taken_back() {
    let vault = vault();
    let before = vault.snapshot();
    assert_eq!(vault.json(&["undo"]), serde_json::json!([]));
    ok(vault.goen(&["log", "太郎", "花子", "話した #gave"]));
    ok(vault.goen(&["snooze", "太郎", "来週"]));
    ok(vault.goen(&["rest", "2026-12-29..2027-01-03"]));
    assert!(
        vault.read("自分.md").contains("away: [\"2026-12-29..2027-01-03\"]\n"),
        "{}",
        vault.read("自分.md")
    );
    let list = vault.json(&["undo"]);
    let texts: Vec<&str> =
        list.as_array().unwrap().iter().map(|past| past["text"].as_str().unwrap()).collect();
    assert_eq!(
        texts,
        ["away: 2026-12-29..2027-01-03", "snooze: 2026-11-28", "話した #gave", "話した #gave"],
        "{list}"
    );
    // The contact, though the note has changed since; then the others, in any order.
    let id = list[3]["id"].as_str().unwrap().to_owned();
    ok(vault.goen(&["undo", &id]));
    let note = vault.read(TARO);
    assert!(!note.contains("話した") && note.contains("snooze: 2026-11-28"), "{note}");
    assert_eq!(vault.person(TARO)["last_contact"], "2026-09-14");
    ok(vault.goen(&["undo", "1"]));
    assert_eq!(
        vault.read("自分.md"),
        String::from_utf8(before[std::path::Path::new("自分.md")].clone()).unwrap()
    );
    // A person by a reading, or by a part of a name; somebody of whom nothing is recorded is not meant.
    assert_eq!(vault.goen(&["undo", "次郎"]).code, Some(2));
    ok(vault.goen(&["undo", "たなか"]));
    ok(vault.goen(&["undo", "鈴木"]));
    assert_eq!(
        vault.read(TARO),
        "---\ntier: close\nreading: たなか たろう\nlast_contact: 2026-09-14\n---\n## 記録\n- 2026-09-14 (line) 近況\n"
    );
    // What somebody has set since is not goen's to take back.
    ok(vault.goen(&["snooze", "太郎", "来週"]));
    let note = vault.read(TARO).replace("2026-11-28", "2026-12-24");
    vault.note(TARO, &note);
    assert_eq!(vault.goen(&["undo", "1"]).code, Some(2));
    assert_eq!(vault.read(TARO), note);
    // In the order of their making all of it goes to the byte.
    let vault = self::vault();
    ok(vault.goen(&["log", "太郎", "話した"]));
    ok(vault.goen(&["snooze", "太郎", "来週"]));
    ok(vault.goen(&["undo", "1"]));
    ok(vault.goen(&["undo", "1"]));
    assert_eq!(vault.snapshot(), before);
}

#[test]
fn where_nothing_is_remembered_the_log_is_the_list() {
    let vault = vault();
    ok(vault.goen(&["log", "花子", "話した"]));
    vault.forget_local_state();
    let list = vault.json(&["undo"]);
    assert_eq!((&list[0]["name"], &list[0]["text"]), (&"鈴木 花子".into(), &"話した".into()), "{list}");
    ok(vault.goen(&["undo", "鈴木 花子"]));
    assert_eq!(
        vault.read(HANAKO),
        "---\ntier: 同僚\nlast_contact: 2026-07-01\n---\n## 記録\n\n- 2026-07-01\n"
    );
}

#[test]
fn silence_for_one_and_for_all() {
    for (words, day) in [
        (&["太郎", "2週間後"][..], "2026-12-05"),
        (&["田中", "太郎", "in", "3", "weeks"], "2026-12-12"),
        (&["太郎", "2026年12月1日"], "2026-12-01"),
    ] {
        let vault = vault();
        ok(vault.goen(&[&["snooze"][..], words].concat()));
        assert_eq!(vault.person(TARO)["snooze"], day, "{words:?}");
        // Again, and nearer: what is said last holds.
        ok(vault.goen(&["snooze", "太郎", "明日"]));
        assert_eq!(vault.person(TARO)["snooze"], "2026-11-22");
    }
    for (me, when, expected) in [
        ("---\ntype: me\n---\n", "1w", "---\ntype: me\naway: [\"2026-11-21..2026-11-27\"]\n---\n"),
        ("---\ntype: me\naway:\n---\n", "1w", "---\ntype: me\naway: [\"2026-11-21..2026-11-27\"]\n---\n"),
        ("---\ntype: me\naway: ~\n---\n", "1w", "---\ntype: me\naway: [\"2026-11-21..2026-11-27\"]\n---\n"),
        (
            "---\ntype: me\naway: []\n---\n",
            "3日間",
            "---\ntype: me\naway: [\"2026-11-21..2026-11-23\"]\n---\n",
        ),
        (
            "---\ntype: me\naway:\n  - 2026-01-01..2026-01-03 # 正月\n---\n",
            "来週",
            "---\ntype: me\naway:\n  - 2026-01-01..2026-01-03 # 正月\n  - \"2026-11-21..2026-11-28\"\n---\n",
        ),
        (
            "---\ntype: me\naway: 2026-01-01..2026-01-03\n---\n",
            "12/29..2027-01-03",
            "---\ntype: me\naway: [\"2026-01-01..2026-01-03\", \"2026-12-29..2027-01-03\"]\n---\n",
        ),
    ] {
        let vault = Vault::new();
        vault.note("自分.md", me);
        ok(vault.goen(&["rest", when]));
        assert_eq!(vault.read("自分.md"), expected);
    }
    let nobody = Vault::new();
    assert!(nobody.goen(&["rest", "1w"]).stderr.contains("goen init"));
}

#[test]
fn somebody_new_gets_a_note_from_the_users_template() {
    let vault = vault();
    let template = "---\ntype: person\nname: \"{{title}}\"\n間柄:  # 関係\n所属:\ncreated: {{date}}\nuid: {{random}}\n---\n# {{title}}\n\n## 記録\n";
    vault.note("Templates/人.md", template);
    let said = ok(vault.goen(&[
        "add",
        "山本",
        "一郎",
        "--tier",
        "同僚",
        "--org",
        "株式会社: A",
        "--met",
        "3日前",
        "--reading",
        "やまもと",
    ]));
    assert!(said.contains("People/山本 一郎.md"), "{said}");
    assert_eq!(
        vault.read("People/山本 一郎.md"),
        "---\ntype: person\nname: \"山本 一郎\"\n間柄: 同僚 # 関係\n所属: \"株式会社: A\"\ncreated: 2026-11-18\nuid: \nreading: やまもと\n---\n# 山本 一郎\n\n## 記録\n"
    );
    let person = vault.person("People/山本 一郎.md");
    assert_eq!(
        (&person["tier"], &person["orgs"][0]["name"]),
        (&"colleague".into(), &"株式会社: A".into()),
        "{person}"
    );
    // Without a template of the user's, and without a folder of people.
    let empty = Vault::new();
    ok(empty.goen(&["add", "A/B", "--lang", "en"]));
    let note = empty.read("People/A／B.md");
    assert!(note.contains("name: \"A/B\"\n") && note.contains("## Log"), "{note}");
    assert_eq!(empty.person("People/A／B.md")["name"], "A/B");
}

#[test]
fn one_key_gives_a_tier() {
    let vault = Vault::new();
    for name in ["a", "b", "c", "d"] {
        vault.note(&format!("People/{name}.md"), &format!("---\nname: {name} # x\n---\n"));
    }
    vault.note("2026-11-01.md", "[[c]] [[b]]\n").note("2026-11-02.md", "[[c]]\n").note("x.md", "[[a]]");
    let out = typed(&vault, &["sort"], "1\nsz３u2q");
    assert_eq!(out.code, Some(0), "{}", out.said());
    let asked: Vec<&str> = out.stdout.lines().filter(|line| line.starts_with('(')).collect();
    assert!(asked[0].starts_with("(1/4) c") && asked[1].starts_with("(2/4) b"), "{asked:?}");
    let tier = |name: &str| vault.person(&format!("People/{name}.md"))["tier"].clone();
    assert_eq!(
        [tier("c"), tier("b"), tier("a"), tier("d")],
        ["close".into(), serde_json::Value::Null, "senior".into(), serde_json::Value::Null]
    );
    assert_eq!(vault.read("People/a.md"), "---\nname: a # x\ntier: senior\n---\n");
    assert!(out.stderr.contains("2 人"), "{}", out.stderr);
    // Nobody there to answer.
    assert_eq!(run(vault.command().arg("--vault").arg(vault.path()).arg("sort")).code, Some(0));
}
