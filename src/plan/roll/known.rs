//! A season as whoever writes its greeting has to know it: names, days, and which custom it is.
//!
//! Leaves who gets one to the list.

use chrono::NaiveDate;

use super::asked::{find, span};
use super::names;
use crate::config::{Config, Greeting};
use crate::index::Index;
use crate::plan::seasons::winter;

/// A season as whoever writes its greeting has to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its name in `goen.toml`.
    pub name: String,
    /// What its greeting is called on the day: 余寒見舞い after 立春.
    pub called: String,
    /// Which of the customary ones it is.
    pub greeting: Greeting,
    /// The year whose greeting it is.
    pub year: i32,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Known {
    /// Whether its greeting has the name that it bears after 立春.
    pub fn is_after_risshun(&self) -> bool {
        self.called == winter::AFTER_RISSHUN
    }
}

/// The season that is asked for; without a name the one that is on, else the next.
///
/// # Errors
/// As [`super::roll`].
pub fn known(
    index: &Index,
    config: &Config,
    today: NaiveDate,
    asked: Option<&str>,
) -> Result<Known, Vec<String>> {
    let rules = config.greetings();
    let season = find(index, &rules, today, asked)?.ok_or_else(|| names(config))?;
    let (called, from, to) = span(&season, today);
    Ok(Known {
        called: called.to_owned(),
        greeting: season.rule.greeting,
        year: season.year(),
        from,
        to,
        name: season.rule.name,
    })
}
