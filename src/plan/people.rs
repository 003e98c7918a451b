//! One person, one item: the strongest reason names it, the others are its details.

use chrono::{Days, NaiveDate};

use super::{
    HORIZON, Kind, Reason, Section, State, Subject, Why, dates, item_id, promises, reach, section_of, topics,
    window,
};
use crate::note::log::{Entry, Marks};
use crate::note::person::Status;
use crate::plan::Item;
use crate::text::Text;

/// What the schedule needs to know of a person's item. Most never get a day: what their
/// items would say is made only for those who ask.
#[derive(Debug, Clone)]
pub(super) struct Bid {
    /// Whose it is, by the number among all people in the order of their notes.
    pub person: u32,
    /// The strongest reason.
    pub kind: Kind,
    /// The first day it may stand on.
    pub from: NaiveDate,
    /// The last.
    pub until: Option<NaiveDate>,
    /// The day it stands on, whatever else there is.
    pub fixed: Option<NaiveDate>,
    /// By when.
    pub due: NaiveDate,
    /// From when silence counts, and how many days are its measure.
    pub since: NaiveDate,
    pub span: f64,
    /// How much the tie weighs.
    pub weight: f64,
    /// The later day on which another reason stands fixed, which must not be lost should this
    /// find no day before.
    pub later: Option<NaiveDate>,
}

/// What a person's item asks of the schedule, if there is a reason within the horizon.
pub(super) fn bid(s: &Subject<'_>, person: u32) -> Option<Bid> {
    let reasons = reasons(s);
    let first = reasons.first()?;
    let fixed = fixed(s, &reasons);
    let rest = after(s, &reasons);
    let day_before = rest.as_ref().and_then(|(day, _)| day.pred_opt());
    let until = first.until.filter(|_| fixed.is_none());
    Some(Bid {
        person,
        kind: first.kind,
        from: first.appears.max(s.today),
        until: until.into_iter().chain(day_before).min(),
        fixed,
        due: first.due,
        since: first.since,
        span: first.span,
        weight: reach::weight(s.person, s.config),
        later: rest.and_then(|(_, rest)| self::fixed(s, &rest)),
    })
}

/// The item of a person on its day; with `later` the one that stands fixed on a later day
/// than the first reason.
pub(super) fn item(s: &Subject<'_>, planned: Option<NaiveDate>, later: bool) -> Option<Item> {
    let reasons = reasons(s);
    let reasons = if later { after(s, &reasons)?.1 } else { reasons };
    let first = reasons.first()?;
    let fixed = fixed(s, &reasons);
    let settled_by = fixed.unwrap_or(first.appears.max(s.today));
    let mut also: Vec<Kind> =
        reasons[1..].iter().filter(|r| r.appears <= settled_by).map(|r| r.kind).collect();
    also.sort_unstable();
    also.dedup();
    Some(Item {
        id: s.id(first.kind, &first.occurrence),
        kind: first.kind,
        section: section_of(planned, s.today),
        person: Some(s.note.path.clone()),
        subject: None,
        name: s.person.name.clone(),
        tier: reach::tier(s.person, s.config).map(|t| t.id.clone()),
        called: s.person.tier_word.clone(),
        state: Some(s.reach.state),
        last_contact: s.reach.last,
        opens: Some(first.appears),
        due: Some(first.due),
        planned,
        day: first.day,
        fixed: fixed.is_some(),
        cost: first.kind.cost(s.config),
        channel: topics::channel(s.person, s.config, s.today),
        why: first.why.clone(),
        topics: Vec::new(),
        also,
        done: false,
    })
}

/// The reasons to write to a person within the horizon; the first names their item: what has
/// appeared competes by strength, before that what appears first.
fn reasons<'a>(s: &Subject<'a>) -> Vec<Reason<'a>> {
    let Some(horizon) = s.today.checked_add_days(Days::new(HORIZON - 1)) else { return Vec::new() };
    let mut reasons = every_reason(s);
    reasons.retain(|r| r.appears <= horizon && r.until.is_none_or(|until| until >= s.today));
    let rank = |r: &Reason<'_>| (r.appears.max(s.today), r.kind, r.fixed.is_none(), r.due);
    reasons.sort_by(|a, b| {
        rank(a).cmp(&rank(b)).then_with(|| a.occurrence.to_string().cmp(&b.occurrence.to_string()))
    });
    reasons
}

/// The day on which the first of these reasons stands, if it or another that has appeared
/// with it has a fixed one: whichever names the item, it must not let the other's day pass.
fn fixed(s: &Subject<'_>, reasons: &[Reason<'_>]) -> Option<NaiveDate> {
    let appears = reasons.first()?.appears.max(s.today);
    let active = reasons.iter().filter(|r| r.appears <= appears);
    active.filter_map(|r| r.fixed).map(|day| day.max(s.today)).min()
}

/// From the day a fixed reason appears it is there, whatever came of the first: that day and
/// the reasons as they stand then. None where the first stands fixed itself.
fn after<'a>(s: &Subject<'a>, reasons: &[Reason<'a>]) -> Option<(NaiveDate, Vec<Reason<'a>>)> {
    if fixed(s, reasons).is_some() {
        return None;
    }
    let day = reasons.iter().filter(|r| r.fixed.is_some()).map(|r| r.appears).min()?;
    let mut rest = reasons.to_vec();
    for reason in &mut rest {
        reason.appears = reason.appears.max(day);
    }
    rest.retain(|r| r.until.is_none_or(|until| until >= r.appears));
    rest.sort_by_key(|r| (r.appears, r.kind, r.fixed.is_none(), r.due));
    Some((day, rest))
}

/// Every reason to write to a person, today's and those to come.
pub(super) fn every_reason<'a>(s: &Subject<'a>) -> Vec<Reason<'a>> {
    match s.reach.state {
        State::Untracked | State::Snoozed => Vec::new(),
        State::Closed if s.person.status == Status::Paused => window::reasons(s).collect(),
        State::Closed => Vec::new(),
        State::New | State::Fresh | State::Open | State::Due | State::Dormant => {
            let all = window::reasons(s).chain(dates::reasons(s)).chain(promises::reasons(s));
            let mut reasons: Vec<Reason<'a>> = all.collect();
            // Two messages stayed unanswered: until the longer window opens nothing else is proposed.
            if s.reach.unanswered && s.reach.opens.is_some_and(|opens| opens > s.today) {
                let opens = s.reach.opens;
                reasons
                    .retain(|r| matches!(r.kind, Kind::Cadence | Kind::Reopen) || Some(r.appears) >= opens);
            }
            reasons
        }
    }
}

/// What happened today with a person, as items that are done: what goen recorded (skips and
/// touches too, so that each can be taken back), else the contact that somebody wrote down.
pub(super) fn done(s: &Subject<'_>) -> Vec<Item> {
    if matches!(s.person.status, Status::Deceased | Status::DoNotContact) {
        return Vec::new();
    }
    let newest_first = s.person.log.iter().rev().skip_while(|entry| entry.day > s.today);
    let today: Vec<&Entry> = newest_first.take_while(|entry| entry.day == s.today).collect();
    let mut items: Vec<Item> = today
        .iter()
        .rev()
        .filter_map(|entry| {
            let id = entry.id.as_deref()?;
            let kind = s.known(id).map_or(Kind::Cadence, |known| known.kind);
            Some(done_item(s, Text::from(id), kind, Some(entry)))
        })
        .collect();
    let recorded = today.iter().any(|entry| entry.id.is_some() && entry.is_contact());
    if !recorded && s.person.status == Status::Active && s.reach.last == Some(s.today) {
        let entry = today.iter().find(|entry| entry.is_contact()).copied();
        let before = s.tie.contacts.iter().rev().find(|c| c.day < s.today).map(|c| c.day.to_string());
        let id = item_id(s.note.path.as_str(), Kind::Cadence, before.as_deref().unwrap_or("new"));
        items.push(done_item(s, id, Kind::Cadence, entry));
    }
    items
}

fn done_item(s: &Subject<'_>, id: Text, kind: Kind, entry: Option<&Entry>) -> Item {
    let channel = entry.and_then(|entry| entry.channel().cloned());
    Item {
        id,
        kind,
        section: Section::Done,
        person: Some(s.note.path.clone()),
        subject: None,
        name: s.person.name.clone(),
        tier: reach::tier(s.person, s.config).map(|t| t.id.clone()),
        called: s.person.tier_word.clone(),
        state: Some(s.reach.state),
        last_contact: s.reach.last,
        opens: None,
        due: None,
        planned: Some(s.today),
        day: None,
        fixed: false,
        cost: 0.0,
        why: Why::Done {
            skipped: entry.is_some_and(|entry| entry.marks.has(Marks::SKIP)),
            channel: channel.clone().filter(|_| entry.is_some_and(|entry| !entry.marks.has(Marks::SKIP))),
            text: entry.map_or_else(|| "".into(), |e| e.text.clone()),
        },
        channel,
        topics: Vec::new(),
        also: Vec::new(),
        done: true,
    }
}
