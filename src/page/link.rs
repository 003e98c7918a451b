//! Links of the page to notes, as they must be to resolve in Obsidian and elsewhere.

use std::fmt::Write as _;

use super::safe::{begins_entity, is_sign, safe};
use crate::config::{Config, Links};
use crate::index::Index;
use crate::note::Mention;
use crate::text::{NotePath, Span, is_unprintable, link_key, shorten, without_md};

/// More of a name nobody reads in a line.
const NAME_LENGTH: usize = 60;

/// Writes links from the page, or from another note.
pub struct Linker<'a> {
    page: &'a NotePath,
    index: &'a Index,
    markdown: bool,
}

impl<'a> Linker<'a> {
    /// From the page.
    pub fn new(config: &'a Config, index: &'a Index) -> Self {
        Self::from(&config.page.file, config, index)
    }

    /// From a note.
    pub fn from(note: &'a NotePath, config: &'a Config, index: &'a Index) -> Self {
        Self { page: note, index, markdown: config.page.links == Links::Markdown }
    }

    /// From a note into which no more than a line is written: there `[page] links` has no say.
    pub fn in_note(note: &'a NotePath, index: &'a Index) -> Self {
        Self { page: note, index, markdown: false }
    }

    /// A link to a note that shows a name.
    pub fn to(&self, path: &NotePath, name: &str) -> String {
        let shown = shown(name, path);
        if !self.markdown
            && let Some(target) = self.target(path)
        {
            return if shown == target { format!("[[{target}]]") } else { format!("[[{target}|{shown}]]") };
        }
        format!("[{shown}]({})", self.relative(path))
    }

    /// What a wikilink has to say to mean this note; none where no wikilink can say it.
    fn target<'p>(&self, path: &'p NotePath) -> Option<&'p str> {
        let own = link_key(path.name());
        let is_other = |other: &NotePath| other != path && link_key(other.name()) == own;
        let unique = !is_other(self.page) && !self.index.files_named(path.name()).any(is_other);
        let means_it = |target: &str| {
            let span = Span::new(0, 0);
            let link = Mention { target: target.into(), markdown: false, counts: false, span };
            self.index.resolve(self.page, &link).note().is_none_or(|note| note.path == *path)
        };
        let mut candidates = [path.name(), path.stem()].into_iter().skip(usize::from(!unique));
        candidates.find(|target| can_be_target(target) && means_it(target))
    }

    /// The path from the page's folder, as the address of a Markdown link.
    fn relative(&self, path: &NotePath) -> String {
        let from: Vec<&str> = self.page.folder().split('/').filter(|part| !part.is_empty()).collect();
        let to: Vec<&str> = path.folder().split('/').filter(|part| !part.is_empty()).collect();
        let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        let mut out = "../".repeat(from.len() - common);
        for part in &to[common..] {
            encode(part, &mut out);
            out.push('/');
        }
        encode(path.as_str().rsplit('/').next().unwrap_or_default(), &mut out);
        out
    }
}

/// The name as the page shows it, never empty.
pub(super) fn shown(name: &str, path: &NotePath) -> String {
    let of = |text: &str| Some(safe(&shorten(text, NAME_LENGTH))).filter(|text| !text.is_empty());
    of(name).or_else(|| of(path.name())).unwrap_or_else(|| "?".to_owned())
}

/// Whether a wikilink can hold this target, and nothing but Obsidian's link is read from it.
fn can_be_target(target: &str) -> bool {
    let is_letter = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}')
    };
    let odd = |c: char| {
        !is_letter(c)
            && (is_unprintable(c)
                || matches!(
                    c,
                    '[' | ']' | '|' | '#' | '^' | '%' | '\\' | '`' | '<' | '>' | '*' | '~' | '$' | ':'
                )
                || matches!(c, '\u{200c}' | '\u{200d}')
                || (c.is_whitespace() && c != ' ' && c != '\u{3000}')
                || is_sign(c))
    };
    let around = |part: &str| {
        part.is_empty() || part.trim() != part || part == "." || part == ".." || part.starts_with('_')
    };
    // `[[n.md]]` is the note `n`.
    without_md(target) == target
        && !target.contains(odd)
        && !target.split('/').any(around)
        && !target.contains("  ")
        && !target.contains("==")
        && !target.match_indices('&').any(|(at, _)| begins_entity(&target[at + 1..]))
        && !lone_underscore(target)
}

/// Whether an underscore could be read as emphasis.
fn lone_underscore(target: &str) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    target
        .match_indices('_')
        .any(|(at, _)| !word(target[..at].chars().next_back()) || !word(target[at + 1..].chars().next()))
}

fn encode(part: &str, out: &mut String) {
    for c in part.chars() {
        let plain = c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if plain || (!c.is_ascii() && c.is_alphanumeric()) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wikilink_holds_what_obsidian_reads_as_one() {
        for target in ["田中 太郎", "People/田中", "O'Brien", "a&b", "AT&T", "a_b"] {
            assert!(can_be_target(target), "{target}");
        }
        for sign in "[]|#^%\\`<>*~$:\u{200b}\u{200d}\t".chars() {
            assert!(!can_be_target(&format!("田{sign}中")), "{sign:?}");
        }
        for target in ["", "a.md", " a", "a//b", "../a", "_a", "a  b", "a==b", "a&amp;b"] {
            assert!(!can_be_target(target), "{target:?}");
        }
    }
}
