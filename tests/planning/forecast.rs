//! `goen forecast`: a year of weeks, what they need and have, who would wait, and what would help.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use crate::common::{Vault, front};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

/// People of a tier, last written to on days of autumn.
fn people(vault: &Vault, tier: &str, count: usize, more: &str) {
    for n in 0..count {
        let day = 1 + n % 28;
        vault.note(
            &format!("People/{tier}{n:03}.md"),
            &front(&format!("tier: {tier}\nlast_contact: 2026-10-{day:02}\n{more}")),
        );
    }
}

fn numbers(of: &Value, key: &str) -> Vec<f64> {
    of["weeks"].as_array().unwrap().iter().map(|week| week[key].as_f64().unwrap()).collect()
}

#[test]
fn a_vault_without_people_says_how_to_begin() {
    let vault = Vault::new();
    let out = vault.goen(&["forecast", "--lang", "en"]);
    assert_eq!((out.code, &*out.stderr), (Some(0), ""), "{}", out.said());
    assert!(out.stdout.contains("goen sort"), "{}", out.stdout);
    let found = vault.json(&["forecast"]);
    assert_eq!((&found["people"], &found["sustained"]), (&json!(0), &json!(0)));
    assert_eq!((&found["slipping"], &found["changes"]), (&json!([]), &json!([])));
    assert_eq!(found["weeks"].as_array().unwrap().len(), 52);
    assert_eq!((&found["from"], &found["to"]), (&json!("2026-11-21"), &json!("2027-11-14")));
}

#[test]
fn one_person_is_sustained_and_those_who_are_not_written_to_never_appear() {
    let vault = Vault::new();
    vault
        .note("People/a.md", &front("tier: close\nlast_contact: 2026-11-01\nbirthday: 02-10"))
        .note(
            "People/故人.md",
            &front("tier: close\nstatus: deceased\nlast_contact: 2025-01-01\nbirthday: 02-11"),
        )
        .note("People/dnc.md", &front("tier: close\nstatus: do-not-contact\nlast_contact: 2025-01-01"))
        .note("People/休.md", &front("tier: close\nstatus: paused\nlast_contact: 2025-01-01"))
        .note("People/未.md", "");
    let found = vault.json(&["forecast"]);
    assert_eq!((&found["people"], &found["sustained"]), (&json!(1), &json!(1)), "{found}");
    assert_eq!((&found["slipping"], &found["changes"]), (&json!([]), &json!([])));
    // Every two months, and on the birthday: no earlier than needed.
    let demand: f64 = numbers(&found, "demand").iter().sum();
    assert!((6.0..=8.0).contains(&demand), "{demand}");
    let week = found["weeks"].as_array().unwrap().iter().find(|week| week["from"] == "2027-02-08").unwrap();
    assert_eq!(week["reasons"], json!({"birthday": 1}));
    let said = vault.goen(&["forecast"]).said();
    assert!(!["故人", "dnc", "休"].iter().any(|name| said.contains(name)), "{said}");
    // Nothing is written.
    assert_eq!(vault.goen(&["forecast", "--weeks", "0"]).code, Some(2));
    assert_eq!(numbers(&vault.json(&["forecast", "--weeks", "4"]), "demand").len(), 4);
    assert!(!vault.at("reconnect.md").exists());
}

#[test]
fn weeks_have_less_where_there_is_rest_or_an_event() {
    let vault = Vault::new();
    people(&vault, "colleague", 3, "");
    vault
        .note("me.md", &front("type: me\naway: [\"2026-12-07..2026-12-13\", \"2026-12-14..2026-12-18\"]"))
        .note("会.md", &front("type: event\ndate: 2027-01-13\nattendees: [\"[[colleague000]]\"]"));
    let found = vault.json(&["forecast", "--weeks", "10"]);
    // Two days are left of this week, two of the one with days of rest.
    assert_eq!(numbers(&found, "capacity"), [4.0, 6.0, 6.0, 0.0, 4.0, 6.0, 6.0, 6.0, 3.0, 6.0]);
}

#[test]
fn greetings_that_are_more_than_a_week_holds_are_told() {
    let vault = Vault::new();
    people(&vault, "senior", 14, "address: 東京都千代田区1-1\n");
    let found = vault.json(&["forecast"]);
    let week = found["weeks"].as_array().unwrap().iter().find(|week| week["from"] == "2026-12-21").unwrap();
    assert_eq!((&week["reasons"], &week["overflow"]), (&json!({"season": 14}), &json!(8.0)), "{week}");
    for (lang, said) in [("ja", "  年賀 14"), ("en", "  年賀 14")] {
        let out = vault.goen(&["forecast", "--lang", lang]);
        let line = out.stdout.lines().find(|line| line.starts_with("2026-12-21")).unwrap();
        assert!(line.ends_with(said), "{line}");
    }
}

#[test]
fn rows_align_whatever_stands_in_them() {
    let vault = Vault::new();
    people(&vault, "senior", 14, "address: 東京都千代田区1-1\nbirthday: 12-22\n");
    for lang in ["ja", "en"] {
        let out = vault.goen(&["forecast", "--lang", lang]);
        let rows: Vec<&str> = out.stdout.lines().skip(2).take_while(|line| !line.is_empty()).collect();
        assert_eq!(rows.len(), 52);
        for row in rows {
            let (before, _) = row.split_once('/').unwrap();
            assert_eq!(before.width(), "2026-12-21 14".width(), "{row}");
            let bar = row.find(['⠶', '.', '⣿']).unwrap();
            assert_eq!(row[..bar].width(), "2026-12-21 14/6 ".width(), "{row}");
            // Narrow also where ambiguous characters are wide.
            let reasons = row.rfind("  ").unwrap_or(row.len());
            assert_eq!(row[..reasons].width(), row[..reasons].width_cjk(), "{row}");
        }
    }
}

#[test]
fn without_energy_nobody_is_sustained_and_a_little_is_proposed() {
    let vault = Vault::new();
    people(&vault, "colleague", 5, "");
    vault.note("goen.toml", "[energy]\nper_day = 0\nper_week = 0\n");
    let found = vault.json(&["forecast"]);
    assert_eq!((&found["sustained"], &found["people"]), (&json!(0), &json!(5)), "{found}");
    assert_eq!(found["slipping"].as_array().unwrap().len(), 5);
    let change = &found["changes"][0];
    assert_eq!((&change["kind"], &change["from"]), (&json!("per_week"), &json!(0.0)), "{found}");
    let (week, day) = (&change["to"], &change["per_day"]["to"]);
    vault.note("goen.toml", &format!("[energy]\nper_day = {day}\nper_week = {week}\n"));
    assert_eq!(vault.json(&["forecast"])["changes"], json!([]));
}

#[test]
fn each_change_that_is_proposed_makes_it_fit_and_no_smaller_one_does() {
    let vault = Vault::new();
    people(&vault, "close", 9, "");
    people(&vault, "senior", 6, "");
    let energy = |per_week: f64| format!("[energy]\nper_day = 1\nper_week = {per_week}\n");
    vault.note("goen.toml", &energy(1.5));
    let found = vault.json(&["forecast"]);
    let changes = found["changes"].as_array().unwrap().clone();
    let kinds: Vec<&Value> = changes.iter().map(|change| &change["kind"]).collect();
    assert_eq!(kinds, ["per_week", "tier"], "{found}");
    assert!(changes.iter().all(|change| change["tried"] == true), "{found}");
    let fits = || vault.json(&["forecast"])["changes"] == json!([]);

    let to = changes[0]["to"].as_f64().unwrap();
    vault.note("goen.toml", &energy(to));
    assert!(fits(), "{found}");
    vault.note("goen.toml", &energy(to - 0.5));
    assert!(!fits(), "{found}");

    vault.note("goen.toml", &energy(1.5));
    let (tier, to_tier) = (common::text(&changes[1]["tier"]), common::text(&changes[1]["to_tier"]));
    let paths: Vec<String> = changes[1]["paths"].as_array().unwrap().iter().map(common::text).collect();
    assert_eq!(changes[1]["people"], json!(paths.len()));
    let move_one = |path: &String| {
        let note = vault.read(path).replace(&format!("tier: {tier}"), &format!("tier: {to_tier}"));
        vault.note(path, &note);
    };
    let (last, others) = paths.split_last().unwrap();
    others.iter().for_each(move_one);
    assert!(!fits(), "fewer are enough: {found}");
    move_one(last);
    assert!(fits(), "{found}");
}

#[test]
fn an_import_comes_in_a_few_at_a_time() {
    let vault = Vault::new();
    for n in 0..300 {
        vault.note(&format!("People/p{n:03}.md"), &front("tier: colleague"));
    }
    let found = vault.json(&["forecast"]);
    assert_eq!(
        (&found["people"], &found["entered"], &found["outside"]),
        (&json!(300), &json!(65), &json!(235))
    );
    assert_eq!(found["slipping"], json!([]), "{found}");
    // It grows as the habit holds.
    let demand = numbers(&found, "demand");
    let sum = |weeks: &[f64]| weeks.iter().sum::<f64>();
    assert!(sum(&demand[..13]) < sum(&demand[39..]), "{demand:?}");
    let sustained = found["sustained"].as_u64().unwrap();
    assert!((100..200).contains(&sustained), "{sustained}");
    let out = vault.goen(&["forecast", "--lang", "en"]);
    assert!(out.stdout.contains("65 in these weeks, 235 after them"), "{}", out.stdout);
}

/// Whatever it costs, and as what: who is written to is in.
#[test]
fn whoever_is_written_to_comes_in() {
    let entered = |promise: &str, settings: &str| {
        let vault = Vault::new();
        for n in 0..39 {
            vault.note(&format!("People/p{n:03}.md"), &front("tier: colleague"));
        }
        vault.note("People/p039.md", &format!("{}\n{promise}\n", front("tier: colleague")));
        vault.note("goen.toml", settings);
        let found = vault.json(&["forecast", "--weeks", "3"]);
        (found["entered"].clone(), found["outside"].clone())
    };
    let usual = entered("", "");
    assert_ne!(usual.0, json!(0));
    assert_eq!(entered("- [ ] 資料を送る 📅 2026-11-24", ""), usual);
    assert_eq!(entered("", "[energy]\nmessage = 0\n"), (json!(40), json!(0)));
}

#[test]
fn a_week_beyond_a_window_s_end_is_no_slip() {
    let vault = Vault::new();
    for n in 0..9 {
        vault.note(&format!("People/p{n}.md"), &front("tier: colleague\nlast_contact: 2026-01-15"));
    }
    vault.note("goen.toml", "[energy]\nper_day = 1\nper_week = 7\nlike = 1\n");
    // One a day: the last of nine is written to eight days from today, the last but one seven.
    let found = vault.json(&["forecast"]);
    let days: Vec<&Value> = found["slipping"].as_array().unwrap().iter().map(|slip| &slip["days"]).collect();
    assert_eq!(days, [8], "{found}");
}

#[test]
fn what_has_gathered_is_worked_off() {
    let vault = Vault::new();
    for n in 0..40 {
        vault.note(&format!("People/p{n:03}.md"), &front("tier: colleague\nlast_contact: 2026-01-15"));
    }
    let found = vault.json(&["forecast"]);
    assert!(!found["slipping"].as_array().unwrap().is_empty() && found["changes"] == json!([]), "{found}");
    let day = common::text(&found["in_time_from"]);
    assert!(("2026-12-01".."2027-02-15").contains(&day.as_str()), "{day}");
}

/// Close people, written to on the days before the first of June.
fn of_june(count: i64, settings: &str) -> Vault {
    let vault = Vault::new();
    let june = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
    for n in 0..count {
        let day = june - Days::new(u64::try_from(n * 7 % 60 + 1).unwrap());
        vault.note(
            &format!("People/P{n:03}.md"),
            &front(&format!("tier: close\nregister: casual\nlast_contact: {day}")),
        );
    }
    vault.note("goen.toml", &format!("[season]\nper_year = 0\n[energy]\n{settings}"));
    vault
}

#[test]
fn one_number_is_changed_where_one_is_enough() {
    for (count, settings, want) in [
        (70, "per_day = 1\nper_week = 10", json!({"kind": "per_day", "from": 1.0, "to": 2.0, "tried": true})),
        (
            3,
            "per_day = 1\nper_week = 6\nmessage = 1.5",
            json!({"kind": "per_day", "from": 1.0, "to": 1.5, "tried": true}),
        ),
        // The days as they are hold seven times two.
        (
            90,
            "per_day = 2\nper_week = 3",
            json!({"kind": "per_week", "from": 3.0, "to": 10.0, "per_day": null, "tried": true}),
        ),
    ] {
        let found = of_june(count, settings).json_on("2026-06-01", &["forecast"]);
        assert_eq!(found["changes"][0], want, "{settings}: {found}");
    }
}

#[test]
fn what_takes_several_times_the_energy_is_told_in_numbers() {
    let vault = of_june(50, "per_day = 1\nper_week = 1.5");
    let found = vault.json_on("2026-06-01", &["forecast"]);
    let change = &found["changes"][0];
    assert_eq!(change["kind"], "per_week", "{found}");
    let (week, day) = (change["to"].as_f64().unwrap(), change["per_day"]["to"].as_f64().unwrap_or(1.0));
    assert!(week > 4.5, "{change}");
    vault.note(
        "goen.toml",
        &format!("[season]\nper_year = 0\n[energy]\nper_day = {day}\nper_week = {week}\n"),
    );
    assert_eq!(vault.json_on("2026-06-01", &["forecast"])["changes"], json!([]), "{change}");
}

#[test]
fn a_message_that_fits_no_day_sustains_nobody() {
    for (settings, sustained) in [
        ("per_day = 1\nper_week = 6\nmessage = 1.5", 0),
        ("per_day = 2\nper_week = 1\nmessage = 1.5", 0),
        ("per_day = 1.5\nper_week = 6\nmessage = 1.5", 3),
    ] {
        let found = of_june(3, settings).json_on("2026-06-01", &["forecast"]);
        assert_eq!((&found["people"], &found["sustained"]), (&json!(3), &json!(sustained)), "{settings}");
    }
}
