//! Which reason an id on the page stands for.
//!
//! A page may be days old, and its notes may have changed since: an id is known as long as its
//! occurrence is in the notes at all, whether it would still be planned or not.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};

use super::career::Left;
use super::ground::Ground;
use super::sort::monday_from;
use super::{
    About, HORIZON, Kind, Occurrence, Reason, Subject, channel, groups, introductions, item_id, meetings,
    people, promises, reach, seasons, window,
};
use crate::config::Config;
use crate::index::Index;
use crate::note::Kind as NoteKind;
use crate::note::person::Person;
use crate::text::{NotePath, Text};

/// The task behind a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promised {
    /// Whose note holds it.
    pub path: NotePath,
    /// Its words.
    pub text: Text,
    /// Which of several of the same words.
    pub ordinal: u16,
    /// It comes again once it is done.
    pub recurring: bool,
}

/// What is known of an item by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The reason.
    pub kind: Kind,
    /// The channel that the item proposes.
    pub channel: Option<Text>,
    /// The task, where the reason is one.
    pub task: Option<Promised>,
    /// What it is about, where that is one thing: something in their life, a season's greeting, an
    /// organisation.
    pub about: Option<Text>,
    /// The note it is about besides the person's: a clip, or somebody they should know.
    pub other: Option<NotePath>,
}

/// What is known of an item that is nobody's, by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownGroup {
    /// The reason.
    pub kind: Kind,
    /// The event's or organisation's note.
    pub subject: NotePath,
}

/// What the id of a person's item stands for, on a page of a day.
pub fn known(index: &Index, config: &Config, day: NaiveDate, person: &str, id: &str) -> Option<Known> {
    let (note, person, tie) = index.person(person)?;
    Subject::new(note, person, tie, &Ground::new(index, config, day)).known(id)
}

/// What the id of an event's or organisation's item stands for.
pub fn known_group(index: &Index, note: &str, id: &str) -> Option<KnownGroup> {
    let note = index.note(note)?;
    let kind = match &note.kind {
        NoteKind::Event(event) => (meetings::id(note, event.day?) == id).then_some(Kind::Prepare)?,
        NoteKind::Org(org) => {
            groups::ids(index, note, org).iter().any(|known| known == id).then_some(Kind::Gathering)?
        }
        _ => return None,
    };
    Some(KnownGroup { kind, subject: note.path.clone() })
}

/// Whether the reason behind an id still holds for somebody.
pub fn is_live(index: &Index, config: &Config, today: NaiveDate, person: &str, id: &str) -> bool {
    let Some((note, person, tie)) = index.person(person) else { return false };
    let ground = Ground::new(index, config, today);
    let s = Subject::new(note, person, tie, &ground);
    let mut reasons = Vec::new();
    people::every_reason(&s, &mut reasons);
    let is = |reason: &Reason<'_>| s.id(reason.kind, &reason.occurrence) == id;
    let as_touch = |reason: &Reason<'_>| reason.kind == Kind::Cadence && is(&window::as_touch(&s, *reason));
    reasons.iter().any(|reason| is(reason) || as_touch(reason)) || s.introduction(id).is_some()
}

/// Whether an id is that of the line for people without a tier, on a page of a day or one of the year
/// before, from which it may have stayed.
pub fn is_sort_line(id: &str, day: NaiveDate) -> bool {
    const WEEKS_BACK: u64 = 53;
    let first = day.checked_sub_days(Days::new(7 * WEEKS_BACK)).map(monday_from);
    let mondays = first.into_iter().flat_map(|first| first.iter_weeks());
    let last = day.checked_add_days(Days::new(HORIZON)).unwrap_or(NaiveDate::MAX);
    mondays
        .take_while(|monday| *monday <= monday_from(last))
        .any(|monday| item_id("", Kind::Sort, monday) == id)
}

impl Subject<'_> {
    /// What an id stands for.
    pub(super) fn known(&self, id: &str) -> Option<Known> {
        let found = self.own(id).or_else(|| self.introduction(id))?;
        let channel = match found.kind {
            Kind::Touch => Some(self.like()),
            Kind::Introduce => Some(introductions::CHANNEL.into()),
            Kind::Season => found.channel.clone(),
            _ => found.channel.clone().or_else(|| channel::usual(self.person, self.config, self.today)),
        };
        Some(Known { channel, ..found })
    }

    /// What an id of an item of theirs alone stands for, without the channel that is usual.
    pub(super) fn own(&self, id: &str) -> Option<Known> {
        let plain = |kind| Known { kind, channel: None, task: None, about: None, other: None };
        let task = || {
            let (kind, task) = self.task(id)?;
            Some(Known { task: Some(task), ..plain(kind) })
        };
        let milestone = || {
            let mut all = self.person.details().milestones.iter();
            let found = all.find(|m| Occurrence::Milestone(m).is(self, Kind::Milestone, id))?;
            Some(Known { about: Some(found.what.clone()), ..plain(Kind::Milestone) })
        };
        let birthday = || self.birthday(id).map(plain);
        let by_day = || self.by_day(id).map(plain);
        task()
            .or_else(milestone)
            .or_else(birthday)
            .or_else(by_day)
            .or_else(|| self.season(id))
            .or_else(|| self.career(id))
            .or_else(|| self.visit(id))
            .or_else(|| self.share(id))
    }

    fn season(&self, id: &str) -> Option<Known> {
        let seasons = self.ground.seasons.iter();
        let names = seasons.flat_map(|season| season.names().map(move |name| (name, season.year())));
        let (name, _) = names
            .into_iter()
            .find(|(name, year)| Occurrence::Season(name, *year).is(self, Kind::Season, id))?;
        let sent = self.reasons().into_iter().find(|reason| self.id(reason.kind, &reason.occurrence) == id);
        let sent = sent.and_then(|reason| match reason.about {
            About::Season { sent, .. } => Some(sent),
            _ => None,
        });
        // What would no longer be sent goes the usual way.
        let usual = || channel::usual(self.person, self.config, self.today);
        Some(Known {
            kind: Kind::Season,
            channel: sent.map_or_else(usual, |sent| seasons::channel(self, sent)),
            task: None,
            about: Some(name.into()),
            other: None,
        })
    }

    fn reasons(&self) -> Vec<Reason<'_>> {
        let mut reasons = Vec::new();
        people::every_reason(self, &mut reasons);
        reasons
    }

    fn career(&self, id: &str) -> Option<Known> {
        let told = |left: &'_ Left<'_>| {
            let days = [
                (Kind::Farewell, Some(left.last)),
                (Kind::Settled, Some(left.last)),
                (Kind::Report, left.next.map(|(day, _)| day)),
            ];
            let mut all = days.into_iter().filter_map(|(kind, day)| Some((kind, day?)));
            all.find(|(kind, day)| Occurrence::Org(&left.post.org, *day).is(self, *kind, id))
        };
        let (kind, org) =
            self.ground.left.iter().find_map(|left| Some((told(left)?.0, left.post.org.clone())))?;
        Some(Known { kind, channel: None, task: None, about: Some(org), other: None })
    }

    fn visit(&self, id: &str) -> Option<Known> {
        let mut trips = self.ground.index.trips();
        let (_, trip) = trips.find(|(note, trip)| {
            trip.from.is_some_and(|from| Occurrence::Note(&note.path, Some(from)).is(self, Kind::Visit, id))
        })?;
        let about = trip.location.clone();
        Some(Known { kind: Kind::Visit, channel: None, task: None, about, other: None })
    }

    fn share(&self, id: &str) -> Option<Known> {
        let mut clips = self.ground.index.clips();
        let (note, _) =
            clips.find(|(note, _)| Occurrence::Note(&note.path, None).is(self, Kind::Share, id))?;
        let other = Some(note.path.clone());
        Some(Known { kind: Kind::Share, channel: None, task: None, about: None, other })
    }

    fn introduction(&self, id: &str) -> Option<Known> {
        let is_settled = |person: &Person| person.log.iter().any(|e| e.id.as_deref() == Some(id));
        let mut people = self.ground.index.people().filter(|(_, person, _)| !person.interests.is_empty());
        let (note, ..) = people.find(|(note, _, _)| introductions::id(&self.note.path, &note.path) == id)?;
        let other = Some(note.path.clone()).filter(|_| !is_settled(self.person));
        Some(Known { kind: Kind::Introduce, channel: None, task: None, about: None, other })
    }

    fn task(&self, id: &str) -> Option<(Kind, Promised)> {
        promises::tasks(self).find_map(|(note, task)| {
            let kind = if task.theirs { Kind::Waiting } else { Kind::Promise };
            (self.id(kind, &Occurrence::Task(&note.path, task)) == id).then(|| {
                let promised = Promised {
                    path: note.path.clone(),
                    text: task.text.clone(),
                    ordinal: task.ordinal,
                    recurring: task.recurring,
                };
                (kind, promised)
            })
        })
    }

    fn birthday(&self, id: &str) -> Option<Kind> {
        let birthday = self.person.birthday?;
        let mut years = self.today.year() - 1..=self.today.year() + 1;
        years
            .any(|year| {
                let occurrence =
                    birthday.in_year(year).map_or(Occurrence::Month(year, birthday.month), Occurrence::Day);
                self.id(Kind::Birthday, &occurrence) == id
            })
            .then_some(Kind::Birthday)
    }

    /// What goes by a day: windows are counted from a contact or a skip, whichever that was; others
    /// by what happened on it.
    fn by_day(&self, id: &str) -> Option<Kind> {
        const BY_DAY: [Kind; 4] = [Kind::FollowUp, Kind::Reply, Kind::Thanks, Kind::Drift];
        let contacts = self.tie.contacts.iter().map(|contact| contact.day);
        let days: BTreeSet<NaiveDate> =
            contacts.chain(self.person.log.iter().map(|entry| entry.day)).collect();
        let of_day =
            |day: &NaiveDate| BY_DAY.into_iter().find(|kind| Occurrence::Day(*day).is(self, *kind, id));
        let of_window = || reach::window_kind(id, (self.note, self.person, self.tie));
        of_window().or_else(|| days.iter().rev().find_map(of_day))
    }
}
