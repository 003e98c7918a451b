//! What follows from a note, the settings and the day alone: somebody's state, and the item they could have.
//!
//! Leaves what becomes of it beside all others to the planner.

use std::sync::Arc;

use chrono::NaiveDate;

use super::super::bid::{self, Bid};
use super::super::groups;
use super::super::introductions;
use super::super::of_late::OfLate;
use super::super::people;
use super::super::schedule::{self, Placed};
use super::super::{Item, Reason, State, Subject, done, energy, reach, topics};

/// What is true of few people on a day.
#[derive(Debug, Default)]
pub(super) struct Notable {
    /// What happened today.
    pub(super) done: Vec<Arc<Item>>,
    /// What was spent this week.
    pub(super) spent: Vec<(NaiveDate, f64)>,
    /// What bounds what is proposed.
    pub(super) of_late: OfLate,
    /// Which of the organisations that you left they belong to.
    pub(super) groups: Vec<u8>,
    /// How the tie stood before what happened today.
    pub(super) this_morning: Option<Standing>,
}

/// How a tie stands in the circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// New, dormant, or nothing that counts.
    Outside,
    /// Inside, within its window.
    Inside,
    /// Inside, beyond it.
    Late,
}

impl Standing {
    pub(super) fn of(state: State) -> Self {
        match state {
            State::Due => Self::Late,
            State::Fresh | State::Open => Self::Inside,
            State::Untracked | State::Closed | State::Snoozed | State::New | State::Dormant => Self::Outside,
        }
    }

    pub(super) fn is_inside(self) -> bool {
        self != Self::Outside
    }
}

impl Notable {
    pub(super) fn is_empty(&self) -> bool {
        self.done.is_empty()
            && self.spent.is_empty()
            && self.of_late.is_empty()
            && self.groups.is_empty()
            && self.this_morning.is_none()
    }
}

/// What is known of one person before anybody has a day.
pub(super) struct Judgement {
    pub(super) state: State,
    pub(super) bid: Option<Bid>,
    pub(super) may_meet: Option<f64>,
    pub(super) notable: Notable,
    /// The item, where there is hardly a doubt which it will be.
    pub(super) item: Option<(Placed, Arc<Item>)>,
}

impl Judgement {
    pub(super) fn of<'a>(s: &Subject<'a>, at: u32, reasons: &mut Vec<Reason<'a>>) -> Self {
        people::reasons(s, reasons);
        let bid = bid::of(s, at, reasons);
        let expected = bid.as_ref().and_then(|bid| schedule::expected(bid, s.today));
        Self {
            state: s.reach.state,
            may_meet: introductions::may_meet(s).then(|| reach::weight(s.person, s.config)),
            notable: Notable {
                done: done::items(s).into_iter().map(Arc::new).collect(),
                spent: energy::spent_on(s),
                of_late: OfLate::of(s),
                groups: groups::memberships(s),
                this_morning: s.this_morning().map(Standing::of),
            },
            item: expected.and_then(|placed| Some((placed, made(s, reasons, placed)?))),
            bid,
        }
    }
}

/// The item of a person on the day that they have.
pub(super) fn made<'a>(s: &Subject<'a>, reasons: &[Reason<'a>], placed: Placed) -> Option<Arc<Item>> {
    let mut item = people::item(s, reasons, Some(placed.day), placed.form)?;
    item.topics = topics::topics(s, &item);
    Some(Arc::new(item))
}
