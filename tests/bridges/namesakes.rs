//! `goen import` where people have one name, where notes take nothing, and what is said of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};

use crate::common::{Vault, all_equal, front, text};
use crate::import::{card, import, ok, states};

/// The reason why each person is ambiguous.
fn reasons(plan: &Value) -> Vec<String> {
    plan["people"].as_array().unwrap().iter().map(|one| text(&one["why"])).collect()
}

#[test]
fn two_people_of_one_name_are_not_merged() {
    let of = |org: &str, profile: &str| {
        format!("FN:Kim Lee\nORG:{org}\nX-SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/{profile}")
    };
    let (acme, beta) = (of("Acme", "kim-lee-1"), of("Beta", "kim-lee-2"));
    let ao = "FN:佐藤 健\nORG:ソラ\nTEL:03-1111-1111";
    let umi = "FN:佐藤 健\nORG:ウミ\nTEL:06-2222-2222";
    let boston = "FN:Kim Lee\nEMAIL:k1@example.com\nTEL:+1 415 555 0001";
    let london = "FN:Kim Lee\nEMAIL:k2@example.org\nTEL:+44 20 7000 0002";
    for (one, other, why) in [
        (acme.as_str(), beta.as_str(), "other-profile"),
        (ao, umi, "other-organisation"),
        (boston, london, "other-facts"),
    ] {
        let vault = Vault::new();
        let plan = import(&vault, &[one, other], &["--yes"]);
        assert_eq!(plan["people"].as_array().unwrap().len(), 2, "{plan}");
        assert_eq!(plan["people"][1]["state"], json!("ambiguous"), "{plan}");
        assert_eq!(text(&plan["people"][1]["why"]), why);
        assert_eq!(plan["people"][1]["others"][0]["line"], json!(1), "{plan}");
        assert_ne!(plan["people"][1]["places"][0]["line"], json!(1), "both places are named");
        // Against a note it is the same.
        let before = vault.snapshot();
        let again = import(&vault, &[other], &["--yes", "--overwrite"]);
        assert_eq!(states(&again), ["ambiguous"], "{again}");
        assert_eq!(vault.snapshot(), before);
    }
}

#[test]
fn one_person_is_one_where_something_strong_is_shared() {
    let vault = Vault::new();
    vault.note("People/a.md", &front("name: 佐藤 一\norg: アオバ\nemail: a@example.jp"));
    vault.note("People/b.md", &front("name: 佐藤 二\nformer_org: アオバ"));
    vault.note("People/c.md", &front("name: 佐藤 三\norg: アオバ\nphone: 090-1111-2222"));
    let rows = [
        ("FN:佐藤 一\nORG:ミナト\nEMAIL:a@example.jp", "conflict People/a.md"),
        ("FN:佐藤 二\nORG:ミナト", "filled People/b.md"),
        ("FN:佐藤 三\nORG:ミナト\nTEL:+81 90 1111 2222", "conflict People/c.md"),
        ("FN:佐藤 三\nORG:ミナト\nTEL:090-3333-4444", "ambiguous"),
        ("FN:佐藤 三\nTEL:090-3333-4444", "filled People/c.md"),
    ];
    let told = rows.map(|(lines, want)| {
        (lines.to_owned(), states(&import(&vault, &[lines], &[])).join(" "), want.to_owned())
    });
    all_equal(told);
}

#[test]
fn whoever_is_ambiguous_is_taken_in_as_new_where_asked() {
    let vault = Vault::new();
    vault.note("People/佐藤 健.md", &front("name: 佐藤 健\norg: ソラ\nbirthday: 1980-01-01"));
    vault.note("People/鈴木 一.md", &front("name: 鈴木 一\nstatus: 故人\nbirthday: 1980-01-01"));
    let cards = [
        "FN:佐藤 健\nORG:ウミ\nBDAY:1990-02-02",
        "FN:佐藤 健\nORG:ヤマ",
        "FN:佐藤 健",
        "FN:佐藤 健",
        "FN:鈴木 一\nBDAY:1990-02-02",
    ];
    let before = vault.snapshot();
    let plan = import(&vault, &cards, &["--yes"]);
    assert_eq!(states(&plan), ["ambiguous"; 4], "{plan}");
    assert_eq!(vault.snapshot(), before, "never unasked");
    let done = import(&vault, &cards, &["--yes", "--ambiguous", "new"]);
    let want = [
        "new People/佐藤 健（ウミ）.md",
        "new People/佐藤 健（ヤマ）.md",
        "unchanged People/佐藤 健.md",
        "ambiguous",
    ];
    assert_eq!(states(&done), want, "whoever is gone has no second life: {done}");
    assert!(vault.read("People/佐藤 健（ウミ）.md").contains("1990-02-02"));
    let after = vault.snapshot();
    let again = import(&vault, &cards, &["--yes", "--ambiguous", "new"]);
    assert_eq!(vault.snapshot(), after, "a second time there is nothing to do: {again}");
    // And those that were taken in are known, without any word more.
    let plan = import(&vault, &cards[..2], &[]);
    assert_eq!(states(&plan), want[..2].iter().map(|w| w.replace("new", "unchanged")).collect::<Vec<_>>());
    ok(vault.goen(&["undo", "1"]));
    assert_eq!(vault.snapshot(), before);
    assert_eq!(vault.goen(&["import", "x.vcf", "--ambiguous", "merge"]).code, Some(2));
}

#[test]
fn a_name_in_kana_may_be_anybody_who_is_read_so() {
    let vault = Vault::new();
    vault.note("People/小川 直.md", &front("name: 小川 直\nreading: おがわ なお"));
    let other = "FN:小川 奈緒\nX-PHONETIC-LAST-NAME:おがわ\nX-PHONETIC-FIRST-NAME:なお";
    let kana = "FN:おがわ なお\nTEL:090-7777-7777";
    assert_eq!(states(&import(&vault, &[kana], &[])), ["filled People/小川 直.md"]);
    for cards in [[other, kana], [kana, other]] {
        let plan = import(&vault, &cards, &[]);
        assert_eq!(states(&plan), ["ambiguous"; 2], "{plan}");
    }
}

#[test]
fn a_note_that_cannot_be_read_has_nobody_made_beside_it() {
    let vault = Vault::new();
    let conflict = "---\nname: S Conflict\n---\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n";
    vault.note("People/S Conflict.md", conflict);
    vault.note("People/佐藤 一（ミナト）.md", conflict);
    std::fs::write(vault.at("People/Sj Is.md"), b"---\nname: \x8d\xb2\x93\xa1\n---\n").unwrap();
    let before = vault.snapshot();
    let cards = ["FN:S Conflict\nORG:New Org", "FN:Sj Is\nTEL:090-1111-2222", "FN:佐藤 一"];
    let plan = import(&vault, &cards, &["--yes", "--ambiguous", "new"]);
    assert_eq!(states(&plan), ["ambiguous"; 3], "{plan}");
    assert_eq!(reasons(&plan), ["unread"; 3]);
    assert_eq!(plan["people"][0]["candidates"], json!(["People/S Conflict.md"]));
    assert_eq!(vault.snapshot(), before);
}

#[test]
fn what_a_note_cannot_take_is_known_before() {
    let vault = Vault::new();
    vault.note("People/a.md", "+++\nname = \"佐藤 一\"\n+++\n");
    vault.note("People/b.md", "---\nname: 佐藤 二\nx:\n  - \"@aa\"\n---\n");
    vault.note("People/c.md", "---\nname: 佐藤 三\norg: アオバ\nemail: c@example.jp\n---\n");
    let lines = [
        "FN:佐藤　一\nTEL:090-1111-2222\nEMAIL:a@example.jp\nBDAY:1990-01-01",
        "FN:佐藤 二\nX-TWITTER:@bb",
        "FN:佐藤 三\nORG:ミナト\nTITLE:部長\nEMAIL:c@example.jp",
    ];
    let plan = import(&vault, &lines, &[]);
    let want = ["left People/a.md", "ambiguous", "conflict People/c.md"];
    assert_eq!(states(&plan), want, "{plan}");
    assert_eq!(plan["people"][0]["name"], json!("佐藤 一"), "as the note has it");
    assert_eq!(plan["people"][0]["changes"], json!([]));
    assert_eq!(plan["people"][0]["left"].as_array().unwrap().len(), 3, "{plan}");
    for options in [&[][..], &["--yes"]] {
        let file = vault.home().join("book.vcf");
        let out = ok(vault.goen(&[&["import", file.to_str().unwrap(), "--lang", "en"], options].concat()));
        assert!(out.stdout.contains("1 in conflict, 1 ambiguous, 1 left out"), "{}", out.said());
        assert_eq!(out.stdout.matches("TOML").count(), 1, "each reason once: {}", out.said());
        assert!(out.stdout.contains("phone, email, birthday left out: "), "{}", out.said());
        assert!(!out.stdout.contains("``") && out.stdout.contains("goes with that"), "{}", out.said());
    }
    // A list of one is one value, which another may replace where that was asked for.
    vault.note("People/b.md", "---\nname: 佐藤 二\nemail: b@example.jp\nlocation:\n  - \"京都\"\n---\n");
    let lines = ["FN:佐藤 二\nEMAIL:b@example.jp\nADR;TYPE=home:;;;大阪市;大阪府;;日本"];
    import(&vault, &lines, &["--yes", "--overwrite"]);
    assert!(!vault.read("People/b.md").contains("京都"), "{}", vault.read("People/b.md"));
}

#[test]
fn several_cards_of_one_are_told_and_numbers_are_no_names() {
    let vault = Vault::new();
    let file = vault.home().join("a.vcf");
    let cards = [
        card("FN:Taro Tanaka\nEMAIL:t@example.jp"),
        card("FN:Tanaka\\, Taro\nEMAIL:t@example.jp"),
        card("FN:090-1234-5678\nTEL:090-1234-5678"),
    ];
    std::fs::write(&file, cards.concat()).unwrap();
    for options in [&[][..], &["--yes"]] {
        let out = ok(vault.goen(&[&["import", "a.vcf", "--lang", "en"], options].concat()));
        assert!(out.stdout.contains("(a.vcf:1, a.vcf:6)"), "{}", out.said());
        assert!(out.stdout.contains("a.vcf:11: it has no name"), "{}", out.said());
    }
    assert_eq!(vault.people().len(), 1);
    // The name itself in another order is no second name.
    let cards = ["FN:Tanaka\\, Taro\nNICKNAME:Tanaka\\, Taro\nEMAIL:t@example.jp"];
    assert_eq!(states(&import(&vault, &cards, &[])), ["unchanged People/Taro Tanaka.md"]);
}

#[test]
fn one_reading_of_several_names_joins_nobody() {
    let of = |name: &str, rest: &str| {
        format!("FN:{name}\nX-PHONETIC-LAST-NAME:さとう\nX-PHONETIC-FIRST-NAME:けん\n{rest}")
    };
    let (one, other) = (of("佐藤 健", "TEL:090-1111-1111"), of("佐藤 賢", "TEL:090-2222-2222"));
    let kana = "FN:さとう けん\nTEL:090-3333-3333";
    let vault = Vault::new();
    vault.note("People/さとう けん.md", &front("name: さとう けん"));
    let plan = import(&vault, &[&one, &other], &[]);
    assert_eq!(states(&plan), ["ambiguous"; 2], "{plan}");
    let vault = Vault::new();
    for cards in [[kana, &one, &other], [&one, kana, &other], [&other, &one, kana]] {
        let plan = import(&vault, &cards, &[]);
        let people = plan["people"].as_array().unwrap();
        assert_eq!(people.len(), 3, "{plan}");
        assert!(
            people.iter().all(|one| one["changes"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|c| c["key"] == "phone")
                .count()
                < 2)
        );
        let at = people.iter().find(|one| one["name"] == "さとう けん").unwrap();
        assert_eq!(at["state"], json!("ambiguous"), "{plan}");
    }
}

#[test]
fn an_address_of_ones_own_is_more_than_a_birthday() {
    let vault = Vault::new();
    vault.note("People/a.md", &front("name: 佐藤 一\nemail: a@example.jp\nbirthday: 1980-01-01"));
    let plan = import(&vault, &["FN:佐藤 一\nEMAIL:a@example.jp\nBDAY:1980-01-02"], &[]);
    assert_eq!(states(&plan), ["conflict People/a.md"], "{plan}");
    assert_eq!(plan["people"][0]["changes"][0]["key"], json!("birthday"));
}

#[test]
fn no_note_is_made_where_one_may_be_or_nobody_would_read_it() {
    let vault = Vault::new();
    vault.note("People/x.md", &front("name: x"));
    std::fs::write(vault.at("People/.佐藤 一.md.icloud"), "").unwrap();
    let plan = import(&vault, &["FN:佐藤 一\nORG:アオバ", "FN:Null", "FN:佐藤 二"], &["--yes"]);
    assert_eq!(plan["files"][0]["bad"][0]["why"], json!("no-name"), "{plan}");
    assert!(!plan["people"][0]["trouble"].is_null(), "{plan}");
    assert!(vault.at("People/佐藤 二.md").exists() && !vault.at("People/佐藤 一.md").exists());
    assert!(!vault.at("People/佐藤 一（アオバ）.md").exists());
    let vault = Vault::new();
    std::fs::write(vault.at("goen.toml"), "[vault]\nignore = [\"People\"]\n").unwrap();
    let before = vault.snapshot();
    let plan = import(&vault, &["FN:佐藤 一\nORG:アオバ"], &["--yes"]);
    assert!(!plan["people"][0]["trouble"].is_null(), "{plan}");
    assert_eq!(vault.snapshot(), before);
}
