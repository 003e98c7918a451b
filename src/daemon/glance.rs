//! A glance now and then: which day it is, whether the machine has slept, and whether the vault is in its
//! place.

use std::time::Duration;

use chrono::NaiveDate;

use super::{Daemon, report};
use crate::app::OpenError;
use crate::clock::Clock;

/// The folder and the date are looked at so often: the clock may stand still in sleep, and nobody
/// tells that a vault was unmounted.
pub(super) const GLANCE: Duration = Duration::from_secs(5);

/// The wall clock goes on in sleep: if it is ahead by more than this, the machine has slept.
const SLEPT: Duration = Duration::from_secs(10);

impl<C: Clock> Daemon<C> {
    /// Looks whether it is another day, whether the machine has slept, whether the vault is there.
    pub(super) fn glance(&mut self) {
        let (now, wall) = (self.clock.now(), self.clock.wall());
        let day = self.clock.today();
        if day != self.live.app.today {
            self.new_day(day);
        }
        let (last, last_wall) = self.glance;
        if now.saturating_duration_since(last) < GLANCE {
            return;
        }
        self.glance = (now, wall);
        let slept = wall.duration_since(last_wall).unwrap_or_default();
        if slept > now.saturating_duration_since(last) + SLEPT {
            report::slept();
            self.hints.everything(false, self.clock.now());
        }
        if !self.live.is_in_place() {
            self.away();
            self.come_back();
        } else if self.is_away {
            // Nobody says what became of the page and of the folders that were listened to.
            self.is_away = false;
            self.stale(self.clock.now());
            self.is_page_foreign = true;
            self.listen(&[]);
        }
    }

    fn new_day(&mut self, day: NaiveDate) {
        report::new_day(day);
        self.live.app.today = day;
        self.stale(self.clock.now());
        // Once a day every note is read, whatever its stamp says.
        self.hints.everything(true, self.clock.now());
    }

    pub(super) fn away(&mut self) {
        self.is_away = true;
        self.report.away(self.live.app.vault.root());
    }

    /// Goes on with what stands in the vault's place, where that holds notes.
    pub(super) fn come_back(&mut self) {
        match self.live.come_back() {
            Ok(Some(folders)) => self.go_on(&folders),
            Ok(None) => {}
            Err(error @ OpenError::Config { .. }) => self.report.settings(&error),
            // Nothing is there, or nothing that can be read yet.
            Err(OpenError::Disk(_)) => {}
        }
    }
}
