//! `goen undo [WHICH]`: what goen recorded lately, and one of it taken back.

use chrono::NaiveDate;
use serde::Serialize;

use super::fail::Fail;
use super::output::Output;
use super::record;
use super::words::pick;
use crate::app::{App, Past};
use crate::text::{NotePath, fold_name, one_line};

/// List what goen recorded lately, or take one back ・ 最近の記録を一覧し、取り消す
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number in the list, its id (g-k3f9q2), or a name whose latest is meant; nothing lists
    /// ・ 一覧の番号、id、または名前
    which: Option<String>,
}

#[derive(Serialize)]
struct View<'a> {
    number: usize,
    id: &'a str,
    date: NaiveDate,
    name: &'a str,
    text: &'a str,
    paths: Vec<&'a str>,
}

/// So many are listed.
const LISTED: usize = 20;

/// So many paths are shown of what was taken back.
const SHOWN: usize = 5;

/// Runs it.
pub fn run(app: &mut App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let lately = app.lately();
    let Some(which) = &args.which else {
        list(app, &lately, as_json, output);
        return Ok(0);
    };
    let past = find(&lately, which).ok_or_else(|| {
        let takes = pick(
            app.lang,
            "`goen undo` の一覧にある番号・id・名前",
            "a number, id or name that `goen undo` lists",
        );
        Fail::Option(which.clone(), takes.to_owned(), app.lang)
    })?;
    let person: Option<NotePath> =
        past.paths.iter().find(|path| app.index.person(path.as_str()).is_some()).cloned();
    match app.take_back(&past.id, person.as_ref(), false) {
        Ok(taken) => {
            let paths: Vec<&str> = taken.notes.iter().map(|note| note.path.as_str()).collect();
            if as_json {
                output.json(&serde_json::json!({ "id": past.id, "paths": paths }));
                return Ok(0);
            }
            let (id, day, name) = (&past.id, past.day, one_line(&past.name));
            let (ja, en) = match paths.len() {
                ..=SHOWN => (paths.join("、"), paths.join(", ")),
                many => (
                    format!("{} ほか、計 {many} 件のノート", paths[..SHOWN].join("、")),
                    format!("{} and others, {many} notes in all", paths[..SHOWN].join(", ")),
                ),
            };
            let (ja, en) = (
                format!("{day} {name} の記録を取り消しました（{ja}）^{id}"),
                format!("taken back: {day} {name} ({en}) ^{id}"),
            );
            output.line(pick(app.lang, &ja, &en));
            for left in &taken.left {
                super::output::say(&record::not_written(left, app.lang));
            }
            Ok(0)
        }
        Err(trouble) => {
            super::output::say(&record::not_written(&trouble, app.lang));
            Ok(2)
        }
    }
}

fn find<'p>(lately: &'p [Past], which: &str) -> Option<&'p Past> {
    let which = which.trim().trim_start_matches('^');
    let by_number = which.parse::<usize>().ok().and_then(|n| lately.get(n.checked_sub(1)?));
    let by_id = || lately.iter().find(|past| past.id == which);
    let by_name = || lately.iter().find(|past| fold_name(&past.name) == fold_name(which));
    by_number.or_else(by_id).or_else(by_name)
}

fn list(app: &App, lately: &[Past], as_json: bool, output: &mut Output) {
    if as_json {
        let views = lately.iter().zip(1..).map(|(past, number)| View {
            number,
            id: &past.id,
            date: past.day,
            name: &past.name,
            text: &past.words,
            paths: past.paths.iter().map(|path| path.as_str()).collect(),
        });
        output.json(&views.collect::<Vec<_>>());
        return;
    }
    for (past, number) in lately.iter().zip(1..).take(LISTED) {
        let (name, words) = (one_line(&past.name), one_line(&past.words));
        output.line(&format!("{number:>3}  {}  {name}  {words}  ^{}", past.day, past.id));
    }
    let (ja, en) = if lately.is_empty() {
        ("最近の記録はありません。", "nothing was recorded lately")
    } else {
        ("`goen undo 番号` で取り消せます。", "`goen undo NUMBER` takes one back")
    };
    super::output::say(pick(app.lang, ja, en));
}
