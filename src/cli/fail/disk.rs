//! What the disk refuses, in words.

use super::super::words::pick;
use crate::problem::Refused;
use crate::text::{Lang, one_line};
use crate::vault::{Deed, DiskError, OffLimits};

/// What the disk refused.
pub fn disk(error: &DiskError, lang: Lang) -> String {
    let path = error.path.to_string_lossy();
    let path = one_line(&path);
    if let Some(why) = error.off_limits() {
        return off_limits(&path, why, lang);
    }
    let refused = Refused::from(&error.source);
    let why = refused.words(lang);
    match (error.deed, lang) {
        (Deed::Read, Lang::Ja) => format!("{path} を読めません: {why}\nパスとアクセス権を確かめてください。"),
        (Deed::Read, Lang::En) => format!("cannot read {path}: {why}\ncheck the path and its permissions"),
        (Deed::Write, Lang::Ja) => format!(
            "{path} に書き込めません: {why}\nアクセス権と空き容量を確かめてください。ファイルは元のままです。"
        ),
        (Deed::Write, Lang::En) => format!(
            "cannot write {path}: {why}\ncheck its permissions and the space left; the file is as it was"
        ),
        (Deed::Remove, Lang::Ja) => {
            format!("{path} を削除できません: {why}\nパスとアクセス権を確かめてください。")
        }
        (Deed::Remove, Lang::En) => {
            format!("cannot remove {path}: {why}\ncheck the path and its permissions")
        }
        (Deed::Make, Lang::Ja) => {
            format!("フォルダー {path} を作れません: {why}\nパスとアクセス権を確かめてください。")
        }
        (Deed::Make, Lang::En) => {
            format!("cannot make the folder {path}: {why}\ncheck the path and its permissions")
        }
    }
}

/// Why goen leaves what stands at a path alone.
fn off_limits(path: &dyn std::fmt::Display, why: OffLimits, lang: Lang) -> String {
    let (ja, en) = match why {
        OffLimits::Outside => (
            "保管庫の外へのリンクです。\nリンクの代わりに、ファイルそのものを保管庫の中に置いてください。",
            "a link leads out of the vault\nput the file itself into the vault",
        ),
        OffLimits::NoFile => (
            "フォルダーなど、ファイルでないものがあります。\nそれを移すか、名前を変えてください。",
            "it is not a file\nmove it away, or rename it",
        ),
        OffLimits::Dangling => (
            "リンク先がありません。\nリンクを削除するか、リンク先を直してください。",
            "it is a link to nothing\nremove the link, or mend it",
        ),
    };
    let (ja, en) = (format!("{path} を使えません: {ja}"), format!("cannot use {path}: {en}"));
    pick(lang, &ja, &en).to_owned()
}
