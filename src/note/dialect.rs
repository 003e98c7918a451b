//! How one vault spells things: `goen.toml`, Obsidian's settings and the vault's folders,
//! made ready for reading notes.
//!
//! Whatever here changes, every note has to be read anew.

mod greetings;

use chrono::NaiveDate;

use super::keys::{self, Keys};
use crate::config::{Config, Greeting};
use crate::date::DayFirst;
use crate::moment::DailyFormat;
use crate::text::{QuickMap, QuickSet, fold, link_key};
use greetings::Greetings;

pub use greetings::Greets;

/// A tier of the configuration the notes were read with: its place in `Config::tiers`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TierId(pub u16);

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
    /// How season greetings are named.
    greetings: Greetings,
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
            greetings: Greetings::of(&seasons),
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
        self.greetings.named_in(text)
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
    folders.split('/').any(|part| {
        if part.is_ascii() {
            let part = part.trim();
            return TEMPLATE_FOLDERS.iter().any(|name| name.eq_ignore_ascii_case(part));
        }
        TEMPLATE_FOLDERS.contains(&fold(part).as_ref())
    })
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
