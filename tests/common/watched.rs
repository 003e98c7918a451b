//! A vault that is kept: by the binary as a child, heard through its log lines; or by a daemon in
//! this process, whose clock the test moves by hand.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use chrono::NaiveDate;
use goen::app::{Live, Options};
use goen::clock::{Clock, Moment, Wall};
use goen::daemon::{Daemon, Event, Manner, Words};
use rustix::process::{Pid, Signal, kill_process};

use crate::common::{PAGE, TODAY, Vault, run};

/// Whatever is waited for happens long before this, however busy the machine is.
const LIMIT: Duration = Duration::from_secs(90);

/// Waits until something is so.
pub fn until(what: impl FnOnce() -> String, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < LIMIT, "waited in vain: {}", what());
        std::thread::sleep(Duration::from_millis(15));
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The note of somebody whom goen plans for.
pub fn person(last: &str) -> String {
    format!("---\ntier: close\nlast_contact: {last}\n---\n\n近況。\n")
}

// ---------------------------------------------------------------- the binary

/// `goen watch`, running.
pub struct Watched {
    child: Child,
    said: Arc<Mutex<String>>,
}

/// `goen watch` on a vault, not started yet.
pub fn watch(vault: &Vault) -> Command {
    let mut command = vault.command();
    command.arg("--vault").arg(vault.path()).args(["--today", TODAY, "watch"]);
    command
}

/// The same command, started by another program.
pub fn under(wrapper: &[&str], command: &Command) -> Command {
    let mut outer = Command::new(wrapper[0]);
    outer.args(&wrapper[1..]).arg(command.get_program()).args(command.get_args()).env_clear();
    outer.envs(command.get_envs().filter_map(|(key, value)| Some((key, value?))));
    outer.env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin").current_dir("/").stdin(Stdio::null());
    outer
}

impl Watched {
    /// Starts it and waits until it is ready.
    pub fn start(vault: &Vault) -> Self {
        Self::spawn(&mut watch(vault))
    }

    pub fn spawn(command: &mut Command) -> Self {
        let watched = Self::begin(command);
        watched.hear("ready");
        watched
    }

    pub fn begin(command: &mut Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (pile, mut lines) = (Arc::clone(&said), BufReader::new(child.stderr.take().unwrap()));
        std::thread::spawn(move || {
            let mut line = Vec::new();
            while lines.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
                pile.lock().unwrap().push_str(std::str::from_utf8(&line).expect("goen speaks UTF-8"));
                line.clear();
            }
        });
        Self { child, said }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// All that it said so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// How many of its lines say something.
    pub fn count(&self, what: &str) -> usize {
        self.said().lines().filter(|line| line.contains(what)).count()
    }

    /// Waits until a line says something.
    pub fn hear(&self, what: &str) {
        self.hear_times(what, 1);
    }

    pub fn hear_times(&self, what: &str, times: usize) {
        until(|| format!("{times} times {what:?} in\n{}", self.said()), || self.count(what) >= times);
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits for its end; its exit code.
    pub fn end(&mut self) -> Option<i32> {
        let mut status = None;
        until(
            || "the end".into(),
            || {
                status = self.child.try_wait().unwrap();
                status.is_some()
            },
        );
        status.unwrap().code()
    }

    /// Ends it in peace; all that it said.
    pub fn stop(mut self) -> String {
        self.signal(Signal::TERM);
        assert_eq!(self.end(), Some(0), "{}", self.said());
        until(|| format!("its last words: {}", self.said()), || self.said().contains("stopped"));
        assert!(!self.said().contains("panicked"), "{}", self.said());
        self.said()
    }

    /// A number of kilobytes or the like from `/proc`.
    pub fn status(&self, key: &str) -> u64 {
        status(&self.pid().to_string(), key)
    }

    /// How much of the processor's time it took, in hundredths of a second.
    pub fn ticks(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.pid())).unwrap();
        let fields: Vec<&str> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("goen watch said:\n{}", self.said());
        }
    }
}

pub fn status(process: &str, key: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with(key)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// The page that `goen update` would write on this vault if nobody had ever run goen on it.
pub fn fresh(vault: &Vault) -> String {
    fresh_on(TODAY, vault)
}

pub fn fresh_on(day: &str, vault: &Vault) -> String {
    let copy = Vault::new();
    let entries = walkdir::WalkDir::new(vault.path()).min_depth(1).into_iter();
    let is_wanted = |name: &str| name != ".git" && name != PAGE && !name.starts_with(".goen-");
    for entry in entries.filter_entry(|entry| entry.file_name().to_str().is_none_or(is_wanted)) {
        let entry = entry.unwrap();
        let to = copy.path().join(entry.path().strip_prefix(vault.path()).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir(to).unwrap();
        } else if entry.path_is_symlink() {
            std::os::unix::fs::symlink(fs::read_link(entry.path()).unwrap(), to).unwrap();
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
    let out = copy.on(day, &["update"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    copy.read(PAGE)
}

/// The page as it is; empty where there is none.
pub fn page(vault: &Vault) -> String {
    fs::read_to_string(vault.at(PAGE)).unwrap_or_default()
}

/// What tells one writing of the page from the next.
pub fn stamp(vault: &Vault) -> (u64, i64, i64, u64) {
    let metadata = fs::metadata(vault.at(PAGE)).unwrap();
    (metadata.ino(), metadata.mtime(), metadata.mtime_nsec(), metadata.len())
}

/// A vault and who keeps it.
pub struct Kept {
    pub vault: Vault,
    pub daemon: Watched,
    last: RefCell<String>,
}

impl Kept {
    pub fn new(vault: Vault) -> Self {
        let daemon = Watched::start(&vault);
        Self::by(vault, daemon)
    }

    pub fn by(vault: Vault, daemon: Watched) -> Self {
        let kept = Self { last: RefCell::new(fresh(&vault)), vault, daemon };
        kept.is_right("at first");
        kept
    }

    /// The page becomes what is right after somebody does something that changes it.
    pub fn after(&self, what: &str, act: impl FnOnce(&Vault)) {
        act(&self.vault);
        let expected = fresh(&self.vault);
        assert_ne!(*self.last.borrow(), expected, "{what}: it would be seen on the page");
        *self.last.borrow_mut() = expected;
        self.is_right(what);
    }

    /// The page is, soon, what it was when it was right last.
    pub fn is_right(&self, what: &str) {
        let expected = self.last.borrow();
        let why = || {
            let (page, said) = (page(&self.vault), self.daemon.said());
            format!("{what}: the page should be\n{expected}\nbut is\n{page}\nafter\n{said}")
        };
        until(why, || page(&self.vault) == *expected);
    }

    pub fn last(&self) -> String {
        self.last.borrow().clone()
    }
}

/// Every page that stands there while something is done, the last one included.
pub fn pages_while(vault: &Vault, act: impl FnOnce()) -> BTreeSet<String> {
    let (is_over, place) = (AtomicBool::new(false), vault.at(PAGE));
    let mut seen = BTreeSet::from([page(vault)]);
    std::thread::scope(|scope| {
        let sampler = scope.spawn(|| {
            let mut seen = BTreeSet::new();
            while !is_over.load(Ordering::Relaxed) {
                seen.extend(fs::read_to_string(&place));
                std::thread::sleep(Duration::from_millis(5));
            }
            seen
        });
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(act));
        is_over.store(true, Ordering::Relaxed);
        seen.extend(sampler.join().unwrap());
        if let Err(panic) = done {
            std::panic::resume_unwind(panic);
        }
    });
    seen.insert(page(vault));
    seen
}

// ---------------------------------------------------------------- in this process

/// Runs a test by itself in a process of its own, with a home of its own, perhaps under another
/// program; whether this is that process. What goen keeps for a vault on this machine goes into
/// the user's folder, and a process cannot have another one later.
pub fn is_apart(test: &str, wrapper: &[&str]) -> bool {
    const MARK: &str = "GOEN_TEST_APART";
    if std::env::var_os(MARK).is_some_and(|name| name == test) {
        return true;
    }
    let home = tempfile::TempDir::new().unwrap();
    let exe = std::env::current_exe().unwrap();
    let wrapper = if wrapper.is_empty() { &["/usr/bin/env"] } else { wrapper };
    let mut command = Command::new(wrapper[0]);
    command.args(&wrapper[1..]).arg(exe).args([test, "--exact", "--nocapture", "--test-threads=1"]);
    command.env("HOME", home.path()).env(MARK, test).env_remove("XDG_STATE_HOME").stdin(Stdio::null());
    let out = run(&mut command);
    assert_eq!(out.code, Some(0), "{}", out.said());
    assert!(out.stdout.contains("1 passed"), "{}", out.said());
    false
}

/// A clock that the test moves.
#[derive(Clone)]
pub struct Hand {
    base: (Moment, Wall),
    at: Rc<Cell<(Duration, Duration, NaiveDate)>>,
}

impl Hand {
    fn new(day: NaiveDate) -> Self {
        let at = Rc::new(Cell::new((Duration::ZERO, Duration::ZERO, day)));
        Self { base: (Instant::now(), SystemTime::now()), at }
    }

    fn go_on(&self, by: Duration) {
        let (moment, wall, day) = self.at.get();
        self.at.set((moment + by, wall + by, day));
    }

    /// The machine sleeps: only the wall clock goes on.
    pub fn sleep(&self, by: Duration, into: &str) {
        let (moment, wall, _) = self.at.get();
        self.at.set((moment, wall + by, day(into)));
    }

    pub fn set_day(&self, text: &str) {
        let (moment, wall, _) = self.at.get();
        self.at.set((moment, wall, day(text)));
    }
}

impl Clock for Hand {
    fn today(&self) -> NaiveDate {
        self.at.get().2
    }

    /// No two moments are one.
    fn now(&self) -> Moment {
        self.go_on(Duration::from_nanos(100));
        self.base.0 + self.at.get().0
    }

    fn wall(&self) -> Wall {
        self.base.1 + self.at.get().1
    }
}

/// A daemon that goes on only when the test lets time pass.
pub struct ByHand {
    pub daemon: Daemon<Hand>,
    pub hand: Hand,
    /// How often it was awake.
    pub steps: usize,
    _events: Receiver<Event>,
}

impl ByHand {
    /// Keeps a vault, of which the system says nothing: it looks by itself.
    pub fn new(root: &Path) -> Self {
        let options = Options { today: day(TODAY), lang: None };
        let (live, folders) = Live::open(root, options).unwrap();
        let hand = Hand::new(options.today);
        let (wake, events) = mpsc::channel();
        let manner = Manner { only_poll: true, commit: false };
        let words = Words {
            open: |error| format!("{error:?}"),
            update: |error, _| format!("{error:?}"),
            export: |error| format!("{error:?}"),
        };
        let daemon = Daemon::new(live, &folders, hand.clone(), manner, words, wake);
        let mut by_hand = Self { daemon, hand, steps: 0, _events: events };
        by_hand.pass(0.0);
        by_hand
    }

    /// Lets time pass, as the daemon would let it pass.
    pub fn pass(&mut self, seconds: f64) {
        let end = self.hand.now() + Duration::from_secs_f64(seconds);
        let bound = self.steps + 200 + 60 * seconds as usize;
        loop {
            let wait = self.daemon.step();
            self.steps += 1;
            assert!(self.steps < bound, "it is never at rest");
            let left = end.saturating_duration_since(self.hand.now());
            if wait > left {
                return self.hand.go_on(left);
            }
            self.hand.go_on(wait);
        }
    }
}
