//! What the daemon says: log lines in English, and its state to the service manager. The door to
//! tracing and sd-notify.
//!
//! Trouble is said once, until what it is about is well again. Above debug level no text of a
//! note is said, and no path but that of trouble.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use sd_notify::NotifyState;
use tracing::{debug, info, warn};

use super::Topic;
use crate::app::{ExportError, Looked, OpenError, Outcome, Trouble, UpdateError, Written};
use crate::problem::Obstacle;
use crate::text::{Lang, NotePath, one_line};

/// How trouble is put into words: whoever speaks to people knows them.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// Why a vault cannot be read.
    pub open: fn(&OpenError) -> String,
    /// Why the page cannot be written.
    pub update: fn(&UpdateError, &NotePath) -> String,
    /// Why the calendar that is kept up cannot be written.
    pub export: fn(&ExportError) -> String,
}

/// What was said and still is so.
#[derive(Debug)]
pub(super) struct Report {
    words: Words,
    said: BTreeMap<Topic, BTreeSet<String>>,
}

impl Report {
    pub(super) fn new(words: Words) -> Self {
        Self { words, said: BTreeMap::new() }
    }

    /// Says trouble, unless it was said already.
    pub(super) fn trouble(&mut self, topic: Topic, message: &str) {
        let message = one_line(message).into_owned();
        if self.said.entry(topic).or_default().insert(message.clone()) {
            warn!("{message}");
        }
    }

    /// What it was about is well.
    pub(super) fn well(&mut self, topic: Topic) {
        if self.said.remove(&topic).is_some() {
            info!("{}", topic.well());
        }
    }

    pub(super) fn settings(&mut self, error: &OpenError) {
        let why = in_line(&(self.words.open)(error));
        self.trouble(Topic::Settings, &format!("the settings as they were last stay in force: {why}"));
    }

    pub(super) fn update(&mut self, error: &UpdateError, page: &NotePath) {
        let why = in_line(&(self.words.update)(error, page));
        self.trouble(Topic::Page, &format!("the page stays as it was last: {why}"));
    }

    pub(super) fn calendar(&mut self, error: &ExportError) {
        let why = in_line(&(self.words.export)(error));
        // One thing keeps it from being written: what is said last is what is so.
        if self.said.get(&Topic::Calendar).is_some_and(|said| said.iter().all(|told| !told.contains(&why))) {
            self.said.remove(&Topic::Calendar);
        }
        self.trouble(Topic::Calendar, &format!("the calendar stays as it is: {why}"));
    }

    pub(super) fn away(&mut self, root: &Path) {
        let root = root.display();
        self.trouble(
            Topic::Vault,
            &format!(
                "there are no notes at {root} any more: the page stays as it was last until they are back"
            ),
        );
    }

    pub(super) fn not_recorded(&mut self, trouble: &Trouble) {
        let why = trouble.why.message(Lang::En);
        let what =
            if matches!(trouble.why, Obstacle::StillTicked(_)) { "left ticked" } else { "not recorded" };
        let path =
            if trouble.path.as_str().is_empty() { String::new() } else { format!("{}: ", trouble.path) };
        self.trouble(Topic::Recording, &format!("{what}: {path}{why}"));
    }

    pub(super) fn unread(&mut self, paths: &[NotePath]) {
        if let [path, rest @ ..] = paths {
            let path = if path.as_str().is_empty() { "the folder itself" } else { path.as_str() };
            let more = if rest.is_empty() { String::new() } else { " and others".to_owned() };
            self.trouble(
                Topic::Reading,
                &format!("cannot read {path}{more} for the moment: what was read before stays"),
            );
        }
    }

    pub(super) fn polls(&mut self, why: &str) {
        self.trouble(
            Topic::Watching,
            &format!(
                "not every change is told by the system ({why}): looking at the files from time to time"
            ),
        );
    }
}

impl Topic {
    fn well(self) -> &'static str {
        match self {
            Self::Vault => "the notes are there again",
            Self::Settings => "the settings can be used again",
            Self::Page => "the page can be written again",
            Self::Calendar => "the calendar can be written again",
            Self::Reading => "all notes can be read again",
            Self::Recording => "everything is recorded",
            Self::Watching => "the system tells of changes again",
            Self::Committing => "commits are made again",
        }
    }
}

/// The page is there and will be kept: others may count on it.
pub(super) fn ready() {
    info!("ready");
    tell(&[NotifyState::Ready]);
}

pub(super) fn reading_anew() {
    info!("reading everything anew");
}

pub(super) fn stopping() {
    info!("stopped");
    tell(&[NotifyState::Stopping]);
}

pub(super) fn new_day(day: NaiveDate) {
    info!(%day, "new day");
}

pub(super) fn slept() {
    info!("the machine has slept: looking at everything");
}

pub(super) fn looked(looked: &Looked) {
    debug!(changed = looked.changed.len(), page = looked.page, settings = looked.settings, "looked");
}

pub(super) fn written(outcome: &Outcome, day: NaiveDate) {
    let recorded = outcome.recorded.len();
    match outcome.written {
        Written::Unchanged | Written::Would if recorded == 0 => {
            debug!(%day, "the page is already up to date")
        }
        Written::Unchanged | Written::Would => info!(%day, recorded, "recorded"),
        Written::Replaced => info!(%day, recorded, "page written"),
        Written::Uncertain => {
            warn!(%day, recorded, "page written, but the system could not say whether it outlives a power failure");
        }
    }
}

pub(super) fn calendar_written() {
    info!("calendar written");
}

pub(super) fn committed(files: usize) {
    info!(files, "committed");
}

pub(super) fn not_committed_now(error: &std::io::Error) {
    warn!("not committed now: {error}; trying again later");
}

/// Words of several lines as a log has them: without the excerpts, which need lines.
fn in_line(words: &str) -> String {
    let is_excerpt = |line: &&str| {
        line.split_once('|').is_none_or(|(number, _)| !number.trim().chars().all(|c| c.is_ascii_digit()))
    };
    words.lines().filter(is_excerpt).map(str::trim).collect::<Vec<_>>().join("; ")
}

fn tell(states: &[NotifyState<'_>]) {
    // Nobody who manages services: nobody to tell.
    let _ = sd_notify::notify(states);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_why_the_calendar_stays_is_said_once() {
        let words = Words {
            open: |_| String::new(),
            update: |_, _| String::new(),
            export: |error| error.to_string(),
        };
        let mut report = Report::new(words);
        let folder = || ExportError::Folder("x.ics".into());
        for (error, is_news) in [
            (folder(), true),
            (folder(), false),
            (ExportError::NotOurs("x.ics".into()), true),
            // It is so again.
            (folder(), true),
        ] {
            let before = report.said.get(&Topic::Calendar).cloned();
            report.calendar(&error);
            let said = report.said.get(&Topic::Calendar).cloned();
            assert_eq!(before != said, is_news, "{error}");
            assert_eq!(said.map(|said| said.len()), Some(1));
        }
    }
}
