//! What an entry in the log says of what was done: the user's words, and what has to stand beside them
//! so that the next plan knows.

use chrono::NaiveDate;

use crate::config::Config;
use crate::index::Index;
use crate::page::Linker;
use crate::plan::{self, Kind, Known};
use crate::text::{Lang, NotePath, fold, pick};

/// The words that an item's entry has where nobody says anything, on a day and in a language; none where nobody
/// knows the item.
pub fn own_words(
    index: &Index,
    config: &Config,
    (day, lang): (NaiveDate, Lang),
    (person, id): (&NotePath, &str),
) -> Option<String> {
    let known = plan::known(index, config, day, person.as_str(), id)?;
    Some(words(&known, (index, person), lang, None))
}

/// What somebody typed into an introduction's entry in the log of `from`: all but what goen put there.
pub fn typed<'t>((index, from): (&Index, &NotePath), other: &NotePath, raw: &'t str) -> &'t str {
    if [Lang::Ja, Lang::En].iter().any(|lang| raw == introduced((index, from), other, *lang)) {
        return "";
    }
    raw.strip_suffix(&link(index, from, other)).map_or(raw, str::trim_end)
}

/// The words of an entry in the log of `from`: what the user said, else what the item was about.
pub(super) fn words(
    known: &Known,
    (index, from): (&Index, &NotePath),
    lang: Lang,
    said: Option<String>,
) -> String {
    let about = known.about.as_deref().unwrap_or_default();
    match known.kind {
        // A greeting is known by its name, in the years to come too.
        Kind::Season => match said.filter(|said| !said.is_empty()) {
            Some(said) if said.contains(about) => said,
            Some(said) => joined(about, &said, lang),
            None => about.to_owned(),
        },
        Kind::Thanks => {
            let tag = pick(lang, "#お礼", "#thanks");
            let said = said.unwrap_or_else(|| pick(lang, "お礼を伝えた", "said thanks").to_owned());
            let has_tag = said.split_whitespace().any(|word| matches!(&*fold(word), "#お礼" | "#thanks"));
            if has_tag { said } else { format!("{said} {tag}") }
        }
        // What links to it has been shared.
        Kind::Share => {
            let link = known.other.as_ref().map(|clip| link(index, from, clip)).unwrap_or_default();
            match said {
                Some(said) if said.contains(&link) => said,
                Some(said) => format!("{said} {link}"),
                None => match lang {
                    Lang::Ja => format!("{link} を共有"),
                    Lang::En => format!("shared {link}"),
                },
            }
        }
        Kind::Introduce => match (said, &known.other) {
            (Some(said), Some(other)) => format!("{said} {}", link(index, from, other)),
            (said, None) => said.unwrap_or_default(),
            (None, Some(other)) => introduced((index, from), other, lang),
        },
        _ => said.unwrap_or_else(|| own(known, about, lang)),
    }
}

fn own(known: &Known, about: &str, lang: Lang) -> String {
    let plainly = |ja: &str, en: &str| pick(lang, ja, en).to_owned();
    match known.kind {
        Kind::Promise => known.task.as_ref().map(|task| without_tags(&task.text)).unwrap_or_default(),
        Kind::Milestone => without_tags(about),
        Kind::Birthday => plainly("お誕生日のお祝い", "birthday wishes"),
        Kind::FollowUp => plainly("会ったあとのひとこと", "a few words after we met"),
        Kind::Reply => plainly("返信した", "answered"),
        Kind::Farewell => plainly("退職の挨拶", "said goodbye"),
        Kind::Settled => plainly("お礼と近況", "thanks and news"),
        Kind::Report => plainly("新しい仕事の報告", "told of my new work"),
        Kind::Visit => match lang {
            Lang::Ja => format!("{about}で会うお誘い"),
            Lang::En => format!("asked to meet in {about}"),
        },
        _ => String::new(),
    }
}

/// What the log of one tells of being introduced to another.
pub(super) fn introduced((index, from): (&Index, &NotePath), other: &NotePath, lang: Lang) -> String {
    let link = link(index, from, other);
    match lang {
        Lang::Ja => format!("{link} さんとの引き合わせ"),
        Lang::En => format!("introduced to {link}"),
    }
}

/// What the log of an event or an organisation tells.
pub(super) fn of_group(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Prepare => pick(lang, "準備した", "prepared"),
        _ => pick(lang, "集まる相談をした", "proposed to get together"),
    }
}

/// A link to a note that means it alone, in the log of another.
fn link(index: &Index, from: &NotePath, path: &NotePath) -> String {
    Linker::in_note(from, index).to(path, path.name())
}

fn joined(what: &str, said: &str, lang: Lang) -> String {
    format!("{what}{}{said}", pick(lang, "：", ": "))
}

/// Tags mean something in a log line: those of a task were meant for the task.
fn without_tags(text: &str) -> String {
    let words = text.split(' ').filter(|word| !word.starts_with(['#', '＃']));
    words.collect::<Vec<_>>().join(" ")
}
