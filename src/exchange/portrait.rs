//! What a note says of somebody, as a card for other programs.
//!
//! Knows which of it others may see. Tier, log, promises, status and the like are private, and so is
//! the text of the note: none of it is in a card. Leaves formats to others.

use super::card::{Card, CardPost};
use super::table::code_in_front;
use super::vcard;
use crate::note::Note;
use crate::note::person::{Details, Person};
use crate::plan::is_returned;
use crate::text::{Digest, fold, one_line};

/// The card of a person: values in one line each, under the names that address books share. The same
/// note gives the same card, and keeps its `uid` as long as it keeps its path.
pub fn card_of(note: &Note, person: &Person) -> Card {
    let details = person.details();
    let line = |text: &str| Some(one_line(text).into_owned()).filter(|text| !text.is_empty());
    let name = line(&person.name).unwrap_or_default();
    let parts = vcard::in_parts(&name);
    let aliases = person.aliases.iter().filter_map(|alias| line(alias));
    let interests = person.interests.iter().filter_map(|interest| line(interest));
    let groups = person.tags.iter().filter(|tag| is_group(tag)).filter_map(|tag| line(tag));
    let (address, postal_code) = postal(details);
    Card {
        family: parts.map(|(family, _)| family.to_owned()),
        given: parts.map(|(_, given)| given.to_owned()),
        reading: person.reading.as_deref().map(vcard::as_reading).filter(|reading| !reading.is_empty()),
        aliases: once(aliases.filter(|alias| *alias != name)),
        honorific: details
            .honorific
            .as_deref()
            .and_then(line)
            .filter(|word| !vcard::has_honorific(&name, word)),
        channels: channels(person),
        posts: posts(person),
        birthday: person.birthday,
        address: Some(address).filter(|text| !text.is_empty() && !is_returned(text)),
        postal_code,
        location: person.location.as_deref().and_then(line),
        interests: once(interests),
        groups: once(groups),
        lang: details.lang.map(|lang| lang.code().to_owned()),
        met: details.added,
        uid: Some(Digest::of(note.path.as_str().as_bytes()).urn()),
        name,
        ..Card::default()
    }
}

/// The postal address in one line, and its code, which some write in front of it.
pub(super) fn postal(details: &Details) -> (String, Option<String>) {
    let address = details.address.as_deref().map(one_line).unwrap_or_default();
    let code = details.postal_code.as_deref().map(|code| vcard::as_code(&one_line(code)));
    let code = code.filter(|code| !code.is_empty());
    match code_in_front(&address) {
        Some((front, rest)) if !rest.is_empty() && code.as_ref().is_none_or(|code| *code == front) => {
            (rest, Some(front))
        }
        _ => (address.into_owned(), code),
    }
}

/// Addresses that there are, each once, in the order of the note; the preferred channel first.
fn channels(person: &Person) -> Vec<(String, String)> {
    let all = person.channels.iter();
    let mut all: Vec<_> =
        all.filter_map(|(channel, address)| vcard::canonical(channel, &one_line(address))).collect();
    let prefer = person.details().prefer.as_deref();
    all.sort_by_key(|(channel, _)| Some(channel.as_str()) != prefer);
    once(all)
}

/// The posts that are held, as far as the note says. A card tells of no others.
fn posts(person: &Person) -> Vec<CardPost> {
    let held = person.posts.iter().filter(|post| !post.past && post.to.is_none());
    let posts = held.map(|post| CardPost {
        org: one_line(&post.org).into_owned(),
        role: post.role.as_deref().map(|role| one_line(role).into_owned()).filter(|role| !role.is_empty()),
        ..CardPost::default()
    });
    once(posts.filter(|post| !post.org.is_empty()))
}

/// Whether a tag says something of somebody to others: not which kind of note it is, and not what
/// stands among the interests.
fn is_group(tag: &str) -> bool {
    const OWN: [&str; 9] =
        ["person", "people", "contact", "人", "人物", "interest", "interests", "関心", "趣味"];
    let tag = fold(tag);
    !OWN.contains(&tag.split('/').next().unwrap_or_default())
}

/// Things in their order, each once.
fn once<T: PartialEq>(things: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut all = Vec::new();
    for thing in things {
        if !all.contains(&thing) {
            all.push(thing);
        }
    }
    all
}
