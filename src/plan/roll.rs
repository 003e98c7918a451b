//! A season's greetings as a list: to whom, how far each is, what was sent and what came in the years
//! before.
//!
//! Who is still to be greeted is what the agenda's own reasons say; here is added who was greeted,
//! who wrote, and who of them gets none this time and why.

mod asked;
mod exchange;
mod known;

use chrono::NaiveDate;

use super::ground::Ground;
use super::seasons::greeted::{is_greeted, is_instead, speaks};
use super::seasons::household;
use super::seasons::label::Label;
use super::seasons::{self, Season, address, card};
use super::{About, Mourner, Subject, channel};
use crate::config::{Config, Greeting, SeasonRule};
use crate::index::{Index, Tie};
use crate::note::Note;
use crate::note::person::{Person, Status};
use crate::note::seasonal::Seasons;
use crate::text::fold_name;

use asked::{around, find, last_day, span};
use exchange::{earlier, exchange, was_card};

pub use asked::names;
pub use exchange::Exchange;
pub use known::{Known, known};

/// How far a greeting is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is still to be sent.
    ToSend,
    /// It was sent.
    Sent,
    /// They wrote, and have no answer yet.
    Received,
    /// They are in mourning, or you are.
    Mourning,
    /// The greeting has been given up between you.
    Stopped,
}

impl State {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Self; 5] = [Self::ToSend, Self::Sent, Self::Received, Self::Mourning, Self::Stopped];

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::ToSend => "to-send",
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Mourning => "mourning",
            Self::Stopped => "stopped",
        }
    }
}

/// Another greeting in the place of the season's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    /// What it is called.
    pub name: String,
    /// When it was sent.
    pub sent: Option<NaiveDate>,
}

/// One person of the list.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// Their note.
    pub note: &'a Note,
    /// The person.
    pub person: &'a Person,
    /// What stands on a card to them.
    pub label: Label<'a>,
    /// All names with their forms of address.
    pub addressed: String,
    /// How far it is.
    pub state: State,
    /// Whether it goes by post, else as a message; none where nothing is sent.
    pub card: Option<bool>,
    /// This year's.
    pub exchange: Exchange,
    /// The years before, the last one first.
    pub years: Vec<Exchange>,
    /// Who is in mourning: what is written is without words of joy.
    pub mourner: Option<Mourner>,
    /// Only condolence until then.
    pub quiet_until: Option<NaiveDate>,
    /// What is sent, or was, in its place.
    pub instead: Option<Instead>,
    /// By when it is to be sent.
    pub due: Option<NaiveDate>,
}

/// A season's greetings in one year.
#[derive(Debug, Clone)]
pub struct Roll<'a> {
    /// The season's name in `goen.toml`.
    pub name: String,
    /// What its greeting is called on the day: 余寒見舞い after 立春.
    pub called: String,
    /// The year whose greeting it is.
    pub year: i32,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Those concerned, by reading, else by name.
    pub rows: Vec<Row<'a>>,
    greeting: Greeting,
}

impl Roll<'_> {
    /// Whether its greeting is without words of joy, whoever gets it.
    pub fn is_for_mourning(&self) -> bool {
        matches!(self.greeting, Greeting::Bereaved | Greeting::MidWinter)
    }
}

/// The list of the season that is asked for; without a name of the one that is on, else of the next.
///
/// # Errors
/// The names that could be meant, where no season has this one or several do.
pub fn roll<'a>(
    index: &'a Index,
    config: &Config,
    today: NaiveDate,
    asked: Option<&str>,
) -> Result<Roll<'a>, Vec<String>> {
    let rules = config.greetings();
    let season = find(index, &rules, today, asked)?.ok_or_else(|| names(config))?;
    let mut ground = Ground::new(index, config, today);
    narrow(&mut ground, &season);
    let mut rows: Vec<Row<'a>> =
        index.people().filter_map(|(note, person, tie)| row((note, person, tie), &season, &ground)).collect();
    rows.sort_by_cached_key(|row| {
        let name = row.person.reading.as_deref().unwrap_or(&row.person.name);
        (fold_name(name), row.note.path.clone())
    });
    let (called, from, to) = span(&season, today);
    Ok(Roll {
        called: called.to_owned(),
        year: season.year(),
        from,
        to,
        rows,
        greeting: season.rule.greeting,
        name: season.rule.name,
    })
}

/// The greetings that are still to be sent to somebody: of each season the one that is on, or the next.
pub fn owed_to<'a>(
    index: &'a Index,
    config: &Config,
    today: NaiveDate,
    of: (&'a Note, &'a Person, &'a Tie),
) -> Vec<Owed> {
    let mut ground = Ground::new(index, config, today);
    let rules = config.greetings();
    let near = rules.iter().enumerate().filter_map(|(place, rule)| {
        let season = around(rule, place, today).find(|season| last_day(season) >= today)?;
        narrow(&mut ground, &season);
        let row = row(of, &season, &ground)?;
        let is_owed = matches!(row.state, State::ToSend | State::Received);
        is_owed.then(|| {
            let (called, from, to) = span(&season, today);
            // A card is posted before a message is sent.
            let (note, person, tie) = of;
            let found = open_reason(&Subject::new(note, person, tie, &ground));
            let from = found.map_or(from, |found| found.appears);
            Owed { called: called.to_owned(), from, to, due: row.due }
        })
    });
    let mut owed: Vec<Owed> = near.collect();
    owed.sort_by_key(|owed| owed.from);
    owed
}

/// A greeting that is still to be sent to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// What it is called.
    pub called: String,
    /// From when it is to be sent.
    pub from: NaiveDate,
    /// The season's last day.
    pub to: NaiveDate,
    /// By when it is to be sent.
    pub due: Option<NaiveDate>,
}

/// Makes a ground give reasons of one season alone, whenever it is.
fn narrow(ground: &mut Ground<'_>, season: &Season) {
    ground.seasons = seasons::around(ground.config, season.from, season.to);
    for known in &mut ground.seasons {
        known.near = (known.place, known.from) == (season.place, season.from);
    }
}

/// A person's row, where the season concerns them.
fn row<'a>(
    (note, person, tie): (&'a Note, &'a Person, &'a Tie),
    season: &Season,
    ground: &Ground<'_>,
) -> Option<Row<'a>> {
    if matches!(person.status, Status::Closed | Status::DoNotContact | Status::Deceased) {
        return None;
    }
    let s = &Subject::new(note, person, tie, ground);
    let exchange = exchange(s, season)?;
    // Their name stands on the card to another.
    if card::shared(s, season).is_some_and(|house| !house.holds) {
        return None;
    }
    let is_new_year = season.rule.greeting == Greeting::NewYear;
    let found = open_reason(s);
    let mut mourner = found.and_then(|found| found.mourner);
    if is_new_year {
        mourner = household::mourner(s, season.year());
    }
    let told = is_new_year.then(|| instead(s, season, mourner, &exchange)).flatten();
    let is_answered = exchange.received.is_some() && told.as_ref().is_some_and(|told| told.sent.is_some());
    let quiet = household::quiet(s)
        .filter(|until| found.is_some_and(|found| *until >= found.appears.max(ground.today)));
    let state = if exchange.sent.is_some() {
        State::Sent
    } else if is_new_year && is_silenced(s, season, mourner) {
        State::Mourning
    } else if is_answered {
        State::Sent
    } else if exchange.received.is_some() && person.details().seasons != Seasons::None {
        State::Received
    } else if exchange.received.is_some() || is_stopped(s, season) {
        State::Stopped
    } else if quiet.is_some() {
        State::Mourning
    } else {
        found.map(|_| State::ToSend)?
    };
    let instead = match state {
        State::Mourning => told,
        State::Received if found.is_none() => told,
        State::Sent if exchange.sent.is_none() => told,
        _ => None,
    };
    let card = match state {
        State::Sent if exchange.sent.is_some() => Some(was_card(s, season)),
        State::Stopped => None,
        State::Mourning if instead.is_none() => None,
        State::ToSend | State::Received if let Some(found) = found => Some(found.card),
        _ => Some(address::of(s).0),
    };
    let lang = person.details().lang.unwrap_or(ground.lang);
    let mut label = Label::of(person, lang, ground.today);
    if let Some(names) = card::names(s, season) {
        // A message is to one.
        label.joint = if card == Some(true) { names } else { Vec::new() };
    }
    Some(Row {
        note,
        person,
        addressed: label.addressed(lang),
        label,
        state,
        card,
        exchange,
        years: earlier(s, season),
        mourner: mourner
            .filter(|_| !matches!(state, State::Sent | State::Stopped))
            .or(quiet.map(|_| Mourner::Them)),
        quiet_until: quiet.filter(|_| state == State::Mourning),
        instead,
        due: found.filter(|_| matches!(state, State::ToSend | State::Received)).map(|found| found.due),
    })
}

/// A reason to greet that is not over.
#[derive(Debug, Clone, Copy)]
struct Found {
    appears: NaiveDate,
    due: NaiveDate,
    card: bool,
    mourner: Option<Mourner>,
}

/// What the agenda says of this season, whenever it is: whom it leaves in peace is not greeted here.
fn open_reason(s: &Subject<'_>) -> Option<Found> {
    if !is_tracked(s) {
        return None;
    }
    let mut all = Vec::new();
    seasons::reasons(s, &mut all);
    let since = s.person.snooze.filter(|until| *until > s.today).unwrap_or(s.today);
    let mut open = all.iter().filter(|reason| reason.until.is_none_or(|until| until >= since));
    let reason = open.next()?;
    let About::Season { sent, .. } = reason.about else { return None };
    // A greeting without a custom of its own goes the way that they are written to.
    let by_post = || channel::usual(s.person, s.config, s.today).is_some_and(|word| word == "post");
    let card = sent.card || (address::of(s).0 && by_post());
    Some(Found { appears: reason.appears, due: reason.due, card, mourner: sent.mourning })
}

/// Whether somebody is on the agenda at all; those who rest are not.
fn is_tracked(s: &Subject<'_>) -> bool {
    !matches!(s.reach.state, super::State::Untracked | super::State::Closed)
}

/// Whether a season's greeting goes to people of their tier and language.
fn is_of_tier(s: &Subject<'_>, rule: &SeasonRule) -> bool {
    let tier = s.tier();
    let is_named = |named: &std::sync::Arc<str>| tier == Some(&**named);
    is_tracked(s)
        && (rule.tiers.is_empty() || rule.tiers.iter().any(is_named))
        && speaks(s.person, s.ground.lang, rule)
}

/// Whether mourning keeps the new year's greeting from somebody who would get it, or once did.
fn is_silenced(s: &Subject<'_>, season: &Season, mourner: Option<Mourner>) -> bool {
    let once_did = || {
        let stopped = s.person.details().seasons == Seasons::NoNengajo;
        mourner == Some(Mourner::Them) && stopped && is_of_tier(s, &season.rule)
    };
    mourner.is_some() && is_tracked(s) && (is_greeted(s, season) || once_did())
}

/// Whether somebody would get a season's greeting if their note did not say otherwise.
fn is_stopped(s: &Subject<'_>, season: &Season) -> bool {
    if !is_of_tier(s, &season.rule) || is_greeted(s, season) {
        return false;
    }
    let year = season.year();
    match season.rule.greeting {
        Greeting::Bereaved => household::mourner(s, year + 1) == Some(Mourner::You),
        Greeting::MidWinter => household::mourner(s, year).is_some() && !is_instead(s, season),
        // Of both they would get the new year's.
        Greeting::YearEnd => {
            let new_year = s.ground.season(Greeting::NewYear, year + 1);
            !new_year.is_some_and(|new_year| is_of_tier(s, &new_year.rule))
                || household::mourner(s, year + 1).is_some()
        }
        _ => true,
    }
}

/// What is sent in the place of a new year's greeting, or was: where you are in mourning first 喪中はがき;
/// after the holidays 寒中見舞い.
fn instead(
    s: &Subject<'_>,
    season: &Season,
    mourner: Option<Mourner>,
    exchange: &Exchange,
) -> Option<Instead> {
    let year = season.year();
    let midwinter = s.ground.season(Greeting::MidWinter, year)?;
    let made = |season: &Season| {
        let sent = self::exchange(s, season).and_then(|exchange| exchange.sent);
        Instead { name: season.rule.name.clone(), sent }
    };
    if mourner == Some(Mourner::You)
        && let Some(bereaved) = s.ground.season(Greeting::Bereaved, year - 1)
        && is_greeted(s, bereaved)
        && s.today < midwinter.from
    {
        let told = made(bereaved);
        if told.sent.is_some() || bereaved.to >= s.today {
            return Some(told);
        }
    }
    let is_sent = (mourner.is_some() && is_instead(s, midwinter)) || exchange.received.is_some();
    (is_sent && s.person.details().seasons != Seasons::None).then(|| made(midwinter))
}
