//! How long `goen import` takes, as whole processes: address books of 5,000 cards and of 50,000 rows.
//! One run ends with a table.

#![allow(clippy::expect_used, reason = "a benchmark that cannot run should say so")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use criterion::{BatchSize, Criterion, SamplingMode};
use tempfile::TempDir;

const CARDS: usize = 5_000;
const ROWS: usize = 50_000;

const FAMILIES: [&str; 6] = ["田中", "佐藤", "鈴木", "松本", "小林", "斎藤"];
const GIVEN: [&str; 5] = ["和人", "美子", "一斗", "翔", "遥"];

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let folder = TempDir::new().expect("a folder for the books");
    let cards = write(folder.path(), "cards.vcf", &cards());
    let rows = write(folder.path(), "rows.csv", &rows());
    let known = TempDir::new().expect("a vault");
    run(&mut import(known.path(), &cards, true));

    let mut group = criterion.benchmark_group("import");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(10));
    let empty = TempDir::new().expect("a vault");
    group.bench_function("cards planned", |b| b.iter(|| run(&mut import(empty.path(), &cards, false))));
    group.bench_function("cards imported", |b| {
        let vault = || TempDir::new().expect("a vault");
        let imported = |vault: TempDir| {
            run(&mut import(vault.path(), &cards, true));
            vault
        };
        b.iter_batched(vault, imported, BatchSize::PerIteration);
    });
    group.bench_function("cards again", |b| b.iter(|| run(&mut import(known.path(), &cards, true))));
    group.bench_function("rows planned", |b| b.iter(|| run(&mut import(empty.path(), &rows, false))));
    group.finish();
    criterion.final_summary();

    println!("| {CARDS} cards, {ROWS} rows | time | peak memory |");
    println!("| --- | ---: | ---: |");
    let new = TempDir::new().expect("a vault");
    for (what, mut command) in [
        ("cards planned", import(empty.path(), &cards, false)),
        ("cards imported", import(new.path(), &cards, true)),
        ("cards again", import(known.path(), &cards, true)),
        ("rows planned", import(empty.path(), &rows, false)),
    ] {
        let time = common::median("import", what).map_or("–".into(), |ns| format!("{:.2} s", ns / 1e9));
        let memory = common::peak_memory(&mut command).map_or("–".into(), |kb| format!("{} MB", kb / 1000));
        println!("| {what} | {time} | {memory} |");
    }
}

/// A process; what it remembers for `goen undo` goes into the vault's own folder.
fn import(vault: &Path, book: &Path, yes: bool) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_goen"));
    command.arg("--vault").arg(vault).args(["--today", "2026-05-01", "import"]).arg(book);
    command.args(yes.then_some("--yes")).env("XDG_STATE_HOME", vault.join(".state"));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn run(command: &mut Command) {
    assert!(command.status().expect("the binary was just built").success());
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).expect("the folder takes files");
    path
}

fn name(n: usize) -> (&'static str, String) {
    (FAMILIES[n % FAMILIES.len()], format!("{}{n}", GIVEN[n % GIVEN.len()]))
}

/// Cards as telephones export them.
fn cards() -> String {
    let card = |n: usize| {
        let (family, given) = name(n);
        let (month, day) = (n % 12 + 1, n % 28 + 1);
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:{family};{given};;;\r\nFN:{family} {given}\r\n\
             EMAIL;TYPE=HOME:c{n}@example.com\r\nTEL;TYPE=CELL:090{n:08}\r\nORG:株式会社{n};開発部\r\n\
             TITLE:主任\r\nBDAY:{}-{month:02}-{day:02}\r\nADR;TYPE=HOME:;;1-{n};渋谷区;東京都;150-0001;日本\r\n\
             END:VCARD\r\n",
            1960 + n % 40
        )
    };
    (0..CARDS).map(card).collect()
}

/// Rows as LinkedIn exports them.
fn rows() -> String {
    let row = |n: usize| {
        let (family, given) = name(n);
        format!(
            "{given},{family},https://www.linkedin.com/in/p{n},u{n}@example.com,株式会社{},Engineer,{:02} Sep 2024\n",
            n % 700,
            n % 28 + 1
        )
    };
    let head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n".to_owned();
    head + &(0..ROWS).map(row).collect::<String>()
}
