//! The reference of `goen.toml` for its users, in both languages.
//!
//! Knows how its pages are laid out. The keys, what they are where nothing is said and what they
//! take are those that the reader asks for; `words` says what they do.

mod words;

use std::fmt::Write as _;

use super::key::ANY;
use super::values::{listed, quoted};
use super::{Config, reader, seasons};
use crate::text::Lang;
use words::{Both, Table};

pub use super::key::{Key, Preset};

/// Every key that is read, in the order of reading: of the tiers those of each default, then those
/// of a new one (`[tiers.NAME]`).
pub fn keys() -> Vec<Key> {
    reader::asked(|r| Config::default().read(r))
}

/// The reference as a Markdown page.
pub fn page(lang: Lang) -> String {
    let other = match lang {
        Lang::En => "[日本語](goen.toml.ja.md)",
        Lang::Ja => "[English](goen.toml.md)",
    };
    let mut page = format!("# goen.toml\n\n{other}\n\n{}\n", words::OPENING.of(lang));
    let keys = keys();
    for table in words::TABLES {
        let own: Vec<&Key> = keys.iter().filter(|key| key.table == table.header).collect();
        let _ = write!(page, "\n## `{}`\n\n{}\n", table.header, table.about.of(lang));
        if is_of_tiers(table.header) {
            let _ = write!(page, "\n{}\n{}\n", tiers(&keys, &own), words::OWN_TIER.of(lang));
        }
        if table.header == "[[seasons]]" {
            let _ = write!(page, "\n{}\n\n{}", words::SEASONS.of(lang), default_seasons());
        }
        page.push_str(&list(table, &own, lang));
    }
    let _ = write!(page, "\n{}\n", words::ENDING);
    page
}

/// The keys of a table, each in its line; what all of them take is said once.
fn list(table: &Table, keys: &[&Key], lang: Lang) -> String {
    let mut out = String::from("\n");
    let shared = keys.first().map(|key| key.takes);
    let shared = shared.filter(|takes| keys.len() > 1 && keys.iter().all(|key| key.takes == *takes));
    if let Some(takes) = shared {
        let takes = takes.markdown(lang);
        let _ = match lang {
            Lang::En => write!(out, "Each key takes {takes}.\n\n"),
            Lang::Ja => write!(out, "どのキーにも書けるもの：{takes}。\n\n"),
        };
    }
    for key in keys {
        let about = table.keys.iter().find(|(name, _)| *name == key.name);
        let about = about.map_or("", |(_, about)| about.of(lang));
        let head = head(key, lang);
        let takes = key.takes.markdown(lang);
        let takes = match (shared, lang) {
            (Some(_), _) => String::new(),
            (None, Lang::En) => format!(" Takes {takes}."),
            (None, Lang::Ja) => format!("書けるもの：{takes}。"),
        };
        let _ = match lang {
            Lang::En => writeln!(out, "- {head}: {about}{takes}"),
            Lang::Ja => writeln!(out, "- {head}：{about}{takes}"),
        };
    }
    out
}

/// A key with what it is where nothing is said.
fn head(key: &Key, lang: Lang) -> String {
    let name = &key.name;
    match (&key.preset, lang) {
        _ if name == ANY => format!("`{ANY}`"),
        (Preset::Value(value), _) => format!("`{name} = {value}`"),
        (Preset::Nothing, Lang::En) => format!("`{name}` (not set)"),
        (Preset::Nothing, Lang::Ja) => format!("`{name}`（既定では設定なし）"),
        (Preset::Required, Lang::En) => format!("`{name}` (needed)"),
        (Preset::Required, Lang::Ja) => format!("`{name}`（必須）"),
    }
}

fn is_of_tiers(header: &str) -> bool {
    header.starts_with("[tiers.")
}

/// The tiers there are from the start, a row each; a column for every key that one of them has.
fn tiers(keys: &[Key], columns: &[&Key]) -> String {
    let any = columns.first().map_or("", |key| &key.table);
    let of_tiers = || keys.iter().filter(|key| is_of_tiers(&key.table) && key.table != any);
    let is_set = |name: &str| of_tiers().any(|key| key.name == name && key.preset != Preset::Nothing);
    let columns: Vec<&str> = columns.iter().map(|key| &*key.name).filter(|name| is_set(name)).collect();
    let mut rows: Vec<&str> = of_tiers().map(|key| &*key.table).collect();
    rows.dedup();
    let mut out = String::from("| |");
    columns.iter().for_each(|name| out.push_str(&format!(" `{name}` |")));
    out.push_str(&format!("\n| --- |{}\n", " --- |".repeat(columns.len())));
    for row in rows {
        let _ = write!(out, "| `{row}` |");
        for name in &columns {
            let cell = of_tiers().find(|key| key.table == row && key.name == *name);
            let cell = cell.map_or(&Preset::Nothing, |key| &key.preset);
            let _ = match cell {
                Preset::Value(value) => write!(out, " `{value}` |"),
                Preset::Nothing | Preset::Required => write!(out, " |"),
            };
        }
        out.push('\n');
    }
    out
}

/// The seasons there are from the start, a row each.
fn default_seasons() -> String {
    let mut out =
        String::from("| `name` | `from` | `to` | `tiers` | `lang` |\n| --- | --- | --- | --- | --- |\n");
    for rule in seasons::defaults() {
        let tiers = listed(&rule.tiers).unwrap_or_default();
        let (from, to) = (quoted(&rule.from.written()), quoted(&rule.to.written()));
        let lang = quoted(rule.lang.map_or("", Lang::code));
        let _ = writeln!(out, "| `{}` | `{from}` | `{to}` | `{tiers}` | `{lang}` |", quoted(&rule.name));
    }
    out
}

impl Both {
    fn of(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Ja => self.ja,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_key_has_words_and_all_words_a_key() {
        let any_tier = format!("[tiers.{ANY}]");
        let keys = keys();
        let read: BTreeSet<(&str, &str)> =
            keys.iter()
                .map(|key| {
                    if is_of_tiers(&key.table) { (&*any_tier, &*key.name) } else { (&*key.table, &*key.name) }
                })
                .collect();
        let told: Vec<(&str, &str)> = words::TABLES
            .iter()
            .flat_map(|table| table.keys.iter().map(|(name, _)| (table.header, *name)))
            .collect();
        let once: BTreeSet<(&str, &str)> = told.iter().copied().collect();
        assert_eq!(once.len(), told.len(), "words of one key stand there twice");
        let missing: Vec<_> = read.difference(&once).collect();
        let left_over: Vec<_> = once.difference(&read).collect();
        assert!(missing.is_empty(), "words.rs says nothing of {missing:?}");
        assert!(left_over.is_empty(), "words.rs names keys that are not read: {left_over:?}");
    }

    #[test]
    fn the_words_are_there_in_both_languages() {
        let keys = words::TABLES.iter().flat_map(|table| table.keys.iter());
        for both in keys.map(|(_, both)| both).chain(words::TABLES.iter().map(|table| &table.about)) {
            assert!(both.en.ends_with(['.', ':']), "{}", both.en);
            assert!(both.ja.ends_with('。'), "{}", both.ja);
        }
        for key in super::keys() {
            assert_eq!(key.takes.en.is_empty(), key.takes.ja.is_empty(), "{key:?}");
        }
    }
}
