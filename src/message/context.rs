//! What a template is given: what the notes know, in words that fit into a message.
//!
//! Whatever is not known is there all the same, empty, so that a template can ask for it.

mod career;
mod found;
mod past;
mod quote;
mod topic;
mod whom;
mod yourself;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::address::{self, Address};
use super::form::Form;
use super::jikou::jikou;
use super::occasion::Occasion;
use super::when;
use crate::config::{Config, Greeting, Register};
use crate::index::{Index, Tie};
use crate::note::Note;
use crate::note::person::Person;
use crate::page;
use crate::plan::roll::Known;
use crate::plan::{self, Came, Item, Mourner, Reach, State, Why, label};
use crate::text::Lang;

use whom::{Other, To, called, household, interests, organisation, other};
use yourself::{Yourself, yourself};

use self::quote::{named, shown};
use self::topic::topic;

pub(super) use self::career::{Together, is_own_start};

/// A birthday is near for so many days before and after it.
pub(super) const BIRTHDAY: (i64, i64) = (7, 30);

/// 先日 is within so many days.
const LATELY: i64 = 31;

/// From when on one says that one tells of a change of work late.
const LATE: i64 = 60;

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
    received_lately: bool,
    met: Option<Met>,
    year: &'static str,
    clip: Option<Clip>,
    other: Option<Other>,
    trip: Option<Trip>,
    mourning: &'static str,
    gently: bool,
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

/// A meeting of late.
#[derive(Debug, Serialize)]
struct Met {
    day: String,
    days: i64,
}

#[derive(Debug, Serialize)]
struct Last {
    day: String,
    text: String,
    ago: String,
    days: i64,
    channel: String,
    met: bool,
    unanswered: bool,
}

#[derive(Debug, Serialize)]
struct Happened {
    what: String,
    day: String,
    late: bool,
    /// A death.
    loss: bool,
    /// To which post somebody has risen, where the words say so and nothing else …
    post: String,
    /// … and their word for it.
    risen: &'static str,
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
        let favour = case.received();
        let received_lately = favour.as_ref().is_some_and(|(_, day)| (today - *day).num_days() <= LATELY);
        let received = favour.map(|(words, _)| words).unwrap_or_default();
        // One line is not used twice.
        let is_thanked = case.occasion == Some(Occasion::Thanks);
        let talk = Some(case.talk()).filter(|talk| !(is_thanked && *talk == received));
        let mut hint = Hint::default();
        let told = |line: String, hint: &mut String| {
            let topic = if case.names_them(&line) { String::new() } else { topic(&line, lang) };
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
        // A title that they cannot read is not quoted; an address has no language.
        let clip = clip.map(|clip| {
            let title = legible(&clip.title, lang);
            if title.is_empty() {
                hint.clip = clip.title;
            }
            Clip { title, ..clip }
        });
        let household = household(case);
        Self {
            occasion: name.to_owned(),
            lang: lang.code(),
            register: register.word().to_owned(),
            form: form.name(),
            season: case.season.map(|season| line(&season.called)).unwrap_or_default(),
            public: case.public,
            to: To {
                name: called(&address.name),
                titled: shown(&address.titled),
                call: called(&address.call),
                short: called(&address.short),
                org: post.map(|post| organisation(&post.org, lang)).unwrap_or_default(),
                worked_together: case.worked_together(),
                role: post.and_then(|post| post.role.as_deref()).map(line).unwrap_or_default(),
                household: household.is_some(),
                lines: household.unwrap_or(address.lines).iter().map(|text| called(text)).collect(),
                interests: interests(case, me),
            },
            me: me.map(|me| yourself(case, me)).unwrap_or_default(),
            last: last(case),
            silence: silence(case),
            talk,
            hint,
            event: legible(&case.event(), lang),
            milestone: case.milestone().map(|(text, day)| {
                let what = legible(&named(text), lang);
                let (post, risen) = risen(&what, lang).unwrap_or(("", ""));
                let (post, late) = (post.to_owned(), (today - day).num_days() > 7);
                let loss = page::tone(text) == page::Tone::Loss;
                Happened { day: when::day(day, today, lang), late, loss, post, risen, what }
            }),
            birthday: birthday(case),
            promise,
            waiting,
            received,
            received_lately,
            met: case
                .meeting()
                .map(|day| Met { day: when::day(day, today, lang), days: (today - day).num_days() }),
            year: case.year().word(),
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
            gently: case.is_in_trouble(),
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

/// Nothing where the reader of an English message would find Japanese letters: that is for the writer to
/// put into English. An organisation goes by the name it has.
fn legible(text: &str, lang: Lang) -> String {
    if lang == Lang::En && address::is_japanese(text) { String::new() } else { text.to_owned() }
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
        unanswered: case.unanswered().is_some(),
    })
}

/// To which post somebody has risen: 部長 of 部長に昇進, `director` of `promoted to director`; and the word
/// for it. None where the words say more than that, or in another language.
fn risen(what: &str, lang: Lang) -> Option<(&str, &'static str)> {
    const JA: [&str; 3] = ["昇進", "昇格", "就任"];
    const EN: [&str; 3] = ["promoted to ", "promotion to ", "appointed "];
    match lang {
        Lang::Ja => {
            let (post, word) = JA.iter().find_map(|word| Some((what.strip_suffix(word)?, *word)))?;
            let post =
                ["への", "に", "へ", "の"].iter().find_map(|end| post.strip_suffix(end)).unwrap_or(post);
            let is_name = !post.is_empty() && !post.contains(['は', 'が', 'を', 'に', 'で', '、', ' ', '　']);
            is_name.then_some((post, word))
        }
        Lang::En => {
            let lower = what.to_ascii_lowercase();
            let len = EN.iter().find(|words| lower.starts_with(**words))?.len();
            let post = what.get(len..)?.trim();
            (post.is_ascii() && !post.is_empty() && !post.contains([',', ';'])).then_some((post, ""))
        }
    }
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
    let (early, belated) = BIRTHDAY;
    let Case { today, lang, person, .. } = *case;
    let born = person.birthday?;
    let around = || (today.year() - 1..=today.year() + 1).filter_map(|year| born.in_year(year));
    let was = around().rfind(|day| *day < today && (today - *day).num_days() <= belated);
    let next = around().find(|day| *day >= today);
    match was.filter(|_| next != Some(today)).or(next) {
        Some(day) => Some(Birthday {
            day: when::day(day, day, lang),
            early: (1..=early).contains(&(day - today).num_days()),
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

/// In which form a greeting of theirs came that is answered.
pub(super) fn answered(case: &Case<'_>) -> Option<Came> {
    match case.item.map(|item| &item.why) {
        Some(Why::Season { greeted, .. }) => greeted.answer,
        _ => None,
    }
}

/// The year that a new year's greeting is about.
fn new_year(season: Option<&Known>, today: NaiveDate) -> i32 {
    let is_of_it = |season: &&Known| season.greeting == Greeting::NewYear;
    let next = || today.year() + i32::from(today.month() > 6);
    season.filter(is_of_it).map_or_else(next, |season| season.year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_post_to_which_somebody_has_risen() {
        let ja = |what: &str| risen(what, Lang::Ja).map(|(post, word)| format!("{post} {word}"));
        for what in ["部長昇進", "部長に昇進", "部長への昇進"] {
            assert_eq!(ja(what).as_deref(), Some("部長 昇進"), "{what}");
        }
        assert_eq!(ja("代表取締役に就任").as_deref(), Some("代表取締役 就任"));
        for what in ["昇進", "部長になる", "四月に部長に昇進", "promoted to director"] {
            assert_eq!(ja(what), None, "{what}");
        }
        assert_eq!(risen("Promoted to director", Lang::En), Some(("director", "")));
        assert_eq!(risen("部長昇進", Lang::En), None);
    }
}
