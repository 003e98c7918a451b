//! Address books as tables: what is read of one file from every program that is known, made by hand
//! after the programs' documentation, and that nothing in a file hides the people behind it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use goen::date::DayFirst;
use goen::exchange::book;
use goen::exchange::card::{Book, Card, NotABook, Source, Why};
use proptest::prelude::*;

fn read(file: &str, bytes: &[u8]) -> Result<Book, NotABook> {
    book::read(file, bytes, DayFirst::Ask)
}

fn book(file: &str) -> Book {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchange").join(file);
    read(file, &fs::read(&path).unwrap()).unwrap()
}

fn of_text(text: &str) -> Book {
    read("x.csv", text.as_bytes()).unwrap()
}

fn cards(book: &Book) -> impl Iterator<Item = &Card> {
    book.rows.iter().flatten()
}

fn names(book: &Book) -> Vec<String> {
    cards(book).map(|card| card.name.clone()).collect()
}

/// A book as lines: `12: name` and what else is known, or `12! why`.
fn shown(book: &Book) -> String {
    let mut out = String::new();
    for row in &book.rows {
        match row {
            Ok(card) => out.push_str(&card_shown(card)),
            Err(bad) => writeln!(out, "{}! {:?}", bad.line, bad.why).unwrap(),
        }
    }
    out
}

fn card_shown(card: &Card) -> String {
    let mut out = format!("{}: {}", card.line, card.name);
    let mut say = |what: &str, value: String| {
        if !value.is_empty() {
            write!(out, "\n  {what} {value}").unwrap();
        }
    };
    let or_none = |value: &Option<String>| value.clone().unwrap_or_default();
    say("parts", format!("{}|{}", or_none(&card.family), or_none(&card.given)).trim_matches('|').to_owned());
    say("reading", or_none(&card.reading));
    say("aliases", card.aliases.join(" / "));
    say("honorific", or_none(&card.honorific));
    for (channel, address) in &card.channels {
        say(channel, address.clone());
    }
    for post in &card.posts {
        say("post", format!("{}|{}|{}", post.org, or_none(&post.unit), or_none(&post.role)));
    }
    say("birthday", card.birthday.map(|day| day.to_string()).unwrap_or_default());
    say("address", or_none(&card.address));
    say("code", or_none(&card.postal_code));
    say("location", or_none(&card.location));
    say("joint", card.joint_names.join(" / "));
    say("interests", card.interests.join(" / "));
    say("groups", card.groups.join(" / "));
    say("lang", or_none(&card.lang));
    say("met", card.met.map(|day| day.to_string()).unwrap_or_default());
    say("note", or_none(&card.note).replace('\n', "⏎"));
    say("left", card.left.join(" / "));
    out.push('\n');
    out
}

#[track_caller]
fn check(file: &str, source: Source, expected: &str) {
    let book = book(file);
    assert_eq!(book.source, source, "{file}");
    let lines: Vec<&str> = expected.trim_matches('\n').trim_end().lines().collect();
    let indent = lines.first().map_or(0, |line| line.len() - line.trim_start().len());
    let expected: String =
        lines.iter().map(|line| line.get(indent..).unwrap_or("").to_owned() + "\n").collect();
    let shown = shown(&book);
    assert!(shown == expected, "{file}:\n{shown}--- expected:\n{expected}");
}

#[test]
fn google_until_2024() {
    check(
        "google_old.csv",
        Source::Google,
        r#"
        2: 田中 太郎
          parts 田中|太郎
          reading タナカ タロウ
          aliases たなちゃん
          honorific 様
          email taro@home.example
          email tanaka@home.example
          email taro@work.example
          phone +81 90-0000-0001
          phone 03-0000-0001
          linkedin https://www.linkedin.com/in/taro
          line taro.line
          post ミナト株式会社|開発部|部長
          birthday 1985-12-03
          address 東京都港区芝1-2-3 ミナトビル5F
          code 105-0014
          location 東京都港区
          interests 釣り
          groups 友人 / 大学 / * myContacts
          lang ja
          note 大学の同期。⏎甘いものが好き
          left Event 1 - Value / Phone 1 - Value / Relation 1 - Value
        7: John Q. Smith Jr.
          parts Smith|John
          honorific Dr.
          email john@example.com
          phone 07700900001
          skype john.s
          post Example Inc.||CTO
          post Other LLC||Adviser
          birthday --04-01
          address 1 Main St, Springfield, IL, USA
          code 62701
          location Springfield
          groups * myContacts
        9! OnlyOrganisation
        "#,
    );
}

#[test]
fn google_of_today() {
    check(
        "google_new.csv",
        Source::Google,
        r#"
        2: 佐藤 花子
          parts 佐藤|花子
          reading さとう はなこ
          email hanako@example.jp
          phone 080-0000-0002
          phone 03-0000-0002
          url https://example.jp/hanako
          post アオバ合同会社||代表
          birthday --12-03
          address 宮城県仙台市中央2-2
          groups 仕事 / * starred
          left Address 1 - City / Address 1 - Country / Address 1 - Postal Code / Address 1 - Region / Address 1 - Street / ペット
        3: 김철수
          parts 김|철수
          email chulsoo@example.kr
          groups * myContacts
        4: ボブ
          email bob@example.com
        "#,
    );
}

#[test]
fn outlook_in_english() {
    check(
        "outlook_en.csv",
        Source::Outlook,
        r#"
        2: Jane O'Neil
          parts O'Neil|Jane
          honorific Ms.
          email jane@example.co.uk
          email j.oneil@example.org
          phone +44 7700 900001
          phone 020 7946 0001
          phone 020 7946 0002
          url http://example.co.uk
          post Example, Inc.|R&D|Director
          address 5 High St, Floor 2, London, United Kingdom
          code SW1A 1AA
          location London
          interests Sailing / Jazz
          groups Business / Key Customer
          note Likes "green" tea
          left Birthday / Business Fax
        3: 田中 太郎
          parts 田中|太郎
          reading タナカ タロウ
          phone 090-0000-0003
          post ミナト||
          birthday 1985-12-25
          address 東京都港区芝1-2-3
          code 105-0014
          location 東京都港区
          left Anniversary / Company Yomi / E-mail Address / Gender
        "#,
    );
}

#[test]
fn outlook_in_japanese() {
    check(
        "outlook_ja.csv",
        Source::Outlook,
        r#"
        2: 髙﨑 一郎
          parts 髙﨑|一郎
          reading タカサキ イチロウ
          honorific 先生
          email ichiro@minato.example
          phone 090-0000-0004
          phone 03-0000-0004
          url http://minato.example
          post ①ミナト㈱|営業部|課長
          birthday 1985-12-03
          address 東京都港区芝1-2-3 ミナトビル 5F
          code 105-0014
          location 東京都港区
          interests 将棋
          groups 取引先 / 年賀状
          note 表示の件⏎～続き～
          left 会社 FAX / 会社名フリガナ
        "#,
    );
}

#[test]
fn linkedin_of_either_time() {
    check(
        "linkedin.csv",
        Source::LinkedIn,
        r#"
        5: 田中 太郎
          parts 田中|太郎
          linkedin https://www.linkedin.com/in/taro-tanaka
          post ミナト株式会社||Engineering Manager
          met 2026-09-14
        6: Jane O'Neil
          parts O'Neil|Jane
          email jane@example.com
          linkedin https://www.linkedin.com/in/jane
          post Example, Inc.||CTO, Co-founder
          met 2024-01-01
        7: Hanako Sato
          parts Sato|Hanako
          aliases 佐藤 花子
          linkedin https://www.linkedin.com/in/hanako
          met 2020-02-02
        8! NoName
        9! OnlyOrganisation
        "#,
    );
    check(
        "linkedin_old.csv",
        Source::LinkedIn,
        r#"
        2: Taro Tanaka
          parts Tanaka|Taro
          email taro@example.com
          post Minato||Engineer
          met 2018-09-14
        3: John Smith Jr.
          parts Smith Jr.|John
          met 2018-09-14
          left Position
        "#,
    );
}

#[test]
fn services_for_business_cards() {
    check(
        "eight.csv",
        Source::Eight,
        r#"
        8: 田中 太郎
          email taro@minato.example
          phone 090-0000-0001
          phone 03-0000-0002
          phone 03-0000-0001
          url http://minato.example
          post 株式会社ミナト|開発部|部長
          address 東京都港区芝1-2-3
          code 1050014
          groups 勉強会
          met 2026-09-14
          left Fax
        9: 佐藤花子
          post アオバ合同会社||
          groups 取引先
          met 2022-05-26
        10! OnlyOrganisation
        "#,
    );
    check(
        "sansan.csv",
        Source::Sansan,
        r#"
        2: 田中 太郎
          parts 田中|太郎
          reading タナカ タロウ
          email taro@minato.example
          phone 090-0000-0001
          phone 03-0000-0001
          url http://minato.example
          post 株式会社ミナト|開発部|部長
          address 東京都港区芝1-2-3 ミナトビル
          code 105-0014
          groups 勉強会 / 取引先
          met 2026-09-14
          note 展示会で
          left FAX
        "#,
    );
}

#[test]
fn programs_for_new_year_cards() {
    check(
        "nenga.csv",
        Source::Table,
        r#"
        2: 田中 太郎
          reading タナカ タロウ
          honorific 様
          email taro@home.example
          phone 03-0000-0001
          post ミナト|開発部 一課|課長
          birthday 1985-12-03
          address 東京都港区芝1-2-3 ミナト荘101
          code 105-0014
          joint 花子
          groups 友人 / 年賀状
          note 2025年も届いた⏎返事済み
          left 連名敬称1
        3: 佐藤 次郎
          honorific 先生
          address 宮城県仙台市青葉1-1
          code 980-0000
          left 誕生日
        "#,
    );
}

#[test]
fn tables_by_hand_and_by_goen() {
    check(
        "goen.csv",
        Source::Table,
        r#"
        2: 田中 太郎
          reading たなか たろう
          aliases タロー / Taro Tanaka
          email taro@example.com
          email t@example.jp
          phone +819000000001
          line taro.line
          linkedin https://www.linkedin.com/in/taro
          x @taro
          url https://example.com
          post ミナト||部長
          post アオバ||顧問
          birthday --12-03
          address 東京都港区芝1-2-3
          code 105-0014
          location 東京
          interests 将棋 / 釣り
          groups friend
          lang ja
          met 2020-04-01
          left last_contact / tier
        3: =SUM(1)
        "#,
    );
    check(
        "hand.tsv",
        Source::Table,
        r#"
        3: Jane Doe
          email jane@example.com
          phone 07700 900001
          phone 07700 900002
          met 2026-09-14
          left Shoe Size / birthday
        5: John Roe
          note x
        "#,
    );
}

#[test]
fn fault_55_a_broken_table() {
    check(
        "broken.csv",
        Source::Table,
        r#"
        2: 田中 太郎
          email taro@example.com
          note よい
        3! NoEnd
        4: 鈴木 一郎
          email ichiro@example.com
          note 次の⏎行
        6! NoName
        7! NoName
        8: John
          email john@example.com
          note x
          left #4
        "#,
    );
}

#[test]
fn separators_marks_and_order_of_columns_do_not_matter() {
    let expected = "2: 田中 太郎\n  email taro@example.com\n";
    for text in [
        "氏名,メールアドレス\n田中 太郎,taro@example.com\n",
        "\u{feff}氏名;メールアドレス\r\n田中 太郎;taro@example.com\r\n",
        "Ｅメール\t お名前 \ntaro@example.com\t田中　太郎",
        "\"氏名\",\"メール\nアドレス\"\n",
    ] {
        let book = of_text(text);
        assert_eq!(book.source, Source::Table);
        match text.starts_with('"') {
            true => assert_eq!(book.rows, [], "{text}"),
            false => assert_eq!(shown(&book), expected, "{text}"),
        }
    }
    let twice = of_text("name,email,email,name\nTaro,a@x.example,b@x.example,Other\n");
    assert_eq!(shown(&twice), "2: Taro\n  email a@x.example\n  email b@x.example\n  left name\n");
    let ragged = of_text("name,email,phone\nTaro\nJiro,j@x.example,1,2\n");
    assert_eq!(shown(&ragged), "2: Taro\n3: Jiro\n  email j@x.example\n  phone 1\n  left #4\n");
    let again = of_text("name,email\nTaro,\nname,email\n\"Doe, John\",\n");
    assert_eq!(names(&again), ["Taro", "John Doe"]);
    let blank = of_text("name,email\n,\n  \n\n\u{3000},\nTaro,\n");
    assert_eq!(shown(&blank), "6: Taro\n");
}

#[test]
fn names_in_parts_follow_their_script() {
    let text = "First Name,Last Name\n太郎,田中\nTaro,Tanaka\n철수,김\nCher,\n,田中\n";
    assert_eq!(names(&of_text(text)), ["田中 太郎", "Taro Tanaka", "김철수", "Cher", "田中"],);
}

#[test]
fn what_spreadsheets_do_to_numbers() {
    let text = "name,phone\nA,=\"09012345678\"\nB,9012345678\nC,'+81 90\nD,9.01E+09\nE,０９０\n";
    let expected = "2: A\n  phone 09012345678\n3: B\n  phone 9012345678\n4: C\n  phone +81 90\n\
        5: D\n  left phone\n6: E\n  phone ０９０\n";
    assert_eq!(shown(&of_text(text)), expected);
}

#[test]
fn days_that_could_be_two_are_left_out() {
    let days = |text: &str| -> Vec<String> {
        let birthday = |card: &Card| card.birthday.map_or("-".to_owned(), |day| day.to_string());
        cards(&of_text(text)).map(birthday).collect()
    };
    assert_eq!(
        days("name,birthday\nA,04/05/1980\nB,25/12/1980\nC,1980/04/05\n"),
        ["-", "1980-12-25", "1980-04-05"]
    );
}

#[test]
fn every_table_writes_days_as_the_settings_say() {
    const TABLES: [(&str, Source); 5] = [
        (
            "First Name,Last Name,Business Street,E-mail Address,Birthday,Mobile Phone\nA,A,,,DAY,\n",
            Source::Outlook,
        ),
        ("Given Name,Family Name,Yomi Name,Birthday\nA,A,,DAY\n", Source::Google),
        ("First Name,Last Name,URL,Company,Connected On\nA,A,,,DAY\n", Source::LinkedIn),
        ("会社名,部署名,役職,氏名,名刺交換日\nミナト,,,田中 太郎,DAY\n", Source::Sansan),
        ("name,birthday\nA,DAY\n", Source::Table),
    ];
    let days = [("4/5/1980", None), ("4/25/1980", Some("1980-04-25")), ("25/4/1980", Some("1980-04-25"))];
    for (table, source) in TABLES {
        for (day, sure) in days {
            for (order, turned) in [
                (DayFirst::Ask, None),
                (DayFirst::Yes, Some("1980-05-04")),
                (DayFirst::No, Some("1980-04-05")),
            ] {
                let book = book::read("sansan.csv", table.replace("DAY", day).as_bytes(), order).unwrap();
                let card = book.rows[0].as_ref().unwrap();
                let read = card.birthday.map(|day| day.to_string());
                let read = read.or_else(|| card.met.map(|day| day.to_string()));
                assert_eq!(
                    (book.source, read.as_deref()),
                    (source, sure.or(turned)),
                    "{table}{day} {order:?}"
                );
                assert_eq!(card.left.is_empty(), read.is_some(), "{:?}", card.left);
            }
        }
    }
}

#[test]
fn the_same_columns_are_told_apart_by_the_file_name() {
    let text = "会社名,部署名,役職,氏名\nミナト,,,田中 太郎\n";
    for (name, source) in
        [("eight_20261114.csv", Source::Eight), ("Sansan.csv", Source::Sansan), ("x.csv", Source::Table)]
    {
        assert_eq!(read(name, text.as_bytes()).unwrap().source, source);
    }
}

#[test]
fn fault_55_no_quote_hides_the_rest() {
    let rows: String = (0..200).map(|n| format!("P{n},p{n}@example.com\n")).collect();
    let book = of_text(&format!("name,email\nA,\"open\n{rows}"));
    assert_eq!(cards(&book).count(), 200);
    assert!(matches!(&book.rows[0], Err(bad) if (bad.line, bad.why) == (2, Why::NoEnd)));
    let long = format!("name,note\nA,\"{}\"\nB,x\n", "line\n".repeat(80));
    let book = of_text(&long);
    assert_eq!(names(&book), ["B"]);
    assert!(matches!(&book.rows[0], Err(bad) if (bad.line, bad.why) == (2, Why::TooLong)));
}

#[test]
fn many_rows_take_no_time() {
    let mut text = String::from("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n");
    for n in 0..1000 {
        writeln!(text, "太郎,田中{n},https://www.linkedin.com/in/{n},,\"ミナト, 株\",課長,14 Sep 2026")
            .unwrap();
    }
    assert_eq!(cards(&of_text(&text)).count(), 1000);
}

/// No bytes break the reader; what it gives keeps the promises of a card.
fn law_of_any_bytes(bytes: &[u8]) {
    let Ok(book) = read("any", bytes) else { return };
    let mut last = 0;
    for row in &book.rows {
        let line = row.as_ref().map_or_else(|bad| bad.line, |card| card.line);
        assert!(line > last, "rows go forward");
        last = line;
    }
    for card in cards(&book) {
        let texts =
            [&card.family, &card.given, &card.reading, &card.honorific, &card.address, &card.location];
        let lists = card.aliases.iter().chain(&card.interests).chain(&card.groups).chain(&card.left);
        let addresses = card.channels.iter().flat_map(|(channel, address)| [channel, address]);
        let posts =
            card.posts.iter().flat_map(|p| [Some(&p.org), p.unit.as_ref(), p.role.as_ref()]).flatten();
        let all = texts.into_iter().flatten().chain(lists).chain(addresses).chain(posts).chain([&card.name]);
        for text in all {
            assert!(
                !text.is_empty() && text.trim() == text && !text.contains(['\n', '\r']),
                "{text:?} in {card:?}"
            );
        }
        assert!(card.left.is_sorted_by(|a, b| a < b), "{:?}", card.left);
    }
}

/// Whatever stands in one row, the people behind it are read.
fn law_of_rows_behind(bad: &str) {
    let text = format!(
        "name,email,note\n{bad}\n田中 太郎,\"taro@example.com\",\"a, b\"\n佐藤 花子,hanako@example.com,\n"
    );
    let read = names(&of_text(&text));
    assert!(read.ends_with(&["佐藤 花子".to_owned()]), "{read:?}");
    if bad.matches('"').count() % 2 == 1 || !bad.contains('"') {
        assert!(read.contains(&"田中 太郎".to_owned()), "{read:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..300), rows in ".{0,200}") {
        law_of_any_bytes(&bytes);
        law_of_any_bytes(rows.as_bytes());
        for header in ["name,email,birthday,address", "First Name,Last Name,URL,Company,Connected On", "氏名,会社名,住所1,郵便番号,TEL直通,x"] {
            law_of_any_bytes(format!("{header}\n{rows}\n{rows},{rows}").as_bytes());
        }
    }

    #[test]
    fn cells_of_any_kind(cells in "[ a-z田\u{3000}()（,;:\"'=+/0-9\n-]{0,300}") {
        for file in ["google_old.csv", "google_new.csv", "outlook_en.csv", "linkedin_old.csv"] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchange").join(file);
            let mut bytes = fs::read(path).unwrap();
            bytes.extend_from_slice(b"\r\n");
            bytes.extend_from_slice(cells.as_bytes());
            law_of_any_bytes(&bytes);
        }
    }

    #[test]
    fn rows_behind_a_bad_one_are_read(bad in "[a,\"x @\n]{0,40}") {
        law_of_rows_behind(&bad);
    }
}
