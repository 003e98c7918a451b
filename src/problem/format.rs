//! Why a format of daily notes cannot be used, in words.

use crate::text::Lang;

/// What is wrong with a format of daily notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormatFault {
    /// Year, month and day, or week and weekday, are not all there.
    NoDay,
    /// A token whose text depends on the locale or on the clock.
    NoName(&'static str),
    /// A `[` that is never closed.
    Unclosed,
    /// More than anybody would call a note.
    TooLong,
}

impl FormatFault {
    /// What is wrong with `[journal] format`, which is written like this.
    pub(super) fn message(self, format: &str, lang: Lang) -> String {
        match (lang, self) {
            (Lang::En, Self::NoDay) => format!("`journal.format` does not tell a day: `{format}`"),
            (Lang::En, Self::NoName(token)) => {
                format!("`{token}` in `journal.format` tells no day: `{format}`")
            }
            (Lang::En, Self::Unclosed) => {
                format!("`journal.format` has a `[` that is never closed: `{format}`")
            }
            (Lang::En, Self::TooLong) => format!("`journal.format` is too long: `{format}`"),
            (Lang::Ja, Self::NoDay) => format!("journal.format「{format}」からは日付が分かりません"),
            (Lang::Ja, Self::NoName(token)) => {
                format!("journal.format「{format}」の「{token}」からは日付が分かりません")
            }
            (Lang::Ja, Self::Unclosed) => {
                format!("journal.format「{format}」の「[」が閉じられていません")
            }
            (Lang::Ja, Self::TooLong) => format!("journal.format が長すぎます:「{format}」"),
        }
    }

    /// What to do about it.
    pub(super) fn help(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::En, Self::NoDay | Self::TooLong) => "write it as YYYY-MM-DD or YYYY/MM/YYYY-MM-DD",
            (Lang::En, Self::NoName(_)) => "put words into [ ]: [Log] YYYY-MM-DD",
            (Lang::En, Self::Unclosed) => {
                r"close it: [Log] YYYY-MM-DD; the character itself is \[, in single quotes"
            }
            (Lang::Ja, Self::NoDay | Self::TooLong) => {
                "YYYY-MM-DD や YYYY/MM/YYYY-MM-DD のように書いてください"
            }
            (Lang::Ja, Self::NoName(_)) => "文字は [日報] YYYY-MM-DD のように [ ] で囲んでください",
            (Lang::Ja, Self::Unclosed) => {
                r"[日報] YYYY-MM-DD のように閉じてください。文字としての「[」は、値を ' ' で囲んで \[ と書きます"
            }
        }
    }
}
