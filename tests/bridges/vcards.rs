//! Address books as vCards of other programs, as goen reads them; what a note says of somebody as a
//! card, and back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::LazyLock;

use goen::config::Config;
use goen::exchange::card::{BadRow, Card};
use goen::exchange::portrait::card_of;
use goen::exchange::vcard;
use goen::moment::DailyFormat;
use goen::note::dialect::{Dialect, Journal};
use goen::text::NotePath;

/// All that a file says, a line for each value.
fn told(bytes: &[u8]) -> String {
    assert!(vcard::is_vcard(bytes));
    vcard::read(bytes).iter().map(row).collect()
}

fn row(row: &Result<Card, BadRow>) -> String {
    let card = match row {
        Ok(card) => card,
        Err(bad) => return format!("{}: {:?}\n", bad.line, bad.why),
    };
    let mut out = format!("{}: {}\n", card.line, card.name);
    let mut line = |name: &str, value: Option<&str>| {
        out.extend(value.map(|value| format!("  {name} {value:?}\n")));
    };
    let family =
        card.family.as_deref().zip(card.given.as_deref()).map(|(family, given)| format!("{family}/{given}"));
    line("parts", family.as_deref());
    line("reading", card.reading.as_deref());
    card.aliases.iter().for_each(|alias| line("alias", Some(alias)));
    line("honorific", card.honorific.as_deref());
    card.channels.iter().for_each(|(channel, address)| line(channel, Some(address)));
    for post in &card.posts {
        let parts = [Some(&post.org), post.unit.as_ref(), post.role.as_ref()];
        line("post", Some(&parts.map(|part| part.map_or("", String::as_str)).join("/")));
    }
    line("birthday", card.birthday.map(|day| day.to_string()).as_deref());
    line("address", card.address.as_deref());
    line("code", card.postal_code.as_deref());
    line("location", card.location.as_deref());
    card.interests.iter().for_each(|interest| line("interest", Some(interest)));
    card.groups.iter().for_each(|group| line("group", Some(group)));
    line("lang", card.lang.as_deref());
    line("note", card.note.as_deref());
    let left = card.left.join(" ");
    line("left", Some(left.as_str()).filter(|left| !left.is_empty()));
    out
}

fn check(bytes: &[u8], expected: &str) {
    assert_eq!(told(bytes).trim(), expected.trim());
    // How lines end, and a mark in front, make no difference.
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    if !text.contains('\u{fffd}') {
        assert_eq!(
            told(format!("\u{feff}{}", text.replace('\n', "\r\n")).as_bytes()).trim(),
            expected.trim()
        );
    }
}

#[test]
fn google() {
    check(
        include_bytes!("../exchange/google3.vcf"),
        r#"
1: 山田 太郎
  parts "山田/太郎"
  reading "ヤマダ タロウ"
  alias "たろちゃん"
  email "taro@minato.example"
  email "taro@home.example"
  phone "090-1234-5678"
  linkedin "https://www.linkedin.com/in/taro"
  url "https://taro.example/blog"
  post "株式会社ミナト/開発部/部長"
  birthday "--12-03"
  address "東京都千代田区丸の内1-1-1 ミナトマンション203"
  code "100-0005"
  location "東京都千代田区"
  group "友人"
  group "myContacts"
  note "勉強会で会った\n写真が趣味, 猫も"
  left "PHOTO X-ABDATE X-ABRELATEDNAMES"
27: OnlyOrganisation
34: NoName
39: Jane Q Doe
  parts "Doe/Jane"
  honorific "Dr."
  email "jane@example.com"
  address "1 Main St, Springfield, IL, USA"
  code "62701"
  location "Springfield"
"#,
    );
}

#[test]
fn apple() {
    check(
        include_bytes!("../exchange/apple3.vcf"),
        r#"
1: 佐藤 花
  parts "佐藤/花"
  reading "さとう はな"
  email "hana@kamome.example"
  phone "+81 90-8765-4321"
  x "http://twitter.com/hana"
  line "hana_line"
  skype "hana.sato"
  post "カモメ書店//店長"
  birthday "--02-29"
  address "愛知県名古屋市中区錦1-2-3"
  code "460-0003"
  location "愛知県名古屋市中区"
  left "PHOTO TEL;FAX X-ABDATE"
25: OnlyOrganisation
34: 鈴木 一郎
  parts "鈴木/一郎"
  post "株式会社スズキ製作所//"
41: OnlyOrganisation
"#,
    );
}

#[test]
fn outlook() {
    check(
        include_bytes!("../exchange/outlook21.vcf"),
        r#"
1: 高橋 健一
  parts "高橋/健一"
  phone "03-1111-2222"
  phone "080-1111-2222"
  url "http://www.kounan.example"
  email "ken@kounan.example"
  post "港南商事/営業部/課長"
  birthday "1970-05-03"
  address "東京都港区海岸1-2-3"
  code "105-0022"
  location "東京都港区"
  note "覚え書き\n2行目; 終"
  left "PHOTO TEL;FAX X-MS-IMADDRESS X-MS-OL-DEFAULT-POSTAL-ADDRESS X-MS-OL-DESIGN X-MS-SIGNATURE"
"#,
    );
}

#[test]
fn old_phone() {
    let bytes = include_bytes!("../exchange/phone_sjis.vcf");
    assert!(bytes.contains(&0x8e), "raw Shift_JIS");
    check(
        bytes,
        r#"
1: 山田 太郎
  parts "山田/太郎"
  reading "ヤマダ タロウ"
  phone "09012345678"
  phone "0312345678"
  email "taro@keitai.example"
  birthday "1985-12-03"
  address "東京都千代田区丸の内1-1-1"
  code "1000005"
  location "東京都千代田区"
  group "会社"
  note "ソフトの表示担当"
16: 佐藤 花
  parts "佐藤/花"
  reading "サトウ ハナ"
  phone "08011112222"
  note "ソース"
24: 鈴木 一郎
  reading "スズキ イチロウ"
  phone "07000000000"
  left "X-DCM-TEL-EX"
30: NoName
"#,
    );
}

#[test]
fn android() {
    check(
        include_bytes!("../exchange/android21.vcf"),
        r#"
1: 林 美咲
  parts "林/美咲"
  reading "ハヤシ ミサキ"
  alias "みーちゃん"
  phone "090-2222-3333"
  email "misaki@example.com"
  skype "misaki.h"
  line "misaki_line"
  left "X-ANDROID-CUSTOM"
"#,
    );
}

#[test]
fn version_4() {
    check(
        include_bytes!("../exchange/v4.vcf"),
        r#"
1: 伊藤 健
  parts "伊藤/健"
  reading "イトウ ケン"
  alias "Ken Ito"
  alias "ケンちゃん"
  alias "Kenny"
  email "ken@work.example"
  email "ken@home.example"
  phone "+81-90-0000-1111"
  xmpp "ken@chat.example"
  mastodon "https://social.example/@ken"
  x "@ken"
  post "通り研究所/企画室/研究員"
  birthday "1985-12-03"
  location "京都府京都市"
  interest "登山"
  interest "写真"
  group "同窓"
  group "研究"
  lang "ja"
  note "とても長い覚え書きなので、途中で折り返されています。次の行へ続きます。"
  left "ANNIVERSARY EXPERTISE GEO"
"#,
    );
}

#[test]
fn fault_56_broken_cards() {
    check(
        include_bytes!("../exchange/broken.vcf"),
        r#"
1: 終わりのない人
  phone "1"
5: 次の人
9: 始まりのない人
12: NoEnd
14: 名前の折れた人
  phone "3"
  note "一行目\nそのままの改行\n: empty name"
23: 切れた人
  left "TEL"
"#,
    );
}

/// Nobody's card is hidden by another that is cut off, wherever that is.
#[test]
fn fault_56_cards_cut_anywhere() {
    let behind = b"\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Behind\r\nEND:VCARD\r\n";
    for file in
        [&include_bytes!("../exchange/outlook21.vcf")[..], include_bytes!("../exchange/phone_sjis.vcf")]
    {
        for at in 0..file.len() {
            let all = vcard::read(&[&file[..at], behind].concat());
            assert_eq!(all.last().unwrap().as_ref().map(|card| card.name.as_str()), Ok("Behind"), "{at}");
        }
    }
}

/// The card of a note.
fn portrait(path: &str, text: &str) -> Card {
    // Made once, since it takes longer than reading a note.
    static DIALECT: LazyLock<Dialect> = LazyLock::new(|| {
        let format = DailyFormat::new("YYYY-MM-DD").unwrap();
        Dialect::new(&Config::default(), Journal { format, folder: None }, &["People".into(), "人".into()])
    });
    let note = goen::note::read(&NotePath::new(path), text.as_bytes(), &DIALECT);
    card_of(&note, note.person().expect("a person"))
}

const NOTE: &str = "---
reading: やまだ　たろう
aliases: [たろちゃん, Taro Yamada]
tier: close
last_contact: 2026-09-14
org: [\"[[株式会社ミナト]] 2024-04.. 開発部長\", \"[[カモメ書店]] 2019-04..2024-03 店長\"]
birthday: --12-03
channels: {email: taro@example.com, line: 'line:taro;1', url: 'https://www.linkedin.com/in/taro', slack: ''}
phone: '09012345678'
prefer: line
address: 東京都千代田区丸の内1-1-1, 2F
postal_code: 〒100-0005
location: 東京
interests: [登山, '写真, 猫']
tags: [person/work, 同窓, interest/AI, 'a;b']
lang: ja
status: paused
created: 2020-01-02
---
秘密の話

- [ ] 資料を送る

## Log

- 2026-09-14 (line) 病気の話 #followup
";

#[test]
fn a_note_as_a_card() {
    let card = portrait("People/山田 太郎.md", NOTE);
    let expected = r#"
0: 山田 太郎
  parts "山田/太郎"
  reading "やまだ たろう"
  alias "たろちゃん"
  alias "Taro Yamada"
  line "taro;1"
  email "taro@example.com"
  linkedin "https://www.linkedin.com/in/taro"
  phone "09012345678"
  post "株式会社ミナト//開発部長"
  birthday "--12-03"
  address "東京都千代田区丸の内1-1-1, 2F"
  code "100-0005"
  location "東京"
  interest "登山"
  interest "写真, 猫"
  interest "AI"
  group "同窓"
  group "a;b"
  lang "ja"
"#;
    assert_eq!(row(&Ok(card.clone())).trim(), expected.trim());
    let text = vcard::write(std::slice::from_ref(&card));
    for private in ["秘密", "close", "病気", "資料", "paused", "2026"] {
        assert!(!text.contains(private), "{text}");
    }
    let back = vcard::read(text.as_bytes()).remove(0).unwrap();
    assert_eq!(back, Card { line: 1, ..card.clone() });
    // The name of the note's file is what tells it from others.
    assert_eq!(portrait("People/山田 太郎.md", NOTE).uid, card.uid);
    assert_ne!(portrait("人/山田 太郎.md", NOTE).uid, card.uid);
}

#[test]
fn odd_notes_come_back() {
    for text in [
        "---\ntype: person\nname: foo@example.com\nemail: foo@example.com\n---\n",
        "---\ntype: person\nname: ミナト\norg: ミナト\n---\n",
        "---\ntype: person\nname: Dr. Tanaka\nhonorific: Dr.\n---\n",
        "---\ntype: person\nname: 山田太郎様\nhonorific: 様\nreading: ﾔﾏﾀﾞ\n---\n",
        "---\ntype: person\nname: ';'\naliases: [';,\\\\', \"a\\nb\"]\naddress: 宛先不明\nbirthday: 1985-12\n---\n",
        "---\ntype: person\nname: 'BEGIN:VCARD'\nchannels: {'x-apple': 'x-apple:y', 'a\"^b': 'tel:1', url: 'a b', phone: 'tel:tel:1'}\n---\n",
    ] {
        let card = portrait("a.md", text);
        let written = vcard::write(std::slice::from_ref(&card));
        let back: Vec<_> = vcard::read(written.as_bytes());
        assert_eq!(back, [Ok(Card { line: 1, ..card })], "{written}");
    }
}

#[test]
fn what_is_written() {
    let text = vcard::write(&[portrait("People/山田 太郎.md", NOTE)]);
    let (head, rest) = text.split_once("UID:urn:uuid:").unwrap();
    assert_eq!(head, "BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//goen//goen//EN\r\n");
    let expected = "FN:山田 太郎
N;SORT-AS=\"やまだ,たろう\":山田;太郎;;;
X-PHONETIC-LAST-NAME:やまだ
X-PHONETIC-FIRST-NAME:たろう
NICKNAME:たろちゃん,Taro Yamada
SOCIALPROFILE;SERVICE-TYPE=\"line\";VALUE=text:taro\\;1
EMAIL:taro@example.com
SOCIALPROFILE;SERVICE-TYPE=\"linkedin\":https://www.linkedin.com/in/taro
TEL:09012345678
ORG:株式会社ミナト
TITLE:開発部長
BDAY:--1203
ADR:;;東京都千代田区丸の内1-1-1\\, 2F;東京;;100-0005;
CATEGORIES:同窓,a\\;b
INTEREST:登山
INTEREST:写真\\, 猫
INTEREST:AI
LANG:ja
X-GOEN-MET:2020-01-02
END:VCARD
";
    assert_eq!(rest.split_once("\r\n").unwrap().1.replace("\r\n", "\n"), expected);
}
