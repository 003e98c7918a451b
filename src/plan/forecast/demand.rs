//! What is asked of each week if everybody is written to by the end of their window, no earlier and no
//! later, and occasions (birthdays, greetings of the season, …) are kept by their days.
//!
//! The reasons are those that the planner knows; leaves room, energy and the order among people to it.

use std::sync::OnceLock;

use chrono::NaiveDate;

use super::tick::Tick;
use crate::config::{Config, Greeting};
use crate::index::{Contact, Index, Source, Tie};
use crate::note::Note;
use crate::plan::ground::Ground;
use crate::plan::seasons::Season;
use crate::plan::{About, HORIZON, Kind, Reason, State, Subject, people, plus};
use crate::text::Text;

/// Something that is asked of a day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    pub day: NaiveDate,
    pub kind: Kind,
    /// A season's name.
    pub name: Option<Text>,
    pub cost: f64,
}

/// The days from one to another, and what holds for everybody on each of them.
pub(super) struct Demand<'a> {
    index: &'a Index,
    config: &'a Config,
    from: NaiveDate,
    to: NaiveDate,
    grounds: Vec<OnceLock<Ground<'a>>>,
}

impl<'a> Demand<'a> {
    pub fn new(index: &'a Index, config: &'a Config, from: NaiveDate, to: NaiveDate) -> Self {
        let days = usize::try_from((to - from).num_days() + 1).unwrap_or(0);
        Self { index, config, from, to, grounds: (0..days).map(|_| OnceLock::new()).collect() }
    }

    fn ground(&self, day: NaiveDate) -> Option<&Ground<'a>> {
        let at = usize::try_from((day - self.from).num_days()).ok()?;
        Some(self.grounds.get(at)?.get_or_init(|| Ground::new(self.index, self.config, day)))
    }

    /// What a person asks for from a day on; whoever waits outside the circle comes in on it.
    pub fn of(&self, path: &str, from: NaiveDate) -> Vec<Asked> {
        let mut asked = Vec::new();
        let Some((note, _, tie)) = self.index.person(path) else { return asked };
        let (mut note, mut tie): (Note, Tie) = (note.clone(), tie.clone());
        let mut day = from;
        while let Some(ground) = self.ground(day) {
            let Some(next) = next(&note, &tie, ground) else {
                // What lies behind the horizon may be preceded by what is not seen from here.
                day = plus(day, HORIZON);
                continue;
            };
            let deadline = next.asked.day;
            if deadline > self.to {
                break;
            }
            let number = u32::try_from(asked.len()).unwrap_or(u32::MAX);
            next.tick.leave_in(&mut note, deadline, number, self.config);
            let mut contacts = std::mem::take(&mut tie.contacts).into_vec();
            contacts.push(Contact { day: deadline, source: Source::Log, at_event: false });
            contacts.sort_unstable();
            contacts.dedup_by_key(|contact| contact.day);
            tie.contacts = contacts.into();
            asked.push(next.asked);
            day = plus(deadline, 1);
        }
        asked
    }
}

/// What a person asks for next.
struct Next {
    asked: Asked,
    tick: Tick,
}

/// The reason whose end comes first within the horizon; of one day the strongest.
fn next(note: &Note, tie: &Tie, ground: &Ground<'_>) -> Option<Next> {
    let s = Subject::new(note, note.person()?, tie, ground);
    let mut reasons = Vec::new();
    people::reasons(&s, &mut reasons);
    let comes_in = matches!(s.reach.state, State::New | State::Dormant);
    let by = |reason: &Reason<'_>| match reason.kind {
        Kind::Cadence | Kind::Reopen if comes_in => s.today,
        _ => reason.due.max(reason.appears).max(s.today),
    };
    let is_asked = |reason: &&Reason<'_>| match reason.kind {
        // Good to do where there is time.
        Kind::Drift | Kind::Share | Kind::Touch => false,
        Kind::Reopen => comes_in,
        _ => true,
    };
    let first = reasons.iter().filter(is_asked).min_by_key(|reason| (by(reason), reason.kind))?;
    let (name, greets) = match first.about {
        About::Season { name, sent } => {
            let of_name = |season: &&Season| season.names().any(|known| known == name);
            let place = ground.place(sent.greeting).filter(|_| sent.greeting != Greeting::Own);
            let own = || ground.seasons.iter().find(of_name).map(|season| season.place);
            (Some(Text::from(name)), place.or_else(own))
        }
        _ => (None, None),
    };
    let id = s.id(first.kind, &first.occurrence);
    let asked = Asked { day: by(first), kind: first.kind, name, cost: s.cost(first) };
    let tick = Tick { kind: first.kind, id, channel: None, greets, text: Text::new(), link: None };
    (asked.day <= ground.end).then_some(Next { asked, tick })
}
