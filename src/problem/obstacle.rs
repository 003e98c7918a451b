//! Why something was not written into a note, in words.

use super::Refused;
use crate::text::{Lang, Text, one_line, shorten};

/// Why goen wrote nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// Lines end with CR alone.
    CrOnly,
    /// The front matter is never closed.
    Unclosed,
    /// The front matter cannot be read.
    Broken,
    /// The front matter is TOML, which is read only.
    Toml,
    /// The key stands there twice.
    DuplicateKey,
    /// An anchor, an alias or a tag belongs to the value.
    Decorated,
    /// The value is a list, a map, a block of text or more than a day.
    NotOneValue,
    /// The date could be two days, and nothing says which.
    AmbiguousDate,
    /// The link, the period or the role of a post would be lost.
    Post,
    /// A role stands without its organisation: with another one it would say what is not so.
    RoleAlone,
    /// Two log headings hold dated entries.
    TwoLogs,
    /// What would come out does not say what was asked for.
    Uncertain,
    /// The front matter is written in a way that takes no value more.
    Shape,
    /// No file can be called so, or all names that it could have are taken.
    NoFileName,
    /// A file of this name is there that goen has not read: ignored, not downloaded, or made just now.
    NameTaken,
    /// What is written there is not read as a part of the vault.
    Ignored,
    /// There is no note of this path any more.
    Missing,
    /// No text that goen reads: another encoding, NUL, a conflict, too large.
    NotText,
    /// The task is not there any more.
    NoTask,
    /// A task of these words of which a deed was taken back is not found for sure, and stays ticked.
    StillTicked(Text),
    /// The file has several names on the disk.
    HardLinked,
    /// Owner, mode or attributes cannot be kept; the system's words.
    Attributes(Refused),
    /// The disk refused; its words.
    Disk(Refused),
    /// Somebody keeps writing to it.
    KeepsChanging,
    /// Two versions were saved at once: the other is kept here.
    BothSaved,
    /// `[<]` without a date that is not goen's own.
    NoDate,
    /// Something that has no later day to be moved to.
    NotMovable,
    /// What was said at the item has no note to stand in.
    NoPlace,
    /// A date that is still to come.
    Future,
    /// No item of this id is known.
    UnknownItem,
    /// The mark of something that is recorded already was changed.
    Recorded,
    /// The entry was not written by goen, or it has been changed since.
    NotGoens,
    /// A marker of goen's part of the note is alone, or there are several parts.
    Markers,
    /// A block of code or a comment that begins in this line is never closed, and would hide what is
    /// written below.
    Hidden(usize),
}

impl Obstacle {
    /// What keeps goen from writing, and the way out.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Ja => self.ja(),
            Lang::En => self.en(),
        }
    }

    fn ja(&self) -> String {
        let fixed = match self {
            Self::CrOnly => "改行が CR だけのノートには書き込みません。LF か CRLF で保存し直してください",
            Self::Unclosed => "フロントマターが閉じられていません。`---` だけの行で閉じてください",
            Self::Broken => "フロントマターを読めません。`goen check` が示す行を直してください",
            Self::Toml => "TOML のフロントマターには書き込みません。YAML に直してください",
            Self::DuplicateKey => "同じキーが二度書かれています。一方を消してください",
            Self::Decorated => "値にアンカーやタグが付いています。値をそのまま書いてください",
            Self::NotOneValue => {
                "値が一つの日付や言葉ではありません。2026-09-14 のように一つだけ書いてください"
            }
            Self::AmbiguousDate => {
                "日と月のどちらが先か分かりません。2026-09-14 のように書くか、goen.toml の [dates] day_first で決めてください"
            }
            Self::Post => {
                "今の所属のリンクや期間が失われるため、置き換えません。その所属に終わりの年月を書くと（`2019-04..2026-03`）、次の取り込みで新しい所属を書き足します"
            }
            Self::RoleAlone => {
                "ノートの役職がどの所属のものか書かれていないため、所属を書き足しません。所属をノートに書いてください"
            }
            Self::TwoLogs => "日付のある記録が二つの見出しに分かれています。一つの見出しにまとめてください",
            Self::Uncertain => {
                "どこに書けばよいか決められません。見出し「記録」の下に一行書いてから、もう一度お試しください"
            }
            Self::Shape => {
                "フロントマターに値を書き足せません。`キー: 値` を一行ずつ、字下げせずに書いてください"
            }
            Self::NoFileName => {
                "この名前のファイルは作れません。`goen add` で別の名前のノートを作ってください"
            }
            Self::NameTaken => {
                "この名前のファイルがすでにあり、goen はまだ読んでいません。もう一度お試しになるか、`goen check` をご覧ください"
            }
            Self::Ignored => {
                "goen.toml の [vault] ignore に当たる場所です。書き込んでも読まれません。設定を直してください"
            }
            Self::Missing => "ノートがありません。名前を変えたなら、リンクを直してください",
            Self::NotText => "このノートは読めないため、書き込みません。`goen check` をご覧ください",
            Self::NoTask => "約束の行が見つかりません。そのノートで直接チェックしてください",
            Self::HardLinked => {
                "ハードリンクされたファイルです。goen.toml に [write] mode = \"in-place\" と書くと書き込めます"
            }
            Self::KeepsChanging => {
                "ほかのプログラムが書き込み続けています。落ち着いてからもう一度お試しください"
            }
            Self::BothSaved => {
                "書き込みと同時に別の内容が保存されたため、その版をここに残しました。見比べてから消してください"
            }
            Self::NoDate => "これからの日付がありません。行に > 2026-12-01 のように書いてください",
            Self::NoPlace => "この項目を書き留めるノートはありません。残したい言葉は、ノートに書いてください",
            Self::NotMovable => "この項目は先に延ばせません。今回は見送るなら [-] を付けてください",
            Self::Future => "これからの日付です。その日になったら記録します",
            Self::UnknownItem => {
                "どの予定か分かりません（ノートが変わったか、名前が変わったようです）。`goen log` で記録できます"
            }
            Self::Recorded => "もう記録しています。変えるには、いったん四角を空にして取り消してください",
            Self::NotGoens => {
                "goen が書いた記録ではないか、その後書き換えられています。ノートで直接直してください"
            }
            Self::Markers => {
                "goen が書く範囲の目印（`<!-- goen:… begin -->` と `<!-- goen:… end -->`）が一組になっていません。欠けた行を補うか、余分な行を消してください"
            }
            Self::StillTicked(task) => {
                return format!(
                    "記録の行は取り消しましたが、約束「{}」の行を決められませんでした。ノートで直接チェックを外してください",
                    shown(task)
                );
            }
            Self::Hidden(line) => {
                return format!(
                    "{line} 行目から始まるコードブロックかコメントが閉じられていません。閉じてからもう一度お試しください"
                );
            }
            Self::Attributes(why) => {
                return format!(
                    "ファイルの持ち主や属性を保てません（{}）。goen.toml に [write] mode = \"in-place\" と書くと書き込めます",
                    shown(&why.words(Lang::Ja))
                );
            }
            Self::Disk(why) => {
                return format!(
                    "書き込めません（{}）。書き込めるようにしてから、もう一度実行してください",
                    shown(&why.words(Lang::Ja))
                );
            }
        };
        fixed.to_owned()
    }

    fn en(&self) -> String {
        let fixed = match self {
            Self::CrOnly => "its lines end with CR alone: save it with LF or CRLF line ends",
            Self::Unclosed => "its front matter has no end: close it with a line `---`",
            Self::Broken => "its front matter cannot be read: mend the line that `goen check` names",
            Self::Toml => "its front matter is TOML, which goen only reads: write it as YAML",
            Self::DuplicateKey => "the key stands there twice: remove one",
            Self::Decorated => "an anchor, alias or tag belongs to the value: write it plainly",
            Self::NotOneValue => "the value is not one date or word: write it as 2026-09-14",
            Self::AmbiguousDate => {
                "its date could be two days: write it as 2026-09-14, or set [dates] day_first in goen.toml"
            }
            Self::Post => {
                "the link or period of the present post would be lost: write its end there (`2019-04..2026-03`), and the next import adds the new one"
            }
            Self::RoleAlone => {
                "the note says a role and not where, and it would be read as one there: write its organisation"
            }
            Self::TwoLogs => "two headings hold dated entries: bring them under one",
            Self::Uncertain => {
                "it is not certain where to write: put one line under a heading Log and try again"
            }
            Self::Shape => {
                "no value can be added to its front matter: write `key: value` line by line, not indented"
            }
            Self::NoFileName => "no file can have this name: make a note of another name with `goen add`",
            Self::NameTaken => {
                "a file of this name exists, which goen has not read: try again, or see `goen check`"
            }
            Self::Ignored => {
                "[vault] ignore in goen.toml leaves this place out, and the note would not be read: change it there"
            }
            Self::Missing => "there is no such note: if it was renamed, mend the link",
            Self::NotText => "goen cannot read the note and does not write to it: see `goen check`",
            Self::NoTask => "the task is not there any more: tick it in its note",
            Self::HardLinked => {
                "the file has several names (hard links): with [write] mode = \"in-place\" in goen.toml it can be written"
            }
            Self::KeepsChanging => "something keeps writing to it: try again later",
            Self::BothSaved => {
                "another version was saved at the same moment and is kept here: compare the two, then delete it"
            }
            Self::NoDate => "it has no day to come: write one on the line, as > 2026-12-01",
            Self::NoPlace => {
                "there is no note for this item to stand in: write what you want to keep into one"
            }
            Self::NotMovable => "it cannot be put off to a day: `[-]` lets it go this time",
            Self::Future => "the date is still to come: it is recorded on that day",
            Self::UnknownItem => {
                "goen does not know which item this is (the note or its name has changed): `goen log` records it"
            }
            Self::Recorded => "it is recorded already: empty the box first, and it is taken back",
            Self::NotGoens => "goen did not write this entry, or it was changed since: change it in the note",
            Self::Markers => {
                "the markers around what goen writes (`<!-- goen:… begin -->`, `<!-- goen:… end -->`) are not one pair: put the missing line back, or remove what is too much"
            }
            Self::StillTicked(task) => {
                return format!(
                    "the log line was taken back, but it is not certain which task was ticked with it: empty the box of `{}` in its note",
                    shown(task)
                );
            }
            Self::Hidden(line) => {
                return format!(
                    "a block of code or a comment begins in line {line} and is never closed: close it and try again"
                );
            }
            Self::Attributes(why) => {
                return format!(
                    "its owner or attributes cannot be kept ({}): with [write] mode = \"in-place\" in goen.toml it can be written",
                    shown(&why.words(Lang::En))
                );
            }
            Self::Disk(why) => {
                return format!(
                    "it cannot be written ({}): mend that and run goen again",
                    shown(&why.words(Lang::En))
                );
            }
        };
        fixed.to_owned()
    }
}

fn shown(text: &str) -> String {
    shorten(&one_line(text), 120).into_owned()
}
