//! Whom a message goes to and whom it names, as a template is given them: names, organisation, interests.

use serde::Serialize;

use super::super::address::Address;
use super::quote::shown;
use super::{Case, legible};
use crate::note::other::Me;
use crate::note::person::Person;
use crate::page;
use crate::plan::{self, Why, label};
use crate::text::{Lang, Text};

#[derive(Debug, Serialize)]
pub(super) struct To {
    pub(super) name: String,
    pub(super) titled: String,
    pub(super) call: String,
    pub(super) short: String,
    pub(super) org: String,
    pub(super) role: String,
    /// You were at the same place of work once, or had to do with each other there.
    pub(super) worked_together: bool,
    pub(super) lines: Vec<String>,
    /// The message goes to all who live there.
    pub(super) household: bool,
    pub(super) interests: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Other {
    pub(super) name: String,
    pub(super) titled: String,
    pub(super) call: String,
    pub(super) short: String,
    pub(super) interests: Vec<String>,
}

/// The name of an organisation, which in English may be the last word of a sentence: Yahoo of Yahoo!
pub(super) fn organisation(name: &str, lang: Lang) -> String {
    let name = shown(name);
    match lang {
        Lang::Ja => name,
        Lang::En => name.trim_end_matches(['!', '?']).to_owned(),
    }
}

/// A name, or a blank for it where it is not known in the letters of the language.
pub(super) fn called(person: &Person, lang: Lang) -> impl Fn(&str) -> String {
    let name = shown(&person.name);
    move |known| match lang {
        _ if !known.is_empty() => shown(known),
        Lang::Ja => format!("〔{name}〕"),
        Lang::En => format!("〔{name} in Latin letters〕"),
    }
}

/// What the clip is about first, then what is in common.
pub(super) fn interests(case: &Case<'_>, me: Option<&Me>) -> Vec<String> {
    let theirs = &case.person.interests;
    let common = |with: &[Text]| plan::common_interests(case.config, theirs, with);
    let mut all: Vec<&str> = common(case.clip_topics());
    all.extend(common(me.map_or(&[], |me| &me.interests)));
    all.extend(theirs.iter().map(|word| &**word));
    let mut seen = std::collections::BTreeSet::new();
    // Nobody is asked what is new about an illness.
    let is_said = |word: &str| !page::is_sombre(word) && !legible(word, case.lang).is_empty();
    all.retain(|word| seen.insert(*word) && is_said(word));
    all.into_iter().map(shown).collect()
}

/// The names on a greeting that goes to a household: theirs, without what they are at work.
pub(super) fn household(case: &Case<'_>) -> Option<Vec<String>> {
    if case.season.is_none() || !case.form.is_posted() || case.lang != Lang::Ja {
        return None;
    }
    let label = label::Label::of(case.person, case.lang, case.today);
    let honorific = label.honorific.as_deref().unwrap_or_default();
    let first = format!("{}{honorific}", label.name);
    // What they themselves are called by does not hold for the others.
    let others = label.joint.iter().map(|name| match label::form_of_address(name) {
        Some(_) => name.to_string(),
        None => format!("{name}様"),
    });
    (!label.joint.is_empty()).then(|| std::iter::once(first).chain(others).collect())
}

/// Whom they should know.
pub(super) fn other(case: &Case<'_>) -> Option<Other> {
    let Some(Why::Introduce { other, interests, .. }) = case.item.map(|item| &item.why) else { return None };
    let (_, person, _) = case.index.person(other.as_str())?;
    let address = Address::of(person, case.today, case.register, case.form, case.lang);
    let called = called(person, case.lang);
    let interests = interests.iter().map(|word| legible(&shown(word), case.lang));
    Some(Other {
        name: called(&address.name),
        titled: shown(&address.titled),
        call: called(&address.call),
        short: called(&address.short),
        interests: interests.filter(|word| !word.is_empty()).collect(),
    })
}
