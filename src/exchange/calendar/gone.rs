//! Those who never appear in a calendar, by every name that words may call them: what names one of them is
//! left out. In doubt it is.

use crate::index::Index;
use crate::note::Note;
use crate::note::person::Person;
use crate::text::{Text, fold, fold_name};

/// The names of those who never appear.
pub(super) struct Gone(Vec<Name>);

struct Name {
    /// As it is looked for.
    word: Text,
    /// Whether it stands between blanks: no blank is looked at in names of other scripts.
    is_latin: bool,
    /// Longer names of others that have it within.
    others: Vec<Text>,
}

impl Gone {
    pub(super) fn of(index: &Index) -> Self {
        let (gone, others): (Vec<_>, Vec<_>) =
            index.people().partition(|(_, person, _)| person.status.is_gone());
        let mut names: Vec<Name> = gone
            .into_iter()
            .flat_map(|(note, person, _)| called(note, person))
            .map(|name| Name::of(&name))
            .collect();
        names.retain(|name| !name.word.is_empty());
        if names.is_empty() {
            return Self(names);
        }
        for other in others
            .into_iter()
            .flat_map(|(note, person, _)| [note.path.name().to_owned(), person.name.to_string()])
        {
            let others = [Name::of(&other).word, fold_name(&other)];
            for name in &mut names {
                let other = &others[usize::from(!name.is_latin)];
                if other.len() > name.word.len() && name.is_in(other) && !name.others.contains(other) {
                    name.others.push(other.clone());
                }
            }
        }
        Self(names)
    }

    /// Whether words name one of them.
    pub(super) fn is_named_in(&self, text: &str) -> bool {
        !self.0.is_empty() && {
            let (spaced, joined) = (fold(text), fold_name(text));
            self.0.iter().any(|name| {
                let text: &str = if name.is_latin { &spaced } else { &joined };
                let without = |text: String, other: &Text| text.replace(other.as_str(), "\0");
                name.is_in(text) && name.is_in(&name.others.iter().fold(text.to_owned(), without))
            })
        }
    }
}

impl Name {
    fn of(name: &str) -> Self {
        let is_latin = name.chars().all(is_latin);
        let word = if is_latin { fold(name.trim()).as_ref().into() } else { fold_name(name) };
        Self { word, is_latin, others: Vec::new() }
    }

    fn is_in(&self, text: &str) -> bool {
        text.match_indices(self.word.as_str()).any(|(at, word)| {
            let (before, behind) = (text[..at].chars().next_back(), text[at + word.len()..].chars().next());
            let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && is_latin(c));
            !self.is_latin || !is_part(before) && !is_part(behind)
        })
    }
}

/// What somebody may be called by in a text.
fn called(note: &Note, person: &Person) -> Vec<String> {
    let mut names = vec![note.path.name().to_owned(), person.name.to_string()];
    // A name of one letter is in too many words.
    names.retain(|name| name.trim().chars().nth(1).is_some());
    // So is a short one that is written as it is spoken.
    let is_short =
        |name: &str| name.trim().chars().nth(2).is_none() && name.chars().all(|c| !is_ideograph(c));
    let others = person.aliases.iter().chain(&person.reading).map(ToString::to_string);
    names.extend(others.filter(|name| !is_short(name) && name.trim().chars().nth(1).is_some()));
    names
}

/// Letters, marks and blanks below the scripts of East Asia, where blanks part words.
fn is_latin(c: char) -> bool {
    c < '\u{2e80}'
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::moment::DailyFormat;
    use crate::note::dialect::{Dialect, Journal};
    use crate::note::read;
    use crate::text::NotePath;

    #[test]
    fn every_name_of_somebody_counts_and_none_of_another() {
        let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
        let dialect = Dialect::new(&Config::default(), journal, &["人".into()]);
        let note = |(path, front): (&str, &str)| {
            read(&NotePath::new(path), format!("---\n{front}\n---\n").as_bytes(), &dialect)
        };
        let notes = [
            (
                "人/故 一郎.md",
                "name: 故 一郎G\nstatus: deceased\naliases: [いっちゃん, まり, 田中]\nreading: こ いちろう",
            ),
            ("人/Ed.md", "status: do-not-contact"),
            ("人/x.md", "name: 田中 花子"),
            ("人/Ed Stone.md", ""),
        ];
        let gone = Gone::of(&Index::build(true, notes.map(note)));
        for named in [
            "故一郎のこと",
            "故 一郎Gさんと",
            "イッちゃん",
            "こいちろう",
            "田中のこと",
            "田中 花子と田中",
            "for Ed’s",
            "Edさん",
        ] {
            assert!(gone.is_named_in(named), "{named}");
        }
        for other in
            ["一郎のこと", "つまり", "田中 花子", "田中花子と", "Edinburgh", "used", "with Ed Stone", ""]
        {
            assert!(!gone.is_named_in(other), "{other}");
        }
    }
}
