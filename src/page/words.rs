//! What the page says, in Japanese and English: sentences, reasons, labels.
//!
//! Text of notes passes through `show` on its way in, so that the page can make
//! it harmless and a terminal can have it as it is.

mod milestone;
mod names;
mod notices;
mod occasions;
mod promise;
mod reason;
mod spans;
mod topics;
mod why;

use chrono::{Datelike, NaiveDate};

use crate::plan::{Item, Kind, State, Why};
use crate::text::{Lang, one_line, pick, shorten};

use milestone::is_grave_besides;
use names::{channel_word, short_month};
use notices::{NOTHING, own_line};

pub use milestone::{Tone, is_sombre, is_unwell, tone};
pub(super) use names::weekday;
pub use names::{kind_word, month_name, tier_called};
pub(super) use notices::{is_notice, is_own_line, notice};
pub use topics::label;
pub(super) use topics::{has_label, labels};

/// More of a note's text nobody reads in a line.
const TEXT_LENGTH: usize = 60;

/// A voice in one language on one day.
pub(super) struct Voice {
    pub lang: Lang,
    pub today: NaiveDate,
    /// How text of notes is shown.
    pub show: fn(&str) -> String,
}

/// What is to be done, with the person's name as the page or a list shows it.
pub fn sentence(item: &Item, lang: Lang, today: NaiveDate, who: &str) -> String {
    Voice { lang, today, show: super::safe::safe }.sentence(item, who)
}

/// What is to be done and why, with the bare name, for a terminal.
pub fn plain_line(item: &Item, lang: Lang, today: NaiveDate) -> (String, String) {
    let voice = Voice { lang, today, show: |text| one_line(text).into_owned() };
    let sentence = voice.sentence(item, &one_line(&item.name));
    let reason = voice.reason_beside(item, &sentence);
    (sentence, reason)
}

/// Why an item is there, in plain text.
pub fn reason(item: &Item, lang: Lang, today: NaiveDate) -> String {
    Voice { lang, today, show: |text| one_line(text).into_owned() }.reason(item)
}

/// The label of the line that names further reasons.
const ALSO: (&str, &str) = ("ほかに", "Further reasons");

/// What a line that stands on another day begins with: [`Voice::lead`].
pub(super) fn lead(day: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    Voice { lang, today, show: super::safe::safe }.lead(day)
}

impl Voice {
    fn text(&self, text: &str) -> String {
        (self.show)(&shorten(&one_line(text), TEXT_LENGTH))
    }

    /// What a channel is called.
    pub fn channel(&self, channel: &str) -> String {
        channel_word(channel, self.lang).map_or_else(|| self.text(channel), str::to_owned)
    }

    fn tier<'t>(&self, id: &'t str, called: Option<&'t str>) -> &'t str {
        tier_called(id, called, self.lang)
    }

    /// `に LINE で`, `にメールで`, `に`
    fn ni(&self, item: &Item) -> String {
        match item.channel.as_deref().map(|c| self.channel(c)).filter(|c| !c.is_empty()) {
            None => " に".to_owned(),
            Some(word) => format!(" に{}で", spaced(&word)),
        }
    }

    /// ` on LINE`, ` by e-mail`, nothing
    fn by(&self, item: &Item) -> String {
        let Some(channel) = item.channel.as_deref() else { return String::new() };
        let word = self.channel(channel);
        match channel {
            _ if word.is_empty() => String::new(),
            "email" | "phone" | "call" | "video" | "chat" | "post" | "letter" => format!(" by {word}"),
            "meet" | "in person" => " in person".to_owned(),
            "lunch" | "dinner" | "coffee" => format!(" over {word}"),
            _ if channel_word(channel, self.lang).is_some() => format!(" on {word}"),
            _ => format!(" via {word}"),
        }
    }

    /// What is to be done.
    pub fn sentence(&self, item: &Item, who: &str) -> String {
        match self.lang {
            Lang::Ja => self.sentence_ja(item, who),
            Lang::En => self.sentence_en(item, who),
        }
    }

    fn sentence_ja(&self, item: &Item, who: &str) -> String {
        let ni = self.ni(item);
        match &item.why {
            Why::Window { last: None, by_hand: false, .. } => format!("{who}{ni}まずひとことを"),
            Why::Window { talk: Some(talk), .. } => self.talk_ja(who, &ni, *talk),
            Why::Window { .. } => format!("{who}{ni}近況を"),
            Why::Reopen { .. } => format!("{who}{ni}久しぶりのひとことを"),
            Why::Birthday { day: None, month } => format!("{who}{ni}お誕生日（{month}月）のお祝いを"),
            Why::Birthday { day: Some(day), .. } if *day < self.today => {
                format!("{who}{ni}遅ればせながらお誕生日（{}）のお祝いを", self.day(*day))
            }
            Why::Birthday { day: Some(day), .. } => {
                format!("{who}{ni}お誕生日（{}）のお祝いを", self.day(*day))
            }
            Why::Milestone { what, mourning, .. } => {
                self.milestone_ja(what, *mourning || is_grave_besides(item), who, &ni)
            }
            Why::Promise { text, .. } if item.kind == Kind::Waiting => match self.text(text) {
                text if text.is_empty() => format!("{who}{ni}お願いしている件のその後を"),
                text => format!("{who}{ni}「{text}」のその後を"),
            },
            Why::Promise { text, .. } => self.promise_ja(item, text, who),
            Why::Habit { .. } => format!("「{}」に取りかかる頃合い", self.text(&item.name)),
            Why::Sort { count } => format!("間柄がまだ決まっていない人が {count} 人います"),
            Why::Done { skipped: true, text, .. } => self.done(Some(self.not_this_time()), text, who),
            Why::Done { channel, text, .. } => {
                let channel = channel.as_deref().map(|channel| self.channel(channel));
                self.done(channel.as_deref(), text, who)
            }
            // What all others say stands with its occasion.
            _ => self.occasion_ja(item, who, &ni),
        }
    }

    fn sentence_en(&self, item: &Item, who: &str) -> String {
        let by = self.by(item);
        match &item.why {
            Why::Window { last: None, by_hand: false, .. } => format!("Say hello to {who}{by}"),
            Why::Window { talk: Some(talk), .. } => self.talk_en(who, &by, *talk),
            Why::Window { .. } => format!("Catch up with {who}{by}"),
            Why::Reopen { .. } => format!("A gentle re-opening with {who}{by}"),
            Why::Birthday { day: None, month } => {
                format!("Wish {who} a happy birthday{by} (in {})", month_name(*month))
            }
            Why::Birthday { day: Some(day), .. } if *day < self.today => {
                format!("Wish {who} a belated happy birthday{by} ({})", self.day(*day))
            }
            Why::Birthday { day: Some(day), .. } => {
                format!("Wish {who} a happy birthday{by} ({})", self.day(*day))
            }
            Why::Milestone { what, mourning, .. } => {
                self.milestone_en(what, *mourning || is_grave_besides(item), who, &by)
            }
            Why::Promise { text, .. } => match (item.kind, self.text(text)) {
                (Kind::Waiting, text) if text.is_empty() => format!("Ask {who}{by} how it is coming along"),
                (Kind::Waiting, text) => format!("Ask {who}{by} how this is coming along: {text}"),
                (_, text) if text.is_empty() => format!("Keep a promise to {who}"),
                (_, text) => format!("Promised to {who}: {text}"),
            },
            Why::Habit { .. } => format!("Time for: {}", self.text(&item.name)),
            Why::Sort { count: 1 } => "1 person has no tier yet".to_owned(),
            Why::Sort { count } => format!("{count} people have no tier yet"),
            Why::Done { skipped: true, text, .. } => self.done(Some(self.not_this_time()), text, who),
            Why::Done { channel, text, .. } => {
                let channel = channel.as_deref().map(|channel| self.channel(channel));
                self.done(channel.as_deref(), text, who)
            }
            // What all others say stands with its occasion.
            _ => self.occasion_en(item, who, &by),
        }
    }

    fn not_this_time(&self) -> &'static str {
        pick(self.lang, "今回は見送り", "not this time")
    }

    /// `[[鈴木 花子]] — 11/21 ランチ`
    fn done(&self, how: Option<&str>, text: &str, who: &str) -> String {
        let channel = how.filter(|how| !how.is_empty());
        let text = Some(self.text(text)).filter(|t| !t.is_empty());
        let day = self.day(self.today);
        // What you do for yourself is done with nobody.
        if who.is_empty() {
            let words = [channel, text.as_deref()].into_iter().flatten().collect::<Vec<_>>();
            return format!("{day} {}", words.join(pick(self.lang, "：", ": ")));
        }
        match (channel, text.as_deref(), self.lang) {
            (Some(channel), Some(text), Lang::Ja) => format!("{who} — {day} {channel}：{text}"),
            (Some(channel), Some(text), Lang::En) => format!("{who} — {day}, {channel}: {text}"),
            (Some(word), None, Lang::Ja) | (None, Some(word), Lang::Ja) => format!("{who} — {day} {word}"),
            (Some(word), None, Lang::En) | (None, Some(word), Lang::En) => format!("{who} — {day}, {word}"),
            (None, None, _) => format!("{who} — {day}"),
        }
    }

    /// The child line that names further reasons.
    pub fn also(&self, kinds: &[Kind]) -> String {
        let words: Vec<&str> = kinds.iter().map(|kind| kind_word(*kind, self.lang)).collect();
        let words = words.join(pick(self.lang, "、", ", "));
        format!("{}: {words}", pick(self.lang, ALSO.0, ALSO.1))
    }

    /// `11/24（火）`, `Tue 24 Nov: `: in front of what stands on another day.
    pub fn lead(&self, day: NaiveDate) -> String {
        match self.lang {
            Lang::Ja => format!("{}（{}）", self.day(day), weekday(day, Lang::Ja)),
            Lang::En => format!("{} {}: ", weekday(day, Lang::En), self.day(day)),
        }
    }

    /// `9/14`, `14 Sep`; with the year where it is another.
    pub fn day(&self, day: NaiveDate) -> String {
        let another = day.year() != self.today.year();
        match self.lang {
            Lang::Ja if another => format!("{}/{}/{}", day.year(), day.month(), day.day()),
            Lang::Ja => format!("{}/{}", day.month(), day.day()),
            Lang::En if another => {
                format!("{} {} {}", day.day(), short_month(day.month()), day.year())
            }
            Lang::En => format!("{} {}", day.day(), short_month(day.month())),
        }
    }

    /// `68日前`, `68 days ago`; calmly rounded after a year.
    pub fn ago(&self, day: NaiveDate) -> String {
        let days = (self.today - day).num_days();
        if let Some(ago) = self.years_ago(day) {
            return ago;
        }
        match (self.lang, days) {
            (Lang::Ja, ..=0) => "今日".to_owned(),
            (Lang::En, ..=0) => "today".to_owned(),
            (Lang::Ja, 1) => "昨日".to_owned(),
            (Lang::En, 1) => "yesterday".to_owned(),
            (Lang::Ja, n) => format!("{n}日前"),
            (Lang::En, n) => format!("{n} days ago"),
        }
    }

    /// `1年ほど前`, `1年半ほど前`, `2年近く前`; none for what is less than a year ago.
    fn years_ago(&self, day: NaiveDate) -> Option<String> {
        let full = self.today.years_since(day).filter(|years| *years > 0)?;
        let month = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month());
        let left = month(self.today) - month(day) - i64::from(full) * 12;
        Some(match (self.lang, left) {
            (Lang::Ja, ..=3) => format!("{full}年ほど前"),
            (Lang::Ja, 4..=8) => format!("{full}年半ほど前"),
            (Lang::Ja, _) => format!("{}年近く前", full + 1),
            (Lang::En, ..=3) if full == 1 => "about a year ago".to_owned(),
            (Lang::En, ..=3) => format!("about {full} years ago"),
            (Lang::En, 4..=8) => format!("about {full}½ years ago"),
            (Lang::En, _) => format!("almost {} years ago", full + 1),
        })
    }

    /// `今日`, `あさって`, `3日後`, `2日前`
    pub fn distance(&self, day: NaiveDate) -> String {
        match (self.lang, (day - self.today).num_days()) {
            (_, ..=0) => self.ago(day),
            (Lang::Ja, 1) => "明日".to_owned(),
            (Lang::En, 1) => "tomorrow".to_owned(),
            (Lang::Ja, 2) => "あさって".to_owned(),
            (Lang::Ja, n) => format!("{n}日後"),
            (Lang::En, n) => format!("in {n} days"),
        }
    }

    /// How many are in which state.
    pub fn states(&self, count: impl Fn(State) -> usize) -> String {
        let rows = [
            ("良好", "fine", count(State::Fresh), true),
            ("そろそろ", "soon", count(State::Open), true),
            ("間があいた", "quiet for a while", count(State::Due) + count(State::Dormant), true),
            ("これから", "new", count(State::New), false),
            ("お休み中", "resting", count(State::Snoozed), false),
            ("未整理", "unsorted", count(State::Untracked), false),
        ];
        let shown: Vec<String> = rows
            .into_iter()
            .filter(|(_, _, n, always)| *always || *n > 0)
            .map(|(ja, en, n, _)| match self.lang {
                Lang::Ja => format!("{ja} {n}"),
                Lang::En => format!("{n} {en}"),
            })
            .collect();
        shown.join(pick(self.lang, "・", ", "))
    }

    /// The line of a day without items.
    pub fn nothing(&self) -> String {
        own_line(pick(self.lang, NOTHING.0, NOTHING.1))
    }

    /// How many wait for room; empty where nobody does.
    pub fn waiting(&self, n: usize) -> String {
        match (self.lang, n) {
            (_, 0) => String::new(),
            (Lang::Ja, n) => own_line(&format!("{}{n} 人は、余裕ができたときに。", WAITING.0)),
            (Lang::En, 1) => own_line(&format!("{}1 more person, when there is room.", WAITING.1)),
            (Lang::En, n) => own_line(&format!("{}{n} more people, when there is room.", WAITING.1)),
        }
    }

    /// How many notes need a look, and the first of them; empty where none does.
    pub fn troubled(&self, n: usize, links: &[String]) -> String {
        if n == 0 {
            return String::new();
        }
        let more = links.len() < n;
        let links = links.join(pick(self.lang, "、", ", "));
        own_line(&match self.lang {
            Lang::Ja => {
                let more = if more { " ほか" } else { "" };
                let named = if links.is_empty() { String::new() } else { format!("：{links}{more}") };
                format!("{}{n} 件あります（goen check）{named}", TROUBLED.0)
            }
            Lang::En => {
                let (what, more) = (if n == 1 { "note" } else { "notes" }, if more { ", …" } else { "" });
                let named = if links.is_empty() { String::new() } else { format!(": {links}{more}") };
                format!("{}{n} {what} (goen check){named}", TROUBLED.1)
            }
        })
    }
}

const WAITING: (&str, &str) = ("ほか ", "And ");

const TROUBLED: (&str, &str) = ("ひと目見てほしいノートが ", "Worth a look: ");

/// Japanese with a blank before and after what ends in ASCII: ` LINE `, メール
fn spaced(word: &str) -> String {
    let before = if word.starts_with(|c: char| c.is_ascii()) { " " } else { "" };
    let after = if word.ends_with(|c: char| c.is_ascii()) { " " } else { "" };
    format!("{before}{word}{after}")
}

fn spaced_before(word: &str) -> String {
    let before = if word.starts_with(|c: char| c.is_ascii_alphanumeric()) { " " } else { "" };
    format!("{before}{word}")
}
