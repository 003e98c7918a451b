//! The greetings around the new year: 年賀 by card and by mail, 喪中はがき, 寒中見舞い and 余寒見舞い,
//! and what earlier winters say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::PAGE;
use crate::greeted::{greetings, logged, x};
use crate::tables::{has, vault};
use serde_json::json;

const AT_TOKYO: &str = "address: 東京都府中市1-1";

#[test]
fn a_card_is_posted_before_the_new_year_and_late_in_its_first_days() {
    for year in [2023, 2025, 2026, 2027, 2028] {
        let card = |place: &str| format!("年賀 post {year}-12-25: {place}");
        let day = |day: &str| format!("{year}-{day}");
        greetings(
            &x(AT_TOKYO),
            &[
                (&day("12-14"), &card(&format!("week {year}-12-15"))),
                (&day("12-15"), &card("today")),
                (&day("12-25"), &card("today")),
                (&day("12-26"), &card("today")),
                (&format!("{}-01-04", year + 1), &card("today")),
                (&format!("{}-01-05", year + 1), ""),
            ],
        );
    }
    // Whatever else they could be written to by.
    greetings(
        &x("address: 東京都\nprefer: email\nemail: a@example.jp"),
        &[("2026-12-15", "年賀 post 2026-12-25: today")],
    );
    // An address that is empty is none.
    greetings(&x("address: ''"), &[("2026-12-15", "年賀 2027-01-07: later 2027-01-01")]);
    let formal = format!("{AT_TOKYO}\nregister: formal");
    greetings(
        &x(&formal),
        &[
            // A Friday; after it come a weekend and the days of the year's end, in which greetings are sent.
            ("2026-12-25", "年賀 post 2026-12-25: today"),
            ("2026-12-26", "年賀 post 2026-12-25: week 2026-12-28"),
            ("2026-12-30", "年賀 post 2026-12-25: today"),
            ("2027-01-01", "年賀 post 2026-12-25: week 2027-01-04"),
            ("2027-01-04", "年賀 post 2026-12-25: today"),
            // In 2026 the 3rd and the 4th are a weekend.
            ("2026-01-03", "年賀 post 2025-12-25: unplaced"),
        ],
    );
}

#[test]
fn a_card_costs_what_a_letter_costs_and_is_on_the_list_by_its_id() {
    let notes = x(AT_TOKYO) + "== goen.toml\n[energy]\nletter = 1.5\n";
    has("season", &notes, "2026-12-16", &json!({"cost": 1.5, "channel": "post"}));
    let items = vault(&notes).items_on("2026-12-16");
    let id = items.iter().find(|item| item["kind"] == "season").unwrap()["id"].as_str().unwrap();
    for (line, state, sent) in
        [("(post) 投函した", "sent", json!("2026-12-16")), ("(skip)", "to-send", json!(null))]
    {
        let rows = vault(&logged(AT_TOKYO, &format!("- 2026-12-16 {line} ^{id}")))
            .json_on("2026-12-20", &["season", "年賀"]);
        let got = rows.as_array().unwrap().iter().map(|row| (&row["state"], &row["sent"]));
        let got: Vec<_> = got.collect();
        if state == "sent" {
            assert_eq!(got, [(&json!(state), &sent)], "{line}");
        } else {
            assert!(got.iter().all(|(state, sent)| **state != "sent" && sent.is_null()), "{line} {rows}");
        }
    }
}

#[test]
fn a_message_comes_after_new_years_day() {
    for year in [2024, 2026, 2027, 2028] {
        let mail = |place: &str| format!("年賀 {year}-01-07: {place}");
        let day = |day: &str| format!("{year}-{day}");
        greetings(
            &x(""),
            &[
                (&format!("{}-12-15", year - 1), &mail(&format!("later {year}-01-01"))),
                (&day("01-01"), &mail("today")),
                (&day("01-07"), &mail("today")),
                (&day("01-08"), ""),
            ],
        );
    }
    // Formal ones from the first business day, never before the 4th.
    for (year, first) in
        [(2024, "01-04"), (2025, "01-06"), (2026, "01-05"), (2027, "01-04"), (2028, "01-04"), (2029, "01-04")]
    {
        let mail = |place: &str| format!("年賀 {year}-01-07: {place}");
        greetings(
            &x("register: formal"),
            &[
                (&format!("{}-12-28", year - 1), &mail(&format!("later {year}-{first}"))),
                (&format!("{year}-01-01"), &mail(&format!("week {year}-{first}"))),
                (&format!("{year}-{first}"), &mail("today")),
            ],
        );
    }
    let closed = "== goen.toml\n[calendar]\nclosed = [\"2026-12-26..2027-01-05\"]\n";
    greetings(&(x("register: formal") + closed), &[("2027-01-01", "年賀 2027-01-07: week 2027-01-06")]);
    // With an address that came back, too; which is asked about.
    let returned = logged("email: a@example.jp\naddress: 宛先不明", "- 2024-12-20 (post) 年賀状");
    greetings(&returned, &[("2026-12-15", "年賀 email 2027-01-07: later 2027-01-01")]);
    let want = "年賀、上司、1/7 まで、前に出した郵便が宛先不明で戻っています。新しい住所を尋ねてみては";
    has("season", &returned, "2027-01-05", &json!({ "reason": want }));
    // Where it is set for somebody close.
    let close = "== x\ntier: close\ncadence: 30y\nlast_contact: 2015-01-05\nseasons: [年賀]\n";
    greetings(close, &[("2027-01-01", "年賀 2027-01-07: today")]);
}

#[test]
fn a_line_that_names_it_settles_it() {
    for (log, want) in [
        ("- 2026-12-16 (post) 年賀状を投函", ""),
        ("- 2026-12-02 (post) 年賀状", ""),
        ("- 2026-12-20 (skip) 年賀", ""),
        ("- 2026-01-05 (post) 年賀状", "年賀 post 2026-12-25: today"),
        ("- 2026-12-16 (email) 近況", "年賀 post 2026-12-25: today"),
        // By another name.
        ("- 2026-12-16 (email) 謹賀新年", ""),
        ("- 2026-12-16 (post) 賀状を出した", ""),
        ("- 2026-12-16 (email) 新年のご挨拶を送った", ""),
        ("- 2026-12-16 (post) 年賀状を送らせていただいた", ""),
        ("- 2026-12-16 (post) New Year's card", ""),
        ("- 2026-12-16 (post) 年賀状を投函。新しい住所は奥様から教えていただいた", ""),
        // What only holds such words.
        ("- 2026-12-16 (meet) 忘年会、次は新年会で", "年賀 post 2026-12-25: today"),
        ("- 2026-12-16 (meet) new year party planned", "年賀 post 2026-12-25: today"),
        ("- 2026-12-16 (email) 年末年始の挨拶", "年賀 post 2026-12-25: today"),
        ("- 2026-12-21 (post) 年賀状が届いた", "年賀 post 2026-12-25: today"),
    ] {
        greetings(&logged(AT_TOKYO, log), &[("2026-12-21", want)]);
    }
}

#[test]
fn a_card_that_came_is_answered_in_the_first_days_and_then_in_midwinter() {
    let came = "- 2027-01-02 (post) 年賀状が届いた";
    let midwinter = |place: &str| format!("寒中見舞い post 2027-02-01: {place}");
    greetings(
        &logged(AT_TOKYO, came),
        &[
            ("2027-01-02", "年賀 post 2027-01-04: today"),
            ("2027-01-04", "年賀 post 2027-01-04: today"),
            ("2027-01-05", &midwinter("week 2027-01-08")),
            ("2027-01-08", &midwinter("today")),
            ("2027-02-01", &midwinter("today")),
            // Too late to be posted, it goes under the next name.
            ("2027-02-02", "余寒見舞い post 2027-02-26: today"),
            ("2027-02-26", "余寒見舞い post 2027-02-26: today"),
            ("2027-02-27", ""),
        ],
    );
    // From the day it came, and from whomever.
    let later = came.replace("01-02", "01-20");
    greetings(&logged(AT_TOKYO, &later), &[("2027-01-20", &midwinter("today"))]);
    let close = logged(AT_TOKYO, came).replace("senior", "close");
    greetings(&close, &[("2027-01-03", "年賀 post 2027-01-04: today"), ("2027-01-08", &midwinter("today"))]);
    // 年賀状じまい ends 年賀 alone: the card is answered, later.
    for lines in [
        "nengajo: no",
        "年賀状: じまい",
        "年賀状: なし",
        "年賀状: 辞退",
        "年賀状: 終了",
        "年賀状: やめた",
        "年賀状: 出さない",
        "年賀状: 年賀状じまい済み",
        "年賀状: 2025年でじまい",
        "年賀状: ジマイ",
        "年賀状: 仕舞い",
        "年賀状: ナシ",
        "nengajo: no\nseasons: yes",
        "nengajo: no\nseasons: [年賀, 年末]",
        "seasons: [年末]",
    ] {
        let ended = logged(&format!("{AT_TOKYO}\n{lines}"), came);
        greetings(
            &ended,
            &[("2026-12-16", "年末の挨拶 2026-12-25: today"), ("2027-01-03", &midwinter("week 2027-01-08"))],
        );
    }
    greetings(&logged(&format!("{AT_TOKYO}\nseasons: no"), came), &[("2027-01-03", ""), ("2027-01-08", "")]);
    let none = logged(AT_TOKYO, came) + "== goen.toml\n[season]\nper_year = 0\n";
    greetings(&none, &[("2027-01-03", ""), ("2027-01-08", "")]);
    for (more, is_owed) in [
        // Sent before or after: nothing is owed.
        ("- 2026-12-20 (post) 年賀状", false),
        ("- 2027-01-04 (post) 年賀状の返事", false),
        // Decided against before it came; or knowing that it had come.
        ("- 2026-12-20 (skip) 年賀", true),
        ("- 2027-01-03 (skip) 年賀", false),
        ("- 2027-01-06 (post) 寒中見舞い", false),
        ("- 2027-01-07 (email) 近況", true),
    ] {
        let log = format!("{came}\n{more}");
        let want = if is_owed { midwinter("today") } else { String::new() };
        greetings(&logged(AT_TOKYO, &log), &[("2027-01-08", &want)]);
    }
    // Without an address by another channel than the one it came by, to the last day.
    greetings(
        &logged("email: a@example.jp", came),
        &[
            ("2027-01-03", "年賀 email 2027-01-07: today"),
            ("2027-01-08", "寒中見舞い email 2027-02-03: today"),
        ],
    );
}

#[test]
fn a_tick_tells_of_the_answer_whatever_its_words() {
    for mark in ["x", "-"] {
        let vault = vault(&logged(AT_TOKYO, "- 2027-01-02 (post) 年賀状が届いた"));
        assert_eq!(vault.on("2027-01-03", &["update"]).code, Some(0));
        let page = vault.read(PAGE);
        let line = page.lines().find(|line| line.starts_with("- [ ] ")).unwrap();
        let marked = format!("{}\n    - 届いた年賀状に返した", line.replacen("[ ]", &format!("[{mark}]"), 1));
        vault.note(PAGE, &page.replacen(line, &marked, 1));
        assert_eq!(vault.on("2027-01-03", &["update"]).code, Some(0));
        for day in ["2027-01-04", "2027-01-08", "2027-02-10"] {
            assert_eq!(
                crate::greeted::season(&vault, day),
                "",
                "{day} after {mark}: {}",
                vault.read("People/x.md")
            );
        }
    }
}

#[test]
fn midwinter_for_those_in_mourning_to_the_eve_of_risshun() {
    for (year, eve, risshun, end) in [
        (2021, "02-02", "02-03", "02-28"),
        (2024, "02-03", "02-04", "02-29"),
        (2025, "02-02", "02-03", "02-28"),
        (2026, "02-03", "02-04", "02-28"),
        (2028, "02-03", "02-04", "02-29"),
        (2029, "02-02", "02-03", "02-28"),
    ] {
        let day = |day: &str| format!("{year}-{day}");
        let winter = |place: &str| format!("寒中見舞い {year}-{eve}: {place}");
        let late = |place: &str| format!("余寒見舞い {year}-{end}: {place}");
        greetings(
            &x(&format!("mourning: {}-05-05", year - 1)),
            &[
                (&day("01-07"), &winter(&format!("week {year}-01-08"))),
                (&day("01-08"), &winter("today")),
                (&day(eve), &winter("today")),
                (&day(risshun), &late("today")),
                (&day(end), &late("today")),
                (&day("03-01"), ""),
            ],
        );
    }
    // A posted one is due two days before the end.
    let posted = x(&format!("mourning: 2026-05-05\n{AT_TOKYO}"));
    greetings(
        &posted,
        &[
            ("2027-01-08", "寒中見舞い post 2027-02-01: today"),
            ("2027-02-01", "寒中見舞い post 2027-02-01: today"),
            ("2027-02-02", "余寒見舞い post 2027-02-26: today"),
        ],
    );
    // To whoever would get 年賀, and to whom it goes anyway.
    let close = "== x\ntier: close\ncadence: 30y\nlast_contact: 2015-01-05\nmourning: 2026-05-05\n";
    let rule =
        "== goen.toml\n[[seasons]]\nname = \"年賀\"\nfrom = \"12-15\"\nto = \"01-07\"\ntiers = [\"close\"]\n";
    greetings(close, &[("2027-01-08", "")]);
    for notes in
        [close.to_owned() + rule, format!("{close}seasons: [年賀]\n"), x("mourning: 2026-05-05\nnengajo: no")]
    {
        greetings(&notes, &[("2027-01-08", "寒中見舞い 2027-02-03: today")]);
    }
    // Of several deaths the latest counts.
    greetings(&x("mourning: [2025-05-05, 2026-05-05]"), &[("2027-01-08", "寒中見舞い 2027-02-03: today")]);
    // One of both is enough, and a skip of the first is one of the second.
    for log in
        ["- 2027-01-12 (post) 寒中見舞い", "- 2027-02-05 (post) 余寒見舞い", "- 2027-01-05 (post) 寒中お伺い"]
    {
        greetings(&logged("mourning: 2026-05-05", log), &[("2027-02-06", "")]);
    }
    let came = logged("mourning: 2026-05-05", "- 2027-01-12 (email) 寒中見舞いをいただいた");
    greetings(&came, &[("2027-01-20", "寒中見舞い email 2027-02-03: today")]);
}

#[test]
fn midwinter_is_nobodys_before_its_time() {
    // What is noted of it weeks before is not yet the greeting.
    let ahead = logged("mourning: 2026-05-05", "- 2026-12-28 (email) 寒中見舞い");
    greetings(&ahead, &[("2027-01-08", "寒中見舞い email 2027-02-03: today")]);
    // Who would get none in mourning either is not on the list without it.
    let rows = |notes: &str, season: &str, day: &str| vault(notes).json_on(day, &["season", season]);
    assert_eq!(rows(&x("seasons: no"), "寒中", "2027-01-12"), json!([]));
    assert_eq!(rows(&x("seasons: no"), "年末", "2027-01-05"), json!([]));
    assert_eq!(rows(&x("seasons: no"), "年末", "2026-12-20"), json!([]));
}

#[test]
fn midwinter_begins_later_in_the_west() {
    let mourning = |lines: &str| x(&format!("mourning: 2026-05-05\n{lines}"));
    for (lines, is_west) in [
        ("location: 大阪", true),
        ("location: 大阪府豊中市", true),
        ("location: 京都市", true),
        ("location: 神戸", true),
        ("location: 兵庫県西宮市", true),
        ("location: 滋賀県大津市", true),
        ("location: 奈良", true),
        ("location: 和歌山県", true),
        ("location: Osaka, Japan", true),
        ("location: Kyoto-shi", true),
        ("address: 大阪府大阪市北区1-1", true),
        ("location: Ōsaka", true),
        ("location: 西宮市", true),
        ("location: 東京", false),
        // These hold the letters of 京都, of 京都府, of 神戸 and of nara.
        ("location: 東京都", false),
        ("location: 東京都府中市", false),
        ("address: 東京都千代田区1-1", false),
        ("location: 岐阜県安八郡神戸町", false),
        ("location: Narashino", false),
        ("location: 名古屋", false),
        ("", false),
        // Where they live, before where post goes.
        ("location: 東京\naddress: 大阪府1-1", false),
    ] {
        let by = if lines.contains("address") { "post 2027-02-01" } else { "2027-02-03" };
        let first = if is_west { "later 2027-01-16" } else { "today" };
        greetings(&mourning(lines), &[("2027-01-08", &format!("寒中見舞い {by}: {first}"))]);
    }
    // Of whom it is not known: as where you live.
    let me = |place: &str| format!("== me.md\ntype: me\nlocation: {place}\n");
    greetings(
        &(mourning("") + &me("大阪")),
        &[
            ("2027-01-15", "寒中見舞い 2027-02-03: week 2027-01-16"),
            ("2027-01-16", "寒中見舞い 2027-02-03: today"),
        ],
    );
    greetings(&(mourning("") + &me("東京都")), &[("2027-01-08", "寒中見舞い 2027-02-03: today")]);
    greetings(
        &(mourning("address: 宛先不明") + &me("大阪")),
        &[("2027-01-15", "寒中見舞い 2027-02-03: week 2027-01-16")],
    );
    greetings(&(mourning("location: 札幌") + &me("大阪")), &[("2027-01-08", "寒中見舞い 2027-02-03: today")]);
}

#[test]
fn which_new_year_a_death_silences() {
    // D…D + 12 months, both included; a bare year silences the one after it.
    for (mourning, silent) in [
        ("2026-01-01", &[2026, 2027][..]),
        ("2025-12-31", &[2026]),
        // Of 2026 it is the 49 days that silence what was not sent yet.
        ("2026-01-02", &[2026, 2027]),
        ("2026-05-05", &[2027]),
        ("2024-02-29", &[2025]),
        ("2025", &[2026]),
        ("2026", &[2027]),
        ("2026-05", &[2027]),
    ] {
        for year in [2025, 2026, 2027, 2028] {
            let mail = format!("年賀 {year}-01-07: today");
            let want = if silent.contains(&year) { "" } else { mail.as_str() };
            let vault = vault(&x(&format!("mourning: {mourning}")));
            let found = crate::greeted::season(&vault, &format!("{year}-01-06"));
            let found = if found.starts_with("年賀") { found.as_str() } else { "" };
            assert_eq!(found, want, "{mourning}, {year}");
        }
    }
    // 49 days: D + 49 is 2027-01-20; a year alone has none.
    greetings(
        &x("mourning: 2026-12-02"),
        &[
            ("2026-12-15", ""),
            ("2027-01-08", "寒中見舞い 2027-02-03: later 2027-01-21"),
            ("2027-01-21", "寒中見舞い 2027-02-03: today"),
        ],
    );
    // Afterwards 年末 is fine, in place of 年賀.
    greetings(&x("mourning: 2026-05-05"), &[("2026-12-10", "年末の挨拶 2026-12-25: today")]);
    greetings(
        &x("mourning: 2026"),
        &[("2026-12-10", "年末の挨拶 2026-12-25: today"), ("2027-01-08", "寒中見舞い 2027-02-03: today")],
    );
}

#[test]
fn when_you_are_in_mourning() {
    let yours = |person: &str| person.to_owned() + "== me.md\ntype: me\nmourning: 2026-05-05\n";
    let told = |place: &str| format!("喪中はがき post 2026-12-07: {place}");
    greetings(
        &yours(&x(AT_TOKYO)),
        &[
            ("2026-11-14", &told("week 2026-11-15")),
            ("2026-11-15", &told("today")),
            ("2026-12-07", &told("today")),
            ("2026-12-08", "年末の挨拶 2026-12-25: week 2026-12-10"),
            ("2027-01-04", "寒中見舞い post 2027-02-01: week 2027-01-08"),
            ("2027-01-08", "寒中見舞い post 2027-02-01: today"),
            ("2027-02-04", "余寒見舞い post 2027-02-26: today"),
            // The year is over.
            ("2027-11-20", "年賀 post 2027-12-25: later 2027-12-15"),
        ],
    );
    // To those who would get 年賀, whoever that is.
    let close = "== x\ntier: close\ncadence: 30y\nlast_contact: 2015-01-05\n";
    let cards = "== goen.toml\n[[seasons]]\nname = \"年賀状\"\nfrom = \"12-15\"\nto = \"01-07\"\ntiers = [\"close\"]\n";
    for (notes, is_told) in [
        (x(""), true),
        (x("nengajo: no"), false),
        (x("seasons: no"), false),
        (x("seasons: [暑中]"), false),
        (x("seasons: [年賀]"), true),
        (x("lang: en"), false),
        (x("mourning: 2026-08-01"), false),
        (x("mourning: 2025-08-01"), true),
        (close.to_owned(), false),
        (format!("{close}seasons: [年賀]\n"), true),
        (close.to_owned() + cards, true),
        (x("") + cards, false),
        (logged("", "- 2026-11-16 (post) 喪中はがき"), false),
        (logged("", "- 2026-11-16 (post) 年賀欠礼、喪中"), false),
        (logged("", "- 2026-11-16 (post) 喪中はがきが届いた"), true),
        (logged("", "- 2026-11-16 (post) 年賀欠礼状を出した"), false),
        (logged("", "- 2026-11-16 (email) 喪中のお知らせをメールで送った"), false),
        (logged("", "- 2026-11-16 (post) 喪中ﾊｶﾞｷを出した"), false),
        (logged("", "- 2026-11-16 (post) 喪中のご挨拶"), false),
        // To the bereaved.
        (logged("", "- 2026-11-16 (post) 喪中見舞いのはがきを出した"), true),
    ] {
        let found = crate::greeted::season(&vault(&yours(&notes)), "2026-11-20");
        assert_eq!(found.starts_with("喪中はがき 2026-12-07: today"), is_told, "{found} of {notes}");
    }
    // A card that explains itself is no 年賀 that was sent.
    let explained = yours(&logged(
        AT_TOKYO,
        "- 2027-01-02 (post) 年賀状が届いた\n- 2026-12-03 (post) 喪中はがき（年賀欠礼）",
    ));
    greetings(&explained, &[("2027-01-08", "寒中見舞い post 2027-02-01: today")]);
    let want = "寒中見舞い、上司、届いた年賀状へのお返し、2/1 までに投函を、こちらが喪中のため";
    has("season", &explained, "2027-01-08", &json!({ "reason": want }));
}

#[test]
fn what_earlier_winters_say() {
    let sent = |years: &[i32]| {
        let lines: String =
            years.iter().map(|year| format!("- {}-12-20 (post) 年賀状\n", year - 1)).collect();
        lines
    };
    let in_time = "年賀、上司、12/25 までの投函で元日に届きます";
    let silent = |winters: u8| {
        format!("{in_time}、{winters}年続けて届いていません。今年も出すかどうかは、お気持ちしだいで")
    };
    for (log, want) in [
        (sent(&[2026]), in_time.to_owned()),
        (sent(&[2026, 2025]), silent(2)),
        (sent(&[2026, 2025, 2024]), silent(3)),
        // A winter without ends the row.
        (sent(&[2026, 2024]), in_time.to_owned()),
        (sent(&[2025, 2024]), in_time.to_owned()),
        // So does one in which one came, or was skipped.
        ("- 2026-01-03 (post) 年賀状が届いた\n".to_owned() + &sent(&[2026, 2025, 2024]), in_time.to_owned()),
        (sent(&[2026, 2025]) + "- 2025-01-03 年賀状 #received\n", in_time.to_owned()),
        // Whatever it was called that came.
        (
            "- 2026-01-20 (post) 寒中見舞いをいただいた\n".to_owned() + &sent(&[2026, 2025]),
            in_time.to_owned(),
        ),
        ("- 2025-12-02 (post) 喪中はがきが届いた\n".to_owned() + &sent(&[2026, 2025]), in_time.to_owned()),
        ("- 2026-01-04 (email) 新年の挨拶が来た\n".to_owned() + &sent(&[2026, 2025]), in_time.to_owned()),
        ("- 2025-12-20 (skip) 年賀\n".to_owned() + &sent(&[2025, 2024]), in_time.to_owned()),
    ] {
        has("season", &logged(AT_TOKYO, &log), "2026-12-16", &json!({ "reason": want, "section": "today" }));
    }
    // In answer to one there is no row.
    let answer = "- 2027-01-02 (post) 年賀状が届いた\n".to_owned() + &sent(&[2026, 2025]);
    has(
        "season",
        &logged(AT_TOKYO, &answer),
        "2027-01-03",
        &json!({"reason": "年賀、上司、届いた年賀状へのお返し、1/4 までに投函を"}),
    );
}

#[test]
fn a_new_years_season_of_the_users_own() {
    let own = |from: &str, to: &str| {
        format!("== goen.toml\n[[seasons]]\nname = \"年賀状\"\nfrom = \"{from}\"\nto = \"{to}\"\n")
    };
    // Of the year that begins after it, though it ends before.
    let early = x(AT_TOKYO) + &own("12-10", "12-25");
    greetings(
        &early,
        &[
            ("2026-12-10", "年賀状 post 2026-12-25: today"),
            ("2026-12-25", "年賀状 post 2026-12-25: today"),
            ("2026-12-26", ""),
        ],
    );
    greetings(
        &(x(&format!("{AT_TOKYO}\nmourning: 2026-05-05")) + &own("12-10", "12-25")),
        &[("2026-12-24", "年末の挨拶 2026-12-25: today")],
    );
    // A card that is posted after New Year's Day does not arrive on it.
    let late = x(AT_TOKYO) + &own("01-01", "01-07");
    greetings(
        &late,
        &[
            ("2026-12-31", "年賀状 post 2027-01-04: week 2027-01-01"),
            ("2027-01-04", "年賀状 post 2027-01-04: today"),
            ("2027-01-05", ""),
        ],
    );
    has(
        "season",
        &late,
        "2027-01-03",
        &json!({"reason": "年賀状、上司、元日には間に合いませんが、松の内に届けば大丈夫です"}),
    );
}

#[test]
fn the_sentences_of_winter() {
    let en = "== goen.toml\n[page]\nlang = \"en\"\n";
    let me = "== me.md\ntype: me\nmourning: 2026-05-05\n";
    let came = "- 2027-01-02 (post) 年賀状が届いた";
    let twice = "- 2025-12-20 (post) 年賀状\n- 2024-12-20 (post) 年賀状";
    let tokyo = |lines: &str| x(&format!("lang: ja\n{AT_TOKYO}\n{lines}"));
    let log = |log: &str| logged(&format!("lang: ja\n{AT_TOKYO}"), log);
    for (notes, day, ja, english) in [
        (
            tokyo(""),
            "2026-12-16",
            "[[x]] に年賀状を — 上司、12/25 までの投函で元日に届きます",
            "A New Year’s card to [[x]] — 年賀, senior, posted by 25 Dec it arrives on New Year’s Day",
        ),
        (
            tokyo(""),
            "2026-12-27",
            "[[x]] に年賀状を — 上司、元日には間に合いませんが、松の内に届けば大丈夫です",
            "A New Year’s card to [[x]] — 年賀, senior, late for New Year’s Day, fine in the first week",
        ),
        (
            x("lang: ja"),
            "2027-01-05",
            "[[x]] に新年の挨拶を — 年賀、上司、1/7 まで",
            "New Year’s greetings to [[x]] — 年賀, senior, until 7 Jan",
        ),
        (
            log(came),
            "2027-01-03",
            "[[x]] に年賀状を — 上司、届いた年賀状へのお返し、1/4 までに投函を",
            "A New Year’s card to [[x]] — 年賀, senior, in answer to the card that came, to be posted by 4 Jan",
        ),
        (
            log(came),
            "2027-01-08",
            "[[x]] にはがきで寒中見舞いを — 上司、届いた年賀状へのお返し、2/1 までに投函を",
            "A midwinter greeting to [[x]] by post — 寒中見舞い, senior, in answer to the card that came, to be posted by 1 Feb",
        ),
        (
            log(twice),
            "2026-12-16",
            "[[x]] に年賀状を — 上司、12/25 までの投函で元日に届きます、2年続けて届いていません。今年も出すかどうかは、お気持ちしだいで",
            "A New Year’s card to [[x]] — 年賀, senior, posted by 25 Dec it arrives on New Year’s Day, you sent greetings the last 2 years and had none in return; whether to send one this year is yours to decide",
        ),
        (
            tokyo("mourning: 2026-05-05"),
            "2027-02-05",
            "[[x]] にはがきで余寒見舞いを — 上司、2/26 までに投函を、喪中なので、お祝いの言葉は控えて",
            "A late-winter greeting to [[x]] by post — 余寒見舞い, senior, to be posted by 26 Feb, they are in mourning: no congratulations",
        ),
        (
            tokyo("") + me,
            "2026-11-20",
            "[[x]] に喪中はがきを — 上司、12/7 までに投函を、こちらが喪中のため",
            "Tell [[x]] by post that you are in mourning and send no New Year’s cards — 喪中はがき, senior, to be posted by 7 Dec, you are in mourning",
        ),
        (
            x("lang: ja\nemail: a@example.jp") + me,
            "2026-11-20",
            "[[x]] にメールで喪中のお知らせを — 上司、12/7 まで、こちらが喪中のため",
            "Tell [[x]] by e-mail that you are in mourning and send no New Year’s cards — 喪中はがき, senior, until 7 Dec, you are in mourning",
        ),
        (
            logged("lang: ja\nemail: a@example.jp", "- 2027-01-02 (email) 新年の挨拶が届いた"),
            "2027-01-04",
            "[[x]] にメールで新年の挨拶を — 年賀、上司、いただいた年賀の挨拶へのお返事、1/7 まで",
            "New Year’s greetings to [[x]] by e-mail — 年賀, senior, in answer to their greeting, until 7 Jan",
        ),
    ] {
        for (notes, want) in [(notes.clone(), ja), (notes + en, english)] {
            let vault = vault(&notes);
            assert_eq!(vault.on(day, &["update"]).code, Some(0));
            let page = vault.read(PAGE);
            assert!(page.contains(&format!("- [ ] {want} ⏳ ")), "{want}\n{page}");
        }
    }
}
