//! When to look at what was heard.
//!
//! What comes singly is looked into at once. Where more comes than is looked into meanwhile (a
//! checkout, a sync) it is waited until it is quiet, so that one look and one page do for all of it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use crate::app::Places;
use crate::clock::Moment;
use crate::vault::{Heard, Hint};

/// More places than this at once are a burst: an editor's save names up to four.
const FEW: usize = 8;

/// A burst is over when nothing was heard for so long,
const QUIET: Duration = Duration::from_millis(200);
/// and is looked into after this in any case.
const AT_MOST: Duration = Duration::from_secs(3);

/// Who began to write and is not heard of again has done after so long.
const WRITING: Duration = Duration::from_secs(2);
/// Whoever goes on writing is looked at after this in any case.
const WRITING_AT_MOST: Duration = Duration::from_secs(5);

/// What was heard and not looked into yet.
#[derive(Debug, Default)]
pub(super) struct Hints {
    places: BTreeMap<PathBuf, Place>,
    everywhere: Option<Everywhere>,
    /// The last time that something was heard in a burst that may go on.
    burst: Option<Moment>,
    /// Everything is to be looked at then.
    again: Option<Moment>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    hint: Hint,
    first: Moment,
    last: Moment,
}

#[derive(Debug, Clone, Copy)]
struct Everywhere {
    thoroughly: bool,
    /// It is not waited until it is quiet.
    at_once: bool,
    first: Moment,
    last: Moment,
}

impl Hints {
    /// Everything is to be looked at; with `thoroughly` read, whatever its stamp says.
    pub(super) fn everything(&mut self, thoroughly: bool, now: Moment) {
        let new = Everywhere { thoroughly, at_once: true, first: now, last: now };
        let all = self.everywhere.get_or_insert(new);
        all.thoroughly |= thoroughly;
        all.at_once = true;
    }

    /// Everything is to be looked at, at some time.
    pub(super) fn again(&mut self, at: Moment) {
        self.again = Some(self.again.map_or(at, |known| known.min(at)));
    }

    /// Takes up what was heard.
    pub(super) fn hear(&mut self, heard: Heard, now: Moment) {
        if heard.places.is_empty() && !heard.everything {
            return;
        }
        for (path, hint) in heard.places {
            let first = self.places.get(&path).map_or(now, |place| place.first);
            self.places.insert(path, Place { hint, first, last: now });
        }
        let goes_on = self.burst.is_some_and(|last| now.saturating_duration_since(last) < QUIET);
        self.burst = (goes_on || self.places.len() > FEW).then_some(now);
        if heard.everything {
            let new = Everywhere { thoroughly: false, at_once: false, first: now, last: now };
            self.everywhere.get_or_insert(new).last = now;
        }
    }

    /// Whether there is something to look into, soon: what is written meanwhile would be written
    /// again.
    pub(super) fn is_waiting(&self) -> bool {
        self.everywhere.is_some() || self.places.values().any(|place| place.hint == Hint::Done)
    }

    /// What to look into now.
    pub(super) fn ripe(&mut self, now: Moment) -> Option<Places> {
        if self.again.take_if(|at| *at <= now).is_some() {
            self.everything(false, now);
        }
        if self.next_everywhere().is_some_and(|at| at <= now) {
            let thoroughly = self.everywhere.is_some_and(|all| all.thoroughly);
            self.everywhere = None;
            self.places.clear();
            return Some(Places::Everywhere { thoroughly });
        }
        let done_at = self.done_at();
        let is_ripe = |place: &Place| match place.hint {
            Hint::Done => done_at.is_some_and(|at| at <= now),
            Hint::Begun => begun_at(place) <= now,
        };
        let all = std::mem::take(&mut self.places).into_iter();
        let (ripe, rest): (Vec<_>, Vec<_>) = all.partition(|(_, place)| is_ripe(place));
        self.places = rest.into_iter().collect();
        let ripe: Vec<PathBuf> = ripe.into_iter().map(|(path, _)| path).collect();
        (!ripe.is_empty()).then_some(Places::At(ripe))
    }

    /// When there is something to look into next.
    pub(super) fn next(&self) -> Option<Moment> {
        let begun = self.places.values().filter(|place| place.hint == Hint::Begun).map(begun_at).min();
        [self.again, self.next_everywhere(), self.done_at(), begun].into_iter().flatten().min()
    }

    fn next_everywhere(&self) -> Option<Moment> {
        let all = self.everywhere?;
        Some(if all.at_once { all.first } else { (all.last + QUIET).min(all.first + AT_MOST) })
    }

    /// When what is done is looked into: at once, or when the burst is over.
    fn done_at(&self) -> Option<Moment> {
        let done = || self.places.values().filter(|place| place.hint == Hint::Done);
        let first = done().map(|place| place.first).min()?;
        Some(self.burst.map_or(first, |last| (last + QUIET).min(first + AT_MOST)))
    }
}

fn begun_at(place: &Place) -> Moment {
    (place.last + WRITING).min(place.first + WRITING_AT_MOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Clock, Machine};

    fn heard(names: &[(&str, Hint)]) -> Heard {
        let places = names.iter().map(|(name, hint)| (PathBuf::from(name), *hint)).collect();
        Heard { places, ..Heard::default() }
    }

    fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    fn at(names: &[&str]) -> Option<Places> {
        Some(Places::At(names.iter().map(PathBuf::from).collect()))
    }

    #[test]
    fn a_save_is_looked_into_at_once_and_again() {
        let (mut hints, start) = (Hints::default(), Machine::default().now());
        for n in 0..100 {
            let now = start + ms(n * 5);
            let (name, backup) = (format!("{n}"), format!("{n}~"));
            hints.hear(heard(&[(&name, Hint::Done), (&backup, Hint::Done)]), now);
            assert!(hints.is_waiting());
            assert_eq!(hints.ripe(now), at(&[&name, &backup]), "save {n}");
            assert_eq!((hints.ripe(now), hints.next()), (None, None));
        }
    }

    /// What is heard while what came before is looked into, which takes a while.
    fn heard_meanwhile(hints: &mut Hints, from: usize, now: Moment) {
        for n in from..from + 50 {
            hints.hear(heard(&[(&format!("{n}"), Hint::Done)]), now);
        }
    }

    #[test]
    fn a_burst_is_looked_into_when_it_is_over() {
        let (mut hints, start) = (Hints::default(), Machine::default().now());
        hints.hear(heard(&[("0", Hint::Done)]), start);
        assert_eq!(hints.ripe(start), at(&["0"]), "nobody knows yet that more will come");
        for n in 0..10 {
            let now = start + ms(10 + n * 20);
            heard_meanwhile(&mut hints, usize::try_from(n).unwrap() * 50, now);
            assert_eq!(hints.ripe(now), None);
        }
        let next = hints.next().unwrap();
        assert_eq!(next, start + ms(190) + QUIET);
        assert!(matches!(hints.ripe(next), Some(Places::At(places)) if places.len() == 500));
        // A late one belongs to it; one after that is a save again.
        hints.hear(heard(&[("late", Hint::Done)]), next - ms(1));
        assert_eq!((hints.ripe(next), hints.next()), (None, Some(next - ms(1) + QUIET)));
        assert_eq!(hints.ripe(next + QUIET), at(&["late"]));
        hints.hear(heard(&[("single", Hint::Done)]), next + ms(600));
        assert_eq!(hints.ripe(next + ms(600)), at(&["single"]));
    }

    #[test]
    fn a_burst_without_end_is_looked_into_all_the_same() {
        let (mut hints, start) = (Hints::default(), Machine::default().now());
        let mut looks = Vec::new();
        for n in 0..200 {
            let now = start + ms(n * 50);
            heard_meanwhile(&mut hints, 0, now);
            if hints.ripe(now).is_some() {
                looks.push(n * 50);
            }
        }
        assert_eq!(looks, [3000, 6050, 9100]);
    }

    #[test]
    fn who_is_writing_is_waited_for() {
        let (mut hints, now) = (Hints::default(), Machine::default().now());
        hints.hear(heard(&[("a", Hint::Begun)]), now);
        assert!(!hints.is_waiting());
        assert_eq!((hints.ripe(now), hints.next()), (None, Some(now + WRITING)));
        hints.hear(heard(&[("a", Hint::Done)]), now + ms(20));
        assert_eq!(hints.ripe(now + ms(20)), at(&["a"]));
        // Who never says that it is done is looked at after a while.
        for n in 0..10 {
            hints.hear(heard(&[("b", Hint::Begun)]), now + ms(n * 1000));
        }
        assert_eq!(hints.ripe(now + ms(4999)), None);
        assert_eq!(hints.ripe(now + WRITING_AT_MOST), at(&["b"]));
    }

    #[test]
    fn everything_covers_each_place() {
        let (mut hints, now) = (Hints::default(), Machine::default().now());
        hints.hear(heard(&[("a", Hint::Done)]), now);
        hints.hear(Heard { everything: true, ..Heard::default() }, now);
        assert_eq!(hints.next(), Some(now), "what was heard singly is not kept waiting");
        assert_eq!(hints.ripe(now + QUIET), Some(Places::Everywhere { thoroughly: false }));
        assert_eq!(hints.next(), None);
        hints.everything(true, now);
        hints.everything(false, now);
        assert_eq!(hints.ripe(now), Some(Places::Everywhere { thoroughly: true }));
    }
}
