//! The calendar that is kept up beside the page.

use std::fs;
use std::process::Command;

use crate::common::{TODAY, Vault, run};
use crate::watched::{ByHand, Watched, day, person};

const ICS: &str = "reconnect.ics";

fn vault() -> Vault {
    let vault = Vault::new();
    vault
        .note("goen.toml", &format!("[export]\nics = \"{ICS}\"\n"))
        .note("People/a.md", &person("2026-09-14"));
    vault
}

/// What the calendar is to say.
fn wanted(vault: &Vault, on: &str) -> String {
    vault.on(on, &["export", "ics"]).stdout
}

#[test]
fn the_calendar_is_kept_up_and_written_for_no_other_reason() {
    let vault = vault();
    let mut daemon = ByHand::new(vault.path());
    daemon.pass(10.0);
    assert_eq!(vault.read(ICS), wanted(&vault, TODAY));
    let stamp = || fs::metadata(vault.at(ICS)).unwrap().modified().unwrap();
    let (written, steps) = (stamp(), daemon.steps);
    daemon.pass(60.0);
    assert_eq!(stamp(), written, "nothing is written without need");
    assert!(daemon.steps - steps < 60, "its own writing wakes nobody");
    vault.note("People/b.md", "---\ntier: close\nbirthday: 05-06\n---\n");
    daemon.pass(30.0);
    assert!(vault.read(ICS).contains("SUMMARY:b "));
    assert_eq!(vault.read(ICS), wanted(&vault, TODAY));
    fs::remove_file(vault.at(ICS)).unwrap();
    daemon.pass(30.0);
    assert_eq!(vault.read(ICS), wanted(&vault, TODAY), "what is gone comes back");
    daemon.hand.set_day("2026-11-22");
    daemon.pass(30.0);
    assert_eq!(vault.read(ICS), wanted(&vault, "2026-11-22"));
    assert_eq!(daemon.daemon.live().app.today, day("2026-11-22"));
}

#[test]
fn what_is_not_goens_stays_and_the_page_is_written_all_the_same() {
    let vault = vault();
    vault.note(ICS, "mine");
    let mut daemon = ByHand::new(vault.path());
    daemon.pass(10.0);
    assert!(vault.read("reconnect.md").contains(TODAY));
    let steps = daemon.steps;
    daemon.pass(120.0);
    assert!(daemon.steps - steps < 120, "it does not try again and again");
    assert_eq!(vault.read(ICS), "mine");
    // Once it is away, the calendar takes its place.
    fs::remove_file(vault.at(ICS)).unwrap();
    daemon.pass(30.0);
    assert_eq!(vault.read(ICS), wanted(&vault, TODAY));
}

/// What goen wrote is goen's to commit; what lies beside it is not.
#[test]
fn the_calendar_is_committed_with_the_page() {
    let vault = vault();
    vault.note("goen.toml", &format!("[export]\nics = \"{ICS}\"\n[git]\ncommit = \"1s\"\n"));
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.env_clear().env("PATH", "/usr/bin:/bin:/usr/local/bin").env("HOME", vault.home());
        run(command.env("GIT_CONFIG_NOSYSTEM", "1").current_dir(vault.path()).args(args))
    };
    for args in [
        &["init", "-q", "-b", "main"][..],
        &["config", "user.name", "a"],
        &["config", "user.email", "a@example.org"],
    ] {
        if git(args).code != Some(0) {
            eprintln!("skipped: git does not work here");
            return;
        }
    }
    let daemon = Watched::start(&vault);
    daemon.hear("committed");
    daemon.stop();
    let files = git(&["ls-files"]).stdout;
    assert_eq!(files.lines().collect::<Vec<_>>(), [ICS, "reconnect.md"], "{files}");
}

/// What nothing else would bring up is said all the same: that a folder came into the calendar's place.
#[test]
fn a_folder_in_the_calendars_place_is_told() {
    let vault = vault();
    let daemon = Watched::start(&vault);
    fs::remove_file(vault.at(ICS)).unwrap();
    fs::create_dir(vault.at(ICS)).unwrap();
    daemon.hear("the calendar stays as it is");
    fs::remove_dir(vault.at(ICS)).unwrap();
    daemon.hear_times("calendar written", 2);
    assert_eq!(vault.read(ICS), wanted(&vault, TODAY));
}
