//! Laws of what is written into a note: every byte that was there stays but for the planned
//! spans, the note read again says what was asked, and doing it twice is doing it once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::LazyLock;

use crate::common::thorough;
use chrono::NaiveDate;
use goen::config::Config;
use goen::moment::DailyFormat;
use goen::note::dialect::{Dialect, Journal};
use goen::note::edit::change::{Change, Hand, Recorded, make, strike, take_back};
use goen::note::{self, Note};
use goen::text::{Lang, NotePath};
use proptest::prelude::*;

/// How notes are read; made once, since it takes longer than a law.
fn dialect() -> &'static Dialect {
    static DIALECT: LazyLock<Dialect> = LazyLock::new(|| {
        let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
        Dialect::new(&Config::default(), journal, &["People".to_owned()])
    });
    &DIALECT
}

fn path() -> NotePath {
    NotePath::new("People/田中.md")
}

fn read(text: &str, dialect: &Dialect) -> Note {
    note::read(&path(), text.as_bytes(), dialect)
}

/// A front matter: some lines, in any order, with the day of the last contact in any style.
fn front() -> impl Strategy<Value = String> {
    let last = prop::sample::select(
        &[
            "",
            "last_contact: 2026-09-14\n",
            "last_contact: '2026-09-14'  # 電話\n",
            "lastContact: \"[[2026-09-14]]\"\n",
            "last_contact: [[日記/2026-09-14|先週]]\n",
            "最終連絡: 2026年9月14日\n",
            "last contacted: 2026/9/14 # x\n",
            "prm-last-contact: 2026-09-14T10:30:00+09:00\n",
            "last_contact:\n",
            "last_contact: null # まだ\n",
            "last_contact: なし\n",
            "last_contact: \"2026-09-14 via Slack\"\n",
            "last_contact: [2026-09-14]\n",
            "last_contact: &a 2026-09-14\n",
            "last_contact: 2026-09-14\nlast_contact: 2026-09-15\n",
            "last_contact: 2027-01-01\n",
        ][..],
    );
    let other = prop::collection::vec(
        prop::sample::select(
            &[
                "tier: close\n",
                "interests: [Rust, 山]\n",
                "channels: {line: \"a: b\", email: x@y}\n",
                "org:\n  - name: ミナト # c\n    from: 2019\n",
                "note: |\n  ## 記録\n  - 2026-01-01 深い\n\n",
                "note: >-\n  折り返し\n  た文\n",
                "🙂: \"二重\\\"引用\"  \n",
                "# コメント\n",
                "\n",
                "key: 'it''s'\t\n",
                "long: a\n  b\n",
            ][..],
        ),
        0..4,
    );
    let fences = prop::sample::select(&[("---\n", "---\n"), ("---\n", "...\n"), ("---  \n", "--- \n")][..]);
    (last, other, 0..4usize, fences, any::<bool>()).prop_map(|(last, mut other, at, (open, close), none)| {
        if none && last.is_empty() {
            return String::new();
        }
        other.insert(at.min(other.len()), last);
        format!("{open}{}{close}", other.concat())
    })
}

fn body() -> impl Strategy<Value = String> {
    let block = prop::sample::select(
        &[
            "# 田中 太郎\n\n本文  \n",
            "## 記録\n\n- 2026-09-14 (line) 近況 #gave\n- 2026-08-01 a\n",
            "## Log\n* [[2026-08-01]] a\n    - 下\n\n  続き\n* [[2026-09-14]] b  \n",
            "## Log\n\n1. 2026-08-01 a\n2. 2026-09-14 b\n",
            "### やりとり\n\n",
            "## 記録\n\n予定の話。\n",
            "```\n## 記録\n- 2026-09-14 no\n```\n",
            "> ## Log\n> - 2026-09-14 no\n",
            "> [!note]- 記録\n> - 2026-09-14 no\n",
            "<!--\n## Log\n- 2026-09-14 no\n-->\n",
            "%%\n- 2026-09-14 no\n%%\n",
            "## 2026-08-14 電話\n\n近況。\n",
            "- [ ] 資料を送る 📅 2026-11-22\n- [x] 済んだ ✅ 2026-11-01\n",
            "| a | b |\n|---|---|\n| 2026-01-01 | x |\n",
            "last contact:: 2026-09-14\n",
            "    - 2026-09-14 コード\n",
            "記録\n====\n\n- 2026-09-14 b\n\n***\n",
            "\t- 2026-09-14 tab\n",
            "\n\n",
            "終 \t",
        ][..],
    );
    prop::collection::vec(block, 0..5).prop_map(|blocks| blocks.concat())
}

fn notes() -> impl Strategy<Value = String> {
    let ends = prop::sample::select(&["\n", "\r\n", "mixed"][..]);
    (front(), body(), ends, any::<bool>(), any::<bool>()).prop_map(|(front, body, ends, mark, cut)| {
        let mut text = front + &body;
        if cut {
            text.truncate(text.trim_end_matches('\n').len());
        }
        let text = match ends {
            "mixed" => {
                let lines = text.split_inclusive('\n').enumerate();
                lines
                    .map(|(n, line)| if n % 3 == 1 { line.replace('\n', "\r\n") } else { line.to_owned() })
                    .collect()
            }
            ends => text.replace('\n', ends),
        };
        format!("{}{text}", if mark { "\u{feff}" } else { "" })
    })
}

fn entries() -> impl Strategy<Value = Recorded> {
    let day = prop::sample::select(&["2026-11-21", "2026-09-14", "2026-08-15", "2020-01-01"][..]);
    let channel = prop::sample::select(&[None, Some("line"), Some("like"), Some("skip"), Some("ランチ")][..]);
    let words =
        prop::sample::select(&["", "元気そう #gave", "a [[b]] `c` *d*", "🙂", "<b>x", "2026-01-01 の話"][..]);
    const BELOW: [&[&str]; 3] = [&[], &["- 二行目"], &["- a", "  - b", "- [ ] 約束"]];
    let below = prop::sample::select(&BELOW[..]);
    (day, channel, words, below).prop_map(|(day, channel, words, below)| Recorded {
        id: "g-k3f9q2".into(),
        day: day.parse().unwrap(),
        channel: channel.map(str::to_owned),
        words: words.to_owned(),
        below: below.iter().map(|line| (*line).to_owned()).collect(),
    })
}

/// Lines, as they are ended.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// What of `after` is not in `before`, if all of `before` is there in its order.
fn put_in<'a>(before: &str, after: &'a str) -> Option<Vec<&'a str>> {
    // A byte order mark stays in front of whatever comes first.
    if before.starts_with('\u{feff}') != after.starts_with('\u{feff}') {
        return None;
    }
    let (before, after) = (before.trim_start_matches('\u{feff}'), after.trim_start_matches('\u{feff}'));
    let mut rest = lines(before).into_iter().peekable();
    let mut more = Vec::new();
    for line in lines(after) {
        let known = rest.peek().is_some_and(|known| {
            // The last line of a file may get the line end that it lacked.
            *known == line || (!known.ends_with('\n') && line.trim_end_matches(['\r', '\n']) == *known)
        });
        if known {
            rest.next();
        } else {
            more.push(line);
        }
    }
    rest.next().is_none().then_some(more)
}

/// So many notes are written into.
fn cases() -> u32 {
    const CASES: u32 = 400;
    u32::try_from(thorough()).map_or(u32::MAX, |times| CASES.saturating_mul(times))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_recording_changes_what_was_asked_and_no_other_byte(note in notes(), entry in entries()) {
        let dialect = dialect();
        let hand = Hand { dialect, lang: Lang::Ja };
        let change = [Change::Record(entry.clone())];
        let Ok(after) = make(&path(), &note, &change, hand) else { return Ok(()) };

        // Only lines were put in, but for the value of the last contact.
        let before_read = read(&note, dialect);
        let after_read = read(&after, dialect);
        let (old, new) = (before_read.person().unwrap(), after_read.person().unwrap());
        let day_moved = old.stated != new.stated
            && !old.stated.is_empty() | note.contains("ontact:") | note.contains("最終連絡:");
        let without_value = |text: &str| -> String {
            let has_value = |line: &&str| {
                let key = line.trim_start_matches('\u{feff}').to_lowercase();
                key.starts_with("last") | key.starts_with("最終連絡") | key.starts_with("prm-last")
            };
            lines(text).into_iter().filter(|line| !has_value(line)).collect()
        };
        let (plain_before, plain_after) =
            if day_moved { (without_value(&note), without_value(&after)) } else { (note.clone(), after.clone()) };
        let more = put_in(&plain_before, &plain_after);
        prop_assert!(more.is_some(), "a line was lost:\n{note:?}\n{after:?}");
        for line in more.unwrap() {
            let words = line.trim();
            let ours = words.is_empty()
                || words == "---"
                || words == "## 記録"
                || words.starts_with("last_contact: 20")
                || words.contains("^g-k3f9q2")
                || words.contains("2026-09-14") && words.len() < 24
                || entry.below.iter().any(|below| below.trim() == words);
            prop_assert!(ours, "{line:?} was put into {note:?}: {after:?}");
        }

        // The note read again says what was asked.
        let logged = new.log.iter().find(|known| known.id.as_deref() == Some("g-k3f9q2"));
        let logged = logged.expect("the entry is in the log");
        prop_assert_eq!(logged.day, entry.day);
        let counts = logged.is_contact();
        prop_assert_eq!(counts, !matches!(entry.channel.as_deref(), Some("like" | "skip")));
        let newest = |stated: &[note::person::Stated]| stated.iter().map(|s| s.day).max();
        let (was, is) = (newest(&old.stated), newest(&new.stated));
        prop_assert!(is >= was, "an older day over a newer one");
        if counts {
            prop_assert!(is >= Some(entry.day));
        } else {
            prop_assert_eq!(is, was);
        }
        // History only grows.
        let days = |person: &note::person::Person| person.log.iter().map(|entry| entry.day).collect::<Vec<NaiveDate>>();
        let (before_days, after_days) = (days(old), days(new));
        for day in before_days.iter().chain(was.iter().filter(|was| Some(**was) != is)) {
            prop_assert!(after_days.contains(day), "{day} is lost");
        }
        // All else is read as before.
        prop_assert_eq!(&old.tags, &new.tags);
        prop_assert_eq!(&old.posts, &new.posts);
        prop_assert_eq!(&old.interests, &new.interests);
        prop_assert_eq!(&old.channels, &new.channels);

        // Twice is once.
        prop_assert_eq!(make(&path(), &after, &change, hand).unwrap(), after.clone());

        // Taken back by rule, the entry is gone and the day is the newest that remains.
        if let Ok(back) = take_back(&path(), (&note, &after), &change, hand) {
            let back_read = read(&back, dialect);
            let person = back_read.person().unwrap();
            prop_assert!(person.log.iter().all(|known| known.id.is_none()), "{back:?}");
            let remaining = person.log.iter().filter(|known| known.is_contact()).map(|known| known.day).max();
            if counts && is == Some(entry.day) && was.is_none_or(|was| was < entry.day) {
                prop_assert_eq!(newest(&person.stated), remaining, "{:?}", back);
            }
            let (was, is) = (without_value(&note), without_value(&back));
            prop_assert!(put_in(&was, &is).is_some(), "a line was lost taking it back:\n{note:?}\n{after:?}\n{back:?}");
        }
        // Known by its id alone it goes too, or is refused with more standing below it.
        if let Ok(back) = strike(&path(), after, "g-k3f9q2", None, hand) {
            prop_assert!(!back.contains("^g-k3f9q2"), "{back:?}");
        }
    }

    #[test]
    fn values_are_set_and_nothing_else(note in notes(), which in 0..3usize) {
        let dialect = dialect();
        let hand = Hand { dialect, lang: Lang::En };
        let day: NaiveDate = "2026-12-24".parse().unwrap();
        let change = match which {
            0 => Change::Next(day),
            1 => Change::Snooze { until: day, only_later: false },
            _ => Change::Tier("project".to_owned()),
        };
        let Ok(after) = make(&path(), &note, std::slice::from_ref(&change), hand) else { return Ok(()) };
        let note_read = read(&after, dialect);
        let person = note_read.person().unwrap();
        match which {
            0 => prop_assert_eq!(person.next, Some(day)),
            1 => prop_assert_eq!(person.snooze, Some(day)),
            _ => prop_assert_eq!(person.tier.map(|tier| tier.0), Some(3)),
        }
        let without = |text: &str| -> String {
            lines(text).into_iter().filter(|line| !line.trim_start_matches('\u{feff}').starts_with("tier:")).collect()
        };
        let (was, is) = (without(&note), without(&after));
        let more = put_in(&was, &is);
        prop_assert!(more.is_some_and(|more| more.len() <= 3), "{note:?}\n{after:?}");
        prop_assert_eq!(make(&path(), &after, std::slice::from_ref(&change), hand).unwrap(), after.clone());
        // A value taken back by rule is what it was, to the byte, but for a front matter made for it.
        if let Ok(back) = take_back(&path(), (&note, &after), &[change], hand) {
            let made = !note.trim_start_matches('\u{feff}').starts_with("---");
            prop_assert!(back == note || made, "{note:?}\n{after:?}\n{back:?}");
        }
    }

    #[test]
    fn a_ticked_task_is_its_own_line_and_no_other(note in notes()) {
        let dialect = dialect();
        let hand = Hand { dialect, lang: Lang::Ja };
        let day: NaiveDate = "2026-12-24".parse().unwrap();
        let change = [Change::Tick { task: "資料を送る".into(), ordinal: 0, day }];
        let Ok(after) = make(&path(), &note, &change, hand) else {
            // Without such an open task there is nothing to tick.
            let open = read(&note, dialect).tasks.iter().any(|task| task.text == "資料を送る" && task.ordinal == 0);
            prop_assert!(!open, "{note:?}");
            return Ok(());
        };
        let (open, ticked) = ("- [ ] 資料を送る 📅 2026-11-22", "- [x] 資料を送る 📅 2026-11-22 ✅ 2026-12-24");
        prop_assert_eq!(after.matches(ticked).count(), 1);
        prop_assert_eq!(after.replacen(ticked, open, 1), note.clone());
        prop_assert_eq!(make(&path(), &after, &change, hand).unwrap(), after.clone());
        prop_assert_eq!(take_back(&path(), (&note, &after), &change, hand).unwrap(), note);
    }
}
