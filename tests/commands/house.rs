//! The rules of the house, checked on the text of the source: who may import whom,
//! who may see the disk and the clock, which outside crate has which door.
//! ARCHITECTURE.md draws the house; the tables here are that drawing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use source::{File, module, names, names_crate, paths_named, rooms_named, source};

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
    ("gray_matter", &["note/fields.rs", "note/fields/engine.rs"]),
    ("ignore", &["config/values/places.rs", "vault/walk.rs"]),
    ("indicatif", &["cli/import.rs"]),
    ("minijinja", &["template.rs"]),
    ("notify", &["vault/watch.rs"]),
    ("pulldown_cmark", &["note/body/full.rs"]),
    (
        "rayon",
        &[
            "app.rs",
            "app/",
            "index.rs",
            "index/",
            "page/view.rs",
            "page/written.rs",
            "plan/",
            "vault/walk.rs",
        ],
    ),
    ("rustix", &["vault/"]),
    ("saphyr_parser", &["note/fields/engine.rs"]),
    ("sd_notify", &["daemon/report.rs"]),
    (
        "serde_json",
        &[
            "app/answers.rs",
            "app/live/seen.rs",
            "app/open.rs",
            "app/record.rs",
            "cli/",
            "exchange/canvas/piece.rs",
            "exchange/obsidian/types.rs",
        ],
    ),
    ("signal_hook", &["cli/watch.rs"]),
    ("similar", &["cli/update.rs", "note/merge/align.rs"]),
    ("simdutf8", &["note/mod.rs"]),
    ("strsim", &["text/fold.rs"]),
    ("tempfile", &["vault/git/driver.rs", "vault/local.rs", "vault/named.rs", "vault/unit_file.rs"]),
    (
        "toml",
        &[
            "config/reader.rs",
            "config/reader/value.rs",
            "message/review/rules.rs",
            "note/fields/toml_pairs.rs",
        ],
    ),
    ("tracing", &["cli/watch.rs", "daemon/report.rs"]),
    ("tracing_subscriber", &["cli/watch.rs"]),
    ("unicode_normalization", &["date/reader.rs", "moment.rs", "text/fold.rs"]),
    ("unicode_width", &["cli/"]),
    ("walkdir", &["vault/walk.rs"]),
    ("xxhash_rust", &["text/digest.rs"]),
];

/// A file is one idea; a longer one has become two.
const MAX_LINES: usize = 400;

/// Tables of words, which may be long.
const TABLES: &[&str] = &["config/reference/words.rs", "page/words/milestone.rs"];

/// Files of one folder that name each other in a circle, the folder first: they are read together. There
/// are none: what both of two files need stands below them.
const TOGETHER: &[(&str, &[&str])] = &[];

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

#[test]
fn files_of_a_room_name_no_circle() {
    let files: Vec<(Vec<String>, String)> =
        source().into_iter().map(|file| (module(&file.path), file.code)).collect();
    let modules: BTreeSet<&[String]> = files.iter().map(|(module, _)| &module[..]).collect();
    // In each folder: who of it names whom of it, whatever lies below them.
    let mut named: BTreeMap<&[String], BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for (from, code) in &files {
        for path in paths_named(code, from) {
            let whole = (1..=path.len()).rev().find_map(|n| modules.get(&path[..n]));
            let Some(to) = whole else { continue };
            let same = from.iter().zip(*to).take_while(|(a, b)| a == b).count();
            if let (Some(one), Some(other)) = (from.get(same), to.get(same)) {
                named.entry(&from[..same]).or_default().entry(one).or_default().insert(other);
            }
        }
    }
    let mut found = BTreeSet::new();
    for (folder, named) in named.iter().filter(|(folder, _)| !folder.is_empty()) {
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            named.keys().map(|from| (*from, reached_from(from, named))).collect();
        for (from, reach) in &reached {
            let circle: Vec<&str> = reach
                .iter()
                .copied()
                .filter(|to| reached.get(to).is_some_and(|of| of.contains(from)))
                .collect();
            if circle.contains(from) {
                found.insert((folder.join("/"), circle));
            }
        }
    }
    let known: BTreeSet<(String, Vec<&str>)> =
        TOGETHER.iter().map(|(folder, files)| ((*folder).to_owned(), files.to_vec())).collect();
    let told = |(folder, files): &(String, Vec<&str>)| format!("{folder}: {}", files.join(", "));
    let mut wrong: Vec<String> = found.difference(&known).map(told).collect();
    wrong
        .extend(known.difference(&found).map(|c| format!("{} are no circle any more: strike them", told(c))));
    none_of(&wrong, "Files do not name each other in circles:");
}

/// All that can be reached by way of names.
fn reached_from<'m>(from: &str, named: &BTreeMap<&'m str, BTreeSet<&'m str>>) -> BTreeSet<&'m str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = named.get(from).into_iter().flatten().copied().collect();
    while let Some(one) = next.pop() {
        if reached.insert(one) {
            next.extend(named.get(one).into_iter().flatten());
        }
    }
    reached
}

#[test]
fn the_drawing_names_files_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let drawing = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let files: Vec<String> = source().into_iter().map(|file| file.path).collect();
    let quoted = drawing.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    let mut wrong = Vec::new();
    for name in quoted.filter(|name| name.ends_with(".rs") && !name.contains(['*', ' '])) {
        let inner = name.strip_prefix("src/").unwrap_or(name);
        // A file may be named by the end of its path.
        let is_there = |path: &String| path == inner || path.ends_with(&format!("/{inner}"));
        if !files.iter().any(is_there) && !root.join(name).is_file() {
            wrong.push(name.to_owned());
        }
    }
    none_of(&wrong, "ARCHITECTURE.md names files that are not there:");
}
