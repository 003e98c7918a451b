//! How names, days and words of notes are written on a sheet, in the terminal and in a note.
//!
//! Leaves what stands on the sheet to its parts.

use chrono::NaiveDate;

use crate::app::App;
use crate::cli::words::{self, pick};
use crate::note::Note;
use crate::note::signed::Parts;
use crate::page::{self, Linker};
use crate::text::{Lang, NotePath, one_line, shorten};

/// More of a text nobody reads in a line.
const LONGEST: usize = 100;

/// So many names stand in a line.
const MOST_NAMES: usize = 12;

/// Writes what notes say: in a note as links and harmless text.
pub struct Pen<'a> {
    pub(super) lang: Lang,
    pub(super) today: NaiveDate,
    pub(super) linker: Option<Linker<'a>>,
}

impl<'a> Pen<'a> {
    pub fn for_terminal(_: &'a App, lang: Lang, today: NaiveDate) -> Self {
        Self { lang, today, linker: None }
    }

    pub fn for_note(app: &'a App, lang: Lang, today: NaiveDate, note: &'a NotePath) -> Self {
        Self { lang, today, linker: Some(Linker::from(note, &app.config, &app.index)) }
    }

    pub(super) fn text(&self, text: &str) -> String {
        let short = shorten(text.trim(), LONGEST);
        if self.linker.is_some() { page::harmless(&short) } else { one_line(&short).into_owned() }
    }

    pub(super) fn quoted(&self, text: &str) -> String {
        match self.lang {
            // A quotation within one has the other marks.
            Lang::Ja => format!("「{}」", self.text(text).replace('「', "『").replace('」', "』")),
            Lang::En => format!("“{}”", self.text(text)),
        }
    }

    pub(super) fn name(&self, note: &Note) -> String {
        let name = note.person().map_or(note.path.name(), |person| &*person.name);
        match &self.linker {
            Some(linker) => linker.to(&note.path, name),
            None => one_line(name).into_owned(),
        }
    }

    /// A name without a link.
    pub(super) fn bare(&self, note: &Note) -> String {
        self.text(note.person().map_or(note.path.name(), |person| &*person.name))
    }

    /// `真壁 徹さん`, `Jane Doe さん`
    pub(super) fn polite(&self, note: &Note) -> String {
        let name = self.bare(note);
        let gap = if name.ends_with(|c: char| c.is_ascii()) { " " } else { "" };
        format!("{name}{gap}さん")
    }

    /// `2026-09-14`; for a terminal with how long ago it was, since that does not stand there tomorrow.
    pub(super) fn day(&self, day: NaiveDate) -> String {
        match (&self.linker, self.lang) {
            (Some(_), _) => day.to_string(),
            (None, Lang::Ja) if day <= self.today => {
                format!("{day}・{}", page::ago(day, self.lang, self.today))
            }
            (None, Lang::En) if day <= self.today => {
                format!("{day}, {}", page::ago(day, self.lang, self.today))
            }
            _ => day.to_string(),
        }
    }

    pub(super) fn in_parentheses(&self, text: &str, inside: &str) -> String {
        match (inside.is_empty(), self.lang) {
            (true, _) => text.to_owned(),
            (_, Lang::Ja) => format!("{text}（{inside}）"),
            (_, Lang::En) => format!("{text} ({inside})"),
        }
    }

    pub(super) fn labelled(&self, ja: &str, en: &str, text: &str) -> String {
        format!("{}{}{text}", pick(self.lang, ja, en), self.colon())
    }

    pub(super) fn colon(&self) -> &'static str {
        pick(self.lang, "：", ": ")
    }

    pub(super) fn list(&self, words: &[String]) -> String {
        words.join(pick(self.lang, "、", ", "))
    }

    /// Names, and how many more there are.
    pub(super) fn few(&self, mut names: Vec<String>) -> String {
        let more = names.len().saturating_sub(MOST_NAMES);
        names.truncate(MOST_NAMES);
        names.extend((more > 0).then(|| words::more_people(more, self.lang)));
        self.list(&names)
    }

    /// A name as the event lists it; a task among the attendees is still a name.
    pub(super) fn listed(&self, name: &str) -> String {
        self.text(Parts::of(name).words)
    }
}
