//! Pieces of the language of Bases, as Obsidian's help has it (*Bases syntax*, *Functions*).
//!
//! Knows how a text, a property, a choice is written; leaves what is asked to others.

use crate::text::is_unprintable;

/// A text; none where Bases has no way to write it: its help knows no escapes.
pub(super) fn text(word: &str) -> Option<String> {
    if word.contains('\\') || word.contains(is_unprintable) {
        return None;
    }
    ['"', '\''].into_iter().find(|quote| !word.contains(*quote)).map(|quote| format!("{quote}{word}{quote}"))
}

/// A list of texts; those that cannot be written are left out.
pub(super) fn texts<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let mut written: Vec<String> = Vec::new();
    for word in words.into_iter().filter_map(text) {
        if !written.contains(&word) {
            written.push(word);
        }
    }
    format!("[{}]", written.join(", "))
}

/// The first of these properties that a note has, given to `act`; nothing, or what is given, where it
/// has none.
pub(super) fn property(keys: &[&str], act: impl Fn(&str) -> String, otherwise: Option<&str>) -> String {
    let properties: Vec<String> =
        keys.iter().filter_map(|key| text(key)).map(|key| format!("note[{key}]")).collect();
    let choices = properties.iter().map(|property| (property.clone(), act(property)));
    choice(choices, otherwise.map(str::to_owned))
}

/// What stands beside the first condition that is true, else the last.
pub(super) fn choice(
    choices: impl DoubleEndedIterator<Item = (String, String)>,
    otherwise: Option<String>,
) -> String {
    let chosen = choices.rev().fold(otherwise, |otherwise, (condition, value)| {
        let rest = otherwise.map(|otherwise| format!(", {otherwise}")).unwrap_or_default();
        Some(format!("if({condition}, {value}{rest})"))
    });
    chosen.unwrap_or_else(|| EMPTY.to_owned())
}

/// A text without letters.
pub(super) const EMPTY: &str = "\"\"";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_can_be_written() {
        assert_eq!(text("友人").as_deref(), Some("\"友人\""));
        assert_eq!(text("the \"boss\"").as_deref(), Some("'the \"boss\"'"));
        assert_eq!(text("both \" and '"), None);
        assert_eq!(text("a\nb"), None);
        assert_eq!(text("a\\"), None);
        assert_eq!(texts(["a", "\"'", "a", "b"]), r#"["a", "b"]"#);
    }

    #[test]
    fn choices_nest() {
        let choices = [("a", "1"), ("b", "2")].map(|(c, v)| (c.to_owned(), v.to_owned()));
        assert_eq!(choice(choices.clone().into_iter(), None), "if(a, 1, if(b, 2))");
        assert_eq!(choice(choices.into_iter(), Some("3".into())), "if(a, 1, if(b, 2, 3))");
        assert_eq!(choice([].into_iter(), None), "\"\"");
        let date = |property: &str| format!("date({property})");
        assert_eq!(
            property(&["次回", "next"], date, None),
            "if(note[\"次回\"], date(note[\"次回\"]), if(note[\"next\"], date(note[\"next\"])))"
        );
        assert_eq!(property(&["a"], str::to_owned, Some("0")), "if(note[\"a\"], note[\"a\"], 0)");
    }
}
