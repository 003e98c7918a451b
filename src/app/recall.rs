//! What goen answered the last time, said again while nothing has changed that it could depend on.
//!
//! Only ever a saving: whatever is off (another version, a file that was changed a moment ago, a record
//! that is cut or not there) means that everything is read. A record tells an answer from others by all
//! that it may depend on: the notes by what the system says of them, as git does, and those that were
//! changed so shortly before they were read that the system could not tell, by what they hold.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::open::{Options, settings};
use super::{App, KeptCalendar, Outcome, Written};
use crate::config::Config;
use crate::text::{Digest, NotePath};
use crate::vault::{Bytes, CONFIG_FILE, DAILY_NOTES, LocalState, Stamp, Vault, Walk, program};

/// The file of the last answers, in the folder that the user's cache has for a vault.
const RECORD: &str = "answers";
/// So many answers are kept for one state of a vault …
const MOST_ANSWERS: usize = 8;
/// … of so many bytes each.
const LONGEST_ANSWER: usize = 256 * 1024;
/// With more notes that have to be read again to be sure, everything is.
const MOST_RACY: usize = 256;

/// What a command said, word for word.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// On standard output.
    pub out: String,
    /// On standard error.
    pub err: String,
}

impl Answer {
    /// Whether it would cost more to keep than it saves.
    pub fn is_too_long(&self) -> bool {
        self.out.len() + self.err.len() > LONGEST_ANSWER
    }
}

/// An answer, and what it may depend on besides the vault's notes and settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// The command, with all that it was asked.
    asked: String,
    /// Files that are no notes and what they held: digests in hexadecimal digits, none for no file.
    files: Vec<(String, Option<String>)>,
    answer: Answer,
}

/// A file of the vault, and what it holds; none where there is no such file.
pub type Content = (NotePath, Option<Digest>);

/// What was answered while a vault was in one state.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    /// A digest over all that tells the state.
    state: String,
    /// Notes that may have been changed with the same stamp, and what they held.
    racy: Vec<(String, String)>,
    answers: Vec<Kept>,
}

/// The state of a vault when it was read.
#[derive(Debug, Clone)]
pub(super) struct State {
    digest: Digest,
    racy: Vec<(String, String)>,
}

/// Gathers the state of a vault while its notes are read.
#[derive(Debug)]
pub(super) struct Gathering {
    basis: Digest,
    notes: Mutex<Vec<Seen>>,
}

/// One note as it was seen.
#[derive(Debug)]
struct Seen {
    path: NotePath,
    /// What the system says of it; none where that is not known.
    token: Option<Digest>,
    /// What it holds, where that has to be looked at again.
    racy: Option<Digest>,
}

impl Gathering {
    /// Begins, before anything is read: what is changed meanwhile is found different afterwards.
    pub(super) fn begin(vault: &Vault, options: Options) -> Self {
        Self { basis: basis(vault, options), notes: Mutex::default() }
    }

    /// Takes a note in, with what the system said of it just before it was read.
    pub(super) fn see(&self, path: &NotePath, stamp: Option<&Stamp>, content: Digest) {
        let token = stamp.map(|stamp| stamp.token(path));
        let racy = stamp.is_some_and(Stamp::is_fresh).then_some(content);
        let seen = Seen { path: path.clone(), token, racy };
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(seen);
    }

    /// The state, where enough is known of every note.
    pub(super) fn end(self, vault: &Vault, config: &Config, walk: &Walk) -> Option<State> {
        let mut notes = self.notes.into_inner().unwrap_or_else(PoisonError::into_inner);
        notes.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let tokens = notes.iter().map(|seen| seen.token).collect::<Option<Vec<Digest>>>()?;
        let racy: Vec<_> =
            notes.into_iter().filter_map(|seen| Some((seen.path.to_string(), seen.racy?.hex()))).collect();
        if racy.len() > MOST_RACY {
            return None;
        }
        Some(State { digest: digest(self.basis, vault, config, walk, &tokens)?, racy })
    }
}

/// What every answer depends on but for the notes: this program, the day, the language, the settings.
fn basis(vault: &Vault, options: Options) -> Digest {
    let lang = options.lang.map(crate::text::Lang::code);
    let settings = [CONFIG_FILE, DAILY_NOTES].map(|path| hex_of(vault, path));
    let all = (env!("CARGO_PKG_VERSION"), program(), vault.root(), options.today, lang, settings);
    Digest::of(format!("{all:?}").as_bytes())
}

/// A digest over all that tells the state of a vault; none where a run would do more than answer.
fn digest(basis: Digest, vault: &Vault, config: &Config, walk: &Walk, tokens: &[Digest]) -> Option<Digest> {
    if !walk.leftovers.is_empty() || !walk.unread.is_empty() {
        return None;
    }
    let template = config.page.template.as_ref().map(|path| hex_of(vault, path.as_str()));
    // The walk goes through folders in the order of the system.
    let mut others: Vec<String> = walk.problems.iter().map(|problem| format!("{problem:?}")).collect();
    others.extend(walk.links.iter().map(|link| format!("{link:?}")));
    others.sort_unstable();
    let mut bytes = basis.bytes().to_vec();
    bytes.extend(format!("{template:?}{others:?}").into_bytes());
    bytes.extend(tokens.iter().flat_map(|token| token.bytes()));
    Some(Digest::of(&bytes))
}

/// What a file of the vault holds, as a digest in hexadecimal digits; none where there is no such file.
fn hex_of(vault: &Vault, path: &str) -> Option<String> {
    match vault.read(&NotePath::new(path)) {
        Ok(Bytes::Whole(bytes)) => Some(Digest::of(&bytes).hex()),
        Ok(Bytes::TooLarge | Bytes::Missing) | Err(_) => None,
    }
}

/// The state of a vault as it is now, without a look into its notes; and whether any of them was changed
/// so shortly ago that the system may not tell it from the next change.
fn state_now(vault: &Vault, options: Options) -> Option<(Digest, bool)> {
    let basis = basis(vault, options);
    let config = settings(vault).ok()?;
    let mut walk = vault.walk(&config);
    walk.notes.par_sort_unstable();
    let look = |path: &NotePath| {
        let stamp = vault.stamp(path)?;
        Some((stamp.token(path), stamp.is_fresh()))
    };
    let seen: Option<Vec<(Digest, bool)>> = walk.notes.par_iter().with_min_len(64).map(look).collect();
    let (tokens, fresh): (Vec<Digest>, Vec<bool>) = seen?.into_iter().unzip();
    Some((digest(basis, vault, &config, &walk, &tokens)?, fresh.contains(&true)))
}

impl Record {
    /// The record of a vault, if it is there and whole.
    fn read(cache: &LocalState) -> Option<Self> {
        let text = cache.read(RECORD)?;
        let (sum, record) = text.split_once('\n')?;
        (Digest::of(record.as_bytes()).hex() == sum).then(|| serde_json::from_str(record).ok())?
    }

    /// Puts it in the place of the last one, at once; where that is not possible, the next run takes longer.
    fn write(&self, cache: &LocalState) {
        if let Ok(record) = serde_json::to_string(self) {
            let sum = Digest::of(record.as_bytes()).hex();
            let _ = cache.keep(RECORD, &format!("{sum}\n{record}"));
        }
    }
}

impl App {
    /// What a command was answered the last time, if nothing has changed since that it could depend on.
    pub fn recall(root: &Path, options: Options, asked: &str) -> Option<Answer> {
        let vault = Vault::open(root).ok()?;
        let cache = LocalState::of_cache(vault.root())?;
        let mut record = Record::read(&cache)?;
        let kept = record.answers.iter().position(|kept| kept.asked == asked)?;
        let (now, is_fresh) = state_now(&vault, options)?;
        let is_as_it_was = |(path, content): &(String, Option<String>)| hex_of(&vault, path) == *content;
        let is_same = |(path, content): &(String, String)| hex_of(&vault, path).as_ref() == Some(content);
        if record.state != now.hex()
            || !record.racy.par_iter().all(is_same)
            || !record.answers.get(kept)?.files.iter().all(is_as_it_was)
        {
            return None;
        }
        // From now on the system tells them from what they become.
        if !is_fresh && !record.racy.is_empty() {
            record.racy.clear();
            record.write(&cache);
        }
        Some(record.answers.swap_remove(kept).answer)
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
        let known = Record::read(&cache).filter(|known| known.state == now && known.racy == racy);
        let mut answers = known.map_or_else(Vec::new, |known| known.answers);
        answers.retain(|kept| kept.asked != asked);
        let too_many = (answers.len() + 1).saturating_sub(MOST_ANSWERS);
        answers.drain(..too_many);
        answers.push(Kept { asked, files: files.collect(), answer });
        Record { state: now, racy, answers }.write(&cache);
    }
}
