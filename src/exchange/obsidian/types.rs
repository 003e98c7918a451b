//! `.obsidian/types.json`: which type a property has in Obsidian's editor.
//!
//! Knows its form, `{"types": {"key": "type"}}`, and where in a text that somebody else wrote an entry
//! can be put in. All other bytes stay; what is not as expected is left alone.

use serde_json::Value;

use super::formulas::own_keys;
use crate::note::keys::Field;
use crate::note::spelled::{Shape, Spellings};
use crate::text::Lang;

/// A property and its type, by the words of Obsidian.
pub type PropertyType = (String, &'static str);

/// Why nothing can be added to a file of types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// It is no JSON.
    NotJson,
    /// It is JSON of another form.
    OtherForm,
}

/// Types by what a property says. A birthday may have no year, and is then no date for Obsidian.
const TYPES: [(Field, Shape, &str); 11] = [
    (Field::LastContact, Shape::Day, "date"),
    (Field::Next, Shape::Day, "date"),
    (Field::Snooze, Shape::Day, "date"),
    (Field::Added, Shape::Day, "date"),
    (Field::Birthday, Shape::Line, "text"),
    (Field::Tier, Shape::Line, "text"),
    (Field::Cadence, Shape::Line, "text"),
    (Field::Status, Shape::Line, "text"),
    (Field::Reading, Shape::Line, "text"),
    (Field::Location, Shape::Line, "text"),
    (Field::Interests, Shape::List, "multitext"),
];

/// What goen writes itself has a type before anybody uses it.
const WRITTEN: [Field; 2] = [Field::LastContact, Field::Tier];

/// The types of the properties that a vault's people have, under the keys that they use. A type holds for
/// the whole vault: it is given only where every value under the key, in whichever note (`everywhere`),
/// has it already.
pub fn types(people: &Spellings, everywhere: &Spellings, lang: Lang) -> Vec<PropertyType> {
    let mut out: Vec<PropertyType> = vec![("aliases".into(), "aliases"), ("tags".into(), "tags")];
    for (field, shape, word) in TYPES {
        let used = people.of(field);
        let own = if WRITTEN.contains(&field) { own_keys(field, lang) } else { &[] };
        let keys = if used.is_empty() { own.get(..1).unwrap_or_default() } else { &used[..] };
        for key in keys.iter().filter(|key| everywhere.all(field, key, shape)) {
            if !is_there(out.iter().map(|(known, _)| known.as_str()), key) {
                out.push(((*key).to_owned(), word));
            }
        }
    }
    out
}

/// Obsidian tells properties apart without regard to case.
fn is_there<'k>(mut known: impl Iterator<Item = &'k str>, key: &str) -> bool {
    known.any(|known| known.to_lowercase() == key.to_lowercase())
}

/// A file of types with those added that it does not have, and how many; nothing where it has all. `text`
/// is nothing where there is no file.
///
/// # Errors
/// Where the text is not what such a file is.
pub fn add_types(text: Option<&str>, wanted: &[PropertyType]) -> Result<Option<(String, usize)>, Broken> {
    let text = text.unwrap_or("{\n  \"types\": {}\n}\n");
    let before: Value = serde_json::from_str(text).map_err(|_| Broken::NotJson)?;
    let whole = before.as_object().ok_or(Broken::OtherForm)?;
    let known = match whole.get("types") {
        None => None,
        Some(types) => Some(types.as_object().ok_or(Broken::OtherForm)?),
    };
    let is_known = |key: &str| known.is_some_and(|known| is_there(known.keys().map(String::as_str), key));
    let new: Vec<PropertyType> = wanted.iter().filter(|(key, _)| !is_known(key)).cloned().collect();
    if new.is_empty() {
        return Ok(None);
    }
    let after = put_in(text, &new, known.is_some()).ok_or(Broken::OtherForm)?;
    // Read back, it must say what was there and what is new, and nothing else.
    let mut expected = before.clone();
    if known.is_none() {
        expected["types"] = Value::Object(serde_json::Map::new());
    }
    for (key, word) in &new {
        expected["types"][key] = Value::from(*word);
    }
    match serde_json::from_str::<Value>(&after) {
        Ok(said) if said == expected => Ok(Some((after, new.len()))),
        _ => Err(Broken::OtherForm),
    }
}

/// Puts entries into the object `types`, made where there is none (`is_there`), as the entries before them
/// are written. Nothing where there are several of that name, or its name is written with escapes.
fn put_in(text: &str, new: &[PropertyType], is_there: bool) -> Option<String> {
    let open = text.find('{')?;
    let whole = Object::read(text, open)?;
    let mut named = whole.entries.iter().filter(|entry| &text[entry.key.clone()] == "\"types\"");
    let (types, other) = (named.next(), named.next());
    if other.is_some() || types.is_some() != is_there {
        return None;
    }
    let entries: Vec<(String, String)> = new
        .iter()
        .map(|(key, word)| (Value::from(key.as_str()).to_string(), format!("\"{word}\"")))
        .collect();
    match types {
        Some(types) => Object::read(text, types.value.start)?.with(text, &entries),
        None => {
            let pad = whole.lead(text);
            let unit = pad.rsplit('\n').next().unwrap_or_default();
            let inner: Vec<String> =
                entries.iter().map(|(key, word)| format!("{pad}{unit}{key}: {word}")).collect();
            let object = format!("{{{}{pad}}}", inner.join(","));
            whole.with(text, &[("\"types\"".into(), object)])
        }
    }
}

/// Where the parts of a JSON object stand.
struct Object {
    open: usize,
    close: usize,
    entries: Vec<Entry>,
}

struct Entry {
    key: std::ops::Range<usize>,
    value: std::ops::Range<usize>,
}

impl Object {
    /// The object whose brace stands at a place of a text that is JSON.
    fn read(text: &str, open: usize) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut entries = Vec::new();
        let mut at = blank(bytes, open + 1);
        while bytes.get(at) == Some(&b'"') {
            let key = at..string_end(bytes, at)?;
            let colon = blank(bytes, key.end);
            let start = blank(bytes, colon + 1);
            let value = start..value_end(bytes, start)?;
            at = blank(bytes, value.end);
            entries.push(Entry { key, value });
            if bytes.get(at) == Some(&b',') {
                at = blank(bytes, at + 1);
            }
        }
        (bytes.get(at) == Some(&b'}')).then_some(Self { open, close: at, entries })
    }

    /// What stands before each key: a line break and blanks, or nothing.
    fn lead<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        match self.entries.last() {
            Some(last) => {
                let before = text[..last.key.start].trim_end().len();
                text[before..last.key.start].into()
            }
            // An empty object: its entries go one step deeper than the line that it stands in.
            None if text.contains('\n') => {
                let line = text[..self.open].rfind('\n').map_or(0, |at| at + 1);
                let rest = &text[line..];
                let pad = &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()];
                let unit = if pad.starts_with('\t') { "\t" } else { "  " };
                format!("{}{pad}{unit}", line_break(text)).into()
            }
            None => "".into(),
        }
    }

    /// The text with entries behind the last one.
    fn with(&self, text: &str, new: &[(String, String)]) -> Option<String> {
        let lead = self.lead(text);
        let colon = self.entries.last().map_or(": ", |last| &text[last.key.end..last.value.start]);
        let new: Vec<String> = new.iter().map(|(key, value)| format!("{lead}{key}{colon}{value}")).collect();
        let new = new.join(",");
        let (from, to, new) = match self.entries.last() {
            Some(last) => (last.value.end, last.value.end, format!(",{new}")),
            None => {
                // The brace comes back to where the line of the first one begins.
                let end = lead.strip_suffix("  ").or(lead.strip_suffix('\t')).unwrap_or(&lead);
                (self.open + 1, self.close, format!("{new}{end}"))
            }
        };
        Some(format!("{}{new}{}", text.get(..from)?, text.get(to..)?))
    }
}

fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn blank(bytes: &[u8], from: usize) -> usize {
    from + bytes.get(from..).map_or(0, |rest| rest.iter().take_while(|b| b" \t\r\n".contains(b)).count())
}

/// Where a string ends that begins at a quote.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Where a value ends that begins at a place.
fn value_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match *bytes.get(at)? {
            b'"' => {
                at = string_end(bytes, at)?;
                if depth == 0 {
                    return Some(at);
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return Some(at),
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            b',' if depth == 0 => return Some(at),
            b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => return Some(at),
            _ => {}
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str) {
        let wanted = [("next".to_owned(), "date"), ("tags".to_owned(), "tags")];
        let added = add_types(Some(before), &wanted).expect("it is such a file");
        assert_eq!(added.map(|(text, _)| text).as_deref(), Some(after), "{before}");
        assert_eq!(add_types(Some(after), &wanted), Ok(None), "twice: {before}");
    }

    #[test]
    fn only_what_is_missing_is_put_in() {
        check(
            "{\n  \"types\": {\n    \"a\": \"text\",\n    \"Next\": \"text\"\n  }\n}",
            "{\n  \"types\": {\n    \"a\": \"text\",\n    \"Next\": \"text\",\n    \"tags\": \"tags\"\n  }\n}",
        );
        check(
            "{\"types\":{\"a\":\"text\"}}",
            "{\"types\":{\"a\":\"text\",\"next\":\"date\",\"tags\":\"tags\"}}",
        );
        check(
            "{\r\n\t\"types\" : {\r\n\t\t\"a\" : \"}\\\"{\"\r\n\t},\r\n\t\"x\": [1, {}]\r\n}\r\n",
            "{\r\n\t\"types\" : {\r\n\t\t\"a\" : \"}\\\"{\",\r\n\t\t\"next\" : \"date\",\r\n\t\t\"tags\" : \"tags\"\r\n\t},\r\n\t\"x\": [1, {}]\r\n}\r\n",
        );
        check(
            "{\n  \"types\": {}\n}\n",
            "{\n  \"types\": {\n    \"next\": \"date\",\n    \"tags\": \"tags\"\n  }\n}\n",
        );
        check(
            "{\n  \"other\": 1\n}\n",
            "{\n  \"other\": 1,\n  \"types\": {\n    \"next\": \"date\",\n    \"tags\": \"tags\"\n  }\n}\n",
        );
        check("{}", "{\"types\": {\"next\": \"date\",\"tags\": \"tags\"}}");
        check("\n{ }\n", "\n{\n  \"types\": {\n    \"next\": \"date\",\n    \"tags\": \"tags\"\n  }\n}\n");
    }

    #[test]
    fn a_file_is_made_where_there_is_none() {
        let made = add_types(None, &[("next".to_owned(), "date")]);
        assert_eq!(made, Ok(Some(("{\n  \"types\": {\n    \"next\": \"date\"\n  }\n}\n".to_owned(), 1))));
    }

    #[test]
    fn what_is_not_as_expected_is_left_alone() {
        let wanted = [("next".to_owned(), "date")];
        for (text, why) in [
            ("", Broken::NotJson),
            ("{\"types\": {", Broken::NotJson),
            ("\u{feff}{}", Broken::NotJson),
            ("{\"types\": {},}", Broken::NotJson),
            ("[]", Broken::OtherForm),
            ("{\"types\": null}", Broken::OtherForm),
            ("{\"types\": [\"a\"]}", Broken::OtherForm),
            ("{\"types\": {}, \"types\": {}}", Broken::OtherForm),
            ("{\"t\\u0079pes\": {}}", Broken::OtherForm),
        ] {
            assert_eq!(add_types(Some(text), &wanted), Err(why), "{text}");
        }
    }
}
