//! A day under a key of the front matter, in the style of the one that is there.

use chrono::NaiveDate;

use super::value::{Setting, over_whole, plain_scalar, set_value};
use super::{Edit, Refusal, Splice};
use crate::date::{self, DateError, DayFirst};
use crate::note::dialect::Dialect;
use crate::note::find::is_not_yet;
use crate::note::keys::Field;
use crate::note::log;
use crate::note::value::{Data, Pair};
use crate::problem::Obstacle;
use crate::text::Span;

/// Sets a day under a field, in the spelling of the key that the note uses; a note that has
/// none gets `key`.
///
/// # Errors
/// Where the place is not certain: see [`Refusal`].
pub fn set_day(
    text: &str,
    field: Field,
    key: &str,
    day: NaiveDate,
    dialect: &Dialect,
) -> Result<Edit, Refusal> {
    let says = |pair: &Pair<'_>| {
        let said = pair.value.text().and_then(|said| date::prefix(&said, dialect.day_first).ok());
        said.is_some_and(|(said, _)| said == day)
    };
    let setting = Setting { field, key, value: &day.to_string() };
    set_value(text, &setting, dialect, |pair| over(text, pair, day, dialect.day_first), says)
}

/// Over the day that stands there, and over nothing else of the value.
fn over(text: &str, pair: &Pair<'_>, day: NaiveDate, day_first: DayFirst) -> Result<Splice, Refusal> {
    let node = &pair.value;
    let refused = |error| match error {
        DateError::Ambiguous => Refusal::new(Obstacle::AmbiguousDate, node.span),
        _ => Refusal::new(Obstacle::NotOneValue, node.span),
    };
    // An unquoted `[[2026-09-14]]` is a list in a list for YAML.
    let is_link = matches!(node.data, Data::List(_)) && node.text().is_some();
    if !is_link {
        let scalar = plain_scalar(text, node)?;
        if node.text().is_none() || is_not_yet(scalar) {
            return Ok(over_whole(text, pair, &day.to_string()));
        }
    } else if node.decorated {
        return Err(Refusal::new(Obstacle::Decorated, node.span));
    }
    let start = node.span.start as usize;
    let end = if is_link { text.len() } else { node.span.end as usize };
    let line = text[start..end].lines().next().unwrap_or("");
    let quotes = line.len() - line.trim_start_matches(['"', '\'']).len();
    if line[quotes..].starts_with("[[") {
        let (place, new) = in_link(line, quotes + 2, day, day_first).map_err(refused)?;
        // What stands behind the link is about the old day as well.
        let no_date = || refused(DateError::NotADate);
        let (old, behind) = line.split_at_checked(place.end as usize + "]]".len()).ok_or_else(no_date)?;
        let (was, len) = date::prefix(&old[quotes..], day_first).map_err(refused)?;
        let (_, whole) = date::prefix(&line[quotes..], day_first).map_err(refused)?;
        let read = behind.get(..whole.saturating_sub(len)).ok_or_else(no_date)?;
        let said = &read[..before_time(read)];
        let weekday = date::weekday_like(said, was, day).unwrap_or_else(|| said.to_owned());
        let (new, len) = with_time(new + "]]" + &weekday, said, &behind[said.len()..]).ok_or_else(no_date)?;
        return Ok(Splice {
            span: Span::new(place.start as usize, old.len() + len).shifted(start),
            text: new,
        });
    }
    let written = &line[quotes..];
    let (_, len) = date::prefix(written, day_first).map_err(refused)?;
    // What was read as the day may have its time with it.
    let len = before_time(&written[..len]);
    let old = &written[..len];
    let new = date::like(old, day, day_first).unwrap_or_else(|| day.to_string());
    let (new, len) = with_time(new, old, &written[len..]).ok_or_else(|| refused(DateError::NotADate))?;
    let at = start + quotes;
    Ok(Splice { span: Span::new(at, at + len), text: new })
}

/// The day in a link to a daily note (`[[日記/2026-09-14|先週]]`), with the words shown in its
/// place, since they were about the old day; and the new one as that note would be called.
fn in_link(
    line: &str,
    target: usize,
    day: NaiveDate,
    day_first: DayFirst,
) -> Result<(Span, String), DateError> {
    let len = line[target..].find("]]").ok_or(DateError::NotADate)?;
    let inside = &line[target..target + len];
    let shown = inside.find('|').unwrap_or(inside.len());
    let name = inside[..shown].rfind('/').map_or(0, |at| at + 1);
    let old = &inside[name..shown];
    let (_, end) = date::prefix(old, day_first)?;
    // What else the note is called belongs to the old day too.
    let is_whole = old[end..].is_empty();
    let starts_with_digit = old.starts_with(|c: char| c.is_ascii_digit());
    let new = date::like(old, day, day_first).or_else(|| starts_with_digit.then(|| day.to_string()));
    let new = new.filter(|_| is_whole).ok_or(DateError::NotADate)?;
    Ok((Span::new(target + name, target + len), new))
}

/// Where the time in what was read as a day begins, with the `T` or blank in front; else its end.
fn before_time(day: &str) -> usize {
    let hour = day.find(':').map(|colon| day[..colon].trim_end_matches(|c: char| c.is_ascii_digit()).len());
    hour.filter(|at| day[..*at].ends_with(['T', 't', ' '])).map_or(day.len(), |at| at - 1)
}

/// The new day with what of the old one's time stays, and how many bytes it takes the place of; none where
/// something follows that goen does not know.
fn with_time(new: String, old: &str, behind: &str) -> Option<(String, usize)> {
    // A time belongs to the old day: of the new one none is known. Its zone stays.
    if let Some(len) = time_behind(behind) {
        let (time, behind) = behind.split_at(len);
        let zone = time.find(['+', '-', 'Z', 'z']).unwrap_or(len);
        let clock = time[..zone].replace(|c: char| c.is_ascii_digit(), "0");
        let rest = behind.trim_start();
        let whole = new + &clock + &time[zone..];
        return is_end(rest).then_some((whole, old.len() + len));
    }
    // How it went belongs to the old day too: `2026-01-15 via Slack`.
    let via = via_behind(behind).unwrap_or(0);
    is_end(behind[via..].trim_start()).then_some((new, old.len() + via))
}

/// How many bytes of a channel (` via Slack`, ` (line)`, ` LINEで`) follow a day.
fn via_behind(behind: &str) -> Option<usize> {
    let len = behind.find(['"', '\'', '#']).unwrap_or(behind.len());
    let whole = behind[..len].trim_end();
    let words = whole.trim_start();
    let in_parentheses = words.starts_with(['(', '（']) && words.ends_with([')', '）']);
    ((in_parentheses || log::via(words).is_some()) && words.chars().count() <= 40).then_some(whole.len())
}

/// Whether nothing follows but what closes a value, or a comment.
fn is_end(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['#', '"', '\''])
}

/// How many bytes of a time (`T10:00:00+09:00`, ` 10:00`) follow a day. ` 10:30-11:00` is rather from when until
/// when than a time west of here.
fn time_behind(behind: &str) -> Option<usize> {
    let rest = behind.strip_prefix(['T', 't', ' '])?;
    let len = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z' | 'z')));
    let time = &rest[..len.unwrap_or(rest.len())];
    let (clock, zone) = time.split_at(time.find(['+', '-', 'Z', 'z']).unwrap_or(time.len()));
    let colons = clock.matches(':').count();
    let is_zone = match zone.chars().next() {
        None => true,
        Some('-') if behind.starts_with(' ') && colons == 1 && zone.contains(':') => false,
        Some('+' | '-') => !zone[1..].is_empty() && zone[1..].chars().all(|c| c.is_ascii_digit() || c == ':'),
        Some(_) => zone.len() == 1,
    };
    (matches!(colons, 1 | 2) && is_zone).then_some(1 + time.len())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::dialect;
    use super::*;

    fn set(text: &str) -> Result<Edit, Refusal> {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        set_day(text, Field::LastContact, "last_contact", day, dialect())
    }

    /// The text afterwards, or why there is none.
    fn check(before: &str, expected: &str) {
        let edit = set(before).unwrap_or_else(|why| panic!("{before:?} is refused: {why:?}"));
        assert_eq!(edit.apply(before).unwrap(), expected, "for {before:?}");
        let again = set(expected).unwrap();
        assert!(again.is_empty(), "{expected:?} is changed again: {again:?}");
    }

    #[test]
    fn over_what_is_there() {
        for (old, new) in [
            ("2026-09-14", "2026-11-21"),
            ("\"2026-09-14\"", "\"2026-11-21\""),
            ("'2026-09-14'  # phone", "'2026-11-21'  # phone"),
            ("2026-09-14 # phone", "2026-11-21 # phone"),
            ("\"[[2026-09-14]]\"", "\"[[2026-11-21]]\""),
            ("[[2026-09-14]]", "[[2026-11-21]]"),
            ("2026/9/4", "2026/11/21"),
            ("2026/09/14", "2026/11/21"),
            ("2026.09.14", "2026.11.21"),
            ("20260914", "20261121"),
            ("2026年9月14日", "2026年11月21日"),
            ("令和8年9月14日", "令和8年11月21日"),
            ("R8.9.14 # 電話", "R8.11.21 # 電話"),
            ("\"２０２６年９月１４日\"", "\"２０２６年１１月２１日\""),
            ("September 14th, 2026", "November 21st, 2026"),
            ("\"[[September 14th, 2026]]\"", "\"[[November 21st, 2026]]\""),
            ("[[14 September 2026]] # x", "[[21 November 2026]] # x"),
            ("Sep 4, 2026 10:30", "Nov 21, 2026 00:00"),
            ("2026年09月14日", "2026年11月21日"),
            ("2026年9月14日（月）", "2026年11月21日（土）"),
            ("2026-9-14 (Mon) 10:30", "2026-11-21 (Sat) 00:00"),
            ("\"[[日記/2026年9月14日（月）]]\"", "\"[[日記/2026年11月21日（土）]]\""),
            ("9/14/2026", "2026-11-21"),
            ("2026-09-14T10:30", "2026-11-21T00:00"),
            ("2026-09-14 10:30:59+09:00", "2026-11-21 00:00:00+09:00"),
            ("", "2026-11-21"),
            ("null", "2026-11-21"),
            ("~", "2026-11-21"),
            ("\"\"", "\"2026-11-21\""),
            ("\"[[日記/2026-09-14|先週]]\" # x", "\"[[日記/2026-11-21]]\" # x"),
            ("[[日記/2026-09-14]]", "[[日記/2026-11-21]]"),
            ("2026.9.8", "2026.11.21"),
            ("なし", "2026-11-21"),
            ("Never # yet", "2026-11-21 # yet"),
            ("2026-01-15 via Slack", "2026-11-21"),
            ("\"2026-01-15 via Slack\" # x", "\"2026-11-21\" # x"),
            ("2026-01-15 LINEで", "2026-11-21"),
            ("2026-09-14T10:30-05:00", "2026-11-21T00:00-05:00"),
            ("2026-09-14 10:30:59-11:00", "2026-11-21 00:00:00-11:00"),
            ("2026-09-14 10:30Z", "2026-11-21 00:00Z"),
        ] {
            for (eol, bom) in [("\n", ""), ("\r\n", "\u{feff}")] {
                let note = |value: &str| {
                    let note = format!(
                        "{bom}---\nname: 田中\nLast Contact: {value}\ntags: [a, b] # x\n---\n\n本文  \n"
                    );
                    note.replace('\n', eol)
                };
                check(&note(old), &note(new));
            }
        }
    }

    #[test]
    fn what_stands_behind_a_link_is_about_the_day_as_well() {
        for (old, new) in [
            ("\"[[2026-09-14]] (月)\"", "\"[[2026-11-21]] (土)\""),
            ("\"[[2026-09-14]]（月）\" # x", "\"[[2026-11-21]]（土）\" # x"),
            ("'[[2026-09-21]] (月・祝)'", "'[[2026-11-21]] (土)'"),
            ("\"[[2026-09-14]] 月曜日\"", "\"[[2026-11-21]] 土曜日\""),
            ("\"[[2026-09-14]] Mon\"", "\"[[2026-11-21]] Sat\""),
            ("\"[[2026-09-17]] (Thurs.)\"", "\"[[2026-11-21]] (Sat.)\""),
            ("\"[[日記/2026-09-14|先週]] (Mon)\"", "\"[[日記/2026-11-21]] (Sat)\""),
            // It was not the old day's: nobody knows what it is about.
            ("\"[[2026-09-14]] (火)\"", "\"[[2026-11-21]] (火)\""),
            ("\"[[2026-09-14]] 10:30\"", "\"[[2026-11-21]] 00:00\""),
            ("\"[[2026-09-14]] (月) 10:30\"", "\"[[2026-11-21]] (土) 00:00\""),
            ("\"[[2026-09-14]] via Slack\"", "\"[[2026-11-21]]\""),
        ] {
            check(&format!("---\nlast_contact: {old}\n---\n"), &format!("---\nlast_contact: {new}\n---\n"));
        }
        check("last contact:: [[2026-09-14]] (月)\n", "last contact:: [[2026-11-21]] (土)\n");
        check("[last contact:: [[2026-09-14]] Mon]\n", "[last contact:: [[2026-11-21]] Sat]\n");
    }

    #[test]
    fn a_line_of_its_own() {
        check("---\ntier: close\n---\nx", "---\ntier: close\nlast_contact: 2026-11-21\n---\nx");
        check("---\n---\n", "---\nlast_contact: 2026-11-21\n---\n");
        check("---\nnote: |\n  a\n---\n", "---\nnote: |\n  a\nlast_contact: 2026-11-21\n---\n");
        check("---\r\na: b\r\n...\r\n", "---\r\na: b\r\nlast_contact: 2026-11-21\r\n...\r\n");
        check("# 田中\n", "---\nlast_contact: 2026-11-21\n---\n# 田中\n");
        check("\u{feff}# 田中\r\n", "\u{feff}---\r\nlast_contact: 2026-11-21\r\n---\r\n# 田中\r\n");
        check("", "---\nlast_contact: 2026-11-21\n---\n");
        check("---\nlast_contact: # when?\n---\n", "---\nlast_contact: 2026-11-21 # when?\n---\n");
        check("---\na: b\n---\nlast contact:: 2026-09-14\n", "---\na: b\n---\nlast contact:: 2026-11-21\n");
        check("(last contact:: [[2026-09-14]])\n", "(last contact:: [[2026-11-21]])\n");
        check("---\na: 1\r\n---\n", "---\na: 1\r\nlast_contact: 2026-11-21\r\n---\n");
        check("---\nlast_contact : \n---\n", "---\nlast_contact : 2026-11-21\n---\n");
        check("---\n\"last_contact\":\n---\n", "---\n\"last_contact\": 2026-11-21\n---\n");
        check("---\nlast_contact:\na: b\n---\n", "---\nlast_contact: 2026-11-21\na: b\n---\n");
    }

    #[test]
    fn fault_41_what_is_not_certain_is_refused() {
        for (note, why) in [
            ("---\nlast_contact: 2026-09-14\nlast_contact: 2026-09-15\n---\n", "DuplicateKey"),
            ("---\nlast_contact: &a 2026-09-14\nb: *a\n---\n", "Decorated"),
            ("---\nlast_contact: !!str 2026-09-14\n---\n", "Decorated"),
            ("---\na: &a 2026-09-14\nlast_contact: *a\n---\n", "Decorated"),
            ("---\nlast_contact: [2026-09-14, 2026-09-15]\n---\n", "NotOneValue"),
            ("---\nlast_contact:\n  - 2026-09-14\n---\n", "NotOneValue"),
            ("---\nlast_contact: |\n  2026-09-14\n---\n", "NotOneValue"),
            ("---\nlast_contact: {on: 2026-09-14}\n---\n", "NotOneValue"),
            ("---\nlast_contact: 2026-01-15 and more\n---\n", "NotOneValue"),
            ("---\nlast_contact: 2026-11-20 10:30-11:00\n---\n", "NotOneValue"),
            ("---\nlast_contact: 2026-11-20 10:30-11:00-12:00\n---\n", "NotOneValue"),
            ("---\nlast_contact: 2026-11-20 10:30 - 11:00\n---\n", "NotOneValue"),
            ("---\nlast_contact: 2026-11-20 10:30:11:00\n---\n", "NotOneValue"),
            ("---\nlast_contact: \"[[2026-11-20]] 10:30-11:00\"\n---\n", "NotOneValue"),
            ("---\nlast_contact: \"[[2026-01-15]] and more\"\n---\n", "NotOneValue"),
            ("---\nlast_contact: 2026-01-15, 電話\n---\n", "NotOneValue"),
            ("---\nlast_contact: 2026-01-15 引っ越したばかりで\n---\n", "NotOneValue"),
            ("---\nlast_contact: \"[[2026-01-15 会食]]\"\n---\n", "NotOneValue"),
            ("---\nlast_contact: 2026-09-14\n  10:00 and more\n---\n", "NotOneValue"),
            ("---\nlast_contact: sometime\n---\n", "NotOneValue"),
            ("---\nlast_contact: 01/04/2026\n---\n", "AmbiguousDate"),
            ("---\nlast_contact: \"[[01.04.2026]]\"\n---\n", "AmbiguousDate"),
            ("---\nlast_contact: \"[[14 September 2026 会食]]\"\n---\n", "NotOneValue"),
            // Blank lines at the end belong to such a block, and would no longer be at its end.
            ("---\nnote: |+\n  a\n\n---\n", "Shape"),
            ("---\nname: \"a\n---\n", "Broken"),
            ("---\n{a: b}\n---\n", "Shape"),
            ("---\n- a\n---\n", "Broken"),
            ("---\nlast_contact: 2026-09-14\n", "Unclosed"),
            ("+++\nlast_contact = 2026-09-14\n+++\n", "Toml"),
            ("---\rlast_contact: 2026-09-14\r---\r", "CrOnly"),
        ] {
            let refusal = format!("{:?}", set(note).map(|edit| edit.apply(note)).unwrap_err().why);
            assert!(refusal.starts_with(why), "{note:?} gives {refusal}, not {why}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever the note: one stretch of it is different, it says the day, and saying it
        /// twice changes nothing.
        #[test]
        fn one_stretch_changes(
            lines in prop::collection::vec(prop::sample::select(&[
                "name: 田中", "last_contact: 2026-09-14", "last_contact: '2026-09-14' # x", "lastContact:",
                "tags: [a, b]", "note: |", "  # 深い", "  - x", "- y", "", "# comment", "a: \"b\"", "🙂: x  ",
                "last_contact: [[2026-09-14]]", "k: {a: 1}", "\tx: y", "last_contact: 2026/9/1",
            ][..]), 0..8),
            eol in prop::sample::select(&["\n", "\r\n"][..]),
            head in prop::sample::select(&["---", "\u{feff}---", "+++", "text"][..]),
            tail in prop::sample::select(&["---\n", "---", "...\n本文\n", "", "---\n\n## 記録\n- 2026-09-14 x  "][..]),
        ) {
            let inner: String = lines.iter().map(|line| format!("{line}\n")).collect();
            let note = format!("{head}\n{inner}{tail}").replace('\n', eol);
            if let Ok(edit) = set(&note) {
                let after = edit.apply(&note).unwrap();
                let same_head = note.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
                let same_tail = note.bytes().rev().zip(after.bytes().rev()).take_while(|(a, b)| a == b).count();
                let changed = after.len().saturating_sub(same_head + same_tail);
                prop_assert!(changed <= "---\r\nlast_contact: 2026-11-21\r\n---\r\n".len(), "{after:?}");
                prop_assert!(set(&after).is_ok_and(|again| again.is_empty()), "{after:?}");
            }
        }
    }
}
