//! Changes to a note as bytes in place of others: planned on the text that was read, and
//! applied to exactly that text.
//!
//! Nothing is ever serialised anew. Where the place of a change is not certain there is no
//! change but a [`Refusal`].

pub mod change;
mod cut;
mod day;
mod entry;
mod fill;
mod further;
mod region;
mod strike;
mod style;
mod task;
mod unfill;
mod value;

use super::fields;
use super::front::Front;
use super::value::Pair;
use crate::problem::Obstacle;
use crate::text::{Digest, Span};

pub use day::set_day;
pub use entry::{NewEntry, add_entry};
pub use fill::{Fill, Way, fill};
pub use further::add_below;
pub use region::{Written, put_region, take_region_back};
pub use strike::strike_entry;
pub use task::{is_done, tick_task, untick_task};
pub use unfill::take_fills_back;
pub use value::{add_to_list, clear, set_word};

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

/// Why a note is not changed, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The place.
    pub at: Span,
    /// The reason.
    pub why: Obstacle,
}

impl Refusal {
    fn new(why: Obstacle, at: Span) -> Self {
        Self { at, why }
    }

    fn uncertain(at: Span) -> Self {
        Self::new(Obstacle::Uncertain, at)
    }
}

/// The line end at a place: that of the line before, else of the line behind.
fn line_end(text: &str, at: usize) -> &'static str {
    let bytes = text.as_bytes();
    let before = memchr::memrchr(b'\n', &bytes[..at]);
    let end = before.or_else(|| memchr::memchr(b'\n', &bytes[at..]).map(|found| at + found));
    match end {
        Some(end) if end > 0 && bytes[end - 1] == b'\r' => "\r\n",
        _ => "\n",
    }
}

fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1)
}

fn next_line(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end + 1)
}

fn is_cr_only(text: &str) -> bool {
    memchr::memchr(b'\r', text.as_bytes()).is_some() && memchr::memchr(b'\n', text.as_bytes()).is_none()
}

/// The pairs of a note's front matter and the bytes between the fences, if it has any.
fn pairs(text: &str) -> Result<Option<(Vec<Pair<'_>>, Span)>, Refusal> {
    match Front::find(text) {
        Front::Absent { .. } => Ok(None),
        Front::Unclosed { fence, .. } => Err(Refusal::new(Obstacle::Unclosed, fence)),
        Front::Present { notation: super::front::Notation::Toml, inner, .. } => {
            Err(Refusal::new(Obstacle::Toml, inner))
        }
        Front::Present { notation, inner, .. } => {
            let pairs =
                fields::read(text, notation, inner).map_err(|(at, _)| Refusal::new(Obstacle::Broken, at))?;
            Ok(Some((pairs, inner)))
        }
    }
}

/// What a front matter says, without places; pairs that a test picks out are left away.
fn outline(pairs: &[Pair<'_>], but: impl Fn(&Pair<'_>) -> bool) -> Vec<String> {
    let kept = pairs.iter().filter(|pair| !but(pair));
    kept.map(|pair| format!("{}: {}", pair.key, pair.value.outline())).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(super) mod tests {
    use std::sync::LazyLock;

    use crate::config::Config;
    use crate::moment::DailyFormat;
    use crate::note::dialect::{Dialect, Journal};

    /// How a vault without settings spells things; made once, since it takes longer than a law.
    pub fn dialect() -> &'static Dialect {
        static DIALECT: LazyLock<Dialect> = LazyLock::new(|| {
            let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
            Dialect::new(&Config::default(), journal, &[])
        });
        &DIALECT
    }
}
