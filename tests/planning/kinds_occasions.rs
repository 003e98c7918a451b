//! What your own life gives reason for: events, trips, people who should meet, habits.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::PAGE;
use crate::tables::{agenda, has, place, reads, stands, vault};
use serde_json::json;

/// In touch once, and for years the tie itself asks for nothing.
const CALM: &str = "cadence: 10y\nlast_contact: 2026-06-01\n";

/// A calm person of this name with these front-matter lines.
fn calm(name: &str, lines: &str) -> String {
    format!("== {name}\n{CALM}{lines}\n")
}

/// An event with these attendees and this body.
fn event(day: &str, attendees: &str, more: &str) -> String {
    format!("== 会/忘年会.md\ntype: event\ndate: {day}\nattendees: [{attendees}]\n{more}\n")
}

#[test]
fn an_event_is_prepared_from_a_week_ahead() {
    let notes = |day: &str| calm("x", "") + &event(day, "'[[x]]'", "");
    for (day, before, from, last, over) in [
        ("2026-11-28", "2026-11-20", "2026-11-21", "2026-11-27", "2026-11-29"),
        ("2027-01-03", "2026-12-26", "2026-12-27", "2027-01-02", "2027-01-04"),
        ("2028-03-07", "2028-02-28", "2028-02-29", "2028-03-06", "2028-03-08"),
        ("2027-03-07", "2027-02-27", "2027-02-28", "2027-03-06", "2027-03-08"),
    ] {
        let ahead = format!("week {from}");
        let days = [(before, &*ahead), (from, "today"), (last, "today"), (day, "today fixed"), (over, "")];
        stands("prepare", &notes(day), &days);
    }
    stands("prepare", &notes("2026-12-25"), &[("2026-11-20", ""), ("2026-11-21", "later 2026-12-18")]);
    has(
        "prepare",
        &notes("2026-11-25"),
        "2026-11-21",
        &json!({
            "person": null, "subject": "会/忘年会.md", "name": "忘年会", "opens": "2026-11-18", "due": "2026-11-25",
            "planned": "2026-11-21", "cost": 0.0, "state": null, "topics": [], "also": [],
        }),
    );
}

#[test]
fn an_event_without_guests_or_with_all_ready_is_not_prepared() {
    let ready = |attendees: &str, more: &str, want: &str| {
        let people = calm("x", "")
            + &calm("p", "status: paused")
            + &calm("d", "status: deceased")
            + &calm("n", "status: do-not-contact");
        stands("prepare", &(people + &event("2026-11-25", attendees, more)), &[("2026-11-21", want)]);
    };
    for (attendees, want) in [
        ("'[[x]]'", "today"),
        ("山田", "today"),
        ("'[[p]]'", "today"),
        ("", ""),
        ("'[[x]] (欠席)'", ""),
        ("'[[d]]'", ""),
        ("'[[n]]'", ""),
        ("'[[d]]', '[[n]]', '[[x]]'", "today"),
    ] {
        ready(attendees, "", want);
    }
    for (more, want) in [
        ("goal: 仲直り", "today"),
        ("--\n## 準備\n\n- 店を予約\n", "today"),
        ("goal: 仲直り\n--\n## 準備\n\n## メモ\n\nよい店\n", "today"),
        ("goal: 仲直り\n--\n## 準備\n\n- 店を予約\n", ""),
        ("goal: 仲直り\n--\n# 会\n\n## Preparation\n\n店を予約\n", ""),
        ("status: cancelled", ""),
        ("status: planned", "today"),
    ] {
        ready("'[[x]]'", more, want);
    }
}

#[test]
fn a_line_of_goens_in_the_note_of_the_event_settles_it() {
    let notes = calm("x", "") + &event("2026-11-25", "'[[x]]'", "");
    let items = vault(&notes).items_on("2026-11-21");
    let id = items.iter().find(|item| item["kind"] == "prepare").unwrap()["id"].as_str().unwrap().to_owned();
    for line in ["- 2026-11-21 店を予約", "- 2026-11-21 (skip)"] {
        let settled =
            calm("x", "") + &event("2026-11-25", "'[[x]]'", &format!("--\n## 記録\n\n{line} ^{id}\n"));
        stands("prepare", &settled, &[("2026-11-22", ""), ("2026-11-25", "")]);
    }
}

#[test]
fn a_trip_to_where_they_are_from_three_weeks_ahead() {
    let trip = |kind: &str, place: &str, from: &str, to: &str| {
        let to = if to.is_empty() { String::new() } else { format!("to: {to}\n") };
        format!("== 旅.md\ntype: {kind}\nlocation: {place}\nfrom: {from}\n{to}")
    };
    let x = calm("x", "location: 大阪府大阪市");
    for (from, to, days) in [
        (
            "2026-12-12",
            "2026-12-14",
            [
                ("2026-11-20", "week 2026-11-21"),
                ("2026-11-21", "today"),
                ("2026-12-14", "today"),
                ("2026-12-15", ""),
            ],
        ),
        (
            "2026-12-12",
            "",
            [
                ("2026-11-20", "week 2026-11-21"),
                ("2026-11-21", "today"),
                ("2026-12-12", "today"),
                ("2026-12-13", ""),
            ],
        ),
        (
            "2027-01-20",
            "2027-01-21",
            [
                ("2026-12-29", "week 2026-12-30"),
                ("2026-12-30", "today"),
                ("2027-01-21", "today"),
                ("2027-01-22", ""),
            ],
        ),
        (
            "2028-03-21",
            "2028-03-22",
            [
                ("2028-02-28", "week 2028-02-29"),
                ("2028-02-29", "today"),
                ("2028-03-22", "today"),
                ("2028-03-23", ""),
            ],
        ),
    ] {
        stands("visit", &(x.clone() + &trip("出張", "大阪", from, to)), &days);
    }
    let osaka = x + &trip("帰省", "大阪", "2026-12-12", "2026-12-14");
    stands("visit", &osaka, &[("2026-10-24", ""), ("2026-10-25", "later 2026-11-21")]);
    has(
        "visit",
        &osaka,
        "2026-11-25",
        &json!({
            "opens": "2026-11-21", "due": "2026-12-14", "planned": "2026-11-25", "fixed": false, "cost": 1.0,
            "person": "People/x.md", "subject": null, "also": [],
        }),
    );
    for (theirs, place, want) in [
        ("大阪", "大阪府大阪市", "today"),
        ("ＯＳＡＫＡ", "Osaka, Japan", "today"),
        ("東京", "大阪", ""),
        ("東京都港区", "京都", ""),
        ("東京都府中市", "京都府", ""),
        ("東京都", "東京", "today"),
        ("東京都府中市", "府中市", "today"),
        ("京都府京都市", "京都", "today"),
        ("''", "大阪", ""),
        ("大阪", "''", ""),
    ] {
        let notes =
            calm("x", &format!("location: {theirs}")) + &trip("trip", place, "2026-12-12", "2026-12-14");
        stands("visit", &notes, &[("2026-11-25", want)]);
    }
}

#[test]
fn a_visit_is_settled_by_a_meeting_since_it_was_proposed() {
    let trip = "== 旅.md\ntype: 出張\nlocation: 大阪\nfrom: 2026-12-12\nto: 2026-12-14\n";
    let met = |log: &str, more: &str, want: &str| {
        let notes = format!("== x\n{CALM}location: 大阪\n--\n## Log\n\n{log}\n{trip}{more}");
        stands("visit", &notes, &[("2026-12-14", want)]);
    };
    for (log, want) in [
        ("- 2026-11-21 (lunch) x", ""),
        ("- 2026-12-13 (会食) x", ""),
        ("- 2026-11-20 (lunch) x", "today"),
        ("- 2026-12-10 (line) 行きます", "today"),
    ] {
        met(log, "", want);
    }
    let event = |day: &str| format!("== 会.md\ntype: event\ndate: {day}\nattendees: ['[[x]]']\n");
    met("", &event("2026-11-21"), "");
    met("", &event("2026-11-20"), "today");
    // Also where something was written on the day of the event.
    met("- 2026-11-21 (line) 会場はこちら", &event("2026-11-21"), "");
}

/// Two people who should know each other, with these lines of their own.
fn strangers(a: &str, b: &str) -> String {
    calm("a", &format!("org: アクメ\ninterests: [Rust, 登山, 写真]\n{a}"))
        + &calm("b", &format!("org: ミナト\ninterests: [登山, rust]\n{b}"))
}

#[test]
fn two_people_who_should_know_each_other() {
    has(
        "introduce",
        &strangers("", ""),
        "2026-11-21",
        &json!({
            "person": "People/a.md", "subject": null, "planned": "2026-11-21", "section": "today", "fixed": false,
            "cost": 1.0, "also": [], "state": "fresh", "due": "2026-12-18",
            "topics": [{"kind": "introduce", "text": "Rust, 登山", "link": "People/b.md"}],
        }),
    );
    let one = ["a introduce: today".to_owned()];
    let none: [String; 0] = [];
    let proposed = |notes: &str| -> Vec<String> {
        agenda(&vault(notes), "2026-11-21").into_iter().filter(|line| line.contains("introduce")).collect()
    };
    for (a, b, want) in [
        ("", "", true),
        // They know each other.
        ("--\n[[b]] の後輩", "", false),
        ("", "--\n[[a]] の先輩", false),
        // Closed, silent or put off.
        ("status: paused", "", false),
        ("status: closed", "", false),
        ("", "status: do-not-contact", false),
        ("", "status: deceased", false),
        ("", "snooze: 2026-12-01", false),
    ] {
        let want = if want { &one[..] } else { &none };
        assert_eq!(proposed(&strangers(a, b)), want, "{a} {b}");
    }
    for (from, to) in [
        ("org: ミナト", "org: アクメ"),
        ("org: ミナト", "org: ａｃｍｅ\nformer_org: アクメ"),
        ("org: ミナト\n", ""),
        ("[登山, rust]", "[登山]"),
        ("[登山, rust]", "[登山, Go]"),
        ("[Rust, 登山, 写真]", "[写真]"),
        ("last_contact: 2026-06-01", ""),
        ("last_contact: 2026-06-01", "last_contact: 2005-06-01"),
    ] {
        assert_eq!(proposed(&strangers("", "").replace(from, to)), none, "{from} → {to}");
    }
    // Of an organisation by another name of its note.
    for org in ["Minato", "'[[Minato]]'", "'[[orgs/ミナト|M]]'"] {
        let same = strangers("", "").replace("org: アクメ", &format!("org: {org}"));
        let note = "== orgs/ミナト.md\ntype: org\naliases: [Minato]\n";
        assert_eq!(proposed(&(same + note)), none, "{org}");
    }
    let together =
        strangers("", "") + "== 会.md\ntype: event\ndate: 2026-06-02\nattendees: ['[[a]]', '[[b]]']\n";
    assert_eq!(proposed(&together), none);
    // Also where something else is noted on that day.
    let noted = together.replace("last_contact: 2026-06-01", "last_contact: 2026-06-02");
    assert_eq!(proposed(&noted), none);
    // Words of one meaning are one interest, however often it is said.
    let aliases = "== goen.toml\n[interests]\n\"AI\" = [\"人工知能\", \"機械学習\"]\n";
    let said = |a: &str, b: &str| {
        strangers("", "").replace("[Rust, 登山, 写真]", a).replace("[登山, rust]", b) + aliases
    };
    assert_eq!(proposed(&said("[人工知能, 登山]", "[機械学習, 登山]")), one);
    for (a, b) in [
        ("[人工知能, 登山]", "[機械学習, AI]"),
        ("[人工知能, AI]", "[機械学習, AI]"),
        ("[AI, 機械学習]", "[AI, 写真]"),
    ] {
        assert_eq!(proposed(&said(a, b)), none, "{a} {b}");
    }
    // Of several pairs one.
    let three = strangers("", "") + &calm("c", "org: 山川\ninterests: [Rust, 登山, 写真]");
    assert_eq!(proposed(&three), one);
}

#[test]
fn one_introduction_in_four_weeks() {
    let told =
        |day: &str| strangers("", "") + &format!("== c\n{CALM}--\n## Log\n\n- {day} (intro) [[d]] を紹介\n");
    stands("introduce", &told("2026-10-25"), &[("2026-11-21", ""), ("2026-11-22", "today")]);
    stands("introduce", &told("2028-02-01"), &[("2028-02-28", ""), ("2028-02-29", "today")]);
    // What is recorded in both notes is not proposed again.
    let items = vault(&strangers("", "")).items_on("2026-11-21");
    let id =
        items.iter().find(|item| item["kind"] == "introduce").unwrap()["id"].as_str().unwrap().to_owned();
    let line = format!("--\n## Log\n\n- 2026-11-21 (intro) 紹介した ^{id}");
    stands("introduce", &strangers(&line, &line), &[("2026-11-22", ""), ("2027-02-01", "")]);
    // What no day before theirs has room for gives way to it.
    let away = "== me.md\ntype: me\naway: ['2026-11-21..2026-11-22']\n";
    let opening = strangers("", "").replacen(CALM, "cadence: 2m..4m\nlast_contact: 2026-09-23\n", 1);
    reads(&(opening + away), &[("2026-11-21", &["a cadence: week 2026-11-23"])]);
    // Whoever has something else to be written about is not the one; of two such there is none.
    let promise = "--\n- [ ] 本を返す 📅 2026-11-22";
    assert_eq!(
        agenda(&vault(&strangers(promise, "")), "2026-11-21"),
        ["a promise: today fixed", "b introduce: today"]
    );
    let both = agenda(&vault(&strangers(promise, promise)), "2026-11-21");
    assert_eq!(both, ["a promise: today fixed", "b promise: today fixed"]);
    // What was noted today of somebody new pulls nothing into today.
    let new = strangers("", "--\n## Log\n\n- 2026-11-21 (line) 初めまして\n");
    let (one, other) = new.split_at(new.find("== b").unwrap());
    let new = one.to_owned() + &other.replace("last_contact: 2026-06-01\n", "");
    assert_eq!(agenda(&vault(&new), "2026-11-21"), ["a introduce: week 2026-11-22"]);
    // Where no day has room for it, nobody waits.
    let tired = vault(&(strangers("", "") + "== goen.toml\n[energy]\nper_day = 0.5\n"));
    assert_eq!(tired.on("2026-11-21", &["update"]).code, Some(0));
    let page = tired.read(PAGE);
    assert!(!page.contains("人は、余裕ができたとき"), "{page}");
}

#[test]
fn two_of_very_many_are_those_who_weigh_most() {
    let others: String = (0..511)
        .map(|n| calm(&format!("p{n:03}"), &format!("org: 会{n}\ninterests: [甲{n}, 乙{n}]")))
        .collect();
    let two = calm("y", "tier: close\norg: アクメ\ninterests: [Rust, 登山]")
        + &calm("z", "tier: close\norg: ミナト\ninterests: [登山, Rust]");
    assert_eq!(agenda(&vault(&(others + &two)), "2026-11-21"), ["y introduce: today"]);
}

/// Three of an organisation that was left, and its note.
fn former(more: &str) -> String {
    let people: String = ["a", "b", "c"].map(|name| calm(name, "org: ミナト")).concat();
    let me = "== me.md\ntype: me\ncareer:\n  - {org: ミナト, from: 2015-04-01, to: 2025-03-31}\n";
    people + me + "== 会社/ミナト.md\ntype: org\n" + more
}

#[test]
fn people_of_an_organisation_that_you_left_together_again() {
    let met = |day: &str, attendees: &str, more: &str| {
        former(&format!("== 会.md\ntype: event\ndate: {day}\nattendees: [{attendees}]\n{more}\n"))
    };
    let all = "'[[a]]', '[[b]]', '[[c]]'";
    has(
        "gathering",
        &former(""),
        "2026-11-21",
        &json!({
            "person": null, "subject": "会社/ミナト.md", "name": "ミナト", "section": "today", "planned": "2026-11-21",
            "fixed": false, "cost": 1.0, "state": null, "also": [], "opens": "2026-11-21", "due": "2026-12-18",
        }),
    );
    let recorded = former("--\n## Log\n\n- 2026-11-21 (line) 日程を聞いた ^g-aaaaaa\n");
    has(
        "gathering",
        &recorded,
        "2026-11-21",
        &json!({"done": true, "channel": "line", "subject": "会社/ミナト.md"}),
    );
    for (notes, days) in [
        (met("2025-11-22", all, ""), [("2026-11-21", "week 2026-11-22"), ("2026-11-22", "today")]),
        (met("2028-02-29", all, ""), [("2029-02-27", "week 2029-02-28"), ("2029-02-28", "today")]),
        (met("2026-11-20", all, ""), [("2026-11-21", ""), ("2027-10-24", "later 2027-11-20")]),
        // Two of them are no gathering, nor is one that was called off.
        (
            met("2026-10-01", "'[[a]]', '[[b]]', '[[c]] (欠席)'", ""),
            [("2026-11-21", "today"), ("2026-11-22", "today")],
        ),
        (met("2026-10-01", all, "status: cancelled"), [("2026-11-21", "today"), ("2026-11-22", "today")]),
        // One is arranged.
        (met("2026-12-01", all, ""), [("2026-11-21", ""), ("2026-11-22", "")]),
        (met("2026-12-01", all, "status: planned"), [("2026-11-21", ""), ("2026-11-22", "")]),
    ] {
        stands("gathering", &notes, &days);
    }
    for (from, to) in [
        // Fewer than three who are tracked and may come.
        ("== c\ncadence: 10y\n", "== c\n"),
        ("== c\n", "== c\nstatus: deceased\n"),
        ("== c\n", "== c\nstatus: do-not-contact\n"),
        ("== c\n", "== c\nstatus: paused\n"),
        ("== c\ncadence: 10y\nlast_contact: 2026-06-01\norg: ミナト", "== c\ncadence: 10y\norg: アクメ"),
        (
            "== c\ncadence: 10y\nlast_contact: 2026-06-01\norg: ミナト",
            "== c\ncadence: 10y\norg: '[[ミナト]] 2025-04..'",
        ),
        // Not left, or not yet.
        (", to: 2025-03-31", ""),
        ("to: 2025-03-31", "to: 2026-11-21"),
        ("to: 2025-03-31}\n", "to: 2025-03-31}\n  - {org: ミナト, role: 部長, from: 2025-04-01}\n"),
        // No note of it.
        ("type: org", "type: memo"),
    ] {
        let notes = former("");
        assert!(notes.contains(from), "{from}");
        stands("gathering", &notes.replace(from, to), &[("2026-11-21", "")]);
    }
    stands("gathering", &former("").replace("2025-03-31", "2026-11-20"), &[("2026-11-21", "today")]);
}

/// The note about the user with a habit, and more notes.
fn habit(every: &str, more: &str) -> String {
    format!("== me.md\ntype: me\nhabits:\n  - {{what: ブログ, every: {every}, folder: Blog}}\n{more}")
}

#[test]
fn a_habit_is_due_so_long_after_it_was_kept() {
    let written = |day: &str| habit("1m", &format!("== Blog/{day} 記事.md\n--\n本文\n"));
    // In whatever spelling the name of the note has the day.
    for day in ["2026-10-31", "2026年10月31日", "20261031"] {
        stands("habit", &written(day), &[("2026-11-29", "week 2026-11-30"), ("2026-11-30", "today")]);
    }
    for (day, before, due, long_after) in [
        ("2026-10-31", "2026-11-29", "2026-11-30", "2027-03-01"),
        ("2027-01-31", "2027-02-27", "2027-02-28", "2027-03-31"),
        ("2028-01-31", "2028-02-28", "2028-02-29", "2028-03-31"),
        ("2026-12-15", "2027-01-14", "2027-01-15", "2028-01-15"),
    ] {
        let ahead = format!("week {due}");
        stands("habit", &written(day), &[(before, &ahead), (due, "today"), (long_after, "today")]);
    }
    stands("habit", &written("2026-11-19"), &[("2026-11-21", ""), ("2026-11-22", "later 2026-12-19")]);
    // The newest counts; one of another folder, or of a day to come, does not.
    let two = written("2026-10-01") + "== Blog/2026-11-20 次.md\n--\n本文\n";
    stands("habit", &two, &[("2026-11-21", "")]);
    let elsewhere =
        written("2026-10-01") + "== Blogs/2026-11-20.md\n--\n本文\n== Blog/2026-12-20.md\n--\n本文\n";
    stands("habit", &elsewhere, &[("2026-11-21", "today")]);
    stands("habit", &habit("1m", ""), &[("2026-11-21", "today")]);
    has(
        "habit",
        &written("2026-10-10"),
        "2026-11-21",
        &json!({"person": null, "subject": null, "name": "ブログ", "due": "2026-11-10", "planned": "2026-11-21", "cost": 0.0, "fixed": false}),
    );
    // A line in the log of `me` that names it, and a skip.
    for (line, day, want) in [
        ("- 2026-11-20 ブログを書いた", "2026-11-21", ""),
        ("- 2026-11-20 (skip) ブログ", "2026-11-21", ""),
        ("- 2026-11-20 (skip) ブログ", "2026-12-20", "today"),
        ("- 2026-11-20 プロフィール更新", "2026-11-21", "today"),
        ("- 2026-10-21 ブログを書いた", "2026-11-21", "today"),
    ] {
        stands("habit", &habit("1m", &format!("--\n## Log\n\n{line}\n")), &[(day, want)]);
    }
}

#[test]
fn people_without_a_tier_are_one_line_on_mondays() {
    let untracked = "== a\nname: a\n== b\nname: b\n";
    stands(
        "sort",
        untracked,
        &[
            ("2026-11-21", "week 2026-11-23"),
            ("2026-11-23", "today"),
            ("2026-11-24", "week 2026-11-30"),
            ("2026-12-27", "week 2026-12-28"),
            ("2027-01-03", "week 2027-01-04"),
            ("2028-02-28", "today"),
        ],
    );
    let sort = json!({"person": null, "subject": null, "cost": 0.0, "fixed": false, "planned": "2026-11-23", "topics": [], "also": [], "opens": "2026-11-23", "due": "2026-11-23"});
    has("sort", untracked, "2026-11-23", &sort);
    for (notes, count) in [
        ("== a\nname: a\n== b\ntier: close\n== c\ncadence: 1y\n", 1),
        ("== a\ntier: no such tier\n== b\nname: b\n", 2),
        ("== a\nname: a\nstatus: closed\n== b\nname: b\n== c\nname: c\nstatus: deceased\n", 1),
    ] {
        let items = vault(notes).items_on("2026-11-23");
        let sort: Vec<_> = items.iter().filter(|item| item["kind"] == "sort").collect();
        assert!(sort.len() == 1 && place(sort[0]) == "today", "{sort:?}");
        let said = vault(notes).on("2026-11-23", &["today"]).stdout;
        assert!(
            said.contains(&format!("{count}人")) || said.contains(&format!("{count} 人")),
            "{count}: {said}"
        );
    }
    stands("sort", "== b\ntier: close\n== a\nname: a\nstatus: closed\n", &[("2026-11-23", "")]);
}
