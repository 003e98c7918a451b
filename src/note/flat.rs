//! The quick way through front matter that is written plainly, as most of it is.
//!
//! Reads a subset of YAML, one line at a time: maps and lists in block style,
//! scalars on one line, one-line lists in brackets. Whatever else it meets, it
//! gives up, and [`super::fields`] reads the whole with a full parser. A
//! differential test keeps the two of one mind.

use std::borrow::Cow;

use super::value::{Data, Node, Pair, Style};
use crate::text::Span;

/// Beyond this depth the full parser decides (and refuses).
const MAX_DEPTH: usize = 8;

/// The pairs of the front matter, or none where it is not plain enough.
///
/// `offset` is where `inner` begins in the note; spans are counted from the note's start.
pub fn parse(inner: &str, offset: usize) -> Option<Vec<Pair<'_>>> {
    if has_control(inner.as_bytes()) {
        return None;
    }
    let has_hash = memchr::memchr(b'#', inner.as_bytes()).is_some();
    let mut reader = Reader { lines: lines(inner)?, at: 0, text: inner, offset, has_hash };
    match reader.lines.first() {
        None => Some(Vec::new()),
        Some(first) if first.indent == 0 => {
            let pairs = reader.map(0, 0)?;
            (reader.at == reader.lines.len()).then_some(pairs)
        }
        Some(_) => None,
    }
}

/// Whether there is a control character, or one that YAML takes for a line's end or refuses.
fn has_control(bytes: &[u8]) -> bool {
    // Without a branch for each byte, so that many are looked at at once: most texts have none of these.
    let suspect = bytes.iter().fold(false, |found, b| {
        let is_end = (*b == b'\n') | (*b == b'\r');
        found | ((*b < b' ') & !is_end) | (*b == 0x7f) | (*b == 0xc2) | (*b == 0xe2) | (*b == 0xef)
    });
    suspect && has_control_among(bytes)
}

fn has_control_among(bytes: &[u8]) -> bool {
    let is_suspect = |b: &u8| *b < b' ' || matches!(b, 0x7f | 0xc2 | 0xe2 | 0xef);
    bytes.iter().enumerate().filter(|(_, b)| is_suspect(b)).any(|(at, byte)| match byte {
        b'\n' | b'\r' => false,
        0..b' ' | 0x7f => true,
        // U+0085, U+2028, U+2029, U+FEFF, U+FFFE, U+FFFF
        0xc2 => bytes.get(at + 1) == Some(&0x85),
        0xe2 => matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9])),
        0xef => matches!(bytes.get(at + 1..at + 3), Some([0xbb, 0xbf] | [0xbf, 0xbe | 0xbf])),
        _ => false,
    })
}

/// A line that says something: blank lines and lines of comment alone are left out.
#[derive(Clone, Copy)]
struct Line {
    indent: usize,
    /// First byte that is no blank.
    start: usize,
    end: usize,
}

fn lines(inner: &str) -> Option<Vec<Line>> {
    let bytes = inner.as_bytes();
    let has_return = memchr::memchr(b'\r', bytes).is_some();
    let mut out = Vec::with_capacity(24);
    let mut at = 0;
    while at < bytes.len() {
        let next = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
        let mut end = next;
        if end > at && bytes[end - 1] == b'\r' {
            end -= 1;
        }
        if has_return && memchr::memchr(b'\r', &bytes[at..end]).is_some() {
            return None;
        }
        while end > at && bytes[end - 1] == b' ' {
            end -= 1;
        }
        let start = at + bytes[at..end].iter().take_while(|b| **b == b' ').count();
        if start < end && bytes[start] != b'#' {
            out.push(Line { indent: start - at, start, end });
        }
        at = next + 1;
    }
    Some(out)
}

struct Reader<'a> {
    text: &'a str,
    lines: Vec<Line>,
    at: usize,
    offset: usize,
    /// There is a `#` somewhere, so that comments have to be looked for.
    has_hash: bool,
}

impl<'a> Reader<'a> {
    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.offset + start, self.offset + end)
    }

    /// A map whose keys stand at `indent`, from the line at hand on.
    fn map(&mut self, indent: usize, depth: usize) -> Option<Vec<Pair<'a>>> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut pairs = Vec::with_capacity(if depth == 0 { self.lines.len() } else { 4 });
        while let Some(line) = self.lines.get(self.at).copied() {
            if line.indent < indent {
                break;
            }
            if line.indent > indent || is_dash(self.text, line.start, line.end) {
                return None;
            }
            pairs.push(self.pair(line.start, line.end, indent, depth)?);
        }
        Some(pairs)
    }

    /// `key: value` from `start` to `end` of the line at hand, and what belongs to it below.
    fn pair(&mut self, start: usize, end: usize, indent: usize, depth: usize) -> Option<Pair<'a>> {
        let (key_end, value_start) = self.key(start, end)?;
        let key = Cow::Borrowed(&self.text[start..key_end]);
        let key_span = self.span(start, key_end);
        let value = match self.scalar_or_flow(value_start, end)? {
            Some(node) => {
                self.at += 1;
                // A deeper line below a scalar would go on with it.
                if self.lines.get(self.at).is_some_and(|next| next.indent > indent) {
                    return None;
                }
                node
            }
            None => self.below(indent, key_end + 1, depth)?,
        };
        Some(Pair { key, key_span, value })
    }

    /// The list or map on the lines below a key that has no value on its own line.
    fn below(&mut self, indent: usize, after: usize, depth: usize) -> Option<Node<'a>> {
        self.at += 1;
        let nothing = Node::scalar("", Style::Plain, self.span(after, after));
        let Some(next) = self.lines.get(self.at).copied() else { return Some(nothing) };
        let dash = is_dash(self.text, next.start, next.end);
        if next.indent < indent || (next.indent == indent && !dash) {
            return Some(nothing);
        }
        let span = self.span(next.start, next.start);
        let data = if dash {
            Data::List(self.list(next.indent, depth + 1)?)
        } else {
            Data::Map(self.map(next.indent, depth + 1)?)
        };
        Some(Node { span, data, decorated: false })
    }

    /// A list whose dashes stand at `indent`.
    fn list(&mut self, indent: usize, depth: usize) -> Option<Vec<Node<'a>>> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut members = Vec::new();
        while let Some(line) = self.lines.get(self.at).copied() {
            if line.indent < indent || (line.indent == indent && !is_dash(self.text, line.start, line.end)) {
                break;
            }
            if line.indent > indent {
                return None;
            }
            let gap = self.text[line.start + 1..line.end].bytes().take_while(|b| *b == b' ').count();
            let start = line.start + 1 + gap;
            if start >= line.end || self.text.as_bytes()[start] == b'#' {
                return None;
            }
            if is_dash(self.text, start, line.end) {
                return None;
            }
            if self.key(start, line.end).is_some() {
                let inner = indent + 1 + gap;
                let mut pairs = vec![self.pair(start, line.end, inner, depth + 1)?];
                while self.lines.get(self.at).is_some_and(|next| next.indent == inner) {
                    let next = self.lines[self.at];
                    if is_dash(self.text, next.start, next.end) {
                        return None;
                    }
                    pairs.push(self.pair(next.start, next.end, inner, depth + 1)?);
                }
                members.push(Node {
                    span: self.span(start, start),
                    data: Data::Map(pairs),
                    decorated: false,
                });
            } else {
                members.push(self.scalar_or_flow(start, line.end)??);
                self.at += 1;
            }
        }
        Some(members)
    }

    /// The scalar or bracketed list from `start` to `end`; `Some(None)` where nothing is written.
    #[allow(clippy::option_option, reason = "the outer says whether the text is plain enough")]
    fn scalar_or_flow(&self, start: usize, end: usize) -> Option<Option<Node<'a>>> {
        let Some(&first) = self.text.as_bytes().get(start).filter(|_| start < end) else {
            return Some(None);
        };
        match first {
            b'#' => Some(None),
            b'"' | b'\'' => {
                let (node, after) = self.quoted(start, end)?;
                only_comment(self.text, after, end).then_some(Some(node))
            }
            b'[' => {
                let (members, after) = self.flow(start, end)?;
                if !only_comment(self.text, after, end) {
                    return None;
                }
                let span = self.span(start, after);
                Some(Some(Node { span, data: Data::List(members), decorated: false }))
            }
            _ => {
                let end = self.comment_start(start, end);
                let written = &self.text[start..end];
                is_plain(written).then(|| Some(Node::scalar(written, Style::Plain, self.span(start, end))))
            }
        }
    }

    /// A quoted scalar on one line without escapes; where it ends.
    fn quoted(&self, start: usize, end: usize) -> Option<(Node<'a>, usize)> {
        let quote = self.text.as_bytes()[start];
        let close = start + 1 + memchr::memchr(quote, &self.text.as_bytes()[start + 1..end])?;
        let inside = &self.text[start + 1..close];
        let style = if quote == b'"' { Style::Double } else { Style::Single };
        let escaped = match style {
            Style::Double => inside.contains('\\'),
            _ => self.text.as_bytes().get(close + 1) == Some(&quote),
        };
        if escaped {
            return None;
        }
        Some((Node::scalar(inside, style, self.span(start, close + 1)), close + 1))
    }

    /// `[a, "b", c]` on one line, of scalars alone; where it ends.
    fn flow(&self, start: usize, end: usize) -> Option<(Vec<Node<'a>>, usize)> {
        let bytes = self.text.as_bytes();
        let mut members = Vec::new();
        let mut at = start + 1;
        loop {
            at += bytes[at..end].iter().take_while(|b| **b == b' ').count();
            match *bytes.get(at).filter(|_| at < end)? {
                b']' => return Some((members, at + 1)),
                b'"' | b'\'' => {
                    let (node, after) = self.quoted(at, end)?;
                    members.push(node);
                    at = after;
                }
                _ => {
                    let stop = at + memchr::memchr2(b',', b']', &bytes[at..end])?;
                    let written = self.text[at..stop].trim_end_matches(' ');
                    if !is_plain(written) || written.contains(['[', '{', '}']) {
                        return None;
                    }
                    members.push(Node::scalar(written, Style::Plain, self.span(at, at + written.len())));
                    at = stop;
                }
            }
            at += bytes[at..end].iter().take_while(|b| **b == b' ').count();
            match *bytes.get(at).filter(|_| at < end)? {
                b',' => at += 1,
                b']' => return Some((members, at + 1)),
                _ => return None,
            }
        }
    }

    /// Where a plain key ends, and where its value begins; none where no such key stands there.
    fn key(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        if is_indicator(bytes[start]) || matches!(bytes[start], b'-' | b'?' | b':') {
            return None;
        }
        let mut from = start;
        loop {
            let colon = from + memchr::memchr(b':', &bytes[from..end])?;
            match bytes.get(colon + 1).filter(|_| colon + 1 < end) {
                None => {}
                Some(b' ') => {}
                Some(_) => {
                    from = colon + 1;
                    continue;
                }
            }
            let written = &self.text[start..colon];
            if written.is_empty() || written.ends_with(' ') || self.comment_start(start, colon) != colon {
                return None;
            }
            if written.len() > 128 {
                return None;
            }
            let gap = bytes[(colon + 1).min(end)..end].iter().take_while(|b| **b == b' ').count();
            return Some((colon, (colon + 1 + gap).min(end)));
        }
    }

    /// Where the text before a trailing comment ends.
    fn comment_start(&self, start: usize, end: usize) -> usize {
        if !self.has_hash {
            return end;
        }
        let bytes = &self.text.as_bytes()[start..end];
        let hash = memchr::memchr_iter(b'#', bytes).find(|at| *at > 0 && bytes[at - 1] == b' ');
        hash.map_or(end, |at| start + self.text[start..start + at].trim_end_matches(' ').len())
    }
}

fn is_dash(text: &str, start: usize, end: usize) -> bool {
    let line = &text.as_bytes()[start..end];
    line.first() == Some(&b'-') && matches!(line.get(1), None | Some(b' '))
}

fn is_indicator(b: u8) -> bool {
    matches!(
        b,
        b'[' | b']'
            | b'{'
            | b'}'
            | b','
            | b'#'
            | b'&'
            | b'*'
            | b'!'
            | b'|'
            | b'>'
            | b'\''
            | b'"'
            | b'%'
            | b'@'
            | b'`'
    )
}

/// Whether a text on one line is a plain scalar beyond doubt.
fn is_plain(written: &str) -> bool {
    let Some(&first) = written.as_bytes().first() else { return false };
    if is_indicator(first) {
        return false;
    }
    if matches!(first, b'-' | b'?' | b':') && matches!(written.as_bytes().get(1), None | Some(b' ' | b',')) {
        return false;
    }
    // A colon before a blank begins a value, a hash behind one a comment.
    if memchr::memchr2(b':', b'#', written.as_bytes()).is_none() {
        return true;
    }
    let mut before = 0;
    for byte in written.bytes() {
        if (byte == b' ' && before == b':') || (byte == b'#' && before == b' ') {
            return false;
        }
        before = byte;
    }
    before != b':'
}

fn only_comment(text: &str, after: usize, end: usize) -> bool {
    let rest = &text[after..end];
    let trimmed = rest.trim_start_matches(' ');
    trimmed.is_empty() || (trimmed.starts_with('#') && trimmed.len() < rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_seen_among_many_letters() {
        for at in 0..40 {
            for odd in [
                "\u{0}", "\u{7f}", "\u{85}", "\u{2028}", "\u{feff}", "\u{ffff}", "\t", "é", "…", "（",
                "\r\n", "\n",
            ] {
                let text = format!("{}{odd}{}", "a".repeat(at), "縁".repeat(40 - at));
                let expected = !matches!(odd, "é" | "…" | "（" | "\r\n" | "\n");
                assert_eq!(has_control(text.as_bytes()), expected, "{text:?}");
            }
        }
    }
}
