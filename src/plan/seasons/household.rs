//! One card for a household: who of it holds the card, and whose names stand on it.

mod members;

use std::borrow::Cow;

use chrono::NaiveDate;

use super::winter::{address, gets_new_year, has_arrived, is_instead, last_day_of_cards};
use super::{POST, Season, has_new_year_ended, is_declined, is_greeted, is_in_force, quiet_until};
use crate::config::Greeting;
use crate::index::{Index, Slot};
use crate::note::Note;
use crate::note::person::{Person, Status};
use crate::note::seasonal::Seasons;
use crate::plan::{State, Subject, topics};
use crate::text::{Text, one_line};

pub(super) use members::is_own_name;
pub(in crate::plan) use members::{Household, Households, households};

/// Those who get a season's card together with somebody.
pub(super) struct Shared<'a> {
    /// The others of the household.
    pub others: Vec<Subject<'a>>,
    /// The card goes to this one: the others' names stand on it.
    pub holds: bool,
}

/// The household of somebody.
fn of<'a>(s: &Subject<'a>) -> Option<(Slot, &'a Household)> {
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

/// With whom somebody shares a season's card; none where each is written to alone.
pub(super) fn shared<'a>(s: &Subject<'a>, season: &Season) -> Option<Shared<'a>> {
    let (own, household) = of(s)?;
    let all: Vec<(Slot, Subject<'a>)> =
        household.members.iter().filter_map(|slot| Some((*slot, s.ground.subject(*slot)?))).collect();
    let may_hold = || all.iter().filter(|(_, member)| gets_card(member, season));
    let is_inside = |member: &Subject<'_>| {
        matches!(member.reach.state, State::Fresh | State::Open | State::Due | State::Snoozed)
    };
    // Who waits outside the circle may wait long.
    let holder = may_hold().find(|(_, member)| is_inside(member)).or_else(|| may_hold().next())?.0;
    let others = all.into_iter().filter(|(slot, _)| *slot != own).map(|(_, member)| member).collect();
    Some(Shared { others, holds: holder == own })
}

/// Whether a season's card could go to somebody.
fn gets_card(s: &Subject<'_>, season: &Season) -> bool {
    // What is put off for as long as a card is in time is put off for the household.
    let last = match season.rule.greeting {
        Greeting::NewYear => last_day_of_cards(season).unwrap_or(season.to),
        _ => season.to,
    };
    let is_put_off = s.person.snooze.is_some_and(|until| until > s.today && until <= last);
    let is_left_alone = match s.reach.state {
        State::Untracked | State::Closed => true,
        State::Snoozed => !is_put_off,
        State::New | State::Fresh | State::Open | State::Due | State::Dormant => false,
    };
    if is_left_alone || !address(s).0 || s.person.details().seasons == Seasons::None {
        return false;
    }
    match season.rule.greeting {
        Greeting::NewYear => {
            is_greeted(s, season) || (has_arrived(s, season.year()) && !has_new_year_ended(s))
        }
        Greeting::MidWinter => is_instead(s, season) || has_arrived(s, season.year()),
        Greeting::Bereaved => is_greeted(s, season),
        Greeting::YearEnd | Greeting::MidSummer | Greeting::LateSummer | Greeting::Own => {
            let channel = topics::channel(s.person, s.config, s.today);
            is_greeted(s, season) && channel.as_deref() == Some(POST)
        }
    }
}

/// The other names on a season's card to somebody; none where the note's own are all there are. Nobody
/// is named who gets no greeting.
pub(super) fn names(s: &Subject<'_>, season: &Season) -> Option<Vec<Cow<'static, str>>> {
    let (own, household) = of(s)?;
    let is_named = |slot: Slot| {
        let Some((_, person, _)) = s.ground.index.person_in(slot) else { return false };
        // One of both is enough, and the new year's is the greater.
        let has_another = || {
            let member = s.ground.subject(slot);
            season.rule.greeting == Greeting::YearEnd
                && member.is_some_and(|member| gets_new_year(&member, season.year() + 1))
        };
        !is_left_alone(person) && !is_declined(&person.details().seasons, season) && !has_another()
    };
    let mut written: Vec<&(Option<Slot>, Text)> = household
        .names
        .iter()
        .filter(|(member, _)| member.is_none_or(|member| member != own && is_named(member)))
        .collect();
    // As the holder's note has them, then the others.
    let own_list = &s.person.details().joint_names;
    written.sort_by_key(|(_, name)| own_list.iter().position(|own| own == name).unwrap_or(usize::MAX));
    let mut all: Vec<Cow<'static, str>> =
        written.into_iter().map(|(_, name)| Cow::Owned(one_line(name).into_owned())).collect();
    let is_written = |slot: &Slot| household.names.iter().any(|(member, _)| *member == Some(*slot));
    let unwritten =
        household.members.iter().filter(|slot| **slot != own && !is_written(slot) && is_named(**slot));
    let name_of = |slot: &Slot| s.ground.index.person_in(*slot).map(|(_, person, _)| one_line(&person.name));
    all.extend(unwritten.filter_map(name_of).map(|name| Cow::Owned(name.into_owned())));
    Some(all)
}

/// Whether anybody of a household is in mourning on a day: it mourns together.
pub(super) fn mourns(s: &Subject<'_>, day: NaiveDate) -> bool {
    let does = |s: &Subject<'_>| s.person.details().mourning.is_some_and(|death| is_in_force(death, day));
    does(s) || others(s).any(|other| does(&other))
}

/// The last of the days in which a household has nothing but condolence.
pub(in crate::plan) fn quiet(s: &Subject<'_>) -> Option<NaiveDate> {
    others(s)
        .filter_map(|other| quiet_until(other.person, s.today))
        .chain(quiet_until(s.person, s.today))
        .max()
}

/// Whether somebody is left alone for good, so that no card is theirs.
fn is_left_alone(person: &Person) -> bool {
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
