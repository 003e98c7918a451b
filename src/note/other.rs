//! Notes that are no persons: events, organisations, trips, clips, the note `me`.

mod me;

use chrono::NaiveDate;

pub use me::me;

use super::body::Body;
use super::find::{Desk, Matter, is_not_yet, leading_link, links_apart, shown};
use super::keys::{Field, normal};
use super::log::{self, Entry};
use super::person;
use super::plain::plain;
use super::region::{Found, Name, find};
use super::seasonal::Mourning;
use super::talk::{Talk, talks};
use super::value::Data;
use crate::date::{Partial, Stretch};
use crate::text::{Lang, NotePath, Span, Text, fold};

/// Somebody named among an event's attendees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// The link's target, or the name as written.
    pub target: Text,
    /// Marked as absent (`"[[X]] (欠席)"`).
    pub absent: bool,
    /// Where it stands.
    pub span: Span,
}

/// Whether an event takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EventStatus {
    /// It does, or did.
    #[default]
    Held,
    /// Not yet decided.
    Planned,
    /// Called off.
    Cancelled,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its day, the first of several.
    pub day: Option<NaiveDate>,
    /// The last of several.
    pub last: Option<NaiveDate>,
    /// Who comes.
    pub attendees: Box<[Attendee]>,
    /// Where.
    pub place: Option<Text>,
    /// What you want of it.
    pub goal: Option<Text>,
    /// Whether it takes place.
    pub status: EventStatus,
    /// Lines of the body that link to somebody.
    pub talks: Box<[Talk]>,
    /// Something stands under a heading for what is prepared.
    pub prepared: bool,
    /// Its log.
    pub log: Box<[Entry]>,
}

/// A trip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trip {
    /// Where to.
    pub location: Option<Text>,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

/// Something worth sharing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    /// What it is about: its tags and topics.
    pub topics: Box<[Text]>,
    /// Where it was found.
    pub url: Option<Text>,
    /// When it was kept.
    pub day: Option<NaiveDate>,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Org {
    /// Other names.
    pub aliases: Box<[Text]>,
    /// Its log.
    pub log: Box<[Entry]>,
}

/// A post of yours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Career {
    /// The organisation.
    pub org: Text,
    /// The role.
    pub role: Option<Text>,
    /// First day at work.
    pub from: Option<Partial>,
    /// Last day at work.
    pub to: Option<Partial>,
}

/// Something you want to do regularly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Habit {
    /// What.
    pub what: Text,
    /// How often.
    pub every: Stretch,
    /// The folder whose newest dated note shows it.
    pub folder: Option<Text>,
}

/// You.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// Your name.
    pub name: Option<Text>,
    /// Other names of yours.
    pub aliases: Box<[Text]>,
    /// Where you live.
    pub location: Option<Text>,
    /// Your language.
    pub lang: Option<Lang>,
    /// Where you worked and work, oldest first.
    pub career: Box<[Career]>,
    /// What you want to do regularly.
    pub habits: Box<[Habit]>,
    /// Your interests.
    pub interests: Box<[Text]>,
    /// What you are after.
    pub goals: Box<[Text]>,
    /// What you are good at.
    pub strengths: Box<[Text]>,
    /// Days of rest, first and last.
    pub away: Box<[(NaiveDate, NaiveDate)]>,
    /// Where others can make a date with you.
    pub booking: Option<Text>,
    /// 喪中
    pub mourning: Option<Mourning>,
    /// Your own log.
    pub log: Box<[Entry]>,
}

/// Reads an event; its day may stand in its name alone.
pub fn event(path: &NotePath, matter: &Matter<'_>, body: &Body, desk: &Desk<'_>) -> Event {
    let day = person::day(matter, Field::Date, desk)
        .or_else(|| person::day(matter, Field::Start, desk))
        .or_else(|| desk.dialect.day_of(path.as_str()));
    let mut attendees = Vec::new();
    for pair in matter.all(Field::Attendees) {
        for node in pair.value.members() {
            let Some(text) = node.text() else { continue };
            if leading_link(&text).is_none() && !matches!(pair.value.data, Data::List(_)) {
                let names = text.split([',', '、', '，']);
                attendees.extend(names.filter_map(|name| attendee(name, node.span)));
            } else {
                attendees.extend(links_apart(&text).filter_map(|part| attendee(part, node.span)));
            }
        }
    }
    let status = matter.text(Field::Status).map_or(EventStatus::Held, |word| match normal(&word).as_ref() {
        "cancelled" | "canceled" | "中止" | "キャンセル" | "取消" => EventStatus::Cancelled,
        "planned" | "tentative" | "予定" | "仮" | "未定" => EventStatus::Planned,
        _ => EventStatus::Held,
    });
    Event {
        day,
        last: person::day(matter, Field::End, desk),
        talks: talks(body, |link| attendees.iter().any(|other| other.target == link.target), desk),
        attendees: attendees.into(),
        place: matter.text(Field::Location),
        goal: goal(matter, Field::Goal).or_else(|| goal(matter, Field::Goals)),
        status,
        prepared: is_prepared(body, desk) || matches!(find(desk.text, Name::Prep), Found::One(_)),
        log: log::kept(desk, body).into(),
    }
}

/// What is wanted of it: all of a list.
fn goal(matter: &Matter<'_>, field: Field) -> Option<Text> {
    let members = matter.all(field).flat_map(|pair| pair.value.members());
    let texts = members.filter_map(|node| Some(shown(&node.text()?)));
    let texts: Vec<Text> = texts.filter(|text| !text.is_empty() && !is_not_yet(text)).collect();
    (!texts.is_empty()).then(|| texts.join(" / ").into())
}

/// Whether words stand under a heading for what is prepared.
fn is_prepared(body: &Body, desk: &Desk<'_>) -> bool {
    body.headings.iter().enumerate().any(|(at, heading)| {
        if !Name::Prep.is_under(&plain(heading.text.of(desk.text))) {
            return false;
        }
        let next = body.headings[at + 1..].iter().find(|other| other.level <= heading.level);
        let from = heading.text.end as usize;
        // The text of a heading begins behind its signs.
        let to = next.map_or(desk.text.len(), |next| next.text.start as usize);
        let below = desk.text.get(from..to).unwrap_or_default();
        below.lines().any(|line| line.chars().any(char::is_alphanumeric))
    })
}

fn attendee(text: &str, span: Span) -> Option<Attendee> {
    let (target, rest) = match leading_link(text) {
        Some((target, rest)) => (target, rest.trim()),
        None => match text.split_once(['(', '（']) {
            Some((name, mark)) => (name.trim().to_owned(), mark),
            None => (text.trim().to_owned(), ""),
        },
    };
    let mark = fold(rest.trim_matches(['(', ')', '（', '）', ' ', '\u{3000}', '-', '—', ':'])).into_owned();
    let absent = matches!(
        mark.as_str(),
        "欠席"
            | "不参加"
            | "欠"
            | "キャンセル"
            | "辞退"
            | "absent"
            | "declined"
            | "no-show"
            | "no show"
            | "cancelled"
            | "canceled"
            | "did not come"
    );
    (!target.is_empty()).then(|| Attendee { target: target.into(), absent, span })
}

/// Reads a trip.
pub fn trip(matter: &Matter<'_>, desk: &Desk<'_>) -> Trip {
    let from = person::day(matter, Field::From, desk).or_else(|| person::day(matter, Field::Start, desk));
    let from = from.or_else(|| person::day(matter, Field::Date, desk));
    let to = person::day(matter, Field::To, desk).or_else(|| person::day(matter, Field::End, desk));
    Trip { location: matter.text(Field::Location), from, to: to.or(from) }
}

/// Reads a clip; its day may stand in its name alone.
pub fn clip(path: &NotePath, matter: &Matter<'_>, desk: &Desk<'_>) -> Clip {
    let mut topics = matter.words(Field::Interests);
    topics.extend_from_slice(matter.tags());
    let day =
        [Field::Clipped, Field::Added, Field::Date].into_iter().find_map(|f| person::day(matter, f, desk));
    Clip {
        topics: topics.into(),
        url: matter.text(Field::Url),
        day: day.or_else(|| desk.dialect.day_of(path.as_str())),
    }
}

/// Reads an organisation.
pub fn organisation(matter: &Matter<'_>, body: &Body, desk: &Desk<'_>) -> Org {
    let mut aliases = matter.words(Field::Aliases);
    aliases.extend(matter.text(Field::Name));
    Org { aliases: aliases.into(), log: log::kept(desk, body).into() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use crate::note::edit::tests::dialect;
    use crate::note::{Kind, read};
    use crate::text::NotePath;

    fn event(text: &str) -> super::Event {
        let text = format!("---\ntype: event\n{text}");
        match read(&NotePath::new("会.md"), text.as_bytes(), dialect()).kind {
            Kind::Event(event) => *event,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn names_in_one_text_are_parted_and_those_of_a_list_are_not() {
        for (attendees, names) in [
            ("田中、鈴木", &["田中", "鈴木"][..]),
            ("[\"Smith, John\", 鈴木]", &["Smith, John", "鈴木"]),
            ("\"[[田中]], [[鈴木]]\"", &["田中", "鈴木"]),
        ] {
            let event = event(&format!("attendees: {attendees}\n---\n"));
            let all: Vec<&str> = event.attendees.iter().map(|attendee| &*attendee.target).collect();
            assert_eq!(all, names, "{attendees}");
        }
    }
}
