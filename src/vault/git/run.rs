//! One run of the `git` command: what surrounds it, what it may wait for, and its end.
//!
//! Leaves to others what is asked of it and what its answers mean.

use std::fmt;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::text::{one_line, shorten};

/// The git command, and how long one run of it may take.
#[derive(Debug, Clone)]
pub struct Git {
    /// What is run: a name that the system looks for, or a path.
    pub program: PathBuf,
    /// After this time it is ended. A signing program that asks nobody, or a hook that waits
    /// for ever, must not hold up who asked for the commit.
    pub limit: Duration,
}

impl Default for Git {
    fn default() -> Self {
        Self { program: PathBuf::from("git"), limit: Duration::from_secs(60) }
    }
}

/// What was asked of git, for who reads of its failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GitDeed {
    /// A question; nothing is written.
    Look,
    /// Making new files known to the index.
    Add,
    /// The commit.
    Commit,
    /// Making the index what it was.
    Undo,
    /// Changing the repository's own settings.
    Configure,
    /// A merge of lines.
    Merge,
}

impl fmt::Display for GitDeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Look => "look at the repository",
            Self::Add => "add new files",
            Self::Commit => "commit",
            Self::Undo => "take new files out of the index again",
            Self::Configure => "change the repository's settings",
            Self::Merge => "merge",
        })
    }
}

/// What git would not do, and why.
#[derive(Debug, thiserror::Error)]
#[error("git could not {deed}: {why}")]
pub struct GitError {
    /// What was asked of it.
    pub deed: GitDeed,
    /// What kept it.
    pub why: GitTrouble,
}

/// What keeps git from doing something.
#[derive(Debug, thiserror::Error)]
pub enum GitTrouble {
    /// Its own words, or those of a hook, in one line.
    #[error("{0}")]
    Said(String),
    /// It failed without a word; its exit code, none after a signal.
    #[error("it said nothing ({}); a hook may have refused", code.map_or("a signal".to_owned(), |code| format!("exit code {code}")))]
    Silent {
        /// The exit code.
        code: Option<i32>,
    },
    /// It was ended after this time.
    #[error("no end after {} s; a hook or a signing program may be waiting for somebody", _0.as_secs_f32())]
    TimedOut(Duration),
    /// The system could not run it.
    #[error("{0}")]
    System(#[source] io::Error),
}

/// A run that came to its end.
pub(super) struct Ran {
    /// The exit code; none after a signal.
    pub code: Option<i32>,
    /// The answer.
    pub stdout: Vec<u8>,
    /// The beginning of what was said besides.
    pub stderr: String,
}

/// Why there was no end to judge.
pub(super) enum NotRun {
    /// There is no such command.
    Missing,
    /// It was ended, or could not be run.
    Trouble(GitTrouble),
}

/// Said before every deed. Rubbish is collected when the user works, not in the background of a
/// commit; the message is UTF-8 whatever the repository's others are; words are kept as words.
const SETTINGS: &[&str] = &[
    "gc.auto=0",
    "maintenance.auto=false",
    "i18n.commitEncoding=UTF-8",
    "core.quotePath=false",
    "color.ui=false",
];

/// Nobody is asked anything, and messages are those that are known here. Not `C`: hooks would
/// take the text of notes for ASCII.
const SURROUNDINGS: &[(&str, &str)] = &[
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_EDITOR", ":"),
    ("GIT_SEQUENCE_EDITOR", ":"),
    ("GIT_PAGER", "cat"),
    ("LC_ALL", "C.UTF-8"),
];

/// What a hook or an alias of another repository hands down would lead to that repository, or
/// change what a path means. The list of `git rev-parse --local-env-vars` without what a user
/// may have set for all repositories, and those about pathspecs.
const FOREIGN: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIR",
    "GIT_GLOB_PATHSPECS",
    "GIT_GRAFT_FILE",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_REFLOG_ACTION",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
    "LANGUAGE",
];

/// How much of what git says besides its answer is kept.
const HEARD: usize = 64 * 1024;

/// How long is waited between two looks, at most.
const STEP: Duration = Duration::from_millis(20);

/// How long who was told to end may take for it, and how long a pipe may outlive git: a hook
/// may have left something running that holds it.
const GRACE: Duration = Duration::from_secs(2);

impl Git {
    /// Runs git in a folder to its end, with `feed` as its input.
    pub(super) fn run(&self, dir: &Path, deed: GitDeed, args: &[&str], feed: Vec<u8>) -> Result<Ran, NotRun> {
        let mut child = self.command(dir, deed, args, feed.is_empty()).spawn().map_err(|error| {
            let missing = error.kind() == io::ErrorKind::NotFound;
            if missing { NotRun::Missing } else { NotRun::system(error) }
        })?;
        let heard = hear(&mut child, feed);
        let ended = heard.and_then(|heard| Ok((self.wait(&mut child)?, heard)));
        match ended {
            Ok((Some(status), (stdout, stderr))) => {
                // Of a run that went well nobody wants to know what was said besides.
                let patience = if status.success() { Duration::ZERO } else { GRACE };
                let stderr = String::from_utf8_lossy(&stderr.heard(patience)).into_owned();
                Ok(Ran { code: status.code(), stdout: stdout.heard(GRACE), stderr })
            }
            Ok((None, _)) => {
                end(&mut child);
                Err(NotRun::Trouble(GitTrouble::TimedOut(self.limit)))
            }
            Err(error) => {
                end(&mut child);
                Err(NotRun::system(error))
            }
        }
    }

    fn command(&self, dir: &Path, deed: GitDeed, args: &[&str], without_input: bool) -> Command {
        let mut command = Command::new(&self.program);
        // Not the folder of the process: that it is missing must not look like a missing git.
        command.arg("--no-pager").arg("-C").arg(dir);
        command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting])).args(args);
        for name in FOREIGN {
            command.env_remove(name);
        }
        command.envs(SURROUNDINGS.iter().copied());
        if deed == GitDeed::Look {
            // Who only looks must not be in the user's way.
            command.env("GIT_OPTIONAL_LOCKS", "0");
        }
        command.stdin(if without_input { Stdio::null() } else { Stdio::piped() });
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        by_itself(&mut command);
        command
    }

    /// Waits for the end; none where it does not come in time.
    fn wait(&self, child: &mut Child) -> io::Result<Option<ExitStatus>> {
        let mut waited = Duration::ZERO;
        let mut step = Duration::from_millis(1);
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(Some(status));
            }
            if waited >= self.limit {
                return Ok(None);
            }
            thread::sleep(step);
            waited += step;
            step = (step * 2).min(STEP);
        }
    }
}

impl NotRun {
    fn system(error: io::Error) -> Self {
        Self::Trouble(GitTrouble::System(error))
    }
}

impl Ran {
    /// What went wrong, in git's own words.
    pub(super) fn trouble(&self) -> GitTrouble {
        match words(&self.stderr) {
            Some(words) => GitTrouble::Said(words),
            None => GitTrouble::Silent { code: self.code },
        }
    }
}

/// What matters of what git said, in one line: its errors, else the first lines. Advice about
/// commands to type helps nobody who reads a log.
fn words(stderr: &str) -> Option<String> {
    const LINES: usize = 3;
    const CHARS: usize = 300;
    let lines: Vec<_> = stderr.lines().map(one_line).filter(|line| !line.is_empty()).collect();
    let is_error = |line: &str| line.starts_with("fatal:") || line.starts_with("error:");
    let is_aside = |line: &str| line.starts_with("hint:") || line.starts_with("warning:");
    let of = |wanted: &dyn Fn(&str) -> bool| {
        let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).filter(|line| wanted(line)).collect();
        (!lines.is_empty()).then(|| shorten(&lines[..lines.len().min(LINES)].join(" / "), CHARS).into_owned())
    };
    of(&is_error).or_else(|| of(&|line| !is_aside(line))).or_else(|| of(&|_| true))
}

/// What comes out of a pipe, read by a thread of its own so that a full pipe stops nobody.
struct Heard {
    bytes: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Heard {
    /// Reads until the end, whoever holds the other side, and keeps the first `keep` bytes.
    fn new(mut pipe: impl Read + Send + 'static, keep: usize) -> io::Result<Self> {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let into = Arc::clone(&bytes);
        let reader = thread::Builder::new().spawn(move || {
            let mut buffer = [0; 8 * 1024];
            loop {
                let read = match pipe.read(&mut buffer) {
                    Ok(0) => break,
                    Ok(read) => read,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(_) => break,
                };
                let mut kept = into.lock().unwrap_or_else(PoisonError::into_inner);
                let room = keep.saturating_sub(kept.len());
                kept.extend_from_slice(&buffer[..read.min(room)]);
            }
        })?;
        Ok(Self { bytes, reader })
    }

    /// What there is once git has ended. What a hook left running may hold the pipe for longer
    /// than anybody waits; the thread goes on listening to it, so that no broken pipe ends it.
    fn heard(self, patience: Duration) -> Vec<u8> {
        let mut waited = Duration::ZERO;
        let mut step = Duration::from_millis(1);
        while !self.reader.is_finished() && waited < patience {
            thread::sleep(step);
            waited += step;
            step = (step * 2).min(STEP);
        }
        std::mem::take(&mut *self.bytes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Listens to both pipes, and feeds the third.
fn hear(child: &mut Child, feed: Vec<u8>) -> io::Result<(Heard, Heard)> {
    let closed = || io::Error::from(io::ErrorKind::BrokenPipe);
    let stdout = Heard::new(child.stdout.take().ok_or_else(closed)?, usize::MAX)?;
    let stderr = Heard::new(child.stderr.take().ok_or_else(closed)?, HEARD)?;
    if let Some(mut stdin) = child.stdin.take() {
        // Who does not read to the end says why by its exit code.
        thread::Builder::new().spawn(move || _ = stdin.write_all(&feed))?;
    }
    Ok((stdout, stderr))
}

/// In a process group of its own: it can be ended with all that it runs, and what is typed at
/// the terminal to stop goen does not cut a commit in two.
#[cfg(unix)]
fn by_itself(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn by_itself(_: &mut Command) {}

/// Ends git and all that it runs, as mildly as it lets itself be ended: on an interrupt git lets
/// its locks go, and hooks that put files aside put them back.
#[cfg(unix)]
fn end(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};
    let group = Pid::from_child(child);
    for signal in [Signal::INT, Signal::TERM, Signal::KILL] {
        // That nobody is left to be told is what is wanted.
        let _ = kill_process_group(group, signal);
        let mut waited = Duration::ZERO;
        while waited < GRACE {
            let ended = !matches!(child.try_wait(), Ok(None));
            if ended && test_kill_process_group(group).is_err() {
                return;
            }
            thread::sleep(STEP);
            waited += STEP;
        }
    }
}

#[cfg(not(unix))]
fn end(child: &mut Child) {
    // Where it cannot be ended it cannot be waited for either.
    if child.kill().is_ok() {
        let _ = child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(stderr: &str, expected: Option<&str>) {
        assert_eq!(words(stderr).as_deref(), expected, "for {stderr:?}");
    }

    #[test]
    fn of_many_words_those_that_matter_are_kept() {
        check("", None);
        check("\n \n", None);
        check("fatal: bad thing\n", Some("fatal: bad thing"));
        check("lint: a.md has a tab\nlint: b.md too\n", Some("lint: a.md has a tab / lint: b.md too"));
        check("1\n2\n3\n4\n", Some("1 / 2 / 3"));
        let identity = "Author identity unknown\n\n*** Please tell me who you are.\n\nRun\n\nfatal: no email was given\n";
        check(identity, Some("fatal: no email was given"));
        check("warning: LF will be replaced by CRLF in a.md\nhint: type this\nsaid\n", Some("said"));
        check("warning: only this\n", Some("warning: only this"));
    }

    #[test]
    fn words_are_one_harmless_line() {
        check("\u{1b}[31mred\u{202e}\r\n", Some("[31mred"));
        assert_eq!(words(&"長".repeat(4_000)).unwrap().chars().count(), 300);
    }
}
