//! The brief before a talk with somebody: who they are now, what was said last, what is open between
//! you, whom you both know.
//!
//! What is ahead of them is told by [`super::ahead`].

use std::cmp::Reverse;

use chrono::{Datelike, NaiveDate};

use crate::config::Config;
use crate::index::{Contact, Index, Source, Tie};
use crate::note::log::{Entry, Marks};
use crate::note::org::Post;
use crate::note::other::EventStatus;
use crate::note::person::{Milestone, Person, Status};
use crate::note::plain::plain;
use crate::note::task::Task;
use crate::note::{Kind, Mention, Note};
use crate::plan::{common_interests, label};
use crate::text::{NotePath, Span, Text, head};

/// A milestone is near from so many days before its date …
const NEAR_BEFORE: i64 = 28;
/// … to so many days after it.
const NEAR_AFTER: i64 = 28;

/// Of a longer line only so many bytes are quoted.
const LONGEST: usize = 1024;

/// Reads the words of a note that the index does not keep, where it still is what was read.
pub type Read<'r> = dyn Fn(&Note) -> Option<String> + 'r;

/// Somebody, on a day.
#[derive(Debug, Clone, Copy)]
pub struct Somebody<'a> {
    /// Where they stand among the others.
    pub index: &'a Index,
    /// Their note.
    pub note: &'a Note,
    /// The person.
    pub person: &'a Person,
    /// What is known of the tie.
    pub tie: &'a Tie,
    /// The day.
    pub today: NaiveDate,
}

/// A conversation, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk<'a> {
    /// When.
    pub day: NaiveDate,
    /// Through which channel, where the log says so.
    pub channel: Option<&'a str>,
    /// What was noted, in one plain line; empty where nothing is known but the day.
    pub text: Text,
    /// Where it is known from.
    pub source: Source,
    /// The note that tells of it.
    pub told_in: &'a NotePath,
    /// It tells of somebody who is never to appear: for their own eyes only, never quoted elsewhere.
    pub of_the_gone: bool,
}

impl Talk<'_> {
    /// Nothing is known of it but the name of the event at which it was.
    pub fn is_only_named(&self) -> bool {
        self.source == Source::Event && &*self.text == self.told_in.name()
    }
}

/// An open task that concerns somebody.
#[derive(Debug, Clone, Copy)]
pub struct Promise<'a> {
    /// The note it stands in.
    pub note: &'a Note,
    /// The task.
    pub task: &'a Task,
    /// Its day.
    pub due: Option<NaiveDate>,
    /// It tells of somebody who is never to appear.
    pub of_the_gone: bool,
}

/// Whether somebody may be talked to: not those with whom contact rests or has ended.
pub fn is_to_be_talked_to(person: &Person) -> bool {
    person.status == Status::Active
}

impl<'a> Somebody<'a> {
    /// The person whose note is at a path.
    pub fn at(index: &'a Index, path: &str, today: NaiveDate) -> Option<Self> {
        let (note, person, tie) = index.person(path)?;
        Some(Self { index, note, person, tie, today })
    }

    /// What they do now, as far as it is known.
    pub fn post(&self) -> Option<&'a Post> {
        label::held(&self.person.posts, self.today)
    }

    /// The last contact.
    pub fn last(&self) -> Option<&'a Contact> {
        self.tie.until(self.today).last()
    }

    /// The last conversations that something is known of, newest first: lines of the log; where a day
    /// has none, the event that you both were at, else the line of a dated note.
    pub fn talks(&self, most: usize, read: &Read<'_>) -> Vec<Talk<'a>> {
        let mut talks = self.logged(most, read);
        let is_told = |day: NaiveDate, talks: &[Talk<'_>]| talks.iter().any(|talk| talk.day == day);
        let newest_first = self.tie.until(self.today).iter().rev();
        let others: Vec<&Contact> =
            newest_first.filter(|contact| !is_told(contact.day, &talks)).take(most).collect();
        if let Some(oldest) = others.last().map(|contact| contact.day) {
            let days: Vec<NaiveDate> = others.iter().map(|contact| contact.day).collect();
            let logged: Vec<NaiveDate> = self.person.log.iter().map(|entry| entry.day).collect();
            let elsewhere = self.told_elsewhere(oldest, read);
            for talk in elsewhere {
                let is_wanted = days.contains(&talk.day) && logged.binary_search(&talk.day).is_err();
                if is_wanted && !is_told(talk.day, &talks) {
                    talks.push(talk);
                }
            }
        }
        // Stable: of one day the later line of the log stays first.
        talks.sort_by_key(|talk| Reverse(talk.day));
        talks.truncate(most);
        talks
    }

    /// The last conversation that something is known of.
    pub fn last_talk(&self, read: &Read<'_>) -> Option<Talk<'a>> {
        self.talks(1, read).into_iter().next()
    }

    fn logged(&self, most: usize, read: &Read<'_>) -> Vec<Talk<'a>> {
        let newest_first = self.person.log.iter().rev();
        let last: Vec<&Entry> =
            newest_first.filter(|e| e.day <= self.today && e.is_contact()).take(most).collect();
        // The index keeps the words of few lines.
        let is_kept = last.iter().all(|entry| !entry.text.is_empty());
        let text = if is_kept { None } else { read(self.note) };
        last.into_iter().map(|entry| self.talk(entry, text.as_deref())).collect()
    }

    /// A line of the log, in the words of the note where the index does not keep them.
    fn talk(&self, entry: &'a Entry, text: Option<&str>) -> Talk<'a> {
        let own = || text.map(|text| entry.words(text)).unwrap_or_default();
        Talk {
            day: entry.day,
            channel: entry.channel().map(|channel| channel.as_str()),
            text: if entry.text.is_empty() { own() } else { entry.text.clone() },
            source: Source::Log,
            told_in: &self.note.path,
            of_the_gone: self.tells_of_the_gone(self.note, entry.span),
        }
    }

    /// What events and dated notes tell since a day; events first, else by path.
    fn told_elsewhere(&self, since: NaiveDate, read: &Read<'_>) -> Vec<Talk<'a>> {
        let is_near = |day: NaiveDate| since <= day && day <= self.today;
        let events = self.index.events().filter(|(_, event)| event.status == EventStatus::Held);
        let mut out: Vec<Talk<'a>> = Vec::new();
        for (note, event) in events {
            let Some(day) = event.day.filter(|day| is_near(*day)) else { continue };
            if !self.index.attends(note, event, &self.note.path) {
                continue;
            }
            let told = self.index.told_of(note, event, &self.note.path);
            let of_the_gone = told.is_some_and(|told| told.of_the_gone);
            let text = told.map(|told| told.words.clone()).filter(|words| !words.is_empty());
            let text = text.unwrap_or_else(|| note.path.name().into());
            let (source, told_in) = (Source::Event, &note.path);
            out.push(Talk { day, channel: None, text, source, told_in, of_the_gone });
        }
        for note in self.index.linking_to(self.note) {
            let Kind::Dated(day) = note.kind else { continue };
            if is_near(day) {
                out.extend(self.mentioned(note, day, read));
            }
        }
        out
    }

    /// What a dated note says of them first.
    fn mentioned(&self, note: &'a Note, day: NaiveDate, read: &Read<'_>) -> Option<Talk<'a>> {
        let is_them = |link: &&Mention| {
            link.counts
                && self.index.resolve(&note.path, link).note().is_some_and(|to| to.path == self.note.path)
        };
        let link = note.links.iter().find(is_them)?;
        let whole = read(note);
        let line = whole.as_deref().map(|text| line_around(text, link.span)).unwrap_or_default();
        let text = whole.as_deref().map(|text| without_mark(&plain(line.of(text)))).unwrap_or_default();
        let of_the_gone = self.tells_of_the_gone(note, line);
        Some(Talk { day, channel: None, text, source: Source::Mention, told_in: &note.path, of_the_gone })
    }

    /// The last times that one of you was of help, as a mark of the log tells it; newest first.
    pub fn helped(&self, mark: Marks, most: usize, read: &Read<'_>) -> Vec<Talk<'a>> {
        let newest_first = self.person.log.iter().rev();
        let last: Vec<&Entry> =
            newest_first.filter(|e| e.day <= self.today && e.marks.has(mark)).take(most).collect();
        let is_kept = last.iter().all(|entry| !entry.text.is_empty());
        let text = if is_kept { None } else { read(self.note) };
        last.into_iter().map(|entry| self.talk(entry, text.as_deref())).collect()
    }

    /// Days of contact in each of the last twelve months, the present one last.
    pub fn months(&self) -> [usize; 12] {
        let month = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month());
        let mut out = [0; 12];
        for contact in self.tie.until(self.today) {
            let ago = usize::try_from(month(self.today) - month(contact.day)).ok();
            let place = ago.and_then(|ago| 11_usize.checked_sub(ago));
            if let Some(slot) = place.and_then(|at| out.get_mut(at)) {
                *slot += 1;
            }
        }
        out
    }

    /// Their interests that are yours too, in the words of their note.
    pub fn in_common(&self, config: &'a Config) -> Vec<&'a str> {
        let Some((_, me)) = self.index.me() else { return Vec::new() };
        common_interests(config, &self.person.interests, &me.interests)
    }

    /// Follow-ups that are open, newest first.
    pub fn threads(&self) -> Vec<Talk<'a>> {
        // The index keeps the words of those that are open.
        self.person.threads(self.today).map(|entry| self.talk(entry, None)).collect()
    }

    /// Open tasks that concern them, both ways: by day, those without one last; by note and line.
    pub fn promises(&self) -> Vec<Promise<'a>> {
        let found = self.tie.promises.iter().filter_map(|promise| {
            let note = self.index.note(promise.note.as_str())?;
            let task = note.tasks.get(usize::from(promise.task))?;
            let due = task.due.map(|due| due.day(task.since, self.today));
            Some(Promise { note, task, due, of_the_gone: self.tells_of_the_gone(note, task.span) })
        });
        let mut promises: Vec<Promise<'a>> = found.collect();
        promises.sort_by_key(|promise| (promise.due.is_none(), promise.due));
        promises
    }

    /// What happened in their life of late, or will soon; oldest first.
    pub fn milestones_near(&self) -> Vec<&'a Milestone> {
        let all = self.person.details().milestones.iter();
        all.filter(|milestone| {
            let ahead = (milestone.day - self.today).num_days();
            (-NEAR_AFTER..=NEAR_BEFORE).contains(&ahead)
        })
        .collect()
    }

    /// Whom their note links to, or whose notes link to them; by path. Nobody who never appears.
    pub fn knows(&self) -> Vec<&'a Note> {
        let mut all = self.index.acquaintances(self.note);
        all.retain(|note| !note.is_of_the_gone());
        all
    }

    /// Whether a part of a note links to somebody who never appears, they themselves aside.
    fn tells_of_the_gone(&self, note: &Note, part: Span) -> bool {
        let inside =
            note.links.iter().filter(|link| part.start <= link.span.start && link.span.end <= part.end);
        let mut meant = inside.filter_map(|link| self.index.resolve(&note.path, link).note());
        meant.any(|other| other.path != self.note.path && other.is_of_the_gone())
    }
}

/// The line around a place, as far as it is near.
fn line_around(text: &str, place: Span) -> Span {
    let at = place.range().start.min(text.len());
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let line = text.get(start..).unwrap_or_default();
    let line = head(line.split('\n').next().unwrap_or_default(), LONGEST);
    Span::new(start, start + line.len())
}

/// A line without the sign that makes an item of a list, a heading or a ticked task of it.
fn without_mark(line: &str) -> Text {
    let line = line.trim_start();
    let bare = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line);
    let bare = bare.trim_start_matches('#').trim_start();
    ["[x] ", "[X] "].iter().find_map(|mark| bare.strip_prefix(mark)).unwrap_or(bare).trim().into()
}
