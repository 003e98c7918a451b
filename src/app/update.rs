//! The main job: plan, and write the page, if it says anything new.

use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;

use super::App;
use super::export::KeptCalendar;
use super::memo::{KnownPage, Memo};
use super::record::{Done, TRIES};
use super::take_in::{Pending, TakenIn};
use super::written::Written;
use crate::page::{self, Page, PageError, TemplateError, Troubled};
use crate::plan::{self, Agenda, Extent, State};
use crate::problem::Obstacle;
use crate::text::{Digest, NotePath, Text};
use crate::vault::{Base, Bytes, DiskError, Durability, WriteError};

/// Whoever has emptied the page to save it has written it after so long.
const SAVING: Duration = Duration::from_secs(2);

/// What an update did.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What became of the page.
    pub written: Written,
    /// The page before, where there was one, and as it is now; not told of one that was written
    /// again and again.
    pub before: Option<String>,
    /// See `before`.
    pub after: String,
    /// What tells it as it is now from others.
    pub digest: Option<Digest>,
    /// People without tier and cadence.
    pub untracked: usize,
    /// Problems that want attention.
    pub problems: usize,
    /// The items whose marks were recorded or taken back.
    pub recorded: Vec<Text>,
    /// Those with whom a contact was recorded, by name.
    pub met: Vec<Text>,
    /// The notes that were changed for it.
    pub notes: Vec<Done>,
    /// Marks that could not be recorded; they stay.
    pub pending: Vec<Pending>,
    /// Some marks wait because somebody may be writing in their notes.
    pub waits: bool,
    /// What became of the calendar, where one is kept up.
    pub calendar: Option<KeptCalendar>,
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
    /// The page or the template is larger than any goen writes.
    #[error("too large")]
    TooLarge(NotePath),
    /// There is no such template.
    #[error("no template")]
    NoTemplate(NotePath),
    /// Somebody has changed the page since it was looked at.
    #[error("the page was changed")]
    Touched,
    /// Somebody keeps writing to the page.
    #[error("the page keeps changing")]
    KeepsChanging,
    /// A new file in the page's place would not be what the old one is.
    #[error("the page's file")]
    NotReplaced(PathBuf, Obstacle),
    /// What lies in a folder is not known just now.
    #[error("a folder cannot be read now")]
    Unread(NotePath),
    /// The disk refused.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

impl App {
    /// Takes in what was marked on the page, plans the day and writes the page, unless it says
    /// the same already.
    ///
    /// # Errors
    /// Where the page is not goen's, of a later day (unless `force`), or cannot be written; and where there
    /// is one and the system could not list a folder: those whose notes lie in it would be gone from it.
    pub fn update(&mut self, dry_run: bool, force: bool) -> Result<Outcome, UpdateError> {
        if let Some(folder) = self.unread.first()
            && !matches!(self.vault.read(&self.config.page.file)?, Bytes::Missing)
        {
            return Err(UpdateError::Unread(folder.clone()));
        }
        self.update_page(dry_run, force, |_| true)
    }

    /// As [`App::update`], as long as the page is one that was `expected`.
    ///
    /// # Errors
    /// As [`App::update`]; [`UpdateError::Touched`] where it is not.
    pub(super) fn update_page(
        &mut self,
        dry_run: bool,
        force: bool,
        expected: impl Fn(Option<Digest>) -> bool,
    ) -> Result<Outcome, UpdateError> {
        if !dry_run {
            self.vault.sweep(&std::mem::take(&mut self.leftovers));
        }
        let path = self.config.page.file.clone();
        let template = self.template()?;
        let mut outcome = Outcome::default();
        for _ in 0..TRIES {
            let (bytes, base) = self.page_now(&path, dry_run)?;
            if !expected(base.filter(|_| bytes.as_ref().is_some_and(|bytes| !bytes.is_empty()))) {
                return Err(UpdateError::Touched);
            }
            if let (Some(bytes), Some(known)) = (&bytes, self.known_page(base)) {
                match self.write_over(&path, bytes, &known, template.as_deref())? {
                    Some(outcome) => return Ok(outcome),
                    None => continue,
                }
            }
            let before = bytes.map(|bytes| text_of(bytes, &path)).transpose()?;
            let before = before.filter(|text| !self.is_blank(text));
            let mut page = before.as_deref().map_or(Ok(None), |text| self.page(text, force))?;
            let (mut taken, then) = match &mut page {
                Some(page) => self.take_in_page(page, template.as_deref(), dry_run)?,
                None => (TakenIn::default(), None),
            };
            if let Some(page) = page.as_ref().filter(|page| page.date < self.today) {
                taken.kept.keep_days(&taken.staying, page.date, self.config.page.dates);
            }
            let (agenda, (problems, troubled)) = self.plan_and_count(then);
            let own = self.render(&agenda, template.as_deref(), &TakenIn::default(), &troubled)?;
            let (own, written) = own.into_parts();
            // A mark of somebody's own on an item that is no more becomes free text.
            let is_marked = |held: &page::Held| held.mark != ' ' && !held.was_done;
            let stays =
                |id: &str| taken.staying.contains_key(id) && taken.kept.get(id).is_some_and(is_marked);
            let written = written.carried(&taken.written, stays).with_notices(&taken.staying, self.lang);
            // Only what is kept up looks for it again.
            let looked_for = self.memo.is_some().then(|| own.clone());
            let compose = |region: String| {
                let region = written.sign(region);
                let Some(before) = &before else { return Ok(region) };
                page::compose(before, &region, &taken.kept, force).map_err(UpdateError::Page)
            };
            let after = if taken.is_as_written() {
                compose(own)?
            } else {
                drop(own);
                compose(self.render(&agenda, template.as_deref(), &taken, &troubled)?.region)?
            };
            outcome.untracked = agenda.counts.get(&State::Untracked).copied().unwrap_or(0);
            let calendar = self.calendar_to_keep(&agenda);
            // A large vault's page is of some megabytes: what made it is let go while it is written.
            rayon::spawn(move || drop(agenda));
            outcome.problems = problems;
            outcome.recorded.append(&mut taken.recorded);
            outcome.met.append(&mut taken.met);
            outcome.notes.append(&mut taken.notes);
            outcome.pending = taken.pending;
            outcome.waits = taken.waits;
            let digest = Some(Digest::of(after.as_bytes()));
            let known =
                looked_for.and_then(|own| self.find_region(after.as_bytes(), &written.sign(own), digest));
            let written = if dry_run {
                Some(if before.as_ref() == Some(&after) { Written::Unchanged } else { Written::Would })
            } else {
                let base = base.map_or(Base::Missing, Base::Content);
                self.put_page(&path, base, after.as_bytes())?
            };
            if let Some(written) = written {
                self.remember_page(known);
                let calendar = self.keep_calendar(calendar, dry_run);
                return Ok(Outcome { written, before, after, digest, calendar, ..outcome });
            }
        }
        Err(UpdateError::KeepsChanging)
    }

    /// Writes the page over one that is as goen wrote it; none where it is not any more.
    fn write_over(
        &mut self,
        path: &NotePath,
        before: &[u8],
        known: &KnownPage,
        template: Option<&str>,
    ) -> Result<Option<Outcome>, UpdateError> {
        let (agenda, (problems, troubled)) = self.plan_and_count(None);
        let own = self.render(&agenda, template, &TakenIn::default(), &troubled)?;
        let (own, written) = own.into_parts();
        let own = written.sign(own);
        let untracked = agenda.counts.get(&State::Untracked).copied().unwrap_or(0);
        let after = known.with(before, &own);
        let calendar = self.calendar_to_keep(&agenda);
        let mut outcome = Outcome { untracked, problems, digest: Some(known.digest), ..Outcome::default() };
        if before != after {
            let base = Base::Content(known.digest);
            outcome.digest = Some(Digest::of(&after));
            let known = self.find_region(&after, &own, outcome.digest);
            let Some(written) = self.put_page(path, base, &after)? else { return Ok(None) };
            outcome.written = written;
            self.remember_page(known);
        }
        outcome.calendar = self.keep_calendar(calendar, false);
        Ok(Some(outcome))
    }

    /// The page as it is, and what tells it from others: both of one moment.
    fn page_now(
        &self,
        path: &NotePath,
        dry_run: bool,
    ) -> Result<(Option<Vec<u8>>, Option<Digest>), UpdateError> {
        let held = if dry_run { Ok(None) } else { self.hold() };
        let _held = held.map_err(|_| UpdateError::KeepsChanging)?;
        let page = match self.vault.read(path)? {
            Bytes::Whole(bytes) => Some(bytes),
            Bytes::TooLarge => return Err(UpdateError::TooLarge(path.clone())),
            Bytes::Missing => None,
        };
        let digest = page.as_deref().map(Digest::of);
        Ok((page, digest))
    }

    /// Puts a page in its place, unless it says the same; none where somebody ticks while goen writes: their page is read again first.
    fn put_page(&mut self, path: &NotePath, base: Base, page: &[u8]) -> Result<Option<Written>, UpdateError> {
        let _held = self.hold().map_err(|_| UpdateError::KeepsChanging)?;
        let written = if base == Base::Content(Digest::of(page)) {
            Written::Unchanged
        } else {
            match self.vault.replace(path, base, page, self.config.write.mode) {
                Ok(Durability::Certain) => Written::Replaced,
                Ok(Durability::Unknown) => Written::Uncertain,
                Err(WriteError::Stale(_)) => return Ok(None),
                Err(WriteError::Disk(error)) => return Err(error.into()),
                Err(WriteError::HardLinked(path)) => {
                    return Err(UpdateError::NotReplaced(path, Obstacle::HardLinked));
                }
                Err(WriteError::Attributes { path, source }) => {
                    return Err(UpdateError::NotReplaced(path, Obstacle::Attributes((&source).into())));
                }
            }
        };
        Ok(Some(written))
    }

    /// The agenda of today, unless it was planned already, and the notes that need a look.
    fn plan_and_count(&mut self, then: Option<Agenda>) -> (Agenda, (usize, Troubled)) {
        if let Some(mut memo) = self.memo.take() {
            self.index.settle_ambiguous();
            let Memo { planner, troubles, .. } = &mut *memo;
            // Little is different: other threads would take longer to wake.
            let agenda = planner.plan(&self.index, &self.config, self.today, Extent::Placed);
            troubles.count(&self.index, self.today);
            let troubled = self.troubled(&memo.troubles);
            self.memo = Some(memo);
            return (agenda, troubled);
        }
        rayon::join(|| then.unwrap_or_else(|| self.agenda(Extent::Placed)), || self.trouble())
    }

    /// Takes a page in; with the agenda of today, where no note was changed for it.
    fn take_in_page(
        &mut self,
        page: &mut Page<'_>,
        template: Option<&str>,
        dry_run: bool,
    ) -> Result<(TakenIn, Option<Agenda>), UpdateError> {
        let on_page = page::Written::on(page);
        if on_page.as_ref().is_some_and(|written| written.is_whole(page)) {
            return Ok((TakenIn::default(), None));
        }
        let on_page = match on_page {
            Some(written) if !written.is_unclear(page) => {
                return Ok((self.take_in(page, written, dry_run), None));
            }
            on_page => on_page,
        };
        // What goen would write for that day now tells most of what people have made of its lines;
        // on a page that does not say itself which those are, all of it.
        let agenda = plan::plan(&self.index, &self.config, page.date, Extent::Placed);
        let region = self.render(&agenda, template, &TakenIn::default(), &Troubled::default())?.region;
        let written = match on_page {
            Some(mut written) => {
                written.learn(&region);
                written
            }
            None => page::Written::guessed(&region),
        };
        let taken = self.take_in(page, written, dry_run);
        let holds = page.date == self.today && taken.notes.is_empty();
        Ok((taken, holds.then_some(agenda)))
    }

    fn render(
        &mut self,
        agenda: &Agenda,
        template: Option<&str>,
        taken: &TakenIn,
        troubled: &Troubled,
    ) -> Result<page::Rendered, UpdateError> {
        let mut memo = self.memo.take();
        let setting = page::Setting {
            lang: self.lang,
            config: &self.config,
            index: &self.index,
            template,
            troubled,
            marks: &taken.kept,
            staying: &taken.staying,
        };
        let rendered = match &mut memo {
            Some(memo) => memo.renderer.render(agenda, &setting),
            None => page::render(agenda, &setting),
        };
        self.memo = memo;
        rendered.map_err(|error| {
            let path = self.config.page.template.as_ref().unwrap_or(&self.config.page.file);
            UpdateError::Template(path.clone(), error)
        })
    }

    /// Whether nothing stands on the page, and nobody is about to write there: whoever saves in place
    /// empties a file first. Where all its times are still to come, a clock was wrong and there is no moment
    /// to wait for.
    fn is_blank(&self, text: &str) -> bool {
        let stamp = || self.vault.stamp(&self.config.page.file);
        page::is_blank(text) && stamp().is_some_and(|stamp| stamp.age().is_none_or(|age| age >= SAVING))
    }

    /// The page taken apart, if it may be replaced at all; none where nothing of it is understood.
    fn page<'t>(&self, text: &'t str, force: bool) -> Result<Option<Page<'t>>, UpdateError> {
        match page::read(text) {
            Ok(page) if page.date > self.today && !force => Err(UpdateError::LaterDay(page.date)),
            Ok(page) => Ok(Some(page)),
            // A newer format is not understood: with `force` it is replaced as a whole.
            Err(PageError::Newer { .. }) if force => Ok(None),
            Err(_) if page::is_blank(text) => Err(UpdateError::Page(PageError::Blank)),
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
            Bytes::TooLarge => Err(UpdateError::TooLarge(path.clone())),
            Bytes::Missing => Err(UpdateError::NoTemplate(path.clone())),
        }
    }
}

/// A page as text.
fn text_of(bytes: Vec<u8>, path: &NotePath) -> Result<String, UpdateError> {
    let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
    text.ok_or_else(|| UpdateError::NotText(path.clone()))
}
