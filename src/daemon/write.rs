//! When the page may be written, and what is done when it was.

use std::time::Duration;

use super::report;
use super::{Daemon, PATIENCE, RETRY, RETRY_AT_MOST, Topic};
use crate::app::{ExportError, KeptCalendar, Outcome, Places, UpdateError, Written};
use crate::clock::{Clock, Moment};
use crate::problem::Obstacle;
use crate::text::NotePath;
use crate::vault::MOMENT;

impl<C: Clock> Daemon<C> {
    /// When the page may be written at the earliest; none where there is nothing to write.
    pub(super) fn may_write(&mut self, now: Moment) -> Option<Moment> {
        let since = self.stale_since?;
        let mut at = since;
        let retry = self.retry.map(|(retry, _)| retry);
        at = [retry, self.pace.next()].into_iter().flatten().fold(at, Moment::max);
        if self.live.is_in_doubt() {
            at = at.max(since + PATIENCE);
        }
        if self.live.is_page_in_doubt() {
            at = at.max(now + MOMENT);
        }
        let page = self.live.app.config.page.file.clone();
        at = at.max(self.touched.settled(&page, &self.live, now));
        if let Some(free) = self.marks_wait {
            at = at.max(free);
        }
        Some(at)
    }

    /// The notes that marks ask to be changed and that somebody may be writing in; and when the
    /// first of them may be written to.
    pub(super) fn in_use(&self, now: Moment) -> (Vec<NotePath>, Option<Moment>) {
        let free = |path: &NotePath| {
            let settled = self.touched.settled(path, &self.live, now);
            self.live.doubt(path).map_or(settled, |at| settled.max(at))
        };
        let asked = self.live.notes_asked_for().into_iter().map(|path| (free(&path), path));
        let in_use: Vec<(Moment, NotePath)> = asked.filter(|(free, _)| *free > now).collect();
        let first = in_use.iter().map(|(free, _)| *free).min();
        (in_use.into_iter().map(|(_, path)| path).collect(), first)
    }

    /// Whether there may be marks on the page that are to be recorded.
    pub(super) fn may_have_marks(&self) -> bool {
        self.is_page_foreign || self.is_pending
    }

    /// Looks whether the notes to be written to say what is known of them. Who saves may have emptied
    /// one just now, to write into the file that they have open: what would be put there is lost, or
    /// theirs.
    pub(super) fn look_at_asked(&mut self) {
        let asked = self.live.notes_asked_for();
        if !asked.is_empty() {
            let places = asked.iter().map(|path| self.live.app.vault.on_disk(path)).collect();
            self.look(Places::At(places));
        }
    }

    pub(super) fn write(&mut self) {
        let now = self.clock.now();
        if self.hints.is_waiting() || self.may_write(now).is_none_or(|at| at > now) {
            return;
        }
        let (mut in_use, mut free) = (Vec::new(), None);
        if self.may_have_marks() {
            self.look_at_asked();
            if self.is_away || self.may_write(now).is_none_or(|at| at > now) {
                return;
            }
            (in_use, free) = self.in_use(now);
        }
        match self.live.update(in_use) {
            Ok(outcome) => {
                self.written(&outcome);
                self.marks_wait = free.filter(|_| outcome.waits);
                if self.marks_wait.is_some() {
                    self.stale_since = Some(self.clock.now());
                    self.is_page_foreign = true;
                }
            }
            // It is left alone for a while, like whenever somebody else has changed it.
            Err(UpdateError::Touched) => {
                let page = self.live.app.vault.on_disk(&self.live.app.config.page.file);
                let looked = self.live.look(&Places::At(vec![page]), now);
                self.merge(&looked, now);
            }
            Err(error) => {
                let last = self.retry.map_or(RETRY / 2, |(_, last)| last);
                let next = if matches!(error, UpdateError::KeepsChanging) { MOMENT } else { last * 2 };
                let next = next.min(RETRY_AT_MOST);
                self.retry = Some((self.clock.now() + next, next));
                self.report.update(&error, &self.live.app.config.page.file);
            }
        }
    }

    pub(super) fn written(&mut self, outcome: &Outcome) {
        self.report.well(Topic::Page);
        self.stale_since = None;
        self.is_page_foreign = false;
        self.retry = None;
        self.commits.wrote(outcome, &self.live, self.clock.now());
        report::written(outcome, self.live.app.today);
        if matches!(outcome.written, Written::Replaced | Written::Uncertain) {
            self.look_back = Some(self.clock.now() + MOMENT);
            self.pace.wrote(self.clock.now());
        }
        self.is_pending = !outcome.pending.is_empty();
        if !self.is_pending {
            self.report.well(Topic::Recording);
        }
        self.calendar_written(outcome);
        let troubles = outcome.pending.iter().map(|pending| &pending.trouble);
        for trouble in troubles.clone() {
            self.report.not_recorded(trouble);
        }
        let passing = |why: &Obstacle| matches!(why, Obstacle::Disk(_) | Obstacle::KeepsChanging);
        if troubles.clone().any(|trouble| passing(&trouble.why)) {
            self.again(RETRY);
        }
    }

    /// The page is there in any case; what kept the calendar from being written may pass.
    fn calendar_written(&mut self, outcome: &Outcome) {
        match outcome.calendar.as_ref().map(|calendar| &calendar.written) {
            None | Some(Ok(_)) => {
                self.report.well(Topic::Calendar);
                let is_written = |calendar: &KeptCalendar| {
                    matches!(calendar.written, Ok(Written::Replaced | Written::Uncertain))
                };
                if outcome.calendar.as_ref().is_some_and(is_written) {
                    report::calendar_written();
                }
            }
            Some(Err(error)) => {
                self.report.calendar(error);
                if matches!(error, ExportError::Disk(_) | ExportError::Obstacle(..)) {
                    self.again(RETRY_AT_MOST);
                }
            }
        }
    }

    /// What could not be done is tried again after a while.
    fn again(&mut self, pause: Duration) {
        self.stale_since = Some(self.clock.now());
        self.retry = Some((self.clock.now() + pause, pause));
    }
}
