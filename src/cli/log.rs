//! `goen log PERSON… [TEXT]`: a contact with one or many.

use chrono::NaiveDate;
use clap_complete::engine::ArgValueCompleter;
use serde::Serialize;

use super::completions;
use super::fail::Fail;
use super::output::Output;
use super::phrase::{self, After};
use super::record;
use super::show::one_person;
use super::words::pick;
use crate::app::{App, Done, Trouble};
use crate::date::Towards;
use crate::deed::Told;
use crate::text::{NotePath, one_line};

/// Record a contact with one or many people ・ 連絡を記録する。何人でも一度に
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Who, each a name, an alias, a reading or a path; the last one is what about, unless it names
    /// somebody exactly ・ 相手（何人でも。名前・別名・よみ・パス）と、最後に内容。最後の言葉は、だれかの名前そのものでないかぎり内容とみなす
    #[arg(required = true, value_name = "PERSON… [TEXT]", add = ArgValueCompleter::new(completions::people))]
    words: Vec<String>,
    /// Through which channel: line, email, call, lunch … ・ 連絡の手段（line、email、call、lunch など）
    #[arg(long, value_name = "CHANNEL")]
    via: Option<String>,
    /// When: 2026-11-20, yesterday, 昨日, 先週の金曜 ・ 連絡した日（昨日、先週の金曜 など）
    #[arg(long, value_name = "WHEN")]
    on: Option<String>,
    /// When to be in touch again: 3w, 来月, in 3 weeks ・ 次に連絡する日（3w、来月、3週間後 など）
    #[arg(long, value_name = "WHEN")]
    next: Option<String>,
    /// A tag: gave, received, thanks, reply, followup … ・ タグ（gave、received、お礼、要返信、続き など）
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// What you promised ・ 約束したこと
    #[arg(long, value_name = "TEXT")]
    promise: Option<String>,
    /// By when you promised it ・ 約束の期日
    #[arg(long, value_name = "WHEN", requires = "promise")]
    by: Option<String>,
}

/// What became of it, one person each.
#[derive(Serialize)]
struct View<'a> {
    person: &'a str,
    name: String,
    date: NaiveDate,
    recorded: bool,
    error: Option<String>,
}

/// Runs it: 2 where somebody's note could not be written; the others' are.
pub fn run(app: &mut App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let told = told(app, args)?;
    let (people, text) = people_and_text(app, &args.words)?;
    let told = Told { text, ..told };
    let day = told.on.unwrap_or(app.today);
    let mut results: Vec<(NotePath, Result<Vec<Done>, Trouble>)> = Vec::new();
    for person in people {
        let result = app.tell(&person, &told);
        results.push((person, result));
    }
    let failed = results.iter().any(|(_, result)| result.is_err());
    let name =
        |path: &NotePath| app.index.person(path.as_str()).map(|(_, p, _)| one_line(&p.name).into_owned());
    if as_json {
        let views = results.iter().map(|(path, result)| View {
            person: path.as_str(),
            name: name(path).unwrap_or_default(),
            date: day,
            recorded: result.as_ref().is_ok_and(|done| !done.is_empty()),
            error: result.as_ref().err().map(|trouble| trouble.why.message(app.lang)),
        });
        output.json(&views.collect::<Vec<_>>());
        return Ok(if failed { 2 } else { 0 });
    }
    for (path, result) in &results {
        let who = name(path).unwrap_or_default();
        match result {
            Ok(done) if done.is_empty() => {
                let (ja, en) = (
                    format!("{who}: {day} の同じ記録がすでにあります（{path}）"),
                    format!("{who}: {day} says so already ({path})"),
                );
                output.line(pick(app.lang, &ja, &en));
            }
            Ok(done) => {
                let (ja, en) = (
                    format!("{who}: {day} の連絡を記録しました（{path}）"),
                    format!("{who}: the contact of {day} is recorded ({path})"),
                );
                output.line(pick(app.lang, &ja, &en));
                if done.iter().any(|done| !done.durable) {
                    super::output::say(record::uncertain(app.lang));
                }
            }
            Err(trouble) => super::output::say(&record::not_written(trouble, app.lang)),
        }
    }
    Ok(if failed { 2 } else { 0 })
}

fn told(app: &App, args: &Args) -> Result<Told, Fail> {
    let day = |text: &Option<String>, towards, after| {
        text.as_deref().map(|text| phrase::day(app, text, towards, after)).transpose()
    };
    let on = day(&args.on, Towards::Past, After::Anytime)?;
    if let Some(on) = on.filter(|on| *on > app.today) {
        let takes = pick(
            app.lang,
            "今日までの日付（これからの予定は --next）",
            "a day up to today; what is planned goes to --next",
        );
        return Err(Fail::Option(on.to_string(), takes.to_owned(), app.lang));
    }
    let by = day(&args.by, Towards::Future, After::Anytime)?;
    Ok(Told {
        on,
        via: args.via.as_deref().map(channel).filter(|via| !via.is_empty()),
        text: String::new(),
        tags: args.tag.iter().map(|tag| one_line(tag.trim()).replace([' ', '　'], "-")).collect(),
        promise: args.promise.clone().map(|what| (what, by)),
        next: day(&args.next, Towards::Future, After::Today)?,
    })
}

/// A channel as it can stand in parentheses.
fn channel(text: &str) -> String {
    one_line(text.trim()).replace(['(', ')', '（', '）'], "")
}

/// The last argument is text unless it names somebody exactly.
fn people_and_text(app: &App, words: &[String]) -> Result<(Vec<NotePath>, String), Fail> {
    let (people, text) = match words {
        [people @ .., last] if !people.is_empty() && app.index.find_exact(last).is_empty() => {
            (people, last.clone())
        }
        all => (all, String::new()),
    };
    let mut paths: Vec<NotePath> = Vec::new();
    for asked in people {
        let path = one_person(app, asked)?.path.clone();
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    Ok((paths, text))
}
