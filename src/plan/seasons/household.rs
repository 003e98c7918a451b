//! Households: who belongs to one with whom, and mourns together with them.
//!
//! Leaves the card that they get together to `card`.

mod members;

use chrono::NaiveDate;

use super::mourning::{is_in_force, is_new_year_silent, quiet_until};
use crate::index::{Index, Slot};
use crate::note::Note;
use crate::note::person::{Person, Status};
use crate::note::seasonal::Seasons;
use crate::plan::{Mourner, Subject};

pub(in crate::plan) use members::{Household, Households, households};

/// The household of somebody.
pub(super) fn of<'a>(s: &Subject<'a>) -> Option<(Slot, &'a Household)> {
    if s.ground.households.is_empty() {
        return None;
    }
    let slot = s.ground.index.slot_of(&s.note.path)?;
    Some((slot, &**s.ground.households.get(&slot)?))
}

/// The others of somebody's household.
pub(super) fn others<'a>(s: &Subject<'a>) -> impl Iterator<Item = Subject<'a>> + use<'a> {
    let ground = s.ground;
    let all = of(s).into_iter().flat_map(|(own, all)| all.members.iter().filter(move |slot| **slot != own));
    all.filter_map(move |slot| ground.subject(*slot))
}

/// Whether anybody of a household is in mourning on a day: it mourns together.
pub(super) fn mourns(s: &Subject<'_>, day: NaiveDate) -> bool {
    let does = |s: &Subject<'_>| s.person.details().mourning.is_some_and(|death| is_in_force(death, day));
    does(s) || others(s).any(|other| does(&other))
}

/// Who is in mourning at a new year, so that nobody is congratulated.
pub(in crate::plan) fn mourner(s: &Subject<'_>, year: i32) -> Option<Mourner> {
    let yours = s.ground.me.and_then(|(_, me)| me.mourning);
    let silences = |mourning| is_new_year_silent(mourning, year);
    let mourns = |s: &Subject<'_>| s.person.details().mourning.is_some_and(silences);
    // A household mourns together.
    match (mourns(s) || others(s).any(|other| mourns(&other)), yours.is_some_and(silences)) {
        (true, _) => Some(Mourner::Them),
        (false, true) => Some(Mourner::You),
        (false, false) => None,
    }
}

/// The last of the days in which a household has nothing but condolence.
pub(in crate::plan) fn quiet(s: &Subject<'_>) -> Option<NaiveDate> {
    others(s)
        .filter_map(|other| quiet_until(other.person, s.today))
        .chain(quiet_until(s.person, s.today))
        .max()
}

/// Whether somebody is left alone for good, so that no card is theirs.
pub(super) fn is_left_alone(person: &Person) -> bool {
    let is_closed = matches!(person.status, Status::Closed | Status::Paused);
    person.status.is_gone() || is_closed || person.details().seasons == Seasons::None
}

/// The others who get a season's card together with somebody.
pub fn household_of<'a>(index: &'a Index, note: &Note) -> Vec<&'a Note> {
    let others = if note.person().is_some_and(is_left_alone) { Vec::new() } else { others_of(index, note) };
    others.into_iter().filter(|note| note.person().is_some_and(|person| !is_left_alone(person))).collect()
}

/// Somebody and the others of their household, who mourn together.
pub fn mourners<'a>(index: &'a Index, note: &'a Note) -> Vec<&'a Person> {
    let others = others_of(index, note);
    std::iter::once(note).chain(others).filter_map(Note::person).collect()
}

fn others_of<'a>(index: &'a Index, note: &Note) -> Vec<&'a Note> {
    let Some(own) = index.slot_of(&note.path) else { return Vec::new() };
    let all = households(index);
    let members = all.get(&own).into_iter().flat_map(|household| &household.members);
    members.filter(|slot| **slot != own).filter_map(|slot| index.note_in(*slot)).collect()
}
