//! The greetings around the new year: 年賀, 喪中はがき, 寒中見舞い and 余寒見舞い.

use chrono::{Datelike, NaiveDate};

use super::super::{Came, Greeted, Kind, Mourner, Occurrence, Reason, Subject, minus, plus, reach};
use super::household::{self, Shared};
use super::{
    POST, Season, has_new_year_ended, is_enough, is_greeted, is_new_year_silent, is_settled, month_end,
    reason, was_done, west, within,
};
use crate::config::{Greeting, Register};
use crate::note::keys;
use crate::note::log::{Entry, Marks};
use crate::text::fold;

/// 余寒見舞い, the name of what is sent after 立春.
pub(super) const AFTER_RISSHUN: &str = "余寒見舞い";

/// So many earlier winters are looked at.
const WINTERS: i32 = 5;

/// Whether an address says that what was sent there came back.
pub fn is_returned(address: &str) -> bool {
    const RETURNED: [&str; 11] = [
        "先不明",
        "宛所",
        "宛て所",
        "あて所",
        "住所不明",
        "居所不明",
        "所在不明",
        "返送",
        "unknown",
        "returned",
        "undeliverable",
    ];
    let address = fold(address);
    RETURNED.iter().any(|word| address.contains(word))
}

/// Whether a postal address is known, and whether what was sent there came back.
pub(super) fn address(s: &Subject<'_>) -> (bool, bool) {
    let Some(address) = &s.person.details().address else { return (false, false) };
    let returned = is_returned(address);
    (!returned && !fold(address).trim_matches([';', ' ']).is_empty(), returned)
}

/// The last day on which a new year's card is sent, late or in answer.
pub(super) fn last_day_of_cards(season: &Season) -> Option<NaiveDate> {
    Some(NaiveDate::from_ymd_opt(season.year(), 1, 4)?.min(season.to))
}

/// Who is in mourning at a new year, so that nobody is congratulated.
pub(super) fn mourner(s: &Subject<'_>, year: i32) -> Option<Mourner> {
    let yours = s.ground.me.and_then(|(_, me)| me.mourning);
    let silences = |mourning| is_new_year_silent(mourning, year);
    let mourns = |s: &Subject<'_>| s.person.details().mourning.is_some_and(silences);
    // A household mourns together.
    match (mourns(s) || household::others(s).any(|other| mourns(&other)), yours.is_some_and(silences)) {
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
pub(super) fn around(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    Some((NaiveDate::from_ymd_opt(year - 1, 12, 1)?, NaiveDate::from_ymd_opt(year, 1, 31)?))
}

/// What the log tells of the new year's greetings of a year.
#[derive(Debug, Clone, Copy, Default)]
struct Exchanged {
    sent: bool,
    /// When it was said that none is sent.
    skipped: Option<NaiveDate>,
    /// When one came, and in which form.
    arrived: Option<(NaiveDate, Came)>,
}

impl Exchanged {
    /// Of a household, what was sent to any and came from any.
    fn among(s: &Subject<'_>, house: Option<&Shared<'_>>, year: i32) -> Option<Self> {
        let mut all = Self::of(s, year)?;
        for other in house.iter().flat_map(|house| &house.others) {
            let found = Self::of(other, year)?;
            all.sent |= found.sent;
            all.skipped = all.skipped.max(found.skipped);
            all.arrived = [all.arrived, found.arrived].into_iter().flatten().min_by_key(|(day, _)| *day);
        }
        Some(all)
    }

    fn of(s: &Subject<'_>, year: i32) -> Option<Self> {
        let season = s.ground.seasons.iter().find(|season| season.rule.greeting == Greeting::NewYear)?;
        let occurrence = Occurrence::Season(&season.rule.name, year);
        // goen's own line is of what was done, whatever its words tell of what came before.
        let is_ours = |entry: &Entry| {
            let mut id = entry.id.iter();
            id.any(|id| occurrence.is(s, Kind::Season, id))
        };
        // A note that explains why there is no card may name it.
        let instead = [Greeting::MidWinter, Greeting::Bereaved].map(|greeting| s.ground.place(greeting));
        let is_instead = |entry: &Entry| instead.iter().flatten().any(|place| entry.greets.has(*place));
        let (from, to) = around(year)?;
        let mut found = Self::default();
        // The newest first: of what came the first remains, of what was skipped the last.
        for entry in within(s, from, to) {
            let is_skip = entry.marks.has(Marks::SKIP);
            // A skip of goen's may have no words.
            let is_of_it = entry.greets.has(season.place) || (is_skip && is_ours(entry));
            if !is_of_it {
                continue;
            }
            if entry.greets.has_come(season.place) && !is_ours(entry) {
                found.arrived = Some((entry.day, form(entry)));
            } else if is_skip {
                found.skipped = found.skipped.or(Some(entry.day));
            } else if !is_instead(entry) {
                found.sent = true;
            }
        }
        Some(found)
    }

    /// When one came that is still to be answered: what was not to be sent may be owed now.
    fn owed(self) -> Option<(NaiveDate, Came)> {
        self.arrived.filter(|(day, _)| !self.sent && self.skipped.is_none_or(|skipped| skipped < *day))
    }
}

/// In which form what came is told to have come.
fn form(entry: &Entry) -> Came {
    match entry.channel() {
        Some(channel) if keys::channel(channel) != POST => Came::Message,
        _ => Came::Card,
    }
}

/// 年賀: a card by post before the new year where there is an address, else a message after it. In
/// answer to one that came, whoever sent it.
pub(super) fn new_year<'a>(s: &Subject<'a>, season: &'a Season) -> Option<Reason<'a>> {
    let year = season.year();
    let greeted = is_greeted(s, season);
    let house = household::shared(s, season);
    let is_another = house.as_ref().is_some_and(|house| !house.holds);
    if is_another || (!greeted && s.person.log.is_empty() && house.is_none()) {
        return None;
    }
    let exchanged = Exchanged::among(s, house.as_ref(), year)?;
    // Where 年賀 has ended, another greeting is the answer.
    let answer = exchanged.arrived.filter(|_| !has_new_year_ended(s));
    let is_settled = exchanged.sent || exchanged.skipped.is_some();
    if is_settled || (!greeted && answer.is_none()) || mourner(s, year).is_some() {
        return None;
    }
    if is_enough(s, house.as_ref(), year) {
        return None;
    }
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    let (card, returned) = address(s);
    let (mut from, by, to) = if card {
        // Posted by then it arrives on New Year's Day.
        let by = date(year - 1, 12, 25)?;
        let to = last_day_of_cards(season)?;
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
        unreturned: if answer.is_some() { 0 } else { unreturned(s, house.as_ref(), year) },
        returned,
        ..Greeted::plainly(Greeting::NewYear, by)
    };
    reason(s, season, &season.rule.name, (from, to), sent)
}

/// Whether a new year's greeting of a year was sent, as the log tells.
pub(super) fn was_sent(s: &Subject<'_>, year: i32) -> bool {
    !s.person.log.is_empty() && Exchanged::of(s, year).is_some_and(|exchanged| exchanged.sent)
}

/// Whether a new year's greeting of a year came from somebody.
pub(super) fn has_arrived(s: &Subject<'_>, year: i32) -> bool {
    !s.person.log.is_empty() && Exchanged::of(s, year).is_some_and(|exchanged| exchanged.arrived.is_some())
}

/// So many winters in a row, up to the last, a greeting was sent and none came.
fn unreturned(s: &Subject<'_>, house: Option<&Shared<'_>>, year: i32) -> u8 {
    let any = |test: &dyn Fn(&Subject<'_>) -> bool| {
        test(s) || house.is_some_and(|house| house.others.iter().any(test))
    };
    let is_silent = |winter: &i32| {
        any(&|s: &Subject<'_>| was_sent(s, *winter)) && !any(&|s: &Subject<'_>| has_heard(s, *winter))
    };
    let count = (1..=WINTERS).map(|ago| year - ago).take_while(is_silent).count();
    u8::try_from(count).unwrap_or(u8::MAX)
}

/// Whether any greeting of a winter came, from their 喪中はがき to their 寒中見舞い.
fn has_heard(s: &Subject<'_>, year: i32) -> bool {
    let theirs = [Greeting::Bereaved, Greeting::NewYear, Greeting::MidWinter].map(|of| s.ground.place(of));
    let has_come = |entry: &Entry| theirs.iter().flatten().any(|place| entry.greets.has_come(*place));
    let days = NaiveDate::from_ymd_opt(year - 1, 11, 1).zip(month_end(year, 2));
    days.is_some_and(|(from, to)| within(s, from, to).any(has_come))
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
    let (card, returned) = address(s);
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
    let house = household::shared(s, season);
    house.is_some_and(|house| !house.holds || house.others.iter().any(|other| was_done(other, season)))
}

/// When 寒中見舞い begins and ends in a year: later where 松の内 lasts to the 15th.
fn midwinter(s: &Subject<'_>, season: &Season) -> Option<(NaiveDate, NaiveDate)> {
    // Nobody is known to live where post came back from.
    let by_post = s.person.details().address.as_deref().filter(|_| !address(s).1);
    let theirs = s.person.location.as_deref().or(by_post);
    let place = theirs.or_else(|| s.ground.me.and_then(|(_, me)| me.location.as_deref()));
    let later = NaiveDate::from_ymd_opt(season.from.year(), 1, 16)?;
    let from = if place.is_some_and(west::holds) { season.from.max(later) } else { season.from };
    Some((from, super::day_of(season.rule.to, season.from.year())?))
}

/// Whether 寒中見舞い goes to somebody in the place of 年賀 while there is mourning: to whom it goes
/// anyway, and to whoever would get 年賀.
pub(super) fn is_instead(s: &Subject<'_>, midwinter: &Season) -> bool {
    let new_year = || s.ground.season(Greeting::NewYear, midwinter.year());
    is_greeted(s, midwinter) || new_year().is_some_and(|new_year| is_greeted(s, new_year))
}

/// 寒中見舞い: to those in mourning, or where you are; and in answer to a card that came after all.
/// What is missed is sent as 余寒見舞い to the end of February.
pub(super) fn reasons<'a>(s: &Subject<'a>, season: &'a Season) -> Vec<Reason<'a>> {
    both(s, season).unwrap_or_default()
}

fn both<'a>(s: &Subject<'a>, season: &'a Season) -> Option<Vec<Reason<'a>>> {
    let year = season.year();
    let mourner = mourner(s, year);
    let house = household::shared(s, season);
    if mourner.is_none() && s.person.log.is_empty() && house.is_none() {
        return None;
    }
    let in_answer = Exchanged::among(s, house.as_ref(), year)?.owed();
    // It takes the place of the new year's greeting, where there are greetings at all.
    let instead = mourner.filter(|_| s.config.season.per_year > 0 && is_instead(s, season));
    if instead.is_none() && (in_answer.is_none() || is_enough(s, house.as_ref(), year)) {
        return None;
    }
    if is_settled(s, season) || is_others(s, season) {
        return None;
    }
    let (card, returned) = address(s);
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
