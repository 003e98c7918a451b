//! When a tie's window opens and closes, what state it is in on the days around,
//! and what moves it: months' ends, leap days, touches, skips, dates set by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use crate::common::{Vault, all_equal, front};
use serde_json::{Value, json};

const NOTE: &str = "People/x.md";

fn person(lines: &str, body: &str) -> Vault {
    let vault = Vault::new();
    vault.note(NOTE, &(front(lines) + body));
    vault
}

/// `opens..due` of a person.
fn window(vault: &Vault, day: &str) -> String {
    let x = vault.person_on(day, NOTE);
    format!("{}..{}", x["opens"], x["due"]).replace('"', "")
}

/// The states on some days.
fn states(lines: &str, body: &str, days: &[(&str, &str)]) {
    let vault = person(lines, body);
    all_equal(days.iter().map(|(day, want)| {
        (format!("{lines} on {day}"), vault.person_on(day, NOTE)["state"].clone(), json!(want))
    }));
}

#[test]
fn tiers_have_windows_of_calendar_months() {
    let check = |tier: &str, last: &str, want: &str| {
        let vault = person(&format!("tier: {tier}\nlast_contact: {last}"), "");
        assert_eq!(window(&vault, last), want, "{tier} since {last}");
    };
    check("close", "2026-01-31", "2026-02-28..2026-03-31");
    check("senior", "2026-01-31", "2026-04-30..2026-05-31");
    check("colleague", "2026-01-31", "2026-05-31..2026-07-31");
    check("project", "2026-01-31", "2026-06-30..2026-07-31");
    check("client", "2026-01-31", "2026-06-30..2026-07-31");
    check("close", "2024-01-31", "2024-02-29..2024-03-31");
    check("close", "2024-01-30", "2024-02-29..2024-03-30");
    check("close", "2026-12-31", "2027-01-31..2027-02-28");
    check("close", "2027-12-31", "2028-01-31..2028-02-29");
    check("senior", "2026-11-30", "2027-02-28..2027-03-30");
}

#[test]
fn the_days_at_the_edges_of_a_window() {
    states(
        "tier: close\nlast_contact: 2026-09-14",
        "",
        &[
            ("2026-09-14", "fresh"),
            ("2026-10-13", "fresh"),
            ("2026-10-14", "open"),
            ("2026-11-14", "open"),
            ("2026-11-15", "due"),
            ("2027-01-14", "due"),
            ("2027-09-13", "due"),
            ("2027-09-14", "dormant"),
            ("2036-09-14", "dormant"),
        ],
    );
    // Twice the window's end, where that is more than a year.
    states(
        "cadence: 1y\nlast_contact: 2024-09-14",
        "",
        &[("2025-09-14", "open"), ("2025-09-15", "due"), ("2026-09-13", "due"), ("2026-09-14", "dormant")],
    );
    states("cadence: 1y\nlast_contact: 2024-02-29", "", &[("2025-02-28", "open"), ("2025-03-01", "due")]);
    states(
        "tier: colleague\nlast_contact: 2025-09-14",
        "",
        &[("2026-09-13", "due"), ("2026-09-14", "dormant")],
    );
}

#[test]
fn those_without_a_window_or_a_contact() {
    states("name: X", "", &[(common::TODAY, "untracked")]);
    states("name: X\nlast_contact: 2026-09-14", "", &[(common::TODAY, "untracked")]);
    states("tier: close", "", &[(common::TODAY, "new")]);
    states("cadence: 6w\nlast_contact: なし", "", &[(common::TODAY, "new")]);
    states("tier: close\nstatus: closed\nlast_contact: 2026-09-14", "", &[(common::TODAY, "closed")]);
    assert_eq!(person("name: X", "").person(NOTE)["opens"], Value::Null);
}

#[test]
fn silence_until_a_day() {
    let lines = "tier: close\nlast_contact: 2026-09-14\nsnooze: 2026-12-01";
    states(lines, "", &[("2026-11-21", "snoozed"), ("2026-11-30", "snoozed"), ("2026-12-01", "due")]);
    states("tier: close\nsnooze: 2026-12-01", "", &[("2026-11-30", "snoozed"), ("2026-12-01", "new")]);
}

#[test]
fn a_day_set_by_hand_takes_the_windows_place() {
    let lines = "tier: close\nlast_contact: 2026-09-14\nnext: 2026-12-10";
    states(
        lines,
        "",
        &[("2026-11-21", "fresh"), ("2026-12-09", "fresh"), ("2026-12-10", "open"), ("2026-12-11", "due")],
    );
    assert_eq!(window(&person(lines, ""), common::TODAY), "2026-12-10..2026-12-10");
    // Until a contact on or after it.
    for (next, want) in [
        ("2026-09-13", "2026-10-14..2026-11-14"),
        ("2026-09-14", "2026-10-14..2026-11-14"),
        ("2026-09-15", "2026-09-15..2026-09-15"),
    ] {
        let vault = person(&format!("tier: close\nlast_contact: 2026-09-14\nnext: {next}"), "");
        assert_eq!(window(&vault, common::TODAY), want, "next: {next}");
    }
}

#[test]
fn touches_push_the_window_back_once() {
    let check = |log: &str, want: &str| {
        let vault = person("tier: close", &format!("## Log\n\n- 2026-09-14 (line) x\n{log}"));
        assert_eq!(window(&vault, common::TODAY), want, "{log}");
        assert_eq!(vault.person(NOTE)["last_contact"], "2026-09-14", "{log}");
    };
    // One month from 14 September is 30 days; half of them are 15.
    check("", "2026-10-14..2026-11-14");
    check("- 2026-10-01 (like) x\n", "2026-10-29..2026-11-29");
    check("- 2026-10-01 (like) x\n- 2026-10-20 (コメント) y\n", "2026-10-29..2026-11-29");
    check("- 2026-09-01 (like) x\n", "2026-10-14..2026-11-14");
    check("- 2026-12-01 (like) later\n", "2026-10-14..2026-11-14");

    let own = person("tier: close", "## Log\n\n- 2026-10-01 (スタンプ) x\n- 2026-09-14 (line) x\n");
    own.note("goen.toml", "[log]\nlight = [\"スタンプ\"]\n");
    assert_eq!(window(&own, common::TODAY), "2026-10-29..2026-11-29");
}

#[test]
fn a_skip_starts_the_window_anew() {
    let vault = person("tier: close\nlast_contact: 2026-06-01", "## Log\n\n- 2026-11-10 (skip) x\n");
    assert_eq!(window(&vault, common::TODAY), "2026-12-10..2027-01-10");
    let x = vault.person(NOTE);
    assert_eq!(
        (&x["last_contact"], &x["state"], &x["contacts"]),
        (&json!("2026-06-01"), &json!("fresh"), &json!(1))
    );
}

#[test]
fn two_messages_without_an_answer_double_the_window() {
    let log = "## Log\n\n- 2026-09-14 (line) x #noreply\n- 2026-08-01 (line) y #返信なし\n";
    assert_eq!(window(&person("tier: close", log), common::TODAY), "2026-11-14..2027-01-14");
    let answered =
        "## Log\n\n- 2026-09-14 (line) x #noreply\n- 2026-08-15 (line) z\n- 2026-08-01 (line) y #noreply\n";
    assert_eq!(window(&person("tier: close", answered), common::TODAY), "2026-10-14..2026-11-14");
}

#[test]
fn tiers_can_be_edited_and_added() {
    let vault = person("tier: 恩人\nlast_contact: 2026-09-14", "");
    vault.note("goen.toml", "[tiers.close]\nwindow = \"2w..3w\"\n[tiers.mentor]\nnames = [\"恩人\"]\nwindow = \"2m..3m\"\nregister = \"formal\"\n");
    vault.note("People/y.md", "---\ntier: 友人\nlast_contact: 2026-09-14\n---\n");
    assert_eq!(window(&vault, common::TODAY), "2026-11-14..2026-12-14");
    assert_eq!(vault.person(NOTE)["tier"], "mentor");
    assert_eq!(
        (&vault.person("People/y.md")["tier"], &vault.person("People/y.md")["due"]),
        (&json!("close"), &json!("2026-10-05"))
    );
}
