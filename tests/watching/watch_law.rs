//! The law of the daemon: whatever happens to a vault, and in whatever order, once it is quiet
//! the page is what a fresh run would write, nothing that somebody typed is lost, every tick is
//! recorded once, and nothing is written without need.
//!
//! Real files, a real watcher, and a clock of the tests' own. `GOEN_LAW_CASES` and
//! `GOEN_LAW_SEED` make for longer and other runs.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::cell::Cell;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant, SystemTime};

use chrono::{Days, NaiveDate};
use goen::app::{App, Live, OpenError, Options, Written};
use goen::clock::{Clock, Moment, Wall};
use goen::daemon::{Daemon, Event, Manner, Words};
use goen::plan::Extent;
use goen::vault::LocalState;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestError, TestRunner};

use crate::changing::{Changing, Edit, How, Kind, Op};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// Runs a test again in a process of its own whose home is a folder that goes away: what goen
/// keeps on a machine is kept there. True inside of it.
fn at_home(test: &str) -> bool {
    const INSIDE: &str = "GOEN_LAW_INSIDE";
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let home = tempfile::TempDir::new().unwrap();
    let module = module_path!().split_once("::").unwrap().1;
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("{module}::{test}"), "--nocapture"])
        .env("HOME", home.path())
        .env_remove("XDG_STATE_HOME")
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("NOTIFY_SOCKET")
        .env(INSIDE, "1")
        .status()
        .unwrap();
    assert!(status.success(), "{test}: see above");
    false
}

/// Time as the test says.
#[derive(Clone)]
struct Told(Rc<Times>);

struct Times {
    now: Cell<Moment>,
    wall: Cell<Wall>,
    day: Cell<NaiveDate>,
}

impl Told {
    fn new() -> Self {
        let times = Times {
            now: Cell::new(Instant::now()),
            wall: Cell::new(SystemTime::now()),
            day: Cell::new(today()),
        };
        Self(Rc::new(times))
    }

    fn pass(&self, time: Duration) {
        self.0.now.set(self.0.now.get() + time);
        self.0.wall.set(self.0.wall.get() + time);
    }
}

impl Clock for Told {
    fn today(&self) -> NaiveDate {
        self.0.day.get()
    }

    fn now(&self) -> Moment {
        self.0.now.get()
    }

    fn wall(&self) -> Wall {
        self.0.wall.get()
    }
}

/// A daemon that may be killed at any time, and what it did.
struct Keeper {
    root: PathBuf,
    only_poll: bool,
    clock: Told,
    daemon: Option<Daemon<Told>>,
    events: Receiver<Event>,
    writes: usize,
}

impl Keeper {
    fn new(root: PathBuf, only_poll: bool) -> Self {
        let (_, events) = mpsc::channel();
        let mut keeper = Self { root, only_poll, clock: Told::new(), daemon: None, events, writes: 0 };
        keeper.start().unwrap();
        keeper
    }

    fn options(&self) -> Options {
        Options { today: self.clock.today(), lang: None }
    }

    /// Ends it without a word, and begins anew.
    fn start(&mut self) -> Result<(), OpenError> {
        self.daemon = None;
        let (live, folders) = Live::open(&self.root, self.options())?;
        let (wake, events) = mpsc::channel();
        self.events = events;
        let manner = Manner { only_poll: self.only_poll, commit: false };
        let words = Words {
            open: |error| format!("{error:?}"),
            update: |error, page| format!("{page}: {error:?}"),
            export: |error| format!("{error:?}"),
        };
        self.daemon = Some(Daemon::new(live, &folders, self.clock.clone(), manner, words, wake));
        Ok(())
    }

    fn daemon(&self) -> &Daemon<Told> {
        self.daemon.as_ref().unwrap()
    }

    fn page(&self) -> PathBuf {
        self.root.join(self.daemon().live().app.config.page.file.as_str())
    }

    /// What was done to files is told by the system from another thread: it is waited for.
    fn hear(&self) {
        if !self.only_poll && self.events.recv_timeout(ms(5)).is_ok() {
            std::thread::sleep(ms(1));
        }
        while self.events.try_recv().is_ok() {}
    }

    fn step(&mut self) -> Duration {
        let look = |page: &Path| (fs::metadata(page).map(|m| m.ino()).ok(), fs::read(page).ok());
        let page = self.page();
        let before = look(&page);
        let wait = self.daemon.as_mut().unwrap().step();
        let after = look(&page);
        if before != after && page == self.page() {
            self.writes += 1;
            assert_ne!(before.1, after.1, "the same was written again");
        }
        wait
    }

    /// Lets time pass, doing what is due at its moment.
    fn pass(&mut self, time: Duration) -> usize {
        self.hear();
        let end = self.clock.now() + time;
        let mut steps = 0;
        loop {
            let wait = self.step().max(ms(1));
            steps += 1;
            assert!(steps < 3000, "it does not come to rest");
            let now = self.clock.now();
            if now + wait > end {
                break;
            }
            self.clock.pass(wait);
        }
        let now = self.clock.now();
        self.clock.pass(end.saturating_duration_since(now));
        steps
    }
}

/// What is done after a thing has happened.
#[derive(Debug, Clone, Copy)]
enum Then {
    /// The next happens at once.
    Nothing,
    /// So many milliseconds pass.
    Pass(u64),
    /// It becomes quiet.
    Quiet,
}

fn then() -> impl Strategy<Value = Then> {
    prop_oneof![
        3 => Just(Then::Nothing),
        4 => prop::sample::select(&[0u64, 30, 250, 1900, 2600, 2900, 3100, 5500][..]).prop_map(Then::Pass),
        2 => Just(Then::Quiet),
    ]
}

type Story = (Kind, Vec<(Op, Then)>);

fn story() -> impl Strategy<Value = Story> {
    (crate::changing::kind(), prop::collection::vec((crate::changing::op(), then()), 1..24))
}

/// Everything that can be asked of a vault that was read.
fn told(app: &App) -> String {
    let people: Vec<_> = app.index.people().map(|(note, person, tie)| (&note.path, person, tie)).collect();
    format!(
        "{people:#?}\n{:#?}\n{:?} {:?} {:?}\n{:#?}",
        app.problems(),
        app.lang,
        app.index.dated_notes(),
        app.index.me().map(|(note, _)| &note.path),
        app.agenda(Extent::All),
    )
}

/// A vault, what happens to it, and its daemon.
struct Play {
    vault: Changing,
    keeper: Keeper,
    /// How often to look again whether something is heard late.
    patience: usize,
}

impl Play {
    fn new(kind: Kind, only_poll: bool) -> Self {
        let vault = Changing::new(kind);
        let root = vault.root().canonicalize().unwrap();
        let patience = if only_poll { 0 } else { 300 };
        Self { keeper: Keeper::new(root, only_poll), vault, patience }
    }

    fn act(&mut self, op: &Op, then: Then) {
        self.vault.story.push(format!("{op:?}, then {then:?}"));
        self.vault.is_intact();
        let keeper = &mut self.keeper;
        if !self.vault.apply(op, &mut |time| _ = keeper.pass(time)) {
            let times = &self.keeper.clock.0;
            match op {
                Op::Day(n) => {
                    self.vault.occasions += 1;
                    let day = times.day.get();
                    let day = day.checked_add_days(Days::new(30)).unwrap();
                    times.day.set(day.checked_sub_days(Days::new(u64::try_from(30 - n).unwrap())).unwrap());
                }
                Op::Slept => times.wall.set(times.wall.get() + Duration::from_secs(9 * 3600)),
                Op::Reload => self.keeper.daemon.as_mut().unwrap().reload(),
                _ => {
                    if let Err(error) = self.keeper.start() {
                        assert!(!self.vault.is_readable(), "{error:?}\n{}", self.vault.told());
                        fs::remove_file(self.vault.at("goen.toml")).unwrap();
                        self.vault.occasions += 1;
                        self.keeper.start().unwrap();
                    }
                }
            }
        }
        match then {
            Then::Nothing => {}
            Then::Pass(time) => _ = self.keeper.pass(ms(time)),
            Then::Quiet => self.is_lawful(),
        }
    }

    fn through(&mut self, story: &[(Op, Then)]) {
        for (op, then) in story {
            self.act(op, *then);
        }
        self.vault.story.push("the end".to_owned());
        self.is_lawful();
    }

    /// Waits until nothing is to be done any more, and looks whether all is as it should be.
    fn is_lawful(&mut self) {
        // Longer than anything waits.
        self.keeper.pass(Duration::from_secs(80));
        self.vault.is_intact();
        let mut found = self.difference();
        // The system tells late where the machine is busy: that is no fault.
        for _ in 0..self.patience {
            if found.is_none() {
                break;
            }
            std::thread::sleep(ms(20));
            self.keeper.pass(ms(1000));
            found = self.difference();
        }
        if let Some(found) = found {
            panic!("{found}\n{}\n{}", self.vault.told(), self.vault.shown());
        }
        let (writes, occasions) = (self.keeper.writes, self.vault.occasions);
        assert!(writes <= occasions, "{writes} writes for {occasions} occasions\n{}", self.vault.told());
        let steps = self.keeper.pass(Duration::from_secs(30));
        // A glance every five seconds; or a look every two, by the machine's own clock.
        assert!(steps < 40, "{steps} steps while nothing happens\n{}", self.vault.told());
        assert_eq!(self.keeper.writes, writes, "written for nothing\n{}", self.vault.told());
        self.vault.is_intact();
        if let Some(still) = self.vault.still_recorded() {
            panic!("{still}\n{}\n{}", self.vault.told(), self.vault.shown());
        }
    }

    /// How the daemon's vault and page differ from those of a run that begins anew.
    fn difference(&self) -> Option<String> {
        let options = self.keeper.options();
        let cold = match App::open(&self.keeper.root, options) {
            Ok(cold) => cold,
            // With settings that cannot be used all stays as it was.
            Err(_) if !self.vault.is_readable() => return None,
            Err(error) => return Some(format!("{error:?}")),
        };
        if cold.index.is_empty() {
            // A vault without a note may be one that is away: the page stays.
            return None;
        }
        let (live, cold) = (told(&self.keeper.daemon().live().app), told(&cold));
        if live != cold {
            return Some(format!("the index is not that of a cold scan:\n{}", differing(&cold, &live)));
        }
        stale(&self.vault, options)
    }
}

/// What a run that begins anew on a copy of the vault would still change.
fn stale(vault: &Changing, options: Options) -> Option<String> {
    let before = vault.page_text();
    let copy = vault.copy();
    let of = |root: &Path| LocalState::of(&root.canonicalize().unwrap()).unwrap().dir().to_owned();
    let (from, to) = (of(&vault.root()), of(copy.path()));
    if from.exists() {
        fs::create_dir_all(&to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            // The daemon may be at work: what it is just making goes away again.
            let _ = fs::copy(entry.path(), to.join(entry.file_name()));
        }
    }
    let outcome = match App::open(copy.path(), options) {
        Ok(mut app) => app.update(false, false),
        Err(_) if !vault.is_readable() => return None,
        Err(error) => return Some(format!("{error:?}")),
    };
    let _ = fs::remove_dir_all(to);
    match outcome {
        Ok(outcome) => {
            let notes: Vec<_> = outcome.notes.iter().map(|done| &done.path).collect();
            let same = outcome.written == Written::Unchanged && notes.is_empty();
            let page = differing(&outcome.after, before.as_deref().unwrap_or("(no page)"));
            (!same).then(|| format!("a fresh run would change {notes:?} and the page:\n{page}"))
        }
        // Neither may write: the page is of a later day, or nobody's.
        Err(error) => {
            let is_known = format!("{error:?}").contains("LaterDay");
            (!is_known).then(|| format!("a fresh run cannot write: {error:?}"))
        }
    }
}

/// The lines that differ: `-` as it should be, `+` as it is.
fn differing(should: &str, is: &str) -> String {
    let lines = similar::TextDiff::from_lines(should, is);
    lines.unified_diff().context_radius(2).to_string()
}

/// A case as one would write it down.
fn reduced((kind, story): &Story) -> String {
    let lines = story.iter().map(|(op, then)| format!("    ({op:?}, {then:?}),\n"));
    format!("The case, {kind:?}:\n{}", lines.collect::<String>())
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn law(only_poll: bool, cases: u32) {
    let cases = number("GOEN_LAW_CASES").map_or(cases, |cases| u32::try_from(cases).unwrap());
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_time: 60_000,
        rng_seed: RngSeed::Fixed(number("GOEN_LAW_SEED").unwrap_or(20_261_121)),
        ..ProptestConfig::default()
    };
    // Each smaller case says what is wrong with it: the last of them is told.
    let reduces = Cell::new(false);
    std::panic::set_hook(Box::new(|_| {}));
    let result = TestRunner::new(config).run(&story(), |(kind, story)| {
        let mut play = Play::new(kind, only_poll);
        if reduces.replace(true) {
            play.patience = play.patience.min(10);
        }
        play.through(&story);
        reduces.set(false);
        Ok(())
    });
    let _ = std::panic::take_hook();
    match result {
        Ok(()) => {}
        Err(TestError::Fail(why, story)) => panic!("{why}\n{}", reduced(&story)),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn whatever_happens_the_page_is_what_a_fresh_run_writes() {
    if at_home("whatever_happens_the_page_is_what_a_fresh_run_writes") {
        law(false, 25);
    }
}

#[test]
fn whatever_happens_unheard_the_page_is_what_a_fresh_run_writes() {
    if at_home("whatever_happens_unheard_the_page_is_what_a_fresh_run_writes") {
        law(true, 10);
    }
}

/// The program itself, which may be killed and stopped at any moment.
struct Program {
    vault: Changing,
    child: Option<Child>,
    day: NaiveDate,
    log: PathBuf,
}

/// The program is waited for so long: nothing is said of how quick it is.
const LONG: Duration = Duration::from_secs(60);

impl Program {
    fn new() -> Self {
        let vault = Changing::new(Kind::Usual);
        vault.write("goen.toml", b"[watch]\nsettle = \"0s\"\n");
        let log = vault.root().with_file_name("log");
        let mut program = Self { vault, child: None, day: today(), log };
        program.start();
        program
    }

    fn start(&mut self) {
        let log = fs::File::options().create(true).append(true).open(&self.log).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_goen"))
            .env_clear()
            .env("HOME", std::env::var_os("HOME").unwrap())
            .arg("--vault")
            .arg(self.vault.root())
            .args(["--today", &self.day.to_string(), "watch"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        self.child = Some(child.unwrap());
    }

    fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Begins anew where it has ended: it does where the settings cannot be used.
    fn lives(&mut self) {
        if self.child.as_mut().is_some_and(|child| child.try_wait().unwrap().is_none()) {
            return;
        }
        self.kill();
        assert!(!self.log().contains("panicked"), "{}\n{}", self.log(), self.vault.told());
        if !self.vault.is_readable() {
            fs::remove_file(self.vault.at("goen.toml")).unwrap();
        }
        self.start();
    }

    fn signal(&self, signal: rustix::process::Signal) {
        if let Some(child) = &self.child {
            let pid = rustix::process::Pid::from_child(child);
            let _ = rustix::process::kill_process(pid, signal);
        }
    }

    /// Stops it, so that an editor reads and writes without it.
    fn stop(&self) {
        self.signal(rustix::process::Signal::STOP);
        // What a system call is doing is done first.
        std::thread::sleep(ms(3));
    }

    fn act(&mut self, op: &Op, then: Then) {
        self.vault.story.push(format!("{op:?}, then {then:?}"));
        match op {
            Op::Day(n) => {
                self.kill();
                let day = self.day.checked_add_days(Days::new(30)).unwrap();
                self.day = day.checked_sub_days(Days::new(u64::try_from(30 - n).unwrap())).unwrap();
                self.start();
            }
            Op::Restart => {
                self.kill();
                self.start();
            }
            Op::Reload => self.signal(rustix::process::Signal::HUP),
            Op::Slept => {
                self.stop();
                std::thread::sleep(ms(200));
            }
            op => {
                self.stop();
                let mut vault = std::mem::replace(&mut self.vault, Changing::nowhere());
                vault.apply(op, &mut |time| {
                    self.signal(rustix::process::Signal::CONT);
                    std::thread::sleep(time.min(ms(2500)) / 2);
                    self.stop();
                });
                self.vault = vault;
            }
        }
        self.signal(rustix::process::Signal::CONT);
        match then {
            Then::Nothing => {}
            Then::Pass(time) => std::thread::sleep(ms(time / 8)),
            Then::Quiet => std::thread::sleep(ms(400)),
        }
    }

    /// What is not as it should be.
    fn trouble(&mut self) -> Option<String> {
        self.lives();
        let options = Options { today: self.day, lang: None };
        let found = self.vault.lost().or_else(|| stale(&self.vault, options));
        let cold = || App::open(&self.vault.root(), options).is_ok_and(|app| app.index.is_empty());
        found.filter(|_| !cold())
    }

    /// Waits until all is as it should be, and stays so without a write.
    fn is_lawful(&mut self) {
        if !self.vault.is_readable() {
            self.vault.write("goen.toml", b"[watch]\nsettle = \"0s\"\n");
        }
        let begun = Instant::now();
        let page = |vault: &Changing| fs::metadata(vault.at(vault.page())).map(|m| m.ino()).ok();
        let mut calm = 0;
        let mut before = page(&self.vault);
        while calm < 6 {
            std::thread::sleep(ms(250));
            let found = self.trouble();
            let now = page(&self.vault);
            calm = if found.is_none() && now == before { calm + 1 } else { 0 };
            before = now;
            if begun.elapsed() > LONG
                && let Some(found) = found
            {
                panic!("{found}\n{}\n{}\n{}", self.vault.told(), self.vault.shown(), self.log());
            }
            assert!(begun.elapsed() < 3 * LONG, "the page keeps changing\n{}", self.vault.told());
        }
        assert!(!self.log().contains("panicked"), "{}\n{}", self.log(), self.vault.told());
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

#[test]
fn whenever_it_is_killed_or_stopped_the_program_ends_up_right() {
    if !at_home("whenever_it_is_killed_or_stopped_the_program_ends_up_right") {
        return;
    }
    let seed = number("GOEN_LAW_SEED").unwrap_or(20_261_121);
    let plays = number("GOEN_LAW_CASES").map_or(3, |cases| cases.div_ceil(20));
    let plays: Vec<_> = (seed..seed + plays).collect();
    for seeds in plays.chunks(3) {
        std::thread::scope(|scope| {
            for seed in seeds {
                scope.spawn(move || {
                    let config =
                        ProptestConfig { rng_seed: RngSeed::Fixed(*seed), ..ProptestConfig::default() };
                    let story = prop::collection::vec((crate::changing::op(), then()), 40);
                    let story = story.new_tree(&mut TestRunner::new(config)).unwrap().current();
                    let mut program = Program::new();
                    program.vault.story.push(format!("seed {seed}"));
                    for (op, then) in &story {
                        program.act(op, *then);
                    }
                    program.is_lawful();
                });
            }
        });
    }
}

#[test]
fn more_than_the_system_tells_is_found_all_the_same() {
    if !at_home("more_than_the_system_tells_is_found_all_the_same") {
        return;
    }
    let mut program = Program::new();
    program.is_lawful();
    program.stop();
    for n in 0..9000 {
        // Said of one file twice is said once.
        fs::write(program.vault.at(["一.txt", "二.txt"][n % 2]), n.to_string()).unwrap();
    }
    program.vault.write("People/new/unheard.md", "---\ntier: close\n---\n".as_bytes());
    fs::remove_file(program.vault.at("People/bob.md")).unwrap();
    program.signal(rustix::process::Signal::CONT);
    program.is_lawful();
    assert!(program.vault.page_text().unwrap().contains("[[unheard]]"));
}

/// Stories that once ended otherwise, told to a daemon that has come to rest.
fn plays(kind: Kind, story: &[(Op, Then)]) {
    for only_poll in [false, true] {
        let mut play = Play::new(kind, only_poll);
        play.is_lawful();
        play.through(story);
    }
}

#[test]
fn what_was_deleted_before_the_vault_was_away_for_a_while_is_missed_when_it_is_back() {
    if at_home("what_was_deleted_before_the_vault_was_away_for_a_while_is_missed_when_it_is_back") {
        plays(Kind::Usual, &[(Op::Delete(2), Then::Nothing), (Op::Away(3000), Then::Nothing)]);
    }
}

#[test]
fn an_editor_that_empties_a_note_first_is_waited_for() {
    if at_home("an_editor_that_empties_a_note_first_is_waited_for") {
        let saves =
            [How::Held(1500), How::Held(5000), How::Refilled(200), How::Refilled(1500), How::Anew(1500)];
        for (how, note) in saves.into_iter().flat_map(|how| [(how, 0), (how, 1)]) {
            let tick = (Op::Mark(note, 'x', How::InPlace), Then::Pass(2900));
            plays(Kind::Few, &[tick, (Op::Save(note, Edit::Line, how), Then::Quiet)]);
        }
    }
}

#[test]
fn a_note_that_comes_and_goes_or_changes_its_name_twice_leaves_nothing_to_do() {
    if at_home("a_note_that_comes_and_goes_or_changes_its_name_twice_leaves_nothing_to_do") {
        let made_empty = (Op::New(12, 14), Then::Pass(30));
        plays(Kind::Usual, &[made_empty, (Op::Delete(3), Then::Quiet)]);
        // bob, BOB, bob
        plays(Kind::Usual, &[(Op::Respell(2), Then::Pass(0)), (Op::Respell(2), Then::Quiet)]);
    }
}

#[test]
fn a_link_is_told_of_when_its_note_goes() {
    if at_home("a_link_is_told_of_when_its_note_goes") {
        // Archive/b.md and b2.md lead to People/bob.md.
        plays(Kind::Linked, &[(Op::Delete(3), Then::Quiet)]);
    }
}

#[test]
fn a_note_in_a_folder_of_two_names_is_read_where_it_lies() {
    if at_home("a_note_in_a_folder_of_two_names_is_read_where_it_lies") {
        // People/c leads to Contacts.
        plays(Kind::Linked, &[(Op::Save(2, Edit::Bytes, How::Renamed), Then::Quiet)]);
    }
}

#[test]
fn other_settings_are_taken_in_where_all_known_notes_are_gone() {
    if at_home("other_settings_are_taken_in_where_all_known_notes_are_gone") {
        // People is hidden, and met again by a link that is followed now.
        let hidden = (Op::MoveFolder(0, 7), Then::Quiet);
        plays(Kind::Few, &[hidden, (Op::LinkFolder(0, 11), Then::Quiet), (Op::Settings(7), Then::Quiet)]);
    }
}
