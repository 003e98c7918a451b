//! One person, one item: the strongest reason names it, the others are its details.

use chrono::NaiveDate;

use super::{
    About, HORIZON, Item, Kind, Occurrence, Reach, Reason, Section, State, Subject, Why, answers, bid,
    career, channel, clips, dates, minus, plus, promises, reach, seasons, section_of, trips, window,
};
use crate::note::Note;
use crate::note::log::Entry;
use crate::note::person::Status;
use crate::text::Text;

/// In what form an item stands on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As its reason says.
    Whole,
    /// A light touch in the place of a message, for want of room.
    Touch,
}

/// The reasons to write to a person within the horizon.
pub(super) fn reasons<'a>(s: &Subject<'a>, out: &mut Vec<Reason<'a>>) {
    out.clear();
    every_reason(s, out);
    wait_for_tomorrow(s, out);
    let end = s.ground.end;
    out.retain(|r| r.appears <= end && r.until.is_none_or(|until| until >= s.today && until >= r.appears));
}

/// Every reason to write to a person, today's and those to come.
pub(super) fn every_reason<'a>(s: &Subject<'a>, out: &mut Vec<Reason<'a>>) {
    // Of the untracked the state does not tell that they are snoozed.
    if s.person.snooze.is_some_and(|until| until > s.today) && s.person.status != Status::Paused {
        return;
    }
    match s.reach.state {
        State::Untracked => out.extend(answers::follow_up(s)),
        State::Snoozed => {}
        State::Closed if s.person.status == Status::Paused => out.extend(window::reopen(s)),
        State::Closed => {}
        State::New | State::Fresh | State::Open | State::Due | State::Dormant => {
            answers::reasons(s, out);
            promises::reasons(s, out);
            dates::reasons(s, out);
            seasons::reasons(s, out);
            career::reasons(s, out);
            trips::reasons(s, out);
            window::reasons(s, out);
            clips::reasons(s, out);
            wait_for_an_answer(s, out);
        }
    }
    in_mourning(s, out);
}

/// Whoever had an item today has no other on the same day: ticking one pulls nothing in but the next
/// promise, and what stands fixed.
fn wait_for_tomorrow(s: &Subject<'_>, out: &mut Vec<Reason<'_>>) {
    let mut of_today = s.newest_first().take_while(|entry| entry.day == s.today);
    if of_today.any(|entry| entry.id.is_some()) {
        let is_kept = |reason: &Reason<'_>| reason.fixed.is_some() || reason.kind == Kind::Promise;
        put_off(out, plus(s.today, 1), is_kept);
    }
}

/// Two messages stayed without an answer: until the longer window opens there is nothing but a touch
/// and the greetings of the season.
fn wait_for_an_answer(s: &Subject<'_>, out: &mut Vec<Reason<'_>>) {
    let Some(opens) = s.reach.opens.filter(|opens| s.reach.unanswered && *opens > s.today) else { return };
    put_off(out, opens, |reason| {
        matches!(reason.kind, Kind::Touch | Kind::Season | Kind::Cadence | Kind::Reopen)
    });
}

/// In the first days after a death there is nothing but promises and answers.
fn in_mourning(s: &Subject<'_>, out: &mut Vec<Reason<'_>>) {
    // A household mourns together.
    if let Some(until) = seasons::household_quiet_until(s) {
        put_off(out, plus(until, 1), |reason| matches!(reason.kind, Kind::Promise | Kind::Reply));
    }
}

/// Puts all reasons off to a day, but for those that are kept; what is over by then is gone.
fn put_off(out: &mut Vec<Reason<'_>>, to: NaiveDate, is_kept: impl Fn(&Reason<'_>) -> bool) {
    for reason in out.iter_mut().filter(|reason| !is_kept(reason)) {
        reason.appears = reason.appears.max(to);
        reason.fixed = reason.fixed.map(|day| day.max(to));
    }
    out.retain(|reason| reason.until.is_none_or(|until| until >= reason.appears));
}

/// The item of a person on a day, or without one: then it is named as on the first day it could be.
pub(super) fn item<'a>(
    s: &Subject<'a>,
    reasons: &[Reason<'a>],
    planned: Option<NaiveDate>,
    form: Form,
) -> Option<Item> {
    let first = || reasons.iter().map(|r| r.appears.max(s.today)).min();
    let on = planned.or_else(first)?;
    let at = bid::strongest_at(reasons, on)?;
    let named = *reasons.get(at)?;
    let named = if form == Form::Touch { window::as_touch(s, named) } else { named };
    let fixed = bid::fixed(s, reasons).is_some_and(|(day, from)| Some(day) == planned && from <= on);
    let others = reasons.iter().enumerate().filter(|(number, r)| *number != at && r.is_on(on));
    let is_touched = |r: &Reason<'_>| form == Form::Touch && r.kind == Kind::Cadence;
    let mut also: Vec<Kind> = others.filter(|(_, r)| !is_touched(r)).map(|(_, r)| r.kind).collect();
    also.sort_unstable();
    also.dedup();
    let why = why(s, &named, on);
    let channel = match (named.about, form) {
        (_, Form::Touch) => Some(s.like()),
        (About::Touch { .. }, _) => Some(s.like()),
        (About::Season { sent, .. }, _) => seasons::channel(s, sent),
        _ => channel::usual(s.person, s.config, s.today),
    };
    Some(Item {
        opens: Some(named.appears),
        due: Some(named.due),
        planned,
        day: named.day,
        fixed,
        cost: s.cost(&named),
        channel,
        also,
        ..s.item(s.id(named.kind, &named.occurrence), named.kind, section_of(planned, s.today), why)
    })
}

impl Subject<'_> {
    /// An item of theirs, without a day.
    pub(super) fn item(&self, id: Text, kind: Kind, section: Section, why: Why) -> Item {
        Item {
            person: Some(self.note.path.clone()),
            name: self.person.name.clone(),
            tier: reach::tier(self.person, self.config).map(|tier| tier.id.clone()),
            called: self.person.tier_word.as_deref().map(Text::from),
            state: Some(self.reach.state),
            last_contact: self.reach.last,
            ..Item::bare(id, kind, section, why)
        }
    }

    /// What an item costs that a reason names.
    pub(super) fn cost(&self, reason: &Reason<'_>) -> f64 {
        let energy = &self.config.energy;
        match reason.about {
            _ if reason.kind.is_free() => 0.0,
            About::Touch { .. } => energy.like,
            About::Season { sent, .. } if sent.card => energy.letter,
            // Nearly always the same: then nobody has to know through which channel.
            #[allow(clippy::float_cmp, reason = "two values as they are written")]
            _ if energy.letter != energy.message => {
                match channel::usual(self.person, self.config, self.today).as_deref() {
                    Some("post" | "letter") => energy.letter,
                    _ => energy.message,
                }
            }
            _ => energy.message,
        }
    }

    /// Whether a line of the log links to somebody who is never to appear.
    pub(super) fn tells_of_the_gone(&self, entry: &Entry) -> bool {
        answers::links_in(self, entry).any(Note::is_of_the_gone)
    }

    /// The words of a line of the log, unless they tell of somebody who is never to appear.
    fn quoted(&self, entry: &Entry) -> Text {
        if self.tells_of_the_gone(entry) { Text::new() } else { entry.text.clone() }
    }

    /// The channel of a light touch.
    pub(super) fn like(&self) -> Text {
        let light = &self.config.log.light;
        let usual = light.iter().find(|word| *word == "like").or(light.first());
        usual.map_or("like", String::as_str).into()
    }

    /// From when somebody waits outside the circle, if at all within the horizon.
    pub(super) fn outside_from(&self) -> Option<NaiveDate> {
        match self.reach.state {
            State::New | State::Dormant => Some(self.today),
            State::Fresh | State::Open | State::Due => {
                self.reach.dormant_from.filter(|day| *day < plus(self.today, HORIZON))
            }
            State::Untracked | State::Closed | State::Snoozed => None,
        }
    }

    /// How the tie stood today before what happened on it, if anything did.
    pub(super) fn this_morning(&self) -> Option<State> {
        let is_noted = self.newest_first().next().is_some_and(|entry| entry.day == self.today);
        if !is_noted && self.reach.last != Some(self.today) {
            return None;
        }
        let yesterday = minus(self.today, 1);
        let before = Reach::of((self.note, self.person, self.tie), self.config, &self.ground.rest, yesterday);
        Some(before.judge(self.person, self.today))
    }

    /// When they came into the circle, of late: the first contact, or one after so long a silence
    /// that the tie was dormant; and whether it was the latter.
    pub(super) fn entered(&self) -> Option<(NaiveDate, bool)> {
        let since = minus(self.today, (HORIZON - 1).max(u64::from(self.config.reopen_every_days)));
        let window = reach::window(self.person, self.config)?;
        reach::entered_since(self.tie, window, since, self.today)
    }
}

/// A reason as data for an item on a day.
fn why(s: &Subject<'_>, reason: &Reason<'_>, on: NaiveDate) -> Why {
    let reach = &s.reach;
    match reason.about {
        About::Window => Why::Window {
            last: reach.last,
            window: reach.window,
            by_hand: reach.by_hand,
            touched: reach.touched,
            unanswered: reach.unanswered,
            talk: window::talk(s, on),
        },
        About::Reopen { paused } => Why::Reopen { last: reach.last, paused },
        About::Touch { unanswered } => Why::Touch { last: reach.last, unanswered },
        About::Drift { gap } => Why::Drift { last: reach.last.unwrap_or(s.today), gap },
        About::Birthday { month } => Why::Birthday { day: reason.day, month },
        About::Milestone(milestone) => {
            Why::Milestone { day: milestone.day, what: milestone.what.clone(), mourning: s.mourns(on) }
        }
        About::Task { task, due, since } => Why::Promise { text: task.text.clone(), due, since },
        About::FollowUp { day, event } => {
            let called = event.is_none() && answers::was_call(s, day);
            Why::FollowUp { day, event: event.map(|event| event.path.name().into()), called }
        }
        About::Reply(entry) => Why::Reply { day: entry.day, text: s.quoted(entry) },
        About::Thanks(entry) => Why::Thanks { day: entry.day, text: s.quoted(entry) },
        About::Season { name, sent } => {
            let unanswered = reach.unanswered && reach.opens.is_some_and(|opens| opens > on);
            Why::Season { name: name.into(), greeted: sent, unanswered }
        }
        About::Career { org, day, to } => Why::Career { org: org.into(), day, to: to.map(Text::from) },
        About::Visit { place, from, to } => Why::Visit { place: place.into(), from, to },
        About::Share { clip, day } => Why::Share { clip: clip.path.clone(), day },
    }
}

impl Occurrence<'_> {
    /// The occurrence that an id names, of a kind.
    pub(super) fn is(&self, s: &Subject<'_>, kind: Kind, id: &str) -> bool {
        s.id(kind, self) == id
    }
}
