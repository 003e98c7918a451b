//! Words about what was written into notes, and what was not.

use crate::app::Trouble;
use crate::text::{Lang, one_line};

use super::words::pick;

/// What stands in the way, with the note it is about.
pub fn trouble(trouble: &Trouble, lang: Lang) -> String {
    format!("{}: {}", one_line(trouble.path.as_str()), trouble.why.message(lang))
}

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
    let (ja, en) = (format!("書き込んでいません: {why}"), format!("not written: {why}"));
    pick(lang, &ja, &en).to_owned()
}
