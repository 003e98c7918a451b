//! The agenda from everybody's reasons, as much of it as is different since it was planned last.
//!
//! A planner gives what a fresh one gives: it remembers what follows from a note, the settings and
//! the day alone, and asks the index which notes that may be different for.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::people::{self, Bid};
use super::schedule::{self, Placed};
use super::{Agenda, Energy, Extent, Item, State, Subject, energy, habits, sort_line, topics};
use crate::config::Config;
use crate::index::{Index, Mark, Slot};
use crate::text::QuickMap;

/// Plans days; the same vault again in less time.
#[derive(Debug, Default)]
pub struct Planner {
    known: Option<Known>,
}

/// What is known of everybody, by the number among all people in the order of their notes.
#[derive(Debug)]
struct Known {
    mark: Mark,
    today: NaiveDate,
    people: Vec<Slot>,
    /// The numbers of all slots; made when somebody first asks.
    numbers: QuickMap<Slot, u32>,
    states: Vec<State>,
    reopened: Vec<Option<NaiveDate>>,
    bids: Vec<Option<Bid>>,
    /// Of the few that have any: what happened today, and what was spent this week.
    done: BTreeMap<u32, Vec<Arc<Item>>>,
    spent: BTreeMap<u32, Spent>,
    /// The items of those who have a day, as they were made for it.
    items: QuickMap<u32, (Placed, Arc<Item>)>,
}

/// What was spent on somebody this week, and how many turns it took today.
type Spent = (Vec<(NaiveDate, f64)>, usize);

/// What is known of one person before anybody has a day.
struct Judgement {
    state: State,
    reopened: Option<NaiveDate>,
    bid: Option<Bid>,
    done: Vec<Item>,
    spent: Spent,
}

impl Judgement {
    fn of(s: &Subject<'_>, at: u32) -> Self {
        Self {
            state: s.reach.state,
            reopened: s.reach.reopened_on,
            bid: people::bid(s, at),
            done: people::done(s),
            spent: energy::spent_on(s),
        }
    }
}

impl Planner {
    /// Plans the agenda of a day. The index and the settings are to be the same as the last time,
    /// but for what the index tells of its history.
    pub fn plan(&mut self, index: &Index, config: &Config, today: NaiveDate, extent: Extent) -> Agenda {
        let subject = |slot: Slot| {
            let (note, person, tie) = index.person_in(slot)?;
            Some(Subject::new(note, person, tie, index, config, today))
        };
        let touched = self.known.as_ref().filter(|known| known.today == today);
        let touched = touched.and_then(|known| Some(index.touched_since(known.mark)?.collect::<Vec<_>>()));
        let known = match (touched, &mut self.known) {
            (Some(touched), Some(known)) => {
                known.judge_again(index.mark(), &touched, &subject);
                known
            }
            (_, known) => known.insert(Known::of(index, today, &subject)),
        };
        known.agenda(index, config, extent, &subject)
    }
}

impl Known {
    fn of<'a>(
        index: &'a Index,
        today: NaiveDate,
        subject: &(impl Fn(Slot) -> Option<Subject<'a>> + Sync),
    ) -> Self {
        /// So many are judged on all cores before what came of them is put away.
        const PIECE: usize = 8192;
        let people: Vec<Slot> = index.people_slots().collect();
        let mut known = Self {
            mark: index.mark(),
            today,
            numbers: QuickMap::default(),
            states: vec![State::Untracked; people.len()],
            reopened: vec![None; people.len()],
            bids: Vec::with_capacity(people.len()),
            done: BTreeMap::new(),
            spent: BTreeMap::new(),
            items: QuickMap::default(),
            people: Vec::new(),
        };
        let mut from = 0;
        for piece in people.chunks(PIECE) {
            let numbered = piece.par_iter().zip(from..from + u32::try_from(piece.len()).unwrap_or(0));
            let judged: Vec<(u32, Option<Judgement>)> =
                numbered.map(|(slot, at)| (at, subject(*slot).map(|s| Judgement::of(&s, at)))).collect();
            for (at, judgement) in judged {
                known.bids.push(None);
                known.put(at, judgement);
                from = at + 1;
            }
        }
        known.people = people;
        known
    }

    fn judge_again<'a>(
        &mut self,
        mark: Mark,
        touched: &[Slot],
        subject: &(impl Fn(Slot) -> Option<Subject<'a>> + Sync),
    ) {
        self.mark = mark;
        if self.numbers.is_empty() {
            self.numbers = self.people.iter().copied().zip(0..).collect();
        }
        for slot in touched {
            if let Some(at) = self.numbers.get(slot).copied() {
                self.items.remove(&at);
                self.put(at, subject(*slot).map(|s| Judgement::of(&s, at)));
            }
        }
    }

    fn put(&mut self, at: u32, judgement: Option<Judgement>) {
        let (Some(judgement), number) = (judgement, at as usize) else { return };
        let Judgement { state, reopened, bid, done, spent } = judgement;
        (self.states[number], self.reopened[number], self.bids[number]) = (state, reopened, bid);
        if done.is_empty() {
            self.done.remove(&at);
        } else {
            self.done.insert(at, done.into_iter().map(Arc::new).collect());
        }
        if spent.0.is_empty() && spent.1 == 0 {
            self.spent.remove(&at);
        } else {
            self.spent.insert(at, spent);
        }
    }

    fn agenda<'a>(
        &mut self,
        index: &'a Index,
        config: &'a Config,
        extent: Extent,
        subject: &(impl Fn(Slot) -> Option<Subject<'a>> + Sync),
    ) -> Agenda {
        let today = self.today;
        let mut counts: BTreeMap<State, usize> = State::ALL.into_iter().map(|state| (state, 0)).collect();
        for state in State::ALL {
            counts.insert(state, self.states.iter().filter(|known| **known == state).count());
        }
        let untracked = counts.get(&State::Untracked).copied().unwrap_or(0);
        let spent: Vec<(NaiveDate, f64)> =
            self.spent.values().flat_map(|(spent, _)| spent).copied().collect();
        let turns = self.spent.values().map(|(_, turns)| turns).sum();
        let energy = Energy::of(&spent, turns, index, config, today);
        let last_reopened = self.reopened.iter().max().copied().flatten();
        let schedule = schedule::place(&self.bids, &energy, config, today, last_reopened);
        let unplaced = match extent {
            Extent::Placed => Vec::new(),
            Extent::All => {
                let waiting = schedule::waiting(&self.bids, &schedule.placed, today).into_par_iter();
                let slot = |at: u32| self.people.get(at as usize).copied();
                waiting
                    .filter_map(|at| people::item(&subject(slot(at)?)?, None, false))
                    .map(Arc::new)
                    .collect()
            }
        };
        let mut items = self.items(index, config, schedule.placed, subject);
        let others = habits::items(index, today).into_iter().chain(sort_line(untracked, config, today));
        items.extend(others.map(|item| (None, Arc::new(item))));
        // Of one day first what stands on it by itself, in the order of the notes, then as it was placed.
        items.sort_by_key(|(fixed, item)| (item.section, item.planned, fixed.is_none(), *fixed));
        let mut items: Vec<Arc<Item>> = items.into_iter().map(|(_, item)| item).collect();
        items.extend(self.done.values().flatten().cloned());
        let waiting = schedule.waiting;
        let mut agenda = Agenda { date: today, energy, counts, items, waiting, unplaced };
        agenda.distinguish();
        agenda
    }

    /// The items of those who have a day; of those that stand fixed with whose number they are.
    fn items<'a>(
        &mut self,
        index: &'a Index,
        config: &'a Config,
        placed: Vec<Placed>,
        subject: &(impl Fn(Slot) -> Option<Subject<'a>> + Sync),
    ) -> Vec<(Option<u32>, Arc<Item>)> {
        let is_known =
            |placed: &Placed| self.items.get(&placed.person).is_some_and(|(then, _)| then == placed);
        let new: Vec<Placed> = placed.iter().filter(|placed| !is_known(placed)).copied().collect();
        if !new.is_empty() {
            let sources = topics::Sources::new(index, config, self.today);
            let make = |placed: Placed| {
                let s = subject(self.people.get(placed.person as usize).copied()?)?;
                let mut item = people::item(&s, Some(placed.day), placed.later)?;
                item.topics = sources.topics(&item, s.note, s.person, s.tie);
                Some((placed.person, (placed, Arc::new(item))))
            };
            // Other threads take longer to wake than a few items.
            let made: Vec<_> = if new.len() <= 64 {
                new.into_iter().filter_map(make).collect()
            } else {
                new.into_par_iter().filter_map(make).collect()
            };
            self.items.extend(made);
        }
        // Who has no day any more may get another one tomorrow: it is made anew then.
        if self.items.len() > placed.len() * 2 {
            let mut kept = QuickMap::default();
            std::mem::swap(&mut kept, &mut self.items);
            self.items = placed.iter().filter_map(|placed| kept.remove_entry(&placed.person)).collect();
        }
        let all = placed.into_iter().filter_map(|placed| {
            let (_, item) = self.items.get(&placed.person)?;
            Some((placed.fixed.then_some(placed.person), Arc::clone(item)))
        });
        all.collect()
    }
}
