//! What stands on a card: the names with their form of address, the postal address, the post held.
//!
//! On a card the full name bears 様, and organisation and role have places of their own: so no role
//! ever comes to stand in front of 様, and no name has to be split into family and given name.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::household::is_own_name;
use crate::note::org::Post;
use crate::note::person::Person;
use crate::text::{Lang, Text, fold, fold_name, one_line};

/// The form of address of whoever's note says no other.
const USUAL: &str = "様";

/// A name that ends so has its form of address: 部長様 and 先生様 are said by nobody.
const ADDRESSED: [&str; 29] = [
    "様",
    "さま",
    "さん",
    "ちゃん",
    "くん",
    "令夫人",
    "殿",
    "先生",
    "先輩",
    "教授",
    "博士",
    "社長",
    "会長",
    "専務",
    "常務",
    "取締役",
    "部長",
    "次長",
    "課長",
    "係長",
    "主任",
    "室長",
    "所長",
    "局長",
    "支店長",
    "店長",
    "院長",
    "校長",
    "御中",
];

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
            Some(address) => split(address),
            None => (None, None),
        };
        let own = details.postal_code.as_deref().map(code);
        Self {
            honorific: details.honorific.as_ref().and_then(line).or_else(|| usual(&name, lang)),
            name,
            joint: others(person),
            postal_code: own.filter(|code| !code.is_empty()).or(in_address),
            address,
            post: held(&person.posts, today),
        }
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
        let plain = fold_name(bare_name(name));
        let is_new = !known.contains(&plain);
        known.push(plain);
        is_new
    };
    written.filter(is_new).map(|name| one_line(name)).filter(|name| !name.is_empty()).collect()
}

fn usual(name: &str, lang: Lang) -> Option<Cow<'static, str>> {
    (lang == Lang::Ja && form_of_address(name).is_none()).then_some(Cow::Borrowed(USUAL))
}

/// The form of address that a name ends with.
pub fn form_of_address(name: &str) -> Option<&'static str> {
    let ends = |word: &&&str| name.strip_suffix(**word).is_some_and(|rest| !rest.is_empty());
    ADDRESSED.iter().find(ends).copied()
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

/// A digit in any width.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => None,
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '–' | '−' | '－' | 'ー')
}

/// A postal code without its sign; one of Japan with its dash.
fn code(text: &str) -> String {
    let text = one_line(text);
    let bare = text.trim_start_matches(['〒', ' ', '\u{3000}']);
    match leading_code(bare) {
        Some((code, "")) => code,
        _ => bare.to_owned(),
    }
}

/// A code of Japan that a text begins with, and what follows it.
fn leading_code(text: &str) -> Option<(String, &str)> {
    let mut digits = String::new();
    let mut rest = text;
    while digits.len() < 7 {
        if digits.len() == 3 {
            rest = rest.strip_prefix(is_dash).unwrap_or(rest);
        }
        let first = rest.chars().next()?;
        digits.push(digit(first)?);
        rest = &rest[first.len_utf8()..];
    }
    digits.insert(3, '-');
    let ends = rest.chars().next().is_none_or(|c| digit(c).is_none() && !is_dash(c));
    ends.then_some((digits, rest))
}

/// A vCard's address, `;;1-2;港区;東京都;107-0052;日本`, as it is written in its country.
fn of_vcard(address: &str) -> Option<String> {
    let parts: Vec<&str> = address.split(';').map(str::trim).collect();
    let [post_box, more, street, city, region, code, country] = parts.as_slice() else { return None };
    let is_japanese = [street, city, region].iter().any(|part| !part.is_ascii());
    let joined = |parts: &[&str], between: &str| {
        let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        parts.join(between)
    };
    Some(if is_japanese {
        let place = [*region, *city, *street].concat();
        joined(&[code, &place, post_box, more], " ")
    } else {
        let region = joined(&[region, code], " ");
        joined(&[post_box, more, street, city, &region, country], ", ")
    })
}

/// An address without its code, in whichever way its numbers and lines are written, so that it can be
/// compared; none without a number, which is no house.
pub(super) fn home(address: &str) -> Option<Text> {
    let mut plain = String::new();
    let text = with_digits(&fold(&split(address).1?).replace("番地", "番"));
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_after_number = plain.ends_with(|last: char| last == '-' || last.is_ascii_digit());
        let is_before_number = rest.peek().is_some_and(char::is_ascii_digit);
        match c {
            '丁' | '番' => plain.push('-'),
            '目' | '号' if is_after_number => {}
            'の' if is_after_number && is_before_number => plain.push('-'),
            ',' | '、' | '.' | '。' | '・' | ' ' => {
                // Two numbers are not one.
                if is_before_number && plain.ends_with(|last: char| last.is_ascii_digit()) {
                    plain.push('-');
                }
            }
            c if c.is_whitespace() => {}
            c if is_dash(c) => plain.push('-'),
            c => plain.push(c),
        }
    }
    let plain = plain.trim_matches('-');
    plain.contains(|c: char| c.is_ascii_digit()).then(|| plain.into())
}

/// An address with the numbers before 丁目, 番 and 号 in digits: 十二丁目 as 12丁目.
fn with_digits(address: &str) -> String {
    const DIGITS: &str = "〇一二三四五六七八九";
    let value = |c: char| DIGITS.chars().position(|digit| digit == c);
    let is_number = |c: char| c == '十' || value(c).is_some();
    let mut out = String::with_capacity(address.len());
    let mut rest = address;
    while let Some(at) = rest.find(is_number) {
        let (before, number) = rest.split_at(at);
        let end = number.find(|c| !is_number(c)).unwrap_or(number.len());
        let (number, after) = number.split_at(end);
        out.push_str(before);
        if after.starts_with(['丁', '番', '号']) {
            let (mut sum, mut last) = (0_usize, None);
            for c in number.chars() {
                match value(c) {
                    Some(digit) => {
                        last = Some(last.unwrap_or(0_usize).saturating_mul(10).saturating_add(digit))
                    }
                    None => sum = last.take().unwrap_or(1).saturating_mul(10).saturating_add(sum),
                }
            }
            out.push_str(&sum.saturating_add(last.unwrap_or(0)).to_string());
        } else {
            out.push_str(number);
        }
        rest = after;
    }
    out + rest
}

/// A name on a card without its form of address.
pub(super) fn bare_name(name: &str) -> &str {
    let form = ADDRESSED.iter().find_map(|form| name.strip_suffix(form).filter(|bare| !bare.is_empty()));
    form.unwrap_or(name).trim()
}

/// An address as its postal code, where it begins with one, and the rest.
fn split(address: &str) -> (Option<String>, Option<String>) {
    let address = one_line(address);
    let put_together = of_vcard(&address);
    let address = put_together.as_deref().unwrap_or(&address);
    let bare = address.trim_start_matches(['〒', ' ', '\u{3000}']);
    let (code, rest) = match leading_code(bare) {
        Some((code, rest)) => (Some(code), rest),
        None => (None, bare),
    };
    let rest = rest.trim_matches([' ', '\u{3000}', ',', '、']);
    (code, (!rest.is_empty()).then(|| rest.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postal_code_is_taken_out_of_the_address() {
        let check = |address: &str, code: Option<&str>, rest: Option<&str>| {
            let want = (code.map(str::to_owned), rest.map(str::to_owned));
            assert_eq!(split(address), want, "{address}");
        };
        check("〒123-4567 東京都港区1-2-3", Some("123-4567"), Some("東京都港区1-2-3"));
        check("〒１２３－４５６７　東京都港区１−２", Some("123-4567"), Some("東京都港区１−２"));
        check("1234567 東京都", Some("123-4567"), Some("東京都"));
        check("〒 123-4567", Some("123-4567"), None);
        // A number of a house, or of a telephone, is none.
        check("東京都港区123-4567", None, Some("東京都港区123-4567"));
        check("123-4567-8 X", None, Some("123-4567-8 X"));
        // A vCard's.
        check(";;1-2;港区;東京都;107-0052;日本", Some("107-0052"), Some("東京都港区1-2"));
        check(";ビル3階;1-2;港区;東京都;1070052;", Some("107-0052"), Some("東京都港区1-2 ビル3階"));
        check(";;221B Baker Street;London;;NW1 6XE;UK", None, Some("221B Baker Street, London, NW1 6XE, UK"));
        check("221B Baker Street", None, Some("221B Baker Street"));
        check("", None, None);
    }

    #[test]
    fn a_code_of_its_own_is_written_in_one_way() {
        let check = |text: &str, want: &str| assert_eq!(code(text), want);
        check("1234567", "123-4567");
        check("〒１２３－４５６７", "123-4567");
        check(" NW1 6XE ", "NW1 6XE");
    }

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
