//! The greetings around the new year: 年賀, 喪中はがき, 寒中見舞い and 余寒見舞い.
//!
//! Leaves to whom they go to `greeted`, who of a household holds a card to `card`, and what the log tells to
//! `exchanged`.

use chrono::{Datelike, NaiveDate};

use super::card;
use super::exchanged::{Exchanged, unreturned};
use super::greeted::{has_new_year_ended, is_greeted, is_instead};
use super::household::mourner;
use super::{Season, address, is_enough, is_settled, month_end, reason, was_done, west};
use crate::config::{Greeting, Register};
use crate::plan::{Greeted, Kind, Mourner, Occurrence, Reason, Subject, minus, plus, reach};

/// 余寒見舞い, the name of what is sent after 立春.
pub(in crate::plan) const AFTER_RISSHUN: &str = "余寒見舞い";

/// 年賀: a card by post before the new year where there is an address, else a message after it. In
/// answer to one that came, whoever sent it.
pub(super) fn new_year<'a>(s: &Subject<'a>, season: &'a Season) -> Option<Reason<'a>> {
    let year = season.year();
    let greeted = is_greeted(s, season);
    let house = card::shared(s, season);
    let is_another = house.as_ref().is_some_and(|house| !house.holds);
    if is_another || (!greeted && s.person.log.is_empty() && house.is_none()) {
        return None;
    }
    let others = house.as_ref().map_or(&[][..], |house| &house.others);
    let exchanged = Exchanged::among(s, others, year)?;
    // Where 年賀 has ended, another greeting is the answer.
    let answer = exchanged.arrived.filter(|_| !has_new_year_ended(s));
    let is_settled = exchanged.sent || exchanged.skipped.is_some();
    if is_settled || (!greeted && answer.is_none()) || mourner(s, year).is_some() {
        return None;
    }
    if is_enough(s, others, year) {
        return None;
    }
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    let (card, returned) = address::of(s);
    let (mut from, by, to) = if card {
        // Posted by then it arrives on New Year's Day.
        let by = date(year - 1, 12, 25)?;
        let to = season.last_day_of_cards()?;
        // What came later, or a season that begins later, can only be answered or kept late.
        let is_late = season.from > by || answer.is_some_and(|(came, _)| came > by);
        (season.from, if is_late { to } else { by }, to)
    } else {
        let from = date(year, 1, 1)?.max(season.from);
        let is_formal = reach::register(s.person, s.config) == Register::Formal;
        let from = if is_formal { s.ground.first_business_day(from) } else { from };
        (from, season.to, season.to)
    };
    if !greeted {
        from = from.max(answer?.0);
    }
    let by = if !greeted || from > by { to } else { by };
    let sent = Greeted {
        card,
        answer: answer.map(|(_, form)| form),
        unreturned: if answer.is_some() { 0 } else { unreturned(s, others, year) },
        returned,
        ..Greeted::plainly(Greeting::NewYear, by)
    };
    reason(s, season, &season.rule.name, (from, to), sent)
}

/// 喪中はがき: yours, to those who would get a new year's greeting.
pub(super) fn bereaved<'a>(s: &Subject<'a>, season: &'a Season) -> Option<Reason<'a>> {
    let year = season.year() + 1;
    let would_get_one = || {
        let new_year = s.ground.season(Greeting::NewYear, year);
        s.config.season.per_year > 0 && new_year.is_some_and(|new_year| is_greeted(s, new_year))
    };
    if mourner(s, year) != Some(Mourner::You)
        || !is_greeted(s, season)
        || !would_get_one()
        || is_settled(s, season)
        || is_others(s, season)
    {
        return None;
    }
    let (card, returned) = address::of(s);
    let sent = Greeted {
        card,
        returned,
        mourning: Some(Mourner::You),
        ..Greeted::plainly(Greeting::Bereaved, season.to)
    };
    reason(s, season, &season.rule.name, (season.from, season.to), sent)
}

/// Whether another of the household holds its card, or has had it.
fn is_others(s: &Subject<'_>, season: &Season) -> bool {
    let house = card::shared(s, season);
    house.is_some_and(|house| !house.holds || house.others.iter().any(|other| was_done(other, season)))
}

/// When 寒中見舞い begins and ends in a year: later where 松の内 lasts to the 15th.
fn midwinter(s: &Subject<'_>, season: &Season) -> Option<(NaiveDate, NaiveDate)> {
    // Nobody is known to live where post came back from.
    let by_post = s.person.details().address.as_deref().filter(|_| !address::of(s).1);
    let theirs = s.person.location.as_deref().or(by_post);
    let place = theirs.or_else(|| s.ground.me.and_then(|(_, me)| me.location.as_deref()));
    let later = NaiveDate::from_ymd_opt(season.from.year(), 1, 16)?;
    let from = if place.is_some_and(west::holds) { season.from.max(later) } else { season.from };
    Some((from, super::day_of(season.rule.to, season.from.year())?))
}

/// 寒中見舞い: to those in mourning, or where you are; and in answer to a card that came after all.
/// What is missed is sent as 余寒見舞い to the end of February.
pub(super) fn reasons<'a>(s: &Subject<'a>, season: &'a Season) -> Vec<Reason<'a>> {
    both(s, season).unwrap_or_default()
}

fn both<'a>(s: &Subject<'a>, season: &'a Season) -> Option<Vec<Reason<'a>>> {
    let year = season.year();
    let mourner = mourner(s, year);
    let house = card::shared(s, season);
    if mourner.is_none() && s.person.log.is_empty() && house.is_none() {
        return None;
    }
    let others = house.as_ref().map_or(&[][..], |house| &house.others);
    let in_answer = Exchanged::among(s, others, year)?.owed();
    // It takes the place of the new year's greeting, where there are greetings at all.
    let instead = mourner.filter(|_| s.config.season.per_year > 0 && is_instead(s, season));
    if instead.is_none() && (in_answer.is_none() || is_enough(s, others, year)) {
        return None;
    }
    if is_settled(s, season) || is_others(s, season) {
        return None;
    }
    let (card, returned) = address::of(s);
    let (from, to) = midwinter(s, season)?;
    let from = if instead.is_some() { from } else { from.max(in_answer?.0) };
    let greeting = Greeting::MidWinter;
    let answer = in_answer.map(|(_, form)| form);
    let made = |by| Greeted { card, returned, answer, mourning: mourner, ..Greeted::plainly(greeting, by) };
    // A card has to arrive in time: what is too late to be posted goes under the next name.
    let in_time = |end| if card { minus(end, 2) } else { end };
    let by = in_time(to);
    let late = in_time(month_end(season.from.year(), 2)?);
    let mut out = Vec::new();
    let skipped = s.is_settled(Kind::Season, &Occurrence::Season(&season.rule.name, year));
    if !skipped {
        out.extend(reason(s, season, &season.rule.name, (from, by), made(by)));
        out.extend(reason(s, season, AFTER_RISSHUN, (plus(by, 1).max(from), late), made(late)));
    }
    Some(out)
}
