//! How one value leaves a note: which bytes may go with it, and that none of somebody else's do.
//!
//! Leaves to `unfill` which value that is, and what the note must say afterwards.

use super::Splice;
use super::{line_start, next_line};
use crate::note::value::{Data, Node, Style};
use crate::text::Span;

/// What holds a value in a note.
pub(super) struct Holder<'t> {
    /// Its key.
    pub key: Span,
    pub value: Node<'t>,
    /// Whether it is a field of the body.
    pub is_inline: bool,
}

/// The ways in which the only value of a key goes, the widest first; with `all` the key goes, too.
pub(super) fn scalar(text: &str, held: &Holder<'_>, all: bool) -> Vec<Splice> {
    let (start, end) = written(text, &held.value);
    let (line, next) = (line_start(text, start), next_line(text, end));
    let mut ways = Vec::new();
    if !held.is_inline {
        let of_key = line_start(text, held.key.start as usize);
        if all && is_blank(text, end, next) {
            ways.push((of_key, next));
        }
        if of_key < line && is_blank(text, line, start) && is_blank(text, end, next) {
            ways.push((line, next));
        }
        // The blank behind the colon came with the value.
        if text[..start].ends_with(' ') && text[end..].starts_with(['\r', '\n']) {
            ways.push((start - 1, end));
        }
    }
    ways.push((start, end));
    gone(ways)
}

/// The ways in which one member leaves a list, the widest first; with `all` a list that it leaves empty goes
/// with its key.
pub(super) fn member(
    text: &str,
    held: &Holder<'_>,
    (members, at): (&[Node<'_>], usize),
    all: bool,
) -> Vec<Splice> {
    let Some(one) = members.get(at) else { return Vec::new() };
    let of_key = line_start(text, held.key.start as usize);
    let (start, end) = written(text, one);
    let (line, next_start) = (line_start(text, start), next_line(text, end));
    let is_last = members.len() == 1;
    let mut ways = Vec::new();
    if text[held.value.span.start as usize..].starts_with('[') {
        let comma = end + text[end..].len() - text[end..].trim_start().len();
        let comma = text[comma..].starts_with(',').then_some(comma + 1);
        let close = text[end..].find(']').map(|at| end + at + 1);
        if let Some(close) = close.filter(|close| is_last && all && is_blank_to_end(text, *close)) {
            ways.push((of_key, next_line(text, close)));
        }
        let next = members.get(at + 1).map(|next| next.span.start as usize);
        let before = at.checked_sub(1).and_then(|at| members.get(at)).map(|before| before.span.end as usize);
        ways.extend(next.map(|next| (start, next)));
        ways.extend(before.filter(|_| next.is_none()).map(|before| (before, end)));
        // Beside a comment only what is the member's own goes; the comma may stay with the one before.
        let alone = comma.unwrap_or(end);
        if is_blank(text, line, start) && is_blank_to_end(text, alone) {
            ways.push((line, next_line(text, alone)));
        }
        ways.push((start, alone));
    } else if text[line..start].trim() == "-" && is_blank(text, end, next_start) {
        if is_last && all {
            ways.push((of_key, next_start));
        }
        ways.push((line, next_start));
    }
    gone(ways)
}

/// Where a value begins and ends; a block of text has line ends behind it that are not its own.
fn written(text: &str, node: &Node<'_>) -> (usize, usize) {
    let start = node.span.start as usize;
    (start, start + node.span.of(text).trim_end().len())
}

fn is_blank(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_some_and(|part| part.trim().is_empty())
}

fn is_blank_to_end(text: &str, from: usize) -> bool {
    is_blank(text, from, next_line(text, from))
}

/// Each way as the bytes that go. Whether all of them came with the value is for [`is_own`] to say.
fn gone(ways: Vec<(usize, usize)>) -> Vec<Splice> {
    let ways = ways.into_iter().filter(|(start, end)| start <= end);
    ways.map(|(start, end)| Splice { span: Span::new(start, end), text: String::new() }).collect()
}

/// Whether all that stands in a place came with a value: itself, its key, and the marks around them. A comment
/// is somebody's, wherever it stands.
pub(super) fn is_own(text: &str, held: &Holder<'_>, one: &Node<'_>, place: Span) -> bool {
    let is_block = matches!(one.data, Data::Scalar(_, Style::Block));
    // What introduces a block of text (`>-`) may have a comment behind it.
    let first = one.span.of(text).lines().next().unwrap_or_default();
    if is_block && first.starts_with(['|', '>']) && first.contains('#') {
        return false;
    }
    let within = |at: usize, span: Span| span.range().contains(&at);
    let mut bytes = place.of(text).char_indices().map(|(at, c)| (place.start as usize + at, c));
    bytes.all(|(at, c)| {
        within(at, one.span)
            || within(at, held.key)
            || c.is_whitespace()
            || matches!(c, ':' | '[' | ']' | ',' | '-' | '"' | '\'')
            || (is_block && matches!(c, '|' | '>' | '+' | '0'..='9'))
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::fill::{Fill, Way};
    use super::super::tests::dialect;
    use super::super::unfill::take_fills_back;

    #[test]
    fn a_comment_is_nobodys_but_who_wrote_it() {
        for (before, after, now, want) in [
            ("", "tags: [i]\n", "tags: # c\n  - i\n", Some("tags: # c\n")),
            ("", "tags: [i]\n", "tags:\n  # c\n  - i\n", Some("tags:\n  # c\n")),
            ("", "tags: [i]\n", "tags:\n  - i # c\n", None),
            ("", "tags: [i]\n", "tags: [\n  i, # c\n  m\n]\n", Some("tags: [\n   # c\n  m\n]\n")),
            ("", "tags: [i]\n", "tags: [\n  i # c ]\n]\n", None),
            ("", "tags: [i]\n", "tags: [\n  i # c\n  , m\n]\n", None),
            ("", "tags: [i]\n", "tags: [\n  # c\n  i,\n]\n", None),
            ("", "tags: [i]\n", "tags: [\n  i,\n]\n", Some("")),
            ("tags: [o]\n", "tags: [o, i]\n", "tags: [\n  o, # c\n  i\n]\n", Some("tags: [\n  o, # c\n]\n")),
            (
                "tags: [o]\n",
                "tags: [o, i]\n",
                "tags: [\n  o, # c\n  i, # d\n]\n",
                Some("tags: [\n  o, # c\n   # d\n]\n"),
            ),
            (
                "tags: [o]\n",
                "tags: [o, i]\n",
                "tags: [\n  o # c ]\n  , i\n]\n",
                Some("tags: [\n  o # c ]\n  , \n]\n"),
            ),
            // The key was there before.
            ("tags: o\n", "tags: [o, i]\n", "tags: i\n", Some("tags:\n")),
            ("", "org: i\n", "org: # c\n  i\n", Some("org: # c\n")),
            ("", "org: i\n", "org:\n  # c\n  i\n", Some("org:\n  # c\n")),
            ("", "org: i\n", "org: >-  # c\n  i\nk: v\n", Some("org: >-  # c\nk: v\n")),
            ("", "org: i\n", "org: >-\n  i\n# c\nk: v\n", Some("# c\nk: v\n")),
            ("", "org: i\n", "org: i # c\n", Some("org:  # c\n")),
        ] {
            let key = after.split(':').next().unwrap();
            let way = if key == "tags" { Way::Add } else { Way::Set };
            let fill = Fill { key: key.into(), value: "i".into(), way };
            let note = |inner: &str| format!("---\nname: a\n{inner}---\nbody\n");
            let (before, after, text) = (note(before), note(after), note(now));
            let (back, stays) =
                take_fills_back((&before, &after), &text, std::slice::from_ref(&fill), dialect()).unwrap();
            assert_eq!(back, want.map_or(text, note), "{now:?} {stays:?}");
            assert_eq!(stays.is_empty(), want.is_some(), "{now:?} {stays:?}");
        }
    }
}
