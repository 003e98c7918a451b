//! What stands on a card: the names with their form of address, the postal address, the post held.
//!
//! On a card the full name bears 様, and organisation and role have places of their own: so no role
//! ever comes to stand in front of 様, and no name has to be split into family and given name.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::address;
use super::name::{is_own_name, is_role, plain};
use crate::note::org::Post;
use crate::note::person::Person;
use crate::text::{Lang, Text, one_line};

pub use super::name::form_of_address;

/// The form of address of whoever's note says no other.
const USUAL: &str = "様";

/// What stands on a card to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label<'a> {
    /// The full name, in one line.
    pub name: Cow<'a, str>,
    /// 様, or what the note says; none where the name has one, or the language knows none.
    pub honorific: Option<Cow<'a, str>>,
    /// Others on the same card.
    pub joint: Vec<Cow<'a, str>>,
    /// The postal code as digits, `123-4567` where it is one of Japan.
    pub postal_code: Option<String>,
    /// The postal address, without its code.
    pub address: Option<String>,
    /// The organisation, and the role there, of the post held on the day.
    pub post: Option<&'a Post>,
}

impl<'a> Label<'a> {
    /// The label of a person on a day; `lang` is theirs.
    pub fn of(person: &'a Person, lang: Lang, today: NaiveDate) -> Self {
        let details = person.details();
        let name = one_line(&person.name);
        let line = |text: &'a Text| Some(one_line(text)).filter(|line| !line.is_empty());
        let (in_address, address) = match details.address.as_deref() {
            Some(address) => address::split(address),
            None => (None, None),
        };
        let own = details.postal_code.as_deref().map(address::code);
        Self {
            honorific: details.honorific.as_ref().and_then(line).or_else(|| usual(&name, lang)),
            name,
            joint: others(person),
            postal_code: own.filter(|code| !code.is_empty()).or(in_address),
            address,
            post: held(&person.posts, today),
        }
    }

    /// The form of address where the role has a place of its own: one that is a role would say it twice.
    pub fn beside_role(&self) -> Option<&str> {
        let role = self.post.and_then(|post| post.role.as_deref()).filter(|role| !role.trim().is_empty());
        let own = self.honorific.as_deref()?;
        let is_said_twice = role.is_some_and(|role| is_role(own) || role.trim().ends_with(own));
        Some(if is_said_twice { USUAL } else { own })
    }

    /// All names with their forms of address: `真壁 徹 様・由紀子 様`.
    pub fn addressed(&self, lang: Lang) -> String {
        let with = |name: &str, honorific: Option<&str>| match honorific {
            Some(honorific) => format!("{name} {honorific}"),
            None => name.to_owned(),
        };
        let mut all = with(&self.name, self.honorific.as_deref());
        for name in &self.joint {
            // What they themselves are called by does not hold for the household.
            all += "・";
            all += &with(name, usual(name, lang).as_deref());
        }
        all
    }
}

/// The other names on a card, each once.
fn others(person: &Person) -> Vec<Cow<'_, str>> {
    let mut known: Vec<Text> = Vec::new();
    let written = person.details().joint_names.iter().filter(|name| !is_own_name(person, name));
    let is_new = |name: &&Text| {
        let plain = plain(name);
        let is_new = !known.contains(&plain);
        known.push(plain);
        is_new
    };
    written.filter(is_new).map(|name| one_line(name)).filter(|name| !name.is_empty()).collect()
}

fn usual(name: &str, lang: Lang) -> Option<Cow<'static, str>> {
    (lang == Lang::Ja && form_of_address(name).is_none()).then_some(Cow::Borrowed(USUAL))
}

/// The post held on a day: of several the one begun last, else the one written first.
pub fn held(posts: &[Post], today: NaiveDate) -> Option<&Post> {
    let is_open = |post: &&Post| {
        !post.past
            && post.from.is_none_or(|from| from.first_day() <= today)
            && post.to.is_none_or(|to| to.last_day() >= today)
    };
    // Of equals `max_by_key` takes the last.
    posts.iter().rev().filter(is_open).max_by_key(|post| post.from.map(|from| from.first_day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_second_form_of_address() {
        let check = |name: &str, lang, want: Option<&str>| {
            assert_eq!(usual(name, lang).as_deref(), want, "{name}");
        };
        check("田中太郎", Lang::Ja, Some("様"));
        check("佐藤部長", Lang::Ja, None);
        check("佐藤 部長", Lang::Ja, None);
        check("森先生", Lang::Ja, None);
        check("Jane Doe", Lang::En, None);
    }
}
