//! What holds for a text as a whole: its line ends, a byte order mark, the end of its last line.
//!
//! Each is decided once for all of it, so that a version saved by another editor differs from the
//! others in no line.

use std::borrow::Cow;

use super::Sides;

/// How lines end, where all of a text end alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    Lf,
    CrLf,
    /// Some so, some so.
    Mixed,
    /// No line ends.
    None,
}

impl Ends {
    fn of(text: &str) -> Self {
        let lines = memchr::memchr_iter(b'\n', text.as_bytes()).count();
        let carried = memchr::memmem::find_iter(text.as_bytes(), "\r\n").count();
        match (lines, carried) {
            (0, _) => Self::None,
            (_, 0) => Self::Lf,
            (lines, carried) if lines == carried => Self::CrLf,
            _ => Self::Mixed,
        }
    }
}

/// The shape of what comes out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    mark: bool,
    /// None where a line's end is part of the line.
    ends: Option<Ends>,
    closed: bool,
}

const MARK: char = '\u{feff}';

impl Shape {
    pub(super) fn of(sides: Sides<&str>) -> Self {
        let known = sides.map(Ends::of);
        let any_mixed = [known.base, known.ours, known.theirs].contains(&Ends::Mixed);
        // A text without lines goes along with the others.
        let other = |ends: Ends, others: [Ends; 2]| {
            let told = others.into_iter().find(|other| *other != Ends::None);
            if ends == Ends::None { told.unwrap_or(Ends::Lf) } else { ends }
        };
        let told = Sides {
            base: other(known.base, [known.ours, known.theirs]),
            ours: other(known.ours, [known.base, known.theirs]),
            theirs: other(known.theirs, [known.base, known.ours]),
        };
        let ends = (!any_mixed).then(|| told.decided().unwrap_or(Ends::Lf));
        // Of two answers one is always that of the base.
        let either = |says: fn(&str) -> bool| sides.map(says).decided().unwrap_or(true);
        let is_closed = |text: &str| text.trim_start_matches(MARK).is_empty() || text.ends_with('\n');
        Self { mark: either(|text| text.starts_with(MARK)), ends, closed: either(is_closed) }
    }

    /// A text as lines that all end.
    pub(super) fn plain<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let text = text.strip_prefix(MARK).unwrap_or(text);
        let mut text = match self.ends {
            Some(_) if text.contains("\r\n") => Cow::Owned(text.replace("\r\n", "\n")),
            _ => Cow::Borrowed(text),
        };
        if !text.is_empty() && !text.ends_with('\n') {
            text.to_mut().push('\n');
        }
        text
    }

    /// Such lines as they are to be written.
    pub(super) fn shaped(&self, text: String) -> String {
        let mut text = text;
        if !self.closed && text.ends_with('\n') {
            text.pop();
            if self.ends.is_none() && text.ends_with('\r') {
                text.pop();
            }
        }
        if self.ends == Some(Ends::CrLf) {
            text = text.replace('\n', "\r\n");
        }
        if self.mark {
            text.insert(0, MARK);
        }
        text
    }
}
