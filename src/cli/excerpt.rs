//! A place in a text as one shows it: the line, with carets under what is meant.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use crate::problem::{Excerpt, Problem};
use crate::text::{Lang, one_line};

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

/// What a file that was named on the command line is called where a place in it is told; standard input as
/// compilers call it.
pub fn file_name(name: &str) -> Cow<'_, str> {
    if name == "-" { "<stdin>".into() } else { one_line(name) }
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
