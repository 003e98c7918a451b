//! A day as another one is written.
//!
//! Knows the styles in which the year comes first; what else was said of the old day is for others to see.

use chrono::{Datelike, NaiveDate};

use super::era::{ERAS, Era};

/// 令和 begins (政令第百四十三号, 2019).
const REIWA: NaiveDate = match NaiveDate::from_ymd_opt(2019, 5, 1) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// The day in the style of an old one: `2026/9/4`, `2026.09.04`, `20260904`, `2026年9月4日`, `R8.9.4`,
/// `令和８年９月４日`. As ISO has it in every other style, and where no era of today's has the day.
pub fn like(old: &str, day: NaiveDate) -> String {
    spelled(old, day).unwrap_or_else(|| day.to_string())
}

fn spelled(old: &str, day: NaiveDate) -> Option<String> {
    let (era, rest) = era(old);
    if era.is_none() && rest.len() == 8 && rest.bytes().all(|b| b.is_ascii_digit()) {
        return Some(day.format("%Y%m%d").to_string());
    }
    let (mut parts, mut rest) = (Vec::new(), rest);
    while !rest.is_empty() {
        let number = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
        let between = rest[number..].find(is_digit).map_or(rest.len(), |at| number + at);
        parts.push((&rest[..number], &rest[number..between]));
        rest = &rest[between..];
    }
    let &[(year, first), (month, second), (date, third)] = parts.as_slice() else { return None };
    let in_kanji = match (first, second, third) {
        ("年", "月", "日") => true,
        ("-", "-", "") | ("/", "/", "") | (".", ".", "") => false,
        _ => return None,
    };
    let count = |text: &str| text.chars().count();
    let (written, begins) = match era {
        None => ((count(year) == 4).then(|| format!("{:04}", day.year()))?, String::new()),
        Some(begins) => {
            let [Era { before, .. }, ..] = ERAS;
            let years = day.year() - before;
            let padded = year.starts_with(['0', '０']);
            let years = if padded { format!("{years:02}") } else { years.to_string() };
            ((day >= REIWA).then_some(years)?, begins)
        }
    };
    // Days as ISO has them are never shortened.
    let is_padded = first == "-" || (!in_kanji && count(month) == 2 && count(date) == 2);
    let two = |number: u32| if is_padded { format!("{number:02}") } else { number.to_string() };
    let new = [&written, first, &two(day.month()), second, &two(day.day()), third].concat();
    let is_wide = date.chars().all(|c| !c.is_ascii());
    Some(begins + &if is_wide { new.chars().map(wide).collect() } else { new })
}

/// The era of today in the form in which a day names its own, and what stands behind that. A first year
/// (元年) is a number, too.
fn era(old: &str) -> (Option<String>, &str) {
    let [today, ..] = ERAS;
    let capital = today.letter.to_ascii_uppercase();
    let forms = |era: &Era| {
        let letters = [(era.letter, today.letter), (era.letter.to_ascii_uppercase(), capital)];
        let letters = letters.map(|(known, todays)| Some((old.strip_prefix(known)?, todays.to_string())));
        letters
            .into_iter()
            .flatten()
            .next()
            .or_else(|| Some((old.strip_prefix(era.name)?, today.name.into())))
    };
    match ERAS.iter().find_map(forms) {
        Some((rest, todays)) => (Some(todays), rest),
        None => (None, old),
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c) || c == '元'
}

fn wide(c: char) -> char {
    match c.to_digit(10).and_then(|digit| char::from_u32('０' as u32 + digit)) {
        Some(digit) => digit,
        None => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_as_another_is_written() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        for (old, new, early) in [
            ("2026-09-14", "2026-11-21", "2027-03-04"),
            ("2026/9/4", "2026/11/21", "2027/3/4"),
            ("2026/09/14", "2026/11/21", "2027/03/04"),
            ("2026.9.14", "2026.11.21", "2027.3.4"),
            ("20260914", "20261121", "20270304"),
            ("2026年9月14日", "2026年11月21日", "2027年3月4日"),
            ("２０２６年９月１４日", "２０２６年１１月２１日", "２０２７年３月４日"),
            ("２０２６/０９/１４", "２０２６/１１/２１", "２０２７/０３/０４"),
            ("R8.9.14", "R8.11.21", "R9.3.4"),
            ("r08.09.14", "r08.11.21", "r09.03.04"),
            ("令和8年9月14日", "令和8年11月21日", "令和9年3月4日"),
            ("令和元年9月14日", "令和8年11月21日", "令和9年3月4日"),
            ("令和８年９月１４日", "令和８年１１月２１日", "令和９年３月４日"),
            ("平成31年4月1日", "令和8年11月21日", "令和9年3月4日"),
            ("H31/4/1", "R8/11/21", "R9/3/4"),
        ] {
            assert_eq!(like(old, day(2026, 11, 21)), new, "{old}");
            assert_eq!(like(old, day(2027, 3, 4)), early, "{old}");
        }
        for old in [
            "9/14/2026",
            "14 September 2026",
            "September 14th, 2026",
            "令和8年9月14日（月）",
            "2026年（令和8年）9月14日",
            "二〇二六年九月十四日",
            "26.9.14",
            "R8年9.14",
            "",
        ] {
            assert_eq!(like(old, day(2026, 11, 21)), "2026-11-21", "{old}");
        }
        assert_eq!(like("R1.5.2", day(2019, 5, 1)), "R1.5.1");
        assert_eq!(like("R1.5.2", day(2019, 4, 30)), "2019-04-30", "it is none of today's era");
    }
}
