//! Which season greetings a line names: the customary ones by their usual words, those of `goen.toml` by
//! their names. Which way one went, the log knows.

use std::sync::OnceLock;

use regex::Regex;

use crate::config::{Greeting, SeasonRule};
use crate::text::fold;

/// Season greetings, each a bit by its place in [`crate::config::Config::greetings`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Greets {
    named: u16,
    /// Those of them that came, and were not sent.
    came: u16,
}

impl Greets {
    /// The greeting at a place; of more than 16 the last ones share one.
    pub fn at(place: usize) -> Self {
        Self { named: 1 << place.min(15), came: 0 }
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.named == 0
    }

    /// Whether the greeting at a place is among them.
    pub fn has(self, place: usize) -> bool {
        self.named & Self::at(place).named != 0
    }

    /// Whether the greeting at a place came from them.
    pub fn has_come(self, place: usize) -> bool {
        self.came & Self::at(place).named != 0
    }

    /// Whether the greeting at a place was sent.
    pub fn was_sent(self, place: usize) -> bool {
        self.has(place) && !self.has_come(place)
    }

    /// The same, all of them sent but those that came and were not sent as well.
    pub(in crate::note) fn told(self, sent: Self, came: Self) -> Self {
        Self { named: self.named, came: self.named & came.named & !sent.named }
    }

    /// Adds `other`.
    pub(in crate::note) fn add(&mut self, other: Self) {
        self.named |= other.named;
        self.came |= other.came;
    }
}

/// How the season greetings of a vault are named.
#[derive(Debug, Clone)]
pub(super) struct Greetings {
    /// Some word of each.
    words: Option<Regex>,
    each: Vec<Pattern>,
}

impl Greetings {
    pub(super) fn of(rules: &[SeasonRule]) -> Self {
        let each = rules.iter().enumerate().map(|(place, rule)| Pattern::of(rule, place));
        Self { words: some_word(rules), each: each.collect() }
    }

    /// Those that a line names, as it is written.
    pub(super) fn named_in(&self, text: &str) -> Greets {
        let mut found = Greets::default();
        // One look for all words: nearly every line names none.
        if !self.words.as_ref().is_some_and(|words| words.is_match(text)) {
            return found;
        }
        let line = fold(text);
        for pattern in self.each.iter().filter(|pattern| pattern.is_in(&line)) {
            found.add(pattern.greets);
        }
        found
    }
}

/// Some word of every customary greeting, as it is written.
const GREETING_WORDS: &str =
    "年賀|賀状|新年|年始|喪中|欠礼|寒中|余寒|暑中|残暑|年末|(?i:new year)|(?i:nengajo)";

/// Letters that a name may be written in besides its own.
const OTHER_WIDTHS: &str = r"[Ａ-Ｚａ-ｚ０-９\u{ff66}-\u{ff9f}\u{3099}\u{309a}\u{300}-\u{36f}]";

/// How a line names a season's greeting.
#[derive(Debug, Clone)]
struct Pattern {
    greeting: Greeting,
    name: String,
    greets: Greets,
    /// Made for the first line that may name a greeting: it takes longer than reading a few notes.
    made: OnceLock<Option<Made>>,
}

#[derive(Debug, Clone)]
struct Made {
    pattern: Regex,
    /// What it finds and is not meant.
    except: Option<Regex>,
}

impl Pattern {
    fn of(rule: &SeasonRule, place: usize) -> Self {
        let (greeting, name) = (rule.greeting, rule.name.clone());
        Self { greeting, name, greets: Greets::at(place), made: OnceLock::new() }
    }

    fn make(&self) -> Option<Made> {
        // A log line of goen's holds the name as it is in `goen.toml`.
        let name = regex::escape(&fold(&self.name));
        let words = self.greeting.pattern().map_or_else(|| name.clone(), |words| format!("{words}|{name}"));
        let except = self.greeting.exceptions().and_then(|words| Regex::new(words).ok());
        Some(Made { pattern: Regex::new(&words).ok()?, except })
    }

    /// Whether a folded line names it.
    fn is_in(&self, line: &str) -> bool {
        let Some(Made { pattern, except }) = self.made.get_or_init(|| self.make()) else { return false };
        pattern.is_match(line)
            && except.as_ref().is_none_or(|except| pattern.is_match(&except.replace_all(line, " ")))
    }
}

/// What nearly every line without a greeting is told by: one look, as it is written.
fn some_word(rules: &[SeasonRule]) -> Option<Regex> {
    let own = |rule: &&SeasonRule| Greeting::of_name(&rule.name) == Greeting::Own;
    let mut words = vec![GREETING_WORDS.to_owned()];
    for rule in rules.iter().filter(own) {
        words.push(format!("(?i:{})", regex::escape(&rule.name)));
        words.push(format!("(?i:{})", regex::escape(&fold(&rule.name))));
    }
    if words.len() > 1 {
        words.push(OTHER_WIDTHS.to_owned());
    }
    Regex::new(&words.join("|")).ok()
}
