//! What the page says of occasions: meetings, answers, seasons, your own career, trips, clips.

use super::{Voice, pick};
use crate::config::Greeting;
use crate::plan::{Greeted, Item, Kind, Talk, Why};
use crate::text::Lang;

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
            Why::Season { name, greeted, .. } => {
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
            Why::Season { name, greeted, .. } => {
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

/// A name amid Japanese text: Latin letters keep a blank around them.
fn set_apart(name: &str) -> String {
    let blank = |c: Option<char>| if c.is_some_and(|c| c.is_ascii_alphanumeric()) { " " } else { "" };
    format!("{}{name}{}", blank(name.chars().next()), blank(name.chars().next_back()))
}
