//! What the system says when it refuses, in words.

use std::borrow::Cow;
use std::io;

use crate::text::{Lang, pick};

/// Why the system refused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    kind: io::ErrorKind,
    /// In its own words.
    said: String,
}

impl Refused {
    /// In the user's language as far as it is one of the common reasons.
    pub fn words(&self, lang: Lang) -> Cow<'_, str> {
        let (ja, en) = match self.kind {
            io::ErrorKind::NotFound => ("見つかりません", "there is no such file or folder"),
            io::ErrorKind::PermissionDenied => ("アクセス権がありません", "permission denied"),
            io::ErrorKind::IsADirectory => ("フォルダーです", "it is a folder"),
            io::ErrorKind::NotADirectory => {
                ("途中にフォルダーでないものがあります", "something on the way is not a folder")
            }
            io::ErrorKind::StorageFull => ("空き容量がありません", "no space left"),
            io::ErrorKind::ReadOnlyFilesystem => ("読み取り専用です", "the file system is read-only"),
            _ => return self.said.as_str().into(),
        };
        pick(lang, ja, en).into()
    }
}

impl From<&io::Error> for Refused {
    fn from(error: &io::Error) -> Self {
        Self { kind: error.kind(), said: error.to_string() }
    }
}
