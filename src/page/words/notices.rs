//! Lines by which goen answers what somebody did on the page, and those that say that nothing is planned.

use super::super::Stay;
use super::{TROUBLED, WAITING};
use crate::text::{Lang, pick};

/// The label of the line that says why a tick is not recorded yet …
const NOT_RECORDED: (&str, &str) = ("まだ記録していません", "Not recorded yet");

/// … and why one is not taken back.
const NOT_TAKEN_BACK: (&str, &str) = ("取り消せません", "Cannot be taken back");

pub(super) const NOTICES: [&str; 4] = [NOT_RECORDED.0, NOT_RECORDED.1, NOT_TAKEN_BACK.0, NOT_TAKEN_BACK.1];

/// Why a tick is not recorded yet, or not taken back: goen's own words.
pub fn notice(stay: &Stay, lang: Lang) -> Option<String> {
    let ((ja, en), why) = match stay {
        Stay::AsItIs | Stay::Waiting => return None,
        Stay::NotRecorded(why) => (NOT_RECORDED, why),
        Stay::NotTakenBack(why) => (NOT_TAKEN_BACK, why),
    };
    Some(format!("{}: {why}", pick(lang, ja, en)))
}

/// Whether a line below an item begins as goen's word on a mark does.
pub fn is_notice(line: &str) -> bool {
    NOTICES.iter().any(|label| line.trim_start_matches("- ").starts_with(label))
}

pub(super) const NOTHING: (&str, &str) =
    ("今日の予定はありません。よい一日を。", "Nothing planned today. Enjoy the day.");

/// A line between the lists.
pub(super) fn own_line(text: &str) -> String {
    format!("*{text}*")
}

/// Whether a line between the lists is one that goen writes, in whichever language.
pub fn is_own_line(line: &str) -> bool {
    let Some(text) = line.strip_prefix('*').and_then(|line| line.strip_suffix('*')) else { return false };
    let of = |beginning: &str, end: &str| text.starts_with(beginning) && text.contains(end);
    text == NOTHING.0
        || text == NOTHING.1
        || of(WAITING.0, " 人は、余裕ができたときに。")
        || of(WAITING.1, ", when there is room.")
        || of(TROUBLED.0, " 件あります（goen check）")
        || of(TROUBLED.1, " (goen check)")
}
