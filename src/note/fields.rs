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
            // The parser is given lines that end with `\n`: of `\r\r\n` it sees one end.
            let behind = &bytes[at + 1..];
            if bytes[at] == b'\n' || !(behind.starts_with(b"\n") || behind.starts_with(b"\r\n")) {
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
        // Byte order marks at the start of a line are no columns to the parser.
        let rest = self.source[start..].trim_start_matches('\u{feff}');
        let behind = rest.char_indices().nth(column).map_or(0, |(at, _)| rest.len() - at);
        self.offset + self.source.len() - behind
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
                // Of what is left out the parser says that it takes the signs beside it.
                if style == Style::Plain && text.is_empty() {
                    end = start;
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
mod tests;
