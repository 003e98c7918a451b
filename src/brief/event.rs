//! Before an event: who comes and what is known of each, what is common, what to ask, how to begin, who
//! else may be there, and one good goal.
//!
//! Whoever has died or is not to be contacted appears in no way; with whom contact rests or has ended
//! is named as coming, and no more.

mod common;
mod others;

use std::collections::HashSet;

use chrono::NaiveDate;

use super::person::{Promise, Read, Somebody, Talk, is_to_be_talked_to};
use crate::config::Config;
use crate::index::{Index, OrgNames};
use crate::note::Note;
use crate::note::other::{Event, Me};
use crate::note::person::Milestone;
use crate::note::said::Said;
use crate::note::seasonal::Mourning;
use crate::plan::{Interests, Reach, Rest, is_in_mourning, quiet_until, reach};
use crate::text::{NotePath, Text, fold_name};

pub use common::{Common, Ground};
pub use others::{Link, Other};

/// Of somebody so many open threads and promises are told …
const THREADS: usize = 3;
/// … and so many questions are proposed.
const QUESTIONS: usize = 3;
/// A conversation that is a goal takes so many minutes.
pub const MINUTES: u32 = 15;
/// Among so many of the last conversations one is looked for that something was noted of.
const TALKS: usize = 8;
/// So many ways to begin are proposed for each.
const STARTERS: usize = 2;

/// What is prepared for an event.
#[derive(Debug, Clone)]
pub struct Prep<'a> {
    /// The event's note.
    pub note: &'a Note,
    /// The event.
    pub event: &'a Event,
    /// Who comes, as listed.
    pub guests: Vec<Guest<'a>>,
    /// Who comes and has no note.
    pub strangers: Vec<&'a str>,
    /// Who is marked as absent.
    pub absent: Vec<&'a str>,
    /// What several of you have in common.
    pub common: Vec<Common<'a>>,
    /// Who else may be there, those with the strongest reasons first.
    pub others: Vec<Other<'a>>,
    /// How many more may be.
    pub more_others: usize,
    /// One person and one question.
    pub aim: Option<Aim<'a>>,
}

impl Prep<'_> {
    /// Whether its last day has gone by.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        let last = self.event.last.max(self.event.day);
        last.is_some_and(|last| last < today)
    }
}

/// Somebody who comes.
#[derive(Debug, Clone)]
pub struct Guest<'a> {
    /// Who.
    pub somebody: Somebody<'a>,
    /// How the tie stands.
    pub reach: Reach,
    /// How much the tie weighs.
    pub weight: f64,
    /// Somebody to talk to: contact neither rests nor has ended.
    pub to_talk_to: bool,
    /// The last contact before the event.
    pub last_contact: Option<NaiveDate>,
    /// The event at which it was, where nothing else is known of it.
    pub met_at: Option<&'a NotePath>,
    /// The last conversation before the event of which something was noted; it may be an earlier one.
    pub last: Option<Talk<'a>>,
    /// What is open, newest first.
    pub threads: Vec<Talk<'a>>,
    /// Promises both ways.
    pub promises: Vec<Promise<'a>>,
    /// A death for which they are in mourning.
    pub mourning: Option<Mourning>,
    /// These are the first days after it: nothing glad is told, and they are nobody’s goal.
    pub is_quiet: bool,
    /// What is near in their life; nothing in the first days of mourning.
    pub milestones: Vec<&'a Milestone>,
    /// What could be asked, best first.
    pub questions: Vec<Question<'a>>,
    /// How a conversation could begin.
    pub starters: Vec<Starter<'a>>,
}

/// Something to ask somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question<'a> {
    /// How an open thread went on.
    Thread(NaiveDate, Text),
    /// How what you talked about last went on.
    Last(NaiveDate, Text),
    /// What they are after, which a strength of yours meets.
    Goal(&'a str),
    /// What they are good at, which you are after.
    Strength(&'a str),
}

impl Question<'_> {
    /// The word in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Thread(..) => "followup",
            Self::Goal(_) => "goal",
            Self::Strength(_) => "ask",
            Self::Last(..) => "last",
        }
    }

    /// In words of the notes.
    pub fn text(&self) -> &str {
        match self {
            Self::Thread(_, text) | Self::Last(_, text) => text,
            Self::Goal(text) | Self::Strength(text) => text,
        }
    }

    /// The day it stems from.
    pub fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Thread(day, _) | Self::Last(day, _) => Some(*day),
            _ => None,
        }
    }

    /// The better it is as the one question of an evening, the smaller.
    fn rank(&self) -> u8 {
        match self {
            Self::Thread(..) => 0,
            Self::Goal(_) => 1,
            Self::Strength(_) => 2,
            Self::Last(..) => 3,
        }
    }
}

/// A way to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Starter<'a> {
    /// An interest that you share.
    InCommon(&'a str),
    /// One of theirs.
    Theirs(&'a str),
    /// What you talked about last.
    Last(NaiveDate, Text),
}

impl Starter<'_> {
    /// The word in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::InCommon(_) => "interest",
            Self::Theirs(_) => "theirs",
            Self::Last(..) => "last",
        }
    }

    /// In words of the notes.
    pub fn text(&self) -> &str {
        match self {
            Self::InCommon(text) | Self::Theirs(text) => text,
            Self::Last(_, text) => text,
        }
    }
}

/// One person, fifteen minutes, this question.
#[derive(Debug, Clone)]
pub struct Aim<'a> {
    /// Who.
    pub somebody: Somebody<'a>,
    /// What to ask.
    pub question: Question<'a>,
}

/// What is looked at.
#[derive(Clone, Copy)]
pub struct Desk<'a, 'r> {
    /// The notes.
    pub index: &'a Index,
    /// `goen.toml`
    pub config: &'a Config,
    /// The day.
    pub today: NaiveDate,
    /// Reads a note's text.
    pub read: &'r Read<'r>,
}

/// Puts it together. `said` is what the event's note says it is about.
pub fn prep<'a>(desk: Desk<'a, '_>, note: &'a Note, event: &'a Event, said: &Said) -> Prep<'a> {
    let Desk { index, config, today, .. } = desk;
    let me = index.me().map(|(_, me)| me);
    let interests = Interests::new(config);
    let rest = Rest::of(index);
    let coming = index.attendees(note, event).into_iter().filter(|found| !found.is_of_the_gone());
    let guests: Vec<Guest<'a>> = coming
        .filter_map(|note| Somebody::at(index, note.path.as_str(), today))
        .map(|somebody| guest(desk, (somebody, before(event, today)), me, &interests, &rest))
        .collect();
    let (strangers, absent) = unknown(index, note, event);
    let orgs = OrgNames::of(index);
    let common = common::common(&guests, me, &interests, &orgs, event);
    let (others, more_others) = others::others(desk, (note, event), said, &guests, (&interests, &orgs));
    let aim = aim(&guests);
    Prep { note, event, guests, strangers, absent, common, others, more_others, aim }
}

/// The last day before an event, as far as days have gone by: what was said at it, or since, is not
/// what it begins with.
fn before(event: &Event, today: NaiveDate) -> NaiveDate {
    event.day.and_then(|day| day.pred_opt()).map_or(today, |eve| eve.min(today))
}

fn guest<'a>(
    desk: Desk<'a, '_>,
    (somebody, before): (Somebody<'a>, NaiveDate),
    me: Option<&'a Me>,
    interests: &Interests<'_>,
    rest: &Rest,
) -> Guest<'a> {
    let Somebody { note, person, tie, today, .. } = somebody;
    let reach = Reach::of((note, person, tie), desk.config, rest, today);
    let weight = reach::weight(person, desk.config);
    let to_talk_to = is_to_be_talked_to(person);
    if !to_talk_to {
        let none = (Vec::new(), Vec::new());
        return Guest {
            somebody,
            reach,
            weight,
            to_talk_to,
            last_contact: None,
            met_at: None,
            last: None,
            threads: none.0,
            promises: Vec::new(),
            mourning: None,
            is_quiet: false,
            milestones: Vec::new(),
            questions: Vec::new(),
            starters: none.1,
        };
    }
    let is_quoted = |talk: &Talk<'_>| !talk.of_the_gone && !talk.text.is_empty();
    let mut threads: Vec<Talk<'a>> = somebody.threads().into_iter().filter(is_quoted).collect();
    threads.truncate(THREADS);
    let promises: Vec<Promise<'a>> =
        somebody.promises().into_iter().filter(|promise| !promise.of_the_gone).take(THREADS).collect();
    let earlier = Somebody { today: before, ..somebody };
    let last_contact = earlier.last().map(|contact| contact.day);
    let talks = earlier.talks(TALKS, desk.read);
    let newest = talks.first().filter(|talk| Some(talk.day) == last_contact && talk.is_only_named());
    let met_at = newest.map(|talk| talk.told_in);
    // The name of an event is nothing that was talked about.
    let last = talks.into_iter().find(|talk| is_quoted(talk) && !talk.is_only_named());
    let questions = questions(&somebody, me, interests, &threads, last.as_ref());
    let starters = starters(&somebody, me, interests, &questions, last.as_ref());
    let mourning = person.details().mourning.filter(|mourning| is_in_mourning(*mourning, today));
    let is_quiet = quiet_until(person, today).is_some();
    let milestones = if is_quiet { Vec::new() } else { somebody.milestones_near() };
    Guest {
        somebody,
        reach,
        weight,
        to_talk_to,
        last_contact,
        met_at,
        last,
        threads,
        promises,
        mourning,
        is_quiet,
        milestones,
        questions,
        starters,
    }
}

/// What could be asked: what is open, what they are after and you are good at, what they are good at and
/// you are after; else what you talked about last.
fn questions<'a>(
    of: &Somebody<'a>,
    me: Option<&'a Me>,
    interests: &Interests<'_>,
    threads: &[Talk<'a>],
    last: Option<&Talk<'a>>,
) -> Vec<Question<'a>> {
    let mut out: Vec<Question<'a>> =
        threads.iter().map(|thread| Question::Thread(thread.day, thread.text.clone())).collect();
    let details = of.person.details();
    if let Some(me) = me {
        out.extend(interests.common(&details.goals, &me.strengths).into_iter().map(Question::Goal));
        out.extend(interests.common(&details.strengths, &me.goals).into_iter().map(Question::Strength));
    }
    // Where there is something better to ask, it is a way to begin.
    if let Some(last) = last.filter(|_| out.is_empty()) {
        out.push(Question::Last(last.day, last.text.clone()));
    }
    out.truncate(QUESTIONS);
    out
}

/// How a conversation could begin: with an interest that you share, else one of theirs; with what you
/// talked about last, where it is not asked about anyway.
fn starters<'a>(
    of: &Somebody<'a>,
    me: Option<&'a Me>,
    interests: &Interests<'_>,
    questions: &[Question<'a>],
    last: Option<&Talk<'a>>,
) -> Vec<Starter<'a>> {
    let own = me.map(|me| &*me.interests).unwrap_or_default();
    let mut out: Vec<Starter<'a>> =
        interests.common(&of.person.interests, own).into_iter().map(Starter::InCommon).collect();
    if out.is_empty() {
        out.extend(of.person.interests.iter().take(1).map(|word| Starter::Theirs(word)));
    }
    out.truncate(STARTERS);
    if let Some(last) = last.filter(|last| questions.iter().all(|asked| asked.text() != last.text)) {
        out.truncate(STARTERS - 1);
        out.push(Starter::Last(last.day, last.text.clone()));
    }
    out
}

/// Who is listed and has no note, and who is marked as absent, by name.
fn unknown<'a>(index: &'a Index, note: &'a Note, event: &'a Event) -> (Vec<&'a str>, Vec<&'a str>) {
    let me = index.me();
    let is_me = |target: &str| {
        let words = fold_name(target);
        me.is_some_and(|(note, me)| {
            let names = std::iter::once(note.path.name()).chain(me.name.as_deref());
            names.chain([note.path.stem()]).any(|name| fold_name(name) == words)
        })
    };
    let (mut strangers, mut absent) = (Vec::new(), Vec::new());
    let mut told = HashSet::new();
    for attendee in &event.attendees {
        let found = index.attendee(&note.path, &attendee.target);
        let name = found.and_then(Note::person).map_or(&*attendee.target, |person| &*person.name);
        let list = match found {
            Some(found) if found.is_of_the_gone() => continue,
            _ if is_me(&attendee.target) => continue,
            _ if attendee.absent => &mut absent,
            Some(_) => continue,
            None => &mut strangers,
        };
        if told.insert((attendee.absent, name)) {
            list.push(name);
        }
    }
    (strangers, absent)
}

/// The strongest tie that there is something to ask of, and the best question.
fn aim<'a>(guests: &[Guest<'a>]) -> Option<Aim<'a>> {
    let asked = guests.iter().filter(|guest| !guest.is_quiet).filter_map(|guest| {
        let question = guest.questions.iter().min_by_key(|question| question.rank())?;
        Some((guest, question))
    });
    let strength = |guest: &Guest<'_>| {
        let contacts = guest.somebody.tie.until(guest.somebody.today).len();
        (guest.weight, contacts)
    };
    // Of equals `min_by` takes the first that is listed.
    let (guest, question) = asked.min_by(|(a, of_a), (b, of_b)| {
        let (a, b) = (strength(a), strength(b));
        b.0.total_cmp(&a.0).then(of_a.rank().cmp(&of_b.rank())).then(b.1.cmp(&a.1))
    })?;
    Some(Aim { somebody: guest.somebody, question: question.clone() })
}
