//! The vault's repository told to merge notes by goen: a line in `.gitattributes`, which goes with
//! the repository, and the program in the settings of this clone, which does not.

use std::ops::Range;
use std::{fs, iter};

use super::App;
use crate::text::{Digest, NotePath};
use crate::vault::{Base, Bytes, Deed, DiskError, DriverError, Settings, WriteError};

/// The file that says which files are merged how; in the vault's folder.
pub const ATTRIBUTES: &str = ".gitattributes";

/// The line that says whose the ones below it are.
const OURS: &str = "# goen git setup";
/// How they end.
const MERGED: &str = " merge=goen";

/// What the driver is called, for git to say.
const NAME: (&str, &str) = ("merge.goen.name", "goen: notes and their page");
/// The key of the program.
const DRIVER: &str = "merge.goen.driver";
/// What the program is given: three files, the size of markers, the path, and what the versions
/// are called. A git that does not know the last three hands them on as they are.
const GIVEN: &str = "git merge %O %A %B %L %P %S %X %Y";
/// What the shell does where the program is not found any more, or could not do it (2 and more): without
/// a merge our version alone would stand there, with nothing to show that there is another. Git merges the
/// lines, with markers; a git that does not know the names of the versions gets others.
const ELSE: &str = "; s=$?; test $s -lt 2 && exit $s; set -- %S %X %Y; \
     case $1 in %%?) set -- base ours theirs;; esac; \
     git merge-file --marker-size=%L -L \"${2:-ours}\" -L \"${1:-base}\" -L \"${3:-theirs}\" %A %O %B";

/// What was done, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUp {
    /// `.gitattributes` is another than before.
    pub attributes: bool,
    /// So are the settings.
    pub settings: bool,
    /// The lines of `.gitattributes`.
    pub rules: Vec<String>,
    /// What git has the shell run.
    pub driver: String,
    /// A file that another rule is for.
    pub elsewise: Option<Elsewise>,
}

/// A file that git does not hand to goen, though it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewise {
    /// Its path in the vault; `note.md` where any note is meant.
    pub path: String,
    /// What merges it.
    pub driver: String,
    /// How many there are.
    pub count: usize,
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
        let driver = format!("{} {GIVEN}{ELSE}", program.replace('%', "%%"));
        let rules = self.rules();
        let mut attributes = self.change_attributes(&|text| with_rules(text, &rules, false), dry_run)?;
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
        // Git can be asked about what is written.
        let ask = || if attributes && dry_run { Ok(None) } else { self.merged_elsewise(&settings) };
        let mut elsewise = ask()?;
        // It may be a line behind goen's.
        if elsewise.is_some() && self.change_attributes(&|text| with_rules(text, &rules, true), dry_run)? {
            attributes = true;
            elsewise = if dry_run { None } else { self.merged_elsewise(&settings)? };
        }
        Ok(SetUp { attributes, settings: changed, rules, driver, elsewise })
    }

    /// Takes back what [`App::set_up_merging`] wrote, and nothing else.
    ///
    /// # Errors
    /// See [`SetUpError`].
    pub fn take_merging_back(&self, dry_run: bool) -> Result<SetUp, SetUpError> {
        let settings = self.vault.git_settings()?;
        let attributes = self.change_attributes(&without_rules, dry_run)?;
        let driver = settings.get(DRIVER)?.unwrap_or_default();
        let mut changed = false;
        let is_own =
            [(NAME.0, settings.get(NAME.0)?.as_deref() == Some(NAME.1)), (DRIVER, driver.contains(GIVEN))];
        for (key, _) in is_own.into_iter().filter(|(_, is_own)| *is_own) {
            changed = true;
            if !dry_run {
                settings.set(key, None)?;
            }
        }
        Ok(SetUp { attributes, settings: changed, rules: self.rules(), driver, elsewise: None })
    }

    /// The lines: for all notes, and for the calendar that is kept up.
    fn rules(&self) -> Vec<String> {
        let calendar = self.config.export.ics.as_ref().map(|path| pattern(path.as_str()) + MERGED);
        iter::once(format!("*.md{MERGED}")).chain(calendar).collect()
    }

    /// What of the notes, the page and the calendar git would not hand to goen.
    fn merged_elsewise(&self, settings: &Settings<'_>) -> Result<Option<Elsewise>, SetUpError> {
        let mut paths = vec!["note.md", self.config.page.file.as_str()];
        paths.extend(self.config.export.ics.as_ref().map(NotePath::as_str));
        paths.extend(self.index.paths().map(NotePath::as_str));
        let drivers = settings.drivers_of(&paths)?;
        let mut others = paths.iter().zip(drivers).filter(|(_, driver)| driver != "goen");
        let Some((path, driver)) = others.next() else { return Ok(None) };
        Ok(Some(Elsewise { path: (*path).to_owned(), driver, count: 1 + others.count() }))
    }

    /// Changes `.gitattributes`, if that makes another text of it. One that nothing is left of is
    /// removed.
    fn change_attributes(&self, change: &dyn Fn(&str) -> String, dry_run: bool) -> Result<bool, SetUpError> {
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

/// How `.gitattributes` names one file of its folder.
fn pattern(path: &str) -> String {
    let mut out = String::from("/");
    for c in path.chars() {
        if matches!(c, '\\' | '*' | '?' | '[') {
            out.push('\\');
        }
        out.push(c);
    }
    // A blank would end it; between quotes it does not (and a backslash is written twice).
    if out.contains([' ', '"']) {
        format!("\"{}\"", out.replace('\\', r"\\").replace('"', r#"\""#))
    } else {
        out
    }
}

/// Whether goen may have written a line: for all notes, or for one file.
fn is_rule(line: &str) -> bool {
    let path = line.trim_end().strip_suffix(MERGED);
    path.is_some_and(|path| path == "*.md" || path.starts_with('/') || path.starts_with("\"/"))
}

/// Where goen's lines stand in a text.
fn ours(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    let mut found: Option<Range<usize>> = None;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        match &mut found {
            Some(range) if is_rule(line) => range.end = at,
            Some(_) => break,
            None if line.trim() == OURS => found = Some(start..at),
            None => {}
        }
    }
    found
}

/// A text with the rules: where goen's lines stand already, else (or where they must be `last`) at the end,
/// where they rule over what stands before. What somebody has written themselves is not said again.
fn with_rules(text: &str, rules: &[String], last: bool) -> String {
    let known = ours(text);
    let bare = without_rules(text);
    let is_theirs = |rule: &&String| !last && bare.lines().any(|line| line.trim() == **rule);
    let wanted: Vec<&str> = rules.iter().filter(|rule| !is_theirs(rule)).map(String::as_str).collect();
    if wanted.is_empty() {
        return bare;
    }
    if let Some(known) = &known {
        let is_same = text[known.clone()].lines().skip(1).map(str::trim).eq(wanted.iter().copied());
        if is_same && (!last || known.end == text.len()) {
            return text.to_owned();
        }
    }
    let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines = iter::once(OURS).chain(wanted).collect::<Vec<_>>().join(eol);
    let at = known.filter(|_| !last).map_or(bare.len(), |known| known.start.min(bare.len()));
    let (before, after) = bare.split_at(at);
    // A last line without an end stays one, so that all can be taken back.
    if before.is_empty() || before.ends_with('\n') {
        format!("{before}{lines}{eol}{after}")
    } else {
        format!("{before}{eol}{lines}{after}")
    }
}

/// A text as it was before the rules were put there. Rules without goen's line above them are somebody's.
fn without_rules(text: &str) -> String {
    let Some(known) = ours(text) else { return text.to_owned() };
    let (mut before, after) = (&text[..known.start], &text[known.end..]);
    if after.is_empty() && !text.ends_with('\n') {
        before = before.strip_suffix('\n').unwrap_or(before);
        before = before.strip_suffix('\r').unwrap_or(before);
    }
    format!("{before}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| format!("{line}{MERGED}")).collect()
    }

    #[test]
    fn the_rules_come_and_go_without_a_trace() {
        for rules in [rules(&["*.md"]), rules(&["*.md", "\"/a b.ics\""])] {
            for text in
                ["", "*.png binary\n", "*.png binary", "a\r\nb\r\n", "a\r\nb", "\n", "# x\n\n*.md text\n"]
            {
                let with = with_rules(text, &rules, false);
                assert!(with.starts_with(text), "{with:?}");
                assert!(rules.iter().all(|rule| with.lines().any(|line| line == rule)), "{with:?}");
                for last in [false, true] {
                    assert_eq!(with_rules(&with, &rules, last), with);
                }
                assert_eq!(without_rules(&with), text, "for {with:?}");
                assert_eq!(without_rules(text), text);
            }
        }
    }

    #[test]
    fn what_is_somebodys_stays_where_it_is() {
        let (one, two) = (rules(&["*.md"]), rules(&["*.md", "/c.ics"]));
        let with = with_rules("a\n", &one, false) + "*.x y\n";
        assert_eq!(without_rules(&with), "a\n*.x y\n");
        assert_eq!(
            without_rules(&(with_rules("", &one, false) + "*.txt merge=goen\n")),
            "*.txt merge=goen\n"
        );
        // Another rule joins and leaves, in its place; at the end, if it must be.
        let more = with_rules(&with, &two, false);
        assert_eq!(more, "a\n# goen git setup\n*.md merge=goen\n/c.ics merge=goen\n*.x y\n");
        assert_eq!(with_rules(&more, &one, false), with);
        assert_eq!(with_rules(&more, &one, true), "a\n*.x y\n# goen git setup\n*.md merge=goen\n");
        // Without goen's line above it a rule is not goen's.
        let theirs = "a\n  *.md merge=goen\nb\n";
        assert_eq!(with_rules(theirs, &one, false), theirs);
        assert_eq!(without_rules(theirs), theirs);
        assert_eq!(without_rules(&with_rules(theirs, &two, false)), theirs);
    }

    #[test]
    fn a_pattern_is_for_one_file() {
        assert_eq!(pattern("cal.ics"), "/cal.ics");
        assert_eq!(pattern("暦/a b.ics"), "\"/暦/a b.ics\"");
        assert_eq!(pattern("[1]*.ics"), r"/\[1]\*.ics");
        assert_eq!(pattern(r#"a "[b.ics"#), r#""/a \"\\[b.ics""#);
    }
}
