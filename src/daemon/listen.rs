//! Hearing what the system says of a vault, or looking by itself where it says nothing.

use std::path::PathBuf;
use std::time::Duration;

use super::{Daemon, Event, POLL_AT_LEAST, RETRY_AT_MOST, Topic};
use crate::clock::Clock;
use crate::config::{Committed, Poll};
use crate::vault::{Watch, WatchError};

impl<C: Clock> Daemon<C> {
    /// Listens to what the system says of these folders, or looks by itself where it says nothing.
    pub(super) fn listen(&mut self, folders: &[PathBuf]) {
        let poll = self.live.app.config.watch.poll;
        self.watch = None;
        self.is_hard_of_hearing = false;
        let mut polls = self.manner.only_poll || poll == Poll::Always;
        if !polls {
            let wake = self.wake.clone();
            let tell = move || {
                // Whoever has stopped needs no waking.
                let _ = wake.send(Event::Hints);
            };
            match Watch::start(self.live.app.vault.root(), tell) {
                Ok(watch) => {
                    self.watch = Some(watch);
                    self.listen_in(folders);
                    polls = self.live.app.vault.is_remote();
                    if polls {
                        self.report.polls("the vault lies on a network file system");
                    }
                }
                Err(error) => {
                    self.report.polls(&error.to_string());
                    polls = true;
                }
            }
        }
        polls |= self.is_hard_of_hearing;
        if self.watch.is_some() && !polls {
            self.report.well(Topic::Watching);
        }
        self.set_rescan(polls && poll != Poll::Never, POLL_AT_LEAST);
        // What happened before somebody listened was not heard.
        self.hints.everything(false, self.clock.now());
    }

    /// Listens in these folders too; gives those that may have been another folder before.
    pub(super) fn listen_in(&mut self, folders: &[PathBuf]) -> Vec<PathBuf> {
        let Some(watch) = &mut self.watch else { return Vec::new() };
        watch.folders(folders).unwrap_or_else(|error| {
            self.hears_less(&error);
            Vec::new()
        })
    }

    /// Looks by itself from now on, for what the system does not say.
    pub(super) fn hears_less(&mut self, error: &WatchError) {
        self.is_hard_of_hearing = true;
        self.report.polls(&error.to_string());
        if self.live.app.config.watch.poll != Poll::Never && !self.is_polling() {
            self.set_rescan(true, POLL_AT_LEAST);
        }
    }

    pub(super) fn is_polling(&self) -> bool {
        self.rescan.1 < self.live.app.config.watch.rescan
    }

    /// How often to look at everything without being told.
    pub(super) fn set_rescan(&mut self, polls: bool, every: Duration) {
        let rescan = self.live.app.config.watch.rescan;
        let every = if polls { every.clamp(POLL_AT_LEAST, RETRY_AT_MOST).min(rescan) } else { rescan };
        self.rescan = (self.clock.now() + every, every);
    }

    /// Takes up what was heard.
    pub(super) fn hear(&mut self) {
        let now = self.clock.now();
        let Some(watch) = &mut self.watch else { return };
        let heard = watch.heard();
        if let Some(error) = &heard.trouble {
            self.hears_less(error);
        }
        if !heard.places.is_empty() && self.live.app.config.git.what == Committed::All {
            self.commits.something_happened(&self.live, now);
        }
        self.hints.hear(heard, now);
    }
}
