//! `goen.toml` as people write it: what it means, and what is said of what is wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod tiers;
mod values;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::text::Lang;

/// Every key with its default, as the documentation shows them; the season is an example.
const EXAMPLE: &str = include_str!("../../tests/contract.toml");

fn parse(text: &str) -> Result<Config, Vec<Problem>> {
    Config::parse(&NotePath::new("goen.toml"), text)
}

fn good(text: &str) -> Config {
    parse(text).unwrap_or_else(|problems| panic!("{text}\n{problems:#?}"))
}

/// The problems of `text`: `line:column code message; help`.
fn problems(text: &str) -> Vec<String> {
    let problems = parse(text).expect_err(text);
    let shown = |p: &Problem| {
        let (message, help) = (p.what.message(Lang::En), p.what.help(Lang::En));
        format!("{}:{} {} {message}; {help}", p.line, p.column, p.what.code())
    };
    problems.iter().map(shown).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(problems(text), expected, "{text}");
}

/// `[table]\nkey = value` for each value is refused as a value of that key.
#[track_caller]
fn refused(table: &str, key: &str, values: &[&str]) {
    for value in values {
        let found = problems(&format!("[{table}]\n{key} = {value}\n"));
        let start = format!("2:{} bad-value `{table}.{key}` does not take", key.len() + 4);
        assert!(found.len() == 1 && found[0].starts_with(&start), "{value}: {found:?}");
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn nothing_said_is_the_default() {
    assert_eq!(good(""), Config::default());
    assert_eq!(good("\u{feff}"), Config::default());
    assert_eq!(good("# nothing\n[page]\n[tiers]\n[tiers.close]\n"), Config::default());
}

#[test]
fn the_documented_values_are_the_defaults() {
    let mut config = good(EXAMPLE);
    let seasons = std::mem::take(&mut config.seasons);
    // Rules of the user's own are an example, not a default.
    assert_eq!(std::mem::take(&mut config.review).len(), 1);
    assert_eq!(config, Config::default());
    let season = SeasonRule {
        name: "暑中見舞い".into(),
        greeting: Greeting::MidSummer,
        from: SeasonDay::MonthDay(7, 7),
        to: SeasonDay::Risshu(-1),
        tiers: vec!["senior".into(), "client".into()],
        lang: Some(Lang::Ja),
    };
    assert_eq!(seasons, std::slice::from_ref(&season));
    // It is the one that is kept anyway.
    assert!(Config::default().greetings().contains(&season));
}

#[test]
fn bom_and_crlf() {
    let text = format!("\u{feff}{}", EXAMPLE.replace('\n', "\r\n"));
    assert_eq!(good(&text), good(EXAMPLE));
    check("\u{feff}pages = 1\r\n", &["1:1 unknown-key unknown key `pages`; did you mean `page`?"]);
    check(
        "\u{feff}[page]\r\nflie = 1\r\n",
        &["2:1 unknown-key unknown key `page.flie`; did you mean `file`?"],
    );
}

#[test]
fn who_finds_no_key_is_told_those_there_are() {
    check(
        "[reopen]\nsometimes = 1\n[circle]\nzzz = 1\n",
        &[
            "2:1 unknown-key unknown key `reopen.sometimes`; remove it, or write one of `every`",
            "4:1 unknown-key unknown key `circle.zzz`; remove it, or write one of `intake`, `late`",
        ],
    );
    check(
        "[[season]]\nname = \"暑中見舞い\"\n",
        &["1:3 unknown-key unknown key `[[season]]`; did you mean `[[seasons]]`?"],
    );
    check(
        "[tiers.\"\"]\nwindow = \"1m\"\n[tiers.\"　\"]\n",
        &[
            "1:8 bad-value `tiers` does not take `\"\"`; it takes tiers with a name: [tiers.family], [tiers.\"家族\"]",
            "3:8 bad-value `tiers` does not take `\"　\"`; it takes tiers with a name: [tiers.family], [tiers.\"家族\"]",
        ],
    );
}

#[test]
fn every_table_knows_its_keys() {
    let tables: Vec<&str> = EXAMPLE.lines().filter(|l| l.starts_with('[')).collect();
    assert_eq!(tables.len(), 24);
    for table in tables.into_iter().map(|l| l.split_once(" #").map_or(l, |(t, _)| t).trim()) {
        let name = table.trim_matches(['[', ']']);
        let text = EXAMPLE.replacen(table, &format!("{table}\n  zzzzzz = [1]"), 1);
        if name == "interests" {
            assert!(problems(&text)[0].contains("bad-value `interests.zzzzzz`"));
            continue;
        }
        let found = problems(&text);
        let expected = format!(":3 unknown-key unknown key `{name}.zzzzzz`; remove it, or write one of `");
        assert!(found.len() == 1 && found[0].contains(&expected), "{table}: {found:?}");
    }
}

#[test]
fn unknown_keys_name_the_nearest_of_their_table() {
    check("[page]\nflie = \"x.md\"", &["2:1 unknown-key unknown key `page.flie`; did you mean `file`?"]);
    check("[pages]\nfile = 3", &["1:2 unknown-key unknown key `pages`; did you mean `page`?"]);
    check(
        "\n[tiers.close]\nwindwo = \"2w\"",
        &["3:1 unknown-key unknown key `tiers.close.windwo`; did you mean `window`?"],
    );
    check(
        "[fields]\nlast_contct = [\"seen\"]",
        &["2:1 unknown-key unknown key `fields.last_contct`; did you mean `last_contact`?"],
    );
    check(
        "[[seasons]]\nname = \"x\"\nform = \"01-01\"\nto = \"01-02\"",
        &[
            "1:1 missing-key `seasons.from` is missing; write \"07-20\", \"立秋\", \"立秋-1\", \"立春+3\"",
            "3:1 unknown-key unknown key `seasons.form`; did you mean `from`?",
        ],
    );
    check("journal.fodler = 1", &["1:9 unknown-key unknown key `journal.fodler`; did you mean `folder`?"]);
}

#[test]
fn every_problem_is_told_in_the_order_of_the_file() {
    check(
        "[page]\nlinks = \"wkii\"\nfile = 3\n[vault]\nignroe = []\nfollow_symlinks = \"no\"\n[log]\nlight = [\"like\", 3, \"\"]\n",
        &[
            "2:9 bad-value `page.links` does not take `\"wkii\"`; it takes \"wiki\", \"markdown\"",
            "3:8 bad-value `page.file` does not take `3`; it takes a note inside the vault: \"reconnect.md\", \"Home/今日.md\"",
            "5:1 unknown-key unknown key `vault.ignroe`; did you mean `ignore`?",
            "6:19 bad-value `vault.follow_symlinks` does not take `\"no\"`; it takes true, false",
            "8:18 bad-value `log.light` does not take `3`; it takes a list of words: [\"one\", \"two\"]",
            "8:21 bad-value `log.light` does not take `\"\"`; it takes a list of words: [\"one\", \"two\"]",
        ],
    );
}

#[test]
fn text_that_is_no_toml() {
    check(
        "[page]\nfile = \"x.md\nlinks = [\n[pages]\n",
        &[
            "2:13 toml not TOML: invalid basic string, expected `\"`; mend the line",
            "4:2 toml not TOML: string values must be quoted, expected literal string; mend the line",
        ],
    );
    check(
        "[tiers.家族]\nwindow = \"2w\"\n",
        &["1:8 toml not TOML: a key outside a-z needs quotes: \"家族\"; mend the line"],
    );
    check("[page]\n\n[page]\n", &["3:2 toml not TOML: duplicate key; mend the line"]);
    assert!(problems("<<<<<<< HEAD\n[page]\n=======\n>>>>>>> theirs\n").len() > 1);
}

/// What would be right is said in the language of the page too.
#[test]
fn problems_in_japanese() {
    for (text, message, help) in [
        (
            "[promises]\nahead = \"soon\"",
            r#"「promises.ahead」に「"soon"」は書けません"#,
            r#"書けるもの: 日数（"14d", "2w", 14）"#,
        ),
        ("[page]\nlinks = 1", "「page.links」に「1」は書けません", r#"書けるもの: "wiki", "markdown""#),
        ("page = 1", "「page」に「1」は書けません", "書けるもの: [page] のようなキーの表"),
        (
            "[vault]\nignore = \"[a\"",
            r#"「vault.ignore」に「"[a"」は書けません"#,
            r"書けるもの: 「[」を閉じたパターン。文字としての「[」の前には \ を付けます（'[0-9]*/', '\[old\]/'）",
        ),
        (
            "[journal]\nformat = \"[日報 YYYY-MM-DD\"",
            "journal.format「[日報 YYYY-MM-DD」の「[」が閉じられていません",
            r"[日報] YYYY-MM-DD のように閉じてください。文字としての「[」は、値を ' ' で囲んで \[ と書きます",
        ),
        (
            "[journal]\nformat = \"Log YYYY-MM-DD\"",
            "journal.format「Log YYYY-MM-DD」の「L」からは日付が分かりません",
            "文字は [日報] YYYY-MM-DD のように [ ] で囲んでください",
        ),
        (
            "[tiers.close]\nnames = \"senior\"",
            "「senior」はすでに間柄「senior」を指しています",
            "一つの言葉が指せる間柄は一つだけです。どちらかから外してください",
        ),
    ] {
        let problems = parse(text).expect_err(text);
        let what = &problems[0].what;
        assert_eq!((&*what.message(Lang::Ja), &*what.help(Lang::Ja)), (message, help), "{text}");
    }
}

#[test]
fn seasons() {
    let config = good(
        "[[seasons]]\nname = \"寒中\"\nfrom = \"01-08\"\nto = \"立春 - 1\"\n[[seasons]]\nname = \"お歳暮\"\nfrom = \"12-1\"\nto = \"02-29\"\ntiers = [\"上司\"]\n",
    );
    assert_eq!(config.seasons[0].to, SeasonDay::Risshun(-1));
    assert_eq!((config.seasons[0].lang, config.seasons[0].tiers.len()), (None, 0));
    assert_eq!(config.seasons[1].to, SeasonDay::MonthDay(2, 29));
    assert_eq!(config.seasons[1].tiers, ["senior".into()]);
    for wrong in
        ["", "13-01", "02-30", "立秋1", "立秋-", "立秋-100", "立秋--1", "夏至", "7", "+1-02", "2026-07-07"]
    {
        assert_eq!(SeasonDay::parse(wrong), None, "{wrong}");
    }
    check(
        "[[seasons]]\nname = \"x\"\nfrom = \"1-1\"\nto = \"soon\"\ntiers = [\"client\", \"senoir\"]\n\n[[seasons]]\nname = \"y\"\nfrom = \"1-1\"\n",
        &[
            "4:6 bad-value `seasons.to` does not take `\"soon\"`; it takes \"07-20\", \"立秋\", \"立秋-1\", \"立春+3\"",
            "5:20 unknown-tier unknown tier `senoir`; did you mean `senior`?",
            "7:1 missing-key `seasons.to` is missing; write \"07-20\", \"立秋\", \"立秋-1\", \"立春+3\"",
        ],
    );
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in any::<String>()) {
        let _ = parse(&text);
    }

    #[test]
    fn any_change_of_the_example_is_read_without_panic(
        at in 0..EXAMPLE.len(), cut in 0usize..40, put in "[\\[\\]={}\"'.,#\n 0-9a-z\\-立秋]{0,8}",
    ) {
        let floor = |mut at: usize| {
            while !EXAMPLE.is_char_boundary(at) { at -= 1; }
            at
        };
        let (start, end) = (floor(at), floor((at + cut).min(EXAMPLE.len())));
        let text = format!("{}{put}{}", &EXAMPLE[..start], &EXAMPLE[end..]);
        if let Err(problems) = parse(&text) {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn any_value_is_taken_or_refused(value in "[\"'\\[]?[-0-9.a-z立春+/~]{0,12}[\"'\\]]?") {
        for key in ["page.file", "calendar.closed", "vault.ignore", "tiers.x.window", "watch.settle", "drift.at_least", "energy.like"] {
            let _ = parse(&format!("{key} = {value}\n"));
        }
    }
}
