//! Why an occasion is one, in both languages: what stands behind the dash of an item.

use chrono::{Datelike, NaiveDate};

use super::Voice;
use crate::config::Greeting;
use crate::plan::{Came, Greeted, Item, Kind, Mourner, Why};

/// How somebody in mourning is written to, where one would congratulate others.
pub(super) const NO_JOY_JA: &str = "喪中なので、お祝いの言葉は控えて";
/// The same.
pub(super) const NO_JOY_EN: &str = "they are in mourning: no congratulations";

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

/// So many winters without an answer are worth a word.
const WINTERS: u8 = 2;

/// A usual gap of as many days is no daily rhythm any more.
const MORE_THAN_A_DAY: f64 = 1.5;

impl Voice {
    /// Why there is an occasion.
    pub fn why_ja(&self, item: &Item, parts: &mut Vec<String>) {
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
            Why::Season { greeted, unanswered, .. } => {
                self.season_ja(greeted, item, parts);
                if *unanswered {
                    parts.push("お返事待ちが続いたので、いまは季節の挨拶だけ".to_owned());
                }
            }
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
            Some(Mourner::Them) => parts.push(NO_JOY_JA.to_owned()),
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
    pub fn why_en(&self, item: &Item, parts: &mut Vec<String>) {
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
            Why::Season { greeted, unanswered, .. } => {
                self.season_en(greeted, item, parts);
                if *unanswered {
                    parts.push("no answer lately, so just the season's greeting".to_owned());
                }
            }
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
            Some(Mourner::Them) => parts.push(NO_JOY_EN.to_owned()),
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
}
