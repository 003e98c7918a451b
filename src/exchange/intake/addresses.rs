//! Which addresses are one, and which of them say who somebody is.
//!
//! An e-mail of one's own, a mobile number and a profile do; a mailbox of an office, a number of a firm or
//! a household do not. Leaves whose they are to `roster`.

use crate::text::{Text, fold};

/// How much an address says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// One person has it.
    Who,
    /// Those who live or work together may share it.
    Perhaps,
    /// Nothing.
    Nothing,
}

/// Mailboxes that a post has, not a person.
const OFFICES: [&str; 44] = [
    "info",
    "information",
    "contact",
    "contacts",
    "office",
    "sales",
    "support",
    "admin",
    "administrator",
    "mail",
    "hello",
    "team",
    "help",
    "helpdesk",
    "service",
    "services",
    "inquiry",
    "enquiries",
    "webmaster",
    "postmaster",
    "noreply",
    "no-reply",
    "donotreply",
    "press",
    "media",
    "marketing",
    "jobs",
    "recruit",
    "recruiting",
    "hr",
    "accounting",
    "billing",
    "reception",
    "secretary",
    "customer",
    "jimu",
    "soumu",
    "somu",
    "keiri",
    "eigyo",
    "eigyou",
    "jinji",
    "kouhou",
    "toiawase",
];

/// Channels whose address is a name that the whole network knows one person by.
pub const PROFILES: [&str; 12] = [
    "linkedin",
    "x",
    "facebook",
    "instagram",
    "github",
    "telegram",
    "line",
    "skype",
    "mastodon",
    "bluesky",
    "wechat",
    "kakaotalk",
];

/// Fewer digits are an extension, no number.
const SHORTEST_NUMBER: usize = 7;

/// The address under which all its spellings are one, and what it says; none for what is no address.
pub fn key(channel: &str, address: &str) -> Option<(Text, Says)> {
    match channel {
        "email" => email(address),
        "phone" => phone(address),
        channel if PROFILES.contains(&channel) => {
            let handle = handle(address);
            (handle.chars().count() > 1).then(|| (format!("{channel}:{handle}").into(), Says::Who))
        }
        _ => {
            let word = fold(address);
            (!word.is_empty()).then(|| (format!("{channel}:{word}").into(), Says::Nothing))
        }
    }
}

/// Whether two addresses of a channel are one, however each is written.
pub fn is_one(channel: &str, a: &str, b: &str) -> bool {
    match (key(channel, a), key(channel, b)) {
        (Some((a, _)), Some((b, _))) => a == b,
        (None, None) => fold(a) == fold(b),
        _ => false,
    }
}

fn email(address: &str) -> Option<(Text, Says)> {
    let folded = fold(address);
    let bare = folded.trim_start_matches("mailto:").trim_matches(['<', '>', ' ']);
    let (name, host) = bare.rsplit_once('@').filter(|(name, host)| !name.is_empty() && host.contains('.'))?;
    let host = if host == "googlemail.com" { "gmail.com" } else { host };
    let says = if OFFICES.contains(&name) { Says::Nothing } else { Says::Who };
    Some((format!("email:{name}@{host}").into(), says))
}

fn phone(address: &str) -> Option<(Text, Says)> {
    let folded = fold(address);
    let bare = folded.trim_start_matches("tel:");
    // What stands behind these is reached from the switchboard.
    let bare = bare.split([';', 'x', '#', '内', 'e']).next().unwrap_or_default();
    let is_abroad = bare.trim_start().starts_with('+');
    let digits: String = bare.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let home = |rest: &str| format!("0{}", rest.trim_start_matches('0'));
    let number = match digits.strip_prefix("81") {
        Some(rest) if is_abroad => home(rest),
        _ => match digits.strip_prefix("01081") {
            Some(rest) if rest.len() >= 9 => home(rest),
            _ if is_abroad => format!("+{digits}"),
            _ => digits,
        },
    };
    if number.len() < SHORTEST_NUMBER {
        return None;
    }
    let mobile =
        ["090", "080", "070", "060"].iter().any(|head| number.starts_with(head)) && number.len() == 11;
    // Of a number from elsewhere nobody sees whether it is carried about.
    let fixed = number.starts_with('0') && !mobile;
    Some((format!("phone:{number}").into(), if fixed { Says::Nothing } else { Says::Perhaps }))
}

/// Whether what stands for a name is a number: a telephone has kept it without one.
pub fn is_number(name: &str) -> bool {
    !name.contains(char::is_alphabetic)
        && fold(name).chars().filter(char::is_ascii_digit).count() >= SHORTEST_NUMBER
}

/// The name in a profile's address: `https://www.linkedin.com/in/taro/` and `@taro` are `taro`.
fn handle(address: &str) -> String {
    let folded = fold(address);
    let mut rest = folded.trim_start_matches("https://").trim_start_matches("http://");
    rest = rest.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let is_path = rest.contains('/') && rest.split('/').next().is_some_and(|host| host.contains('.'));
    let name = if is_path { rest.rsplit('/').next().unwrap_or_default() } else { rest };
    name.trim_start_matches('@').trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(channel: &str, a: &str, b: &str, says: Says) {
        let (one, said) = key(channel, a).unwrap();
        let (other, _) = key(channel, b).unwrap();
        assert_eq!((one.as_str(), said), (other.as_str(), says), "{a} {b}");
        assert!(!one.is_empty(), "{a}");
    }

    #[test]
    fn one_address_in_many_spellings() {
        check("email", "Taro@Example.JP", "mailto:taro@example.jp", Says::Who);
        check("email", "a@googlemail.com", "a@gmail.com", Says::Who);
        check("email", "info@example.jp", "INFO@example.jp", Says::Nothing);
        check("phone", "090-1234-5678", "+81 90 1234 5678", Says::Perhaps);
        check("phone", "０９０（１２３４）５６７８", "+81(0)90-1234-5678", Says::Perhaps);
        check("phone", "03-1234-5678", "+81312345678", Says::Nothing);
        check("phone", "+1 (415) 555-0100", "tel:+1-415-555-0100;ext=3", Says::Perhaps);
        check("linkedin", "https://www.linkedin.com/in/taro-t/", "linkedin.com/in/Taro-T?x=1", Says::Who);
        check("x", "@taro", "https://twitter.com/taro", Says::Who);
    }

    #[test]
    fn what_is_no_address() {
        assert_eq!(key("email", "taro"), None);
        assert_eq!(key("email", "@example.jp"), None);
        assert_eq!(key("phone", "内線 12"), None);
        assert_eq!(key("phone", ""), None);
        assert_eq!(key("line", ""), None);
        assert!(is_number("090-1234-5678") && is_number("+81 (0)３-1234-5678"));
        assert!(!is_number("007") && !is_number("1234567 Ltd.") && !is_number("田中 0312345678"));
    }
}
