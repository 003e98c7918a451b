//! `goen watch`: however a note is saved, moved or linked, the page soon is what `goen update`
//! would write; and nothing is written under anybody's hands.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixDatagram;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::common::{PAGE, TODAY, Vault, is_unsafe, run};
use crate::watched::{
    ByHand, Kept, Watched, day, fresh, is_apart, page, pages_while, person, status, until, watch,
};
use goen::app::{Live, Options, Places};
use rustix::process::Signal;

const A: &str = "People/a.md";
const B: &str = "People/b.md";

/// Three people; the page is written and ten seconds old for all who ask.
fn vault() -> Vault {
    let vault = Vault::new();
    vault
        .note(A, &person("2026-09-14"))
        .note(B, &person("2026-09-10"))
        .note("People/c.md", &person("2026-11-01"));
    vault.note("計画/冬.md", "- [ ] [[b]] に資料を送る 📅 2026-11-22\n");
    vault
}

fn kept() -> Kept {
    Kept::new(vault())
}

fn rename(vault: &Vault, from: &str, to: &str) {
    fs::rename(vault.at(from), vault.at(to)).unwrap();
}

fn a_moment() {
    std::thread::sleep(Duration::from_millis(300));
}

// ---------------------------------------------------------------- ways of saving

#[test]
fn fault_26_a_note_is_saved_in_many_ways() {
    let kept = kept();
    kept.after("in place", |vault| _ = vault.note(A, &person("2026-09-01")));
    kept.after("piece by piece", |vault| {
        let mut file = File::create(vault.at(A)).unwrap();
        file.write_all(b"---\ntier: close\n").unwrap();
        a_moment();
        file.write_all("last_contact: 2026-09-02\n---\n".as_bytes()).unwrap();
    });
    kept.after("appended to", |vault| {
        let mut file = File::options().append(true).open(vault.at(A)).unwrap();
        file.write_all("\n## 記録\n\n- 2026-09-03 (line) 近況\n".as_bytes()).unwrap();
    });
    kept.after("another file in its place", |vault| {
        vault.note("People/a.md.tmp", &person("2026-09-04"));
        rename(vault, "People/a.md.tmp", A);
    });
    kept.after("vim", |vault| {
        vault.note("People/4913", "");
        fs::remove_file(vault.at("People/4913")).unwrap();
        rename(vault, A, "People/a.md~");
        vault.note(A, &person("2026-09-05"));
        fs::remove_file(vault.at("People/a.md~")).unwrap();
    });
    kept.after("emacs", |vault| {
        symlink("me@host.1", vault.at("People/.#a.md")).unwrap();
        vault.note("People/#a.md#", "half");
        fs::copy(vault.at(A), vault.at("People/a.md~")).unwrap();
        vault.note(A, &person("2026-09-06"));
        fs::remove_file(vault.at("People/#a.md#")).unwrap();
        fs::remove_file(vault.at("People/.#a.md")).unwrap();
    });
    for (n, temporary) in ["People/.syncthing.a.md.tmp", "People/~syncthing~a.md.tmp"].into_iter().enumerate()
    {
        kept.after("Syncthing", |vault| {
            vault.note(temporary, &person(&format!("2026-09-0{}", n + 7)));
            rename(vault, temporary, A);
        });
    }
    kept.after("another one by a link", |vault| {
        vault.note("d", &person("2026-08-01"));
        fs::hard_link(vault.at("d"), vault.at("People/d.md")).unwrap();
    });
    kept.after("gone", |vault| fs::remove_file(vault.at("People/d.md")).unwrap());
    kept.daemon.stop();
}

#[test]
fn notes_are_moved_about() {
    let kept = kept();
    let outside = Vault::new();
    kept.after("another name", |vault| rename(vault, A, "People/z.md"));
    kept.after("the same name in capitals", |vault| rename(vault, "People/z.md", "People/Z.md"));
    kept.after("to another folder", |vault| {
        fs::create_dir(vault.at("People/old")).unwrap();
        rename(vault, "People/Z.md", "People/old/Z2.md");
    });
    kept.after("a folder is renamed", |vault| {
        vault.note("People/old/x.md", &person("2026-09-02"));
        rename(vault, "People/old", "People/older");
        rename(vault, "People/older/x.md", "People/older/y.md");
    });
    kept.after("what lies in a renamed folder", |vault| {
        vault.note("People/older/y.md", &person("2026-08-30"));
    });
    kept.after("moved out", |vault| fs::rename(vault.at("People/older"), outside.at("older")).unwrap());
    kept.after("moved in", |vault| {
        fs::create_dir_all(outside.at("older/deep/deeper")).unwrap();
        outside.note("older/deep/deeper/w.md", &person("2026-08-29"));
        fs::rename(outside.at("older"), vault.at("People/in")).unwrap();
    });
    kept.after("what lies in a folder that was moved in", |vault| {
        vault.note("People/in/deep/deeper/w.md", &person("2026-08-28"));
    });
    kept.after("a folder is hidden", |vault| rename(vault, "People/in", "People/.in"));
    kept.after("and shown", |vault| rename(vault, "People/.in", "People/out"));
    kept.after("a name in another normal form", |vault| {
        vault.note("People/か\u{3099}く.md", &person("2026-08-27"));
    });
    kept.after("saved under that name", |vault| {
        _ = vault.note("People/か\u{3099}く.md", &person("2026-08-26"))
    });
    kept.after("linked in another", |vault| {
        _ = vault.note("x.md", "- [ ] [[がく]] に本を返す 📅 2026-11-22\n")
    });
    kept.daemon.stop();
}

#[test]
fn a_note_that_icloud_takes_away_is_known_as_before() {
    let kept = kept();
    kept.vault.note("People/.a.md.icloud", "bplist00");
    fs::remove_file(kept.vault.at(A)).unwrap();
    // What happens later shows that this was looked at; after the time in which it would be doubted.
    std::thread::sleep(Duration::from_millis(2500));
    kept.vault.note("People/c.md", &person("2026-08-01"));
    until(|| page(&kept.vault), || page(&kept.vault).contains("8/1"));
    assert!(page(&kept.vault).contains("[[a]]"), "{}", page(&kept.vault));
    kept.after("back", |vault| {
        vault.note(A, &person("2026-09-13"));
        fs::remove_file(vault.at("People/.a.md.icloud")).unwrap();
    });
    kept.daemon.stop();
}

#[test]
fn links_are_followed_and_counted_once() {
    let vault = vault();
    vault.note("real/r.md", &format!("---\ntype: person\n{}", &person("2026-09-09")[4..]));
    let kept = Kept::new(vault);
    kept.after("a link to somebody, who is changed", |vault| {
        symlink("../real/r.md", vault.at("People/link.md")).unwrap();
        vault.note("real/r.md", &format!("---\ntype: person\n{}", &person("2026-09-08")[4..]));
    });
    assert!(!kept.last().contains("[[link]]"), "{}", kept.last());
    kept.after("to what is nobody at its own place", |vault| {
        vault.note("real/t.md", &person("2026-09-07"));
        fs::remove_file(vault.at("People/link.md")).unwrap();
        symlink("../real/t.md", vault.at("People/link.md")).unwrap();
    });
    assert!(kept.last().contains("[[link]]"), "{}", kept.last());
    kept.after("its target is changed", |vault| _ = vault.note("real/t.md", &person("2026-09-06")));
    kept.after("its target is somebody now", |vault| {
        vault.note("real/t.md", &format!("---\ntype: person\n{}", &person("2026-09-05")[4..]));
    });
    kept.after("its target is gone", |vault| fs::remove_file(vault.at("real/t.md")).unwrap());
    kept.daemon.stop();
}

#[test]
fn fault_27_git_changes_notes() {
    let vault = vault();
    let git = |vault: &Vault, args: &[&str]| {
        let mut command = Command::new("git");
        command.env_clear().env("PATH", "/usr/bin:/bin:/usr/local/bin").env("HOME", vault.home());
        command.env("GIT_CONFIG_NOSYSTEM", "1").current_dir(vault.path());
        run(command.args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(args))
    };
    if git(&vault, &["init", "-q", "-b", "main"]).code != Some(0) {
        eprintln!("skipped: git does not work here");
        return;
    }
    let git = |vault: &Vault, args: &[&str]| {
        let out = git(vault, args);
        assert_eq!(out.code, Some(0), "{args:?}: {}", out.said());
    };
    git(&vault, &["add", "People", "計画"]);
    git(&vault, &["commit", "-qm", "one"]);
    git(&vault, &["checkout", "-qb", "other"]);
    vault.note(A, &person("2026-09-01")).note("People/new/n.md", &person("2026-09-02"));
    fs::remove_file(vault.at(B)).unwrap();
    git(&vault, &["add", "-A", "People"]);
    git(&vault, &["commit", "-qm", "two"]);
    let kept = Kept::new(vault);
    kept.after("a branch", |vault| git(vault, &["checkout", "-q", "main"]));
    kept.after("and back", |vault| git(vault, &["checkout", "-q", "other"]));
    kept.after("a change", |vault| _ = vault.note(A, &person("2026-09-03")));
    kept.after("is put by", |vault| git(vault, &["stash", "-q"]));
    kept.after("and taken up", |vault| git(vault, &["stash", "pop", "-q"]));
    // Fault 27: a note that is gone, then empty, then full was there all the time.
    git(&kept.vault, &["commit", "-qam", "three"]);
    let before = page(&kept.vault);
    let pages = pages_while(&kept.vault, || {
        for text in [None, Some(""), Some(&person("2026-09-04")[..])] {
            let done = match text {
                Some(text) => fs::write(kept.vault.at(A), text),
                None => fs::remove_file(kept.vault.at(A)),
            };
            done.unwrap();
            a_moment();
        }
        kept.after("slowly", |_| ());
    });
    assert_eq!(pages.into_iter().find(|page| *page != before && *page != kept.last()), None);
    kept.daemon.stop();
}

// ---------------------------------------------------------------- what says how to read

#[test]
fn settings_are_taken_in_while_it_runs() {
    let vault = vault();
    vault.note("人/客.md", &person("2026-09-01"));
    fs::remove_dir_all(vault.at("People")).unwrap();
    let kept = Kept::new(vault);
    let settings = "goen.toml";
    kept.after("other folders", |vault| {
        fs::create_dir(vault.at("People")).unwrap();
        vault.note(A, &person("2026-09-14"));
    });
    kept.after("settings", |vault| _ = vault.note(settings, "[page]\nlang = \"en\"\n"));
    kept.vault.note(settings, "[page]\nlang = \"en\"\nfiel = 1\n");
    kept.daemon.hear("the settings as they were last stay in force");
    kept.is_right("broken settings");
    kept.vault.note(settings, "[page]\nlang = \"en\"\nfiel = 1\n");
    kept.after("mended", |vault| _ = vault.note(settings, "[page]\nlang = \"ja\"\ntask_tag = \"#t\"\n"));
    kept.daemon.hear("the settings can be used again");
    assert_eq!(kept.daemon.count("stay in force"), 1, "{}", kept.daemon.said());
    kept.after("a folder is ignored", |vault| {
        _ = vault
            .note(settings, "[vault]\nignore = [\"People/x/\"]\n[people]\nfolders = [\"人\", \"People\"]\n")
    });
    kept.after("not what lies elsewhere", |vault| {
        vault.note("People/x/n.md", &person("2026-08-01")).note("People/y/n.md", &person("2026-08-02"));
    });
    kept.after("no settings", |vault| fs::remove_file(vault.at(settings)).unwrap());
    kept.after("what lies in a folder that was ignored", |vault| {
        vault.note("日記/21-11-2026.md", "[[a]] と会った\n");
        _ = vault.note("People/x/n.md", &person("2026-07-01"));
    });
    std::thread::sleep(Duration::from_secs(1));
    kept.after("how daily notes are called", |vault| {
        fs::create_dir(vault.at(".obsidian")).unwrap();
        // It is made long before anybody says anything about daily notes.
        std::thread::sleep(Duration::from_secs(1));
        vault.note(".obsidian/daily-notes.json", "{\"format\": \"DD-MM-YYYY\", \"folder\": \"日記\"}");
    });
    kept.after("otherwise", |vault| _ = vault.note(".obsidian/daily-notes.json", "{\"folder\": \"日記\"}"));
    kept.daemon.stop();
}

#[test]
fn the_page_is_kept() {
    let vault = vault();
    vault.note("goen.toml", "[watch]\nsettle = \"0s\"\n");
    let kept = Kept::new(vault);
    fs::remove_file(kept.vault.at(PAGE)).unwrap();
    kept.is_right("it is gone");
    let whole = page(&kept.vault);
    kept.vault.note(PAGE, &format!("私の\n{whole}言葉\n"));
    kept.vault.note("People/c.md", &person("2026-08-01"));
    let words = || format!("私の\n{}言葉\n", fresh(&kept.vault));
    until(|| format!("{}\nbut {}", words(), page(&kept.vault)), || page(&kept.vault) == words());
    kept.daemon.stop();
}

#[test]
fn its_template_is_followed() {
    let vault = vault();
    let text = |title: &str| format!("# {title}\n\n{{% for item in today %}}\n{{% endfor %}}");
    vault
        .note("goen.toml", "[page]\ntemplate = \"t.txt\"\n[watch]\nsettle = \"0s\"\n")
        .note("t.txt", &text("一"));
    let kept = Kept::new(vault);
    let has = |title: &str| {
        let begin = format!("<!-- goen:begin v1 {TODAY} -->\n# {title}\n");
        until(|| format!("{begin} in {}", page(&kept.vault)), || page(&kept.vault).starts_with(&begin));
    };
    kept.vault.note("t.txt", &text("二"));
    has("二");
    fs::remove_file(kept.vault.at("t.txt")).unwrap();
    kept.daemon.hear("the page stays as it was last");
    has("二");
    kept.vault.note("t.txt", &text("三"));
    has("三");
    kept.daemon.hear("the page can be written again");
    kept.daemon.stop();
}

// ---------------------------------------------------------------- nothing under anybody's hands

/// Ticks the first item of the page.
fn tick(vault: &Vault) {
    let page = page(vault);
    assert!(page.contains("\n- [ ] "), "{page}");
    vault.note(PAGE, &page.replacen("\n- [ ] ", "\n- [x] ", 1));
}

/// A vault of one person, whose page is written.
fn one(settings: &str) -> Vault {
    let vault = Vault::new();
    vault.note(A, &person("2026-09-14")).note("goen.toml", settings);
    assert_eq!(vault.goen(&["update"]).code, Some(0));
    vault
}

fn is_recorded(vault: &Vault) -> bool {
    vault.read(A).contains("^g-")
}

#[test]
fn a_tick_is_recorded_when_the_page_has_settled() {
    if !is_apart("watching::a_tick_is_recorded_when_the_page_has_settled", &[]) {
        return;
    }
    let vault = one("");
    let mut daemon = ByHand::new(vault.path());
    daemon.pass(20.0);
    tick(&vault);
    for n in 0..20 {
        let ticked = page(&vault);
        daemon.pass(2.0);
        assert_eq!(page(&vault), ticked, "nobody else writes to it while somebody types");
        assert!(!is_recorded(&vault));
        vault.note(PAGE, &format!("{ticked}{n}\n"));
    }
    daemon.pass(2.0 + 2.9);
    let early = is_recorded(&vault);
    daemon.pass(0.2);
    assert!(!early || is_recorded(&vault));
    daemon.pass(2.0);
    assert!(is_recorded(&vault) && page(&vault).ends_with("18\n19\n"), "{}", page(&vault));
}

#[test]
fn what_obsidian_has_open_is_left_alone_for_longer() {
    if !is_apart("watching::what_obsidian_has_open_is_left_alone_for_longer", &[]) {
        return;
    }
    for (open, longer) in [(PAGE, true), (A, true), ("other.md", false)] {
        let vault = one("[watch]\nsettle = \"0s\"\n");
        vault.note(
            ".obsidian/workspace.json",
            &format!("{{\"main\": {{\"state\": {{\"file\": \"{open}\"}}}}}}"),
        );
        let mut daemon = ByHand::new(vault.path());
        daemon.pass(20.0);
        vault.note(A, &person("2026-09-15"));
        // So much later it is seen at the latest, where nothing tells.
        daemon.pass(2.0);
        tick(&vault);
        daemon.pass(2.1);
        assert_eq!(is_recorded(&vault), !longer, "{open}");
        daemon.pass(5.8);
        assert_eq!(is_recorded(&vault), !longer, "{open}");
        daemon.pass(5.0);
        assert!(is_recorded(&vault), "{open}");
    }
}

#[test]
fn a_tick_for_a_note_in_use_waits() {
    if !is_apart("watching::a_tick_for_a_note_in_use_waits", &[]) {
        return;
    }
    let vault = one("");
    let mut daemon = ByHand::new(vault.path());
    daemon.pass(20.0);
    tick(&vault);
    for n in 0..15 {
        let text = format!("{}{n}\n", vault.read(A));
        vault.note(A, &text);
        daemon.pass(2.0);
        assert_eq!(vault.read(A), text);
    }
    daemon.pass(6.0);
    assert!(is_recorded(&vault) && vault.read(A).contains("\n14\n"), "{}", vault.read(A));
}

/// Two machines tick one item, and the note of the other's comes while the tick still waits.
#[test]
fn a_tick_that_waits_takes_back_nothing_that_came_from_elsewhere() {
    if !is_apart("watching::a_tick_that_waits_takes_back_nothing_that_came_from_elsewhere", &[]) {
        return;
    }
    let vault = one("");
    let mut daemon = ByHand::new(vault.path());
    daemon.pass(20.0);
    tick(&vault);
    let ticked = page(&vault);
    let line = ticked.lines().find(|line| line.starts_with("- [x] ")).expect("a ticked line");
    vault.note(PAGE, &ticked.replace(line, &format!("{line}\n    - こちらの言葉")));
    daemon.pass(2.0);
    let id = line.rsplit_once(" ^").expect("an item has an id").1;
    let theirs = format!("{}## 記録\n\n- 2026-11-21 向こうの言葉 ^{id}\n", person("2026-11-21"));
    for n in 0..4 {
        vault.note(A, &format!("{theirs}{n}\n"));
        daemon.pass(2.0);
    }
    daemon.pass(20.0);
    let note = vault.read(A);
    assert!(note.contains("向こうの言葉 ^g-") && note.matches("こちらの言葉").count() == 1, "{note}");
    assert_eq!(note.matches("^g-").count(), 1, "{note}");
    assert!(page(&vault).contains("## 済み\n\n- [x] "), "{}", page(&vault));
}

#[test]
fn words_that_wait_below_what_is_done_empty_no_box() {
    if !is_apart("watching::words_that_wait_below_what_is_done_empty_no_box", &[]) {
        return;
    }
    for (mark, is_below) in [("x", true), ("x", false), ("-", true)] {
        let vault = one("");
        let mut daemon = ByHand::new(vault.path());
        daemon.pass(20.0);
        tick(&vault);
        vault.note(PAGE, &page(&vault).replace("- [x] ", &format!("- [{mark}] ")));
        daemon.pass(20.0);
        assert!(is_recorded(&vault), "{}", page(&vault));
        let done = page(&vault);
        let line = done.lines().find(|line| line.starts_with("- [")).expect("a done line");
        let words = if is_below {
            format!("{line}\n    - あとから")
        } else {
            line.replace(" ^", " あとから ^")
        };
        vault.note(PAGE, &done.replace(line, &words));
        for n in 0..5 {
            vault.note(A, &format!("{}{n}\n", vault.read(A)));
            daemon.pass(2.0);
            assert!(page(&vault).contains(&format!("- [{mark}] [[a]]")), "{}", page(&vault));
        }
        daemon.pass(20.0);
        let note = vault.read(A);
        assert!(is_recorded(&vault) && note.matches("あとから").count() == 1, "{note}");
        assert!(!page(&vault).contains("    - あとから"), "{}", page(&vault));
    }
}

#[test]
fn a_note_in_use_holds_up_nobody_else() {
    if !is_apart("watching::a_note_in_use_holds_up_nobody_else", &[]) {
        return;
    }
    const B: &str = "People/b.md";
    let vault = one("");
    vault.note(B, &person("2026-09-10"));
    let mut daemon = ByHand::new(vault.path());
    daemon.pass(20.0);
    let ticked = vault.read(PAGE).replace("- [ ] ", "- [x] ");
    vault.note(PAGE, &ticked);
    // Somebody writes in one of the notes for longer than anybody would wait.
    for n in 0..60 {
        let text = format!("{}{n}\n", vault.read(A));
        vault.note(A, &text);
        daemon.pass(2.0);
        assert_eq!(vault.read(A), text);
    }
    assert!(vault.read(B).contains("last_contact: 2026-11-21"), "{}", vault.read(B));
    assert!(page(&vault).contains("- [x] [[b]]"), "{}", page(&vault));
    // Another change is on the page all the same.
    vault.note("People/c.md", &person("2026-11-21"));
    daemon.pass(3.0);
    assert!(page(&vault).contains("[[c]]"), "{}", page(&vault));
    daemon.pass(6.0);
    assert!(is_recorded(&vault) && vault.read(A).contains("\n59\n"), "{}", vault.read(A));
}

#[test]
fn a_tick_that_waits_for_a_note_to_be_mended_does_not_disturb_who_mends_it() {
    if !is_apart("watching::a_tick_that_waits_for_a_note_to_be_mended_does_not_disturb_who_mends_it", &[]) {
        return;
    }
    let vault = one("");
    let mut daemon = ByHand::new(vault.path());
    daemon.pass(20.0);
    let broken = person("2026-09-14").replace("tier", "x: [\ntier");
    tick(&vault);
    vault.note(A, &broken);
    daemon.pass(20.0);
    assert_eq!(vault.read(A), broken, "it cannot be written to");
    for n in 0..5 {
        let mended = format!("{}{n}\n", person("2026-09-14"));
        vault.note(A, &mended);
        daemon.pass(2.0);
        assert_eq!(vault.read(A), mended, "it is not written to at once");
    }
    daemon.pass(10.0);
    assert!(is_recorded(&vault), "{}", page(&vault));
}

#[test]
fn commands_work_beside_it() {
    let vault = vault();
    vault.note("goen.toml", "[watch]\nsettle = \"0s\"\n");
    let kept = Kept::new(vault);
    kept.after("log", |vault| assert_eq!(vault.goen(&["log", "a", "会った"]).code, Some(0)));
    kept.after("undo", |vault| assert_eq!(vault.goen(&["undo", "1"]).code, Some(0)));
    tick(&kept.vault);
    until(|| page(&kept.vault), || kept.vault.read(B).contains("^g-") || kept.vault.read(A).contains("^g-"));
    kept.after("a change", |vault| _ = vault.note(A, &person("2026-09-01")));
    assert_eq!(kept.vault.goen(&["update"]).code, Some(0));
    kept.is_right("update");
    kept.daemon.stop();
}

// ---------------------------------------------------------------- one daemon a vault

#[test]
fn fault_17_a_second_one_names_the_first() {
    let vault = vault();
    let mut first = Watched::start(&vault);
    let out = vault.goen(&["watch"]);
    assert_eq!(out.code, Some(2), "{}", out.said());
    assert!(out.stderr.contains(&first.pid().to_string()), "{}", out.said());
    let other = Watched::start(&self::vault());
    first.signal(Signal::KILL);
    assert_eq!(first.end(), None);
    Watched::start(&vault).stop();
    other.stop();
}

#[test]
fn it_says_when_it_is_ready_and_ends_when_told() {
    let vault = vault();
    vault.note(PAGE, "<!-- goen:begin v1 2026-11-21 -->\nold\n<!-- goen:end -->\n");
    let place = vault.home().join("notify");
    let socket = UnixDatagram::bind(&place).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let heard = || {
        let mut bytes = [0; 512];
        let count = socket.recv(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes[..count]).into_owned()
    };
    for signal in [Signal::TERM, Signal::INT] {
        let mut daemon = Watched::begin(watch(&vault).env("NOTIFY_SOCKET", &place));
        assert!(heard().contains("READY=1"));
        let page = page(&vault);
        assert!(page.contains("[[a]]"), "it is ready when the page is right: {page}");
        daemon.hear("ready");
        daemon.signal(Signal::HUP);
        daemon.hear("reading everything anew");
        daemon.signal(signal);
        assert_eq!(daemon.end(), Some(0));
        assert!(heard().contains("STOPPING=1"));
    }
    // Where the page cannot be written it is ready all the same: others wait for it.
    vault.note(PAGE, "mine\n");
    let daemon = Watched::start(&vault);
    assert_eq!(daemon.count("the page stays as it was last"), 1, "{}", daemon.said());
    daemon.stop();
}

#[test]
fn what_it_says_holds_no_words_of_notes() {
    let vault = vault();
    let hostile = "People/x\u{1b}[31m\u{202e}\ny.md";
    let secret = person("2026-09-14").replace("近況", "秘密の");
    vault.note(A, &secret).note(hostile, &secret.replace("tier", "x: [\ntier"));
    vault.note("goen.toml", "[watch]\nsettle = \"0s\"\n");
    let daemon = Watched::spawn(watch(&vault).args(["--log-format", "json"]));
    vault.note(B, &secret.replace("09-14", "09-01"));
    daemon.hear("page written");
    // It is known, cannot be read, and stands on a page that was ticked.
    vault.note(hostile, &secret);
    until(|| page(&vault), || page(&vault) == fresh(&vault));
    vault.note(PAGE, &page(&vault).replace("\n- [ ] ", "\n- [x] "));
    until(|| vault.read(hostile), || vault.read(hostile).contains("^g-"));
    vault.note("goen.toml", "x = \"\\u001b\"\n\u{1b}");
    daemon.hear("stay in force");
    let said = daemon.stop();
    for line in said.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        assert!(line["level"].is_string() && line["message"].is_string() && line["timestamp"].is_string());
        assert!(!line.to_string().chars().any(is_unsafe), "{line}");
        assert!(!line["message"].as_str().unwrap().chars().any(is_unsafe), "{line}");
    }
    assert!(!said.contains("秘密") && !said.contains("2026-09-14"), "{said}");
    assert!(
        said.lines().filter(|line| line.contains("INFO")).all(|line| !line.contains("People/")),
        "{said}"
    );
}

#[test]
fn memory_stays_what_it_is() {
    if !is_apart("watching::memory_stays_what_it_is", &[]) {
        return;
    }
    let vault = vault();
    let (mut live, _) = Live::open(vault.path(), Options { today: day(TODAY), lang: None }).unwrap();
    let mut early = 0;
    // Ten thousand saves, of fifty notes.
    for n in 0..400 {
        let paths: Vec<_> = (0..25).map(|of| format!("People/{}.md", of + n % 2 * 25)).collect();
        for path in &paths {
            vault.note(path, &format!("{}{n}{}\n", person("2026-09-14"), "文".repeat(n % 100)));
        }
        let places = paths.iter().map(|path| vault.at(path)).collect();
        let looked = live.look(&Places::At(places), Instant::now());
        assert_eq!(looked.changed.len(), paths.len());
        if n == 100 {
            early = status("self", "VmRSS");
        }
    }
    let late = status("self", "VmRSS");
    assert!(late < early + 16_000, "from {early} to {late} kB");
}
