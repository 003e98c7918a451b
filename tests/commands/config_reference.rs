//! The pages in `docs/` say of `goen.toml` what the code reads, and the keys of the contract are
//! all read: each has its default, each can be changed, each is missed when it is misspelt.
//! `UPDATE_SNAPSHOTS=1` writes the pages anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use goen::config::Config;
use goen::config::reference::{self, Key, Preset};
use goen::problem::{Problem, What};
use goen::text::{Lang, NotePath};

const PAGES: &[(&str, Lang)] = &[("docs/goen.toml.md", Lang::En), ("docs/goen.toml.ja.md", Lang::Ja)];

/// Every key with its default, as the contract shows them; the season is an example.
const CONTRACT: &str = include_str!("../contract.toml");

/// For each key of the contract another value that it takes.
const OTHERS: &[(&str, &str)] = &[
    ("[vault] ignore", r#"["Archive/"]"#),
    ("[vault] follow_symlinks", "true"),
    ("[people] folders", r#"["人たち"]"#),
    ("[people] tags", r#"["human"]"#),
    ("[people] types", r#"["human"]"#),
    ("[journal] folder", r#""日記""#),
    ("[journal] format", r#""YYYY/MM/DD""#),
    ("[journal] counts", "false"),
    ("[log] headings", r#"["経緯"]"#),
    ("[log] light", r#"["wave"]"#),
    ("[log] meeting", r#"["tea"]"#),
    ("[dates] day_first", r#""yes""#),
    ("[tiers.close] names", r#"["family"]"#),
    ("[tiers.close] window", r#""2w""#),
    ("[tiers.close] channels", r#"["phone"]"#),
    ("[tiers.close] register", r#""polite""#),
    ("[tiers.close] weight", "6"),
    ("[energy] per_day", "3"),
    ("[energy] per_week", "7"),
    ("[energy] like", "0.25"),
    ("[energy] message", "1.5"),
    ("[energy] letter", "1.5"),
    ("[energy] call", "1.5"),
    ("[energy] meet", "1.5"),
    ("[circle] intake", "6"),
    ("[circle] late", "0.3"),
    ("[drift] after", "3.0"),
    ("[drift] at_least", r#""3w""#),
    ("[drift] until", "10"),
    ("[drift] until_at_least", "60"),
    ("[promises] ahead", r#""1w""#),
    ("[promises] undated", r#""1w""#),
    ("[promises] waiting", r#""1w""#),
    ("[reopen] every", r#""2w""#),
    ("[calendar] holidays", r#""none""#),
    ("[calendar] closed", r#"["2026-12-28"]"#),
    ("[birthdays] lead", "7"),
    ("[season] per_year", "1"),
    ("[[seasons]] name", r#""寒中見舞い""#),
    ("[[seasons]] from", r#""07-20""#),
    ("[[seasons]] to", r#""08-31""#),
    ("[[seasons]] tiers", r#"["close"]"#),
    ("[[seasons]] lang", r#""en""#),
    ("[[review]] code", r#""house-style""#),
    ("[[review]] pattern", r#""asap""#),
    ("[[review]] severity", r#""note""#),
    ("[[review]] message", r#""write it out""#),
    ("[[review]] help", r#""as soon as you can""#),
    ("[[review]] lang", r#""en""#),
    ("[[review]] register", r#""formal""#),
    ("[clips] folders", r#"["記事"]"#),
    ("[clips] days", "30"),
    ("[page] file", r#""今日.md""#),
    ("[page] lang", r#""en""#),
    ("[page] links", r#""markdown""#),
    ("[page] dates", r#""none""#),
    ("[page] task_tag", r#""task""#),
    ("[page] template", r#""templates/page.md""#),
    ("[write] mode", r#""in-place""#),
    ("[watch] settle", r#""0s""#),
    ("[watch] poll", r#""never""#),
    ("[watch] rescan", r#""30m""#),
    ("[git] commit", r#""10m""#),
    ("[git] what", r#""all""#),
    ("[export] ics", r#""goen.ics""#),
];

fn parse(text: &str) -> Result<Config, Vec<Problem>> {
    Config::parse(&NotePath::new("goen.toml"), text)
}

fn good(text: &str) -> Config {
    parse(text).unwrap_or_else(|problems| panic!("{text}\n{problems:#?}"))
}

/// The lines of the contract that hold a key: its number, its table, its name.
fn lines() -> Vec<(usize, &'static str, &'static str)> {
    let mut table = "";
    let mut lines = Vec::new();
    for (at, line) in CONTRACT.lines().enumerate() {
        if line.starts_with('[') {
            table = line.split(" #").next().unwrap().trim();
        } else if let Some((name, _)) = line.split_once(" = ") {
            lines.push((at, table, name));
        }
    }
    lines
}

/// The contract with one line changed.
fn with_line(at: usize, new: &str) -> String {
    let lines = CONTRACT.lines().enumerate().map(|(n, line)| if n == at { new } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

/// A table of the code as the contract names it: one tier stands for all.
fn table_of(key: &Key) -> &str {
    if key.table.starts_with("[tiers.") { "[tiers.close]" } else { &key.table }
}

#[test]
fn the_pages_are_those_in_the_repository() {
    for (path, lang) in PAGES {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let page = reference::page(*lang);
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some_and(|v| v == "1") {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, page).unwrap();
            continue;
        }
        // A checkout may have turned the line ends.
        let there = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        let differs = page.lines().zip(there.lines()).position(|(a, b)| a != b);
        let at = differs.unwrap_or_else(|| page.lines().count().min(there.lines().count()));
        assert!(
            page == there,
            "{path} is not what the code says, from line {} on:\n  code {:?}\n  file {:?}\n\
             where the code is right: UPDATE_SNAPSHOTS=1 cargo test --test commands config_reference",
            at + 1,
            page.lines().nth(at),
            there.lines().nth(at),
        );
    }
}

#[test]
fn the_pages_show_every_key() {
    for (path, lang) in PAGES {
        let page = reference::page(*lang);
        for Key { table, name, preset, .. } in reference::keys() {
            let is_default_tier = table.starts_with("[tiers.") && table != "[tiers.NAME]";
            let shown = match preset {
                Preset::Value(value) if is_default_tier => format!(" `{value}` |"),
                Preset::Nothing if is_default_tier => continue,
                Preset::Value(value) if name != "NAME" => format!("\n- `{name} = {value}`"),
                _ => format!("\n- `{name}`"),
            };
            let heading =
                if is_default_tier { format!("\n| `{table}` |") } else { format!("\n## `{table}`\n") };
            let from = page.find(&heading).unwrap_or_else(|| panic!("{path} lacks {table}"));
            let end = if is_default_tier { "\n" } else { "\n## " };
            let part = &page[from + 1..];
            let part = &part[..part.find(end).unwrap_or(part.len())];
            assert!(part.contains(shown.trim_start()), "{path} lacks {shown} in {table}");
        }
    }
}

#[test]
fn the_defaults_shown_are_the_defaults() {
    let mut text = String::new();
    let mut table = String::new();
    for key in reference::keys() {
        // A name that the user chooses, and what has no default.
        let has_name = key.name != "NAME" && key.table != "[tiers.NAME]" && !key.table.starts_with("[[");
        let Preset::Value(value) = key.preset else { continue };
        if has_name {
            if key.table != table {
                let _ = writeln!(text, "{}", key.table);
                table = key.table;
            }
            let _ = writeln!(text, "{} = {value}", key.name);
        }
    }
    let mut config = good(&text);
    assert_eq!(config.fields.len(), 29);
    // An empty list of spellings is as good as none.
    config.fields.retain(|_, words| !words.is_empty());
    assert_eq!(config, Config::default(), "{text}");
}

#[test]
fn the_defaults_of_a_new_tier_are_those_shown() {
    let keys = reference::keys();
    let own = keys.iter().filter(|key| key.table == "[tiers.NAME]");
    let shown: String = own
        .filter_map(|key| match &key.preset {
            Preset::Value(value) => Some(format!("{} = {value}\n", key.name)),
            Preset::Nothing | Preset::Required => None,
        })
        .collect();
    let bare = "[tiers.family]\nwindow = \"2w\"\n";
    assert_eq!(good(&format!("{bare}{shown}")), good(bare), "{shown}");
}

#[test]
fn the_contract_says_the_defaults() {
    let mut config = good(CONTRACT);
    assert_eq!(config.seasons.len(), 1);
    config.seasons.clear();
    assert_eq!(config.review.len(), 1);
    config.review.clear();
    assert_eq!(config, Config::default());
}

#[test]
fn the_code_reads_the_keys_of_the_contract_and_no_others() {
    let contract: BTreeSet<(&str, &str)> =
        lines().into_iter().map(|(_, table, name)| (table, name)).collect();
    let keys = reference::keys();
    let is_own = |key: &&Key| key.table != "[fields]" && key.table != "[interests]";
    let mut read: BTreeSet<(&str, &str)> =
        keys.iter().filter(is_own).map(|key| (table_of(key), &*key.name)).collect();
    // The contract names it in a comment: it has no default that could be written.
    assert!(read.remove(&("[tiers.close]", "lead")));
    assert_eq!(read, contract);
}

#[test]
fn every_key_can_be_changed() {
    let base = good(CONTRACT);
    let mut others: Vec<&str> = OTHERS.iter().map(|(key, _)| *key).collect();
    for (at, table, name) in lines() {
        let key = format!("{table} {name}");
        let (_, other) =
            OTHERS.iter().find(|(of, _)| *of == key).unwrap_or_else(|| panic!("no other value of {key}"));
        others.retain(|of| *of != key);
        let changed = good(&with_line(at, &format!("{name} = {other}")));
        assert_ne!(changed, base, "{key} = {other} changes nothing");
    }
    assert!(others.is_empty(), "not in the contract: {others:?}");
    for key in reference::keys() {
        let name = &key.name;
        let text = match &*key.table {
            "[fields]" | "[interests]" => format!("{}\n{name} = [\"x\"]\n", key.table),
            "[tiers.NAME]" => format!("{}\nwindow = \"2w\"\n", key.table),
            table if table.starts_with("[tiers.") && name == "lead" => format!("{table}\nlead = 7\n"),
            _ => continue,
        };
        assert_ne!(good(&text), Config::default(), "{text}");
    }
}

/// The same in every tier of the five.
#[test]
fn every_key_of_every_tier_can_be_changed() {
    for tier in Config::default().tiers {
        for (name, other) in [
            ("names", "[\"x\"]"),
            ("window", "\"9w\""),
            ("channels", "[\"x\"]"),
            ("weight", "9"),
            ("lead", "9"),
        ] {
            let text = format!("[tiers.{}]\n{name} = {other}\n", tier.id);
            assert_ne!(good(&text), Config::default(), "{text}");
        }
        let registers = ["casual", "polite", "formal"];
        let others = registers.into_iter().filter(|word| *word != tier.register.word());
        for word in others {
            let text = format!("[tiers.{}]\nregister = \"{word}\"\n", tier.id);
            assert_ne!(good(&text), Config::default(), "{text}");
        }
    }
}

/// Slips of the hand: two letters the wrong way round, one too many, one too few.
fn slips(name: &str) -> Vec<String> {
    let turned = |at: usize| {
        let mut letters: Vec<char> = name.chars().collect();
        letters.swap(at, at + 1);
        letters.into_iter().collect()
    };
    let mut slips: Vec<String> = vec![format!("{name}s"), format!("{name}x"), turned(0)];
    if name.len() > 3 {
        slips.extend([name[1..].to_owned(), name[..name.len() - 1].to_owned(), turned(name.len() - 2)]);
    }
    slips.retain(|slip| slip != name);
    slips
}

#[track_caller]
fn is_missed(text: &str, line: usize, table: &str, slip: &str, name: &str) {
    let problems = parse(text).expect_err(text);
    let full = |key: &str| format!("{}.{key}", table.trim_matches(['[', ']']));
    let wanted = What::UnknownKey { key: full(slip), nearest: Some(name.to_owned()), known: Vec::new() };
    let found = problems.iter().find(|p| p.what.code() == "unknown-key");
    let found = found.unwrap_or_else(|| panic!("{slip} for {name}: {problems:?}"));
    assert_eq!((&found.what, found.line as usize), (&wanted, line), "{slip} for {name}");
    // What the table cannot do without is missing then; nothing else is wrong.
    let others = problems.iter().filter(|p| p.what.code() != "unknown-key");
    assert!(others.clone().all(|p| p.what.code() == "missing-key"), "{problems:?}");
    for lang in [Lang::En, Lang::Ja] {
        assert!(found.what.message(lang).contains(&full(slip)) && found.what.help(lang).contains(name));
    }
}

#[test]
fn a_key_misspelt_is_missed_with_its_line_and_the_nearest_name() {
    for (at, table, name) in lines() {
        for slip in slips(name) {
            if lines().iter().any(|(_, of, other)| *of == table && *other == slip) {
                continue;
            }
            let line = CONTRACT.lines().nth(at).unwrap().replacen(name, &slip, 1);
            is_missed(&with_line(at, &line), at + 1, table, &slip, name);
        }
    }
    for key in reference::keys().iter().filter(|key| key.table == "[fields]") {
        let slip = slips(&key.name).remove(1);
        is_missed(&format!("# a person\n[fields]\n{slip} = []\n"), 3, "[fields]", &slip, &key.name);
    }
    is_missed("[tiers.close]\n\nlaed = 7\n", 3, "[tiers.close]", "laed", "lead");
}

#[test]
fn a_table_misspelt_is_missed_with_its_line_and_the_nearest_name() {
    let tables: BTreeSet<String> = reference::keys().into_iter().map(|key| key.table).collect();
    for table in tables.iter().filter(|table| !table.starts_with("[tiers.")) {
        let name = table.trim_matches(['[', ']']);
        let slip = format!("{name}x");
        let problems = parse(&format!("\n{}\n", table.replace(name, &slip))).expect_err(&slip);
        let wanted =
            What::UnknownKey { key: slip.clone(), nearest: Some(name.to_owned()), known: Vec::new() };
        assert_eq!((problems.len(), &problems[0].what, problems[0].line), (1, &wanted, 2), "{slip}");
    }
}
