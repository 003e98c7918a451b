//! What the READMEs show is what goen does: every command runs, the two languages
//! name the same ones, the page shown is the page written, the note shown is read.
//! `UPDATE_SNAPSHOTS=1` puts the page of now into them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rayon::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

pub(crate) const READMES: &[(&str, &str)] = &[("README.md", "en"), ("README.ja.md", "ja")];
const EXAMPLE: &str = "example-vault";
pub(crate) const PAGE: &str = "reconnect.md";
pub(crate) const DAY: &str = "2026-11-21";

/// The main job, from nothing.
const MAIN: &str = "cargo run --release -- --vault example-vault --today 2026-11-21 update";
const RUN: &str = "cargo run --release -- ";
/// Commands that are not goen's: known, not run here.
const KNOWN: &[&str] = &["cargo test", "cargo install --path .", "cargo bench"];

pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn readme(name: &str) -> String {
    fs::read_to_string(repository().join(name)).unwrap().replace("\r\n", "\n")
}

/// The fenced blocks of these languages: each block's lines.
fn blocks<'t>(text: &'t str, languages: &[&str]) -> Vec<Vec<&'t str>> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let block: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
            if languages.contains(&language) {
                blocks.push(block);
            }
        }
    }
    blocks
}

/// The commands of a block: in a console only what stands behind the prompt.
fn commands(text: &str) -> Vec<Vec<String>> {
    let sh = blocks(text, &["sh"]).into_iter().map(|block| {
        let lines = block.into_iter().filter(|l| !l.is_empty() && !l.starts_with('#'));
        lines.map(str::to_owned).collect()
    });
    let console = blocks(text, &["console"])
        .into_iter()
        .map(|block| block.into_iter().filter_map(|l| l.strip_prefix("$ ")).map(str::to_owned).collect());
    sh.chain(console).collect()
}

/// A folder as a clone has it: the example vault inside, without its page.
pub(crate) fn clone() -> TempDir {
    let clone = TempDir::new().unwrap();
    for entry in walkdir::WalkDir::new(repository().join(EXAMPLE)) {
        let entry = entry.unwrap();
        let target = clone.path().join(entry.path().strip_prefix(repository()).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else if entry.file_name() != PAGE {
            fs::copy(entry.path(), target).unwrap();
        }
    }
    clone
}

pub(crate) fn goen(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_goen"));
    command.env_clear().env("HOME", folder).env("GOEN_TODAY", DAY).current_dir(folder).args(args);
    command
}

fn run(line: &str, command: &mut Command) -> Output {
    let out = command.output().unwrap();
    assert_eq!(out.status.code(), Some(0), "`{line}`: {}", String::from_utf8_lossy(&out.stderr));
    out
}

/// Words of a line as typed; quoting and the like is not known here, so it is refused.
fn words(line: &str) -> Vec<&str> {
    assert!(!line.contains(['"', '\'', '|', '>', '&', '$', '\\']), "`{line}` is more than words");
    line.split_whitespace().collect()
}

/// Runs what goes on until it is told to stop, and tells it to when it is ready.
fn run_until_ready(line: &str, command: &mut Command) {
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|said| said.ends_with("ready")), "`{line}` is never ready");
    if cfg!(unix) {
        run("kill", Command::new("kill").arg(child.id().to_string()));
        lines.for_each(drop);
        assert_eq!(child.wait().unwrap().code(), Some(0), "`{line}` ends with what it was told");
    } else {
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

/// A folder with service managers that do as they are told, so that nothing is set up here.
fn managers(clone: &Path) -> PathBuf {
    let folder = clone.join("managers");
    fs::create_dir_all(&folder).unwrap();
    for name in ["systemctl", "launchctl"] {
        let path = folder.join(name);
        fs::write(&path, "#!/bin/sh\nexit 0\n").unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    }
    folder
}

/// Runs the lines of one block, one after the other.
fn run_block(lines: &[String]) {
    let clone = clone();
    let vault = clone.path().join(EXAMPLE);
    let mut folder = clone.path();
    for line in lines {
        if KNOWN.contains(&line.as_str()) {
            continue;
        }
        if line.starts_with("cd ") {
            // The reader's own vault: here the example stands in for it.
            folder = &vault;
        } else if line == "source <(COMPLETE=bash goen)" {
            let out = run(line, goen(folder, &[]).env("COMPLETE", "bash"));
            assert!(!out.stdout.is_empty(), "`{line}` prints nothing to source");
        } else if line == "goen watch" {
            run_until_ready(line, &mut goen(folder, &["watch"]));
        } else if let Some(args) = line.strip_prefix("goen service ") {
            let args = [&["service"], &*words(args)].concat();
            run(line, goen(folder, &args).env("PATH", managers(clone.path())));
        } else if let Some(args) = line.strip_prefix(RUN).or_else(|| line.strip_prefix("goen ")) {
            run(line, &mut goen(folder, &words(args)));
        } else {
            panic!("`{line}` is no command that this test knows");
        }
    }
}

/// Of one README: the other shows the same commands, as another test makes sure.
#[test]
fn every_command_runs() {
    let blocks = commands(&readme(READMES[0].0));
    assert!(!blocks.is_empty(), "no command is shown");
    // Each has a folder of its own.
    blocks.par_iter().for_each(|block| run_block(block));
}

#[test]
fn one_command_leads_to_the_page_and_one_to_the_tests() {
    for (name, _) in READMES {
        let all = commands(&readme(name)).concat();
        assert_eq!(all[0], MAIN, "{name}: the main job comes first");
        assert!(all.iter().any(|line| line == "cargo test"), "{name}: no word on the tests");
    }
    let clone = clone();
    run(MAIN, &mut goen(clone.path(), &words(MAIN.strip_prefix(RUN).unwrap())));
    let page = fs::read_to_string(clone.path().join(EXAMPLE).join(PAGE)).unwrap();
    assert!(page.starts_with("<!-- goen:begin v1 2026-11-21 -->\n"), "{page}");
    assert!(page.contains("\n- [ ] "), "the page has no item:\n{page}");
}

#[test]
fn both_languages_show_the_same_commands() {
    let [first, rest @ ..] = READMES else { panic!("no README") };
    for (name, _) in rest {
        assert_eq!(commands(&readme(name)), commands(&readme(first.0)), "{name} and {}", first.0);
    }
}

/// The block of a README that shows the page: its lines stand at the page's top.
#[test]
fn the_page_shown_is_the_page_written() {
    for (name, lang) in READMES {
        let clone = clone();
        let line = ["--vault", EXAMPLE, "--lang", lang, "update"];
        run(&line.join(" "), &mut goen(clone.path(), &line));
        let page = fs::read_to_string(clone.path().join(EXAMPLE).join(PAGE)).unwrap();
        let text = readme(name);
        let shown = blocks(&text, &["markdown"]).into_iter().find(|block| block[0].starts_with("# "));
        let shown = shown.unwrap_or_else(|| panic!("{name} shows no page"));
        let page: Vec<_> = page.lines().skip(1).take(shown.len() - 1).collect();
        let (last, lines) = shown.split_last().unwrap();
        assert_eq!(*last, "…", "{name}: the page is cut off at the end of the block");
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some_and(|v| v == "1") {
            let new = text.replacen(&lines.join("\n"), &page.join("\n"), 1);
            fs::write(repository().join(name), new).unwrap();
        } else {
            assert_eq!(
                lines, page,
                "{name}: where goen is right, UPDATE_SNAPSHOTS=1 cargo test --test commands readme"
            );
        }
    }
}

#[test]
fn the_note_shown_is_read() {
    for (name, _) in READMES {
        let text = readme(name);
        let note = blocks(&text, &["markdown"]).into_iter().find(|block| block[0] == "---");
        let note = note.unwrap_or_else(|| panic!("{name} shows no note")).join("\n");
        let vault = TempDir::new().unwrap();
        fs::create_dir(vault.path().join("People")).unwrap();
        fs::write(vault.path().join("People/Taro.md"), note + "\n").unwrap();
        let ask = |verb: &str| -> Value {
            let path = vault.path().to_str().unwrap();
            let out = run(verb, &mut goen(vault.path(), &["--vault", path, "--json", verb]));
            serde_json::from_slice(&out.stdout).unwrap()
        };
        assert_eq!(ask("check"), Value::Array(Vec::new()), "{name}");
        let taro = &ask("list")[0];
        assert_eq!(taro["tier"], "close", "{name}");
        assert_eq!(taro["last_contact"], "2026-09-12", "{name}");
        assert_eq!(taro["birthday"], "--11-23", "{name}");
        assert_eq!(taro["channels"]["email"], "taro@example.com", "{name}");
        assert_eq!(taro["interests"].as_array().unwrap().len(), 2, "{name}");
        assert_eq!(taro["promises"].as_array().unwrap().len(), 1, "{name}");
        assert_eq!(taro["last_channel"], "line", "{name}");
    }
}

/// The tiers shown are those of the program.
#[test]
fn the_tiers_shown_are_read() {
    for (name, _) in READMES {
        let text = readme(name);
        let rows: Vec<Vec<&str>> = text
            .lines()
            .filter(|line| line.starts_with("| `") && !line.starts_with("| `["))
            .map(|line| line.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>())
            // Other tables have fewer columns.
            .filter(|row| row.len() == 5)
            .collect();
        assert_eq!(rows.len(), 5, "{name}");
        let vault = TempDir::new().unwrap();
        let people = vault.path().join("People");
        fs::create_dir(&people).unwrap();
        let mut wanted = Vec::new();
        for row in &rows {
            let id = row[0].trim_matches('`');
            for word in row[1].split([',', '、']).map(str::trim).chain([id]) {
                let number = wanted.len();
                let note = format!("---\ntier: {word}\nlast_contact: 2026-01-01\n---\n");
                fs::write(people.join(format!("{number:02}.md")), note).unwrap();
                let months: String = row[2].chars().filter(char::is_ascii_digit).collect();
                wanted.push((id.to_owned(), months));
            }
        }
        let path = vault.path().to_str().unwrap();
        let out =
            run("list", &mut goen(vault.path(), &["--vault", path, "--json", "list", "--sort", "path"]));
        let got: Value = serde_json::from_slice(&out.stdout).unwrap();
        let month = |day: &Value| {
            let month: u32 = day.as_str().unwrap()[5..7].parse().unwrap();
            (month - 1).to_string()
        };
        let got: Vec<(String, String)> = got
            .as_array()
            .unwrap()
            .iter()
            .map(|p| (p["tier"].as_str().unwrap().to_owned(), month(&p["opens"]) + &month(&p["due"])))
            .collect();
        assert_eq!(got, wanted, "{name}");
    }
}

/// The diff shown is what git says after the first item was ticked.
#[test]
fn the_diff_shown_is_the_diff_made() {
    let clone = clone();
    let vault = clone.path().join(EXAMPLE);
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.env("HOME", clone.path()).env("GIT_CONFIG_NOSYSTEM", "1").current_dir(&vault);
        command.args(["-c", "core.quotepath=off", "-c", "user.name=a", "-c", "user.email=a@example.jp"]);
        command.args(args).output()
    };
    if git(&["--version"]).is_err() {
        eprintln!("skipped: there is no git here");
        return;
    }
    run("update", &mut goen(&vault, &["update"]));
    for args in [&["init", "-q", "."][..], &["add", "-A"], &["commit", "-q", "-m", "x"]] {
        assert!(git(args).unwrap().status.success(), "git {args:?}");
    }
    let page = fs::read_to_string(vault.join(PAGE)).unwrap();
    let first = page.lines().find(|line| line.starts_with("- [ ] ")).unwrap();
    let said = "    - (call) 資料を見ながら相談にのった #gave";
    let ticked = page.replacen(first, &format!("{}\n{said}", first.replacen("[ ]", "[x]", 1)), 1);
    fs::write(vault.join(PAGE), ticked).unwrap();
    run("update", &mut goen(&vault, &["update"]));
    let made = String::from_utf8(git(&["diff", "--", ":!reconnect.md"]).unwrap().stdout).unwrap();
    let made: Vec<_> = made.lines().skip_while(|line| !line.starts_with("---")).map(str::trim_end).collect();
    for (name, _) in READMES {
        let text = readme(name);
        let shown =
            blocks(&text, &["diff"]).into_iter().next().unwrap_or_else(|| panic!("{name} shows no diff"));
        let shown: Vec<_> = shown.into_iter().map(str::trim_end).collect();
        assert_eq!(shown, made, "{name}");
    }
}
