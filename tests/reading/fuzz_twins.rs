//! The laws of the fuzz targets on the stable toolchain: every seed, and some hundred texts made of the
//! pieces of each format or of damaged seeds. `GOEN_THOROUGH=100` looks longer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../laws/mod.rs"]
mod laws;

use std::fs;
use std::path::Path;

use crate::common::thorough;
use laws::{ALL, Law};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

/// The seeds of a law; none in the published package.
fn seeds(law: &Law) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(law.name);
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    files.filter(|entry| entry.file_type().is_file()).map(|entry| fs::read(entry.path()).unwrap()).collect()
}

/// Some bytes in front that say what is done, and a text in pieces.
fn in_pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![12 => 128..=255u8, 1 => 9..127u8];
    let head = prop_oneof![Just(0), Just(1), Just(2)];
    (head, any::<[u8; 2]>(), prop::collection::vec(piece, 0..40)).prop_map(|(head, ways, pieces)| {
        let mut out = ways[..head].to_vec();
        out.push(0);
        out.extend(pieces);
        out
    })
}

/// A seed with bytes taken out, doubled, or changed.
fn damaged(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let edits = prop::collection::vec((0..4u8, any::<prop::sample::Index>(), 1..40usize, any::<u8>()), 0..5);
    (prop::sample::select(seeds), edits).prop_map(|(mut bytes, edits)| {
        for (what, at, len, byte) in edits {
            let at = at.index(bytes.len() + 1);
            let end = (at + len).min(bytes.len());
            match what {
                0 => drop(bytes.drain(at..end)),
                1 => bytes.extend_from_within(at..end),
                2 if at < end => bytes[at] = byte,
                _ => bytes.insert(at, byte),
            }
        }
        bytes
    })
}

fn law_holds(name: &str) {
    let law = ALL.iter().find(|law| law.name == name).unwrap();
    let seeds = seeds(law);
    seeds.iter().for_each(|seed| (law.holds)(seed));
    let some = if seeds.is_empty() { vec![Vec::new()] } else { seeds };
    let cases = u32::try_from(thorough().saturating_mul(200)).unwrap_or(u32::MAX);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let cases = prop_oneof![3 => in_pieces(), 2 => damaged(some), 1 => any::<Vec<u8>>()];
    let tried = TestRunner::new(config).run(&cases, |bytes| {
        (law.holds)(&bytes);
        Ok::<(), TestCaseError>(())
    });
    tried.unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// One test a law, so that they run beside each other.
macro_rules! twins {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            law_holds(stringify!($name));
        })*

        #[test]
        fn every_law_has_a_twin_a_target_and_seeds() {
            let names: Vec<&str> = ALL.iter().map(|law| law.name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
            // The published package has none of it.
            if !folder.is_dir() {
                return;
            }
            let targets = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
            for law in ALL {
                assert!(targets.contains(&format!("\nname = \"{0}\"\npath = \"targets/{0}.rs\"\n", law.name)));
                assert!(folder.join("targets").join(format!("{}.rs", law.name)).is_file());
                assert!(!seeds(law).is_empty(), "{} has no seeds", law.name);
            }
        }
    };
}

twins! { front note edit merge page config moment dates vcard table answers }
