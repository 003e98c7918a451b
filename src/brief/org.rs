//! Who was where when: the people of an organisation, what is known of their time there, and the ties
//! among them.
//!
//! Nobody who never appears is counted or named. What a note does not say is not known: an end that is
//! missing is none that is made up.

use crate::index::Index;
use crate::note::Note;
use crate::note::org::Post;
use crate::note::other::Career;
use crate::text::{QuickMap, QuickSet, fold, fold_name, nearest, without_md};

/// An organisation, by all names that mean it.
#[derive(Debug, Clone)]
pub struct Organisation<'a> {
    /// What it is called: as its note is, else as most write it.
    pub name: &'a str,
    /// Its note, where there is one.
    pub note: Option<&'a Note>,
    /// Your posts there, oldest first.
    pub mine: Vec<&'a Career>,
    names: QuickSet<String>,
}

impl Organisation<'_> {
    /// Whether a post is one there.
    pub(super) fn holds(&self, post: &Post) -> bool {
        let of_link = || post.link.as_deref().is_some_and(|target| self.is_named(last_part(target)));
        self.is_named(&post.org) || of_link()
    }

    fn is_named(&self, word: &str) -> bool {
        self.names.contains(fold(word).as_ref())
    }
}

/// The last part of a link's target.
fn last_part(target: &str) -> &str {
    let target = without_md(target.trim());
    target.rsplit('/').next().unwrap_or(target)
}

/// Every organisation that a note is about, or that you or others were at; by name.
pub fn all(index: &Index) -> Vec<Organisation<'_>> {
    let mut found = Found::default();
    for (note, org) in index.organisations() {
        let names = std::iter::once(note.path.name()).chain(org.aliases.iter().map(|alias| &**alias));
        found.enter(note.path.name(), names, |known| known.note = known.note.or(Some(note)));
    }
    for post in index.me().into_iter().flat_map(|(_, me)| &me.career) {
        found.enter(&post.org, [&*post.org].into_iter(), |known| known.mine.push(post));
    }
    for (note, person, _) in index.people() {
        for post in person.posts.iter().filter(|_| !note.is_of_the_gone()) {
            let by_link = post.link.as_deref().map(last_part).filter(|name| found.knows(name));
            if by_link.is_none() {
                found.enter(&post.org, [&*post.org].into_iter(), |_| ());
            }
        }
    }
    let mut all = found.all;
    all.sort_by(|a, b| (fold_name(a.name), a.name).cmp(&(fold_name(b.name), b.name)));
    all
}

/// Organisations as they are found.
#[derive(Default)]
struct Found<'a> {
    all: Vec<Organisation<'a>>,
    by_name: QuickMap<String, usize>,
}

impl<'a> Found<'a> {
    fn knows(&self, name: &str) -> bool {
        self.by_name.contains_key(fold(name).as_ref())
    }

    /// One that has all these names, and what else is to be noted of it.
    fn enter<'n>(
        &mut self,
        name: &'a str,
        names: impl Iterator<Item = &'n str>,
        note_down: impl FnOnce(&mut Organisation<'a>),
    ) {
        let names: Vec<String> =
            names.map(|name| fold(name).into_owned()).filter(|name| !name.is_empty()).collect();
        if names.is_empty() {
            return;
        }
        let known = names.iter().find_map(|name| self.by_name.get(name)).copied();
        let at = known.unwrap_or_else(|| {
            self.all.push(Organisation { name, note: None, mine: Vec::new(), names: QuickSet::default() });
            self.all.len() - 1
        });
        let Some(org) = self.all.get_mut(at) else { return };
        for name in names {
            self.by_name.entry(name.clone()).or_insert(at);
            org.names.insert(name);
        }
        note_down(org);
    }
}

/// Which organisation is meant, if not one alone.
#[derive(Debug)]
pub enum Unclear<'a> {
    /// None of that name; the nearest.
    None(Option<&'a str>),
    /// Several whose name begins so, or has it in it.
    Several(Vec<Organisation<'a>>),
}

/// The organisation that a name, an alias, a path or an unambiguous part of a name means.
///
/// # Errors
/// Where it is none or several.
pub fn find<'a>(index: &'a Index, asked: &str) -> Result<Organisation<'a>, Unclear<'a>> {
    let key = fold_name(last_part(asked));
    let everything = all(index);
    let known: Vec<&'a str> = everything.iter().map(|org| org.name).collect();
    if key.is_empty() {
        return Err(Unclear::None(None));
    }
    let is_at = |org: &Organisation<'_>| {
        let asked = without_md(asked.trim().trim_start_matches("./"));
        org.note.is_some_and(|note| note.path.stem() == asked)
    };
    let has = |org: &Organisation<'_>, test: &dyn Fn(&str) -> bool| {
        org.names.iter().any(|name| test(&fold_name(name)))
    };
    let tests: [&dyn Fn(&Organisation<'_>) -> bool; 4] = [
        &is_at,
        &|org| has(org, &|name| name == key),
        &|org| has(org, &|name| name.starts_with(key.as_str())),
        &|org| has(org, &|name| name.contains(key.as_str())),
    ];
    for test in tests {
        let mut meant: Vec<Organisation<'a>> = everything.iter().filter(|org| test(org)).cloned().collect();
        match (meant.len(), meant.pop()) {
            (1, Some(only)) => return Ok(only),
            (_, Some(last)) => {
                meant.push(last);
                return Err(Unclear::Several(meant));
            }
            _ => {}
        }
    }
    Err(Unclear::None(nearest(asked, known)))
}
