//! What goen answers again without reading the notes: only while nothing has changed that the answer could
//! depend on, and never anything else than it would say anew.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say so")]
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use goen::app::Answers;
use goen::text::Digest;
use proptest::prelude::*;

use crate::common::{self, PAGE, TODAY, Vault};

fn put(vault: &Vault, path: &str, text: &str) {
    vault.note(path, text);
}

const MARK: &str = "said again";

fn vault() -> Vault {
    let vault = Vault::new();
    vault.note("People/田中 太郎.md", "---\ntier: close\nlast_contact: 2026-01-10\n---\n");
    vault.note("People/Bob.md", "---\ntier: client\nlast_contact: 2026-02-10\nbirthday: 1985-11-21\n---\n");
    vault.note("daily/2026-11-20.md", "[[Bob]]\n");
    vault
}

/// The folder of what is kept of the vault; none where nothing is.
fn folder(vault: &Vault) -> Option<PathBuf> {
    let mut folders = fs::read_dir(vault.home().join(".cache/goen")).ok()?;
    folders.next().map(|entry| entry.unwrap().path())
}

fn record(vault: &Vault) -> PathBuf {
    folder(vault).expect("something is kept").join("answers")
}

/// Puts words into every answer that is kept, so that one sees who says them.
fn forge(vault: &Vault) {
    forge_as(vault, MARK);
}

fn forge_as(vault: &Vault, words: &str) {
    let text = fs::read_to_string(record(vault)).unwrap();
    let (_, kept) = text.split_once('\n').unwrap();
    let mut kept: serde_json::Value = serde_json::from_str(kept).unwrap();
    for answer in kept["answers"].as_array_mut().unwrap() {
        answer["answer"]["err"] = words.into();
    }
    let kept = kept.to_string();
    fs::write(record(vault), format!("{}\n{kept}", Digest::of(kept.as_bytes()).hex())).unwrap();
}

fn is_repeated(vault: &Vault, day: &str, args: &[&str]) -> bool {
    vault.on(day, args).stderr.contains(MARK)
}

/// Asks, forges what is kept, lets something happen, asks again: whether the forged words are heard.
fn still_repeated(vault: &Vault, args: &[&str], happens: impl FnOnce(&Vault)) -> bool {
    vault.goen(args);
    forge(vault);
    happens(vault);
    is_repeated(vault, TODAY, args)
}

#[test]
fn what_was_answered_is_said_again() {
    let vault = vault();
    for args in [
        &["update"][..],
        &["update", "--json"],
        &["today"],
        &["today", "--json"],
        &["today", "--week"],
        &["list"],
        &["list", "--sort", "name"],
        &["forecast"],
    ] {
        let first = vault.goen(args);
        let second = vault.goen(args);
        let third = vault.goen(args);
        assert_eq!((second.code, &second.stdout, &second.stderr), (third.code, &third.stdout, &third.stderr));
        if args[0] != "update" {
            assert_eq!((&first.stdout, &first.stderr), (&second.stdout, &second.stderr));
        }
        assert!(still_repeated(&vault, args, |_| {}), "{args:?}");
        fs::remove_file(record(&vault)).unwrap();
        assert_eq!(vault.goen(args).stdout, second.stdout, "{args:?}");
    }
}

/// What happens to a vault, by name.
type Deed = (&'static str, fn(&Vault));

/// Puts a file back to the time that it had.
fn with_old_time(path: &Path, write: impl FnOnce()) {
    let time = fs::metadata(path).unwrap().modified().unwrap();
    write();
    fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

const DEEDS: [Deed; 14] = [
    ("a note says something else", |v| put(v, "People/Bob.md", "---\ntier: close\n---\n")),
    ("of the same length and time", |v| {
        let path = v.at("People/Bob.md");
        let text = fs::read_to_string(&path).unwrap().replace("1985-11-21", "1985-11-22");
        with_old_time(&path, || fs::write(&path, text).unwrap());
    }),
    ("another file of the same length and time", |v| {
        let (path, other) = (v.at("People/Bob.md"), v.at("other"));
        let text = fs::read_to_string(&path).unwrap().replace("1985-11-21", "1985-11-22");
        with_old_time(&path, || {
            fs::write(&other, text).unwrap();
            fs::rename(&other, &path).unwrap();
        });
    }),
    ("a new note", |v| put(v, "People/Carol.md", "---\ntier: close\n---\n")),
    ("a note is gone", |v| fs::remove_file(v.at("People/Bob.md")).unwrap()),
    ("a note is called otherwise", |v| fs::rename(v.at("People/Bob.md"), v.at("People/Rob.md")).unwrap()),
    ("two notes change places", |v| {
        fs::rename(v.at("People/Bob.md"), v.at("x")).unwrap();
        fs::rename(v.at("People/田中 太郎.md"), v.at("People/Bob.md")).unwrap();
        fs::rename(v.at("x"), v.at("People/田中 太郎.md")).unwrap();
    }),
    ("settings", |v| put(v, "goen.toml", "[page]\nlang = \"en\"\n")),
    ("how Obsidian names daily notes", |v| {
        put(v, ".obsidian/daily-notes.json", "{\"format\": \"YYYY/MM/DD\"}");
    }),
    ("a copy of a sync tool", |v| put(v, "People/Bob.sync-conflict-20261101-101010-ABCDEFG.md", "x")),
    ("a daily note", |v| put(v, "daily/2026-11-21.md", "[[田中 太郎]]\n")),
    ("a file that a cut run left", |v| put(v, "People/.goen-abc.tmp", "x")),
    ("a folder is called otherwise", |v| fs::rename(v.at("People"), v.at("人")).unwrap()),
    ("the page is gone", |v| fs::remove_file(v.at(PAGE)).unwrap()),
];

#[test]
fn whatever_happens_is_noticed() {
    // Where the system tells no more than length and time, these two cannot be told.
    let is_told = |name: &str| cfg!(unix) || !name.ends_with("the same length and time");
    for (name, deed) in DEEDS.into_iter().filter(|(name, _)| is_told(name)) {
        let vault = vault();
        vault.goen(&["update"]);
        assert!(!still_repeated(&vault, &["update"], deed), "update: {name}");
        // The page is none of `today`'s business.
        if name != "the page is gone" {
            let vault = self::vault();
            assert!(!still_repeated(&vault, &["today"], deed), "today: {name}");
        }
    }
}

#[test]
fn what_is_asked_otherwise_is_answered_otherwise() {
    let vault = vault();
    vault.goen(&["update"]);
    vault.goen(&["today"]);
    forge(&vault);
    for args in [
        &["update", "--lang", "en"][..],
        &["update", "--json"],
        &["update", "--dry-run"],
        &["update", "--force"],
        &["today", "--all"],
        &["today", "--lang", "en"],
        &["list"],
        &["forecast", "--json"],
        &["check"],
    ] {
        assert!(!is_repeated(&vault, TODAY, args), "{args:?}");
    }
    assert!(!is_repeated(&vault, "2026-11-22", &["today"]));
}

#[test]
fn a_template_and_a_kept_calendar_count() {
    let settings = "[page]\ntemplate = \"t.txt\"\n[export]\nics = \"goen.ics\"\n";
    let template = "# {{ date }}\n\n{% for item in today %}\n{{ item.block }}\n{% endfor %}";
    for (name, deed) in [
        ("template", (|v| put(v, "t.txt", "# x\n{{ date }}\n")) as fn(&Vault)),
        ("calendar", |v| put(v, "goen.ics", "x")),
        ("no calendar", |v| fs::remove_file(v.at("goen.ics")).unwrap()),
    ] {
        let vault = vault();
        vault.note("goen.toml", settings).note("t.txt", template);
        assert_eq!(vault.goen(&["update"]).code, Some(0), "{name}");
        assert!(still_repeated(&vault, &["update"], |_| {}), "{name}");
        vault.goen(&["update"]);
        assert!(!still_repeated(&vault, &["update"], deed), "{name}");
    }
}

#[test]
fn what_was_only_tried_is_not_said_again() {
    let vault = vault();
    vault.note("goen.toml", "[export]\nics = \"goen.ics\"\n");
    vault.goen(&["update"]);
    let settled = vault.goen(&["update"]);
    for more in [&["--dry-run"][..], &["--dry-run", "--json"], &["--force"]] {
        fs::remove_file(record(&vault)).unwrap();
        vault.goen(&[&["update"], more].concat());
        let said = vault.goen(&["update"]);
        assert_eq!(
            (said.code, &said.stdout, &said.stderr),
            (Some(0), &settled.stdout, &settled.stderr),
            "{more:?}"
        );
        assert!(record(&vault).exists(), "{more:?}");
    }
}

#[test]
fn a_tick_is_never_overlooked() {
    let vault = vault();
    vault.goen(&["update"]);
    vault.goen(&["update"]);
    let page = vault.read(PAGE);
    with_old_time(&vault.at(PAGE), || put(&vault, PAGE, &page.replacen("- [ ]", "- [x]", 1)));
    let out = vault.goen(&["update", "--json"]);
    assert!(out.stdout.contains("\"written\": true"), "{}", out.said());
    let recorded: serde_json::Value = serde_json::from_str(&out.stdout).unwrap();
    assert_eq!(recorded["recorded"].as_array().unwrap().len(), 1, "{recorded}");
}

#[test]
fn what_is_kept_is_trusted_only_while_it_is_whole() {
    let vault = vault();
    let fresh = vault.goen(&["today"]);
    forge(&vault);
    let whole = fs::read(record(&vault)).unwrap();
    let mut broken: Vec<Vec<u8>> = (0..whole.len()).step_by(97).map(|at| whole[..at].to_vec()).collect();
    for at in (0..whole.len()).step_by(53) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        broken.push(bytes);
    }
    broken.push(vec![0xff; 1000]);
    broken.push([&whole[..], b" "].concat());
    for bytes in broken {
        fs::write(record(&vault), &bytes).unwrap();
        let again = vault.goen(&["today"]);
        assert_eq!(
            (again.code, again.stdout, again.stderr),
            (Some(0), fresh.stdout.clone(), fresh.stderr.clone())
        );
    }
    fs::remove_file(record(&vault)).unwrap();
    fs::create_dir(record(&vault)).unwrap();
    assert_eq!(vault.goen(&["today"]).stdout, fresh.stdout);
}

/// Whoever puts something endless in the place of the record fills no memory with it.
#[test]
fn a_record_beyond_measure_is_not_read() {
    let vault = vault();
    for (more, is_read) in [(Answers::MOST_BYTES / 2, true), (Answers::MOST_BYTES, false)] {
        vault.goen(&["today"]);
        forge_as(&vault, &format!("{MARK}{}", " ".repeat(more)));
        assert_eq!(is_repeated(&vault, TODAY, &["today"]), is_read, "{more}");
    }
}

#[test]
fn what_was_changed_just_now_is_looked_into() {
    let vault = vault();
    vault.goen(&["update"]);
    let kept = fs::read_to_string(record(&vault)).unwrap();
    assert!(kept.contains("People/Bob.md"), "a note of this second is not to be told by its time: {kept}");
    // Long ago the system would have told.
    for path in ["People/Bob.md", "People/田中 太郎.md", "daily/2026-11-20.md"] {
        let file = fs::File::options().write(true).open(vault.at(path)).unwrap();
        file.set_modified(SystemTime::now() + Duration::from_secs(3600)).unwrap();
    }
    vault.goen(&["update"]);
    assert!(
        fs::read_to_string(record(&vault)).unwrap().contains("People/Bob.md"),
        "a time ahead tells nothing"
    );
    assert!(still_repeated(&vault, &["update"], |_| {}));
}

#[cfg(unix)]
#[test]
fn it_is_this_users_alone_and_none_of_the_vault() {
    use std::os::unix::fs::PermissionsExt;
    let vault = vault();
    vault.goen(&["update"]);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder(&vault).unwrap()), 0o700);
    assert_eq!(mode(&record(&vault)), 0o600);
    let names: Vec<_> = vault.everything().into_keys().collect();
    assert_eq!(names.len(), 4, "{names:?}");
    // Whoever keeps notes in the home folder itself has nothing kept in them.
    let out =
        common::run(vault.command().env("HOME", vault.path()).env("GOEN_VAULT", vault.path()).arg("today"));
    assert_eq!(out.code, Some(0), "{}", out.said());
    assert!(!vault.at(".cache").exists());
}

#[test]
fn many_at_once_get_the_same_answer() {
    let vault = vault();
    let expected = vault.goen(&["today"]).stdout;
    fs::remove_file(record(&vault)).unwrap();
    std::thread::scope(|scope| {
        let ask = || vault.goen(&["today"]);
        let asked: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        for answer in asked {
            assert_eq!(answer.join().unwrap().stdout, expected);
        }
    });
}

/// Words a note may have, and what else happens between two questions.
const WORDS: [&str; 6] = [
    "---\ntier: close\nlast_contact: 2026-01-10\n---\n",
    "---\ntier: close\nlast_contact: 2026-01-11\n---\n",
    "---\ntier: senior\ncadence: 1m\n---\n## Log\n- 2026-03-01 (line) 近況\n",
    "- [ ] [[b]] に返す\n",
    "---\ntier: nobody\n---\n",
    "",
];

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 6 * u32::try_from(common::thorough()).unwrap(),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// With what is kept and without it, the same is said and the same is written.
    #[test]
    fn it_changes_nothing(deeds in prop::collection::vec((0..4_usize, prop::sample::select(&["a", "b", "c"][..]), 0..WORDS.len()), 4..9)) {
        let (kept, bare) = (Vault::new(), Vault::new());
        for (deed, name, words) in deeds {
            let path = format!("People/{name}.md");
            for vault in [&kept, &bare] {
                match deed {
                    0 | 1 => put(vault, &path, WORDS[words]),
                    2 => drop(fs::remove_file(vault.at(&path))),
                    _ => {}
                }
                let _ = fs::create_dir(vault.at("People"));
            }
            for args in [&["today"][..], &["update"], &["update"], &["today"]] {
                let _ = fs::remove_dir_all(bare.home().join(".cache"));
                let (with, without) = (kept.goen(args), bare.goen(args));
                prop_assert_eq!((with.code, with.stdout, with.stderr), (without.code, without.stdout, without.stderr));
            }
            prop_assert_eq!(kept.everything(), bare.everything());
        }
    }
}
