//! Who is known by which names and addresses, and whom a card means.
//!
//! Holds the people of the vault and those of the import so far, so that a second card of somebody is known
//! again. Looks up by keys alone: the time for one card does not grow with the number of people. Leaves
//! what becomes of a card to `intake`.

mod features;

use std::collections::BTreeMap;

use super::addresses::Says;
use super::names::Keys;
use crate::text::{QuickMap, QuickSet, Text};

pub use features::{Features, is_same_birthday};

/// More people under one key are not looked at: it says nothing of any of them.
const MOST: usize = 16;

/// Why a card may mean somebody and is not surely theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Several have this name, or several of its addresses belong to different people.
    Several,
    /// The name is the same, and the birthday another.
    OtherBirthday,
    /// The name is the same, and the profile on a network another.
    OtherProfile,
    /// The name is the same, and the organisation another.
    OtherOrg,
    /// The name is the same, and both e-mail and number are others.
    OtherFacts,
    /// The address is theirs, and the name another.
    SameAddress,
    /// The name may be the same: its reading, an initial, another form of a character.
    AlikeName,
    /// A note of this name cannot be read: nobody knows what it says.
    Unread,
}

impl Why {
    /// Whether it says that two of one name are two people.
    fn tells_apart(self) -> bool {
        matches!(self, Self::OtherBirthday | Self::OtherProfile | Self::OtherOrg | Self::OtherFacts)
    }

    /// Whether the names are the same.
    pub fn is_of_one_name(self) -> bool {
        self == Self::Several || self.tells_apart()
    }
}

/// Whom a card means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Somebody.
    One(usize),
    /// Perhaps one of these.
    Perhaps(Vec<(usize, Why)>),
    /// Nobody who is known.
    Nobody,
}

/// Everybody who is known, by number.
#[derive(Debug, Default)]
pub struct Roster {
    entries: Vec<Features>,
    by_key: QuickMap<Text, Vec<usize>>,
    /// Addresses that several share: they say nothing.
    shared: QuickSet<Text>,
    /// Readings of several names: whoever is written so may be any of them.
    homophones: QuickSet<Text>,
}

/// How two people were found to be alike.
#[derive(Debug, Clone, Copy, Default)]
struct Likeness {
    same: bool,
    alike: bool,
    /// Only another name of both is the same.
    called: bool,
    who: bool,
    perhaps: bool,
}

impl Roster {
    /// Takes addresses for shared.
    pub fn share(&mut self, addresses: impl IntoIterator<Item = Text>) {
        self.shared.extend(addresses);
    }

    /// Hears which names are read alike, among those who are known and those who come.
    pub fn hear(&mut self, coming: &[Features]) {
        let mut names: QuickMap<&Text, &Text> = QuickMap::default();
        for features in self.entries.iter().chain(coming) {
            let Some(name) = features.names.iter().find(|keys| keys.has_kanji()) else { continue };
            for reading in &features.readings {
                if *names.entry(reading).or_insert(&name.same) != &name.same {
                    self.homophones.insert(reading.clone());
                }
            }
        }
    }

    /// Enters somebody; their number.
    pub fn enter(&mut self, features: Features) -> usize {
        let number = self.entries.len();
        self.entries.push(Features::default());
        self.learn(number, features);
        number
    }

    /// Learns more of somebody.
    pub fn learn(&mut self, number: usize, features: Features) {
        let Self { entries, by_key, .. } = self;
        let Some(entry) = entries.get_mut(number) else { return };
        let mut under = |key: Text| {
            let all = by_key.entry(key).or_default();
            if all.last() != Some(&number) {
                all.push(number);
            }
        };
        let Features { others, .. } = features;
        let is_other = |name: &Text| others.contains(name);
        entry.others.retain(|known| is_other(known) || features.names.iter().all(|keys| keys.same != *known));
        for keys in features.names {
            if entry.names.iter().any(|known| known.same == keys.same) {
                continue;
            }
            keys.near.iter().cloned().chain([keys.same.clone()]).for_each(&mut under);
            entry.others.extend(Some(&keys.same).filter(|name| is_other(name)).cloned());
            entry.names.push(keys);
        }
        // A name in kana is found by those who know only the reading.
        let (readings, kana) = (features.readings, features.kana_names);
        readings.iter().chain(&kana).cloned().for_each(&mut under);
        entry.readings.extend(readings);
        entry.kana_names.extend(kana);
        for (address, says) in features.addresses {
            if entry.addresses.iter().all(|(known, _)| *known != address) {
                under(address.clone());
                entry.addresses.push((address, says));
            }
        }
        entry.birthday = entry.birthday.or(features.birthday);
        entry.is_unread |= features.is_unread;
        for org in features.orgs {
            if !entry.orgs.contains(&org) {
                entry.orgs.push(org);
            }
        }
    }

    /// Whom somebody of these features is.
    pub fn whom(&self, features: &Features) -> Verdict {
        let mut found: BTreeMap<usize, Likeness> = BTreeMap::new();
        for keys in &features.names {
            let is_other = features.others.contains(&keys.same);
            for number in self.by_key.get(&keys.same).into_iter().flatten().take(MOST) {
                let likeness = found.entry(*number).or_default();
                // Many are called さっちゃん: of two whose own names differ it says nothing.
                match is_other && self.entries[*number].others.contains(&keys.same) {
                    true => likeness.called = true,
                    false => likeness.same = true,
                }
            }
            for key in &keys.asks {
                for number in self.by_key.get(key).into_iter().flatten().take(MOST) {
                    let entry = &self.entries[*number];
                    let is_own =
                        |known: &Keys| known.near.contains(key) && !entry.others.contains(&known.same);
                    let likeness = found.entry(*number).or_default();
                    match is_other && !entry.names.iter().any(is_own) {
                        true => likeness.called = true,
                        false => likeness.alike = true,
                    }
                }
            }
        }
        for key in features.readings.iter().chain(&features.kana_names) {
            let is_name = features.kana_names.contains(key);
            for number in self.by_key.get(key).into_iter().flatten().take(MOST) {
                let likeness = found.entry(*number).or_default();
                likeness.alike = true;
                // Nobody who is written in kana alone has other characters than the one so read.
                let is_kana = is_name || self.entries[*number].kana_names.contains(key);
                likeness.same |= is_kana && !self.homophones.contains(key);
            }
        }
        for (address, says) in &features.addresses {
            if *says == Says::Nothing || self.shared.contains(address) {
                continue;
            }
            self.each(address, &mut found, |likeness| match says {
                Says::Who => likeness.who = true,
                _ => likeness.perhaps = true,
            });
        }
        self.decide(features, &found)
    }

    fn each(&self, key: &Text, found: &mut BTreeMap<usize, Likeness>, see: impl Fn(&mut Likeness)) {
        for number in self.by_key.get(key).into_iter().flatten().take(MOST) {
            see(found.entry(*number).or_default());
        }
    }

    fn decide(&self, features: &Features, found: &BTreeMap<usize, Likeness>) -> Verdict {
        let (mut sure, mut named, mut perhaps) = (Vec::new(), Vec::new(), Vec::new());
        for (&number, likeness) in found {
            let entry = &self.entries[number];
            let is_reached = likeness.who || likeness.perhaps;
            let is_alike = likeness.alike || likeness.called && features.may_be(entry);
            match (likeness.same, is_alike, is_reached) {
                (true, _, _) | (_, true, _) if entry.is_unread => perhaps.push((number, Why::Unread)),
                // One name and one address of one's own: then one of the birthdays is wrong.
                (true, _, true) if likeness.who => sure.push(number),
                (true, _, _) | (_, true, true) if features.has_other_birthday(entry) => {
                    perhaps.push((number, Why::OtherBirthday));
                }
                (true, _, true) | (false, true, true) => sure.push(number),
                (true, _, false) => match features.contradicts(entry) {
                    Some(why) => perhaps.push((number, why)),
                    None => named.push(number),
                },
                (false, true, false) if features.has_other_birthday(entry) => {}
                (false, true, false) => perhaps.push((number, Why::AlikeName)),
                (false, false, _) if likeness.who || is_reached && features.is_kin(entry) => {
                    perhaps.push((number, Why::SameAddress));
                }
                // Two names that have nothing in common share a telephone.
                (false, false, _) => {}
            }
        }
        let doubtful = perhaps.iter().any(|(_, why)| *why != Why::AlikeName);
        let several = |numbers: Vec<usize>| numbers.into_iter().map(|number| (number, Why::Several));
        match (sure.as_slice(), named.as_slice()) {
            ([one], _) => Verdict::One(*one),
            ([], [one]) if !doubtful => Verdict::One(*one),
            // All others of this name are somebody else for certain, and this one says the same.
            ([], [one])
                if features.agrees(&self.entries[*one])
                    && perhaps.iter().all(|(_, why)| why.tells_apart() || *why == Why::AlikeName) =>
            {
                Verdict::One(*one)
            }
            ([], []) if perhaps.is_empty() => Verdict::Nobody,
            _ => {
                let mut all: Vec<(usize, Why)> = several(sure).chain(several(named)).chain(perhaps).collect();
                all.sort_unstable();
                Verdict::Perhaps(all)
            }
        }
    }
}
