//! One line for all people without a tier, on Mondays: `sort`.
//!
//! Whose front matter cannot be read may have one: nothing could be written there, and `check` says so.

use chrono::{Datelike, NaiveDate};

use super::{Item, Kind, Why, item_id, plus, reach, section_of};
use crate::config::Config;
use crate::index::Index;
use crate::note::person::Status;

/// How many seem to have neither tier nor cadence only because their front matter cannot be read.
pub(super) fn unread(index: &Index, config: &Config) -> usize {
    let unread = index.people_unread().filter(|(_, person)| person.status == Status::Active);
    unread.filter(|(_, person)| reach::window(person, config).is_none()).count()
}

/// The line, planned on the first Monday that is free for it.
pub(super) fn line(count: usize, today: NaiveDate, is_free: impl Fn(NaiveDate) -> bool) -> Option<Item> {
    let mut mondays = (0..4).map(|week| plus(monday_from(today), 7 * week));
    let monday = mondays.find(|monday| is_free(*monday)).filter(|_| count > 0)?;
    Some(Item {
        opens: Some(monday),
        due: Some(monday),
        ..Item::bare(
            item_id("", Kind::Sort, monday),
            Kind::Sort,
            section_of(Some(monday), today),
            Why::Sort { count },
        )
        .on(monday)
    })
}

/// The first Monday from a day on.
pub(super) fn monday_from(day: NaiveDate) -> NaiveDate {
    let ahead = (7 - day.weekday().num_days_from_monday()) % 7;
    plus(day, u64::from(ahead))
}
