//! The people of an organisation: what is known of their time there, how each stands to it now, and the
//! ties among them.
//!
//! Leaves which organisations there are, and which one a word means, to `org`.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::org::{Organisation, all};
use super::person::Somebody;
use super::time::{Shared, Spell, Together, joined, shared};
use crate::config::Config;
use crate::date::Period;
use crate::index::Index;
use crate::note::Note;
use crate::note::org::Post;
use crate::note::other::{Event, EventStatus};
use crate::note::person::{Person, Status};
use crate::plan::{PEOPLE_OF_A_GATHERING, Reach, Rest, State, quiet_until};
use crate::text::{NotePath, QuickMap, fold_name};

/// Whoever was spoken with within so many days can bring others together, and is not far away.
const IN_TOUCH: i64 = 365;

/// Whether somebody is at an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// They are there now, as far as their note says.
    There,
    /// They will be.
    Coming,
    /// They have left.
    Left,
}

impl Standing {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::There => "there",
            Self::Coming => "coming",
            Self::Left => "left",
        }
    }
}

/// Somebody who is or was there.
#[derive(Debug, Clone)]
pub struct Member<'a> {
    /// The person.
    pub of: Somebody<'a>,
    /// What they do or did there, oldest first.
    pub posts: Vec<&'a Post>,
    /// When they were there, as spells that touch nowhere.
    pub spells: Vec<Spell>,
    /// Whether they are there.
    pub standing: Standing,
    /// What they do now elsewhere, where they have left and it is known.
    pub now: Option<&'a Post>,
    /// How your times there meet.
    pub shared: Shared,
    /// The last contact.
    pub last: Option<NaiveDate>,
    /// How the tie stands.
    pub state: State,
    /// With how many of the others they are tied.
    pub ties: usize,
}

/// That two of them know each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bond {
    /// The one, and the other behind: numbers among the members.
    pub between: (usize, usize),
    /// One's note links to the other's.
    pub linked: bool,
    /// At how many events both were.
    pub events: usize,
}

/// An event at which several of them were, or will be.
#[derive(Debug, Clone, Copy)]
pub struct Gathering<'a> {
    /// Its day.
    pub day: NaiveDate,
    /// Its note.
    pub note: &'a Note,
    /// How many of them.
    pub members: usize,
}

/// Who would bring them together, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Host {
    /// Their number among the members.
    pub at: usize,
    /// With how many of the others they are tied, or were there together.
    pub people: usize,
    /// By ties; else nobody's ties are known, and it is by their time there.
    pub by_ties: bool,
}

/// What is known of the people of an organisation.
#[derive(Debug, Clone)]
pub struct Alumni<'a> {
    /// The organisation.
    pub org: Organisation<'a>,
    /// Your time there, as spells that touch nowhere.
    pub mine: Vec<Spell>,
    /// Everybody: those who are there, who will be, who have left; whom you were there with longest first.
    pub members: Vec<Member<'a>>,
    /// The ties among them, in the order of the members.
    pub bonds: Vec<Bond>,
    /// The last time that several of them were together.
    pub last: Option<Gathering<'a>>,
    /// The next time that several of them will be.
    pub next: Option<Gathering<'a>>,
    /// Who would bring them together.
    pub host: Option<Host>,
    /// Whom you have not spoken with for long: their numbers, longest ago first, whoever was never
    /// spoken with last.
    pub silent: Vec<usize>,
}

impl<'a> Alumni<'a> {
    /// Those of a standing, in their order.
    pub fn standing(&self, standing: Standing) -> impl Iterator<Item = &Member<'a>> {
        self.members.iter().filter(move |member| member.standing == standing)
    }

    /// Who would bring them together, where you were one of them.
    pub fn host_among_colleagues(&self) -> Option<(Host, &Member<'a>)> {
        let host = self.host.filter(|_| !self.mine.is_empty())?;
        Some((host, self.members.get(host.at)?))
    }

    /// How many of them you were in touch with within a year.
    pub fn in_touch(&self, today: NaiveDate) -> usize {
        let is_near =
            |member: &&Member<'_>| member.last.is_some_and(|last| (today - last).num_days() <= IN_TOUCH);
        self.members.iter().filter(is_near).count()
    }

    /// Whether you have left: of a time without a last day nothing says so.
    pub fn has_left(&self, today: NaiveDate) -> bool {
        last_day(&self.mine).is_some_and(|last| last < today)
    }
}

/// The organisations of your career: those you have left, the last one first, then those you are at.
pub fn of_career<'a>(index: &'a Index, config: &Config, today: NaiveDate) -> Vec<Alumni<'a>> {
    let mine = all(index).into_iter().filter(|org| !org.mine.is_empty());
    let mut all: Vec<Alumni<'a>> = mine.map(|org| alumni(index, config, today, org)).collect();
    all.sort_by_key(|alumni| {
        let from = alumni.mine.first().and_then(|spell| spell.from);
        (!alumni.has_left(today), Reverse(last_day(&alumni.mine)), from)
    });
    all
}

/// The last day of spells, where none is open.
fn last_day(spells: &[Spell]) -> Option<NaiveDate> {
    let ends = spells.iter().map(|spell| spell.to.map(|to| to.last_day()));
    ends.max_by_key(|end| end.unwrap_or(NaiveDate::MAX)).flatten()
}

/// What is known of the people of an organisation.
pub fn alumni<'a>(index: &'a Index, config: &Config, today: NaiveDate, org: Organisation<'a>) -> Alumni<'a> {
    let rest = Rest::of(index);
    let mine = joined(org.mine.iter().map(|post| Spell::of_career(post)));
    let people = index.people().filter(|(note, _, _)| !note.is_of_the_gone());
    let found = people.filter_map(|(note, person, tie)| {
        let posts: Vec<&Post> = person.posts.iter().filter(|post| org.holds(post)).collect();
        let of = Somebody { index, note, person, tie, today };
        (!posts.is_empty())
            .then(|| member(of, posts, &mine, Reach::of((note, person, tie), config, &rest, today)))
    });
    let mut members: Vec<Member<'a>> = found.collect();
    members.sort_by_cached_key(|member| {
        let name = member.of.person.reading.as_deref().unwrap_or(&member.of.person.name);
        (member.standing, Reverse(member.shared.days), fold_name(name), member.of.note.path.clone())
    });
    let places: QuickMap<&NotePath, usize> =
        members.iter().enumerate().map(|(at, member)| (&member.of.note.path, at)).collect();
    let bonds = bonds(index, &members, &places, today);
    let (last, next) = gatherings(index, &places, today);
    for bond in &bonds {
        for at in [bond.between.0, bond.between.1] {
            if let Some(member) = members.get_mut(at) {
                member.ties += 1;
            }
        }
    }
    let host = host(&members, today);
    let silent = silent(&members, today);
    Alumni { org, mine, members, bonds, last, next, host, silent }
}

fn member<'a>(of: Somebody<'a>, mut posts: Vec<&'a Post>, mine: &[Spell], reach: Reach) -> Member<'a> {
    let today = of.today;
    posts.sort_by_key(|post| (post.from.is_none(), post.from.map(|from| from.first_day())));
    let is_there = |post: &&Post| !post.past && Period { from: post.from, to: post.to }.contains(today);
    let is_ahead = |post: &&Post| post.from.is_some_and(|from| from.first_day() > today);
    let standing = if posts.iter().any(is_there) {
        Standing::There
    } else if posts.iter().any(is_ahead) {
        Standing::Coming
    } else {
        Standing::Left
    };
    let now = of.post().filter(|post| standing == Standing::Left && !posts.contains(post));
    let spells = joined(posts.iter().map(|post| Spell::of_post(post)));
    Member {
        of,
        standing,
        now,
        shared: shared(mine, &spells, today),
        spells,
        last: reach.last,
        state: reach.state,
        ties: 0,
        posts,
    }
}

/// Where somebody and you were at one time, as far as it is certain: the organisations' names and when.
pub fn shared_with<'a>(of: &Somebody<'a>) -> Vec<(&'a str, Shared)> {
    let mine = all(of.index).into_iter().filter(|org| !org.mine.is_empty());
    let found = mine.filter_map(|org| {
        let theirs = of.person.posts.iter().filter(|post| org.holds(post)).map(Spell::of_post);
        let theirs = joined(theirs);
        let yours = joined(org.mine.iter().map(|post| Spell::of_career(post)));
        let shared = shared(&yours, &theirs, of.today);
        (!theirs.is_empty() && shared.together == Together::Yes).then_some((org.name, shared))
    });
    let mut found: Vec<(&str, Shared)> = found.collect();
    found.sort_by_key(|(_, shared)| Reverse(shared.days));
    found
}

/// Which of an event's attendees are members, each once; by number.
fn members_at(index: &Index, of: (&Note, &Event), places: &QuickMap<&NotePath, usize>) -> Vec<usize> {
    if of.1.attendees.len() < 2 {
        return Vec::new();
    }
    let mut at: Vec<usize> =
        index.attendees(of.0, of.1).iter().filter_map(|note| places.get(&note.path)).copied().collect();
    at.sort_unstable();
    at
}

/// The ties among members: links in their notes, events that both were at.
fn bonds(
    index: &Index,
    members: &[Member<'_>],
    places: &QuickMap<&NotePath, usize>,
    today: NaiveDate,
) -> Vec<Bond> {
    let mut known: BTreeMap<(usize, usize), (bool, usize)> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        let note = member.of.note;
        let meant = note.links.iter().filter_map(|link| index.resolve(&note.path, link).note());
        for other in meant.filter_map(|other| places.get(&other.path)).filter(|other| **other != at) {
            known.entry((at.min(*other), at.max(*other))).or_default().0 = true;
        }
    }
    let past = |event: &Event| event.status == EventStatus::Held && event.day.is_some_and(|day| day <= today);
    for (note, event) in index.events().filter(|(_, event)| past(event)) {
        let there = members_at(index, (note, event), places);
        for (n, one) in there.iter().enumerate() {
            for other in there.iter().skip(n + 1) {
                known.entry((*one, *other)).or_default().1 += 1;
            }
        }
    }
    known.into_iter().map(|(between, (linked, events))| Bond { between, linked, events }).collect()
}

/// The last and the next event with so many members that it is a gathering.
fn gatherings<'a>(
    index: &'a Index,
    places: &QuickMap<&NotePath, usize>,
    today: NaiveDate,
) -> (Option<Gathering<'a>>, Option<Gathering<'a>>) {
    let (mut last, mut next): (Option<Gathering<'a>>, Option<Gathering<'a>>) = (None, None);
    for (note, event) in index.events().filter(|(_, event)| event.status != EventStatus::Cancelled) {
        let Some(day) = event.day else { continue };
        let members = members_at(index, (note, event), places).len();
        if members < PEOPLE_OF_A_GATHERING {
            continue;
        }
        let this = Gathering { day, note, members };
        // One that was only planned and is over may never have taken place.
        if day > today {
            next = next.filter(|known| known.day <= day).or(Some(this));
        } else if event.status == EventStatus::Held {
            last = last.filter(|known| known.day > day).or(Some(this));
        }
    }
    (last, next)
}

/// Whoever is tied to most of the others, and whom you are in touch with; of several the one spoken
/// with last. Where no ties are known, whoever was there together with most of them.
fn host(members: &[Member<'_>], today: NaiveDate) -> Option<Host> {
    let may_ask = |member: &Member<'_>| {
        let is_near = member.last.is_some_and(|last| (today - last).num_days() <= IN_TOUCH);
        let is_quiet = quiet_until(member.of.person, today).is_some();
        is_near && !is_quiet && is_approachable(member.of.person, today)
    };
    let most = |people: &dyn Fn(&Member<'_>) -> usize, by_ties: bool| {
        let asked = members.iter().enumerate().filter(|(_, member)| may_ask(member));
        let counted = asked.map(|(at, member)| (Host { at, people: people(member), by_ties }, member.last));
        // Of equals `max_by_key` takes the last.
        let found = counted.rev().max_by_key(|(host, last)| (host.people, *last));
        found.map(|(host, _)| host).filter(|host| host.people > 1)
    };
    let were_there = |member: &Member<'_>| {
        let others = members.iter().filter(|other| other.of.note.path != member.of.note.path);
        let met =
            |other: &&Member<'_>| shared(&member.spells, &other.spells, today).together == Together::Yes;
        others.filter(met).count()
    };
    most(&|member| member.ties, true).or_else(|| most(&were_there, false))
}

/// Whether somebody may be written to now.
fn is_approachable(person: &Person, today: NaiveDate) -> bool {
    person.status == Status::Active && person.snooze.is_none_or(|until| until <= today)
}

/// Whom you have not spoken with for more than a year, or not at all.
fn silent(members: &[Member<'_>], today: NaiveDate) -> Vec<usize> {
    let is_far = |member: &Member<'_>| member.last.is_none_or(|last| (today - last).num_days() > IN_TOUCH);
    let silent = members.iter().enumerate().filter(|(_, member)| {
        is_far(member)
            && is_approachable(member.of.person, today)
            && quiet_until(member.of.person, today).is_none()
    });
    let mut silent: Vec<(Option<NaiveDate>, usize)> = silent.map(|(at, member)| (member.last, at)).collect();
    silent.sort_by_key(|(last, at)| (last.is_none(), *last, *at));
    silent.into_iter().map(|(_, at)| at).collect()
}
