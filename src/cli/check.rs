//! `goen check`

use unicode_width::UnicodeWidthStr;

use super::fail::Fail;
use super::json;
use super::output::Output;
use super::words::pick;
use crate::app::{App, OpenError};
use crate::problem::{Excerpt, Problem, Severity};
use crate::text::{Lang, one_line};

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
            0 => super::output::say(pick(app.lang, "問題は見つかりませんでした。", "no problems found")),
            _ => super::output::say(pick(app.lang, &ja, &en)),
        }
    }
    Ok(u8::from(errors > 0))
}

/// As JSON, what keeps the vault from being opened where that is `goen.toml`: it has a place too.
pub fn settings(fail: &Fail, lang: Lang, output: &mut Output) {
    if let Fail::Open(OpenError::Config { problems, .. }) = fail {
        let views: Vec<_> = problems.iter().map(|p| json::problem(p, lang)).collect();
        output.json(&views);
    }
}

/// A problem with the line it stands in:
///
/// ```text
/// people/tanaka.md:4:7: unknown tier `clsoe`
///   |
/// 4 | tier: clsoe
///   |       ^^^^^ did you mean `close`?
/// ```
pub fn excerpt(problem: &Problem, lang: Lang) -> String {
    let path = one_line(problem.path.as_str());
    let message = problem.what.message(lang);
    let help = problem.what.help(lang);
    let Some(excerpt) = &problem.excerpt else {
        return format!("{path}:{}:{}: {message}\n  = {help}", problem.line, problem.column);
    };
    framed(&path, (problem.line, problem.column), excerpt, &message, &help)
}

/// A line with carets under what is meant.
pub fn framed(
    path: &str,
    (line, column): (u32, u32),
    excerpt: &Excerpt,
    message: &str,
    help: &str,
) -> String {
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    // Wide characters take two columns: the carets stand under what they mean.
    let before = excerpt.line.get(..excerpt.mark.start).unwrap_or("").width();
    let marked = excerpt.line.get(excerpt.mark.clone()).unwrap_or("").width().max(1);
    let said = format!(
        "{path}:{number}:{column}: {message}\n{gutter} |\n{number} | {}\n{gutter} | {}{} {help}",
        excerpt.line,
        " ".repeat(before),
        "^".repeat(marked),
    );
    said.trim_end().to_owned()
}
