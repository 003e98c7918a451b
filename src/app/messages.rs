//! The user's templates of messages, as they lie in the vault, and those that a new user starts from.

use std::fs;
use std::path::{Path, PathBuf};

use super::App;
use crate::message::{self, Occasion, Own};
use crate::problem::What;
use crate::text::{Lang, NotePath};
use crate::vault::Bytes;

/// More templates nobody has.
const MOST: usize = 500;

impl App {
    /// The user's templates of messages, by path. The folder's name is found in any case. One that cannot
    /// be read is told of where it is wanted, and is in nobody's way elsewhere.
    pub fn message_templates(&self) -> Vec<Own> {
        let root = self.vault.root();
        let folders = folders(root, "templates").into_iter().flat_map(|folder| folders(&folder, "messages"));
        let mut paths: Vec<NotePath> =
            folders.flat_map(|folder| files(&folder)).filter_map(|file| inside(root, &file)).collect();
        paths.sort();
        paths.truncate(MOST);
        let read = |path: NotePath| {
            let text = match self.vault.read(&path) {
                Ok(Bytes::Whole(bytes)) => String::from_utf8(bytes).map_err(|_| What::Encoding),
                Ok(Bytes::TooLarge) => Err(What::TooLarge),
                Ok(Bytes::Missing) => return None,
                Err(error) => Err(What::Unreadable((&error.source).into())),
            };
            Some(Own { path, text })
        };
        paths.into_iter().filter_map(read).collect()
    }

    /// Templates to be changed, for occasions that the user has none for yet: where they are put, and
    /// their texts.
    pub(super) fn starting_messages(&self) -> Vec<(String, String)> {
        const START: [Occasion; 3] = [Occasion::Reopen, Occasion::Thanks, Occasion::FollowUp];
        let known = self.message_templates();
        let root = self.vault.root();
        // A folder that is there already keeps its name.
        let name = |within: &Path, name: &str, usual: &str| {
            let found = folders(within, name).into_iter().min();
            let found = found.and_then(|path| Some(path.file_name()?.to_str()?.to_owned()));
            found.unwrap_or_else(|| usual.to_owned())
        };
        let outer = name(root, "templates", "Templates");
        let inner = name(&root.join(&outer), "messages", "messages");
        let missing = START.into_iter().filter(|occasion| !known.iter().any(|own| own.is_for(*occasion)));
        let texts = missing.filter_map(|occasion| {
            let word = occasion.word();
            let text = message::built_in(self.lang, word)?;
            let path = format!("{outer}/{inner}/{word}.{}.md", self.lang.code());
            Some((path, format!("{}\n{text}", about(word, self.lang))))
        });
        texts.collect()
    }
}

/// What stands at the head of a template to be changed.
fn about(word: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!(
            "{{# goen draft --for {word} のひな形です。自由に書き換えてください。消せば goen のものに戻ります。 #}}"
        ),
        Lang::En => format!(
            "{{# What `goen draft --for {word}` is made from. Change it as you like; without it goen uses its own. #}}"
        ),
    }
}

/// The folders of this name, in any case of its letters.
fn folders(within: &Path, name: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(within).into_iter().flatten().filter_map(Result::ok);
    let is_it =
        |entry: &fs::DirEntry| entry.file_name().to_str().is_some_and(|n| n.eq_ignore_ascii_case(name));
    entries.filter(is_it).map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// The templates in a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let is_template = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        !name.starts_with('.') && ["md", "jinja", "j2"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    };
    entries.map(|entry| entry.path()).filter(is_template).collect()
}

fn inside(root: &Path, file: &Path) -> Option<NotePath> {
    let parts: Option<Vec<&str>> =
        file.strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
    Some(NotePath::new(parts?.join("/")))
}
