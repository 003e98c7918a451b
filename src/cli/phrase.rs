//! Dates as people type them, or what is taken instead.

use chrono::NaiveDate;

use super::fail::Fail;
use super::words::pick;
use crate::app::App;
use crate::date::{self, Towards};

/// Which days are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Any.
    Anytime,
    /// Only those after today.
    Today,
}

/// The day that a phrase means.
pub fn day(app: &App, text: &str, towards: Towards, after: After) -> Result<NaiveDate, Fail> {
    let found = date::phrase(text, app.today, towards, app.config.day_first).ok();
    found
        .filter(|day| after == After::Anytime || *day > app.today)
        .ok_or_else(|| not_taken(app, text, towards))
}

/// What is written instead.
pub fn not_taken(app: &App, text: &str, towards: Towards) -> Fail {
    let takes = match towards {
        Towards::Past => pick(
            app.lang,
            "2026-11-20、昨日、3日前、先週の金曜",
            "2026-11-20, yesterday, 3 days ago, last friday",
        ),
        Towards::Future => pick(
            app.lang,
            "明日からの日付: 2026-12-01、来週、2週間後、来月、3w",
            "a day after today: 2026-12-01, next week, in 3 weeks, 3w",
        ),
    };
    Fail::Option(text.to_owned(), takes.to_owned(), app.lang)
}
