//! The organisations whose matters are not told: those that the user has left, and the clients', as they
//! are said in talk.

use super::called::Names;
use super::{Addressee, Case};
use crate::config::Config;
use crate::note::org::short_name as short_org;
use crate::note::person::Person;
use crate::plan::reach;

/// First words of many firms, which alone are none.
const WORDS: [&str; 72] = [
    "advanced",
    "allied",
    "alpha",
    "american",
    "apple",
    "asia",
    "bank",
    "best",
    "blue",
    "bright",
    "british",
    "capital",
    "central",
    "city",
    "clear",
    "cloud",
    "creative",
    "data",
    "digital",
    "east",
    "eastern",
    "european",
    "first",
    "future",
    "general",
    "german",
    "global",
    "good",
    "grand",
    "green",
    "health",
    "home",
    "house",
    "international",
    "japan",
    "king",
    "life",
    "london",
    "medical",
    "metro",
    "modern",
    "national",
    "next",
    "north",
    "northern",
    "open",
    "pacific",
    "people",
    "pioneer",
    "premier",
    "public",
    "royal",
    "simple",
    "smart",
    "social",
    "south",
    "standard",
    "state",
    "summit",
    "tokyo",
    "total",
    "united",
    "universal",
    "university",
    "west",
    "western",
    "world",
    "あおぞら",
    "さくら",
    "ひかり",
    "みどり",
    "みらい",
];

/// The names that patterns ask for, folded.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Organisations that the user has left, the long spelling before the short one.
    pub former: Vec<String>,
    /// Those of clients, but where the message goes.
    pub clients: Vec<String>,
}

impl Left {
    /// As the notes tell, for a message as it was written.
    pub fn of(case: Case<'_>, to: Option<&Addressee<'_>>, written: &str) -> Self {
        let Some((_, me)) = case.index.me() else { return Self::default() };
        let is_over = |to: Option<crate::date::Partial>| to.is_some_and(|to| to.last_day() < case.today);
        let is_held = |org: &str| me.career.iter().any(|post| post.org == *org && !is_over(post.to));
        let left = me.career.iter().filter(|post| is_over(post.to) && !is_held(&post.org));
        let mut former: Vec<String> = left.map(|post| short_org(&post.org)).collect();
        former.retain(|name| name.chars().count() >= 2);
        let people = || case.index.people().map(|(_, person, _)| person);
        let mut others: Vec<String> = people().flat_map(orgs).collect();
        others.extend(me.career.iter().map(|post| short_org(&post.org)));
        let nicks = former.iter().filter_map(|org| {
            let nick = first_word(org)?;
            let is_others = || {
                others.iter().any(|other| other != org && other.starts_with(nick))
                    || people().any(|person| Names::of(person).all().any(|name| name == nick))
            };
            (is_name_in(nick, written) && !is_others()).then(|| nick.to_owned())
        });
        let nicks: Vec<String> = nicks.collect();
        let clients = if former.is_empty() || to.is_some_and(|to| is_workmate(case, to)) {
            Vec::new()
        } else {
            clients(case.config, people(), to)
        };
        former.extend(nicks);
        Self { former, clients }
    }
}

fn orgs(person: &Person) -> impl Iterator<Item = String> {
    person.posts.iter().map(|post| short_org(&post.org)).filter(|name| name.chars().count() >= 2)
}

/// Whether they work where the user works now: there the matters of clients are daily work.
fn is_workmate(case: Case<'_>, to: &Addressee<'_>) -> bool {
    let Some((_, me)) = case.index.me() else { return false };
    let now = me.career.iter().filter(|post| post.to.is_none_or(|to| to.last_day() >= case.today));
    now.map(|post| short_org(&post.org)).any(|mine| orgs(to.person).any(|org| org == mine))
}

fn clients<'p>(
    config: &Config,
    people: impl Iterator<Item = &'p Person>,
    to: Option<&Addressee<'_>>,
) -> Vec<String> {
    let is_client = |person: &&Person| reach::tier(person, config).is_some_and(|tier| &*tier.id == "client");
    let is_theirs = |name: &String| to.is_some_and(|to| orgs(to.person).any(|own| own == *name));
    let mut all: Vec<String> =
        people.filter(is_client).flat_map(orgs).filter(|name| !is_theirs(name)).collect();
    all.sort();
    all.dedup();
    all
}

/// What a firm of several words is called for short: Kestrel Systems, かわせみ情報サービス.
fn first_word(org: &str) -> Option<&str> {
    let is_hiragana = |c: char| matches!(c, 'ぁ'..='ゖ' | 'ー');
    let is_katakana = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー');
    let length = match org.chars().next()? {
        c if c.is_ascii() => org.find(' ')?,
        c if is_hiragana(c) => org.find(|c| !is_hiragana(c))?,
        c if is_katakana(c) => org.find(|c| !is_katakana(c))?,
        _ => return None,
    };
    let word = org.get(..length)?;
    let least = if word.is_ascii() { 4 } else { 3 };
    let is_plain = !word.is_ascii() || word.bytes().all(|c| c.is_ascii_alphanumeric());
    (word.chars().count() >= least && is_plain && !WORDS.contains(&word)).then_some(word)
}

/// Whether a word stands in a text as a name: one of Latin letters never without a capital.
fn is_name_in(word: &str, text: &str) -> bool {
    if !word.is_ascii() {
        return true;
    }
    let all = || text.split(|c: char| !c.is_alphanumeric()).filter(|other| other.eq_ignore_ascii_case(word));
    all().next().is_some() && all().all(|other| other.starts_with(char::is_uppercase))
}
