//! One person, one item: the strongest reason names it, the others are its details.

use chrono::NaiveDate;

use super::{Kind, Reason, Section, State, Subject, Why, dates, item_id, promises, reach, topics, window};
use crate::note::person::Status;
use crate::plan::Item;
use crate::text::Text;

/// A person's item before it has a day.
pub(super) struct Candidate {
    /// The item, as far as it is known.
    pub item: Item,
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
    /// What stands fixed on a later day, and must not be lost should this find no day before.
    pub later: Option<Box<Candidate>>,
}

/// The item of a person, if there is a reason within the horizon.
pub(super) fn candidate(s: &Subject<'_>) -> Option<Candidate> {
    let mut reasons = reasons(s);
    let horizon = s.today.checked_add_days(chrono::Days::new(super::HORIZON - 1))?;
    reasons.retain(|r| r.appears <= horizon && r.until.is_none_or(|until| until >= s.today));
    // What has appeared competes by strength; before, what appears first names the item.
    reasons.sort_by(|a, b| {
        let rank =
            |r: &Reason| (r.appears.max(s.today), r.kind, r.fixed.is_none(), r.due, r.occurrence.clone());
        rank(a).cmp(&rank(b))
    });
    let mut candidate = named_by_first(s, &reasons)?;
    if candidate.fixed.is_none() {
        let appears = reasons.iter().filter(|r| r.fixed.is_some()).map(|r| r.appears).min();
        if let Some(day) = appears {
            // From the day a fixed reason appears it is there, whatever came of the first.
            let mut rest: Vec<Reason> = reasons.clone();
            for reason in &mut rest {
                reason.appears = reason.appears.max(day);
            }
            rest.retain(|r| r.until.is_none_or(|until| until >= r.appears));
            rest.sort_by_key(|r| (r.appears, r.kind, r.fixed.is_none(), r.due));
            candidate.until = candidate.until.min(day.pred_opt()).or(day.pred_opt());
            candidate.later = named_by_first(s, &rest).map(Box::new);
        }
    }
    Some(candidate)
}

/// The item that the first of these reasons names.
fn named_by_first(s: &Subject<'_>, reasons: &[Reason]) -> Option<Candidate> {
    let first = reasons.first()?;
    let active: Vec<&Reason> = reasons.iter().filter(|r| r.appears <= first.appears.max(s.today)).collect();
    // Whichever reason names the item, it must not let a fixed day of another pass.
    let fixed = active.iter().filter_map(|r| r.fixed).map(|day| day.max(s.today)).min();
    let from = first.appears.max(s.today);
    let settled_by = fixed.unwrap_or(from);
    let mut also: Vec<Kind> =
        reasons[1..].iter().filter(|r| r.appears <= settled_by).map(|r| r.kind).collect();
    also.sort_unstable();
    also.dedup();
    let until = match fixed {
        Some(_) => None,
        None => first.until,
    };
    let item = Item {
        id: item_id(s.note.path.as_str(), first.kind, &first.occurrence),
        kind: first.kind,
        section: Section::Unplaced,
        person: Some(s.note.path.clone()),
        subject: None,
        name: s.person.name.clone(),
        tier: reach::tier(s.person, s.config).map(|t| t.id.clone()),
        called: s.person.tier_word.clone(),
        state: Some(s.reach.state),
        last_contact: s.reach.last,
        opens: Some(first.appears),
        due: Some(first.due),
        planned: None,
        day: first.day,
        fixed: fixed.is_some(),
        cost: first.kind.cost(s.config),
        channel: topics::channel(s.person, s.config, s.today),
        why: first.why.clone(),
        topics: Vec::new(),
        also,
        done: false,
    };
    Some(Candidate {
        from,
        until,
        fixed,
        due: first.due,
        since: first.since,
        span: first.span,
        weight: reach::weight(s.person, s.config),
        later: None,
        item,
    })
}

/// Every reason to write to a person, today's and those to come.
fn reasons(s: &Subject<'_>) -> Vec<Reason> {
    match s.reach.state {
        State::Untracked | State::Snoozed => Vec::new(),
        State::Closed if s.person.status == Status::Paused => window::reasons(s),
        State::Closed => Vec::new(),
        State::New | State::Fresh | State::Open | State::Due | State::Dormant => {
            let mut reasons = window::reasons(s);
            reasons.extend(dates::reasons(s));
            // Two messages stayed unanswered: until the longer window opens nothing else is proposed.
            if s.reach.unanswered && s.reach.opens.is_some_and(|opens| opens > s.today) {
                let opens = s.reach.opens;
                reasons
                    .retain(|r| matches!(r.kind, Kind::Cadence | Kind::Reopen) || Some(r.appears) >= opens);
            }
            reasons.extend(promises::reasons(s));
            reasons
        }
    }
}

/// The contact of today with a person, as an item that is done.
pub(super) fn done(s: &Subject<'_>) -> Option<Item> {
    if s.person.status != Status::Active || s.reach.last != Some(s.today) {
        return None;
    }
    let entry = s.person.log.iter().rev().find(|entry| entry.day == s.today && entry.is_contact());
    let before = s.tie.contacts.iter().rev().find(|c| c.day < s.today).map(|c| c.day.to_string());
    let id = entry.and_then(|e| e.id.clone());
    let id = id.map_or_else(
        || item_id(s.note.path.as_str(), Kind::Cadence, before.as_deref().unwrap_or("new")),
        |id| Text::from(&*id),
    );
    Some(Item {
        id,
        kind: Kind::Cadence,
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
        channel: entry.and_then(|e| e.channel.clone()),
        why: Why::Done {
            channel: entry.and_then(|e| e.channel.clone()),
            text: entry.map_or_else(|| "".into(), |e| e.text.clone()),
        },
        topics: Vec::new(),
        also: Vec::new(),
        done: true,
    })
}
