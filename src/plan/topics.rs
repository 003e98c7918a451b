//! What to write about, best first, and through which channel.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::ground::Ground;
use super::{Item, Kind, Subject, Why, answers, promises, reach};
use crate::config::Config;
use crate::note::keys::{channel as canonical, serves};
use crate::note::log::{Entry, Marks};
use crate::note::person::Person;
use crate::note::{Kind as NoteKind, Note};
use crate::text::{NotePath, Text, fold};

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
    if item.kind != Kind::Milestone
        && let Some(newest) = person.details().milestones.iter().rev().find(|m| m.day <= today)
    {
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
    // What the item is about comes first.
    if item.kind == Kind::Share {
        out.sort_by_key(|topic| topic.kind != TopicKind::Clip);
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
    let (_, words) = answers::talk_about(ground.index, (met.event, event), &note.path)?;
    let topic = Topic::new(TopicKind::Event, words).on(*day);
    (!words.is_empty()).then(|| Topic { link: Some(met.event.path.clone()), ..topic })
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

/// The words of `theirs` that mean one of `mine`, in their order.
pub fn common_interests<'a>(config: &Config, theirs: &'a [Text], mine: &[Text]) -> Vec<&'a str> {
    Interests::new(config).common(theirs, mine)
}

/// Which words mean one interest: after NFKC and case folding, and through `[interests]`.
pub struct Interests<'a>(Vec<(std::borrow::Cow<'a, str>, std::borrow::Cow<'a, str>)>);

impl<'a> Interests<'a> {
    /// As `goen.toml` says it.
    pub fn new(config: &'a Config) -> Self {
        let words =
            config.interests.iter().flat_map(|(key, words)| words.iter().map(|w| (fold(w), fold(key))));
        Self(words.collect())
    }

    /// What a word means.
    pub fn canonical<'s>(&'s self, word: &'s str) -> std::borrow::Cow<'s, str> {
        let word = fold(word);
        match self.0.iter().find(|(alias, _)| *alias == word) {
            Some((_, key)) => std::borrow::Cow::Borrowed(key),
            None => word,
        }
    }

    /// The words of `a` that mean one of `b`, in the order of `a`.
    pub fn common<'s>(&self, a: &'s [Text], b: &[Text]) -> Vec<&'s str> {
        if a.is_empty() || b.is_empty() {
            return Vec::new();
        }
        let known: BTreeSet<_> = b.iter().map(|word| self.canonical(word)).collect();
        a.iter().filter(|word| known.contains(&self.canonical(word))).map(|word| &**word).collect()
    }
}

/// The channel to use: the one preferred, else the last one used that is neither light
/// nor a meeting, else the tier's first that an address is known for.
pub fn channel(person: &Person, config: &Config, today: NaiveDate) -> Option<Text> {
    if let Some(prefer) = &person.details().prefer {
        return Some(prefer.clone());
    }
    let serves_for_writing = |c: &str, light: bool, meeting: bool| !light && !meeting && c != "intro";
    let is_of = |words: &[String], c: &str| words.iter().any(|w| fold(w) == c);
    let logged = person.log.iter().rev().filter(|e| e.day <= today && e.is_contact()).find_map(|e| {
        let channel = e.channel()?.as_str();
        let serves = serves_for_writing(channel, e.marks.has(Marks::LIGHT), e.marks.has(Marks::MEETING));
        serves.then_some((e.day, channel))
    });
    let stated = person.stated.iter().filter(|s| s.day <= today).filter_map(|s| {
        let channel = s.channel.as_deref()?;
        let (light, meeting) = (is_of(&config.log.light, channel), is_of(&config.log.meeting, channel));
        serves_for_writing(channel, light, meeting).then_some((s.day, channel))
    });
    if let Some((_, channel)) = stated.chain(logged).max_by_key(|(day, _)| *day) {
        return Some(canonical(channel).as_ref().into());
    }
    channel_of_tier(person, config)
}

/// The tier's first channel that an address is known for.
pub(super) fn channel_of_tier(person: &Person, config: &Config) -> Option<Text> {
    let tier = reach::tier(person, config)?;
    let known = |want: &str| person.channels.iter().any(|(have, _)| serves(have, &canonical(want)));
    tier.channels.iter().find(|want| known(want)).map(|want| canonical(want).into_owned().into())
}
