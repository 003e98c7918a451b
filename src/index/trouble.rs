//! Problems that only all notes together show.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use foldhash::fast::RandomState;
use rayon::prelude::*;

use super::{Group, Index, links};
use crate::note::Note;
use crate::problem::{Problem, What};
use crate::text::{Text, fold_name};

/// So many of those who share a name are named.
const NAMED: usize = 6;

impl Index {
    /// Every problem of the vault, by path and place; those that depend on the day for `today`.
    pub fn problems(&self, today: NaiveDate) -> Vec<Problem> {
        let mut out: Vec<Problem> = self
            .troubled
            .iter()
            .filter_map(|(_, id)| self.at(*id))
            .flat_map(|note| note.problems.iter().cloned())
            .collect();
        self.future_contacts(today, &mut out);
        self.duplicate_names(&mut out);
        self.ambiguous_links(&mut out);
        let mut mes = self.of_group(Group::Me).map(|(_, note)| note);
        if let Some(first) = mes.next() {
            let what = || What::SecondMe(first.path.to_string());
            out.extend(mes.map(|note| Problem::of_file(note.path.clone(), what())));
        }
        out.sort_by(Problem::by_place);
        out
    }

    fn future_contacts(&self, today: NaiveDate, out: &mut Vec<Problem>) {
        for (note, person, _) in self.people() {
            for stated in person.stated.iter().filter(|s| s.day > today) {
                let what = What::FutureContact(stated.day.to_string());
                out.push(Problem::of_span(note.path.clone(), stated.span, what));
            }
            for entry in person.log.iter().filter(|e| e.day > today) {
                let what = What::FutureContact(entry.day.to_string());
                out.push(Problem::of_span(note.path.clone(), entry.span, what));
            }
        }
    }

    fn duplicate_names(&self, out: &mut Vec<Problem>) {
        let shared = self.names.iter().filter(|(_, ids)| ids.len() > 1);
        for (key, ids) in shared {
            // An alias that two people share is no trouble before somebody links to it.
            let mut of_name: BTreeMap<Text, Vec<&Note>> = BTreeMap::new();
            for note in self.notes_of(ids) {
                if let Some(name) = note.person().map(|p| &p.name).filter(|name| links::key(name) == key) {
                    of_name.entry(fold_name(name)).or_default().push(note);
                }
            }
            for named in of_name.into_values().filter(|named| named.len() > 1) {
                for note in &named {
                    let others = named.iter().filter(|n| n.path != note.path).take(NAMED);
                    let others = others.map(|n| n.path.clone()).collect();
                    let name = note.person().map_or_else(String::new, |p| p.name.to_string());
                    out.push(Problem::of_file(note.path.clone(), What::DuplicateName { name, others }));
                }
            }
        }
    }

    fn ambiguous_links(&self, out: &mut Vec<Problem>) {
        let several = self.names.iter().filter(|(_, ids)| ids.len() > 1);
        let shared: HashSet<&str, RandomState> = several.map(|(key, _)| key).collect();
        let sources: BTreeSet<u32> = shared.iter().flat_map(|key| self.linking.get(key)).copied().collect();
        let sources: Vec<&Note> = sources.into_iter().filter_map(|id| self.at(id)).collect();
        // What a target means depends on the linking note's folder alone: with many notes of one
        // name, asking anew each time would cost the cube.
        let found = sources.into_par_iter().map_init(HashMap::new, |known, note| {
            let mut of_note = Vec::new();
            let mut seen = BTreeSet::new();
            for link in &note.links {
                if !shared.contains(links::key(&link.target).as_str()) || !seen.insert(&*link.target) {
                    continue;
                }
                let asked = (note.path.folder(), &*link.target, link.markdown);
                let ids = known.entry(asked).or_insert_with(|| {
                    let mut ids = self.resolve_ids(&note.path, &link.target, link.markdown);
                    ids.truncate(NAMED);
                    ids
                });
                if ids.len() > 1 {
                    let candidates = self.notes_of(ids).iter().map(|n| n.path.clone()).collect();
                    let what = What::AmbiguousLink { target: link.target.to_string(), candidates };
                    of_note.push(Problem::of_span(note.path.clone(), link.span, what));
                }
            }
            of_note
        });
        out.par_extend(found.flatten_iter());
    }
}
