//! What the day forbids: words out of season (the days stand in the rules), congratulations in mourning.

use chrono::Datelike;

use super::rules::Days;
use super::{Both, Reading};
use crate::plan::{day_of, is_in_mourning, is_in_the_west, mourners};
use crate::problem::Severity;
use crate::text::{Lang, fold};

/// Whether words of a season fit the day.
pub(super) fn is_on(reading: &Reading<'_>, days: &Days) -> bool {
    let case = &reading.case;
    let person = reading.to.as_ref().map(|to| to.person);
    let place = person.and_then(|person| person.location.as_deref().or(person.details().address.as_deref()));
    let mine = || case.index.me().and_then(|(_, me)| me.location.as_deref());
    let until = match days.west.filter(|_| place.or_else(mine).is_some_and(is_in_the_west)) {
        Some(west) => west,
        None => days.until,
    };
    let year = case.today.year();
    (year - 1..=year).any(|year| {
        let Some(from) = day_of(days.from, year) else { return false };
        let Some(mut last) = day_of(until, year) else { return false };
        if last < from {
            let Some(next) = day_of(until, year + 1) else { return false };
            last = next;
        }
        (from..=last).contains(&case.today)
    })
}

/// Where the seasons are others: in the south, and in the tropics.
const ELSEWHERE: [&str; 40] = [
    "australia",
    "sydney",
    "melbourne",
    "brisbane",
    "perth",
    "adelaide",
    "new zealand",
    "auckland",
    "wellington",
    "christchurch",
    "south africa",
    "cape town",
    "johannesburg",
    "brazil",
    "são paulo",
    "sao paulo",
    "rio de",
    "argentina",
    "buenos aires",
    "chile",
    "santiago",
    "uruguay",
    "singapore",
    "malaysia",
    "kuala lumpur",
    "indonesia",
    "jakarta",
    "bali",
    "thailand",
    "bangkok",
    "philippines",
    "manila",
    "kenya",
    "nairobi",
    "peru",
    "オーストラリア",
    "シドニー",
    "メルボルン",
    "ニュージーランド",
    "シンガポール",
];

/// Whether they live where the weather of a season is another.
pub(super) fn is_of_other_climate(reading: &Reading<'_>) -> bool {
    let person = reading.to.as_ref().map(|to| to.person);
    let place = person.and_then(|person| person.location.as_deref().or(person.details().address.as_deref()));
    place.map(fold).is_some_and(|place| ELSEWHERE.iter().any(|other| place.contains(other)))
}

/// Looks for congratulations to somebody in mourning.
pub(super) fn look(reading: &mut Reading<'_>) {
    let today = reading.case.today;
    if reading.case.is_post {
        return;
    }
    let mourners = reading.case.to.map(|to| mourners(reading.case.index, to)).unwrap_or_default();
    let mut deaths = mourners.iter().filter_map(|person| person.details().mourning);
    if !deaths.any(|mourning| is_in_mourning(mourning, today)) {
        return;
    }
    const KEPT_BACK: [&str; 6] = ["控え", "ご遠慮", "失礼させ", "失礼いた", "差し控え", "rather than"];
    let parts = reading.rules.found("congratulation", &reading.letter.plain);
    for part in parts {
        let sentence = reading.letter.words(&reading.letter.sentence(&part));
        if KEPT_BACK.iter().any(|word| sentence.contains(word)) {
            continue;
        }
        let why = Both {
            ja: "喪中の方へのお祝いの言葉です", en: "a congratulation to somebody in mourning"
        };
        let is_english = reading.letter.lang == Lang::En;
        let help = if is_english {
            Both {
                ja: "お祝いの言葉を避け、静かな一言にとどめましょう",
                en: "leave the congratulations out; a quiet line is enough",
            }
        } else {
            Both {
                ja: "お祝いの言葉を避け、年賀は寒中見舞いに替えましょう",
                en: "leave the congratulations out; in place of new year's wishes write 寒中見舞い or a quiet line",
            }
        };
        reading.add("mourning", Severity::Warning, part, why, help);
    }
}
