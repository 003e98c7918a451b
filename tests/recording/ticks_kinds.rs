//! Ticks on items of every kind: what each writes into which note, that the reason is settled by it,
//! and that it can be taken back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{PAGE, TODAY, Vault};
use crate::marks::{mark, set_box, update};

/// A tick on the item of a kind, on a day.
struct Tick<'t> {
    kind: &'t str,
    day: &'t str,
    notes: &'t str,
    /// Notes, and the entry that each of them gets; `ID` stands for the item's id.
    entries: &'t [(&'t str, &'t str)],
}

/// The item of a kind has a sentence and a reason in both languages.
fn says_something(vault: &Vault, tick: &Tick<'_>) {
    for lang in ["ja", "en"] {
        let items = vault.json_on(tick.day, &["--lang", lang, "today"]);
        let item = items["items"].as_array().unwrap().iter().find(|item| item["kind"] == tick.kind).unwrap();
        assert!(!item["reason"].as_str().unwrap().is_empty(), "{} {lang}: {item}", tick.kind);
        let said = vault.on(tick.day, &["--lang", lang, "today", "--all"]).stdout;
        let name = item["name"].as_str().unwrap();
        let mut sentences = said.lines().filter(|line| line.contains(name)).map(|line| {
            line.trim_start_matches(['・', '-', ' ']).split(" — ").next().unwrap_or_default().to_owned()
        });
        assert!(sentences.any(|sentence| sentence.len() > name.len() + 3), "{} {lang}: {said}", tick.kind);
    }
}

fn check(tick: &Tick<'_>) {
    let vault = crate::tables::vault(tick.notes);
    update(&vault, tick.day);
    let before: Vec<String> = tick.entries.iter().map(|(path, _)| vault.read(path)).collect();
    says_something(&vault, tick);
    let id = mark(&vault, tick.kind, tick.day, 'x');
    update(&vault, tick.day);
    for (path, entry) in tick.entries {
        let (note, entry) = (vault.read(path), format!("- {} {}\n", tick.day, entry.replace("ID", &id)));
        assert!(note.contains(&entry), "{}: {path} has no {entry}{note}", tick.kind);
    }
    // It is settled, and stands under what is done.
    let items = vault.items_on(tick.day);
    let of_id: Vec<_> = items.iter().filter(|item| item["id"] == id.as_str()).collect();
    assert!(!of_id.is_empty() && of_id.iter().all(|item| item["done"] == true), "{}: {of_id:#?}", tick.kind);
    let page = vault.read(PAGE);
    update(&vault, tick.day);
    assert_eq!(vault.read(PAGE), page, "{}: a second run changes the page", tick.kind);
    // And it is taken back by emptying the box.
    set_box(&vault, &id, ' ');
    update(&vault, tick.day);
    for ((path, _), before) in tick.entries.iter().zip(before) {
        assert_eq!(vault.read(path), before, "{}: {path} is not as before", tick.kind);
    }
    let items = vault.items_on(tick.day);
    let stands = items.iter().any(|item| item["id"] == id.as_str() && item["done"] == false);
    assert!(stands, "{} does not stand again", tick.kind);
}

const PERSON: &str = "People/田中.md";

#[test]
fn what_happened_between_you() {
    check(&Tick {
        kind: "follow-up",
        day: TODAY,
        notes: "== People/田中.md\ntier: colleague\nline: t\nlast_contact: 2026-11-01\n--\n\
                == 会/2026-11-21 勉強会.md\ntype: event\ndate: 2026-11-21\nattendees: [\"[[田中]]\"]\n--\n",
        entries: &[(PERSON, "(chat) 会ったあとのひとこと ^ID")],
    });
    check(&Tick {
        kind: "reply",
        day: TODAY,
        notes: "== People/田中.md\ntier: colleague\n--\n\n## ログ\n\n- 2026-11-20 (email) 相談 #要返信\n",
        entries: &[(PERSON, "(email) 返信した ^ID")],
    });
    check(&Tick {
        kind: "thanks",
        day: TODAY,
        notes: "== People/田中.md\ntier: colleague\n--\n\n## ログ\n\n- 2026-11-20 (email) 助言 #お世話になった\n",
        entries: &[(PERSON, "(email) お礼を伝えた #お礼 ^ID")],
    });
}

#[test]
fn a_greeting_names_its_season() {
    check(&Tick {
        kind: "season",
        day: "2026-12-15",
        notes: "== People/田中.md\ntier: senior\nlast_contact: 2026-12-01\naddress: 東京都港区1-1\n--\n",
        entries: &[(PERSON, "(post) 年賀 ^ID")],
    });
}

#[test]
fn a_channel_in_front_stays_in_front_of_the_season() {
    for (typed, entry) in [
        ("(call) 話した", "(call) 暑中見舞い：話した"),
        ("（対面）：話した", "(対面) 暑中見舞い：話した"),
        ("(call)", "(call) 暑中見舞い"),
        ("(call) 暑中見舞いを伝えた", "(call) 暑中見舞いを伝えた"),
        ("話した（電話で）", "(email) 暑中見舞い：話した（電話で）"),
    ] {
        let vault = crate::tables::vault(
            "== People/田中.md\ntier: senior\nlast_contact: 2026-07-01\nemail: t@example.jp\n--\n",
        );
        update(&vault, "2026-07-22");
        let id = mark(&vault, "season", "2026-07-22", 'x');
        let page = vault.read(PAGE);
        let line = page.lines().find(|line| line.contains(&id)).unwrap();
        vault.note(PAGE, &page.replacen(line, &format!("{line}\n    - {typed}"), 1));
        update(&vault, "2026-07-22");
        let (note, want) = (vault.read(PERSON), format!("- 2026-07-22 {entry} ^{id}\n"));
        assert!(note.contains(&want), "{typed}: no {want}{note}");
    }
}

#[test]
fn your_own_career() {
    let notes = "== People/田中.md\ntier: colleague\norg: ミナト\nlast_contact: 2026-11-01\n--\n\
                 == me.md\ntype: me\ncareer:\n  - {org: ミナト, from: 2015-04-01, to: 2026-11-25}\n  \
                 - {org: 緑化機構, from: 2026-12-10}\n--\n";
    for (kind, day, words) in [
        ("farewell", "2026-11-21", "退職の挨拶"),
        ("settled", "2026-12-02", "お礼と近況"),
        ("report", "2026-12-10", "新しい仕事の報告"),
    ] {
        check(&Tick { kind, day, notes, entries: &[(PERSON, &format!("{words} ^ID"))] });
    }
}

#[test]
fn where_you_go_and_what_they_would_read() {
    check(&Tick {
        kind: "visit",
        day: TODAY,
        notes: "== People/田中.md\ntier: colleague\nlocation: 大阪\nlast_contact: 2026-11-01\n--\n\
                == 旅.md\ntype: 出張\nlocation: 大阪府大阪市\nfrom: 2026-12-01\nto: 2026-12-02\n--\n",
        entries: &[(PERSON, "大阪府大阪市で会うお誘い ^ID")],
    });
    check(&Tick {
        kind: "share",
        day: TODAY,
        notes: "== People/田中.md\ntier: colleague\ninterests: [Rust]\nlast_contact: 2026-08-01\n--\n\
                == clips/非同期の本.md\ntopics: [rust]\ncreated: 2026-11-18\n--\n",
        entries: &[(PERSON, "[[非同期の本]] を共有 ^ID")],
    });
}

#[test]
fn a_touch_is_no_contact() {
    let mut notes = String::from("== goen.toml\n[energy]\nper_day = 0.5\nper_week = 1.0\n");
    notes += "== People/田中.md\ntier: colleague\nlast_contact: 2026-05-01\n--\n";
    let tick = Tick { kind: "touch", day: TODAY, notes: &notes, entries: &[(PERSON, "(like) ^ID")] };
    check(&tick);
    let vault = crate::tables::vault(&notes);
    update(&vault, TODAY);
    mark(&vault, "touch", TODAY, 'x');
    update(&vault, TODAY);
    assert!(vault.read(PERSON).contains("last_contact: 2026-05-01\n"), "{}", vault.read(PERSON));
}

#[test]
fn an_introduction_stands_in_the_logs_of_both() {
    let person = |name: &str, org: &str| {
        format!(
            "== People/{name}.md\ntier: colleague\norg: {org}\ninterests: [Rust, 登山]\nlast_contact: 2026-11-01\n--\n"
        )
    };
    check(&Tick {
        kind: "introduce",
        day: TODAY,
        notes: &(person("佐藤", "A") + &person("鈴木", "B")),
        entries: &[
            ("People/佐藤.md", "(intro) [[鈴木]] さんとの引き合わせ ^ID"),
            ("People/鈴木.md", "(intro) [[佐藤]] さんとの引き合わせ ^ID"),
        ],
    });
}

#[test]
fn events_and_organisations_have_logs_of_their_own() {
    check(&Tick {
        kind: "prepare",
        day: TODAY,
        notes: "== People/田中.md\ntier: colleague\nlast_contact: 2026-11-01\n--\n\
                == 会/勉強会.md\ntype: event\ndate: 2026-11-25\nattendees: [\"[[田中]]\"]\n--\n",
        entries: &[("会/勉強会.md", "準備した ^ID")],
    });
    let mut notes = String::from(
        "== me.md\ntype: me\ncareer:\n  - {org: ミナト, from: 2015-04-01, to: 2025-03-31}\n--\n== orgs/ミナト.md\ntype: org\n--\n",
    );
    for name in ["田中", "佐藤", "鈴木"] {
        notes +=
            &format!("== People/{name}.md\ntier: colleague\norg: ミナト\nlast_contact: 2026-11-01\n--\n");
    }
    check(&Tick {
        kind: "gathering",
        day: TODAY,
        notes: &notes,
        entries: &[("orgs/ミナト.md", "集まる相談をした ^ID")],
    });
}
