//! In which form a message is written: what it looks like, not through which service it goes.

use crate::text::fold;

/// The form of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// With a subject and a plain close.
    Email,
    /// A chat: a few lines.
    Line,
    /// 手紙: with 頭語, 結語, day and names.
    Letter,
    /// はがき: a few lines on a card.
    Card,
    /// A direct message, or a few lines on a profile.
    Sns,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Email, Self::Line, Self::Letter, Self::Card, Self::Sns];

    /// The form that a word names.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match fold(word.trim()).as_ref() {
            "email" | "mail" | "メール" => Self::Email,
            "line" | "chat" | "チャット" => Self::Line,
            "letter" | "手紙" | "書簡" => Self::Letter,
            "card" | "はがき" | "葉書" | "カード" => Self::Card,
            "sns" | "dm" => Self::Sns,
            _ => return None,
        })
    }

    /// Its word on the command line and in templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Line => "line",
            Self::Letter => "letter",
            Self::Card => "card",
            Self::Sns => "sns",
        }
    }

    /// Whether it goes by post, and is written before the day on which it is read.
    pub fn is_posted(self) -> bool {
        matches!(self, Self::Letter | Self::Card)
    }

    /// Whether it is talk rather than writing: さん, where writing has 様.
    pub fn is_chat(self) -> bool {
        matches!(self, Self::Line | Self::Sns)
    }
}
