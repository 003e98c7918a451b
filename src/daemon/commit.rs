//! When the vault is committed, and what the commit holds.

use std::collections::BTreeSet;
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::report::{self, Report};
use super::{Event, Topic};
use crate::app::{Live, Outcome, Written, commit_message};
use crate::clock::Moment;
use crate::config::Committed;
use crate::text::NotePath;
use crate::vault::{Commit, Content, Vault};

/// The quiet time where the settings name none.
const QUIET: Duration = Duration::from_secs(10 * 60);

/// What goen wrote since the last commit.
#[derive(Debug, Default)]
pub(super) struct Commits {
    /// Asked for, whatever the settings say.
    asked: bool,
    written: BTreeSet<NotePath>,
    met: Vec<String>,
    /// When it has been quiet for long enough; none where there is nothing to commit.
    due: Option<Moment>,
    /// What is being committed by another thread: git may take its time.
    under_way: Option<(BTreeSet<NotePath>, Vec<String>)>,
    /// It could not be done the last time, since somebody was at work in the repository.
    is_put_off: bool,
}

impl Commits {
    /// Whether it was asked for on the command line. What an earlier run has written and not
    /// committed is the page at least.
    pub(super) fn new(asked: bool, live: &Live, now: Moment) -> Self {
        let mut commits = Self { asked, ..Self::default() };
        commits.written.insert(live.app.config.page.file.clone());
        commits.something_happened(live, now);
        commits
    }

    /// Something is different in the vault: the quiet time begins anew.
    pub(super) fn something_happened(&mut self, live: &Live, now: Moment) {
        let is_anything = !self.written.is_empty() || live.app.config.git.what == Committed::All;
        self.due = self.quiet(live).filter(|_| is_anything).map(|quiet| now + quiet);
    }

    /// Something was written.
    pub(super) fn wrote(&mut self, outcome: &Outcome, live: &Live, now: Moment) {
        let is_page = matches!(outcome.written, Written::Replaced | Written::Uncertain);
        let calendar = outcome.calendar.as_ref();
        let calendar = calendar.filter(|c| matches!(c.written, Ok(Written::Replaced | Written::Uncertain)));
        if outcome.notes.is_empty() && !is_page && calendar.is_none() {
            return;
        }
        self.written.extend(calendar.map(|calendar| calendar.path.clone()));
        if is_page {
            self.written.insert(live.app.config.page.file.clone());
        }
        self.written.extend(outcome.notes.iter().map(|note| note.path.clone()));
        self.met.extend(outcome.met.iter().map(ToString::to_string));
        self.something_happened(live, now);
    }

    /// Whether git is at work.
    pub(super) fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }

    /// When there is something to do.
    pub(super) fn next(&self) -> Option<Moment> {
        self.due.filter(|_| self.under_way.is_none())
    }

    /// Commits, if it has been quiet for long enough. What becomes of it is told as an event.
    pub(super) fn commit(&mut self, live: &Live, wake: &Sender<Event>, now: Moment) {
        if self.next().is_none_or(|due| due > now) {
            return;
        }
        self.due = None;
        if self.quiet(live).is_none() {
            return;
        }
        // What an earlier run has recorded, or a command beside this one, is goen's too.
        self.written.extend(live.recorded_lately());
        let root = live.app.vault.root().to_path_buf();
        let what = live.app.config.git.what;
        let message = commit_message(live.app.lang, live.app.today, &self.met, what);
        let paths: Vec<NotePath> = self.written.iter().cloned().collect();
        self.under_way = Some((std::mem::take(&mut self.written), std::mem::take(&mut self.met)));
        let wake = wake.clone();
        let commit = move || {
            let content = if what == Committed::All { Content::Everything } else { Content::Only(&paths) };
            let result = Vault::open(&root).map(|vault| vault.commit(content, &message));
            // Whoever has stopped needs no answer.
            let _ = wake.send(Event::Committed(result.ok()));
        };
        if let Err(error) = std::thread::Builder::new().name("commit".into()).spawn(commit) {
            report::not_committed_now(&error);
            self.again(live, now);
        }
    }

    /// Takes up what became of a commit; none where the vault was not there.
    pub(super) fn done(&mut self, result: Option<Commit>, live: &Live, report: &mut Report, now: Moment) {
        let lasting = std::mem::replace(&mut self.is_put_off, matches!(result, Some(Commit::Later(_))));
        match result {
            Some(Commit::Done(files)) => {
                report::committed(files);
                report.well(Topic::Committing);
                self.under_way = None;
            }
            Some(Commit::Nothing) => {
                report.well(Topic::Committing);
                self.under_way = None;
            }
            Some(Commit::Later(busy)) => {
                // That somebody is at work for a moment is as it should be.
                if lasting {
                    report.trouble(Topic::Committing, &format!("not committed: {busy}; trying again later"));
                }
                self.again(live, now);
            }
            Some(Commit::NoRepository) => {
                report.trouble(
                    Topic::Committing,
                    "not committed: the vault lies in no git repository; `git init` makes one",
                );
                self.again(live, now);
            }
            Some(Commit::NoGit) => {
                report.trouble(Topic::Committing, "not committed: there is no git command");
                self.again(live, now);
            }
            Some(Commit::Failed(error)) => {
                report.trouble(Topic::Committing, &error.to_string());
                self.again(live, now);
            }
            None => self.again(live, now),
        }
    }

    /// What was under way is to be committed still.
    fn again(&mut self, live: &Live, now: Moment) {
        if let Some((written, met)) = self.under_way.take() {
            self.written.extend(written);
            self.met.splice(0..0, met);
        }
        self.something_happened(live, now);
    }

    fn quiet(&self, live: &Live) -> Option<Duration> {
        live.app.config.git.commit.or(self.asked.then_some(QUIET))
    }
}
