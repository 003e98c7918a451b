use proptest::prelude::*;

use super::*;
use crate::note::edit::tests::dialect;

static DIALECT: std::sync::LazyLock<Dialect> = std::sync::LazyLock::new(dialect);

fn of(base: &str, ours: &str, theirs: &str) -> Option<Outcome> {
    merge(&NotePath::new("People/田中.md"), Sides { base, ours, theirs }, &DIALECT)
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
    ] {
        check(&log(""), &log(one), &log(two), &log(both));
    }
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
    // One that was opened again stays open.
    check("- [x] a ✅ 2026-11-21\n", "- [ ] a\n", "- [x] a ✅ 2026-11-21\n\nb\n", "- [ ] a\n\nb\n");
}

#[test]
fn front_matter_key_by_key() {
    let day = |day: &str| format!("last_contact: {day}\n");
    let old = &*day("2026-09-14");
    check_note(&[(old, &day("2026-11-21"))], &[(old, &day("2026-11-20"))], &[(old, &day("2026-11-21"))]);
    check_note(
        &[(old, &day("\"2026-11-21\" # x"))],
        &[(old, &day("2026-11-21"))],
        &[(old, &day("\"2026-11-21\" # x"))],
    );
    check_note(
        &[(old, &day("2026-11-21"))],
        &[("tier: close\n", "tier: senior\n")],
        &[(old, &day("2026-11-21")), ("tier: close\n", "tier: senior\n")],
    );
    check_note(&[(old, "")], &[("tier: close\n", "")], &[(old, ""), ("tier: close\n", "")]);
    let aliases = |members: &str| format!("aliases: [{members}]\n");
    let had = &*aliases("田中さん");
    check_note(
        &[(had, &aliases("田中さん, \"タナカ\""))],
        &[(had, &aliases("たなか, 田中さん"))],
        &[(had, &aliases("たなか, 田中さん, \"タナカ\""))],
    );
    check_note(&[(had, &aliases("田中さん, a"))], &[(had, &aliases("b"))], &[(had, &aliases("a, b"))]);
    let tags = |members: &[&str]| {
        format!("tags:\n{}", members.iter().map(|m| format!("  - {m}\n")).collect::<String>())
    };
    let had = &*tags(&["人"]);
    check_note(
        &[(had, &tags(&["人", "b"]))],
        &[(had, &tags(&["a", "人", "c"]))],
        &[(had, &tags(&["a", "人", "b", "c"]))],
    );
    // At one place, and both the same.
    let end = "  - 人\n---\n";
    check_note(
        &[(end, "  - 人\nsnooze: 2026-12-01\n---\n")],
        &[(end, "  - 人\nsnooze: 2026-12-08\nnext: 2026-12-09\n---\n")],
        &[(end, "  - 人\nsnooze: 2026-12-08\nnext: 2026-12-09\n---\n")],
    );
    check_note(
        &[(end, "  - 人\nrole: x\n---\n")],
        &[(end, "  - 人\nemail: y\n---\n")],
        &[(end, "  - 人\nemail: y\nrole: x\n---\n")],
    );
    check(
        "---\n前回連絡: 2026-01-01\n---\n",
        "---\n前回連絡: 2026/1/3\n---\n",
        "---\n前回連絡: 2026-01-02\n---\n",
        "---\n前回連絡: 2026/1/3\n---\n",
    );
    check(
        "",
        "---\nlast_contact: 2026-11-21\n---\n",
        "---\n前回連絡: 2026-11-20\n---\n",
        "---\nlast_contact: 2026-11-21\n---\n",
    );
    // A value that only one side has, of a note that both made of one template.
    let filled = "---\nlast_contact: 2026-11-27\nsnooze:\ntier: close\n---\n";
    check("", "---\nlast_contact: \nsnooze:\ntier:\n---\n", filled, filled);
    check(
        "---\na: 1\n# of b\nb: 2\n---\n",
        "---\na: 3\n# of b\nb: 2\n---\n",
        "---\na: 1\n# of b!\nb: 2\n---\n",
        "---\na: 3\n# of b!\nb: 2\n---\n",
    );
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
fn line_ends_are_decided_for_the_whole_text() {
    let (crlf, lf) = ("a\r\nb\r\nc\r\n", "a\nB\nc\n");
    for (ours, theirs) in [(crlf, lf), (lf, crlf)] {
        assert_eq!(of("a\nb\nc\n", ours, theirs), Some(Outcome::Merged("a\r\nB\r\nc\r\n".into())));
    }
    assert_eq!(of("a\nb", "a\nb\n", "A\nb"), Some(Outcome::Merged("A\nb\n".into())));
    assert_eq!(of("\u{feff}a\nb\n", "a\nb\n", "\u{feff}A\nb\n"), Some(Outcome::Merged("A\nb\n".into())));
    assert_eq!(of("a\r\nb\nc\n", "a\r\nb\nC\n", "A\r\nb\nc\n"), Some(Outcome::Merged("A\r\nb\nC\n".into())));
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
    // Only called otherwise: it is the same place.
    check(
        &format!("# A\n{memo}{log}"),
        &format!("# A\n{memo}{}", log.replace("記録", "ログ")),
        &format!("# A\n{memo}{told}"),
        &format!("# A\n{memo}{}", told.replace("記録", "ログ")),
    );
}

#[test]
fn no_key_stands_twice_outside_of_open_places() {
    let (one, two) = ("---\nname: A\ntier: close\n---\nbody\n", "---\ntier: close\nname: A\n---\nbody2\n");
    assert_eq!(of("", one, two), None);
}

#[test]
fn a_head_that_one_side_took_away_is_open_as_a_whole() {
    let note = |name: &str| format!("---\nname: {name}\ntags:\n  - x\n---\nbody\n");
    assert_eq!(
        of(&note("A"), "body\n", &note("B")),
        Some(Outcome::Open(Sides { base: note("A"), ours: "body\n".into(), theirs: note("B") }))
    );
}

/// What holds of any three versions.
fn laws(base: &str, ours: &str, theirs: &str) {
    let merged = |text: &str| Some(Outcome::Merged(text.to_owned()));
    assert_eq!(of(base, ours, base), merged(ours));
    assert_eq!(of(base, base, theirs), merged(theirs));
    assert_eq!(of(base, ours, ours), merged(ours));
    let (one, other) = (of(base, ours, theirs), of(base, theirs, ours));
    assert_eq!(one, other.map(Outcome::swapped), "for {base:?}, {ours:?}, {theirs:?}");
    if let Some(Outcome::Merged(text)) = one {
        nothing_is_lost(&text, base, ours, theirs);
    }
}

/// What one side put in is there; whatever was ticked in it, or said of the same tick.
fn nothing_is_lost(text: &str, base: &str, ours: &str, theirs: &str) {
    let words = |text: &str| {
        let bare =
            |line: &str| line.trim().trim_start_matches("- [x] ").trim_start_matches("- [ ] ").to_owned();
        text.lines().map(bare).collect::<Vec<_>>()
    };
    let (was, is) = (words(base), words(text));
    for line in words(ours).iter().chain(&words(theirs)) {
        // Of two days one counts, of lists the members do.
        let is_value =
            line.starts_with("last_contact:") || line.starts_with("snooze:") || line.starts_with("tags:");
        let is_fence = line.is_empty() || line == "---";
        if !is_value && !is_fence && !was.contains(line) {
            let told =
                line.split(" ✅").next().unwrap_or(line).split(" ^g-").next().unwrap_or(line).to_owned();
            let told = told.split_once(") ").map_or(told.clone(), |(_, words)| words.to_owned());
            assert!(
                is.iter().any(|is| is.contains(&told)),
                "{line:?} of {base:?}, {ours:?}, {theirs:?} is not in {text:?}"
            );
        }
    }
    // An entry of the log: outside of it an id means nothing.
    let path = NotePath::new("a.md");
    let reader = Reader { path: &path, dialect: &DIALECT };
    for id in ["g-aaaaaa", "g-bbbbbb"] {
        let count = |text: &str| {
            let tokens = reader.tokens(text, Front::find(text).body());
            let entries = tokens.iter().filter(|token| token.name == format!("e {id}")).count();
            (entries == text.matches(id).count()).then_some(entries)
        };
        if let (Some(ours), Some(theirs), Some(both)) = (count(ours), count(theirs), count(text)) {
            assert!(
                both <= ours.max(theirs),
                "{id} of {base:?}, {ours:?}, {theirs:?} is there too often in {text:?}"
            );
        }
    }
}

const LINES: &[&str] = &[
    "name: a",
    "last_contact: 2026-01-01",
    "last_contact: 2026-02-02",
    "tags: [a, b]",
    "tags: [b, c]",
    "snooze: 2026-12-01",
    "note: |",
    "  text",
    "# comment",
    "---",
    "---",
    "## Log",
    "## 記録",
    "# other",
    "- 2026-01-01 a",
    "- 2026-02-02 (call) b ^g-aaaaaa",
    "- 2026-02-03 (line) c ^g-aaaaaa",
    "- 2026-02-02 (skip) ^g-bbbbbb",
    "  - nested",
    "  - [ ] 別の用事",
    "- [ ] task b",
    "- [x] task b ✅ 2026-01-01",
    "- [x] task b",
    "prose one",
    "prose two",
    "",
    "",
    "```",
    "- item",
    "<!-- goen:prep begin -->",
    "<!-- goen:prep end -->",
];

fn edited(base: &[&str], edits: &[(usize, u8, usize)]) -> String {
    let mut lines = base.to_vec();
    for (at, what, line) in edits {
        let at = at % (lines.len() + 1);
        let line = LINES[line % LINES.len()];
        match what % 3 {
            0 => lines.insert(at, line),
            1 if at < lines.len() => lines[at] = line,
            _ if at < lines.len() => _ = lines.remove(at),
            _ => {}
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn laws_hold(
        base in prop::collection::vec(0..LINES.len(), 0..14),
        is_note in any::<bool>(),
        ours in prop::collection::vec((0..20_usize, any::<u8>(), any::<usize>()), 0..5),
        theirs in prop::collection::vec((0..20_usize, any::<u8>(), any::<usize>()), 0..5),
    ) {
        let mut lines: Vec<&str> = base.iter().map(|at| LINES[*at]).collect();
        if is_note {
            lines.splice(0..0, ["---", "name: a", "last_contact: 2026-01-01", "tags: [a, b]", "---"]);
            lines.extend(["## Log", "- 2026-01-01 a"]);
        }
        laws(&edited(&lines, &[]), &edited(&lines, &ours), &edited(&lines, &theirs));
    }
}
