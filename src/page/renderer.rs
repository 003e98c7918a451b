//! Pages one after the other: what is the same as on the last is not made anew.
//!
//! Gives what [`fill`] gives. It remembers the lines of each item, and fills goen's own template
//! with one line in the place of each section's many.

use std::sync::Arc;

use chrono::NaiveDate;

use super::view::{SECTIONS, View, each_block};
use super::written::{self, Written};
use super::{Page, Rendered, Setting, TemplateError, fill, finish, push_line, signs, template};
use crate::index::Mark;
use crate::plan::{Agenda, Item};
use crate::text::{Lang, QuickMap, QuickSet, Text};

/// Renders pages; the next in less time. The settings are to be the same each time.
#[derive(Debug, Default)]
pub struct Renderer {
    /// For which day, in which language, and in what vault the lines were made.
    made_for: Option<(NaiveDate, Lang, Mark)>,
    /// By the items' ids.
    lines: QuickMap<Text, Block>,
}

/// What an item says on the page.
#[derive(Debug)]
struct Block {
    item: Arc<Item>,
    /// Its lines as they stand on a page.
    lines: String,
    /// By what they are known.
    known: written::Item,
}

/// What stands for the lines of a section: no text from a note has such a character.
const STAND_INS: [&str; 4] = ["\u{1}today", "\u{1}week", "\u{1}later", "\u{1}done"];

impl Renderer {
    /// The region between the markers, as [`super::render`] makes it.
    ///
    /// # Errors
    /// As [`super::render`].
    pub fn render(&mut self, agenda: &Agenda, setting: &Setting<'_>) -> Result<Rendered, TemplateError> {
        if !self.make_lines(agenda, setting) {
            return fill(agenda, setting);
        }
        put_together(agenda, setting, self.room(), |id, region| {
            let block = self.lines.get(id)?;
            region.push_str(&block.lines);
            Some(block.known.clone())
        })
    }

    /// As [`Renderer::render`] where no other page follows: what a large vault's page is made of is let
    /// go on the way.
    pub(super) fn render_last(
        mut self,
        agenda: &Agenda,
        setting: &Setting<'_>,
    ) -> Result<Rendered, TemplateError> {
        if !self.make_lines(agenda, setting) {
            return fill(agenda, setting);
        }
        put_together(agenda, setting, self.room(), |id, region| {
            let block = self.lines.remove(id)?;
            region.push_str(&block.lines);
            Some(block.known)
        })
    }

    /// How many bytes the lines need on a page, and what its comment says of them.
    fn room(&self) -> usize {
        self.lines.values().map(|block| block.lines.len() + block.known.room()).sum()
    }

    /// Makes the lines that are not known; whether all are as a page can have them, and nothing else has
    /// to stand among them.
    fn make_lines(&mut self, agenda: &Agenda, setting: &Setting<'_>) -> bool {
        if setting.template.is_some() || !setting.staying.is_empty() || setting.marks.iter().next().is_some()
        {
            return false;
        }
        let now = (agenda.date, setting.lang, setting.index.mark());
        let is_alike = self.made_for.is_some_and(|(date, lang, mark)| {
            (date, lang) == (now.0, now.1) && setting.index.has_shape_of(mark)
        });
        if !is_alike || self.lines.len() > agenda.items.len() * 2 {
            self.lines.clear();
        }
        self.made_for = Some(now);
        let is_new =
            |item: &&Arc<Item>| !self.lines.get(&item.id).is_some_and(|block| Arc::ptr_eq(&block.item, item));
        let new: Vec<&Arc<Item>> = agenda.items.iter().filter(is_new).collect();
        let made = each_block(&new, agenda.date, setting, |item, block| {
            let lines = finished(&block, &item.id)?;
            let known = written::Item::of(&Page::only_item(&lines, agenda.date)?);
            Some((lines, known))
        });
        let mut all_well = true;
        self.lines.reserve(new.len());
        for (item, made) in new.into_iter().zip(made) {
            all_well &= made.is_some();
            if let Some((lines, known)) = made {
                self.lines.insert(item.id.clone(), Block { item: Arc::clone(item), lines, known });
            }
        }
        if !all_well {
            self.lines.clear();
        }
        all_well
    }
}

/// A region of goen's own template, in which `put` writes the lines of each item and says by what they are
/// known.
fn put_together(
    agenda: &Agenda,
    setting: &Setting<'_>,
    room: usize,
    mut put: impl FnMut(&Text, &mut String) -> Option<written::Item>,
) -> Result<Rendered, TemplateError> {
    let mut stand_ins = STAND_INS.iter();
    let sections = SECTIONS
        .map(|section| (stand_ins.next().copied().unwrap_or_default(), agenda.section(section).count()));
    let outline = View::outline(agenda, setting, sections);
    let outline = template::fill(setting.lang, None, &outline)?;
    let outline = finish(&outline, agenda.date, &QuickSet::default())?;
    let mut region = String::with_capacity(outline.len() + room);
    let mut between = String::with_capacity(outline.len());
    let mut items = Vec::with_capacity(agenda.items.len());
    for line in outline.split_inclusive('\n') {
        let stand_in = STAND_INS.iter().position(|stand_in| line.trim_end() == *stand_in);
        match stand_in.and_then(|at| SECTIONS.get(at)) {
            None => {
                region.push_str(line);
                between.push_str(line);
            }
            Some(section) => items.extend(
                agenda
                    .section(*section)
                    .filter_map(|item| Some((item.id.clone(), put(&item.id, &mut region)?))),
            ),
        }
    }
    let written = Some(Written::put_together(&region, &between, items));
    Ok(Rendered { region, written })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_bears_its_id_once_at_the_end_of_its_line() {
        let of = |block: &str| finished(block, "g-aaaaaa");
        let lines = "- [ ] [[田中]] ⏳ 2026-11-21 ^g-aaaaaa\n    - 話題: Rust\n";
        assert_eq!(of(lines.trim_end()).as_deref(), Some(lines));
        for block in [
            "- [ ] [[田中]] ^g-aaaaaa に",
            "  - [ ] [[田中]] ^g-aaaaaa",
            "- [[田中]] ^g-aaaaaa",
            "- [ ] [[田中]] ^g-bbbbbb",
            "- [ ] [[田中]] ^g-aaaaaa\n- [ ] [[田中]] ^g-aaaaaa",
            "- [ ] [[田中]] ^g-aaaaaa\n\n    - 話題: Rust",
        ] {
            assert_eq!(of(block), None, "{block:?}");
        }
    }
}
