//! What becomes of the people of an address book: new notes, values for notes that are there, or nothing.
//!
//! Cards and the index in, proposals out; nothing is written here, and nothing is guessed: whoever may be
//! somebody else is proposed to nobody. Leaves the formats of address books to their readers, and the disk
//! to `app`.

mod addresses;
mod compare;
mod known;
mod merge;
mod names;
mod roster;
mod words;

use std::collections::BTreeMap;

use super::card::Card;
use crate::config::Config;
use crate::index::Index;
use crate::note::Kind;
use crate::note::dialect::Dialect;
use crate::note::edit::{Fill, Way};
use crate::note::org::short_name;
use crate::note::person::{Person, Status};
use crate::text::{NotePath, QuickMap, Text};
use known::{Draft, Fate, Known, Whose, shared};
use merge::merge;
use roster::{Features, Verdict};

pub use roster::Why;
pub use words::quotation;

/// A card and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The number of its file among those of the import.
    pub file: usize,
    /// What it says.
    pub card: Card,
}

/// What becomes of one person of the import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What all cards of this person say together, fit for a note.
    pub card: Card,
    /// Where these cards stand: file and line, in the order of the import.
    pub places: Vec<(usize, usize)>,
    /// What becomes of it.
    pub what: What,
}

/// What becomes of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A new note says this.
    New(Vec<Changed>),
    /// A note is there; what it is to say more, and what it says otherwise.
    Known(NotePath, Vec<Changed>),
    /// It could be one of these.
    Ambiguous(Vec<Candidate>),
    /// A note is there of somebody who is not to be written to any more.
    Gone(NotePath, Status),
    /// It is the user.
    You(NotePath),
}

/// Who somebody could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The note; none for somebody of the same import.
    pub path: Option<NotePath>,
    /// The name.
    pub name: Text,
    /// Why it could be them.
    pub why: Why,
}

/// A value that a note is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The value, and where it goes.
    pub fill: Fill,
    /// What the note says now, where that is something else: it is only replaced where that was asked for.
    pub old: Option<String>,
}

/// How a proposal is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// A new note is made.
    New,
    /// A note says more.
    Filled,
    /// A note says something else, and nothing is missing in it.
    Conflict,
    /// It could be several, or nobody is sure that it is them.
    Ambiguous,
    /// Nothing is different.
    Unchanged,
}

impl State {
    /// Its word in data.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Filled => "filled",
            Self::Conflict => "conflict",
            Self::Ambiguous => "ambiguous",
            Self::Unchanged => "unchanged",
        }
    }
}

impl Proposal {
    /// What it is called; with `overwrite` what a note says otherwise is replaced, too.
    pub fn state(&self, overwrite: bool) -> State {
        match &self.what {
            What::New(_) => State::New,
            What::Ambiguous(_) => State::Ambiguous,
            What::Known(_, changes) if changes.iter().any(|change| change.is_made(overwrite)) => {
                State::Filled
            }
            What::Known(_, changes) if !changes.is_empty() => State::Conflict,
            What::Known(..) | What::Gone(..) | What::You(_) => State::Unchanged,
        }
    }
}

impl Changed {
    /// Whether it is made.
    pub fn is_made(&self, overwrite: bool) -> bool {
        self.old.is_none() || overwrite
    }

    /// Whether it is only true together with another: the role in an organisation, the code of an address.
    pub fn goes_with(&self, other: &Self) -> bool {
        match self.fill.key.as_str() {
            "role" => other.fill.key == "org",
            "postal_code" | "location" => other.fill.key == "address",
            _ => false,
        }
    }

    /// Whether another change would bring the same value under the same key.
    pub fn is_same_wish(&self, other: &Self) -> bool {
        (&self.fill.key, &self.fill.value) == (&other.fill.key, &other.fill.value)
    }
}

/// What cards are compared on: how the vault spells things, and its organisations.
#[derive(Debug)]
pub struct Ground<'a> {
    config: &'a Config,
    dialect: &'a Dialect,
    /// The tier of new people, where one was asked for.
    tier: Option<String>,
    /// Organisations that have a note, by each of their names: the note's name where a link of that name
    /// leads there alone, and one key for all names.
    orgs: QuickMap<String, (Option<Text>, Text)>,
}

impl<'a> Ground<'a> {
    /// The ground of a vault. `tier` is given to those who are new and belong to no other.
    pub fn new(index: &Index, config: &'a Config, dialect: &'a Dialect, tier: Option<String>) -> Self {
        let mut orgs: QuickMap<String, (Option<Text>, Text)> = QuickMap::default();
        for (note, org) in index.organisations() {
            let name = note.path.name();
            let is_alone = index.files_named(name).count() == 1;
            let link = (is_alone && !name.contains(['[', ']', '|', '#', '^'])).then(|| Text::from(name));
            let key = Text::from(short_name(name));
            for name in [name].into_iter().chain(org.aliases.iter().map(|alias| &**alias)) {
                // Of two organisations of one name the first by path has it.
                orgs.entry(short_name(name)).or_insert_with(|| (link.clone(), key.clone()));
            }
        }
        Self { config, dialect, tier, orgs }
    }

    /// One key for all names of an organisation.
    fn org_key(&self, org: &str) -> Text {
        let short = short_name(org);
        self.orgs.get(&short).map_or_else(|| short.as_str().into(), |(_, key)| key.clone())
    }

    /// The name of an organisation's note, for a link.
    fn org_note(&self, org: &str) -> Option<&Text> {
        self.orgs.get(&short_name(org)).and_then(|(link, _)| link.as_ref())
    }

    /// The tier that a group of somebody means, in the vault's own word for it.
    fn tier_of(&self, card: &Card) -> Option<String> {
        card.groups.iter().find_map(|group| self.config.tier_of_word(group)).map(|tier| tier.id.to_string())
    }

    /// What a new note says of somebody; `person` is what its template says already.
    pub fn changes_of_new(&self, person: &Person, card: &Card) -> Vec<Changed> {
        let mut changes = self.changes(person, card);
        // Of somebody new nothing is known that it would contradict.
        changes.iter_mut().filter(|change| change.fill.key == "status").for_each(|change| change.old = None);
        if let (Some(tier), None, None) = (&self.tier, person.tier, self.tier_of(card)) {
            let fill = Fill { key: "tier".into(), value: tier.clone(), way: Way::Set };
            changes.insert(0, Changed { fill, old: None });
        }
        changes
    }

    /// What becomes of the people of an import, in its order; each person once, however many cards there
    /// are of them. Cards without a name are left out.
    pub fn plan(&self, index: &Index, taken: Vec<Taken>) -> Vec<Proposal> {
        let mut known = Known::of(index, self);
        let cards: Vec<Taken> = taken
            .into_iter()
            .map(|taken| Taken { card: words::cleaned(taken.card), ..taken })
            .filter(|taken| !taken.card.name.is_empty())
            .collect();
        known.roster.share(shared(&known.told, &cards, self));
        let mut drafts: Vec<Draft> = Vec::new();
        let mut draft_of: BTreeMap<usize, usize> = BTreeMap::new();
        for Taken { file, card } in cards {
            let features = Features::of_card(&card, |org| self.org_key(org));
            let place = (file, card.line);
            let number = match known.roster.whom(&features) {
                Verdict::Perhaps(candidates) => {
                    let draft = Draft { card, places: vec![place], fate: Fate::Ambiguous(candidates) };
                    drafts.push(draft);
                    continue;
                }
                Verdict::One(number) => {
                    known.roster.learn(number, features);
                    number
                }
                Verdict::Nobody => {
                    known.whose.push(Whose::Card(card.name.as_str().into()));
                    known.roster.enter(features)
                }
            };
            match draft_of.get(&number).and_then(|at| drafts.get_mut(*at)) {
                Some(draft) => {
                    draft.places.push(place);
                    merge(&mut draft.card, card, |org| self.org_key(org));
                }
                None => {
                    draft_of.insert(number, drafts.len());
                    drafts.push(Draft { card, places: vec![place], fate: Fate::Is(number) });
                }
            }
        }
        known.keep_apart(&mut drafts);
        drafts.into_iter().map(|draft| self.proposal(index, &known, draft)).collect()
    }

    fn proposal(&self, index: &Index, known: &Known, draft: Draft) -> Proposal {
        let Draft { card, places, fate } = draft;
        let what = match fate {
            Fate::Ambiguous(candidates) => What::Ambiguous(
                candidates.into_iter().filter_map(|(at, why)| known.candidate(at, why)).collect(),
            ),
            Fate::Is(number) => match known.whose.get(number) {
                Some(Whose::Note(path, _)) => match index.person(path.as_str()) {
                    Some((_, person, _)) if person.status.is_gone() => {
                        What::Gone(path.clone(), person.status)
                    }
                    Some((_, person, _)) => What::Known(path.clone(), self.changes(person, &card)),
                    None => What::You(path.clone()),
                },
                Some(Whose::Card(_)) | None => What::New(self.changes_of_new(&nobody(&card.name), &card)),
            },
        };
        Proposal { card, places, what }
    }
}

/// A person of whom nothing but the name is said.
fn nobody(name: &str) -> Person {
    Person {
        name: name.into(),
        reading: None,
        aliases: Box::default(),
        tier: None,
        tier_word: None,
        cadence: None,
        stated: Box::default(),
        log: Box::default(),
        interests: Box::default(),
        birthday: None,
        posts: Box::default(),
        location: None,
        channels: Box::default(),
        next: None,
        snooze: None,
        status: Status::Active,
        details: None,
        tags: Box::default(),
    }
}

/// The person of a note, if it still is one that may be filled in.
pub fn fillable(kind: &Kind) -> Option<&Person> {
    match kind {
        Kind::Person(person) if !person.status.is_gone() => Some(person),
        _ => None,
    }
}
