//! What a vault that is kept up remembers from one page to the next, so that a change costs what
//! it changes. It gives what is made without it.

use chrono::NaiveDate;

use super::App;
use crate::index::Troubles;
use crate::note::Note;
use crate::page::{Renderer, TROUBLED_NAMED, Troubled};
use crate::plan::Planner;
use crate::problem::Severity;
use crate::text::{Digest, NotePath};

/// What is remembered, as long as the settings are the same.
#[derive(Debug, Default)]
pub(super) struct Memo {
    pub planner: Planner,
    pub renderer: Renderer,
    pub troubles: Troubles,
    pub page: Option<KnownPage>,
}

/// A page as goen wrote it: where in it the region is.
#[derive(Debug, Clone)]
pub(super) struct KnownPage {
    pub digest: Digest,
    /// The day it was made for.
    pub day: NaiveDate,
    from: usize,
    to: usize,
}

impl KnownPage {
    /// The page with another region.
    pub(super) fn with(&self, page: &[u8], region: &str) -> Vec<u8> {
        let (before, after) = (page.get(..self.from).unwrap_or(page), page.get(self.to..).unwrap_or(&[]));
        [before, region.as_bytes(), after].concat()
    }
}

impl App {
    /// The page, if it is as goen wrote it last, for no day to come.
    pub(super) fn known_page(&self, now: Option<Digest>) -> Option<KnownPage> {
        let known = self.memo.as_ref()?.page.as_ref()?;
        (Some(known.digest) == now && known.day <= self.today).then(|| known.clone())
    }

    /// Where a region stands in a page, if it stands there as it was made.
    pub(super) fn find_region(&self, page: &[u8], region: &str, digest: Option<Digest>) -> Option<KnownPage> {
        let first = region.split_inclusive('\n').next()?;
        let from = memchr::memmem::find(page, first.as_bytes())?;
        let to = from + region.len();
        let is_there = page.get(from..to) == Some(region.as_bytes());
        is_there.then_some(KnownPage { digest: digest?, day: self.today, from, to })
    }

    /// Remembers the page that was just written.
    pub(super) fn remember_page(&mut self, known: Option<KnownPage>) {
        if let Some(memo) = &mut self.memo {
            memo.page = known;
        }
    }

    /// How many problems want attention, and the notes that have them.
    pub(super) fn troubled(&self, troubles: &Troubles) -> (usize, Troubled) {
        let of_walk = self.walk_problems.iter().filter(|problem| problem.what.severity() != Severity::Note);
        let mut others: Vec<&NotePath> = of_walk.map(|problem| &problem.path).collect();
        let total = troubles.total() + others.len();
        others.retain(|path| !troubles.has(path));
        others.sort_unstable();
        others.dedup();
        let count = troubles.notes().len() + others.len();
        // Whoever is never to appear is counted, and named by `check` alone.
        let may_appear = |path: &&NotePath| {
            let note = self.index.note(path.as_str());
            !note.and_then(Note::person).is_some_and(|person| person.status.is_gone())
        };
        let named = troubles.notes().filter(may_appear).take(TROUBLED_NAMED);
        let mut first: Vec<NotePath> = named.cloned().collect();
        first.extend(others.into_iter().filter(|path| may_appear(path)).take(TROUBLED_NAMED).cloned());
        first.sort_unstable();
        first.truncate(TROUBLED_NAMED);
        (total, Troubled { count, first })
    }
}
