//! `goen git setup`, `goen git merge`: notes of several machines together.

use std::path::{Path, PathBuf};

use super::Cli;
use super::fail::Fail;
use super::output::{Output, say};
use super::words::pick;
use crate::app::{self, ATTRIBUTES, App, Elsewise, MergeError, Merged, SetUp, SetUpError, Versions};
use crate::problem::Refused;
use crate::text::{Lang, one_line};
use crate::vault::{Deed, DiskError, DriverError, GitDeed, GitError, GitTrouble};

/// One vault on several machines: have git merge notes and the page with goen
/// ・ 複数の端末で使う（git のマージを goen に任せる）
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Have git merge notes and the page with goen; run it once in every clone ・ git のマージに goen を使う設定（クローンごとに一度）
    Setup(Setup),
    /// Merge three versions of a file (run by git) ・ 三つの版をマージする（git が呼び出す）
    Merge(Merge),
}

#[derive(Debug, clap::Args)]
struct Setup {
    /// Undo the setup ・ 設定を取り消す
    #[arg(long)]
    remove: bool,
    /// Show what would be done, and change nothing ・ 変更せず、何をするかを表示する
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, clap::Args)]
struct Merge {
    /// The common ancestor (%O) ・ 共通の祖先（%O）
    #[arg(value_name = "BASE", allow_hyphen_values = true)]
    base: PathBuf,
    /// Our version; the result is written over it (%A) ・ こちらの版。マージの結果で上書きする（%A）
    #[arg(value_name = "OURS", allow_hyphen_values = true)]
    ours: PathBuf,
    /// Their version (%B) ・ 相手の版（%B）
    #[arg(value_name = "THEIRS", allow_hyphen_values = true)]
    theirs: PathBuf,
    /// Length of conflict markers (%L) ・ 競合マーカーの長さ（%L）
    #[arg(value_name = "MARKER_SIZE")]
    marker: Option<u32>,
    /// Where the file belongs (%P) ・ ファイルのパス（%P）
    #[arg(value_name = "PATH", allow_hyphen_values = true)]
    path: Option<String>,
    /// Names of the three versions in conflict markers (%S %X %Y) ・ 競合マーカーに添える三つの版の名前（%S %X %Y）
    #[arg(value_name = "LABEL", num_args = 0..=3, allow_hyphen_values = true)]
    labels: Vec<String>,
}

/// Runs it.
pub fn run(cli: &Cli, args: &Args, output: &mut Output) -> Result<u8, Fail> {
    match &args.verb {
        Verb::Setup(args) => setup(cli.open()?, args, cli.json, output),
        Verb::Merge(args) => merge(args, cli.lang.unwrap_or_default()),
    }
}

fn setup(app: &App, args: &Setup, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let lang = app.lang;
    let done = if args.remove {
        app.take_merging_back(args.dry_run)
    } else {
        let program = program(lang)?;
        app.set_up_merging(&program, args.dry_run)
    };
    let done = done.map_err(|error| not_set_up(error, app))?;
    if as_json {
        output.json(&serde_json::json!({
            "vault": app.vault.root().display().to_string(),
            "attributes": ATTRIBUTES,
            "attributes_changed": done.attributes,
            "driver": done.driver,
            "driver_changed": done.settings,
            "rules": done.rules,
            "instead": done.elsewise.as_ref().map(|other| &other.driver),
            "instead_at": done.elsewise.as_ref().map(|other| &other.path),
            "dry_run": args.dry_run,
        }));
        return Ok(0);
    }
    for line in told(&done, args, lang) {
        output.line(&line);
    }
    Ok(0)
}

/// What was done, in words.
fn told(done: &SetUp, args: &Setup, lang: Lang) -> Vec<String> {
    let ja = lang == Lang::Ja;
    let mut out = Vec::new();
    // What follows is for the shell where goen is not found.
    let driver = one_line(done.driver.split("; s=").next().unwrap_or_default());
    let rules = done.rules.iter().map(|rule| format!("`{}`", one_line(rule))).collect::<Vec<_>>();
    let rules = rules.join(pick(lang, "、", ", "));
    out.push(match (args.remove, done.attributes, args.dry_run) {
        (false, true, false) if ja => format!("{ATTRIBUTES} に {rules} を書きました。"),
        (false, true, false) => format!("wrote {rules} into {ATTRIBUTES}"),
        (false, true, true) if ja => format!("{ATTRIBUTES} に {rules} を書きます。"),
        (false, true, true) => format!("would write {rules} into {ATTRIBUTES}"),
        (false, false, _) if ja => format!("{ATTRIBUTES} は設定済みです。"),
        (false, false, _) => format!("{ATTRIBUTES} is set up already"),
        (true, true, false) if ja => format!("{ATTRIBUTES} から goen の行を取り除きました。"),
        (true, true, false) => format!("took goen's lines out of {ATTRIBUTES}"),
        (true, true, true) if ja => format!("{ATTRIBUTES} から goen の行を取り除きます。"),
        (true, true, true) => format!("would take goen's lines out of {ATTRIBUTES}"),
        (true, false, _) if ja => format!("{ATTRIBUTES} に goen が書いた行はありません。"),
        (true, false, _) => format!("{ATTRIBUTES} has no lines that goen wrote"),
    });
    out.push(match (args.remove, done.settings, args.dry_run) {
        (false, true, false) if ja => {
            format!("このクローンの git 設定に書きました: merge.goen.driver = {driver}")
        }
        (false, true, false) => format!("set in this clone: merge.goen.driver = {driver}"),
        (false, true, true) if ja => {
            format!("このクローンの git 設定に書きます: merge.goen.driver = {driver}")
        }
        (false, true, true) => format!("would set in this clone: merge.goen.driver = {driver}"),
        (false, false, _) if ja => {
            format!("このクローンの git 設定は済んでいます: merge.goen.driver = {driver}")
        }
        (false, false, _) => format!("set in this clone already: merge.goen.driver = {driver}"),
        (true, true, false) if ja => "このクローンの git 設定から merge.goen を取り除きました。".to_owned(),
        (true, true, false) => "took merge.goen out of this clone's settings".to_owned(),
        (true, true, true) if ja => "このクローンの git 設定から merge.goen を取り除きます。".to_owned(),
        (true, true, true) => "would take merge.goen out of this clone's settings".to_owned(),
        (true, false, _) if ja => {
            "このクローンの git 設定に goen が書いた merge.goen はありません。".to_owned()
        }
        (true, false, _) => "this clone's settings have no merge.goen that goen wrote".to_owned(),
    });
    if let Some(Elsewise { path, driver, count }) = &done.elsewise {
        let (path, driver) = (one_line(path), one_line(driver));
        out.push(match lang {
            Lang::Ja => format!("ただし、goen でマージされないファイルが {count} 件あります（{path} は `{driver}`）。下の階層のフォルダーにある {ATTRIBUTES} か .git/info/attributes の設定が優先されています。"),
            Lang::En => format!("but {path} is merged with `{driver}` (files like it: {count}): a rule in a deeper {ATTRIBUTES} or in .git/info/attributes takes precedence"),
        });
    }
    if !args.remove {
        out.push(pick(
            lang,
            "git の設定はクローンには引き継がれません。.gitattributes をコミットし、ほかの端末やクローンでも `goen git setup` を一度ずつ実行してください。",
            "git settings are not cloned: commit .gitattributes, and run `goen git setup` once in every other clone",
        ).to_owned());
    }
    out
}

fn merge(args: &Merge, lang: Lang) -> Result<u8, Fail> {
    // A git that does not know a placeholder hands it on as it is.
    let mut labels = args.labels.iter().map(|label| {
        let is_label = !label.is_empty() && !matches!(label.as_str(), "%S" | "%X" | "%Y");
        is_label.then(|| one_line(label).into_owned())
    });
    let mut label = || labels.next().flatten();
    let versions = Versions {
        base: args.base.clone(),
        ours: args.ours.clone(),
        theirs: args.theirs.clone(),
        marker: args.marker,
        path: args.path.clone(),
        labels: [label(), label(), label()],
    };
    let here = std::env::current_dir().map_err(|source| {
        Fail::Disk(DiskError { deed: Deed::Read, path: PathBuf::from("."), source }, lang)
    })?;
    match app::merge(&versions, &here) {
        Ok(Merged::Whole) => Ok(0),
        Ok(Merged::Conflict) => Ok(1),
        Ok(Merged::NoText) => {
            let path = one_line(args.path.as_deref().unwrap_or_default()).into_owned();
            say(pick(
                lang,
                &format!("{path} はテキストではないため、マージできません。こちらの版のままです。"),
                &format!("{path} is not text and cannot be merged; your version is kept"),
            ));
            Ok(1)
        }
        Err(MergeError::Disk(error)) => Err(Fail::Disk(error, lang)),
        Err(MergeError::Git(error)) => Err(Fail::Said(of_git(&error, lang), lang)),
    }
}

/// How a shell calls this program: by its name, where that finds it, else by its whole path.
fn program(lang: Lang) -> Result<String, Fail> {
    let failed =
        |source| Fail::Disk(DiskError { deed: Deed::Read, path: PathBuf::from("goen"), source }, lang);
    let own = std::env::current_exe().map_err(failed)?;
    let own = own.canonicalize().unwrap_or(own);
    let name = if cfg!(windows) { "goen.exe" } else { "goen" };
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&paths).map(|folder| folder.join(name)).find(|file| file.is_file());
    if found.and_then(|file| file.canonicalize().ok()).is_some_and(|file| file == own) {
        return Ok("goen".to_owned());
    }
    quoted(&own).ok_or_else(|| {
        let path = one_line(&own.to_string_lossy()).into_owned();
        Fail::Said(
            pick(
                lang,
                &format!("git の設定に書けないパスです: {path}\ngoen を PATH の通った場所に置いて、もう一度実行してください。"),
                &format!("this path cannot be written into git's settings: {path}\nput goen on the PATH and run again"),
            )
            .to_owned(),
            lang,
        )
    })
}

/// A path as one word of the shell that git uses, on Windows too.
fn quoted(path: &Path) -> Option<String> {
    let text = path.to_str().filter(|text| !text.contains(['\n', '\r', '\0']))?;
    let text =
        if cfg!(windows) { text.trim_start_matches(r"\\?\").replace('\\', "/") } else { text.to_owned() };
    Some(format!("'{}'", text.replace('\'', r"'\''")))
}

fn not_set_up(error: SetUpError, app: &App) -> Fail {
    let lang = app.lang;
    let words = match error {
        SetUpError::Disk(error) => return Fail::Disk(error, lang),
        SetUpError::Git(DriverError::NoRepository) => {
            let root = one_line(&app.vault.root().to_string_lossy()).into_owned();
            pick(
                lang,
                &format!("{root} は git のリポジトリの中にありません。\n`git init` でリポジトリを作ってから、もう一度実行してください。"),
                &format!("{root} is not in a git repository\nmake one with `git init` and run this again"),
            ).to_owned()
        }
        SetUpError::Git(error) => of_git(&error, lang),
        SetUpError::NoText => pick(
            lang,
            ".gitattributes を UTF-8 のテキストとして読めません。何も書き込んでいません。\n保存し直してから、もう一度実行してください。",
            ".gitattributes cannot be read as UTF-8 text; nothing was written\nsave it anew and run again",
        ).to_owned(),
        SetUpError::NotReplaced(why) => {
            let why = one_line(&why).into_owned();
            pick(
                lang,
                &format!(".gitattributes に書き込めません: {why}\n`*.md merge=goen` の行を自分で書き足すか、goen.toml の [write] mode を \"in-place\" にしてください。"),
                &format!("cannot write .gitattributes: {why}\nadd the line `*.md merge=goen` yourself, or set [write] mode to \"in-place\" in goen.toml"),
            ).to_owned()
        }
    };
    Fail::Said(words, lang)
}

fn of_git(error: &DriverError, lang: Lang) -> String {
    let said = |error: &GitError| one_line(&error.to_string()).into_owned();
    match (error, lang) {
        (DriverError::NoGit, Lang::Ja) => {
            "git コマンドが見つかりません。git をインストールして、もう一度実行してください。".to_owned()
        }
        (DriverError::NoGit, Lang::En) => {
            "git is not installed, or not on the PATH; install it and run this again".to_owned()
        }
        (DriverError::Git(error), Lang::Ja) => {
            format!("{}。ファイルは元のままです", of_git_ja(error))
        }
        (DriverError::Git(error), Lang::En) => format!("{}; the file is as it was", said(error)),
        (error, Lang::Ja) => {
            format!("マージできません。ファイルは元のままです: {}", one_line(&error.to_string()))
        }
        (error, Lang::En) => format!("cannot merge: {}; the file is as it was", one_line(&error.to_string())),
    }
}

/// What git would not do, and why, as far as it is not git that says it.
fn of_git_ja(error: &GitError) -> String {
    let deed = match error.deed {
        GitDeed::Look => "リポジトリーの状態を調べられません",
        GitDeed::Add => "新しいファイルを登録できません",
        GitDeed::Commit => "コミットできません",
        GitDeed::Undo => "登録した新しいファイルを元に戻せません",
        GitDeed::Configure => "リポジトリーの設定を変えられません",
        GitDeed::Merge => "行をマージできません",
    };
    let why = match &error.why {
        GitTrouble::Said(words) => words.clone(),
        GitTrouble::Silent { code: Some(code) } => {
            format!("何も言わずに終わりました（終了コード {code}）。フックが断ったのかもしれません")
        }
        GitTrouble::Silent { code: None } => "シグナルで終わりました".to_owned(),
        GitTrouble::TimedOut(after) => format!(
            "{} 秒たっても終わりません。フックや署名のプログラムが待っているのかもしれません",
            after.as_secs_f32()
        ),
        GitTrouble::System(error) => Refused::from(error).words(Lang::Ja).into_owned(),
    };
    format!("git で{deed}: {}", one_line(&why))
}
