//! What is wrong and what helps, in words of both languages. Knows no place and draws no frame.

use super::{NotAPerson, What};
use crate::text::{Lang, NotePath, one_line, shorten};

impl NotAPerson {
    fn en(self) -> &'static str {
        match self {
            Self::Template => "a template",
            Self::Readme => "a README or index",
            Self::FolderNote => "the folder's own note",
            Self::Moc => "a map of content",
            Self::Untitled => "it has no name yet",
            Self::Excalidraw => "a drawing",
        }
    }

    fn ja(self) -> &'static str {
        match self {
            Self::Template => "ひな形",
            Self::Readme => "README や index",
            Self::FolderNote => "フォルダー自身のノート",
            Self::Moc => "目次のノート（MOC）",
            Self::Untitled => "まだ名前のないノート",
            Self::Excalidraw => "図",
        }
    }
}

pub(super) fn shown(text: &str) -> String {
    shorten(&one_line(text), 80).into_owned()
}

fn list(paths: &[NotePath]) -> String {
    let mut out: Vec<String> = paths.iter().take(5).map(|p| shown(p.as_str())).collect();
    if paths.len() > 5 {
        out.push("…".into());
    }
    out.join(", ")
}

impl What {
    /// What is wrong, in one line.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Ja => self.message_ja(),
            Lang::En => self.message_en(),
        }
    }

    /// What to do about it, in one line; empty where there is nothing to say.
    pub fn help(&self, lang: Lang) -> String {
        match lang {
            Lang::Ja => self.help_ja(),
            Lang::En => self.help_en(),
        }
    }

    fn message_en(&self) -> String {
        match self {
            Self::Yaml(why) => format!("front matter cannot be read: {}", shown(why)),
            Self::Unclosed => "front matter has no end".into(),
            Self::TooComplex => "front matter is nested too deeply or unfolds too far".into(),
            Self::Encoding => "not a UTF-8 text".into(),
            Self::CrOnly => "lines end with CR alone".into(),
            Self::TooLarge => "larger than 16 MiB".into(),
            Self::MergeConflict => "a git conflict is not resolved".into(),
            Self::SyncCopy(None) => "left behind by a sync tool".into(),
            Self::SyncCopy(Some(of)) => format!("a sync tool's copy of {}", shown(of)),
            Self::NotDownloaded => "in iCloud, and not on this machine".into(),
            Self::Unreadable(why) => format!("cannot be read: {}", shown(&why.words(Lang::En))),
            Self::OutsideLink => "a symbolic link that leads out of the vault or nowhere".into(),
            Self::BadPath => "its path is not UTF-8".into(),
            Self::UnknownTier { word, .. } => format!("unknown tier `{}`", shown(word)),
            Self::BadDate(text) => format!("not a date: `{}`", shown(text)),
            Self::BackwardPeriod(text) => format!("it ends before it begins: `{}`", shown(text)),
            Self::AmbiguousDate(text) => format!("day or month first? `{}`", shown(text)),
            Self::FutureContact(text) => format!("the last contact is in the future: `{}`", shown(text)),
            Self::BadCadence(text) => format!("not a cadence: `{}`", shown(text)),
            Self::BadValue { key, value, .. } => {
                format!("`{}` does not take `{}`", shown(key), shown(value))
            }
            Self::BadFormat { format, why } => why.message(&shown(format), Lang::En),
            Self::BadPattern { pattern, why } => why.message(&shown(pattern), Lang::En),
            Self::TakenWord { word, tier } => {
                format!("`{}` already means the tier `{}`", shown(word), shown(tier))
            }
            Self::DuplicateName { name, others } => {
                format!("`{}` is also the name of {}", shown(name), list(others))
            }
            Self::DuplicateKey(key) => format!("the key `{}` stands here twice", shown(key)),
            Self::AmbiguousLink { target, .. } => {
                format!("`{}` could mean several people", shown(target))
            }
            Self::UnknownKey { key, .. } => format!("unknown key `{}`", shown(key)),
            Self::MissingKey { key, .. } => format!("`{}` is missing", shown(key)),
            Self::BadToml(why) => format!("not TOML: {}", shown(why)),
            Self::NotAPerson(why) => format!("not a person: {}", why.en()),
            Self::SecondMe(first) => format!("a second note about you; {} is used", shown(first)),
            Self::NotWritable { key, .. } => {
                format!("`{}` is read, but no tick could be recorded there", shown(key))
            }
            Self::NotRecorded(_) => "a tick on the page could not be recorded".into(),
            Self::BadTemplate(why) => why.message(Lang::En),
            Self::PageLeft { .. } => "the agenda cannot be written into this page".into(),
        }
    }

    fn help_en(&self) -> String {
        match self {
            Self::Yaml(_) => "mend the line; until then nothing in the front matter is read".into(),
            Self::Unclosed => "close it with a line `---`".into(),
            Self::TooComplex => "write the values out plainly".into(),
            Self::Encoding => "save it as UTF-8".into(),
            Self::CrOnly => "save it with LF or CRLF line ends; goen reads it but never writes to it".into(),
            Self::TooLarge => "split it; goen does not read it".into(),
            Self::MergeConflict => "resolve the conflict; until then goen does not touch the note".into(),
            Self::SyncCopy(_) => "compare it with the original, then delete it".into(),
            Self::NotDownloaded => {
                "download it to have it read; whoever deletes this file deletes the note".into()
            }
            Self::Unreadable(why) => why.help(Lang::En).into(),
            Self::OutsideLink => "goen stays inside the vault; move what it leads to in, or remove the link".into(),
            Self::BadPath => "rename the file".into(),
            Self::UnknownTier { nearest: Some(near), .. } => format!("did you mean `{}`?", shown(near)),
            Self::UnknownTier { nearest: None, .. } => {
                "use a tier's id or name, or add one to goen.toml: [tiers.NAME]".into()
            }
            Self::BadDate(_) => "write it as 2026-09-14".into(),
            Self::BackwardPeriod(_) => "put the earlier end first, as 2019-04..2024-03".into(),
            Self::AmbiguousDate(_) => "write it as 2026-09-14, or set [dates] day_first in goen.toml".into(),
            Self::FutureContact(_) => "it is ignored; a planned contact goes into `next:`".into(),
            Self::BadCadence(_) => "write it as 6w, 45d, 3m, 1y, 1m..2m, monthly".into(),
            Self::BadValue { takes, .. } => format!("it takes {}", takes.words(Lang::En)),
            Self::BadFormat { why, .. } => why.help(Lang::En).into(),
            Self::BadPattern { why, .. } => why.help(shown, Lang::En),
            Self::TakenWord { .. } => "a word means one tier: take it away from one of the two".into(),
            Self::DuplicateName { .. } => "link with the path: [[folder/name]]".into(),
            Self::DuplicateKey(_) => "the first is read; remove the other".into(),
            Self::AmbiguousLink { candidates, .. } => {
                format!("link with the path; it could be {}", list(candidates))
            }
            Self::UnknownKey { nearest: Some(near), .. } => format!("did you mean `{}`?", shown(near)),
            Self::UnknownKey { nearest: None, known, .. } if known.is_empty() => "remove it".into(),
            Self::UnknownKey { nearest: None, known, .. } => {
                format!("remove it, or write one of `{}`", known.join("`, `"))
            }
            Self::MissingKey { takes, .. } => format!("write {}", takes.words(Lang::En)),
            Self::BadToml(_) => "mend the line".into(),
            Self::NotAPerson(NotAPerson::Template) => {
                "if it is one, fill in its placeholders (`{{…}}`, `<% … %>`) and keep it outside a folder of templates"
                    .into()
            }
            Self::NotAPerson(_) => "give it `type: person` if it is one".into(),
            Self::SecondMe(_) => "keep one note with `type: me`".into(),
            Self::NotWritable { why, .. } | Self::NotRecorded(why) => why.message(Lang::En),
            Self::BadTemplate(why) => why.help(Lang::En),
            Self::PageLeft { en, .. } => en.clone(),
        }
    }

    fn message_ja(&self) -> String {
        match self {
            Self::Yaml(why) => format!("フロントマターを読めません: {}", shown(why)),
            Self::Unclosed => "フロントマターが閉じられていません".into(),
            Self::TooComplex => "フロントマターの入れ子が深すぎるか、展開すると大きすぎます".into(),
            Self::Encoding => "UTF-8 のテキストではありません".into(),
            Self::CrOnly => "改行が CR だけです".into(),
            Self::TooLarge => "16 MiB を超えています".into(),
            Self::MergeConflict => "git の競合が残っています".into(),
            Self::SyncCopy(None) => "同期ツールが残したファイルです".into(),
            Self::SyncCopy(Some(of)) => format!("同期ツールが作った {} のコピーです", shown(of)),
            Self::NotDownloaded => "iCloud にあり、この端末にはまだダウンロードされていません".into(),
            Self::Unreadable(why) => format!("読めません: {}", shown(&why.words(Lang::Ja))),
            Self::OutsideLink => "保管庫の外を指すか、リンク先のないシンボリックリンクです".into(),
            Self::BadPath => "パスが UTF-8 ではありません".into(),
            Self::UnknownTier { word, .. } => format!("間柄「{}」は登録されていません", shown(word)),
            Self::BadDate(text) => format!("日付として読めません:「{}」", shown(text)),
            Self::BackwardPeriod(text) => format!("期間の終わりが始まりより前です:「{}」", shown(text)),
            Self::AmbiguousDate(text) => format!("日と月のどちらが先か分かりません:「{}」", shown(text)),
            Self::FutureContact(text) => format!("最後の連絡の日付が未来です:「{}」", shown(text)),
            Self::BadCadence(text) => format!("頻度として読めません:「{}」", shown(text)),
            Self::BadValue { key, value, .. } => {
                format!("「{}」に「{}」は書けません", shown(key), shown(value))
            }
            Self::BadFormat { format, why } => why.message(&shown(format), Lang::Ja),
            Self::BadPattern { pattern, why } => why.message(&shown(pattern), Lang::Ja),
            Self::TakenWord { word, tier } => {
                format!("「{}」はすでに間柄「{}」を指しています", shown(word), shown(tier))
            }
            Self::DuplicateName { name, others } => {
                format!("「{}」という名前は {} にもあります", shown(name), list(others))
            }
            Self::DuplicateKey(key) => format!("キー「{}」が二度書かれています", shown(key)),
            Self::AmbiguousLink { target, .. } => {
                format!("「{}」は複数の人を指す可能性があります", shown(target))
            }
            Self::UnknownKey { key, .. } => format!("キー「{}」はありません", shown(key)),
            Self::MissingKey { key, .. } => format!("キー「{}」がありません", shown(key)),
            Self::BadToml(why) => format!("TOML として読めません: {}", shown(why)),
            Self::NotAPerson(why) => format!("人のノートとして扱いません: {}", why.ja()),
            Self::SecondMe(first) => {
                format!("自分のノートが二つあります。{} を使います", shown(first))
            }
            Self::NotWritable { key, .. } => {
                format!("「{}」は読めますが、この書き方ではチェックを記録できません", shown(key))
            }
            Self::NotRecorded(_) => "ページのチェックをまだ記録できていません".into(),
            Self::BadTemplate(why) => why.message(Lang::Ja),
            Self::PageLeft { .. } => "このページには書き込めません".into(),
        }
    }

    fn help_ja(&self) -> String {
        match self {
            Self::Yaml(_) => "この行を直してください。直るまでフロントマターは読まれません".into(),
            Self::Unclosed => "`---` だけの行で閉じてください".into(),
            Self::TooComplex => "値をそのまま書いてください".into(),
            Self::Encoding => "UTF-8 で保存し直してください".into(),
            Self::CrOnly => "LF か CRLF で保存し直してください。読みますが、書き込みません".into(),
            Self::TooLarge => "分割してください。goen はこのファイルを読みません".into(),
            Self::MergeConflict => "競合を解消してください。それまで goen は触れません".into(),
            Self::SyncCopy(_) => "元のノートと見比べてから削除してください".into(),
            Self::NotDownloaded => {
                "ダウンロードすると読み込みます。このファイルを削除すると、ノートそのものが消えます".into()
            }
            Self::Unreadable(why) => why.help(Lang::Ja).into(),
            Self::OutsideLink => {
                "goen は保管庫の外へ出ません。リンク先を中へ移すか、リンクを消してください".into()
            }
            Self::BadPath => "ファイル名を変えてください".into(),
            Self::UnknownTier { nearest: Some(near), .. } => {
                format!("「{}」のことでしょうか", shown(near))
            }
            Self::UnknownTier { nearest: None, .. } => {
                "間柄の id か名前を書くか、goen.toml に [tiers.名前] を足してください".into()
            }
            Self::BadDate(_) => "2026-09-14 のように書いてください".into(),
            Self::BackwardPeriod(_) => "2019-04..2024-03 のように、早いほうを先に書いてください".into(),
            Self::AmbiguousDate(_) => {
                "2026-09-14 のように書くか、goen.toml の [dates] day_first で決めてください".into()
            }
            Self::FutureContact(_) => "数えません。これからの予定は `next:` に書けます".into(),
            Self::BadCadence(_) => "6w、45d、3m、1y、1m..2m、毎月 のように書いてください".into(),
            Self::BadValue { takes, .. } => format!("書けるもの: {}", takes.words(Lang::Ja)),
            Self::BadFormat { why, .. } => why.help(Lang::Ja).into(),
            Self::BadPattern { why, .. } => why.help(shown, Lang::Ja),
            Self::TakenWord { .. } => {
                "一つの言葉が指せる間柄は一つだけです。どちらかから外してください".into()
            }
            Self::DuplicateName { .. } => "リンクは [[フォルダー/名前]] とパスで書いてください".into(),
            Self::DuplicateKey(_) => "先に書かれたほうを読みます。もう一方を消してください".into(),
            Self::AmbiguousLink { candidates, .. } => {
                format!("パスで書いてください。候補: {}", list(candidates))
            }
            Self::UnknownKey { nearest: Some(near), .. } => {
                format!("「{}」のことでしょうか", shown(near))
            }
            Self::UnknownKey { nearest: None, known, .. } if known.is_empty() => "消してください".into(),
            Self::UnknownKey { nearest: None, known, .. } => {
                format!("消すか、次のどれかにしてください: {}", known.join("、"))
            }
            Self::MissingKey { takes, .. } => format!("書けるもの: {}", takes.words(Lang::Ja)),
            Self::BadToml(_) => "この行を直してください".into(),
            Self::NotAPerson(NotAPerson::Template) => {
                "人のノートなら、`{{…}}` や `<% … %>` を埋め、ひな形のフォルダーの外に置いてください".into()
            }
            Self::NotAPerson(_) => "人のノートなら `type: person` と書いてください".into(),
            Self::SecondMe(_) => "`type: me` のノートは一つにしてください".into(),
            Self::NotWritable { why, .. } | Self::NotRecorded(why) => why.message(Lang::Ja),
            Self::BadTemplate(why) => why.help(Lang::Ja),
            Self::PageLeft { ja, .. } => ja.clone(),
        }
    }
}
