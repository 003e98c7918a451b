//! Days and lengths of time as they are said in a message.

use chrono::{Datelike, NaiveDate};

use crate::date::Partial;
use crate::page::month_name;
use crate::text::Lang;

/// `9月14日`, `14 September`; with the year where it is another.
pub fn day(day: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let another = day.year() != today.year();
    match lang {
        Lang::Ja if another => full(day, lang),
        Lang::Ja => format!("{}月{}日", day.month(), day.day()),
        Lang::En if another => full(day, lang),
        Lang::En => format!("{} {}", day.day(), month_name(day.month())),
    }
}

/// `2026年9月14日`, `14 September 2026`
pub fn full(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => format!("{} {} {}", day.day(), month_name(day.month()), day.year()),
    }
}

/// As [`day`], as precisely as a note tells it: `7月`, `July`, `2027年`.
pub fn partial(of: Partial, today: NaiveDate, lang: Lang) -> String {
    let is_another = of.year != today.year();
    match (of.month, of.day) {
        (Some(_), Some(_)) => day(of.first_day(), today, lang),
        (Some(month), None) => match lang {
            Lang::Ja if is_another => format!("{}年{month}月", of.year),
            Lang::Ja => format!("{month}月"),
            Lang::En if is_another => format!("{} {}", month_name(month.into()), of.year),
            Lang::En => month_name(month.into()).to_owned(),
        },
        (None, _) => match lang {
            Lang::Ja => format!("{}年", of.year),
            Lang::En => of.year.to_string(),
        },
    }
}

/// How long it has been, calmly rounded: 数日, `about two months`; in Japanese nothing where that is hardly a time.
pub fn since(day: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let days = (today - day).num_days();
    let months = (days * 12 + 182) / 365;
    match lang {
        Lang::Ja => match (days, months) {
            (..=2, _) => String::new(),
            (..=5, _) => "数日".to_owned(),
            (..=24, _) => format!("{}週間ほど", (days + 3) / 7),
            (_, ..=1) => "ひと月ほど".to_owned(),
            (_, 6) => "半年ほど".to_owned(),
            (_, ..=10) => format!("{months}か月ほど"),
            _ => format!("{}年ほど", (months + 6) / 12),
        },
        Lang::En => match (days, months) {
            (..=5, _) => "a few days".to_owned(),
            (..=10, _) => "about a week".to_owned(),
            (..=24, _) => format!("{} weeks", number((days + 3) / 7)),
            (_, ..=1) => "about a month".to_owned(),
            (_, 6) => "about half a year".to_owned(),
            (_, ..=10) => format!("about {} months", number(months)),
            (_, ..=17) => "about a year".to_owned(),
            _ => format!("about {} years", number((months + 6) / 12)),
        },
    }
}

/// `12月9日`, `12月9日から11日`, `9 to 11 December`
pub fn days(from: NaiveDate, to: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let is_one_month = (from.year(), from.month()) == (to.year(), to.month());
    match lang {
        _ if from == to => day(from, today, lang),
        Lang::Ja if is_one_month => format!("{}から{}日", day(from, today, lang), to.day()),
        Lang::Ja => format!("{}から{}", day(from, today, lang), day(to, today, lang)),
        Lang::En if is_one_month => format!("{} to {}", from.day(), day(to, today, lang)),
        Lang::En => format!("{} to {}", day(from, today, lang), day(to, today, lang)),
    }
}

/// How long ago, calmly rounded: 先日, `about two months ago`.
pub fn ago(day: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let days = (today - day).num_days();
    let months = (days * 12 + 182) / 365;
    match lang {
        Lang::Ja => match (days, months) {
            (..=0, _) => "今日".to_owned(),
            (1, _) => "昨日".to_owned(),
            (..=13, _) => "先日".to_owned(),
            (..=24, _) => format!("{}週間ほど前", (days + 3) / 7),
            (_, ..=1) => "ひと月ほど前".to_owned(),
            (_, 6) => "半年ほど前".to_owned(),
            (_, ..=10) => format!("{months}か月ほど前"),
            (_, 17..=19) => "1年半ほど前".to_owned(),
            _ => format!("{}年ほど前", (months + 6) / 12),
        },
        Lang::En => match (days, months) {
            (..=0, _) => "today".to_owned(),
            (1, _) => "yesterday".to_owned(),
            (..=13, _) => "the other day".to_owned(),
            (..=24, _) => format!("{} weeks ago", number((days + 3) / 7)),
            (_, ..=1) => "about a month ago".to_owned(),
            (_, 6) => "about half a year ago".to_owned(),
            (_, ..=10) => format!("about {} months ago", number(months)),
            (_, ..=17) => "about a year ago".to_owned(),
            _ => format!("about {} years ago", number((months + 6) / 12)),
        },
    }
}

/// A number in words, as far as one says it so.
fn number(n: i64) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let word = usize::try_from(n).ok().and_then(|n| WORDS.get(n));
    word.map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_ago_it_was() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default();
        let check = |days: i64, ja: &str, en: &str| {
            let day = today - chrono::TimeDelta::days(days);
            assert_eq!((&*ago(day, today, Lang::Ja), &*ago(day, today, Lang::En)), (ja, en), "{days}");
        };
        check(0, "今日", "today");
        check(1, "昨日", "yesterday");
        check(5, "先日", "the other day");
        check(16, "2週間ほど前", "two weeks ago");
        check(30, "ひと月ほど前", "about a month ago");
        check(62, "2か月ほど前", "about two months ago");
        check(183, "半年ほど前", "about half a year ago");
        check(340, "1年ほど前", "about a year ago");
        check(550, "1年半ほど前", "about two years ago");
        check(1100, "3年ほど前", "about three years ago");
    }

    #[test]
    fn how_long_it_has_been() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default();
        let check = |days: i64, ja: &str, en: &str| {
            let day = today - chrono::TimeDelta::days(days);
            assert_eq!((&*since(day, today, Lang::Ja), &*since(day, today, Lang::En)), (ja, en), "{days}");
        };
        check(1, "", "a few days");
        check(3, "数日", "a few days");
        check(10, "1週間ほど", "about a week");
        check(14, "2週間ほど", "two weeks");
        check(30, "ひと月ほど", "about a month");
        check(144, "5か月ほど", "about five months");
    }

    #[test]
    fn no_more_precisely_than_it_is_told() {
        let today = NaiveDate::from_ymd_opt(2026, 6, 20).unwrap_or_default();
        let of = |text: &str| {
            let told = Partial::parse(text, crate::date::DayFirst::Ask).ok();
            [Lang::Ja, Lang::En].map(|lang| told.map(|of| partial(of, today, lang)).unwrap_or_default())
        };
        assert_eq!(of("2026-07-01"), ["7月1日", "1 July"]);
        assert_eq!(of("2026-07"), ["7月", "July"]);
        assert_eq!(of("2027-01"), ["2027年1月", "January 2027"]);
        assert_eq!(of("2027"), ["2027年", "2027"]);
    }
}
