//! What a template is given: finished, harmless strings, and the numbers of the day.

use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::Serialize;

use super::Held;
use super::link::Linker;
use super::safe::safe;
use super::words::{Voice, weekday};
use super::{Setting, Stay, Troubled, words};
use crate::config::PageDates;
use crate::plan::{Agenda, Item, Kind, Section, State, TopicKind, Why};
use crate::template::{List, list, stand_in};
use crate::text::QuickSet;

/// The page, before a template puts it in order.
#[derive(Debug, Serialize)]
pub(super) struct View {
    date: String,
    weekday: &'static str,
    day_spent: String,
    day_limit: String,
    week_spent: String,
    week_limit: String,
    /// Everybody but those that are closed.
    people: usize,
    states: String,
    today: List,
    week: List,
    later: List,
    done: List,
    /// The line of a day without items.
    nothing: String,
    /// The line that says how many wait for room; empty where nobody does.
    waiting: String,
    /// The line of notes that need a look; empty where none does.
    troubled: String,
    /// How many those are.
    problems: usize,
}

/// An item.
#[derive(Debug, Serialize)]
struct Line {
    /// The whole line.
    line: String,
    /// The lines below it, indented.
    children: Vec<String>,
    /// The line and those below it.
    block: String,
    // The parts of the line.
    #[serde(rename = "box")]
    mark: String,
    tag: String,
    lead: String,
    sentence: String,
    reason: String,
    fields: String,
    id: String,
    // What it is about.
    kind: &'static str,
    link: String,
    name: String,
    planned: String,
}

/// Sections in the order of [`View`]'s lists.
pub(super) const SECTIONS: [Section; 4] = [Section::Today, Section::Week, Section::Later, Section::Done];

impl View {
    pub fn of(agenda: &Agenda, setting: &Setting<'_>) -> Self {
        let voice = Voice { lang: setting.lang, today: agenda.date, show: safe };
        let linker = Linker::new(setting.config, setting.index);
        let desk = Desk { voice: &voice, linker: &linker, setting };
        // What is recorded by half keeps its open place until it is whole; so does a tick that waits while
        // another machine's is in the note already.
        let is_half = |item: &&Item| {
            let is_open = |held: &Held| held.mark != ' ' && !held.was_done;
            item.done
                && match setting.staying.get(&*item.id) {
                    Some(Stay::NotRecorded(_)) => true,
                    Some(Stay::Waiting) => setting.marks.get(&item.id).is_some_and(is_open),
                    _ => false,
                }
        };
        let whole = agenda.all().filter(|item| !is_half(item));
        let placed: QuickSet<&str> = whole.map(|item| item.id.as_str()).collect();
        // What could not be taken back on a day that is over has no place any more.
        let staying = setting.marks.iter().filter(|held| {
            let stay = setting.staying.get(&held.id).filter(|stay| !matches!(stay, Stay::NotTakenBack(_)));
            stay.is_some() && !placed.contains(held.id.as_str())
        });
        let mut staying = Some(staying.filter_map(|held| desk.staying(held)));
        let lists = SECTIONS.map(|section| {
            let items: Vec<&Item> = agenda.section(section).filter(|item| !is_half(item)).collect();
            // A large circle has hundreds of birthdays and promises in a month.
            let mut lines: Vec<Line> = items.into_par_iter().map(|item| desk.line(item)).collect();
            if section == Section::Today {
                lines.extend(staying.take().into_iter().flatten());
            }
            list(lines)
        });
        Self::with(agenda, setting, &desk, lists)
    }

    /// The view with a stand-in for each section: its line is this one, and there are so many.
    pub fn outline(agenda: &Agenda, setting: &Setting<'_>, sections: [(&str, usize); 4]) -> Self {
        let voice = Voice { lang: setting.lang, today: agenda.date, show: safe };
        let linker = Linker::new(setting.config, setting.index);
        let desk = Desk { voice: &voice, linker: &linker, setting };
        let lists = sections.map(|(line, count)| stand_in(Line::bare(line.to_owned()), count));
        Self::with(agenda, setting, &desk, lists)
    }

    fn with(agenda: &Agenda, setting: &Setting<'_>, desk: &Desk<'_>, lists: [List; 4]) -> Self {
        let voice = desk.voice;
        let count = |state| agenda.count(state);
        let all: usize = agenda.counts.values().sum();
        let Troubled { count: troubled, first } = setting.troubled;
        let named: Vec<String> = first.iter().map(|path| desk.linker.to(path, path.name())).collect();
        let energy = &agenda.energy;
        let [today, week, later, done] = lists;
        Self {
            date: agenda.date.to_string(),
            weekday: weekday(agenda.date, setting.lang),
            day_spent: number(energy.day.spent),
            day_limit: number(energy.day.limit),
            week_spent: number(energy.week.spent),
            week_limit: number(energy.week.limit),
            people: all - count(State::Closed),
            states: voice.states(count),
            today,
            week,
            later,
            done,
            nothing: voice.nothing(),
            waiting: voice.waiting(agenda.waiting),
            troubled: voice.troubled(*troubled, &named),
            problems: *troubled,
        }
    }
}

/// Other threads take longer to wake than so few lines.
const FEW: usize = 64;

/// What is made of the whole lines of each item, as a page has them.
pub(super) fn each_block<T: Send>(
    items: &[&Arc<Item>],
    date: NaiveDate,
    setting: &Setting<'_>,
    make: impl Fn(&Item, String) -> T + Sync,
) -> Vec<T> {
    let voice = Voice { lang: setting.lang, today: date, show: safe };
    let linker = Linker::new(setting.config, setting.index);
    let desk = Desk { voice: &voice, linker: &linker, setting };
    let made = |item: &&Arc<Item>| make(item, desk.line(item).block);
    if items.len() <= FEW {
        items.iter().map(made).collect()
    } else {
        items.par_iter().with_max_len(FEW).map(made).collect()
    }
}

/// What lines are written with.
struct Desk<'a> {
    voice: &'a Voice,
    linker: &'a Linker<'a>,
    setting: &'a Setting<'a>,
}

impl Line {
    /// A line of which no more is known than its text.
    fn bare(line: String) -> Self {
        let none = String::new;
        Self {
            block: line.clone(),
            sentence: line.clone(),
            line,
            children: Vec::new(),
            mark: none(),
            tag: none(),
            lead: none(),
            reason: none(),
            fields: none(),
            id: none(),
            kind: "",
            link: none(),
            name: none(),
            planned: none(),
        }
    }
}

impl Desk<'_> {
    fn line(&self, item: &Item) -> Line {
        let held = self.setting.marks.get(&item.id);
        let mark = mark(item, held, self.setting.staying.get(&*item.id));
        let tag = self.setting.config.page.task_tag.clone().unwrap_or_default();
        let about = item.person.as_ref().or(item.subject.as_ref());
        let link = about.map_or_else(String::new, |path| self.linker.to(path, &item.name));
        let lead = match (item.section, item.planned) {
            (Section::Week | Section::Later, Some(day)) => self.voice.lead(day),
            _ => String::new(),
        };
        let sentence = self.voice.sentence(item, &link);
        let reason = self.reason(item, &sentence);
        let mut fields = self.fields(item);
        for stamp in held.iter().filter(|_| !item.done).flat_map(|held| &held.stamps) {
            push_word(&mut fields, stamp);
        }
        let id = format!("^{}", item.id);
        let mut line = format!("- [{mark}]");
        push_word(&mut line, &tag);
        push_word(&mut line, &format!("{lead}{sentence}"));
        if !reason.is_empty() {
            push_word(&mut line, &format!("— {reason}"));
        }
        push_word(&mut line, &fields);
        push_word(&mut line, &id);
        // A line with a mark waits to be taken in: whatever was changed on it (a date, a word) stays.
        if let Some(marked) = held.filter(|held| held.mark != ' ' && !item.done).and_then(Held::line_again) {
            line = marked;
        }
        let mut children: Vec<String> =
            self.children(item).into_iter().map(|text| format!("    - {text}")).collect();
        children.extend(self.notice(&item.id));
        children.extend(held.iter().flat_map(|held| held.own.iter().cloned()));
        let mut block = line.clone();
        for child in &children {
            block.push('\n');
            block.push_str(child);
        }
        Line {
            line,
            children,
            block,
            mark: format!("[{mark}]"),
            tag,
            lead,
            sentence,
            reason,
            fields,
            id,
            kind: item.kind.word(),
            link,
            name: safe(&item.name),
            planned: item.planned.map_or_else(String::new, |day| day.to_string()),
        }
    }

    /// A line that stays as the user left it.
    fn staying(&self, held: &Held) -> Option<Line> {
        let line = held.line_again()?;
        let mut children: Vec<String> = self.notice(&held.id).into_iter().collect();
        children.extend(held.own.iter().cloned());
        let mut block = line.clone();
        for child in &children {
            block.push('\n');
            block.push_str(child);
        }
        let mark = format!("[{}]", held.mark);
        let id = format!("^{}", held.id);
        Some(Line { children, block, mark, id, ..Line::bare(line) })
    }

    /// The line that says why an item is not recorded yet.
    fn notice(&self, id: &str) -> Option<String> {
        let notice = words::notice(self.setting.staying.get(id)?, self.voice.lang)?;
        Some(format!("    - {notice}"))
    }

    /// A promise's date says enough where it is shown.
    fn reason(&self, item: &Item, sentence: &str) -> String {
        let dated = item.kind == Kind::Promise && matches!(item.why, Why::Promise { due: Some(_), .. });
        if dated && self.setting.config.page.dates != PageDates::None {
            return String::new();
        }
        self.voice.reason_beside(item, sentence)
    }

    /// The date in the spelling of Tasks or Dataview.
    fn fields(&self, item: &Item) -> String {
        if item.done {
            return String::new();
        }
        let (day, is_own) = match (own_day(item), item.planned) {
            (Some(day), _) => (day, true),
            (None, Some(day)) => (day, false),
            (None, None) => return String::new(),
        };
        match (self.setting.config.page.dates, is_own) {
            (PageDates::Emoji, true) => format!("📅 {day}"),
            (PageDates::Emoji, false) => format!("⏳ {day}"),
            (PageDates::Dataview, true) => format!("[due:: {day}]"),
            (PageDates::Dataview, false) => format!("[scheduled:: {day}]"),
            (PageDates::None, _) => String::new(),
        }
    }

    fn children(&self, item: &Item) -> Vec<String> {
        let mut out: Vec<String> = item
            .topics
            .iter()
            .filter_map(|topic| {
                let link = topic.link.as_ref().map(|path| self.linker.to(path, path.name()));
                self.voice.topic(item, topic, link.as_deref())
            })
            .collect();
        let also: Vec<Kind> = item.also.iter().copied().filter(|kind| !told(item, *kind)).collect();
        if !also.is_empty() {
            out.push(self.voice.also(&also));
        }
        debug_assert!(out.iter().all(|line| words::labels().any(|label| line.starts_with(label))));
        out
    }
}

/// Whether a topic tells of a further reason already.
fn told(item: &Item, kind: Kind) -> bool {
    let topic = match kind {
        Kind::Promise | Kind::Waiting => TopicKind::Promise,
        Kind::Milestone => TopicKind::Milestone,
        Kind::Share => TopicKind::Clip,
        _ => return false,
    };
    item.topics.iter().any(|t| t.kind == topic)
}

/// The date of its own, as far as nobody's queries would call it late: what others
/// owe and what has passed is no task of that day.
fn own_day(item: &Item) -> Option<NaiveDate> {
    let day = item.day?;
    let passed = item.planned.is_some_and(|planned| day < planned);
    match item.kind {
        Kind::Waiting => None,
        Kind::Promise => Some(day),
        _ if passed => None,
        _ => Some(day),
    }
}

/// The mark in the box: the user's where there is one. What is done is done: only where it could
/// not be taken back the box stays empty.
fn mark(item: &Item, held: Option<&Held>, stay: Option<&Stay>) -> char {
    match held.map(|held| held.mark) {
        _ if item.done && matches!(stay, Some(Stay::NotTakenBack(_))) => ' ',
        // It waits to be taken back; words that wait to be said of it empty no box.
        Some(' ') if item.done && matches!(stay, Some(Stay::Waiting)) => ' ',
        _ if item.done && is_skip(item) => '-',
        _ if item.done => 'x',
        Some(mark) => mark,
        None => ' ',
    }
}

fn is_skip(item: &Item) -> bool {
    matches!(item.why, Why::Done { skipped: true, .. })
}

fn push_word(out: &mut String, word: &str) {
    if !word.is_empty() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// `2`, `1.5`
fn number(n: f64) -> String {
    let text = format!("{n:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
