//! `goen show` as the brief before a talk: the last talks wherever they are told, what is open, what is
//! ahead, what you have in common.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use crate::common::{Vault, all_equal, front, is_unsafe, text};
use serde_json::Value;

fn shown(vault: &Vault, lang: &str) -> String {
    let out = vault.goen(&["show", "x", "--lang", lang]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    out.stdout
}

/// The lines below a heading, with single blanks.
fn section(shown: &str, heading: &str) -> Vec<String> {
    let mut lines = shown.lines().skip_while(|line| *line != heading);
    lines.next();
    let below = lines.take_while(|line| !line.is_empty());
    below.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn rows(of: &Value, keys: &[&str]) -> Vec<String> {
    let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let row = |row: &Value| keys.iter().map(|key| word(&row[*key])).collect::<Vec<_>>().join(" ");
    of.as_array().unwrap().iter().map(row).collect()
}

#[test]
fn the_last_talks_are_those_of_the_log_of_events_and_of_dated_notes() {
    let vault = Vault::new();
    let log = "## 記録\n\n- 2026-11-12 (like) いいね\n- 2026-11-10 (lunch) **新しい犬**の話 #gave\n\
               - 2026-05-01 (email) 春の便り\n- 2026-04-01 (email) もっと前\n";
    vault.note("人/x.md", &(front("type: person\ntier: close\nlast_contact: 2026-11-15") + log));
    vault.note("人/y.md", "");
    vault.note("2026-11-10.md", "[[x]] とランチ\n");
    vault.note("2026-11-01.md", "# 日曜\n\n朝は雨。\n\n- [x] [[x]] に傘を返した\n- [[y]] に会う\n");
    vault.note("2026-10-20.md", "- [ ] [[x]] に電話\n\n> [[x]] の言葉\n");
    let event = |day: &str, name: &str, status: &str, body: &str| {
        let text = format!("---\ntype: event\ndate: {day}\nstatus: {status}\nattendees: [x, y]\n---\n{body}");
        vault.note(&format!("イベント/{name}.md"), &text);
    };
    event("2026-09-05", "読書会", "", "- [[y]] は遅刻\n- [[x]] は詩の本\n");
    event("2026-10-05", "中止の会", "中止", "- [[x]]\n");
    event("2026-12-05", "次の会", "", "");
    let found = vault.json(&["show", "x"]);
    assert_eq!(
        rows(&found["talks"], &["date", "days_ago", "source", "path", "text"]),
        [
            "2026-11-10 11 log 人/x.md 新しい犬の話",
            "2026-11-01 20 mention 2026-11-01.md x に傘を返した",
            "2026-09-05 77 event イベント/読書会.md x は詩の本",
        ]
    );
    assert_eq!(
        section(&shown(&vault, "ja"), "最近の会話"),
        [
            "2026-11-10（11日前） ランチ 新しい犬の話",
            "2026-11-01（20日前） 日付ノート x に傘を返した",
            "2026-09-05（77日前） イベント x は詩の本",
        ]
    );
    assert_eq!(
        section(&shown(&vault, "en"), "last talks")[1..],
        ["2026-11-01 (20 days ago) dated note x に傘を返した", "2026-09-05 (77 days ago) event x は詩の本"]
    );
    // Of mentions that are no contact nothing is told.
    vault.note("goen.toml", "[journal]\ncounts = false\n");
    assert_eq!(
        rows(&vault.json(&["show", "x"])["talks"], &["date"]),
        ["2026-11-10", "2026-09-05", "2026-05-01"]
    );
}

#[test]
fn days_ahead() {
    let check = |lines: &str, want: &[&str], ja: &[&str], en: &[&str]| {
        let vault = Vault::new();
        vault.note("人/x.md", &front(&format!("type: person\nlast_contact: 2026-11-20\n{lines}")));
        vault
            .note("旅行/大阪.md", "---\ntype: trip\nlocation: 大阪\nfrom: 2026-12-09\nto: 2026-12-11\n---\n");
        for (name, lines) in [
            ("会", "date: 2026-12-05\nattendees: [x]"),
            ("催し", "start: 2026-11-20\nend: 2026-11-22\nattendees: [\"[[x]]\"]"),
            ("欠席の会", "date: 2026-12-06\nattendees: [\"[[x]] (欠席)\"]"),
            ("中止の会", "date: 2026-12-07\nstatus: cancelled\nattendees: [x]"),
            ("過ぎた会", "date: 2026-11-19\nattendees: [x]"),
        ] {
            vault.note(&format!("イベント/{name}.md"), &format!("---\ntype: event\n{lines}\n---\n"));
        }
        let found = vault.json(&["show", "x"]);
        let is = rows(&found["ahead"], &["date", "kind", "text"]);
        let events = |rows: &mut Vec<String>| rows.retain(|row| !row.contains("会") && !row.contains("催し"));
        let with_events = is.len();
        let mut own = is.clone();
        events(&mut own);
        assert_eq!(own, want, "{lines}");
        if !lines.contains("status") {
            assert_eq!(with_events, want.len() + 2, "{is:?}");
        }
        for (lang, heading, want) in [("ja", "これから", ja), ("en", "ahead", en)] {
            let mut is = section(&shown(&vault, lang), heading);
            events(&mut is);
            assert_eq!(is, want, "{lines}");
        }
    };
    check("", &[], &[], &[]);
    check(
        "birthday: 1985-12-03",
        &["2026-12-03 birthday null"],
        &["2026-12-03（12日後） 誕生日"],
        &["2026-12-03 (in 12 days) birthday"],
    );
    check("birthday: 1985-06-03", &[], &[], &[]);
    check(
        "birthday: \"1985-01\"",
        &["2027-01-01 birthday null"],
        &["2027-01 誕生月（日は分かりません）"],
        &["2027-01 birthday this month, the day is not known"],
    );
    check("birthday: \"--02-29\"", &[], &[], &[]);
    check(
        "milestones:\n  - 2026-11-20 昇進\n  - 2026-11-22 引っ越し\n  - 2027-04-01 独立",
        &["2026-11-22 milestone 引っ越し", "2027-04-01 milestone 独立"],
        &["2026-11-22（明日） 引っ越し", "2027-04-01（131日後） 独立"],
        &["2026-11-22 (tomorrow) 引っ越し", "2027-04-01 (in 131 days) 独立"],
    );
    check(
        "location: 大阪府大阪市",
        &["2026-12-09 trip 大阪"],
        &["2026-12-09〜2026-12-11（18日後） 大阪へ行く予定"],
        &["2026-12-09 – 2026-12-11 (in 18 days) your trip to 大阪"],
    );
    check(
        "snooze: 2027-01-10\nnext: 2026-12-24",
        &["2026-12-24 next null", "2027-01-10 snooze null"],
        &["2026-12-24（33日後） 次に連絡すると決めた日", "2027-01-10（50日後） 連絡のお休みが明ける日"],
        &[
            "2026-12-24 (in 33 days) the day you chose for the next contact",
            "2027-01-10 (in 50 days) the end of the silence you chose",
        ],
    );
    // A card, an e-mail, nothing while in mourning and nothing where it was given up.
    check(
        "tier: senior\naddress: みどり県あおば市1",
        &["2026-12-15 season 年賀"],
        &["2026-12-15〜2026-12-25（24日後） 年賀"],
        &["2026-12-15 – 2026-12-25 (in 24 days) 年賀"],
    );
    check("tier: senior\nseasons: no", &[], &[], &[]);
    check("tier: senior\nbirthday: 1985-12-03\nstatus: deceased", &[], &[], &[]);
}

#[test]
fn events_of_several_days_are_on() {
    let vault = Vault::new();
    vault.note("人/x.md", "");
    vault.note(
        "イベント/2026-11-20 催し.md",
        "---\ntype: event\nstart: 2026-11-20\nend: 2026-11-22\nattendees: [x]\n---\n",
    );
    assert_eq!(section(&shown(&vault, "ja"), "これから"), ["2026-11-20〜2026-11-22（いま） 催し"]);
    assert_eq!(section(&shown(&vault, "en"), "ahead"), ["2026-11-20 – 2026-11-22 (now) 催し"]);
}

#[test]
fn promises_go_both_ways() {
    let vault = Vault::new();
    vault.note(
        "人/x.md",
        "- [ ] 本を返す\n- [ ] 資料を送る 📅 2026-12-01\n- [ ] 動画を見せてもらう #待ち\n- [x] 済み\n",
    );
    let (ja, en) = (shown(&vault, "ja"), shown(&vault, "en"));
    assert_eq!(section(&ja, "自分の約束"), ["本を返す 人/x.md:1", "資料を送る 2026-12-01 まで 人/x.md:2"]);
    assert_eq!(section(&ja, "待っていること"), ["動画を見せてもらう 人/x.md:3"]);
    assert_eq!(section(&en, "you promised")[1], "資料を送る by 2026-12-01 人/x.md:2");
    assert_eq!(section(&en, "they promised"), ["動画を見せてもらう 人/x.md:3"]);
}

#[test]
fn what_you_have_in_common() {
    let vault = Vault::new();
    vault.note(
        "自分.md",
        "---\ntype: me\ninterests: [AI, 山]\ncareer:\n  - {org: ミナト, from: 2018-04, to: 2024-03}\n---\n",
    );
    vault.note("goen.toml", "[interests]\nAI = [\"機械学習\"]\n");
    vault.note(
        "人/x.md",
        &(front("type: person\ninterests: [機械学習, 海]\norg: ミナト 2020-04..") + "[[y]] と [[z]] の友人。\n\n## 記録\n\n- 2026-05-01 (email) 校正を手伝った #gave\n- 2026-06-01 (email) 紹介 #received\n- 2026-04-01 (email) 古い #received\n"),
    );
    vault.note("人/y.md", "").note("人/z.md", &front("status: 故人")).note("人/w.md", "[[x]] から聞いた\n");
    let lines = |lang: &str| -> Vec<String> {
        shown(&vault, lang).lines().map(|line| line.trim().to_owned()).collect()
    };
    for (lang, want) in [
        (
            "ja",
            [
                "共通の関心：機械学習",
                "助け合い：お世話になったこと 2回、力になったこと 1回",
                "お世話になった：2026-06-01 紹介",
                "力になった：2026-05-01 校正を手伝った",
                "ご一緒した職場：ミナト（4年）",
                "共通の知り合い：w、y",
            ],
        ),
        (
            "en",
            [
                "in common: 機械学習",
                "give and take: they helped twice, you helped once",
                "they helped last: 2026-06-01 紹介",
                "you helped last: 2026-05-01 校正を手伝った",
                "worked together at: ミナト (4 years)",
                "you both know: w, y",
            ],
        ),
    ] {
        let is = lines(lang);
        all_equal(want.map(|line| (line.to_owned(), is.contains(&line.to_owned()), true)));
    }
}

#[test]
fn whoever_is_only_a_name_has_a_page_of_few_lines() {
    let vault = Vault::new();
    vault.note("人/x.md", "");
    let want = "x  人/x.md\n  間柄：–、未整理\n  前回：まだありません\n  予定：間柄（tier）も頻度（cadence）もないので、予定に入りません\n  この一年：▁▁▁▁▁▁▁▁▁▁▁▁（0）\n";
    assert_eq!(shown(&vault, "ja"), want);
}

#[test]
fn of_hundreds_of_entries_the_last_are_shown() {
    let vault = Vault::new();
    let day = |n: u32| format!("{}-{:02}-{:02}", 2020 + n / 100, n % 12 + 1, n % 28 + 1);
    let log: String =
        (0..600).map(|n| format!("- {} (line) 話{n} {} #続き\n", day(n), "あ".repeat(400))).collect();
    let tasks: String = (0..30).map(|n| format!("- [ ] 約束{n}\n")).collect();
    vault.note("人/x.md", &format!("{tasks}\n## 記録\n\n{log}"));
    let found = vault.json(&["show", "x"]);
    assert_eq!(found["talks"].as_array().unwrap().len(), 3);
    let threads = found["threads"].as_array().unwrap().len();
    assert_eq!(threads, 600);
    let shown = shown(&vault, "ja");
    assert_eq!(section(&shown, "最近の会話").len(), 3);
    let threads = section(&shown, "続きを聞きたいこと");
    assert_eq!((threads.len(), threads.last().map(String::as_str)), (9, Some("ほか592件")));
    assert_eq!(section(&shown, "自分の約束").last().unwrap(), "ほか22件");
    assert!(shown.lines().all(|line| line.chars().count() < 320), "{shown}");
}

#[test]
fn nothing_that_acts_on_a_terminal_is_printed() {
    let vault = Vault::new();
    vault.note(
        "人/x.md",
        &(front("type: person\nname: \"x\\e[31m\\u202e\"\ninterests: [\"a\\u0007\"]\norg: \"ミ\\u200fナト 2020..\"\nmilestones:\n  - {date: 2026-12-01, what: \"昇\\e]0;進\"}")
            + "- [ ] 約\u{1b}[2J束\n\n## 記録\n\n- 2026-11-01 (li\u{7}ne) 話\u{202e}す #続き #gave\n"),
    );
    vault.note(
        "自分.md",
        "---\ntype: me\ninterests: [\"a\\u0007\"]\ncareer: [\"ミ\\u200fナト 2019..\"]\n---\n",
    );
    vault.note("2026-11-05.md", "[[x]] と\u{1b}[31m\n");
    for args in [&["show", "人/x.md"][..], &["show", "人/x.md", "--json"]] {
        let out = vault.goen(args);
        assert_eq!(out.code, Some(0), "{}", out.said());
        assert!(!out.said().chars().any(is_unsafe), "{:?}", out.said());
    }
}

#[test]
fn the_example_vault_has_something_to_tell() {
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("example-vault");
    let home = Vault::new();
    let mut command = home.command();
    let out =
        command.arg("--vault").arg(from).args(["--today", common::TODAY, "show", "藤代", "--json"]).output();
    let found: Value = serde_json::from_slice(&out.unwrap().stdout).unwrap();
    assert_eq!(
        rows(&found["talks"], &["date", "source"]),
        ["2026-10-14 mention", "2026-08-22 log", "2026-07-11 log"]
    );
    assert_eq!(rows(&found["ahead"], &["date", "kind"]), ["2026-11-23 birthday", "2026-12-05 event"]);
    assert_eq!(text(&found["together"][0]["org"]), "株式会社かわせみ情報サービス");
}

#[test]
fn in_the_first_days_of_mourning_nothing_glad_is_ahead() {
    let vault = Vault::new();
    let lines = "type: person\ntier: close\nmourning: 2026-11-10\nmilestones: [2026-11-25 昇進]";
    vault.note("人/x.md", &front(lines));
    let kinds = |day: &str| rows(&vault.json_on(day, &["show", "x"])["ahead"], &["kind"]);
    assert!(!kinds("2026-11-21").contains(&"milestone".to_owned()));
    assert!(!shown(&vault, "ja").contains("昇進"));
    vault.note("人/x.md", &front(&lines.replace("mourning: 2026-11-10", "mourning: 2026")));
    assert!(kinds("2026-11-21").contains(&"milestone".to_owned()), "of a year there are no such days");
}

#[test]
fn of_the_dead_nothing_is_asked_or_waited_for() {
    let vault = Vault::new();
    let log = "## 記録\n\n- 2026-05-01 (line) 旅の話 #followup\n\n- [ ] 本を返す\n- [ ] 写真 #theirs\n";
    for (status, is_there) in [("active", true), ("deceased", false)] {
        vault.note("人/x.md", &(front(&format!("type: person\nstatus: {status}")) + log));
        let out = shown(&vault, "ja");
        for heading in ["続きを聞きたいこと", "待っていること"] {
            assert_eq!(out.contains(heading), is_there, "{status}: {out}");
        }
        assert!(out.contains("自分の約束") && out.contains("旅の話"), "{out}");
    }
}
