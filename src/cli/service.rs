//! `goen service`: the daemon as a service of the system, started at login.
//!
//! Knows the order of deeds; what the files say is in `systemd` and `launchd`, who reads them
//! is in `manager`.

mod launchd;
mod manager;
mod systemd;
mod unit;
mod words;

use std::path::{Path, PathBuf};

use super::Cli;
use super::fail::Fail;
use super::output::{Output, say};
use super::words::pick;
use crate::app::{App, OpenError};
use crate::text::{Lang, one_line};
use crate::vault::unit_file::{self, There};
use crate::vault::{self, Deed, DiskError, LocalState, Vault};
use manager::{Manager, Standing};
use unit::{Unfit, Unit};

/// Keep `goen watch` running from login on: a systemd user unit, a launchd agent
/// ・ ログイン時から `goen watch` を動かす（systemd のユーザーユニット、launchd エージェント）
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Install the service of this vault and start it ・ このフォルダーのサービスを登録して起動する
    Install(Install),
    /// Stop the service of this vault and remove it ・ このフォルダーのサービスを停止して登録を解除する
    Uninstall(Where),
    /// Say whether it is installed, up to date and running ・ 登録されているか、最新か、動いているかを表示
    Status(Where),
}

#[derive(Debug, clap::Args)]
struct Install {
    /// Let the daemon commit the vault to git ・ 変更を git にコミットする
    #[arg(long)]
    commit: bool,
    /// Print the file and write nothing ・ ファイルの内容を表示し、何も書き込まない
    #[arg(long)]
    print: bool,
    #[command(flatten)]
    place: Where,
}

#[derive(Debug, clap::Args)]
struct Where {
    /// Who keeps services; else what this system has ・ サービスを管理するプログラム（省略時は、この端末にあるもの）
    #[arg(long = "for", value_name = "systemd|launchd", hide_possible_values = true)]
    manager: Option<Manager>,
}

/// The service of a vault, and who keeps it.
struct Service {
    manager: Manager,
    root: PathBuf,
    slug: String,
    name: String,
    file: PathBuf,
    lang: Lang,
    /// The settings ask for commits.
    commits: bool,
}

/// Runs it.
pub fn run(cli: &Cli, args: &Args, output: &mut Output) -> Result<u8, Fail> {
    let (root, (lang, commits), place) = match &args.verb {
        Verb::Install(args) => {
            // What the daemon could not open is said now.
            let app = cli.open()?;
            let commits = app.config.git.commit.is_some();
            (app.vault.root().to_path_buf(), (app.lang, commits), &args.place)
        }
        Verb::Uninstall(place) | Verb::Status(place) => {
            // A vault that is out of order, or gone, may still have a service.
            let root = cli.root()?;
            let root = Vault::real(&root).map_err(|e| Fail::Disk(e, cli.lang.unwrap_or_default()))?;
            let spoken = spoken(cli, &root)?;
            (root, spoken, place)
        }
    };
    let Some(manager) = place.manager.or_else(Manager::here) else {
        say(words::no_manager(lang));
        return Ok(2);
    };
    let slug = vault::slug(&root);
    let Some(file) = manager.file(&slug) else {
        say(&words::unfit(&Unfit::NoHome, lang));
        return Ok(2);
    };
    let service = Service { manager, root, name: manager.name(&slug), slug, file, lang, commits };
    match &args.verb {
        Verb::Install(args) => service.install(args, cli.json, output),
        Verb::Uninstall(_) => service.uninstall(cli.json, output),
        Verb::Status(_) => service.status(cli.json, output),
    }
}

/// The language of a vault that may be out of order, and whether its settings ask for commits.
fn spoken(cli: &Cli, root: &Path) -> Result<(Lang, bool), Fail> {
    let (lang, commits) = match App::open(root, cli.options()?) {
        Ok(app) => (app.lang, app.config.git.commit.is_some()),
        Err(OpenError::Config { lang, .. }) => (lang.unwrap_or_default(), false),
        Err(OpenError::Disk(_)) => (Lang::default(), false),
    };
    Ok((cli.lang.unwrap_or(lang), commits))
}

impl Service {
    fn install(&self, args: &Install, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
        let (unit, text) = match self.render(args.commit || self.commits) {
            Ok(rendered) => rendered,
            Err(why) => {
                say(&words::unfit(&why, self.lang));
                return Ok(2);
            }
        };
        if args.print {
            if as_json {
                output.json(&serde_json::json!({ "name": self.name, "file": self.file, "text": text }));
            } else {
                output.lines(&text);
            }
            return Ok(0);
        }
        let was = match self.look()? {
            There::Theirs => return Ok(self.theirs()),
            There::Nothing => None,
            There::Ours(was) => Some(was),
        };
        self.make_folders(&unit)?;
        let same = was.as_ref() == Some(&text);
        if !same {
            unit_file::write(&self.file, &text, was.as_deref()).map_err(|e| self.refused(e))?;
        }
        let (name, file) = (&self.name, self.shown());
        if let Err(failed) = self.manager.start(&self.slug, &self.file, was.is_some() && !same) {
            say(&words::not_started(&file, &failed, self.lang));
            return Ok(2);
        }
        if as_json {
            output.json(&self.deed("written", !same));
            return Ok(0);
        }
        let (ja, en) = match was {
            None => (
                format!("サービス {name} を登録し、起動しました（{file}）"),
                format!("installed and started {name} ({file})"),
            ),
            Some(_) if same => (
                format!("サービス {name} はすでに登録され、動いています（{file}）"),
                format!("{name} is installed already and running ({file})"),
            ),
            Some(_) => (
                format!("サービス {name} の登録内容を更新し、再起動しました（{file}）"),
                format!("replaced and restarted {name} ({file})"),
            ),
        };
        output.line(pick(self.lang, &ja, &en));
        Ok(0)
    }

    fn uninstall(&self, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
        let (name, file) = (&self.name, self.shown());
        let there = match self.look()? {
            There::Theirs => return Ok(self.theirs()),
            There::Nothing => false,
            There::Ours(_) => true,
        };
        if there {
            let stopped = self.manager.stop(&self.slug);
            unit_file::remove(&self.file).map_err(|e| self.refused(e))?;
            // Whoever could not be asked to stop it could not be asked to take this away either.
            if let Some(link) = self.manager.link(&self.file) {
                unit_file::remove_dangling(&link);
            }
            if let Err(failed) = stopped.and_then(|()| self.manager.forget()) {
                say(&words::not_stopped(&file, &failed, self.lang));
                return Ok(2);
            }
        }
        if as_json {
            output.json(&self.deed("removed", there));
            return Ok(0);
        }
        let (ja, en) = if there {
            (
                format!("サービス {name} を停止し、登録を解除しました（{file}）"),
                format!("stopped and removed {name} ({file})"),
            )
        } else {
            (format!("サービス {name} は登録されていません。"), format!("{name} is not installed"))
        };
        output.line(pick(self.lang, &ja, &en));
        Ok(0)
    }

    fn status(&self, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
        let there = self.look()?;
        // A service that commits is compared with one that commits.
        let commit = self.commits || matches!(&there, There::Ours(text) if self.manager.commits(text));
        let wanted = self.render(commit);
        let current = matches!((&there, &wanted), (There::Ours(text), Ok((_, wanted))) if text == wanted);
        let standing = self.manager.standing(&self.slug);
        if as_json {
            output.json(&serde_json::json!({
                "installed": matches!(there, There::Ours(_)),
                "current": current,
                "file": self.file.to_string_lossy(),
                "name": self.name,
                "running": standing.running,
                "vault": self.root.to_string_lossy(),
            }));
            return Ok(0);
        }
        let (lang, name, file) = (self.lang, &self.name, self.shown());
        let (ja, en) = match there {
            There::Nothing => (
                format!("サービス {name} は登録されていません。`goen service install` で登録できます。"),
                format!("{name} is not installed; `goen service install` does it"),
            ),
            There::Theirs => (
                format!("{file} がありますが、goen が書いたファイルではありません。"),
                format!("{file} is there, but was not written by goen"),
            ),
            There::Ours(_) => (
                format!("サービス {name} は登録されています（{file}）"),
                format!("{name} is installed ({file})"),
            ),
        };
        output.line(pick(lang, &ja, &en));
        if let There::Ours(_) = there {
            let again = if commit { "goen service install --commit" } else { "goen service install" };
            let outdated = match wanted {
                Ok(_) if current => None,
                Ok(_) => {
                    let (ja, en) = (
                        format!(
                            "登録内容が今の goen やフォルダーと違っています。`{again}` をもう一度実行してください。"
                        ),
                        format!("it does not fit this goen or this folder any more: run `{again}` again"),
                    );
                    Some(pick(lang, &ja, &en).to_owned())
                }
                Err(why) => Some(words::unfit(&why, lang)),
            };
            output.lines(&outdated.unwrap_or_default());
            self.say_standing(standing, again, output);
        }
        Ok(0)
    }

    fn say_standing(&self, standing: Standing, again: &str, output: &mut Output) {
        let lang = self.lang;
        output.line(match standing.running {
            Some(true) => pick(lang, "動いています。", "it is running"),
            Some(false) => pick(lang, "動いていません。", "it is not running"),
            None => pick(
                lang,
                "動いているかどうかは確認できません。",
                "whether it is running cannot be found out",
            ),
        });
        match standing.enabled {
            Some(true) => output.line(pick(lang, "ログイン時に自動で起動します。", "it starts at login")),
            Some(false) => {
                let (ja, en) = (
                    format!("ログイン時に自動では起動しません。`{again}` で起動するようになります。"),
                    format!("it does not start at login: `{again}` makes it"),
                );
                output.line(pick(lang, &ja, &en));
            }
            None => {}
        }
    }

    fn look(&self) -> Result<There, Fail> {
        unit_file::look(&self.file, self.manager.mark()).map_err(|e| self.refused(e))
    }

    /// The service as it would be written now.
    fn render(&self, commit: bool) -> Result<(Unit, String), Unfit> {
        let binary =
            std::env::current_exe().and_then(|path| path.canonicalize()).map_err(Unfit::NoProgram)?;
        let unit = Unit::new(&binary, &self.root, commit)?;
        let text = self.manager.render(&unit);
        Ok((unit, text))
    }

    /// Makes the folders that the daemon writes to but may not make, or that nobody makes.
    fn make_folders(&self, unit: &Unit) -> Result<(), Fail> {
        if let Some(state) = LocalState::of(&self.root) {
            let failed = |source| DiskError { deed: Deed::Write, path: state.dir().to_path_buf(), source };
            state.make().map_err(|error| self.refused(failed(error)))?;
        }
        match (self.manager, Path::new(&unit.log).parent()) {
            (Manager::Launchd, Some(logs)) => unit_file::make_folder(logs).map_err(|e| self.refused(e)),
            _ => Ok(()),
        }
    }

    fn refused(&self, error: DiskError) -> Fail {
        Fail::Disk(error, self.lang)
    }

    /// Says that the file is somebody else's, and gives the exit code.
    fn theirs(&self) -> u8 {
        say(&words::theirs(&self.shown(), self.lang));
        2
    }

    /// The file's path, to be read by a person.
    fn shown(&self) -> String {
        one_line(&self.file.to_string_lossy()).into_owned()
    }

    /// What was done, as data.
    fn deed(&self, deed: &str, done: bool) -> serde_json::Value {
        serde_json::json!({
            "name": self.name,
            "file": self.file.to_string_lossy(),
            "vault": self.root.to_string_lossy(),
            deed: done,
        })
    }
}
