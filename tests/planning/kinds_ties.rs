//! What the time since the last contact gives reason for: the window, the rhythm, a long silence,
//! something to share, a touch.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::text;
use crate::tables::{agenda, has, reads, stands, vault};
use serde_json::json;

/// The person x with these front-matter lines.
fn x(lines: &str) -> String {
    format!("== x\n{lines}\n")
}

/// The person x with these front-matter lines and lines in the log.
fn logged(lines: &str, log: &str) -> String {
    format!("== x\n{lines}\n--\n## Log\n\n{log}\n")
}

#[test]
fn a_tie_from_the_day_its_window_opens_until_it_is_dormant() {
    for (lines, last, before, opens, due, late, dormant) in [
        ("tier: close", "2026-09-14", "2026-10-13", "2026-10-14", "2026-11-14", "2027-09-13", "2027-09-14"),
        (
            "tier: colleague",
            "2026-05-14",
            "2026-09-13",
            "2026-09-14",
            "2026-11-14",
            "2027-05-13",
            "2027-05-14",
        ),
        // Months are calendar months: the end of February, in common and in leap years.
        ("tier: close", "2027-01-31", "2027-02-27", "2027-02-28", "2027-03-31", "2028-01-30", "2028-01-31"),
        ("tier: close", "2028-01-31", "2028-02-28", "2028-02-29", "2028-03-31", "2029-01-30", "2029-01-31"),
        ("tier: close", "2026-12-31", "2027-01-30", "2027-01-31", "2027-02-28", "2027-12-30", "2027-12-31"),
        ("tier: close", "2028-02-29", "2028-03-28", "2028-03-29", "2028-04-29", "2029-02-27", "2029-02-28"),
        // Three quarters of one value, in whole days.
        ("cadence: 6w", "2026-11-21", "2026-12-21", "2026-12-22", "2027-01-02", "2027-11-20", "2027-11-21"),
        // Of a longer window twice its end.
        (
            "cadence: 6m..8m",
            "2026-01-15",
            "2026-07-14",
            "2026-07-15",
            "2026-09-15",
            "2027-05-14",
            "2027-05-15",
        ),
        (
            "tier: close\ncadence: 1y",
            "2024-03-01",
            "2024-11-28",
            "2024-11-29",
            "2025-03-01",
            "2026-02-28",
            "2026-03-01",
        ),
    ] {
        let notes = x(&format!("{lines}\nlast_contact: {last}"));
        let ahead = format!("week {opens}");
        stands(
            "cadence",
            &notes,
            &[(before, &ahead), (opens, "today"), (due, "today"), (late, "today"), (dormant, "")],
        );
        stands("reopen", &notes, &[(late, ""), (dormant, "today")]);
        let want = json!({"opens": opens, "due": due, "state": "open", "last_contact": last, "fixed": false, "also": []});
        has("cadence", &notes, opens, &want);
        for (day, state) in
            [(before, "fresh"), (opens, "open"), (due, "open"), (late, "due"), (dormant, "dormant")]
        {
            let got = text(&vault(&notes).person_on(day, "People/x.md")["state"]);
            assert_eq!(got, state, "{day} of {notes}");
        }
    }
    stands("cadence", &x("last_contact: 2026-01-01"), &[("2026-11-21", "")]);
}

#[test]
fn somebody_new_is_due_on_the_28th_day() {
    for lines in ["tier: close", "cadence: 10y"] {
        let want = json!({
            "opens": "2026-11-21", "due": "2026-12-18", "planned": "2026-11-21", "section": "today",
            "state": "new", "last_contact": null, "cost": 1.0, "fixed": false,
        });
        has("cadence", &x(lines), "2026-11-21", &want);
    }
}

#[test]
fn a_day_set_by_hand_takes_the_place_of_the_window_until_a_contact_on_or_after_it() {
    let next = |log: &str| logged("tier: close\nnext: 2026-12-01", log);
    for (log, days) in [
        (
            "- 2026-09-14 (line) x",
            [("2026-11-30", "week 2026-12-01"), ("2026-12-01", "today"), ("2026-12-20", "today")],
        ),
        (
            "- 2026-11-29 (line) x",
            [("2026-11-30", "week 2026-12-01"), ("2026-12-01", "today"), ("2026-12-20", "today")],
        ),
        (
            "- 2026-12-01 (line) x",
            [("2026-12-02", ""), ("2026-12-31", "week 2027-01-01"), ("2027-01-01", "today")],
        ),
        (
            "- 2026-12-10 (line) x",
            [("2026-12-11", ""), ("2027-01-09", "week 2027-01-10"), ("2027-01-10", "today")],
        ),
    ] {
        stands("cadence", &next(log), &days);
    }
    has(
        "cadence",
        &next("- 2026-09-14 (line) x"),
        "2026-12-05",
        &json!({"opens": "2026-12-01", "due": "2026-12-01", "state": "due"}),
    );
    // Somebody new, too.
    stands(
        "cadence",
        &x("tier: close\nnext: 2026-12-01"),
        &[("2026-11-30", "week 2026-12-01"), ("2026-12-01", "today")],
    );
}

#[test]
fn a_touch_moves_the_window_by_half_its_start_once() {
    let touched = |tier: &str, touches: &[&str]| {
        let lines: String = touches.iter().map(|day| format!("- {day} (like) 写真\n")).collect();
        logged(&format!("tier: {tier}\nlast_contact: 2026-09-14"), &lines)
    };
    for (tier, touches, opens, due) in [
        ("close", &[][..], "2026-10-14", "2026-11-14"),
        ("close", &["2026-09-20"], "2026-10-29", "2026-11-29"),
        ("close", &["2026-09-13"], "2026-10-14", "2026-11-14"),
        ("close", &["2026-09-16", "2026-09-20"], "2026-10-29", "2026-11-29"),
        // 122 days: 61; 91 days: 45.
        ("colleague", &["2026-09-20"], "2027-03-16", "2027-05-14"),
        ("senior", &["2026-09-20"], "2027-01-28", "2027-02-28"),
    ] {
        let person = vault(&touched(tier, touches)).person_on("2026-10-14", "People/x.md");
        let got = (text(&person["opens"]), text(&person["due"]), text(&person["last_contact"]));
        assert_eq!(got, (opens.to_owned(), due.to_owned(), "2026-09-14".to_owned()), "{tier} {touches:?}");
    }
    // However late the only one came, nothing is put off further.
    stands(
        "cadence",
        &logged("tier: colleague\nlast_contact: 2026-01-10", "- 2026-06-20 (like) 写真"),
        &[("2026-07-08", "week 2026-07-09"), ("2026-07-09", "today")],
    );
    let once = touched("close", &["2026-09-20"]);
    stands("cadence", &once, &[("2026-10-28", "week 2026-10-29"), ("2026-10-29", "today")]);
    // A skip starts it anew.
    let skipped = logged("tier: close\nlast_contact: 2026-09-14", "- 2026-11-20 (skip) また");
    stands("cadence", &skipped, &[("2026-12-19", "week 2026-12-20"), ("2026-12-20", "today")]);
    has(
        "cadence",
        &skipped,
        "2026-12-20",
        &json!({"last_contact": "2026-09-14", "opens": "2026-12-20", "due": "2027-01-20"}),
    );
}

#[test]
fn after_a_late_touch_or_a_further_one_the_item_stands_where_the_list_says() {
    let senior = "tier: senior\nseasons: no";
    let close = "tier: close";
    for (lines, log, days) in [
        // Later than `due`: the window is open already, or opens soon.
        (
            senior,
            "- 2026-06-05 (like) x\n- 2026-01-01 (mail) x\n",
            &[("2026-06-06", "week 2026-06-08"), ("2026-06-08", "today"), ("2026-06-20", "week 2026-06-22")]
                [..],
        ),
        (senior, "- 2026-05-02 (like) x\n- 2026-01-01 (mail) x\n", &[("2026-05-20", "today")]),
        ("cadence: 90d", "- 2026-06-05 (like) x\n- 2026-03-01 (mail) x\n", &[("2026-06-10", "today")]),
        (
            "tier: project",
            "- 2026-06-10 (like) x\n- 2025-11-01 (mail) x\n",
            &[("2026-06-10", "week 2026-06-15"), ("2026-07-10", "today"), ("2026-08-25", "today")],
        ),
        // A second one, in time and late.
        (
            senior,
            "- 2026-04-28 (like) x\n- 2026-02-01 (like) x\n- 2026-01-01 (mail) x\n",
            &[("2026-05-15", "week 2026-05-18"), ("2026-05-21", "today")],
        ),
        (
            senior,
            "- 2026-05-20 (like) x\n- 2026-02-01 (like) x\n- 2026-01-01 (mail) x\n",
            &[("2026-05-21", "today")],
        ),
        (
            close,
            "- 2026-06-09 (like) x\n- 2026-05-10 (like) x\n- 2026-04-15 (line) x\n",
            &[("2026-06-10", "today")],
        ),
    ] {
        let notes = logged(lines, log);
        stands("cadence", &notes, days);
        for (day, _) in days {
            let person = vault(&notes).person_on(day, "People/x.md");
            has("cadence", &notes, day, &json!({"opens": person["opens"], "due": person["due"]}));
        }
    }
}

#[test]
fn after_three_months_without_talking_a_meal_or_a_video_call() {
    let (meal, video) = ("コーヒーか食事のお誘い", "ビデオ通話のお誘い");
    let says = |lines: &str, log: &str, more: &str, want: &str| {
        let notes = logged(lines, log) + more;
        has("cadence", &notes, "2026-11-20", &json!({"section": "today", "cost": 1.0}));
        let said = vault(&notes).on("2026-11-20", &["today"]).stdout;
        for sentence in [meal, video] {
            assert_eq!(said.contains(sentence), sentence == want, "{sentence}\n{notes}\n{said}");
        }
        assert_eq!(said.contains("しばらく話していません"), !want.is_empty(), "{said}");
    };
    let old = "- 2026-06-01 (line) x";
    let here = "== me.md\ntype: me\nlocation: 東京\n";
    for (lines, log, more, want) in [
        ("tier: close", old, "", video),
        ("tier: senior", old, "", video),
        ("tier: close\nlocation: 東京都", old, here, meal),
        ("tier: senior\nlocation: 東京都", old, here, meal),
        ("tier: close\nlocation: 大阪", old, here, video),
        ("tier: close\nlocation: 東京都", old, "", video),
        ("tier: colleague\nlocation: 東京都", old, here, ""),
        ("tier: client", old, "", ""),
        ("cadence: 1m", old, "", ""),
        // Somebody new is asked for nothing yet.
        ("tier: close\nlocation: 東京都", "", here, ""),
        // Three months ago to the day, and a day less.
        ("tier: close", "- 2026-08-20 (lunch) x\n- 2026-09-01 (line) x", "", video),
        ("tier: close", "- 2026-08-21 (lunch) x\n- 2026-09-01 (line) x", "", ""),
        ("tier: close", "- 2026-08-21 (通話) x\n- 2026-09-01 (line) x", "", ""),
        ("tier: close", "- 2026-08-21 (email) x\n- 2026-09-01 (line) x", "", video),
        // A call by whatever name.
        ("tier: close", "- 2026-08-21 (電話) x\n- 2026-09-01 (line) x", "", ""),
        ("tier: close", "- 2026-08-21 (phone) x\n- 2026-09-01 (line) x", "", ""),
        ("tier: close", "- 2026-08-21 (ビデオ通話) x\n- 2026-09-01 (line) x", "", ""),
        ("tier: close", "- 2026-08-21 (Zoom) x\n- 2026-09-01 (line) x", "", ""),
        // Of a bare day nobody knows whether it was one; how else it was may be said.
        ("tier: close\nlast_contact: 2026-09-01", "- 2026-06-01 (line) x", "", ""),
        ("tier: close\nlast_contact: 2026-09-01 via LINE", "- 2026-06-01 (line) x", "", video),
        ("tier: close\nlast_contact: 2026-09-01", "- 2026-09-01 (line) x", "", video),
    ] {
        says(lines, log, more, want);
    }
    // An event is a meeting, also where something was written on its day.
    let event = |day: &str| format!("== 会.md\ntype: event\ndate: {day}\nattendees: ['[[x]]']\n");
    says("tier: close", "- 2026-09-01 (line) x", &event("2026-08-21"), "");
    says("tier: close", "- 2026-09-01 (line) x", &event("2026-09-01"), "");
    says("tier: close", "- 2026-09-01 (line) x", &event("2026-08-20"), video);
    let english =
        logged("tier: close\nlocation: Tokyo", old) + "== me.md\ntype: me\nlocation: Tokyo\nlang: en\n";
    let said = vault(&english).on("2026-11-20", &["today"]).stdout;
    assert!(said.contains("to coffee or a meal") && said.contains("not talked for a while"), "{said}");
}

/// A tie whose window opens after half a year, with contacts so many days before 31 October.
fn rhythm(ago: &[i64]) -> String {
    let last: chrono::NaiveDate = "2026-10-31".parse().unwrap();
    let line = |ago: &i64| format!("- {} (line) x\n", last - chrono::TimeDelta::days(*ago));
    logged("cadence: 6m..1y", &ago.iter().map(line).collect::<String>())
}

#[test]
fn a_tie_that_cools_against_its_rhythm() {
    // More than twice the median gap, and 14 days; less than twelve times it, or 90 days.
    for (ago, before, from, to, over) in [
        (&[0, 7, 14, 21, 28][..], "2026-11-14", "2026-11-15", "2027-01-28", "2027-01-29"),
        (&[0, 10, 20, 30, 40], "2026-11-20", "2026-11-21", "2027-02-27", "2027-02-28"),
        (&[0, 8, 16, 24, 32], "2026-11-16", "2026-11-17", "2027-02-03", "2027-02-04"),
        // The median of 5, 7, 9 and 11, and of 5, 6, 9 and 11.
        (&[0, 5, 12, 21, 32], "2026-11-16", "2026-11-17", "2027-02-03", "2027-02-04"),
        (&[0, 5, 11, 20, 31], "2026-11-15", "2026-11-16", "2027-01-28", "2027-01-29"),
        // Five days that span 21 are enough: what was before does not count.
        (&[0, 7, 14, 21, 28, 100, 200, 300], "2026-11-14", "2026-11-15", "2027-01-28", "2027-01-29"),
        // As many as it takes: the week of daily words is a part of it.
        (&[0, 1, 2, 3, 13, 23, 33], "2026-11-14", "2026-11-15", "2027-01-28", "2027-01-29"),
    ] {
        let ahead = format!("week {from}");
        let days = [(before, &*ahead), (from, "today"), (to, "today"), (over, "")];
        stands("drift", &rhythm(ago), &days);
    }
    let want = json!({
        "opens": "2026-11-15", "due": "2027-01-28", "planned": "2026-11-21", "state": "fresh", "cost": 1.0,
        "fixed": false, "also": [], "last_contact": "2026-10-31",
    });
    has("drift", &rhythm(&[0, 7, 14, 21, 28]), "2026-11-21", &want);
    // Too few, or touches and plans.
    stands("drift", &rhythm(&[0, 7, 14, 21]), &[("2026-11-15", ""), ("2026-11-28", "")]);
    let liked = rhythm(&[0, 7, 14, 21]) + "- 2026-10-01 (like) x\n- 2026-09-25 (skip) x\n";
    stands("drift", &liked, &[("2026-11-15", ""), ("2026-11-28", "")]);
    let mentioned = rhythm(&[0, 7, 14, 21]) + "== 2026-10-03.md\n--\n[[x]] と話した\n";
    stands("drift", &mentioned, &[("2026-11-14", "week 2026-11-15"), ("2026-11-15", "today")]);
}

#[test]
fn a_tie_cools_only_while_its_window_is_closed() {
    let weekly = rhythm(&[0, 7, 14, 21, 28]);
    let of = |lines: &str| weekly.replace("cadence: 6m..1y", lines);
    stands(
        "drift",
        &of("tier: close"),
        &[("2026-11-15", "today"), ("2026-11-29", "today"), ("2026-11-30", "")],
    );
    stands("cadence", &of("tier: close"), &[("2026-11-29", ""), ("2026-11-30", "today")]);
    stands("drift", &of("cadence: 2w"), &[("2026-11-15", "")]);
    // A single day.
    let days = [("2026-11-14", "week 2026-11-15"), ("2026-11-15", "today"), ("2026-11-16", "")];
    stands("drift", &of("cadence: 16d..1y"), &days);
    stands("drift", &of("name: x"), &[("2026-11-15", "")]);
    stands("drift", &of("cadence: 6m..1y\nnext: 2027-01-01"), &[("2026-11-15", "")]);
    let config = |lines: &str| format!("{weekly}== goen.toml\n[drift]\n{lines}\n");
    stands(
        "drift",
        &config("at_least = \"20d\""),
        &[("2026-11-20", "week 2026-11-21"), ("2026-11-21", "today")],
    );
    stands("drift", &config("after = 3.0"), &[("2026-11-21", "week 2026-11-22"), ("2026-11-22", "today")]);
    stands("drift", &config("until_at_least = \"10d\""), &[("2027-01-22", "today"), ("2027-01-23", "")]);
    stands("drift", &config("until = 20.0"), &[("2027-03-19", "today"), ("2027-03-20", "")]);
}

#[test]
fn of_two_that_cool_the_longer_silence_is_ended_first() {
    let weekly = |name: &str, cadence: &str, days: [&str; 5]| {
        let log: String = days.iter().map(|day| format!("- {day} (line) x\n")).collect();
        format!("== {name}\ncadence: {cadence}\n--\n## Log\n\n{log}\n")
    };
    // Both windows open on 30 December.
    let seven = ["2026-10-25", "2026-10-18", "2026-10-11", "2026-10-04", "2026-09-27"];
    let ten = ["2026-10-21", "2026-10-11", "2026-10-01", "2026-09-21", "2026-09-11"];
    let notes = weekly("a", "66d..1y", seven)
        + &weekly("b", "70d..1y", ten)
        + "== goen.toml\n[energy]\nper_day = 1\n";
    reads(&notes, &[("2026-11-21", &["b drift: today", "a drift: week 2026-11-22"])]);
}

#[test]
fn a_dormant_tie_one_in_seven_days() {
    let person = |name: &str, last: &str| format!("== {name}\ntier: close\nlast_contact: {last}\n");
    let three = person("a", "2024-01-01") + &person("b", "2024-02-01") + &person("c", "2024-03-01");
    reads(
        &three,
        &[("2026-11-21", &["a reopen: today", "b reopen: later 2026-11-28", "c reopen: later 2026-12-05"])],
    );
    let config = format!("{three}== goen.toml\n[reopen]\nevery = \"3d\"\n");
    reads(
        &config,
        &[("2026-11-21", &["a reopen: today", "b reopen: week 2026-11-24", "c reopen: week 2026-11-27"])],
    );
    let want = json!({
        "state": "dormant", "cost": 1.0, "fixed": false, "opens": "2025-01-01", "due": "2025-01-01", "also": [],
    });
    has("reopen", &person("a", "2024-01-01"), "2026-11-21", &want);
    // One that was taken up these days is one of them.
    for (day, place) in
        [("2026-11-14", "today"), ("2026-11-15", "week 2026-11-22"), ("2026-11-20", "week 2026-11-27")]
    {
        let d =
            format!("== d\ntier: close\n--\n## Log\n\n- {day} (line) お久しぶり\n- 2024-01-01 (line) x\n");
        stands("reopen", &(person("a", "2024-01-01") + &d), &[("2026-11-21", place)]);
    }
    // A touch is none, and a skip waits for a new window.
    let touched = person("a", "2024-01-01") + "--\n## Log\n\n- 2026-11-20 (like) x\n";
    stands("reopen", &touched, &[("2026-11-21", "today")]);
    let skipped = person("a", "2024-01-01") + "--\n## Log\n\n- 2026-11-20 (skip) x\n";
    stands("reopen", &skipped, &[("2026-12-19", "week 2026-12-20"), ("2026-12-20", "today")]);
}

#[test]
fn a_paused_tie_once_its_silence_has_passed() {
    let paused = |lines: &str| x(&format!("tier: close\nstatus: paused\n{lines}"));
    for (lines, days) in [
        (
            "snooze: 2026-11-21\nlast_contact: 2026-09-14",
            [("2026-11-20", ""), ("2026-11-21", "today"), ("2028-02-29", "today")],
        ),
        ("snooze: 2026-11-21", [("2026-11-20", ""), ("2026-11-21", "today"), ("2028-02-29", "today")]),
        (
            "snooze: 2026-11-21\nlast_contact: 2026-11-21",
            [("2026-11-21", ""), ("2026-11-22", ""), ("2027-12-01", "")],
        ),
        ("last_contact: 2020-01-01", [("2026-11-21", ""), ("2026-11-22", ""), ("2027-12-01", "")]),
    ] {
        stands("reopen", &paused(lines), &days);
    }
    for status in ["closed", "do-not-contact", "deceased"] {
        let lines = format!("tier: close\nstatus: {status}\nsnooze: 2026-11-21\nlast_contact: 2024-01-01");
        stands("reopen", &x(&lines), &[("2026-11-21", "")]);
    }
    has(
        "reopen",
        &paused("snooze: 2026-11-21"),
        "2026-11-21",
        &json!({"state": "closed", "cost": 1.0, "fixed": false, "due": "2026-12-18"}),
    );
}

/// Half of the window passes on 1 November, and it opens on 1 December.
const SHARING: &str = "cadence: 3m..4m\nlast_contact: 2026-09-01\ninterests: [Rust]\n";

fn clip(name: &str, day: &str, tags: &str) -> String {
    format!("== Clippings/{name}.md\ntype: clip\ncreated: {day}\ntags: [{tags}]\n")
}

#[test]
fn a_clip_is_shared_once_half_the_window_has_passed() {
    let notes = |day: &str| x(SHARING) + &clip("記事", day, "rust");
    for (day, days) in [
        (
            "2026-10-30",
            [
                ("2026-10-31", "week 2026-11-01"),
                ("2026-11-01", "today"),
                ("2026-11-13", "today"),
                ("2026-11-14", ""),
            ],
        ),
        (
            "2026-11-20",
            [("2026-11-19", ""), ("2026-11-20", "today"), ("2026-11-30", "today"), ("2026-12-01", "")],
        ),
        ("2026-10-17", [("2026-10-30", ""), ("2026-10-31", ""), ("2026-11-01", ""), ("2026-11-02", "")]),
        (
            "2026-10-18",
            [
                ("2026-10-31", "week 2026-11-01"),
                ("2026-11-01", "today"),
                ("2026-11-02", ""),
                ("2026-11-03", ""),
            ],
        ),
    ] {
        stands("share", &notes(day), &days);
    }
    let want = json!({
        "opens": "2026-11-01", "due": "2026-11-30", "planned": "2026-11-21", "cost": 1.0, "fixed": false,
        "state": "fresh", "also": [],
        "topics": [{"kind": "clip", "text": "記事", "link": "Clippings/記事.md"}],
    });
    has("share", &notes("2026-11-20"), "2026-11-21", &want);
    let config = notes("2026-10-30") + "== goen.toml\n[clips]\ndays = 3\n";
    stands("share", &config, &[("2026-11-01", "today"), ("2026-11-02", "today"), ("2026-11-03", "")]);
    for (theirs, tags, more, want) in [
        ("[Rust]", "ＲＵＳＴ", "", "today"),
        ("[Rust]", "Go", "", ""),
        ("[]", "Rust", "", ""),
        ("[AI]", "機械学習", "== goen.toml\n[interests]\n\"AI\" = [\"機械学習\"]\n", "today"),
        ("[AI]", "機械学習", "", ""),
    ] {
        let notes = x(&SHARING.replace("[Rust]", theirs)) + &clip("記事", "2026-11-20", tags) + more;
        stands("share", &notes, &[("2026-11-21", want)]);
    }
    // Beside the window's own item, once that is open.
    reads(
        &notes("2026-11-25"),
        &[("2026-11-30", &["x share: today"]), ("2026-12-01", &["x cadence, share: today"])],
    );
    // A dormant tie is taken up again by words of one's own.
    let dormant = x("cadence: 3m..4m\nlast_contact: 2025-01-01\ninterests: [Rust]");
    reads(&(dormant + &clip("記事", "2026-11-20", "rust")), &[("2026-11-21", &["x reopen: today"])]);
    // A window that opens at its half leaves no room before it.
    let close = notes("2026-11-20")
        .replace("cadence: 3m..4m\nlast_contact: 2026-09-01", "tier: close\nlast_contact: 2026-10-15");
    stands("share", &close, &[("2026-11-13", ""), ("2026-11-20", "")]);
    let topics = json!([{"kind": "clip", "text": "記事", "link": "Clippings/記事.md"}]);
    has("cadence", &close, "2026-11-21", &json!({"topics": topics}));
}

#[test]
fn what_was_shared_is_not_shared_again() {
    let linking =
        |line: &str| x(&(SHARING.to_owned() + "--\n## Log\n\n" + line)) + &clip("記事", "2026-11-10", "Rust");
    stands("share", &linking("- 2026-08-12 (line) x"), &[("2026-11-21", "today")]);
    for line in ["- 2026-11-12 (like) [[記事]]", "- 2026-08-12 (line) [[Clippings/記事|これ]]"] {
        stands("share", &linking(line), &[("2026-11-21", "")]);
    }
    // The next one that matches.
    let two = linking("- 2026-08-12 (line) [[記事]]") + &clip("次", "2026-11-09", "Rust");
    let topics = json!([
        {"kind": "clip", "text": "次", "link": "Clippings/次.md"},
        {"kind": "last", "text": "記事", "link": null},
    ]);
    has("share", &two, "2026-11-21", &json!({"topics": topics}));
}

#[test]
fn two_are_shared_in_seven_days() {
    let person = |name: &str| format!("== {name}\n{SHARING}");
    let three = ["a", "b", "c"].map(person).concat() + &clip("記事", "2026-11-20", "Rust");
    reads(&three, &[("2026-11-21", &["a share: today", "b share: today", "c share: later 2026-11-28"])]);
    let shared = |day: &str| format!("== d{day}\nname: d\n--\n## Log\n\n- {day} (line) [[記事]] を\n");
    for (first, second, place) in [
        ("2026-11-14", "2026-11-20", "today"),
        ("2026-11-15", "2026-11-20", "week 2026-11-22"),
        ("2026-11-18", "2026-11-19", "week 2026-11-25"),
    ] {
        let notes = person("a") + &clip("記事", "2026-11-14", "Rust") + &shared(first) + &shared(second);
        stands("share", &notes, &[("2026-11-21", place)]);
    }
}

#[test]
fn help_of_more_than_a_year_ago_is_remembered_until_there_are_thanks() {
    let helped = |day: &str, more: &str| {
        let help = format!("- {day} (line) 推薦状を書いてもらった #received\n");
        logged("tier: close", &format!("- 2026-09-14 (line) 近況\n{more}{help}"))
    };
    let is_told = |notes: &str| {
        let items = vault(notes).items_on("2026-11-21");
        let topics = items[0]["topics"].as_array().unwrap().clone();
        topics
            .iter()
            .any(|topic| topic["kind"] == "gratitude" && text(&topic["text"]) == "推薦状を書いてもらった")
    };
    for (day, more, want) in [
        ("2025-11-21", "", true),
        ("2020-01-01", "", true),
        ("2025-11-22", "", false),
        ("2026-08-01", "", false),
        ("2020-01-01", "- 2026-01-10 (line) お礼 #thanks\n", false),
        ("2020-01-01", "- 2021-01-10 (line) お礼 #thanks\n", true),
    ] {
        assert_eq!(is_told(&helped(day, more)), want, "{day} {more}");
    }
}

/// So little energy that no message finds room, and a touch does.
const TIRED: &str = "== goen.toml\n[energy]\nper_day = 0.5\nper_week = 3.5\n";

#[test]
fn a_touch_where_a_window_goes_by_without_room() {
    let of = |tier: &str, last: &str| x(&format!("tier: {tier}\nlast_contact: {last}")) + TIRED;
    for (tier, last, want) in [
        ("colleague", "2026-06-01", "x touch: today"),
        ("project", "2026-06-01", "x touch: today"),
        ("close", "2026-10-01", "x cadence: unplaced"),
        ("senior", "2026-08-01", "x cadence: unplaced"),
        ("client", "2026-06-01", "x cadence: unplaced"),
        // There is room before this window ends.
        ("colleague", "2026-07-15", "x cadence: unplaced"),
        // Somebody new is not touched first.
        ("colleague", "", "x cadence: unplaced"),
    ] {
        reads(&of(tier, last), &[("2026-11-21", &[want])]);
    }
    let want = json!({"cost": 0.5, "channel": "like", "fixed": false, "also": [], "state": "open", "planned": "2026-11-21"});
    has("touch", &of("colleague", "2026-06-01"), "2026-11-21", &want);
    // Where nobody else wants what a touch leaves of the day, it is a message after all.
    let enough = of("colleague", "2026-03-01").replace("per_day = 0.5", "per_day = 1.0");
    has("cadence", &enough, "2026-11-21", &json!({"cost": 1.0, "section": "today"}));
    // What else there is reason for on the day is told beside it.
    let clipped = of("colleague", "2026-06-01").replace("x\n", "x\ninterests: [Rust]\n");
    has("touch", &(clipped + &clip("記事", "2026-11-20", "Rust")), "2026-11-21", &json!({"also": ["share"]}));
    // With room it is a message.
    let rested = of("colleague", "2026-06-01").replace(TIRED, "");
    reads(&rested, &[("2026-11-21", &["x cadence: today"])]);
}

#[test]
fn after_three_touches_in_a_row_a_message() {
    let touched = |n: usize, more: &str| {
        let days = ["2026-03-01", "2026-04-01", "2026-05-01"];
        let log: String = days.iter().take(n).map(|day| format!("- {day} (like) x\n")).collect();
        logged("tier: colleague\nlast_contact: 2026-02-01", &(log + more)) + TIRED
    };
    for (n, want) in [(2, "x touch: today"), (3, "x cadence: unplaced")] {
        reads(&touched(n, ""), &[("2026-11-21", &[want])]);
    }
    // A further one moves the window no more: the window is open, and for half of the time until then
    // there is no other touch.
    let twice =
        logged("tier: colleague\nlast_contact: 2026-06-01", "- 2026-11-10 (like) x\n- 2026-11-20 (like) x")
            + TIRED;
    stands("touch", &twice, &[("2026-12-05", ""), ("2027-01-19", ""), ("2027-01-20", "today")]);
    reads(&twice, &[("2026-12-01", &["x cadence: unplaced"])]);
    // What follows one that came late is a message.
    let late = logged("tier: colleague\nlast_contact: 2026-06-01", "- 2026-12-02 (like) x") + TIRED;
    reads(&late, &[("2026-12-03", &["x cadence: unplaced"]), ("2027-02-20", &["x cadence: unplaced"])]);
    // A contact in between: not in a row.
    reads(&touched(3, "- 2026-04-15 (line) x\n"), &[("2026-11-21", &["x touch: today"])]);
}

#[test]
fn two_messages_without_an_answer_double_the_window() {
    let silent = |tier: &str, tags: [&str; 2]| {
        logged(
            &format!("tier: {tier}\nbirthday: 11-21\nmilestones: [2026-11-20 昇進]"),
            &format!("- 2026-05-01 (line) x {}\n- 2026-06-01 (line) y {}", tags[0], tags[1]),
        )
    };
    for tags in [["#noreply", "#noreply"], ["#返信なし", "#noreply"]] {
        let notes = silent("colleague", tags);
        stands(
            "touch",
            &notes,
            &[
                ("2026-09-30", "week 2026-10-01"),
                ("2026-10-01", "today"),
                ("2027-01-31", "today"),
                ("2027-02-01", ""),
            ],
        );
        reads(&notes, &[("2026-11-21", &["x touch: today"]), ("2027-02-01", &["x cadence: today"])]);
        has("touch", &notes, "2026-11-21", &json!({"cost": 0.5, "channel": "like", "due": "2027-01-31"}));
        has("cadence", &notes, "2027-02-01", &json!({"opens": "2027-02-01", "due": "2027-06-01"}));
        // One is enough.
        stands("touch", &(notes.clone() + "\n- 2026-10-05 (like) 反応\n"), &[("2026-11-21", "")]);
        let said = vault(&notes).on("2027-02-01", &["today"]).stdout;
        assert!(said.contains("間隔を倍に"), "{said}");
    }
    // Of other tiers nothing at all until the longer window opens.
    let close = silent("close", ["#noreply", "#noreply"])
        .replace("birthday: 11-21", "birthday: 07-10")
        .replace("2026-11-20 昇進", "2026-07-08 昇進");
    assert!(agenda(&vault(&close), "2026-07-10").iter().all(|line| !line.contains("today")), "{close}");
    stands("cadence", &close, &[("2026-07-31", "week 2026-08-01"), ("2026-08-01", "today")]);
    // One of them alone, or an answer since, changes nothing.
    for tags in [["#noreply", ""], ["", "#noreply"]] {
        stands("birthday", &silent("colleague", tags), &[("2026-11-21", "today fixed")]);
    }
    let answered = silent("colleague", ["#noreply", "#noreply"]) + "- 2026-06-02 (line) 返事が来た\n";
    stands("birthday", &answered, &[("2026-11-21", "today fixed")]);
}

#[test]
fn who_is_late_goes_before_whoever_is_due_today() {
    let of = |name: &str, tier: &str, last: &str| {
        format!("== {name}\ntier: {tier}\nregister: casual\ncadence: 10d..20d\nlast_contact: {last}\n")
    };
    let notes = of("甲", "colleague", "2026-11-02")
        + &of("乙", "client", "2026-11-03")
        + "== goen.toml\n[energy]\nper_day = 1\nper_week = 6\n";
    let today = agenda(&vault(&notes), "2026-11-23").into_iter().filter(|item| item.ends_with(": today"));
    assert_eq!(today.collect::<Vec<_>>(), ["甲 cadence: today"]);
}

#[test]
fn a_letter_has_a_price_of_its_own() {
    let to = |prefer: &str| {
        x(&format!("tier: close\nprefer: {prefer}\nlast_contact: 2026-09-14"))
            + "== goen.toml\n[energy]\nletter = 1.5\n"
    };
    has("cadence", &to("post"), "2026-11-21", &json!({"channel": "post", "cost": 1.5}));
    has("cadence", &to("line"), "2026-11-21", &json!({"channel": "line", "cost": 1.0}));
}

/// However many there are.
#[test]
fn everybody_is_planned_as_themselves() {
    let of = |n: usize, last: &str| format!("== p{n:03}\ntier: close\nlast_contact: {last}\n");
    let calm: String = (0..300).map(|n| of(n, "2026-11-19")).collect();
    let notes = calm.replace(&of(280, "2026-11-19"), &of(280, "2026-09-14"));
    let today = agenda(&vault(&notes), "2026-11-21").into_iter().filter(|item| item.ends_with(": today"));
    assert_eq!(today.collect::<Vec<_>>(), ["p280 cadence: today"]);
}
