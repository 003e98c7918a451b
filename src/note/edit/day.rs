//! A day under a key of the front matter: over the value that is there, in its style, else in
//! a line of its own.

use chrono::{Datelike, NaiveDate};

use super::{Edit, Refusal, Splice, is_cr_only, line_end, outline, pairs};
use crate::date::{self, DayFirst};
use crate::note::dialect::Dialect;
use crate::note::front::Front;
use crate::note::keys::Field;
use crate::note::value::{Data, Node, Pair, Style};
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
    let at_head = Span::new(0, 0);
    if is_cr_only(text) {
        return Err(Refusal::CrOnly);
    }
    let eol = line_end(text);
    let is_field = |pair: &Pair<'_>| dialect.keys.field(&pair.key) == Some(field);
    let (splice, before) = match pairs(text)? {
        None => {
            let body = Front::find(text).body();
            let head = format!("---{eol}{key}: {day}{eol}---{eol}");
            (Splice { span: Span::new(body, body), text: head }, Vec::new())
        }
        Some((all, inner)) => {
            let splice = match all.iter().filter(|pair| is_field(pair)).collect::<Vec<_>>().as_slice() {
                [] => new_line(text, inner, key, day, eol),
                [pair] => over(text, pair, day, dialect.day_first)?,
                [first, rest @ ..] => {
                    if let Some(twice) = rest.iter().find(|pair| pair.key == first.key) {
                        return Err(Refusal::DuplicateKey(twice.key_span));
                    }
                    over(text, first, day, dialect.day_first)?
                }
            };
            (splice, outline(&all, is_field))
        }
    };
    let place = splice.span;
    let edit = Edit::new(text, vec![splice]).ok_or(Refusal::Uncertain(place))?;
    // Whatever was planned, it must read back as what was asked for, and all else as before.
    let after = edit.apply(text).ok_or(Refusal::Uncertain(place))?;
    let read = pairs(&after).ok().flatten().ok_or(Refusal::Uncertain(at_head))?.0;
    let said = read.iter().find(|pair| is_field(pair)).and_then(|pair| pair.value.text());
    let said = said.and_then(|said| date::prefix(said.trim_start_matches('['), dialect.day_first).ok());
    if said.is_some_and(|(read, _)| read == day) && outline(&read, is_field) == before {
        Ok(edit)
    } else {
        Err(Refusal::Uncertain(place))
    }
}

/// A line of its own in front of the closing fence.
fn new_line(text: &str, inner: Span, key: &str, day: NaiveDate, eol: &str) -> Splice {
    // Lines that go on in the value above (a block of text) end where the fence begins too.
    let end = inner.end as usize;
    let broken = !inner.of(text).is_empty() && !text[..end].ends_with('\n');
    let lead = if broken { eol } else { "" };
    Splice { span: Span::new(end, end), text: format!("{lead}{key}: {day}{eol}") }
}

/// Over the day that stands there, and over nothing else of the value.
fn over(text: &str, pair: &Pair<'_>, day: NaiveDate, day_first: DayFirst) -> Result<Splice, Refusal> {
    let node = &pair.value;
    if node.decorated {
        return Err(Refusal::Decorated(node.span));
    }
    let refused = Refusal::NotOneDay(node.span);
    match &node.data {
        Data::Scalar(_, Style::Block) | Data::Map(_) => Err(refused),
        Data::Scalar(..) if node.text().is_none() => Ok(into_nothing(text, pair, node, day)),
        Data::Scalar(..) | Data::List(_) => {
            // An unquoted `[[2026-09-14]]` is a list in a list for YAML.
            let is_list = matches!(node.data, Data::List(_));
            if is_list && node.text().is_none() || !is_list && node.span.of(text).contains(['\n', '\r']) {
                return Err(refused);
            }
            let start = node.span.start as usize;
            let line = text[start..].lines().next().unwrap_or("");
            let opening = line.len() - line.trim_start_matches(['[', '"', '\'']).len();
            let written = &line[opening..];
            let (_, len) = date::prefix(written, day_first).map_err(|_| refused.clone())?;
            // What was read as the day may have its time with it.
            let len =
                written[..len].find(['T', 't', ' ']).filter(|_| written[..len].contains(':')).unwrap_or(len);
            let (new, len) = in_style(&written[..len], &written[len..], day).ok_or(refused)?;
            let at = start + opening;
            Ok(Splice { span: Span::new(at, at + len), text: new })
        }
    }
}

/// In place of an empty value, of `null` or of `~`.
fn into_nothing(text: &str, pair: &Pair<'_>, node: &Node<'_>, day: NaiveDate) -> Splice {
    let span = node.span;
    if span.end > span.start {
        let quote = match &node.data {
            Data::Scalar(_, Style::Double) => "\"",
            Data::Scalar(_, Style::Single) => "'",
            _ => "",
        };
        return Splice { span, text: format!("{quote}{day}{quote}") };
    }
    let key_end = pair.key_span.end as usize;
    let colon = text[key_end..].find(':').map_or(key_end, |at| key_end + at + 1);
    let has_blank = text[colon..].starts_with(' ');
    let at = colon + usize::from(has_blank);
    // A comment may follow at once.
    let behind = if text[at..].starts_with('#') { " " } else { "" };
    let lead = if has_blank { "" } else { " " };
    Splice { span: Span::new(at, at), text: format!("{lead}{day}{behind}") }
}

/// The day as the old one is written, and how many bytes it takes the place of; none for a
/// style in which goen does not write.
fn in_style(old: &str, behind: &str, day: NaiveDate) -> Option<(String, usize)> {
    let (year, month, date) = (day.year(), day.month(), day.day());
    let shape: String = old.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let new = match shape.as_str() {
        "0000-00-00" => day.to_string(),
        "0000/00/00" => format!("{year:04}/{month:02}/{date:02}"),
        "0000/0/0" | "0000/00/0" | "0000/0/00" => format!("{year:04}/{month}/{date}"),
        "0000.00.00" => format!("{year:04}.{month:02}.{date:02}"),
        "00000000" => format!("{year:04}{month:02}{date:02}"),
        "0000年0月0日" | "0000年00月0日" | "0000年0月00日" | "0000年00月00日" => {
            format!("{year}年{month}月{date}日")
        }
        _ => day.to_string(),
    };
    // A time belongs to the old day: of the new one none is known. Its zone stays.
    if let Some(len) = time_behind(behind) {
        let (time, behind) = behind.split_at(len);
        let zone = time.find(['+', '-', 'Z', 'z']).unwrap_or(len);
        let clock = time[..zone].replace(|c: char| c.is_ascii_digit(), "0");
        let rest = behind.trim_start();
        let whole = new + &clock + &time[zone..];
        return is_end(rest).then_some((whole, old.len() + len));
    }
    is_end(behind.trim_start()).then_some((new, old.len()))
}

/// Whether nothing follows but what closes a value, or a comment.
fn is_end(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['#', '"', '\'', ']', '|', ',', '}'])
}

/// How many bytes of a time (`T10:00:00+09:00`, ` 10:00`) follow a day.
fn time_behind(behind: &str) -> Option<usize> {
    let rest = behind.strip_prefix(['T', 't', ' '])?;
    let len = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z' | 'z')));
    let len = len.unwrap_or(rest.len());
    rest[..len].contains(':').then_some(1 + len)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::Config;
    use crate::moment::DailyFormat;
    use crate::note::dialect::Journal;

    fn dialect() -> Dialect {
        let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
        Dialect::new(&Config::default(), journal, &[])
    }

    fn set(text: &str) -> Result<Edit, Refusal> {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        set_day(text, Field::LastContact, "last_contact", day, &dialect())
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
            ("令和8年9月14日", "2026-11-21"),
            ("2026-09-14T10:30", "2026-11-21T00:00"),
            ("2026-09-14 10:30:59+09:00", "2026-11-21 00:00:00+09:00"),
            ("", "2026-11-21"),
            ("null", "2026-11-21"),
            ("~", "2026-11-21"),
            ("\"\"", "\"2026-11-21\""),
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
    fn a_line_of_its_own() {
        check("---\ntier: close\n---\nx", "---\ntier: close\nlast_contact: 2026-11-21\n---\nx");
        check("---\n---\n", "---\nlast_contact: 2026-11-21\n---\n");
        check("---\nnote: |\n  a\n---\n", "---\nnote: |\n  a\nlast_contact: 2026-11-21\n---\n");
        check("---\r\na: b\r\n...\r\n", "---\r\na: b\r\nlast_contact: 2026-11-21\r\n...\r\n");
        check("# 田中\n", "---\nlast_contact: 2026-11-21\n---\n# 田中\n");
        check("\u{feff}# 田中\r\n", "\u{feff}---\r\nlast_contact: 2026-11-21\r\n---\r\n# 田中\r\n");
        check("", "---\nlast_contact: 2026-11-21\n---\n");
        check("---\nlast_contact: # when?\n---\n", "---\nlast_contact: 2026-11-21 # when?\n---\n");
        check("---\nlast_contact:\na: b\n---\n", "---\nlast_contact: 2026-11-21\na: b\n---\n");
    }

    #[test]
    fn fault_41_what_is_not_certain_is_refused() {
        for (note, why) in [
            ("---\nlast_contact: 2026-09-14\nlast_contact: 2026-09-15\n---\n", "DuplicateKey"),
            ("---\nlast_contact: &a 2026-09-14\nb: *a\n---\n", "Decorated"),
            ("---\nlast_contact: !!str 2026-09-14\n---\n", "Decorated"),
            ("---\na: &a 2026-09-14\nlast_contact: *a\n---\n", "Decorated"),
            ("---\nlast_contact: [2026-09-14, 2026-09-15]\n---\n", "NotOneDay"),
            ("---\nlast_contact:\n  - 2026-09-14\n---\n", "NotOneDay"),
            ("---\nlast_contact: |\n  2026-09-14\n---\n", "NotOneDay"),
            ("---\nlast_contact: {on: 2026-09-14}\n---\n", "NotOneDay"),
            ("---\nlast_contact: 2026-01-15 via Slack\n---\n", "NotOneDay"),
            ("---\nlast_contact: 2026-09-14\n  10:00 and more\n---\n", "NotOneDay"),
            ("---\nlast_contact: sometime\n---\n", "NotOneDay"),
            // Blank lines at the end belong to such a block, and would no longer be at its end.
            ("---\nnote: |+\n  a\n\n---\n", "Uncertain"),
            ("---\nname: \"a\n---\n", "Broken"),
            ("---\n{a: b}\n---\n", "Uncertain"),
            ("---\n- a\n---\n", "Broken"),
            ("---\nlast_contact: 2026-09-14\n", "Unclosed"),
            ("+++\nlast_contact = 2026-09-14\n+++\n", "Toml"),
            ("---\rlast_contact: 2026-09-14\r---\r", "CrOnly"),
        ] {
            let refusal = format!("{:?}", set(note).map(|edit| edit.apply(note)).unwrap_err());
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
