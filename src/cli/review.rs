//! `goen review [FILE] --to PERSON`: a second look at a message before it is sent.

use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap_complete::engine::ArgValueCompleter;
use serde::Serialize;

use super::completions;
use super::excerpt::{file_name, framed};
use super::fail::{Fail, Unfit};
use super::output::{Output, say};
use super::show::one_person;
use super::words::{gone, pick};
use crate::app::App;
use crate::message::review::{Case, Finding, begins_at, review};
use crate::note::Note;
use crate::problem::{Excerpt, Severity};
use crate::text::{Lang, is_unprintable, one_line};
use crate::vault::MAX_BYTES;

/// Read a message before you send it: favours out of a long silence, wrong names, words out of season …
/// ・ 送る前に、文面の気になる言葉と言い換えを示す
///
/// The message is read from FILE, or from standard input; the front matter of a draft that was saved as a
/// note is no part of it. Each finding names the words, the reason and a better way. With `--post` private
/// matters and other people's names are found, too, as `private`. Ends with 1 where there is an error or a
/// warning. Nothing is sent or written.
///
/// ファイルか標準入力の文面を読み、気になる言葉と理由、言い換えを示します。ノートとして保存した下書きのフロントマターは読み飛ばします。`--post` では、私的な事柄やほかの人の名前も `private` として知らせます。エラーか注意があれば終了コードは 1 です。送信も書き込みもしません。
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The message; `-` or nothing: standard input ・ 文面のファイル（`-` か省略時は標準入力）
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// Whom it goes to: a name, an alias, a reading, a path, or an unambiguous part of one ・ 送る相手（名前・別名・よみ・パス。一部でもよい）
    #[arg(long, value_name = "PERSON", required_unless_present = "post", add = ArgValueCompleter::new(completions::people))]
    to: Option<String>,
    /// It is a post to the public, about PERSON where `--to` names one ・ 公開の投稿（--to は、取り上げる人）
    #[arg(long)]
    post: bool,
}

/// A row of `review --json`.
#[derive(Serialize)]
struct View<'a> {
    code: &'a str,
    severity: &'static str,
    line: u32,
    column: u32,
    text: &'a str,
    message: &'a str,
    help: &'a str,
}

/// Runs it: 1 where there is an error or a warning.
pub fn run(app: &App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let to = args.to.as_deref().map(|asked| one_person(app, asked)).transpose()?;
    let (name, text) = message(app, args)?;
    let own = own(app)?;
    let case = Case {
        index: &app.index,
        config: &app.config,
        today: app.today,
        to,
        is_post: args.post,
        own: &own,
        lang: app.lang,
    };
    let findings = review(case, &text);
    if as_json {
        let views: Vec<View<'_>> = findings.iter().map(|finding| view(finding, &text)).collect();
        output.json(&views);
    } else {
        for finding in &findings {
            output.lines(&excerpt(&name, finding, &text, app.lang));
            output.line("");
        }
    }
    match to.and_then(Note::person).filter(|person| person.status.is_gone() && !args.post) {
        // Nothing in the words of a message tells that nobody is to get it.
        Some(person) => {
            let gone = gone(&one_line(&person.name), person.status, app.lang);
            let (ja, en) = (
                format!("{gone}です。送る相手を確かめてください。"),
                format!("{gone}; make sure whom this goes to"),
            );
            output.say(pick(app.lang, &ja, &en));
            if !as_json && !findings.is_empty() {
                output.say(&summary(&findings, to, app.lang));
            }
        }
        None if as_json => {}
        None => output.say(&summary(&findings, to, app.lang)),
    }
    let wants_attention = findings.iter().any(|finding| finding.severity != Severity::Note);
    Ok(u8::from(wants_attention))
}

/// Where the message is, and its text.
fn message(app: &App, args: &Args) -> Result<(String, String), Fail> {
    let file = args.file.as_deref().filter(|path| *path != Path::new("-"));
    let (name, bytes) = match file {
        Some(path) => {
            let bytes = app.named(path).map_err(|error| Fail::Disk(error, app.lang))?;
            (path.to_string_lossy().into_owned(), bytes)
        }
        None => ("-".to_owned(), standard_input(app.lang).map_err(Fail::Output)?),
    };
    let Some(bytes) = bytes else { return Err(Fail::NoMessage(name, Unfit::TooLarge, app.lang)) };
    let unfit = |why| Fail::NoMessage(name.clone(), why, app.lang);
    let text = String::from_utf8(bytes).map_err(|_| unfit(Unfit::Encoding))?;
    if text.contains('\0') {
        return Err(unfit(Unfit::Binary));
    }
    let body = text.get(begins_at(&text)..).unwrap_or_default();
    if body.chars().all(|c| c.is_whitespace() || is_unprintable(c)) {
        return Err(unfit(Unfit::Empty));
    }
    Ok((name, text))
}

/// What comes in; none where it is too much.
fn standard_input(lang: Lang) -> io::Result<Option<Vec<u8>>> {
    let stdin = io::stdin().lock();
    if stdin.is_terminal() {
        say(pick(lang, "文面を入力し、Ctrl-D で終えてください。", "type the message and end it with Ctrl-D"));
    }
    let mut bytes = Vec::new();
    stdin.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= MAX_BYTES).then_some(bytes))
}

/// The note about the user as it is written: addresses in it are one's own.
fn own(app: &App) -> Result<String, Fail> {
    let Some((note, _)) = app.index.me() else { return Ok(String::new()) };
    let text = app.text(&note.path).map_err(|error| Fail::Disk(error, app.lang))?;
    Ok(text.unwrap_or_default())
}

fn view<'a>(finding: &'a Finding, text: &'a str) -> View<'a> {
    let (line, column, _) = Excerpt::of(text, finding.span);
    View {
        code: &finding.code,
        severity: finding.severity.word(),
        line,
        column,
        text: finding.span.of(text),
        message: &finding.message,
        help: &finding.help,
    }
}

/// A finding with the line it stands in, as `check` shows problems.
fn excerpt(name: &str, finding: &Finding, text: &str, lang: Lang) -> String {
    let (line, column, excerpt) = Excerpt::of(text, finding.span);
    let (ja, en, _) = severity(finding.severity);
    let message = format!("{}: {} [{}]", pick(lang, ja, en), finding.message, finding.code);
    framed(&file_name(name), (line, column), &excerpt, &message, &finding.help)
}

/// What a severity is called: in Japanese, in English of one and of several.
fn severity(of: Severity) -> (&'static str, &'static str, &'static str) {
    match of {
        Severity::Error => ("エラー", "error", "errors"),
        Severity::Warning => ("注意", "warning", "warnings"),
        Severity::Note => ("参考", "note", "notes"),
    }
}

/// How many there are, in each severity.
fn summary(findings: &[Finding], to: Option<&Note>, lang: Lang) -> String {
    let name = to.and_then(Note::person).map(|person| one_line(&person.name).into_owned());
    if findings.is_empty() {
        return match (name, lang) {
            (Some(name), Lang::Ja) => format!("{name}さんへの文面に、気になるところはありません。"),
            (Some(name), Lang::En) => format!("nothing to say about this message to {name}"),
            (None, lang) => {
                pick(lang, "気になるところはありません。", "nothing to say about this post").to_owned()
            }
        };
    }
    let all = [Severity::Error, Severity::Warning, Severity::Note];
    let each = all.into_iter().filter_map(|of| {
        let count = findings.iter().filter(|finding| finding.severity == of).count();
        let (ja, one, many) = severity(of);
        (count > 0).then(|| match lang {
            Lang::Ja => format!("{ja} {count}件"),
            Lang::En => format!("{count} {}", if count == 1 { one } else { many }),
        })
    });
    each.collect::<Vec<_>>().join(pick(lang, "、", ", "))
}
