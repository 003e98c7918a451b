//! Reading a vault: its configuration, then all its notes.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::Duration;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::App;
use super::state::{self, Gathering};
use crate::config::Config;
use crate::index::Index;
use crate::moment::DailyFormat;
use crate::note::dialect::{Dialect, Journal, people_folders};
use crate::note::{self, Note};
use crate::problem::{Problem, What};
use crate::text::{Digest, Lang, NotePath};
use crate::vault::{Bytes, CONFIG_FILE, DAILY_NOTES, DiskError, Stamp, Vault, Walk};

/// Obsidian's format of daily notes where nobody says otherwise.
const DAILY_FORMAT: &str = "YYYY-MM-DD";

/// What the system could not list is asked for again after these: another program may have had all the
/// handles that there are.
const PAUSES: [Duration; 3] =
    [Duration::from_millis(50), Duration::from_millis(200), Duration::from_millis(500)];

/// What was asked for besides the folder.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The day.
    pub today: NaiveDate,
    /// The language, where it was asked for.
    pub lang: Option<Lang>,
}

/// Why a vault cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The disk refused.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// `goen.toml` says something that goen does not understand.
    #[error("goen.toml")]
    Config {
        /// What, each with its place.
        problems: Vec<Problem>,
        /// The language it asks for, if that much could be read.
        lang: Option<Lang>,
    },
}

impl App {
    /// Reads the vault at a folder.
    ///
    /// # Errors
    /// Where the folder or `goen.toml` cannot be read. A note that cannot is a problem, no error.
    pub fn open(root: &Path, options: Options) -> Result<Self, OpenError> {
        Self::open_walked(Walked::of(root, options)?)
    }

    /// As [`App::open`], where the vault was walked already.
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn open_walked(walked: Walked) -> Result<Self, OpenError> {
        let gathering = Gathering::begin(walked.basis);
        let see = |look: Look| {
            gathering.see(&look.note.path, look.stamp.as_ref(), look.note.digest);
            look.note
        };
        let (mut app, walk) = Self::open_with(walked, &see)?;
        app.state = gathering.end(&app.vault, &app.config, &walk);
        Ok(app)
    }

    /// As [`App::open`]; with what was found on the disk, of each note as `keep` makes it.
    pub(super) fn open_with<T: Send + Into<Option<Note>>>(
        walked: Walked,
        keep: &(impl Fn(Look) -> T + Sync),
    ) -> Result<(Self, Walk), OpenError> {
        let Walked { options, vault, config, walk, .. } = walked;
        let people_folders = people_folders(&config, walk.notes.iter().map(NotePath::as_str));
        let dialect = Dialect::new(&config, journal(&vault, &config)?, &people_folders);
        let kept = read_all(&vault, &walk.notes, &dialect, keep);
        let notes = once(kept.into_iter().filter_map(Into::into).collect(), &walk.links);
        let index = Index::build(config.journal.counts, notes);
        let mut app = Self {
            local: vault.local(),
            vault,
            config,
            dialect,
            people_folders,
            index,
            today: options.today,
            lang: Lang::default(),
            asked_lang: options.lang,
            walk_problems: walk.problems.clone(),
            in_mind: HashMap::new(),
            in_use: HashSet::new(),
            memo: None,
            leftovers: walk.leftovers.clone(),
            unread: walk.for_now.clone(),
            state: None,
        };
        app.choose_lang();
        Ok((app, walk))
    }

    /// The language: as asked for, else as the configuration or the note about the user says.
    pub(super) fn choose_lang(&mut self) {
        let of_me = || self.index.me().and_then(|(_, me)| me.lang);
        self.lang = self.asked_lang.or(self.config.page.lang).or_else(of_me).unwrap_or_default();
    }

    /// Reads notes anew, also where the vault is spelled otherwise now that other folders hold
    /// people.
    pub(super) fn reread<T: Send>(&self, paths: &[NotePath], keep: &(impl Fn(Look) -> T + Sync)) -> Vec<T> {
        read_all(&self.vault, paths, &self.dialect, keep)
    }

    /// Looks anew which folders hold people, now that the vault has these notes (sorted). If they
    /// are others than before, every note has to be read again.
    pub(super) fn choose_people_folders<'a>(
        &mut self,
        paths: impl Iterator<Item = &'a NotePath>,
    ) -> Result<bool, OpenError> {
        let folders = people_folders(&self.config, paths.map(NotePath::as_str));
        if folders == self.people_folders {
            return Ok(false);
        }
        self.dialect = Dialect::new(&self.config, journal(&self.vault, &self.config)?, &folders);
        self.people_folders = folders;
        Ok(true)
    }
}

/// A vault of which is known which notes it has, and nothing of them.
#[derive(Debug)]
pub struct Walked {
    /// What was asked for besides the folder: midnight may have passed when it is read.
    pub(super) options: Options,
    /// What every answer depends on but for the notes, as it was before anything else was looked at.
    pub(super) basis: Digest,
    pub(super) vault: Vault,
    pub(super) config: Config,
    /// Its notes are in the order of their paths.
    pub(super) walk: Walk,
}

impl Walked {
    /// Walks the vault at a folder.
    ///
    /// # Errors
    /// Where the folder or `goen.toml` cannot be read.
    pub(super) fn of(root: &Path, options: Options) -> Result<Self, OpenError> {
        let vault = Vault::open(root)?;
        let basis = state::basis(&vault, options.today, options.lang);
        let config = settings(&vault)?;
        let vault = vault.with_page(&config.page.file);
        let mut walk = vault.walk(&config);
        for pause in PAUSES {
            if walk.for_now.is_empty() {
                break;
            }
            std::thread::sleep(pause);
            walk = vault.walk(&config);
        }
        walk.notes.par_sort_unstable();
        Ok(Self { options, basis, vault, config, walk })
    }
}

/// What a look at one note gave.
#[derive(Debug)]
pub(super) struct Look {
    /// The note; with a problem where it could not be read.
    pub note: Note,
    /// What the file was before it was read; none where it was not.
    pub stamp: Option<Stamp>,
    /// The file holds nothing.
    pub is_empty: bool,
    /// The system could not read it now, and may soon.
    pub is_passing: bool,
}

impl From<Look> for Option<Note> {
    fn from(look: Look) -> Self {
        Some(look.note)
    }
}

/// `goen.toml`, or what goes without it.
pub(super) fn settings(vault: &Vault) -> Result<Config, OpenError> {
    let path = NotePath::new(CONFIG_FILE);
    let broken =
        |what| OpenError::Config { problems: vec![Problem::of_file(path.clone(), what)], lang: None };
    match vault.read(&path)? {
        Bytes::Missing => Ok(Config::default()),
        Bytes::TooLarge => Err(broken(What::TooLarge)),
        Bytes::Whole(bytes) => {
            let text = String::from_utf8(bytes).map_err(|_| broken(What::Encoding))?;
            Config::parse(&path, &text)
                .map_err(|problems| OpenError::Config { problems, lang: language(&text) })
        }
    }
}

/// The language that a broken `goen.toml` asks for, as far as one can tell.
fn language(text: &str) -> Option<Lang> {
    let mut lines = text.lines().map(str::trim).skip_while(|line| *line != "[page]").skip(1);
    let mut keys = lines.by_ref().take_while(|line| !line.starts_with('['));
    let value = keys.find_map(|line| line.strip_prefix("lang")?.trim_start().strip_prefix('='))?;
    Lang::parse(value.split('#').next()?.trim().trim_matches(['"', '\'']))
}

/// The vault around a file, as far as it tells how one note is to be read.
pub(super) struct Around {
    /// How it spells things; which folders hold people is left open.
    pub dialect: Dialect,
    /// The file is its page.
    pub is_page: bool,
}

/// Looks at the vault around a file. Settings that cannot be read are as good as none; so is no vault.
pub(super) fn around(file: &Path) -> Option<Around> {
    let folder = file.parent()?;
    let root = Vault::nearest(folder);
    let known = root.as_deref().and_then(|root| Vault::open(root).ok()).and_then(|vault| {
        let config = settings(&vault).ok()?;
        let journal = journal(&vault, &config).ok()?;
        Some((config, journal))
    });
    let (config, journal) = match known {
        Some(known) => known,
        None => {
            let format = DailyFormat::new(DAILY_FORMAT).ok()?;
            (Config::default(), Journal { format, folder: None })
        }
    };
    let is_page = root.as_deref().unwrap_or(folder).join(config.page.file.as_str()) == file;
    Some(Around { dialect: Dialect::new(&config, journal, &[]), is_page })
}

/// How daily notes are named: as `goen.toml` says, else as Obsidian does.
fn journal(vault: &Vault, config: &Config) -> Result<Journal, OpenError> {
    let settings = obsidian_daily(vault);
    let obsidian = |key: &str| settings.as_ref().and_then(|s| s.get(key)?.as_str()).unwrap_or("").trim();
    let folder = Some(obsidian("folder").trim_matches('/')).filter(|f| !f.is_empty());
    let folder = config.journal.folder.clone().or_else(|| folder.map(str::to_owned));
    let format = match &config.journal.format {
        Some(format) => DailyFormat::new(format),
        // A format of Obsidian's that tells no day names no daily notes; the usual one may.
        None => DailyFormat::new(obsidian("format")).or_else(|_| DailyFormat::new(DAILY_FORMAT)),
    };
    let format = format.map_err(|why| {
        let format = config.journal.format.clone().unwrap_or_default();
        let problem = Problem::of_file(NotePath::new(CONFIG_FILE), What::BadFormat { format, why });
        OpenError::Config { problems: vec![problem], lang: config.page.lang }
    })?;
    Ok(Journal { format, folder })
}

/// Obsidian's daily notes, where it is there and is JSON.
fn obsidian_daily(vault: &Vault) -> Option<serde_json::Value> {
    match vault.read(&NotePath::new(DAILY_NOTES)) {
        Ok(Bytes::Whole(bytes)) => serde_json::from_slice(&bytes).ok(),
        _ => None,
    }
}

/// Reads notes on all cores; what cannot be read becomes a note with a problem, what has
/// vanished meanwhile is left out.
fn read_all<T: Send>(
    vault: &Vault,
    paths: &[NotePath],
    dialect: &Dialect,
    keep: &(impl Fn(Look) -> T + Sync),
) -> Vec<T> {
    /// So many notes share one buffer at most: few enough to keep all cores busy to the end.
    const BATCH: usize = 64;
    let read = |buffer: &mut Vec<u8>, path: &NotePath| read_one(vault, path, buffer, dialect).map(keep);
    if paths.len() <= BATCH {
        let mut buffer = Vec::new();
        return paths.iter().filter_map(|path| read(&mut buffer, path)).collect();
    }
    // A place for each path is there before it is read: nothing is moved together afterwards.
    let looks: Vec<Option<T>> = paths.par_iter().with_max_len(BATCH).map_init(Vec::new, read).collect();
    looks.into_iter().flatten().collect()
}

/// Drops a link to a person who is met at their own place too: nobody stands twice on the agenda.
fn once(mut notes: Vec<Note>, links: &[(NotePath, NotePath)]) -> Vec<Note> {
    if links.is_empty() {
        return notes;
    }
    let people: HashSet<NotePath> =
        notes.iter().filter(|n| n.person().is_some()).map(|n| n.path.clone()).collect();
    let doubled: HashSet<&NotePath> =
        links.iter().filter(|(_, target)| people.contains(target)).map(|(link, _)| link).collect();
    notes.retain(|note| !doubled.contains(&note.path));
    notes
}

/// Reads one note; none where it has vanished meanwhile.
fn read_one(vault: &Vault, path: &NotePath, buffer: &mut Vec<u8>, dialect: &Dialect) -> Option<Look> {
    let unread = |what, is_passing| {
        let note = Note::unread(path.clone(), &[], what);
        Some(Look { note, stamp: None, is_empty: false, is_passing })
    };
    let read = |bytes: &[u8], stamp| Look {
        note: note::read(path, bytes, dialect),
        stamp: Some(stamp),
        is_empty: bytes.is_empty(),
        is_passing: false,
    };
    match vault.read_stamped(path, buffer, read) {
        Ok(Ok(look)) => Some(look),
        Ok(Err(Bytes::Missing | Bytes::Whole(_))) => None,
        Ok(Err(Bytes::TooLarge)) => unread(What::TooLarge, false),
        Err(error) => {
            let may_pass = error.may_pass();
            unread(What::Unreadable((&error.source).into()), may_pass)
        }
    }
}
