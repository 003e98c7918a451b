//! One card for a household: who of it holds the card, and whose names stand on it.
//!
//! Leaves who belongs to a household to `household`.

use std::borrow::Cow;

use super::exchanged::has_arrived;
use super::greeted::{gets_new_year, has_new_year_ended, is_declined, is_greeted, is_instead};
use super::household::{self, is_left_alone};
use super::{POST, Season, address};
use crate::config::Greeting;
use crate::index::Slot;
use crate::note::seasonal::Seasons;
use crate::plan::{State, Subject, channel};
use crate::text::{Text, one_line};

/// Those who get a season's card together with somebody.
pub(in crate::plan) struct Shared<'a> {
    /// The others of the household.
    pub others: Vec<Subject<'a>>,
    /// The card goes to this one: the others' names stand on it.
    pub holds: bool,
}

/// With whom somebody shares a season's card; none where each is written to alone.
pub(in crate::plan) fn shared<'a>(s: &Subject<'a>, season: &Season) -> Option<Shared<'a>> {
    let (own, household) = household::of(s)?;
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
        Greeting::NewYear => season.last_day_of_cards().unwrap_or(season.to),
        _ => season.to,
    };
    let is_put_off = s.person.snooze.is_some_and(|until| until > s.today && until <= last);
    let is_left_alone = match s.reach.state {
        State::Untracked | State::Closed => true,
        State::Snoozed => !is_put_off,
        State::New | State::Fresh | State::Open | State::Due | State::Dormant => false,
    };
    if is_left_alone || !address::of(s).0 || s.person.details().seasons == Seasons::None {
        return false;
    }
    match season.rule.greeting {
        Greeting::NewYear => {
            is_greeted(s, season) || (has_arrived(s, season.year()) && !has_new_year_ended(s))
        }
        Greeting::MidWinter => is_instead(s, season) || has_arrived(s, season.year()),
        Greeting::Bereaved => is_greeted(s, season),
        Greeting::YearEnd | Greeting::MidSummer | Greeting::LateSummer | Greeting::Own => {
            let channel = channel::usual(s.person, s.config, s.today);
            is_greeted(s, season) && channel.as_deref() == Some(POST)
        }
    }
}

/// The other names on a season's card to somebody; none where the note's own are all there are. Nobody
/// is named who gets no greeting.
pub(in crate::plan) fn names(s: &Subject<'_>, season: &Season) -> Option<Vec<Cow<'static, str>>> {
    let (own, household) = household::of(s)?;
    let is_named = |slot: Slot| {
        let Some((_, person, _)) = s.ground.index.person_in(slot) else { return false };
        // One of both is enough, and the new year's is the greater.
        let has_another = || {
            let member = s.ground.subject(slot);
            season.rule.greeting == Greeting::YearEnd
                && member.is_some_and(|member| gets_new_year(&member, season.year() + 1))
        };
        let greeting = (season.rule.greeting, &*season.rule.name);
        !is_left_alone(person) && !is_declined(&person.details().seasons, greeting) && !has_another()
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
