//! The laws of a merge, under random edits of both sides: nothing is lost, and both sides get the same.

use super::*;

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
    let reader = Reader { path: &path, dialect: dialect() };
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
