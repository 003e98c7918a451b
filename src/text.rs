//! Bytes, places in them, and how two spellings of one word are compared.
//!
//! Knows nothing of notes or dates; everything above stands on it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use foldhash::fast::RandomState;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfkc_quick};

/// A language that goen speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Lang {
    /// 日本語, the first language of goen's first users.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// The language a code (`ja`, `en`) or name (日本語, 英語, English) stands for.
    pub fn parse(text: &str) -> Option<Self> {
        match fold(text).as_ref() {
            "ja" | "jp" | "ja-jp" | "japanese" | "日本語" => Some(Self::Ja),
            "en" | "en-us" | "en-gb" | "english" | "英語" => Some(Self::En),
            _ => None,
        }
    }

    /// The two-letter code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }
}

/// A short text that is kept: what notes say in names, tags, channels. Most of these fit into
/// the value itself, so that a vault of many notes costs few allocations.
pub type Text = ecow::EcoString;

/// A hash table for keys that notes hold: quick, and seeded anew by every process.
pub type QuickMap<K, V> = HashMap<K, V, RandomState>;
/// A set like [`QuickMap`].
pub type QuickSet<K> = HashSet<K, RandomState>;

/// A range of bytes in a note, end exclusive. Notes are at most 16 MiB, so `u32` is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`; positions beyond `u32` are cut to it.
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: cut(start), end: cut(end) }
    }

    /// The same span in a text that has `by` bytes more in front.
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }

    /// As a range to index a string with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of `text` it covers; empty where it does not fit.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

/// The path of a note: relative to the vault, with `/`, in the bytes the disk has.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NotePath(Arc<str>);

impl NotePath {
    /// Takes a vault-relative path with `/` between its parts.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path without `.md`.
    pub fn stem(&self) -> &str {
        without_md(&self.0)
    }

    /// The file's name without folder and `.md`.
    pub fn name(&self) -> &str {
        let stem = self.stem();
        memchr::memrchr(b'/', stem.as_bytes()).map_or(stem, |at| &stem[at + 1..])
    }

    /// The folder, empty for the vault's root.
    pub fn folder(&self) -> &str {
        memchr::memrchr(b'/', self.0.as_bytes()).map_or("", |at| &self.0[..at])
    }
}

impl fmt::Display for NotePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for NotePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A path or link target without a closing `.md`, in any case.
pub fn without_md(path: &str) -> &str {
    match path.len().checked_sub(3).and_then(|at| path.get(at..)) {
        Some(end) if end.eq_ignore_ascii_case(".md") => &path[..path.len() - 3],
        _ => path,
    }
}

/// The words of a language.
pub fn pick<'t>(lang: Lang, ja: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::Ja => ja,
        Lang::En => en,
    }
}

/// What tells one content from another: XXH3 with 128 bits of the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(u128);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxhash_rust::xxh3::xxh3_128(bytes))
    }

    /// The digest in hexadecimal digits.
    pub fn hex(self) -> String {
        format!("{:032x}", self.0)
    }

    /// The digest as bytes.
    pub fn bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    /// The digest as a name for what was digested: a UUID of version 8 (RFC 9562 section 5.8).
    pub fn urn(self) -> String {
        let version = self.0 & !(0xf << 76) | (8 << 76);
        let hex = format!("{:032x}", version & !(0b11 << 62) | (0b10 << 62));
        format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }
}

/// The short hash in block ids: six letters and digits of XXH3 over the parts.
///
/// The same on every machine and in every version: ids stand in people's notes.
pub fn short_hash(parts: &[&str]) -> String {
    let mut all = Vec::new();
    for part in parts {
        all.extend_from_slice(part.as_bytes());
        all.push(0);
    }
    hash_letters(&all).collect()
}

/// A hash that tells any two things apart: 32 hexadecimal digits of XXH3 over the parts.
///
/// The same on every machine and in every version: it names what stands in other programs' files.
pub fn long_hash(parts: &[&str]) -> String {
    let mut all = Vec::new();
    for part in parts {
        all.extend_from_slice(part.as_bytes());
        all.push(0);
    }
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(&all))
}

/// The letters of [`short_hash`], of parts that end with NUL each.
pub fn hash_letters(bytes: &[u8]) -> impl Iterator<Item = char> + use<> {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut rest = xxhash_rust::xxh3::xxh3_64(bytes);
    (0..6).map(move |_| {
        let letter = ALPHABET[(rest & 31) as usize] as char;
        rest >>= 5;
        letter
    })
}

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
    let folded = if Letters::of(text) == Letters::Others { fold(text) } else { Cow::Borrowed(text) };
    let mut name = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            'ァ'..='ヶ' => name.extend(char::from_u32(c as u32 - 0x60)),
            c if c.is_ascii_uppercase() => name.push(c.to_ascii_lowercase()),
            c if c.is_whitespace() => {}
            c => name.push(c),
        }
    }
    name.into()
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

    fn push(&mut self, c: char, place: Span) {
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
                0..0x80 => {
                    upper |= byte.is_ascii_uppercase();
                    at += 1;
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

/// [`str::trim`], quick where there is nothing to trim.
pub fn trimmed(text: &str) -> &str {
    let is_bare = |b: Option<&u8>| b.is_none_or(u8::is_ascii_graphic);
    let bare = is_bare(text.as_bytes().first()) && is_bare(text.as_bytes().last());
    if bare { text } else { text.trim() }
}

/// Whether a character may hide or reorder what stands around it: controls, bidi, zero width.
///
/// The two joiners (U+200C, U+200D) are spared: emoji and some scripts are spelled with them.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// JSON in which what is unprintable is written as `\\u…`. Outside of its texts JSON has none of these
/// characters but line breaks.
pub fn json_safe(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && is_unprintable(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            safe.push(c);
        }
    }
    safe
}

/// Text from a note in one line that a terminal or page can show: what is
/// unprintable becomes a blank, runs of blanks become one.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if is_one_line(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || is_unprintable(c) {
            if !out.is_empty() && !out.ends_with(' ') && !out.ends_with('\u{3000}') {
                out.push(if c == '\u{3000}' { c } else { ' ' });
            }
        } else {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    Cow::Owned(out)
}

/// Whether [`one_line`] surely leaves a text as it is; judged by bytes, so that a few
/// texts are looked at anew without need.
fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_edge = |b: Option<&u8>| b == Some(&b' ');
    if is_edge(bytes.first()) || is_edge(bytes.last()) {
        return false;
    }
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|b| MAY_BREAK[usize::from(*b)]) {
        let at = from + at;
        let plain = match bytes[at] {
            b' ' => bytes.get(at + 1) != Some(&b' '),
            0xe3 => bytes.get(at + 1..at + 3) != Some(&[0x80, 0x80]),
            _ => false,
        };
        if !plain {
            return false;
        }
        from = at + 1;
    }
    true
}

/// Controls, the blank, and the leading bytes of characters among which there are blanks or
/// unprintable ones.
static MAY_BREAK: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = byte <= 0x20 || matches!(byte, 0x7f | 0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xe3 | 0xef | 0xf3);
        byte += 1;
    }
    table
};

/// The first `max` bytes of a text, or a little less so as to end between characters.
pub fn head(text: &str, max: usize) -> &str {
    let mut end = max.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// At most `max` characters of `text`, an ellipsis in place of the rest.
pub fn shorten(text: &str, max: usize) -> Cow<'_, str> {
    match text.char_indices().nth(max) {
        None => Cow::Borrowed(text),
        Some(_) => {
            let cut: String = text.chars().take(max.saturating_sub(1)).collect();
            Cow::Owned(cut.trim_end().to_owned() + "…")
        }
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
