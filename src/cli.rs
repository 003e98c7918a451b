//! Words and intentions: what was typed becomes a use case, what it gave becomes words.
//!
//! One file per verb. Data goes to standard output, talk to standard error.
//! The one door to clap.

mod add;
mod alumni;
mod calendar;
mod check;
mod columns;
mod completions;
mod draft;
mod excerpt;
mod export;
mod fail;
mod forecast;
mod git;
mod help;
mod import;
mod init;
mod json;
mod list;
mod log;
mod man;
mod mistyped;
mod output;
mod phrase;
mod prep;
mod record;
mod rest;
mod review;
mod season;
mod service;
mod share;
mod show;
mod snooze;
mod sort;
mod today;
mod undo;
mod update;
mod watch;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::app::{App, Options, Walked};
use crate::date::{self, DayFirst};
use crate::text::Lang;
use fail::Fail;
use output::Output;

/// Over the options that every command has, so that they do not stand among its own.
const GLOBAL: &str = "Global options ・ 共通のオプション";

/// goen (ご縁): whom to write to today, why now, about what ・ 今日、だれに、なぜ、何を書くか
///
/// Reads a folder of Markdown notes, one for each person, and writes one page into it, reconnect.md.
/// Begin with `goen init` in that folder, then `goen update`.
///
/// 一人につき一枚の Markdown ノートを読み、同じフォルダーに reconnect.md を書きます。はじめは、そのフォルダーで `goen init`、次に `goen update` を実行してください。
#[derive(Debug, Parser)]
#[command(name = "goen", version, propagate_version = true, max_term_width = 100)]
pub struct Cli {
    /// The folder of notes; else $GOEN_VAULT, else the nearest folder above with goen.toml or .obsidian
    /// ・ ノートのフォルダー（省略時は $GOEN_VAULT、なければ上へたどって最初に goen.toml か .obsidian のあるところ）
    #[arg(long, short = 'C', global = true, help_heading = GLOBAL, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    vault: Option<PathBuf>,
    /// The day to plan for; else $GOEN_TODAY, else today ・ 予定を立てる日（省略時は $GOEN_TODAY、なければ今日）
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<NaiveDate>,
    /// The language, ja or en; else what goen.toml or the note about you says, else ja ・ 言語（省略時は goen.toml か自分のノートの設定、なければ ja）
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "ja|en", value_parser = lang)]
    lang: Option<Lang>,
    /// Data as JSON instead of words ・ 文章の代わりに JSON で出力
    #[arg(long, global = true, help_heading = GLOBAL)]
    json: bool,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Init(init::Args),
    Update(update::Args),
    Watch(watch::Args),
    Today(today::Args),
    List(list::Args),
    Show(show::Args),
    Draft(draft::Args),
    Forecast(forecast::Args),
    Calendar(calendar::Args),
    Season(season::Args),
    Prep(prep::Args),
    Share(share::Args),
    Alumni(alumni::Args),
    Log(log::Args),
    Undo(undo::Args),
    Add(add::Args),
    Import(import::Args),
    Snooze(snooze::Args),
    Rest(rest::Args),
    Sort(sort::Args),
    Check(check::Args),
    Review(review::Args),
    Export(export::Args),
    Git(git::Args),
    Service(service::Args),
    Completions(completions::Args),
    Man(man::Args),
}

fn day(text: &str) -> Result<NaiveDate, String> {
    date::parse(text, DayFirst::Ask)
        .map_err(|_| "write it as 2026-09-14 ・ 2026-09-14 のように書いてください".into())
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "ja or en ・ ja か en".into())
}

/// Runs the program with the arguments of this process.
pub fn main() -> ExitCode {
    completions::answer();
    let typed: Vec<_> = std::env::args_os().collect();
    let lang = help::language_named(&typed);
    let command = help::command(lang, &typed);
    let read = command.try_get_matches_from(typed).and_then(|found| Cli::from_arg_matches(&found));
    let cli = match read {
        Ok(cli) => cli,
        Err(error) => return mistyped::show(&error, lang),
    };
    let mut output = Output::new();
    let result = run(&cli, &mut output);
    let finished = output.finish();
    match result.and_then(|code| finished.map(|()| code).map_err(Fail::Output)) {
        Ok(code) => ExitCode::from(code),
        Err(fail) => {
            fail.show(cli.language_of(&fail));
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli, output: &mut Output) -> Result<u8, Fail> {
    match &cli.verb {
        Verb::Init(args) => init::run(cli, args, output),
        Verb::Update(args) => match cli.recall(args.asked(cli.json).as_deref(), output)? {
            Recalled::Answered => Ok(0),
            Recalled::Not(walked) => update::run(cli.open_walked(walked)?, args, cli.json, output),
        },
        Verb::Watch(args) => watch::run(cli, args),
        Verb::Today(args) => cli.answer(output, |app, output| today::run(app, args, cli.json, output)),
        Verb::List(args) => cli.answer(output, |app, output| list::run(app, args, cli.json, output)),
        Verb::Show(args) => show::run(cli.open()?, args, cli.json, output),
        Verb::Draft(args) => draft::run(cli.open()?, args, cli.lang, cli.json, output),
        Verb::Forecast(args) => cli.answer(output, |app, output| forecast::run(app, args, cli.json, output)),
        Verb::Calendar(args) => calendar::run(cli.open()?, args, cli.json, output),
        Verb::Season(args) => season::run(cli.open()?, args, cli.json, output),
        Verb::Alumni(args) => alumni::run(cli.open()?, args, cli.json, output),
        Verb::Prep(args) => prep::run(cli.open()?, args, cli.json, output),
        Verb::Share(args) => share::run(cli.open()?, args, cli.json, output),
        Verb::Log(args) => log::run(cli.open()?, args, cli.json, output),
        Verb::Undo(args) => undo::run(cli.open()?, args, cli.json, output),
        Verb::Add(args) => add::run(cli.open()?, args, cli.json, output),
        Verb::Import(args) => import::run(cli.open()?, args, cli.json, output),
        Verb::Snooze(args) => snooze::run(cli.open()?, args, cli.json, output),
        Verb::Rest(args) => rest::run(cli.open()?, args, cli.json, output),
        Verb::Sort(args) => sort::run(cli.open()?, args, output),
        Verb::Check(args) => match cli.open() {
            Ok(app) => check::run(app, args, cli.json, output),
            Err(fail) => {
                if cli.json {
                    check::settings(&fail, cli.language_of(&fail), output);
                }
                Err(fail)
            }
        },
        Verb::Review(args) => review::run(cli.open()?, args, cli.json, output),
        Verb::Export(args) => export::run(cli.open()?, args, cli.json, output),
        Verb::Git(args) => git::run(cli, args, output),
        Verb::Service(args) => service::run(cli, args, output),
        Verb::Completions(args) => completions::run(args, output),
        Verb::Man(args) => man::run(cli, args, output),
    }
}

/// Whether a command was answered as the last time.
enum Recalled {
    Answered,
    /// It was not; with the vault as far as it was walked to find that out.
    Not(Option<Box<Walked>>),
}

impl Cli {
    /// The folder that is named, on the command line or in the environment; an empty one is none.
    fn named(&self) -> Option<PathBuf> {
        let set = std::env::var_os("GOEN_VAULT").map(PathBuf::from);
        self.vault.clone().or(set).filter(|path| !path.as_os_str().is_empty())
    }

    /// The vault that is meant.
    fn root(&self) -> Result<PathBuf, Fail> {
        match self.named() {
            Some(named) => Ok(named),
            None => {
                std::env::current_dir().ok().and_then(|here| App::locate(None, &here)).ok_or(Fail::NoVault)
            }
        }
    }

    fn options(&self) -> Result<Options, Fail> {
        let set = std::env::var("GOEN_TODAY").ok().filter(|text| !text.trim().is_empty());
        let today = match (self.today, set) {
            (Some(day), _) => day,
            (None, Some(text)) => {
                let takes = "YYYY-MM-DD ($GOEN_TODAY)".to_owned();
                day(&text).map_err(|_| Fail::Option(text, takes, self.lang.unwrap_or_default()))?
            }
            (None, None) => crate::clock::today(),
        };
        Ok(Options { today, lang: self.lang })
    }

    /// The vault, read. It is never let go: the process ends soon after, and the system takes
    /// its memory back at once, where freeing note by note would take a while.
    fn open(&self) -> Result<&'static mut App, Fail> {
        self.open_walked(None)
    }

    /// As [`Cli::open`], where the vault may have been walked already.
    fn open_walked(&self, walked: Option<Box<Walked>>) -> Result<&'static mut App, Fail> {
        let app = match walked {
            Some(walked) => App::open_walked(*walked)?,
            None => App::open(&self.root()?, self.options()?)?,
        };
        Ok(Box::leak(Box::new(app)))
    }

    /// Answers as the last time, if nothing has changed since.
    fn recall(&self, asked: Option<&str>, output: &mut Output) -> Result<Recalled, Fail> {
        let Some(asked) = asked else { return Ok(Recalled::Not(None)) };
        Ok(match App::recall(&self.root()?, self.options()?, asked) {
            Ok(answer) => {
                output.repeat(&answer);
                Recalled::Answered
            }
            Err(walked) => Recalled::Not(walked),
        })
    }

    /// Runs what reads and says something, and depends on nothing but the vault and its arguments; or
    /// answers as the last time.
    fn answer(
        &self,
        output: &mut Output,
        run: impl FnOnce(&App, &mut Output) -> Result<u8, Fail>,
    ) -> Result<u8, Fail> {
        let verb = &self.verb;
        let asked = format!("{verb:?} json={} width={:?}", self.json, output.width());
        let walked = match self.recall(Some(&asked), output)? {
            Recalled::Answered => return Ok(0),
            Recalled::Not(walked) => walked,
        };
        let app = self.open_walked(walked)?;
        let (code, answer) = output.kept(|output| run(app, output));
        if let (Ok(0), Some(answer)) = (&code, answer) {
            app.keep_answer(asked, &[], answer);
        }
        code
    }

    /// The language in which is said what could not be done.
    fn language_of(&self, fail: &Fail) -> Lang {
        self.lang.or(fail.lang()).unwrap_or_default()
    }

    fn command() -> clap::Command {
        <Self as CommandFactory>::command()
    }
}
