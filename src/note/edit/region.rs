//! A part of a note that goen writes: put in, or what is between its markers made anew. What somebody
//! typed there stays, below what goen writes.

mod merge;

use super::{Edit, Refusal, Splice, is_cr_only, line_end, pairs};
use super::{line_start, next_line};
use crate::note::body;
use crate::note::dialect::Dialect;
use crate::note::front::Front;
use crate::note::plain::plain;
use crate::note::region::lines::Known;
use crate::note::region::{Found, Name, find};
use crate::note::{Kind, Note, read};
use crate::problem::Obstacle;
use crate::text::{Lang, NotePath, Span, Text};

/// What is to stand between the markers.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// Which part.
    pub name: Name,
    /// What goen writes, line by line.
    pub body: &'a str,
    /// Lines that goen has written there before: all others are somebody's.
    pub before: &'a str,
    /// The heading that is made for it where there is none; empty for the usual one.
    pub heading: &'a str,
}

/// Puts it in, under a heading that is there for it or at the end of the note under a new one in `lang`.
///
/// # Errors
/// Where its markers are broken, or its place is not certain: see [`Refusal`].
pub fn put_region(
    path: &NotePath,
    text: &str,
    written: Written<'_>,
    lang: Lang,
    dialect: &Dialect,
) -> Result<Edit, Refusal> {
    if is_cr_only(text) {
        return Err(Refusal::new(Obstacle::CrOnly, Span::new(0, 0)));
    }
    // A note whose head is never closed is not written to; what it says does not matter here.
    if let Err(refusal) = pairs(text)
        && refusal.why == Obstacle::Unclosed
    {
        return Err(refusal);
    }
    let splice = match find(text, written.name) {
        Found::Broken(marker) => return Err(Refusal::new(Obstacle::Markers, marker)),
        Found::One(region) => renewed(text, region.inner, written),
        Found::Nothing => put_in(text, written, lang),
    };
    let place = splice.span;
    if place.start == place.end
        && let Some(opens) = hidden_by(text, place.start as usize)
    {
        let line = text[..opens.start as usize].matches('\n').count() + 1;
        return Err(Refusal::new(Obstacle::Hidden(line), opens));
    }
    let edit = Edit::new(text, vec![splice]).ok_or_else(|| Refusal::uncertain(place))?;
    let after = edit.apply(text).ok_or_else(|| Refusal::uncertain(place))?;
    // Whatever was planned, the rest of the note must say what it said.
    let told = |text: &str| Told::of(&read(path, without(text, written.name).as_bytes(), dialect));
    let is_there = matches!(find(&after, written.name), Found::One(_));
    if is_there && told(text) == told(&after) { Ok(edit) } else { Err(Refusal::uncertain(place)) }
}

/// A text with nothing between the markers.
fn without(text: &str, name: Name) -> String {
    let Found::One(region) = find(text, name) else { return text.to_owned() };
    let (before, behind) = (region.inner.start as usize, region.inner.end as usize);
    format!("{}{}", &text[..before], &text[behind..])
}

/// The line before a place that opens a block of code or a comment which holds it: what is written there
/// nobody would see.
fn hidden_by(text: &str, at: usize) -> Option<Span> {
    let start = Front::find(text).body();
    let seen = |before: &str| {
        // A `%%` that is left open hides all behind it, and is seen to do so where another one closes it.
        let probe = format!("{before}\n\n[[{PROBE}]]\n\n%%\n");
        let body = body::read(&probe, start);
        body.links.iter().any(|link| link.target == PROBE && !link.quoted)
    };
    if seen(&text[..at]) {
        return None;
    }
    // Every line before the one that hides it leaves it to be seen.
    let ends: Vec<usize> = text[start..at].match_indices('\n').map(|(n, _)| start + n + 1).collect();
    let may_hide = |end: &&usize| {
        let line = text[**end..at].lines().next().unwrap_or_default();
        ["```", "~~~", "%%", "<"].iter().any(|sign| line.contains(sign))
    };
    let mut last = ends.iter().rev().filter(may_hide).take(LOOKED_AT);
    let last = last.find(|end| seen(&text[..**end])).copied().unwrap_or(start);
    Some(Span::new(last, last + text[last..at].lines().next().map_or(0, str::len)))
}

/// So many lines are looked at for the one that hides a place.
const LOOKED_AT: usize = 100;

/// A link that stands in no note.
const PROBE: &str = "goen seen";

/// What a note says to others, without places.
#[derive(PartialEq, Eq)]
struct Told {
    kind: std::mem::Discriminant<Kind>,
    links: Vec<(Text, bool)>,
    tasks: Vec<Text>,
    log: usize,
    talks: usize,
}

impl Told {
    fn of(note: &Note) -> Self {
        let talks = match &note.kind {
            Kind::Event(event) => event.talks.len(),
            _ => 0,
        };
        Self {
            kind: std::mem::discriminant(&note.kind),
            links: note.links.iter().map(|link| (link.target.clone(), link.counts)).collect(),
            tasks: note.tasks.iter().map(|task| task.text.clone()).collect(),
            log: note.log().len(),
            talks,
        }
    }
}

/// What stands between the markers made anew.
fn renewed(text: &str, inner: Span, written: Written<'_>) -> Splice {
    let eol = line_end(text, inner.start as usize);
    let lines = merged(inner.of(text), written);
    Splice { span: inner, text: lines.iter().map(|line| format!("{line}{eol}")).collect() }
}

/// The part with its markers where there was none.
fn put_in(text: &str, written: Written<'_>, lang: Lang) -> Splice {
    let name = written.name;
    let start = Front::find(text).body();
    let body = body::read(text, start);
    let is_for_it = |heading: &&body::Heading| name.is_under(&plain(heading.text.of(text)));
    let found = body.headings.iter().position(|heading| is_for_it(&heading));
    let mut lines = Vec::new();
    let at = match found {
        Some(found) => {
            let next = body.headings.get(found + 1);
            next.map_or(text.len(), |next| line_start(text, next.text.start as usize))
        }
        None => {
            let heading = if written.heading.is_empty() { name.heading(lang) } else { written.heading };
            lines.push(format!("{} {heading}", "#".repeat(level(&body.headings))));
            lines.push(String::new());
            text.len()
        }
    };
    lines.push(name.begin().to_owned());
    lines.extend(merged("", written));
    lines.push(name.end().to_owned());
    let eol = line_end(text, at);
    // Blank lines at the end of what stands before stay where they are.
    let before = &text[start.min(at)..at];
    let lead = if before.trim().is_empty() {
        // Right behind front matter one line may stand free; an empty note begins with it, and nothing
        // stands in a line with blanks.
        let is_free = if before.is_empty() { start > 3 } else { !before.ends_with('\n') };
        if is_free { eol.to_owned() } else { String::new() }
    } else if !before.ends_with('\n') {
        eol.repeat(2)
    } else if ends_blank(before) {
        String::new()
    } else {
        eol.to_owned()
    };
    let is_last = at == text.len();
    let tail = match (is_last, text.ends_with('\n') || text[start.min(at)..].is_empty()) {
        (true, false) => String::new(),
        (true, true) => eol.to_owned(),
        (false, _) => eol.repeat(2),
    };
    Splice { span: Span::new(at, at), text: format!("{lead}{}{tail}", lines.join(eol)) }
}

/// Whether the last line is blank.
fn ends_blank(text: &str) -> bool {
    let last = line_start(text, text.len().saturating_sub(1));
    text[last..].trim().is_empty()
}

/// The level of the note's sections: one heading of the first level is its title.
fn level(headings: &[body::Heading]) -> usize {
    let titles = headings.iter().filter(|heading| heading.level == 1).count();
    match titles {
        0 => headings.iter().map(|heading| usize::from(heading.level)).min().unwrap_or(2),
        1 => 2,
        _ => 1,
    }
}

/// The lines between the markers: what goen writes, what is somebody's, and by what goen knows its own
/// lines again.
fn merged(old: &str, written: Written<'_>) -> Vec<String> {
    let mut known = Known::of(old);
    // What this machine remembers is asked only where the note itself does not say.
    if known.is_empty() {
        known.add(written.before.lines());
    }
    known.add(written.body.lines());
    let mut out = merge::merged(old, written.body, &known);
    let mut now = Known::default();
    now.add(written.body.lines());
    out.push(now.comment());
    out
}

/// The part as it was before goen wrote it, or gone with the heading that goen made for it.
///
/// # Errors
/// Where it is not there, or is not as goen wrote it.
pub fn take_region_back((before, text): (&str, &str), written: Written<'_>) -> Result<Edit, Refusal> {
    let name = written.name;
    let Found::One(region) = find(text, name) else {
        return Err(Refusal::new(Obstacle::NotGoens, Span::new(0, 0)));
    };
    let was = match find(before, written.name) {
        Found::One(was) => was.inner.of(before),
        _ => "",
    };
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    if lines(region.inner.of(text)) != lines(&merged(was, written).join("\n")) {
        return Err(Refusal::new(Obstacle::NotGoens, region.span));
    }
    let splice = match find(before, name) {
        Found::One(was) => Splice { span: region.inner, text: was.inner.of(before).to_owned() },
        _ => {
            let end = next_text(text, region.span.end as usize);
            let start = heading_made((before, text), region.span.start as usize, end, written);
            Splice { span: Span::new(start, end), text: String::new() }
        }
    };
    let place = splice.span;
    Edit::new(text, vec![splice]).ok_or_else(|| Refusal::uncertain(place))
}

/// Where the next line that is not blank begins.
fn next_text(text: &str, mut at: usize) -> usize {
    while at < text.len() {
        let next = next_line(text, at);
        if !text[at..next].trim().is_empty() {
            break;
        }
        at = next;
    }
    at
}

/// Where the heading above the part begins, if goen made it and nothing else stands below it.
fn heading_made((before, text): (&str, &str), start: usize, end: usize, written: Written<'_>) -> usize {
    let above = text[..start].trim_end();
    let at = line_start(text, above.len());
    let line = text[at..above.len()].trim_start_matches('\u{feff}');
    let at = above.len() - line.len();
    let words = line.trim_start_matches('#').trim();
    let is_made = line.starts_with('#')
        && (words == written.heading
            || [Lang::Ja, Lang::En].iter().any(|lang| written.name.heading(*lang) == words))
        && before.lines().all(|known| known.trim_end() != line);
    let is_bare = end == text.len() || text[end..].starts_with('#');
    if is_made && is_bare { at } else { start }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tests::dialect;
    use super::*;
    use crate::note::signed::is_comment;

    fn part<'a>(body: &'a str, before: &'a str) -> Written<'a> {
        Written { name: Name::Prep, body, before, heading: "" }
    }

    fn put(text: &str, body: &str, before: &str) -> Result<String, Obstacle> {
        let written = part(body, before);
        let path = NotePath::new("イベント/会.md");
        let edit = put_region(&path, text, written, Lang::Ja, dialect()).map_err(|refusal| refusal.why)?;
        Ok(edit.apply(text).unwrap())
    }

    /// Without the comment that tells goen's lines.
    fn bare(text: &str) -> String {
        text.split_inclusive('\n').filter(|line| !is_comment(line)).collect()
    }

    #[test]
    fn it_is_put_under_a_heading_and_nothing_else_is_different() {
        let check = |text: &str, want: &str| {
            let after = put(text, "- a", "").unwrap();
            let want = want.replace("{}", "<!-- goen:prep begin -->\n\n- a\n\n<!-- goen:prep end -->");
            assert_eq!(bare(&after), want, "for {text:?}");
            assert_eq!(put(&after, "- a", ""), Ok(after.clone()));
            let back = take_region_back((text, &after), part("- a", "")).unwrap();
            let words =
                |text: &str| text.lines().filter(|l| !l.is_empty()).map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(words(&back.apply(&after).unwrap()), words(text));
        };
        let front = "---\ntype: event\n---\n";
        check(front, &format!("{front}\n## 準備\n\n{{}}\n"));
        check(
            &format!("{front}# 会\n\n## 話\n\n- x\n"),
            &format!("{front}# 会\n\n## 話\n\n- x\n\n## 準備\n\n{{}}\n"),
        );
        check("\u{feff}", "\u{feff}## 準備\n\n{}\n");
        check("\t", "\t\n## 準備\n\n{}");
        check(&format!("{front}text"), &format!("{front}text\n\n## 準備\n\n{{}}"));
        check(&format!("{front}## 準備\n## 話\n"), &format!("{front}## 準備\n\n{{}}\n\n## 話\n"));
        check(
            &format!("{front}## 準備 \n\nx\n\n### 話\n"),
            &format!("{front}## 準備 \n\nx\n\n{{}}\n\n### 話\n"),
        );
        check(&format!("{front}# 一\n# 二\n"), &format!("{front}# 一\n# 二\n\n# 準備\n\n{{}}\n"));
    }

    #[test]
    fn what_is_taken_back_leaves_no_more_than_a_blank_line() {
        let text = "---\ntype: event\n---\n## 準備\n## 話\n";
        let after = put(text, "- a", "").unwrap();
        let back = take_region_back((text, &after), part("- a", "")).unwrap();
        assert_eq!(back.apply(&after).unwrap(), text.replace("準備\n", "準備\n\n"));
    }

    #[test]
    fn line_ends_and_a_mark_at_the_beginning_stay() {
        let after = put("\u{feff}---\r\ntype: event\r\n---\r\n# 会\r\n", "- a\n- b", "").unwrap();
        assert!(after.starts_with("\u{feff}---\r\n"), "{after:?}");
        assert_eq!(after.matches('\n').count(), after.matches("\r\n").count(), "{after:?}");
    }

    #[test]
    fn what_somebody_typed_stays_below() {
        let with = |inside: &str| {
            format!("---\ntype: event\n---\n<!-- goen:prep begin -->\n{inside}<!-- goen:prep end -->\n末\n")
        };
        let check = |inside: &str, body: &str, before: &str, want: &str| {
            let after = put(&with(inside), body, before).unwrap();
            assert_eq!(bare(&after), with(want), "for {inside:?}");
            assert_eq!(put(&after, body, before).unwrap(), after);
        };
        check("- a\n", "- b", "- a", "\n- b\n\n");
        check("- a\nmine\n\nmore\n- c\n", "- b", "- a\n- c", "\n- b\n\nmine\n\nmore\n\n");
        check("- [x] a\n- [ ] b\n", "- [ ] a\n- [ ] b", "", "\n- [x] a\n- [ ] b\n\n");
        // Marked, and not among what there is to do any more.
        check("- [x] a\n", "- b", "- [ ] a", "\n- b\n\n- [x] a\n\n");
        check("  - below\n", "- b", "", "\n- b\n\n- below\n\n");
    }

    #[test]
    fn nothing_is_written_where_the_place_is_not_certain() {
        let check = |text: &str, why: Obstacle| assert_eq!(put(text, "- a", ""), Err(why), "for {text:?}");
        check("<!-- goen:prep begin -->\n", Obstacle::Markers);
        check("<!-- goen:prep end -->\n", Obstacle::Markers);
        check("---\ntype: event\n", Obstacle::Unclosed);
        check("a\rb\r", Obstacle::CrOnly);
        for opens in ["```", "%%", "<!-- x", "<pre>"] {
            check(&format!("text\n\n{opens}\nmore\n"), Obstacle::Hidden(3));
            check(&format!("{opens}\nmore\n"), Obstacle::Hidden(1));
        }
    }

    #[test]
    fn what_was_changed_since_is_not_taken_back() {
        let after = put("---\ntype: event\n---\n", "- a", "").unwrap();
        let typed = after.replace("- a\n", "- a\n- mine\n");
        let refused = take_region_back(("", &typed), part("- a", "")).map_err(|refusal| refusal.why);
        assert_eq!(refused, Err(Obstacle::NotGoens));
    }
}
