//! Japan's public holidays, by the law.
//!
//! Knows the law and the special laws since 2007; leaves the sun's part of it, the
//! equinoxes, to `sun`, and days on which people are free without a law to others.

use chrono::{Datelike, NaiveDate, Weekday};

use super::sun::{self, Point};

/// The name of Japan's public holiday on `day`, if it is one.
///
/// 国民の祝日に関する法律 (昭和23年法律第178号) as it stood in each year from 2007 on, with the laws
/// for 2019, 2020 and 2021. What it calls no name of its own is 振替休日 (its article 3,
/// paragraph 2) or 国民の休日 (paragraph 3).
///
/// Equinoxes are the sun's (0° and 180° in Japan's time), as the government announces
/// them each February for the year after; see [`super::risshun`] for years before 1900 and
/// from 2300 on. Years after 2035 are answered by the law as it is now, years before 2007 by
/// the law of 2007 carried back, which is not what held then.
pub fn public_holiday(day: NaiveDate) -> Option<&'static str> {
    celebrated(day)
        .or_else(|| is_substitute(day).then_some("振替休日"))
        .or_else(|| is_between(day).then_some("国民の休日"))
}

/// Days of one year alone.
///
/// 2019: 天皇の即位の日及び即位礼正殿の儀の行われる日を休日とする法律 (平成30年法律第99号), by which
/// both count as 国民の祝日 for what is between and after such days. 2020 and 2021: the special law
/// for the Olympic Games (平成27年法律第33号), as amended in 2018 and 2020.
const ONCE: [(i32, u32, u32, &str); 8] = [
    (2019, 5, 1, "天皇の即位の日"),
    (2019, 10, 22, "即位礼正殿の儀の行われる日"),
    (2020, 7, 23, MARINE),
    (2020, 7, 24, SPORTS),
    (2020, 8, 10, MOUNTAIN),
    (2021, 7, 22, MARINE),
    (2021, 7, 23, SPORTS),
    (2021, 8, 8, MOUNTAIN),
];

const MARINE: &str = "海の日";
const SPORTS: &str = "スポーツの日";
const MOUNTAIN: &str = "山の日";

/// The 国民の祝日 of article 2 and of special laws: days that have a name of their own.
fn celebrated(day: NaiveDate) -> Option<&'static str> {
    let (year, month, date) = (day.year(), day.month(), day.day());
    if let Some((.., name)) = ONCE.iter().find(|(y, m, d, _)| (*y, *m, *d) == (year, month, date)) {
        return Some(name);
    }
    let is_monday = |nth: u32| day.weekday() == Weekday::Mon && (date - 1) / 7 + 1 == nth;
    let is_olympic = matches!(year, 2020 | 2021);
    let name = match (month, date) {
        (1, 1) => "元日",
        (1, _) if is_monday(2) => "成人の日",
        (2, 11) => "建国記念の日",
        // 平成29年法律第63号, in force from 30 April 2019: that year has none.
        (2, 23) if year >= 2020 => EMPEROR,
        (12, 23) if year <= 2018 => EMPEROR,
        // The sun is asked only on days on which the equinox can be.
        (3, 19..=22) if sun::day(Point::SpringEquinox, year) == day => "春分の日",
        (9, 22..=24) if sun::day(Point::AutumnEquinox, year) == day => "秋分の日",
        // 平成17年法律第43号, from 2007.
        (4, 29) => "昭和の日",
        (5, 3) => "憲法記念日",
        (5, 4) => "みどりの日",
        (5, 5) => "こどもの日",
        (7, _) if is_monday(3) && !is_olympic => MARINE,
        // 平成26年法律第43号.
        (8, 11) if year >= 2016 && !is_olympic => MOUNTAIN,
        (9, _) if is_monday(3) => "敬老の日",
        // 平成30年法律第57号.
        (10, _) if is_monday(2) && !is_olympic => {
            if year >= 2020 {
                SPORTS
            } else {
                "体育の日"
            }
        }
        (11, 3) => "文化の日",
        (11, 23) => "勤労感謝の日",
        _ => return None,
    };
    Some(name)
}

const EMPEROR: &str = "天皇誕生日";

/// Article 3, paragraph 2, since 2007: the first day after a 国民の祝日 on a Sunday that is
/// not one itself. Asked of days that are none.
fn is_substitute(day: NaiveDate) -> bool {
    let before = std::iter::successors(day.pred_opt(), NaiveDate::pred_opt);
    before.take_while(|day| celebrated(*day).is_some()).any(|day| day.weekday() == Weekday::Sun)
}

/// Article 3, paragraph 3: the day before and the day after are 国民の祝日. Asked of days
/// that are none.
fn is_between(day: NaiveDate) -> bool {
    let is_celebrated = |day: Option<NaiveDate>| day.and_then(celebrated).is_some();
    is_celebrated(day.pred_opt()) && is_celebrated(day.succ_opt())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    /// Every public holiday from 2007 to 2035: month, day and a sign of its name.
    const ALL: &str = "
        2007 1/1元 1/8成 2/11建 2/12振 3/21春 4/29昭 4/30振 5/3憲 5/4み 5/5こ 7/16海 9/17敬
        9/23秋 9/24振 10/8体 11/3文 11/23勤 12/23天 12/24振
        2008 1/1元 1/14成 2/11建 3/20春 4/29昭 5/3憲 5/4み 5/5こ 5/6振 7/21海 9/15敬 9/23秋
        10/13体 11/3文 11/23勤 11/24振 12/23天
        2009 1/1元 1/12成 2/11建 3/20春 4/29昭 5/3憲 5/4み 5/5こ 5/6振 7/20海 9/21敬 9/22国
        9/23秋 10/12体 11/3文 11/23勤 12/23天
        2010 1/1元 1/11成 2/11建 3/21春 3/22振 4/29昭 5/3憲 5/4み 5/5こ 7/19海 9/20敬 9/23秋
        10/11体 11/3文 11/23勤 12/23天
        2011 1/1元 1/10成 2/11建 3/21春 4/29昭 5/3憲 5/4み 5/5こ 7/18海 9/19敬 9/23秋 10/10体
        11/3文 11/23勤 12/23天
        2012 1/1元 1/2振 1/9成 2/11建 3/20春 4/29昭 4/30振 5/3憲 5/4み 5/5こ 7/16海 9/17敬
        9/22秋 10/8体 11/3文 11/23勤 12/23天 12/24振
        2013 1/1元 1/14成 2/11建 3/20春 4/29昭 5/3憲 5/4み 5/5こ 5/6振 7/15海 9/16敬 9/23秋
        10/14体 11/3文 11/4振 11/23勤 12/23天
        2014 1/1元 1/13成 2/11建 3/21春 4/29昭 5/3憲 5/4み 5/5こ 5/6振 7/21海 9/15敬 9/23秋
        10/13体 11/3文 11/23勤 11/24振 12/23天
        2015 1/1元 1/12成 2/11建 3/21春 4/29昭 5/3憲 5/4み 5/5こ 5/6振 7/20海 9/21敬 9/22国
        9/23秋 10/12体 11/3文 11/23勤 12/23天
        2016 1/1元 1/11成 2/11建 3/20春 3/21振 4/29昭 5/3憲 5/4み 5/5こ 7/18海 8/11山 9/19敬
        9/22秋 10/10体 11/3文 11/23勤 12/23天
        2017 1/1元 1/2振 1/9成 2/11建 3/20春 4/29昭 5/3憲 5/4み 5/5こ 7/17海 8/11山 9/18敬
        9/23秋 10/9体 11/3文 11/23勤 12/23天
        2018 1/1元 1/8成 2/11建 2/12振 3/21春 4/29昭 4/30振 5/3憲 5/4み 5/5こ 7/16海 8/11山
        9/17敬 9/23秋 9/24振 10/8体 11/3文 11/23勤 12/23天 12/24振
        2019 1/1元 1/14成 2/11建 3/21春 4/29昭 4/30国 5/1即 5/2国 5/3憲 5/4み 5/5こ 5/6振
        7/15海 8/11山 8/12振 9/16敬 9/23秋 10/14体 10/22礼 11/3文 11/4振 11/23勤
        2020 1/1元 1/13成 2/11建 2/23天 2/24振 3/20春 4/29昭 5/3憲 5/4み 5/5こ 5/6振 7/23海
        7/24ス 8/10山 9/21敬 9/22秋 11/3文 11/23勤
        2021 1/1元 1/11成 2/11建 2/23天 3/20春 4/29昭 5/3憲 5/4み 5/5こ 7/22海 7/23ス 8/8山
        8/9振 9/20敬 9/23秋 11/3文 11/23勤
        2022 1/1元 1/10成 2/11建 2/23天 3/21春 4/29昭 5/3憲 5/4み 5/5こ 7/18海 8/11山 9/19敬
        9/23秋 10/10ス 11/3文 11/23勤
        2023 1/1元 1/2振 1/9成 2/11建 2/23天 3/21春 4/29昭 5/3憲 5/4み 5/5こ 7/17海 8/11山
        9/18敬 9/23秋 10/9ス 11/3文 11/23勤
        2024 1/1元 1/8成 2/11建 2/12振 2/23天 3/20春 4/29昭 5/3憲 5/4み 5/5こ 5/6振 7/15海
        8/11山 8/12振 9/16敬 9/22秋 9/23振 10/14ス 11/3文 11/4振 11/23勤
        2025 1/1元 1/13成 2/11建 2/23天 2/24振 3/20春 4/29昭 5/3憲 5/4み 5/5こ 5/6振 7/21海
        8/11山 9/15敬 9/23秋 10/13ス 11/3文 11/23勤 11/24振
        2026 1/1元 1/12成 2/11建 2/23天 3/20春 4/29昭 5/3憲 5/4み 5/5こ 5/6振 7/20海 8/11山
        9/21敬 9/22国 9/23秋 10/12ス 11/3文 11/23勤
        2027 1/1元 1/11成 2/11建 2/23天 3/21春 3/22振 4/29昭 5/3憲 5/4み 5/5こ 7/19海 8/11山
        9/20敬 9/23秋 10/11ス 11/3文 11/23勤
        2028 1/1元 1/10成 2/11建 2/23天 3/20春 4/29昭 5/3憲 5/4み 5/5こ 7/17海 8/11山 9/18敬
        9/22秋 10/9ス 11/3文 11/23勤
        2029 1/1元 1/8成 2/11建 2/12振 2/23天 3/20春 4/29昭 4/30振 5/3憲 5/4み 5/5こ 7/16海
        8/11山 9/17敬 9/23秋 9/24振 10/8ス 11/3文 11/23勤
        2030 1/1元 1/14成 2/11建 2/23天 3/20春 4/29昭 5/3憲 5/4み 5/5こ 5/6振 7/15海 8/11山
        8/12振 9/16敬 9/23秋 10/14ス 11/3文 11/4振 11/23勤
        2031 1/1元 1/13成 2/11建 2/23天 2/24振 3/21春 4/29昭 5/3憲 5/4み 5/5こ 5/6振 7/21海
        8/11山 9/15敬 9/23秋 10/13ス 11/3文 11/23勤 11/24振
        2032 1/1元 1/12成 2/11建 2/23天 3/20春 4/29昭 5/3憲 5/4み 5/5こ 7/19海 8/11山 9/20敬
        9/21国 9/22秋 10/11ス 11/3文 11/23勤
        2033 1/1元 1/10成 2/11建 2/23天 3/20春 3/21振 4/29昭 5/3憲 5/4み 5/5こ 7/18海 8/11山
        9/19敬 9/23秋 10/10ス 11/3文 11/23勤
        2034 1/1元 1/2振 1/9成 2/11建 2/23天 3/20春 4/29昭 5/3憲 5/4み 5/5こ 7/17海 8/11山
        9/18敬 9/23秋 10/9ス 11/3文 11/23勤
        2035 1/1元 1/8成 2/11建 2/12振 2/23天 3/21春 4/29昭 4/30振 5/3憲 5/4み 5/5こ 7/16海
        8/11山 9/17敬 9/23秋 9/24振 10/8ス 11/3文 11/23勤
    ";

    /// The names that the signs stand for.
    const SIGNS: [(char, &str); 21] = [
        ('元', "元日"),
        ('成', "成人の日"),
        ('建', "建国記念の日"),
        ('天', "天皇誕生日"),
        ('春', "春分の日"),
        ('昭', "昭和の日"),
        ('憲', "憲法記念日"),
        ('み', "みどりの日"),
        ('こ', "こどもの日"),
        ('海', "海の日"),
        ('山', "山の日"),
        ('敬', "敬老の日"),
        ('秋', "秋分の日"),
        ('体', "体育の日"),
        ('ス', "スポーツの日"),
        ('文', "文化の日"),
        ('勤', "勤労感謝の日"),
        ('振', "振替休日"),
        ('国', "国民の休日"),
        ('即', "天皇の即位の日"),
        ('礼', "即位礼正殿の儀の行われる日"),
    ];

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    /// The holidays of a year as the table writes them.
    fn written(year: i32) -> String {
        let mut text = year.to_string();
        for day in date(year, 1, 1).iter_days().take_while(|day| day.year() == year) {
            if let Some(name) = public_holiday(day) {
                let sign = SIGNS.iter().find(|(_, of)| *of == name).expect(name).0;
                text.push_str(&format!(" {}/{}{sign}", day.month(), day.day()));
            }
        }
        text
    }

    #[test]
    fn every_day_from_2007_to_2035() {
        let found: Vec<String> = (2007..=2035).map(written).collect();
        let expected: Vec<&str> = ALL.split_whitespace().collect();
        assert_eq!(found.join(" "), expected.join(" "));
    }

    #[test]
    fn other_years_have_the_law_carried_on() {
        for (day, name) in [
            (date(2036, 5, 6), Some("振替休日")),
            (date(2049, 9, 21), Some("国民の休日")),
            (date(2092, 3, 19), Some("春分の日")),
            (date(2100, 2, 23), Some("天皇誕生日")),
            (date(2006, 5, 4), Some("みどりの日")),
            (date(1999, 12, 23), Some("天皇誕生日")),
            (date(1999, 2, 23), None),
            (date(2000, 1, 10), Some("成人の日")),
        ] {
            assert_eq!(public_holiday(day), name, "{day}");
        }
        let ends = [NaiveDate::MIN, NaiveDate::MAX];
        assert_eq!(ends.map(public_holiday), [Some("元日"), None]);
    }

    /// The sun is asked only on these days.
    #[test]
    fn equinoxes_keep_to_a_few_days() {
        for year in 1900..2300 {
            assert!((19..=22).contains(&sun::day(Point::SpringEquinox, year).day()), "{year}");
            assert!((22..=24).contains(&sun::day(Point::AutumnEquinox, year).day()), "{year}");
        }
    }
}
