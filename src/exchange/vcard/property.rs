//! What a content line says: its group, its name, its parameters, and its value as text.
//!
//! Knows parameters of vCard 2.1 (`TEL;CELL;VOICE:`) and of 3.0 and 4.0, the escapes of values and of
//! parameters (RFC 6868), quoted-printable, and in which encoding a value is: UTF-8 where it can be,
//! else what `CHARSET` says, else what the whole file may be. Leaves what is meant to others.

use std::borrow::Cow;

use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, WINDOWS_1252};

use super::lines::{Line, Raw};
use crate::text::shorten;

/// A line that is no property, as it is told among what was not taken; none where it says nothing.
pub(super) fn nameless(line: &Line, otherwise: &'static Encoding) -> Option<String> {
    /// So much tells which it is.
    const ROOM: usize = 80;
    let text = one_line(&decoded(&line.bytes, None, otherwise));
    (!text.is_empty()).then(|| shorten(&text, ROOM).into_owned())
}

/// A property of a card.
#[derive(Debug, Default, Clone)]
pub(super) struct Property {
    /// What it belongs together with, in small letters; empty where it stands alone.
    pub group: String,
    /// Its name in capital letters.
    pub name: String,
    /// The names of its parameters in capital letters, and their values. A bare word is a `TYPE`.
    pub params: Vec<(String, String)>,
    /// Its value, decoded, escapes as they are written.
    pub raw: String,
}

impl Property {
    /// Reads a line; none where it is no property.
    pub(super) fn read(line: &Line, otherwise: &'static Encoding) -> Option<Self> {
        let at = line.value_at()?;
        let (head, value) = (&line.bytes[..at - 1], &line.bytes[at..]);
        let head = decoded(head, None, otherwise);
        let mut parts = split(&head, ';').into_iter();
        let first = parts.next()?;
        let (group, name) = first.rsplit_once('.').unwrap_or(("", first));
        let mut property = Self {
            group: group.trim().to_ascii_lowercase(),
            name: name.trim().to_ascii_uppercase(),
            params: Vec::new(),
            raw: String::new(),
        };
        parts.for_each(|part| property.param(part.trim()));
        let charset = property.param_of("CHARSET").and_then(encoding);
        let is_quoted = property.params.iter().any(|(name, value)| {
            name == "ENCODING"
                && (value.eq_ignore_ascii_case("QUOTED-PRINTABLE") || value.eq_ignore_ascii_case("Q"))
        });
        let decode = |bytes: &[u8]| decoded(bytes, charset, otherwise).into_owned();
        property.raw = match is_quoted {
            // A semicolon that was encoded is text, unless all of them were.
            true if value.contains(&b';') => {
                let parts = split_escaped(value).into_iter();
                let parts =
                    parts.map(|part| decode(&unquoted(part)).replace(';', "\\;").replace("\\\\;", "\\;"));
                parts.collect::<Vec<_>>().join(";")
            }
            true => decode(&unquoted(value)),
            false => decode(value),
        };
        Some(property)
    }

    fn param(&mut self, part: &str) {
        let (name, values) = match part.split_once('=') {
            Some((name, values)) => (name.trim().to_ascii_uppercase(), values),
            None => {
                let is_coding = ["QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"]
                    .iter()
                    .any(|word| part.eq_ignore_ascii_case(word));
                let name = if is_coding { "ENCODING" } else { "TYPE" };
                (name.to_owned(), part)
            }
        };
        if name == "TYPE" {
            let all = split(values, ',').into_iter().flat_map(|value| value.trim_matches('"').split(','));
            let all = all.map(|value| value.trim().to_ascii_lowercase()).filter(|value| !value.is_empty());
            self.params.extend(all.map(|value| ("TYPE".to_owned(), value)));
        } else {
            let value = values.trim();
            let bare = value.strip_prefix('"').map(|rest| rest.strip_suffix('"').unwrap_or(rest));
            self.params.push((name, uncareted(bare.unwrap_or(value))));
        }
    }

    /// The value of a parameter.
    pub(super) fn param_of(&self, name: &str) -> Option<&str> {
        let found = self.params.iter().find(|(known, value)| known == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    /// Whether it is of a type, in small letters.
    pub(super) fn is_of(&self, kind: &str) -> bool {
        self.params.iter().any(|(name, value)| name == "TYPE" && value == kind)
    }

    /// How much it is preferred: 1 is best, 101 not at all.
    pub(super) fn preference(&self) -> u32 {
        let told = self.param_of("PREF").and_then(|value| value.parse().ok());
        told.unwrap_or(if self.is_of("pref") { 1 } else { 101 })
    }

    /// The value as text, which may have several lines; trimmed.
    pub(super) fn text(&self) -> String {
        unescaped(&self.raw).trim().to_owned()
    }

    /// The value as a text of one line.
    pub(super) fn line(&self) -> String {
        one_line(&unescaped(&self.raw))
    }

    /// The parts between semicolons, each in one line; they may be empty.
    pub(super) fn parts(&self) -> Vec<String> {
        apart(&self.raw, ';').into_iter().map(|part| one_line(&unescaped(part))).collect()
    }

    /// The parts between semicolons, of each those between commas with a blank in place of them.
    pub(super) fn parts_of_lists(&self) -> Vec<String> {
        let joined = |part| {
            let words = apart(part, ',').into_iter().map(|word| one_line(&unescaped(word)));
            words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        };
        apart(&self.raw, ';').into_iter().map(joined).collect()
    }

    /// The parts between commas, each in one line, none empty.
    pub(super) fn list(&self) -> Vec<String> {
        let all = apart(&self.raw, ',').into_iter().map(|part| one_line(&unescaped(part)));
        all.filter(|part| !part.is_empty()).collect()
    }

    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        let says_who = self.param_of("USERNAME").or(self.param_of("X-USER")).is_some();
        !says_who && self.raw.chars().all(|c| c.is_whitespace() || c == ';')
    }
}

/// A text in one line: breaks become blanks. Nothing else is changed but blanks at the ends.
pub(super) fn one_line(text: &str) -> String {
    let text = text.trim();
    // What breaks a line is a control, or one of these beyond ASCII.
    let may_break = |byte: &u8| byte.is_ascii_control() || matches!(byte, 0xc2 | 0xe2);
    if !text.as_bytes().iter().any(may_break) {
        return text.to_owned();
    }
    let is_break =
        |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let parts = text.split(is_break).map(str::trim).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

/// What the lines of a file that are not in UTF-8 and do not say what they are may be in.
pub(super) fn encoding_of(cards: &[Raw]) -> &'static Encoding {
    let lines = cards.iter().flat_map(|card| &card.lines).filter(|line| !line.is_cut).map(spoken);
    let foreign: Vec<Cow<'_, [u8]>> = lines.filter(|bytes| std::str::from_utf8(bytes).is_err()).collect();
    let read = |encoding: &'static Encoding| -> Option<String> {
        let all =
            foreign.iter().map(|bytes| encoding.decode_without_bom_handling_and_without_replacement(bytes));
        all.collect::<Option<Vec<_>>>().map(|texts| texts.join("\n"))
    };
    let is_half = |c: char| matches!(c, '\u{ff61}'..='\u{ff9f}');
    let (sjis, euc) = (read(SHIFT_JIS), read(EUC_JP));
    match (sjis, euc) {
        (Some(sjis), None) if !is_garbled(&sjis) => SHIFT_JIS,
        (None, Some(euc)) if !is_garbled(&euc) => EUC_JP,
        // What is EUC is mostly half-width kana to Shift_JIS.
        (Some(sjis), Some(euc)) if !is_garbled(&sjis) || !is_garbled(&euc) => {
            let wide = |text: &str| text.chars().filter(|c| !c.is_ascii() && !is_half(*c)).count();
            let half = sjis.chars().filter(|c| is_half(*c)).count();
            if half > wide(&sjis) && wide(&euc) > 0 && !is_kana_alone(&sjis) { EUC_JP } else { SHIFT_JIS }
        }
        _ => WINDOWS_1252,
    }
}

/// The bytes of a line as they are meant where it does not say in which encoding.
fn spoken(line: &Line) -> Cow<'_, [u8]> {
    let (head, value) = line.bytes.split_at(line.value_at().unwrap_or_default());
    let head = head.to_ascii_uppercase();
    let has = |word: &[u8]| memchr::memmem::find(&head, word).is_some();
    if has(b"QUOTED-PRINTABLE") && !has(b"CHARSET") {
        return Cow::Owned(unquoted(value));
    }
    Cow::Borrowed(&line.bytes)
}

/// Whether there is nothing but half-width katakana beside ASCII, as old phones write readings.
fn is_kana_alone(text: &str) -> bool {
    let is_kana = |c: char| matches!(c, '\u{ff66}'..='\u{ff9f}');
    text.chars().all(|c| c.is_ascii() || is_kana(c))
}

/// Whether a text is none: a single Japanese letter stands between Latin ones, as where `Müller` or
/// `Ärger` is read so.
fn is_garbled(text: &str) -> bool {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let alone = !c.is_ascii() && before.is_ascii() && next.is_ascii();
        if alone && (before.is_ascii_alphabetic() || next.is_ascii_lowercase()) {
            return true;
        }
        before = c;
    }
    false
}

fn encoding(label: &str) -> Option<&'static Encoding> {
    let label = label.trim();
    if label.eq_ignore_ascii_case("cp932") {
        return Some(SHIFT_JIS);
    }
    Encoding::for_label(label.as_bytes())
}

fn decoded<'b>(
    bytes: &'b [u8],
    told: Option<&'static Encoding>,
    otherwise: &'static Encoding,
) -> Cow<'b, str> {
    if memchr::memmem::find(bytes, b"\x1b$").is_some() {
        return ISO_2022_JP.decode_without_bom_handling(bytes).0;
    }
    if let Some(text) = told.and_then(|told| told.decode_without_bom_handling_and_without_replacement(bytes))
    {
        return text;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => otherwise.decode_without_bom_handling(bytes).0,
    }
}

/// Quoted-printable as the bytes it stands for (RFC 2045 section 6.7); what is none stays.
fn unquoted(bytes: &[u8]) -> Vec<u8> {
    let digit =
        |byte: Option<&u8>| byte.and_then(|b| char::from(*b).to_digit(16)).and_then(|n| u8::try_from(n).ok());
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (byte, digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            (b'=', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                at += 3;
            }
            (b'=', ..) if at + 1 == bytes.len() => at += 1,
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

/// The parts of a head between separators that stand outside of quotes.
fn split(text: &str, separator: char) -> Vec<&str> {
    if !text.contains('"') {
        return text.split(separator).collect();
    }
    let mut is_quoted = false;
    let parts = text.split(|c| {
        is_quoted ^= c == '"';
        c == separator && !is_quoted
    });
    parts.collect()
}

/// The parts of a value between semicolons that no backslash escapes.
fn split_escaped(value: &[u8]) -> Vec<&[u8]> {
    let mut is_escaped = false;
    let parts = value.split(|byte| {
        let splits = *byte == b';' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        splits
    });
    parts.collect()
}

/// The parts of a value between separators that no backslash escapes.
pub(super) fn apart(value: &str, separator: char) -> Vec<&str> {
    if !value.contains('\\') {
        return value.split(separator).collect();
    }
    let mut is_escaped = false;
    let parts = value.split(|c| {
        let splits = c == separator && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        splits
    });
    parts.collect()
}

/// A value without its escapes (RFC 6350 section 3.4); a backslash in front of anything else stays.
pub(super) fn unescaped(value: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'\\', b'\r', value.as_bytes()).is_none() {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some('n' | 'N')) => {
                chars.next();
                out.push('\n');
            }
            ('\\', Some(escaped @ (',' | ';' | ':' | '\\'))) => {
                out.push(*escaped);
                chars.next();
            }
            ('\r', Some('\n')) => {}
            ('\r', _) => out.push('\n'),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The value of a parameter without its escapes (RFC 6868).
fn uncareted(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        let stands = match (c, chars.peek()) {
            ('^', Some('n')) => Some('\n'),
            ('^', Some('\'')) => Some('"'),
            ('^', Some('^')) => Some('^'),
            _ => None,
        };
        if stands.is_some() {
            chars.next();
        }
        out.push(stands.unwrap_or(c));
    }
    out
}
