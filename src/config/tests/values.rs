//! Values of every kind: what is taken for one, and what is said of what is not.

use std::time::Duration;

use super::*;

#[test]
fn numbers_as_people_mean_them() {
    let config = good("[energy]\nper_day = -0.0\nper_week = 1000\n");
    assert!(config.energy.per_day.is_sign_positive());
    assert_eq!((config.energy.per_day, config.energy.per_week), (0.0, 1000.0));
    check(
        "[energy]\nper_week = 1e300\n",
        &["2:12 bad-value `energy.per_week` does not take `1e300`; it takes a number from 0 to 1000: 2, 0.5"],
    );
}

#[test]
fn wrong_kinds_of_value() {
    refused("page", "file", &["3", "true", "[]", "\"\""]);
    refused("page", "links", &["1", "\"html\"", "[\"wiki\"]", "{ a = 1 }"]);
    refused("page", "lang", &["\"fr\"", "1"]);
    refused("page", "task_tag", &["\"#two words\"", "\"#\"", "\"a#b\""]);
    refused("journal", "counts", &["1", "\"yes\""]);
    refused("dates", "day_first", &["\"perhaps\"", "2026-01-02"]);
    refused("energy", "per_day", &["-1", "inf", "nan", "\"2\"", "-0.1", "1e300", "1000.5"]);
    refused("drift", "after", &["0", "-0.0", "1e300"]);
    refused("tiers.close", "weight", &["0", "-1", "\"5\"", "inf"]);
    refused("tiers.close", "window", &["5", "\"soon\"", "\"\""]);
    refused("tiers.close", "register", &["\"rude\""]);
    refused("circle", "intake", &["-1", "2.5", "99999999999", "\"5\""]);
    refused("circle", "late", &["1.1", "-0.1"]);
    refused("drift", "after", &["0", "\"2\""]);
    refused(
        "promises",
        "ahead",
        &["\"3m\"", "\"3\"", "\"d\"", "-3", "3.5", "\"99999d\"", "\"99999999999d\""],
    );
    refused("reopen", "every", &["0", "\"0d\""]);
    refused("calendar", "holidays", &["\"us\"", "true"]);
    refused("calendar", "closed", &["\"2026-12-40\"", "\"2027-01-03..2026-12-29\"", "1", "\"2026-12-29..\""]);
    refused("watch", "rescan", &["\"0s\""]);
    refused("watch", "settle", &["3", "\"3d\"", "\"0\"", "\"9999h\"", "\"99999999999s\"", "\"\""]);
    refused("watch", "poll", &["true", "\"\""]);
    refused("git", "commit", &["\"on\"", "true", "10"]);
    check(
        "page = 3\nseasons = \"x\"\n[tiers]\nclose = 5",
        &[
            "1:8 bad-value `page` does not take `3`; it takes a table of keys, as [page] is",
            "2:11 bad-value `seasons` does not take `\"x\"`; it takes tables, each under [[seasons]]",
            "4:9 bad-value `tiers.close` does not take `5`; it takes a table of keys, as [page] is",
        ],
    );
}

#[test]
fn numbers_and_spans_of_time() {
    let config = good(
        "[energy]\nper_day = 3\nlike = 1_0.2_5\n[circle]\nintake = 1_000\nlate = 0\n[promises]\nahead = 4\nundated = \"2w\"\n\
         waiting = \"１０Ｄ\"\n[clips]\ndays = 0x10\n[watch]\nsettle = \"10m\"\nrescan = \"2h\"\n[git]\ncommit = \"90s\"\n",
    );
    assert_eq!((config.energy.per_day, config.energy.like), (3.0, 10.25));
    assert_eq!((config.circle.intake, config.circle.late), (1000, 0.0));
    assert_eq!(config.promises, Promises { ahead: 4, undated: 14, waiting: 10 });
    assert_eq!(config.clips.days, 16);
    assert_eq!(config.watch.settle, Duration::from_secs(600));
    assert_eq!(config.watch.rescan, Duration::from_secs(7200));
    assert_eq!(config.git.commit, Some(Duration::from_secs(90)));
}

#[test]
fn words_are_compared_folded() {
    let config = good(
        "[write]\nmode = \"In-Place\"\n[page]\nlang = \"EN\"\ndates = \"ＮＯＮＥ\"\ntask_tag = \"task\"\n",
    );
    assert_eq!(config.write.mode, WriteMode::InPlace);
    assert_eq!((config.page.lang, config.page.dates), (Some(Lang::En), PageDates::None));
    assert_eq!(config.page.task_tag.as_deref(), Some("#task"));
    assert_eq!(PageDates::Dataview.word(), "dataview");
}

#[test]
fn globs_are_checked() {
    let config = good("[vault]\nignore = [\"Archive/\", \"!keep.md\", \"*.draft.md\", \"/a/**/b\"]");
    assert_eq!(config.vault.ignore.len(), 4);
    check(
        "[vault]\nignore = [\"ok/\", \"{a,b\", \"[z-a]\"]",
        &[
            "2:18 bad-value `vault.ignore` does not take `\"{a,b\"`; it takes patterns as in .gitignore: [\"Archive/\", \"*.draft.md\"]",
            "2:26 bad-value `vault.ignore` does not take `\"[z-a]\"`; it takes patterns as in .gitignore: [\"Archive/\", \"*.draft.md\"]",
        ],
    );
}

/// git takes an open `[` for a character, and a line that begins with `#` for none at all: who
/// writes that here means something else, and notes would be read that should not be.
#[test]
fn globs_that_ignore_nothing() {
    check(
        "[vault]\nignore = [\n  \"[Archive/\",\n  '\\[old\\]/', \"[0-9]*/\",\n  '#private/', '\\#inbox/',\n]",
        &[
            r#"3:3 bad-value `vault.ignore` does not take `"[Archive/"`; it takes a pattern in which every `[` is closed, or has a backslash before it: '[0-9]*/', '\[old\]/'"#,
            r"5:3 bad-value `vault.ignore` does not take `'#private/'`; it takes a pattern; one that begins with `#` is a comment, unless a backslash stands before it: '\#inbox/'",
        ],
    );
}

#[test]
fn formats_of_daily_notes_are_checked() {
    let format = |written: &str| format!("[journal]\ncounts = true\nformat = '{written}'\n");
    let read = |written: &str| good(&format(written)).journal.format;
    assert_eq!(read(" [日報] YYYY-MM-DD ").as_deref(), Some("[日報] YYYY-MM-DD"));
    assert_eq!(read(r"\[YYYY-MM-DD").as_deref(), Some(r"\[YYYY-MM-DD"));
    assert_eq!(read(" "), None);
    for (written, expected) in [
        (
            "[日報 YYYY-MM-DD",
            r"has a `[` that is never closed: `[日報 YYYY-MM-DD`; close it: [Log] YYYY-MM-DD; the character itself is \[, in single quotes",
        ),
        ("gggg-[W]ww", "does not tell a day: `gggg-[W]ww`; write it as YYYY-MM-DD or YYYY/MM/YYYY-MM-DD"),
    ] {
        check(&format(written), &[&format!("3:10 bad-value `journal.format` {expected}")]);
    }
    check(
        &format("Log YYYY-MM-DD"),
        &[
            "3:10 bad-value `L` in `journal.format` tells no day: `Log YYYY-MM-DD`; put words into [ ]: [Log] YYYY-MM-DD",
        ],
    );
    assert!(
        problems(&format(&"Y".repeat(300)))[0].starts_with("3:10 bad-value `journal.format` is too long")
    );
    refused("journal", "format", &["5", "true"]);
}

#[test]
fn paths_stay_inside_the_vault() {
    let escapes = [
        "../x.md",
        "/x.md",
        "a/../x.md",
        ".hidden.md",
        "a/.git/x.md",
        "a//x.md",
        "C:/x.md",
        "C:x.md",
        "a/.. /x.md",
        ".md",
        "a/",
        "",
    ];
    let quoted: Vec<String> = escapes.iter().map(|path| format!("'{path}'")).collect();
    let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
    refused("page", "file", &quoted);
    refused("page", "file", &["'x.txt'", "'x'", r"'a\x.md'", r#""a\u0000.md""#, r#""a\n.md""#]);
    refused("export", "ics", &quoted[..10]);
    refused("page", "template", &quoted[..10]);
    refused("people", "folders", &["'../People'", "'/People'", "''", "'.obsidian'", r"'a\b'"]);
    // Never the file that goen itself reads or writes.
    refused("page", "template", &["'Reconnect.md'"]);
    refused("export", "ics", &["'goen.toml'", "'reconnect.md'", "'人/田中.md'", "'x.MD'", "'~/x.ics'"]);

    let config = good(
        "[page]\nfile = './ホーム/今日.md'\ntemplate = 't/page.md'\n[export]\nics = 'out/goen.ics'\n[people]\nfolders = ['People/', '.']\n",
    );
    assert_eq!(config.page.file.as_str(), "ホーム/今日.md");
    assert_eq!(config.page.template, Some(NotePath::new("t/page.md")));
    assert_eq!(config.export.ics, Some(NotePath::new("out/goen.ics")));
    assert_eq!(config.people.folders, ["People", ""]);
}

#[test]
fn further_words() {
    let config = good(
        "[fields]\nlast_contact = [\"seen\", \"最後\"]\norg = \"firm\"\n[interests]\nAI = [\"人工知能\"]\n\"家 庭\" = \"園芸\"\n[people]\ntags = \"#human\"\n",
    );
    assert_eq!(config.fields["last_contact"], ["seen", "最後"]);
    assert_eq!(config.fields["org"], ["firm"]);
    assert_eq!(config.interests["AI"], ["人工知能"]);
    assert_eq!(config.interests["家 庭"], ["園芸"]);
    assert_eq!(config.people.tags, ["human"]);
}

#[test]
fn closed_days() {
    let config = good(
        "[calendar]\nclosed = [\"2026-12-29..2027-01-03\", \"2026-08-14\", 2026-05-01]\nholidays = \"none\"\n",
    );
    let one = |d: &str| (day(d), day(d));
    assert_eq!(
        config.calendar.closed,
        [(day("2026-12-29"), day("2027-01-03")), one("2026-08-14"), one("2026-05-01")]
    );
    assert_eq!(config.calendar.holidays, Holidays::None);
}
