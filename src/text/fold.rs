//! How two spellings of one word are compared: folded to one form, with the way back to where each part stood.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfkc_quick};

use super::{Span, Text, is_unprintable, trimmed};

/// NFKC, lower case, trimmed: the key under which names and words are compared.
pub fn fold(text: &str) -> Cow<'_, str> {
    let text = trimmed(text);
    match Letters::of(text) {
        Letters::Folded => return Cow::Borrowed(text),
        Letters::Upper => return Cow::Owned(text.to_ascii_lowercase()),
        Letters::Others => {}
    }
    if is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        if text.chars().any(char::is_uppercase) {
            return Cow::Owned(text.to_lowercase());
        }
        return Cow::Borrowed(text);
    }
    let folded: String = text.nfkc().collect::<String>().to_lowercase();
    Cow::Owned(folded.trim().to_owned())
}

/// [`fold`], and katakana as hiragana, without blanks: how a person's name is looked up.
pub fn fold_name(text: &str) -> Text {
    folded_name(text).as_ref().into()
}

/// [`fold_name`], where what comes of it is not kept.
pub fn folded_name(text: &str) -> Cow<'_, str> {
    let folded = if Letters::of(text) == Letters::Others { fold(text) } else { Cow::Borrowed(text) };
    let stays = |c: char| !matches!(c, 'ァ'..='ヶ' | 'A'..='Z') && !c.is_whitespace();
    let Some(from) = folded.find(|c| !stays(c)) else { return folded };
    let mut name = String::with_capacity(folded.len());
    name.push_str(&folded[..from]);
    for c in folded[from..].chars() {
        match c {
            'ァ'..='ヶ' => name.extend(char::from_u32(c as u32 - 0x60)),
            c if c.is_whitespace() => {}
            c => name.push(c.to_ascii_lowercase()),
        }
    }
    Cow::Owned(name)
}

/// Latin letters without what stands above and below them: `José` as `Jose`, `Øster` as `Oster`. Marks of
/// kana (が, ぱ) stay: they make other letters.
pub fn without_accents(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c.is_ascii() || ('\u{2e80}'..='\u{d7ff}').contains(&c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd() {
        match c {
            '\u{300}'..='\u{36f}' => {}
            'ø' => out.push('o'),
            'Ø' => out.push('O'),
            'ł' => out.push('l'),
            'Ł' => out.push('L'),
            'đ' | 'ð' => out.push('d'),
            'Đ' | 'Ð' => out.push('D'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'Æ' => out.push_str("AE"),
            'œ' => out.push_str("oe"),
            'Œ' => out.push_str("OE"),
            c => out.push(c),
        }
    }
    Cow::Owned(out.nfc().collect())
}

/// NFKC: half-width kana as full-width ones, full-width letters as narrow ones.
pub fn wide(text: &str) -> String {
    text.nfkc().collect()
}

/// A longer text as it is searched: NFKC, lower case, without what is unprintable, blanks as plain
/// blanks; and where each part of it stood.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// What is searched. Its lines are those of the text.
    pub text: String,
    /// Of each byte, where the letters that it came from begin and end.
    places: Vec<Span>,
}

impl Folded {
    /// Folds a text.
    pub fn of(text: &str) -> Self {
        let mut folded = Self::default();
        let mut letters = text.char_indices().peekable();
        while let Some((start, first)) = letters.next() {
            // Marks are put together with the letter that they stand behind: か and ゛, ｶ and ﾞ.
            let is_mark = |c: char| is_combining_mark(c) || matches!(c, '\u{ff9e}' | '\u{ff9f}');
            let mut end = start + first.len_utf8();
            while let Some((at, c)) = letters.next_if(|(_, c)| is_mark(*c)) {
                end = at + c.len_utf8();
            }
            // What colours a terminal is no word, and hides none.
            if first == '\u{1b}' {
                let escape = escape(&text[start..]);
                while letters.next_if(|(at, _)| *at < start + escape).is_some() {}
                continue;
            }
            let place = Span::new(start, end);
            for c in text[start..end].nfkc() {
                match c {
                    '\n' => folded.push('\n', place),
                    '\u{2018}' | '\u{2019}' => folded.push('\'', place),
                    c if c.is_whitespace() && c != '\r' => folded.push(' ', place),
                    c if is_unprintable(c) => {}
                    c => c.to_lowercase().for_each(|c| folded.push(c, place)),
                }
            }
        }
        folded
    }

    pub(super) fn push(&mut self, c: char, place: Span) {
        self.text.push(c);
        self.places.resize(self.text.len(), place);
    }

    /// Where a part of it stood.
    pub fn span(&self, part: std::ops::Range<usize>) -> Span {
        let last = part.end.saturating_sub(1).max(part.start);
        let place = |at: usize| self.places.get(at).or(self.places.last()).copied().unwrap_or_default();
        Span { start: place(part.start).start, end: place(last).end }
    }
}

/// How long the order to a terminal is that a text begins with: `ESC [ … m`, `ESC ] … BEL`.
fn escape(text: &str) -> usize {
    let behind = text.get(2..).unwrap_or_default();
    let length = match text.as_bytes().get(1) {
        Some(b'[') => behind.bytes().take_while(|b| matches!(b, 0x20..=0x3f)).count() + 1,
        Some(b']') => behind.find(['\u{7}', '\u{1b}', '\n']).map_or(0, |at| at + 1),
        _ => return 1,
    };
    let ends = text.get(..2 + length).is_some_and(|order| !order.ends_with('\n'));
    if ends { 2 + length } else { 1 }
}

/// NFC and lower case: how file names and link targets are compared (macOS writes NFD).
///
/// Case is folded because Obsidian resolves links without it.
pub fn link_key(text: &str) -> Cow<'_, str> {
    match Letters::of(text) {
        Letters::Folded => return Cow::Borrowed(text),
        Letters::Upper => return Cow::Owned(text.to_ascii_lowercase()),
        Letters::Others => {}
    }
    let nfc: Cow<'_, str> = if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    };
    if nfc.chars().any(char::is_uppercase) {
        return Cow::Owned(nfc.to_lowercase());
    }
    nfc
}

/// What folding has to do with a text, as far as its bytes tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letters {
    /// Nothing: common letters that NFKC and lower case leave as they are, and none that
    /// could combine with what stands beside it.
    Folded,
    /// The same, but for capital letters of ASCII.
    Upper,
    /// There may be anything.
    Others,
}

impl Letters {
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut upper = false;
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            match byte {
                // Most is ASCII, of which eight bytes are looked at at once.
                0..0x80 => {
                    let eight = bytes[at..].first_chunk().copied().map(u64::from_le_bytes);
                    if let Some(has_upper) = eight.and_then(ascii) {
                        upper |= has_upper;
                        at += 8;
                    } else {
                        upper |= byte.is_ascii_uppercase();
                        at += 1;
                    }
                }
                // 一 to 鿿: U+4E00 to U+9FFF.
                0xe5..=0xe9 => at += 3,
                0xe4 if bytes.get(at + 1).is_some_and(|b| *b >= 0xb8) => at += 3,
                0xe3 if is_folded_kana(bytes.get(at + 1..at + 3)) => at += 3,
                _ => return Self::Others,
            }
        }
        if upper { Self::Upper } else { Self::Folded }
    }
}

/// Whether there is a capital letter among eight bytes of ASCII; none where one is no ASCII.
fn ascii(eight: u64) -> Option<bool> {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    // The high bit is set in those from A on, and not in those from the one behind Z on; none carries over.
    let from = |byte: u8| eight + ONES * u64::from(0x80 - byte);
    (eight & HIGH == 0).then(|| from(b'A') & !from(b'Z' + 1) & HIGH != 0)
}

/// The bytes behind `0xe3` of U+3041 to U+3096, U+30A1 to U+30FA, ー, 々, 、 and 。.
fn is_folded_kana(behind: Option<&[u8]>) -> bool {
    let Some([second, third]) = behind else { return false };
    match second {
        0x80 => matches!(third, 0x81 | 0x82 | 0x85),
        0x81 => *third >= 0x81,
        0x82 => *third <= 0x96 || *third >= 0xa1,
        0x83 => *third <= 0xba || *third == 0xbc,
        _ => false,
    }
}

/// The known word nearest to `word`, if it is near enough to be what was meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = fold(word);
    let limit = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|k| (strsim::damerau_levenshtein(&word, &fold(k)), k))
        .filter(|(far, k)| *far <= limit && *far < k.chars().count())
        .min_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)))
        .map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ODD: &str = "[ a-cAZ@\\[\t\u{a0}é\u{301}\u{3000}、あがか\u{3099}ァアヴヶヺーｱﾞ々一鿿ＡⅡ①😀]{0,16}|[@-\\[`-{ あ]{0,24}";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_is_told_by_bytes_is_as_told_by_letters(text in ODD) {
            let slowly: String = text.trim().nfkc().collect::<String>().to_lowercase();
            let folded = fold(&text);
            prop_assert_eq!(&*folded, slowly.trim());
            let hiragana = |c: char| match c {
                'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
                c => c,
            };
            let name: String = folded.chars().filter(|c| !c.is_whitespace()).map(hiragana).collect();
            prop_assert_eq!(&*fold_name(&text), &*name);
            prop_assert_eq!(&*link_key(&text), text.nfc().collect::<String>().to_lowercase());
        }
    }
}
