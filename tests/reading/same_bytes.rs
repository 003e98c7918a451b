//! Same vault, same day, same bytes: on another machine, in another order of
//! creation, in another time zone and language.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{PAGE, TODAY, Vault, front, run};
use std::fs;
use std::time::{Duration, SystemTime};

/// A vault of many kinds of notes, with ties in every order that matters.
fn notes() -> Vec<(String, String)> {
    let mut notes: Vec<(String, String)> = (0..40)
        .map(|i| {
            let tier = ["close", "senior", "colleague", "project", "client", ""][i % 6];
            let lines = format!(
                "tier: {tier}\nlast_contact: 2026-0{}-1{}\nbirthday: --11-{:02}\ninterests: [Rust, 園芸]",
                i % 9 + 1,
                i % 3,
                i % 28 + 1
            );
            let body = format!(
                "## 記録\n\n- 2026-05-0{} (line) 話{i} #received\n- [ ] 資料{i} 📅 2026-11-{:02}\n",
                i % 9 + 1,
                i % 28 + 1
            );
            (format!("People/組{}/人{i}.md", i % 4), front(&lines) + &body)
        })
        .collect();
    for i in 1..20 {
        notes.push((format!("日記/2026-10-{i:02}.md"), format!("[[人{i}]]と[[人{}]]。\n", i + 7)));
    }
    notes.push(("People/a/同名.md".into(), front("tier: close")));
    notes.push(("People/b/同名.md".into(), front("tier: clsoe")));
    notes.push(("me.md".into(), "---\ntype: me\nlang: ja\ninterests: [rust]\n---\n".into()));
    notes
}

#[test]
fn a_copy_of_the_vault_gives_the_same_bytes() {
    let mut notes = notes();
    let mut answers = Vec::new();
    for (n, (zone, language)) in [
        ("UTC", "C"),
        ("Asia/Tokyo", "ja_JP.UTF-8"),
        ("America/Sao_Paulo", "de_DE.UTF-8"),
        ("Pacific/Kiritimati", "tr_TR.UTF-8"),
    ]
    .into_iter()
    .enumerate()
    {
        let vault = Vault::new();
        notes.reverse();
        notes.rotate_left(n * 11);
        for (i, (path, text)) in notes.iter().enumerate() {
            vault.note(path, text);
            let changed =
                SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 * (i as u64 + 1) * (n as u64 + 1));
            fs::File::options().write(true).open(vault.at(path)).unwrap().set_modified(changed).unwrap();
        }
        let said: Vec<String> = [
            "list --json",
            "check --json",
            "update",
            "today --json",
            "today --all",
            "list",
            "show 人3 --json",
            "calendar",
            "calendar --json",
        ]
        .iter()
        .map(|line| {
            let mut command = vault.command();
            command
                .env("TZ", zone)
                .env("LANG", language)
                .env("LC_ALL", language)
                .env("COLUMNS", if n % 2 == 0 { "40" } else { "200" });
            command.env("RAYON_NUM_THREADS", (n + 1).to_string());
            let out = run(command.arg("-C").arg(vault.path()).args(["--today", TODAY]).args(line.split(' ')));
            assert!(matches!(out.code, Some(0 | 1)), "{line}: {}", out.said());
            if *line == "update" { vault.read(PAGE) } else { out.stdout }
        })
        .collect();
        answers.push(said);
    }
    for other in &answers[1..] {
        for (a, b) in answers[0].iter().zip(other) {
            assert_eq!(a, b);
        }
    }
}

#[test]
fn the_page_itself_changes_nothing() {
    let vault = Vault::new();
    for (path, text) in notes() {
        vault.note(&path, &text);
    }
    let before = (vault.snapshot(), vault.json(&["list"]), vault.json(&["check"]));
    assert_eq!(vault.goen(&["update"]).code, Some(0));
    let page = vault.read(PAGE);
    for _ in 0..2 {
        assert_eq!(vault.goen(&["update"]).code, Some(0));
        assert_eq!(vault.read(PAGE), page);
    }
    assert_eq!((vault.snapshot(), vault.json(&["list"]), vault.json(&["check"])), before);
    // No state is kept beside the notes: without the page it comes out the same.
    fs::remove_file(vault.at(PAGE)).unwrap();
    assert_eq!(vault.goen(&["update"]).code, Some(0));
    assert_eq!(vault.read(PAGE), page);
}
