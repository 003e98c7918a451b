//! Who a card is about: name, reading, other names, form of address.
//!
//! Knows the fields that address books keep names in, and in which order a script writes its names.

use std::collections::BTreeSet;

use super::property::{Property, one_line};
use crate::text::{fold, squeezed, wide};

/// What a card says of a name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub name: String,
    pub family: Option<String>,
    pub given: Option<String>,
    pub reading: Option<String>,
    pub aliases: Vec<String>,
    pub honorific: Option<String>,
}

/// `N` in its parts.
#[derive(Debug, Default, Clone)]
struct Parts {
    family: String,
    given: String,
    additional: String,
    prefix: String,
    suffix: String,
}

impl Parts {
    fn of(property: &Property) -> Self {
        let mut parts = property.parts_of_lists().into_iter();
        let mut next = || parts.next().unwrap_or_default();
        Self { family: next(), given: next(), additional: next(), prefix: next(), suffix: next() }
    }

    fn is_empty(&self) -> bool {
        self.family.is_empty() && self.given.is_empty() && self.additional.is_empty()
    }

    /// The whole name in the order of its script: Japanese family first and a blank between, Korean
    /// without one, any other given name first.
    fn whole(&self) -> String {
        let (family, given) = (self.family.as_str(), self.given.as_str());
        let all = |script: fn(&str) -> bool| {
            [family, given].into_iter().all(|part| part.is_empty() || script(part))
        };
        let suffix = if self.suffix.is_ascii() { self.suffix.as_str() } else { "" };
        if all(is_korean) && !self.is_empty() {
            format!("{family}{given}")
        } else if all(is_japanese) {
            joined(&[family, &self.additional, given])
        } else {
            joined(&[given, &self.additional, family, suffix])
        }
    }

    /// The form of address in it: what stands in front, or what a Japanese writer puts behind.
    fn honorific(&self) -> Option<String> {
        let behind = || Some(&self.suffix).filter(|suffix| !suffix.is_ascii());
        Some(&self.prefix).filter(|prefix| !prefix.is_empty()).or_else(behind).cloned()
    }
}

/// Reads the names among the properties of a card, and says of each property that it used.
pub(super) fn read(
    properties: &[Property],
    organisations: &[String],
    emails: &[&str],
    used: &mut dyn FnMut(&str),
) -> Name {
    let is_spoken = |p: &Property| p.param_of("PHONETIC").is_some();
    let all = |name: &'static str| properties.iter().filter(move |p| p.name == name && !p.is_empty());
    let mut shown: Vec<&Property> = all("FN").collect();
    shown.sort_by_key(|p| p.preference());
    let language = shown.first().and_then(|p| p.param_of("LANGUAGE"));
    let mut structured: Vec<&Property> = all("N").filter(|p| !is_spoken(p)).collect();
    structured.sort_by_key(|p| p.param_of("LANGUAGE") != language);
    let parts = structured.first().map(|p| Parts::of(p)).unwrap_or_default();
    let honorific = parts.honorific();

    let mut name = Name { honorific, ..Name::default() };
    let fn_line = shown.first().map(|p| p.line()).unwrap_or_default();
    let bare = name.honorific.as_deref().map_or(fn_line.as_str(), |word| without(&fn_line, word));
    let is_company =
        is_shown_as_company(properties) || organisations.iter().any(|org| fold(org) == fold(bare));
    let is_address = emails.contains(&bare);
    let is_other = (is_company || is_address) && (parts.is_empty() || fold(&parts.whole()) != fold(bare));
    (name.name, name.aliases) = match bare {
        "" => (parts.whole(), Vec::new()),
        _ if is_other => (parts.whole(), Vec::new()),
        bare => known(bare, &parts),
    };

    let others = shown.iter().skip(1).map(|p| p.line());
    let others = others.chain(structured.iter().skip(1).map(|p| Parts::of(p).whole()));
    name.aliases.extend(others);
    for property in properties {
        match property.name.as_str() {
            "NICKNAME" | "X-NICKNAME" => name.aliases.extend(property.list()),
            "X-ANDROID-CUSTOM" => {
                let parts = property.parts();
                if parts.first().is_some_and(|kind| kind.ends_with("/nickname")) {
                    name.aliases.extend(parts.into_iter().nth(1));
                    used("X-ANDROID-CUSTOM");
                }
            }
            _ => {}
        }
    }
    if name.name.is_empty() && !name.aliases.is_empty() {
        name.name = name.aliases.remove(0);
    }
    let mut seen = BTreeSet::from([String::new(), name.name.clone()]);
    name.aliases.retain(|alias| seen.insert(alias.clone()));
    let told = |part: &String| Some(part.clone()).filter(|part| !part.is_empty() && *part != name.name);
    (name.family, name.given) = (told(&parts.family), told(&parts.given));
    name.reading = reading(properties, used);
    name
}

/// A name that is shown, where its parts are known: Japanese in the usual order and with a blank; what
/// is written in the other order is another name, and so is the whole one where only a part is shown.
fn known(shown: &str, parts: &Parts) -> (String, Vec<String>) {
    let (family, given) = (parts.family.as_str(), parts.given.as_str());
    if family.is_empty() || given.is_empty() {
        return (shown.to_owned(), Vec::new());
    }
    let words: Vec<&str> = shown.split_whitespace().collect();
    let is_ours = is_japanese(family) && is_japanese(given);
    if is_ours && words.len() == 1 && shown == format!("{family}{given}") {
        return (parts.whole(), Vec::new());
    }
    if is_ours
        && words.concat() == joined(&[given, family]).replace(' ', "")
        && words.concat() != format!("{family}{given}")
    {
        return (parts.whole(), vec![shown.to_owned()]);
    }
    if !is_ours && shown == format!("{family}, {given}") {
        return (parts.whole(), Vec::new());
    }
    let is_short = words.len() == 1 && fold(shown) == fold(given);
    (shown.to_owned(), if is_short { vec![parts.whole()] } else { Vec::new() })
}

/// Apple and others show a company under its name, whoever else is named.
fn is_shown_as_company(properties: &[Property]) -> bool {
    properties.iter().any(|p| p.name == "X-ABSHOWAS" && p.line().eq_ignore_ascii_case("COMPANY"))
}

/// A name without the form of address in front of it or behind it.
pub(super) fn without<'n>(name: &'n str, honorific: &str) -> &'n str {
    let apart = |rest: &&str| {
        !rest.trim().is_empty() && (!honorific.is_ascii() || rest.starts_with(' ') || rest.ends_with(' '))
    };
    let rest =
        name.strip_prefix(honorific).filter(apart).or_else(|| name.strip_suffix(honorific).filter(apart));
    rest.map_or(name, str::trim)
}

/// Whether a form of address is a part of a name as it is written.
pub(in crate::exchange) fn has_honorific(name: &str, honorific: &str) -> bool {
    without(name, honorific) != name
}

/// How the name is read, from whichever field tells it, family name first.
fn reading(properties: &[Property], used: &mut dyn FnMut(&str)) -> Option<String> {
    let of = |names: &[&str]| {
        let found = properties.iter().find(|p| names.contains(&p.name.as_str()) && !p.is_empty());
        found.map(Property::line).unwrap_or_default()
    };
    let apple = joined(&[
        &of(&["X-PHONETIC-LAST-NAME"]),
        &of(&["X-PHONETIC-MIDDLE-NAME"]),
        &of(&["X-PHONETIC-FIRST-NAME"]),
    ]);
    let of_parts = |p: &Property| {
        let parts = Parts::of(p);
        joined(&[&parts.family, &parts.additional, &parts.given])
    };
    let spoken = properties.iter().find(|p| p.name == "N" && p.param_of("PHONETIC").is_some()).map(of_parts);
    let sound = properties.iter().find(|p| p.name == "SOUND" && p.is_of("x-irmc-n")).map(of_parts);
    if sound.is_some() {
        used("SOUND");
    }
    let sorted = properties.iter().filter(|p| matches!(p.name.as_str(), "N" | "FN"));
    let sorted = sorted.filter_map(|p| p.param_of("SORT-AS")).map(str::to_owned);
    let sort_string = properties.iter().filter(|p| p.name == "SORT-STRING").map(Property::line);
    // These may be in any script: only kana are a reading for sure.
    let sorted = sorted
        .chain(sort_string)
        .map(|text| text.replace([',', ';'], " "))
        .find(|text| text.chars().any(is_kana));
    let all = [Some(apple), spoken, sound, sorted];
    all.into_iter().flatten().map(|text| as_reading(&text)).find(|text| !text.is_empty())
}

/// A reading in full width, its parts with a blank between.
pub(in crate::exchange) fn as_reading(text: &str) -> String {
    squeezed(&wide(&one_line(text))).into_owned()
}

/// A name in family name and given name, where its script tells: two words of one script.
pub(in crate::exchange) fn in_parts(name: &str) -> Option<(&str, &str)> {
    let mut words = name.split_whitespace();
    let (first, second) = (words.next()?, words.next()?);
    let is = |script: fn(&str) -> bool| script(first) && script(second);
    match words.next() {
        Some(_) => None,
        None if is(is_japanese) => Some((first, second)),
        None if is(is_latin) => Some((second, first)),
        None => None,
    }
}

fn joined(parts: &[&str]) -> String {
    let parts = parts.iter().filter(|part| !part.is_empty()).copied();
    parts.collect::<Vec<_>>().join(" ")
}

/// Whether a text is in Japanese letters, or in those of them that are Chinese.
pub(super) fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| is_kana(c) || is_han(c)) && !text.chars().any(is_hangul)
}

fn is_korean(text: &str) -> bool {
    text.chars().any(is_hangul)
}

fn is_latin(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii() || ('\u{c0}'..='\u{24f}').contains(&c))
        && text.chars().any(char::is_alphabetic)
}

fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣')
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | 'ｦ'..='ﾟ')
}

fn is_han(c: char) -> bool {
    matches!(c, '々' | '〆' | '㐀'..='䶿' | '一'..='鿿' | '豈'..='﫿' | '\u{20000}'..='\u{3ffff}')
}
