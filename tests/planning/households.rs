//! One card for a household: who gets it, whose names stand on it, and what is told of either of them
//! is told of both.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::greeted::{CALM, x};
use crate::tables::vault;

const AT_NAKANO: &str = "address: 〒164-0001 東京都中野区1-2-3\n";
const TORU: &str = "真壁 徹";
const YUKIKO: &str = "真壁 由紀子";

fn person(name: &str, lines: &str) -> String {
    x(lines).replacen("== x", &format!("== {name}"), 1)
}

fn logged(name: &str, lines: &str, log: &str) -> String {
    format!("== {name}\n{CALM}{lines}\n--\n## Log\n\n- 2015-01-05 (line) 近況\n{log}\n")
}

/// Two of a house: he names her.
fn two(his: &str, hers: &str) -> String {
    person(TORU, &format!("{AT_NAKANO}joint_names: 由紀子\n{his}"))
        + &person(YUKIKO, &format!("{AT_NAKANO}{hers}"))
}

/// The names of those who have a card to get on a day.
fn cards(notes: &str, day: &str) -> Vec<String> {
    let items = vault(notes).items_on(day);
    let greeted = items.iter().filter(|item| {
        item["kind"] == "season" && item["channel"] == "post" && item["section"] != "unplaced"
    });
    greeted.map(crate::tables::whose).collect()
}

/// The labels of a season on a day: the name and those beside it.
fn labels(notes: &str, season: &str, day: &str) -> Vec<String> {
    let out = vault(notes).on(day, &["season", season, "--csv"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    let line = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        format!("{} {}", cells[0], cells[2]).trim_end().to_owned()
    };
    out.stdout.lines().skip(1).map(line).collect()
}

#[test]
fn a_household_gets_one_card() {
    let check = |first: &str, second: &str, want: &[&str]| {
        let notes = person(TORU, first) + &person(YUKIKO, second);
        assert_eq!(cards(&notes, "2026-12-20"), want, "{notes}");
    };
    let with = |lines: &str| format!("{AT_NAKANO}{lines}");
    check(&with("joint_names: 由紀子"), AT_NAKANO, &[TORU]);
    check(&with("joint_names: 由紀子様"), AT_NAKANO, &[TORU]);
    check(&with("joint_names: 健太・由紀子"), AT_NAKANO, &[TORU]);
    check(AT_NAKANO, &with("連名: 徹"), &[YUKIKO]);
    // Each names the other: the first by path.
    check(&with("joint_names: 由紀子"), &with("joint_names: 徹"), &[TORU]);
    // No address of her own: she is reached by his.
    check(&with("joint_names: 由紀子"), "email: y@example.jp", &[TORU]);
    // Somebody of that name elsewhere is somebody else, and so is who is called so besides.
    check(&with("joint_names: 由紀子"), "address: 東京都府中市1-1", &[TORU, YUKIKO]);
    check(&with("joint_names: ゆっきー"), "aliases: ゆっきー\naddress: 東京都\n", &[TORU, YUKIKO]);
    // The message that would come after the new year is spared, too.
    let notes = person(TORU, &with("joint_names: 由紀子")) + &person(YUKIKO, "email: y@example.jp");
    assert!(vault(&notes).items_on("2027-01-04").iter().all(|item| crate::tables::whose(item) != YUKIKO));
    // Without a blank in their names.
    let notes = person("真壁徹", &with("joint_names: 由紀子")) + &person("真壁由紀子", AT_NAKANO);
    assert_eq!(cards(&notes, "2026-12-20"), ["真壁徹"]);
}

#[test]
fn an_address_is_the_same_however_it_is_written() {
    let ways = [
        "164-0001　東京都中野区１－２－３",
        "東京都中野区1−2−3",
        "東京都中野区１ー２ー３",
        "東京都中野区1丁目2番3号",
        "東京都中野区1丁目2番地3",
        ";;1-2-3;中野区;東京都;164-0001;日本",
        "東京都中野区一丁目二番三号",
        "東京都中野区一丁目2番3号",
        "東京都中野区1丁目二番3",
        "東京都中野区1の2の3",
        "東京都中野区、1-2-3",
        "東京都 中野区 1-2-3",
    ];
    for way in ways {
        let notes = person(TORU, &format!("{AT_NAKANO}joint_names: 由紀子"))
            + &person(YUKIKO, &format!("address: \"{way}\""));
        assert_eq!(cards(&notes, "2026-12-20"), [TORU], "{way}");
    }
    let other = person(TORU, &format!("{AT_NAKANO}joint_names: 由紀子"))
        + &person(YUKIKO, "address: 東京都中野区12-3");
    assert_eq!(cards(&other, "2026-12-20"), [TORU, YUKIKO]);
}

#[test]
fn who_gets_none_holds_none_and_is_not_named() {
    for lines in ["年賀状: じまい", "seasons: no", "status: closed", "snooze: 2027-02-01"] {
        assert_eq!(cards(&two(lines, ""), "2026-12-20"), [YUKIKO], "{lines}");
    }
    for lines in ["status: deceased", "status: do-not-contact", "年賀状: じまい", "seasons: no"] {
        assert_eq!(cards(&two("", lines), "2026-12-20"), [TORU], "{lines}");
        assert_eq!(labels(&two("", lines), "年賀", "2026-12-20"), [TORU], "{lines}");
        assert_eq!(labels(&two(lines, ""), "年賀", "2026-12-20"), [YUKIKO], "{lines}");
    }
    assert_eq!(labels(&two("", ""), "年賀", "2026-12-20"), [format!("{TORU} 由紀子")]);
    // Who holds it in his place has his name beside hers; what is put off for days, is for both.
    let snoozed = two("snooze: 2027-02-01", "");
    assert_eq!(labels(&snoozed, "年賀", "2026-12-20"), [format!("{YUKIKO} {TORU}")]);
    let put_off = two("snooze: 2026-12-22", "");
    assert_eq!(labels(&put_off, "年賀", "2026-12-20"), [format!("{TORU} 由紀子")]);
    assert_eq!(cards(&put_off, "2026-12-20"), [""; 0]);
    assert_eq!(cards(&put_off, "2026-12-22"), [TORU]);
    // Who is not in touch may wait long for a turn.
    let silent = format!("{AT_NAKANO}joint_names: 由紀子\ncadence: 2m");
    let dormant = person(TORU, &silent).replace("cadence: 30y\n", "") + &person(YUKIKO, AT_NAKANO);
    assert_eq!(cards(&dormant, "2026-12-20"), [YUKIKO]);
}

#[test]
fn three_of_a_house_are_named_once() {
    let chain = person("真壁 健太", AT_NAKANO)
        + &person(TORU, &format!("{AT_NAKANO}joint_names: 由紀子"))
        + &person(YUKIKO, &format!("{AT_NAKANO}joint_names: [健太, ポチ]"));
    assert_eq!(labels(&chain, "年賀", "2026-12-20"), [format!("{TORU} 由紀子、健太、ポチ")]);
    assert_eq!(cards(&chain, "2026-12-20"), [TORU]);
}

#[test]
fn a_household_mourns_together() {
    for notes in [two("mourning: 2026-08-01", ""), two("", "mourning: 2026-08-01")] {
        assert_eq!(cards(&notes, "2026-12-20"), [""; 0], "{notes}");
        assert_eq!(labels(&notes, "年賀", "2026-12-20"), [""; 0], "{notes}");
        assert_eq!(cards(&notes, "2027-01-12"), [TORU], "{notes}");
    }
    // Yours is told once.
    let yours = two("", "") + "== me.md\ntype: me\nmourning: 2026-09-01\n--\n";
    assert_eq!(cards(&yours, "2026-11-25"), [TORU]);
    assert_eq!(cards(&yours, "2027-01-12"), [TORU]);
    let rows = vault(&yours).json_on("2027-01-12", &["season", "年賀"]);
    assert_eq!(rows.as_array().unwrap().len(), 1, "{rows}");
}

#[test]
fn what_was_sent_to_one_was_sent_to_both_and_what_came_from_one_came_from_both() {
    let house = |his: &str, hers: &str| {
        logged(TORU, &format!("{AT_NAKANO}joint_names: 由紀子\n"), his) + &logged(YUKIKO, AT_NAKANO, hers)
    };
    let (sent, came) = ("- 2026-12-16 (post) 年賀状を出した", "- 2027-01-02 (post) 年賀状が届いた");
    for notes in [house(sent, ""), house("", sent)] {
        assert_eq!(cards(&notes, "2026-12-20"), [""; 0], "{notes}");
        let rows = vault(&notes).json_on("2026-12-20", &["season", "年賀"]);
        assert_eq!((rows[0]["state"].as_str(), rows.as_array().unwrap().len()), (Some("sent"), 1), "{rows}");
    }
    // Answered by the card to both, whoever wrote.
    for notes in [house(sent, came), house(came, sent), house("", &format!("{sent}\n{came}"))] {
        for day in ["2027-01-03", "2027-01-10"] {
            assert_eq!(cards(&notes, day), [""; 0], "{day} {notes}");
        }
    }
    // Nothing was sent and one came: one answer, which says so.
    let late = house("", came);
    assert_eq!(cards(&late, "2027-01-03"), [TORU]);
    let items = vault(&late).items_on("2027-01-03");
    let reason = items.iter().find(|item| item["kind"] == "season").unwrap()["reason"].to_string();
    assert!(reason.contains("届"), "{reason}");
    // Where none goes to either by itself, whoever wrote holds the answer to both.
    let unasked = |his: &str, hers: &str| house(his, hers).replace("tier: senior", "tier: close");
    assert_eq!(labels(&unasked("", came), "年賀", "2027-01-03"), [format!("{YUKIKO} {TORU}")]);
    for hers in ["", came] {
        assert_eq!(labels(&unasked(came, hers), "年賀", "2027-01-03"), [format!("{TORU} 由紀子")], "{hers}");
    }
}

#[test]
fn summer_cards_are_one_too_and_messages_are_not() {
    let by_post = |day: &str| cards(&two("prefer: post", "prefer: post"), day);
    assert_eq!(by_post("2026-07-21"), [TORU]);
    assert_eq!(
        labels(&two("prefer: post", "prefer: post"), "暑中", "2026-07-21"),
        [format!("{TORU} 由紀子")]
    );
    let by_mail = vault(&two("email: a@example.jp\nprefer: email", "email: b@example.jp\nprefer: email"));
    let items = by_mail.items_on("2026-07-21");
    assert_eq!(items.iter().filter(|item| item["kind"] == "season").count(), 2, "{items:#?}");
}

/// A person's note with an address, or other lines.
fn at(address: &str, lines: &str) -> String {
    format!("address: {address}\n{lines}")
}

#[test]
fn two_homes_are_two_households_whoever_is_named_in_both() {
    let minato = at("東京都港区1-1", "joint_names: 恵");
    let osaka = at("大阪市9-9", "joint_names: 恵");
    for third in ["email: m@example.jp\n", "address: 宛先不明\n"] {
        let notes = person("佐藤 健", &minato) + &person("佐藤 明", &osaka) + &person("佐藤 恵", third);
        let both = ["佐藤 健 恵", "佐藤 明 恵"];
        assert_eq!(labels(&notes, "年賀", "2026-12-16"), both, "{notes}");
    }
    // Another marriage: the mourning of one house is not that of the other.
    let notes = person(TORU, &at("東京都中野区1-2-3", "joint_names: 真壁 由紀子\nmourning: 2026-08-01"))
        + &person("山田 健", &at("大阪市9-9", "joint_names: 真壁 由紀子"))
        + &person(YUKIKO, "email: y@example.jp");
    assert_eq!(labels(&notes, "年賀", "2026-12-16"), ["山田 健 真壁 由紀子"]);
    // What came back, and the name of a place, are nobody's home.
    for place in ["宛先不明", "東京都"] {
        let notes = person("田中 徹", &at(place, "joint_names: 恵"))
            + &person("佐藤 恵", &at(place, "mourning: 2026-08-01"));
        let rows = vault(&notes).json_on("2026-12-16", &["season", "年賀"]);
        let states: Vec<_> = rows.as_array().unwrap().iter().map(|row| row["state"].clone()).collect();
        assert_eq!(states, ["mourning", "to-send"], "{place} {rows}");
    }
}

#[test]
fn a_name_means_whoever_is_called_so_and_nobody_whose_name_only_begins_or_ends_so() {
    let house = |first: &str, joint: &str, others: &[&str]| {
        let named = person(first, &format!("{AT_NAKANO}joint_names: {joint}"));
        let others = others.iter().map(|name| person(name, AT_NAKANO));
        labels(&others.fold(named, |all, note| all + &note), "年賀", "2026-12-16")
    };
    let apart = |first: &str, joint: &str, other: &str| {
        let mut got = house(first, joint, &[other]);
        got.sort();
        let mut want = [format!("{first} {joint}"), other.to_owned()];
        want.sort();
        assert_eq!(got, want);
    };
    apart(TORU, "真", YUKIKO);
    apart(TORU, "太郎", "真壁 慎太郎");
    apart("真壁徹", "太郎", "真壁慎太郎");
    apart("John Smith", "Ann", "Anna Smith");
    let mut three = house(TORU, "恵", &["真壁 恵", "真壁 千恵"]);
    three.sort();
    assert_eq!(three, ["真壁 千恵", "真壁 徹 恵"]);
    assert_eq!(house(TORU, "[恵, 千恵]", &["真壁 恵", "真壁 千恵"]), ["真壁 徹 恵、千恵"]);
    assert_eq!(house("真壁徹", "恵", &["真壁恵"]), ["真壁徹 恵"]);
    assert_eq!(house(TORU, "由紀子（妻）", &[YUKIKO]), ["真壁 徹 由紀子"]);
    assert_eq!(house("John Smith", "Mary and Tim", &["Mary Smith"]), ["John Smith Mary、Tim"]);
    // The holder's own family comes first.
    let mut both = house(TORU, "恵", &["林 恵", "真壁 恵"]);
    both.sort();
    assert_eq!(both, ["林 恵", "真壁 徹 恵"]);
    // By how it is read.
    let read = person(TORU, &format!("{AT_NAKANO}joint_names: ゆきこ"))
        + &person(YUKIKO, &format!("{AT_NAKANO}reading: まかべ ゆきこ\n"));
    assert_eq!(labels(&read, "年賀", "2026-12-16"), ["真壁 徹 ゆきこ"]);
    // A friend of that given name is nobody's family.
    let friend = person(TORU, &format!("{AT_NAKANO}joint_names: 恵"))
        + &person("恵", "email: m@example.jp\nmourning: 2026-08-01");
    assert_eq!(cards(&friend, "2026-12-16"), [TORU]);
}

#[test]
fn who_is_gone_stands_on_no_card_wherever_they_lived() {
    for status in ["status: 故人", "status: do-not-contact"] {
        for (first, joint, second) in [
            (TORU, "由紀子", YUKIKO),
            (TORU, "真壁 由紀子", YUKIKO),
            (TORU, "\"[[真壁 由紀子]]\"", YUKIKO),
            ("真壁徹", "由紀子", "真壁由紀子"),
            ("真壁徹", "真壁由紀子", "真壁由紀子"),
        ] {
            for address in ["address: 東京都杉並区9-9\n", ""] {
                let notes = person(first, &format!("{AT_NAKANO}joint_names: {joint}"))
                    + &person(second, &format!("{address}{status}"));
                assert_eq!(labels(&notes, "年賀", "2026-12-16"), [first], "{notes}");
                let shown = vault(&notes).json_on("2026-12-16", &["show", first]);
                assert_eq!(shown["household"], serde_json::json!([]), "{notes}");
            }
        }
    }
}

#[test]
fn who_has_no_home_is_of_the_home_that_names_them() {
    let notes = person(TORU, &format!("{AT_NAKANO}joint_names: 真壁 健太"))
        + &person("真壁 健太", "email: k@example.jp")
        + &person("由良 由紀子", "joint_names: 真壁 健太")
        + &person("鈴木 一", &at("大阪市9-9", "joint_names: 由良 由紀子"));
    let mut got = labels(&notes, "年賀", "2026-12-16");
    got.sort();
    assert_eq!(got, ["真壁 徹 真壁 健太", "鈴木 一 由良 由紀子"]);
    // Two numbers are not one.
    let notes = person("John Smith", &at("\"Flat 1, 23 High Street\"", "joint_names: Mary"))
        + &person("Mary Jones", &at("\"Flat 12, 3 High Street\"", ""));
    assert_eq!(labels(&notes, "年賀", "2026-12-16").len(), 2);
}

#[test]
fn nobody_stands_twice_on_a_card() {
    let label = |his: &str, hers: &str| {
        let notes = person(TORU, his) + &person(YUKIKO, hers);
        labels(&notes, "年賀", "2026-12-16")
    };
    let names = |lines: &str| format!("{AT_NAKANO}joint_names: {lines}");
    assert_eq!(label(&names("[徹, 由紀子]"), AT_NAKANO), ["真壁 徹 由紀子"]);
    assert_eq!(label(&names("[徹, 由紀子]"), &names("[徹, 由紀子]")), ["真壁 徹 由紀子"]);
    assert_eq!(label(&names("[由紀子, 健太]"), &names("[徹, 健太ちゃん]")), ["真壁 徹 由紀子、健太"]);
    // Each names the other, and one of them has no address.
    assert_eq!(label(&names("由紀子"), "joint_names: 徹\n"), ["真壁 徹 由紀子"]);
    assert_eq!(label("joint_names: 由紀子\n", &names("徹")), ["真壁 由紀子 徹"]);
    assert_eq!(label(&names("由紀子"), "joint_names: 徹\n年賀状: じまい\n"), [TORU]);
    // Without blanks.
    let notes = person("真壁徹", &names("[徹, 由紀子]")) + &person("真壁由紀子", &names("[徹, 由紀子]"));
    assert_eq!(labels(&notes, "年賀", "2026-12-16"), ["真壁徹 由紀子"]);
    // Where nobody of that family lives with him, it may be anybody.
    let notes = person("真壁徹", &names("[徹, 山田健]")) + &person("山田健", AT_NAKANO);
    assert_eq!(labels(&notes, "年賀", "2026-12-16"), ["真壁徹 徹、山田健"]);
    // As the holder has them.
    let notes = person(TORU, &names("[一郎, 節子, 由紀子, 健太]"))
        + &person("真壁 一郎", &names("節子"))
        + &person(YUKIKO, AT_NAKANO);
    let got = labels(&notes, "年賀", "2026-12-16");
    assert!(
        got.contains(&"真壁 徹 一郎、節子、由紀子、健太".to_owned())
            || got.contains(&"真壁 一郎 節子、真壁 徹、由紀子、健太".to_owned()),
        "{got:?}"
    );
    // In no household at all.
    let alone = person(TORU, &names("[徹, 健太, 健太くん]"));
    assert_eq!(labels(&alone, "年賀", "2026-12-16"), ["真壁 徹 健太"]);
}

#[test]
fn nobody_is_named_on_a_greeting_that_is_not_for_them() {
    let named = |hers: &str, season: &str, day: &str, want: &[&str]| {
        let notes = two("prefer: post", &format!("prefer: post\n{hers}"));
        assert_eq!(labels(&notes, season, day), want, "{hers}");
    };
    for status in ["status: closed", "status: paused"] {
        named(status, "年賀", "2026-12-16", &[TORU]);
    }
    named("seasons: [年賀]", "暑中", "2026-07-21", &[TORU]);
    named("seasons: [年賀]", "年賀", "2026-12-16", &["真壁 徹 由紀子"]);
    // He gets a card at the end of the year for want of 年賀, she gets 年賀.
    let notes = two("prefer: post\n年賀状: じまい", "prefer: post");
    assert_eq!(labels(&notes, "年末", "2026-12-16"), [TORU]);
    // A message is to one, and names nobody who died.
    let by_mail = two("email: a@example.jp\nprefer: email", "status: deceased");
    let rows = vault(&by_mail).json_on("2026-07-21", &["season", "暑中"]);
    assert_eq!(rows[0]["addressed"], "真壁 徹 様", "{rows}");
}

#[test]
fn a_household_mourns_together_in_every_season() {
    let house = |hers: &str| two("prefer: post", &format!("prefer: post\n{hers}"));
    // Not in the first days, afterwards without words of joy.
    let notes = house("mourning: 2026-07-10");
    assert_eq!(cards(&notes, "2026-07-21"), [""; 0]);
    let rows = vault(&notes).json_on("2026-07-21", &["season", "暑中"]);
    assert_eq!(
        (&rows[0]["state"], &rows[0]["quiet_until"]),
        (&"mourning".into(), &"2026-08-28".into()),
        "{rows}"
    );
    let late = house("mourning: 2026-06-10");
    let reason = |day: &str| {
        let items = vault(&late).items_on(day);
        items
            .iter()
            .filter(|item| item["kind"] == "season")
            .map(|item| item["reason"].to_string())
            .collect::<String>()
    };
    assert_eq!(cards(&late, "2026-07-30"), [TORU]);
    let winter = vault(&house("mourning: 2026-08-01"));
    let draft = winter.on("2026-12-16", &["draft", TORU, "--for", "年賀", "--via", "card"]);
    assert_eq!(draft.code, Some(2), "{}", draft.stdout);
    assert!(draft.stderr.contains("寒中見舞い"), "{}", draft.stderr);
    // In the first days there is nothing else for the others either.
    let early = vault(
        &(house("mourning: 2026-12-01").replacen(
            "cadence: 30y",
            "cadence: 1m\nbirthday: 12-18\nemail: t@example.jp",
            1,
        )),
    );
    for occasion in ["年末", "birthday", "good-news"] {
        let draft = early.on("2026-12-16", &["draft", TORU, "--for", occasion]);
        assert_eq!(draft.code, Some(2), "{occasion}: {}", draft.stdout);
    }
    let today = early.items_on("2026-12-18");
    assert!(today.iter().all(|item| item["section"] != "today"), "{today:#?}");
    let both = vault(&two("", "email: y@example.jp"));
    let told = both.on("2027-01-05", &["draft", YUKIKO, "--for", "年賀"]);
    assert!(told.stderr.contains("真壁 徹 さんとの連名"), "{}", told.said());
    winter.note("m.txt", "真壁様\n\n明けましておめでとうございます。本年もよろしくお願いいたします。\n");
    let found = winter.on("2027-01-02", &["--json", "review", "m.txt", "--to", TORU]);
    assert!(found.stdout.contains("\"mourning\""), "{}", found.said());
    let shown = winter.json_on("2026-12-16", &["show", YUKIKO]);
    assert_eq!(shown["household"], serde_json::json!(["People/真壁 徹.md"]));
    assert!(winter.on("2026-12-16", &["show", YUKIKO]).stdout.contains("連名のはがき：真壁 徹"));
    assert!(reason("2026-07-30").contains("喪中"), "{}", reason("2026-07-30"));
}

#[test]
fn a_summer_card_to_one_was_one_to_both() {
    let house = |his: &str, hers: &str| {
        let post = format!("{AT_NAKANO}prefer: post\n");
        logged(TORU, &format!("{post}joint_names: 由紀子\n"), his) + &logged(YUKIKO, &post, hers)
    };
    assert_eq!(cards(&house("", ""), "2026-08-10"), [TORU]);
    for line in ["- 2026-07-21 (post) 暑中見舞いを出した", "- 2026-07-21 (skip) 暑中見舞いは見送り"]
    {
        assert_eq!(cards(&house("", line), "2026-08-10"), [""; 0], "{line}");
        assert_eq!(cards(&house(line, ""), "2026-08-10"), [""; 0], "{line}");
        let away = house(line, "").replacen("joint_names", "snooze: 2026-10-01\njoint_names", 1);
        assert_eq!(cards(&away, "2026-08-10"), [""; 0], "{line}");
    }
    // What a year holds counts for both.
    let once = house("", "- 2026-12-16 (post) 年賀状を出した") + "== goen.toml\n[season]\nper_year = 1\n";
    assert_eq!(cards(&once, "2027-07-21"), [""; 0]);
}

#[test]
fn a_card_put_off_beyond_its_last_day_is_held_by_the_other() {
    let notes = two("snooze: 2027-01-06", "");
    assert_eq!(cards(&notes, "2026-12-20"), [YUKIKO]);
}
