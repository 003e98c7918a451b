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
    let all = |kind: &str| -> Vec<Part> {
        reading.rules.found(kind, plain).into_iter().filter(|part| is_of(reading, part)).collect()
    };
    let (casual, stiff) = (all("casual"), all("stiff"));
    let is_english = reading.letter.lang == Lang::En;
    let with_polite = !is_english && reading.rules.found("polite", plain).len() >= 2;
    let is_humble = !is_english && reading.rules.has("humble", plain);
    let is_curt = |part: &Part| is_of_message(reading.letter.words(part));
    let mixed = Both {
        ja: "丁寧な文とくだけた文が混ざっています", en: "polite and casual words are mixed"
    };
    let one = Both { ja: "どちらかにそろえましょう", en: "keep to one of them" };
    // A smile among polite words is polite.
    let is_bare = |part: &Part| !is_smile(reading.letter.words(part));
    let is_curt_one = |part: &Part| if is_english { is_curt(part) } else { is_bare(part) };
    let told = match register {
        Register::Formal => {
            let why = Both {
                ja: "かしこまった相手には、くだけすぎています",
                en: "too casual for somebody formal",
            };
            let ja = if is_english {
                "省略や俗語を使わず、文を整えましょう"
            } else {
                "です・ます、敬語に改めましょう"
            };
            (casual, why, Both { ja, en: "say it in full, polite words" })
        }
        Register::Polite if with_polite => (casual.into_iter().filter(is_bare).collect(), mixed, one),
        Register::Polite => {
            let why = Both {
                ja: "丁寧に書く相手には、くだけすぎています", en: "too casual for them"
            };
            let ja = if is_english {
                "省略せずに書きましょう"
            } else {
                "です・ますにしましょう"
            };
            (casual.into_iter().filter(is_curt_one).collect(), why, Both { ja, en: "say it in full words" })
        }
        Register::Casual if !stiff.is_empty() => {
            let why = Both {
                ja: "親しい相手には、かしこまりすぎています",
                en: "too stiff for somebody close",
            };
            (stiff, why, Both { ja: "いつもの言葉で書きましょう", en: "write as you talk to them" })
        }
        Register::Casual if is_humble && with_polite => (casual, mixed, one),
        Register::Casual => return,
    };
    let (parts, why, help) = told;
    for part in parts {
        let part = with_stem(&reading.letter.plain, part);
        reading.add("register", Severity::Warning, part, why, help);
    }
}

/// Whether casual words are not the end of polite ones: でしたよね, くださいね.
fn is_of(reading: &Reading<'_>, part: &Part) -> bool {
    const POLITE: [&str; 12] = [
        "まし",
        "でし",
        "ました",
        "でした",
        "ます",
        "です",
        "くださ",
        "下さ",
        "なさ",
        "いらっしゃ",
        "ござ",
        "願",
    ];
    let before = reading.letter.plain.get(..part.start).unwrap_or_default();
    !POLITE.iter().any(|word| before.ends_with(word))
}

/// Whether words are a smile.
fn is_smile(words: &str) -> bool {
    let words = words.trim_matches(|c: char| matches!(c, '(' | ')' | '。' | '!' | ' ' | '\n'));
    words == "笑" || !words.is_empty() && words.chars().all(|c| matches!(c, '\u{1f600}'..='\u{1f64f}'))
}

/// A part with what its first word begins with: 言って|たよね.
fn with_stem(text: &str, part: Part) -> Part {
    let is_kana = |c: char| matches!(c, 'ぁ'..='ん') && !matches!(c, 'を' | 'は' | 'が' | 'も' | 'に');
    if !text.get(part.start..).is_some_and(|rest| rest.starts_with(is_kana)) {
        return part;
    }
    let before = text.get(..part.start).unwrap_or_default();
    let stem = before.trim_end_matches(is_kana);
    let stem = stem.trim_end_matches(|c: char| matches!(c, '一'..='鿿' | '々'));
    stem.len()..part.end
}

/// Spellings of short messages, which nobody but friends is written to with.
fn is_of_message(words: &str) -> bool {
    const SPELLINGS: [&str; 16] = [
        "u r", "4 u", "2 u", "r u", "lol", "lmao", "rofl", "omg", "thx", "tnx", "pls", "plz", "wanna",
        "gonna", "dunno", "dude",
    ];
    SPELLINGS.contains(&words.trim())
}
