//! Days of rest: `away` in the note about the user.
//!
//! Knows which days those are and what ends in them; leaves what is planned on the others to the
//! schedule.

use chrono::{Days, NaiveDate};

use crate::index::Index;

/// Days of rest, first and last of each span, in their order and apart from each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rest(Vec<(NaiveDate, NaiveDate)>);

impl Rest {
    /// Those of the note about the user.
    pub fn of(index: &Index) -> Self {
        Self::new(index.me().map_or(&[], |(_, me)| &*me.away))
    }

    /// Of these spans; those that meet become one.
    pub fn new(spans: &[(NaiveDate, NaiveDate)]) -> Self {
        let mut spans: Vec<(NaiveDate, NaiveDate)> =
            spans.iter().copied().filter(|(from, to)| from <= to).collect();
        spans.sort_unstable();
        let mut apart: Vec<(NaiveDate, NaiveDate)> = Vec::with_capacity(spans.len());
        for (from, to) in spans {
            match apart.last_mut() {
                Some((_, end)) if end.succ_opt().is_none_or(|next| from <= next) => *end = to.max(*end),
                _ => apart.push((from, to)),
            }
        }
        Self(apart)
    }

    /// Whether a day is one of them.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.until(day).is_some()
    }

    /// The last of the days of rest that a day is one of.
    pub fn until(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.0.iter().find(|(from, to)| (*from..=*to).contains(&day)).map(|(_, to)| *to)
    }

    /// The end of a window that would end on a day: one that ends in days of rest is longer by
    /// their length.
    pub fn stretch(&self, end: NaiveDate) -> NaiveDate {
        let mut end = end;
        for (from, to) in &self.0 {
            if (*from..=*to).contains(&end) {
                let days = u64::try_from((*to - *from).num_days() + 1).unwrap_or(0);
                end = end.checked_add_days(Days::new(days)).unwrap_or(end);
            }
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn windows_that_end_in_days_of_rest_are_longer_by_them() {
        let spans =
            [("2026-12-29", "2027-01-03"), ("2027-01-04", "2027-01-04"), ("2027-01-10", "2027-01-12")];
        let rest = Rest::new(&spans.map(|(from, to)| (day(from), day(to))));
        for (end, stretched) in [
            ("2026-12-28", "2026-12-28"),
            ("2026-12-29", "2027-01-05"),
            // Seven days on: among other days of rest, and on again.
            ("2027-01-03", "2027-01-13"),
            ("2027-01-04", "2027-01-14"),
            ("2027-01-05", "2027-01-05"),
        ] {
            assert_eq!(rest.stretch(day(end)), day(stretched), "{end}");
        }
        assert!(rest.holds(day("2027-01-04")) && !rest.holds(day("2027-01-05")));
        assert_eq!(rest.until(day("2026-12-30")), Some(day("2027-01-04")));
        assert_eq!(Rest::new(&[(day("2027-01-02"), day("2027-01-01"))]), Rest::default());
    }
}
