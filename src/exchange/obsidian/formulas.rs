//! When to write to whom, in formulas that Bases understands.
//!
//! They know what stands in the properties of one note: the rules are those of `plan/reach.rs`, as far
//! as front matter alone tells. Log entries, mentions, events, touches and rest are beyond them.
//! Each formula rests on those above it.

use super::expression::{EMPTY, choice, property, text, texts};
use crate::config::{Config, Tier};
use crate::date::{Stretch, Window};
use crate::note::keys::Field;
use crate::note::person::{STATUSES, Status};
use crate::note::spelled::Spellings;
use crate::page::tier_called;
use crate::plan::State;
use crate::text::{Lang, fold, pick};

/// Milliseconds of a day: what `number()` makes of dates is counted in them.
const DAY: &str = "86400000";

/// The keys of a field: those that the vault uses, else those that goen's own notes have.
pub(super) fn keys(spellings: &Spellings, field: Field, lang: Lang) -> Vec<&str> {
    let mut keys = spellings.of(field);
    for key in own_keys(field, lang) {
        if !keys.contains(key) {
            keys.push(key);
        }
    }
    keys
}

/// The keys that goen's templates and goen itself write.
pub(super) fn own_keys(field: Field, lang: Lang) -> &'static [&'static str] {
    match (field, lang) {
        (Field::LastContact, _) => &["last_contact"],
        (Field::Tier, Lang::Ja) => &["間柄", "tier"],
        (Field::Tier, Lang::En) => &["tier"],
        (Field::Birthday, Lang::Ja) => &["誕生日", "birthday"],
        (Field::Birthday, Lang::En) => &["birthday"],
        (Field::Org, Lang::Ja) => &["所属", "org"],
        (Field::Org, Lang::En) => &["org"],
        (Field::Reading, Lang::Ja) => &["よみ"],
        (Field::Reading, Lang::En) => &["reading"],
        (Field::Cadence, _) => &["cadence"],
        (Field::Next, _) => &["next"],
        (Field::Snooze, _) => &["snooze"],
        (Field::Status, _) => &["status"],
        (Field::Paused, _) => &["paused"],
        (Field::Type, _) => &["type"],
        (Field::Interests, _) => &["interests"],
        (Field::Added, _) => &["added"],
        (Field::Location, _) => &["location"],
        _ => &[],
    }
}

/// Every formula with its name, those that others rest on first.
pub(super) fn all(config: &Config, spellings: &Spellings, lang: Lang) -> Vec<(&'static str, String)> {
    let days = |field| property(&keys(spellings, field, lang), day, None);
    let words =
        |field, act: &dyn Fn(&str) -> String| property(&keys(spellings, field, lang), act, Some(EMPTY));
    // A link (`"[[友人]]"`) means what it is called.
    let word = |property: &str| {
        format!("list({property})[0].toString().lower().replace(/[\\[\\]]/g, {EMPTY}).trim()")
    };
    let mut out = vec![
        ("kind", words(Field::Type, &word)),
        ("tier_word", words(Field::Tier, &word)),
        ("tier_id", tier_id(config)),
        ("tier", called(config, |_, name| name.to_owned(), lang)),
        // Groups come in the order of their words: these in that of the settings.
        ("tier_group", called(config, |at, name| format!("{at} {name}"), lang)),
        ("contacted", days(Field::LastContact)),
        // A day that has not come is nobody's last contact.
        (
            "last_contact",
            "if(formula.contacted && formula.contacted <= today(), formula.contacted)".to_owned(),
        ),
    ];
    out.extend(cadence(&words(Field::Cadence, &|p| format!("{p}.toString().lower()"))));
    let is_ahead = "(!formula.last_contact || formula.next_day > formula.last_contact)";
    out.extend([
        ("tracked", format!("if(formula.cadence == {EMPTY}, formula.tier_id != {EMPTY}, {READABLE})")),
        ("next_day", days(Field::Next)),
        ("next", format!("if(formula.next_day && {is_ahead}, formula.next_day)")),
        ("since", "if(formula.next, formula.next, formula.last_contact)".to_owned()),
        ("due", due(config)),
        ("start", start(config)),
        ("opens", "if(formula.due, if(formula.start > formula.due, formula.due, formula.start))".to_owned()),
        ("dormant_from", dormant_from(config)),
        ("snoozed_until", days(Field::Snooze)),
        ("at_rest", at_rest(&words(Field::Status, &squeezed), &words(Field::Paused, &squeezed))),
        ("state", state(lang)),
    ]);
    out.extend(birthday(&words(Field::Birthday, &|p| {
        format!("if({p}.isType(\"date\"), {p}.format(\"YYYY-MM-DD\"), {p}.toString().trim())")
    })));
    out
}

/// The day that a property tells: a date, or a text or link that begins with one.
fn day(property: &str) -> String {
    let text = format!("{property}.toString()");
    let of_text = format!("date({text}.replace(/^[^0-9]*/, {EMPTY}).slice(0, 10))");
    let is_day = format!("/^[^0-9]*[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}/.matches({text})");
    format!("if({property}.isType(\"date\"), {property}.date(), if({is_day}, {of_text}))")
}

/// A word as goen compares those of a status.
fn squeezed(property: &str) -> String {
    format!("list({property})[0].toString().lower().replace(/[-_ ]/g, {EMPTY})")
}

/// The tier's id, by its id or one of its names.
fn tier_id(config: &Config) -> String {
    let words = |tier: &Tier| {
        let own = std::iter::once(&*tier.id).chain(tier.names.iter().map(String::as_str));
        let spelled = own.flat_map(|name| [name.to_lowercase(), fold(name).into_owned()]);
        texts(spelled.collect::<Vec<_>>().iter().map(String::as_str))
    };
    // A word is the id of one tier before it is a name of another.
    let ids = config.tiers.iter().filter_map(|tier| {
        let id = text(&tier.id)?;
        Some((format!("{}.contains(formula.tier_word)", texts([&*fold(&tier.id)])), id))
    });
    let names = config
        .tiers
        .iter()
        .filter_map(|tier| Some((format!("{}.contains(formula.tier_word)", words(tier)), text(&tier.id)?)));
    let is_other_id = |own: &Tier, name: &String| {
        config.tiers.iter().any(|tier| tier.id != own.id && fold(&tier.id) == fold(name))
    };
    let clash = config.tiers.iter().any(|own| own.names.iter().any(|name| is_other_id(own, name)));
    let choices: Vec<_> = if clash { ids.chain(names).collect() } else { names.collect() };
    choice(choices.into_iter(), Some(EMPTY.to_owned()))
}

/// What the tier is called in the language, as `said` puts it with the tier's place among all.
fn called(config: &Config, said: impl Fn(&str, &str) -> String, lang: Lang) -> String {
    let width = config.tiers.len().to_string().len();
    let tiers = config.tiers.iter().enumerate().filter_map(|(at, tier)| {
        let id = text(&tier.id)?;
        let place = format!("{:0width$}", at + 1);
        let name = text(&said(&place, tier_called(&tier.id, None, lang)))?;
        Some((format!("formula.tier_id == {id}"), name))
    });
    choice(tiers.collect::<Vec<_>>().into_iter(), Some(EMPTY.to_owned()))
}

/// The person's own cadence in one spelling, with the units of Bases (`1M..2M`, `6w`), and its two ends.
fn cadence(written: &str) -> [(&'static str, String); 3] {
    const WORDS: [(&str, &str); 6] = [
        ("weekly|毎週", "1w"),
        ("biweekly|fortnightly|隔週", "2w"),
        ("monthly|毎月", "1m"),
        ("quarterly|四半期|毎四半期", "3m"),
        ("半年", "6m"),
        ("yearly|annually|annual|毎年", "1y"),
    ];
    const UNITS: [(&str, &str); 4] = [
        ("months?|ヶ月|か月|カ月|ヵ月|ケ月|箇月|個月|m", "M"),
        ("weeks?|週間|週", "w"),
        ("years?|年間|年", "y"),
        ("days?|日間|日", "d"),
    ];
    let mut cadence = format!("{written}.replace(/ +/g, {EMPTY})");
    for (words, length) in WORDS {
        cadence += &format!(".replace(/^({words})$/, \"{length}\")");
    }
    for (words, unit) in UNITS {
        cadence += &format!(".replace(/{words}/g, \"{unit}\")");
    }
    let c = "formula.cadence";
    // A number alone is one of days.
    let by = format!("{c}.replace(/^.*[.][.]/, {EMPTY}) + if(/^[0-9]+$/.matches({c}), \"d\", {EMPTY})");
    // `1..2m`: the first number has the unit of the second.
    let unit = format!("if(/^[0-9]+[.][.]/.matches({c}), formula.by.replace(/[0-9]+/, {EMPTY}), {EMPTY})");
    let from = format!("if({c}.contains(\"..\"), {c}.replace(/[.][.].*$/, {EMPTY}) + {unit}, {EMPTY})");
    [("cadence", cadence), ("by", by), ("from", from)]
}

/// Whether the end of a cadence is a length that Bases understands, too.
const READABLE: &str = "/^[0-9]+[dwMy]$/.matches(formula.by)";

/// A day after another by what `of_tier` takes of each tier's window, or by what the person's own
/// cadence says.
fn after(
    config: &Config,
    day: &str,
    of_tier: impl Fn(&Window) -> Option<Stretch>,
    of_cadence: &str,
) -> String {
    let tiers = config.tiers.iter().filter_map(|tier| {
        let Stretch { months, days } = of_tier(&tier.window)?;
        let parts = [(months, 'M'), (days, 'd')].into_iter().filter(|(number, _)| *number > 0);
        let parts: String = parts.map(|(number, unit)| format!(" + \"{number}{unit}\"")).collect();
        Some((format!("formula.tier_id == {}", text(&tier.id)?), format!("{day}{parts}")))
    });
    let by_tier = choice(tiers.collect::<Vec<_>>().into_iter(), None);
    format!("if(formula.cadence == {EMPTY}, {by_tier}, {of_cadence})")
}

fn due(config: &Config) -> String {
    let last = "formula.last_contact";
    let by_window = after(config, last, |window| Some(window.max), &format!("{last} + duration(formula.by)"));
    format!("if(formula.tracked, if(formula.next, formula.next, if({last}, {by_window})))")
}

/// When the window opens. Where one value said "by then" it is three quarters of the days.
fn start(config: &Config) -> String {
    let last = "formula.last_contact";
    let days = format!("((number(formula.due) - number({last})) / {DAY}).round()");
    let share = format!("{last} + duration(({days} * 0.75).floor().toString() + \"d\")");
    let own = format!("if(formula.from != {EMPTY}, {last} + duration(formula.from), {share})");
    let single = config.tiers.iter().filter(|tier| tier.window.min.is_none());
    let single = texts(single.map(|tier| &*tier.id));
    let by_window = after(config, last, |window| window.min, &own);
    let by_window = match single.as_str() {
        "[]" => by_window,
        _ => {
            format!(
                "if(formula.cadence == {EMPTY} && {single}.contains(formula.tier_id), {share}, {by_window})"
            )
        }
    };
    format!("if(formula.due, if(formula.next, formula.next, {by_window}))")
}

/// The first day on which the tie is dormant: after twice the window's end, and at least a year.
fn dormant_from(config: &Config) -> String {
    let year = "formula.since + \"12M\"";
    let twice = "formula.since + duration(formula.by) * 2";
    let twice = after(config, "formula.since", |window| Some(window.max.doubled()), twice);
    format!("if(formula.due, if({year} > {twice}, {year}, {twice}))")
}

fn at_rest(status: &str, paused: &str) -> String {
    let resting = STATUSES.iter().filter(|(_, status)| *status != Status::Active).map(|(word, _)| *word);
    let yes = texts(["true", "yes", "on", "1", "はい"]);
    format!("{}.contains({status}) || {yes}.contains({paused})", texts(resting))
}

/// How the base says a state. That somebody is new is not for properties to say: the log, a dated note or
/// an event may know of a talk.
pub(super) fn state_said(state: State, lang: Lang) -> &'static str {
    match state {
        State::New => pick(lang, "連絡日の記入なし", "no day noted"),
        known => known.said(lang),
    }
}

fn state(lang: Lang) -> String {
    let rules = [
        ("formula.at_rest", State::Closed),
        ("!formula.tracked", State::Untracked),
        ("formula.snoozed_until && formula.snoozed_until > today()", State::Snoozed),
        ("!formula.last_contact", State::New),
        ("formula.dormant_from <= today()", State::Dormant),
        ("formula.opens > today()", State::Fresh),
        ("formula.due >= today()", State::Open),
    ];
    let said = |state: State| text(state_said(state, lang)).unwrap_or_else(|| EMPTY.to_owned());
    let rules = rules.map(|(condition, state)| (condition.to_owned(), said(state)));
    let beyond = format!("formula.cadence != {EMPTY} && !formula.tracked");
    let unread = text(pick(lang, "goen で確認", "see goen")).unwrap_or_else(|| EMPTY.to_owned());
    let [closed, rest @ ..] = rules;
    let rules = [closed, (beyond, unread)].into_iter().chain(rest);
    choice(rules.collect::<Vec<_>>().into_iter(), Some(said(State::Due)))
}

/// The month and day of a birthday, and when it is next. 29 February is kept on the day before 1 March.
fn birthday(written: &str) -> [(&'static str, String); 3] {
    let is_day = "/^([0-9]{4}-|--)?[0-9]{2}-[0-9]{2}$/.matches(formula.birthday_written)";
    let parts = "formula.birthday_written.split(\"-\").reverse().slice(0, 2).reverse().join(\"-\")";
    let in_year = |year: &str| {
        format!(
            "if(formula.birthday == \"02-29\", date({year}.toString() + \"-03-01\") - duration(\"1d\"), date({year}.toString() + \"-\" + formula.birthday))"
        )
    };
    let (this, next) = (in_year("today().year"), in_year("(today().year + 1)"));
    [
        ("birthday_written", written.to_owned()),
        ("birthday", format!("if({is_day}, {parts}, {EMPTY})")),
        ("next_birthday", format!("if(formula.birthday != {EMPTY}, if({this} >= today(), {this}, {next}))")),
    ]
}
