//! Times at an organisation in words: as precise as they are told, and what is not known said so.

use crate::brief::alumni::{Alumni, Gathering, Host, Member, Standing};
use crate::brief::time::{Spell, Together, months};
use crate::cli::words::pick;
use crate::note::org::Post;
use crate::text::{Lang, one_line};

use chrono::NaiveDate;

/// `2014-04〜2026-06`, `2018-10〜現在`, `不明〜2025-03`; `2014-04 – 2026-06`
pub fn spell(of: Spell, today: NaiveDate, lang: Lang) -> String {
    let unknown = pick(lang, "不明", "unknown");
    let is_ahead = of.from.is_some_and(|from| from.first_day() > today);
    let from = of.from.map_or_else(|| unknown.to_owned(), |from| from.to_string());
    let to = match of.to {
        Some(to) => to.to_string(),
        None if of.past => unknown.to_owned(),
        None if is_ahead => String::new(),
        None => pick(lang, "現在", "now").to_owned(),
    };
    if of.from.is_none() && of.ended_sometime() {
        return pick(lang, "時期は不明", "time unknown").to_owned();
    }
    match lang {
        Lang::Ja => format!("{from}〜{to}"),
        Lang::En if to.is_empty() => format!("from {from}"),
        Lang::En => format!("{from} – {to}"),
    }
}

/// Several spells, one behind the other.
pub fn spells(all: &[Spell], today: NaiveDate, lang: Lang) -> String {
    let each: Vec<String> = all.iter().map(|of| spell(*of, today, lang)).collect();
    each.join(pick(lang, "、", ", "))
}

/// `12年3か月`, `8か月`; `12 years 3 months`
pub fn length(months: i64, lang: Lang) -> String {
    let (years, rest) = (months / 12, months % 12);
    let counted = |n: i64, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    match (lang, years, rest) {
        (Lang::Ja, 0, rest) => format!("{rest}か月"),
        (Lang::Ja, years, 0) => format!("{years}年"),
        (Lang::Ja, years, rest) => format!("{years}年{rest}か月"),
        (Lang::En, 0, rest) => counted(rest, "month"),
        (Lang::En, years, 0) => counted(years, "year"),
        (Lang::En, years, rest) => format!("{} {}", counted(years, "year"), counted(rest, "month")),
    }
}

/// Your time there and its length, where both ends are told to the month.
pub fn mine(alumni: &Alumni<'_>, today: NaiveDate, lang: Lang) -> String {
    let when = spells(&alumni.mine, today, lang);
    let all: Option<i64> = alumni.mine.iter().map(|of| months(*of, today)).sum();
    match (all.filter(|months| *months > 0).map(|months| length(months, lang)), lang) {
        (Some(length), Lang::Ja) => format!("{when}（{length}）"),
        (Some(length), Lang::En) => format!("{when} ({length})"),
        (None, _) => when,
    }
}

/// When somebody was there.
pub fn period(member: &Member<'_>, today: NaiveDate, lang: Lang) -> String {
    spells(&member.spells, today, lang)
}

/// What somebody did there, one after the other.
pub fn roles(posts: &[&Post]) -> String {
    let mut roles: Vec<String> = Vec::new();
    for role in posts.iter().filter_map(|post| post.role.as_deref()) {
        let role = one_line(role).into_owned();
        if roles.last() != Some(&role) {
            roles.push(role);
        }
    }
    roles.join(" → ")
}

/// How long you were there together, or why nobody knows; empty where you were not.
pub fn together(member: &Member<'_>, today: NaiveDate, lang: Lang) -> String {
    let shared = &member.shared;
    let when = || spells(&shared.spells, today, lang);
    match shared.together {
        Together::No => String::new(),
        Together::Unknown => pick(lang, "不明", "unknown").to_owned(),
        Together::Perhaps => match lang {
            Lang::Ja => format!("{}（重なったかもしれません）", when()),
            Lang::En => format!("{} (perhaps)", when()),
        },
        Together::Yes => match (shared.months, lang) {
            (Some(months), _) => length(months, lang),
            // Told in years, or without a beginning: when says as much as is known.
            (None, _) => when(),
        },
    }
}

/// What somebody does now who has left.
pub fn now(member: &Member<'_>, lang: Lang) -> String {
    let Some(post) = member.now else { return pick(lang, "不明", "unknown").to_owned() };
    let role = post.role.as_deref().map(|role| format!(" {}", one_line(role))).unwrap_or_default();
    format!("{}{role}", one_line(&post.org))
}

/// What those of a standing are headed by.
pub fn heading(standing: Standing, lang: Lang) -> &'static str {
    match standing {
        Standing::There => pick(lang, "いまもいる人", "there now"),
        Standing::Coming => pick(lang, "これから入る人", "joining soon"),
        Standing::Left => pick(lang, "離れた人", "have left"),
    }
}

/// `4人`, `1 person`, `4 people`
pub fn people(n: usize, lang: Lang) -> String {
    match (lang, n) {
        (Lang::Ja, n) => format!("{n}人"),
        (Lang::En, 1) => "1 person".to_owned(),
        (Lang::En, n) => format!("{n} people"),
    }
}

/// The name of an event without the day in front, which is said beside it.
pub fn event(name: &str, day: NaiveDate) -> String {
    let bare = name.strip_prefix(&day.to_string()).map_or(name, str::trim_start);
    if bare.is_empty() { name.to_owned() } else { bare.to_owned() }
}

/// `2026-12-05 忘年会（6人）`; a name or link that tells the day already is not told it twice.
pub fn gathering(of: &Gathering<'_>, shown: &str, lang: Lang) -> String {
    let (day, people) = (of.day.to_string(), people(of.members, lang));
    let what = if shown.contains(&day) { shown.to_owned() } else { format!("{day} {shown}") };
    match lang {
        Lang::Ja => format!("{what}（{people}）"),
        Lang::En => format!("{what} ({people})"),
    }
}

/// Why somebody would bring the others together.
pub fn host(of: Host, lang: Lang) -> String {
    let people = people(of.people, lang);
    match (of.by_ties, lang) {
        (true, Lang::Ja) => format!("このなかに知り合いが{people}"),
        (true, Lang::En) => format!("knows {people} here"),
        (false, Lang::Ja) => format!("在籍の時期が重なる人が{people}"),
        (false, Lang::En) => format!("was there together with {people}"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::date::{DayFirst, Partial};

    #[test]
    fn times_are_as_precise_as_they_are_told() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let partial = |text: &str| Partial::parse(text, DayFirst::Ask).ok();
        let check = |from: &str, to: &str, past: bool, ja: &str, en: &str| {
            let of = Spell { from: partial(from), to: partial(to), past };
            assert_eq!([spell(of, today, Lang::Ja), spell(of, today, Lang::En)], [ja, en]);
        };
        check("2014-04", "2026-06-30", false, "2014-04〜2026-06-30", "2014-04 – 2026-06-30");
        check("2018", "", false, "2018〜現在", "2018 – now");
        check("", "2025-03", false, "不明〜2025-03", "unknown – 2025-03");
        check("2019-04", "", true, "2019-04〜不明", "2019-04 – unknown");
        check("", "", true, "時期は不明", "time unknown");
        check("", "", false, "不明〜現在", "unknown – now");
        check("2027-01", "", false, "2027-01〜", "from 2027-01");
    }

    #[test]
    fn lengths() {
        let check = |months: i64, ja: &str, en: &str| {
            assert_eq!([length(months, Lang::Ja), length(months, Lang::En)], [ja, en]);
        };
        check(1, "1か月", "1 month");
        check(8, "8か月", "8 months");
        check(12, "1年", "1 year");
        check(147, "12年3か月", "12 years 3 months");
    }
}
