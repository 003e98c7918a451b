//! What was done of late that bounds what is proposed: who came into the circle, whose tie was taken up
//! again, what was shared, who was introduced. An item that was skipped has had its place too.

use chrono::NaiveDate;

use super::{HORIZON, Kind, State, Subject, clips, introductions, minus, reach};
use crate::note::log::Marks;
use crate::note::person::Status;
use crate::text::Text;

/// What was done with somebody of late.
#[derive(Debug, Default)]
pub(super) struct OfLate {
    /// The last day on which a dormant or paused tie was taken up again, or was to be.
    pub reopened: Option<NaiveDate>,
    /// When they came into the circle, or today were to.
    pub entered: Option<NaiveDate>,
    /// When clips were shared, or were to be.
    pub shared: Vec<NaiveDate>,
    /// When they were introduced to somebody.
    pub introduced: Option<NaiveDate>,
    /// Ids that were skipped and are of no item of theirs alone: an introduction's stands with both.
    pub skipped_with: Vec<Text>,
}

impl OfLate {
    pub fn of(s: &Subject<'_>) -> Self {
        // What is written to somebody who stood inside, by a `next` set by hand or for a silence, takes nobody's
        // place today: ticking an item pulls no other in. From tomorrow on it counts.
        let entered = s.entered().filter(|(day, _)| *day < s.today || was_outside(s));
        let reopened = entered.filter(|(day, reopened)| *reopened && is_of_window(s, *day));
        let reopened = reopened.map(|(day, _)| day);
        let mut of_late = Self {
            reopened: reopened.max(resumed(s)),
            entered: entered.map(|(day, _)| day),
            shared: clips::shared_on(s),
            introduced: introductions::introduced_on(s),
            skipped_with: Vec::new(),
        };
        of_late.add_skips(s);
        let within = |first: NaiveDate| move |day: &NaiveDate| *day >= first;
        let reopened_since = minus(s.today, u64::from(s.config.reopen_every_days));
        of_late.reopened = of_late.reopened.filter(within(reopened_since));
        of_late.entered = of_late.entered.filter(within(minus(s.today, HORIZON - 1)));
        of_late.shared.retain(within(minus(s.today, clips::SHARED_IN - 1)));
        of_late
    }

    pub fn is_empty(&self) -> bool {
        self.reopened.max(self.entered).max(self.introduced).is_none()
            && self.shared.is_empty()
            && self.skipped_with.is_empty()
    }

    fn add_skips(&mut self, s: &Subject<'_>) {
        let since = minus(s.today, HORIZON - 1);
        let recent = s.newest_first().take_while(|entry| entry.day >= since);
        for entry in recent.filter(|entry| entry.marks.has(Marks::SKIP)) {
            let Some(id) = entry.id.as_deref() else { continue };
            match s.own(id).map(|known| known.kind) {
                Some(Kind::Reopen) => self.reopened = self.reopened.max(Some(entry.day)),
                Some(Kind::Share) => self.shared.push(entry.day),
                Some(_) => {}
                None => self.skipped_with.push(id.into()),
            }
            // Tomorrow it is the next one's turn.
            if entry.day == s.today && was_outside(s) {
                self.entered = Some(s.today);
            }
        }
    }
}

/// Whether somebody waited outside the circle this morning.
fn was_outside(s: &Subject<'_>) -> bool {
    matches!(s.this_morning().unwrap_or(s.reach.state), State::New | State::Dormant)
}

/// Whether what was done on a day was for the tie's own sake: a congratulation or a farewell that ended
/// a silence too had its own reason, and takes the place of no re-opening.
fn is_of_window(s: &Subject<'_>, day: NaiveDate) -> bool {
    let of_day = s.newest_first().skip_while(|entry| entry.day > day).take_while(|entry| entry.day == day);
    let mut ids = of_day.filter_map(|entry| entry.id.as_deref()).peekable();
    ids.peek().is_none() || ids.any(|id| reach::window_kind(id, (s.note, s.person, s.tie)).is_some())
}

/// When a tie that was paused until a day was taken up again.
fn resumed(s: &Subject<'_>) -> Option<NaiveDate> {
    let until = s.person.snooze.filter(|until| s.person.status == Status::Paused && *until <= s.today)?;
    s.tie.until(s.today).iter().map(|contact| contact.day).find(|day| *day >= until)
}
