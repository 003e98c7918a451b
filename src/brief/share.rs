//! Who would like something worth sharing, and why: which words of theirs match its topics.
//!
//! Whom it was sent to already is told apart. Nobody who is not to be written to appears.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::person::{Somebody, is_to_be_talked_to};
use crate::config::Config;
use crate::index::Index;
use crate::note::Note;
use crate::note::log::Marks;
use crate::note::person::Person;
use crate::plan::{Interests, Reach, Rest, quiet_until, reach};
use crate::text::Text;

/// An interest of theirs and the topic that it matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'a> {
    /// In their words.
    pub interest: &'a str,
    /// In the note's.
    pub topic: &'a str,
}

/// Somebody who would like it.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    /// Who.
    pub somebody: Somebody<'a>,
    /// How the tie stands.
    pub reach: Reach,
    /// Why: an interest each.
    pub matches: Vec<Match<'a>>,
}

/// Somebody who got it already.
#[derive(Debug, Clone)]
pub struct Shared<'a> {
    /// Who.
    pub somebody: Somebody<'a>,
    /// When, where a line of the log says so.
    pub day: Option<NaiveDate>,
}

/// Who would like it, those first of whose interests most match, then those who weigh most; and who
/// got it already, lately first.
#[derive(Debug, Clone, Default)]
pub struct Sharing<'a> {
    /// Who would.
    pub readers: Vec<Reader<'a>>,
    /// Who did.
    pub shared: Vec<Shared<'a>>,
}

/// Looks for them among all.
pub fn sharing<'a>(
    index: &'a Index,
    config: &Config,
    today: NaiveDate,
    note: &Note,
    topics: &'a [Text],
) -> Sharing<'a> {
    let interests = Interests::new(config);
    let rest = Rest::of(index);
    let mut out = Sharing::default();
    for (of, person, tie) in index.people() {
        let is_quiet =
            person.snooze.is_some_and(|until| until > today) || quiet_until(person, today).is_some();
        if !is_to_be_talked_to(person) {
            continue;
        }
        let somebody = Somebody { index, note: of, person, tie, today };
        if let Some(day) = got(&somebody, note) {
            out.shared.push(Shared { somebody, day });
            continue;
        }
        let matches = matching(&interests, person, topics);
        if !matches.is_empty() && !is_quiet {
            let reach = Reach::of((of, person, tie), config, &rest, today);
            out.readers.push(Reader { somebody, reach, matches });
        }
    }
    let weight = |person: &Person| reach::weight(person, config);
    // `index.people()` goes by path, and sorting keeps the order of equals.
    out.readers.sort_by(|a, b| {
        let by_weight = weight(b.somebody.person).total_cmp(&weight(a.somebody.person));
        b.matches.len().cmp(&a.matches.len()).then(by_weight).then(a.reach.last.cmp(&b.reach.last))
    });
    out.shared.sort_by_key(|shared| Reverse(shared.day));
    out
}

/// The interests that one of the topics means, each once.
pub fn matching<'a>(interests: &Interests<'_>, person: &'a Person, topics: &'a [Text]) -> Vec<Match<'a>> {
    let mut seen: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for interest in &person.interests {
        let meaning = interests.canonical(interest).into_owned();
        let Some(topic) = topics.iter().find(|topic| interests.canonical(topic) == meaning.as_str()) else {
            continue;
        };
        if !seen.contains(&meaning) {
            out.push(Match { interest, topic });
            seen.push(meaning);
        }
    }
    out
}

/// Whether somebody got it, and when: a line of the log that links to it, or another link of the note.
fn got(somebody: &Somebody<'_>, note: &Note) -> Option<Option<NaiveDate>> {
    let Somebody { index, note: own, person, today, .. } = *somebody;
    let is_it = |link: &&crate::note::Mention| {
        index.resolve(&own.path, link).note().is_some_and(|meant| meant.path == note.path)
    };
    let mut places = own.links.iter().filter(is_it).map(|link| link.span).peekable();
    places.peek()?;
    let places: Vec<_> = places.collect();
    let told = person.log.iter().rev().filter(|e| e.day <= today && !e.marks.has(Marks::SKIP));
    let mut days = told.filter_map(|entry| {
        let holds = places.iter().any(|at| entry.span.start <= at.start && at.end <= entry.span.end);
        holds.then_some(entry.day)
    });
    Some(days.next())
}
