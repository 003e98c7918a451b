//! What to write about, best first.

use chrono::{Days, NaiveDate};

use super::ground::Ground;
use super::{Item, Kind, Subject, Why, promises};
use crate::note::log::{Entry, Marks};
use crate::note::person::{Milestone, Person};
use crate::note::{Kind as NoteKind, Note};
use crate::text::{NotePath, Text};

/// Where a topic comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TopicKind {
    /// What an event's note says of them.
    Event,
    /// An open `#followup`.
    Followup,
    /// A promise, yours or theirs.
    Promise,
    /// They have given more than you: a way to give back.
    GiveBack,
    /// A clip that matches their interests.
    Clip,
    /// Their goal that your strength meets.
    Goal,
    /// Their strength that meets your goal: something to ask them.
    Ask,
    /// An interest in common.
    Interest,
    /// The last log line.
    Last,
    /// Their newest milestone.
    Milestone,
    /// Something they did for you long ago.
    Gratitude,
    /// Somebody they should know.
    Introduce,
}

impl TopicKind {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Followup => "followup",
            Self::Promise => "promise",
            Self::GiveBack => "give_back",
            Self::Clip => "clip",
            Self::Goal => "goal",
            Self::Ask => "ask",
            Self::Interest => "interest",
            Self::Last => "last",
            Self::Milestone => "milestone",
            Self::Gratitude => "gratitude",
            Self::Introduce => "introduce",
        }
    }
}

/// Something to write about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Where it comes from.
    pub kind: TopicKind,
    /// What, in words of the notes.
    pub text: Text,
    /// The day it stems from, where it has one.
    pub day: Option<NaiveDate>,
    /// The note it points to.
    pub link: Option<NotePath>,
    /// Their interests that it matches, where it is a clip.
    pub matched: Vec<Text>,
}

impl Topic {
    fn new(kind: TopicKind, text: &str) -> Self {
        Self { kind, text: text.into(), day: None, link: None, matched: Vec::new() }
    }

    fn on(self, day: NaiveDate) -> Self {
        Self { day: Some(day), ..self }
    }
}

/// More than this nobody reads in a line.
const AT_MOST: usize = 3;
/// "An old one" is at least so many days old, and offered when so long unthanked.
const A_YEAR: u64 = 365;

/// Up to three topics, best first.
pub(super) fn topics(s: &Subject<'_>, item: &Item) -> Vec<Topic> {
    let Subject { ground, note, person, today, .. } = *s;
    let (index, interests) = (ground.index, &ground.clips.interests);
    let log = || person.log.iter().rev().filter(move |e| e.day <= today);
    let is_quoted = |entry: &&Entry| !entry.text.is_empty() && !s.tells_of_the_gone(entry);
    let threads = person.threads(today).filter(is_quoted);
    let mut out: Vec<Topic> = of_event(ground, item, note).into_iter().collect();
    out.extend(threads.map(|entry| Topic::new(TopicKind::Followup, &entry.text).on(entry.day)));
    out.extend(promises(s, item));
    let count = |mark| log().filter(|e| e.marks.has(mark)).count();
    let received = || log().find(|e| e.marks.has(Marks::RECEIVED) && is_quoted(e));
    if count(Marks::RECEIVED) >= count(Marks::GAVE) + 2
        && let Some(entry) = received()
    {
        out.push(Topic::new(TopicKind::GiveBack, &entry.text).on(entry.day));
    }
    // What comes behind those that are shown need not be looked for.
    let is_enough =
        |out: &[Topic]| item.kind != Kind::Share && out.chunk_by(|a, b| a.kind == b.kind).count() >= AT_MOST;
    if !is_enough(&out) {
        out.extend(clip(ground, note, person));
    }
    if let Some((_, me)) = index.me().filter(|_| !is_enough(&out)) {
        let details = person.details();
        let goals = interests.common(&details.goals, &me.strengths);
        out.extend(goals.into_iter().map(|goal| Topic::new(TopicKind::Goal, goal)));
        let asks = interests.common(&details.strengths, &me.goals);
        out.extend(asks.into_iter().map(|strength| Topic::new(TopicKind::Ask, strength)));
        let shared = interests.common(&person.interests, &me.interests);
        out.extend(shared.into_iter().map(|interest| Topic::new(TopicKind::Interest, interest)));
    }
    if let Some(entry) = log().find(|e| e.is_contact() && is_quoted(e)) {
        // A follow-up is that very line already.
        if !out.iter().any(|t| t.text == entry.text) {
            out.push(Topic::new(TopicKind::Last, &entry.text).on(entry.day));
        }
    }
    let named = match &item.why {
        Why::Milestone { day, what, .. } => Some((*day, what)),
        _ => None,
    };
    let is_another = |m: &&Milestone| m.day <= today && named != Some((m.day, &m.what));
    let newest = person.details().milestones.iter().rev().find(is_another);
    if let Some(newest) = newest.filter(|m| named.is_none_or(|(day, _)| day <= m.day)) {
        out.push(Topic::new(TopicKind::Milestone, &newest.what).on(newest.day));
    }
    if item.tier.as_deref().is_some_and(|tier| matches!(tier, "close" | "senior")) {
        let year_ago = today.checked_sub_days(Days::new(A_YEAR)).unwrap_or(today);
        let thanked = log().any(|e| e.day > year_ago && e.marks.has(Marks::THANKS));
        let old = log().find(|e| e.day <= year_ago && e.marks.has(Marks::RECEIVED) && is_quoted(e));
        if let Some(entry) = old.filter(|_| !thanked) {
            out.push(Topic::new(TopicKind::Gratitude, &entry.text).on(entry.day));
        }
    }
    // What the item is about comes first; of several pieces of news that is the newer one.
    match item.kind {
        Kind::Share => out.sort_by_key(|topic| topic.kind != TopicKind::Clip),
        Kind::Milestone => out.sort_by_key(|topic| topic.kind != TopicKind::Milestone),
        _ => {}
    }
    // One of each kind, so that a line offers a choice rather than more of the same.
    out.dedup_by_key(|topic| topic.kind);
    out.truncate(AT_MOST);
    out
}

/// What the event's note says of them first.
fn of_event(ground: &Ground<'_>, item: &Item, note: &Note) -> Option<Topic> {
    let Why::FollowUp { day, event: Some(_), .. } = &item.why else { return None };
    let met = ground.met.get(&note.path)?.iter().find(|met| met.day == *day)?;
    let NoteKind::Event(event) = &met.event.kind else { return None };
    let told = ground.index.told_of(met.event, event, &note.path).filter(|told| !told.of_the_gone)?;
    let topic = Topic::new(TopicKind::Event, told.words).on(*day);
    (!told.words.is_empty()).then(|| Topic { link: Some(met.event.path.clone()), ..topic })
}

/// The newest clip that matches an interest and was not shared yet.
fn clip(ground: &Ground<'_>, note: &Note, person: &Person) -> Option<Topic> {
    let (clip, day) = ground.clips.for_person(ground.index, note, person)?;
    let topic = Topic::new(TopicKind::Clip, clip.path.name()).on(day);
    Some(Topic { link: Some(clip.path.clone()), matched: ground.clips.matched(clip, person), ..topic })
}

/// Promises besides the one that names the item.
fn promises(s: &Subject<'_>, item: &Item) -> Vec<Topic> {
    let named = match &item.why {
        Why::Promise { text, .. } => Some(text),
        _ => None,
    };
    let others = promises::tasks(s).filter(|(_, task)| Some(&task.text) != named && !task.text.is_empty());
    others
        .map(|(note, task)| {
            let elsewhere = item.person.as_ref() != Some(&note.path);
            Topic { link: elsewhere.then(|| note.path.clone()), ..Topic::new(TopicKind::Promise, &task.text) }
        })
        .collect()
}
