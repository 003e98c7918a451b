//! A contact that somebody tells of, as a deed; and a task that comes of it, as a line.

use chrono::NaiveDate;

use super::Deed;
use crate::config::{Config, PageDates};
use crate::note::dialect::Dialect;
use crate::note::edit::change::{Change, Recorded};
use crate::plan;
use crate::text::{NotePath, Text, link_key};

/// A contact that somebody tells of, with one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// When; the day where it is not said.
    pub on: Option<NaiveDate>,
    /// Through which channel.
    pub via: Option<String>,
    /// What about.
    pub text: String,
    /// Tags, without `#`.
    pub tags: Vec<String>,
    /// What was promised, and by when.
    pub promise: Option<(String, Option<NaiveDate>)>,
    /// When to be in touch again.
    pub next: Option<NaiveDate>,
}

impl Deed {
    /// Whether it puts an entry into a log.
    pub fn has_entry(&self) -> bool {
        self.steps.iter().flat_map(|(_, changes)| changes).any(|change| matches!(change, Change::Record(_)))
    }

    /// A contact as it was told.
    pub fn contact(
        (person, name): (&NotePath, &Text),
        told: &Told,
        today: NaiveDate,
        config: &Config,
        dialect: &Dialect,
    ) -> Self {
        let day = told.on.unwrap_or(today);
        let tags = told.tags.iter().map(|tag| format!("#{}", tag.trim_start_matches(['#', '＃'])));
        let words: Vec<String> =
            [told.text.trim().to_owned()].into_iter().filter(|text| !text.is_empty()).chain(tags).collect();
        let words = words.join(" ");
        let promise = told.promise.as_ref().map(|(what, by)| task_line(what, *by, config));
        let parts = [
            &*link_key(person.as_str()),
            "log",
            &day.to_string(),
            told.via.as_deref().unwrap_or(""),
            &words,
            promise.as_deref().unwrap_or(""),
        ];
        // The same contact told twice has the same id: it is recorded once.
        let id = plan::hashed(&parts);
        let mut entry = Recorded::said(id.clone(), day, told.via.clone(), &words, dialect);
        entry.below = promise.into_iter().collect();
        let next = told.next.map(Change::Next);
        let changes = [Change::Record(entry)].into_iter().chain(next).collect();
        Self { id, day, name: name.clone(), steps: vec![(person.clone(), changes)], said: Vec::new() }
    }

    /// One change that leaves no entry in a log.
    pub fn plain((path, name): (&NotePath, &Text), change: Change, today: NaiveDate) -> Self {
        let id = plan::hashed(&[&link_key(path.as_str()), &today.to_string(), &format!("{change:?}")]);
        Self {
            id,
            day: today,
            name: name.clone(),
            steps: vec![(path.clone(), vec![change])],
            said: Vec::new(),
        }
    }
}

/// A promise as a task, in the spelling of the page's dates.
fn task_line(what: &str, by: Option<NaiveDate>, config: &Config) -> String {
    let tag = config.page.task_tag.as_ref().map(|tag| format!("{tag} ")).unwrap_or_default();
    let what = crate::text::one_line(what);
    let due = match (by, config.page.dates) {
        (None, _) => String::new(),
        (Some(day), PageDates::Emoji) => format!(" 📅 {day}"),
        (Some(day), PageDates::Dataview) => format!(" [due:: {day}]"),
        (Some(day), PageDates::None) => format!(" ({day})"),
    };
    format!("- [ ] {tag}{}{due}", what.trim())
}
