//! A vault whose page was ticked, what its files are before and after goen takes the ticks in,
//! and what must hold whatever happens in between.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::common::{Output, PAGE, TODAY, Vault, run};

pub const GOEN: &str = env!("CARGO_BIN_EXE_goen");

pub const TANAKA: &str = "People/田中 太郎.md";
pub const SUZUKI: &str = "People/鈴木.md";
pub const WINTER: &str = "計画/冬.md";

/// A contact, recorded in one note; and a promise, whose task stands in a note of its own.
pub const NOTES: [(&str, &str); 3] = [
    (TANAKA, "---\ntier: close\nlast_contact: 2026-09-14\nline: taro\n---\n\n近況。\n"),
    (SUZUKI, "---\ntier: close\nlast_contact: 2026-11-10\n---\n\n## 記録\n\n- 2026-11-10 (mail) 会う約束\n"),
    (WINTER, "# 計画\n\n- [ ] [[鈴木]] に資料を送る 📅 2026-11-22\n"),
];

/// A contact and a promise, each recorded in one note.
pub const ONE_NOTE_EACH: [(&str, &str); 2] = [
    NOTES[0],
    (
        SUZUKI,
        "---\ntier: close\nlast_contact: 2026-11-10\n---\n\n- [ ] 資料を送る 📅 2026-11-22\n\n## 記録\n\n- 2026-11-10 (mail) 会う約束\n",
    ),
];

pub type Files = BTreeMap<PathBuf, Vec<u8>>;

pub struct Ticked {
    pub vault: Vault,
    /// The notes and the ticked page.
    pub before: Files,
    /// What an undisturbed run makes of them.
    pub after: Files,
    /// The ids of the ticks.
    pub ids: Vec<String>,
}

impl Ticked {
    pub fn new() -> Self {
        Self::of(&NOTES)
    }

    pub fn of(notes: &[(&str, &str)]) -> Self {
        let vault = Vault::new();
        for (path, text) in notes {
            vault.note(path, text);
        }
        let ids = tick(&vault);
        let before = vault.everything();
        let out = vault.goen(&["update"]);
        assert_eq!(out.code, Some(0), "{}", out.said());
        let after = vault.everything();
        let ticked = Self { vault, before, after, ids };
        ticked.is_finished("undisturbed");
        ticked.restore();
        ticked
    }

    /// All as it was before goen saw the ticks.
    pub fn restore(&self) {
        for path in self.vault.everything().keys().filter(|path| !self.before.contains_key(*path)) {
            fs::remove_file(self.vault.path().join(path)).unwrap();
        }
        for (path, bytes) in &self.before {
            fs::write(self.vault.path().join(path), bytes).unwrap();
        }
        let _ = fs::remove_dir_all(self.home().join(".local"));
    }

    pub fn home(&self) -> PathBuf {
        let command = self.vault.command();
        let mut envs = command.get_envs();
        PathBuf::from(envs.find(|(key, _)| *key == "HOME").unwrap().1.unwrap())
    }

    /// `goen update`, started by another program.
    pub fn under<S: AsRef<OsStr>>(&self, wrapper: &[S]) -> Command {
        let mut command = Command::new(&wrapper[0]);
        command
            .args(&wrapper[1..])
            .arg(GOEN)
            .arg("--vault")
            .arg(self.vault.path())
            .args(["--today", TODAY, "update"])
            .env_clear()
            .env("HOME", self.home())
            .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
            .env("RAYON_NUM_THREADS", "1")
            .current_dir(self.home())
            .stdin(Stdio::null());
        command
    }

    pub fn update(&self) -> Command {
        self.under(&["/usr/bin/env"])
    }

    /// Temporary files that were left.
    pub fn leftovers(&self) -> Vec<PathBuf> {
        let all = self.vault.everything();
        all.into_keys().filter(|path| !self.before.contains_key(path)).collect()
    }

    /// Every note is, byte for byte, what it was or what it is to become; nothing else is there
    /// but perhaps a temporary file.
    pub fn is_sound(&self, what: &str) {
        let now = self.vault.everything();
        for path in self.before.keys() {
            assert!(now.contains_key(path), "{what}: {path:?} is gone");
        }
        for (path, bytes) in &now {
            let is_temporary = name(path).starts_with(".goen-") && name(path).ends_with(".tmp");
            if path.as_path() == Path::new(PAGE) || is_temporary {
                continue;
            }
            let known = [&self.before, &self.after].map(|files| files.get(path));
            assert!(
                known.contains(&Some(bytes)),
                "{what}: {path:?} is neither as before nor as after:\n{}",
                String::from_utf8_lossy(bytes)
            );
        }
        let page = self.vault.read(PAGE);
        for id in &self.ids {
            let (recorded, waits) = (log_lines(&now, id), is_ticked(&page, id));
            assert!(recorded <= 1, "{what}: {id} stands {recorded} times in the notes");
            assert!(recorded == 1 || waits, "{what}: the tick {id} is lost:\n{page}");
        }
    }

    pub fn page_is_old_or_new(&self, what: &str) {
        let page = fs::read(self.vault.at(PAGE)).unwrap();
        let known = [&self.before, &self.after].map(|files| &files[Path::new(PAGE)]);
        assert!(
            known.contains(&&page),
            "{what}: the page is neither old nor new:\n{}",
            String::from_utf8_lossy(&page)
        );
    }

    /// An undisturbed run makes of it what it would have been.
    pub fn finishes(&self, what: &str) {
        let out = run(&mut self.update());
        assert_eq!(out.code, Some(0), "{what}: {}", out.said());
        self.is_finished(what);
    }

    /// Each tick is recorded once, and every file is what it is after an undisturbed run.
    pub fn is_finished(&self, what: &str) {
        let mut now = self.vault.everything();
        for id in &self.ids {
            assert_eq!(log_lines(&now, id), 1, "{what}: {id}");
        }
        now.retain(|path, _| self.before.contains_key(path));
        for (path, bytes) in &self.after {
            assert!(
                now.get(path) == Some(bytes),
                "{what}: {path:?} should be\n{}\nbut is\n{}",
                String::from_utf8_lossy(bytes),
                String::from_utf8_lossy(now.get(path).map_or(b"nothing", Vec::as_slice))
            );
        }
    }

    pub fn is_untouched(&self, what: &str) {
        let (mut now, mut before) = (self.vault.everything(), self.before.clone());
        for files in [&mut now, &mut before] {
            files.remove(Path::new(PAGE));
        }
        assert!(now == before, "{what}: the notes are as before; now {:?}", now.keys());
        let page = self.vault.read(PAGE);
        assert!(self.ids.iter().all(|id| is_ticked(&page, id)), "{what}: the ticks stay:\n{page}");
    }
}

/// goen has ended by itself: well, or with a reason.
pub fn ended(out: &Output, what: &str) {
    assert!(matches!(out.code, Some(0 | 2)), "{what}: {:?} {}", out.code, out.said());
    assert!(!out.stderr.contains("panicked"), "{what}: {}", out.said());
    assert!(out.code == Some(0) || !out.stderr.is_empty(), "{what}: failed without a word");
}

/// Writes the page and ticks everything on it; the ids.
pub fn tick(vault: &Vault) -> Vec<String> {
    let out = vault.goen(&["update"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    let page = vault.read(PAGE);
    vault.note(PAGE, &page.replace("\n- [ ] ", "\n- [x] "));
    ids(&page)
}

/// The ids of the open items of a page.
pub fn ids(page: &str) -> Vec<String> {
    let items = page.lines().filter(|line| line.starts_with("- [ ] "));
    let ids: Vec<String> =
        items.map(|line| line.rsplit_once(" ^").expect("an item has an id").1.to_owned()).collect();
    assert!(!ids.is_empty(), "{page}");
    ids
}

/// Whether an item waits on the page, ticked, to be recorded.
pub fn is_ticked(page: &str, id: &str) -> bool {
    let open = page.split("\n## 済み\n").next().unwrap_or_default();
    open.lines().any(|line| line.starts_with("- [x] ") && line.ends_with(&format!(" ^{id}")))
}

/// How often an id stands in the log lines of all notes.
pub fn log_lines(files: &Files, id: &str) -> usize {
    let notes = files.iter().filter(|(path, _)| path.as_path() != Path::new(PAGE));
    let notes = notes.filter(|(path, _)| name(path).ends_with(".md"));
    notes.map(|(_, bytes)| String::from_utf8_lossy(bytes).matches(&format!("^{id}")).count()).sum()
}

pub fn name(path: &Path) -> &str {
    path.file_name().and_then(OsStr::to_str).unwrap_or_default()
}

/// A program that a test cannot do without is there and works.
pub fn works(command: &mut Command) -> bool {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let works = status.is_ok_and(|status| status.success());
    if !works {
        eprintln!("skipped: {command:?} does not work here");
    }
    works
}

pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}
