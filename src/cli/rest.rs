//! `goen rest WHEN`: silence for all, as a time away in the note about the user.

use chrono::{Days, NaiveDate};

use super::fail::Fail;
use super::output::Output;
use super::phrase::{self, After};
use super::record;
use super::words::pick;
use crate::app::App;
use crate::date::{Stretch, Towards};
use crate::note::edit::change::Change;

/// Take a rest: only what has a fixed day is planned ・ 全員への連絡をしばらく休む（日の決まったものだけ残す）
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How long or until when: 1w, 3日間, 来週, 2026-12-29..2027-01-03 ・ 休む期間、またはいつまでか（1w、3日間、来週、2026-12-29..2027-01-03 など）
    #[arg(required = true, value_name = "WHEN")]
    when: Vec<String>,
}

/// Runs it.
pub fn run(app: &mut App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let (from, to) = period(app, &args.when.join(" "))?;
    let Some(me) = app.index.me().map(|(note, _)| note.path.clone()) else {
        return Err(Fail::NoMe(app.lang));
    };
    match app.change_note(&me, Change::Away(format!("{from}..{to}"))) {
        Ok(_) if as_json => {
            output.json(&serde_json::json!({ "path": me.as_str(), "from": from, "to": to }));
        }
        Ok(_) => {
            let (ja, en) = (
                format!("{from} から {to} まで休みます（{me}）"),
                format!("resting from {from} to {to} ({me})"),
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

/// The first and the last day.
fn period(app: &App, text: &str) -> Result<(NaiveDate, NaiveDate), Fail> {
    let day = |text: &str| phrase::day(app, text, Towards::Future, After::Anytime);
    let ends = ["..", "〜", "～"].into_iter().find_map(|sign| text.split_once(sign));
    let (from, to) = match (ends, Stretch::parse(text)) {
        (Some((from, to)), _) => (day(from)?, day(to)?),
        // A week from today on is today and six days more.
        (None, Some(stretch)) => {
            let behind = stretch.after(app.today);
            (app.today, behind.checked_sub_days(Days::new(1)).unwrap_or(behind))
        }
        (None, None) => (app.today, day(text)?),
    };
    if to < from || to < app.today {
        return Err(phrase::not_taken(app, text, Towards::Future));
    }
    Ok((from, to))
}
