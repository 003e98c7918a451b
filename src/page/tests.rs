//! The page on whole small vaults, and its laws.

use chrono::NaiveDate;

use super::*;
use crate::index::Change;
use crate::moment::DailyFormat;
use crate::note::{self, dialect};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn index(notes: &[(&str, &str)]) -> Index {
    let journal = dialect::Journal { format: DailyFormat::new("", "YYYY-MM-DD").unwrap(), folder: None };
    let dialect = dialect::Dialect::new(&Config::default(), journal, &["People".into()]);
    let mut index = Index::default();
    index.apply_all(notes.iter().map(|(path, text)| {
        Change::Put(Box::new(note::read(&NotePath::new(*path), text.as_bytes(), &dialect)))
    }));
    index
}

const VAULT: &[(&str, &str)] = &[
    (
        "People/田中 太郎.md",
        "---\ntier: close\nlast_contact: 2026-09-14\nline: taro\ninterests: [Rust]\n---\n## ログ\n\n- 2026-09-14 (line) サイドプロジェクトの進捗 #followup\n",
    ),
    (
        "People/佐藤 部長.md",
        "---\ntier: senior\nlast_contact: 2026-10-30\n---\n- [ ] 資料を送る 📅 2026-11-22\n",
    ),
    ("People/suzuki.md", "---\nname: 鈴木 花子\ntier: colleague\n---\n## Log\n\n- 2026-11-21 (ランチ)\n"),
    (
        "People/Alice Smith.md",
        "---\ntier: client\nlast_contact: 2026-08-01\nbirthday: 1990-11-24\nemail: a@example.com\n---\n",
    ),
    ("People/木村.md", "---\ntier: project\nlast_contact: 2024-05-01\n---\n"),
    ("People/中村.md", "---\ntier: colleague\n---\n"),
    (
        "People/小林.md",
        "---\ntier: colleague\nlast_contact: 2026-08-21\nmilestones:\n  - 2026-11-14 部長昇進\n---\n- [ ] 見積もりを送ってもらう #theirs 📅 2026-11-10\n",
    ),
    ("People/山田.md", "---\norg: X\n---\n"),
    ("clips/非同期の本.md", "---\ndate: 2026-11-18\ntopics: [rust]\ntags: [Rust]\n---\nRust\n"),
];

fn page(notes: &[(&str, &str)], lang: Lang, config: &Config, template: Option<&str>) -> String {
    let index = index(notes);
    let agenda = crate::plan::plan(&index, config, today());
    let troubled = [NotePath::new("People/山田.md")];
    let marks = Kept::default();
    render(&agenda, &Setting { lang, config, index: &index, template, troubled: &troubled, marks: &marks })
        .unwrap()
}

#[test]
fn show() {
    println!("{}", page(VAULT, Lang::Ja, &Config::default(), None));
    println!("{}", page(VAULT, Lang::En, &Config::default(), None));
}
