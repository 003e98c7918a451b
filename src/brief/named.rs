//! Which note a name, a path or a part of one means.

use chrono::NaiveDate;

use crate::note::Note;
use crate::text::{fold_name, without_md};

/// A note that may be meant.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The note.
    pub note: &'a Note,
    /// The day by which it may be named too.
    pub day: Option<NaiveDate>,
}

/// Those that are meant, by path: the one at this path, else all of this name, else of this day, else
/// those whose name begins with it, else those whose name, or at last whose path, contains it.
pub fn named<'a>(candidates: &[Candidate<'a>], asked: &str, day: Option<NaiveDate>) -> Vec<&'a Note> {
    let path = without_md(asked.trim().trim_start_matches("./"));
    let words = fold_name(without_md(asked));
    if words.is_empty() {
        return Vec::new();
    }
    let those = |is_meant: &dyn Fn(&Candidate<'a>) -> bool| -> Vec<&'a Note> {
        let mut notes: Vec<&Note> = candidates.iter().filter(|c| is_meant(c)).map(|c| c.note).collect();
        notes.sort_by(|a, b| a.path.cmp(&b.path));
        notes
    };
    let name = |c: &Candidate<'_>| fold_name(c.note.path.name());
    let tests: [&dyn Fn(&Candidate<'a>) -> bool; 6] = [
        &|c| c.note.path.stem() == path,
        &|c| name(c) == words,
        &|c| day.is_some() && c.day == day,
        &|c| name(c).starts_with(words.as_str()),
        &|c| name(c).contains(words.as_str()),
        &|c| fold_name(c.note.path.as_str()).contains(words.as_str()),
    ];
    tests.into_iter().map(those).find(|found| !found.is_empty()).unwrap_or_default()
}
