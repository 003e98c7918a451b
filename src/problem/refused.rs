//! What the system says when it refuses, and goen itself, in words.

use std::borrow::Cow;
use std::io;

use crate::text::{Lang, pick};

/// What goen itself refuses on the disk, where the system would not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum OffLimits {
    /// A link on the way leads out of the vault.
    #[error("leads out of the vault")]
    Outside,
    /// A folder, a pipe or a device stands where a file should.
    #[error("not a file")]
    NoFile,
    /// A link that leads to nothing.
    #[error("a link to nothing")]
    Dangling,
}

impl OffLimits {
    /// What is the matter.
    pub fn words(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Self::Outside => ("保管庫の外へのリンクです", "a link leads out of the vault"),
            Self::NoFile => ("フォルダーなど、ファイルでないものがあります", "it is not a file"),
            Self::Dangling => ("リンク先がありません", "it is a link to nothing"),
        };
        pick(lang, ja, en)
    }

    /// The way out.
    pub fn help(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Self::Outside => (
                "リンクの代わりに、ファイルそのものを保管庫の中に置いてください",
                "put the file itself into the vault",
            ),
            Self::NoFile => ("それを移すか、名前を変えてください", "move it away, or rename it"),
            Self::Dangling => ("リンクを削除するか、リンク先を直してください", "remove the link, or mend it"),
        };
        pick(lang, ja, en)
    }
}

/// Why something on the disk was refused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    kind: io::ErrorKind,
    /// Where goen does, and not the system.
    own: Option<OffLimits>,
    /// In its own words.
    said: String,
}

impl Refused {
    /// In the user's language as far as it is one of the common reasons.
    pub fn words(&self, lang: Lang) -> Cow<'_, str> {
        if let Some(own) = self.own {
            return own.words(lang).into();
        }
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

    /// The way out.
    pub fn help(&self, lang: Lang) -> &'static str {
        let system = pick(lang, "アクセス権を確かめてください", "check its permissions");
        self.own.map_or(system, |own| own.help(lang))
    }
}

impl From<&io::Error> for Refused {
    fn from(error: &io::Error) -> Self {
        let own = error.get_ref().and_then(|own| own.downcast_ref::<OffLimits>()).copied();
        Self { kind: error.kind(), own, said: error.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goen_itself_refuses_is_said_in_the_users_language_with_its_own_way_out() {
        for own in [OffLimits::Outside, OffLimits::NoFile, OffLimits::Dangling] {
            let refused = Refused::from(&io::Error::other(own));
            for lang in [Lang::Ja, Lang::En] {
                assert_eq!(refused.words(lang), own.words(lang));
                assert_eq!(refused.help(lang), own.help(lang));
            }
            assert!(refused.words(Lang::Ja).chars().all(|c| !c.is_ascii()), "{own:?}");
        }
        let system = Refused::from(&io::Error::from(io::ErrorKind::PermissionDenied));
        assert_eq!(system.words(Lang::Ja), "アクセス権がありません");
        assert_eq!(system.help(Lang::Ja), "アクセス権を確かめてください");
    }
}
