//! The one place where the clock is read.

use std::time::{Duration, Instant, SystemTime};

use chrono::{Local, NaiveDate};

/// Today, by the clock and time zone of this machine.
pub fn today() -> NaiveDate {
    Local::now().date_naive()
}

/// How long ago something was; none where it lies ahead.
pub fn age(of: SystemTime) -> Option<Duration> {
    SystemTime::now().duration_since(of).ok()
}

/// A moment, told apart from others by a clock that never goes back.
pub type Moment = Instant;

/// Time as people count it: it may be set.
pub type Wall = SystemTime;

/// What a program that stays up asks about time.
pub trait Clock {
    /// The day.
    fn today(&self) -> NaiveDate;
    /// The moment. The clock may stand still while the machine sleeps.
    fn now(&self) -> Moment;
    /// Time as people count it, which also goes on while the machine sleeps.
    fn wall(&self) -> Wall;
}

/// This machine's clock; the day may be made to stand still.
#[derive(Debug, Clone, Copy, Default)]
pub struct Machine {
    /// The day, where it was named.
    pub day: Option<NaiveDate>,
}

impl Clock for Machine {
    fn today(&self) -> NaiveDate {
        self.day.unwrap_or_else(today)
    }

    fn now(&self) -> Moment {
        Instant::now()
    }

    fn wall(&self) -> Wall {
        SystemTime::now()
    }
}
