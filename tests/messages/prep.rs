//! `goen prep`: who comes and what to ask, as words, as data, and in the event's note.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use crate::common::{Vault, is_unsafe, text};
use serde_json::{Value, json};

const DAY: &str = "2026-11-21";
const EVENT: &str = "イベント/2026-12-05 交流会.md";
const BEGIN: &str = "<!-- goen:prep begin -->";
const END: &str = "<!-- goen:prep end -->";

/// Somebody for everything that a preparation tells, and those who appear in no way.
fn vault() -> Vault {
    let vault = Vault::new();
    let person = |name: &str, lines: &str, body: &str| {
        vault.note(&format!("人/{name}.md"), &format!("---\n{lines}\n---\n{body}"));
    };
    vault.note(
        "自分.md",
        "---\ntype: me\nname: 高瀬 悠\nlocation: 横浜市\ninterests: [読書, Rust]\nstrengths: [登壇]\ngoals: [データ基盤]\n\
         career:\n  - {org: \"[[株式会社ミナト]]\", from: 2014-04, to: 2026-06-30}\n---\n",
    );
    vault.note("組織/株式会社ミナト.md", "---\ntype: org\naliases: [ミナト]\n---\n");
    person(
        "藤代 航",
        "tier: close\norg: \"[[株式会社ミナト]] 2018-04.. 開発部長\"\nlocation: 横浜市\ninterests: [読書, 将棋]\ngoals: [登壇]\n\
         milestones:\n  - 2026-11-10 部長昇進",
        "## 記録\n\n- 2026-10-14 (line) 「二冊目」を書きはじめた #followup\n- 2026-11-01 (電話) 子どもの話\n\n- [ ] 資料を送る 📅 2026-12-01\n- [ ] 写真をもらう #theirs\n",
    );
    person(
        "Jane Doe",
        "tier: client\nstrengths: [データ基盤]\nlocation: 横浜市\ninterests: [将棋]",
        "## Log\n\n- 2026-09-01 (email) Her new team\n",
    );
    person(
        "休 止",
        "tier: senior\nstatus: paused\ninterests: [読書]",
        "## 記録\n\n- 2026-09-01 (line) 休むとのこと #followup\n",
    );
    person(
        "故 人",
        "status: 故人\ninterests: [読書, Rust]\norg: 株式会社ミナト",
        "## 記録\n\n- 2026-09-01 (line) 秘密\n",
    );
    person("不要", "status: do-not-contact\ninterests: [読書, Rust]\norg: ミナト", "");
    person("終 了", "status: closed\norg: ミナト", "");
    // Not listed.
    person("元 同僚", "tier: colleague\norg: \"[[株式会社ミナト]] 2015..2019\"", "");
    person("話題 花", "tier: colleague\ninterests: [Rust]\nlocation: 横浜市港北区", "");
    person("遠 方", "tier: colleague\nlocation: 札幌市\ninterests: [料理]", "");
    vault.note(
        EVENT,
        "---\ntype: event\ndate: 2026-12-05\nend: 2026-12-06\nattendees:\n  - \"[[藤代 航]]\"\n  - \"[[Jane Doe]]\"\n  - \"[[休 止]]\"\n  \
         - \"[[故 人]]\"\n  - \"[[不要]]\"\n  - \"[[高瀬 悠]]\"\n  - \"[[自分]]\"\n  - 初対面さん\n  - \"[[遠 方]] (欠席)\"\nplace: 横浜の貸し会議室\ngoal: 二人と話す\n\
         tags: [event, Rust]\norganizer: \"[[ミナト]]\"\n---\n# 交流会\n\n## 話したこと\n\n- [[Jane Doe]]：あとで\n",
    );
    vault
}

#[test]
fn what_is_known_before_an_event() {
    let vault = vault();
    for lang in ["ja", "en"] {
        let out = vault.on(DAY, &["prep", "交流会", "--lang", lang]);
        assert!(out.code == Some(0) && out.stderr.is_empty(), "{}", out.said());
        for gone in ["故", "不要", "終 了", "秘密"] {
            assert!(!out.stdout.contains(gone), "{gone} appears in\n{}", out.stdout);
        }
        insta::assert_snapshot!(format!("prep_{lang}"), out.stdout);
    }
}

#[test]
fn the_same_as_data() {
    let vault = vault();
    let all = vault.json_on(DAY, &["prep", "2026-12-05"]);
    let keys = |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let want = [
        "path",
        "name",
        "date",
        "last_date",
        "place",
        "goal",
        "status",
        "attendees",
        "without_note",
        "absent",
        "common",
        "others",
        "aim",
        "follow_ups",
    ];
    let mut sorted: Vec<String> = want.iter().map(|key| (*key).to_owned()).collect();
    sorted.sort();
    let mut got = keys(&all);
    got.sort();
    assert_eq!(got, sorted);
    assert_eq!(all["path"], EVENT);
    assert_eq!((&all["date"], &all["last_date"]), (&json!("2026-12-05"), &json!("2026-12-06")));
    let names: Vec<String> = all["attendees"].as_array().unwrap().iter().map(|a| text(&a["name"])).collect();
    assert_eq!(names, ["藤代 航", "Jane Doe", "休 止"]);
    assert_eq!(all["without_note"], json!(["初対面さん"]));
    assert_eq!(all["absent"], json!(["遠 方"]));
    let first = &all["attendees"][0];
    assert_eq!(first["last_talk"], json!({"date": "2026-11-01", "channel": "電話", "text": "子どもの話"}));
    assert_eq!(first["threads"][0]["text"], "「二冊目」を書きはじめた");
    let promises: Vec<_> = first["promises"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (text(&p["text"]), p["theirs"] == true))
        .collect();
    assert_eq!(promises, [("資料を送る".to_owned(), false), ("写真をもらう".to_owned(), true)]);
    assert_eq!(first["milestones"], json!([{"date": "2026-11-10", "what": "部長昇進"}]));
    let kinds: Vec<_> = first["questions"].as_array().unwrap().iter().map(|q| text(&q["kind"])).collect();
    assert_eq!(kinds, ["followup", "goal"]);
    assert_eq!(
        first["starters"],
        json!([{"kind": "interest", "text": "読書"}, {"kind": "last", "text": "子どもの話"}])
    );
    // With whom contact rests comes, and nothing is asked of them.
    let resting = &all["attendees"][2];
    assert_eq!(
        (&resting["talk_to"], &resting["questions"], &resting["last_talk"]),
        (&json!(false), &json!([]), &Value::Null)
    );
    let common: Vec<_> = all["common"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (text(&c["kind"]), text(&c["text"]), c["yours"] == true))
        .collect();
    let of = |kind: &str, text: &str, yours| (kind.to_owned(), text.to_owned(), yours);
    assert_eq!(
        common,
        [
            of("interest", "読書", true),
            of("interest", "将棋", false),
            of("org", "株式会社ミナト", true),
            of("place", "横浜市", true)
        ]
    );
    let others: Vec<_> =
        all["others"].as_array().unwrap().iter().map(|o| (text(&o["name"]), o["why"].clone())).collect();
    assert_eq!(others[0], ("元 同僚".to_owned(), json!([{"kind": "former_org", "text": "株式会社ミナト"}])));
    assert_eq!(others[1].0, "話題 花");
    assert_eq!(
        others[1].1,
        json!([{"kind": "interest", "text": "Rust"}, {"kind": "place", "text": "横浜市港北区"}])
    );
    assert_eq!(others.len(), 2);
    assert_eq!(all["aim"]["person"], "人/藤代 航.md");
    assert_eq!(all["aim"]["question"]["kind"], "followup");
    assert_eq!(all["follow_ups"], json!(["人/藤代 航.md", "人/Jane Doe.md"]));
}

#[test]
fn the_event_is_found_by_name_part_path_and_day() {
    let vault = vault();
    vault.note("イベント/2026-12-05 忘年会.md", "---\ntype: event\ndate: 2026-12-05\n---\n");
    vault.note("イベント/勉強会.md", "---\ntype: event\ndate: 2026-11-30\n---\n");
    let rows: [(&[&str], i32, &str); 9] = [
        (&["交流会"], 0, EVENT),
        (&["2026-12-05", "交流会"], 0, EVENT),
        (&[EVENT], 0, EVENT),
        (&["./イベント/勉強会"], 0, "イベント/勉強会.md"),
        (&["11/30"], 0, "イベント/勉強会.md"),
        (&["2026-12-06"], 0, EVENT),
        (&["2026-12-05"], 2, "イベント/2026-12-05 忘年会.md"),
        (&["藤代 航"], 2, "見つかりません"),
        (&["勉強回"], 2, "「勉強会」のことでしょうか"),
    ];
    for (asked, code, said) in rows {
        let out = vault.on(DAY, &[&["prep"], asked].concat());
        assert_eq!(out.code, Some(code), "{asked:?}: {}", out.said());
        assert!(out.said().contains(said), "{asked:?}: {}", out.said());
        assert_eq!(out.stdout.is_empty(), code == 2, "{asked:?}: {}", out.said());
    }
}

#[test]
fn it_is_written_between_markers_and_read_as_nothing_else() {
    let vault = vault();
    vault.note("人/藤代 航.md", "---\ntier: close\nlast_contact: 2026-11-01\n---\n");
    let before = vault.snapshot();
    let told = |vault: &Vault| {
        let people: Vec<Value> = ["list", "check"].iter().map(|verb| vault.json_on(DAY, &[verb])).collect();
        // After the event: what its note says of whom must be what it said before.
        let later = vault.json_on("2026-12-07", &["today", "--all"]);
        (people, later)
    };
    let (people, later) = told(&vault);
    assert!(vault.items_on("2026-12-01").iter().any(|item| item["kind"] == "prepare"));
    for lang in ["ja", "en"] {
        let out = vault.on(DAY, &["prep", "交流会", "--write", "--lang", lang]);
        assert_eq!(out.code, Some(0), "{}", out.said());
    }
    let out = vault.on(DAY, &["prep", "交流会", "--write"]);
    assert!(out.code == Some(0) && out.stderr.contains(EVENT) && out.stdout.is_empty(), "{}", out.said());
    let written = vault.read(EVENT);
    let old = String::from_utf8(before[std::path::Path::new(EVENT)].clone()).unwrap();
    assert!(written.starts_with(&format!("{old}\n## 準備\n\n{BEGIN}\n\n")), "{written}");
    assert!(written.ends_with(&format!(" -->\n{END}\n")), "{written}");
    insta::assert_snapshot!("prep_written", written);
    // Nothing else is different, twice is once, and the note says what it said.
    let mut after = vault.snapshot();
    after.insert(EVENT.into(), before[std::path::Path::new(EVENT)].clone());
    assert!(after == before, "other notes changed");
    let again = vault.on(DAY, &["prep", "交流会", "--write"]);
    assert!(again.stderr.contains("すでに最新です") && again.stdout.is_empty(), "{}", again.said());
    assert_eq!(vault.read(EVENT), written);
    assert_eq!(told(&vault), (people, later));
    // With a goal and what is prepared there is nothing to prepare.
    assert!(vault.items_on("2026-12-01").iter().all(|item| item["kind"] != "prepare"));
}

#[test]
fn what_is_typed_between_the_markers_stays() {
    for forgets in [false, true] {
        let vault = vault();
        vault.on(DAY, &["prep", "交流会", "--write"]);
        let typed = vault
            .read(EVENT)
            .replace("- [ ] [[藤代 航]]", "- [x] [[藤代 航]]")
            .replace("### 共通点\n", "会場は三階\n\n### 共通点\n\n- 声の大きい人が苦手\n");
        assert!(typed.contains("- [x] [[藤代 航]]"), "{typed}");
        vault.note(EVENT, &typed);
        if forgets {
            vault.forget_local_state();
        }
        // Another day, another language, something new: goen's own lines go, the others stay.
        let note = vault.read("人/Jane Doe.md");
        vault.note("人/Jane Doe.md", &note.replace("strengths: [データ基盤]", "strengths: []"));
        let out = vault.on("2026-12-02", &["prep", "交流会", "--write"]);
        assert_eq!(out.code, Some(0), "{}", out.said());
        let now = vault.read(EVENT);
        let (_, inside) = now.split_once(BEGIN).unwrap();
        let (inside, behind) = inside.split_once(END).unwrap();
        assert_eq!(behind, "\n");
        assert!(inside.contains("- [x] [[藤代 航]]") && !inside.contains("- [ ] [[藤代 航]]"), "{inside}");
        for kept in ["会場は三階", "- 声の大きい人が苦手"] {
            assert_eq!(inside.matches(kept).count(), 1, "{kept} in {inside}");
        }
        assert!(inside.contains("2026-12-02 現在") && !inside.contains("2026-11-21 現在"), "{inside}");
        assert!(!inside.contains("データ基盤"), "{inside}");
        assert_eq!(inside.matches("### 来る人").count(), 1, "{inside}");
        assert!(inside.contains("### 共通点\n\n- 声の大きい人が苦手\n"), "{inside}");
        let again = vault.on("2026-12-02", &["prep", "交流会", "--write"]);
        assert!(again.stderr.contains("すでに最新です") && again.stdout.is_empty(), "{}", again.said());
        assert_eq!(vault.read(EVENT), now);
    }
}

#[test]
fn nothing_is_written_between_broken_markers() {
    let vault = vault();
    let front = "---\ntype: event\ndate: 2026-12-05\nattendees: [\"[[藤代 航]]\"]\n---\n";
    let rows = [
        format!("{BEGIN}\nx\n"),
        format!("{END}\n"),
        format!("{END}\n{BEGIN}\n"),
        format!("{BEGIN}\n{BEGIN}\n{END}\n"),
        format!("{BEGIN}\n{END}\n{BEGIN}\n{END}\n"),
    ];
    for (lang, said) in [("ja", "一組"), ("en", "not one pair")] {
        for row in &rows {
            let note = format!("{front}{row}");
            vault.note(EVENT, &note);
            let out = vault.on(DAY, &["prep", "交流会", "--write", "--lang", lang]);
            assert_eq!(out.code, Some(2), "{row:?}: {}", out.said());
            assert!(
                out.stderr.contains(said) && out.stderr.contains(EVENT) && out.stdout.is_empty(),
                "{}",
                out.said()
            );
            assert_eq!(vault.read(EVENT), note);
        }
    }
}

#[test]
fn bytes_around_stay_as_they_are() {
    let vault = vault();
    let front = "---\ntype: event\ndate: 2026-12-05\nattendees: [\"[[藤代 航]]\"]\n---\n";
    let rows = [
        format!("\u{feff}{front}# 会\n\n## 記録\n\n- 2026-11-01 案内が来た\n").replace('\n', "\r\n"),
        format!("{front}最後の行に改行がない"),
        format!("{front}## Preparation\n\nbring cards  \n\n## Log\n"),
        format!("{front}# 記録\n\n- 2026-11-01 案内\n\n# メモ\n\nx\n\n\n"),
        format!("{front}前\n{BEGIN}\n古い\n{END}\n後  \n"),
        front.to_owned(),
    ];
    for row in rows {
        vault.note(EVENT, &row);
        let out = vault.on(DAY, &["prep", "交流会", "--write"]);
        assert_eq!(out.code, Some(0), "{row:?}: {}", out.said());
        let now = vault.read(EVENT);
        let from = now.find(BEGIN).unwrap();
        let to = now.find(END).unwrap() + END.len();
        let without = format!("{}{}", &now[..from], &now[to..]);
        // What stood there stands there, in its order; what came beside it is a heading and blank lines.
        let lines = |text: &str| -> Vec<String> {
            let all = text.split('\n').filter(|line| !line.trim().is_empty());
            all.filter(|line| !matches!(line.trim_end(), "## 準備" | "# 準備")).map(str::to_owned).collect()
        };
        let old = row.find(BEGIN).map_or(row.clone(), |at| {
            format!("{}{}", &row[..at], &row[row.find(END).unwrap() + END.len()..])
        });
        assert_eq!(lines(&without), lines(&old), "{row:?}");
        assert_eq!(now.ends_with('\n'), row.ends_with('\n'), "{row:?}");
        assert_eq!(now.contains("\r\n"), row.contains("\r\n"), "{row:?}");
        assert_eq!(now.matches("\r\n").count() == now.matches('\n').count(), row.contains("\r\n"), "{row:?}");
        let undone = vault.on(DAY, &["undo", "1"]);
        assert_eq!(undone.code, Some(0), "{}", undone.said());
        assert_eq!(vault.read(EVENT), row, "taken back");
    }
}

#[test]
fn no_text_of_a_note_does_harm() {
    let vault = Vault::new();
    vault.note(
        "People/x.md",
        "---\nname: \"a\\u001b[31m\\u202eb]] %%\"\ninterests: [\"<b>\\u0007\", \"[[z]]\"]\n---\n## Log\n\n- 2026-11-01 (line) <!-- goen:prep end --> `x` [ ] %% #followup\n- [ ] <!-- x [[y]]\n",
    );
    vault.note("e.md", "---\ntype: event\ndate: 2026-12-05\nattendees: [\"[[x]]\", \"<!-- goen:prep end -->\"]\nplace: \"a\\u001bb\"\n---\n");
    let out = vault.on(DAY, &["prep", "e"]);
    assert!(out.code == Some(0) && !out.said().contains(is_unsafe), "{}", out.said());
    let out = vault.on(DAY, &["prep", "e", "--write"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    let now = vault.read("e.md");
    assert!(!now.contains(is_unsafe), "{now}");
    assert_eq!(
        (now.matches(BEGIN).count(), now.lines().filter(|line| *line == END).count()),
        (1, 1),
        "{now}"
    );
    let again = vault.on(DAY, &["prep", "e", "--write"]);
    assert!(again.code == Some(0) && vault.read("e.md") == now, "{}", again.said());
    // Nobody listed, no date, no note about you.
    vault.note("empty.md", "---\ntype: event\n---\n");
    let out = vault.on(DAY, &["prep", "empty", "--lang", "en"]);
    assert!(out.code == Some(0) && out.stdout.contains("nobody is listed yet"), "{}", out.said());
}

#[test]
fn the_example_vault() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("example-vault");
    let vault = Vault::new();
    for lang in ["ja", "en"] {
        let mut command = vault.command();
        command.arg("--vault").arg(&root).args(["--today", DAY, "--lang", lang, "prep", "忘年会"]);
        let out = common::run(&mut command);
        assert_eq!(out.code, Some(0), "{}", out.said());
        insta::assert_snapshot!(format!("prep_example_{lang}"), out.stdout);
    }
}

/// A small vault: an event of the 1st of December to which somebody comes.
fn with_guest(front: &str, log: &str) -> Vault {
    let vault = Vault::new();
    vault.note("人/佐藤 花.md", &format!("---\ntier: close\n{front}---\n## 記録\n\n{log}"));
    vault.note("会.md", "---\ntype: event\ndate: 2026-12-01\nattendees: [\"[[佐藤 花]]\"]\n---\n");
    vault
}

#[test]
fn what_was_said_before_the_event_is_the_last_time() {
    let vault = with_guest("", "- 2026-10-01 (line) 引っ越しの話\n- 2026-12-01 (対面) 会で話した\n");
    for (day, is_over) in [("2026-11-21", false), ("2026-12-01", false), ("2026-12-09", true)] {
        let out = vault.on(day, &["prep", "会"]).stdout;
        let says = |words: &str| out.contains(words) != is_over;
        assert!(says("前回：「引っ越しの話」（2026-10-01・"), "{day}: {out}");
        assert!(says("「引っ越しの話」の続き") && !out.contains("会で話した"), "{day}: {out}");
        let all = vault.json_on(day, &["prep", "会"]);
        assert_eq!(all["attendees"][0]["last_contact"], "2026-10-01", "{day}");
    }
}

#[test]
fn who_has_left_an_organisation_is_told_as_one_who_has() {
    let vault = Vault::new();
    let of_minato = |name: &str, org: &str| {
        vault.note(&format!("人/{name}.md"), &format!("---\ntier: colleague\n{org}\n---\n"));
    };
    of_minato("佐藤 花", "org: ミナト 2015..2020");
    of_minato("Bob", "former_org: ミナト");
    of_minato("今の人", "org: [アオバ, ミナト]");
    of_minato("去った人", "org: [\"ミナト 2015-04..2019\", \"アオバ 2020..\"]");
    of_minato("先の人", "former_org: ミナト");
    of_minato("戻った人", "org: [\"ミナト 2010..2012\", \"ミナト 2020..\"]");
    of_minato("春の人", "org: ミナト 2027-04..");
    vault.note(
        "会.md",
        "---\ntype: event\ndate: 2026-12-01\nattendees: [\"[[佐藤 花]]\", \"[[Bob]]\"]\n---\n",
    );
    for (lang, now, then) in [
        ("ja", "所属「ミナト」", "以前の所属「ミナト」"),
        ("en", "organisation “ミナト”", "formerly “ミナト”"),
    ] {
        let out = vault.on(DAY, &["prep", "会", "--lang", lang]).stdout;
        let line = |name: &str| {
            let found = out.lines().map(str::trim).find_map(|line| line.strip_prefix(name));
            found.map(|rest| rest.trim_start_matches(['：', ':', ' ']).to_owned())
        };
        for (name, want) in [
            ("今の人", Some(now)),
            ("戻った人", Some(now)),
            ("去った人", Some(then)),
            ("先の人", Some(then)),
            ("春の人", None),
        ] {
            assert_eq!(line(name).as_deref(), want, "{lang} {name}: {out}");
        }
    }
}

#[test]
fn the_name_of_an_event_is_no_talk() {
    let vault = with_guest("", "");
    vault.note(
        "2026-11-01 勉強会.md",
        "---\ntype: event\ndate: 2026-11-01\nattendees: [\"[[佐藤 花]]\"]\n---\n",
    );
    for (lang, said) in [("ja", "前回：2026-11-01・20日前、勉強会 で"), ("en", ", at 勉強会")] {
        let out = vault.on(DAY, &["prep", "会", "--lang", lang]).stdout;
        assert!(out.contains(said) && !out.contains("「2026") && !out.contains("“2026"), "{out}");
    }
    let all = vault.json_on(DAY, &["prep", "会"]);
    assert_eq!((&all["aim"], &all["attendees"][0]["questions"]), (&Value::Null, &json!([])));
    // What was noted earlier is told, as of its day.
    let vault = with_guest("", "- 2026-10-01 (line) 引っ越しの話\n");
    vault.note("集い.md", "---\ntype: event\ndate: 2026-11-01\nattendees: [\"[[佐藤 花]]\"]\n---\n");
    let out = vault.on(DAY, &["prep", "会"]).stdout;
    assert!(
        out.contains("前回：2026-11-01・20日前、集い で") && out.contains("以前の話：「引っ越しの話」"),
        "{out}"
    );
}

#[test]
fn a_talk_of_the_dead_gives_its_day_and_no_word() {
    let vault = with_guest("", "- 2025-01-01 (line) 古い話\n- 2026-11-19 (対面) [[故 人]] を偲んだ\n");
    vault.note("人/故 人.md", "---\nstatus: deceased\n---\n");
    let out = vault.on(DAY, &["prep", "会"]).stdout;
    assert!(out.contains("前回：2026-11-19・2日前\n") && !out.contains('故'), "{out}");
    assert!(out.contains("以前の話：「古い話」（2025-01-01"), "{out}");
}

#[test]
fn mourning_is_told_and_nothing_glad_in_its_first_days() {
    let front = "mourning: 2026-11-10\nmilestones: [2026-11-01 昇進]\n";
    let vault = with_guest(front, "- 2026-10-01 (line) 引っ越しの話 #followup\n");
    vault.note("人/二人目.md", "---\nlocation: 横浜市\nmourning: 2026-11-10\n---\n");
    vault.note(
        "会.md",
        "---\ntype: event\ndate: 2026-12-01\nplace: 横浜\nattendees: [\"[[佐藤 花]]\"]\n---\n",
    );
    let out = vault.on(DAY, &["prep", "会"]).stdout;
    assert!(out.contains("喪中：2026-11-10") && !out.contains("昇進") && !out.contains("二人目"), "{out}");
    let all = vault.json_on(DAY, &["prep", "会"]);
    assert_eq!((&all["aim"], &all["attendees"][0]["mourning"]), (&Value::Null, &json!("2026-11-10")));
    let shown = vault.on(DAY, &["show", "佐藤 花"]).stdout;
    assert!(shown.contains("喪中：2026-11-10"), "{shown}");
    assert_eq!(vault.json_on(DAY, &["show", "佐藤 花"])["mourning"], "2026-11-10");
    // Long after it nothing is said.
    let shown = vault.on("2028-06-01", &["show", "佐藤 花"]).stdout;
    assert!(!shown.contains("喪中"), "{shown}");
}

#[test]
fn a_form_of_address_hides_nobody() {
    let vault = with_guest("", "");
    vault.note("人/故 人.md", "---\nstatus: deceased\n---\n");
    for name in ["佐藤 花さん", "佐藤 花 様"] {
        let event =
            format!("---\ntype: event\ndate: 2026-12-01\nattendees: [{name}, 故 人さん, 山田さん]\n---\n");
        vault.note("会.md", &event);
        let all = vault.json_on(DAY, &["prep", "会"]);
        assert_eq!(all["attendees"][0]["path"], "人/佐藤 花.md", "{name}");
        assert_eq!(all["without_note"], json!(["山田さん"]), "{name}");
        let out = vault.on(DAY, &["prep", "会"]).stdout;
        assert!(!out.contains('故'), "{out}");
    }
}

/// The event's note with its prepared part, and something put behind a line of it.
fn typed(vault: &Vault, behind: &str, line: &str) -> String {
    let written = vault.read("会.md");
    assert_eq!(written.matches(behind).count(), 1, "{behind} in {written}");
    let typed = written.replace(behind, &format!("{behind}{line}"));
    vault.note("会.md", &typed);
    typed
}

#[test]
fn a_line_below_somebody_stays_below_them() {
    for forgets in [false, true] {
        let vault = with_guest("", "- 2026-10-01 (line) 引っ越しの話\n");
        vault.note("人/Bob.md", "---\ntier: close\n---\n");
        let event = |who: &str, date: &str| {
            let text = vault.read("会.md");
            let (_, body) = text.split_once("\n---\n").unwrap_or_default();
            let front = format!("---\ntype: event\ndate: {date}\nattendees: [{who}]\n---\n");
            vault.note("会.md", &format!("{front}{body}"));
        };
        event("\"[[佐藤 花]]\", \"[[Bob]]\"", "2026-12-01");
        vault.on(DAY, &["prep", "会", "--write"]);
        typed(&vault, "- [[佐藤 花]]\n", "    - 手みやげは羊羹\n");
        typed(&vault, "（2026-10-01、LINE）\n", "        - 荷造りは済んだか\n");
        typed(&vault, "- [ ] [[Bob]]：ひとことお礼と、話したことの続き\n", "    - 本を返す\n");
        if forgets {
            vault.forget_local_state();
        }
        event("\"[[Bob]]\", \"[[佐藤 花]]\"", "2026-12-02");
        vault.on("2026-11-22", &["prep", "会", "--write"]);
        let now = vault.read("会.md");
        for stands in [
            "- [[佐藤 花]]\n    - 手みやげは羊羹\n    - 前回：「引っ越しの話」（2026-10-01、LINE）\n        - 荷造りは済んだか\n",
            "- [ ] [[Bob]]：ひとことお礼と、話したことの続き\n    - 本を返す\n- [ ] [[佐藤 花]]：",
        ] {
            assert!(now.contains(stands), "{now}");
        }
        // goen's own old lines are gone, whoever knows of them.
        assert!(!now.contains("2026-12-01") && now.matches("- いつ：").count() == 1, "{now}");
        // Who does not come any more leaves what was noted of them.
        event("\"[[Bob]]\"", "2026-12-02");
        vault.on("2026-11-22", &["prep", "会", "--write"]);
        let now = vault.read("会.md");
        assert!(now.contains("- 佐藤 花：\n    - 手みやげは羊羹\n") && !now.contains("[[佐藤 花]]"), "{now}");
        assert!(now.contains("荷造りは済んだか"), "{now}");
        let again = vault.on("2026-11-22", &["prep", "会", "--write"]);
        assert!(again.stderr.contains("すでに最新です") && vault.read("会.md") == now, "{}", again.said());
    }
}

#[test]
fn goens_lines_are_known_where_nothing_is_remembered() {
    let vault = with_guest("", "- [ ] 資料を送る\n");
    vault.on(DAY, &["prep", "会", "--write"]);
    // Another name, another machine, another state of things.
    let written = vault.read("会.md");
    std::fs::remove_file(vault.at("会.md")).unwrap();
    vault.note("集い.md", &written.replace("date: 2026-12-01", "date: 2026-12-03\nplace: 渋谷"));
    vault.note("人/佐藤 花.md", "---\ntier: close\n---\n");
    vault.forget_local_state();
    vault.on(DAY, &["prep", "集い", "--write"]);
    let now = vault.read("集い.md");
    for gone in ["2026-12-01", "資料を送る"] {
        assert!(!now.contains(gone), "{gone} in {now}");
    }
    assert_eq!((now.matches("いつ：").count(), now.matches("目標：").count()), (1, 1), "{now}");
    // The other way round of the same.
    let out = vault.on(DAY, &["prep", "集い", "--write", "--lang", "en"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    let now = vault.read("集い.md");
    assert!(!now.contains("来る人") && !now.contains("ひとことお礼"), "{now}");
}

#[test]
fn a_box_keeps_its_mark_by_its_person() {
    let vault = with_guest("", "");
    vault.on(DAY, &["prep", "会", "--write"]);
    let box_of = "- [ ] [[佐藤 花]]：ひとことお礼と、話したことの続き";
    let ticked = "- [x] [[佐藤 花]]：ひとことお礼と、話したことの続き ✅ 2026-12-02";
    let text = vault.read("会.md").replace(box_of, ticked);
    vault.note("会.md", &text);
    let again = vault.on(DAY, &["prep", "会", "--write"]);
    assert!(again.stderr.contains("すでに最新です"), "{}", again.said());
    assert_eq!(vault.read("会.md"), text);
    vault.note("人/佐藤 花.md", "---\nname: 佐藤 花子\ntier: close\n---\n");
    vault.on(DAY, &["prep", "会", "--write"]);
    let now = vault.read("会.md");
    let renamed = ticked.replace("[[佐藤 花]]", "[[佐藤 花|佐藤 花子]]");
    assert!(now.contains(&renamed) && !now.contains("[ ]"), "{now}");
    vault.on(DAY, &["prep", "会", "--write", "--lang", "en"]);
    let now = vault.read("会.md");
    assert_eq!((now.matches("- [x] [[佐藤 花").count(), now.matches("- [").count()), (1, 2), "{now}");
    assert!(now.contains("✅ 2026-12-02"), "{now}");
}

#[test]
fn what_somebody_writes_between_the_markers_is_read() {
    let vault = with_guest("", "");
    vault.note("人/Bob.md", "---\ntier: close\n---\n");
    let promises = || vault.json_on(DAY, &["show", "Bob"])["promises"].as_array().unwrap().len();
    vault.note(
        "会.md",
        "---\ntype: event\ndate: 2026-12-01\nattendees: [\"[[佐藤 花]]\", \"[[Bob]]\"]\n---\n",
    );
    vault.on(DAY, &["prep", "会", "--write"]);
    assert_eq!(promises(), 0);
    typed(&vault, "- [[佐藤 花]]\n", "    - [ ] [[Bob]] に見積もりを送る 📅 2026-11-25\n");
    typed(&vault, "- [[Bob]]\n", "- [[佐藤 花]]：犬を飼いはじめた\n");
    assert_eq!(promises(), 1);
    let talks = vault.json_on("2026-12-02", &["show", "佐藤 花"])["talks"].clone();
    assert_eq!(text(&talks[0]["text"]), "犬を飼いはじめた");
    vault.on(DAY, &["prep", "会", "--write"]);
    assert_eq!(promises(), 1);
    assert!(vault.on(DAY, &["check"]).stdout.is_empty(), "{}", vault.on(DAY, &["check"]).said());
}

#[test]
fn a_place_that_nobody_would_see_is_refused() {
    let vault = with_guest("", "");
    let front = vault.read("会.md");
    for (opens, line) in [("```", 7), ("%%", 7), ("<!-- x", 7)] {
        let note = format!("{front}\n{opens}\nmore\n");
        vault.note("会.md", &note);
        let out = vault.on(DAY, &["prep", "会", "--write"]);
        assert_eq!(out.code, Some(2), "{opens}: {}", out.said());
        assert!(out.stderr.contains("閉じられていません"), "{opens}: {}", out.said());
        assert!(out.stderr.contains(&format!(": {line} 行目")), "{opens}: {}", out.said());
        assert_eq!(vault.read("会.md"), note);
    }
    // A marker that is none is no place for a second part.
    for marker in [format!("{BEGIN} ここに"), BEGIN.replace("<!-- ", "<!--"), END.to_uppercase()] {
        let note = format!("{front}\n{marker}\n");
        vault.note("会.md", &note);
        let out = vault.on(DAY, &["prep", "会", "--write"]);
        assert!(out.code == Some(2) && out.stderr.contains("一組"), "{marker}: {}", out.said());
    }
}

#[test]
fn what_is_over_or_called_off_is_not_prepared() {
    let vault = with_guest("", "- 2026-10-01 (line) 引っ越しの話\n");
    let out = vault.on("2026-12-02", &["prep", "会"]).stdout;
    assert!(out.contains("、終わりました") && out.contains("会のあと、その日のうちに"), "{out}");
    assert!(!out.contains("聞いてみたいこと") && !out.contains("一人、十五分"), "{out}");
    assert_eq!(vault.json_on("2026-12-02", &["prep", "会"])["status"], "held");
    assert_eq!(vault.json_on("2026-11-30", &["prep", "会"])["status"], "planned");
    let event = vault.read("会.md").replace("type: event\n", "type: event\nstatus: 中止\n");
    vault.note("会.md", &event);
    let out = vault.on(DAY, &["prep", "会"]).stdout;
    assert!(out.contains("、中止になりました") && !out.contains("[ ]") && !out.contains("聞いて"), "{out}");
}

#[test]
fn a_part_is_taken_back_whatever_else_was_changed() {
    let vault = with_guest("", "");
    let before = vault.read("会.md");
    vault.on(DAY, &["prep", "会", "--write"]);
    let listed = vault.on(DAY, &["undo"]).stdout;
    assert!(listed.contains("準備") && !listed.contains("goen:"), "{listed}");
    vault.note("会.md", &vault.read("会.md").replace("---\n\n", "---\nメモ\n\n"));
    let out = vault.on(DAY, &["undo", "1"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    assert_eq!(vault.read("会.md").trim_end(), format!("{before}メモ").trim_end());
}

#[test]
fn attendees_are_met_however_they_are_addressed() {
    let vault = with_guest("", "");
    vault.note("人/故 人.md", "---\nstatus: deceased\n---\n");
    vault.note("会.md", "---\ntype: event\ndate: 2026-11-20\nattendees: [佐藤 花さん, 故 人様]\n---\n");
    let shown = vault.json_on(DAY, &["show", "佐藤 花"]);
    assert_eq!((&shown["last_contact"], &shown["last_source"]), (&json!("2026-11-20"), &json!("event")));
    assert!(vault.items_on(DAY).iter().any(|item| item["kind"] == "follow-up"), "{:?}", vault.items_on(DAY));
    // Listed twice, once as absent: they were not there.
    vault.note(
        "会.md",
        "---\ntype: event\ndate: 2026-11-20\nattendees: [\"[[佐藤 花]]\", \"[[佐藤 花]] (欠席)\"]\n---\n",
    );
    assert_eq!(vault.json_on(DAY, &["show", "佐藤 花"])["last_contact"], Value::Null);
    let all = vault.json_on(DAY, &["prep", "会"]);
    assert_eq!((&all["attendees"], &all["absent"]), (&json!([]), &json!(["佐藤 花"])));
}

#[test]
fn long_lists_and_odd_attendees() {
    let vault = Vault::new();
    let mut who = vec!["\"- [ ] [[誰か]] 📅 2026-12-01\"".to_owned()];
    for n in 0..60 {
        vault.note(&format!("人/P{n:02}.md"), "---\ntier: close\ninterests: [Rust]\nlocation: 横浜\n---\n");
        who.extend((n < 50).then(|| format!("\"[[P{n:02}]]\"")));
    }
    vault.note(
        "会.md",
        &format!(
            "---\ntype: event\ndate: 2026-12-01\nplace: 横浜\ngoal: [話す, 聞く]\nattendees: [{}]\n---\n",
            who.join(", ")
        ),
    );
    let out = vault.on(DAY, &["prep", "会"]).stdout;
    assert!(out.contains("目標：話す / 聞く"), "{out}");
    for (said, times) in [("ほか11人", 1), ("ほか38人", 1), ("ほか2人", 1), ("[ ] P", 40)] {
        assert_eq!(out.matches(said).count(), times, "{said} in {out}");
    }
    assert_eq!(vault.json_on(DAY, &["prep", "会"])["attendees"].as_array().unwrap().len(), 50);
    vault.note(
        "会.md",
        "---\ntype: event\ndate: 2026-12-01\nattendees: [\"- [ ] 誰か 📅 2026-12-01\"]\n---\n",
    );
    vault.on(DAY, &["prep", "会", "--write"]);
    let now = vault.read("会.md");
    assert!(now.contains("\n- 誰か") && !now.contains("- -"), "{now}");
}
