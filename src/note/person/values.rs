//! What the front matter says of a person, value by value.

use chrono::NaiveDate;

use super::{Details, Milestone, Stated, Status};
use crate::config::Register;
use crate::date::{self, Birthday, Window};
use crate::note::dialect::TierId;
use crate::note::find::{Desk, Matter, is_not_yet, is_yes, leading_link, shown, words_of};
use crate::note::keys::{Field, addresses, channel, channel_key, normal};
use crate::note::log;
use crate::note::seasonal;
use crate::note::value::{Data, Node, Style};
use crate::problem::{Obstacle, What};
use crate::text::{Lang, Text, fold, nearest};

pub(super) fn tier(matter: &Matter<'_>, desk: &Desk<'_>) -> (Option<TierId>, Option<Box<str>>) {
    let mut unknown = None;
    // The canonical key is asked first: `relation:` may say something else in other vaults.
    let (first, others): (Vec<_>, Vec<_>) =
        matter.all(Field::Tier).partition(|pair| normal(&pair.key) == "tier");
    for pair in first.into_iter().chain(others) {
        for node in pair.value.members() {
            let Some(text) = node.text() else { continue };
            let word = shown(&text);
            if is_not_yet(&word) {
                continue;
            }
            if let Some(tier) = desk.dialect.tier(&word) {
                let called = (!desk.dialect.is_tier_id(&word)).then(|| word.as_str().into());
                return (Some(tier), called);
            }
            unknown.get_or_insert((node.span, word));
        }
    }
    if let Some((span, word)) = unknown {
        let mut known: Vec<&str> = desk.dialect.tier_words().collect();
        known.sort_unstable();
        let nearest = nearest(&word, known).map(str::to_owned);
        desk.report(span, What::UnknownTier { word: word.into(), nearest });
    }
    (None, None)
}

pub(super) fn cadence(matter: &Matter<'_>, desk: &Desk<'_>) -> Option<Window> {
    for pair in matter.all(Field::Cadence) {
        let Some(text) = pair.value.text() else {
            desk.report(pair.value.span, What::BadCadence("…".into()));
            continue;
        };
        if is_not_yet(&text) {
            continue;
        }
        match Window::parse(&text) {
            Some(window) => return Some(window),
            None => desk.report(pair.value.span, What::BadCadence(text.into_owned())),
        }
    }
    None
}

pub(super) fn stated(matter: &Matter<'_>, desk: &Desk<'_>) -> Vec<Stated> {
    let mut out = Vec::new();
    for pair in matter.all(Field::LastContact) {
        if matches!(pair.value.data, Data::Map(_)) {
            desk.bad_value(pair, "2026-09-14");
            continue;
        }
        if let Some(why) = in_the_way(&pair.value) {
            desk.report(pair.value.span, What::NotWritable { key: pair.key.to_string(), why });
        }
        for node in pair.value.members() {
            let Some((day, rest)) = desk.date(node) else { continue };
            let (in_parentheses, _) = log::channel(&rest, desk.dialect);
            let via = || log::via(&rest).map(|word| fold(word).as_ref().into());
            out.push(Stated { day, channel: in_parentheses.or_else(via), span: node.span });
        }
    }
    out
}

/// What of a date's shape keeps goen from writing another in its place, though it is read.
fn in_the_way(value: &Node<'_>) -> Option<Obstacle> {
    if value.decorated || value.members().iter().any(|member| member.decorated) {
        return Some(Obstacle::Decorated);
    }
    match &value.data {
        // An unquoted link is a list in a list for YAML.
        Data::List(_) if value.text().is_none() => Some(Obstacle::NotOneValue),
        Data::Scalar(_, Style::Block) => Some(Obstacle::NotOneValue),
        _ => None,
    }
}

pub(super) fn birthday(matter: &Matter<'_>, desk: &Desk<'_>) -> Option<Birthday> {
    for pair in matter.all(Field::Birthday) {
        let Some(text) = pair.value.text() else { continue };
        if is_not_yet(&text) {
            continue;
        }
        let target = leading_link(&text).map(|(target, _)| target);
        let target = target.as_deref().map_or(&*text, |t| t.rsplit('/').next().unwrap_or(t));
        match Birthday::parse(target, desk.dialect.day_first) {
            Ok(birthday) => return Some(birthday),
            Err(error) => desk.report_date(pair.value.span, &text, error),
        }
    }
    None
}

/// The first date of this meaning.
pub fn day(matter: &Matter<'_>, field: Field, desk: &Desk<'_>) -> Option<NaiveDate> {
    matter
        .all(field)
        .find_map(|pair| pair.value.members().iter().find_map(|node| desk.date(node)))
        .map(|(day, _)| day)
}

/// The words for a status, as keys are compared ([`normal`]).
pub const STATUSES: &[(&str, Status)] = &[
    ("active", Status::Active),
    ("open", Status::Active),
    ("有効", Status::Active),
    ("継続", Status::Active),
    ("継続中", Status::Active),
    ("paused", Status::Paused),
    ("pause", Status::Paused),
    ("onhold", Status::Paused),
    ("休止", Status::Paused),
    ("休止中", Status::Paused),
    ("保留", Status::Paused),
    ("closed", Status::Closed),
    ("ended", Status::Closed),
    ("終了", Status::Closed),
    ("donotcontact", Status::DoNotContact),
    ("nocontact", Status::DoNotContact),
    ("dnc", Status::DoNotContact),
    ("連絡不要", Status::DoNotContact),
    ("連絡しない", Status::DoNotContact),
    ("deceased", Status::Deceased),
    ("dead", Status::Deceased),
    ("故人", Status::Deceased),
    ("逝去", Status::Deceased),
    ("物故", Status::Deceased),
];

pub(super) fn status(matter: &Matter<'_>, desk: &Desk<'_>) -> Status {
    if let Some(pair) = matter.first(Field::Status) {
        let text = pair.value.members().iter().find_map(|n| n.text().map(|t| shown(&t)));
        if let Some(word) = text.as_deref().map(normal) {
            match STATUSES.iter().find(|(known, _)| *known == word) {
                Some((_, Status::Active)) => {}
                Some((_, status)) => return *status,
                None => desk.bad_value(pair, "active, paused, closed, do-not-contact, deceased"),
            }
        }
    }
    let paused = matter.first(Field::Paused).and_then(|pair| pair.value.text().map(|t| is_yes(&t)));
    if paused == Some(true) { Status::Paused } else { Status::Active }
}

/// More addresses nobody has.
const MOST_ADDRESSES: usize = 100;

pub(super) fn channels(matter: &Matter<'_>) -> Vec<(Text, Text)> {
    let mut out: Vec<(Text, Text)> = Vec::new();
    let mut add = |key: &str, address: &str| {
        let (name, text) = (Text::from(channel(key).as_ref()), shown(address));
        for address in addresses(&name, &text) {
            let pair = (name.clone(), address.into());
            if out.len() < MOST_ADDRESSES && !out.contains(&pair) {
                out.push(pair);
            }
        }
    };
    for pair in matter.all(Field::Channels) {
        for inner in pair.value.pairs() {
            for text in inner.value.members().iter().filter_map(|n| n.text()) {
                add(&inner.key, &text);
            }
        }
        for member in pair.value.members() {
            match &member.data {
                // A list of words says which channels there are, not the addresses.
                Data::Scalar(text, _) => match text.split_once([':', '：']) {
                    Some((key, address)) if channel_key(key).is_some() => add(key, address),
                    _ => add(text, ""),
                },
                Data::Map(pairs) if !matches!(pair.value.data, Data::Map(_)) => {
                    for inner in pairs {
                        if let Some(text) = inner.value.text() {
                            add(&inner.key, &text);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    for pair in matter.others() {
        if let Some(name) = channel_key(&pair.key) {
            for text in pair.value.members().iter().filter_map(|n| n.text()) {
                add(name, &text);
            }
        }
    }
    out
}

pub(super) fn details(matter: &Matter<'_>, desk: &Desk<'_>) -> Details {
    let words = |field| matter.words(field).into_boxed_slice();
    Details {
        address: seasonal::address(matter),
        postal_code: matter.text(Field::PostalCode),
        joint_names: seasonal::joint_names(matter),
        goals: words(Field::Goals),
        strengths: words(Field::Strengths),
        honorific: matter.text(Field::Honorific),
        nickname: nickname(matter),
        prefer: matter.text(Field::Prefer).map(|word| channel(&word).into_owned().into()),
        lang: read_word(matter, Field::Lang, desk, "ja, en", Lang::parse),
        register: read_word(matter, Field::Register, desk, "formal, polite, casual", Register::parse),
        mourning: seasonal::mourning(matter, desk),
        seasons: seasonal::seasons(matter, desk),
        milestones: milestones(matter, desk).into(),
        added: matter.all(Field::Added).find_map(|pair| {
            let text = pair.value.text()?;
            date::prefix(&text, desk.dialect.day_first).ok().map(|(day, _)| day)
        }),
        url: matter.text(Field::Url),
    }
}

/// Of the other names the one that a key calls so: the first.
fn nickname(matter: &Matter<'_>) -> Option<Text> {
    let is_so = |key: &str| matches!(&*normal(key), "nickname" | "nicknames" | "あだ名");
    let mut words = Vec::new();
    matter
        .all(Field::Aliases)
        .filter(|pair| is_so(&pair.key))
        .for_each(|pair| words_of(&pair.value, &mut words));
    words.into_iter().find(|word| !is_not_yet(word))
}

/// A word of a small set; anything else is reported.
fn read_word<T>(
    matter: &Matter<'_>,
    field: Field,
    desk: &Desk<'_>,
    takes: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let pair = matter.first(field)?;
    let text = pair.value.members().iter().find_map(|node| node.text().map(|t| shown(&t)))?;
    if is_not_yet(&text) {
        return None;
    }
    let found = parse(&text);
    if found.is_none() {
        desk.bad_value(pair, takes);
    }
    found
}

fn milestones(matter: &Matter<'_>, desk: &Desk<'_>) -> Vec<Milestone> {
    let mut out = Vec::new();
    for pair in matter.all(Field::Milestones) {
        for node in pair.value.members() {
            let found = match &node.data {
                Data::Map(pairs) => {
                    let get = |words: &[&str]| {
                        pairs.iter().find(|p| words.contains(&normal(&p.key).as_ref())).map(|p| &p.value)
                    };
                    // `- 2026-11-20: 部長昇進` is a map to YAML.
                    if let [pair] = pairs.as_slice()
                        && let Ok(day) = date::parse(&pair.key, desk.dialect.day_first)
                    {
                        let what = pair.value.text().map(|text| shown(&text)).unwrap_or_default();
                        out.push(Milestone { day, what });
                        continue;
                    }
                    let day = get(&["date", "day", "日付", "日"]).and_then(|node| desk.date(node));
                    let what = get(&["what", "title", "name", "内容", "何"])
                        .and_then(|n| n.text().map(|t| shown(&t)));
                    day.map(|(day, rest)| Milestone { day, what: what.unwrap_or_else(|| shown(&rest)) })
                }
                _ => desk.date(node).map(|(day, rest)| Milestone {
                    day,
                    what: shown(rest.trim_start_matches([':', '：', '-', '—', ' '])),
                }),
            };
            out.extend(found);
        }
    }
    out.sort_by(|a, b| a.day.cmp(&b.day).then_with(|| a.what.cmp(&b.what)));
    out
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::MOST_ADDRESSES;
    use crate::note::edit::tests::dialect;
    use crate::note::{Kind, read};
    use crate::text::NotePath;

    #[test]
    fn more_addresses_than_anybody_has_are_not_read() {
        for count in [MOST_ADDRESSES - 1, MOST_ADDRESSES, MOST_ADDRESSES + 1, MOST_ADDRESSES * 2] {
            let all: Vec<String> = (0..count).map(|n| format!("a{n}@example.com")).collect();
            let text = format!("---\ntype: person\nemail: [{}]\n---\n", all.join(", "));
            match read(&NotePath::new("田中.md"), text.as_bytes(), dialect()).kind {
                Kind::Person(person) => assert_eq!(person.channels.len(), count.min(MOST_ADDRESSES)),
                other => panic!("{other:?}"),
            }
        }
    }
}
