//! `goen check`

use super::excerpt::excerpt;
use super::fail::Fail;
use super::json;
use super::output::Output;
use super::words::pick;
use crate::app::{App, OpenError};
use crate::problem::Severity;
use crate::text::Lang;

/// Show what is wrong with the vault, where, and what to do ・ 問題のある場所と直し方を表示
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs it: 1 where there is an error.
pub fn run(app: &App, _args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let problems = app.problems();
    let errors = problems.iter().filter(|p| p.what.severity() == Severity::Error).count();
    if as_json {
        let views: Vec<_> = problems.iter().map(|p| json::problem(p, app.lang)).collect();
        output.json(&views);
    } else {
        for problem in &problems {
            output.lines(&excerpt(problem, app.lang));
            output.line("");
        }
        let ja = format!("問題 {} 件（エラー {errors} 件）", problems.len());
        let plural = if problems.len() == 1 { "" } else { "s" };
        let of_errors = if errors == 1 { "error" } else { "errors" };
        let en = format!("{} problem{plural} ({errors} {of_errors})", problems.len());
        match problems.len() {
            0 => output.say(pick(app.lang, "問題は見つかりませんでした。", "no problems found")),
            _ => output.say(pick(app.lang, &ja, &en)),
        }
    }
    Ok(u8::from(errors > 0))
}

/// As JSON, what keeps the vault from being opened where that is `goen.toml`: it has a place too.
pub fn settings(fail: &Fail, lang: Lang, output: &mut Output) {
    if let Fail::Open(OpenError::Config { problems, .. }) = fail {
        // Each of them keeps every command from its work, however little it would matter in a note.
        let severity = Severity::Error.word();
        let view = |p| json::ProblemView { severity, ..json::problem(p, lang) };
        output.json(&problems.iter().map(view).collect::<Vec<_>>());
    }
}
