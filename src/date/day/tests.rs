//! The spellings of days, in every calendar and order that people use.

use proptest::prelude::*;

use super::*;
use crate::date::{Birthday, Partial, Period, Stretch, Window, find_period};

fn word(read: Result<NaiveDate, DateError>) -> String {
    match read {
        Ok(date) => date.to_string(),
        Err(DateError::NotADate) => "-".into(),
        Err(DateError::Ambiguous) => "?".into(),
        Err(DateError::Impossible) => "x".into(),
    }
}

/// What `text` is as a whole; `-` no date, `?` ambiguous, `x` impossible.
fn check(text: &str, expected: &str) {
    assert_eq!(word(parse(text, DayFirst::Ask)), expected, "{text}");
}

/// What `text` begins with, and the bytes it covers.
fn check_prefix(text: &str, covered: &str) {
    let (date, length) = prefix(text, DayFirst::Ask).expect(text);
    assert_eq!((word(Ok(date)).as_str(), &text[..length]), ("2026-09-14", covered), "{text}");
}

#[test]
fn spellings_of_one_day() {
    for text in [
        "2026-09-14",
        " 2026-09-14\n",
        "\u{3000}2026-09-14\u{3000}",
        "2026-9-14",
        "2026/9/14",
        "2026/09/14",
        "2026.9.14",
        "２０２６－０９－１４",
        "２０２６／９／１４",
        "2026‐09‐14",
        "2026年9月14日",
        "2026年09月14日",
        "2026 年 9 月 14 日",
        "２０２６年９月１４日",
        "二〇二六年九月十四日",
        "二千二十六年九月十四日",
        "令和8年9月14日",
        "令和 8 年 9 月 14 日",
        "令和八年九月十四日",
        "令和8.9.14",
        "㋿8年9月14日",
        "R8.9.14",
        "r8.9.14",
        "Ｒ８．９．１４",
        "R8/9/14",
        "R08.09.14",
        "R8-9-14",
        "R8年9月14日",
        "平成38年9月14日",
        "2026年（令和8年）9月14日",
        "令和8年(2026年)9月14日",
        "2026-09-14T10:00:00+09:00",
        "2026-09-14T10:00:00.123Z",
        "2026-09-14T23:30Z",
        "2026-09-14t10:00",
        "2026-09-14 10:00",
        "2026-09-14 10:00:00 +0900",
        "2026-09-14 10:00 UTC",
        "2026-09-14 3:15 PM",
        "2026-09-14 10:00-11:30",
        "2026年9月14日 午後3時半",
        "2026年9月14日19時30分",
        "20260914",
        "20260914T100000Z",
        "September 14th, 2026",
        "September 14, 2026",
        "SEPTEMBER 14 2026",
        "Sep 14, 2026",
        "Sept. 14 2026",
        "14 September 2026",
        "14th of September, 2026",
        "14-Sep-2026",
        "Mon, 14 Sep 2026",
        "Monday, September 14th, 2026",
        "14.09.2026",
        "14/9/2026",
        "9/14/2026",
        "09-14-2026",
        "[[2026-09-14]]",
        "[[日記/2026-09-14|先週]]",
        "[[日記/2026-09-14.md]]",
        "[[2026-09-14#朝]]",
        "[[2026/09/14]]",
        "[[日記/2026/09/14]]",
        "[[2026-09-14]] 10:00",
        "[[September 14th, 2026]]",
        "2026-09-14 (月)",
        "2026-09-14（月）",
        "2026-09-14(月・祝)",
        "2026-09-14 月",
        "2026-09-14 月曜日",
        "2026-09-14 月曜",
        "2026年9月14日月曜日",
        "2026年9月14日（月）10:00",
        "2026-09-14 (Mon)",
        "2026-09-14 Mon",
        "2026-09-14 Monday",
        "2026-09-14, Mon",
        "2026-09-14 10:00 (Mon)",
    ] {
        check(text, "2026-09-14");
    }
}

#[test]
fn eras_and_limits() {
    for (text, expected) in [
        ("昭和64年1月7日", "1989-01-07"),
        ("平成元年1月8日", "1989-01-08"),
        ("令和元年5月1日", "2019-05-01"),
        ("R元.5.1", "2019-05-01"),
        ("明治6年1月1日", "1873-01-01"),
        ("大正15年12月25日", "1926-12-25"),
        ("㍻31年4月30日", "2019-04-30"),
        ("㍼60年12月3日", "1985-12-03"),
        ("㍽1年8月1日", "1912-08-01"),
        ("㍾45.7.29", "1912-07-29"),
        ("昭和六十年十二月三日", "1985-12-03"),
        ("M6.1.1", "1873-01-01"),
        ("T15.12.25", "1926-12-25"),
        ("S60.12.3", "1985-12-03"),
        ("H31.4.30", "2019-04-30"),
        ("平成35年1月1日", "2023-01-01"),
        ("0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31"),
        ("0000-01-01", "-"),
        ("10000-01-01", "-"),
        ("2024-02-29", "2024-02-29"),
        ("2000-02-29", "2000-02-29"),
        ("2026-02-29", "x"),
        ("1900-02-29", "x"),
        ("2026-02-30", "x"),
        ("2026-13-01", "x"),
        ("2026-00-10", "x"),
        ("2026-09-00", "x"),
        ("2026年4月31日", "x"),
        ("令和8年2月30日", "x"),
        ("February 30, 2026", "x"),
        ("[[2026-02-30]]", "x"),
        ("18680101", "1868-01-01"),
        ("18671231", "-"),
        ("22001231", "2200-12-31"),
        ("22010101", "-"),
        ("20260230", "-"),
        ("04/05/2026", "?"),
        ("4.5.2026", "?"),
        ("04-05-2026", "?"),
        ("04/04/2026", "2026-04-04"),
        ("25/12/2026", "2026-12-25"),
        ("12/25/2026", "2026-12-25"),
        ("13/13/2026", "x"),
        ("30/02/2026", "x"),
    ] {
        check(text, expected);
    }
    for text in [
        "",
        " ",
        "x",
        "Never",
        "なし",
        "2026",
        "2026-09",
        "26-09-14",
        "26/9/14",
        "令和0年1月1日",
        "2026-09-14abc",
        "2026-09-145",
        "2026-09-14-1",
        "2026-09-14/1",
        "2026-09/14",
        "2026-09-14 via Slack",
        "2026-09-14T",
        "2026-09-14T99",
        "2026-09-14に",
        "![[2026-09-14]]",
        "[[田中]]",
        "[[2026-09-14",
        "[[",
        "[[[[2026-09-14]]]]",
        "[2026-09-14]",
        "09012345678",
        "+819012345678",
        "12:30:45",
        "1e3",
        "March",
        "Mar",
        "2026年",
        "9月14日",
        "S60",
        "M",
        "2026-W38-1",
        "-2026-09-14",
    ] {
        check(text, "-");
    }
}

#[test]
fn day_or_month_first() {
    for (text, yes, no) in [
        ("04/05/2026", "2026-05-04", "2026-04-05"),
        ("4.5.2026", "2026-05-04", "2026-04-05"),
        ("04-05-2026", "2026-05-04", "2026-04-05"),
        ("25/12/2026", "2026-12-25", "2026-12-25"),
        ("12/25/2026", "2026-12-25", "2026-12-25"),
        ("2026/04/05", "2026-04-05", "2026-04-05"),
    ] {
        assert_eq!(word(parse(text, DayFirst::Yes)), yes, "{text}");
        assert_eq!(word(parse(text, DayFirst::No)), no, "{text}");
    }
}

#[test]
fn what_a_prefix_covers() {
    for (text, covered) in [
        ("2026-09-14", "2026-09-14"),
        ("2026-09-14 (line) 近況。", "2026-09-14"),
        ("2026-09-14 via Slack", "2026-09-14"),
        ("2026-09-14: met", "2026-09-14"),
        ("2026-09-14\nx", "2026-09-14"),
        ("2026-09-14に会う", "2026-09-14"),
        ("2026年9月14日に会う", "2026年9月14日"),
        ("2026年9月14日LINEで", "2026年9月14日"),
        ("  2026-09-14  x", "  2026-09-14"),
        ("２０２６－０９－１４　近況", "２０２６－０９－１４"),
        ("㋿8.9.14 近況", "㋿8.9.14"),
        ("㋿８年９月１４日（月）　近況", "㋿８年９月１４日（月）"),
        ("2026年㋈14日", "2026年㋈14日"),
        ("2026年㋈㏭です", "2026年㋈㏭"),
        ("[[日記/2026-09-14|先週]] に会う", "[[日記/2026-09-14|先週]]"),
        ("[[2026-09-14]](月) x", "[[2026-09-14]](月)"),
        ("**2026-09-14** x", "**2026-09-14**"),
        ("**2026-09-14:** x", "**2026-09-14:**"),
        ("**2026-09-14**: x", "**2026-09-14**"),
        ("_[[2026-09-14]]_ x", "_[[2026-09-14]]_"),
        ("**2026-09-14 会議** x", "**2026-09-14"),
        ("2026-09-14 10:00 会議", "2026-09-14 10:00"),
        ("2026-09-14 10:00 zoom", "2026-09-14 10:00"),
        ("2026-09-14 10時間 走った", "2026-09-14"),
        ("2026-09-14 (月) 10:00-11:00 会議", "2026-09-14 (月) 10:00-11:00"),
        ("2026-09-14（月）に会う", "2026-09-14（月）"),
        ("2026-09-14 Monday lunch", "2026-09-14 Monday"),
        ("2026-09-14 Monthly", "2026-09-14"),
        ("2026-09-14 日本酒", "2026-09-14"),
        ("2026-09-14..2026-09-20", "2026-09-14"),
        ("September 14th, 2026 lunch", "September 14th, 2026"),
    ] {
        // ㋈ is 9月 and ㏭ is 14日 in NFKC.
        check_prefix(text, covered);
    }
    for text in
        ["2026-09-14abc", "2026-09-145", "2026-09-14T", "x 2026-09-14", "- 2026-09-14", "![[2026-09-14]]"]
    {
        assert_eq!(prefix(text, DayFirst::Ask), Err(DateError::NotADate), "{text}");
    }
    assert_eq!(prefix("2026-02-30 x", DayFirst::Ask), Err(DateError::Impossible));
    assert_eq!(prefix("04/05/2026 x", DayFirst::Ask), Err(DateError::Ambiguous));
    // A sentence may begin with a day or an hour.
    for (day, behind) in
        [("2026-09-14", " 土曜に会った"), ("2026-09-14", " 10:30に電話"), ("2026-09-14", " 10時から会議")]
    {
        check_prefix(&format!("{day}{behind}"), day);
    }
    check_prefix("2026年9月14日月曜日に会った", "2026年9月14日月曜日");
}

#[test]
fn huge_texts_are_cut_first() {
    for piece in ["2", "二", "[[", "*", " ", "\u{fdfa}", "2026-09-14 ", "2026年", "\u{301}", "㋿"] {
        let huge = piece.repeat((1 << 20) / piece.len());
        let _ =
            (parse(&huge, DayFirst::Ask), prefix(&huge, DayFirst::Ask), Partial::parse(&huge, DayFirst::Ask));
        let _ = (
            Birthday::parse(&huge, DayFirst::Ask),
            Period::parse(&huge),
            find_period(&huge),
            Window::parse(&huge),
        );
    }
}

proptest! {
    #[test]
    fn every_day_reads_back(days in 1..3_652_059i32) {
        let date = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
        for form in [
            "%Y-%m-%d", "%Y/%-m/%-d", "%Y.%-m.%-d", "%Y年%-m月%-d日", "%B %-d, %Y", "%-d %b %Y",
            "[[日記/%Y-%m-%d|x]]", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d (%a)", "%Y-%m-%d %A",
        ] {
            let text = date.and_hms_opt(23, 59, 59).unwrap().format(form).to_string();
            prop_assert_eq!(parse(&text, DayFirst::Ask), Ok(date), "{}", text);
            let longer = format!("{text}  x");
            prop_assert_eq!(prefix(&longer, DayFirst::Ask), Ok((date, text.len())), "{}", longer);
        }
    }

    #[test]
    fn nothing_panics(
        text in ".*",
        near in "[0-9年月日元令和平成RHS./ 十二〇\\[\\]|*_:T()（）〜~m-]{0,24}",
        date in "2026-09-14.{0,6}",
    ) {
        for text in [text, near, date] {
            for order in [DayFirst::Ask, DayFirst::Yes, DayFirst::No] {
                if let Ok((date, length)) = prefix(&text, order) {
                    prop_assert!(text.get(..length).is_some_and(|covered| !covered.ends_with(' ')), "{}", date);
                }
                let _ = (parse(&text, order), Partial::parse(&text, order), Birthday::parse(&text, order));
            }
            let _ = (Period::parse(&text), Stretch::parse(&text), Window::parse(&text));
            if let Some((range, _)) = find_period(&text) {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
