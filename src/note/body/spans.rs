//! Where things begin and end within a line of a body.

use std::borrow::Cow;
use std::ops::Range;

use super::Inline;
use crate::text::Span;

/// The text of the heading in `range`, without `#`, blanks and line end.
pub(super) fn heading_text(text: &str, range: Range<usize>) -> Span {
    let raw = &text[range.clone()];
    let line = first_line(raw);
    let hashes = line.len() - line.trim_start_matches('#').len();
    let inside = if hashes > 0 { line.trim_end().trim_end_matches('#') } else { line };
    let from = hashes.min(inside.len());
    let start = from + (inside[from..].len() - inside[from..].trim_start().len());
    let end = inside.trim_end().len().max(start);
    Span::new(range.start + start, range.start + end)
}

/// The first line of a text, without its LF.
fn first_line(text: &str) -> &str {
    memchr::memchr(b'\n', text.as_bytes()).map_or(text, |at| &text[..at])
}

/// Where the text of an item begins behind its bullet and box, and the box's character.
pub(super) fn behind_bullet(text: &str, range: &Range<usize>) -> (usize, Option<char>) {
    let raw = &text[range.clone()];
    // Where its line ends is not looked for: one line may hold millions of items, each within the last.
    let blanks = |at: usize| raw.as_bytes()[at..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let mut at = if raw.starts_with(['-', '*', '+']) {
        1
    } else {
        let bullet = raw.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
        let bullet = bullet.trim_start_matches(|c: char| c.is_ascii_digit());
        raw.len() - bullet.len() + bullet.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8)
    };
    at += blanks(at);
    if raw.as_bytes().get(at) != Some(&b'[') {
        return (range.start + at, None);
    }
    let mut chars = raw[at..].chars();
    let mark = match (chars.next(), chars.next(), chars.next()) {
        (Some('['), Some(mark), Some(']')) if !matches!(mark, ']' | '[' | '\n') => Some(mark),
        _ => None,
    };
    let rest = chars.as_str();
    let ends = rest.is_empty() || rest.starts_with([' ', '\t', '\n']) || rest.starts_with("\r\n");
    let mark = mark.filter(|_| ends);
    if let Some(mark) = mark {
        at += "[]".len() + mark.len_utf8();
        at += blanks(at);
    }
    (range.start + at, mark)
}

/// The tag that begins with the `#` at `at`, by Obsidian's rules.
///
/// Japanese is written without blanks, so a tag may follow a Japanese letter directly.
pub fn tag_at(text: &str, at: usize) -> Option<Span> {
    let before = text[..at].chars().next_back();
    if before
        .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '#' | '/' | '&' | '_' | '-' | '[' | '('))
    {
        return None;
    }
    let rest = &text[at + 1..];
    let len = rest.find(|c: char| !is_tag_char(c)).unwrap_or(rest.len());
    let name = &rest[..len];
    (name.chars().any(|c| !c.is_ascii_digit() && c != '/')).then(|| Span::new(at, at + 1 + len))
}

fn is_tag_char(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '_' | '-' | '/' | 'ー')
        || (!c.is_ascii() && !c.is_whitespace() && !is_cjk_punctuation(c))
}

fn is_cjk_punctuation(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '・' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

/// The inline field whose `::` stands at `at`.
pub(super) fn inline_at(text: &str, at: usize) -> Option<Inline> {
    // A field is short: looking no further keeps a line of megabytes linear.
    let floor = (at.saturating_sub(200)..=at).find(|n| text.is_char_boundary(*n)).unwrap_or(at);
    let ceiling = (at..=(at + 400).min(text.len())).rev().find(|n| text.is_char_boundary(*n)).unwrap_or(at);
    let line_start = text[floor..at].rfind(['\n', '\r']).map_or(floor, |n| floor + n + 1);
    let line_end = text[at..ceiling].find(['\n', '\r']).map_or(ceiling, |n| at + n);
    let before = &text[line_start..at];
    let (key_from, closing) = match before.rfind(['[', '(', ']', ')']) {
        Some(n) if before.as_bytes()[n] == b'[' => (line_start + n + 1, Some(']')),
        Some(n) if before.as_bytes()[n] == b'(' => (line_start + n + 1, Some(')')),
        _ => (line_start, None),
    };
    let value_end = match closing {
        // The value may itself be a link to a day.
        Some(close) => {
            let value = &text[at + 2..line_end];
            let link =
                if value.trim_start().starts_with("[[") { value.find("]]").map_or(0, |n| n + 2) } else { 0 };
            at + 2 + link + value[link..].find(close)?
        }
        None => line_end,
    };
    let key =
        trimmed(text, key_from, at, |c| c.is_whitespace() || matches!(c, '*' | '_' | '-' | '+' | '>' | '#'));
    let value = trimmed(text, at + 2, value_end, char::is_whitespace);
    let words = &text[key.range()];
    (!words.is_empty() && words.chars().count() <= 40 && !words.contains("::"))
        .then_some(Inline { key, value })
}

fn trimmed(text: &str, start: usize, end: usize, blank: impl Fn(char) -> bool) -> Span {
    let raw = text.get(start..end).unwrap_or("");
    let head = raw.len() - raw.trim_start_matches(&blank).len();
    let body = raw.trim_matches(&blank);
    Span::new(start + head, start + head + body.len())
}

/// Whether a link's destination leads out of the vault (`https:`, `mailto:` …).
pub(super) fn is_url(url: &str) -> bool {
    match url.split_once(':') {
        Some((scheme, _)) => {
            scheme.len() > 1
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        }
        None => url.starts_with("//"),
    }
}

/// A destination with `%20` and the like as the bytes they stand for; as it is where that is no UTF-8.
pub fn percent_decoded(url: &str) -> Cow<'_, str> {
    if !url.contains('%') {
        return Cow::Borrowed(url);
    }
    let bytes = url.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |n: usize| bytes.get(n).and_then(|b| (*b as char).to_digit(16));
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).map_or(Cow::Borrowed(url), Cow::Owned)
}
