//! The one place where the clock is read.

use chrono::{Local, NaiveDate};

/// Today, by the clock and time zone of this machine.
pub fn today() -> NaiveDate {
    Local::now().date_naive()
}
