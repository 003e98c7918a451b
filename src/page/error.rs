//! Why a page is left as it is, and the way out, in words.

use super::{BEGIN, END};
use crate::text::Lang;

/// Why a page is not goen's to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// Neither marker is there.
    #[error("no marker lines")]
    NotGoens,
    /// Nothing stands there, since a moment ago.
    #[error("empty since a moment ago")]
    Blank,
    /// The end marker is there, the other is not.
    #[error("no begin marker")]
    NoBegin,
    /// The begin marker is there, the other is not.
    #[error("no end marker")]
    NoEnd,
    /// A marker is there twice; the line of the second, from 1.
    #[error("marker doubled in line {line}")]
    Doubled {
        /// Where.
        line: usize,
    },
    /// The end marker stands before the other.
    #[error("end marker before begin marker")]
    Reversed,
    /// The begin marker cannot be read; its line, from 1.
    #[error("begin marker in line {line} cannot be read")]
    Unreadable {
        /// Where.
        line: usize,
    },
    /// git has left a conflict in it; the line, from 1.
    #[error("git conflict in line {line}")]
    Conflict {
        /// Where.
        line: usize,
    },
    /// A newer goen wrote it.
    #[error("page format {version} is newer")]
    Newer {
        /// Its format.
        version: u32,
    },
}

impl PageError {
    /// The line that it is about, from 1; 0 where it is the whole page.
    pub fn line(&self) -> usize {
        match self {
            Self::Doubled { line } | Self::Unreadable { line } | Self::Conflict { line } => *line,
            _ => 0,
        }
    }

    /// What is wrong with the page `file`, and the way out.
    pub fn message(&self, lang: Lang, file: &str) -> String {
        match lang {
            Lang::Ja => self.message_ja(file),
            Lang::En => self.message_en(file),
        }
    }

    fn message_ja(&self, file: &str) -> String {
        let own = "このファイルを残すには、goen.toml の [page] file に別の名前を書いてください";
        let mend = "目印の行を直すか、ファイルを別の名前に移してください（次の実行で新しく作ります）";
        match self {
            Self::NotGoens => {
                format!("{file} は goen のページではありません（何も書き込んでいません）。{own}")
            }
            Self::Blank => format!(
                "{file} が空になったばかりです。ほかのアプリが保存している途中かもしれないので、何も書き込んでいません。もう一度実行してください"
            ),
            Self::NoBegin => format!(
                "{file} に始まりの行「{BEGIN} … -->」がありません（何も書き込んでいません）。{mend}。{own}"
            ),
            Self::NoEnd => {
                format!(
                    "{file} に終わりの行「{END} -->」がありません（何も書き込んでいません）。{mend}。{own}"
                )
            }
            Self::Doubled { line } => {
                format!(
                    "{file} の {line} 行目に、goen の目印の行がもう一つあります（何も書き込んでいません）。{mend}。{own}"
                )
            }
            Self::Reversed => {
                format!(
                    "{file} では、終わりの目印が始まりの目印より前にあります（何も書き込んでいません）。{mend}。{own}"
                )
            }
            Self::Unreadable { line } => {
                format!("{file} の {line} 行目の目印が読めません（何も書き込んでいません）。{mend}。{own}")
            }
            Self::Conflict { line } => format!(
                "{file} の {line} 行目に git の競合マーカーが残っています（何も書き込んでいません）。どちらを残すか決めて、その行を消してください"
            ),
            Self::Newer { version } => format!(
                "{file} は新しい版の goen が書いたものです（形式 v{version}）。goen を更新するか、`goen update --force` で書き直すか、goen.toml の [page] file に別の名前を書いてください"
            ),
        }
    }

    fn message_en(&self, file: &str) -> String {
        let own = "to keep this file, choose another name with `[page] file` in goen.toml";
        let mend = "mend the marker lines, or move the file away and it is made anew";
        match self {
            Self::NotGoens => format!("{file} is not goen's page; nothing was written; {own}"),
            Self::Blank => format!(
                "{file} has been empty for a moment only: it may be being saved; nothing was written; run goen again"
            ),
            Self::NoBegin => {
                format!("{file} has no line `{BEGIN} … -->`; nothing was written; {mend}; {own}")
            }
            Self::NoEnd => format!("{file} has no line `{END} -->`; nothing was written; {mend}; {own}"),
            Self::Doubled { line } => {
                format!("{file}:{line}: a second marker line of goen's; nothing was written; {mend}; {own}")
            }
            Self::Reversed => {
                format!(
                    "{file}: the end marker stands before the begin marker; nothing was written; {mend}; {own}"
                )
            }
            Self::Unreadable { line } => {
                format!("{file}:{line}: the marker cannot be read; nothing was written; {mend}; {own}")
            }
            Self::Conflict { line } => format!(
                "{file}:{line}: git's conflict markers are still in it; nothing was written; decide which side stays and remove the marker lines"
            ),
            Self::Newer { version } => format!(
                "{file} was written by a newer goen (format v{version}): update goen, replace the page with `goen update --force`, or choose another name with `[page] file` in goen.toml"
            ),
        }
    }
}
