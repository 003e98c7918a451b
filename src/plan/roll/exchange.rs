//! What was sent and what came, this season and in the years before, as the log tells.
//!
//! Leaves whose turn it is to the list.

use chrono::{Datelike, NaiveDate};

use crate::note::keys;
use crate::note::log::{Entry, Marks};
use crate::plan::seasons::{Season, address, card, days, of_year};
use crate::plan::{Kind, Occurrence, Subject};

/// So many years before are told of.
const YEARS: i32 = 3;

/// When a greeting was sent and when one came, in one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exchange {
    /// The year whose greeting it is.
    pub year: i32,
    /// When it was sent.
    pub sent: Option<NaiveDate>,
    /// When one came.
    pub received: Option<NaiveDate>,
}

/// Lines of the log, oldest first, that tell of a season's greeting.
fn lines<'a>(s: &Subject<'a>, season: &Season) -> Option<impl Iterator<Item = &'a Entry> + use<'a>> {
    let (from, to) = days(season)?;
    let place = season.place;
    let all = s.person.log.iter().take_while({
        let last = to.min(s.today);
        move |entry| entry.day <= last
    });
    Some(
        all.filter(move |entry| {
            entry.day >= from && entry.greets.has(place) && !entry.marks.has(Marks::SKIP)
        }),
    )
}

/// What was sent and what came in a season.
pub(super) fn exchange(s: &Subject<'_>, season: &Season) -> Option<Exchange> {
    let first = |s: &Subject<'_>, came: bool| {
        let mut of_kind = lines(s, season)?.filter(|entry| entry.greets.has_come(season.place) == came);
        of_kind.next().map(|entry| entry.day)
    };
    let sent = |s: &Subject<'_>| first(s, false).or_else(|| by_item(s, season).map(|entry| entry.day));
    let received = |s: &Subject<'_>| first(s, true);
    let house = card::shared(s, season);
    let others = || house.iter().flat_map(|house| &house.others);
    let earliest = |of: &dyn Fn(&Subject<'_>) -> Option<NaiveDate>| {
        std::iter::once(of(s)).chain(others().map(of)).flatten().min()
    };
    days(season).map(|_| Exchange {
        year: season.year(),
        sent: earliest(&sent),
        received: earliest(&received),
    })
}

/// The line that a tick of this season's item has left, whatever its words became.
fn by_item<'a>(s: &Subject<'a>, season: &Season) -> Option<&'a Entry> {
    let (from, to) = days(season)?;
    let mut ids = None;
    let mut lines = s.newest_first().skip_while(|e| e.day > to).take_while(|e| e.day >= from);
    lines.find(|entry| {
        let Some(id) = entry.id.as_deref() else { return false };
        let own = ids.get_or_insert_with(|| {
            let named = |name| s.id(Kind::Season, &Occurrence::Season(name, season.year()));
            season.names().map(named).collect::<Vec<_>>()
        });
        !entry.marks.has(Marks::SKIP) && own.iter().any(|known| known.as_str() == id)
    })
}

/// Whether what was sent was a card, as its line says; else where a card could go.
pub(super) fn was_card(s: &Subject<'_>, season: &Season) -> bool {
    let named = lines(s, season).and_then(|mut lines| lines.find(|e| e.greets.was_sent(season.place)));
    match named.or_else(|| by_item(s, season)).and_then(Entry::channel) {
        Some(channel) => keys::channel(channel) == "post",
        None => address::of(s).0,
    }
}

/// The same greeting in the years before, the last one first.
pub(super) fn earlier(s: &Subject<'_>, season: &Season) -> Vec<Exchange> {
    let years = (1..=YEARS).map(|ago| season.from.year() - ago);
    let seasons = years.filter_map(|year| of_year(&season.rule, season.place, year));
    seasons.filter_map(|season| exchange(s, &season)).collect()
}
