//! What tells a vault from what it may become, without a look into its notes: the settings, and of each
//! note what the system says of it. What is said while it is so, others keep.

use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::config::Config;
use crate::text::{Digest, Lang, NotePath};
use crate::vault::{Bytes, CONFIG_FILE, DAILY_NOTES, Stamp, Vault, Walk, program};

/// With more notes that have to be read again to be sure, everything is.
const MOST_RACY: usize = 256;

/// The state of a vault when it was read.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// A digest over all that tells it.
    pub digest: Digest,
    /// Notes that may have been changed with the same stamp, and what they held.
    pub racy: Vec<(String, String)>,
}

/// Gathers the state of a vault while its notes are read.
#[derive(Debug)]
pub(super) struct Gathering {
    basis: Digest,
    notes: Mutex<Tokens>,
}

/// What the system says of notes, taken together in whichever order they were seen.
#[derive(Debug, Default)]
struct Tokens {
    count: usize,
    /// The sum of their tokens, each of which holds a path: digests of so many bits add up to the same for
    /// the same notes only.
    sum: u128,
    /// Of some note it is not known what the system says.
    is_open: bool,
    /// Notes that may have been changed with the same stamp, and what they held.
    racy: Vec<(NotePath, Digest)>,
}

impl Tokens {
    fn add(&mut self, token: Digest) {
        self.count += 1;
        self.sum = self.sum.wrapping_add(u128::from_le_bytes(token.bytes()));
    }
}

impl Gathering {
    /// Begins, before anything is read: what is changed meanwhile is found different afterwards.
    pub(super) fn begin(basis: Digest) -> Self {
        Self { basis, notes: Mutex::default() }
    }

    /// Takes a note in, with what the system said of it just before it was read.
    pub(super) fn see(&self, path: &NotePath, stamp: Option<&Stamp>, content: Digest) {
        let token = stamp.map(|stamp| stamp.token(path));
        let is_racy = stamp.is_some_and(Stamp::is_fresh);
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        match token {
            Some(token) => notes.add(token),
            None => notes.is_open = true,
        }
        // With more than there can be, only their number matters.
        if is_racy && notes.racy.len() <= MOST_RACY {
            notes.racy.push((path.clone(), content));
        }
    }

    /// The state, where enough is known of every note.
    pub(super) fn end(self, vault: &Vault, config: &Config, walk: &Walk) -> Option<State> {
        let mut notes = self.notes.into_inner().unwrap_or_else(PoisonError::into_inner);
        // What was gone when it was to be read may still have told which folders hold people.
        let is_known = !notes.is_open && notes.count == walk.notes.len();
        if !is_known || notes.racy.len() > MOST_RACY {
            return None;
        }
        notes.racy.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let racy = notes.racy.iter().map(|(path, content)| (path.to_string(), content.hex())).collect();
        Some(State { digest: digest(self.basis, vault, config, walk, &notes)?, racy })
    }
}

/// What every answer depends on but for the notes: this program, the day, the language, the settings.
pub(super) fn basis(vault: &Vault, today: NaiveDate, lang: Option<Lang>) -> Digest {
    let lang = lang.map(Lang::code);
    let settings = [CONFIG_FILE, DAILY_NOTES].map(|path| hex_of(vault, path));
    let all = (env!("CARGO_PKG_VERSION"), program(), vault.root(), today, lang, settings);
    Digest::of(format!("{all:?}").as_bytes())
}

/// A digest over all that tells the state of a vault; none where a run would do more than answer.
fn digest(basis: Digest, vault: &Vault, config: &Config, walk: &Walk, notes: &Tokens) -> Option<Digest> {
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
    bytes.extend(notes.count.to_le_bytes().into_iter().chain(notes.sum.to_le_bytes()));
    Some(Digest::of(&bytes))
}

/// What a file of the vault holds, as a digest in hexadecimal digits; none where there is no such file.
pub(super) fn hex_of(vault: &Vault, path: &str) -> Option<String> {
    match vault.read(&NotePath::new(path)) {
        Ok(Bytes::Whole(bytes)) => Some(Digest::of(&bytes).hex()),
        Ok(Bytes::TooLarge | Bytes::Missing) | Err(_) => None,
    }
}

/// The state of a vault as it is now, without a look into its notes; and whether any of them was changed
/// so shortly ago that the system may not tell it from the next change.
pub(super) fn now(basis: Digest, vault: &Vault, config: &Config, walk: &Walk) -> Option<(Digest, bool)> {
    let look = |path: &NotePath| {
        let stamp = vault.stamp(path)?;
        Some((stamp.token(path), stamp.is_fresh()))
    };
    let seen: Option<Vec<(Digest, bool)>> = walk.notes.par_iter().with_min_len(64).map(look).collect();
    let (mut notes, mut is_fresh) = (Tokens::default(), false);
    for (token, fresh) in seen? {
        notes.add(token);
        is_fresh |= fresh;
    }
    Some((digest(basis, vault, config, walk, &notes)?, is_fresh))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::app::{Options, Walked};

    #[test]
    fn a_note_that_went_while_the_vault_was_read_leaves_no_state() {
        let dir = tempfile::TempDir::new().unwrap();
        fs::create_dir(dir.path().join("People")).unwrap();
        fs::write(dir.path().join("People/a.md"), "a").unwrap();
        let options = Options { today: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(), lang: None };
        let walked = Walked::of(dir.path(), options).unwrap();
        let end = |seen: &[NotePath]| {
            let gathering = Gathering::begin(walked.basis);
            seen.iter().for_each(|path| {
                gathering.see(path, walked.vault.stamp(path).as_ref(), Digest::of(b"a"));
            });
            gathering.end(&walked.vault, &walked.config, &walked.walk)
        };
        assert!(end(&walked.walk.notes).is_some());
        assert!(end(&[]).is_none());
    }
}
