//! Address books: whatever their bytes each person has a line of the file, one bad row hides no other,
//! what goen writes of them it reads again as the same, and an import of them can be planned.

use goen::config::Config;
use goen::date::DayFirst;
use goen::exchange::card::{BadRow, Card};
use goen::exchange::intake::{Ground, Taken, What, Wishes};
use goen::exchange::{book, vcard};
use goen::index::Index;
use goen::note;
use goen::note::edit::fill;
use goen::text::{NotePath, is_unprintable};

use super::DIALECT;

/// What vCards are made of.
pub const VCARD: &[&str] = &[
    "BEGIN:VCARD\r\n",
    "END:VCARD\r\n",
    "VERSION:2.1\r\n",
    "VERSION:3.0\r\n",
    "VERSION:4.0\r\n",
    "FN:田中 太郎\r\n",
    "FN:",
    "N:田中;太郎;;;\r\n",
    "N:Smith;John;Q.;Dr.;Jr.\r\n",
    "N;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=93=63=92=86;\r\n",
    "SOUND;X-IRMC-N:ﾀﾅｶ;ﾀﾛｳ\r\n",
    "X-PHONETIC-LAST-NAME:たなか\r\n",
    "TEL;TYPE=CELL:090-1234-5678\r\n",
    "TEL;PREF=1:tel:+81-90\r\n",
    "EMAIL;TYPE=WORK:a@b.c\r\n",
    "EMAIL:",
    "ORG:株式会社ミナト;開発部\r\n",
    "TITLE:部長\r\n",
    "item1.ORG:A\r\n",
    "item1.X-ABLabel:x\r\n",
    "BDAY:1985-12-03\r\n",
    "BDAY:--0415\r\n",
    "BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15\r\n",
    "ADR;TYPE=HOME:;;1-2;港区;東京都;105-0011;日本\r\n",
    "NICKNAME:タナカ,T\\,x\r\n",
    "NOTE:a\\nb\\;c\r\n",
    "NOTE;ENCODING=QUOTED-PRINTABLE:=E3=81=\r\n",
    "=82\r\n",
    "PHOTO;ENCODING=b:",
    "AAAA",
    " AAAA\r\n",
    "URL:https://x.y\r\n",
    "IMPP:line:abc\r\n",
    "X-SOCIALPROFILE;TYPE=linkedin:http://l/in/a\r\n",
    "CATEGORIES:友人,Work\r\n",
    "LANG:ja\r\n",
    "INTEREST:Rust\r\n",
    "KIND:group\r\n",
    "UID:x\r\n",
    "DEATHDATE:2020\r\n",
    "AGENT:BEGIN:VCARD\r\n",
    "X-A;B=\"c:d\";E:f\r\n",
    "\r\n",
    "\n",
    "\r",
    " ",
    "\t",
    ":",
    ";",
    ",",
    "=",
    "\\",
    "\"",
    "=\r\n",
    "^n",
    "^'",
    "\u{feff}",
    "ﾀﾅｶ",
    "🙂",
    "\u{85}",
    "\u{2028}",
    "\u{0}",
    "PREF=1",
    "CHARSET=x",
];

/// What tables are made of.
pub const TABLE: &[&str] = &[
    "氏名",
    "name",
    "Name",
    "Given Name",
    "Family Name",
    "First Name",
    "Last Name",
    "姓",
    "名",
    "ふりがな",
    "フリガナ",
    "E-mail Address",
    "E-mail 1 - Value",
    "メール",
    "電話番号",
    "Phone 1 - Value",
    "会社名",
    "Company",
    "部署",
    "役職",
    "Position",
    "誕生日",
    "Birthday",
    "生年月日",
    "住所",
    "郵便番号",
    "Connected On",
    "URL",
    "メモ",
    "Notes",
    "グループ",
    "タグ",
    "名刺交換日",
    "連名",
    "敬称",
    "Organization 1 - Name",
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\"",
    "\"\"",
    "田中 太郎",
    "田中",
    "太郎",
    "Taro Tanaka",
    "Tanaka, Taro",
    "a@b.c",
    "a@b.c ::: d@e.f",
    "090-1234-5678",
    "株式会社ミナト",
    "1985-12-03",
    "12/3/1985",
    "3/12/1985",
    "20 Nov 2024",
    "'=1+1",
    "=1+1",
    "@x",
    "\u{feff}",
    "Notes:\n",
    "ﾀﾅｶ",
    "🙂",
    " ",
    "　",
    "\u{2028}",
    "\u{0}",
    "*",
    "部長 / 課長",
    "105-0011",
    "東京都港区1-2-3",
    "https://l/in/a",
    "- ",
];

/// Any bytes as vCards.
pub fn vcard_holds(data: &[u8]) {
    let bytes = super::spelled(data, VCARD);
    let rows = vcard::read(&bytes);
    rows_hold(&bytes, &rows);
    let cards: Vec<Card> = rows.into_iter().filter_map(Result::ok).collect();
    is_written_and_read(&cards);
    is_planned(cards);
    // What begins as UTF-16 is read so to its end.
    if bytes.starts_with(b"\xfe\xff") || bytes.starts_with(b"\xff\xfe") {
        return;
    }
    // A card behind any other bytes is read as if it stood alone.
    let one = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë\r\nEND:VCARD\r\n";
    let behind = vcard::read(&[&bytes, &b"\r\n"[..], one.as_bytes()].concat());
    let last = behind.last().and_then(|row| row.as_ref().ok()).map(|card| card.name.as_str());
    assert_eq!(last, Some("Zoë"), "{}", shown(&bytes));
}

/// Any bytes as a table, or whatever address book they are.
pub fn table_holds(data: &[u8]) {
    let bytes = super::spelled(data, TABLE);
    for name in ["people.csv", "Connections.csv"] {
        let Ok(read) = book::read(name, &bytes, DayFirst::Ask) else { continue };
        rows_hold(&bytes, &read.rows);
        let cards: Vec<Card> = read.rows.into_iter().filter_map(Result::ok).collect();
        is_written_and_read(&cards);
        is_planned(cards);
    }
}

fn shown(bytes: &[u8]) -> String {
    format!("{:?}", String::from_utf8_lossy(bytes))
}

fn rows_hold(bytes: &[u8], rows: &[Result<Card, BadRow>]) {
    let lines = 1 + bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    let line = |row: &Result<Card, BadRow>| row.as_ref().map_or_else(|bad| bad.line, |card| card.line);
    assert!(rows.iter().all(|row| (1..=lines).contains(&line(row))), "{}: {rows:?}", shown(bytes));
    assert!(rows.is_sorted_by_key(line), "{}: {rows:?}", shown(bytes));
    for card in rows.iter().flatten() {
        let lines = [Some(&card.name), card.reading.as_ref(), card.address.as_ref(), card.location.as_ref()];
        let addresses = card.channels.iter().map(|(_, address)| address);
        let orgs = card.posts.iter().map(|post| &post.org);
        for text in lines.into_iter().flatten().chain(addresses).chain(orgs).chain(&card.aliases) {
            assert!(!text.contains(['\n', '\r']), "{}: {text:?}", shown(bytes));
        }
    }
}

/// What is written reads as what was written; written again it is the same bytes.
fn is_written_and_read(cards: &[Card]) {
    let written = vcard::write(cards);
    for line in written.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    let begun = written.split("\r\n").filter(|line| *line == "BEGIN:VCARD").count();
    assert_eq!(begun, cards.len(), "{written}");
    let read = |text: &str| -> Vec<Card> {
        vcard::read(text.as_bytes()).into_iter().filter_map(Result::ok).collect()
    };
    let back = read(&written);
    // What no terminal and no telephone shows is not written; which name comes first, and whether a word of
    // a form of address is part of it, the reader decides anew.
    let name = |card: &Card| -> Vec<String> {
        let bare = |word: &str| word.chars().filter(|c| !is_unprintable(*c)).collect::<String>();
        let mut words: Vec<String> = card.name.split_whitespace().map(bare).collect();
        let address = card.honorific.as_deref().unwrap_or_default();
        words.retain(|word| !word.is_empty() && !address.contains(word));
        words.sort();
        words
    };
    let names = |cards: &[Card]| -> Vec<Vec<String>> {
        cards.iter().map(name).filter(|name| !name.is_empty()).collect()
    };
    assert_eq!(names(&back), names(cards), "{written}");
    let again = vcard::write(&back);
    assert_eq!(vcard::write(&read(&again)), again, "{written}");
}

/// What an import would write can be written, and is a note without a problem.
fn is_planned(cards: Vec<Card>) {
    let (config, index, wishes) = (Config::default(), Index::default(), Wishes::default());
    let taken = cards.into_iter().map(|card| Taken { file: 0, card }).collect();
    for proposal in Ground::new(&index, &config, &DIALECT, &wishes).plan(&index, taken) {
        let What::New(changes) = &proposal.what else { continue };
        let name = serde_json::to_string(&proposal.card.name).unwrap();
        let mut text = format!("---\ntype: person\nname: {name}\n---\n");
        for change in changes {
            let edit = fill(&text, &change.fill, &DIALECT);
            text = edit
                .ok()
                .and_then(|edit| edit.apply(&text))
                .unwrap_or_else(|| panic!("{change:?} in {text:?}"));
        }
        let note = note::read(&NotePath::new("People/x.md"), text.as_bytes(), &DIALECT);
        assert!(note.person().is_some(), "{text:?}");
        assert!(note.problems.is_empty(), "{text:?}: {:?}", note.problems);
    }
}
