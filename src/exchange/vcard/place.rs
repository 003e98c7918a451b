//! Where post goes: addresses of parts as one line.
//!
//! Knows in which order a country writes an address.

use super::name::is_japanese;
use super::property::Property;

/// What the addresses of a card say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub address: Option<String>,
    pub postal_code: Option<String>,
    pub location: Option<String>,
    /// Whether there is another address, which is not taken.
    pub has_more: bool,
}

/// `ADR` in its parts.
struct Parts {
    post_box: String,
    extended: String,
    street: String,
    town: String,
    region: String,
    code: String,
    country: String,
}

/// Reads the addresses of a card: the preferred one or that of a home, before others.
pub(super) fn read(properties: &[Property]) -> Place {
    let mut all: Vec<&Property> = properties.iter().filter(|p| p.name == "ADR" && !p.is_empty()).collect();
    all.sort_by_key(|p| (p.preference(), !p.is_of("home")));
    let all: Vec<Parts> = all.into_iter().map(Parts::of).collect();
    let postal = all.iter().find(|parts| parts.is_postal());
    let labels = properties.iter().filter(|p| p.name == "LABEL").map(Property::line);
    let address = postal.map(Parts::address).or_else(|| labels.into_iter().find(|label| !label.is_empty()));
    let chosen = postal.or(all.iter().find(|parts| !parts.code.is_empty()));
    let location = postal.into_iter().chain(&all).map(Parts::location).find(|town| !town.is_empty());
    Place {
        address,
        postal_code: chosen.map(|parts| as_code(&parts.code)).filter(|code| !code.is_empty()),
        location,
        has_more: all.iter().filter(|parts| parts.is_postal()).count() > 1,
    }
}

/// The code of a postal address without its sign.
pub(in crate::exchange) fn as_code(text: &str) -> String {
    text.trim().trim_start_matches('〒').trim().to_owned()
}

impl Parts {
    fn of(property: &Property) -> Self {
        let mut parts = property.parts().into_iter();
        let mut next = || parts.next().unwrap_or_default();
        Self {
            post_box: next(),
            extended: next(),
            street: next(),
            town: next(),
            region: next(),
            code: next(),
            country: next(),
        }
    }

    /// Whether a letter would find its way.
    fn is_postal(&self) -> bool {
        !(self.street.is_empty() && self.post_box.is_empty() && self.extended.is_empty())
    }

    fn is_japanese(&self) -> bool {
        is_japanese(&format!("{}{}{}", self.region, self.town, self.street))
    }

    fn is_in_japan(&self) -> bool {
        let country = self.country.to_lowercase();
        matches!(country.as_str(), "" | "jp" | "jpn" | "japan" | "日本" | "日本国")
    }

    /// The address in one line. In Japanese the large comes first and nothing stands between but a
    /// blank in front of the building; elsewhere the street comes first.
    fn address(&self) -> String {
        if self.is_japanese() {
            let country = if self.is_in_japan() { "" } else { self.country.as_str() };
            // Many write the whole address into its street.
            let mut large = String::new();
            for part in [country, &self.region, &self.town] {
                if !self.street.contains(part) {
                    large.push_str(part);
                }
            }
            let between = if ends_in_ascii(&large) && !self.street.is_empty() { " " } else { "" };
            let street = format!("{large}{between}{}", self.street);
            return joined(&[&street, &self.extended, &self.post_box], " ");
        }
        let has = |part: &str| !part.is_empty() && self.street.contains(part);
        let unless_said = |part: &'_ str| if has(part) { String::new() } else { part.to_owned() };
        let (town, region) = (unless_said(&self.town), unless_said(&self.region));
        let parts = [&self.post_box, &self.street, &self.extended, &town, &region, &self.country];
        joined(&parts.map(String::as_str), ", ")
    }

    fn location(&self) -> String {
        if self.is_japanese() {
            let region = if self.town.starts_with(&self.region) { "" } else { self.region.as_str() };
            return format!("{region}{}", self.town);
        }
        if self.town.is_empty() { self.region.clone() } else { self.town.clone() }
    }
}

fn ends_in_ascii(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii())
}

fn joined(parts: &[&str], between: &str) -> String {
    let parts = parts.iter().filter(|part| !part.is_empty()).copied();
    parts.collect::<Vec<_>>().join(between)
}
