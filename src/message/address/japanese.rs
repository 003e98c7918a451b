//! Forms of address in Japanese: family name and role, さん and 様, and what a friend is called.
//!
//! Never splits a name by guess.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::super::form::Form;
use super::posts::{is_role, standing, stands_before};
use super::{Address, english, is_latin};
use crate::config::Register;
use crate::note::person::Person;
use crate::plan::label::{form_of_address, held};
use crate::text::one_line;

/// A name with one of these is an organisation's.
const FIRMS: [&str; 8] =
    ["株式会社", "有限会社", "合同会社", "財団法人", "社団法人", "学校法人", "事務局", "御中"];

/// What somebody calls a friend by.
const NICK: [&str; 5] = ["ちゃん", "くん", "君", "さん", "っち"];

pub(super) fn japanese(person: &Person, today: NaiveDate, register: Register, form: Form) -> Address {
    let (name, honorific, is_titled) = own_forms(person);
    let full = name.as_str();
    let alone = |call: &str| Address {
        call: call.to_owned(),
        short: call.to_owned(),
        lines: vec![call.to_owned()],
        name: name.clone(),
        ..Address::default()
    };
    if FIRMS.iter().any(|word| full.contains(word)) {
        let form_of_address = if form.is_chat() { "様" } else { "御中" };
        let call = if is_addressed(full) { full.to_owned() } else { format!("{full}{form_of_address}") };
        return Address { short: "皆様".to_owned(), ..alone(&call) };
    }
    if let Some(honorific) = &honorific {
        // みっちゃん, 佐藤先生: the whole of it is what they are called.
        let begins = family(full).unwrap_or(full);
        if honorific.starts_with(begins) || is_whole_name(honorific) {
            return alone(honorific);
        }
    } else if is_addressed(full) || is_titled {
        return alone(full);
    }
    let known = family_of(person, full);
    let called = known.as_deref().unwrap_or(full);
    let post = held(&person.posts, today);
    let role = post.and_then(|post| post.role.as_deref()).map(one_line);
    let said = role.as_deref().and_then(standing).filter(|_| known.is_some());
    let san = format!("{called}さん");
    let (call, short, behind_full) = match (&honorific, register) {
        (Some(honorific), Register::Casual) if NICK.contains(&&**honorific) => {
            return alone(&nickname(person, honorific).unwrap_or_else(|| format!("{called}{honorific}")));
        }
        (Some(honorific), _) => {
            let call = format!("{called}{honorific}");
            (call.clone(), call, honorific.to_string())
        }
        (None, Register::Casual) => {
            return alone(&nickname(person, "").unwrap_or_else(|| casual(full, &san)));
        }
        (None, Register::Polite) if form.is_chat() => {
            let teacher = said.filter(|said| said.ends_with("先生"));
            return alone(&teacher.map_or(san, |teacher| format!("{called}{teacher}")));
        }
        (None, _) => match said {
            Some(role) => {
                let behind_full = if role.ends_with("先生") { "先生" } else { "様" };
                (format!("{called}{role}"), format!("{called}{role}"), behind_full.to_owned())
            }
            None if form.is_chat() => return alone(&san),
            None if register == Register::Polite => (format!("{called}様"), san, "様".to_owned()),
            None => (format!("{called}様"), format!("{called}様"), "様".to_owned()),
        },
    };
    let org = post.map(|post| one_line(&post.org)).filter(|org| !org.is_empty());
    let before = role.filter(|role| honorific.is_none() && stands_before(role, register));
    let in_full = |role: &str| {
        let role = if role.is_empty() { String::new() } else { format!("{role}　") };
        format!("{role}{full}{}{behind_full}", if is_latin(full) { " " } else { "" })
    };
    let lines = match (form, before) {
        (Form::Letter | Form::Card, before) => {
            let org = org.filter(|_| form == Form::Letter && (said.is_some() || before.is_some()));
            [org.map(Cow::into_owned), Some(in_full(before.as_deref().unwrap_or_default()))]
        }
        // A role that cannot stand behind the family name: with its organisation, before the full one.
        (Form::Email, Some(role)) if said.is_none() => [org.map(Cow::into_owned), Some(in_full(&role))],
        (Form::Email, _) => {
            [org.filter(|_| register == Register::Formal).map(Cow::into_owned), Some(call.clone())]
        }
        (Form::Line | Form::Sns, _) => [None, Some(call.clone())],
    };
    let lines = lines.into_iter().flatten().collect();
    Address { lines, call, short, name, ..Address::default() }
}

/// The full name, the note's form of address, and whether the name is one word with a form of its own.
fn own_forms(person: &Person) -> (String, Option<Cow<'_, str>>, bool) {
    let bare = bare(&person.name);
    let honorific = person.details().honorific.as_ref().map(|text| one_line(text));
    let honorific = honorific.filter(|word| !word.is_empty() && !word.is_ascii());
    let titled = with_title(&bare).filter(|_| honorific.is_none());
    // さん is how one speaks of somebody, and no part of the name.
    let full = titled.as_deref().unwrap_or(&bare);
    let full = full.strip_suffix("さん").filter(|name| !name.is_empty()).unwrap_or(full).to_owned();
    let is_titled = titled.is_some_and(|titled| titled == full);
    (full, honorific, is_titled)
}

/// See [`Address::titled`]. What friends call them is not said to others.
pub(super) fn titled(person: &Person, today: NaiveDate) -> String {
    let (full, honorific, is_titled) = own_forms(person);
    let behind = |word: &str| format!("{full}{}{word}", if is_latin(&full) { " " } else { "" });
    match honorific {
        Some(word) if NICK.contains(&&*word) || is_whole_name(&word) => String::new(),
        Some(word) if word.starts_with(family(&full).unwrap_or(&full)) => word.into_owned(),
        Some(word) => behind(&word),
        None if is_titled || is_addressed(&full) => full,
        None => {
            let role = held(&person.posts, today).and_then(|post| post.role.as_deref()).map(one_line);
            let is_teacher = role.as_deref().and_then(standing).is_some_and(|said| said.ends_with("先生"));
            if is_teacher { behind("先生") } else { String::new() }
        }
    }
}

/// 林部長 of 林 部長: a name that ends with a role or a form of address is one word.
fn with_title(name: &str) -> Option<String> {
    let (family, behind) = name.split_once(char::is_whitespace)?;
    is_title(behind.trim()).then(|| format!("{family}{}", behind.trim()))
}

/// Whether a word is a form of address and nothing else. 博士 is more often a given name, ひろし.
fn is_title(word: &str) -> bool {
    let is_form = form_of_address(&format!("某{word}")) == Some(word);
    word != "博士" && (is_form || is_role(word))
}

/// みっちゃん, やぎっち: a name with its own form of address, not a form of address alone.
fn is_whole_name(honorific: &str) -> bool {
    let nick = NICK.iter().any(|word| honorific.strip_suffix(word).is_some_and(|rest| !rest.is_empty()));
    nick || honorific.ends_with("どの") && honorific.chars().count() > 2
}

/// Whether a name has its form of address already. 博士 behind a blank is more often a given name, ひろし.
fn is_addressed(name: &str) -> bool {
    form_of_address(name).is_some_and(|word| word != "博士" || family(name).is_none())
}

/// The family name: where the name itself parts it off, or another name of theirs says it
/// (佐藤さん of 佐藤健一).
fn family_of(person: &Person, full: &str) -> Option<String> {
    if let Some(family) = family(full) {
        return Some(family.to_owned());
    }
    let of_alias = |alias: &str| {
        let end = form_of_address(alias)?;
        let family = alias.strip_suffix(end)?.trim();
        let is_of_it = full.strip_prefix(family).is_some_and(|rest| !rest.is_empty());
        (is_of_it && family.chars().all(is_han)).then(|| family.to_owned())
    };
    person.aliases.iter().find_map(|alias| of_alias(alias))
}

/// The family name of a Japanese name with a blank in it. In katakana and Latin letters the
/// given name may come first.
pub(super) fn family(name: &str) -> Option<&str> {
    let (family, given) = name.split_once(char::is_whitespace)?;
    let is_japanese = |part: &str| part.chars().all(|c| is_han(c) || is_kana(c));
    let is_foreign = |part: &str| part.chars().all(|c| matches!(c, 'ァ'..='ヺ' | 'ー' | '・' | '゠'));
    (is_japanese(family) && is_japanese(given) && !(is_foreign(family) && is_foreign(given)))
        .then_some(family)
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '々' | '〆' | '㐀'..='䶿' | '一'..='鿿' | '豈'..='﫿' | '\u{20000}'..='\u{3ffff}')
}

pub(super) fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー')
}

/// What a friend with a foreign name is called: `Janeさん`.
fn casual(full: &str, san: &str) -> String {
    match english::given(full) {
        Some(first) if is_latin(full) => format!("{first}さん"),
        _ => san.to_owned(),
    }
}

/// What the user calls a friend: as in the log, else as the note's `nickname` says, else by another name
/// with a form of address for friends. `honorific` is put behind a nickname that has none.
pub(super) fn nickname(person: &Person, honorific: &str) -> Option<String> {
    let is_said = |alias: &str| person.log.iter().any(|entry| entry.text.contains(alias));
    let is_nick = |alias: &str| NICK.iter().any(|word| alias.len() > word.len() && alias.ends_with(word));
    let mut nicks = person.aliases.iter().filter(|alias| is_nick(alias));
    let first = nicks.clone().next();
    let in_log = nicks.find(|alias| is_said(alias)).map(|alias| one_line(alias).into_owned());
    let own = || {
        let name = one_line(person.details().nickname.as_deref()?);
        let is_addressed = is_nick(&name) || form_of_address(&name).is_some();
        Some(if is_addressed { name.into_owned() } else { format!("{name}{honorific}") })
    };
    in_log.or_else(own).or_else(|| first.map(|alias| one_line(alias).into_owned()))
}

/// A name without what stands behind it in parentheses.
pub(super) fn bare(name: &str) -> Cow<'_, str> {
    let line = one_line(name);
    let Some(open) = line.find(['(', '（']).filter(|at| *at > 0) else { return line };
    let close = line[open..].find([')', '）']).map(|at| open + at);
    let behind = close.map_or("", |at| line[at..].trim_start_matches([')', '）']));
    let joined = format!("{}{behind}", line[..open].trim_end());
    Cow::Owned(joined.trim().to_owned())
}
