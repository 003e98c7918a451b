//! Which message is meant: what a word of the command line names, or what the agenda gives a reason for.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::context::is_own_start;
use super::form::Form;
use super::ground::{Ground, Refusal};
use super::occasion::{Occasion, season_key};
use super::template::Own;
use crate::config::{Config, Greeting, Register};
use crate::note::person::Person;
use crate::plan::roll::{self, Known};
use crate::plan::{self, Item, Kind, Reach, State, Why};
use crate::text::fold;

/// What a message is about.
pub(super) enum Subject<'a> {
    /// An occasion.
    Occasion(Occasion),
    /// A season's greeting.
    Season(Known),
    /// A template of the user's own.
    Own(Cow<'a, str>),
}

impl Subject<'_> {
    /// Whether it is what an item is there for.
    pub fn is_of(&self, item: &Item) -> bool {
        match (self, &item.why) {
            (Self::Season(known), Why::Season { name, .. }) => *name == known.name || *name == known.called,
            (Self::Season(_), _) | (_, Why::Season { .. }) => false,
            (Self::Occasion(Occasion::Independence), Why::Career { .. }) => item.kind == Kind::Report,
            (Self::Occasion(occasion), _) => Occasion::of_item(item) == Some(*occasion),
            (Self::Own(..), _) => true,
        }
    }
}

/// What a word of the command line means: an occasion, a season, a template of the user's own.
pub(super) fn named<'a>(
    ground: Ground<'a>,
    item: Option<&Item>,
    word: &'a str,
    (register, form): (Register, &dyn Fn() -> Form),
) -> Result<Subject<'a>, Refusal> {
    let Ground { index, config, today, own } = ground;
    // A season of the user's own may be called like an occasion.
    let exact = config.greetings().iter().any(|rule| fold(&rule.name) == fold(word));
    match Occasion::parse(word).filter(|_| !exact) {
        Some(Occasion::Season) => current(ground, item, (register, form())),
        Some(occasion) => Ok(Subject::Occasion(occasion)),
        None => {
            let folded = fold(word);
            let is_own = |own: &&Own| own.own_occasion().is_some_and(|name| name == folded);
            if !exact && own.iter().any(|own| is_own(&own)) {
                return Ok(Subject::Own(folded));
            }
            let seasons = roll::names(config);
            match roll::known(index, config, today, Some(word)) {
                Ok(known) => Ok(Subject::Season(known)),
                Err(several) if several.len() < seasons.len() => Err(Refusal::Seasons(several)),
                Err(_) => Err(unknown(word, config, own)),
            }
        }
    }
}

fn unknown(word: &str, config: &Config, own: &[Own]) -> Refusal {
    let seasons = roll::names(config);
    let customary = config.greetings().into_iter().map(|rule| rule.greeting);
    let customary = customary.filter(|greeting| *greeting != Greeting::Own);
    let mut english: Vec<&str> = customary.map(|greeting| season_key(greeting, false)).collect();
    english.dedup();
    let mut of_user: Vec<String> = own.iter().filter_map(Own::own_occasion).collect();
    of_user.sort_unstable();
    of_user.dedup();
    let near = Occasion::nearest(word).map(str::to_owned).or_else(|| {
        let known = seasons.iter().chain(&of_user).map(String::as_str);
        crate::text::nearest(word, known.chain(english.iter().copied())).map(str::to_owned)
    });
    let all = Occasion::all().map(|occasion| occasion.word().to_owned());
    let all = all.chain(seasons).chain(of_user).collect();
    Refusal::Unknown { asked: word.to_owned(), near, all, english }
}

/// The season that is on, for a message in a form and a register; that of the item first.
fn current<'a>(
    ground: Ground<'_>,
    item: Option<&Item>,
    (register, form): (Register, Form),
) -> Result<Subject<'a>, Refusal> {
    let Ground { index, config, today, .. } = ground;
    let of_item = match item.map(|item| &item.why) {
        Some(Why::Season { name, .. }) => Some(name.to_string()),
        _ => None,
    };
    let yours = index.me().and_then(|(_, me)| me.mourning);
    // Whoever is not in mourning tells nobody of it.
    let is_meant = |known: &Known| {
        known.greeting != Greeting::Bereaved
            || yours.is_some_and(|death| plan::is_new_year_silent(death, known.year + 1))
    };
    let names = of_item.into_iter().chain(roll::names(config));
    let known = names.filter_map(|name| roll::known(index, config, today, Some(&name)).ok());
    let all: Vec<(NaiveDate, Known)> =
        known.filter(is_meant).map(|known| (first_day(&known, config, (register, form)), known)).collect();
    let is_on = |(from, known): &&(NaiveDate, Known)| *from <= today && today <= known.to;
    if let Some((_, on)) = all.iter().find(is_on) {
        return Ok(Subject::Season(on.clone()));
    }
    let next = all.into_iter().filter(|(from, _)| *from > today).min_by_key(|(from, _)| *from);
    Err(Refusal::NoSeason(next.map(|(from, known)| (known.called, from))))
}

/// From which day on a season's greeting is sent: a card before the new year, a message after it, a formal
/// one on the first business day.
pub(super) fn first_day(known: &Known, config: &Config, (register, form): (Register, Form)) -> NaiveDate {
    if known.greeting != Greeting::NewYear || form.is_posted() {
        return known.from;
    }
    let new_year = NaiveDate::from_ymd_opt(known.year, 1, 1).map_or(known.from, |day| day.max(known.from));
    match register {
        Register::Formal => plan::first_business_day(new_year, &config.calendar),
        Register::Polite | Register::Casual => new_year,
    }
}

fn season<'a>(ground: Ground<'_>, name: &str) -> Result<Subject<'a>, Refusal> {
    let Ground { index, config, today, .. } = ground;
    roll::known(index, config, today, Some(name)).map(Subject::Season).map_err(Refusal::Seasons)
}

/// What the agenda gives a reason for; without one, how they are.
pub(super) fn reason<'a>(
    ground: Ground<'_>,
    (person, reach): (&Person, &Reach),
    item: Option<&Item>,
) -> Result<Subject<'a>, Refusal> {
    let is_apart = reach.last.is_none() || matches!(reach.state, State::New | State::Dormant);
    let plain = if is_apart { Occasion::Reopen } else { Occasion::Ask };
    let own_start = item.filter(|item| item.kind == Kind::Report && is_own_start(ground.index, &item.why));
    let found = match own_start {
        Some(_) => Some(Occasion::Independence),
        None => item.and_then(Occasion::of_item),
    };
    let is_quiet = plan::quiet_until(person, ground.today).is_some();
    let mourns = person.details().mourning.is_some_and(|of| plan::is_in_mourning(of, ground.today));
    match (found, item.map(|item| &item.why)) {
        (Some(Occasion::Season), Some(Why::Season { name, .. })) => season(ground, name),
        (Some(occasion), _) if occasion.is_owed() => Ok(Subject::Occasion(occasion)),
        _ if is_quiet => Ok(Subject::Occasion(Occasion::Condolence)),
        (Some(occasion), _) if occasion.is_glad() && mourns => Ok(Subject::Occasion(plain)),
        (Some(occasion), _) => Ok(Subject::Occasion(occasion)),
        (None, _) => Ok(Subject::Occasion(plain)),
    }
}
