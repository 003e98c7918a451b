//! An import as JSON.

use serde::Serialize;

use super::words;
use super::{File, Import};
use crate::app::Applied;
use crate::exchange::intake::{Candidate, Changed, Proposal, What};

#[derive(Serialize)]
pub(super) struct View<'a> {
    files: Vec<FileView<'a>>,
    people: Vec<PersonView<'a>>,
    applied: bool,
}

#[derive(Serialize)]
struct FileView<'a> {
    path: &'a str,
    source: Option<&'static str>,
    /// The encoding, where it is not sure.
    assumed: Option<&'static str>,
    cards: usize,
    bad: Vec<BadView>,
}

#[derive(Serialize)]
struct BadView {
    line: usize,
    why: &'static str,
}

#[derive(Serialize)]
struct PersonView<'a> {
    path: Option<&'a str>,
    name: &'a str,
    state: &'static str,
    why: Option<&'static str>,
    changes: Vec<ChangeView<'a>>,
    candidates: Vec<&'a str>,
    others: Vec<PlaceView<'a>>,
    places: Vec<PlaceView<'a>>,
    left: Vec<LeftView<'a>>,
    /// Free text that a new note quotes.
    note: Option<&'a str>,
    /// Fields of the card that no note has a place for.
    not_taken: &'a [String],
    trouble: Option<String>,
}

#[derive(Serialize)]
struct ChangeView<'a> {
    key: &'a str,
    value: &'a str,
    old: Option<&'a str>,
}

#[derive(Serialize)]
struct PlaceView<'a> {
    path: &'a str,
    line: usize,
}

#[derive(Serialize)]
struct LeftView<'a> {
    key: &'a str,
    value: &'a str,
    why: String,
}

/// All of it.
pub(super) fn of<'a>(import: &'a Import<'a>) -> View<'a> {
    View {
        files: import.files.iter().map(file).collect(),
        people: import.each().map(|(proposal, applied)| person(import, proposal, applied)).collect(),
        applied: import.applied.is_some(),
    }
}

fn file(file: &File) -> FileView<'_> {
    FileView {
        path: &file.name,
        source: file.source.map(words::source_word),
        assumed: file.assumed,
        cards: file.cards,
        bad: file.bad.iter().map(|row| BadView { line: row.line, why: words::why_word(row.why) }).collect(),
    }
}

fn person<'a>(
    import: &'a Import<'a>,
    proposal: &'a Proposal,
    applied: Option<&'a Applied>,
) -> PersonView<'a> {
    let made = applied.and_then(|applied| applied.path.as_ref());
    let (path, changes, why): (_, &[Changed], _) = match &proposal.what {
        What::New(changes) => (made, changes, None),
        What::Known(path, changes) => (Some(path), changes, None),
        What::Gone(path, status) => (Some(path), &[], Some(status.word())),
        What::You(path) => (Some(path), &[], Some("me")),
        What::Nameless => (None, &[], Some("no-file-name")),
        What::Ambiguous(all) => (None, &[], all.first().map(|candidate| words::doubt_word(candidate.why))),
    };
    let candidates: &[Candidate] = match &proposal.what {
        What::Ambiguous(all) => all,
        _ => &[],
    };
    // What was written is told as it was written.
    let changes = match applied {
        Some(applied) if applied.trouble.is_none() && !applied.changes.is_empty() => &applied.changes,
        _ => changes,
    };
    let name = |file: usize| import.files.get(file).map_or("", |file| file.name.as_str());
    let place = |(file, line)| PlaceView { path: name(file), line };
    let left = applied.map_or(&proposal.left, |applied| &applied.left);
    PersonView {
        path: path.map(|path| path.as_str()),
        name: &proposal.name,
        state: import.state(proposal).word(),
        why,
        changes: changes.iter().map(change).collect(),
        candidates: candidates.iter().filter_map(|one| Some(one.path.as_ref()?.as_str())).collect(),
        others: candidates.iter().filter_map(|one| one.place).map(place).collect(),
        places: proposal.places.iter().copied().map(place).collect(),
        left: left
            .iter()
            .map(|(left, why)| LeftView {
                key: &left.fill.key,
                value: &left.fill.value,
                why: words::message(why, import.lang),
            })
            .collect(),
        note: proposal.card.note.as_deref().filter(|_| matches!(proposal.what, What::New(_))),
        not_taken: &proposal.card.left,
        trouble: applied
            .and_then(|applied| applied.trouble.as_ref())
            .map(|trouble| words::message(&trouble.why, import.lang)),
    }
}

fn change(change: &Changed) -> ChangeView<'_> {
    ChangeView { key: &change.fill.key, value: &change.fill.value, old: change.old.as_deref() }
}
