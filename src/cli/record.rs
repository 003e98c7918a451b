//! Words about what was written into notes, and what was not.

use crate::app::Trouble;
use crate::problem::Obstacle;
use crate::text::{Lang, one_line};

use super::words::pick;

/// What stands in the way, with the note it is about, where that is known.
pub fn trouble(trouble: &Trouble, lang: Lang) -> String {
    let (path, why) = (one_line(trouble.path.as_str()), trouble.why.message(lang));
    if path.is_empty() { why } else { format!("{path}: {why}") }
}

/// What a task is called that stays ticked, though what came of the tick was taken back.
pub const LEFT_TICKED: (&str, &str) = ("済みのまま残しました", "left ticked");

/// The system took the bytes but could not say that they last.
pub fn uncertain(lang: Lang) -> &'static str {
    pick(
        lang,
        "書き込みは済みましたが、ディスクに残るかどうかをシステムが確かめられませんでした。",
        "it is written, but the system could not say whether it outlives a power failure",
    )
}

/// A note that was left as it was, and why.
pub fn not_written(found: &Trouble, lang: Lang) -> String {
    let why = trouble(found, lang);
    let (ja, en) = match found.why {
        Obstacle::StillTicked(_) => LEFT_TICKED,
        _ => ("書き込んでいません", "not written"),
    };
    format!("{}: {why}", pick(lang, ja, en))
}
