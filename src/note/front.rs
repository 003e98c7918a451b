//! The one answer to where front matter begins and ends.
//!
//! Knows bytes and lines, nothing of YAML: a closing `---` or `...` stands at
//! the first column, where neither a block scalar nor a quoted one can go on.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::text::Span;

/// In which notation front matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// Between `---` and `---` or `...`.
    Yaml,
    /// Between `+++` and `+++`.
    Toml,
}

/// What stands at the head of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Front {
    /// No front matter; where the body begins (behind a BOM).
    Absent {
        /// First byte of the body.
        body: usize,
    },
    /// A fence that is never closed: all of it is body, and nothing may be written.
    Unclosed {
        /// The opening fence.
        fence: Span,
        /// First byte of the body.
        body: usize,
    },
    /// Front matter.
    Present {
        /// Its notation.
        notation: Notation,
        /// What stands between the fences, with its last line end.
        inner: Span,
        /// First byte of the body.
        body: usize,
    },
}

impl Front {
    /// Finds the front matter of a note.
    pub fn find(text: &str) -> Self {
        let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let mut lines = Lines { text, at: start };
        let Some(first) = lines.next() else { return Self::Absent { body: start } };
        let (notation, closing): (Notation, &[Closing]) = match first.of(text).trim_end() {
            "---" => (Notation::Yaml, &YAML),
            "+++" => (Notation::Toml, &TOML),
            _ => return Self::Absent { body: start },
        };
        let inner = lines.at;
        if memchr::memchr(b'\r', text.as_bytes()).is_none() {
            lines.skip_to_any(closing);
        }
        while let Some(line) = lines.next() {
            let line_text = line.of(text).trim_end();
            if closing.iter().any(|closing| line_text == closing.line) {
                let inner = Span::new(inner, line.start as usize);
                return Self::Present { notation, inner, body: lines.at };
            }
        }
        Self::Unclosed { fence: first, body: start }
    }

    /// First byte of the body.
    pub fn body(self) -> usize {
        match self {
            Self::Absent { body } | Self::Unclosed { body, .. } | Self::Present { body, .. } => body,
        }
    }
}

/// The lines of a text without their ends (LF, CRLF, CR).
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Lines<'_> {
    /// Goes on to the first line that begins like one of these; only where lines end with LF.
    fn skip_to_any(&mut self, closings: &[Closing]) {
        let rest = &self.text.as_bytes()[self.at..];
        if closings.iter().any(|closing| rest.starts_with(closing.line.as_bytes())) {
            return;
        }
        let nearest = closings.iter().fold(rest.len(), |end, closing| {
            closing.behind_an_end.find(&rest[..end]).map_or(end, |at| at + 1)
        });
        self.at += nearest;
    }
}

/// A line that ends front matter, and how it is looked for behind another line's end.
struct Closing {
    line: &'static str,
    behind_an_end: LazyLock<Finder<'static>>,
}

static YAML: [Closing; 2] = [
    Closing { line: "---", behind_an_end: LazyLock::new(|| Finder::new("\n---")) },
    Closing { line: "...", behind_an_end: LazyLock::new(|| Finder::new("\n...")) },
];
static TOML: [Closing; 1] = [Closing { line: "+++", behind_an_end: LazyLock::new(|| Finder::new("\n+++")) }];

impl Iterator for Lines<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = self.text.as_bytes().get(self.at..)?;
        if rest.is_empty() {
            return None;
        }
        let len = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = Span::new(self.at, self.at + len);
        let end = match (rest.get(len), rest.get(len + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(_), _) => 1,
            (None, _) => 0,
        };
        self.at += len + end;
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = match Front::find(text) {
            Front::Absent { body } => format!("absent|{}", &text[body..]),
            Front::Unclosed { body, .. } => format!("unclosed|{}", &text[body..]),
            Front::Present { inner, body, .. } => format!("{}|{}", inner.of(text), &text[body..]),
        };
        assert_eq!(shown, expected, "for {text:?}");
    }

    #[test]
    fn fault_43_44_finds_the_span() {
        check("---\na: 1\n---\nbody", "a: 1\n|body");
        check("\u{feff}---\na: 1\n---\nbody", "a: 1\n|body");
        check("---\r\na: 1\r\n---\r\nbody", "a: 1\r\n|body");
        check("---\ra: 1\r---\rbody", "a: 1\r|body");
        check("--- \t\na: 1\n...  \nbody", "a: 1\n|body");
        check("---\n---\nbody", "|body");
        check("---\na: 1\n---", "a: 1\n|");
        check("+++\na = 1\n+++\nbody", "a = 1\n|body");
        check("---\na: |\n  ---\n  ...\nb: 2\n---\n---\nrule", "a: |\n  ---\n  ...\nb: 2\n|---\nrule");
    }

    #[test]
    fn fault_44_absent_and_unclosed() {
        check("", "absent|");
        check("\u{feff}", "absent|");
        check("body\n---\nmore", "absent|body\n---\nmore");
        check("\n---\na: 1\n---\n", "absent|\n---\na: 1\n---\n");
        check("----\na: 1\n----\n", "absent|----\na: 1\n----\n");
        check("---\na: 1\nbody", "unclosed|---\na: 1\nbody");
        check("---\na: 1\n----\n", "unclosed|---\na: 1\n----\n");
        check("---", "unclosed|---");
        check("+++\na = 1\n---\n", "unclosed|+++\na = 1\n---\n");
    }
}
