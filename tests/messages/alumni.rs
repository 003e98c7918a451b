//! `goen alumni`: who was where when, what is not known said so, the ties, the page in the note.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{Vault, all_equal, front, is_unsafe, text};
use serde_json::Value;

const ORG: &str = "組織/株式会社ミナト.md";

fn person(vault: &Vault, name: &str, lines: &str, body: &str) {
    vault.note(&format!("人/{name}.md"), &(front(&format!("type: person\n{lines}")) + body));
}

/// You were at ミナト from April 2018 to March 2024.
fn vault() -> Vault {
    let vault = Vault::new();
    vault.note(
        "自分.md",
        "---\ntype: me\ncareer:\n  - {org: \"[[株式会社ミナト]]\", role: SE, from: 2018-04, to: 2024-03}\n  \
         - {org: 株式会社シオサイ, from: 2024-04}\n---\n",
    );
    vault.note(ORG, "---\ntype: org\naliases: [ミナト, Minato]\n---\n# ミナト\n\n坂の途中の会社。\n");
    vault
}

fn alumni(vault: &Vault, org: &str) -> Value {
    vault.json(&["alumni", org])
}

fn members(vault: &Vault) -> Vec<Value> {
    alumni(vault, "ミナト")["members"].as_array().unwrap().clone()
}

fn names(of: &Value) -> Vec<String> {
    of.as_array().unwrap().iter().map(|member| text(&member["name"])).collect()
}

#[test]
fn times_together_are_as_certain_as_they_are_told() {
    let check = |org: &str, want: [&str; 4], ja: &str, en: &str| {
        let vault = vault();
        person(&vault, "高木", org, "");
        let found = members(&vault);
        assert_eq!(found.len(), 1, "{org}");
        let member = &found[0];
        let spells = member["shared"].as_array().unwrap().iter();
        let end = |of: &Value| of.as_str().unwrap_or("").to_owned();
        let spells: Vec<String> =
            spells.map(|of| format!("{}..{}", end(&of["from"]), end(&of["to"]))).collect();
        let months = member["shared_months"].as_i64().map_or("-".to_owned(), |n| n.to_string());
        let is = [text(&member["standing"]), text(&member["together"]), spells.join(" "), months];
        assert_eq!(is, want, "{org}");
        for (lang, want) in [("ja", ja), ("en", en)] {
            let shown = vault.goen(&["alumni", "ミナト", "--lang", lang]).stdout;
            let line = shown.lines().find(|line| line.starts_with("  高木")).unwrap_or_default();
            let words = line.split("  ").map(str::trim).filter(|part| !part.is_empty());
            assert_eq!(words.skip(1).collect::<Vec<_>>().join("|"), want, "{org}");
        }
    };
    check(
        "org: \"[[株式会社ミナト]] 2019-04.. 開発\"",
        ["there", "yes", "2019-04..2024-03", "60"],
        "2019-04〜現在|開発|ご一緒 5年|前回 –",
        "2019-04 – now|開発|together 5 years|last –",
    );
    // By another name, and without a note's link.
    check(
        "org: Minato 2010-04..2018-04",
        ["left", "yes", "2018-04..2018-04", "1"],
        "2010-04〜2018-04|ご一緒 1か月|いま 不明|前回 –",
        "2010-04 – 2018-04|together 1 month|now unknown|last –",
    );
    check(
        "org: [\"[[株式会社ミナト]] 2010-04..2017-03 課長\", フリーランス 2017-04..]",
        ["left", "no", "", "-"],
        "2010-04〜2017-03|課長|いま フリーランス|前回 –",
        "2010-04 – 2017-03|課長|now フリーランス|last –",
    );
    // Told in years: when, but no months are made of them.
    check(
        "org: ミナト 2019..2021",
        ["left", "yes", "2019..2021", "-"],
        "2019〜2021|ご一緒 2019〜2021|いま 不明|前回 –",
        "2019 – 2021|together 2019 – 2021|now unknown|last –",
    );
    check(
        "org: ミナト 2010..2018",
        ["left", "perhaps", "2018-04..2018", "-"],
        "2010〜2018|ご一緒 2018-04〜2018（重なったかもしれません）|いま 不明|前回 –",
        "2010 – 2018|together 2018-04 – 2018 (perhaps)|now unknown|last –",
    );
    // No beginning: whoever left while you were there was there with you.
    check(
        "org: ミナト ..2020-03",
        ["left", "yes", "..2020-03", "-"],
        "不明〜2020-03|ご一緒 不明〜2020-03|いま 不明|前回 –",
        "unknown – 2020-03|together unknown – 2020-03|now unknown|last –",
    );
    check(
        "org: ミナト",
        ["there", "unknown", "", "-"],
        "不明〜現在|ご一緒 不明|前回 –",
        "unknown – now|together unknown|last –",
    );
    check(
        "former_org: ミナト",
        ["left", "unknown", "", "-"],
        "時期は不明|ご一緒 不明|いま 不明|前回 –",
        "time unknown|together unknown|now unknown|last –",
    );
    check(
        "org: ミナト 2027-04.. 顧問",
        ["coming", "no", "", "-"],
        "2027-04〜|顧問|前回 –",
        "from 2027-04|顧問|last –",
    );
    // Two posts that follow upon each other are one time; a gap is a gap.
    check(
        "org: [ミナト 2017-04..2020-03 担当, ミナト 2020-04..2021-03 課長, ミナト 2023-01.. 部長]",
        ["there", "yes", "2018-04..2021-03 2023-01..2024-03", "51"],
        "2017-04〜2021-03、2023-01〜現在|担当 → 課長 → 部長|ご一緒 4年3か月|前回 –",
        "2017-04 – 2021-03, 2023-01 – now|担当 → 課長 → 部長|together 4 years 3 months|last –",
    );
}

#[test]
fn an_organisation_is_found_however_it_is_named() {
    let vault = vault();
    person(&vault, "高木", "org: \"[[株式会社ミナト|ミナト開発部]] 2019-04..\"", "");
    person(&vault, "南", "org: 港南クラブ 2020..", "");
    let found = |asked: &str| text(&alumni(&vault, asked)["name"]);
    all_equal(
        [
            "株式会社ミナト",
            "ミナト",
            "みなと",
            "ﾐﾅﾄ",
            "minato",
            "Mina",
            "組織/株式会社ミナト.md",
            "組織/株式会社ミナト",
        ]
        .map(|asked| (asked.to_owned(), found(asked), "株式会社ミナト".to_owned())),
    );
    assert_eq!(found("港南"), "港南クラブ", "no note is needed");
    assert_eq!(alumni(&vault, "港南")["path"], Value::Null);
    assert_eq!(names(&alumni(&vault, "ミナト")["members"]), ["高木"], "the link says which");
    for (asked, lang, code, says) in [
        ("株式会社", "ja", Some(2), "「株式会社」に当てはまる組織が 2 あります"),
        ("株式会社", "en", Some(2), "`株式会社` could be 2 organisations"),
        ("株式会社ミナミ", "ja", Some(2), "「株式会社ミナト」のことでしょうか"),
        ("zzz", "en", Some(2), "no organisation is called `zzz`"),
    ] {
        let out = vault.goen(&["alumni", asked, "--lang", lang]);
        assert_eq!((out.code, out.stdout.as_str()), (code, ""), "{asked}");
        assert!(out.stderr.contains(says), "{asked}: {}", out.stderr);
    }
}

/// Five who know each other in some way, and two who never appear.
fn with_ties() -> Vault {
    let vault = vault();
    let minato = "org: \"[[株式会社ミナト]] 2015-04..\"\ntier: close";
    let log = |day: &str, words: &str| format!("## 記録\n\n- {day} (line) {words}\n");
    person(&vault, "阿部", minato, &log("2026-11-10", "[[伊藤]] と [[江口]] の話"));
    person(&vault, "伊藤", minato, &log("2026-06-01", "近況"));
    person(&vault, "上田", minato, &log("2025-03-01", "退職の挨拶"));
    person(&vault, "江口", minato, "[[阿部]] の紹介。[[故人A]] の後任。\n");
    person(&vault, "大野", &format!("{minato}\nstatus: paused"), &log("2024-01-01", "x"));
    person(&vault, "故人A", &format!("{minato}\nstatus: deceased"), "[[阿部]] [[伊藤]] [[上田]]\n");
    person(&vault, "不要B", &format!("{minato}\nstatus: do-not-contact"), "[[阿部]]\n");
    let event = |day: &str, name: &str, lines: &str, who: &str| {
        let text = format!("---\ntype: event\ndate: {day}\n{lines}attendees: [{who}]\n---\n");
        vault.note(&format!("イベント/{name}.md"), &text);
    };
    event("2025-12-10", "忘年会", "", "阿部, 上田, 伊藤, 故人A, 不要B, 知らない人");
    event("2026-02-10", "ランチ", "", "阿部, 故人A, 不要B");
    event("2026-05-10", "中止の会", "status: cancelled\n", "阿部, 上田, 伊藤, 江口");
    event("2026-12-11", "2026-12-11 次の会", "status: planned\n", "阿部, 上田, 伊藤, 江口");
    vault
}

#[test]
fn ties_gatherings_and_who_would_bring_them_together() {
    let vault = with_ties();
    let found = alumni(&vault, "ミナト");
    let short = |path: &Value| text(path).replace("人/", "").replace(".md", "");
    let mut ties: Vec<String> = found["ties"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tie| {
            let mut pair = [short(&tie["between"][0]), short(&tie["between"][1])];
            pair.sort();
            format!("{} {} {}", pair.join("-"), tie["linked"], tie["events"])
        })
        .collect();
    ties.sort();
    assert_eq!(ties, ["上田-伊藤 false 1", "上田-阿部 false 1", "伊藤-阿部 true 1", "江口-阿部 true 0"]);
    let gathering = |of: &Value| format!("{} {}", text(&of["date"]), of["people"]);
    assert_eq!(gathering(&found["last_gathering"]), "2025-12-10 3");
    assert_eq!(gathering(&found["next_gathering"]), "2026-12-11 4");
    let host = &found["host"];
    assert_eq!(
        (text(&host["name"]), text(&host["why"]), host["people"].as_i64()),
        ("阿部".into(), "ties".into(), Some(3))
    );
    let silent: Vec<String> = found["silent"].as_array().unwrap().iter().map(short).collect();
    // Who rests is left in peace; whoever was met at the gathering was met.
    assert_eq!(silent, ["江口"]);
    for (lang, lines) in [
        (
            "ja",
            [
                "  自分の在籍：2018-04〜2024-03（6年） SE",
                "  前回の集まり：2025-12-10 忘年会（3人）",
                "  次の集まり：2026-12-11 次の会（4人）",
                "  声をかけるなら：阿部（このなかに知り合いが3人、前回の連絡は11日前）",
                "  しばらく話していない人：江口",
                "いまもいる人（5人）",
            ],
        ),
        (
            "en",
            [
                "  your time there: 2018-04 – 2024-03 (6 years) SE",
                "  last gathering: 2025-12-10 忘年会 (3 people)",
                "  next gathering: 2026-12-11 次の会 (4 people)",
                "  who could bring them together: 阿部 (knows 3 people here, last in touch 11 days ago)",
                "  not spoken with for a while: 江口",
                "there now (5)",
            ],
        ),
    ] {
        let shown = vault.goen(&["alumni", "ミナト", "--lang", lang]).stdout;
        for line in lines {
            assert!(shown.lines().any(|is| is == line), "no {line} in\n{shown}");
        }
    }
}

#[test]
fn whoever_has_died_or_wants_no_contact_appears_nowhere() {
    let vault = with_ties();
    vault.goen(&["alumni", "ミナト", "--write"]);
    let page = vault.read(ORG);
    let said: Vec<String> =
        [&["alumni"][..], &["alumni", "ミナト"], &["alumni", "ミナト", "--json"], &["alumni", "--json"]]
            .iter()
            .flat_map(|args| {
                ["ja", "en"].map(|lang| vault.goen(&[args, &["--lang", lang][..]].concat()).said())
            })
            .collect();
    for text in said.iter().chain([&page]) {
        assert!(!text.contains("故人A") && !text.contains("不要B"), "{text}");
    }
    // An organisation that only they were at is none.
    person(&vault, "故人C", "org: 株式会社ナギサ\nstatus: 故人", "");
    assert_eq!(vault.goen(&["alumni", "ナギサ"]).code, Some(2));
}

#[test]
fn without_a_name_the_career_is_listed() {
    let vault = with_ties();
    let all = vault.json(&["alumni"]);
    let rows = all.as_array().unwrap().iter();
    let rows: Vec<String> = rows
        .map(|row| {
            let count = |key: &str| row[key].to_string();
            format!(
                "{} {} {} {} {}",
                text(&row["name"]),
                row["left"],
                count("people"),
                count("there"),
                count("in_touch")
            )
        })
        .collect();
    assert_eq!(rows, ["株式会社ミナト true 5 5 3", "株式会社シオサイ false 0 0 0"]);
    let shown = vault.goen(&["alumni"]).stdout;
    assert!(shown.lines().any(|line| line.contains("2024-04〜現在")), "{shown}");
    let bare = Vault::new();
    bare.note("人/高木.md", "");
    assert_eq!(bare.goen(&["alumni"]).code, Some(2), "there is nobody whose career it could be");
    bare.note("自分.md", "---\ntype: me\n---\n");
    let out = bare.goen(&["alumni", "--lang", "en"]);
    assert_eq!((out.code, out.stdout.as_str()), (Some(0), "the note about you has no `career` yet\n"));
}

#[test]
fn the_page_goes_into_the_note_and_changes_nothing_else() {
    let vault = with_ties();
    let (people, before) = (vault.people(), vault.read(ORG));
    let all = vault.snapshot();
    let out = vault.goen(&["alumni", "ミナト", "--write"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    let page = vault.read(ORG);
    assert!(page.starts_with(&before), "{page}");
    let inside = page[before.len()..].trim_start();
    assert!(inside.starts_with("## 同窓\n\n<!-- goen:org begin -->\n"), "{page}");
    assert!(page.ends_with("<!-- goen:org end -->\n"), "{page}");
    let line = "- [[阿部]] — 2015-04〜現在、ご一緒した期間 6年、前回 2026-11-10";
    assert!(page.lines().any(|is| is == line), "{page}");
    assert!(page.contains("- 声をかけるなら：[[阿部]]（このなかに知り合いが3人）\n"), "{page}");
    // Nothing else is different, on the disk or in what is read.
    let others = |mut all: std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>| {
        all.retain(|path, _| !path.ends_with(ORG));
        all
    };
    assert_eq!(others(vault.snapshot()), others(all));
    assert_eq!(vault.people(), people);
    assert_eq!(vault.json(&["alumni", "ミナト"])["ties"].as_array().unwrap().len(), 4);
    // The same again writes nothing, on another machine too.
    vault.forget_local_state();
    let out = vault.goen(&["alumni", "ミナト", "--write"]);
    assert!(out.stderr.contains("すでに最新です"), "{}", out.said());
    assert_eq!(vault.read(ORG), page);
}

#[test]
fn what_somebody_typed_stays_and_old_days_do_not_pile_up() {
    let vault = with_ties();
    vault.goen(&["alumni", "ミナト", "--write"]);
    let typed =
        vault.read(ORG).replace("<!-- goen:org end -->", "- 阿部さんに幹事を頼む\n\n<!-- goen:org end -->");
    vault.note(ORG, &typed);
    vault.note("2026-11-20.md", "[[伊藤]] とランチ\n");
    vault.forget_local_state();
    vault.goen(&["alumni", "ミナト", "--write"]);
    let page = vault.read(ORG);
    assert_eq!(page.matches("- [[伊藤]] — 2015").count(), 1, "{page}");
    assert!(page.contains("前回 2026-11-20\n"), "{page}");
    assert!(page.contains("\n- 阿部さんに幹事を頼む\n"), "{page}");
}

#[test]
fn line_ends_and_signs_stay_and_broken_markers_are_left() {
    let vault = with_ties();
    let windows = "\u{feff}---\r\ntype: org\r\naliases: [ミナト]\r\n---\r\n# ミナト\r\n\r\n## 記録\r\n\r\n- 2026-01-10 集まった\r\n";
    vault.note(ORG, windows);
    assert_eq!(vault.goen(&["alumni", "ミナト", "--write"]).code, Some(0));
    let page = vault.read(ORG);
    assert!(page.starts_with(windows), "{page:?}");
    assert_eq!(page.matches('\n').count(), page.matches("\r\n").count());
    let broken = "---\ntype: org\naliases: [ミナト]\n---\n<!-- goen:org begin -->\nx\n";
    vault.note(ORG, broken);
    let out = vault.goen(&["alumni", "ミナト", "--write"]);
    assert_eq!(out.code, Some(2), "{}", out.said());
    assert_eq!(vault.read(ORG), broken);
    // Nothing to write to.
    let out = vault.goen(&["alumni", "シオサイ", "--write"]);
    assert!(out.code == Some(2) && out.stderr.contains("株式会社シオサイ"), "{}", out.said());
    assert_eq!(vault.goen(&["alumni", "--write"]).code, Some(2));
}

#[test]
fn odd_names_and_many_people() {
    let vault = vault();
    person(
        &vault,
        "x",
        "name: \"高\\e[31m木\\u202e\"\norg: \"株式会社ミナト 2019-04.. 部\\u0007長\"",
        "[[y]]",
    );
    person(&vault, "y", "name: \"a]] [[b|c\"\norg: \"ミナト\"", "");
    for n in 0..300 {
        let next = (n + 1) % 300;
        person(
            &vault,
            &format!("p{n:03}"),
            "org: ミナト 2019-04..2020-03 SE\ntier: close",
            &format!("[[p{next:03}]]\n"),
        );
    }
    for args in [&["alumni", "ミナト"][..], &["alumni"], &["alumni", "ミナト", "--write"]] {
        let out = vault.goen(args);
        assert_eq!(out.code, Some(0), "{}", out.said());
        assert!(!out.said().chars().any(is_unsafe), "{args:?}");
    }
    let page = vault.read(ORG);
    assert!(!page.contains("[[b|c"), "a name is no link: {page}");
    let found = alumni(&vault, "ミナト");
    assert_eq!(found["members"].as_array().unwrap().len(), 302);
    assert_eq!(found["ties"].as_array().unwrap().len(), 301);
    let shown = vault.goen(&["alumni", "ミナト"]).stdout;
    assert!(shown.contains("ほか294人"), "{}", shown.lines().take(6).collect::<Vec<_>>().join("\n"));
}

#[test]
fn columns_stand_below_each_other() {
    let vault = vault();
    person(&vault, "A", "org: ミナト 2019-04.. Engineer", "");
    person(&vault, "長い名前の人", "org: ミナト 2019-04.. 部長", "");
    let shown = vault.goen(&["alumni", "ミナト"]).stdout;
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let at: Vec<usize> = shown
        .lines()
        .filter(|line| line.contains("ご一緒"))
        .map(|line| width(line.split("2019").next().unwrap()))
        .collect();
    assert_eq!(at.len(), 2, "{shown}");
    assert_eq!(at[0], at[1], "{shown}");
}

#[test]
fn where_you_never_were_nobody_is_a_former_colleague() {
    let vault = with_ties();
    vault.note("組織/港南.md", "---\ntype: org\n---\n");
    for (name, other) in [("加藤", "木村"), ("木村", "久保"), ("久保", "加藤")] {
        let log = format!("## 記録\n\n- 2026-11-10 (line) [[{other}]] の話\n");
        person(&vault, name, "org: \"[[港南]] 2015-04..\"\ntier: client", &log);
    }
    vault.goen(&["alumni", "港南", "--write"]);
    let page = vault.read("組織/港南.md");
    assert!(page.contains("## 知っている人\n\n<!-- goen:org begin -->\n\n**いまもいる人**"), "{page}");
    assert!(!page.contains("声をかけるなら") && !page.contains("同窓"), "{page}");
    assert!(!vault.goen(&["alumni", "港南"]).stdout.contains("声をかけるなら"));
    let undone = vault.goen(&["undo", "1"]);
    assert_eq!(undone.code, Some(0), "{}", undone.said());
    assert_eq!(vault.read("組織/港南.md"), "---\ntype: org\n---\n");
}

#[test]
fn a_line_below_somebody_stays_below_them() {
    let vault = with_ties();
    vault.goen(&["alumni", "ミナト", "--write"]);
    let typed = vault.read(ORG).replace("前回 2026-11-10\n", "前回 2026-11-10\n    - 猫好き\n");
    vault.note(ORG, &typed);
    vault.note("人/阿部.md", &vault.read("人/阿部.md").replace("2026-11-10", "2026-11-11"));
    vault.forget_local_state();
    vault.goen(&["alumni", "ミナト", "--write"]);
    let page = vault.read(ORG);
    assert!(page.contains("、前回 2026-11-11\n    - 猫好き\n"), "{page}");
    assert!(!page.contains("2026-11-10"), "{page}");
}

#[test]
fn a_period_that_ends_before_it_begins_is_told() {
    for org in [
        "org: \"[[株式会社ミナト]] 2019-03..2015-04 部長\"",
        "org: ミナト 2019-03..2015-04 部長",
        "org: {name: ミナト, role: 部長, from: 2019-03, to: 2015-04}",
    ] {
        let vault = vault();
        person(&vault, "高木", org, "");
        let member = &members(&vault)[0];
        assert_eq!((text(&member["standing"]), text(&member["together"])), ("left".into(), "unknown".into()));
        assert_eq!(text(&member["posts"][0]["role"]), "部長", "{org}");
        let shown = vault.goen(&["alumni", "ミナト"]).stdout;
        assert!(shown.contains("時期は不明") && !shown.contains("2015"), "{shown}");
        let problems = vault.json(&["check"]);
        let found = problems.as_array().unwrap().iter().filter(|p| p["code"] == "bad-date");
        let said: Vec<String> = found.map(|p| text(&p["message"])).collect();
        assert_eq!(said, ["期間の終わりが始まりより前です:「2019-03..2015-04」"], "{org}");
    }
    let vault = vault();
    vault.note("自分.md", "---\ntype: me\ncareer:\n  - {org: ミナト, from: 2020-05, to: 2019-05}\n---\n");
    let problems = vault.json(&["check"]);
    assert!(problems.as_array().unwrap().iter().any(|p| p["code"] == "bad-date"), "{problems}");
    assert!(!vault.goen(&["alumni"]).stdout.contains("2019"));
}
