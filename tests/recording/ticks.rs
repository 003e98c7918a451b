//! Ticks come back: what somebody marks on the page becomes history in the notes, once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use crate::common::{PAGE, Vault};

const TANAKA: &str = "People/田中.md";
const NOTE: &str = "---\ntier: close # 同期\nlast_contact: 2026-09-14\nline: t\n---\n\n## 記録\n\n- 2026-09-14 (line) 近況\n";

/// A vault with one person, and its page.
fn vault(note: &str) -> Vault {
    let vault = Vault::new();
    vault.note(TANAKA, note);
    assert_eq!(vault.goen(&["update"]).code, Some(0));
    vault
}

/// Changes the first item's line on the page: the box, what stands behind the text, lines below.
fn mark(vault: &Vault, mark: &str, fields: &str, below: &str) {
    let page = vault.read(PAGE);
    let line = page.lines().find(|line| line.starts_with("- [ ] ")).unwrap_or_else(|| panic!("{page}"));
    let (text, id) = line.rsplit_once(" ^g-").unwrap();
    let marked = format!("{} {fields} ^g-{id}\n{below}", text.replacen("[ ]", &format!("[{mark}]"), 1));
    let marked = marked.replace("  ^g-", " ^g-");
    vault.note(PAGE, &page.replacen(&format!("{line}\n"), &marked.replace("\n\n", "\n"), 1));
}

/// The id of the first item on the page.
fn id(vault: &Vault) -> String {
    let page = vault.read(PAGE);
    let at = page.find("^g-").unwrap();
    page[at + 1..at + 9].to_owned()
}

fn update(vault: &Vault) -> String {
    let out = vault.goen(&["update"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    out.said()
}

/// What a mark makes of the note; `ID` stands for the item's id.
fn check(note: &str, how: (&str, &str, &str), expected: &str) -> Vault {
    let vault = vault(note);
    let id = id(&vault);
    mark(&vault, how.0, how.1, how.2);
    update(&vault);
    assert_eq!(vault.read(TANAKA), expected.replace("ID", &id), "after {how:?}");
    // Seen a second time a tick changes nothing, nor does a run without any.
    let page = vault.read(PAGE);
    update(&vault);
    assert_eq!(vault.read(PAGE), page);
    vault
}

fn with(entries: &str, day: &str) -> String {
    NOTE.replace("last_contact: 2026-09-14", &format!("last_contact: {day}"))
        .replace("- 2026-09-14", &format!("{entries}\n- 2026-09-14"))
}

#[test]
fn a_tick_is_a_contact() {
    let vault = check(NOTE, ("x", "", ""), &with("- 2026-11-21 (line) ^ID", "2026-11-21"));
    let page = vault.read(PAGE);
    assert!(page.contains("## 済み\n\n- [x] [[田中]] — 11/21 LINE"), "{page}");
    let item = &vault.items_on(common::TODAY)[0];
    assert_eq!((&item["section"], &item["done"]), (&"done".into(), &true.into()), "{item}");
    check(NOTE, ("X", "", ""), &with("- 2026-11-21 (line) ^ID", "2026-11-21"));
}

#[test]
fn a_plugin_says_the_day() {
    check(NOTE, ("x", "✅ 2026-11-19", ""), &with("- 2026-11-19 (line) ^ID", "2026-11-19"));
    check(NOTE, ("x", "[completion:: 2026-11-19]", ""), &with("- 2026-11-19 (line) ^ID", "2026-11-19"));
    // The day before the last contact: history grows, the newest stays.
    let older =
        NOTE.replace("\n- 2026-09-14 (line) 近況", "\n- 2026-09-14 (line) 近況\n- 2026-08-01 (line) ^ID");
    check(NOTE, ("x", "✅ 2026-08-01", ""), &older);
}

#[test]
fn what_stands_below_becomes_the_text() {
    let entry = |text: &str| with(text, "2026-11-21");
    check(NOTE, ("x", "", "    - 元気そう #gave\n"), &entry("- 2026-11-21 (line) 元気そう #gave ^ID"));
    check(NOTE, ("x", "", "    - (call) 元気そう\n"), &entry("- 2026-11-21 (call) 元気そう ^ID"));
    check(NOTE, ("x", "", "    （ランチ） 新橋で\n"), &entry("- 2026-11-21 (ランチ) 新橋で ^ID"));
    check(
        NOTE,
        ("x", "", "\t- 一つめ\n\t- 二つめ\n\t\t- その下\n\t- [ ] 本を貸す\n"),
        &entry("- 2026-11-21 (line) 一つめ ^ID\n  - 二つめ\n    - その下\n  - [ ] 本を貸す"),
    );
    check(NOTE, ("x", "", "    - [ ] 本を貸す\n"), &entry("- 2026-11-21 (line) ^ID\n  - [ ] 本を貸す"));
    // Another id, or a channel of goen's own, typed by somebody.
    check(NOTE, ("x", "", "    - 見て ^g-abcdef\n"), &entry("- 2026-11-21 (line) 見て ＾g-abcdef ^ID"));
}

#[test]
fn a_light_channel_is_a_touch() {
    let touched = NOTE.replace("- 2026-09-14", "- 2026-11-21 (like) 写真に ^ID\n- 2026-09-14");
    check(NOTE, ("x", "", "    - (like) 写真に\n"), &touched);
}

#[test]
fn a_skip_is_no_contact_and_starts_the_window_anew() {
    let skipped = NOTE.replace("- 2026-09-14", "- 2026-11-21 (skip) ^ID\n- 2026-09-14");
    let vault = check(NOTE, ("-", "", ""), &skipped);
    let person = vault.person(TANAKA);
    assert_eq!(person["last_contact"], "2026-09-14");
    assert_eq!(person["opens"], "2026-12-21");
    check(NOTE, ("-", "❌ 2026-11-20", ""), &skipped.replace("2026-11-21", "2026-11-20"));
    check(NOTE, ("-", "", "    - 忙しい\n"), &skipped.replace("(skip)", "(skip) 忙しい"));
}

#[test]
fn later_sets_a_silence() {
    let until = |day: &str| NOTE.replace("line: t\n", &format!("line: t\nsnooze: {day}\n"));
    check(NOTE, (">", "", ""), &until("2026-11-28"));
    check(NOTE, (">", "> 2026-12-01", ""), &until("2026-12-01"));
    check(NOTE, (">", "⏳ 2026-12-03", ""), &until("2026-12-03"));
    // The day goen planned it for, changed by hand.
    let vault = vault(NOTE);
    let page = vault.read(PAGE).replace("- [ ]", "- [>]").replace("⏳ 2026-11-21", "⏳ 2026-12-05");
    vault.note(PAGE, &page);
    update(&vault);
    assert_eq!(vault.read(TANAKA), until("2026-12-05"));
    // A day that has passed says nothing.
    let vault = self::vault(NOTE);
    mark(&vault, ">", "> 2026-11-01", "");
    assert!(update(&vault).contains("まだ記録していません"));
    assert_eq!(vault.read(TANAKA), NOTE);
}

#[test]
fn scheduled_sets_the_next_day_or_asks_for_one() {
    let next = NOTE.replace("line: t\n", "line: t\nnext: 2026-12-01\n");
    check(NOTE, ("<", "> 2026-12-01", ""), &next);
    let vault = vault(NOTE);
    mark(&vault, "<", "", "");
    let said = update(&vault);
    assert!(said.contains("reconnect.md:8: まだ記録していません"), "{said}");
    assert_eq!(vault.read(TANAKA), NOTE);
    let page = vault.read(PAGE);
    assert!(page.contains("- [<] [[田中]]") && page.contains("    - まだ記録していません: "), "{page}");
    assert_eq!(vault.codes(PAGE), ["not-recorded:8"]);
}

#[test]
fn begun_stays_in_its_place_until_it_becomes_another() {
    let vault = vault(NOTE);
    mark(&vault, "/", "", "    - 下書き済み\n");
    let page = vault.read(PAGE);
    update(&vault);
    assert!(vault.read(PAGE).contains("    - 下書き済み\n") && vault.read(PAGE).contains("- [/] [[田中]]"));
    assert_eq!(vault.read(TANAKA), NOTE);
    // The next day too, with its id and what stands below it.
    vault.on("2026-11-22", &["update"]);
    let next = vault.read(PAGE);
    assert!(next.contains("- [/] [[田中]]") && next.contains(&format!("^{}", id(&vault))), "{page}\n{next}");
    vault.note(PAGE, &next.replace("[/]", "[x]"));
    vault.on("2026-11-22", &["update"]);
    assert!(vault.read(TANAKA).contains("- 2026-11-22 (line) 下書き済み ^g-"), "{}", vault.read(TANAKA));
}

#[test]
fn a_promise_is_ticked_where_it_stands() {
    let note = "---\ntier: close\nlast_contact: 2026-11-20\nline: t\n---\n- [ ] 資料を送る #仕事 📅 2026-11-21\n\n## 記録\n";
    let vault = check(
        note,
        ("x", "", ""),
        "---\ntier: close\nlast_contact: 2026-11-21\nline: t\n---\n- [x] 資料を送る #仕事 📅 2026-11-21 ✅ 2026-11-21\n\n## 記録\n\n- 2026-11-21 (line) 資料を送る ^ID\n- 2026-11-20\n",
    );
    assert!(vault.read(PAGE).contains("## 済み"));
    let done: Vec<_> = vault.items_on("2026-11-21").into_iter().filter(|item| item["done"] == true).collect();
    assert_eq!((done.len(), &done[0]["kind"]), (1, &"promise".into()));

    // In another note, and one that the Tasks plugin repeats itself.
    for (task, ticked) in [
        ("- [ ] [[田中]] に本を返す 📅 2026-11-22", "- [x] [[田中]] に本を返す 📅 2026-11-22 ✅ 2026-11-21"),
        (
            "- [ ] [[田中]] に本を返す 🔁 every month 📅 2026-11-22",
            "- [ ] [[田中]] に本を返す 🔁 every month 📅 2026-11-22",
        ),
        (
            "- 仕事\n\t- [ ] [[田中]] に本を返す 📅 2026-11-22\n\t- 別",
            "- 仕事\n\t- [x] [[田中]] に本を返す 📅 2026-11-22 ✅ 2026-11-21\n\t- 別",
        ),
        (
            "- [ ] [[田中]] に本を返す [due:: 2026-11-22]",
            "- [x] [[田中]] に本を返す [due:: 2026-11-22] [completion:: 2026-11-21]",
        ),
    ] {
        let vault = Vault::new();
        vault.note(TANAKA, NOTE).note("日記/x.md", &format!("# x\n{task}\n\n終わり"));
        update(&vault);
        mark(&vault, "x", "", "");
        update(&vault);
        assert_eq!(vault.read("日記/x.md"), format!("# x\n{ticked}\n\n終わり"));
        let note = vault.read(TANAKA);
        assert!(note.contains("- 2026-11-21 (line) 田中 に本を返す ^g-"), "{note}");
    }
}

#[test]
fn a_promise_given_again_is_another_one() {
    let vault = vault("---\ntier: close\nlast_contact: 2026-11-20\n---\n- [ ] 資料を送る 📅 2026-11-21\n");
    mark(&vault, "x", "", "");
    update(&vault);
    let note = vault.read(TANAKA);
    vault.note(TANAKA, &note.replace("---\n- [x]", "---\n- [ ] 資料を送る 📅 2026-11-22\n- [x]"));
    update(&vault);
    mark(&vault, "x", "", "");
    update(&vault);
    let note = vault.read(TANAKA);
    assert_eq!(note.matches("- 2026-11-21 資料を送る ^g-").count(), 2, "{note}");
    assert_eq!(note.matches("✅ 2026-11-21").count(), 2, "{note}");
}

#[test]
fn a_date_that_is_read_is_written_over_in_its_style() {
    let note = |day: &str| NOTE.replace("last_contact: 2026-09-14", &format!("last_contact: {day}"));
    for (old, new) in [
        ("\"[[September 14th, 2026]]\"", "\"[[November 21st, 2026]]\""),
        ("2026-9-14", "2026-11-21"),
        ("2026年09月14日（月）", "2026年11月21日（土）"),
        ("14/09/2026 # 電話", "21/11/2026 # 電話"),
        ("04/05/2026", "21/11/2026"),
    ] {
        let vault = Vault::new();
        vault.note("goen.toml", "[dates]\nday_first = \"yes\"\n").note(TANAKA, &note(old));
        update(&vault);
        mark(&vault, "x", "", "");
        update(&vault);
        let line = vault.read(TANAKA).lines().nth(2).map(str::to_owned);
        assert_eq!(line, Some(format!("last_contact: {new}")), "{old}");
    }
    // Which of two days it is nobody said: it is not written over, and that is why.
    let vault = vault(&note("04/05/2026"));
    mark(&vault, "x", "", "");
    assert!(update(&vault).contains("日と月のどちらが先か分かりません"));
    assert!(vault.read(TANAKA).contains("last_contact: 04/05/2026\n"));
    assert!(vault.read(PAGE).contains("日と月のどちらが先か分かりません"), "{}", vault.read(PAGE));
}

#[test]
fn an_old_date_that_no_entry_shows_is_kept() {
    let note = "---\nlast_contact: \"2026-09-14 via Slack\" # x\ntier: close\n---\n";
    let expected = "---\nlast_contact: \"2026-11-21\" # x\ntier: close\n---\n## 記録\n\n- 2026-11-21 (slack) ^ID\n- 2026-09-14 (slack)\n";
    let vault = Vault::new();
    vault.note(TANAKA, note);
    update(&vault);
    let id = id(&vault);
    mark(&vault, "x", "", "    - (slack)\n");
    update(&vault);
    assert_eq!(vault.read(TANAKA), expected.replace("ID", &id));
}

#[test]
fn fault_23_a_tick_taken_back_leaves_the_note_as_it_was() {
    for note in [
        NOTE,
        "---\ntier: close\nlast_contact: 2026-09-14\n---",
        "\u{feff}---\r\ntier: close\r\nlast_contact: 2026/9/14\r\n---\r\n本文",
    ] {
        let vault = vault(note);
        mark(&vault, "x", "", "    - 元気そう\n    - 二行目\n");
        update(&vault);
        assert_ne!(vault.read(TANAKA), note);
        let page = vault.read(PAGE);
        vault.note(PAGE, &page.replace("- [x] ", "- [ ] "));
        update(&vault);
        assert_eq!(vault.read(TANAKA), note);
        let page = vault.read(PAGE);
        assert!(page.contains("    - 元気そう\n    - 二行目\n") && !page.contains("済み"), "{page}");
    }
}

#[test]
fn fault_23_where_the_note_has_changed_only_the_log_line_goes() {
    for forgetful in [false, true] {
        let vault = vault(NOTE);
        mark(&vault, "x", "", "    - 元気そう\n");
        update(&vault);
        vault.note(TANAKA, &vault.read(TANAKA).replace("line: t\n", "line: t2\n"));
        if forgetful {
            vault.forget_local_state();
        }
        vault.note(PAGE, &vault.read(PAGE).replace("- [x] ", "- [ ] "));
        update(&vault);
        assert_eq!(vault.read(TANAKA), NOTE.replace("line: t\n", "line: t2\n"));
        assert!(vault.read(PAGE).contains("    - 元気そう\n"), "{}", vault.read(PAGE));
    }
}

#[test]
fn fault_23_what_stands_below_an_entry_since_is_not_lost() {
    let vault = vault(NOTE);
    mark(&vault, "x", "", "");
    update(&vault);
    let note = vault.read(TANAKA);
    let line = note.lines().find(|line| line.starts_with("- 2026-11-21")).unwrap();
    let more = note.replace(line, &format!("{line}\n  - あとから書いた"));
    vault.note(TANAKA, &more);
    vault.forget_local_state();
    vault.note(PAGE, &vault.read(PAGE).replace("- [x] ", "- [ ] "));
    assert!(update(&vault).contains("取り消せません"));
    assert_eq!(vault.read(TANAKA), more);
}

#[test]
fn fault_23_a_contact_that_goen_did_not_write_is_not_taken_back() {
    let note = NOTE.replace("- 2026-09-14", "- 2026-11-21 (call) 電話\n- 2026-09-14");
    let vault = vault(&note);
    vault.note(PAGE, &vault.read(PAGE).replace("- [x] ", "- [ ] "));
    assert!(update(&vault).contains("goen が書いた記録ではない"));
    assert_eq!(vault.read(TANAKA), note);
    // The box says what the user did, and the page why nothing came of it, until it is filled again.
    let page = vault.read(PAGE);
    assert!(page.contains("- [ ] [[田中]]") && page.contains("    - 取り消せません: "), "{page}");
    update(&vault);
    assert_eq!(vault.read(PAGE), page);
    vault.note(PAGE, &page.replace("- [ ] ", "- [x] "));
    assert!(!update(&vault).contains("取り消せません") && !vault.read(PAGE).contains("取り消せません"));
}

#[test]
fn fault_23_a_stale_line_is_reported_and_nothing_is_guessed() {
    let vault = vault(NOTE);
    let page = vault.read(PAGE);
    let stale = page.replace(&id(&vault), "g-zzzzzz").replace("- [ ]", "- [x]");
    vault.note(PAGE, &stale);
    let said = update(&vault);
    assert!(said.contains("どの予定か分かりません"), "{said}");
    assert_eq!(vault.read(TANAKA), NOTE);
    let page = vault.read(PAGE);
    assert!(page.contains("- [x] [[田中]]") && page.contains("^g-zzzzzz"), "{page}");
    // The same tick on a page whose contact was written down by hand since is still known.
    let vault = self::vault(NOTE);
    let id = id(&vault);
    vault.note(TANAKA, &NOTE.replace("- 2026-09-14", "- 2026-11-20 (call)\n- 2026-09-14"));
    mark(&vault, "x", "", "");
    update(&vault);
    assert!(
        vault.read(TANAKA).contains(&format!("- 2026-11-21 (line) ^{id}\n- 2026-11-20 (call)")),
        "{}",
        vault.read(TANAKA)
    );
}

#[test]
fn fault_23_a_box_that_goes_to_and_fro() {
    let vault = vault(NOTE);
    let ours = id(&vault);
    let (open, ticked) = {
        let open = vault.read(PAGE);
        mark(&vault, "x", "", "");
        (open, vault.read(PAGE))
    };
    // Too fast to be seen.
    vault.note(PAGE, &open);
    update(&vault);
    assert_eq!((vault.read(TANAKA), vault.read(PAGE)), (NOTE.to_owned(), open.clone()));
    let recorded = with(&format!("- 2026-11-21 (line) ^{ours}"), "2026-11-21");
    for _ in 0..3 {
        vault.note(PAGE, &ticked);
        update(&vault);
        assert_eq!(vault.read(TANAKA), recorded);
        // Ticked once more, by another machine or with the other mark.
        vault.note(PAGE, &vault.read(PAGE).replace("- [x] ", "- [X] "));
        update(&vault);
        assert_eq!(vault.read(TANAKA), recorded);
        vault.note(PAGE, &vault.read(PAGE).replace("- [X] ", "- [ ] ").replace("- [x] ", "- [ ] "));
        update(&vault);
        assert_eq!((vault.read(TANAKA), vault.read(PAGE)), (NOTE.to_owned(), open.clone()));
    }
}

#[test]
fn fault_19_a_tick_seen_again_is_recorded_once() {
    let vault = vault(NOTE);
    mark(&vault, "x", "", "    - 元気そう\n");
    let ticked = vault.read(PAGE);
    update(&vault);
    let (note, page) = (vault.read(TANAKA), vault.read(PAGE));
    // A sync tool brings the page of before back.
    vault.note(PAGE, &ticked);
    update(&vault);
    assert_eq!((vault.read(TANAKA), vault.read(PAGE)), (note.clone(), page));
    // The next day too.
    vault.note(PAGE, &ticked);
    vault.on("2026-11-22", &["update"]);
    assert_eq!(vault.read(TANAKA), note);
}

#[test]
fn fault_38_the_day_is_the_pages_own() {
    let vault = vault(NOTE);
    mark(&vault, "x", "", "");
    vault.on("2026-11-23", &["update"]);
    assert!(vault.read(TANAKA).contains("- 2026-11-21 (line) ^g-"), "{}", vault.read(TANAKA));
    // A day that is still to come waits for it.
    let vault = self::vault(NOTE);
    mark(&vault, "x", "✅ 2026-11-22", "");
    assert!(update(&vault).contains("これからの日付"));
    assert_eq!(vault.read(TANAKA), NOTE);
    vault.on("2026-11-22", &["update"]);
    assert!(vault.read(TANAKA).contains("- 2026-11-22 (line) ^g-"), "{}", vault.read(TANAKA));
}

#[test]
fn fault_41_what_cannot_be_written_with_certainty_stays_ticked() {
    let broken = [
        ("duplicate", NOTE.replace("line: t", "line: t\nlast_contact: 2026-09-13"), "同じキー"),
        ("anchor", NOTE.replace(": 2026-09-14", ": &a 2026-09-14"), "アンカー"),
        ("list", NOTE.replace(": 2026-09-14", ": [2026-09-14]"), "一つの日付"),
        ("block", NOTE.replace(": 2026-09-14", ": |\n  2026-09-14"), "一つの日付"),
        ("yaml", NOTE.replace("line: t", "line: \"t"), "フロントマターを読めません"),
        ("unclosed", NOTE.replace("line: t\n---\n", "line: t\n"), "閉じられていません"),
        ("two logs", format!("{NOTE}\n## Log\n\n- 2026-01-01 a\n"), "二つの見出し"),
        ("conflict", format!("<<<<<<< a\n{NOTE}=======\n>>>>>>> b\n"), "読めない"),
    ];
    for (name, note, why) in broken {
        let vault = vault(NOTE);
        let ours = id(&vault);
        mark(&vault, "x", "", "    - 元気そう\n");
        vault.note(TANAKA, &note);
        let said = update(&vault);
        assert!(said.contains(why), "{name}: {said}");
        assert_eq!(vault.read(TANAKA), note, "{name}");
        let page = vault.read(PAGE);
        assert!(
            page.contains("- [x] [[田中]]") && page.contains("    - まだ記録していません: "),
            "{name}: {page}"
        );
        assert!(page.contains("    - 元気そう\n") && page.contains(&format!("^{ours}")), "{name}: {page}");
        assert!(
            vault.codes(TANAKA).iter().any(|code| code.starts_with("not-recorded")),
            "{name}: {:?}",
            vault.codes(TANAKA)
        );
        // Nothing new is said the second time, and the tick is recorded once the note is mended.
        update(&vault);
        assert_eq!(vault.read(PAGE), page, "{name}");
        vault.note(TANAKA, NOTE);
        update(&vault);
        assert_eq!(
            vault.read(TANAKA),
            with(&format!("- 2026-11-21 (line) 元気そう ^{ours}"), "2026-11-21"),
            "{name}"
        );
    }
}

/// What cannot be read any more, or only in part, since the page was made: never written to, and the tick waits.
fn waits_for(name: &str, note: &[u8]) {
    let vault = vault(NOTE);
    mark(&vault, "x", "", "");
    vault.bytes(TANAKA, note);
    update(&vault);
    assert!(std::fs::read(vault.at(TANAKA)).unwrap() == note, "{name}");
    assert!(vault.read(PAGE).contains("- [x] [[田中]]"), "{name}: {}", vault.read(PAGE));
    let out = vault.goen(&["log", "田中", "近況"]);
    assert_eq!(out.code, Some(2), "{name}: {}", out.said());
    assert!(std::fs::read(vault.at(TANAKA)).unwrap() == note, "{name}");
    vault.note(TANAKA, NOTE);
    update(&vault);
    assert!(vault.read(TANAKA).contains("- 2026-11-21 (line) ^g-"), "{name}: {}", vault.read(TANAKA));
}

#[test]
fn fault_40_a_bomb_is_not_written_to() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for i in 1..10 {
        bomb += &format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(", "));
    }
    let deep = format!("x: {}{}\n", "[".repeat(3000), "]".repeat(3000));
    let dashes = format!("x:\n  {}x\n", "- ".repeat(3000));
    for (name, lines) in [("aliases", bomb), ("depth", deep), ("dashes", dashes)] {
        waits_for(name, NOTE.replace("line: t\n", &lines).as_bytes());
    }
}

#[test]
fn fault_48_what_is_no_utf8_is_not_written_to() {
    let sjis = NOTE.replace("同期", "\u{0}").replace("記録", "\u{0}").replace("近況", "\u{0}");
    let sjis: Vec<u8> =
        sjis.bytes().flat_map(|b| if b == 0 { vec![0x8b, 0xdf, 0x8b, 0xb5] } else { vec![b] }).collect();
    waits_for("Shift_JIS", &sjis);
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(NOTE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    waits_for("UTF-16", &wide);
    waits_for("NUL", &[NOTE.as_bytes(), b"\0"].concat());
}

#[test]
fn fault_49_what_is_too_large_is_not_written_to() {
    let mut large = NOTE.as_bytes().to_vec();
    large.resize(16 * 1024 * 1024 + 1, b'x');
    waits_for("too large", &large);
}

#[test]
fn fault_43_line_ends_and_bytes_around_are_kept() {
    for (before, after) in [
        (
            "## Log\r\n- 2026-08-01 a  \r\n- 2026-09-14 b",
            "## Log\r\n- 2026-08-01 a  \r\n- 2026-09-14 b\r\n- 2026-11-21 ^ID",
        ),
        (
            "x\n## Log\r\n\r\n* [[2026-09-14]] b\r\n\n終\t \n",
            "x\n## Log\r\n\r\n* [[2026-11-21]] ^ID\r\n* [[2026-09-14]] b\r\n\n終\t \n",
        ),
    ] {
        let head = |day: &str| format!("\u{feff}---\r\ntier: close  \nlast_contact: {day}   # c\r\n...\r\n");
        let vault = vault(&(head("2026-09-14") + before));
        let id = id(&vault);
        mark(&vault, "x", "", "");
        update(&vault);
        assert_eq!(vault.read(TANAKA), head("2026-11-21") + &after.replace("ID", &id));
    }
    let old_mac = NOTE.replace('\n', "\r");
    let vault = vault(NOTE);
    mark(&vault, "x", "", "");
    vault.note(TANAKA, &old_mac);
    assert!(update(&vault).contains("CR"));
    assert_eq!(vault.read(TANAKA), old_mac);
}

#[test]
fn fault_16_a_note_that_is_gone_is_not_made_again() {
    let vault = vault(NOTE);
    mark(&vault, "x", "", "");
    std::fs::remove_file(vault.at(TANAKA)).unwrap();
    update(&vault);
    assert!(!vault.at(TANAKA).exists());
    assert!(vault.read(PAGE).contains("- [x] [[田中]]"), "{}", vault.read(PAGE));
    vault.note(TANAKA, NOTE);
    update(&vault);
    assert!(vault.read(TANAKA).contains("- 2026-11-21 (line) ^g-"), "{}", vault.read(TANAKA));
}

#[test]
fn fault_22_words_typed_into_a_line_are_not_lost() {
    let vault = vault(NOTE);
    let page = vault.read(PAGE);
    vault.note(PAGE, &page.replace(" ⏳", " 引っ越しのことを聞く ⏳"));
    update(&vault);
    let page = vault.read(PAGE);
    assert!(page.contains("    - 引っ越しのことを聞く\n"), "{page}");
    // The next day they are still there, and on a tick they are what was talked about.
    vault.on("2026-11-22", &["update"]);
    let page = vault.read(PAGE);
    assert!(page.contains("    - 引っ越しのことを聞く\n"), "{page}");
    vault.note(PAGE, &page.replace("- [ ]", "- [x]"));
    vault.on("2026-11-22", &["update"]);
    assert!(vault.read(TANAKA).contains("(line) 引っ越しのことを聞く ^g-"), "{}", vault.read(TANAKA));
    let vault = self::vault(NOTE);
    mark(&vault, "x", "電話で話した", "");
    update(&vault);
    assert!(vault.read(TANAKA).contains("- 2026-11-21 (line) 電話で話した ^g-"), "{}", vault.read(TANAKA));
}

#[test]
fn a_tick_never_pulls_another_in() {
    let vault = Vault::new();
    for n in 0..6 {
        vault.note(&format!("People/p{n}.md"), &NOTE.replace("2026-09-14", &format!("2026-09-0{}", n + 1)));
    }
    update(&vault);
    let today = |vault: &Vault| {
        vault.items_on(common::TODAY).iter().filter(|item| item["section"] == "today").count()
    };
    assert_eq!(today(&vault), 2);
    mark(&vault, "x", "", "");
    update(&vault);
    assert_eq!(today(&vault), 1);
    mark(&vault, "-", "", "");
    update(&vault);
    assert_eq!(today(&vault), 0);
}

#[test]
fn a_dry_run_shows_all_and_writes_nothing() {
    let vault = vault(NOTE);
    mark(&vault, "x", "", "");
    let before = vault.everything();
    let out = vault.goen(&["update", "--dry-run"]);
    assert!(out.stdout.contains("--- a/People/田中.md\n+++ b/People/田中.md\n"), "{}", out.stdout);
    assert!(
        out.stdout.contains("+last_contact: 2026-11-21\n") && out.stdout.contains("+- [x] [[田中]]"),
        "{}",
        out.stdout
    );
    assert_eq!(vault.everything(), before);
    let json: serde_json::Value = serde_json::from_str(&vault.goen(&["update", "--json"]).stdout).unwrap();
    assert_eq!(json["recorded"].as_array().map(Vec::len), Some(1), "{json}");
    assert_eq!(json["changed"], serde_json::json!([TANAKA]));
}

#[test]
fn a_habit_is_recorded_in_your_own_log() {
    let me = "---\ntype: me\nhabits:\n  - {what: ブログ, every: 1m, folder: 記事}\n  - プロフィール更新, every 3m\n---\n\n## 記録\n\n- 2026-08-01 プロフィール更新。短く\n";
    let vault = Vault::new();
    vault
        .note("自分.md", me)
        .note("記事/2026-10-11 百日.md", "x")
        .note("記事/下書き.md", "---\ndate: 2026-10-12\n---\n");
    update(&vault);
    let items = vault.items_on(common::TODAY);
    let told: Vec<_> =
        items.iter().map(|item| (&item["kind"], &item["section"], &item["person"], &item["due"])).collect();
    let none = serde_json::Value::Null;
    assert_eq!(
        told,
        [
            (&"habit".into(), &"today".into(), &none, &"2026-11-12".into()),
            (&"habit".into(), &"today".into(), &none, &"2026-11-01".into())
        ]
    );
    let page = vault.read(PAGE);
    assert!(page.contains("- [ ] 「ブログ」に取りかかる頃合い — 前回 10/12（40日前・目安 毎月）"), "{page}");
    mark(&vault, "x", "", "    - 転職の話\n");
    let page = vault.read(PAGE);
    vault.note(PAGE, &page.replace("- [ ] 「プロ", "- [-] 「プロ"));
    update(&vault);
    let note = vault.read("自分.md");
    assert!(
        note.contains("- 2026-11-21 ブログ：転職の話 ^g-")
            && note.contains("- 2026-11-21 (skip) プロフィール更新 ^g-"),
        "{note}"
    );
    let page = vault.read(PAGE);
    assert!(
        page.contains("- [x] 11/21 ブログ：転職の話 ^g-")
            && page.contains("- [-] 11/21 今回は見送り：プロフィール更新 ^g-"),
        "{page}"
    );
    let later = |day: &str| {
        vault
            .items_on(day)
            .iter()
            .filter(|item| item["done"] == false)
            .map(|item| item["due"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(later(common::TODAY), Vec::<serde_json::Value>::new());
    assert_eq!(later("2027-02-10"), ["2026-12-21", "2027-02-21"]);
    // Both taken back.
    vault.note(PAGE, &page.replace("- [x] ", "- [ ] ").replace("- [-] ", "- [ ] "));
    update(&vault);
    assert_eq!(vault.read("自分.md"), me);
    assert!(vault.read(PAGE).contains("    - 転職の話\n"));
    // It has no day to be moved to.
    mark(&vault, ">", "> 2026-12-01", "");
    assert!(update(&vault).contains("先に延ばせません"));
}

#[test]
fn fault_42_front_matter_that_is_no_yaml_is_not_written_to() {
    for broken in ["name: @bob", "\tname: x", "a: b: c", "x: `y`", "name: \"a\u{2028}"] {
        let note = NOTE.replace("line: t", &format!("line: t\n{broken}"));
        let vault = vault(NOTE);
        mark(&vault, "x", "", "");
        vault.note(TANAKA, &note);
        update(&vault);
        // Some of these a lenient reader understands: then the entry is there, and no line is lost.
        let after = vault.read(TANAKA);
        let kept = after == note;
        assert!(kept != after.contains("^g-"), "{broken}: {after}");
        assert_eq!(kept, vault.read(PAGE).contains("- [x] [[田中]] に"), "{broken}: {}", vault.read(PAGE));
        assert!(after.contains(broken), "{broken}: {after}");
    }
}

#[test]
fn fault_44_where_front_matter_is_missing_or_never_ends() {
    for (before, after) in [
        ("# 田中\n", "---\nlast_contact: 2026-11-21\n---\n# 田中\n\n## 記録\n\n- 2026-11-21 ^ID\n"),
        // A rule further down opens nothing.
        (
            "本文\n\n---\n\n続き",
            "---\nlast_contact: 2026-11-21\n---\n本文\n\n---\n\n続き\n\n## 記録\n\n- 2026-11-21 ^ID\n",
        ),
        (
            "---\nx: |\n  ---\n  y\n---\n",
            "---\nx: |\n  ---\n  y\nlast_contact: 2026-11-21\n---\n## 記録\n\n- 2026-11-21 ^ID\n",
        ),
    ] {
        let vault = Vault::new();
        vault.note(TANAKA, before);
        let out = vault.goen(&["log", "田中"]);
        assert_eq!(out.code, Some(0), "{}", out.said());
        let note = vault.read(TANAKA);
        let id = &note[note.find("^g-").unwrap() + 1..][..8];
        assert_eq!(note, after.replace("ID", id));
    }
}

#[test]
fn fault_45_what_looks_like_another_type_stays_as_written() {
    let odd = "country: no\nphone: 09012345678\nintl: +819012345678\nday: 2024-01-01\ntime: 12:30:45\nn: 1e3\nyes: Y\nhex: 0x1F";
    check(
        &NOTE.replace("line: t", odd),
        ("x", "", ""),
        &with("- 2026-11-21 (line) ^ID", "2026-11-21").replace("line: t", odd),
    );
}

#[test]
fn fault_46_a_conflict_is_left_to_you() {
    let vault = vault(NOTE);
    mark(&vault, "x", "", "");
    let conflict = NOTE.replace(
        "last_contact: 2026-09-14",
        "<<<<<<< HEAD\nlast_contact: 2026-09-14\n=======\nlast_contact: 2026-10-01\n>>>>>>> phone",
    );
    vault.note(TANAKA, &conflict);
    let said = update(&vault);
    assert!(said.contains("まだ記録していません"), "{said}");
    assert_eq!(vault.read(TANAKA), conflict);
    assert!(vault.codes(TANAKA).contains(&"merge-conflict:3".to_owned()), "{:?}", vault.codes(TANAKA));
}

#[test]
fn fault_47_copies_of_the_page_are_not_read_for_ticks() {
    let vault = vault(NOTE);
    let ticked = vault.read(PAGE).replace("- [ ]", "- [x]");
    for copy in [
        "reconnect.sync-conflict-20261121-101010-ABC.md",
        "reconnect (Conflicted copy).md",
        "old/reconnect.md",
    ] {
        vault.note(copy, &ticked);
    }
    update(&vault);
    assert_eq!(vault.read(TANAKA), NOTE);
}

#[test]
fn fault_52_the_log_is_found_where_a_reader_would_find_it() {
    let head = "---\ntier: close\n---\n";
    let new = "- 2026-11-21 ^ID";
    for (before, after) in [
        ("## Log\n\n### 2025\n\n- 2025-12-01 a\n", format!("## Log\n\n### 2025\n\n{new}\n- 2025-12-01 a\n")),
        ("## 記録\n\n## Log\n- 2025-12-01 a\n", format!("## 記録\n\n## Log\n{new}\n- 2025-12-01 a\n")),
        (
            "```\n## Log\n- 2025-12-01 a\n```\n",
            format!("```\n## Log\n- 2025-12-01 a\n```\n\n## 記録\n\n{new}\n"),
        ),
        ("> ## Log\n> - 2025-12-01 a\n", format!("> ## Log\n> - 2025-12-01 a\n\n## 記録\n\n{new}\n")),
        ("<!--\n## Log\n-->\n", format!("<!--\n## Log\n-->\n\n## 記録\n\n{new}\n")),
        ("## Log ##", format!("## Log ##\n\n{new}")),
        (
            "Log\n===\n- 2025-01-01 a\n- 2025-12-01 b\n# x\n",
            format!("Log\n===\n- 2025-01-01 a\n- 2025-12-01 b\n{new}\n# x\n"),
        ),
    ] {
        let vault = vault(&format!("{head}{before}"));
        let id = id(&vault);
        // Without dated entries of its own the person is new: the item stands there all the same.
        mark(&vault, "x", "", "");
        update(&vault);
        let expected = format!("---\ntier: close\nlast_contact: 2026-11-21\n---\n{after}").replace("ID", &id);
        assert_eq!(vault.read(TANAKA), expected);
    }
}

#[test]
fn fault_21_a_tick_made_while_goen_writes_is_not_lost() {
    for round in 0..30 {
        let vault = vault(NOTE);
        let ticked = vault.read(PAGE).replace("- [ ]", "- [x]");
        vault.note("People/佐藤.md", NOTE);
        let mut command = vault.command();
        command.arg("--vault").arg(vault.path()).args(["--today", common::TODAY, "update"]);
        let mut child = command.stderr(std::process::Stdio::null()).spawn().unwrap();
        // Somewhere between its start and its end.
        std::thread::sleep(std::time::Duration::from_micros(300 * round));
        vault.note("tick.tmp", &ticked);
        std::fs::rename(vault.at("tick.tmp"), vault.at(PAGE)).unwrap();
        assert!(child.wait().unwrap().success());
        update(&vault);
        let note = vault.read(TANAKA);
        assert_eq!(note.matches("^g-").count(), 1, "round {round}: {note}\n{}", vault.read(PAGE));
    }
}

#[test]
fn a_tick_after_one_that_was_dated_back_is_another_contact() {
    for (first, entry) in [("x", "- 2026-08-01 (line) ^"), ("-", "- 2026-08-01 (skip) ^")] {
        let vault = vault(NOTE);
        let stamp = if first == "x" { "✅" } else { "❌" };
        mark(&vault, first, &format!("{stamp} 2026-08-01"), "");
        update(&vault);
        let old = id(&vault);
        assert!(vault.read(TANAKA).contains(&format!("{entry}{old}")), "{}", vault.read(TANAKA));
        mark(&vault, "x", "", "    - 会った\n");
        let ticked = vault.read(PAGE);
        update(&vault);
        let note = vault.read(TANAKA);
        let today = note.lines().find(|line| line.starts_with("- 2026-11-21 (line) 会った ^g-"));
        let new = today.unwrap_or_else(|| panic!("{note}")).rsplit_once('^').unwrap().1;
        assert_ne!(new, old);
        assert!(note.contains("last_contact: 2026-11-21"), "{note}");
        // The same mark seen once more, as a merge may bring it, is recorded once.
        vault.note(PAGE, &ticked);
        update(&vault);
        assert_eq!(vault.read(TANAKA), note);
        // What was recorded is taken back by its own box.
        let page = vault.read(PAGE);
        let done =
            page.lines().find(|line| line.ends_with(&format!("^{new}"))).unwrap_or_else(|| panic!("{page}"));
        vault.note(PAGE, &page.replacen(done, &done.replacen("[x]", "[ ]", 1), 1));
        update(&vault);
        assert!(!vault.read(TANAKA).contains("2026-11-21"), "{}", vault.read(TANAKA));
        assert!(vault.read(TANAKA).contains(&old), "{}", vault.read(TANAKA));
    }
}

#[test]
fn every_contact_of_the_day_stands_with_its_words() {
    let vault = vault(NOTE);
    for (words, via) in [("朝の相談", "line"), ("夜の返事", "email")] {
        let out = vault.goen(&["log", "田中", words, "--via", via]);
        assert_eq!(out.code, Some(0), "{}", out.said());
    }
    update(&vault);
    let page = vault.read(PAGE);
    for words in ["LINE：朝の相談", "メール：夜の返事"] {
        assert!(
            page.lines().any(|line| line.starts_with("- [x]") && line.contains(words)),
            "{words}: {page}"
        );
    }
}
