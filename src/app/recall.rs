//! What goen answered the last time, said again while nothing has changed that it could depend on.
//!
//! Only ever a saving: whatever is off (another version, a file that was changed a moment ago, a record
//! that is cut or not there) means that everything is read. A record tells an answer from others by all
//! that it may depend on: the notes by what the system says of them, as git does, and those that were
//! changed so shortly before they were read that the system could not tell, by what they hold.

use std::path::Path;

use rayon::prelude::*;

use super::answers::{Answer, Answers, Kept};
use super::open::{Options, Walked};
use super::state::{self, hex_of};
use super::{App, KeptCalendar, Outcome, Written};
use crate::text::{Digest, NotePath};
use crate::vault::{LocalState, Vault};

/// The file of the last answers, in the folder that the user's cache has for a vault.
const RECORD: &str = "answers";

/// A file of the vault, and what it holds; none where there is no such file.
pub type Content = (NotePath, Option<Digest>);

/// The record of a vault, if it is there and whole.
fn read(cache: &LocalState) -> Option<Answers> {
    // Whoever put another file in its place fills no memory with it.
    let most = u64::try_from(Answers::MOST_BYTES).ok()?;
    Answers::read(&(cache.size(RECORD) <= most).then(|| cache.read(RECORD))??)
}

/// Puts it in the place of the last one, at once; where that is not possible, the next run takes longer.
fn write(record: &Answers, cache: &LocalState) {
    if let Some(text) = record.written() {
        let _ = cache.keep(RECORD, &text);
    }
}

/// The record of a vault, if a command's answer is in it; and where in it.
fn known(root: &Path, asked: &str) -> Option<(LocalState, Answers, usize)> {
    let cache = LocalState::of_cache(Vault::open(root).ok()?.root())?;
    let record = read(&cache)?;
    let kept = record.answers.iter().position(|kept| kept.asked == asked)?;
    Some((cache, record, kept))
}

/// One of the answers of a record, if the vault is as it was.
fn answer(walked: &Walked, cache: &LocalState, mut record: Answers, kept: usize) -> Option<Answer> {
    let Walked { basis, vault, config, walk, .. } = walked;
    let (now, is_fresh) = state::now(*basis, vault, config, walk)?;
    let is_as_it_was = |(path, content): &(String, Option<String>)| hex_of(vault, path) == *content;
    let is_same = |(path, content): &(String, String)| hex_of(vault, path).as_ref() == Some(content);
    if record.state != now.hex()
        || !record.racy.par_iter().all(is_same)
        || !record.answers.get(kept)?.files.iter().all(is_as_it_was)
    {
        return None;
    }
    // From now on the system tells them from what they become.
    if !is_fresh && !record.racy.is_empty() {
        record.racy.clear();
        write(&record, cache);
    }
    Some(record.answers.swap_remove(kept).answer)
}

impl App {
    /// What a command was answered the last time, if nothing has changed since that it could depend on;
    /// else the vault as far as it was walked to find that out, for [`App::open_walked`].
    pub fn recall(root: &Path, options: Options, asked: &str) -> Result<Answer, Option<Box<Walked>>> {
        let Some((cache, record, kept)) = known(root, asked) else { return Err(None) };
        let Ok(walked) = Walked::of(root, options) else { return Err(None) };
        answer(&walked, &cache, record, kept).ok_or_else(|| Some(Box::new(walked)))
    }

    /// What the next update would find, if it found nothing new: its outcome, and the files besides the
    /// notes that it would look at, as they are now. None where there would be something to do.
    pub fn would_find(&self, outcome: &Outcome) -> Option<(Outcome, Vec<Content>)> {
        let is_settled = |written| matches!(written, Written::Unchanged | Written::Replaced);
        let has_news = !outcome.notes.is_empty() || !outcome.pending.is_empty() || outcome.waits;
        if has_news || !outcome.recorded.is_empty() || !is_settled(outcome.written) {
            return None;
        }
        let mut files = vec![(self.config.page.file.clone(), Some(outcome.digest?))];
        let mut calendar = None;
        if let Some(KeptCalendar { path, written: Ok(written), after, .. }) = &outcome.calendar {
            if !is_settled(*written) {
                return None;
            }
            files.push((path.clone(), Some(Digest::of(after.as_bytes()))));
            let (path, after) = (path.clone(), after.clone());
            calendar = Some(KeptCalendar { path, written: Ok(Written::Unchanged), before: None, after });
        } else if outcome.calendar.is_some() {
            return None;
        }
        let Outcome { untracked, problems, digest, .. } = *outcome;
        let next = Outcome { untracked, problems, digest, calendar, ..Outcome::default() };
        Some((next, files))
    }

    /// Keeps an answer for [`App::recall`]; with the files besides the notes that it depends on, as they
    /// were. Not to be called where notes were changed since the vault was read.
    pub fn keep_answer(&self, asked: String, files: &[Content], answer: Answer) {
        let (Some(state), Some(cache)) = (&self.state, LocalState::of_cache(self.vault.root())) else {
            return;
        };
        let files = files.iter().map(|(path, content)| (path.to_string(), content.map(Digest::hex)));
        let (now, racy) = (state.digest.hex(), state.racy.clone());
        let known = read(&cache).filter(|known| known.state == now && known.racy == racy);
        let known = known.unwrap_or(Answers { state: now, racy, answers: Vec::new() });
        write(&known.with(Kept { asked, files: files.collect(), answer }), &cache);
    }
}
