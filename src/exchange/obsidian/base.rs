//! `people.base`: everybody as a table in Obsidian, by the syntax of its Bases.
//!
//! Knows which notes are people, as far as Bases can ask (a type, a tag, a folder), the views and
//! their words; leaves when somebody is due to `formulas`.

use super::expression::{text, texts};
use super::formulas::{self, keys, state_said};
use crate::config::{Config, Tier};
use crate::note::dialect::TEMPLATE_FOLDERS;
use crate::note::keys::Field;
use crate::note::kind::WORDS;
use crate::note::spelled::Spellings;
use crate::plan::State;
use crate::text::{Lang, fold, pick};

/// The base of a vault's people. `folders` are those that hold people, `spellings` the keys they use.
pub fn base(config: &Config, folders: &[String], spellings: &Spellings, lang: Lang) -> String {
    let mut out = Yaml::default();
    for line in about(lang).lines() {
        out.line(0, &format!("# {line}"));
    }
    people(&mut out, config, folders);
    out.line(0, "formulas:");
    for (name, formula) in formulas::all(config, spellings, lang) {
        out.pair(1, name, &formula);
    }
    out.line(0, "properties:");
    let of_notes = note_columns(spellings, lang);
    let of_notes = of_notes.iter().map(|(property, name)| (&**property, *name));
    for (property, name) in columns(lang).into_iter().chain(of_notes) {
        out.line(1, &format!("{property}:"));
        out.pair(2, "displayName", name);
    }
    views(&mut out, spellings, lang);
    out.0
}

/// Folders, types, tags and words of tiers that formulas have no way to write: the base is without them.
pub fn unwritable<'w>(config: &'w Config, folders: &'w [String]) -> Vec<&'w str> {
    let people = &config.people;
    let lists = [folders, &people.types, &people.tags].into_iter().flatten();
    let words_of = |tier: &'w Tier| std::iter::once(&*tier.id).chain(tier.names.iter().map(String::as_str));
    let tiers = config.tiers.iter().flat_map(words_of);
    lists.map(String::as_str).chain(tiers).filter(|word| text(word).is_none()).collect()
}

fn about(lang: Lang) -> &'static str {
    pick(
        lang,
        "goen init --obsidian が作りました。goen.toml の間柄を変えたら、このファイルを消して、もう一度実行してください。\n\
         数式に見えるのはプロパティだけです。記録・日付ノート・イベントも数えた予定は reconnect.md にあります。",
        "Made by goen init --obsidian. After changing the tiers in goen.toml delete this file and run it again.\n\
         Formulas see properties only; the log, dated notes and events count in reconnect.md.",
    )
}

/// Lines of YAML, every text in single quotes.
#[derive(Default)]
struct Yaml(String);

impl Yaml {
    fn line(&mut self, depth: usize, text: &str) {
        for _ in 0..depth {
            self.0.push_str("  ");
        }
        self.0.push_str(text);
        self.0.push('\n');
    }

    fn pair(&mut self, depth: usize, key: &str, value: &str) {
        self.line(depth, &format!("{key}: {}", quoted(value)));
    }

    fn item(&mut self, depth: usize, value: &str) {
        self.line(depth, &format!("- {}", quoted(value)));
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Which notes are people: by their type, else by a tag, else by their folder.
fn people(out: &mut Yaml, config: &Config, folders: &[String]) {
    let folded = |words: &[String]| -> Vec<String> {
        words.iter().map(|word| fold(word.trim_start_matches('#')).into_owned()).collect()
    };
    let types = folded(&config.people.types);
    let types = ["person", "人", "人物"].into_iter().chain(types.iter().map(String::as_str));
    let tags = folded(&config.people.tags);
    let tags: Vec<String> = tags.iter().filter_map(|tag| text(tag)).collect();
    let others = texts(WORDS.iter().map(|(word, _)| *word));
    out.line(0, "filters:");
    out.line(1, "and:");
    out.item(2, "file.ext == \"md\"");
    out.item(2, &format!("!/(^|\\/)({})(\\/|$)/.matches(file.folder.lower())", TEMPLATE_FOLDERS.join("|")));
    out.line(2, "- or:");
    out.item(4, &format!("{}.contains(formula.kind)", texts(types)));
    out.line(4, "- and:");
    out.item(6, &format!("!{others}.contains(formula.kind)"));
    out.line(6, "- or:");
    if !tags.is_empty() {
        out.item(8, &format!("file.hasTag({})", tags.join(", ")));
        let categories = tags.iter().map(|tag| format!("link({tag})")).collect::<Vec<_>>().join(", ");
        out.item(
            8,
            &format!(
                "file.hasProperty(\"categories\") && list(note[\"categories\"]).containsAny(link(\"People\"), {categories})"
            ),
        );
    }
    let folders = folders.iter().map(|folder| folder.trim_matches('/')).filter(|folder| !folder.is_empty());
    let folders: Vec<String> = folders.filter_map(text).collect();
    if tags.is_empty() && folders.is_empty() {
        out.item(8, "false");
    }
    for folder in folders {
        out.line(8, "- and:");
        out.item(10, &format!("file.inFolder({folder})"));
        for odd in NOT_PEOPLE {
            out.item(10, odd);
        }
    }
}

/// Notes in a folder of people that are none, by their names: those of `note/kind.rs`.
const NOT_PEOPLE: [&str; 3] = [
    r"!/^(readme|index|(untitled|無題のファイル) *[0-9]*)$/.matches(file.basename.lower())",
    r"!/(^|[^a-z0-9])moc([^a-z0-9]|$)|[.]excalidraw$/.matches(file.basename.lower())",
    r#"file.basename.lower() != file.folder.lower().replace(/^.*\//, "")"#,
];

fn columns(lang: Lang) -> [(&'static str, &'static str); 9] {
    [
        ("file.name", pick(lang, "名前", "Name")),
        ("formula.tier", pick(lang, "間柄", "Tier")),
        ("formula.tier_group", pick(lang, "間柄", "Tier")),
        ("formula.state", pick(lang, "状態", "State")),
        ("formula.last_contact", pick(lang, "最終連絡", "Last contact")),
        ("formula.opens", pick(lang, "目安の始まり", "From")),
        ("formula.due", pick(lang, "目安", "Due")),
        ("formula.birthday", pick(lang, "誕生日", "Birthday")),
        ("formula.next_birthday", pick(lang, "次の誕生日", "Next birthday")),
    ]
}

/// Properties of notes that are columns as they are, under the keys that most notes use.
fn note_columns(spellings: &Spellings, lang: Lang) -> Vec<(String, &'static str)> {
    let fields = [
        (Field::Org, pick(lang, "所属", "Organisation")),
        (Field::Location, pick(lang, "場所", "Location")),
        (Field::Interests, pick(lang, "関心", "Interests")),
    ];
    let column = |(field, name)| {
        let key = *keys(spellings, field, lang).first()?;
        Some((format!("note.{key}"), name)).filter(|(property, _)| is_plain(property))
    };
    fields.into_iter().filter_map(column).collect()
}

/// One table of the base.
struct View<'v> {
    name: &'v str,
    /// All of these must hold.
    filters: Vec<String>,
    columns: Vec<String>,
    sort: &'v str,
    group: Option<&'v str>,
}

fn views(out: &mut Yaml, spellings: &Spellings, lang: Lang) {
    let named = |states: &[State]| {
        format!("{}.contains(formula.state)", texts(states.iter().map(|&state| state_said(state, lang))))
    };
    let columns = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    let everything = ["file.name", "formula.tier", "formula.state", "formula.last_contact", "formula.due"];
    let mut all = columns(&everything);
    all.extend(note_columns(spellings, lang).into_iter().map(|(property, _)| property));
    let views = [
        View {
            name: pick(lang, "そろそろ連絡", "Due"),
            filters: vec![named(&[State::Open, State::Due, State::Dormant])],
            columns: columns(&[&everything[..], &["formula.opens"]].concat()),
            sort: "formula.due",
            group: None,
        },
        View {
            name: pick(lang, "間柄ごと", "By tier"),
            filters: Vec::new(),
            columns: all,
            sort: "formula.due",
            group: Some("formula.tier_group"),
        },
        View {
            name: pick(lang, "誕生日", "Birthdays"),
            filters: vec!["formula.next_birthday".to_owned(), "!formula.at_rest".to_owned()],
            columns: columns(&["file.name", "formula.birthday", "formula.next_birthday", "formula.tier"]),
            sort: "formula.next_birthday",
            group: None,
        },
        View {
            name: pick(lang, "連絡日の記入なし・未整理", "No day noted, or to sort"),
            filters: vec![named(&[State::New, State::Untracked])],
            columns: columns(&["file.name", "formula.state", "formula.tier"]),
            sort: "file.name",
            group: None,
        },
    ];
    out.line(0, "views:");
    for view in views {
        out.line(1, "- type: table");
        out.pair(2, "name", view.name);
        if !view.filters.is_empty() {
            out.line(2, "filters:");
            out.line(3, "and:");
            for filter in &view.filters {
                out.item(4, filter);
            }
        }
        if let Some(property) = view.group {
            out.line(2, "groupBy:");
            out.line(3, &format!("property: {property}"));
            out.line(3, "direction: ASC");
        }
        out.line(2, "order:");
        for column in &view.columns {
            out.item(3, column);
        }
        out.line(2, "sort:");
        out.line(3, &format!("- property: {}", view.sort));
        out.line(4, "direction: ASC");
    }
}

/// Whether a column's name needs no quoting of its own.
fn is_plain(name: &str) -> bool {
    name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
}
