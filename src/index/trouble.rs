//! Problems that only all notes together show.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::{Group, Index};
use crate::problem::{Problem, What};
use crate::text::{NotePath, fold_name};

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
        out.sort_by(|a, b| {
            (&a.path, a.line, a.column, a.what.code(), a.span).cmp(&(
                &b.path,
                b.line,
                b.column,
                b.what.code(),
                b.span,
            ))
        });
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
        let shared = self.people_names.iter().filter(|(_, ids)| ids.len() > 1);
        let shared: BTreeMap<&str, &[u32]> = shared.collect();
        for (name, ids) in shared {
            let notes = self.notes_of(ids);
            // An alias that two people share is no trouble before somebody links to it.
            let named: Vec<_> = notes
                .into_iter()
                .filter(|n| n.person().is_some_and(|p| fold_name(&p.name) == name))
                .collect();
            if named.len() < 2 {
                continue;
            }
            for note in &named {
                let others = named.iter().filter(|n| n.path != note.path).take(NAMED);
                let others: Vec<String> = others.map(|n| n.path.to_string()).collect();
                let name = note.person().map_or_else(String::new, |p| p.name.to_string());
                out.push(Problem::of_file(note.path.clone(), What::DuplicateName { name, others }));
            }
        }
    }

    fn ambiguous_links(&self, out: &mut Vec<Problem>) {
        let by_name = self.names.iter().chain(self.aliases.iter());
        let shared: BTreeSet<&str> = by_name.filter(|(_, ids)| ids.len() > 1).map(|(key, _)| key).collect();
        let sources: BTreeSet<u32> = shared.iter().flat_map(|key| self.linking.get(key)).copied().collect();
        let mut known = HashMap::new();
        for note in sources.into_iter().filter_map(|id| self.at(id)) {
            let mut seen = BTreeSet::new();
            for link in &note.links {
                if !shared.contains(super::links::key(&link.target).as_str()) || !seen.insert(&*link.target) {
                    continue;
                }
                let asked = (note.path.folder().to_owned(), link.target.to_string(), link.markdown);
                let ids = known.entry(asked).or_insert_with(|| {
                    let mut ids = self.resolve_ids(&note.path, &link.target, link.markdown);
                    ids.truncate(NAMED);
                    ids
                });
                if ids.len() > 1 {
                    let candidates: Vec<&NotePath> = self.notes_of(ids).iter().map(|n| &n.path).collect();
                    let candidates = candidates.into_iter().map(ToString::to_string).collect();
                    let what = What::AmbiguousLink { target: link.target.to_string(), candidates };
                    out.push(Problem::of_span(note.path.clone(), link.span, what));
                }
            }
        }
    }
}
