//! What counts as contact: the log, mentions in dated notes, events; and which
//! notes are dated.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use crate::common::{Vault, all_equal};
use serde_json::{Value, json};

const TARO: &str = "People/田中 太郎.md";
const FRONT: &str = "---\naliases: [タナタロ]\ntier: close\n---\n";

/// What `list --json` says of 田中 太郎 beside one other note.
fn with(path: &str, text: &str) -> Value {
    let vault = Vault::new();
    vault.note(TARO, FRONT).note(path, text);
    vault.person(TARO)
}

/// What `list --json` says of 田中 太郎 with this body.
fn with_body(body: &str) -> Value {
    let vault = Vault::new();
    vault.note(TARO, &format!("{FRONT}{body}"));
    vault.person(TARO)
}

#[test]
fn a_link_in_a_dated_note_is_a_contact_unless_it_only_quotes() {
    let yes = [
        "[[田中 太郎]]と話した。",
        "[[田中 太郎|たなか]]と。",
        "[[People/田中 太郎]]",
        "[[People/田中 太郎.md]]",
        "[[タナタロ]]",
        "[[田中 太郎#仕事]]",
        "[田中](People/田中%20太郎.md)",
        "[田中](<People/田中 太郎.md>)",
        "- [x] [[田中 太郎]]に返事",
        "- [X] [[田中 太郎]]に返事",
        "- ランチ\n    - [[田中 太郎]]",
        "- ランチ\n\t- [[田中 太郎]]",
        "- [ ] 牛乳\n\t- [x] [[田中 太郎]]に返事",
        "| a | b |\n| - | - |\n| [[田中 太郎\\|T]] | c |",
        "## [[田中 太郎]]",
        "**[[田中 太郎]]**",
        "1. [[田中 太郎]]",
        "`code` [[田中 太郎]] `code`",
        "%% note %% [[田中 太郎]]",
        "x <!-- note --> [[田中 太郎]]",
        "100% [[田中 太郎]] 100%",
        "- [ ] 牛乳\n- [[田中 太郎]]とお茶",
        "> 引用\n\n[[田中 太郎]]",
    ];
    let no = [
        "田中 太郎",
        "[[鈴木]]",
        "- [ ] [[田中 太郎]]に返事",
        "- [/] [[田中 太郎]]",
        "- [-] [[田中 太郎]]",
        "- [>] [[田中 太郎]]",
        "- [?] [[田中 太郎]]",
        "* [ ] [[田中 太郎]]",
        "1. [ ] [[田中 太郎]]",
        "- 仕事\n\t- [ ] [[田中 太郎]]に返事",
        "- [x] 仕事\n\t- [/] [[田中 太郎]]",
        "> [[田中 太郎]]",
        "> > [[田中 太郎]]",
        "> [!note]\n> [[田中 太郎]]",
        "> [!note]- [[田中 太郎]]\n> x",
        "`[[田中 太郎]]`",
        "``x ` [[田中 太郎]]``",
        "```\n[[田中 太郎]]\n```",
        "~~~md\n[[田中 太郎]]\n~~~",
        "```dataview\nLIST FROM [[田中 太郎]]\n```",
        "x\n\n    [[田中 太郎]]\n",
        "%% [[田中 太郎]] %%",
        "%%\n[[田中 太郎]]\n%%",
        "<!-- [[田中 太郎]] -->",
        "<!--\n[[田中 太郎]]\n-->",
        "![[田中 太郎]]",
        "![[田中 太郎#記録]]",
        "![x](People/田中%20太郎.md)",
        "\\[\\[田中 太郎\\]\\]",
        "[[田中]]",
    ];
    let rows = yes.iter().map(|t| (t, json!("2026-09-14"))).chain(no.iter().map(|t| (t, Value::Null)));
    all_equal(rows.map(|(body, want)| {
        let got = with("2026-09-14.md", &format!("{body}\n"))["last_contact"].clone();
        ((*body).to_owned(), got, want)
    }));
}

#[test]
fn where_a_mention_was() {
    let vault = Vault::new();
    vault.note(TARO, &format!("{FRONT}## 記録\n\n- 2026-09-14 (line) 近況\n- 2026-09-14 (call) 続き\n"));
    vault.note("日記/2026-09-14.md", "[[田中 太郎]]と、また[[田中 太郎]]と、[[タナタロ]]と。\n");
    vault.note("日記/2026-09-10.md", "[田中](../People/田中%20太郎.md)と[[タナタロ]]。\n");
    vault.note("日記/2026-12-01.md", "[[田中 太郎]]に会う予定。\n").note("memo.md", "[[田中 太郎]]\n");
    let taro = vault.person(TARO);
    assert_eq!(
        (&taro["last_contact"], &taro["contacts"]),
        (&json!("2026-09-14"), &json!(2)),
        "days, not mentions"
    );
}

#[test]
fn a_colon_parts_an_entry_from_its_day_or_its_channel() {
    for (line, want) in [
        ("2026-09-14：近況", ("", "近況")),
        ("2026-09-14（LINE）：近況", ("line", "近況")),
        ("2026-09-14 (line): 近況", ("line", "近況")),
        ("2026-09-14 (line):近況", ("line", "近況")),
        ("2026-09-14 (line) : 近況", ("line", "近況")),
        ("2026-09-14: (line) 近況：元気", ("line", "近況：元気")),
        ("2026-09-14 (line) :smile: 近況", ("line", ":smile: 近況")),
    ] {
        let vault = Vault::new();
        vault.note(TARO, &format!("{FRONT}## 記録\n\n- {line}\n"));
        let talk = vault.json(&["show", "田中 太郎"])["talks"][0].clone();
        let channel = talk["channel"].as_str().unwrap_or_default();
        assert_eq!((channel, talk["text"].as_str().unwrap()), want, "{line}");
    }
}

#[test]
fn the_newest_source_wins() {
    let check = |front: &str, log: &str, mention: &str, event: &str, want: (&str, &str)| {
        let vault = Vault::new();
        vault.note(
            TARO,
            &format!("---\ntier: close\nlast_contact: {front}\n---\n## 記録\n\n- {log} (line) x\n"),
        );
        vault.note(&format!("{mention}.md"), "[[田中 太郎]]\n");
        vault.note(
            "勉強会.md",
            &format!("---\ntype: event\ndate: {event}\nattendees: [\"[[田中 太郎]]\"]\n---\n"),
        );
        let taro = vault.person(TARO);
        assert_eq!((&taro["last_contact"], &taro["last_source"]), (&json!(want.0), &json!(want.1)));
        assert_eq!(taro["contacts"], 4, "each is a day of contact");
    };
    check("2026-09-14", "2026-09-13", "2026-09-12", "2026-09-11", ("2026-09-14", "front_matter"));
    check("2026-09-11", "2026-09-14", "2026-09-12", "2026-09-13", ("2026-09-14", "log"));
    check("2026-09-11", "2026-09-12", "2026-09-14", "2026-09-13", ("2026-09-14", "mention"));
    check("2026-09-11", "2026-09-12", "2026-09-13", "2026-09-14", ("2026-09-14", "event"));
}

#[test]
fn events_count_for_those_who_came() {
    let check = |front: &str, counts: bool| {
        let got = with("イベント/勉強会.md", &format!("---\n{front}\n---\n"))["last_contact"].clone();
        assert_eq!(got, if counts { json!("2026-09-14") } else { Value::Null }, "{front}");
    };
    let who = "attendees: [\"[[田中 太郎]]\", \"[[鈴木]]\"]";
    check(&format!("type: event\ndate: 2026-09-14\n{who}"), true);
    check(&format!("type: イベント\ndate: 2026年9月14日\n{who}"), true);
    check(&format!("tags: [event]\ndate: 2026-09-14\n{who}"), true);
    check(&format!("type: event\nstart: 2026-09-14\n{who}"), true);
    check(&format!("type: event\ndate: 2026-09-14\nstatus: done\n{who}"), true);
    check("type: event\ndate: 2026-09-14\nattendees:\n  - \"[[タナタロ]]\"", true);
    check("type: event\ndate: 2026-09-14\nattendees: \"[[田中 太郎]]\"", true);
    check("type: event\ndate: 2026-09-14\nattendees: [\"[[田中 太郎]] (欠席)\"]", false);
    check("type: event\ndate: 2026-09-14\nattendees: [\"[[田中 太郎]]（欠席）\"]", false);
    check(&format!("type: event\ndate: 2026-09-14\nstatus: cancelled\n{who}"), false);
    check(&format!("type: event\ndate: 2026-09-14\nstatus: planned\n{who}"), false);
    check(&format!("type: event\ndate: 2026-12-14\n{who}"), false);
    check("type: event\ndate: 2026-09-14\nattendees: [\"[[鈴木]]\"]", false);
    check("type: event\ndate: 2026-09-14", false);
    check(&format!("type: org\ndate: 2026-09-14\n{who}"), false);
}

#[test]
fn entries_of_the_log() {
    let check = |body: &str, want: Option<&str>, contacts: u32| {
        let taro = with_body(body);
        assert_eq!((&taro["last_contact"], &taro["contacts"]), (&json!(want), &json!(contacts)), "{body}");
    };
    check("## 記録\n\n- 2026-09-14 (line) 近況\n", Some("2026-09-14"), 1);
    check("## 記録\n- 2026-09-14\n", Some("2026-09-14"), 1);
    check("## 記録\n\n* 2026/9/14 x\n* 2026年9月13日 y\n", Some("2026-09-14"), 2);
    check("## 記録\n\n+ 令和8年9月14日 x\n", Some("2026-09-14"), 1);
    check("## 記録\n\n1. 2026-09-14 x\n2. R8.9.13 y\n", Some("2026-09-14"), 2);
    check("## 記録\n\n- [[2026-09-14]] (line) x\n", Some("2026-09-14"), 1);
    check("## 記録\n\n- [[日記/2026-09-14|9/14]] x\n", Some("2026-09-14"), 1);
    check("記録\n===\n\n- 2026-09-14 x\n", Some("2026-09-14"), 1);
    // Order does not matter; the future does not count.
    check(
        "## 記録\n\n- 2026-09-13 x\n- 2026-09-14 y\n- 2026-08-01 z\n- 2026-12-01 later\n",
        Some("2026-09-14"),
        3,
    );
    // Several on one day are one day.
    check("## 記録\n\n- 2026-09-14 (line) x\n- 2026-09-14 (call) y\n", Some("2026-09-14"), 1);
    // Only the outermost items, only under the heading.
    check("## 記録\n\n- メモ\n    - 2026-09-14 x\n", None, 0);
    check("- 2026-09-14 x\n", None, 0);
    check("## メモ\n\n- 2026-09-14 x\n", None, 0);
    check(
        "## 記録\n\n- 2026-09-01 x\n    - 2026-09-14 y\n\n### 2025年\n\n- 2025-09-14 z\n",
        Some("2026-09-01"),
        2,
    );
    check("## 記録\n\n- 2026-09-01 x\n\n## メモ\n\n- 2026-09-14 z\n", Some("2026-09-01"), 1);
    check("## 記録\n\n- 2026-09-01 x\n\n# メモ\n\n- 2026-09-14 z\n", Some("2026-09-01"), 1);
    check("## 記録\n\n- 近況 2026-09-14\n- about 2026-09-13\n", None, 0);
    // What is no conversation.
    check("## 記録\n\n- 2026-09-14 (skip) 今回は見送り\n", None, 0);
    check("## 記録\n\n- 2026-09-14 (like) x\n- 2026-09-13 （いいね） y\n", None, 0);
    check("## 記録\n\n```\n- 2026-09-14 x\n```\n", None, 0);
    check("## 記録\n\n<!--\n- 2026-09-14 x\n-->\n", None, 0);
    check("## 記録\n\n> - 2026-09-14 x\n", None, 0);
}

#[test]
fn fault_52_where_the_log_is() {
    let check =
        |body: &str, want: Option<&str>| assert_eq!(with_body(body)["last_contact"], json!(want), "{body}");
    check("```\n## 記録\n```\n\n- 2026-09-14 x\n", None);
    check("~~~\n## 記録\n\n- 2026-09-14 x\n~~~\n", None);
    check("> ## 記録\n\n- 2026-09-14 x\n", None);
    check("> [!note]\n> ## 記録\n> - 2026-09-14 x\n", None);
    check("<!--\n## 記録\n-->\n\n- 2026-09-14 x\n", None);
    check("%%\n## 記録\n- 2026-09-14 x\n%%\n", None);
    check("text\n\n## 記録", None);
    check("## 記録\n- 2026-09-14", Some("2026-09-14"));
    check("## 記録\n\n```\n## メモ\n```\n\n- 2026-09-14 x\n", Some("2026-09-14"));
    check("## 記録\n\n- 2026-09-01 x\n\n## メモ\n\n## Log\n\n- 2026-09-14 y\n", Some("2026-09-14"));
    check("## 記録 ##\n\n- 2026-09-14 x\n", Some("2026-09-14"));
    check("## 連絡の記録たち\n\n- 2026-09-14 x\n", None);

    let vault = Vault::new();
    vault.note("goen.toml", "[log]\nheadings = [\"足あと\"]\n");
    vault.note(TARO, &format!("{FRONT}## 足あと\n\n- 2026-09-14 x\n"));
    assert_eq!(vault.person(TARO)["last_contact"], "2026-09-14");
}

#[test]
fn give_and_take_are_counted_up_to_the_day() {
    let check = |lines: &str, want: [u32; 2]| {
        let taro = with_body(&format!("## 記録\n\n{lines}"));
        assert_eq!([&taro["gave"], &taro["received"]], want.map(|n| json!(n)).each_ref(), "{lines}");
    };
    check("- 2026-11-21 x #gave\n- 2026-11-22 y #gave #received\n", [1, 0]);
    check("- 2026-11-20 x #力になった\n- 2026-11-19 y #お世話になった\n- 2026-11-18 z #Received\n", [1, 2]);
    // One line is one occasion, in whichever language its tags are.
    check("- 2026-11-20 x #gave #力になった\n", [1, 0]);
    // A light touch may be a help, too; two lines of one day are two.
    check("- 2026-11-20 (コメント) x #received\n- 2026-11-20 y #received\n", [0, 2]);
    // What stands below an entry belongs to it.
    check("- 2026-11-20 x\n    - 資料を渡した #gave\n", [1, 0]);
    check("- [x] 2026-11-20 x #gave\n- [ ] 2026-11-19 y #gave\n", [1, 0]);
    check("- 2026-11-20 ~~#gave~~ `#gave` a#gave #gaveback\n- x #gave\n", [0, 0]);
    check("## メモ\n\n- 2026-11-20 x #gave\n\n## 2026-11-19 y #received\n\n本文 #gave\n", [0, 1]);
}

#[test]
fn channels_touches_and_tags_of_the_log() {
    let body = "## 記録\n\n- 2026-11-01 (like) 投稿\n- 2026-10-01 (ランチ) 本を借りた #received #thanks\n- 2026-09-14 (LINE) x #gave ^abc\n- 2026-08-14 （slack） #力になった #お世話になった\n";
    let taro = with_body(body);
    let got = ["last_contact", "last_channel", "last_touch", "gave", "received", "contacts"]
        .map(|k| taro[k].clone());
    assert_eq!(
        got,
        [json!("2026-10-01"), json!("ランチ"), json!("2026-11-01"), json!(2), json!(2), json!(3)]
    );
    // The front matter says it where it tells of a later day.
    for (day, channel) in [("2026-09-13", "line"), ("2026-09-15", "slack")] {
        let vault = Vault::new();
        let note = format!("---\nlast_contact: {day} via Slack\n---\n## 記録\n\n- 2026-09-14 (line) x\n");
        vault.note("People/x.md", &note);
        assert_eq!(vault.person("People/x.md")["last_channel"], json!(channel), "{day}");
    }
    for light in ["like", "comment", "reaction", "いいね", "コメント", "Like"] {
        let taro = with_body(&format!("## 記録\n\n- 2026-09-14 ({light}) x\n"));
        assert_eq!(
            (&taro["last_contact"], &taro["last_touch"]),
            (&Value::Null, &json!("2026-09-14")),
            "{light}"
        );
    }
    for channel in ["sns", "linkedin", "slack", "meet", "call", "電話", "メール"] {
        let taro = with_body(&format!("## 記録\n\n- 2026-09-14 ({channel}) x\n"));
        assert_eq!(
            (&taro["last_contact"], &taro["last_channel"]),
            (&json!("2026-09-14"), &json!(channel)),
            "{channel}"
        );
    }
}

#[test]
fn daily_notes_have_the_format_that_obsidian_knows() {
    let check = |format: &str, path: &str, want: bool| {
        let vault = Vault::new();
        let folder = path.split('/').next().filter(|_| path.contains('/')).unwrap_or("");
        let settings =
            json!({"folder": folder, "format": format, "template": "Templates/day", "autorun": true});
        vault.note(".obsidian/daily-notes.json", &settings.to_string());
        vault.note(TARO, FRONT).note(path, "[[田中 太郎]]\n");
        let want = if want { json!("2026-09-14") } else { Value::Null };
        assert_eq!(vault.person(TARO)["last_contact"], want, "{format}: {path}");
    };
    check("YYYY-MM-DD", "日記/2026-09-14.md", true);
    check("", "日記/2026-09-14.md", true);
    check("YYYY/MM/YYYY-MM-DD", "日記/2026/09/2026-09-14.md", true);
    check("YYYY/MM-MMMM/YYYY-MM-DD-dddd", "日記/2026/09-September/2026-09-14-Monday.md", true);
    check("YYYYMMDD", "日記/20260914.md", true);
    check("YYYY年M月D日", "日記/2026年9月14日.md", true);
    check("YYYY年MM月DD日", "2026年09月14日.md", true);
    check("DD.MM.YYYY", "Tagebuch/14.09.2026.md", true);
    check("D-M-YYYY", "d/14-9-2026.md", true);
    check("MMMM Do, YYYY", "d/September 14th, 2026.md", true);
    check("dddd, MMMM Do YYYY", "d/Monday, September 14th 2026.md", true);
    check("YYYY-MM-DD ddd", "d/2026-09-14 Mon.md", true);
    check("YYYY-MMM-DD", "d/2026-Sep-14.md", true);
    check("YY-MM-DD", "d/26-09-14.md", true);
    check("YYYY-DDDD", "d/2026-257.md", true);
    check("[Day] YYYY-MM-DD", "d/Day 2026-09-14.md", true);
    check("YYYY_MM_DD", "journals/2026_09_14.md", true);
    check("YYYY/MM/DD", "d/2026/09/14.md", true);
    check("YYYY-MM-DD", "d/2026-09-14.md", true);
    check("YYYY-MM-DD", "d/2026-02-30.md", false);
    check("YYYY-MM-DD", "d/2026-9-14x.md", false);
}

#[test]
fn the_journal_can_be_configured() {
    let vault = Vault::new();
    vault.note(".obsidian/daily-notes.json", "{\"format\": \"YYYYMMDD\", \"folder\": \"x\"}");
    vault.note("goen.toml", "[journal]\nfolder = \"log\"\nformat = \"YYYY/DD.MM\"\n");
    vault.note(TARO, FRONT).note("log/2026/14.09.md", "[[田中 太郎]]\n");
    assert_eq!(vault.person(TARO)["last_contact"], "2026-09-14");

    // A note with a date of its own, inside the journal's folder only.
    let vault = Vault::new();
    vault.note("goen.toml", "[journal]\nfolder = \"log\"\n").note(TARO, FRONT);
    vault.note("log/朝会.md", "---\ndate: 2026-09-14\n---\n[[田中 太郎]]\n");
    vault.note("other/朝会.md", "---\ndate: 2026-10-14\n---\n[[田中 太郎]]\n");
    assert_eq!(vault.person(TARO)["last_contact"], "2026-09-14");

    vault.note("goen.toml", "[journal]\nfolder = \"log\"\ncounts = false\n");
    assert_eq!(vault.person(TARO)["last_contact"], Value::Null);
}

#[test]
fn a_name_that_carries_a_date_is_dated() {
    assert_eq!(with("会議/2026-09-14 定例.md", "[[田中 太郎]]\n")["last_contact"], "2026-09-14");
}

#[test]
fn broken_settings_of_obsidian_do_no_harm() {
    for settings in ["", "{", "[]", "{\"format\": 3}", "\u{feff}{}", "{\"format\": \"[\"}"] {
        let vault = Vault::new();
        vault.note(".obsidian/daily-notes.json", settings).note(TARO, FRONT);
        vault.note("2026-09-14.md", "[[田中 太郎]]\n");
        let out = vault.goen(&["list"]);
        assert_eq!(out.code, Some(0), "{settings}: {}", out.said());
    }
}

#[test]
fn own_promises_and_theirs() {
    let vault = Vault::new();
    vault.note(TARO, &format!("{FRONT}- [ ] 資料を送る 📅 2026-11-22\n- [ ] 本 due:: 2026-12-20\n- [ ] 会 [due:: 2026-12-21]\n- [ ] 絵 (2026-12-22)\n- [ ] 紙 〆12/1\n- [ ] 返事をくれる #待ち\n- [ ] x #theirs 📅 2026-12-23\n- [x] 済\n- [-] やめた\n\n```\n- [ ] コード\n```\n"));
    vault.note("計画/本.md", "本文\n\n* [ ] [[田中 太郎]]に本を返す ⏫ 📅 2026-12-24\n- [ ] 牛乳\n");
    let taro = vault.person(TARO);
    let got = taro["promises"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (p["path"].clone(), p["line"].clone(), p["due"].clone(), p["theirs"].clone()));
    let mut got: Vec<String> =
        got.map(|p| format!("{}:{} {} {}", p.0, p.1, p.2, p.3).replace('"', "")).collect();
    got.sort();
    let mut want = vec![
        format!("{TARO}:5 2026-11-22 false"),
        format!("{TARO}:6 2026-12-20 false"),
        format!("{TARO}:7 2026-12-21 false"),
        format!("{TARO}:8 2026-12-22 false"),
        format!("{TARO}:9 2026-12-01 false"),
        format!("{TARO}:10 null true"),
        format!("{TARO}:11 2026-12-23 true"),
        "計画/本.md:3 2026-12-24 false".to_owned(),
    ];
    want.sort();
    assert_eq!(got, want);
    assert!(
        taro["promises"].as_array().unwrap().iter().any(|p| common::text(&p["text"]).contains("資料を送る"))
    );

    // The page repeats them, and is no source of new ones.
    assert_eq!(vault.goen(&["update"]).code, Some(0));
    assert_eq!(vault.person(TARO)["promises"], taro["promises"]);
}

#[test]
fn a_promise_may_be_indented_by_a_tab() {
    for eol in ["\n", "\r\n"] {
        for (above, task) in [
            ("- 仕事", "\t- [ ] 資料"),
            ("* 仕事", "\t* [ ] 資料"),
            ("- [x] 仕事", "\t1. [ ] 資料"),
            ("- 仕事\n", "\t- [ ] 資料"),
            ("- 仕事\n\t- 今月", "\t\t- [ ] 資料"),
            ("## 記録\n\n- 2026-06-05 会った", "\t- [ ] 資料"),
        ] {
            let body = format!("{above}\n{task} 📅 2026-11-22\n").replace('\n', eol);
            let promises = with_body(&body)["promises"].clone();
            let told = promises.as_array().unwrap().iter().map(|p| format!("{} {}", p["text"], p["due"]));
            assert_eq!(told.collect::<Vec<_>>(), ["\"資料\" \"2026-11-22\""], "{body:?}");
        }
    }
}

#[test]
fn fault_51_names_are_compared_in_nfc() {
    // は + combining mark, as macOS writes it, against one character; and U+FA19, which NFC maps to 神.
    for (file, link) in [
        ("は\u{309a}ん", "ぱん"),
        ("ぱん", "は\u{309a}ん"),
        ("\u{fa19}谷", "神谷"),
        ("神谷", "\u{fa19}谷"),
        ("\u{fa19}谷", "\u{fa19}谷"),
    ] {
        let vault = Vault::new();
        vault.note(&format!("People/{file}.md"), FRONT).note("2026-09-14.md", &format!("[[{link}]]\n"));
        let before = vault.snapshot();
        assert_eq!(vault.people()[0]["last_contact"], "2026-09-14", "{file} by {link}");
        assert_eq!(vault.goen(&["update"]).code, Some(0));
        assert_eq!(vault.snapshot(), before, "names and bytes stay as they were");
    }
}

#[test]
fn fault_51_half_width_kana_is_the_same_name() {
    for (file, called) in [("ﾀﾅｶ ﾀﾛｳ", "タナカ タロウ"), ("ガウス", "ｶﾞｳｽ")] {
        let vault = Vault::new();
        vault.note(&format!("People/{file}.md"), FRONT).note("2026-09-14.md", &format!("[[{called}]]\n"));
        let before = vault.snapshot();
        let people = vault.people();
        assert_eq!(people.len(), 1, "{file} by {called}");
        assert_eq!(people[0]["last_contact"], "2026-09-14", "{file} by {called}");
        assert_eq!(vault.goen(&["show", called]).code, Some(0), "{file} by {called}");
        assert_eq!(vault.goen(&["update"]).code, Some(0));
        assert_eq!(vault.snapshot(), before, "names and bytes stay as they were");
    }
}
