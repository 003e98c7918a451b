//! The kinds of values in `goen.toml`: what each takes, the example that says so, and how a
//! value of each is written.

use std::borrow::Cow;
use std::time::Duration;

use chrono::NaiveDate;
use ignore::gitignore::GitignoreBuilder;

use super::reader::{Kind, Reader, Value, Wrong};
use crate::date::{self, DayFirst, Stretch, Window};
use crate::moment::DailyFormat;
use crate::problem::{Takes, What};
use crate::text::{Lang, NotePath, Span, is_unprintable, link_key, without_md};

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

    /// Folders inside the vault, without a slash at the end; `.` is the vault itself.
    pub(super) fn folders(&mut self, key: &'static str, into: &mut Vec<String>) {
        let takes = Takes {
            en: "folders inside the vault",
            ja: "保管庫の中のフォルダー",
            like: "[\"People\", \"notes/people\"]",
        };
        self.list(key, &Kind { takes, written: listed }, into, |v| folder(v.text()?));
    }

    /// A folder inside the vault, empty for none.
    pub(super) fn own_folder(&mut self, key: &'static str, into: &mut Option<String>) {
        let takes =
            Takes {
                en: "a folder inside the vault", ja: "保管庫の中のフォルダー", like: "\"Journal\""
            };
        let kind = Kind { takes, written: or_empty };
        self.optional(key, &kind, into, |text| folder(text).ok_or(Wrong::Value(takes)));
    }

    /// A Markdown file inside the vault.
    pub(super) fn note(&mut self, key: &'static str, into: &mut NotePath) {
        let takes = Takes {
            en: "a note inside the vault",
            ja: "保管庫の中のノート",
            like: "\"reconnect.md\", \"Home/今日.md\"",
        };
        let kind = Kind { takes, written: |path: &NotePath| Some(quoted(path.as_str())) };
        self.take(key, &kind, into, |v| file(v.text()?).filter(|path| path.as_str().ends_with(".md")));
    }

    /// A file inside the vault, empty for none; neither `goen.toml` nor `taken`.
    pub(super) fn own_file(
        &mut self,
        key: &'static str,
        like: &'static str,
        into: &mut Option<NotePath>,
        taken: &NotePath,
    ) {
        let takes =
            Takes {
                en: "a file of its own inside the vault", ja: "保管庫の中の専用のファイル", like
            };
        self.file_of_its_own(key, takes, into, taken, |_| true);
    }

    /// As [`Reader::own_file`], and no note.
    pub(super) fn own_export(
        &mut self,
        key: &'static str,
        like: &'static str,
        into: &mut Option<NotePath>,
        taken: &NotePath,
    ) {
        let (en, ja) = (
            "a file of its own inside the vault that is no note",
            "保管庫の中の、ノートではない専用のファイル",
        );
        let is_no_note = |path: &NotePath| without_md(path.as_str()) == path.as_str();
        self.file_of_its_own(key, Takes { en, ja, like }, into, taken, is_no_note);
    }

    fn file_of_its_own(
        &mut self,
        key: &'static str,
        takes: Takes,
        into: &mut Option<NotePath>,
        taken: &NotePath,
        fits: impl Fn(&NotePath) -> bool,
    ) {
        let taken = [link_key(taken.as_str()), "goen.toml".into()];
        let written = |path: &Option<NotePath>| Some(quoted(path.as_ref().map_or("", NotePath::as_str)));
        self.optional(key, &Kind { takes, written }, into, |text| {
            let own = file(text).filter(|path| fits(path) && !taken.contains(&link_key(path.as_str())));
            own.ok_or(Wrong::Value(takes))
        });
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

    /// A tag with its `#`, whether it is written or not; empty for none.
    pub(super) fn own_tag(&mut self, key: &'static str, into: &mut Option<String>) {
        let takes = Takes { en: "a tag", ja: "タグ", like: "\"#task\"" };
        self.optional(key, &Kind { takes, written: or_empty }, into, |text| {
            tag(text).map(|name| format!("#{name}")).ok_or(Wrong::Value(takes))
        });
    }

    /// Tags, without their `#`.
    pub(super) fn tags(&mut self, key: &'static str, into: &mut Vec<String>) {
        let takes = Takes { en: "tags", ja: "タグの一覧", like: "[\"person\", \"people\"]" };
        self.list(key, &Kind { takes, written: listed }, into, |v| tag(v.text()?.trim()));
    }

    /// Patterns that a `.gitignore` would take.
    pub(super) fn globs(&mut self, key: &'static str, into: &mut Vec<String>) {
        self.list_or(key, &Kind { takes: GLOBS, written: listed }, into, |v| {
            let glob = v.text().ok_or(Wrong::Value(GLOBS))?;
            if glob.starts_with('#') {
                return Err(Wrong::Value(NO_COMMENT));
            }
            let fits = |open: bool| {
                let mut builder = GitignoreBuilder::new("");
                builder.allow_unclosed_class(open);
                builder.add_line(None, glob).is_ok_and(|builder| builder.build().is_ok())
            };
            match (fits(false), fits(true)) {
                (true, _) => Ok(glob.to_owned()),
                (false, true) => Err(Wrong::Value(CLOSED)),
                (false, false) => Err(Wrong::Value(GLOBS)),
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
const NO_COMMENT: Takes = Takes {
    en: "a pattern; one that begins with `#` is a comment, unless a backslash stands before it",
    ja: "パターン。「#」で始まるものは注釈とみなされるので、前に \\ を付けます",
    like: r"'\#inbox/'",
};

/// A text as TOML has it.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}

fn array(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// Words as TOML has them.
#[allow(clippy::ptr_arg, reason = "a kind is given the value itself")]
pub(super) fn listed<T: AsRef<str>>(words: &Vec<T>) -> Option<String> {
    Some(array(words.iter().map(|word| quoted(word.as_ref()))))
}

fn or_empty(text: &Option<String>) -> Option<String> {
    Some(quoted(text.as_deref().unwrap_or_default()))
}

/// `"14d"`
fn in_days(days: u32) -> String {
    format!("\"{days}d\"")
}

/// `"3s"`, `"10m"`, `"1h"`
fn in_units(time: Duration) -> String {
    let seconds = time.as_secs();
    let (by, unit) = match seconds {
        s if s > 0 && s % 3600 == 0 => (3600, 'h'),
        s if s > 0 && s % 60 == 0 => (60, 'm'),
        _ => (1, 's'),
    };
    format!("\"{}{unit}\"", seconds / by)
}

/// `1m..2m`
fn in_words(window: Window) -> String {
    let one = |stretch: Stretch| match stretch {
        Stretch { months, days: 0 } => format!("{months}m"),
        Stretch { months: 0, days } => format!("{days}d"),
        Stretch { months, days } => format!("{months}m{days}d"),
    };
    let opens = window.min.map(|min| one(min) + "..").unwrap_or_default();
    opens + &one(window.max)
}

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
    // Whoever writes `~` means the home folder.
    let is_home = path == "~" || path.starts_with("~/");
    (!is_home && path.split('/').all(plain) && !path.contains(odd)).then(|| path.to_owned())
}

/// A tag without its `#`, whether it is written or not.
fn tag(text: &str) -> Option<String> {
    let name = text.strip_prefix('#').unwrap_or(text);
    let odd = |c: char| c.is_whitespace() || c == '#' || is_unprintable(c);
    (!name.is_empty() && !name.contains(odd)).then(|| name.to_owned())
}
