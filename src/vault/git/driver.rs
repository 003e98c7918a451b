//! The settings by which a repository hands files to a program of somebody's to be merged, and
//! git's own merge of lines.
//!
//! Knows git's words for both; which program it is, and what is merged better, others know.

use std::io;
use std::path::Path;

use super::run::NotRun;
use super::{Commit, Git, GitDeed, GitError, Repository, finish, succeeded};
use crate::vault::Vault;

/// Why a repository was not asked or told something.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    /// There is no git command.
    #[error("there is no git command")]
    NoGit,
    /// The vault lies in no repository's working tree.
    #[error("the vault is in no repository")]
    NoRepository,
    /// Git refused.
    #[error(transparent)]
    Git(#[from] GitError),
    /// Git's files for a merge could not be written.
    #[error("a temporary folder: {0}")]
    Temporary(#[source] io::Error),
    /// The files are no text to git: it merges no lines of them.
    #[error("git merges no lines of it")]
    NoLines,
}

impl From<Commit> for DriverError {
    fn from(commit: Commit) -> Self {
        match commit {
            Commit::Failed(error) => Self::Git(error),
            Commit::NoGit => Self::NoGit,
            _ => Self::NoRepository,
        }
    }
}

/// The settings of the repository that a vault is in: those of this clone, which are not handed on.
#[derive(Debug)]
pub struct Settings<'a> {
    git: Git,
    vault: &'a Path,
}

impl Vault {
    /// The settings of the repository around it.
    ///
    /// # Errors
    /// Where there is none, or no git.
    pub fn git_settings(&self) -> Result<Settings<'_>, DriverError> {
        let git = Git::default();
        Repository::of(self.root(), &git)?;
        Ok(Settings { git, vault: self.root() })
    }
}

impl Settings<'_> {
    /// What stands under a key in the repository's own settings.
    ///
    /// # Errors
    /// What git says.
    pub fn get(&self, key: &str) -> Result<Option<String>, DriverError> {
        let args = ["config", "--local", "--null", "--get", key];
        let ran = finish(GitDeed::Look, self.git.run(self.vault, GitDeed::Look, &args, Vec::new()))?;
        // That is how git says that there is none.
        if ran.code == Some(1) {
            return Ok(None);
        }
        let said = succeeded(GitDeed::Look, ran)?.stdout;
        Ok(Some(String::from_utf8_lossy(said.strip_suffix(b"\0").unwrap_or(&said)).into_owned()))
    }

    /// Puts a value under a key; no value takes the key out.
    ///
    /// # Errors
    /// What git says.
    pub fn set(&self, key: &str, value: Option<&str>) -> Result<(), DriverError> {
        let args = match value {
            Some(value) => vec!["config", "--local", "--replace-all", key, value],
            None => vec!["config", "--local", "--unset-all", key],
        };
        let ran =
            finish(GitDeed::Configure, self.git.run(self.vault, GitDeed::Configure, &args, Vec::new()))?;
        succeeded(GitDeed::Configure, ran)?;
        Ok(())
    }

    /// The driver that git would hand each file in the vault to, whether it is there or not.
    ///
    /// # Errors
    /// What git says.
    pub fn drivers_of(&self, paths: &[&str]) -> Result<Vec<String>, DriverError> {
        let args = ["check-attr", "-z", "--stdin", "merge"];
        let asked = paths.iter().flat_map(|path| [path.as_bytes(), b"\0"]).collect::<Vec<_>>().concat();
        let ran = finish(GitDeed::Look, self.git.run(self.vault, GitDeed::Look, &args, asked))?;
        let said = succeeded(GitDeed::Look, ran)?.stdout;
        // Path, attribute, value; each with its end.
        let values = said.split(|byte| *byte == 0).skip(2).step_by(3);
        Ok(values.map(|value| String::from_utf8_lossy(value).into_owned()).collect())
    }
}

/// Texts to be merged by their lines.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    /// The version here.
    pub ours: &'a [u8],
    /// What both grew out of.
    pub base: &'a [u8],
    /// The version that comes in.
    pub theirs: &'a [u8],
    /// What the three are called at a conflict, in the order above.
    pub labels: [&'a str; 3],
    /// How many characters a marker has; none: as git does.
    pub marker: Option<u32>,
}

/// Merges lines as git does where it is asked in `folder`: its settings say how a conflict is
/// shown. Tells whether there is one.
///
/// # Errors
/// [`DriverError::NoLines`] where git takes one for no text; what git or the disk says.
pub fn merge_file(folder: &Path, texts: Texts<'_>) -> Result<(Vec<u8>, bool), DriverError> {
    let files = tempfile::TempDir::new().map_err(DriverError::Temporary)?;
    let mut args: Vec<String> = ["merge-file", "-p"].map(str::to_owned).into();
    args.extend(texts.marker.map(|size| format!("--marker-size={size}")));
    args.extend(texts.labels.iter().flat_map(|label| ["-L".to_owned(), (*label).to_owned()]));
    for (name, text) in [("ours", texts.ours), ("base", texts.base), ("theirs", texts.theirs)] {
        let place = files.path().join(name);
        std::fs::write(&place, text).map_err(DriverError::Temporary)?;
        args.push(place.to_string_lossy().into_owned());
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let ran = match Git::default().run(folder, GitDeed::Merge, &args, Vec::new()) {
        Ok(ran) => ran,
        Err(NotRun::Missing) => return Err(DriverError::NoGit),
        Err(NotRun::Trouble(why)) => return Err(GitError { deed: GitDeed::Merge, why }.into()),
    };
    match ran.code {
        Some(0) => Ok((ran.stdout, false)),
        // How many conflicts there are, as far as git counts.
        Some(1..=127) => Ok((ran.stdout, true)),
        _ if ran.stderr.contains("inary") => Err(DriverError::NoLines),
        _ => Err(GitError { deed: GitDeed::Merge, why: ran.trouble() }.into()),
    }
}
