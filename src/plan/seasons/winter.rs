//! The greetings around the new year: 年賀, 喪中はがき, 寒中見舞い and 余寒見舞い.

use chrono::{Datelike, NaiveDate};

use super::super::{Kind, Mourner, Occurrence, Reason, Subject, minus, plus, reach};
use super::{
    Season, Sent, arrived_within, is_enough, is_greeted, is_named_within, is_new_year_silent, month_end,
    reason,
};
use crate::config::{Greeting, Register};
use crate::note::person::Seasons;
use crate::text::fold;

/// 余寒見舞い, the name of what is sent after 立春.
pub(super) const AFTER_RISSHUN: &str = "余寒見舞い";

/// So many earlier winters are looked at.
const WINTERS: i32 = 5;

/// Whether a postal address is known, and whether what was sent there came back.
fn address(s: &Subject<'_>) -> (bool, bool) {
    const RETURNED: [&str; 8] =
        ["宛先不明", "あて先不明", "宛所", "あて所", "転居先不明", "返送", "unknown", "returned"];
    let Some(address) = &s.person.details().address else { return (false, false) };
    let address = fold(address);
    let returned = RETURNED.iter().any(|word| address.contains(word));
    (!returned && !address.trim().is_empty(), returned)
}

/// Who is in mourning at a new year, so that nobody is congratulated.
fn mourner(s: &Subject<'_>, year: i32) -> Option<Mourner> {
    let theirs = s.person.details().mourning;
    let yours = s.ground.me.and_then(|(_, me)| me.mourning);
    let silences = |mourning| is_new_year_silent(mourning, year);
    match (theirs.is_some_and(silences), yours.is_some_and(silences)) {
        (true, _) => Some(Mourner::Them),
        (false, true) => Some(Mourner::You),
        (false, false) => None,
    }
}

/// Whether somebody gets the new year's greeting of a year.
pub(super) fn gets_new_year(s: &Subject<'_>, year: i32) -> bool {
    let season = s.ground.season(Greeting::NewYear, year);
    season.is_some_and(|season| is_greeted(s, season)) && mourner(s, year).is_none()
}

/// The days in which a new year's greeting may have been sent, or have come.
fn around(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    Some((NaiveDate::from_ymd_opt(year - 1, 12, 1)?, NaiveDate::from_ymd_opt(year, 1, 31)?))
}

/// Whether it was sent, as the log tells, and when one came.
fn exchanged(s: &Subject<'_>, year: i32) -> Option<(bool, Option<NaiveDate>)> {
    let place = s.ground.place(Greeting::NewYear)?;
    let (from, to) = around(year)?;
    Some((is_named_within(s, place, from, to), arrived_within(s, place, from, to)))
}

/// 年賀: a card by post before the new year where there is an address, else a message after it. In
/// answer to one that came, whoever sent it.
pub(super) fn new_year<'a>(s: &Subject<'a>, season: &'a Season) -> Option<Reason<'a>> {
    let year = season.year();
    let greeted = is_greeted(s, season);
    if !greeted && s.person.log.is_empty() {
        return None;
    }
    let (sent, arrived) = exchanged(s, year)?;
    let stops = s.person.details().seasons == Seasons::NoNengajo;
    let answer = arrived.filter(|_| !stops);
    if sent || (!greeted && answer.is_none()) || mourner(s, year).is_some() || is_enough(s, year) {
        return None;
    }
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    let (card, returned) = address(s);
    let (mut from, by, to) = if card {
        // Posted by then it arrives on New Year's Day.
        let by = date(year - 1, 12, 25)?;
        let by = if season.from <= by { by } else { season.to };
        (season.from, by, date(year, 1, 4)?.min(season.to))
    } else {
        let from = date(year, 1, 1)?.max(season.from);
        let is_formal = reach::register(s.person, s.config) == Register::Formal;
        let from = if is_formal { s.ground.first_business_day(from) } else { from };
        (from, season.to, season.to)
    };
    if !greeted {
        from = from.max(answer?);
    }
    let by = if !greeted || from > by { to } else { by };
    let sent = Sent {
        card,
        answer: answer.is_some(),
        unreturned: unreturned(s, year),
        returned,
        ..Sent::plainly(Greeting::NewYear, by)
    };
    reason(s, season, &season.rule.name, (from, to), sent)
}

/// So many winters in a row, up to the last, a greeting was sent and none came.
fn unreturned(s: &Subject<'_>, year: i32) -> u8 {
    let winters = (1..=WINTERS).map_while(|ago| exchanged(s, year - ago));
    let count = winters.take_while(|(sent, arrived)| *sent && arrived.is_none()).count();
    u8::try_from(count).unwrap_or(u8::MAX)
}

/// 喪中はがき: yours, to those who would get a new year's greeting.
pub(super) fn bereaved<'a>(s: &Subject<'a>, season: &'a Season) -> Option<Reason<'a>> {
    let year = season.year() + 1;
    let yours = s.ground.me.and_then(|(_, me)| me.mourning)?;
    if !is_new_year_silent(yours, year) || !is_greeted(s, season) || super::is_settled(s, season) {
        return None;
    }
    let (card, returned) = address(s);
    let sent =
        Sent { card, returned, mourning: Some(Mourner::You), ..Sent::plainly(Greeting::Bereaved, season.to) };
    reason(s, season, &season.rule.name, (season.from, season.to), sent)
}

/// When 寒中見舞い begins and ends in a year: later where 松の内 lasts to the 15th.
fn midwinter(s: &Subject<'_>, season: &Season) -> Option<(NaiveDate, NaiveDate)> {
    const UNTIL_THE_15TH: [&str; 16] = [
        "大阪",
        "京都",
        "兵庫",
        "神戸",
        "滋賀",
        "奈良",
        "和歌山",
        "京阪神",
        "近畿",
        "関西",
        "osaka",
        "kyoto",
        "hyogo",
        "kobe",
        "nara",
        "wakayama",
    ];
    let theirs = s.person.location.as_deref().or(s.person.details().address.as_deref());
    let place = theirs.or_else(|| s.ground.me.and_then(|(_, me)| me.location.as_deref()));
    let place = place.map(fold);
    let is_west = place.is_some_and(|place| UNTIL_THE_15TH.iter().any(|word| place.contains(word)));
    let west = NaiveDate::from_ymd_opt(season.from.year(), 1, 16)?;
    let from = if is_west { season.from.max(west) } else { season.from };
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
    if mourner.is_none() && s.person.log.is_empty() {
        return None;
    }
    let (sent, arrived) = exchanged(s, year)?;
    let in_answer = arrived.filter(|_| !sent);
    let instead = mourner.filter(|_| is_greeted(s, season));
    if (instead.is_none() && in_answer.is_none()) || (sent && instead.is_none()) {
        return None;
    }
    let first = minus(season.from, 3);
    if is_named_within(s, season.place, first, season.to) || (instead.is_none() && is_enough(s, year)) {
        return None;
    }
    let (card, returned) = address(s);
    let (from, to) = midwinter(s, season)?;
    let from = if instead.is_some() { from } else { from.max(in_answer?) };
    let greeting = Greeting::MidWinter;
    let answer = in_answer.is_some();
    let made = |by| Sent { card, returned, answer, mourning: mourner, ..Sent::plainly(greeting, by) };
    // A card has to arrive in time.
    let by = if card { minus(to, 2) } else { to };
    let mut out = Vec::new();
    let skipped = s.is_settled(Kind::Season, &Occurrence::Season(&season.rule.name, year));
    if !skipped {
        out.extend(reason(s, season, &season.rule.name, (from, to), made(by.max(from))));
        let late = month_end(season.from.year(), 2)?;
        let after = plus(to, 1).max(from);
        let by = if card { minus(late, 2) } else { late };
        out.extend(reason(s, season, AFTER_RISSHUN, (after, late), made(by)));
    }
    Some(out)
}
