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

/// Two who were introduced today, and the ids of the two lines that say so.
fn introduced() -> (Vault, [String; 2]) {
    introduced_with('x', "")
}

/// The same with a mark, and lines below it.
fn introduced_with(how: char, below: &str) -> (Vault, [String; 2]) {
    let person = |name: &str, org: &str| {
        format!(
            "== People/{name}.md\ntier: colleague\norg: {org}\ninterests: [Rust, 登山]\nlast_contact: 2026-11-01\n--\n\n\
             ## 記録\n\n- 2026-11-01 (mail) 近況\n"
        )
    };
    let vault = crate::tables::vault(&(person("佐藤", "A") + &person("鈴木", "B")));
    update(&vault, TODAY);
    let id = mark(&vault, "introduce", TODAY, how);
    let page = vault.read(PAGE).replacen(&format!("^{id}\n"), &format!("^{id}\n{below}"), 1);
    vault.note(PAGE, &page);
    update(&vault, TODAY);
    let page = vault.read(PAGE);
    let ids = ["佐藤", "鈴木"].map(|name| {
        let line = page.lines().find(|line| line.starts_with(&format!("- [{how}] [[{name}]]"))).unwrap();
        line.rsplit_once('^').unwrap().1.to_owned()
    });
    (vault, ids)
}

fn remembers_nothing(vault: &Vault) {
    let state = vault.home().join(".local/state/goen");
    std::fs::remove_dir_all(state).unwrap();
}

#[test]
fn either_box_takes_both_halves_of_an_introduction_back() {
    let both = ["People/佐藤.md", "People/鈴木.md"];
    let (vault, _) = introduced();
    assert!(vault.read(PAGE).contains("紹介：鈴木 さんとの引き合わせ"), "{}", vault.read(PAGE));
    for is_remembered in [true, false] {
        for emptied in [&[0][..], &[1], &[0, 1]] {
            let (vault, ids) = introduced();
            if !is_remembered {
                remembers_nothing(&vault);
            }
            emptied.iter().for_each(|at| set_box(&vault, &ids[*at], ' '));
            update(&vault, TODAY);
            for path in both {
                let note = vault.read(path);
                assert!(!note.contains("引き合わせ"), "{emptied:?} {is_remembered}: {note}");
                assert!(note.contains("last_contact: 2026-11-01\n"), "{note}");
            }
            let page = vault.read(PAGE);
            assert!(page.contains("- [ ] [[") && !page.contains("- [x]"), "{emptied:?}: {page}");
            // Nobody typed what goen wrote into a log.
            assert!(!page.contains("さんとの引き合わせ"), "{page}");
            let notes = both.map(|path| vault.read(path));
            update(&vault, TODAY);
            assert_eq!((vault.read(PAGE), both.map(|path| vault.read(path))), (page, notes), "{emptied:?}");
        }
    }
}

#[test]
fn what_was_typed_at_an_introduction_comes_back_whichever_box_is_emptied() {
    for (mark_of, emptied) in [('x', 0), ('x', 1), ('-', 0), ('-', 1)] {
        let (vault, ids) = introduced_with(mark_of, "    - 喜ばれそう\n");
        let logs = || ["People/佐藤.md", "People/鈴木.md"].map(|path| vault.read(path));
        assert!(logs().concat().matches("喜ばれそう").count() == 1, "{:?}", logs());
        remembers_nothing(&vault);
        set_box(&vault, &ids[emptied], ' ');
        update(&vault, TODAY);
        let page = vault.read(PAGE);
        let (notes, item) =
            (logs().concat(), page.lines().find(|line| line.starts_with("- [ ] [[")).unwrap());
        assert!(!notes.contains("喜ばれそう") && !notes.contains("^g-"), "{mark_of} {emptied}: {notes}");
        let below = page.split_once(item).unwrap().1;
        assert!(below.lines().any(|line| line == "    - 喜ばれそう"), "{mark_of} {emptied}: {page}");
        assert!(!page.contains("さんとの引き合わせ") && page.contains(&ids[0]), "{page}");
    }
}

#[test]
fn what_was_said_of_one_stays_out_of_the_others_note() {
    let (vault, ids) = introduced_with('x', "    - 内緒の話\n");
    remembers_nothing(&vault);
    // Somebody wrote below the other's line: it stays.
    let other =
        vault.read("People/鈴木.md").replace(&format!("^{}\n", ids[0]), &format!("^{}\n  - 日程\n", ids[0]));
    vault.note("People/鈴木.md", &other);
    set_box(&vault, &ids[0], ' ');
    update(&vault, TODAY);
    update(&vault, TODAY);
    assert!(!vault.read("People/鈴木.md").contains("内緒"), "{}", vault.read("People/鈴木.md"));
    assert!(vault.read(PAGE).contains("内緒の話"), "{}", vault.read(PAGE));
}

#[test]
fn undo_takes_both_halves_back_and_a_copied_line_is_left() {
    for is_remembered in [true, false] {
        let (vault, ids) = introduced();
        let line =
            vault.read("People/佐藤.md").lines().find(|line| line.contains(&ids[0])).unwrap().to_owned();
        vault.note("People/写し.md", &format!("---\ntier: client\n---\n\n## 記録\n\n{line}\n"));
        if !is_remembered {
            remembers_nothing(&vault);
        }
        let out = vault.on(TODAY, &["undo", "佐藤"]);
        assert_eq!(out.code, Some(0), "{}", out.said());
        for path in ["People/佐藤.md", "People/鈴木.md"] {
            assert!(!vault.read(path).contains("引き合わせ"), "{is_remembered}: {}", vault.read(path));
        }
        assert!(vault.read("People/写し.md").contains("引き合わせ"));
    }
}

#[test]
fn a_note_that_was_renamed_since_has_its_entry_taken_back() {
    let vault = crate::tables::vault(
        "== People/田中.md\ntier: close\nlast_contact: 2026-09-14\n--\n\n## 記録\n\n- 2026-09-14 ランチ\n",
    );
    update(&vault, TODAY);
    let before = vault.read(PERSON);
    let id = mark(&vault, "cadence", TODAY, 'x');
    update(&vault, TODAY);
    std::fs::rename(vault.at(PERSON), vault.at("People/中田.md")).unwrap();
    let page = vault.read(PAGE).replace("[[田中]]", "[[中田]]");
    vault.note(PAGE, &page);
    set_box(&vault, &id, ' ');
    update(&vault, TODAY);
    assert_eq!(vault.read("People/中田.md"), before);
    let lately = vault.on(TODAY, &["undo"]);
    assert!(!lately.stdout.contains(&id), "{}", lately.said());
}

/// A promise in a note of its own that was ticked on the page; its id.
fn promise_kept(vault: &Vault) -> String {
    update(vault, TODAY);
    let id = mark(vault, "promise", TODAY, 'x');
    update(vault, TODAY);
    id
}

const PLAN: &str = "計画/冬.md";
const PROMISED: &str = "# 計画\n\n- [ ] [[田中]] に資料を送る 📅 2026-11-22\n- [ ] [[田中]] と会う\n";

#[test]
fn a_promise_is_open_again_whatever_its_notes_are_called_since() {
    let moved = |vault: &Vault, from: &str, to: &str| std::fs::rename(vault.at(from), vault.at(to)).unwrap();
    let relinked = |vault: &Vault, path: &str| {
        vault.note(path, &vault.read(path).replace("[[田中]]", "[[中田]]"));
    };
    for (person, plan, links) in [
        // Obsidian brings the links along, other programs do not.
        ("People/中田.md", PLAN, true),
        ("People/友人/田中.md", PLAN, false),
        (PERSON, "計画/冬の計画.md", false),
        ("People/中田.md", "計画/冬の計画.md", true),
    ] {
        for by_page in [true, false] {
            let vault = crate::tables::vault(
                "== People/田中.md\ntier: close\nlast_contact: 2026-11-10\n--\n\n## 記録\n\n- 2026-11-10 話\n",
            );
            vault.note(PLAN, PROMISED);
            std::fs::create_dir_all(vault.at("People/友人")).unwrap();
            let id = promise_kept(&vault);
            assert!(vault.read(PLAN).contains("- [x] [[田中]] に資料を送る"), "{}", vault.read(PLAN));
            for (from, to) in [(PERSON, person), (PLAN, plan)].into_iter().filter(|(from, to)| from != to) {
                moved(&vault, from, to);
            }
            if links {
                relinked(&vault, plan);
            }
            if by_page {
                if links {
                    relinked(&vault, PAGE);
                }
                set_box(&vault, &id, ' ');
                update(&vault, TODAY);
            } else {
                let out = vault.on(TODAY, &["undo", &id]);
                assert_eq!(out.code, Some(0), "{}", out.said());
            }
            assert!(!vault.read(person).contains(&id), "{}", vault.read(person));
            let want = if links { PROMISED.replace("[[田中]]", "[[中田]]") } else { PROMISED.to_owned() };
            assert_eq!(vault.read(plan), want, "{person} {plan} {by_page}");
        }
    }
}

#[test]
fn a_task_in_the_renamed_note_itself_is_open_again_too() {
    let note = "---\ntier: close\nlast_contact: 2026-11-10\n---\n\n- [ ] 資料を送る 📅 2026-11-22\n\n## 記録\n\n- 2026-11-10 話\n";
    let vault = Vault::new();
    vault.note(PERSON, note);
    let id = promise_kept(&vault);
    std::fs::rename(vault.at(PERSON), vault.at("People/中田.md")).unwrap();
    vault.note(PAGE, &vault.read(PAGE).replace("[[田中]]", "[[中田]]"));
    set_box(&vault, &id, ' ');
    update(&vault, TODAY);
    assert_eq!(vault.read("People/中田.md"), note);
}

#[test]
fn a_task_that_somebody_has_opened_already_is_no_trouble() {
    let vault = crate::tables::vault("== People/田中.md\ntier: close\nlast_contact: 2026-11-10\n--\n");
    vault.note(PLAN, PROMISED);
    let id = promise_kept(&vault);
    vault.note(PLAN, PROMISED);
    std::fs::rename(vault.at(PERSON), vault.at("People/中田.md")).unwrap();
    let out = vault.on(TODAY, &["undo", &id]);
    assert!(out.code == Some(0) && !out.stderr.contains(PLAN), "{}", out.said());
    assert_eq!(vault.read(PLAN), PROMISED);
}

#[test]
fn of_two_such_tasks_none_is_opened_and_it_is_said() {
    let vault = crate::tables::vault("== People/田中.md\ntier: close\nlast_contact: 2026-11-10\n--\n");
    vault.note(PLAN, PROMISED);
    let id = promise_kept(&vault);
    let ticked = vault.read(PLAN);
    std::fs::rename(vault.at(PLAN), vault.at("計画/一.md")).unwrap();
    let twice = ticked.replace("# 計画\n\n", "") + &ticked;
    vault.note("計画/二.md", &twice);
    let out = vault.on(TODAY, &["undo", &id]);
    assert_eq!([vault.read("計画/一.md"), vault.read("計画/二.md")], [ticked, twice]);
    assert!(!vault.read(PERSON).contains(&id), "{}", vault.read(PERSON));
    assert!(out.stderr.contains("済みのまま") && out.stderr.contains("資料を送る"), "{}", out.said());
}

#[test]
fn what_was_shared_is_linked_whatever_it_is_called() {
    for name in ["C# 13 の新機能", "[RFC] async", "a｜b^c"] {
        let notes = format!(
            "== People/田中.md\ntier: colleague\ninterests: [Rust]\nlast_contact: 2026-08-01\n--\n\
             == clips/{name}.md\ntopics: [rust]\ncreated: 2026-11-18\n--\n"
        );
        let vault = crate::tables::vault(&notes);
        update(&vault, TODAY);
        mark(&vault, "share", TODAY, 'x');
        update(&vault, TODAY);
        let note = vault.read(PERSON);
        assert!(note.contains("](../clips/"), "{note}");
        let page = vault.read(PAGE);
        assert!(page.lines().any(|line| line.starts_with("- [x]") && line.contains("を共有")), "{page}");
        let left = vault.on(TODAY, &["share"]);
        assert!(!left.stdout.contains("田中"), "{}", left.said());
    }
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
