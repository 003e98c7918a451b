//! A change of your own work: who is told of it, from which day to which.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::PAGE;
use crate::tables::{has, stands, vault};
use serde_json::json;

/// In touch once, and for years the tie itself asks for nothing.
const CALM: &str = "cadence: 10y\nlast_contact: 2026-06-01\n";

/// A calm person of this name with these front-matter lines.
fn calm(name: &str, lines: &str) -> String {
    format!("== {name}\n{CALM}{lines}\n")
}

/// At ミナト until a Friday in December, then on your own.
fn leaving(last: &str, next: &str) -> String {
    format!(
        "== me.md\ntype: me\ncareer:\n  - {{org: ミナト, from: 2019-04-01, to: {last}}}\n  - {{org: 独立, from: {next}}}\n"
    )
}

#[test]
fn those_you_worked_with_hear_before_you_leave_and_twice_after() {
    let x = calm("x", "tier: colleague\norg: ミナト");
    let notes = x.clone() + &leaving("2026-12-18", "2027-01-10");
    let farewell = [
        ("2026-11-13", ""),
        ("2026-11-14", "later 2026-12-11"),
        ("2026-12-10", "week 2026-12-11"),
        ("2026-12-11", "today"),
        ("2026-12-18", "today"),
        ("2026-12-19", ""),
    ];
    let settled = [
        ("2026-12-24", "week 2026-12-25"),
        ("2026-12-25", "today"),
        ("2027-01-01", "today"),
        ("2027-01-02", ""),
    ];
    let report = [
        ("2027-01-09", "week 2027-01-10"),
        ("2027-01-10", "today"),
        ("2027-02-09", "today"),
        ("2027-02-10", ""),
    ];
    for (kind, days) in [("farewell", &farewell[..]), ("settled", &settled), ("report", &report)] {
        stands(kind, &notes, days);
    }
    // Around the end of February.
    let at = |last: &str, next: &str| x.clone() + &leaving(last, next);
    for (kind, leap, days) in [
        (
            "farewell",
            at("2028-02-29", "2028-04-01"),
            [("2028-02-21", "week 2028-02-22"), ("2028-02-29", "today"), ("2028-03-01", "")],
        ),
        (
            "settled",
            at("2028-02-22", "2028-04-01"),
            [("2028-02-28", "week 2028-02-29"), ("2028-02-29", "today"), ("2028-03-08", "")],
        ),
        (
            "report",
            at("2028-01-25", "2028-01-30"),
            [("2028-01-30", "today"), ("2028-02-29", "today"), ("2028-03-01", "")],
        ),
    ] {
        stands(kind, &leap, &days);
    }
    for (kind, day, opens, due) in [
        ("farewell", "2026-12-12", "2026-12-11", "2026-12-18"),
        ("settled", "2026-12-26", "2026-12-25", "2027-01-01"),
        ("report", "2027-01-12", "2027-01-10", "2027-02-09"),
    ] {
        let want = json!({
            "opens": opens, "due": due, "planned": day, "fixed": false, "cost": 1.0, "also": [],
            "person": "People/x.md", "subject": null, "state": "fresh",
        });
        has(kind, &notes, day, &want);
    }
}

#[test]
fn clients_hear_two_weeks_earlier() {
    let notes = calm("x", "tier: client") + &leaving("2026-12-18", "2027-01-10");
    stands(
        "farewell",
        &notes,
        &[
            ("2026-11-26", "week 2026-11-27"),
            ("2026-11-27", "today"),
            ("2026-12-11", "today"),
            ("2026-12-12", ""),
        ],
    );
    // The other two at the same time as others, on business days: with none left it is the report
    // that comes next.
    stands(
        "settled",
        &notes,
        &[
            ("2026-12-24", "week 2026-12-25"),
            ("2026-12-26", "week 2026-12-28"),
            ("2026-12-28", "today"),
            ("2026-12-29", ""),
        ],
    );
    stands(
        "report",
        &notes,
        &[("2027-01-09", "week 2027-01-12"), ("2027-02-09", "today"), ("2027-02-10", "")],
    );
    let leap = calm("x", "tier: client") + &leaving("2028-03-21", "2028-04-01");
    stands(
        "farewell",
        &leap,
        &[("2028-02-28", "week 2028-02-29"), ("2028-03-14", "today"), ("2028-03-15", "")],
    );
}

#[test]
fn who_is_told_of_a_change() {
    let told = |person: &str, more: &str, want: bool| {
        let notes = format!("== x\n{person}\n{}{more}", leaving("2026-12-18", "2027-01-10"));
        // A day on which both spans of a farewell hold, and a business day.
        stands("farewell", &notes, &[("2026-12-11", if want { "today" } else { "" })]);
    };
    let plain = |lines: &str, want: bool| told(&format!("{CALM}{lines}"), "", want);
    for (lines, want) in [
        ("org: ミナト", true),
        ("org: '[[ミナト]]'", true),
        ("org: [アクメ, ミナト]", true),
        ("former_org: ミナト", true),
        ("org: アクメ", false),
        ("tier: colleague", false),
        // Their own time, where it is known, has to overlap yours.
        ("org: '[[ミナト]] 2010-04..2019-03'", false),
        ("org: '[[ミナト]] 2010-04..2019-04'", true),
        ("org: '[[ミナト]] 2026-12-18..'", true),
        ("org: '[[ミナト]] 2026-12-19..'", false),
        // Of no organisation, but in touch.
        ("tier: client", true),
        ("tier: project", true),
        ("tier: close", false),
        ("tier: senior", false),
    ] {
        plain(lines, want);
    }
    for tier in ["client", "project"] {
        // Not while you were there.
        told(&format!("tier: {tier}\ncadence: 10y\nlast_contact: 2019-03-31"), "", false);
        told(&format!("tier: {tier}\ncadence: 10y\nlast_contact: 2019-04-01"), "", true);
        told(&format!("tier: {tier}\ncadence: 10y"), "", false);
    }
    // Untracked, and closed.
    told("last_contact: 2026-06-01\norg: ミナト", "", false);
    for status in ["paused", "closed", "do-not-contact", "deceased"] {
        plain(&format!("org: ミナト\nstatus: {status}"), false);
    }
    plain("org: ミナト\nsnooze: 2026-12-12", false);
    // Through the names of the organisation's note.
    let minato = "== 会社/ミナト.md\ntype: org\naliases: [Minato]\n";
    told(&format!("{CALM}org: ｍｉｎａｔｏ"), minato, true);
    told(&format!("{CALM}org: Minato"), "", false);
}

#[test]
fn one_contact_within_the_span_settles_it() {
    let after = |contact: &str, kind: &str, day: &str, want: &str| {
        let notes = format!(
            "== x\ncadence: 10y\norg: ミナト\n--\n## Log\n\n- {contact} x\n{}",
            leaving("2026-12-18", "2027-01-10")
        );
        stands(kind, &notes, &[(day, want)]);
    };
    for (kind, day, before, first) in [
        ("farewell", "2026-12-17", "2026-12-10", "2026-12-11"),
        ("settled", "2026-12-28", "2026-12-24", "2026-12-25"),
        ("report", "2027-01-20", "2027-01-09", "2027-01-10"),
    ] {
        after(before, kind, day, "today");
        after(first, kind, day, "");
        after(&format!("{first} (like)"), kind, day, "today");
    }
}

#[test]
fn the_report_is_of_what_you_begin_next() {
    let career = |posts: &[&str]| {
        let posts: String = posts.iter().map(|post| format!("  - {{{post}}}\n")).collect();
        calm("x", "org: ミナト") + "== me.md\ntype: me\ncareer:\n" + &posts
    };
    let minato = "org: ミナト, from: 2019-04-01, to: 2026-12-18";
    // What was begun beside it long before is not it.
    let beside = career(&[minato, "org: 副業, from: 2022-01-01", "org: 独立, from: 2027-01-10"]);
    stands("report", &beside, &[("2027-01-09", "week 2027-01-10"), ("2027-01-10", "today")]);
    // Nor what was begun together with it.
    let together = career(&["org: ミナト, from: 2026-11-01, to: 2026-12-18", "org: 副業, from: 2026-11-01"]);
    stands("report", &together, &[("2026-11-21", "")]);
    // Only the month is known.
    let month = career(&["org: ミナト, from: 2019-04, to: 2026-12", "org: 独立, from: 2027-01"]);
    stands("report", &month, &[("2027-01-01", "today"), ("2027-01-31", "today"), ("2027-02-01", "")]);
    stands(
        "farewell",
        &month,
        &[("2026-12-23", "week 2026-12-24"), ("2026-12-31", "today"), ("2027-01-01", "")],
    );
    let same = career(&["org: ミナト, from: 2019-04, to: 2026-12", "org: 独立, from: 2026-12"]);
    stands("report", &same, &[("2026-12-01", "today"), ("2026-12-23", "today"), ("2027-01-01", "")]);
    // Nothing follows yet.
    stands("report", &career(&[minato]), &[("2027-01-10", "")]);
    stands("farewell", &career(&[minato]), &[("2026-12-11", "today")]);
    // Another post in the same house is not leaving it.
    let moved = career(&[
        "org: ミナト, role: 開発, from: 2019-04-01, to: 2026-12-18",
        "org: ミナト, role: 部長, from: 2026-12-19",
    ]);
    for (kind, day) in [("farewell", "2026-12-11"), ("settled", "2026-12-25"), ("report", "2026-12-19")] {
        stands(kind, &moved, &[(day, "")]);
    }
    let twice = career(&[
        "org: ミナト, role: 開発, from: 2010-04-01, to: 2019-03-31",
        "org: ミナト, role: 部長, from: 2019-04-01, to: 2026-12-18",
    ]);
    let beside = career(&[
        "org: ミナト, role: 開発, from: 2010-04-01, to: 2026-12-18",
        "org: ミナト, role: 監査, from: 2015-04-01, to: 2018-03-31",
    ]);
    let early = twice.replace("org: ミナト\n", "org: '[[ミナト]] 2009-04..2015-03'\n");
    for notes in [&twice, &early, &beside] {
        stands("farewell", notes, &[("2026-12-11", "today"), ("2026-12-19", "")]);
    }
}

#[test]
fn the_sentences_of_a_change_of_work() {
    let notes = calm("x", "tier: colleague\norg: ミナト") + &leaving("2026-12-18", "2027-01-10");
    for (day, lang, want) in [
        ("2026-12-14", "ja", "[[x]] に退職の挨拶を — 同僚、ミナト の最終出社日は 12/18"),
        (
            "2026-12-14",
            "en",
            "Say goodbye to [[x]] before you leave — colleague, your last day at ミナト is 18 Dec",
        ),
        ("2027-01-12", "ja", "[[x]] に新しい仕事の報告を — 同僚、1/10 から 独立"),
        ("2027-01-12", "en", "Tell [[x]] about your new work — colleague, 独立 since 10 Jan"),
    ] {
        let vault = vault(&notes);
        assert_eq!(vault.on(day, &["update", "--lang", lang]).code, Some(0));
        let page = vault.read(PAGE);
        assert!(page.contains(&format!("- [ ] {want} ⏳ ")), "{want}\n{page}");
    }
}
