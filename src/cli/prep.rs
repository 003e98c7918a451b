//! `goen prep EVENT`: before an event, and with `--write` in its note.

mod sheet;
mod view;

use chrono::NaiveDate;
use clap_complete::engine::ArgValueCompleter;

use super::completions;
use super::fail::{Fail, Wanted};
use super::output::{Output, say};
use super::record;
use super::words::pick;
use crate::app::App;
use crate::brief::event::{Desk, Prep, prep};
use crate::brief::named::{Candidate, named};
use crate::date::{self, Towards};
use crate::note::other::Event;
use crate::note::region::Name;
use crate::note::{Kind, Note};
use crate::text::{Lang, NotePath, nearest, one_line};
use sheet::{Pen, sheet};

/// Prepare for an event: who comes, what to ask, whom else you may meet ・ イベントの前に、来る人、聞きたいこと、ほかに会えそうな人をまとめる
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The event's note: its name, an unambiguous part of it, its path, or its day
    /// ・ イベントのノートの名前（一部でもよい）・パス・日付
    #[arg(required = true, value_name = "EVENT", add = ArgValueCompleter::new(completions::events))]
    event: Vec<String>,
    /// Put it into the event's note, between markers; what you write there stays
    /// ・ イベントのノートの目印のあいだに書き込む（そこに書き足した行は残る）
    #[arg(long)]
    write: bool,
}

/// Runs it.
pub fn run(app: &mut App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let asked = args.event.join(" ");
    let path = one_event(app, &asked)?.path.clone();
    let mut written = None;
    if args.write {
        match write(app, &path) {
            Ok(is_new) => written = Some(is_new),
            Err(trouble) => {
                say(&record::not_written(&trouble, app.lang));
                return Ok(2);
            }
        }
    }
    let app = &*app;
    let Some((note, event)) = event_at(app, &path) else {
        return Err(Fail::NoNote(asked, Wanted::Event, None, app.lang));
    };
    let prep = prepared(app, note, event);
    match written {
        _ if as_json => output.json(&view::View::of(&prep, app, written)),
        Some(is_new) => {
            let (ja, en) = match is_new {
                true => ("準備を書き込みました", "the preparation is written"),
                false => ("準備はすでに最新です", "the preparation is already up to date"),
            };
            let path = one_line(path.as_str());
            // Talk, no data.
            say(&match app.lang {
                Lang::Ja => format!("{ja}（{path}）"),
                Lang::En => format!("{en} ({path})"),
            });
        }
        None => {
            output.line(&format!("{}  {}", one_line(note.path.name()), one_line(note.path.as_str())));
            let lines = sheet(&prep, &Pen::for_terminal(app, app.lang, app.today));
            lines.terminal().iter().for_each(|line| output.line(line));
        }
    }
    Ok(0)
}

/// The one event that is asked for.
fn one_event<'a>(app: &'a App, asked: &str) -> Result<&'a Note, Fail> {
    let day = date::phrase(asked, app.today, Towards::Future, app.config.day_first).ok();
    let candidates: Vec<Candidate<'a>> = app
        .index
        .events()
        .map(|(note, event)| {
            let is_on = |day: &NaiveDate| {
                event.day.is_some_and(|first| (first..=event.last.unwrap_or(first).max(first)).contains(day))
            };
            Candidate { note, day: day.filter(is_on) }
        })
        .collect();
    one_of(&candidates, asked, day, Wanted::Event, app.lang)
}

/// The one note that is asked for.
pub(super) fn one_of<'a>(
    candidates: &[Candidate<'a>],
    asked: &str,
    day: Option<NaiveDate>,
    wanted: Wanted,
    lang: Lang,
) -> Result<&'a Note, Fail> {
    match named(candidates, asked, day).as_slice() {
        [only] => Ok(only),
        [] => {
            let near = nearest(asked, candidates.iter().map(|c| c.note.path.name())).map(str::to_owned);
            Err(Fail::NoNote(asked.to_owned(), wanted, near, lang))
        }
        several => {
            let paths = several.iter().map(|note| note.path.to_string()).collect();
            Err(Fail::SeveralNotes(asked.to_owned(), paths, lang))
        }
    }
}

fn event_at<'a>(app: &'a App, path: &NotePath) -> Option<(&'a Note, &'a Event)> {
    let note = app.index.note(path.as_str())?;
    match &note.kind {
        Kind::Event(event) => Some((note, event)),
        _ => None,
    }
}

fn prepared<'a>(app: &'a App, note: &'a Note, event: &'a Event) -> Prep<'a> {
    let about = app.said(note).unwrap_or_default();
    let read = |note: &Note| app.text_as_read(note);
    let desk = Desk { index: &app.index, config: &app.config, today: app.today, read: &read };
    prep(desk, note, event, &about)
}

/// Writes it into the event's note; whether anything is different.
fn write(app: &mut App, path: &NotePath) -> Result<bool, crate::app::Trouble> {
    let body = {
        let app = &*app;
        let Some((note, event)) = event_at(app, path) else { return Ok(false) };
        sheet(&prepared(app, note, event), &Pen::for_note(app, app.lang, app.today, path)).markdown()
    };
    Ok(!app.write_region(path, Name::Prep, body, "")?.is_empty())
}

/// What is said where there is nothing.
fn none(lang: Lang) -> &'static str {
    pick(lang, "まだありません", "none yet")
}
