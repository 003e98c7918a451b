//! Something that somebody would like to read: `share`, where half their window has passed.
//!
//! Before that, and where enough was shared these days, it is a topic.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::answers;
use super::interests::Interests;
use super::{About, HORIZON, Kind, Occurrence, Reason, State, Subject, days_between, minus, plus};
use crate::config::Config;
use crate::index::Index;
use crate::note::Note;
use crate::note::log::{Entry, Marks};
use crate::note::person::Person;
use crate::text::{NotePath, Text};

/// So many are proposed in any [`SHARED_IN`] days.
pub(super) const SHARED: usize = 2;
/// Days in which no more are proposed.
pub(super) const SHARED_IN: u64 = 7;

/// The clips of late, newest first, and what they are about.
pub(super) struct Clips<'a> {
    pub interests: Interests<'a>,
    recent: Vec<Recent<'a>>,
}

/// A clip of late, and what its words mean.
struct Recent<'a> {
    note: &'a Note,
    day: NaiveDate,
    about: BTreeSet<String>,
}

impl<'a> Clips<'a> {
    /// Those that are fresh on a day.
    pub fn of(index: &'a Index, config: &'a Config, today: NaiveDate) -> Self {
        let interests = Interests::new(config);
        let since = minus(today, u64::from(config.clips.days));
        let mut recent: Vec<Recent<'a>> = index
            .clips()
            .filter_map(|(note, clip)| {
                let day = clip.day.filter(|day| *day >= since && *day <= today)?;
                let about = clip.topics.iter().map(|word| interests.canonical(word).into_owned()).collect();
                Some(Recent { note, day, about })
            })
            .collect();
        recent.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.note.path.cmp(&b.note.path)));
        Self { interests, recent }
    }

    /// Whether there is any.
    pub fn is_empty(&self) -> bool {
        self.recent.is_empty()
    }

    /// The newest clip that matches an interest and that the person's note does not link to yet.
    pub fn for_person(&self, index: &Index, note: &Note, person: &Person) -> Option<(&'a Note, NaiveDate)> {
        let interests: Vec<_> = person.interests.iter().map(|word| self.interests.canonical(word)).collect();
        let matching = |clip: &&Recent<'_>| interests.iter().any(|interest| clip.about.contains(&**interest));
        let mut matching = self.recent.iter().filter(matching).peekable();
        matching.peek()?;
        let linked = note.links.iter().filter_map(|link| index.resolve(&note.path, link).note());
        let shared: BTreeSet<&NotePath> = linked.map(|note| &note.path).collect();
        let clip = matching.find(|clip| !shared.contains(&clip.note.path))?;
        Some((clip.note, clip.day))
    }
}

impl Clips<'_> {
    /// Somebody's interests that a clip of late matches, in their words, each meaning once.
    pub fn matched(&self, clip: &Note, person: &Person) -> Vec<Text> {
        let Some(recent) = self.recent.iter().find(|recent| recent.note.path == clip.path) else {
            return Vec::new();
        };
        let mut seen = BTreeSet::new();
        let is_new = |word: &&Text| {
            let meaning = self.interests.canonical(word).into_owned();
            recent.about.contains(&meaning) && seen.insert(meaning)
        };
        person.interests.iter().filter(is_new).cloned().collect()
    }
}

/// The clip of late that somebody would like to read and has not had yet.
pub fn clip_for<'a>(
    index: &'a Index,
    config: &'a Config,
    today: NaiveDate,
    (note, person): (&Note, &Person),
) -> Option<&'a Note> {
    Clips::of(index, config, today).for_person(index, note, person).map(|(clip, _)| clip)
}

/// From half of the window on, for somebody who has not had the clip; once the window is open beside
/// its own item.
pub(super) fn reasons<'a>(s: &Subject<'a>, out: &mut Vec<Reason<'a>>) {
    let reach = &s.reach;
    let clips = &s.ground.clips;
    let is_inside = matches!(reach.state, State::Fresh | State::Open | State::Due);
    if clips.is_empty() || !is_inside || s.person.interests.is_empty() {
        return;
    }
    let (Some(base), Some(opens), Some(due)) = (reach.base, reach.opens, reach.due) else { return };
    let half = plus(base, u64::try_from((due - base).num_days()).unwrap_or(0).div_ceil(2));
    if half >= plus(s.today, HORIZON) || reach.by_hand {
        return;
    }
    let Some((clip, day)) = clips.for_person(s.ground.index, s.note, s.person) else { return };
    let to = plus(day, u64::from(s.config.clips.days));
    let occurrence = Occurrence::Note(&clip.path, None);
    if to < s.today.max(half) || s.is_settled(Kind::Share, &occurrence) {
        return;
    }
    let about = About::Share { clip, day };
    let before = minus(opens, 1).min(to);
    if half <= before {
        out.push(Reason {
            since: base,
            span: days_between(base, before),
            ..Reason::within(Kind::Share, occurrence, (half, before), about)
        });
    }
    let from = half.max(opens);
    if from <= to {
        // What the window asks for is not more pressing for having something to share.
        let due = due.max(to);
        let span = days_between(base, due);
        out.push(Reason {
            due,
            since: base,
            span,
            ..Reason::within(Kind::Share, occurrence, (from, to), about)
        });
    }
}

/// The days of late on which a line of the log links a clip.
pub(super) fn shared_on(s: &Subject<'_>) -> Vec<NaiveDate> {
    let since = minus(s.today, SHARED_IN - 1);
    let recent = s.newest_first().take_while(|entry| entry.day >= since);
    let is_share = |entry: &&Entry| {
        !entry.marks.has(Marks::SKIP)
            && answers::links_in(s, entry).any(|n| matches!(n.kind, crate::note::Kind::Clip(_)))
    };
    recent.filter(is_share).map(|entry| entry.day).collect()
}
