//! Who belongs to a household: whom the names on a card mean, and which of them live in one place.

use std::sync::Arc;

use super::super::address::{home, is_returned};
use super::super::name::{bare_name, is_own_name, plain};
use crate::index::{Index, Slot};
use crate::note::person::Person;
use crate::text::{QuickMap, Text, fold_name};

/// People of the vault who get one card together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::plan) struct Household {
    /// In the order of the notes that name others, each before those that it names.
    pub members: Vec<Slot>,
    /// All names that are written, each once, and the members they mean.
    pub names: Vec<(Option<Slot>, Text)>,
}

/// Everybody's household, of those who are in one.
pub(in crate::plan) type Households = QuickMap<Slot, Arc<Household>>;

/// The names that a note writes, and the people whom they mean.
struct Named {
    by: Slot,
    names: Vec<(Option<Slot>, Text)>,
}

/// The households that the notes' `joint_names` make; who names nobody of the vault is in none.
pub(in crate::plan) fn households(index: &Index) -> Households {
    let is_namer = |slot: &Slot| {
        let person = index.person_in(*slot).map(|(_, person, _)| person);
        person.is_some_and(|person| !person.details().joint_names.is_empty())
    };
    let namers: Vec<Slot> = index.people_slots().filter(is_namer).collect();
    if namers.is_empty() {
        return Households::default();
    }
    let homes = Homes::of(index);
    let named = |by: &Slot| {
        let (_, person, _) = index.person_in(*by)?;
        let names = person.details().joint_names.iter();
        let meant = |name: &Text| (meant(index, &homes, (*by, person), name), name.clone());
        Some(Named { by: *by, names: names.map(meant).collect() })
    };
    let mut all: Vec<Named> = namers.iter().filter_map(named).collect();
    leave_out_the_doubtful(&mut all, &homes);
    // Whoever lives nowhere that is known joins those who name them from a home first.
    all.sort_by_key(|named| !homes.of.contains_key(&named.by));
    let mut of: QuickMap<Slot, Arc<Household>> = QuickMap::default();
    // One alone is kept whose card is not to bear all the names that are written.
    let is_of_use = |household: &Household| {
        let written =
            |slot: &Slot| index.person_in(*slot).map_or(0, |(_, of, _)| of.details().joint_names.len());
        household.members.len() > 1
            || household.members.iter().map(written).sum::<usize>() > household.names.len()
    };
    for household in joined(&all, &homes).into_iter().filter(is_of_use) {
        let household = Arc::new(household);
        of.extend(household.members.iter().map(|member| (*member, Arc::clone(&household))));
    }
    of
}

/// Where people live, as far as their notes say.
struct Homes {
    of: QuickMap<Slot, Text>,
    people: QuickMap<Text, Vec<Slot>>,
    /// Who lives nowhere any more, or is not to be written to.
    gone: Vec<Slot>,
}

impl Homes {
    fn of(index: &Index) -> Self {
        let mut homes = Self { of: QuickMap::default(), people: QuickMap::default(), gone: Vec::new() };
        for slot in index.people_slots() {
            let Some((_, person, _)) = index.person_in(slot) else { continue };
            if person.status.is_gone() {
                homes.gone.push(slot);
            }
            let address = person.details().address.as_deref();
            if let Some(home) = address.filter(|address| !is_returned(address)).and_then(home) {
                homes.people.entry(home.clone()).or_default().push(slot);
                homes.of.insert(slot, home);
            }
        }
        homes
    }
}

/// Whoever lives nowhere that is known, and is named in two homes, belongs to neither.
fn leave_out_the_doubtful(all: &mut [Named], homes: &Homes) {
    let mut claimed: QuickMap<Slot, Option<Text>> = QuickMap::default();
    for named in all.iter() {
        let Some(home) = homes.of.get(&named.by) else { continue };
        for slot in named.names.iter().filter_map(|(slot, _)| *slot) {
            let by = claimed.entry(slot).or_insert_with(|| Some(home.clone()));
            if by.as_ref() != Some(home) {
                *by = None;
            }
        }
    }
    let is_doubtful =
        |slot: &Slot| !homes.of.contains_key(slot) && claimed.get(slot).is_some_and(Option::is_none);
    for named in all {
        for (slot, _) in named.names.iter_mut().filter(|(slot, _)| slot.as_ref().is_some_and(is_doubtful)) {
            *slot = None;
        }
    }
}

/// Those who name each other, over as many notes as it takes, but never of two homes.
fn joined(all: &[Named], homes: &Homes) -> Vec<Household> {
    let mut groups: Vec<(Option<&Text>, Vec<Slot>)> = Vec::new();
    let mut of: QuickMap<Slot, usize> = QuickMap::default();
    for named in all {
        for slot in std::iter::once(named.by).chain(named.names.iter().filter_map(|(slot, _)| *slot)) {
            of.entry(slot).or_insert_with(|| {
                groups.push((homes.of.get(&slot), vec![slot]));
                groups.len() - 1
            });
            let (own, other) = (of[&named.by], of[&slot]);
            let is_one_home = match (groups[own].0, groups[other].0) {
                (Some(own), Some(other)) => own == other,
                _ => true,
            };
            if own != other && is_one_home {
                let (home, moved) = std::mem::take(&mut groups[other]);
                of.extend(moved.iter().map(|slot| (*slot, own)));
                groups[own].0 = groups[own].0.or(home);
                groups[own].1.extend(moved);
            }
        }
    }
    let mut households: Vec<Household> =
        groups.into_iter().map(|(_, members)| Household { members, names: Vec::new() }).collect();
    // Of two names for one person the first is enough.
    for named in all {
        let at = of[&named.by];
        for (slot, name) in &named.names {
            let is_of_it = slot.is_none_or(|slot| of.get(&slot) == Some(&at));
            let is_same = |(other, written): &(Option<Slot>, Text)| {
                (slot.is_some() && other == slot) || plain(written) == plain(name)
            };
            if is_of_it && !households[at].names.iter().any(is_same) {
                households[at].names.push((*slot, name.clone()));
            }
        }
    }
    households
}

/// The person whom a name on somebody's card means: themselves, of the same home, or where either has
/// none of the same family and that name. When in doubt, nobody.
fn meant(index: &Index, homes: &Homes, (slot, holder): (Slot, &Person), name: &str) -> Option<Slot> {
    let bare = bare_name(name);
    if fold_name(bare).is_empty() {
        return None;
    }
    if is_own_name(holder, name) {
        return Some(slot);
    }
    let own = homes.of.get(&slot);
    let is_gone =
        |other: &Slot| index.person_in(*other).is_some_and(|(_, person, _)| person.status.is_gone());
    // So many have an office in common, and no home.
    const MOST: usize = 16;
    let of_home = own.and_then(|home| homes.people.get(home)).filter(|people| people.len() <= MOST);
    let there = of_home.map_or(&[][..], Vec::as_slice);
    // Of several first the holder's own family, then whoever bears the name itself.
    let close = |other: &Slot| {
        let (note, person, _) = index.person_in(*other).filter(|_| *other != slot)?;
        let full = [&*person.name, note.path.name()];
        let others = person.aliases.iter().map(|name| &**name).chain(person.reading.as_deref());
        let of = |is_alias: bool, full: &str| {
            let beside = family_beside(full, bare, &holder.name)?;
            Some((beside, is_alias))
        };
        let names = full.into_iter().filter_map(|full| of(false, full));
        names.chain(others.filter_map(|full| of(true, full))).min()
    };
    let of_there: Vec<_> = there.iter().filter_map(|other| Some((close(other)?, *other))).collect();
    if let Some(best) = of_there.iter().map(|(rest, _)| *rest).min() {
        return only(of_there.into_iter().filter(|(rest, _)| *rest == best).map(|(_, other)| other));
    }
    // 徹 is 真壁徹 himself, where 真壁由紀子 lives with him.
    let family = fold_name(&holder.name).strip_suffix(fold_name(bare).as_str()).map(Text::from);
    let has_family = |other: &Slot| {
        let person = index.person_in(*other).filter(|_| *other != slot).map(|(_, person, _)| person);
        let starts =
            |family: &Text| person.is_some_and(|person| fold_name(&person.name).starts_with(family.as_str()));
        family.as_ref().is_some_and(|family| !family.is_empty() && !family.is_ascii() && starts(family))
    };
    if there.iter().any(has_family) {
        return Some(slot);
    }
    let written = holder.name.split_whitespace();
    let mut full: Vec<Text> = written
        .flat_map(|part| [format!("{part}{bare}"), format!("{bare}{part}")])
        .map(|name| fold_name(&name))
        .collect();
    // A name of one part alone may be anybody's.
    if bare.split_whitespace().nth(1).is_some() {
        full.push(fold_name(bare));
    }
    let of_that_name = full.iter().flat_map(|name| index.find_exact(name)).filter_map(|note| {
        let other = index.slot_of(&note.path).filter(|other| *other != slot)?;
        let person = note.person()?;
        // Who is gone lives nowhere, and is on no card.
        let is_somewhere_else = own.is_some() && homes.of.contains_key(&other) && !is_gone(&other);
        // Another name of somebody's may be anybody's.
        let is_called_so = [&*person.name, note.path.name()].iter().any(|own| full.contains(&fold_name(own)));
        (is_called_so && !is_somewhere_else).then_some(other)
    });
    // The name of somebody who is gone is left off, where it is hardly anybody else's.
    let is_of_family = |other: &&Slot| {
        let Some((_, person, _)) = index.person_in(**other) else { return false };
        // A given name alone may be anybody's.
        let has_family = person.name.chars().next() == holder.name.chars().next()
            || fold_name(&person.name) != fold_name(bare);
        has_family && family_beside(&person.name, bare, &holder.name) == Some(Beside::Family)
    };
    only(of_that_name).or_else(|| homes.gone.iter().find(is_of_family).copied())
}

fn only(all: impl Iterator<Item = Slot>) -> Option<Slot> {
    let mut all: Vec<Slot> = all.collect();
    all.sort_unstable();
    all.dedup();
    if let [only] = all.as_slice() { Some(*only) } else { None }
}

/// How a full name has the name written, if that is the name within a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Beside {
    /// Nothing else, or the holder's family name.
    Family,
    /// Another family name.
    Other,
}

/// What stands in a full name beside the name written: 真壁 由紀子 and 真壁由紀子 are 由紀子 to 真壁 徹, 真壁 千恵
/// is not 恵.
fn family_beside(full: &str, bare: &str, holder: &str) -> Option<Beside> {
    let (whole, bare) = (fold_name(full), fold_name(bare));
    if whole == bare {
        return Some(Beside::Family);
    }
    if full.split_whitespace().any(|part| fold_name(part) == bare) {
        let holders: Vec<Text> = holder.split_whitespace().map(fold_name).collect();
        let is_family = full.split_whitespace().any(|part| holders.contains(&fold_name(part)));
        return Some(if is_family { Beside::Family } else { Beside::Other });
    }
    // Japanese puts the family first, and often no blank between.
    let family = whole.strip_suffix(bare.as_str())?;
    let has_blank = full.split_whitespace().nth(1).is_some();
    let is_family = !has_blank && !family.is_ascii() && fold_name(holder).starts_with(family);
    is_family.then_some(Beside::Family)
}
