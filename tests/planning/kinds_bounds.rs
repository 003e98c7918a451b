//! What bounds the agenda: one item a person, those who never appear, the circle, and the energy
//! there is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use crate::common::text;
use crate::tables::{agenda, has, reads, stands, vault, whose};
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

/// In touch once, and for years the tie itself asks for nothing.
const CALM: &str = "cadence: 10y\nlast_contact: 2026-06-01\n";

/// A person of this name with these front-matter lines.
fn person(name: &str, lines: &str) -> String {
    format!("== {name}\n{lines}\n")
}

/// Whom items that may be put off stand for today.
fn today(notes: &str, day: &str) -> Vec<String> {
    let items = vault(notes).items_on(day);
    items.iter().filter(|item| item["section"] == "today").map(whose).collect()
}

/// Somebody with every reason that holds on this Friday without a contact, and others' notes for them.
fn every_reason(lines: &str, log: &str) -> String {
    let x = format!(
        "== x\ntier: close\nlocation: 大阪\norg: ミナト\nbirthday: 11-20\nmilestones: [2026-11-20 昇進]\n{lines}\n--\n\
         - [ ] 本を返す 📅 2026-11-20\n- [ ] 見積もり #theirs 📅 2026-11-10\n\n## Log\n\n{log}\n- 2026-09-14 (line) 近況\n"
    );
    x + "== me.md\ntype: me\ncareer: [{org: ミナト, from: 2019-04-01, to: 2026-11-25}]\n"
        + "== 旅.md\ntype: 出張\nlocation: 大阪\nfrom: 2026-12-01\n"
}

#[test]
fn one_person_has_one_item_and_the_strongest_reason_names_it() {
    let all = "x promise, waiting, birthday, milestone, farewell, visit, cadence: today fixed";
    // A message leaves what is promised, and the visit; a meeting leaves the promises and is followed up.
    let met = "== 会.md\ntype: event\ndate: 2026-11-20\nattendees: ['[[x]]']\ngoal: x\n--\n## 準備\n\n済み\n";
    for (notes, want) in [
        (every_reason("", ""), all),
        (every_reason("", "- 2026-11-20 (line) おめでとう"), "x promise, waiting, visit: today fixed"),
        (
            every_reason("", "- 2026-11-20 (lunch) 助かった #received #reply") + met,
            "x follow-up, reply, promise, waiting, thanks: today fixed",
        ),
        (
            every_reason("", "- 2026-11-18 (line) 質問 #reply"),
            "x reply, promise, waiting, milestone, visit: today fixed",
        ),
    ] {
        reads(&notes, &[("2026-11-20", &[want])]);
    }
    // As what is stronger is settled, the next names the item.
    let mut notes = every_reason("", "");
    for (settle, instead, want) in [
        ("- [ ] 本", "- [x] 本", "x waiting, birthday, milestone, farewell, visit, cadence: today fixed"),
        ("- [ ] 見", "- [x] 見", "x birthday, milestone, farewell, visit, cadence: today fixed"),
        ("birthday: 11-20\n", "", "x milestone, farewell, visit, cadence: today"),
        ("[2026-11-20 昇進]", "[]", "x farewell, visit, cadence: today"),
        ("to: 2026-11-25", "to: 2027-11-25", "x visit, cadence: today"),
        ("from: 2026-12-01", "from: 2027-12-01", "x cadence: today"),
    ] {
        assert!(notes.contains(settle), "{settle}");
        notes = notes.replace(settle, instead);
        reads(&notes, &[("2026-11-20", &[want])]);
    }
    let settled = every_reason("", "").replace("2026-11-25", "2026-11-10");
    let want: &[&str] = &["x promise, waiting, birthday, milestone, settled, visit, cadence: today fixed"];
    reads(&settled, &[("2026-11-20", want)]);
    // The rhythm before the clip.
    let log: String = (0..5).map(|n| format!("- 2026-08-{:02} (line) x\n", 1 + 7 * n)).collect();
    let weekly = format!("== x\ncadence: 4m..5m\ninterests: [Rust]\n--\n## Log\n\n{log}");
    let clip = "== clips/記事.md\ntype: clip\ncreated: 2026-11-15\ntags: [Rust]\n";
    reads(&(weekly + clip), &[("2026-11-20", &["x drift, share: today"])]);
}

#[test]
fn those_who_are_closed_or_put_off_have_no_item() {
    for line in [
        "status: deceased",
        "status: do-not-contact",
        "status: closed",
        "status: paused",
        "snooze: 2026-11-21",
    ] {
        for log in ["", "- 2026-11-20 (lunch) 質問 #reply #received"] {
            reads(&every_reason(line, log), &[("2026-11-20", &[])]);
        }
    }
    // On the day that is written, silence is over.
    let want: &[&str] = &["x promise, waiting, birthday, milestone, farewell, visit, cadence: today fixed"];
    reads(&every_reason("snooze: 2026-11-20", ""), &[("2026-11-20", want)]);
}

/// Where the items of a vault with these people stand, by how many.
fn sections(notes: &str, day: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for item in vault(notes).items_on(day) {
        *counts.entry(text(&item["section"])).or_default() += 1;
    }
    counts
}

fn counts(pairs: &[(&str, usize)]) -> BTreeMap<String, usize> {
    pairs.iter().map(|(section, n)| ((*section).to_owned(), *n)).collect()
}

#[test]
fn an_import_of_three_hundred_begins_with_five() {
    let new: String = (0..300).map(|n| person(&format!("p{n:03}"), "tier: close")).collect();
    let dormant = new.replace("tier: close", "tier: close\nlast_contact: 2024-01-01");
    let want = counts(&[("today", 2), ("week", 3), ("unplaced", 295)]);
    // Whatever the day of the week, and again on the next day where nobody was written to.
    for day in ["2026-11-16", "2026-11-21", "2026-11-22"] {
        assert_eq!(sections(&new, day), want, "{day}");
    }
    // Dormant ties one in seven days besides.
    assert_eq!(sections(&dormant, "2026-11-21"), counts(&[("today", 1), ("later", 3), ("unplaced", 296)]));
    let first: Vec<String> = agenda(&vault(&new), "2026-11-21").into_iter().take(5).collect();
    let names: Vec<&str> = first.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(names, ["p000", "p001", "p002", "p003", "p004"]);
}

#[test]
fn who_is_let_into_the_circle() {
    let placed = |notes: &str, day: &str| -> Vec<String> {
        let items = vault(notes).items_on(day);
        let has_day = |item: &&Value| item["section"] != "unplaced" && item["done"] == false;
        items.iter().filter(has_day).map(whose).collect()
    };
    let two = "== goen.toml\n[circle]\nintake = 2\n";
    let people =
        |rows: &[(&str, &str)]| -> String { rows.iter().map(|(name, lines)| person(name, lines)).collect() };
    // By weight, then path.
    let new = [
        ("a", "tier: project"),
        ("b", "cadence: 1y"),
        ("c", "tier: colleague"),
        ("d", "tier: close"),
        ("e", "tier: close"),
    ];
    assert_eq!(placed(&(people(&new) + two), "2026-11-20"), ["d", "e"]);
    assert_eq!(placed(&(people(&new[..3]) + two), "2026-11-20"), ["c", "a"]);
    // By longest silence before that.
    let dormant = [
        ("a", "tier: close\nlast_contact: 2024-05-01"),
        ("b", "tier: close\nlast_contact: 2024-03-01"),
        ("c", "tier: close\nlast_contact: 2024-04-01"),
    ];
    assert_eq!(placed(&(people(&dormant) + two), "2026-11-20"), ["b", "c"]);
    // Whoever was contacted for the first time within 28 days counts, and after such a silence too.
    let came = |day: &str, before: &str| {
        people(&new) + &format!("== z\ncadence: 10y\n--\n## Log\n\n- {day} (line) x\n{before}") + two
    };
    let days = |notes: &str| -> Vec<String> {
        let items = vault(notes).items_on("2026-11-21");
        items
            .iter()
            .filter(|item| item["state"] == "new")
            .map(|item| text(&item["planned"]))
            .take(2)
            .collect()
    };
    for (day, before, second) in [
        ("2026-10-24", "", "2026-11-21"),
        ("2026-10-25", "", "2026-11-22"),
        ("2026-11-19", "", "2026-12-17"),
        ("2026-11-19", "- 2026-11-01 (line) x\n", "2026-11-29"),
        ("2026-11-19", "- 2001-01-01 (line) x\n", "2026-12-17"),
        ("2026-11-19", "- 2026-01-01 (line) x\n", "2026-11-21"),
    ] {
        assert_eq!(days(&came(day, before)), ["2026-11-21", second], "{day} {before}");
    }
    // Whoever has a fixed item takes a place.
    let born = people(&[("a", "tier: close\nbirthday: 11-20"), ("b", "tier: close")]);
    assert_eq!(placed(&(born + "== goen.toml\n[circle]\nintake = 1\n"), "2026-11-20"), ["a"]);
    // Held back are neither fixed items nor those that cost nothing.
    let fixed = people(&[("a", "tier: close\nbirthday: 11-20"), ("b", "tier: close")])
        + "== c\ntier: close\nlast_contact: 2020-01-01\n--\n- [ ] 本 📅 2026-11-20\n"
        + "== d\ntier: close\nlast_contact: 2020-01-01\n--\n- [ ] 本 ➕ 2026-11-01\n"
        + "== goen.toml\n[circle]\nintake = 0\n";
    let lines = agenda(&vault(&fixed), "2026-11-20");
    let want = [
        "a birthday, cadence: today fixed",
        "c promise, reopen: today fixed",
        "d promise, reopen: today",
        "b cadence: unplaced",
    ];
    assert_eq!(lines, want);
}

#[test]
fn with_many_late_one_is_let_in_in_seven_days() {
    let new: String = (0..4).map(|n| person(&format!("new{n}"), "tier: close")).collect();
    let inside = |late: usize, all: usize| -> String {
        let lines = |n: usize| if n < late { "tier: project\nlast_contact: 2026-05-15" } else { CALM };
        (0..all).map(|n| person(&format!("p{n}"), lines(n))).collect()
    };
    let days = |notes: &str| -> Vec<String> {
        let items = vault(notes).items_on("2026-11-21");
        let is_new = |item: &&Value| item["state"] == "new" && item["section"] != "unplaced";
        items.iter().filter(is_new).map(|item| text(&item["planned"])).collect()
    };
    // A fifth is borne.
    assert_eq!(days(&(new.clone() + &inside(1, 5))).len(), 4);
    let strained = days(&(new.clone() + &inside(1, 4)));
    assert_eq!(strained, ["2026-11-21", "2026-11-28", "2026-12-05", "2026-12-12"]);
    // Whoever was inside this morning is one of them once, whatever is noted today.
    let written = "== z\ncadence: 10y\n--\n## Log\n\n- 2026-11-21 (line) x\n- 2026-06-01 (line) y\n";
    let roomy = "== goen.toml\n[energy]\nper_day = 9\nper_week = 30\n";
    let today = days(&(new.clone() + &inside(1, 3) + written + roomy));
    assert_eq!(today, ["2026-11-21", "2026-11-28", "2026-12-05", "2026-12-12"]);
    // Those who are let in and not yet contacted are not late.
    assert_eq!(days(&new).len(), 4);
    // Who came in these days counts.
    let came = |day: &str| {
        new.clone() + &inside(1, 3) + &format!("== z\ncadence: 10y\n--\n## Log\n\n- {day} (line) x\n")
    };
    assert_eq!(days(&came("2026-11-14"))[0], "2026-11-21");
    assert_eq!(days(&came("2026-11-15"))[0], "2026-11-22");
    assert_eq!(days(&came("2026-11-20"))[0], "2026-11-27");
}

#[test]
fn what_is_spent_is_read_from_the_notes() {
    let spent = |notes: &str, day: &str| {
        let energy = vault(notes).json_on(day, &["today"])["energy"].clone();
        (energy["day"]["spent"].as_f64().unwrap(), energy["week"]["spent"].as_f64().unwrap())
    };
    let log = |lines: &str| format!("== x\ntier: close\n--\n## Log\n\n{lines}\n");
    for (channel, cost) in [
        ("(like) ", 0.5),
        ("(いいね) ", 0.5),
        ("(line) ", 1.0),
        ("(email) ", 1.0),
        ("", 1.0),
        ("(letter) ", 1.0),
        ("(call) ", 2.0),
        ("(通話) ", 2.0),
        ("(meet) ", 3.0),
        ("(lunch) ", 3.0),
        ("(会食) ", 3.0),
        ("(skip) ", 1.0),
        // One message to two, told in the logs of both.
        ("(intro) ", 0.5),
    ] {
        assert_eq!(spent(&log(&format!("- 2026-11-21 {channel}x")), "2026-11-21"), (cost, cost), "{channel}");
    }
    // A letter has a price of its own, by whichever name.
    for (channel, cost) in [("letter", 2.5), ("post", 2.5), ("手紙", 2.5), ("email", 1.0)] {
        let notes = log(&format!("- 2026-11-21 ({channel}) x")) + "== goen.toml\n[energy]\nletter = 2.5\n";
        assert_eq!(spent(&notes, "2026-11-21"), (cost, cost), "{channel}");
    }
    // A week is Monday to Sunday; what is written ahead is not spent.
    for (line, day, want) in [
        ("- 2026-11-16 (line) x", "2026-11-22", (0.0, 1.0)),
        ("- 2026-11-15 (line) x", "2026-11-21", (0.0, 0.0)),
        ("- 2026-11-22 (line) x", "2026-11-23", (0.0, 0.0)),
        ("- 2026-11-22 (line) x", "2026-11-21", (0.0, 0.0)),
        ("- 2026-12-28 (line) x", "2027-01-03", (0.0, 1.0)),
        ("- 2026-11-21 (line) x\n- 2026-11-21 (call) y\n- 2026-11-20 (like) z", "2026-11-21", (3.0, 3.5)),
    ] {
        assert_eq!(spent(&log(line), day), want, "{line} on {day}");
    }
    let event = |more: &str| {
        let event = "== 会.md\ntype: event\ndate: 2026-11-21\nattendees: ['[[x]]', 'ア', 'イ', 'ウ']\n";
        person("x", "tier: close") + event + more
    };
    assert_eq!(spent(&event(""), "2026-11-21"), (3.0, 3.0));
    assert_eq!(spent(&event(""), "2026-11-22"), (0.0, 3.0));
    assert_eq!(spent(&event("status: planned\n"), "2026-11-21"), (0.0, 0.0));
    assert_eq!(spent(&event("status: cancelled\n"), "2026-11-21"), (0.0, 0.0));
    let mention = person("x", "tier: close") + "== 2026-11-21.md\n--\n[[x]] と話した\n";
    assert_eq!(spent(&mention, "2026-11-21"), (0.0, 0.0));
    // An organisation's log tells of invitations.
    let invited =
        |day: &str| format!("== 会社/ミナト.md\ntype: org\n--\n## Log\n\n- {day} (line) 日程を聞いた\n");
    assert_eq!(spent(&invited("2026-11-21"), "2026-11-21"), (1.0, 1.0));
    assert_eq!(spent(&invited("2026-11-22"), "2026-11-21"), (0.0, 0.0));
    let prices = log("- 2026-11-21 (call) x\n- 2026-11-21 (line) y")
        + "== goen.toml\n[energy]\ncall = 4\nmessage = 0.5\n";
    assert_eq!(spent(&prices, "2026-11-21"), (4.5, 4.5));
}

/// So many ties with an open window, the longest silent first.
fn open_ties(n: usize) -> String {
    (0..n)
        .map(|n| person(&format!("p{n:02}"), &format!("tier: close\nlast_contact: 2026-09-{:02}", n + 1)))
        .collect()
}

#[test]
fn whatever_is_done_pulls_nothing_else_in() {
    let promise = "== q\ncadence: 10y\nlast_contact: 2026-06-01\n--\n- [ ] 本 📅 2026-11-21\n";
    let born = person("r", "cadence: 10y\nlast_contact: 2026-06-01\nbirthday: 11-21");
    let liked = person("s", "tier: colleague\nlast_contact: 2026-06-01");
    for extra in ["", promise, &born, &liked] {
        for energy in ["per_day = 2.0", "per_day = 1.5", "per_day = 3.0\nper_week = 4.0"] {
            let base = open_ties(6) + extra + "== goen.toml\n[energy]\n" + energy + "\n";
            let before = today(&base, "2026-11-21");
            for name in &before {
                for line in ["(line) x", "(call) x", "(lunch) x", "x", "(skip) x"] {
                    let notes = vault(&base);
                    let path = format!("People/{name}.md");
                    let log = format!(
                        "{}\n## Log\n\n- 2026-11-21 {line}\n",
                        notes.read(&path).replace("[ ]", "[x]")
                    );
                    notes.note(&path, &log);
                    let items = notes.items_on("2026-11-21");
                    let after = items.iter().filter(|item| item["section"] == "today").map(whose);
                    let new: Vec<String> = after.filter(|now| !before.contains(now)).collect();
                    assert!(new.is_empty(), "{name} {line} pulls in {new:?} of {base}");
                }
            }
        }
    }
}

/// Whoever is new or dormant stands inside the circle by a `next` set by hand, and has come in with the contact.
#[test]
fn who_is_met_by_next_takes_nobodys_place_today() {
    let base = person("n", "tier: close\nlast_contact: 2024-01-01\nnext: 2026-11-21")
        + &person("o", "tier: close")
        + &person("p", "tier: close\nlast_contact: 2026-10-21")
        + "== goen.toml\n[circle]\nintake = 1\n";
    assert_eq!(today(&base, "2026-11-21"), ["n", "o"]);
    for mark in ["x", "-"] {
        let notes = vault(&base);
        notes.goen(&["update"]);
        let page = notes.read("reconnect.md");
        let line = page.lines().find(|line| line.contains("[[n]]")).expect("an item");
        notes.note("reconnect.md", &page.replace(line, &line.replace("[ ]", &format!("[{mark}]"))));
        notes.goen(&["update"]);
        let on = |day| {
            let items = notes.items_on(day);
            items.iter().filter(|item| item["section"] == "today").map(whose).collect::<Vec<_>>()
        };
        assert_eq!(on("2026-11-21"), ["o"], "{mark}");
        // From the next day on it has filled the circle for a while.
        assert_eq!(on("2026-11-22"), if mark == "x" { vec!["p"] } else { vec!["o", "p"] });
    }
}

#[test]
fn whoever_had_an_item_today_has_only_promises_and_what_stands_fixed() {
    let ticked = |lines: &str, body: &str| {
        format!("== x\n{lines}--\n{body}\n## Log\n\n- 2026-11-21 (lunch) 近況 ^g-aaaaaa\n")
    };
    let promise = ticked(CALM, "- [ ] 本を返す ➕ 2026-11-01\n");
    reads(&promise, &[("2026-11-21", &["x promise: today"])]);
    reads(&ticked("tier: close\n", ""), &[("2026-11-21", &["x follow-up: today fixed"])]);
    let moved = ticked(&format!("{CALM}milestones:\n  - 2026-11-20 転居\n"), "");
    reads(&moved, &[("2026-11-21", &[])]);
}

#[test]
fn what_may_be_put_off_never_exceeds_a_day_or_a_week() {
    let crowd = open_ties(28)
        + &(0..10)
            .map(|n| person(&format!("c{n}"), "tier: client\nlast_contact: 2026-05-01"))
            .collect::<String>()
        + &(0..6)
            .map(|n| person(&format!("s{n}"), "tier: colleague\nlast_contact: 2026-06-01"))
            .collect::<String>();
    for (day, log, limits) in [
        ("2026-11-21", "", (2.0, 6.0)),
        ("2026-11-18", "- 2026-11-16 (lunch) x\n- 2026-11-18 (line) y", (2.0, 6.0)),
        ("2026-12-30", "", (2.0, 6.0)),
        ("2026-11-21", "", (1.5, 4.0)),
    ] {
        let config = format!("== goen.toml\n[energy]\nper_day = {:?}\nper_week = {:?}\n", limits.0, limits.1);
        let notes = format!("{crowd}== done\ncadence: 10y\n--\n## Log\n\n{log}\n{config}");
        let said = vault(&notes).json_on(day, &["today"]);
        let spent = |of: &str| said["energy"][of]["spent"].as_f64().unwrap();
        let date: NaiveDate = day.parse().unwrap();
        let (mut days, mut weeks) = (BTreeMap::new(), BTreeMap::new());
        days.insert(date, spent("day"));
        weeks.insert(date.iso_week(), spent("week"));
        for item in said["items"].as_array().unwrap() {
            let Some(planned) = item["planned"].as_str().filter(|_| item["done"] == false) else { continue };
            let planned: NaiveDate = planned.parse().unwrap();
            let cost = item["cost"].as_f64().unwrap();
            *days.entry(planned).or_insert(0.0) += cost;
            *weeks.entry(planned.iso_week()).or_insert(0.0) += cost;
        }
        assert!(days.values().all(|cost| *cost <= limits.0 + 1e-9), "{day}: {days:?}");
        assert!(weeks.values().all(|cost| *cost <= limits.1 + 1e-9), "{day}: {weeks:?}");
        assert!(weeks.len() >= 4 && weeks.values().sum::<f64>() > limits.1 * 3.0, "{day}: {weeks:?}");
    }
}

#[test]
fn of_a_crowd_that_has_time_the_first_due_come_first() {
    // Open for long, and due after all the days that are planned: more than these hold.
    let crowd: String = (0..60)
        .map(|n| {
            person(&format!("p{n:02}"), &format!("cadence: 1m..8m\nlast_contact: 2026-08-{:02}", n % 20 + 1))
        })
        .collect();
    assert_eq!(today(&crowd, "2026-11-23"), ["p00", "p20"]);
    assert!(sections(&crowd, "2026-11-23")["later"] > 10);
}

#[test]
fn what_is_fixed_stands_beyond_the_energy_and_spends() {
    let born: String = (0..7).map(|n| person(&format!("b{n}"), &format!("{CALM}birthday: 11-25"))).collect();
    let lines = agenda(&vault(&(born + &open_ties(3))), "2026-11-24");
    let fixed = (0..7).map(|n| format!("b{n} birthday: week 2026-11-25 fixed"));
    let mut want: Vec<String> = fixed.collect();
    // They take the week of all others.
    want.extend(
        ["p00 cadence: week 2026-11-30", "p01 cadence: week 2026-11-30", "p02 cadence: later 2026-12-01"]
            .map(str::to_owned),
    );
    assert_eq!(lines, want);
    // What costs nothing waits for nobody.
    let free: String = (0..9).map(|n| format!("== f{n}\n{CALM}--\n- [ ] 本 ➕ 2026-11-01\n")).collect();
    let stood = today(&(free + &open_ties(3)), "2026-11-24");
    assert_eq!(stood.len(), 11, "{stood:?}");
    // An event to come takes its own.
    let event = "== 会.md\ntype: event\ndate: 2026-11-25\nattendees: ['ア']\ngoal: x\n--\n## 準備\n\n済み\n";
    let lines = agenda(&vault(&(open_ties(5) + event)), "2026-11-24");
    let days = ["today", "today", "week 2026-11-26", "week 2026-11-30", "week 2026-11-30"];
    let want: Vec<String> =
        days.iter().enumerate().map(|(n, day)| format!("p{n:02} cadence: {day}")).collect();
    assert_eq!(lines, want);
}

#[test]
fn who_comes_first_where_there_is_no_room_for_all() {
    let one = "== goen.toml\n[energy]\nper_day = 1\nper_week = 7\n";
    let order = |rows: &[(&str, &str)]| -> Vec<String> {
        let people: String = rows.iter().map(|(name, lines)| person(name, lines)).collect();
        let items = vault(&(people + one)).items_on("2026-11-23");
        items.iter().map(whose).collect()
    };
    for (rows, want) in [
        // Late before not late; of these the earliest due.
        (
            &[
                ("a", "tier: close\nlast_contact: 2026-10-01"),
                ("b", "tier: colleague\nlast_contact: 2026-07-20"),
                ("c", "tier: close\nlast_contact: 2026-09-20"),
            ][..],
            ["c", "a", "b"],
        ),
        // Late ones by silence in their own measure: 80 days of 61 before 110 of 92.
        (
            &[
                ("a", "cadence: 2m..3m\nlast_contact: 2026-08-05"),
                ("b", "cadence: 1m..2m\nlast_contact: 2026-09-04"),
                ("c", "cadence: 10y\nlast_contact: 2016-11-01"),
            ],
            ["b", "a", "c"],
        ),
        // … and by weight: 1.15 × 5^0.2 is more than 1.5.
        (
            &[
                ("a", "cadence: 1m..2m\nlast_contact: 2026-08-24"),
                ("b", "tier: close\nlast_contact: 2026-09-14"),
                ("c", "cadence: 1m..2m\nlast_contact: 2026-09-14"),
            ],
            ["b", "a", "c"],
        ),
        // Ties: weight, silence, path.
        (
            &[
                ("a", "cadence: 1m..2m\nlast_contact: 2026-10-01"),
                ("b", "tier: colleague\ncadence: 1m..2m\nlast_contact: 2026-10-01"),
                ("c", "cadence: 1m..2m\nlast_contact: 2026-10-01"),
            ],
            ["b", "a", "c"],
        ),
        (
            &[
                ("a", "cadence: 10d..61d\nlast_contact: 2026-10-01"),
                ("b", "cadence: 10d..62d\nlast_contact: 2026-09-30"),
                ("c", "cadence: 10d..61d\nlast_contact: 2026-10-01"),
            ],
            ["b", "a", "c"],
        ),
    ] {
        assert_eq!(order(rows), want, "{rows:?}");
    }
    let want = json!({"section": "unplaced", "planned": null, "fixed": false, "state": "due"});
    has(
        "cadence",
        &(person("x", "tier: close\nlast_contact: 2026-09-01") + "== goen.toml\n[energy]\nper_day = 0\n"),
        "2026-11-21",
        &want,
    );
}

#[test]
fn nobody_in_mourning_is_congratulated() {
    let of = |keys: &str| format!("== x\ncadence: 2y\nlast_contact: 2026-09-01\n{keys}\n");
    let born = |mourning: &str| of(&format!("birthday: 11-25\nmourning: {mourning}"));
    stands("birthday", &born("2026-06-01"), &[("2026-11-24", ""), ("2026-11-25", "")]);
    stands("birthday", &born("2026"), &[("2026-11-25", "")]);
    stands("birthday", &born("2025-11-24"), &[("2026-11-25", "today fixed")]);
    // A month is no day: what is known of it is the year.
    stands("birthday", &born("2025-12"), &[("2026-11-25", "today fixed")]);
    let month = of("birthday: 1985-12\nmourning: 2025-12-20");
    stands("birthday", &month, &[("2026-12-19", ""), ("2027-12-19", "today")]);
    // What happened to them is no secret, but no word of joy either.
    let promoted = of("milestones:\n  - 2026-11-20 部長昇進\nmourning: 2026-06-01");
    let vault = vault(&promoted);
    assert_eq!(vault.on("2026-11-21", &["update"]).code, Some(0));
    let page = vault.read("reconnect.md");
    assert!(page.contains("ひとことを（部長昇進）"), "{page}");
    assert!(page.contains("喪中なので、お祝いの言葉は控えて"), "{page}");
    assert!(!page.contains("のお祝いを"), "{page}");
}
