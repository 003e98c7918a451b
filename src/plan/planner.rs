//! The agenda from everybody's reasons, as much of it as is different since it was planned last.
//!
//! A planner gives what a fresh one gives: it remembers what follows from a note, the settings and
//! the day alone, and asks the index which notes that may be different for.

mod judgement;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::bid::Bid;
use super::days::PlannedDays;
use super::ground::Ground;
use super::groups::{self, Proposed};
use super::introductions::{self, Pair};
use super::lately::Lately;
use super::people::{self, Form};
use super::schedule::{self, Placed, Schedule};
use super::seasons::Households;
use super::{Agenda, Energy, Extent, Item, State, habits, meetings, plus, reach, section_of, sort};
use crate::config::Config;
use crate::index::{Index, Mark, Slot};
use crate::text::{NotePath, QuickMap, QuickSet};

use judgement::{Judgement, Notable, Standing, made};

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
    bids: Vec<Option<Bid>>,
    /// Who may be introduced to others, and how much the tie weighs.
    may_meet: Vec<Option<f64>>,
    /// Of the few of whom there is any.
    notable: BTreeMap<u32, Notable>,
    /// Who gets a card together with others.
    households: Households,
    /// The items of those who have a day, as they were made for it.
    items: QuickMap<u32, (Placed, Arc<Item>)>,
}

/// Some people and the places for what is known of them.
type JudgedPiece<'p> =
    ((usize, &'p [Slot]), ((&'p mut [State], &'p mut [Option<Bid>]), &'p mut [Option<f64>]));

impl Planner {
    /// Plans the agenda of a day. The index and the settings are to be the same as the last time,
    /// but for what the index tells of its history.
    pub fn plan(&mut self, index: &Index, config: &Config, today: NaiveDate, extent: Extent) -> Agenda {
        let ground = Ground::new(index, config, today);
        let touched = self.known.as_ref().filter(|known| known.today == today);
        let touched = touched.and_then(|known| Some(index.touched_since(known.mark)?.collect::<Vec<_>>()));
        let known = match (touched, &mut self.known) {
            (Some(touched), Some(known)) => {
                known.judge_again(&touched, &ground);
                known
            }
            (_, known) => known.insert(Known::of(&ground)),
        };
        known.agenda(extent, &ground)
    }
}

impl Known {
    fn of(ground: &Ground<'_>) -> Self {
        /// So many are judged by one thread at a time.
        const PIECE: usize = 256;
        let people: Vec<Slot> = ground.index.people_slots().collect();
        let mut known = Self {
            mark: ground.index.mark(),
            today: ground.today,
            numbers: QuickMap::default(),
            states: vec![State::Untracked; people.len()],
            bids: vec![None; people.len()],
            may_meet: vec![None; people.len()],
            notable: BTreeMap::new(),
            households: ground.households.clone(),
            items: QuickMap::default(),
            people: Vec::new(),
        };
        let pieces = people.par_chunks(PIECE).enumerate();
        let places = known.states.par_chunks_mut(PIECE).zip(known.bids.par_chunks_mut(PIECE));
        let places = places.zip(known.may_meet.par_chunks_mut(PIECE));
        let judge = |((piece, slots), ((states, bids), may_meet)): JudgedPiece<'_>| {
            let mut reasons = Vec::new();
            let (mut notable, mut items) = (Vec::new(), Vec::new());
            let numbered =
                slots.iter().zip((piece * PIECE..).map(|at| u32::try_from(at).unwrap_or(u32::MAX)));
            for (place, (slot, at)) in numbered.enumerate() {
                let Some(s) = ground.subject(*slot) else { continue };
                let judgement = Judgement::of(&s, at, &mut reasons);
                (states[place], bids[place]) = (judgement.state, judgement.bid);
                may_meet[place] = judgement.may_meet;
                if !judgement.notable.is_empty() {
                    notable.push((at, judgement.notable));
                }
                items.extend(judgement.item.map(|item| (at, item)));
            }
            (notable, items)
        };
        let (notable, items): (Vec<Vec<_>>, Vec<Vec<_>>) =
            pieces.zip(places).with_max_len(1).map(judge).unzip();
        // Made at once from what is sorted, a map costs no search.
        known.notable = notable.into_iter().flatten().collect();
        known.items.reserve(items.iter().map(Vec::len).sum());
        known.items.extend(items.into_iter().flatten());
        known.people = people;
        known
    }

    fn judge_again(&mut self, touched: &[Slot], ground: &Ground<'_>) {
        self.mark = ground.index.mark();
        if touched.is_empty() {
            return;
        }
        if self.numbers.is_empty() {
            self.numbers = self.people.iter().copied().zip(0..).collect();
        }
        // Whose follow-up of an event stands fixed depends on who else was there and may be written to.
        let met = ground.met.keys().filter_map(|path| ground.index.slot_of(path));
        // Whether somebody gets a card depends on the others of their household.
        let is_other = |of: &Slot| self.households.get(of) != ground.households.get(of);
        let on_cards = self.households.keys().chain(ground.households.keys());
        let held: QuickSet<Slot> = if ground.households.is_empty() {
            QuickSet::default()
        } else {
            touched.iter().copied().collect()
        };
        let is_held = |of: &Slot| {
            let household = ground.households.get(of);
            household.is_some_and(|household| household.members.iter().any(|member| held.contains(member)))
        };
        let on_cards: Vec<Slot> = on_cards.filter(|of| is_other(of) || is_held(of)).copied().collect();
        self.households.clone_from(&ground.households);
        let mut reasons = Vec::new();
        for slot in touched.iter().copied().chain(met).chain(on_cards) {
            if let Some(at) = self.numbers.get(&slot).copied() {
                self.items.remove(&at);
                let judgement = ground.subject(slot).map(|s| Judgement::of(&s, at, &mut reasons));
                self.put(at, judgement);
            }
        }
    }

    fn put(&mut self, at: u32, judgement: Option<Judgement>) {
        let (Some(judgement), number) = (judgement, at as usize) else { return };
        let Judgement { state, bid, may_meet, notable, item } = judgement;
        (self.states[number], self.bids[number], self.may_meet[number]) = (state, bid, may_meet);
        if notable.is_empty() {
            self.notable.remove(&at);
        } else {
            self.notable.insert(at, notable);
        }
        self.items.extend(item.map(|item| (at, item)));
    }

    /// What bounds the schedule. How many are late is asked of this morning: whoever is written to
    /// makes room for nobody today.
    fn lately(&self, counts: &BTreeMap<State, usize>, config: &Config) -> Lately {
        let count = |state| counts.get(&state).copied().unwrap_or(0);
        let mut inside = count(State::Fresh) + count(State::Open) + count(State::Due);
        let mut late = count(State::Due);
        for (at, before) in self.notable.iter().filter_map(|(at, of)| Some((*at, of.this_morning?))) {
            let now = self.states.get(at as usize).copied().map_or(Standing::Outside, Standing::of);
            inside = inside + usize::from(before.is_inside()) - usize::from(now.is_inside());
            late = late + usize::from(before == Standing::Late) - usize::from(now == Standing::Late);
        }
        #[allow(clippy::cast_precision_loss, reason = "people are far fewer than 2^52")]
        let is_strained = late as f64 > config.circle.late * inside as f64;
        let of_late = || self.notable.values().map(|of| &of.of_late);
        Lately {
            reopened: of_late().filter_map(|of| of.reopened).max(),
            shared: of_late().flat_map(|of| of.shared.iter().copied()).collect(),
            entered: of_late().filter_map(|of| of.entered).collect(),
            is_strained,
        }
    }

    fn agenda(&mut self, extent: Extent, ground: &Ground<'_>) -> Agenda {
        let Ground { index, config, today, .. } = *ground;
        let count = |of: State| self.states.iter().filter(|state| **state == of).count();
        let counts: BTreeMap<State, usize> =
            State::ALL.into_iter().map(|state| (state, count(state))).collect();
        let spent: Vec<(NaiveDate, f64)> = self.notable.values().flat_map(|of| &of.spent).copied().collect();
        let energy = Energy::of(&spent, index, config, today);
        let mut days = PlannedDays::new(&energy, index, config, &ground.rest, today);
        let lately = self.lately(&counts, config);
        let pair = self.pair(ground);
        let gatherings = self.gatherings(ground);
        let others = self.other_bids(pair.as_ref(), &gatherings, ground);
        let open = days.clone();
        let schedule = schedule::place(&self.bids, &others, &mut days, &lately, config);
        let unplaced = match extent {
            Extent::Today | Extent::Placed => Vec::new(),
            Extent::All => self.unplaced(&schedule, &others, &gatherings, ground),
        };
        // An introduction that finds no room lets nobody wait.
        let is_idle = |pair: &&Pair<'_>| {
            let own = self.bids.get(pair.number as usize).is_some_and(Option::is_some);
            !own && !schedule.placed.iter().any(|placed| placed.person == pair.number)
        };
        let waiting = schedule.waiting - usize::from(pair.as_ref().filter(is_idle).is_some());
        let mut placed = schedule.placed;
        if extent == Extent::Today {
            placed.retain(|placed| placed.day == today);
        }
        let mut items = self.items(placed, pair.as_ref(), &gatherings, ground);
        let is_open = |day| open.number(day).is_some_and(|at| open.is_open(at));
        let unread = sort::unread(index, config);
        let untracked = counts.get(&State::Untracked).copied().unwrap_or(0).saturating_sub(unread);
        let nobodys = meetings::items(index, &open, today)
            .into_iter()
            .chain(groups::done(index, today))
            .chain(habits::items(index, today, is_open))
            .chain(sort::line(untracked, today, is_open));
        items.extend(nobodys.map(|item| (None, Arc::new(item))));
        // Of one day first what stands on it by itself, in the order of the notes, then as it was placed.
        items.sort_by_key(|(fixed, item)| (item.section, item.planned, fixed.is_none(), *fixed));
        let mut items: Vec<Arc<Item>> = items.into_iter().map(|(_, item)| item).collect();
        items.extend(self.notable.values().flat_map(|of| of.done.iter().cloned()));
        let mut agenda = Agenda { date: today, energy, counts, unread, items, waiting, unplaced };
        agenda.distinguish();
        agenda
    }

    /// Two who should know each other, where nobody was introduced of late.
    fn pair<'a>(&self, ground: &Ground<'a>) -> Option<Pair<'a>> {
        let of_late = || self.notable.values().map(|of| &of.of_late);
        let mut skipped = QuickSet::default();
        let mut skips = of_late().flat_map(|of| &of.skipped_with);
        if of_late().any(|of| of.introduced.is_some()) || !skips.all(|id| skipped.insert(id)) {
            return None;
        }
        let weighed = self.may_meet.iter().zip(0_u32..).filter_map(|(weight, at)| Some(((*weight)?, at)));
        let mut order: Vec<(f64, u32)> = weighed.collect();
        let by_turn = |a: &(f64, u32), b: &(f64, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if order.len() > introductions::AMONG {
            order.select_nth_unstable_by(introductions::AMONG - 1, by_turn);
            order.truncate(introductions::AMONG);
        }
        order.sort_unstable_by(by_turn);
        let numbers: Vec<u32> = order.into_iter().map(|(_, at)| at).collect();
        let get = |at: u32| ground.index.person_in(*self.people.get(at as usize)?);
        let has_nothing = |at: u32| {
            let bid = self.bids.get(at as usize).and_then(Option::as_ref);
            bid.is_none_or(|bid| !bid.is_on(ground.today))
        };
        let mut pair = introductions::find(ground, &numbers, has_nothing, get)?;
        // What was noted today may be what brings them together: that pulls nothing into today.
        if self.notable.values().any(|of| of.this_morning.is_some()) {
            let of = |at: &u32| self.notable.get(at);
            let was_inside = |at: &u32| of(at).and_then(|of| of.this_morning).is_none_or(Standing::is_inside);
            let then: Vec<u32> = numbers.into_iter().filter(was_inside).collect();
            let was_free = |at: u32| has_nothing(at) && of(&at).is_none_or(|of| of.done.is_empty());
            let same = introductions::find(ground, &then, was_free, get).filter(|then| pair.is(then));
            pair.from = plus(ground.today, u64::from(same.is_none()));
        }
        Some(pair)
    }

    /// Gatherings of those whom you worked with.
    fn gatherings(&self, ground: &Ground<'_>) -> Vec<Proposed> {
        let mut members: Vec<Vec<&NotePath>> = vec![Vec::new(); ground.left.len()];
        for (at, notable) in &self.notable {
            let path = self.people.get(*at as usize).and_then(|slot| ground.index.note_in(*slot));
            for group in &notable.groups {
                if let (Some(members), Some(note)) = (members.get_mut(usize::from(*group)), path) {
                    members.push(&note.path);
                }
            }
        }
        groups::proposed(ground.index, ground.config, &ground.left, &members, ground.today)
    }

    /// Bids besides those of each person: numbers behind those of all people are gatherings'.
    fn other_bids(&self, pair: Option<&Pair<'_>>, gatherings: &[Proposed], ground: &Ground<'_>) -> Vec<Bid> {
        let own = pair.map(|pair| {
            let own = self.bids.get(pair.number as usize).and_then(Option::as_ref);
            pair.bid(own, reach::weight(pair.one.1, ground.config), ground)
        });
        let first = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        let numbered = gatherings.iter().zip(first..);
        let gatherings = numbered.filter_map(|(gathering, number)| gathering.bid(number, ground.end));
        own.into_iter().chain(gatherings).collect()
    }

    fn unplaced(
        &self,
        schedule: &Schedule,
        others: &[Bid],
        gatherings: &[Proposed],
        ground: &Ground<'_>,
    ) -> Vec<Arc<Item>> {
        let stands_in = |person: u32| others.iter().any(|bid| bid.person == person);
        let own = self.bids.iter().flatten().filter(|bid| !stands_in(bid.person));
        let waiting = schedule::waiting(own.chain(others), &schedule.placed, self.today);
        let make = |reasons: &mut Vec<_>, bid: &Bid| {
            let Some(slot) = self.people.get(bid.person as usize) else {
                let gathering = gatherings.get(bid.person as usize - self.people.len())?;
                return Some(gathering.item.clone());
            };
            let s = ground.subject(*slot)?;
            people::reasons(&s, reasons);
            // A window that goes by without room ends in a touch.
            let form = if bid.is_squeezed(ground.end) { Form::Touch } else { Form::Whole };
            people::item(&s, reasons, None, form)
        };
        waiting.into_par_iter().map_init(Vec::new, make).flatten().map(Arc::new).collect()
    }

    /// The items of those who have a day; of those that stand fixed with whose number they are.
    fn items(
        &mut self,
        placed: Vec<Placed>,
        pair: Option<&Pair<'_>>,
        gatherings: &[Proposed],
        ground: &Ground<'_>,
    ) -> Vec<(Option<u32>, Arc<Item>)> {
        let is_known =
            |placed: &Placed| self.items.get(&placed.person).is_some_and(|(then, _)| then == placed);
        let is_pairs = |placed: &Placed| pair.is_some_and(|pair| pair.is_on(placed, &self.bids));
        let mut new: Vec<Placed> = placed.iter().filter(|placed| !is_known(placed)).copied().collect();
        new.retain(|placed| (placed.person as usize) < self.people.len() && !is_pairs(placed));
        let make = |reasons: &mut Vec<_>, placed: Placed| {
            let s = ground.subject(self.people.get(placed.person as usize).copied()?)?;
            people::reasons(&s, reasons);
            Some((placed.person, (placed, made(&s, reasons, placed)?)))
        };
        // Other threads take longer to wake than a few items.
        let made: Vec<_> = if new.len() <= 64 {
            let mut reasons = Vec::new();
            new.into_iter().filter_map(|placed| make(&mut reasons, placed)).collect()
        } else {
            new.into_par_iter().map_init(Vec::new, make).flatten().collect()
        };
        self.items.extend(made);
        // Who has no day any more may get another one tomorrow: it is made anew then.
        if self.items.len() > placed.len() * 2 {
            let mut kept = QuickMap::default();
            std::mem::swap(&mut kept, &mut self.items);
            self.items = placed.iter().filter_map(|placed| kept.remove_entry(&placed.person)).collect();
        }
        let all = placed.into_iter().filter_map(|placed| {
            let fixed = placed.fixed.then_some(placed.person);
            if let Some(pair) = pair.filter(|pair| pair.is_on(&placed, &self.bids)) {
                let slot = self.people.get(placed.person as usize)?;
                let s = ground.subject(*slot)?;
                return Some((fixed, Arc::new(pair.item(&s, placed.day))));
            }
            if let Some(number) = (placed.person as usize).checked_sub(self.people.len()) {
                let item = gatherings.get(number)?.item.clone();
                let section = section_of(Some(placed.day), self.today);
                return Some((fixed, Arc::new(Item { section, ..item.on(placed.day) })));
            }
            let (_, item) = self.items.get(&placed.person)?;
            Some((fixed, Arc::clone(item)))
        });
        all.collect()
    }
}
