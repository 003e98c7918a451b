//! The rules in data: which words are looked for, in both languages.
//!
//! The one door to the TOML of the rules. What a rule finds in whom and when is for those who apply it.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use regex::Regex;
use toml::de::{DeTable, DeValue};

use super::compiled::compiled;
use super::left::Left;
use super::letter::{self, Letter, Part};
use crate::config::{Register, SeasonDay};
use crate::problem::Severity;
use crate::text::{Lang, Text};

const FILES: [&str; 2] = [include_str!("rules.ja.toml"), include_str!("rules.en.toml")];

/// Stands in a pattern for the names of the organisations that the user has left.
const FORMER: &str = "@former";

/// Stands in a pattern for the names of the clients' organisations.
const CLIENT: &str = "@client";

/// Whom a rule concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whom {
    /// Those one looks up to: the formal ones, and every senior.
    Superior,
    /// Those of a register.
    Register(Register),
}

/// The days on which words of a season fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    pub from: SeasonDay,
    pub until: SeasonDay,
    /// The last day in the west of Japan, where it is another.
    pub west: Option<SeasonDay>,
}

/// Words that are found, why that is told, and a better way.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub code: Text,
    pub severity: Severity,
    pub whom: Option<Whom>,
    pub is_of_posts: bool,
    /// It is about the weather, which is another elsewhere.
    pub is_of_weather: bool,
    pub days: Option<Days>,
    /// In Japanese and in English.
    pub why: [String; 2],
    pub help: [String; 2],
    pattern: Pattern,
    near: Option<Pattern>,
    unless: Option<Pattern>,
    somewhere: Option<Pattern>,
    nowhere: Option<Pattern>,
    is_of_quotations: bool,
    is_japanese: bool,
}

/// A pattern that is compiled when it is first asked for: most are never needed.
#[derive(Debug, Clone)]
struct Pattern {
    text: String,
    compiled: OnceCell<Option<Regex>>,
}

impl Pattern {
    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compiled(&self.text)).as_ref()
    }

    fn is_in(&self, text: &str) -> bool {
        self.regex().is_some_and(|pattern| pattern.is_match(text))
    }

    fn found<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Part> + 't {
        let found = self.regex().into_iter().flat_map(move |pattern| letter::found(pattern, text));
        found.map(|part| letter::whole(part, text))
    }
}

/// All rules.
#[derive(Debug, Clone, Default)]
pub(super) struct Rules {
    pub rules: Vec<Rule>,
    /// Words that the code asks for, by what they are.
    words: BTreeMap<String, Vec<(bool, Pattern)>>,
}

impl Rule {
    /// What it finds in a message.
    pub fn found_in(&self, letter: &Letter) -> Vec<Part> {
        let text = if self.is_of_quotations { &letter.folded.text } else { &letter.plain };
        if self.is_japanese && !self.is_of_quotations && letter.lang == Lang::En {
            return Vec::new();
        }
        let holds = |pattern: &Option<Pattern>, text: &str| pattern.as_ref().map(|p| p.is_in(text));
        if holds(&self.somewhere, text) == Some(false) || holds(&self.nowhere, text) == Some(true) {
            return Vec::new();
        }
        let fits = |part: &Part| {
            let sentence = letter.sentence(part);
            let sentence = text.get(sentence).unwrap_or_default();
            holds(&self.near, sentence) != Some(false) && holds(&self.unless, sentence) != Some(true)
        };
        self.pattern.found(text).filter(fits).collect()
    }
}

impl Rules {
    /// The rules of both languages, for somebody who has left some organisations.
    pub fn new(left: &Left) -> Self {
        let mut rules = Self::default();
        for (file, is_japanese) in FILES.into_iter().zip([true, false]) {
            if let Ok(document) = DeTable::parse(file) {
                rules.read(document.get_ref(), left, is_japanese);
            }
        }
        rules
    }

    /// Where words of a kind stand in a text.
    pub fn found(&self, kind: &str, text: &str) -> Vec<Part> {
        let mut parts: Vec<Part> = self.of(kind, text).flat_map(|pattern| pattern.found(text)).collect();
        parts.sort_by_key(|part| (part.start, part.end));
        parts
    }

    /// Whether words of a kind stand in a text.
    pub fn has(&self, kind: &str, text: &str) -> bool {
        self.of(kind, text).any(|pattern| pattern.is_in(text))
    }

    /// A text with blanks for words of a kind.
    pub fn without(&self, kind: &str, text: &str) -> String {
        let patterns = self.of(kind, text).filter_map(Pattern::regex);
        patterns.fold(text.to_owned(), |text, pattern| pattern.replace_all(&text, " ").into_owned())
    }

    /// The patterns of a kind that may be found in a text: Japanese ones only where there is more than ASCII.
    fn of<'r>(&'r self, kind: &str, text: &str) -> impl Iterator<Item = &'r Pattern> + use<'r> {
        let is_ascii = text.is_ascii();
        let all = self.words.get(kind).into_iter().flatten();
        all.filter(move |(is_japanese, _)| !(*is_japanese && is_ascii)).map(|(_, pattern)| pattern)
    }

    fn read(&mut self, document: &DeTable<'_>, left: &Left, is_japanese: bool) {
        for table in tables(document, "words") {
            if let (Some(kind), Some(pattern)) = (text(table, "kind"), pattern(table, "pattern", left)) {
                self.words.entry(kind.to_owned()).or_default().push((is_japanese, pattern));
            }
        }
        self.rules.extend(tables(document, "rule").filter_map(|table| rule(table, left, is_japanese)));
    }
}

fn rule(table: &DeTable<'_>, left: &Left, is_japanese: bool) -> Option<Rule> {
    let day = |key| text(table, key).and_then(SeasonDay::parse);
    let days = match (day("from"), day("until")) {
        (Some(from), Some(until)) => Some(Days { from, until, west: day("west") }),
        _ => None,
    };
    let yes = |key: &str| table.get(key).and_then(|value| value.get_ref().as_bool()).unwrap_or(false);
    let own = |key| text(table, key).unwrap_or_default().to_owned();
    Some(Rule {
        code: text(table, "code")?.into(),
        severity: match text(table, "severity") {
            Some("error") => Severity::Error,
            Some("note") => Severity::Note,
            _ => Severity::Warning,
        },
        whom: text(table, "to").and_then(|word| match word {
            "superior" => Some(Whom::Superior),
            word => Register::parse(word).map(Whom::Register),
        }),
        is_of_posts: yes("post"),
        is_of_weather: yes("weather"),
        days,
        why: [own("ja"), own("en")],
        help: [own("ja_help"), own("en_help")],
        pattern: pattern(table, "pattern", left)?,
        near: pattern(table, "near", left),
        unless: pattern(table, "unless", left),
        somewhere: pattern(table, "where", left),
        nowhere: pattern(table, "nowhere", left),
        is_of_quotations: yes("quoted"),
        is_japanese,
    })
}

fn tables<'t>(document: &'t DeTable<'t>, key: &str) -> impl Iterator<Item = &'t DeTable<'t>> {
    let array = document.get(key).and_then(|value| value.get_ref().as_array());
    array.into_iter().flat_map(|array| array.iter()).filter_map(|value| value.get_ref().as_table())
}

fn text<'t>(table: &'t DeTable<'_>, key: &str) -> Option<&'t str> {
    table.get(key).and_then(|value| value.get_ref().as_str())
}

/// A pattern, or several of which any may be found.
fn pattern(table: &DeTable<'_>, key: &str, left: &Left) -> Option<Pattern> {
    let parts: Vec<&str> = match table.get(key)?.get_ref() {
        DeValue::Array(array) => array.iter().filter_map(|value| value.get_ref().as_str()).collect(),
        value => value.as_str().into_iter().collect(),
    };
    let (former, clients) = (any_of(&left.former), any_of(&left.clients));
    let named = |part: &str| part.replace(FORMER, &former).replace(CLIENT, &clients);
    let all: Vec<String> = parts.iter().map(|part| format!("(?:{})", named(part))).collect();
    Some(Pattern { text: plain(&all.join("|")), compiled: OnceCell::new() })
}

/// A pattern for any of these names; one of Latin letters stands by itself.
fn any_of(names: &[String]) -> String {
    if names.is_empty() {
        // Nothing that is both a blank and none: it is found nowhere.
        return r"[ &&[^ ]]".to_owned();
    }
    let is_word = |name: &str| name.is_ascii() && name.ends_with(|c: char| c.is_ascii_alphanumeric());
    let one = |name: &String| {
        let escaped = regex::escape(name);
        if is_word(name) { format!(r"\b{escaped}\b") } else { escaped }
    };
    names.iter().map(one).collect::<Vec<String>>().join("|")
}

/// A pattern whose classes are those of ASCII: in a folded text they mean the same, and cost little.
fn plain(pattern: &str) -> String {
    const CLASSES: [(&str, &str); 4] =
        [(r"\w", "[0-9a-z_]"), (r"\d", "[0-9]"), (r"\s", "[ \\n]"), (r"\b", r"(?-u:\b)")];
    CLASSES.iter().fold(pattern.to_owned(), |pattern, (class, plain)| pattern.replace(class, plain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    /// Every table of the files becomes a rule, and every text of a rule is there.
    #[test]
    fn the_rules_are_whole() {
        let rules = Rules::new(&Left { former: vec!["かわせみ".to_owned()], clients: Vec::new() });
        let headers = |header: &str| {
            FILES.iter().map(|file| file.lines().filter(|line| *line == header).count()).sum::<usize>()
        };
        assert_eq!(rules.rules.len(), headers("[[rule]]"), "a rule is not read");
        assert_eq!(rules.words.values().map(Vec::len).sum::<usize>(), headers("[[words]]"));
        for rule in &rules.rules {
            let texts = rule.why.iter().chain(&rule.help);
            assert!(texts.clone().all(|text| !text.is_empty()), "{}", rule.pattern.text);
            let conditions = [&rule.near, &rule.unless, &rule.somewhere, &rule.nowhere];
            let patterns = || conditions.into_iter().flatten().chain([&rule.pattern]);
            for pattern in patterns() {
                assert!(pattern.regex().is_some_and(|found| !found.is_match("")), "{}", pattern.text);
            }
        }
        for (_, pattern) in rules.words.values().flatten() {
            assert!(pattern.regex().is_some_and(|found| !found.is_match("")), "{}", pattern.text);
        }
    }

    #[test]
    fn patterns_are_written_as_texts_are_folded() {
        for file in FILES {
            let document = DeTable::parse(file).unwrap();
            for table in ["rule", "words"].into_iter().flat_map(|key| tables(document.get_ref(), key)) {
                let array = table.get("pattern").and_then(|v| v.get_ref().as_array()).unwrap();
                for pattern in array.iter().filter_map(|v| v.get_ref().as_str()) {
                    // What stands for a class of letters may be a capital one.
                    let letters = pattern.replace(r"\S", "").replace("\u{ff5e}", "~");
                    let is_folded =
                        letters.chars().all(|c| c.is_ascii() || fold(&c.to_string()) == c.to_string());
                    assert!(is_folded, "{pattern}");
                }
            }
        }
    }
}
