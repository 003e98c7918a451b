//! How long a draft takes in a vault that was read: the templates, the agenda, the words.
//!
//! `GOEN_BENCH_NOTES` names the sizes (`1000,10000`).

#![allow(clippy::expect_used, reason = "a benchmark that cannot run should say so")]

mod common;

use criterion::Criterion;
use goen::app::{App, Options};
use goen::message::{Asked, Ground, draft};
use goen::plan::Extent;
use goen::text::NotePath;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    for notes in common::sizes() {
        let today = "2026-05-01".parse().expect("a day");
        let app =
            App::open(&common::vault(notes), Options { today, lang: None }).expect("the vault was just made");
        let asked = Asked { occasion: Some("ask"), ..Asked::default() };
        // What the command does once the notes are read.
        let drafted = |path: &NotePath| {
            let own = app.message_templates();
            let agenda = app.agenda(Extent::All);
            let ground = Ground { index: &app.index, config: &app.config, today, own: &own };
            let person = app.index.person(path.as_str())?;
            let item = agenda.all().find(|item| item.person.as_ref() == Some(path));
            draft(ground, person, item, asked).ok()
        };
        // Nothing is drafted to whoever has died, or is not to be written to.
        let mut people = app.index.people().map(|(note, ..)| &note.path);
        let path = people.find(|path| drafted(path).is_some()).expect("somebody can be asked").clone();
        let mut group = criterion.benchmark_group(notes.to_string());
        group.sample_size(20);
        group.bench_function("draft", |b| b.iter(|| drafted(&path).map(|draft| draft.text.len())));
        group.finish();
    }
    criterion.final_summary();
}
