//! One card for a household: who belongs to one, who of them holds its card, whose names stand on it.

use std::borrow::Cow;
use std::sync::Arc;

use super::label::{bare_name, home};
use super::winter::{address, has_arrived, is_instead};
use super::{POST, Season, has_new_year_ended, is_greeted};
use crate::config::Greeting;
use crate::index::{Index, Slot};
use crate::note::person::{Person, Seasons};
use crate::plan::{State, Subject, topics};
use crate::text::{QuickMap, Text, fold_name, one_line};

/// People of the vault who get one card together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::plan) struct Household {
    /// Those whose notes name others come before those who are only named.
    pub members: Vec<Slot>,
    /// All names that are written, and the members they mean.
    names: Vec<(Option<Slot>, Text)>,
}

/// Everybody's household, of those who are in one.
pub(in crate::plan) type Households = QuickMap<Slot, Arc<Household>>;

/// The households that the notes' `joint_names` make; who names nobody of the vault is in none.
pub(in crate::plan) fn households(index: &Index) -> Households {
    let details = |slot: &Slot| index.person_in(*slot).map(|(_, person, _)| person.details());
    let is_namer = |slot: &Slot| details(slot).is_some_and(|details| !details.joint_names.is_empty());
    let namers: Vec<Slot> = index.people_slots().filter(is_namer).collect();
    if namers.is_empty() {
        return Households::default();
    }
    let mut homes: QuickMap<Text, Vec<Slot>> = QuickMap::default();
    for slot in index.people_slots() {
        let home = details(&slot).and_then(|details| home(details.address.as_deref()?));
        home.into_iter().for_each(|home| homes.entry(home).or_default().push(slot));
    }
    let mut all: Vec<Household> = Vec::new();
    let mut of: QuickMap<Slot, usize> = QuickMap::default();
    for slot in namers {
        let Some((_, person, _)) = index.person_in(slot) else { continue };
        let written = person.details().joint_names.iter();
        let found: Vec<(Option<Slot>, Text)> =
            written.map(|name| (meant(index, &homes, (slot, person), name), name.clone())).collect();
        let known = std::iter::once(&slot).chain(found.iter().filter_map(|(other, _)| other.as_ref()));
        let at = known.filter_map(|member| of.get(member).copied()).next().unwrap_or(all.len());
        if at == all.len() {
            all.push(Household::default());
        }
        for (member, _) in std::iter::once(&(Some(slot), Text::new())).chain(&found) {
            if let Some(member) = member.filter(|member| !of.contains_key(member)) {
                of.insert(member, at);
                all[at].members.push(member);
            }
        }
        // Of two names for one person the first is enough, and nobody is on two cards.
        for (member, name) in found {
            let is_new = member.is_none_or(|member| {
                of.get(&member) == Some(&at) && all[at].names.iter().all(|(other, _)| *other != Some(member))
            });
            if is_new {
                all[at].names.push((member, name));
            }
        }
    }
    let all: Vec<Arc<Household>> = all.into_iter().map(Arc::new).collect();
    let several = of.into_iter().filter(|(_, at)| all[*at].members.len() > 1);
    several.map(|(slot, at)| (slot, Arc::clone(&all[at]))).collect()
}

/// The person whom a name on somebody's card means: of the same address, or without one and of that
/// full name.
fn meant(
    index: &Index,
    homes: &QuickMap<Text, Vec<Slot>>,
    (slot, holder): (Slot, &Person),
    name: &str,
) -> Option<Slot> {
    let only = |mut all: Vec<Slot>| {
        all.retain(|other| *other != slot);
        all.sort_unstable();
        all.dedup();
        if let [only] = all.as_slice() { Some(*only) } else { None }
    };
    let bare = fold_name(bare_name(name));
    let own = holder.details().address.as_deref().and_then(home);
    let there = own.and_then(|home| homes.get(&home)).map_or(&[][..], Vec::as_slice);
    let is_called = |other: &&Slot| {
        let Some((note, person, _)) = index.person_in(**other) else { return false };
        let names =
            [&*person.name, note.path.name()].into_iter().chain(person.aliases.iter().map(|name| &**name));
        // Of a household often only the given name is written: 由紀子 is 真壁 由紀子.
        names.map(fold_name).any(|known| known.ends_with(bare.as_str()) || known.starts_with(bare.as_str()))
    };
    if bare.is_empty() {
        return None;
    }
    let of_there: Vec<Slot> = there.iter().filter(is_called).copied().collect();
    if !of_there.is_empty() {
        return only(of_there);
    }
    let with_family =
        holder.name.split_whitespace().flat_map(|part| [format!("{part}{bare}"), format!("{bare}{part}")]);
    let full: Vec<Text> =
        std::iter::once(bare.to_string()).chain(with_family).map(|name| fold_name(&name)).collect();
    let of_that_name = full.iter().flat_map(|name| index.find_exact(name)).filter(|note| {
        let Some(person) = note.person() else { return false };
        let has_home = person.details().address.as_deref().and_then(home).is_some();
        // Another name of somebody's may be anybody's.
        !has_home && [&*person.name, note.path.name()].iter().any(|own| full.contains(&fold_name(own)))
    });
    only(of_that_name.filter_map(|note| index.slot_of(&note.path)).collect())
}

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
    // What is put off within the season is put off for the household.
    let is_put_off = s.person.snooze.is_some_and(|until| until > s.today && until <= season.to);
    let is_left_alone = match s.reach.state {
        State::Untracked | State::Closed => true,
        State::Snoozed => !is_put_off,
        State::New | State::Fresh | State::Open | State::Due | State::Dormant => false,
    };
    if is_left_alone || !address(s).0 || s.person.details().seasons == Seasons::None {
        return false;
    }
    match season.rule.greeting {
        Greeting::NewYear => is_greeted(s, season) || has_arrived(s, season.year()),
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
        let member = s.ground.subject(slot);
        let has_ended = || {
            let is_winter = matches!(season.rule.greeting, Greeting::NewYear | Greeting::Bereaved);
            is_winter && member.as_ref().is_some_and(has_new_year_ended)
        };
        !person.status.is_gone() && person.details().seasons != Seasons::None && !has_ended()
    };
    let written = household
        .names
        .iter()
        .filter(|(member, _)| member.is_none_or(|member| member != own && is_named(member)));
    let mut all: Vec<Cow<'static, str>> =
        written.map(|(_, name)| Cow::Owned(one_line(name).into_owned())).collect();
    let is_written = |slot: &Slot| household.names.iter().any(|(member, _)| *member == Some(*slot));
    let unwritten =
        household.members.iter().filter(|slot| **slot != own && !is_written(slot) && is_named(**slot));
    let name_of = |slot: &Slot| s.ground.index.person_in(*slot).map(|(_, person, _)| one_line(&person.name));
    all.extend(unwritten.filter_map(name_of).map(|name| Cow::Owned(name.into_owned())));
    Some(all)
}
