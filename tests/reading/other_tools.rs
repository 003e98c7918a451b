//! Vaults that other tools and habits have made, read as they are: no goen.toml.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{Vault, all_equal};
use serde_json::{Value, json};

/// One note and what `list --json` says of it, field by field.
fn check(path: &str, text: &str, want: &[(&str, Value)]) {
    let vault = Vault::new();
    vault.note(path, text);
    let person = vault.person(path);
    all_equal(want.iter().map(|(field, want)| {
        let got = person.pointer(&format!("/{field}")).cloned().unwrap_or(json!("(no such field)"));
        ((*field).to_owned(), got, want.clone())
    }));
    assert_eq!(vault.goen(&["check"]).code, Some(0), "{}", vault.goen(&["check"]).said());
}

#[test]
fn a_personal_relationship_plugin() {
    check(
        "People/Jane Doe.md",
        "---\nprm-tier: friend\nprm-cadence: 6w\nprm-last-contact: 2026-09-14\nprm-birthday: 1985-12-03\nprm-location: Osaka\nprm-snooze-until: 2026-12-01\n---\n",
        &[
            ("tier", json!("close")),
            ("last_contact", json!("2026-09-14")),
            ("due", json!("2026-10-26")),
            ("birthday", json!("1985-12-03")),
            ("location", json!("Osaka")),
            ("snooze", json!("2026-12-01")),
            ("state", json!("snoozed")),
        ],
    );
    check("People/x.md", "---\nprm-tier: friend\nprm-paused: true\n---\n", &[("state", json!("closed"))]);
}

#[test]
fn vcard_keys() {
    check(
        "Contacts/jane.md",
        "---\nUID: urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\nVERSION: \"4.0\"\nN.FN: Doe\nN.GN: Jane\nFN: Jane Doe\nBDAY: 1985-12-03\nEMAIL[HOME]: jane@example.com\nTEL[CELL]: \"+81 90 1234 5678\"\nORG: Minato Inc.\n---\n",
        &[
            ("name", json!("Jane Doe")),
            ("birthday", json!("1985-12-03")),
            ("channels/email", json!("jane@example.com")),
            ("channels/phone", json!("+81 90 1234 5678")),
            ("orgs/0/name", json!("Minato Inc.")),
        ],
    );
}

#[test]
fn properties_with_blanks_and_links() {
    check(
        "Notes/Jane.md",
        "---\ncategories:\n  - \"[[People]]\"\nlast contacted: 2026-09-14\ncontact frequency: quarterly\norganizations:\n  - \"[[Minato Inc.]]\"\ndate created: 2024-05-01\n---\n",
        &[
            ("last_contact", json!("2026-09-14")),
            ("due", json!("2026-12-14")),
            ("orgs/0/name", json!("Minato Inc.")),
        ],
    );
    check(
        "People/Bob.md",
        "---\nlastContact: 2026-09-14T10:30:00\ncontactFrequency: 30\n---\n",
        &[("last_contact", json!("2026-09-14")), ("due", json!("2026-10-14"))],
    );
}

#[test]
fn dated_headings_as_a_log() {
    let text = "# Jane Doe\n\nMet at a conference.\n\n## 2026-08-14 Lunch\n\nTalked about gardens.\n\n## 2026-09-14\n\n- Rust\n\n## 2026/7/1 (line) 挨拶\n\nx\n";
    check(
        "People/Jane Doe.md",
        text,
        &[("last_contact", json!("2026-09-14")), ("last_source", json!("log")), ("contacts", json!(3))],
    );
}

#[test]
fn headings_for_logs() {
    let headings = [
        "Log",
        "Contact log",
        "Interactions",
        "Activity",
        "History",
        "記録",
        "ログ",
        "連絡履歴",
        "やりとり",
        "LOG",
        "interactions",
    ];
    for (n, heading) in headings.iter().enumerate() {
        let hashes = "#".repeat(n % 6 + 1);
        check(
            "People/Jane.md",
            &format!("Text.\n\n{hashes} {heading}\n\n- 2026-09-14 (line) 近況\n"),
            &[("last_contact", json!("2026-09-14")), ("last_channel", json!("line"))],
        );
    }
}

#[test]
fn roam_and_logseq_dates() {
    check(
        "People/Jane.md",
        "---\nlast contact: \"[[August 1st, 2026]]\"\n---\n## Log\n\n- [[September 14th, 2026]] coffee\n- [[2026-09-13]] (line) x\n",
        &[("last_contact", json!("2026-09-14")), ("contacts", json!(3))],
    );
}

#[test]
fn inline_fields_in_the_body() {
    check(
        "People/Jane.md",
        "---\nname: Jane Doe\n---\nlast contact:: 2026-09-14\nShe is [tier:: close] and (location:: Osaka).\n\n- birthday:: 1985-12-03\n",
        &[("last_contact", json!("2026-09-14")), ("tier", json!("close")), ("birthday", json!("1985-12-03"))],
    );
    // Front matter comes first; code is no field.
    check("People/Jane.md", "---\ntier: senior\n---\ntier:: close\n", &[("tier", json!("senior"))]);
    check("People/Jane.md", "```\ntier:: close\n```\n`[tier:: close]`\n", &[("tier", Value::Null)]);
}

#[test]
fn front_matter_in_toml() {
    check(
        "People/Jane.md",
        "+++\nname = \"Jane Doe\"\ntier = \"close\"\nlast_contact = 2026-09-14\naliases = [\"JD\"]\n+++\nText.\n",
        &[
            ("name", json!("Jane Doe")),
            ("tier", json!("close")),
            ("last_contact", json!("2026-09-14")),
            ("aliases", json!(["JD"])),
        ],
    );
}

#[test]
fn a_japanese_note() {
    check(
        "連絡先/tanaka.md",
        "---\n氏名: 田中 太郎\nふりがな: たなか たろう\n関係: 先輩\n最終連絡日: 令和8年9月14日\n誕生日: 昭和60年12月3日\n勤務地: 大阪府大阪市\n会社: 株式会社ミナト\n趣味: [登山]\n頻度: 3ヶ月\n---\n\n## やりとり\n\n- 2026年8月1日 （対面） 展示会\n",
        &[
            ("name", json!("田中 太郎")),
            ("reading", json!("たなか たろう")),
            ("tier", json!("senior")),
            ("last_contact", json!("2026-09-14")),
            ("birthday", json!("1985-12-03")),
            ("location", json!("大阪府大阪市")),
            ("orgs/0/name", json!("株式会社ミナト")),
            ("interests", json!(["登山"])),
            ("due", json!("2026-12-14")),
            ("contacts", json!(2)),
        ],
    );
}

#[test]
fn obsidian_tags_and_folders_of_many_kinds() {
    for (path, text) in [
        ("Jane.md", "---\ntags:\n  - person\n---\n"),
        ("Inbox/Jane.md", "---\ncategory: \"[[People]]\"\n---\n"),
        ("Friends/Jane.md", "Some text.\n"),
        ("notes/Jane.md", "Text #people/friends here.\n"),
        ("Kontakte/Jane.md", "---\ntype: contact\n---\n"),
    ] {
        check(path, text, &[("name", json!("Jane"))]);
    }
}
