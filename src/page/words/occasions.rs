//! What the page says of occasions: meetings, answers, seasons, your own career, trips, clips.

use chrono::{Datelike, NaiveDate};

use super::{Voice, pick};
use crate::config::Greeting;
use crate::plan::{Came, Greeted, Item, Kind, Mourner, Talk, Why};
use crate::text::Lang;

/// So many winters without an answer are worth a word.
const WINTERS: u8 = 2;

/// A usual gap of as many days is no daily rhythm any more.
const MORE_THAN_A_DAY: f64 = 1.5;

impl Voice {
    /// What is to be done on an occasion.
    pub(super) fn occasion_ja(&self, item: &Item, who: &str, ni: &str) -> String {
        match &item.why {
            Why::FollowUp { event: Some(event), .. } => {
                format!("{who}{ni}「{}」のあとのひとことを", self.text(event))
            }
            Why::FollowUp { event: None, .. } => format!("{who}{ni}ひとことを"),
            Why::Reply { .. } => format!("{who}{ni}返信を"),
            Why::Thanks { .. } => format!("{who}{ni}お礼を"),
            Why::Season { name, greeted } => {
                let ni = match (greeted.card, greeted.greeting) {
                    (false, _) => ni,
                    // They are cards by their name.
                    (true, Greeting::NewYear | Greeting::Bereaved) => " に",
                    (true, _) => " にはがきで",
                };
                format!("{who}{ni}{}を", set_apart(&self.greeting_ja(name, greeted)))
            }
            Why::Career { .. } => match item.kind {
                Kind::Farewell => format!("{who}{ni}退職の挨拶を"),
                Kind::Settled => format!("{who}{ni}お世話になったお礼と近況を"),
                _ => format!("{who}{ni}新しい仕事の報告を"),
            },
            Why::Prepare { .. } => format!("{who} の準備を"),
            Why::Visit { place, .. } => format!("{who}{ni}{}で会えないか、お誘いを", self.text(place)),
            Why::Drift { .. } => format!("{who}{ni}近況を"),
            Why::Share { .. } => format!("{who}{ni}気に入りそうな記事を"),
            Why::Touch { .. } => format!("{who} の投稿にひとこと反応を"),
            Why::Introduce { name, .. } => {
                format!("{who} と {} を引き合わせては（まず双方に確かめて）", self.text(name))
            }
            Why::Gathering { .. } => format!("{who} の仲間で集まる相談を"),
            _ => String::new(),
        }
    }

    /// What is to be done on an occasion.
    pub(super) fn occasion_en(&self, item: &Item, who: &str, by: &str) -> String {
        match &item.why {
            Why::FollowUp { event: Some(event), .. } => {
                format!("A few words to {who}{by} after “{}”", self.text(event))
            }
            Why::FollowUp { event: None, .. } => format!("A few words to {who}{by}"),
            Why::Reply { .. } => format!("Answer {who}{by}"),
            Why::Thanks { .. } => format!("Thank {who}{by}"),
            Why::Season { greeted, .. } if greeted.greeting == Greeting::Bereaved => {
                let by = if greeted.card { " by post" } else { by };
                format!("Tell {who}{by} that you are in mourning and send no New Year’s cards")
            }
            Why::Season { name, greeted } => {
                let by = match (greeted.card, greeted.greeting) {
                    (false, _) => by,
                    (true, Greeting::NewYear) => "",
                    (true, _) => " by post",
                };
                format!("{} to {who}{by}", self.greeting_en(name, greeted))
            }
            Why::Career { .. } => match item.kind {
                Kind::Farewell => format!("Say goodbye to {who}{by} before you leave"),
                Kind::Settled => format!("Thank {who}{by} for the time together, and say how you are"),
                _ => format!("Tell {who}{by} about your new work"),
            },
            Why::Prepare { .. } => format!("Prepare for {who}"),
            Why::Visit { place, .. } => format!("Ask {who}{by} to meet in {}", self.text(place)),
            Why::Drift { .. } => format!("Catch up with {who}{by}"),
            Why::Share { .. } => format!("Something for {who} to read{by}"),
            Why::Touch { .. } => format!("React to a post by {who}"),
            Why::Introduce { name, .. } => {
                format!("Introduce {who} and {} to each other (ask both first)", self.text(name))
            }
            Why::Gathering { .. } => format!("Propose that the people of {who} get together"),
            _ => String::new(),
        }
    }

    fn greeting_ja(&self, name: &str, greeted: &Greeted) -> String {
        match (greeted.greeting, greeted.card) {
            (Greeting::NewYear, true) => "年賀状".to_owned(),
            (Greeting::NewYear, false) => "新年の挨拶".to_owned(),
            (Greeting::Bereaved, false) => "喪中のお知らせ".to_owned(),
            _ => self.text(name),
        }
    }

    fn greeting_en(&self, name: &str, greeted: &Greeted) -> String {
        let name = match (greeted.greeting, greeted.card) {
            (Greeting::NewYear, true) => "A New Year’s card",
            (Greeting::NewYear, false) => "New Year’s greetings",
            (Greeting::MidWinter, _) if name.starts_with("余寒") => "A late-winter greeting",
            (Greeting::MidWinter, _) => "A midwinter greeting",
            (Greeting::MidSummer, _) => "A midsummer greeting",
            (Greeting::LateSummer, _) => "A late-summer greeting",
            (Greeting::YearEnd, _) => "A year-end greeting",
            (Greeting::Bereaved | Greeting::Own, _) => return self.text(name),
        };
        name.to_owned()
    }

    /// The name of the season that a reason begins with, as it is called in Japan.
    pub(super) fn season_name(&self, item: &Item) -> Option<String> {
        match &item.why {
            Why::Season { name, .. } => Some(self.text(name)),
            _ => None,
        }
    }

    /// Whether a sentence tells already which season's greeting it is about.
    pub(super) fn tells_season(&self, item: &Item, sentence: &str) -> bool {
        let is_notice =
            matches!(&item.why, Why::Season { greeted, .. } if greeted.greeting == Greeting::Bereaved);
        // A notice by mail is no はがき.
        (is_notice && self.lang == Lang::Ja)
            || self.season_name(item).is_some_and(|name| sentence.contains(name.as_str()))
    }

    /// Why there is an occasion.
    pub(super) fn why_ja(&self, item: &Item, parts: &mut Vec<String>) {
        match &item.why {
            Why::FollowUp { day, called, .. } => {
                let did = if *called { "話しました" } else { "会いました" };
                parts.push(format!("{} に{did}", self.day(*day)));
                parts.push("覚えているうちに短く".to_owned());
            }
            Why::Reply { day, text } => {
                parts.push(match self.text(text) {
                    text if text.is_empty() => format!("{} の連絡への返事がまだです", self.day(*day)),
                    text => format!("{} の「{text}」への返事がまだです", self.day(*day)),
                });
            }
            Why::Thanks { day, text } => {
                parts.push(match self.text(text) {
                    text if text.is_empty() => format!("{} にお世話になりました", self.day(*day)),
                    text => format!("{} にお世話になりました（{text}）", self.day(*day)),
                });
            }
            Why::Season { greeted, .. } => self.season_ja(greeted, item, parts),
            Why::Career { org, day, to } => {
                let (org, day) = (self.text(org), self.day(*day));
                parts.push(match (item.kind, to) {
                    (Kind::Farewell, _) => format!("{org} の最終出社日は {day}"),
                    (Kind::Report, Some(to)) => format!("{day} から {}", self.text(to)),
                    _ => format!("{org} を離れたのは {day}"),
                });
            }
            Why::Prepare { day, has_goal } => {
                parts.push(format!("{}（{}）", self.day(*day), self.distance(*day)));
                parts.push(
                    if *has_goal {
                        "目標はあるので、あとは準備のメモを"
                    } else {
                        "目標と準備のメモがあると楽になります"
                    }
                    .to_owned(),
                );
            }
            Why::Visit { place, from, to } if from == to => {
                parts.push(format!("{} に{}へ行きます", self.day(*from), self.text(place)));
            }
            Why::Visit { place, from, to } => {
                parts.push(format!(
                    "{}〜{} に{}へ行きます",
                    self.day(*from),
                    self.day(*to),
                    self.text(place)
                ));
            }
            Why::Drift { last, gap } => {
                parts.push(format!("前回 {}（{}）", self.day(*last), self.ago(*last)));
                parts.push(if *gap < MORE_THAN_A_DAY {
                    "いつもはほぼ毎日".to_owned()
                } else {
                    format!("いつもは {gap:.0}日に一度ほど")
                });
            }
            Why::Share { .. } => parts.push("関心が合いそうです".to_owned()),
            Why::Touch { last, unanswered } => {
                if let Some(last) = last {
                    parts.push(format!("前回 {}（{}）", self.day(*last), self.ago(*last)));
                }
                parts.push(
                    if *unanswered {
                        "お返事待ちが続いたので、軽いやりとりだけ"
                    } else {
                        "いまは軽いやりとりで十分です"
                    }
                    .to_owned(),
                );
            }
            Why::Introduce { interests, .. } => {
                let words: Vec<String> = interests.iter().map(|word| self.text(word)).collect();
                parts.push(format!("共通の関心は{}", words.join("・")));
            }
            Why::Gathering { last, people } => {
                parts.push(format!("知っている人は {people}人"));
                parts.push(match last {
                    Some(last) => format!("前に集まったのは {}（{}）", self.day(*last), self.ago(*last)),
                    None => "まだ集まっていません".to_owned(),
                });
            }
            _ => {}
        }
    }

    fn season_ja(&self, greeted: &Greeted, item: &Item, parts: &mut Vec<String>) {
        let planned = item.planned.unwrap_or(self.today);
        let by = self.day(greeted.by);
        parts.extend(greeted.answer.map(|came| match came {
            Came::Card => "届いた年賀状へのお返し".to_owned(),
            Came::Message => "いただいた年賀の挨拶へのお返事".to_owned(),
        }));
        match (greeted.greeting, greeted.card) {
            (Greeting::NewYear, true) if is_in_time_for_new_year(greeted, planned) => {
                parts.push(format!("{by} までの投函で元日に届きます"));
            }
            (Greeting::NewYear, true) if greeted.answer.is_none() => {
                parts.push("元日には間に合いませんが、松の内に届けば大丈夫です".to_owned());
            }
            (_, true) => parts.push(format!("{by} までに投函を")),
            (_, false) => parts.push(format!("{by} まで")),
        }
        if is_early_summer(greeted, planned) {
            parts.push("7/20 ごろからがより自然です".to_owned());
        }
        match greeted.mourning {
            Some(Mourner::Them) => parts.push("喪中なので、お祝いの言葉は控えて".to_owned()),
            Some(Mourner::You) => parts.push("こちらが喪中のため".to_owned()),
            None => {}
        }
        if greeted.unreturned >= WINTERS {
            parts.push(format!(
                "{}年続けて届いていません。今年も出すかどうかは、お気持ちしだいで",
                greeted.unreturned
            ));
        }
        if greeted.returned {
            parts.push("前に出した郵便が宛先不明で戻っています。新しい住所を尋ねてみては".to_owned());
        }
    }

    /// Why there is an occasion.
    pub(super) fn why_en(&self, item: &Item, parts: &mut Vec<String>) {
        match &item.why {
            Why::FollowUp { day, called, .. } => {
                let did = if *called { "talked" } else { "met" };
                parts.push(format!("you {did} on {}", self.day(*day)));
                parts.push("short, while it is fresh".to_owned());
            }
            Why::Reply { day, text } => {
                parts.push(match self.text(text) {
                    text if text.is_empty() => format!("they wrote on {}", self.day(*day)),
                    text => format!("they wrote on {}: {text}", self.day(*day)),
                });
            }
            Why::Thanks { day, text } => {
                parts.push(match self.text(text) {
                    text if text.is_empty() => format!("they helped on {}", self.day(*day)),
                    text => format!("they helped on {}: {text}", self.day(*day)),
                });
            }
            Why::Season { greeted, .. } => self.season_en(greeted, item, parts),
            Why::Career { org, day, to } => {
                let (org, day) = (self.text(org), self.day(*day));
                parts.push(match (item.kind, to) {
                    (Kind::Farewell, _) => format!("your last day at {org} is {day}"),
                    (Kind::Report, Some(to)) => format!("{} since {day}", self.text(to)),
                    _ => format!("you left {org} on {day}"),
                });
            }
            Why::Prepare { day, has_goal } => {
                parts.push(format!("{} ({})", self.day(*day), self.distance(*day)));
                parts.push(
                    if *has_goal {
                        "there is a goal; notes are missing"
                    } else {
                        "a goal and a few notes make it easier"
                    }
                    .to_owned(),
                );
            }
            Why::Visit { place, from, to } => {
                parts.push(format!("you are in {} {}", self.text(place), self.span_en(*from, *to)));
            }
            Why::Drift { last, gap } => {
                parts.push(format!("last contact {} ({})", self.day(*last), self.ago(*last)));
                parts.push(if *gap < MORE_THAN_A_DAY {
                    "usually almost every day".to_owned()
                } else {
                    format!("usually about every {gap:.0} days")
                });
            }
            Why::Share { .. } => parts.push("it matches their interests".to_owned()),
            Why::Touch { last, unanswered } => {
                if let Some(last) = last {
                    parts.push(format!("last contact {} ({})", self.day(*last), self.ago(*last)));
                }
                parts.push(
                    if *unanswered {
                        "no answer lately, so no more than that"
                    } else {
                        "a light touch is enough for now"
                    }
                    .to_owned(),
                );
            }
            Why::Introduce { interests, .. } => {
                let words: Vec<String> = interests.iter().map(|word| self.text(word)).collect();
                parts.push(format!("both like {}", words.join(", ")));
            }
            Why::Gathering { last, people } => {
                parts.push(format!("you know {people} people from there"));
                parts.push(match last {
                    Some(last) => format!("last gathering {} ({})", self.day(*last), self.ago(*last)),
                    None => "no gathering yet".to_owned(),
                });
            }
            _ => {}
        }
    }

    /// `on 1 Dec`, `from 1 to 3 Dec`, `from 30 Nov to 3 Dec`
    fn span_en(&self, from: NaiveDate, to: NaiveDate) -> String {
        if from == to {
            format!("on {}", self.day(from))
        } else if (from.year(), from.month()) == (to.year(), to.month()) {
            format!("from {} to {}", from.day(), self.day(to))
        } else {
            format!("from {} to {}", self.day(from), self.day(to))
        }
    }

    fn season_en(&self, greeted: &Greeted, item: &Item, parts: &mut Vec<String>) {
        let planned = item.planned.unwrap_or(self.today);
        let by = self.day(greeted.by);
        parts.extend(greeted.answer.map(|came| match came {
            Came::Card => "in answer to the card that came".to_owned(),
            Came::Message => "in answer to their greeting".to_owned(),
        }));
        match (greeted.greeting, greeted.card) {
            (Greeting::NewYear, true) if is_in_time_for_new_year(greeted, planned) => {
                parts.push(format!("posted by {by} it arrives on New Year’s Day"));
            }
            (Greeting::NewYear, true) if greeted.answer.is_none() => {
                parts.push("late for New Year’s Day, fine in the first week".to_owned());
            }
            (_, true) => parts.push(format!("to be posted by {by}")),
            (_, false) => parts.push(format!("until {by}")),
        }
        if is_early_summer(greeted, planned) {
            parts.push("better from about 20 July".to_owned());
        }
        match greeted.mourning {
            Some(Mourner::Them) => parts.push("they are in mourning: no congratulations".to_owned()),
            Some(Mourner::You) => parts.push("you are in mourning".to_owned()),
            None => {}
        }
        if greeted.unreturned >= WINTERS {
            parts.push(format!(
                "you sent greetings the last {} years and had none in return; whether to send one this \
                 year is yours to decide",
                greeted.unreturned
            ));
        }
        if greeted.returned {
            parts.push("post to their address came back: ask for the new one".to_owned());
        }
    }

    /// How to see or hear each other again.
    pub(super) fn talk_ja(&self, who: &str, ni: &str, talk: Talk) -> String {
        match talk {
            Talk::InPerson => format!("{who}{ni}コーヒーか食事のお誘いを"),
            Talk::Video => format!("{who}{ni}ビデオ通話のお誘いを"),
        }
    }

    /// How to see or hear each other again.
    pub(super) fn talk_en(&self, who: &str, by: &str, talk: Talk) -> String {
        match talk {
            Talk::InPerson => format!("Invite {who}{by} to coffee or a meal"),
            Talk::Video => format!("Invite {who}{by} to a video call"),
        }
    }

    /// That it is time to see or hear each other again.
    pub(super) fn talk_reason(&self) -> String {
        pick(self.lang, "しばらく話していません", "you have not talked for a while").to_owned()
    }
}

/// Whether a card posted on a day arrives on New Year's Day.
fn is_in_time_for_new_year(greeted: &Greeted, planned: NaiveDate) -> bool {
    planned <= greeted.by && greeted.by.month() == 12 && greeted.answer.is_none()
}

/// Whether a summer greeting is planned for the days before it is usual, and could still wait.
fn is_early_summer(greeted: &Greeted, planned: NaiveDate) -> bool {
    const USUAL: (u32, u32) = (7, 20);
    let is_before = |day: NaiveDate| (day.month(), day.day()) < USUAL;
    greeted.greeting == Greeting::MidSummer && is_before(planned) && !is_before(greeted.by)
}

/// A name amid Japanese text: Latin letters keep a blank around them.
fn set_apart(name: &str) -> String {
    let blank = |c: Option<char>| if c.is_some_and(|c| c.is_ascii_alphanumeric()) { " " } else { "" };
    format!("{}{name}{}", blank(name.chars().next()), blank(name.chars().next_back()))
}
