//! What a note of any kind says it is about, for whoever asks for that one note.
//!
//! Of most notes nothing of it is kept: it is read anew from the text.

use super::dialect::Dialect;
use super::find::{Desk, Matter};
use super::front::Front;
use super::keys::{Field, normal};
use super::{fields, kind, org};
use crate::text::{NotePath, Text, fold};

/// What a note says it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Its tags and topics, but for those that name its kind.
    pub topics: Vec<Text>,
    /// Where it was found.
    pub url: Option<Text>,
    /// Organisations: whose it is, who holds it.
    pub orgs: Vec<Text>,
}

/// Reads it from the front matter.
pub fn said(path: &NotePath, text: &str, dialect: &Dialect) -> Said {
    let Front::Present { notation, inner, .. } = Front::find(text) else { return Said::default() };
    let desk = Desk::new(path, text, dialect);
    let Ok(pairs) = fields::read(text, notation, inner) else { return Said::default() };
    let matter = Matter::new(pairs, &desk);
    let mut topics = matter.words(Field::Interests);
    topics.extend(matter.tags().iter().filter(|tag| kind::by_tag(tag, dialect).is_none()).cloned());
    let mut seen: Vec<String> = Vec::new();
    topics.retain(|topic| {
        let word = fold(topic).into_owned();
        let is_new = !word.is_empty() && !seen.contains(&word);
        seen.push(word);
        is_new
    });
    let is_host = |key: &str| {
        matches!(normal(key).as_ref(), "organizer" | "organiser" | "organizers" | "host" | "主催" | "主催者")
    };
    let of_org = matter
        .pairs()
        .iter()
        .filter(|pair| dialect.keys.field(&pair.key) == Some(Field::Org) || is_host(&pair.key));
    let orgs = of_org.flat_map(|pair| pair.value.members()).filter_map(|node| node.text());
    let orgs = orgs.map(|text| org::called(&text)).filter(|org| !org.is_empty()).collect();
    Said { topics, url: matter.text(Field::Url), orgs }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::dialect::Journal;
    use super::*;
    use crate::config::Config;
    use crate::moment::DailyFormat;

    #[test]
    fn organisations_are_named_by_their_keys_alone() {
        let text = "---\ntype: event\ntitle: 勉強会\nplace: 新宿\norg: \"[[ミナト]]\"\n主催: アクメ\n---\n";
        let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
        let dialect = Dialect::new(&Config::default(), journal, &[]);
        let said = said(&NotePath::new("会.md"), text, &dialect);
        assert_eq!(said.orgs, ["ミナト", "アクメ"].map(Text::from));
    }
}
