//! The pictures of the READMEs show what is so: the text of each is what the command prints, the lines of
//! the page those of the page. `docs/pictures/make` makes them anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use crate::readme::{DAY, PAGE, READMES, clone, goen, readme, repository};

/// A README is looked at on telephones, too.
const MOST_BYTES: u64 = 200_000;
const MOST_BYTES_TOGETHER: u64 = 1_000_000;

fn pictures(end: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(repository().join("docs/pictures")).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.to_str().unwrap().ends_with(end)).collect();
    files.sort();
    assert!(!files.is_empty(), "there is no picture {end}");
    files
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

fn plain(xml: &str) -> String {
    xml.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn letters(text: &str) -> String {
    text.split_whitespace().collect()
}

/// What a terminal shows of the lines that a text begins with `$ `, run one after the other in the vault.
fn shown(typed: impl Iterator<Item = String>) -> String {
    let clone = clone();
    let vault = clone.path().join("example-vault");
    let mut shown = String::new();
    for line in typed {
        let words: Vec<&str> = line.split(' ').collect();
        shown += &format!("$ {line}\n");
        match words.as_slice() {
            ["goen", args @ ..] => {
                let out = goen(&vault, args).output().unwrap();
                assert!(matches!(out.status.code(), Some(0 | 1)), "{line}");
                let printed = String::from_utf8(out.stdout).unwrap();
                printed.trim_end().lines().for_each(|line| shown += &format!("{line}\n"));
            }
            ["sed", "-i", change, file] => {
                let [_, from, to, _] = change.split('/').collect::<Vec<_>>()[..] else { panic!("{line}") };
                let text = fs::read_to_string(vault.join(file)).unwrap();
                assert!(text.contains(from), "{line}: it is not in the note any more");
                fs::write(vault.join(file), text.replacen(from, to, 1)).unwrap();
            }
            _ => panic!("`{line}` is no command that this test knows"),
        }
    }
    shown
}

#[test]
fn a_picture_of_a_terminal_shows_what_is_printed() {
    for path in pictures(".svg") {
        let svg = fs::read_to_string(&path).unwrap();
        let said = svg.split_once("<desc>").unwrap().1.split_once("</desc>").unwrap();
        let drawn = said
            .1
            .split("<text")
            .skip(1)
            .map(|text| text.split_once('>').unwrap().1.split_once("</text>").unwrap().0);
        let drawn = plain(&drawn.collect::<String>());
        let said = plain(said.0);
        let typed = said.lines().filter_map(|line| line.strip_prefix("$ ")).map(str::to_owned);
        assert_eq!(said, shown(typed), "{}: docs/pictures/make makes it anew", name(&path));
        assert_eq!(letters(&drawn), letters(&said), "{} does not draw what it says", name(&path));
    }
}

#[test]
fn a_picture_of_the_page_shows_its_lines() {
    for path in pictures(".png") {
        let lang = name(&path).split('.').nth(1).unwrap().to_owned();
        let clone = clone();
        let vault = clone.path().join("example-vault");
        let made = goen(&vault, &["--lang", &lang, "update"]).output().unwrap();
        assert_eq!(made.status.code(), Some(0));
        let page = fs::read_to_string(vault.join(PAGE)).unwrap();
        let said = description(&fs::read(&path).unwrap());
        let lines: Vec<_> = page.lines().skip(1).take(said.lines().count()).collect();
        assert!(lines[0].contains(DAY));
        assert_eq!(said, lines.join("\n"), "{}: docs/pictures/make makes it anew", name(&path));
    }
}

/// The text that a PNG carries under `Description`: a chunk is its length, its kind, what it holds, a sum.
fn description(png: &[u8]) -> String {
    let mut rest = png.strip_prefix(b"\x89PNG\r\n\x1a\n").expect("a PNG");
    loop {
        let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        let held = &rest[8..8 + length];
        if let (b"iTXt", Some(text)) = (&rest[4..8], held.strip_prefix(b"Description\0\0\0")) {
            // A language and a translated keyword stand before it.
            let text = text.splitn(3, |b| *b == 0).nth(2).unwrap();
            return String::from_utf8(text.to_vec()).unwrap();
        }
        rest = &rest[12 + length..];
    }
}

#[test]
fn every_picture_is_small_and_shown_in_the_readme_of_its_language() {
    let all = [pictures(".svg"), pictures(".png")].concat();
    let sizes: Vec<u64> = all.iter().map(|path| fs::metadata(path).unwrap().len()).collect();
    for (path, size) in all.iter().zip(&sizes) {
        assert!(*size < MOST_BYTES, "{}: {size} bytes", name(path));
        for (file, lang) in READMES {
            let is_shown = readme(file).contains(&format!("(docs/pictures/{})", name(path)));
            let is_its_own = name(path).contains(&format!(".{lang}."));
            assert_eq!(is_shown, is_its_own, "{} in {file}", name(path));
        }
    }
    assert!(sizes.iter().sum::<u64>() < MOST_BYTES_TOGETHER);
}
