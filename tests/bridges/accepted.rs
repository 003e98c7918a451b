//! Other programs take what goen exports: Python's `icalendar` and `vobject` read it, and a real CalDAV and
//! CardDAV server keeps it. They are installed in a virtual environment below `target/`; where there is no
//! Python, or no network to fetch them once, this says so and tests nothing.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{Vault, front};

/// What is installed; another list makes another environment.
const PACKAGES: [&str; 3] = ["vobject>=0.9.9,<1", "icalendar>=7,<8", "radicale>=3.5,<4"];

/// So long may fetching them take.
const PATIENCE: Duration = Duration::from_secs(300);

/// The Python of the environment; none, with the reason said, where it cannot be made.
fn python() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("accepted");
    let (python, stamp) = (folder.join("bin/python"), folder.join("goen-stamp"));
    let wanted = PACKAGES.join("\n");
    if fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) && works(&python) {
        return Some(python);
    }
    let _ = fs::remove_dir_all(&folder);
    let made = ended(Command::new("python3").args(["-m", "venv"]).arg(&folder));
    if !made {
        println!("skipped: there is no python3 that makes virtual environments");
        return None;
    }
    let pip =
        ["-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "0", "--timeout", "15"];
    if !ended(Command::new(&python).args(pip).args(PACKAGES)) || !works(&python) {
        println!("skipped: the programs cannot be fetched");
        let _ = fs::remove_dir_all(&folder);
        return None;
    }
    fs::write(stamp, wanted).unwrap();
    Some(python)
}

fn works(python: &Path) -> bool {
    ended(Command::new(python).args(["-c", "import vobject, icalendar, radicale"]))
}

/// Whether a command did what it should, in time.
fn ended(command: &mut Command) -> bool {
    let Ok(mut child) = command.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null()).spawn()
    else {
        return false;
    };
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if begun.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(50)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

/// A vault with all that a calendar and an address book may hold, and odd texts in it.
fn vault() -> Vault {
    let vault = Vault::new();
    let long = "とても長い名前の人".repeat(12);
    vault
        .note(
            "People/a.md",
            "---\nname: \"田中; 太郎, 🎂 \\\\ x\"\nreading: たなか たろう\ntier: close\nlast_contact: 2026-09-14\nbirthday: 1985-12-03\nemail: t@example.jp\nphone: \"+81 90 1234 5678\"\norg: \"[[ミナト]] 2020-04.. 部長\"\naddress: 東京都港区1-2\npostal_code: 105-0001\nmilestones: [\"2026-11-20 部長に, 昇進; した\"]\n---\n## 記録\n\n- 2026-09-14 (line) 近況, 次は; \\\\ 改行 #続き\n\n- [ ] 資料を送る 📅 2026-12-10\n",
        )
        .note("People/b.md", &front("birthday: 2000-02-29\ntier: senior\nlast_contact: 2026-07-01"))
        .note("People/c.md", &front(&format!("name: {long}\nbirthday: 1604-05-06\ntier: close")))
        .note("People/d.md", &front("mourning: 2026-11-10\nbirthday: 1970-12-01"))
        .note("People/e.md", &front("status: deceased\nbirthday: 1950-12-01"))
        .note("会/2026-12-05 忘年会.md", &front("type: event\ndate: 2026-12-05\nend: 2026-12-06\nattendees: [\"[[b]]\"]\nplace: 京都; 祇園"));
    vault
}

/// What the readers must say of the files: they fail where something is not as it should be, and print
/// the UIDs.
const READ: &str = r#"
import datetime, sys, icalendar, vobject
ics = open(sys.argv[1], encoding="utf-8", newline="").read()
calendar = icalendar.Calendar.from_ical(ics)
events = list(calendar.walk("VEVENT"))
assert events
for event in events:
    assert not event.errors, event.errors
    first, end = event["DTSTART"], event["DTEND"]
    assert first.params["VALUE"] == "DATE" and end.params["VALUE"] == "DATE" and first.dt < end.dt, event
again = icalendar.Calendar.from_ical(calendar.to_ical())
assert [(e["UID"], e["SUMMARY"], e["DTSTART"].dt) for e in again.walk("VEVENT")] == [(e["UID"], e["SUMMARY"], e["DTSTART"].dt) for e in events]
other = vobject.readOne(ics)
other.serialize()
assert len(other.vevent_list) == len(events)
days = {}
for event in other.vevent_list:
    if "rrule" in event.contents:
        rule = event.getrruleset(addRDate=True)
        days[event.summary.value] = [d.strftime("%m-%d") for d in rule.between(datetime.datetime(2027, 1, 1), datetime.datetime(2029, 1, 1))]
assert days["b 誕生日"] == ["02-28", "02-29"], days
assert days["田中; 太郎, 🎂 \\ x 誕生日"] == ["12-03", "12-03"], days
cards = list(vobject.readComponents(open(sys.argv[2], encoding="utf-8", newline="").read()))
assert "田中; 太郎, 🎂 \\ x" in [card.fn.value for card in cards], cards
for card in cards:
    assert card.version.value == "4.0" and card.contents["uid"], card
for uid in sorted(str(event["UID"]) for event in events):
    print(uid)
"#;

#[test]
fn other_programs_take_what_goen_exports() {
    let Some(python) = python() else { return };
    let vault = vault();
    let folder = vault.home().join("out");
    fs::create_dir(&folder).unwrap();
    let ics = folder.join("goen.ics");
    assert_eq!(vault.goen(&["export", "ics", "-o", ics.to_str().unwrap()]).code, Some(0));
    let vcf = folder.join("goen.vcf");
    assert_eq!(vault.goen(&["export", "vcf", "-o", vcf.to_str().unwrap()]).code, Some(0));
    let uids = said(Command::new(&python).args(["-c", READ]).args([&ics, &vcf]));
    assert_eq!(uids, uids_of(&fs::read_to_string(&ics).unwrap()));
    let server = Server::start(&python, &folder);
    server.put("/me/calendar/", "text/calendar", &fs::read(&ics).unwrap());
    assert_eq!(uids_of(&server.get("/me/calendar/")), uids);
    let book = fs::read(&vcf).unwrap();
    server.put("/me/book/", "text/vcard", &book);
    assert_eq!(uids_of(&server.get("/me/book/")), uids_of(&String::from_utf8(book).unwrap()));
}

/// What a program says, where it ends well.
fn said(command: &mut Command) -> Vec<String> {
    let out = command.env("PYTHONUTF8", "1").output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The UIDs of a file, sorted.
fn uids_of(text: &str) -> Vec<String> {
    let unfolded = text.replace("\r\n ", "");
    let lines = unfolded.lines().filter_map(|line| line.strip_prefix("UID:"));
    let mut uids: Vec<String> = lines.map(|uid| uid.trim_end().to_owned()).collect();
    uids.sort();
    uids
}

/// A Radicale of the test's own.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(python: &Path, folder: &Path) -> Self {
        // Whoever takes the port meanwhile makes the server end, and another is tried.
        for _ in 0..5 {
            let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
            let config = folder.join("config");
            let store = folder.join("store");
            let text = format!(
                "[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = none\n[storage]\nfilesystem_folder = {}\n",
                store.display()
            );
            fs::write(&config, text).unwrap();
            let mut command = Command::new(python);
            command.args(["-m", "radicale", "--config"]).arg(&config);
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            let begun = Instant::now();
            while begun.elapsed() < Duration::from_secs(60) && child.try_wait().unwrap().is_none() {
                if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                    return Self { child, port };
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            let _ = child.kill();
            let _ = child.wait();
        }
        panic!("the server does not start");
    }

    /// The status and body of an answer.
    fn ask(&self, method: &str, path: &str, sort: &str, body: &[u8]) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        // `me:` as the name, without a password.
        let head = format!(
            "{method} {path} HTTP/1.0\r\nAuthorization: Basic bWU6\r\nContent-Type: {sort}; charset=utf-8\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = BufReader::new(stream);
        let mut status = String::new();
        answer.read_line(&mut status).unwrap();
        let code = status.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let mut line = String::new();
        while answer.read_line(&mut line).unwrap() > 0 && line.trim_end() != "" {
            line.clear();
        }
        let mut text = String::new();
        answer.read_to_string(&mut text).unwrap();
        (code, text)
    }

    /// A whole collection, which comes to be by that.
    fn put(&self, path: &str, sort: &str, body: &[u8]) {
        let (code, text) = self.ask("PUT", path, sort, body);
        assert_eq!(code, 201, "{path}: {text}");
    }

    fn get(&self, path: &str) -> String {
        let (code, text) = self.ask("GET", path, "text/plain", &[]);
        assert_eq!(code, 200, "{path}: {text}");
        text
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
