//! Under which keys a vault's notes say what, and what their values look like.
//!
//! For whoever hands the notes' properties to another program, which does not read `関係` as `tier`.
//! Of a note nothing of this is kept: it is read anew from the text.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::dialect::Dialect;
use super::fields;
use super::front::Front;
use super::keys::Field;
use super::value::{Data, Node};

/// What the values under a key look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `2026-09-14`, and nothing else.
    Day,
    /// Anything in one line.
    Line,
    /// A list.
    List,
}

/// How often a key is written, and how often with a value of which shape.
#[derive(Debug, Clone, Copy, Default)]
struct Used {
    notes: usize,
    days: usize,
    lines: usize,
    lists: usize,
    others: usize,
}

/// The keys that a vault's people, or all its notes, use.
#[derive(Debug, Default)]
pub struct Spellings {
    fields: BTreeMap<Field, BTreeMap<String, Used>>,
}

impl Spellings {
    /// Looks at the front matter of one more note.
    pub fn add(&mut self, text: &str, dialect: &Dialect) {
        let Front::Present { notation, inner, .. } = Front::find(text) else { return };
        let Ok(pairs) = fields::read(text, notation, inner) else { return };
        for pair in &pairs {
            let Some(field) = dialect.keys.field(&pair.key) else { continue };
            let used = self.fields.entry(field).or_default().entry(pair.key.to_string()).or_default();
            used.notes += 1;
            if !pair.value.is_nothing() {
                *used.of(&pair.value) += 1;
            }
        }
    }

    /// The keys that say this, the one that most notes use first.
    pub fn of(&self, field: Field) -> Vec<&str> {
        let mut keys: Vec<(&str, usize)> =
            self.fields.get(&field).into_iter().flatten().map(|(key, used)| (&**key, used.notes)).collect();
        keys.sort_by_key(|(_, notes)| Reverse(*notes));
        keys.into_iter().map(|(key, _)| key).collect()
    }

    /// Whether every value under a key, in whichever case, has a shape. A day is a line, too; a key without
    /// values has any.
    pub fn all(&self, field: Field, key: &str, shape: Shape) -> bool {
        let key = key.to_lowercase();
        let fits = |used: &Used| {
            used.others == 0
                && match shape {
                    Shape::Day => used.lines + used.lists == 0,
                    Shape::Line => used.lists == 0,
                    Shape::List => used.days + used.lines == 0,
                }
        };
        let all = self.fields.get(&field).into_iter().flatten();
        all.filter(|(other, _)| other.to_lowercase() == key).all(|(_, used)| fits(used))
    }
}

impl Used {
    fn of(&mut self, value: &Node<'_>) -> &mut usize {
        match &value.data {
            Data::Scalar(text, _) if is_day(text.trim()) => &mut self.days,
            Data::Scalar(..) => &mut self.lines,
            Data::List(_) => &mut self.lists,
            Data::Map(_) => &mut self.others,
        }
    }
}

fn is_day(text: &str) -> bool {
    let form =
        |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(form)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::moment::DailyFormat;
    use crate::note::dialect::Journal;

    fn spellings(notes: &[&str]) -> Spellings {
        let format = DailyFormat::new("YYYY-MM-DD").expect("a format of every day");
        let dialect = Dialect::new(&Config::default(), Journal { format, folder: None }, &[]);
        let mut spellings = Spellings::default();
        for note in notes {
            spellings.add(&format!("---\n{note}\n---\n"), &dialect);
        }
        spellings
    }

    #[test]
    fn the_key_that_most_notes_use_comes_first() {
        let found = spellings(&["tier: close", "関係: 友人", "関係: 上司\nlast-contact: 2026-09-14"]);
        assert_eq!(found.of(Field::Tier), ["関係", "tier"]);
        assert_eq!(found.of(Field::LastContact), ["last-contact"]);
        assert!(found.of(Field::Birthday).is_empty());
    }

    #[test]
    fn values_have_a_shape() {
        let found =
            spellings(&["next: 2026-09-14\nadded: \"2026-01-02\"\ninterests: [a]", "next:\nadded: 昨日"]);
        assert!(found.all(Field::Next, "next", Shape::Day), "what is empty says nothing against it");
        assert!(!found.all(Field::Added, "added", Shape::Day));
        assert!(found.all(Field::Added, "added", Shape::Line));
        assert!(found.all(Field::Interests, "interests", Shape::List));
        assert!(!found.all(Field::Interests, "interests", Shape::Line));
        assert!(!found.all(Field::Added, "added", Shape::List));
    }
}
