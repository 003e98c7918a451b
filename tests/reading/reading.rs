//! Every key of a person's note in every spelling, every spelling of a date and
//! of a cadence: what `list --json` says of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{Vault, all_equal, read_each, text};
use serde_json::{Value, json};

/// Rows of front-matter lines, a field of `list --json`, and its value.
fn check(rows: &[(&str, &str, Value)]) {
    let notes: Vec<&str> = rows.iter().map(|r| r.0).collect();
    let people = read_each(&notes);
    all_equal(rows.iter().zip(people).map(|((row, field, want), person)| {
        let got = person.pointer(&format!("/{field}")).cloned().unwrap_or(json!("(no such field)"));
        (format!("{row} → {field}"), got, want.clone())
    }));
}

/// The same value under each of these keys.
fn check_keys(field: &str, value: &str, want: &Value, keys: &[&str]) {
    let rows: Vec<String> = keys.iter().map(|key| format!("{key}: {value}")).collect();
    let rows: Vec<(&str, &str, Value)> = rows.iter().map(|r| (r.as_str(), field, want.clone())).collect();
    check(&rows);
}

#[test]
fn every_key_has_its_spellings() {
    check_keys(
        "name",
        "田中 太郎",
        &json!("田中 太郎"),
        &["name", "full_name", "FN", "氏名", "名前", "fullName", "Full Name", "full-name"],
    );
    check_keys(
        "reading",
        "たなか たろう",
        &json!("たなか たろう"),
        &["reading", "furigana", "yomi", "phonetic", "よみ", "ふりがな"],
    );
    check_keys(
        "aliases",
        "[タナ, Tana]",
        &json!(["タナ", "Tana"]),
        &["aliases", "alias", "nickname", "Aliases"],
    );
    check_keys("aliases", "タナ", &json!(["タナ"]), &["aliases", "alias", "nickname"]);
    check_keys(
        "tier",
        "上司",
        &json!("senior"),
        &[
            "tier",
            "relation",
            "relationship",
            "closeness",
            "prm-tier",
            "関係",
            "間柄",
            "区分",
            "Tier",
            "X-Relation",
        ],
    );
    check_keys(
        "interests",
        "[Rust, 園芸]",
        &json!(["Rust", "園芸"]),
        &["interests", "interest", "topics", "hobbies", "関心", "趣味"],
    );
    check_keys(
        "location",
        "大阪",
        &json!("大阪"),
        &["location", "city", "place", "prm-location", "場所", "居住地", "勤務地"],
    );
    check_keys("lang", "en", &json!("en"), &["lang", "language"]);
    check_keys("register", "かしこまった", &json!("formal"), &["register", "敬語", "文体", "言葉づかい"]);
    check_keys(
        "next",
        "2026-12-10",
        &json!("2026-12-10"),
        &["next", "next_contact", "next_follow_up", "follow_up", "次回", "nextContact"],
    );
    check_keys(
        "snooze",
        "2026-12-10",
        &json!("2026-12-10"),
        &["snooze", "snooze_until", "prm-snooze-until", "defer", "保留"],
    );
    check_keys(
        "birthday",
        "1985-12-03",
        &json!("1985-12-03"),
        &["birthday", "birth", "bday", "BDAY", "dob", "prm-birthday", "誕生日"],
    );
}

#[test]
fn every_spelling_of_the_last_contact() {
    let keys = [
        "last_contact",
        "last contact",
        "last-contact",
        "lastContact",
        "Last Contact",
        "LastContact",
        "LAST_CONTACT",
        "last_contacted",
        "last contacted",
        "last_interaction",
        "last_touch",
        "last_met",
        "last_chat",
        "last_contact_date",
        "contacted",
        "最終連絡",
        "最終連絡日",
        "前回連絡",
        "prm-last-contact",
        "prm-last-contacted",
        "\"cnt:last_contact\"",
        "X-Last-Contact",
    ];
    check_keys("last_contact", "2026-09-14", &json!("2026-09-14"), &keys);
    check_keys("last_contact", "2026-09-14", &Value::Null, &["last_meeting", "lastMeeting", "last"]);
}

#[test]
fn organisations_with_and_without_periods() {
    let one = |name: &str| json!([{"name": name, "role": null, "from": null, "to": null}]);
    check_keys(
        "orgs",
        "株式会社ミナト",
        &one("株式会社ミナト"),
        &["org", "ORG", "company", "employer", "organization", "organizations", "会社", "所属"],
    );
    let full = json!([{"name": "株式会社ミナト", "role": "開発部長", "from": "2019-04", "to": "2024-03"}]);
    let open = json!([{"name": "株式会社ミナト", "role": null, "from": "2024-04", "to": null}]);
    check(&[
        ("org: \"[[株式会社ミナト]]\"", "orgs", one("株式会社ミナト")),
        ("org: \"[[株式会社ミナト]] 2019-04..2024-03 開発部長\"", "orgs", full.clone()),
        ("org: 株式会社ミナト 2019-04..2024-03 開発部長", "orgs", full.clone()),
        ("org:\n  - \"[[株式会社ミナト]] 2019-04..2024-03 開発部長\"", "orgs", full.clone()),
        ("org: {name: 株式会社ミナト, role: 開発部長, from: 2019-04, to: 2024-03}", "orgs", full.clone()),
        ("org:\n  - {name: 株式会社ミナト, role: 開発部長, from: 2019-04, to: 2024-03}", "orgs", full),
        ("org: \"[[株式会社ミナト]] 2024-04..\"", "orgs", open),
        // Whatever a link shows, its note's name is what those who belong there have in common.
        ("org: \"[[株式会社ミナト|ミナト]]\"", "orgs", one("株式会社ミナト")),
        ("org: \"[[会社/株式会社ミナト#人|ミナト]] 2024-04..\"", "orgs/0/name", json!("株式会社ミナト")),
        ("org: {name: \"[[会社/株式会社ミナト|ミナト]]\"}", "orgs", one("株式会社ミナト")),
        ("org: \"[ミナト](会社/株式会社ミナト.md)\"", "orgs", one("株式会社ミナト")),
        ("org: \"[ミナト](https://minato.example/)\"", "orgs", one("ミナト")),
        ("org: [A社, B社]", "orgs/0/name", json!("A社")),
        ("org: [A社, B社]", "orgs/1/name", json!("B社")),
        ("former_org: A社", "orgs/0/name", json!("A社")),
        ("past_company: A社", "orgs/0/name", json!("A社")),
        ("前職: A社", "orgs/0/name", json!("A社")),
        // A role of its own is that of today.
        ("role: 部長\norg: [A社 2010..2015, B社]", "orgs/0/role", json!(null)),
        ("role: 部長\norg: [A社 2010..2015, B社]", "orgs/1/role", json!("部長")),
    ]);
    for heading in ["Positions", "Career", "経歴"] {
        let vault = Vault::new();
        vault.note(
            "People/a.md",
            &format!("## {heading}\n\n- [[株式会社ミナト]] 2019-04..2024-03 開発部長\n"),
        );
        assert_eq!(vault.person("People/a.md")["orgs"][0]["name"], "株式会社ミナト", "{heading}");
    }
    // The period may stand in front.
    let vault = Vault::new();
    vault.note("People/a.md", "## 経歴\n\n- 2019-04..2024-03 株式会社ミナト 開発部長\n- 2024-04.. [[B社]]\n");
    let orgs = &vault.person("People/a.md")["orgs"];
    let told = |at: usize| ["name", "role", "from", "to"].map(|key| orgs[at][key].clone());
    assert_eq!(
        told(0),
        [json!("株式会社ミナト"), json!("開発部長"), json!("2019-04"), json!("2024-03")],
        "{orgs}"
    );
    assert_eq!(told(1), [json!("B社"), json!(null), json!("2024-04"), json!(null)], "{orgs}");
}

#[test]
fn the_tier_s_own_key_counts_for_more_than_its_other_names() {
    check(&[
        ("relation: 友人\ntier: senior", "tier", json!("senior")),
        ("tier: senior\nrelation: 友人", "tier", json!("senior")),
        ("relation: 友人", "tier", json!("close")),
    ]);
}

#[test]
fn addresses_are_kept_as_they_are_written() {
    check(&[
        ("channels: {email: a@example.com, line: taro}", "channels/email", json!("a@example.com")),
        ("channels: {email: a@example.com, line: taro}", "channels/line", json!("taro")),
        ("channels:\n  slack: \"@bob\"", "channels/slack", json!("@bob")),
        ("email: a@example.com", "channels/email", json!("a@example.com")),
        ("phone: 09012345678", "channels/phone", json!("09012345678")),
        ("phone: +819012345678", "channels/phone", json!("+819012345678")),
        ("linkedin: https://example.com/in/x", "channels/linkedin", json!("https://example.com/in/x")),
    ]);
}

#[test]
fn words_for_tiers_registers_and_states() {
    let tiers = [
        ("close", "close 親しい同僚 友人 friend"),
        ("senior", "senior 上司 先輩 恩師 boss mentor manager"),
        ("colleague", "colleague 同僚 一般的な同僚 元同僚"),
        ("project", "project プロジェクト関係者 仕事仲間"),
        ("client", "client 取引先 顧客 客先 partner"),
    ];
    let words = |pairs: &[(&str, &str)], key: &str| -> Vec<(String, Value)> {
        let each = |(id, words): &(&str, &str)| {
            words.split(' ').map(|w| (format!("{key}: {w}"), json!(id))).collect::<Vec<_>>()
        };
        pairs.iter().flat_map(each).collect()
    };
    let mut rows = words(&tiers, "tier");
    rows.push(("tier: close colleague".into(), json!("close")));
    rows.push(("tier: Friend".into(), json!("close")));
    rows.push(("tier: clsoe".into(), Value::Null));
    check(&rows.iter().map(|(r, w)| (r.as_str(), "tier", w.clone())).collect::<Vec<_>>());

    let rows = words(
        &[("formal", "formal かしこまった"), ("polite", "polite 丁寧"), ("casual", "casual くだけた")],
        "register",
    );
    check(&rows.iter().map(|(r, w)| (r.as_str(), "register", w.clone())).collect::<Vec<_>>());
    // Else the tier's; a 先輩 is polite.
    check(&[
        ("tier: close", "register", json!("casual")),
        ("tier: senior", "register", json!("formal")),
        ("tier: 先輩", "register", json!("polite")),
        ("tier: 先輩\nregister: formal", "register", json!("formal")),
        ("tier: colleague", "register", json!("polite")),
        ("tier: project", "register", json!("polite")),
        ("tier: client", "register", json!("formal")),
        ("cadence: 3m", "register", json!("polite")),
    ]);

    let closed = "paused 休止 closed 終了 do-not-contact 連絡不要 deceased 故人";
    let rows = words(&[("closed", closed), ("new", "active")], "tier: close\nstatus");
    check(&rows.iter().map(|(r, w)| (r.as_str(), "state", w.clone())).collect::<Vec<_>>());
    check(&[
        ("tier: close\nprm-paused: true", "state", json!("closed")),
        ("tier: close\nprm-paused: false", "state", json!("new")),
        ("name: x", "state", json!("untracked")),
        ("tier: clsoe", "state", json!("untracked")),
        ("cadence: 3m", "state", json!("new")),
    ]);
}

#[test]
fn interests_come_from_tags_too() {
    let vault = Vault::new();
    vault.note("People/a.md", "---\ntags: [interest/rust, work]\ninterests: [園芸]\n---\n");
    let interests: Vec<String> =
        vault.person("People/a.md")["interests"].as_array().unwrap().iter().map(text).collect();
    assert!(interests.contains(&"rust".into()) && interests.contains(&"園芸".into()), "{interests:?}");
    assert!(!interests.iter().any(|i| i.contains("work")), "{interests:?}");
}

#[test]
fn every_spelling_of_a_date() {
    let rows = [
        ("2026-09-14", "2026-09-14"),
        ("\"2026-09-14\"", "2026-09-14"),
        ("'2026-09-14'", "2026-09-14"),
        ("2026/9/14", "2026-09-14"),
        ("2026/09/14", "2026-09-14"),
        ("2026.9.14", "2026-09-14"),
        ("2026年9月14日", "2026-09-14"),
        ("令和8年9月14日", "2026-09-14"),
        ("R8.9.14", "2026-09-14"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("H30.4.1", "2018-04-01"),
        ("平成元年1月8日", "1989-01-08"),
        ("昭和64年1月7日", "1989-01-07"),
        ("S55.12.3", "1980-12-03"),
        ("大正元年7月30日", "1912-07-30"),
        ("T15.12.24", "1926-12-24"),
        ("明治45年7月29日", "1912-07-29"),
        ("M44.1.1", "1911-01-01"),
        ("2026-09-14T23:30:00+09:00", "2026-09-14"),
        ("2026-09-14T23:30:00-08:00", "2026-09-14"),
        ("2026-09-14T00:30:00Z", "2026-09-14"),
        ("2026-09-14T23:30", "2026-09-14"),
        ("2026-09-14 23:30", "2026-09-14"),
        ("2026-09-14 23:30:59", "2026-09-14"),
        ("September 14th, 2026", "2026-09-14"),
        ("\"[[September 14th, 2026]]\"", "2026-09-14"),
        ("January 1st, 2026", "2026-01-01"),
        ("May 2nd, 2026", "2026-05-02"),
        ("March 23rd, 2026", "2026-03-23"),
        ("\"[[2026-09-14]]\"", "2026-09-14"),
        ("\"[[日記/2026-09-14|先週]]\"", "2026-09-14"),
        ("[[2026-09-14]]", "2026-09-14"),
        ("２０２６年９月１４日", "2026-09-14"),
        ("２０２６／９／１４", "2026-09-14"),
        ("2026-01-15 via Slack", "2026-01-15"),
        ("2024-02-29", "2024-02-29"),
        ("2026-09-14  # with a comment", "2026-09-14"),
    ];
    let notes: Vec<String> = rows.iter().map(|(date, _)| format!("last_contact: {date}")).collect();
    let rows: Vec<_> =
        notes.iter().zip(rows).map(|(n, (_, want))| (n.as_str(), "last_contact", json!(want))).collect();
    check(&rows);
    check(&[("last_contact: 2026-01-15 via Slack", "last_channel", json!("slack"))]);
}

#[test]
fn what_is_no_date_is_said() {
    let check = |value: &str, code: Option<&str>| {
        let vault = Vault::new();
        vault.note("People/a.md", &format!("---\nname: A\ntier: close\nlast_contact: {value}\n---\n"));
        let a = vault.person("People/a.md");
        assert_eq!((&a["last_contact"], &a["state"]), (&Value::Null, &json!("new")), "{value}");
        assert_eq!(
            vault.codes("People/a.md"),
            code.map(|c| format!("{c}:4")).into_iter().collect::<Vec<_>>(),
            "{value}"
        );
    };
    for none in ["", "Never", "never", "なし", "null", "~", "\"\"", "[]"] {
        check(none, None);
    }
    check("04/05/2026", Some("ambiguous-date"));
    check("\"04/05/2026\"", Some("ambiguous-date"));
    check("2026-13-01", Some("bad-date"));
    check("2026-02-29", Some("bad-date"));
    check("昨日", Some("bad-date"));
    check("2026-11-22", Some("future-contact"));
    check("2062-09-14", Some("future-contact"));
}

#[test]
fn the_order_of_day_and_month_can_be_said() {
    for (order, want) in [("yes", "2026-05-04"), ("no", "2026-04-05")] {
        let vault = Vault::new();
        vault.note("goen.toml", &format!("[dates]\nday_first = \"{order}\"\n"));
        vault.note("People/a.md", "---\nlast_contact: 04/05/2026\n---\n");
        assert_eq!(vault.person("People/a.md")["last_contact"], want);
        assert_eq!(vault.codes("People/a.md"), [""; 0]);
    }
}

#[test]
fn every_form_of_a_cadence() {
    // (cadence, opens, due) for a last contact on 31 January 2026. One value means
    // "by then": it opens at three quarters of it, in whole days.
    let rows = [
        ("6w", "2026-03-03", "2026-03-14"),
        ("45d", "2026-03-05", "2026-03-17"),
        ("90", "2026-04-08", "2026-05-01"),
        ("1m..2m", "2026-02-28", "2026-03-31"),
        ("2w..3w", "2026-02-14", "2026-02-21"),
        ("3m", "2026-04-07", "2026-04-30"),
        ("quarterly", "2026-04-07", "2026-04-30"),
        ("3ヶ月", "2026-04-07", "2026-04-30"),
        ("1y", "2026-10-31", "2027-01-31"),
        ("yearly", "2026-10-31", "2027-01-31"),
        ("monthly", "2026-02-21", "2026-02-28"),
        ("毎月", "2026-02-21", "2026-02-28"),
    ];
    let notes: Vec<String> =
        rows.iter().map(|r| format!("last_contact: 2026-01-31\ncadence: {}", r.0)).collect();
    check(&notes.iter().zip(rows).map(|(n, r)| (n.as_str(), "opens", json!(r.1))).collect::<Vec<_>>());
    check(&notes.iter().zip(rows).map(|(n, r)| (n.as_str(), "due", json!(r.2))).collect::<Vec<_>>());
    check_keys(
        "due",
        "6w\nlast_contact: 2026-01-31",
        &json!("2026-03-14"),
        &[
            "cadence",
            "frequency",
            "contact_frequency",
            "contactFrequency",
            "keep_in_touch",
            "prm-cadence",
            "頻度",
        ],
    );

    // A cadence replaces the tier's window.
    check(&[("tier: senior\ncadence: 6w\nlast_contact: 2026-01-31", "due", json!("2026-03-14"))]);
    for bad in ["often", "-3m", "0", "3 parsecs", "99999999999999999999y", "1m..", "2m..1m"] {
        let vault = Vault::new();
        vault.note(
            "People/a.md",
            &format!("---\ntier: close\ncadence: {bad}\nlast_contact: 2026-01-31\n---\n"),
        );
        assert_eq!(vault.person("People/a.md")["due"], "2026-03-31", "{bad}: the tier's window stays");
        assert_eq!(vault.codes("People/a.md"), ["bad-cadence:3"], "{bad}");
    }
}

#[test]
fn fault_45_strings_stay_strings() {
    let aliases = "[12:30:45, 1e3, yes, on, no, 0x1F, 1_000, 007, 1.0, 2024-01-01, .5]";
    let want =
        json!(["12:30:45", "1e3", "yes", "on", "no", "0x1F", "1_000", "007", "1.0", "2024-01-01", ".5"]);
    check(&[
        (&format!("aliases: {aliases}"), "aliases", want),
        ("name: No", "name", json!("No")),
        ("name: 2024-01-01", "name", json!("2024-01-01")),
        ("name: 0123", "name", json!("0123")),
        ("location: NO", "location", json!("NO")),
        ("interests: [off, y, 1e3]", "interests", json!(["off", "y", "1e3"])),
        ("phone: 090_1234_5678", "channels/phone", json!("090_1234_5678")),
        ("phone: 1234567890123456789012345", "channels/phone", json!("1234567890123456789012345")),
    ]);
}

#[test]
fn the_file_name_is_the_name_where_none_is_written() {
    let vault = Vault::new();
    vault.note("People/田中 太郎.md", "").note("People/b.md", "---\nname: 鈴木 花子\n---\n");
    assert_eq!(vault.person("People/田中 太郎.md")["name"], "田中 太郎");
    assert_eq!(vault.person("People/b.md")["name"], "鈴木 花子");
}

#[test]
fn days_of_rest_that_are_no_span_are_reported() {
    for (away, code) in [
        ("[\"2026-06-01..2026-06-03\", 2026-07-01]", None),
        ("[\"2026-06-03..2026-06-01\"]", Some("bad-value:3")),
        ("2026-06-03〜2026-06-01", Some("bad-value:3")),
        ("\"2026-06-03..\"", Some("bad-value:3")),
        ("soon", Some("bad-date:3")),
    ] {
        let vault = Vault::new();
        vault.note("me.md", &format!("---\ntype: me\naway: {away}\n---\n"));
        let want: Vec<String> = code.map(str::to_owned).into_iter().collect();
        assert_eq!(vault.codes("me.md"), want, "{away}");
    }
}
