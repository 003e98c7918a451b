//! The page on whole small vaults, and its laws.

use NaiveDate;

use std::collections::BTreeMap;

use super::*;
use crate::index::Change;
use crate::moment::DailyFormat;
use crate::note::{self, dialect};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn index(notes: &[(&str, &str)]) -> Index {
    let journal = dialect::Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
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
    compose(Some(old), &render(&agenda, &setting).unwrap(), &marks, false).unwrap()
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
    let forced =
        compose(Some("<!-- goen:begin v2 -->\nx\n<!-- goen:end -->\n"), "R\n", &Kept::default(), true);
    assert_eq!(forced.unwrap(), "R\n\nx\n");
}

mod words {
    use super::super::*;
    use super::{page, today};
    use crate::plan::{Item, Kind, Why};

    fn check(kind: Kind, channel: Option<&str>, why: Why, ja: &str, en: &str) {
        let base = {
            let notes = [("People/田中.md", "---\ntier: close\nlast_contact: 2026-09-14\n---\n")];
            let index = super::index(&notes);
            Item::clone(
                &crate::plan::plan(&index, &Config::default(), today(), crate::plan::Extent::All).items[0],
            )
        };
        let item = Item { kind, why, channel: channel.map(Into::into), ..base };
        for (lang, expected) in [(Lang::Ja, ja), (Lang::En, en)] {
            let (sentence, why) = plain_line(&item, lang, today());
            let text = format!("{sentence} — {why}");
            assert!(why == reason(&item, lang, today()));
            assert_eq!(text, expected);
        }
    }

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    #[test]
    fn windows() {
        let why = |last, window: &str, by_hand, touched, unanswered| Why::Window {
            last,
            window: crate::date::Window::parse(window),
            by_hand,
            touched,
            unanswered,
            talk: None,
        };
        check(
            Kind::Cadence,
            Some("email"),
            why(Some(day(9, 14)), "6w", false, true, true),
            "田中 にメールで近況を — 親しい同僚、前回 9/14（68日前・目安 6週間）、軽いやりとりがあったぶん少し先に、お返事待ちが続いたので間隔を倍に",
            "Catch up with 田中 by e-mail — close colleague, last contact 14 Sep (68 days ago; usually every 6 weeks), a little later thanks to a light touch, no answer lately, so the interval is doubled",
        );
        check(
            Kind::Cadence,
            Some("phone"),
            why(Some(day(9, 14)), "45d", true, false, false),
            "田中 に電話で近況を — 親しい同僚、次回と決めていた日、前回 9/14（68日前）",
            "Catch up with 田中 by phone — close colleague, the day you chose, last contact 14 Sep (68 days ago)",
        );
        check(
            Kind::Cadence,
            Some("rocket"),
            why(None, "1m..2m", false, false, false),
            "田中 に rocket でまずひとことを — 親しい同僚、連絡の記録はまだありません",
            "Say hello to 田中 via rocket — close colleague, no contact noted yet",
        );
        check(
            Kind::Reopen,
            None,
            Why::Reopen { last: NaiveDate::from_ymd_opt(2024, 3, 1), paused: true },
            "田中 に久しぶりのひとことを — 親しい同僚、お休みにしていた期間が明けました、前回 2024/3/1（2年半ほど前）、近況を短く、気軽に",
            "A gentle re-opening with 田中 — close colleague, the pause is over, last contact 1 Mar 2024 (about 2½ years ago), short and easy is enough",
        );
    }

    #[test]
    fn dates() {
        let birthday = |d| Why::Birthday { day: Some(d), month: 11 };
        check(
            Kind::Birthday,
            Some("line"),
            birthday(today()),
            "田中 に LINE でお誕生日（11/21）のお祝いを — 親しい同僚、今日",
            "Wish 田中 a happy birthday on LINE (21 Nov) — close colleague, today",
        );
        check(
            Kind::Birthday,
            None,
            birthday(day(11, 19)),
            "田中 に遅ればせながらお誕生日（11/19）のお祝いを — 親しい同僚、2日前",
            "Wish 田中 a belated happy birthday (19 Nov) — close colleague, 2 days ago",
        );
        check(
            Kind::Birthday,
            None,
            Why::Birthday { day: None, month: 11 },
            "田中 にお誕生日（11月）のお祝いを — 親しい同僚、11月生まれ、今月のどこかで",
            "Wish 田中 a happy birthday (in November) — close colleague, born in November, some day this month",
        );
        let milestone = |what: &str| Why::Milestone { day: day(11, 14), what: what.into() };
        check(
            Kind::Milestone,
            None,
            milestone("部長昇進"),
            "田中 に「部長昇進」のお祝いを — 親しい同僚、11/14 のこと（7日前）",
            "Congratulate 田中: 部長昇進 — close colleague, 14 Nov (7 days ago)",
        );
        check(
            Kind::Milestone,
            None,
            milestone("お父様ご逝去"),
            "田中 にひとことを（お父様ご逝去） — 親しい同僚、11/14 のこと（7日前）",
            "Write a few words to 田中: お父様ご逝去 — close colleague, 14 Nov (7 days ago)",
        );
        check(
            Kind::Milestone,
            None,
            milestone("不合格"),
            "田中 にひとことを（不合格） — 親しい同僚、11/14 のこと（7日前）",
            "Write a few words to 田中: 不合格 — close colleague, 14 Nov (7 days ago)",
        );
        check(
            Kind::Milestone,
            None,
            milestone(""),
            "田中 に近況を — 親しい同僚、11/14 の節目（7日前）",
            "Catch up with 田中 — close colleague, a milestone of theirs on 14 Nov (7 days ago)",
        );
    }

    #[test]
    fn promises() {
        let promise = |text: &str, due| Why::Promise { text: text.into(), due, since: Some(day(10, 1)) };
        check(
            Kind::Promise,
            None,
            promise("資料を送る", Some(day(11, 22))),
            "田中 に資料を送る約束 — 親しい同僚、期日 11/22",
            "Promised to 田中: 資料を送る — close colleague, due 22 Nov",
        );
        check(
            Kind::Promise,
            None,
            promise("田中さんに本を返す", None),
            "田中 に本を返す約束 — 親しい同僚、10/1 から",
            "Promised to 田中: 田中さんに本を返す — close colleague, since 1 Oct",
        );
        check(
            Kind::Promise,
            None,
            promise("鈴木さんに資料を送る", None),
            "田中 との約束：鈴木さんに資料を送る — 親しい同僚、10/1 から",
            "Promised to 田中: 鈴木さんに資料を送る — close colleague, since 1 Oct",
        );
        // Only what is surely done to somebody is said so; where the task says it, it is.
        for (text, ja) in [
            ("見積を確認する", "田中 との約束：見積を確認する"),
            ("音楽を聞く", "田中 との約束：音楽を聞く"),
            ("鈴木さんと会う", "田中 との約束：鈴木さんと会う"),
            ("田中から借りた本を返す", "田中 との約束：田中から借りた本を返す"),
            ("田中に見積を確認する", "田中 に見積を確認する約束"),
            ("田中さんに会う", "田中 に会う約束"),
            ("資料送付", "田中 との約束：資料送付"),
            ("上司を紹介する", "田中 に上司を紹介する約束"),
            ("", "田中 との約束"),
        ] {
            let en = match text {
                "" => "Keep a promise to 田中".to_owned(),
                text => format!("Promised to 田中: {text}"),
            };
            check(
                Kind::Promise,
                None,
                promise(text, None),
                &format!("{ja} — 親しい同僚、10/1 から"),
                &format!("{en} — close colleague, since 1 Oct"),
            );
        }
        check(
            Kind::Waiting,
            Some("slack"),
            promise("見積もり", Some(day(11, 10))),
            "田中 に Slack で「見積もり」のその後を — 親しい同僚、相手の約束、期日 11/10、そろそろ声をかけてもよい頃",
            "Ask 田中 on Slack how this is coming along: 見積もり — close colleague, they promised, due 10 Nov, a friendly nudge is fine by now",
        );
    }

    #[test]
    fn rhythms() {
        let habit = |every: &str| Why::Habit {
            last: Some(day(10, 11)),
            every: crate::date::Window::parse(every).unwrap().max,
        };
        for (every, ja, en) in [
            ("1d", "毎日", "every day"),
            ("1w", "毎週", "every week"),
            ("1m", "毎月", "every month"),
            ("1y", "毎年", "every year"),
            ("2w", "2週間ごと", "every 2 weeks"),
            ("3m", "3か月ごと", "every 3 months"),
        ] {
            check(
                Kind::Habit,
                None,
                habit(every),
                &format!("「田中」に取りかかる頃合い — 親しい同僚、前回 10/11（41日前・目安 {ja}）"),
                &format!("Time for: 田中 — close colleague, last 11 Oct (41 days ago; {en})"),
            );
        }
        for (gap, ja, en) in [
            (1.0, "ほぼ毎日", "almost every day"),
            (2.0, "2日に一度ほど", "about every 2 days"),
            (7.0, "7日に一度ほど", "about every 7 days"),
        ] {
            check(
                Kind::Drift,
                None,
                Why::Drift { last: day(10, 20), gap },
                &format!(
                    "田中 に近況を — 親しい同僚、前回 10/20（32日前）、いつもは{}{ja}",
                    if gap < 2.0 { "" } else { " " }
                ),
                &format!(
                    "Catch up with 田中 — close colleague, last contact 20 Oct (32 days ago), usually {en}"
                ),
            );
        }
        check(
            Kind::Cadence,
            None,
            Why::Window {
                last: Some(day(9, 14)),
                window: crate::date::Window::parse("1m"),
                by_hand: false,
                touched: false,
                unanswered: false,
                talk: None,
            },
            "田中 に近況を — 親しい同僚、前回 9/14（68日前・目安 1か月）",
            "Catch up with 田中 — close colleague, last contact 14 Sep (68 days ago; usually every month)",
        );
    }

    #[test]
    fn what_was_and_what_will_be_is_said_once() {
        check(
            Kind::FollowUp,
            Some("line"),
            Why::FollowUp { day: day(11, 20), event: None, called: false },
            "田中 に LINE でひとことを — 親しい同僚、11/20 に会いました、覚えているうちに短く",
            "A few words to 田中 on LINE — close colleague, you met on 20 Nov, short, while it is fresh",
        );
        check(
            Kind::FollowUp,
            None,
            Why::FollowUp { day: day(11, 20), event: None, called: true },
            "田中 にひとことを — 親しい同僚、11/20 に話しました、覚えているうちに短く",
            "A few words to 田中 — close colleague, you talked on 20 Nov, short, while it is fresh",
        );
        let visit = |from, to| Why::Visit { place: "福岡".into(), from, to };
        for (from, to, ja, en) in [
            (day(12, 1), day(12, 3), "12/1〜12/3", "from 1 to 3 Dec"),
            (day(11, 30), day(12, 3), "11/30〜12/3", "from 30 Nov to 3 Dec"),
            (day(12, 1), day(12, 1), "12/1", "on 1 Dec"),
        ] {
            check(
                Kind::Visit,
                None,
                visit(from, to),
                &format!("田中 に福岡で会えないか、お誘いを — 親しい同僚、{ja} に福岡へ行きます"),
                &format!("Ask 田中 to meet in 福岡 — close colleague, you are in 福岡 {en}"),
            );
        }
        check(
            Kind::Gathering,
            None,
            Why::Gathering { last: None, people: 3 },
            "田中 の仲間で集まる相談を — 親しい同僚、知っている人は 3人、まだ集まっていません",
            "Propose that the people of 田中 get together — close colleague, you know 3 people from there, no gathering yet",
        );
    }

    #[test]
    fn a_child_line_says_nothing_again() {
        let notes = [
            (
                "People/遠山.md",
                "---\ntier: close\n---\n## Log\n\n- 2026-11-20 (line) 一月の会に誘われた #reply\n",
            ),
            (
                "People/河野.md",
                "---\ntier: colleague\nlast_contact: 2026-11-01\norg: A\ninterests: [登山, 囲碁]\n---\n",
            ),
            (
                "People/榎本.md",
                "---\ntier: colleague\nlast_contact: 2026-11-01\norg: B\ninterests: [登山, 囲碁]\n---\n",
            ),
        ];
        let text = page(&notes, Lang::Ja, &Config::default(), None);
        assert_eq!(text.matches("一月の会に誘われた").count(), 1, "{text}");
        assert!(!text.contains("登山, 囲碁") && text.contains("共通の関心は登山・囲碁"), "{text}");
        assert!(
            text.contains("\n    - 紹介: [[河野]]\n") || text.contains("\n    - 紹介: [[榎本]]\n"),
            "{text}"
        );
    }

    #[test]
    fn every_child_line_is_known_as_goens() {
        let text = page(super::VAULT, Lang::En, &Config::default(), None);
        let page = read(&text).unwrap();
        assert!(page.lines.iter().all(|line| line.own.is_empty()));
        assert_eq!(page.free, Vec::<&str>::new());
    }
}

mod laws {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

    use super::super::*;
    use super::{config, index, today};
    use crate::note::Mention;
    use crate::plan::{Kind, Section, Topic, TopicKind, Why};
    use crate::text::Span;

    /// Names and texts that want to be more than that.
    fn hostile() -> impl Strategy<Value = String> {
        let part = prop::sample::select(vec![
            "]]",
            "[[",
            "|",
            "#",
            "^",
            "^g-abcdef",
            "-->",
            "<!--",
            "<!-- goen:end -->",
            "<!-- goen:begin",
            "<script>",
            "%%",
            "`",
            "](javascript:",
            "![",
            "\n",
            "\r",
            "\t",
            "\u{202e}",
            "\u{2028}",
            "*",
            "**",
            "_",
            "__",
            "~",
            "==",
            "$",
            "\\",
            "&lt;",
            "&",
            "::",
            ":",
            "- [ ] ",
            "📅 2026-01-01",
            "✅",
            "\u{fe0f}",
            " ",
            "  ",
            "　",
            "(",
            ")",
            "田中",
            "太郎",
            "a",
            "B1",
            "é",
            "が",
            "..",
            ".",
            "%20",
            "%",
            "http://a.b/c_d",
            "|||",
            "🙂",
            "!",
            "\"",
            "'",
            "#tag",
            "C#",
            "[^1]",
            "[x]: y",
            ".md",
            "前回: ",
            "\u{0}",
            "\u{7f}",
            "\u{a0}",
        ]);
        prop::collection::vec(prop_oneof![part.prop_map(str::to_owned), "\\PC{0,3}"], 0..7)
            .prop_map(|parts| parts.concat())
    }

    fn decoded(target: &str) -> String {
        let bytes = target.as_bytes();
        let mut out = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] == b'%' {
                out.push(u8::from_str_radix(&target[at + 1..at + 3], 16).unwrap());
                at += 3;
            } else {
                out.push(bytes[at]);
                at += 1;
            }
        }
        String::from_utf8(out).unwrap()
    }

    fn joined(folder: &str, target: &str) -> NotePath {
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in target.split('/') {
            if part == ".." {
                parts.pop().unwrap();
            } else {
                parts.push(part);
            }
        }
        NotePath::new(parts.join("/"))
    }

    fn path(folder: &str, file: &str) -> String {
        // What a file system can hold, and no hidden file.
        let file = file.replace(['/', '\0'], ".");
        let visible = if file.is_empty() || file.starts_with('.') { "n" } else { "" };
        format!("{folder}/{visible}{file}.md")
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_the_names_the_page_is_well_formed(
            files in prop::collection::vec((hostile(), hostile(), hostile(), 0..8u8, any::<bool>()), 1..6),
            page_file in prop::sample::select(vec!["reconnect.md", "a/b/page.md", "People/x.md"]),
            markdown in any::<bool>(),
            lang in prop::sample::select(vec![Lang::Ja, Lang::En]),
            dates in prop::sample::select(vec!["emoji", "dataview", "none"]),
        ) {
            let links = if markdown { "markdown" } else { "wiki" };
            let config = config(&format!(
                "[page]\nfile = \"{page_file}\"\nlinks = \"{links}\"\ndates = \"{dates}\"\n"
            ));
            let note = "---\ntier: close\nlast_contact: 2026-09-01\n---\n";
            let paths: Vec<String> = files
                .iter()
                .map(|(file, _, _, _, sub)| path(if *sub { "People/sub" } else { "People" }, file))
                .collect();
            let notes: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), note)).collect();
            let index = index(&notes);
            let mut agenda = crate::plan::plan(&index, &config, today(), crate::plan::Extent::All);
            agenda.items.retain(|item| item.person.is_some() && item.section != Section::Unplaced);
            for (item, (_, name, text, sort, _)) in agenda.items.iter_mut().zip(&files) {
                let item = std::sync::Arc::make_mut(item);
                item.name = name.as_str().into();
                item.channel = Some(text.as_str().into());
                item.topics = [TopicKind::Last, TopicKind::Clip, TopicKind::Gratitude]
                    .map(|kind| Topic {
                        kind,
                        text: text.as_str().into(),
                        day: None,
                        link: item.person.clone(),
                        matched: vec![text.as_str().into()],
                    })
                    .into();
                let what: crate::text::Text = text.as_str().into();
                match sort {
                    0 => (item.kind, item.why) = (Kind::Milestone, Why::Milestone { day: today(), what }),
                    1 => (item.kind, item.why) = (Kind::Promise, Why::Promise { text: what, due: None, since: None }),
                    2 => (item.kind, item.why) = (Kind::Waiting, Why::Promise { text: what, due: None, since: None }),
                    3 => {
                        item.why = Why::Done { skipped: false, channel: Some(what.clone()), text: what };
                        (item.section, item.done) = (Section::Done, true);
                    }
                    _ => item.tier = Some(text.as_str().into()),
                }
            }
            let first = paths.iter().take(TROUBLED_NAMED).map(|path| NotePath::new(path.as_str())).collect();
            let troubled = Troubled { count: paths.len(), first };
            let marks = Kept::default();
            let setting =
                Setting { lang, config: &config, index: &index, template: None, troubled: &troubled, marks: &marks, staying: &BTreeMap::new() };
            let text = render(&agenda, &setting).unwrap();

            // It reads back as what it was made from.
            let page = read(&text).unwrap();
            let mut ids: Vec<&str> = page.lines.iter().map(|line| line.id).collect();
            prop_assert!(page.free.is_empty(), "{:?}", page.free);
            prop_assert!(page.lines.iter().all(|line| line.own.is_empty()));
            prop_assert!(page.lines.iter().all(|line| line.raw.ends_with(line.id)));
            let marked: Vec<(&str, char)> =
                agenda.items.iter().map(|item| (item.id.as_str(), if item.done { 'x' } else { ' ' })).collect();
            let mut read_marks: Vec<(&str, char)> = page.lines.iter().map(|line| (line.id, line.mark)).collect();
            let mut wanted = marked.clone();
            wanted.sort_unstable();
            read_marks.sort_unstable();
            prop_assert_eq!(read_marks, wanted);
            for line in &page.lines {
                let item = agenda.items.iter().find(|item| item.id == line.id).unwrap();
                prop_assert_eq!(line.done, item.done, "{}", line.raw);
            }
            prop_assert_eq!(text.lines().filter(|line| line.contains("<!--")).count(), 2);
            prop_assert_eq!(&compose(Some(&text), &text, &marks, false).unwrap(), &text);

            // Markdown sees the same.
            let options = Options::ENABLE_TASKLISTS
                | Options::ENABLE_WIKILINKS
                | Options::ENABLE_STRIKETHROUGH
                | Options::ENABLE_TABLES
                | Options::ENABLE_FOOTNOTES
                | Options::ENABLE_MATH;
            let (mut tasks, mut html, mut waiting) = (0, 0, false);
            ids.reverse();
            for event in Parser::new_ext(&text, options) {
                match event {
                    Event::TaskListMarker(_) => {
                        prop_assert!(!waiting, "an item without a link");
                        tasks += 1;
                        waiting = true;
                    }
                    Event::Start(Tag::Link { link_type, dest_url, .. }) if waiting => {
                        waiting = false;
                        let id = ids.pop().unwrap();
                        let item = agenda.items.iter().find(|item| item.id == id).unwrap();
                        let found = match link_type {
                            LinkType::WikiLink { .. } => {
                                let target = dest_url.to_string().into();
                                let span = Span::new(0, 0);
                                let link = Mention { target, markdown: false, counts: true, span };
                                index.resolve(&config.page.file, &link).note().map(|note| note.path.clone())
                            }
                            _ => Some(joined(config.page.file.folder(), &decoded(&dest_url))),
                        };
                        prop_assert_eq!(&found, &item.person, "{}", text);
                    }
                    Event::Html(line) => {
                        prop_assert!(line.starts_with("<!-- goen:"), "{}", text);
                        html += 1;
                    }
                    Event::InlineHtml(_)
                    | Event::Code(_)
                    | Event::InlineMath(_)
                    | Event::DisplayMath(_)
                    | Event::FootnoteReference(_)
                    | Event::Start(
                        Tag::Image { .. } | Tag::Strikethrough | Tag::Strong | Tag::CodeBlock(_) | Tag::Table(_),
                    ) => prop_assert!(false, "something else in\n{text}"),
                    _ => {}
                }
            }
            prop_assert!(!waiting);
            prop_assert_eq!((tasks, html), (agenda.items.len(), 2), "{}", text);
        }

        #[test]
        fn no_page_breaks_the_reader(text in "(<!-- goen:begin v1 2026-11-21 -->\n)?((- \\[.\\] )?\\PC{0,12}( \\^g-[a-z]{6})?\n){0,6}(<!-- goen:end -->\n)?\\PC{0,9}") {
            if let Ok(page) = read(&text) {
                prop_assert_eq!([page.before, page.region, page.after].concat(), text.clone());
                let kept = page.kept();
                let new = compose(Some(&text), page.region, &kept, false).unwrap();
                prop_assert!(new.starts_with(page.before) && new.ends_with(page.after));
            }
        }
    }
}
