//! How the entries of a list are written: what stands in front of their words, and how far in the lines
//! below them stand.

use super::line_start;
use crate::note::body::{Body, Item};
use crate::text::Span;

/// The style of an entry, for another beside it or for lines below it.
pub(super) struct Style<'t> {
    /// Indentation, bullet and the blanks behind it.
    pub(super) lead: &'t str,
    /// Indentation alone.
    indent: &'t str,
    /// What lines below an entry are set in by.
    deeper: String,
    /// What each further level is set in by.
    further: &'t str,
}

impl Default for Style<'_> {
    fn default() -> Self {
        Self { lead: "- ", indent: "", deeper: "  ".to_owned(), further: "  " }
    }
}

impl<'t> Style<'t> {
    /// The style of an outermost item; that of the lines below it is its own or else that of the first item
    /// within `list` that has any, where they would stand below this one too.
    pub(super) fn of(text: &'t str, body: &Body, item: &Item, list: Span) -> Self {
        let line = line_of(text, item);
        let indent = blanks(line);
        let bullet = line[indent.len()..].find([' ', '\t']).map_or(line.len(), |at| indent.len() + at);
        let gap = blanks(&line[bullet..]);
        let (lead, gap) = if gap.is_empty() { ("- ", " ") } else { (&line[..bullet + gap.len()], gap) };
        // Where its words begin; a line that stands four columns behind that is code.
        let words = columns(lead);
        let below = |of: Span| {
            let within = |child: &&Item| child.span.start >= of.start && child.span.end <= of.end;
            let child = body.items.iter().filter(within).find(|child| child.depth == 2 && !child.quoted)?;
            let deeper = blanks(line_of(text, child)).strip_prefix(indent)?;
            (words..words + 4).contains(&columns(&format!("{indent}{deeper}"))).then_some(deeper)
        };
        let own = below(item.span).or_else(|| below(list));
        let (deeper, further) = match own {
            // Behind a bullet of two columns three more are free.
            Some(own) => (own.to_owned(), if columns(own) <= 5 { own } else { "  " }),
            None if gap.contains('\t') => ("\t".to_owned(), "\t"),
            None => (" ".repeat(words - columns(indent)), "  "),
        };
        Self { lead, indent, deeper, further }
    }

    /// A line of a list below an entry, which two blanks set in for each level of its own.
    pub(super) fn below(&self, line: &str) -> String {
        let words = line.trim();
        let level = blanks(line).len() / 2;
        format!("{}{}{}{words}", self.indent, self.deeper, self.further.repeat(level))
    }
}

/// The line on which an item begins.
fn line_of<'t>(text: &'t str, item: &Item) -> &'t str {
    text[line_start(text, item.span.start as usize)..].lines().next().unwrap_or("")
}

/// The blanks in front of a line.
fn blanks(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// How many columns a text of a line's start takes.
fn columns(start: &str) -> usize {
    start.chars().fold(0, |at, c| if c == '\t' { at + 4 - at % 4 } else { at + 1 })
}
