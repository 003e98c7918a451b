//! vCard 2.1, 3.0 and 4.0 (RFC 6350, 6715, 9554) in, 4.0 out.
//!
//! The reader is our own: calcard types values before anybody can see them (`BDAY:1985年12月3日` is the
//! year 1985 to it), wants text where old phones wrote Shift_JIS, knows no lines, and swallows the card
//! behind one without an end. `lines` finds lines and cards, `property` says what a line says, `name`,
//! `reach` and `place` what is meant, `write` writes. Leaves notes to `portrait` and `intake`.

mod lines;
mod name;
mod place;
mod property;
mod reach;
mod write;

pub use write::write;

pub(super) use name::{as_reading, has_honorific, in_parts};
pub(super) use place::as_code;
pub(super) use reach::canonical;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::card::{BadRow, Card, CardPost, Why};
use crate::date::{Birthday, DayFirst};
use lines::Raw;
use property::Property;
use reach::Reach;

/// Where a card says when the tie was noted; vCard has no field for it.
const MET: &str = "X-GOEN-MET";

/// More properties nobody has.
const MOST_PROPERTIES: usize = 2_000;

/// Fields that say nothing about somebody, or are read together with others.
const MACHINERY: &[&str] = &[
    "VERSION",
    "PRODID",
    "REV",
    "UID",
    "KIND",
    "SOURCE",
    "NAME",
    "PROFILE",
    "MAILER",
    "CLASS",
    "CLIENTPIDMAP",
    "N",
    "FN",
    "SORT-STRING",
    "LABEL",
    "NICKNAME",
    "X-NICKNAME",
    "X-CLASS",
    "X-REDUCTION",
    "X-NO",
    "X-GNO",
    "X-GN",
    "X-ABSHOWAS",
    "X-ABLABEL",
    "X-ABADR",
    "X-ABUID",
    "X-ABORDER",
    "X-PHONETIC-FIRST-NAME",
    "X-PHONETIC-MIDDLE-NAME",
    "X-PHONETIC-LAST-NAME",
    "X-ADDRESSBOOKSERVER-KIND",
    "BEGIN",
    "END",
    "CREATED",
];

/// Whether a file is one of vCards: its first line that says something begins one, or one of the next
/// few does.
pub fn is_vcard(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 4096;
    let bytes = lines::bytes_by_line(&bytes[..bytes.len().min(LOOKED_AT)]);
    lines::physical(&bytes).any(|(line, _)| lines::begins(line))
}

/// Reads the cards of a file. Of a card that breaks off, what is there is read.
pub fn read(bytes: &[u8]) -> Vec<Result<Card, BadRow>> {
    let bytes = lines::bytes_by_line(bytes);
    let cards = lines::cards(&bytes);
    let otherwise = property::encoding_of(&cards);
    cards.iter().map(|raw| card(raw, otherwise)).collect()
}

/// Reads a card.
fn card(raw: &Raw, otherwise: &'static encoding_rs::Encoding) -> Result<Card, BadRow> {
    let bad = |why| Err(BadRow { line: raw.line, why });
    if raw.too_long || raw.lines.len() > MOST_PROPERTIES {
        return bad(Why::TooLong);
    }
    if !raw.begun && !raw.ended {
        return bad(Why::Malformed);
    }
    let mut left = BTreeSet::new();
    let mut properties = Vec::with_capacity(raw.lines.len());
    for line in &raw.lines {
        match Property::read(line, otherwise) {
            // What was cut off may be anything: half a number is another number.
            Some(property) if line.is_cut && !raw.ended => _ = left.insert(property.name),
            Some(property) => properties.push(property),
            // What has no name is named by itself.
            None => left.extend(property::nameless(line, otherwise)),
        }
    }
    left.retain(|name| !MACHINERY.contains(&name.as_str()));
    let mut gathered = Gathered { left, ..Gathered::default() };
    properties.iter().for_each(|property| gathered.take(property));
    let card = gathered.finish(raw.line, &properties);
    let is_one = |property: &Property| {
        matches!(property.name.as_str(), "KIND" | "X-ADDRESSBOOKSERVER-KIND")
            && ["group", "org", "location", "device", "application"]
                .contains(&property.line().to_lowercase().as_str())
    };
    match card.name.is_empty() || properties.iter().any(is_one) {
        false => Ok(card),
        true if !card.posts.is_empty() || !card.name.is_empty() => bad(Why::OnlyOrganisation),
        true if !raw.ended => bad(Why::NoEnd),
        true => bad(Why::NoName),
    }
}

/// What was gathered from the properties one by one.
#[derive(Default)]
struct Gathered {
    channels: Vec<(u32, String, String)>,
    /// Posts with the group that they stand in.
    posts: Vec<(String, CardPost)>,
    titles: Vec<(String, String)>,
    roles: Vec<(String, String)>,
    birthday: Option<Birthday>,
    interests: Words,
    groups: Words,
    langs: Vec<(u32, String)>,
    uid: Option<String>,
    met: Option<NaiveDate>,
    notes: Vec<String>,
    died: bool,
    left: BTreeSet<String>,
}

impl Gathered {
    fn take(&mut self, property: &Property) {
        if property.is_empty() {
            return;
        }
        match property.name.as_str() {
            "ORG" => {
                let mut parts = property.parts().into_iter();
                let org = parts.next().unwrap_or_default();
                let unit = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
                let unit = Some(unit).filter(|unit| !unit.is_empty());
                self.posts.push((property.group.clone(), CardPost { org, unit, ..CardPost::default() }));
            }
            "TITLE" => self.titles.push((property.group.clone(), property.line())),
            "ROLE" => self.roles.push((property.group.clone(), property.line())),
            "BDAY" => match birthday(property) {
                Some(birthday) => _ = self.birthday.get_or_insert(birthday),
                None => self.leave(property),
            },
            // RFC 6474. The day has no place in a note; that they died has.
            "DEATHDATE" | "X-DEATHDATE" => {
                self.died = true;
                self.leave(property);
            }
            "INTEREST" | "HOBBY" => self.interests.add([property.line()]),
            "CATEGORIES" | "X-GN" => self.groups.add(property.list()),
            "LANG" => self.langs.push((property.preference(), property.line())),
            "UID" => _ = self.uid.get_or_insert(property.line()),
            "NOTE" => self.notes.push(property.text()),
            MET => match property.line().parse() {
                Ok(day) => self.met = Some(day),
                Err(_) => self.leave(property),
            },
            "ADR" => {}
            _ => match reach::read(property) {
                Reach::Channel(channel, address) => {
                    self.channels.push((property.preference(), channel, address))
                }
                Reach::Left(name) => _ = self.left.insert(name.to_owned()),
                Reach::No => self.leave(property),
            },
        }
    }

    fn leave(&mut self, property: &Property) {
        if !MACHINERY.contains(&property.name.as_str()) {
            self.left.insert(property.name.clone());
        }
    }

    fn finish(mut self, line: usize, properties: &[Property]) -> Card {
        let posts = self.take_posts();
        let channels = reach::in_order(self.channels);
        let orgs: Vec<String> = posts.iter().map(|post| post.org.clone()).collect();
        let emails: Vec<&str> =
            channels.iter().filter(|(c, _)| c == "email").map(|(_, a)| a.as_str()).collect();
        let mut used = BTreeSet::new();
        let name = name::read(properties, &orgs, &emails, &mut |field| _ = used.insert(field.to_owned()));
        let place = place::read(properties);
        if place.has_more {
            self.left.insert("ADR".into());
        }
        // Of a field of which some are used the others may still say something.
        self.left.retain(|field| {
            let fields = properties.iter().filter(|p| p.name == *field && !p.is_empty());
            !used.contains(field) || fields.count() > 1
        });
        self.langs.sort_by_key(|(preference, _)| *preference);
        let note = self.notes.join("\n");
        Card {
            line,
            name: name.name,
            family: name.family,
            given: name.given,
            reading: name.reading,
            aliases: name.aliases,
            honorific: name.honorific,
            channels,
            posts,
            birthday: self.birthday,
            address: place.address,
            postal_code: place.postal_code,
            location: place.location,
            joint_names: Vec::new(),
            died: self.died,
            status: None,
            interests: self.interests.all,
            groups: self.groups.all,
            lang: self.langs.into_iter().map(|(_, lang)| lang).next(),
            met: self.met,
            note: Some(note).filter(|note| !note.is_empty()),
            uid: self.uid,
            left: self.left.into_iter().collect(),
        }
    }

    /// The posts with their roles: those of the same group, else the next that has none.
    fn take_posts(&mut self) -> Vec<CardPost> {
        for (field, told) in [("TITLE", &mut self.titles), ("ROLE", &mut self.roles)] {
            for (group, role) in std::mem::take(told) {
                let free = |(_, post): &&mut (String, CardPost)| post.role.is_none();
                let same = self
                    .posts
                    .iter_mut()
                    .filter(free)
                    .find(|(known, _)| *known == group && !group.is_empty());
                let post = match same {
                    Some((_, post)) => Some(post),
                    None => {
                        let is_loose = |known: &str| known.is_empty() || group.is_empty();
                        self.posts
                            .iter_mut()
                            .filter(free)
                            .find(|(known, _)| is_loose(known))
                            .map(|(_, post)| post)
                    }
                };
                match post {
                    Some(post) => post.role = Some(role),
                    None => _ = self.left.insert(field.to_owned()),
                }
            }
        }
        let all = std::mem::take(&mut self.posts).into_iter().map(|(_, post)| post);
        let mut posts: Vec<CardPost> = Vec::new();
        for mut post in all {
            if post.org.is_empty() {
                let Some(unit) = post.unit.take() else { continue };
                post.org = unit;
            }
            if !posts.contains(&post) {
                posts.push(post);
            }
        }
        posts
    }
}

/// A birthday; one in the year that Apple writes for none has no year.
fn birthday(property: &Property) -> Option<Birthday> {
    let mut birthday = Birthday::parse(&property.line(), DayFirst::Ask).ok()?;
    let omitted = property.param_of("X-APPLE-OMIT-YEAR").and_then(|year| year.parse().ok());
    birthday.year = birthday.year.filter(|year| Some(*year) != omitted);
    Some(birthday)
}

/// Words in the order in which they come, each once.
#[derive(Default)]
struct Words {
    all: Vec<String>,
    known: BTreeSet<String>,
}

impl Words {
    fn add(&mut self, words: impl IntoIterator<Item = String>) {
        let new = words.into_iter().filter(|word| !word.is_empty() && self.known.insert(word.clone()));
        self.all.extend(new);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod laws_tests;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;
