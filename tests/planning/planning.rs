//! What stands on the agenda on which day, and why: kinds, spans, order, room.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{TODAY, Vault, all_equal, front, text};
use serde_json::{Value, json};

const NOTE: &str = "People/x.md";
/// In touch lately: nothing is planned for the tie itself on the days of these tests.
const FRESH: &str = "tier: close\nlast_contact: 2026-11-10";

/// A vault with one person.
fn one(lines: &str, body: &str) -> Vault {
    let vault = Vault::new();
    vault.note(NOTE, &(front(lines) + body));
    vault
}

/// The sections in which an item of this kind stands.
fn sections(vault: &Vault, day: &str, kind: &str) -> Vec<String> {
    vault.items_on(day).iter().filter(|i| i["kind"] == kind).map(|i| text(&i["section"])).collect()
}

/// Whether an item of this kind stands under today, on each of these days.
fn today_on(lines: &str, body: &str, kind: &str, days: &[(&str, bool)]) {
    let vault = one(lines, body);
    all_equal(days.iter().map(|(day, want)| {
        (format!("{lines} {body} on {day}"), sections(&vault, day, kind).contains(&"today".to_owned()), *want)
    }));
}

/// As many people of the tier `close` with an open window as wanted.
fn open_ties(n: usize) -> Vault {
    let vault = Vault::new();
    for i in 0..n {
        vault.note(
            &format!("People/p{i}.md"),
            &front(&format!("tier: close\nlast_contact: 2026-09-{:02}", i + 1)),
        );
    }
    vault
}

#[test]
fn an_item_has_these_fields() {
    let vault =
        one("tier: close\nlast_contact: 2026-09-14\nline: taro", "## 記録\n\n- 2026-09-14 (line) 山の話\n");
    let today = vault.json(&["today"]);
    let keys = |v: &Value| v.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for key in ["date", "energy", "counts", "items", "problems"] {
        assert!(today.get(key).is_some(), "{key} in {:?}", keys(&today));
    }
    assert_eq!((&today["date"], &today["problems"]), (&json!(TODAY), &json!(0)));
    assert_eq!(
        (&today["energy"]["day"]["limit"], &today["energy"]["week"]["limit"]),
        (&json!(2.0), &json!(6.0))
    );
    assert!(today["energy"]["day"]["spent"].is_number() && today["energy"]["week"]["spent"].is_number());
    assert_eq!(today["counts"]["due"], 1, "{}", today["counts"]);
    let item = &today["items"][0];
    let want = [
        "id",
        "kind",
        "section",
        "person",
        "subject",
        "name",
        "tier",
        "state",
        "last_contact",
        "opens",
        "due",
        "planned",
        "fixed",
        "cost",
        "channel",
        "reason",
        "topics",
        "also",
        "done",
    ];
    for key in want {
        assert!(item.get(key).is_some(), "{key} in {:?}", keys(item));
    }
    let got = [
        "kind",
        "section",
        "person",
        "subject",
        "name",
        "tier",
        "state",
        "last_contact",
        "opens",
        "due",
        "planned",
        "fixed",
        "channel",
        "done",
    ];
    let got: Vec<Value> = got.iter().map(|k| item[*k].clone()).collect();
    let want = json!([
        "cadence",
        "today",
        NOTE,
        null,
        "x",
        "close",
        "due",
        "2026-09-14",
        "2026-10-14",
        "2026-11-14",
        TODAY,
        false,
        "line",
        false
    ]);
    assert_eq!(json!(got), want);
    let id = text(&item["id"]);
    assert!(
        id.strip_prefix("g-").is_some_and(|h| h.len() >= 4 && h.chars().all(|c| c.is_ascii_alphanumeric())),
        "{id}"
    );
    assert!(!text(&item["reason"]).is_empty());
    let topic = &item["topics"][0];
    assert!(["kind", "text", "link"].iter().all(|k| topic.get(k).is_some()), "{topic}");
    assert!(text(&topic["text"]).contains("山の話"), "the last log line is a topic: {topic}");
}

#[test]
fn a_tie_is_planned_from_opens_until_it_is_dormant() {
    today_on(
        "tier: close\nlast_contact: 2026-09-14",
        "",
        "cadence",
        &[
            ("2026-10-13", false),
            ("2026-10-14", true),
            ("2026-11-15", true),
            ("2027-09-13", true),
            ("2027-09-14", false),
        ],
    );
    today_on(
        "tier: close\nlast_contact: 2025-09-14",
        "",
        "reopen",
        &[("2026-09-13", false), ("2026-09-14", true), (TODAY, true)],
    );
    // Not before its day, but seen coming.
    assert_eq!(sections(&one("tier: close\nlast_contact: 2026-10-23", ""), TODAY, "cadence"), ["week"]);
    assert_eq!(sections(&one("tier: close\nlast_contact: 2026-11-10", ""), TODAY, "cadence"), ["later"]);
    assert_eq!(one("tier: close\nlast_contact: 2026-10-23", "").items_on(TODAY)[0]["planned"], "2026-11-23");
    // From the day set by hand; not while silent; not those who are not tracked.
    today_on(
        "tier: close\nlast_contact: 2026-09-14\nnext: 2026-11-22",
        "",
        "cadence",
        &[(TODAY, false), ("2026-11-22", true)],
    );
    today_on(
        "tier: close\nlast_contact: 2026-09-14\nsnooze: 2026-11-22",
        "",
        "cadence",
        &[(TODAY, false), ("2026-11-22", true)],
    );
    assert_eq!(
        one("last_contact: 2025-09-14", "").items_on(TODAY).iter().filter(|i| !i["person"].is_null()).count(),
        0
    );
}

#[test]
fn two_a_day_less_what_was_done_today() {
    let spread = |vault: &Vault| {
        let mut days: Vec<String> = vault
            .items_on(TODAY)
            .iter()
            .filter(|i| i["done"] == false)
            .map(|i| text(&i["planned"]))
            .collect();
        days.sort();
        days
    };
    assert_eq!(spread(&open_ties(5)), ["2026-11-21", "2026-11-21", "2026-11-22", "2026-11-22", "2026-11-23"]);
    for line in ["(line) x", "(skip) x"] {
        let vault = open_ties(5);
        vault.note("People/done.md", &(front("tier: close") + "## Log\n\n- 2026-11-21 " + line + "\n"));
        assert_eq!(spread(&vault)[..3], ["2026-11-21", "2026-11-22", "2026-11-22"], "{line}");
    }
    // The longest overdue come first, and ticking never pulls another in.
    let vault = open_ties(5);
    let today = |vault: &Vault| -> Vec<String> {
        vault.items_on(TODAY).iter().filter(|i| i["section"] == "today").map(|i| text(&i["person"])).collect()
    };
    assert_eq!(today(&vault), ["People/p0.md", "People/p1.md"]);
    vault.note("People/p0.md", &(front("tier: close") + "## Log\n\n- 2026-11-21 (line) x\n"));
    assert_eq!(today(&vault), ["People/p1.md"]);
    let done: Vec<_> = vault.items_on(TODAY).into_iter().filter(|i| i["section"] == "done").collect();
    assert_eq!(done.len(), 1);
    assert_eq!((&done[0]["person"], &done[0]["done"]), (&json!("People/p0.md"), &json!(true)));
    vault.note("People/p1.md", &(front("tier: close") + "## Log\n\n- 2026-11-21 (line) x\n"));
    assert_eq!(today(&vault), [""; 0]);
}

#[test]
fn birthdays() {
    let around = [
        ("2026-11-20", false),
        ("2026-11-21", true),
        ("2026-11-22", true),
        ("2026-11-24", true),
        ("2026-11-25", false),
    ];
    for birthday in ["1985-11-21", "11-21", "--11-21", "1604-11-21", "1900-11-21", "昭和60年11月21日"] {
        today_on(&format!("{FRESH}\nbirthday: {birthday}"), "", "birthday", &around);
    }
    // The tie's own window opens later than the birthday is announced.
    let vault = one("tier: close\nlast_contact: 2026-10-20\nbirthday: 1985-11-21", "");
    let item = |day: &str| vault.items_on(day).into_iter().find(|i| i["kind"] == "birthday").unwrap();
    let soon = item("2026-11-18");
    assert_eq!(
        (&soon["section"], &soon["planned"], &soon["fixed"]),
        (&json!("week"), &json!("2026-11-21"), &json!(true))
    );
    assert_eq!(item("2026-11-01")["section"], "later");
    assert!(sections(&vault, "2026-10-21", "birthday").is_empty(), "beyond the 28th day");
}

#[test]
fn fault_39_birthdays_without_a_year_or_a_day() {
    let lines = format!("{FRESH}\nbirthday: 1988-02-29").replace("2026-11-10", "2027-02-10");
    today_on(
        &lines,
        "",
        "birthday",
        &[("2027-02-27", false), ("2027-02-28", true), ("2027-03-03", true), ("2027-03-04", false)],
    );
    let lines = lines.replace("2027-02-10", "2028-02-10");
    today_on(
        &lines,
        "",
        "birthday",
        &[("2028-02-28", false), ("2028-02-29", true), ("2028-03-03", true), ("2028-03-04", false)],
    );
    // Across the new year.
    let lines = "tier: close\nlast_contact: 2026-12-20\nbirthday: --12-31";
    today_on(
        lines,
        "",
        "birthday",
        &[("2026-12-30", false), ("2026-12-31", true), ("2027-01-03", true), ("2027-01-04", false)],
    );
    // A month is shown in that month, and is never fixed; a year is not made up.
    let vault = one(&format!("{FRESH}\nbirthday: 1985-12"), "");
    let found: Vec<_> =
        vault.items_on("2026-12-05").into_iter().filter(|i| i["kind"] == "birthday").collect();
    assert!(found.len() == 1 && found[0]["fixed"] == false, "{found:?}");
    for unknown in ["1604-12-03", "1900-12-03", "--12-03", "12-03"] {
        let got = text(&one(&format!("birthday: {unknown}"), "").person(NOTE)["birthday"]);
        assert!(got.ends_with("12-03") && !got.contains("1604") && !got.contains("1900"), "{unknown}: {got}");
    }
}

#[test]
fn a_contact_inside_the_span_settles_a_birthday_and_a_milestone() {
    let birthday = "tier: close\nbirthday: 1985-11-21";
    today_on(
        birthday,
        "## Log\n\n- 2026-11-19 (line) おめでとう\n",
        "birthday",
        &[(TODAY, false), ("2026-11-22", false)],
    );
    today_on(birthday, "## Log\n\n- 2026-11-21 (line) おめでとう\n", "birthday", &[("2026-11-22", false)]);
    today_on(birthday, "## Log\n\n- 2026-11-10 (line) x\n", "birthday", &[(TODAY, true)]);
    let milestone = "tier: close\nmilestones: [2026-11-21 部長昇進]";
    today_on(
        milestone,
        "## Log\n\n- 2026-11-23 (line) お祝い\n",
        "milestone",
        &[("2026-11-24", false), ("2026-11-28", false)],
    );
    today_on(milestone, "## Log\n\n- 2026-11-20 (line) x\n", "milestone", &[(TODAY, true)]);
}

#[test]
fn milestones_stand_for_two_weeks() {
    for line in [
        "milestones: [2026-11-21 部長昇進]",
        "milestones:\n  - {date: 2026-11-21, what: 部長昇進}",
        "節目: 2026年11月21日 部長昇進",
    ] {
        today_on(
            &format!("{FRESH}\n{line}"),
            "",
            "milestone",
            &[
                ("2026-11-20", false),
                (TODAY, true),
                ("2026-11-28", true),
                ("2026-12-05", true),
                ("2026-12-06", false),
            ],
        );
    }
    let vault = one(&format!("{FRESH}\nmilestones: [2026-11-21 部長昇進]"), "");
    let item = &vault.items_on(TODAY)[0];
    let said = vault.goen(&["today"]).stdout;
    assert!(said.contains("部長昇進"), "{said}");
    assert_eq!((&item["due"], &item["fixed"]), (&json!("2026-11-28"), &json!(false)));
}

#[test]
fn promises_of_mine() {
    let dated = "- [ ] 資料を送る 📅 2026-11-24\n";
    today_on(
        FRESH,
        dated,
        "promise",
        &[("2026-11-20", false), (TODAY, true), ("2026-11-24", true), ("2027-06-01", true)],
    );
    let item = &one(FRESH, dated).items_on(TODAY)[0];
    assert_eq!(
        (&item["fixed"], &item["due"], &item["person"]),
        (&json!(true), &json!("2026-11-24"), &json!(NOTE))
    );
    // Undated: two weeks after it was noted.
    today_on(
        FRESH,
        "- [ ] 資料を送る ➕ 2026-11-01\n",
        "promise",
        &[("2026-11-14", false), ("2026-11-16", true), ("2027-01-10", true)],
    );
    today_on(
        FRESH,
        "## 記録\n\n- 2026-11-01 (line) x\n    - [ ] 資料を送る\n",
        "promise",
        &[("2026-11-14", false), ("2026-11-16", true)],
    );
    today_on(FRESH, "- [ ] 資料を送る\n", "promise", &[("2026-11-23", false), ("2026-11-25", true)]);
    assert_eq!(one(FRESH, "- [ ] 資料を送る ➕ 2026-11-01\n").items_on("2026-11-16")[0]["fixed"], false);
    // A contact does not settle a promise.
    today_on(
        "tier: close",
        "- [ ] 資料を送る 📅 2026-11-22\n\n## 記録\n\n- 2026-11-21 (line) x\n",
        "promise",
        &[("2026-11-22", true)],
    );
    // One of them at a time.
    let two = one(FRESH, "- [ ] 一つ目 📅 2026-11-22\n- [ ] 二つ目 📅 2026-11-23\n");
    assert_eq!(sections(&two, TODAY, "promise").len(), 1);
    // Anywhere in the vault.
    let vault = one(FRESH, "");
    vault.note("計画.md", "- [ ] [[x]]に本を返す 📅 2026-11-22\n");
    assert_eq!(sections(&vault, TODAY, "promise"), ["today"]);
}

#[test]
fn promises_of_theirs() {
    let body = "- [ ] 見積もりをくれる #待ち 📅 2026-11-21\n";
    today_on(FRESH, body, "waiting", &[("2026-11-21", false), ("2026-11-22", true), ("2026-12-09", true)]);
    today_on(
        FRESH,
        "- [ ] くれる #theirs ➕ 2026-10-20\n",
        "waiting",
        &[("2026-11-18", false), ("2026-11-20", true)],
    );
    assert!(sections(&one(FRESH, body), "2026-11-22", "promise").is_empty());
}

#[test]
fn gentle_reopenings_come_one_a_week() {
    let vault = Vault::new();
    for i in 0..4 {
        vault.note(
            &format!("People/p{i}.md"),
            &front(&format!("tier: close\nlast_contact: 2024-0{}-01", i + 1)),
        );
    }
    let mut days: Vec<chrono::NaiveDate> = vault
        .items_on(TODAY)
        .iter()
        .filter(|i| i["kind"] == "reopen" && i["section"] != "unplaced")
        .map(|i| text(&i["planned"]).parse().unwrap())
        .collect();
    days.sort();
    assert!(days.len() >= 2 && days[0].to_string() == TODAY, "{days:?}");
    assert!(days.windows(2).all(|w| (w[1] - w[0]).num_days() >= 7), "{days:?}");
    // A pause that has passed is a reopening; one that has not is silence.
    let paused = "tier: close\nstatus: paused\nlast_contact: 2026-09-14\nsnooze: 2026-11-21";
    today_on(paused, "", "reopen", &[("2026-11-20", false), (TODAY, true)]);
    assert!(one("tier: close\nstatus: paused\nlast_contact: 2026-09-14", "").items_on(TODAY).is_empty());
}

#[test]
fn those_who_must_not_appear() {
    let body = "- [ ] 資料を送る 📅 2026-11-21\n";
    for status in ["deceased", "故人", "do-not-contact", "連絡不要", "closed", "paused"] {
        let lines = format!(
            "tier: close\nlast_contact: 2026-09-14\nbirthday: 1985-11-21\nmilestones: [2026-11-21 x]\nstatus: {status}"
        );
        let items = one(&lines, body).items_on(TODAY);
        assert!(items.iter().all(|i| i["person"] != NOTE), "{status}: {items:?}");
    }
}

#[test]
fn people_without_a_tier_are_one_line_on_mondays() {
    let vault = Vault::new();
    vault.note("People/a.md", "").note("People/b.md", "").note(NOTE, &front(FRESH));
    for (day, want) in [("2026-11-28", 0), ("2026-11-29", 0), ("2026-11-30", 1), ("2026-12-01", 0)] {
        let today = sections(&vault, day, "sort").iter().filter(|s| *s == "today").count();
        assert_eq!(today, want, "{day}");
    }
    let items = vault.items_on("2026-11-30");
    let sort = items.iter().find(|i| i["kind"] == "sort").unwrap();
    assert_eq!((&sort["person"], &sort["cost"]), (&Value::Null, &json!(0.0)));
    let said = vault.on("2026-11-30", &["today"]).stdout;
    assert!(said.contains("2人") || said.contains("2 人"), "says of how many: {said}");
    assert!(sections(&one(FRESH, ""), "2026-11-30", "sort").is_empty(), "nobody to sort");
}

#[test]
fn what_was_noted_today_is_done_but_of_those_who_are_left_alone() {
    for (lines, want) in
        [("", true), ("snooze: 2026-11-21", true), ("snooze: 2026-11-22", false), ("status: closed", false)]
    {
        let vault = one(&format!("tier: close\n{lines}"), "## Log\n\n- 2026-11-21 (line) x\n");
        assert_eq!(sections(&vault, TODAY, "cadence").contains(&"done".to_owned()), want, "{lines}");
    }
}

#[test]
fn a_day_without_items_says_so() {
    for (lang, said) in
        [("ja", "今日の予定はありません。よい一日を。"), ("en", "Nothing planned today. Enjoy the day.")]
    {
        let out = one(FRESH, "").goen(&["today", "--lang", lang]);
        assert!(out.stdout.lines().any(|line| line == said), "{}", out.said());
    }
}

#[test]
fn one_person_one_item() {
    let lines = "tier: close\nlast_contact: 2026-09-14\nbirthday: 1985-11-21\nmilestones: [2026-11-21 昇進]";
    let items = one(lines, "- [ ] 資料 📅 2026-11-21\n").items_on(TODAY);
    let today: Vec<_> = items.iter().filter(|i| i["section"] == "today").collect();
    assert_eq!(today.len(), 1, "{items:?}");
    assert_eq!(today[0]["kind"], "promise");
    assert_eq!(today[0]["also"], json!(["birthday", "milestone", "cadence"]));
}

#[test]
fn the_channel() {
    let check = |lines: &str, log: &str, want: Value| {
        let vault = one(&format!("tier: close\n{lines}"), &format!("## 記録\n\n{log}"));
        assert_eq!(vault.items_on(TODAY)[0]["channel"], want, "{lines} {log}");
    };
    check("prefer: slack\nline: x", "- 2026-09-14 (email) x\n", json!("slack"));
    check("line: x", "- 2026-09-14 (email) x\n", json!("email"));
    check("line: x\nlast_contact: 2026-09-14 via Slack", "", json!("slack"));
    check("line: x\nlast_contact: 2026-09-14 via ランチ", "", json!("line"));
    check("line: x\nlast_contact: 2026-09-14 via いいね", "", json!("line"));
    check("line: x", "- 2026-09-14 (ランチ) x\n- 2026-08-14 (email) y\n", json!("email"));
    check(
        "line: x",
        "- 2026-10-14 (like) z\n- 2026-09-14 (call) x\n- 2026-08-14 (email) y\n",
        json!("email"),
    );
    check("line: x\nemail: y@example.com", "- 2026-09-14 x\n", json!("line"));
    check("email: y@example.com", "- 2026-09-14 x\n", json!("email"));
    check("channels: {email: y@example.com}\n連絡手段: email", "- 2026-09-14 (line) x\n", json!("email"));
}
