//! How long planning takes: the agenda of a day from an index that is there, as a fresh run makes it.
//!
//! `GOEN_BENCH_NOTES` names the sizes of the vaults (`1000,10000`), which are those of the other
//! benchmarks; without it 1,000, 10,000 and 100,000 notes. All people of a vault are planned.

#![allow(clippy::expect_used, reason = "a benchmark that cannot run should say so")]

mod common;

use std::time::Duration;

use criterion::{Criterion, SamplingMode};
use goen::app::{App, Options};
use goen::plan::{self, Extent};

const DAY: (i32, u32, u32) = (2026, 5, 1);

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let today = chrono::NaiveDate::from_ymd_opt(DAY.0, DAY.1, DAY.2).expect("a day");
    for notes in common::sizes() {
        let app =
            App::open(&common::vault(notes), Options { today, lang: None }).expect("the vault was just made");
        let people = app.index.people().count();
        let mut group = criterion.benchmark_group("plan");
        group.sample_size(20).sampling_mode(SamplingMode::Flat);
        group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
        group.bench_function(format!("{people} people"), |b| {
            b.iter(|| plan::plan(&app.index, &app.config, today, Extent::Placed));
        });
        group.finish();
    }
    criterion.final_summary();
}
