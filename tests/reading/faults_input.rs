//! Bad input: whatever one note holds, it is reported at its place, nothing is
//! written to it, and its neighbours are read as ever. Numbers are those of the
//! list of faults.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use crate::common::{Vault, front, run};
use serde_json::{Value, json};

const BAD: &str = "People/bad.md";
const LOG: &str = "\n## 記録\n\n- 2026-09-14 (line) 近況\n";

/// A vault with a healthy neighbour, whose contact comes by a mention and who is on
/// the page whatever else is.
fn neighbours() -> Vault {
    let vault = Vault::new();
    vault
        .note("People/田中 太郎.md", "---\ntier: close\n---\n- [ ] 本を返す 📅 2026-11-21\n")
        .note("日記/2026-09-14.md", "[[田中 太郎]]\n");
    vault
}

/// Every command ends by itself, the neighbour is unharmed, no note is written to.
/// `codes` are what `check --json` says of the bad note, as `code:line`.
fn survives(vault: &Vault, bad: &str, codes: &[&str]) {
    let before = vault.snapshot();
    for command in ["check", "list", "update"] {
        let out = vault.goen(&[command]);
        let want = if command == "check" { 0..=1 } else { 0..=0 };
        assert!(
            out.code.is_some_and(|c| want.contains(&c)),
            "{command}: {:?} {:.2000}",
            out.code,
            out.said()
        );
    }
    assert_eq!(vault.person("People/田中 太郎.md")["last_contact"], "2026-09-14");
    assert!(vault.read(common::PAGE).contains("[[田中 太郎]]"));
    assert_eq!(vault.codes(bad), codes, "{bad}: {:.2000}", json!(vault.problems()).to_string());
    assert!(vault.snapshot() == before, "no note changed");
}

/// As above, for one note among people.
fn check(bytes: &[u8], codes: &[&str]) -> Vault {
    let vault = neighbours();
    vault.bytes(BAD, bytes);
    survives(&vault, BAD, codes);
    vault
}

/// The note is still listed, and its body read.
fn body_is_read(vault: &Vault) {
    let bad = vault.person(BAD);
    assert_eq!((&bad["last_contact"], &bad["last_channel"]), (&json!("2026-09-14"), &json!("line")));
}

/// Runs `list` with this little memory.
fn with_memory(vault: &Vault, kib: u32) {
    let mut shell = std::process::Command::new("/bin/sh");
    shell.env_clear().env("HOME", vault.path()).env("RAYON_NUM_THREADS", "2").arg("-c");
    let script = format!("ulimit -v {kib} && exec \"$0\" --vault \"$1\" --today {} list", common::TODAY);
    let out = run(shell.arg(script).arg(env!("CARGO_BIN_EXE_goen")).arg(vault.path()));
    assert_eq!(out.code, Some(0), "{}", out.said());
}

#[test]
fn fault_40_alias_bombs() {
    let mut bomb = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for i in 1..10 {
        bomb += &format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(", "));
    }
    bomb += "aliases: *a9\n---\n";
    let vault = neighbours();
    vault.note(BAD, &(bomb + LOG));
    with_memory(&vault, 1 << 20);
    assert!(vault.codes(BAD).iter().any(|c| c.starts_with("yaml:")), "{:?}", vault.codes(BAD));
    assert_eq!(vault.codes(BAD).len(), 1);
    let codes = vault.codes(BAD);
    survives(&vault, BAD, &[&codes[0]]);
    body_is_read(&vault);
}

#[test]
fn fault_40_deep_nesting() {
    let deep = [
        format!("---\nx: {}{}\n---\n", "[".repeat(3000), "]".repeat(3000)),
        format!("---\nx: {}\n---\n", "[".repeat(100_000)),
        format!("---\nx: {}1{}\n---\n", "{a: ".repeat(3000), "}".repeat(3000)),
        format!("---\n{}x\n---\n", "- ".repeat(3000)),
        format!("---\nx:\n  {}x\n---\n", "- ".repeat(3000)),
        format!("---\nx: {}\n---\n", "? ".repeat(3000)),
        format!(
            "---\n{}x: 1\n---\n",
            (0..200).map(|i| format!("{}a:\n", " ".repeat(i))).collect::<String>() + &" ".repeat(200)
        ),
        format!("---\nx: {}\n---\n", "!a ".repeat(3000)),
        format!("+++\nx = {}{}\n+++\n", "[".repeat(3000), "]".repeat(3000)),
        format!("+++\n{}x = 1\n+++\n", "a.".repeat(3000)),
    ];
    for text in deep {
        let vault = neighbours();
        vault.note(BAD, &(text.clone() + LOG));
        let codes = vault.codes(BAD);
        assert!(
            !codes.is_empty() && codes.iter().all(|c| c.starts_with("yaml:") || c.starts_with("toml:")),
            "{:.60}: {codes:?}",
            text
        );
        survives(&vault, BAD, &codes.iter().map(String::as_str).collect::<Vec<_>>());
        body_is_read(&vault);
    }
}

#[test]
fn fault_41_keys_twice_and_values_of_other_shapes() {
    check(b"---\nname: A\ntier: close\nname: B\n---\n", &["duplicate-key:4"]);
    check(b"---\nlast_contact: 2026-09-14\nlast_contact: 2026-09-13\n---\n", &["duplicate-key:3"]);
    // Of however many.
    let many: String = (0..40).map(|n| format!("key{n}: x\n")).collect();
    check(format!("---\nname: A\n{many}name: B\n---\n").as_bytes(), &["duplicate-key:43"]);
    // Read or reported, never guessed.
    for value in [
        "&a 2026-09-13",
        "!!str 2026-09-13",
        "!custom 2026-09-13",
        "[2026-09-13]",
        "[2026-09-13, 2026-09-12]",
        "\n  - 2026-09-13",
        "{date: 2026-09-13}",
        "|\n  2026-09-13",
        ">-\n  2026-09-13",
        "\"2026-\n  09-13\"",
        "2026-09-13\n  via Slack",
        "*nothing",
        "*a\nx: &a 2026-09-13",
    ] {
        let vault = neighbours();
        vault.note(BAD, &front(&format!("name: A\nlast_contact: {value}")));
        let last = vault.person(BAD)["last_contact"].clone();
        let codes = vault.codes(BAD);
        assert!(
            last == "2026-09-13" || (last == Value::Null && !codes.is_empty()),
            "{value}: {last} {codes:?}"
        );
        assert!(codes.iter().all(|c| !c.ends_with(":null")), "with its line: {codes:?}");
        // What is in several lines is written to as long as the day is in the first.
        assert!(!codes.is_empty() || value.ends_with("09-13\"") || value.ends_with("via Slack"), "{value}");
        survives(&vault, BAD, &codes.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// What cannot be read is not missing: nobody is asked to give somebody a tier that may stand there.
#[test]
fn fault_42_broken_front_matter_is_not_to_be_sorted() {
    let vault = neighbours();
    vault.note(BAD, "---\ntier: close\nname: @bob\n---\n");
    for (lang, listed, why) in [
        ("ja", "フロントマターの誤り（3行目）", "（3行目）。この行を直してください"),
        ("en", "front matter broken, line 3", "(line 3): mend the line"),
    ] {
        let list = vault.goen(&["--lang", lang, "list"]);
        assert!(list.stdout.contains(listed), "{}", list.said());
        let show = vault.goen(&["--lang", lang, "show", BAD]);
        assert!(show.stdout.contains(listed) && show.stdout.contains(why), "{}", show.said());
    }
    // A Monday, on which those without a tier are asked for.
    let page = |vault: &Vault| vault.on("2026-11-23", &["update", "--dry-run"]).stdout;
    let told = page(&vault);
    assert!(!told.contains("goen sort") && !told.contains("未整理"), "{told}");
    assert!(told.contains("2人") && told.contains("goen check"), "{told}");
    let sort = vault.goen(&["--lang", "en", "sort"]);
    assert!(sort.stderr.contains("front matter of 1 note cannot be read"), "{}", sort.said());
    vault.note("People/Ann.md", "");
    let told = page(&vault);
    assert!(told.contains("goen sort") && told.contains("未整理 1"), "{told}");
}

#[test]
fn fault_42_front_matter_that_is_no_yaml() {
    for (text, line) in [
        ("---\nname: A\n\ttier: close\n---\n", 3),
        ("---\nname: @bob\n---\n", 2),
        ("---\nname: a: b: c\n---\n", 2),
        ("---\nname: \"A\ntier: close\n---\n", 2),
        ("---\nname: [A\n---\n", 2),
        ("---\nname: `x`\n---\n", 2),
        ("---\nname: A\n  tier: close\n---\n", 3),
        ("---\nname: %x\n---\n", 2),
        ("---\njust a line\nand another: x\n---\n", 2),
    ] {
        let vault = neighbours();
        vault.note(BAD, &(text.to_owned() + LOG));
        let codes = vault.codes(BAD);
        assert!(codes.len() == 1 && codes[0].starts_with("yaml:"), "{text}: {codes:?}");
        let said: usize = codes[0][5..].parse().unwrap();
        assert!((line..=line + 2).contains(&said), "{text}: about line {line}: {codes:?}");
        survives(&vault, BAD, &[&codes[0]]);
        body_is_read(&vault);
    }
    // What looks broken and is not.
    for text in [
        "---\nmanager: [[Bob]]\ntier: close\n---\n",
        "---\nmemo: a\u{2028}b\ntier: close\n---\n",
        "---\n# only a comment\n---\n",
        "---\n---\n",
        "---\nname:\n---\n",
    ] {
        body_is_read(&check(format!("{text}{LOG}").as_bytes(), &[]));
    }
    for text in ["---\njust text\n---\n", "---\n- a\n- list\n---\n", "---\n\0\n---\n"] {
        let vault = neighbours();
        vault.note(BAD, text);
        let codes = vault.codes(BAD);
        survives(&vault, BAD, &codes.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn fault_43_line_endings_and_marks() {
    let plain = format!(
        "---\nname: A\ntier: close   \nlast_contact: 2026-09-13\n---\nText.  \n{LOG}- [ ] 資料 📅 2026-12-24\n"
    );
    let mixed: String =
        plain.lines().enumerate().map(|(i, l)| format!("{l}{}", ["\n", "\r\n"][i % 2])).collect();
    let crlf = plain.replace('\n', "\r\n");
    for text in [
        plain.clone(),
        crlf.clone(),
        format!("\u{feff}{plain}"),
        format!("\u{feff}{crlf}"),
        mixed,
        plain.trim_end().to_owned(),
        plain.replace("\n---\n", "\n--- \t\n"),
        crlf.trim_end().to_owned(),
    ] {
        let vault = check(text.as_bytes(), &[]);
        let a = vault.person(BAD);
        let got = ["name", "tier", "last_contact", "last_channel", "contacts"].map(|k| a[k].clone());
        assert_eq!(json!(got), json!(["A", "close", "2026-09-14", "line", 2]), "{text:?}");
        assert_eq!(a["promises"][0]["line"], 11, "{text:?}");
    }
    // Lines that end in CR alone are not read.
    check(plain.replace('\n', "\r").as_bytes(), &["encoding:1"]);
}

#[test]
fn fault_44_where_front_matter_ends() {
    let listed = |text: &str, name: &str| {
        let vault = check(format!("{text}{LOG}").as_bytes(), &[]);
        assert_eq!(vault.person(BAD)["name"], name, "{text}");
        body_is_read(&vault);
    };
    listed("", "bad");
    listed("Text.\n\n---\n\nname: A\n\n---\n", "bad");
    listed("\n---\nname: A\n---\n", "bad");
    listed("---\nname: A\n...\n", "A");
    listed("---\nmemo: |\n  ---\n  text\nname: A\n---\n", "A");
    listed("---\nname: A\n---\n\n---\n\ntext: x\n---\n", "A");
    listed("---\nname: A\n----\n---\n".replace("----\n", "# ----\n").as_str(), "A");
    listed("----\nname: A\n----\n", "bad");
    let vault = check(format!("---\nname: A\ntier: close\n{LOG}").as_bytes(), &["yaml:1"]);
    assert_eq!(vault.person(BAD)["name"], "bad");
    check(b"---", &["yaml:1"]);
    check(b"---\n", &["yaml:1"]);
    check(b"+++\nname = \"A\"\n", &["yaml:1"]);
}

#[test]
fn fault_46_conflict_markers() {
    check(
        b"---\nname: A\n<<<<<<< HEAD\ntier: close\n=======\ntier: senior\n>>>>>>> other\n---\n",
        &["merge-conflict:3"],
    );
    check(
        b"---\nname: A\n---\nText\n\n<<<<<<< HEAD\na\n||||||| base\nb\n=======\nc\n>>>>>>> other\n",
        &["merge-conflict:6"],
    );
    check(
        b"---\r\nname: A\r\n---\r\n<<<<<<< HEAD\r\na\r\n=======\r\nc\r\n>>>>>>> other\r\n",
        &["merge-conflict:4"],
    );
    // A heading and a quotation are none.
    body_is_read(&check(format!("Title\n=======\n\n>>>>>>> deep quotation\n{LOG}").as_bytes(), &[]));
    let vault = check(
        b"---\ntier: close\nlast_contact: 2026-09-14\n---\n<<<<<<< HEAD\na\n=======\nc\n>>>>>>> other\n",
        &["merge-conflict:5"],
    );
    assert!(!vault.paths().contains(&BAD.to_owned()), "skipped");
}

#[test]
fn fault_47_copies_that_sync_tools_leave() {
    for name in [
        "田中 太郎.sync-conflict-20260901-120000-ABCDEF7.md",
        "田中 太郎 (Conflicted copy 2026-09-01).md",
        "田中 太郎 (Conflicted copy laptop 202609011200).md",
        "田中 太郎 (Bob's conflicted copy 2026-09-01).md",
        ".田中 太郎.md.icloud",
        "田中 太郎.md.orig",
    ] {
        let vault = neighbours();
        let path = format!("People/{name}");
        vault.note(&path, "---\ntier: close\n---\n");
        let codes = vault.codes(&path);
        assert!(codes.len() == 1 && codes[0].starts_with("sync-copy:"), "{name}: {codes:?}");
        let said = vault.goen(&["check"]).stdout;
        let is_copy = !name.ends_with(".icloud");
        let of = said.replace(name, "").contains("田中 太郎.md");
        assert!(of == is_copy, "which it is a copy of, if it is one: {said}");
        assert!(said.contains("見比べてから削除") == is_copy, "nobody is told to delete a note: {said}");
        survives(&vault, &path, &[&codes[0]]);
        assert_eq!(vault.paths(), ["People/田中 太郎.md"], "{name}");
    }
    let vault = neighbours();
    vault.note(
        "reconnect.sync-conflict-20260901-120000-ABCDEF7.md",
        "- [ ] [[田中 太郎]] x 📅 2026-11-21 ^g-abc123\n",
    );
    let promises = vault.person("People/田中 太郎.md")["promises"].clone();
    assert_eq!(promises.as_array().map(Vec::len), Some(1), "copies of the page hold no promises: {promises}");
}

#[test]
fn fault_48_other_encodings() {
    let sjis = b"---\nname: \x93\x63\x92\x86\ntier: close\n---\n\x8b\xdf\x8b\xb5\n";
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain("---\nname: 田中\n---\n".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let utf16_big: Vec<u8> = [0xFE, 0xFF]
        .into_iter()
        .chain("---\nname: 田中\n---\n".encode_utf16().flat_map(u16::to_be_bytes))
        .collect();
    for bytes in [
        &sjis[..],
        &utf16,
        &utf16_big,
        b"---\nname: A\n---\nab\0cd\n",
        b"---\nname: \xed\xa0\x80\n---\n",
        b"---\nname: A\n---\n\xff\xfe\n",
        b"\x80",
    ] {
        let vault = neighbours();
        vault.bytes(BAD, bytes);
        let codes = vault.codes(BAD);
        assert!(codes.len() == 1 && codes[0].starts_with("encoding:"), "{bytes:?}: {codes:?}");
        survives(&vault, BAD, &[&codes[0]]);
        assert_eq!(vault.paths(), ["People/田中 太郎.md"], "skipped");
    }
    check(b"---\nname: A\n---\nab\n\ncd\xff\n", &["encoding:6"]);
    check(b"---\nname: A\n---\nab\0cd\n", &["encoding:4"]);
}

#[cfg(target_os = "linux")]
#[test]
fn fault_48_paths_that_are_not_utf8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let vault = neighbours();
    let name = OsStr::from_bytes(b"\x93\x63\x92\x86.md");
    let folder = vault.at("People").join(OsStr::from_bytes(b"\xff"));
    std::fs::create_dir_all(&folder).unwrap();
    if std::fs::write(vault.at("People").join(name), "---\ntier: close\n---\n").is_err() {
        println!("skipped: the file system takes UTF-8 names only");
        return;
    }
    std::fs::write(folder.join("x.md"), "---\ntier: close\n---\n").unwrap();
    let before = vault.snapshot();
    for command in ["check", "list", "today", "update"] {
        assert!(matches!(vault.goen(&[command]).code, Some(0 | 1)), "{command}");
    }
    assert_eq!(vault.snapshot(), before);
    assert_eq!(vault.person("People/田中 太郎.md")["last_contact"], "2026-09-14");
    assert!(!vault.problems().is_empty(), "skipped with a reason");
}

#[test]
fn fault_49_large_notes() {
    let limit = 16 * 1024 * 1024;
    let mut large = b"---\ntier: close\n---\n".to_vec();
    large.resize(limit + 1, b'x');
    let vault = neighbours();
    vault.bytes(BAD, &large);
    let codes = vault.codes(BAD);
    assert!(codes.len() == 1 && codes[0].starts_with("too-large:"), "{codes:?}");
    survives(&vault, BAD, &[&codes[0]]);
    assert_eq!(vault.paths(), ["People/田中 太郎.md"]);
}

#[test]
fn fault_49_a_page_may_be_longer_than_a_note() {
    let vault = neighbours();
    assert_eq!(vault.goen(&["update"]).code, Some(0));
    let more = format!("\n{}", "書いたもの\n".repeat(1_200_000));
    vault.note(common::PAGE, &(vault.read(common::PAGE) + &more));
    let out = vault.on("2026-11-22", &["update"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    let page = vault.read(common::PAGE);
    assert!(page.starts_with("<!-- goen:begin v1 2026-11-22 -->\n") && page.ends_with(&more));

    // What is larger than any page is left alone.
    let place = vault.path().join(common::PAGE);
    std::fs::File::options().write(true).open(&place).unwrap().set_len(257 * 1024 * 1024).unwrap();
    let out = vault.on("2026-11-23", &["update"]);
    assert_eq!(out.code, Some(2), "{}", out.said());
    assert!(out.said().contains("256 MiB"), "{}", out.said());
    assert_eq!(place.metadata().unwrap().len(), 257 * 1024 * 1024);
}

#[test]
fn fault_49_a_long_log() {
    let mut log = String::from("---\ntier: close\n---\n## 記録\n\n- 2026-09-14 (line) newest\n");
    for i in 0..100_000 {
        log += &format!("- {}-{:02}-{:02} (line) 話 {i}\n", 1990 + i / 336 % 30, i / 28 % 12 + 1, i % 28 + 1);
    }
    let vault = neighbours();
    vault.note(BAD, &log);
    let before = vault.snapshot();
    assert_eq!(vault.goen(&["update"]).code, Some(0));
    let bad = vault.person(BAD);
    assert_eq!((&bad["last_contact"], &bad["contacts"]), (&json!("2026-09-14"), &json!(30 * 336 + 1)));
    assert!(vault.snapshot() == before, "no note changed");
    // One line more, in its place, and the day; of a tenth of it, for the sake of time.
    let log: String = log.split_inclusive('\n').take(10_000).collect();
    vault.note(BAD, &log);
    let out = vault.goen(&["log", "bad", "会った"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    let now = vault.read(BAD);
    let line = now.lines().find(|line| line.starts_with("- 2026-11-21 会った")).unwrap();
    let rest = now.replacen(&format!("{line}\n"), "", 1).replacen("last_contact: 2026-11-21\n", "", 1);
    assert!(rest == log, "no other byte changed");
}

#[test]
fn fault_49_long_lines() {
    let vault = neighbours();
    let lines = [
        ">".repeat(1_000_000),
        "> ".repeat(1_000_000),
        "x".repeat(5_000_000),
        "あ ".repeat(1_000_000),
        "[[田中 太郎]] ".repeat(100_000),
        "> - ".repeat(100_000),
        "> - ".repeat(20_000) + &"[[田中 太郎]] ".repeat(20_000),
    ];
    for (i, line) in lines.iter().enumerate() {
        vault.note(&format!("People/long{i}.md"), &format!("---\ntier: close\n---\n{LOG}\n{line}\n"));
    }
    vault.note(BAD, &format!("---\nname: {}\n---\n{LOG}", "n".repeat(1_000_000)));
    survives(&vault, "People/long0.md", &[]);
    for person in vault.people() {
        assert_eq!(person["last_contact"], "2026-09-14", "{}", person["path"]);
    }
}

/// Where each had to be compared with each, a vault would be read for hours.
#[test]
fn fault_49_many_of_a_kind() {
    let vault = neighbours();
    let count = 20_000;
    let kinds = [
        "- [ ] b\n".repeat(count) + &"- [x] a\n".repeat(count),
        (0..count).map(|n| format!("- 2026-01-01 (line) {n} [[田中 太郎]] #followup\n")).collect(),
        "birthday:: x\n".repeat(count / 10),
    ];
    for (i, kind) in kinds.iter().enumerate() {
        vault.note(&format!("People/many{i}.md"), &format!("---\ntier: close\n---\n{LOG}{kind}"));
    }
    vault.note(BAD, &format!("---\n{}---\n{LOG}", "a: b\n".repeat(count / 10)));
    survives(&vault, "People/many0.md", &[]);
    for person in vault.people() {
        assert_eq!(person["last_contact"], "2026-09-14", "{}", person["path"]);
    }
}

#[test]
fn fault_50_pathological_markdown() {
    let n = 10_000;
    let nested: String = (0..1000).map(|i| format!("{}- a\n", "  ".repeat(i))).collect();
    let patterns = [
        "[".repeat(n),
        "]".repeat(n),
        "[[".repeat(n),
        "![[".repeat(n),
        "[a](".repeat(n),
        "[a](<b".repeat(n),
        "*a _b ".repeat(n),
        "*".repeat(n) + "a" + &"*".repeat(n),
        "a**b".repeat(n),
        "`".repeat(n),
        (1..400).map(|i| "`".repeat(i) + " ").collect(),
        "<!--".repeat(n),
        "<![CDATA[".repeat(n),
        "<?".repeat(n),
        "<!A ".repeat(n),
        "<a ".repeat(n),
        "&".repeat(n),
        "\\".repeat(n),
        "~~a ".repeat(n),
        "| a ".repeat(n) + "\n" + &"|-".repeat(n) + "\n",
        "- ".repeat(n),
        "1. ".repeat(n),
        "> - ".repeat(n),
        "# ".repeat(n),
        "- [ ] ".repeat(n),
        "[^a]: ".repeat(n),
        "$".repeat(n),
        "%%".repeat(n + 1),
        "%% ".repeat(n),
        "[[a|".repeat(n),
        "a:: ".repeat(n / 20),
        "[a:: ".repeat(n / 20),
        "(a:: ".repeat(n / 20),
        "#".repeat(n),
        "#a/".repeat(n),
        "\n\n".repeat(n),
        "a\n===\n".repeat(n),
        "```\n".repeat(n + 1),
        "[a]: b\n".repeat(n),
        "{{".repeat(n),
        "<% ".repeat(n),
        nested,
    ];
    // All in one vault, each before a log that must still be found where Markdown allows it.
    let vault = neighbours();
    for (i, pattern) in patterns.iter().enumerate() {
        vault.note(
            &format!("People/p{i:02}.md"),
            &format!("---\ntier: close\nlast_contact: 2026-09-01\n---\n{LOG}\n{pattern}\n"),
        );
        vault.note(&format!("日記/2026-08-{:02}.md", i % 28 + 1), &format!("{pattern}\n"));
        vault.note(&format!("計画/{i}.md"), &format!("- [ ] {pattern} [[田中 太郎]]\n"));
    }
    survives(&vault, BAD, &[]);
    for person in vault.people() {
        assert_eq!(person["last_contact"], "2026-09-14", "{}", person["path"]);
    }
}

#[test]
fn any_bytes_at_all() {
    // A good note, cut and changed at random places, always the same ones.
    let good = format!(
        "\u{feff}---\r\nname: 田中\naliases: [a, \"b\"]\ntier: close\nbirthday: --02-29\norg: {{name: x, from: 2019-04}}\nlast_contact: 令和8年9月14日\n---\n# x\n{LOG}- [ ] [[田中 太郎|b]] 📅 2026-12-01 ^id\n```\n> %% <!-- ![[x]] -->\n## 2026-08-14 x\n"
    );
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).unwrap()
    };
    let vault = neighbours();
    let spice = b"\n\r\t:-[]{}\"'|>#%`<!&*@\0\xff\xe3 0";
    for i in 0..300 {
        let mut bytes = good.clone().into_bytes();
        for _ in 0..=next(6) {
            let at = next(bytes.len().max(1));
            match next(4) {
                0 if at < bytes.len() => bytes[at] = spice[next(spice.len())],
                0 | 1 => bytes.insert(at, spice[next(spice.len())]),
                2 => drop(bytes.drain(at..(at + next(40)).min(bytes.len()))),
                _ => bytes.truncate(at.max(20)),
            }
        }
        vault.bytes(&format!("People/r{i:03}.md"), &bytes);
    }
    survives(&vault, BAD, &[]);
}
