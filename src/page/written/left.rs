//! Lines of goen's that are not found yet, by their digests.

use std::collections::HashMap;

use super::super::typed::{Digest, put_in, tries};
use crate::text::QuickMap;

/// Digests of goen's lines, each of which is to be found once.
pub(super) struct Left<'w> {
    /// In their order; none where it was found.
    all: Vec<Option<&'w Digest>>,
    /// Where each stands, the first last.
    places: QuickMap<&'w Digest, Vec<usize>>,
    /// Before this place all are found.
    first: usize,
    /// At so many places it is still looked for words put in.
    tries: usize,
}

impl<'w> Left<'w> {
    /// Of these digests. A page may say that goen wrote any number of lines: what was put into one of them is
    /// looked for at so many places in all.
    pub(super) fn of(digests: impl IntoIterator<Item = &'w Digest>, tries: usize) -> Self {
        let all: Vec<&Digest> = digests.into_iter().collect();
        let mut places: QuickMap<&Digest, Vec<usize>> = QuickMap::default();
        for (at, digest) in all.iter().copied().enumerate().rev() {
            places.entry(digest).or_default().push(at);
        }
        Self { all: all.into_iter().map(Some).collect(), places, first: 0, tries }
    }

    /// Whether one that is left says this; it is none that is left then.
    pub(super) fn take(&mut self, words: &str) -> bool {
        let at = self.places.get_mut(&Digest::of(words)).and_then(Vec::pop);
        at.map(|at| self.all[at] = None).is_some()
    }

    /// Those that are left.
    pub(super) fn into_rest(self) -> impl Iterator<Item = &'w Digest> {
        self.all.into_iter().flatten()
    }

    /// The words put into one that is left, which is none then; `texts` says what some of them say.
    pub(super) fn put_into_one(&mut self, line: &str, texts: &HashMap<Digest, String>) -> Option<String> {
        let (at, words) = self.find(line, texts)?;
        let found = self.all[at].take()?;
        // It was the first of its kind.
        self.places.get_mut(found)?.pop();
        Some(words)
    }

    /// The words put into one that is left, and stays so.
    pub(super) fn put_into_any(&mut self, line: &str, texts: &HashMap<Digest, String>) -> Option<String> {
        self.find(line, texts).map(|(_, words)| words)
    }

    fn find(&mut self, line: &str, texts: &HashMap<Digest, String>) -> Option<(usize, String)> {
        while self.all.get(self.first).is_some_and(Option::is_none) {
            self.first += 1;
        }
        let costs = tries(line)?;
        for (at, digest) in self.all.iter().enumerate().skip(self.first) {
            self.tries = self.tries.checked_sub(digest.map_or(1, |_| costs))?;
            let Some(digest) = digest else { continue };
            let put = digest.put_into(line);
            let words = put.or_else(|| texts.get(*digest).and_then(|goens| put_in(line, goens)));
            if let Some(words) = words {
                return Some((at, words));
            }
        }
        None
    }
}
