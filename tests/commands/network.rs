//! goen has no network: it does what it does where there is none, asks the system for no socket but
//! such as stay on the machine, and is built with nothing that speaks over one.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{PAGE, TODAY, Vault, run};

/// One of each: what reads, what writes, what tells.
const COMMANDS: &[&[&str]] = &[
    &["update"],
    &["today", "--all"],
    &["show", "真壁"],
    &["check"],
    &["draft", "真壁"],
    &["log", "真壁", "お礼"],
    &["export", "ics"],
];

/// A copy of the example.
fn example() -> Vault {
    let vault = Vault::new();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-vault");
    for entry in walkdir::WalkDir::new(&from).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&from).unwrap().to_str().unwrap();
            vault.bytes(path, &fs::read(entry.path()).unwrap());
        }
    }
    vault
}

/// Files by their paths.
type Files = Vec<(PathBuf, Vec<u8>)>;

/// Runs each command in turn under another program; what all of them said, and what the vault is then.
fn all_under(wrapper: &[&str]) -> (Vec<String>, Files, Vault) {
    let vault = example();
    let said = COMMANDS.iter().map(|args| {
        let plain = vault.command();
        let mut words: Vec<&std::ffi::OsStr> = wrapper.iter().map(std::ffi::OsStr::new).collect();
        words.push(plain.get_program());
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).current_dir(vault.home()).env_clear();
        command.env("HOME", vault.home()).env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
        let out = run(command.arg("-C").arg(vault.path()).args(["--today", TODAY]).args(*args));
        assert_eq!(out.code, Some(0), "{args:?}: {}", out.said());
        out.said().replace(vault.path().to_str().unwrap(), "VAULT")
    });
    let said = said.collect();
    let files = vault.everything().into_iter().collect();
    (said, files, vault)
}

fn works(args: &[&str]) -> bool {
    let works = Command::new(args[0]).args(&args[1..]).output().is_ok_and(|out| out.status.success());
    if !works {
        eprintln!("skipped: {} does not work here", args.join(" "));
    }
    works
}

#[test]
fn nothing_is_different_where_there_is_no_network() {
    // A space of its own in which there is no interface, not even the one to itself that is up.
    let mut apart = vec!["unshare", "-rn"];
    if !works(&["unshare", "-rn", "true"]) {
        return;
    }
    let (said, files, vault) = all_under(&["env"]);
    let strace = works(&["strace", "-o", "/dev/null", "true"]);
    if strace {
        // What the system is asked for is written down on the way.
        apart.extend(["strace", "-f", "-qq", "-A", "-e", "trace=socket,connect,sendto,bind", "-o"]);
    }
    let dir = tempfile::TempDir::new().unwrap();
    let log = dir.path().join("calls");
    if strace {
        apart.push(log.to_str().unwrap());
    }
    let (said_apart, files_apart, _) = all_under(&apart);
    assert_eq!(said_apart, said);
    assert_eq!(files_apart, files);
    assert!(vault.at(PAGE).exists());
    if strace {
        let calls = fs::read_to_string(&log).unwrap();
        let sockets: Vec<&str> = calls.lines().filter(|line| line.contains("socket(")).collect();
        let stay: Vec<&&str> = sockets.iter().filter(|line| !line.contains("socket(AF_UNIX")).collect();
        assert!(stay.is_empty(), "{stay:?}");
        let reach =
            calls.lines().find(|line| ["AF_INET", "AF_NETLINK"].iter().any(|word| line.contains(word)));
        assert_eq!(reach, None);
    }
}

/// Crates by which programs speak over a network: who asks for one asks for a look at this list first.
/// (`mio` is there for the watcher, without its sockets.)
const SPEAKERS: &[&str] = &[
    // HTTP
    "attohttpc",
    "curl",
    "curl-sys",
    "http",
    "hyper",
    "isahc",
    "minreq",
    "reqwest",
    "surf",
    "ureq",
    // what is below it, or beside it
    "async-net",
    "async-std",
    "hickory-resolver",
    "h2",
    "quinn",
    "smol",
    "socket2",
    "tokio",
    "tonic",
    "trust-dns-resolver",
    "tungstenite",
    "zbus",
    // keys for it
    "native-tls",
    "openssl",
    "openssl-sys",
    "rustls",
    "webpki-roots",
    // git by itself
    "git2",
    "gix",
    "libgit2-sys",
    "libssh2-sys",
    // what tells others how it goes
    "opentelemetry",
    "sentry",
    "self_update",
];

#[test]
fn nothing_that_speaks_over_a_network_is_built_in() {
    let text_of = |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let lock = text_of("Cargo.lock");
    let named = lock.lines().filter_map(|line| line.strip_prefix("name = \""));
    let names: Vec<&str> = named.map(|name| name.trim_end_matches('"')).collect();
    assert!(names.contains(&"goen") && names.len() > 50);
    let found: Vec<&&str> = names.iter().filter(|name| SPEAKERS.contains(name)).collect();
    assert!(found.is_empty(), "{found:?}");
    // Of what the system offers goen takes the file system and processes alone.
    let manifest = text_of("Cargo.toml");
    let rustix = manifest.lines().find(|line| line.starts_with("rustix = ")).unwrap();
    assert!(!rustix.contains("\"net\"") && !rustix.contains("all-apis"), "{rustix}");
}
