//! Two people who should know each other: `introduce`, where nothing else is planned for one of them.

use chrono::NaiveDate;

use super::bid::{Bid, Phase};
use super::ground::Ground;
use super::schedule::Placed;
use super::{
    Item, Kind, State, Subject, Topic, TopicKind, Why, channel, days_between, item_id, minus, plus, reach,
    section_of,
};
use crate::config::Register;
use crate::index::{OrgNames, Tie};
use crate::note::Note;
use crate::note::person::{Person, Status};
use crate::text::{NotePath, QuickMap, Text, link_key};

/// So many interests in common make an introduction.
const IN_COMMON: usize = 2;
/// One is proposed in so many days.
pub(super) const EVERY: u64 = 28;
/// Looked for among so many, those who weigh most.
pub(super) const AMONG: usize = 512;
/// Of more interests the first so many are looked at.
const INTERESTS: usize = 16;

/// The channel of a line that tells of an introduction.
pub(super) const CHANNEL: &str = "intro";

/// Whether somebody could be introduced to others.
pub(super) fn may_meet(s: &Subject<'_>) -> bool {
    matches!(s.reach.state, State::Fresh | State::Open | State::Due)
        && s.person.status == Status::Active
        && s.person.interests.len() >= IN_COMMON
        && !s.person.posts.is_empty()
        && super::seasons::quiet_until(s.person, s.today).is_none()
}

/// The last day of late on which somebody was introduced.
pub(super) fn introduced_on(s: &Subject<'_>) -> Option<NaiveDate> {
    let since = minus(s.today, EVERY - 1);
    s.newest_first().take_while(|entry| entry.day >= since).find(|e| e.channel == CHANNEL).map(|e| e.day)
}

/// Two who should know each other; the first is the one whose item it is.
pub(super) struct Pair<'a> {
    pub number: u32,
    pub one: (&'a Note, &'a Person),
    pub other: (&'a Note, &'a Person),
    pub interests: Vec<Text>,
    /// The first day on which they can be introduced.
    pub from: NaiveDate,
}

/// Somebody who was looked at.
struct Candidate<'a> {
    number: u32,
    note: &'a Note,
    person: &'a Person,
    tie: &'a Tie,
    orgs: Vec<String>,
}

/// The first pair among people of these numbers, in their order, that nobody has introduced yet. One
/// of both has to be free: nothing is planned for them today.
pub(super) fn find<'a>(
    ground: &Ground<'a>,
    numbers: &[u32],
    is_free: impl Fn(u32) -> bool,
    get: impl Fn(u32) -> Option<(&'a Note, &'a Person, &'a Tie)>,
) -> Option<Pair<'a>> {
    let names = OrgNames::of(ground.index);
    let mut known: Vec<Candidate<'a>> = Vec::new();
    let mut with: QuickMap<String, Vec<usize>> = QuickMap::default();
    for number in numbers.iter().take(AMONG) {
        let Some((note, person, tie)) = get(*number) else { continue };
        let orgs = person.posts.iter().map(|post| names.canonical(&post.org)).collect();
        let this = Candidate { number: *number, note, person, tie, orgs };
        let mut words: Vec<String> = person
            .interests
            .iter()
            .take(INTERESTS)
            .map(|word| ground.clips.interests.canonical(word).into_owned())
            .collect();
        // Two words for one interest are one.
        words.sort_unstable();
        words.dedup();
        let mut shared: Vec<usize> =
            words.iter().flat_map(|word| with.get(word)).flatten().copied().collect();
        shared.sort_unstable();
        for same in shared.chunk_by(|a, b| a == b).filter(|same| same.len() >= IN_COMMON) {
            let Some(other) = same.first().and_then(|at| known.get(*at)) else { continue };
            if !(is_free(other.number) || is_free(this.number)) || !should_meet(ground, other, &this) {
                continue;
            }
            let (one, other) = if is_free(other.number) { (other, &this) } else { (&this, other) };
            let interests = ground.clips.interests.common(&one.person.interests, &other.person.interests);
            return Some(Pair {
                number: one.number,
                one: (one.note, one.person),
                other: (other.note, other.person),
                interests: interests.into_iter().map(Text::from).collect(),
                from: ground.today,
            });
        }
        let at = known.len();
        words.into_iter().for_each(|word| with.entry(word).or_default().push(at));
        known.push(this);
    }
    None
}

/// Whether two are of different organisations, do not know each other, and nobody thought of it.
fn should_meet(ground: &Ground<'_>, a: &Candidate<'_>, b: &Candidate<'_>) -> bool {
    let links = |from: &Note, to: &Note| {
        let meant = from.links.iter().filter_map(|link| ground.index.resolve(&from.path, link).note());
        meant.into_iter().any(|note| note.path == to.path)
    };
    let at_events = |tie: &Tie| {
        let contacts = tie.contacts.iter().filter(|contact| contact.at_event);
        contacts.map(|contact| contact.day).collect::<Vec<_>>()
    };
    let together = || {
        let days = at_events(a.tie);
        at_events(b.tie).iter().any(|day| days.contains(day))
    };
    let id = id(&a.note.path, &b.note.path);
    let is_thought_of = |person: &Person| person.log.iter().any(|e| e.id.as_deref() == Some(id.as_str()));
    !a.orgs.iter().any(|org| b.orgs.contains(org))
        && !is_thought_of(a.person)
        && !is_thought_of(b.person)
        && !links(a.note, b.note)
        && !links(b.note, a.note)
        && !together()
}

/// Whether an id is that of two people's introduction.
pub fn is_introduction(one: &NotePath, other: &NotePath, id: &str) -> bool {
    self::id(one, other) == id
}

/// The id of two people's introduction, whichever of them is named first.
pub(super) fn id(a: &NotePath, b: &NotePath) -> Text {
    let (first, second) = if link_key(a.as_str()) <= link_key(b.as_str()) { (a, b) } else { (b, a) };
    item_id(first.as_str(), Kind::Introduce, link_key(second.as_str()))
}

impl Pair<'_> {
    /// The bid of the one: theirs, and before what is planned for them, this.
    pub fn bid(&self, own: Option<&Bid>, weight: f64, ground: &Ground<'_>) -> Bid {
        let from = self.from;
        let until = own.map_or(ground.end, |own| first_day(own).map_or(ground.end, |day| minus(day, 1)));
        let cost = ground.config.energy.message;
        let span = days_between(from, ground.end);
        let phase = Phase { kind: Kind::Introduce, from, until, due: ground.end, since: from, span, cost };
        let own = own.cloned().unwrap_or_else(|| Bid {
            person: self.number,
            weight,
            formal: reach::register(self.one.1, ground.config) == Register::Formal,
            may_touch: false,
            outside_from: None,
            fixed: None,
            fixed_cost: 0.0,
            fixed_from: plus(ground.end, 1),
            first: None,
            others: Box::default(),
        });
        if phase.from > phase.until {
            return own;
        }
        let others = own.phases().copied().collect();
        Bid { first: Some(phase), others, ..own }
    }

    /// Whether another is the same.
    pub fn is(&self, other: &Pair<'_>) -> bool {
        self.number == other.number && self.other.0.path == other.other.0.path
    }

    /// Whether what is placed on a day is the introduction, and not what is planned for the one after it.
    pub fn is_on(&self, placed: &Placed, bids: &[Option<Bid>]) -> bool {
        let own = || bids.get(self.number as usize).and_then(Option::as_ref);
        placed.person == self.number && own().and_then(first_day).is_none_or(|day| placed.day < day)
    }

    /// The item on a day.
    pub fn item(&self, s: &Subject<'_>, day: NaiveDate) -> Item {
        let (other, person) = self.other;
        let why = Why::Introduce {
            other: other.path.clone(),
            name: person.name.clone(),
            interests: self.interests.clone(),
        };
        let words = self.interests.iter().map(|word| &**word).collect::<Vec<_>>().join(", ");
        let topic = Topic {
            kind: TopicKind::Introduce,
            text: words.as_str().into(),
            day: None,
            link: Some(other.path.clone()),
            matched: Vec::new(),
        };
        let id = id(&self.one.0.path, &other.path);
        Item {
            opens: Some(s.today),
            due: Some(s.ground.end),
            cost: s.config.energy.message,
            channel: channel::usual(s.person, s.config, s.today),
            topics: vec![topic],
            ..s.item(id, Kind::Introduce, section_of(Some(day), s.today), why).on(day)
        }
    }
}

/// The first day on which anything else is planned for somebody.
fn first_day(bid: &Bid) -> Option<NaiveDate> {
    let fixed = bid.fixed.map(|_| bid.fixed_from);
    bid.phases().map(|phase| phase.from).chain(fixed).min()
}
