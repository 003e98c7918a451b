//! Bodies that are plain, without a parser: paragraphs, `#` headings, flat lists, quotations, fenced code,
//! wikilinks and simple links, each within its line.
//!
//! Reads what is beyond doubt and leaves the whole body to the full parser at the first
//! line that is not.

use std::ops::Range;

use super::Body;
use super::gather::{Gather, Way};

/// What the line above belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    /// Nothing that could go on: the start, a blank line, a heading, a rule, a code block.
    Nothing,
    /// A paragraph.
    Paragraph,
    /// The list item that is open.
    Item,
}

/// The bytes at which something other than text may begin.
static SIGNS: [bool; 256] = {
    let mut signs = [false; 256];
    let bytes = b"<\\~][`";
    let mut at = 0;
    while at < bytes.len() {
        signs[bytes[at] as usize] = true;
        at += 1;
    }
    signs
};

/// Reads a body that begins at byte `start` of its note; none where it is not plain.
pub fn read(text: &str, start: usize) -> Option<Body> {
    // The parser takes a form feed, and a vertical tab, for blanks in some places.
    if memchr::memchr2(b'\x0b', b'\x0c', text.as_bytes()).is_some() {
        return None;
    }
    let mut reader = Reader {
        text,
        gather: Gather::new(text, start),
        above: Above::Nothing,
        list: None,
        is_calm: memchr::memchr3(b'<', b'\\', b'~', text.as_bytes()).is_none(),
    };
    let mut at = 0;
    while at < text.len() {
        at = reader.line(at)?;
    }
    reader.end_list();
    Some(reader.gather.finish())
}

struct Reader<'a> {
    text: &'a str,
    gather: Gather<'a>,
    above: Above,
    /// The bullet of the list that is open; its last item is open with it.
    list: Option<u8>,
    /// There is no `<`, no `\` and no `~` in the whole body.
    is_calm: bool,
}

impl Reader<'_> {
    /// Reads the line at `at`; where the next one begins.
    fn line(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (end, next) = line_end(bytes, at)?;
        let line = &bytes[at..end];
        match line.first() {
            None => {
                self.above = Above::Nothing;
                Some(next)
            }
            // Indented code, what goes on with an item, or a blank line with blanks in it.
            Some(b' ' | b'\t') => {
                if line.iter().all(|b| matches!(b, b' ' | b'\t')) {
                    self.above = Above::Nothing;
                    return Some(next);
                }
                None
            }
            Some(b'#') if heading_level(line).is_some() => {
                self.heading(at, end, next)?;
                Some(next)
            }
            Some(b'`') if line.starts_with(b"```") => self.fence(at, end, next),
            Some(b'>') if self.above == Above::Nothing => self.quotation(at),
            Some(b'-') if self.above == Above::Nothing && is_rule(line) => {
                self.end_list();
                Some(next)
            }
            Some(bullet @ (b'-' | b'*' | b'+')) if line.get(1) == Some(&b' ') => {
                self.item(*bullet, at, end, next)?;
                Some(next)
            }
            Some(_) => {
                if self.above == Above::Item || !begins_paragraph(line) {
                    return None;
                }
                self.end_list();
                self.above = Above::Paragraph;
                self.inline(at..end)?;
                Some(next)
            }
        }
    }

    fn heading(&mut self, at: usize, end: usize, next: usize) -> Option<()> {
        let line = self.text[at..end].trim_end();
        let level = heading_level(line.as_bytes())?;
        // An empty heading, and one that is closed, are left to the parser.
        if line.ends_with('#') {
            return None;
        }
        self.end_list();
        self.gather.heading(u8::try_from(level).ok()?, at..next);
        self.above = Above::Nothing;
        self.inline(at + level..end)
    }

    /// Skips a block of code; where the line behind it begins.
    fn fence(&mut self, at: usize, end: usize, next: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let ticks = |line: &[u8]| line.iter().take_while(|b| **b == b'`').count();
        let opening = ticks(&bytes[at..end]);
        if memchr::memchr(b'`', &bytes[at + opening..end]).is_some() {
            return None;
        }
        self.end_list();
        self.above = Above::Nothing;
        let mut at = next;
        while at < bytes.len() {
            let (end, next) = line_end(bytes, at)?;
            let line = &bytes[at..end];
            let line = &line[line.iter().take(4).take_while(|b| **b == b' ').count()..];
            let closing = ticks(line);
            if closing >= opening && line[closing..].iter().all(|b| matches!(b, b' ' | b'\t')) {
                // With four blanks in front it is code still; the parser knows.
                return (!bytes[at..end].starts_with(b"    ")).then_some(next);
            }
            at = next;
        }
        Some(bytes.len())
    }

    /// Reads a quotation of mere paragraphs' lines; where the blank line behind it begins.
    fn quotation(&mut self, mut at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        self.end_list();
        self.gather.enter_quote();
        loop {
            let (end, next) = line_end(bytes, at)?;
            let content = bytes[at..end].strip_prefix(b"> ")?;
            if !begins_paragraph(content) || heading_level(content).is_some() || content.starts_with(b"```") {
                return None;
            }
            self.inline(at + 2..end)?;
            at = next;
            let is_blank =
                |(end, _): (usize, usize)| bytes[at..end].iter().all(|b| matches!(b, b' ' | b'\t'));
            if at >= bytes.len() || is_blank(line_end(bytes, at)?) {
                break;
            }
        }
        self.gather.leave_quote();
        self.above = Above::Nothing;
        Some(at)
    }

    fn item(&mut self, bullet: u8, at: usize, end: usize, next: usize) -> Option<()> {
        let line = &self.text.as_bytes()[at..end];
        let gap = line[1..].iter().take_while(|b| **b == b' ').count();
        let content = line.get(1 + gap..)?;
        let first = *content.first()?;
        let begins_block = heading_level(content).is_some()
            || content.starts_with(b"```")
            || matches!(first, b'-' | b'+' | b'*') && matches!(content.get(1), None | Some(b' ' | b'\t'));
        if gap > 4 || first == b'\t' || begins_block || !begins_paragraph(content) || is_rule(line) {
            return None;
        }
        if self.list == Some(bullet) {
            self.gather.leave_item();
        } else {
            self.end_list();
            self.gather.enter_list();
            self.list = Some(bullet);
        }
        self.gather.enter_item(at..next);
        self.above = Above::Item;
        let trimmed = at + self.text[at..end].trim_end_matches([' ', '\t']).len();
        self.gather.text_until(trimmed);
        self.inline(at + 1 + gap..end)
    }

    fn end_list(&mut self) {
        if self.list.take().is_some() {
            self.gather.leave_item();
            self.gather.leave_list();
        }
    }

    /// Reads what stands within a line.
    fn inline(&mut self, range: Range<usize>) -> Option<()> {
        let bytes = self.text.as_bytes();
        let (mut at, end) = (range.start, range.end);
        // Where the stretch of mere text began.
        let mut from = at;
        while let Some(plain) = self.next_sign(&bytes[at..end]) {
            at += plain;
            match bytes[at] {
                b'<' | b'\\' | b'~' | b']' => return None,
                b'`' => {
                    self.gather.scan(from..at);
                    at = code_end(&bytes[..end], at)?;
                    from = at;
                }
                b'[' => {
                    self.gather.scan(from..at);
                    at = self.bracket(at, end)?;
                    from = at;
                }
                _ => at += 1,
            }
        }
        self.gather.scan(from..end);
        Some(())
    }

    /// Where the next byte is at which something other than text may begin.
    fn next_sign(&self, bytes: &[u8]) -> Option<usize> {
        if self.is_calm {
            memchr::memchr3(b'[', b']', b'`', bytes)
        } else {
            bytes.iter().position(|b| SIGNS[usize::from(*b)])
        }
    }

    /// Reads what the bracket at `at` opens; where it ends.
    fn bracket(&mut self, at: usize, end: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let embed = at > 0 && bytes[at - 1] == b'!';
        let start = at - usize::from(embed);
        if bytes.get(at + 1) == Some(&b'[') {
            let close = at + 2 + memchr::memchr2(b']', b'[', bytes.get(at + 2..end)?)?;
            let inner = &self.text[at + 2..close];
            let target = inner.split('|').next().unwrap_or("");
            if !bytes[close..end].starts_with(b"]]") || target.is_empty() || !is_simple(inner.as_bytes()) {
                return None;
            }
            self.gather.link(Way::Wiki, target, start..close + 2, embed);
            return Some(close + 2);
        }
        let close = at + 1 + memchr::memchr2(b']', b'[', bytes.get(at + 1..end)?)?;
        let inner = &bytes[at + 1..close];
        if bytes[close] == b'[' || !is_simple(inner) || inner.first() == Some(&b'^') {
            return None;
        }
        match bytes[..end].get(close + 1) {
            Some(b'(') => {
                let from = close + 2;
                let to = from + memchr::memchr(b')', bytes.get(from..end)?)?;
                let url = &self.text[from..to];
                let plain = |b: u8| {
                    b.is_ascii_graphic() && !matches!(b, b'(' | b'<' | b'>' | b'\\' | b'&' | b'`')
                        || !b.is_ascii()
                };
                if !url.bytes().all(plain) {
                    return None;
                }
                self.gather.link(Way::Markdown, url, start..to + 1, embed);
                Some(to + 1)
            }
            // A reference, or its definition.
            Some(b'[' | b':' | b']') => None,
            // A box, or words in brackets.
            _ => {
                self.gather.scan(at..close + 1);
                Some(close + 1)
            }
        }
    }
}

/// Where a line ends without its line end, and where the next begins; none for a lone CR.
fn line_end(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let rest = &bytes[at..];
    match memchr::memchr2(b'\n', b'\r', rest) {
        None => Some((bytes.len(), bytes.len())),
        Some(len) if rest[len] == b'\n' => Some((at + len, at + len + 1)),
        Some(len) => (rest.get(len + 1) == Some(&b'\n')).then_some((at + len, at + len + 2)),
    }
}

/// The level of a heading with `#`; none where the line is none.
fn heading_level(line: &[u8]) -> Option<usize> {
    let level = line.iter().take_while(|b| **b == b'#').count();
    ((1..=6).contains(&level) && matches!(line.get(level), None | Some(b' ' | b'\t'))).then_some(level)
}

/// Whether a line is of three or more hyphens alone.
fn is_rule(line: &[u8]) -> bool {
    line.len() >= 3 && line.iter().all(|b| *b == b'-')
}

/// Whether a line surely begins or goes on with a paragraph: no list, quotation, table, rule or underline.
fn begins_paragraph(line: &[u8]) -> bool {
    let is_list = |b: &u8| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'*' | b'_' | b'=' | b'|' | b':');
    match line.first() {
        None | Some(b'>' | b'<' | b' ' | b'\t' | b'~') => false,
        Some(first) if is_list(first) => {
            let numbered = line.iter().take_while(|b| b.is_ascii_digit()).count();
            let is_number = numbered > 0
                && matches!(line.get(numbered), Some(b'.' | b')'))
                && matches!(line.get(numbered + 1), None | Some(b' ' | b'\t'));
            let is_bullet =
                matches!(first, b'-' | b'+' | b'*') && matches!(line.get(1), None | Some(b' ' | b'\t'));
            let mere_signs =
                line.iter().all(|b| matches!(b, b'-' | b'*' | b'_' | b'=' | b'|' | b':' | b' ' | b'\t'));
            !is_number && !is_bullet && !mere_signs
        }
        Some(_) => true,
    }
}

/// Whether a stretch between brackets holds nothing that could reach out of them.
fn is_simple(inner: &[u8]) -> bool {
    !inner.iter().any(|b| matches!(b, b'\\' | b'`' | b'<' | b'~' | b'!'))
}

/// Where the code that the backtick at `at` opens ends, if on this line.
fn code_end(line: &[u8], at: usize) -> Option<usize> {
    let run = |from: usize| line[from..].iter().take_while(|b| **b == b'`').count();
    let opening = run(at);
    let mut from = at + opening;
    loop {
        from += memchr::memchr(b'`', &line[from..])?;
        let closing = run(from);
        from += closing;
        if closing == opening {
            return Some(from);
        }
    }
}
