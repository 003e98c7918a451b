//! Who is known by which names and addresses, and whom a card means.
//!
//! Holds the people of the vault and those of the import so far, so that a second card of somebody is known
//! again. Looks up by keys alone: the time for one card does not grow with the number of people. Leaves
//! what becomes of a card to `intake`.

use std::collections::BTreeMap;

use super::addresses::{self, Says};
use super::names::{self, Keys};
use crate::date::Birthday;
use crate::exchange::card::Card;
use crate::note::org::Post;
use crate::note::person::Person;
use crate::text::{Digest, NotePath, QuickMap, QuickSet, Text};

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

/// What tells one person from another.
#[derive(Debug, Clone, Default)]
pub struct Features {
    names: Vec<Keys>,
    /// Which of them are only other names: nicknames that others may have, too.
    others: Vec<Text>,
    /// Keys of readings, and whether a name is written as its reading.
    readings: Vec<Text>,
    kana_names: Vec<Text>,
    addresses: Vec<(Text, Says)>,
    birthday: Option<Birthday>,
    /// Organisations, and whether somebody works there still.
    orgs: Vec<(Text, bool)>,
    /// Whether nothing but the name of a note is known.
    is_unread: bool,
}

impl Features {
    /// Of a person's note, whose file may have a name of its own. `org` gives one key to all names of an
    /// organisation.
    pub fn of_person(person: &Person, path: &NotePath, org: impl Fn(&str) -> Text) -> Self {
        let mut features = Self { birthday: person.birthday, ..Self::default() };
        // As a card of this note has it: see `portrait`.
        features.uid(&Digest::of(path.as_str().as_bytes()).urn());
        [&*person.name, path.name()].into_iter().for_each(|name| features.name(name));
        person.aliases.iter().for_each(|alias| features.other_name(alias));
        features.readings.extend(person.reading.as_deref().map(names::reading));
        features.addresses(person.channels.iter().map(|(channel, address)| (&**channel, &**address)));
        let is_held = |post: &Post| !post.past && post.to.is_none();
        features.orgs.extend(person.posts.iter().map(|post| (org(&post.org), is_held(post))));
        features
    }

    /// Of a card.
    pub fn of_card(card: &Card, org: impl Fn(&str) -> Text) -> Self {
        let mut features = Self { birthday: card.birthday, ..Self::default() };
        features.name(&card.name);
        card.uid.iter().for_each(|uid| features.uid(uid));
        if let (Some(family), Some(given)) = (&card.family, &card.given) {
            features.name(&format!("{family} {given}"));
        }
        // A nickname is nobody's name alone.
        let is_whole = |name: &&String| {
            let keys = Keys::of(name);
            keys.words.len() > 1 || (!name.is_ascii() && keys.words.concat().chars().count() > 2)
        };
        card.aliases.iter().filter(is_whole).for_each(|name| features.other_name(name));
        features.readings.extend(card.reading.as_deref().map(names::reading));
        features.addresses(card.channels.iter().map(|(channel, address)| (&**channel, &**address)));
        features.orgs.extend(card.posts.iter().map(|post| (org(&post.org), post.to.is_none())));
        features
    }

    /// Of somebody who is known by names alone.
    pub fn of_names<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut features = Self::default();
        names.for_each(|name| features.name(name));
        features
    }

    /// Of a note that cannot be read, by the name of its file, which may tell namesakes apart:
    /// `田中 太郎（ミナト）`, `田中 太郎 2`.
    pub fn of_unread(path: &NotePath) -> Self {
        let name = path.name();
        let bare = name.split_once('（').map_or(name, |(bare, _)| bare);
        let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        Self { is_unread: true, ..Self::of_names([name, bare].into_iter()) }
    }

    /// How much it says that tells one person from another, beside the name.
    pub fn facts(&self) -> usize {
        let has = |channel: &str| self.of_channel(channel).next().is_some();
        let profile = addresses::PROFILES.iter().any(|network| has(network));
        [self.birthday.is_some(), !self.orgs.is_empty(), has("email"), has("phone"), profile]
            .into_iter()
            .filter(|said| *said)
            .count()
    }

    /// What programs know somebody by: a card that goen wrote comes back to its note.
    fn uid(&mut self, uid: &str) {
        self.addresses.push((format!("uid:{uid}").into(), Says::Who));
    }

    fn name(&mut self, name: &str) {
        let keys = Keys::of(name);
        if keys.same.is_empty() || self.names.iter().any(|known| known.same == keys.same) {
            return;
        }
        if names::is_kana(name) {
            self.kana_names.push(names::reading(name));
        }
        self.names.push(keys);
    }

    fn other_name(&mut self, name: &str) {
        let known = self.names.len();
        self.name(name);
        let Some(keys) = self.names.get(known) else { return };
        self.others.push(keys.same.clone());
        // One word in kana is what somebody is called, not how a name is read.
        if keys.words.len() < 2 && names::is_kana(name) {
            self.kana_names.pop();
        }
    }

    /// Whether their own names leave it open that two are one.
    fn may_be(&self, other: &Self) -> bool {
        let own = |features: &Self| -> Vec<Keys> {
            let is_own = |keys: &&Keys| !features.others.contains(&keys.same);
            features.names.iter().filter(is_own).cloned().collect()
        };
        let (own, theirs) = (own(self), own(other));
        own.iter().any(|name| theirs.iter().any(|known| name.may_be(known)))
    }

    fn addresses<'a>(&mut self, all: impl Iterator<Item = (&'a str, &'a str)>) {
        for (channel, address) in all {
            if let Some(found) = addresses::key(channel, address)
                && !self.addresses.contains(&found)
            {
                self.addresses.push(found);
            }
        }
    }

    /// The addresses that say something, each with the name it is known under.
    pub fn told_addresses(&self) -> impl Iterator<Item = (&Text, Option<&Text>)> {
        let name = self.names.first().map(|keys| &keys.same);
        self.addresses
            .iter()
            .filter(|(_, says)| *says != Says::Nothing)
            .map(move |(address, _)| (address, name))
    }

    fn of_channel(&self, channel: &str) -> impl Iterator<Item = &Text> {
        let is_of =
            move |address: &&Text| address.strip_prefix(channel).is_some_and(|rest| rest.starts_with(':'));
        self.addresses.iter().map(|(address, _)| address).filter(is_of)
    }

    /// Whether both have addresses of a channel, and none is the same.
    fn has_other(&self, channel: &str, other: &Self) -> bool {
        let mut theirs = other.of_channel(channel).peekable();
        theirs.peek().is_some()
            && self.of_channel(channel).next().is_some()
            && !theirs.any(|address| self.of_channel(channel).any(|known| known == address))
    }

    /// What two of one name cannot both say if they are one person.
    fn contradicts(&self, other: &Self) -> Option<Why> {
        if self.has_other_birthday(other) {
            return Some(Why::OtherBirthday);
        }
        if addresses::PROFILES.iter().any(|network| self.has_other(network, other)) {
            return Some(Why::OtherProfile);
        }
        // Whoever has left one firm may be at another now.
        let is_held = |features: &Self| features.orgs.iter().any(|(_, is_held)| *is_held);
        if is_held(self) && is_held(other) && !self.shares_org(other) {
            return Some(Why::OtherOrg);
        }
        (self.has_other("email", other) && self.has_other("phone", other)).then_some(Why::OtherFacts)
    }

    fn shares_org(&self, other: &Self) -> bool {
        self.orgs.iter().any(|(org, _)| other.orgs.iter().any(|(known, _)| known == org))
    }

    /// Whether two say the same of anything but the name, be it something that others may say, too.
    fn agrees(&self, other: &Self) -> bool {
        let has_same_birthday =
            self.birthday.zip(other.birthday).is_some_and(|(a, b)| a.day.is_some() && is_same_birthday(a, b));
        has_same_birthday
            || self.shares_org(other)
            || self
                .addresses
                .iter()
                .any(|(address, _)| other.addresses.iter().any(|(known, _)| known == address))
    }

    fn has_other_birthday(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.birthday, other.birthday) else { return false };
        !is_same_birthday(a, b)
    }
}

/// Whether two birthdays may be one, as far as each is known.
pub fn is_same_birthday(a: Birthday, b: Birthday) -> bool {
    a.month == b.month
        && a.day.zip(b.day).is_none_or(|(a, b)| a == b)
        && a.year.zip(b.year).is_none_or(|(a, b)| a == b)
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

impl Features {
    fn is_kin(&self, other: &Self) -> bool {
        self.names.iter().any(|name| other.names.iter().any(|known| name.has_common_word(known)))
    }
}
