//! Which note a link means, by Obsidian's rules: the note of that name; of
//! several the one at that path, then the shortest path, then the nearest; else
//! the person of that name or alias. Compared in NFC and without case.

use super::key::Key;
use super::names::other_names;
use super::{Id, Index};
use crate::note::{Mention, Note};
use crate::text::{NotePath, fold, link_key, trimmed, without_md};

/// What a link means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'a> {
    /// No note.
    Nothing,
    /// This one alone.
    One(&'a Note),
    /// This one, though the name alone could mean other people too.
    Ambiguous(&'a Note),
}

impl<'a> Target<'a> {
    /// The note, ambiguous or not.
    pub fn note(self) -> Option<&'a Note> {
        match self {
            Target::Nothing => None,
            Target::One(note) | Target::Ambiguous(note) => Some(note),
        }
    }
}

/// Forms of address that stand behind a name.
const ADDRESS: [&str; 8] = ["さん", "様", "さま", "氏", "先生", "殿", "くん", "君"];

/// A name among attendees without the form of address behind it, where it has one.
fn without_address(name: &str) -> Option<&str> {
    let name = trimmed(name);
    let bare = ADDRESS.iter().find_map(|word| name.strip_suffix(word))?;
    Some(trimmed(bare)).filter(|bare| !bare.is_empty())
}

/// The keys under which a name among attendees is looked up: as it is written, and without its form of
/// address.
pub(super) fn keys_of_name(name: &str) -> impl Iterator<Item = Key> {
    std::iter::once(name).chain(without_address(name)).map(Key::of)
}

impl Index {
    /// What a link of the note at `from` means.
    pub fn resolve(&self, from: &NotePath, link: &Mention) -> Target<'_> {
        match self.resolve_ids(from, &link.target, link.markdown).as_slice() {
            [] => Target::Nothing,
            [only] => self.at(*only).map_or(Target::Nothing, Target::One),
            [first, ..] => self.at(*first).map_or(Target::Nothing, Target::Ambiguous),
        }
    }

    /// The person that a target or a plain name among attendees means; if nobody is called so, without
    /// the form of address behind it.
    pub(super) fn resolve_name(&self, from: &NotePath, target: &str) -> Option<Id> {
        let bare = || self.resolve_as_written(from, without_address(target)?);
        self.resolve_as_written(from, target).or_else(bare)
    }

    fn resolve_as_written(&self, from: &NotePath, target: &str) -> Option<Id> {
        if let Some(id) = self.resolve_ids(from, target, false).first() {
            return Some(*id);
        }
        let mut of_that_name = self.people_named(target);
        match (of_that_name.next(), of_that_name.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    /// Whom a target could mean, the one it does mean first; the others only where
    /// it is a bare name that several people have.
    pub(super) fn resolve_ids(&self, from: &NotePath, target: &str, markdown: bool) -> Vec<Id> {
        self.resolve_keyed(Key::of(target), from, target, markdown)
    }

    /// [`Self::resolve_ids`] where the target's key is known.
    pub(super) fn resolve_keyed(&self, key: Key, from: &NotePath, target: &str, markdown: bool) -> Vec<Id> {
        let target = without_md(trimmed(target));
        let wanted = link_key(target);
        let is_relative = wanted.starts_with("./") || wanted.starts_with("../");
        if markdown || is_relative {
            // A path is looked for from the note's own folder first.
            match joined(&link_key(from.folder()), &wanted) {
                Some(path) => {
                    let exact = self.names.get(&key).iter().copied();
                    let exact: Vec<Id> = exact
                        .filter(|id| self.at(*id).is_some_and(|n| link_key(n.path.stem()) == path))
                        .collect();
                    if !exact.is_empty() {
                        return exact;
                    }
                }
                // It leads out of the vault.
                None => return Vec::new(),
            }
            if is_relative {
                return Vec::new();
            }
        }
        let wanted = wanted.trim_start_matches('/');
        let mut named: Vec<(&Note, Id)> = self
            .names
            .get(&key)
            .iter()
            .filter_map(|id| Some((self.at(*id)?, *id)))
            .filter(|(note, _)| is_at(note.path.stem(), target, wanted))
            .collect();
        if named.is_empty() {
            let word = fold(target);
            named = self
                .names
                .get(&key)
                .iter()
                .filter_map(|id| Some((self.at(*id)?, *id)))
                .filter(|(note, _)| {
                    note.person().is_some_and(|p| other_names(p).any(|name| fold(name) == word))
                })
                .collect();
        }
        if let [(_, only)] = named.as_slice() {
            return vec![*only];
        }
        let near = link_key(from.folder());
        let rank = |note: &Note| {
            let path = link_key(note.path.stem());
            (path != wanted, path.matches('/').count(), usize::MAX - shared_folders(&path, &near))
        };
        named.sort_by_cached_key(|(note, _)| (rank(note), note.path.clone()));
        let Some((first, first_id)) = named.first() else { return Vec::new() };
        let mut ids = vec![*first_id];
        if first.person().is_some() && !wanted.contains('/') {
            ids.extend(named[1..].iter().filter(|(note, _)| note.person().is_some()).map(|(_, id)| *id));
        }
        ids
    }
}

/// Whether a path is, or ends with, what is wanted: as written, else as compared.
fn is_at(path: &str, target: &str, wanted: &str) -> bool {
    ends_with_path(path, target) || ends_with_path(&link_key(path), wanted)
}

fn ends_with_path(path: &str, wanted: &str) -> bool {
    path.strip_suffix(wanted).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}

fn shared_folders(a: &str, b: &str) -> usize {
    a.split('/').zip(b.split('/')).take_while(|(x, y)| x == y).count()
}

/// `path` as seen from `folder`; none where it leads out of the vault.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.retain(|p| !p.is_empty());
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    parts.retain(|p| !p.is_empty());
    Some(parts.join("/"))
}
