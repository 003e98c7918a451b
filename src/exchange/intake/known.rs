//! Everybody who is known to an import: the people of the vault, and those of its own cards.

use std::cmp::Reverse;

use super::Ground;
use super::names::is_kana;
use super::roster::{Features, Roster, Verdict, Why};
use super::{Candidate, Taken};
use crate::exchange::card::Card;
use crate::index::Index;
use crate::note::{Kind, Note};
use crate::problem::What as Trouble;
use crate::text::{NotePath, QuickMap, QuickSet, Text, fold_name};

/// One person of the import while it is read.
pub struct Draft {
    pub card: Card,
    pub places: Vec<(usize, usize)>,
    /// Who it is, by number.
    pub number: usize,
    pub fate: Fate,
}

#[derive(Clone)]
pub enum Fate {
    Is,
    Ambiguous(Vec<(usize, Why)>),
}

/// Whose a number of the roster is.
pub enum Whose {
    Note(NotePath, Text),
    /// A card of the import: its name, and where it stands.
    Card(Text, (usize, usize)),
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
        // Whoever is in a note that cannot be read has one all the same.
        for note in index.paths().filter_map(|path| index.note(path.as_str())).filter(|note| is_unread(note))
        {
            known.enter(&note.path, note.path.name(), Features::of_unread(&note.path));
        }
        known
    }

    /// Enters somebody of the import; their number.
    pub fn enter_card(&mut self, name: &str, place: (usize, usize), features: Features) -> usize {
        self.whose.push(Whose::Card(name.into(), place));
        self.roster.enter(features)
    }

    fn enter(&mut self, path: &NotePath, name: &str, features: Features) {
        self.whose.push(Whose::Note(path.clone(), name.into()));
        self.roster.enter(features);
    }

    pub fn candidate(&self, number: usize, why: Why) -> Option<Candidate> {
        Some(match self.whose.get(number)? {
            Whose::Note(path, name) => {
                Candidate { path: Some(path.clone()), place: None, name: name.clone(), why }
            }
            Whose::Card(name, place) => {
                Candidate { path: None, place: Some(*place), name: name.clone(), why }
            }
        })
    }

    /// Who each card's person is, by number, and whether that is sure.
    ///
    /// Those who say most of themselves come first: a name alone is sure to mean somebody only once all
    /// who have it are known. Whoever is ambiguous is entered, too: another card may mean them.
    pub fn fates(&mut self, cards: &[Taken], ground: &Ground<'_>) -> Vec<(usize, Fate)> {
        let features = cards.iter().map(|taken| Features::of_card(&taken.card, |org| ground.org_key(org)));
        let mut features: Vec<Features> = features.collect();
        self.roster.hear(&features);
        let mut order: Vec<usize> = (0..cards.len()).collect();
        order.sort_by_key(|at| (is_kana(&cards[*at].card.name), Reverse(features[*at].facts())));
        let mut fates: Vec<Option<(usize, Fate)>> = vec![None; cards.len()];
        let mut firsts: QuickMap<usize, usize> = QuickMap::default();
        for at in order {
            let Taken { file, card } = &cards[at];
            let features = std::mem::take(&mut features[at]);
            let (number, fate) = match self.roster.whom(&features) {
                Verdict::One(number) => {
                    self.roster.learn(number, features);
                    (number, Fate::Is)
                }
                Verdict::Nobody => (self.enter_card(&card.name, (*file, card.line), features), Fate::Is),
                Verdict::Perhaps(candidates) => {
                    let says_same = |number: &usize| {
                        firsts.get(number).is_some_and(|first| is_twin(&cards[*first].card, card))
                    };
                    match candidates.iter().map(|(number, _)| *number).find(says_same) {
                        Some(twin) => (twin, Fate::Is),
                        None => {
                            let place = (*file, card.line);
                            (self.enter_card(&card.name, place, features), Fate::Ambiguous(candidates))
                        }
                    }
                }
            };
            // Whoever means somebody ambiguous is as ambiguous.
            let fate = match firsts.get(&number).and_then(|first| fates[*first].clone()) {
                Some((_, fate)) => fate,
                None => fate,
            };
            firsts.entry(number).or_insert(at);
            fates[at] = Some((number, fate));
        }
        fates.into_iter().flatten().collect()
    }

    /// Takes away other names that somebody else has: a link of that name would mean either.
    pub fn keep_apart(&self, drafts: &mut [Draft]) {
        let mut owners: QuickMap<Text, usize> = QuickMap::default();
        for draft in drafts.iter() {
            if matches!(draft.fate, Fate::Is) {
                owners.entry(fold_name(&draft.card.name)).or_insert(draft.number);
            }
        }
        for draft in drafts {
            let Draft { number, fate: Fate::Is, .. } = *draft else { continue };
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

/// Whether two cards say the same, wherever they stand.
fn is_twin(a: &Card, b: &Card) -> bool {
    let a = Card { line: b.line, uid: b.uid.clone(), ..a.clone() };
    a == *b
}

/// Whether a note may be anybody's, since nobody can read what it says.
fn is_unread(note: &Note) -> bool {
    let hides = |what: &Trouble| {
        matches!(
            what,
            Trouble::MergeConflict
                | Trouble::Encoding
                | Trouble::TooLarge
                | Trouble::Unreadable(_)
                | Trouble::OutsideLink
                | Trouble::Yaml(_)
                | Trouble::Unclosed
                | Trouble::TooComplex
        )
    };
    matches!(note.kind, Kind::Other(_)) && note.problems.iter().any(|problem| hides(&problem.what))
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
