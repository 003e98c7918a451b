//! What bounds the schedule besides the days: what was done of late.

use chrono::NaiveDate;

/// What bounds the schedule besides the days: what was done of late, and of the circle.
#[derive(Debug, Clone, Default)]
pub struct Lately {
    /// The last day on which a dormant tie was taken up again.
    pub reopened: Option<NaiveDate>,
    /// Days of late on which something was shared.
    pub shared: Vec<NaiveDate>,
    /// Days of late on which somebody came into the circle.
    pub entered: Vec<NaiveDate>,
    /// More of the people inside the circle are late than it bears.
    pub is_strained: bool,
}
