#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::Duration;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::date::Window;
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
fn the_documented_tiers_are_the_defaults() {
    let config = good(
        r#"
        [tiers]
        close = { names = ["親しい同僚", "友人", "friend", "close colleague"], window = "1m..2m", channels = ["line", "email", "sns"], register = "casual", weight = 5 }
        senior = { names = ["上司", "先輩", "恩師", "boss", "mentor", "manager"], window = "3m..4m", channels = ["email", "linkedin"], register = "formal", weight = 4 }
        colleague = { names = ["同僚", "一般的な同僚", "元同僚"], window = "4m..6m", channels = ["sns", "chat"], register = "polite", weight = 2 }
        project = { names = ["プロジェクト関係者", "仕事仲間"], window = "5m..6m", channels = ["linkedin"], register = "polite", weight = 1 }
        client = { names = ["取引先", "顧客", "客先", "partner"], window = "5m..6m", channels = ["email"], register = "formal", weight = 3 }
        "#,
    );
    assert_eq!(config, Config::default());
    let ids: Vec<&str> = config.tiers.iter().map(|tier| &*tier.id).collect();
    assert_eq!(ids, ["close", "senior", "colleague", "project", "client"]);
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
fn numbers_as_people_mean_them() {
    let config = good("[energy]\nper_day = -0.0\nper_week = 1000\n");
    assert!(config.energy.per_day.is_sign_positive());
    assert_eq!((config.energy.per_day, config.energy.per_week), (0.0, 1000.0));
    check(
        "[energy]\nper_week = 1e300\n",
        &["2:12 bad-value `energy.per_week` does not take `1e300`; it takes a number from 0 to 1000: 2, 0.5"],
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

#[test]
fn wrong_kinds_of_value() {
    refused("page", "file", &["3", "true", "[]", "\"\""]);
    refused("page", "links", &["1", "\"html\"", "[\"wiki\"]", "{ a = 1 }"]);
    refused("page", "lang", &["\"fr\"", "1"]);
    refused("page", "task_tag", &["\"#two words\"", "\"#\"", "\"a#b\""]);
    refused("journal", "counts", &["1", "\"yes\""]);
    refused("dates", "day_first", &["\"perhaps\"", "2026-01-02"]);
    refused("energy", "per_day", &["-1", "inf", "nan", "\"2\"", "-0.1", "1e300", "1000.5"]);
    refused("drift", "after", &["0", "-0.0", "1e300"]);
    refused("tiers.close", "weight", &["0", "-1", "\"5\"", "inf"]);
    refused("tiers.close", "window", &["5", "\"soon\"", "\"\""]);
    refused("tiers.close", "register", &["\"rude\""]);
    refused("circle", "intake", &["-1", "2.5", "99999999999", "\"5\""]);
    refused("circle", "late", &["1.1", "-0.1"]);
    refused("drift", "after", &["0", "\"2\""]);
    refused(
        "promises",
        "ahead",
        &["\"3m\"", "\"3\"", "\"d\"", "-3", "3.5", "\"99999d\"", "\"99999999999d\""],
    );
    refused("reopen", "every", &["0", "\"0d\""]);
    refused("calendar", "holidays", &["\"us\"", "true"]);
    refused("calendar", "closed", &["\"2026-12-40\"", "\"2027-01-03..2026-12-29\"", "1", "\"2026-12-29..\""]);
    refused("watch", "rescan", &["\"0s\""]);
    refused("watch", "settle", &["3", "\"3d\"", "\"0\"", "\"9999h\"", "\"99999999999s\"", "\"\""]);
    refused("watch", "poll", &["true", "\"\""]);
    refused("git", "commit", &["\"on\"", "true", "10"]);
    check(
        "page = 3\nseasons = \"x\"\n[tiers]\nclose = 5",
        &[
            "1:8 bad-value `page` does not take `3`; it takes a table of keys, as [page] is",
            "2:11 bad-value `seasons` does not take `\"x\"`; it takes tables, each under [[seasons]]",
            "4:9 bad-value `tiers.close` does not take `5`; it takes a table of keys, as [page] is",
        ],
    );
}

#[test]
fn numbers_and_spans_of_time() {
    let config = good(
        "[energy]\nper_day = 3\nlike = 1_0.2_5\n[circle]\nintake = 1_000\nlate = 0\n[promises]\nahead = 4\nundated = \"2w\"\n\
         waiting = \"１０Ｄ\"\n[clips]\ndays = 0x10\n[watch]\nsettle = \"10m\"\nrescan = \"2h\"\n[git]\ncommit = \"90s\"\n",
    );
    assert_eq!((config.energy.per_day, config.energy.like), (3.0, 10.25));
    assert_eq!((config.circle.intake, config.circle.late), (1000, 0.0));
    assert_eq!(config.promises, Promises { ahead: 4, undated: 14, waiting: 10 });
    assert_eq!(config.clips.days, 16);
    assert_eq!(config.watch.settle, Duration::from_secs(600));
    assert_eq!(config.watch.rescan, Duration::from_secs(7200));
    assert_eq!(config.git.commit, Some(Duration::from_secs(90)));
}

#[test]
fn words_are_compared_folded() {
    let config = good(
        "[write]\nmode = \"In-Place\"\n[page]\nlang = \"EN\"\ndates = \"ＮＯＮＥ\"\ntask_tag = \"task\"\n",
    );
    assert_eq!(config.write.mode, WriteMode::InPlace);
    assert_eq!((config.page.lang, config.page.dates), (Some(Lang::En), PageDates::None));
    assert_eq!(config.page.task_tag.as_deref(), Some("#task"));
    assert_eq!(PageDates::Dataview.word(), "dataview");
}

#[test]
fn globs_are_checked() {
    let config = good("[vault]\nignore = [\"Archive/\", \"!keep.md\", \"*.draft.md\", \"/a/**/b\"]");
    assert_eq!(config.vault.ignore.len(), 4);
    check(
        "[vault]\nignore = [\"ok/\", \"{a,b\", \"[z-a]\"]",
        &[
            "2:18 bad-value `vault.ignore` does not take `\"{a,b\"`; it takes patterns as in .gitignore: [\"Archive/\", \"*.draft.md\"]",
            "2:26 bad-value `vault.ignore` does not take `\"[z-a]\"`; it takes patterns as in .gitignore: [\"Archive/\", \"*.draft.md\"]",
        ],
    );
}

/// git takes an open `[` for a character, and a line that begins with `#` for none at all: who
/// writes that here means something else, and notes would be read that should not be.
#[test]
fn globs_that_ignore_nothing() {
    check(
        "[vault]\nignore = [\n  \"[Archive/\",\n  '\\[old\\]/', \"[0-9]*/\",\n  '#private/', '\\#inbox/',\n]",
        &[
            r#"3:3 bad-value `vault.ignore` does not take `"[Archive/"`; it takes a pattern in which every `[` is closed, or has a backslash before it: '[0-9]*/', '\[old\]/'"#,
            r"5:3 bad-value `vault.ignore` does not take `'#private/'`; it takes a pattern; one that begins with `#` is a comment, unless a backslash stands before it: '\#inbox/'",
        ],
    );
}

#[test]
fn formats_of_daily_notes_are_checked() {
    let format = |written: &str| format!("[journal]\ncounts = true\nformat = '{written}'\n");
    let read = |written: &str| good(&format(written)).journal.format;
    assert_eq!(read(" [日報] YYYY-MM-DD ").as_deref(), Some("[日報] YYYY-MM-DD"));
    assert_eq!(read(r"\[YYYY-MM-DD").as_deref(), Some(r"\[YYYY-MM-DD"));
    assert_eq!(read(" "), None);
    for (written, expected) in [
        (
            "[日報 YYYY-MM-DD",
            r"has a `[` that is never closed: `[日報 YYYY-MM-DD`; close it: [Log] YYYY-MM-DD; the character itself is \[, in single quotes",
        ),
        ("gggg-[W]ww", "does not tell a day: `gggg-[W]ww`; write it as YYYY-MM-DD or YYYY/MM/YYYY-MM-DD"),
    ] {
        check(&format(written), &[&format!("3:10 bad-value `journal.format` {expected}")]);
    }
    check(
        &format("Log YYYY-MM-DD"),
        &[
            "3:10 bad-value `L` in `journal.format` tells no day: `Log YYYY-MM-DD`; put words into [ ]: [Log] YYYY-MM-DD",
        ],
    );
    assert!(
        problems(&format(&"Y".repeat(300)))[0].starts_with("3:10 bad-value `journal.format` is too long")
    );
    refused("journal", "format", &["5", "true"]);
}

#[test]
fn a_name_means_one_tier() {
    let taken = |place: &str, word: &str, tier: &str| {
        format!(
            "{place} bad-value `{word}` already means the tier `{tier}`; a word means one tier: take it away from one of the two"
        )
    };
    check("[tiers.close]\nnames = [\"友人\", \"Senior\"]\n", &[&taken("2:16", "Senior", "senior")]);
    check(
        "[tiers.pal]\nwindow = \"2w\"\nnames = [\"仲間\", \"pal\"]\n[tiers.colleague]\nnames = [\"仲間\", \"PAL\"]\n",
        &[&taken("5:10", "仲間", "pal"), &taken("5:16", "PAL", "pal")],
    );
    // Its own id, the same word twice, another tier's default name: no harm.
    let config = good("[tiers.close]\nnames = [\"close\", \"友\", \"友\", \"上司\"]\n");
    assert_eq!(config.tier_of_word("上司").map(|tier| &*tier.id), Some("close"));
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
fn a_new_tier_stands_after_the_defaults() {
    let config =
        good("[tiers.zoo]\nwindow = \"1y\"\n[tiers.family]\nwindow = \"2w\"\nnames = [\"家族\"]\nlead = 7\n");
    let ids: Vec<&str> = config.tiers.iter().skip(5).map(|tier| &*tier.id).collect();
    assert_eq!(ids, ["zoo", "family"]);
    let family = Tier {
        id: "family".into(),
        names: vec!["家族".into()],
        window: Window::parse("2w").unwrap(),
        channels: vec![],
        register: Register::Polite,
        weight: 1.0,
        lead: Some(7),
    };
    assert_eq!(config.tier("family"), Some(&family));
    assert_eq!(config.tier_of_word("家族"), Some(&family));
}

#[test]
fn a_new_tier_needs_a_window_and_a_name_of_its_own() {
    check(
        "[tiers.family]\nweight = 2",
        &[
            "1:8 missing-key `tiers.family.window` is missing; write a span of time: \"1m..2m\", \"6w\", \"90d\", \"1y\"",
        ],
    );
    check("[tiers.clsoe]\nweight = 2", &["1:8 unknown-key unknown key `tiers.clsoe`; did you mean `close`?"]);
    check(
        "[tiers.Close]\nwindow = \"1m\"",
        &["1:8 unknown-key unknown key `tiers.Close`; did you mean `close`?"],
    );
}

#[test]
fn a_changed_tier_keeps_what_is_not_said() {
    let config = good("[tiers.senior]\nwindow = \"2m..3m\"\nlead = \"1w\"\n");
    let mut expected = Config::default();
    expected.tiers[1].window = Window::parse("2m..3m").unwrap();
    expected.tiers[1].lead = Some(7);
    assert_eq!(config, expected);
}

#[test]
fn words_for_a_tier() {
    let config = Config::default();
    let of = |word: &str| config.tier_of_word(word).map(|tier| &*tier.id);
    assert_eq!(of("close"), Some("close"));
    assert_eq!(of(" Ｃｌｏｓｅ "), Some("close"));
    assert_eq!(of("Close Colleague"), Some("close"));
    assert_eq!(of("上司"), Some("senior"));
    assert_eq!(of("無関係"), None);
    assert_eq!(config.tier("Close"), None);
    for register in [Register::Casual, Register::Polite, Register::Formal] {
        assert_eq!(Register::parse(register.word()), Some(register));
    }
    assert_eq!(Register::parse("くだけた"), Some(Register::Casual));
    assert_eq!(good("[tiers.close]\nregister = \"丁寧\"").tiers[0].register, Register::Polite);
}

#[test]
fn a_default_name_given_to_another_tier_moves() {
    let config =
        good("[tiers.pal]\nwindow = \"2w\"\nnames = [\"Friend\"]\n[tiers.\"友人\"]\nwindow = \"3w\"\n");
    let of = |word: &str| config.tier_of_word(word).map(|tier| &*tier.id);
    assert_eq!(of("friend"), Some("pal"));
    assert_eq!(of("友人"), Some("友人"));
    assert_eq!(of("親しい同僚"), Some("close"));
    assert!(!config.tier("close").unwrap().names.contains(&"friend".to_owned()));
}

#[test]
fn paths_stay_inside_the_vault() {
    let escapes = [
        "../x.md",
        "/x.md",
        "a/../x.md",
        ".hidden.md",
        "a/.git/x.md",
        "a//x.md",
        "C:/x.md",
        "C:x.md",
        "a/.. /x.md",
        ".md",
        "a/",
        "",
    ];
    let quoted: Vec<String> = escapes.iter().map(|path| format!("'{path}'")).collect();
    let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
    refused("page", "file", &quoted);
    refused("page", "file", &["'x.txt'", "'x'", r"'a\x.md'", r#""a\u0000.md""#, r#""a\n.md""#]);
    refused("export", "ics", &quoted[..10]);
    refused("page", "template", &quoted[..10]);
    refused("people", "folders", &["'../People'", "'/People'", "''", "'.obsidian'", r"'a\b'"]);
    // Never the file that goen itself reads or writes.
    refused("page", "template", &["'Reconnect.md'"]);
    refused("export", "ics", &["'goen.toml'", "'reconnect.md'", "'人/田中.md'", "'x.MD'", "'~/x.ics'"]);

    let config = good(
        "[page]\nfile = './ホーム/今日.md'\ntemplate = 't/page.md'\n[export]\nics = 'out/goen.ics'\n[people]\nfolders = ['People/', '.']\n",
    );
    assert_eq!(config.page.file.as_str(), "ホーム/今日.md");
    assert_eq!(config.page.template, Some(NotePath::new("t/page.md")));
    assert_eq!(config.export.ics, Some(NotePath::new("out/goen.ics")));
    assert_eq!(config.people.folders, ["People", ""]);
}

#[test]
fn further_words() {
    let config = good(
        "[fields]\nlast_contact = [\"seen\", \"最後\"]\norg = \"firm\"\n[interests]\nAI = [\"人工知能\"]\n\"家 庭\" = \"園芸\"\n[people]\ntags = \"#human\"\n",
    );
    assert_eq!(config.fields["last_contact"], ["seen", "最後"]);
    assert_eq!(config.fields["org"], ["firm"]);
    assert_eq!(config.interests["AI"], ["人工知能"]);
    assert_eq!(config.interests["家 庭"], ["園芸"]);
    assert_eq!(config.people.tags, ["human"]);
}

#[test]
fn closed_days() {
    let config = good(
        "[calendar]\nclosed = [\"2026-12-29..2027-01-03\", \"2026-08-14\", 2026-05-01]\nholidays = \"none\"\n",
    );
    let one = |d: &str| (day(d), day(d));
    assert_eq!(
        config.calendar.closed,
        [(day("2026-12-29"), day("2027-01-03")), one("2026-08-14"), one("2026-05-01")]
    );
    assert_eq!(config.calendar.holidays, Holidays::None);
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
