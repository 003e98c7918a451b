//! `goen watch`: the daemon. The door to signals and to how log lines are written.

use std::io::IsTerminal;
use std::sync::mpsc::{self, Sender};

use clap::ValueEnum;
use tracing_subscriber::filter::LevelFilter;

use super::fail::{self, Fail};
use super::{Cli, output};
use crate::app::Live;
use crate::clock::Machine;
use crate::daemon::{Daemon, Event, Manner, Words};
use crate::text::Lang;

/// Keep reconnect.md up to date, for as long as it runs ・ 変更があるたびに reconnect.md を最新に保つ
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Commit with git after a quiet time ([git] commit, else 10m) ・ 変更がしばらくなければ git にコミットする（[git] commit、なければ 10m）
    #[arg(long)]
    commit: bool,
    /// How log lines are written; $GOEN_LOG says how many: error, warn, info, debug
    /// ・ ログの形式。細かさは $GOEN_LOG（error、warn、info、debug）
    #[arg(long, value_name = "text|json", value_enum, default_value_t = LogFormat::Text, hide_possible_values = true)]
    log_format: LogFormat,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

/// Runs it.
pub fn run(cli: &Cli, args: &Args) -> Result<u8, Fail> {
    let options = cli.options()?;
    let named_day =
        (cli.today.is_some() || std::env::var_os("GOEN_TODAY").is_some()).then_some(options.today);
    log_lines(args.log_format);
    let (live, folders) = Live::open(&cli.root()?, options)?;
    let lang = live.app.lang;
    let is_alone = live.app.has_local_state();
    let held = live.app.hold_watch().map_err(|error| Fail::Disk(error, lang))?;
    // Nobody else keeps this vault as long as this is held.
    let _held = match held {
        Ok(held) => held,
        Err(holder) => return Err(Fail::Watched(holder, lang)),
    };
    let root = live.app.vault.root().to_path_buf();
    // A folder that a program stands in cannot be unmounted.
    let _ = std::env::set_current_dir("/");
    let (send, events) = mpsc::channel();
    signals(&send).map_err(|source| Fail::Signals(source, lang))?;
    let only_poll = std::env::var("GOEN_WATCH").is_ok_and(|word| word == "none");
    let manner = Manner { only_poll, commit: args.commit };
    let words = Words {
        open: |error| fail::open(error, Lang::En),
        update: |error, page| fail::update(error, page, Lang::En),
        export: |error| fail::export(error, Lang::En),
    };
    if !is_alone {
        tracing::warn!("there is no place on this machine to keep a lock: nobody else may watch this vault");
    }
    tracing::info!(vault = %crate::text::one_line(&root.to_string_lossy()), "watching");
    Daemon::new(live, &folders, Machine { day: named_day }, manner, words, send).run(&events);
    Ok(0)
}

/// Log lines go to standard error, like all that is not data.
fn log_lines(format: LogFormat) {
    let asked = std::env::var("GOEN_LOG").ok().and_then(|word| word.parse::<LevelFilter>().ok());
    let colours =
        std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let lines = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(asked.unwrap_or(LevelFilter::INFO))
        .with_target(false)
        // Nobody who reads them is no error: it would be said where nobody reads, and panic.
        .log_internal_errors(false)
        .with_ansi(colours);
    let set = match format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    if let Err(error) = set {
        output::say(&error.to_string());
    }
}

/// Signals become events.
#[cfg(unix)]
fn signals(events: &Sender<Event>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    let events = events.clone();
    std::thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in &mut signals {
            let event = if signal == SIGHUP { Event::Reload } else { Event::Stop };
            if events.send(event).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// Where there are no signals, whoever ends the program ends it.
#[cfg(not(unix))]
fn signals(_: &Sender<Event>) -> std::io::Result<()> {
    Ok(())
}
