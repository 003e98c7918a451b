//! Events to come: `prepare`, an item of nobody's with the event as its subject.

use chrono::NaiveDate;

use super::days::PlannedDays;
use super::{HORIZON, Item, Kind, Section, Why, item_id, minus, plus, section_of};
use crate::index::Index;
use crate::note::Note;
use crate::note::log::{Entry, Marks};
use crate::note::other::{Event, EventStatus};
use crate::text::Text;

/// An event is prepared from so many days ahead.
const AHEAD: u64 = 7;

/// The events to prepare for, and what was done for one today.
pub(super) fn items(index: &Index, days: &PlannedDays, today: NaiveDate) -> Vec<Item> {
    let mut out = Vec::new();
    for (note, event) in index.events() {
        out.extend(to_prepare(index, note, event, days, today));
        let entries = event.log.iter().filter(|entry| entry.day == today);
        out.extend(entries.filter_map(|entry| done(note, entry, Kind::Prepare)));
    }
    out.sort_by(|a, b| (a.day, &a.subject).cmp(&(b.day, &b.subject)));
    out
}

/// The id of an event's item.
pub(super) fn id(note: &Note, day: NaiveDate) -> Text {
    item_id(note.path.as_str(), Kind::Prepare, day)
}

fn to_prepare(
    index: &Index,
    note: &Note,
    event: &Event,
    days: &PlannedDays,
    today: NaiveDate,
) -> Option<Item> {
    let day = event.day.filter(|day| *day >= today)?;
    let from = minus(day, AHEAD).max(today);
    if from >= plus(today, HORIZON) || event.status == EventStatus::Cancelled {
        return None;
    }
    let is_settled = event.goal.is_some() && event.prepared;
    let id = id(note, day);
    let is_recorded = event.log.iter().any(|entry| entry.id.as_deref() == Some(id.as_str()));
    if is_settled || is_recorded || !has_attendees(index, note, event) {
        return None;
    }
    // On the day itself it stands there whatever else there is.
    let ahead = days.number(from).into_iter().flat_map(|at| at..days.number(day).unwrap_or(usize::MAX));
    let planned =
        ahead.take_while(|at| *at < usize::try_from(HORIZON).unwrap_or(0)).find(|at| days.is_open(*at));
    let planned = planned.map_or(day, |at| days.day(at));
    (planned < plus(today, HORIZON)).then(|| Item {
        subject: Some(note.path.clone()),
        name: note.path.name().into(),
        opens: Some(minus(day, AHEAD)),
        due: Some(day),
        day: Some(day),
        fixed: planned == day,
        ..Item::bare(
            id,
            Kind::Prepare,
            section_of(Some(planned), today),
            Why::Prepare { day, has_goal: event.goal.is_some() },
        )
        .on(planned)
    })
}

/// Whether anybody comes whom one may speak of; who is not known by a note may come too.
fn has_attendees(index: &Index, note: &Note, event: &Event) -> bool {
    event.attendees.iter().filter(|attendee| !attendee.absent).any(|attendee| {
        let person = index.attendee(&note.path, &attendee.target).and_then(Note::person);
        person.is_none_or(|person| !person.status.is_gone())
    })
}

/// What was recorded today in the log of an event or an organisation.
pub(super) fn done(note: &Note, entry: &Entry, kind: Kind) -> Option<Item> {
    let id = entry.id.as_deref()?;
    let skipped = entry.marks.has(Marks::SKIP);
    let channel = entry.channel().filter(|_| !skipped).cloned();
    Some(Item {
        subject: Some(note.path.clone()),
        name: note.path.name().into(),
        done: true,
        channel: entry.channel().cloned(),
        ..Item::bare(
            Text::from(id),
            kind,
            Section::Done,
            Why::Done { skipped, channel, text: entry.text.clone() },
        )
        .on(entry.day)
    })
}
