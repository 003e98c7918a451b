//! What somebody is called, and whether a name is one of theirs: family and given name, alias, reading,
//! short forms, letters that are easily taken for another.

use crate::note::person::Person;
use crate::text::{fold, fold_name};

/// Letters that one name is written with, and another with the other.
const TWINS: [&str; 22] = [
    "辺邊邉",
    "斉斎齊齋",
    "高髙",
    "浜濱",
    "島嶋嶌",
    "沢澤",
    "広廣",
    "桜櫻",
    "竜龍",
    "真眞",
    "恵惠",
    "国國",
    "富冨",
    "崎﨑嵜碕",
    "吉𠮷",
    "静靜",
    "滝瀧",
    "条條",
    "実實",
    "栄榮",
    "関關",
    "郎郞",
];
/// Short forms that are not the beginning of the name, or but for its last letter.
const SHORT: [(&str, &str); 44] = [
    ("andy", "andrew"),
    ("barb", "barbara"),
    ("becky", "rebecca"),
    ("beth", "elizabeth"),
    ("bill", "william"),
    ("bob", "robert"),
    ("cathy", "katherine"),
    ("charlie", "charles"),
    ("chuck", "charles"),
    ("cindy", "cynthia"),
    ("dave", "david"),
    ("dick", "richard"),
    ("drew", "andrew"),
    ("geoff", "jeffrey"),
    ("hank", "henry"),
    ("harry", "henry"),
    ("jack", "john"),
    ("jake", "jacob"),
    ("jeff", "geoffrey"),
    ("jim", "james"),
    ("joe", "joseph"),
    ("kate", "catherine"),
    ("kate", "katherine"),
    ("kathy", "catherine"),
    ("katie", "katherine"),
    ("larry", "lawrence"),
    ("liz", "elizabeth"),
    ("maggie", "margaret"),
    ("mandy", "amanda"),
    ("meg", "margaret"),
    ("mick", "michael"),
    ("mike", "michael"),
    ("nate", "nathan"),
    ("nick", "nicholas"),
    ("rick", "richard"),
    ("sasha", "alexand"),
    ("steve", "stephen"),
    ("steve", "steven"),
    ("sue", "susan"),
    ("susie", "susan"),
    ("ted", "edward"),
    ("tom", "thomas"),
    ("tony", "anthony"),
    ("trish", "patricia"),
];

/// What somebody is called, folded.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Whole names and aliases, without blanks.
    pub whole: Vec<String>,
    /// Family and given names, and what is one word.
    parts: Vec<String>,
    /// Family names of them.
    pub families: Vec<String>,
    /// Last names of those of Latin letters.
    surnames: Vec<String>,
    /// A whole name that nobody can split.
    unsplit: Option<String>,
}

impl Names {
    /// Those of a person.
    pub fn of(person: &Person) -> Self {
        let mut names = Self::default();
        let own = std::iter::once(&person.name).chain(&person.aliases);
        for name in own.chain(&person.reading) {
            let folded = fold(name);
            let parts: Vec<&str> = folded.split([' ', '・', '·']).filter(|part| !part.is_empty()).collect();
            if parts.len() > 1 {
                names.families.extend(parts.first().map(|part| fold_name(part).to_string()));
                let last = parts.last().filter(|_| folded.is_ascii());
                names.surnames.extend(last.map(|part| (*part).to_owned()));
                names.parts.extend(parts.iter().map(|part| fold_name(part).to_string()));
            } else {
                names.parts.push(fold_name(name).to_string());
            }
            names.whole.push(fold_name(name).to_string());
        }
        let is_one = !person.name.trim().contains([' ', '\u{3000}', '・']);
        names.unsplit = is_one.then(|| fold_name(&person.name).to_string());
        names
    }

    /// Whether this is one of them.
    pub fn holds(&self, name: &str) -> bool {
        let name = fold_name(name);
        let name = name.as_str();
        if name.is_empty() {
            return false;
        }
        let is_of_unsplit = |whole: &String| {
            !name.is_ascii() && whole != name && (whole.starts_with(name) || whole.ends_with(name))
        };
        self.whole.iter().chain(&self.parts).any(|known| known == name)
            || self.unsplit.as_ref().is_some_and(is_of_unsplit)
    }

    /// Whether this may be short for one of them. A name that lacks its last letter alone is misspelt: Ann
    /// for Anne, Clark for Clarke.
    pub fn may_be(&self, name: &str) -> bool {
        let is_short_for = |name: &str, known: &str| {
            name.len() >= 2 && name.is_ascii() && known.starts_with(name) && known.len() >= name.len() + 2
                || SHORT.iter().any(|(short, long)| *short == name && known.starts_with(long))
        };
        // Danny, Vicky: the letter before the ending of a pet name is doubled for it.
        let stem = name.strip_suffix("ie").or_else(|| name.strip_suffix('y')).unwrap_or_default();
        let mut back = stem.bytes().rev();
        let is_doubled = back.next().is_some_and(|last| back.next() == Some(last)) || stem.ends_with("ck");
        let is_pet = |known: &str| {
            let bare = stem.get(..stem.len().saturating_sub(1)).unwrap_or_default();
            is_doubled && bare.len() >= 2 && (known.starts_with(bare) || is_short_for(bare, known))
        };
        let mut known = self.parts.iter();
        self.holds(name) || known.any(|known| is_short_for(name, known) || is_pet(known))
    }

    /// Whether this is one of them but for a letter that has a twin.
    pub fn has_twin_of(&self, name: &str) -> bool {
        let plain = |text: &str| -> String { fold_name(text).chars().map(first_twin).collect() };
        let name = plain(name);
        self.whole.iter().chain(&self.parts).any(|known| plain(known) == name)
    }

    /// Whether any of them is written as a name is: what is not can not be told from it.
    pub fn are_written_as(&self, name: &str) -> bool {
        let script = |text: &str| {
            let has_kanji = text.chars().any(|c| matches!(c, '一'..='鿿' | '々'));
            if text.is_ascii() {
                0
            } else if has_kanji {
                1
            } else {
                2
            }
        };
        let wanted = script(&fold_name(name));
        self.whole.iter().any(|known| script(known) == wanted)
    }

    /// Whether this is the last of somebody's names in Latin letters.
    pub fn is_surname(&self, name: &str) -> bool {
        self.surnames.iter().any(|own| own == name)
    }

    /// Family and given names.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(String::as_str)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.whole.iter().chain(&self.parts).map(String::as_str)
    }

    /// The whole ones.
    pub fn whole(&self) -> impl Iterator<Item = &str> {
        self.whole.iter().map(String::as_str)
    }
}

fn first_twin(c: char) -> char {
    TWINS.iter().find(|twins| twins.contains(c)).and_then(|twins| twins.chars().next()).unwrap_or(c)
}
