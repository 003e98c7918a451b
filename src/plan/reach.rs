//! Where a tie stands on a day: the last contact, the window, the state, the rhythm.

use chrono::{Days, Months, NaiveDate};

use super::Rest;
use crate::config::{Config, Register, Tier};
use crate::date::Window;
use crate::index::{Source, Tie};
use crate::note::log::Marks;
use crate::note::person::{Person, Status};
use crate::text::{Text, fold};

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
    /// The channel of the newest contact that states one.
    pub last_channel: Option<Text>,
    /// The last touch.
    pub last_touch: Option<NaiveDate>,
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
    /// After a touch that came late, or a further one, nothing is proposed before this day.
    pub quiet_until: Option<NaiveDate>,
    /// When the window would open if the two messages had been answered; where they were not.
    pub answered_opens: Option<NaiveDate>,
    /// The newest two lines of the log stayed unanswered.
    pub unanswered: bool,
    /// The first contact that is known.
    pub first: Option<NaiveDate>,
    /// Days of contact up to the day.
    pub days: usize,
    /// The median gap of the recent ones.
    pub rhythm: Option<f64>,
    /// The rhythm says that the tie is cooling, though the tier does not yet.
    pub drifting: bool,
    /// The last day on which a contact ended a dormancy.
    pub reopened_on: Option<NaiveDate>,
}

impl Reach {
    /// Judges a tie on a day.
    pub fn of(person: &Person, tie: &Tie, config: &Config, rest: &Rest, today: NaiveDate) -> Self {
        let tier = tier(person, config);
        let unanswered = is_unanswered(person, tie, today);
        let plain_window = person.cadence.or_else(|| tier.map(|t| t.window));
        let window = plain_window.map(|w| if unanswered { w.doubled() } else { w });
        let contacts = tie.until(today);
        let last = contacts.last().map(|c| c.day);
        let mut reach = Self {
            state: State::Untracked,
            last,
            last_source: contacts.last().map(|c| c.source),
            last_channel: last_channel(person, today),
            last_touch: last_of(person, today, |marks| marks.has(Marks::LIGHT)),
            opens: None,
            due: None,
            window,
            base: last,
            dormant_from: None,
            by_hand: false,
            touched: false,
            touches: 0,
            quiet_until: None,
            answered_opens: None,
            unanswered,
            first: contacts.first().map(|c| c.day),
            days: contacts.len(),
            rhythm: rhythm(contacts.iter().rev().map(|c| c.day)),
            drifting: false,
            reopened_on: None,
        };
        if let Some(window) = window {
            reach.set_window(person, window, today);
            reach.due = reach.due.map(|due| rest.stretch(due));
            if let (true, Some(plain), Some(base)) = (unanswered, plain_window, reach.base) {
                let half = if reach.touched { half_of(base, plain.opens(base)) } else { 0 };
                reach.answered_opens = Some(plus(plain.opens(base), half));
            }
            reach.reopened_on = reopened_on(contacts.iter().map(|c| c.day), plain_window.unwrap_or(window));
        }
        reach.state = reach.judge(person, today);
        reach.drifting = reach.is_drifting(config, today);
        reach
    }

    fn set_window(&mut self, person: &Person, window: Window, today: NaiveDate) {
        let skip = last_of(person, today, |marks| marks.has(Marks::SKIP));
        self.base = self.last.max(skip);
        if let Some(next) = person.next.filter(|next| self.base.is_none_or(|base| base < *next)) {
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
        if let Some(touch) = self.last_touch.filter(|touch| *touch > base) {
            self.touched = true;
            let since = |day: NaiveDate| base < day && day <= today;
            self.touches = person.log.iter().filter(|e| since(e.day) && e.marks.has(Marks::LIGHT)).count();
            let half = half_of(base, opens);
            // The window moves once. A touch that came after its end, or a further one, would change
            // nothing, and be asked for again at once.
            if self.touches > 1 || touch > due {
                self.quiet_until = Some(plus(touch, half));
            }
            (opens, due) = (plus(opens, half), plus(due, half));
        }
        (self.opens, self.due) = (Some(opens), Some(due));
        self.dormant_from = self.last.and_then(|last| dormant_from(last, window));
    }

    fn judge(&self, person: &Person, today: NaiveDate) -> State {
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

    /// Silent for longer than the usual gap allows, while the tier alone would still wait.
    fn is_drifting(&self, config: &Config, today: NaiveDate) -> bool {
        self.state == State::Fresh
            && self.drift(config).is_some_and(|(from, to)| (from..=to).contains(&today))
    }

    /// The first and the last day on which the rhythm says that the tie is cooling, if nothing
    /// happens and the window has not opened.
    pub(super) fn drift(&self, config: &Config) -> Option<(NaiveDate, NaiveDate)> {
        let (gap, last) = (self.rhythm?, self.last?);
        let after = (config.drift.after * gap).max(f64::from(config.drift.at_least));
        let until = (config.drift.until * gap).max(f64::from(config.drift.until_at_least));
        // Silent for more than the one and for less than the other.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "capped far below")]
        let days = |n: f64| n.clamp(0.0, 1e6) as u64;
        let (from, to) = (days(after.floor()) + 1, days(until.ceil()).checked_sub(1)?);
        (from <= to).then(|| (plus(last, from), plus(last, to)))
    }
}

/// Half of the days from one to the other, rounded down.
fn half_of(from: NaiveDate, to: NaiveDate) -> u64 {
    u64::try_from((to - from).num_days() / 2).unwrap_or(0)
}

fn plus(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// The person's tier.
pub fn tier<'a>(person: &Person, config: &'a Config) -> Option<&'a Tier> {
    person.tier.and_then(|id| config.tiers.get(usize::from(id.0)))
}

/// The register they are written to in: their own, else the tier's; a 先輩 is polite.
pub fn register(person: &Person, config: &Config) -> Register {
    let own = person.details().register;
    let of_tier = || tier(person, config).map_or(Register::Polite, |t| t.register);
    let is_senpai = person.tier_word.as_deref().is_some_and(|word| fold(word) == "先輩");
    own.unwrap_or_else(|| if is_senpai { Register::Polite } else { of_tier() })
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

/// The last contact that ended a dormancy.
fn reopened_on(days: impl Iterator<Item = NaiveDate>, window: Window) -> Option<NaiveDate> {
    let mut before = None;
    let mut found = None;
    for day in days {
        if before.and_then(|b| dormant_from(b, window)).is_some_and(|from| from <= day) {
            found = Some(day);
        }
        before = Some(day);
    }
    found
}

fn last_of(person: &Person, today: NaiveDate, is: impl Fn(Marks) -> bool) -> Option<NaiveDate> {
    person.log.iter().rev().find(|e| e.day <= today && is(e.marks)).map(|e| e.day)
}

fn last_channel(person: &Person, today: NaiveDate) -> Option<Text> {
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

/// The median gap in days between contacts, newest first: over at least five days of
/// contact and as many as it takes to span 21 days, 24 at most.
fn rhythm(newest_first: impl Iterator<Item = NaiveDate>) -> Option<f64> {
    const AT_LEAST: usize = 5;
    const AT_MOST: usize = 24;
    const SPAN_DAYS: i64 = 21;
    let mut days: Vec<NaiveDate> = Vec::with_capacity(AT_MOST);
    for day in newest_first.take(AT_MOST) {
        let spanned = days.first().is_some_and(|first| (*first - day).num_days() >= SPAN_DAYS);
        days.push(day);
        if days.len() >= AT_LEAST && spanned {
            break;
        }
    }
    if days.len() < AT_LEAST {
        return None;
    }
    let mut gaps: Vec<i64> = days.windows(2).map(|pair| (pair[0] - pair[1]).num_days()).collect();
    gaps.sort_unstable();
    let middle = gaps.len() / 2;
    #[allow(clippy::cast_precision_loss, reason = "days between two dates are far below 2^52")]
    Some(if gaps.len() % 2 == 1 {
        gaps[middle] as f64
    } else {
        (gaps[middle - 1] + gaps[middle]) as f64 / 2.0
    })
}
