//! Problems that only all notes together show.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{Group, Index, links};
use crate::note::Note;
use crate::problem::{Problem, What};
use crate::text::{QuickSet, Text, fold_name};

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

    fn duplicate_names(&self) -> Vec<Problem> {
        let mut out = Vec::new();
        for (key, ids) in self.names.iter().filter(|(_, ids)| ids.len() > 1) {
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
        // What a target means depends on the linking note's folder alone: with many notes of one
        // name, asking anew each time would cost the cube.
        let of_note = |known: &mut HashMap<_, Vec<u32>>, links: &[(u32, u32)]| {
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
        };
        let by_note = ambiguous.par_chunk_by(|a, b| a.0 == b.0);
        by_note.map_init(HashMap::new, of_note).flatten().flatten_iter().collect()
    }
}
