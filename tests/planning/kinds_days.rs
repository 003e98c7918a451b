//! Which days hold what: days of rest, the day after a large event, days of business for formal ties.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::json;

use crate::common::{all_equal, text};
use crate::tables::{agenda, has, stands, vault};

/// In touch once, and for years the tie itself asks for nothing.
const CALM: &str = "cadence: 10y\nlast_contact: 2026-06-01\n";

/// A person of this name with these front-matter lines.
fn person(name: &str, lines: &str) -> String {
    format!("== {name}\n{lines}\n")
}

/// You are away for a week, from a Monday on.
const AWAY: &str = "== me.md\ntype: me\naway: ['2026-11-23..2026-11-29']\n";

#[test]
fn nothing_but_what_is_fixed_stands_on_a_day_of_rest() {
    let close = |last: &str| person("x", &format!("tier: close\nlast_contact: {last}"));
    let event = |day: &str| {
        person("x", CALM) + &format!("== 会.md\ntype: event\ndate: {day}\nattendees: ['[[x]]']\n")
    };
    let calm = |lines: &str, body: &str| format!("== x\n{CALM}{lines}\n--\n{body}\n");
    for (kind, notes, days) in [
        (
            "cadence",
            close("2026-10-25"),
            [("2026-11-22", "later 2026-11-30"), ("2026-11-25", "week 2026-11-30"), ("2026-11-30", "today")],
        ),
        // Room before it is used.
        (
            "cadence",
            close("2026-10-21"),
            [("2026-11-21", "today"), ("2026-11-22", "today"), ("2026-11-29", "week 2026-11-30")],
        ),
        (
            "milestone",
            calm("milestones: [2026-11-24 昇進]", ""),
            [("2026-11-22", "later 2026-11-30"), ("2026-11-24", "week 2026-11-30"), ("2026-11-30", "today")],
        ),
        (
            "promise",
            calm("", "- [ ] 本を貸す ➕ 2026-11-10"),
            [("2026-11-22", "later 2026-11-30"), ("2026-11-24", "week 2026-11-30"), ("2026-11-30", "today")],
        ),
        (
            "promise",
            calm("", "- [ ] 本を貸す 📅 2026-11-26"),
            [
                ("2026-11-22", "week 2026-11-23 fixed"),
                ("2026-11-23", "today fixed"),
                ("2026-11-26", "today fixed"),
            ],
        ),
        (
            "birthday",
            calm("birthday: 11-25", ""),
            [
                ("2026-11-22", "week 2026-11-25 fixed"),
                ("2026-11-25", "today fixed"),
                ("2026-11-28", "today fixed"),
            ],
        ),
        (
            "prepare",
            event("2026-12-05"),
            [("2026-11-27", "week 2026-11-30"), ("2026-11-28", "week 2026-11-30"), ("2026-11-30", "today")],
        ),
        (
            "prepare",
            event("2026-11-29"),
            [("2026-11-22", "today"), ("2026-11-23", "week 2026-11-29 fixed"), ("2026-11-29", "today fixed")],
        ),
        (
            "sort",
            person("y", "name: y"),
            [("2026-11-22", "later 2026-11-30"), ("2026-11-23", "later 2026-11-30"), ("2026-11-30", "today")],
        ),
    ] {
        stands(kind, &(notes + AWAY), &days);
    }
    let habit = AWAY.replace("type: me\n", "type: me\nhabits: [{what: ブログ, every: 1m}]\n")
        + "--\n## Log\n\n- 2026-10-25 ブログ\n";
    stands(
        "habit",
        &habit,
        &[("2026-11-24", "week 2026-11-30"), ("2026-11-25", "week 2026-11-30"), ("2026-11-30", "today")],
    );
    has("habit", &habit, "2026-11-24", &json!({"opens": "2026-11-25", "due": "2026-11-25"}));
    // What was kept on the day is among what is done.
    let kept = habit.replace("- 2026-10-25 ブログ", "- 2026-11-30 ブログ ^g-abcdef");
    has("habit", &kept, "2026-11-30", &json!({"section": "done", "done": true}));
}

#[test]
fn a_window_that_ends_in_days_of_rest_is_longer_by_them() {
    let away = |spans: &str| format!("== me.md\ntype: me\naway: [{spans}]\n");
    for (last, spans, due) in [
        ("2026-09-22", "'2026-11-23..2026-11-29'", "2026-11-22"),
        ("2026-09-23", "'2026-11-23..2026-11-29'", "2026-11-30"),
        ("2026-09-29", "'2026-11-23..2026-11-29'", "2026-12-06"),
        ("2026-09-30", "'2026-11-23..2026-11-29'", "2026-11-30"),
        // Over the turn of the year; a single day; two spans that touch.
        ("2026-11-01", "'2026-12-29..2027-01-03'", "2027-01-07"),
        ("2026-09-25", "2026-11-25", "2026-11-26"),
        ("2026-09-25", "'2026-11-24..2026-11-25', '2026-11-26..2026-11-27'", "2026-11-29"),
        ("2027-12-31", "'2028-02-28..2028-02-29'", "2028-03-02"),
    ] {
        let notes = person("x", &format!("tier: close\nlast_contact: {last}")) + &away(spans);
        let got = text(&vault(&notes).person_on(last, "People/x.md")["due"]);
        assert_eq!(got, due, "{last} {spans}");
    }
}

#[test]
fn the_days_after_rest_hold_no_more_than_others() {
    let people: String =
        (0..5).map(|n| person(&format!("p{n}"), "tier: close\nlast_contact: 2026-10-24")).collect();
    let places: Vec<String> = agenda(&vault(&(people + AWAY)), "2026-11-23");
    let days = ["2026-11-30", "2026-11-30", "2026-12-01", "2026-12-01", "2026-12-02"];
    let want: Vec<String> =
        days.iter().enumerate().map(|(n, day)| format!("p{n} cadence: later {day}")).collect();
    assert_eq!(places, want);
}

#[test]
fn the_day_after_an_event_of_six_holds_only_what_is_fixed() {
    let names = ["'ア'", "'イ'", "'ウ'", "'エ'", "'オ'", "'カ'"];
    let event = |attendees: &str, more: &str| {
        format!("== 会.md\ntype: event\ndate: 2026-11-20\nattendees: [{attendees}]\n{more}\n")
    };
    let six = event(&names.join(", "), "");
    let x = person("x", "tier: close\nlast_contact: 2026-10-01");
    for (event, want) in [
        (six.clone(), "week 2026-11-22"),
        (event(&names[..5].join(", "), ""), "today"),
        (event(&(names[..5].join(", ") + ", 'カ (欠席)'"), ""), "today"),
        (event(&names.join(", "), "status: cancelled"), "today"),
        (event(&names.join(", "), "status: planned"), "today"),
    ] {
        stands("cadence", &(x.clone() + &event), &[("2026-11-21", want)]);
    }
    // It is seen coming.
    stands(
        "cadence",
        &(person("x", "tier: close\nnext: 2026-11-21") + &six),
        &[("2026-11-19", "week 2026-11-22")],
    );
    let calm = |lines: &str, body: &str| format!("== x\n{CALM}{lines}\n--\n{body}\n") + &six;
    for (kind, notes, want) in [
        ("promise", calm("", "- [ ] 本 ➕ 2026-11-01"), "week 2026-11-22"),
        ("promise", calm("", "- [ ] 本 📅 2026-11-22"), "today fixed"),
        ("birthday", calm("birthday: 11-21", ""), "today fixed"),
        ("milestone", calm("milestones: [2026-11-21 昇進]", ""), "week 2026-11-22"),
        (
            "habit",
            six.clone() + "== me.md\ntype: me\nhabits: [{what: ブログ, every: 1m}]\n",
            "week 2026-11-22",
        ),
    ] {
        stands(kind, &notes, &[("2026-11-21", want)]);
    }
}

#[test]
fn formal_ties_are_written_to_on_business_days() {
    let on = |lines: &str, day: &str, more: &str| {
        let notes = person("x", &format!("{lines}\nseasons: no\nnext: {day}")) + more;
        let items = vault(&notes).items_on(day);
        let item = items.iter().find(|item| item["kind"] == "cadence").unwrap();
        text(&item["planned"])
    };
    let config = |lines: &str| format!("== goen.toml\n[calendar]\n{lines}\n");
    let none = String::new();
    all_equal(
        [
            ("tier: client", "2026-11-20", &none, "2026-11-20"),
            // A weekend and 勤労感謝の日.
            ("tier: client", "2026-11-21", &none, "2026-11-24"),
            ("tier: client", "2026-11-21", &config("holidays = \"none\""), "2026-11-23"),
            ("tier: client", "2026-11-24", &config("closed = [\"2026-11-24..2026-11-26\"]"), "2026-11-27"),
            ("tier: client", "2026-11-26", &config("closed = [\"2026-11-26\"]"), "2026-11-27"),
            // ゴールデンウィーク with its 振替休日.
            ("tier: client", "2026-05-02", &none, "2026-05-07"),
            // お盆 and 年末年始, holidays or not.
            ("tier: client", "2026-08-12", &none, "2026-08-12"),
            ("tier: client", "2026-08-13", &none, "2026-08-17"),
            ("tier: client", "2027-08-16", &config("holidays = \"none\""), "2027-08-17"),
            ("tier: client", "2026-12-28", &none, "2026-12-28"),
            ("tier: client", "2026-12-29", &config("holidays = \"none\""), "2027-01-04"),
            ("tier: client", "2027-12-29", &none, "2028-01-04"),
            ("tier: client", "2028-02-29", &none, "2028-02-29"),
            // By register, not by tier.
            ("tier: senior", "2026-11-21", &none, "2026-11-24"),
            ("tier: 上司", "2026-11-21", &none, "2026-11-24"),
            ("tier: 先輩", "2026-11-21", &none, "2026-11-21"),
            ("tier: client\nregister: casual", "2026-11-21", &none, "2026-11-21"),
            ("tier: close\nregister: formal", "2026-11-21", &none, "2026-11-24"),
            ("tier: colleague", "2026-11-21", &none, "2026-11-21"),
            ("cadence: 3m", "2027-01-01", &none, "2027-01-01"),
        ]
        .map(|(lines, day, more, want)| {
            (format!("{lines} {day} {more}"), on(lines, day, more), want.to_owned())
        }),
    );
    // What is fixed stands on its day.
    let born = person("x", "tier: client\ncadence: 10y\nlast_contact: 2026-06-01\nbirthday: 11-22");
    stands("birthday", &born, &[("2026-11-21", "week 2026-11-22 fixed"), ("2026-11-22", "today fixed")]);
}
