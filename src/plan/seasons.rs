//! Greetings of the season, as careful people in Japan keep them: `season`.
//!
//! Knows when each is sent, to whom, in which form, and what mourning and earlier winters say of it;
//! leaves the words to `page`.

pub(super) mod address;
pub(super) mod card;
pub(super) mod exchanged;
pub(super) mod greeted;
pub(super) mod household;
pub mod label;
mod mourning;
mod name;
mod west;
pub(super) mod winter;

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::{About, Greeted, Kind, Mourner, Occurrence, Reason, Subject, channel, days_between, minus, plus};
use crate::almanac;
use crate::config::{Config, Greeting, SeasonDay, SeasonRule};
use crate::index::Index;
use crate::note::log::{Entry, Marks};
use crate::note::person::{Person, Status};
use crate::note::seasonal::Seasons;
use crate::text::{Lang, Text};

pub use address::is_returned;
use card::Shared;
pub use greeted::is_declined;
use greeted::{is_greeted, is_one_of};
pub(super) use household::{Households, households, quiet as household_quiet_until};
pub use household::{household_of, mourners};
pub use mourning::{is_in_mourning, is_new_year_silent, quiet_until};
pub use west::holds as is_in_the_west;

/// A greeting's line may stand in the log so many days before its season.
const EARLY: u64 = 14;

/// The channel of a card.
const POST: &str = "post";

impl Greeted {
    fn plainly(greeting: Greeting, by: NaiveDate) -> Self {
        Self { greeting, by, card: false, answer: None, mourning: None, unreturned: 0, returned: false }
    }
}

/// A season in one year.
#[derive(Debug, Clone)]
pub(super) struct Season {
    pub rule: SeasonRule,
    /// Its place among all greetings.
    pub place: usize,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// It reaches into the days that are planned.
    pub near: bool,
}

impl Season {
    /// What its greeting may be called.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let later = (self.rule.greeting == Greeting::MidWinter).then_some(winter::AFTER_RISSHUN);
        std::iter::once(&*self.rule.name).chain(later)
    }

    /// The year whose greeting it is: that of the new year for what is sent before it.
    pub fn year(&self) -> i32 {
        let is_before_it = self.rule.greeting == Greeting::NewYear && self.from.month() > 6;
        self.from.year() + i32::from(is_before_it)
    }

    /// The last day on which a new year's card is sent, late or in answer.
    pub fn last_day_of_cards(&self) -> Option<NaiveDate> {
        Some(NaiveDate::from_ymd_opt(self.year(), 1, 4)?.min(self.to))
    }
}

/// The seasons around some days, and whether they reach into them.
pub(super) fn around(config: &Config, first: NaiveDate, last: NaiveDate) -> Vec<Season> {
    let years = first.year() - 1..=last.year() + 1;
    let rules = config.greetings().into_iter().enumerate();
    let seasons = rules.flat_map(|(place, rule)| {
        years.clone().filter_map(move |year| of_year(&rule, place, year)).collect::<Vec<_>>()
    });
    seasons.map(|season| Season { near: season.from <= last && season.to >= first, ..season }).collect()
}

/// The season of a rule that begins in a year.
pub(super) fn of_year(rule: &SeasonRule, place: usize, year: i32) -> Option<Season> {
    let from = day_of(rule.from, year)?;
    let mut to = day_of(rule.to, year)?;
    if to < from {
        to = day_of(rule.to, year + 1)?;
    }
    // What is missed in midwinter is sent to the end of February, under another name.
    if rule.greeting == Greeting::MidWinter {
        to = to.max(month_end(from.year(), 2)?);
    }
    Some(Season { rule: rule.clone(), place, from, to, near: false })
}

/// The days of a season's greetings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeasonSpan {
    /// What it is called.
    pub name: String,
    /// Which of the customary ones it is.
    pub greeting: Greeting,
    /// The year whose greeting it is: that of the new year for what is sent before it.
    pub year: i32,
    /// The first day.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}

/// The seasons that somebody is greeted in and that reach into some days, in the order in which a year's
/// greetings count.
pub fn spans(index: &Index, config: &Config, first: NaiveDate, last: NaiveDate) -> Vec<SeasonSpan> {
    let lang = lang_of(index, config);
    let may_be = |person: &Person| matches!(person.status, Status::Active | Status::Paused);
    let is_anybodys = |season: &Season| {
        let mut people = index.people().map(|(_, person, _)| person).filter(|person| may_be(person));
        people.any(|person| is_one_of(person, config, lang, season))
    };
    // A rule's seasons of all years are for the same people.
    let mut known: HashMap<usize, bool> = HashMap::new();
    let near = around(config, first, last).into_iter().filter(|season| season.near);
    let kept = near.filter(|season| *known.entry(season.place).or_insert_with(|| is_anybodys(season)));
    kept.map(|season| SeasonSpan {
        name: season.rule.name.clone(),
        greeting: season.rule.greeting,
        year: season.year(),
        from: season.from,
        to: season.to,
    })
    .collect()
}

/// A day of a season's rule in a year.
pub fn day_of(day: SeasonDay, year: i32) -> Option<NaiveDate> {
    let shifted = |day: NaiveDate, by: i32| {
        let days = u64::from(by.unsigned_abs());
        if by < 0 { minus(day, days) } else { plus(day, days) }
    };
    match day {
        SeasonDay::MonthDay(month, day) => {
            NaiveDate::from_ymd_opt(year, month, day).or_else(|| month_end(year, month))
        }
        SeasonDay::Risshun(by) => Some(shifted(almanac::risshun(year), by)),
        SeasonDay::Risshu(by) => Some(shifted(almanac::risshu(year), by)),
    }
}

/// The last day of a month that is shorter than others, which December is not.
fn month_end(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month + 1, 1)?.pred_opt()
}

/// The reasons of the seasons.
pub(super) fn reasons<'a>(s: &Subject<'a>, out: &mut Vec<Reason<'a>>) {
    if s.person.details().seasons == Seasons::None {
        return;
    }
    for season in s.ground.seasons.iter().filter(|season| season.near) {
        match season.rule.greeting {
            Greeting::NewYear => out.extend(winter::new_year(s, season)),
            Greeting::MidWinter => out.extend(winter::reasons(s, season)),
            Greeting::Bereaved => out.extend(winter::bereaved(s, season)),
            Greeting::YearEnd => {
                // One of both is enough, and the new year's is the greater.
                if !greeted::gets_new_year(s, season.year() + 1) {
                    out.extend(plain(s, season));
                }
            }
            Greeting::LateSummer => {
                let of_summer = s.ground.season(Greeting::MidSummer, season.year());
                let of_house = card::shared(s, season);
                let others = || of_house.iter().flat_map(|house| &house.others);
                let was_greeted =
                    |summer: &Season| was_done(s, summer) || others().any(|other| was_done(other, summer));
                if !of_summer.is_some_and(was_greeted) {
                    out.extend(plain(s, season));
                }
            }
            Greeting::MidSummer | Greeting::Own => out.extend(plain(s, season)),
        }
    }
}

/// Through which channel a greeting is sent. Only a card goes by post where an address is what
/// decides, and nothing does once the address came back.
pub(super) fn channel(s: &Subject<'_>, sent: Greeted) -> Option<Text> {
    if sent.card {
        return Some(POST.into());
    }
    let needs_address = matches!(sent.greeting, Greeting::NewYear | Greeting::MidWinter | Greeting::Bereaved);
    let is_possible = |channel: &Text| !(sent.returned || needs_address) || channel.as_str() != POST;
    let usual = channel::usual(s.person, s.config, s.today).filter(is_possible);
    usual.or_else(|| channel::of_tier(s.person, s.config).filter(is_possible))
}

/// A greeting without further custom, within its season.
fn plain<'a>(s: &Subject<'a>, season: &'a Season) -> Option<Reason<'a>> {
    if !is_greeted(s, season) || is_settled(s, season) {
        return None;
    }
    let house = card::shared(s, season);
    let is_done =
        |house: &Shared<'_>| !house.holds || house.others.iter().any(|other| was_done(other, season));
    let others = house.as_ref().map_or(&[][..], |house| &house.others);
    if house.as_ref().is_some_and(is_done) || is_enough(s, others, season.year()) {
        return None;
    }
    let (_, returned) = address::of(s);
    // What is written in mourning is without words of joy.
    let mourning = household::mourns(s, season.from).then_some(Mourner::Them);
    let sent = Greeted { mourning, returned, ..Greeted::plainly(season.rule.greeting, season.to) };
    reason(s, season, &season.rule.name, (season.from, season.to), sent)
}

/// A reason to greet within a span, unless it was settled.
fn reason<'a>(
    s: &Subject<'a>,
    season: &'a Season,
    name: &'a str,
    (from, to): (NaiveDate, NaiveDate),
    sent: Greeted,
) -> Option<Reason<'a>> {
    let occurrence = Occurrence::Season(name, season.year());
    if from > to || s.is_settled(Kind::Season, &occurrence) {
        return None;
    }
    Some(Reason {
        due: sent.by,
        span: days_between(from, sent.by),
        ..Reason::within(Kind::Season, occurrence, (from, to), About::Season { name, sent })
    })
}

/// The language in which whoever's note does not say is written to: your own, which may be another than
/// the page's.
pub fn lang_of(index: &Index, config: &Config) -> Lang {
    index.me().and_then(|(_, me)| me.lang).or(config.page.lang).unwrap_or_default()
}

/// Whether a line of the log within a season names it.
pub(super) fn is_settled(s: &Subject<'_>, season: &Season) -> bool {
    days(season).is_some_and(|(from, to)| within(s, from, to).any(|e| e.greets.was_sent(season.place)))
}

/// Whether a line of the log within a season names it, or is that of its item.
fn was_done(s: &Subject<'_>, season: &Season) -> bool {
    let mut names = season.names().map(|name| Occurrence::Season(name, season.year()));
    is_settled(s, season) || names.any(|occurrence| s.is_settled(Kind::Season, &occurrence))
}

/// The days in which a season's greeting may have been sent, or have come.
pub(super) fn days(season: &Season) -> Option<(NaiveDate, NaiveDate)> {
    match season.rule.greeting {
        Greeting::NewYear => {
            let (from, to) = exchanged::around(season.year())?;
            Some((from.min(season.from), to.max(season.to)))
        }
        Greeting::MidWinter => Some((minus(season.from, 3), season.to)),
        _ => Some((minus(season.from, EARLY), season.to)),
    }
}

fn within<'a>(s: &Subject<'a>, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = &'a Entry> + use<'a> {
    s.newest_first().skip_while(move |e| e.day > to).take_while(move |e| e.day >= from)
}

/// Whether somebody, or those who share a card with them, have had as many greetings in a year as anybody
/// gets: each season counts once, if its greeting was sent in its days. That of the bereaved is none.
fn is_enough(s: &Subject<'_>, others: &[Subject<'_>], year: i32) -> bool {
    let is_of_year = |season: &&Season| season.rule.greeting != Greeting::Bereaved && season.year() == year;
    let was_sent_to = |s: &Subject<'_>, season: &Season| match season.rule.greeting {
        Greeting::NewYear => exchanged::was_sent(s, year),
        _ => days(season).is_some_and(|(from, to)| {
            let is_of_it = |e: &Entry| e.greets.was_sent(season.place) && !e.marks.has(Marks::SKIP);
            within(s, from, to).any(is_of_it)
        }),
    };
    let was_sent =
        |season: &&Season| was_sent_to(s, season) || others.iter().any(|other| was_sent_to(other, season));
    let sent = s.ground.seasons.iter().filter(is_of_year).filter(was_sent).count();
    u32::try_from(sent).unwrap_or(u32::MAX) >= s.config.season.per_year
}
