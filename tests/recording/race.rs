//! An editor saves a note again and again while goen records into it: what the editor saved
//! before goen looked is never lost, and what is lost by chance is counted.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use crate::common::Vault;
use goen::config::WriteMode;
use goen::text::{Digest, NotePath};
use goen::vault::{Base, Bytes, WriteError};

const NOTE: &str = "People/a.md";

/// How an editor saves.
#[derive(Debug, Clone, Copy)]
enum Save {
    /// A new file takes the place of the old one.
    Rename,
    /// The file is made empty and written anew.
    InPlace,
}

/// Adds a numbered line with every save, to what stands in the file at that moment.
struct Editor {
    path: PathBuf,
    save: Save,
    saved: usize,
}

impl Editor {
    fn save(&mut self) {
        let text = fs::read_to_string(&self.path).unwrap();
        self.saved += 1;
        self.put(&format!("{text}editor {}\n", self.saved));
    }

    fn put(&self, text: &str) {
        match self.save {
            Save::InPlace => {
                // The file that was opened is written to, whatever has taken its name since.
                let mut file = fs::File::options().write(true).truncate(true).open(&self.path).unwrap();
                file.write_all(text.as_bytes()).unwrap();
            }
            Save::Rename => {
                let new = self.path.with_extension("new");
                fs::write(&new, text).unwrap();
                fs::rename(new, &self.path).unwrap();
            }
        }
    }

    /// How many of the lines are not in the file.
    fn lost(&self) -> usize {
        let text = fs::read_to_string(&self.path).unwrap();
        let lines: std::collections::HashSet<&str> = text.lines().collect();
        (1..=self.saved).filter(|n| !lines.contains(format!("editor {n}").as_str())).count()
    }
}

struct Goen {
    vault: goen::vault::Vault,
    path: NotePath,
    stale: usize,
    looked_back: usize,
}

impl Goen {
    fn new(dir: &Vault) -> Self {
        let vault = goen::vault::Vault::open(dir.path()).unwrap();
        Self { vault, path: NotePath::new(NOTE), stale: 0, looked_back: 0 }
    }

    fn read(&self) -> Vec<u8> {
        match self.vault.read(&self.path).unwrap() {
            Bytes::Whole(bytes) => bytes,
            found => panic!("{found:?}"),
        }
    }

    /// Reads, puts a line in front, and replaces; again, as long as somebody saves in between.
    fn record(&mut self, n: usize, mut between: impl FnMut()) {
        for _ in 0..1000 {
            let before = self.read();
            // A note that is just being written: an editor's file is never empty here.
            if !before.starts_with(b"goen") {
                std::thread::sleep(Duration::from_millis(1));
                continue;
            }
            between();
            if self.replace(&before, &with_line(&before, n)) {
                return;
            }
        }
        panic!("round {n} never came to its end: {:?}", String::from_utf8_lossy(&self.read()));
    }

    fn replace(&mut self, before: &[u8], after: &[u8]) -> bool {
        let base = Base::Content(Digest::of(before));
        match self.vault.replace(&self.path, base, after, WriteMode::Replace) {
            Ok(_) => true,
            Err(WriteError::Stale(_)) => {
                self.stale += 1;
                false
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// What was written to a file after it was replaced is what the note says now, with goen's
    /// line; if the note has gone on since, what it lacks is put to its end.
    fn look_back(&mut self, n: usize) {
        for (_, theirs) in self.vault.look_back() {
            if !theirs.starts_with(b"goen") {
                continue;
            }
            self.looked_back += 1;
            for _ in 0..1000 {
                let now = self.read();
                if !now.starts_with(b"goen") {
                    std::thread::sleep(Duration::from_millis(1));
                    continue;
                }
                let mut after = with_line(&now, n);
                for line in theirs.split_inclusive(|byte| *byte == b'\n') {
                    if !after.split_inclusive(|byte| *byte == b'\n').any(|known| known == line) {
                        after.extend_from_slice(line);
                    }
                }
                if self.replace(&now, &after) {
                    break;
                }
            }
        }
    }
}

/// A note's text with goen's line under the first.
fn with_line(text: &[u8], n: usize) -> Vec<u8> {
    let text = std::str::from_utf8(text).unwrap();
    let line = format!("recorded {n}\n");
    if text.contains(&line) {
        return text.into();
    }
    let (first, rest) = text.split_once('\n').unwrap();
    format!("{first}\n{line}{rest}").into_bytes()
}

fn note() -> (Vault, PathBuf) {
    let dir = Vault::new();
    dir.note(NOTE, "goen's test\n");
    let path = dir.at(NOTE);
    (dir, path)
}

fn recorded(path: &Path, rounds: usize) -> usize {
    let text = fs::read_to_string(path).unwrap();
    (0..rounds).filter(|n| text.contains(&format!("recorded {n}\n"))).count()
}

#[test]
fn fault_14_a_save_between_reading_and_replacing_is_never_lost() {
    const ROUNDS: usize = 90;
    for save in [Save::Rename, Save::InPlace] {
        let (dir, path) = note();
        let mut goen = Goen::new(&dir);
        let mut editor = Editor { path: path.clone(), save, saved: 0 };
        for n in 0..ROUNDS {
            let mut saves = 1 + n % 3;
            goen.record(n, || {
                if saves > 0 {
                    editor.save();
                    saves -= 1;
                }
            });
        }
        assert_eq!((editor.lost(), editor.saved), (0, ROUNDS * 2), "{save:?}");
        assert_eq!(goen.stale, editor.saved, "{save:?}: each was met");
        assert_eq!(recorded(&path, ROUNDS), ROUNDS, "{save:?}");
        assert_eq!(dir.everything().len(), 1, "{save:?}: nothing is left");
    }
}

#[test]
fn fault_15_a_save_into_the_file_that_was_replaced_is_never_lost() {
    const ROUNDS: usize = 60;
    let (dir, path) = note();
    let mut goen = Goen::new(&dir);
    let mut editor = Editor { path: path.clone(), save: Save::InPlace, saved: 0 };
    for n in 0..ROUNDS {
        // Opened before goen replaces the file, written after.
        let text = fs::read_to_string(&path).unwrap();
        let mut held = fs::File::options().write(true).open(&path).unwrap();
        goen.record(n, || ());
        editor.saved += 1;
        held.write_all(format!("{text}editor {}\n", editor.saved).as_bytes()).unwrap();
        // Every other time the note has gone on by then.
        if n % 2 == 1 {
            editor.save();
        }
        goen.look_back(n);
    }
    assert_eq!(editor.lost(), 0, "{}", fs::read_to_string(&path).unwrap());
    assert_eq!(goen.looked_back, ROUNDS);
    assert_eq!(recorded(&path, ROUNDS), ROUNDS);
}

/// Says that it is over, even where a test fails.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Recordings against an editor that saves every few milliseconds: lost lines, saves.
fn by_chance(save: Save) -> (usize, usize) {
    const ROUNDS: usize = 200;
    /// Where the disk is slow the editor is not to get ever further ahead: each save makes the
    /// note longer, and the next one slower.
    const SAVES_A_ROUND: usize = 12;
    let (dir, path) = note();
    let mut goen = Goen::new(&dir);
    let mut editor = Editor { path: path.clone(), save, saved: 0 };
    let over = AtomicBool::new(false);
    let round = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let (over, round) = (&over, &round);
        let editor = &mut editor;
        scope.spawn(move || {
            let mut wait = 0;
            while !over.load(Ordering::Relaxed) {
                if editor.saved < (round.load(Ordering::Relaxed) + 1) * SAVES_A_ROUND {
                    editor.save();
                }
                // Never in step with goen.
                wait = (wait * 5 + 3) % 7;
                std::thread::sleep(Duration::from_micros(1500 + 500 * wait));
            }
        });
        let _over = Over(over);
        for n in 0..ROUNDS {
            round.store(n, Ordering::Relaxed);
            goen.record(n, || ());
            goen.look_back(n);
        }
    });
    let (lost, saved, kept) = (editor.lost(), editor.saved, recorded(&path, ROUNDS));
    eprintln!(
        "{save:?}: {ROUNDS} recordings against {saved} saves: {lost} lines of the editor's lost, {} of goen's \
         overwritten by the editor, {} met in between, {} found after",
        ROUNDS - kept,
        goen.stale,
        goen.looked_back
    );
    assert!(saved > ROUNDS, "{save:?}: the editor did save all the time: {saved}");
    (lost, saved)
}

#[test]
fn saves_by_rename_at_any_moment() {
    let (lost, saved) = by_chance(Save::Rename);
    assert!(lost * 200 <= saved, "{lost} of {saved}");
}

#[test]
fn saves_in_place_at_any_moment() {
    let (lost, saved) = by_chance(Save::InPlace);
    assert!(lost * 50 <= saved, "{lost} of {saved}");
}
