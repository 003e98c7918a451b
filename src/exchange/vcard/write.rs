//! Cards as vCard 4.0.
//!
//! Exact to RFC 6350, 6715 (`INTEREST`) and 9554 (`SOCIALPROFILE`), and readable by telephones, which
//! know readings as Apple's `X-PHONETIC-…`. The same cards give the same bytes: no clock, no `REV`.

use std::fmt::Write;

use super::MET;
use super::property::one_line;
use crate::date::Birthday;
use crate::exchange::card::{Card, CardPost};
use crate::text::Digest;

/// The cards as one file. Lines end with CRLF and are no longer than 75 bytes.
pub fn write(cards: &[Card]) -> String {
    let mut out = String::new();
    cards.iter().for_each(|card| one(card, &mut out));
    out
}

fn one(card: &Card, out: &mut String) {
    let mut line = |text: String| fold(&text, out);
    for fixed in ["BEGIN:VCARD", "VERSION:4.0", "PRODID:-//goen//goen//EN"] {
        line(fixed.to_owned());
    }
    line(uid(card));
    let org = card.posts.first().map_or("", |post| &post.org);
    if card.name.is_empty() {
        line("KIND:org".into());
        line(format!("FN:{}", escaped(org)));
    } else {
        line(format!("FN:{}", escaped(&card.name)));
        line(structured(card));
    }
    if let Some(reading) = &card.reading {
        let (last, first) = reading.split_once(' ').unwrap_or((reading, ""));
        line(format!("X-PHONETIC-LAST-NAME:{}", escaped(last)));
        if !first.is_empty() {
            line(format!("X-PHONETIC-FIRST-NAME:{}", escaped(first)));
        }
    }
    if !card.aliases.is_empty() {
        line(format!("NICKNAME:{}", list(&card.aliases)));
    }
    for (at, (channel, address)) in card.channels.iter().enumerate() {
        let is_same = |other: &(String, String)| other.0 == *channel;
        let is_first =
            !card.channels[..at].iter().any(is_same) && card.channels[at + 1..].iter().any(is_same);
        line(reach(channel, address, if is_first { ";PREF=1" } else { "" }));
    }
    for (at, post) in card.posts.iter().enumerate() {
        let group = if card.posts.len() > 1 { format!("item{}.", at + 1) } else { String::new() };
        line(format!("{group}ORG:{}", organisation(post)));
        if let Some(role) = &post.role {
            line(format!("{group}TITLE:{}", escaped(role)));
        }
    }
    if let Some(birthday) = card.birthday {
        line(format!("BDAY:{}", day(birthday)));
    }
    places(card).into_iter().for_each(&mut line);
    if !card.groups.is_empty() {
        line(format!("CATEGORIES:{}", list(&card.groups)));
    }
    card.interests.iter().for_each(|interest| line(format!("INTEREST:{}", escaped(interest))));
    if let Some(lang) = &card.lang {
        line(format!("LANG:{}", escaped(lang)));
    }
    if let Some(met) = card.met {
        line(format!("{MET}:{met}"));
    }
    if let Some(note) = &card.note {
        line(format!("NOTE:{}", escaped(note)));
    }
    line("END:VCARD".into());
}

/// What tells a card from all others: what its source says, else what is known of it.
fn uid(card: &Card) -> String {
    let told = card.uid.clone().unwrap_or_else(|| {
        let mut all = vec![card.name.as_str(), card.reading.as_deref().unwrap_or_default()];
        all.extend(card.posts.iter().map(|post| post.org.as_str()));
        all.extend(card.channels.iter().map(|(_, address)| address.as_str()));
        Digest::of(all.join("\0").as_bytes()).urn()
    });
    match told.strip_prefix("urn:").filter(|rest| rest.bytes().all(is_of_uri)) {
        Some(_) => format!("UID:{told}"),
        None => format!("UID;VALUE=text:{}", escaped(&told)),
    }
}

/// `N`, with what it is sorted by. A name that nobody told apart is a family name to address books.
fn structured(card: &Card) -> String {
    let sort = card.reading.as_ref().map(|reading| {
        let parts = reading.splitn(2, ' ').map(|part| part.replace(',', " "));
        format!(";SORT-AS={}", quoted(&parts.collect::<Vec<_>>().join(",")))
    });
    let (family, given) = match (&card.family, &card.given) {
        (None, None) => (card.name.as_str(), ""),
        (family, given) => (family.as_deref().unwrap_or_default(), given.as_deref().unwrap_or_default()),
    };
    let honorific = card.honorific.as_deref().unwrap_or_default();
    let (prefix, suffix) = if honorific.is_ascii() { (honorific, "") } else { ("", honorific) };
    let parts = [family, given, "", prefix, suffix].map(escaped).join(";");
    format!("N{}:{parts}", sort.unwrap_or_default())
}

/// An address: what vCard has a field for in that, all others as profiles of a service.
fn reach(channel: &str, address: &str, preferred: &str) -> String {
    let is_uri = address.bytes().all(is_of_uri) && !address.is_empty();
    match channel {
        "email" => format!("EMAIL{preferred}:{}", escaped(address)),
        "phone" => format!("TEL{preferred}:{}", escaped(address)),
        "url" if is_uri => format!("URL{preferred}:{address}"),
        _ if is_uri && address.contains("://") => {
            format!("SOCIALPROFILE{preferred};SERVICE-TYPE={}:{address}", quoted(channel))
        }
        _ => format!(
            "SOCIALPROFILE{preferred};SERVICE-TYPE={};VALUE=text:{}",
            quoted(channel),
            escaped(address)
        ),
    }
}

/// Bytes of an address on the net (RFC 3986), without those that vCard escapes.
fn is_of_uri(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+=%".contains(&byte)
}

fn organisation(post: &CardPost) -> String {
    match &post.unit {
        Some(unit) => format!("{};{}", escaped(&post.org), escaped(unit)),
        None => escaped(&post.org),
    }
}

/// A birthday in the basic format of RFC 6350 section 4.3.1.
fn day(birthday: Birthday) -> String {
    let Birthday { year, month, day } = birthday;
    match (year, day) {
        (Some(year), Some(day)) => format!("{year:04}{month:02}{day:02}"),
        (Some(year), None) => format!("{year:04}-{month:02}"),
        (None, Some(day)) => format!("--{month:02}{day:02}"),
        (None, None) => format!("--{month:02}"),
    }
}

/// The postal address, and where somebody is where the address does not say it.
fn places(card: &Card) -> Vec<String> {
    let address = card.address.as_deref().unwrap_or_default();
    let code = card.postal_code.as_deref().unwrap_or_default();
    let town = card.location.as_deref().unwrap_or_default();
    let in_address = !town.is_empty() && address.contains(town);
    let adr = |street: &str, town: &str, code: &str| {
        format!("ADR:;;{};{};;{};", escaped(street), escaped(town), escaped(code))
    };
    let mut out = Vec::new();
    if !address.is_empty() || !code.is_empty() {
        out.push(adr(address, if in_address { town } else { "" }, code));
    }
    if !town.is_empty() && !in_address {
        out.push(adr("", town, ""));
    }
    out
}

fn list(words: &[String]) -> String {
    words.iter().map(|word| escaped(word)).collect::<Vec<_>>().join(",")
}

/// A text as a value (RFC 6350 section 3.4), without controls, which no vCard may hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// A text as the value of a parameter (RFC 6868).
fn quoted(text: &str) -> String {
    let text = one_line(text);
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", text.replace('^', "^^").replace('"', "^'"))
}

/// Writes a line, folded at 75 bytes between characters (RFC 6350 section 3.2).
fn fold(text: &str, out: &mut String) {
    const LONGEST: usize = 75;
    let mut rest = text;
    let mut room = LONGEST;
    while rest.len() > room {
        let (part, behind) = rest.split_at(crate::text::head(rest, room).len());
        // A blank of ours goes in front, so that a line begins with it.
        _ = write!(out, "{part}\r\n ");
        (rest, room) = (behind, LONGEST - 1);
    }
    _ = write!(out, "{rest}\r\n");
}
