//! `goen git setup`: what it writes and takes back, and what git does by it.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;

use crate::common::run;
use crate::git_merge::{Place, Repo};

#[test]
fn setup_writes_two_things_and_takes_them_back() {
    let Some(place) = Place::new() else { return };
    let repo = place.repo("it's 100% a vault", "notes");
    repo.write("goen.toml", "");
    repo.write(".gitattributes", "*.png binary");
    let config = || fs::read_to_string(repo.dir.join(".git/config")).unwrap();
    let before = config();
    let dry = repo.goen(&["git", "setup", "--dry-run", "--lang", "en"]);
    assert!(dry.code == Some(0) && dry.stdout.contains("would write"), "{}", dry.said());
    assert_eq!((repo.read(".gitattributes").as_str(), config()), ("*.png binary", before.clone()));
    let done: serde_json::Value =
        serde_json::from_str(&repo.goen(&["git", "setup", "--json"]).stdout).unwrap();
    assert_eq!((&done["attributes_changed"], &done["driver_changed"]), (&true.into(), &true.into()));
    assert_eq!(repo.read(".gitattributes"), "*.png binary\n# goen git setup\n*.md merge=goen");
    let driver = repo.git(&["config", "--local", "merge.goen.driver"]);
    assert!(driver.contains("git merge %O %A %B %L %P %S %X %Y; "), "{driver}");
    let set = config();
    let again = repo.goen(&["git", "setup"]);
    assert!(again.code == Some(0) && again.stdout.contains("設定済み"), "{}", again.said());
    assert_eq!((repo.read(".gitattributes").len(), config()), (45, set));
    // A further working tree has the same settings.
    repo.commit("x");
    repo.git(&["worktree", "add", "-q", "../other"]);
    let other = Repo { place: &place, dir: place.0.path().join("other"), vault: "notes" };
    let done: serde_json::Value =
        serde_json::from_str(&other.goen(&["git", "setup", "--json"]).stdout).unwrap();
    assert_eq!((&done["attributes_changed"], &done["driver_changed"]), (&false.into(), &false.into()));
    repo.git(&["worktree", "remove", "../other"]);
    let gone = repo.goen(&["git", "setup", "--remove"]);
    assert_eq!(gone.code, Some(0), "{}", gone.said());
    assert_eq!(repo.read(".gitattributes"), "*.png binary");
    assert!(!config().contains("goen"), "{}", config());
    assert_eq!(repo.goen(&["git", "setup", "--remove"]).code, Some(0));
    // Another rule comes first.
    fs::create_dir_all(repo.dir.join(".git/info")).unwrap();
    fs::write(repo.dir.join(".git/info/attributes"), "*.md merge=union\n").unwrap();
    let out = repo.goen(&["git", "setup", "--lang", "en"]);
    assert!(out.stdout.contains("note.md is merged with `union`"), "{}", out.said());
}

#[test]
fn where_there_is_no_repository_it_says_so() {
    let Some(place) = Place::new() else { return };
    fs::create_dir(place.0.path().join("none")).unwrap();
    let repo = Repo { place: &place, dir: place.0.path().join("none"), vault: "" };
    repo.write("goen.toml", "");
    let out = repo.goen(&["git", "setup"]);
    assert_eq!(out.code, Some(2));
    assert!(out.stderr.contains("git init"), "{}", out.said());
    assert!(!repo.at(".gitattributes").exists());
    let out = run(place
        .command(env!("CARGO_BIN_EXE_goen"), &repo.dir)
        .env("PATH", "/nowhere")
        .args(["--vault", ".", "git", "setup", "--lang", "en"]));
    assert_eq!(out.code, Some(2));
    assert!(out.stderr.contains("git is not installed"), "{}", out.said());
}

fn setup_as_json(repo: &Repo<'_>, args: &[&str]) -> serde_json::Value {
    let out = repo.goen(&[&["git", "setup", "--json"], args].concat());
    serde_json::from_str(&out.stdout).unwrap_or_else(|e| panic!("{e}: {}", out.said()))
}

#[test]
fn what_somebody_has_set_themselves_stays() {
    let Some(place) = Place::new() else { return };
    let repo = place.repo("vault", "");
    repo.write("goen.toml", "");
    repo.write(".gitattributes", "*.md merge=goen\n");
    repo.git(&["config", "merge.goen.name", "mine"]);
    repo.git(&["config", "merge.goen.driver", "my-merge %A %B"]);
    let gone = repo.goen(&["git", "setup", "--remove", "--lang", "en"]);
    assert!(gone.stdout.contains("no lines that goen wrote"), "{}", gone.said());
    assert_eq!(repo.read(".gitattributes"), "*.md merge=goen\n");
    assert_eq!(repo.git(&["config", "merge.goen.driver"]), "my-merge %A %B");
    // What an earlier goen wrote is replaced.
    repo.git(&["config", "merge.goen.driver", "goen git merge %O %A %B %L %P %S %X %Y"]);
    assert_eq!(setup_as_json(&repo, &[])["driver_changed"], true);
    assert!(repo.git(&["config", "merge.goen.driver"]).contains("merge-file"));
    assert_eq!(setup_as_json(&repo, &[])["driver_changed"], false);
    assert_eq!(setup_as_json(&repo, &["--remove"])["driver_changed"], true);
    assert_eq!(repo.try_git(&["config", "merge.goen.driver"]).code, Some(1));
    assert_eq!(repo.read(".gitattributes"), "*.md merge=goen\n");
}

#[test]
fn a_rule_that_takes_precedence_is_passed_or_named() {
    let Some(place) = Place::new() else { return };
    let repo = place.repo("vault", "");
    repo.write("goen.toml", "");
    repo.write("人/田中.md", "---\ntype: person\n---\n");
    repo.goen(&["git", "setup"]);
    // One behind goen's in the same file.
    repo.write(".gitattributes", &(repo.read(".gitattributes") + "*.md merge=union\n"));
    let dry = setup_as_json(&repo, &["--dry-run"]);
    assert_eq!((&dry["attributes_changed"], &dry["instead"]), (&true.into(), &serde_json::Value::Null));
    assert_eq!(setup_as_json(&repo, &[])["instead"], serde_json::Value::Null);
    let attributes = "*.md merge=union\n# goen git setup\n*.md merge=goen\n";
    assert_eq!(repo.read(".gitattributes"), attributes);
    // One of a folder further down.
    repo.write("人/.gitattributes", "*.md merge=union\n");
    let done = setup_as_json(&repo, &[]);
    assert_eq!((&done["instead"], &done["instead_at"]), (&"union".into(), &"人/田中.md".into()));
    assert_eq!(repo.read(".gitattributes"), attributes);
    // What is no file is told in one language.
    fs::remove_file(repo.at(".gitattributes")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", repo.at(".gitattributes")).unwrap();
    let out = repo.goen(&["git", "setup"]);
    assert!(out.code == Some(2) && out.stderr.contains("保管庫の外"), "{}", out.said());
    assert!(!out.stderr.contains("leads out"), "{}", out.said());
}

#[test]
fn where_goen_is_not_found_any_more_git_leaves_markers() {
    let Some(place) = Place::new() else { return };
    let repo = place.with_vault("it's a vault", "");
    let driver = repo.git(&["config", "merge.goen.driver"]);
    let gone = driver.replacen(env!("CARGO_BIN_EXE_goen"), "/nowhere/it is gone", 1);
    assert_ne!(driver, gone, "{driver}");
    repo.git(&["config", "merge.goen.driver", &gone]);
    repo.git(&["config", "merge.conflictStyle", "diff3"]);
    repo.git(&["switch", "-q", "-c", "side"]);
    repo.change("People/田中.md", "甲の段落", "丙の段落");
    repo.change("People/佐藤.md", "# 佐藤", "# 佐藤\n\nside");
    repo.commit("side");
    repo.git(&["switch", "-q", "main"]);
    repo.change("People/田中.md", "甲の段落", "丁の段落");
    repo.change("People/佐藤.md", "2026-08-01", "2026-08-02");
    repo.commit("main");
    let out = repo.try_git(&["merge", "-q", "--no-edit", "side"]);
    assert_eq!(out.code, Some(1), "{}", out.said());
    let note = repo.read("People/田中.md");
    let markers =
        note.lines().filter(|line| ["<<<<<<< ", "||||||| ", ">>>>>>> "].iter().any(|m| line.starts_with(m)));
    let names: Vec<&str> = markers.map(|line| &line[8..]).collect();
    assert!(matches!(names[..], ["HEAD" | "ours", _, "side" | "theirs"]), "{note}");
    assert!(note.contains("\n丙の段落。\n") && note.contains("\n丁の段落。\n"), "{note}");
    let other = repo.read("People/佐藤.md");
    assert!(other.contains("2026-08-02") && other.ends_with("side\n") && !other.contains("<<<"), "{other}");
}

#[test]
fn the_calendar_that_is_kept_up_makes_no_conflict() {
    let Some(place) = Place::new() else { return };
    let here = place.with_vault("here", "");
    here.write("goen.toml", "[export]\nics = \"暦 1/[goen].ics\"\n");
    fs::create_dir(here.at("暦 1")).unwrap();
    let done = setup_as_json(&here, &[]);
    assert_eq!(done["attributes_changed"], true);
    assert_eq!(done["instead"], serde_json::Value::Null, "{done}");
    let calendar = "暦 1/[goen].ics";
    here.goen(&["update"]);
    here.commit("calendar");
    let there = here.clone_of("there");
    there.goen(&["git", "setup"]);
    for (repo, day, name) in [(&here, "2026-11-28", "鈴木"), (&there, "2026-11-29", "高橋")] {
        repo.write(&format!("People/{name}.md"), &format!("---\nname: {name}\nbirthday: 01-02\n---\n"));
        assert_eq!(repo.goen(&["update", "--today", day]).code, Some(0));
        repo.commit(day);
    }
    there.git(&["pull", "-q", "--no-rebase", "--no-edit"]);
    here.git(&["fetch", "-q", there.dir.to_str().unwrap(), "main:other"]);
    here.git(&["reset", "-q", "--hard", "HEAD"]);
    let theirs = there.read(calendar);
    assert!(!theirs.contains("<<<<<<<") && theirs.ends_with("END:VCALENDAR\r\n"), "{theirs}");
    // The same one, whichever side is ours.
    let first = here.git(&["rev-parse", "HEAD"]);
    here.git(&["merge", "-q", "--no-edit", "other"]);
    assert_eq!(here.read(calendar), theirs);
    assert_ne!(here.git(&["rev-parse", "HEAD"]), first);
    for repo in [&here, &there] {
        repo.forget();
        assert_eq!(repo.goen(&["update", "--today", "2026-11-29"]).code, Some(0));
    }
    assert_eq!(here.read(calendar), there.read(calendar));
    assert!(here.read(calendar).contains("鈴木 誕生日") && here.read(calendar).contains("高橋 誕生日"));
    // No calendar any more, no line.
    here.write("goen.toml", "");
    assert_eq!(setup_as_json(&here, &[])["rules"], serde_json::json!(["*.md merge=goen"]));
    assert!(!here.read(".gitattributes").contains("ics"));
}

#[test]
fn a_calendar_of_somebodys_is_merged_by_lines() {
    let Some(place) = Place::new() else { return };
    let own = "BEGIN:VCALENDAR\nPRODID:-//goen//goen//JA\nBEGIN:VEVENT\nUID:1@goen\nX:1\nY:1\nZ:1\nEND:VEVENT\nEND:VCALENDAR\n";
    let merged = |base: &str, ours: &str, theirs: &str| {
        for (name, text) in [("base", base), ("ours", ours), ("theirs", theirs)] {
            fs::write(place.0.path().join(name), text).unwrap();
        }
        let mut command = place.command(env!("CARGO_BIN_EXE_goen"), place.0.path());
        let out = run(command.args(["git", "merge", "base", "ours", "theirs", "7", "c.ics"]));
        assert_eq!(out.code, Some(0), "{}", out.said());
        fs::read_to_string(place.0.path().join("ours")).unwrap()
    };
    let (a, b) = (own.replace("X:1", "X:2"), own.replace("Z:1", "Z:2"));
    assert_eq!(merged(own, &a, &b), a);
    assert_eq!(merged(own, &b, &a), a);
    // With an entry of somebody's own nothing of it may go.
    let theirs = b.replace("Z:2", "Z:2\nUID:2@other");
    assert_eq!(merged(own, &a, &theirs), theirs.replace("X:1", "X:2"));
    // A link is not written through.
    fs::write(place.0.path().join("else"), own).unwrap();
    fs::remove_file(place.0.path().join("ours")).unwrap();
    std::os::unix::fs::symlink("else", place.0.path().join("ours")).unwrap();
    fs::write(place.0.path().join("theirs"), &a).unwrap();
    let mut command = place.command(env!("CARGO_BIN_EXE_goen"), place.0.path());
    let out = run(command.args(["git", "merge", "base", "ours", "theirs", "7", "c.ics"]));
    assert_eq!(out.code, Some(2), "{}", out.said());
    assert_eq!(fs::read_to_string(place.0.path().join("else")).unwrap(), own);
}

#[test]
fn a_repository_that_git_cannot_read_is_told_of_in_the_users_language() {
    let Some(place) = Place::new() else { return };
    let repo = place.repo("vault", "notes");
    repo.write("goen.toml", "");
    fs::write(repo.dir.join(".git/config"), "[core\n").unwrap();
    for (lang, words) in
        [("ja", "リポジトリーの状態を調べられません"), ("en", "git could not look at the repository")]
    {
        let out = repo.goen(&["git", "setup", "--lang", lang]);
        assert_eq!(out.code, Some(2), "{}", out.said());
        assert!(out.stderr.contains(words), "{}", out.said());
        assert_eq!(out.stderr.contains("could not"), lang == "en", "{}", out.said());
    }
}
