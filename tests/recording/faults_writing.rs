//! What can go wrong while ticks are recorded: whatever does, every note is as before or as
//! after, no tick is lost, and none is recorded twice. Numbers are those of the list of faults.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use crate::common::{Output, PAGE, TODAY, Vault, front, run, thorough};
use crate::ticked::{
    GOEN, NOTES, ONE_NOTE_EACH, SUZUKI, TANAKA, Ticked, ended, is_root, is_ticked, log_lines, tick, works,
};
use goen::config::WriteMode;
use goen::text::{Digest, NotePath};
use goen::vault::{Base, Bytes, WriteError};
use tempfile::TempDir;

// ---------------------------------------------------------------- faults at every call

/// Calls that change what is on the disk.
const WRITING: &[&str] = &[
    "open",
    "openat",
    "openat2",
    "creat",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "chmod",
    "fchmod",
    "fchmodat",
    "fchown",
    "fsetxattr",
    "ftruncate",
    "mkdir",
    "mkdirat",
    "flock",
];

/// Calls that only ask.
const READING: &[&str] = &[
    "read",
    "pread64",
    "lseek",
    "stat",
    "fstat",
    "statx",
    "newfstatat",
    "readlink",
    "getdents64",
    "access",
    "faccessat2",
    "flistxattr",
    "fgetxattr",
    "getcwd",
];

const KEPT: &str = "---\ntier: close\nlast_contact: 2026-09-14\n---\n";

/// One system call of a run: its name, and the how-manieth of its name it is on its thread.
type Call = (String, usize);

struct Faults {
    ticked: Ticked,
    /// Whether other threads than the first meet the fault too.
    all_threads: bool,
}

impl Faults {
    /// None where there is no strace.
    fn new(notes: &[(&'static str, &'static str)], all_threads: bool) -> Option<Self> {
        let there = works(Command::new("strace").args(["-o", "/dev/null", "true"]));
        // Notes that nobody is in are read first, so that those of people are not among the
        // first few files that any program opens when it starts.
        let empty: Vec<String> = (0..8).map(|n| format!("0/{n}.md")).collect();
        let mut notes = notes.to_vec();
        if all_threads {
            notes.extend(empty.iter().map(|path| (path.as_str(), "空\n")));
        }
        there.then(|| Self { ticked: Ticked::of(&notes), all_threads })
    }

    fn strace(&self, args: &[&str]) -> (Output, String) {
        let log = self.ticked.home().join("strace.log");
        let mut wrapper: Vec<OsString> = vec!["strace".into(), "-o".into(), log.clone().into()];
        if self.all_threads {
            wrapper.push("-f".into());
        }
        wrapper.extend(args.iter().map(OsString::from));
        let out = run(&mut self.ticked.under(&wrapper));
        (out, String::from_utf8_lossy(&fs::read(log).unwrap()).into_owned())
    }

    /// Every call of these names that goen makes, after those that start any program.
    fn calls(&self, names: &[&str]) -> Vec<Call> {
        let (out, log) = self.strace(&[]);
        assert_eq!(out.code, Some(0), "{}", out.said());
        self.ticked.restore();
        let vault = self.ticked.vault.path().to_str().unwrap();
        let mut count: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut calls: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut begun = false;
        for line in log.lines() {
            let (thread, line) = if self.all_threads { line.split_once(' ').unwrap() } else { ("", line) };
            // The first line starts the program; it names the vault, too.
            begun |= line.contains(vault) && !line.contains("execve(");
            let Some((name, _)) = line.trim_start().split_once('(') else { continue };
            let count = count.entry((thread, name)).or_default();
            *count += 1;
            if begun && names.contains(&name) {
                let (first, last) = calls.entry(name).or_insert((*count, *count));
                *first = (*first).min(*count);
                *last = (*last).max(*count);
            }
        }
        assert!(!calls.is_empty(), "{log}");
        let all = calls.into_iter();
        all.flat_map(|(name, (first, last))| (first..=last).map(|n| (name.to_owned(), n))).collect()
    }

    /// Lets one fault happen at each of these calls in turn; how many did.
    fn at_each(&self, calls: &[Call], fault: &str, check: impl Fn(&str, &Output, &str)) -> usize {
        let mut made = 0;
        for (name, n) in calls {
            let what = format!("{fault} at {name} {n}");
            let trace = format!("trace={name}");
            let inject = format!("inject={name}:{fault}:when={n}");
            let (out, log) = self.strace(&["-e", &trace, "-e", &inject]);
            if !log.contains("(INJECTED)") && !log.contains("killed by SIGKILL") {
                // A run is not like the other where threads take turns: nothing happened.
                self.ticked.is_finished(&what);
                self.ticked.restore();
                continue;
            }
            made += 1;
            self.ticked.is_sound(&what);
            check(&what, &out, &log);
            self.ticked.finishes(&what);
            self.ticked.restore();
        }
        eprintln!("{fault}: {made} calls");
        made
    }
}

/// The system refuses each call once, one of three as a rule: goen ends by itself, and cleans up.
fn refused_at_each(names: &[&str], errors: &[&str], all_threads: bool) {
    let Some(faults) = Faults::new(&ONE_NOTE_EACH, all_threads) else { return };
    let every = if thorough() > 1 { 1 } else { 3 };
    let all = faults.calls(names);
    for error in errors {
        // Each error meets others.
        let first = error.bytes().map(usize::from).sum::<usize>() % every;
        let calls: Vec<Call> = all.iter().skip(first).step_by(every).cloned().collect();
        let made = faults.at_each(&calls, &format!("error={error}"), |what, out, log| {
            ended(out, what);
            let not_removed = log.lines().any(|l| l.contains("unlink") && l.contains("(INJECTED)"));
            let leftovers = faults.ticked.leftovers();
            assert!(not_removed || leftovers.is_empty(), "{what}: {leftovers:?}\n{log}");
        });
        assert!(made * 10 >= calls.len() * 9, "{error}: {made} of {}", calls.len());
    }
}

#[test]
fn fault_01_killed_at_any_call_that_writes() {
    let Some(faults) = Faults::new(&NOTES, false) else { return };
    let calls = faults.calls(WRITING);
    let made = faults.at_each(&calls, "signal=KILL", |what, _, _| {
        faults.ticked.page_is_old_or_new(what);
    });
    assert_eq!(made, calls.len());
}

#[test]
fn fault_01_killed_at_any_moment() {
    const THREADS: u64 = 4;
    const ROUNDS: usize = 50;
    let rounds = ROUNDS * thorough();
    let killed = |seed: u64| {
        let ticked = Ticked::new();
        let begun = Instant::now();
        ticked.finishes("measured");
        let usual = begun.elapsed();
        ticked.restore();
        let mut random = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed);
        let mut next = |below: u64| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            random % below
        };
        let mut halfway = 0;
        for round in 0..rounds {
            let what = format!("thread {seed}, round {round}");
            let mut child = ticked.update().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(usual.mul_f64(next(1000) as f64 / 1000.0));
            child.kill().unwrap();
            child.wait().unwrap();
            ticked.is_sound(&what);
            ticked.page_is_old_or_new(&what);
            let now = ticked.vault.snapshot();
            let recorded = ticked.ids.iter().filter(|id| log_lines(&now, id) == 1).count();
            halfway += usize::from(recorded > 0 && !is_same(&ticked, &ticked.after));
            if recorded == ticked.ids.len() || round % 10 == 9 {
                ticked.finishes(&what);
                ticked.restore();
            }
        }
        halfway
    };
    let halfway: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (1..=THREADS).map(|seed| scope.spawn(move || killed(seed))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    eprintln!("{} kills, {halfway} of them halfway", THREADS * rounds as u64);
}

fn is_same(ticked: &Ticked, files: &crate::ticked::Files) -> bool {
    files.iter().all(|(path, bytes)| fs::read(ticked.vault.path().join(path)).is_ok_and(|now| now == *bytes))
}

#[test]
fn fault_02_no_space_at_any_call_that_writes() {
    refused_at_each(WRITING, &["ENOSPC"], false);
}

#[test]
fn fault_03_an_error_of_the_disk_at_any_call_that_writes() {
    refused_at_each(WRITING, &["EIO"], false);
}

#[test]
fn fault_03_an_error_of_the_disk_at_any_call_that_reads() {
    refused_at_each(READING, &["EIO"], false);
}

#[test]
fn fault_03_an_error_of_the_disk_on_any_thread() {
    refused_at_each(&["openat2", "read", "statx"], &["EIO"], true);
}

/// What the system could not sync may be gone though it says otherwise the next time: the file is given up.
#[test]
fn fault_03_what_could_not_be_synced_is_given_up_and_named() {
    let Some(faults) = Faults::new(&ONE_NOTE_EACH, false) else { return };
    let inject = ["-y", "-e", "trace=fsync,/^unlink", "-e", "inject=fsync:error=EIO:when=1"];
    let (out, log) = faults.strace(&inject);
    ended(&out, "fsync");
    let first = log.lines().find(|line| line.starts_with("fsync(")).unwrap();
    assert!(first.contains("(INJECTED)") && first.contains("/.goen-"), "{log}");
    let file = first.split(['<', '>']).nth(1).unwrap();
    assert_eq!(
        log.lines().filter(|line| line.starts_with("fsync(") && line.contains(file)).count(),
        1,
        "{log}"
    );
    let name = file.rsplit('/').next().unwrap();
    assert!(log.lines().any(|line| line.starts_with("unlink") && line.contains(name)), "{log}");
    // The notes are taken one after the other: it was that of the first tick.
    let now = faults.ticked.vault.everything();
    let waits: Vec<&str> = [TANAKA, SUZUKI]
        .into_iter()
        .filter(|path| now[Path::new(path)] == faults.ticked.before[Path::new(path)])
        .collect();
    assert!(waits.len() == 1 && out.stderr.contains(waits[0]), "{waits:?} {}", out.said());
    faults.ticked.finishes("fsync");
}

#[test]
fn fault_05_interrupted_at_any_call() {
    let calls = ["openat", "openat2", "read", "write", "fsync", "flock", "fchmod", "getdents64"];
    refused_at_each(&calls, &["EINTR"], false);
}

#[test]
fn fault_06_a_file_that_cannot_take_its_place() {
    refused_at_each(
        &["rename", "renameat", "renameat2"],
        &["EACCES", "EXDEV", "EBUSY", "EPERM", "EROFS"],
        false,
    );
}

/// Not every file system can let two files change places.
#[test]
fn fault_06_a_file_system_that_cannot_exchange_files() {
    let Some(faults) = Faults::new(&NOTES, false) else { return };
    for error in ["EINVAL", "ENOSYS", "EOPNOTSUPP"] {
        let calls = faults.calls(&["renameat2"]);
        let made = faults.at_each(&calls, &format!("error={error}"), |what, out, log| {
            assert_eq!(out.code, Some(0), "{what}: {}", out.said());
            assert!(log.contains("(INJECTED)") && faults.ticked.leftovers().is_empty(), "{what}: {log}");
            faults.ticked.is_finished(what);
        });
        assert_eq!(made, calls.len());
    }
}

// ---------------------------------------------------------------- the disk

/// What a vault on a disk of 64 KiB, all of them taken but a few blocks, is after a run, and
/// after another when there is room again.
fn on_a_full_disk(ticked: &Ticked, blocks: usize) -> [(Output, crate::ticked::Files); 2] {
    const SCRIPT: &str = r#"
        mount -t tmpfs -o size=64k tmpfs "$DISK" && cp -a "$VAULT"/. "$DISK" || exit 1
        cat /dev/zero > "$DISK/filler" 2> "$SAVED/filler"
        truncate -s $(($(stat -c %s "$DISK/filler") - BLOCKS * 4096)) "$DISK/filler"
        "$@" > "$SAVED/first.out" 2> "$SAVED/first.err"; echo $? > "$SAVED/first.code"
        rm "$DISK/filler"
        cp -a "$DISK" "$SAVED/first"
        "$@" > "$SAVED/second.out" 2> "$SAVED/second.err"; echo $? > "$SAVED/second.code"
        cp -a "$DISK" "$SAVED/second"
    "#;
    let (disk, saved) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let mut command = ticked.vault.command();
    let envs: Vec<_> = command.get_envs().map(|(k, v)| (k.to_owned(), v.unwrap().to_owned())).collect();
    command = Command::new("unshare");
    command.env_clear().envs(envs).env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
    command.env("DISK", disk.path()).env("SAVED", saved.path()).env("VAULT", ticked.vault.path());
    command.env("BLOCKS", blocks.to_string()).args(["-m", "sh", "-c", SCRIPT, "sh", GOEN, "--vault"]);
    let out = run(command.arg(disk.path()).args(["--today", TODAY, "update"]));
    assert_eq!(out.code, Some(0), "{}", out.said());
    ["first", "second"].map(|name| {
        let read = |kind: &str| fs::read_to_string(saved.path().join(format!("{name}.{kind}"))).unwrap();
        let code = read("code").trim().parse().ok();
        let root = saved.path().join(name);
        let files = walkdir::WalkDir::new(&root).into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        let relative = |path: &Path| path.strip_prefix(&root).unwrap().to_owned();
        let files = files.map(|entry| (relative(entry.path()), fs::read(entry.path()).unwrap())).collect();
        (Output { code, stdout: read("out"), stderr: read("err") }, files)
    })
}

fn may_mount() -> bool {
    let dir = TempDir::new().unwrap();
    let script = "PATH=/usr/bin:/bin:/usr/sbin:/sbin mount -t tmpfs -o size=64k tmpfs \"$0\"";
    works(Command::new("unshare").args(["-m", "sh", "-c", script]).arg(dir.path()))
}

#[test]
fn fault_02_a_full_disk() {
    if !may_mount() {
        return;
    }
    let ticked = Ticked::of(&ONE_NOTE_EACH);
    let mut partly = 0;
    for blocks in 0..6 {
        let what = format!("{blocks} blocks free");
        let [(first, files), (second, later)] = on_a_full_disk(&ticked, blocks);
        ended(&first, &what);
        if blocks == 0 {
            assert!(files == ticked.before, "nothing was written, nothing left: {:?}", files.keys());
            assert_eq!(first.code, Some(2));
            assert!(first.stderr.contains("空き容量がありません"), "{}", first.said());
        }
        assert_eq!(files.len(), ticked.before.len(), "{what}: {:?}", files.keys());
        let page = String::from_utf8(files[Path::new(PAGE)].clone()).unwrap();
        let recorded = ticked.ids.iter().filter(|id| log_lines(&files, id) == 1).count();
        partly += usize::from(recorded > 0 && recorded < ticked.ids.len());
        for (path, bytes) in files.iter().filter(|(path, _)| path.as_path() != Path::new(PAGE)) {
            assert!([&ticked.before[path], &ticked.after[path]].contains(&bytes), "{what}: {path:?}");
        }
        for id in ticked.ids.iter().filter(|id| log_lines(&files, id) == 0) {
            assert!(is_ticked(&page, id), "{what}: {page}");
        }
        assert_eq!(second.code, Some(0), "{what}: {}", second.said());
        assert!(later == ticked.after, "{what}: finished once there is room");
    }
    assert!(partly > 0, "with a little room some of it is written");
}

#[test]
fn fault_04_a_folder_that_cannot_be_synced() {
    let Some(faults) = Faults::new(&NOTES, false) else { return };
    let (_, log) = faults.strace(&["-y", "-e", "trace=fsync"]);
    faults.ticked.restore();
    let synced = log.lines().filter(|line| line.starts_with("fsync("));
    let folders: Vec<Call> = (1..)
        .zip(synced)
        .filter(|(_, line)| !line.contains(".goen-"))
        .map(|(n, _)| ("fsync".to_owned(), n))
        .collect();
    assert_eq!(folders.len(), 4, "three notes and the page: {log}");
    let made = faults.at_each(&folders, "error=EIO", |what, out, log| {
        assert_eq!(out.code, Some(0), "{what}: {}", out.said());
        assert!(out.said().contains("ディスクに残るかどうか"), "{what}: {}\n{log}", out.said());
        faults.ticked.is_finished(what);
    });
    assert_eq!(made, folders.len());
}

/// A library in front of the system's that writes and reads one byte at a time, and is
/// interrupted before every other.
const BYTE_BY_BYTE: &str = r"
#define _GNU_SOURCE
#include <errno.h>
#include <unistd.h>
#include <sys/syscall.h>
static int turn;
static int interrupted(void) { return __atomic_fetch_add(&turn, 1, __ATOMIC_RELAXED) % 2; }
ssize_t write(int fd, const void *bytes, size_t len) {
    if (interrupted()) { errno = EINTR; return -1; }
    return syscall(SYS_write, fd, bytes, len ? 1 : 0);
}
ssize_t read(int fd, void *bytes, size_t len) {
    if (interrupted()) { errno = EINTR; return -1; }
    return syscall(SYS_read, fd, bytes, len ? 1 : 0);
}
";

#[test]
fn fault_05_one_byte_at_a_time() {
    let dir = TempDir::new().unwrap();
    let (source, library) = (dir.path().join("bytes.c"), dir.path().join("bytes.so"));
    fs::write(&source, BYTE_BY_BYTE).unwrap();
    if !works(Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source])) {
        return;
    }
    let ticked = Ticked::new();
    let strace = Command::new("strace").args(["-o", "/dev/null", "true"]).output().is_ok();
    let log = dir.path().join("log");
    let preload = format!("LD_PRELOAD={}", library.display());
    let out = if strace {
        let log = log.to_str().unwrap();
        run(&mut ticked.under(&["strace", "-o", log, "-E", &preload, "-e", "trace=write"]))
    } else {
        run(&mut ticked.under(&["/usr/bin/env", &preload]))
    };
    assert_eq!(out.code, Some(0), "{}", out.said());
    ticked.is_finished("byte by byte");
    if strace {
        let bytes = fs::read_to_string(log).unwrap().lines().filter(|line| line.ends_with("= 1")).count();
        assert!(bytes > 500, "it did write them one by one: {bytes}");
    }
}

#[test]
fn fault_07_too_many_open_files() {
    let vault = Vault::new();
    for n in 0..300 {
        vault.note(&format!("People/{}/p{n}.md", n % 20), &front("tier: close\nlast_contact: 2026-09-14"));
    }
    let ids = tick(&vault);
    let before = vault.everything();
    let home = TempDir::new().unwrap();
    let limited = |files: usize, command: &str| {
        let script = format!("ulimit -n {files} && exec \"$@\"");
        let mut shell = Command::new("/bin/sh");
        shell
            .env_clear()
            .env("HOME", home.path())
            .env("RAYON_NUM_THREADS", "4")
            .args(["-c", &script, "sh", GOEN, "--vault"]);
        run(shell.arg(vault.path()).args(["--today", TODAY, command, "--json"]))
    };
    for files in [4, 6, 8, 10, 12, 16, 20] {
        let what = format!("{files} open files");
        let out = limited(files, "list");
        // With fewer not even folders can be looked into.
        if files >= 12 {
            let people: Vec<serde_json::Value> = serde_json::from_str(&out.stdout).unwrap();
            assert_eq!(people.len(), 300, "{what}: nobody is lost");
        }
        let out = limited(files, "update");
        // Too few to start any program at all.
        assert!(matches!(out.code, Some(0 | 2 | 127)), "{what}: {:?} {}", out.code, out.said());
        assert!(!out.stderr.contains("panicked"), "{what}: {}", out.said());
        let (now, page) = (vault.everything(), vault.read(PAGE));
        for id in &ids {
            let recorded = log_lines(&now, id);
            assert!(recorded <= 1 && (recorded == 1 || is_ticked(&page, id)), "{what}: {id}\n{page}");
        }
        assert!(before.keys().all(|path| now.contains_key(path)), "{what}");
        if files == 20 {
            assert_eq!(out.code, Some(0), "{what}: {}", out.said());
            assert!(ids.iter().all(|id| log_lines(&now, id) == 1), "{what}: {page}");
        }
    }
}

#[test]
fn fault_07_a_folder_that_cannot_be_listed_once_or_at_all() {
    let Some(faults) = Faults::new(&[("People/田中.md", KEPT), ("People/x/鈴木.md", KEPT)], true) else {
        return;
    };
    let vault = &faults.ticked.vault;
    let folder = vault.at("People/x");
    let inject = |often: &str| {
        let fault = format!("inject=openat,openat2:error=EMFILE{often}");
        faults.strace(&["-P", folder.to_str().unwrap(), "-e", &fault])
    };
    // It is asked for again.
    let (out, log) = inject(":when=1");
    assert_eq!(out.code, Some(0), "{}", out.said());
    assert!(log.contains("EMFILE"), "{log}");
    let page = vault.read(PAGE);
    assert!(page.contains("[[鈴木]]"), "{page}");
    // Of a folder that cannot be listed nobody is taken to be gone.
    let (out, log) = inject("");
    assert!(log.matches("EMFILE").count() > 1, "{log}");
    assert_eq!(out.code, Some(2), "{}", out.said());
    assert!(
        out.stderr.contains("People/x/ の中をいまは読めないため、reconnect.md は書き換えていません"),
        "{}",
        out.said()
    );
    assert_eq!(vault.read(PAGE), page);
    // What is not wanted is not missed.
    vault.note("goen.toml", "[vault]\nignore = [\"People/x\"]\n");
    let (out, _) = inject("");
    assert_eq!(out.code, Some(0), "{}", out.said());
    assert!(!vault.read(PAGE).contains("[[鈴木]]"), "{}", vault.read(PAGE));
}

// ---------------------------------------------------------------- what a file is besides its bytes

const NOBODY: u32 = 65534;

/// `goen` as somebody who may not do everything.
fn as_nobody(ticked: &Ticked, args: &[&str]) -> Output {
    let mut command = if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", GOEN]);
        command
    } else {
        Command::new(GOEN)
    };
    command.env_clear().env("HOME", ticked.home()).env("PATH", "/usr/bin:/bin").current_dir("/");
    run(command.arg("--vault").arg(ticked.vault.path()).args(["--today", TODAY]).args(args))
}

/// Gives all to nobody, where root's rights would hide what is tried; whether they can work so.
fn give_to_nobody(ticked: &Ticked) -> bool {
    if !is_root() {
        return true;
    }
    for root in [ticked.vault.path(), &ticked.home()] {
        for entry in walkdir::WalkDir::new(root) {
            std::os::unix::fs::lchown(entry.unwrap().path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    works(Command::new("setpriv").args(["--reuid=65534", "--clear-groups", GOEN, "--version"]))
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// The tick of this note stays with a reason, on the page and in `check`; the other is recorded.
fn waits_with_a_reason(ticked: &Ticked, path: &str, out: &Output, check: &Output) {
    assert_eq!(out.code, Some(0), "{}", out.said());
    assert!(out.said().contains("まだ記録していません"), "{}", out.said());
    let page = ticked.vault.read(PAGE);
    assert!(page.contains("    - まだ記録していません: "), "{page}");
    let now = ticked.vault.everything();
    assert!(now[Path::new(path)] == ticked.before[Path::new(path)], "{path} is as before");
    let waiting = ticked.ids.iter().filter(|id| is_ticked(&page, id)).count();
    let recorded = ticked.ids.iter().filter(|id| log_lines(&now, id) == 1).count();
    assert_eq!((waiting, recorded), (1, 1), "{page}");
    let problems: Vec<serde_json::Value> = serde_json::from_str(&check.stdout).unwrap();
    let codes: Vec<_> = problems.iter().filter(|p| p["path"] == path).map(|p| p["code"].clone()).collect();
    assert_eq!(codes, ["not-recorded"], "{}", check.stdout);
}

#[test]
fn fault_08_a_note_that_is_read_only() {
    let ticked = Ticked::of(&ONE_NOTE_EACH);
    let note = ticked.vault.at(TANAKA);
    set_mode(&note, 0o444);
    // root may write everywhere, and does not want to.
    let out = ticked.vault.goen(&["update"]);
    waits_with_a_reason(&ticked, TANAKA, &out, &ticked.vault.goen(&["check", "--json"]));
    assert_eq!(mode(&note), 0o444);
    set_mode(&note, 0o644);
    ticked.finishes("writable again");

    ticked.restore();
    set_mode(&note, 0o444);
    if !give_to_nobody(&ticked) {
        return;
    }
    let out = as_nobody(&ticked, &["update"]);
    waits_with_a_reason(&ticked, TANAKA, &out, &as_nobody(&ticked, &["check", "--json"]));
    assert_eq!(mode(&note), 0o444);
}

#[test]
fn fault_08_a_note_of_somebody_else() {
    if !is_root() {
        eprintln!("skipped: only root can give a file to somebody else");
        return;
    }
    let ticked = Ticked::of(&ONE_NOTE_EACH);
    if !give_to_nobody(&ticked) {
        return;
    }
    let note = ticked.vault.at(TANAKA);
    std::os::unix::fs::chown(&note, Some(12345), Some(12345)).unwrap();
    let out = as_nobody(&ticked, &["update"]);
    waits_with_a_reason(&ticked, TANAKA, &out, &as_nobody(&ticked, &["check", "--json"]));
    // Whoever may write to it may still not give it back to its owner.
    set_mode(&note, 0o666);
    let out = as_nobody(&ticked, &["update"]);
    assert!(out.said().contains("まだ記録していません"), "{}", out.said());
    let now = fs::metadata(&note).unwrap();
    assert_eq!((now.uid(), now.gid(), mode(&note)), (12345, 12345, 0o666));
    assert!(ticked.vault.everything()[Path::new(TANAKA)] == ticked.before[Path::new(TANAKA)]);
    ticked.vault.note("goen.toml", "[write]\nmode = \"in-place\"\n");
    assert_eq!(as_nobody(&ticked, &["update"]).code, Some(0));
    assert!(ticked.vault.everything()[Path::new(TANAKA)] == ticked.after[Path::new(TANAKA)]);
    assert_eq!(fs::metadata(&note).unwrap().uid(), 12345);
}

#[test]
fn fault_08_a_folder_that_is_read_only() {
    let mut notes = ONE_NOTE_EACH.to_vec();
    notes[0].0 = "People/社外/田中 太郎.md";
    let ticked = Ticked::of(&notes);
    if !give_to_nobody(&ticked) {
        return;
    }
    let folder = ticked.vault.at("People/社外");
    set_mode(&folder, 0o555);
    let out = as_nobody(&ticked, &["update"]);
    waits_with_a_reason(&ticked, notes[0].0, &out, &as_nobody(&ticked, &["check", "--json"]));
    assert_eq!(mode(&folder), 0o555);
    set_mode(&folder, 0o755);
    assert_eq!(as_nobody(&ticked, &["update"]).code, Some(0));
    ticked.is_finished("writable again");

    // The page cannot be written either: nothing is, and goen says so.
    ticked.restore();
    assert!(give_to_nobody(&ticked));
    let folders = [ticked.vault.path().to_owned(), folder, ticked.vault.at("People")];
    folders.iter().for_each(|folder| set_mode(folder, 0o555));
    let out = as_nobody(&ticked, &["update"]);
    assert_eq!(out.code, Some(2), "{}", out.said());
    assert!(out.stderr.contains("reconnect.md"), "{}", out.said());
    ticked.is_untouched("read-only");
    folders.iter().for_each(|folder| assert_eq!(mode(folder), 0o555));
    folders.iter().for_each(|folder| set_mode(folder, 0o755));
}

#[test]
fn fault_08_a_note_or_a_folder_that_may_not_be_read() {
    let mut notes = ONE_NOTE_EACH.to_vec();
    notes[0].0 = "People/社外/田中 太郎.md";
    let ticked = Ticked::of(&notes);
    if !give_to_nobody(&ticked) {
        return;
    }
    let usual = |path: &Path| mode(path);
    for (what, shown) in
        [("People/社外/田中 太郎.md", "People/社外/田中 太郎.md"), ("People/社外", "People/社外")]
    {
        let place = ticked.vault.at(what);
        let before = usual(&place);
        set_mode(&place, 0);
        let out = as_nobody(&ticked, &["update"]);
        assert_eq!(out.code, Some(0), "{what}: {}", out.said());
        assert_eq!(mode(&place), 0, "{what}");
        let check = as_nobody(&ticked, &["check", "--json"]);
        let problems: Vec<serde_json::Value> = serde_json::from_str(&check.stdout).unwrap();
        let is_named = |p: &serde_json::Value| p["path"] == shown && p["code"] == "unreadable";
        assert!(problems.iter().any(is_named), "{what}: {}", check.stdout);
        let page = ticked.vault.read(PAGE);
        assert_eq!(ticked.ids.iter().filter(|id| is_ticked(&page, id)).count(), 1, "{what}: {page}");
        set_mode(&place, before);
        assert_eq!(as_nobody(&ticked, &["update"]).code, Some(0), "{what}");
        ticked.is_finished(what);
        ticked.restore();
        assert!(give_to_nobody(&ticked));
    }
}

/// An access list in the form of the system: one more person may write.
fn access_list() -> Vec<u8> {
    let mut bytes = 2_u32.to_le_bytes().to_vec();
    let anybody = u32::MAX;
    for (tag, permissions, id) in
        [(1_u16, 6_u16, anybody), (2, 6, 12346), (4, 4, anybody), (16, 6, anybody), (32, 4, anybody)]
    {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(permissions.to_le_bytes());
        bytes.extend(id.to_le_bytes());
    }
    bytes
}

#[test]
fn fault_09_owner_mode_attributes_and_access_list_are_kept() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    for in_place in [false, true] {
        let ticked = Ticked::new();
        if in_place {
            ticked.vault.note("goen.toml", "[write]\nmode = \"in-place\"\n");
        }
        let note = ticked.vault.at(TANAKA);
        set_mode(&note, 0o664);
        let mut attributes = vec![("user.goen.test", "値\0x".as_bytes().to_vec())];
        attributes.push(("user.empty", Vec::new()));
        attributes.push(("system.posix_acl_access", access_list()));
        attributes.retain(|(name, value)| {
            let set = setxattr(&note, *name, value, XattrFlags::empty());
            set.inspect_err(|error| eprintln!("skipped: {name}: {error}")).is_ok()
        });
        if is_root() {
            std::os::unix::fs::chown(&note, Some(12345), Some(12346)).unwrap();
        } else {
            eprintln!("skipped: only root can give a file to somebody else");
        }
        let besides = || {
            let metadata = fs::metadata(&note).unwrap();
            let values = attributes.iter().map(|(name, _)| {
                let mut value = vec![0; 1024];
                let len = getxattr(&note, *name, value.as_mut_slice()).unwrap();
                (*name, value[..len].to_vec())
            });
            (metadata.uid(), metadata.gid(), mode(&note), values.collect::<Vec<_>>())
        };
        let (before, inode) = (besides(), fs::metadata(&note).unwrap().ino());
        assert_eq!(before.3, attributes);
        ticked.finishes("with attributes");
        assert_eq!(besides(), before, "in place: {in_place}");
        assert_eq!(fs::metadata(&note).unwrap().ino() == inode, in_place, "written in the way asked for");
    }
}

#[test]
fn fault_10_a_note_with_two_names() {
    let ticked = Ticked::of(&ONE_NOTE_EACH);
    let other = ticked.home().join("other.md");
    fs::hard_link(ticked.vault.at(TANAKA), &other).unwrap();
    let out = ticked.vault.goen(&["update"]);
    waits_with_a_reason(&ticked, TANAKA, &out, &ticked.vault.goen(&["check", "--json"]));
    assert!(out.said().contains("in-place"), "the way out: {}", out.said());
    assert!(fs::read(&other).unwrap() == ticked.before[Path::new(TANAKA)]);

    ticked.vault.note("goen.toml", "[write]\nmode = \"in-place\"\n");
    ticked.finishes("in place");
    assert!(fs::read(&other).unwrap() == ticked.after[Path::new(TANAKA)], "both names see it");
    assert_eq!(fs::metadata(&other).unwrap().nlink(), 2);
}

// ---------------------------------------------------------------- links

#[test]
fn fault_11_a_link_inside_the_vault() {
    for absolute in [false, true] {
        let vault = Vault::new();
        vault.note("実/田中.md", NOTES[0].1).note("People/鈴木.md", NOTES[1].1);
        let target = if absolute { vault.at("実/田中.md") } else { "../実/田中.md".into() };
        symlink(&target, vault.at("People/田中.md")).unwrap();
        let ids = tick(&vault);
        let out = vault.goen(&["update"]);
        assert_eq!(out.code, Some(0), "{}", out.said());
        assert_eq!(fs::read_link(vault.at("People/田中.md")).unwrap(), target, "the link is kept");
        let real = vault.read("実/田中.md");
        assert!(real.contains("last_contact: 2026-11-21"), "{real}");
        assert_eq!(ids.iter().filter(|id| real.contains(&format!("^{id}"))).count(), 1, "{real}");
        assert_eq!(vault.everything().len(), 3, "nothing is left: {:?}", vault.everything().keys());
    }
}

#[test]
fn fault_12_a_link_out_of_the_vault() {
    let outside = TempDir::new().unwrap();
    let there = outside.path().join("田中.md");
    let keep = |text: &[u8]| fs::write(&there, text).unwrap();
    let is_kept = |text: &[u8], what: &str| {
        assert!(fs::read(&there).unwrap() == text, "{what}");
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1, "{what}: nothing new outside");
    };
    // A note that becomes a link, by its place and by way of the folders above it.
    let up = format!("../../../../../../../..{}", there.display());
    for target in [there.as_path(), Path::new(&up)] {
        let ticked = Ticked::of(&ONE_NOTE_EACH);
        let before = &ticked.before[Path::new(TANAKA)];
        keep(before);
        fs::remove_file(ticked.vault.at(TANAKA)).unwrap();
        symlink(target, ticked.vault.at(TANAKA)).unwrap();
        let out = ticked.vault.goen(&["update"]);
        assert_eq!(out.code, Some(0), "{}", out.said());
        is_kept(before, "a linked note");
        assert_eq!(fs::read_link(ticked.vault.at(TANAKA)).unwrap(), target);
        let page = ticked.vault.read(PAGE);
        assert_eq!(ticked.ids.iter().filter(|id| is_ticked(&page, id)).count(), 1, "{page}");
        assert_eq!(ticked.vault.codes(TANAKA), ["unreadable:1"], "reported");
        let codes = ticked.vault.codes(PAGE);
        assert!(codes.len() == 1 && codes[0].starts_with("not-recorded:"), "{codes:?}");
    }
    // A folder that becomes one, followed or not.
    for config in ["", "[vault]\nfollow_symlinks = true\n"] {
        let ticked = Ticked::of(&[("人/田中.md", NOTES[0].1)]);
        keep(NOTES[0].1.as_bytes());
        ticked.vault.note("goen.toml", config);
        fs::remove_dir_all(ticked.vault.at("人")).unwrap();
        symlink(outside.path(), ticked.vault.at("人")).unwrap();
        let out = ticked.vault.goen(&["update"]);
        assert_eq!(out.code, Some(0), "{}", out.said());
        is_kept(NOTES[0].1.as_bytes(), "a linked folder");
        assert!(is_ticked(&ticked.vault.read(PAGE), &ticked.ids[0]), "{}", ticked.vault.read(PAGE));
    }
    // The page itself.
    let ticked = Ticked::new();
    let page = &ticked.before[Path::new(PAGE)];
    keep(page);
    fs::remove_file(ticked.vault.at(PAGE)).unwrap();
    symlink(&there, ticked.vault.at(PAGE)).unwrap();
    let out = ticked.vault.goen(&["update"]);
    assert_eq!(out.code, Some(2), "{}", out.said());
    is_kept(page, "a linked page");
}

#[test]
fn fault_13_a_folder_that_becomes_a_link_at_any_moment() {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let outside = TempDir::new().unwrap();
    let dir = Vault::new();
    let there = outside.path().join("田中.md");
    dir.note("人/田中.md", NOTES[0].1);
    fs::write(&there, NOTES[0].1).unwrap();
    symlink(outside.path(), dir.at("link")).unwrap();
    let known = fs::metadata(&there).unwrap();
    let vault = goen::vault::Vault::open(dir.path()).unwrap();
    let path = NotePath::new("人/田中.md");
    let over = AtomicBool::new(false);
    let (mut written, mut refused) = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let swap = || renameat_with(CWD, dir.at("link"), CWD, dir.at("人"), RenameFlags::EXCHANGE);
            while !over.load(Ordering::Relaxed) {
                swap().unwrap();
            }
        });
        let base = |text: &str| Base::Content(Digest::of(text.as_bytes()));
        for n in 0..3000 {
            // The same text as what stands outside: nothing but the way there keeps it safe.
            let mode = [WriteMode::Replace, WriteMode::InPlace][n % 2];
            let text = format!("{}- {n}\n", NOTES[0].1);
            if vault.replace(&path, base(NOTES[0].1), text.as_bytes(), mode).is_ok() {
                written += 1;
                while vault.replace(&path, base(&text), NOTES[0].1.as_bytes(), mode).is_err() {}
            } else {
                refused += 1;
            }
        }
        over.store(true, Ordering::Relaxed);
    });
    eprintln!("{written} written, {refused} refused while the folder was swapped");
    assert!(written > 0 && refused > 0, "both happened: {written}, {refused}");
    let now = fs::metadata(&there).unwrap();
    assert_eq!((now.ino(), now.mtime_nsec(), now.mode()), (known.ino(), known.mtime_nsec(), known.mode()));
    assert_eq!(fs::read_to_string(&there).unwrap(), NOTES[0].1);
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1, "nothing new outside");
}

// ---------------------------------------------------------------- others who write

/// A vault of one note, for what is beneath goen's commands.
fn one_note() -> (Vault, goen::vault::Vault, NotePath) {
    let dir = Vault::new();
    dir.note("People/a.md", "first\n");
    let vault = goen::vault::Vault::open(dir.path()).unwrap();
    (dir, vault, NotePath::new("People/a.md"))
}

/// What is in a note, and what it must still be to be replaced.
fn read(vault: &goen::vault::Vault, path: &NotePath) -> (Vec<u8>, Base) {
    let Bytes::Whole(bytes) = vault.read(path).unwrap() else { panic!("{path} is there") };
    let base = Base::Content(Digest::of(&bytes));
    (bytes, base)
}

fn save_by_rename(path: &Path, text: &str) {
    let temporary = path.with_extension("saving");
    fs::write(&temporary, text).unwrap();
    fs::rename(temporary, path).unwrap();
}

#[test]
fn fault_14_saved_between_reading_and_replacing() {
    for mode in [WriteMode::Replace, WriteMode::InPlace] {
        for by_rename in [false, true] {
            let (dir, vault, path) = one_note();
            let (_, base) = read(&vault, &path);
            if by_rename {
                save_by_rename(&dir.at("People/a.md"), "theirs\n");
            } else {
                dir.note("People/a.md", "theirs\n");
            }
            let result = vault.replace(&path, base, b"ours\n", mode);
            assert!(matches!(result, Err(WriteError::Stale(_))), "{result:?}");
            assert_eq!(dir.read("People/a.md"), "theirs\n");
            assert_eq!(dir.everything().len(), 1, "nothing is left");
            assert!(vault.look_back().is_empty());
            let (_, base) = read(&vault, &path);
            vault.replace(&path, base, b"both\n", mode).unwrap();
            assert_eq!(dir.read("People/a.md"), "both\n");
        }
    }
}

#[test]
fn fault_15_written_to_the_file_that_was_replaced() {
    let (dir, vault, path) = one_note();
    let (_, base) = read(&vault, &path);
    let mut held = fs::File::options().write(true).open(dir.at("People/a.md")).unwrap();
    vault.replace(&path, base, b"ours\n", WriteMode::Replace).unwrap();
    held.write_all(b"first\nand theirs\n").unwrap();
    assert_eq!(dir.read("People/a.md"), "ours\n");
    assert_eq!(vault.look_back(), [(path.clone(), b"first\nand theirs\n".to_vec())]);
    assert!(vault.look_back().is_empty(), "told once");
    // Nobody wrote: nothing to tell.
    let (_, base) = read(&vault, &path);
    vault.replace(&path, base, b"again\n", WriteMode::Replace).unwrap();
    assert!(vault.look_back().is_empty());
}

#[test]
fn fault_16_a_note_that_is_gone_is_not_made_again() {
    for mode in [WriteMode::Replace, WriteMode::InPlace] {
        for renamed in [false, true] {
            let (dir, vault, path) = one_note();
            let (_, base) = read(&vault, &path);
            if renamed {
                fs::rename(dir.at("People/a.md"), dir.at("People/b.md")).unwrap();
            } else {
                fs::remove_file(dir.at("People/a.md")).unwrap();
            }
            let result = vault.replace(&path, base, b"ours\n", mode);
            assert!(matches!(result, Err(WriteError::Stale(_))), "{result:?}");
            let left: Vec<_> = dir.everything().into_values().collect();
            assert_eq!(left, vec![b"first\n".to_vec(); usize::from(renamed)]);
            // Nor is what came into its place meanwhile written over where nothing was before.
            dir.note("People/a.md", "new\n");
            let result = vault.replace(&path, Base::Missing, b"ours\n", mode);
            assert!(matches!(result, Err(WriteError::Stale(_))), "{result:?}");
            assert_eq!(dir.read("People/a.md"), "new\n");
        }
    }
    // The tick of a note that is gone stays on the page.
    let ticked = Ticked::of(&ONE_NOTE_EACH);
    fs::remove_file(ticked.vault.at(TANAKA)).unwrap();
    let out = ticked.vault.goen(&["update"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    assert!(!ticked.vault.at(TANAKA).exists());
    let page = ticked.vault.read(PAGE);
    assert_eq!(ticked.ids.iter().filter(|id| is_ticked(&page, id)).count(), 1, "{page}");
}

#[test]
fn fault_17_two_at_once() {
    let ticked = Ticked::new();
    for round in 0..15 * thorough() {
        let what = format!("round {round}");
        let started: Vec<_> = (0..3)
            .map(|_| ticked.update().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
            .collect();
        for child in started {
            let out = child.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&out.stderr);
            assert!(matches!(out.status.code(), Some(0 | 2)) && !said.contains("panicked"), "{what}: {said}");
        }
        assert!(ticked.leftovers().is_empty(), "{what}: {:?}", ticked.leftovers());
        ticked.is_sound(&what);
        ticked.finishes(&what);
        ticked.restore();
    }
}

/// Whoever writes is waited for, and a lock outlives nobody who held it.
#[test]
fn fault_17_a_command_waits_for_whoever_writes() {
    let ticked = Ticked::of(&ONE_NOTE_EACH);
    ticked.finishes("makes the lock");
    let locks = walkdir::WalkDir::new(ticked.home().join(".local")).into_iter().map(Result::unwrap);
    let lock = locks.map(walkdir::DirEntry::into_path).find(|path| path.ends_with("write.lock")).unwrap();
    let before = ticked.vault.snapshot();
    let held = fs::File::options().append(true).open(&lock).unwrap();
    held.lock().unwrap();
    let mut command = ticked.vault.command();
    command.arg("--vault").arg(ticked.vault.path()).args(["--today", TODAY, "log", "鈴木", "電話"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(300));
    assert!(child.try_wait().unwrap().is_none(), "it does not write while somebody else does");
    assert!(ticked.vault.snapshot() == before);
    // As the system does for whoever is killed while they hold it.
    drop(held);
    assert!(child.wait().unwrap().success());
    assert!(ticked.vault.read(SUZUKI).contains("電話"));
}

#[test]
fn fault_18_the_vault_holds_nothing_of_goens_but_the_page() {
    let ticked = Ticked::new();
    let state = TempDir::new().unwrap();
    let out = run(ticked.update().env("XDG_STATE_HOME", state.path()));
    assert_eq!(out.code, Some(0), "{}", out.said());
    assert!(ticked.vault.everything() == ticked.after);
    let files = walkdir::WalkDir::new(state.path().join("goen")).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    let files: Vec<_> = files.map(|entry| entry.file_name().to_str().unwrap().to_owned()).collect();
    assert!(files.iter().any(|name| name == "write.lock"), "{files:?}");
    assert!(ticked.ids.iter().all(|id| files.iter().any(|name| name.contains(id.as_str()))), "{files:?}");
    assert!(!ticked.home().join(".local").exists(), "nowhere else");
    // Another user of the machine does not read what notes were.
    for entry in walkdir::WalkDir::new(state.path().join("goen")).into_iter().map(Result::unwrap) {
        let wanted = if entry.file_type().is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode(entry.path()), wanted, "{}", entry.path().display());
    }
    // No place for it: recorded all the same.
    ticked.restore();
    let out = run(ticked.update().env("XDG_STATE_HOME", "/dev/null/nowhere"));
    assert_eq!(out.code, Some(0), "{}", out.said());
    ticked.is_finished("without local state");
}

// ---------------------------------------------------------------- two machines

/// git in a vault, with nothing of the machine's own settings.
fn git(vault: &Vault, args: &[&str]) -> Output {
    let mut command = Command::new("git");
    command.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", vault.path().join(".git"));
    command.env("GIT_CONFIG_NOSYSTEM", "1").current_dir(vault.path());
    command.args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.quotePath=false"]);
    run(command.args(args))
}

fn commit(vault: &Vault) {
    for args in [["add", "-A", "."], ["commit", "-q", "-mx"]] {
        let out = git(vault, &args);
        assert_eq!(out.code, Some(0), "{}", out.said());
    }
}

/// Two machines with one vault in git.
fn two_machines(first: Vault) -> (Vault, Vault) {
    git(&first, &["init", "-q", "-b", "main"]);
    commit(&first);
    let second = Vault::new();
    let out = git(&second, &["clone", "-q", first.path().to_str().unwrap(), "."]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    (first, second)
}

/// Takes in what the other has; which files are in conflict.
fn merge(into: &Vault, from: &Vault) -> Vec<String> {
    let out = git(into, &["fetch", "-q", from.path().to_str().unwrap(), "main"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    let out = git(into, &["merge", "-q", "-mx", "FETCH_HEAD"]);
    assert!(matches!(out.code, Some(0 | 1)), "{}", out.said());
    git(into, &["diff", "--name-only", "--diff-filter=U"]).stdout.lines().map(str::to_owned).collect()
}

fn notes(vault: &Vault) -> crate::ticked::Files {
    let mut files = vault.snapshot();
    files.retain(|path, _| !path.starts_with(".git") && crate::ticked::name(path) != ".gitattributes");
    files
}

fn git_works() -> bool {
    works(Command::new("git").arg("--version"))
}

#[test]
fn fault_19_the_same_tick_on_two_machines() {
    if !git_works() {
        return;
    }
    for day in [TODAY, "2026-11-22"] {
        let ticked = Ticked::new();
        let (after, ids) = (ticked.after.clone(), ticked.ids.clone());
        let (one, other) = two_machines(ticked.vault);
        for (machine, day) in [(&one, TODAY), (&other, day)] {
            assert_eq!(machine.on(day, &["update"]).code, Some(0));
            commit(machine);
        }
        let conflicts = merge(&one, &other);
        assert!(conflicts.iter().all(|path| path == PAGE), "{conflicts:?}");
        if !conflicts.is_empty() {
            git(&one, &["checkout", "-q", "--theirs", PAGE]);
            commit(&one);
        }
        let out = one.on("2026-11-22", &["update"]);
        assert_eq!(out.code, Some(0), "{}", out.said());
        let now = notes(&one);
        assert!(now.iter().all(|(path, bytes)| after[path] == *bytes), "as if it were one machine");
        assert!(ids.iter().all(|id| log_lines(&now, id) == 1), "{}", one.read(PAGE));
    }
}

/// The notes come over before the page does.
#[test]
fn fault_19_recorded_elsewhere_already() {
    let ticked = Ticked::new();
    for (path, bytes) in ticked.after.iter().filter(|(path, _)| path.as_path() != Path::new(PAGE)) {
        fs::write(ticked.vault.path().join(path), bytes).unwrap();
    }
    ticked.finishes("recorded elsewhere");
}

#[test]
fn fault_19_an_older_date_is_never_put_over_a_newer_one() {
    let ticked = Ticked::of(&ONE_NOTE_EACH);
    let newer = "---\ntier: close\nlast_contact: 2026-11-25\nline: taro\n---\n\n## 記録\n\n- 2026-11-25 (call) 電話\n- 2026-09-14 (line) 近況\n";
    ticked.vault.note(TANAKA, newer);
    let out = ticked.vault.on("2026-11-26", &["update"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    let (note, page) = (ticked.vault.read(TANAKA), ticked.vault.read(PAGE));
    assert!(note.contains("last_contact: 2026-11-25\n"), "{note}");
    let recorded = note.lines().filter(|line| line.starts_with("- 2026-11-21 ")).count();
    let waits = ticked.ids.iter().filter(|id| is_ticked(&page, id)).count();
    assert_eq!(recorded + waits, 1, "recorded in its place, or still on the page:\n{note}\n{page}");
    let days: Vec<&str> = note.lines().filter_map(|line| line.strip_prefix("- ")?.get(..10)).collect();
    assert!(days.is_sorted_by(|a, b| a >= b), "newest first: {note}");
}

#[test]
fn fault_19_different_ticks_on_two_machines() {
    if !git_works() {
        return;
    }
    let vault = Vault::new();
    let note = |name: &str, promise: &str| {
        let log = "## 記録\n\n- 2026-09-14 (line) 近況\n- 2026-07-01 (mail) 挨拶\n";
        let text = format!("---\ntier: close\nlast_contact: 2026-09-14\nline: x\n---\n\n{promise}{log}");
        vault.note(&format!("People/{name}.md"), &text);
    };
    for name in ["あ", "い", "う"] {
        note(name, "");
    }
    // Two things to be done with one person: ticked here the one, there the other.
    note("え", "- [ ] 本を返す 📅 2026-11-21\n- [ ] 資料を送る 📅 2026-11-22\n\n");
    let all = tick(&vault);
    let page = vault.read(PAGE);
    vault.note(PAGE, &page.replace("\n- [x] ", "\n- [ ] "));
    let (one, other) = two_machines(vault);
    let (mut here, mut there) = (Vec::new(), Vec::new());
    for (n, id) in all.iter().enumerate() {
        let (machine, ids) = if n % 2 == 0 { (&one, &mut here) } else { (&other, &mut there) };
        let page = machine.read(PAGE);
        let line = page.lines().find(|line| line.ends_with(&format!(" ^{id}"))).unwrap();
        machine.note(PAGE, &page.replace(line, &line.replacen("- [ ] ", "- [x] ", 1)));
        ids.push(id.clone());
    }
    assert!(here.len() >= 2 && there.len() >= 2, "{page}");
    for (machine, ids) in [(&one, &here), (&other, &there)] {
        let out = machine.goen(&["update"]);
        assert_eq!(out.code, Some(0), "{}", out.said());
        assert!(ids.iter().all(|id| log_lines(&notes(machine), id) == 1));
        commit(machine);
    }
    let sides = [notes(&one), notes(&other)];
    // Only a log to which both have added is in conflict, beside the page.
    let conflicts = merge(&one, &other);
    let of_both = |path: &String| path == PAGE || path == "People/え.md";
    assert!(conflicts.iter().all(of_both), "{conflicts:?}");
    git(&one, &["merge", "--abort"]);
    one.note(".gitattributes", "People/*.md merge=union\n");
    commit(&one);
    let conflicts = merge(&one, &other);
    assert!(conflicts.iter().all(|path| path == PAGE), "{conflicts:?}");
    git(&one, &["checkout", "-q", "--ours", PAGE]);
    commit(&one);
    let is_history = |line: &str| ["- 2026-", "- [x] "].iter().any(|start| line.starts_with(start));
    let holds_all = |what: &str| {
        let now = notes(&one);
        for id in &all {
            assert_eq!(log_lines(&now, id), 1, "{what}: {id} in {:?}", one.read("People/え.md"));
        }
        for (path, bytes) in sides.iter().flatten() {
            let merged = String::from_utf8(now[path].clone()).unwrap();
            for line in String::from_utf8_lossy(bytes).lines().filter(|line| is_history(line)) {
                assert!(merged.lines().any(|l| l == line), "{what}: {path:?}: {line} in\n{merged}");
            }
        }
    };
    holds_all("merged");
    let before = notes(&one);
    let out = one.goen(&["update"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    assert!(notes(&one) == before, "there is nothing left to record");
    assert_eq!(one.problems().len(), 0, "{:?}", one.problems());
}

// ---------------------------------------------------------------- what is left behind

#[test]
fn fault_20_old_temporary_files_are_swept() {
    let ticked = Ticked::new();
    let text = "---\ntier: close\ntype: person\n---\n- [ ] 約束 📅 2026-11-21\n";
    let age = |path: &str, hours: u64| {
        ticked.vault.note(path, text);
        let then = SystemTime::now() - Duration::from_secs(hours * 60 * 60);
        let file = fs::File::options().write(true).open(ticked.vault.at(path)).unwrap();
        file.set_modified(then).unwrap();
    };
    let old = [".goen-x.tmp", "People/.goen-77-0.tmp"];
    let kept = [".goen-y.tmp", "People/.goen-1-2.tmp"];
    let others = [".goen-.tmp", "People/.other.tmp", ".goen-x.tmp.bak"];
    old.iter().chain(&others).for_each(|path| age(path, 2));
    kept.iter().for_each(|path| age(path, 0));
    assert_eq!(ticked.vault.paths(), [TANAKA, SUZUKI]);
    assert_eq!(ticked.vault.problems().len(), 0, "{:?}", ticked.vault.problems());
    assert!(old.iter().all(|path| ticked.vault.at(path).exists()), "who only reads removes nothing");
    ticked.finishes("with temporary files");
    for path in old {
        assert!(!ticked.vault.at(path).exists(), "{path} is swept");
    }
    for path in kept.iter().chain(&others) {
        assert_eq!(ticked.vault.read(path), text, "{path} stays");
    }
}

#[test]
fn fault_06_a_promise_half_recorded_is_finished_later() {
    let Some(faults) = Faults::new(&NOTES, false) else { return };
    faults.at_each(&[("renameat2".to_owned(), 2)], "error=EACCES", |what, out, _| ended(out, what));
}

#[test]
fn fault_12_no_folder_is_made_outside_for_the_page() {
    let (vault, outside) = (Vault::new(), TempDir::new().unwrap());
    vault.note("People/a.md", NOTES[0].1).note("goen.toml", "[page]\nfile = \"there/new/reconnect.md\"\n");
    symlink(outside.path(), vault.at("there")).unwrap();
    assert_eq!(vault.goen(&["update"]).code, Some(2));
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0, "nothing new outside");
}

#[test]
fn fault_15_what_was_saved_after_is_kept_beside_what_was_saved_into_the_old_file() {
    let Some(faults) = Faults::new(&ONE_NOTE_EACH, false) else { return };
    let note = faults.ticked.vault.at(TANAKA);
    let before = fs::read_to_string(&note).unwrap();
    let inode = fs::metadata(&note).unwrap().ino();
    let mut held = fs::File::options().write(true).open(&note).unwrap();
    // goen looks back half a second later than it would.
    let inject = "inject=clock_nanosleep:delay_enter=500000:when=1";
    let mut child = faults
        .ticked
        .under(&["strace", "-o", "/dev/null", "-e", "trace=clock_nanosleep", "-e", inject])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    while fs::metadata(&note).unwrap().ino() == inode {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(Duration::from_millis(150));
    held.write_all(format!("{before}into the old file\n").as_bytes()).unwrap();
    save_by_rename(&note, &format!("{}after it\n", fs::read_to_string(&note).unwrap()));
    assert!(child.wait().unwrap().success());
    // The newer save stands; the other is kept as sync tools keep theirs, and `check` tells of it.
    assert!(fs::read_to_string(&note).unwrap().contains("after it\n"));
    let copies = fs::read_dir(note.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    let copy = copies.into_iter().find(|path| path.to_string_lossy().contains(".sync-conflict-")).unwrap();
    assert!(fs::read_to_string(&copy).unwrap().contains("into the old file\n"));
    assert!(faults.ticked.vault.goen(&["check"]).stdout.contains("sync-conflict"));
}
