//! Parts of a note that goen writes: between two comments, each on a line of its own.
//!
//! What stands there is goen's. It is no contact, no promise, no talk and no log, whatever it
//! looks like; the rest of the note reads as if it were blank.

use super::front::Front;
use super::other;
use crate::text::{Lang, Span, fold, pick};

/// Which part it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Name {
    /// What is prepared for an event.
    Prep,
    /// Who was where when, in an organisation's note.
    Org,
}

impl Name {
    const ALL: [Self; 2] = [Self::Prep, Self::Org];

    /// The word in its markers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Prep => "prep",
            Self::Org => "org",
        }
    }

    /// The marker before it.
    pub fn begin(self) -> &'static str {
        match self {
            Self::Prep => "<!-- goen:prep begin -->",
            Self::Org => "<!-- goen:org begin -->",
        }
    }

    /// The marker behind it.
    pub fn end(self) -> &'static str {
        match self {
            Self::Prep => "<!-- goen:prep end -->",
            Self::Org => "<!-- goen:org end -->",
        }
    }

    /// The heading it is put under where there is none for it.
    pub fn heading(self, lang: Lang) -> &'static str {
        match self {
            Self::Prep => pick(lang, "準備", "Preparation"),
            Self::Org => pick(lang, "同窓", "Alumni"),
        }
    }

    /// Whether a heading's words, plain, are such a heading.
    pub fn is_under(self, heading: &str) -> bool {
        match self {
            Self::Prep => other::is_of_preparation(heading),
            Self::Org => matches!(
                fold(heading.trim_matches(|c: char| !c.is_alphanumeric())).as_ref(),
                "同窓" | "同窓生" | "alumni"
            ),
        }
    }
}

/// Where a part of goen's stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Both markers and what is between them.
    pub span: Span,
    /// What is between them: whole lines.
    pub inner: Span,
}

/// What a text has of such a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// None.
    Nothing,
    /// One.
    One(Region),
    /// A marker without the other, or several parts: this marker is too much, or alone.
    Broken(Span),
}

/// Looks for a part in a note.
pub fn find(text: &str, name: Name) -> Found {
    let start = Front::find(text).body();
    let Some(body) = text.get(start..).filter(|body| may_hold(body)) else { return Found::Nothing };
    let (regions, broken) = scan(body, name);
    match (regions.as_slice(), broken) {
        (_, Some(marker)) => Found::Broken(marker.shifted(start)),
        ([], None) => Found::Nothing,
        ([only], None) => {
            Found::One(Region { span: only.span.shifted(start), inner: only.inner.shifted(start) })
        }
        ([_, second, ..], None) => {
            let at = second.span.start as usize;
            Found::Broken(Span::new(at, at + name.begin().len()).shifted(start))
        }
    }
}

/// A body with goen's parts as blanks, byte for byte; none where it has no such part.
pub fn blanked(body: &str) -> Option<String> {
    if !may_hold(body) {
        return None;
    }
    let regions: Vec<Span> =
        Name::ALL.into_iter().flat_map(|name| scan(body, name).0).map(|region| region.span).collect();
    if regions.is_empty() {
        return None;
    }
    let mut out = body.as_bytes().to_vec();
    for byte in regions.iter().flat_map(|span| span.range()) {
        if let Some(byte) = out.get_mut(byte).filter(|byte| !matches!(byte, b'\n' | b'\r')) {
            *byte = b' ';
        }
    }
    String::from_utf8(out).ok()
}

/// Whether there could be any: few notes get further.
fn may_hold(body: &str) -> bool {
    memchr::memmem::find(body.as_bytes(), b"<!-- goen:").is_some()
}

/// The parts that have both markers, and the first marker that has no other. A marker in a block
/// of code is none.
fn scan(body: &str, name: Name) -> (Vec<Region>, Option<Span>) {
    let (mut regions, mut broken) = (Vec::new(), None);
    let mut open: Option<(Span, usize)> = None;
    let mut fence: Option<(char, usize)> = None;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let (from, to) = (at, at + line.len());
        at = to;
        // Four blanks make code of a line.
        let words = line.trim_end();
        let indent = words.len() - words.trim_start_matches(' ').len();
        let words = if indent < 4 { &words[indent..] } else { words };
        if open.is_none() && is_in_code(&mut fence, words) {
            continue;
        }
        let marker = Span::new(from, from + line.trim_end().len());
        if words == name.begin() {
            if let Some((before, _)) = open.replace((marker, to)) {
                broken = broken.or(Some(before));
            }
        } else if words == name.end() {
            match open.take() {
                Some((begin, inner)) => regions.push(Region {
                    span: Span::new(begin.start as usize, to),
                    inner: Span::new(inner, from),
                }),
                None => broken = broken.or(Some(marker)),
            }
        }
    }
    (regions, broken.or(open.map(|(marker, _)| marker)))
}

/// Whether a line belongs to a block of code, its fences among it.
fn is_in_code(fence: &mut Option<(char, usize)>, line: &str) -> bool {
    let sign = line.chars().next().filter(|c| matches!(c, '`' | '~'));
    let run = sign.map_or(0, |sign| line.chars().take_while(|c| *c == sign).count());
    match (*fence, sign) {
        (Some((opened, length)), Some(sign)) => {
            if sign == opened && run >= length && line[run..].trim().is_empty() {
                *fence = None;
            }
            true
        }
        (Some(_), None) => true,
        (None, Some(sign)) if run >= 3 && (sign == '~' || !line[run..].contains('`')) => {
            *fence = Some((sign, run));
            true
        }
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_both_markers_on_lines_of_their_own() {
        let check = |text: &str, want: &str| {
            let said = match find(text, Name::Prep) {
                Found::Nothing => "nothing".to_owned(),
                Found::One(region) => format!("one {:?}", region.inner.of(text)),
                Found::Broken(at) => format!("broken {} {}", at.start, at.of(text)),
            };
            assert_eq!(said, want, "for {text:?}");
        };
        let (b, e) = (Name::Prep.begin(), Name::Prep.end());
        check("text\n", "nothing");
        check(&format!("{b}\na\n{e}\n"), "one \"a\\n\"");
        check(&format!("---\nx: |\n  {b}\n---\n{b}\r\na\r\n {e}"), "one \"a\\r\\n\"");
        check(&format!("x {b}\n{e} y\n    {b}\n"), "nothing");
        check(&format!("```md\n{b}\n{e}\n```\n"), "nothing");
        check(&format!("~~~\n{b}\n```\n{b}\n~~~\n{b}\n```\n{e}\n"), "one \"```\\n\"");
        check(&format!("a\n{b}\nb\n"), "broken 2 <!-- goen:prep begin -->");
        check(&format!("{e}\n"), "broken 0 <!-- goen:prep end -->");
        check(&format!("{b}\n{b}\n{e}\n"), "broken 0 <!-- goen:prep begin -->");
        check(&format!("{b}\n{e}\n{b}\n{e}\n"), "broken 48 <!-- goen:prep begin -->");
    }

    #[test]
    fn the_rest_reads_as_if_it_were_blank() {
        let (b, e) = (Name::Org.begin(), Name::Org.end());
        let text = format!("a [[x]]\n{b}\n- [ ] 約束 [[y]]\r\n```\n{e}\n- [ ] z\n");
        let blank = blanked(&text).unwrap_or_default();
        assert_eq!(blank.len(), text.len());
        assert!(blank.starts_with("a [[x]]\n   ") && blank.ends_with("\n- [ ] z\n"), "{blank:?}");
        assert!(!blank.contains('y') && !blank.contains('`') && blank.contains("\r\n"), "{blank:?}");
        assert_eq!(blanked(&format!("{b}\n- [ ] [[y]]\n")), None);
    }
}
