//! Where a tie stands on a day: the last contact, the window, the state, the rhythm.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use super::{Kind, Occurrence, Rest, plus};
use crate::config::{Config, Register, Tier};
use crate::date::Window;
use crate::index::{Source, Tie};
use crate::note::Note;
use crate::note::log::{Entry, Marks};
use crate::note::person::{Person, Status};
use crate::text::{Lang, Text, fold, pick};

/// How a tie stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Neither tier nor cadence.
    Untracked,
    /// Paused, closed, not to be contacted, deceased.
    Closed,
    /// Silent until a day that has not come.
    Snoozed,
    /// Tracked, and no contact known.
    New,
    /// Before the window opens.
    Fresh,
    /// Within the window.
    Open,
    /// Past the window.
    Due,
    /// Silent for twice the window's end, and at least a year.
    Dormant,
}

impl State {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Untracked,
        Self::Closed,
        Self::Snoozed,
        Self::New,
        Self::Fresh,
        Self::Open,
        Self::Due,
        Self::Dormant,
    ];

    /// The word in JSON and filters.
    pub fn word(self) -> &'static str {
        match self {
            Self::Untracked => "untracked",
            Self::Closed => "closed",
            Self::Snoozed => "snoozed",
            Self::New => "new",
            Self::Fresh => "fresh",
            Self::Open => "open",
            Self::Due => "due",
            Self::Dormant => "dormant",
        }
    }

    /// How it is said to people.
    pub fn said(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Self::Untracked => ("未整理", "to sort"),
            Self::Closed => ("休止・終了", self.word()),
            Self::Snoozed => ("お休み中", self.word()),
            Self::New => ("これから", self.word()),
            Self::Fresh => ("良好", self.word()),
            Self::Open => ("そろそろ", self.word()),
            Self::Due => ("間があいた", self.word()),
            Self::Dormant => ("ごぶさた", self.word()),
        };
        pick(lang, ja, en)
    }
}

/// Where a tie stands on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Reach {
    /// The state.
    pub state: State,
    /// The last contact up to the day.
    pub last: Option<NaiveDate>,
    /// Where it is known from.
    pub last_source: Option<Source>,
    /// From when the next contact may fall; none for the untracked.
    pub opens: Option<NaiveDate>,
    /// By when it should.
    pub due: Option<NaiveDate>,
    /// The window in force, doubled where two messages stayed unanswered.
    pub window: Option<Window>,
    /// What the window is counted from: the last contact, or a skip after it.
    pub base: Option<NaiveDate>,
    /// The first day on which the tie is dormant, if nothing happens.
    pub dormant_from: Option<NaiveDate>,
    /// `next` is in force.
    pub by_hand: bool,
    /// A touch has moved the window.
    pub touched: bool,
    /// Touches in a row since what the window is counted from.
    pub touches: usize,
    /// After a touch that came late, or a further one, no other is proposed before this day.
    pub no_touch_until: Option<NaiveDate>,
    /// When the window would open if the two messages had been answered; where they were not.
    pub answered_opens: Option<NaiveDate>,
    /// The newest two lines of the log stayed unanswered.
    pub unanswered: bool,
}

impl Reach {
    /// Judges the tie to a note's person on a day.
    pub fn of(
        (note, person, tie): (&Note, &Person, &Tie),
        config: &Config,
        rest: &Rest,
        today: NaiveDate,
    ) -> Self {
        let unanswered = is_unanswered(person, tie, today);
        let plain_window = window(person, config);
        let window = plain_window.map(|w| if unanswered { w.doubled() } else { w });
        let contacts = tie.until(today);
        let last = contacts.last().map(|c| c.day);
        let mut reach = Self {
            state: State::Untracked,
            last,
            last_source: contacts.last().map(|c| c.source),
            opens: None,
            due: None,
            window,
            base: last,
            dormant_from: None,
            by_hand: false,
            touched: false,
            touches: 0,
            no_touch_until: None,
            answered_opens: None,
            unanswered,
        };
        if let Some(window) = window {
            reach.set_window((note, person, tie), window, today);
            reach.due = reach.due.map(|due| rest.stretch(due));
            if let (true, Some(plain), Some(base)) = (unanswered, plain_window, reach.base) {
                let half = if reach.touched { half_of(base, plain.opens(base)) } else { 0 };
                reach.answered_opens = Some(plus(plain.opens(base), half));
            }
        }
        reach.state = reach.judge(person, today);
        reach
    }

    fn set_window(&mut self, of: (&Note, &Person, &Tie), window: Window, today: NaiveDate) {
        let (note, person, _) = of;
        // What came before the last contact moves nothing.
        let since = |last: Option<NaiveDate>| {
            let newest_first = person.log.iter().rev().skip_while(move |entry| entry.day > today);
            newest_first.take_while(move |entry| last.is_none_or(|last| entry.day > last))
        };
        let skip = since(self.last).find(|entry| restarts(entry, of)).map(|entry| entry.day);
        self.base = self.last.max(skip);
        // Whoever met the day's own item before it has kept it.
        let is_met = |next: NaiveDate| {
            let so_far = person.log.iter().filter(|entry| entry.day <= today);
            let mut ids = so_far.filter_map(|entry| entry.id.as_deref()).peekable();
            ids.peek().is_some() && {
                let own = Occurrence::Day(next).id(note, Kind::Cadence);
                ids.any(|id| id == own)
            }
        };
        let is_ahead = |next: &NaiveDate| self.base.is_none_or(|base| base < *next);
        if let Some(next) = person.next.filter(is_ahead).filter(|next| !is_met(*next)) {
            self.by_hand = true;
            (self.opens, self.due) = (Some(next), Some(next));
            self.dormant_from = dormant_from(next, window);
            return;
        }
        let Some(base) = self.base else {
            self.opens = Some(today);
            self.due = Some(plus(today, super::HORIZON - 1));
            return;
        };
        let (mut opens, mut due) = (window.opens(base), window.due(base));
        let mut touches = since(Some(base)).filter(|entry| entry.marks.has(Marks::LIGHT));
        if let Some(touch) = touches.next().map(|entry| entry.day) {
            self.touched = true;
            self.touches = 1 + touches.count();
            let half = half_of(base, opens);
            // The window moves once. After a touch that came behind its end, or a further one, it may be
            // open still: a message is proposed then, but no touch for as long as the window moves.
            if self.touches > 1 || touch > due {
                self.no_touch_until = Some(plus(touch, half));
            }
            (opens, due) = (plus(opens, half), plus(due, half));
        }
        (self.opens, self.due) = (Some(opens), Some(due));
        self.dormant_from = self.last.and_then(|last| dormant_from(last, window));
    }

    /// The state on a day up to which nothing else has happened.
    pub(super) fn judge(&self, person: &Person, today: NaiveDate) -> State {
        if person.status != Status::Active {
            return State::Closed;
        }
        let (Some(opens), Some(due)) = (self.opens, self.due) else { return State::Untracked };
        if person.snooze.is_some_and(|until| until > today) {
            return State::Snoozed;
        }
        if self.last.is_none() {
            return State::New;
        }
        if self.dormant_from.is_some_and(|from| from <= today) {
            return State::Dormant;
        }
        if today < opens {
            State::Fresh
        } else if today <= due {
            State::Open
        } else {
            State::Due
        }
    }

    /// Whether the rhythm says that the tie is cooling, while the tier alone would still wait.
    pub fn is_drifting(&self, tie: &Tie, config: &Config, today: NaiveDate) -> bool {
        self.state == State::Fresh
            && self.drift(tie, config, today).is_some_and(|drift| (drift.from..=drift.to).contains(&today))
    }

    /// When the rhythm says that the tie is cooling, if nothing happens and the window has not opened.
    pub(super) fn drift(&self, tie: &Tie, config: &Config, today: NaiveDate) -> Option<Drift> {
        let last = self.last?;
        // Whatever the rhythm, it is not before this.
        if plus(last, u64::from(config.drift.at_least)) >= plus(today, super::HORIZON) {
            return None;
        }
        let gap = rhythm(tie, today)?;
        let after = (config.drift.after * gap).max(f64::from(config.drift.at_least));
        let until = (config.drift.until * gap).max(f64::from(config.drift.until_at_least));
        // Silent for more than the one and for less than the other.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "capped far below")]
        let days = |n: f64| n.clamp(0.0, 1e6) as u64;
        let (from, to) = (days(after.floor()) + 1, days(until.ceil()).checked_sub(1)?);
        (from <= to).then(|| Drift { gap, from: plus(last, from), to: plus(last, to) })
    }
}

/// Whether a line of the log begins the window anew: somebody's own skip, and goen's of an item that a
/// window gave. Those of birthdays, promises and the like leave the rhythm alone.
fn restarts(entry: &Entry, of: (&Note, &Person, &Tie)) -> bool {
    entry.marks.has(Marks::SKIP) && entry.id.as_deref().is_none_or(|id| window_kind(id, of).is_some())
}

/// The kind of the window's items that an id is of, whichever contact or skip it was counted from.
pub(super) fn window_kind(id: &str, (note, person, tie): (&Note, &Person, &Tie)) -> Option<Kind> {
    const TOUCHES: usize = 4;
    let logged = person.log.iter().rev().map(|entry| entry.day);
    let contacts = tie.contacts.iter().rev().map(|contact| contact.day);
    // An item that is marked is mostly that of the last contact.
    let days: BTreeSet<Reverse<NaiveDate>> = logged.chain(contacts).chain(person.next).map(Reverse).collect();
    let bases = || days.iter().map(|day| Some(day.0)).chain([None]);
    let of_day = |base: Option<NaiveDate>| {
        let occurrence = base.map_or(Occurrence::New, Occurrence::Day);
        [Kind::Cadence, Kind::Reopen].into_iter().find(|kind| occurrence.id(note, *kind) == id)
    };
    let of_touch = |base: Option<NaiveDate>| {
        let mut touches = (0..TOUCHES).map(|n| Occurrence::Touch(base, n));
        touches.any(|touch| touch.id(note, Kind::Touch) == id).then_some(Kind::Touch)
    };
    bases().find_map(of_day).or_else(|| bases().find_map(of_touch))
}

/// When a tie is said to cool.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Drift {
    /// The median of the recent gaps, in days.
    pub gap: f64,
    /// The first day.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}

/// Half of the days from one to the other, rounded down.
pub(super) fn half_of(from: NaiveDate, to: NaiveDate) -> u64 {
    u64::try_from((to - from).num_days() / 2).unwrap_or(0)
}

/// The person's tier.
pub fn tier<'a>(person: &Person, config: &'a Config) -> Option<&'a Tier> {
    person.tier.and_then(|id| config.tiers.get(usize::from(id.0)))
}

/// The window after a contact: their own cadence, else the tier's.
pub(super) fn window(person: &Person, config: &Config) -> Option<Window> {
    person.cadence.or_else(|| tier(person, config).map(|tier| tier.window))
}

/// The register they are written to in: their own, else the tier's; a 先輩 is polite.
pub fn register(person: &Person, config: &Config) -> Register {
    let own = person.details().register;
    let of_tier = || tier(person, config).map_or(Register::Polite, |t| t.register);
    let is_senpai = || person.tier_word.as_deref().is_some_and(|word| fold(word) == "先輩");
    own.unwrap_or_else(|| match of_tier() {
        Register::Formal if is_senpai() => Register::Polite,
        of_tier => of_tier,
    })
}

/// How much the tie weighs; 1 without a tier.
pub fn weight(person: &Person, config: &Config) -> f64 {
    tier(person, config).map_or(1.0, |t| t.weight)
}

/// The first day of dormancy after a silence that began on a day.
fn dormant_from(last: NaiveDate, window: Window) -> Option<NaiveDate> {
    let year = last.checked_add_months(Months::new(12))?;
    Some(year.max(window.max.doubled().after(last)))
}

/// The last contact since a day that was the first, or that ended a dormancy; and whether it did.
pub(super) fn entered_since(
    tie: &Tie,
    window: Window,
    since: NaiveDate,
    today: NaiveDate,
) -> Option<(NaiveDate, bool)> {
    let contacts = tie.until(today);
    let recent = contacts.iter().enumerate().rev().take_while(|(_, contact)| contact.day >= since);
    recent
        .filter_map(|(at, contact)| match at.checked_sub(1).and_then(|before| contacts.get(before)) {
            None => Some((contact.day, false)),
            Some(before) => {
                let from = dormant_from(before.day, window)?;
                (from <= contact.day).then_some((contact.day, true))
            }
        })
        .next()
}

/// The last touch.
pub fn last_touch(person: &Person, today: NaiveDate) -> Option<NaiveDate> {
    let newest_first = person.log.iter().rev().filter(|entry| entry.day <= today);
    newest_first.filter(|entry| entry.marks.has(Marks::LIGHT)).map(|entry| entry.day).next()
}

/// The channel of the newest contact that states one.
pub fn last_channel(person: &Person, today: NaiveDate) -> Option<Text> {
    let logged = person.log.iter().rev().filter(|e| e.day <= today && e.is_contact());
    let logged = logged.filter_map(|e| Some((e.day, e.channel()?.clone()))).next();
    let stated = person.stated.iter().filter(|s| s.day <= today);
    let stated = stated.filter_map(|s| Some((s.day, s.channel.clone()?))).max_by_key(|(day, _)| *day);
    match (logged, stated) {
        (Some(logged), Some(stated)) if stated.0 > logged.0 => Some(stated.1),
        (Some(logged), _) => Some(logged.1),
        (None, stated) => stated.map(|(_, channel)| channel),
    }
}

/// Whether the newest two contacts of the log are marked as unanswered, and nothing came since.
fn is_unanswered(person: &Person, tie: &Tie, today: NaiveDate) -> bool {
    let mut lines = person.log.iter().rev().filter(|e| e.day <= today && e.is_contact());
    let newest = lines.next().filter(|e| e.marks.has(Marks::NOREPLY));
    let before = lines.next().is_some_and(|e| e.marks.has(Marks::NOREPLY));
    let last = tie.until(today).last().map(|c| c.day);
    newest.is_some_and(|line| before && last.is_none_or(|last| last <= line.day))
}

/// The median gap in days between contacts, as far as there are enough: over at least five days of
/// contact, the newest, and as many as it takes to span 21 days, 24 at most.
pub fn rhythm(tie: &Tie, today: NaiveDate) -> Option<f64> {
    const AT_LEAST: usize = 5;
    const AT_MOST: usize = 24;
    const SPAN_DAYS: i64 = 21;
    let mut gaps = [0_i64; AT_MOST];
    let mut days = tie.until(today).iter().rev().map(|contact| contact.day);
    let first = days.next()?;
    let (mut before, mut count) = (first, 1);
    for day in days.take(AT_MOST - 1) {
        gaps[count - 1] = (before - day).num_days();
        (before, count) = (day, count + 1);
        if count >= AT_LEAST && (first - day).num_days() >= SPAN_DAYS {
            break;
        }
    }
    if count < AT_LEAST {
        return None;
    }
    let gaps = &mut gaps[..count - 1];
    gaps.sort_unstable();
    let middle = gaps.len() / 2;
    #[allow(clippy::cast_precision_loss, reason = "days between two dates are far below 2^52")]
    Some(if gaps.len() % 2 == 1 {
        gaps[middle] as f64
    } else {
        (gaps[middle - 1] + gaps[middle]) as f64 / 2.0
    })
}
