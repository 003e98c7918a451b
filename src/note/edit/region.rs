//! A part of a note that goen writes: put in, or what is between its markers made anew. What somebody
//! typed there stays, below what goen writes.

use std::collections::BTreeSet;

use super::entry::{line_start, next_line};
use super::{Edit, Refusal, Splice, is_cr_only, line_end, pairs};
use crate::note::body;
use crate::note::dialect::Dialect;
use crate::note::front::Front;
use crate::note::plain::plain;
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
    /// Lines that goen has written there before, or may have: all others are somebody's.
    pub before: &'a str,
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
    let edit = Edit::new(text, vec![splice]).ok_or_else(|| Refusal::uncertain(place))?;
    let after = edit.apply(text).ok_or_else(|| Refusal::uncertain(place))?;
    // Whatever was planned, the note must say what it said.
    let is_there = matches!(find(&after, written.name), Found::One(_));
    let told = |text: &str| Told::of(&read(path, text.as_bytes(), dialect));
    if is_there && told(text) == told(&after) { Ok(edit) } else { Err(Refusal::uncertain(place)) }
}

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
            lines.push(format!("{} {}", "#".repeat(level(&body.headings)), name.heading(lang)));
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
        // Right behind front matter one line may stand free; an empty note begins with it.
        if before.is_empty() && start > 3 { eol.to_owned() } else { String::new() }
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

/// The lines between the markers: what goen writes, with the boxes as somebody marked them, and
/// below it the lines that are somebody's.
fn merged(old: &str, written: Written<'_>) -> Vec<String> {
    let old: Vec<&str> = old.lines().map(str::trim_end).collect();
    let mut goens: BTreeSet<&str> = written.body.lines().map(str::trim_end).collect();
    goens.extend(written.before.lines().map(str::trim_end));
    let mut is_used = vec![false; old.len()];
    let mut out = vec![String::new()];
    for line in written.body.lines().map(str::trim_end) {
        // A box that somebody marked stays marked.
        let marked = old.iter().enumerate().find(|(at, known)| {
            !is_used[*at] && !known.is_empty() && **known != line && unmarked(known).as_deref() == Some(line)
        });
        match marked {
            Some((at, known)) => {
                is_used[at] = true;
                out.push((*known).to_owned());
            }
            None => out.push(line.to_owned()),
        }
    }
    out.push(String::new());
    let is_theirs = |at: usize| !old[at].is_empty() && !is_used[at] && !goens.contains(old[at]);
    let mut last = None;
    for at in (0..old.len()).filter(|at| is_theirs(*at)) {
        // A blank line between two of somebody's lines is theirs too.
        if let Some(last) = last
            && at > last + 1
            && (last + 1..at).all(|between| old[between].is_empty())
        {
            out.extend(vec![String::new(); at - last - 1]);
        }
        out.push(old[at].to_owned());
        last = Some(at);
    }
    if last.is_some() {
        out.push(String::new());
    }
    out
}

/// A line with its box empty; none where it has no box.
fn unmarked(line: &str) -> Option<String> {
    let rest = line.trim_start();
    let indent = &line[..line.len() - rest.len()];
    let inside = rest.strip_prefix("- [")?;
    let mark = inside.chars().next()?;
    let rest = inside[mark.len_utf8()..].strip_prefix(']')?;
    Some(format!("{indent}- [ ]{rest}"))
}

/// The part as it was before goen wrote it, or gone with the heading that goen made for it.
///
/// # Errors
/// Where it is not there, or is not as goen wrote it.
pub fn take_region_back((before, text): (&str, &str), name: Name, body: &str) -> Result<Edit, Refusal> {
    let Found::One(region) = find(text, name) else {
        return Err(Refusal::new(Obstacle::NotGoens, Span::new(0, 0)));
    };
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    if lines(region.inner.of(text)) != lines(body) {
        return Err(Refusal::new(Obstacle::NotGoens, region.span));
    }
    let splice = match find(before, name) {
        Found::One(was) => Splice { span: region.inner, text: was.inner.of(before).to_owned() },
        _ => {
            let end = next_text(text, region.span.end as usize);
            let start = heading_made(before, text, region.span.start as usize, end, name);
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
fn heading_made(before: &str, text: &str, start: usize, end: usize, name: Name) -> usize {
    let above = text[..start].trim_end();
    let at = line_start(text, above.len());
    let line = &text[at..above.len()];
    let words = line.trim_start_matches('#').trim();
    let is_made = line.starts_with('#')
        && [Lang::Ja, Lang::En].iter().any(|lang| name.heading(*lang) == words)
        && before.lines().all(|known| known.trim_end() != line);
    let is_bare = end == text.len() || text[end..].starts_with('#');
    if is_made && is_bare { at } else { start }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tests::dialect;
    use super::*;

    fn put(text: &str, body: &str, before: &str) -> Result<String, Obstacle> {
        let written = Written { name: Name::Prep, body, before };
        let path = NotePath::new("イベント/会.md");
        let edit = put_region(&path, text, written, Lang::Ja, &dialect()).map_err(|refusal| refusal.why)?;
        Ok(edit.apply(text).unwrap())
    }

    #[test]
    fn it_is_put_under_a_heading_and_nothing_else_is_different() {
        let check = |text: &str, want: &str| {
            let after = put(text, "- a", "").unwrap();
            let want = want.replace("{}", "<!-- goen:prep begin -->\n\n- a\n\n<!-- goen:prep end -->");
            assert_eq!(after, want, "for {text:?}");
            assert_eq!(put(&after, "- a", ""), Ok(after.clone()));
            let back = take_region_back((text, &after), Name::Prep, "- a").unwrap();
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
        check(&format!("{front}text"), &format!("{front}text\n\n## 準備\n\n{{}}"));
        check(&format!("{front}## 準備\n## 話\n"), &format!("{front}## 準備\n\n{{}}\n\n## 話\n"));
        check(
            &format!("{front}## 準備 \n\nx\n\n### 話\n"),
            &format!("{front}## 準備 \n\nx\n\n{{}}\n\n### 話\n"),
        );
        check(&format!("{front}# 一\n# 二\n"), &format!("{front}# 一\n# 二\n\n# 準備\n\n{{}}\n"));
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
            assert_eq!(after, with(want), "for {inside:?}");
            assert_eq!(put(&after, body, before).unwrap(), after);
        };
        check("- a\n", "- b", "- a", "\n- b\n\n");
        check("- a\nmine\n\nmore\n- c\n", "- b", "- a\n- c", "\n- b\n\nmine\n\nmore\n\n");
        check("- [x] a\n- [ ] b\n", "- [ ] a\n- [ ] b", "", "\n- [x] a\n- [ ] b\n\n");
        // Marked, and not among what there is to do any more.
        check("- [x] a\n", "- b", "- [ ] a", "\n- b\n\n- [x] a\n\n");
        check("  - below\n", "- b", "", "\n- b\n\n  - below\n\n");
    }

    #[test]
    fn nothing_is_written_where_the_place_is_not_certain() {
        let check = |text: &str, why: Obstacle| assert_eq!(put(text, "- a", ""), Err(why), "for {text:?}");
        check("<!-- goen:prep begin -->\n", Obstacle::Markers);
        check("<!-- goen:prep end -->\n", Obstacle::Markers);
        check("---\ntype: event\n", Obstacle::Unclosed);
        check("a\rb\r", Obstacle::CrOnly);
        check("```\ncode\n", Obstacle::Uncertain);
    }

    #[test]
    fn what_was_changed_since_is_not_taken_back() {
        let after = put("---\ntype: event\n---\n", "- a", "").unwrap();
        let typed = after.replace("- a\n", "- a\n- mine\n");
        let refused = take_region_back(("", &typed), Name::Prep, "- a").map_err(|refusal| refusal.why);
        assert_eq!(refused, Err(Obstacle::NotGoens));
    }
}
