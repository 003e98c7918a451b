//! Where the lines and the cards of a vCard file end.
//!
//! Works on bytes, since programs fold lines inside of characters, and mix encodings in one file.
//! Knows folds (RFC 6350 section 3.2), the soft breaks of quoted-printable, base64 without folds, and
//! breaks that nobody escaped. Every `BEGIN:VCARD` begins a card, so that a card without an end hides
//! none. Leaves what a line says to `property`.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE};

/// A card as its lines.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// The line of the file where it begins, counted from 1.
    pub line: usize,
    /// Its content lines, unfolded.
    pub lines: Vec<Line>,
    /// Whether there was a `BEGIN:VCARD`.
    pub begun: bool,
    /// Whether there was an `END:VCARD`.
    pub ended: bool,
    /// Whether lines were left out, because nobody's card is so long.
    pub too_long: bool,
    /// Bytes kept so far.
    size: usize,
    /// Whether it says that it is a vCard 2.1, which folds at words.
    folds_words: bool,
}

/// A content line, unfolded.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Its bytes. Of pictures and the like only the beginning is there.
    pub bytes: Vec<u8>,
    /// Where its value begins; none where it has no colon.
    pub value: Option<usize>,
    /// Whether the file ended in the midst of it.
    pub is_cut: bool,
    head: Head,
    /// How long its last part was in the file.
    last: usize,
}

/// How far a line was searched for the colon in front of its value, and what was found on the way.
#[derive(Debug, Default)]
struct Head {
    scanned: usize,
    is_quoted: bool,
    /// The first colon of all, which counts where a quote never ends.
    any: Option<usize>,
    coding: Coding,
}

/// What the value of a line is written in.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Coding {
    #[default]
    Plain,
    Quoted,
    /// A picture, a sound, a key.
    Binary,
}

/// More text than this is on nobody's card.
const MOST_BYTES: usize = 1 << 20;
/// So much is kept of a picture.
const OF_BINARY: usize = 64;

/// The file in an encoding whose lines can be told by their bytes: UTF-16 as UTF-8, without a mark
/// of byte order.
pub(super) fn bytes_by_line(bytes: &[u8]) -> Cow<'_, [u8]> {
    let wide = match bytes {
        [0xff, 0xfe, rest @ ..] => Some((UTF_16LE, rest)),
        [0xfe, 0xff, rest @ ..] => Some((UTF_16BE, rest)),
        [b'B' | b'b', 0, b'E' | b'e', 0, ..] => Some((UTF_16LE, bytes)),
        [0, b'B' | b'b', 0, b'E' | b'e', ..] => Some((UTF_16BE, bytes)),
        _ => None,
    };
    match wide {
        Some((encoding, rest)) => {
            Cow::Owned(encoding.decode_without_bom_handling(rest).0.into_owned().into_bytes())
        }
        None => Cow::Borrowed(without_mark(bytes)),
    }
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Whether a line of the file begins a card.
pub(super) fn begins(line: &[u8]) -> bool {
    is_word(line, b"BEGIN:VCARD")
}

fn is_word(line: &[u8], word: &[u8]) -> bool {
    line.len() >= word.len() && without_mark(line).trim_ascii_end().eq_ignore_ascii_case(word)
}

/// The lines of a file without their ends (LF, CRLF or CR), and whether each has one.
pub(super) fn physical(bytes: &[u8]) -> impl Iterator<Item = (&[u8], bool)> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(end) = memchr::memchr2(b'\n', b'\r', rest) else {
            return Some((std::mem::take(&mut rest), false));
        };
        let line = &rest[..end];
        let behind = if rest[end..].starts_with(b"\r\n") { 2 } else { 1 };
        rest = &rest[end + behind..];
        Some((line, true))
    })
}

/// The cards of a file, in its order.
pub(super) fn cards(bytes: &[u8]) -> Vec<Raw> {
    let mut reader = Reader::default();
    for (at, (line, has_end)) in physical(bytes).enumerate() {
        reader.take(at + 1, line, has_end);
    }
    reader.close_all();
    reader.done.sort_by_key(|card| card.line);
    reader.done
}

#[derive(Default)]
struct Reader {
    done: Vec<Raw>,
    /// The card at hand and those that it stands in (`AGENT:` of vCard 2.1), the innermost last.
    open: Vec<Raw>,
    line: Option<Line>,
}

/// Deeper nobody nests cards.
const DEEPEST: usize = 4;

impl Reader {
    fn take(&mut self, number: usize, line: &[u8], has_end: bool) {
        if begins(line) {
            self.close_line();
            if self.open.len() >= DEEPEST || !self.open.last().is_some_and(Raw::awaits_agent) {
                self.close_all();
            }
            self.open.push(Raw { line: number, begun: true, ..Raw::default() });
        } else if is_word(line, b"END:VCARD") {
            self.close_line();
            if let Some(mut card) = self.open.pop() {
                card.ended = true;
                self.done.push(card);
            }
        } else {
            let folds_words = self.open.last().is_some_and(|card| card.folds_words);
            let goes_on = self.line.as_mut().is_some_and(|open| open.go_on(line, folds_words));
            if !goes_on && !line.trim_ascii().is_empty() {
                self.close_line();
                let is_property = is_property(line);
                // What stands between cards is no card, unless it is written as one.
                if !self.open.is_empty() || is_property {
                    if self.open.is_empty() {
                        self.open.push(Raw { line: number, ..Raw::default() });
                    }
                    self.line = Some(Line::new(line));
                }
            } else if !goes_on {
                self.close_line();
            }
            if !has_end && let Some(line) = &mut self.line {
                line.is_cut = true;
            }
        }
    }

    fn close_line(&mut self) {
        let Some(line) = self.line.take() else { return };
        let Some(card) = self.open.last_mut() else { return };
        card.size += line.bytes.len();
        if card.size > MOST_BYTES {
            card.too_long = true;
            return;
        }
        card.folds_words |= line.bytes.trim_ascii_end().eq_ignore_ascii_case(b"VERSION:2.1");
        card.lines.push(line);
    }

    fn close_all(&mut self) {
        self.close_line();
        self.done.append(&mut self.open);
    }
}

impl Raw {
    /// Whether its last line is an `AGENT:`, whose card follows.
    fn awaits_agent(&self) -> bool {
        self.lines.last().is_some_and(|line| line.bytes.trim_ascii_end().eq_ignore_ascii_case(b"AGENT:"))
    }
}

impl Line {
    fn new(bytes: &[u8]) -> Self {
        let mut line = Self::default();
        line.push(bytes);
        line
    }

    /// Takes a line of the file that belongs to this one; says whether it does.
    fn go_on(&mut self, line: &[u8], folds_words: bool) -> bool {
        let coding = self.head.coding;
        if coding == Coding::Quoted && self.bytes.last() == Some(&b'=') {
            self.bytes.pop();
            // Some fold what they have broken softly.
            let line = match line {
                [b' ' | b'\t', b'=', ..] => &line[1..],
                _ => line,
            };
            self.push(line);
            return true;
        }
        if let [blank @ (b' ' | b'\t'), rest @ ..] = line {
            let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
            // vCard 2.1 folds between words and keeps the blank. Whoever cuts at a length does not.
            let of_words = folds_words && coding == Coding::Plain && !(70..=77).contains(&self.last);
            if of_words && is_word(self.bytes.last()) && is_word(rest.first()) {
                self.push(&[*blank]);
            }
            self.push(rest);
            self.last = line.len();
            return true;
        }
        if self.value.is_none() || line.trim_ascii().is_empty() || is_property(line) {
            return false;
        }
        // A word in the next line is no part of a name or a number.
        if coding == Coding::Plain && self.is_one_line() {
            return false;
        }
        // A line that is no property goes on with the one in front: base64 without folds, or a break
        // that was not escaped.
        if coding != Coding::Binary {
            self.push(b"\\n");
        }
        self.push(line);
        true
    }

    /// Whether it is of a property whose value has no line breaks.
    fn is_one_line(&self) -> bool {
        const ONE_LINE: [&[u8]; 10] =
            [b"FN", b"N", b"TEL", b"EMAIL", b"BDAY", b"NICKNAME", b"UID", b"URL", b"VERSION", b"CATEGORIES"];
        let end = self.bytes.iter().position(|b| matches!(b, b':' | b';')).unwrap_or(0);
        let name = self.bytes[..end].rsplit(|b| *b == b'.').next().unwrap_or_default();
        ONE_LINE.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    fn push(&mut self, bytes: &[u8]) {
        self.last = bytes.len();
        let room = match (self.head.coding, self.value) {
            (Coding::Binary, Some(value)) => (value + OF_BINARY).saturating_sub(self.bytes.len()),
            // One byte more tells that it is too long.
            _ => (MOST_BYTES + 1).saturating_sub(self.bytes.len()),
        };
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
        if self.value.is_none() {
            self.look_for_value();
        }
    }

    fn look_for_value(&mut self) {
        let head = &mut self.head;
        for (at, byte) in self.bytes.iter().enumerate().skip(head.scanned) {
            match byte {
                b'"' => head.is_quoted = !head.is_quoted,
                b':' if !head.is_quoted => {
                    self.value = Some(at + 1);
                    break;
                }
                b':' => head.any = head.any.or(Some(at)),
                _ => {}
            }
        }
        head.scanned = self.bytes.len();
        let Some(value) = self.value else { return };
        head.coding = coding(&self.bytes[..value - 1], &self.bytes[value..]);
        if head.coding == Coding::Binary {
            self.bytes.truncate(value + OF_BINARY);
        }
    }

    /// Where its value begins, also where a quote in front of it never ends.
    pub(super) fn value_at(&self) -> Option<usize> {
        self.value.or(self.head.any.map(|at| at + 1))
    }
}

fn coding(head: &[u8], value: &[u8]) -> Coding {
    let head = head.to_ascii_uppercase();
    let has = |word: &[u8]| memchr::memmem::find(&head, word).is_some();
    if has(b"QUOTED-PRINTABLE") || head.ends_with(b"ENCODING=Q") || has(b"ENCODING=Q;") {
        return Coding::Quoted;
    }
    let is_base64 = has(b"BASE64") || head.ends_with(b"ENCODING=B") || has(b"ENCODING=B;");
    let is_data = value.len() > 5 && value[..5].eq_ignore_ascii_case(b"data:");
    if is_base64 || is_data { Coding::Binary } else { Coding::Plain }
}

/// Whether a line is written as a property: `NAME:…`, `group.NAME;…`.
fn is_property(line: &[u8]) -> bool {
    let end = line.iter().position(|b| matches!(b, b':' | b';')).unwrap_or(0);
    let is_of_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    end > 0 && line[..end].iter().all(is_of_name)
}
