//! Open tasks: what may be a promise.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::{Captures, Regex};

use super::body::{Body, Item, tag_at};
use super::find::Desk;
use super::plain::{plain, regex};
use crate::date::{self, DateError};
use crate::text::{Span, Text, fold, head};

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Due {
    /// On a day.
    On(NaiveDate),
    /// On a month and day, as `〆8/20` says it.
    Yearless {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
}

impl Due {
    /// The day: without a year, the first on or after the day it was written down
    /// (`since`), else the one nearest to `today`.
    pub fn day(self, since: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
        match self {
            Self::On(day) => day,
            Self::Yearless { month, day } => {
                let in_year = |year| {
                    NaiveDate::from_ymd_opt(year, month, day)
                        .or_else(|| NaiveDate::from_ymd_opt(year, month, 28))
                };
                let around = since.unwrap_or(today).year();
                let mut candidates = [around - 1, around, around + 1].into_iter().filter_map(in_year);
                let found = match since {
                    Some(since) => candidates.find(|d| *d >= since),
                    None => candidates.min_by_key(|d| (*d - today).num_days().abs()),
                };
                found.unwrap_or(today)
            }
        }
    }
}

/// An open task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What is to be done, in one plain line.
    pub text: Text,
    /// When.
    pub due: Option<Due>,
    /// `#theirs`: they owe it to you.
    pub theirs: bool,
    /// When it was written down: its `➕`, else the day of the log entry or dated note around it.
    pub since: Option<NaiveDate>,
    /// The line, from 1.
    pub line: u32,
    /// Which of several tasks of the same text in the note, from 0; those that are done come first.
    pub ordinal: u16,
    /// It comes again once it is done (`🔁`): the plugin's own to tick.
    pub recurring: bool,
    /// The links in it, as numbers into the note's links.
    pub links: Box<[u16]>,
    /// Its line in the note, behind the box.
    pub span: Span,
}

/// Of a longer line only so many bytes are read: nobody promises a book.
const LONGEST: usize = 4096;

/// The open tasks of a body. `day_of` says which day surrounds a place.
pub fn tasks(desk: &Desk<'_>, body: &Body, day_of: impl Fn(&Item) -> Option<NaiveDate>) -> Vec<Task> {
    let mut out: Vec<Task> = Vec::new();
    let mut ordinals: HashMap<Text, u16> = HashMap::new();
    // Links come in the order of the text, as items do; a link's item is the innermost around it.
    let mut links_of: HashMap<u32, Vec<u16>> = HashMap::new();
    for (at, link) in body.links.iter().enumerate().filter(|(_, link)| !link.embed) {
        if let (Some(item), Ok(at)) = (link.item, u16::try_from(at)) {
            links_of.entry(item).or_default().push(at);
        }
    }
    // A promise given once more after it was kept is another one. Most that are done begin with
    // other words than any that is open: their words are not made.
    let begins = |item: &Item| item.text.of(desk.text).chars().next();
    let open: HashSet<_> = body.items.iter().filter(|item| item.mark == Some(' ')).map(begins).collect();
    let done = body.items.iter().filter(|item| matches!(item.mark, Some('x' | 'X' | '-')));
    for item in done.filter(|item| open.contains(&begins(item))) {
        let known: &mut u16 = ordinals.entry(words(desk, item.text)).or_insert(0);
        *known = known.saturating_add(1);
    }
    let mut line = 1;
    let mut counted = 0;
    for (number, item) in body.items.iter().enumerate() {
        if item.mark != Some(' ') {
            continue;
        }
        let at = item.text.start as usize;
        line += memchr::memchr_iter(b'\n', &desk.text.as_bytes()[counted..at]).count();
        counted = at;
        let raw = head(item.text.of(desk.text), LONGEST);
        let fields = Fields::read(desk, raw, item.text);
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let links = links_of.remove(&number).unwrap_or_default().into();
        let text: Text = plain(&fields.text);
        // An empty box promises nothing.
        if text.is_empty() {
            continue;
        }
        let ordinal = ordinals.entry(text.clone()).or_insert(0);
        out.push(Task {
            text,
            due: fields.due,
            theirs: fields.theirs,
            since: fields.added.or_else(|| day_of(item)),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            ordinal: std::mem::replace(ordinal, ordinal.saturating_add(1)),
            recurring: raw.contains('🔁') || raw.contains("repeat::"),
            links,
            span: item.text,
        });
    }
    out
}

/// The words of a task, done or not, as [`Task::text`] has them.
pub fn words(desk: &Desk<'_>, place: Span) -> Text {
    // A date that is wrong was told of where the task is read, if it is.
    let silent = Desk::new(desk.path, desk.text, desk.dialect);
    plain(&Fields::read(&silent, head(place.of(desk.text), LONGEST), place).text)
}

/// What a task's line says besides its text.
struct Fields {
    text: String,
    due: Option<Due>,
    theirs: bool,
    added: Option<NaiveDate>,
}

/// Signs of the Tasks plugin that a date follows: due, scheduled, start, created, done, cancelled.
const DATED: [char; 9] = ['📅', '📆', '🗓', '⏳', '⌛', '🛫', '➕', '✅', '❌'];
/// Those that say when it is due.
const DUE: [char; 3] = ['📅', '📆', '🗓'];

// What most vaults never need is made when a line first asks for it: blanks are named rather
// than `\s`, whose tables take longer to build than a small vault to read.

/// The plugin's other signs, with what belongs to them.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"[⏫🔼🔽⏬🔺]\u{fe0f}?|🔁\u{fe0f}?[^📅📆🗓⏳⌛🛫➕✅❌]*|[🆔⛔🏁]\u{fe0f}?[ \t\u{3000}]*[^ \t\u{3000}]+",
    )
});
const OTHERS: [char; 9] = ['⏫', '🔼', '🔽', '⏬', '🔺', '🔁', '🆔', '⛔', '🏁'];
/// A Dataview field, in brackets or to the end of the line.
static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\[([A-Za-z ]+)::[ \t]*((?:\[\[[^\]]*\]\]|[^\]])*)\]|\(([A-Za-z ]+)::[ \t]*([^)]*)\)|(?-u:\b)((?i-u:due|created|scheduled|start|priority|repeat))::[ \t]*([^ \t\u{3000}]+)",
    )
});
static PARENTHESES: LazyLock<Regex> = LazyLock::new(|| regex(r"[(（]([^()（）]{6,24})[)）]"));
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"〆(?:切り?)?[:：]?[ \t\u{3000}]*([0-9０-９]{1,2})[ \t\u{3000}]*[/／月][ \t\u{3000}]*([0-9０-９]{1,2})日?",
    )
});

/// Takes out of a text what a pattern finds, where there is anything of it at all.
fn take_out(
    text: String,
    sign: impl FnOnce(&str) -> bool,
    pattern: &LazyLock<Regex>,
    instead: impl FnMut(&Captures<'_>) -> String,
) -> String {
    if sign(&text) { pattern.replace_all(&text, instead).into_owned() } else { text }
}

/// Whether a task's line may have more than text: the plugins' signs, the colon of a field,
/// a parenthesis, a closing date, a tag.
fn may_say_more(c: char) -> bool {
    matches!(c, ':' | '(' | '（' | '〆' | '#' | '＃' | '[' | '\u{2300}'..='\u{2bff}' | '\u{1f000}'..)
}

impl Fields {
    fn read(desk: &Desk<'_>, raw: &str, place: Span) -> Self {
        let mut fields = Self { text: String::new(), due: None, theirs: false, added: None };
        let day_first = desk.dialect.day_first;
        // Of all these signs most tasks have none.
        if !raw.contains(may_say_more) {
            fields.text = raw.to_owned();
            return fields;
        }
        let mut rest = raw;
        let mut text = String::with_capacity(raw.len());
        while let Some((at, sign)) = rest.char_indices().find(|(_, c)| DATED.contains(c)) {
            text.push_str(&rest[..at]);
            rest = rest[at + sign.len_utf8()..].trim_start_matches('\u{fe0f}').trim_start();
            let is_due = DUE.contains(&sign);
            match date::prefix(rest, day_first) {
                Ok((day, len)) => {
                    rest = &rest[len..];
                    if is_due {
                        fields.due = fields.due.or(Some(Due::On(day)));
                    } else if sign == '➕' {
                        fields.added = Some(day);
                    }
                }
                Err(error) => {
                    let word: String = rest.chars().take_while(|c| !c.is_whitespace()).take(20).collect();
                    if is_due && (error != DateError::NotADate || !word.is_empty()) {
                        let start = place.start as usize + (raw.len() - rest.len());
                        desk.report_date(Span::new(start, start + word.len()), &word, error);
                    }
                    rest = &rest[word.len()..];
                }
            }
        }
        text.push_str(rest);
        let text = take_out(text, |t| t.contains(OTHERS), &OTHER, |_| String::new());
        let text = take_out(
            text,
            |t| t.contains("::"),
            &INLINE,
            |found| {
                let part = |a, b, c| {
                    found.get(a).or_else(|| found.get(b)).or_else(|| found.get(c)).map_or("", |m| m.as_str())
                };
                let (key, value) = (fold(part(1, 3, 5)).into_owned(), part(2, 4, 6));
                match (key.as_str(), date::prefix(value, day_first)) {
                    ("due", Ok((day, _))) => fields.due = fields.due.or(Some(Due::On(day))),
                    ("due", Err(error)) if !value.trim().is_empty() => {
                        let at = place.start as usize + raw.find(value).unwrap_or(0);
                        desk.report_date(Span::new(at, at + value.len()), value, error);
                    }
                    ("created", Ok((day, _))) => fields.added = fields.added.or(Some(day)),
                    _ => {}
                }
                String::new()
            },
        );
        let text = take_out(
            text,
            |t| t.contains(['(', '（']),
            &PARENTHESES,
            |found| match date::parse(&found[1], day_first) {
                Ok(day) => {
                    fields.due = fields.due.or(Some(Due::On(day)));
                    String::new()
                }
                Err(_) => found[0].to_owned(),
            },
        );
        let text = take_out(
            text,
            |t| t.contains('〆'),
            &CLOSING,
            |found| {
                let number = |n: usize| fold(&found[n]).parse::<u32>().unwrap_or(0);
                let (month, day) = (number(1), number(2));
                // 2/29 may be meant of a leap year; no year has a 2/30.
                let exists = NaiveDate::from_ymd_opt(2024, month, day).is_some();
                if (1..=12).contains(&month) && !exists {
                    let at = place.start as usize + raw.find(&found[0]).unwrap_or(0);
                    let written = Span::new(at, at + found[0].len());
                    desk.report_date(written, &found[0], DateError::Impossible);
                }
                if exists {
                    fields.due = fields.due.or(Some(Due::Yearless { month, day }));
                    String::new()
                } else {
                    found[0].to_owned()
                }
            },
        );
        let text = match text.find('〆') {
            Some(at) => match date::prefix(text[at + '〆'.len_utf8()..].trim_start(), day_first) {
                Ok((day, len)) => {
                    fields.due = fields.due.or(Some(Due::On(day)));
                    let behind = text[at + '〆'.len_utf8()..].trim_start();
                    format!("{}{}", &text[..at], &behind[len..])
                }
                Err(_) => text,
            },
            None => text,
        };
        fields.theirs = text.match_indices('#').filter_map(|(at, _)| tag_at(&text, at)).any(|tag| {
            let tag = fold(tag.of(&text).trim_start_matches('#')).into_owned();
            matches!(tag.split('/').next(), Some("theirs" | "待ち"))
        });
        fields.text = text;
        fields
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::note::edit::tests::dialect;
    use crate::text::NotePath;

    #[test]
    fn a_day_without_a_year_is_the_next_or_the_nearest() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let due = Due::Yearless { month: 1, day: 5 };
        for (since, today, want) in [
            (Some("2026-12-20"), "2026-12-28", "2027-01-05"),
            (Some("2026-01-05"), "2026-12-28", "2026-01-05"),
            (None, "2026-12-28", "2027-01-05"),
            (None, "2026-03-01", "2026-01-05"),
        ] {
            assert_eq!(due.day(since.map(day), day(today)), day(want), "{since:?} {today}");
        }
    }

    #[test]
    fn what_is_no_day_is_named_where_it_stands() {
        for (task, word) in [
            ("資料を送る 📅 いつか #x", Some("いつか")),
            ("資料を送る [due:: いつか] #x", Some("いつか")),
            ("資料を送る 📅 2026-13-01", Some("2026-13-01")),
            ("資料を送る 📅", None),
            ("資料を送る ⏳ いつか", None),
            ("資料を送る 📅 2026-12-01", None),
        ] {
            let text = format!("---\ntype: person\n---\n- [ ] {task}\n");
            let note = crate::note::read(&NotePath::new("田中.md"), text.as_bytes(), dialect());
            let words: Vec<String> = note
                .problems
                .iter()
                .filter_map(|problem| problem.excerpt.as_ref())
                .map(|excerpt| excerpt.line[excerpt.mark.clone()].to_owned())
                .collect();
            assert_eq!(words, word.into_iter().collect::<Vec<_>>(), "{task}");
        }
    }
}
