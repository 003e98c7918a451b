//! `goen calendar`: the map of 53 weeks, what counts on it, and the same as data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{Vault, front};
use serde_json::json;

/// Five people, one of whom has died; what lies ahead, was light or is older than the map.
fn vault() -> Vault {
    let vault = Vault::new();
    vault
        .note(
            "People/田中 太郎.md",
            "---\nreading: たなか たろう\naliases: [Tana]\ntier: close\nlast_contact: 2026-11-20\n---\n## 記録\n\n- 2026-11-20 (line) 近況\n- 2026-11-17 (like) 投稿\n- 2026-11-16 (skip)\n- 2026-12-24 (lunch) 予定\n- 2026-08-14 (call) a\n- 2025-11-17 (call) b\n- 2025-11-16 (call) c\n",
        )
        .note("People/鈴木 花子.md", &front("last_contact: 2026-11-20"))
        .note("People/鈴木 一郎.md", &front("status: deceased\nlast_contact: 2025-12-31"))
        .note("People/佐藤 部長.md", "")
        .note("People/Jane Doe.md", "")
        .note("2026-11-20.md", "[[佐藤 部長]]と話した。[[佐藤 部長]]\n")
        .note("2026-11-22.md", "[[佐藤 部長]]と会う。\n")
        .note("会/忘年会.md", "---\ntype: event\ndate: 2025-12-05\nattendees: [\"[[田中 太郎]]\", \"[[鈴木 花子]]\", \"[[鈴木 一郎]]\", \"[[佐藤 部長]]\", \"[[Jane Doe]]\"]\n---\n")
        .note("会/来年.md", "---\ntype: event\ndate: 2026-11-28\nattendees: [\"[[Jane Doe]]\"]\n---\n");
    vault
}

/// まだ would wait for what is not to come.
#[test]
fn nothing_is_still_to_come_of_the_dead() {
    let vault = vault();
    vault.note("People/故.md", &front("status: deceased")).note("People/新.md", "");
    for (who, want) in
        [("故", "この間の連絡の記録はありません\n"), ("新", "この間の連絡はまだ記録されていません\n")]
    {
        let out = vault.goen(&["--lang", "ja", "calendar", "--person", who]);
        assert!(out.stdout.ends_with(want), "{}", out.said());
    }
}

#[test]
fn the_map_of_a_year() {
    let out = vault().goen(&["calendar", "--lang", "en"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    let want = "\
2025-11-17 – 2026-11-21

      Dec Jan Feb Mar  Apr May  Jun Jul Aug  Sep Oct Nov
Mon ⠒....................................................
Tue .....................................................
Wed ......⠒..............................................
Thu .....................................................
Fri ..⣿...................................⠒.............⠿
Sat .....................................................
Sun ....................................................

people contacted:  . none  ⠒ 1  ⠶ 2  ⠿ 3 or 4  ⣿ 5 or more
11 contacts on 5 days · most on Fridays
";
    assert_eq!(out.stdout, want);
    let out = vault().goen(&["calendar", "--lang", "ja"]);
    let want = "\
2025-11-17 – 2026-11-21

     12  1月 2月 3月  4月 5月  6月 7月 8月  9月 10  11月
月 ⠒....................................................
火 .....................................................
水 ......⠒..............................................
木 .....................................................
金 ..⣿...................................⠒.............⠿
土 .....................................................
日 ....................................................

連絡した人数：  . なし  ⠒ 1人  ⠶ 2人  ⠿ 3〜4人  ⣿ 5人以上
連絡のあった日 5日 ・ のべ 11人 ・ 多いのは金曜
";
    assert_eq!(out.stdout, want);
}

#[test]
fn the_same_as_data() {
    let want = json!({
        "from": "2025-11-17",
        "to": "2026-11-21",
        "person": null,
        "days": [
            {"date": "2025-11-17", "contacts": 1},
            {"date": "2025-12-05", "contacts": 5},
            {"date": "2025-12-31", "contacts": 1},
            {"date": "2026-08-14", "contacts": 1},
            {"date": "2026-11-20", "contacts": 3},
        ],
    });
    assert_eq!(vault().json(&["calendar"]), want);
}

#[test]
fn one_person_however_typed() {
    let vault = vault();
    let want = json!({
        "from": "2025-11-17",
        "to": "2026-11-21",
        "person": "People/田中 太郎.md",
        "days": [
            {"date": "2025-11-17", "contacts": 1},
            {"date": "2025-12-05", "contacts": 1},
            {"date": "2026-08-14", "contacts": 1},
            {"date": "2026-11-20", "contacts": 1},
        ],
    });
    for typed in ["田中 太郎", "田中", "tana", "ﾀﾅｶ", "People/田中 太郎.md"] {
        assert_eq!(vault.json(&["calendar", "--person", typed]), want, "{typed}");
    }
    // Words of a name need no quotes, as with `show`.
    let jane = vault.json(&["calendar", "--person", "jane", "doe"]);
    assert_eq!(jane["days"], json!([{"date": "2025-12-05", "contacts": 1}]));

    let out = vault.goen(&["calendar", "--person", "田中", "--lang", "en"]);
    let lines: Vec<&str> = out.stdout.lines().collect();
    assert_eq!(lines[0], "田中 太郎  2025-11-17 – 2026-11-21");
    assert_eq!(lines[7], "Fri ..⣿...................................⣿.............⣿");
    assert_eq!(lines[11..], [". none  ⣿ contact", "4 days with contact"]);
    let out = vault.goen(&["calendar", "--person", "田中"]);
    assert!(out.stdout.ends_with("\n. なし  ⣿ 連絡した日\n連絡のあった日 4日\n"), "{}", out.stdout);
}

#[test]
fn an_ambiguous_or_unknown_person_is_asked_about() {
    let vault = vault();
    for (typed, says) in [("鈴木", &["鈴木 花子", "People/鈴木 一郎.md"][..]), ("nobody", &["nobody"])]
    {
        for json in [&[][..], &["--json"]] {
            let out = vault.goen(&[&["calendar", "--person", typed], json].concat());
            assert_eq!(out.code, Some(2), "{typed}: {}", out.said());
            assert!(
                says.iter().all(|s| out.stderr.contains(s)) && out.stdout.is_empty(),
                "{typed}: {}",
                out.said()
            );
        }
    }
    assert_eq!(vault.goen(&["calendar", "--person"]).code, Some(2));
    assert_eq!(vault.goen(&["calendar", "田中"]).code, Some(2));
}

#[test]
fn a_vault_without_contacts_has_an_empty_map() {
    let empty = Vault::new();
    let out = empty.goen(&["calendar", "--lang", "en"]);
    assert!(out.code == Some(0) && out.stderr.is_empty(), "{}", out.said());
    let lines: Vec<&str> = out.stdout.lines().collect();
    assert_eq!(lines[3], format!("Mon {}", ".".repeat(53)));
    assert_eq!(lines[9], format!("Sun {}", ".".repeat(52)));
    assert_eq!(lines[12], "no contact recorded in these weeks");
    let out = empty.goen(&["calendar"]);
    assert!(out.stdout.ends_with("\nこの間の連絡はまだ記録されていません\n"), "{}", out.stdout);
    assert_eq!(empty.json(&["calendar"])["days"], json!([]));
}

#[test]
fn weeks_go_on_over_the_turn_of_the_year_and_a_leap_day() {
    let vault = Vault::new();
    vault.note("People/a.md", "## Log\n\n- 2027-12-31 a\n- 2028-01-01 b\n- 2028-02-29 c\n- 2028-03-01 d\n");
    let out = vault.on("2028-02-29", &["calendar", "--lang", "en"]);
    let row = |name: &str, weeks: usize, contact: Option<usize>| {
        let cells = (0..weeks).map(|week| if Some(week) == contact { '⠒' } else { '.' });
        format!("{name} {}", cells.collect::<String>())
    };
    // A Tuesday: the week's other days lie ahead and are blank.
    let want = [
        "    Mar Apr May  Jun Jul Aug  Sep Oct  Nov Dec Jan  Feb".to_owned(),
        row("Mon", 53, None),
        row("Tue", 53, Some(52)),
        row("Wed", 52, None),
        row("Thu", 52, None),
        row("Fri", 52, Some(43)),
        row("Sat", 52, Some(43)),
        row("Sun", 52, None),
    ];
    assert_eq!(out.stdout.lines().skip(2).take(8).collect::<Vec<_>>(), want);
    let json = vault.json_on("2028-02-29", &["calendar"]);
    assert_eq!((&json["from"], &json["to"]), (&json!("2027-03-01"), &json!("2028-02-29")));
    let days: Vec<_> =
        json["days"].as_array().unwrap().iter().map(|day| day["date"].as_str().unwrap()).collect();
    assert_eq!(days, ["2027-12-31", "2028-01-01", "2028-02-29"]);
    // New Year's Day, the Sunday after it, and the Monday that begins another week.
    for (day, from) in
        [("2028-01-01", "2026-12-28"), ("2028-01-02", "2026-12-28"), ("2028-01-03", "2027-01-04")]
    {
        assert_eq!(vault.json_on(day, &["calendar"])["from"], from, "{day}");
    }
}
