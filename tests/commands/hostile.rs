//! Somebody who may put files into the vault, or hands over an address book, and means harm: nothing
//! steers the terminal, nothing outside of the vault is read or written, nothing becomes Markdown or
//! HTML that goen did not mean, and every command comes to an end.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{Output, PAGE, TODAY, Vault, front, run};
use pulldown_cmark::{Event, Options, Parser};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use tempfile::TempDir;

// ---------------------------------------------------------------- the terminal

/// Colours, the clipboard, a link, C1 controls, bidi, a bell, what deletes, line ends that are none,
/// tags, what has no width.
const EVIL: &str = "e\u{1b}[31m\u{1b}]52;c;eA==\u{7}\u{1b}]8;;http:x\u{1b}\\\u{9b}31m\u{202e}\u{2066}\u{200f}\u{8}\u{7f}\
    \u{2028}\u{2029}\u{85}\u{e0041}\u{200b}\u{feff}\u{2060}\u{61c}\u{200e}\u{ad}vil";

/// Whether a character may do something to a terminal, or hide or reorder what stands around it.
fn steers(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// It as a text of YAML.
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        c if c.is_ascii_alphanumeric() => c.to_string(),
        c => format!("\\U{:08x}", u32::from(c)),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// A vault in which every text there is says it.
fn evil_vault() -> Vault {
    let q = quoted(EVIL);
    let vault = Vault::new();
    vault.note(&format!("People/{EVIL}.md"), &front("tier: close\nlast_contact: 2026-09-14"));
    vault.note(
        "People/b.md",
        &format!(
            "---\nname: {q}\naliases: [{q}]\nreading: {q}\ntier: {q}\nlast_contact: {q}\ncadence: 6w\norg: {q}\nrole: {q}\n\
             location: {q}\ninterests: [{q}]\nprefer: {q}\nemail: {q}\nphone: {q}\nline: {q}\naddress: {q}\nbirthday: {q}\n\
             introduced_by: {q}\nmilestones: [{{date: 2026-11-20, what: {q}}}]\nstatus: {q}\nseasons: [{q}]\n---\n## Log\n\n\
             - 2026-09-14 ({EVIL}) {EVIL} #received\n- [ ] {EVIL} 📅 2026-11-21\n\n## {EVIL}\n\n{EVIL}:: {EVIL}\n"
        ),
    );
    vault.note(
        "People/c.md",
        &format!("---\ntier: {EVIL}\nlast_contact: {EVIL}\n{EVIL}: 3\n---\n[[{EVIL}]]\n"),
    );
    vault.note("People/d.md", &format!("---\n\tname: {EVIL}\n---\n"));
    vault.note(
        "People/e.md",
        &format!(
            "---\nname: E\ntier: senior\nlast_contact: 2026-07-01\norg: [{q}, \"Acme 2015..2020 {}]\ninterests: [rust, {q}]\n---\n\
             ## 記録\n- 2026-07-01 (line) {EVIL} https://x{EVIL}\n- [ ] {EVIL} [[b]] 📅 2026-11-22\n",
            &q[1..]
        ),
    );
    vault.note("Orgs/Acme.md", &format!("---\ntype: org\nname: Acme\naliases: [{q}]\n---\n{EVIL}\n"));
    vault.note(
        "me.md",
        &format!(
            "---\ntype: me\nname: {q}\ninterests: [{q}, rust]\norg: [\"Acme 2016..2019 {}]\n---\n- {EVIL}\n",
            &q[1..]
        ),
    );
    vault.note(
        "ev.md",
        &format!(
            "---\ntype: event\ndate: 2026-11-25\nplace: {q}\nattendees: [\"[[b]]\", \"[[e]]\", {q}]\ntopics: [{q}, rust]\n---\n- {EVIL}\n"
        ),
    );
    vault.note(
        "clip.md",
        &format!("---\ntype: clip\ntitle: {q}\ntags: [rust, {q}]\nurl: {q}\n---\n{EVIL} #rust\n"),
    );
    vault.note(&format!("{EVIL}.sync-conflict-20260101-120000-ABCDEFG.md"), "x");
    vault.note(&format!("{EVIL}/x.md"), "---\ntype: event\ndate: 2026-09-14\nattendees: [\"[[b]]\"]\n---\n");
    vault.note("2026-11-20.md", &format!("[[e]] {EVIL} [[{EVIL}]]\n"));
    vault.note("templates/messages/odd.md", &format!("{{{{ {EVIL} }}}}"));
    let home = |name: &str, text: &str| fs::write(vault.home().join(name), text).unwrap();
    home("letter.txt", &format!("お世話になっております。{EVIL} 株式会社{EVIL}様 部長様 {EVIL} 拝啓\n"));
    home(
        "cards.vcf",
        &format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{EVIL}\r\nORG:{EVIL}\r\nNOTE:{EVIL}\r\nEMAIL:{EVIL}\r\nBDAY:{EVIL}\r\n\
             X-{EVIL}:{EVIL}\r\nCATEGORIES:{EVIL}\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:b\r\n{EVIL}\r\nBEGIN:VCARD\r\nFN:E\r\n\
             EMAIL:{EVIL}\r\nEND:VCARD\r\n"
        ),
    );
    home(
        &format!("{EVIL}.csv"),
        &format!("First Name,Last Name,E-mail 1 - Value,{EVIL}\nx,y,{EVIL},z\nx,z,\"{EVIL}\n"),
    );
    vault
}

/// A command of this line: `E` is the text itself, `~` the home folder.
fn evil_run(vault: &Vault, line: &str, more: &[&str]) -> Output {
    let home = vault.home().to_str().unwrap();
    let words = line.split(' ').map(|word| match word {
        "E" => EVIL.to_owned(),
        "--E" => format!("--{EVIL}"),
        word => word.replace('~', home).replace('É', EVIL),
    });
    let words: Vec<String> = words.chain(more.iter().map(|word| (*word).to_owned())).collect();
    vault.goen(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What is wrong with what a run said.
fn what_steers(line: &str, out: &Output) -> Option<String> {
    assert!(out.code.is_some_and(|code| code < 3), "{line}: {:?} {:?}", out.code, out.said());
    let is_export = line.starts_with("export ");
    // Other programs want their own line ends, indents, and a mark in front.
    let stdout = if is_export { out.stdout.trim_start_matches('\u{feff}') } else { &out.stdout };
    let is_bad = |c: &char| steers(*c) && !(is_export && matches!(c, '\r' | '\t'));
    let bad: Vec<char> =
        stdout.chars().filter(is_bad).chain(out.stderr.chars().filter(|c| steers(*c))).collect();
    (!bad.is_empty()).then(|| format!("{line} prints {bad:?}"))
}

#[test]
fn fault_54_nothing_from_a_note_steers_a_terminal() {
    /// Shown in words and as data.
    const SHOWN: &[&str] = &[
        "list",
        "today --all",
        "check",
        "show b",
        "show e",
        "draft e",
        "forecast",
        "calendar --person b",
        "season",
        "prep ev",
        "share clip",
        "alumni Acme",
        "import ~/cards.vcf --all",
        "review ~/letter.txt --to e",
        "update --dry-run",
    ];
    /// Files of other programs, and words about what could not be done.
    const SAID: &[&str] = &[
        "list --tier E",
        "list --sort E",
        "show E",
        "draft b --public",
        "draft e --for E",
        "draft e --for odd",
        "draft e --via E",
        "season 年賀 --csv",
        "prep E",
        "share E",
        "alumni E",
        "undo E",
        "import ~/É.csv",
        "import ~/letter.txt",
        "review ~/É",
        "export ics",
        "export vcf",
        "export csv",
        "export json",
        "export canvas",
        "export ics -o ~/É/x.ics",
        "git setup",
        "git merge E E E 7",
        "snooze e E",
        "rest E",
        "E",
        "--E",
        "list --today E",
        "completions E",
    ];
    const WRITERS: &[&str] = &[
        "log E E",
        "log e E --via E --on E",
        "log e E --via E",
        "log e x --promise E --by 2026-12-01",
        "undo",
        "add E",
        "import ~/cards.vcf --yes",
        "undo",
        "alumni Acme --write",
        "prep ev --write",
        "export canvas -o ~/É.canvas",
        "update",
        "check",
        "init",
    ];
    let vault = evil_vault();
    let shown = |line: &&str| {
        let data = evil_run(&vault, line, &["--json"]);
        let parsed = serde_json::from_str::<serde_json::Value>(&data.stdout);
        assert!(parsed.is_ok(), "{line}: {:?} {:?}", data.stdout, data.stderr);
        let lang = ["--lang", if line.len().is_multiple_of(2) { "en" } else { "ja" }];
        [what_steers(line, &data), what_steers(line, &evil_run(&vault, line, &lang))]
    };
    let mut wrong: Vec<String> = std::thread::scope(|scope| {
        let data = scope.spawn(|| SHOWN.iter().flat_map(shown).flatten().collect::<Vec<_>>());
        let said = SAID.iter().filter_map(|line| what_steers(line, &evil_run(&vault, line, &[])));
        let mut wrong: Vec<String> = said.collect();
        wrong.extend(data.join().unwrap());
        wrong
    });
    wrong.extend(WRITERS.iter().filter_map(|line| what_steers(line, &evil_run(&vault, line, &[]))));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!vault.read(PAGE).chars().any(steers));
    let broken = Vault::new();
    broken.note("goen.toml", &format!("[page]\n{} = 1\n", quoted(EVIL))).note("People/a.md", "");
    let out = broken.goen(&["list"]);
    assert!(out.code == Some(2) && !out.said().chars().any(steers), "{:?}", out.said());
}

/// A name that goes on in another line says nothing in goen's place.
#[test]
fn no_name_begins_a_line_of_its_own() {
    let vault = Vault::new();
    vault.note("People/b.md", "");
    let nowhere = vault.home().join("a\nnothing is wrong");
    let out = run(vault.command().arg("-C").arg(&nowhere).args(["--lang", "en", "list"]));
    assert_eq!(out.code, Some(2));
    assert!(!out.stderr.lines().any(|line| line.starts_with("nothing is wrong")), "{}", out.stderr);
}

// ---------------------------------------------------------------- Markdown

const MARKS: &[&str] = &[
    "a]]b",
    "[[x]]",
    "a|b",
    "a#^b",
    "a ^g-000000",
    "a\n- [x] [[b]]",
    "<!-- goen:end -->",
    "<!-- goen:prep end -->",
    "<!-- goen:org end -->",
    "<script>alert(1)</script>",
    "a %% b",
    "`a`",
    "a](javascript:alert(1))",
    "![a](b)",
    "**a** _b_",
    "&lt;b&gt;",
    "```",
    "~~~",
    "# h",
    "a:: b",
    "$x$",
    "\n## 記録\n- 2026-11-20 x",
    "- [ ] x",
    "#tag",
    "<img src=x onerror=y>",
    "END:VEVENT",
    "x\\nEND:VCARD",
    "=1+1",
];

/// What goen writes into notes and files of other programs is what it means to write, whatever the
/// notes say that it speaks of.
#[test]
fn words_of_notes_are_words_wherever_they_are_written() {
    let vault = Vault::new();
    for (n, mark) in MARKS.iter().enumerate() {
        let q = serde_json::to_string(mark).unwrap();
        let line = mark.replace('\n', " ");
        vault.note(
            &format!("People/p{n}.md"),
            &format!(
                "---\nname: {q}\naliases: [{q}]\ntier: close\nlast_contact: 2026-09-14\norg: [\"Acme 2015..2020 {}, {q}]\n\
                 interests: [{q}, rust]\nlocation: {q}\nintroduced_by: {q}\nbirthday: 1985-12-03\nemail: {q}\n---\n## 記録\n\n\
                 - 2026-09-14 (line) {line} #followup\n- [ ] {line} 📅 2026-11-22\n",
                &q[1..]
            ),
        );
    }
    let all: Vec<String> = (0..MARKS.len()).map(|n| format!("\"[[p{n}]]\"")).collect();
    let texts: Vec<String> = MARKS.iter().map(|mark| serde_json::to_string(mark).unwrap()).collect();
    vault.note("Orgs/Acme.md", "---\ntype: org\nname: Acme\n---\nbody\n");
    vault.note("me.md", "---\ntype: me\ninterests: [rust]\norg: [\"Acme 2016..2019\"]\n---\n");
    vault.note(
        "ev.md",
        &format!(
            "---\ntype: event\ndate: 2026-11-25\nplace: \"<b>\"\nattendees: [{}, {}]\ntopics: [{}]\n---\nbody\n",
            all.join(", "),
            texts.join(", "),
            texts.join(", ")
        ),
    );
    for (args, file, begins) in [
        (["prep", "ev", "--write"], "ev.md", "goen:prep"),
        (["alumni", "Acme", "--write"], "Orgs/Acme.md", "goen:org"),
    ] {
        let before = vault.read(file);
        let out = vault.goen(&args);
        assert_eq!(out.code, Some(0), "{args:?}: {}", out.said());
        let note = vault.read(file);
        let written = note.strip_prefix(before.trim_end()).unwrap_or_else(|| panic!("{note}"));
        for event in Parser::new_ext(written, Options::ENABLE_TASKLISTS | Options::ENABLE_WIKILINKS) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => {
                    let html = html.trim();
                    assert!(html.starts_with("<!-- goen:") && html.matches("<!--").count() == 1, "{html}");
                }
                Event::Code(_) | Event::TaskListMarker(true) => panic!("{args:?}: {written}"),
                _ => {}
            }
        }
        assert_eq!(written.matches(&format!("<!-- {begins}")).count(), 2, "{written}");
        assert!(!written.contains("%%") && !written.contains(" ^g-") && !written.contains("]("), "{written}");
        // Nobody is met, asked or promised anything by what was written.
        assert_eq!(vault.person("People/p0.md")["contacts"], 1);
    }
    let export = |format: &str| vault.goen(&["export", format]).stdout;
    let ics = export("ics");
    let is_line = |line: &str| {
        line.starts_with(' ')
            || line.split([':', ';']).next().unwrap().bytes().all(|b| b.is_ascii_uppercase() || b == b'-')
    };
    assert!(ics.split("\r\n").all(is_line) && !ics.replace("\r\n", "").contains(['\r', '\n']), "{ics}");
    let count = |text: &str, line: &str| text.split("\r\n").filter(|l| *l == line).count();
    assert_eq!(count(&ics, "BEGIN:VEVENT"), count(&ics, "END:VEVENT"));
    assert_eq!(count(&ics, "END:VCALENDAR"), 1);
    let vcf = export("vcf");
    assert!(vcf.split("\r\n").all(is_line), "{vcf}");
    assert_eq!([count(&vcf, "BEGIN:VCARD"), count(&vcf, "END:VCARD")], [MARKS.len(); 2]);
    let csv = export("csv");
    assert!(csv.contains("'=1+1") && !csv.contains(",=1") && !csv.contains("\"=1"), "{csv}");
    let canvas: serde_json::Value = serde_json::from_str(&export("canvas")).unwrap();
    let nodes = canvas["nodes"].as_array().unwrap();
    // A frame's label is a text of its own; what is shown as Markdown are the notes themselves.
    assert!(nodes.iter().all(|node| node["type"] == "group" || node["type"] == "file"), "{canvas}");
}

// ---------------------------------------------------------------- the way out of the vault

const SECRET: &str = "SECRET";

/// A folder beside a vault with a secret in it; what is there must stay, and stay unread.
struct Outside {
    vault: Vault,
    there: TempDir,
}

impl Outside {
    fn new() -> Self {
        let (vault, there) = (Vault::new(), TempDir::new().unwrap());
        vault.note("People/b.md", &front("tier: close\nlast_contact: 2026-09-14\nline: x"));
        let note =
            format!("---\ntype: person\nname: {SECRET}\ntier: close\ndate: 2026-11-25\n---\n{SECRET}\n");
        for name in ["secret.md", "thanks.md", "page.md", "types.json", "daily-notes.json"] {
            fs::write(there.path().join(name), &note).unwrap();
        }
        Self { vault, there }
    }

    fn at(&self, name: &str) -> String {
        self.there.path().join(name).to_str().unwrap().to_owned()
    }

    fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let entries = walkdir::WalkDir::new(self.there.path()).into_iter().map(Result::unwrap);
        entries.map(|e| (e.path().to_owned(), fs::read(e.path()).unwrap_or_default())).collect()
    }

    /// Nothing of what lies outside is told, copied or changed.
    fn keeps(&self, what: &str, commands: &[&str]) {
        let before = self.snapshot();
        for command in commands {
            let out = self.vault.goen(&command.split(' ').collect::<Vec<_>>());
            let what = format!("{what}: {command}");
            assert!(out.code.is_some_and(|code| code < 3), "{what}: {:?} {}", out.code, out.said());
            assert!(!out.said().contains(SECRET), "{what}: {}", out.said());
            assert!(self.snapshot() == before, "{what}");
            let copied = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(SECRET);
            assert!(!self.vault.everything().values().any(|bytes| copied(bytes)), "{what}");
        }
    }
}

#[test]
fn no_setting_leads_out_of_the_vault() {
    let outside = Outside::new();
    symlink(outside.there.path(), outside.vault.at("link")).unwrap();
    let name = outside.there.path().file_name().unwrap().to_str().unwrap();
    let ways =
        [format!("../{name}"), outside.there.path().to_str().unwrap().to_owned(), "People/../..".into()];
    for (key, file) in [
        ("[page]\nfile = ", "/page.md"),
        ("[page]\ntemplate = ", "/page.md"),
        ("[export]\nics = ", "/x.ics"),
        ("[people]\nfolders = ", ""),
        ("[clips]\nfolders = ", ""),
        ("[journal]\nfolder = ", ""),
    ] {
        for way in &ways {
            outside.vault.note("goen.toml", &format!("{key}\"{way}{file}\"\n"));
            let out = outside.vault.goen(&["update"]);
            assert!(
                out.code == Some(2) && out.stderr.contains("goen.toml:2:"),
                "{key}{way}{file}: {}",
                out.said()
            );
            assert!(!outside.vault.at(PAGE).exists());
        }
        // Nor by way of a link.
        outside.vault.note("goen.toml", &format!("{key}\"link{file}\"\n"));
        outside.keeps(key, &["list", "update", "add new"]);
        let _ = fs::remove_file(outside.vault.at(PAGE));
    }
    outside.vault.note("goen.toml", "[vault]\nfollow_symlinks = true\n");
    outside.keeps("links are followed", &["list", "update", "check"]);
    fs::remove_file(outside.vault.at("goen.toml")).unwrap();
    symlink(outside.at("secret.md"), outside.vault.at("goen.toml")).unwrap();
    outside.keeps("the settings themselves", &["list", "init"]);
}

#[test]
fn no_note_leads_out_of_the_vault() {
    let outside = Outside::new();
    let name = outside.there.path().file_name().unwrap().to_str().unwrap();
    let up = format!("../../{name}/secret");
    outside.vault.note(
        "People/e.md",
        &format!("---\ntier: close\nintroduced_by: \"[[{up}]]\"\norg: \"[x]({up}.md)\"\n---\n- [ ] [[{up}]] [z](file://{}) 📅 2026-11-21\n", outside.at("secret.md")),
    );
    outside.vault.note(
        "ev.md",
        &format!(
            "---\ntype: event\ndate: 2026-11-25\nattendees: [\"[[{up}]]\", \"[[{}]]\"]\n---\n",
            outside.at("secret")
        ),
    );
    symlink(outside.at("secret.md"), outside.vault.at("People/s.md")).unwrap();
    symlink(outside.there.path(), outside.vault.at("People/folder")).unwrap();
    let (show, prep) = (format!("show {up}.md"), format!("prep {}", outside.at("secret.md")));
    outside.keeps(
        "links of notes",
        &[
            "list",
            "update",
            "show e",
            "today --all",
            "prep ev --write",
            "log s hi",
            "export canvas",
            "check",
            &show,
            &prep,
        ],
    );
    // Templates: as links, and by what they take in.
    fs::create_dir_all(outside.vault.at("templates/messages")).unwrap();
    symlink(outside.at("thanks.md"), outside.vault.at("templates/messages/thanks.md")).unwrap();
    for (name, file) in [
        ("a", outside.at("secret.md")),
        ("b", format!("../../../{name}/secret.md")),
        ("c", "../../People/b.md".into()),
    ] {
        outside.vault.note(&format!("templates/messages/{name}.md"), &format!("{{% include \"{file}\" %}}"));
    }
    outside.keeps(
        "templates",
        &["draft b --for thanks", "draft b --for a", "draft b --for b", "draft b --for c"],
    );
    assert_eq!(outside.vault.goen(&["draft", "b", "--for", "c"]).code, Some(2), "nor are notes taken in");
    // Settings of Obsidian.
    symlink(outside.there.path(), outside.vault.at(".obsidian")).unwrap();
    outside.keeps("settings of Obsidian", &["list", "init --obsidian"]);
    fs::remove_file(outside.vault.at(".obsidian")).unwrap();
    outside.vault.note(
        ".obsidian/daily-notes.json",
        &format!("{{\"folder\": \"../{name}\", \"format\": \"[../{name}/]YYYY\"}}"),
    );
    outside.keeps("daily notes", &["list", "update"]);
}

#[test]
fn no_name_leads_out_of_the_folder_of_people() {
    let outside = Outside::new();
    let absolute = outside.at("x");
    let names = [
        "../../x",
        "/etc/x",
        &absolute,
        "..",
        ".",
        "CON",
        "a\\..\\..\\b",
        ".hidden",
        "-rf",
        "a:b",
        "COM1.md",
        "x.",
        "\u{202e}",
    ];
    let before = outside.snapshot();
    let mut made = 0;
    for name in names {
        let out = outside.vault.goen(&["add", "--", name]);
        assert!(matches!(out.code, Some(0 | 2)), "{name}: {}", out.said());
        made += usize::from(out.code == Some(0));
    }
    let cards: String = names.iter().map(|name| format!("BEGIN:VCARD\nFN:{name} Jr\nEND:VCARD\n")).collect();
    fs::write(outside.vault.home().join("x.vcf"), cards).unwrap();
    outside.vault.goen(&["import", outside.vault.home().join("x.vcf").to_str().unwrap(), "--yes"]);
    assert!(outside.snapshot() == before);
    let paths: Vec<PathBuf> = outside.vault.everything().into_keys().collect();
    assert!(made >= 9 && paths.len() > made + 2, "{paths:?}");
    for path in paths {
        assert_eq!(path.parent(), Some(Path::new("People")), "{path:?}");
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(
            !name.starts_with('.') && !name.contains(['\\', ':', '/']) && !name.chars().any(steers),
            "{name:?}"
        );
    }
}

// ---------------------------------------------------------------- an end to everything

/// What a run says that has to come to an end.
fn ends(vault: &Vault, args: &[&str]) -> Option<i32> {
    let mut command: Command = vault.command();
    command.arg("--vault").arg(vault.path()).args(["--today", TODAY]).args(args);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            panic!("{args:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A pipe that nobody writes to, and a device without an end, in the place of every file.
#[test]
fn what_is_no_file_is_not_waited_for() {
    let files = [
        "goen.toml",
        PAGE,
        "People/f.md",
        "templates/messages/thanks.md",
        "t.md",
        ".obsidian/daily-notes.json",
        ".obsidian/types.json",
    ];
    for file in files {
        for is_pipe in [true, false] {
            let vault = Vault::new();
            vault.note("People/b.md", &front("tier: close\nlast_contact: 2026-09-14\nline: x"));
            vault.note(".obsidian/app.json", "{}");
            if file == "t.md" {
                vault.note("goen.toml", "[page]\ntemplate = \"t.md\"\n");
            }
            let path = vault.at(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            if is_pipe {
                mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
            } else {
                symlink("/dev/zero", &path).unwrap();
            }
            let commands: &[&[&str]] = match file {
                "templates/messages/thanks.md" => &[&["draft", "b", "--for", "thanks"]],
                ".obsidian/types.json" => &[&["init", "--obsidian"]],
                "People/f.md" => &[&["update"], &["log", "f", "x"]],
                _ => &[&["update"]],
            };
            for args in commands {
                assert!(matches!(ends(&vault, args), Some(0 | 2)), "{file} {args:?}");
            }
        }
    }
}

/// Nor in the place of what goen keeps on this machine.
#[test]
fn what_is_no_file_beside_the_vault_is_not_waited_for() {
    let vault = Vault::new();
    vault.note("People/b.md", &front("tier: close\nlast_contact: 2026-09-14\nline: x"));
    vault.goen(&["log", "b", "x"]);
    vault.goen(&["today"]);
    let kept = |folder: &str| -> Vec<PathBuf> {
        let entries = walkdir::WalkDir::new(vault.home().join(folder)).into_iter().map(Result::unwrap);
        entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
    };
    let (cache, state) = (kept(".cache"), kept(".local"));
    assert!(!cache.is_empty() && state.len() > 1, "{cache:?} {state:?}");
    for path in cache.iter().chain(&state) {
        fs::remove_file(path).unwrap();
        mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    }
    for args in [&["today"][..], &["undo"], &["log", "b", "y"], &["update"], &["undo", "1"]] {
        assert_eq!(ends(&vault, args), Some(0), "{args:?}");
    }
}

/// What is read from elsewhere has a measure: 256 MiB of an address book, 16 MiB of a message.
#[test]
fn what_is_handed_over_has_a_measure() {
    let vault = Vault::new();
    vault.note("People/b.md", "");
    let endless = ["/dev/zero"];
    for command in ["import", "review"] {
        let out = vault.goen(&[&[command][..], &endless].concat());
        assert!(out.code == Some(2) && !out.stderr.is_empty(), "{command}: {}", out.said());
    }
    let out = run(vault
        .command()
        .arg("-C")
        .arg(vault.path())
        .args(["review", "-"])
        .stdin(fs::File::open("/dev/zero").unwrap()));
    assert_eq!(out.code, Some(2), "{}", out.said());
}
