//! Which season is meant, and on which days its list is of use.
//!
//! Knows the names by which one asks for a season, and what a season's greeting is called on a day; leaves
//! who is greeted to the list.

use chrono::{Datelike, NaiveDate};

use crate::config::{Config, Greeting, SeasonRule};
use crate::index::Index;
use crate::plan::plus;
use crate::plan::seasons::{Season, day_of, exchanged, is_new_year_silent, of_year, winter};
use crate::text::fold;

/// The names of all seasons.
pub fn names(config: &Config) -> Vec<String> {
    config.greetings().into_iter().map(|rule| rule.name).collect()
}

pub(super) fn find(
    index: &Index,
    rules: &[SeasonRule],
    today: NaiveDate,
    asked: Option<&str>,
) -> Result<Option<Season>, Vec<String>> {
    Ok(match asked {
        Some(asked) => {
            let place = place_of(rules, asked)?;
            around(&rules[place], place, today).find(|season| last_day(season) >= today)
        }
        None => current(index, rules, today),
    })
}

/// The place of the season that a name means: its own, a customary word in it (年賀状), or a part of
/// one only.
fn place_of(rules: &[SeasonRule], asked: &str) -> Result<usize, Vec<String>> {
    let asked = fold(asked);
    if asked.is_empty() {
        return Err(rules.iter().map(|rule| rule.name.clone()).collect());
    }
    if let Some(exact) = rules.iter().position(|rule| fold(&rule.name) == asked) {
        return Ok(exact);
    }
    let customary = Greeting::asked_for(&asked);
    let same = |rule: &SeasonRule| customary != Greeting::Own && rule.greeting == customary;
    if let Some(place) = rules.iter().position(same) {
        return Ok(place);
    }
    let is_part = |rule: &SeasonRule| fold(&rule.name).contains(&*asked);
    let parts: Vec<usize> =
        rules.iter().enumerate().filter(|(_, rule)| is_part(rule)).map(|(at, _)| at).collect();
    match parts.as_slice() {
        [only] => Ok(*only),
        [] => Err(rules.iter().map(|rule| rule.name.clone()).collect()),
        several => Err(several.iter().map(|at| rules[*at].name.clone()).collect()),
    }
}

/// A rule's seasons around a day, the earliest first.
pub(super) fn around(rule: &SeasonRule, place: usize, today: NaiveDate) -> impl Iterator<Item = Season> {
    let years = today.year() - 1..=today.year() + 1;
    years.filter_map(move |year| of_year(rule, place, year))
}

/// Until when a season's list is of use: new year's cards may come until the end of January.
pub(super) fn last_day(season: &Season) -> NaiveDate {
    let of_cards = || exchanged::around(season.year()).map(|(_, last)| last);
    match season.rule.greeting {
        Greeting::NewYear => of_cards().map_or(season.to, |last| last.max(season.to)),
        _ => season.to,
    }
}

/// The season that is on, of several the one that counts most; else the next to come.
fn current(index: &Index, rules: &[SeasonRule], today: NaiveDate) -> Option<Season> {
    let yours = index.me().and_then(|(_, me)| me.mourning);
    let is_meant = |season: &Season| {
        let is_silent = || yours.is_some_and(|death| is_new_year_silent(death, season.year() + 1));
        // Whoever is not in mourning tells nobody of it.
        season.rule.greeting != Greeting::Bereaved || is_silent()
    };
    let all = || {
        let places = rules.iter().enumerate();
        places.flat_map(|(place, rule)| around(rule, place, today)).filter(is_meant)
    };
    let on = all().filter(|season| season.from <= today && today <= season.to);
    let next = || all().filter(|season| season.from > today).min_by_key(|s| (s.from, s.place));
    on.min_by_key(|season| season.place).or_else(next)
}

/// What a season's greeting is called on a day, and the days in which it is called so.
pub(super) fn span(season: &Season, today: NaiveDate) -> (&str, NaiveDate, NaiveDate) {
    let custom = day_of(season.rule.to, season.from.year());
    match custom.filter(|end| season.rule.greeting == Greeting::MidWinter && *end < season.to) {
        Some(end) if end < today => (winter::AFTER_RISSHUN, plus(end, 1), season.to),
        Some(end) => (&season.rule.name, season.from, end),
        None => (&season.rule.name, season.from, season.to),
    }
}
