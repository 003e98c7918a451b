//! The system's manager of services, and how it is asked: the one place where goen runs it.
//!
//! Leaves to others what is written for it to read.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::unit::Unit;
use super::{launchd, systemd};
use crate::text::one_line;
use crate::vault::{self, unit_file};

/// Who keeps services running.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Manager {
    /// Linux
    Systemd,
    /// macOS
    Launchd,
}

/// One command for a manager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    program: &'static str,
    words: Vec<String>,
}

/// A command that did not do what it should.
#[derive(Debug)]
pub struct Failed {
    /// The command.
    pub call: Call,
    /// What is to be run once the cause is gone.
    pub left: Vec<Call>,
    /// What it said.
    pub why: Why,
}

/// What a command that failed said.
#[derive(Debug)]
pub enum Why {
    /// There is no such program.
    NoProgram,
    /// What the program or the system says.
    Said(String),
}

/// What a command that ran came to.
struct Answer {
    code: Option<i32>,
    out: String,
    error: String,
}

/// What a manager says of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whether it runs; none where the manager does not say.
    pub running: Option<bool>,
    /// Whether it starts by itself; none where the manager does not say.
    pub enabled: Option<bool>,
}

impl Manager {
    /// This machine's.
    pub fn here() -> Option<Self> {
        match std::env::consts::OS {
            "linux" => Some(Self::Systemd),
            "macos" => Some(Self::Launchd),
            _ => None,
        }
    }

    /// What it calls the service of a vault.
    pub fn name(self, slug: &str) -> String {
        match self {
            Self::Systemd => systemd::name(slug),
            Self::Launchd => launchd::name(slug),
        }
    }

    /// Where it looks for the file of a service; none where the user has no folder.
    pub fn file(self, slug: &str) -> Option<PathBuf> {
        Some(match self {
            Self::Systemd => vault::config_home()?.join("systemd/user").join(self.name(slug)),
            Self::Launchd => {
                vault::home()?.join("Library/LaunchAgents").join(format!("{}.plist", self.name(slug)))
            }
        })
    }

    /// How the line begins by which goen's own files are known.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Systemd => systemd::MARK,
            Self::Launchd => launchd::MARK,
        }
    }

    /// The file of a service.
    pub fn render(self, unit: &Unit) -> String {
        match self {
            Self::Systemd => systemd::render(unit),
            Self::Launchd => launchd::render(unit),
        }
    }

    /// Whether a file of goen's lets the daemon commit.
    pub fn commits(self, text: &str) -> bool {
        match self {
            Self::Systemd => systemd::commits(text),
            Self::Launchd => launchd::commits(text),
        }
    }

    /// Starts a service, now and at every login; one whose `file` was `replaced` starts anew.
    ///
    /// # Errors
    /// The command that failed.
    pub fn start(self, slug: &str, file: &Path, replaced: bool) -> Result<(), Failed> {
        let name = self.name(slug);
        match self {
            Self::Systemd => {
                // One that has failed too often would be refused; one that has not is none the worse.
                let _ = systemctl(&["reset-failed", &name]).run();
                let mut calls = vec![systemctl(&["daemon-reload"])];
                if replaced {
                    calls.extend([systemctl(&["enable", &name]), systemctl(&["restart", &name])]);
                } else {
                    calls.push(systemctl(&["enable", "--now", &name]));
                }
                run_all(&calls)
            }
            Self::Launchd => {
                let start = launchctl(&["bootstrap", &domain(), &file.to_string_lossy()]);
                if is_loaded(&name) == Some(true) {
                    if !replaced {
                        return Ok(());
                    }
                    unload(&name).map_err(|failed| Failed {
                        left: vec![failed.call.clone(), start.clone()],
                        ..failed
                    })?;
                }
                run_all(&[start])
            }
        }
    }

    /// Stops a service, now and for every login.
    ///
    /// # Errors
    /// The command that failed; what is left to do is for when the file is gone.
    pub fn stop(self, slug: &str) -> Result<(), Failed> {
        let name = self.name(slug);
        match self {
            Self::Systemd => run_all(&[systemctl(&["disable", "--now", &name])]).map_err(|failed| Failed {
                left: vec![systemctl(&["stop", &name]), systemctl(&["daemon-reload"])],
                ..failed
            }),
            Self::Launchd if is_loaded(&name) == Some(false) => Ok(()),
            Self::Launchd => unload(&name),
        }
    }

    /// The link by which the manager starts a service at login, where it makes one of its own.
    pub fn link(self, file: &Path) -> Option<PathBuf> {
        match self {
            Self::Systemd => Some(file.parent()?.join("default.target.wants").join(file.file_name()?)),
            Self::Launchd => None,
        }
    }

    /// Lets the manager know that a file has gone.
    ///
    /// # Errors
    /// The command that failed.
    pub fn forget(self) -> Result<(), Failed> {
        match self {
            Self::Systemd => run_all(&[systemctl(&["daemon-reload"])]),
            Self::Launchd => Ok(()),
        }
    }

    /// How a service stands.
    pub fn standing(self, slug: &str) -> Standing {
        let name = self.name(slug);
        match self {
            Self::Systemd => {
                let word = |verb: &str| {
                    let answer = systemctl(&[verb, &name]).run().ok();
                    answer.map(|answer| answer.out.trim().to_owned()).unwrap_or_default()
                };
                let running = match word("is-active").as_str() {
                    "active" | "reloading" | "refreshing" => Some(true),
                    "inactive" | "failed" | "activating" | "deactivating" | "maintenance" => Some(false),
                    _ => None,
                };
                let enabled = match word("is-enabled").as_str() {
                    "enabled" => Some(true),
                    "disabled" | "masked" | "linked" | "not-found" => Some(false),
                    _ => None,
                };
                Standing { running, enabled }
            }
            Self::Launchd => {
                let answer = launchctl(&["print", &target(&name)]).run().ok();
                let loaded = answer.as_ref().and_then(loaded);
                let state = |answer: Answer| {
                    let mut lines = answer.out.lines().map(str::trim);
                    lines.find_map(|line| line.strip_prefix("state = ").map(|state| state == "running"))
                };
                let running = if loaded == Some(true) { answer.and_then(state) } else { loaded };
                Standing { running, enabled: loaded }
            }
        }
    }
}

fn systemctl(words: &[&str]) -> Call {
    Call::new("systemctl", [&["--user"], words].concat())
}

fn launchctl(words: &[&str]) -> Call {
    Call::new("launchctl", words.to_vec())
}

/// The user's session, as launchd calls it.
fn domain() -> String {
    format!("gui/{}", unit_file::user())
}

fn target(name: &str) -> String {
    format!("{}/{name}", domain())
}

/// Whether launchd has a service; none where it does not say.
fn is_loaded(name: &str) -> Option<bool> {
    launchctl(&["print", &target(name)]).run().ok().as_ref().and_then(loaded)
}

/// launchd's answer to a question about a service.
fn loaded(answer: &Answer) -> Option<bool> {
    /// "Could not find service".
    const NO_SUCH_SERVICE: i32 = 113;
    match answer.code {
        Some(0) => Some(true),
        Some(NO_SUCH_SERVICE) => Some(false),
        _ => None,
    }
}

/// Takes a service from launchd, and waits until it is gone: before that, it takes none of
/// the same name.
fn unload(name: &str) -> Result<(), Failed> {
    const STEP: Duration = Duration::from_millis(100);
    const STEPS: usize = 50;
    run_all(&[launchctl(&["bootout", &target(name)])])?;
    for _ in 0..STEPS {
        if is_loaded(name) != Some(true) {
            break;
        }
        sleep(STEP);
    }
    Ok(())
}

/// Runs commands one after the other, up to the first that fails.
fn run_all(calls: &[Call]) -> Result<(), Failed> {
    for (at, call) in calls.iter().enumerate() {
        let why = match call.run() {
            Ok(answer) if answer.code == Some(0) => continue,
            Ok(answer) => {
                let said = if answer.error.trim().is_empty() { answer.out } else { answer.error };
                // What went well before is said there, too.
                let lines = said.lines().filter(|line| !line.starts_with("Created symlink "));
                Why::Said(one_line(&lines.collect::<Vec<_>>().join(" ")).into_owned())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Why::NoProgram,
            Err(error) => Why::Said(error.to_string()),
        };
        return Err(Failed { call: call.clone(), left: calls[at..].to_vec(), why });
    }
    Ok(())
}

impl Call {
    fn new(program: &'static str, words: Vec<&str>) -> Self {
        Self { program, words: words.into_iter().map(str::to_owned).collect() }
    }

    fn run(&self) -> io::Result<Answer> {
        let answer = Command::new(self.program).args(&self.words).stdin(Stdio::null()).output()?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(Answer { code: answer.status.code(), out: text(&answer.stdout), error: text(&answer.stderr) })
    }
}

/// As one would type it.
impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.program)?;
        for word in &self.words {
            let is_plain = word.chars().all(|c| c.is_alphanumeric() || "-_./:@".contains(c));
            if is_plain {
                write!(f, " {word}")?;
            } else {
                write!(f, " '{}'", word.replace('\'', r"'\''"))?;
            }
        }
        Ok(())
    }
}
