//! `goen init`

use serde::Serialize;

use super::Cli;
use super::fail::Fail;
use super::output::Output;
use super::update::Found;
use super::words::pick;
use crate::app::{App, Fitted, Left};
use crate::exchange::obsidian::Broken;
use crate::plan::{Extent, State};
use crate::text::{Lang, NotePath};

/// Set up a vault: goen.toml, a note about you, templates for people and messages; overwrites nothing
/// ・ はじめの設定をする。すでにあるファイルは上書きしない
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Also give Obsidian a base of everybody (people.base) and the types of their properties
    /// ・ Obsidian 用に people.base とプロパティの型も用意
    #[arg(long)]
    obsidian: bool,
}

/// Runs it.
pub fn run(cli: &Cli, args: &Args, output: &mut Output) -> Result<u8, Fail> {
    let root = match (cli.named(), cli.root()) {
        (Some(named), _) | (None, Ok(named)) => named,
        (None, Err(_)) => std::env::current_dir().map_err(|_| Fail::NoVault)?,
    };
    let app = App::found(&root, cli.options()?)?;
    let made = app.set_up().map_err(|error| Fail::Disk(error, app.lang))?;
    // What was just made is part of what is found.
    let app = App::open(&root, cli.options()?)?;
    let lang = app.lang;
    let fitted = if args.obsidian { app.fit_obsidian() } else { Vec::new() };
    if cli.json {
        output.json(&View::of(&app, &made, &fitted));
        return Ok(code(&fitted));
    }
    let root = app.vault.root().to_string_lossy();
    let place = crate::text::one_line(&root);
    let of_obsidian = fitted.iter().filter(|(_, fitted)| matches!(fitted, Fitted::Made));
    for path in made.iter().chain(of_obsidian.map(|(path, _)| path)) {
        let (ja, en) = (format!("作りました: {place}/{path}"), format!("made {place}/{path}"));
        output.line(pick(lang, &ja, &en));
    }
    for (path, n) in fitted.iter().filter_map(|(path, fitted)| Some((path, fitted.added()?))) {
        let ja = format!("書き足しました: {place}/{path}（型 {n} 件）");
        output.line(pick(
            lang,
            &ja,
            &format!("added {n} {} to {place}/{path}", if n == 1 { "type" } else { "types" }),
        ));
    }
    let is_left = |(_, fitted): &(NotePath, Fitted)| matches!(fitted, Fitted::Left(_));
    if made.is_empty() && fitted.iter().all(is_left) && code(&fitted) == 0 {
        output.line(pick(
            lang,
            "すでに整っています。何も変えていません。",
            "everything is there already; nothing was changed",
        ));
    }
    for (path, fitted) in &fitted {
        if let Fitted::Left(why) = fitted {
            super::output::say(&left(path, why, lang));
        }
    }
    let untracked = app.agenda(Extent::Placed).counts.get(&State::Untracked).copied().unwrap_or(0);
    super::output::say(Found::of(&app, untracked, app.trouble().0).summary(lang).trim_end());
    if !args.obsidian && app.lacks_base() {
        super::output::say(pick(
            lang,
            "Obsidian の保管庫です。`goen init --obsidian` で、一覧（people.base）とプロパティの型も用意できます。",
            "this is an Obsidian vault: `goen init --obsidian` adds a table of people (people.base) and property types",
        ));
    }
    in_obsidian(&app, &fitted);
    super::output::say(next_step(lang));
    Ok(code(&fitted))
}

/// What is to be done in Obsidian with what was made, and what its table cannot know.
fn in_obsidian(app: &App, fitted: &[(NotePath, Fitted)]) {
    let lang = app.lang;
    if !fitted.iter().any(|(_, fitted)| matches!(fitted, Fitted::Made | Fitted::Added(_))) {
        return;
    }
    super::output::say(pick(
        lang,
        "Obsidian（1.9 以降。コアプラグイン Bases が有効なもの）では、まず再読み込みしてから people.base を開きます。",
        "in Obsidian (1.9 or later, with its core plugin Bases): reload it first, then open people.base",
    ));
    let unwritable: Vec<_> = app.words_beyond_bases().into_iter().map(crate::text::one_line).collect();
    if !unwritable.is_empty() {
        let unwritable = unwritable.join(", ");
        let ja = format!("次の名前は Bases の数式に書けないので、people.base では使われません: {unwritable}");
        let en =
            format!("people.base goes without these names, which its formulas cannot hold: {unwritable}");
        super::output::say(pick(lang, &ja, &en));
    }
    let beyond = app.contacts_beyond_properties();
    if beyond > 0 {
        let ja = format!(
            "people.base に見えるのはプロパティだけです。{beyond} 人の最後の連絡は、記録・日付ノート・イベントにしか書かれていません。次に `goen log` かページのチェックで記録すると last_contact に入り、表にも出ます。"
        );
        let people = if beyond == 1 { "1 person has" } else { &format!("{beyond} people have") };
        let en = format!(
            "people.base sees properties only: {people} a last contact that only the log, dated notes or events tell; the next `goen log` or tick writes last_contact, which it sees"
        );
        super::output::say(pick(lang, &ja, &en));
    }
}

/// What is left because it is as wanted is done; whatever else is left could not be.
fn code(fitted: &[(NotePath, Fitted)]) -> u8 {
    let is_done = |fitted: &Fitted| !matches!(fitted, Fitted::Left(why) if !matches!(why, Left::There | Left::Complete));
    if fitted.iter().all(|(_, fitted)| is_done(fitted)) { 0 } else { 2 }
}

/// What `--json` shows.
#[derive(Serialize)]
struct View<'a> {
    root: std::borrow::Cow<'a, str>,
    made: Vec<&'a str>,
    changed: Vec<&'a str>,
    left: Vec<LeftView<'a>>,
}

#[derive(Serialize)]
struct LeftView<'a> {
    path: &'a str,
    why: &'static str,
    message: String,
}

impl<'a> View<'a> {
    fn of(app: &'a App, made: &'a [NotePath], fitted: &'a [(NotePath, Fitted)]) -> Self {
        let mut view = Self {
            root: app.vault.root().to_string_lossy(),
            made: made.iter().map(NotePath::as_str).collect(),
            changed: Vec::new(),
            left: Vec::new(),
        };
        for (path, fitted) in fitted {
            match fitted {
                Fitted::Made => view.made.push(path.as_str()),
                Fitted::Added(_) => view.changed.push(path.as_str()),
                Fitted::Left(why) => view.left.push(LeftView {
                    path: path.as_str(),
                    why: word(why),
                    message: left(path, why, app.lang),
                }),
            }
        }
        view
    }
}

/// Why a file was left, as programs are told.
fn word(why: &Left) -> &'static str {
    match why {
        Left::There => "exists",
        Left::Complete => "complete",
        Left::Broken(_) => "broken",
        Left::Changed => "changed",
        Left::Special => "special",
        Left::Refused(_) => "refused",
        Left::Within(_) => "within",
    }
}

/// Why a file was left, and what can be done.
fn left(path: &NotePath, why: &Left, lang: Lang) -> String {
    let (ja, en) = match why {
        Left::There => (
            format!(
                "そのままにしました: {path}（すでにあります。作り直すには、消してからもう一度実行してください）"
            ),
            format!(
                "left {path} as it is: it exists already (to have it made anew, delete it and run this again)"
            ),
        ),
        Left::Complete => (
            format!("そのままにしました: {path}（型はすべて決まっています）"),
            format!("left {path} as it is: every type is set already"),
        ),
        Left::Broken(Broken::NotJson) => (
            format!(
                "そのままにしました: {path}（JSON として読めません。直してから、もう一度実行してください）"
            ),
            format!("left {path} as it is: it cannot be read as JSON; fix it and run this again"),
        ),
        Left::Broken(Broken::OtherForm) => (
            format!(
                "そのままにしました: {path}（想定と違う形の JSON です。型は Obsidian の画面でも設定できます）"
            ),
            format!("left {path} as it is: it is not in the usual form; types can be set in Obsidian itself"),
        ),
        Left::Changed => (
            format!(
                "そのままにしました: {path}（書き込む間にほかで変更されました。もう一度実行してください）"
            ),
            format!("left {path} as it is: it was changed meanwhile; run this again"),
        ),
        Left::Special => (
            format!("そのままにしました: {path}（ハードリンクか、引き継げない属性があります）"),
            format!("left {path} as it is: it is hard linked, or has attributes that cannot be kept"),
        ),
        Left::Within(above) => {
            let above = above.to_string_lossy();
            let above = crate::text::one_line(&above);
            (
                format!(
                    "{path} とプロパティの型は作りませんでした: このフォルダーは Obsidian の保管庫 {above} の一部です。\n保管庫全体で使うなら `goen -C {above} init --obsidian` を、このフォルダーだけで使うなら、ここを Obsidian で保管庫として開いてからもう一度実行してください。"
                ),
                format!(
                    "made neither {path} nor property types: this folder is part of the Obsidian vault {above}\nfor the whole vault run `goen -C {above} init --obsidian`; for this folder alone open it as a vault in Obsidian and run this again"
                ),
            )
        }
        Left::Refused(error) => {
            let why = super::fail::disk(error, lang);
            (format!("そのままにしました: {path}\n{why}"), format!("left {path} as it is\n{why}"))
        }
    };
    pick(lang, &ja, &en).to_owned()
}

fn next_step(lang: Lang) -> &'static str {
    pick(
        lang,
        "次は `goen update` です。reconnect.md に今日の予定を書きます。",
        "next: `goen update` writes today's agenda to reconnect.md",
    )
}
