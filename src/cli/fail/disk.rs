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
    let (words, help) = (why.words(lang), why.help(lang));
    let (ja, en) =
        (format!("{path} を使えません: {words}。\n{help}。"), format!("cannot use {path}: {words}\n{help}"));
    pick(lang, &ja, &en).to_owned()
}
