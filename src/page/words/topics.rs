//! The lines below an item, with their labels: what to talk about.

use super::notices::NOTICES;
use super::{ALSO, Voice};
use crate::plan::{Item, Topic, TopicKind, Why};
use crate::text::{Lang, pick};

/// The labels that goen's own child lines begin with, as one table.
const LABELS: [(TopicKind, &str, &str); 12] = [
    (TopicKind::Event, "会で話したこと", "You talked about"),
    (TopicKind::Followup, "続き", "Follow up"),
    (TopicKind::Promise, "約束", "Promised"),
    (TopicKind::GiveBack, "お返し", "Give back"),
    (TopicKind::Clip, "話題", "To share"),
    (TopicKind::Goal, "力になれること", "You could help with"),
    (TopicKind::Ask, "聞いてみたいこと", "Worth asking about"),
    (TopicKind::Interest, "共通の関心", "In common"),
    (TopicKind::Last, "前回", "Last time"),
    (TopicKind::Milestone, "近ごろの出来事", "New with them"),
    (TopicKind::Gratitude, "感謝", "Grateful for"),
    (TopicKind::Introduce, "紹介", "To introduce"),
];

/// The label that a topic's line begins with.
pub fn label(kind: TopicKind, lang: Lang) -> &'static str {
    LABELS.iter().find(|(of, ..)| *of == kind).map_or("", |(_, ja, en)| pick(lang, ja, en))
}

/// Whether one of the labels stands somewhere in a line.
pub fn has_label(line: &str) -> bool {
    labels().any(|label| line.split_once(label).is_some_and(|(_, rest)| rest.starts_with([':', '：'])))
}

/// Every label in both languages.
pub fn labels() -> impl Iterator<Item = &'static str> {
    LABELS.iter().flat_map(|(_, ja, en)| [*ja, *en]).chain([ALSO.0, ALSO.1]).chain(NOTICES)
}

/// Whether a topic is what the reason quotes already.
fn is_told(item: &Item, topic: &Topic) -> bool {
    match &item.why {
        Why::Reply { day, text } | Why::Thanks { day, text } => {
            topic.kind == TopicKind::Last && topic.day == Some(*day) && topic.text == *text
        }
        _ => false,
    }
}

impl Voice {
    /// The child line of a topic; `link` is the link to its note. None where the item's own line
    /// says it all.
    pub fn topic(&self, item: &Item, topic: &Topic, link: Option<&str>) -> Option<String> {
        if is_told(item, topic) || (self.show)(&topic.text).is_empty() {
            return None;
        }
        // Who it is and what they share stands in the line, but no link to the other.
        if topic.kind == TopicKind::Introduce {
            return link.map(|link| format!("{}: {link}", label(topic.kind, self.lang)));
        }
        Some(self.topic_words(topic, link))
    }

    fn topic_words(&self, topic: &Topic, link: Option<&str>) -> String {
        let label = label(topic.kind, self.lang);
        let text = self.text(&topic.text);
        let day = topic.day.map(|day| self.day(day));
        match (self.lang, topic.kind, day) {
            (Lang::Ja, TopicKind::Clip, day) => {
                let matched: String =
                    topic.matched.iter().map(|word| format!("「{}」", self.text(word))).collect();
                let of = if matched.is_empty() { matched } else { format!("関心{matched}、") };
                let day = day.map_or(String::new(), |day| format!("{day} の記事、"));
                format!("{label}: {}（{of}{day}まだ共有していません）", link.unwrap_or(&text))
            }
            (Lang::En, TopicKind::Clip, day) => {
                let words: Vec<String> = topic.matched.iter().map(|word| self.text(word)).collect();
                let of = if words.is_empty() { String::new() } else { format!("on {}, ", words.join(", ")) };
                let day = day.map_or(String::new(), |day| format!("{day}, "));
                format!("{label}: {} ({of}{day}not shared yet)", link.unwrap_or(&text))
            }
            (Lang::Ja, TopicKind::Gratitude, _) => {
                format!("{label}: あのときの「{text}」が今も役立っています")
            }
            (Lang::En, TopicKind::Gratitude, day) => {
                let day = day.map_or(String::new(), |day| format!(" ({day})"));
                format!("{label}: {text}{day} — it still helps today")
            }
            (Lang::Ja, TopicKind::GiveBack, _) => format!("{label}: 「{text}」へのお礼に、できることを"),
            (Lang::En, TopicKind::GiveBack, _) => format!("{label}: something in return for “{text}”"),
            (lang, _, day) => {
                let day = day.map_or(String::new(), |day| match lang {
                    Lang::Ja => format!("（{day}）"),
                    Lang::En => format!(" ({day})"),
                });
                let link = link.map_or(String::new(), |link| format!(" — {link}"));
                format!("{label}: {text}{day}{link}")
            }
        }
    }
}
