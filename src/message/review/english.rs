//! Whose name an English message begins with: `Dear Ms Clarke`, `Hi Emma`.
//!
//! A given name may be shortened as friends do; a family name, and a name behind a title, is theirs letter
//! for letter.

use super::letter::Part;
use super::wrong_name::tell_wrong;
use super::{Addressee, Both, Reading};
use crate::config::Register;
use crate::plan::reach;
use crate::problem::Severity;
use crate::text::fold;

const ANYBODY: [&str; 16] = [
    "all",
    "there",
    "team",
    "everyone",
    "everybody",
    "folks",
    "friend",
    "friends",
    "again",
    "both",
    "sir",
    "madam",
    "colleagues",
    "you",
    "guys",
    "professor",
];
const OPENINGS: [&str; 8] =
    ["good morning ", "good afternoon ", "good evening ", "greetings ", "hello ", "dear ", "hey ", "hi "];
const TITLES: [&str; 7] = ["mr", "mrs", "ms", "miss", "dr", "prof", "professor"];

/// What a message begins with.
struct Head {
    name: Part,
    has_title: bool,
}

/// Looks at the name in the first lines.
pub(super) fn look(reading: &mut Reading<'_>, to: &Addressee<'_>) {
    let lines = reading.letter.lines.iter().filter(|line| !reading.letter.is_of_head(line));
    let heads: Vec<Part> = lines.take(2).cloned().collect();
    let called = heads.iter().find_map(|line| {
        let found = head_of(reading.letter.words(line))?;
        Some(Head { name: line.start + found.name.start..line.start + found.name.end, ..found })
    });
    if let Some(head) = called {
        let written = reading.letter.span(&head.name).of(&reading.letter.text);
        if is_of_nobody(reading, &head.name) {
            unnamed(reading);
            return;
        }
        // What is no letter is a blank that nobody has filled.
        let is_blank = written.starts_with(['{', '[', '<', '〔', '_']);
        if !is_blank && !is_theirs(to, written, head.has_title) {
            let name = fold(written).trim_end_matches("-san").to_owned();
            tell_wrong(reading, to, &name, head.name);
        }
        return;
    }
    let text = &reading.letter.folded.text;
    let is_word = |name: &str| {
        text.match_indices(name).any(|(at, _)| {
            let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            ends(text[..at].chars().next_back()) && ends(text[at + name.len()..].chars().next())
        })
    };
    let opens_by_role = heads.first().is_some_and(|line| {
        let words = reading.letter.words(line);
        ["dear ", "hi ", "hello ", "hi,", "hello,", "hey "].iter().any(|word| words.starts_with(word))
            && ANYBODY.iter().any(|word| words.contains(word))
    });
    let is_chat = reach::register(to.person, reading.case.config) == Register::Casual
        && (reading.rules.has("casual", text)
            || OPENINGS.iter().any(|word| text.starts_with(word.trim_end())));
    // A name of other letters cannot be compared with the word that stands in its place.
    let may_be_called = || {
        let is_latin = to.names.all().any(str::is_ascii);
        !is_latin && calls_somebody(reading.letter.own())
    };
    if !opens_by_role && !is_chat && !to.names.all().any(is_word) && !may_be_called() {
        unnamed(reading);
    }
}

fn unnamed(reading: &mut Reading<'_>) {
    let why = Both { ja: "宛名や呼びかけがありません", en: "it does not call them by name" };
    let help = Both { ja: "相手の名前で始めましょう", en: "begin with their name" };
    reading.add("honorific", Severity::Note, reading.letter.opening(), why, help);
}

/// Whether a letter goes to `Dear Sir or Madam`, or to `Dear all`.
fn is_of_nobody(reading: &Reading<'_>, name: &Part) -> bool {
    let before = reading.letter.folded.text.get(..name.start).unwrap_or_default();
    let mut words = reading.letter.words(name).split([' ', '/', ',']).filter(|word| !word.is_empty());
    let is_nobody = |word: &str| matches!(word, "sir" | "sirs" | "madam" | "madams" | "or" | "and" | "all");
    before.trim_end().ends_with("dear") && words.all(is_nobody)
}

/// Whether a word that may be a name stands where somebody is called: before the first sign of the text,
/// or behind a comma at the end of a sentence.
fn calls_somebody(text: &str) -> bool {
    let is_name = |words: &str| {
        let mut all = words.split_whitespace();
        words.split_whitespace().count() <= 2 && all.all(|word| word.starts_with(char::is_uppercase))
    };
    let first = text.trim_start().split([',', '–', '—', '!', ':', '\n']).next().unwrap_or_default();
    let mut ends = text.split(['.', '!', '?', '\n']).filter_map(|sentence| sentence.rsplit_once(", "));
    !first.trim().is_empty() && is_name(first)
        || ends.any(|(_, last)| !last.trim().is_empty() && is_name(last))
}

/// Whether what stands behind `Dear` may be their name; what is no name is nobody else's.
fn is_theirs(to: &Addressee<'_>, written: &str, has_title: bool) -> bool {
    let each = written.split(['&', '/']).flat_map(|part| part.split(" and "));
    let mut names = each.filter_map(|name| {
        // What goes on in small letters is the message itself: Hi Emma hope you are well.
        let words: Vec<String> = name
            .split(' ')
            .filter(|word| !word.is_empty())
            .take_while(|word| word.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic()))
            .map(|word| fold(word).trim_end_matches("-san").trim_end_matches('.').to_owned())
            .collect();
        (!words.is_empty()).then_some(words)
    });
    let is_anybody =
        written.split([' ', '&', '/']).any(|word| ANYBODY.contains(&fold(word).trim_end_matches('.')));
    // One of several is enough: who the others are is not known here.
    let mut any = false;
    let is_one = names.any(|words| {
        any = true;
        is_name(to, &words, has_title)
    });
    is_one || !any || is_anybody
}

fn is_name(to: &Addressee<'_>, words: &[String], has_title: bool) -> bool {
    if to.names.holds(&words.concat()) {
        return true;
    }
    let is_initial_of =
        |word: &str| word.len() == 1 && word.is_ascii() && to.names.all().any(|name| name.starts_with(word));
    match words {
        [word] if has_title => to.names.holds(word),
        [word] => to.names.may_be(word),
        [given, .., last] => {
            let is_given = to.names.may_be(given) || is_initial_of(given);
            is_given && (to.names.holds(last) || is_initial_of(last) || last == "san")
        }
        [] => true,
    }
}

/// The name behind `Dear`, `Hi` and the like.
fn head_of(line: &str) -> Option<Head> {
    let opening = OPENINGS.iter().find(|opening| line.starts_with(**opening))?;
    let mut start = opening.len();
    let mut has_title = false;
    loop {
        let rest = &line[start..];
        let word = rest.split([' ', '.']).next().unwrap_or_default();
        if !TITLES.contains(&word) || word.len() == rest.len() {
            break;
        }
        has_title = true;
        start += word.len();
        start += line[start..].len() - line[start..].trim_start_matches(['.', ' ']).len();
    }
    let rest = &line[start..];
    // The point behind an initial is one of the name: Emma C.
    let is_initial = |before: &str| {
        let mut back = before.chars().rev();
        back.next().is_some_and(char::is_alphanumeric) && back.next().is_none_or(|c| c == ' ')
    };
    let is_end = |(at, c): (usize, char)| match c {
        ',' | '!' | ':' | ';' | '?' | '—' | '–' | '(' => true,
        '.' => !is_initial(&rest[..at]),
        _ => false,
    };
    let end = rest.char_indices().find(|place| is_end(*place)).map_or(rest.len(), |(at, _)| at);
    let name = rest[..end].trim_end();
    let words = name.split(' ').count();
    (!name.is_empty() && words <= 3).then(|| Head { name: start..start + name.len(), has_title })
}
