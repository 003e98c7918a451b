//! A register that does not fit somebody, or two in one message: `register`.
//!
//! Words that are not said to a superior are rules in data.

use super::letter::Part;
use super::{Both, Reading};
use crate::config::Register;
use crate::plan::reach;
use crate::problem::Severity;
use crate::text::Lang;

/// Looks at how it is said.
pub(super) fn look(reading: &mut Reading<'_>) {
    let Some(to) = &reading.to else { return };
    let register = reach::register(to.person, reading.case.config);
    let plain = &reading.letter.plain;
    let first = |kind: &str| reading.rules.found(kind, plain).into_iter().find(|part| is_of(reading, part));
    let casual = first("casual");
    let stiff = first("stiff");
    let is_english = reading.letter.lang == Lang::En;
    let with_polite = !is_english && reading.rules.found("polite", plain).len() >= 2;
    let is_humble = !is_english && reading.rules.has("humble", plain);
    let is_curt = |part: &Part| is_of_message(reading.letter.words(part));
    let mixed = Both {
        ja: "丁寧な文とくだけた文が混ざっています", en: "polite and casual words are mixed"
    };
    let one = Both { ja: "どちらかにそろえましょう", en: "keep to one of them" };
    let told = match (register, casual, stiff) {
        (Register::Formal, Some(part), _) => {
            let why = Both {
                ja: "かしこまった相手には、くだけすぎています",
                en: "too casual for somebody formal",
            };
            Some((
                part,
                why,
                Both {
                    ja: "です・ます、敬語に改めましょう", en: "say it in full, polite words"
                },
            ))
        }
        (Register::Polite, Some(part), _) if with_polite => Some((part, mixed, one)),
        (Register::Polite, Some(part), _) if !is_english || is_curt(&part) => {
            let why = Both {
                ja: "丁寧に書く相手には、くだけすぎています", en: "too casual for them"
            };
            Some((part, why, Both { ja: "です・ますにしましょう", en: "say it in full words" }))
        }
        (Register::Casual, _, Some(part)) => {
            let why = Both {
                ja: "親しい相手には、かしこまりすぎています",
                en: "too stiff for somebody close",
            };
            Some((part, why, Both { ja: "いつもの言葉で書きましょう", en: "write as you talk to them" }))
        }
        (Register::Casual, Some(part), None) if is_humble && with_polite => Some((part, mixed, one)),
        _ => None,
    };
    if let Some((part, why, help)) = told {
        reading.add("register", Severity::Warning, part, why, help);
    }
}

/// Whether casual words are not the end of polite ones: でしたよね, くださいね.
fn is_of(reading: &Reading<'_>, part: &Part) -> bool {
    const POLITE: [&str; 8] = ["まし", "でし", "くださ", "下さ", "なさ", "いらっしゃ", "ござ", "願"];
    let before = reading.letter.plain.get(..part.start).unwrap_or_default();
    !POLITE.iter().any(|word| before.ends_with(word))
}

/// Spellings of short messages, which nobody but friends is written to with.
fn is_of_message(words: &str) -> bool {
    const SPELLINGS: [&str; 16] = [
        "u r", "4 u", "2 u", "r u", "lol", "lmao", "rofl", "omg", "thx", "tnx", "pls", "plz", "wanna",
        "gonna", "dunno", "dude",
    ];
    SPELLINGS.contains(&words.trim())
}
