//! `goen snooze PERSON WHEN`: silence for one.

use clap_complete::engine::ArgValueCompleter;

use super::completions;
use super::fail::Fail;
use super::output::Output;
use super::phrase;
use super::record;
use super::show::one_person;
use super::words::{gone, pick};
use crate::app::App;
use crate::date::{self, Towards};
use crate::note::edit::change::Change;
use crate::text::one_line;

/// Leave one person in peace until a day ・ 一人への連絡を、決めた日まで休む
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Who, and until when: 2026-12-01, 来週, 2週間後, in 3 weeks ・ 相手と、いつまでか（2026-12-01、来週、2週間後 など）
    #[arg(required = true, num_args = 2.., value_names = ["PERSON", "WHEN"], add = ArgValueCompleter::new(completions::people))]
    words: Vec<String>,
}

/// Runs it.
pub fn run(app: &mut App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    // `田中 太郎 in 3 weeks`: the longest end that is a day is the day.
    let ends = (1..args.words.len()).map(|at| (args.words[..at].join(" "), args.words[at..].join(" ")));
    let day = |text: &str| date::phrase(text, app.today, Towards::Future, app.config.day_first).ok();
    let mut ends = ends.filter_map(|(who, when)| Some((who, day(&when)?, when)));
    let last = args.words.last().map_or("", String::as_str);
    let (who, until, when) = ends.next().ok_or_else(|| phrase::not_taken(app, last, Towards::Future))?;
    if until <= app.today {
        return Err(phrase::not_taken(app, &when, Towards::Future));
    }
    let note = one_person(app, &who)?;
    let (path, name) =
        (note.path.clone(), note.person().map(|p| one_line(&p.name).into_owned()).unwrap_or_default());
    if let Some(person) = note.person().filter(|person| person.status.is_gone()) {
        let gone = gone(&name, person.status, app.lang);
        let (ja, en) = (
            format!("{gone}のため、予定に入ることはありません。"),
            format!("{gone} and is never on the agenda"),
        );
        return Err(Fail::Said(pick(app.lang, &ja, &en).to_owned(), app.lang));
    }
    match app.change_note(&path, Change::Snooze { until, only_later: false }) {
        Ok(_) if as_json => {
            output.json(&serde_json::json!({ "person": path.as_str(), "name": name, "snooze": until }));
        }
        Ok(_) => {
            let (ja, en) = (
                format!("{name}: {until} まで休みます（{path}）"),
                format!("{name}: silent until {until} ({path})"),
            );
            output.line(pick(app.lang, &ja, &en));
        }
        Err(trouble) => {
            super::output::say(&record::not_written(&trouble, app.lang));
            return Ok(2);
        }
    }
    Ok(0)
}
