//! `goen share NOTE`: who would like it, why, and who got it already.

use chrono::NaiveDate;
use clap_complete::engine::ArgValueCompleter;
use serde::Serialize;

use super::completions;
use super::fail::{Fail, Wanted};
use super::output::Output;
use super::prep::one_of;
use super::words::{more_people, pick};
use crate::app::App;
use crate::brief::named::Candidate;
use crate::brief::person::Somebody;
use crate::brief::share::{Reader, Shared, Sharing, sharing};
use crate::note::said::Said;
use crate::note::{Kind, Note};
use crate::page;
use crate::plan::reach;
use crate::text::{Lang, NotePath, fold, one_line};

/// Find who would like something worth sharing, and why ・ 記事などをだれに送ると喜ばれるかを、理由とともに表示
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A clip, or another note with tags or topics: its name, an unambiguous part of it, or its path
    /// ・ クリップや、tags か topics のあるノートの名前（一部でもよい）・パス
    #[arg(required = true, value_name = "NOTE", add = ArgValueCompleter::new(completions::clips))]
    note: Vec<String>,
}

#[derive(Serialize)]
struct View<'a> {
    path: &'a str,
    name: &'a str,
    topics: &'a [crate::text::Text],
    url: Option<&'a str>,
    people: Vec<ReaderView<'a>>,
    shared: Vec<SharedView<'a>>,
}

#[derive(Serialize)]
struct ReaderView<'a> {
    path: &'a str,
    name: &'a str,
    tier: Option<&'a str>,
    state: &'static str,
    last_contact: Option<NaiveDate>,
    days: Option<i64>,
    channel: Option<crate::text::Text>,
    matches: Vec<MatchView<'a>>,
}

#[derive(Serialize)]
struct MatchView<'a> {
    interest: &'a str,
    topic: &'a str,
}

#[derive(Serialize)]
struct SharedView<'a> {
    path: &'a str,
    name: &'a str,
    date: Option<NaiveDate>,
}

/// Runs it.
pub fn run(app: &App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let asked = args.note.join(" ");
    let note = one_note(app, &asked)?;
    let about = app.said(note).unwrap_or_default();
    let found = sharing(&app.index, &app.config, app.today, note, &about.topics);
    if as_json {
        output.json(&view(app, note, &about, &found));
    } else {
        words(app, note, &about, &found, output);
    }
    Ok(0)
}

/// The one note that is asked for: of several a clip rather than another.
fn one_note<'a>(app: &'a App, asked: &str) -> Result<&'a Note, Fail> {
    let mut paths: Vec<&NotePath> = app.index.paths().collect();
    paths.sort();
    let notes = paths.into_iter().filter_map(|path| app.index.note(path.as_str()));
    let all: Vec<Candidate<'a>> = notes
        .filter(|note| !matches!(note.kind, Kind::Person(_) | Kind::Me(_) | Kind::Skipped(_)))
        .map(|note| Candidate { note, day: None })
        .collect();
    let clips: Vec<Candidate<'a>> =
        all.iter().filter(|candidate| matches!(candidate.note.kind, Kind::Clip(_))).copied().collect();
    match one_of(&clips, asked, None, Wanted::Any, app.lang) {
        Err(Fail::NoNote(..)) => one_of(&all, asked, None, Wanted::Any, app.lang).map_err(|fail| {
            let is_somebody = matches!(fail, Fail::NoNote(..)) && !app.index.find(asked).is_empty();
            if is_somebody { of_somebody(asked, app.lang) } else { fail }
        }),
        found => found,
    }
}

/// That people are not what is shared.
fn of_somebody(asked: &str, lang: Lang) -> Fail {
    let asked = one_line(asked);
    let words = match lang {
        Lang::Ja => format!("「{asked}」は人のノートです。記事などのノートを指定してください。"),
        Lang::En => format!("`{asked}` is a person's note: name a note that is worth sharing"),
    };
    Fail::Said(words, lang)
}

fn view<'a>(app: &'a App, note: &'a Note, about: &'a Said, found: &'a Sharing<'a>) -> View<'a> {
    let reader = |reader: &'a Reader<'a>| {
        let Somebody { note, person, .. } = reader.somebody;
        ReaderView {
            path: note.path.as_str(),
            name: &person.name,
            tier: reach::tier(person, &app.config).map(|tier| &*tier.id),
            state: reader.reach.state.word(),
            last_contact: reader.reach.last,
            days: reader.reach.last.map(|last| (app.today - last).num_days()),
            channel: crate::plan::channel_for(person, &app.config, app.today),
            matches: reader
                .matches
                .iter()
                .map(|of| MatchView { interest: of.interest, topic: of.topic })
                .collect(),
        }
    };
    let shared = |shared: &'a Shared<'a>| SharedView {
        path: shared.somebody.note.path.as_str(),
        name: &shared.somebody.person.name,
        date: shared.day,
    };
    View {
        path: note.path.as_str(),
        name: note.path.name(),
        topics: &about.topics,
        url: about.url.as_deref(),
        people: found.readers.iter().map(reader).collect(),
        shared: found.shared.iter().map(shared).collect(),
    }
}

fn words(app: &App, note: &Note, about: &Said, found: &Sharing<'_>, output: &mut Output) {
    let lang = app.lang;
    let (colon, comma) = (pick(lang, "：", ": "), pick(lang, "、", ", "));
    output.line(&format!("{}  {}", one_line(note.path.name()), one_line(note.path.as_str())));
    if !about.topics.is_empty() {
        let topics: Vec<_> = about.topics.iter().map(|topic| one_line(topic)).collect();
        output.line(&format!("  {}{colon}{}", pick(lang, "話題", "topics"), topics.join(comma)));
    }
    if let Some(url) = &about.url {
        output.line(&format!("  URL{colon}{}", one_line(url)));
    }
    if !found.readers.is_empty() {
        output.line("");
        output.line(pick(lang, "喜んでくれそうな人", "Who would like it"));
        for reader in found.readers.iter().take(MOST) {
            output.line(&format!("  {}", of_reader(app, reader)));
        }
        more(found.readers.len(), lang, output);
    }
    if !found.shared.is_empty() {
        output.line("");
        output.line(pick(lang, "もう送った人", "Who got it already"));
        for shared in found.shared.iter().take(MOST) {
            let name = one_line(&shared.somebody.person.name);
            let day = shared.day.map(|day| day.to_string());
            let day = day.unwrap_or_else(|| pick(lang, "日付は不明", "no date known").to_owned());
            output.line(&format!("  {name}{colon}{day}"));
        }
        more(found.shared.len(), lang, output);
    }
    if found.readers.is_empty() {
        output.say(nobody(about, lang));
    }
}

/// So many are told of: nobody sends something to more.
const MOST: usize = 30;

fn more(all: usize, lang: Lang, output: &mut Output) {
    let more = all.saturating_sub(MOST);
    if more > 0 {
        output.line(&format!("  {}", more_people(more, lang)));
    }
}

/// Why nobody is found, and the way out.
fn nobody(about: &Said, lang: Lang) -> &'static str {
    if about.topics.is_empty() {
        pick(
            lang,
            "このノートには話題がありません。フロントマターに tags か topics を書くと、関心の合う人が分かります。",
            "the note has no topics: write tags or topics into its front matter to see whose interests match",
        )
    } else {
        pick(
            lang,
            "関心の合う人は見当たりません。呼び方の違いは goen.toml の [interests] でつなげます。",
            "nobody's interests match; [interests] in goen.toml joins words that mean the same",
        )
    }
}

/// `遠山 亮：関心「オブザーバビリティ」、前回は 2026-11-20（昨日）`
fn of_reader(app: &App, reader: &Reader<'_>) -> String {
    let lang = app.lang;
    let name = one_line(&reader.somebody.person.name);
    let matches: Vec<String> = reader
        .matches
        .iter()
        .map(|of| {
            let (interest, topic) = (one_line(of.interest), one_line(of.topic));
            match (fold(of.interest) == fold(of.topic), lang) {
                (true, Lang::Ja) => format!("「{interest}」"),
                (true, Lang::En) => format!("“{interest}”"),
                (false, Lang::Ja) => format!("「{interest}」（話題は「{topic}」）"),
                (false, Lang::En) => format!("“{interest}” (topic “{topic}”)"),
            }
        })
        .collect();
    let last = reader.reach.last.map(|day| (day, page::ago(day, lang, app.today)));
    match (lang, last) {
        (Lang::Ja, Some((day, ago))) => {
            format!("{name}：関心{}、前回は {day}（{ago}）", matches.concat())
        }
        (Lang::Ja, None) => format!("{name}：関心{}、連絡はまだありません", matches.concat()),
        (Lang::En, Some((day, ago))) => {
            format!("{name}: interest {}; last contact {day} ({ago})", matches.join(", "))
        }
        (Lang::En, None) => format!("{name}: interest {}; no contact yet", matches.join(", ")),
    }
}
