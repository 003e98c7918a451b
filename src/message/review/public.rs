//! Whom a post to the public names: `private`.

use super::called::Names;
use super::names::address_at;
use super::{Both, Reading};
use crate::problem::Severity;
use crate::text::fold_name;

/// People of the vault whom a post to the public names, but the one it is about.
pub(super) fn third_persons(reading: &mut Reading<'_>) {
    let (text, places) = squeezed(&reading.letter.folded.text);
    let mut found = Vec::new();
    for (note, person, _) in reading.case.index.people() {
        if reading.case.to.is_some_and(|to| to.path == note.path) {
            continue;
        }
        for name in Names::of(person).whole().filter(|name| name.chars().count() >= 3) {
            for (at, _) in text.match_indices(name) {
                let end = at + name.len();
                let borders = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
                let stands_alone = !name.is_ascii()
                    || borders(text[..at].chars().next_back()) && borders(text[end..].chars().next())
                    || name.len() > 7;
                if stands_alone && let (Some(from), Some(to)) = (places.get(at), places.get(end - 1)) {
                    found.push(*from..*to + 1);
                }
            }
        }
    }
    // Family names as they are said: with a role or さん.
    for (note, person, _) in reading.case.index.people() {
        if reading.case.to.is_some_and(|to| to.path == note.path) {
            continue;
        }
        for family in Names::of(person).families.iter().filter(|name| !name.is_ascii()) {
            for (at, _) in text.match_indices(family.as_str()) {
                let end = at + family.len();
                let run = address_at(&text[end..]);
                let length: usize = run.iter().map(|word| word.len()).sum();
                let is_longer =
                    text[..at].ends_with(|c: char| matches!(c, '一'..='鿿')) && family.chars().count() < 2;
                if length > 0
                    && !is_longer
                    && let (Some(from), Some(to)) = (places.get(at), places.get(end + length - 1))
                {
                    found.push(*from..*to + 1);
                }
            }
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
