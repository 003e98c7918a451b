//! Setting a vault up: the files a new user starts from. Overwrites nothing.

use std::fs;
use std::io;
use std::path::Path;

use super::{App, OpenError, Options};
use crate::config::WriteMode;
use crate::text::{Lang, NotePath};
use crate::vault::{Base, CONFIG_FILE, Deed, DiskError, Vault, WriteError};

const CONFIG_JA: &str = include_str!("starter/goen.ja.toml");
const CONFIG_EN: &str = include_str!("starter/goen.en.toml");
const ME_JA: &str = include_str!("starter/me.ja.md");
const ME_EN: &str = include_str!("starter/me.en.md");
const PERSON_JA: &str = include_str!("starter/person.ja.md");
const PERSON_EN: &str = include_str!("starter/person.en.md");

/// The template of a person's note: where it is put, and its text.
pub(super) fn person_template(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Ja => ("Templates/人.md", PERSON_JA),
        Lang::En => ("Templates/person.md", PERSON_EN),
    }
}

impl App {
    /// Opens a folder that may not exist yet.
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn found(root: &Path, options: Options) -> Result<Self, OpenError> {
        fs::create_dir_all(root).map_err(|source| DiskError {
            deed: Deed::Write,
            path: root.to_path_buf(),
            source,
        })?;
        Self::open(root, options)
    }

    /// Makes what is missing: `goen.toml`, the note about the user, templates for people and messages.
    /// Gives the paths of what it made.
    ///
    /// # Errors
    /// What the disk says.
    pub fn set_up(&self) -> Result<Vec<NotePath>, DiskError> {
        let ja = self.lang == Lang::Ja;
        let mut wanted = vec![(CONFIG_FILE.to_owned(), if ja { CONFIG_JA } else { CONFIG_EN }.to_owned())];
        let mut want = |(path, text): (&str, &str)| wanted.push((path.to_owned(), text.to_owned()));
        if self.index.me().is_none() {
            want(if ja { ("自分.md", ME_JA) } else { ("me.md", ME_EN) });
        }
        want(person_template(self.lang));
        wanted.extend(self.starting_messages());
        let mut made = Vec::new();
        for (path, text) in wanted {
            let path = NotePath::new(path);
            if self.make(&path, &text)? {
                made.push(path);
            }
        }
        Ok(made)
    }

    /// Makes a file where there is none, and says whether it did.
    pub(super) fn make(&self, path: &NotePath, text: &str) -> Result<bool, DiskError> {
        match self.vault.replace(path, Base::Missing, text.as_bytes(), WriteMode::Replace) {
            Ok(_) => Ok(true),
            Err(WriteError::Stale(_)) => Ok(false),
            Err(WriteError::Disk(error)) if error.source.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(WriteError::Disk(error)) => Err(error),
            Err(WriteError::HardLinked(_) | WriteError::Attributes { .. }) => Ok(false),
        }
    }

    /// The folder of the vault that is meant: the one named, else the nearest above `from`.
    pub fn locate(named: Option<&Path>, from: &Path) -> Option<std::path::PathBuf> {
        named.map(Path::to_path_buf).or_else(|| Vault::nearest(from))
    }
}
