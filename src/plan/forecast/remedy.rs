//! The smallest changes by which the ties would fit: more energy, or some people of one tier in another
//! whose window is longer. Each is tried by living through the days with it, as long as that is quick.

use chrono::NaiveDate;

use super::life::Life;
use crate::config::Config;
use crate::index::{Change as NoteChange, Index};
use crate::note::dialect::TierId;
use crate::note::{Kind as NoteKind, Note};
use crate::plan::{Reach, Rest, State};
use crate::text::NotePath;

/// Energies are changed in steps of this.
const STEP: f64 = 0.5;
/// More than this many times the energy, or than `AT_LEAST`, is no small change.
const TIMES: f64 = 3.0;
const AT_LEAST: f64 = 12.0;
/// So many ways to move people are looked into.
const WAYS: usize = 2;

/// A change by which the ties would fit.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// More energy.
    Energy {
        /// `per_week` as it is, and as it would be.
        per_week: (f64, f64),
        /// `per_day`, where it would have to be more too.
        per_day: Option<(f64, f64)>,
    },
    /// People of one tier in another.
    Move {
        /// The id of theirs.
        from: String,
        /// The id of the other.
        to: String,
        /// Their notes.
        people: Vec<NotePath>,
    },
}

/// What remedies are sought for.
pub(super) struct Trouble<'a> {
    pub index: &'a Index,
    pub config: &'a Config,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// The energy that a week asks for beyond what it has, on average.
    pub excess: f64,
    /// Every change is lived through; otherwise it is reckoned.
    pub is_tried: bool,
}

impl Trouble<'_> {
    /// The smallest change of each kind.
    pub fn changes(&self) -> Vec<Change> {
        let (energy, moved) = rayon::join(|| self.more_energy(), || self.fewer_contacts());
        energy.into_iter().chain(moved).collect()
    }

    fn fits(&self, index: &Index, config: &Config) -> bool {
        Life::fits(index, config, self.from, self.to)
    }

    /// Settings with so many steps more a week; a day holds more only where it has to.
    fn with_steps(&self, steps: u32, more_a_day: bool) -> Config {
        let mut config = self.config.clone();
        let energy = &mut config.energy;
        energy.per_week += f64::from(steps) * STEP;
        if more_a_day {
            // On the working days, for those who are not written to on others.
            energy.per_day = energy.per_day.max((energy.per_week / 5.0 / STEP).ceil() * STEP);
        }
        config
    }

    fn more_energy(&self) -> Option<Change> {
        let per_week = self.config.energy.per_week;
        let most = steps((per_week * TIMES).max(AT_LEAST) - per_week);
        let guess = steps(self.excess).max(1);
        if guess > most {
            return None;
        }
        // No more than this fits into the days as they are.
        let by_day = steps(self.config.energy.per_day * 7.0 - per_week);
        let found = if self.is_tried {
            let is_enough = |steps: u32, more: bool| self.fits(self.index, &self.with_steps(steps, more));
            let plain = (by_day > 0)
                .then(|| least(guess.min(by_day), by_day.min(most), |steps| is_enough(steps, false)))
                .flatten();
            let more = || least(guess, most, |steps| is_enough(steps, true)).map(|steps| (steps, true));
            plain.map(|steps| (steps, false)).or_else(more)?
        } else {
            (guess, guess > by_day)
        };
        let (before, after) = (&self.config.energy, self.with_steps(found.0, found.1).energy);
        let is_more = after.per_day > before.per_day;
        Some(Change::Energy {
            per_week: (before.per_week, after.per_week),
            per_day: is_more.then_some((before.per_day, after.per_day)),
        })
    }

    /// As few people as do, from the tier and to the tier by which least weight is lost.
    fn fewer_contacts(&self) -> Option<Change> {
        let mut ways: Vec<Way> = Vec::new();
        let tiers = &self.config.tiers;
        let days = |at: usize| (tiers[at].window.due(self.from) - self.from).num_days();
        for from in 0..tiers.len() {
            let people = self.of_tier(from);
            for to in (0..tiers.len()).filter(|to| days(*to) > days(from)) {
                let each = self.config.energy.message * 7.0;
                #[allow(clippy::cast_precision_loss, reason = "windows are far shorter than 2^52 days")]
                let saved = each / days(from).max(1) as f64 - each / days(to) as f64;
                let needed = (self.excess.max(0.01) / saved).ceil().clamp(1.0, 1e6);
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped above")]
                let count = needed as usize;
                let lost = needed * (tiers[from].weight - tiers[to].weight).max(0.0);
                if !people.is_empty() && (self.is_tried || count <= people.len()) {
                    let count = count.min(people.len());
                    ways.push(Way { from, to, people: people.clone(), count, lost });
                }
            }
        }
        ways.sort_by(|a, b| a.lost.total_cmp(&b.lost).then(a.count.cmp(&b.count)));
        ways.into_iter().take(WAYS).find_map(|way| {
            let count = if self.is_tried { self.few_enough(&way)? } else { way.count };
            Some(Change::Move {
                from: tiers[way.from].id.to_string(),
                to: tiers[way.to].id.to_string(),
                people: way.people.iter().take(count).cloned().collect(),
            })
        })
    }

    fn few_enough(&self, way: &Way) -> Option<usize> {
        let to = TierId(u16::try_from(way.to).ok()?);
        let most = u32::try_from(way.people.len()).ok()?;
        let found = least(u32::try_from(way.count).ok()?, most, |count| {
            let mut index = self.index.clone();
            let moved = way.people.iter().take(count as usize).filter_map(|path| {
                let mut note: Note = self.index.note(path.as_str())?.clone();
                if let NoteKind::Person(person) = &mut note.kind {
                    person.tier = Some(to);
                }
                Some(NoteChange::Put(Box::new(note)))
            });
            index.apply_all(moved.collect::<Vec<_>>());
            self.fits(&index, self.config)
        });
        found.map(|count| count as usize)
    }

    /// Those of a tier whose window it sets, the ones you are least in touch with first.
    fn of_tier(&self, tier: usize) -> Vec<NotePath> {
        let rest = Rest::of(self.index);
        let mut people: Vec<_> = self
            .index
            .people()
            .filter(|(_, person, _)| {
                person.cadence.is_none() && person.tier.is_some_and(|id| usize::from(id.0) == tier)
            })
            .filter_map(|(note, person, tie)| {
                let reach = Reach::of((note, person, tie), self.config, &rest, self.from);
                let is_inside = matches!(reach.state, State::Fresh | State::Open | State::Due);
                is_inside.then(|| (tie.until(self.from).len(), reach.last, note.path.clone()))
            })
            .collect();
        people.sort();
        people.into_iter().map(|(_, _, path)| path).collect()
    }
}

/// People of one tier in another.
struct Way {
    from: usize,
    to: usize,
    people: Vec<NotePath>,
    /// How many it should take.
    count: usize,
    lost: f64,
}

fn steps(energy: f64) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let steps = (energy / STEP - 1e-9).ceil().clamp(0.0, 10_000.0) as u32;
    steps
}

/// The least number from 1 on that is enough, where a greater one is if a lesser is; looked for from a
/// guess on.
fn least(guess: u32, most: u32, is_enough: impl Fn(u32) -> bool) -> Option<u32> {
    let (mut below, mut enough) = (0, guess.clamp(1, most.max(1)));
    while !is_enough(enough) {
        if enough >= most {
            return None;
        }
        below = enough;
        enough = enough.saturating_mul(2).min(most);
    }
    while enough - below > 1 {
        let between = below + (enough - below) / 2;
        if is_enough(between) { enough = between } else { below = between }
    }
    Some(enough)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_that_is_enough_is_found_from_any_guess() {
        for wanted in 1..40 {
            for guess in 0..45 {
                assert_eq!(least(guess, 40, |n| n >= wanted), Some(wanted), "{wanted} from {guess}");
            }
        }
        assert_eq!(least(3, 40, |_| false), None);
    }
}
