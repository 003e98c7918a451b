//! Everybody who is known to an import: the people of the vault, and those of its own cards.

use super::Ground;
use super::roster::{Features, Roster, Why};
use super::{Candidate, Taken};
use crate::exchange::card::Card;
use crate::index::Index;
use crate::text::{NotePath, QuickMap, QuickSet, Text, fold_name};

/// One person of the import while it is read.
pub struct Draft {
    pub card: Card,
    pub places: Vec<(usize, usize)>,
    pub fate: Fate,
}

pub enum Fate {
    Is(usize),
    Ambiguous(Vec<(usize, Why)>),
}

/// Whose a number of the roster is.
pub enum Whose {
    Note(NotePath, Text),
    Card(Text),
}

/// Everybody who is known when the import begins.
pub struct Known {
    pub roster: Roster,
    pub whose: Vec<Whose>,
    /// Addresses of people, each with the name that it was first found under.
    pub told: Vec<(Text, Text)>,
    /// Names that belong to notes.
    names: QuickMap<Text, NotePath>,
}

impl Known {
    pub fn of(index: &Index, ground: &Ground<'_>) -> Self {
        let mut known = Self {
            roster: Roster::default(),
            whose: Vec::new(),
            told: Vec::new(),
            names: QuickMap::default(),
        };
        if let Some((note, me)) = index.me() {
            let names = me.name.iter().chain(&me.aliases).map(|name| &**name);
            known.enter(&note.path, note.path.name(), Features::of_names(names));
        }
        for (note, person, _) in index.people() {
            let features = Features::of_person(person, &note.path, |org| ground.org_key(org));
            let told = features.told_addresses();
            known
                .told
                .extend(told.map(|(address, name)| (address.clone(), name.cloned().unwrap_or_default())));
            let others = person.aliases.iter().chain([&person.name]).map(|name| fold_name(name));
            for name in others.chain([fold_name(note.path.name())]) {
                known.names.entry(name).or_insert_with(|| note.path.clone());
            }
            known.enter(&note.path, &person.name, features);
        }
        known
    }

    fn enter(&mut self, path: &NotePath, name: &str, features: Features) {
        self.whose.push(Whose::Note(path.clone(), name.into()));
        self.roster.enter(features);
    }

    pub fn candidate(&self, number: usize, why: Why) -> Option<Candidate> {
        Some(match self.whose.get(number)? {
            Whose::Note(path, name) => Candidate { path: Some(path.clone()), name: name.clone(), why },
            Whose::Card(name) => Candidate { path: None, name: name.clone(), why },
        })
    }

    /// Takes away other names that somebody else has: a link of that name would mean either.
    pub fn keep_apart(&self, drafts: &mut [Draft]) {
        let mut owners: QuickMap<Text, usize> = QuickMap::default();
        for draft in drafts.iter() {
            if let Fate::Is(number) = draft.fate {
                owners.entry(fold_name(&draft.card.name)).or_insert(number);
            }
        }
        for draft in drafts {
            let Fate::Is(number) = draft.fate else { continue };
            let own = match self.whose.get(number) {
                Some(Whose::Note(path, _)) => Some(path),
                _ => None,
            };
            draft.card.aliases.retain(|alias| {
                let key = fold_name(alias);
                let is_noted = self.names.get(&key).is_some_and(|path| Some(path) != own);
                !is_noted && *owners.entry(key).or_insert(number) == number
            });
        }
    }
}

/// Addresses that say nothing of who somebody is, since several have them: two people of the vault, or three
/// names in all.
pub fn shared(told: &[(Text, Text)], cards: &[Taken], ground: &Ground<'_>) -> Vec<Text> {
    let mut in_vault: QuickMap<Text, (usize, QuickSet<Text>)> = QuickMap::default();
    for (address, name) in told {
        let (count, names) = in_vault.entry(address.clone()).or_default();
        *count += 1;
        names.insert(name.clone());
    }
    for taken in cards {
        let features = Features::of_card(&taken.card, |org| ground.org_key(org));
        for (address, name) in features.told_addresses() {
            let (_, names) = in_vault.entry(address.clone()).or_default();
            if names.len() < 3 {
                names.insert(name.cloned().unwrap_or_default());
            }
        }
    }
    in_vault
        .into_iter()
        .filter(|(_, (count, names))| *count > 1 || names.len() > 2)
        .map(|(key, _)| key)
        .collect()
}
