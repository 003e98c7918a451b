//! `goen export`: what the notes say, as files for other programs.

use std::path::PathBuf;

use clap_complete::engine::ArgValueCompleter;
use serde::Serialize;

use super::fail::Fail;
use super::json::PersonView;
use super::output::{self, Output, say};
use super::words::pick;
use super::{completions, list, today};
use crate::app::{App, ExportError, Target, Written};
use crate::exchange::calendar::{Detail, Kind};
use crate::exchange::canvas::{Drawn, Ties, canvas};
use crate::exchange::card::Card;
use crate::exchange::own::Format;
use crate::exchange::portrait::card_of;
use crate::exchange::{roster, vcard};
use crate::plan::Extent;
use crate::text::one_line;

/// Write files for other programs: a calendar, an address book, data, a table, a picture
/// ・ ほかのアプリ用に書き出す（カレンダー・連絡先・データ・表・相関図）
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Birthdays, milestones, seasons, events, promises and planned contacts, as iCalendar
    /// ・ カレンダー（誕生日・節目・季節の挨拶・イベント・約束・連絡の予定）
    Ics(Calendar),
    /// Everybody's contact details, as vCard 4.0 ・ 連絡先（vCard 4.0）
    Vcf(Place),
    /// Everything that `list` and `today` know, as JSON ・ list と today の内容すべて
    Json(Place),
    /// Everybody as a table for spreadsheets ・ 表計算ソフト用の一覧
    Csv(Place),
    /// Who belongs where and who knows whom, as a JSON Canvas; what you moved or added in FILE stays
    /// ・ 所属とつながりの相関図（動かした位置や書き足した内容はそのまま）
    Canvas(Picture),
}

#[derive(Debug, clap::Args)]
struct Calendar {
    /// Titles alone, for a calendar that others may see: names and days, no reasons, topics, places or
    /// text of notes ・ 名前と日付だけ（理由・話題・場所・ノートの文は出さない）
    #[arg(long)]
    titles_only: bool,
    /// Only these, separated by commas: birthday, milestone, season, event, promise, contact
    /// ・ 種類を絞る（コンマ区切り。birthday 誕生日、milestone 節目、season 季節、event イベント、promise 約束、contact 連絡）
    #[arg(long, value_name = "KIND", value_delimiter = ',', add = ArgValueCompleter::new(completions::kinds))]
    kinds: Vec<String>,
    #[command(flatten)]
    into: Place,
}

#[derive(Debug, clap::Args)]
struct Picture {
    /// Which lines are drawn; all, or where there would be more than 300 only near ones
    /// ・ 引く線（省略時はすべて。300 本を超えるときは near）
    #[arg(long, value_name = "WHICH", value_enum)]
    ties: Option<Lines>,
    #[command(flatten)]
    into: Place,
}

/// Which lines a picture has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Lines {
    /// All of them ・ すべて
    All,
    /// Within an organisation, and between people of your first tier
    /// ・ 同じ組織の中と、一番上の間柄の人どうし
    Near,
    /// None ・ なし
    None,
}

impl From<Lines> for Ties {
    fn from(lines: Lines) -> Self {
        match lines {
            Lines::All => Self::All,
            Lines::Near => Self::Near,
            Lines::None => Self::None,
        }
    }
}

#[derive(Debug, clap::Args)]
struct Place {
    /// The file to write; else standard output ・ 書き出し先のファイル（省略時は標準出力）
    #[arg(long = "output", short = 'o', value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// Overwrite a file that goen did not export; never a note
    /// ・ goen が書き出したものでないファイルも上書きする（ノートは上書きしない）
    #[arg(long, requires = "file")]
    force: bool,
}

impl Place {
    /// The file, unless `-` stands for standard output.
    fn file(&self) -> Option<&PathBuf> {
        self.file.as_ref().filter(|file| file.as_os_str() != "-")
    }
}

/// Everything, as data.
#[derive(Serialize)]
struct View<'a> {
    version: u32,
    date: chrono::NaiveDate,
    people: Vec<PersonView<'a>>,
    agenda: today::View<'a>,
}

/// What was written where.
#[derive(Serialize)]
struct WrittenView<'a> {
    path: &'a str,
    written: bool,
}

/// The version of [`View`]: fields are only added to it.
const VERSION: u32 = 1;

/// Runs it.
pub fn run(app: &App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let (into, format) = match &args.what {
        What::Ics(calendar) => (&calendar.into, Format::Ics),
        What::Vcf(into) => (into, Format::Vcf),
        What::Json(into) => (into, Format::Json),
        What::Csv(into) => (into, Format::Csv),
        What::Canvas(picture) => (&picture.into, Format::Canvas),
    };
    let refused = |error: ExportError| Fail::Export(Box::new(error), app.lang);
    let target = into.file().map(|file| app.target(file)).transpose().map_err(refused)?;
    if let Some(target) = target.as_ref().filter(|target| !into.force && !target.is_own(format)) {
        return Err(refused(ExportError::NotOurs(target.place().to_path_buf())));
    }
    if let (What::Ics(calendar), Some(target)) = (&args.what, &target)
        && calendar.tells_less()
        && app.is_kept_up(target)
    {
        return Err(refused(ExportError::KeptUp(target.place().to_path_buf())));
    }
    let text = match &args.what {
        What::Ics(calendar) => calendar.text(app)?,
        What::Vcf(_) => cards(app),
        What::Json(_) => everything(app)?,
        What::Csv(_) => roster::csv(&app.index, &app.config, app.today).map_err(Fail::Output)?,
        What::Canvas(picture) => drawn(app, picture.ties.map(Ties::from), target.as_ref()),
    };
    let Some(target) = target else {
        output.file(&text);
        return Ok(0);
    };
    let written = app.export(&target, format, &text, into.force, false).map_err(refused)?;
    told(app, &target, written, as_json, output);
    Ok(0)
}

impl Calendar {
    /// Whether it is not the whole.
    fn tells_less(&self) -> bool {
        self.titles_only || !self.kinds.is_empty()
    }

    fn text(&self, app: &App) -> Result<String, Fail> {
        let detail = if self.titles_only { Detail::TitlesOnly } else { Detail::Whole };
        let takes = || Kind::ALL.map(Kind::word).join(", ");
        let kind = |word: &String| {
            let found = Kind::ALL.into_iter().find(|kind| kind.word() == word.trim());
            found.ok_or_else(|| Fail::Option(word.clone(), takes(), app.lang))
        };
        let kinds = self.kinds.iter().map(kind).collect::<Result<Vec<Kind>, Fail>>()?;
        Ok(app.calendar(detail, if kinds.is_empty() { &Kind::ALL } else { &kinds }))
    }
}

/// Everybody's card, by path, but those who never appear: whom one must not write to, and whom one
/// cannot any more, has no place in a telephone.
fn cards(app: &App) -> String {
    let people = app.index.people().filter(|(_, person, _)| !person.status.is_gone());
    let cards: Vec<Card> = people.map(|(note, person, _)| card_of(note, person)).collect();
    if cards.is_empty() {
        say(pick(app.lang, "書き出す人がいないので、空です。", "there is nobody to write: it is empty"));
    }
    vcard::write(&cards)
}

fn everything(app: &App) -> Result<String, Fail> {
    let agenda = app.agenda(Extent::All);
    let view = View {
        version: VERSION,
        date: app.today,
        people: list::everybody_as_json(app),
        agenda: today::View::of(&agenda, app),
    };
    Ok(output::json(&view).map_err(Fail::Output)? + "\n")
}

/// The picture, with what somebody made of the one that stands there; by force, what is none is replaced.
fn drawn(app: &App, ties: Option<Ties>, target: Option<&Target>) -> String {
    let drawn = |before| canvas(&app.index, &app.config, app.today, app.lang, ties, before);
    let before = target.and_then(Target::before);
    let Drawn { text, left_out } = drawn(before).or_else(|_| drawn(None)).unwrap_or_default();
    if left_out > 0 {
        let (ja, en) = (
            format!(
                "線が多すぎて見分けられないので、組織をまたぐ線など {left_out} 本を省きました（--ties all ですべて引きます）。"
            ),
            format!(
                "{left_out} lines are left out, for nobody could follow so many; `--ties all` draws them"
            ),
        );
        say(pick(app.lang, &ja, &en));
    }
    text
}

fn told(app: &App, target: &Target, written: Written, as_json: bool, output: &mut Output) {
    let place = target.place().to_string_lossy();
    let is_written = matches!(written, Written::Replaced | Written::Uncertain);
    if as_json {
        output.json(&WrittenView { path: &place, written: is_written });
        return;
    }
    let place = one_line(&place);
    let (ja, en) = match is_written {
        true => (format!("{place} に書き出しました。"), format!("wrote {place}")),
        false => (format!("{place} はすでに最新です。"), format!("{place} is already up to date")),
    };
    say(pick(app.lang, &ja, &en));
    if written == Written::Uncertain {
        say(super::record::uncertain(app.lang));
    }
}
