//! Why a template cannot be filled, and the way out, in words.

use super::words::shown;
use crate::text::{Lang, nearest};

/// Why a template cannot be filled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unfilled {
    /// In the words of the engine that fills it.
    Engine(String),
    /// It does not come to an end.
    Endless,
    /// It makes more text than there is room for.
    TooLong,
    /// It makes no text.
    Empty,
    /// It asks for a variable that is not there.
    Unknown {
        /// As written.
        name: String,
        /// What there is in its place.
        known: Vec<String>,
    },
    /// It asks for a part of something of which nothing is known this time.
    Nothing {
        /// As written.
        name: String,
        /// The something.
        within: String,
    },
    /// It builds on a template that is not there; the engine's words.
    NoTemplate(String),
}

/// What the engine calls a fault, in Japanese.
const KINDS: [(&str, &str); 7] = [
    ("syntax error", "書き方に誤りがあります"),
    ("unknown filter", "そのフィルターはありません"),
    ("unknown function", "その関数はありません"),
    ("unknown test", "その判定はありません"),
    ("unknown method", "そのメソッドはありません"),
    ("invalid operation", "その計算はできません"),
    ("template not found", "そのひな形はありません"),
];

impl Unfilled {
    pub(super) fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Ja => self.message_ja(),
            Lang::En => self.message_en(),
        }
    }

    pub(super) fn help(&self, lang: Lang) -> String {
        match lang {
            Lang::Ja => self.help_ja(),
            Lang::En => self.help_en(),
        }
    }

    fn message_en(&self) -> String {
        match self {
            Self::Engine(why) | Self::NoTemplate(why) => {
                format!("the template cannot be used: {}", shown(why))
            }
            Self::Endless => "the template does not come to an end".into(),
            Self::TooLong => "the template makes more text than any message has".into(),
            Self::Empty => "the template makes an empty message".into(),
            Self::Unknown { name, .. } => format!("there is no variable `{}`", shown(name)),
            Self::Nothing { name, within } => {
                format!("there is no `{}` this time: nothing is known of `{}`", shown(name), shown(within))
            }
        }
    }

    fn help_en(&self) -> String {
        match self {
            Self::Engine(_) => "mend it, or move the file away to have goen's own".into(),
            Self::Endless => "look at its loops".into(),
            Self::TooLong => "look for what it repeats".into(),
            Self::Empty => "write what the message says, or move the file away to have goen's own".into(),
            Self::Unknown { name, known } => {
                let near = nearest(name, known.iter().map(String::as_str));
                let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
                format!("{near}there are {}", known.join(", "))
            }
            Self::Nothing { within, .. } => {
                format!("put it between {{% if {0} %}} and {{% endif %}}", shown(within))
            }
            Self::NoTemplate(_) => {
                "goen's own are called builtin/en/thanks, builtin/ja/thanks and so on; yours as their files are".into()
            }
        }
    }

    fn message_ja(&self) -> String {
        match self {
            Self::Engine(why) | Self::NoTemplate(why) => {
                let (kind, detail) = why.split_once(": ").unwrap_or((why, ""));
                let known = KINDS.iter().find(|(english, _)| *english == kind);
                match known {
                    Some((_, kind)) if detail.is_empty() => format!("ひな形を使えません: {kind}"),
                    Some((_, kind)) => format!("ひな形を使えません: {kind}（{}）", shown(detail)),
                    None => format!("ひな形を使えません: {}", shown(why)),
                }
            }
            Self::Endless => "ひな形の処理が終わりません".into(),
            Self::TooLong => "ひな形から作った文が長すぎます".into(),
            Self::Empty => "ひな形から作った文が空です".into(),
            Self::Unknown { name, .. } => format!("「{}」という変数はありません", shown(name)),
            Self::Nothing { name, within } => {
                format!(
                    "今回は「{}」がありません（「{}」にあたることがノートにないため）",
                    shown(name),
                    shown(within)
                )
            }
        }
    }

    fn help_ja(&self) -> String {
        match self {
            Self::Engine(_) => "直すか、ファイルを移すと goen のひな形に戻ります".into(),
            Self::Endless => "ループを確かめてください".into(),
            Self::TooLong => "繰り返している箇所を確かめてください".into(),
            Self::Empty => "本文を書くか、ファイルを移すと goen のひな形に戻ります".into(),
            Self::Unknown { name, known } => {
                let near = nearest(name, known.iter().map(String::as_str));
                let near = near.map(|near| format!("「{near}」のことでしょうか。")).unwrap_or_default();
                format!("{near}使えるもの: {}", known.join("、"))
            }
            Self::Nothing { within, .. } => {
                format!("{{% if {} %}} と {{% endif %}} で囲んでください", shown(within))
            }
            Self::NoTemplate(_) => {
                "goen のひな形の名前は builtin/ja/thanks、builtin/en/thanks など、ご自分のものはファイル名です".into()
            }
        }
    }
}
