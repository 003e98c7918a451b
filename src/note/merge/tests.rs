//! What a merge of two versions gives, and what it leaves open.

mod front;
mod laws;

use proptest::prelude::*;

use super::*;
use crate::note::edit::tests::dialect;

fn of(base: &str, ours: &str, theirs: &str) -> Option<Outcome> {
    merge(&NotePath::new("People/田中.md"), Sides { base, ours, theirs }, dialect())
}

/// Both ways, and with all line ends alike: the same comes out.
#[track_caller]
fn check(base: &str, ours: &str, theirs: &str, expected: &str) {
    for (eol, mark) in [("\n", ""), ("\r\n", ""), ("\n", "\u{feff}")] {
        let shaped = |text: &str| format!("{mark}{}", text.replace('\n', eol));
        let (base, ours, theirs) = (shaped(base), shaped(ours), shaped(theirs));
        for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
            match of(&base, ours, theirs) {
                Some(Outcome::Merged(text)) => assert_eq!(text, shaped(expected)),
                other => panic!("{ours:?} and {theirs:?} give {other:?}"),
            }
        }
    }
}

/// What is open: what each of the three has that the others do not.
#[track_caller]
fn check_open(base: &str, ours: &str, theirs: &str, open: (&str, &str, &str)) {
    match of(base, ours, theirs) {
        Some(Outcome::Open(sides)) => {
            assert_eq!((&*sides.base, &*sides.ours, &*sides.theirs), open);
        }
        other => panic!("{other:?} is not open"),
    }
}

const NOTE: &str = "---\nname: 田中\ntier: close\nlast_contact: 2026-09-14\naliases: [田中さん]\ntags:\n  - 人\n---\n\n本文\n\n- [ ] 資料を送る\n- [ ] 本を返す\n\n## 記録\n\n- 2026-09-14 (line) 近況\n- 2026-08-01 (call) 相談\n\n## メモ\n\nほか\n";

#[track_caller]
fn check_note(ours: &[(&str, &str)], theirs: &[(&str, &str)], both: &[(&str, &str)]) {
    let with = |edits: &[(&str, &str)]| {
        edits.iter().fold(NOTE.to_owned(), |text, (old, new)| {
            assert!(text.contains(old), "{old:?}");
            text.replacen(old, new, 1)
        })
    };
    check(NOTE, &with(ours), &with(theirs), &with(both));
}

const TOP: &str = "## 記録\n\n";

#[test]
fn entries_of_both_sides_stand_in_the_order_of_the_log() {
    let (one, two) = ("- 2026-11-21 (line) 甲 ^g-aaaaaa\n", "- 2026-11-20 (call) 乙 ^g-bbbbbb\n");
    let put = |entries: &[&str]| format!("{TOP}{}", entries.concat());
    check_note(&[(TOP, &put(&[one]))], &[(TOP, &put(&[two]))], &[(TOP, &put(&[one, two]))]);
    check_note(&[(TOP, &put(&[one]))], &[(TOP, &put(&[one]))], &[(TOP, &put(&[one]))]);
    check_note(&[(TOP, &put(&[one]))], &[(TOP, &put(&[one, two]))], &[(TOP, &put(&[one, two]))]);
    check_note(
        &[(TOP, &put(&[one]))],
        &[("- 2026-09-14 (line) 近況\n", "")],
        &[(TOP, &put(&[one])), ("- 2026-09-14 (line) 近況\n", "")],
    );
    check_note(
        &[(TOP, &put(&[one]))],
        &[("(line) 近況", "(line) 近況を聞いた")],
        &[(TOP, &put(&[one])), ("(line) 近況", "(line) 近況を聞いた")],
    );
    // Of one day the words decide.
    let (a, b) = ("- 2026-11-21 (line) 甲\n", "- 2026-11-21 (line) 乙\n");
    check_note(&[(TOP, &put(&[a]))], &[(TOP, &put(&[b]))], &[(TOP, &put(&[b, a]))]);
    // The old first, at the end of the file.
    let old = "## Log\n- 2026-01-01 a\n- 2026-02-01 b\n";
    let with = |more: &str| format!("{old}{more}");
    check(
        old,
        &with("- 2026-04-01 d\n"),
        &with("- 2026-03-01 c\n"),
        &with("- 2026-03-01 c\n- 2026-04-01 d\n"),
    );
    let (open, with) = (old.trim_end(), |more: &str| format!("{old}{more}").trim_end().to_owned());
    check(
        open,
        &with("- 2026-04-01 d\n"),
        &with("- 2026-03-01 c\n"),
        &with("- 2026-03-01 c\n- 2026-04-01 d\n"),
    );
}

#[test]
fn a_log_that_both_sides_begin_is_one() {
    let log = |entries: &str| format!("# 田中\n\n## 記録\n\n{entries}");
    let (a, b) = ("- 2026-11-21 a ^g-aaaaaa\n", "- 2026-11-20 b ^g-bbbbbb\n");
    check("# 田中\n", &log(a), &log(b), &log(&format!("{a}{b}")));
    check("# 田中", &log(a), &log(b), &log(&format!("{a}{b}")));
    let with = |lines: &str, entry: &str| format!("---\n{lines}---\n{}", log(entry));
    check(
        "# 田中\n",
        &with("last_contact: 2026-11-21\n", a),
        &with("last_contact: 2026-11-20\n", b),
        &with("last_contact: 2026-11-21\n", &format!("{a}{b}")),
    );
}

#[test]
fn entries_apart_and_nested() {
    let log = "## Log\n\n- 2026-09-14 b\n  - [ ] 送る\n  - 続き\n\n- 2026-08-01 a\n\nEnd\n";
    check(
        log,
        &log.replace("## Log\n\n", "## Log\n\n- 2026-11-21 c\n\n"),
        &log.replace("## Log\n\n", "## Log\n\n- 2026-11-22 d\n  - x\n\n"),
        &log.replace("## Log\n\n", "## Log\n\n- 2026-11-22 d\n  - x\n\n- 2026-11-21 c\n\n"),
    );
    check(
        log,
        &log.replace("[ ] 送る", "[x] 送る ✅ 2026-11-21"),
        &log.replace("14 b", "14 (call) b"),
        &log.replace("[ ] 送る", "[x] 送る ✅ 2026-11-21").replace("14 b", "14 (call) b"),
    );
    check(
        log,
        &log.replace("  - 続き\n", "  - 続き\n  - 一\n"),
        &log.replace("  - 続き\n", "  - 続き\n  - 二\n"),
        &log.replace("  - 続き\n", "  - 続き\n  - 一\n  - 二\n"),
    );
}

#[test]
fn one_tick_in_two_words_is_one_entry() {
    let log = |entry: &str| format!("## Log\n- 2026-09-14 a\n{entry}");
    for (one, two, both) in [
        (
            "- 2026-11-21 (line) 話した ^g-aaaaaa\n",
            "- 2026-11-21 (line) ^g-aaaaaa\n",
            "- 2026-11-21 (line) 話した ^g-aaaaaa\n",
        ),
        (
            "- 2026-11-21 (line) 話した ^g-aaaaaa\n",
            "- 2026-11-21 (skip) ^g-aaaaaa\n",
            "- 2026-11-21 (line) 話した ^g-aaaaaa\n",
        ),
        (
            "- 2026-11-21 (line) 話した ^g-aaaaaa\n",
            "- 2026-11-20 (call) 電話で ^g-aaaaaa\n  - 下\n",
            "- 2026-11-21 (line) 話した ^g-aaaaaa\n  - 2026-11-20 (call) 電話で\n  - 下\n",
        ),
        (
            "- 2026-11-20 (line) x ^g-aaaaaa\n",
            "- 2026-11-21 (line) x ^g-aaaaaa\n",
            "- 2026-11-21 (line) x ^g-aaaaaa\n  - 2026-11-20 (line) x\n",
        ),
        // Of one day what the other says needs no day.
        (
            "- 2026-11-21 (line) 話した ^g-aaaaaa\n",
            "- 2026-11-21 (call) 電話で ^g-aaaaaa\n",
            "- 2026-11-21 (line) 話した ^g-aaaaaa\n  - (call) 電話で\n",
        ),
    ] {
        check(&log(""), &log(one), &log(two), &log(both));
    }
    // Under the heading of either side.
    let under = |heading: &str| format!("## Log\n{heading}- 2026-11-21 x ^g-aaaaaa\n- 2026-09-14 a\n");
    check(&log(""), &under(""), &under("### 会\n"), &under("### 会\n"));
    // Without an id nobody can tell whether it was one.
    let (one, two) = ("- 2026-11-21 x\n  - 甲\n", "- 2026-11-21 x\n  - 乙\n");
    let (old, above) =
        (log(""), |entry: &str| log("").replace("- 2026-09-14", &format!("{entry}- 2026-09-14")));
    check(&old, &above(one), &log(two), &format!("{}{two}", above(one)));
}

#[test]
fn ticked_beats_unticked() {
    let (a, b) = ("- [ ] 資料を送る\n", "- [ ] 本を返す\n");
    let ticked = "- [x] 資料を送る ✅ 2026-11-21\n";
    check_note(
        &[(a, ticked)],
        &[(b, "- [x] 本を返す ✅ 2026-11-20\n")],
        &[(a, ticked), (b, "- [x] 本を返す ✅ 2026-11-20\n")],
    );
    check_note(
        &[(a, ticked)],
        &[(a, "- [x] 資料を送る ✅ 2026-11-20\n")],
        &[(a, "- [x] 資料を送る ✅ 2026-11-20\n")],
    );
    check_note(&[(a, ticked)], &[(a, "- [x] 資料を送る\n")], &[(a, ticked)]);
    check_note(&[(a, ticked)], &[(a, "- [-] 資料を送る ❌ 2026-11-20\n")], &[(a, ticked)]);
    check_note(
        &[(a, ticked)],
        &[(a, "- [ ] 資料を送る（PDF）📅 2026-11-30 ^x\n")],
        &[(a, "- [x] 資料を送る（PDF）📅 2026-11-30 ✅ 2026-11-21 ^x\n")],
    );
    check_note(&[(a, ticked)], &[("本文\n", "本文。\n")], &[(a, ticked), ("本文\n", "本文。\n")]);
    check_note(
        &[(b, "- [ ] 本を返す\n- [ ] 甲\n")],
        &[(b, "- [x] 本を返す\n- [ ] 乙\n")],
        &[(b, "- [x] 本を返す\n- [ ] 乙\n- [ ] 甲\n")],
    );
    // Blanks between words end no block id, nor does a sign without one.
    for words in ["send it now", "send it ^"] {
        check(
            "- [ ] send it\n",
            "- [x] send it ✅ 2026-11-21\n",
            &format!("- [ ] {words}\n"),
            &format!("- [x] {words} ✅ 2026-11-21\n"),
        );
    }
    // Both sides noted it down, and one did it.
    check("x\n", &format!("{a}x\n"), &format!("{ticked}x\n"), &format!("{ticked}x\n"));
    // One that was opened again stays open.
    check("- [x] a ✅ 2026-11-21\n", "- [ ] a\n", "- [x] a ✅ 2026-11-21\n\nb\n", "- [ ] a\n\nb\n");
}

#[test]
fn what_nobody_can_tell_is_left_open_and_nothing_else() {
    let with =
        |tier: &str, log: &str| format!("---\nname: a\ntier: {tier}\n---\n\n## Log\n{log}- 2026-01-01 x\n");
    let (a, b) = ("- 2026-11-21 a\n", "- 2026-11-20 b\n");
    let log = format!("{a}{b}");
    check_open(
        &with("close", ""),
        &with("senior", a),
        &with("client", b),
        (&with("close", &log), &with("senior", &log), &with("client", &log)),
    );
    check_open(
        "---\nnext: 2026-01-01\n---\n",
        "---\nnext: 2026-01-02\n---\n",
        "---\nnext: 2026-01-03\n---\n",
        ("---\nnext: 2026-01-01\n---\n", "---\nnext: 2026-01-02\n---\n", "---\nnext: 2026-01-03\n---\n"),
    );
    for (base, ours, theirs) in [
        ("a\nb\nc\n", "a\nB\nc\n", "a\nbb\nc\n"),
        ("a\nb\nc\n", "a\nB\nc\n", "a\nc\n"),
        ("a\nc\n", "a\nb\nc\n", "a\nx\nc\n"),
        ("", "a\n", "b\n"),
        ("---\nt: 1\nu: 1\n---\n", "---\nu: 1\n---\n", "---\nt: 2\nu: 1\n---\n"),
        (
            "---\nlast_contact: 2026-01-01\n---\n",
            "---\nlast_contact: 2026-01-02\n---\n",
            "---\nlast_contact: いつか\n---\n",
        ),
        ("## Log\n- 2026-01-01 a\n", "## Log\n- 2026-01-01 b\n", "## Log\n- 2026-01-01 c\n"),
        ("## Log\n- 2026-01-01 a\n", "## Log\n- 2026-01-01 b\n", "## Log\n"),
        ("- [ ] send it\n", "- [ ] send it now\n", "- [x] send it then\n"),
        (
            "---\nsnooze: 2026-01-01\n---\n",
            "---\nsnooze: 2026-01-02\n  x\n---\n",
            "---\nsnooze: 2026-01-03\n---\n",
        ),
        (
            "---\nsnooze: 2026-01-01\n---\n",
            "---\nsnooze: 2026-01-02\n---\n",
            "---\nsnooze: 2026-01-03\n  x\n---\n",
        ),
        // Written in two other ways, or in one that is no plain list.
        ("---\naliases: a\n---\n", "---\naliases:\n  - a\n  - b\n---\n", "---\naliases: [a, c]\n---\n"),
        ("---\naliases: &x [a]\n---\n", "---\naliases: &x [a, b]\n---\n", "---\naliases: &x [c, a]\n---\n"),
    ] {
        check_open(base, ours, theirs, (base, ours, theirs));
    }
}

#[test]
fn an_entry_that_both_changed_is_open_unless_they_changed_other_lines_of_it() {
    let log = |entry: &str| format!("## Log\n{entry}- 2026-01-01 a\n");
    let (was, ours, theirs) =
        ("- 2026-02-01 b ^g-aaaaaa\n", "- 2026-02-01 b! ^g-aaaaaa\n", "- 2026-02-02 b ^g-aaaaaa\n");
    check_open(&log(was), &log(ours), &log(theirs), (&log(was), &log(ours), &log(theirs)));
    check(&log(was), &log(ours), &log(&format!("{was}  - more\n")), &log(&format!("{ours}  - more\n")));
    // Recorded at two places of the log.
    let at = |before: &str, behind: &str| format!("## Log\n{before}- 2026-01-03 x\n- 2026-01-02 y\n{behind}");
    check(
        &at("", ""),
        &at("- 2026-02-01 (call) b ^g-aaaaaa\n", ""),
        &at("", "- 2026-01-01 (line) c ^g-aaaaaa\n"),
        &at("- 2026-02-01 (call) b ^g-aaaaaa\n  - 2026-01-01 (line) c\n", ""),
    );
    // In another place and on another day, it is another.
    check(
        &log(was),
        &log("- 2026-02-01 b ^g-aaaaaa\n- 2026-01-15 c\n"),
        &log("- 2026-03-01 d\n- 2026-02-01 b ^g-aaaaaa\n"),
        &log("- 2026-03-01 d\n- 2026-02-01 b ^g-aaaaaa\n- 2026-01-15 c\n"),
    );
}

#[test]
fn a_new_task_is_not_what_became_of_one_that_is_much_the_same() {
    check(
        "a\na\na\n- [ ] task a\na\na\na\na\n",
        "a\n- [ ] task a\na\na\n- [ ] task b\na\na\na\na\n",
        "a\n- [ ] task a\na\na\na\na\n",
        "a\n- [ ] task a\n- [ ] task b\na\na\na\na\n",
    );
}

#[test]
fn what_one_side_noted_down_twice_stands_twice() {
    let of = |last: &str| format!("- [ ] 電話する\nx\n- [ ] 電話する\ny\n{last}");
    check("x\ny\nz\n", &of("z\n"), "x\ny\nz!\n", &of("z!\n"));
}

#[test]
fn parts_that_goen_writes_are_lines() {
    let part = |line: &str, own: &str| {
        format!("# E\n\n<!-- goen:prep begin -->\n- [ ] [[甲]]\n{line}<!-- goen:prep end -->\n\n{own}\n")
    };
    check(&part("", "x"), &part("- [ ] [[乙]]\n", "x"), &part("", "y"), &part("- [ ] [[乙]]\n", "y"));
    check(
        &part("", "x"),
        &part("", "x").replace("[ ] [[甲]]", "[x] [[甲]]"),
        &part("", "y"),
        &part("", "y").replace("[ ] [[甲]]", "[x] [[甲]]"),
    );
}

#[test]
fn other_notations_are_merged_by_lines() {
    let toml = |a: &str, b: &str| format!("+++\na = {a}\nc = 1\nb = {b}\n+++\ntext\n");
    check(&toml("1", "1"), &toml("2", "1"), &toml("1", "2"), &toml("2", "2"));
    let broken = |a: &str, b: &str| format!("---\nname: \"{a}\nx\n{b}: y\n---\ntext\n");
    check(&broken("1", "1"), &broken("2", "1"), &broken("1", "2"), &broken("2", "2"));
    let twice = |a: &str, b: &str| format!("---\na: {a}\nb: 1\na: {b}\n---\n");
    check(&twice("1", "1"), &twice("2", "1"), &twice("1", "2"), &twice("2", "2"));
}

#[test]
fn fault_46_markers_that_are_there_are_for_git() {
    let marked = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n";
    assert_eq!(of("c\n", marked, "d\n"), None);
    assert_eq!(of(marked, "c\n", "d\n"), None);
}

/// The body is git's to merge, by its lines.
#[track_caller]
fn check_left_to_git(base: &str, ours: &str, theirs: &str) {
    check_open(base, ours, theirs, (base, ours, theirs));
    check_open(base, theirs, ours, (base, theirs, ours));
}

#[test]
fn the_same_words_below_other_headings_are_another_promise() {
    let of = |one: &str, two: &str| format!("# 会\n\n## 田中\n\n{one}text\n\n## 鈴木\n\n{two}text2\n");
    let task = "- [ ] 資料を送る\n\n";
    check(&of("", ""), &of(task, ""), &of("", task), &of(task, task));
    let entry = "- 2026-02-01 (line)\n\n";
    check(&of("", ""), &of(entry, ""), &of("", entry), &of(entry, entry));
    check(&of("", ""), &of(task, ""), &of(task, task), &of(task, task));
    // The headings around are another's.
    let of = |one: &str, two: &str| format!("# 田中\n\n## 約束\n\n{one}# 鈴木\n\n## 約束\n\n{two}text\n");
    check(&of("", ""), &of(task, ""), &of("", task), &of(task, task));
}

#[test]
fn what_would_stand_below_another_heading_is_left_to_git() {
    let (memo, log) = ("\n## メモ\n\naaa\n", "\n## 記録\n\n- 2026-01-01 hi\n");
    let told = "\n## 記録\n\n- 2026-02-01 new\n- 2026-01-01 hi\n";
    // Moved on one side, added to on the other.
    check_left_to_git(
        &format!("# A\n{memo}{log}"),
        &format!("# A\n{log}{memo}"),
        &format!("# A\n{memo}{told}"),
    );
    // Taken away on one side.
    check_left_to_git(&format!("# A\n{memo}{log}"), &format!("# A\n{memo}"), &format!("# A\n{memo}{told}"));
    let plan = |tasks: &str| format!("# Plan\n\n{tasks}## 終わり\n\nx\n");
    check_left_to_git(&plan("## 約束\n\n- [ ] a\n\n"), &plan(""), &plan("## 約束\n\n- [ ] a\n- [ ] b\n\n"));
    // The heading above it went on one side, and one of that name came on the other.
    for entry in ["- 2026-01-01 hi ^g-aaaaaa\n", "- [ ] a\n"] {
        let of = |first: &str, second: &str| format!("## ログ\n\n一\n\n{first}二\n\n{second}{entry}");
        check_left_to_git(&of("## 記録\n\n", ""), &of("", ""), &of("## 記録\n\n", "## 記録\n\n"));
    }
    // Called as another was.
    let of = |one: &str, two: &str, more: &str| format!("## {one}\n\naaa\n\n## {two}\n\n- [ ] a\n{more}");
    check_left_to_git(&of("話", "約束", ""), &of("予定", "話", ""), &of("話", "約束", "- [ ] b\n"));
    check(
        &of("話", "約束", ""),
        &of("予定", "宿題", ""),
        &of("話", "約束", "- [ ] b\n"),
        &of("予定", "宿題", "- [ ] b\n"),
    );
    // Called otherwise and of another level, or beside a new one.
    for other in [
        format!("# A\n{memo}{}", log.replace("## 記録", "### ログ")),
        format!("# A\n{memo}{}\n## 写真\n\nx\n", log.replace("記録", "ログ")),
    ] {
        check_left_to_git(&format!("# A\n{memo}{log}"), &other, &format!("# A\n{memo}{told}"));
    }
    // Only called otherwise: it is the same place.
    check(
        &format!("# A\n{memo}{log}"),
        &format!("# A\n{memo}{}", log.replace("記録", "ログ")),
        &format!("# A\n{memo}{told}"),
        &format!("# A\n{memo}{}", told.replace("記録", "ログ")),
    );
}
