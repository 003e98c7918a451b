//! Texts made fit to be shown: one line, nothing that steers a terminal, no longer than there is room.

use std::borrow::Cow;

/// [`str::trim`], quick where there is nothing to trim.
pub fn trimmed(text: &str) -> &str {
    let bytes = text.as_bytes();
    let is_bare = match (bytes.first(), bytes.last()) {
        (Some(first), Some(last)) => {
            let begins = first.is_ascii_graphic() || bytes.get(..3).is_some_and(is_wide_letter);
            let ends = last.is_ascii_graphic()
                || bytes.len().checked_sub(3).is_some_and(|at| is_wide_letter(&bytes[at..]));
            begins && ends
        }
        _ => true,
    };
    if is_bare { text } else { text.trim() }
}

/// Whether three bytes are one character from U+3001 to U+9FFF, none of which is a blank.
fn is_wide_letter(bytes: &[u8]) -> bool {
    matches!(bytes, [0xe4..=0xe9, ..] | [0xe3, 0x81..=0xbf, _] | [0xe3, 0x80, 0x81..=0xbf])
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

/// The words of a text with one plain blank between them.
pub fn squeezed(text: &str) -> Cow<'_, str> {
    if is_one_line(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

/// Whether [`one_line`] and [`squeezed`] surely leave a text as it is; judged by bytes, and a few texts looked at anew without
/// need.
fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_edge = |b: Option<&u8>| b == Some(&b' ');
    if is_edge(bytes.first()) || is_edge(bytes.last()) {
        return false;
    }
    let found = bytes.iter().fold(0, |found, b| found | SIGNS[usize::from(*b)]);
    if found & SUSPECT != 0 {
        return false;
    }
    let behind = |n: usize| bytes.get(n..).unwrap_or_default();
    let two = || bytes.iter().zip(behind(1));
    let is_doubled = || two().any(|(a, b)| (*a == b' ') & (*b == b' '));
    let is_wide = || two().zip(behind(2)).any(|((a, b), c)| (*a == 0xe3) & (*b == 0x80) & (*c == 0x80));
    !(found & BLANK != 0 && is_doubled() || found & WIDE == WIDE && is_wide())
}

/// A control, or the leading byte of characters among which there are blanks or unprintable ones.
const SUSPECT: u8 = 1;
const BLANK: u8 = 1 << 1;
/// All bytes of U+3000, which is `e3 80 80`.
const WIDE: u8 = 0b11 << 2;

/// What a byte may be a sign of.
static SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < signs.len() {
        signs[byte] = match byte {
            0..0x20 | 0x7f | 0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xef | 0xf3 => SUSPECT,
            0x20 => BLANK,
            0xe3 => 1 << 2,
            0x80 => 1 << 3,
            _ => 0,
        };
        byte += 1;
    }
    signs
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Letters among which what is told by bytes alone is wrong most easily.
    const ODD: &str = "[ a-cZ0-9\t\n\u{7f}\u{85}\u{a0}\u{ad}é\u{61c}\u{1680}\u{2003}\u{200b}\u{2028}…\u{3000}、。あん々一鿿가ﾅ（\u{feff}😀\u{e0001}]{0,24}";

    /// [`one_line`], letter by letter.
    fn slowly(text: &str) -> String {
        let mut out = String::new();
        for c in text.chars() {
            if !(c.is_whitespace() || is_unprintable(c)) {
                out.push(c);
            } else if !out.is_empty() && !out.ends_with([' ', '\u{3000}']) {
                out.push(if c == '\u{3000}' { c } else { ' ' });
            }
        }
        out.trim_end().to_owned()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_is_told_by_bytes_is_as_told_by_letters(text in ODD) {
            prop_assert_eq!(trimmed(&text), text.trim());
            let line = one_line(&text);
            prop_assert_eq!(&*line, slowly(&text));
            prop_assert_eq!(&*one_line(&line), &*line);
            prop_assert_eq!(&*squeezed(&text), text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    #[test]
    fn blanks_that_are_no_ascii_are_seen_wherever_they_stand() {
        for at in 0..40 {
            for blank in ["  ", "\u{3000}", "\u{a0}", "\u{200b}", "\t"] {
                let text = format!("{}{blank}{}", "a".repeat(at), "縁".repeat(40 - at));
                assert_eq!(one_line(&text), slowly(&text), "{text:?}");
            }
        }
    }
}
