//! Parts as they are to stand in the result, each of them once.

use std::collections::BTreeMap;

use super::Sides;
use super::entry::both_told;
use super::section::{self, Section};
use super::token::{Entry, Kind, Token};
use crate::note::dialect::Dialect;

/// A part as it is to stand.
pub(super) enum Laid {
    /// It is decided.
    Done {
        /// Its name; none for what is no part that could be told twice.
        name: String,
        raw: String,
        /// The entry of the log that it is.
        entry: Option<Entry>,
    },
    /// It is not.
    Open(Sides<String>),
}

/// What came in on both sides at two places stands at the first; what was said of one tick in two
/// ways stands there, too. `most` says how often each part stands on the side that has it more often.
pub(super) fn once(laid: Vec<Laid>, most: &BTreeMap<String, usize>, dialect: Option<&Dialect>) -> Vec<Laid> {
    let mut out: Vec<Laid> = Vec::with_capacity(laid.len());
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut section = Section::default();
    for laid in laid {
        if let Laid::Done { raw, .. } = &laid {
            section.pass(raw, str::to_owned);
        }
        if let Laid::Done { name, raw, entry } = &laid
            && let place = place(name, &section)
            && let Some(most) = most.get(&place)
        {
            let at = places.entry(place).or_default();
            if at.len() >= *most {
                let is_same = |at: &usize| match &out[*at] {
                    Laid::Done { raw: there, .. } => there.trim_end() == raw.trim_end(),
                    Laid::Open(_) => false,
                };
                if at.iter().any(is_same) {
                    continue;
                }
                let first = at.first().and_then(|at| out.get_mut(*at));
                if first.is_some_and(|first| first.takes_in(entry.as_ref(), raw, dialect)) {
                    continue;
                }
            }
            at.push(out.len());
        }
        out.push(laid);
    }
    out
}

/// Counts how often each part stands below its headings, on the side that has it more often.
pub(super) fn count(sides: [&[Token<'_>]; 2], most: &mut BTreeMap<String, usize>) {
    for side in sides {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        let mut section = Section::default();
        for token in side {
            section.pass(token.raw, str::to_owned);
            if matches!(token.kind, Kind::Entry(_) | Kind::Task(_)) {
                *count.entry(place(&token.name, &section)).or_insert(0) += 1;
            }
        }
        for (place, count) in count {
            let most = most.entry(place).or_insert(0);
            *most = (*most).max(count);
        }
    }
}

/// Under which a part is counted: its name, and the headings it stands below.
fn place(name: &str, section: &Section) -> String {
    // One tick is one, wherever it was recorded.
    if section::is_one_tick(name) { name.to_owned() } else { format!("{name}\n{}", section.path()) }
}

impl Laid {
    /// Takes in what else was said of the same tick; tells whether it could.
    fn takes_in(&mut self, other: Option<&Entry>, said: &str, dialect: Option<&Dialect>) -> bool {
        let (Self::Done { raw, entry: Some(entry), .. }, Some(other), Some(dialect)) = (self, other, dialect)
        else {
            return false;
        };
        if entry.id.is_none() || entry.id != other.id {
            return false;
        }
        let bare = |raw: &str| format!("{}\n", raw.trim_end_matches('\n'));
        let gap = if raw.ends_with("\n\n") { "\n" } else { "" };
        *raw = both_told((entry, &bare(raw)), (other, &bare(said)), dialect) + gap;
        true
    }
}
