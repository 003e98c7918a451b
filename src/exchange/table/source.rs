//! Which program wrote a table, and what its columns hold.
//!
//! Knows the programs by the names of their columns, which stand in a file for each; how a row becomes
//! a card is left to `row`.

mod cards;
mod common;
mod goen;
mod google;
mod linkedin;
mod outlook;

use std::sync::LazyLock;

use super::column::{Column, key};
use crate::exchange::card::Source;
use crate::text::{QuickMap, fold, one_line};

/// Names of columns, as they are written, and what they hold. `#` stands for a number.
type Names = &'static [(&'static str, Column)];

/// A program that writes tables of people.
struct Program {
    source: Source,
    /// Its tables have all names of one of these lists.
    signs: &'static [&'static [&'static str]],
    /// What its columns hold, where that differs from what such names mean elsewhere.
    names: Names,
}

/// Those that are told apart, the one with the surest signs first; the last is any other.
const PROGRAMS: [Program; 7] = [
    goen::PROGRAM,
    linkedin::PROGRAM,
    google::PROGRAM,
    outlook::PROGRAM,
    cards::EIGHT,
    cards::SANSAN,
    Program { source: Source::Table, signs: &[], names: &[] },
];

/// A program with the names as they are compared.
struct Known {
    source: Source,
    signs: Vec<Vec<String>>,
    names: QuickMap<String, Column>,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let folded = |program: &Program| Known {
        source: program.source,
        signs: program.signs.iter().map(|signs| signs.iter().map(|sign| key(sign).0).collect()).collect(),
        names: common::NAMES
            .iter()
            .chain(program.names)
            .map(|(name, column)| (key(name).0, *column))
            .collect(),
    };
    PROGRAMS.iter().map(folded).collect()
});

/// A column of a table at hand.
#[derive(Debug, Clone)]
pub struct Bound {
    /// What stands above it.
    pub name: String,
    /// What it holds; none where the name is unknown.
    pub column: Option<Column>,
    /// The number in its name.
    pub number: u32,
    /// Which column labels it.
    pub label: Option<usize>,
}

/// What the names above a table say.
#[derive(Debug, Clone)]
pub struct Header {
    /// Which program wrote it.
    pub source: Source,
    /// Its columns.
    pub columns: Vec<Bound>,
    /// It is goen's own table, in which nothing but `; ` parts the values of a cell.
    pub is_own: bool,
}

impl Header {
    /// Reads a row as the names of columns.
    ///
    /// The name of the file decides only where what is in it does not.
    pub fn read<'n>(file_name: &str, names: impl Iterator<Item = &'n str>) -> Self {
        let names: Vec<&str> = names.map(str::trim).collect();
        let keys: Vec<(String, u32)> = names.iter().map(|name| key(name)).collect();
        let program = program(file_name, &keys);
        // A number that no name asks for only tells several columns of one kind apart.
        let bound = |name: &&str, (key, number): &(String, u32)| {
            let exact = program.names.get(key).copied();
            let column = exact.or_else(|| program.names.get(&key.replace('#', "")).copied());
            let number = if exact.is_some() { *number } else { 0 };
            Bound { name: one_line(name).into_owned(), column, number, label: None }
        };
        let mut columns: Vec<Bound> = names.iter().zip(&keys).map(|(name, key)| bound(name, key)).collect();
        for at in 0..columns.len() {
            let Some(labels) = columns[at].column.and_then(Column::labels) else { continue };
            let is_label = |other: &Bound| {
                other.column == Some(Column::Label(labels)) && other.number == columns[at].number
            };
            columns[at].label = columns.iter().position(is_label);
        }
        let is_own = goen::ALONE.iter().all(|sign| keys.iter().any(|(key, _)| key == sign));
        Self { source: program.source, columns, is_own }
    }

    /// Whether there is a column that names people.
    pub fn names_people(&self) -> bool {
        let has = |column| self.columns.iter().any(|bound| bound.column == Some(column));
        has(Column::Name) || (has(Column::Family) && has(Column::Given))
    }

    /// How many columns are known.
    pub fn known(&self) -> usize {
        self.columns.iter().filter(|bound| bound.column.is_some()).count()
    }
}

/// The program that writes such names. Two services for 名刺 may write the same; then the file's name
/// tells.
fn program(file_name: &str, keys: &[(String, u32)]) -> &'static Known {
    let has = |sign: &str| keys.iter().any(|(own, _)| own == sign);
    let is_signed = |known: &&Known| known.signs.iter().any(|signs| signs.iter().all(|sign| has(sign)));
    let file_name = fold(file_name);
    let is_named = |known: &&Known| match known.source {
        Source::Eight => has("会社名") && file_name.contains("eight"),
        Source::Sansan => has("会社名") && file_name.contains("sansan"),
        _ => false,
    };
    let found = KNOWN.iter().find(is_signed).or_else(|| KNOWN.iter().find(is_named));
    found.unwrap_or(&KNOWN[KNOWN.len() - 1])
}
