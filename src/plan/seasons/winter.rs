//! The greetings around the new year: 年賀, 喪中はがき, 寒中見舞い and 余寒見舞い.

use chrono::{Datelike, NaiveDate};

use super::super::{Greeted, Kind, Mourner, Occurrence, Reason, Subject, minus, plus, reach};
use super::{Season, is_enough, is_greeted, is_named_within, is_new_year_silent, month_end, reason, within};
use crate::config::{Greeting, Register};
use crate::note::log::{Entry, Marks};
use crate::note::person::Seasons;
use crate::text::fold;

/// 余寒見舞い, the name of what is sent after 立春.
pub(super) const AFTER_RISSHUN: &str = "余寒見舞い";

/// So many earlier winters are looked at.
const WINTERS: i32 = 5;

/// Whether a postal address is known, and whether what was sent there came back.
pub(super) fn address(s: &Subject<'_>) -> (bool, bool) {
    const RETURNED: [&str; 8] =
        ["宛先不明", "あて先不明", "宛所", "あて所", "転居先不明", "返送", "unknown", "returned"];
    let Some(address) = &s.person.details().address else { return (false, false) };
    let address = fold(address);
    let returned = RETURNED.iter().any(|word| address.contains(word));
    (!returned && !address.trim().is_empty(), returned)
}

/// Who is in mourning at a new year, so that nobody is congratulated.
pub(super) fn mourner(s: &Subject<'_>, year: i32) -> Option<Mourner> {
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
pub(super) fn around(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    Some((NaiveDate::from_ymd_opt(year - 1, 12, 1)?, NaiveDate::from_ymd_opt(year, 1, 31)?))
}

/// What the log tells of the new year's greetings of a year.
#[derive(Debug, Clone, Copy, Default)]
struct Exchanged {
    sent: bool,
    /// When it was said that none is sent.
    skipped: Option<NaiveDate>,
    /// When one came.
    arrived: Option<NaiveDate>,
}

impl Exchanged {
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
            if entry.marks.has(Marks::ARRIVED) && !is_ours(entry) {
                found.arrived = Some(entry.day);
            } else if is_skip {
                found.skipped = found.skipped.or(Some(entry.day));
            } else if !is_instead(entry) {
                found.sent = true;
            }
        }
        Some(found)
    }

    /// When one came that is still to be answered: what was not to be sent may be owed now.
    fn owed(self) -> Option<NaiveDate> {
        self.arrived.filter(|day| !self.sent && self.skipped.is_none_or(|skipped| skipped < *day))
    }
}

/// 年賀: a card by post before the new year where there is an address, else a message after it. In
/// answer to one that came, whoever sent it.
pub(super) fn new_year<'a>(s: &Subject<'a>, season: &'a Season) -> Option<Reason<'a>> {
    let year = season.year();
    let greeted = is_greeted(s, season);
    if !greeted && s.person.log.is_empty() {
        return None;
    }
    let exchanged = Exchanged::of(s, year)?;
    let stops = s.person.details().seasons == Seasons::NoNengajo;
    let answer = exchanged.arrived.filter(|_| !stops);
    let is_settled = exchanged.sent || exchanged.skipped.is_some();
    if is_settled || (!greeted && answer.is_none()) || mourner(s, year).is_some() || is_enough(s, year) {
        return None;
    }
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    let (card, returned) = address(s);
    let (mut from, by, to) = if card {
        // Posted by then it arrives on New Year's Day.
        let by = date(year - 1, 12, 25)?;
        let to = date(year, 1, 4)?.min(season.to);
        // What came later, or a season that begins later, can only be answered or kept late.
        let is_late = season.from > by || answer.is_some_and(|came| came > by);
        (season.from, if is_late { to } else { by }, to)
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
    let sent = Greeted {
        card,
        answer: answer.is_some(),
        unreturned: if answer.is_some() { 0 } else { unreturned(s, year) },
        returned,
        ..Greeted::plainly(Greeting::NewYear, by)
    };
    reason(s, season, &season.rule.name, (from, to), sent)
}

/// So many winters in a row, up to the last, a greeting was sent and none came.
fn unreturned(s: &Subject<'_>, year: i32) -> u8 {
    let winters = (1..=WINTERS).map_while(|ago| Exchanged::of(s, year - ago));
    let count = winters.take_while(|winter| winter.sent && winter.arrived.is_none()).count();
    u8::try_from(count).unwrap_or(u8::MAX)
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
        || super::is_settled(s, season)
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

/// Whether a place lies where 松の内 lasts to the 15th.
fn is_in_the_west(place: &str) -> bool {
    const PREFECTURES: [&str; 6] = ["大阪府", "京都府", "兵庫県", "滋賀県", "奈良県", "和歌山県"];
    const NAMES: [&str; 10] =
        ["大阪", "京都", "兵庫", "神戸", "滋賀", "奈良", "和歌山", "京阪神", "近畿", "関西"];
    const ROMAN: [&str; 9] =
        ["osaka", "kyoto", "hyogo", "kobe", "shiga", "nara", "wakayama", "kansai", "kinki"];
    // 東京都府中市 holds 京都 and even 京都府, but is neither.
    let place = fold(place).replace("東京都", "東京");
    let is_one_of = |names: &[&str]| names.iter().any(|name| place.contains(name));
    let mut words = place.split(|c: char| !c.is_ascii_alphabetic());
    // Towns of these names lie in other prefectures too.
    is_one_of(&PREFECTURES)
        || (!place.contains('県') && is_one_of(&NAMES))
        || words.any(|word| ROMAN.contains(&word))
}

/// When 寒中見舞い begins and ends in a year: later where 松の内 lasts to the 15th.
fn midwinter(s: &Subject<'_>, season: &Season) -> Option<(NaiveDate, NaiveDate)> {
    let theirs = s.person.location.as_deref().or(s.person.details().address.as_deref());
    let place = theirs.or_else(|| s.ground.me.and_then(|(_, me)| me.location.as_deref()));
    let west = NaiveDate::from_ymd_opt(season.from.year(), 1, 16)?;
    let from = if place.is_some_and(is_in_the_west) { season.from.max(west) } else { season.from };
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
    let in_answer = Exchanged::of(s, year)?.owed();
    // It takes the place of the new year's greeting, where there are greetings at all.
    let instead = mourner.filter(|_| s.config.season.per_year > 0 && is_greeted(s, season));
    if instead.is_none() && (in_answer.is_none() || is_enough(s, year)) {
        return None;
    }
    if is_named_within(s, season.place, minus(season.from, 3), season.to) {
        return None;
    }
    let (card, returned) = address(s);
    let (from, to) = midwinter(s, season)?;
    let from = if instead.is_some() { from } else { from.max(in_answer?) };
    let greeting = Greeting::MidWinter;
    let answer = in_answer.is_some();
    let made = |by| Greeted { card, returned, answer, mourning: mourner, ..Greeted::plainly(greeting, by) };
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
