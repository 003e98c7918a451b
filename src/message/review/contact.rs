//! Another person's address or number, in any width and grouping: `contact-data`.

use std::sync::LazyLock;

use regex::Regex;

use super::compiled::compiled;
use super::letter::Part;
use super::{Both, Reading};
use crate::note::person::Person;
use crate::problem::Severity;
use crate::text::{fold, one_line};

/// A number of a telephone has at least so many digits.
const DIGITS: usize = 9;

static NUMBERS: LazyLock<Option<Regex>> =
    LazyLock::new(|| compiled(r"\+?\(?[0-9](?:[\-‐‑–—ー−﹣/.() ]{0,3}[0-9]){7,16}"));
static MAILS: LazyLock<Option<Regex>> =
    LazyLock::new(|| compiled(r"[0-9a-z_.%+\-]+@[0-9a-z_\-]+(?:\.[0-9a-z_\-]+)+"));
static PREFECTURE: LazyLock<Option<Regex>> =
    LazyLock::new(|| compiled(r"^(?:北海道|東京都|(?:京都|大阪)府|[一-鿿]{2,3}県)"));

/// What tells one person's data from another's.
struct Data {
    name: String,
    numbers: Vec<String>,
    words: Vec<String>,
    homes: Vec<String>,
}

/// Looks for the data of everybody but the addressee; in a post, of everybody.
pub(super) fn look(reading: &mut Reading<'_>) {
    let own = digits_and_words(reading.case.own);
    let theirs = reading.to.as_ref().filter(|_| !reading.case.is_post).map(|to| data(to.person));
    let is_theirs = |value: &str| {
        own.iter().any(|known| known == value)
            || theirs
                .as_ref()
                .is_some_and(|of| of.numbers.iter().chain(&of.words).chain(&of.homes).any(|v| v == value))
    };
    let others: Vec<Data> = reading
        .case
        .index
        .people()
        .filter(|(note, ..)| reading.case.is_post || reading.case.to.is_none_or(|to| to.path != note.path))
        .map(|(_, person, _)| data(person))
        .collect();
    let text = reading.letter.folded.text.clone();
    let mut found: Vec<(Part, String)> = Vec::new();
    for part in matches(&NUMBERS, &text) {
        let number = number(&text[part.clone()]);
        if let Some(of) =
            others.iter().find(|of| of.numbers.contains(&number)).filter(|_| !is_theirs(&number))
        {
            found.push((part, of.name.clone()));
        }
    }
    for part in matches(&MAILS, &text) {
        let mail = &text[part.clone()];
        if let Some(of) =
            others.iter().find(|of| of.words.iter().any(|word| word == mail)).filter(|_| !is_theirs(mail))
        {
            found.push((part, of.name.clone()));
        }
    }
    for of in &others {
        for word in of.words.iter().filter(|word| !word.contains('@') && !is_theirs(word)) {
            let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
            let alone = |at: usize| {
                !text[..at].ends_with(is_of_word)
                    && !text[at + word.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            };
            let stand = text.match_indices(word.as_str()).map(|(at, _)| at).filter(|at| alone(*at));
            found.extend(stand.map(|at| (at..at + word.len(), of.name.clone())));
        }
    }
    let (bare, places) = homely(&text);
    for of in &others {
        for home in of.homes.iter().filter(|home| !is_theirs(home)) {
            for (at, _) in bare.match_indices(home.as_str()) {
                let end = at + home.len();
                let goes_on = bare[end..].starts_with(|c: char| c.is_ascii_digit());
                if !goes_on && let (Some(from), Some(to)) = (places.get(at), places.get(end - 1)) {
                    found.push((*from..*to + 1, of.name.clone()));
                }
            }
        }
    }
    // Words before an address, 部長の番号は, make the rules find it: theirs is no fault, and who is known
    // is named.
    let known: Vec<Part> = matches(&NUMBERS, &text)
        .into_iter()
        .filter(|part| is_theirs(&number(&text[part.clone()])))
        .chain(matches(&MAILS, &text).into_iter().filter(|part| is_theirs(&text[part.clone()])))
        .chain(found.iter().map(|(part, _)| part.clone()))
        .collect();
    let is_known = |part: &Part| known.iter().any(|known| part.start < known.end && known.start < part.end);
    reading.found.retain(|(part, finding)| finding.code != "contact-data" || !is_known(part));
    for (part, name) in found {
        let (ja, en) = (format!("{name}さんの連絡先です"), format!("this is the contact data of {name}"));
        let help = Both {
            ja: "本人の了解を得て、本人から連絡してもらいましょう",
            en: "ask them first, and let them get in touch themselves",
        };
        reading.add("contact-data", Severity::Warning, part, Both { ja: &ja, en: &en }, help);
    }
}

fn matches(pattern: &'static LazyLock<Option<Regex>>, text: &str) -> Vec<Part> {
    pattern
        .as_ref()
        .map(|pattern| pattern.find_iter(text).map(|found| found.range()).collect())
        .unwrap_or_default()
}

/// The numbers, mail addresses and homes of a person.
fn data(person: &Person) -> Data {
    let mut data = Data {
        name: one_line(&person.name).into_owned(),
        numbers: Vec::new(),
        words: Vec::new(),
        homes: Vec::new(),
    };
    for (channel, address) in &person.channels {
        let address = fold(address).into_owned();
        let digits = number(&address);
        if address.contains('@') && !address.starts_with('@') {
            data.words.extend(matches(&MAILS, &address).into_iter().map(|part| address[part].to_owned()));
        } else if digits.len() >= DIGITS && address.chars().all(|c| !c.is_alphabetic() || c == 'ー') {
            data.numbers.push(digits);
        } else if matches!(channel.as_str(), "line" | "skype" | "kakao" | "wechat" | "signal" | "whatsapp")
            && address.len() >= 5
            && address.is_ascii()
            && !address.contains(' ')
            && address.contains(|c: char| c.is_ascii_digit() || matches!(c, '_' | '.' | '-'))
        {
            data.words.push(address);
        }
    }
    if let Some(address) = &person.details().address {
        data.homes.extend(home(address));
    }
    data
}

/// The digits of a number as it is dialled at home: `+81 90-…` and `+44 (0)20 …` begin with 0.
fn number(text: &str) -> String {
    let international = text.trim_start_matches(['(', ' ']).starts_with('+');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("0081").map_or(digits.clone(), |rest| format!("81{rest}"));
    let is_japanese = (international || digits.len() >= 11) && digits.starts_with("81");
    match digits.strip_prefix("81").filter(|_| is_japanese) {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        // Codes of countries are of one to three digits; most are of two.
        None if international => {
            let code = if digits.starts_with('1') || digits.starts_with('7') { 1 } else { 2 };
            format!("0{}", digits.get(code..).unwrap_or_default().trim_start_matches('0'))
        }
        None => digits,
    }
}

/// What tells a postal address: the town and the number of the house, without the prefecture.
fn home(address: &str) -> Option<String> {
    let line: Vec<&str> = address.lines().collect();
    let (bare, _) = homely(&fold(&line.join("")));
    let bare = bare.trim_start_matches('〒');
    let code = bare.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(0);
    let bare = if bare[..code].len() >= 7 { &bare[code..] } else { bare };
    let bare = match PREFECTURE.as_ref().and_then(|pattern| pattern.find(bare)) {
        Some(found) => &bare[found.end()..],
        None => bare,
    };
    // Up to the end of the first number with its parts: what follows is a house's name or a floor.
    let from = bare.find(|c: char| c.is_ascii_digit())?;
    let end = bare[from..].find(|c: char| !c.is_ascii_digit() && c != '-').map_or(bare.len(), |at| from + at);
    let home = bare[..end].trim_end_matches('-');
    (home.chars().count() >= 6 && home.contains('-') && from > 0).then(|| home.to_owned())
}

/// A folded text without blanks, the parts of a house's number written as `1-2-3`; of each byte, where
/// it stood.
fn homely(text: &str) -> (String, Vec<usize>) {
    let (mut out, mut places) = (String::new(), Vec::new());
    let mut rest = text;
    let mut at = 0;
    while let Some(c) = rest.chars().next() {
        let after_digit = out.ends_with(|c: char| c.is_ascii_digit());
        let unit = ["丁目", "番地", "番", "号"].iter().find(|unit| after_digit && rest.starts_with(**unit));
        let mut push = |c: char, length: usize| {
            let from = out.len();
            out.push(c);
            places.extend((0..out.len() - from).map(|n| at + n.min(length - 1)));
        };
        let length = unit.map_or(c.len_utf8(), |unit| unit.len());
        let next = rest[length..].trim_start().chars().next();
        match c {
            _ if unit.is_some() => {
                if next.is_some_and(|c| c.is_ascii_digit()) {
                    push('-', length);
                }
            }
            c if c.is_whitespace() => {}
            '-' | '‐' | '‑' | '–' | '—' | '−' | '﹣' => push('-', length),
            'ー' | 'の' if after_digit && next.is_some_and(|c| c.is_ascii_digit()) => push('-', length),
            c => push(c, length),
        }
        at += length;
        rest = &rest[length..];
    }
    (out, places)
}

/// The numbers and mail addresses in the user's own note.
fn digits_and_words(own: &str) -> Vec<String> {
    let own = fold(own).into_owned();
    let mut all: Vec<String> = matches(&NUMBERS, &own).into_iter().map(|part| number(&own[part])).collect();
    all.extend(matches(&MAILS, &own).into_iter().map(|part| own[part].to_owned()));
    all.extend(own.lines().filter_map(home));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        let check = |text: &str, want: &str| assert_eq!(number(&fold(text)), want, "{text}");
        check("090-1234-5678", "09012345678");
        check("０９０ー１２３４ー５６７８", "09012345678");
        check("+81 90 1234 5678", "09012345678");
        check("+81 (0)90-1234-5678", "09012345678");
        check("0081 90 1234 5678", "09012345678");
        check("+44 20 7946 0123", "02079460123");
        check("(020) 7946 0123", "02079460123");
        check("+1 415 555 2671", "04155552671");
    }

    #[test]
    fn a_home_is_its_town_and_number() {
        let check = |text: &str, want: Option<&str>| assert_eq!(home(text).as_deref(), want, "{text}");
        check("〒140-0001 東京都品川区北品川1-2-3 コーポ201", Some("品川区北品川1-2-3"));
        check("東京都品川区北品川１丁目２番３号", Some("品川区北品川1-2-3"));
        check("東京都品川区", None);
        check("", None);
    }
}
