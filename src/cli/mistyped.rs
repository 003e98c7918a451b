//! What was typed and is no command, in words: clap finds it, and says it in English alone.
//!
//! In Japanese where `--lang ja` is typed, else in both languages, as the help is.

use std::process::ExitCode;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::help::BETWEEN;
use super::output::say;
use crate::text::{Lang, one_line};

/// Shows the help or the version that was asked for, or says what cannot be understood; with clap's exit
/// status (0, or 2).
pub fn show(error: &Error, lang: Option<Lang>) -> ExitCode {
    let code = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    let is_help = !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if is_help {
        // That nobody listens is no error.
        let _ = error.print();
        return code;
    }
    // Without clap's colours: what was typed is a part of it, and made harmless.
    let said = match why(error) {
        Some((both, en, _)) => error.to_string().replace(&both, &en),
        None => error.to_string(),
    };
    match (japanese(error), lang) {
        (Some(ja), Some(Lang::Ja)) => say(&with_usage(&ja, error)),
        (Some(ja), None) => {
            let (first, rest) = said.split_once('\n').unwrap_or((&said, ""));
            let ja = ja.split('\n').next().unwrap_or_default();
            say(&format!("{first}{BETWEEN}{ja}\n{rest}"));
        }
        _ => say(&said),
    }
    code
}

/// What is wrong; none for what clap alone has words for. Its first line is the whole of it, others help.
fn japanese(error: &Error) -> Option<String> {
    let arg = || text(error, ContextKind::InvalidArg);
    let value = || text(error, ContextKind::InvalidValue);
    Some(match error.kind() {
        ErrorKind::UnknownArgument => {
            let near = near(error, ContextKind::SuggestedArg);
            format!("「{}」という引数はありません。{near}", arg()?)
        }
        ErrorKind::InvalidSubcommand => {
            let near = near(error, ContextKind::SuggestedSubcommand);
            format!("「{}」というコマンドはありません。{near}", text(error, ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::MissingRequiredArgument => {
            format!("足りない引数があります: {}", all(error, ContextKind::InvalidArg)?.join(" "))
        }
        ErrorKind::MissingSubcommand => "コマンドを指定してください。".to_owned(),
        ErrorKind::ArgumentConflict => match (arg()?, all(error, ContextKind::PriorArg)) {
            (arg, Some(prior)) if prior != [arg.as_str()] => {
                format!("「{arg}」は「{}」と一緒に使えません。", prior.join("」「"))
            }
            (arg, _) => format!("「{arg}」は一度だけ指定できます。"),
        },
        ErrorKind::InvalidValue => {
            let near = near(error, ContextKind::SuggestedValue);
            let known = all(error, ContextKind::ValidValue).unwrap_or_default().join("、");
            let known = if known.is_empty() { known } else { format!("\n書けるもの: {known}") };
            match value()? {
                value if value.is_empty() => format!("「{}」に値がありません。{known}", arg()?),
                value => format!("「{}」に「{value}」は指定できません。{near}{known}", arg()?),
            }
        }
        ErrorKind::ValueValidation => {
            let why = why(error).map(|(_, _, ja)| format!("（{ja}）")).unwrap_or_default();
            format!("「{}」に「{}」は指定できません{why}。", arg()?, value()?)
        }
        ErrorKind::TooFewValues => format!("足りない引数があります: {}", arg()?),
        ErrorKind::TooManyValues => format!("「{}」に「{}」は余分です。", arg()?, value()?),
        _ => return None,
    })
}

/// Why a value is none, in goen's own words: in both languages, in English, in Japanese.
fn why(error: &Error) -> Option<(String, String, String)> {
    let both = std::error::Error::source(error)?.to_string();
    let (en, ja) = both.split_once(BETWEEN)?;
    let (en, ja) = (en.to_owned(), ja.to_owned());
    Some((both, en, ja))
}

fn with_usage(ja: &str, error: &Error) -> String {
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string().replacen("Usage:", "使い方:", 1),
        _ => String::new(),
    };
    let usage = if usage.is_empty() { usage } else { format!("\n{}\n", usage.trim_end()) };
    format!("{ja}\n{usage}\n詳しくは --help をご覧ください。")
}

fn near(error: &Error, kind: ContextKind) -> String {
    let near = all(error, kind).unwrap_or_default();
    if near.is_empty() {
        String::new()
    } else {
        format!("「{}」のことでしょうか。", near.join("」か「"))
    }
}

fn text(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(one_line(text).into_owned()),
        _ => None,
    }
}

fn all(error: &Error, kind: ContextKind) -> Option<Vec<String>> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(vec![one_line(text).into_owned()]),
        ContextValue::Strings(texts) => Some(texts.iter().map(|text| one_line(text).into_owned()).collect()),
        _ => None,
    }
}
