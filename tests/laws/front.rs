//! Where front matter ends, and what stands in it: the two readers are of one mind, and every value is
//! where it says it is.

use goen::note::fields;
use goen::note::flat;
use goen::note::front::{Front, Notation};
use goen::note::value::{Data, Node, Pair, Style};
use goen::text::Span;

/// What front matter is made of.
pub const PIECES: &[&str] = &[
    "---\n",
    "...\n",
    "+++\n",
    "--- \n",
    "---\r\n",
    "\u{feff}",
    "name: a\n",
    "tier: close\n",
    "key:",
    ": ",
    ":\n",
    "- ",
    "-\n",
    "  ",
    "    ",
    "\n",
    "\r\n",
    "\r",
    "# c\n",
    " # c\n",
    "\"",
    "'",
    "''",
    "\\\"",
    "\\",
    "[",
    "]",
    "[a, b]",
    "[[日記/2026-09-14|x]]",
    "{",
    "}",
    "{a: b}",
    ", ",
    "|\n",
    ">-\n",
    "|+\n",
    "|2\n",
    "&a ",
    "*a",
    "!!str ",
    "!x ",
    "? ",
    "@",
    "`",
    "%",
    "~",
    "null",
    "no",
    "09012345678",
    "2026-09-14",
    "🙂",
    "田中",
    "\u{2028}",
    "\u{85}",
    "\u{1}",
    "\t",
    "<<: *a\n",
    "a: b\n",
    "  a: b\n",
    "  - a\n",
    "- a: b\n",
    "  c: d\n",
    "a = 1\n",
    "b = \"x\"\n",
    "[t]\n",
    "d = 2026-09-14\n",
    "\u{301}",
    "%YAML 1.2\n",
    "a#b",
    "a: #",
];

/// See the head of this file.
pub fn holds(data: &[u8]) {
    let Some(text) = super::text(data, PIECES) else { return };
    let front = Front::find(&text);
    assert_eq!(front, by_lines(&text), "{text:?}");
    let Front::Present { notation, inner, .. } = front else { return };
    let source = inner.of(&text);
    match fields::read(&text, notation, inner) {
        Ok(pairs) => pairs_hold(&text, inner, &pairs, notation),
        Err((span, _)) => assert!(is_within(&text, inner, span), "{text:?}: trouble at {span:?}"),
    }
    if notation == Notation::Yaml
        && let Some(mut quick) = flat::parse(source, inner.start as usize)
    {
        quick.iter_mut().for_each(|pair| begins_only(&mut pair.value));
        let mut full = fields::full(source, inner.start as usize);
        full.iter_mut().flatten().for_each(|pair| begins_only(&mut pair.value));
        assert_eq!(Ok(quick), full, "{text:?}");
    }
}

/// Of lists and maps it counts where they begin; where nothing is written there is no place.
fn begins_only(node: &mut Node<'_>) {
    match &mut node.data {
        Data::Scalar(said, Style::Plain) if said.is_empty() => node.span = Span::new(0, 0),
        Data::Scalar(..) => {}
        _ => node.span.end = node.span.start,
    }
    match &mut node.data {
        Data::Scalar(..) => {}
        Data::List(nodes) => nodes.iter_mut().for_each(begins_only),
        Data::Map(pairs) => pairs.iter_mut().for_each(|pair| begins_only(&mut pair.value)),
    }
}

/// The same answer, found as one would by hand.
fn by_lines(text: &str) -> Front {
    let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let mut lines = Vec::new();
    let mut at = start;
    while at < text.len() {
        let rest = &text[at..];
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let next = if rest[end..].starts_with("\r\n") { end + 2 } else { (end + 1).min(rest.len()) };
        lines.push((at, rest[..end].trim_end(), at + next));
        at += next;
    }
    let Some((first, rest)) = lines.split_first() else { return Front::Absent { body: start } };
    let (notation, ends): (_, &[&str]) = match first.1 {
        "---" => (Notation::Yaml, &["---", "..."]),
        "+++" => (Notation::Toml, &["+++"]),
        _ => return Front::Absent { body: start },
    };
    match rest.iter().find(|(_, line, _)| ends.contains(line)) {
        Some((at, _, body)) => Front::Present { notation, inner: Span::new(first.2, *at), body: *body },
        None => {
            let line = text[start..].find(['\n', '\r']).map_or(text.len(), |end| start + end);
            Front::Unclosed { fence: Span::new(start, line), body: start }
        }
    }
}

fn is_within(text: &str, outer: Span, span: Span) -> bool {
    outer.start <= span.start && span.end <= outer.end && text.get(span.range()).is_some()
}

fn pairs_hold(text: &str, inner: Span, pairs: &[Pair<'_>], notation: Notation) {
    for pair in pairs {
        assert!(is_within(text, inner, pair.key_span), "{text:?}: {pair:?}");
        node_holds(text, inner, &pair.value, notation);
    }
}

fn node_holds(text: &str, inner: Span, node: &Node<'_>, notation: Notation) {
    assert!(is_within(text, inner, node.span), "{text:?}: {node:?}");
    match &node.data {
        Data::Scalar(said, style) => {
            let written = node.span.of(text);
            if notation == Notation::Yaml && !node.decorated && !written.contains(['\n', '\r']) {
                match style {
                    Style::Plain => assert_eq!(written, said, "{text:?}"),
                    Style::Single => {
                        assert_eq!(written, format!("'{}'", said.replace('\'', "''")), "{text:?}")
                    }
                    Style::Double => {
                        assert!(
                            written.len() >= 2 && written.starts_with('"') && written.ends_with('"'),
                            "{text:?}"
                        );
                    }
                    Style::Block => {}
                }
            }
        }
        Data::List(nodes) => nodes.iter().for_each(|node| node_holds(text, inner, node, notation)),
        Data::Map(pairs) => pairs_hold(text, inner, pairs, notation),
    }
}
