//! Whether the ties that are wanted fit the energy there is: the weeks to come, lived through in a copy
//! of the notes with everything done as it is planned.
//!
//! Leaves planning to the planner, and the words to whoever shows it. What the notes do not tell yet
//! (new people, new events, answers) does not happen.

mod demand;
mod life;
mod remedy;
mod simulation;
mod tick;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{Kind, Reach, Rest, State, minus, plus, reach};
use crate::config::Config;
use crate::date::iso_week_monday;
use crate::index::Index;
use crate::text::{NotePath, Text};

pub use remedy::Change;
pub use simulation::{Day, Done, Simulation};

use demand::{Asked, Demand};
use life::{Life, PATIENCE, capacity, week};
use remedy::Trouble;

/// Of more people inside the circle changes are reckoned, not tried: each try is a year of plans.
const TRIED: usize = 300;
/// What is nearer than this is the same.
const NEAR: f64 = 1e-6;

/// How the weeks to come look.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The first day.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
    /// Everybody to whom one could write: tracked, and neither closed nor dead.
    pub people: usize,
    /// For how many of them, by weight, the energy of these weeks is enough.
    pub sustained: usize,
    /// Who came into the circle.
    pub entered: usize,
    /// Who waits outside of it at the end.
    pub outside: usize,
    /// The weeks, Monday to Sunday; the first begins on the first day.
    pub weeks: Vec<Week>,
    /// Who waits for more than a week beyond the end of their window, the longest first.
    pub slipping: Vec<Slip>,
    /// If somebody slips but nobody does any more from the middle of these weeks on: the first day from
    /// which that is so.
    pub in_time_from: Option<NaiveDate>,
    /// What would make it fit, where it does not: each by itself. Empty too where no small change does.
    pub changes: Vec<Change>,
    /// Each change was tried by living through the weeks with it, not reckoned alone.
    pub tried: bool,
}

/// A week.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// Its first day.
    pub from: NaiveDate,
    /// The energy it needs if everybody is written to by the end of their window, and not before, and
    /// occasions are kept by their days.
    pub demand: f64,
    /// The energy it has for that.
    pub capacity: f64,
    /// The energy that the plan spends in it.
    pub planned: f64,
    /// What the need is made of: how many of each kind.
    pub reasons: BTreeMap<Kind, usize>,
    /// The greetings among them, by name.
    pub greetings: BTreeMap<Text, usize>,
}

impl Week {
    /// By how much the need is more than there is.
    pub fn overflow(&self) -> f64 {
        let over = self.demand - self.capacity;
        if over > NEAR { over } else { 0.0 }
    }
}

/// Somebody who would wait.
#[derive(Debug, Clone, PartialEq)]
pub struct Slip {
    /// Their note.
    pub path: NotePath,
    /// Their name.
    pub name: Text,
    /// How many days beyond the end of their window, counted from the first of these weeks at the
    /// earliest.
    pub days: i64,
}

/// Somebody to whom one could write.
struct Wanted<'a> {
    path: &'a NotePath,
    weight: f64,
    /// From when they ask for anything; none for whoever stays outside the circle.
    from: Option<NaiveDate>,
    is_inside: bool,
}

/// How so many weeks look, the one of `today` included.
pub fn forecast(index: &Index, config: &Config, today: NaiveDate, weeks: u32) -> Forecast {
    let to = minus(plus(iso_week_monday(today), u64::from(weeks.max(1)) * 7), 1);
    let life = Life::live(index, config, today, to);
    let rest = Rest::of(index);
    let wanted: Vec<Wanted<'_>> = index
        .people()
        .filter_map(|(note, person, tie)| {
            let state = Reach::of((note, person, tie), config, &rest, today).state;
            let from = match state {
                State::Untracked | State::Closed => return None,
                State::New | State::Dormant => life.entered.get(&note.path).copied(),
                State::Snoozed => Some(person.snooze.map_or(today, |until| until.max(today))),
                State::Fresh | State::Open | State::Due => Some(today),
            };
            let is_inside = !matches!(state, State::New | State::Dormant);
            Some(Wanted { path: &note.path, weight: reach::weight(person, config), from, is_inside })
        })
        .collect();
    let demand = Demand::new(index, config, today, to);
    let asked: Vec<(Vec<Asked>, f64)> = wanted
        .par_iter()
        .map(|of| {
            let asked = of.from.map(|from| demand.of(of.path.as_str(), from)).unwrap_or_default();
            // Whoever is outside is reckoned as if they had come in at once: could they be kept?
            let all = if of.is_inside { None } else { Some(demand.of(of.path.as_str(), today)) };
            let need = need(all.as_ref().unwrap_or(&asked), config);
            (asked, need)
        })
        .collect();
    let capacity = capacity(index, config, &life.first, today, to);
    let mut out: Vec<Week> = capacity
        .iter()
        .zip(&life.planned)
        .zip(0..)
        .map(|((capacity, planned), number)| Week {
            from: plus(iso_week_monday(today), 7 * number).max(today),
            demand: 0.0,
            capacity: *capacity,
            planned: *planned,
            reasons: BTreeMap::new(),
            greetings: BTreeMap::new(),
        })
        .collect();
    for asked in asked.iter().flat_map(|(asked, _)| asked) {
        let Some(week) = out.get_mut(week(today, asked.day)) else { continue };
        week.demand += asked.cost;
        *week.reasons.entry(asked.kind).or_default() += 1;
        if let Some(name) = &asked.name {
            *week.greetings.entry(name.clone()).or_default() += 1;
        }
    }
    let has: f64 = capacity.iter().sum();
    let needs: Vec<(f64, f64)> =
        wanted.iter().zip(&asked).map(|(of, (_, need))| (of.weight, *need)).collect();
    let slipping = slipping(index, &life);
    let in_time = life.is_in_time(today, to);
    let inside = wanted.iter().filter(|of| of.from.is_some()).count();
    let tried = inside <= TRIED;
    let changes = if in_time {
        Vec::new()
    } else {
        let all: f64 = out.iter().map(|week| week.demand).sum();
        #[allow(clippy::cast_precision_loss, reason = "weeks are few")]
        let excess = ((all - has) / out.len() as f64).max(0.0);
        Trouble { index, config, from: today, to, excess, is_tried: tried }.changes()
    };
    let in_time_from = life.last_slip().filter(|_| in_time).map(|last| plus(last, 1));
    Forecast {
        from: today,
        to,
        people: wanted.len(),
        sustained: sustained(needs, has),
        entered: life.entered.len(),
        outside: life.outside,
        weeks: out,
        slipping,
        in_time_from,
        changes,
        tried,
    }
}

/// The energy that somebody needs. What no day or week holds is never written, whatever energy is left.
fn need(asked: &[Asked], config: &Config) -> f64 {
    let most = config.energy.per_day.min(config.energy.per_week) + NEAR;
    let is_tie = |asked: &&Asked| matches!(asked.kind, Kind::Cadence | Kind::Reopen);
    if asked.iter().filter(is_tie).any(|asked| asked.cost > most) {
        return f64::INFINITY;
    }
    asked.iter().map(|asked| asked.cost).sum()
}

/// How many, the weightiest first, and of one weight those who need least, an energy is enough for.
fn sustained(mut needs: Vec<(f64, f64)>, energy: f64) -> usize {
    needs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)));
    let mut left = energy + NEAR;
    needs
        .into_iter()
        .take_while(|(_, need)| {
            left -= need;
            left >= 0.0
        })
        .count()
}

fn slipping(index: &Index, life: &Life) -> Vec<Slip> {
    let late = life.waits.iter().filter(|(_, wait)| wait.days > PATIENCE);
    let mut slips: Vec<Slip> = late
        .filter_map(|(path, wait)| {
            let (note, person, _) = index.person(path.as_str())?;
            Some(Slip { path: note.path.clone(), name: person.name.clone(), days: wait.days })
        })
        .collect();
    slips.sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.path.cmp(&b.path)));
    slips
}

/// The energy that a week asks for on average, from a day to another, if everybody is written to by the
/// end of their window, and not before, and occasions are kept.
pub fn demand_a_week(index: &Index, config: &Config, from: NaiveDate, to: NaiveDate) -> f64 {
    let demand = Demand::new(index, config, from, to);
    let paths: Vec<&NotePath> = index.people().map(|(note, ..)| &note.path).collect();
    let of = |path: &&NotePath| demand.of(path.as_str(), from).iter().map(|asked| asked.cost).sum::<f64>();
    let sum: f64 = paths.par_iter().map(of).collect::<Vec<_>>().into_iter().sum();
    #[allow(clippy::cast_precision_loss, reason = "days between two dates are far below 2^52")]
    let weeks = ((to - from).num_days() + 1) as f64 / 7.0;
    sum / weeks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_energy_is_enough_for_the_weightiest_first() {
        let check = |needs: &[(f64, f64)], energy, want| assert_eq!(sustained(needs.to_vec(), energy), want);
        check(&[], 6.0, 0);
        check(&[(1.0, 0.0)], 0.0, 1);
        check(&[(5.0, 6.0), (4.0, 3.0), (1.0, 1.0)], 6.0, 1);
        check(&[(1.0, 1.0), (5.0, 6.0), (1.0, 2.0)], 7.0, 2);
        check(&[(5.0, 7.0), (1.0, 1.0)], 6.0, 0);
        check(&[(5.0, f64::INFINITY)], 1e9, 0);
    }
}
