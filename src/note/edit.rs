//! Changes to a note as bytes in place of others: planned on the text that was read, and
//! applied to exactly that text.
//!
//! Nothing is ever serialised anew. Where the place of a change is not certain there is no
//! change but a [`Refusal`].

mod day;
mod entry;

use super::fields;
use super::front::Front;
use super::value::Pair;
use crate::problem::What;
use crate::text::{Digest, Span};

pub use day::set_day;
pub use entry::{NewEntry, add_entry};

/// Bytes in place of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// The bytes replaced; empty where something is put in.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// A change to one note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Which content it was planned on.
    pub base: Digest,
    /// Its parts in the order of the text; none touches another.
    splices: Vec<Splice>,
}

impl Edit {
    /// A change of these parts to a text; none where parts overlap or do not fit it.
    pub fn new(text: &str, mut splices: Vec<Splice>) -> Option<Self> {
        splices.retain(|splice| splice.span.of(text) != splice.text);
        splices.sort_by_key(|splice| (splice.span.start, splice.span.end));
        let apart = splices.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
        let fits = splices.iter().all(|splice| text.get(splice.span.range()).is_some());
        (apart && fits).then(|| Self { base: Digest::of(text.as_bytes()), splices })
    }

    /// Whether nothing would be different.
    pub fn is_empty(&self) -> bool {
        self.splices.is_empty()
    }

    /// The text with the change made; none if it is not the text that the change was planned on.
    pub fn apply(&self, text: &str) -> Option<String> {
        if Digest::of(text.as_bytes()) != self.base {
            return None;
        }
        let mut out = String::with_capacity(text.len() + 64);
        let mut from = 0;
        for splice in &self.splices {
            let range = splice.span.range();
            out.push_str(text.get(from..range.start)?);
            out.push_str(&splice.text);
            from = range.end;
        }
        out.push_str(text.get(from..)?);
        Some(out)
    }
}

/// Why a note is not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Its lines end with CR alone.
    CrOnly,
    /// Its front matter is never closed.
    Unclosed(Span),
    /// Its front matter cannot be read: where, and what is wrong.
    Broken(Span, What),
    /// Its front matter is TOML, which is read only.
    Toml(Span),
    /// The key stands there twice.
    DuplicateKey(Span),
    /// An anchor, an alias or a tag belongs to the value.
    Decorated(Span),
    /// The value is a list, a map, a block of text or more than a day.
    NotOneDay(Span),
    /// Two log headings hold dated entries.
    TwoLogs(Span),
    /// What would come out does not say what was asked for.
    Uncertain(Span),
}

/// The line end of a text: CRLF if its first line ends so.
fn line_end(text: &str) -> &'static str {
    match memchr::memchr(b'\n', text.as_bytes()) {
        Some(at) if at > 0 && text.as_bytes()[at - 1] == b'\r' => "\r\n",
        _ => "\n",
    }
}

fn is_cr_only(text: &str) -> bool {
    memchr::memchr(b'\r', text.as_bytes()).is_some() && memchr::memchr(b'\n', text.as_bytes()).is_none()
}

/// The pairs of a note's front matter and the bytes between the fences, if it has any.
fn pairs(text: &str) -> Result<Option<(Vec<Pair<'_>>, Span)>, Refusal> {
    match Front::find(text) {
        Front::Absent { .. } => Ok(None),
        Front::Unclosed { fence, .. } => Err(Refusal::Unclosed(fence)),
        Front::Present { notation: super::front::Notation::Toml, inner, .. } => Err(Refusal::Toml(inner)),
        Front::Present { notation, inner, .. } => {
            let pairs =
                fields::read(text, notation, inner).map_err(|(at, what)| Refusal::Broken(at, what))?;
            Ok(Some((pairs, inner)))
        }
    }
}

/// What a front matter says, without places; pairs that a test picks out are left away.
fn outline(pairs: &[Pair<'_>], but: impl Fn(&Pair<'_>) -> bool) -> Vec<String> {
    let kept = pairs.iter().filter(|pair| !but(pair));
    kept.map(|pair| format!("{}: {}", pair.key, pair.value.outline())).collect()
}
