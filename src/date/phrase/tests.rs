//! Phrases for days, in both languages: the cases, and the laws.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

use Towards::{Future, Past};

const SATURDAY: &str = "2026-11-21";

fn check(text: &str, today: &str, towards: Towards, expected: &str) {
    let read = match phrase(text, today.parse().unwrap(), towards, DayFirst::Ask) {
        Ok(date) => date.to_string(),
        Err(DateError::NotADate) => "-".into(),
        Err(DateError::Ambiguous) => "?".into(),
        Err(DateError::Impossible) => "x".into(),
    };
    assert_eq!(read, expected, "{text} {today} {towards:?}");
}

#[test]
fn phrases_that_say_which_way() {
    for (expected, texts) in [
        ("2026-11-21", &["今日", "本日", "きょう", "today", "今週", "今月", "this week", " Today "][..]),
        ("2026-11-20", &["昨日", "きのう", "yesterday", "last friday", "この前の金曜", "1日前", "last Fri."]),
        ("2026-11-19", &["一昨日", "おととい", "the day before yesterday", "2 days ago", "前の木曜日"]),
        ("2026-11-22", &["明日", "あした", "あす", "tomorrow", "in a day", "this sunday", "今週の日曜"]),
        ("2026-11-23", &["明後日", "あさって", "day after tomorrow", "来週の月曜", "next week’s monday"]),
        (
            "2026-11-18",
            &["3日前", "３日前", "三日前", "3 日 前", "3日ほど前", "3 days ago", "three days ago"],
        ),
        ("2026-11-18", &["今週の水曜", "this wednesday", "last Wednesday", "wed this week", "3d ago"]),
        ("2026-11-13", &["先週の金曜", "先週金曜日", "先週の（金）", "friday last week", "last week friday"]),
        (
            "2026-11-14",
            &["先週", "last week", "一週間前", "a week ago", "先週末", "last weekend", "last sat"],
        ),
        ("2026-11-28", &["来週", "next week", "in a week", "1週間後", "来週末", "次の土曜", "next saturday"]),
        ("2026-11-27", &["next friday", "次の金曜", "今度の金曜日", "friday of next week", "来週の金曜"]),
        ("2026-12-05", &["再来週", "2週間後", "２週後", "2 weeks from now", "week after next", "2w later"]),
        (
            "2026-12-01",
            &["再来週の火曜", "十日後", "10日後", "in ten days", "来月初め", "来月1日", "来月の頭"],
        ),
        ("2026-11-07", &["先々週", "二週間ぐらい前", "2 weeks ago", "week before last"]),
        ("2026-12-12", &["in 3 weeks", "three weeks from now", "3週間後", "来月12日"]),
        ("2026-11-01", &["二十日前", "20日くらい前", "今月の1日", "start of this month"]),
        (
            "2026-12-21",
            &["来月", "next month", "in a month", "1か月後", "一ヶ月後", "1ｹ月後", "1箇月後", "1月後"],
        ),
        ("2026-09-21", &["先々月", "2ヵ月前", "2カ月前", "2ケ月前", "二月前", "2 months ago"]),
        ("2026-12-10", &["来月10日", "来月の10日", "the 10th of next month", "next month 10th"]),
        ("2026-10-31", &["先月末", "先月の31日", "end of last month", "three weeks ago"]),
        ("2026-12-31", &["来月末", "今年末", "年末", "end of next month", "the end of the year"]),
        ("2027-01-01", &["年始", "年明け", "来年初め", "来年の1月1日"]),
        ("2026-05-21", &["半年前", "half a year ago", "six months ago", "6か月前"]),
        ("2026-11-06", &["半月前", "15日前", "先々週の金曜"]),
        ("2027-11-21", &["来年", "1年後", "next year", "12ヶ月後", "in one year"]),
        ("2025-11-21", &["去年", "昨年", "last year", "一年前"]),
        ("2024-11-21", &["一昨年", "おととし", "2年前", "two years ago"]),
        ("2026-09-14", &["2026年9月14日", "on September 14, 2026", "2026-09-14 月", "令和8年9月14日"]),
        ("x", &["今月31日", "2/30", "2月30日", "32日", "0日", "2026-02-30", "来年の2/29"]),
        ("?", &["04/05/2026"]),
        ("-", &["", " ", "あ", "先", "last", "in", "in 3", "90", "20", "3月", "金", "月", "weekly", "毎月"]),
        ("-", &["3日ごと", "0日前", "3 4 weeks", "1 0 days ago", "0000-12-03", "--12-03", "来週の10日"]),
        ("-", &["this", "next", "来月の金曜", "来週の", "来年11月", "101年後", "99999999999日前", "末来週"]),
        ("-", &["soon", "前", "後"]),
    ] {
        for text in texts {
            check(text, SATURDAY, Past, expected);
            check(text, SATURDAY, Future, expected);
        }
    }
    check(&"前".repeat(100_000), SATURDAY, Past, "-");
}

/// Phrases without a direction, and what they mean either way.
const BARE: [(&str, &str, &[&str]); 13] = [
    ("2026-11-20", "2026-11-27", &["金曜", "金曜日", "(金)", "（金）", "friday", "FRI", "on friday"]),
    ("2026-11-21", "2026-11-21", &["土曜", "saturday", "週末", "the weekend", "11月21日", "21日"]),
    ("2026-11-20", "2027-11-20", &["11/20", "11-20", "１１／２０", "11月20日", "nov 20", "20 november"]),
    ("2025-11-22", "2026-11-22", &["11/22", "22/11", "十一月二十二日", "Nov 22nd", "11月22日(日)"]),
    ("2026-04-05", "2027-04-05", &["4/5", "4月5日", "April 5"]),
    ("2024-02-29", "2028-02-29", &["2/29", "feb 29"]),
    ("2026-11-20", "2026-12-20", &["20日", "二十日", "the 20th", "on the 20th"]),
    ("2026-10-31", "2026-12-31", &["31日", "31st"]),
    ("2026-10-31", "2026-12-12", &["3w", "3 weeks", "3週間", "three weeks"]),
    ("2026-11-11", "2026-12-01", &["10d", "10日間"]),
    ("2026-10-21", "2026-12-21", &["1m", "a month", "1か月"]),
    ("2026-10-31", "2026-11-30", &["月末", "end of the month"]),
    ("2026-11-01", "2026-12-01", &["月初", "月初め"]),
];

#[test]
fn phrases_that_do_not() {
    for (past, future, texts) in BARE {
        for text in texts {
            check(text, SATURDAY, Past, past);
            check(text, SATURDAY, Future, future);
        }
    }
}

#[test]
fn ends_of_months_years_and_the_calendar() {
    for (text, today, towards, expected) in [
        ("来月", "2026-01-31", Future, "2026-02-28"),
        ("来月", "2024-01-31", Future, "2024-02-29"),
        ("先月", "2026-03-31", Past, "2026-02-28"),
        ("来年", "2024-02-29", Future, "2025-02-28"),
        ("今月末", "2024-02-10", Past, "2024-02-29"),
        ("2/29", "2024-02-29", Past, "2024-02-29"),
        ("2/29", "1903-03-01", Past, "1896-02-29"),
        ("31日", "2026-03-01", Past, "2026-01-31"),
        ("tomorrow", "2026-12-31", Future, "2027-01-01"),
        ("3日前", "2027-01-02", Past, "2026-12-30"),
        ("12/31", "2027-01-01", Past, "2026-12-31"),
        ("先週の金曜", "2027-01-03", Past, "2026-12-25"),
        ("今週末", "2027-01-03", Past, "2027-01-02"),
        ("この間の日曜", "2027-01-03", Past, "2026-12-27"),
        ("明日", "9999-12-31", Future, "x"),
        ("12/31", "0001-01-01", Past, "x"),
        ("去年", "0001-01-01", Past, "x"),
    ] {
        check(text, today, towards, expected);
    }
    let first = |text, day_first| phrase(text, "2026-11-21".parse().unwrap(), Past, day_first).unwrap();
    assert_eq!(first("4/5", DayFirst::Yes).to_string(), "2026-05-04");
    assert_eq!(first("4/5", DayFirst::No).to_string(), "2026-04-05");
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (1..=3_652_059).prop_filter_map("a day", NaiveDate::from_num_days_from_ce_opt)
}

proptest! {
    #[test]
    fn any_text_is_a_day_of_the_calendar_or_none(
        text in any::<String>(), today in any_day(),
        words in prop::collection::vec(prop::sample::select(&["来週", "の", "金曜", "3", "十", "日", "月", "年", "前", "後", "末", "in ", "a ", "week", " ago", "next ", "999999", "100", "/", "y", "半"][..]), 0..6),
    ) {
        for text in [text, words.concat()] {
            for towards in [Past, Future] {
                let read = phrase(&text, today, towards, DayFirst::Ask);
                prop_assert!(read.is_err() || (1..=9999).contains(&read.unwrap().year()), "{}", text);
            }
        }
    }

    #[test]
    fn without_a_direction_it_is_never_on_the_other_side(today in any_day()) {
        for text in BARE.iter().flat_map(|(.., texts)| *texts) {
            prop_assert!(phrase(text, today, Past, DayFirst::Ask).is_ok_and(|day| day <= today) || today.year() < 10);
            prop_assert!(phrase(text, today, Future, DayFirst::Ask).is_ok_and(|day| day >= today) || today.year() > 9989);
        }
    }
}
