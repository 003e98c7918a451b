//! What was seen of the notes on the disk: which there are, and what tells each from what it was.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::Path;

use crate::text::NotePath;
use crate::vault::{Stamp, Vault};

/// What was seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Of a note that could not be read there is no stamp.
    notes: BTreeMap<NotePath, Option<Stamp>>,
    /// Links to notes, and those notes.
    links: BTreeMap<NotePath, NotePath>,
}

impl Seen {
    pub(super) fn of(
        notes: impl IntoIterator<Item = (NotePath, Option<Stamp>)>,
        links: impl IntoIterator<Item = (NotePath, NotePath)>,
    ) -> Self {
        Self { notes: notes.into_iter().collect(), links: links.into_iter().collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.notes.len()
    }

    /// The paths of all, sorted.
    pub(super) fn paths(&self) -> impl Iterator<Item = &NotePath> {
        self.notes.keys()
    }

    pub(super) fn has(&self, path: &NotePath) -> bool {
        self.notes.contains_key(path)
    }

    pub(super) fn stamp(&self, path: &NotePath) -> Option<&Stamp> {
        self.notes.get(path)?.as_ref()
    }

    pub(super) fn put(&mut self, path: NotePath, stamp: Option<Stamp>) {
        self.notes.insert(path, stamp);
    }

    pub(super) fn remove(&mut self, path: &NotePath) {
        self.notes.remove(path);
        self.links.remove(path);
    }

    /// The note at a path, or those in the folder it is; of the empty path all.
    pub(super) fn below<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = &'a NotePath> {
        let text = path.to_str().unwrap_or("\u{10ffff}");
        let from = (Bound::Included(text), Bound::Unbounded);
        let near = self.notes.range::<str, _>(from).map(|(path, _)| path);
        let near = near.take_while(move |note| note.as_str().starts_with(text));
        near.filter(move |note| Path::new(note.as_str()).starts_with(path))
    }

    /// Whether what was seen at a path is the file that has a stamp.
    pub(super) fn is_same_file(&self, path: &NotePath, stamp: Option<&Stamp>) -> bool {
        let file = |stamp: Option<&Stamp>| stamp.and_then(Stamp::file);
        file(stamp).is_some() && file(stamp) == file(self.stamp(path))
    }

    /// Whether what was seen at a path is the file that has a stamp, and nothing was written to it.
    pub(super) fn is_moved(&self, path: &NotePath, stamp: Option<&Stamp>) -> bool {
        self.stamp(path).zip(stamp).is_some_and(|(known, now)| known.is_moved(now))
    }

    /// Links and the notes they lead to.
    pub(super) fn links(&self) -> impl Iterator<Item = (&NotePath, &NotePath)> {
        self.links.iter()
    }

    /// Takes in which links lie below a path.
    pub(super) fn set_links(&mut self, below: &Path, links: Vec<(NotePath, NotePath)>) {
        self.links.retain(|link, _| !Path::new(link.as_str()).starts_with(below));
        self.links.extend(links);
    }
}

/// Whether a note is only not downloaded: iCloud keeps `.name.md.icloud` in its place.
pub(in crate::app) fn is_in_cloud(vault: &Vault, path: &NotePath) -> bool {
    let place = vault.on_disk(path);
    let name = place.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    place.with_file_name(format!(".{name}.icloud")).exists()
}

/// The notes that Obsidian's workspace shows in a pane.
pub(super) fn open_files(workspace: &[u8]) -> Vec<NotePath> {
    fn gather(value: &serde_json::Value, out: &mut Vec<NotePath>) {
        match value {
            serde_json::Value::Object(fields) => {
                for (key, value) in fields {
                    match value.as_str() {
                        Some(file) if key == "file" => out.push(NotePath::new(file)),
                        Some(_) => {}
                        None => gather(value, out),
                    }
                }
            }
            serde_json::Value::Array(values) => values.iter().for_each(|value| gather(value, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    if let Ok(workspace) = serde_json::from_slice(workspace) {
        gather(&workspace, &mut out);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_below_a_folder_is_no_neighbour_of_a_like_name() {
        let paths = ["a.md", "a/b.md", "a/c/d.md", "ab.md", "a b/e.md", "a.md.md"];
        let seen = Seen::of(paths.map(|path| (NotePath::new(path), None)), []);
        let check = |path: &str, expected: &[&str]| {
            let below: Vec<&str> = seen.below(Path::new(path)).map(NotePath::as_str).collect();
            assert_eq!(below, expected, "below {path:?}");
        };
        check("a", &["a/b.md", "a/c/d.md"]);
        check("a.md", &["a.md"]);
        check("", &["a b/e.md", "a.md", "a.md.md", "a/b.md", "a/c/d.md", "ab.md"]);
        check("x", &[]);
    }

    #[test]
    fn what_obsidian_shows_is_open() {
        let workspace = r#"{"main": {"type": "split", "children": [{"type": "tabs", "children": [
            {"type": "leaf", "state": {"type": "markdown", "state": {"file": "People/田中.md", "mode": "source"}}},
            {"type": "leaf", "state": {"type": "graph", "state": {}}}]}]}, "lastOpenFiles": ["old.md"]}"#;
        assert_eq!(open_files(workspace.as_bytes()), [NotePath::new("People/田中.md")]);
        assert!(open_files(b"{").is_empty());
    }
}
