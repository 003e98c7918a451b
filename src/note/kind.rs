//! Which kind a note is of: by its type, its tags, its folder, its name.

use chrono::NaiveDate;

use super::dialect::{Dialect, in_templates};
use super::find::{Matter, shown};
use super::keys::Field;
use crate::problem::NotAPerson;
use crate::text::{NotePath, fold};

/// The kinds of notes, before they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A person.
    Person,
    /// An event.
    Event,
    /// An organisation.
    Org,
    /// A trip.
    Trip,
    /// Something worth sharing.
    Clip,
    /// The user.
    Me,
    /// A dated note.
    Dated(NaiveDate),
    /// In a people folder, but no person.
    Skipped(NotAPerson),
    /// A template, wherever it lies: nothing in it is meant yet.
    Template,
    /// Anything else; a `#person` in its body makes it a person.
    Other,
}

/// Decides from everything but the body; whether it is a template, [`is_template`] says.
pub fn of(path: &NotePath, is_template: bool, matter: &Matter<'_>, dialect: &Dialect) -> Sort {
    let in_people = dialect.in_people_folder(path.as_str());
    if is_template {
        return if in_people { Sort::Skipped(NotAPerson::Template) } else { Sort::Template };
    }
    let types = matter.all(Field::Type).flat_map(|pair| pair.value.members());
    let typed = types.filter_map(|node| node.text()).find_map(|word| {
        let word = fold(&shown(&word)).into_owned();
        if dialect.is_person_word(&word) { Some(Sort::Person) } else { by_word(&word) }
    });
    if let Some(sort) = typed {
        return sort;
    }
    // A daily note stays one, whatever it is tagged with.
    if dialect.journal.format.is_exact(path.as_str())
        && let Some(day) = dialect.day_of(path.as_str())
    {
        return Sort::Dated(day);
    }
    let tags = matter.tags();
    if let Some(sort) = tags.iter().find_map(|tag| by_tag(tag, dialect)) {
        return sort;
    }
    if in_people {
        return match not_a_person(path) {
            Some(why) => Sort::Skipped(why),
            None => Sort::Person,
        };
    }
    if dialect.in_clip_folder(path.as_str()) {
        return Sort::Clip;
    }
    match dialect.day_of(path.as_str()) {
        Some(day) => Sort::Dated(day),
        None => Sort::Other,
    }
}

/// What a tag says of the note's kind: `#person`, `#person/work`, `#event` …
pub fn by_tag(tag: &str, dialect: &Dialect) -> Option<Sort> {
    let tag = fold(tag.trim_start_matches('#'));
    let head = tag.split('/').next().unwrap_or("");
    if dialect.is_person_tag(&tag) || dialect.is_person_tag(head) {
        Some(Sort::Person)
    } else {
        by_word(head)
    }
}

/// The words for kinds other than people, as a type or a tag, folded.
pub const WORDS: &[(&str, Sort)] = &[
    ("event", Sort::Event),
    ("イベント", Sort::Event),
    ("org", Sort::Org),
    ("会社", Sort::Org),
    ("組織", Sort::Org),
    ("trip", Sort::Trip),
    ("旅行", Sort::Trip),
    ("出張", Sort::Trip),
    ("帰省", Sort::Trip),
    ("clip", Sort::Clip),
    ("クリップ", Sort::Clip),
    ("me", Sort::Me),
    ("自分", Sort::Me),
];

fn by_word(word: &str) -> Option<Sort> {
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, sort)| *sort)
}

/// Whether a note is a template: by its folder, or by placeholders in its front matter.
pub fn is_template(path: &NotePath, front: &str) -> bool {
    in_templates(path.as_str()) || is_unrendered(front)
}

fn is_unrendered(front: &str) -> bool {
    if memchr::memchr2(b'{', b'<', front.as_bytes()).is_none() {
        return false;
    }
    let has = |sign: &str| memchr::memmem::find(front.as_bytes(), sign.as_bytes()).is_some();
    (has("{{") && has("}}")) || (has("<%") && has("%>"))
}

/// Why a note inside a people folder is no person, judged by its name.
fn not_a_person(path: &NotePath) -> Option<NotAPerson> {
    let name = fold(path.name());
    let folder = path.folder().rsplit('/').next().unwrap_or("");
    if matches!(name.as_ref(), "readme" | "index") {
        return Some(NotAPerson::Readme);
    }
    if !folder.is_empty() && fold(folder) == name {
        return Some(NotAPerson::FolderNote);
    }
    if name.split(|c: char| !c.is_alphanumeric()).any(|word| word == "moc") {
        return Some(NotAPerson::Moc);
    }
    let untitled = name.strip_prefix("untitled").or_else(|| name.strip_prefix("無題のファイル"));
    if untitled.is_some_and(|rest| rest.trim().chars().all(|c| c.is_ascii_digit())) {
        return Some(NotAPerson::Untitled);
    }
    name.ends_with(".excalidraw").then_some(NotAPerson::Excalidraw)
}
