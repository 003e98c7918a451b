//! A new entry in the log: under the heading that holds it, in the log's own order and style.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::style::Style;
use super::{Edit, Refusal, Splice, is_cr_only, line_end, line_start, next_line, pairs};
use crate::date;
use crate::note::body::{self, Body, Item};
use crate::note::dialect::Dialect;
use crate::note::find::Desk;
use crate::note::front::Front;
use crate::note::log;
use crate::problem::Obstacle;
use crate::text::{Lang, NotePath, Span};

/// An entry to be written.
#[derive(Debug, Clone, Copy)]
pub struct NewEntry<'a> {
    /// The day.
    pub day: NaiveDate,
    /// What stands behind it, in one line: channel, text, tags, id.
    pub words: &'a str,
    /// Lines of a list below it, with their bullets, indented among themselves.
    pub below: &'a [String],
}

/// An entry that is there, and its day.
struct Dated<'b> {
    item: &'b Item,
    day: NaiveDate,
}

/// A log heading with what stands under it.
struct Section<'b> {
    /// From the heading's text to the next heading that is not below it.
    span: Span,
    /// Where the first heading below it, or else its end, is.
    own_end: usize,
    entries: Vec<Dated<'b>>,
}

/// Puts an entry into the log; a note without a log gets one at its end, headed in `lang`.
///
/// # Errors
/// Where the place is not certain: see [`Refusal`].
pub fn add_entry(
    path: &NotePath,
    text: &str,
    entry: NewEntry<'_>,
    lang: Lang,
    dialect: &Dialect,
) -> Result<Edit, Refusal> {
    if is_cr_only(text) {
        return Err(Refusal::new(Obstacle::CrOnly, Span::new(0, 0)));
    }
    // A note whose head cannot be read is not written to at all.
    pairs(text)?;
    let start = Front::find(text).body();
    let body = body::read(text, start);
    let sections = sections(text, &body, dialect);
    let holding: Vec<&Section<'_>> = sections.iter().filter(|section| !section.entries.is_empty()).collect();
    let splices = match (holding.as_slice(), sections.first()) {
        ([section], _) => vec![beside(text, &body, section, &entry)],
        // Text that is set in would become a part of an entry above it; below it there is room.
        ([], Some(section)) => {
            vec![below_heading(text, section, &entry), below_text(text, section, &entry)]
        }
        ([], None) => vec![at_end(text, start, &entry, lang)],
        ([_, second, ..], _) => return Err(Refusal::new(Obstacle::TwoLogs, second.span)),
    };
    let place = splices[0].span;
    let before = told(path, text, dialect);
    let reads_as_planned = |splice: Splice| {
        let at = splice.span.start as usize;
        let written = Span::new(at, at + splice.text.len());
        let edit = Edit::new(text, vec![splice])?;
        let after = told(path, &edit.apply(text)?, dialect);
        is_one_more(&before, &after, written, &entry).then_some(edit)
    };
    // Whatever was planned is written only where it reads so.
    splices.into_iter().find_map(reads_as_planned).ok_or_else(|| Refusal::uncertain(place))
}

/// An entry as it stands in a text.
struct Told {
    day: NaiveDate,
    /// All of it, to the end of its last line.
    words: String,
    span: Span,
}

/// The entries of a text, in its order.
fn told(path: &NotePath, text: &str, dialect: &Dialect) -> Vec<Told> {
    let desk = Desk::new(path, text, dialect);
    let body = body::read(text, Front::find(text).body());
    let entries = log::entries(&desk, &body, false).into_iter().map(|entry| {
        let words = entry.span.of(text).trim_end();
        let start = entry.span.start as usize;
        Told { day: entry.day, words: words.to_owned(), span: Span::new(start, start + words.len()) }
    });
    entries.collect()
}

/// Whether a text reads as another one did before, with an entry more that holds nothing but what
/// was written for it.
fn is_one_more(before: &[Told], after: &[Told], written: Span, entry: &NewEntry<'_>) -> bool {
    let (new, others): (Vec<&Told>, Vec<&Told>) =
        after.iter().partition(|told| written.start <= told.span.start && told.span.end <= written.end);
    let is_planned = |told: &Told| {
        let line = told.words.lines().next().unwrap_or("");
        told.day == entry.day && line.trim_end().ends_with(entry.words.trim())
    };
    matches!(new.as_slice(), [new] if is_planned(new))
        && others.iter().map(|told| &told.words).eq(before.iter().map(|told| &told.words))
}

/// The log headings, each with its dated entries.
fn sections<'b>(text: &str, body: &'b Body, dialect: &Dialect) -> Vec<Section<'b>> {
    let mut out: Vec<Section<'b>> = Vec::new();
    for (at, heading) in body.headings.iter().enumerate() {
        let inside = out.last().is_some_and(|outer| heading.text.start < outer.span.end);
        if inside || !dialect.is_log_heading(heading.text.of(text)) {
            continue;
        }
        let rest = &body.headings[at + 1..];
        let line = |place: u32| line_start(text, place as usize);
        let end =
            rest.iter().find(|next| next.level <= heading.level).map_or(text.len(), |h| line(h.text.start));
        let own_end = rest.first().map_or(text.len(), |next| line(next.text.start));
        let span = Span::new(heading.text.start as usize, end);
        let within = |item: &&Item| item.span.start >= span.start && item.span.end <= span.end;
        let items = body.items.iter().filter(|item| item.depth == 1 && !item.quoted).filter(within);
        let dated = items.filter_map(|item| {
            let (day, _) = date::prefix(item.text.of(text), dialect.day_first).ok()?;
            matches!(item.mark, None | Some('x' | 'X')).then_some(Dated { item, day })
        });
        out.push(Section { span, own_end, entries: dated.collect() });
    }
    out
}

/// Among the entries that are there, in their order.
fn beside(text: &str, body: &Body, section: &Section<'_>, entry: &NewEntry<'_>) -> Splice {
    let days: Vec<NaiveDate> = section.entries.iter().map(|dated| dated.day).collect();
    // One entry out of order does not turn the log around.
    let steps = |order: Ordering| days.windows(2).filter(|pair| pair[0].cmp(&pair[1]) == order).count();
    let oldest_first = steps(Ordering::Less) > steps(Ordering::Greater);
    let before = if oldest_first {
        let behind = section.entries.iter().rposition(|dated| dated.day <= entry.day);
        Some(behind.map_or(0, |at| at + 1)).filter(|at| *at < section.entries.len())
    } else {
        section.entries.iter().position(|dated| dated.day <= entry.day)
    };
    let model = before.or(section.entries.len().checked_sub(1)).and_then(|at| section.entries.get(at));
    let lines = match model {
        Some(Dated { item, .. }) => {
            let linked = item.text.of(text).starts_with("[[");
            lines(entry, &Style::of(text, body, item, section.span), linked)
        }
        None => lines(entry, &Style::default(), false),
    };
    match before.and_then(|at| section.entries.get(at)) {
        Some(next) => {
            let at = line_start(text, next.item.span.start as usize);
            let eol = line_end(text, at);
            Splice { span: Span::new(at, at), text: lines.join(eol) + eol }
        }
        None => {
            let end = section.entries.last().map_or(section.own_end, |last| last.item.span.end as usize);
            behind_line(text, end, &lines)
        }
    }
}

/// The first entry under a heading that has none.
fn below_heading(text: &str, section: &Section<'_>, entry: &NewEntry<'_>) -> Splice {
    let heading = section.span.start as usize;
    let mut at = next_line(text, heading);
    // The underline of a heading belongs to it.
    let under = text[at..].lines().next().unwrap_or("").trim_end();
    if !under.is_empty() && (under.bytes().all(|b| b == b'=') || under.bytes().all(|b| b == b'-')) {
        at = next_line(text, at);
    }
    let eol = line_end(text, at);
    let written = lines(entry, &Style::default(), false).join(eol);
    let rest = &text[at..section.own_end.max(at)];
    let blank = rest.lines().next().is_some_and(|line| line.trim().is_empty());
    let at = if blank { next_line(text, at) } else { at };
    let ends_open = at == text.len() && !text.ends_with('\n');
    let lead = match (ends_open, blank) {
        (true, _) => eol.repeat(2),
        (false, true) => String::new(),
        (false, false) => eol.to_owned(),
    };
    // What follows must not become a part of the entry.
    let follows = text[at..].lines().next().is_some_and(|line| !line.trim().is_empty());
    let tail = if ends_open { "" } else { eol };
    let gap = if follows { eol } else { "" };
    Splice { span: Span::new(at, at), text: format!("{lead}{written}{tail}{gap}") }
}

/// The first entry under a heading that has none, below all other text that stands there.
fn below_text(text: &str, section: &Section<'_>, entry: &NewEntry<'_>) -> Splice {
    let end = text[..section.own_end].trim_end().len();
    let at = next_line(text, end);
    let eol = line_end(text, at);
    let written = lines(entry, &Style::default(), false).join(eol);
    let (lead, tail) = if text[..at].ends_with('\n') { (eol.to_owned(), eol) } else { (eol.repeat(2), "") };
    Splice { span: Span::new(at, at), text: format!("{lead}{written}{tail}") }
}

/// A log of its own at the end of the note.
fn at_end(text: &str, body: usize, entry: &NewEntry<'_>, lang: Lang) -> Splice {
    let heading = match lang {
        Lang::Ja => "## 記録",
        Lang::En => "## Log",
    };
    let end = text.len();
    let eol = line_end(text, end);
    let lead = if text[body..].trim().is_empty() && (end == 0 || text.ends_with('\n')) {
        String::new()
    } else if !text.ends_with('\n') {
        eol.repeat(2)
    } else if text.ends_with(&eol.repeat(2)) {
        String::new()
    } else {
        eol.to_owned()
    };
    let written = lines(entry, &Style::default(), false).join(eol);
    Splice { span: Span::new(end, end), text: format!("{lead}{heading}{eol}{eol}{written}{eol}") }
}

/// Behind the line in which `at` stands.
fn behind_line(text: &str, at: usize, lines: &[String]) -> Splice {
    let place = next_line(text, at);
    let eol = line_end(text, place);
    let written = lines.join(eol);
    if place == text.len() && !text.ends_with('\n') {
        return Splice { span: Span::new(place, place), text: format!("{eol}{written}") };
    }
    Splice { span: Span::new(place, place), text: format!("{written}{eol}") }
}

fn lines(entry: &NewEntry<'_>, style: &Style<'_>, linked: bool) -> Vec<String> {
    let day = if linked { format!("[[{}]]", entry.day) } else { entry.day.to_string() };
    let mut out = vec![format!("{}{day} {}", style.lead, entry.words.trim()).trim_end().to_owned()];
    out.extend(entry.below.iter().map(|line| style.below(line)));
    out
}

#[cfg(test)]
mod tests;
