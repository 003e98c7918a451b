//! Problems that only all notes together show.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::key::Key;
use super::{Group, Id, Index, Mark};
use crate::note::Note;
use crate::note::person::Person;
use crate::problem::{Problem, Severity, What};
use crate::text::{NotePath, QuickSet, Text, fold_name};

/// So many of those who share a name are named.
const NAMED: usize = 6;

impl Index {
    /// Every problem of the vault, in no order; those that depend on the day for `today`.
    pub fn problems(&self, today: NaiveDate) -> Vec<Problem> {
        let of_notes = || {
            let troubled = self.troubled.iter().filter_map(|(_, id)| self.at(*id));
            let mut out: Vec<Problem> = troubled.flat_map(|note| note.problems.iter().cloned()).collect();
            self.future_contacts(today, &mut out);
            out
        };
        let (mut out, (names, links)) =
            rayon::join(of_notes, || rayon::join(|| self.duplicate_names(), || self.ambiguous()));
        out.extend(names);
        out.extend(links);
        let mut mes = self.of_group(Group::Me).map(|(_, note)| note);
        if let Some(first) = mes.next() {
            let what = || What::SecondMe(first.path.to_string());
            out.extend(mes.map(|note| Problem::of_file(note.path.clone(), what())));
        }
        out
    }

    /// People whose front matter cannot be read: what it says of them is not known.
    pub fn people_unread(&self) -> impl Iterator<Item = (&Note, &Person)> {
        let troubled = self.troubled.iter().filter_map(|(_, id)| self.at(*id));
        troubled.filter_map(|note| note.front_trouble().and(note.person()).map(|person| (note, person)))
    }

    fn future_contacts(&self, today: NaiveDate, out: &mut Vec<Problem>) {
        for (note, person, _) in self.people() {
            out.extend(contacts_ahead(note, person, today));
        }
    }

    /// The problems of one note, as [`Index::problems`] finds them; but for a second note about
    /// the user.
    fn problems_of(&self, id: Id, today: NaiveDate) -> Vec<Problem> {
        let Some(note) = self.at(id) else { return Vec::new() };
        let mut out = note.problems.to_vec();
        if let Some(person) = note.person() {
            out.extend(contacts_ahead(note, person, today));
            let name = fold_name(&person.name);
            let ids = self.names.get(&Key::of(&person.name)).iter();
            let named = ids.filter_map(|id| self.at(*id));
            let mut others = named.filter(|other| {
                other.path != note.path && other.person().is_some_and(|other| fold_name(&other.name) == name)
            });
            // Who the others are is not asked here.
            let what = What::DuplicateName { name: person.name.clone(), others: Vec::new() };
            out.extend(others.next().map(|_| Problem::of_file(note.path.clone(), what)));
        }
        let mut known = HashMap::new();
        let links = self.ambiguous.iter().flat_map(|all| {
            let from = all.partition_point(|(other, _)| *other < id);
            all[from..].iter().take_while(|(other, _)| *other == id).copied()
        });
        out.extend(self.ambiguous_of_note(&mut known, &links.collect::<Vec<_>>()).into_iter().flatten());
        out
    }

    fn duplicate_names(&self) -> Vec<Problem> {
        let mut out = Vec::new();
        for (key, ids) in self.names.iter().filter(|(_, ids)| ids.len() > 1) {
            // An alias that two people share is no trouble before somebody links to it.
            let mut of_name: BTreeMap<Text, Vec<&Note>> = BTreeMap::new();
            for note in self.notes_of(ids) {
                if let Some(name) = note.person().map(|p| &p.name).filter(|name| Key::of(name) == *key) {
                    of_name.entry(fold_name(name)).or_default().push(note);
                }
            }
            for named in of_name.into_values().filter(|named| named.len() > 1) {
                for note in &named {
                    let others = named.iter().filter(|n| n.path != note.path).take(NAMED);
                    let others = others.map(|n| n.path.clone()).collect();
                    let name = note.person().map(|p| p.name.clone()).unwrap_or_default();
                    out.push(Problem::of_file(note.path.clone(), What::DuplicateName { name, others }));
                }
            }
        }
        out
    }

    /// Of one note's links to one name the first.
    fn ambiguous(&self) -> Vec<Problem> {
        let looked;
        let ambiguous = match &self.ambiguous {
            Some(known) => known,
            None => {
                looked = self.ambiguous_links();
                &looked
            }
        };
        let of_note = |known: &mut _, links: &[(Id, u32)]| self.ambiguous_of_note(known, links);
        let by_note = ambiguous.par_chunk_by(|a, b| a.0 == b.0);
        by_note.map_init(HashMap::new, of_note).flatten().flatten_iter().collect()
    }

    /// The problems of one note's ambiguous links. What a target means depends on the linking
    /// note's folder alone: with many notes of one name, asking anew each time would cost the cube.
    fn ambiguous_of_note<'a>(
        &'a self,
        known: &mut HashMap<(&'a str, &'a str, bool), Vec<Id>>,
        links: &[(Id, u32)],
    ) -> Option<Vec<Problem>> {
        let note = links.first().and_then(|(id, _)| self.at(*id))?;
        let mut seen = QuickSet::default();
        let mut out = Vec::new();
        for link in links.iter().filter_map(|(_, at)| note.links.get(*at as usize)) {
            if !seen.insert(&*link.target) {
                continue;
            }
            let asked = (note.path.folder(), &*link.target, link.markdown);
            let ids = known.entry(asked).or_insert_with(|| {
                let mut ids = self.resolve_ids(&note.path, &link.target, link.markdown);
                ids.truncate(NAMED);
                ids
            });
            let candidates = self.notes_of(ids).iter().map(|n| n.path.clone()).collect();
            let what = What::AmbiguousLink { target: link.target.clone(), candidates };
            out.push(Problem::of_span(note.path.clone(), link.span, what));
        }
        Some(out)
    }

    /// Looks for ambiguous links once, where that is not known: what is asked for note by note
    /// would be looked for each time.
    pub fn settle_ambiguous(&mut self) {
        if self.ambiguous.is_none() {
            self.ambiguous = Some(self.ambiguous_links());
        }
    }
}

/// Contacts that lie ahead of a day.
fn contacts_ahead(note: &Note, person: &Person, today: NaiveDate) -> impl Iterator<Item = Problem> {
    let stated = person.stated.iter().map(|stated| (stated.day, stated.span));
    let logged = person.log.iter().map(|entry| (entry.day, entry.span));
    let ahead = stated.chain(logged).filter(move |(day, _)| *day > today);
    ahead.map(|(day, span)| Problem::of_span(note.path.clone(), span, What::FutureContact(day.to_string())))
}

/// How many problems want attention, by note; kept up while the index changes.
#[derive(Debug, Default)]
pub struct Troubles {
    by_note: BTreeMap<NotePath, usize>,
    total: usize,
    known: Option<(Mark, NaiveDate)>,
}

impl Troubles {
    /// Counts what wants attention on a day.
    pub fn count(&mut self, index: &Index, today: NaiveDate) {
        let now = (index.mark(), today);
        let touched =
            self.known.filter(|(_, day)| *day == today).and_then(|(mark, _)| index.touched_since(mark));
        match touched {
            Some(touched) => {
                for slot in touched {
                    let Some(note) = index.note_in(slot) else { continue };
                    let serious = serious(index.problems_of(slot.0, today).iter());
                    let before = match serious {
                        0 => self.by_note.remove(&note.path),
                        count => self.by_note.insert(note.path.clone(), count),
                    };
                    self.total = self.total + serious - before.unwrap_or(0);
                }
            }
            None => {
                let mut by_note: BTreeMap<NotePath, usize> = BTreeMap::new();
                let mut problems = index.problems(today);
                problems.retain(|problem| problem.what.severity() != Severity::Note);
                self.total = problems.len();
                for problem in problems {
                    *by_note.entry(problem.path).or_default() += 1;
                }
                self.by_note = by_note;
            }
        }
        self.known = Some(now);
    }

    /// How many problems there are.
    pub fn total(&self) -> usize {
        self.total
    }

    /// The notes that have some, by path.
    pub fn notes(&self) -> impl ExactSizeIterator<Item = &NotePath> {
        self.by_note.keys()
    }

    /// Whether a note has some.
    pub fn has(&self, path: &NotePath) -> bool {
        self.by_note.contains_key(path)
    }
}

/// How many of these want attention.
fn serious<'a>(problems: impl Iterator<Item = &'a Problem>) -> usize {
    problems.filter(|problem| problem.what.severity() != Severity::Note).count()
}
