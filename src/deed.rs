//! What a tick on the page asks for: which note is to change, and how.
//!
//! Lines of a page and the index in, deeds out: a pure function, as planning is. Leaves how a
//! page is written to `page`, how a note is changed to `note::edit`, and the disk to `app`.

mod below;
mod said;
mod told;

use chrono::{Days, NaiveDate};

use crate::config::Config;
use crate::index::Index;
use crate::note::dialect::Dialect;
use crate::note::edit::change::{Change, Recorded, SKIP};
use crate::note::log::{self, Entry, Marks};
use crate::note::{Mention, body};
use crate::page::{Beside, Line};
use crate::plan::{self, Kind, Known, KnownGroup};
use crate::problem::Obstacle;
use crate::text::{Lang, NotePath, Span, Text};

pub use below::below_entry;
use below::{lines_below, said, said_at};
pub use said::{own_words, typed};
pub use told::Told;

/// `[>]` without a date: so many days ahead.
const LATER: u64 = 7;

/// Changes to notes that belong together, the note that holds the proof of them first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// The id of the item, or of what a command recorded.
    pub id: Text,
    /// The day it happened.
    pub day: NaiveDate,
    /// Whom it is about, in words; empty where it is nobody.
    pub name: Text,
    /// What is to change.
    pub steps: Vec<(NotePath, Vec<Change>)>,
    /// The lines below the item that became part of it, as they were.
    pub said: Vec<String>,
}

/// What a line of the page asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Something is to be recorded.
    Do(Deed),
    /// What was recorded today is to be taken back.
    TakeBack {
        /// The item.
        id: Text,
        /// Whose it is.
        person: NotePath,
    },
    /// The line stays as it is, in its place.
    Stay,
    /// It is recorded already, or there is nothing to record.
    Settled,
    /// It is recorded already, and more was said since.
    More {
        /// Whose log the entry stands in.
        note: NotePath,
        /// By what it is known.
        id: Text,
        /// Lines of a list for below it.
        below: Vec<String>,
        /// The lines below the item that they were.
        said: Vec<String>,
    },
    /// Nothing can be recorded, and why; whose note it is about, where that is known.
    Refuse(Obstacle, Option<NotePath>),
}

/// With what lines are understood.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The notes as they are.
    pub index: &'a Index,
    /// `goen.toml`
    pub config: &'a Config,
    /// How the vault spells things.
    pub dialect: &'a Dialect,
    /// The page's language.
    pub lang: Lang,
    /// The day of the page.
    pub page: NaiveDate,
    /// The day.
    pub today: NaiveDate,
}

impl Desk<'_> {
    /// What a line asks for; nothing for one that nobody has marked.
    pub fn asked(&self, line: &Line<'_>, beside: &Beside) -> Option<Asked> {
        let id = line.id;
        let person = self.linked(line);
        let me = || self.index.me().map(|(note, _)| note.path.clone());
        let logged_in = person.clone().into_iter().chain(me()).find(|note| self.entry(note, id).is_some());
        if line.done || beside.done {
            return self.of_done(line, beside, person, logged_in);
        }
        if line.mark == ' ' {
            return None;
        }
        self.of_open(line, beside, person, logged_in)
    }

    /// Among the done ones an empty box takes back; a line that was only moved there is open.
    fn of_done(
        &self,
        line: &Line<'_>,
        beside: &Beside,
        person: Option<NotePath>,
        logged_in: Option<NotePath>,
    ) -> Option<Asked> {
        let logged = logged_in.map(|note| (note, Text::from(line.id)));
        let by_id = || match &person {
            Some(person) => self.half(line, person),
            None => self.of_renamed(line),
        };
        let Some((note, id)) = logged.or_else(by_id) else {
            return match line.mark {
                ' ' if beside.done || !beside.is_known => Some(Asked::Refuse(Obstacle::NotGoens, person)),
                ' ' => None,
                // Only somebody's hand puts an open item's line here. What goen wrote as done, here
                // or on another machine, and no log shows: it was taken back, or is still to come.
                _ if beside.is_same && !beside.done => self.of_open(line, beside, person, None),
                _ => Some(Asked::Settled),
            };
        };
        let skipped = self.entry(&note, &id).is_some_and(|entry| entry.marks.has(Marks::SKIP));
        match line.mark {
            ' ' => Some(Asked::TakeBack { id, person: note }),
            'x' | 'X' if !skipped => more(line, beside, note, id),
            '-' if skipped => more(line, beside, note, id),
            _ => Some(Asked::Refuse(Obstacle::Recorded, None)),
        }
    }

    fn of_open(
        &self,
        line: &Line<'_>,
        beside: &Beside,
        person: Option<NotePath>,
        logged_in: Option<NotePath>,
    ) -> Option<Asked> {
        // What is to be done with people to sort is not written anywhere.
        if plan::is_sort_line(line.id, self.page) {
            if matches!(line.mark, 'x' | 'X' | '-') && !said_at(line, beside).is_empty() {
                return Some(Asked::Refuse(Obstacle::NoPlace, None));
            }
            let over = self.page < self.today;
            return Some(if over { Asked::Settled } else { Asked::Stay });
        }
        if let Some((me, what)) = plan::known_habit(self.index, self.page, line.id) {
            return Some(match line.mark {
                'x' | 'X' | '-' => self.habit(line, beside, me, &what),
                '>' | '<' => Asked::Refuse(Obstacle::NotMovable, None),
                _ if self.entry(&me, line.id).is_some() => Asked::Settled,
                _ => Asked::Stay,
            });
        }
        let Some(person) = person else { return Some(Asked::Refuse(Obstacle::UnknownItem, None)) };
        if let Some(group) = plan::known_group(self.index, person.as_str(), line.id) {
            return Some(match line.mark {
                'x' | 'X' | '-' => self.of_group(line, beside, &group),
                '>' | '<' => Asked::Refuse(Obstacle::NotMovable, None),
                _ if self.entry(&group.subject, line.id).is_some() => Asked::Settled,
                _ => Asked::Stay,
            });
        }
        let known = plan::known(self.index, self.config, self.page, person.as_str(), line.id);
        let is_live = || plan::is_live(self.index, self.config, self.today, person.as_str(), line.id);
        // What else was to be done for it may not be done yet: only of what nobody knows it is all.
        if let Some(note) = logged_in.filter(|_| known.is_none()) {
            let id = self.newest(line.id, &note);
            return Some(more(line, beside, note, id).unwrap_or(Asked::Settled));
        }
        Some(match (known, line.mark) {
            (None, 'x' | 'X' | '-' | '>' | '<') => Asked::Refuse(Obstacle::UnknownItem, Some(person)),
            // Marks of somebody's own, on an item that is no more: free text.
            (None, _) => return None,
            (Some(known), 'x' | 'X' | '-') => self.recorded(line, beside, person, &known),
            (Some(_), '>' | '<') => self.moved(line, beside, person),
            // Begun, and settled in another way since.
            (Some(_), _) if !is_live() => Asked::Settled,
            (Some(_), _) => Asked::Stay,
        })
    }

    /// A line's person is its first link.
    fn linked(&self, line: &Line<'_>) -> Option<NotePath> {
        let body = body::read(line.raw, 0);
        let first = body.links.first()?;
        let link = Mention {
            target: first.target.clone(),
            markdown: first.markdown,
            counts: false,
            span: Span::default(),
        };
        let found = self.index.resolve(&self.config.page.file, &link).note()?;
        Some(found.path.clone())
    }

    /// The entry of the page's day that a done line stands for, where another line of the page has its
    /// id: an introduction is one deed in two logs, and no two lines of a page are known by one id.
    fn half(&self, line: &Line<'_>, person: &NotePath) -> Option<(NotePath, Text)> {
        let log = self.index.note(person.as_str())?.log().iter().filter(|entry| entry.day == self.page);
        let mut ids = log.filter_map(|entry| entry.id.as_deref());
        let id = ids.find(|id| plan::hashed(&[id]) == line.id)?;
        Some((person.clone(), id.into()))
    }

    /// The entry of the page's day that an emptied line stands for whose link leads nowhere: its note was
    /// renamed since, and nobody has told the page. None where several logs have such an entry.
    fn of_renamed(&self, line: &Line<'_>) -> Option<(NotePath, Text)> {
        let people = self.index.people().filter(|_| line.mark == ' ');
        let mut found = people.filter_map(|(note, ..)| {
            let is_logged = self.entry(&note.path, line.id).is_some_and(|entry| entry.day == self.page);
            let logged = || is_logged.then(|| (note.path.clone(), line.id.into()));
            logged().or_else(|| self.half(line, &note.path))
        });
        found.next().filter(|_| found.next().is_none())
    }

    /// The entry with an id in a note's log.
    fn entry(&self, note: &NotePath, id: &str) -> Option<&Entry> {
        self.index.note(note.as_str())?.log().iter().find(|entry| entry.id.as_deref() == Some(id))
    }

    /// `[x]` and `[-]`: an entry in the log, and a promise kept is ticked where it stands.
    fn recorded(&self, line: &Line<'_>, beside: &Beside, person: NotePath, known: &Known) -> Asked {
        let is_skip = line.mark == '-';
        let channel = known.channel.as_ref().map(Text::to_string);
        let words = |said: Option<String>| match said {
            _ if is_skip => said.unwrap_or_default(),
            said => said::words(known, (self.index, &person), self.lang, said),
        };
        let Some(entry) = self.entry_of(line, beside, channel, words) else {
            return Asked::Refuse(Obstacle::Future, None);
        };
        let day = entry.day;
        let id = self.id_on(line.id, &person, day);
        let entry = Recorded { id: id.clone(), ..entry };
        let mut steps = vec![(person.clone(), vec![Change::Record(entry.clone())])];
        // An introduction stands in the logs of both.
        if let (Kind::Introduce, Some(other)) = (known.kind, &known.other) {
            let words = if is_skip {
                String::new()
            } else {
                said::introduced((self.index, other), &person, self.lang)
            };
            steps.push((other.clone(), vec![Change::Record(Recorded { words, below: Vec::new(), ..entry })]));
        }
        if let Some(task) = known.task.as_ref().filter(|_| known.kind == Kind::Promise && !is_skip)
            && !task.recurring
        {
            let tick = Change::Tick { task: task.text.clone(), ordinal: task.ordinal, day };
            if task.path == person {
                steps[0].1.push(tick);
            } else {
                steps.push((task.path.clone(), vec![tick]));
            }
        }
        let (name, said) = (self.name(&person), said_at(line, beside));
        Asked::Do(Deed { id, day, name, steps, said })
    }

    /// By what a mark of a day is known. One that was dated back may have left the item as it was: a mark of
    /// a later day tells of another contact.
    fn id_on(&self, id: &str, person: &NotePath, day: NaiveDate) -> Text {
        let newest = self.newest(id, person);
        let is_later = self.entry(person, &newest).is_some_and(|entry| entry.day < day);
        let is_live = || plan::is_live(self.index, self.config, self.today, person.as_str(), id);
        if is_later && is_live() { plan::hashed(&[&newest]) } else { newest }
    }

    /// By what the newest contact is known that marks of an item were recorded as.
    fn newest(&self, id: &str, note: &NotePath) -> Text {
        let mut newest = Text::from(id);
        loop {
            let next = plan::hashed(&[&newest]);
            if self.entry(note, &next).is_none() {
                return newest;
            }
            newest = next;
        }
    }

    /// `[x]` and `[-]` of a habit: an entry in your own log that names it.
    fn habit(&self, line: &Line<'_>, beside: &Beside, me: NotePath, what: &str) -> Asked {
        let words = |said: Option<String>| match (said.filter(|said| !said.is_empty()), self.lang) {
            (None, _) => what.to_owned(),
            (Some(said), Lang::Ja) => format!("{what}：{said}"),
            (Some(said), Lang::En) => format!("{what}: {said}"),
        };
        let Some(entry) = self.entry_of(line, beside, None, words) else {
            return Asked::Refuse(Obstacle::Future, None);
        };
        let (day, said) = (entry.day, said_at(line, beside));
        let steps = vec![(me, vec![Change::Record(entry)])];
        Asked::Do(Deed { id: line.id.into(), day, name: what.into(), steps, said })
    }

    /// `[x]` and `[-]` of an event's or an organisation's item: an entry in its own log.
    fn of_group(&self, line: &Line<'_>, beside: &Beside, group: &KnownGroup) -> Asked {
        let is_skip = line.mark == '-';
        let words = |said: Option<String>| match said {
            None if is_skip => String::new(),
            said => said.unwrap_or_else(|| said::of_group(group.kind, self.lang).to_owned()),
        };
        let Some(entry) = self.entry_of(line, beside, None, words) else {
            return Asked::Refuse(Obstacle::Future, None);
        };
        let (day, said) = (entry.day, said_at(line, beside));
        let (name, steps) =
            (group.subject.name().into(), vec![(group.subject.clone(), vec![Change::Record(entry)])]);
        Asked::Do(Deed { id: line.id.into(), day, name, steps, said })
    }

    /// The entry that a mark asks for, on the plugin's day or the page's; none for a day to come.
    fn entry_of(
        &self,
        line: &Line<'_>,
        beside: &Beside,
        channel: Option<String>,
        words: impl FnOnce(Option<String>) -> String,
    ) -> Option<Recorded> {
        let day = line.ticked_on().unwrap_or(self.page);
        if day > self.today {
            return None;
        }
        let lines = lines_below(line, beside);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let (said, below) = said(beside.surely_typed(), &lines);
        // A channel that was typed stays in front of whatever is put before the words.
        let typed = said.as_deref().unwrap_or_default();
        let front = typed.len() - log::channel(typed, self.dialect).1.len();
        let (front, rest) = typed.split_at(front);
        let words = words(said.as_ref().map(|_| rest.to_owned()));
        let entry = Recorded::said(line.id.into(), day, channel, &format!("{front}{words}"), self.dialect);
        let channel = if line.mark == '-' { Some(SKIP.to_owned()) } else { entry.channel };
        Some(Recorded { channel, below, ..entry })
    }

    /// `[>]` and `[<]`: silence until a day, or a day set by hand.
    fn moved(&self, line: &Line<'_>, beside: &Beside, person: NotePath) -> Asked {
        // Without knowing goen's own day, the one on the line may be it.
        let own = beside.planned.or_else(|| line.moved_to(None));
        let day = line.moved_to(own);
        let change = match (line.mark, day) {
            (_, Some(day)) if day <= self.today => return Asked::Refuse(Obstacle::NoDate, None),
            ('<', Some(day)) => Change::Next(day),
            ('<', None) => return Asked::Refuse(Obstacle::NoDate, None),
            (_, Some(until)) => Change::Snooze { until, only_later: true },
            (_, None) => {
                let ahead = |day: NaiveDate| day.checked_add_days(Days::new(LATER)).unwrap_or(day);
                let until = Some(ahead(self.page)).filter(|day| *day > self.today);
                Change::Snooze { until: until.unwrap_or_else(|| ahead(self.today)), only_later: true }
            }
        };
        let name = self.name(&person);
        let steps = vec![(person, vec![change])];
        Asked::Do(Deed { id: line.id.into(), day: self.page, name, steps, said: Vec::new() })
    }

    fn name(&self, person: &NotePath) -> Text {
        self.index.person(person.as_str()).map(|(_, person, _)| person.name.clone()).unwrap_or_default()
    }
}

/// What was said at an item that is recorded: its entry has no such line yet, as far as is known.
fn more(line: &Line<'_>, beside: &Beside, note: NotePath, id: Text) -> Option<Asked> {
    let said = said_at(line, beside);
    let below = below_entry(&said);
    (!below.is_empty()).then_some(Asked::More { note, id, below, said })
}
