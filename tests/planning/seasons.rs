//! Greetings of the season: when each is sent and to whom, how many a year, and what mourning, the
//! log and `goen.toml` change. The winter's own rules stand in `seasons_winter`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use crate::common::{PAGE, text};
use crate::greeted::{CALM, greetings, logged, season, x};
use crate::tables::{agenda, has, vault};
use serde_json::json;

#[test]
fn summer_until_the_eve_of_risshu_and_late_summer_from_it() {
    // The eve of 立秋 and the day itself.
    for (year, eve, risshu) in [
        (2021, "08-06", "08-07"),
        (2024, "08-06", "08-07"),
        (2025, "08-06", "08-07"),
        (2026, "08-06", "08-07"),
        (2027, "08-07", "08-08"),
        (2028, "08-06", "08-07"),
    ] {
        let day = |day: &str| format!("{year}-{day}");
        let summer = |place: &str| format!("暑中見舞い {year}-{eve}: {place}");
        let late = |place: &str| format!("残暑見舞い {year}-08-31: {place}");
        greetings(
            &x(""),
            &[
                (&day("07-06"), &summer(&format!("week {year}-07-07"))),
                (&day("07-07"), &summer("today")),
                (&day(eve), &summer("today")),
                (&day(risshu), &late("today")),
                (&day("08-31"), &late("today")),
                (&day("09-01"), ""),
            ],
        );
    }
}

#[test]
fn late_summer_only_for_those_not_greeted_in_summer() {
    for (log, want) in [
        ("- 2026-07-21 (email) 近況", "残暑見舞い email 2026-08-31: today"),
        ("- 2026-07-21 (email) 暑中お伺い", ""),
        ("- 2026-08-06 (email) 暑中見舞い", ""),
        ("- 2026-06-30 (post) 暑中見舞い", ""),
        ("- 2025-07-21 (email) 暑中見舞い", "残暑見舞い email 2026-08-31: today"),
        ("- 2026-08-08 (email) 残暑お見舞い", ""),
        // 暑中 alone is a time of the year, not a greeting.
        ("- 2026-07-21 (email) 暑中に会う約束", "残暑見舞い email 2026-08-31: today"),
        // By whatever width and spelling.
        ("- 2026-07-21 (email) 暑中のご挨拶", ""),
        // A line that thanks for something else.
        ("- 2026-07-21 (email) 暑中見舞いを送った。お中元をいただいたお礼も", ""),
        ("- 2026-07-21 (email) 暑中見舞い。お中元をいただいたお礼も", ""),
        // One that came is none that was sent.
        ("- 2026-07-21 (email) 暑中見舞いをいただいた", "残暑見舞い email 2026-08-31: today"),
    ] {
        greetings(&logged("", log), &[("2026-08-20", want)]);
    }
}

#[test]
fn formal_ties_on_business_days_but_during_obon_too() {
    let formal = x("register: formal");
    greetings(
        &formal,
        &[
            // A Saturday, then 海の日.
            ("2026-07-11", "暑中見舞い 2026-08-06: week 2026-07-13"),
            ("2026-07-18", "暑中見舞い 2026-08-06: week 2026-07-21"),
            // 立秋 2026 is a Friday; then a weekend, and 山の日 on the 11th.
            ("2026-08-07", "残暑見舞い 2026-08-31: today"),
            ("2026-08-08", "残暑見舞い 2026-08-31: week 2026-08-10"),
            ("2026-08-11", "残暑見舞い 2026-08-31: week 2026-08-12"),
            // お盆
            ("2026-08-13", "残暑見舞い 2026-08-31: today"),
            ("2026-08-14", "残暑見舞い 2026-08-31: today"),
            // On the last day there is no other: in 2025 it is a Sunday.
            ("2025-08-31", "残暑見舞い 2025-08-31: unplaced"),
        ],
    );
    // Closed days are no business days, whatever is written.
    let closed = formal + "== goen.toml\n[calendar]\nclosed = [\"2026-08-13..2026-08-16\"]\n";
    greetings(&closed, &[("2026-08-13", "残暑見舞い 2026-08-31: week 2026-08-17")]);
    // What is no greeting waits for the end of お盆.
    let other = "== x\ntier: senior\nlast_contact: 2026-03-01\nseasons: no\n";
    assert_eq!(agenda(&vault(other), "2026-08-13"), ["x cadence: week 2026-08-17"]);
}

#[test]
fn who_is_greeted() {
    let on = |lines: &str, want: &str| {
        let notes = format!("== x\n{lines}\ncadence: 30y\nlast_contact: 2015-01-05\n");
        greetings(&notes, &[("2026-07-21", want)]);
    };
    let want = "暑中見舞い 2026-08-06: today";
    for (lines, want) in [
        ("tier: senior", want),
        ("tier: client", want),
        ("tier: 恩師", want),
        ("tier: 先輩", want),
        ("tier: close", ""),
        ("tier: colleague", ""),
        ("tier: project", ""),
        ("", ""),
        // The language of the person.
        ("tier: senior\nlang: ja", want),
        ("tier: senior\nlang: en", ""),
        // What the note says of all of them.
        ("tier: senior\nseasons: no", ""),
        ("tier: senior\nseasons: yes", want),
        ("tier: senior\nseasons: [年賀]", ""),
        ("tier: senior\nseasons: [暑中見舞い, 年賀]", want),
        ("tier: close\nseasons: [暑中]", want),
        ("tier: close\nseasons: 暑中見舞い", want),
        ("lang: en\ntier: close\nseasons: [暑中]", want),
        // The end of 年賀 is not that of 暑中.
        ("tier: senior\nnengajo: no", want),
        ("tier: senior\n年賀状: なし", want),
        ("tier: senior\n年賀状: じまい", want),
        ("tier: senior\nnengajo: no\nseasons: yes", want),
        ("tier: senior\nnengajo: no\nseasons:", want),
        ("tier: senior\nnengajo: no\nseasons: [年賀, 暑中]", want),
        // Closed ties are left alone.
        ("tier: senior\nstatus: closed", ""),
        ("tier: senior\nstatus: paused", ""),
        ("tier: senior\nstatus: do-not-contact", ""),
        ("tier: senior\nstatus: deceased", ""),
        ("tier: senior\nsnooze: 2026-12-01", ""),
    ] {
        on(lines, want);
    }
    // Whoever's note does not say speaks your language.
    greetings(&(x("") + "== me.md\ntype: me\nlang: en\n"), &[("2026-07-21", "")]);
    greetings(&(x("lang: ja") + "== me.md\ntype: me\nlang: en\n"), &[("2026-07-21", want)]);
    // A page in another language says nothing of that.
    let english = "== goen.toml\n[page]\nlang = \"en\"\n";
    greetings(&(x("") + "== me.md\ntype: me\nlang: ja\n" + english), &[("2026-07-21", want)]);
    greetings(&(x("") + english), &[("2026-07-21", "")]);
}

#[test]
fn the_end_of_the_year_for_those_who_get_no_new_years_greeting() {
    let want = |year: i32, place: &str| format!("年末の挨拶 {year}-12-25: {place}");
    for year in [2026, 2027, 2028] {
        let day = |day: &str| format!("{year}-{day}");
        greetings(
            &x("nengajo: no"),
            &[
                (&day("12-09"), &want(year, &format!("week {year}-12-10"))),
                (&day("12-10"), &want(year, "today")),
                (&day("12-25"), &want(year, "today")),
                (&day("12-26"), ""),
            ],
        );
    }
    // 年賀 wins.
    greetings(&x(""), &[("2026-12-10", "年賀 2027-01-07: later 2027-01-01")]);
    greetings(&x("seasons: [年賀, 年末]"), &[("2026-12-10", "年賀 2027-01-07: later 2027-01-01")]);
    greetings(&x("seasons: [年末]"), &[("2026-12-10", &want(2026, "today"))]);
    // Where it is set: colleagues and close ones, through their usual channel.
    let set = "== x\ntier: close\ncadence: 30y\n--\n## Log\n\n- 2020-01-05 (line) 近況\n\
               == goen.toml\n[[seasons]]\nname = \"年末の挨拶\"\nfrom = \"12-10\"\nto = \"12-25\"\ntiers = [\"close\"]\n";
    greetings(set, &[("2026-12-10", "年末の挨拶 line 2026-12-25: today"), ("2026-12-26", "")]);
    // A line that names it settles it, from two weeks before.
    for (log, is_settled) in [
        ("- 2026-12-12 (email) 年末のご挨拶", true),
        ("- 2026-11-27 (email) 年末の挨拶", true),
        ("- 2025-12-12 (email) 年末の挨拶", false),
        ("- 2026-12-12 (email) 年末に会う約束", false),
        ("- 2026-12-12 (skip) 年末の挨拶", true),
    ] {
        let want = if is_settled { "" } else { "年末の挨拶 email 2026-12-25: today" };
        greetings(&logged("nengajo: no", log), &[("2026-12-14", want)]);
    }
}

#[test]
fn no_more_a_year_than_are_wanted() {
    let limited = |per_year: u32, lines: &str, log: &str| {
        logged(lines, log) + &format!("== goen.toml\n[season]\nper_year = {per_year}\n")
    };
    let summer = "暑中見舞い email 2026-08-06: today";
    let year_end = "年末の挨拶 email 2026-12-25: today";
    let new_year = "- 2026-01-05 (email) 年賀";
    let by_post = "- 2025-12-20 (email) 年賀状を投函";
    let in_summer = "- 2026-07-10 (email) 暑中見舞い";
    for (per_year, lines, log, day, want) in [
        (0, "", "", "2026-07-21", ""),
        (0, "nengajo: no", "", "2026-12-14", ""),
        // 年賀 comes first in the year, even sent before it: then there is none in summer.
        (1, "", "- 2026-01-05 (email) 近況", "2026-07-21", summer),
        (1, "", new_year, "2026-07-21", ""),
        (1, "", by_post, "2026-07-21", ""),
        (2, "", new_year, "2026-07-21", summer),
        (2, "", by_post, "2026-07-21", summer),
        // Summer before the end of the year.
        (1, "nengajo: no", in_summer, "2026-12-14", ""),
        (2, "nengajo: no", in_summer, "2026-12-14", year_end),
        // The next new year's is of the next year.
        (1, "", in_summer, "2027-01-05", "年賀 email 2027-01-07: today"),
        // Two lines tell of one greeting; what came and what was skipped is none.
        (2, "", "- 2026-01-05 (email) 年賀の返事\n- 2025-12-20 (email) 年賀状を投函", "2026-07-21", summer),
        (1, "", "- 2026-01-05 (email) 年賀状が届いた", "2026-07-21", summer),
        (1, "", "- 2026-01-05 (email) 近況\n- 2026-01-04 (skip) 年賀", "2026-07-21", summer),
        // What names a greeting outside its days is none that was sent.
        (1, "", "- 2026-02-20 (lunch) 年賀状の話になった", "2026-07-21", "暑中見舞い 2026-08-06: today"),
        (1, "", "- 2026-04-10 (meet) 去年の残暑見舞いの話", "2026-07-21", "暑中見舞い 2026-08-06: today"),
        (2, "", "- 2026-03-10 (email) 寒中見舞いの話\n- 2026-01-05 (email) 年賀", "2026-07-21", summer),
        // One in answer, that names what it answers.
        (2, "", "- 2026-01-10 (email) 届いた年賀状へのお返しに寒中見舞いを出した", "2026-07-21", summer),
        // Nor is one answered where none is sent.
        (0, "", "- 2027-01-05 (email) 年賀状が届いた", "2027-01-20", ""),
        (1, "", "- 2027-01-05 (email) 年賀状が届いた", "2027-01-20", "寒中見舞い email 2027-02-03: today"),
        // 喪中はがき is no greeting.
        (1, "", "- 2025-12-01 (email) 喪中はがき", "2026-07-21", summer),
    ] {
        greetings(&limited(per_year, lines, log), &[(day, want)]);
    }
    // Nobody who gets no greeting is told that there is none.
    let me = "== me.md\ntype: me\nmourning: 2026-05-05\n";
    greetings(&(limited(0, "", "") + me), &[("2026-11-20", ""), ("2027-01-20", "")]);
    greetings(&(limited(1, "", "") + me), &[("2026-11-20", "喪中はがき 2026-12-07: today")]);
}

#[test]
fn after_a_death_nothing_is_said_of_joy_and_for_49_days_nothing_at_all() {
    // D + 49 is 2026-07-25.
    let death = x("mourning: 2026-06-06");
    greetings(
        &death,
        &[
            ("2026-07-07", "暑中見舞い 2026-08-06: later 2026-07-26"),
            ("2026-07-25", "暑中見舞い 2026-08-06: week 2026-07-26"),
            ("2026-07-26", "暑中見舞い 2026-08-06: today"),
        ],
    );
    // Over before the days are: 残暑 is what is left, or nothing.
    greetings(&x("mourning: 2026-06-25"), &[("2026-08-01", "残暑見舞い 2026-08-31: later 2026-08-14")]);
    greetings(&x("mourning: 2026-08-01"), &[("2026-08-20", "")]);
    // Promises and replies are kept in those days.
    let owed = death.clone()
        + "--\n- [ ] 本を返す 📅 2026-07-10 #promise\n\n## Log\n\n- 2026-07-07 (email) 相談 #reply\n";
    let kinds = agenda(&vault(&owed), "2026-07-08");
    assert!(kinds.iter().any(|line| line.contains("reply")), "{kinds:?}");
    // A year alone has no 49 days.
    greetings(&x("mourning: 2026"), &[("2026-07-08", "暑中見舞い 2026-08-06: today")]);
    let reason = "暑中見舞い、上司、8/6 まで、喪中なので、お祝いの言葉は控えて";
    for (lines, day) in [("mourning: 2026-06-06", "2026-07-26"), ("mourning: 2026", "2026-07-26")] {
        has("season", &x(lines), day, &json!({ "reason": reason }));
    }
    has("season", &x("mourning: 2025-06-06"), "2026-07-26", &json!({"reason": "暑中見舞い、上司、8/6 まで"}));
    has("season", &x("mourning: 2025"), "2026-07-26", &json!({"reason": "暑中見舞い、上司、8/6 まで"}));
}

#[test]
fn seasons_of_the_users_own() {
    let own = |rule: &str| format!("== goen.toml\n[[seasons]]\n{rule}\n");
    let gift = own("name = \"お中元\"\nfrom = \"07-01\"\nto = \"07-15\"\ntiers = [\"close\"]");
    let close = "== x\ntier: close\ncadence: 30y\nlast_contact: 2015-01-05\n";
    greetings(
        &(close.to_owned() + &gift),
        &[
            ("2026-06-30", "お中元 2026-07-15: week 2026-07-01"),
            ("2026-07-01", "お中元 2026-07-15: today"),
            ("2026-07-15", "お中元 2026-07-15: today"),
            ("2026-07-16", ""),
        ],
    );
    // No tiers: everybody; the defaults stay.
    let all = own("name = \"お中元\"\nfrom = \"07-01\"\nto = \"07-15\"");
    greetings(&(x("") + &all), &[("2026-07-03", "お中元 2026-07-15: today")]);
    greetings(&(close.to_owned() + &all), &[("2026-07-03", "お中元 2026-07-15: today")]);
    greetings(&(x("") + &all), &[("2026-07-16", "暑中見舞い 2026-08-06: today")]);
    greetings(
        &(logged("", "- 2026-07-02 (email) お中元を手配") + &all),
        &[("2026-07-03", "暑中見舞い email 2026-08-06: week 2026-07-07")],
    );
    // A language.
    let card = own("name = \"Christmas card\"\nfrom = \"12-01\"\nto = \"12-20\"\nlang = \"en\"");
    greetings(
        &(close.replace("tier", "lang: en\ntier") + &card),
        &[("2026-12-05", "Christmas card 2026-12-20: today")],
    );
    greetings(&(close.to_owned() + &card), &[("2026-12-05", "")]);
    // Of one day alone.
    let day = own("name = \"七夕\"\nfrom = \"07-07\"\nto = \"07-07\"");
    greetings(
        &(close.to_owned() + &day),
        &[("2026-07-06", "七夕 2026-07-07: week 2026-07-07"), ("2026-07-07", "七夕 2026-07-07: today")],
    );
    // However it is written.
    for log in [
        "- 2026-12-03 (post) christmas card",
        "- 2026-12-03 (post) CHRISTMAS CARD sent",
        "- 2026-12-03 (post) Ｃｈｒｉｓｔｍａｓ　Ｃａｒｄ",
    ] {
        greetings(&(logged("lang: en", log) + &card), &[("2026-12-05", "")]);
    }
    greetings(
        &(x("lang: en\nseasons: [christmas card]") + &card),
        &[("2026-12-05", "Christmas card 2026-12-20: today")],
    );
    // Across the year, by the sun, at the end of February, on one day.
    for (from, to, rows) in [
        (
            "12-28",
            "01-05",
            [
                ("2026-12-27", "2027-01-05: week 2026-12-28"),
                ("2027-01-05", "2027-01-05: today"),
                ("2027-01-06", ""),
            ],
        ),
        (
            "立春",
            "立春+3",
            [
                ("2025-02-02", "2025-02-06: week 2025-02-03"),
                ("2025-02-06", "2025-02-06: today"),
                ("2025-02-07", ""),
            ],
        ),
        (
            "立秋-3",
            "立秋-3",
            [
                ("2027-08-04", "2027-08-05: week 2027-08-05"),
                ("2027-08-05", "2027-08-05: today"),
                ("2027-08-06", ""),
            ],
        ),
        (
            "02-20",
            "02-29",
            [("2028-02-29", "2028-02-29: today"), ("2027-02-28", "2027-02-28: today"), ("2028-03-01", "")],
        ),
        (
            "12-01",
            "立春-1",
            [("2025-12-01", "2026-02-03: today"), ("2026-02-03", "2026-02-03: today"), ("2026-02-04", "")],
        ),
    ] {
        let rule = own(&format!("name = \"便り\"\nfrom = \"{from}\"\nto = \"{to}\"\ntiers = [\"close\"]"));
        let want = rows
            .map(|(day, want)| (day, if want.is_empty() { String::new() } else { format!("便り {want}") }));
        let want: Vec<_> = want.iter().map(|(day, want)| (*day, want.as_str())).collect();
        greetings(&(close.to_owned() + &rule), &want);
    }
    // No word of better days where they are over by then.
    let short = own("name = \"暑中見舞い\"\nfrom = \"07-10\"\nto = \"07-10\"");
    has("season", &(x("") + &short), "2026-07-10", &json!({"reason": "暑中見舞い、上司、7/10 まで"}));
    // Replaced: its name, its days, its tiers.
    let replaced = own("name = \"暑中\"\nfrom = \"07-20\"\nto = \"07-31\"\ntiers = [\"close\"]");
    greetings(
        &(close.to_owned() + &replaced),
        &[
            ("2026-07-19", "暑中 2026-07-31: week 2026-07-20"),
            ("2026-07-31", "暑中 2026-07-31: today"),
            ("2026-08-01", ""),
        ],
    );
    greetings(&(x("") + &replaced), &[("2026-07-21", "残暑見舞い 2026-08-31: later 2026-08-07")]);
    let named = |log: &str| format!("== x\ntier: close\ncadence: 30y\n--\n## Log\n\n- {log}\n{replaced}");
    greetings(&named("2026-07-21 (line) 暑中"), &[("2026-07-22", "")]);
    greetings(&named("2026-07-21 (line) 近況"), &[("2026-07-22", "暑中 line 2026-07-31: today")]);
}

#[test]
fn an_address_that_came_back_moves_greetings_to_another_channel() {
    let letters = |address: &str| {
        logged(&format!("email: a@example.jp\naddress: {address}"), "- 2025-07-21 (post) 近況")
    };
    greetings(&letters("東京都千代田区1-1"), &[("2026-07-21", "暑中見舞い post 2026-08-06: today")]);
    for address in ["宛先不明", "unknown", "東京都千代田区1-1（宛先不明）"] {
        let notes = letters(address);
        greetings(&notes, &[("2026-07-21", "暑中見舞い email 2026-08-06: today")]);
        let want =
            "暑中見舞い、上司、8/6 まで、前に出した郵便が宛先不明で戻っています。新しい住所を尋ねてみては";
        has("season", &notes, "2026-07-21", &json!({ "reason": want }));
    }
    greetings(
        &letters("宛先不明").replace("email: a@example.jp\n", ""),
        &[("2026-07-21", "暑中見舞い 2026-08-06: today")],
    );
}

#[test]
fn the_sentences_of_summer_and_of_the_end_of_the_year() {
    let en = |lines: &str| x(&format!("lang: ja\n{lines}")) + "== goen.toml\n[page]\nlang = \"en\"\n";
    let rows = [
        (
            "",
            "2026-07-08",
            "暑中見舞い、上司、8/6 まで、7/20 ごろからがより自然です",
            "暑中見舞い, senior, until 6 Aug, better from about 20 July",
        ),
        ("", "2026-07-20", "暑中見舞い、上司、8/6 まで", "暑中見舞い, senior, until 6 Aug"),
        ("", "2026-08-20", "残暑見舞い、上司、8/31 まで", "残暑見舞い, senior, until 31 Aug"),
        ("nengajo: no", "2026-12-14", "年末の挨拶、上司、12/25 まで", "年末の挨拶, senior, until 25 Dec"),
        (
            "mourning: 2026-06-06",
            "2026-12-14",
            "年末の挨拶、上司、12/25 まで、喪中なので、お祝いの言葉は控えて",
            "年末の挨拶, senior, until 25 Dec, they are in mourning: no congratulations",
        ),
        (
            "address: unknown",
            "2026-07-20",
            "暑中見舞い、上司、8/6 まで、前に出した郵便が宛先不明で戻っています。新しい住所を尋ねてみては",
            "暑中見舞い, senior, until 6 Aug, post to their address came back: ask for the new one",
        ),
    ];
    for (lines, day, ja, english) in rows {
        has("season", &x(lines), day, &json!({ "reason": ja }));
        has("season", &en(lines), day, &json!({ "reason": english }));
    }
    // Two messages without an answer, until the longer window opens.
    for (newest, more_ja, more_en) in [
        (
            "2026-06-20",
            "、お返事待ちが続いたので、いまは季節の挨拶だけ",
            ", no answer lately, so just the season's greeting",
        ),
        ("2026-01-05", "", ""),
    ] {
        let silent = |notes: String| {
            let log =
                format!("--\n## Log\n\n- {newest} (email) x #返信なし\n- 2026-01-01 (email) y #返信なし\n");
            notes.replace(CALM, "tier: senior\nregister: polite\n") + &log
        };
        let (ja, english) = ("暑中見舞い、上司、8/6 まで", "暑中見舞い, senior, until 6 Aug");
        has("season", &silent(x("")), "2026-07-21", &json!({ "reason": format!("{ja}{more_ja}") }));
        let settings = "== goen.toml\n[page]\nlang = \"en\"\n";
        let english = json!({ "reason": format!("{english}{more_en}") });
        has("season", &(silent(x("lang: ja")) + settings), "2026-07-21", &english);
    }
    for (lines, day, ja, english) in [
        ("", "2026-07-20", "[[x]] に暑中見舞いを", "A midsummer greeting to [[x]]"),
        ("", "2026-08-20", "[[x]] に残暑見舞いを", "A late-summer greeting to [[x]]"),
        ("nengajo: no", "2026-12-14", "[[x]] に年末の挨拶を", "A year-end greeting to [[x]]"),
    ] {
        for (notes, want) in [(x(lines), ja), (en(lines), english)] {
            let vault = vault(&notes);
            assert_eq!(vault.on(day, &["update"]).code, Some(0));
            let page = vault.read(PAGE);
            assert!(page.contains(&format!("- [ ] {want} — ")), "{want}: {page}");
        }
    }
}

#[test]
fn one_id_a_season_and_year() {
    let id = |notes: &str, day: &str| {
        let items = vault(notes).items_on(day);
        items.iter().find(|item| item["kind"] == "season").map(|item| text(&item["id"])).unwrap_or_default()
    };
    let first = id(&x(""), "2026-07-06");
    for day in ["2026-07-07", "2026-08-06"] {
        assert_eq!(id(&x(""), day), first, "{day}");
    }
    // Whatever the note says besides: the address, the tier, a contact.
    assert_eq!(id(&x("address: 東京都").replace("senior", "client"), "2026-07-07"), first);
    assert_eq!(id(&logged("", "- 2026-07-01 (email) 近況"), "2026-07-07"), first);
    assert_ne!(id(&x(""), "2027-07-07"), first);
    assert_ne!(id(&x(""), "2026-08-07"), first);
    // 年賀 by card before the new year and by mail after it are one.
    assert_eq!(id(&x("address: 東京都"), "2026-12-15"), id(&x(""), "2027-01-05"));
}

/// Marks the only item on the page of a day; what the note's log says then.
fn ticked(notes: &str, day: &str, mark: &str, below: &str) -> (common::Vault, String) {
    let vault = vault(notes);
    assert_eq!(vault.on(day, &["update"]).code, Some(0));
    let page = vault.read(PAGE);
    let line = page.lines().find(|line| line.starts_with("- [ ] ")).unwrap_or_else(|| panic!("{page}"));
    let id = line.rsplit_once(" ^").unwrap().1;
    let marked = format!("{}{below}", line.replacen("[ ]", &format!("[{mark}]"), 1));
    vault.note(PAGE, &page.replacen(line, &marked, 1));
    let out = vault.on(day, &["update"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    let note = vault.read("People/x.md");
    let entry = note.lines().find(|line| line.contains(id)).unwrap_or_else(|| panic!("{note}"));
    let entry = entry.replace(&format!(" ^{id}"), "");
    (vault, entry)
}

#[test]
fn a_tick_names_the_season_in_the_log() {
    let english = x("lang: en")
        + "== goen.toml\n[[seasons]]\nname = \"Christmas card\"\nfrom = \"12-01\"\nto = \"12-20\"\n";
    for (notes, day, mark, below, want) in [
        (x(""), "2026-07-21", "x", "", "- 2026-07-21 暑中見舞い"),
        (x(""), "2026-07-21", "x", "\n    - 元気そう", "- 2026-07-21 暑中見舞い：元気そう"),
        (
            x(""),
            "2026-07-21",
            "x",
            "\n    - (email) 暑中見舞いを送った",
            "- 2026-07-21 (email) 暑中見舞いを送った",
        ),
        (x(""), "2026-07-21", "-", "", "- 2026-07-21 (skip)"),
        (x("address: 東京都"), "2026-12-16", "x", "", "- 2026-12-16 (post) 年賀"),
        (x("mourning: 2026-05-05"), "2027-02-10", "x", "", "- 2027-02-10 余寒見舞い"),
        (
            english.clone(),
            "2026-12-05",
            "x",
            "\n    - christmas card at last",
            "- 2026-12-05 Christmas card：christmas card at last",
        ),
        (
            logged("address: 宛先不明\nemail: a@example.jp", "- 2020-07-21 (post) 近況"),
            "2026-07-21",
            "x",
            "",
            "- 2026-07-21 (email) 暑中見舞い",
        ),
    ] {
        let (vault, entry) = ticked(&notes, day, mark, below);
        assert_eq!(entry, want, "{notes}");
        // Settled by it, that day and the next.
        let next = format!("{}{:02}", &day[..8], day[8..].parse::<u32>().unwrap() + 1);
        assert_eq!([season(&vault, day), season(&vault, &next)].join(""), "", "{notes}");
    }
    // What is skipped in 暑中 was not written, but was decided.
    let (vault, _) = ticked(&x(""), "2026-07-21", "-", "");
    assert_eq!(season(&vault, "2026-08-20"), "");
    // Taken back, it stands again.
    let (vault, _) = ticked(&x(""), "2026-07-21", "x", "");
    let page = vault.read(PAGE).replacen("- [x] ", "- [ ] ", 1);
    vault.note(PAGE, &page);
    assert_eq!(vault.on("2026-07-21", &["update"]).code, Some(0));
    assert_eq!(season(&vault, "2026-07-21"), "暑中見舞い 2026-08-06: today");
}

#[test]
fn a_season_is_stronger_than_a_window_and_outlives_a_contact() {
    let notes = "== x\ntier: senior\nlast_contact: 2026-01-10\n";
    assert_eq!(agenda(&vault(notes), "2026-07-21"), ["x season, cadence: today"]);
    // A contact settles the window alone.
    let met = logged("", "- 2026-07-20 (email) 近況").replace(CALM, "tier: senior\nregister: polite\n");
    assert_eq!(agenda(&vault(&met), "2026-07-21"), ["x season: today"]);
}
