//! Under which headings parts of a note stand, and whether a merge left each where it belongs.
//!
//! A promise under one person's heading is another than the same words under another's. What a
//! merge gives is counted again, heading by heading: where a part stands that neither side put
//! there, or one is missing, the merge was too clever, and the text is left to git.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Sides;
use super::token::Token;

/// The headings above a place, while one goes through a text.
#[derive(Debug, Default)]
pub(super) struct Section {
    above: Vec<(usize, String)>,
    path: String,
}

impl Section {
    /// Goes past lines.
    pub(super) fn pass(&mut self, raw: &str, named: impl Fn(&str) -> String) {
        let Some(level) = level(raw) else { return };
        self.above.retain(|(above, _)| *above < level);
        self.above.push((level, named(raw.trim_end())));
        self.path = self.above.iter().map(|(_, name)| format!("{name}\n")).collect();
    }

    /// The headings above, outermost first.
    pub(super) fn path(&self) -> &str {
        &self.path
    }
}

/// The level of a heading.
fn level(raw: &str) -> Option<usize> {
    let level = raw.len() - raw.trim_start_matches('#').len();
    ((1..=6).contains(&level) && raw[level..].starts_with([' ', '\t'])).then_some(level)
}

/// How often each part stands under which headings.
type Counts<'t> = HashMap<(String, &'t str), usize>;

/// Whether every part stands where one of the sides has it, and as often as what both did to it
/// says. `result` is how the merge reads to whoever chooses our side where it is open, and theirs.
pub(super) fn is_in_place(sides: &Sides<Vec<Token<'_>>>, result: [&[Token<'_>]; 2]) -> bool {
    let renamed = renamed(sides);
    let counts = sides.as_ref().map(|tokens: &Vec<Token<'_>>| count(tokens, &renamed));
    let [mine, others] = result.map(|tokens| count(tokens, &renamed));
    let told: BTreeSet<&str> = mine.keys().map(|(_, name)| *name).collect();
    let keys: BTreeSet<&(String, &str)> =
        [&counts.ours, &counts.theirs, &mine, &others].into_iter().flat_map(HashMap::keys).collect();
    let of = |counts: &Counts<'_>, key: &(String, &str)| counts.get(key).copied().unwrap_or(0);
    keys.into_iter().all(|key| {
        let was = counts.as_ref().map(|counts| of(counts, key));
        let is = of(&mine, key);
        // What differs between the two is open there.
        let stands_below_other =
            || is_one_tick(key.1) && is < was.ours.max(was.theirs) && told.contains(key.1);
        is != of(&others, key) || fits(was, is) || stands_below_other()
    })
}

/// Whether so many may stand there. Where both sides changed how many there are, they may have done
/// the same, or each something of its own.
fn fits(was: Sides<usize>, is: usize) -> bool {
    let Sides { base, ours, theirs } = was;
    if ours == base || theirs == base {
        return was.decided() == Some(is);
    }
    let both = (ours + theirs).saturating_sub(base);
    (ours.min(theirs).min(both)..=ours.max(theirs).max(both)).contains(&is)
}

/// What goen recorded for one tick stands once in a note, under either heading.
pub(super) fn is_one_tick(name: &str) -> bool {
    name.starts_with("e g-")
}

fn count<'t>(tokens: &'t [Token<'_>], renamed: &BTreeMap<String, String>) -> Counts<'t> {
    let mut section = Section::default();
    let mut out = Counts::new();
    for token in tokens {
        section.pass(token.raw, |name| renamed.get(name).map_or(name, String::as_str).to_owned());
        // That a heading has other words is not that what is below it moved.
        if !token.raw.trim().is_empty() && level(token.raw).is_none() {
            *out.entry((section.path().to_owned(), &*token.name)).or_insert(0) += 1;
        }
    }
    out
}

/// Headings that only got other words on one side, by those; each as it was called.
fn renamed(sides: &Sides<Vec<Token<'_>>>) -> BTreeMap<String, String> {
    let headings = sides.as_ref().map(|tokens: &Vec<Token<'_>>| {
        let headings = tokens.iter().filter_map(|token| Some((level(token.raw)?, token.raw.trim_end())));
        headings.collect::<Vec<_>>()
    });
    let mut out = BTreeMap::new();
    for side in [&headings.ours, &headings.theirs] {
        let same_levels = side.len() == headings.base.len()
            && side.iter().zip(&headings.base).all(|((is, _), (was, _))| is == was);
        if !same_levels {
            continue;
        }
        for ((_, is), (_, was)) in side.iter().zip(&headings.base) {
            let is_new = !headings.base.iter().any(|(_, name)| name == is);
            let is_gone = !side.iter().any(|(_, name)| name == was);
            if is_new && is_gone {
                out.insert((*is).to_owned(), (*was).to_owned());
            }
        }
    }
    out
}
