//! The page in the vault: its form, what around it is kept, when it is refused,
//! and that nothing a note says can break it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{PAGE, TODAY, Vault, front, is_unsafe, text};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};
use std::fs;
use std::time::{Duration, SystemTime};

const DUE: &str = "---\ntier: close\nlast_contact: 2026-09-14\nline: taro\n---\n";

fn vault() -> Vault {
    let vault = Vault::new();
    vault.note("People/田中 太郎.md", DUE);
    vault
}

fn update(vault: &Vault) -> String {
    let out = vault.goen(&["update"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    vault.read(PAGE)
}

#[test]
fn the_form_of_the_page() {
    let page = update(&vault());
    let lines: Vec<&str> = page.lines().collect();
    assert_eq!(lines[0], "<!-- goen:begin v1 2026-11-21 -->");
    assert_eq!(lines[1], "# つながり 2026-11-21（土）");
    assert_eq!(*lines.last().unwrap(), "<!-- goen:end -->");
    assert!(lines.iter().any(|l| l.starts_with("> [!summary] 今日 1 件")), "{page}");
    let item = lines.iter().find(|l| l.starts_with("- [ ] ")).unwrap();
    assert!(item.starts_with("- [ ] [[田中 太郎]] "), "{item}");
    let (before, id) = item.rsplit_once(" ^g-").unwrap();
    assert!(before.ends_with(" ⏳ 2026-11-21") && !item.contains("📅"), "{item}");
    assert!(!id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric()), "{item}");
    assert!(
        item.contains("LINE") && item.contains("9/14") && item.contains("68日"),
        "says why and how: {item}"
    );
    let headings: Vec<&&str> = lines.iter().filter(|l| l.starts_with("## ")).collect();
    assert_eq!(*headings[0], "## 今日");
    // The same item in the JSON has the same id.
    let today = vault().items_on(TODAY);
    assert_eq!(text(&today[0]["id"]), format!("g-{id}"));
}

#[test]
fn only_what_has_a_date_of_its_own_is_due() {
    let vault = vault();
    vault.note(
        "People/a.md",
        &(front("tier: close\nlast_contact: 2026-11-10") + "- [ ] 資料を送る 📅 2026-11-22\n"),
    );
    vault.note("People/b.md", &front("tier: close\nlast_contact: 2026-11-10\nbirthday: 1985-11-21"));
    let page = update(&vault);
    let line = |name: &str| page.lines().find(|l| l.contains(&format!("[[{name}]]"))).unwrap().to_owned();
    assert!(line("a").contains("📅 2026-11-22") && line("a").contains("資料を送る"), "{page}");
    assert!(line("b").contains("📅 2026-11-21"), "{page}");
    assert!(!line("田中 太郎").contains("📅"), "{page}");
}

#[test]
fn dates_links_and_tags_as_configured() {
    let check = |setting: &str, has: &[&str], hasnt: &[&str]| {
        let vault = vault();
        vault.note("goen.toml", &format!("[page]\n{setting}\n"));
        let page = update(&vault);
        let item = page.lines().find(|l| l.starts_with("- [ ] ")).unwrap();
        assert!(has.iter().all(|h| item.contains(h)), "{setting}: {item}");
        assert!(!hasnt.iter().any(|h| item.contains(h)), "{setting}: {item}");
    };
    check("dates = \"emoji\"", &["⏳ 2026-11-21 ^g-"], &[]);
    check("dates = \"dataview\"", &["[scheduled:: 2026-11-21]"], &["⏳"]);
    check("dates = \"none\"", &["^g-"], &["⏳", "scheduled"]);
    check("links = \"markdown\"", &["%20", ".md)"], &["[["]);
    check("task_tag = \"#task\"", &["#task", "[[田中 太郎]]"], &[]);
}

#[test]
fn fault_22_text_around_the_page_is_kept() {
    let vault = vault();
    assert_eq!(vault.on("2026-11-20", &["update"]).code, Some(0));
    let before = "---\ncssclasses: [wide]\n---\n\n自分のメモ\t \n\n";
    let after = "\n\n- [ ] 牛乳\n最後の行、改行なし";
    vault.note(PAGE, &format!("{before}{}{after}", vault.read(PAGE).trim_end_matches('\n')));
    let page = update(&vault);
    assert!(page.starts_with(&format!("{before}<!-- goen:begin v1 {TODAY} -->\n")), "{page}");
    assert!(page.ends_with(&format!("<!-- goen:end -->{after}")), "{page}");
    assert_eq!(update(&vault), page);
}

#[test]
fn an_unchanged_page_is_not_written_again() {
    let vault = vault();
    update(&vault);
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(vault.at(PAGE)).unwrap().set_modified(old).unwrap();
    update(&vault);
    assert_eq!(fs::metadata(vault.at(PAGE)).unwrap().modified().unwrap(), old);
    vault.note("People/b.md", DUE);
    update(&vault);
    assert_ne!(fs::metadata(vault.at(PAGE)).unwrap().modified().unwrap(), old);
}

#[test]
fn a_page_that_is_not_goens_is_refused() {
    let begin = "<!-- goen:begin v1 2026-11-20 -->";
    let end = "<!-- goen:end -->";
    let pages = [
        "# 私の再会リスト\n".to_owned(),
        String::from("x"),
        format!("{begin}\ntext\n"),
        format!("text\n{end}\n"),
        format!("{end}\ntext\n{begin}\n"),
        format!("{begin}\na\n{end}\n{begin}\nb\n{end}\n"),
        format!("{begin}\n{begin}\nb\n{end}\n"),
        format!("{begin}\nb\n{end}\n{end}\n"),
    ];
    for page in pages {
        let vault = vault();
        vault.note(PAGE, &page);
        let before = vault.everything();
        let out = vault.goen(&["update"]);
        assert_eq!(out.code, Some(2), "{page}: {}", out.said());
        assert_eq!(vault.everything(), before, "{page}");
        assert!(
            out.stderr.contains(PAGE) && out.stderr.contains("[page]") && out.stderr.contains("file"),
            "says how to choose another: {}",
            out.stderr
        );
    }
}

#[test]
fn a_page_of_a_later_day_or_format_wants_force() {
    let vault = vault();
    assert_eq!(vault.on("2026-11-25", &["update"]).code, Some(0));
    let newer = vault.read(PAGE).replacen("goen:begin v1", "goen:begin v2", 1).replacen(
        "2026-11-25 -->",
        "2026-11-20 -->",
        1,
    );
    for page in [vault.read(PAGE), newer] {
        vault.note(PAGE, &page);
        let out = vault.goen(&["update"]);
        assert_eq!((out.code, vault.read(PAGE)), (Some(2), page), "{}", out.said());
        assert!(out.stderr.contains("`goen update --force`"), "{}", out.stderr);
        // `check` takes no such option: it names the command, too.
        for lang in ["ja", "en"] {
            let check = vault.goen(&["check", "--lang", lang]).stdout;
            assert!(!check.replace("`goen update --force`", "").contains("--force"), "{check}");
        }
        assert_eq!(vault.goen(&["update", "--force"]).code, Some(0));
        assert!(vault.read(PAGE).starts_with("<!-- goen:begin v1 2026-11-21 -->\n"));
    }
}

#[test]
fn the_page_may_have_another_name() {
    let vault = vault();
    vault
        .note("goen.toml", "[page]\nfile = \"日々/つながり.md\"\n")
        .note("日々/x.md", "")
        .note(PAGE, "my own\n");
    assert_eq!(vault.goen(&["update"]).code, Some(0));
    assert!(vault.read("日々/つながり.md").contains("[[田中 太郎]]"));
    assert_eq!(vault.read(PAGE), "my own\n");
    for outside in ["../outside.md", "/tmp/goen-outside.md", "a/../../outside.md"] {
        vault.note("goen.toml", &format!("[page]\nfile = \"{outside}\"\n"));
        let out = vault.goen(&["update"]);
        assert_eq!(out.code, Some(2), "{outside}: {}", out.said());
        assert!(!vault.path().parent().unwrap().join("outside.md").exists());
    }
}

#[test]
fn the_page_speaks_two_languages() {
    let japanese = |text: &str| {
        text.chars()
            .any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ff08}' | '\u{ff09}'))
    };
    let people = Vault::new();
    people.note(
        "People/Jane Doe.md",
        &(front("tier: close\nlast_contact: 2026-09-14\ninterests: [Rust]")
            + "## Log\n\n- 2026-09-14 (line) garden\n- [ ] send the slides 📅 2026-11-22\n"),
    );
    people.note("People/Bob.md", "").note("People/Ann.md", &front("tier: senior\nbirthday: 1985-11-24"));
    people.note("People/Old.md", &front("tier: close\nlast_contact: 2024-09-14"));
    for args in [
        &["update", "--lang", "en"][..],
        &["today", "--all", "--lang", "en"],
        &["list", "--lang", "en"],
        &["check", "--lang", "en"],
        &["show", "Jane", "--lang", "en"],
    ] {
        let out = people.goen(args);
        assert!(out.code == Some(0) && !japanese(&out.said()), "{args:?}: {}", out.said());
    }
    assert!(!japanese(&people.read(PAGE)), "{}", people.read(PAGE));
    update(&people);
    assert!(japanese(&people.read(PAGE)), "else it is Japanese");
    people.note("me.md", "---\ntype: me\nlang: en\n---\n");
    assert!(!japanese(&update(&people)), "the lang of `me`");
    people.note("goen.toml", "[page]\nlang = \"ja\"\n");
    assert!(japanese(&update(&people)), "the setting comes before it");
}

#[test]
fn the_page_says_how_many_notes_need_a_look() {
    let vault = vault();
    for i in 0..7 {
        vault.note(&format!("People/困りごと{i}.md"), "---\ntier: clsoe\n---\n");
    }
    let page = update(&vault);
    let named: Vec<usize> = (0..7).filter(|i| page.contains(&format!("困りごと{i}"))).collect();
    assert_eq!(named, [0, 1, 2, 3, 4], "{page}");
    assert!(page.lines().any(|l| l.contains('7')), "{page}");
    assert_eq!(vault.json(&["today"])["problems"], 7);
}

#[test]
fn a_dry_run_shows_the_change_and_makes_none() {
    let vault = vault();
    let before = vault.everything();
    let out = vault.goen(&["update", "--dry-run"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
    assert_eq!(vault.everything(), before);
    assert!(out.stdout.contains(PAGE), "{}", out.stdout);
    assert!(out.stdout.lines().any(|l| l.starts_with("+- [ ] [[田中 太郎]]")), "{}", out.stdout);
    assert_eq!(vault.on("2026-11-20", &["update"]).code, Some(0));
    let page = vault.read(PAGE);
    let out = vault.goen(&["update", "--dry-run"]);
    assert!(out.stdout.lines().any(|l| l.starts_with("-<!-- goen:begin v1 2026-11-20")), "{}", out.stdout);
    assert!(out.stdout.lines().any(|l| l.starts_with("+<!-- goen:begin v1 2026-11-21")), "{}", out.stdout);
    assert_eq!(vault.read(PAGE), page);
}

/// The page read back as Markdown: the first link of every task and whatever is HTML.
fn read_back(page: &str) -> (Vec<String>, Vec<String>) {
    let (mut tasks, mut html, mut open) = (Vec::new(), Vec::new(), false);
    let options = Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(page, options) {
        match event {
            Event::TaskListMarker(_) => open = true,
            Event::Start(Tag::Link { link_type, dest_url, .. }) if open => {
                let wiki = matches!(link_type, LinkType::WikiLink { .. });
                tasks.push(if wiki { dest_url.into_string() } else { percent_decoded(&dest_url) });
                open = false;
            }
            Event::Start(Tag::Image { .. } | Tag::Heading { .. }) if open => {
                panic!("no link comes first: {page}")
            }
            Event::Html(h) | Event::InlineHtml(h) => html.push(h.trim().to_owned()),
            Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => html.push("(code)".to_owned()),
            _ => {}
        }
    }
    (tasks, html)
}

fn percent_decoded(url: &str) -> String {
    let (bytes, mut out, mut i) = (url.as_bytes(), Vec::new(), 0);
    while i < bytes.len() {
        let hex =
            url.get(i + 1..i + 3).filter(|_| bytes[i] == b'%').and_then(|h| u8::from_str_radix(h, 16).ok());
        out.push(hex.unwrap_or(bytes[i]));
        i += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap()
}

/// One task, leading to this note; two markers; nothing that Markdown takes for its own.
fn well_formed(page: &str, path: &str) {
    let (tasks, html) = read_back(page);
    assert_eq!(tasks.len(), 1, "one task: {page}");
    let target = tasks[0].trim_end_matches(".md");
    let whole = path.trim_end_matches(".md");
    assert!(target == whole || Some(target) == whole.rsplit('/').next(), "leads to {path}: {target}: {page}");
    let [begin, lines, end] = html.as_slice() else { panic!("{html:?}: {page}") };
    assert_eq!(
        (begin.as_str(), end.as_str()),
        (&*format!("<!-- goen:begin v1 {TODAY} -->"), "<!-- goen:end -->")
    );
    assert!(lines.starts_with("<!-- goen:lines ") && lines.matches("--").count() == 2, "{page}");
    assert_eq!(page.lines().filter(|l| l.contains("- [ ]") || l.contains("- [x]")).count(), 1, "{page}");
    let ids: Vec<&str> = page.split(" ^").skip(1).collect();
    assert!(ids.len() == 1 && ids[0].starts_with("g-"), "one block id: {page}");
    assert!(!page.contains("%%") && !page.chars().any(is_unsafe), "{page}");
    assert_eq!(page.matches("<!-- goen:").count(), 3, "{page}");
}

const HOSTILE: [&str; 24] = [
    "a]]b",
    "a]b[c",
    "[[x]]",
    "a|b",
    "a#^b",
    "a#b",
    "a^b",
    "a ^g-000000",
    "a\nb",
    "a\n- [x] [[b]]",
    "a\rb",
    "a --> b",
    "<!-- goen:end -->",
    "<script>alert(1)</script>",
    "<b>",
    "a %% b",
    "`a`",
    "a](javascript:alert(1))",
    "![a](b)",
    "a\tb",
    "a\u{1b}[31mb",
    "a\u{202e}b",
    "**a** _b_",
    "&lt;b&gt;",
];

#[cfg(unix)]
#[test]
fn fault_53_hostile_file_names() {
    for name in HOSTILE {
        let vault = Vault::new();
        let path = format!("People/{}.md", name.replace('/', "_"));
        vault.note(&path, DUE);
        let before = vault.snapshot();
        well_formed(&update(&vault), &path);
        assert_eq!(vault.snapshot(), before);
        // What was written reads back as goen's own.
        assert_eq!(update(&vault), vault.read(PAGE));
    }
}

#[test]
fn fault_53_hostile_names_and_texts() {
    for hostile in HOSTILE {
        let quoted = serde_json::to_string(hostile).unwrap();
        let line = hostile.replace(['\n', '\r'], " ");
        let vault = Vault::new();
        vault.note("People/x.md", &format!("---\nname: {quoted}\naliases: [{quoted}]\ntier: close\nprefer: {quoted}\norg: {quoted}\ninterests: [{quoted}]\nbirthday: 1985-11-21\nmilestones: [{{date: 2026-11-20, what: {quoted}}}]\n---\n## 記録\n\n- 2026-09-14 (line) {line} #followup\n- [ ] {line} 📅 2026-11-22\n"));
        vault.note("me.md", &format!("---\ntype: me\ninterests: [{quoted}]\nname: {quoted}\n---\n"));
        well_formed(&update(&vault), "People/x.md");
    }
}

#[test]
fn names_that_are_not_unique_lead_to_their_note() {
    let vault = Vault::new();
    vault.note("People/a/田中.md", DUE).note("People/b/田中.md", "");
    let page = update(&vault);
    assert!(page.contains("- [ ] [[People/a/田中|田中]] "), "{page}");
    let vault = Vault::new();
    vault.note("People/tanaka.md", "---\nname: 田中 太郎\ntier: close\nlast_contact: 2026-09-14\n---\n");
    let page = update(&vault);
    assert!(page.contains("- [ ] [[tanaka|田中 太郎]] "), "name: is the alias: {page}");
}

#[test]
fn what_moves_below_is_no_marker() {
    for typed in
        ["<!-- goen:lines x --> <!-- goen:end of it -->", "x\n ^g-aaaaaa<!-- goen:begin v1 2026-11-21 -->"]
    {
        let vault = vault();
        let page = update(&vault);
        vault.note(PAGE, &page.replace("<!-- goen:lines", &format!("{typed}\n<!-- goen:lines")));
        let first = update(&vault);
        let second = update(&vault);
        assert_eq!(first, second, "{typed}");
        assert_eq!(first.lines().filter(|line| line.contains("＜!-- goen:")).count(), 1, "{first}");
    }
}

#[test]
fn an_empty_page_is_written_once_it_stays_empty() {
    for blank in ["", "\n\n", "\u{feff} \r\n"] {
        let vault = vault();
        let fresh = update(&vault);
        vault.note(PAGE, blank);
        let saving = vault.goen(&["update"]);
        assert_eq!(saving.code, Some(2), "{blank:?}: {}", saving.said());
        assert!(saving.stderr.contains("reconnect.md が空になったばかり"), "{}", saving.stderr);
        assert_eq!(vault.read(PAGE), blank);
        assert!(vault.codes(PAGE).is_empty());
        let old = SystemTime::now() - Duration::from_secs(60);
        fs::File::options().write(true).open(vault.at(PAGE)).unwrap().set_modified(old).unwrap();
        assert_eq!(update(&vault), fresh, "{blank:?}");
    }
}

#[test]
fn an_empty_page_whose_time_is_still_to_come_is_written_as_well() {
    let vault = vault();
    let fresh = update(&vault);
    vault.note(PAGE, "");
    let ahead = SystemTime::now() + Duration::from_secs(60 * 60);
    fs::File::options().write(true).open(vault.at(PAGE)).unwrap().set_modified(ahead).unwrap();
    let saving = vault.goen(&["update"]);
    assert_eq!(saving.code, Some(2), "{}", saving.said());
    std::thread::sleep(Duration::from_millis(3100));
    assert_eq!(update(&vault), fresh);
}

#[test]
fn check_tells_of_a_page_that_takes_no_agenda() {
    let vault = vault();
    let page = update(&vault);
    let check = |text: &str, code: &str, help: &str| {
        vault.note(PAGE, text);
        assert_eq!(vault.goen(&["update"]).code, Some(2), "{text}");
        assert_eq!(vault.codes(PAGE), [code], "{text}");
        let out = vault.goen(&["check"]);
        assert_eq!(out.code, Some(1), "{}", out.said());
        assert!(out.stdout.contains(help), "{}", out.stdout);
    };
    check("# 私のノート\n", "page:1", "[page] file");
    let (first, rest) = page.split_once('\n').unwrap();
    check(rest, "page:1", "始まりの行");
    check(&format!("{first}\n{page}"), "page:2", "もう一つ");
    check(
        &format!("{first}\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n{rest}"),
        "merge-conflict:2",
        "競合を解消",
    );
    vault.note(PAGE, &page);
    assert!(vault.codes(PAGE).is_empty());
}
