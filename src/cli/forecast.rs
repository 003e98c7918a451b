//! `goen forecast`: whether the ties that are wanted fit the energy there is, week by week.

mod json;
mod words;

use super::fail::Fail;
use super::output::Output;
use super::words::pick;
use crate::app::App;
use crate::note::person::Person;
use crate::plan::forecast::forecast;

use json::view;
use words::{MANY, Words};

/// Show whether the ties you want fit the energy you have ・ 続けたい縁が余力に収まるかを見通す
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many weeks, this one included ・ 今週を含めて何週ぶん
    #[arg(long, value_name = "N", default_value_t = 52, value_parser = weeks)]
    weeks: u32,
}

fn weeks(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number: &u32| (1..=520).contains(number));
    number.ok_or_else(|| "a number from 1 to 520 ・ 1 から 520 までの数".into())
}

/// Runs it.
pub fn run(app: &App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let is_tracked = |person: &Person| person.tier.is_some() || person.cadence.is_some();
    let tracked = app.index.people().filter(|(_, person, _)| is_tracked(person)).count();
    if tracked > MANY {
        let ja = format!("{tracked}人ぶんの毎日を試算します。しばらくかかります…");
        let en = format!("going through the days of {tracked} people; this takes a while…");
        output.say(pick(app.lang, &ja, &en));
    }
    let found = forecast(&app.index, &app.config, app.today, args.weeks);
    if as_json {
        output.json(&view(&found));
    } else {
        Words { found: &found, app, lang: app.lang }.say(output);
    }
    Ok(0)
}
