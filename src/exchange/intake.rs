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
use crate::index::{Index, Tie};
use crate::note::dialect::Dialect;
use crate::note::edit::{Fill, Way};
use crate::note::org::short_name;
use crate::note::person::{Person, Status};
use crate::note::{Kind, Note};
use crate::problem::Obstacle;
use crate::text::{NotePath, QuickMap, Text};
use known::{Draft, Fate, Known, Whose, shared};
use merge::merge;

pub use roster::Why;
pub use words::{is_name, quotation};

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
    /// What they are called: as their note says, where there is one.
    pub name: Text,
    /// Where these cards stand: file and line, in the order of the import.
    pub places: Vec<(usize, usize)>,
    /// What becomes of it.
    pub what: What,
    /// What the note does not say and cannot take, and why: known to those who have read its text.
    pub left: Vec<(Changed, Obstacle)>,
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
    /// Somebody new whose name no file can have: known to those who name files.
    Nameless,
}

/// Who somebody could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The note; none for somebody of the same import.
    pub path: Option<NotePath>,
    /// Where their first card stands, for somebody of the same import: file and line.
    pub place: Option<(usize, usize)>,
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
    /// A note could say more, and takes nothing; or no note could be made.
    Left,
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
            Self::Left => "left",
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
            What::Known(..) if !self.left.is_empty() => State::Left,
            What::Nameless => State::Left,
            What::Known(..) | What::Gone(..) | What::You(_) => State::Unchanged,
        }
    }
}

impl Proposal {
    /// Whether a note would be made or changed.
    pub fn is_news(&self, overwrite: bool) -> bool {
        matches!(self.state(overwrite), State::New | State::Filled)
    }

    /// Takes out what the note cannot take.
    pub fn leave(&mut self, left: Vec<(Changed, Obstacle)>) {
        if let What::Known(_, changes) = &mut self.what {
            changes.retain(|change| left.iter().all(|(other, _)| other != change));
        }
        self.left = left;
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

/// What the user wants of an import beside what is sure.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// The tier of those who are new and belong to no other.
    pub tier: Option<String>,
    /// Whether whoever is ambiguous is somebody new, of their own.
    pub ambiguous_is_new: bool,
}

/// What cards are compared on: how the vault spells things, and its organisations.
#[derive(Debug)]
pub struct Ground<'a> {
    config: &'a Config,
    dialect: &'a Dialect,
    wishes: &'a Wishes,
    /// Organisations that have a note, by each of their names: the note's name where a link of that name
    /// leads there alone, and one key for all names.
    orgs: QuickMap<String, (Option<Text>, Text)>,
}

impl<'a> Ground<'a> {
    /// The ground of a vault.
    pub fn new(index: &Index, config: &'a Config, dialect: &'a Dialect, wishes: &'a Wishes) -> Self {
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
        Self { config, dialect, wishes, orgs }
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

    /// What a new note says of somebody; `person` is what its template says already.
    pub fn changes_of_new(&self, person: &Person, card: &Card) -> Vec<Changed> {
        let mut changes = self.changes(person, card);
        // Of somebody new nothing is known that it would contradict.
        changes.iter_mut().filter(|change| change.fill.key == "status").for_each(|change| change.old = None);
        let is_named = card.groups.iter().any(|group| self.config.tier_of_word(group).is_some());
        if let (Some(tier), None, false) = (&self.wishes.tier, person.tier, is_named) {
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
            .filter(|taken| is_name(&taken.card.name))
            .collect();
        known.roster.share(shared(&known.told, &cards, self));
        let fates = known.fates(&cards, self);
        let mut drafts: Vec<Draft> = Vec::new();
        let mut draft_of: BTreeMap<usize, usize> = BTreeMap::new();
        for (Taken { file, card }, (number, fate)) in cards.into_iter().zip(fates) {
            let place = (file, card.line);
            match draft_of.get(&number).and_then(|at| drafts.get_mut(*at)) {
                Some(draft) => {
                    draft.places.push(place);
                    merge(&mut draft.card, card, |org| self.org_key(org));
                }
                None => {
                    draft_of.insert(number, drafts.len());
                    drafts.push(Draft { card, places: vec![place], number, fate });
                }
            }
        }
        if self.wishes.ambiguous_is_new {
            drafts.iter_mut().for_each(|draft| self.settle(index, &known, draft));
        }
        known.keep_apart(&mut drafts);
        drafts.into_iter().map(|draft| self.proposal(index, &known, draft)).collect()
    }

    /// Takes an ambiguous one for somebody of their own, unless a note of the name says all of it already,
    /// cannot be read, or is of somebody who is not to be written to any more.
    fn settle(&self, index: &Index, known: &Known, draft: &mut Draft) {
        let Fate::Ambiguous(candidates) = &draft.fate else { return };
        let noted = candidates.iter().filter_map(|(number, why)| match known.whose.get(*number) {
            Some(Whose::Note(path, _)) => Some((*number, *why, index.person(path.as_str()))),
            _ => None,
        });
        let noted: Vec<_> = noted.collect();
        let is_closed = |(_, why, person): &(usize, Why, Option<(&Note, &Person, &Tie)>)| match person {
            Some((_, person, _)) => person.status.is_gone() && *why != Why::AlikeName,
            None => true,
        };
        if noted.iter().any(is_closed) {
            return;
        }
        let says_all = noted.iter().find(|(_, why, person)| {
            let says_all =
                |(_, person, _): &(&Note, &Person, &Tie)| self.changes(person, &draft.card).is_empty();
            why.is_of_one_name() && person.as_ref().is_some_and(says_all)
        });
        draft.number = says_all.map_or(draft.number, |(number, ..)| *number);
        draft.fate = Fate::Is;
    }

    fn proposal(&self, index: &Index, known: &Known, draft: Draft) -> Proposal {
        let Draft { card, places, number, fate } = draft;
        let whose = known.whose.get(number);
        let name = match (&fate, whose) {
            (Fate::Is, Some(Whose::Note(_, name))) => name.clone(),
            _ => card.name.as_str().into(),
        };
        let what = match (fate, whose) {
            (Fate::Ambiguous(candidates), _) => What::Ambiguous(
                candidates.into_iter().filter_map(|(at, why)| known.candidate(at, why)).collect(),
            ),
            (Fate::Is, Some(Whose::Note(path, _))) => match index.person(path.as_str()) {
                Some((_, person, _)) if person.status.is_gone() => What::Gone(path.clone(), person.status),
                Some((_, person, _)) => What::Known(path.clone(), self.changes(person, &card)),
                None => What::You(path.clone()),
            },
            (Fate::Is, _) => What::New(self.changes_of_new(&nobody(&card.name), &card)),
        };
        Proposal { card, name, places, what, left: Vec::new() }
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
