//! `goen.toml`: its keys, what they are when it does not say, and the check of what it says.
//!
//! Knows the text of the file; leaves the file on disk, its changes and every
//! use of a value to others. Each key is named once, beside the field it fills.

mod key;
mod reader;
pub mod reference;
mod review;
mod seasons;
mod sections;
#[cfg(test)]
mod tests;
mod tiers;
mod values;

use std::collections::BTreeMap;

use crate::date::DayFirst;
use crate::problem::{Problem, Takes};
use crate::text::{NotePath, fold};

use reader::{Kind, Reader};

pub use review::{ReviewRule, ReviewSeverity};
pub use seasons::{Greeting, SeasonDay, SeasonRule};
pub use sections::{
    Birthdays, Calendar, Circle, Clips, Committed, Drift, Energy, Export, Git, Holidays, Journal, Links, Log,
    Page, PageDates, People, Poll, Promises, SeasonLimits, Vault, Watch, Write, WriteMode,
};
pub use tiers::{Register, Tier};

/// Everything `goen.toml` can say.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// What is read.
    pub vault: Vault,
    /// Which notes are people.
    pub people: People,
    /// Further spellings of a person's keys.
    pub fields: BTreeMap<String, Vec<String>>,
    /// Dated notes.
    pub journal: Journal,
    /// The log in a person's note.
    pub log: Log,
    /// How `04/05/2026` is read.
    pub day_first: DayFirst,
    /// The five defaults, then new ones in the order of the file.
    pub tiers: Vec<Tier>,
    /// What a day and a week can hold, and what each contact costs.
    pub energy: Energy,
    /// How fast people come into the circle.
    pub circle: Circle,
    /// When a tie is said to cool.
    pub drift: Drift,
    /// Open tasks.
    pub promises: Promises,
    /// Days between two gentle re-openings.
    pub reopen_every_days: u32,
    /// Days on which nobody is written to in a formal register.
    pub calendar: Calendar,
    /// Birthdays.
    pub birthdays: Birthdays,
    /// How many season greetings.
    pub season: SeasonLimits,
    /// The seasons written in the file: each replaces the default of its name, or is a further one.
    pub seasons: Vec<SeasonRule>,
    /// Things worth sharing.
    pub clips: Clips,
    /// Further words for an interest.
    pub interests: BTreeMap<String, Vec<String>>,
    /// What the user wants to be told of in a message.
    pub review: Vec<ReviewRule>,
    /// The generated page.
    pub page: Page,
    /// How files are written.
    pub write: Write,
    /// The daemon.
    pub watch: Watch,
    /// Commits.
    pub git: Git,
    /// Files the daemon keeps up.
    pub export: Export,
}

impl Config {
    /// Reads the text of `goen.toml`; else every problem found in it, in the order of the lines.
    pub fn parse(path: &NotePath, text: &str) -> Result<Self, Vec<Problem>> {
        let mut config = Self::default();
        let problems = reader::read(path, text, |r| config.read(r));
        if problems.is_empty() { Ok(config) } else { Err(problems) }
    }

    /// The tier of this id.
    pub fn tier(&self, id: &str) -> Option<&Tier> {
        self.tiers.iter().find(|tier| &*tier.id == id)
    }

    /// The tier that a word means, whether it is an id or a name; ids first.
    pub fn tier_of_word(&self, word: &str) -> Option<&Tier> {
        tiers::of_word(&self.tiers, word)
    }

    /// The seasons that are kept: the customary ones, each as the file has it if it names it, then
    /// those of the file's own; in the order in which a year's greetings count.
    pub fn greetings(&self) -> Vec<SeasonRule> {
        let mut rules = seasons::defaults();
        for own in &self.seasons {
            let known = rules.iter_mut().find(|rule| match own.greeting {
                Greeting::Own => fold(&rule.name) == fold(&own.name),
                customary => rule.greeting == customary,
            });
            match known {
                Some(rule) => *rule = own.clone(),
                None => rules.push(own.clone()),
            }
        }
        rules
    }

    fn read(&mut self, r: &mut Reader<'_>) {
        r.table("vault", |r| self.vault.read(r));
        r.table("people", |r| self.people.read(r));
        r.table("fields", |r| {
            for key in PERSON_KEYS {
                word_list(r, key, &mut self.fields);
            }
        });
        r.table("journal", |r| self.journal.read(r));
        r.table("log", |r| self.log.read(r));
        r.table("dates", |r| {
            r.take("day_first", &DAY_FIRST, &mut self.day_first, |v| match v.word()?.as_ref() {
                "" => Some(DayFirst::Ask),
                "yes" => Some(DayFirst::Yes),
                "no" => Some(DayFirst::No),
                _ => None,
            });
        });
        r.table("tiers", |r| tiers::read(r, &mut self.tiers));
        r.table("energy", |r| self.energy.read(r));
        r.table("circle", |r| self.circle.read(r));
        r.table("drift", |r| self.drift.read(r));
        r.table("promises", |r| self.promises.read(r));
        r.table("reopen", |r| r.every("every", &mut self.reopen_every_days));
        r.table("calendar", |r| {
            self.calendar.read(r);
            r.dates("closed", &mut self.calendar.closed, self.day_first);
        });
        r.table("birthdays", |r| self.birthdays.read(r));
        r.table_beside("season", "seasons", |r| self.season.read(r));
        r.tables("seasons", |r| self.seasons.extend(SeasonRule::read(r, &self.tiers)));
        r.table("clips", |r| self.clips.read(r));
        r.table("interests", |r| {
            for key in r.rest() {
                word_list(r, &key, &mut self.interests);
            }
        });
        r.tables("review", |r| self.review.extend(ReviewRule::read(r)));
        r.table("page", |r| {
            self.page.read(r);
            r.own_file("template", "\"templates/page.md\"", &mut self.page.template, &self.page.file);
        });
        r.table("write", |r| self.write.read(r));
        r.table("watch", |r| self.watch.read(r));
        r.table("git", |r| self.git.read(r));
        r.table("export", |r| r.own_export("ics", "\"goen.ics\"", &mut self.export.ics, &self.page.file));
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            vault: Vault::default(),
            people: People::default(),
            fields: BTreeMap::new(),
            journal: Journal::default(),
            log: Log::default(),
            day_first: DayFirst::Ask,
            tiers: tiers::defaults(),
            energy: Energy::default(),
            circle: Circle::default(),
            drift: Drift::default(),
            promises: Promises::default(),
            reopen_every_days: 7,
            calendar: Calendar::default(),
            birthdays: Birthdays::default(),
            season: SeasonLimits::default(),
            seasons: Vec::new(),
            clips: Clips::default(),
            interests: BTreeMap::new(),
            review: Vec::new(),
            page: Page::default(),
            write: Write::default(),
            watch: Watch::default(),
            git: Git::default(),
            export: Export::default(),
        }
    }
}

const DAY_FIRST: Kind<DayFirst> = Kind {
    takes: Takes::like("\"yes\", \"no\""),
    written: |order| {
        let word = match order {
            DayFirst::Ask => "",
            DayFirst::Yes => "yes",
            DayFirst::No => "no",
        };
        Some(values::quoted(word))
    },
};

fn word_list(r: &mut Reader<'_>, key: &str, into: &mut BTreeMap<String, Vec<String>>) {
    let mut words = Vec::new();
    if r.words(key.to_owned(), &mut words) {
        into.insert(key.to_owned(), words);
    }
}

/// The keys of a person whose spellings `[fields]` can add to.
const PERSON_KEYS: [&str; 29] = [
    "name",
    "reading",
    "aliases",
    "tier",
    "last_contact",
    "cadence",
    "interests",
    "birthday",
    "milestones",
    "org",
    "former_org",
    "location",
    "address",
    "postal_code",
    "joint_names",
    "goals",
    "strengths",
    "honorific",
    "channels",
    "prefer",
    "lang",
    "register",
    "next",
    "snooze",
    "status",
    "mourning",
    "seasons",
    "nengajo",
    "added",
];
