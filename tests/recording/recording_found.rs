//! What careful readers found in recording and taking back, each as the smallest note that shows it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use crate::common::{PAGE, Vault};
use goen::app::{App, Options};

const TANAKA: &str = "People/田中.md";
const NOTE: &str =
    "---\ntier: close\nlast_contact: 2026-09-14\nline: t\n---\n\n## 記録\n\n- 2026-09-14 (line) 近況\n";

fn vault(note: &str) -> Vault {
    let vault = Vault::new();
    vault.note(TANAKA, note);
    update(&vault);
    vault
}

fn update(vault: &Vault) -> String {
    update_on(vault, common::TODAY)
}

fn update_on(vault: &Vault, day: &str) -> String {
    let out = vault.on(day, &["update"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    out.said()
}

/// Puts something in the place of something on the page.
fn on_page(vault: &Vault, old: &str, new: &str) {
    let page = vault.read(PAGE);
    assert!(page.contains(old), "{old} is not on\n{page}");
    vault.note(PAGE, &page.replacen(old, new, 1));
}

/// Adds lines below the first item, and marks it.
fn mark(vault: &Vault, mark: &str, below: &str) {
    let page = vault.read(PAGE);
    let line = page.lines().find(|line| line.starts_with("- [ ] ")).unwrap_or_else(|| panic!("{page}"));
    on_page(
        vault,
        &format!("{line}\n"),
        &format!("{}\n{below}", line.replacen("[ ]", &format!("[{mark}]"), 1)),
    );
}

#[test]
fn taking_back_never_takes_what_goen_did_not_write() {
    // The promise below the entry was deleted: the next entry is not goen's.
    let vault = vault(NOTE);
    vault.goen(&["log", "田中", "話", "--promise", "本を貸す"]);
    vault.note(TANAKA, &vault.read(TANAKA).replace("  - [ ] 本を貸す\n", ""));
    let before = vault.read(TANAKA);
    assert_eq!(vault.goen(&["undo", "1"]).code, Some(2));
    assert_eq!(vault.read(TANAKA), before);
    // It was kept meanwhile, or words were added.
    for (old, new) in [("- [ ] 本を貸す", "- [x] 本を貸す ✅ 2026-11-21"), (" 話 ^", " 話、それと散歩 ^")]
    {
        let vault = self::vault(NOTE);
        vault.goen(&["log", "田中", "話", "--promise", "本を貸す"]);
        vault.note(TANAKA, &vault.read(TANAKA).replace(old, new));
        let before = vault.read(TANAKA);
        assert_eq!(vault.goen(&["undo", "1"]).code, Some(2), "{before}");
        assert_eq!(vault.read(TANAKA), before);
    }
    let vault = self::vault(NOTE);
    mark(&vault, "x", "    - 一つめ\n    - 二つめ\n");
    update(&vault);
    vault.note(TANAKA, &vault.read(TANAKA).replace("- 二つめ", "- 引っ越し先は札幌"));
    let before = vault.read(TANAKA);
    on_page(&vault, "- [x] ", "- [ ] ");
    assert!(update(&vault).contains("取り消"));
    assert_eq!(vault.read(TANAKA), before);
}

#[test]
fn words_at_what_is_put_off_stay() {
    let vault = vault(NOTE);
    mark(&vault, ">", "    - 忙しそうなので\n");
    update(&vault);
    assert!(vault.read(TANAKA).contains("snooze: 2026-11-28"));
    assert!(vault.read(PAGE).contains("忙しそうなので"), "{}", vault.read(PAGE));
    let vault = self::vault(NOTE);
    mark(&vault, "<", "    - 予約する\n");
    on_page(&vault, " ⏳", " 渋谷で > 2026-12-10 ⏳");
    update(&vault);
    let page = vault.read(PAGE);
    assert!(vault.read(TANAKA).contains("next: 2026-12-10"), "{}", vault.read(TANAKA));
    assert!(page.contains("予約する") && page.contains("渋谷で"), "{page}");
}

#[test]
fn only_the_newest_of_one_id_is_taken_back() {
    let vault = vault(NOTE);
    mark(&vault, ">", "");
    update(&vault);
    let snoozed = vault.read(TANAKA);
    update_on(&vault, "2026-11-28");
    mark(&vault, "x", "");
    update_on(&vault, "2026-11-28");
    assert!(vault.read(TANAKA).contains("- 2026-11-28 (line) ^g-"), "{}", vault.read(TANAKA));
    on_page(&vault, "- [x] ", "- [ ] ");
    update_on(&vault, "2026-11-28");
    assert_eq!(vault.read(TANAKA), snoozed);
    // The same words twice, once with more: only the more goes.
    let vault = self::vault(NOTE);
    vault.goen(&["log", "田中", "昼", "--via", "ランチ"]);
    let first = vault.read(TANAKA);
    vault.goen(&["log", "田中", "昼", "--via", "ランチ", "--next", "3w"]);
    vault.note(TANAKA, &(vault.read(TANAKA) + "メモ\n"));
    assert_eq!(vault.goen(&["undo", "1"]).code, Some(0));
    assert_eq!(vault.read(TANAKA), first + "メモ\n");
    // One of two with a later value over its own: the entry goes, the value stays.
    let vault = self::vault(NOTE);
    vault.goen(&["log", "田中", "a", "--next", "2026-12-01"]);
    vault.goen(&["log", "田中", "b", "--next", "2026-12-08"]);
    assert_eq!(vault.goen(&["undo", "2"]).code, Some(0));
    let note = vault.read(TANAKA);
    assert!(
        !note.contains(" a ^g-") && note.contains(" b ^g-") && note.contains("next: 2026-12-08"),
        "{note}"
    );
}

#[test]
fn a_tick_moved_to_the_done_ones_counts() {
    for day in ["2026-11-21", "2026-11-22"] {
        let vault = vault(NOTE);
        let page = vault.read(PAGE);
        let line = page.lines().find(|line| line.starts_with("- [ ] ")).unwrap();
        let moved = format!("\n## 済み\n\n{}\n<!-- goen:end -->", line.replace("[ ]", "[x]"));
        vault.note(PAGE, &page.replace(&format!("{line}\n"), "").replace("<!-- goen:end -->", &moved));
        update_on(&vault, day);
        assert!(vault.read(TANAKA).contains("- 2026-11-21 (line) ^g-"), "{}", vault.read(TANAKA));
    }
}

#[test]
fn what_looks_like_goens_is_kept_where_goen_did_not_write_it() {
    let vault = vault(NOTE);
    mark(&vault, " ", "    - 約束: 来週 資料を送る\n");
    on_page(&vault, "間があいた 1）", "間があいた 1） 歯医者 15時");
    on_page(&vault, "（土）\n", "（土） 大事な日\n");
    update(&vault);
    for _ in 0..2 {
        let page = vault.read(PAGE);
        assert!(page.contains("    - 約束: 来週 資料を送る\n"), "{page}");
        assert!(page.contains("大事な日") && page.contains("歯医者 15時"), "{page}");
        update(&vault);
    }
    on_page(&vault, "- [ ] ", "- [x] ");
    update(&vault);
    assert!(vault.read(TANAKA).contains("(line) 約束: 来週 資料を送る ^g-"), "{}", vault.read(TANAKA));
    // A line written anew says all that it says.
    let vault = self::vault(NOTE);
    let page = vault.read(PAGE);
    let line = page.lines().find(|line| line.starts_with("- [ ] ")).unwrap();
    let id = &line[line.find("^g-").unwrap()..];
    on_page(&vault, line, &format!("- [x] [[田中]] と渋谷で飲んだ {id}"));
    update(&vault);
    assert!(vault.read(TANAKA).contains("(line) [[田中]] と渋谷で飲んだ ^g-"), "{}", vault.read(TANAKA));
}

#[test]
fn goens_words_are_never_taken_for_yours() {
    let ticked = |change: &dyn Fn(&Vault)| {
        let vault = vault(NOTE);
        change(&vault);
        update(&vault);
        mark(&vault, "x", "");
        update(&vault);
        let note = vault.read(TANAKA);
        let entry = note.lines().find(|line| line.contains("^g-")).unwrap().to_owned();
        (entry, vault)
    };
    let (entry, _) = ticked(&|vault| {
        vault.note(TANAKA, &NOTE.replace("line: t\n", "").replace("(line) ", ""));
    });
    assert!(entry.starts_with("- 2026-11-21 ^g-"), "{entry}");
    let (entry, _) = ticked(&|vault| {
        vault.note("goen.toml", "[page]\ndates = \"none\"\n");
    });
    assert!(entry.starts_with("- 2026-11-21 (line) ^g-"), "{entry}");
    // On a page that does not say which lines are goen's, words typed into one are kept, but not as
    // what was said.
    let vault = vault(NOTE);
    mark(&vault, "x", "");
    on_page(&vault, " ⏳", " 会った ⏳");
    vault.forget_goens_lines();
    update(&vault);
    assert!(vault.read(TANAKA).contains("- 2026-11-21 (line) ^g-"), "{}", vault.read(TANAKA));
    assert!(vault.read(PAGE).contains("会った"), "{}", vault.read(PAGE));
    // A line that stays for days is measured by what goen wrote there first.
    let vault = self::vault(NOTE);
    mark(&vault, "/", "");
    for day in ["2026-11-21", "2026-11-22", "2026-11-24"] {
        update_on(&vault, day);
    }
    on_page(&vault, "- [/] ", "- [x] ");
    update_on(&vault, "2026-11-24");
    assert!(vault.read(TANAKA).contains("- 2026-11-24 (line) ^g-"), "{}", vault.read(TANAKA));
}

#[test]
fn a_recorded_mark_is_changed_by_taking_it_back() {
    let vault = vault(NOTE);
    mark(&vault, "-", "");
    update(&vault);
    let note = vault.read(TANAKA);
    on_page(&vault, "- [-] ", "- [x] ");
    let said = update(&vault);
    assert!(said.contains("いったん四角を空に"), "{said}");
    assert_eq!(vault.read(TANAKA), note);
    assert!(vault.read(PAGE).contains("- [-] [[田中]]"), "{}", vault.read(PAGE));
}

#[test]
fn a_promise_to_two_is_kept_to_both() {
    let vault = Vault::new();
    vault.note(TANAKA, NOTE).note("People/鈴木.md", NOTE);
    vault.note("日記/x.md", "- [ ] [[田中]] と [[鈴木]] に本を返す 📅 2026-11-22\n");
    update(&vault);
    vault.note(PAGE, &vault.read(PAGE).replace("- [ ] ", "- [x] "));
    let said = update(&vault);
    assert!(!said.contains("まだ"), "{said}");
    assert_eq!(
        vault.read("日記/x.md"),
        "- [x] [[田中]] と [[鈴木]] に本を返す 📅 2026-11-22 ✅ 2026-11-21\n"
    );
    for path in [TANAKA, "People/鈴木.md"] {
        assert_eq!(vault.read(path).matches("^g-").count(), 1, "{}", vault.read(path));
    }
}

#[test]
fn what_has_changed_elsewhere_does_not_keep_the_entry() {
    let vault = Vault::new();
    vault.note(TANAKA, NOTE).note("日記/x.md", "- [ ] [[田中]] に本を返す 📅 2026-11-22\n");
    update(&vault);
    mark(&vault, "x", "");
    update(&vault);
    vault.note("日記/x.md", &vault.read("日記/x.md").replace("本を", "本を二冊"));
    on_page(&vault, "- [x] ", "- [ ] ");
    let said = update(&vault);
    assert!(said.contains("日記/x.md"), "{said}");
    assert_eq!(vault.read(TANAKA), NOTE);
}

#[test]
fn a_value_comes_back_in_its_own_bytes() {
    for value in ["2026-09-14 via Slack # x", "\"2026-09-14T10:30\"", "2026年9月14日"] {
        let note = NOTE.replace("2026-09-14\nline", &format!("{value}\nline"));
        let vault = vault(&note);
        mark(&vault, "x", "");
        update(&vault);
        vault.note(TANAKA, &(vault.read(TANAKA) + "メモ\n"));
        on_page(&vault, "- [x] ", "- [ ] ");
        update(&vault);
        assert_eq!(vault.read(TANAKA), note + "メモ\n");
    }
}

#[test]
fn every_date_that_is_replaced_is_kept() {
    let vault = vault("---\ntier: close\nlast_contact: 2026-08-01\nlast_met: 2026-10-01\n---\n");
    vault.goen(&["log", "田中"]);
    let note = vault.read(TANAKA);
    assert!(note.contains("\n- 2026-10-01\n- 2026-08-01\n"), "{note}");
}

#[test]
fn a_link_keeps_a_sign_in_its_path() {
    let vault = Vault::new();
    vault.note("People/A#B.md", NOTE);
    update(&vault);
    mark(&vault, "x", "");
    update(&vault);
    assert!(vault.read("People/A#B.md").contains("- 2026-11-21 (line) ^g-"), "{}", vault.read(PAGE));
}

#[test]
fn a_tick_counts_in_any_list_and_no_id_stands_twice() {
    for form in ["1. [x] ", "> - [x] "] {
        let vault = vault(NOTE);
        on_page(&vault, "- [ ] ", form);
        update(&vault);
        assert!(vault.read(TANAKA).contains("- 2026-11-21 (line) ^g-"), "{form}: {}", vault.read(PAGE));
        assert_eq!(vault.read(PAGE).matches("^g-").count(), 1, "{form}: {}", vault.read(PAGE));
    }
}

#[test]
fn what_is_begun_and_settled_otherwise_does_not_stay() {
    let vault = vault(NOTE);
    mark(&vault, "/", "    - 下書き\n");
    update(&vault);
    vault.goen(&["log", "田中", "電話した"]);
    update(&vault);
    let page = vault.read(PAGE);
    assert!(!page.contains("[/]") && page.contains("下書き"), "{page}");
}

#[test]
fn what_was_begun_goes_with_the_tick_that_settles_it() {
    let vault = vault(NOTE);
    mark(&vault, "/", "    - 下書き\n");
    // What is promised meanwhile names the item of the next day: two lines are theirs.
    vault.note(TANAKA, &format!("{NOTE}\n- [ ] 資料を送る 📅 2026-11-22\n"));
    update_on(&vault, "2026-11-22");
    let page = vault.read(PAGE);
    assert!(page.contains("- [/] [[田中]]") && page.contains("- [ ] [[田中]] に資料を送る約束"), "{page}");
    on_page(&vault, "- [ ] [[田中]] に資料を送る約束", "- [x] [[田中]] に資料を送る約束");
    update_on(&vault, "2026-11-22");
    let page = vault.read(PAGE);
    assert!(!page.contains("[/]") && page.matches("下書き").count() == 1, "{page}");
    update_on(&vault, "2026-11-22");
    assert_eq!(vault.read(PAGE), page);
}

/// A habit's line, or an event's, that is begun here and was ticked elsewhere.
#[test]
fn words_in_what_was_begun_stay_when_its_note_says_it_is_done() {
    let me = "---\ntype: me\nhabits:\n  - {what: ブログ, every: 1m}\n---\n";
    let event = "---\ntype: event\ndate: 2026-11-22\nattendees: [\"[[田中]]\"]\n---\n";
    for (path, text) in [("自分.md", me), ("会.md", event)] {
        let vault = Vault::new();
        vault.note(TANAKA, "---\ntier: close\nlast_contact: 2026-11-20\n---\n").note(path, text);
        update(&vault);
        mark(&vault, "/", "    - 下の言葉\n");
        on_page(&vault, " ^g-", " 行の言葉 ^g-");
        let page = vault.read(PAGE);
        let (_, id) = page.split_once(" 行の言葉 ^").expect("an item");
        vault.note(path, &format!("{text}\n## 記録\n\n- 2026-11-21 向こうで ^{}\n", &id[..8]));
        for _ in 0..3 {
            update(&vault);
            let all = vault.read(PAGE) + &vault.read(path);
            assert_eq!((all.matches("下の言葉").count(), all.matches("行の言葉").count()), (1, 1), "{all}");
        }
        assert_eq!(vault.read(path).matches("向こうで").count(), 1, "{}", vault.read(path));
    }
}

#[test]
fn a_mark_of_ones_own_on_what_is_no_more_leaves_nothing_to_write_again() {
    let vault = vault("---\ntier: close\nlast_contact: 2026-11-20\n---\n- [ ] 資料を送る 📅 2026-11-21\n");
    mark(&vault, "?", "    - 何の資料か\n");
    vault.note(TANAKA, "---\ntier: close\nlast_contact: 2026-11-20\n---\n");
    update(&vault);
    let page = vault.read(PAGE);
    assert!(page.matches("何の資料か").count() == 1 && !page.contains("^g-"), "{page}");
    update(&vault);
    assert_eq!(vault.read(PAGE), page);
}

/// One task, two lines of the page: what is recorded for the one settles the other.
const OF_TWO: &str = "- [ ] [[田中]]と[[佐藤]]に写真を渡す 📅 2026-11-21\n";

fn promised_to_two() -> Vault {
    let vault = Vault::new();
    let note = "---\ntier: close\nlast_contact: 2026-11-10\n---\n";
    vault.note(TANAKA, note).note("People/佐藤.md", note).note("日記/2026-11-18.md", OF_TWO);
    update(&vault);
    vault
}

#[test]
fn a_promise_to_two_is_recorded_for_both_also_on_two_days() {
    for (first, second) in [("佐藤", "田中"), ("田中", "佐藤")] {
        let vault = promised_to_two();
        on_page(&vault, &format!("- [ ] [[{first}]]"), &format!("- [x] [[{first}]]"));
        on_page(&vault, &format!("- [ ] [[{second}]]"), &format!("- [x] [[{second}]]"));
        let page = vault.read(PAGE);
        let line = page.lines().find(|line| line.starts_with(&format!("- [x] [[{second}]]"))).unwrap();
        on_page(&vault, line, &line.replace(" ^g-", " ✅ 2026-11-20 ^g-"));
        update(&vault);
        let of = |who: &str| vault.read(&format!("People/{who}.md"));
        assert!(of(first).contains("\n- 2026-11-21 "), "{}", vault.read(PAGE));
        assert!(of(second).contains("\n- 2026-11-20 "), "{}", vault.read(PAGE));
        let page = vault.read(PAGE);
        assert!(!page.contains("まだ記録していません"), "{page}");
        assert_eq!(vault.read("日記/2026-11-18.md").matches("✅").count(), 1);
        update(&vault);
        assert_eq!(vault.read(PAGE), page);
    }
}

/// Another machine's entry came before its task did, or before the other half of an introduction.
#[test]
fn words_at_what_another_machine_recorded_by_half_are_kept() {
    for (own, below) in [("", "    - 下の言葉\n"), (" 行の言葉", ""), (" 行の言葉", "    - 下の言葉\n")]
    {
        let vault = promised_to_two();
        let page = vault.read(PAGE);
        let line = page.lines().find(|line| line.starts_with("- [ ] [[田中]]")).unwrap();
        let id = &line[line.find("^g-").unwrap()..];
        let entry = format!("\n## 記録\n\n- 2026-11-21 向こうで {id}\n");
        vault.note(TANAKA, &(vault.read(TANAKA) + &entry));
        let ticked = line.replacen("[ ]", "[x]", 1).replace(" ^g-", &format!("{own} ^g-"));
        on_page(&vault, &format!("{line}\n"), &format!("{ticked}\n{below}"));
        for _ in 0..2 {
            update(&vault);
            let note = vault.read(TANAKA);
            for words in [own.trim(), below.trim().trim_start_matches("- ")] {
                assert_eq!(note.matches(words).count() == 1, !words.is_empty(), "{words}: {note}");
            }
            assert_eq!(note.matches(id).count(), 1, "{note}");
            assert!(vault.read("日記/2026-11-18.md").contains("✅ 2026-11-21"));
        }
    }
}

#[test]
fn what_stays_of_a_promise_to_two_that_is_kept_to_one_leaves_nothing_to_write_again() {
    for own in ["?", "/", "<"] {
        let vault = promised_to_two();
        on_page(&vault, "- [ ] [[佐藤]]", "- [x] [[佐藤]]");
        let page = vault.read(PAGE);
        let line = page.lines().find(|line| line.starts_with("- [ ] [[田中]]")).unwrap();
        on_page(&vault, line, &(line.replacen("[ ]", &format!("[{own}]"), 1) + "\n    - 何の写真か"));
        update(&vault);
        let page = vault.read(PAGE);
        assert_eq!(page.matches("何の写真か").count(), 1, "{own}: {page}");
        update(&vault);
        assert_eq!(vault.read(PAGE), page, "{own}");
    }
}

#[test]
fn words_in_a_marked_line_that_is_no_more_stand_there_once() {
    let vault = vault("---\ntier: close\nlast_contact: 2026-11-20\n---\n- [ ] 資料を送る 📅 2026-11-21\n");
    mark(&vault, "/", "");
    on_page(&vault, " ^g-", " 行の言葉 ^g-");
    vault.note(TANAKA, "---\ntier: close\nlast_contact: 2026-11-20\n---\n");
    for _ in 0..2 {
        update(&vault);
        let page = vault.read(PAGE);
        assert_eq!(page.matches("行の言葉").count(), 1, "{page}");
    }
}

#[test]
fn a_box_emptied_in_vain_leaves_nothing_to_write_again_once_its_line_is_gone() {
    // They were met, as a daily note says: no entry of goen's.
    let vault = vault("---\ntier: close\nlast_contact: 2026-09-14\n---\n- [ ] 資料を送る 📅 2026-11-21\n");
    vault.note("日記/2026-11-21.md", "- [[田中]]とランチ\n");
    update(&vault);
    on_page(&vault, "- [x] [[田中]] — ", "- [ ] [[田中]] — ");
    on_page(&vault, "- [ ] [[田中]] に資料", "- [x] [[田中]] に資料");
    update(&vault);
    let page = vault.read(PAGE);
    assert!(vault.read(TANAKA).contains("資料を送る ^g-") && !page.contains("- [ ] "), "{page}");
    update(&vault);
    assert_eq!(vault.read(PAGE), page);
}

/// The page that told the day of the tick is of another day by then.
#[test]
fn a_tick_that_waits_over_midnight_keeps_its_day() {
    let broken = NOTE.replace("tier: close", "tier: [close");
    for (mark_with, dates, stamp, entry) in [
        ("x", "emoji", "✅ 2026-11-20", "- 2026-11-20 (line) ^g-"),
        ("-", "emoji", "❌ 2026-11-20", "- 2026-11-20 (skip) ^g-"),
        ("x", "dataview", "[completion:: 2026-11-20]", "- 2026-11-20 (line) ^g-"),
        ("x", "none", "✅ 2026-11-20", "- 2026-11-20 (line) ^g-"),
    ] {
        let vault = Vault::new();
        vault.note(TANAKA, NOTE).note("goen.toml", &format!("[page]\ndates = \"{dates}\"\n"));
        update_on(&vault, "2026-11-20");
        mark(&vault, mark_with, "");
        vault.note(TANAKA, &broken);
        update_on(&vault, "2026-11-20");
        assert!(!vault.read(PAGE).contains(stamp), "{}", vault.read(PAGE));
        for day in ["2026-11-21", "2026-11-22"] {
            update_on(&vault, day);
            assert_eq!(vault.read(PAGE).matches(&format!(" {stamp} ^g-")).count(), 1, "{}", vault.read(PAGE));
        }
        vault.note(TANAKA, NOTE);
        update_on(&vault, "2026-11-22");
        assert!(vault.read(TANAKA).contains(entry), "{}", vault.read(TANAKA));
    }
}

/// What goen says below a line that stays is written anew; what somebody put there is theirs.
#[test]
fn words_put_into_a_line_below_what_stays_marked_are_not_lost() {
    let broken = NOTE.replace("tier: close", "tier: [close");
    for (mark_with, note, said) in
        [("/", NOTE, None), ("?", NOTE, None), ("<", NOTE, None), ("x", &*broken, Some("(line) 電話で聞く"))]
    {
        let vault = vault(NOTE);
        mark(&vault, mark_with, "");
        on_page(&vault, "前回: 近況（9/14）", "前回: 近況（9/14） 電話で聞く");
        vault.note(TANAKA, note);
        update(&vault);
        let page = vault.read(PAGE);
        assert!(page.contains("    - 電話で聞く\n"), "{mark_with}: {page}");
        update(&vault);
        assert_eq!(vault.read(PAGE), page, "{mark_with}");
        if let Some(said) = said {
            vault.note(TANAKA, NOTE);
            update(&vault);
            assert!(vault.read(TANAKA).contains(&format!("{said} ^g-")), "{}", vault.read(TANAKA));
        }
    }
}

/// What goen says below it changes from day to day, and is never taken for somebody's words.
#[test]
fn below_what_stays_marked_goens_lines_stand_once() {
    const TRIP: &str = "---\ntype: 出張\nlocation: 大阪\nfrom: 2026-11-22\nto: 2026-11-23\n---\n";
    let note = NOTE.replace("2026-09-14", "2026-10-21").replace("line: t\n", "line: t\nlocation: 大阪\n")
        + "\n- [ ] 資料を送る 📅 2026-11-18\n";
    for (mark_with, below) in [("/", ""), ("/", "    - 下書き済み\n"), ("<", "")] {
        let vault = Vault::new();
        vault.note(TANAKA, &note).note("旅行.md", TRIP);
        vault.on("2026-11-20", &["update"]);
        mark(&vault, mark_with, below);
        for (day, also) in [
            ("2026-11-20", "旅先での再会"),
            ("2026-11-21", "旅先での再会、近況を尋ねる頃合い"),
            ("2026-11-24", "近況を尋ねる頃合い"),
            ("2026-11-25", "近況を尋ねる頃合い"),
        ] {
            for _ in 0..2 {
                vault.on(day, &["update"]);
                let page = vault.read(PAGE);
                assert_eq!(page.matches("    - ほかに: ").count(), 1, "{day}: {page}");
                assert!(page.contains(&format!("    - ほかに: {also}\n")), "{day}: {page}");
            }
        }
        on_page(&vault, &format!("- [{mark_with}]"), "- [x]");
        vault.on("2026-11-25", &["update"]);
        let said = if below.is_empty() { "資料を送る" } else { "下書き済み" };
        let (note, entry) = (vault.read(TANAKA), format!("- 2026-11-25 (line) {said} ^g-"));
        assert!(note.contains(&entry) && !note.contains("ほかに"), "{note}");
        assert!(!vault.read(PAGE).contains("ほかに"), "{}", vault.read(PAGE));
    }
}

#[test]
fn what_goen_tells_to_type_works() {
    let vault = vault(NOTE);
    mark(&vault, "<", "");
    update(&vault);
    assert!(vault.read(PAGE).contains("> 2026-12-01 のように"), "{}", vault.read(PAGE));
    on_page(&vault, " ⏳", " ＞ 2026-12-01 ⏳");
    update(&vault);
    assert!(vault.read(TANAKA).contains("next: 2026-12-01"), "{}", vault.read(TANAKA));
}

#[test]
fn commands_take_what_they_should() {
    let vault = Vault::new();
    vault.note("自分.md", "---\ntype: me\n---\n");
    for _ in 0..2 {
        assert_eq!(vault.goen(&["rest", "1w"]).code, Some(0));
    }
    assert_eq!(vault.read("自分.md").matches("2026-11-27").count(), 1);
    assert_eq!(vault.goen(&["add", "x", "--met", "来週"]).code, Some(2));
    vault.note("Templates/person.md", "---\ntype: person\nname: {{title}}\n---\n");
    assert_eq!(vault.goen(&["add", "山田: 一"]).code, Some(0));
    assert_eq!(vault.read("People/山田： 一.md"), "---\ntype: person\nname: \"山田: 一\"\n---\n");
    assert_eq!(vault.goen(&["add", &"山".repeat(200)]).code, Some(0));
}

#[test]
fn what_was_taken_back_elsewhere_does_not_come_again() {
    for mark_with in ["x", "-"] {
        for forgetful in [false, true] {
            let vault = vault(NOTE);
            mark(&vault, mark_with, "");
            update(&vault);
            assert_eq!(vault.goen(&["undo", "1"]).code, Some(0));
            if forgetful {
                vault.forget_local_state();
            }
            for day in ["2026-11-21", "2026-11-21", "2026-11-22"] {
                update_on(&vault, day);
                assert_eq!(vault.read(TANAKA), NOTE, "{mark_with} {forgetful} {}", vault.read(PAGE));
                assert!(vault.read(PAGE).contains("- [ ] [[田中]] に"), "{}", vault.read(PAGE));
            }
        }
    }
    // A page that says done, from a machine whose notes have not come yet.
    let vault = vault(NOTE);
    mark(&vault, "x", "    - (call) 長話\n");
    update(&vault);
    vault.note(TANAKA, NOTE);
    vault.forget_local_state();
    update(&vault);
    assert_eq!(vault.read(TANAKA), NOTE);
}

#[test]
fn lines_below_a_line_that_was_changed_too_are_kept() {
    let vault = vault(NOTE);
    mark(&vault, " ", "    - 話題: 新しい家\n");
    on_page(&vault, "ビデオ通話のお誘いを", "");
    update(&vault);
    assert!(vault.read(PAGE).contains("    - 話題: 新しい家\n"), "{}", vault.read(PAGE));
    // Words put into a line of goen's below an item are what was said, and goen's are not.
    let vault = self::vault(&NOTE.replace("近況\n", "近況 #followup\n"));
    on_page(&vault, "（9/14）\n", "（9/14） 元気そう\n");
    on_page(&vault, "- [ ] ", "- [x] ");
    update(&vault);
    assert!(vault.read(TANAKA).contains("- 2026-11-21 (line) 元気そう ^g-"), "{}", vault.read(TANAKA));
}

#[test]
fn words_in_a_done_line_stay_whatever_becomes_of_its_mark() {
    for (new, words) in
        [("- [ ] [[田中]] — 11/21 LINE やり直し", "やり直し"), ("- [/] [[田中]] と昼も食べた", "昼も食べた")]
    {
        let vault = vault(NOTE);
        mark(&vault, "x", "");
        update(&vault);
        on_page(&vault, "- [x] [[田中]] — 11/21 LINE", new);
        update(&vault);
        assert!(vault.read(PAGE).contains(words), "{}", vault.read(PAGE));
    }
}

#[test]
fn code_below_an_item_stays_as_it_is() {
    let vault = vault(NOTE);
    mark(&vault, "x", "    - 見積\n    ```\n    a  =  1\n    ```\n");
    update(&vault);
    assert!(vault.read(TANAKA).contains("- 2026-11-21 (line) 見積 ^g-"), "{}", vault.read(TANAKA));
    assert!(vault.read(PAGE).contains("a  =  1"), "{}", vault.read(PAGE));
}

#[test]
fn lines_of_any_depth_stay_below_their_item() {
    let vault = vault(NOTE);
    mark(&vault, " ", "        - 深い\n    - 浅い\n");
    update(&vault);
    let page = vault.read(PAGE);
    assert!(page.contains("        - 深い\n    - 浅い\n"), "{page}");
    update(&vault);
    assert_eq!(vault.read(PAGE), page);
}

#[test]
fn a_mark_that_stays_stays_with_its_words_whatever_the_line_looks_like() {
    for (form, words) in [("- [<] ", " ^g"), ("> - [/] ", " ^g"), ("1. [/] ", " ^g"), ("  - [/] ", " ^g")] {
        let vault = vault(NOTE);
        on_page(&vault, "- [ ] ", form);
        let page = vault.read(PAGE);
        let line = page.lines().find(|line| line.contains(words)).unwrap();
        on_page(&vault, line, &format!("{line} あとから"));
        for day in ["2026-11-21", "2026-11-22", "2026-11-22"] {
            update_on(&vault, day);
            assert!(vault.read(PAGE).contains("あとから"), "{form}: {}", vault.read(PAGE));
        }
        assert_eq!(vault.read(TANAKA), NOTE);
    }
}

#[test]
fn a_task_of_your_own_with_an_id_like_goens_is_not_dropped() {
    let vault = vault(NOTE);
    mark(&vault, " ", "    - [ ] 本を探す ^g-abc123\n");
    for _ in 0..2 {
        update(&vault);
        assert!(vault.read(PAGE).contains("- [ ] 本を探す"), "{}", vault.read(PAGE));
    }
}

#[test]
fn a_note_that_was_emptied_since_it_was_read_is_being_written() {
    let vault = vault(NOTE);
    mark(&vault, "x", "");
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let app = App::open(vault.path(), Options { today, lang: None }).unwrap();
    let not_recorded = || app.problems().iter().filter(|problem| problem.path.as_str() == TANAKA).count();
    assert_eq!(not_recorded(), 0, "it could be recorded");
    // An editor empties it, and is about to write: what goen would put there would be lost.
    vault.note(TANAKA, "");
    assert_eq!(not_recorded(), 1, "{:?}", app.problems());
}
