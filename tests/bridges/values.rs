//! `goen import`: values that belong together, that say more than one thing, or that no note has a place for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use goen::date::DayFirst;
use goen::exchange::book;
use serde_json::{Value, json};

use crate::common::{TODAY, Vault, front, text};

/// Imports a file of that name and content.
fn import(vault: &Vault, name: &str, bytes: &[u8], options: &[&str]) -> Value {
    let file = vault.home().join(name);
    std::fs::write(&file, bytes).unwrap();
    vault.json(&[&["import", file.to_str().unwrap()], options].concat())
}

/// Imports cards of these lines.
fn import_cards(vault: &Vault, cards: &[&str], options: &[&str]) -> Value {
    let card = |lines: &&str| format!("BEGIN:VCARD\nVERSION:4.0\n{lines}\nEND:VCARD\n");
    import(vault, "book.vcf", cards.iter().map(card).collect::<String>().as_bytes(), options)
}

fn states(plan: &Value) -> Vec<String> {
    plan["people"].as_array().unwrap().iter().map(|one| text(&one["state"])).collect()
}

/// What is left out of the only person's note.
fn left(plan: &Value) -> Vec<String> {
    let left = plan["people"][0]["left"].as_array().unwrap();
    left.iter().map(|one| text(&one["key"])).collect()
}

/// Imports once more: nothing is different.
fn changes_nothing(vault: &Vault, name: &str, bytes: &[u8]) {
    let before = vault.snapshot();
    let plan = import(vault, name, bytes, &["--yes"]);
    assert!(states(&plan).iter().all(|state| state == "unchanged"), "{plan}");
    assert_eq!(vault.snapshot(), before);
}

#[test]
fn a_card_by_post_keeps_its_names() {
    let vault = Vault::new();
    vault.note("People/佐藤 次郎.md", &front("name: 佐藤 次郎\njoint_names: [佐藤 花]"));
    let table = "氏名,連名1,連名2,喪中\n中村 剛,花子・健太,愛（長女）,○\n佐藤 次郎,花,,\n".as_bytes();
    let plan = import(&vault, "nenga.csv", table, &["--yes"]);
    assert!(vault.read("People/中村 剛.md").contains("\njoint_names: [花子, 健太, 愛]\n"), "{plan}");
    assert_eq!(states(&plan), ["new", "unchanged"], "a name that is there is not written twice");
    assert_eq!(plan["people"][0]["not_taken"], json!(["喪中"]));
    changes_nothing(&vault, "nenga.csv", table);
}

#[test]
fn what_is_not_taken_is_said() {
    let vault = Vault::new();
    let file = vault.home().join("a.vcf");
    let lines = "FN:Ann Lee\nBDAY:1990-02-30\nANNIVERSARY:20200202";
    std::fs::write(&file, format!("BEGIN:VCARD\nVERSION:4.0\n{lines}\nEND:VCARD\n")).unwrap();
    let said = |lang: &str| vault.goen(&["--lang", lang, "import", file.to_str().unwrap()]).said();
    assert!(said("en").contains("    not taken: ANNIVERSARY, BDAY\n"), "{}", said("en"));
    assert!(said("ja").contains("    取り込まない項目: ANNIVERSARY、BDAY\n"), "{}", said("ja"));
}

#[test]
fn the_dead_do_not_come_in_alive() {
    let vault = Vault::new();
    let bob = front("name: Bob Poe\nstatus: paused");
    vault.note("People/Bob Poe.md", &bob);
    let cards = ["FN:Ann Lee\nEMAIL:ann@x.example\nDEATHDATE:20250101", "FN:Bob Poe\nDEATHDATE:2025"];
    let plan = import_cards(&vault, &cards, &["--yes"]);
    assert_eq!(states(&plan), ["new", "conflict"], "{plan}");
    let ann = vault.read("People/Ann Lee.md");
    assert!(ann.contains("\nstatus: deceased\n") && ann.contains(" ann@x.example\n"), "{ann}");
    assert_eq!(vault.read("People/Bob Poe.md"), bob, "who is alive in a note stays so");
    import_cards(&vault, &cards, &["--yes", "--overwrite"]);
    assert_eq!(vault.read("People/Bob Poe.md"), bob.replace("paused", "deceased"));
    assert_eq!(vault.problems(), Vec::<Value>::new());
}

#[test]
fn every_new_note_is_read_again() {
    let vault = Vault::new();
    let cards =
        ["Foo (Conflicted copy 2026)", "foo.sync-conflict-20260101", "con.txt", "Con. Smith", "README"];
    let cards: String = cards.map(|name| format!("BEGIN:VCARD\nFN:{name}\nEND:VCARD\n")).concat();
    let plan = import(&vault, "a.vcf", cards.as_bytes(), &["--yes"]);
    assert_eq!(states(&plan), ["new"; 5], "{plan}");
    assert!(vault.at("People/con_.txt.md").exists() && vault.at("People/Con_. Smith.md").exists());
    changes_nothing(&vault, "a.vcf", cards.as_bytes());
    assert_eq!(vault.problems(), Vec::<Value>::new());
}

#[test]
fn outlook_in_the_west_is_read_and_said_so() {
    let vault = Vault::new();
    let table = b"First Name,Last Name,E-mail Address,Business Phone\r\nJ\xfcrgen,M\xfcller,j@x.example,\r\n";
    let plan = import(&vault, "outlook.csv", table, &[]);
    assert_eq!(plan["files"][0]["assumed"], json!("Windows-1252"));
    assert_eq!(plan["people"][0]["name"], json!("Jürgen Müller"));
    let file = vault.home().join("outlook.csv");
    let said = vault.goen(&["--lang", "en", "import", file.to_str().unwrap()]).said();
    assert!(said.contains("taken for Windows-1252: if names look wrong, save it as UTF-8"), "{said}");
}

#[test]
fn a_post_with_a_history_is_not_replaced() {
    let vault = Vault::new();
    let path = "People/田中 太郎.md";
    for org in ["\"[[株式会社ミナト]] 2019-04.. 開発部長\" # main", "ミナト 2019-04..", "[X, Y]", "{name: X}"]
    {
        let note = front(&format!("name: 田中 太郎\norg: {org}\nrole: 主任\nemail: t@x.example"));
        vault.note(path, &note);
        let card = "FN:田中 太郎\nORG:合同会社ソラ;技術部\nTITLE:課長\nEMAIL:t@x.example";
        let plan = import_cards(&vault, &[card], &["--yes", "--overwrite"]);
        assert_eq!(vault.read(path), note, "{plan}");
        assert!(left(&plan).contains(&"org".to_owned()), "{plan}");
        assert!(!left(&plan).is_empty() && !plan["people"][0]["left"][0]["why"].is_null());
    }
}

#[test]
fn code_and_town_go_with_their_address() {
    let vault = Vault::new();
    let path = "People/田中 太郎.md";
    let note = front("name: 田中 太郎\naddress: 大阪府大阪市北区梅田1-1");
    vault.note(path, &note);
    let card = "FN:田中 太郎\nADR:;;神宮前1-1;渋谷区;東京都;150-0001;";
    let plan = import_cards(&vault, &[card], &["--yes"]);
    assert_eq!((states(&plan), vault.read(path)), (vec!["conflict".into()], note.clone()), "{plan}");
    import_cards(&vault, &[card], &["--yes", "--overwrite"]);
    let after = vault.read(path);
    assert!(after.contains("東京都渋谷区神宮前1-1") && after.contains("150-0001"), "{after}");
    assert!(!after.contains("大阪"), "{after}");
    vault.note(path, &front("name: 田中 太郎\naddress: |\n  線一\n  線二"));
    let plan = import_cards(&vault, &[card], &["--yes", "--overwrite"]);
    assert_eq!(left(&plan), ["address", "location", "postal_code"], "{plan}");
    assert!(!vault.read(path).contains("150-0001"));
    // Two cards of one person do not mix their addresses.
    let cards =
        ["FN:Al Poe\nEMAIL:al@x.example\nADR:;;1 A;B;;;", "FN:Al Poe\nEMAIL:al@x.example\nADR:;;2 C;D;;123;"];
    import_cards(&vault, &cards, &["--yes"]);
    let al = vault.read("People/Al Poe.md");
    assert!(al.contains("1 A") && !al.contains("123"), "{al}");
}

#[test]
fn several_addresses_in_one_text_are_several() {
    let vault = Vault::new();
    vault.note("People/V Lee.md", &front("name: V Lee\nemail: v@x.example, v2@x.example"));
    let card = "FN:V Lee\nEMAIL:v2@x.example\nEMAIL:new@v.example\nTEL:090-1234-5678\nTEL:+81-90-1234-5678\n\
                TEL;VALUE=uri:tel:+81-3-1234-0000;ext=5";
    let plan = import_cards(&vault, &[card], &["--yes"]);
    let want = "email: [v@x.example, v2@x.example, new@v.example]\n";
    let note = vault.read("People/V Lee.md");
    assert!(
        note.contains(want)
            || note.contains(&want.replace("v@x.example, v2@x.example", "\"v@x.example\", \"v2@x.example\"")),
        "{note}"
    );
    assert!(note.contains("phone: [\"090-1234-5678\", \"+81-3-1234-0000 ext. 5\"]\n"), "{note} {plan}");
    let plan = import_cards(&vault, &[card], &["--yes"]);
    assert_eq!((states(&plan), vault.read("People/V Lee.md")), (vec!["unchanged".into()], note));
}

#[test]
fn a_table_of_goens_own_changes_nothing() {
    let vault = Vault::new();
    vault.note("People/久我 宏明.md", &front("name: 久我 宏明\naddress: 〒000-0000 しらかば県みなと市1-2"));
    vault.note(
        "People/Ken Ito.md",
        &front("name: Ken Ito\nphone: \"+81-80-1234-0000;ext=5\"\nemail: \"a@x.example, c@y.example\""),
    );
    let csv = vault.on(TODAY, &["export", "csv"]);
    assert_eq!(csv.code, Some(0));
    changes_nothing(&vault, "goen.csv", csv.stdout.as_bytes());
}

#[test]
fn columns_in_brackets_are_understood() {
    let table = "氏名,郵便番号(自宅),住所(自宅),電話番号(自宅),優先メールアドレス\n\
                 中村 剛,160-0022,東京都新宿区新宿1-2,03-1111-2222,go@x.example\n\
                 ";
    let read = book::read("a.csv", table.as_bytes(), DayFirst::Ask).unwrap();
    let card = read.rows[0].as_ref().unwrap();
    assert_eq!(
        (card.postal_code.as_deref(), card.address.as_deref()),
        (Some("160-0022"), Some("東京都新宿区新宿1-2"))
    );
    assert_eq!((card.channels.len(), card.left.len()), (2, 0), "{card:?}");
    let table = "氏名,自宅住所(郵便番号),自宅住所(都道府県),自宅住所1,自宅住所2\n中村 剛,150-0001,東京都,渋谷区神宮前,1-2-3\n";
    let read = book::read("a.csv", table.as_bytes(), DayFirst::Ask).unwrap();
    let card = read.rows[0].as_ref().unwrap();
    assert_eq!(
        (card.postal_code.as_deref(), card.address.as_deref()),
        (Some("150-0001"), Some("東京都渋谷区神宮前 1-2-3"))
    );
}

#[test]
fn a_given_name_alone_is_found_by_the_whole_name() {
    let vault = Vault::new();
    vault.note("People/John Smith.md", &front("name: John Smith\norg: Acme"));
    let cards = ["FN:John\nN:Smith;John;;;\nORG:Acme\nTEL:090-1111-2222", "FN:花子\nN:山田;花子;;;"];
    let plan = import_cards(&vault, &cards, &["--yes"]);
    assert_ne!(plan["people"][0]["state"], json!("new"), "{plan}");
    assert_eq!(vault.person("People/花子.md")["aliases"], json!(["山田 花子"]), "{plan}");
}

#[test]
fn what_no_note_can_say_is_told_before_anything_is_written() {
    let vault = Vault::new();
    vault.note("People/田中 太郎.md", &front("name: 田中 太郎"));
    let card = |lines: &str| format!("BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD\n");
    let lines = "FN:Ann Lee\nno colon here\nNOTE:first\\nsecond\nBDAY:2030-01-01\nCATEGORIES:C++\nTEL:03-1111-2222 / 090-3333-4444";
    let book = card(lines) + &card("FN:田中 太郎\nNOTE:山が好き");
    let plan = import(&vault, "a.vcf", book.as_bytes(), &[]);
    let ann = &plan["people"][0];
    assert_eq!((&ann["name"], &ann["note"]), (&json!("Ann Lee"), &json!("first\nsecond")), "{plan}");
    assert_eq!(ann["not_taken"], json!(["no colon here", "birthday"]));
    let values: Vec<&Value> = ann["changes"].as_array().unwrap().iter().map(|one| &one["value"]).collect();
    assert_eq!(values, ["03-1111-2222", "090-3333-4444"]);
    assert_eq!(plan["people"][1]["not_taken"], json!(["NOTE"]), "free text goes into new notes");
    let lines = "x\\n".repeat(1_500);
    let long = card(&format!("FN:Bo Ek\nEMAIL:bo@x.example\nNOTE:{lines}"));
    let plan = import(&vault, "b.vcf", long.as_bytes(), &[]);
    assert_eq!(plan["people"][0]["not_taken"], json!(["NOTE (1001-)"]), "{plan}");
    import(&vault, "a.vcf", book.as_bytes(), &["--yes"]);
    changes_nothing(&vault, "a.vcf", book.as_bytes());
    vault.note("Templates/person.md", "+++\nname = \"{{title}}\"\n+++\n");
    let out = vault.goen(&["import", "b.vcf", "--lang", "en"]);
    assert!(out.stderr.contains("takes no values: Templates/person.md"), "{}", out.said());
}

#[test]
fn an_empty_folder_of_people_gets_the_first() {
    let vault = Vault::new();
    std::fs::create_dir(vault.at("人")).unwrap();
    import_cards(&vault, &["FN:田中 太郎"], &["--yes"]);
    assert!(vault.at("人/田中 太郎.md").exists(), "{:?}", vault.snapshot().keys());
}

#[test]
fn how_things_stand_comes_back_from_goens_own_table() {
    let vault = Vault::new();
    for (name, status) in
        [("佐藤 一", "故人"), ("佐藤 二", "do-not-contact"), ("佐藤 三", "休止"), ("佐藤 四", "active")]
    {
        vault.note(&format!("People/{name}.md"), &front(&format!("name: {name}\nstatus: {status}")));
    }
    let table = vault.goen(&["export", "csv"]).stdout;
    changes_nothing(&vault, "a.csv", table.as_bytes());
    let other = Vault::new();
    import(&other, "a.csv", table.as_bytes(), &["--yes"]);
    let status = |name: &str| other.person(&format!("People/{name}.md"))["status"].clone();
    let all = ["佐藤 一", "佐藤 二", "佐藤 三", "佐藤 四"].map(status);
    assert_eq!(json!(all), json!(["deceased", "do-not-contact", "paused", "active"]));
}

#[test]
fn an_outlook_table_follows_the_settings_where_a_day_could_be_two() {
    let head = "First Name,Last Name,Business Street,E-mail Address,Birthday,Mobile Phone\n";
    let table = format!("{head}Ann,Lee,,a@x.example,4/5/1980,\nBo,Ek,,b@x.example,4/25/1980,\n");
    for (settings, ann) in [
        ("", None),
        ("[dates]\nday_first = \"yes\"\n", Some("1980-05-04")),
        ("[dates]\nday_first = \"no\"\n", Some("1980-04-05")),
    ] {
        let vault = Vault::new();
        vault.note("goen.toml", settings);
        let plan = import(&vault, "a.csv", table.as_bytes(), &[]);
        let born = |at: usize| {
            let changes = plan["people"][at]["changes"].as_array().unwrap();
            changes.iter().find(|one| one["key"] == "birthday").map(|one| text(&one["value"]).to_owned())
        };
        assert_eq!((born(0).as_deref(), born(1).as_deref()), (ann, Some("1980-04-25")), "{settings}");
        let named = if ann.is_none() { json!(["Birthday"]) } else { json!([]) };
        assert_eq!(plan["people"][0]["not_taken"], named, "{settings}");
    }
}
