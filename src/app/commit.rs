//! What the message of a commit says, so that the vault's history reads as a diary.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::NaiveDate;

use crate::config::Committed;
use crate::text::{Lang, one_line, shorten};

/// So many people are named.
const NAMES: usize = 3;
/// So many characters their names may take together; one is named in any case.
const ROOM: usize = 60;
/// So many characters of a name are shown.
const NAME: usize = 30;

/// The message of a commit, one line: who was recorded; else that the page was written or, where
/// a commit holds the user's own changes too, that notes were saved.
///
/// Names come from notes and may hold anything. They never stand first in the line, so that none
/// is read as a comment or a trailer.
pub fn message(lang: Lang, day: NaiveDate, recorded: &[String], what: Committed) -> String {
    let names = distinct(recorded);
    let Some(shown) = shown(&names) else {
        let deed = match (lang, what) {
            (Lang::Ja, Committed::Goen) => "つながりを更新",
            (Lang::Ja, Committed::All) => "ノートを保存",
            (Lang::En, Committed::Goen) => "Update the agenda",
            (Lang::En, Committed::All) => "Save notes",
        };
        return format!("{deed}: {day}");
    };
    let rest = names.len() - shown.len();
    match (lang, rest) {
        (Lang::Ja, 0) => format!("連絡を記録: {}", shown.join("、")),
        (Lang::Ja, rest) => format!("連絡を記録: {} ほか{rest}人", shown.join("、")),
        (Lang::En, 0) if names.len() == 1 => format!("Record contact: {}", shown.join(", ")),
        (Lang::En, 0) => format!("Record contacts: {}", shown.join(", ")),
        (Lang::En, rest) => format!("Record contacts: {} and {rest} more", shown.join(", ")),
    }
}

/// The names as they can be shown, in order, each once.
fn distinct(recorded: &[String]) -> Vec<Cow<'_, str>> {
    let mut seen = HashSet::new();
    let names = recorded.iter().map(|name| one_line(name)).filter(|name| !name.is_empty());
    names.filter(|name| seen.insert(name.clone())).collect()
}

/// Those that are named, shortened; none where there is nobody.
fn shown<'n>(names: &'n [Cow<'n, str>]) -> Option<Vec<Cow<'n, str>>> {
    let mut shown: Vec<Cow<'_, str>> = Vec::new();
    let mut taken = 0;
    for name in names.iter().take(NAMES) {
        let name = shorten(name, NAME);
        taken += name.chars().count();
        if taken > ROOM && !shown.is_empty() {
            break;
        }
        shown.push(name);
    }
    (!shown.is_empty()).then_some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(lang: Lang, recorded: &[&str]) -> String {
        let recorded: Vec<String> = recorded.iter().map(|&name| name.to_owned()).collect();
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        message(lang, day, &recorded, Committed::Goen)
    }

    #[test]
    fn those_who_were_recorded_are_named_in_order_and_once() {
        for (recorded, ja, en) in [
            (&["Sato"][..], "連絡を記録: Sato", "Record contact: Sato"),
            (&["Sato", "Sato "], "連絡を記録: Sato", "Record contact: Sato"),
            (
                &["田中 太郎", "佐藤 部長"],
                "連絡を記録: 田中 太郎、佐藤 部長",
                "Record contacts: 田中 太郎, 佐藤 部長",
            ),
            (&["c", "a", "b", "a"], "連絡を記録: c、a、b", "Record contacts: c, a, b"),
            (
                &["a", "b", "c", "d", "e"],
                "連絡を記録: a、b、c ほか2人",
                "Record contacts: a, b, c and 2 more",
            ),
        ] {
            assert_eq!(said(Lang::Ja, recorded), ja);
            assert_eq!(said(Lang::En, recorded), en);
        }
    }

    #[test]
    fn without_a_contact_the_day_says_it() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        for (lang, what, expected) in [
            (Lang::Ja, Committed::Goen, "つながりを更新: 2026-11-21"),
            (Lang::Ja, Committed::All, "ノートを保存: 2026-11-21"),
            (Lang::En, Committed::Goen, "Update the agenda: 2026-11-21"),
            (Lang::En, Committed::All, "Save notes: 2026-11-21"),
        ] {
            assert_eq!(message(lang, day, &[], what), expected);
            assert_eq!(message(lang, day, &[" \n\u{200b}".to_owned()], what), expected, "nobody is named");
        }
    }

    #[test]
    fn names_are_data() {
        assert_eq!(
            said(Lang::En, &["# a\n\nSigned-off-by: b\r\u{1b}[31m\u{202e}c"]),
            "Record contact: # a Signed-off-by: b [31m c"
        );
        let long = "長".repeat(200);
        for recorded in [vec![&*long; 9], vec!["a", &long, "b"], vec![&*long, "b", "c", "d"]] {
            let message = said(Lang::Ja, &recorded);
            assert_eq!(message.lines().count(), 1);
            assert!(message.chars().count() < 90, "{message}");
        }
        let many = ["あ".repeat(30), "い".repeat(30), "う".repeat(30)];
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(said(Lang::Ja, &many).ends_with("い ほか1人"), "the third has no room");
    }
}
