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
/// More than this many times the energy, or than `AT_LEAST`, is nobody's energy.
const TIMES: f64 = 8.0;
const AT_LEAST: f64 = 12.0;
/// The days on which those can be written to who are not on others.
const WORKING_DAYS: f64 = 5.0;
/// So many ways to move people are looked into.
const WAYS: usize = 2;

/// A change by which the ties would fit.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// More energy a week.
    Week {
        /// `per_week` as it is, and as it would be.
        per_week: (f64, f64),
        /// `per_day`, where neither would do alone.
        per_day: Option<(f64, f64)>,
    },
    /// More energy a day; what a week holds is enough.
    Day {
        /// `per_day` as it is, and as it would be.
        per_day: (f64, f64),
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

    /// Settings with so much more.
    fn with(&self, more: More) -> Config {
        let mut config = self.config.clone();
        config.energy.per_week += f64::from(more.a_week) * STEP;
        config.energy.per_day += f64::from(more.a_day) * STEP;
        config
    }

    fn more_energy(&self) -> Option<Change> {
        let more = if self.is_tried { self.least_energy() } else { self.reckoned_energy() }?;
        let (before, after) = (&self.config.energy, self.with(more).energy);
        let (per_day, per_week) = ((before.per_day, after.per_day), (before.per_week, after.per_week));
        Some(match more {
            More { a_week: 0, .. } => Change::Day { per_day },
            More { a_day, .. } => Change::Week { per_week, per_day: (a_day > 0).then_some(per_day) },
        })
    }

    /// As little as does: of the day or of the week alone, and of both only where neither would do.
    fn least_energy(&self) -> Option<More> {
        let is_enough = |more: More| self.fits(self.index, &self.with(more));
        let alone = |a_day: u32, a_week: u32| More { a_day, a_week };
        // A day that holds as much as the week holds as much as it can.
        let all_week = steps(self.config.energy.per_week - self.config.energy.per_day);
        let by_day = (all_week > 0 && is_enough(alone(all_week, 0)))
            .then(|| least(1, all_week, |steps| is_enough(alone(steps, 0))))
            .flatten();
        if let Some(steps) = by_day {
            return Some(alone(steps, 0));
        }
        let (guess, most) = self.bounds()?;
        // No more than this fits into the days as they are.
        let all_days = steps(self.config.energy.per_day * 7.0 - self.config.energy.per_week);
        let by_week = (all_days > 0)
            .then(|| least(guess.min(all_days), all_days.min(most), |steps| is_enough(alone(0, steps))))
            .flatten();
        if let Some(steps) = by_week {
            return Some(alone(0, steps));
        }
        let both = least(guess, most, |steps| is_enough(self.spread(steps)))?;
        let More { a_day, a_week } = self.spread(both);
        let fewer = least(1, a_day, |steps| is_enough(More { a_day: steps, a_week }));
        Some(More { a_day: fewer.unwrap_or(a_day), a_week })
    }

    /// What averages say.
    fn reckoned_energy(&self) -> Option<More> {
        let (guess, most) = self.bounds()?;
        let energy = &self.config.energy;
        let needs = energy.per_week.min(energy.per_day * 7.0) + self.excess;
        if needs <= energy.per_week {
            let a_day = (needs / WORKING_DAYS).max(energy.message) - energy.per_day;
            return Some(More { a_day: steps(a_day).max(1), a_week: 0 });
        }
        let by_week = More { a_day: 0, a_week: guess };
        let is_spread = guess > steps(energy.per_day * 7.0 - energy.per_week);
        (guess <= most).then(|| if is_spread { self.spread(guess) } else { by_week })
    }

    /// How many steps more a week are likely to do, and how many are looked into.
    fn bounds(&self) -> Option<(u32, u32)> {
        let per_week = self.config.energy.per_week;
        let most = steps((per_week * TIMES).max(AT_LEAST) - per_week);
        let guess = steps(self.excess).max(1);
        (guess <= most).then_some((guess, most))
    }

    /// So many steps more a week, and as much more a day as it takes to spread them over the working days.
    fn spread(&self, a_week: u32) -> More {
        let energy = &self.config.energy;
        let per_week = energy.per_week + f64::from(a_week) * STEP;
        let per_day = (per_week / WORKING_DAYS).max(energy.message);
        More { a_day: steps(per_day - energy.per_day), a_week }
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

/// Steps of more energy.
#[derive(Clone, Copy)]
struct More {
    a_day: u32,
    a_week: u32,
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
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::moment::DailyFormat;
    use crate::note;
    use crate::note::dialect::{Dialect, Journal};

    #[test]
    fn the_least_that_is_enough_is_found_from_any_guess() {
        for wanted in 1..40 {
            for guess in 0..45 {
                assert_eq!(least(guess, 40, |n| n >= wanted), Some(wanted), "{wanted} from {guess}");
            }
        }
        assert_eq!(least(3, 40, |_| false), None);
    }

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    /// What averages say where a week asks for so much more than it has.
    fn reckoned(index: &Index, config: &Config, excess: f64) -> Vec<Change> {
        let (from, to) = (day(6, 1), day(12, 6));
        Trouble { index, config, from, to, excess, is_tried: false }.changes()
    }

    #[test]
    fn averages_tell_how_much_energy_would_do() {
        let of = |per_day, per_week, excess| {
            let mut config = Config::default();
            (config.energy.per_day, config.energy.per_week) = (per_day, per_week);
            reckoned(&Index::default(), &config, excess)
        };
        let week = |per_week, per_day| vec![Change::Week { per_week, per_day }];
        // The days as they are hold seven times two.
        assert_eq!(of(2.0, 6.0, 5.0), week((6.0, 11.0), None));
        // They do not: it is spread over the working days.
        assert_eq!(of(1.0, 6.0, 4.0), week((6.0, 10.0), Some((1.0, 2.0))));
        // The week would hold 15, three on each working day.
        assert_eq!(of(1.0, 20.0, 8.0), [Change::Day { per_day: (1.0, 3.0) }]);
        // Eight times as much, and no more; where there is next to none, up to twelve.
        assert_eq!(of(2.0, 6.0, 42.0), week((6.0, 48.0), Some((2.0, 10.0))));
        assert_eq!(of(2.0, 6.0, 42.5), []);
        assert_eq!(of(2.0, 1.0, 11.0), week((1.0, 12.0), None));
        assert_eq!(of(2.0, 1.0, 11.5), []);
    }

    #[test]
    fn averages_tell_how_many_people_of_which_tier_would_do() {
        let of = |people: u32, excess| {
            let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
            let dialect = Dialect::new(&Config::default(), journal, &[]);
            let mut index = Index::default();
            index.apply_all((1..=people).map(|n| {
                // Whoever comes first by name was written to last.
                let text = format!("---\ntype: person\ntier: close\nlast_contact: {}\n---\n", day(5, 31 - n));
                let path = NotePath::new(format!("People/{n}.md"));
                NoteChange::Put(Box::new(note::read(&path, text.as_bytes(), &dialect)))
            }));
            let changes = reckoned(&index, &Config::default(), excess);
            changes.into_iter().find(|change| matches!(change, Change::Move { .. }))
        };
        let moved = |to: &str, people: &[u32]| {
            let people = people.iter().map(|n| NotePath::new(format!("People/{n}.md"))).collect();
            Some(Change::Move { from: "close".into(), to: to.into(), people })
        };
        // Seven messages in 122 days instead of in 61 save 0.057 a week each, so that 0.2 take four people,
        // the longest silent first. Among clients (183 days) three would do, but there they weigh 2 less each.
        assert_eq!(of(5, 0.2), moved("senior", &[5, 4, 3, 2]));
        assert_eq!(of(3, 0.2), moved("client", &[3, 2, 1]));
        assert_eq!(of(2, 0.2), None);
        // However little is missing, somebody has to move.
        assert_eq!(of(2, 0.0), moved("senior", &[2]));
    }
}
