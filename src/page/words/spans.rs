//! Lengths of time and rhythms in words.

use crate::date::{Stretch, Window};
use crate::text::Lang;

/// `1〜2か月`, `6週間`, `45日`; `1–2 months`, `6 weeks`, `45 days`
pub(super) fn window_words(window: Window, lang: Lang) -> String {
    let (max, unit) = measure(window.max);
    let min = window.min.map(measure).filter(|min| *min != (max, unit));
    let word = |n: u32, unit: Unit| unit.word(n, lang);
    match (min, lang) {
        (None, Lang::Ja) => format!("{max}{}", word(max, unit)),
        (None, Lang::En) => format!("{max} {}", word(max, unit)),
        (Some((min, of)), Lang::Ja) if of == unit => format!("{min}〜{max}{}", word(max, unit)),
        (Some((min, of)), Lang::En) if of == unit => format!("{min}–{max} {}", word(max, unit)),
        (Some((min, of)), Lang::Ja) => format!("{min}{}〜{max}{}", word(min, of), word(max, unit)),
        (Some((min, of)), Lang::En) => format!("{min} {} – {max} {}", word(min, of), word(max, unit)),
    }
}

/// `毎月`, `3か月ごと`
pub(super) fn every_ja(window: Window) -> String {
    match once_a(window) {
        Some(Unit::Year) => "毎年".to_owned(),
        Some(Unit::Month) => "毎月".to_owned(),
        Some(Unit::Week) => "毎週".to_owned(),
        Some(Unit::Day) => "毎日".to_owned(),
        None => format!("{}ごと", window_words(window, Lang::Ja)),
    }
}

/// `every month`, `every 1–2 months`
pub(super) fn every_en(window: Window) -> String {
    match once_a(window) {
        Some(unit) => format!("every {}", unit.word(1, Lang::En)),
        None => format!("every {}", window_words(window, Lang::En)),
    }
}

/// The unit, where a window says no more than once in one of it.
fn once_a(window: Window) -> Option<Unit> {
    let (n, unit) = measure(window.max);
    let plain = window.min.is_none_or(|min| measure(min) == (n, unit));
    (n == 1 && plain).then_some(unit)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Year,
    Month,
    Week,
    Day,
}

impl Unit {
    fn word(self, n: u32, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Year, Lang::Ja) => "年",
            (Self::Month, Lang::Ja) => "か月",
            (Self::Week, Lang::Ja) => "週間",
            (Self::Day, Lang::Ja) => "日",
            (Self::Year, Lang::En) => pick_number(n, "year", "years"),
            (Self::Month, Lang::En) => pick_number(n, "month", "months"),
            (Self::Week, Lang::En) => pick_number(n, "week", "weeks"),
            (Self::Day, Lang::En) => pick_number(n, "day", "days"),
        }
    }
}

fn pick_number(n: u32, one: &'static str, many: &'static str) -> &'static str {
    if n == 1 { one } else { many }
}

/// A length in its largest whole unit; months and days together count as days.
fn measure(stretch: Stretch) -> (u32, Unit) {
    match (stretch.months, stretch.days) {
        (months, 0) if months > 0 && months % 12 == 0 => (months / 12, Unit::Year),
        (months, 0) if months > 0 => (months, Unit::Month),
        (0, days) if days > 0 && days % 7 == 0 => (days / 7, Unit::Week),
        (0, days) => (days, Unit::Day),
        (months, days) => (months.saturating_mul(365).saturating_add(6) / 12 + days, Unit::Day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_days_together_are_days() {
        for (months, days, want) in [
            (24, 0, "2年"),
            (3, 0, "3か月"),
            (0, 21, "3週間"),
            (0, 10, "10日"),
            (1, 10, "40日"),
            (6, 1, "184日"),
        ] {
            let (n, unit) = measure(Stretch { months, days });
            assert_eq!(format!("{n}{}", unit.word(n, Lang::Ja)), want);
        }
    }
}
