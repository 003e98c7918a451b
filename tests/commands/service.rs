//! `goen service` with managers of services that only note down what they are asked.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::common::{Output, run};
use serde_json::Value;
use tempfile::TempDir;

/// A user with a home, a vault in it, and managers of services of their own.
struct Machine {
    dir: TempDir,
    vault: PathBuf,
}

impl Machine {
    fn new() -> Self {
        Self::with_vault("home/my notes 100%")
    }

    fn with_vault(vault: &str) -> Self {
        let dir = TempDir::new().unwrap();
        let root = dir.path().canonicalize().unwrap();
        let vault = root.join(vault);
        fs::create_dir_all(&vault).unwrap();
        fs::create_dir_all(root.join("home")).unwrap();
        fs::create_dir(root.join("bin")).unwrap();
        let machine = Self { dir, vault };
        // Like systemd in a session where all goes well.
        machine
            .program("systemctl", "case \"$2\" in is-active) echo active;; is-enabled) echo enabled;; esac");
        // Like launchd: it has what was given to it, until that is taken away.
        machine.program(
            "launchctl",
            "case \"$1\" in
               print) [ -e \"$state\" ] || exit 113; printf '\\tstate = running\\n\\t\\tstate = active\\n';;
               bootstrap) [ -e \"$state\" ] && { echo 'Bootstrap failed: 5: Input/output error' >&2; exit 5; }; : > \"$state\";;
               bootout) rm \"$state\";;
             esac",
        );
        machine
    }

    fn at(&self, path: &str) -> PathBuf {
        self.dir.path().canonicalize().unwrap().join(path)
    }

    /// A program that notes its arguments, and then does something.
    fn program(&self, name: &str, does: &str) {
        let path = self.at("bin").join(name);
        let (asked, state) = (self.at("asked"), self.at("state"));
        let text = format!(
            "#!/bin/sh\necho \"{name} $*\" >> '{}'\nstate='{}'\n{does}\n",
            asked.display(),
            state.display()
        );
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goen"));
        command
            .env_clear()
            .env("HOME", self.at("home"))
            .env("PATH", format!("{}:/usr/bin:/bin", self.at("bin").display()))
            .current_dir(self.at("home"))
            .stdin(Stdio::null())
            .arg("--vault")
            .arg(&self.vault)
            .args(["--today", common::TODAY, "service"])
            .args(args);
        command
    }

    fn goen(&self, args: &[&str]) -> Output {
        run(&mut self.command(args))
    }

    fn json(&self, args: &[&str]) -> Value {
        let out = self.goen(&[args, &["--json"]].concat());
        assert_eq!(out.code, Some(0), "{}", out.said());
        serde_json::from_str(&out.stdout).unwrap_or_else(|e| panic!("{args:?}: {e}\n{}", out.said()))
    }

    /// What the managers were asked since the last time.
    fn asked(&self) -> String {
        let text = fs::read_to_string(self.at("asked")).unwrap_or_default();
        let _ = fs::remove_file(self.at("asked"));
        text
    }

    /// The vault's name among services: `mynotes100-` and a hash.
    fn slug(&self) -> String {
        let name = common::text(&self.json(&["status", "--for", "launchd"])["name"]);
        self.asked();
        name.strip_prefix("dev.goen.").unwrap().to_owned()
    }

    fn unit(&self) -> PathBuf {
        self.at(&format!("home/.config/systemd/user/goen-{}.service", self.slug()))
    }

    fn agent(&self) -> PathBuf {
        self.at(&format!("home/Library/LaunchAgents/dev.goen.{}.plist", self.slug()))
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

const SYSTEMD: [&str; 2] = ["--for", "systemd"];
const LAUNCHD: [&str; 2] = ["--for", "launchd"];

fn ok(out: &Output) {
    assert_eq!(out.code, Some(0), "{}", out.said());
}

#[test]
fn a_unit_is_installed_asked_after_and_removed() {
    let machine = Machine::new();
    let (slug, unit) = (machine.slug(), machine.unit());
    assert!(slug.starts_with("mynotes100-") && slug.is_ascii(), "{slug}");
    let before = machine.json(&["status"]);
    assert_eq!((&before["installed"], &before["current"]), (&false.into(), &false.into()), "{before}");
    machine.asked();

    let out = machine.goen(&[&["install"][..], &SYSTEMD].concat());
    ok(&out);
    let name = format!("goen-{slug}.service");
    assert!(out.stdout.contains(&name) && out.stdout.contains("登録し、起動しました"), "{}", out.said());
    assert_eq!(
        machine.asked(),
        format!(
            "systemctl --user reset-failed {name}\nsystemctl --user daemon-reload\nsystemctl --user enable --now {name}\n"
        )
    );
    let text = read(&unit);
    let binary = Path::new(env!("CARGO_BIN_EXE_goen")).canonicalize().unwrap();
    let vault = machine.vault.display().to_string().replace('%', "%%");
    let command = format!("ExecStart=\"{}\" --vault \"{vault}\" watch\n", binary.display());
    assert!(text.contains(&command), "{command}{text}");
    let state = machine.at(&format!("home/.local/state/goen/{slug}"));
    assert!(text.contains(&format!("ReadWritePaths=\"-{vault}\" \"-{}\"\n", state.display())), "{text}");
    assert!(state.is_dir(), "the daemon may not make it");
    assert_eq!(out.stdout.lines().count(), 1);

    let status = machine.json(&[&["status"][..], &SYSTEMD].concat());
    let file = unit.display().to_string();
    let root = machine.vault.display().to_string();
    assert_eq!(
        status,
        serde_json::json!({
            "installed": true, "current": true, "file": file, "name": name, "running": true, "vault": root,
        })
    );
    let said = machine.goen(&[&["status"][..], &SYSTEMD].concat());
    assert!(
        said.stdout.contains("動いています") && said.stdout.contains("自動で起動します"),
        "{}",
        said.said()
    );
    machine.asked();

    // Twice is once.
    let modified = || fs::metadata(&unit).unwrap().modified().unwrap();
    let first = modified();
    let again = machine.goen(&[&["install"][..], &SYSTEMD].concat());
    ok(&again);
    assert!(again.stdout.contains("すでに登録され"), "{}", again.said());
    assert_eq!(modified(), first);
    assert!(machine.asked().ends_with(&format!("systemctl --user enable --now {name}\n")));

    let out = machine.goen(&[&["uninstall"][..], &SYSTEMD].concat());
    ok(&out);
    assert!(!unit.exists());
    assert_eq!(
        machine.asked(),
        format!("systemctl --user disable --now {name}\nsystemctl --user daemon-reload\n")
    );
    let out = machine.goen(&[&["uninstall"][..], &SYSTEMD, &["--lang", "en"]].concat());
    ok(&out);
    assert!(out.stdout.contains("is not installed"), "{}", out.said());
    assert_eq!(machine.asked(), "");
}

#[test]
fn an_older_unit_is_replaced_and_started_anew() {
    let machine = Machine::new();
    let unit = machine.unit();
    ok(&machine.goen(&[&["install"][..], &SYSTEMD].concat()));
    let text = read(&unit);
    // As if the program had been elsewhere.
    let moved = text.replace("ExecStart=\"", "ExecStart=\"/opt/old");
    fs::write(&unit, &moved).unwrap();
    let status = machine.json(&[&["status"][..], &SYSTEMD].concat());
    assert_eq!((&status["installed"], &status["current"]), (&true.into(), &false.into()), "{status}");
    let said = machine.goen(&[&["status"][..], &SYSTEMD].concat());
    assert!(said.stdout.contains("`goen service install` をもう一度"), "{}", said.said());
    machine.asked();
    let out = machine.json(&[&["install"][..], &SYSTEMD].concat());
    assert_eq!(out["written"], true, "{out}");
    assert_eq!(read(&unit), text);
    let name = unit.file_name().unwrap().to_str().unwrap();
    assert!(
        machine
            .asked()
            .ends_with(&format!("systemctl --user enable {name}\nsystemctl --user restart {name}\n"))
    );
}

#[test]
fn what_somebody_else_wrote_stays() {
    for (place, kind) in [(Machine::unit as fn(&Machine) -> PathBuf, SYSTEMD), (Machine::agent, LAUNCHD)] {
        let machine = Machine::new();
        let file = place(&machine);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "[Service]\nExecStart=/bin/mine\n").unwrap();
        for verb in ["install", "uninstall"] {
            for (lang, says) in [("ja", "移してから"), ("en", "move it elsewhere")] {
                let out = machine.goen(&[&[verb, "--lang", lang][..], &kind].concat());
                assert_eq!(out.code, Some(2), "{verb}: {}", out.said());
                let path = file.display().to_string();
                assert!(out.stderr.contains(&path) && out.stderr.contains(says), "{verb}: {}", out.said());
            }
        }
        assert_eq!(read(&file), "[Service]\nExecStart=/bin/mine\n");
        assert_eq!(machine.asked(), "");
        let status = machine.json(&[&["status"][..], &kind].concat());
        assert_eq!((&status["installed"], &status["current"]), (&false.into(), &false.into()), "{status}");
    }
}

#[test]
fn where_the_manager_does_not_answer_the_file_is_there_and_the_way_is_said() {
    let machine = Machine::new();
    let unit = machine.unit();
    let name = unit.file_name().unwrap().to_str().unwrap().to_owned();
    machine.program(
        "systemctl",
        "echo 'Created symlink x.' >&2; echo 'Failed to connect to bus: No medium found' >&2; exit 1",
    );
    let out = machine.goen(&[&["install"][..], &SYSTEMD].concat());
    assert_eq!(out.code, Some(2), "{}", out.said());
    for says in [
        unit.to_str().unwrap(),
        "`systemctl --user daemon-reload` が失敗しました: Failed to connect to bus: No medium found\n",
        "\n  systemctl --user daemon-reload\n",
        &format!("\n  systemctl --user enable --now {name}\n"),
    ] {
        assert!(out.stderr.contains(says), "{says}: {}", out.said());
    }
    assert!(unit.exists());
    let status = machine.json(&[&["status"][..], &SYSTEMD].concat());
    assert_eq!((&status["current"], &status["running"]), (&true.into(), &Value::Null), "{status}");
    let said = machine.goen(&[&["status", "--lang", "en"][..], &SYSTEMD].concat());
    ok(&said);
    assert!(said.stdout.contains("cannot be found out"), "{}", said.said());
    // A link that a session had made for it goes, too.
    let link = unit.parent().unwrap().join("default.target.wants").join(&name);
    fs::create_dir(link.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(&unit, &link).unwrap();
    let out = machine.goen(&[&["uninstall"][..], &SYSTEMD].concat());
    assert_eq!(out.code, Some(2), "{}", out.said());
    assert!(!unit.exists() && !link.is_symlink());
    assert!(out.stderr.contains(&format!("\n  systemctl --user stop {name}\n")), "{}", out.said());
    // No such program at all.
    let mut command = machine.command(&[&["install", "--lang", "en"][..], &SYSTEMD].concat());
    let out = run(command.env("PATH", machine.at("nowhere")));
    assert_eq!(out.code, Some(2), "{}", out.said());
    assert!(out.stderr.contains("there is no such command") && unit.exists(), "{}", out.said());
}

#[test]
fn an_agent_is_installed_replaced_and_removed() {
    let machine = Machine::new();
    let (slug, agent) = (machine.slug(), machine.agent());
    let uid = user();
    let name = format!("dev.goen.{slug}");
    let install = [&["install"][..], &LAUNCHD].concat();
    ok(&machine.goen(&install));
    let bootstrap = format!("launchctl bootstrap gui/{uid} {}\n", agent.display());
    let print = format!("launchctl print gui/{uid}/{name}\n");
    assert_eq!(machine.asked(), format!("{print}{bootstrap}"));
    assert!(machine.at("home/Library/Logs/goen").is_dir());
    let status = machine.json(&[&["status"][..], &LAUNCHD].concat());
    assert_eq!((&status["current"], &status["running"]), (&true.into(), &true.into()), "{status}");
    machine.asked();
    // Twice: launchd would refuse to take it again.
    ok(&machine.goen(&install));
    assert_eq!(machine.asked(), print);
    fs::write(&agent, read(&agent).replace("<integer>60<", "<integer>10<")).unwrap();
    ok(&machine.goen(&install));
    let bootout = format!("launchctl bootout gui/{uid}/{name}\n");
    assert_eq!(machine.asked(), format!("{print}{bootout}{print}{bootstrap}"));
    ok(&machine.goen(&[&["uninstall"][..], &LAUNCHD].concat()));
    assert_eq!(machine.asked(), format!("{print}{bootout}{print}"));
    assert!(!agent.exists());
    let status = machine.json(&[&["status"][..], &LAUNCHD].concat());
    assert_eq!((&status["installed"], &status["running"]), (&false.into(), &false.into()), "{status}");
}

/// The user's number, as the system gives it to the files they make.
fn user() -> u32 {
    let dir = TempDir::new().unwrap();
    std::os::unix::fs::MetadataExt::uid(&fs::metadata(dir.path()).unwrap())
}

#[test]
fn printing_writes_nothing() {
    let machine = Machine::new();
    let slug = machine.slug();
    let unit = machine.goen(&["install", "--print", "--for", "systemd"]);
    ok(&unit);
    assert!(unit.stdout.starts_with("# Written by `goen service install`"), "{}", unit.stdout);
    assert!(unit.stdout.ends_with("\n[Install]\nWantedBy=default.target\n"), "{}", unit.stdout);
    let data = machine.goen(&["install", "--print", "--for", "systemd", "--json"]);
    ok(&data);
    let data: Value = serde_json::from_str(&data.stdout).unwrap();
    assert_eq!(data["text"].as_str(), Some(unit.stdout.as_str()));
    assert!(
        data["file"].as_str().is_some_and(|file| file.ends_with(data["name"].as_str().unwrap())),
        "{data}"
    );
    let agent = machine.goen(&["install", "--print", "--for", "launchd", "--commit"]);
    assert_eq!(agent.code, Some(2), "{}", agent.said());
    assert!(agent.stderr.contains("git init"), "{}", agent.said());
    let agent = machine.goen(&["install", "--print", "--for", "launchd"]);
    ok(&agent);
    assert!(agent.stdout.contains(&format!("<string>dev.goen.{slug}</string>")), "{}", agent.stdout);
    assert_eq!(machine.asked(), "");
    let home: Vec<_> = fs::read_dir(machine.at("home")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(home, ["my notes 100%"]);
}

#[test]
fn what_is_committed_can_be_written() {
    let machine = Machine::with_vault("home/repo/notes");
    fs::create_dir_all(machine.at("home/repo/.git")).unwrap();
    ok(&machine.goen(&[&["install", "--commit"][..], &SYSTEMD].concat()));
    let text = read(&machine.unit());
    assert!(text.contains("\" watch --commit\n"), "{text}");
    let git = machine.at("home/repo/.git");
    assert!(text.contains(&format!(" \"-{}\"\n", git.display())), "{text}");
    // Whether it commits is the user's choice, and no reason to install again.
    let status = machine.json(&[&["status"][..], &SYSTEMD].concat());
    assert_eq!(status["current"], true, "{status}");
    ok(&machine.goen(&[&["install"][..], &SYSTEMD].concat()));
    assert!(read(&machine.unit()).contains("\" watch\n"));
}

#[test]
fn each_vault_has_a_name_of_its_own() {
    let name = |vault: &str| Machine::with_vault(vault).slug();
    let japanese = name("home/ご縁");
    assert!(japanese.len() == 6 && japanese.bytes().all(|b| b.is_ascii_alphanumeric()), "{japanese}");
    assert!(name("home/縁 \"q\" $x\\y").starts_with("qxy-"));
    // A path that would write lines of its own into the file.
    let machine = Machine::with_vault("home/a\nExecStartPre=x");
    for (lang, says) in [("ja", "改行"), ("en", "line breaks")] {
        let out = machine.goen(&[&["install", "--lang", lang][..], &SYSTEMD].concat());
        assert_eq!(out.code, Some(2), "{}", out.said());
        assert!(out.stderr.contains(says), "{}", out.said());
    }
    assert!(!machine.at("home/.config").exists());
}

#[test]
fn a_vault_that_is_gone_can_be_uninstalled() {
    let machine = Machine::new();
    let unit = machine.unit();
    ok(&machine.goen(&[&["install"][..], &SYSTEMD].concat()));
    fs::remove_dir_all(&machine.vault).unwrap();
    assert_eq!(machine.json(&[&["status"][..], &SYSTEMD].concat())["installed"], true);
    ok(&machine.goen(&[&["uninstall"][..], &SYSTEMD].concat()));
    assert!(!unit.exists());
    assert_eq!(machine.goen(&[&["install"][..], &SYSTEMD].concat()).code, Some(2));
}

#[test]
fn the_session_may_say_where_settings_and_state_are() {
    let machine = Machine::new();
    let mut command = machine.command(&[&["install"][..], &SYSTEMD].concat());
    let (settings, state) = (machine.at("settings"), machine.at("state home"));
    ok(&run(command.env("XDG_CONFIG_HOME", &settings).env("XDG_STATE_HOME", &state)));
    let slug = machine.slug();
    let text = read(&settings.join(format!("systemd/user/goen-{slug}.service")));
    assert!(text.contains(&format!("Environment=\"XDG_STATE_HOME={}\"\n", state.display())), "{text}");
    assert!(state.join("goen").join(&slug).is_dir());
}

/// systemd itself reads the unit, where it is there.
#[test]
fn systemd_takes_the_unit() {
    let machine = Machine::with_vault("home/my \"notes\" 100% $x\\y 縁");
    fs::create_dir_all(machine.at("home/my \"notes\" 100% $x\\y 縁/.git")).unwrap();
    for args in [&["install"][..], &["install", "--commit"]] {
        ok(&machine.goen(&[args, &SYSTEMD].concat()));
        let unit = machine.unit();
        let mut verify = Command::new("systemd-analyze");
        verify.args(["--user", "verify"]).arg(&unit).env("HOME", machine.at("home"));
        verify.env("XDG_RUNTIME_DIR", machine.dir.path()).stdin(Stdio::null());
        match verify.output() {
            Ok(out) => {
                let said = String::from_utf8_lossy(&out.stderr).into_owned();
                // Other units of this system may have problems of their own.
                let name = unit.file_name().unwrap().to_str().unwrap();
                let ours: Vec<&str> = said.lines().filter(|line| line.contains(name)).collect();
                assert!(out.status.success() && ours.is_empty(), "{said}");
            }
            Err(error) => eprintln!("systemd-analyze is not here, the unit is not verified: {error}"),
        }
    }
}
