//! `goen import FILE…`: people of address books become notes, once the plan was seen.
//!
//! The one door to indicatif.

mod talk;
mod view;
mod words;

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use super::excerpt::file_name;
use super::fail::Fail;
use super::output::{Output, say};
use super::record;
use super::words::pick;
use crate::app::{App, Applied, Manner, Trouble};
use crate::exchange::book;
use crate::exchange::card::{BadRow, NotABook, Source, Why};
use crate::exchange::intake::{Proposal, State, Taken, Wishes, is_name};
use crate::text::Lang;

/// Take people in from address books: vCard, Google, Outlook, LinkedIn, Eight, Sansan
/// ・ 連絡先や名刺のデータを取り込む（vCard、Google、Outlook、LinkedIn、Eight、Sansan）
///
/// Shows what would become of whom, and writes nothing; `--yes` writes it. A name is known again in another
/// order, script or width, or with a form of address. What a note already says stays as it is, and whoever
/// might be somebody else is left alone, unless `--ambiguous new` says that they are all new. Several files
/// make one plan. `goen undo` undoes an import.
///
/// だれのノートに何を書くかを示すだけで、何も書き込みません。`--yes` を付けると書き込みます。姓名の順、よみ、全角・半角、敬称が違っても、同じ人なら同じノートに書き足します。すでに書かれていることは変えず、別の人かもしれないときは触れません（`--ambiguous new` を付けると、そうした人をすべて別の新しい人として取り込みます）。複数のファイルは、一つの計画にまとめます。取り込みは `goen undo` で取り消せます。
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address book files; `-` for standard input ・ 連絡先のファイル（`-` は標準入力）
    #[arg(value_name = "FILE", required = true, value_hint = clap::ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// Write what the plan says ・ 計画のとおりに書き込む
    #[arg(long)]
    yes: bool,
    /// Where note and card disagree, write what the card says ・ ノートと食い違うときは連絡先の値に置き換える
    #[arg(long)]
    overwrite: bool,
    /// Tier of new people, unless one of their groups names it ・ 新しい人の間柄（グループから決まらないとき）
    #[arg(long, add = clap_complete::engine::ArgValueCompleter::new(super::completions::tiers))]
    tier: Option<String>,
    /// Take ambiguous people for new ones, each with a note of their own ・ 同じ人か分からない人を、別の新しい人として取り込む
    #[arg(long, value_name = "AS", value_enum)]
    ambiguous: Option<Ambiguous>,
    /// Show everybody, including those without changes ・ 変更のない人も含めて全員を表示
    #[arg(long)]
    all: bool,
}

/// What whoever is ambiguous is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Ambiguous {
    /// Somebody new ・ 新しい人
    New,
}

/// A larger file is no address book.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// With so many people a bar shows how far it is.
const MANY: usize = 200;

/// A file of the import that was read.
struct File {
    /// Its name as it was typed.
    name: String,
    /// What it is; none for an empty one.
    source: Option<Source>,
    /// The encoding that it was read in, where that is likely and not sure.
    assumed: Option<&'static str>,
    /// How many people were read.
    cards: usize,
    bad: Vec<BadRow>,
}

/// All that was found out.
struct Import<'a> {
    files: &'a [File],
    proposals: &'a [Proposal],
    /// What became of the proposals, if they were applied.
    applied: Option<&'a [Applied]>,
    /// Why no new note could be made, where nothing was written yet.
    template: Option<Trouble>,
    overwrite: bool,
    lang: Lang,
}

impl Import<'_> {
    fn state(&self, proposal: &Proposal) -> State {
        proposal.state(self.overwrite)
    }

    /// The proposals with what became of them.
    fn each(&self) -> impl Iterator<Item = (&Proposal, Option<&Applied>)> {
        let applied = |at: usize| self.applied.and_then(|all| all.get(at));
        self.proposals.iter().enumerate().map(move |(at, proposal)| (proposal, applied(at)))
    }
}

/// Runs it: 2 where a file cannot be read, or a note not be written.
pub fn run(app: &mut App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let lang = app.lang;
    let tier = args.tier.as_deref().map(|word| {
        let takes = || app.config.tiers.iter().map(|tier| &*tier.id).collect::<Vec<_>>().join(", ");
        let tier = app.config.tier_of_word(word).map(|tier| tier.id.to_string());
        tier.ok_or_else(|| Fail::Option(word.to_owned(), takes(), lang))
    });
    let wishes = Wishes { tier: tier.transpose()?, ambiguous_is_new: args.ambiguous == Some(Ambiguous::New) };
    let manner = Manner { overwrite: args.overwrite, wishes };
    let (files, taken) = read_all(app, &args.files)?;
    let (proposals, applied) = if args.yes && !taken.is_empty() {
        let bar = bar(taken.len());
        let result = app.import(taken, &manner, &|| bar.inc(1));
        bar.finish_and_clear();
        match result {
            Ok((proposals, applied)) => (proposals, Some(applied)),
            Err(trouble) => {
                say(&record::not_written(&trouble, lang));
                return Ok(2);
            }
        }
    } else {
        (app.plan_import(taken, &manner), None)
    };
    let import = Import {
        files: &files,
        proposals: &proposals,
        applied: applied.as_deref(),
        template: if args.yes { None } else { app.trouble_of_template(&proposals, &manner) },
        overwrite: args.overwrite,
        lang,
    };
    if as_json {
        output.json(&view::of(&import));
    } else {
        words::show(&import, args.all, output);
    }
    talk::talk(&import, args.yes, app.config.circle.intake);
    let has_trouble = applied.iter().flatten().any(|applied| applied.trouble.is_some());
    Ok(if has_trouble { 2 } else { 0 })
}

/// Reads all files; if one of them cannot be read, none is taken.
fn read_all(app: &App, paths: &[PathBuf]) -> Result<(Vec<File>, Vec<Taken>), Fail> {
    let (mut files, mut taken, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for path in paths {
        let name = path.to_string_lossy().into_owned();
        let bytes = match bytes_of(app, path)? {
            Some(bytes) => bytes,
            None => {
                wrong.push(words::too_large(&file_name(&name), app.lang));
                continue;
            }
        };
        let file = files.len();
        match book::read(&name, &bytes, app.config.day_first) {
            Ok(read) => {
                let mut bad = Vec::new();
                let before = taken.len();
                for row in read.rows {
                    match row {
                        // Nobody is called nothing at all, or a number.
                        Ok(card) if !is_name(&card.name) => {
                            bad.push(BadRow { line: card.line, why: Why::NoName });
                        }
                        Ok(card) => taken.push(Taken { file, card }),
                        Err(row) => bad.push(row),
                    }
                }
                let cards = taken.len() - before;
                files.push(File { name, source: Some(read.source), assumed: read.assumed, cards, bad });
            }
            Err(NotABook::Empty) => {
                files.push(File { name, source: None, assumed: None, cards: 0, bad: Vec::new() });
            }
            Err(why) => wrong.push(words::no_book(&file_name(&name), why, app.lang)),
        }
    }
    if wrong.is_empty() {
        return Ok((files, taken));
    }
    wrong.push(pick(app.lang, "何も書き込んでいません。", "nothing was written").to_owned());
    Err(Fail::Said(wrong.join("\n"), app.lang))
}

fn bytes_of(app: &App, path: &Path) -> Result<Option<Vec<u8>>, Fail> {
    if path != Path::new("-") {
        return app.named_up_to(path, MOST_BYTES).map_err(|error| Fail::Disk(error, app.lang));
    }
    let mut bytes = Vec::new();
    io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(Fail::Output)?;
    Ok((bytes.len() as u64 <= MOST_BYTES).then_some(bytes))
}

/// How far it is, on a terminal alone.
fn bar(people: usize) -> ProgressBar {
    if people < MANY {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(people as u64);
    // Without colours, whatever the environment says of them.
    match ProgressStyle::with_template("{wide_bar} {pos}/{len}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
