//! Calendar lengths, and the windows that cadences are written as.
//!
//! Knows `6w`, `1m..2m`, `quarterly`, 3ヶ月, 月1回 and what days they lead to;
//! leaves whose cadence it is to notes and tiers.

use chrono::{Days, NaiveDate};

use super::reader::Folded;
use super::stretch::{EVERY, Stretch, number, squeezed, unit_of};

/// What stands between the ends of a window.
const BETWEEN: [&str; 9] = ["...", "..", "~", "〜", "–", "—", "から", "to", "-"];

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

fn bare_number(text: &str) -> bool {
    let folded = Folded::new(text);
    let mut reader = folded.reader();
    number(&mut reader).is_some() && reader.at_end()
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
