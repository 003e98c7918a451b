//! The page says which of its lines are goen's: whatever somebody made of it, every machine reads it
//! in the same way, and no word is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use goen::config::Config;
use goen::moment::DailyFormat;
use goen::note::dialect::{Dialect, Journal};
use goen::note::merge::{Outcome, Sides};
use goen::page;
use goen::text::NotePath;

use crate::common::{PAGE, TODAY, Vault, front};

const NAMES: [&str; 5] = ["田中 太郎", "佐藤 花", "鈴木", "Alice Smith", "木村"];

/// A vault that has its page.
fn vault() -> Vault {
    let vault = Vault::new();
    for (at, name) in NAMES.iter().enumerate() {
        let note = front(&format!("tier: close\nlast_contact: 2026-0{}-14\nline: a", at + 4));
        vault.note(
            &format!("People/{name}.md"),
            &format!("{note}\n## 記録\n\n- 2026-0{}-14 (line) 近況の話 #followup\n", at + 4),
        );
    }
    vault.note(
        "People/高橋.md",
        &(front("tier: close\nlast_contact: 2026-11-10") + "- [ ] 資料を送る 📅 2026-11-22\n"),
    );
    update(&vault, TODAY);
    vault
}

/// The same vault on another machine.
fn cloned(vault: &Vault) -> Vault {
    let other = Vault::new();
    for (path, bytes) in vault.everything() {
        other.bytes(path.to_str().unwrap(), &bytes);
    }
    other
}

fn update(vault: &Vault, day: &str) {
    let out = vault.on(day, &["update"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
}

/// Numbers that look like chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

/// What somebody makes of a page, and the words they typed.
fn touched(page: &str, who: &str, chance: &mut Chance) -> (String, Vec<String>) {
    let (mut out, mut words) = (Vec::new(), Vec::new());
    let end = page.lines().position(|line| line.starts_with("<!-- goen:lines")).unwrap();
    for (at, line) in page.lines().enumerate() {
        let mut word = || {
            words.push(format!("{who}{at}語"));
            words.last().unwrap().clone()
        };
        let mut line = line.to_owned();
        let is_item = line.starts_with("- [ ]");
        let is_goens = at > 0 && at < end && !line.is_empty();
        match chance.below(9) {
            0 if is_item => line = line.replacen("[ ]", ["[x]", "[-]", "[/]"][chance.below(3)], 1),
            1 if is_item && line.contains(" — ") => {
                line = line.replacen(" — ", &format!(" {} — ", word()), 1)
            }
            2 if is_item => line = format!("{line}\n    - {}\n        - はい", word()),
            3 if is_goens && !line.starts_with('#') => line = format!("{line} {}", word()),
            4 if is_goens && !is_item && !line.starts_with(' ') => line = format!("{line}\n\n{}", word()),
            5 if is_item => line = line.replacen("- [ ] ", "* [ ]  ", 1).replacen("*", "-", 1),
            6 if line.starts_with("    - ") => line = line.replacen("    - ", "\t* ", 1),
            7 if line.starts_with("    - ") => continue,
            _ => {}
        }
        out.push(line);
    }
    (out.join("\n") + "\n", words)
}

/// Each word stands somewhere, and in the notes only once.
#[track_caller]
fn has_all(vault: &Vault, words: &[String], what: &str) {
    let text = |files: BTreeMap<PathBuf, Vec<u8>>| {
        files.into_values().map(|bytes| String::from_utf8(bytes).unwrap()).collect::<String>()
    };
    let (all, notes) = (text(vault.everything()), text(vault.snapshot()));
    for word in words {
        assert!(all.contains(word) && notes.matches(word).count() <= 1, "{what}: {word} in\n{all}");
    }
}

#[test]
fn every_machine_reads_a_page_in_the_same_way() {
    let here = vault();
    let fresh = here.everything();
    for seed in 1..5 {
        for (path, bytes) in &fresh {
            here.bytes(path.to_str().unwrap(), bytes);
        }
        let (page, words) = touched(&here.read(PAGE), "甲", &mut Chance(seed));
        here.note(PAGE, &page);
        let there = cloned(&here);
        for day in [TODAY, "2026-11-22"] {
            update(&here, day);
            update(&there, day);
            assert_eq!(here.read(PAGE), there.read(PAGE), "{seed}");
            assert_eq!(here.everything(), there.everything(), "{seed}");
            has_all(&here, &words, &format!("{seed} {day} of\n{page}"));
            update(&there, day);
            assert_eq!(here.read(PAGE), there.read(PAGE), "written twice: {seed}");
        }
    }
}

#[test]
fn merged_pages_are_read_in_the_same_way() {
    let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
    let dialect = Dialect::new(&Config::default(), journal, &["People".into()]);
    let one = vault();
    let (fresh, base) = (one.everything(), one.read(PAGE));
    for seed in 1..5 {
        let mut chance = Chance(seed);
        let ((ours, mut words), (theirs, more)) =
            (touched(&base, "甲", &mut chance), touched(&base, "乙", &mut chance));
        words.extend(more);
        let merge = |ours: &str, theirs: &str| match page::merge(
            &NotePath::new(PAGE),
            Sides { base: &base, ours, theirs },
            &dialect,
        ) {
            Some(Outcome::Merged(text)) => text,
            other => panic!("{other:?}"),
        };
        let merged = merge(&ours, &theirs);
        assert_eq!(merged, merge(&theirs, &ours));
        for (path, bytes) in &fresh {
            one.bytes(path.to_str().unwrap(), bytes);
        }
        one.note(PAGE, &merged);
        let other = cloned(&one);
        update(&one, TODAY);
        update(&other, TODAY);
        assert_eq!(one.everything(), other.everything(), "{seed}");
        has_all(&one, &words, &format!("{seed} of\n{merged}"));
        update(&one, TODAY);
        assert_eq!(one.everything(), other.everything(), "written twice: {seed}");
    }
}

/// Marks the first item, with lines below it.
fn mark(vault: &Vault, mark: &str, below: &str) {
    let page = vault.read(PAGE);
    let line = page.lines().find(|line| line.contains("[[鈴木]] に")).unwrap();
    let marked = format!("{}{below}", line.replacen("[ ]", &format!("[{mark}]"), 1));
    vault.note(PAGE, &page.replacen(line, &marked, 1));
}

#[test]
fn what_is_said_at_a_recorded_item_goes_into_its_entry() {
    let vault = vault();
    let before = vault.read("People/鈴木.md");
    mark(&vault, "x", "\n    - 電話で話した");
    update(&vault, TODAY);
    let page = vault.read(PAGE);
    let done = page.lines().find(|line| line.starts_with("- [x] [[鈴木]]")).unwrap();
    vault.note(PAGE, &page.replacen(done, &format!("{done}\n    - 来週も\n        - 渋谷で"), 1));
    update(&vault, TODAY);
    let note = vault.read("People/鈴木.md");
    let id = &done[done.find("^g-").unwrap()..];
    assert!(note.contains(&format!("電話で話した {id}\n  - 来週も\n    - 渋谷で\n")), "{note}");
    let page = vault.read(PAGE);
    assert!(!page.contains("来週も"), "{page}");
    // All of it is taken back at once.
    vault.note(PAGE, &page.replace("- [x] [[鈴木]]", "- [ ] [[鈴木]]"));
    update(&vault, TODAY);
    assert_eq!(vault.read("People/鈴木.md"), before);
    assert!(vault.read(PAGE).contains("来週も"), "{}", vault.read(PAGE));
}

#[test]
fn a_damaged_comment_is_as_if_it_were_not_there() {
    let vault = vault();
    let fresh = vault.read(PAGE);
    let comment = fresh.lines().find(|line| line.starts_with("<!-- goen:lines")).unwrap();
    let middle = &comment[comment.len() / 2..];
    for damaged in [
        String::new(),
        comment.replacen(middle, "-->", 1),
        format!("{comment}\n{comment}"),
        format!("{comment} 一言"),
        comment.replacen("-->", "", 1),
    ] {
        vault.note(PAGE, &fresh.replacen(comment, &damaged, 1));
        update(&vault, TODAY);
        let page = vault.read(PAGE);
        let expected = if damaged.contains("一言") { format!("{fresh}\n一言\n") } else { fresh.clone() };
        assert_eq!(page, expected, "{damaged}");
    }
}

#[test]
fn lines_of_a_template_are_goens_on_every_machine() {
    let vault = vault();
    vault.note("t.md", "# {{ date }}\n\n> おつかれさま {{ date }}\n\n{% for item in today + week + later %}\n{{ item.block }}\n    - 気持ち\n{% endfor %}\n\n---\n\nおしまい\n");
    vault.note("goen.toml", "[page]\ntemplate = \"t.md\"\n");
    update(&vault, TODAY);
    let page = vault.read(PAGE);
    vault.note(PAGE, &page.replacen("おしまい\n", "おしまい 一言\n", 1).replacen("- [ ]", "- [x]", 1));
    let other = cloned(&vault);
    for vault in [&vault, &other] {
        update(vault, "2026-11-22");
        let page = vault.read(PAGE);
        let (_, after) = page.split_once("<!-- goen:end -->\n").unwrap();
        assert_eq!(after, "\n一言\n", "{page}");
        let items = page.matches("- [ ]").count();
        assert_eq!(page.matches("    - 気持ち\n").count(), items, "{page}");
    }
}

#[test]
fn a_tick_where_nothing_can_be_kept_says_so() {
    let vault = vault();
    vault.note("People/未定.md", "---\norg: X\n---\n");
    update(&vault, "2026-11-23");
    let page = vault.read(PAGE);
    let line = page.lines().find(|line| line.contains("間柄がまだ決まっていない人")).unwrap();
    vault.note(PAGE, &page.replacen(line, &format!("{}\n    - 一言", line.replacen("[ ]", "[x]", 1)), 1));
    let out = vault.on("2026-11-23", &["update"]);
    assert!(out.said().contains("書き留めるノートはありません"), "{}", out.said());
    assert!(vault.read(PAGE).contains("    - 一言\n"), "{}", vault.read(PAGE));
    // Nor in another week; and then it is written once.
    update(&vault, "2026-12-01");
    let page = vault.read(PAGE);
    assert!(page.contains("書き留めるノートはありません") && page.contains("    - 一言\n"), "{page}");
    update(&vault, "2026-12-01");
    assert_eq!(vault.read(PAGE), page);
}

/// What stands below the end marker.
fn after_end(page: &str) -> &str {
    page.split_once("<!-- goen:end -->\n").unwrap().1
}

#[test]
fn a_link_typed_beside_goens_is_the_one_that_was_typed() {
    let vault = vault();
    let page = vault.read(PAGE);
    for typed in ["- [ ] [[喫茶店]] [[佐藤 花]] に", "- [ ] [[佐藤 花]][[喫茶店]] に"] {
        vault.note(PAGE, &page.replacen("- [ ] [[佐藤 花]] に", typed, 1));
        update(&vault, TODAY);
        let page = vault.read(PAGE);
        assert!(page.contains("\n    - [[喫茶店]]\n") && !page.contains("    - [[佐藤 花]]"), "{page}");
    }
    // In front of the day that a line begins with.
    vault.note(PAGE, &page.replacen("- [ ] 11/22", "- [ ] [[喫茶店]]11/22", 1));
    update(&vault, TODAY);
    let page = vault.read(PAGE);
    assert!(page.contains("\n    - [[喫茶店]]\n"), "{page}");
}

#[test]
fn goens_lines_are_goens_behind_a_typed_line_too() {
    let vault = vault();
    let fresh = vault.everything();
    let page = vault.read(PAGE);
    let line = page.lines().find(|line| line.contains("[[鈴木]] に")).unwrap();
    let above = page.lines().take_while(|other| *other != line).filter(|line| line.starts_with("- [ ]"));
    let above = above.last().unwrap();
    let ticked = line.replacen("[ ]", "[x]", 1);
    for (touched, after) in [
        (page.replacen(line, &format!("{ticked}\n電話で話した"), 1), "\n電話で話した\n"),
        (
            page.replacen(line, &format!("{line}\n電話で話した"), 1).replace("\n    - ", "\n\t* "),
            "\n電話で話した\n",
        ),
        (page.replacen(line, "電話で話した", 1), "\n電話で話した\n"),
        (page.replacen(&format!("{line}\n"), "", 1).replacen(above, &above.replacen("[ ]", "[x]", 1), 1), ""),
    ] {
        for (path, bytes) in &fresh {
            vault.bytes(path.to_str().unwrap(), bytes);
        }
        vault.note(PAGE, &touched);
        for day in [TODAY, "2026-11-22"] {
            update(&vault, day);
            assert_eq!(after_end(&vault.read(PAGE)), after, "{day} of\n{touched}");
        }
        let notes = NAMES.map(|name| vault.read(&format!("People/{name}.md"))).concat();
        assert!(!notes.contains("  - "), "{notes}");
    }
}

#[test]
fn what_is_typed_into_a_notice_stays() {
    let vault = vault();
    mark(&vault, "<", "");
    update(&vault, TODAY);
    let page = vault.read(PAGE);
    let notice = page.lines().find(|line| line.starts_with("    - まだ記録していません: ")).unwrap();
    let typed = format!("{notice} 店を探す\n    - まだ記録していません: と思う");
    vault.note(PAGE, &page.replacen(notice, &typed, 1));
    let other = cloned(&vault);
    for vault in [&vault, &other] {
        for day in [TODAY, TODAY, "2026-11-22"] {
            update(vault, day);
            let page = vault.read(PAGE);
            for line in [notice, "    - 店を探す", "    - まだ記録していません: と思う"] {
                assert_eq!(page.lines().filter(|other| *other == line).count(), 1, "{line} in\n{page}");
            }
        }
    }
}

#[test]
fn without_the_comment_nothing_typed_is_lost() {
    let vault = vault();
    let page = vault.read(PAGE);
    let comment = page.lines().find(|line| line.starts_with("<!-- goen:lines")).unwrap();
    let line = |who: &str| page.lines().find(|line| line.starts_with("- [ ]") && line.contains(who)).unwrap();
    let id = |line: &str| line[line.find("^g-").unwrap()..].to_owned();
    let child = page.lines().find(|line| line.starts_with("    - ")).unwrap();
    let (own, other) = (line("[[鈴木]] に"), line("[[木村]] に"));
    let touched = page
        .replacen(&format!("{comment}\n"), "", 1)
        .replacen(child, &format!("{child} 甲語"), 1)
        .replacen(own, &format!("- [x] [[鈴木]] と駅前で飲んだ {}\n    - 約束: 乙語", id(own)), 1)
        .replacen(other, &format!("- [ ] [[木村]] は引っ越したそう {}\n    - 話題: 丙語", id(other)), 1)
        .replacen("今日 ", "今日 丁語 ", 1);
    vault.note(PAGE, &touched);
    update(&vault, TODAY);
    let note = vault.read("People/鈴木.md");
    assert!(note.contains(&format!("と駅前で飲んだ {}\n  - 約束: 乙語\n", id(own))), "{note}");
    let page = vault.read(PAGE);
    for line in ["    - 甲語", "    - [[木村]] は引っ越したそう", "    - 話題: 丙語", "丁語"]
    {
        assert!(page.lines().any(|other| other == line), "{line} of\n{touched}\nin\n{page}");
    }
    assert_eq!(page.matches(child).count(), 1, "{page}");
    update(&vault, TODAY);
    assert_eq!(vault.read(PAGE), page);
}

#[test]
fn words_in_goens_line_and_below_it_are_one_entry() {
    let vault = vault();
    mark(&vault, "x", "\n    - 三つ目");
    let page = vault.read(PAGE);
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    let at = lines.iter().position(|line| line.starts_with("- [x]")).unwrap();
    lines[at] = lines[at].replacen(" — ", " 一つ目 — ", 1);
    let child = lines[at + 1..].iter().position(|line| line != "    - 三つ目").unwrap() + at + 1;
    assert!(lines[child].starts_with("    - "), "{page}");
    lines[child] = lines[child].replacen("    - ", "    - 二つ目 ", 1);
    vault.note(PAGE, &(lines.join("\n") + "\n"));
    update(&vault, TODAY);
    let note = vault.read("People/鈴木.md");
    assert!(note.contains("一つ目 ^g-") && note.contains("\n  - 二つ目\n  - 三つ目\n"), "{note}");
    let page = vault.read(PAGE);
    assert!(!page.contains("つ目\n    ") && !page.contains("- 二つ目"), "{page}");
    update(&vault, TODAY);
    assert_eq!((vault.read("People/鈴木.md"), vault.read(PAGE)), (note, page));
}
