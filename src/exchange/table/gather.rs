//! What a row says of somebody, gathered and then put together.
//!
//! Knows which name, post and address is meant where several cells say something of it; which cell says
//! what is left to `row`.

use std::collections::HashSet;
use std::hash::Hash;

use super::address::{self, Gathered};
use super::column::Where;
use super::name;
use crate::exchange::card::{BadRow, Card, CardPost, Source, Why};

/// What was found in a row so far.
#[derive(Default)]
pub struct Gatherer {
    /// What needs nothing else of the row.
    pub card: Card,
    /// The whole name.
    pub whole: String,
    /// The family name.
    pub family: String,
    /// The given name.
    pub given: String,
    /// The middle name.
    pub middle: String,
    /// How the family name is read.
    pub family_reading: String,
    /// How the given name is read.
    pub given_reading: String,
    /// What stands behind a name.
    pub suffix: String,
    /// E-mail addresses, each with its rank: 0 is the best.
    pub emails: Vec<(u8, String)>,
    /// Telephone numbers, likewise.
    pub phones: Vec<(u8, String)>,
    /// Addresses in other channels.
    pub others: Vec<(String, String)>,
    /// Posts by their number.
    pub posts: Vec<(u32, Post)>,
    /// Addresses by where they are and their number.
    pub places: Vec<(Where, u32, Gathered)>,
}

/// A post, of which each part may name several.
#[derive(Default)]
pub struct Post {
    /// Organisations.
    pub orgs: Vec<String>,
    /// Departments.
    pub units: Vec<String>,
    /// Roles, each with the name of its column.
    pub roles: Vec<(String, String)>,
}

impl Gatherer {
    /// The post of that number.
    pub fn post(&mut self, number: u32) -> &mut Post {
        let at = self.posts.iter().position(|(own, _)| *own == number).unwrap_or_else(|| {
            self.posts.push((number, Post::default()));
            self.posts.len() - 1
        });
        &mut self.posts[at].1
    }

    /// The address that is there and has that number.
    pub fn place(&mut self, place: Where, number: u32) -> &mut Gathered {
        let is_it = |(own, n, _): &(Where, u32, Gathered)| (*own, *n) == (place, number);
        let at = self.places.iter().position(is_it).unwrap_or_else(|| {
            self.places.push((place, number, Gathered::default()));
            self.places.len() - 1
        });
        &mut self.places[at].2
    }

    /// The card.
    ///
    /// # Errors
    /// A [`BadRow`] where nobody is named.
    pub fn finished(mut self, source: Source) -> Result<Card, BadRow> {
        self.posts();
        self.places();
        self.name(source);
        let mut card = self.card;
        self.emails.sort_by_key(|(rank, _)| *rank);
        self.phones.sort_by_key(|(rank, _)| *rank);
        let emails = self.emails.into_iter().map(|(_, email)| ("email".to_owned(), email));
        let phones = self.phones.into_iter().map(|(_, phone)| ("phone".to_owned(), phone));
        add_all(&mut card.channels, emails.chain(phones).chain(self.others));
        if card.name.is_empty() {
            let why = if card.posts.is_empty() { Why::NoName } else { Why::OnlyOrganisation };
            return Err(BadRow { line: card.line, why });
        }
        card.aliases.retain(|alias| *alias != card.name);
        card.left.sort();
        card.left.dedup();
        Ok(card)
    }

    /// Posts as their numbers have them; of several in one cell the first role goes with the first
    /// organisation, and so on.
    fn posts(&mut self) {
        self.posts.sort_by_key(|(number, _)| *number);
        for (_, post) in std::mem::take(&mut self.posts) {
            let is_one = post.orgs.len() <= 1;
            let mut roles = post.roles.into_iter();
            let mut units = post.units.into_iter();
            for org in post.orgs {
                let unit =
                    if is_one { Some(units.by_ref().collect::<Vec<_>>().join(" ")) } else { units.next() };
                let role = roles.next().map(|(role, _)| role);
                let unit = unit.filter(|unit| !unit.is_empty());
                self.card.posts.push(CardPost { org, unit, role, ..CardPost::default() });
            }
            // A role without an organisation is nowhere.
            self.card.left.extend(roles.map(|(_, column)| column));
        }
    }

    fn places(&mut self) {
        let best = address::best(&self.places);
        for (at, (_, _, gathered)) in std::mem::take(&mut self.places).into_iter().enumerate() {
            if best == Some(at) {
                let address = gathered.joined();
                self.card.address = address.line;
                self.card.postal_code = address.code;
                self.card.location = self.card.location.take().or(address.town);
            } else if gathered.says_something() {
                self.card.left.extend(gathered.columns);
            }
        }
    }

    fn name(&mut self, source: Source) {
        if source == Source::LinkedIn {
            self.clean_profile();
        }
        if self.family.is_empty()
            && self.given.is_empty()
            && let Some((family, given)) = name::inverted(&self.whole)
        {
            (self.family, self.given) = (family.to_owned(), given.to_owned());
        }
        let card = &mut self.card;
        let has_parts = !self.family.is_empty() && !self.given.is_empty();
        let parts = name::joined(&self.family, &self.given, &self.middle);
        card.name = if has_parts || self.whole.is_empty() { parts } else { self.whole.clone() };
        if has_parts && !self.whole.is_empty() && !name::is_same(&self.whole, &self.family, &self.given) {
            add(&mut card.aliases, self.whole.clone());
        }
        if card.name.is_empty() && !card.aliases.is_empty() {
            card.name = card.aliases.remove(0);
        }
        let some = |part: String| Some(part).filter(|part| !part.is_empty());
        let reading = name::reading(&self.family_reading, &self.given_reading);
        card.reading = some(name::full_width(&reading)).or(card.reading.take());
        if name::is_generation(&self.suffix) && !card.name.is_empty() {
            card.name = format!("{} {}", card.name, self.suffix);
        } else if let Some(suffix) = some(self.suffix.clone()) {
            let is_japanese = name::is_japanese(&suffix);
            if !(is_japanese && put(&mut card.honorific, suffix)) {
                card.left.push("Suffix".to_owned());
            }
        }
        card.family = some(std::mem::take(&mut self.family));
        card.given = some(std::mem::take(&mut self.given));
    }

    /// What people write into their profile besides their name is none.
    fn clean_profile(&mut self) {
        let (family, given) = (name::profiled(&self.family), name::profiled(&self.given));
        let other = match (&family.bracketed, &given.bracketed) {
            (Some(family), Some(given)) => Some(name::joined(family, given, "")),
            (one, other) => one.clone().or_else(|| other.clone()).filter(|name| name.contains(' ')),
        };
        if let Some(other) = other {
            add(&mut self.card.aliases, other);
        }
        (self.family, self.given) = (family.name, given.name);
    }
}

/// Takes a value where there is none yet; whether it says nothing else now.
pub fn put<T: PartialEq>(slot: &mut Option<T>, value: T) -> bool {
    match slot {
        Some(own) => *own == value,
        None => {
            *slot = Some(value);
            true
        }
    }
}

/// Adds those of many values that a list does not hold.
pub fn add_all<T: Clone + Eq + Hash>(list: &mut Vec<T>, values: impl IntoIterator<Item = T>) {
    let mut known: HashSet<T> = list.iter().cloned().collect();
    list.extend(values.into_iter().filter(|value| known.insert(value.clone())));
}

/// Adds a value to a list that does not hold it.
pub fn add<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}
