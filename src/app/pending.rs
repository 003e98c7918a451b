//! What the marks on the page ask for and what stands in their way, told without writing anything.

use super::App;
use crate::deed::Asked;
use crate::page::{self, PageError, Written};
use crate::problem::{Obstacle, Problem, What};
use crate::text::{Lang, NotePath};

impl App {
    /// The notes that would be changed for the marks that are on the page now.
    pub(super) fn notes_asked_for(&self) -> Vec<NotePath> {
        let Ok(Some(text)) = self.text(&self.config.page.file) else { return Vec::new() };
        let Ok(page) = page::read(&text) else { return Vec::new() };
        let written = Written::on(&page).unwrap_or_default();
        if written.is_whole(&page) {
            return Vec::new();
        }
        let desk = self.desk(page.date);
        let asked = page.lines.iter().filter_map(|line| desk.asked(line, &written.beside(line)));
        asked.flat_map(|asked| self.changed_by(&asked)).collect()
    }

    /// That the page is left as it is.
    fn page_left(&self, why: PageError) -> Problem {
        let file = &self.config.page.file;
        let [ja, en] = [Lang::Ja, Lang::En].map(|lang| why.message(lang, file.as_str()));
        let what = match why {
            PageError::Conflict { .. } => What::MergeConflict,
            _ => What::PageLeft { ja, en },
        };
        let line = u32::try_from(why.line()).unwrap_or(u32::MAX).max(1);
        Problem { line, ..Problem::of_file(file.clone(), what) }
    }

    /// The marks on the page that could not be recorded, each as a problem of the note that
    /// stands in the way; or why the page itself takes none. Nothing is written.
    pub(super) fn pending_problems(&self) -> Vec<Problem> {
        let Ok(Some(text)) = self.text(&self.config.page.file) else { return Vec::new() };
        let page = match page::read(&text) {
            Ok(page) => page,
            // An empty file is no page yet.
            Err(_) if page::is_blank(&text) => return Vec::new(),
            Err(error) => return vec![self.page_left(error)],
        };
        if page.lines.iter().all(|line| line.mark == ' ') {
            return Vec::new();
        }
        let written = Written::on(&page).unwrap_or_default();
        let troubles = page.lines.iter().filter_map(|line| {
            let trouble = match self.desk(page.date).asked(line, &written.beside(line))? {
                Asked::Do(deed) => self.could_carry_out(&deed).err()?,
                Asked::Refuse(Obstacle::NotGoens | Obstacle::Recorded, _) => return None,
                Asked::Refuse(why, path) => self.nearer(why, path),
                Asked::TakeBack { .. } | Asked::More { .. } | Asked::Stay | Asked::Settled => return None,
            };
            let on_page = trouble.path == self.config.page.file;
            let what = What::NotRecorded(trouble.why);
            Some(if on_page {
                let place = Problem::of_file(trouble.path, what);
                Problem { line: u32::try_from(line.number).unwrap_or(u32::MAX), ..place }
            } else {
                let text = self.text_to_change(&trouble.path).unwrap_or_default();
                Problem::at(trouble.path, &text, trouble.at, what)
            })
        });
        troubles.collect()
    }
}
