//! What a tick would leave in the notes, without their texts: the entry in the log that tells the next
//! plan that something was done.

use chrono::NaiveDate;

use crate::config::{Config, Greeting, SeasonRule};
use crate::note::dialect::Greets;
use crate::note::log::{Entry, Marks};
use crate::note::{Kind as NoteKind, Mention, Note};
use crate::plan::{Item, Kind, Why};
use crate::text::{Span, Text, fold};

/// Entries that nobody has written stand behind everything that a note can hold: notes end far before.
const BEHIND_ALL: u32 = u32::MAX / 2;

/// What is to be known of an item to leave its entry.
#[derive(Debug)]
pub(super) struct Tick {
    pub kind: Kind,
    pub id: Text,
    pub channel: Option<Text>,
    /// The greeting of the season, by its place among all.
    pub greets: Option<usize>,
    /// Words that have to stand in it.
    pub text: Text,
    /// The name of a note that it links to.
    pub link: Option<Text>,
}

impl Tick {
    /// Of an item of the agenda.
    pub fn of(item: &Item, greetings: &[SeasonRule]) -> Self {
        let place = |named: &str, customary: Greeting| match customary {
            Greeting::Own => greetings.iter().position(|rule| fold(&rule.name) == fold(named)),
            _ => greetings.iter().position(|rule| rule.greeting == customary),
        };
        let (greets, link) = match &item.why {
            Why::Season { name, greeted, .. } => (place(name, greeted.greeting), None),
            Why::Share { clip, .. } => (None, Some(clip.stem().into())),
            _ => (None, None),
        };
        let channel = match item.kind {
            Kind::Introduce => Some(crate::plan::introductions::CHANNEL.into()),
            _ => item.channel.clone(),
        };
        // A habit is known by its words.
        let text = if item.kind == Kind::Habit { item.name.clone() } else { Text::new() };
        Self { kind: item.kind, id: item.id.clone(), channel, greets, text, link }
    }

    /// The entry of a day; `number` tells it from others that were left so.
    pub fn entry(&self, day: NaiveDate, number: u32, config: &Config) -> Entry {
        let mut marks = Marks::default();
        let channel: Text =
            self.channel.as_deref().map(|word| fold(word).as_ref().into()).unwrap_or_default();
        let is_of = |words: &[String]| words.iter().any(|word| fold(word) == channel.as_str());
        if self.kind == Kind::Touch || is_of(&config.log.light) {
            marks.add(Marks::LIGHT);
        }
        if is_of(&config.log.meeting) {
            marks.add(Marks::MEETING);
        }
        let at = BEHIND_ALL.saturating_add(number.saturating_mul(2));
        let span = Span { start: at, end: at.saturating_add(1) };
        Entry {
            day,
            channel,
            marks,
            greets: self.greets.map(Greets::at).unwrap_or_default(),
            id: Some(self.id.as_str().into()),
            text: self.text.clone(),
            span,
            said: span,
        }
    }

    /// Puts the entry into a note's log, and the link that stands in it among the note's.
    pub fn leave_in(&self, note: &mut Note, day: NaiveDate, number: u32, config: &Config) {
        let entry = self.entry(day, number, config);
        if let Some(target) = &self.link {
            let link = Mention { target: target.clone(), markdown: false, counts: true, span: entry.span };
            let links = std::mem::take(&mut note.links);
            note.links = links.into_iter().chain([link]).collect();
        }
        let log = match &mut note.kind {
            NoteKind::Person(person) => &mut person.log,
            NoteKind::Me(me) => &mut me.log,
            NoteKind::Event(event) => &mut event.log,
            NoteKind::Org(org) => &mut org.log,
            _ => return,
        };
        // Behind those of the same day: it is the newest of it.
        let at = log.partition_point(|known| known.day <= day);
        let mut entries = std::mem::take(log).into_vec();
        entries.insert(at, entry);
        *log = entries.into();
    }
}
