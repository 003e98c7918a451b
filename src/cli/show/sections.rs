//! The parts of the brief that are lists: the last talks, what to ask about, promises, days ahead.

use chrono::{Datelike, NaiveDate};

use super::{AheadView, TalkView, View};
use crate::app::App;
use crate::brief::ahead::What;
use crate::cli::alumni::words::event;
use crate::cli::columns;
use crate::cli::json::PromiseView;
use crate::cli::output::Output;
use crate::cli::words::pick;
use crate::page;
use crate::text::{Lang, one_line, shorten};

/// More of one kind nobody reads before a talk.
const MOST: usize = 8;
/// More of one line nobody reads either, in characters.
const LONGEST: usize = 240;

/// Prints those that hold anything. Of the dead nothing is to be asked, and nothing to be waited for.
pub fn show(app: &App, view: &View<'_>, has_died: bool, output: &mut Output) {
    let said = Said { lang: app.lang, today: app.today };
    let lang = app.lang;
    let talks: Vec<_> = view.talks.iter().map(|talk| said.talk(talk)).collect();
    said.section(pick(lang, "最近の会話", "last talks"), &talks, output);
    let threads: Vec<_> = view.threads.iter().map(|thread| said.thread(thread)).collect();
    if !has_died {
        said.section(pick(lang, "続きを聞きたいこと", "to ask about"), &threads, output);
    }
    let promises = &view.person.promises;
    let of = |theirs: bool| -> Vec<[String; 3]> {
        promises.iter().filter(|promise| promise.theirs == theirs).map(|p| said.promise(p)).collect()
    };
    said.section(pick(lang, "自分の約束", "you promised"), &of(false), output);
    if !has_died {
        said.section(pick(lang, "待っていること", "they promised"), &of(true), output);
    }
    let ahead: Vec<_> = view.ahead.iter().map(|ahead| said.ahead(ahead)).collect();
    said.section(pick(lang, "これから", "ahead"), &ahead, output);
}

#[derive(Clone, Copy)]
struct Said {
    lang: Lang,
    today: NaiveDate,
}

impl Said {
    fn section<const N: usize>(self, heading: &str, rows: &[[String; N]], output: &mut Output) {
        if rows.is_empty() {
            return;
        }
        output.line("");
        output.line(heading);
        columns::print(None, rows.get(..MOST).unwrap_or(rows), output);
        let more = rows.len().saturating_sub(MOST);
        if more > 0 {
            let (ja, en) = (format!("  ほか{more}件"), format!("  and {more} more"));
            output.line(pick(self.lang, &ja, &en));
        }
    }

    fn beside(self, text: &str, beside: &str) -> String {
        super::parenthesised(text, beside, self.lang)
    }

    fn line(text: &str) -> String {
        shorten(&one_line(text), LONGEST).into_owned()
    }

    /// `2026-09-03（79日前）`
    fn day_ago(self, day: NaiveDate) -> String {
        self.beside(&day.to_string(), &page::ago(day, self.lang, self.today))
    }

    /// The day, the channel or else where it is known from, the words.
    fn talk(self, talk: &TalkView<'_>) -> [String; 3] {
        let elsewhere = match talk.source {
            "event" => pick(self.lang, "イベント", "event"),
            "mention" => pick(self.lang, "日付ノート", "dated note"),
            _ => "",
        };
        let through = talk.channel.map_or_else(|| elsewhere.to_owned(), |c| page::channel_name(c, self.lang));
        [self.day_ago(talk.date), one_line(&through).into_owned(), Self::line(&talk.text)]
    }

    fn thread(self, thread: &TalkView<'_>) -> [String; 2] {
        [self.day_ago(thread.date), Self::line(&thread.text)]
    }

    /// What, by when, where it stands.
    fn promise(self, promise: &PromiseView<'_>) -> [String; 3] {
        let due = promise.due.map(|due| match self.lang {
            Lang::Ja => format!("{due} まで"),
            Lang::En => format!("by {due}"),
        });
        let place = format!("{}:{}", one_line(promise.path), promise.line);
        [Self::line(promise.text), due.unwrap_or_default(), place]
    }

    /// The day and how far it is, and what falls on it.
    fn ahead(self, ahead: &AheadView<'_>) -> [String; 2] {
        let month_only = matches!(ahead.what, What::Birthday { to_the_day: false });
        let day = if month_only {
            format!("{}-{:02}", ahead.date.year(), ahead.date.month())
        } else {
            self.span(ahead.date, ahead.to)
        };
        [day, self.what(&ahead.what, ahead.date)]
    }

    fn span(self, day: NaiveDate, last: Option<NaiveDate>) -> String {
        let far = match last {
            // It is on.
            Some(last) if day <= self.today && self.today <= last => {
                pick(self.lang, "いま", "now").to_owned()
            }
            _ => page::distance(day, self.lang, self.today),
        };
        let days = last.filter(|last| *last > day).map_or_else(
            || day.to_string(),
            |last| match self.lang {
                Lang::Ja => format!("{day}〜{last}"),
                Lang::En => format!("{day} – {last}"),
            },
        );
        self.beside(&days, &far)
    }

    fn what(self, what: &What<'_>, day: NaiveDate) -> String {
        let lang = self.lang;
        match what {
            What::Birthday { to_the_day: true } => pick(lang, "誕生日", "birthday").to_owned(),
            What::Birthday { to_the_day: false } => {
                pick(lang, "誕生月（日は分かりません）", "birthday this month, the day is not known")
                    .to_owned()
            }
            What::Milestone(what) => Self::line(what),
            What::Event(note) => Self::line(&event(note.path.name(), day)),
            What::Season(name) => Self::line(name),
            What::Trip(_, place) => match lang {
                Lang::Ja => format!("{}へ行く予定", Self::line(place)),
                Lang::En => format!("your trip to {}", Self::line(place)),
            },
            What::Next => {
                pick(lang, "次に連絡すると決めた日", "the day you chose for the next contact").to_owned()
            }
            What::Snooze => {
                pick(lang, "連絡のお休みが明ける日", "the end of the silence you chose").to_owned()
            }
        }
    }
}
