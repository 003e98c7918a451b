//! Two versions of a note brought together: the same whichever of them is ours, and one side's change
//! alone is taken as it is.

use goen::note::merge::{Outcome, Sides, merge, merge_lines};
use goen::text::NotePath;

use super::DIALECT;
use super::note::PIECES;

/// The first byte parts the rest into the base and two lists of changes to its lines.
pub fn holds(data: &[u8]) {
    let Some(sides) = sides(data, PIECES) else { return };
    let [base, ours, theirs] = sides.each_ref().map(String::as_str);
    let path = NotePath::new("People/田中.md");
    holds_for([base, ours, theirs], |base, ours, theirs| {
        merge(&path, Sides { base, ours, theirs }, &DIALECT)
    });
    holds_for([base, ours, theirs], |base, ours, theirs| merge_lines(Sides { base, ours, theirs }));
}

/// The laws of every merge.
pub fn holds_for([base, ours, theirs]: [&str; 3], of: impl Fn(&str, &str, &str) -> Option<Outcome>) {
    let merged = |text: &str| Some(Outcome::Merged(text.to_owned()));
    assert_eq!(of(base, ours, base), merged(ours));
    assert_eq!(of(base, base, theirs), merged(theirs));
    assert_eq!(of(base, ours, ours), merged(ours));
    let turned = of(base, theirs, ours).map(|outcome| match outcome {
        Outcome::Open(sides) => Outcome::Open(sides.swapped()),
        merged => merged,
    });
    assert_eq!(of(base, ours, theirs), turned, "{base:?}\n{ours:?}\n{theirs:?}");
}

/// A text, and what two made of its lines.
fn sides(data: &[u8], pieces: &[&str]) -> Option<[String; 3]> {
    let (cut, rest) = data.split_first()?;
    let (text, edits) = rest.split_at(rest.len() * usize::from(*cut) / 256);
    let base = super::text(text, pieces)?;
    let (ours, theirs) = edits.split_at(edits.len() / 2);
    Some([base.clone(), edited(&base, ours, pieces), edited(&base, theirs, pieces)])
}

/// A text with lines put in, taken out and changed: three bytes a change.
pub fn edited(base: &str, edits: &[u8], pieces: &[&str]) -> String {
    let mut lines: Vec<String> = base.split_inclusive('\n').map(str::to_owned).collect();
    for edit in edits.chunks_exact(3) {
        let at = usize::from(edit[1]) % (lines.len() + 1);
        let piece = pieces[usize::from(edit[2]) % pieces.len()];
        match edit[0] % 5 {
            0 => lines.insert(at, format!("{piece}\n")),
            1 => lines.insert(at, piece.to_owned()),
            2 if at < lines.len() => _ = lines.remove(at),
            3 if at < lines.len() => {
                let line = &mut lines[at];
                let mut place = usize::from(edit[2]) % (line.len() + 1);
                while !line.is_char_boundary(place) {
                    place -= 1;
                }
                line.insert_str(place, piece.trim_end_matches('\n'));
            }
            4 if at < lines.len() => lines[at] = lines[at].replacen("[ ]", "[x]", 1),
            _ => {}
        }
    }
    lines.concat()
}
