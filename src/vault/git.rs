//! The vault in its git repository: a commit of what changed, and of nothing else.
//!
//! Knows what may be committed and when not; leaves how git is run to `run`, and what is
//! written into the message to others. Never pushes, fetches or checks out.

mod driver;
mod run;

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use run::{NotRun, Ran};

pub use driver::{DriverError, Settings, Texts, merge_file};
pub use run::{Git, GitDeed, GitError, GitTrouble};

use super::Vault;
use super::temporary::is_temporary;
use crate::text::{NotePath, QuickSet, link_key};

/// What a commit is to hold.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// These files as they stand on the disk; that one is gone counts too.
    Only(&'a [NotePath]),
    /// All that changed below the vault, and nothing outside of it.
    Everything,
}

/// What became of a commit that was asked for.
#[derive(Debug)]
pub enum Commit {
    /// It is made, of so many files.
    Done(usize),
    /// Nothing has changed that may be committed.
    Nothing,
    /// Not now: somebody is at work in the repository. To be tried again.
    Later(Busy),
    /// The vault lies in no repository's working tree.
    NoRepository,
    /// There is no git command.
    NoGit,
    /// It was refused. The index is what it was before.
    Failed(GitError),
}

/// Who is at work in a repository, so that nobody else commits to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Busy {
    /// Another git, or one that was killed and left its lock.
    Locked,
    /// A merge.
    Merge,
    /// A rebase.
    Rebase,
    /// Patches that are applied from mails.
    Am,
    /// A cherry-pick.
    CherryPick,
    /// A revert.
    Revert,
    /// Several cherry-picks or reverts, between two of them.
    Sequence,
    /// A search by bisection.
    Bisect,
    /// Conflicts that stand in the index.
    Conflicts,
    /// A message that git has prepared for the user's own next commit, as after `merge --squash`.
    Prepared,
    /// No branch is checked out: the commit would belong to none, and be lost with the next
    /// checkout, while what is not committed is kept by it.
    Detached,
}

impl fmt::Display for Busy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Locked => "another git is writing, or left its index.lock",
            Self::Merge => "a merge is not finished",
            Self::Rebase => "a rebase is not finished",
            Self::Am => "git am is not finished",
            Self::CherryPick => "a cherry-pick is not finished",
            Self::Revert => "a revert is not finished",
            Self::Sequence => "a row of cherry-picks or reverts is not finished",
            Self::Bisect => "a bisection is not finished",
            Self::Conflicts => "there are unresolved conflicts",
            Self::Prepared => "git has prepared a commit that is not made yet",
            Self::Detached => "no branch is checked out",
        })
    }
}

/// How it is told that somebody is at work.
enum Sign {
    /// A file or folder where git keeps what belongs to the working tree.
    File(&'static str),
    /// A ref: some repositories keep those in tables and not in files.
    Ref(&'static str),
}

/// Where there are several signs, the first says what it is.
const SIGNS: &[(Sign, Busy)] = &[
    (Sign::File("rebase-apply/applying"), Busy::Am),
    (Sign::File("rebase-apply"), Busy::Rebase),
    (Sign::File("rebase-merge"), Busy::Rebase),
    (Sign::File("MERGE_HEAD"), Busy::Merge),
    (Sign::Ref("CHERRY_PICK_HEAD"), Busy::CherryPick),
    (Sign::Ref("REVERT_HEAD"), Busy::Revert),
    (Sign::File("sequencer"), Busy::Sequence),
    (Sign::File("BISECT_LOG"), Busy::Bisect),
    (Sign::File("SQUASH_MSG"), Busy::Prepared),
    (Sign::File("MERGE_MSG"), Busy::Prepared),
    (Sign::File("index.lock"), Busy::Locked),
];

/// So many paths go onto one command line.
const FEW: usize = 200;

/// The paths are read from the input, one by one: there may be more than a command line takes.
const PATHS_FROM_INPUT: [&str; 2] = ["--pathspec-from-file=-", "--pathspec-file-nul"];

impl Vault {
    /// Commits what has changed. What the user has changed or staged besides stays as it is,
    /// and so does the whole index where the commit fails.
    pub fn commit(&self, what: Content<'_>, message: &str) -> Commit {
        self.commit_with(&Git::default(), what, message)
    }

    /// [`Vault::commit`] by another git, or with another patience.
    pub fn commit_with(&self, git: &Git, what: Content<'_>, message: &str) -> Commit {
        match self.try_to_commit(git, what, message) {
            Ok(commit) | Err(commit) => commit,
        }
    }

    fn try_to_commit(&self, git: &Git, what: Content<'_>, message: &str) -> Result<Commit, Commit> {
        let repository = Repository::of(self.root(), git)?;
        // Before anything is compared: in the middle of a rebase what goen wrote may be stashed,
        // and then nothing seems to have changed.
        if let Some(busy) = repository.busy()? {
            return Ok(Commit::Later(busy));
        }
        let asked = match what {
            Content::Only(paths) => {
                Some(paths.iter().filter_map(|path| self.target(path)).collect::<BTreeSet<NotePath>>())
            }
            Content::Everything => None,
        };
        let changes = repository.changes(asked.as_ref())?;
        if changes.is_empty() {
            return Ok(Commit::Nothing);
        }
        let failed = match repository.commit(&changes, message) {
            Ok(()) => return Ok(Commit::Done(changes.len())),
            Err(failed) => failed,
        };
        let Commit::Failed(GitError { why: GitTrouble::Said(_) | GitTrouble::Silent { .. }, .. }) = failed
        else {
            return Err(failed);
        };
        // Somebody may have come in between.
        if let Some(busy) = repository.busy()? {
            return Ok(Commit::Later(busy));
        }
        if repository.changes(asked.as_ref())?.is_empty() { Ok(Commit::Nothing) } else { Err(failed) }
    }

    /// The file that is written where a note is, behind links: git knows it by that path alone.
    fn target(&self, path: &NotePath) -> Option<NotePath> {
        let place = self.on_disk(path);
        let behind_links = place.canonicalize().ok().or_else(|| {
            let folder = place.parent()?.canonicalize().ok()?;
            Some(folder.join(place.file_name()?))
        });
        self.relative(&behind_links.unwrap_or(place))
    }
}

/// A working tree with the vault in it.
struct Repository<'a> {
    git: &'a Git,
    /// The vault's folder.
    vault: &'a Path,
    /// The way from there up to the top of the working tree: `../` for each folder.
    up: String,
    /// Where git keeps what belongs to this working tree.
    dir: PathBuf,
}

/// A file that is not as it was committed; its path from the vault, as git writes it.
struct Change {
    path: Vec<u8>,
    /// The index does not know it.
    is_new: bool,
}

impl<'a> Repository<'a> {
    /// Looks for the repository that a folder belongs to.
    fn of(vault: &'a Path, git: &'a Git) -> Result<Self, Commit> {
        let args = ["rev-parse", "--is-inside-work-tree", "--show-cdup", "--absolute-git-dir"];
        let ran = finish(GitDeed::Look, git.run(vault, GitDeed::Look, &args, Vec::new()))?;
        // That one exists and cannot be used is said in other words.
        if ran.code != Some(0) && ran.stderr.contains("not a git repository (or any") {
            return Err(Commit::NoRepository);
        }
        let answer = succeeded(GitDeed::Look, ran)?.stdout;
        // Git's own folder comes last: its path may hold anything, line breaks too.
        let mut parts = answer.splitn(3, |byte| *byte == b'\n');
        let mut part = || parts.next().unwrap_or_default();
        let (inside, up, dir) = (part(), part(), part());
        if inside != b"true" {
            return Err(Commit::NoRepository);
        }
        let dir = path_of(dir.strip_suffix(b"\n").unwrap_or(dir));
        Ok(Self { git, vault, up: String::from_utf8_lossy(up).into_owned(), dir })
    }

    /// Who is at work in it, if anybody is.
    fn busy(&self) -> Result<Option<Busy>, Commit> {
        for (sign, busy) in SIGNS {
            let is_there = match sign {
                Sign::File(name) => self.dir.join(name).symlink_metadata().is_ok(),
                Sign::Ref(name) => self.look(&["rev-parse", "--quiet", "--verify", name])?.code == Some(0),
            };
            if is_there {
                return Ok(Some(*busy));
            }
        }
        if self.look(&["symbolic-ref", "--quiet", "HEAD"])?.code == Some(1) {
            return Ok(Some(Busy::Detached));
        }
        // Conflicts anywhere keep git from committing, so the whole tree is asked, not the vault.
        let unmerged = succeeded(GitDeed::Look, self.look(&["-C", &self.up, "ls-files", "--unmerged"])?)?;
        Ok((!unmerged.stdout.is_empty()).then_some(Busy::Conflicts))
    }

    /// What may be committed, of what was asked for or of everything below the vault. Git leaves
    /// out what it ignores and what belongs to another repository.
    fn changes(&self, asked: Option<&BTreeSet<NotePath>>) -> Result<Vec<Change>, Commit> {
        let pathspecs: Vec<String> = match asked {
            Some(paths) => paths.iter().map(|path| format!("{LITERAL}{path}")).collect(),
            None => vec![".".to_owned()],
        };
        let mut status = Vec::new();
        for pathspecs in pathspecs.chunks(FEW) {
            let mut args = vec!["status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames"];
            // A commit takes in which commit a submodule is at, not what is changed in it.
            args.extend(["--ignore-submodules=dirty", "--"]);
            args.extend(pathspecs.iter().map(String::as_str));
            status.extend(succeeded(GitDeed::Look, self.look(&args)?)?.stdout);
        }

        let depth = self.up.matches("../").count();
        let entries: Vec<Entry<'_>> =
            status.split(|byte| *byte == 0).filter_map(|line| Entry::read(line, depth)).collect();
        // Git may spell a path otherwise than it was asked for (NFC on macOS), and names what
        // lies below where a folder has taken the file's place.
        let asked: Option<QuickSet<_>> =
            asked.map(|paths| paths.iter().map(|path| link_key(path.as_str())).collect());
        let is_asked = |path: &[u8]| {
            let Some(asked) = &asked else { return true };
            std::str::from_utf8(path).is_ok_and(|path| asked.contains(&link_key(path)))
        };
        // What the user has staged to be removed and still has is to leave the repository, and the
        // commit would bring it back; among single files a removal waits for what belongs to it.
        let is_left = |entry: &&Entry<'_>| {
            entry.staged == b'D' && (asked.is_some() || self.on_disk(entry.path).symlink_metadata().is_ok())
        };
        let left: BTreeSet<&[u8]> = entries.iter().filter(is_left).map(|entry| entry.path).collect();
        let is_wanted = |entry: &Entry<'_>| {
            let name = entry.path.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
            let is_temporary = std::str::from_utf8(name).is_ok_and(is_temporary);
            // A path with a slash behind it is another repository that nobody has added.
            let is_repository = name.is_empty();
            // A folder in the place of a file: what is in it takes its place in the commit.
            let is_folder = matches!(entry.unstaged, b'D' | b'T') && self.on_disk(entry.path).is_dir();
            is_asked(entry.path) && !(is_temporary || is_repository || is_folder || left.contains(entry.path))
        };
        let wanted = entries.iter().filter(|entry| is_wanted(entry));
        Ok(wanted.map(|entry| Change { path: entry.path.to_vec(), is_new: entry.staged == b'?' }).collect())
    }

    /// Commits changes; where that fails the index is made what it was.
    fn commit(&self, changes: &[Change], message: &str) -> Result<(), Commit> {
        let all = pathspecs(changes.iter());
        let new = pathspecs(changes.iter().filter(|change| change.is_new));
        let message = format!("--message={message}");
        // Only what stands under these paths, whatever else is staged; no line is a comment.
        let mut args = vec!["commit", "--quiet", "--only", "--cleanup=whitespace", &message];
        args.extend(PATHS_FROM_INPUT);
        let done = self.intend(&new).and_then(|()| self.act(GitDeed::Commit, &args, all));
        if done.is_err() {
            self.forget(&new);
        }
        done
    }

    /// Makes files known to the index, without content: a commit of single paths wants to know
    /// them.
    fn intend(&self, new: &[u8]) -> Result<(), Commit> {
        if new.is_empty() {
            return Ok(());
        }
        let args = ["add", "--intent-to-add", PATHS_FROM_INPUT[0], PATHS_FROM_INPUT[1]];
        self.act(GitDeed::Add, &args, new.to_vec())
    }

    /// Takes out of the index what was only to be known to it. Whoever holds its lock may be
    /// about to let it go. Where it stays nothing is lost: such an entry holds nothing, and the
    /// next commit takes it.
    fn forget(&self, new: &[u8]) {
        const TURNS: usize = 5;
        const PAUSE: Duration = Duration::from_millis(200);
        if new.is_empty() {
            return;
        }
        let args = ["reset", "--quiet", PATHS_FROM_INPUT[0], PATHS_FROM_INPUT[1]];
        for _ in 0..TURNS {
            match self.act(GitDeed::Undo, &args, new.to_vec()) {
                Err(Commit::Later(Busy::Locked)) => thread::sleep(PAUSE),
                Ok(()) | Err(_) => return,
            }
        }
    }

    /// Asks a question.
    fn look(&self, args: &[&str]) -> Result<Ran, Commit> {
        finish(GitDeed::Look, self.git.run(self.vault, GitDeed::Look, args, Vec::new()))
    }

    /// Does something.
    fn act(&self, deed: GitDeed, args: &[&str], feed: Vec<u8>) -> Result<(), Commit> {
        let ran = finish(deed, self.git.run(self.vault, deed, args, feed))?;
        // Somebody took the lock since it was looked for: of the index, of HEAD, of the branch.
        if ran.code != Some(0) && ran.stderr.contains(".lock': File exists") {
            return Err(Commit::Later(Busy::Locked));
        }
        succeeded(deed, ran).map(|_| ())
    }

    fn on_disk(&self, path: &[u8]) -> PathBuf {
        self.vault.join(path_of(path))
    }
}

/// A line of `git status`.
struct Entry<'s> {
    /// How the index differs from the last commit.
    staged: u8,
    /// How the file differs from the index.
    unstaged: u8,
    /// The path from the vault.
    path: &'s [u8],
}

impl<'s> Entry<'s> {
    /// Reads `XY path`; the path comes from the top of the tree, `depth` folders above the vault.
    fn read(line: &'s [u8], depth: usize) -> Option<Self> {
        let [staged, unstaged, b' ', path @ ..] = line else { return None };
        let path = path.splitn(depth + 1, |byte| *byte == b'/').nth(depth)?;
        Some(Self { staged: *staged, unstaged: *unstaged, path })
    }
}

/// Stands before a path so that no character in it means anything. Not the variable that says so
/// for all paths: hooks would get it too.
const LITERAL: &str = ":(literal)";

/// Paths as git reads them from its input.
fn pathspecs<'c>(changes: impl Iterator<Item = &'c Change>) -> Vec<u8> {
    changes.flat_map(|change| [LITERAL.as_bytes(), &change.path, b"\0"].concat()).collect()
}

fn finish(deed: GitDeed, ran: Result<Ran, NotRun>) -> Result<Ran, Commit> {
    ran.map_err(|not_run| match not_run {
        NotRun::Missing => Commit::NoGit,
        NotRun::Trouble(why) => Commit::Failed(GitError { deed, why }),
    })
}

fn succeeded(deed: GitDeed, ran: Ran) -> Result<Ran, Commit> {
    if ran.code == Some(0) { Ok(ran) } else { Err(Commit::Failed(GitError { deed, why: ran.trouble() })) }
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
