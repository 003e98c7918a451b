//! Calendar lengths, and the windows that cadences are written as.
//!
//! Knows `6w`, `1m..2m`, `quarterly`, 3ヶ月, 月1回 and what days they lead to;
//! leaves whose cadence it is to notes and tiers.

use chrono::{Days, Months, NaiveDate};

use super::reader::{Folded, Reader};

/// A calendar length: months first, then days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stretch {
    /// Calendar months: 31 January and one month is the last of February.
    pub months: u32,
    /// Days after the months.
    pub days: u32,
}

/// What leads in front of a length and changes nothing.
const EVERY: [&str; 5] = ["onceevery", "every", "each", "oncea", "毎"];

/// Lengths that are words of their own.
const WORDS: [(&str, Stretch); 30] = [
    ("daily", Stretch::days(1)),
    ("weekly", Stretch::days(7)),
    ("biweekly", Stretch::days(14)),
    ("bi-weekly", Stretch::days(14)),
    ("fortnightly", Stretch::days(14)),
    ("隔週", Stretch::days(14)),
    ("everyotherweek", Stretch::days(14)),
    ("twiceamonth", Stretch::days(15)),
    ("monthly", Stretch::months(1)),
    ("bimonthly", Stretch::months(2)),
    ("bi-monthly", Stretch::months(2)),
    ("everyothermonth", Stretch::months(2)),
    ("隔月", Stretch::months(2)),
    ("quarterly", Stretch::months(3)),
    ("四半期", Stretch::months(3)),
    ("毎四半期", Stretch::months(3)),
    ("half-yearly", Stretch::months(6)),
    ("halfyearly", Stretch::months(6)),
    ("semiannually", Stretch::months(6)),
    ("semi-annually", Stretch::months(6)),
    ("biannually", Stretch::months(6)),
    ("twiceayear", Stretch::months(6)),
    ("半年", Stretch::months(6)),
    ("半期", Stretch::months(6)),
    ("yearly", Stretch::months(12)),
    ("annually", Stretch::months(12)),
    ("annual", Stretch::months(12)),
    ("biennially", Stretch::months(24)),
    ("everyotheryear", Stretch::months(24)),
    ("隔年", Stretch::months(24)),
];

/// Units and what one of them is; longer spellings before their beginnings.
const UNITS: [(&str, Stretch); 32] = [
    ("days", Stretch::days(1)),
    ("day", Stretch::days(1)),
    ("d", Stretch::days(1)),
    ("日間", Stretch::days(1)),
    ("日", Stretch::days(1)),
    ("weeks", Stretch::days(7)),
    ("week", Stretch::days(7)),
    ("wks", Stretch::days(7)),
    ("wk", Stretch::days(7)),
    ("w", Stretch::days(7)),
    ("週間", Stretch::days(7)),
    ("週", Stretch::days(7)),
    ("months", Stretch::months(1)),
    ("month", Stretch::months(1)),
    ("mos", Stretch::months(1)),
    ("mo", Stretch::months(1)),
    ("m", Stretch::months(1)),
    ("ヶ月", Stretch::months(1)),
    ("か月", Stretch::months(1)),
    ("カ月", Stretch::months(1)),
    ("ヵ月", Stretch::months(1)),
    ("ケ月", Stretch::months(1)),
    ("箇月", Stretch::months(1)),
    ("個月", Stretch::months(1)),
    ("quarters", Stretch::months(3)),
    ("quarter", Stretch::months(3)),
    ("years", Stretch::months(12)),
    ("year", Stretch::months(12)),
    ("yr", Stretch::months(12)),
    ("y", Stretch::months(12)),
    ("年間", Stretch::months(12)),
    ("年", Stretch::months(12)),
];

/// What may stand behind a length and changes nothing.
const ONCE: [&str; 8] = ["ごとに", "ごと", "毎に", "毎", "に一回", "に1回", "に一度", "に1度"];

/// What stands between the ends of a window.
const BETWEEN: [&str; 9] = ["...", "..", "~", "〜", "–", "—", "から", "to", "-"];

/// No cadence is longer.
const MOST_YEARS: u32 = 100;

impl Stretch {
    const fn days(days: u32) -> Self {
        Self { months: 0, days }
    }

    const fn months(months: u32) -> Self {
        Self { months, days: 0 }
    }

    /// Reads a text that is a length: `6w`, `45d`, `90` (days), `3 months`, `every
    /// 3 months`, `quarterly`, 3ヶ月, 2週間, 半年, 月1回, `1y6m`.
    ///
    /// Nothing where it is none, is no time at all, or is more than 100 years.
    pub fn parse(text: &str) -> Option<Self> {
        Self::of(&squeezed(text)?)
    }

    /// Reads a length from a text without blanks.
    fn of(text: &str) -> Option<Self> {
        let bare = ONCE.iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
        let word = |text: &str| WORDS.iter().find(|(word, _)| *word == text).map(|(_, stretch)| *stretch);
        let read = word(text).or_else(|| word(bare)).or_else(|| times(text)).or_else(|| counted(bare));
        read.filter(|stretch| stretch.is_fit())
    }

    /// The day this long after `date`; the last day there is where that lies beyond it.
    pub fn after(self, date: NaiveDate) -> NaiveDate {
        date.checked_add_months(Months::new(self.months))
            .and_then(|date| date.checked_add_days(Days::new(u64::from(self.days))))
            .unwrap_or(NaiveDate::MAX)
    }

    /// Twice as long.
    pub fn doubled(self) -> Self {
        Self { months: self.months.saturating_mul(2), days: self.days.saturating_mul(2) }
    }

    /// About how long it is, in twelfths of a day: a month is a twelfth of 365 days.
    fn size(self) -> u64 {
        u64::from(self.months) * 365 + u64::from(self.days) * 12
    }

    fn is_fit(self) -> bool {
        let most = Self { months: 0, days: MOST_YEARS * 365 + MOST_YEARS / 4 };
        self.size() > 0 && self.size() <= most.size()
    }

    fn times(self, n: u32) -> Option<Self> {
        Some(Self { months: self.months.checked_mul(n)?, days: self.days.checked_mul(n)? })
    }

    fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            months: self.months.checked_add(other.months)?,
            days: self.days.checked_add(other.days)?,
        })
    }
}

/// The span after the last contact in which the next should fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    /// When it opens; nothing where one value said "by then".
    pub min: Option<Stretch>,
    /// When it is due.
    pub max: Stretch,
}

impl Window {
    /// Reads a text that is a cadence: a [`Stretch`], or two of them (`1m..2m`,
    /// `1..2m`, `1〜2か月`); a bare first number has the unit of the second.
    ///
    /// Nothing where it is neither, or where the first is the longer one.
    pub fn parse(text: &str) -> Option<Self> {
        let text = squeezed(text)?;
        if let Some(max) = Stretch::of(&text) {
            return Some(Self { min: None, max });
        }
        let text = EVERY.iter().find_map(|every| text.strip_prefix(every)).unwrap_or(&text);
        BETWEEN.iter().find_map(|between| {
            let (first, second) = text.split_once(between)?;
            Self::of(first, second)
        })
    }

    fn of(first: &str, second: &str) -> Option<Self> {
        let max = Stretch::of(second)?;
        let min = match bare_number(first) {
            true => Stretch::of(&format!("{first}{}", unit_of(second)))?,
            false => Stretch::of(first)?,
        };
        (min.size() <= max.size()).then_some(Self { min: Some(min), max })
    }

    /// The first day of the window after a contact on `last`; never after [`Window::due`].
    ///
    /// With one value it is three quarters of the days to the due day, rounded down.
    pub fn opens(self, last: NaiveDate) -> NaiveDate {
        let due = self.due(last);
        match self.min {
            // 30d..1m in February: the start is the longer one.
            Some(min) => min.after(last).min(due),
            None => {
                let days = u64::try_from((due - last).num_days()).unwrap_or(0);
                last.checked_add_days(Days::new(days * 3 / 4)).unwrap_or(due)
            }
        }
    }

    /// The last day of the window after a contact on `last`.
    pub fn due(self, last: NaiveDate) -> NaiveDate {
        self.max.after(last)
    }

    /// Twice as long, both ends.
    pub fn doubled(self) -> Self {
        Self { min: self.min.map(Stretch::doubled), max: self.max.doubled() }
    }
}

/// The text in NFKC and lower case without any blanks; nothing where it is too long for a length.
fn squeezed(text: &str) -> Option<String> {
    Folded::whole(text).map(|folded| folded.chars().filter(|c| !c.is_whitespace()).collect())
}

/// `3months`, `every3months`, `everymonth`, `毎月`, `3ヶ月`, `1y6m`, `1年半`, `90`
fn counted(text: &str) -> Option<Stretch> {
    let every = EVERY.iter().find_map(|every| text.strip_prefix(every));
    let text = every.unwrap_or(text);
    if every.is_some()
        && let Some(one) = unit(text).or((text == "月").then_some(Stretch::months(1)))
    {
        return Some(one);
    }
    let folded = Folded::new(text);
    let mut reader = folded.reader();
    let mut sum = Stretch::days(0);
    for first in [true, false, false] {
        let number = number(&mut reader)?;
        if first && reader.at_end() {
            return Some(Stretch::days(number));
        }
        let (name, one) = UNITS.iter().find(|(name, _)| reader.eat_word(name))?;
        sum = sum.plus(one.times(number)?)?;
        if reader.eat('半') {
            sum = sum.plus(half(name, *one)?)?;
        }
        if reader.at_end() {
            return Some(sum);
        }
    }
    None
}

/// Half a unit, as in 1年半.
fn half(name: &str, one: Stretch) -> Option<Stretch> {
    match one.months {
        _ if name.is_ascii() => None,
        12 => Some(Stretch::months(6)),
        1 => Some(Stretch::days(15)),
        _ => None,
    }
}

fn unit(text: &str) -> Option<Stretch> {
    UNITS.iter().find(|(name, _)| *name == text).map(|(_, one)| *one)
}

/// `月1`, `月一回`, `週に1回`, `年2回`
fn times(text: &str) -> Option<Stretch> {
    let folded = Folded::new(text);
    let mut reader = folded.reader();
    let per = reader.one_of("年月週")?;
    reader.eat('間');
    reader.eat('に');
    let n = number(&mut reader).filter(|n| *n > 0)?;
    reader.one_of("回度");
    if !reader.at_end() {
        return None;
    }
    Some(match per {
        '年' if 12 % n == 0 => Stretch::months(12 / n),
        '年' => Stretch::days(365 / n),
        '月' if n == 1 => Stretch::months(1),
        '月' => Stretch::days(30 / n),
        _ => Stretch::days(7 / n),
    })
}

fn number(reader: &mut Reader<'_>) -> Option<u32> {
    reader.digits(6).map(|n| n.value).or_else(|| reader.kanji())
}

fn bare_number(text: &str) -> bool {
    let folded = Folded::new(text);
    let mut reader = folded.reader();
    number(&mut reader).is_some() && reader.at_end()
}

/// What follows the number at the start of a length.
fn unit_of(text: &str) -> String {
    let folded = Folded::new(text);
    let mut reader = folded.reader();
    let _ = number(&mut reader);
    folded.chars().skip(reader.pos()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The window as `min..max`, each `months`m`days`d; `-` for none.
    fn check(text: &str, expected: &str) {
        let shown = |s: Stretch| match s {
            Stretch { months, days: 0 } => format!("{months}m"),
            Stretch { months: 0, days } => format!("{days}d"),
            Stretch { months, days } => format!("{months}m{days}d"),
        };
        let read = Window::parse(text).map_or("-".into(), |window| match window.min {
            Some(min) => format!("{}..{}", shown(min), shown(window.max)),
            None => shown(window.max),
        });
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn spellings() {
        for (expected, texts) in [
            ("1d", &["daily", "毎日", "1d", "every day", "1日"][..]),
            ("7d", &["weekly", "毎週", "1w", "every week", "週1回", "週一回", "1週間", "once a week", "7"]),
            ("14d", &["biweekly", "隔週", "2週間", "2週", "二週間", "every other week", "2 Weeks", "２週間"]),
            ("42d", &["6w", "6 weeks", "6W", "６ｗ", "42", "every 6 weeks", "6週間ごと"]),
            ("45d", &["45d", "45日", "45 days", "４５日", "45日ごと"]),
            ("90d", &["90", "90d"]),
            (
                "1m",
                &[
                    "monthly",
                    "Monthly",
                    "毎月",
                    "every month",
                    "月1",
                    "月一回",
                    "月に1回",
                    "1ヶ月",
                    "一か月",
                    "once a month",
                ],
            ),
            ("2m", &["bimonthly", "隔月", "2m", "every other month"]),
            (
                "3m",
                &[
                    "quarterly",
                    "四半期",
                    "四半期ごと",
                    "3 months",
                    "every 3 months",
                    "3ヶ月",
                    "3か月",
                    "3カ月",
                    "3ヵ月",
                    "3ｹ月",
                    "3箇月",
                    "3ケ月",
                    "3ヶ月ごと",
                    "3ヶ月に1回",
                    "3ヶ月に一回",
                    "三ヶ月",
                    "3ヶ月毎",
                    "年4回",
                    "1 quarter",
                ],
            ),
            ("6m", &["half-yearly", "Half yearly", "半年", "半年ごと", "年2回", "六ヶ月", "6mo"]),
            (
                "12m",
                &[
                    "1y",
                    "yearly",
                    "annually",
                    "毎年",
                    "年1回",
                    "1年",
                    "一年",
                    "every year",
                    "１年",
                    "12ヶ月",
                    "十二ヶ月",
                ],
            ),
            ("18m", &["1年半", "1y6m", "1年6ヶ月"]),
            ("1m15d", &["1ヶ月半", "1m15d"]),
            ("1200m", &["100y", "100年", "1200m"]),
            (
                "1m..2m",
                &[
                    "1m..2m",
                    "1..2m",
                    "1〜2か月",
                    "1～2ヶ月",
                    "1-2 months",
                    "1 to 2 months",
                    "1m…2m",
                    "１〜２ヶ月",
                    "1ヶ月から2ヶ月",
                    "一〜二ヶ月",
                    "every 1-2 months",
                    "1〜2か月ごと",
                    "monthly..bimonthly",
                ],
            ),
            ("28d..1m", &["4w..1m"]),
            ("30d..60d", &["30..60"]),
            ("2m..2m", &["2m..2m"]),
        ] {
            for text in texts {
                check(text, expected);
            }
        }
        for text in [
            "",
            " ",
            "0",
            "0d",
            "0m..1m",
            "101y",
            "1201m",
            "36526",
            "99999999999999999999d",
            "2m..1m",
            "6w..1m",
            "m",
            "months",
            "3月",
            "月",
            "月0",
            "sometimes",
            "1.5m",
            "-3m",
            "3x",
            "3min",
            "1m..",
            "..2m",
            "1m..2m..3m",
            "なし",
            "週8回",
        ] {
            check(text, "-");
        }
    }

    #[test]
    fn days_they_lead_to() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (cadence, last, opens, due) in [
            ("1m", "2026-01-31", "2026-02-21", "2026-02-28"),
            ("1m", "2024-01-31", "2024-02-21", "2024-02-29"),
            ("1m..2m", "2026-01-31", "2026-02-28", "2026-03-31"),
            ("30d..1m", "2026-02-01", "2026-03-01", "2026-03-01"),
            ("45d", "2026-01-01", "2026-02-03", "2026-02-15"),
            ("1d", "2026-01-01", "2026-01-01", "2026-01-02"),
            ("1y", "2024-02-29", "2024-11-28", "2025-02-28"),
        ] {
            let window = Window::parse(cadence).unwrap();
            assert_eq!(
                (window.opens(day(last)), window.due(day(last))),
                (day(opens), day(due)),
                "{cadence} {last}"
            );
        }
        let doubled = Window::parse("1m..2m").unwrap().doubled();
        assert_eq!(Some(doubled), Window::parse("2m..4m"));
        let endless = Stretch { months: u32::MAX, days: u32::MAX };
        assert_eq!(endless.doubled().after(NaiveDate::MIN), NaiveDate::MAX);
    }

    proptest! {
        #[test]
        fn opens_before_due(
            months in any::<u32>(), days in any::<u32>(), min in proptest::option::of((0..1300u32, 0..40_000u32)),
            since in -95_000_000..95_000_000i32,
        ) {
            let last = NaiveDate::from_num_days_from_ce_opt(since).unwrap_or(NaiveDate::MIN);
            let min = min.map(|(months, days)| Stretch { months, days });
            for max in [Stretch { months, days }, Stretch { months: months % 1300, days: days % 40_000 }] {
                let window = Window { min, max };
                prop_assert!(last <= window.opens(last) && window.opens(last) <= window.due(last));
                let _ = window.doubled().opens(last);
            }
        }
    }
}
