//! A person: what the front matter and the body of one note say of somebody.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::body::Body;
use super::dialect::TierId;
use super::find::{Desk, Matter, is_not_yet, shown, words_of};
use super::keys::{Field, addresses, channel, channel_key, normal};
use super::log::{self, Entry, Marks};
use super::org::{self, Post};
use super::plain::plain;
use super::seasonal;
use super::value::Data;
use crate::config::Register;
use crate::date::{self, Birthday, Window};
use crate::problem::What;
use crate::text::{Lang, NotePath, Span, Text, fold, head, nearest};

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

/// 喪中: what is known of the death.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mourning {
    /// Its day.
    Day(NaiveDate),
    /// Its year alone.
    Year(i32),
}

/// Which season greetings are still sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Seasons {
    /// As the tier says.
    #[default]
    Usual,
    /// None at all.
    None,
    /// Only these.
    Only(Box<[Text]>),
    /// All but 年賀 (年賀状じまい).
    NoNengajo,
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
    pub tier_word: Option<Text>,
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

fn tier(matter: &Matter<'_>, desk: &Desk<'_>) -> (Option<TierId>, Option<Text>) {
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
                let called = (!desk.dialect.is_tier_id(&word)).then_some(word);
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

fn cadence(matter: &Matter<'_>, desk: &Desk<'_>) -> Option<Window> {
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

fn stated(matter: &Matter<'_>, desk: &Desk<'_>) -> Vec<Stated> {
    let mut out = Vec::new();
    for pair in matter.all(Field::LastContact) {
        if matches!(pair.value.data, Data::Map(_)) {
            desk.bad_value(pair, "2026-09-14");
            continue;
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

/// The log, oldest first; texts only where they may be offered as a topic.
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
    for entry in entries.iter_mut().rev() {
        // What settles an earlier one may open the next.
        let open = entry.marks.has(Marks::FOLLOWUP) && !settled;
        settled |= entry.marks.has(Marks::DONE);
        let keep = (entry.is_contact() && newest)
            || open
            || entry.marks.has(Marks::RECEIVED)
            || entry.marks.has(Marks::REPLY);
        newest &= !entry.is_contact();
        if keep {
            entry.keep_text(desk.text);
        }
    }
    entries
}

fn birthday(matter: &Matter<'_>, desk: &Desk<'_>) -> Option<Birthday> {
    for pair in matter.all(Field::Birthday) {
        let Some(text) = pair.value.text() else { continue };
        if is_not_yet(&text) {
            continue;
        }
        let target = super::find::leading_link(&text).map(|(target, _)| target);
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

fn status(matter: &Matter<'_>, desk: &Desk<'_>) -> Status {
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

pub(super) fn is_yes(text: &str) -> bool {
    matches!(fold(text).as_ref(), "true" | "yes" | "on" | "1" | "はい")
}

/// More addresses nobody has.
const MOST_ADDRESSES: usize = 100;

fn channels(matter: &Matter<'_>) -> Vec<(Text, Text)> {
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

fn details(matter: &Matter<'_>, desk: &Desk<'_>) -> Details {
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
