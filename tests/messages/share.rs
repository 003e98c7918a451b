//! `goen share`: who would like something, why, and who got it already.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{Vault, front, is_unsafe, text};
use serde_json::json;

const DAY: &str = "2026-11-21";

fn vault() -> Vault {
    let vault = Vault::new();
    vault.note("goen.toml", "[interests]\nAI = [\"人工知能\", \"機械学習\"]\n");
    let person = |name: &str, lines: &str, log: &str| {
        vault.note(&format!("人/{name}.md"), &format!("---\n{lines}\n---\n## 記録\n\n{log}\n"));
    };
    person("同僚 一", "tier: colleague\nlast_contact: 2026-08-01\ninterests: [ｒｕｓｔ, 将棋]", "");
    person("友人 二", "tier: close\nlast_contact: 2026-11-20\ninterests: [Rust]", "");
    person("両方 三", "tier: project\nlast_contact: 2026-07-01\ninterests: [機械学習, 人工知能, Rust]", "");
    person("初めて", "tier: colleague\ninterests: [rust]", "");
    person("未整理", "interests: [Rust]", "");
    person(
        "既読 四",
        "tier: close\ninterests: [Rust]",
        "- 2026-11-15 (line) [[非同期]]を送った #gave\n- 2026-11-10 (skip) [[非同期]]",
    );
    person(
        "既読 五",
        "tier: close\ninterests: [釣り]",
        "- 2026-11-18 (email) [非同期](../クリップ/非同期.md)\n",
    );
    person("日付なし", "tier: close\ninterests: [Rust]", "");
    let text = vault.read("人/日付なし.md");
    vault.note("人/日付なし.md", &text.replace("## 記録", "[[非同期]] は口頭で。\n\n## 記録"));
    for (name, lines) in [
        ("故 人", "status: 故人"),
        ("不要", "status: do-not-contact"),
        ("終了", "status: closed"),
        ("休止", "status: paused"),
        ("保留", "snooze: 2026-12-24"),
        ("忌中", "mourning: 2026-11-10"),
    ] {
        person(name, &format!("tier: close\ninterests: [Rust, AI]\n{lines}"), "");
        person(
            &format!("{name}二"),
            &format!("tier: close\ninterests: [Rust, AI]\nstatus: 故人\n{lines}2"),
            "- 2026-11-01 (line) [[非同期]]",
        );
    }
    vault.note(
        "クリップ/非同期.md",
        "---\ntopics: [Rust]\ntags: [AI, clip]\nurl: https://example.com/a\nclipped: 2026-11-18\n---\n",
    );
    vault
}

#[test]
fn those_whose_interests_match_most_come_first() {
    let vault = vault();
    let all = vault.json_on(DAY, &["share", "非同期"]);
    assert_eq!(all["topics"], json!(["Rust", "AI"]));
    assert_eq!(all["url"], "https://example.com/a");
    let names: Vec<String> = all["people"].as_array().unwrap().iter().map(|p| text(&p["name"])).collect();
    assert_eq!(names, ["両方 三", "友人 二", "初めて", "同僚 一", "未整理"]);
    assert_eq!(
        all["people"][0]["matches"],
        json!([{"interest": "機械学習", "topic": "AI"}, {"interest": "Rust", "topic": "Rust"}])
    );
    assert_eq!(
        (&all["people"][1]["last_contact"], &all["people"][1]["days"]),
        (&json!("2026-11-20"), &json!(1))
    );
    assert_eq!(all["people"][2]["days"], json!(null));
    let shared: Vec<_> =
        all["shared"].as_array().unwrap().iter().map(|s| (text(&s["name"]), text(&s["date"]))).collect();
    let of = |name: &str, date: &str| (name.to_owned(), date.to_owned());
    assert_eq!(shared, [of("既読 五", "2026-11-18"), of("既読 四", "2026-11-15"), of("日付なし", "")]);
}

#[test]
fn the_same_in_words() {
    let vault = vault();
    for lang in ["ja", "en"] {
        let out = vault.on(DAY, &["share", "非同期", "--lang", lang]);
        assert!(out.code == Some(0) && out.stderr.is_empty(), "{}", out.said());
        insta::assert_snapshot!(format!("share_{lang}"), out.stdout);
    }
}

#[test]
fn any_note_with_topics_can_be_shared() {
    let vault = vault();
    vault.note("ブログ/非同期の話.md", "---\ntags: [rust]\n---\n");
    vault.note("何でもない.md", "text\n");
    vault.note("遠い話題.md", "---\ntopics: [盆栽]\n---\n");
    let found = |asked: &[&str]| {
        let all = vault.json_on(DAY, &[&["share"], asked].concat());
        (text(&all["path"]), all["people"].as_array().unwrap().len())
    };
    assert_eq!(found(&["非同期"]), ("クリップ/非同期.md".to_owned(), 5));
    assert_eq!(found(&["非同期の"]), ("ブログ/非同期の話.md".to_owned(), 7));
    assert_eq!(found(&["ブログ/非同期の話.md"]), ("ブログ/非同期の話.md".to_owned(), 7));
    for (lang, said) in [("ja", "話題がありません"), ("en", "no topics")] {
        let out = vault.on(DAY, &["share", "何でもない", "--lang", lang]);
        assert!(out.code == Some(0) && out.stderr.contains(said), "{}", out.said());
    }
    for (lang, said) in [("ja", "見当たりません"), ("en", "interests match")] {
        let out = vault.on(DAY, &["share", "遠い話題", "--lang", lang]);
        assert!(out.code == Some(0) && out.stderr.contains(said), "{}", out.said());
    }
}

#[test]
fn a_note_that_is_not_clear_changes_nothing() {
    let vault = vault();
    vault.note("a/同名.md", "").note("b/同名.md", "");
    for (asked, said) in
        [("同名", "a/同名.md"), ("友人 二", "人のノートです"), ("非同機", "「非同期」のことでしょうか")]
    {
        let out = vault.on(DAY, &["share", asked]);
        assert_eq!(out.code, Some(2), "{asked}: {}", out.said());
        assert!(out.stdout.is_empty() && out.stderr.contains(said), "{asked}: {}", out.said());
    }
    let hostile = Vault::new();
    hostile.note("People/a.md", &front("name: \"a\\u001b[31m\\u202e\"\ninterests: [\"x\\u0007\"]"));
    hostile.note("c.md", "---\ntype: clip\ntopics: [\"x\\u0007\"]\nurl: \"h\\u001b\"\n---\n");
    let out = hostile.on(DAY, &["share", "c"]);
    assert!(
        out.code == Some(0) && !out.said().contains(is_unsafe) && out.stdout.contains('x'),
        "{}",
        out.said()
    );
}

#[test]
fn a_long_list_is_cut_and_says_so() {
    let vault = Vault::new();
    vault.note("c.md", "---\ntype: clip\ntopics: [盆栽]\n---\n");
    for n in 0..33 {
        vault.note(&format!("人/P{n:02}.md"), "---\ntier: close\ninterests: [盆栽]\n---\n");
    }
    for (lang, said) in [("ja", "  ほか3人\n"), ("en", "  and 3 more\n")] {
        let out = vault.on(DAY, &["share", "c", "--lang", lang]).stdout;
        assert!(out.matches("盆栽").count() == 31 && out.contains(said), "{out}");
    }
    assert_eq!(vault.json_on(DAY, &["share", "c"])["people"].as_array().unwrap().len(), 33);
}
