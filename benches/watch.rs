//! How soon the page follows when `goen watch` is up, beside the floor: the bare notification that
//! a file was saved. Ends with a table.
//!
//! `GOEN_BENCH_NOTES` names the sizes (`1000,10000`); without it 1,000, 10,000 and 100,000.
//! `GOEN_BENCH_IDLE` says for how many seconds an idle daemon is looked at (60). With
//! `GOEN_BENCH_SOAK` nothing else is done than to change notes 200 times a second for so many
//! seconds, in a vault of the first size.

#![allow(clippy::expect_used, reason = "a benchmark that cannot run should say so")]

mod common;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use goen::vault::{Hint, Watch};

const DAY: &str = "2026-05-01";
const PAGE: &str = "reconnect.md";
const CONFIG: &str = "goen.toml";

fn main() {
    let seconds = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    if let Some(soak_for) = seconds("GOEN_BENCH_SOAK") {
        let notes = common::sizes().first().copied().unwrap_or(1000);
        return soak(&Bench::new(notes), Duration::from_secs(soak_for));
    }
    let idle = Duration::from_secs(seconds("GOEN_BENCH_IDLE").unwrap_or(60));
    println!("| notes | notification p50 | save → page p50 | p99 | ready | cold update | ratio |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for notes in common::sizes() {
        let bench = Bench::new(notes);
        let floor = quantiles(bench.notifications(200));
        let update = bench.update();
        let (daemon, ready) = bench.watch();
        let (times, silent) = bench.saves(if notes > 20_000 { 180 } else { 420 });
        let measured = times.len();
        let saves = quantiles(times);
        let ratio = ready.as_secs_f64() / update.as_secs_f64();
        let columns = [floor.0, saves.0, saves.1, ready, update].map(ms).join(" | ");
        println!("| {notes} | {columns} | {ratio:.2} |");
        println!("({measured} saves measured; {silent} of {} notes change no page)", bench.notes.len());
        bench.idle(&daemon, idle);
    }
    checkout(10_000);
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

/// The median, and what 99 of 100 stay below.
fn quantiles(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    (at(50), at(99))
}

/// A vault, with settings of its own while it is measured.
struct Bench {
    root: PathBuf,
    home: tempfile::TempDir,
    /// Notes with a day of the last contact, and their texts.
    notes: Vec<(PathBuf, String)>,
}

impl Bench {
    fn new(notes: usize) -> Self {
        Self::at(common::vault(notes))
    }

    fn at(root: PathBuf) -> Self {
        fs::write(root.join(CONFIG), "[watch]\nsettle = \"0s\"\n").expect("the vault takes files");
        let mut notes = Vec::new();
        for entry in walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().filter_map(Result::ok) {
            if notes.len() == 60 {
                break;
            }
            let Ok(text) = fs::read_to_string(entry.path()) else { continue };
            let is_plain = text.starts_with("---\n") && !text.contains('\r') && text.contains("\ntier: ");
            // Who was met today is met today whatever is changed.
            if is_plain && text.contains("\nlast_contact: 20") && !text.contains(DAY) {
                notes.push((entry.into_path(), text));
            }
        }
        Self { root, home: tempfile::tempdir().expect("a temporary folder"), notes }
    }

    fn goen(&self, verb: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goen"));
        command.env("HOME", self.home.path()).env_remove("XDG_STATE_HOME");
        command.arg("--vault").arg(&self.root).args(["--today", DAY, verb]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// The median of three cold updates.
    fn update(&self) -> Duration {
        let times = (0..3).map(|_| {
            let _ = fs::remove_file(self.root.join(PAGE));
            let begun = Instant::now();
            assert!(self.goen("update").status().expect("the binary was just built").success());
            begun.elapsed()
        });
        quantiles(times.collect()).0
    }

    /// A daemon, and how long it took to be ready.
    fn watch(&self) -> (Daemon, Duration) {
        let _ = fs::remove_file(self.root.join(PAGE));
        let begun = Instant::now();
        let child = self.goen("watch").stderr(Stdio::piped()).spawn();
        let mut child = child.expect("the binary was just built");
        let stderr = child.stderr.take().expect("it was piped");
        let (tell, ready) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                if line.ends_with("ready") {
                    let _ = tell.send(());
                }
            }
        });
        let _ = ready.recv();
        let took = begun.elapsed();
        std::thread::sleep(Duration::from_secs(2));
        (Daemon(child), took)
    }

    /// From a save to the bare notification of it.
    fn notifications(&self, count: usize) -> Vec<Duration> {
        let (tell, told) = mpsc::channel();
        let folder = self.notes[0].0.parent().expect("a note lies in a folder").to_path_buf();
        let wake = move || {
            let _ = tell.send(Instant::now());
        };
        let mut watch = Watch::start(&self.root, wake).expect("the system has notifications");
        watch.folders(std::slice::from_ref(&folder)).expect("one more folder can be watched");
        let (path, text) = &self.notes[0];
        let times = (0..count).map(|_| {
            let begun = save(path, text);
            loop {
                let at = told.recv().expect("it is listened");
                let places = watch.heard().places;
                if places.get(path) == Some(&Hint::Done) {
                    return at.duration_since(begun);
                }
            }
        });
        times.collect()
    }

    /// From a save to the page that shows it; with how many notes did not change the page, since
    /// whom they are about was met today in any case.
    fn saves(&self, count: usize) -> (Vec<Duration>, usize) {
        let mut times = Vec::new();
        let mut silent = vec![false; self.notes.len()];
        for n in 0..count {
            let at = n % self.notes.len();
            let (path, text) = &self.notes[at];
            if silent[at] {
                continue;
            }
            let with = text.replacen("\nlast_contact: ", &format!("\nlast_contact: {DAY} # "), 1);
            let before = self.inode();
            let begun = save(path, if (n / self.notes.len()).is_multiple_of(2) { &with } else { text });
            while self.inode() == before && begun.elapsed() < Duration::from_secs(10) {
                // Who waits takes no processor away from the daemon.
                std::thread::sleep(Duration::from_micros(50));
            }
            if self.inode() == before {
                assert!(n < self.notes.len(), "the page no longer follows {}", path.display());
                silent[at] = true;
            } else {
                times.push(begun.elapsed());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        (times, silent.into_iter().filter(|silent| *silent).count())
    }

    /// Which file the page is: goen never writes into it.
    fn inode(&self) -> Option<u64> {
        use std::os::unix::fs::MetadataExt;
        fs::metadata(self.root.join(PAGE)).ok().map(|metadata| metadata.ino())
    }

    /// What a daemon does when nothing happens.
    fn idle(&self, daemon: &Daemon, time: Duration) {
        std::thread::sleep(Duration::from_secs(3));
        let (page, before) = (self.inode(), daemon.ticks());
        std::thread::sleep(time);
        let writes = usize::from(self.inode() != page);
        println!(
            "idle for {} s: {} ms of the processor, {writes} writes; {} MB resident",
            time.as_secs(),
            (daemon.ticks() - before) * 10,
            daemon.resident() / 1000
        );
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        for (path, text) in &self.notes {
            let _ = fs::write(path, text);
        }
        let _ = fs::remove_file(self.root.join(CONFIG));
    }
}

/// Saves as most editors do; when the file took its place.
fn save(path: &Path, text: &str) -> Instant {
    let new = path.with_file_name(".saving");
    fs::write(&new, text).expect("the vault takes files");
    let begun = Instant::now();
    fs::rename(new, path).expect("the vault takes files");
    begun
}

struct Daemon(Child);

impl Daemon {
    /// Hundredths of a second of the processor's time that it took.
    fn ticks(&self) -> u64 {
        let text = fs::read_to_string(format!("/proc/{}/stat", self.0.id())).unwrap_or_default();
        let behind_name = text.rsplit(") ").next().unwrap_or_default();
        behind_name.split(' ').skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum()
    }

    /// Memory that it holds, in kB.
    fn resident(&self) -> u64 {
        let text = fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// So many files changed by one checkout: how long until the page is right, and how often it is
/// written on the way.
fn checkout(notes: usize) {
    let copy = tempfile::tempdir_in(common::target()).expect("a temporary folder");
    let source = common::vault(notes);
    let ran = |command: &mut Command| {
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
    };
    let root = copy.path().join("vault");
    assert!(ran(Command::new("cp").arg("-r").arg(&source).arg(&root)), "the vault cannot be copied");
    for left in [PAGE, CONFIG, ".git"] {
        let _ = fs::remove_dir_all(root.join(left));
        let _ = fs::remove_file(root.join(left));
    }
    let git = |args: &[&str]| {
        let set = ["-c", "user.name=goen", "-c", "user.email=goen@localhost", "-c", "gc.auto=0"];
        ran(Command::new("git").arg("-C").arg(&root).args(set).args(args))
    };
    fs::write(root.join(".gitignore"), "reconnect.md\ngoen.toml\n").expect("the vault takes files");
    if !git(&["init", "-q", "-b", "one"]) {
        return println!("checkout: left out, there is no git");
    }
    assert!(git(&["add", "-A"]) && git(&["commit", "-qm", "one"]) && git(&["checkout", "-qb", "two"]));
    let mut changed = 0;
    for entry in walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok) {
        let is_note = entry.path().extension().is_some_and(|e| e == "md")
            && !entry.path().starts_with(root.join(".git"));
        if is_note && let Ok(text) = fs::read_to_string(entry.path()) {
            let text = text.replacen("\nlast_contact: 2025", "\nlast_contact: 2026", 1) + "\n";
            fs::write(entry.path(), text).expect("the vault takes files");
            changed += 1;
        }
    }
    assert!(git(&["commit", "-qam", "two"]));
    let bench = Bench::at(root.clone());
    let pages: Vec<Vec<u8>> = ["one", "two"]
        .map(|branch| {
            assert!(git(&["checkout", "-q", branch]));
            bench.update();
            fs::read(root.join(PAGE)).expect("it was just written")
        })
        .into();
    let (daemon, _) = bench.watch();
    for (branch, wanted) in [("one", &pages[0]), ("two", &pages[1]), ("one", &pages[0])] {
        let (mut last, mut writes) = (bench.inode(), 0);
        let (tell, told) = mpsc::channel();
        let mut command = Command::new("git");
        command.arg("-C").arg(&root).args(["checkout", "-q", branch]);
        std::thread::spawn(move || {
            let is_well = command.status().is_ok_and(|status| status.success());
            let _ = tell.send((is_well, Instant::now()));
        });
        let begun = Instant::now();
        let mut done = None;
        let mut right = None;
        while right.is_none_or(|at: Instant| at.elapsed() < Duration::from_secs(3)) {
            if let Ok((is_well, at)) = told.try_recv() {
                assert!(is_well, "git could not check {branch} out");
                done = Some(at);
            }
            let now = bench.inode();
            if now != last {
                (last, writes) = (now, writes + 1);
            }
            if done.is_some()
                && right.is_none()
                && fs::read(root.join(PAGE)).is_ok_and(|page| page == *wanted)
            {
                right = Some(Instant::now());
            }
            assert!(begun.elapsed() < Duration::from_secs(120), "the page never came right");
            std::thread::sleep(Duration::from_millis(2));
        }
        let (done, right) = (done.unwrap_or(begun), right.unwrap_or(begun));
        println!(
            "checkout of {changed} files ({branch}): git {}, page right {} after it, {writes} writes; {} MB resident",
            ms(done.duration_since(begun)),
            ms(right.saturating_duration_since(done)),
            daemon.resident() / 1000
        );
    }
}

/// Changes without end.
fn soak(bench: &Bench, time: Duration) {
    let (daemon, _) = bench.watch();
    let begun = Instant::now();
    let (mut last, mut writes, mut n) = (bench.inode(), 0_u64, 0_u32);
    let mut told = Duration::ZERO;
    while begun.elapsed() < time {
        let (path, text) = &bench.notes[n as usize % bench.notes.len()];
        let with = text.replacen("\nlast_contact: ", &format!("\nlast_contact: {DAY} # "), 1);
        save(path, if (n as usize / bench.notes.len()).is_multiple_of(2) { &with } else { text });
        n += 1;
        let due = Duration::from_millis(5) * n;
        std::thread::sleep(due.saturating_sub(begun.elapsed()));
        let now = bench.inode();
        if now != last {
            (last, writes) = (now, writes + 1);
        }
        if begun.elapsed() >= told {
            println!(
                "{} s: {n} changes, {writes} writes of the page, {} MB resident, {} s of the processor",
                begun.elapsed().as_secs(),
                daemon.resident() / 1000,
                daemon.ticks() / 100
            );
            told += time / 10;
        }
    }
    std::thread::sleep(Duration::from_secs(5));
    let page = fs::read(bench.root.join(PAGE)).unwrap_or_default();
    drop(daemon);
    bench.update();
    let is_right = fs::read(bench.root.join(PAGE)).unwrap_or_default() == page;
    println!(
        "at the end: {n} changes, {writes} writes of the page; the page is {}",
        if is_right { "right" } else { "WRONG" }
    );
}
