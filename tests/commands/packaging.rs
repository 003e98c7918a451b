//! What packages are made of: files that are there, one version, workflows that are YAML and run nobody
//! else's code, templates that are filled without a rest.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::{self, Vault, run};
use crate::yaml::yaml;
use serde_json::Value;
use tempfile::TempDir;
use toml::de::{DeTable, DeValue};

const WORKFLOWS: [&str; 2] = [".github/workflows/ci.yml", ".github/workflows/release.yml"];
const SCRIPTS: [&str; 5] =
    [".ci/run", "packaging/generate", "packaging/notes", "packaging/archive", "packaging/fill"];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The crate, as crates.io has it, is without what packages are made with.
fn is_whole() -> bool {
    let is_whole = repository().join("packaging").is_dir();
    if !is_whole {
        println!("left out: this is the crate without what packages are made with");
    }
    is_whole
}

/// A script of the shell's, where there is one.
fn bash(args: &[&str]) -> Option<common::Output> {
    if Command::new("bash").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("left out: bash is not installed");
        return None;
    }
    Some(run(Command::new("bash").args(args).current_dir(repository()).stdin(Stdio::null())))
}

/// The program as a script of a few bytes, which is packed sooner than the real one.
#[cfg(unix)]
fn program(dir: &Path) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = dir.join("goen");
    fs::write(&path, format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_goen"))).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

fn names(dir: &Path) -> Vec<String> {
    let files = walkdir::WalkDir::new(dir).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| entry.path().strip_prefix(dir).unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn workflows_are_yaml_and_pin_what_they_use() {
    if !is_whole() {
        return;
    }
    for path in WORKFLOWS {
        let flow = yaml(&text(path));
        for (name, job) in flow["jobs"].as_object().unwrap() {
            assert!(job["timeout-minutes"].is_string(), "{path}: {name} may run for ever");
            for step in job["steps"].as_array().unwrap() {
                match (&step["uses"], &step["run"]) {
                    (Value::String(uses), Value::Null) => {
                        let (action, commit) = uses.split_once('@').unwrap();
                        assert!(action.starts_with("actions/"), "{path}: {uses} is somebody else's");
                        let is_commit = commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit());
                        assert!(is_commit, "{path}: {uses} may change");
                    }
                    (Value::Null, Value::String(script)) => {
                        for word in script.split_whitespace() {
                            let ours = word.starts_with("packaging/") || word.starts_with(".ci/");
                            assert!(
                                !ours || repository().join(word).is_file(),
                                "{path}: {word} is not there"
                            );
                        }
                    }
                    _ => panic!("{path}: {step} is neither an action nor a script"),
                }
            }
        }
        assert_eq!(flow["permissions"]["contents"], "read", "{path}");
    }
    assert!(text(WORKFLOWS[0]).contains("run: .ci/run"));
    assert!(text(".ci/run").contains("cargo deny --offline check licenses bans sources"));
}

#[test]
fn the_scripts_are_what_bash_takes() {
    if !is_whole() {
        return;
    }
    for script in SCRIPTS.into_iter().chain(["packaging/PKGBUILD.in"]) {
        if let Some(out) = bash(&["-n", script]) {
            assert_eq!((out.code, out.said().as_str()), (Some(0), ""), "{script}");
        }
    }
}

/// Texts, lists and tables of TOML as JSON.
fn data(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.to_string()),
        DeValue::Array(list) => list.iter().map(|member| data(member.get_ref())).collect(),
        DeValue::Table(table) => {
            table.iter().map(|(key, value)| (key.get_ref().to_string(), data(value.get_ref()))).collect()
        }
        _ => Value::Null,
    }
}

#[cfg(unix)]
#[test]
fn the_debian_package_names_files_that_are_there() {
    if !is_whole() {
        return;
    }
    let dir = TempDir::new().unwrap();
    let made = dir.path().join("packaging");
    let program = program(dir.path());
    let Some(out) = bash(&["packaging/generate", program.to_str().unwrap(), made.to_str().unwrap()]) else {
        return;
    };
    assert_eq!(out.code, Some(0), "{}", out.said());
    let made = names(&made);
    let manifest = text("Cargo.toml");
    let manifest = DeTable::parse(&manifest).unwrap();
    let package = data(manifest.get_ref().get("package").unwrap().get_ref());
    assert_eq!(package["version"].as_str(), Some(env!("CARGO_PKG_VERSION")));
    for place in package["exclude"].as_array().unwrap() {
        let place = place.as_str().unwrap();
        assert!(
            repository().join(place.trim_start_matches('/')).exists(),
            "{place} is excluded, and not there"
        );
    }
    let deb = &package["metadata"]["deb"];
    assert!(repository().join(deb["license-file"][0].as_str().unwrap()).is_file());
    for asset in deb["assets"].as_array().unwrap() {
        let source = asset[0].as_str().unwrap();
        let is_there = match (source, source.strip_prefix("target/packaging/")) {
            ("target/release/goen", _) => true,
            (_, Some("man/*.1")) => made.iter().any(|name| name == "man/goen.1"),
            (_, Some(name)) => made.iter().any(|known| known == name),
            _ => match source.split_once("/*") {
                Some((folder, end)) => {
                    let end = end.trim_start_matches("*/*");
                    names(&repository().join(folder)).iter().any(|name| name.ends_with(end))
                }
                None => repository().join(source).is_file(),
            },
        };
        assert!(is_there, "{source} is not there");
    }
}

#[cfg(unix)]
#[test]
fn an_archive_holds_the_program_and_all_that_belongs_to_it() {
    if !is_whole() {
        return;
    }
    let dir = TempDir::new().unwrap();
    let program = program(dir.path());
    let dist = dir.path().join("dist");
    let of =
        ["packaging/archive", program.to_str().unwrap(), "x86_64-unknown-linux-gnu", dist.to_str().unwrap()];
    let Some(out) = bash(&of) else { return };
    assert_eq!(out.code, Some(0), "{}", out.said());
    let name = format!("goen-{}-x86_64-unknown-linux-gnu", env!("CARGO_PKG_VERSION"));
    assert_eq!(out.stdout.trim(), format!("{name}.tar.gz"));
    let unpacked = run(Command::new("tar")
        .arg("-xzf")
        .arg(dist.join(format!("{name}.tar.gz")))
        .arg("-C")
        .arg(dir.path()));
    assert_eq!(unpacked.code, Some(0), "{}", unpacked.said());
    let held = names(&dir.path().join(&name));
    // What the formula and the PKGBUILD install is there.
    let wanted = [
        "goen",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "README.md",
        "README.ja.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "docs/install.md",
        "docs/faults.md",
        "man/goen.1",
        "man/goen-update.1",
        "completions/goen.bash",
        "completions/_goen",
        "completions/goen.fish",
        "completions/goen.elv",
        "completions/goen.ps1",
    ];
    for wanted in wanted {
        assert!(held.iter().any(|name| name == wanted), "{wanted} is not in {held:?}");
    }
    // Where its documents lead to, there is something.
    let whole = dir.path().join(&name);
    for page in held.iter().filter(|name| name.ends_with(".md") && !name.starts_with("example-vault/")) {
        let text = fs::read_to_string(whole.join(page)).unwrap();
        let folder = whole.join(page).parent().unwrap().to_owned();
        for link in links(&text) {
            assert!(folder.join(link).exists(), "{page} leads to {link}, which is not in the archive");
        }
    }
}

/// The files that Markdown links to or shows, beside it; what stands in code is no link.
fn links(text: &str) -> Vec<&str> {
    let is_text = |(at, _): &(usize, &str)| at % 2 == 0;
    let texts = text.split("```").enumerate().filter(is_text).flat_map(|(_, text)| {
        text.lines().flat_map(|line| line.split('`').enumerate().filter(|(at, _)| at % 2 == 0))
    });
    let linked =
        texts.flat_map(|(_, text)| text.split("](").skip(1).filter_map(|rest| rest.split(')').next()));
    let linked = linked.map(|link| link.split('#').next().unwrap());
    linked.filter(|link| !link.is_empty() && !link.contains("://")).collect()
}

#[test]
fn templates_are_filled_without_a_rest_or_not_at_all() {
    if !is_whole() {
        return;
    }
    let version = env!("CARGO_PKG_VERSION");
    let dir = TempDir::new().unwrap();
    let flow = yaml(&text(WORKFLOWS[1]));
    let builds = flow["jobs"]["build"]["strategy"]["matrix"]["include"].as_array().unwrap();
    let targets: Vec<&str> = builds.iter().map(|build| build["target"].as_str().unwrap()).collect();
    assert_eq!(targets.len(), 5, "{targets:?}");
    let sums = dir.path().join("SHA256SUMS");
    let lines =
        targets.iter().enumerate().map(|(n, target)| format!("{n:064x}  goen-{version}-{target}.tar.gz\n"));
    fs::write(&sums, lines.clone().collect::<String>()).unwrap();
    let (sums, to) = (sums.to_str().unwrap(), dir.path().join("filled"));
    let args = ["packaging/fill", "https://example.invalid/goen/", version, sums, to.to_str().unwrap()];
    let Some(out) = bash(&args) else { return };
    assert_eq!(out.code, Some(0), "{}", out.said());
    for name in ["goen.rb", "PKGBUILD"] {
        let filled = fs::read_to_string(to.join(name)).unwrap();
        for rest in ["@URL@", "@VERSION@", "@PKGVER@", "@SHA256"] {
            assert!(!filled.contains(rest), "{name}: {rest}");
        }
        assert!(
            filled.contains(&format!(
                "https://example.invalid/goen/releases/download/v{version}/goen-{version}-"
            ))
        );
        assert!(filled.contains(&format!("{:064x}", 1)), "{name} has the sum of {}", targets[1]);
    }
    let ruby = Command::new("ruby").arg("-c").arg(to.join("goen.rb")).stdout(Stdio::null()).status();
    assert!(ruby.is_err() || ruby.is_ok_and(|status| status.success()), "ruby does not take the formula");

    // A pre-release: the package has no hyphen in its version, its files keep theirs.
    let before = dir.path().join("before");
    let named = fs::read_to_string(sums).unwrap().replace(version, "9.0.0-rc.1");
    fs::write(&before, named).unwrap();
    let (before, filled) = (before.to_str().unwrap(), dir.path().join("pre"));
    let out = bash(&["packaging/fill", "https://x", "9.0.0-rc.1", before, filled.to_str().unwrap()]).unwrap();
    assert_eq!(out.code, Some(0), "{}", out.said());
    let package = fs::read_to_string(filled.join("PKGBUILD")).unwrap();
    assert!(
        package.contains("pkgver=9.0.0rc.1\n") && package.contains("cd \"goen-9.0.0-rc.1-$CARCH"),
        "{package}"
    );

    fs::write(dir.path().join("SHA256SUMS"), lines.skip(1).collect::<String>()).unwrap();
    fs::remove_dir_all(&to).unwrap();
    let out = bash(&args).unwrap();
    assert_eq!(out.code, Some(1), "{}", out.said());
    assert!(out.stderr.contains(targets[0]), "{}", out.stderr);
    assert!(!to.exists(), "nothing half-filled is left");
}

#[test]
fn the_program_says_the_version_of_the_packages() {
    let said = run(Vault::new().command().arg("--version"));
    assert_eq!(said.stdout, format!("goen {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_release_tells_of_its_own_version_alone() {
    if !is_whole() {
        return;
    }
    let dir = TempDir::new().unwrap();
    let log = dir.path().join("CHANGELOG.md");
    fs::write(
        &log,
        "# Changelog\n\n## [Unreleased]\n\n- c\n\n## [0.2.0] - 2027-01-01\n\n- b\n\n## [0.1.0]\n\n- a\n",
    )
    .unwrap();
    let notes = |version| bash(&["packaging/notes", version, log.to_str().unwrap()]);
    let Some(out) = notes("0.2.0") else { return };
    assert_eq!((out.code, out.stdout.as_str()), (Some(0), "\n- b\n"));
    let out = notes("0.3.0").unwrap();
    assert_eq!((out.code, out.stdout.as_str()), (Some(1), ""));
    assert!(out.stderr.contains("## [0.3.0]"), "{}", out.stderr);
}

/// What becomes part of the program has the same bytes wherever it is built.
#[test]
fn texts_keep_their_line_ends_on_every_system() {
    if !is_whole() {
        return;
    }
    let out = Command::new("git").current_dir(repository()).args(["ls-files", "--eol"]).output();
    let Some(out) = out.ok().filter(|out| out.status.success()) else {
        eprintln!("left out: this is no repository of git");
        return;
    };
    let listed = String::from_utf8_lossy(&out.stdout).into_owned();
    // What other programs wrote, and bytes to try, are as they are.
    let as_they_are = ["tests/exchange/", "fuzz/seeds/"];
    for line in listed.lines().filter(|line| !as_they_are.iter().any(|folder| line.contains(folder))) {
        assert!(line.contains("attr/text=auto eol=lf"), "{line}");
        assert!(!line.starts_with("i/crlf") && !line.starts_with("i/mixed"), "{line}");
    }
}
