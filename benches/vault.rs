//! How long goen takes beside its floors: programs that only walk the vault, ask the system for every note
//! as well, or read them, on all cores. One run measures all of it and ends with tables.
//!
//! `GOEN_BENCH_NOTES` names the sizes (`1000,10000,1000000`); without it 1,000, 10,000 and 100,000.
//! The vaults come from the generator kept beside the project, where it and Python are there,
//! else from a small one of our own; they are kept in the target folder between runs, and so is the home
//! of the processes that are measured.

#![allow(clippy::expect_used, reason = "a benchmark that cannot run should say so")]

mod common;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use criterion::{Criterion, SamplingMode};
use goen::config::Config;
use goen::text::NotePath;
use goen::vault::Vault;
use rayon::prelude::*;

const DAY: &str = "2026-05-01";

/// What is measured, in the order of the table: the floors first.
const MEASURED: [&str; 8] =
    ["walk", "walk + stat", "walk + read", "cold update", "second update", "today", "today anew", "show"];

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let mut rows = Vec::new();
    for notes in common::sizes() {
        let goen = Goen { vault: common::vault(notes) };
        let person = goen.person();
        let mut group = criterion.benchmark_group(notes.to_string());
        group.sample_size(10).sampling_mode(SamplingMode::Flat);
        group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
        for what in MEASURED {
            let run: Box<dyn Fn()> = match what {
                "walk" => Box::new(|| drop(black_box(walked(&goen.vault)))),
                "walk + stat" => Box::new(|| {
                    black_box(for_each_note(&goen.vault, stat));
                }),
                "walk + read" => Box::new(|| {
                    black_box(for_each_note(&goen.vault, read));
                }),
                "cold update" => Box::new(|| goen.cold_update()),
                "second update" => {
                    goen.run(&["update"]);
                    Box::new(|| goen.run(&["update"]))
                }
                "today" => {
                    goen.run(&["today"]);
                    Box::new(|| goen.run(&["today"]))
                }
                "today anew" => Box::new(|| {
                    goen.forget();
                    goen.run(&["today"]);
                }),
                _ => Box::new(|| goen.run(&["show", &person])),
            };
            group.bench_function(what, |b| b.iter(&run));
        }
        group.finish();
        goen.forget();
        let _ = fs::remove_file(goen.vault.join("reconnect.md"));
        let cold = common::peak_memory(&mut goen.command(&["update"]));
        let second = common::peak_memory(&mut goen.command(&["update"]));
        let times = MEASURED.map(|what| common::median(&notes.to_string(), what));
        rows.push((notes, times, [cold, second]));
    }
    criterion.final_summary();
    println!("| notes | {} |", MEASURED.join(" | "));
    println!("| ---: |{}", " ---: |".repeat(MEASURED.len()));
    for (notes, times, _) in &rows {
        println!("| {notes} | {} |", times.map(ms).join(" | "));
    }
    println!();
    println!("| notes | cold update ÷ walk + read | second ÷ walk + stat | peak memory, cold | second |");
    println!("| ---: | ---: | ---: | ---: | ---: |");
    for (notes, times, memory) in &rows {
        let time = |what: &str| times[MEASURED.iter().position(|measured| *measured == what)?];
        let ratio = |what: &str, floor: &str| {
            let ratio = time(what).zip(time(floor)).map(|(time, floor)| time / floor);
            ratio.map_or("–".into(), |ratio| format!("{ratio:.1}"))
        };
        let (cold, second) = (ratio("cold update", "walk + read"), ratio("second update", "walk + stat"));
        let memory = memory.map(|kb| kb.map_or("–".into(), |kb| format!("{} MB", kb / 1000))).join(" | ");
        println!("| {notes} | {cold} | {second} | {memory} |");
    }
}

fn ms(nanoseconds: Option<f64>) -> String {
    match nanoseconds.map(|ns| ns / 1e6) {
        None => "–".into(),
        Some(ms) if ms < 10.0 => format!("{ms:.1} ms"),
        Some(ms) => format!("{ms:.0} ms"),
    }
}

/// The floor of all: which notes there are.
fn walked(root: &Path) -> (Vault, Vec<NotePath>) {
    let vault = Vault::open(root).expect("the vault was just made");
    let notes = vault.walk(&Config::default()).notes;
    (vault, notes)
}

/// Something done with each note on all cores, and nothing made of it.
fn for_each_note(root: &Path, act: fn(&Vault, &NotePath, &mut Vec<u8>) -> usize) -> usize {
    let (vault, notes) = walked(root);
    let act = |paths: &[NotePath]| {
        let mut buffer = Vec::new();
        paths.iter().map(|path| act(&vault, path, &mut buffer)).sum::<usize>()
    };
    notes.par_chunks(64).map(act).sum()
}

fn stat(vault: &Vault, path: &NotePath, _: &mut Vec<u8>) -> usize {
    usize::from(vault.stamp(path).is_some())
}

fn read(vault: &Vault, path: &NotePath, buffer: &mut Vec<u8>) -> usize {
    vault.read_with(path, buffer, <[u8]>::len).ok().and_then(Result::ok).unwrap_or(0)
}

/// The program as it was just built, on one vault, with a home of its own.
struct Goen {
    vault: PathBuf,
}

impl Goen {
    fn home(&self) -> PathBuf {
        self.vault.with_extension("home")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goen"));
        command.env_remove("XDG_CACHE_HOME").env_remove("XDG_STATE_HOME").env("HOME", self.home());
        command.arg("--vault").arg(&self.vault).args(["--today", DAY]).args(args);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// A whole process.
    fn run(&self, args: &[&str]) {
        let status = self.command(args).status().expect("the binary was just built");
        assert!(status.success(), "{args:?}");
    }

    /// Lets go what was answered before.
    fn forget(&self) {
        let _ = fs::remove_dir_all(self.home().join(".cache"));
    }

    /// From nothing to the page.
    fn cold_update(&self) {
        self.forget();
        let _ = fs::remove_file(self.vault.join("reconnect.md"));
        self.run(&["update"]);
    }

    /// Somebody whom `show` finds.
    fn person(&self) -> String {
        let notes = walked(&self.vault).1;
        let people = notes.iter().filter(|path| path.as_str().starts_with("people/"));
        let mut names: Vec<&str> = people.map(NotePath::name).collect();
        names.sort_unstable();
        let is_found = |name: &&&str| self.command(&["show", name]).status().is_ok_and(|s| s.success());
        let found = names.iter().take(20).find(is_found).expect("the vault has people");
        (*found).to_owned()
    }
}
