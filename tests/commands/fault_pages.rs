//! The pages that say what goen survives and what it is safe from: each fault has its row and its
//! tests, and whatever is cited as a proof is there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Faults are numbered from 1.
const FAULTS: usize = 56;
const PAGES: [&str; 2] = ["docs/faults.md", "docs/faults.ja.md"];

fn text_of(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The names of all tests there are.
fn tests() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["src", "tests"].into_iter().flat_map(|dir| walkdir::WalkDir::new(root.join(dir)));
    let mut names = BTreeSet::new();
    for file in
        files.map(Result::unwrap).filter(|file| file.path().extension().is_some_and(|end| end == "rs"))
    {
        let text = fs::read_to_string(file.path()).unwrap();
        let mut is_test = false;
        for line in text.lines().map(str::trim_start) {
            if let Some(name) = line.strip_prefix("fn ").and_then(|rest| rest.split('(').next()) {
                if is_test {
                    names.insert(name.to_owned());
                }
                is_test = false;
            }
            is_test |= line == "#[test]";
        }
    }
    assert!(names.len() > 1000, "the tests are not where they were: {}", names.len());
    names
}

/// The numbers in a test's name: `fault_43_44_finds_the_span` has two.
fn numbers(name: &str) -> Vec<usize> {
    let words = name.strip_prefix("fault_").unwrap_or_default().split('_');
    words.map_while(|word| (word.len() == 2).then(|| word.parse().ok()).flatten()).collect()
}

#[test]
fn every_fault_has_a_test_and_a_row_in_both_pages() {
    let tested: BTreeSet<usize> = tests().iter().flat_map(|name| numbers(name)).collect();
    let wanted: BTreeSet<usize> = (1..=FAULTS).collect();
    assert_eq!(tested, wanted, "tests are called fault_NN_…");
    for page in PAGES {
        let text = text_of(page);
        let rows: Vec<Vec<&str>> = text
            .lines()
            .filter(|line| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit())
            .map(|line| line.split(" | ").map(|cell| cell.trim_matches(['|', ' '])).collect())
            .collect();
        let found: Vec<usize> = rows.iter().map(|row| row[0].parse().unwrap()).collect();
        assert_eq!(found, wanted.iter().copied().collect::<Vec<_>>(), "{page}: one row each, in their order");
        assert!(rows.iter().all(|row| row.len() == 3 && row.iter().all(|cell| !cell.is_empty())), "{page}");
    }
}

#[test]
fn every_proof_that_is_cited_is_there() {
    let tests = tests();
    let security = text_of("SECURITY.md");
    let mut missing = BTreeMap::new();
    let mut cited = 0;
    // What stands in backticks and has underscores is a test; what is in brackets, a file.
    for word in security.split('`').skip(1).step_by(2) {
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if word.contains('_') && word.chars().all(is_name) {
            cited += 1;
            let is_there = match numbers(word).as_slice() {
                [number] if word.len() == "fault_00".len() => (1..=FAULTS).contains(number),
                _ => tests.contains(word),
            };
            if !is_there {
                missing.insert(word, "no such test");
            }
        }
    }
    assert!(cited > 20, "{cited}");
    for page in ["SECURITY.md", PAGES[0], PAGES[1]] {
        let text = text_of(page);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if !link.contains("://") {
                assert!(folder.parent().unwrap().join(link).is_file(), "{page}: {link}");
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}
