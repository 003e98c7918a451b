//! Front matter as a tree of values, each with its place in the note.
//!
//! The one door to gray_matter and to the YAML parser behind it. gray_matter is
//! given an engine of our own: its default one aborts on nesting, unfolds alias
//! bombs and forgets how a scalar was written (`no`, `09012345678`). Ours reads
//! the parser's events under limits and hands positions through gray_matter's
//! values, each as a list `[shape, start line, start column, end line, end column, content]`.

mod engine;
mod toml_pairs;

use std::borrow::Cow;

use gray_matter::{Matter, Pod};

use engine::{Limited, shape};

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
        Notation::Toml => toml_pairs::read(source, inner.start as usize),
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
        let span = match &data {
            Data::Scalar(..) => Span::new(start, end),
            Data::List(members) => {
                let start = self.dash(start, members);
                Span::new(start, start)
            }
            Data::Map(_) => Span::new(start, start),
        };
        Ok(Node { span, data, decorated })
    }

    /// Where a list begins: of one that stands no further in than its key the parser says where its first
    /// member does.
    fn dash(&self, start: usize, members: &[Node<'_>]) -> usize {
        let is_member = members.first().is_some_and(|first| first.span.start as usize <= start);
        let before = self.source[..start - self.offset].trim_end_matches([' ', '\t']);
        if is_member && before.ends_with('-') { self.offset + before.len() - 1 } else { start }
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

    #[test]
    fn a_list_begins_at_its_first_dash() {
        for (source, at) in [
            ("s:\n- x\n", 3),
            ("s:\n  - x\n", 5),
            ("s:\n  \n- x # c\n", 6),
            ("s:\n- - x\n", 3),
            ("s:\n- a: b\n", 3),
            ("s:\n-\n- y\n", 3),
            ("s:\n- [a]\n", 3),
            ("s: [a]\n", 3),
        ] {
            let pairs = full(source, 0).unwrap();
            assert_eq!(pairs[0].value.span.start, at, "{source:?}");
        }
    }
}
