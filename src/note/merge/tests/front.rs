//! Front matter of two versions, key by key.

use super::*;

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
    // Of a note that had none.
    check("x\n", "---\ntier: close\n---\nx\n", "x\ny\n", "---\ntier: close\n---\nx\ny\n");
    check("x\n", "x\ny\n", "---\ntier: close\n---\nx\n", "---\ntier: close\n---\nx\ny\n");
    // One alone is a list of one; a list is written as the side has it that wrote it in another way.
    let of = |aliases: &str| format!("---\naliases:{aliases}\n---\n");
    check(&of(" a"), &of(" [a, b]"), &of(" [c]"), &of(" [b, c]"));
    check(&of(" [a]"), &of(" [a, b]"), &of("\n  - a\n  - c"), &of("\n  - a\n  - b\n  - c"));
    check(&of("\n  - a"), &of("\n  - a\n  - b"), &of(" [a, c]"), &of(" [a, b, c]"));
    // Of a text in several lines each side changed another.
    let of = |first: &str, last: &str| format!("---\nmemo: |\n  {first}\n  二\n  {last}\n---\n");
    check(&of("一", "三"), &of("壱", "三"), &of("一", "参"), &of("壱", "参"));
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
fn line_ends_are_decided_for_the_whole_text() {
    let (crlf, lf) = ("a\r\nb\r\nc\r\n", "a\nB\nc\n");
    for (ours, theirs) in [(crlf, lf), (lf, crlf)] {
        assert_eq!(of("a\nb\nc\n", ours, theirs), Some(Outcome::Merged("a\r\nB\r\nc\r\n".into())));
    }
    assert_eq!(of("a\nb", "a\nb\n", "A\nb"), Some(Outcome::Merged("A\nb\n".into())));
    assert_eq!(of("\u{feff}a\nb\n", "a\nb\n", "\u{feff}A\nb\n"), Some(Outcome::Merged("A\nb\n".into())));
    // A text without lines goes along with the others.
    for (ours, theirs) in [("- [x] a", "- [ ] a\r\n\r\nb\r\n"), ("- [ ] a\r\n\r\nb\r\n", "- [x] a")] {
        assert_eq!(of("- [ ] a\r\n", ours, theirs), Some(Outcome::Merged("- [x] a\r\n\r\nb".into())));
    }
    assert_eq!(of("a\r\nb\nc\n", "a\r\nb\nC\n", "A\r\nb\nc\n"), Some(Outcome::Merged("A\r\nb\nC\n".into())));
}

#[test]
fn no_key_stands_twice_outside_of_open_places() {
    let (one, two) = ("---\nname: A\ntier: close\n---\nbody\n", "---\ntier: close\nname: A\n---\nbody2\n");
    assert_eq!(of("", one, two), None);
}

#[test]
fn a_key_that_one_side_has_twice_is_left_as_it_is() {
    let base = "---\ntier: close\n---\nbody\n";
    let (twice, other) = ("---\ntier: close\ntier: client\n---\nbody\n", "---\ntier: close\n---\nother\n");
    check(base, twice, other, "---\ntier: close\ntier: client\n---\nother\n");
}

#[test]
fn what_both_sides_put_into_an_empty_list_is_in_it() {
    let note = |aliases: &str| format!("---\naliases: {aliases}\n---\nbody\n");
    check(&note("[]"), &note("[A]"), &note("[B]"), &note("[A, B]"));
    check(&note("[A]"), &note("[]"), &note("[A, B]"), &note("[B]"));
    // Also where a note has two keys of one meaning.
    let twice = |aliases: &str| note(aliases).replace("---\nbody", "tags: [x]\ntag: [y]\n---\nbody");
    check(&twice("[]"), &twice("[A]"), &twice("[B]"), &twice("[A, B]"));
}

#[test]
fn a_head_that_one_side_took_away_is_open_as_a_whole() {
    let note = |name: &str| format!("---\nname: {name}\ntags:\n  - x\n---\nbody\n");
    assert_eq!(
        of(&note("A"), "body\n", &note("B")),
        Some(Outcome::Open(Sides { base: note("A"), ours: "body\n".into(), theirs: note("B") }))
    );
}

/// Whichever side is chosen, the note is one.
#[test]
fn what_would_open_a_head_that_is_never_closed_on_one_side_is_left_to_git() {
    let note = |name: &str| format!("---\nname: {name}\n---\n");
    let (base, ours) = (note("A") + "body\n", "body\n");
    let line = |theirs: String| format!("{theirs}---\n\nbody\n");
    assert_eq!(of(&base, ours, &line(note("B"))), None);
    assert_eq!(of(&base, &line(note("B")), ours), None);
}

#[test]
fn a_head_that_both_sides_took_away_is_gone() {
    check("---\nname: A\n---\n\na\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n");
}
