//! What a template is given: what the notes know, in words that fit into a message.
//!
//! Whatever is not known is there all the same, empty, so that a template can ask for it.

mod found;
mod topic;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use self::topic::topic;
use super::address::{self, Address};
use super::form::Form;
use super::jikou::jikou;
use super::occasion::Occasion;
use super::when;
use crate::config::{Config, Register};
use crate::index::{Index, Tie};
use crate::note::Note;
use crate::note::other::Me;
use crate::note::person::Person;
use crate::page;
use crate::plan::roll::Known;
use crate::plan::{self, Came, Item, Mourner, Reach, State, Why, label};
use crate::text::{Lang, Text, one_line};

/// More of a note's line is no longer what one quotes: in Japanese, and in Latin letters.
const LONGEST: (usize, usize) = (40, 80);

/// Whom a message is for, and what is known by now of what it will be.
pub(super) struct Case<'a> {
    pub index: &'a Index,
    pub config: &'a Config,
    pub today: NaiveDate,
    pub note: &'a Note,
    pub person: &'a Person,
    pub tie: &'a Tie,
    pub reach: &'a Reach,
    /// Their item on the agenda, where the message is written for its reason.
    pub item: Option<&'a Item>,
    /// None for a template of the user's own.
    pub occasion: Option<Occasion>,
    pub season: Option<&'a Known>,
    pub register: Register,
    pub form: Form,
    pub lang: Lang,
    pub public: bool,
}

/// What a template is given.
#[derive(Debug, Serialize)]
pub(super) struct Context {
    occasion: String,
    lang: &'static str,
    register: String,
    form: &'static str,
    season: String,
    public: bool,
    to: To,
    me: Yourself,
    last: Option<Last>,
    silence: &'static str,
    talk: String,
    hint: Hint,
    event: String,
    milestone: Option<Happened>,
    birthday: Option<Birthday>,
    promise: String,
    waiting: String,
    received: String,
    clip: Option<Clip>,
    other: Option<Other>,
    trip: Option<Trip>,
    mourning: &'static str,
    quiet: bool,
    answer: bool,
    answered_form: &'static str,
    late_reply: bool,
    jikou: &'static str,
    new_year: i32,
    today: String,
    date: Date,
}

/// Lines of the notes that are no topics: not to be said, but to be reminded of in a blank.
#[derive(Debug, Default, Serialize)]
struct Hint {
    talk: String,
    promise: String,
    waiting: String,
    received: String,
    clip: String,
}

#[derive(Debug, Serialize)]
struct Date {
    year: i32,
    month: u32,
    day: u32,
}

#[derive(Debug, Serialize)]
struct To {
    name: String,
    call: String,
    short: String,
    org: String,
    role: String,
    lines: Vec<String>,
    interests: Vec<String>,
}

#[derive(Debug, Default, Serialize)]
struct Yourself {
    name: String,
    short: String,
    org: String,
    role: String,
    booking: String,
    left_org: String,
    left_day: String,
    left_past: bool,
    location: String,
}

#[derive(Debug, Serialize)]
struct Last {
    day: String,
    text: String,
    ago: String,
    days: i64,
    channel: String,
    met: bool,
}

#[derive(Debug, Serialize)]
struct Happened {
    what: String,
    day: String,
    late: bool,
}

#[derive(Debug, Serialize)]
struct Birthday {
    day: String,
    early: bool,
    belated: bool,
    today: bool,
}

#[derive(Debug, Serialize)]
struct Clip {
    title: String,
    url: String,
}

#[derive(Debug, Serialize)]
struct Other {
    name: String,
    call: String,
    short: String,
    interests: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Trip {
    place: String,
    days: String,
}

impl Context {
    /// What is known for a message; `name` is the name of its occasion.
    pub fn of(case: &Case<'_>, name: &str) -> Self {
        let Case { index, today, person, lang, register, form, .. } = *case;
        let me = index.me().map(|(_, me)| me);
        let address = Address::of(person, today, register, form, lang);
        let post = label::held(&person.posts, today);
        let line = |text: &str| shown(text);
        let called = called(person, lang);
        let received = case.received();
        // One line is not used twice.
        let is_thanked = case.occasion == Some(Occasion::Thanks);
        let talk = Some(case.talk()).filter(|talk| !(is_thanked && *talk == received));
        let mut hint = Hint::default();
        let told = |line: String, hint: &mut String| {
            let topic = topic(&line, lang);
            if topic.is_empty() {
                *hint = line;
            }
            topic
        };
        let talk = told(talk.unwrap_or_default(), &mut hint.talk);
        let promise = told(case.task(false), &mut hint.promise);
        let waiting = told(case.task(true), &mut hint.waiting);
        let received = told(received, &mut hint.received);
        let answered = answered(case);
        let clip = case.clip().map(|(title, url)| Clip { title: line(&title), url: line(&url) });
        // Nobody is sent what they cannot read.
        let (clip, unread) = match clip {
            Some(clip) if legible(&clip.title, lang).is_empty() => (None, clip.title),
            clip => (clip, String::new()),
        };
        hint.clip = unread;
        Self {
            occasion: name.to_owned(),
            lang: lang.code(),
            register: register.word().to_owned(),
            form: form.name(),
            season: case.season.map(|season| line(&season.called)).unwrap_or_default(),
            public: case.public,
            to: To {
                name: called(&address.name),
                call: called(&address.call),
                short: called(&address.short),
                org: post.map(|post| line(&post.org)).unwrap_or_default(),
                role: post.and_then(|post| post.role.as_deref()).map(line).unwrap_or_default(),
                lines: address.lines.iter().map(|text| called(text)).collect(),
                interests: interests(case, me),
            },
            me: me.map(|me| yourself(case, me)).unwrap_or_default(),
            last: last(case),
            silence: silence(case),
            talk,
            hint,
            event: legible(&case.event(), lang),
            milestone: case.milestone().map(|(what, day)| Happened {
                what: legible(&named(what), lang),
                day: when::day(day, today, lang),
                late: (today - day).num_days() > 7,
            }),
            birthday: birthday(case),
            promise,
            waiting,
            received,
            clip,
            other: other(case),
            trip: case.trip().map(|(place, from, to)| Trip {
                place: legible(&line(&place), lang),
                days: when::days(from, to, today, lang),
            }),
            mourning: match case.mourner() {
                Some(Mourner::Them) => "them",
                Some(Mourner::You) => "you",
                None => "",
            },
            quiet: plan::quiet_until(person, today).is_some(),
            answer: answered.is_some(),
            answered_form: match answered {
                Some(Came::Card) => "card",
                Some(Came::Message) => "mail",
                None => "",
            },
            late_reply: case.replies_late(),
            jikou: jikou(today, register, lang),
            new_year: new_year(case.season, today),
            today: when::full(today, lang),
            date: Date { year: today.year(), month: today.month(), day: today.day() },
        }
    }
}

/// A text of a note in one line, without what a message has a meaning of its own for.
fn shown(text: &str) -> String {
    let text = one_line(text);
    let signs = [("{{", "｛｛"), ("}}", "｝｝"), ("{%", "｛%"), ("%}", "%｝"), ("〔", "（"), ("〕", "）")];
    signs.into_iter().fold(text.into_owned(), |text, (sign, harmless)| text.replace(sign, harmless))
}

/// Nothing where the reader of an English message would find Japanese letters: that is for the writer to
/// put into English. An organisation goes by the name it has.
fn legible(text: &str, lang: Lang) -> String {
    if lang == Lang::En && address::is_japanese(text) { String::new() } else { text.to_owned() }
}

/// A name, or a blank for it where it is not known in the letters of the language.
fn called(person: &Person, lang: Lang) -> impl Fn(&str) -> String {
    let name = shown(&person.name);
    move |known| match lang {
        _ if !known.is_empty() => shown(known),
        Lang::Ja => format!("〔{name}〕"),
        Lang::En => format!("〔{name} in Latin letters〕"),
    }
}

/// As [`named`]; nothing where the words tell of a death, an illness or a failure: whoever has to speak
/// of that finds words of their own.
pub(super) fn quoted(text: &str) -> String {
    if page::is_sombre(text) { String::new() } else { named(text) }
}

/// What a line of a note says, as something that one names: without tags and the last sign, its first
/// sentence; nothing where that is long.
pub(super) fn named(text: &str) -> String {
    let shown = shown(text);
    let words: Vec<&str> = shown.split(' ').filter(|word| !is_tag(word)).collect();
    let words = words.join(" ");
    let end = words.char_indices().find(|(at, c)| {
        let next = words[at + c.len_utf8()..].chars().next();
        matches!(c, '。' | '！' | '？') || (matches!(c, '.' | '!' | '?') && next.is_none_or(|c| c == ' '))
    });
    let first = end.map_or(&*words, |(at, _)| &words[..at]);
    let first = first.trim_matches(|c: char| c.is_whitespace() || "「」“”\"、,;:：；".contains(c));
    let longest = if first.is_ascii() { LONGEST.1 } else { LONGEST.0 };
    if first.chars().count() > longest { String::new() } else { first.to_owned() }
}

fn is_tag(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|rest| rest.chars().next().is_some_and(char::is_alphabetic))
}

/// What the clip is about first, then what is in common.
fn interests(case: &Case<'_>, me: Option<&Me>) -> Vec<String> {
    let theirs = &case.person.interests;
    let common = |with: &[Text]| plan::common_interests(case.config, theirs, with);
    let mut all: Vec<&str> = common(case.clip_topics());
    all.extend(common(me.map_or(&[], |me| &me.interests)));
    all.extend(theirs.iter().map(|word| &**word));
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|word| seen.insert(*word) && !legible(word, case.lang).is_empty());
    all.into_iter().map(shown).collect()
}

fn yourself(case: &Case<'_>, me: &Me) -> Yourself {
    let Case { today, lang, .. } = *case;
    let line = |text: &Option<Text>| text.as_deref().map(shown).unwrap_or_default();
    let (name, short) = address::own(&line(&me.name), &me.aliases, lang);
    let mut held = me.career.iter().filter(|post| {
        post.from.is_none_or(|from| from.first_day() <= today)
            && post.to.is_none_or(|to| to.last_day() >= today)
    });
    let held = held.next_back();
    let left = case.left(me);
    Yourself {
        short: shown(&short),
        org: case.works_at(me, held),
        role: held.map(|post| legible(&line(&post.role), lang)).unwrap_or_default(),
        booking: line(&me.booking),
        left_org: left.as_ref().map(|(org, _)| shown(org)).unwrap_or_default(),
        left_past: left.as_ref().is_some_and(|(_, day)| *day < today),
        left_day: left.map(|(_, day)| when::day(day, today, lang)).unwrap_or_default(),
        location: legible(&line(&me.location), lang),
        name: shown(&name),
    }
}

fn last(case: &Case<'_>) -> Option<Last> {
    let Case { today, lang, .. } = *case;
    let day = case.reach.last?;
    let channel = plan::reach::last_channel(case.person, today);
    Some(Last {
        day: when::day(day, today, lang),
        text: topic(&case.last_words(day), lang),
        ago: when::ago(day, today, lang),
        days: (today - day).num_days(),
        channel: channel.map(|channel| page::channel_name(&channel, lang)).unwrap_or_default(),
        met: case.met_on(day),
    })
}

/// How long it has been quiet between you.
fn silence(case: &Case<'_>) -> &'static str {
    let Some(last) = case.reach.last else { return "none" };
    let is_long = match case.reach.window {
        _ if case.reach.state == State::Dormant => true,
        Some(window) => window.doubled().due(last) < case.today,
        None => (case.today - last).num_days() > 365,
    };
    if is_long { "long" } else { "short" }
}

/// The birthday next to today: one that was these days is belated.
fn birthday(case: &Case<'_>) -> Option<Birthday> {
    const BELATED: i64 = 30;
    const EARLY: i64 = 7;
    let Case { today, lang, person, .. } = *case;
    let born = person.birthday?;
    let around = || (today.year() - 1..=today.year() + 1).filter_map(|year| born.in_year(year));
    let was = around().rfind(|day| *day < today && (today - *day).num_days() <= BELATED);
    let next = around().find(|day| *day >= today);
    match was.filter(|_| next != Some(today)).or(next) {
        Some(day) => Some(Birthday {
            day: when::day(day, day, lang),
            early: (1..=EARLY).contains(&(day - today).num_days()),
            belated: day < today,
            today: day == today,
        }),
        // Only the month is known.
        None => Some(Birthday {
            day: match lang {
                Lang::Ja => format!("{}月", born.month),
                Lang::En => page::month_name(born.month).to_owned(),
            },
            early: false,
            belated: false,
            today: false,
        }),
    }
}

/// Whom they should know.
fn other(case: &Case<'_>) -> Option<Other> {
    let Some(Why::Introduce { other, interests, .. }) = case.item.map(|item| &item.why) else { return None };
    let (_, person, _) = case.index.person(other.as_str())?;
    let address = Address::of(person, case.today, case.register, case.form, case.lang);
    let called = called(person, case.lang);
    let interests = interests.iter().map(|word| legible(&shown(word), case.lang));
    Some(Other {
        name: called(&address.name),
        call: called(&address.call),
        short: called(&address.short),
        interests: interests.filter(|word| !word.is_empty()).collect(),
    })
}

/// In which form a greeting of theirs came that is answered.
fn answered(case: &Case<'_>) -> Option<Came> {
    match case.item.map(|item| &item.why) {
        Some(Why::Season { greeted, .. }) => greeted.answer,
        _ => None,
    }
}

/// The year that a new year's greeting is about.
fn new_year(season: Option<&Known>, today: NaiveDate) -> i32 {
    let is_of_it = |season: &&Known| season.greeting == crate::config::Greeting::NewYear;
    let next = || today.year() + i32::from(today.month() > 6);
    season.filter(is_of_it).map_or_else(next, |season| season.year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_note_as_something_that_one_names() {
        let check = |text: &str, want: &str| assert_eq!(quoted(text), want, "{text}");
        check("近況を聞いた。元気そうだった", "近況を聞いた");
        check("Talked about Rust 1.90. Fine", "Talked about Rust 1.90");
        check("Zigの話 #followup", "Zigの話");
        check("「資料」", "資料");
        check("{{ x }} 〔y〕", "｛｛ x ｝｝ （y）");
        check("{% if %}", "｛% if %｝");
        check("お母さまのご逝去にお悔やみを", "");
        check("her father was in hospital", "");
        check(&"あ".repeat(41), "");
        check(&"a".repeat(80), &"a".repeat(80));
    }
}
