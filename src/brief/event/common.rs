//! What several of those who come have in common, you among them.

use super::Guest;
use crate::index::{OrgNames, same_place};
use crate::note::Note;
use crate::note::other::{Event, Me};
use crate::plan::Interests;
use crate::text::fold;

/// Of each kind so many are told.
const MOST: usize = 5;

/// What kind of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// An interest.
    Interest,
    /// An organisation, now or in the past.
    Org,
    /// Where they live or work.
    Place,
}

impl Ground {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Interest => "interest",
            Self::Org => "org",
            Self::Place => "place",
        }
    }
}

/// Something that at least two of you have in common.
#[derive(Debug, Clone)]
pub struct Common<'a> {
    /// What kind of thing.
    pub ground: Ground,
    /// What, in the words of the first of them; in yours where it is yours too.
    pub what: &'a str,
    /// Yours too.
    pub yours: bool,
    /// Whose, as they are listed.
    pub people: Vec<&'a Note>,
}

/// Whether two words mean the same.
type Same<'s> = dyn Fn(&str, &str) -> bool + 's;

/// What is common among those to talk to and you: yours first, then what most have.
pub(super) fn common<'a>(
    guests: &[Guest<'a>],
    me: Option<&'a Me>,
    interests: &Interests<'_>,
    orgs: &OrgNames,
    event: &Event,
) -> Vec<Common<'a>> {
    let same_interest = |a: &str, b: &str| interests.canonical(a) == interests.canonical(b);
    let same_org = |a: &str, b: &str| orgs.is_same(a, b);
    let same_place = |a: &str, b: &str| same_place(&fold(a), &fold(b));
    let mut out = Vec::new();
    let own: Vec<&str> = me.iter().flat_map(|me| me.interests.iter()).map(|word| &**word).collect();
    let of = |guest: &Guest<'a>| -> Vec<&'a str> {
        guest.somebody.person.interests.iter().map(|word| &**word).collect()
    };
    out.extend(shared(Ground::Interest, guests, &own, &of, &same_interest));
    let own: Vec<&str> = me.iter().flat_map(|me| me.career.iter()).map(|post| &*post.org).collect();
    let of = |guest: &Guest<'a>| -> Vec<&'a str> {
        guest.somebody.person.posts.iter().map(|post| &*post.org).collect()
    };
    out.extend(shared(Ground::Org, guests, &own, &of, &same_org));
    let own: Vec<&str> = me.iter().filter_map(|me| me.location.as_deref()).collect();
    let of = |guest: &Guest<'a>| -> Vec<&'a str> {
        guest.somebody.person.location.as_deref().into_iter().collect()
    };
    // That they come from where the event is says nothing of them.
    let elsewhere = |what: &Common<'_>| {
        what.yours || event.place.as_deref().is_none_or(|place| !same_place(place, what.what))
    };
    out.extend(shared(Ground::Place, guests, &own, &of, &same_place).into_iter().filter(elsewhere));
    out
}

fn shared<'a>(
    ground: Ground,
    guests: &[Guest<'a>],
    own: &[&'a str],
    of: &dyn Fn(&Guest<'a>) -> Vec<&'a str>,
    same: &Same<'_>,
) -> Vec<Common<'a>> {
    let mut all: Vec<Common<'a>> = Vec::new();
    for word in own.iter().filter(|word| !word.trim().is_empty()) {
        if !all.iter().any(|known| same(known.what, word)) {
            all.push(Common { ground, what: word, yours: true, people: Vec::new() });
        }
    }
    for guest in guests.iter().filter(|guest| guest.to_talk_to) {
        for word in of(guest).into_iter().filter(|word| !word.trim().is_empty()) {
            let note = guest.somebody.note;
            match all.iter_mut().find(|known| same(known.what, word)) {
                Some(known) if known.people.iter().any(|other| other.path == note.path) => {}
                Some(known) => known.people.push(note),
                None => all.push(Common { ground, what: word, yours: false, people: vec![note] }),
            }
        }
    }
    all.retain(|common| common.people.len() + usize::from(common.yours) >= 2);
    all.sort_by_key(|common| (!common.yours, std::cmp::Reverse(common.people.len())));
    all.truncate(MOST);
    all
}
