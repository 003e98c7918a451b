//! Reads the source as the rules of the house need it: files without comments, texts and tests, and what
//! their code names.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A file of `src/`: its path below it, its text, and its code without comments, texts and tests.
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
    pub(super) code: String,
}

impl File {
    /// The room it belongs to.
    pub(super) fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    pub(super) fn is_in(&self, places: &[&str]) -> bool {
        places
            .iter()
            .any(|p| p.is_empty() || self.path == *p || (p.ends_with('/') && self.path.starts_with(p)))
    }
}

pub(super) fn source() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|e| e == "rs") {
            let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            let text = fs::read_to_string(entry.path()).unwrap();
            let is_test = path.ends_with("tests.rs") || path.contains("/tests/");
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
pub(super) fn places<'c>(code: &'c str, word: &'c str) -> impl Iterator<Item = usize> + 'c {
    code.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        !code[..at].ends_with(is_of_word) && !code[at + word.len()..].starts_with(is_of_word)
    })
}

/// Whether code names something of an outside crate: `word::…` or `use word`.
pub(super) fn names_crate(code: &str, word: &str) -> bool {
    places(code, word).any(|at| {
        let is_path = code[at + word.len()..].starts_with("::") && !code[..at].ends_with("::");
        is_path || code[..at].ends_with("use ")
    })
}

/// Whether code names something of the standard library or chrono, alone or in a group:
/// `std::fs`, `use std::{env, fs}`.
pub(super) fn names(code: &str, path: &str) -> bool {
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
pub(super) fn rooms_named(code: &str) -> BTreeSet<&str> {
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

/// The module that a file is.
pub(super) fn module(path: &str) -> Vec<String> {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

/// The paths that a module's code names from `crate` or `super`, groups taken apart.
pub(super) fn paths_named(code: &str, module: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (word, start) in [("crate", module.len()), ("super", 1)] {
        for at in places(code, word) {
            let rest = &code[at + word.len()..];
            if rest.starts_with("::") && !code[..at].ends_with("::") {
                let above = module[..module.len().saturating_sub(start)].to_vec();
                go_on(rest, &above, &mut found);
            }
        }
    }
    found
}

/// Follows a path from `::` on; what stands behind a group.
fn go_on<'c>(code: &'c str, above: &[String], found: &mut Vec<Vec<String>>) -> &'c str {
    let mut path = above.to_vec();
    let mut rest = code;
    while let Some(after) = rest.strip_prefix("::") {
        if let Some(group) = after.strip_prefix('{') {
            let mut inside = group;
            loop {
                inside = inside.trim_start_matches([',', ' ', '\n']);
                if let Some(behind) = inside.strip_prefix('}') {
                    return behind;
                }
                let word = first_word(inside);
                if word.is_empty() {
                    return inside;
                }
                let mut one = path.clone();
                go_to(&mut one, word);
                inside = go_on(&inside[word.len()..], &one, found);
                // Another name for it, or all of it.
                inside = inside.trim_start_matches(|c| !matches!(c, ',' | '}'));
            }
        }
        let word = first_word(after);
        if word.is_empty() {
            break;
        }
        go_to(&mut path, word);
        rest = &after[word.len()..];
    }
    found.push(path);
    rest
}

fn go_to(path: &mut Vec<String>, word: &str) {
    match word {
        "self" => {}
        "super" => _ = path.pop(),
        _ => path.push(word.to_owned()),
    }
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

    let code = "use super::{a::{b, c as d}, super::e::f};\nuse crate::g::*; fn h() { super::super::i::j() }";
    let paths: BTreeSet<String> =
        paths_named(code, &module("r/s/t.rs")).iter().map(|path| path.join("/")).collect();
    for path in ["r/s/a/b", "r/s/a/c", "r/e/f", "g", "r/i/j"] {
        assert!(paths.contains(path), "{path} of {paths:?}");
    }
}
