//! The vault's repository told to merge notes by goen: a line in `.gitattributes`, which goes with
//! the repository, and the program in the settings of this clone, which does not.

use std::fs;

use super::App;
use crate::text::{Digest, NotePath, one_line};
use crate::vault::{Base, Bytes, Deed, DiskError, DriverError, WriteError};

/// The file that says which files are merged how; in the vault's folder.
pub const ATTRIBUTES: &str = ".gitattributes";

/// The line in it, and the one that says whose it is.
const RULE: [&str; 2] = ["# goen git setup", "*.md merge=goen"];

/// What the driver is called, for git to say.
const NAME: (&str, &str) = ("merge.goen.name", "goen: notes and their page");
/// The key of the program.
const DRIVER: &str = "merge.goen.driver";
/// What the program is given: three files, the size of markers, the path, and what the versions
/// are called. A git that does not know the last three hands them on as they are.
const GIVEN: &str = "git merge %O %A %B %L %P %S %X %Y";

/// What was done, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUp {
    /// `.gitattributes` is another than before.
    pub attributes: bool,
    /// So are the settings.
    pub settings: bool,
    /// What git runs.
    pub driver: String,
    /// What merges notes now, where it is not goen: another rule comes behind.
    pub instead: Option<String>,
}

/// Why nothing more was done.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// There is no repository, no git, or it refused.
    #[error(transparent)]
    Git(#[from] DriverError),
    /// The disk refused.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// `.gitattributes` is no UTF-8 text, or larger than a note may be.
    #[error("no text")]
    NoText,
    /// It cannot be replaced: why.
    #[error("{0}")]
    NotReplaced(String),
}

impl App {
    /// Has notes merged by goen; `program` is how a shell calls it.
    ///
    /// # Errors
    /// See [`SetUpError`].
    pub fn set_up_merging(&self, program: &str, dry_run: bool) -> Result<SetUp, SetUpError> {
        let settings = self.vault.git_settings()?;
        // What stands behind a percent sign means something to git.
        let driver = format!("{} {GIVEN}", program.replace('%', "%%"));
        let attributes = self.change_attributes(with_rule, dry_run)?;
        let wanted = [(NAME.0, NAME.1), (DRIVER, driver.as_str())];
        let mut changed = false;
        for (key, value) in wanted {
            if settings.get(key)?.as_deref() != Some(value) {
                changed = true;
                if !dry_run {
                    settings.set(key, Some(value))?;
                }
            }
        }
        let instead = if dry_run { None } else { Some(settings.driver_of("note.md")?) };
        let instead = instead.filter(|driver| driver != "goen").map(|driver| one_line(&driver).into_owned());
        Ok(SetUp { attributes, settings: changed, driver, instead })
    }

    /// Takes back what [`App::set_up_merging`] wrote, and nothing else.
    ///
    /// # Errors
    /// See [`SetUpError`].
    pub fn take_merging_back(&self, dry_run: bool) -> Result<SetUp, SetUpError> {
        let settings = self.vault.git_settings()?;
        let attributes = self.change_attributes(without_rule, dry_run)?;
        let driver = settings.get(DRIVER)?.unwrap_or_default();
        let mut changed = false;
        for key in [NAME.0, DRIVER] {
            if settings.get(key)?.is_some() {
                changed = true;
                if !dry_run {
                    settings.set(key, None)?;
                }
            }
        }
        Ok(SetUp { attributes, settings: changed, driver, instead: None })
    }

    /// Changes `.gitattributes`, if that makes another text of it. One that nothing is left of is
    /// removed.
    fn change_attributes(&self, change: fn(&str) -> String, dry_run: bool) -> Result<bool, SetUpError> {
        let path = NotePath::new(ATTRIBUTES);
        loop {
            let (before, base) = match self.vault.read(&path)? {
                Bytes::Missing => (String::new(), Base::Missing),
                Bytes::TooLarge => return Err(SetUpError::NoText),
                Bytes::Whole(bytes) => {
                    let base = Base::Content(Digest::of(&bytes));
                    (String::from_utf8(bytes).map_err(|_| SetUpError::NoText)?, base)
                }
            };
            let after = change(&before);
            if after == before || dry_run {
                return Ok(after != before);
            }
            if after.is_empty() {
                let place = self.vault.on_disk(&path);
                let failed = |source| DiskError { deed: Deed::Remove, path: place.clone(), source };
                return fs::remove_file(&place).map(|()| true).map_err(|source| failed(source).into());
            }
            match self.vault.replace(&path, base, after.as_bytes(), self.config.write.mode) {
                Ok(_) => return Ok(true),
                // Somebody saved in between: theirs is read, and changed.
                Err(WriteError::Stale(_)) => {}
                Err(WriteError::Disk(error)) => return Err(error.into()),
                Err(error) => return Err(SetUpError::NotReplaced(error.to_string())),
            }
        }
    }
}

/// A text with the rule at its end, where it rules over what stands before it.
fn with_rule(text: &str) -> String {
    if text.lines().any(|line| line.trim() == RULE[1]) {
        return text.to_owned();
    }
    let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let rule = RULE.join(eol);
    // A last line without an end stays one, so that all can be taken back.
    if text.is_empty() || text.ends_with('\n') {
        format!("{text}{rule}{eol}")
    } else {
        format!("{text}{eol}{rule}")
    }
}

/// A text as it was before the rule was put there.
fn without_rule(text: &str) -> String {
    for eol in ["\r\n", "\n"] {
        let rule = RULE.join(eol);
        if let Some(before) = text.strip_suffix(&format!("{eol}{rule}")).filter(|before| !before.is_empty()) {
            return before.to_owned();
        }
        let rule = rule + eol;
        if let Some(at) = text.find(&rule).filter(|at| *at == 0 || text[..*at].ends_with('\n')) {
            return format!("{}{}", &text[..at], &text[at + rule.len()..]);
        }
    }
    // Somebody has put it elsewhere, or taken the comment away.
    text.split_inclusive('\n').filter(|line| !RULE.contains(&line.trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_comes_and_goes_without_a_trace() {
        for text in ["", "*.png binary\n", "*.png binary", "a\r\nb\r\n", "a\r\nb", "\n", "# x\n\n*.md text\n"]
        {
            let with = with_rule(text);
            assert!(with.starts_with(text), "{with:?}");
            assert!(with.lines().any(|line| line == RULE[1]), "{with:?}");
            assert_eq!(with_rule(&with), with);
            assert_eq!(without_rule(&with), text, "for {with:?}");
            assert_eq!(without_rule(text), text);
        }
        // What somebody put behind it stays.
        assert_eq!(without_rule(&format!("{}*.x y\n", with_rule("a\n"))), "a\n*.x y\n");
        assert_eq!(without_rule("a\n*.md merge=goen\nb\n"), "a\nb\n");
        assert_eq!(with_rule("a\n  *.md merge=goen\nb\n"), "a\n  *.md merge=goen\nb\n");
    }
}
