//! Reasons that open tasks give: `promise` (yours), `waiting` (theirs).

use chrono::{Days, NaiveDate};

use super::{About, Kind, Occurrence, Reason, Subject};
use crate::note::Note;
use crate::note::task::Task;

/// The reasons of promises, both ways.
pub(super) fn reasons<'a>(s: &Subject<'a>, out: &mut Vec<Reason<'a>>) {
    let of = |(note, task): (&'a Note, &'a Task)| {
        if task.theirs { theirs(s, note, task) } else { yours(s, note, task) }
    };
    out.extend(tasks(s).map(of).filter(|reason| !s.is_settled(reason.kind, &reason.occurrence)));
}

/// The open tasks that concern somebody, each with its note.
pub(super) fn tasks<'a>(s: &Subject<'a>) -> impl Iterator<Item = (&'a Note, &'a Task)> {
    let (own, index) = (s.note, s.ground.index);
    s.tie.promises.iter().filter_map(move |promise| {
        // Most stand in the person's own note.
        let note = if promise.note == own.path { own } else { index.note(promise.note.as_str())? };
        Some((note, note.tasks.get(usize::from(promise.task))?))
    })
}

fn shift(day: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) }.unwrap_or(day)
}

/// Dated: on the agenda from some days before its date, and fixed. Undated: after a while.
fn yours<'a>(s: &Subject<'a>, note: &'a Note, task: &'a Task) -> Reason<'a> {
    let due = task.due.map(|due| due.day(task.since, s.today));
    let age = i64::from(s.config.promises.undated);
    let appears = match due {
        Some(due) => shift(due, -i64::from(s.config.promises.ahead)),
        None => shift(since(s, task).unwrap_or(s.today), age),
    };
    // What nobody dated and nothing dates is shown at once rather than never.
    let appears = if due.is_none() && since(s, task).is_none() { s.today } else { appears };
    reason(s, note, task, Kind::Promise, appears, due, f64::from(s.config.promises.undated.max(1)))
}

/// Dated: when its date has passed. Undated: after a longer while.
fn theirs<'a>(s: &Subject<'a>, note: &'a Note, task: &'a Task) -> Reason<'a> {
    let due = task.due.map(|due| due.day(task.since, s.today));
    let wait = i64::from(s.config.promises.waiting);
    let appears = match (due, since(s, task)) {
        (Some(due), _) => shift(due, 1),
        (None, Some(since)) => shift(since, wait),
        (None, None) => s.today,
    };
    reason(s, note, task, Kind::Waiting, appears, due, f64::from(s.config.promises.waiting.max(1)))
}

/// From when a task without a date ages: its own day, else the last contact, else when the tie was noted.
fn since(s: &Subject<'_>, task: &Task) -> Option<NaiveDate> {
    task.since.or(s.reach.last).or(s.person.details().added)
}

fn reason<'a>(
    s: &Subject<'a>,
    note: &'a Note,
    task: &'a Task,
    kind: Kind,
    appears: NaiveDate,
    due: Option<NaiveDate>,
    span: f64,
) -> Reason<'a> {
    let dated = due.filter(|_| kind == Kind::Promise);
    Reason {
        kind,
        appears,
        until: None,
        due: due.unwrap_or(appears),
        day: due,
        // Once it has appeared it stands on today until it is done.
        fixed: dated.map(|_| appears.max(s.today)),
        occurrence: Occurrence::Task(&note.path, task),
        since: task.since.unwrap_or(appears),
        span,
        about: About::Task { task, due, since: since(s, task) },
    }
}
