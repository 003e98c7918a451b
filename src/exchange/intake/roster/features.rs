//! By what somebody is known: names, addresses, organisations, birthday, and which of them speak for or
//! against two being one.
//!
//! Leaves looking people up by it to the roster.

use super::super::addresses::{self, Says};
use super::super::names::{self, Keys};
use super::Why;
use crate::date::Birthday;
use crate::exchange::card::Card;
use crate::note::org::Post;
use crate::note::person::Person;
use crate::text::{Digest, NotePath, Text};

/// What tells one person from another.
#[derive(Debug, Clone, Default)]
pub struct Features {
    pub(super) names: Vec<Keys>,
    /// Which of them are only other names: nicknames that others may have, too.
    pub(super) others: Vec<Text>,
    /// Keys of readings, and whether a name is written as its reading.
    pub(super) readings: Vec<Text>,
    pub(super) kana_names: Vec<Text>,
    pub(super) addresses: Vec<(Text, Says)>,
    pub(super) birthday: Option<Birthday>,
    /// Organisations, and whether somebody works there still.
    pub(super) orgs: Vec<(Text, bool)>,
    /// Whether nothing but the name of a note is known.
    pub(super) is_unread: bool,
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
    pub(super) fn may_be(&self, other: &Self) -> bool {
        let own = |features: &Self| -> Vec<Keys> {
            let is_own = |keys: &&Keys| !features.others.contains(&keys.same);
            features.names.iter().filter(is_own).cloned().collect()
        };
        let (own, theirs) = (own(self), own(other));
        own.iter().any(|name| theirs.iter().any(|known| name.may_be(known)))
    }

    pub(super) fn addresses<'a>(&mut self, all: impl Iterator<Item = (&'a str, &'a str)>) {
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
    pub(super) fn contradicts(&self, other: &Self) -> Option<Why> {
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
    pub(super) fn agrees(&self, other: &Self) -> bool {
        let has_same_birthday =
            self.birthday.zip(other.birthday).is_some_and(|(a, b)| a.day.is_some() && is_same_birthday(a, b));
        has_same_birthday
            || self.shares_org(other)
            || self
                .addresses
                .iter()
                .any(|(address, _)| other.addresses.iter().any(|(known, _)| known == address))
    }

    pub(super) fn has_other_birthday(&self, other: &Self) -> bool {
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

impl Features {
    pub(super) fn is_kin(&self, other: &Self) -> bool {
        self.names.iter().any(|name| other.names.iter().any(|known| name.has_common_word(known)))
    }
}
