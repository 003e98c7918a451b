//! Who else may be at an event: people of the vault who are not listed, by organisation, interest, place.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Desk, Guest};
use crate::brief::person::{Somebody, is_to_be_talked_to};
use crate::index::{Index, OrgNames, same_place};
use crate::note::Note;
use crate::note::org::Post;
use crate::note::other::Event;
use crate::note::said::Said;
use crate::plan::{Interests, label, quiet_until, reach};
use crate::text::{NotePath, QuickSet, Text, fold};

/// So many are told.
const MOST: usize = 8;
/// A word of the event's name that is shorter says nothing.
const SHORTEST: usize = 2;

/// Why somebody may be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Of an organisation that holds it, or that several of the guests know from within …
    Org(Text),
    /// … or once of it.
    FormerOrg(Text),
    /// Of the organisation where a guest is now.
    GuestsOrg(Text),
    /// An interest that is its topic, in their words.
    Interest(Text),
    /// Where they are is where it is.
    Place(Text),
}

impl Link {
    /// The word in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Org(_) | Self::GuestsOrg(_) => "org",
            Self::FormerOrg(_) => "former_org",
            Self::Interest(_) => "interest",
            Self::Place(_) => "place",
        }
    }

    /// Which.
    pub fn text(&self) -> &str {
        match self {
            Self::Org(text) | Self::FormerOrg(text) | Self::GuestsOrg(text) => text,
            Self::Interest(text) | Self::Place(text) => text,
        }
    }

    /// How much it says.
    fn strength(&self) -> u32 {
        match self {
            Self::Org(_) => 4,
            Self::FormerOrg(_) => 3,
            Self::GuestsOrg(_) | Self::Interest(_) => 2,
            Self::Place(_) => 1,
        }
    }
}

/// Somebody who may be there.
#[derive(Debug, Clone)]
pub struct Other<'a> {
    /// Who.
    pub somebody: Somebody<'a>,
    /// Why, strongest first.
    pub links: Vec<Link>,
}

/// What an event has to do with others. Organisations as what their words mean.
struct About<'a> {
    /// Those whose people may come, also those who have left.
    orgs: BTreeSet<String>,
    /// Those where a guest is now.
    guests_orgs: BTreeSet<String>,
    topics: BTreeSet<Cow<'a, str>>,
    name: String,
    place: Option<String>,
}

/// Those with the strongest reasons, and how many more there are.
pub(super) fn others<'a>(
    desk: Desk<'a, '_>,
    (note, event): (&Note, &'a Event),
    said: &Said,
    guests: &[Guest<'a>],
    (interests, orgs): (&Interests<'_>, &OrgNames),
) -> (Vec<Other<'a>>, usize) {
    let index = desk.index;
    let named = event.attendees.iter().filter_map(|attendee| index.attendee(&note.path, &attendee.target));
    let listed: QuickSet<&NotePath> = named.map(|note| &note.path).collect();
    let guests: Vec<&Guest<'a>> = guests.iter().filter(|guest| guest.to_talk_to).collect();
    let now = guests.iter().filter_map(|guest| guest.somebody.post());
    let about = About {
        orgs: orgs_of(index, note, said, &guests, orgs),
        guests_orgs: now.map(|post| orgs.canonical(&post.org)).collect(),
        topics: said.topics.iter().map(|topic| interests.canonical(topic)).collect(),
        name: fold(note.path.name()).into_owned(),
        place: event.place.as_deref().map(|place| fold(place).into_owned()),
    };
    let mut out: Vec<Other<'a>> = Vec::new();
    for (note, person, tie) in index.people() {
        if listed.contains(&note.path)
            || note.is_of_the_gone()
            || !is_to_be_talked_to(person)
            || quiet_until(person, desk.today).is_some()
        {
            continue;
        }
        let somebody = Somebody { index, note, person, tie, today: desk.today };
        let links = links(&somebody, &about, interests, orgs);
        if !links.is_empty() {
            out.push(Other { somebody, links });
        }
    }
    let strength = |other: &Other<'_>| other.links.iter().map(Link::strength).sum::<u32>();
    let weight = |other: &Other<'_>| reach::weight(other.somebody.person, desk.config);
    // `index.people()` goes by path, and sorting keeps the order of equals.
    out.sort_by(|a, b| strength(b).cmp(&strength(a)).then(weight(b).total_cmp(&weight(a))));
    let more = out.len().saturating_sub(MOST);
    out.truncate(MOST);
    (out, more)
}

/// Organisations that the event's note names, as whose it is, in its name or by a link; and those that
/// two guests or more belong or belonged to.
fn orgs_of(
    index: &Index,
    note: &Note,
    said: &Said,
    guests: &[&Guest<'_>],
    orgs: &OrgNames,
) -> BTreeSet<String> {
    let mut out: BTreeSet<String> = said.orgs.iter().map(|org| orgs.canonical(org)).collect();
    let name = fold(note.path.name());
    let linked = note.links.iter().filter_map(|link| index.resolve(&note.path, link).note());
    let linked: QuickSet<&NotePath> = linked.map(|note| &note.path).collect();
    for (org, known) in index.organisations() {
        let mut names = std::iter::once(org.path.name()).chain(known.aliases.iter().map(|alias| &**alias));
        let is_named =
            names.any(|word| word.chars().count() >= SHORTEST && name.contains(fold(word).as_ref()));
        if is_named || linked.contains(&org.path) {
            out.insert(orgs.canonical(org.path.name()));
        }
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for guest in guests {
        let posts = guest.somebody.person.posts.iter();
        let own: BTreeSet<String> = posts.map(|post| orgs.canonical(&post.org)).collect();
        out.extend(own.intersection(&seen).cloned());
        seen.extend(own);
    }
    out
}

fn links(of: &Somebody<'_>, about: &About<'_>, interests: &Interests<'_>, orgs: &OrgNames) -> Vec<Link> {
    let mut out = Vec::new();
    let is_among = |all: &BTreeSet<String>, post: &&Post| all.contains(&orgs.canonical(&post.org));
    let posts = || of.person.posts.iter().filter(|post| is_among(&about.orgs, post));
    if let Some(post) = posts().find(|post| is_held(post, of.today)) {
        out.push(Link::Org(post.org.clone()));
    } else if let Some(post) = of.post().filter(|post| is_among(&about.guests_orgs, post)) {
        out.push(Link::GuestsOrg(post.org.clone()));
    } else if let Some(post) = posts().find(|post| is_left(post, of.today)) {
        out.push(Link::FormerOrg(post.org.clone()));
    }
    // Two letters stand in many a name.
    let is_long = |word: &str| {
        let length = word.chars().count();
        length > SHORTEST || (length == SHORTEST && !word.is_ascii())
    };
    let is_topic = |interest: &&Text| {
        about.topics.contains(&interests.canonical(interest))
            || (is_long(interest) && about.name.contains(fold(interest).as_ref()))
    };
    if let Some(interest) = of.person.interests.iter().find(is_topic) {
        out.push(Link::Interest(interest.clone()));
    }
    if let (Some(place), Some(location)) = (&about.place, &of.person.location)
        && is_there(place, &fold(location))
    {
        out.push(Link::Place(location.clone()));
    }
    out
}

/// Whether a post is held on a day, as one of several or alone.
fn is_held(post: &Post, day: NaiveDate) -> bool {
    label::held(std::slice::from_ref(post), day).is_some()
}

/// Whether a post is over by a day.
fn is_left(post: &Post, day: NaiveDate) -> bool {
    post.past || post.to.is_some_and(|to| to.last_day() < day)
}

/// Whether somebody is where the event is: 横浜市港北区 is where 横浜の貸し会議室 is.
fn is_there(place: &str, location: &str) -> bool {
    let town = town(location);
    same_place(place, location) || (town.chars().count() >= SHORTEST && same_place(place, town))
}

/// The town of a Japanese place, without what it is: 横浜 of 神奈川県横浜市港北区; else all of it.
fn town(location: &str) -> &str {
    let in_county = ["東京都", "北海道"].iter().find_map(|county| location.strip_prefix(county));
    let in_county = in_county.or_else(|| {
        let mut signs = location.char_indices().skip(2).take(2);
        let (at, sign) = signs.find(|(_, c)| matches!(c, '県' | '府'))?;
        Some(&location[at + sign.len_utf8()..])
    });
    let local = in_county.filter(|rest| !rest.is_empty()).unwrap_or(location);
    local.find(['市', '区', '町', '村']).filter(|at| *at > 0).map_or(local, |at| &local[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_is_where_its_places_are() {
        let check = |place: &str, location: &str, want: bool| {
            assert_eq!(is_there(place, location), want, "{place}, {location}");
        };
        check("横浜の貸し会議室", "横浜市", true);
        check("横浜の貸し会議室", "神奈川県横浜市港北区", true);
        check("大阪城ホール", "大阪府大阪市", true);
        check("京都駅前", "京都市", true);
        check("東京都の会議室", "京都市", false);
        check("府中の森", "東京都府中市", true);
        check("札幌の店", "横浜市", false);
        check("Berlin, Mitte", "Berlin", true);
        check("渋谷", "東京", false);
    }
}
