//! Several machines on one vault: real repositories, whose merges git hands to the binary.
//!
//! What one side did and what the other did is there afterwards, once, whichever of them merges;
//! then `goen update` records each tick once and writes the same page.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use goen::page::Written;

use crate::common::{Output, TODAY, run};
use tempfile::TempDir;

/// A folder with repositories in it, and a home that knows neither machine nor user.
pub struct Place(pub TempDir);

/// A repository, and the vault in it.
pub struct Repo<'p> {
    pub place: &'p Place,
    pub dir: PathBuf,
    /// The vault's folder, from the repository's.
    pub vault: &'static str,
}

const ID_OF_TANAKA: &str = "[[田中]]";
const ID_OF_SATO: &str = "[[佐藤]]";

const TANAKA: &str = "---\nname: 田中\ntier: close # 長いつきあい\nlast_contact: 2026-09-01\naliases: [田中さん]\n---\n\n甲の段落。\n\n- [ ] 資料を送る 📅 2027-03-01\n\n乙の段落。\n\n## 記録\n\n- 2026-09-01 (line) 近況\n";
const SATO: &str = "---\nname: 佐藤\ntier: close\nlast_contact: 2026-08-01\n---\n\n# 佐藤\n";

impl Place {
    /// None, with a word, where there is no git.
    pub fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            eprintln!("skipped: there is no git");
            return None;
        }
        let place = Self(TempDir::new().unwrap());
        fs::create_dir(place.0.path().join("home")).unwrap();
        Some(place)
    }

    pub fn repo(&self, name: &str, vault: &'static str) -> Repo<'_> {
        let repo = Repo { place: self, dir: self.0.path().join(name), vault };
        fs::create_dir_all(repo.dir.join(vault)).unwrap();
        repo.git(&["init", "-q", "-b", "main"]);
        repo
    }

    /// A repository with a vault in it, its first page written and committed.
    pub fn with_vault(&self, name: &str, vault: &'static str) -> Repo<'_> {
        let repo = self.repo(name, vault);
        repo.write("goen.toml", "");
        repo.write("People/田中.md", TANAKA);
        repo.write("People/佐藤.md", SATO);
        repo.write(
            "reconnect.md",
            "はじめに\n\n<!-- goen:begin v1 2026-11-20 -->\n<!-- goen:end -->\n\nおわりに\n",
        );
        assert_eq!(repo.goen(&["git", "setup"]).code, Some(0));
        assert_eq!(repo.goen(&["update"]).code, Some(0));
        repo.commit("first");
        repo
    }

    /// What surrounds every command.
    pub fn command(&self, program: &str, dir: &Path) -> Command {
        let home = self.0.path().join("home");
        let mut command = Command::new(program);
        command.env_clear().current_dir(dir).stdin(Stdio::null());
        command.env("HOME", &home).env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
        for who in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{who}_NAME"), "Test")
                .env(format!("GIT_{who}_EMAIL"), "test@example.org");
            command.env(format!("GIT_{who}_DATE"), "2026-11-21T12:00:00Z");
        }
        command
    }
}

impl Repo<'_> {
    pub fn clone_of(&self, name: &str) -> Repo<'_> {
        let dir = self.place.0.path().join(name);
        self.git(&["clone", "-q", ".", dir.to_str().unwrap()]);
        Repo { place: self.place, dir, vault: self.vault }
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.dir.join(self.vault).join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// Puts other words in the place of some.
    pub fn change(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{old:?} is not in {text}");
        self.write(path, &text.replacen(old, new, 1));
    }

    pub fn try_git(&self, args: &[&str]) -> Output {
        run(self.place.command("git", &self.dir).args(args))
    }

    pub fn git(&self, args: &[&str]) -> String {
        let out = self.try_git(args);
        assert_eq!(out.code, Some(0), "git {args:?}\n{}", out.said());
        out.stdout.trim_end().to_owned()
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
    }

    pub fn goen(&self, args: &[&str]) -> Output {
        let vault = self.dir.join(self.vault);
        run(self
            .place
            .command(env!("CARGO_BIN_EXE_goen"), &vault)
            .arg("--vault")
            .arg(&vault)
            .args(["--today", TODAY])
            .args(args))
    }

    /// As on another machine: nothing is remembered of what was written.
    pub fn forget(&self) {
        let _ = fs::remove_dir_all(self.place.0.path().join("home/.local"));
    }

    /// The id of an item, by what its line holds.
    pub fn id(&self, of: &str) -> String {
        let page = self.read("reconnect.md");
        let line = page.lines().find(|line| line.contains(of) && line.contains("^g-"));
        let line = line.unwrap_or_else(|| panic!("{of} is not on the page: {page}"));
        line[line.find("^g-").unwrap()..].trim().to_owned()
    }

    /// Ticks an item, with a word below it.
    pub fn tick(&self, of: &str, word: &str) {
        let page = self.read("reconnect.md");
        let line = page.lines().find(|line| line.contains(of) && line.contains("- [ ] ")).unwrap();
        let ticked = format!("{}\n    - {word}", line.replacen("[ ]", "[x]", 1));
        self.write("reconnect.md", &page.replacen(line, &ticked, 1));
    }

    /// All notes and the page.
    pub fn notes(&self) -> BTreeMap<String, String> {
        let files = self.git(&["-c", "core.quotePath=false", "ls-files", "*.md"]);
        files
            .lines()
            .map(|file| (file.to_owned(), fs::read_to_string(self.dir.join(file)).unwrap()))
            .collect()
    }
}

/// What may be done on a machine. Where both do the same, each does it in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Tick,
    Body,
    Front,
    Rename,
    Log,
    Page,
    Free,
}

const DEEDS: [Deed; 7] =
    [Deed::Tick, Deed::Body, Deed::Front, Deed::Rename, Deed::Log, Deed::Page, Deed::Free];

/// Where 田中's note is, as far as it was renamed.
fn tanaka(repo: &Repo<'_>) -> &'static str {
    if repo.at("People/田中.md").exists() { "People/田中.md" } else { "People/友/田中.md" }
}

fn act(repo: &Repo<'_>, deed: Deed, side: &str) {
    match deed {
        Deed::Tick => repo.tick(ID_OF_TANAKA, &format!("{side}で話した")),
        Deed::Body if side == "甲" => repo.change(tanaka(repo), "甲の段落。", "甲の段落、直した。"),
        Deed::Body => {
            repo.change(
                tanaka(repo),
                "- [ ] 資料を送る 📅 2027-03-01",
                "- [x] 資料を送る 📅 2027-03-01 ✅ 2026-11-20",
            );
            repo.change(tanaka(repo), "乙の段落。", "乙の段落。\n\n足した段落。");
        }
        Deed::Front if side == "甲" => repo.change(tanaka(repo), "tier: close", "tier: senior"),
        Deed::Front => repo.change(tanaka(repo), "[田中さん]", "[田中さん, タナちゃん]"),
        Deed::Rename => {
            fs::create_dir_all(repo.at("People/友")).unwrap();
            fs::rename(repo.at("People/田中.md"), repo.at("People/友/田中.md")).unwrap();
        }
        Deed::Log => {
            let day = if side == "甲" { "2026-11-20" } else { "2026-11-19" };
            let out = repo.goen(&["log", "田中", &format!("{side}から電話"), "--on", day, "--via", "phone"]);
            assert_eq!(out.code, Some(0), "{}", out.said());
        }
        Deed::Page => {
            repo.tick(ID_OF_SATO, &format!("{side}でお茶"));
            let out = repo.goen(&["update"]);
            assert_eq!(out.code, Some(0), "{}", out.said());
        }
        Deed::Free => {
            repo.change("reconnect.md", "おわりに\n", &format!("おわりに\n\n{side}の覚え書き\n"));
            if side == "乙" {
                repo.change("reconnect.md", "おわりに\n\n乙の覚え書き\n", "乙の覚え書き\n\nおわりに\n");
            }
            repo.change("reconnect.md", "## 今日\n", &format!("## 今日\n\n{side}の一言\n"));
        }
    }
}

/// What must be there once everything is taken in.
fn is_there(repo: &Repo<'_>, deed: Deed, side: &str, (tick, page): (&str, &str), of: &str) {
    let once = |path: &str, words: &str| {
        let text = repo.read(path);
        assert_eq!(text.matches(words).count(), 1, "{of}: {words:?} in {path}:\n{text}");
    };
    let note = tanaka(repo);
    match deed {
        // The id of an item belongs to the note's path: of a tick that is older than the new name
        // goen makes no guess; it stays on the page, which says so.
        Deed::Tick if note != "People/田中.md" => {
            once("reconnect.md", &format!("{side}で話した"));
            once("reconnect.md", "- [x] [[田中]]");
        }
        Deed::Tick => {
            once(note, tick);
            once(note, &format!("{side}で話した"));
            once(note, "last_contact: 2026-11-21");
        }
        Deed::Body if side == "甲" => once(note, "甲の段落、直した。"),
        Deed::Body => {
            once(note, "- [x] 資料を送る 📅 2027-03-01 ✅ 2026-11-20");
            once(note, "足した段落。");
        }
        Deed::Front if side == "甲" => once(note, "tier: senior # 長いつきあい"),
        Deed::Front => once(note, "[田中さん, タナちゃん]"),
        Deed::Rename => assert_eq!(note, "People/友/田中.md", "{of}"),
        Deed::Log => once(note, &format!("{side}から電話")),
        Deed::Page => {
            once("People/佐藤.md", page);
            once("People/佐藤.md", &format!("{side}でお茶"));
        }
        Deed::Free => {
            once("reconnect.md", &format!("{side}の覚え書き"));
            once("reconnect.md", &format!("{side}の一言"));
        }
    }
}

#[test]
fn all_pairs_of_what_two_machines_may_do() {
    let Some(place) = Place::new() else { return };
    let repo = place.with_vault("vault", "");
    let ids = (repo.id(ID_OF_TANAKA), repo.id(ID_OF_SATO));
    let ids = (ids.0.as_str(), ids.1.as_str());
    // What each side does, once for all pairs.
    for (side, branch) in [("甲", "a"), ("乙", "b")] {
        for (n, deed) in DEEDS.into_iter().enumerate() {
            repo.git(&["switch", "-q", "-c", &format!("{branch}{n}"), "main"]);
            act(&repo, deed, side);
            repo.commit(&format!("{deed:?} {side}"));
        }
    }
    for (n, ours) in DEEDS.into_iter().enumerate() {
        for (m, theirs) in DEEDS.into_iter().enumerate().skip(n) {
            let of = format!("{ours:?} and {theirs:?}");
            let (a, b) = (format!("a{n}"), format!("b{m}"));
            let merge = |here: &str, there: &str| {
                let out = repo.try_git(&["merge-tree", "--write-tree", here, there]);
                assert_eq!(out.code, Some(0), "{of}\n{}", out.said());
                out.stdout.lines().next().unwrap().to_owned()
            };
            let tree = merge(&b, &a);
            assert_eq!(merge(&a, &b), tree, "{of}");
            repo.git(&["read-tree", "--reset", "-u", &tree]);
            repo.forget();
            let out = repo.goen(&["update"]);
            assert_eq!(out.code, Some(0), "{of}\n{}", out.said());
            is_there(&repo, ours, "甲", ids, &of);
            is_there(&repo, theirs, "乙", ids, &of);
            let page = repo.read("reconnect.md");
            assert_eq!(page.matches("<!-- goen:").count(), 3, "{of}: {page}");
            assert!(page.starts_with("はじめに\n\n<!-- goen:begin"), "{of}: {page}");
        }
    }
}

#[test]
fn two_clones_record_every_tick_once_and_write_one_page() {
    let Some(place) = Place::new() else { return };
    let here = place.with_vault("here", "");
    let there = here.clone_of("there");
    // A clone has the line of `.gitattributes`, and not yet the program.
    assert_eq!(there.try_git(&["config", "--get", "merge.goen.driver"]).code, Some(1));
    assert_eq!(there.goen(&["git", "setup"]).code, Some(0));
    let id = here.id(ID_OF_TANAKA);
    for (repo, word) in [(&here, "こちら"), (&there, "あちら")] {
        repo.forget();
        repo.tick(ID_OF_TANAKA, &format!("{word}で話した"));
        assert_eq!(repo.goen(&["update"]).code, Some(0));
        repo.commit(word);
    }
    there.git(&["pull", "-q", "--no-rebase", "--no-edit"]);
    here.git(&["fetch", "-q", there.dir.to_str().unwrap(), "main"]);
    here.git(&["merge", "-q", "FETCH_HEAD"]);
    for repo in [&here, &there] {
        repo.forget();
        assert_eq!(repo.goen(&["update"]).code, Some(0));
        let note = repo.read("People/田中.md");
        assert_eq!(note.matches(&id).count(), 1, "{note}");
        assert!(note.contains("こちらで話した") && note.contains("あちらで話した"), "{note}");
    }
    assert_eq!(here.notes(), there.notes());
    assert_eq!(here.goen(&["check"]).code, Some(0));
}

#[test]
fn rebase_and_cherry_pick_go_the_same_way() {
    let Some(place) = Place::new() else { return };
    let repo = place.with_vault("vault", "notes/人");
    let id = repo.id(ID_OF_TANAKA);
    repo.git(&["switch", "-q", "-c", "side"]);
    act(&repo, Deed::Log, "乙");
    repo.commit("side");
    act(&repo, Deed::Front, "乙");
    repo.commit("side, too");
    repo.git(&["switch", "-q", "main"]);
    act(&repo, Deed::Tick, "甲");
    assert_eq!(repo.goen(&["update"]).code, Some(0));
    act(&repo, Deed::Front, "甲");
    repo.commit("main");
    repo.git(&["switch", "-q", "-c", "picked"]);
    repo.git(&["cherry-pick", "side~1", "side"]);
    let picked = repo.git(&["rev-parse", "HEAD^{tree}"]);
    repo.git(&["switch", "-q", "side"]);
    repo.git(&["rebase", "-q", "main"]);
    assert_eq!(repo.git(&["rev-parse", "HEAD^{tree}"]), picked);
    let note = repo.read("People/田中.md");
    for words in [&*id, "甲で話した", "乙から電話", "tier: senior", "タナちゃん"] {
        assert_eq!(note.matches(words).count(), 1, "{words}: {note}");
    }
}

#[test]
fn what_nobody_can_tell_is_left_with_markers_around_it_alone() {
    let Some(place) = Place::new() else { return };
    let repo = place.with_vault("vault", "");
    repo.git(&["config", "merge.conflictStyle", "diff3"]);
    repo.git(&["switch", "-q", "-c", "side"]);
    repo.change("People/田中.md", "tier: close", "tier: client");
    act(&repo, Deed::Log, "乙");
    repo.commit("side");
    repo.git(&["switch", "-q", "main"]);
    repo.change("People/田中.md", "tier: close", "tier: senior");
    act(&repo, Deed::Log, "甲");
    repo.commit("main");
    let out = repo.try_git(&["merge", "-q", "side"]);
    assert_eq!(out.code, Some(1), "{}", out.said());
    let note = repo.read("People/田中.md");
    let lines: Vec<&str> = note.lines().collect();
    assert_eq!(
        lines[2..9].iter().map(|line| line.split(' ').next().unwrap()).collect::<Vec<_>>(),
        ["<<<<<<<", "tier:", "|||||||", "tier:", "=======", "tier:", ">>>>>>>",]
    );
    assert!(lines[2].ends_with("HEAD") || lines[2].ends_with("ours"), "{note}");
    let log: Vec<&str> =
        lines.iter().filter_map(|line| line.strip_prefix("- 2026-")?.split(' ').nth(2)).collect();
    assert_eq!(log, ["甲から電話", "乙から電話", "近況"], "{note}");
    assert_eq!(note.matches("<<<<<<<").count(), 1, "{note}");
    // goen leaves it alone, and says so.
    assert!(repo.goen(&["check"]).said().contains("People/田中.md:3"));
}

#[test]
fn without_the_program_git_merges_lines() {
    let Some(place) = Place::new() else { return };
    let repo = place.with_vault("vault", "");
    assert_eq!(repo.goen(&["git", "setup", "--remove"]).code, Some(0));
    assert!(!repo.at(".gitattributes").exists());
    repo.git(&["checkout", "-q", ".gitattributes"]);
    repo.git(&["switch", "-q", "-c", "side"]);
    repo.change("People/田中.md", "乙の段落", "丙の段落");
    repo.commit("side");
    repo.git(&["switch", "-q", "main"]);
    repo.change("People/田中.md", "甲の段落", "丁の段落");
    repo.commit("main");
    repo.git(&["merge", "-q", "--no-edit", "side"]);
    let note = repo.read("People/田中.md");
    assert!(note.contains("丙の段落") && note.contains("丁の段落"), "{note}");
}

/// Merges three texts as git would have it done: the exit code, our file afterwards, what was said.
fn by_hand(place: &Place, base: &[u8], ours: &[u8], theirs: &[u8]) -> (Option<i32>, Vec<u8>, String) {
    let dir = place.0.path().join("by hand");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir(&dir).unwrap();
    for (name, bytes) in [("base", base), ("ours", ours), ("theirs", theirs)] {
        fs::write(dir.join(name), bytes).unwrap();
    }
    let mut command = place.command(env!("CARGO_BIN_EXE_goen"), &dir);
    let out = run(command.args(["git", "merge", "base", "ours", "theirs", "9", "--a b.md"]));
    let left: Vec<_> = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
    (out.code, fs::read(dir.join("ours")).unwrap(), out.said())
}

#[test]
fn what_goen_cannot_tell_is_merged_as_git_merges_it() {
    let Some(place) = Place::new() else { return };
    let check = |base: &[u8], ours: &[u8], theirs: &[u8], code: i32, want: &[u8]| {
        let (got, bytes, said) = by_hand(&place, base, ours, theirs);
        assert_eq!(got, Some(code), "{said}");
        assert_eq!(String::from_utf8_lossy(&bytes), String::from_utf8_lossy(want));
    };
    check(b"a\nb\n", b"A\nb\n", b"a\nb\nc\n", 0, b"A\nb\nc\n");
    // No UTF-8 (Shift_JIS), no text at all.
    check(b"\x93c\nb\nc\n", b"\x93c\nb\nc\nd\n", b"\x93d\nb\nc\n", 0, b"\x93d\nb\nc\nd\n");
    check(b"a\0\n", b"b\0\n", b"c\0\n", 1, b"b\0\n");
    // Both made the file.
    check(
        b"",
        b"## Log\n- 2026-01-01 a\n",
        b"## Log\n- 2026-01-02 b\n",
        0,
        b"## Log\n- 2026-01-02 b\n- 2026-01-01 a\n",
    );
    check(b"", b"a\n", b"b\n", 1, b"<<<<<<<<< ours\na\n=========\nb\n>>>>>>>>> theirs\n");
    // Markers that somebody has left.
    let marked = b"<<<<<<< x\na\n=======\nb\n>>>>>>> y\nc\nd\ne\n".as_slice();
    let changed = [marked, b"f\n"].concat();
    check(marked, &changed, &[b"z\n", marked].concat(), 0, &[b"z\n", changed.as_slice()].concat());
    // Too large for goen.
    let large = "- line\n".repeat(2_500_000);
    let (ours, theirs) = (format!("a\n{large}"), format!("{large}b\n"));
    check(large.as_bytes(), ours.as_bytes(), theirs.as_bytes(), 0, format!("{ours}b\n").as_bytes());
    // What is not there.
    fs::remove_dir_all(place.0.path().join("by hand")).unwrap();
    let out =
        run(place.command(env!("CARGO_BIN_EXE_goen"), place.0.path()).args(["git", "merge", "x", "y", "z"]));
    assert_eq!(out.code, Some(2), "{}", out.said());
}

#[test]
fn a_long_log_is_merged_in_a_moment() {
    let Some(place) = Place::new() else { return };
    let log = |from: u32, to: u32| {
        (from..to)
            .map(|n| format!("- {}-01-{:02} (line) {n}\n", 1990 + n / 28, 1 + n % 28))
            .collect::<String>()
    };
    let note = |log: &str| format!("---\nname: a\n---\n\n## Log\n\n{log}");
    let base = note(&log(0, 900));
    let (ours, theirs) = (note(&log(0, 950)), note(&log(10, 900)));
    let (code, bytes, said) = by_hand(&place, base.as_bytes(), ours.as_bytes(), theirs.as_bytes());
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(String::from_utf8(bytes).unwrap(), note(&log(10, 950)));
}

#[test]
fn a_note_that_shows_a_page_is_merged_as_a_note() {
    let Some(place) = Place::new() else { return };
    let text = |first: &str, last: &str| {
        let shown = "<!-- goen:begin v1 2026-11-21 -->\nはじめ\n\n## メモ\n\nおわり\n<!-- goen:end -->\n";
        let shown = Written::of(shown).sign(shown).replace("はじめ", first).replace("おわり", last);
        format!("# 使い方\n\n{shown}")
    };
    fs::write(place.0.path().join("goen.toml"), "").unwrap();
    let merged = |path: &str| {
        for (name, text) in [
            ("base", text("はじめ", "おわり")),
            ("ours", text("はじめ A", "おわり")),
            ("theirs", text("はじめ", "おわり B")),
        ] {
            fs::write(place.0.path().join(name), text).unwrap();
        }
        let mut command = place.command(env!("CARGO_BIN_EXE_goen"), place.0.path());
        let out = run(command.args(["git", "merge", "base", "ours", "theirs", "7", path]));
        assert_eq!(out.code, Some(0), "{}", out.said());
        fs::read_to_string(place.0.path().join("ours")).unwrap()
    };
    assert_eq!(merged("使い方.md"), text("はじめ A", "おわり B"));
    assert_eq!(merged("古い/reconnect.md"), text("はじめ A", "おわり B"));
    let page = merged("reconnect.md");
    assert!(page.contains("<!-- goen:end -->\n\n"), "the page itself is merged as one: {page}");
}
