//! Which notes there are: every `*.md` but the hidden, the ignored, the page, and what
//! sync tools left behind. The one door to walkdir and to `.gitignore` patterns.

mod copies;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use walkdir::{DirEntry, WalkDir};

use super::Vault;
use super::read::may_pass;
use super::temporary::is_temporary;
use crate::config::Config;
use crate::problem::{Problem, What};
use crate::text::{NotePath, link_key};

pub use copies::is_sync_copy;
use copies::sync_copy_of;

/// What a look at the whole vault found.
#[derive(Debug, Default)]
pub struct Walk {
    /// The notes, in no order.
    pub notes: Vec<NotePath>,
    /// Those among them that are symbolic links to another note: the link and its target.
    pub links: Vec<(NotePath, NotePath)>,
    /// Temporary files of goen's own.
    pub leftovers: Vec<NotePath>,
    /// Files that look like notes and are not read, each with its reason.
    pub problems: Vec<Problem>,
    /// The folders that were looked into.
    pub folders: Vec<PathBuf>,
    /// Those that could not be: what lies in them is not known.
    pub unread: Vec<NotePath>,
    /// A link to a folder was followed: what lies in that has another name than its own.
    pub is_doubled: bool,
    /// Those among them that may well be read a little later.
    pub for_now: Vec<NotePath>,
}

/// So many entries of folders are looked at by one thread at a time.
const BATCH: usize = 512;

impl Walk {
    fn append(&mut self, mut more: Self) {
        self.notes.append(&mut more.notes);
        self.links.append(&mut more.links);
        self.leftovers.append(&mut more.leftovers);
        self.problems.append(&mut more.problems);
        self.folders.append(&mut more.folders);
        self.unread.append(&mut more.unread);
        self.for_now.append(&mut more.for_now);
        self.is_doubled |= more.is_doubled;
    }
}

/// Which files below a vault are notes: what `[vault]` and `[page]` say, made ready.
#[derive(Debug)]
pub struct Walker<'a> {
    vault: &'a Vault,
    ignored: Gitignore,
    /// The page's own path, as links are compared.
    page: String,
    follow: bool,
}

impl Vault {
    /// Looks for all notes.
    pub fn walk(&self, config: &Config) -> Walk {
        self.walker(config).below("")
    }

    /// What looks for notes as the configuration says.
    pub fn walker(&self, config: &Config) -> Walker<'_> {
        Walker {
            vault: self,
            ignored: patterns(self.root(), &config.vault.ignore),
            page: link_key(config.page.file.as_str()).into_owned(),
            follow: config.vault.follow_symlinks,
        }
    }

    /// A path as seen from the vault; none where it is no UTF-8.
    pub(super) fn relative(&self, path: &Path) -> Option<NotePath> {
        let inside = self.inside(path)?.to_str()?;
        let inside =
            if std::path::MAIN_SEPARATOR == '/' { inside.to_owned() } else { inside.replace('\\', "/") };
        Some(NotePath::new(inside))
    }

    /// What of a path lies below the vault's own; compared as texts first, since taking paths apart costs
    /// more than all else that is done with one.
    fn inside<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        let (root, bytes) = (self.root().as_os_str().to_str(), path.to_str());
        let below = root.zip(bytes).and_then(|(root, path)| {
            path.strip_prefix(root)?.strip_prefix(std::path::MAIN_SEPARATOR).filter(|rest| !rest.is_empty())
        });
        let is_plain = |rest: &&str| !rest.starts_with(['/', '\\', '.']);
        below.filter(is_plain).map(Path::new).or_else(|| path.strip_prefix(self.root()).ok())
    }

    fn relative_lossy(&self, path: &Path) -> String {
        path.strip_prefix(self.root()).unwrap_or(path).to_string_lossy().into_owned()
    }
}

impl Walker<'_> {
    /// Looks for notes at a path of the vault and below; the vault's own is empty. Where nothing
    /// stands there, or nothing that is read, nothing is found.
    pub fn below(&self, path: impl AsRef<Path>) -> Walk {
        let path = path.as_ref();
        let mut found = Walk::default();
        if !self.is_reached(path) {
            return found;
        }
        let start = if path.as_os_str().is_empty() {
            self.vault.root().to_path_buf()
        } else {
            self.vault.root().join(path)
        };
        let mut walk = WalkDir::new(start).follow_links(self.follow).follow_root_links(self.follow);
        if self.follow {
            // Of several links to a folder the first by name is followed.
            walk = walk.sort_by_file_name();
        }
        let (mut seen, mut outside) = (BTreeSet::new(), Vec::new());
        let walk = walk.into_iter().filter_entry(|entry| {
            if entry.path() == self.vault.root() || !entry.file_type().is_dir() {
                return true;
            }
            let is_shut = self.is_shut(entry);
            if is_shut && self.is_folder_outside(entry) {
                outside.push(self.problem(entry, What::OutsideLink));
            }
            !(is_shut || self.follow && self.is_seen(entry.path(), &mut seen))
        });
        let looked = Mutex::new(Vec::new());
        // While the system lists folders, others look at what it listed.
        rayon::in_place_scope(|scope| {
            let mut files = Vec::new();
            for entry in walk {
                match entry {
                    Ok(entry) if !entry.file_type().is_dir() => {
                        files.push(entry);
                        if files.len() == BATCH {
                            let (files, looked) = (std::mem::take(&mut files), &looked);
                            scope.spawn(move |_| {
                                let found = self.look_at_all(&files);
                                looked.lock().unwrap_or_else(PoisonError::into_inner).push(found);
                            });
                        }
                    }
                    Ok(entry) => {
                        found.is_doubled |= entry.path_is_symlink();
                        found.folders.push(entry.into_path());
                    }
                    Err(error) => self.not_seen(path, &error, &mut found),
                }
            }
            found.append(self.look_at_all(&files));
        });
        found.problems.append(&mut outside);
        looked
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
            .into_iter()
            .for_each(|more| found.append(more));
        found
    }

    fn look_at_all(&self, entries: &[DirEntry]) -> Walk {
        let mut found = Walk::default();
        entries.iter().for_each(|entry| self.look_at(entry, &mut found));
        found
    }

    /// Notes down what could not be looked at on a walk that began at a path.
    fn not_seen(&self, path: &Path, error: &walkdir::Error, found: &mut Walk) {
        // What a rumour was about may be gone when somebody looks.
        let is_gone = error.io_error().is_some_and(|io| io.kind() == ErrorKind::NotFound);
        let is_link = error.path().is_some_and(Path::is_symlink);
        if is_gone && !is_link && error.depth() == 0 && !path.as_os_str().is_empty() {
            return;
        }
        let place = error.path().map_or_else(String::new, |p| self.vault.relative_lossy(p));
        let what = match (error.loop_ancestor(), error.io_error()) {
            (Some(_), _) => What::OutsideLink,
            // A link to nowhere is met again as a file where links are not followed.
            (None, Some(_)) if is_gone => What::OutsideLink,
            (None, io) => {
                found.unread.push(NotePath::new(place.as_str()));
                if io.is_some_and(may_pass) {
                    found.for_now.push(NotePath::new(place.as_str()));
                }
                What::Unreadable(match io {
                    Some(io) => io.into(),
                    None => (&std::io::Error::other(error.to_string())).into(),
                })
            }
        };
        found.problems.push(Problem::of_file(NotePath::new(place), what));
    }

    /// Whether a walk through the whole vault comes to this path.
    fn is_reached(&self, path: &Path) -> bool {
        let mut so_far = self.vault.root().to_path_buf();
        let mut parts = path.components().peekable();
        while let Some(part) = parts.next() {
            let std::path::Component::Normal(name) = part else { return false };
            so_far.push(name);
            let is_last = parts.peek().is_none();
            if is_last {
                break;
            }
            let is_link = so_far.is_symlink();
            if is_hidden_name(name)
                || self.ignored.matched(&so_far, true).is_ignore()
                || (is_link && (!self.follow || self.leads_elsewhere(&so_far)))
            {
                return false;
            }
        }
        true
    }

    /// Whether a folder is not read.
    fn is_shut(&self, entry: &DirEntry) -> bool {
        is_hidden_name(entry.file_name())
            || self.ignored.matched(entry.path(), true).is_ignore()
            || (entry.path_is_symlink() && self.leads_elsewhere(entry.path()))
    }

    /// Whether a followed link to a folder leads out of the vault, or to what is read at its own place.
    fn leads_elsewhere(&self, path: &Path) -> bool {
        path.canonicalize().map_or(true, |real| match real.strip_prefix(self.vault.root()) {
            Ok(inside) => {
                !inside.components().any(|part| is_hidden_name(part.as_os_str()))
                    && !self.ignored.matched_path_or_any_parents(&real, true).is_ignore()
            }
            Err(_) => true,
        })
    }

    /// Whether an entry is a link to a folder out of the vault, whose notes somebody may miss.
    fn is_folder_outside(&self, entry: &DirEntry) -> bool {
        entry.path_is_symlink()
            && !is_hidden_name(entry.file_name())
            && !self.ignored.matched(entry.path(), true).is_ignore()
            && entry
                .path()
                .canonicalize()
                .is_ok_and(|real| !real.starts_with(self.vault.root()) && real.is_dir())
    }

    /// Whether a folder was looked into by another name of it; it is seen from now on.
    fn is_seen(&self, path: &Path, seen: &mut BTreeSet<PathBuf>) -> bool {
        path.canonicalize().is_ok_and(|real| !seen.insert(real))
    }

    fn look_at(&self, entry: &DirEntry, found: &mut Walk) {
        let Some(name) = entry.file_name().to_str() else {
            if entry.file_name().as_encoded_bytes().to_ascii_lowercase().ends_with(b".md") {
                let path = NotePath::new(self.vault.relative_lossy(entry.path()));
                found.problems.push(Problem::of_file(path, What::BadPath));
            }
            return;
        };
        let lower = name.to_ascii_lowercase();
        if let Some(original) = lower.strip_prefix('.').and_then(|rest| rest.strip_suffix(".icloud")) {
            // iCloud keeps `.name.md.icloud` in place of a note that is not downloaded.
            if original.ends_with(".md") {
                self.report(entry, What::NotDownloaded, found);
            }
            return;
        }
        if name.starts_with('.') {
            if is_temporary(name) {
                found.leftovers.extend(self.vault.relative(entry.path()));
            }
            return;
        }
        if lower.ends_with(".md.orig") {
            let original = name[..name.len() - ".orig".len()].to_owned();
            return self.report(entry, What::SyncCopy(Some(original)), found);
        }
        if !lower.ends_with(".md") && self.is_folder_outside(entry) {
            return self.report(entry, What::OutsideLink, found);
        }
        if !lower.ends_with(".md") || self.ignored.matched(entry.path(), false).is_ignore() {
            return;
        }
        let Some(path) = self.vault.relative(entry.path()) else {
            let path = NotePath::new(self.vault.relative_lossy(entry.path()));
            found.problems.push(Problem::of_file(path, What::BadPath));
            return;
        };
        if let Some(original) = sync_copy_of(name) {
            return self.report(entry, What::SyncCopy(original), found);
        }
        if link_key(path.as_str()) == self.page {
            return;
        }
        if entry.path_is_symlink() {
            match self.linked(entry.path(), &path) {
                Linked::Note(path) => found.notes.push(path),
                Linked::Known(target) => {
                    found.links.push((path.clone(), target));
                    found.notes.push(path);
                }
                Linked::Outside => self.report(entry, What::OutsideLink, found),
            }
        } else if entry.file_type().is_file() {
            found.notes.push(path);
        }
    }

    /// Whether a note at this path would be read.
    pub fn takes(&self, path: &NotePath) -> bool {
        let is_hidden = path.as_str().split('/').any(|part| part.starts_with('.'));
        let place = self.vault.root().join(path.as_str());
        !is_hidden && !self.ignored.matched_path_or_any_parents(place, false).is_ignore()
    }

    /// What a linked note stands for.
    fn linked(&self, link: &Path, path: &NotePath) -> Linked {
        let Ok(real) = link.canonicalize() else { return Linked::Outside };
        if !real.starts_with(self.vault.root()) || !real.is_file() {
            return Linked::Outside;
        }
        let Some(target) = self.vault.relative(&real) else { return Linked::Outside };
        let hidden = target.as_str().split('/').any(|part| part.starts_with('.'));
        let is_note = target.stem().len() < target.as_str().len();
        if is_note && !hidden && !self.ignored.matched_path_or_any_parents(&real, false).is_ignore() {
            Linked::Known(target)
        } else {
            Linked::Note(path.clone())
        }
    }

    fn report(&self, entry: &DirEntry, what: What, found: &mut Walk) {
        found.problems.push(self.problem(entry, what));
    }

    fn problem(&self, entry: &DirEntry, what: What) -> Problem {
        Problem::of_file(NotePath::new(self.vault.relative_lossy(entry.path())), what)
    }
}

enum Linked {
    Note(NotePath),
    /// A note that is met at its own place too.
    Known(NotePath),
    Outside,
}

fn is_hidden_name(name: &OsStr) -> bool {
    name.as_encoded_bytes().first() == Some(&b'.')
}

/// The patterns of `[vault] ignore`; they were checked when the configuration was read.
fn patterns(root: &Path, globs: &[String]) -> Gitignore {
    let mut builder = GitignoreBuilder::new(root);
    for glob in globs {
        let _ = builder.add_line(None, glob);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}
