//! Front matter as a tree of values, each with its place in the note.
//!
//! The one door to gray_matter and to the YAML parser behind it. gray_matter is
//! given our own [`Engine`]: its default one aborts on nesting, unfolds alias
//! bombs and forgets how a scalar was written (`no`, `09012345678`). Ours reads
//! the parser's events under limits and hands positions through gray_matter's
//! values, each as a list `[shape, start line, start column, end line, end column, content]`.

use std::borrow::Cow;
use std::collections::HashMap;

use gray_matter::engine::Engine;
use gray_matter::{Matter, Pod};
use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks};

use super::flat;
use super::front::Notation;
use super::value::{Data, Node, Pair, Style};
use crate::problem::What;
use crate::text::Span;

/// Deeper nesting is refused; a person's note needs four.
const MAX_DEPTH: usize = 32;
/// More values (aliases unfolded) are refused.
const MAX_NODES: usize = 20_000;
/// A long scalar counts as several values: an alias to it unfolds its bytes.
const BYTES_PER_NODE: usize = 32;
/// Longer front matter that is not plain is refused: it would cost more than a note may.
const MAX_BYTES: usize = 256 * 1024;
/// Stands in for the fences, which our own scanner has already found.
const FENCE: &str = "\u{1}";

/// The pairs of a note's front matter, or what is wrong with it and where.
///
/// # Errors
/// [`What::Yaml`] or [`What::TooComplex`] with the place in the note.
pub fn read<'a>(text: &'a str, notation: Notation, inner: Span) -> Result<Vec<Pair<'a>>, (Span, What)> {
    let source = inner.of(text);
    match notation {
        Notation::Yaml => match flat::parse(source, inner.start as usize) {
            Some(pairs) => Ok(pairs),
            None => full(source, inner.start as usize),
        },
        Notation::Toml => toml(source, inner.start as usize),
    }
}

/// Reads with the full parser, whatever is written.
pub fn full<'a>(source: &str, offset: usize) -> Result<Vec<Pair<'a>>, (Span, What)> {
    let whole = Span::new(offset, offset + source.len());
    if source.len() > MAX_BYTES {
        return Err((whole, What::TooComplex));
    }
    // The comment keeps gray_matter from trimming the first line's indentation away.
    if let Some(at) = source.find(FENCE) {
        let place = Span::new(offset + at, offset + at + FENCE.len());
        return Err((place, What::Yaml("a control character".into())));
    }
    let mut matter: Matter<Limited> = Matter::new();
    matter.delimiter = FENCE.into();
    let parsed = matter.parse::<Pod>(&format!("{FENCE}\n#\n{source}\n{FENCE}\n"));
    let pod = match parsed {
        Ok(entity) => entity.data.unwrap_or(Pod::Null),
        Err(error) => return Err((whole, What::Yaml(error.to_string()))),
    };
    let places = Places::new(source, offset);
    match places.node(pod) {
        Ok(Node { data: Data::Map(pairs), .. }) => Ok(pairs),
        Ok(node) if node.is_nothing() => Ok(Vec::new()),
        Ok(node) => Err((node.span, What::Yaml("no `key: value` stands here".into()))),
        Err(trouble) => Err(trouble),
    }
}

/// The shapes of values on their way through gray_matter.
mod shape {
    pub const PLAIN: i64 = 0;
    pub const SINGLE: i64 = 1;
    pub const DOUBLE: i64 = 2;
    pub const BLOCK: i64 = 3;
    pub const LIST: i64 = 4;
    pub const MAP: i64 = 5;
    pub const BROKEN: i64 = 6;
    pub const TOO_COMPLEX: i64 = 7;
    /// Added where an anchor, an alias or a tag belongs to the value.
    pub const DECORATED: i64 = 16;
}

/// gray_matter's engine: YAML with limits, scalars as the text that was written.
struct Limited;

impl Engine for Limited {
    fn parse(content: &str) -> gray_matter::Result<Pod> {
        let mut builder = Builder { open: Vec::new(), anchors: HashMap::new(), nodes: 0, root: None };
        for event in Parser::new_from_str(content) {
            match event {
                Ok((event, marks)) => {
                    if let Err(refusal) = builder.take(event, marks) {
                        return Ok(refusal);
                    }
                }
                Err(error) => {
                    let at = error.marker();
                    let place = (at.line(), at.col());
                    let words = error.info().to_owned();
                    return Ok(pod(shape::BROKEN, place, place, Pod::String(words)));
                }
            }
        }
        Ok(builder.root.unwrap_or(Pod::Null))
    }
}

fn pod(shape: i64, start: (usize, usize), end: (usize, usize), content: Pod) -> Pod {
    let int = |n: usize| Pod::Integer(i64::try_from(n).unwrap_or(i64::MAX));
    Pod::Array(vec![Pod::Integer(shape), int(start.0), int(start.1), int(end.0), int(end.1), content])
}

/// A list or map whose end has not come yet.
struct Open {
    decorated: i64,
    start: (usize, usize),
    anchor: usize,
    nodes_before: usize,
    members: Vec<Pod>,
}

/// Builds values from the parser's events.
struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, (Pod, usize)>,
    nodes: usize,
    root: Option<Pod>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, marks: Marks) -> Result<(), Pod> {
        let start = (marks.start.line(), marks.start.col());
        let end = (marks.end.line(), marks.end.col());
        let refuse = || pod(shape::TOO_COMPLEX, start, start, Pod::Null);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let size = 1 + text.len() / BYTES_PER_NODE;
                self.nodes += size;
                let style = match style {
                    ScalarStyle::Plain => shape::PLAIN,
                    ScalarStyle::SingleQuoted => shape::SINGLE,
                    ScalarStyle::DoubleQuoted => shape::DOUBLE,
                    ScalarStyle::Literal | ScalarStyle::Folded => shape::BLOCK,
                };
                let decorated = if anchor > 0 || tag.is_some() { shape::DECORATED } else { 0 };
                let value = pod(style + decorated, start, end, Pod::String(text.into_owned()));
                if anchor > 0 {
                    self.anchors.insert(anchor, (value.clone(), size));
                }
                self.place(value);
            }
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag)
                if self.open.len() < MAX_DEPTH =>
            {
                let decorated = if anchor > 0 || tag.is_some() { shape::DECORATED } else { 0 };
                let nodes_before = self.nodes;
                self.nodes += 1;
                self.open.push(Open { decorated, start, anchor, nodes_before, members: Vec::new() });
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => return Err(refuse()),
            Event::SequenceEnd => self.close(shape::LIST, end),
            Event::MappingEnd => self.close(shape::MAP, end),
            Event::Alias(anchor) => {
                // An alias to a value that is still open would be a circle.
                let Some((value, size)) = self.anchors.get(&anchor).cloned() else { return Err(refuse()) };
                self.nodes += size;
                if self.nodes > MAX_NODES {
                    return Err(refuse());
                }
                self.place(decorate(value, start, end));
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                let words = Pod::String("a second document begins here".into());
                return Err(pod(shape::BROKEN, start, start, words));
            }
            _ => {}
        }
        if self.nodes > MAX_NODES { Err(refuse()) } else { Ok(()) }
    }

    fn close(&mut self, shape: i64, end: (usize, usize)) {
        let Some(open) = self.open.pop() else { return };
        let value = pod(shape + open.decorated, open.start, end, Pod::Array(open.members));
        if open.anchor > 0 {
            self.anchors.insert(open.anchor, (value.clone(), self.nodes - open.nodes_before));
        }
        self.place(value);
    }

    fn place(&mut self, value: Pod) {
        match self.open.last_mut() {
            Some(open) => open.members.push(value),
            None => self.root = Some(value),
        }
    }
}

/// An anchor's value where an alias stands: the place is the alias's own.
fn decorate(value: Pod, start: (usize, usize), end: (usize, usize)) -> Pod {
    match value {
        Pod::Array(mut parts) if parts.len() == 6 => {
            let shape = match parts.first() {
                Some(Pod::Integer(shape)) => *shape | shape::DECORATED,
                _ => shape::DECORATED,
            };
            let content = parts.pop().unwrap_or(Pod::Null);
            pod(shape, start, end, content)
        }
        other => other,
    }
}

/// Turns the parser's lines and columns (in characters) into bytes of the note.
struct Places<'s> {
    source: &'s str,
    offset: usize,
    line_starts: Vec<usize>,
}

impl<'s> Places<'s> {
    fn new(source: &'s str, offset: usize) -> Self {
        let bytes = source.as_bytes();
        let mut line_starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                line_starts.push(at + 1);
            }
        }
        Self { source, offset, line_starts }
    }

    /// The byte in the note; the parser counts lines from 1, and the comment in front is its first.
    fn byte(&self, line: i64, column: i64) -> usize {
        let line = usize::try_from(line - 2).unwrap_or(0);
        let column = usize::try_from(column).unwrap_or(0);
        let start = self.line_starts.get(line).copied().unwrap_or(self.source.len());
        let rest = &self.source[start..];
        let within = rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at);
        self.offset + start + within
    }

    fn node<'a>(&self, value: Pod) -> Result<Node<'a>, (Span, What)> {
        let Pod::Array(parts) = value else {
            let span = Span::new(self.offset, self.offset);
            return Ok(Node::scalar("", Style::Plain, span));
        };
        let Ok(
            [
                Pod::Integer(shape),
                Pod::Integer(l0),
                Pod::Integer(c0),
                Pod::Integer(l1),
                Pod::Integer(c1),
                content,
            ],
        ) = <[Pod; 6]>::try_from(parts)
        else {
            let span = Span::new(self.offset, self.offset);
            return Err((span, What::Yaml("a value without a place".into())));
        };
        let start = self.byte(l0, c0);
        let mut end = self.byte(l1, c1).max(start);
        let decorated = shape & shape::DECORATED != 0;
        let data = match (shape & !shape::DECORATED, content) {
            (shape::BROKEN, Pod::String(words)) => {
                return Err((self.blame(start, end, &words), What::Yaml(words)));
            }
            (shape::TOO_COMPLEX, _) => return Err((Span::new(start, end), What::TooComplex)),
            (shape::LIST, Pod::Array(members)) => {
                Data::List(members.into_iter().map(|m| self.node(m)).collect::<Result<_, _>>()?)
            }
            (shape::MAP, Pod::Array(members)) => Data::Map(self.pairs(members)?),
            (style, Pod::String(text)) => {
                let style = match style {
                    shape::SINGLE => Style::Single,
                    shape::DOUBLE => Style::Double,
                    shape::BLOCK => Style::Block,
                    _ => Style::Plain,
                };
                if matches!(style, Style::Single | Style::Double)
                    && !is_alias(self.source, start - self.offset)
                {
                    end = self.offset + quoted_end(self.source, start - self.offset);
                }
                Data::Scalar(Cow::Owned(text), style)
            }
            _ => Data::Scalar(Cow::Borrowed(""), Style::Plain),
        };
        // Where a list or map ends is not said reliably; where it begins is enough.
        let span = match data {
            Data::Scalar(..) => Span::new(start, end),
            _ => Span::new(start, start),
        };
        Ok(Node { span, data, decorated })
    }

    /// Where an error is shown: for a tab, which the parser notices a line too early, the tab itself.
    fn blame(&self, start: usize, end: usize, words: &str) -> Span {
        let from = start - self.offset;
        match self.source[from..].find("\n\t").filter(|_| words.contains("tab")) {
            Some(at) => Span::new(start + at + 1, start + at + 2),
            None => Span::new(start, end),
        }
    }

    fn pairs<'a>(&self, members: Vec<Pod>) -> Result<Vec<Pair<'a>>, (Span, What)> {
        let mut pairs = Vec::with_capacity(members.len() / 2);
        let mut members = members.into_iter();
        while let (Some(key), Some(value)) = (members.next(), members.next()) {
            let key = self.node(key)?;
            let value = self.node(value)?;
            let key_span = key.span;
            // A key that is itself a list or map names nothing goen knows.
            if let Data::Scalar(text, _) = key.data {
                pairs.push(Pair { key: text, key_span, value });
            }
        }
        Ok(pairs)
    }
}

/// Where the quoted scalar that begins at `start` ends: the parser counts a comment behind it in.
fn quoted_end(source: &str, start: usize) -> usize {
    let bytes = source.as_bytes();
    let Some(&quote) = bytes.get(start) else { return source.len() };
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        let pair = (byte == b'\\' && quote == b'"')
            || (byte == b'\'' && quote == b'\'' && bytes.get(at + 1) == Some(&b'\''));
        if !pair && byte == quote {
            return at + 1;
        }
        at += if pair { 2 } else { 1 };
    }
    source.len()
}

/// Whether what stands here is an alias, whose value was quoted where its anchor stands.
fn is_alias(source: &str, start: usize) -> bool {
    source.as_bytes().get(start) == Some(&b'*')
}

/// Front matter in TOML, as the same tree.
fn toml<'a>(source: &'a str, offset: usize) -> Result<Vec<Pair<'a>>, (Span, What)> {
    let table = toml::de::DeTable::parse(source).map_err(|error| {
        let at = error.span().unwrap_or(0..0);
        (Span::new(offset + at.start, offset + at.end), What::Yaml(error.message().to_owned()))
    })?;
    toml_pairs(table.get_ref(), source, offset, 0)
}

fn toml_pairs<'a>(
    table: &toml::de::DeTable<'_>,
    source: &'a str,
    offset: usize,
    depth: usize,
) -> Result<Vec<Pair<'a>>, (Span, What)> {
    let mut pairs = Vec::new();
    for (key, value) in table {
        let at = key.span();
        let key_span = Span::new(offset + at.start, offset + at.end);
        let key = Cow::Owned(key.get_ref().to_string());
        pairs.push(Pair { key, key_span, value: toml_node(value, source, offset, depth + 1)? });
    }
    pairs.sort_by_key(|pair| pair.key_span);
    Ok(pairs)
}

fn toml_node<'a>(
    value: &toml::Spanned<toml::de::DeValue<'_>>,
    source: &'a str,
    offset: usize,
    depth: usize,
) -> Result<Node<'a>, (Span, What)> {
    use toml::de::DeValue;
    let at = value.span();
    let span = Span::new(offset + at.start, offset + at.end);
    if depth > MAX_DEPTH {
        return Err((span, What::TooComplex));
    }
    let data = match value.get_ref() {
        DeValue::String(text) => Data::Scalar(Cow::Owned(text.to_string()), Style::Double),
        DeValue::Array(members) => Data::List(
            members.iter().map(|m| toml_node(m, source, offset, depth + 1)).collect::<Result<_, _>>()?,
        ),
        DeValue::Table(table) => Data::Map(toml_pairs(table, source, offset, depth + 1)?),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            Data::Scalar(Cow::Borrowed(source.get(at).unwrap_or("")), Style::Plain)
        }
    };
    Ok(Node { span, data, decorated: false })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    /// The tree with the bytes at each scalar's place, as one line.
    fn shown(source: &str, pairs: &[Pair<'_>]) -> String {
        fn node(source: &str, n: &Node<'_>) -> String {
            match &n.data {
                Data::Scalar(text, style) => format!("{text:?}@{:?}{style:?}", n.span.of(source)),
                Data::List(members) => {
                    format!("[{}]", members.iter().map(|m| node(source, m)).collect::<Vec<_>>().join(", "))
                }
                Data::Map(pairs) => shown(source, pairs),
            }
        }
        let all: Vec<String> = pairs
            .iter()
            .map(|p| format!("{:?}@{:?}: {}", p.key, p.key_span.of(source), node(source, &p.value)))
            .collect();
        format!("{{{}}}", all.join(", "))
    }

    /// Where the quick way answers, the full parser answers the same, places included.
    fn same(source: &str) {
        // Below its fence, where front matter stands: the places are of the note.
        const FENCE: &str = "---\n";
        let note = format!("{FENCE}{source}");
        if let Some(pairs) = flat::parse(source, FENCE.len()) {
            let full = match full(source, FENCE.len()) {
                Ok(pairs) => shown(&note, &pairs),
                Err((span, what)) => format!("{:?} at {}", what, span.start),
            };
            assert_eq!(shown(&note, &pairs), full, "for {source:?}");
        }
    }

    const PLAIN: &[&str] = &[
        "",
        "a: 1\n",
        "a: 1",
        "a:\nb: 2\n",
        "名前: 田中 太郎\r\n間柄: 親しい同僚  # 同期\r\n",
        "tags: [a, \"b, c\", 'd', 名前]\n",
        "tags: []\n",
        "tags:\n  - a\n  - \"b\"\n- x: 1\n",
        "tags:\n- a\n- b\nnext: 1\n",
        "org:\n  - name: Acme\n    role: 部長\n    from: 2019-04\n  - name: B\n",
        "channels:\n  mail: a@example.com\n  line: \"@u1\"\n  tel: \"+81-90-0000-0000\"\n",
        "a: b#c\nd: e #f\n",
        "url: https://example.com/?a=b\n",
        "when: 12:30:45\n",
        "deep:\n  a:\n    b:\n      - c: 1\n        d:\n          - e\n",
        "# only a comment\n\n",
        "a: 'it'\nb: \"x\"  # y\n",
        "last contact: 2026-09-14\nprm-tier: close\n",
        "- a\n",
        "a: -1\nb: .5\nc: =x\nd: <y\ne: (z)\n",
        "a: \"\"\nb: ''\nc: [\"\", '']\n",
        "FN: 田中\nEMAIL[HOME]: a@example.com\nADR[HOME].LOCALITY: 大阪\n",
        "a: b: c\n",
        "a: x\n  more\n",
        "a: [x, y\n",
        "a:b\n",
        "? a\n: b\n",
        "a: &x 1\nb: *x\n",
        "a: |\n  text\n  ---\nb: 1\n",
        "a: x  \n\n\nb: y\n",
        // No blank in it, that nothing but the sign itself can be suspected.
        "a\u{1}:\n",
        "a\u{7f}:\n",
        "a: \u{1}\n",
        "a: \u{7f}\n",
        "a: x\u{85}y\n",
        "a: x\u{2028}y\n",
        "a: x\u{feff}\n",
    ];

    #[test]
    fn quick_and_full_agree_on_examples() {
        for source in PLAIN {
            same(source);
        }
        // No parser takes so long a key for one.
        same(&format!("{}: 1\n", "k".repeat(2_000)));
        for plain in [
            "a: 1\n",
            "a: 1\r\nb: 2\r\n",
            "a: 1\n\n  \nb: 2\n",
            "tags: [a, \"b, c\", 'd', 名前]\n",
            "tags: [\"a\" , b]\n",
            "tags: [a, ]\n",
            "tags:\n- a\n- b\n",
            "tags:\n  - a\n  - b\n",
            "a: b#c\nd: e #f\n",
            "a:\nb: 2\n",
        ] {
            assert!(flat::parse(plain, 0).is_some(), "the quick way should read {plain:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn quick_and_full_agree(lines in proptest::collection::vec(
            ("( {0,6})", "(- |- - )?", "(a|名前|last contact|\"q\"|x:y|#c|-|\\?)?", "(: |:|  : | )?",
             "(1|太郎|\"s\"|'t'|\\[a, b\\]|\\[\\[a\\]\\]|x: y|x #c|#c|\\{a: 1\\}|&a|\\*a|!t|%|@|\\||>|-|- b|a:|\"q\" #c|'it''s'|\"\\\\\"\"|\\[a, 'b', \\]|\\[a:b\\])?", "( {0,2})", "(\r?\n)")
                .prop_map(|(a, b, c, d, e, f, g)| [a, b, c, d, e, f, g].concat()), 1..7))
        {
            same(&lines.concat());
        }

        #[test]
        fn no_text_breaks_the_reader(source in "(?s).{0,200}") {
            let _ = read(&source, Notation::Yaml, Span::new(0, source.len()));
            let _ = read(&source, Notation::Toml, Span::new(0, source.len()));
        }
    }

    #[test]
    fn fault_40_bombs_are_refused() {
        let nested = "- ".repeat(3000);
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n";
        let long = format!("a: &a \"{}\"\nb: [{}]\n", "x".repeat(100_000), "*a,".repeat(20_000));
        for source in [nested.as_str(), bomb, &long, &"[".repeat(5000), &"a: {".repeat(5000)] {
            let Err((_, what)) = full(source, 0) else { panic!("accepted: {}", &source[..20]) };
            assert_eq!(what.code(), "yaml");
        }
    }

    #[test]
    fn fault_42_a_control_character_is_named_where_it_stands() {
        let Err((span, _)) = full("a: b\u{1}\n", 4) else { panic!("accepted") };
        assert_eq!((span.start, span.end), (8, 9));
    }

    #[test]
    fn fault_40_so_much_is_read_and_no_more() {
        // The map, the key and the list count, too; a long text counts as several values.
        let list = |members: usize, last: &str| format!("a: [{}{last}]\n", "x,".repeat(members));
        let long = "x".repeat(BYTES_PER_NODE);
        assert!(full(&list(MAX_NODES - 4, "x"), 0).is_ok());
        for source in [list(MAX_NODES - 3, "x"), list(MAX_NODES - 4, &long)] {
            let Err((_, what)) = full(&source, 0) else { panic!("accepted: {} bytes", source.len()) };
            assert!(matches!(what, What::TooComplex));
        }
    }

    #[test]
    fn an_alias_is_what_its_anchor_is() {
        let pairs = full("a: &a [x, y]\nb: *a\nc: &c {d: 1}\ne: *c\n", 0).unwrap();
        let data = |at: usize| match &pairs[at].value.data {
            Data::List(members) => format!("{:?}", members.iter().map(|m| m.text()).collect::<Vec<_>>()),
            Data::Map(pairs) => {
                format!("{:?}", pairs.iter().map(|p| (&p.key, p.value.text())).collect::<Vec<_>>())
            }
            Data::Scalar(text, _) => format!("{text:?}"),
        };
        assert!(pairs[1].value.members().len() == 2 && pairs[3].value.pairs().len() == 1);
        assert_eq!((data(1), data(3)), (data(0), data(2)));
    }

    #[test]
    fn fault_45_scalars_stay_as_written() {
        let source = "a: no\nb: 09012345678\nc: +81901234\nd: 12:30:45\ne: 1e3\nf: 2024-01-01\ng: ~\n";
        let pairs = full(source, 0).unwrap();
        let texts: Vec<_> = pairs.iter().map(|p| p.value.text().map(Cow::into_owned)).collect();
        let expected = ["no", "09012345678", "+81901234", "12:30:45", "1e3", "2024-01-01"];
        assert_eq!(texts[..6].iter().flatten().collect::<Vec<_>>(), expected);
        assert_eq!(texts[6], None);
    }

    #[test]
    fn fault_42_broken_values_name_the_line() {
        for (source, line) in
            [("name: @bob\n", 0), ("x: 1\na: b: c\n", 1), ("a: 1\n\tb: 2\n", 1), ("a: [x, y\nb: 1\n", 1)]
        {
            let Err((span, What::Yaml(words))) = full(source, 0) else { panic!("accepted: {source:?}") };
            let at = source[..span.start as usize].matches('\n').count();
            assert!(at >= line, "{source:?}: line {at}: {words}");
        }
    }
}
