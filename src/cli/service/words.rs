//! What a service does not do, in words: the deed, the path, the way out.

use std::path::Path;

use super::manager::{Call, Failed, Why};
use super::unit::Unfit;
use crate::cli::words::pick;
use crate::text::{Lang, one_line};

/// The manager is none that goen knows.
pub fn no_manager(lang: Lang) -> &'static str {
    pick(
        lang,
        "このシステムではサービスを登録できません。対応しているのは systemd と launchd です。\nシステムの自動起動の設定に `goen watch` を加えてください。",
        "a service can be installed with systemd or launchd only\nadd `goen watch` to what this system starts in its own way",
    )
}

/// The file is somebody else's.
pub fn theirs(file: &str, lang: Lang) -> String {
    let (ja, en) = (
        format!(
            "{file} は goen が書いたファイルではないので、変更していません。\n別の場所に移してから、もう一度実行してください。"
        ),
        format!("{file} was not written by goen and is left as it is\nmove it elsewhere and run again"),
    );
    pick(lang, &ja, &en).to_owned()
}

/// Written, but not started.
pub fn not_started(file: &str, failed: &Failed, lang: Lang) -> String {
    let (ja, en) = (
        format!("{file} は書き込みましたが、サービスを起動できませんでした。"),
        format!("{file} is written, but the service could not be started"),
    );
    format!("{}\n{}", pick(lang, &ja, &en), by_hand(failed, lang))
}

/// Removed, but perhaps not stopped.
pub fn not_stopped(file: &str, failed: &Failed, lang: Lang) -> String {
    let (ja, en) = (
        format!("{file} は削除しましたが、サービスを停止できたか確認できません。"),
        format!("{file} is removed, but the service may still be running"),
    );
    format!("{}\n{}", pick(lang, &ja, &en), by_hand(failed, lang))
}

/// Why there can be no service.
pub fn unfit(why: &Unfit, lang: Lang) -> String {
    let shown = |path: &Path| one_line(&path.to_string_lossy()).into_owned();
    let (ja, en) = match why {
        Unfit::NoProgram(why) => (
            format!(
                "実行中の goen の場所が分かりません: {why}\ngoen をインストールし直してから、もう一度実行してください。"
            ),
            format!("where this goen is cannot be found out: {why}\ninstall it anew and run again"),
        ),
        Unfit::Path(path) => {
            let path = shown(path);
            (
                format!(
                    "{path} には、改行などの見えない文字か、UTF-8 でない文字が含まれているため、サービスに登録できません。\nその文字を除いた名前に変えてから、もう一度実行してください。"
                ),
                format!(
                    "{path} holds line breaks, other characters nobody sees, or ones that are not UTF-8: no service can be made of it\nrename it and run again"
                ),
            )
        }
        Unfit::NoRepository(path) => {
            let path = shown(path);
            (
                format!(
                    "{path} は git のリポジトリの中にないため、コミットできません。\n`git init` を実行するか、--commit を付けずに登録してください。"
                ),
                format!(
                    "{path} lies in no git repository, so nothing can be committed\nrun `git init`, or install without --commit"
                ),
            )
        }
        Unfit::NoHome => (
            "ホームフォルダーが分からないため、サービスを登録できません。\n$HOME を設定してから、もう一度実行してください。".into(),
            "where your home folder is cannot be found out, so no service can be installed\nset $HOME and run again"
                .into(),
        ),
    };
    pick(lang, &ja, &en).to_owned()
}

/// What failed, and what to type.
fn by_hand(failed: &Failed, lang: Lang) -> String {
    let call = &failed.call;
    let why = match &failed.why {
        Why::NoProgram => pick(lang, "コマンドが見つかりません", "there is no such command"),
        Why::Said(said) if said.is_empty() => pick(lang, "理由は示されていません", "no reason was given"),
        Why::Said(said) => said,
    };
    let left: Vec<String> = failed.left.iter().map(|call: &Call| format!("  {call}")).collect();
    let left = left.join("\n");
    let (ja, en) = (
        format!(
            "`{call}` が失敗しました: {why}\n原因を取り除いてから、次のコマンドを実行してください。\n{left}"
        ),
        format!("`{call}` failed: {why}\nonce the cause is gone, run\n{left}"),
    );
    pick(lang, &ja, &en).to_owned()
}
