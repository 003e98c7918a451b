//! `goen export`: files that other programs take, and what is never told in them or written over; the
//! calendar that is kept up.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::common::{TODAY, Vault, front};
use serde_json::{Value, json};

/// Everything that a calendar tells of, and those who never appear.
fn vault() -> Vault {
    let vault = Vault::new();
    vault
        .note("goen.toml", "[page]\nlang = \"en\"\n")
        .note(
            "People/Tanaka, Taro.md",
            "---\nname: Tanaka; Taro, \\the\\ elder\ntier: close\nlast_contact: 2026-09-14\nbirthday: 1985-12-03\nline: tanaka\nphone: \"+81 90\"\ninterests: [Rust, gardens]\naliases: [Taro, T]\norg: \"[[Minato]] 2020-04.. CTO\"\nmilestones: [\"2026-11-20 promoted to director\"]\n---\n## Log\n\n- 2026-09-14 (line) secret talk #followup\n\n- [ ] send the slides 📅 2026-12-10\n",
        )
        .note(
            "People/Leap.md",
            &front("birthday: 2000-02-29\nformer_org: \"[[Minato]] 2015-04..2019-03\"\nreading: りーぷ"),
        )
        .note("People/Apple.md", &front("birthday: 1604-05-06\ntier: senior\nlast_contact: 2026-11-01\nlang: ja"))
        .note("People/Month.md", &front("birthday: --07"))
        .note("People/Friend.md", "---\ntier: colleague\norg: Minato\n---\nKnows [[Leap]] well.\n")
        .note("People/Dead.md", &front("status: deceased\nbirthday: 1950-01-01\ntier: close\norg: Minato"))
        .note(
            "People/Never.md",
            "---\nstatus: do-not-contact\nbirthday: 1950-01-02\ntier: close\norg: Minato\n---\n- [ ] pay back 📅 2026-12-11\n",
        )
        .note(
            "People/Mourner.md",
            &front("mourning: 2026-11-10\nbirthday: 1970-12-01\nmilestones: [\"2026-11-19 a prize\"]"),
        )
        .note("Orgs/Minato.md", &front("type: org\naliases: [Minato Inc.]"))
        .note(
            "Events/2026-12-05 Party.md",
            &front(
                "type: event\ndate: 2026-12-05\nend: 2026-12-06\nplace: Kyoto; Gion\nattendees: [\"[[Leap]]\", \"[[Dead]]\"]\ngoal: confidential goal",
            ),
        )
        .note("Events/Off.md", &front("type: event\ndate: 2026-12-07\nstatus: cancelled\nattendees: [\"[[Leap]]\"]"));
    vault
}

type Event = BTreeMap<String, String>;

/// A calendar taken apart as RFC 5545 has it; whatever it does not allow fails.
fn events(ics: &str) -> Vec<Event> {
    assert!(ics.ends_with("END:VCALENDAR\r\n") && !ics.replace("\r\n", "").contains(['\r', '\n']));
    assert!(ics.split("\r\n").all(|line| line.len() <= 75), "a line is longer than 75 octets");
    let unfolded = ics.replace("\r\n ", "");
    let mut lines = unfolded.split_terminator("\r\n");
    assert_eq!(lines.next(), Some("BEGIN:VCALENDAR"));
    let head: Vec<&str> = lines.by_ref().take_while(|line| *line != "BEGIN:VEVENT").collect();
    for wanted in ["VERSION:2.0", "PRODID:-//goen//goen//", "CALSCALE:GREGORIAN", "X-WR-CALNAME:", "NAME:"] {
        assert!(head.iter().any(|line| line.starts_with(wanted)), "{head:?}");
    }
    assert!(!ics.contains("METHOD:"), "what is put on a server has none");
    let mut events = Vec::new();
    let mut event = Event::new();
    for line in lines {
        match line {
            "BEGIN:VEVENT" => event = Event::new(),
            "END:VEVENT" => events.push(std::mem::take(&mut event)),
            "END:VCALENDAR" => {}
            line => {
                let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("{line}"));
                let known = event.insert(name.to_owned(), value.to_owned());
                assert!(known.is_none() || name.starts_with("EXDATE"), "{name} stands there twice");
            }
        }
    }
    for event in &events {
        let day = |name: &str| -> u32 { event[name].parse().unwrap() };
        assert!(day("DTSTART;VALUE=DATE") < day("DTEND;VALUE=DATE"), "{event:?}");
        assert_eq!(event["DTSTAMP"], "20000101T000000Z");
        assert_eq!((event["TRANSP"].as_str(), event["CLASS"].as_str()), ("TRANSPARENT", "PRIVATE"));
        assert!(event["UID"].ends_with("@goen") && event.contains_key("CATEGORIES"), "{event:?}");
    }
    let uids: BTreeSet<&String> = events.iter().map(|event| &event["UID"]).collect();
    assert_eq!(uids.len(), events.len());
    events
}

/// The entry of a title: its first day, the day after its last, and its rule.
fn entry<'e>(events: &'e [Event], title: &str) -> &'e Event {
    events.iter().find(|event| event["SUMMARY"] == title).unwrap_or_else(|| panic!("{title}: {events:#?}"))
}

fn days(event: &Event) -> (&str, &str, &str) {
    let rule = event.get("RRULE").map_or("", String::as_str);
    (&event["DTSTART;VALUE=DATE"], &event["DTEND;VALUE=DATE"], rule)
}

#[test]
fn what_did_not_change_has_the_same_bytes_on_another_day() {
    let vault = vault();
    let entry_of = |day: &str| {
        let ics = vault.on(day, &["export", "ics", "--kinds", "birthday,event"]).stdout;
        assert!(ics.contains("DTSTAMP"), "{ics}");
        ics
    };
    assert_eq!(entry_of("2026-11-21"), entry_of("2026-11-30"));
}

#[test]
fn a_calendar_of_what_has_a_date_and_what_is_planned() {
    let vault = vault();
    let out = vault.goen(&["export", "ics"]);
    assert!(out.code == Some(0) && out.stderr.is_empty(), "{}", out.said());
    assert_eq!(out.stdout, vault.goen(&["export", "ics"]).stdout, "same vault, same day, same bytes");
    let events = events(&out.stdout);
    let check =
        |title: &str, want: (&str, &str, &str)| assert_eq!(days(entry(&events, title)), want, "{title}");
    check("Birthday: Tanaka\\; Taro\\, \\\\the\\\\ elder", ("19851203", "19851204", "FREQ=YEARLY"));
    check("Birthday: Leap", ("20000229", "20000301", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"));
    // Nobody reckons an age from last year.
    check("Birthday: Apple", ("20250506", "20250507", "FREQ=YEARLY"));
    check("Tanaka\\; Taro\\, \\\\the\\\\ elder: promoted to director", ("20261120", "20261121", ""));
    check("Party", ("20261205", "20261207", ""));
    check("Promise: send the slides (Tanaka\\; Taro\\, \\\\the\\\\ elder)", ("20261210", "20261211", ""));
    check("Season’s greetings: 年賀", ("20251215", "20260108", ""));
    assert_eq!(entry(&events, "Party")["LOCATION"], "Kyoto\\; Gion");
    assert_eq!(entry(&events, "Party")["DESCRIPTION"], "With: Leap\\nGoal: confidential goal");
    // In the first days of mourning nothing glad is told.
    assert_eq!(entry(&events, "Birthday: Mourner")["EXDATE;VALUE=DATE"], "20261201");
    let planned: Vec<Value> = vault.items_on(TODAY);
    let with_day = |item: &&Value| {
        !item["planned"].is_null() && !matches!(item["kind"].as_str(), Some("birthday" | "promise" | "sort"))
    };
    let contacts = events.iter().filter(|event| event["CATEGORIES"] == "Contact").count();
    assert_eq!(contacts, planned.iter().filter(with_day).count());
    assert!(contacts > 0 && out.stdout.replace("\r\n ", "").contains("secret talk"));
    for never in ["Dead", "Never", "pay back", "Month", "Off", "a prize", "喪中"] {
        assert!(!out.stdout.contains(never), "{never}");
    }
}

#[test]
fn titles_alone_tell_names_and_days() {
    let vault = vault();
    let out = vault.goen(&["export", "ics", "--titles-only"]).stdout;
    let told = events(&out);
    let whole = events(&vault.goen(&["export", "ics"]).stdout);
    // What is left out of the whole while somebody mourns would tell of it here.
    assert_eq!(told.len(), whole.len() + 1);
    assert!(told.iter().any(|event| event["SUMMARY"] == "Mourner: milestone"));
    assert!(told.iter().all(|event| !event.contains_key("DESCRIPTION") && !event.contains_key("LOCATION")));
    let categories: BTreeSet<&str> = told.iter().map(|event| event["CATEGORIES"].as_str()).collect();
    assert!(!categories.contains("Promise"), "{categories:?}");
    let text = out.replace("\r\n ", "");
    for private in ["secret", "slides", "director", "confidential", "Kyoto", "LINE", "Catch up", "Promise"] {
        assert!(!text.contains(private), "{private}");
    }
    assert!(text.contains("SUMMARY:Party\r\n") && text.contains("elder: get in touch"), "{text}");
    let ja = vault.goen(&["export", "ics", "--titles-only", "--lang", "ja"]).stdout;
    assert!(ja.contains("SUMMARY:Leap 誕生日\r\n") && ja.contains("CATEGORIES:連絡\r\n"), "{ja}");
    let only = events(&vault.goen(&["export", "ics", "--kinds", "birthday,event"]).stdout);
    let categories: BTreeSet<&str> = only.iter().map(|event| event["CATEGORIES"].as_str()).collect();
    assert_eq!(categories, BTreeSet::from(["Birthday", "Event"]));
    let promises = vault.goen(&["export", "ics", "--titles-only", "--kinds", "promise"]).stdout;
    let promises: Vec<String> = events(&promises).iter().map(|event| event["CATEGORIES"].clone()).collect();
    assert_eq!(promises, ["Contact"]);
    assert_eq!(vault.goen(&["export", "ics", "--kinds", "birthdays"]).code, Some(2));
}

#[test]
fn titles_alone_tell_no_age_no_mourning_and_no_promise() {
    let vault = vault();
    vault
        .note("Me.md", &front("type: me\nmourning: 2026-10-10"))
        .note("People/Far.md", "---\ntier: close\nlast_contact: 2026-11-20\n---\n- [ ] pay 📅 2027-04-05\n");
    let told = vault.goen(&["export", "ics", "--titles-only"]).stdout;
    let births: Vec<Event> =
        events(&told).into_iter().filter(|event| event["CATEGORIES"] == "Birthday").collect();
    assert!(births.iter().any(|event| days(event).0 == "20251203"), "{births:?}");
    let is_age = |event: &Event| !days(event).0.starts_with("2025") && days(event).0 != "20240229";
    assert!(!births.iter().any(is_age), "{births:?}");
    assert!(!told.contains("EXDATE") && !told.contains("20270405"), "{told}");
    assert!(told.contains("年賀") && !told.contains("喪中"), "{told}");
    let whole = vault.goen(&["export", "ics"]).stdout;
    assert!(whole.contains("EXDATE") && whole.contains("20270405") && whole.contains("喪中"), "{whole}");
    // Nor is a titles-only file one that would soon tell everything.
    vault.note("goen.toml", "[page]\nlang = \"en\"\n[export]\nics = \"kept.ics\"\n");
    let out = vault.goen(&["export", "ics", "--titles-only", "-o", vault.at("kept.ics").to_str().unwrap()]);
    assert!(out.code == Some(2) && !vault.at("kept.ics").exists(), "{}", out.said());
}

#[test]
fn a_calendar_names_nobody_who_is_gone_or_whose_tie_is_closed() {
    let vault = vault();
    vault
        .note("People/Shut.md", &front("status: closed"))
        .note("People/Live.md", "---\ntier: close\n---\n- [ ] ask for [[Dead]] 📅 2026-12-10\n")
        .note("People/Never.md", "---\nstatus: do-not-contact\n---\n- [ ] [[Live]] and Never 📅 2026-12-11\n")
        .note(
            "Events/2026-12-05 Party.md",
            &front("type: event\ndate: 2026-12-05\nattendees: [\"[[Shut]]\", \"[[Live]]\"]"),
        );
    let out = vault.goen(&["export", "ics"]).stdout;
    for never in ["Dead", "Never", "Shut"] {
        assert!(!out.contains(never), "{never} {out}");
    }
    let all = events(&out);
    let promises = all.iter().filter(|event| event["SUMMARY"] == "Live: get in touch");
    assert_eq!(promises.map(|event| days(event).0).collect::<Vec<_>>(), ["20261210", "20261211"]);
    let prepare = all.iter().filter(|event| event["SUMMARY"].contains("2026-12-05"));
    assert_eq!(prepare.count(), 0, "{out}");
}

#[test]
fn a_calendar_has_the_seasons_that_somebody_is_greeted_in() {
    let vault = Vault::new();
    let seasons = || -> Vec<String> {
        let all = events(&vault.goen(&["export", "ics", "--kinds", "season"]).stdout);
        all.into_iter().map(|event| event["SUMMARY"].clone()).collect()
    };
    vault.note("goen.toml", "[page]\nlang = \"en\"\n");
    assert_eq!(seasons(), Vec::<String>::new());
    vault
        .note("People/Ann.md", &front("tier: close"))
        .note("People/Taro.md", &front("tier: close\nlang: ja\nstatus: closed"));
    assert!(!seasons().iter().any(|name| name.contains('年')), "{:?}", seasons());
    vault.note("People/Hana.md", &front("lang: ja\nseasons: [年賀]"));
    assert!(seasons().iter().any(|name| name.contains("年賀")), "{:?}", seasons());
    assert!(!seasons().iter().any(|name| name.contains("暑中")), "{:?}", seasons());
}

#[test]
fn what_somebody_added_to_an_export_stays() {
    let vault = vault();
    for (format, added) in [
        ("ics", "BEGIN:VEVENT\r\nSUMMARY:mine\r\nEND:VEVENT\r\n"),
        ("vcf", "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Mine Own\r\nUID:abc\r\nEND:VCARD\r\n"),
        ("csv", "Mine Own,,,,\r\n"),
    ] {
        let file = vault.home().join(format!("x.{format}"));
        let export = || vault.on("2026-11-22", &["export", format, "-o", file.to_str().unwrap()]);
        assert_eq!(vault.goen(&["export", format, "-o", file.to_str().unwrap()]).code, Some(0));
        assert_eq!(export().code, Some(0), "{format}: it is goen's own");
        let with_more = fs::read_to_string(&file).unwrap() + added;
        fs::write(&file, &with_more).unwrap();
        let out = export();
        assert!(out.code == Some(2) && out.stderr.contains("somebody's own"), "{format} {}", out.said());
        assert_eq!(fs::read_to_string(&file).unwrap(), with_more);
    }
}

#[test]
fn a_uid_of_titles_alone_tells_no_reason() {
    let told = |note: &str| -> [String; 3] {
        let vault = Vault::new();
        vault.note("goen.toml", "[page]\nlang = \"en\"\n").note("People/Ann.md", note);
        let out = vault.goen(&["export", "ics", "--titles-only", "--kinds", "contact,promise"]);
        let all = events(&out.stdout);
        let first = all.first().unwrap_or_else(|| panic!("{}", out.said()));
        ["UID", "DTSTART;VALUE=DATE", "SUMMARY"].map(|name| first[name].clone())
    };
    let asked = told("---\ntier: close\n---\n## Log\n- 2026-11-20 (line) x #reply\n");
    let day = &asked[1];
    let promise = format!("- [ ] send it 📅 {}-{}-{}\n", &day[..4], &day[4..6], &day[6..]);
    assert_eq!(told(&format!("---\ntype: person\n---\n{promise}")), asked);
}

#[test]
fn a_calendar_names_nobody_who_is_gone_in_goals_and_milestones() {
    let vault = vault();
    vault.note("People/Live.md", &front("milestones: [\"2026-11-20 a talk with Dead\"]")).note(
        "Events/Talk.md",
        &front("type: event\ndate: 2026-12-08\nattendees: [\"[[Live]]\"]\ngoal: as Dead did"),
    );
    let out = vault.goen(&["export", "ics"]).stdout;
    assert!(!out.contains("Dead"), "{out}");
    assert!(events(&out).iter().any(|event| event["SUMMARY"] == "Live: milestone"), "{out}");
}

#[test]
fn names_that_would_break_a_calendar_do_not() {
    let vault = Vault::new();
    let name = "a\\r\\nEND:VEVENT\\nBEGIN:VALARM\\u202e \\u0007🎂".to_owned() + &"長い名前".repeat(40);
    vault.note("People/x.md", &front(&format!("name: \"{name}\"\ntier: close\nbirthday: 12-03")));
    let out = vault.goen(&["export", "ics"]).stdout;
    assert!(!out.replace("\r\n", "").contains(common::is_unsafe), "{out}");
    let events = events(&out);
    assert!(events.iter().any(|event| event["SUMMARY"].contains("END:VEVENT BEGIN:VALARM")), "{out}");
}

#[test]
fn a_uid_stays_whatever_else_changes() {
    let vault = vault();
    let uids = |vault: &Vault| -> BTreeMap<String, String> {
        let all = events(&vault.goen(&["export", "ics"]).stdout);
        all.into_iter().map(|event| (event["UID"].clone(), event["SUMMARY"].clone())).collect()
    };
    let before = uids(&vault);
    vault.note("People/Leap.md", &front("name: Leap Year\nbirthday: 2000-02-29\norg: Minato"));
    let after = uids(&vault);
    let of = |all: &BTreeMap<String, String>, title: &str| {
        all.iter().find(|(_, found)| *found == title).unwrap_or_else(|| panic!("{title}: {all:?}")).0.clone()
    };
    assert_eq!(of(&before, "Birthday: Leap"), of(&after, "Birthday: Leap Year"));
    assert_eq!(of(&before, "Party"), of(&after, "Party"));
}

#[test]
fn a_file_of_somebody_elses_stays() {
    let vault = vault();
    let export = |format: &str, args: &[&str]| vault.goen(&[&["export", format], args].concat());
    let outside = vault.home().join("out.ics");
    let outside = outside.to_str().unwrap();
    for file in [vault.at("sub/x.ics").to_str().unwrap(), outside] {
        if file != outside {
            fs::create_dir_all(vault.at("sub")).unwrap();
        }
        let out = export("ics", &["-o", file]);
        assert!(out.code == Some(0) && out.stdout.is_empty(), "{}", out.said());
        assert_eq!(fs::read_to_string(file).unwrap(), export("ics", &[]).stdout);
        let seen = fs::metadata(file).unwrap().modified().unwrap();
        assert!(export("ics", &["-o", file]).stderr.contains("already up to date"));
        assert_eq!(fs::metadata(file).unwrap().modified().unwrap(), seen, "written without need");
        // It is goen's own: the next day's takes its place.
        assert_eq!(vault.on("2026-11-22", &["export", "ics", "-o", file]).code, Some(0));
        fs::write(file, "mine").unwrap();
        let out = export("ics", &["-o", file]);
        assert!(out.code == Some(2) && out.stderr.contains("--force"), "{}", out.said());
        assert_eq!(fs::read_to_string(file).unwrap(), "mine");
        assert_eq!(export("ics", &["-o", file, "--force"]).code, Some(0));
        assert!(fs::read_to_string(file).unwrap().starts_with("BEGIN:VCALENDAR"));
        // Of another format it is not the same export.
        assert_eq!(export("csv", &["-o", file]).code, Some(2));
    }
    for missing in [vault.at("typo/x.ics"), vault.home().join("typo/x.ics")] {
        let out = export("ics", &["-o", missing.to_str().unwrap()]);
        assert!(out.code == Some(2) && out.stderr.contains("no folder"), "{}", out.said());
        assert!(!missing.parent().unwrap().exists());
    }
    let out = export("ics", &["-o", vault.path().to_str().unwrap()]);
    assert!(out.code == Some(2) && out.stderr.contains("is a folder"), "{}", out.said());
    let before = vault.everything();
    for note in ["People/Leap.md", "reconnect.md", "new.MD", "goen.toml", "GOEN.TOML"] {
        for force in [&[][..], &["--force"]] {
            let out = export("json", &[&["-o", vault.at(note).to_str().unwrap()], force].concat());
            assert_eq!(out.code, Some(2), "{note} {}", out.said());
        }
    }
    #[cfg(unix)]
    {
        let lost = vault.home().join("lost.ics");
        std::os::unix::fs::symlink(vault.home().join("nothing"), &lost).unwrap();
        for odd in [lost.to_str().unwrap(), "/dev/null"] {
            let out = export("ics", &["-o", odd, "--force"]);
            assert!(out.code == Some(2) && out.stderr.contains("no plain file"), "{}", out.said());
        }
        let link = vault.home().join("link.ics");
        std::os::unix::fs::symlink(vault.at("People/Leap.md"), &link).unwrap();
        assert_eq!(export("ics", &["-o", link.to_str().unwrap(), "--force"]).code, Some(2));
    }
    assert_eq!(
        vault.read("People/Leap.md"),
        String::from_utf8(before[std::path::Path::new("People/Leap.md")].clone()).unwrap()
    );
    let told = vault.json(&["export", "csv", "-o", vault.home().join("p.csv").to_str().unwrap()]);
    assert_eq!(told["written"], json!(true));
}

#[test]
fn everything_is_what_list_and_today_say() {
    let vault = vault();
    let all: Value = serde_json::from_str(&vault.goen(&["export", "json"]).stdout).unwrap();
    assert_eq!((&all["version"], &all["date"]), (&json!(1), &json!(TODAY)));
    assert_eq!(all["people"], vault.json(&["list"]));
    assert_eq!(all["agenda"], vault.json(&["today"]));
}

#[test]
fn a_table_for_spreadsheets() {
    let vault = vault();
    vault.note("People/Formula.md", &front("name: =cmd()\nreading: あ\nlocation: \"＝1+1\"\ntags: [a/b, c]"));
    let out = vault.goen(&["export", "csv"]).stdout;
    let body = out.strip_prefix('\u{feff}').expect("Excel asks for a byte order mark");
    assert!(body.ends_with("\r\n") && !body.replace("\r\n", "").contains(['\r', '\n']));
    let lines: Vec<&str> = body.lines().collect();
    assert_eq!(
        lines[0],
        "name,reading,aliases,tier,state,last_contact,opens,due,org,role,email,phone,line,linkedin,x,url,birthday,address,postal_code,location,interests,tags,lang,met_on,path,status"
    );
    assert_eq!(lines.len() - 1, vault.people().len());
    let row = |path: &str| *lines.iter().find(|line| line.contains(path)).unwrap();
    assert_eq!(
        row("Taro.md\""),
        "\"Tanaka; Taro, \\the\\ elder\",,Taro; T,close,open,2026-09-14,2026-10-14,2026-11-14,Minato,CTO,,'+81 90,tanaka,,,,1985-12-03,,,,Rust; gardens,,,,\"People/Tanaka, Taro.md\",active"
            .replace("open", vault.person("People/Tanaka, Taro.md")["state"].as_str().unwrap())
    );
    assert!(row("Formula.md").starts_with("'=cmd(),あ,") && row("Formula.md").contains(",'＝1+1,"));
    assert!(row("Formula.md").contains("a/b; c"));
    // Nobody prints an address label for who is dead because the table does not say so.
    for (path, status) in [("People/Dead.md", "deceased"), ("People/Never.md", "do-not-contact")] {
        assert!(row(path).ends_with(&format!(",{status}")), "{}", row(path));
        assert_eq!(vault.person(path)["status"], json!(status));
    }
}

#[test]
fn cards_of_everybody_who_may_appear() {
    let vault = vault();
    let out = vault.goen(&["export", "vcf"]).stdout;
    assert_eq!(out, vault.goen(&["export", "vcf"]).stdout);
    assert_eq!(out.matches("BEGIN:VCARD\r\nVERSION:4.0\r\n").count(), vault.people().len() - 2);
    assert!(out.contains("\r\nTEL") && out.contains("\r\nBDAY:19851203\r\n"), "{out}");
    for private in ["Dead", "Never", "secret", "slides", "close", "2026-09-14"] {
        assert!(!out.contains(private), "{private}");
    }
    let file = vault.home().join("people.vcf");
    for _ in 0..2 {
        assert_eq!(vault.goen(&["export", "vcf", "-o", file.to_str().unwrap()]).code, Some(0));
    }
    assert_eq!(fs::read_to_string(file).unwrap(), out);
    let empty = Vault::new().goen(&["export", "vcf"]);
    assert!(empty.stdout.is_empty() && empty.stderr.contains("空です"), "{}", empty.said());
}

/// A canvas's nodes by what they show, and its edges as pairs of those.
fn canvas(text: &str) -> (BTreeMap<String, Value>, Vec<(String, String)>) {
    let all: Value = serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"));
    let shows = |node: &Value| {
        let shows = ["file", "label", "text"].iter().find_map(|key| node[*key].as_str());
        shows.unwrap().to_owned()
    };
    let nodes = all["nodes"].as_array().unwrap();
    let by_id: BTreeMap<&str, &Value> = nodes.iter().map(|n| (n["id"].as_str().unwrap(), n)).collect();
    assert_eq!(by_id.len(), nodes.len());
    let end = |edge: &Value, key: &str| shows(by_id[edge[key].as_str().unwrap()]);
    let edges = all["edges"].as_array().unwrap().iter();
    let edges = edges.map(|edge| (end(edge, "fromNode"), end(edge, "toNode"))).collect();
    (nodes.iter().map(|node| (shows(node), node.clone())).collect(), edges)
}

#[test]
fn a_picture_of_who_belongs_where() {
    let vault = vault();
    let out = vault.goen(&["export", "canvas"]).stdout;
    assert_eq!(out, vault.goen(&["export", "canvas"]).stdout);
    let (nodes, edges) = canvas(&out);
    let number = |node: &Value, key: &str| node[key].as_i64().unwrap();
    let within = |inner: &str, outer: &str| {
        let (inner, outer) = (&nodes[inner], &nodes[outer]);
        [("x", "width"), ("y", "height")].iter().all(|(at, size)| {
            let (from, to) = (number(inner, at), number(inner, at) + number(inner, size));
            from >= number(outer, at) && to <= number(outer, at) + number(outer, size)
        })
    };
    for (person, group) in [
        ("People/Tanaka, Taro.md", "Minato"),
        ("People/Friend.md", "Minato"),
        ("People/Leap.md", "No organisation"),
        ("People/Apple.md", "No organisation"),
    ] {
        assert!(within(person, group), "{person} {group} {out}");
    }
    assert!(!nodes.keys().any(|name| name.contains("Dead") || name.contains("Never")));
    assert!(edges.contains(&("People/Leap.md".into(), "Minato".into())), "{edges:?}");
    let knows = |(a, b): &(String, String)| {
        BTreeSet::from([a.as_str(), b.as_str()]) == BTreeSet::from(["People/Friend.md", "People/Leap.md"])
    };
    assert_eq!(edges.iter().filter(|edge| knows(edge)).count(), 1, "{edges:?}");
    assert_eq!(nodes["People/Tanaka, Taro.md"]["color"], json!("1"));
}

#[test]
fn a_picture_that_somebody_worked_on_keeps_their_work() {
    let vault = vault();
    let file = vault.at("net.canvas");
    let export = || vault.goen(&["export", "canvas", "-o", file.to_str().unwrap()]);
    assert_eq!(export().code, Some(0));
    let first = vault.read("net.canvas");
    assert!(export().stderr.contains("already up to date"));
    let mut all: Value = serde_json::from_str(&first).unwrap();
    let nodes = all["nodes"].as_array_mut().unwrap();
    let leap = nodes.iter_mut().find(|node| node["file"] == "People/Leap.md").unwrap();
    leap["x"] = json!(-5000);
    nodes
        .push(json!({"id": "mine", "type": "text", "text": "mine", "x": 1, "y": 2, "width": 3, "height": 4}));
    vault.note("net.canvas", &serde_json::to_string(&all).unwrap());
    vault.note("People/New.md", &front("tier: close\norg: Minato"));
    fs::remove_file(vault.at("People/Friend.md")).unwrap();
    assert_eq!(export().code, Some(0));
    let (nodes, _) = canvas(&vault.read("net.canvas"));
    assert_eq!(nodes["People/Leap.md"]["x"], json!(-5000));
    assert!(nodes.contains_key("mine") && nodes.contains_key("People/New.md"));
    assert!(!nodes.contains_key("People/Friend.md"));
    let again = vault.read("net.canvas");
    assert_eq!(export().code, Some(0));
    assert_eq!(vault.read("net.canvas"), again);
    // Somebody's own picture, and what is none, stay.
    for text in [
        r#"{"nodes":[{"id":"1","type":"text","text":"x","x":0,"y":0,"width":1,"height":1}]}"#,
        "{\"nodes\":[",
    ] {
        vault.note("net.canvas", text);
        assert_eq!(export().code, Some(2));
        assert_eq!(vault.read("net.canvas"), text);
    }
}

#[test]
fn a_picture_of_many_has_the_lines_that_one_can_follow() {
    let vault = Vault::new();
    let name = |at: usize| format!("p{at:02}");
    let links: String = (0..26).map(|at| format!("[[{}]] ", name(at))).collect();
    for at in 0..26 {
        let org = if at < 4 { "㈱ミナト" } else { "株式会社　ミナト" };
        let (org, tier) = if at < 13 { (org, "senior") } else { ("Acme", "close") };
        let tier = if at == 12 { "close" } else { tier };
        vault.note(
            &format!("People/{}.md", name(at)),
            &format!("---\norg: {org}\ntier: {tier}\n---\n{links}\n"),
        );
    }
    let lines = |args: &[&str]| {
        let out = vault.goen(&[&["export", "canvas"], args].concat());
        assert!(out.code == Some(0) && out.stdout.ends_with("}\n"), "{}", out.said());
        let (nodes, edges) = canvas(&out.stdout);
        assert_eq!(nodes.len(), 26 + 2, "however it is written it is one organisation");
        (edges.len(), out.stderr)
    };
    // 26 · 25 / 2 of all, 2 · 13 · 12 / 2 within, and of one close person to 13 others.
    assert_eq!(lines(&["--ties", "all"]), (325, String::new()));
    let (near, said) = lines(&[]);
    assert!(near == 169 && said.contains("156") && said.contains("--ties all"), "{near} {said}");
    assert_eq!(lines(&["--ties", "near"]), (169, String::new()));
    assert_eq!(lines(&["--ties", "none"]), (0, String::new()));
    let file = vault.at("net.canvas");
    for (ties, want) in [("all", 325), ("none", 0), ("near", 169)] {
        assert_eq!(
            vault.goen(&["export", "canvas", "--ties", ties, "-o", file.to_str().unwrap()]).code,
            Some(0)
        );
        assert_eq!(canvas(&vault.read("net.canvas")).1.len(), want);
    }
}

#[test]
fn an_update_keeps_the_calendar_up() {
    let vault = vault();
    vault.note("goen.toml", "[page]\nlang = \"en\"\n[export]\nics = \"out/reconnect.ics\"\n");
    let out = vault.goen(&["update", "--dry-run"]);
    assert!(
        out.stdout.contains("+BEGIN:VCALENDAR") && !vault.at("out/reconnect.ics").exists(),
        "{}",
        out.said()
    );
    let out = vault.goen(&["update"]);
    assert!(out.code == Some(0) && out.stderr.contains("out/reconnect.ics is written"), "{}", out.said());
    assert_eq!(vault.read("out/reconnect.ics"), vault.goen(&["export", "ics"]).stdout);
    let (page, people) = (vault.read("reconnect.md"), vault.people());
    let before = vault.everything();
    let told = vault.json(&["update"]);
    assert_eq!(
        told["calendar"],
        json!({"path": "out/reconnect.ics", "written": false, "would_write": false, "message": null})
    );
    assert_eq!(vault.everything(), before, "nothing is written without need");
    assert_eq!(vault.people(), people);
    // What is not goen's stays, and the page is written all the same.
    vault.note("out/reconnect.ics", "mine");
    fs::remove_file(vault.at("reconnect.md")).unwrap();
    let out = vault.goen(&["update"]);
    assert!(out.code == Some(2) && out.stderr.contains("left as it is"), "{}", out.said());
    assert_eq!((vault.read("out/reconnect.ics"), vault.read("reconnect.md")), ("mine".to_owned(), page));
    for bad in ["../x.ics", "/tmp/x.ics", "People/Leap.md", "reconnect.md"] {
        vault.note("goen.toml", &format!("[export]\nics = \"{bad}\"\n"));
        let out = vault.goen(&["update"]);
        assert!(out.code == Some(2) && out.stderr.contains("goen.toml:2"), "{bad} {}", out.said());
    }
}
