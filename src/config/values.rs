//! The kinds of values in `goen.toml`: what each takes, the example that says so, and how a
//! value of each is written.

mod places;
mod written;

use std::borrow::Cow;
use std::time::Duration;

use chrono::NaiveDate;

use super::reader::{Kind, Reader, Value, Wrong};
use crate::date::{self, DayFirst, Window};
use crate::moment::DailyFormat;
use crate::problem::{Takes, What};
use crate::text::{Lang, Span};

use written::{array, in_days, in_units, in_words, or_empty};

pub(super) use written::{listed, quoted};

/// A closed set of words, the way the file spells them.
pub(super) trait Choice: Copy + 'static {
    /// Every word with what it means.
    const ALL: &'static [(&'static str, Self)];
    /// The words, as a kind of value.
    const KIND: Kind<Self>;
}

/// Declares an enum whose values are words in `goen.toml`.
macro_rules! choice {
    ($(#[$about:meta])* $name:ident {
        $(#[$about_first:meta])* $first:ident = $first_word:literal,
        $($(#[$about_value:meta])* $value:ident = $word:literal,)*
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $(#[$about_first])* $first,
            $($(#[$about_value])* $value,)*
        }

        impl $name {
            /// The word in `goen.toml`.
            pub fn word(self) -> &'static str {
                match self {
                    Self::$first => $first_word,
                    $(Self::$value => $word,)*
                }
            }
        }

        impl $crate::config::values::Choice for $name {
            const ALL: &'static [(&'static str, Self)] =
                &[($first_word, Self::$first), $(($word, Self::$value),)*];
            const KIND: $crate::config::reader::Kind<Self> = $crate::config::reader::Kind {
                takes: $crate::problem::Takes::like(
                    concat!("\"", $first_word, "\"", $(", \"", $word, "\"",)*),
                ),
                written: |choice| Some($crate::config::values::quoted(choice.word())),
            };
        }
    };
}
pub(super) use choice;

/// More than anybody's energy, and few enough that sums of them stay exact.
const MOST: f64 = 1000.0;

/// A hundred years: more days than anybody waits.
const MOST_DAYS: u32 = 36_500;

/// 31 days.
const MOST_SECONDS: u64 = 31 * 24 * 60 * 60;

impl Reader<'_> {
    /// `true` or `false`.
    pub(super) fn bool(&mut self, key: &'static str, into: &mut bool) {
        let kind = Kind { takes: Takes::like("true, false"), written: |yes: &bool| Some(yes.to_string()) };
        self.take(key, &kind, into, |v| v.bool());
    }

    /// A whole number from 0.
    pub(super) fn count(&mut self, key: &'static str, into: &mut u32) {
        let takes = Takes { en: "a whole number from 0", ja: "0 以上の整数", like: "2" };
        self.take(key, &Kind { takes, written: |n: &u32| Some(n.to_string()) }, into, |v| v.count());
    }

    /// A number from 0.
    pub(super) fn amount(&mut self, key: &'static str, into: &mut f64) {
        let takes = Takes { en: "a number from 0 to 1000", ja: "0 から 1000 までの数", like: "2, 0.5" };
        self.number(key, takes, into, |n| (0.0..=MOST).contains(&n));
    }

    /// A number above 0.
    pub(super) fn factor(&mut self, key: &'static str, into: &mut f64) {
        let takes =
            Takes {
                en: "a number above 0, 1000 at most", ja: "0 より大きく 1000 までの数", like: "2, 0.5"
            };
        self.number(key, takes, into, |n| n > 0.0 && n <= MOST);
    }

    /// A number from 0 to 1.
    pub(super) fn share(&mut self, key: &'static str, into: &mut f64) {
        let takes = Takes { en: "a number from 0 to 1", ja: "0 から 1 までの数", like: "0.2" };
        self.number(key, takes, into, |n| (0.0..=1.0).contains(&n));
    }

    fn number(&mut self, key: &'static str, takes: Takes, into: &mut f64, fits: impl FnOnce(f64) -> bool) {
        let kind = Kind { takes, written: |n| Some(format!("{n:?}")) };
        // `-0.0` is 0, and is never shown with its sign.
        self.take(key, &kind, into, |v| v.number().filter(|n| fits(*n)).map(|n| n + 0.0));
    }

    /// A number of days: `14`, `"14d"`, `"2w"`.
    pub(super) fn days(&mut self, key: &'static str, into: &mut u32) {
        self.take(key, &Kind { takes: DAYS, written: |n| Some(in_days(*n)) }, into, |v| days(&v));
    }

    /// As [`Reader::days`], where there may be none.
    pub(super) fn own_days(&mut self, key: &'static str, into: &mut Option<u32>) {
        self.take(key, &Kind { takes: DAYS, written: |n: &Option<u32>| n.map(in_days) }, into, |v| {
            days(&v).map(Some)
        });
    }

    /// As [`Reader::days`], from one day.
    pub(super) fn every(&mut self, key: &'static str, into: &mut u32) {
        let takes = Takes { en: "days, at least one", ja: "1 日以上の日数", like: "\"7d\", \"2w\", 7" };
        let kind = Kind { takes, written: |n| Some(in_days(*n)) };
        self.take(key, &kind, into, |v| days(&v).filter(|d| *d > 0));
    }

    /// Seconds, minutes or hours: `"3s"`, `"10m"`, `"1h"`.
    pub(super) fn time(&mut self, key: &'static str, into: &mut Duration) {
        let takes = Takes { en: "a time", ja: "時間", like: "\"3s\", \"10m\", \"1h\"" };
        let kind = Kind { takes, written: |time| Some(in_units(*time)) };
        self.take(key, &kind, into, |v| time(&v.word()?));
    }

    /// As [`Reader::time`]; it may also be none at all.
    pub(super) fn pause(&mut self, key: &'static str, into: &mut Duration) {
        let takes = Takes { en: "a time", ja: "時間", like: "\"0s\", \"3s\", \"1m\"" };
        let kind = Kind { takes, written: |time| Some(in_units(*time)) };
        self.take(key, &kind, into, |v| {
            let word = v.word()?;
            let is_none = matches!(number_and_unit(&word), Some((0, "s" | "m" | "h")));
            if is_none { Some(Duration::ZERO) } else { time(&word) }
        });
    }

    /// As [`Reader::time`], or `"off"`.
    pub(super) fn time_or_off(&mut self, key: &'static str, into: &mut Option<Duration>) {
        let takes =
            Takes { en: "a time, or off", ja: "時間、または off", like: "\"off\", \"10m\", \"1h\"" };
        let written = |time: &Option<Duration>| Some(time.map_or_else(|| quoted("off"), in_units));
        self.take(key, &Kind { takes, written }, into, |v| match v.word()?.as_ref() {
            "off" => Some(None),
            word => time(word).map(Some),
        });
    }

    /// One of a few words.
    pub(super) fn choice<T: Choice>(&mut self, key: &'static str, into: &mut T) {
        self.take(key, &T::KIND, into, |v| {
            let word = v.word()?;
            T::ALL.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
        });
    }

    /// What `parse` takes; empty text is none.
    fn optional<T>(
        &mut self,
        key: &'static str,
        kind: &Kind<Option<T>>,
        into: &mut Option<T>,
        parse: impl FnOnce(&str) -> Result<T, Wrong>,
    ) {
        self.take_or(key, kind, into, |v| match v.text().ok_or(Wrong::Value(kind.takes))?.trim() {
            "" => Ok(None),
            text => parse(text).map(Some),
        });
    }

    /// `"ja"`, `"en"`, or empty.
    pub(super) fn lang(&mut self, key: &'static str, into: &mut Option<Lang>) {
        let takes = Takes::like("\"ja\", \"en\"");
        let written = |lang: &Option<Lang>| Some(quoted(lang.map_or("", Lang::code)));
        self.optional(key, &Kind { takes, written }, into, |text| {
            Lang::parse(text).ok_or(Wrong::Value(takes))
        });
    }

    /// A span of time between contacts.
    pub(super) fn window(&mut self, key: &'static str, into: &mut Window) -> bool {
        let kind = Kind { takes: WINDOW, written: |window| Some(quoted(&in_words(*window))) };
        self.take(key, &kind, into, |v| Window::parse(v.text()?))
    }

    /// Words, none of them empty.
    pub(super) fn words(&mut self, key: impl Into<Cow<'static, str>>, into: &mut Vec<String>) -> bool {
        self.words_at(key, into, &mut Vec::new())
    }

    /// As [`Reader::words`], with where each of them stands.
    pub(super) fn words_at(
        &mut self,
        key: impl Into<Cow<'static, str>>,
        into: &mut Vec<String>,
        places: &mut Vec<Span>,
    ) -> bool {
        let takes = Takes { en: "a list of words", ja: "言葉の一覧", like: "[\"one\", \"two\"]" };
        self.list(key, &Kind { takes, written: listed }, into, |v| {
            let word = Some(v.text()?.trim()).filter(|word| !word.is_empty())?;
            places.push(v.span());
            Some(word.to_owned())
        })
    }

    /// A format that the day of a daily note can be told by, empty for none.
    pub(super) fn daily_format(&mut self, key: &'static str, into: &mut Option<String>) {
        let takes = Takes {
            en: "a date in the tokens of moment.js",
            ja: "moment.js の記号で書いた日付",
            like: "\"YYYY-MM-DD\", \"YYYY/MM/YYYY-MM-DD\"",
        };
        self.optional(key, &Kind { takes, written: or_empty }, into, |text| {
            let format = text.to_owned();
            match DailyFormat::strict(text) {
                Ok(_) => Ok(format),
                Err(why) => Err(Wrong::What(What::BadFormat { format, why })),
            }
        });
    }

    /// Days and spans of days, both ends included.
    pub(super) fn dates(
        &mut self,
        key: &'static str,
        into: &mut Vec<(NaiveDate, NaiveDate)>,
        order: DayFirst,
    ) {
        let takes =
            Takes { en: "days", ja: "日付の一覧", like: "[\"2026-12-29\", \"2026-12-29..2027-01-03\"]" };
        let written = |days: &Vec<(NaiveDate, NaiveDate)>| {
            let spans = days.iter().map(|(first, last)| quoted(&format!("{first}..{last}")));
            Some(array(spans))
        };
        self.list(key, &Kind { takes, written }, into, |v| {
            let text = v.date_text()?;
            let (first, last) = text.split_once("..").unwrap_or((&text, &text));
            let (first, last) = (date::parse(first, order).ok()?, date::parse(last, order).ok()?);
            (first <= last).then_some((first, last))
        });
    }
}

const DAYS: Takes = Takes { en: "days", ja: "日数", like: "\"14d\", \"2w\", 14" };

/// What a window takes.
pub(super) const WINDOW: Takes =
    Takes { en: "a span of time", ja: "期間", like: "\"1m..2m\", \"6w\", \"90d\", \"1y\"" };

const GLOBS: Takes = Takes {
    en: "patterns as in .gitignore",
    ja: ".gitignore と同じ書き方のパターン",
    like: "[\"Archive/\", \"*.draft.md\"]",
};

const CLOSED: Takes = Takes {
    en: "a pattern in which every `[` is closed, or has a backslash before it",
    ja: "「[」を閉じたパターン。文字としての「[」の前には \\ を付けます",
    like: r"'[0-9]*/', '\[old\]/'",
};

fn days(value: &Value<'_, '_>) -> Option<u32> {
    let days = match value.word() {
        None => value.count()?,
        Some(word) => match number_and_unit(&word)? {
            (n, "d") => n,
            (n, "w") => n.checked_mul(7)?,
            _ => return None,
        },
    };
    (days <= MOST_DAYS).then_some(days)
}

fn time(word: &str) -> Option<Duration> {
    let (n, unit) = number_and_unit(word)?;
    let seconds = u64::from(n)
        * match unit {
            "s" => 1,
            "m" => 60,
            "h" => 60 * 60,
            _ => return None,
        };
    (1..=MOST_SECONDS).contains(&seconds).then(|| Duration::from_secs(seconds))
}

fn number_and_unit(word: &str) -> Option<(u32, &str)> {
    let digits = word.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = word.split_at(digits);
    Some((number.parse().ok()?, unit.trim_start()))
}
