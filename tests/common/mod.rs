//! A vault in a temporary folder and the binary run on it: environment cleared,
//! day fixed. What the answers mean is for the tests to say.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The day of every test that does not name another: a Saturday.
pub const TODAY: &str = "2026-11-21";

/// The page, where `[page] file` does not name another.
pub const PAGE: &str = "reconnect.md";

/// How many times as often as usual what tries its luck does so: `GOEN_THOROUGH=10 cargo test`.
pub fn thorough() -> usize {
    std::env::var("GOEN_THOROUGH").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// A folder of notes that goes away with the test.
pub struct Vault {
    dir: TempDir,
    home: TempDir,
}

/// What a run of goen left behind.
pub struct Output {
    /// The exit code; `None` after a signal.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Output {
    /// Both streams, for tests that do not mind where a word is said.
    pub fn said(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

impl Vault {
    pub fn new() -> Self {
        Self { dir: TempDir::new().unwrap(), home: TempDir::new().unwrap() }
    }

    /// A vault on another disk.
    pub fn within(folder: &Path) -> Self {
        Self { dir: TempDir::new_in(folder).unwrap(), home: TempDir::new().unwrap() }
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    /// Writes a note; folders come as needed.
    pub fn note(&self, path: &str, text: &str) -> &Self {
        self.bytes(path, text.as_bytes())
    }

    pub fn bytes(&self, path: &str, bytes: &[u8]) -> &Self {
        let file = self.at(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
        self
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// As on another machine: nothing is remembered of what was written.
    pub fn forget_local_state(&self) {
        let state = self.home.path().join(".local/state/goen");
        fs::remove_dir_all(&state).unwrap_or_else(|e| panic!("{}: {e}", state.display()));
    }

    /// As on a page that does not say which of its lines are goen's.
    pub fn forget_goens_lines(&self) {
        let page = self.read(PAGE);
        let lines = page.split_inclusive('\n').filter(|line| !line.starts_with("<!-- goen:lines "));
        self.note(PAGE, &lines.collect::<String>());
    }

    /// The binary with nothing from the environment but a home and a path.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goen"));
        command
            .env_clear()
            .env("HOME", self.home.path())
            .env("PATH", "/usr/bin:/bin")
            .current_dir(self.home.path())
            .stdin(Stdio::null());
        command
    }

    /// Runs goen on this vault on the day of the tests.
    pub fn goen(&self, args: &[&str]) -> Output {
        self.on(TODAY, args)
    }

    /// Runs goen on this vault on another day.
    pub fn on(&self, day: &str, args: &[&str]) -> Output {
        run(self.command().arg("--vault").arg(self.path()).args(["--today", day]).args(args))
    }

    /// The answer of a command, as data.
    pub fn json(&self, args: &[&str]) -> Value {
        self.json_on(TODAY, args)
    }

    pub fn json_on(&self, day: &str, args: &[&str]) -> Value {
        let out = self.on(day, &[args, &["--json"]].concat());
        serde_json::from_str(&out.stdout)
            .unwrap_or_else(|e| panic!("{args:?}: {e}; code {:?}\n{}", out.code, out.said()))
    }

    /// Everybody, as `list --json` says.
    pub fn people(&self) -> Vec<Value> {
        self.json(&["list"]).as_array().expect("list --json is an array").clone()
    }

    /// One person of `list --json`, by the path of the note.
    pub fn person(&self, path: &str) -> Value {
        self.person_on(TODAY, path)
    }

    pub fn person_on(&self, day: &str, path: &str) -> Value {
        let all = self.json_on(day, &["list"]);
        let found = all.as_array().unwrap().iter().find(|p| p["path"] == path);
        found.unwrap_or_else(|| panic!("{path} is not in the list: {all}")).clone()
    }

    /// The paths of everybody, sorted.
    pub fn paths(&self) -> Vec<String> {
        let mut paths: Vec<_> = self.people().iter().map(|p| text(&p["path"])).collect();
        paths.sort();
        paths
    }

    /// The items of `today --json`.
    pub fn items_on(&self, day: &str) -> Vec<Value> {
        self.json_on(day, &["today"])["items"].as_array().expect("items is an array").clone()
    }

    /// The problems of `check --json`.
    pub fn problems(&self) -> Vec<Value> {
        self.json(&["check"]).as_array().expect("check --json is an array").clone()
    }

    /// What `check --json` says of one note, as `code:line`.
    pub fn codes(&self, path: &str) -> Vec<String> {
        let all = self.problems();
        let here = all.iter().filter(|p| p["path"] == path);
        here.map(|p| format!("{}:{}", text(&p["code"]), p["line"])).collect()
    }

    /// Every file's bytes, the page aside: what nobody but the user may change.
    pub fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = self.everything();
        files.remove(&PathBuf::from(PAGE));
        files
    }

    /// Every file's bytes, links and what they point to aside.
    pub fn everything(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let files = walkdir::WalkDir::new(self.path()).into_iter().filter_map(Result::ok);
        files
            .filter(|e| e.file_type().is_file())
            .map(|e| (e.path().strip_prefix(self.path()).unwrap().to_owned(), fs::read(e.path()).unwrap()))
            .collect()
    }
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Output {
    let out = command.output().unwrap();
    let lossless = |bytes: Vec<u8>| String::from_utf8(bytes).expect("goen speaks UTF-8");
    Output { code: out.status.code(), stdout: lossless(out.stdout), stderr: lossless(out.stderr) }
}

/// A JSON string's text; empty for null.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A person's note of these front-matter lines.
pub fn front(lines: &str) -> String {
    format!("---\n{}\n---\n", lines.trim_end())
}

/// One vault with a person for every row of front-matter lines; what `list
/// --json` says of each, in the order of the rows.
pub fn read_each(rows: &[&str]) -> Vec<Value> {
    let vault = Vault::new();
    for (n, row) in rows.iter().enumerate() {
        vault.note(&format!("People/p{n:03}.md"), &front(row));
    }
    let people = vault.people();
    let of = |n: usize| people.iter().find(|p| p["path"] == format!("People/p{n:03}.md")).cloned();
    (0..rows.len()).map(|n| of(n).unwrap_or_else(|| panic!("not listed: {}", rows[n]))).collect()
}

/// Compares each row's answer with what is wanted; names all that differ at once.
pub fn all_equal<T: PartialEq + std::fmt::Debug>(rows: impl IntoIterator<Item = (String, T, T)>) {
    let wrong: Vec<_> = rows
        .into_iter()
        .filter(|(_, got, want)| got != want)
        .map(|(row, got, want)| format!("{row}\n    got  {got:?}\n    want {want:?}"))
        .collect();
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// Characters that no text from a note may bring to a terminal.
pub fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
