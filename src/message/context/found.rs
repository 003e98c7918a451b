//! What the notes know for a message: looked up for its reason on the agenda, else for the occasion.

use chrono::{Days, NaiveDate};

use super::super::occasion::Occasion;
use super::quote::quoted;
use super::{Case, named, shown};
use crate::config::Greeting;
use crate::date;
use crate::index::same_place;
use crate::note::log::{Entry, Marks};
use crate::note::other::{Event, EventStatus};
use crate::note::talk::behind_title;
use crate::note::{Kind as NoteKind, Note};
use crate::page;
use crate::plan::{self, Mourner, TopicKind, Why};
use crate::text::{Text, fold};

/// Words of what you did yourself, which is nothing to ask others about.
const YOURS: [&str; 34] = [
    "挨拶",
    "あいさつ",
    "知らせ",
    "報告",
    "お礼",
    "御礼",
    "お祝い",
    "祝いを",
    "年賀",
    "見舞い",
    "送った",
    "送信",
    "お送り",
    "出した",
    "伝えた",
    "返した",
    "返信し",
    "連絡した",
    "書いた",
    "声をかけ",
    "お願いし",
    "渡した",
    "sent",
    "wrote",
    "thanked",
    "told",
    "greet",
    "congratulat",
    "announc",
    "asked",
    "mailed",
    "replied",
    "card",
    "invited",
];

/// A milestone is written about for so many days.
const MILESTONE: i64 = 60;
/// An event is spoken of for so many.
const EVENT: i64 = 30;

impl<'a> Case<'a> {
    pub(super) fn why(&self) -> Option<&'a Why> {
        self.item.map(|item| &item.why)
    }

    /// The log up to today, newest first.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = &'a Entry> {
        let today = self.today;
        self.person.log.iter().rev().filter(move |entry| entry.day <= today)
    }

    /// The words of a line, unless it tells of somebody who is never to appear.
    fn words(&self, entry: &Entry) -> String {
        let inside = self
            .note
            .links
            .iter()
            .filter(|link| entry.span.start <= link.span.start && link.span.end <= entry.span.end);
        let mut meant = inside.filter_map(|link| self.index.resolve(&self.note.path, link).note());
        let tells_of_the_gone = meant.any(Note::is_of_the_gone);
        if tells_of_the_gone { String::new() } else { named(&entry.text) }
    }

    /// What was talked about on the day of the last contact, unless it is what you did yourself.
    pub fn last_words(&self, day: NaiveDate) -> String {
        let entry = self.newest_first().find(|entry| entry.is_contact() && entry.day == day);
        let is_open = |entry: &Entry| entry.marks.has(Marks::FOLLOWUP);
        let is_yours = |text: &str| YOURS.iter().any(|word| fold(text).contains(word));
        let asked = entry.filter(|entry| is_open(entry) || !is_yours(&entry.text));
        asked.map(|entry| self.light(entry)).unwrap_or_default()
    }

    /// The words of a line that one can lightly come back to.
    fn light(&self, entry: &Entry) -> String {
        if page::is_sombre(&entry.text) { String::new() } else { self.words(entry) }
    }

    /// What an event's note says of them first.
    fn words_of(&self, (note, event): (&Note, &Event)) -> String {
        let told = self.index.told_of(note, event, &self.note.path).filter(|told| !told.of_the_gone);
        told.map(|told| quoted(told.words)).unwrap_or_default()
    }

    /// Whether words hold their own name, which one does not say to them.
    pub fn names_them(&self, words: &str) -> bool {
        // A shorter one stands in many a word.
        const SHORTEST: usize = 3;
        let joined: String = self.person.name.split_whitespace().collect();
        let mut names = [&*self.person.name, &joined].into_iter();
        names.any(|name| name.chars().count() >= SHORTEST && words.contains(name))
    }

    /// A task without the name of whom it is for, where it begins with that: they know their name.
    fn without_addressee<'t>(&self, text: &'t str) -> &'t str {
        let text = text.trim_start();
        let joined: String = self.person.name.split_whitespace().collect();
        let file = self.note.path.name();
        let names = [&*self.person.name, &joined, file].into_iter();
        let mut names = names.chain(self.person.aliases.iter().map(|alias| &**alias));
        let behind = names.find_map(|name| text.strip_prefix(name).filter(|_| !name.is_empty()));
        let Some(rest) = behind.map(str::trim_start) else { return text };
        let rest = behind_title(rest).trim_start();
        let joint = ["に", "へ", "から", "を", "の"].iter().find_map(|word| rest.strip_prefix(word));
        joint.map(str::trim_start).filter(|rest| !rest.is_empty()).unwrap_or(text)
    }

    /// Whether you saw or heard each other on a day.
    pub fn met_on(&self, day: NaiveDate) -> bool {
        let mut logged = self.newest_first().filter(|entry| entry.day == day);
        logged.any(|entry| entry.marks.has(Marks::MEETING))
            || self.tie.contacts.iter().any(|contact| contact.day == day && contact.at_event)
    }

    /// Whether what they wrote has lain for some days.
    pub fn replies_late(&self) -> bool {
        const SOON: i64 = 3;
        matches!(self.why(), Some(Why::Reply { day, .. }) if (self.today - *day).num_days() > SOON)
    }

    /// What was talked about: what the event's note says of them, an open thread, the last line.
    pub fn talk(&self) -> String {
        let topics = self.item.map_or(&[] as &[_], |item| &item.topics);
        let of_event = topics.iter().find(|topic| topic.kind == TopicKind::Event);
        let of_reply = match self.why() {
            Some(Why::Reply { text, .. }) => Some(quoted(text)),
            _ => None,
        };
        // Only what they asked is answered.
        if self.occasion == Some(Occasion::Reply) {
            return of_reply.unwrap_or_default();
        }
        // Only what was said when you met, or after it, is come back to.
        let is_follow_up = self.occasion == Some(Occasion::FollowUp);
        let since = self.meeting().filter(|_| is_follow_up);
        if is_follow_up && since.is_none() {
            return String::new();
        }
        let is_of_it = |day: NaiveDate| since.is_none_or(|since| since <= day);
        let met = || {
            let event = self.met_at().filter(|_| is_follow_up);
            event.map(|event| self.words_of(event)).filter(|words| !words.is_empty())
        };
        let thread = || {
            let mut threads = self.person.threads(self.today).filter(|entry| is_of_it(entry.day));
            threads.find_map(|entry| Some(self.light(entry)).filter(|words| !words.is_empty()))
        };
        let last = || self.reach.last.filter(|day| is_of_it(*day)).map(|day| self.last_words(day));
        of_reply
            .or_else(|| of_event.map(|topic| quoted(&topic.text)))
            .filter(|words| !words.is_empty())
            .or_else(met)
            .or_else(thread)
            .or_else(last)
            .unwrap_or_default()
    }

    /// The event at which you met, without its day.
    pub fn event(&self) -> String {
        if let Some(Why::FollowUp { event, .. }) = self.why() {
            return event.as_deref().map(bare).unwrap_or_default();
        }
        let event = match self.occasion {
            Some(Occasion::FollowUp) => self.met_at(),
            _ => self.event_of_late(),
        };
        event.map(|(note, _)| bare(note.path.name())).unwrap_or_default()
    }

    /// The newest event of late at which both of you were.
    fn event_of_late(&self) -> Option<(&'a Note, &'a Event)> {
        let was_there = |note: &Note, event: &Event| {
            self.index.attendees(note, event).iter().any(|found| found.path == self.note.path)
        };
        let of_late = self.index.events().filter(|(note, event)| {
            let is_near = event.day.is_some_and(|day| (0..=EVENT).contains(&(self.today - day).num_days()));
            is_near && event.status == EventStatus::Held && was_there(note, event)
        });
        of_late.max_by_key(|(note, event)| (event.day, note.path.clone()))
    }

    /// Something in their life that the message is about.
    pub fn milestone(&self) -> Option<(&'a str, NaiveDate)> {
        if let Some(Why::Milestone { day, what, .. }) = self.why() {
            return Some((what, *day));
        }
        let occasion = self.occasion?;
        let is_near = |day: NaiveDate| (0..=MILESTONE).contains(&(self.today - day).num_days());
        let is_yours = || matches!(occasion, Occasion::NewJob | Occasion::Independence) && self.begins_anew();
        let mut newest_first = self.person.details().milestones.iter().rev();
        let is_wished_well = |what: &str| occasion == Occasion::Condolence && page::is_unwell(what);
        let is_of = |what: &str| Occasion::of_milestone(what) == occasion || is_wished_well(what);
        let found = newest_first.find(|m| is_near(m.day) && is_of(&m.what))?;
        (!is_yours()).then_some((&*found.what, found.day))
    }

    /// Whether something befell them of late after which nobody is asked lightly how things are.
    pub fn is_in_trouble(&self) -> bool {
        let is_near = |day: NaiveDate| (0..=MILESTONE).contains(&(self.today - day).num_days());
        let mut milestones = self.person.details().milestones.iter();
        // A milestone is theirs; a line of the log may tell of work, and only a death is looked for in it.
        let mut talks = self.newest_first();
        milestones
            .any(|m| is_near(m.day) && page::is_sombre(&m.what) && page::tone(&m.what) != page::Tone::Glad)
            || talks.any(|talk| is_near(talk.day) && tells_of_a_death(&self.words(talk)))
    }

    /// Whether you have begun something these days, so that a new job is yours to tell of.
    fn begins_anew(&self) -> bool {
        let is_near = |day: NaiveDate| (self.today - day).num_days().abs() <= MILESTONE;
        let me = self.index.me().map(|(_, me)| me);
        me.is_some_and(|me| me.career.iter().any(|p| p.from.is_some_and(|from| is_near(from.first_day()))))
    }

    /// An open promise, yours or theirs.
    pub fn task(&self, theirs: bool) -> String {
        let occasion = if theirs { Occasion::Waiting } else { Occasion::Promise };
        if let (Some(Why::Promise { text, .. }), Some(of)) = (self.why(), self.occasion)
            && of == occasion
        {
            return named(self.without_addressee(text));
        }
        let tasks = self.tie.promises.iter().filter_map(|promise| {
            self.index.note(promise.note.as_str())?.tasks.get(usize::from(promise.task))
        });
        let open = tasks.filter(|task| task.theirs == theirs && !task.text.is_empty());
        let due = |task: &crate::note::task::Task| {
            task.due.map_or(NaiveDate::MAX, |due| due.day(task.since, self.today))
        };
        open.min_by_key(|task| due(task))
            .map(|task| named(self.without_addressee(&task.text)))
            .unwrap_or_default()
    }

    /// What they did for you last and was not thanked for, and when.
    pub fn received(&self) -> Option<(String, NaiveDate)> {
        if let Some(Why::Thanks { text, day }) = self.why() {
            return Some((named(text), *day));
        }
        self.favour().map(|entry| (self.words(entry), entry.day))
    }

    /// The note of something that they would like to read.
    fn clip_note(&self) -> Option<(&'a Note, &'a crate::note::other::Clip)> {
        let named = match self.why() {
            Some(Why::Share { clip, .. }) => self.index.note(clip.as_str()),
            _ => None,
        };
        let found = || {
            let them = (self.note, self.person);
            let is_wanted = self.occasion == Some(Occasion::Share);
            is_wanted.then(|| plan::clip_for(self.index, self.config, self.today, them)).flatten()
        };
        let note = named.or_else(found)?;
        match &note.kind {
            NoteKind::Clip(clip) => Some((note, clip)),
            _ => None,
        }
    }

    /// Its title and where it is.
    pub fn clip(&self) -> Option<(String, String)> {
        let (note, clip) = self.clip_note()?;
        Some((bare(note.path.name()), clip.url.as_deref().unwrap_or_default().to_owned()))
    }

    /// What it is about.
    pub fn clip_topics(&self) -> &'a [Text] {
        self.clip_note().map_or(&[], |(_, clip)| &clip.topics)
    }

    /// A trip of yours to where they are.
    pub fn trip(&self) -> Option<(Text, NaiveDate, NaiveDate)> {
        if let Some(Why::Visit { place, from, to }) = self.why() {
            return Some((place.clone(), *from, *to));
        }
        let theirs = fold(self.person.location.as_deref()?);
        let trips = self.index.trips().filter_map(|(note, trip)| {
            let (place, from) = (trip.location.clone()?, trip.from?);
            let to = trip.to.unwrap_or(from).max(from);
            let leads = to >= self.today && same_place(&theirs, &fold(&place));
            leads.then_some(((from, note.path.clone()), (place, from, to)))
        });
        trips.min_by(|a, b| a.0.cmp(&b.0)).map(|(_, trip)| trip)
    }

    /// Who is in mourning, as far as the message has to mind it.
    pub fn mourner(&self) -> Option<Mourner> {
        if let Some(Why::Season { greeted, .. }) = self.why() {
            return greeted.mourning;
        }
        let theirs = self.person.details().mourning;
        let yours = self.index.me().and_then(|(_, me)| me.mourning);
        let is_minded = |mourning| {
            let of_new_year = self.season.is_some_and(|season| {
                let is_winter =
                    matches!(season.greeting, Greeting::NewYear | Greeting::MidWinter | Greeting::Bereaved);
                let year = season.year + i32::from(season.greeting == Greeting::Bereaved);
                is_winter && plan::is_new_year_silent(mourning, year)
            });
            of_new_year || plan::is_in_mourning(mourning, self.today)
        };
        match (theirs.is_some_and(is_minded), yours.is_some_and(is_minded)) {
            (true, _) => Some(Mourner::Them),
            (false, true) => Some(Mourner::You),
            (false, false) => None,
        }
    }

    /// Until when a talk of the last days counts as one.
    pub fn talked_since(&self) -> Option<NaiveDate> {
        const DAYS: u64 = 90;
        let last = self.reach.last?;
        let until = match self.reach.window {
            Some(window) => window.due(last),
            None => last.checked_add_days(Days::new(DAYS)).unwrap_or(last),
        };
        (until >= self.today).then_some(last)
    }
}

/// Whether a line tells of somebody's death: in English of one near to them, since a process dies as well.
fn tells_of_a_death(line: &str) -> bool {
    const NEAR: [&str; 22] = [
        "father",
        "mother",
        "dad",
        "mum",
        "mom",
        "parent",
        "parents",
        "wife",
        "husband",
        "partner",
        "son",
        "daughter",
        "child",
        "baby",
        "brother",
        "sister",
        "grandfather",
        "grandmother",
        "uncle",
        "aunt",
        "friend",
        "family",
    ];
    let is_near = || {
        let line = line.to_lowercase();
        line.split(|c: char| !c.is_alphabetic()).any(|word| NEAR.contains(&word))
    };
    page::tone(line) == page::Tone::Loss && (!line.is_ascii() || is_near())
}

/// The name of a note without the day that it begins with.
fn bare(name: &str) -> String {
    let rest = match date::prefix(name, date::DayFirst::Ask) {
        Ok((_, len)) => name.get(len..).unwrap_or(name).trim_start_matches([' ', '-', '_', '\u{3000}']),
        Err(_) => name,
    };
    shown(if rest.is_empty() { name } else { rest })
}
