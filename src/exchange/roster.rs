//! Everybody as a table, one row a person: what `list` knows and how they can be reached.
//!
//! In UTF-8 with a byte order mark: without it Excel takes Japanese for another encoding.

use std::io;

use chrono::NaiveDate;

use super::portrait::postal;
use super::sheet::{Ends, rows, table};
use super::vcard;
use crate::config::Config;
use crate::index::{Index, Tie};
use crate::note::Note;
use crate::note::person::Person;
use crate::plan::label::held;
use crate::plan::{Reach, Rest, reach};
use crate::text::{Text, fold_name, one_line};

/// The columns. They are part of what others read: new ones come at the end.
pub const HEADER: [&str; 26] = [
    "name",
    "reading",
    "aliases",
    "tier",
    "state",
    "last_contact",
    "opens",
    "due",
    "org",
    "role",
    "email",
    "phone",
    "line",
    "linkedin",
    "x",
    "url",
    "birthday",
    "address",
    "postal_code",
    "location",
    "interests",
    "tags",
    "lang",
    "met_on",
    "path",
    "status",
];

/// Several values of one cell stand so far apart. No value has such a mark itself: it is written wide.
const BETWEEN: &str = "; ";

/// Whether a table is one of everybody in which each row names a note: a row or cell beyond that is
/// somebody's own.
pub(super) fn is_own(text: &str) -> bool {
    let Some(path) = HEADER.iter().position(|name| *name == "path") else { return false };
    let is_of_a_note = |cells: &[String]| {
        cells.iter().all(|cell| cell.trim().is_empty())
            || cells.len() == HEADER.len()
                && cells.get(path).is_some_and(|path| path.to_ascii_lowercase().ends_with(".md"))
    };
    let mut rows = rows(text);
    let is_header = rows.next().flatten().is_some_and(|cells| cells == HEADER);
    is_header && rows.all(|row| row.is_some_and(|cells| is_of_a_note(&cells)))
}

/// Everybody by reading, else by name.
///
/// # Errors
/// See [`table`].
pub fn csv(index: &Index, config: &Config, today: NaiveDate) -> io::Result<String> {
    let rest = Rest::of(index);
    let mut people: Vec<_> = index.people().collect();
    people.sort_by_cached_key(|(note, person, _)| {
        (fold_name(person.reading.as_deref().unwrap_or(&person.name)), note.path.clone())
    });
    let rows = people.into_iter().map(|of| row(of, config, &rest, today));
    Ok(format!("\u{feff}{}", table(HEADER, rows, Ends::Dos)?))
}

fn row(of: (&Note, &Person, &Tie), config: &Config, rest: &Rest, today: NaiveDate) -> [String; 26] {
    let (note, person, _) = of;
    let reach = Reach::of(of, config, rest, today);
    let details = person.details();
    let post = held(&person.posts, today);
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let text = |text: Option<&Text>| text.map(ToString::to_string).unwrap_or_default();
    let list = |words: &[Text]| joined(words.iter().map(|word| word.as_str()));
    let addresses = |names: &[&str]| {
        let all = person.channels.iter().filter(|(channel, _)| names.contains(&channel.as_str()));
        let plain = |(channel, address): &(Text, Text)| vcard::canonical(channel, &one_line(address));
        let all: Vec<String> = all.filter_map(plain).map(|(_, address)| address).collect();
        joined(all.iter().map(String::as_str))
    };
    let (address, code) = postal(details);
    [
        person.name.to_string(),
        text(person.reading.as_ref()),
        list(&person.aliases),
        reach::tier(person, config).map(|tier| tier.id.to_string()).unwrap_or_default(),
        reach.state.word().to_owned(),
        day(reach.last),
        day(reach.opens),
        day(reach.due),
        joined(post.iter().map(|post| post.org.as_str())),
        joined(post.and_then(|post| post.role.as_deref()).into_iter()),
        addresses(&["email"]),
        addresses(&["phone"]),
        addresses(&["line"]),
        addresses(&["linkedin"]),
        addresses(&["x"]),
        addresses(&["url", "web", "website", "homepage"]),
        person.birthday.map(|birthday| birthday.to_string()).unwrap_or_default(),
        address,
        code.unwrap_or_default(),
        text(person.location.as_ref()),
        list(&person.interests),
        list(&person.tags),
        details.lang.map(|lang| lang.code().to_owned()).unwrap_or_default(),
        day(details.added),
        note.path.to_string(),
        person.status.word().to_owned(),
    ]
}

/// The values of one cell.
fn joined<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.map(|word| one_line(word).replace(';', "；")).collect::<Vec<_>>().join(BETWEEN)
}
