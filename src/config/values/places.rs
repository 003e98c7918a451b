//! Values that say where: folders, files, tags and patterns, none of which may lead out of the vault.

use ignore::gitignore::GitignoreBuilder;

use super::super::reader::{Kind, Reader, Wrong};
use super::written::or_empty;
use super::{CLOSED, GLOBS, listed, quoted};
use crate::problem::Takes;
use crate::text::{NotePath, is_unprintable, link_key, without_md};

const NO_COMMENT: Takes = Takes {
    en: "a pattern; one that begins with `#` is a comment, unless a backslash stands before it",
    ja: "パターン。「#」で始まるものは注釈とみなされるので、前に \\ を付けます",
    like: r"'\#inbox/'",
};

/// A folder inside the vault; empty for the vault itself.
fn folder(text: &str) -> Option<String> {
    match text.trim().trim_end_matches('/') {
        "." => Some(String::new()),
        path => inside(path),
    }
}

/// A file inside the vault.
fn file(text: &str) -> Option<NotePath> {
    inside(text.trim()).map(NotePath::new)
}

/// A path that stays inside the vault, on every system, and is not hidden there.
fn inside(path: &str) -> Option<String> {
    let path = path.strip_prefix("./").unwrap_or(path);
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with(' ');
    // A colon is a drive or a stream on Windows.
    let odd = |c: char| matches!(c, '\\' | ':') || c.is_control();
    // Whoever writes `~` means the home folder.
    let is_home = path == "~" || path.starts_with("~/");
    (!is_home && path.split('/').all(plain) && !path.contains(odd)).then(|| path.to_owned())
}

/// A tag without its `#`, whether it is written or not.
fn tag(text: &str) -> Option<String> {
    let name = text.strip_prefix('#').unwrap_or(text);
    let odd = |c: char| c.is_whitespace() || c == '#' || is_unprintable(c);
    (!name.is_empty() && !name.contains(odd)).then(|| name.to_owned())
}

impl Reader<'_> {
    /// Folders inside the vault, without a slash at the end; `.` is the vault itself.
    pub fn folders(&mut self, key: &'static str, into: &mut Vec<String>) {
        let takes = Takes {
            en: "folders inside the vault",
            ja: "保管庫の中のフォルダー",
            like: "[\"People\", \"notes/people\"]",
        };
        self.list(key, &Kind { takes, written: listed }, into, |v| folder(v.text()?));
    }

    /// A folder inside the vault, empty for none.
    pub fn own_folder(&mut self, key: &'static str, into: &mut Option<String>) {
        let takes =
            Takes {
                en: "a folder inside the vault", ja: "保管庫の中のフォルダー", like: "\"Journal\""
            };
        let kind = Kind { takes, written: or_empty };
        self.optional(key, &kind, into, |text| folder(text).ok_or(Wrong::Value(takes)));
    }

    /// A Markdown file inside the vault.
    pub fn note(&mut self, key: &'static str, into: &mut NotePath) {
        let takes = Takes {
            en: "a note inside the vault",
            ja: "保管庫の中のノート",
            like: "\"reconnect.md\", \"Home/今日.md\"",
        };
        let kind = Kind { takes, written: |path: &NotePath| Some(quoted(path.as_str())) };
        self.take(key, &kind, into, |v| file(v.text()?).filter(|path| path.as_str().ends_with(".md")));
    }

    /// A file inside the vault, empty for none; neither `goen.toml` nor `taken`.
    pub fn own_file(
        &mut self,
        key: &'static str,
        like: &'static str,
        into: &mut Option<NotePath>,
        taken: &NotePath,
    ) {
        let takes =
            Takes {
                en: "a file of its own inside the vault", ja: "保管庫の中の専用のファイル", like
            };
        self.file_of_its_own(key, takes, into, taken, |_| true);
    }

    /// As [`Reader::own_file`], and no note.
    pub fn own_export(
        &mut self,
        key: &'static str,
        like: &'static str,
        into: &mut Option<NotePath>,
        taken: &NotePath,
    ) {
        let (en, ja) = (
            "a file of its own inside the vault that is no note",
            "保管庫の中の、ノートではない専用のファイル",
        );
        let is_no_note = |path: &NotePath| without_md(path.as_str()) == path.as_str();
        self.file_of_its_own(key, Takes { en, ja, like }, into, taken, is_no_note);
    }

    fn file_of_its_own(
        &mut self,
        key: &'static str,
        takes: Takes,
        into: &mut Option<NotePath>,
        taken: &NotePath,
        fits: impl Fn(&NotePath) -> bool,
    ) {
        let taken = [link_key(taken.as_str()), "goen.toml".into()];
        let written = |path: &Option<NotePath>| Some(quoted(path.as_ref().map_or("", NotePath::as_str)));
        self.optional(key, &Kind { takes, written }, into, |text| {
            let own = file(text).filter(|path| fits(path) && !taken.contains(&link_key(path.as_str())));
            own.ok_or(Wrong::Value(takes))
        });
    }

    /// A tag with its `#`, whether it is written or not; empty for none.
    pub fn own_tag(&mut self, key: &'static str, into: &mut Option<String>) {
        let takes = Takes { en: "a tag", ja: "タグ", like: "\"#task\"" };
        self.optional(key, &Kind { takes, written: or_empty }, into, |text| {
            tag(text).map(|name| format!("#{name}")).ok_or(Wrong::Value(takes))
        });
    }

    /// Tags, without their `#`.
    pub fn tags(&mut self, key: &'static str, into: &mut Vec<String>) {
        let takes = Takes { en: "tags", ja: "タグの一覧", like: "[\"person\", \"people\"]" };
        self.list(key, &Kind { takes, written: listed }, into, |v| tag(v.text()?.trim()));
    }

    /// Patterns that a `.gitignore` would take.
    pub fn globs(&mut self, key: &'static str, into: &mut Vec<String>) {
        self.list_or(key, &Kind { takes: GLOBS, written: listed }, into, |v| {
            let glob = v.text().ok_or(Wrong::Value(GLOBS))?;
            if glob.starts_with('#') {
                return Err(Wrong::Value(NO_COMMENT));
            }
            let fits = |open: bool| {
                let mut builder = GitignoreBuilder::new("");
                builder.allow_unclosed_class(open);
                builder.add_line(None, glob).is_ok_and(|builder| builder.build().is_ok())
            };
            match (fits(false), fits(true)) {
                (true, _) => Ok(glob.to_owned()),
                (false, true) => Err(Wrong::Value(CLOSED)),
                (false, false) => Err(Wrong::Value(GLOBS)),
            }
        });
    }
}
