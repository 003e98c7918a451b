//! A person: what the front matter and the body of one note say of somebody.

mod values;

use std::collections::HashSet;

use chrono::NaiveDate;

pub use values::{STATUSES, day};
use values::{birthday, cadence, channels, details, stated, status, tier};

use super::body::Body;
use super::dialect::TierId;
use super::find::{Desk, Matter};
use super::keys::Field;
use super::log::{self, Entry, Marks};
use super::org::{self, Post};
use super::plain::plain;
use super::seasonal::{Mourning, Seasons};
use crate::config::Register;
use crate::date::{self, Birthday, Window};
use crate::text::{Lang, NotePath, Span, Text, fold, head};

/// How things stand between you, where the note says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// As usual.
    #[default]
    Active,
    /// 休止: for now.
    Paused,
    /// 終了
    Closed,
    /// 連絡不要
    DoNotContact,
    /// 故人
    Deceased,
}

impl Status {
    /// Whether somebody is never to appear: not as an attendee, in a topic or an introduction either.
    pub fn is_gone(self) -> bool {
        matches!(self, Self::DoNotContact | Self::Deceased)
    }

    /// The word by which others read it, as a note may have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Closed => "closed",
            Self::DoNotContact => "do-not-contact",
            Self::Deceased => "deceased",
        }
    }
}

/// Something in their life with a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// When.
    pub day: NaiveDate,
    /// What.
    pub what: Text,
}

/// A contact that the front matter states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// When.
    pub day: NaiveDate,
    /// Through which channel, where it says so (`2026-01-15 via Slack`).
    pub channel: Option<Text>,
    /// Where it stands.
    pub span: Span,
}

/// What is said of few people; kept apart so that the many cost little memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// The postal address.
    pub address: Option<Text>,
    /// Its code.
    pub postal_code: Option<Text>,
    /// Others on the same card.
    pub joint_names: Box<[Text]>,
    /// What they are after.
    pub goals: Box<[Text]>,
    /// What they are good at.
    pub strengths: Box<[Text]>,
    /// The form of address.
    pub honorific: Option<Text>,
    /// What you call them, where the note has a key of its own for it; one of the aliases.
    pub nickname: Option<Text>,
    /// The channel to use, canonical.
    pub prefer: Option<Text>,
    /// Their language.
    pub lang: Option<Lang>,
    /// Their register, where the note says so.
    pub register: Option<Register>,
    /// 喪中
    pub mourning: Option<Mourning>,
    /// Season greetings.
    pub seasons: Seasons,
    /// Dates in their life, oldest first.
    pub milestones: Box<[Milestone]>,
    /// When the tie was noted.
    pub added: Option<NaiveDate>,
    /// Their page on the web.
    pub url: Option<Text>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their name.
    pub name: Text,
    /// How it is read, in kana.
    pub reading: Option<Text>,
    /// Other names.
    pub aliases: Box<[Text]>,
    /// The tier.
    pub tier: Option<TierId>,
    /// The tier as the note calls it, where that is not its id.
    pub tier_word: Option<Box<str>>,
    /// Their own window, in place of the tier's.
    pub cadence: Option<Window>,
    /// Contacts the front matter states.
    pub stated: Box<[Stated]>,
    /// The log, oldest first.
    pub log: Box<[Entry]>,
    /// Interests.
    pub interests: Box<[Text]>,
    /// The birthday.
    pub birthday: Option<Birthday>,
    /// Organisations.
    pub posts: Box<[Post]>,
    /// Where they live or work.
    pub location: Option<Text>,
    /// Addresses: channel (canonical) and address.
    pub channels: Box<[(Text, Text)]>,
    /// The next contact, set by hand.
    pub next: Option<NaiveDate>,
    /// Silent until then.
    pub snooze: Option<NaiveDate>,
    /// How things stand.
    pub status: Status,
    /// What is said of few.
    pub details: Option<Box<Details>>,
    /// Tags of the note, without `#`.
    pub tags: Box<[Text]>,
}

static NO_DETAILS: std::sync::LazyLock<Details> = std::sync::LazyLock::new(Details::default);

impl Person {
    /// Follow-ups that no later entry settled, up to a day, newest first. What settles an
    /// earlier one may open the next.
    pub fn threads(&self, today: NaiveDate) -> impl Iterator<Item = &Entry> {
        let mut settled = false;
        let newest_first = self.log.iter().rev().filter(move |entry| entry.day <= today);
        newest_first.filter(move |entry| {
            let open = entry.marks.has(Marks::FOLLOWUP) && !settled;
            settled |= entry.marks.has(Marks::DONE);
            open
        })
    }

    /// What is said of few; empty where nothing is.
    pub fn details(&self) -> &Details {
        self.details.as_deref().unwrap_or(&NO_DETAILS)
    }
}

/// Reads a person's note.
pub fn read(path: &NotePath, matter: &Matter<'_>, body: &Body, desk: &Desk<'_>) -> Person {
    let name = matter.text(Field::Name).unwrap_or_else(|| crate::text::one_line(path.name()).into());
    let (tier, tier_word) = tier(matter, desk);
    let mut interests = matter.words(Field::Interests);
    let tags = all_tags(matter, body, desk);
    for tag in &tags {
        if let Some(("interest" | "関心" | "趣味", interest)) = tag
            .split_once('/')
            .map(|(head, rest)| (fold(head).into_owned(), rest))
            .as_ref()
            .map(|(h, r)| (h.as_str(), *r))
            && !interests.iter().any(|known| fold(known) == fold(interest))
        {
            interests.push(interest.into());
        }
    }
    let mut posts = org::posts(matter, desk);
    posts.extend(career_list(body, desk));
    let aliases = matter.words(Field::Aliases);
    let details = details(matter, desk);
    Person {
        reading: matter.text(Field::Reading),
        aliases: aliases.into(),
        tier,
        tier_word,
        cadence: cadence(matter, desk),
        stated: stated(matter, desk).into(),
        log: own_log(body, desk).into(),
        interests: interests.into(),
        birthday: birthday(matter, desk),
        posts: posts.into(),
        location: matter.text(Field::Location),
        channels: channels(matter).into(),
        next: day(matter, Field::Next, desk),
        snooze: day(matter, Field::Snooze, desk),
        status: status(matter, desk),
        details: (details != Details::default()).then(|| Box::new(details)),
        tags: tags.into_iter().collect(),
        name,
    }
}

/// Tags of the front matter and of the body, each once. Those within list items speak of
/// their line (a log entry, a task), not of the note.
fn all_tags(matter: &Matter<'_>, body: &Body, desk: &Desk<'_>) -> Vec<Text> {
    let mut tags = matter.tags().to_vec();
    // Items come in the order of the text, those nested behind what they are nested in.
    let mut items = body.items.iter().peekable();
    let mut item_end = 0;
    let outside = body.tags.iter().filter(|tag| {
        while let Some(item) = items.next_if(|item| item.span.start <= tag.span.start) {
            item_end = item_end.max(item.span.end);
        }
        tag.span.start >= item_end
    });
    let mut words = outside.map(|tag| tag.span.of(desk.text).trim_start_matches('#')).peekable();
    if words.peek().is_some() {
        let mut known: HashSet<Text> = tags.iter().cloned().collect();
        tags.extend(words.map(Text::from).filter(|word| known.insert(word.clone())));
    }
    tags
}

/// The log, oldest first; texts only where they may be offered as a topic, or as what was done on the day.
fn own_log(body: &Body, desk: &Desk<'_>) -> Vec<Entry> {
    let mut entries = log::entries(desk, body, true);
    // Stable: entries of one day stay in the order that the log has, whichever way it runs.
    let newest_first = entries.len() > 1 && entries[0].day > entries[entries.len() - 1].day;
    if newest_first {
        entries.reverse();
    }
    entries.sort_by_key(|entry| entry.day);
    let mut newest = true;
    let mut settled = false;
    let last_day = entries.last().map(|entry| entry.day);
    for entry in entries.iter_mut().rev() {
        // What settles an earlier one may open the next.
        let open = entry.marks.has(Marks::FOLLOWUP) && !settled;
        settled |= entry.marks.has(Marks::DONE);
        let keep = (entry.is_contact() && newest)
            || open
            || (entry.id.is_some() && Some(entry.day) == last_day)
            || entry.marks.has(Marks::RECEIVED)
            || entry.marks.has(Marks::REPLY);
        newest &= !entry.is_contact();
        if keep {
            entry.keep_text(desk.text);
        }
    }
    entries
}

/// More posts nobody held …
const MOST_POSTS: usize = 100;
/// … nor longer ones, in bytes.
const LONGEST_POST: usize = 1024;

/// Posts in a body list under a heading Positions, Career, 経歴.
fn career_list(body: &Body, desk: &Desk<'_>) -> Vec<Post> {
    let mut out = Vec::new();
    for (at, heading) in body.headings.iter().enumerate() {
        if !matches!(fold(heading.text.of(desk.text)).as_ref(), "positions" | "career" | "経歴" | "職歴")
        {
            continue;
        }
        let later = &body.headings[at + 1..];
        let end = later.iter().find(|h| h.level <= heading.level).map_or(u32::MAX, |h| h.text.start);
        let from = body.items.partition_point(|i| i.span.start <= heading.text.start);
        let items = body.items[from..].iter().take_while(|i| i.span.start < end);
        let items = items.filter(|i| i.depth == 1 && !i.quoted).take(MOST_POSTS);
        out.extend(items.filter_map(|item| {
            let text = head(item.text.of(desk.text), LONGEST_POST);
            match date::find_period(text) {
                // The period may stand in front: "2019-04..2024-03 株式会社ミナト 開発部長".
                Some((range, period)) if range.start == 0 => {
                    let rest = text[range.end..].trim();
                    let mut post = match super::find::leading_link(rest) {
                        Some(_) => org::line(rest, false)?,
                        None => {
                            let (name, role) =
                                rest.split_once([' ', '\u{3000}', '、', ',']).unwrap_or((rest, ""));
                            let role = plain(role);
                            let mut post = org::line(name, false)?;
                            post.role = (!role.is_empty()).then_some(role);
                            post
                        }
                    };
                    (post.from, post.to) = (period.from, period.to);
                    Some(post)
                }
                _ => org::told(text, false, item.text, desk),
            }
        }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::edit::tests::dialect;

    #[test]
    fn lines_of_one_day_stay_in_the_order_of_the_log() {
        for (log, order) in [
            (&["2026-11-20 朝", "2026-11-20 夜"][..], [0, 1]),
            (&["2026-11-20 朝", "2026-11-20 夜", "2026-11-21 x"], [0, 1]),
            // Newest first.
            (&["2026-11-21 x", "2026-11-20 夜", "2026-11-20 朝"], [2, 1]),
        ] {
            let text = format!("---\ntype: person\n---\n## Log\n\n- {}\n", log.join("\n- "));
            let note = crate::note::read(&NotePath::new("田中.md"), text.as_bytes(), dialect());
            let of_day = note.person().into_iter().flat_map(|person| &person.log);
            let of_day = of_day.filter(|entry| entry.day.to_string() == "2026-11-20");
            let found: Vec<usize> = of_day
                .filter_map(|entry| log.iter().position(|line| entry.span.of(&text).contains(line)))
                .collect();
            assert_eq!(found, order, "{text}");
        }
    }
}
