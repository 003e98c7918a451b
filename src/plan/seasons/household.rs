//! One card for a household: who is reached by the card to another.

use std::collections::BTreeSet;

use super::label::home;
use super::winter::{address, gets_new_year, is_instead, mourner, was_sent};
use super::{Season, is_greeted};
use crate::config::Greeting;
use crate::index::{Index, Slot};
use crate::note::Note;
use crate::note::person::Person;
use crate::plan::{Mourner, State, Subject};
use crate::text::{QuickMap, Text, fold_name};

/// Those whose names stand on the card to another, and whose card that is. Of two who name each other
/// the first by path holds it; who holds one is on no other.
pub(in crate::plan) fn households(index: &Index) -> QuickMap<Slot, Slot> {
    let mut all = QuickMap::default();
    let mut holders = BTreeSet::new();
    for slot in index.people_slots() {
        let Some((note, person, _)) = index.person_in(slot) else { continue };
        if person.details().joint_names.is_empty() || all.contains_key(&slot) {
            continue;
        }
        let named = person.details().joint_names.iter().filter_map(|name| named(index, (note, person), name));
        for other in named.filter_map(|other| index.slot_of(&other.path)) {
            if other != slot && !holders.contains(&other) && !all.contains_key(&other) {
                all.insert(other, slot);
                holders.insert(slot);
            }
        }
    }
    all
}

/// Whether a season's greeting is one that a household gets on one card.
pub(in crate::plan) fn goes_to_households(season: &Season) -> bool {
    matches!(season.rule.greeting, Greeting::NewYear | Greeting::Bereaved | Greeting::MidWinter)
}

/// The person of the vault whom a name on a card means: of the same address, or without one.
fn named<'a>(index: &'a Index, (note, holder): (&Note, &Person), name: &Text) -> Option<&'a Note> {
    // Of a household often only the given name is written: 由紀子 of 真壁 徹 is 真壁 由紀子.
    let with_family =
        holder.name.split_whitespace().flat_map(|part| [format!("{part}{name}"), format!("{name}{part}")]);
    let full: Vec<Text> =
        std::iter::once(name.to_string()).chain(with_family).map(|name| fold_name(&name)).collect();
    let mut found: Vec<&Note> = full.iter().flat_map(|name| index.find_exact(name)).collect();
    found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    found.dedup_by(|a, b| a.path == b.path);
    let lives_there = |other: &&Note| {
        let Some(person) = other.person() else { return false };
        match person.details().address.as_deref().and_then(home) {
            Some(theirs) => holder.details().address.as_deref().and_then(home) == Some(theirs),
            // Another name of somebody's may be anybody's.
            None => {
                [&person.name, &other.path.name().into()].iter().any(|own| full.contains(&fold_name(own)))
            }
        }
    };
    let mut all = found.into_iter().filter(|other| other.path != note.path).filter(lives_there);
    all.next().filter(|_| all.next().is_none())
}

/// Whether a season's greeting reaches somebody on the card to another, who gets one.
pub(super) fn is_on_another_card(s: &Subject<'_>, season: &Season) -> bool {
    if s.ground.households.is_empty() {
        return false;
    }
    let slot = s.ground.index.slot_of(&s.note.path);
    let holder = slot.and_then(|slot| s.ground.households.get(&slot));
    let Some(holder) = holder.and_then(|slot| s.ground.subject(*slot)) else { return false };
    let is_left_alone = matches!(holder.reach.state, State::Untracked | State::Closed | State::Snoozed);
    if is_left_alone || !address(&holder).0 {
        return false;
    }
    let year = season.year();
    match season.rule.greeting {
        Greeting::NewYear => gets_new_year(&holder, year),
        Greeting::Bereaved => mourner(&holder, year + 1) == Some(Mourner::You) && is_greeted(&holder, season),
        Greeting::MidWinter => {
            was_sent(&holder, year) || (mourner(&holder, year).is_some() && is_instead(&holder, season))
        }
        Greeting::YearEnd | Greeting::MidSummer | Greeting::LateSummer | Greeting::Own => false,
    }
}
