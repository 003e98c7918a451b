//! What a column of a table holds, by the name that stands above it.
//!
//! Knows how names of columns are compared; which names a source has is in `source`, what becomes of a
//! cell in `row`.

use crate::text::fold;

/// What a column holds. Several columns of a table may hold the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The whole name.
    Name,
    /// The family name.
    Family,
    /// The given name.
    Given,
    /// What stands between them in Latin letters.
    Middle,
    /// How the whole name is read.
    Reading,
    /// How the family name is read.
    FamilyReading,
    /// How the given name is read.
    GivenReading,
    /// What goes before the name or, in Japanese, behind it.
    Honorific,
    /// What goes behind a Latin name: `Jr.`, or titles.
    Suffix,
    /// Another name.
    Alias,
    /// Who else a card by post is for.
    Joint,
    /// An e-mail address.
    Email,
    /// A telephone number; those with lower numbers are the better ones to call.
    Phone(u8),
    /// An address in a channel that the column's name says.
    Channel(&'static str),
    /// An address in a channel that the column's label says.
    Labelled(Labels),
    /// An address of a page, whose host may tell a channel.
    Page,
    /// How the value of that kind and the same number is labelled.
    Label(Labels),
    /// An organisation.
    Org,
    /// A department of it.
    Unit,
    /// The role there.
    Role,
    /// The birthday.
    Birthday,
    /// The day the tie was made.
    Met,
    /// A part of a postal address.
    Place(Where, Line),
    /// Where they live, in a word.
    Location,
    /// Interests.
    Interests,
    /// Groups.
    Groups,
    /// The language they are written to in.
    Lang,
    /// How things stand between you.
    Status,
    /// Free text.
    Note,
    /// Nothing that says anything of the person: numbers of rows, the program's own marks.
    Mute,
}

/// What is labelled by a column of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Labels {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A postal address.
    Place,
    /// An address of a messenger.
    Messenger,
    /// Anything.
    Custom,
}

impl Column {
    /// What labels such a column, where it is labelled at all.
    pub fn labels(self) -> Option<Labels> {
        match self {
            Self::Email => Some(Labels::Email),
            Self::Phone(_) => Some(Labels::Phone),
            Self::Place(Where::Numbered, _) => Some(Labels::Place),
            Self::Labelled(labels) => Some(labels),
            _ => None,
        }
    }
}

/// Whose address it is, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// Their home.
    Home,
    /// Not said.
    Unsaid,
    /// As the label of the same number says.
    Numbered,
    /// Where they work.
    Work,
    /// Elsewhere.
    Other,
}

/// A part of a postal address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// All of it.
    Whole,
    /// Street and number, or any further line; several are put behind one another.
    Street,
    /// The town.
    City,
    /// The prefecture or state.
    Region,
    /// The postal code.
    Code,
    /// The country.
    Country,
}

/// The name of a column as it is compared, and the number in it: `E-mail 1 - Value` and `e-mail１value`
/// are `email#value` and 1. Only letters count, so that blanks, brackets and width do not.
pub fn key(name: &str) -> (String, u32) {
    let mut key = String::new();
    let mut number = 0u32;
    for c in fold(name).chars() {
        if let Some(digit) = c.to_digit(10) {
            if key.ends_with('#') {
                number = number.saturating_mul(10).saturating_add(digit);
            } else if !key.contains('#') {
                key.push('#');
                number = digit;
            }
        } else if matches!(c, '#' | '〒') || c.is_alphabetic() {
            key.push(c);
        }
    }
    (key, number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_their_letters() {
        for (name, expected) in [
            ("E-mail 1 - Value", ("email#value", 1)),
            ("Ｅ－ｍａｉｌ　１２　value", ("email#value", 12)),
            ("住所２", ("住所#", 2)),
            ("氏名（カナ）", ("氏名カナ", 0)),
            ("ﾌﾘｶﾞﾅ", ("フリガナ", 0)),
            (" FIRST  name ", ("firstname", 0)),
            ("電子メール アドレス", ("電子メールアドレス", 0)),
            ("会社〒", ("会社〒", 0)),
            ("99999999999", ("#", u32::MAX)),
        ] {
            assert_eq!(key(name), (expected.0.to_owned(), expected.1), "{name}");
        }
    }
}
