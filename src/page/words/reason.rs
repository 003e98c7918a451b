//! Why an item is there.

use super::Voice;
use super::milestone::{Tone, tone};
use super::names::month_name;
use super::spans::{every_en, every_ja, window_words};
use super::why::{NO_JOY_EN, NO_JOY_JA};
use crate::date::Window;
use crate::plan::{Item, Kind, Why};
use crate::text::{Lang, pick};

impl Voice {
    /// Why it is there, where the sentence stands beside it: what that tells is not told again.
    pub fn reason_beside(&self, item: &Item, sentence: &str) -> String {
        self.reason_but(item, self.tells_season(item, sentence))
    }

    /// Why it is there.
    pub fn reason(&self, item: &Item) -> String {
        self.reason_but(item, false)
    }

    fn reason_but(&self, item: &Item, season_is_told: bool) -> String {
        let mut parts = Vec::new();
        parts.extend(self.season_name(item).filter(|_| !season_is_told));
        parts.extend(item.tier.as_deref().map(|tier| (self.show)(self.tier(tier, item.called.as_deref()))));
        match self.lang {
            Lang::Ja => self.reason_ja(item, &mut parts),
            Lang::En => self.reason_en(item, &mut parts),
        }
        if matches!(item.why, Why::Done { .. }) {
            parts.clear();
        }
        parts.retain(|part| !part.is_empty());
        parts.join(pick(self.lang, "、", ", "))
    }

    fn reason_ja(&self, item: &Item, parts: &mut Vec<String>) {
        let own = |text: &str| text.to_owned();
        match &item.why {
            Why::Window { last, window, by_hand, touched, unanswered, talk } => {
                if *by_hand {
                    parts.push(own("次回と決めていた日"));
                }
                match (last, window) {
                    (Some(last), Some(window)) if !by_hand => parts.push(format!(
                        "前回 {}（{}・目安 {}）",
                        self.day(*last),
                        self.ago(*last),
                        window_words(*window, Lang::Ja)
                    )),
                    (Some(last), _) => parts.push(format!("前回 {}（{}）", self.day(*last), self.ago(*last))),
                    (None, _) if !by_hand => parts.push(own("連絡の記録はまだありません")),
                    (None, _) => {}
                }
                if *touched {
                    parts.push(own("軽いやりとりがあったぶん少し先に"));
                }
                if *unanswered {
                    parts.push(own("お返事待ちが続いたので間隔を倍に"));
                }
                parts.extend(talk.map(|_| self.talk_reason()));
            }
            Why::Birthday { day: Some(day), .. } => parts.push(self.distance(*day)),
            Why::Birthday { day: None, month } => parts.push(format!("{month}月生まれ、今月のどこかで")),
            Why::Milestone { day, what, mourning } => {
                let called = if self.text(what).is_empty() { "節目" } else { "こと" };
                parts.push(format!("{} の{called}（{}）", self.day(*day), self.distance(*day)));
                parts.extend((*mourning && tone(what) == Tone::Glad).then(|| NO_JOY_JA.to_owned()));
            }
            Why::Promise { due, since, .. } => {
                if item.kind == Kind::Waiting {
                    parts.push(own("相手の約束"));
                }
                match (due, since) {
                    (Some(due), _) => parts.push(format!("期日 {}", self.day(*due))),
                    (None, Some(since)) => parts.push(format!("{} から", self.day(*since))),
                    (None, None) => {}
                }
                if item.kind == Kind::Waiting {
                    parts.push(own("そろそろ声をかけてもよい頃"));
                }
            }
            Why::Reopen { last, paused } => {
                if *paused {
                    parts.push(own("お休みにしていた期間が明けました"));
                }
                if let Some(last) = last {
                    parts.push(format!("前回 {}（{}）", self.day(*last), self.ago(*last)));
                }
                parts.push(own("近況を短く、気軽に"));
            }
            Why::Habit { last, every } => {
                let every = every_ja(Window { min: None, max: *every });
                parts.push(match last {
                    Some(last) => {
                        format!("前回 {}（{}・目安 {every}）", self.day(*last), self.ago(*last))
                    }
                    None => format!("目安 {every}"),
                });
            }
            Why::Sort { .. } => {
                parts.push(own("間柄を決めると予定に入ります（goen sort、またはノートの tier）"))
            }
            Why::Done { .. } => {}
            // What all others say stands with its occasion.
            _ => self.why_ja(item, parts),
        }
    }

    fn reason_en(&self, item: &Item, parts: &mut Vec<String>) {
        let own = |text: &str| text.to_owned();
        match &item.why {
            Why::Window { last, window, by_hand, touched, unanswered, talk } => {
                if *by_hand {
                    parts.push(own("the day you chose"));
                }
                match (last, window) {
                    (Some(last), Some(window)) if !by_hand => parts.push(format!(
                        "last contact {} ({}; usually {})",
                        self.day(*last),
                        self.ago(*last),
                        every_en(*window)
                    )),
                    (Some(last), _) => {
                        parts.push(format!("last contact {} ({})", self.day(*last), self.ago(*last)));
                    }
                    (None, _) if !by_hand => parts.push(own("no contact noted yet")),
                    (None, _) => {}
                }
                if *touched {
                    parts.push(own("a little later thanks to a light touch"));
                }
                if *unanswered {
                    parts.push(own("no answer lately, so the interval is doubled"));
                }
                parts.extend(talk.map(|_| self.talk_reason()));
            }
            Why::Birthday { day: Some(day), .. } => parts.push(self.distance(*day)),
            Why::Birthday { day: None, month } => {
                parts.push(format!("born in {}, some day this month", month_name(*month)));
            }
            Why::Milestone { day, what, mourning } => {
                let called = if self.text(what).is_empty() { "a milestone of theirs on " } else { "" };
                parts.push(format!("{called}{} ({})", self.day(*day), self.distance(*day)));
                parts.extend((*mourning && tone(what) == Tone::Glad).then(|| NO_JOY_EN.to_owned()));
            }
            Why::Promise { due, since, .. } => {
                if item.kind == Kind::Waiting {
                    parts.push(own("they promised"));
                }
                match (due, since) {
                    (Some(due), _) => parts.push(format!("due {}", self.day(*due))),
                    (None, Some(since)) => parts.push(format!("since {}", self.day(*since))),
                    (None, None) => {}
                }
                if item.kind == Kind::Waiting {
                    parts.push(own("a friendly nudge is fine by now"));
                }
            }
            Why::Reopen { last, paused } => {
                if *paused {
                    parts.push(own("the pause is over"));
                }
                if let Some(last) = last {
                    parts.push(format!("last contact {} ({})", self.day(*last), self.ago(*last)));
                }
                parts.push(own("short and easy is enough"));
            }
            Why::Habit { last, every } => {
                let every = every_en(Window { min: None, max: *every });
                parts.push(match last {
                    Some(last) => format!("last {} ({}; {every})", self.day(*last), self.ago(*last)),
                    None => every,
                });
            }
            Why::Sort { .. } => {
                parts.push(own("give them one and they will be planned (goen sort, or tier: in the note)"))
            }
            Why::Done { .. } => {}
            // What all others say stands with its occasion.
            _ => self.why_en(item, parts),
        }
    }
}
