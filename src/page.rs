//! The agenda's page: from an [`Agenda`] to text, and from what people made of that text back.
//!
//! Knows the page's form and, in both languages, its words; leaves to others
//! what stands on the agenda, what a tick does to which note, and the disk.

mod compose;
mod error;
mod kept;
mod link;
mod merge;
mod read;
mod renderer;
mod safe;
mod signs;
mod template;
mod terminal;
#[cfg(test)]
mod tests;
mod typed;
mod view;
mod words;
mod written;

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::config::Config;
use crate::index::Index;
use crate::note::no_conflict;
use crate::note::signed::{comment_and_more, may_be_comment};
use crate::plan::Agenda;
use crate::text::{Lang, NotePath, QuickSet};

pub use compose::compose;
pub use error::PageError;
pub use kept::{Held, Kept};
pub use link::Linker;
pub use merge::merge;
pub use read::{Line, Page, is_blank, read};
pub use renderer::Renderer;
pub use template::{TemplateError, built_in};
pub use terminal::{
    ago, channel_name, distance, nothing_today, section_name, short_day, summary, title, topic_lines, weekday,
};
pub use words::{
    Tone, is_sombre, is_unwell, kind_word, label, month_name, plain_line, reason, sentence, tier_called, tone,
};
pub use written::{Beside, Written};

/// The format that this version writes.
pub const VERSION: u32 = 1;

/// How a line that begins the region begins.
const BEGIN: &str = "<!-- goen:begin";
/// How a line that ends the region begins.
const END: &str = "<!-- goen:end";

/// Why a mark stays on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stay {
    /// It is begun, or has a mark of somebody's own.
    AsItIs,
    /// It waits until nobody writes in its note any more.
    Waiting,
    /// It could not be recorded: why, in words that can stand on a page.
    NotRecorded(String),
    /// It could not be taken back: why.
    NotTakenBack(String),
}

/// The notes that need a look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Troubled {
    /// How many there are.
    pub count: usize,
    /// The first of them by path, those that are named ([`TROUBLED_NAMED`]).
    pub first: Vec<NotePath>,
}

/// So many notes that need a look are named.
pub const TROUBLED_NAMED: usize = 5;

/// What a page is rendered with, beside the agenda.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The page's language.
    pub lang: Lang,
    /// `[page]` and the tiers.
    pub config: &'a Config,
    /// To know which links are unambiguous.
    pub index: &'a Index,
    /// The text of the user's template.
    pub template: Option<&'a str>,
    /// The notes that need a look.
    pub troubled: &'a Troubled,
    /// What is carried over from the page before.
    pub marks: &'a Kept,
    /// Items whose marks stay on the page, also where the agenda has no place for them.
    pub staying: &'a BTreeMap<String, Stay>,
}

/// What a page is to say between its markers.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// The region, markers included; its lines end with `\n`.
    pub region: String,
    /// By what its lines are known, where that was told while they were made.
    written: Option<Written>,
}

impl Rendered {
    /// The region, and by what its lines are known.
    pub fn into_parts(self) -> (String, Written) {
        let written = self.written.unwrap_or_else(|| Written::of(&self.region));
        (self.region, written)
    }
}

/// The region between the markers.
///
/// # Errors
/// Where the user's template does not do.
pub fn render(agenda: &Agenda, setting: &Setting<'_>) -> Result<Rendered, TemplateError> {
    Renderer::default().render_last(agenda, setting)
}

/// As [`render`], with every line given to the template.
fn fill(agenda: &Agenda, setting: &Setting<'_>) -> Result<Rendered, TemplateError> {
    // Of a large vault each of these is megabytes: none is kept longer than it serves.
    let text = {
        let view = view::View::of(agenda, setting);
        let lines = agenda.items.len() + setting.staying.len();
        template::fill(setting.lang, setting.template, &view, lines)?
    };
    let ids: QuickSet<&str> = agenda.all().map(|item| item.id.as_str()).collect();
    let region = finish(&text, agenda.date, &ids)?;
    Ok(Rendered { region, written: None })
}

/// A text of a note, or a path, as it can stand on a page.
pub fn harmless(text: &str) -> String {
    safe::safe(text)
}

/// Makes what a template gave fit between the markers, and puts it there.
fn finish(text: &str, date: NaiveDate, ids: &QuickSet<&str>) -> Result<String, TemplateError> {
    let mut seen = QuickSet::default();
    let mut out = String::with_capacity(text.len() + 64);
    out.push_str(&format!("{BEGIN} v{VERSION} {date} -->\n"));
    let start = out.len();
    for line in text.lines() {
        // What stands below an item may be the user's, blanks at its end included.
        let line = if line.starts_with([' ', '\t']) { line } else { line.trim_end() };
        if line.trim().is_empty() {
            // Loops and conditions leave blank lines behind.
            if out.len() > start && !out.ends_with("\n\n") {
                out.push('\n');
            }
            continue;
        }
        for id in signs::ids(line).filter(|id| ids.contains(id)) {
            let item = signs::item(line).filter(|item| item.id == id && item.at_end && item.indent == 0);
            if item.is_none() {
                return Err(TemplateError::misplaced(id, line));
            }
            if !seen.insert(id) {
                return Err(TemplateError::doubled(id, line));
            }
        }
        push_line(line, &mut out);
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out.push_str(END);
    out.push_str(" -->\n");
    Ok(out)
}

/// Puts a line onto a page.
fn push_line(line: &str, out: &mut String) {
    out.push_str(&unmarked(line));
    out.push('\n');
}

/// A line as it can stand on a page: what could be taken for a marker, goen's or one of git's, is none.
fn unmarked(line: &str) -> Cow<'_, str> {
    if may_be_comment(line)
        && (read::is_begin(line) || read::is_end(line) || comment_and_more(line).is_some())
    {
        Cow::Owned(line.replacen('<', "＜", 1))
    } else {
        no_conflict(line)
    }
}
