//! `goen init`

use super::Cli;
use super::fail::Fail;
use super::output::Output;
use super::update::Found;
use super::words::pick;
use crate::app::App;
use crate::plan::{Extent, State};
use crate::text::Lang;

/// Set a vault up: goen.toml, a note about you, templates for people and messages; overwrite nothing
/// ・ はじめの設定。あるものは上書きしない
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs it.
pub fn run(cli: &Cli, _args: &Args, output: &mut Output) -> Result<u8, Fail> {
    let root = match (cli.named(), cli.root()) {
        (Some(named), _) | (None, Ok(named)) => named,
        (None, Err(_)) => std::env::current_dir().map_err(|_| Fail::NoVault)?,
    };
    let app = App::found(&root, cli.options()?)?;
    let made = app.set_up().map_err(|error| Fail::Disk(error, app.lang))?;
    // What was just made is part of what is found.
    let app = App::open(&root, cli.options()?)?;
    let lang = app.lang;
    if cli.json {
        let paths: Vec<&str> = made.iter().map(|path| path.as_str()).collect();
        output.json(&serde_json::json!({ "root": app.vault.root().to_string_lossy(), "made": paths }));
        return Ok(0);
    }
    let root = app.vault.root().to_string_lossy();
    let place = crate::text::one_line(&root);
    for path in &made {
        let (ja, en) = (format!("作りました: {place}/{path}"), format!("made {place}/{path}"));
        output.line(pick(lang, &ja, &en));
    }
    if made.is_empty() {
        output.line(pick(
            lang,
            "すでに整っています。何も変えていません。",
            "everything is there already; nothing was changed",
        ));
    }
    let untracked = app.agenda(Extent::Placed).counts.get(&State::Untracked).copied().unwrap_or(0);
    super::output::say(Found::of(&app, untracked, app.trouble().0).summary(lang).trim_end());
    super::output::say(next_step(lang));
    Ok(0)
}

fn next_step(lang: Lang) -> &'static str {
    pick(
        lang,
        "次は `goen update` です。reconnect.md に今日の予定を書きます。",
        "next: `goen update` writes today's agenda to reconnect.md",
    )
}
