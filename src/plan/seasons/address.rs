//! Postal addresses: the code that one begins with, whether post arrives there, and when two are one home.
//!
//! Leaves who lives there to `household`, and what stands on a card to `label`.

use crate::plan::Subject;
use crate::text::{Text, fold, one_line};

/// Whether an address says that what was sent there came back.
pub fn is_returned(address: &str) -> bool {
    const RETURNED: [&str; 11] = [
        "先不明",
        "宛所",
        "宛て所",
        "あて所",
        "住所不明",
        "居所不明",
        "所在不明",
        "返送",
        "unknown",
        "returned",
        "undeliverable",
    ];
    let address = fold(address);
    RETURNED.iter().any(|word| address.contains(word))
}

/// Whether a postal address is known, and whether what was sent there came back.
pub(in crate::plan) fn of(s: &Subject<'_>) -> (bool, bool) {
    let Some(address) = &s.person.details().address else { return (false, false) };
    let returned = is_returned(address);
    (!returned && !fold(address).trim_matches([';', ' ']).is_empty(), returned)
}

/// A postal code without its sign; one of Japan with its dash.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text);
    let bare = text.trim_start_matches(['〒', ' ', '\u{3000}']);
    match leading_code(bare) {
        Some((code, "")) => code,
        _ => bare.to_owned(),
    }
}

/// An address as its postal code, where it begins with one, and the rest.
pub(super) fn split(address: &str) -> (Option<String>, Option<String>) {
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
    fn what_parts_two_numbers_is_a_dash_and_in_a_name_it_is_a_letter() {
        let check = |address: &str, want: &str| assert_eq!(home(address).as_deref(), Some(want));
        check("水戸市三の丸1の2の3", "水戸市三の丸1-2-3");
        check("三鷹市井の頭3丁目4番5号", "三鷹市井の頭3-4-5");
        check("中野区1-2の内", "中野区1-2の内");
    }

    #[test]
    fn a_code_of_its_own_is_written_in_one_way() {
        let check = |text: &str, want: &str| assert_eq!(code(text), want);
        check("1234567", "123-4567");
        check("〒１２３－４５６７", "123-4567");
        check(" NW1 6XE ", "NW1 6XE");
    }
}
