//! What can go wrong while a vault is kept: events that are lost, folders that go away, clocks that
//! jump. Whatever does, the page soon is what `goen update` would write, and is never written
//! without a reason. Numbers are those of the list of faults.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs::{self, File, FileTimes, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::common::{PAGE, TODAY, Vault, run};
use crate::ticked::{is_root, works};
use crate::watched::{
    ByHand, Kept, Watched, day, fresh, fresh_on, is_apart, page, pages_while, person, stamp, under, until,
    watch,
};
use rustix::process::Signal;
use tempfile::TempDir;

const A: &str = "People/a.md";

fn vault_in(vault: Vault) -> Vault {
    vault.note(A, &person("2026-09-14")).note("People/b.md", &person("2026-09-10"));
    vault.note("計画/冬.md", "- [ ] [[b]] に資料を送る 📅 2026-11-22\n");
    vault
}

fn vault() -> Vault {
    vault_in(Vault::new())
}

fn a_moment() {
    std::thread::sleep(Duration::from_millis(300));
}

// ---------------------------------------------------------------- what the system tells

#[test]
fn fault_24_more_events_than_the_system_keeps() {
    let kept = Kept::new(vault());
    kept.after("an overflow", |vault| {
        kept.daemon.signal(Signal::STOP);
        // Each is made, opened, written and closed: four events, of 16,384 that are kept.
        for n in 0..4500 {
            vault.note(&format!("notes/{n}.md"), "x");
        }
        for n in 0..20 {
            vault.note(&format!("People/new/{n}/deep/x{n}.md"), &person("2026-08-01"));
        }
        kept.daemon.signal(Signal::CONT);
    });
    kept.after("in a folder that was not told of", |vault| {
        _ = vault.note("People/new/7/deep/x7.md", &person("2026-07-01"));
    });
    kept.daemon.stop();
}

#[test]
fn fault_25_notes_in_folders_that_were_just_made() {
    let kept = Kept::new(vault());
    kept.after("many trees", |vault| {
        for n in 0..400 {
            vault.note(&format!("People/{}/{n}/x{n}.md", n % 7), &person("2026-08-01"));
        }
    });
    for n in [3, 200, 399] {
        kept.after("a change in one of them", |vault| {
            _ = vault.note(&format!("People/{}/{n}/x{n}.md", n % 7), &person("2026-07-01"));
        });
    }
    kept.after("one deep tree", |vault| {
        _ = vault.note("People/d/e/e/p/e/r/y.md", &person("2026-06-01"));
    });
    kept.after("a change at its end", |vault| {
        _ = vault.note("People/d/e/e/p/e/r/y.md", &person("2026-05-01"))
    });
    kept.daemon.stop();
}

#[test]
fn fault_28_an_empty_note_is_only_about_to_be_written() {
    let kept = Kept::new(vault());
    let before = kept.last();
    let pages = pages_while(&kept.vault, || {
        kept.after("truncated first", |vault| {
            File::create(vault.at(A)).unwrap();
            a_moment();
            vault.note(A, &person("2026-09-01"));
        });
    });
    assert_eq!(pages.iter().find(|page| **page != before && **page != kept.last()), None);
    kept.after("empty for good", |vault| _ = File::create(vault.at(A)).unwrap());
    kept.daemon.stop();
}

#[test]
fn fault_30_the_system_allows_few_folders_to_be_watched() {
    for limit in ["2 > /proc/sys/user/max_inotify_watches", "0 > /proc/sys/user/max_inotify_instances"] {
        let script = format!("echo {limit} && exec \"$@\"");
        let wrapper = ["unshare", "-Ur", "sh", "-c", &script, "sh"];
        if !works(Command::new(wrapper[0]).args(&wrapper[1..]).arg("true")) {
            return;
        }
        let vault = vault();
        let daemon = Watched::spawn(&mut under(&wrapper, &watch(&vault)));
        let kept = Kept::by(vault, daemon);
        kept.after("made", |vault| _ = vault.note("People/x/y/z.md", &person("2026-08-01")));
        kept.after("saved where nobody tells", |vault| {
            _ = vault.note("People/x/y/z.md", &person("2026-07-01"))
        });
        assert_eq!(kept.daemon.count("not every change is told by the system"), 1, "{}", kept.daemon.said());
        kept.daemon.stop();
    }
}

#[test]
fn fault_31_a_system_that_tells_nothing() {
    let vault = vault();
    let daemon = Watched::spawn(watch(&vault).env("GOEN_WATCH", "none"));
    let kept = Kept::by(vault, daemon);
    kept.after("saved", |vault| _ = vault.note(A, &person("2026-08-01")));
    kept.after("settings", |vault| _ = vault.note("goen.toml", "[page]\nlang = \"en\"\n"));
    kept.daemon.stop();
}

#[test]
fn fault_31_all_is_found_within_the_interval() {
    if !is_apart("faults_watching::fault_31_all_is_found_within_the_interval", &[]) {
        return;
    }
    let vault = vault();
    let mut daemon = ByHand::new(vault.path());
    let mut after = |what: &str, seconds: f64, act: &dyn Fn()| {
        act();
        daemon.pass(seconds);
        assert_eq!(page(&vault), fresh(&vault), "{what}");
    };
    for n in 1..9 {
        after("saved", 2.1, &|| _ = vault.note(A, &person(&format!("2026-08-0{n}"))));
    }
    after("made", 2.1, &|| _ = vault.note("People/x/y.md", &person("2026-07-01")));
    after("renamed", 2.1, &|| fs::rename(vault.at("People/x"), vault.at("People/z")).unwrap());
    // What is missing is believed after two seconds.
    after("gone", 4.2, &|| fs::remove_dir_all(vault.at("People/z")).unwrap());
    after("settings", 4.2, &|| _ = vault.note("goen.toml", "[page]\nlang = \"en\"\n"));
}

// ---------------------------------------------------------------- at rest

#[test]
fn fault_32_nothing_is_written_without_a_reason() {
    let vault = vault();
    vault.note(".git/x", "").note("attachments/a.png", "");
    let kept = Kept::new(vault);
    let before = stamp(&kept.vault);
    let trace = kept.vault.home().join("trace");
    let id = kept.daemon.pid().to_string();
    let calls =
        "trace=write,pwrite64,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,ftruncate,fchmod";
    let mut strace = works(Command::new("strace").args(["-o", "/dev/null", "true"])).then(|| {
        let mut command = Command::new("strace");
        command.args(["-f", "-q", "-e", calls, "-e", "signal=none", "-p", &id, "-o"]).arg(&trace);
        command.spawn().unwrap()
    });
    for n in 0..50 {
        kept.vault.note(".git/x", &n.to_string()).note(&format!("attachments/{n}.png"), "x");
        kept.vault.note(".obsidian/workspace.json", "{}").note("People/.a.md.swp", &n.to_string());
        assert!(!kept.vault.read(A).is_empty());
        // Saved as it was.
        kept.vault.note(A, &person("2026-09-14"));
        std::thread::sleep(Duration::from_millis(40));
    }
    let begun = kept.daemon.ticks();
    // A look whether the vault is in its place falls into this.
    std::thread::sleep(Duration::from_secs(6));
    let took = kept.daemon.ticks() - begun;
    assert!(took < 100, "{took} hundredths of a second to do nothing");
    assert_eq!(stamp(&kept.vault), before);
    assert_eq!(kept.daemon.count("page written"), 1, "{}", kept.daemon.said());
    kept.after("something that matters", |vault| _ = vault.note(A, &person("2026-09-01")));
    kept.daemon.stop();
    if let Some(strace) = &mut strace {
        strace.wait().unwrap();
        let trace = fs::read_to_string(trace).unwrap();
        let idle = trace.split("renameat2").next().unwrap();
        // Who waits for events is woken by a write to a descriptor of no file: eight bytes.
        let is_wake =
            |line: &&str| line.contains("\\1\\0\\0\\0\\0\\0\\0\\0\", 8)") || line.contains("write(2,");
        let written: Vec<&str> = idle.lines().filter(|line| !is_wake(line)).collect();
        assert!(written.len() <= 4, "{}", written.join("\n"));
    }
}

#[test]
fn fault_32_an_hour_of_quiet() {
    if !is_apart("faults_watching::fault_32_an_hour_of_quiet", &[]) {
        return;
    }
    let vault = vault();
    let mut daemon = ByHand::new(vault.path());
    daemon.pass(10.0);
    let (before, steps) = (stamp(&vault), daemon.steps);
    daemon.pass(3600.0);
    assert_eq!(stamp(&vault), before);
    // It looks every two seconds here; and whether the vault is in its place.
    assert!(daemon.steps - steps < 3000, "{}", daemon.steps - steps);
}

#[test]
fn fault_33_a_change_of_the_same_size_at_the_same_time() {
    if !is_apart("faults_watching::fault_33_a_change_of_the_same_size_at_the_same_time", &[]) {
        return;
    }
    let vault = vault();
    let old = FileTimes::new().set_modified(std::time::UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    let save = |text: &str| {
        vault.note(A, text);
        File::options().write(true).open(vault.at(A)).unwrap().set_times(old).unwrap();
    };
    save(&person("2026-09-14"));
    let mut daemon = ByHand::new(vault.path());
    for n in 1..5 {
        save(&person(&format!("2026-08-0{n}")));
        daemon.pass(2.0);
        assert_eq!(page(&vault), fresh(&vault), "{n}");
    }
}

#[test]
fn fault_33_once_a_day_every_note_is_read() {
    if !is_apart("faults_watching::fault_33_once_a_day_every_note_is_read", &[]) {
        return;
    }
    let vault = vault();
    // What was changed less than two seconds ago is read again in any case.
    std::thread::sleep(Duration::from_millis(2500));
    let mut daemon = ByHand::new(vault.path());
    daemon.pass(10.0);
    let opened = {
        use rustix::fs::inotify::{CreateFlags, Reader, WatchFlags, add_watch, init};
        let told = init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).unwrap();
        for folder in ["People", "計画"] {
            add_watch(&told, vault.at(folder), WatchFlags::OPEN).unwrap();
        }
        move || {
            let mut buffer = [std::mem::MaybeUninit::uninit(); 4096];
            let mut reader = Reader::new(&told, &mut buffer);
            let mut names = std::collections::BTreeSet::new();
            while let Ok(event) = reader.next() {
                let name = event.file_name().map(|name| name.to_string_lossy().into_owned());
                names.extend(name.filter(|name| name.ends_with(".md")));
            }
            names.into_iter().collect::<Vec<_>>()
        }
    };
    daemon.pass(3600.0);
    assert!(opened().is_empty());
    daemon.hand.set_day("2026-11-22");
    daemon.pass(10.0);
    assert_eq!(opened(), ["a.md", "b.md", "冬.md"]);
    daemon.pass(3600.0);
    assert!(opened().is_empty());
}

#[test]
fn fault_34_a_branch_of_ten_thousand_notes() {
    let vault = vault();
    let git = |vault: &Vault, args: &[&str]| {
        let mut command = Command::new("git");
        command.env_clear().env("PATH", "/usr/bin:/bin:/usr/local/bin").env("HOME", vault.home());
        command.env("GIT_CONFIG_NOSYSTEM", "1").current_dir(vault.path());
        let out = run(command.args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(args));
        assert_eq!(out.code, Some(0), "{args:?}: {}", out.said());
    };
    if !works(Command::new("git").arg("--version")) {
        return;
    }
    git(&vault, &["init", "-q", "-b", "main"]);
    let expected = ["main", "other"].map(|branch| {
        for n in 0..10_000 {
            vault.note(&format!("notes/{}/{n}.md", n % 20), &format!("{branch} [[a]]\n"));
        }
        vault.note(A, &person(if branch == "main" { "2026-09-14" } else { "2026-09-01" }));
        git(&vault, &["checkout", "-q", "-B", branch]);
        git(&vault, &["add", "-A", "notes", "People"]);
        git(&vault, &["commit", "-qm", branch]);
        assert_eq!(vault.goen(&["update"]).code, Some(0));
        page(&vault)
    });
    assert_ne!(expected[0], expected[1]);
    let daemon = Watched::start(&vault);
    let mut early = 0;
    for n in 0..3 {
        let written = daemon.count("page written");
        git(&vault, &["checkout", "-q", ["main", "other"][n % 2]]);
        until(|| daemon.said(), || page(&vault) == expected[n % 2]);
        a_moment();
        assert!(daemon.count("page written") <= written + 2, "{}", daemon.said());
        if n == 0 {
            early = daemon.status("VmRSS");
        }
    }
    let late = daemon.status("VmRSS");
    assert!(late < early + early / 2 + 20_000, "from {early} to {late} kB");
    daemon.stop();
}

// ---------------------------------------------------------------- the vault goes away

fn is_away(kept: &Kept) {
    kept.daemon.hear("there are no notes at");
}

fn is_back(kept: &Kept) {
    kept.daemon.hear("the notes are there again");
}

#[test]
fn fault_29_the_folder_is_removed_and_made_again() {
    let kept = Kept::new(vault());
    let root = kept.vault.path().to_owned();
    fs::remove_dir_all(&root).unwrap();
    is_away(&kept);
    fs::create_dir(&root).unwrap();
    // It looks more than once at the empty place; asked to read it, it takes it for nothing.
    kept.daemon.signal(Signal::HUP);
    kept.daemon.hear("reading everything anew");
    std::thread::sleep(Duration::from_secs(6));
    assert!(fs::read_dir(&root).unwrap().next().is_none(), "nothing is written to an empty place");
    vault_in_place(&kept);
    is_back(&kept);
    kept.is_right("restored");
    kept.after("a change", |vault| _ = vault.note(A, &person("2026-09-01")));
    kept.after("a new folder", |vault| _ = vault.note("People/x/y.md", &person("2026-08-01")));
    kept.daemon.stop();
}

fn vault_in_place(kept: &Kept) {
    kept.vault.note(A, &person("2026-09-14")).note("People/b.md", &person("2026-09-10"));
    kept.vault.note("計画/冬.md", "- [ ] [[b]] に資料を送る 📅 2026-11-22\n");
}

#[test]
fn fault_29_the_folder_is_moved_away_and_back() {
    let kept = Kept::new(vault());
    let (root, away) = (kept.vault.path().to_owned(), kept.vault.home().join("away"));
    fs::rename(&root, &away).unwrap();
    is_away(&kept);
    fs::write(away.join(A), person("2026-09-01")).unwrap();
    fs::create_dir(away.join("People/x")).unwrap();
    fs::rename(&away, &root).unwrap();
    kept.after("changed while it was away", |_| ());
    kept.after("in a folder made while it was away", |vault| {
        _ = vault.note("People/x/y.md", &person("2026-08-01"))
    });
    assert_eq!(kept.daemon.count("there are no notes at"), 1, "{}", kept.daemon.said());
    kept.daemon.stop();
}

#[test]
fn fault_29_all_notes_are_gone_and_some_come_back() {
    if !is_apart("faults_watching::fault_29_all_notes_are_gone_and_some_come_back", &[]) {
        return;
    }
    let vault = vault();
    vault.note("goen.toml", "[page]\nlang = \"en\"\n");
    let mut daemon = ByHand::new(vault.path());
    daemon.pass(10.0);
    let before = page(&vault);
    for folder in ["People", "計画"] {
        fs::remove_dir_all(vault.at(folder)).unwrap();
    }
    fs::remove_file(vault.at("goen.toml")).unwrap();
    daemon.pass(30.0);
    daemon.daemon.reload();
    daemon.pass(30.0);
    daemon.hand.set_day("2026-11-22");
    daemon.pass(30.0);
    assert_eq!(page(&vault), before, "the last page stays");
    fs::remove_file(vault.at(PAGE)).unwrap();
    daemon.pass(30.0);
    assert!(!vault.at(PAGE).exists(), "and is not made anew");
    vault.note(A, &person("2026-09-14"));
    daemon.pass(30.0);
    assert_eq!(page(&vault), fresh_on("2026-11-22", &vault), "who did not come back is gone");
    vault.note("People/b.md", &person("2026-09-10"));
    daemon.pass(30.0);
    assert_eq!(page(&vault), fresh_on("2026-11-22", &vault));
}

fn mount(folder: &Path, size: &str) -> bool {
    let mut command = Command::new("mount");
    works(command.args(["-t", "tmpfs", "-o", size, "tmpfs"]).arg(folder))
}

fn may_mount() -> bool {
    let dir = TempDir::new().unwrap();
    let script = "mount -t tmpfs -o size=64k tmpfs \"$0\"";
    works(Command::new("unshare").args(["-m", "sh", "-c", script]).arg(dir.path()))
}

#[test]
fn fault_29_the_disk_is_unmounted_and_mounted() {
    if !may_mount()
        || !is_apart("faults_watching::fault_29_the_disk_is_unmounted_and_mounted", &["unshare", "-m"])
    {
        return;
    }
    let kept = Kept::new({
        let vault = Vault::new();
        assert!(mount(vault.path(), "size=1m"));
        vault_in(vault)
    });
    kept.after("a change", |vault| _ = vault.note(A, &person("2026-08-01")));
    // What was written is looked at once more, and let go.
    let umount = || run(Command::new("umount").arg(kept.vault.path())).code == Some(0);
    until(|| "nobody keeps the disk busy".into(), umount);
    is_away(&kept);
    kept.daemon.signal(Signal::HUP);
    kept.daemon.hear("reading everything anew");
    a_moment();
    assert!(fs::read_dir(kept.vault.path()).unwrap().next().is_none());
    assert!(mount(kept.vault.path(), "size=1m"));
    vault_in_place(&kept);
    is_back(&kept);
    kept.after("a change", |vault| _ = vault.note(A, &person("2026-09-01")));
    run(Command::new("umount").arg("-l").arg(kept.vault.path()));
    kept.daemon.stop();
}

#[test]
fn fault_02_the_disk_is_full_for_a_while() {
    if !may_mount() || !is_apart("faults_watching::fault_02_the_disk_is_full_for_a_while", &["unshare", "-m"])
    {
        return;
    }
    let disk = TempDir::new().unwrap();
    assert!(mount(disk.path(), "size=128k"));
    let vault = vault_in(Vault::within(disk.path()));
    vault.note("goen.toml", "[watch]\nsettle = \"0s\"\n").note("People/c.md", &person("2026-11-01"));
    let kept = Kept::new(vault);
    let before = page(&kept.vault);
    let ticked = before.replacen("\n- [ ] ", "\n- [x] ", 1);
    // To the last byte, before there is anything to be recorded: the tick takes no more room.
    let notes = kept.vault.snapshot();
    assert!(fs::write(disk.path().join("filler"), vec![0; 128 * 1024]).is_err());
    let mut file = fs::OpenOptions::new().write(true).open(kept.vault.at(PAGE)).unwrap();
    file.write_all(ticked.as_bytes()).unwrap();
    drop(file);
    kept.daemon.hear("no space left");
    std::thread::sleep(Duration::from_secs(6));
    assert_eq!((kept.vault.snapshot(), page(&kept.vault)), (notes, ticked));
    assert_eq!(kept.daemon.count("WARN"), 1, "{}", kept.daemon.said());
    fs::remove_file(disk.path().join("filler")).unwrap();
    kept.daemon.hear("the page can be written again");
    kept.after("all of it", |_| ());
    assert!(kept.last().contains("- [x] "), "{}", kept.last());
    run(Command::new("umount").arg("-l").arg(disk.path()));
    kept.daemon.stop();
}

#[test]
fn fault_07_too_many_open_files_for_a_while() {
    let limit = |process: u32, count: &str| {
        works(Command::new("prlimit").args(["--pid", &process.to_string(), &format!("--nofile={count}")]))
    };
    let kept = Kept::new(vault());
    if !limit(kept.daemon.pid(), "1024:65536") {
        return;
    }
    let before = kept.last();
    let pages = pages_while(&kept.vault, || {
        assert!(limit(kept.daemon.pid(), "5:65536"));
        kept.vault.note(A, &person("2026-09-01")).note("People/x/y.md", &person("2026-08-01"));
        kept.daemon.hear("cannot read");
        kept.daemon.signal(Signal::HUP);
        a_moment();
        assert!(limit(kept.daemon.pid(), "1024:65536"));
        kept.daemon.hear("all notes can be read again");
        kept.after("when there is room again", |_| ());
    });
    let named = |page: &String| page.contains("[[a]]") && page.contains("[[b]]");
    assert!(pages.iter().all(named), "{before}\n{pages:?}");
    kept.daemon.stop();
}

#[test]
fn fault_08_what_may_not_be_read_for_a_while() {
    let vault = vault();
    vault.note("People/x/y.md", &person("2026-08-01"));
    let daemon = if is_root() {
        for root in [vault.path(), vault.home()] {
            for entry in walkdir::WalkDir::new(root) {
                std::os::unix::fs::lchown(entry.unwrap().path(), Some(65534), Some(65534)).unwrap();
            }
        }
        let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
        if !works(Command::new(nobody[0]).args(&nobody[1..]).args([crate::ticked::GOEN, "--version"])) {
            return;
        }
        Watched::spawn(&mut under(&nobody, &watch(&vault)))
    } else {
        Watched::start(&vault)
    };
    let kept = Kept::by(vault, daemon);
    let set_mode =
        |path: &str, mode| fs::set_permissions(kept.vault.at(path), Permissions::from_mode(mode)).unwrap();
    set_mode(A, 0o000);
    until(|| page(&kept.vault), || page(&kept.vault) != kept.last());
    set_mode(A, 0o644);
    kept.is_right("a note");
    // Of a folder that cannot be read nobody is taken to be gone.
    set_mode("People/x", 0o000);
    until(|| page(&kept.vault), || page(&kept.vault) != kept.last());
    assert!(page(&kept.vault).contains("[[y]]"), "{}", page(&kept.vault));
    // What is in doubt just then is not looked at for ever.
    let begun = kept.daemon.ticks();
    std::thread::sleep(Duration::from_secs(3));
    assert!(kept.daemon.ticks() - begun < 100);
    set_mode("People/x", 0o755);
    kept.is_right("a folder");
    kept.daemon.stop();
}

#[test]
fn fault_08_what_is_in_doubt_and_may_not_be_looked_at_is_let_be() {
    if !is_apart("faults_watching::fault_08_what_is_in_doubt_and_may_not_be_looked_at_is_let_be", &[]) {
        return;
    }
    let vault = vault();
    vault.note("People/x/y.md", &person("2026-08-01"));
    let mut daemon = ByHand::new(vault.path());
    daemon.pass(10.0);
    // A page that cannot be read any more, a moment after it was gone.
    fs::remove_file(vault.at(PAGE)).unwrap();
    daemon.pass(2.0);
    fs::create_dir(vault.at(PAGE)).unwrap();
    daemon.pass(600.0);
    fs::remove_dir(vault.at(PAGE)).unwrap();
    daemon.pass(90.0);
    assert_eq!(page(&vault), fresh(&vault));
}

// ---------------------------------------------------------------- time

#[test]
fn fault_35_asleep_over_midnight() {
    if !is_apart("faults_watching::fault_35_asleep_over_midnight", &[]) {
        return;
    }
    let vault = vault();
    let mut daemon = ByHand::new(vault.path());
    daemon.pass(60.0);
    daemon.hand.sleep(Duration::from_secs(9 * 3600), "2026-11-22");
    // The vault was changed by another machine meanwhile.
    vault.note(A, &person("2026-09-01"));
    daemon.pass(5.0);
    assert_eq!(page(&vault), fresh_on("2026-11-22", &vault));
    let written = stamp(&vault);
    daemon.pass(600.0);
    assert_eq!(stamp(&vault), written, "it is written once");
}

#[test]
fn fault_36_the_clock_is_set_back() {
    if !is_apart("faults_watching::fault_36_the_clock_is_set_back", &[]) {
        return;
    }
    let vault = vault();
    vault.note("goen.toml", "[watch]\nsettle = \"0s\"\n");
    let mut daemon = ByHand::new(vault.path());
    daemon.pass(60.0);
    vault.note(PAGE, &page(&vault).replace("\n- [ ] ", "\n- [x] "));
    daemon.pass(10.0);
    let notes = vault.snapshot();
    assert!(vault.read(A).contains("^g-") && vault.read("計画/冬.md").contains("[x]"));
    let written = stamp(&vault);
    daemon.hand.set_day("2026-11-20");
    daemon.pass(600.0);
    assert_eq!(stamp(&vault), written, "the page is of a later day");
    daemon.hand.set_day(TODAY);
    daemon.pass(600.0);
    assert_eq!((vault.snapshot(), page(&vault)), (notes, fresh(&vault)));
    // Two days on, the entries count; before them nobody is late by less than nothing.
    let out = vault.on("2026-11-20", &["check"]);
    assert!(out.stdout.contains("2026-11-21"), "{}", out.said());
}

#[test]
fn fault_37_any_zone() {
    let today = |zone: &str| {
        let vault = vault();
        let mut command = vault.command();
        command.arg("--vault").arg(vault.path()).env("TZ", zone).arg("watch");
        let daemon = Watched::spawn(&mut command);
        let written = page(&vault);
        daemon.stop();
        let first = written.lines().next().unwrap().to_owned();
        let named = first.trim_start_matches("<!-- goen:begin v1 ").trim_end_matches(" -->");
        assert_eq!(written, fresh_on(named, &vault), "{zone}");
        day(named)
    };
    for zone in ["America/Sao_Paulo", "Europe/London", "Asia/Tokyo", "Africa/Cairo", "nonsense", ""] {
        today(zone);
    }
    // A day and two hours apart.
    loop {
        let (west, east) = (today("<-12>12"), today("<+14>-14"));
        // Midnight may fall between the two.
        if west == today("<-12>12") {
            assert!((1..=2).contains(&(east - west).num_days()), "{west} {east}");
            break;
        }
    }
}

#[test]
fn fault_38_ticked_before_midnight_recorded_after() {
    if !is_apart("faults_watching::fault_38_ticked_before_midnight_recorded_after", &[]) {
        return;
    }
    let vault = vault();
    let mut daemon = ByHand::new(vault.path());
    daemon.pass(60.0);
    let ticked = page(&vault).replace("\n- [ ] ", "\n- [x] ");
    vault.note(PAGE, &ticked);
    daemon.pass(2.0);
    assert!(!vault.read(A).contains("^g-"));
    daemon.hand.set_day("2026-11-22");
    daemon.pass(20.0);
    for note in [A, "計画/冬.md"] {
        let text = vault.read(note);
        assert!(text.contains("2026-11-21") && !text.contains("✅ 2026-11-22"), "{text}");
    }
    assert_eq!(page(&vault), fresh_on("2026-11-22", &vault));
}

#[test]
fn fault_39_a_birthday_of_the_29th_of_february() {
    if !is_apart("faults_watching::fault_39_a_birthday_of_the_29th_of_february", &[]) {
        return;
    }
    let vault = Vault::new();
    vault.note(A, "---\ntier: close\nlast_contact: 2026-11-01\nbirthday: --02-29\n---\n");
    let mut daemon = ByHand::new(vault.path());
    for day in ["2027-02-27", "2027-02-28", "2027-03-01", "2028-02-28", "2028-02-29", "2028-03-01"] {
        daemon.hand.set_day(day);
        daemon.pass(10.0);
        assert_eq!(page(&vault), fresh_on(day, &vault), "{day}");
        assert!(!page(&vault).contains("1604") && page(&vault).contains("[[a]]"), "{}", page(&vault));
    }
}
