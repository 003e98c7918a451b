//! `goen man`, and what shells make of `goen completions`. What is not installed is left out, and said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::{self, Vault, run};
use tempfile::TempDir;

/// What a program says of a file or of nothing; none where it is not installed.
fn tool(program: &str, args: &[&str], on: &Path) -> Option<common::Output> {
    let there = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if there.is_err() {
        println!("left out: {program} is not installed");
        return None;
    }
    Some(run(Command::new(program).args(args).arg(on).stdin(Stdio::null())))
}

/// The manual, written to a folder.
fn pages() -> (TempDir, Vec<String>) {
    let (vault, dir) = (Vault::new(), TempDir::new().unwrap());
    let made = run(vault.command().args(["man", "--dir"]).arg(dir.path().join("man1")));
    assert_eq!(made.code, Some(0), "{}", made.said());
    let entries = fs::read_dir(dir.path().join("man1")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(made.stdout.lines().count(), names.len(), "{}", made.stdout);
    (dir, names)
}

/// Where a file stands in the way nothing was to be read.
#[test]
fn a_file_is_no_folder_for_the_manual() {
    let (vault, dir) = (Vault::new(), TempDir::new().unwrap());
    let file = dir.path().join("man1");
    fs::write(&file, "").unwrap();
    for (lang, want) in [("ja", "goen.1 に書き込めません"), ("en", "cannot write ")] {
        let out = run(vault.command().args(["--lang", lang, "man", "--dir"]).arg(&file));
        assert!(out.code == Some(2) && out.stderr.contains(want), "{}", out.said());
    }
}

#[test]
fn the_manual_is_a_page_for_goen_and_one_for_each_command() {
    let (dir, names) = pages();
    for name in ["goen.1", "goen-update.1", "goen-man.1", "goen-service-install.1"] {
        assert!(names.iter().any(|made| made == name), "{names:?}");
    }
    let page = fs::read_to_string(dir.path().join("man1/goen.1")).unwrap();
    // What is printed needs no vault, and is the same.
    let printed = run(Vault::new().command().arg("man"));
    assert_eq!((printed.code, printed.stdout.as_str()), (Some(0), page.as_str()), "{}", printed.stderr);
    for section in ["NAME", "SYNOPSIS", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES"] {
        assert!(
            page.contains(&format!(".SH {section}\n")) || page.contains(&format!(".SH \"{section}\"\n")),
            "{section}"
        );
    }
    for name in names.iter().filter(|name| *name != "goen.1") {
        let title = name.trim_end_matches(".1");
        // Pages of nested commands are named on their command's page.
        let nested = title.matches('-').count() > 1;
        let escaped = title.replace('-', "\\-");
        assert!(
            nested || page.contains(&escaped) || page.contains(title),
            "{title} is not on the page of goen"
        );
    }
}

#[test]
fn the_manual_is_what_groff_and_mandoc_take() {
    let (dir, names) = pages();
    for name in &names {
        let path = dir.path().join("man1").join(name);
        if let Some(out) = tool("groff", &["-man", "-ww", "-Tutf8", "-Kutf8", "-rLL=78n"], &path) {
            assert_eq!((out.code, out.stderr.as_str()), (Some(0), ""), "{name}");
        }
        if let Some(out) = tool("mandoc", &["-T", "lint", "-W", "warning"], &path) {
            // A page has no day: the same version says the same on every day.
            let wrong = out.stdout.lines().filter(|line| !line.contains("missing date"));
            assert_eq!(wrong.collect::<Vec<_>>(), [""; 0], "{name}");
        }
    }
}

#[test]
fn a_page_that_is_not_goens_stays() {
    let (dir, _) = pages();
    let man = dir.path().join("man1");
    fs::write(man.join("goen.1"), "mine").unwrap();
    fs::write(dir.path().join("victim"), "theirs").unwrap();
    #[cfg(unix)]
    {
        fs::remove_file(man.join("goen-add.1")).unwrap();
        std::os::unix::fs::symlink("../victim", man.join("goen-add.1")).unwrap();
    }
    let update = fs::read(man.join("goen-update.1")).unwrap();
    fs::write(man.join("goen-update.1"), String::from_utf8_lossy(&update).replace(".SH NAME", ".SH OLD"))
        .unwrap();
    let again = run(Vault::new().command().args(["man", "--lang", "en", "--dir"]).arg(&man));
    assert_eq!(again.code, Some(2), "{}", again.said());
    assert!(again.stderr.contains("goen.1 as it is"), "{}", again.stderr);
    assert_eq!(fs::read(man.join("goen.1")).unwrap(), b"mine");
    assert_eq!(fs::read(dir.path().join("victim")).unwrap(), b"theirs");
    assert_eq!(fs::read(man.join("goen-update.1")).unwrap(), update, "an older one of goen's is replaced");
    let names = fs::read_dir(&man).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.into_iter().all(|name| name.to_string_lossy().ends_with(".1")));
}

#[test]
fn shells_take_what_completes_words() {
    let vault = Vault::new();
    let dir = TempDir::new().unwrap();
    for (shell, args) in [
        ("bash", &["-n"][..]),
        ("zsh", &["-n"]),
        ("fish", &["--no-execute"]),
        ("elvish", &["-compileonly"]),
        ("pwsh", &["-NoProfile", "-File"]),
    ] {
        let word = if shell == "pwsh" { "powershell" } else { shell };
        let script = run(vault.command().args(["completions", word]));
        assert_eq!(script.code, Some(0), "{}", script.said());
        assert!(script.stdout.contains("goen"), "{shell}");
        let path = dir.path().join(if shell == "pwsh" { "goen.ps1" } else { shell });
        fs::write(&path, &script.stdout).unwrap();
        if let Some(out) = tool(shell, args, &path) {
            assert_eq!(out.code, Some(0), "{shell}: {}", out.said());
        }
    }
}

/// What goen answers a shell that asks how the last word goes on.
fn completed(vault: &Vault, words: &[&str]) -> Vec<String> {
    let index = (words.len() - 1).to_string();
    let mut command = vault.command();
    command.env("COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", &index).env("_CLAP_IFS", "\n");
    command.env("_CLAP_COMPLETE_COMP_TYPE", "9").env("_CLAP_COMPLETE_SPACE", "true");
    let out = run(command.current_dir(vault.path()).arg("--").args(words));
    assert_eq!(out.code, Some(0), "{}", out.said());
    out.stdout.lines().map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn words_of_the_set_up_are_completed() {
    let vault = Vault::new();
    vault.note("goen.toml", "").note("people/Ada.md", "---\ntype: person\n---\n");
    assert!(completed(&vault, &["goen", "ma"]).iter().any(|word| word == "man"));
    assert!(completed(&vault, &["goen", "init", "--ob"]).iter().any(|word| word == "--obsidian"));
    assert!(completed(&vault, &["goen", "completions", ""]).iter().any(|word| word == "powershell"));
    assert!(completed(&vault, &["goen", "show", "A"]).iter().any(|word| word.contains("Ada")));
    assert!(completed(&vault, &["goen", "list", "--tier", "cl"]).iter().any(|word| word == "close"));
    assert!(completed(&vault, &["goen", "import", "--tier", "cl"]).iter().any(|word| word == "close"));
    let kinds = completed(&vault, &["goen", "export", "ics", "--kinds", "birthday,ev"]);
    assert_eq!(kinds, ["birthday,event"]);
    // A folder is a folder of the shell's.
    assert!(completed(&vault, &["goen", "man", "--dir", "pe"]).iter().any(|word| word.starts_with("people")));
}

#[test]
fn options_of_every_command_stand_apart_from_its_own() {
    let vault = Vault::new();
    let help = run(vault.command().args(["import", "--help"])).stdout;
    let at = |word: &str| help.find(word).unwrap_or_else(|| panic!("{word} is not in {help}"));
    let global = at("Global options");
    for own in ["--yes", "--overwrite", "--tier", "--all"] {
        assert!(at(own) < global, "{own}: {help}");
    }
    for every in ["--vault", "--today", "--lang", "--json"] {
        assert!(help[global..].contains(every), "{every}: {help}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_that_cannot_be_made_is_named() {
    let out = run(Vault::new().command().args(["man", "--lang", "en", "--dir", "/proc/nope/man1"]));
    assert_eq!(out.code, Some(2), "{}", out.said());
    assert!(out.stderr.contains("cannot make the folder /proc/nope/man1"), "{}", out.stderr);
}
