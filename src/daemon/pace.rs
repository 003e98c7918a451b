//! How often the page may be written: as often as people save, and calmly where a program changes
//! notes without end.

use std::time::Duration;

use crate::clock::Moment;

/// In the long run the page is written so often at most.
const EVERY: Duration = Duration::from_millis(250);

/// After a quiet time so many may follow each other at once.
const AT_ONCE: u32 = 512;

/// The generic cell rate algorithm (ITU-T I.371, annex A) in its form of virtual scheduling: one
/// moment tells how much of what is allowed was used up.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// When the next would come, were they evenly spread.
    expected: Option<Moment>,
}

impl Pace {
    /// When the page may be written next; none: at once.
    pub(super) fn next(&self) -> Option<Moment> {
        self.expected.and_then(|expected| expected.checked_sub(EVERY * (AT_ONCE - 1)))
    }

    /// The page was written.
    pub(super) fn wrote(&mut self, now: Moment) {
        self.expected = Some(self.expected.map_or(now, |expected| expected.max(now)) + EVERY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Clock, Machine};

    /// How many of the moments, each so long after the one before, are let through.
    fn let_through(pace: &mut Pace, start: Moment, count: u32, gap: Duration) -> u32 {
        let moments = (0..count).map(|n| start + gap * n);
        let may = |pace: &Pace, now| pace.next().is_none_or(|next| next <= now);
        moments
            .filter(|now| {
                may(pace, *now) && {
                    pace.wrote(*now);
                    true
                }
            })
            .map(|_| 1)
            .sum()
    }

    #[test]
    fn many_at_once_and_few_in_the_long_run() {
        let start = Machine::default().now() + Duration::from_secs(24 * 60 * 60);
        let mut pace = Pace::default();
        assert_eq!(let_through(&mut pace, start, 2000, Duration::ZERO), AT_ONCE);
        // Two hundred a second for ten minutes.
        let after = start + Duration::from_millis(1);
        let many = let_through(&mut pace, after, 120_000, Duration::from_millis(5));
        assert!((2390..=2400).contains(&many), "{many}");
        // After a quiet time all is as at the beginning.
        let later = after + Duration::from_secs(60 * 60);
        assert_eq!(let_through(&mut pace, later, 2000, Duration::ZERO), AT_ONCE);
        assert_eq!(let_through(&mut Pace::default(), start, 1000, EVERY), 1000);
    }
}
