//! The main job, kept up: one loop over one list of things that can happen.
//!
//! Decides when to look and when to write; what is found and what is written is `app`'s. Start-up
//! is the first look at everything. [`Daemon::step`] does what is due and says when the next thing
//! is, so that time can be told by any clock.

mod commit;
mod glance;
mod hints;
mod listen;
mod pace;
mod report;
mod settle;
mod write;

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use crate::app::{Live, Looked, OpenError, Places};
use crate::clock::{Clock, Moment, Wall};
use crate::vault::{Commit, Watch};

use commit::Commits;
use glance::GLANCE;
use hints::Hints;
use pace::Pace;
use report::Report;
use settle::Touched;

pub use report::Words;

/// What can happen from outside.
#[derive(Debug)]
pub enum Event {
    /// The system says that something happened in the vault.
    Hints,
    /// Everything is to be read anew.
    Reload,
    /// What became of a commit; none where the vault was not there.
    Committed(Option<Commit>),
    /// The end.
    Stop,
}

/// What was asked for besides the vault.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner {
    /// The system's notifications are not to be used.
    pub only_poll: bool,
    /// The vault is committed, whatever the settings say.
    pub commit: bool,
}

/// A page that waits for what is in doubt waits no longer than this.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who waits until the page is right waits no longer than this.
const LONGEST: Duration = Duration::from_secs(60);

/// What could not be done is tried again after this, then after twice as long, and so on.
const RETRY: Duration = Duration::from_secs(5);

/// At the latest after this.
const RETRY_AT_MOST: Duration = Duration::from_secs(60);

/// Who is told to stop waits for git no longer than service managers wait for it.
const COMMITTING: Duration = Duration::from_secs(75);

/// Polling looks at most so often; where a look takes long, a twentieth of the time is spent on it.
const POLL_AT_LEAST: Duration = Duration::from_secs(2);

const POLL_SHARE: u32 = 20;

/// Keeps one vault's page.
pub struct Daemon<C> {
    live: Live,
    clock: C,
    manner: Manner,
    wake: Sender<Event>,
    watch: Option<Watch>,
    hints: Hints,
    touched: Touched,
    report: Report,
    commits: Commits,
    pace: Pace,
    /// The page may say something else than it should, since when.
    stale_since: Option<Moment>,
    /// Somebody else has changed the page since it was written.
    is_page_foreign: bool,
    /// The vault is not there, or not one of its notes is: nothing is written until they are back.
    is_away: bool,
    /// Marks wait until then for notes that somebody may be writing in.
    marks_wait: Option<Moment>,
    /// Marks that could not be recorded are tried again when anything happens.
    is_pending: bool,
    retry: Option<(Moment, Duration)>,
    /// What could not be read is looked at again after so long.
    reread: Duration,
    /// What was replaced is looked at once more then.
    look_back: Option<Moment>,
    /// The system does not tell everything.
    is_hard_of_hearing: bool,
    /// When everything is looked at without being told, and how often.
    rescan: (Moment, Duration),
    glance: (Moment, Wall),
}

impl<C: Clock> Daemon<C> {
    /// A daemon for a vault that was just read. `wake` is how it is told that there is something
    /// to do: whoever calls [`Daemon::run`] has the other end.
    pub fn new(
        live: Live,
        folders: &[PathBuf],
        clock: C,
        manner: Manner,
        words: Words,
        wake: Sender<Event>,
    ) -> Self {
        let now = clock.now();
        let glance = (now, clock.wall());
        let mut daemon = Self {
            commits: Commits::new(manner.commit, &live, now),
            live,
            clock,
            manner,
            wake,
            watch: None,
            hints: Hints::default(),
            touched: Touched::default(),
            report: Report::new(words),
            pace: Pace::default(),
            stale_since: Some(now),
            is_page_foreign: true,
            is_away: false,
            marks_wait: None,
            is_pending: false,
            retry: None,
            reread: RETRY,
            look_back: None,
            is_hard_of_hearing: false,
            rescan: (now, RETRY_AT_MOST),
            glance,
        };
        daemon.touched.since(now);
        daemon.listen(folders);
        daemon
    }

    /// Does what there is to do until it is told to stop.
    pub fn run(mut self, events: &Receiver<Event>) {
        let mut wait = self.step();
        let mut is_ready = false;
        loop {
            if !is_ready && self.has_begun() {
                report::ready();
                is_ready = true;
                // Nobody waits any more: the first change is not to wait for it either.
                self.live.prepare();
            }
            let event = match events.recv_timeout(wait) {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => Some(Event::Stop),
            };
            match event {
                Some(Event::Stop) => break,
                Some(Event::Reload) => self.reload(),
                Some(Event::Committed(result)) => {
                    self.commits.done(result, &self.live, &mut self.report, self.clock.now());
                }
                Some(Event::Hints) | None => {}
            }
            wait = self.step();
        }
        self.wait_for_commit(events);
        report::stopping();
    }

    /// Git that is ended while it writes leaves its lock behind, in everybody's way.
    fn wait_for_commit(&self, events: &Receiver<Event>) {
        while self.commits.is_under_way() {
            match events.recv_timeout(COMMITTING) {
                Ok(Event::Committed(_) | Event::Stop) | Err(_) => return,
                Ok(Event::Hints | Event::Reload) => {}
            }
        }
    }

    /// Does what is due; gives the time until the next thing is, if nothing happens before.
    pub fn step(&mut self) -> Duration {
        self.glance();
        self.hear();
        let now = self.clock.now();
        if !self.is_away
            && let Some(places) = self.places(now)
        {
            self.look(places);
        }
        if !self.is_away {
            self.write();
            if self.look_back.is_some_and(|at| at <= self.clock.now()) {
                self.look_back = None;
                for trouble in self.live.look_back() {
                    self.report.not_recorded(&trouble);
                }
            }
        }
        if !self.is_away {
            self.commits.commit(&self.live, &self.wake, self.clock.now());
        }
        if self.look_back.is_none() {
            self.live.release();
        }
        self.wait()
    }

    /// Reads everything anew, settings included.
    pub fn reload(&mut self) {
        report::reading_anew();
        match self.live.reload() {
            Ok(Some(folders)) => self.go_on(&folders),
            Ok(None) => self.away(),
            Err(error) => {
                self.report.settings(&error);
                if matches!(error, OpenError::Disk(_)) {
                    self.hints.again(self.clock.now() + RETRY);
                }
            }
        }
    }

    /// Whether the page is right, or nobody knows when it will be.
    fn has_begun(&self) -> bool {
        let is_right = self.stale_since.is_none_or(|since| since + LONGEST <= self.clock.now());
        is_right || self.marks_wait.is_some() || self.retry.is_some() || self.is_away
    }

    /// Goes on with a vault that was read anew.
    fn go_on(&mut self, folders: &[PathBuf]) {
        self.is_away = false;
        self.report.well(Topic::Vault);
        self.report.well(Topic::Settings);
        self.stale(self.clock.now());
        self.is_page_foreign = true;
        self.commits.something_happened(&self.live, self.clock.now());
        self.listen(folders);
    }

    /// Where to look now, if anywhere.
    fn places(&mut self, now: Moment) -> Option<Places> {
        if self.rescan.0 <= now {
            self.hints.everything(false, now);
        }
        let doubts = self.live.next_doubt().is_some_and(|at| at <= now);
        self.hints.ripe(now).or_else(|| doubts.then(|| Places::At(Vec::new())))
    }

    fn look(&mut self, mut places: Places) {
        let mut settings = false;
        loop {
            let begun = self.clock.now();
            let looked = self.live.look(&places, begun);
            report::looked(&looked);
            if matches!(places, Places::Everywhere { .. }) {
                self.has_looked_everywhere(&looked, begun);
            }
            if looked.is_away {
                self.away();
                // Other settings may find other notes.
                if looked.settings {
                    self.come_back();
                }
                return;
            }
            self.merge(&looked, begun);
            settings |= looked.settings;
            // What was made in a folder before it was listened to was not heard.
            let new = self.listen_in(&looked.folders);
            if new.is_empty() {
                break;
            }
            places = Places::At(new);
        }
        self.report.well(Topic::Vault);
        if settings {
            self.reload();
        }
    }

    fn has_looked_everywhere(&mut self, looked: &Looked, begun: Moment) {
        // A vault that is large or far away is looked at less often.
        let took = self.clock.now().saturating_duration_since(begun);
        let polls = self.is_polling();
        self.set_rescan(polls, took * POLL_SHARE);
        if looked.unread.is_empty() {
            self.report.well(Topic::Reading);
            self.reread = RETRY;
        } else {
            self.reread = (self.reread * 2).min(RETRY_AT_MOST);
        }
    }

    fn merge(&mut self, looked: &Looked, now: Moment) {
        self.touched.note(&looked.changed, now);
        if looked.page {
            self.touched.note(std::slice::from_ref(&self.live.app.config.page.file), now);
            self.is_page_foreign = true;
            self.retry = None;
        }
        if !looked.unread.is_empty() {
            self.report.unread(&looked.unread);
            self.hints.again(now + self.reread);
        }
        if looked.is_different || looked.page || self.is_pending {
            self.stale(now);
            self.marks_wait = None;
        }
        if !looked.changed.is_empty() || looked.page {
            self.commits.something_happened(&self.live, now);
        }
    }

    fn stale(&mut self, now: Moment) {
        self.stale_since.get_or_insert(now);
    }

    /// The time until the next thing is due.
    fn wait(&mut self) -> Duration {
        let now = self.clock.now();
        let mut next = self.glance.0 + GLANCE;
        if !self.is_away {
            let write = if self.hints.is_waiting() { None } else { self.may_write(now) };
            let due = [write, self.look_back, self.commits.next(), self.live.next_doubt(), self.hints.next()];
            next = due.into_iter().flatten().chain([next, self.rescan.0]).min().unwrap_or(next);
        }
        next.saturating_duration_since(now)
    }

    /// The vault as it is known.
    pub fn live(&self) -> &Live {
        &self.live
    }
}

/// What trouble is about: it is said once, until that is well again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Topic {
    Vault,
    Settings,
    Page,
    Calendar,
    Reading,
    Recording,
    Watching,
    Committing,
}
