//! `goen calendar`: on which days of the last 53 weeks somebody was contacted, as a map.
//!
//! Whoever was contacted counts, also those who rest or have died since: what happened
//! happened, and the map names nobody.

mod map;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use clap_complete::engine::ArgValueCompleter;
use serde::Serialize;

use super::completions;
use super::fail::Fail;
use super::output::Output;
use super::show::one_person;
use super::words::pick;
use crate::app::App;
use crate::note::Note;
use crate::page;
use crate::text::{Lang, one_line};

use map::{Map, Scale, WEEKS, margin, monday_of_first, weeks_that_fit};

/// Show on which days of the last 53 weeks you were in touch with people ・ この 53 週間の、連絡のあった日を暦で表示
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only the days of one person: a name, an alias, a reading, a path, or an unambiguous part of
    /// one ・ この人の分だけ（名前・別名・よみ・パス。一部でもよい）
    #[arg(long, value_name = "PERSON", num_args = 1.., add = ArgValueCompleter::new(completions::people))]
    person: Vec<String>,
}

#[derive(Serialize)]
struct View<'a> {
    from: NaiveDate,
    to: NaiveDate,
    person: Option<&'a str>,
    days: Vec<DayView>,
}

#[derive(Serialize)]
struct DayView {
    date: NaiveDate,
    contacts: usize,
}

/// Runs it.
pub fn run(app: &App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let asked = (!args.person.is_empty()).then(|| args.person.join(" "));
    let person = asked.map(|asked| one_person(app, &asked)).transpose()?;
    let weeks = if as_json { WEEKS } else { weeks_that_fit(output.width(), margin(app.lang)) };
    let from = monday_of_first(app.today, weeks);
    let contacts = contacts(app, person, from);
    if as_json {
        output.json(&View {
            from,
            to: app.today,
            person: person.map(|note| note.path.as_str()),
            days: contacts
                .iter()
                .map(|(date, contacts)| DayView { date: *date, contacts: *contacts })
                .collect(),
        });
        return Ok(0);
    }
    let name = person.and_then(Note::person).map(|person| format!("{}  ", one_line(&person.name)));
    output.line(&format!("{}{from} – {}", name.unwrap_or_default(), app.today));
    output.line("");
    let scale = if person.is_some() { Scale::OnePerson } else { Scale::Everybody };
    let map = Map { contacts: &contacts, from, today: app.today, weeks, scale, lang: app.lang };
    for line in map.lines(output.width()) {
        output.line(&line);
    }
    output.line("");
    for line in scale.legend(app.lang, output.width()) {
        output.line(&line);
    }
    let is_gone = person.and_then(Note::person).is_some_and(|person| person.status.is_gone());
    output.line(&totals(&contacts, scale, is_gone, app.lang));
    Ok(0)
}

/// How many people, or whether the one, were contacted on each day since `from`; days without
/// contact are left out.
fn contacts(app: &App, only: Option<&Note>, from: NaiveDate) -> BTreeMap<NaiveDate, usize> {
    let mut out = BTreeMap::new();
    let people = app.index.people().filter(|(note, _, _)| only.is_none_or(|only| note.path == only.path));
    for (_, _, tie) in people {
        let past = tie.until(app.today);
        // Of one person each day stands there once.
        for contact in &past[past.partition_point(|contact| contact.day < from)..] {
            *out.entry(contact.day).or_insert(0) += 1;
        }
    }
    out
}

/// From how many contacts on it means something which weekday had most of them.
const ENOUGH: usize = 10;

/// What the map comes to, in one line; `is_gone` where it is of somebody to whom no contact is to come.
fn totals(contacts: &BTreeMap<NaiveDate, usize>, scale: Scale, is_gone: bool, lang: Lang) -> String {
    let (days, all) = (contacts.len(), contacts.values().sum::<usize>());
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let mut line = match (days, scale, lang) {
        (0, _, _) => {
            let ja = if is_gone {
                "この間の連絡の記録はありません"
            } else {
                "この間の連絡はまだ記録されていません"
            };
            return pick(lang, ja, "no contact recorded in these weeks").into();
        }
        (_, Scale::Everybody, Lang::Ja) => format!("連絡のあった日 {days}日 ・ のべ {all}人"),
        (_, Scale::Everybody, Lang::En) => {
            format!("{all} contact{} on {days} day{}", plural(all), plural(days))
        }
        (_, Scale::OnePerson, Lang::Ja) => format!("連絡のあった日 {days}日"),
        (_, Scale::OnePerson, Lang::En) => format!("{days} day{} with contact", plural(days)),
    };
    if let Some(day) = busiest(contacts).filter(|_| all >= ENOUGH) {
        line += &match lang {
            Lang::Ja => format!(" ・ 多いのは{}曜", page::weekday(day, lang)),
            Lang::En => format!(" · most on {}s", day.format("%A")),
        };
    }
    line
}

/// A day of the weekday with the most contacts, where one has more than all others.
fn busiest(contacts: &BTreeMap<NaiveDate, usize>) -> Option<NaiveDate> {
    let mut of_week: [(usize, Option<NaiveDate>); 7] = [(0, None); 7];
    for (day, contacts) in contacts {
        let (sum, known) = &mut of_week[day.weekday().num_days_from_monday() as usize % 7];
        *sum += contacts;
        *known = Some(*day);
    }
    let most = of_week.iter().map(|(sum, _)| *sum).max()?;
    let mut best = of_week.iter().filter(|(sum, _)| *sum == most);
    best.next().filter(|_| best.next().is_none()).and_then(|(_, day)| *day)
}
