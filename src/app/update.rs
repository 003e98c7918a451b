//! The main job: plan, and write the page, if it says anything new.

use chrono::NaiveDate;

use super::App;
use crate::page::{self, Kept, PageError, TemplateError};
use crate::plan::{Extent, State};
use crate::text::{Digest, NotePath};
use crate::vault::{Base, Bytes, DiskError, WriteError};

/// A file changes under goen's hands at most this often before it gives up.
const TRIES: usize = 5;

/// What became of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It said the same already.
    Unchanged,
    /// It was written.
    Replaced,
    /// It would have been written (`--dry-run`).
    Would,
}

/// What an update did.
#[derive(Debug)]
pub struct Outcome {
    /// What became of the page.
    pub written: Written,
    /// The page before, where there was one, and as it is now.
    pub before: Option<String>,
    /// See `before`.
    pub after: String,
    /// People without tier and cadence.
    pub untracked: usize,
    /// Problems that want attention.
    pub problems: usize,
}

/// Why the page was not written; it is what it was before.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// The file of that name is no page of goen's, or one that must not be replaced.
    #[error("the page")]
    Page(PageError),
    /// It was made for a later day, perhaps on another machine.
    #[error("the page is of a later day")]
    LaterDay(NaiveDate),
    /// The template cannot be used.
    #[error("the template")]
    Template(NotePath, TemplateError),
    /// The page or the template is no UTF-8 text.
    #[error("not a text")]
    NotText(NotePath),
    /// There is no such template.
    #[error("no template")]
    NoTemplate(NotePath),
    /// Somebody keeps writing to the page.
    #[error("the page keeps changing")]
    KeepsChanging,
    /// The disk refused.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

impl App {
    /// Plans the day and writes the page, unless it says the same already.
    ///
    /// # Errors
    /// Where the page is not goen's, of a later day (unless `force`), or cannot be written.
    pub fn update(&self, dry_run: bool, force: bool) -> Result<Outcome, UpdateError> {
        let path = &self.config.page.file;
        let template = self.template()?;
        let (agenda, (problems, troubled)) = rayon::join(|| self.agenda(Extent::Placed), || self.trouble());
        let untracked = agenda.counts.get(&State::Untracked).copied().unwrap_or(0);
        let outcome = |written, before, after| Outcome { written, before, after, untracked, problems };
        for _ in 0..TRIES {
            let before = match self.vault.read(path)? {
                Bytes::Whole(bytes) => {
                    let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
                    Some(text.ok_or_else(|| UpdateError::NotText(path.clone()))?)
                }
                Bytes::TooLarge => return Err(UpdateError::NotText(path.clone())),
                Bytes::Missing => None,
            };
            let kept = match &before {
                Some(text) => self.kept(text, force)?,
                None => Kept::default(),
            };
            let setting = page::Setting {
                lang: self.lang,
                config: &self.config,
                index: &self.index,
                template: template.as_deref(),
                troubled: &troubled,
                marks: &kept,
            };
            let region = page::render(&agenda, &setting).map_err(|error| {
                let path = self.config.page.template.clone().unwrap_or_else(|| path.clone());
                UpdateError::Template(path, error)
            })?;
            let after = page::compose(before.as_deref(), &region, &kept, force).map_err(UpdateError::Page)?;
            if before.as_ref() == Some(&after) {
                return Ok(outcome(Written::Unchanged, before, after));
            }
            if dry_run {
                return Ok(outcome(Written::Would, before, after));
            }
            let base =
                before.as_ref().map_or(Base::Missing, |text| Base::Content(Digest::of(text.as_bytes())));
            match self.vault.replace(path, base, after.as_bytes(), self.config.write.mode) {
                Ok(()) => return Ok(outcome(Written::Replaced, before, after)),
                Err(WriteError::Stale(_)) => {}
                Err(WriteError::Disk(error)) => return Err(error.into()),
            }
        }
        Err(UpdateError::KeepsChanging)
    }

    /// What the user left on the page, if the page may be replaced at all.
    fn kept(&self, text: &str, force: bool) -> Result<Kept, UpdateError> {
        match page::read(text) {
            Ok(page) if page.date > self.today && !force => Err(UpdateError::LaterDay(page.date)),
            Ok(page) => Ok(page.kept()),
            // A newer format is not understood: with `force` it is replaced as a whole.
            Err(PageError::Newer { .. }) if force => Ok(Kept::default()),
            Err(error) => Err(UpdateError::Page(error)),
        }
    }

    /// The user's template, where one is named.
    fn template(&self) -> Result<Option<String>, UpdateError> {
        let Some(path) = &self.config.page.template else { return Ok(None) };
        match self.vault.read(path)? {
            Bytes::Whole(bytes) => {
                String::from_utf8(bytes).map(Some).map_err(|_| UpdateError::NotText(path.clone()))
            }
            Bytes::TooLarge => Err(UpdateError::NotText(path.clone())),
            Bytes::Missing => Err(UpdateError::NoTemplate(path.clone())),
        }
    }
}
