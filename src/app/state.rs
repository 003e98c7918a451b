//! What tells a vault from what it may become, without a look into its notes: the settings, and of each
//! note what the system says of it. What is said while it is so, others keep.

use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::open::Walked;
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
    pub(super) fn begin(basis: Digest) -> Self {
        Self { basis, notes: Mutex::default() }
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
        // What was gone when it was to be read may still have told which folders hold people.
        if notes.len() != walk.notes.len() {
            return None;
        }
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
pub(super) fn basis(vault: &Vault, today: NaiveDate, lang: Option<Lang>) -> Digest {
    let lang = lang.map(Lang::code);
    let settings = [CONFIG_FILE, DAILY_NOTES].map(|path| hex_of(vault, path));
    let all = (env!("CARGO_PKG_VERSION"), program(), vault.root(), today, lang, settings);
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
pub(super) fn hex_of(vault: &Vault, path: &str) -> Option<String> {
    match vault.read(&NotePath::new(path)) {
        Ok(Bytes::Whole(bytes)) => Some(Digest::of(&bytes).hex()),
        Ok(Bytes::TooLarge | Bytes::Missing) | Err(_) => None,
    }
}

/// The state of a vault as it is now, without a look into its notes; and whether any of them was changed
/// so shortly ago that the system may not tell it from the next change.
pub(super) fn now(walked: &Walked) -> Option<(Digest, bool)> {
    let Walked { basis, vault, config, walk, .. } = walked;
    let look = |path: &NotePath| {
        let stamp = vault.stamp(path)?;
        Some((stamp.token(path), stamp.is_fresh()))
    };
    let seen: Option<Vec<(Digest, bool)>> = walk.notes.par_iter().with_min_len(64).map(look).collect();
    let (tokens, fresh): (Vec<Digest>, Vec<bool>) = seen?.into_iter().unzip();
    Some((digest(*basis, vault, config, walk, &tokens)?, fresh.contains(&true)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::app::Options;

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
