//! `[[seasons]]`: greetings of the season, and when they are sent.

use std::sync::Arc;

use chrono::NaiveDate;

use super::reader::{Kind, Reader, Wrong};
use super::tiers::{self, Tier};
use super::values::listed;
use crate::problem::{Takes, What};
use crate::text::{Lang, fold, nearest};

/// Which of the customary greetings a season is: each has rules of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Greeting {
    /// 喪中はがき: you are in mourning, and will send no new year's card.
    Bereaved,
    /// 年賀
    NewYear,
    /// 寒中見舞い, and 余寒見舞い after it.
    MidWinter,
    /// 暑中見舞い
    MidSummer,
    /// 残暑見舞い
    LateSummer,
    /// 年末の挨拶
    YearEnd,
    /// One of the user's own.
    Own,
}

/// A word that the name of a customary greeting holds. The first that is found counts: 年賀欠礼 is
/// the word of the bereaved.
const NAMES: [(Greeting, &str); 9] = [
    (Greeting::Bereaved, "喪中"),
    (Greeting::Bereaved, "年賀欠礼"),
    (Greeting::Bereaved, "欠礼"),
    (Greeting::NewYear, "年賀"),
    (Greeting::MidWinter, "寒中"),
    (Greeting::MidWinter, "余寒"),
    (Greeting::MidSummer, "暑中"),
    (Greeting::LateSummer, "残暑"),
    (Greeting::YearEnd, "年末"),
];

/// Other words that mean one of them and nothing else. In `goen.toml` they name a season of the
/// user's own, with its own days. Summer is none: it may be 暑中 or 残暑.
const OTHER_NAMES: [(Greeting, &str); 13] = [
    (Greeting::NewYear, "賀状"),
    (Greeting::NewYear, "新年"),
    (Greeting::NewYear, "年始"),
    (Greeting::NewYear, "nengajo"),
    (Greeting::NewYear, "new year"),
    (Greeting::NewYear, "new-year"),
    (Greeting::MidWinter, "midwinter"),
    (Greeting::MidWinter, "late-winter"),
    (Greeting::MidSummer, "midsummer"),
    (Greeting::LateSummer, "late-summer"),
    (Greeting::YearEnd, "year-end"),
    (Greeting::YearEnd, "year end"),
    (Greeting::Bereaved, "bereaved"),
];

/// What makes a greeting's name of such a word: 年賀状, 暑中お見舞い, 新年のご挨拶.
const ENDINGS: &str = "状の御おご挨拶あいさつ見舞み伺うかがはき葉書ハガキ欠礼知らせ";

/// How the customary greetings are named in a folded line of the log.
const PATTERNS: [(Greeting, &str); 6] = [
    (
        Greeting::Bereaved,
        "(?:年?賀状?の?)?欠礼|喪中の?[おご御]?(?:はがき|ハガキ|葉書|知らせ|連絡|通知|案内|挨拶|あいさつ|メール)",
    ),
    (
        Greeting::NewYear,
        "年賀|賀状|[謹恭]賀新年|(?:新年|年始)の?[おご御]?(?:挨拶|あいさつ)|nengajo|happy new year|\
         new year(?:['’]?s)?(?: day)? (?:card|greeting|wish)",
    ),
    (
        Greeting::MidWinter,
        "(?:寒中|余寒)(?:[^。、,.!;\\s]{0,6}見舞|の?[おご御]?(?:伺|うかがい|みまい|挨拶|あいさつ))",
    ),
    (Greeting::MidSummer, "暑中(?:[^。、,.!;\\s]{0,6}見舞|の?[おご御]?(?:伺|うかがい|みまい|挨拶|あいさつ))"),
    (
        Greeting::LateSummer,
        "残暑(?:[^。、,.!;\\s]{0,6}見舞|の?[おご御]?(?:伺|うかがい|みまい|挨拶|あいさつ))",
    ),
    (Greeting::YearEnd, "年末[^。、,.!;\\s]{0,6}(?:挨拶|あいさつ)"),
];

/// What holds the new year's words and is another greeting.
const NOT_NEW_YEAR: &str = "(?:年?賀状?の?)?欠礼|年末年始の?[おご御]?(?:挨拶|あいさつ)";

impl Greeting {
    /// The greeting that a name in `goen.toml` means: `年賀状`, `暑中`, `年末の挨拶`.
    pub fn of_name(name: &str) -> Self {
        let name = fold(name);
        let named = NAMES.iter().find(|(_, word)| name.contains(word));
        named.map_or(Self::Own, |(greeting, _)| *greeting)
    }

    /// The greeting that a word in a note means: `新年の挨拶` and `new year's` too.
    pub fn of_word(word: &str) -> Self {
        let word = fold(word);
        let named = NAMES.iter().chain(&OTHER_NAMES).find(|(_, part)| word.contains(part));
        named.map_or(Self::Own, |(greeting, _)| *greeting)
    }

    /// The greeting that somebody asks for by a word that says nothing else: 年賀状, not `年賀 2024`.
    pub fn asked_for(word: &str) -> Self {
        let word = fold(word);
        let is_all = |part: &str| {
            let rest = word.split_once(part).map(|(before, after)| before.chars().chain(after.chars()));
            rest.is_some_and(|mut rest| rest.all(|c| ENDINGS.contains(c)))
        };
        let named = NAMES.iter().chain(&OTHER_NAMES).find(|(_, part)| is_all(part));
        named.map_or(Self::Own, |(greeting, _)| *greeting)
    }

    /// How a folded line of the log names it, as a pattern; none for one of the user's own.
    pub fn pattern(self) -> Option<&'static str> {
        PATTERNS.iter().find(|(greeting, _)| *greeting == self).map(|(_, pattern)| *pattern)
    }

    /// What its pattern finds in a folded line, and is not meant.
    pub fn exceptions(self) -> Option<&'static str> {
        (self == Self::NewYear).then_some(NOT_NEW_YEAR)
    }
}

/// A season with its greeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeasonRule {
    /// 暑中見舞い
    pub name: String,
    /// Which of the customary ones it is.
    pub greeting: Greeting,
    /// The first day.
    pub from: SeasonDay,
    /// The last day; before `from`: in the next year.
    pub to: SeasonDay,
    /// The ids of the tiers that are greeted; empty: all.
    pub tiers: Vec<Arc<str>>,
    /// The language of those who are greeted; none: any.
    pub lang: Option<Lang>,
}

impl SeasonRule {
    /// None where a key is missing or wrong, which is a problem by then.
    pub(super) fn read(r: &mut Reader<'_>, known: &[Tier]) -> Option<Self> {
        let (mut name, mut from, mut to) = (None, None, None);
        let (mut greeted, mut lang) = (Vec::new(), None);
        r.required("name", NAME, &mut name, |v| {
            Some(v.text()?.trim().to_owned()).filter(|name| !name.is_empty())
        });
        r.required("from", SeasonDay::TAKES, &mut from, |v| SeasonDay::parse(v.text()?));
        r.required("to", SeasonDay::TAKES, &mut to, |v| SeasonDay::parse(v.text()?));
        r.list_or("tiers", &Kind { takes: TIERS, written: listed }, &mut greeted, |v| {
            let word = v.text().ok_or(Wrong::Value(TIERS))?;
            let tier = tiers::of_word(known, word);
            tier.map(|tier| tier.id.clone()).ok_or_else(|| Wrong::What(unknown_tier(word, known)))
        });
        r.lang("lang", &mut lang);
        let name: String = name?;
        let greeting = Greeting::of_name(&name);
        Some(Self { name, greeting, from: from?, to: to?, tiers: greeted, lang })
    }
}

/// The seasons that are kept where `goen.toml` says nothing, in the order of the year.
pub(super) fn defaults() -> Vec<SeasonRule> {
    use SeasonDay::{MonthDay, Risshu, Risshun};
    let rule = |name: &str, from, to, tiers: &[&str]| SeasonRule {
        name: name.to_owned(),
        greeting: Greeting::of_name(name),
        from,
        to,
        tiers: tiers.iter().map(|tier| Arc::from(*tier)).collect(),
        lang: Some(Lang::Ja),
    };
    let formal = ["senior", "client"];
    vec![
        rule("年賀", MonthDay(12, 15), MonthDay(1, 7), &formal),
        rule("寒中見舞い", MonthDay(1, 8), Risshun(-1), &formal),
        rule("暑中見舞い", MonthDay(7, 7), Risshu(-1), &formal),
        rule("残暑見舞い", Risshu(0), MonthDay(8, 31), &formal),
        // To all who would get the new year's greeting, whoever that is.
        SeasonRule { lang: None, ..rule("喪中はがき", MonthDay(11, 15), MonthDay(12, 7), &[]) },
        rule("年末の挨拶", MonthDay(12, 10), MonthDay(12, 25), &formal),
    ]
}

const NAME: Takes = Takes { en: "a name", ja: "名前", like: "\"暑中見舞い\"" };
const TIERS: Takes = Takes { en: "tiers", ja: "間柄の一覧", like: "[\"senior\", \"client\"]" };

fn unknown_tier(word: &str, known: &[Tier]) -> What {
    let words = known.iter().flat_map(|t| std::iter::once(&*t.id).chain(t.names.iter().map(String::as_str)));
    let nearest = nearest(word, words).map(str::to_owned);
    What::UnknownTier { word: word.to_owned(), nearest }
}

/// A day of the year on which a season begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SeasonDay {
    /// A day of the calendar; 29 February stands for the end of February.
    MonthDay(u32, u32),
    /// So many days after 立春, the first day of spring by the sun.
    Risshun(i32),
    /// So many days after 立秋, the first day of autumn by the sun.
    Risshu(i32),
}

impl SeasonDay {
    const TAKES: Takes = Takes::like("\"07-20\", \"立秋\", \"立秋-1\", \"立春+3\"");

    /// As `goen.toml` has it.
    pub(super) fn written(self) -> String {
        let about = |name: &str, days: i32| match days {
            0 => name.to_owned(),
            days => format!("{name}{days:+}"),
        };
        match self {
            Self::MonthDay(month, day) => format!("{month:02}-{day:02}"),
            Self::Risshun(days) => about("立春", days),
            Self::Risshu(days) => about("立秋", days),
        }
    }

    /// Reads `07-20`, `立秋`, `立秋-1`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = fold(text);
        if let Some(days) = text.strip_prefix("立春") {
            return offset(days).map(Self::Risshun);
        }
        if let Some(days) = text.strip_prefix("立秋") {
            return offset(days).map(Self::Risshu);
        }
        let (month, day) = text.split_once('-')?;
        let number = |digits: &str| match digits.len() {
            1 | 2 => digits.parse::<u32>().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit())),
            _ => None,
        };
        let (month, day) = (number(month)?, number(day)?);
        // In a leap year, so that 29 February is one.
        NaiveDate::from_ymd_opt(2024, month, day).map(|_| Self::MonthDay(month, day))
    }
}

fn offset(text: &str) -> Option<i32> {
    let text = text.trim_start();
    if text.is_empty() {
        return Some(0);
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+')?),
    };
    let days: u8 = digits.trim_start().parse().ok().filter(|d| *d <= 99)?;
    Some(sign * i32::from(days))
}
