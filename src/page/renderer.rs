//! Pages one after the other: what is the same as on the last is not made anew.
//!
//! Gives what [`render`] gives. It remembers the lines of each item, and fills goen's own template
//! with one line in the place of each section's many.

use std::sync::Arc;

use chrono::NaiveDate;

use super::view::{SECTIONS, View, blocks};
use super::{Setting, TemplateError, finish, push_line, render, signs, template};
use crate::index::Mark;
use crate::plan::{Agenda, Item};
use crate::text::{Lang, QuickMap, QuickSet, Text};

/// Renders pages; the next in less time. The settings are to be the same each time.
#[derive(Debug, Default)]
pub struct Renderer {
    /// For which day, in which language, and in what vault the lines were made.
    made_for: Option<(NaiveDate, Lang, Mark)>,
    /// By the items' ids: the item, and its lines as they stand on a page.
    lines: QuickMap<Text, (Arc<Item>, String)>,
}

/// What stands for the lines of a section: no text from a note has such a character.
const STAND_INS: [&str; 4] = ["\u{1}today", "\u{1}week", "\u{1}later", "\u{1}done"];

impl Renderer {
    /// The region between the markers, as [`render`] makes it.
    ///
    /// # Errors
    /// As [`render`].
    pub fn render(&mut self, agenda: &Agenda, setting: &Setting<'_>) -> Result<String, TemplateError> {
        let is_plain =
            setting.template.is_none() && setting.staying.is_empty() && setting.marks.iter().next().is_none();
        if !is_plain || !self.make_lines(agenda, setting) {
            return render(agenda, setting);
        }
        let mut at = 0;
        let sections = SECTIONS.map(|section| {
            at += 1;
            (STAND_INS[at - 1], agenda.section(section).count())
        });
        let outline = View::outline(agenda, setting, sections);
        let outline = template::fill(setting.lang, None, &outline)?;
        let outline = finish(&outline, agenda.date, &QuickSet::default())?;
        let room: usize = self.lines.values().map(|(_, lines)| lines.len()).sum();
        let mut out = String::with_capacity(outline.len() + room);
        for line in outline.split_inclusive('\n') {
            let stand_in = STAND_INS.iter().position(|stand_in| line.trim_end() == *stand_in);
            match stand_in.and_then(|at| SECTIONS.get(at)) {
                None => out.push_str(line),
                Some(section) => {
                    let known = agenda.section(*section).filter_map(|item| self.lines.get(&item.id));
                    known.for_each(|(_, lines)| out.push_str(lines));
                }
            }
        }
        Ok(out)
    }

    /// Makes the lines that are not known; whether all are as a page can have them.
    fn make_lines(&mut self, agenda: &Agenda, setting: &Setting<'_>) -> bool {
        let now = (agenda.date, setting.lang, setting.index.mark());
        let is_alike = self.made_for.is_some_and(|(date, lang, mark)| {
            (date, lang) == (now.0, now.1) && setting.index.has_shape_of(mark)
        });
        if !is_alike || self.lines.len() > agenda.items.len() * 2 {
            self.lines.clear();
        }
        self.made_for = Some(now);
        let is_new =
            |item: &&Arc<Item>| !self.lines.get(&item.id).is_some_and(|(known, _)| Arc::ptr_eq(known, item));
        let new: Vec<&Arc<Item>> = agenda.items.iter().filter(is_new).collect();
        let made = blocks(&new, agenda.date, setting);
        let mut all_well = true;
        for (item, block) in new.into_iter().zip(made) {
            let lines = finished(&block, &item.id);
            all_well &= lines.is_some();
            self.lines.insert(item.id.clone(), (Arc::clone(item), lines.unwrap_or_default()));
        }
        if !all_well {
            self.lines.clear();
        }
        all_well
    }
}

/// The lines of an item as they stand on a page; none where they do not bear its id as they must.
fn finished(block: &str, id: &str) -> Option<String> {
    let mut out = String::with_capacity(block.len() + 1);
    let mut seen = 0;
    for line in block.lines() {
        let line = if line.starts_with([' ', '\t']) { line } else { line.trim_end() };
        for _ in signs::ids(line).filter(|found| *found == id) {
            signs::item(line).filter(|item| item.id == id && item.at_end && item.indent == 0)?;
            seen += 1;
        }
        if line.trim().is_empty() {
            return None;
        }
        push_line(line, &mut out);
    }
    (seen == 1).then_some(out)
}
