//! What one note says, with the place of everything it says.
//!
//! Bytes and a [`Dialect`] in, a [`Note`] and its problems out. Leaves the disk,
//! the other notes and the day to others.

pub mod body;
pub mod dialect;
pub mod edit;
pub mod fields;
pub mod find;
pub mod flat;
pub mod front;
pub mod keys;
pub mod kind;
pub mod log;
pub mod merge;
pub mod org;
pub mod other;
pub mod person;
pub mod plain;
pub mod region;
pub mod said;
pub mod seasonal;
pub mod signed;
pub mod spelled;
pub mod talk;
pub mod task;
pub mod value;

use std::borrow::Cow;
use std::sync::LazyLock;

use chrono::NaiveDate;
use memchr::memmem::Finder;

use crate::problem::{NotAPerson, Problem, What};
use crate::text::{Digest, NotePath, Span, Text};
use body::Body;
use dialect::Dialect;
use find::{Desk, Matter};
use front::Front;
use keys::Field;
use kind::Sort;
use task::Task;

/// A link to another note, as far as it may matter to somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The target as written, without alias and heading.
    pub target: Text,
    /// `[text](path.md)`: the path is looked for from the note's own folder first.
    pub markdown: bool,
    /// Whether it counts as a contact in a dated note: not in an open task, a
    /// quotation, an embed, or struck through.
    pub counts: bool,
    /// Where it stands.
    pub span: Span,
}

/// What a note stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A person.
    Person(Box<person::Person>),
    /// An event.
    Event(Box<other::Event>),
    /// An organisation.
    Org(Box<other::Org>),
    /// A trip.
    Trip(Box<other::Trip>),
    /// Something worth sharing.
    Clip(Box<other::Clip>),
    /// The user.
    Me(Box<other::Me>),
    /// A dated note.
    Dated(NaiveDate),
    /// In a people folder, but no person.
    Skipped(NotAPerson),
    /// Anything else, and what could not be read; its `date:`, where it has one.
    Other(Option<NaiveDate>),
}

/// A note that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where it is.
    pub path: NotePath,
    /// Which content was read.
    pub digest: Digest,
    /// What it stands for.
    pub kind: Kind,
    /// Its links, as far as they may matter.
    pub links: Box<[Mention]>,
    /// Its open tasks: all of a person's, elsewhere those that link to a note.
    pub tasks: Box<[Task]>,
    /// What is wrong with it.
    pub problems: Box<[Problem]>,
}

impl Note {
    /// A note of which only a problem is known.
    pub fn unread(path: NotePath, bytes: &[u8], what: What) -> Self {
        let problems = Box::new([Problem::of_file(path.clone(), what)]);
        Self {
            path,
            digest: Digest::of(bytes),
            kind: Kind::Other(None),
            links: [].into(),
            tasks: [].into(),
            problems,
        }
    }

    /// A note that is no text from byte `at` on.
    fn undecoded(path: NotePath, bytes: &[u8], at: usize) -> Self {
        let mut note = Self::unread(path, bytes, What::Encoding);
        let line = 1 + memchr::memchr_iter(b'\n', &bytes[..at]).count();
        for problem in &mut note.problems {
            problem.line = u32::try_from(line).unwrap_or(u32::MAX);
        }
        note
    }

    /// Why nothing in its front matter is read, where that is so.
    pub fn front_trouble(&self) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.what.hides_front())
    }

    /// Its log, oldest first: a person's, your own, an event's or an organisation's.
    pub fn log(&self) -> &[log::Entry] {
        match &self.kind {
            Kind::Person(person) => &person.log,
            Kind::Me(me) => &me.log,
            Kind::Event(event) => &event.log,
            Kind::Org(org) => &org.log,
            _ => &[],
        }
    }

    /// The person it stands for.
    pub fn person(&self) -> Option<&person::Person> {
        match &self.kind {
            Kind::Person(person) => Some(person),
            _ => None,
        }
    }

    /// Whether it is about somebody who never appears: who has died, or is not to be contacted.
    pub fn is_of_the_gone(&self) -> bool {
        self.person().is_some_and(|person| person.status.is_gone())
    }
}

/// Reads a note. Whatever is wrong with it becomes a problem, never an error.
pub fn read(path: &NotePath, bytes: &[u8], dialect: &Dialect) -> Note {
    let nul = memchr::memchr(0, bytes);
    let text = match (simdutf8::compat::from_utf8(bytes), nul) {
        (Ok(text), None) => text,
        (decoded, nul) => {
            let valid = decoded.map_or_else(|error| error.valid_up_to(), str::len);
            return Note::undecoded(path.clone(), bytes, nul.map_or(valid, |at| at.min(valid)));
        }
    };
    if let Some(span) = conflict(text) {
        let problem = Problem::at(path.clone(), text, span, What::MergeConflict);
        return Note { problems: [problem].into(), ..Note::unread(path.clone(), bytes, What::MergeConflict) };
    }
    let desk = Desk::new(path, text, dialect);
    if memchr::memchr(b'\r', bytes).is_some() && memchr::memchr(b'\n', bytes).is_none() {
        desk.report(Span::new(0, 0), What::CrOnly);
    }
    let front = Front::find(text);
    let raw_front = match front {
        Front::Present { inner, .. } => inner.of(text),
        _ => "",
    };
    // Nothing in a template is meant yet, its mistakes included.
    let is_template = kind::is_template(path, raw_front);
    let pairs = match front {
        _ if is_template => Vec::new(),
        Front::Absent { .. } => Vec::new(),
        Front::Unclosed { fence, .. } => {
            desk.report(fence, What::Unclosed);
            Vec::new()
        }
        Front::Present { notation, inner, .. } => {
            fields::read(text, notation, inner).unwrap_or_else(|(span, what)| {
                desk.report(span, what);
                Vec::new()
            })
        }
    };
    let mut matter = Matter::new(pairs, &desk);
    let mut sort = kind::of(path, is_template, &matter, dialect);
    if sort == Sort::Other && dialect.in_journal(path.as_str()) {
        sort = person::day(&matter, Field::Date, &desk).map_or(Sort::Other, Sort::Dated);
    }
    let body = if needs_body(sort, &text[front.body()..], dialect) {
        body::read(text, front.body())
    } else {
        Body::default()
    };
    if sort == Sort::Other {
        let mut tags = body.tags.iter().filter(|tag| !tag.struck);
        if tags.any(|tag| kind::by_tag(tag.span.of(text), dialect) == Some(Sort::Person)) {
            sort = Sort::Person;
        }
    }
    if sort == Sort::Person {
        matter.add_inlines(&body, &desk);
    }
    let kind = match sort {
        Sort::Person => Kind::Person(Box::new(person::read(path, &matter, &body, &desk))),
        Sort::Event => Kind::Event(Box::new(other::event(path, &matter, &body, &desk))),
        Sort::Org => Kind::Org(Box::new(other::organisation(&matter, &body, &desk))),
        Sort::Trip => Kind::Trip(Box::new(other::trip(&matter, &desk))),
        Sort::Clip => Kind::Clip(Box::new(other::clip(path, &matter, &desk))),
        Sort::Me => Kind::Me(Box::new(other::me(&matter, &body, &desk))),
        Sort::Dated(day) => Kind::Dated(day),
        Sort::Skipped(why) => {
            desk.report(Span::new(0, 0), What::NotAPerson(why));
            Kind::Skipped(why)
        }
        Sort::Template => Kind::Other(None),
        Sort::Other => Kind::Other(silent_day(&matter, &desk)),
    };
    let (tasks, links) = match sort {
        Sort::Template | Sort::Skipped(NotAPerson::Template) => Default::default(),
        // An older page of goen's, or a copy of one: its tasks are proposals, not promises.
        _ if is_page(text) => Default::default(),
        _ => tasks_and_links(&kind, &matter, &body, &desk),
    };
    Note {
        path: path.clone(),
        digest: Digest::of(bytes),
        kind,
        links,
        tasks,
        problems: desk.into_problems().into(),
    }
}

/// The day of a note that is nothing in particular; what is none is no trouble there.
fn silent_day(matter: &Matter<'_>, desk: &Desk<'_>) -> Option<NaiveDate> {
    let pair = matter.first(Field::Date)?;
    crate::date::prefix(&pair.value.text()?, desk.dialect.day_first).ok().map(|(day, _)| day)
}

/// Whether anything in the body can matter: CommonMark is the dearest part of reading.
fn needs_body(sort: Sort, body: &str, dialect: &Dialect) -> bool {
    let has = |sign: &str| memchr::memmem::find(body.as_bytes(), sign.as_bytes()).is_some();
    let open_task = || has("[ ]") && (has("[[") || has("]("));
    match sort {
        Sort::Person | Sort::Me | Sort::Event | Sort::Org => !body.trim().is_empty(),
        Sort::Dated(_) => has("[[") || has("]("),
        Sort::Trip | Sort::Clip => open_task(),
        Sort::Other => open_task() || dialect.body_may_tag_person(body),
        Sort::Skipped(NotAPerson::Template) | Sort::Template => false,
        Sort::Skipped(_) => open_task(),
    }
}

fn tasks_and_links(
    kind: &Kind,
    matter: &Matter<'_>,
    body: &Body,
    desk: &Desk<'_>,
) -> (Box<[Task]>, Box<[Mention]>) {
    let log: &[log::Entry] = match kind {
        Kind::Person(person) => &person.log,
        Kind::Me(me) => &me.log,
        _ => &[],
    };
    let entries = Entries::new(log, body);
    let mut tasks = task::tasks(desk, body, |item| match kind {
        Kind::Dated(day) => Some(*day),
        Kind::Event(event) => event.day,
        _ => entries.around(item.span),
    });
    // Whatever an item is nested in stands above it.
    let mut marks: Vec<Option<char>> = Vec::with_capacity(body.items.len());
    for item in &body.items {
        let around = item.parent.and_then(|parent| marks.get(parent as usize).copied().flatten());
        marks.push(item.mark.or(around));
    }
    let mentions = body.links.iter().map(|link| {
        // The nearest box around a link decides: a completed task counts, no other does.
        let mark = link.item.and_then(|item| marks.get(item as usize).copied().flatten());
        let counts = !link.embed && !link.quoted && !link.struck && matches!(mark, None | Some('x' | 'X'));
        Mention { target: link.target.clone(), markdown: link.markdown, counts, span: link.span }
    });
    match kind {
        Kind::Person(_) => (tasks.into(), mentions.collect()),
        Kind::Dated(_) => {
            tasks.retain(|task| !task.links.is_empty());
            let front = matter.pairs().iter().flat_map(|pair| pair.value.members());
            let front = front.filter_map(|node| {
                let (target, _) = find::leading_link(&node.text()?)?;
                Some(Mention { target: target.into(), markdown: false, counts: true, span: node.span })
            });
            // Links of the body keep their numbers: tasks point at them.
            (tasks.into(), mentions.chain(front).collect())
        }
        Kind::Event(event) => {
            tasks.retain(|task| !task.links.is_empty());
            let attendees = event.attendees.iter().map(|a| Mention {
                target: a.target.clone(),
                markdown: false,
                counts: false,
                span: a.span,
            });
            (tasks.into(), mentions.chain(attendees).collect())
        }
        _ => {
            tasks.retain(|task| !task.links.is_empty());
            let links = if tasks.is_empty() { [].into() } else { mentions.collect() };
            (tasks.into(), links)
        }
    }
}

/// The entries of a log by their place.
struct Entries {
    /// Those that are items, with all that is nested in them.
    items: Vec<(Span, NaiveDate)>,
    /// Those that are headings, each with its section: up to the next heading that is not below it.
    sections: Vec<(Span, NaiveDate)>,
}

impl Entries {
    fn new(log: &[log::Entry], body: &Body) -> Self {
        let (mut items, mut sections) = (Vec::new(), Vec::new());
        for entry in log {
            match body.headings.binary_search_by_key(&entry.span, |heading| heading.text) {
                Ok(at) => {
                    let level = body.headings[at].level;
                    let next = body.headings[at + 1..].iter().find(|heading| heading.level <= level);
                    let end = next.map_or(u32::MAX, |heading| heading.text.start);
                    sections.push((Span { start: entry.span.start, end }, entry.day));
                }
                Err(_) => items.push((entry.span, entry.day)),
            }
        }
        items.sort_unstable();
        sections.sort_unstable();
        Self { items, sections }
    }

    /// The day of the entry that surrounds a place.
    fn around(&self, place: Span) -> Option<NaiveDate> {
        let last = |entries: &[(Span, NaiveDate)]| {
            let next = entries.partition_point(|(span, _)| span.start <= place.start);
            let (span, day) = entries.get(next.checked_sub(1)?)?;
            (place.end <= span.end).then_some(*day)
        };
        last(&self.items).or_else(|| last(&self.sections))
    }
}

/// Whether a text holds a generated page.
fn is_page(text: &str) -> bool {
    static MARKER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("<!-- goen:begin v"));
    MARKER.find_iter(text.as_bytes()).any(|at| begins_line(text, at))
}

/// git's conflict markers: with which a conflict begins, and with which it ends.
const CONFLICT: [&str; 2] = ["<<<<<<< ", ">>>>>>> "];

/// git's conflict markers: the first, where both kinds stand at the start of a line.
pub fn conflict(text: &str) -> Option<Span> {
    static OURS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(CONFLICT[0]));
    static THEIRS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(CONFLICT[1]));
    let find = |from: usize, mark: &Finder<'static>| {
        mark.find_iter(&text.as_bytes()[from..]).map(|at| from + at).find(|at| begins_line(text, *at))
    };
    let start = find(0, &OURS)?;
    find(start, &THEIRS)?;
    Some(Span::new(start, start + OURS.needle().len() - 1))
}

/// A line, set in where it could be taken for a conflict's beginning or end.
pub fn no_conflict(line: &str) -> Cow<'_, str> {
    if !line.starts_with(['<', '>']) && !line.contains('\r') {
        return Cow::Borrowed(line);
    }
    let marks = CONFLICT.iter().filter(|mark| line.contains(**mark));
    marks.fold(Cow::Borrowed(line), |line, mark| {
        let inside = line.replace(&format!("\r{mark}"), &format!("\r {mark}"));
        let edge = if line.starts_with(mark) { " " } else { "" };
        Cow::Owned(edge.to_owned() + &inside)
    })
}

/// Whether a line begins at a byte.
fn begins_line(text: &str, at: usize) -> bool {
    at == 0 || matches!(text.as_bytes()[at - 1], b'\n' | b'\r')
}
