//! `goen season`: whom a season's greetings go to, how far each is, the same as data, and labels.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{Vault, front, is_unsafe};
use serde_json::{Value, json};

/// A day within 年賀 of 2027.
const DECEMBER: &str = "2026-12-20";
const LABELS: &str = "氏名,敬称,連名,郵便番号,住所,会社,役職\n";

/// Everybody whom 年賀 may concern, one for each state, and those who never appear.
fn vault() -> Vault {
    let vault = Vault::new();
    let greeted = |name: &str, lines: &str, log: &str| {
        let text = format!("---\ntier: senior\nlast_contact: 2026-09-01\n{lines}\n---\n## 記録\n\n{log}\n");
        vault.note(&format!("人/{name}.md"), &text);
    };
    let address = "address: 〒123-4567 みどり県あおば市1-2";
    greeted(
        "真壁 徹",
        &format!(
            "reading: まかべ\n{address}\njoint_names: 由紀子\norg: \"[[株式会社かわせみ]] 2019-04.. 部長\""
        ),
        "- 2025-12-20 (post) 年賀状を出した\n- 2026-01-01 (post) 年賀状が届いた\n- 2025-01-03 (post) 年賀状をいただいた",
    );
    greeted("遠山 亮", "reading: とおやま\nemail: t@example.jp", "- 2025-01-01 (email) 年賀の挨拶");
    greeted("井上 花", &format!("reading: いのうえ\n{address}"), "- 2026-12-18 (post) 年賀状を出した");
    greeted("上田 修", "reading: うえだ\nmourning: 2026-08-01", "");
    greeted("倉持 誠", "reading: くらもち\nhonorific: 先生\n年賀状: じまい", "");
    greeted("佐伯 恵", "reading: さえき\nseasons: no", "");
    // Not greeted by the rule, but one came.
    vault.note(
        "人/河野 大地.md",
        "---\nreading: こうの\ntier: close\nlast_contact: 2026-09-01\n---\n## 記録\n\n- 2026-12-19 (post) 年賀状が届いた\n",
    );
    vault.note("人/友人.md", &front("tier: close\nlast_contact: 2026-09-01"));
    vault.note("人/整理前.md", "");
    for (name, status) in [("故人", "deceased"), ("連絡不要", "do-not-contact"), ("終了", "closed")] {
        greeted(name, &format!("status: {status}\n{address}"), "- 2026-12-19 (post) 年賀状が届いた");
    }
    greeted("休止", &format!("status: paused\n{address}"), "");
    vault
}

/// The names and states of a list.
fn states(vault: &Vault, day: &str, args: &[&str]) -> Vec<(String, String)> {
    let all = vault.json_on(day, &[&["season"], args].concat());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    all.as_array().unwrap().iter().map(|row| (text(&row["name"]), text(&row["state"]))).collect()
}

/// What a list says of its one person.
fn only(vault: &Vault, day: &str, args: &[&str]) -> Value {
    let all = vault.json_on(day, &[&["season"], args].concat());
    let rows = all.as_array().unwrap();
    assert_eq!(rows.len(), 1, "{day} {args:?}: {all}");
    rows[0].clone()
}

/// A vault of one person, whose log has these lines.
fn one(lines: &str, log: &str) -> Vault {
    let vault = Vault::new();
    let text = format!("---\ntier: senior\nlast_contact: 2026-09-01\n{lines}\n---\n## 記録\n\n{log}\n");
    vault.note("人/田中 太郎.md", &text);
    vault
}

#[test]
fn the_table_of_a_season() {
    let vault = vault();
    let out = vault.on(DECEMBER, &["season", "年賀", "--lang", "en"]);
    assert!(out.code == Some(0) && out.stderr.is_empty(), "{}", out.said());
    let want = "\
年賀 2027  2026-12-15 – 2027-01-07

 to                     by       state                          sent        received    before
 井上 花 様             card     sent                           2026-12-18  –           –
 上田 修 様             message  mourning (寒中見舞い instead)  –           –           –
 倉持 誠 先生           –        stopped                        –           –           –
 河野 大地 様           message  received                       –           2026-12-19  –
 佐伯 恵 様             –        stopped                        –           –           –
 遠山 亮 様             message  to send                        –           –           2025 sent
 真壁 徹 様・由紀子 様  card     to send                        –           –           2026 sent, received; 2025 received

7 people: 2 to send · 1 sent · 1 received · 1 mourning · 2 stopped
";
    assert_eq!(out.stdout, want);
    let out = vault.on(DECEMBER, &["season", "年賀", "--lang", "ja"]);
    let want = "\
年賀 2027  2026-12-15 – 2027-01-07

 宛名                   手段        状態                  出した日    届いた日    これまで
 井上 花 様             はがき      送付済み              2026-12-18  –           –
 上田 修 様             メッセージ  喪中（寒中見舞いを）  –           –           –
 倉持 誠 先生           –           終了                  –           –           –
 河野 大地 様           メッセージ  要返信                –           2026-12-19  –
 佐伯 恵 様             –           終了                  –           –           –
 遠山 亮 様             メッセージ  これから              –           –           2025 出
 真壁 徹 様・由紀子 様  はがき      これから              –           –           2026 出・受、2025 受

7人 ・ これから 2人 ・ 送付済み 1人 ・ 要返信 1人 ・ 喪中 1人 ・ 終了 2人
";
    assert_eq!(out.stdout, want);
}

#[test]
fn the_same_as_data() {
    let all = vault().json_on(DECEMBER, &["season"]);
    let row = |path: &str| {
        let found = all.as_array().unwrap().iter().find(|row| row["path"] == path);
        found.unwrap_or_else(|| panic!("{path} in {all}")).clone()
    };
    let want = json!({
        "path": "人/真壁 徹.md",
        "name": "真壁 徹",
        "addressed": "真壁 徹 様・由紀子 様",
        "season": "年賀",
        "year": 2027,
        "state": "to-send",
        "channel": "card",
        "due": "2026-12-25",
        "sent": null,
        "received": null,
        "mourner": null,
        "quiet_until": null,
        "instead": null,
        "years": [
            {"year": 2026, "sent": "2025-12-20", "received": "2026-01-01"},
            {"year": 2025, "sent": null, "received": "2025-01-03"},
            {"year": 2024, "sent": null, "received": null},
        ],
    });
    assert_eq!(row("人/真壁 徹.md"), want);
    let mourning = row("人/上田 修.md");
    assert_eq!(mourning["state"], "mourning");
    assert_eq!(mourning["mourner"], "them");
    assert_eq!(mourning["instead"], json!({"name": "寒中見舞い", "sent": null}));
    assert_eq!(row("人/倉持 誠.md")["channel"], Value::Null);
}

#[test]
fn labels_are_of_those_to_whom_a_card_is_to_be_sent() {
    let vault = vault();
    let out = vault.on(DECEMBER, &["season", "年賀", "--csv"]);
    let want = format!("{LABELS}真壁 徹,様,由紀子,123-4567,みどり県あおば市1-2,株式会社かわせみ,部長\n");
    assert_eq!((out.code, &*out.stdout, &*out.stderr), (Some(0), &*want, ""));
    // Nobody wants both.
    assert_eq!(vault.on(DECEMBER, &["season", "--csv", "--json"]).code, Some(2));
}

#[test]
fn a_role_stands_on_a_label_only_while_it_is_held() {
    let check = |lines: &str, want: &str| {
        let vault = one(&format!("address: X\n{lines}"), "");
        let out = vault.on(DECEMBER, &["season", "年賀", "--csv"]);
        assert_eq!(out.stdout, format!("{LABELS}{want}\n"), "{lines}");
    };
    check("org: ミナト 2019-04..2026-03 部長", "田中 太郎,様,,,X,,");
    check("org: ミナト 2019-04..2026-12 部長", "田中 太郎,様,,,X,ミナト,部長");
    check("org: ミナト 2027-04.. 部長", "田中 太郎,様,,,X,,");
    check("former_org: ミナト", "田中 太郎,様,,,X,,");
    check("org: [ミナト 2019-04..2024-03 課長, カモメ 2024-04.. 部長]", "田中 太郎,様,,,X,カモメ,部長");
    // Whoever moved on within a house bears the new role.
    check("org: [ミナト 2019-04.. 課長, ミナト 2026-11.. 部長]", "田中 太郎,様,,,X,ミナト,部長");
    check("postal_code: 〒1234567\njoint_names: [花子, 一郎]", "田中 太郎,様,花子、一郎,123-4567,X,,");
}

#[test]
fn a_name_is_neither_split_nor_given_two_forms_of_address() {
    let check = |lines: &str, want: &str| {
        let vault = one(lines, "");
        assert_eq!(only(&vault, DECEMBER, &["年賀"])["addressed"], want, "{lines}");
    };
    check("name: 田中太郎", "田中太郎 様");
    check("name: 田中部長", "田中部長");
    check("name: 森先生\njoint_names: 花子", "森先生・花子 様");
    check("honorific: 先生\njoint_names: 花子", "田中 太郎 先生・花子 様");
}

#[test]
fn no_cell_of_a_label_is_a_formula_or_steers_a_terminal() {
    let vault = one(
        "name: '=HYPERLINK(\"x\")'\naddress: \"+81\\u202E \\e[31m 1, 2\"\njoint_names: '@x'\norg: {name: '-1', role: '＝1'}",
        "",
    );
    let out = vault.on(DECEMBER, &["season", "年賀", "--csv"]);
    let row = out.stdout.strip_prefix(LABELS).unwrap_or_else(|| panic!("{}", out.said()));
    assert_eq!(row, "\"'=HYPERLINK(\"\"x\"\")\",様,'@x,,\"'+81 [31m 1, 2\",'-1,'＝1\n");
    assert!(!out.stdout.contains(is_unsafe));
    let out = vault.on(DECEMBER, &["season", "年賀"]);
    assert!(!out.stdout.contains(is_unsafe), "{}", out.stdout);
}

#[test]
fn an_address_that_came_back_gets_no_card() {
    for address in ["宛先不明", "宛て先不明", "あて先不明", "住所不明", "転居先不明", "unknown"]
    {
        let vault = one(&format!("address: {address}"), "");
        assert_eq!(only(&vault, DECEMBER, &["年賀"])["channel"], "message", "{address}");
        assert_eq!(vault.on(DECEMBER, &["season", "年賀", "--csv"]).stdout, LABELS, "{address}");
    }
}

#[test]
fn an_address_of_several_lines_or_parts_is_put_together() {
    for (address, want) in [
        ("住所: [〒107-0052, 東京都港区1-2, みどりビル3階]", "107-0052,東京都港区1-2 みどりビル3階"),
        ("ADR: ;;1-2;港区;東京都;107-0052;日本", "107-0052,東京都港区1-2"),
    ] {
        let out = one(address, "").on(DECEMBER, &["season", "年賀", "--csv"]);
        assert_eq!(out.stdout, format!("{LABELS}田中 太郎,様,,{want},,\n"), "{address}");
    }
}

#[test]
fn what_is_not_understood_of_greetings_is_a_problem() {
    let vault =
        one("年賀状: 検討\nseasons: [summer, 暑中, new year, 新年の挨拶]\nmourning: [2025, いつか]", "");
    let all = vault.json_on(DECEMBER, &["check"]);
    let found: Vec<_> =
        all.as_array().unwrap().iter().map(|p| (p["line"].clone(), p["code"].clone())).collect();
    assert_eq!(
        found,
        [(json!(4), json!("bad-value")), (json!(5), json!("bad-value")), (json!(6), json!("bad-date"))]
    );
    // Of a list in lines the member's.
    let vault = one("seasons:\n  - 年賀\n  - 夏\n  - 暑中見舞い", "");
    assert_eq!(vault.json_on(DECEMBER, &["check"])[0]["line"], json!(6));
    let vault = one("年賀状: ジマイ\nseasons: [年賀]\nmourning: なし", "");
    assert_eq!(vault.json_on(DECEMBER, &["check"]), json!([]));
}

#[test]
fn a_season_is_named_by_any_clear_part() {
    let vault = Vault::new();
    vault.note("goen.toml", "[[seasons]]\nname = \"お中元\"\nfrom = \"07-01\"\nto = \"07-15\"\n");
    let check = |typed: &[&str], want: &str| {
        let out = vault.goen(&[&["season"], typed].concat());
        assert_eq!(out.code, Some(0), "{typed:?}: {}", out.said());
        assert!(out.stdout.starts_with(want), "{typed:?}: {}", out.stdout);
    };
    check(&["年賀"], "年賀 2027  2026-12-15 – 2027-01-07\n");
    check(&["年賀状"], "年賀 2027  ");
    check(&["新年の挨拶"], "年賀 2027  ");
    check(&["年賀欠礼"], "喪中はがき 2026  ");
    check(&["暑中お見舞い"], "暑中見舞い 2027  ");
    check(&["寒中"], "寒中見舞い 2027  2027-01-08 – 2027-02-03\n");
    check(&["余寒見舞い"], "寒中見舞い 2027  ");
    check(&["暑中見舞い"], "暑中見舞い 2027  2027-07-07 – 2027-08-07\n");
    check(&["残暑"], "残暑見舞い 2027  ");
    check(&["中元"], "お中元 2027  2027-07-01 – 2027-07-15\n");
    check(&["喪中"], "喪中はがき 2026  ");
}

#[test]
fn an_unknown_name_is_answered_with_those_there_are() {
    let vault = Vault::new();
    for asked in ["クリスマス", "年賀 2024", "年賀の山田"] {
        let out = vault.goen(&["season", asked]);
        assert_eq!((out.code, &*out.stdout), (Some(2), ""), "{}", out.said());
    }
    for json in [&[][..], &["--json"]] {
        let out = vault.goen(&[&["season", "クリスマス"], json].concat());
        assert_eq!((out.code, &*out.stdout), (Some(2), ""), "{}", out.said());
        let want = "「クリスマス」は指定できません。書けるもの: 年賀、寒中見舞い、暑中見舞い、残暑見舞い、喪中はがき、年末の挨拶\n";
        assert_eq!(out.stderr, want);
    }
    // What could be several is not chosen among.
    let out = vault.goen(&["season", "見舞い", "--lang", "en"]);
    assert_eq!(out.code, Some(2));
    assert_eq!(out.stderr, "`見舞い` is not taken here; it takes 寒中見舞い, 暑中見舞い, 残暑見舞い\n");
}

#[test]
fn without_a_name_it_is_the_season_that_is_on_or_the_next() {
    let check = |me: &str, day: &str, want: &str| {
        let vault = Vault::new();
        vault.note("me.md", &front(&format!("type: me\n{me}")));
        let out = vault.on(day, &["season"]);
        assert!(out.stdout.starts_with(want), "{day}: {}", out.said());
    };
    check("", "2026-11-21", "年末の挨拶 2026  ");
    check("", "2026-12-10", "年末の挨拶 2026  ");
    check("", "2026-12-15", "年賀 2027  ");
    check("", "2027-01-07", "年賀 2027  ");
    check("", "2027-01-08", "寒中見舞い 2027  ");
    check("", "2027-02-04", "余寒見舞い 2027  2027-02-04 – 2027-02-28\n");
    check("", "2027-03-01", "暑中見舞い 2027  ");
    check("", "2026-08-31", "残暑見舞い 2026  ");
    // You are in mourning: those who would get a card are told first.
    check("mourning: 2026-06-01", "2026-11-01", "喪中はがき 2026  ");
    check("mourning: 2026-06-01", "2026-12-07", "喪中はがき 2026  ");
    check("mourning: 2025-06-01", "2026-11-21", "年末の挨拶 2026  ");
}

#[test]
fn the_year_turns_when_no_more_cards_come() {
    let vault = one("address: X", "- 2027-01-06 (post) 年賀状が届いた");
    let year = |day: &str| {
        let out = vault.on(day, &["season", "年賀"]);
        out.stdout.split(' ').nth(1).unwrap().to_owned()
    };
    for (day, want) in [
        ("2026-12-14", "2027"),
        ("2026-12-31", "2027"),
        ("2027-01-07", "2027"),
        ("2027-01-31", "2027"),
        ("2027-02-01", "2028"),
    ] {
        assert_eq!(year(day), want, "{day}");
    }
    // Before it came a card is to be sent; then it is to be answered, after the holidays otherwise.
    let row = |day: &str| only(&vault, day, &["年賀"]);
    assert_eq!(row("2026-12-20")["state"], "to-send");
    let row = row("2027-01-10");
    assert_eq!((&row["state"], &row["received"]), (&json!("received"), &json!("2027-01-06")));
    assert_eq!(row["instead"], json!({"name": "寒中見舞い", "sent": null}));
    // In the next list it stands among the years before.
    let row = only(&vault, "2027-02-01", &["年賀"]);
    assert_eq!(row["years"][0], json!({"year": 2027, "sent": null, "received": "2027-01-06"}));
}

#[test]
fn what_was_missed_is_no_longer_to_be_sent() {
    let vault = one("address: X", "");
    assert_eq!(states(&vault, "2027-01-04", &["年賀"]).len(), 1);
    assert_eq!(states(&vault, "2027-01-05", &["年賀"]), []);
    assert_eq!(vault.on("2027-01-05", &["season", "年賀", "--csv"]).stdout, LABELS);
}

/// Who wrote first is still to be sent a card, while it is one of the season.
#[test]
fn an_answer_by_card_needs_a_label_too() {
    let vault = one("address: X", "- 2027-01-02 (post) 年賀状が届いた");
    let of = |vault: &Vault, day: &str| vault.on(day, &["season", "年賀", "--csv"]).stdout;
    assert_eq!(states(&vault, "2027-01-03", &["年賀"])[0].1, "received");
    assert_eq!(of(&vault, "2027-01-03"), format!("{LABELS}田中 太郎,様,,,X,,\n"));
    // Afterwards it is answered with 寒中見舞い, whose labels are its own.
    assert_eq!(of(&vault, "2027-01-10"), LABELS);
    let midwinter = vault.on("2027-01-10", &["season", "寒中見舞い", "--csv"]).stdout;
    assert_eq!(midwinter, format!("{LABELS}田中 太郎,様,,,X,,\n"));
    // An answer by mail needs none.
    let vault = one("email: t@example.jp", "- 2027-01-02 (post) 年賀状が届いた");
    assert_eq!(of(&vault, "2027-01-03"), LABELS);
}

/// The role has a column of its own.
#[test]
fn a_role_is_not_said_twice_on_a_label() {
    for (lines, want) in [
        ("honorific: 部長\norg: かわせみ 2019.. 事業部長", "様,,,X,かわせみ,事業部長"),
        ("honorific: 社長\norg: かわせみ 2019.. 代表取締役", "様,,,X,かわせみ,代表取締役"),
        ("honorific: 先生\norg: かわせみ 2019.. 事業部長", "先生,,,X,かわせみ,事業部長"),
        ("honorific: 部長\norg: かわせみ", "部長,,,X,かわせみ,"),
        ("honorific: 部長", "部長,,,X,,"),
    ] {
        let vault = one(&format!("address: X\n{lines}"), "");
        let out = vault.on(DECEMBER, &["season", "年賀", "--csv"]).stdout;
        assert_eq!(out, format!("{LABELS}田中 太郎,{want}\n"), "{lines}");
    }
}

#[test]
fn an_answer_by_another_name_is_an_answer() {
    let vault = one("", "- 2027-01-02 (post) 年賀状が届いた\n- 2027-01-12 (email) 寒中見舞いを送った");
    let row = only(&vault, "2027-01-20", &["年賀"]);
    assert_eq!((&row["state"], &row["sent"]), (&json!("sent"), &Value::Null));
    assert_eq!(row["instead"], json!({"name": "寒中見舞い", "sent": "2027-01-12"}));
    let out = vault.on("2027-01-20", &["season", "年賀", "--lang", "en"]);
    assert!(out.stdout.contains("sent (as 寒中見舞い)  2027-01-12  2027-01-02"), "{}", out.stdout);
    assert_eq!(only(&vault, "2027-01-20", &["寒中"])["state"], "sent");
}

#[test]
fn whoever_was_passed_over_is_not_listed() {
    let vault = one("", "- 2026-12-18 (skip) 年賀は見送り");
    assert_eq!(states(&vault, DECEMBER, &["年賀"]), []);
}

#[test]
fn those_in_mourning_get_no_congratulations() {
    let vault = one("mourning: 2026-06-01\naddress: X", "");
    assert_eq!(only(&vault, DECEMBER, &["年賀"])["state"], "mourning");
    assert_eq!(vault.on(DECEMBER, &["season", "年賀", "--csv"]).stdout, LABELS);
    // The greeting in its place is a card to be sent, as any other.
    let row = only(&vault, "2027-01-10", &["寒中"]);
    assert_eq!((&row["state"], &row["channel"]), (&json!("to-send"), &json!("card")));
    let out = vault.on("2027-01-10", &["season", "寒中", "--lang", "en"]);
    assert!(out.stdout.contains(" to send  "), "{}", out.stdout);
    // To whoever would get 年賀, whatever else they get.
    let vault = one("mourning: 2026-06-01\nseasons: [年賀]", "");
    assert_eq!(only(&vault, "2027-01-10", &["寒中"])["state"], "to-send");
    let vault = one("mourning: 2026-06-01\naddress: X", "");
    // 1 January 2028 lies beyond twelve months.
    assert_eq!(only(&vault, "2027-12-20", &["年賀"])["state"], "to-send");
    // A year alone silences the new year after it.
    assert_eq!(only(&one("mourning: 2026", ""), DECEMBER, &["年賀"])["state"], "mourning");
    // Other greetings go without words of joy.
    let summer = one("mourning: 2026-03-01", "");
    let out = summer.on("2026-07-10", &["season", "--lang", "en"]);
    assert!(out.stdout.contains("to send (no congratulations)"), "{}", out.stdout);
}

#[test]
fn in_the_first_days_after_a_death_there_is_only_condolence() {
    let vault = one("mourning: 2026-07-01", "");
    let row = only(&vault, "2026-07-10", &["暑中"]);
    assert_eq!((&row["state"], &row["quiet_until"]), (&json!("mourning"), &json!("2026-08-19")));
    let out = vault.on("2026-07-10", &["season", "暑中"]);
    assert!(out.stdout.contains("喪中（2026-08-19 までは控える）"), "{}", out.stdout);
    assert_eq!(only(&vault, "2026-08-20", &["残暑"])["state"], "to-send");
}

#[test]
fn your_own_mourning_is_told_first_and_then_midwinter_comes() {
    let told = |log: &str| {
        let vault = one("address: X", log);
        vault.note("me.md", &front("type: me\nmourning: 2026-10-01"));
        vault
    };
    let vault = told("");
    assert_eq!(only(&vault, "2026-11-20", &["喪中"])["state"], "to-send");
    let row = only(&vault, "2026-11-20", &["年賀"]);
    assert_eq!((&row["state"], &row["mourner"]), (&json!("mourning"), &json!("you")));
    assert_eq!(row["instead"], json!({"name": "喪中はがき", "sent": null}));
    let out = vault.on("2026-11-20", &["season", "年賀"]);
    assert!(out.stdout.contains("喪中（こちらが喪中、喪中はがきを）"), "{}", out.stdout);
    // Too late for it.
    assert_eq!(only(&vault, DECEMBER, &["年賀"])["instead"]["name"], "寒中見舞い");
    let vault = told("- 2026-11-25 (post) 喪中はがきを出した");
    assert_eq!(
        only(&vault, DECEMBER, &["年賀"])["instead"],
        json!({"name": "喪中はがき", "sent": "2026-11-25"})
    );
    assert_eq!(only(&vault, "2026-11-30", &["喪中"])["state"], "sent");
    assert_eq!(only(&vault, "2027-01-10", &["寒中"])["state"], "to-send");
}

#[test]
fn those_who_stopped_are_named_and_not_sent_to() {
    for lines in ["年賀状: じまい", "seasons: no", "seasons: [暑中見舞い]"] {
        let vault = one(&format!("{lines}\naddress: X"), "");
        assert_eq!(only(&vault, DECEMBER, &["年賀"])["state"], "stopped", "{lines}");
        assert_eq!(vault.on(DECEMBER, &["season", "年賀", "--csv"]).stdout, LABELS, "{lines}");
    }
    // 年賀 alone has ended, not the summer.
    assert_eq!(only(&one("年賀状: じまい", ""), "2026-07-10", &["暑中"])["state"], "to-send");
    assert_eq!(only(&one("seasons: no", ""), "2026-07-10", &["暑中"])["state"], "stopped");
    // A card that comes anyway is answered with another greeting.
    let vault = one("年賀状: じまい", "- 2027-01-02 (post) 年賀状が届いた");
    let row = only(&vault, "2027-01-03", &["年賀"]);
    assert_eq!(row["state"], "received");
    assert_eq!(row["instead"]["name"], "寒中見舞い");
    // Whose tier is not greeted has not stopped anything.
    let vault = Vault::new();
    vault.note("人/a.md", &front("tier: close\nseasons: no\nlast_contact: 2026-09-01"));
    assert_eq!(states(&vault, DECEMBER, &["年賀"]), []);
}

#[test]
fn a_season_of_your_own() {
    let vault = one("email: a@example.jp", "- 2025-06-03 (email) 株主便りを送った");
    vault.note("goen.toml", "[[seasons]]\nname = \"株主便り\"\nfrom = \"06-01\"\nto = \"06-10\"\n");
    let row = only(&vault, "2026-06-05", &["株主"]);
    assert_eq!(row["season"], "株主便り");
    assert_eq!(row["state"], "to-send");
    assert_eq!(row["years"][0], json!({"year": 2025, "sent": "2025-06-03", "received": null}));
}

#[test]
fn an_empty_vault_has_an_empty_list() {
    let vault = Vault::new();
    let out = vault.on(DECEMBER, &["season", "--lang", "en"]);
    assert_eq!(out.stdout, "年賀 2027  2026-12-15 – 2027-01-07\n\nnobody to greet\n");
    let out = vault.on(DECEMBER, &["season", "--lang", "ja"]);
    assert_eq!(out.stdout, "年賀 2027  2026-12-15 – 2027-01-07\n\n挨拶を送る人はいません\n");
    assert_eq!(vault.json_on(DECEMBER, &["season"]), json!([]));
    assert_eq!(vault.on(DECEMBER, &["season", "--csv"]).stdout, LABELS);
}
