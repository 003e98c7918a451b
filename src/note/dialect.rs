//! How one vault spells things: `goen.toml`, Obsidian's settings and the vault's folders,
//! made ready for reading notes.
//!
//! Whatever here changes, every note has to be read anew.

use std::sync::OnceLock;

use chrono::NaiveDate;
use regex::Regex;

use super::keys::{self, Keys};
use crate::config::{Config, Greeting, SeasonRule};
use crate::date::DayFirst;
use crate::moment::DailyFormat;
use crate::text::{QuickMap, QuickSet, fold, link_key};

/// A tier of the configuration the notes were read with: its place in `Config::tiers`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TierId(pub u16);

/// Season greetings, each a bit by its place in [`Config::greetings`].
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
    pub(super) fn told(self, sent: Self, came: Self) -> Self {
        Self { named: self.named, came: self.named & came.named & !sent.named }
    }

    /// Adds `other`.
    pub(super) fn add(&mut self, other: Self) {
        self.named |= other.named;
        self.came |= other.came;
    }
}

/// The usual headings of a log.
const LOG_HEADINGS: &[&str] =
    &["Log", "Contact log", "Interactions", "Activity", "History", "記録", "ログ", "連絡履歴", "やりとり"];

/// Folders that hold people where `goen.toml` names none, best first.
pub const PEOPLE_FOLDERS: [&str; 6] = ["People", "Contacts", "Friends", "人", "人物", "連絡先"];

/// Folders of templates, folded.
pub const TEMPLATE_FOLDERS: &[&str] = &["templates", "template", "_templates", "テンプレート"];

/// How daily notes are named.
#[derive(Debug, Clone)]
pub struct Journal {
    /// The format of their paths.
    pub format: DailyFormat,
    /// Where notes with a `date:` are dated notes too; none: nowhere.
    pub folder: Option<String>,
}

/// Some word of every customary greeting, as it is written.
const GREETING_WORDS: &str =
    "年賀|賀状|新年|年始|喪中|欠礼|寒中|余寒|暑中|残暑|年末|(?i:new year)|(?i:nengajo)";

/// Letters that a name may be written in besides its own.
const OTHER_WIDTHS: &str = r"[Ａ-Ｚａ-ｚ０-９\u{ff66}-\u{ff9f}\u{3099}\u{309a}\u{300}-\u{36f}]";

/// How a line names a season's greeting.
#[derive(Debug, Clone)]
struct GreetingPattern {
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

impl GreetingPattern {
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
fn greeting_words(rules: &[SeasonRule]) -> Option<Regex> {
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

/// How this vault spells things.
#[derive(Debug, Clone)]
pub struct Dialect {
    /// Spellings of keys.
    pub keys: Keys,
    /// How `04/05/2026` is read.
    pub day_first: DayFirst,
    /// Dated notes.
    pub journal: Journal,
    tiers: QuickMap<String, TierId>,
    tier_ids: QuickSet<String>,
    log_headings: QuickSet<String>,
    light: QuickSet<String>,
    meeting: QuickSet<String>,
    person_words: QuickSet<String>,
    person_tags: QuickSet<String>,
    people_folders: Vec<String>,
    clip_folders: Vec<String>,
    /// Some word of each season's greeting, and how each is named.
    greeting_words: Option<Regex>,
    greetings: Vec<GreetingPattern>,
    /// The names of the seasons, folded.
    season_names: QuickSet<String>,
}

impl Dialect {
    /// Makes the dialect of a vault: what `goen.toml` says, how daily notes are
    /// named, and which folders hold people ([`people_folders`]).
    pub fn new(config: &Config, journal: Journal, people_folders: &[String]) -> Self {
        let set = |words: &mut dyn Iterator<Item = &str>| words.map(|w| fold(w).into_owned()).collect();
        let mut tiers = QuickMap::default();
        // Ids win over names: a tier may bear another's id as a name.
        for (at, tier) in config.tiers.iter().enumerate() {
            let id = TierId(u16::try_from(at).unwrap_or(u16::MAX));
            for name in &tier.names {
                tiers.entry(fold(name).into_owned()).or_insert(id);
            }
        }
        for (at, tier) in config.tiers.iter().enumerate() {
            tiers.insert(fold(&tier.id).into_owned(), TierId(u16::try_from(at).unwrap_or(u16::MAX)));
        }
        let folders = |names: &[String]| {
            names
                .iter()
                .map(|f| link_key(f.trim_matches('/')).into_owned())
                .filter(|f| !f.is_empty())
                .collect()
        };
        let seasons = config.greetings();
        let greetings = seasons.iter().enumerate();
        Self {
            keys: Keys::new(&config.fields),
            day_first: config.day_first,
            journal,
            tiers,
            tier_ids: set(&mut config.tiers.iter().map(|t| &*t.id)),
            log_headings: set(&mut LOG_HEADINGS
                .iter()
                .copied()
                .chain(config.log.headings.iter().map(String::as_str))),
            light: set(&mut config.log.light.iter().map(String::as_str)),
            meeting: set(&mut config.log.meeting.iter().map(String::as_str)),
            person_words: set(&mut ["person", "人", "人物"]
                .into_iter()
                .chain(config.people.types.iter().map(String::as_str))),
            person_tags: set(&mut config.people.tags.iter().map(|t| t.trim_start_matches('#'))),
            people_folders: folders(people_folders),
            clip_folders: folders(&config.clips.folders),
            greeting_words: greeting_words(&seasons),
            greetings: greetings.map(|(place, rule)| GreetingPattern::of(rule, place)).collect(),
            season_names: set(&mut seasons.iter().map(|rule| rule.name.as_str())),
        }
    }

    /// The tier a word means, by id or name.
    pub fn tier(&self, word: &str) -> Option<TierId> {
        self.tiers.get(fold(word).as_ref()).copied()
    }

    /// Whether a word is a tier's id rather than one of its names.
    pub fn is_tier_id(&self, word: &str) -> bool {
        self.tier_ids.contains(fold(word).as_ref())
    }

    /// Every word that means a tier.
    pub fn tier_words(&self) -> impl Iterator<Item = &str> {
        self.tiers.keys().map(String::as_str)
    }

    /// Whether a log stands under this heading.
    pub fn is_log_heading(&self, text: &str) -> bool {
        let words = super::plain::plain(text);
        let words = words.trim_matches(|c: char| !c.is_alphanumeric());
        self.log_headings.contains(fold(words).as_ref())
    }

    /// Whether a channel, folded, is only a touch.
    pub fn is_light(&self, channel: &str) -> bool {
        self.light.contains(channel)
    }

    /// Whether a channel, folded, is a meeting or a call: either by whatever name, where one is.
    pub fn is_meeting(&self, channel: &str) -> bool {
        let calls_count = || ["call", "video", "通話"].iter().any(|call| self.meeting.contains(*call));
        let meetings_count = || ["meet", "対面"].iter().any(|meet| self.meeting.contains(*meet));
        self.meeting.contains(channel)
            || (keys::is_call(channel) && calls_count())
            || (keys::is_meet(channel) && meetings_count())
    }

    /// The season greetings that a log line names, as it is written.
    pub fn greets(&self, text: &str) -> Greets {
        let mut found = Greets::default();
        // One look for all words: nearly every line names none.
        if !self.greeting_words.as_ref().is_some_and(|words| words.is_match(text)) {
            return found;
        }
        let line = fold(text);
        for greeting in self.greetings.iter().filter(|greeting| greeting.is_in(&line)) {
            found.add(greeting.greets);
        }
        found
    }

    /// Whether a word names a season: a customary one, or one of `goen.toml`.
    pub fn is_season(&self, word: &str) -> bool {
        Greeting::of_word(word) != Greeting::Own || self.season_names.contains(fold(word).as_ref())
    }

    /// Whether `type:` of this value means a person.
    pub fn is_person_word(&self, folded: &str) -> bool {
        self.person_words.contains(folded)
    }

    /// Whether a tag, folded and without `#`, means a person.
    pub fn is_person_tag(&self, folded: &str) -> bool {
        self.person_tags.contains(folded)
    }

    /// Whether a body might hold a tag of a person; cheap, and never wrongly no.
    pub fn body_may_tag_person(&self, body: &str) -> bool {
        body.match_indices('#').any(|(at, _)| {
            let word: String = body[at + 1..].chars().take(40).take_while(|c| !c.is_whitespace()).collect();
            let word = fold(&word);
            self.person_tags.iter().any(|tag| word.starts_with(tag.as_str()))
        })
    }

    /// Whether a path lies in a people folder.
    pub fn in_people_folder(&self, path: &str) -> bool {
        within(path, &self.people_folders)
    }

    /// Whether a path lies in a folder of clips.
    pub fn in_clip_folder(&self, path: &str) -> bool {
        within(path, &self.clip_folders)
    }

    /// Whether a path lies in the journal's folder.
    pub fn in_journal(&self, path: &str) -> bool {
        self.journal.folder.as_ref().is_some_and(|folder| is_below(&link_key(path), &link_key(folder)))
    }

    /// The day that a dated note's name carries.
    pub fn day_of(&self, path: &str) -> Option<NaiveDate> {
        self.journal.format.date_of(path)
    }
}

/// Whether a path leads through a folder of templates.
pub fn in_templates(path: &str) -> bool {
    let Some((folders, _)) = path.rsplit_once('/') else { return false };
    folders.split('/').any(|part| TEMPLATE_FOLDERS.contains(&fold(part).as_ref()))
}

/// Whether a note at this path has a say in which folders hold people ([`people_folders`]).
pub fn may_hold_people(path: &str) -> bool {
    let Some((folders, _)) = path.rsplit_once('/') else { return false };
    let is_usual = |part| PEOPLE_FOLDERS.iter().any(|name| link_key(name) == link_key(part));
    folders.split('/').any(is_usual)
}

fn within(path: &str, folders: &[String]) -> bool {
    if folders.is_empty() {
        return false;
    }
    let path = link_key(path);
    folders.iter().any(|folder| is_below(&path, folder))
}

fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The folders that hold people: those of `goen.toml`, else the first of the usual
/// names that holds a note, in the vault's root, else wherever it stands.
///
/// A folder without notes does not count: git keeps none, and the same vault must
/// be read the same on every machine.
pub fn people_folders<'a>(config: &Config, paths: impl Iterator<Item = &'a str>) -> Vec<String> {
    if !config.people.folders.is_empty() {
        return config.people.folders.clone();
    }
    // For every usual name: the folders of that name, in the root and below.
    let mut found: Vec<(QuickSet<String>, QuickSet<String>)> = vec![Default::default(); PEOPLE_FOLDERS.len()];
    let mut last_folder = None;
    for path in paths {
        let Some((folders, _)) = path.rsplit_once('/') else { continue };
        if last_folder == Some(folders) || in_templates(path) {
            continue;
        }
        last_folder = Some(folders);
        let mut end = 0;
        for (depth, part) in folders.split('/').enumerate() {
            end += part.len() + usize::from(depth > 0);
            let key = link_key(part);
            if let Some(at) = PEOPLE_FOLDERS.iter().position(|name| link_key(name) == key) {
                let set = if depth == 0 { &mut found[at].0 } else { &mut found[at].1 };
                set.insert(folders[..end].to_owned());
            }
        }
    }
    let mut chosen: Vec<String> = found
        .iter()
        .map(|(root, _)| root)
        .find(|root| !root.is_empty())
        .or_else(|| found.iter().map(|(_, below)| below).find(|below| !below.is_empty()))
        .map(|set| set.iter().cloned().collect())
        .unwrap_or_default();
    chosen.sort();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paths: &[&str], expected: &[&str]) {
        assert_eq!(people_folders(&Config::default(), paths.iter().copied()), expected, "for {paths:?}");
    }

    #[test]
    fn the_first_usual_folder_that_holds_a_note() {
        check(&["人/a.md", "Contacts/b.md"], &["Contacts"]);
        check(&["人/a.md", "x/People/b.md"], &["人"]);
        check(&["x/people/b.md", "y/人/c.md"], &["x/people"]);
        check(&["PEOPLE/sub/a.md"], &["PEOPLE"]);
        check(&["a.md", "notes/b.md"], &[]);
        check(&["Templates/People/a.md"], &[]);
    }

    #[test]
    fn templates_wherever_they_lie() {
        assert!(in_templates("Templates/a.md"));
        assert!(in_templates("x/テンプレート/a.md"));
        assert!(!in_templates("Templates.md"));
        assert!(!in_templates("people/a.md"));
    }
}
