//! What could not be done, in words: the deed, the path, the way out.

mod disk;

use std::io;

use super::excerpt::excerpt;
use crate::app::{ExportError, OpenError, UpdateError};
use crate::page::PageError;
use crate::text::{Lang, NotePath, one_line};
use crate::vault::DiskError;

pub use disk::disk;

/// Why a command ends with 2.
#[derive(Debug)]
pub enum Fail {
    /// There is no vault here.
    NoVault,
    /// The vault cannot be opened.
    Open(OpenError),
    /// The page cannot be written.
    Update(Box<UpdateError>, NotePath, Lang),
    /// A file for another program cannot be written.
    Export(Box<ExportError>, Lang),
    /// Nobody of that name; the nearest.
    Nobody(String, Option<String>, Lang),
    /// Several people of that name: what each is called and where they are.
    Several(String, Vec<(String, String)>, Lang),
    /// No organisation of that name; the nearest.
    NoOrganisation(String, Option<String>, Lang),
    /// Several organisations of that name: what each is called and where its note is, if it has one.
    SeveralOrganisations(String, Vec<(String, String)>, Lang),
    /// An organisation has no note to write to.
    NoNoteOf(String, Lang),
    /// No note of that name, and what was looked for; the nearest.
    NoNote(String, Wanted, Option<String>, Lang),
    /// Several notes of that name: their paths.
    SeveralNotes(String, Vec<String>, Lang),
    /// A value that an option does not take.
    Option(String, String, Lang),
    /// A reason of its own, said in full.
    Said(String, Lang),
    /// A message that cannot be read: no text, too large, or empty; where it is.
    NoMessage(String, Unfit, Lang),
    /// There is no note about the user.
    NoMe(Lang),
    /// The disk refused.
    Disk(DiskError, Lang),
    /// Another daemon keeps the vault: who, as far as it said.
    Watched(String, Lang),
    /// The system does not let signals be heard.
    Signals(io::Error, Lang),
    /// Standard output cannot be written.
    Output(io::Error),
}

/// What kind of note is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// An event.
    Event,
    /// Any.
    Any,
}

/// Why a text is none to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It is not UTF-8.
    Encoding,
    /// It is larger than a note may be.
    TooLarge,
    /// Nothing is written in it.
    Empty,
    /// It has NUL bytes: no text.
    Binary,
}

impl From<OpenError> for Fail {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

impl Fail {
    /// The language, where it is known by now.
    pub fn lang(&self) -> Option<Lang> {
        match self {
            Self::NoVault | Self::Output(_) => None,
            Self::Open(OpenError::Config { lang, .. }) => *lang,
            Self::Open(_) => None,
            Self::Update(_, _, lang)
            | Self::Export(_, lang)
            | Self::Nobody(_, _, lang)
            | Self::Several(_, _, lang)
            | Self::NoNote(_, _, _, lang)
            | Self::SeveralNotes(_, _, lang)
            | Self::NoOrganisation(_, _, lang)
            | Self::SeveralOrganisations(_, _, lang)
            | Self::NoNoteOf(_, lang)
            | Self::Option(_, _, lang)
            | Self::Said(_, lang)
            | Self::NoMe(lang)
            | Self::NoMessage(_, _, lang)
            | Self::Watched(_, lang)
            | Self::Signals(_, lang)
            | Self::Disk(_, lang) => Some(*lang),
        }
    }

    /// Says it on standard error.
    pub fn show(&self, lang: Lang) {
        super::output::say(&self.words(lang));
    }

    fn words(&self, lang: Lang) -> String {
        let ja = lang == Lang::Ja;
        match self {
            Self::NoVault if ja => "ノートのフォルダーが見つかりません。\n--vault でフォルダーを指定するか、そのフォルダーの中で `goen init` を実行してください。".into(),
            Self::NoVault => "no vault found\nname the folder with --vault, or run `goen init` inside it".into(),
            Self::Disk(error, _) => disk(error, lang),
            Self::Open(error) => {
                let said = open(error, lang);
                match error {
                    OpenError::Disk(_) => said,
                    OpenError::Config { .. } => {
                        let end = if ja { "goen.toml を直してから、もう一度実行してください。何も書き込んでいません。" } else { "mend goen.toml and run again; nothing was written" };
                        format!("{said}\n{end}")
                    }
                }
            }
            Self::Watched(holder, _) => {
                let holder = one_line(holder);
                if ja { format!("このフォルダーでは goen watch がすでに動いています（プロセス {holder}）。\n止めるには、そのプロセスを終了してください。") } else { format!("goen watch is already running for this folder (process {holder})\nend that process to stop it") }
            }
            Self::Signals(error, _) => if ja { format!("シグナルを受け取れません: {error}") } else { format!("cannot listen to signals: {error}") },
            Self::Update(error, page, _) => update(error, page, lang),
            Self::Export(error, _) => export(error, lang),
            Self::Nobody(asked, near, _) => {
                let asked = one_line(asked);
                match (near, ja) {
                    (Some(near), true) => format!("「{asked}」という人は見つかりません。「{}」のことでしょうか。", one_line(near)),
                    (None, true) => format!("「{asked}」という人は見つかりません。`goen list` で一覧を見られます。"),
                    (Some(near), false) => format!("nobody is called `{asked}`; did you mean `{}`?", one_line(near)),
                    (None, false) => format!("nobody is called `{asked}`; `goen list` shows everybody"),
                }
            }
            Self::Several(asked, candidates, _) => {
                let asked = one_line(asked);
                let head = if ja { format!("「{asked}」に当てはまる人が {} 人います。パスか、もう少し長い名前で指定してください。", candidates.len()) } else { format!("`{asked}` could be {} people; give a path or more of the name", candidates.len()) };
                let list: Vec<String> = candidates.iter().map(|(name, path)| format!("  {}  {}", one_line(name), one_line(path))).collect();
                format!("{head}\n{}", list.join("\n"))
            }
            Self::NoOrganisation(asked, near, _) => {
                let asked = one_line(asked);
                match (near, ja) {
                    (Some(near), true) => format!("「{asked}」という組織は見つかりません。「{}」のことでしょうか。", one_line(near)),
                    (None, true) => format!("「{asked}」という組織は見つかりません。ノートにも、だれの所属にもありません。"),
                    (Some(near), false) => format!("no organisation is called `{asked}`; did you mean `{}`?", one_line(near)),
                    (None, false) => format!("no organisation is called `{asked}`: there is no note of it, and nobody belongs to it"),
                }
            }
            Self::SeveralOrganisations(asked, candidates, _) => {
                let asked = one_line(asked);
                let head = if ja { format!("「{asked}」に当てはまる組織が {} あります。もう少し長い名前で指定してください。", candidates.len()) } else { format!("`{asked}` could be {} organisations; give more of the name", candidates.len()) };
                let list: Vec<String> = candidates.iter().map(|(name, path)| format!("  {}  {}", one_line(name), one_line(path)).trim_end().to_owned()).collect();
                format!("{head}\n{}", list.join("\n"))
            }
            Self::NoNoteOf(name, _) => {
                let name = one_line(name);
                if ja { format!("「{name}」のノート（type: org）がないので、書き込む先がありません。ノートを作ってから、もう一度実行してください。") } else { format!("there is no note of `{name}` (type: org) to write to; make one and run again") }
            }
            Self::NoNote(asked, wanted, near, _) => no_note(asked, *wanted, near.as_deref(), lang),
            Self::SeveralNotes(asked, paths, _) => {
                let asked = one_line(asked);
                let head = if ja { format!("「{asked}」に当てはまるノートが {} 件あります。パスか、もう少し長い名前で指定してください。", paths.len()) } else { format!("`{asked}` could be {} notes; give a path or more of the name", paths.len()) };
                let list: Vec<String> = paths.iter().take(20).map(|path| format!("  {}", one_line(path))).collect();
                format!("{head}\n{}", list.join("\n"))
            }
            Self::Option(value, takes, _) => {
                let value = one_line(value);
                if ja { format!("「{value}」は指定できません。書けるもの: {takes}") } else { format!("`{value}` is not taken here; it takes {takes}") }
            }
            Self::Said(words, _) => words.clone(),
            Self::NoMessage(path, why, _) => {
                let path = match (path.as_str(), ja) {
                    ("-", true) => "標準入力".to_owned(),
                    ("-", false) => "standard input ".to_owned(),
                    (path, _) => format!("{} ", one_line(path)),
                };
                match (why, ja) {
                    (Unfit::Encoding, true) => format!("{path}を UTF-8 のテキストとして読めません。\n文字コードを UTF-8 にして保存し直してください。"),
                    (Unfit::Encoding, false) => format!("{path}cannot be read as UTF-8 text\nsave it as UTF-8 and try again"),
                    (Unfit::TooLarge, true) => format!("{path}は 16 MiB より大きく、文面として読めません。\n見てほしい文面だけを渡してください。"),
                    (Unfit::TooLarge, false) => format!("{path}is larger than 16 MiB\ngive the message alone"),
                    (Unfit::Empty, true) => "文面が空です。\n文面を書いたファイルを指定するか、標準入力から渡してください。".into(),
                    (Unfit::Empty, false) => "the message is empty\nname a file that holds it, or pass it on standard input".into(),
                    (Unfit::Binary, true) => format!("{path}には NUL 文字があり、文面として読めません。\n文字だけの文面を渡してください。"),
                    (Unfit::Binary, false) => format!("{path}has NUL characters and cannot be read as a message\ngive plain text"),
                }
            }
            Self::NoMe(_) if ja => "自分のノート（type: me）がありません。`goen init` で作れます。".into(),
            Self::NoMe(_) => "there is no note about you (type: me); `goen init` makes one".into(),
            Self::Output(error) => if ja { format!("出力できません: {error}") } else { format!("cannot write the output: {error}") },
        }
    }
}

fn no_note(asked: &str, wanted: Wanted, near: Option<&str>, lang: Lang) -> String {
    let asked = one_line(asked);
    let near = near.map(one_line);
    match (lang, wanted, near) {
        (Lang::Ja, Wanted::Event, Some(near)) => {
            format!("「{asked}」というイベントのノートは見つかりません。「{near}」のことでしょうか。")
        }
        (Lang::Ja, Wanted::Event, None) => format!(
            "「{asked}」というイベントのノートは見つかりません。\nイベントのノートには、フロントマターに type: event と date: を書きます。"
        ),
        (Lang::Ja, Wanted::Any, Some(near)) => {
            format!("「{asked}」というノートは見つかりません。「{near}」のことでしょうか。")
        }
        (Lang::Ja, Wanted::Any, None) => {
            format!("「{asked}」というノートは見つかりません。名前かパスを確かめてください。")
        }
        (Lang::En, Wanted::Event, Some(near)) => {
            format!("there is no note of an event called `{asked}`; did you mean `{near}`?")
        }
        (Lang::En, Wanted::Event, None) => format!(
            "there is no note of an event called `{asked}`\nan event's note says type: event and date: in its front matter"
        ),
        (Lang::En, Wanted::Any, Some(near)) => {
            format!("there is no note called `{asked}`; did you mean `{near}`?")
        }
        (Lang::En, Wanted::Any, None) => {
            format!("there is no note called `{asked}`; check the name or the path")
        }
    }
}

/// Why a vault cannot be opened.
pub fn open(error: &OpenError, lang: Lang) -> String {
    match error {
        OpenError::Disk(error) => disk(error, lang),
        OpenError::Config { problems, .. } => {
            let shown: Vec<String> = problems.iter().map(|p| excerpt(p, lang)).collect();
            shown.join("\n")
        }
    }
}

/// Why a file for another program cannot be written.
pub fn export(error: &ExportError, lang: Lang) -> String {
    let ja = lang == Lang::Ja;
    let shown = |path: &std::path::Path| one_line(&path.to_string_lossy()).into_owned();
    match error {
        ExportError::Disk(error) => disk(error, lang),
        ExportError::Note(path) if ja => format!(
            "{} はノートか設定なので、上書きしません。\n別の名前（.ics、.vcf、.json、.csv、.canvas など）を指定してください。",
            shown(path)
        ),
        ExportError::Note(path) => format!(
            "{} is a note or goen's settings, and is never overwritten\nname another file (.ics, .vcf, .json, .csv, .canvas)",
            shown(path)
        ),
        ExportError::Folder(path) if ja => {
            format!("{} はフォルダーです。\n書き出すファイルの名前まで指定してください。", shown(path))
        }
        ExportError::NoFolder(path, folder) if ja => format!(
            "{} に書き込めません: フォルダー {} がありません。\n先にフォルダーを作るか、別の場所を指定してください。",
            shown(path),
            shown(folder)
        ),
        ExportError::NoFolder(path, folder) => format!(
            "cannot write {}: there is no folder {}\nmake it first, or name another place",
            shown(path),
            shown(folder)
        ),
        ExportError::Folder(path) => format!("{} is a folder\nname a file in it", shown(path)),
        ExportError::NoFile(path) if ja => format!(
            "{} はふつうのファイルではありません（リンク切れやデバイスなど）。\n別の名前を指定してください。-o を付けなければ標準出力に書き出します。",
            shown(path)
        ),
        ExportError::NoFile(path) => format!(
            "{} is no plain file but a device, or a link that leads nowhere\nname another file; without -o it goes to standard output",
            shown(path)
        ),
        ExportError::KeptUp(path) if ja => format!(
            "{} は goen が更新のたびに全内容で書き直すカレンダーです（[export] ics）。\n--titles-only や --kinds の書き出し先には、別の名前を指定してください。",
            shown(path)
        ),
        ExportError::KeptUp(path) => format!(
            "{} is the calendar that goen keeps up with everything in it ([export] ics)\nname another file for --titles-only or --kinds",
            shown(path)
        ),
        ExportError::NotOurs(path) if ja => format!(
            "{} は goen が書き出したファイルではないか、ほかの内容が書き足されているので、上書きしません。\n別の名前を指定するか、`goen export` に --force を付けて上書きしてください。",
            shown(path)
        ),
        ExportError::NotOurs(path) => format!(
            "{} was not exported by goen, or holds something of somebody's own, and is left as it is\nname another file, or overwrite it with `goen export … --force`",
            shown(path)
        ),
        ExportError::Outside(path) if ja => {
            format!(
                "{} は保管庫の外にあります。\n[export] ics には保管庫の中のファイルを指定してください。",
                shown(path)
            )
        }
        ExportError::Outside(path) => {
            format!("{} lies outside the vault\nname a file inside it under [export] ics", shown(path))
        }
        ExportError::TooLarge(path) if ja => format!(
            "{} は 16 MiB より大きく、goen が書いたものか確かめられません。\nそのファイルを移すか、別の名前を指定してください。",
            shown(path)
        ),
        ExportError::TooLarge(path) => format!(
            "{} is larger than 16 MiB: goen cannot tell whether it has written it\nmove it away, or name another file",
            shown(path)
        ),
        ExportError::Obstacle(path, why) if ja => {
            format!("{} に書き込めません: {}", shown(path), why.message(lang))
        }
        ExportError::Obstacle(path, why) => format!("cannot write {}: {}", shown(path), why.message(lang)),
    }
}

/// Why the page is not written where a folder cannot be listed.
fn unread(folder: &NotePath, page: &NotePath, lang: Lang) -> String {
    let folder = if folder.as_str().is_empty() { "." } else { folder.as_str() };
    match lang {
        Lang::Ja => format!(
            "{folder}/ の中をいまは読めないため、{page} は書き換えていません（中の人が予定から消えてしまうため）。\n少し待って、もう一度実行してください。読まなくてよいなら goen.toml の [vault] ignore に加えてください。"
        ),
        Lang::En => format!(
            "{folder}/ cannot be read just now, and {page} was left as it is: those whose notes lie there would be gone from it\nwait a moment and run again; if nobody needs it, add it to [vault] ignore in goen.toml"
        ),
    }
}

/// Why the page cannot be written.
pub fn update(error: &UpdateError, page: &NotePath, lang: Lang) -> String {
    let ja = lang == Lang::Ja;
    match error {
        UpdateError::Disk(error) => disk(error, lang),
        UpdateError::Unread(folder) => unread(folder, page, lang),
        UpdateError::Page(error) => PageError::message(error, lang, page.as_str()),
        UpdateError::LaterDay(day) if ja => format!(
            "{page} は {day} の分がすでに書かれています（別の端末かもしれません）。\n上書きするには `goen update --force` を実行してください。"
        ),
        UpdateError::LaterDay(day) => format!(
            "{page} is already written for {day}, perhaps on another machine\nreplace it with `goen update --force`"
        ),
        UpdateError::Template(path, error) => {
            let why = error.message(lang);
            let path = error.line.map_or_else(|| path.to_string(), |line| format!("{path}:{line}"));
            if ja {
                format!("ひな形 {path} を使えません: {why}\nページは元のままです。")
            } else {
                format!("the template {path} cannot be used: {why}\nthe page is as it was")
            }
        }
        UpdateError::NotText(path) if ja => format!(
            "{path} を UTF-8 のテキストとして読めません。\ngoen は触れません。goen.toml の [page] で別の名前を選ぶか、保存し直してください。"
        ),
        UpdateError::NotText(path) => format!(
            "{path} cannot be read as UTF-8 text\ngoen does not touch it; choose another name under [page] in goen.toml, or save it anew"
        ),
        UpdateError::TooLarge(path) if ja => format!(
            "{path} が大きすぎて読めません（ページは 256 MiB まで、ひな形は 16 MiB まで）。\ngoen は触れません。要らないところを別のファイルへ移すか、goen.toml の [page] で別の名前を選んでください。"
        ),
        UpdateError::TooLarge(path) => format!(
            "{path} is too large to be read (a page has 256 MiB at most, a template 16 MiB)\ngoen does not touch it; move what it does not need to another file, or choose another name under [page] in goen.toml"
        ),
        UpdateError::NoTemplate(path) if ja => {
            format!(
                "ひな形 {path} がありません。\ngoen.toml の [page] template を確かめてください。ページは元のままです。"
            )
        }
        UpdateError::NoTemplate(path) => {
            format!("there is no template {path}\ncheck [page] template in goen.toml; the page is as it was")
        }
        UpdateError::NotReplaced(path, why) if ja => {
            format!("{} に書き込めません: {}", path.display(), why.message(lang))
        }
        UpdateError::NotReplaced(path, why) => {
            format!("cannot write {}: {}", path.display(), why.message(lang))
        }
        UpdateError::KeepsChanging | UpdateError::Touched if ja => format!(
            "{page} がほかのプログラムに書き換えられ続けています。少し待ってから、もう一度実行してください。"
        ),
        UpdateError::KeepsChanging | UpdateError::Touched => {
            format!("{page} keeps being changed by another program; wait a moment and run again")
        }
    }
}
