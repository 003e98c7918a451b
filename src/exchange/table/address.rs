//! A postal address put together from its parts, in the order of its country.
//!
//! Knows how Japan writes addresses and how others do; which of several is somebody's is said by where
//! it is.

use super::cell;
use super::column::{Line, Where};
use super::name::is_japanese;
use crate::text::fold;

/// An address as it is gathered.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Gathered {
    whole: String,
    streets: Vec<String>,
    city: String,
    region: String,
    country: String,
    code: String,
    /// Names of the columns that it came from.
    pub columns: Vec<String>,
}

/// An address put together.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// In one line, without its code.
    pub line: Option<String>,
    /// Its code.
    pub code: Option<String>,
    /// The town, in Japan with its prefecture.
    pub town: Option<String>,
}

impl Gathered {
    /// Takes a part; the first of a kind stays, except of streets.
    pub fn put(&mut self, part: Line, value: &str, column: &str) {
        self.columns.push(column.to_owned());
        let slot = match part {
            Line::Street => {
                self.streets.extend(value.lines().map(cell::line).filter(|line| !line.is_empty()));
                return;
            }
            Line::Whole => &mut self.whole,
            Line::City => &mut self.city,
            Line::Region => &mut self.region,
            Line::Country => &mut self.country,
            Line::Code => &mut self.code,
        };
        if slot.is_empty() {
            *slot = if part == Line::Whole { cell::lines(value) } else { cell::line(value) };
        }
    }

    /// Whether it says more than a country.
    pub fn says_something(&self) -> bool {
        [&self.whole, &self.city, &self.region, &self.code].iter().any(|part| !part.is_empty())
            || !self.streets.is_empty()
    }

    /// The address in the order of its country.
    pub fn joined(&self) -> Address {
        let mut code = postal_code(&self.code);
        // Some write the street alone into what should be all of it.
        let says_all = [&self.city, &self.region].iter().all(|part| self.whole.contains(part.as_str()));
        let is_whole = self.streets.is_empty() && says_all;
        let mut streets = self.streets.clone();
        if streets.is_empty() {
            streets = self.whole.lines().map(cell::line).filter(|line| !line.is_empty()).collect();
        }
        streets.retain_mut(|line| {
            if let Some((found, rest)) = code_in_front(line) {
                code.get_or_insert(found);
                *line = rest;
            }
            !line.is_empty() && Some(postal_code(line)) != Some(code.clone().or(Some(String::new())))
        });
        if is_whole {
            streets.retain(|line| !is_japan(line));
        }
        let letters = [&self.region, &self.city].into_iter().chain(&streets);
        let japanese = letters.clone().any(|part| is_japanese(part));
        let town: String = if japanese { format!("{}{}", self.region, self.city) } else { self.city.clone() };
        let written = if is_whole { &Self::default() } else { self };
        let line = match () {
            // A town alone is no address.
            () if streets.is_empty() && code.is_none() => String::new(),
            () if japanese => written.in_japanese(&streets),
            () => written.in_latin(&streets),
        };
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        Address { line: some(line), code, town: some(town) }
    }

    /// The largest first, without blanks but before a building.
    fn in_japanese(&self, streets: &[String]) -> String {
        let mut line = String::new();
        let country = if is_japan(&self.country) { "" } else { self.country.as_str() };
        // Some write the whole address as the street.
        let begins = |part: &str| !part.is_empty() && streets.first().is_some_and(|s| s.starts_with(part));
        let (region, city) = match (self.region.as_str(), self.city.as_str()) {
            (region, _) if begins(region) => ("", ""),
            (region, city) if begins(city) => (region, ""),
            both => both,
        };
        let is_town = |line: &str| line.ends_with(['都', '道', '府', '県', '市', '区', '町', '村', '郡']);
        let parts = [country, region, city].into_iter().map(|part| (part, false));
        let count = parts.clone().filter(|(part, _)| !part.is_empty()).count();
        let streets = streets.iter().enumerate().map(|(at, street)| (street.as_str(), at > 0 || count == 0));
        for (part, is_further) in parts.chain(streets).filter(|(part, _)| !part.is_empty()) {
            let beside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let runs_in = beside(line.chars().next_back()) && beside(part.chars().next());
            if !line.is_empty() && (runs_in || (is_further && !is_town(&line))) {
                line.push(' ');
            }
            line.push_str(part);
        }
        line
    }

    /// The smallest first, with commas between.
    fn in_latin(&self, streets: &[String]) -> String {
        let parts = streets.iter().chain([&self.city, &self.region, &self.country]);
        let parts: Vec<&str> = parts.map(String::as_str).filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }
}

/// The best of several: at home before elsewhere.
pub fn best(all: &[(Where, u32, Gathered)]) -> Option<usize> {
    let with_rank = all.iter().enumerate().filter(|(_, (_, _, gathered))| gathered.says_something());
    with_rank.min_by_key(|(_, (place, number, _))| (*place, *number)).map(|(at, _)| at)
}

/// Whose address a label says it is.
pub fn place_of(label: &str) -> Where {
    match fold(label).trim_start_matches('*').trim() {
        "home" | "自宅" => Where::Home,
        "work" | "勤務先" | "仕事" | "会社" | "職場" => Where::Work,
        "other" | "その他" => Where::Other,
        _ => Where::Unsaid,
    }
}

fn is_japan(country: &str) -> bool {
    ["", "日本", "日本国", "japan", "jp", "jpn"].contains(&fold(country).as_ref())
}

fn postal_code(text: &str) -> Option<String> {
    let folded = fold(text);
    let code = folded.trim_start_matches('〒').trim();
    (!code.is_empty()).then(|| code.replace(['‐', '−', '–', 'ー'], "-").to_uppercase())
}

/// A Japanese postal code at the start of a line, and what follows it.
pub(in crate::exchange) fn code_in_front(line: &str) -> Option<(String, String)> {
    let bare = line.strip_prefix('〒');
    let mut digits = 0;
    let mut end = 0;
    let text = bare.unwrap_or(line).trim_start();
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' | '０'..='９' => digits += 1,
            '-' | '－' | '‐' | '−' if digits == 3 => {}
            _ => break,
        }
        end = at + c.len_utf8();
    }
    let (code, rest) = text.split_at(end);
    let is_code =
        digits == 7 && (bare.is_some() || (code.chars().count() == 8 && is_japanese(rest) | rest.is_empty()));
    is_code.then(|| (postal_code(code).unwrap_or_default(), rest.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parts: &[(Line, &str)], line: &str, code: &str, town: &str) {
        let mut gathered = Gathered::default();
        for (part, value) in parts {
            gathered.put(*part, value, "");
        }
        let address = gathered.joined();
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        assert_eq!(
            (said(&address.line), said(&address.code), said(&address.town)),
            (line.into(), code.into(), town.into())
        );
    }

    #[test]
    fn japan_begins_with_the_prefecture() {
        use Line::{City, Code, Country, Region, Street, Whole};
        let parts = [
            (Street, "芝1-2-3\nミナトビル5F"),
            (City, "港区"),
            (Region, "東京都"),
            (Code, "１０５－００１４"),
            (Country, "日本"),
        ];
        check(&parts, "東京都港区芝1-2-3 ミナトビル5F", "105-0014", "東京都港区");
        check(
            &[(Street, "東京都港区"), (Street, "芝1-2-3"), (Street, "ビル")],
            "東京都港区芝1-2-3 ビル",
            "",
            "",
        );
        check(&[(Street, "〒105-0014 東京都港区芝1-2-3")], "東京都港区芝1-2-3", "105-0014", "");
        check(
            &[(Whole, "〒105-0014\n東京都港区芝1-2-3\nミナトビル\n日本")],
            "東京都港区芝1-2-3 ミナトビル",
            "105-0014",
            "",
        );
        check(
            &[(Street, "東京都港区芝1-2-3"), (City, "港区"), (Region, "東京都")],
            "東京都港区芝1-2-3",
            "",
            "東京都港区",
        );
        check(&[(Code, "1050014")], "", "1050014", "");
    }

    #[test]
    fn others_end_with_the_country() {
        use Line::{City, Code, Country, Region, Street, Whole};
        let parts = [
            (Street, "1 Main St\nApt 2"),
            (City, "Springfield"),
            (Region, "IL"),
            (Code, "62701"),
            (Country, "USA"),
        ];
        check(&parts, "1 Main St, Apt 2, Springfield, IL, USA", "62701", "Springfield");
        check(
            &[(Whole, "1 Main St\nSpringfield, IL 62701\nUSA")],
            "1 Main St, Springfield, IL 62701, USA",
            "",
            "",
        );
        check(
            &[(Whole, "1 Main St"), (City, "Springfield"), (Region, "IL")],
            "1 Main St, Springfield, IL",
            "",
            "Springfield",
        );
        check(&[(City, "London")], "", "", "London");
        check(&[(Code, "sw1a 1aa"), (City, "London")], "London", "SW1A 1AA", "London");
    }
}
