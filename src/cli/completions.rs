//! `goen completions`, and the answers to a shell that asks how a word may go on.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap_complete::engine::CompletionCandidate;
use clap_complete::env::{CompleteEnv, Shells};

use super::Cli;
use super::fail::Fail;
use super::output::Output;
use crate::app::{App, Options};
use crate::brief::org;
use crate::exchange::calendar::Kind;
use crate::message::Occasion;
use crate::note::Note;
use crate::plan::roll;
use crate::text::{Lang, fold, fold_name, one_line};

/// Print the script that makes a shell complete commands and names: bash, zsh, fish, elvish, powershell
/// ・ コマンドと人の名前をシェルで補完するためのスクリプトを出力
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which shell ・ シェルの種類
    #[arg(value_parser = ["bash", "zsh", "fish", "elvish", "powershell"])]
    shell: String,
}

/// The variable by which the shell asks.
const ASKED_BY: &str = "COMPLETE";

/// Prints the registration for a shell.
pub fn run(args: &Args, output: &mut Output) -> Result<u8, Fail> {
    let mut script = Vec::new();
    let shells = Shells::builtins();
    if let Some(shell) = shells.completer(&args.shell) {
        shell.write_registration(ASKED_BY, "goen", "goen", "goen", &mut script).map_err(Fail::Output)?;
    }
    output.lines(&String::from_utf8_lossy(&script));
    Ok(0)
}

/// Answers a shell that asks, and ends the process then.
pub fn answer() {
    CompleteEnv::with_factory(Cli::command).var(ASKED_BY).complete();
}

/// People whose name, alias or reading goes on as typed.
pub fn people(current: &OsStr) -> Vec<CompletionCandidate> {
    let (Some(typed), Some(app)) = (current.to_str().map(fold_name), vault()) else { return Vec::new() };
    app.index
        .people()
        .filter(|(note, person, _)| {
            let names =
                [note.path.name(), &person.name].into_iter().chain(person.aliases.iter().map(|a| &**a));
            names.chain(person.reading.as_deref()).any(|name| fold_name(name).starts_with(typed.as_str()))
        })
        .map(|(note, person, _)| {
            let candidate = CompletionCandidate::new(one_line(&person.name).as_ref());
            candidate.help(Some(one_line(note.path.as_str()).into_owned().into()))
        })
        .collect()
}

/// Organisations whose name goes on as typed.
pub fn organisations(current: &OsStr) -> Vec<CompletionCandidate> {
    let (Some(typed), Some(app)) = (current.to_str().map(fold_name), vault()) else { return Vec::new() };
    let all = org::all(&app.index).into_iter().map(|org| org.name);
    let names = all.filter(|name| fold_name(name).starts_with(typed.as_str()));
    names.map(|name| CompletionCandidate::new(one_line(name).as_ref())).collect()
}

/// Events whose note's name goes on as typed.
pub fn events(current: &OsStr) -> Vec<CompletionCandidate> {
    notes(current, |app| app.index.events().map(|(note, _)| note).collect())
}

/// Clips whose note's name goes on as typed.
pub fn clips(current: &OsStr) -> Vec<CompletionCandidate> {
    notes(current, |app| app.index.clips().map(|(note, _)| note).collect())
}

fn notes(current: &OsStr, of: impl Fn(&App) -> Vec<&Note>) -> Vec<CompletionCandidate> {
    let (Some(typed), Some(app)) = (current.to_str().map(fold_name), vault()) else { return Vec::new() };
    let names = of(&app).into_iter().map(|note| note.path.name());
    let names = names.filter(|name| fold_name(name).starts_with(typed.as_str()));
    names.map(|name| CompletionCandidate::new(one_line(name).as_ref())).collect()
}

/// Seasons whose name goes on as typed.
pub fn seasons(current: &OsStr) -> Vec<CompletionCandidate> {
    let (Some(typed), Some(app)) = (current.to_str().map(fold), vault()) else { return Vec::new() };
    let names = roll::names(&app.config).into_iter().filter(|name| fold(name).starts_with(&*typed));
    names.map(|name| CompletionCandidate::new(one_line(&name).as_ref())).collect()
}

/// Occasions of messages, and seasons, that go on as typed.
pub fn occasions(current: &OsStr) -> Vec<CompletionCandidate> {
    let Some(typed) = current.to_str().map(fold) else { return Vec::new() };
    let words = Occasion::all().map(Occasion::word).filter(|word| word.starts_with(&*typed));
    words.map(CompletionCandidate::new).chain(seasons(current)).collect()
}

/// Tiers of the vault whose id goes on as typed.
pub fn tiers(current: &OsStr) -> Vec<CompletionCandidate> {
    let (Some(typed), Some(app)) = (current.to_str().map(fold), vault()) else { return Vec::new() };
    let ids = app.config.tiers.iter().map(|tier| one_line(&tier.id).into_owned());
    ids.filter(|id| fold(id).starts_with(&*typed)).map(CompletionCandidate::new).collect()
}

/// Kinds of events in a calendar that go on as typed.
pub fn kinds(current: &OsStr) -> Vec<CompletionCandidate> {
    let Some(typed) = current.to_str().map(fold) else { return Vec::new() };
    let words = Kind::ALL.into_iter().map(Kind::word).filter(|word| word.starts_with(&*typed));
    words.map(CompletionCandidate::new).collect()
}

/// The vault that is meant, read.
fn vault() -> Option<App> {
    let named = std::env::var_os("GOEN_VAULT").filter(|v| !v.is_empty()).map(PathBuf::from);
    let here = std::env::current_dir().ok()?;
    let named = named_on_the_line().or(named);
    let root = App::locate(named.as_deref(), &here)?;
    let options = Options { today: crate::clock::today(), lang: Some(Lang::Ja) };
    App::open(&root, options).ok()
}

/// The vault that the command line being completed names.
fn named_on_the_line() -> Option<PathBuf> {
    let mut words = std::env::args_os().skip_while(|word| word != "--");
    words.next();
    while let Some(word) = words.next() {
        if word == "--vault" || word == "-C" {
            return words.next().map(PathBuf::from);
        }
        if let Some(path) = word.to_str().and_then(|w| w.strip_prefix("--vault=")) {
            return Some(PathBuf::from(path));
        }
    }
    None
}
