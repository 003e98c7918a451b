//! The page on whole small vaults, and its laws.

mod hostile;
mod laws;
mod lines;
mod words;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::*;
use crate::index::Change;
use crate::moment::DailyFormat;
use crate::note;
use crate::note::dialect::{Dialect, Journal};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

// Made once, since it takes longer than a law.
static DIALECT: LazyLock<Dialect> = LazyLock::new(|| {
    let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
    Dialect::new(&Config::default(), journal, &["People".into()])
});

fn index(notes: &[(&str, &str)]) -> Index {
    let mut index = Index::default();
    index.apply_all(notes.iter().map(|(path, text)| {
        Change::Put(Box::new(note::read(&NotePath::new(*path), text.as_bytes(), &DIALECT)))
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
    (
        "People/suzuki.md",
        "---\nname: 鈴木 花子\ntier: colleague\n---\n## Log\n\n- 2026-06-12 (line)\n- 2026-11-21 (ランチ)\n",
    ),
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
    let agenda = crate::plan::plan(&index, config, today(), crate::plan::Extent::All);
    let troubled = Troubled { count: 1, first: vec![NotePath::new("People/山田.md")] };
    let marks = Kept::default();
    render(
        &agenda,
        &Setting {
            lang,
            config,
            index: &index,
            template,
            troubled: &troubled,
            marks: &marks,
            staying: &BTreeMap::new(),
        },
    )
    .unwrap()
    .region
}

#[test]
fn a_page_in_japanese() {
    insta::assert_snapshot!(page(VAULT, Lang::Ja, &Config::default(), None), @r#"
    <!-- goen:begin v1 2026-11-21 -->
    # つながり 2026-11-21（土）

    > [!summary] 今日 1 件 ・ 今週 3/6 ・ 8人（良好 4・そろそろ 0・間があいた 2・これから 1・未整理 1）

    ## 今日

    - [ ] [[佐藤 部長]] に資料を送る約束 📅 2026-11-22 ^g-fzxhtf

    ## 今週

    - [ ] 11/22（日）[[木村]] に久しぶりのひとことを — プロジェクト関係者、前回 2024/5/1（2年半ほど前）、近況を短く、気軽に ⏳ 2026-11-22 ^g-69akgy
    - [ ] 11/22（日）[[田中 太郎]] に LINE でビデオ通話のお誘いを — 親しい同僚、前回 9/14（68日前・目安 1〜2か月）、しばらく話していません ⏳ 2026-11-22 ^g-s2p8b3
        - 続き: サイドプロジェクトの進捗（9/14）
        - 話題: [[非同期の本]]（関心「Rust」、11/18 の記事、まだ共有していません）
    - [ ] 11/23（月）[[小林]] に「見積もりを送ってもらう」のその後を — 同僚、相手の約束、期日 11/10、そろそろ声をかけてもよい頃 ⏳ 2026-11-23 ^g-kcxj42
        - 近ごろの出来事: 部長昇進（11/14）
    - [ ] 11/23（月）[[中村]] にまずひとことを — 同僚、連絡の記録はまだありません ⏳ 2026-11-23 ^g-w23j1v
    - [ ] 11/23（月）間柄がまだ決まっていない人が 1 人います — 間柄を決めると予定に入ります（goen sort、またはノートの tier） ⏳ 2026-11-23 ^g-emv70c
    - [ ] 11/24（火）[[Alice Smith]] にメールでお誕生日（11/24）のお祝いを — 取引先、3日後 📅 2026-11-24 ^g-r0kacg

    ## 済み

    - [x] [[suzuki|鈴木 花子]] — 11/21 ランチ ^g-yrwvg3

    *ひと目見てほしいノートが 1 件あります（goen check）：[[山田]]*
    <!-- goen:end -->
    "#);
}

#[test]
fn a_page_in_english() {
    insta::assert_snapshot!(page(VAULT, Lang::En, &Config::default(), None), @r#"
    <!-- goen:begin v1 2026-11-21 -->
    # Reconnect 2026-11-21 (Sat)

    > [!summary] Today 1 · this week 3/6 · 8 people (4 fine, 0 soon, 2 quiet for a while, 1 new, 1 unsorted)

    ## Today

    - [ ] Promised to [[佐藤 部長]]: 資料を送る 📅 2026-11-22 ^g-fzxhtf

    ## This week

    - [ ] Sun 22 Nov: A gentle re-opening with [[木村]] — project partner, last contact 1 May 2024 (about 2½ years ago), short and easy is enough ⏳ 2026-11-22 ^g-69akgy
    - [ ] Sun 22 Nov: Invite [[田中 太郎]] on LINE to a video call — close colleague, last contact 14 Sep (68 days ago; usually every 1–2 months), you have not talked for a while ⏳ 2026-11-22 ^g-s2p8b3
        - Follow up: サイドプロジェクトの進捗 (14 Sep)
        - To share: [[非同期の本]] (on Rust, 18 Nov, not shared yet)
    - [ ] Mon 23 Nov: Ask [[小林]] how this is coming along: 見積もりを送ってもらう — colleague, they promised, due 10 Nov, a friendly nudge is fine by now ⏳ 2026-11-23 ^g-kcxj42
        - New with them: 部長昇進 (14 Nov)
    - [ ] Mon 23 Nov: Say hello to [[中村]] — colleague, no contact noted yet ⏳ 2026-11-23 ^g-w23j1v
    - [ ] Mon 23 Nov: 1 person has no tier yet — give them one and they will be planned (goen sort, or tier: in the note) ⏳ 2026-11-23 ^g-emv70c
    - [ ] Tue 24 Nov: Wish [[Alice Smith]] a happy birthday by e-mail (24 Nov) — client, in 3 days 📅 2026-11-24 ^g-r0kacg

    ## Done

    - [x] [[suzuki|鈴木 花子]] — 21 Nov, ランチ ^g-yrwvg3

    *Worth a look: 1 note (goen check): [[山田]]*
    <!-- goen:end -->
    "#);
}

#[test]
fn an_empty_day() {
    insta::assert_snapshot!(page(&[], Lang::Ja, &Config::default(), None), @r#"
    <!-- goen:begin v1 2026-11-21 -->
    # つながり 2026-11-21（土）

    > [!summary] 今日 0 件 ・ 今週 0/6 ・ 0人（良好 0・そろそろ 0・間があいた 0）

    ## 今日

    *今日の予定はありません。よい一日を。*

    *ひと目見てほしいノートが 1 件あります（goen check）：[[山田]]*
    <!-- goen:end -->
    "#);
}

fn config(text: &str) -> Config {
    Config::parse(&NotePath::new("goen.toml"), text).unwrap()
}

/// The lines of one item.
fn lines_of<'t>(page: &'t str, part: &str) -> &'t str {
    page.lines().find(|line| line.contains(part)).unwrap()
}

#[test]
fn dates_tags_and_links_as_configured() {
    let dataview = config(
        "[page]\ndates = \"dataview\"\ntask_tag = \"#task\"\nlinks = \"markdown\"\nfile = \"a/b.md\"\n",
    );
    let page_text = page(VAULT, Lang::Ja, &dataview, None);
    insta::assert_snapshot!(lines_of(&page_text, "田中"), @"- [ ] #task 11/22（日）[田中 太郎](../People/田中%20太郎.md) に LINE でビデオ通話のお誘いを — 親しい同僚、前回 9/14（68日前・目安 1〜2か月）、しばらく話していません [scheduled:: 2026-11-22] ^g-s2p8b3");
    insta::assert_snapshot!(lines_of(&page_text, "資料"), @"- [ ] #task [佐藤 部長](../People/佐藤%20部長.md) に資料を送る約束 [due:: 2026-11-22] ^g-fzxhtf");
    let none = config("[page]\ndates = \"none\"\n");
    insta::assert_snapshot!(lines_of(&page(VAULT, Lang::Ja, &none, None), "資料"), @"- [ ] [[佐藤 部長]] に資料を送る約束 — 上司、期日 11/22 ^g-fzxhtf");
}

#[test]
fn a_template_of_the_users() {
    let template = "---\ntags: [x]\n---\n# {{ date }}\n{% for item in today + week %}\n- {{ item.box }} {{ item.link }} {{ item.id }}\n{% endfor %}\n<!-- goen:end -->\n";
    let text = page(VAULT, Lang::Ja, &Config::default(), Some(template));
    assert!(text.contains("\n- [ ] [[田中 太郎]] ^g-s2p8b3\n"), "{text}");
    assert!(text.contains("＜!-- goen:end -->\n<!-- goen:end -->\n"), "{text}");
    read(&text).unwrap();
}

fn refused(template: &str) -> (Option<usize>, String) {
    let (index, config, marks) = (index(VAULT), Config::default(), Kept::default());
    let agenda = crate::plan::plan(&index, &config, today(), crate::plan::Extent::All);
    let setting = Setting {
        lang: Lang::En,
        config: &config,
        index: &index,
        template: Some(template),
        troubled: &Troubled::default(),
        marks: &marks,
        staying: &BTreeMap::new(),
    };
    let error = render(&agenda, &setting).unwrap_err();
    (error.line, error.message(Lang::En))
}

#[test]
fn templates_that_do_not_do() {
    assert_eq!(refused("---\na: b\n---\nx\n{{ nonsense }}\n").0, Some(5));
    assert_eq!(refused("{% for item in today %}").0, Some(1));
    let endless = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
    assert!(refused(endless).1.contains("come to an end"));
    assert!(refused("{{ today[0].line }}\n{{ today[0].line }}").1.contains("twice"));
    assert!(refused("> {{ today[0].line }}").1.contains("must stand at the end"));
    assert!(refused("{{ today[0].line }} more").1.contains("must stand at the end"));
    assert!(refused("{% include 'secret' %}").0.is_some());
}

/// Renders the page of a vault anew over an old page.
fn again(old: &str, forget: &[&str]) -> String {
    let (index, config) = (index(VAULT), Config::default());
    let agenda = crate::plan::plan(&index, &config, today(), crate::plan::Extent::All);
    let mut marks = read(old).unwrap().kept();
    forget.iter().for_each(|id| marks.forget(id));
    let troubled = Troubled { count: 1, first: vec![NotePath::new("People/山田.md")] };
    let setting = Setting {
        lang: Lang::Ja,
        config: &config,
        index: &index,
        template: None,
        troubled: &troubled,
        marks: &marks,
        staying: &BTreeMap::new(),
    };
    compose(old, &render(&agenda, &setting).unwrap().region, &marks, false).unwrap()
}

#[test]
fn nothing_new_changes_no_byte() {
    let fresh = page(VAULT, Lang::Ja, &Config::default(), None);
    for old in [
        fresh.clone(),
        format!("\u{feff}{fresh}"),
        format!("---\ncssclasses: x\n---\nmine\n\n{fresh}\nmine too"),
        format!("\u{feff}---\na: b\n---\n{fresh}after\n").replace('\n', "\r\n"),
        format!("before\n{}after", fresh.replace('\n', "\r\n")),
    ] {
        assert_eq!(again(&old, &[]), old);
    }
}

#[test]
fn the_language_leaves_nothing_behind() {
    let english = page(VAULT, Lang::En, &Config::default(), None);
    assert_eq!(again(&english, &[]), page(VAULT, Lang::Ja, &Config::default(), None));
}

#[test]
fn what_the_user_left_stays() {
    let fresh = page(VAULT, Lang::Ja, &Config::default(), None);
    let old = fresh
        .replace("- [ ] [[田中", "- [/] [[田中")
        .replace(
            "まだ共有していません）\n",
            "まだ共有していません）\n\t- 下書き済み\n        続きの行\n    - 話題: 消える\n",
        )
        .replace("- [ ] [[佐藤 部長]]", "- [x] [[佐藤 部長]]")
        .replace("📅 2026-11-22 ^g", "📅 2026-11-22 ✅ 2026-11-20 ^g")
        .replace("- [x] [[suzuki", "- [ ] [[suzuki");
    let new = again(&old, &[]);
    // What was done today is for others to take back: the page itself does not.
    let old = old.replace("- [ ] [[suzuki", "- [x] [[suzuki");
    assert_eq!(new, old.replace("    - 話題: 消える\n", ""));
    assert_eq!(again(&new, &[]), new);
    let page = read(&new).unwrap();
    let done: Vec<(&str, char)> = page.lines.iter().filter(|l| l.done).map(|l| (l.id, l.mark)).collect();
    assert_eq!(done, [("g-yrwvg3", 'x')]);
    assert_eq!(page.date, today());
}

#[test]
fn dates_and_words_that_the_user_left() {
    let check = |fields: &str, ticked: Option<&str>, moved: Option<&str>| {
        let text = format!(
            "<!-- goen:begin v1 2026-11-21 -->\n- [x] [[a]] {fields} ^g-abcdef\n    - (call) 話した\n\t* あと\n<!-- goen:end -->\n"
        );
        let page = read(&text).unwrap();
        let line = &page.lines[0];
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(line.ticked_on(), ticked.map(day), "for {fields}");
        assert_eq!(line.moved_to(Some(today())), moved.map(day), "for {fields}");
        assert_eq!(line.own.iter().map(|own| own.trim()).collect::<Vec<_>>(), ["- (call) 話した", "* あと"]);
    };
    check("⏳ 2026-11-21", None, None);
    check("⏳ 2026-11-21 ✅ 2026-11-20", Some("2026-11-20"), None);
    check("[scheduled:: 2026-11-21] [completion:: 2026-11-20]", Some("2026-11-20"), None);
    check("⏳ 2026-12-01", None, Some("2026-12-01"));
    check("⏳ 2026-11-21 > 2026-12-01", None, Some("2026-12-01"));
    check("[scheduled:: 2026-12-01] ❌ 2026-11-19", Some("2026-11-19"), Some("2026-12-01"));
    check("📅 2026-11-22", None, None);
}

#[test]
fn what_has_no_place_moves_below() {
    let fresh = page(VAULT, Lang::Ja, &Config::default(), None);
    let old = fresh
        .replace("## 今週\n", "メモ一行\n\n    字下げ\n\n## 今週\n")
        .replace("## 済み\n", "## 済み\n\n- [x] [[昔の人]] — 軽く ⏳ 2026-11-20 ^g-aaaaaa\n    - 電話で話した\n- [ ] 自分の用事\n    - 詳しく\n- [/] [[別の人]] ^g-bbbbbb\n");
    let new = again(&format!("{old}\nもとからの文\n"), &["g-bbbbbb"]);
    let expected = "\n- [x] [[昔の人]] — 軽く ⏳ 2026-11-20\n    - 電話で話した\n\nメモ一行\n\n    字下げ\n\n- [ ] 自分の用事\n    - 詳しく\n\nもとからの文\n";
    assert_eq!(new, format!("{fresh}{expected}"));
    assert_eq!(again(&new, &[]), new);
}

#[test]
fn what_moves_below_is_taken_for_no_conflict() {
    let fresh = page(VAULT, Lang::Ja, &Config::default(), None);
    let free = fresh.replace("## 今週\n", "メモ\r>>>>>>> 相手\n<<<<<<< 私\n\n## 今週\n");
    for (old, moved) in [
        (format!(">>>>>>> 相手\n{free}"), "\nメモ\r >>>>>>> 相手\n <<<<<<< 私\n"),
        (free.replace("<<<<<<< 私", "私は <<<<<<< 私"), "\nメモ\r >>>>>>> 相手\n私は <<<<<<< 私\n"),
    ] {
        let new = again(&old, &[]);
        assert!(new.ends_with(moved), "{new}");
        assert!(read(&new).is_ok(), "{new}");
        assert_eq!(again(&new, &[]), new);
    }
}

#[test]
fn pages_that_are_not_goens() {
    let check = |text: &str, expected: PageError| {
        let error = read(text).unwrap_err();
        assert_eq!(error, expected, "for {text:?}");
        for lang in [Lang::Ja, Lang::En] {
            let message = error.message(lang, "reconnect.md");
            assert!(message.contains("reconnect.md") && message.contains("[page] file"), "{message}");
        }
    };
    let (begin, end) = ("<!-- goen:begin v1 2026-11-21 -->", "<!-- goen:end -->");
    check("", PageError::NotGoens);
    check("# 私のノート\n", PageError::NotGoens);
    check(&format!("{begin}\n"), PageError::NoEnd);
    check(&format!("{end}\n"), PageError::NoBegin);
    check(&format!("{end}\n{begin}\n"), PageError::Reversed);
    check(&format!("{begin}\n{begin}\n{end}\n"), PageError::Doubled { line: 2 });
    check(&format!("{begin}\n{end}\n  {end}\n"), PageError::Doubled { line: 3 });
    check(&format!("x\n<!-- goen:begin -->\n{end}\n"), PageError::Unreadable { line: 2 });
    check(&format!("<!-- goen:begin v1 2026-13-01 -->\n{end}\n"), PageError::Unreadable { line: 1 });
    check(&format!("<!-- goen:begin v2 later -->\n{end}\n"), PageError::Newer { version: 2 });
    let forced = compose("<!-- goen:begin v2 -->\nx\n<!-- goen:end -->\n", "R\n", &Kept::default(), true);
    assert_eq!(forced.unwrap(), "R\n\nx\n");
}
