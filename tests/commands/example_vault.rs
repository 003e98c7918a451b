//! The example vault on its day: the page, what people's ties are, and that nothing
//! but the page is written. `UPDATE_SNAPSHOTS=1` writes the pages anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const DAY: &str = "2026-11-21";
const PAGE: &str = "reconnect.md";

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A copy of the example vault, with the page that the repository holds.
fn vault() -> TempDir {
    let copy = TempDir::new().unwrap();
    let example = repository().join("example-vault");
    for entry in walkdir::WalkDir::new(&example) {
        let entry = entry.unwrap();
        let target = copy.path().join(entry.path().strip_prefix(&example).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
    copy
}

fn goen(vault: &TempDir, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_goen"));
    command.env_clear().env("HOME", vault.path()).current_dir(repository());
    command.arg("--vault").arg(vault.path()).args(["--today", DAY]).args(args);
    let out = command.output().unwrap();
    assert_eq!(out.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    out
}

fn json(vault: &TempDir, args: &[&str]) -> Vec<Value> {
    let out = goen(vault, &[args, &["--json"]].concat());
    let value: Value = serde_json::from_slice(&out.stdout).unwrap();
    let items = if value.is_array() { &value } else { &value["items"] };
    items.as_array().unwrap().clone()
}

fn files(vault: &TempDir) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(vault.path()).into_iter().map(Result::unwrap);
    let files = entries.filter(|e| e.file_type().is_file());
    files
        .map(|e| (e.path().strip_prefix(vault.path()).unwrap().to_owned(), fs::read(e.path()).unwrap()))
        .collect()
}

/// Compares with a file of the repository, or writes it.
fn equals_snapshot(path: &str, got: &str) {
    let file = repository().join(path);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some_and(|v| v == "1") {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, got).unwrap();
        return;
    }
    // A checkout may have turned the line ends.
    let want = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let differs = got.lines().zip(want.lines()).position(|(a, b)| a != b);
    let at = differs.unwrap_or_else(|| got.lines().count().min(want.lines().count()));
    assert!(
        got == want,
        "{path} is not what goen writes, from line {} on:\n  goen {:?}\n  file {:?}\n\
         where goen is right: UPDATE_SNAPSHOTS=1 cargo test --test commands example_vault",
        at + 1,
        got.lines().nth(at),
        want.lines().nth(at),
    );
}

/// The page as it is written where there is none.
fn fresh_page(args: &[&str]) -> String {
    let vault = vault();
    let _ = fs::remove_file(vault.path().join(PAGE));
    goen(&vault, args);
    fs::read_to_string(vault.path().join(PAGE)).unwrap()
}

fn names<'p>(people: &'p [Value], state: &str) -> BTreeSet<&'p str> {
    people.iter().filter(|p| p["state"] == state).map(|p| p["name"].as_str().unwrap()).collect()
}

fn person<'p>(people: &'p [Value], name: &str) -> &'p Value {
    people.iter().find(|p| p["name"] == name).unwrap_or_else(|| panic!("{name} is not listed"))
}

#[test]
fn the_page_is_the_one_in_the_repository() {
    equals_snapshot("example-vault/reconnect.md", &fresh_page(&["update"]));
}

#[test]
fn the_page_in_english() {
    equals_snapshot("tests/snapshots/example_vault_en.md", &fresh_page(&["update", "--lang", "en"]));
}

#[test]
fn nothing_but_the_page_is_written_and_that_once() {
    let vault = vault();
    let _ = fs::remove_file(vault.path().join(PAGE));
    let before = files(&vault);
    goen(&vault, &["update"]);
    let mut after = files(&vault);
    let modified = || fs::metadata(vault.path().join(PAGE)).unwrap().modified().unwrap();
    let (written, once) = (modified(), after.clone());
    goen(&vault, &["update"]);
    assert_eq!(files(&vault), once, "a second run changes something");
    assert_eq!(modified(), written, "a second run writes the page again");
    after.remove(Path::new(PAGE)).expect("the page was written");
    assert_eq!(after, before, "something besides the page was written");
}

#[test]
fn how_the_ties_stand() {
    let people = json(&vault(), &["list"]);
    for (state, count) in [
        ("fresh", 12),
        ("open", 6),
        ("due", 3),
        ("dormant", 1),
        ("snoozed", 1),
        ("closed", 2),
        ("new", 1),
        ("untracked", 2),
    ] {
        assert_eq!(names(&people, state).len(), count, "{state}: {:?}", names(&people, state));
    }
    for (state, expected) in [
        ("open", &["佐伯 美和子", "藤代 航", "相沢 奈緒", "長谷部 友梨", "河野 春香", "小此木 藍"][..]),
        ("due", &["倉持 誠", "三橋 千夏", "布施 理恵"]),
        ("dormant", &["村井 浩二"]),
        ("snoozed", &["宇野 さつき"]),
        ("closed", &["沖 由香里", "早乙女 健"]),
        ("new", &["梁川 颯"]),
        ("untracked", &["浅見 律", "二宮 灯"]),
    ] {
        assert_eq!(names(&people, state), expected.iter().copied().collect(), "{state}");
    }
}

#[test]
fn what_single_notes_show() {
    let people = json(&vault(), &["list"]);
    let drifting: Vec<_> = people.iter().filter(|p| p["drifting"] == true).map(|p| &p["name"]).collect();
    assert_eq!(drifting, ["榎本 拓海"]);
    // The last contact stands in the diary, not in the note.
    let fujishiro = person(&people, "藤代 航");
    assert_eq!(fujishiro["last_contact"], "2026-10-14");
    assert_eq!(fujishiro["last_source"], "mention");
    // Two lines without an answer double the window of a client: 5..6 months become 10..12.
    let kaji = person(&people, "梶 文雄");
    assert_eq!(kaji["last_contact"], "2026-05-18");
    assert_eq!((&kaji["opens"], &kaji["due"]), (&"2027-03-18".into(), &"2027-05-18".into()));
    // A touch moves the window of 4..6 months by half its start.
    let toda = person(&people, "戸田 圭");
    assert_eq!(toda["last_contact"], "2026-07-10");
    assert!(toda["due"].as_str() > Some("2027-01-10"), "{toda}");
    // Absent from the meeting: it does not count.
    assert_eq!(person(&people, "小此木 藍")["last_contact"], "2026-10-16");
    // Found by another name than the file's.
    assert_eq!(person(&people, "三橋 千夏")["path"], "人/みっちゃん.md");
}

#[test]
fn what_stands_on_the_agenda() {
    let items = json(&vault(), &["today"]);
    let item = |name: &str| items.iter().find(|i| i["name"] == name);
    for (name, kind) in [
        ("河野 大地", "promise"),
        ("河野 春香", "waiting"),
        ("藤代 航", "birthday"),
        ("真壁 徹", "milestone"),
        ("三橋 千夏", "cadence"),
        ("村井 浩二", "reopen"),
        ("梁川 颯", "cadence"),
        ("遠山 亮", "reply"),
        ("Priya Raman", "thanks"),
        ("柿沼 正樹", "visit"),
        ("榎本 拓海", "drift"),
    ] {
        assert_eq!(item(name).unwrap_or_else(|| panic!("no item for {name}"))["kind"], kind, "{name}");
    }
    let birthday = item("藤代 航").unwrap();
    assert_eq!((&birthday["planned"], &birthday["fixed"]), (&"2026-11-23".into(), &true.into()));
    assert!(birthday["also"].as_array().unwrap().contains(&"cadence".into()));
    // Resting, closed, waiting for an answer, or simply well: nothing today.
    for name in ["宇野 さつき", "沖 由香里", "早乙女 健", "梶 文雄", "浅見 律"] {
        assert!(item(name).is_none(), "{name} stands on the agenda");
    }
    let today: Vec<_> = items.iter().filter(|i| i["section"] == "today").collect();
    assert!((1..=5).contains(&today.len()), "a day's list is short: {}", today.len());
    let of_sorting = items.iter().find(|i| i["kind"] == "sort").expect("two people have no tier");
    assert_eq!(of_sorting["planned"], "2026-11-23");
}

#[test]
fn check_finds_no_error() {
    let problems = json(&vault(), &["check"]);
    assert!(problems.iter().all(|p| p["severity"] != "error"), "{problems:?}");
}
