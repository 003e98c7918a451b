//! The rules of the house, checked on the text of the source: who may import whom,
//! who may see the disk and the clock, which outside crate has which door.
//! ARCHITECTURE.md draws the house; the tables here are that drawing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// From the ground up: a room and those it may name. Whoever stands here may name
/// only rooms further up in this table, so the table cannot hold a circle.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("template", &[]),
    ("problem", &["text"]),
    ("date", &["text"]),
    ("almanac", &[]),
    ("moment", &["date", "problem", "text"]),
    ("clock", &[]),
    ("config", &["date", "moment", "problem", "text"]),
    ("note", &["config", "date", "moment", "problem", "text"]),
    ("index", &["date", "note", "problem", "text"]),
    ("plan", &["almanac", "config", "date", "index", "note", "problem", "text"]),
    ("page", &["config", "date", "index", "moment", "note", "plan", "problem", "template", "text"]),
    ("brief", &["almanac", "config", "date", "index", "note", "plan", "problem", "text"]),
    (
        "message",
        &["almanac", "config", "date", "index", "note", "page", "plan", "problem", "template", "text"],
    ),
    ("exchange", &["almanac", "config", "date", "index", "note", "page", "plan", "problem", "text"]),
    ("deed", &["config", "date", "index", "note", "page", "plan", "problem", "text"]),
    ("vault", &["clock", "config", "problem", "text"]),
    (
        "app",
        &[
            "clock", "config", "date", "deed", "exchange", "index", "message", "moment", "note", "page",
            "plan", "problem", "text", "vault",
        ],
    ),
    ("daemon", &["app", "clock", "config", "problem", "text", "vault"]),
    (
        "cli",
        &[
            "app", "brief", "clock", "config", "daemon", "date", "deed", "exchange", "index", "message",
            "note", "page", "plan", "problem", "text", "vault",
        ],
    ),
];

/// Rooms that decide: values in, values out.
const PURE: &[&str] = &[
    "text", "template", "problem", "date", "almanac", "moment", "config", "note", "index", "plan", "page",
    "brief", "message", "deed", "exchange",
];

/// Words by which code reaches the world, and the files that may use them.
const WORLD: &[(&str, &[&str])] = &[
    ("std::fs", &["app/", "vault/"]),
    ("std::env", &["cli.rs", "cli/", "vault/local.rs"]),
    ("Local", &["clock.rs"]),
    ("Utc", &["clock.rs"]),
    ("SystemTime", &["clock.rs"]),
    ("Instant", &["clock.rs"]),
    ("std::net", &[]),
    ("std::process::Command", &["cli/service/manager.rs", "vault/git/run.rs"]),
];

/// Any file may use it.
const ANYWHERE: &[&str] = &[""];
/// Each outside crate and its door: a file, or a folder where it ends with `/`.
const DOORS: &[(&str, &[&str])] = &[
    ("chrono", ANYWHERE),
    ("memchr", ANYWHERE),
    ("mimalloc", &["main.rs"]),
    ("regex", ANYWHERE),
    ("serde", ANYWHERE),
    ("thiserror", ANYWHERE),
    ("clap", &["cli.rs", "cli/"]),
    ("clap_complete", &["cli/"]),
    ("clap_mangen", &["cli/man.rs"]),
    ("comfy_table", &["cli/"]),
    ("crossterm", &["cli/sort.rs"]),
    ("csv", &["exchange/sheet.rs", "exchange/table/records.rs"]),
    ("ecow", &["index/lookup.rs", "text.rs"]),
    ("encoding_rs", &["exchange/"]),
    ("etcetera", &["vault/local.rs"]),
    ("foldhash", &["text.rs"]),
    ("gray_matter", &["note/fields.rs"]),
    ("ignore", &["config/values.rs", "vault/walk.rs"]),
    ("indicatif", &["cli/import.rs"]),
    ("minijinja", &["template.rs"]),
    ("notify", &["vault/watch.rs"]),
    ("pulldown_cmark", &["note/body/full.rs"]),
    ("rayon", &["app.rs", "app/", "index.rs", "index/", "page/view.rs", "page/written.rs", "plan/"]),
    ("rustix", &["vault/"]),
    ("saphyr_parser", &["note/fields.rs"]),
    ("sd_notify", &["daemon/report.rs"]),
    (
        "serde_json",
        &[
            "app/live/seen.rs",
            "app/open.rs",
            "app/recall.rs",
            "app/record.rs",
            "cli/",
            "exchange/canvas/piece.rs",
            "exchange/obsidian/types.rs",
        ],
    ),
    ("signal_hook", &["cli/watch.rs"]),
    ("similar", &["cli/update.rs", "note/merge/align.rs"]),
    ("simdutf8", &["note/mod.rs"]),
    ("strsim", &["text.rs"]),
    ("tempfile", &["vault/git/driver.rs", "vault/local.rs", "vault/named.rs", "vault/unit_file.rs"]),
    ("toml", &["config/reader.rs", "message/review/rules.rs", "note/fields.rs"]),
    ("tracing", &["cli/watch.rs", "daemon/report.rs"]),
    ("tracing_subscriber", &["cli/watch.rs"]),
    ("unicode_normalization", &["date/reader.rs", "moment.rs", "text.rs"]),
    ("unicode_width", &["cli/"]),
    ("walkdir", &["vault/walk.rs"]),
    ("xxhash_rust", &["text.rs"]),
];

/// A file is one idea; a longer one has become two.
const MAX_LINES: usize = 600;
/// Tables of words, which may be long.
const TABLES: &[&str] = &["config/reference/words.rs"];

/// A file of `src/`: its path below it, its text, and its code without comments, texts and tests.
struct File {
    path: String,
    text: String,
    code: String,
}

impl File {
    /// The room it belongs to.
    fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    fn is_in(&self, places: &[&str]) -> bool {
        places
            .iter()
            .any(|p| p.is_empty() || self.path == *p || (p.ends_with('/') && self.path.starts_with(p)))
    }
}

fn source() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|e| e == "rs") {
            let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            let text = fs::read_to_string(entry.path()).unwrap();
            let is_test = path.ends_with("tests.rs");
            let code = if is_test { String::new() } else { without_tests(&bare(&text)).to_owned() };
            files.push(File { path, text, code });
        }
    }
    assert!(files.len() > 10, "the source is not where it was");
    files
}

/// The code with comments and the contents of texts blanked.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let raw_hashes = rest.strip_prefix('r').map(|r| r.len() - r.trim_start_matches('#').len());
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if let Some(hashes) = raw_hashes
            && rest[1 + hashes..].starts_with('"')
            && !out.ends_with(is_of_word)
        {
            let end = format!("\"{}", "#".repeat(hashes));
            let inside = &rest[hashes + 2..];
            inside.find(&end).map_or(rest.len(), |at| hashes + 2 + at + end.len())
        } else if c == '"' {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |at| at + 2)
        } else if c == '\'' {
            // A character, not a lifetime: the quote comes again after one of them.
            let mut chars = rest.char_indices().skip(1);
            let first = chars.next().map(|(_, c)| c);
            match (first, chars.next()) {
                (Some('\\'), _) => rest[3..].find('\'').map_or(rest.len(), |at| at + 4),
                (_, Some((at, '\''))) => at + 1,
                _ => 0,
            }
        } else {
            0
        };
        if length == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            out.push(' ');
            rest = &rest[length..];
        }
    }
    out
}

/// The code above the tests, which stand last in a file.
fn without_tests(code: &str) -> &str {
    let mut from = 0;
    while let Some(at) = code[from..].find("#[cfg(test)]").map(|at| from + at) {
        let mut after = code[at + "#[cfg(test)]".len()..].trim_start();
        while let Some((_, rest)) = after.strip_prefix("#[").and_then(|rest| rest.split_once(']')) {
            after = rest.trim_start();
        }
        if after.starts_with("mod ") && after.find('{').is_some_and(|open| !after[..open].contains(';')) {
            return &code[..at];
        }
        from = at + 1;
    }
    code
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where a word stands by itself.
fn places<'c>(code: &'c str, word: &'c str) -> impl Iterator<Item = usize> + 'c {
    code.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        !code[..at].ends_with(is_of_word) && !code[at + word.len()..].starts_with(is_of_word)
    })
}

/// Whether code names something of an outside crate: `word::…` or `use word`.
fn names_crate(code: &str, word: &str) -> bool {
    places(code, word).any(|at| {
        let is_path = code[at + word.len()..].starts_with("::") && !code[..at].ends_with("::");
        is_path || code[..at].ends_with("use ")
    })
}

/// Whether code names something of the standard library or chrono, alone or in a group:
/// `std::fs`, `use std::{env, fs}`.
fn names(code: &str, path: &str) -> bool {
    let (parent, last) = path.rsplit_once("::").unwrap_or(("", path));
    let in_group = || {
        let open = format!("{parent}::{{");
        code.match_indices(&open).any(|(at, _)| {
            let group = &code[at + open.len()..];
            let group = &group[..group.find(';').unwrap_or(group.len())];
            places(group, last).next().is_some()
        })
    };
    places(code, path).next().is_some() || (!parent.is_empty() && in_group())
}

/// The rooms that code names: `crate::room`, `crate::{room, …}`.
fn rooms_named(code: &str) -> BTreeSet<&str> {
    let mut rooms = BTreeSet::new();
    for at in places(code, "crate") {
        let Some(rest) = code[at + "crate".len()..].strip_prefix("::") else { continue };
        match rest.strip_prefix('{') {
            Some(group) => {
                let mut depth = 0;
                let mut start = true;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if is_of_word(c) && depth == 0 && start => {
                            rooms.insert(first_word(&group[at..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
            None => _ = rooms.insert(first_word(rest)),
        }
    }
    rooms
}

fn first_word(text: &str) -> &str {
    text.split(|c| !is_of_word(c)).next().unwrap_or_default()
}

/// Fails with all that is wrong at once.
fn none_of(wrong: &[String], rule: &str) {
    assert!(wrong.is_empty(), "{rule}\n  {}", wrong.join("\n  "));
}

#[test]
fn imports_point_only_downward() {
    let below: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (at, (room, named)) in ROOMS.iter().enumerate() {
        for other in *named {
            if !ROOMS[..at].iter().any(|(r, _)| r == other) {
                wrong.push(format!("the table lets {room} name {other}, which does not lie below it"));
            }
        }
    }
    for file in source() {
        let room = file.room();
        if room == "lib" || room == "main" {
            continue;
        }
        let Some(allowed) = below.get(room) else {
            wrong.push(format!("{}: the table does not know this room", file.path));
            continue;
        };
        for named in rooms_named(&file.code) {
            if named != room && !allowed.contains(&named) {
                wrong.push(format!("{} names crate::{named}", file.path));
            }
        }
        // `super` must not lead out of the room, past the table above.
        let depth = file.path.matches('/').count() - usize::from(file.path.ends_with("/mod.rs"));
        if file.code.contains(&"super::".repeat(depth + 1)) {
            wrong.push(format!("{} leaves its room by `super`: name it from `crate`", file.path));
        }
    }
    none_of(&wrong, "Imports point only downward:");
}

#[test]
fn those_who_decide_see_neither_disk_nor_clock() {
    let mut wrong = Vec::new();
    for file in source() {
        for (word, doors) in WORLD {
            if names(&file.code, word) && !file.is_in(doors) {
                wrong.push(format!("{} names {word}", file.path));
            }
            let is_pure = |door: &&str| PURE.contains(&door.trim_end_matches('/').trim_end_matches(".rs"));
            assert!(!doors.iter().any(is_pure), "the table opens {word} to a room that decides");
        }
    }
    none_of(&wrong, "The world has few doors:");
}

#[test]
fn every_outside_crate_has_its_door() {
    let files = source();
    let mut wrong = Vec::new();
    for (name, doors) in DOORS {
        let users: Vec<&File> = files.iter().filter(|f| names_crate(&f.code, name)).collect();
        wrong.extend(users.iter().filter(|f| !f.is_in(doors)).map(|f| format!("{} uses {name}", f.path)));
        for door in *doors {
            if !users.iter().any(|f| f.is_in(&[door])) {
                wrong.push(format!("nobody uses {name} in {door:?} any more: strike it from the table"));
            }
        }
    }
    let known: BTreeSet<String> = DOORS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let wanted = dependencies();
    wrong.extend(wanted.difference(&known).map(|name| format!("{name} is new: say where its door is")));
    wrong.extend(known.difference(&wanted).map(|name| format!("{name} is in the table, not in Cargo.toml")));
    none_of(&wrong, "Each outside crate has one door:");
}

/// The crates that the program is built with, as code names them.
fn dependencies() -> BTreeSet<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let mut ours = false;
    let mut names = BTreeSet::new();
    for line in text.lines() {
        if line.starts_with('[') {
            ours = line.ends_with("dependencies]") && !line.contains("dev-") && !line.contains("build-");
        } else if let Some((name, _)) = line.split_once('=')
            && ours
        {
            names.insert(name.trim().replace('-', "_"));
        }
    }
    assert!(names.contains("chrono"), "the dependencies are not where they were");
    names
}

#[test]
fn a_file_is_one_idea_and_says_which() {
    let mut wrong = Vec::new();
    // Words that mean that something is not done; written so that they do not find themselves.
    let unfinished =
        [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("dbg", "!"), concat!("unimpl", "emented!")];
    for file in source() {
        if file.path.ends_with("tests.rs") {
            continue;
        }
        let lines = file.text.lines().count();
        if lines > MAX_LINES && !TABLES.contains(&file.path.as_str()) {
            wrong.push(format!("{} has {lines} lines, {MAX_LINES} at most", file.path));
        }
        if !file.text.starts_with("//! ") {
            wrong.push(format!("{} does not open with what it knows", file.path));
        }
        for word in unfinished {
            if file.text.contains(word) {
                wrong.push(format!("{} says {word}", file.path));
            }
        }
    }
    none_of(&wrong, "A file is one idea:");
}

/// The rules above are only as good as what reads the source.
#[test]
fn the_reader_of_the_source_reads() {
    let code = r##"
        //! crate::comment
        use crate::{app::{self, update}, vault};
        use std::{env, io};
        fn f<'a>(c: char) -> &'a str { if c == '"' { crate::plan::x() } "crate::text" /* crate::b */ }
        const R: &str = r#"crate::raw"#;
        fn g() { let now = chrono::Local::now(); minijinja::render(); other::toml::x() }
        #[cfg(test)]
        mod out_of_line;
        fn h() { crate::page::y(); }
        #[cfg(test)]
        #[allow(clippy::panic)]
        mod tests { use crate::cli; }
    "##;
    let code = bare(code);
    let code = without_tests(&code);
    assert_eq!(rooms_named(code), BTreeSet::from(["app", "page", "plan", "vault"]));
    assert!(names(code, "std::env") && names(code, "Local"));
    assert!(!names(code, "std::fs") && !names(code, "Utc"));
    assert!(names_crate(code, "minijinja") && !names_crate(code, "toml"));
}
