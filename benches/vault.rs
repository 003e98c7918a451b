//! How long a cold `goen update` takes beside its floor: a program that only walks the vault
//! and reads every note on all cores. One run measures both and ends with a table.
//!
//! `GOEN_BENCH_NOTES` names the sizes (`1000,10000`); without it 1,000, 10,000 and 100,000.
//! The vaults come from the generator kept beside the project, where it and Python are there,
//! else from a small one of our own; they are kept in the target folder between runs.

#![allow(clippy::expect_used, reason = "a benchmark that cannot run should say so")]

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use criterion::{Criterion, SamplingMode};
use goen::config::Config;
use goen::vault::Vault;
use rayon::prelude::*;

const DAY: &str = "2026-05-01";

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let mut rows = Vec::new();
    for notes in common::sizes() {
        let vault = common::vault(notes);
        let mut group = criterion.benchmark_group(notes.to_string());
        group.sample_size(10).sampling_mode(SamplingMode::Flat);
        group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
        group.bench_function("floor", |b| b.iter(|| read_everything(&vault)));
        group.bench_function("cold update", |b| b.iter(|| update(&vault)));
        group.finish();
        let median = |what| common::median(&notes.to_string(), what);
        rows.push((notes, median("floor"), median("cold update"), common::peak_memory(&mut command(&vault))));
    }
    criterion.final_summary();
    println!("| notes | floor (walk + read) | cold update | ratio | peak memory |");
    println!("| ---: | ---: | ---: | ---: | ---: |");
    for (notes, floor, update, memory) in rows {
        let ms = |time: Option<f64>| time.map_or("–".into(), |ns| format!("{:.0} ms", ns / 1e6));
        let ratio =
            floor.zip(update).map_or("–".into(), |(floor, update)| format!("{:.1}", update / floor));
        let memory = memory.map_or("–".into(), |kb| format!("{} MB", kb / 1000));
        println!("| {notes} | {} | {} | {ratio} | {memory} |", ms(floor), ms(update));
    }
}

/// The floor: every note's bytes, and nothing made of them.
fn read_everything(root: &Path) -> usize {
    let vault = Vault::open(root).expect("the vault was just made");
    let found = vault.walk(&Config::default());
    let read = |paths: &[goen::text::NotePath]| {
        let mut buffer = Vec::new();
        let lengths = paths.iter().map(|path| vault.read_with(path, &mut buffer, <[u8]>::len));
        lengths.map(|length| length.ok().and_then(Result::ok).unwrap_or(0)).sum::<usize>()
    };
    found.notes.par_chunks(64).map(read).sum()
}

fn command(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_goen"));
    command.arg("--vault").arg(root).args(["--today", DAY, "update"]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// A whole process, from nothing to the page.
fn update(root: &Path) {
    let _ = fs::remove_file(root.join("reconnect.md"));
    let status = command(root).status().expect("the binary was just built");
    assert!(status.success());
}
