//! A vault that people, editors, sync tools and git change in every way they do, and what must
//! hold for it whatever goen does meanwhile: no word that somebody typed is lost, and no tick is
//! recorded twice. Words are markers of their own (`mk0001`), so that they can be counted.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use proptest::prelude::*;
use tempfile::TempDir;

/// Where notes are made and moved to: few, so that they collide.
pub const PATHS: &[&str] = &[
    "People/田中 太郎.md",
    "People/佐藤.md",
    "People/ガ.md",
    "People/bob.md",
    "Contacts/Ann.md",
    "日記/2026-11-10.md",
    "日記/2026/11/2026-11-20.md",
    "2026-11-18.md",
    "イベント/会.md",
    "計画/冬.md",
    "me.md",
    "Archive/佐藤.md",
    "People/sub/carol.md",
    "Clippings/Rust.md",
    "Contacts/Ann.md/inner.md",
    "People/bob.sync-conflict-20261120-101010-ABCDEFG.md",
];

const TEXTS: &[&str] = &[
    "---\ntier: close\nlast_contact: 2026-09-14\ninterests: [Rust]\n---\n\n## 記録\n\n- 2026-09-14 (line) 近況\n",
    "---\ntier: senior\nlast_contact: 2026-07-01\n---\n\n- [ ] 本を返す 📅 2026-11-22\n",
    "---\ncadence: 6w\nlast_contact: 2026-09-01\n---\n",
    "---\ntier: colleague\nlast_contact: 2026-06-01\nbirthday: 11-23\n---\n\n[[ガ]] の紹介\n",
    "---\ntier: client\nlast_contact: 2026-05-01\naliases: [アン]\n---\n",
    "[[bob]] と話した。[[田中 太郎]] にも。\n",
    "- [x] [[佐藤]] に電話\n- [[アン]] と会食\n",
    "[[People/ガ]] と散歩\n",
    "---\ntype: event\ndate: 2026-11-20\nattendees: [\"[[ガ]]\", 佐藤, \"[[bob]] (欠席)\"]\n---\n\n[[ガ]]: 山の話\n",
    "# 計画\n\n- [ ] [[佐藤]] に資料を送る 📅 2026-11-22\n- [ ] [[田中 太郎]] に本を返す 📅 2026-11-20\n",
    "---\ntype: me\ninterests: [Rust, 山]\nhabits: [{what: ブログ, every: 1m}]\n---\n",
    "---\ntags: [person]\ntier: project\nlast_contact: 2026-04-01\n---\n",
    "---\ntier: close\n---\n",
    "---\ntags: [clip, Rust]\ncreated: 2026-11-19\n---\n非同期の本\n",
    "",
];

const FOLDERS: &[&str] = &["People", "Contacts", "Archive", "日記", "People/sub", "人", "計画", ".trash"];

const SETTINGS: &[&str] = &[
    "",
    "[watch]\nsettle = \"1s\"\n",
    "[vault]\nignore = [\"Archive/\", \"b*.md\"]\n",
    "[people]\nfolders = [\"Contacts\"]\n",
    "[journal]\ncounts = false\n",
    "[vault\n",
    "[page]\nlang = \"en\"\n",
    "[vault]\nfollow_symlinks = true\n",
    "[energy]\nper_day = 8.0\nper_week = 20.0\n",
    "[page]\nflie = \"x.md\"\n",
    "[write]\nmode = \"in-place\"\n",
    "[page]\nfile = \"人/agenda.md\"\n",
    "[journal]\nfolder = \"日記\"\nformat = \"YYYY/MM/YYYY-MM-DD\"\n",
];

const DAILY: &[&str] = &[
    "",
    "{\"folder\": \"日記\", \"format\": \"YYYY-MM-DD\"}",
    "{\"folder\": \"日記\", \"format\": \"YYYY/MM/YYYY-MM-DD\"}",
    "{",
];

/// How a file is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Written over at once.
    InPlace,
    /// Emptied, and after so many milliseconds written, by one who keeps it open.
    Held(u64),
    /// Emptied, and after so many milliseconds opened again and written.
    Refilled(u64),
    /// A new file takes its place.
    Renamed,
    /// The old file becomes a backup, which goes away; a new one is written.
    Backup,
    /// The old one is removed, and after so many milliseconds there is a new one.
    Anew(u64),
}

/// What an editor changes in a note.
#[derive(Debug, Clone)]
pub enum Edit {
    /// A line at the end.
    Line,
    /// An entry in the log.
    Entry(u8),
    /// A value in the front matter.
    Set(&'static str, &'static str),
    /// The front matter cannot be read any more.
    Break,
    /// It can again; the text too.
    Mend,
    /// The text is not UTF-8 any more.
    Bytes,
    /// A promise.
    Promise(u8),
    /// A link to somebody.
    Link(u8),
    /// Other line ends.
    LineEnds,
}

/// What happens.
#[derive(Debug, Clone)]
pub enum Op {
    Save(usize, Edit, How),
    New(usize, usize),
    Delete(usize),
    Move(usize, usize),
    Respell(usize),
    Link(usize, usize),
    LinkFolder(usize, usize),
    MakeFolder(usize, usize),
    MoveFolder(usize, usize),
    FolderOut(usize),
    FolderIn(usize),
    DeleteFolder(usize),
    Settings(usize),
    Daily(usize),
    Open(usize),
    Commit,
    Switch,
    Mark(usize, char, How),
    Untick(usize),
    Below(usize),
    Outside(bool),
    Inside(usize),
    DropPage,
    Day(i64),
    Slept,
    Restart,
    Reload,
    Away(u64),
}

fn how() -> impl Strategy<Value = How> {
    let short = prop::sample::select(&[20u64, 200, 1500][..]);
    let long = prop::sample::select(&[20u64, 200, 1500, 6000][..]);
    prop_oneof![
        3 => Just(How::InPlace),
        1 => short.clone().prop_map(How::Held),
        1 => long.clone().prop_map(How::Refilled),
        3 => Just(How::Renamed),
        1 => Just(How::Backup),
        1 => long.prop_map(How::Anew),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    let value = prop::sample::select(
        &[
            ("tier", "close"),
            ("tier", "colleague"),
            ("tier", "clsoe"),
            ("cadence", "1w"),
            ("cadence", "6w"),
            ("name", "佐藤"),
            ("name", "鈴木 花子"),
            ("aliases", "[さとう, 田中]"),
            ("birthday", "11-22"),
            ("birthday", "1604-02-29"),
            ("last_contact", "2026-10-01"),
            ("type", "event"),
            ("type", "person"),
            ("date", "2026-11-20"),
            ("attendees", "[佐藤, \"[[bob]]\"]"),
            ("snooze", "2026-12-24"),
            ("status", "paused"),
        ][..],
    );
    prop_oneof![
        3 => Just(Edit::Line),
        2 => (1..21u8).prop_map(Edit::Entry),
        6 => value.prop_map(|(key, value)| Edit::Set(key, value)),
        1 => Just(Edit::Break),
        1 => Just(Edit::Mend),
        1 => Just(Edit::Bytes),
        2 => any::<u8>().prop_map(Edit::Promise),
        2 => any::<u8>().prop_map(Edit::Link),
        1 => Just(Edit::LineEnds),
    ]
}

/// Anything that may happen.
pub fn op() -> impl Strategy<Value = Op> {
    let n = || 0..32usize;
    let mark = prop::sample::select(&['x', 'x', 'x', 'X', '-', '>', '/', '?'][..]);
    let files = prop_oneof![
        8 => (n(), edit(), how()).prop_map(|(note, edit, how)| Op::Save(note, edit, how)),
        2 => (n(), n()).prop_map(|(path, text)| Op::New(path, text)),
        2 => n().prop_map(Op::Delete),
        2 => (n(), n()).prop_map(|(note, path)| Op::Move(note, path)),
        1 => n().prop_map(Op::Respell),
        1 => (n(), n()).prop_map(|(note, path)| Op::Link(note, path)),
        1 => (n(), n()).prop_map(|(folder, path)| Op::LinkFolder(folder, path)),
        1 => (n(), n()).prop_map(|(folder, note)| Op::MakeFolder(folder, note)),
        2 => (n(), n()).prop_map(|(folder, to)| Op::MoveFolder(folder, to)),
        1 => n().prop_map(Op::FolderOut),
        1 => n().prop_map(Op::FolderIn),
        1 => n().prop_map(Op::DeleteFolder),
        2 => n().prop_map(Op::Settings),
        1 => n().prop_map(Op::Daily),
        1 => n().prop_map(Op::Open),
        1 => Just(Op::Commit),
        1 => Just(Op::Switch),
    ];
    let page = prop_oneof![
        6 => (n(), mark, how()).prop_map(|(item, mark, how)| Op::Mark(item, mark, how)),
        2 => n().prop_map(Op::Untick),
        2 => n().prop_map(Op::Below),
        1 => any::<bool>().prop_map(Op::Outside),
        1 => n().prop_map(Op::Inside),
        1 => Just(Op::DropPage),
    ];
    let rest = prop_oneof![
        2 => prop::sample::select(&[1i64, 1, 1, 2, 9, -1][..]).prop_map(Op::Day),
        1 => Just(Op::Slept),
        2 => Just(Op::Restart),
        1 => Just(Op::Reload),
        1 => prop::sample::select(&[20u64, 3000, 9000][..]).prop_map(Op::Away),
    ];
    prop_oneof![7 => files, 4 => page, 2 => rest]
}

/// With what a vault begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Some notes of every kind.
    Usual,
    /// Two people, so that what happens is apt to concern both.
    Few,
    /// Links to notes and to folders.
    Linked,
}

/// With what a vault may begin.
pub fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![2 => Just(Kind::Usual), 2 => Just(Kind::Few), 1 => Just(Kind::Linked)]
}

/// What became of a tick, as far as it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tick {
    Waits,
    Recorded,
}

/// The vault, and what is known of it.
pub struct Changing {
    dir: TempDir,
    markers: u32,
    serial: u32,
    /// What somebody typed and nobody has taken away.
    typed: BTreeSet<String>,
    /// What an editor just saved: it is there, whatever goen did meanwhile.
    saved: Vec<String>,
    /// The ids of what was ticked and nobody has taken away.
    ticks: BTreeMap<String, Tick>,
    /// The ids of those that were taken back since.
    back: BTreeSet<String>,
    /// What happened, for a message.
    pub story: Vec<String>,
    /// How often the page may have had to be written.
    pub occasions: usize,
}

/// Lets time pass: goen does what it likes meanwhile.
pub type Pass<'a> = &'a mut dyn FnMut(Duration);

impl Changing {
    pub fn new(kind: Kind) -> Self {
        let mut new = Self { occasions: 1, ..Self::nowhere() };
        for folder in ["vault", "aside"] {
            fs::create_dir(new.dir.path().join(folder)).unwrap();
        }
        let notes = if kind == Kind::Few { 2 } else { 11 };
        for (path, text) in PATHS.iter().zip(TEXTS).take(notes) {
            let text = format!("{text}\n{}\n", new.marker());
            new.write(path, text.as_bytes());
        }
        if kind == Kind::Linked {
            new.write("goen.toml", b"[vault]\nfollow_symlinks = true\n");
            new.link(&new.at("People/bob.md"), "Archive/b.md");
            new.link(&new.at("Contacts"), "People/c");
            new.link(&new.at("Archive/b.md"), "b2.md");
        }
        new
    }

    /// No vault at all.
    pub fn nowhere() -> Self {
        Self {
            dir: TempDir::new().unwrap(),
            markers: 0,
            serial: 0,
            typed: BTreeSet::new(),
            saved: Vec::new(),
            ticks: BTreeMap::new(),
            back: BTreeSet::new(),
            story: Vec::new(),
            occasions: 0,
        }
    }

    pub fn root(&self) -> PathBuf {
        self.dir.path().join("vault")
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let place = self.at(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }

    fn aside(&self) -> PathBuf {
        self.dir.path().join("aside")
    }

    /// The page's place: as the settings say, where they can be read.
    pub fn page(&self) -> &'static str {
        let settings = fs::read_to_string(self.at("goen.toml")).unwrap_or_default();
        if settings.contains("agenda.md") { "人/agenda.md" } else { "reconnect.md" }
    }

    pub fn page_text(&self) -> Option<String> {
        fs::read_to_string(self.at(self.page())).ok()
    }

    /// Whether the settings can be used at all.
    pub fn is_readable(&self) -> bool {
        let settings = fs::read_to_string(self.at("goen.toml")).unwrap_or_default();
        !settings.contains("flie") && !settings.contains("[vault\n")
    }

    /// The files of the vault that are not hidden, by path, links aside.
    fn files(&self) -> Vec<PathBuf> {
        let shown = |e: &walkdir::DirEntry| e.depth() == 0 || !name(e.path()).starts_with('.');
        let all = walkdir::WalkDir::new(self.root()).sort_by_file_name().into_iter().filter_entry(shown);
        let all = all.filter_map(Result::ok).filter(|e| e.file_type().is_file());
        all.map(walkdir::DirEntry::into_path).collect()
    }

    /// The notes, links too, the page aside.
    pub fn notes(&self) -> Vec<PathBuf> {
        let shown = |e: &walkdir::DirEntry| e.depth() == 0 || !name(e.path()).starts_with('.');
        let all = walkdir::WalkDir::new(self.root()).sort_by_file_name().into_iter().filter_entry(shown);
        let all = all.filter_map(Result::ok).filter(|e| !e.file_type().is_dir());
        let page = self.at(self.page());
        let is_note = |path: &PathBuf| path.extension() == Some(OsStr::new("md")) && *path != page;
        all.map(walkdir::DirEntry::into_path).filter(is_note).collect()
    }

    fn note(&self, n: usize) -> Option<PathBuf> {
        let notes = self.notes();
        notes.get(n % notes.len().max(1)).cloned()
    }

    fn folder(&self, n: usize) -> Option<PathBuf> {
        let all = walkdir::WalkDir::new(self.root()).min_depth(1).sort_by_file_name().into_iter();
        let all = all.filter_map(Result::ok).filter(|e| e.file_type().is_dir());
        let all = all.map(walkdir::DirEntry::into_path);
        let folders: Vec<_> =
            all.filter(|path| !path.strip_prefix(self.root()).unwrap().starts_with(".git")).collect();
        folders.get(n % folders.len().max(1)).cloned()
    }

    fn marker(&mut self) -> String {
        self.markers += 1;
        format!("mk{:04}", self.markers)
    }

    /// What somebody typed that stands anywhere in the vault.
    fn present(&self) -> BTreeSet<String> {
        let texts = self.files().into_iter().filter_map(|path| fs::read(path).ok());
        texts.flat_map(|bytes| markers(&own(&bytes))).collect()
    }

    /// How often each id stands in a log, page aside; at most once in one note.
    fn recorded(&self) -> BTreeMap<String, usize> {
        let mut all = BTreeMap::new();
        for path in self.files() {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap_or_default()).into_owned();
            if path.extension() != Some(OsStr::new("md")) || text.contains("<!-- goen:begin") {
                continue;
            }
            let mut here = BTreeSet::new();
            for id in text.lines().filter_map(id_of) {
                assert!(
                    here.insert(id.to_owned()),
                    "{id} stands twice in {}:\n{text}\n{}",
                    path.display(),
                    self.told()
                );
            }
            for id in here {
                *all.entry(id).or_insert(0) += 1;
            }
        }
        all
    }

    /// What happened so far.
    pub fn told(&self) -> String {
        format!("What happened:\n  {}", self.story.join("\n  "))
    }

    /// Nothing that was typed is lost, no tick is lost or stands twice.
    pub fn is_intact(&mut self) {
        if let Some(lost) = self.lost() {
            panic!("{lost}\n{}\n{}", self.told(), self.shown());
        }
    }

    /// What was typed or ticked and is not there any more.
    pub fn lost(&mut self) -> Option<String> {
        let present = self.present();
        let words: Vec<_> = self.typed.difference(&present).cloned().collect();
        if !words.is_empty() {
            return Some(format!("lost: {words:?}"));
        }
        let recorded = self.recorded();
        let page = self.page_text().unwrap_or_default();
        let mut lost = Vec::new();
        for (id, tick) in &mut self.ticks {
            let is_recorded = recorded.contains_key(id);
            if is_recorded {
                *tick = Tick::Recorded;
            }
            let waits = *tick == Tick::Waits && waits(&page, id);
            if !is_recorded && !waits {
                lost.push((id.clone(), *tick));
            }
        }
        (!lost.is_empty()).then(|| format!("ticks lost: {lost:?}"))
    }

    /// What was taken back and still is recorded, though the page says nothing of it. Where a
    /// checkout brings a record back it is no wonder.
    pub fn still_recorded(&self) -> Option<String> {
        let (recorded, page) = (self.recorded(), self.page_text().unwrap_or_default());
        let told = |id: &str| page.lines().any(|line| id_of(line) == Some(id));
        let still: Vec<_> =
            self.back.iter().filter(|id| recorded.contains_key(*id) && !told(id)).cloned().collect();
        (!still.is_empty()).then(|| format!("taken back and still recorded: {still:?}"))
    }

    /// All files, for a message.
    pub fn shown(&self) -> String {
        let of = |path: PathBuf| {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap_or_default()).into_owned();
            format!("=== {}\n{text}", path.strip_prefix(self.root()).unwrap().display())
        };
        self.files().into_iter().map(of).collect()
    }

    /// What stands there now is what people have left there.
    fn left(&mut self) {
        self.typed = self.present();
        self.typed.extend(std::mem::take(&mut self.saved));
        let recorded = self.recorded();
        let page = self.page_text().unwrap_or_default();
        self.ticks.retain(|id, tick| recorded.contains_key(id) || *tick == Tick::Waits && waits(&page, id));
    }

    /// Does what happens to files; false for what does not concern them.
    pub fn apply(&mut self, op: &Op, pass: Pass<'_>) -> bool {
        let done = match op {
            Op::Save(n, edit, how) => self.note(*n).map(|note| {
                if let Ok(bytes) = fs::read(&note) {
                    let bytes = self.edited(&bytes, edit);
                    self.save(&note, &bytes, *how, pass);
                }
            }),
            Op::New(path, text) => {
                let place = self.at(PATHS[path % PATHS.len()]);
                let text = TEXTS[text % TEXTS.len()];
                let marker = self.marker();
                if !place.exists() && fs::create_dir_all(place.parent().unwrap()).is_ok() {
                    let text = if text.is_empty() { String::new() } else { format!("{text}\n{marker}\n") };
                    let _ = fs::write(place, text);
                }
                Some(())
            }
            Op::Delete(n) => self.note(*n).map(|note| fs::remove_file(note).unwrap()),
            Op::Move(n, path) => self.note(*n).map(|note| {
                let to = self.at(PATHS[path % PATHS.len()]);
                self.rename(&note, &to);
            }),
            Op::Respell(n) => self.note(*n).map(|note| {
                let to = note.with_file_name(respelt(name(&note)));
                self.rename(&note, &to);
            }),
            Op::Link(n, path) => self.note(*n).map(|note| self.link(&note, PATHS[path % PATHS.len()])),
            Op::LinkFolder(n, path) => self.folder(*n).map(|folder| {
                let path = PATHS[path % PATHS.len()].trim_end_matches(".md");
                self.link(&folder, path);
            }),
            Op::MakeFolder(folder, n) => {
                let place = self.at(FOLDERS[folder % FOLDERS.len()]).join("new/deep");
                let marker = self.marker();
                if fs::create_dir_all(&place).is_ok() {
                    let text = format!("{}\n{marker}\n", TEXTS[n % TEXTS.len()]);
                    let _ = fs::write(place.join(format!("n{}.md", n % 3)), text);
                }
                Some(())
            }
            Op::MoveFolder(n, to) => self.folder(*n).map(|folder| {
                let to = self.at(FOLDERS[to % FOLDERS.len()]);
                self.rename(&folder, &to);
            }),
            Op::FolderOut(n) => self.folder(*n).map(|folder| {
                self.serial += 1;
                fs::rename(&folder, self.aside().join(self.serial.to_string())).unwrap();
            }),
            Op::FolderIn(n) => {
                let from = self.aside().join(self.serial.to_string());
                let to = self.at(FOLDERS[n % FOLDERS.len()]);
                self.rename(&from, &to);
                Some(())
            }
            Op::DeleteFolder(n) => self.folder(*n).map(|folder| fs::remove_dir_all(folder).unwrap()),
            Op::Settings(n) => self.put("goen.toml", SETTINGS[n % SETTINGS.len()]),
            Op::Daily(n) => self.put(".obsidian/daily-notes.json", DAILY[n % DAILY.len()]),
            Op::Open(n) => self.note(*n).and_then(|note| {
                let path = note.strip_prefix(self.root()).unwrap().to_str().unwrap().to_owned();
                self.put(".obsidian/workspace.json", &format!("{{\"state\": {{\"file\": \"{path}\"}}}}"))
            }),
            Op::Commit => {
                self.git(&["add", "-A"]);
                self.git(&["commit", "-qm", "a"]);
                Some(())
            }
            Op::Switch => {
                self.switch();
                Some(())
            }
            Op::Mark(n, mark, how) => self.mark(*n, *mark, *how, pass),
            Op::Untick(n) => self
                .on_page(|lines| {
                    let done: Vec<usize> = (0..lines.len())
                        .filter(|at| lines[*at].starts_with("- [x] ") && id_of(&lines[*at]).is_some())
                        .collect();
                    let at = *done.get(n % done.len().max(1))?;
                    lines[at] = lines[at].replacen("- [x] ", "- [ ] ", 1);
                    id_of(&lines[at]).map(str::to_owned)
                })
                .map(|id| {
                    self.ticks.remove(&id);
                }),
            Op::Below(n) => {
                let marker = self.marker();
                self.on_page(|lines| {
                    let items = items(lines);
                    let at = *items.get(n % items.len().max(1))?;
                    lines.insert(at + 1, format!("    - {marker}"));
                    Some(())
                })
            }
            Op::Outside(above) => {
                let marker = self.marker();
                self.on_page(|lines| {
                    lines.insert(if *above { 0 } else { lines.len() }, marker);
                    Some(())
                })
            }
            Op::Inside(n) => {
                let marker = self.marker();
                self.on_page(|lines| {
                    let heads = (0..lines.len()).filter(|at| lines[*at].starts_with("## "));
                    let heads: Vec<usize> = heads.collect();
                    let at = *heads.get(n % heads.len().max(1))?;
                    lines.insert(at + 1, format!("{marker} と書いた"));
                    Some(())
                })
            }
            Op::DropPage => fs::remove_file(self.at(self.page())).ok(),
            Op::Away(ms) => {
                let away = self.aside().join("away");
                fs::rename(self.root(), &away).unwrap();
                pass(Duration::from_millis(*ms));
                assert!(!self.root().exists(), "a vault that is away is not made anew");
                fs::rename(&away, self.root()).unwrap();
                self.occasions += 2;
                Some(())
            }
            Op::Day(_) | Op::Slept | Op::Restart | Op::Reload => return false,
        };
        if done.is_some() {
            self.occasions += 1;
        }
        self.left();
        true
    }

    fn put(&self, path: &str, text: &str) -> Option<()> {
        if text.is_empty() {
            return fs::remove_file(self.at(path)).ok();
        }
        self.write(path, text.as_bytes());
        Some(())
    }

    fn rename(&mut self, from: &Path, to: &Path) {
        if to.symlink_metadata().is_err() && fs::create_dir_all(to.parent().unwrap()).is_ok() {
            // Into itself nothing can be moved.
            let _ = fs::rename(from, to);
        }
    }

    #[cfg(unix)]
    fn link(&self, note: &Path, path: &str) {
        let place = self.at(path);
        if place.symlink_metadata().is_err() && fs::create_dir_all(place.parent().unwrap()).is_ok() {
            let inside = note.strip_prefix(self.root()).unwrap();
            let up = "../".repeat(Path::new(path).components().count() - 1);
            let _ = std::os::unix::fs::symlink(Path::new(&up).join(inside), place);
        }
    }

    #[cfg(not(unix))]
    fn link(&self, _: &Path, _: &str) {}

    /// Saves a file as an editor does that holds its text meanwhile.
    fn save(&mut self, place: &Path, bytes: &[u8], how: How, pass: Pass<'_>) {
        let ms = Duration::from_millis;
        if matches!(how, How::Held(_) | How::Refilled(_) | How::Anew(_)) {
            // What is gone or empty may be believed.
            self.occasions += 1;
        }
        match how {
            How::InPlace => fs::write(place, bytes).unwrap(),
            How::Held(pause) => {
                let mut file = fs::File::create(place).unwrap();
                self.left();
                pass(ms(pause));
                file.write_all(bytes).unwrap();
                drop(file);
                // Whoever replaced it meanwhile looks back after a moment.
                pass(ms(50));
            }
            How::Refilled(pause) => {
                fs::File::create(place).unwrap();
                self.left();
                pass(ms(pause));
                fs::write(place, bytes).unwrap();
            }
            How::Renamed => {
                let beside = place.with_file_name(format!(".{}.tmp", name(place)));
                fs::write(&beside, bytes).unwrap();
                fs::rename(beside, place).unwrap();
            }
            How::Backup => {
                let backup = place.with_file_name(format!("{}~", name(place)));
                fs::rename(place, &backup).unwrap();
                fs::write(place, bytes).unwrap();
                fs::remove_file(backup).unwrap();
            }
            How::Anew(pause) => {
                fs::remove_file(place).unwrap();
                self.left();
                pass(ms(pause));
                fs::create_dir_all(place.parent().unwrap()).unwrap();
                fs::write(place, bytes).unwrap();
            }
        }
        self.saved = markers(&own(bytes));
    }

    /// A note as an editor makes it.
    fn edited(&mut self, bytes: &[u8], edit: &Edit) -> Vec<u8> {
        let Ok(text) = String::from_utf8(bytes.to_vec()) else {
            return bytes.iter().copied().filter(|byte| *byte != 0xff).collect();
        };
        let marker = self.marker();
        let open = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        let text = match edit {
            Edit::Line => format!("{text}{open}{marker}\n"),
            Edit::Entry(day) => {
                let head = ["## 記録\n", "## 記録\r\n"].into_iter().find(|head| text.contains(head));
                let entry = format!("- 2026-11-{day:02} (line) {marker}\n");
                match head {
                    Some(head) => text.replacen(head, &format!("{head}{entry}"), 1),
                    None => format!("{text}{open}## 記録\n{entry}"),
                }
            }
            Edit::Set(key, value) => set(&text, key, value),
            Edit::Break => set(&text, "tier", "["),
            Edit::Mend => set(&text, "tier", "close"),
            Edit::Bytes => {
                return [text.as_bytes(), &b"\xff"[..], marker.as_bytes(), &b"\n"[..]].concat();
            }
            Edit::Promise(n) => {
                format!("{text}{open}- [ ] {marker} [[{}]] 📅 2026-11-2{}\n", someone(*n), n % 7)
            }
            Edit::Link(n) => format!("{text}{open}[[{}]] と話した {marker}\n", someone(*n)),
            Edit::LineEnds => {
                if text.contains("\r\n") {
                    text.replace("\r\n", "\n")
                } else {
                    text.replace('\n', "\r\n")
                }
            }
        };
        text.into_bytes()
    }

    /// Changes the page, as an editor that saves over it.
    fn on_page<T>(&mut self, change: impl FnOnce(&mut Vec<String>) -> Option<T>) -> Option<T> {
        let text = self.page_text()?;
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let out = change(&mut lines)?;
        fs::write(self.at(self.page()), lines.join("\n") + "\n").unwrap();
        Some(out)
    }

    fn mark(&mut self, n: usize, mark: char, how: How, pass: Pass<'_>) -> Option<()> {
        let text = self.page_text()?;
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let items = items(&lines);
        let at = *items.get(n % items.len().max(1))?;
        lines[at] = lines[at].replacen("- [ ] ", &format!("- [{mark}] "), 1);
        let id = id_of(&lines[at])?.to_owned();
        let place = self.at(self.page());
        self.save(&place, (lines.join("\n") + "\n").as_bytes(), how, pass);
        // What is to be done with people to sort is written nowhere.
        if matches!(mark, 'x' | 'X' | '-') && (lines[at].contains("[[") || lines[at].contains('「')) {
            self.back.remove(&id);
            self.ticks.insert(id, Tick::Waits);
        }
        Some(())
    }

    /// To the other branch of a repository, which is made where there is none.
    fn switch(&mut self) {
        if !self.at(".git").exists() {
            self.git(&["init", "-q", "-b", "one"]);
            self.write(".git/info/exclude", b"reconnect.md\nagenda.md\n.obsidian/\n");
            self.git(&["add", "-A"]);
            self.git(&["commit", "-qm", "a"]);
            self.git(&["checkout", "-q", "-b", "two"]);
            if let Some(note) = self.note(1)
                && let Ok(bytes) = fs::read(&note)
            {
                let bytes = self.edited(&bytes, &Edit::Line);
                let _ = fs::write(note, bytes);
            }
            if let Some(note) = self.note(3) {
                let _ = fs::remove_file(note);
            }
            let text = format!("{}\n{}\n", TEXTS[0], self.marker());
            self.write("People/二.md", text.as_bytes());
            self.git(&["add", "-A"]);
            self.git(&["commit", "-qm", "b"]);
            return;
        }
        let head = fs::read_to_string(self.at(".git/HEAD")).unwrap_or_default();
        let other = if head.contains("one") { "two" } else { "one" };
        self.git(&["checkout", "-qf", other]);
    }

    fn git(&self, args: &[&str]) {
        let status = git_command()
            .current_dir(self.root())
            .env("HOME", self.dir.path())
            .args(["-c", "user.name=a", "-c", "user.email=a@b"])
            .args(args)
            .status();
        // With nothing to commit, or without git, nothing happens.
        if let Err(error) = status {
            eprintln!("skipped: git does not work here: {error}");
        }
    }

    /// A copy of all that is not git's, in a folder of its own.
    pub fn copy(&self) -> TempDir {
        let dir = TempDir::new().unwrap();
        let keep = |e: &walkdir::DirEntry| name(e.path()) != ".git" && !name(e.path()).starts_with(".goen-");
        for entry in walkdir::WalkDir::new(self.root()).into_iter().filter_entry(keep).filter_map(Result::ok)
        {
            let to = dir.path().join(entry.path().strip_prefix(self.root()).unwrap());
            let kind = entry.file_type();
            if kind.is_dir() {
                fs::create_dir_all(to).unwrap();
            } else if kind.is_symlink() {
                #[cfg(unix)]
                std::os::unix::fs::symlink(fs::read_link(entry.path()).unwrap(), to).unwrap();
            } else {
                let _ = fs::copy(entry.path(), to);
            }
        }
        dir
    }
}

/// git, with nothing from the environment.
pub fn git_command() -> Command {
    let mut command = Command::new("git");
    command.env_clear().env("PATH", "/usr/bin:/bin:/usr/local/bin").env("GIT_CONFIG_NOSYSTEM", "1");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(OsStr::to_str).unwrap_or_default()
}

fn someone(n: u8) -> &'static str {
    ["田中 太郎", "佐藤", "ガ", "bob", "アン", "carol"][usize::from(n) % 6]
}

/// A name as another system spells it, or with other case.
fn respelt(name: &str) -> String {
    if name.contains('ガ') {
        return name.replace('ガ', "カ\u{3099}");
    }
    if name.contains("カ\u{3099}") {
        return name.replace("カ\u{3099}", "ガ");
    }
    let (stem, _) = name.rsplit_once('.').unwrap();
    let other = if stem.chars().any(char::is_lowercase) { stem.to_uppercase() } else { stem.to_lowercase() };
    format!("{other}.md")
}

/// A text with another value of a key in its front matter.
fn set(text: &str, key: &str, value: &str) -> String {
    let line = format!("{key}: {value}\n");
    let Some(rest) = text.strip_prefix("---\n") else {
        return format!("---\n{line}---\n{text}");
    };
    let Some((front, body)) = rest.split_once("---\n") else { return text.to_owned() };
    let known = |l: &&str| l.starts_with(&format!("{key}:"));
    let front: String = front.split_inclusive('\n').filter(|l| !known(l)).collect();
    format!("---\n{front}{line}---\n{body}")
}

/// The id at the end of a line.
pub fn id_of(line: &str) -> Option<&str> {
    let (_, id) = line.trim_end().rsplit_once(" ^")?;
    id.starts_with("g-").then_some(id)
}

/// Whether an item is ticked on the page and open still.
fn waits(page: &str, id: &str) -> bool {
    let is_marked = |line: &str| ["- [x] ", "- [X] ", "- [-] "].iter().any(|mark| line.starts_with(mark));
    page.lines().any(|line| is_marked(line) && id_of(line) == Some(id))
}

/// The lines of open items.
fn items(lines: &[String]) -> Vec<usize> {
    let is_item = |line: &String| line.starts_with("- [ ] ") && id_of(line).is_some();
    (0..lines.len()).filter(|at| is_item(&lines[*at])).collect()
}

/// What people have written: on the page goen tells what stands in notes, too.
fn own(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    if !text.contains("<!-- goen:begin") {
        return bytes.to_vec();
    }
    let is_own = |line: &&str| line.trim().trim_start_matches("- ").starts_with("mk");
    text.lines().filter(is_own).collect::<Vec<_>>().join("\n").into_bytes()
}

fn markers(bytes: &[u8]) -> Vec<String> {
    let windows = bytes.windows(6).filter(|w| w.starts_with(b"mk") && w[2..].iter().all(u8::is_ascii_digit));
    windows.map(|w| String::from_utf8_lossy(w).into_owned()).collect()
}
