//! Entries of what has a date of its own: birthdays, milestones, seasons, events.

use chrono::{Datelike, NaiveDate};

use super::{Detail, Entry, Gone, Kind, Notes, appears, without_day};
use crate::config::Greeting;
use crate::date::Birthday;
use crate::note::Note;
use crate::note::other::{Event, EventStatus};
use crate::note::person::Person;
use crate::plan::{SeasonSpan, is_new_year_silent, quiet_until, season_spans};
use crate::text::{Lang, link_key, one_line, pick};

pub(super) fn entries(notes: &Notes<'_>, gone: &Gone, out: &mut Vec<Entry>) {
    for (note, person, _) in notes.index.people().filter(|(_, person, _)| appears(person)) {
        out.extend(birthday(notes, note, person));
        out.extend(milestones(notes, gone, note, person));
    }
    out.extend(seasons(notes));
    let events = notes.index.events().filter_map(|(note, event)| held(notes, gone, note, event));
    out.extend(events);
}

/// The first day from which on what is over still stands in a calendar: the year before this one.
fn since(today: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(today.year() - 1, 1, 1).unwrap_or(today)
}

/// A birthday, each year. One of which only the month is known has no day to stand on: it is planned
/// somewhere in its month.
fn birthday(notes: &Notes<'_>, note: &Note, person: &Person) -> Option<Entry> {
    let today = notes.agenda.date;
    let Birthday { year, month, day } = person.birthday?;
    // Without a year it begins in the year before, so that nobody reckons an age from it.
    // Nor does anybody where titles alone are told.
    let known = year.filter(|_| notes.detail == Detail::Whole);
    let first_year = known.unwrap_or(today.year() - 1);
    let first = match (month, day?) {
        // So that it begins on a day that its own rule names.
        (2, 29) => NaiveDate::from_ymd_opt(first_year, 2, 29).or_else(|| {
            NaiveDate::from_ymd_opt((first_year - 3..first_year).rfind(|y| is_leap(*y))?, 2, 29)
        })?,
        (month, day) => NaiveDate::from_ymd_opt(first_year, month, day)?,
    };
    let name = one_line(&person.name);
    let title = match notes.lang {
        Lang::Ja => format!("{name} 誕生日"),
        Lang::En => format!("Birthday: {name}"),
    };
    let mut entry = Entry::on(Kind::Birthday, &[&link_key(note.path.as_str())], first, title);
    entry.yearly = true;
    // In the first days of mourning nothing glad is told; a day that is left out would tell of them to
    // those who are to see titles alone.
    if let Some(until) = quiet_until(person, today).filter(|_| notes.detail == Detail::Whole) {
        let falls = [today.year(), today.year() + 1].into_iter().filter_map(|y| person.birthday?.in_year(y));
        entry.except = falls.filter(|day| (today..=until).contains(day) && *day >= first).collect();
    }
    Some(entry)
}

fn is_leap(year: i32) -> bool {
    NaiveDate::from_ymd_opt(year, 2, 29).is_some()
}

fn milestones(notes: &Notes<'_>, gone: &Gone, note: &Note, person: &Person) -> Vec<Entry> {
    // As for birthdays: not while they mourn, where that is no news to whoever sees it.
    if notes.detail == Detail::Whole && quiet_until(person, notes.agenda.date).is_some() {
        return Vec::new();
    }
    let name = one_line(&person.name);
    let all = person.details().milestones.iter();
    let near = all.filter(|milestone| milestone.day >= since(notes.agenda.date));
    near.map(|milestone| {
        let what = match notes.detail {
            Detail::Whole if !gone.is_named_in(&milestone.what) => one_line(&milestone.what),
            _ => "".into(),
        };
        let what = if what.is_empty() { pick(notes.lang, "節目", "milestone").into() } else { what };
        let title = match notes.lang {
            Lang::Ja => format!("{name}：{what}"),
            Lang::En => format!("{name}: {what}"),
        };
        let (path, day) = (link_key(note.path.as_str()), milestone.day.to_string());
        // A UID tells whether a guess is right: of what is not told nothing is in it.
        let of = match notes.detail {
            Detail::Whole => vec![&*path, &day, &milestone.what],
            Detail::TitlesOnly => vec![&*path, &day],
        };
        Entry::on(Kind::Milestone, &of, milestone.day, title)
    })
    .collect()
}

/// The seasons of this year and the next that somebody is greeted in.
fn seasons(notes: &Notes<'_>) -> Vec<Entry> {
    let today = notes.agenda.date;
    let first = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    let last = NaiveDate::from_ymd_opt(today.year() + 1, 12, 31).unwrap_or(today);
    let mourning = notes.index.me().and_then(|(_, me)| me.mourning);
    // Whoever sees titles alone is not told who mourns.
    let mourning = mourning.filter(|_| notes.detail == Detail::Whole);
    let is_silent = |year: i32| mourning.is_some_and(|mourning| is_new_year_silent(mourning, year));
    // 喪中はがき are for those who mourn, and stand in the place of 年賀.
    let is_kept = |span: &SeasonSpan| match span.greeting {
        Greeting::Bereaved => is_silent(span.from.year() + 1),
        Greeting::NewYear => !is_silent(span.year),
        _ => true,
    };
    let spans = season_spans(notes.index, notes.config, first, last).into_iter().filter(is_kept);
    spans
        .map(|span| {
            let name = one_line(&span.name).into_owned();
            let title = match notes.lang {
                Lang::Ja => name.clone(),
                Lang::En => format!("Season’s greetings: {name}"),
            };
            let year = span.year.to_string();
            let mut entry = Entry::on(Kind::Season, &[&span.name, &year], span.from, title);
            entry.last = span.to.max(span.from);
            entry.text.push(match notes.lang {
                Lang::Ja => format!("送る人の一覧: goen season {name}"),
                Lang::En => format!("Who gets them: goen season {name}"),
            });
            entry
        })
        .collect()
}

fn held(notes: &Notes<'_>, gone: &Gone, note: &Note, event: &Event) -> Option<Entry> {
    let day = event.day.filter(|_| event.status != EventStatus::Cancelled)?;
    let last = event.last.filter(|last| *last > day).unwrap_or(day);
    if last < since(notes.agenda.date) {
        return None;
    }
    let name = without_day(note.path.name(), day);
    let title = match (event.status, notes.lang) {
        (EventStatus::Planned, Lang::Ja) => format!("{name}（仮）"),
        (EventStatus::Planned, Lang::En) => format!("{name} (tentative)"),
        _ => name,
    };
    let mut entry = Entry::on(Kind::Event, &[&link_key(note.path.as_str())], day, title);
    entry.last = last;
    entry.place = event.place.as_deref().map(|place| one_line(place).into_owned()).filter(|p| !p.is_empty());
    let coming = notes.index.attendees(note, event).into_iter().filter_map(Note::person);
    let names: Vec<_> =
        coming.filter(|person| appears(person)).map(|person| one_line(&person.name)).collect();
    if !names.is_empty() {
        let names = names.join(pick(notes.lang, "、", ", "));
        entry.text.push(match notes.lang {
            Lang::Ja => format!("参加: {names}"),
            Lang::En => format!("With: {names}"),
        });
    }
    if let Some(goal) = event.goal.as_ref().filter(|goal| !gone.is_named_in(goal)) {
        entry.text.push(match notes.lang {
            Lang::Ja => format!("目的: {}", one_line(goal)),
            Lang::En => format!("Goal: {}", one_line(goal)),
        });
    }
    Some(entry)
}
