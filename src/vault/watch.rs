//! What the system says has happened below a vault: rumours, to be looked into. The one door to
//! notify.
//!
//! A save comes as a rename, a note that is moved out of the vault is never "removed", a renamed
//! folder names none of its notes: nothing said here is believed, it only tells where to look.

use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// With more places than this at once it is as quick to look at everything, and takes no memory.
const MANY: usize = 4096;

/// How sure it is that a file can be looked at now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hint {
    /// Something happened there.
    Done,
    /// Somebody is writing there; it will be heard when they have done.
    Begun,
}

/// What was heard since it was last asked for.
#[derive(Debug, Default)]
pub struct Heard {
    /// Where something happened: paths on the disk.
    pub places: BTreeMap<PathBuf, Hint>,
    /// More happened than was said, or too much to say it all.
    pub everything: bool,
    /// Why there may be changes that are not heard of.
    pub trouble: Option<WatchError>,
}

/// Why changes are not heard of.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WatchError {
    /// The system allows no further folders to be watched.
    #[error("the system allows no further folders to be watched")]
    TooMany,
    /// It says something else.
    #[error("{0}")]
    System(String),
}

impl From<notify::Error> for WatchError {
    fn from(error: notify::Error) -> Self {
        match error.kind {
            ErrorKind::MaxFilesWatch => Self::TooMany,
            kind => Self::System(match kind {
                ErrorKind::Io(error) => error.to_string(),
                other => format!("{other:?}"),
            }),
        }
    }
}

/// Listens to what the system says of the folders of one vault.
#[derive(Debug)]
pub struct Watch {
    watcher: RecommendedWatcher,
    heard: Arc<Mutex<Heard>>,
    /// The folders that are listened to, and of which nothing was heard since: any other may have
    /// been another folder of that name.
    known: HashSet<PathBuf>,
}

impl Watch {
    /// Begins to listen. `wake` is called, from another thread, when there is something to be
    /// asked for by [`Watch::heard`].
    ///
    /// # Errors
    /// Where the system has no notifications, or no more of them.
    pub fn start(root: &Path, wake: impl Fn() + Send + 'static) -> Result<Self, WatchError> {
        let heard = Arc::new(Mutex::new(Heard::default()));
        let pile = Arc::clone(&heard);
        let base = root.to_path_buf();
        // Nothing is done here but noting it down: a slow listener misses what comes next.
        let listen = move |said: notify::Result<Event>| {
            let mut pile = pile.lock().unwrap_or_else(PoisonError::into_inner);
            let was_empty = pile.is_empty();
            pile.note(&base, said);
            if was_empty && !pile.is_empty() {
                wake();
            }
        };
        let mut watcher = notify::recommended_watcher(listen)?;
        if !BY_FOLDER {
            watcher.watch(root, RecursiveMode::Recursive)?;
        }
        Ok(Self { watcher, heard, known: HashSet::new() })
    }

    /// Listens to these folders too; gives those that were perhaps not listened to. Whatever
    /// happened in them before was not heard: they are to be looked at once more.
    ///
    /// # Errors
    /// Where the system allows no more. A folder that is gone meanwhile is no error, nor is one that
    /// may not be read: nothing is known of what lies in it anyway.
    pub fn folders(&mut self, folders: &[PathBuf]) -> Result<Vec<PathBuf>, WatchError> {
        let mut new = Vec::new();
        if !BY_FOLDER {
            return Ok(new);
        }
        for folder in folders {
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) if self.known.insert(folder.clone()) => new.push(folder.clone()),
                Ok(()) => {}
                Err(error) if is_shut(&error) || !folder.is_dir() => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(new)
    }

    /// What was heard since the last time.
    pub fn heard(&mut self) -> Heard {
        let heard = std::mem::take(&mut *self.pile());
        if heard.everything {
            self.known.clear();
        }
        for place in heard.places.keys() {
            self.known.remove(place);
        }
        heard
    }

    fn pile(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_shut(error: &notify::Error) -> bool {
    matches!(&error.kind, ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied)
}

/// On Linux each folder is watched by itself: what is hidden or ignored costs no watch, and a new
/// folder is watched before it is looked at, so that nothing is missed in between. Elsewhere one
/// watch covers all that lies below.
const BY_FOLDER: bool = cfg!(target_os = "linux");

impl Heard {
    fn is_empty(&self) -> bool {
        self.places.is_empty() && !self.everything && self.trouble.is_none()
    }

    fn note(&mut self, root: &Path, said: notify::Result<Event>) {
        let event = match said {
            Ok(event) => event,
            Err(error) => {
                self.trouble = Some(error.into());
                self.everything = true;
                return;
            }
        };
        if event.need_rescan() {
            self.everything = true;
        }
        let Some(hint) = hint(event.kind) else { return };
        for path in event.paths {
            if path.strip_prefix(root).is_ok_and(is_of_interest) {
                // Of what is said of one place the last counts: who begins again is not done.
                self.places.insert(path, hint);
            }
        }
        if self.places.len() > MANY {
            self.everything = true;
        }
        if self.everything {
            self.places.clear();
        }
    }
}

/// What an event says; none where somebody has only read.
fn hint(kind: EventKind) -> Option<Hint> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Hint::Done),
        EventKind::Access(_) => None,
        // Where the end of writing is told, too, it is waited for.
        EventKind::Modify(ModifyKind::Data(_)) | EventKind::Create(CreateKind::File) if BY_FOLDER => {
            Some(Hint::Begun)
        }
        _ => Some(Hint::Done),
    }
}

/// Whether what happens at a path, as seen from the vault, can matter.
fn is_of_interest(path: &Path) -> bool {
    let is_hidden = |part: &Component<'_>| part.as_os_str().as_encoded_bytes().first() == Some(&b'.');
    let mut hidden = path.components().filter(is_hidden);
    match (hidden.next(), hidden.next()) {
        (None, _) => true,
        (Some(Component::Normal(name)), None) => {
            let is_last = path.file_name() == Some(name);
            let placeholder = is_last && name.as_encoded_bytes().ends_with(b".icloud");
            placeholder || path == Path::new(super::OBSIDIAN) || path == Path::new(super::DAILY_NOTES)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_of_no_interest_but_for_what_says_how_to_read() {
        for (path, expected) in [
            ("People/a.md", true),
            ("", true),
            (".git/index", false),
            (".obsidian", true),
            (".obsidian/daily-notes.json", true),
            (".obsidian/workspace.json", false),
            ("People/.a.md.icloud", true),
            ("People/.a.md.swp", false),
            (".trash/.a.md.icloud", false),
            ("a/.hidden/b.md", false),
            ("People/.goen-1-0.tmp", false),
        ] {
            assert_eq!(is_of_interest(Path::new(path)), expected, "for {path:?}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_folder_of_which_something_was_heard_may_be_another() {
        let dir = tempfile::TempDir::new().unwrap();
        let root = dir.path().canonicalize().unwrap();
        let folder = root.join("a");
        let (woken, wakes) = std::sync::mpsc::channel();
        let wake = move || {
            let _ = woken.send(());
        };
        let mut watch = Watch::start(&root, wake).unwrap();
        std::fs::create_dir(&folder).unwrap();
        let all = [root, folder.clone()];
        assert_eq!(watch.folders(&all), Ok(all.to_vec()));
        assert_eq!(watch.folders(&all), Ok(Vec::new()));
        std::fs::remove_dir(&folder).unwrap();
        std::fs::create_dir(&folder).unwrap();
        let mut heard = Vec::new();
        while !heard.contains(&folder) {
            wakes.recv().unwrap();
            heard.extend(watch.heard().places.into_keys());
        }
        assert!(watch.folders(&all).is_ok_and(|new| new.contains(&folder)));
        assert_eq!(watch.folders(&[all[0].join("gone")]), Ok(Vec::new()));
    }

    #[test]
    fn many_places_are_everything() {
        let mut heard = Heard::default();
        for n in 0..=MANY {
            let event = Event::new(EventKind::Modify(ModifyKind::Any)).add_path(format!("/v/{n}.md").into());
            heard.note(Path::new("/v"), Ok(event));
        }
        assert!(heard.everything && heard.places.is_empty());
    }
}
