//! Parts of a note that goen writes: between two comments, each on a line of its own.
//!
//! What goen wrote there is no contact, no promise, no talk and no log, whatever it looks like: to the
//! rest of the note it reads as if it were blank. Lines that somebody typed between are theirs, and are
//! read as everywhere else.

pub mod lines;

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::signed::Parts;
use lines::{Known, Whose};

use super::front::Front;
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
        let words = fold(heading.trim_matches(|c: char| !c.is_alphanumeric()));
        match self {
            Self::Prep => matches!(
                words.as_ref(),
                "準備"
                    | "事前準備"
                    | "下調べ"
                    | "下準備"
                    | "preparation"
                    | "prepare"
                    | "prepared"
                    | "prep"
                    | "before"
            ),
            Self::Org => {
                matches!(words.as_ref(), "同窓" | "同窓生" | "知っている人" | "alumni" | "people")
            }
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
    let has_comments = |body: &&str| memchr::memmem::find(body.as_bytes(), b"<!--").is_some();
    let Some(body) = text.get(start..).filter(has_comments) else { return Found::Nothing };
    let (regions, broken) = scan(body, name);
    let broken = broken.or_else(|| crooked(body, name));
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
    let regions: Vec<Region> = Name::ALL.into_iter().flat_map(|name| scan(body, name).0).collect();
    if regions.is_empty() {
        return None;
    }
    let mut out = body.as_bytes().to_vec();
    for region in &regions {
        let inner = region.inner.of(body);
        let known = Known::of(inner);
        let lines: Vec<&str> = inner.split_inclusive('\n').collect();
        let whose = known.whose(&lines);
        if known.is_empty() || !has_own(&lines, &whose) {
            blank(&mut out, region.span, None);
            continue;
        }
        blank(&mut out, Span::new(region.span.start as usize, region.inner.start as usize), None);
        let mut at = region.inner.start as usize;
        for (line, whose) in lines.into_iter().zip(whose) {
            if whose != Whose::Theirs {
                let parts = Parts::of(line);
                // What is nested in an item of goen's stays in an item.
                let bullet = at + line.len() - line.trim_start_matches([' ', '\t']).len();
                blank(&mut out, Span::new(at, at + line.len()), parts.is_item.then_some(bullet));
            }
            at += line.len();
        }
        blank(&mut out, Span::new(region.inner.end as usize, region.span.end as usize), None);
    }
    String::from_utf8(out).ok()
}

/// Makes blanks of a line's bytes; of an item its indent and its bullet stay, and a dot for its words.
fn blank(out: &mut [u8], span: Span, bullet: Option<usize>) {
    for at in span.range() {
        let Some(byte) = out.get_mut(at).filter(|byte| !matches!(byte, b'\n' | b'\r')) else { continue };
        match bullet {
            Some(bullet) if at <= bullet => {}
            Some(bullet) if at == bullet + 2 => *byte = b'.',
            _ => *byte = b' ',
        }
    }
}

/// Whether lines of somebody's are to be read. Where they open what does not close between the markers,
/// the rest of the note would be read as something else.
fn has_own(lines: &[&str], whose: &[Whose<'_>]) -> bool {
    const PAIRS: [(&str, &str); 5] = [
        ("<!--", "-->"),
        ("<pre", "</pre"),
        ("<script", "</script"),
        ("<style", "</style"),
        ("<textarea", "</textarea"),
    ];
    let own = lines.iter().zip(whose).filter(|(_, whose)| **whose == Whose::Theirs).map(|(line, _)| *line);
    let (mut fence, mut text) = (None, String::new());
    let mut is_any = false;
    for line in own {
        is_any = true;
        if !is_in_code(&mut fence, line.trim()) {
            text.push_str(line);
        }
    }
    let closes = |(open, close): &(&str, &str)| {
        text.rfind(open).is_none_or(|at| text.get(at..).is_some_and(|rest| rest.contains(close)))
    };
    let has_pairs = text.matches("%%").count().is_multiple_of(2);
    is_any && fence.is_none() && has_pairs && PAIRS.iter().all(closes)
}

/// Whether there could be any: few notes get further.
fn may_hold(body: &str) -> bool {
    static NAME: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("goen:"));
    NAME.find(body.as_bytes()).is_some()
}

/// A line that begins as a marker does, and is none: with words behind it, or written another way.
fn crooked(body: &str, name: Name) -> Option<Span> {
    let bare = |text: &str| -> String {
        let letters = text.chars().filter(|c| !c.is_whitespace());
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let (mut fence, mut at) = (None, 0);
    body.split_inclusive('\n').find_map(|line| {
        let place = Span::new(at, at + line.trim_end().len());
        at += line.len();
        let Parts { indent, words, .. } = Parts::of(line);
        // Four blanks make code of a line.
        if indent > 3 || is_in_code(&mut fence, words) || !words.starts_with("<!--") {
            return None;
        }
        let is_so = |marker: &str| words != marker && bare(words).starts_with(&bare(marker));
        (is_so(name.begin()) || is_so(name.end())).then_some(place)
    })
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
        check(&format!("x {b}\nx {e}\n    {b}\n"), "nothing");
        check(&format!("x\n{b} y\n"), "broken 2 <!-- goen:prep begin --> y");
        check("   <!--goen:prep begin-->\n", "broken 0    <!--goen:prep begin-->");
        check("    <!--goen:prep begin-->\n", "nothing");
        check("<!--goen:prep begin-->\n", "broken 0 <!--goen:prep begin-->");
        check(&format!("{b}\n<!-- GOEN:prep END -->\n{e}\n"), "broken 25 <!-- GOEN:prep END -->");
        check(&format!("```md\n{b}\n{e}\n```\n"), "nothing");
        check(&format!("~~~\n{b}\n```\n{b}\n~~~\n{b}\n```\n{e}\n"), "one \"```\\n\"");
        // Of two backticks, or with others behind them in the line, it is no fence.
        check(&format!("``\n{b}\na\n{e}\n"), "one \"a\\n\"");
        check(&format!("```a```\n{b}\na\n{e}\n"), "one \"a\\n\"");
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

    #[test]
    fn lines_of_somebody_are_read() {
        let (b, e) = (Name::Prep.begin(), Name::Prep.end());
        let mut known = Known::default();
        known.add(["### 来る人", "- [[花]]", "    - 前回：x", "- [ ] [[花]]：お礼"]);
        let read = |inside: &str| {
            let text = format!("{b}\n{inside}\n{}\n{e}\n[[末]]\n", known.comment());
            let body = crate::note::body::read(&text, 0);
            let links: Vec<&str> = body.links.iter().map(|link| link.target.as_str()).collect();
            let boxes = body.items.iter().filter(|item| item.mark.is_some());
            let boxes: Vec<&str> = boxes.map(|item| item.text.of(&text)).collect();
            (links.join(" "), boxes.join("|"))
        };
        let own = |links: &str, boxes: &str| (links.to_owned(), boxes.to_owned());
        assert_eq!(
            read("### 来る人\n\n- [[花]]\n    - 前回：x\n- [x] [[花]]：お礼 ✅ 2026-12-02"),
            own("末", "")
        );
        assert_eq!(
            read("### 来る人\n- [[花]]\n\n    - [ ] [[坊]] に送る\n    - 前回：x"),
            own("坊 末", "[[坊]] に送る")
        );
        assert_eq!(
            read("### 来る人\n- [[花]]\n- [ ] [[坊]] に送る\n- [[山]] 犬"),
            own("坊 山 末", "[[坊]] に送る")
        );
        // What may not end between the markers is not read.
        for open in ["```", "%% x", "<!-- x", "50%%", "<pre>"] {
            assert_eq!(read(&format!("- [ ] [[坊]] に送る\n{open}")), own("末", ""), "{open}");
        }
        // What does, is.
        for closed in ["```\n[[山]]\n```", "%% x %%", "<!-- x -->", "%%\nx\n%%", "<pre>x</pre>"] {
            let text = format!("### 来る人\n- [ ] [[坊]] に送る\n\n{closed}\n");
            assert_eq!(read(&text), own("坊 末", "[[坊]] に送る"), "{closed}");
        }
    }
}
