//! How long a file must have been left alone before goen writes to it: editors save while people
//! type, and merge badly with changes from outside.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::app::Live;
use crate::clock::Moment;
use crate::text::NotePath;

/// What Obsidian has open is left alone for at least so long.
const OPEN: Duration = Duration::from_secs(10);

/// No file is left alone for longer.
const REMEMBERED: Duration = Duration::from_secs(60 * 60);

/// When somebody else last changed a file.
#[derive(Debug, Default)]
pub(super) struct Touched {
    at: BTreeMap<NotePath, Moment>,
    /// Before that only the files themselves can tell.
    since: Option<Moment>,
}

impl Touched {
    /// From now on changes are noted; before, a file's own time says when it was changed.
    pub(super) fn since(&mut self, now: Moment) {
        self.since = Some(now);
    }

    /// Somebody else has changed files.
    pub(super) fn note(&mut self, paths: &[NotePath], now: Moment) {
        if paths.is_empty() {
            return;
        }
        // Whoever was left alone for long enough needs no remembering.
        self.at.retain(|_, at| now.saturating_duration_since(*at) < REMEMBERED);
        self.at.extend(paths.iter().map(|path| (path.clone(), now)));
    }

    /// From when a file may be written to.
    pub(super) fn settled(&self, path: &NotePath, live: &Live, now: Moment) -> Moment {
        let settle = live.app.config.watch.settle.min(REMEMBERED);
        let longest = settle.max(OPEN);
        let at = self.at.get(path).copied().or_else(|| self.before(path, live, now));
        let Some(at) = at.filter(|at| now.saturating_duration_since(*at) < longest) else { return now };
        let is_open = now >= at + settle && live.open_in_obsidian().contains(path);
        at + if is_open { longest } else { settle }
    }

    /// When a file was changed before anything was noted, if that is not long ago.
    fn before(&self, path: &NotePath, live: &Live, now: Moment) -> Option<Moment> {
        let since = self.since.filter(|since| now.saturating_duration_since(*since) < OPEN)?;
        let age = live.age(path)?;
        now.checked_sub(age).filter(|at| *at < since)
    }
}
