//! How the parts of a name are put together: in the order that their script has.
//!
//! Knows scripts, and what people put behind their names in a profile; which cell holds which part is
//! left to `row`.

use super::cell;
use crate::text::fold;

/// A name put together from its parts, any of which may be empty.
///
/// In Japanese and Chinese letters the family name comes first and a blank between; in Hangul there is
/// no blank; in all others the given name comes first.
pub fn joined(family: &str, given: &str, middle: &str) -> String {
    let is_han_or_kana = [family, given].iter().all(|part| part.chars().all(is_japanese_name));
    let is_hangul = [family, given].iter().all(|part| part.chars().all(is_hangul));
    let parts = if is_han_or_kana || is_hangul { [family, given, middle] } else { [given, middle, family] };
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(if is_hangul && middle.is_empty() { "" } else { " " })
}

/// The family and the given name of `Doe, John`. Where something else may stand behind the comma, none.
pub fn inverted(whole: &str) -> Option<(&str, &str)> {
    let (family, given) = whole.split_once(", ")?;
    let is_name = |part: &str| {
        let is_latin = |c: char| c.is_alphabetic() && !is_japanese_name(c) && !is_hangul(c);
        let is_part = |c: char| is_latin(c) || matches!(c, ' ' | '.' | '-' | '\'' | '’');
        part.contains(is_latin) && part.chars().all(is_part) && part.split(' ').count() <= 3
    };
    let is_other = is_generation(given) || given.split(' ').any(is_title) || given.ends_with("Inc.");
    (is_name(family) && is_name(given) && !is_other).then_some((family, given))
}

/// How a name is read, from its parts: the family name first.
pub fn reading(family: &str, given: &str) -> String {
    let parts: Vec<&str> = [family, given].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// Kana in full width; all else as it is.
pub fn full_width(reading: &str) -> String {
    let is_narrow = |c: char| ('\u{ff66}'..='\u{ff9f}').contains(&c);
    let mut out = String::with_capacity(reading.len());
    let mut rest = reading;
    while let Some(start) = rest.find(is_narrow) {
        let (before, behind) = rest.split_at(start);
        let narrow = &behind[..behind.find(|c| !is_narrow(c)).unwrap_or(behind.len())];
        out.push_str(before);
        out.push_str(&fold(narrow));
        rest = &behind[narrow.len()..];
    }
    out + rest
}

/// Whether a name says what both parts say, in whichever order.
pub fn is_same(whole: &str, family: &str, given: &str) -> bool {
    let whole = crate::text::fold_name(whole);
    [family, given].iter().all(|part| whole.contains(crate::text::fold_name(part).as_str()))
}

/// What follows a Latin name and is part of it: `Jr.`, `III`. All else is a title.
pub fn is_generation(suffix: &str) -> bool {
    ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"].contains(&fold(suffix).as_ref())
}

/// A part of a name as somebody wrote it into a profile.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Profiled {
    /// The name, without emoji, titles and brackets.
    pub name: String,
    /// What stood in brackets, if it may be a name: often the same in another script.
    pub bracketed: Option<String>,
}

/// Reads a part of a name from a profile: `Tanaka, PMP 🚀`, `Taro (太郎)`, `SMITH, Ph.D.`.
pub fn profiled(text: &str) -> Profiled {
    let text = cell::name(text);
    let mut name = String::new();
    let mut bracketed = None;
    let mut rest = text.as_str();
    while let Some(open) = rest.find(['(', '（', '[', '「', '『', '"', '“']) {
        let (before, behind) = rest.split_at(open);
        name.push_str(before);
        let mut inner = behind.chars();
        inner.next();
        let inner = inner.as_str();
        let Some(close) = inner.find([')', '）', ']', '」', '』', '"', '”']) else {
            rest = "";
            break;
        };
        let (content, end) = inner.split_at(close);
        let is_name =
            !content.contains('/') && content.chars().all(is_of_name) && content.contains(is_letter);
        bracketed = bracketed.or_else(|| is_name.then(|| cell::name(content)));
        name.push(' ');
        rest = end.get(end.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
    }
    name.push_str(rest);
    let end = name.find([',', '，', '、', '|', '｜', '/', '／', ';']).unwrap_or(name.len());
    let mut generation = "";
    if let Some(behind) = name.get(end + 1..) {
        let first = behind.trim_start().split([',', ' ']).next().unwrap_or_default();
        if is_generation(first) {
            generation = first;
        }
    }
    let kept: String = name[..end].chars().map(|c| if is_of_name(c) { c } else { ' ' }).collect();
    let mut words: Vec<&str> = kept.split_whitespace().filter(|word| word.contains(is_letter)).collect();
    while words.len() > 1 && words.last().is_some_and(|word| is_title(word)) {
        words.pop();
    }
    words.extend((!generation.is_empty()).then_some(generation));
    Profiled { name: words.join(" "), bracketed }
}

/// Degrees and certificates that people put behind their names.
fn is_title(word: &str) -> bool {
    const TITLES: [&str; 26] = [
        "ba", "bsc", "cfa", "cfp", "cisa", "cism", "cissp", "cma", "cpa", "csm", "cspo", "dds", "esq", "jd",
        "llb", "llm", "ma", "mba", "md", "mpa", "mph", "msc", "pe", "phd", "pmp", "shrm",
    ];
    // `Ma` is a name, `MA` is a degree.
    let is_upper = word.chars().filter(|c| c.is_alphabetic()).skip(1).any(char::is_uppercase);
    let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    is_upper && TITLES.contains(&letters.to_ascii_lowercase().as_str())
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic()
}

/// Whether a letter may stand in a name: no emoji, no ornament.
fn is_of_name(c: char) -> bool {
    let is_mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' | '\u{200c}' | '\u{200d}');
    c.is_alphanumeric() && !matches!(c, '🄰'..='🆏')
        || is_mark
        || matches!(c, ' ' | '\'' | '’' | '-' | '‐' | '.' | '・')
}

/// Whether a letter is of a name in kanji or kana.
fn is_japanese_name(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | 'ぁ'..='ヿ' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}' | ' ' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}')
}

/// Whether a text is written in Japanese: there is a kanji or a kana in it.
pub fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| c != ' ' && is_japanese_name(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_says_the_order() {
        for (family, given, middle, expected) in [
            ("田中", "太郎", "", "田中 太郎"),
            ("髙橋", "𠮷子", "", "髙橋 𠮷子"),
            ("さとう", "ハナコ", "", "さとう ハナコ"),
            ("Tanaka", "Taro", "", "Taro Tanaka"),
            ("Smith", "John", "Q.", "John Q. Smith"),
            ("田中", "Taro", "", "Taro 田中"),
            ("김", "철수", "", "김철수"),
            ("田中", "", "", "田中"),
            ("", "Cher", "", "Cher"),
        ] {
            assert_eq!(joined(family, given, middle), expected);
        }
        assert_eq!(full_width("ﾔﾏﾀﾞ Taro ﾀﾛｳ"), "ヤマダ Taro タロウ");
        assert_eq!(reading("ヤマダ", ""), "ヤマダ");
    }

    #[test]
    fn a_family_name_before_a_comma() {
        assert_eq!(inverted("Doe, John Q."), Some(("Doe", "John Q.")));
        for other in ["Smith, Jr.", "Smith, MBA", "Example, Inc.", "田中, 太郎", "Doe", "A, B, C", "x, 1"]
        {
            assert_eq!(inverted(other), None, "{other}");
        }
    }

    #[test]
    fn names_of_profiles() {
        for (text, name, bracketed) in [
            ("Tanaka, PMP", "Tanaka", None),
            ("Tanaka 🚀✨", "Tanaka", None),
            ("Taro (太郎)", "Taro", Some("太郎")),
            ("Smith (She/Her)", "Smith", None),
            ("Smith, Jr., MBA", "Smith Jr.", None),
            ("O'Neil-Ñandú MBA PhD", "O'Neil-Ñandú", None),
            ("Yo-Yo Ma", "Yo-Yo Ma", None),
            ("田中", "田中", None),
            ("田中 | AWS", "田中", None),
            ("🅰️", "", None),
            ("Dr. Smith", "Dr. Smith", None),
            ("John (", "John", None),
            ("ラモス・ダ シルバ", "ラモス・ダ シルバ", None),
        ] {
            let read = profiled(text);
            assert_eq!((read.name.as_str(), read.bracketed.as_deref()), (name, bracketed), "{text}");
        }
    }
}
