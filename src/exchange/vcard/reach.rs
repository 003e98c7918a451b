//! Ways to reach somebody: addresses under goen's names of channels.
//!
//! Knows the fields of services that address books have invented, and the hosts of profiles.

use super::property::Property;
use crate::exchange::card::of_host;
use crate::note::body::percent_decoded;
use crate::note::keys;

/// Services that have a field of their own (`X-ICQ`) and are no channel of which goen knows more.
const OTHER_FIELDS: &[&str] =
    &["AIM", "ICQ", "MSN", "YAHOO", "JABBER", "GOOGLE-TALK", "GTALK", "QQ", "GADUGADU", "GROUPWISE"];

/// What a property is as an address.
pub(super) enum Reach {
    /// A channel and the address.
    Channel(String, String),
    /// A number that nobody answers, under the name to tell it by.
    Left(&'static str),
    /// None.
    No,
}

/// Reads a property as an address.
pub(super) fn read(property: &Property) -> Reach {
    let value = property.line();
    let (channel, address) = match property.name.as_str() {
        "EMAIL" => ("email".to_owned(), value),
        "TEL"
            if ["fax", "pager", "modem"].iter().any(|kind| property.is_of(kind))
                && !property.is_of("voice") =>
        {
            return if value.is_empty() { Reach::No } else { Reach::Left("TEL;FAX") };
        }
        "TEL" => ("phone".to_owned(), value),
        "URL" => ("url".to_owned(), value),
        "IMPP" | "SOCIALPROFILE" | "X-SOCIALPROFILE" => service(property, value),
        name => match field(name) {
            Some(channel) => (channel, value),
            None => return Reach::No,
        },
    };
    match canonical(&channel, &address) {
        Some((channel, address)) => Reach::Channel(channel, address),
        None => Reach::No,
    }
}

/// The channel that an extension is a field of: `X-TWITTER`, `X-SKYPE-USERNAME`, `X-LINE-ID`.
fn field(name: &str) -> Option<String> {
    let word = name.strip_prefix("X-")?;
    let word = ["-USERNAME", "-ID", "-URL"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    match keys::channel_key(word) {
        Some(channel) => Some(channel.to_owned()),
        None if OTHER_FIELDS.contains(&word) => Some(word.to_ascii_lowercase()),
        None => None,
    }
}

/// A profile or a messenger: which one, and who there.
fn service(property: &Property, value: String) -> (String, String) {
    let told = ["SERVICE-TYPE", "X-SERVICE-TYPE"].into_iter().find_map(|name| property.param_of(name));
    let is_use = |kind: &str| {
        matches!(kind, "home" | "work" | "pref" | "internet" | "personal" | "business" | "other")
    };
    let types = property.params.iter().filter(|(name, value)| name == "TYPE" && !is_use(value));
    let told = told.or_else(|| types.map(|(_, value)| value.as_str()).next());
    let user = ["USERNAME", "X-USER", "X-USERID"].into_iter().find_map(|name| property.param_of(name));
    let (scheme, rest) = match value.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme, rest),
        _ => ("", value.as_str()),
    };
    // Apple writes who it is as an address of its own where it knows no other.
    let is_apple = property.name != "SOCIALPROFILE" && scheme.eq_ignore_ascii_case("x-apple");
    if is_apple || value.is_empty() {
        let name = user.map_or_else(|| percent_decoded(rest).into_owned(), str::to_owned);
        return (told.unwrap_or("url").to_owned(), name);
    }
    match told {
        Some(told) => (told.to_owned(), value),
        None if scheme.is_empty() || rest.starts_with("//") => ("url".to_owned(), value),
        None => (scheme.to_owned(), rest.to_owned()),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// A channel under goen's name for it, and its address without what only machines need. None
/// without an address. Canonical once, it stays as it is.
pub(in crate::exchange) fn canonical(channel: &str, address: &str) -> Option<(String, String)> {
    let channel = keys::channel(channel.trim());
    let channel = match &*channel {
        "" => "url",
        "url" => host(address).and_then(of_host).unwrap_or("url"),
        other => other,
    };
    let is_own = |scheme: &str| match channel {
        "email" => scheme.eq_ignore_ascii_case("mailto"),
        channel => is_scheme(scheme) && keys::channel(scheme) == channel,
    };
    let mut address = address.trim();
    while let Some((scheme, rest)) = address.split_once(':')
        && is_own(scheme)
        && !rest.starts_with("//")
    {
        address = rest.trim();
    }
    let address = if channel == "phone" { number(address) } else { address.to_owned() };
    (!address.is_empty()).then(|| (channel.to_owned(), address))
}

/// A number without the parameters of `tel:` (RFC 3966 section 3), of which people write the extension.
fn number(address: &str) -> String {
    let mut parts = address.split(';').map(str::trim);
    let digits = parts.next().unwrap_or_default();
    let extension = parts.clone().find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.eq_ignore_ascii_case("ext").then(|| value.trim()).filter(|value| !value.is_empty())
    });
    let is_parameter = |part: &str| part.split_once('=').is_some_and(|(name, _)| !name.trim().is_empty());
    match extension {
        // Whatever else stands behind a semicolon is the user's own.
        _ if digits.is_empty() || !parts.all(is_parameter) => address.to_owned(),
        Some(extension) => format!("{digits} ext. {extension}"),
        None => digits.to_owned(),
    }
}

fn host(address: &str) -> Option<&str> {
    let (scheme, rest) = address.trim().split_once("://")?;
    is_scheme(scheme).then(|| rest.split(['/', '?', '#']).next()).flatten()
}

/// Puts addresses of one channel in the order of their preference, in the places that the channel has.
pub(super) fn in_order(found: Vec<(u32, String, String)>) -> Vec<(String, String)> {
    let mut sorted: Vec<&(u32, String, String)> = found.iter().collect();
    sorted.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
    let mut next: std::collections::BTreeMap<&str, std::collections::VecDeque<&str>> = Default::default();
    for (_, channel, address) in sorted {
        next.entry(channel).or_default().push_back(address);
    }
    let mut seen = std::collections::BTreeSet::new();
    let mut out = Vec::new();
    for (_, channel, _) in &found {
        let address = next.get_mut(channel.as_str()).and_then(|all| all.pop_front()).unwrap_or_default();
        if seen.insert((channel.as_str(), address)) {
            out.push((channel.clone(), address.to_owned()));
        }
    }
    out
}
