//! Whom a post to the public names: `private`.

use std::collections::BTreeSet;

use super::called::Names;
use super::letter::Part;
use super::names::address_at;
use super::{Both, Reading};
use crate::problem::Severity;
use crate::text::fold_name;

/// Given names that are words, months or languages as well: alone they tell nobody.
const WORDS: [&str; 46] = [
    "ada", "amber", "angel", "april", "art", "august", "autumn", "bill", "chance", "chase", "chip", "cliff",
    "crystal", "dale", "dawn", "dean", "drew", "faith", "frank", "gene", "grace", "grant", "guy", "hope",
    "jade", "joy", "julia", "june", "mark", "max", "may", "miles", "norm", "pascal", "pat", "pearl", "penny",
    "ray", "rich", "rob", "rose", "ruby", "sandy", "sue", "summer", "will",
];
const TITLES: [&str; 9] = ["mr ", "mr. ", "ms ", "ms. ", "mrs ", "mrs. ", "dr ", "dr. ", "prof. "];

/// People of the vault whom a post to the public names, but the one it is about.
pub(super) fn third_persons(reading: &mut Reading<'_>) {
    let (text, places) = squeezed(&reading.letter.folded.text);
    let at_home = |from: usize, end: usize| match (places.get(from), places.get(end.saturating_sub(1))) {
        (Some(from), Some(to)) => Some(*from..*to + 1),
        _ => None,
    };
    let mut found: Vec<Part> = Vec::new();
    for (note, person, _) in reading.case.index.people() {
        if reading.case.to.is_some_and(|to| to.path == note.path) {
            continue;
        }
        let names = Names::of(person);
        for name in names.whole().filter(|name| name.chars().count() >= 3) {
            for (at, _) in text.match_indices(name) {
                let end = at + name.len();
                let borders = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
                let stands_alone = !name.is_ascii()
                    || borders(text[..at].chars().next_back()) && borders(text[end..].chars().next())
                    || name.len() > 7;
                found.extend(at_home(at, end).filter(|_| stands_alone));
            }
        }
        // A name as it is said: with a role or さん.
        for name in names.parts().filter(|name| !name.is_ascii()) {
            for (at, _) in text.match_indices(name) {
                let end = at + name.len();
                let length: usize = address_at(&text[end..]).iter().map(|word| word.len()).sum();
                if length > 0 && !is_of_longer(&text[..at], name) {
                    found.extend(at_home(at, end + length));
                }
            }
        }
        for name in names.parts().filter(|name| name.is_ascii() && name.len() >= 3) {
            // What is found as a whole name already is told as that.
            let known: BTreeSet<usize> = found.iter().map(|part| part.start).collect();
            let parts = alone(reading, name, &names);
            found.extend(parts.into_iter().filter(|part| !known.contains(&part.start)));
        }
    }
    for part in found {
        let why = Both { ja: "ほかの人の名前が出ています", en: "somebody is named in public" };
        let help = Both {
            ja: "本人の了解を得るか、名前を伏せましょう",
            en: "ask them first, or leave the name out",
        };
        reading.add("private", Severity::Warning, part, why, help);
    }
}

/// Whether a name is only the end of a longer word: 森 in 大森, みなみ in あさみなみ.
fn is_of_longer(before: &str, name: &str) -> bool {
    let is_kanji = |c: char| matches!(c, '一'..='鿿' | '々');
    let is_kana = |c: char| matches!(c, 'ぁ'..='ゖ' | 'ー');
    let particle = ["は", "が", "の", "と", "に", "を", "も", "で", "や", "へ", "ら"];
    if name.starts_with(is_kana) {
        before.ends_with(is_kana) && !particle.iter().any(|word| before.ends_with(word))
    } else {
        name.chars().count() < 2 && before.ends_with(is_kanji)
    }
}

/// Where a given or family name of Latin letters stands alone, as a name: with a capital letter, and not in
/// the name of somebody else.
fn alone(reading: &Reading<'_>, name: &str, names: &Names) -> Vec<Part> {
    let text = &reading.letter.folded.text;
    let written = |part: Part| reading.letter.span(&part).of(&reading.letter.text);
    let is_capital = |at: usize, end: usize| written(at..end).chars().next().is_some_and(char::is_uppercase);
    let is_ambiguous = WORDS.contains(&name) || names.is_surname(name);
    let stands = |at: usize| {
        let end = at + name.len();
        let (before, after) = (&text[..at], &text[end..]);
        let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '@' | '/' | '.');
        let ends = !before.ends_with(goes_on) && !after.starts_with(|c: char| c != '.' && goes_on(c));
        // Another's name has this one in it: Daniel Defoe, Jane Clarke.
        let neighbour = after.strip_prefix(' ').map(|rest| {
            let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            (end + 1, end + 1 + length)
        });
        let is_with_other = neighbour.is_some_and(|(from, to)| {
            let word = &text[from..to];
            to > from && word != "i" && is_capital(from, to) && !names.holds(word)
        });
        // A word, or a family name, which may be a firm's or a place's: with a title it is theirs.
        let has_title = TITLES.iter().any(|title| before.ends_with(title));
        ends && is_capital(at, end) && !is_with_other && (has_title || !is_ambiguous)
    };
    let found = text.match_indices(name).map(|(at, _)| at).filter(|at| stands(*at));
    found.map(|at| at..at + name.len()).collect()
}

/// A text without blanks, katakana as hiragana; of each byte, where it stood.
fn squeezed(text: &str) -> (String, Vec<usize>) {
    let (mut out, mut places) = (String::new(), Vec::new());
    for (at, c) in text.char_indices() {
        let folded = fold_name(c.encode_utf8(&mut [0; 4]));
        out.push_str(&folded);
        // The last byte of a letter stands where the letter ends.
        let length = c.len_utf8();
        places.extend((0..folded.len()).map(|n| at + n.min(length - 1)));
    }
    (out, places)
}
