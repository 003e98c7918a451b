//! What a line of a note says, as a message may name it.

use crate::page;
use crate::text::one_line;

/// More of a note's line is no longer what one quotes: in Japanese, and in Latin letters.
const LONGEST: (usize, usize) = (40, 80);

/// Words that are written with a dot, without it …
const SHORTENED: [&str; 18] = [
    "dr", "mr", "mrs", "ms", "mx", "prof", "st", "jr", "sr", "rev", "e.g", "i.e", "etc", "cf", "vs",
    "approx", "dept", "incl",
];
/// … and those that are before a number.
const NUMBERED: [&str; 5] = ["no", "nos", "vol", "pp", "fig"];

/// A text of a note in one line, without what a message has a meaning of its own for.
pub(super) fn shown(text: &str) -> String {
    let text = one_line(text);
    let signs = [("{{", "｛｛"), ("}}", "｝｝"), ("{%", "｛%"), ("%}", "%｝"), ("〔", "（"), ("〕", "）")];
    signs.into_iter().fold(text.into_owned(), |text, (sign, harmless)| text.replace(sign, harmless))
}

/// As [`named`]; nothing where the words tell of a death, an illness or a failure: whoever has to speak
/// of that finds words of their own.
pub(super) fn quoted(text: &str) -> String {
    if page::is_sombre(text) { String::new() } else { named(text) }
}

/// What a line of a note says, as something that one names: without tags and the last sign, its first
/// sentence; nothing where that is long.
pub(super) fn named(text: &str) -> String {
    let shown = shown(text);
    let words: Vec<&str> = shown.split(' ').filter(|word| !is_tag(word)).collect();
    let words = words.join(" ");
    let end = words.char_indices().find(|(at, c)| {
        let next = words[at + c.len_utf8()..].chars().next();
        let is_last = || next.is_none_or(|c| c == ' ');
        match c {
            '。' | '！' | '？' => true,
            '!' | '?' => is_last(),
            '.' => is_last() && !is_of_word(&words[..*at], &words[at + 1..]),
            _ => false,
        }
    });
    let first = end.map_or(&*words, |(at, _)| &words[..at]);
    let first = first.trim_matches(|c: char| c.is_whitespace() || "“”\"、,;:：；".contains(c));
    let first = &*within_quotes(first);
    let longest = if first.is_ascii() { LONGEST.1 } else { LONGEST.0 };
    if first.chars().count() > longest { String::new() } else { first.to_owned() }
}

/// Whether a dot is that of the word before it, as in `Dr. Lang`, and no end of a sentence.
fn is_of_word(before: &str, behind: &str) -> bool {
    let last = before.rsplit(|c: char| c.is_whitespace() || "(（“\"/".contains(c)).next();
    let last = last.unwrap_or_default().to_ascii_lowercase();
    let is_number = || behind.trim_start().starts_with(|c: char| c.is_ascii_digit());
    SHORTENED.contains(&&*last) || (NUMBERED.contains(&&*last) && is_number())
}

/// A text as it stands within 「」: without such signs around the whole, those in it as 『』, none where one
/// has no other.
fn within_quotes(text: &str) -> String {
    let mut depth = 0_usize;
    let mut is_paired = true;
    let mut is_one = text.starts_with('「');
    for (at, c) in text.char_indices() {
        match c {
            '「' => depth += 1,
            '」' if depth == 0 => is_paired = false,
            '」' => {
                depth -= 1;
                is_one &= depth > 0 || at + c.len_utf8() == text.len();
            }
            _ => {}
        }
    }
    if !is_paired || depth > 0 {
        return text.replace(['「', '」'], "");
    }
    let inner = text.strip_prefix('「').and_then(|rest| rest.strip_suffix('」')).filter(|_| is_one);
    inner.unwrap_or(text).replace('「', "『").replace('」', "』")
}

fn is_tag(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|rest| rest.chars().next().is_some_and(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_note_as_something_that_one_names() {
        let check = |text: &str, want: &str| assert_eq!(quoted(text), want, "{text}");
        check("近況を聞いた。元気そうだった", "近況を聞いた");
        check("Talked about Rust 1.90. Fine", "Talked about Rust 1.90");
        check("the slides for Dr. Lang. And more", "the slides for Dr. Lang");
        check(
            "Lang vs. Smith (e.g. no. 3) etc. by St. Ives! More",
            "Lang vs. Smith (e.g. no. 3) etc. by St. Ives",
        );
        check("We said no. Twice", "We said no");
        check("Zigの話 #followup", "Zigの話");
        check("「資料」", "資料");
        check("「静かな夜」の話", "『静かな夜』の話");
        check("A社の「B案件」", "A社の『B案件』");
        check("「静かな夜。」の話", "静かな夜");
        check("{{ x }} 〔y〕", "｛｛ x ｝｝ （y）");
        check("{% if %}", "｛% if %｝");
        check("お母さまのご逝去にお悔やみを", "");
        check("her father was in hospital", "");
        check(&"あ".repeat(41), "");
        check(&"a".repeat(80), &"a".repeat(80));
    }
}
