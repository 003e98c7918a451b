//! Two versions of a note that grew out of one, brought together.
//!
//! Knows what a note is made of: keys of its front matter, entries of its log, tasks, lines. Each
//! part is decided by itself, and what both sides did differently and nobody can decide stays open.
//! Pure; what is written into an open place, and where the versions come from, others know.

mod align;
mod entry;
mod front;
mod laid;
mod pairing;
mod section;
mod shape;
mod task;
mod token;
mod value;
mod weave;

use super::dialect::Dialect;
use super::front::Front;
use super::{conflict, fields};
use crate::text::NotePath;
use shape::Shape;
pub use task::stronger;
use token::Reader;
use weave::Weaver;

/// Something of three versions: what both grew out of, and the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sides<T> {
    /// The version that both grew out of.
    pub base: T,
    /// The one that is here.
    pub ours: T,
    /// The one that comes in.
    pub theirs: T,
}

/// What became of two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Everything is decided.
    Merged(String),
    /// Something is not: three texts that are the same wherever it was decided, so that a merge
    /// of their lines leaves open what is open and nothing else.
    Open(Sides<String>),
}

impl<T> Sides<T> {
    /// The same of each.
    pub fn map<U>(self, mut of: impl FnMut(T) -> U) -> Sides<U> {
        Sides { base: of(self.base), ours: of(self.ours), theirs: of(self.theirs) }
    }

    /// References to each.
    pub fn as_ref(&self) -> Sides<&T> {
        Sides { base: &self.base, ours: &self.ours, theirs: &self.theirs }
    }

    /// With the two versions in each other's place.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self { base: self.base, ours: self.theirs, theirs: self.ours }
    }
}

impl<T: PartialEq> Sides<T> {
    /// What needs no thought: both did the same, or only one did anything.
    pub fn decided(self) -> Option<T> {
        if self.ours == self.theirs || self.theirs == self.base {
            Some(self.ours)
        } else if self.ours == self.base {
            Some(self.theirs)
        } else {
            None
        }
    }
}

impl Outcome {
    fn map(self, of: impl Fn(String) -> String) -> Self {
        match self {
            Self::Merged(text) => Self::Merged(of(text)),
            Self::Open(sides) => Self::Open(sides.map(of)),
        }
    }

    fn swapped(self) -> Self {
        match self {
            Self::Open(sides) => Self::Open(sides.swapped()),
            merged @ Self::Merged(_) => merged,
        }
    }
}

/// Brings two versions of a note together; what came of it is the same whichever of them is called
/// ours. None where parts of a note cannot be told: one has conflict markers already, or the
/// result would not read as a note.
pub fn merge(path: &NotePath, sides: Sides<&str>, dialect: &Dialect) -> Option<Outcome> {
    merge_by(sides, |sides| note(path, sides, dialect)).filter(|outcome| match outcome {
        Outcome::Merged(text) => sides.decided().is_some() || reads(text, sides),
        // What stands outside of the open places is nobody's to choose.
        Outcome::Open(open) => reads(&open.ours, sides) && reads(&open.theirs, sides),
    })
}

/// Brings two texts together by their lines alone. None as for [`merge`].
pub fn merge_lines(sides: Sides<&str>) -> Option<Outcome> {
    merge_by(sides, lines)
}

/// What any merge begins and ends with: what only one side changed is taken; markers are nobody's
/// text; line ends, a byte order mark and a last line without an end are decided for the whole;
/// and the two come in an order of their own, so that nothing depends on whose machine it is.
pub fn merge_by(sides: Sides<&str>, merge: impl FnOnce(Sides<&str>) -> Option<Outcome>) -> Option<Outcome> {
    if let Some(text) = sides.decided() {
        return Some(Outcome::Merged(text.to_owned()));
    }
    if [sides.base, sides.ours, sides.theirs].iter().any(|text| conflict(text).is_some()) {
        return None;
    }
    let is_swapped = sides.theirs < sides.ours;
    let sides = if is_swapped { sides.swapped() } else { sides };
    let shape = Shape::of(sides);
    let plain = sides.map(|text| shape.plain(text));
    let outcome = merge(Sides { base: &*plain.base, ours: &*plain.ours, theirs: &*plain.theirs })?;
    let outcome = outcome.map(|text| shape.shaped(text));
    Some(if is_swapped { outcome.swapped() } else { outcome })
}

fn note(path: &NotePath, sides: Sides<&str>, dialect: &Dialect) -> Option<Outcome> {
    let reader = Reader { path, dialect };
    let heads = front::heads(sides, dialect);
    let begin = || {
        let mut weaver = Weaver::new(dialect);
        heads.iter().for_each(|heads| front::weave(heads, &mut weaver));
        weaver
    };
    let mut weaver = begin();
    let body = heads.as_ref().map_or_else(Sides::default, |heads| heads.as_ref().map(|head| head.body));
    let tokens = Sides {
        base: reader.tokens(sides.base, body.base),
        ours: reader.tokens(sides.ours, body.ours),
        theirs: reader.tokens(sides.theirs, body.theirs),
    };
    weaver.weave(&tokens);
    let outcome = weaver.finish()?;
    let body_of = |text: &str| if heads.is_some() { Front::find(text).body() } else { 0 };
    let is_in_place = {
        let (ours, theirs) = match &outcome {
            Outcome::Merged(text) => (text, text),
            Outcome::Open(open) => (&open.ours, &open.theirs),
        };
        let read = |text| reader.tokens(text, body_of(text));
        section::is_in_place(&tokens, [&read(ours), &read(theirs)])
    };
    if is_in_place {
        return Some(outcome);
    }
    // Something would stand where nobody put it: the body is for git's merge of lines.
    let mut weaver = begin();
    weaver.open(Sides {
        base: sides.base[body.base..].to_owned(),
        ours: sides.ours[body.ours..].to_owned(),
        theirs: sides.theirs[body.theirs..].to_owned(),
    });
    weaver.finish()
}

fn lines(sides: Sides<&str>) -> Option<Outcome> {
    let mut weaver = Weaver::plain();
    weaver.weave(&sides.map(token::lines));
    weaver.finish()
}

/// Whether a text reads at least as well as the versions it was made of.
fn reads(text: &str, sides: Sides<&str>) -> bool {
    let is_sound = |text: &str| match Front::find(text) {
        Front::Absent { .. } => true,
        Front::Unclosed { .. } => false,
        Front::Present { notation, inner, .. } => fields::read(text, notation, inner).is_ok_and(|pairs| {
            let keys: std::collections::BTreeSet<&str> = pairs.iter().map(|pair| &*pair.key).collect();
            keys.len() == pairs.len()
        }),
    };
    conflict(text).is_none() && (is_sound(text) || !is_sound(sides.ours) || !is_sound(sides.theirs))
}

#[cfg(test)]
mod tests;
