//! The one place where the clock is read.

use std::time::{Duration, SystemTime};

use chrono::{Local, NaiveDate};

/// Today, by the clock and time zone of this machine.
pub fn today() -> NaiveDate {
    Local::now().date_naive()
}

/// How long ago something was; none where it lies ahead.
pub fn age(of: SystemTime) -> Option<Duration> {
    SystemTime::now().duration_since(of).ok()
}
