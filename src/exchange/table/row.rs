//! From a row of a table to a card.
//!
//! Knows what becomes of each kind of column, and which of several values is meant; what a cell, a name
//! or an address looks like is in the files beside.

use super::address;
use super::cell::{self, Said};
use super::column::{Column, Where};
use super::gather::{Gatherer, add, add_all, put};
use super::name;
use super::source::{Bound, Header};
use crate::date::DayFirst;
use crate::exchange::card::{BadRow, Card, Source};
use crate::note::keys;
use crate::note::seasonal::each_joint;
use crate::text::{Lang, fold};

/// How the rows of a table are read.
pub struct Reader<'h> {
    header: &'h Header,
    order: DayFirst,
}

impl<'h> Reader<'h> {
    /// For a table with that header, whose dates are in that order where two are possible.
    pub fn new(header: &'h Header, order: DayFirst) -> Self {
        Self { header, order }
    }

    /// The card of a row. None where nothing is in it, or the names of the columns once more, as in
    /// files put together from several.
    ///
    /// # Errors
    /// A [`BadRow`] where nobody is named in it.
    pub fn read<'c>(
        &self,
        line: usize,
        cells: impl Iterator<Item = &'c str>,
    ) -> Option<Result<Card, BadRow>> {
        let cells: Vec<&str> = cells.map(cell::bare).collect();
        let names = self.header.columns.iter().map(|bound| bound.name.as_str());
        if cells.iter().all(|cell| cell.is_empty()) || names.eq(cells.iter().copied()) {
            return None;
        }
        let mut row = Row { reader: self, cells: &cells, said: Gatherer::default() };
        row.said.card.line = line;
        for (at, value) in cells.iter().enumerate().filter(|(_, value)| !value.is_empty()) {
            match self.header.columns.get(at) {
                Some(bound) => row.take(bound, value),
                // Cells without a name above them.
                None => row.left("", at),
            }
        }
        Some(row.said.finished(self.header.source))
    }
}

impl Reader<'_> {
    /// The values of a cell with several.
    fn several<'v>(&self, value: &'v str) -> Vec<&'v str> {
        if self.header.is_own {
            return value.split("; ").map(str::trim).filter(|part| !part.is_empty()).collect();
        }
        cell::several(value).collect()
    }

    /// Words of a list.
    fn words(&self, value: &str) -> Vec<String> {
        if self.header.is_own {
            return self.several(value).into_iter().map(cell::line).collect();
        }
        cell::words(value).collect()
    }

    /// Organisations, departments or roles of one cell.
    fn posts(&self, value: &str) -> Vec<String> {
        let parts = if self.header.is_own { vec![value] } else { value.split(":::").collect() };
        let parts = parts.into_iter().flat_map(|part| part.split("; "));
        parts.map(cell::line).filter(|part| !part.is_empty()).collect()
    }
}

/// A row while it is read.
struct Row<'r> {
    reader: &'r Reader<'r>,
    cells: &'r [&'r str],
    said: Gatherer,
}

impl Row<'_> {
    fn take(&mut self, bound: &Bound, value: &str) {
        let name_of_column = bound.name.as_str();
        let said = &mut self.said;
        let slot = match bound.column {
            Some(Column::Name) => Some(&mut said.whole),
            Some(Column::Family) => Some(&mut said.family),
            Some(Column::Given) => Some(&mut said.given),
            Some(Column::Middle) => Some(&mut said.middle),
            Some(Column::FamilyReading) => Some(&mut said.family_reading),
            Some(Column::GivenReading) => Some(&mut said.given_reading),
            Some(Column::Suffix) => Some(&mut said.suffix),
            _ => None,
        };
        if let Some(slot) = slot {
            let is_new = slot.is_empty();
            if is_new {
                *slot = cell::name(value);
            } else if *slot != cell::name(value) {
                self.left(name_of_column, 0);
            }
            return;
        }
        let taken = match bound.column {
            Some(Column::Reading) => put(&mut said.card.reading, name::full_width(&cell::name(value))),
            Some(Column::Honorific) => put(&mut said.card.honorific, cell::line(value)),
            Some(Column::Location) => put(&mut said.card.location, cell::line(value)),
            Some(Column::Status) => put(&mut said.card.status, cell::line(value)),
            Some(Column::Lang) => language(value).is_some_and(|lang| put(&mut said.card.lang, lang)),
            Some(Column::Alias) => {
                add_all(&mut said.card.aliases, self.reader.several(value).into_iter().map(cell::name));
                true
            }
            Some(Column::Joint) => {
                let parts = cell::several(value).flat_map(|part| part.split([',', '、', '，']));
                let names = parts.flat_map(each_joint).map(|name| cell::name(&name));
                add_all(&mut said.card.joint_names, names.filter(|name| !name.is_empty()));
                true
            }
            Some(Column::Interests) => {
                add_all(&mut said.card.interests, self.reader.words(value));
                true
            }
            Some(Column::Groups) => {
                let is_google = self.reader.header.source == Source::Google;
                let groups: Vec<String> = if is_google {
                    value.split(":::").map(cell::line).filter(|group| !group.is_empty()).collect()
                } else {
                    self.reader.words(value)
                };
                add_all(&mut said.card.groups, groups);
                true
            }
            Some(Column::Note) => {
                let note = said.card.note.get_or_insert_default();
                if !note.is_empty() {
                    note.push('\n');
                }
                note.push_str(&cell::lines(value));
                true
            }
            Some(Column::Birthday) => match cell::birthday(value, self.reader.order) {
                Said::Day(day) => put(&mut said.card.birthday, day),
                Said::None => true,
                Said::Unsure => false,
            },
            Some(Column::Met) => match cell::day(value, self.reader.order) {
                Said::Day(day) => put(&mut said.card.met, day),
                Said::None => true,
                Said::Unsure => false,
            },
            Some(Column::Email) => return self.emails(bound, value),
            Some(Column::Phone(rank)) => return self.phones(bound, rank, value),
            Some(Column::Channel(channel)) => {
                let values = self.reader.several(value).into_iter();
                said.others.extend(values.map(|value| (channel.to_owned(), cell::line(value))));
                true
            }
            Some(Column::Page) => {
                let pages = self.reader.several(value).into_iter().map(cell::line);
                said.others.extend(pages.map(|page| (cell::channel_of_page(&page).to_owned(), page)));
                true
            }
            Some(Column::Labelled(_)) => return self.labelled(bound, value),
            Some(Column::Org) => {
                let orgs = self.reader.posts(value);
                said.post(bound.number).orgs.extend(orgs);
                true
            }
            Some(Column::Unit) => {
                let units = self.reader.posts(value);
                said.post(bound.number).units.extend(units);
                true
            }
            Some(Column::Role) => {
                let roles =
                    self.reader.posts(value).into_iter().map(|role| (role, name_of_column.to_owned()));
                said.post(bound.number).roles.extend(roles);
                true
            }
            Some(Column::Place(place, part)) => {
                let (place, number) = match place {
                    Where::Numbered => {
                        (self.label(bound).map_or(Where::Unsaid, address::place_of), bound.number)
                    }
                    place => (place, 0),
                };
                self.said.place(place, number).put(part, value, name_of_column);
                true
            }
            Some(Column::Mute | Column::Label(_)) => true,
            None => self.is_tag(bound, value) || self.is_default(value),
            Some(
                Column::Name
                | Column::Family
                | Column::Given
                | Column::Middle
                | Column::FamilyReading
                | Column::GivenReading
                | Column::Suffix,
            ) => true,
        };
        if !taken {
            self.left(name_of_column, 0);
        }
    }

    /// Notes down that a column was not taken; one without a name is called by its place, from 0.
    fn left(&mut self, name: &str, place: usize) {
        let name = if name.is_empty() { format!("#{}", place + 1) } else { name.to_owned() };
        self.said.card.left.push(name);
    }

    /// What the label of a column says in this row.
    fn label(&self, bound: &Bound) -> Option<&str> {
        bound.label.and_then(|at| self.cells.get(at)).copied().filter(|label| !label.is_empty())
    }

    /// Eight gives each tag a column of its own.
    fn is_tag(&mut self, bound: &Bound, value: &str) -> bool {
        let is_tag = self.reader.header.source == Source::Eight && value == "1" && !bound.name.is_empty();
        if is_tag {
            add(&mut self.said.card.groups, bound.name.clone());
        }
        is_tag
    }

    /// What Outlook writes where nobody has said anything.
    fn is_default(&self, value: &str) -> bool {
        const DEFAULTS: [&str; 6] = ["Unspecified", "指定なし", "Normal", "標準", "False", "FALSE"];
        let is_zero = value.contains('/') && value.bytes().all(|b| matches!(b, b'0' | b'/'));
        self.reader.header.source == Source::Outlook && (is_zero || DEFAULTS.contains(&value))
    }

    fn emails(&mut self, bound: &Bound, value: &str) {
        let is_preferred = self.label(bound).is_some_and(|label| label.starts_with('*'));
        let mut is_whole = true;
        let is_own = self.reader.header.is_own;
        let parts = self.reader.several(value).into_iter();
        for part in parts.flat_map(|part| part.split(|c| !is_own && matches!(c, ',' | '、'))).map(str::trim)
        {
            match cell::email(part) {
                Some(email) => self.said.emails.push((u8::from(!is_preferred), email)),
                None => is_whole &= part.is_empty(),
            }
        }
        if !is_whole {
            self.left(&bound.name, 0);
        }
    }

    fn phones(&mut self, bound: &Bound, rank: u8, value: &str) {
        let label = self.label(bound).unwrap_or_default();
        let kind = fold(label);
        if kind.contains("fax") || kind.contains("ファックス") || kind.contains("ファクス") {
            return self.left(&bound.name, 0);
        }
        let is_mobile =
            ["mobile", "携帯", "モバイル", "cell", "iphone"].iter().any(|word| kind.contains(word));
        let rank = if kind.starts_with('*') || is_mobile { 0 } else { rank };
        let mut is_whole = true;
        for part in self.reader.several(value) {
            match cell::phone(part) {
                // A parameter of `tel:` that the separator cut off (RFC 3966) is no number.
                Some(phone) if phone.contains('=') => {
                    let number = self.said.phones.last_mut().map(|(_, number)| number);
                    match (number, phone.split_once('=')) {
                        (Some(number), Some((name, value))) if name.eq_ignore_ascii_case("ext") => {
                            *number = format!("{number} ext. {value}");
                        }
                        _ => is_whole = false,
                    }
                }
                Some(phone) => self.said.phones.push((rank, phone)),
                None => is_whole = false,
            }
        }
        if !is_whole {
            self.left(&bound.name, 0);
        }
    }

    fn labelled(&mut self, bound: &Bound, value: &str) {
        let label = self.label(bound).map(str::to_owned);
        let channel = label.as_deref().and_then(keys::channel_key);
        match channel.filter(|channel| !["post", "sns", "chat"].contains(channel)) {
            Some(channel) => {
                let values = cell::several(value).map(|value| (channel.to_owned(), cell::line(value)));
                self.said.others.extend(values);
            }
            None => self.left(label.as_deref().map(cell::line).as_deref().unwrap_or(&bound.name), 0),
        }
    }
}

/// A language as a tag: a tag itself, or its name in English or Japanese where goen speaks it.
fn language(value: &str) -> Option<String> {
    let value = value.trim();
    let is_tag = value.split('-').enumerate().all(|(at, part)| {
        let fits = if at == 0 { (2..=3).contains(&part.len()) } else { (1..=8).contains(&part.len()) };
        fits && part.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    if is_tag { Some(value.to_owned()) } else { Lang::parse(value).map(|lang| lang.code().to_owned()) }
}
