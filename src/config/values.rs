//! The kinds of values in `goen.toml`: what each takes, and the example that says so.

use std::time::Duration;

use chrono::NaiveDate;
use ignore::gitignore::GitignoreBuilder;

use super::reader::{Reader, Value};
use crate::date::{self, DayFirst, Window};
use crate::text::{Lang, NotePath, is_unprintable, link_key};

/// A closed set of words, the way the file spells them.
pub(super) trait Choice: Copy + 'static {
    /// Every word with what it means.
    const ALL: &'static [(&'static str, Self)];
    /// The words, for a message.
    const TAKES: &'static str;
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
            const TAKES: &'static str = concat!("\"", $first_word, "\"", $(", \"", $word, "\"",)*);
        }
    };
}
pub(super) use choice;

/// A hundred years: more days than anybody waits.
const MOST_DAYS: u32 = 36_500;
/// 31 days.
const MOST_SECONDS: u64 = 31 * 24 * 60 * 60;

impl Reader<'_> {
    /// `true` or `false`.
    pub(super) fn bool(&mut self, key: &'static str, into: &mut bool) {
        self.take(key, "true, false", into, |v| v.bool());
    }

    /// A whole number from 0.
    pub(super) fn count(&mut self, key: &'static str, into: &mut u32) {
        self.take(key, "a whole number from 0: 2", into, |v| v.count());
    }

    /// A number from 0.
    pub(super) fn amount(&mut self, key: &'static str, into: &mut f64) {
        self.take(key, "a number from 0: 2, 0.5", into, |v| v.number().filter(|n| *n >= 0.0));
    }

    /// A number above 0.
    pub(super) fn factor(&mut self, key: &'static str, into: &mut f64) {
        self.take(key, "a number above 0: 2, 0.5", into, |v| v.number().filter(|n| *n > 0.0));
    }

    /// A number from 0 to 1.
    pub(super) fn share(&mut self, key: &'static str, into: &mut f64) {
        let takes = "a number from 0 to 1: 0.2";
        self.take(key, takes, into, |v| v.number().filter(|n| (0.0..=1.0).contains(n)));
    }

    /// A number of days: `14`, `"14d"`, `"2w"`.
    pub(super) fn days(&mut self, key: &'static str, into: &mut u32) {
        self.take(key, DAYS, into, |v| days(&v));
    }

    /// As [`Reader::days`], where there may be none.
    pub(super) fn own_days(&mut self, key: &'static str, into: &mut Option<u32>) {
        self.take(key, DAYS, into, |v| days(&v).map(Some));
    }

    /// As [`Reader::days`], from one day.
    pub(super) fn every(&mut self, key: &'static str, into: &mut u32) {
        self.take(key, "days, at least one: \"7d\", \"2w\", 7", into, |v| days(&v).filter(|d| *d > 0));
    }

    /// Seconds, minutes or hours: `"3s"`, `"10m"`, `"1h"`.
    pub(super) fn time(&mut self, key: &'static str, into: &mut Duration) {
        self.take(key, "a time: \"3s\", \"10m\", \"1h\"", into, |v| time(&v.word()?));
    }

    /// As [`Reader::time`]; it may also be none at all.
    pub(super) fn pause(&mut self, key: &'static str, into: &mut Duration) {
        self.take(key, "a time: \"0s\", \"3s\", \"1m\"", into, |v| {
            let word = v.word()?;
            let is_none = matches!(number_and_unit(&word), Some((0, "s" | "m" | "h")));
            if is_none { Some(Duration::ZERO) } else { time(&word) }
        });
    }

    /// As [`Reader::time`], or `"off"`.
    pub(super) fn time_or_off(&mut self, key: &'static str, into: &mut Option<Duration>) {
        self.take(key, "\"off\", or a time: \"10m\", \"1h\"", into, |v| match v.word()?.as_ref() {
            "off" => Some(None),
            word => time(word).map(Some),
        });
    }

    /// One of a few words.
    pub(super) fn choice<T: Choice>(&mut self, key: &'static str, into: &mut T) {
        self.take(key, T::TAKES, into, |v| {
            let word = v.word()?;
            T::ALL.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
        });
    }

    /// What `parse` takes; empty text is none.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        takes: &'static str,
        into: &mut Option<T>,
        parse: impl FnOnce(&str) -> Option<T>,
    ) {
        self.take(key, takes, into, |v| match v.text()?.trim() {
            "" => Some(None),
            text => parse(text).map(Some),
        });
    }

    /// `"ja"`, `"en"`, or empty.
    pub(super) fn lang(&mut self, key: &'static str, into: &mut Option<Lang>) {
        self.optional(key, "\"ja\", \"en\"", into, Lang::parse);
    }

    /// A span of time between contacts.
    pub(super) fn window(&mut self, key: &'static str, into: &mut Window) -> bool {
        self.take(key, WINDOW, into, |v| Window::parse(v.text()?))
    }

    /// Words, none of them empty.
    pub(super) fn words(
        &mut self,
        key: impl Into<std::borrow::Cow<'static, str>>,
        into: &mut Vec<String>,
    ) -> bool {
        self.list(key, "a list of words: [\"one\", \"two\"]", into, |v| {
            let word = v.text()?.trim();
            (!word.is_empty()).then(|| word.to_owned())
        })
    }

    /// Folders inside the vault, without a slash at the end; `.` is the vault itself.
    pub(super) fn folders(&mut self, key: &'static str, into: &mut Vec<String>) {
        self.list(key, "folders inside the vault: [\"People\", \"notes/people\"]", into, |v| {
            folder(v.text()?)
        });
    }

    /// A folder inside the vault, empty for none.
    pub(super) fn own_folder(&mut self, key: &'static str, into: &mut Option<String>) {
        self.optional(key, "a folder inside the vault: \"Journal\"", into, folder);
    }

    /// A Markdown file inside the vault.
    pub(super) fn note(&mut self, key: &'static str, into: &mut NotePath) {
        self.take(key, "a note inside the vault: \"reconnect.md\", \"Home/今日.md\"", into, |v| {
            file(v.text()?).filter(|path| path.as_str().ends_with(".md"))
        });
    }

    /// A file inside the vault, empty for none; neither `goen.toml` nor `taken`.
    pub(super) fn own_file(&mut self, key: &'static str, into: &mut Option<NotePath>, taken: &NotePath) {
        let taken = [link_key(taken.as_str()), "goen.toml".into()];
        self.optional(
            key,
            "a file of its own inside the vault: \"templates/page.md\", \"goen.ics\"",
            into,
            |text| file(text).filter(|path| !taken.contains(&link_key(path.as_str()))),
        );
    }

    /// Any text, empty for none.
    pub(super) fn own_text(&mut self, key: &'static str, into: &mut Option<String>) {
        self.optional(key, "text", into, |text| Some(text.to_owned()));
    }

    /// A tag with its `#`, whether it is written or not; empty for none.
    pub(super) fn own_tag(&mut self, key: &'static str, into: &mut Option<String>) {
        self.optional(key, "a tag: \"#task\"", into, |text| tag(text).map(|name| format!("#{name}")));
    }

    /// Tags, without their `#`.
    pub(super) fn tags(&mut self, key: &'static str, into: &mut Vec<String>) {
        self.list(key, "tags: [\"person\", \"people\"]", into, |v| tag(v.text()?.trim()));
    }

    /// Patterns that a `.gitignore` would take.
    pub(super) fn globs(&mut self, key: &'static str, into: &mut Vec<String>) {
        self.list(key, "patterns as in .gitignore: [\"Archive/\", \"*.draft.md\"]", into, |v| {
            let glob = v.text()?;
            let mut builder = GitignoreBuilder::new("");
            builder.add_line(None, glob).ok()?.build().ok()?;
            Some(glob.to_owned())
        });
    }

    /// Days and spans of days, both ends included.
    pub(super) fn dates(
        &mut self,
        key: &'static str,
        into: &mut Vec<(NaiveDate, NaiveDate)>,
        order: DayFirst,
    ) {
        let takes = "days: [\"2026-12-29\", \"2026-12-29..2027-01-03\"]";
        self.list(key, takes, into, |v| {
            let text = v.date_text()?;
            let (first, last) = text.split_once("..").unwrap_or((&text, &text));
            let (first, last) = (date::parse(first, order).ok()?, date::parse(last, order).ok()?);
            (first <= last).then_some((first, last))
        });
    }
}

const DAYS: &str = "days: \"14d\", \"2w\", 14";
/// What a window takes, for a message.
pub(super) const WINDOW: &str = "a span of time: \"1m..2m\", \"6w\", \"90d\", \"1y\"";

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

/// A folder inside the vault; empty for the vault itself.
fn folder(text: &str) -> Option<String> {
    match text.trim().trim_end_matches('/') {
        "." => Some(String::new()),
        path => inside(path),
    }
}

/// A file inside the vault.
fn file(text: &str) -> Option<NotePath> {
    inside(text.trim()).map(NotePath::new)
}

/// A path that stays inside the vault, on every system, and is not hidden there.
fn inside(path: &str) -> Option<String> {
    let path = path.strip_prefix("./").unwrap_or(path);
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with(' ');
    // A colon is a drive or a stream on Windows.
    let odd = |c: char| matches!(c, '\\' | ':') || c.is_control();
    (path.split('/').all(plain) && !path.contains(odd)).then(|| path.to_owned())
}

/// A tag without its `#`, whether it is written or not.
fn tag(text: &str) -> Option<String> {
    let name = text.strip_prefix('#').unwrap_or(text);
    let odd = |c: char| c.is_whitespace() || c == '#' || is_unprintable(c);
    (!name.is_empty() && !name.contains(odd)).then(|| name.to_owned())
}
