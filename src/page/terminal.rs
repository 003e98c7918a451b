//! The page's words for a terminal: text of notes in one line, otherwise as it is.

use chrono::NaiveDate;

use super::words::{self, Voice};
use crate::plan::{Agenda, Item, Section, State};
use crate::text::{Lang, one_line};

fn voice(lang: Lang, today: NaiveDate) -> Voice {
    Voice { lang, today, show: |text| one_line(text).into_owned() }
}

/// `2026-11-21（土）`
pub fn title(agenda: &Agenda, lang: Lang) -> String {
    let weekday = weekday(agenda.date, lang);
    match lang {
        Lang::Ja => format!("{}（{weekday}）", agenda.date),
        Lang::En => format!("{} ({weekday})", agenda.date),
    }
}

/// How many items, how much energy, how the ties stand.
pub fn summary(agenda: &Agenda, lang: Lang) -> String {
    let count = |state| agenda.count(state);
    let people: usize = agenda.counts.values().sum::<usize>() - count(State::Closed);
    let today = agenda.section(Section::Today).count();
    let (spent, limit) = (agenda.energy.week.spent, agenda.energy.week.limit);
    let states = voice(lang, agenda.date).states(count);
    match lang {
        Lang::Ja => format!("今日 {today} 件 ・ 今週 {spent}/{limit} ・ {people}人（{states}）"),
        Lang::En => {
            let word = if people == 1 { "person" } else { "people" };
            format!("today {today} · this week {spent}/{limit} · {people} {word} ({states})")
        }
    }
}

/// What a section is called.
pub fn section_name(section: Section, lang: Lang) -> &'static str {
    match (section, lang) {
        (Section::Today, Lang::Ja) => "今日",
        (Section::Today, Lang::En) => "Today",
        (Section::Week, Lang::Ja) => "今週",
        (Section::Week, Lang::En) => "This week",
        (Section::Later, Lang::Ja) => "この先",
        (Section::Later, Lang::En) => "Later",
        (Section::Unplaced, Lang::Ja) => "余裕ができたら",
        (Section::Unplaced, Lang::En) => "When there is room",
        (Section::Done, Lang::Ja) => "済み",
        (Section::Done, Lang::En) => "Done",
    }
}

/// What a day without items says.
pub fn nothing_today(lang: Lang, today: NaiveDate) -> String {
    voice(lang, today).nothing().trim_matches('*').to_owned()
}

/// An item's topics with their labels, but for those that its line tells of.
pub fn topic_lines(item: &Item, lang: Lang, today: NaiveDate) -> Vec<String> {
    let voice = voice(lang, today);
    item.topics.iter().filter_map(|topic| voice.topic(item, topic, None)).collect()
}

/// A day as the page writes it.
pub fn short_day(day: NaiveDate, lang: Lang, today: NaiveDate) -> String {
    voice(lang, today).lead(day)
}

/// `68日前`, `68 days ago`; calmly rounded after a year.
pub fn ago(day: NaiveDate, lang: Lang, today: NaiveDate) -> String {
    voice(lang, today).ago(day)
}

/// `今日`, `あさって`, `3日後`, `2日前`; `in 3 days`
pub fn distance(day: NaiveDate, lang: Lang, today: NaiveDate) -> String {
    voice(lang, today).distance(day)
}

/// What a channel is called; one that is not known stands for itself.
pub fn channel_name(channel: &str, lang: Lang) -> String {
    voice(lang, NaiveDate::MIN).channel(channel)
}

/// What a day of the week is called, in short.
pub fn weekday(day: NaiveDate, lang: Lang) -> &'static str {
    words::weekday(day, lang)
}
