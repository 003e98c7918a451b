//! What somebody is called in English: never a Mr or a Ms by guess, and only in letters that can be read.

use std::borrow::Cow;

use super::{Address, bare, is_han, is_japanese, is_kana};
use crate::config::Register;
use crate::note::person::Person;
use crate::text::{Text, one_line};

/// What precedes a name in English without being of it.
const TITLES: [&str; 6] = ["dr", "prof", "professor", "mr", "ms", "mrs"];

/// What a family name of several words begins with.
const PARTICLES: [&str; 15] =
    ["van", "von", "de", "der", "den", "da", "di", "del", "della", "du", "la", "le", "dos", "ter", "bin"];
/// What follows a name without being of it.
const SUFFIXES: [&str; 17] = [
    "jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "msc", "bsc", "ma", "ba", "dds", "esq", "cpa", "pmp",
    "cfa",
];

/// What somebody is called. Where their name is known in Japanese letters alone, it is left empty.
pub(super) fn address(person: &Person, register: Register) -> Address {
    let nick = person.details().nickname.as_deref().filter(|name| is_latin(name)).map(one_line);
    let Some(full) = in_latin(&person.name, person.reading.iter().chain(&person.aliases)) else {
        let words = person.reading.iter().chain(&person.aliases).map(|word| one_line(word));
        let known = nick.or_else(|| words.into_iter().find(|word| is_given(word)));
        let call = known.filter(|_| register != Register::Formal).unwrap_or_default().into_owned();
        return Address { short: call.clone(), call, lines: vec![String::new()], ..Address::default() };
    };
    let honorific = person.details().honorific.as_ref().map(|text| one_line(text));
    let honorific = honorific.filter(|word| !word.is_empty() && word.is_ascii());
    let (title, name) = titled(&full);
    // Dr. Tanaka: the whole of it is what they are called.
    if let Some(whole) = honorific.as_deref().filter(|word| names(word, name)) {
        let nick = nick.filter(|_| register == Register::Casual);
        let call = nick.as_deref().unwrap_or(whole).to_owned();
        return Address {
            short: call.clone(),
            call,
            lines: vec![whole.to_owned()],
            name: full.into_owned(),
            ..Address::default()
        };
    }
    let title = honorific.as_deref().or(title);
    let first = given(name).filter(|_| title.is_none() || register != Register::Formal);
    let call = match (register, title) {
        (Register::Formal, Some(title)) => format!("{title} {}", last(name).unwrap_or(name)),
        (Register::Formal, None) => name.to_owned(),
        (Register::Casual, _) if nick.is_some() => nick.unwrap_or_default().into_owned(),
        _ => first.unwrap_or(name).to_owned(),
    };
    let head = title.map_or_else(|| name.to_owned(), |title| format!("{title} {name}"));
    Address { short: call.clone(), call, lines: vec![head], name: full.into_owned(), ..Address::default() }
}

/// A full name in Latin letters: the name itself, or another of theirs that has family and given name.
pub(super) fn in_latin<'a>(
    name: &'a str,
    mut others: impl Iterator<Item = &'a Text>,
) -> Option<Cow<'a, str>> {
    let name = bare(name);
    if !is_japanese(&name) {
        return Some(given_first(name));
    }
    let other = others.find(|other| is_latin(other) && other.trim().contains(' '))?;
    Some(given_first(bare(other)))
}

/// Pat O'Brien of `O'Brien, Pat`, as address books write it. What stands behind the comma may also be no
/// given name: `Jane Doe, PhD`, `Jane Doe, Acme`.
fn given_first(name: Cow<'_, str>) -> Cow<'_, str> {
    let Some((family, given)) = name.split_once(',') else { return name };
    let (family, given) = (family.trim(), given.trim());
    let begins =
        |text: &str| text.split([' ', ',']).next().unwrap_or_default().to_lowercase().replace('.', "");
    let is_family = !family.is_empty() && (!family.contains(' ') || PARTICLES.contains(&&*begins(family)));
    if !is_family || given.is_empty() || SUFFIXES.contains(&&*begins(given)) {
        return name;
    }
    let (given, behind) =
        given.split_once(',').map_or((given, None), |(given, behind)| (given, Some(behind)));
    let behind = behind.map(|behind| format!(", {}", behind.trim())).unwrap_or_default();
    Cow::Owned(format!("{} {family}{behind}", given.trim()))
}

/// Whether a form of address holds a part of the name itself.
fn names(honorific: &str, name: &str) -> bool {
    let parts = |text: &str| text.split([' ', '-']).map(str::to_lowercase).collect::<Vec<_>>();
    let of_name = parts(name);
    parts(honorific).iter().any(|part| part.chars().count() > 1 && of_name.contains(part))
}

fn is_latin(name: &str) -> bool {
    name.chars().any(char::is_alphabetic) && !is_japanese(name)
}

/// A given name in Latin letters, written as one: `Nao`, not `nao_a`.
fn is_given(word: &str) -> bool {
    is_latin(word) && word.chars().all(char::is_alphabetic) && word.starts_with(char::is_uppercase)
}

/// A title that a name begins with, and the name.
fn titled(name: &str) -> (Option<&str>, &str) {
    let plain = name.split_once(',').map_or(name, |(before, _)| before).trim();
    match plain.split_once(' ') {
        Some((first, rest)) if TITLES.contains(&first.trim_end_matches('.').to_lowercase().as_str()) => {
            (Some(first), rest.trim())
        }
        _ => (None, plain),
    }
}

fn is_initial(part: &str) -> bool {
    part.trim_end_matches('.').chars().count() == 1
}

/// The given name of a name in Latin letters, where it is written out and comes first.
pub(super) fn given(name: &str) -> Option<&str> {
    let (first, rest) = name.split_once(' ')?;
    let is_shouted = |part: &str| part.len() > 1 && part.chars().all(char::is_uppercase);
    if first.chars().any(|c| is_han(c) || is_kana(c)) || is_initial(first) {
        return None;
    }
    // SATO Kenichi: capitals say which is the family name.
    if is_shouted(first) && !is_shouted(rest) {
        return rest.split(' ').next();
    }
    Some(first)
}

/// The family name of a name in Latin letters, with its `van` and `de`.
fn last(name: &str) -> Option<&str> {
    let (first, mut rest) = name.split_once(' ')?;
    if first.len() > 1 && first.chars().all(char::is_uppercase) {
        return Some(first);
    }
    while let Some((_, behind)) = rest.split_once(' ').filter(|(middle, _)| is_initial(middle)) {
        rest = behind;
    }
    Some(rest)
}
