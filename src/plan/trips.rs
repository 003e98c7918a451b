//! Trips that lead to where somebody is: `visit`.

use chrono::NaiveDate;

use super::{About, HORIZON, Kind, Occurrence, Reason, Subject, minus, plus};
use crate::index::{Index, same_place};
use crate::note::Note;
use crate::note::log::Marks;
use crate::text::{Text, fold};

/// A visit is proposed so many days ahead.
const AHEAD: u64 = 21;

/// A trip that is near.
#[derive(Debug)]
pub(super) struct Ahead<'a> {
    pub note: &'a Note,
    pub place: &'a Text,
    folded: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// The trips of which somebody may be told within the horizon.
pub(super) fn ahead(index: &Index, today: NaiveDate) -> Vec<Ahead<'_>> {
    let trips = index.trips().filter_map(|(note, trip)| {
        let (place, from) = (trip.location.as_ref()?, trip.from?);
        let to = trip.to.unwrap_or(from).max(from);
        let is_near = to >= today && minus(from, AHEAD) < plus(today, HORIZON);
        is_near.then(|| Ahead { note, place, folded: fold(place).into_owned(), from, to })
    });
    trips.collect()
}

/// The reasons of trips.
pub(super) fn reasons<'a>(s: &Subject<'a>, out: &mut Vec<Reason<'a>>) {
    if s.ground.trips.is_empty() {
        return;
    }
    let Some(place) = s.person.location.as_deref().map(fold) else { return };
    for trip in s.ground.trips.iter().filter(|trip| same_place(&place, &trip.folded)) {
        let appears = minus(trip.from, AHEAD);
        let occurrence = Occurrence::Note(&trip.note.path, Some(trip.from));
        if have_met(s, appears, trip.to) || s.is_settled(Kind::Visit, &occurrence) {
            continue;
        }
        let about = About::Visit { place: trip.place, from: trip.from, to: trip.to };
        out.push(Reason::within(Kind::Visit, occurrence, (appears, trip.to), about));
    }
}

/// Whether there was a meeting since the visit was proposed.
fn have_met(s: &Subject<'_>, from: NaiveDate, to: NaiveDate) -> bool {
    let within = |day: NaiveDate| from <= day && day <= to;
    let logged = s.newest_first().take_while(|entry| entry.day >= from);
    logged.clone().any(|entry| within(entry.day) && entry.marks.has(Marks::MEETING))
        || s.tie.until(s.today).iter().rev().any(|c| within(c.day) && c.at_event)
}
