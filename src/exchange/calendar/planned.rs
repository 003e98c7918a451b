//! Entries of what is to be done: promises with a date, and the contacts that the agenda has a day for.

use std::collections::BTreeMap;

use chrono::Days;

use super::{Detail, Entry, Gone, Kind, Notes, appears, without_day};
use crate::note::task::Task;
use crate::note::{Mention, Note};
use crate::page;
use crate::plan::{HORIZON, Item, Kind as Reason, Why};
use crate::text::{Lang, NotePath, link_key, one_line, pick};

pub(super) fn entries(notes: &Notes<'_>, gone: &Gone, out: &mut Vec<Entry>) {
    out.extend(promises(notes, gone));
    out.extend(notes.agenda.all().filter_map(|item| contact(notes, item, gone)));
}

/// Your open tasks with a date, one entry each whomever they concern; one whose day has passed stands on
/// today.
fn promises(notes: &Notes<'_>, gone: &Gone) -> Vec<Entry> {
    let today = notes.agenda.date;
    let mut concerned: BTreeMap<(&NotePath, u16), Vec<String>> = BTreeMap::new();
    for (_, person, tie) in notes.index.people().filter(|(_, person, _)| appears(person)) {
        for promise in &tie.promises {
            let names = concerned.entry((&promise.note, promise.task)).or_default();
            names.push(one_line(&person.name).into_owned());
        }
    }
    let tasks = concerned.into_iter().filter_map(|((path, number), names)| {
        let note = notes.index.note(path.as_str())?;
        let task = note.tasks.get(usize::from(number))?;
        let due = task.due.filter(|_| !task.theirs)?.day(task.since, today);
        // What lies further ahead than anything else that is planned would be known for a promise.
        if notes.detail == Detail::TitlesOnly && due >= today + Days::new(HORIZON) {
            return None;
        }
        let names = names.join(pick(notes.lang, "、", ", "));
        let title = match (notes.detail, notes.lang) {
            (Detail::TitlesOnly, lang) => get_in_touch(&names, lang),
            (_, lang) if gone.is_named_in(&task.text) || speaks_of_gone(notes, note, task) => {
                get_in_touch(&names, lang)
            }
            (_, Lang::Ja) => format!("約束：{}（{names}）", one_line(&task.text)),
            (_, Lang::En) => format!("Promise: {} ({names})", one_line(&task.text)),
        };
        let (place, ordinal, day) = (link_key(path.as_str()), task.ordinal.to_string(), due.to_string());
        // What comes again keeps its words: its day tells one time from the next.
        let again = if task.recurring { day.as_str() } else { "" };
        let of = [place.as_ref(), &task.text, &ordinal, again];
        let mut entry = Entry::on(Kind::Promise, &of, due.max(today), title);
        if due < today {
            entry.text.push(match notes.lang {
                Lang::Ja => format!("期日 {due}"),
                Lang::En => format!("due {due}"),
            });
        }
        Some(entry)
    });
    tasks.collect()
}

/// Whether the words of a task may name somebody who never appears: it stands in their note, or links to
/// them.
fn speaks_of_gone(notes: &Notes<'_>, note: &Note, task: &Task) -> bool {
    let mut links = task.links.iter().filter_map(|at| note.links.get(usize::from(*at)));
    let to_gone =
        |link: &Mention| notes.index.resolve(&note.path, link).note().is_some_and(Note::is_of_the_gone);
    note.is_of_the_gone() || links.any(to_gone)
}

/// An item of the agenda that has a day; what has an entry of its own, and what is nobody's, has none.
fn contact(notes: &Notes<'_>, item: &Item, gone: &Gone) -> Option<Entry> {
    let day = item.planned.filter(|_| !item.done)?;
    let has_own = match (&item.why, item.kind) {
        (Why::Birthday { day, .. }, _) => day.is_some(),
        (Why::Promise { due, .. }, Reason::Promise) => due.is_some(),
        (_, kind) => matches!(kind, Reason::Habit | Reason::Sort),
    };
    if has_own {
        return None;
    }
    // Whoever reads the entry on its day counts from there.
    let (sentence, reason) = page::plain_line(item, notes.lang, day);
    let title = match (notes.detail, &item.why) {
        // The entry has its day.
        (Detail::Whole, Why::Prepare { day, .. }) => {
            sentence.replacen(&*one_line(&item.name), &without_day(&item.name, *day), 1)
        }
        (Detail::Whole, _) if !gone.is_named_in(&sentence) => sentence,
        (Detail::TitlesOnly, Why::Prepare { day, .. }) => {
            let name = without_day(&item.name, *day);
            match notes.lang {
                Lang::Ja => format!("{name}：準備"),
                Lang::En => format!("{name}: prepare"),
            }
        }
        _ => get_in_touch(&one_line(&item.name), notes.lang),
    };
    let whose = item.person.as_ref().or(item.subject.as_ref());
    let whose = whose.map(|path| link_key(path.as_str())).unwrap_or_default();
    let mut entry = Entry::on(Kind::Contact, &[&whose, item.kind.word(), &item.id], day, title);
    entry.text.extend(Some(reason).filter(|reason| !reason.is_empty()));
    entry.text.extend(page::topic_lines(item, notes.lang, day));
    entry.text.retain(|line| !gone.is_named_in(line));
    Some(entry)
}

/// What is said of a contact where nothing is told of it.
fn get_in_touch(names: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{names}：連絡"),
        Lang::En => format!("{names}: get in touch"),
    }
}
