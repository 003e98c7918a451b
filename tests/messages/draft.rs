//! `goen draft`: which message is meant, whom nothing is drafted to, and the English words. The Japanese
//! ones stand in `draft_ja.rs`, templates of the user's in `draft_templates.rs`, names in `draft_names.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use crate::common::{TODAY, Vault, all_equal, front, text};
use chrono::NaiveDate;
use goen::app::{App, Options};
use goen::config::Register;
use goen::message::{self, Asked, Draft, Form, Ground, Occasion};

const REGISTERS: [Register; 3] = [Register::Formal, Register::Polite, Register::Casual];
/// Seasons by words of both languages, each with a day on which it is on.
const SEASONS: [(&str, &str, &str); 7] = [
    ("new-year", "new year", "2027-01-02"),
    ("midwinter", "midwinter", "2027-01-20"),
    ("late-winter", "余寒", "2027-02-15"),
    ("midsummer", "midsummer", "2026-07-25"),
    ("late-summer", "残暑", "2026-08-20"),
    ("year-end", "year-end", "2026-12-15"),
    ("bereaved", "喪中", "2026-11-20"),
];

const ME: &str = "---
type: me
name: Yu Takase
lang: en
location: Tokyo
interests: [Rust, hiking]
booking: https://example.com/yu
career:
  - {org: Kawasemi Inc, role: engineer, from: 2019-04-01, to: 2026-11-30}
---
";

const JANE: &str = "---
tier: colleague
lang: en
interests: [chess, Rust]
org: {name: Acme Ltd, role: CTO, from: 2020-01}
location: Osaka
email: jane@example.com
birthday: 11-24
milestones:
  - {date: 2026-11-18, what: promoted to director}
---
## Log
- 2026-10-14 (lunch) Talked about async Rust. A nice place.
- 2026-10-02 (email) Read my draft #received

- [ ] send the slides
- [ ] return the book #theirs
";

fn vault() -> Vault {
    let vault = Vault::new();
    vault.note("me.md", ME).note("People/Jane Doe.md", JANE);
    vault.note("Trips/Osaka.md", "---\ntype: trip\nlocation: Osaka\nfrom: 2026-12-09\nto: 2026-12-11\n---\n");
    vault.note(
        "Clips/Small teams.md",
        "---\ntype: clip\ntags: [chess]\nurl: https://example.com/small\ndate: 2026-11-18\n---\n",
    );
    vault.note(
        "Events/2026-11-12 Meetup.md",
        "---\ntype: event\ndate: 2026-11-12\nattendees: [\"[[Jane Doe]]\"]\n---\n- [[Jane Doe]]: tests that run at night\n",
    );
    vault
}

fn open(vault: &Vault, day: &str) -> App {
    let today: NaiveDate = day.parse().unwrap();
    App::open(vault.path(), Options { today, lang: None }).unwrap()
}

/// A draft to Jane without a process of its own.
fn drafted(app: &App, asked: Asked<'_>) -> Draft {
    let person = app.index.person("People/Jane Doe.md").unwrap();
    let own = app.message_templates();
    let ground = Ground { index: &app.index, config: &app.config, today: app.today, own: &own };
    message::draft(ground, person, None, asked).unwrap_or_else(|refusal| panic!("{asked:?}: {refusal:?}"))
}

fn whole(draft: &Draft) -> String {
    match &*draft.subject {
        "" => draft.text.clone(),
        subject => format!("Subject: {subject}\n\n{}", draft.text),
    }
}

fn snapshot(name: &str, app: &App, word: &str) {
    let each = REGISTERS.map(|register| {
        let asked = Asked {
            occasion: Some(word),
            register: Some(register),
            form: Some(Form::Email),
            ..Asked::default()
        };
        format!("# {}\n\n{}", register.word(), whole(&drafted(app, asked)))
    });
    insta::with_settings!({
        snapshot_path => "snapshots/draft_en",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, each.join("\n")) });
}

/// A day on which a message is written.
fn day_of(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::Settled => "2026-12-10",
        Occasion::Reopen => "2027-01-05",
        _ => TODAY,
    }
}

#[test]
fn every_occasion_in_english() {
    let vault = vault();
    for occasion in Occasion::all().filter(|occasion| *occasion != Occasion::Season) {
        snapshot(occasion.word(), &open(&vault, day_of(occasion)), occasion.word());
    }
}

#[test]
fn every_season_in_english() {
    let vault = vault();
    for (key, word, day) in SEASONS {
        snapshot(&format!("season-{key}"), &open(&vault, day), word);
    }
    let of_own =
        "[[seasons]]\nname = \"Thanksgiving\"\nfrom = \"11-20\"\nto = \"11-30\"\ntiers = [\"colleague\"]\n";
    vault.note("goen.toml", of_own);
    snapshot("season-own", &open(&vault, TODAY), "Thanksgiving");
}

/// What holds for every message, whatever its words.
#[test]
fn the_form_of_every_message() {
    let known = vault();
    // Of somebody about whom nothing is known the form is the same.
    let bare = Vault::new();
    bare.note("People/Jane Doe.md", &front("tier: colleague\nlang: en\nlast_contact: 2026-11-01"));
    let mut wrong = Vec::new();
    for vault in [&known, &bare] {
        let mut words: Vec<(&str, &str)> = Occasion::all().map(|of| (of.word(), day_of(of))).collect();
        words.retain(|(word, _)| *word != "season");
        words.extend(SEASONS.map(|(_, word, day)| (word, if word == "喪中" { day } else { TODAY })));
        for (word, day) in words {
            // Working together is asked about only after a talk of late.
            let app = open(vault, day);
            for (register, form) in REGISTERS.iter().flat_map(|r| Form::ALL.map(|f| (*r, f))) {
                for public in [false, true].into_iter().filter(|public| !public || word == "recommend") {
                    let asked = Asked {
                        occasion: Some(word),
                        register: Some(register),
                        form: Some(form),
                        public,
                        ..Asked::default()
                    };
                    let draft = drafted(&app, asked);
                    let text = &draft.text;
                    let mut law = |holds: bool, what: &str| {
                        if !holds {
                            wrong.push(format!("{word} {} {}: {what}\n{text}", register.word(), form.name()));
                        }
                    };
                    law(!text.contains("{{") && !text.contains("{%"), "a sign of the template");
                    law(!text.contains("\n\n\n") && !text.starts_with('\n'), "empty lines");
                    law(text.lines().all(|line| line == line.trim_end()), "blanks at an end");
                    law(text.ends_with('\n') && text.trim().len() > 20, "too short");
                    law(
                        text.matches('〔').count() == text.matches('〕').count(),
                        "a blank that is not closed",
                    );
                    law(draft.subject.is_empty() == (form != Form::Email || public), "subject");
                    let salutation = text.starts_with("Dear Jane") || text.starts_with("Hi Jane");
                    law(salutation || form == Form::Letter || public, "no salutation");
                    let contracted = ["I'", "n't ", "It's", "it's", "hat's", "ow's", "ere's"]
                        .iter()
                        .any(|c| text.contains(c));
                    law(register != Register::Formal || !contracted, "contracted");
                    law(register != Register::Formal || !text.contains('!'), "too loud");
                    law(form != Form::Line || !text.contains("\n\n"), "a chat with empty lines");
                    law(
                        (form == Form::Letter && !public) <= (text.contains("202")),
                        "a letter without its day",
                    );
                    law(!text.contains(" ,") && !text.contains("  ") && !text.contains("..\n"), "signs");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn json(vault: &Vault, day: &str, args: &[&str]) -> serde_json::Value {
    vault.json_on(day, &[&["draft"], args].concat())
}

#[test]
fn the_fields_of_a_draft() {
    let vault = vault();
    let draft = json(&vault, TODAY, &["jane", "--for", "ask"]);
    let keys: Vec<&str> = draft.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        ["blanks", "lang", "letters", "occasion", "person", "register", "season", "subject", "text", "via"]
    );
    assert_eq!(draft["person"], "People/Jane Doe.md");
    assert_eq!((text(&draft["occasion"]), text(&draft["via"])), ("ask".into(), "email".into()));
    assert_eq!((text(&draft["register"]), text(&draft["lang"])), ("polite".into(), "en".into()));
    assert_eq!(draft["blanks"], serde_json::json!(["one or two lines of your news"]));
    let letter = serde_json::json!({
        "to": "People/Jane Doe.md", "subject": draft["subject"], "text": draft["text"],
    });
    assert_eq!(draft["letters"], serde_json::json!([letter]));
    // The text alone goes to standard output, a word about it to the other.
    let out = vault.goen(&["draft", "jane", "--for", "ask"]);
    assert_eq!(out.stdout, format!("Subject: {}\n\n{}", text(&draft["subject"]), text(&draft["text"])));
    assert_eq!(out.stderr, "drafted from People/Jane Doe.md; one 〔…〕 is yours to fill in\n");
}

#[test]
fn the_same_person_on_the_same_day() {
    let vault = vault();
    let before = vault.everything();
    let once = vault.goen(&["draft", "jane"]).stdout;
    assert!(!once.is_empty());
    assert_eq!(vault.goen(&["draft", "jane"]).stdout, once);
    assert_eq!(vault.everything(), before);
}

#[test]
fn occasions_have_words_in_both_languages() {
    let vault = vault();
    let words = [
        ("お礼", "thanks"),
        ("お誕生日", "birthday"),
        ("近況", "ask"),
        ("久しぶり", "reopen"),
        ("Good News", "good-news"),
        ("お悔やみ", "condolence"),
    ];
    all_equal(words.map(|(word, want)| {
        (word.to_owned(), text(&json(&vault, TODAY, &["jane", "--for", word])["occasion"]), want.to_owned())
    }));
}

#[test]
fn what_is_no_occasion() {
    let vault = vault();
    vault.note("templates/messages/monthly.md", "Hi\n");
    let out = vault.goen(&["draft", "jane", "--for", "brithday"]);
    assert_eq!((out.code, &*out.stdout), (Some(2), ""));
    assert!(out.stderr.contains("did you mean `birthday`?"), "{}", out.stderr);
    assert!(out.stderr.contains("thanks, farewell") && out.stderr.contains("年賀"), "{}", out.stderr);
    assert!(out.stderr.contains("monthly"), "{}", out.stderr);
    assert_eq!(vault.goen(&["draft", "nobody"]).code, Some(2));
    assert_eq!(vault.goen(&["draft", "jane", "--via", "pigeon"]).code, Some(2));
}

#[test]
fn the_season_of_the_day() {
    let vault = vault();
    let none = vault.goen(&["draft", "jane", "--for", "season"]);
    assert_eq!(none.code, Some(2));
    assert!(none.stderr.contains("年末の挨拶 from 2026-12-10"), "{}", none.stderr);
    let on = json(&vault, "2026-12-11", &["jane", "--for", "season"]);
    assert_eq!((text(&on["occasion"]), text(&on["season"])), ("season".into(), "年末の挨拶".into()));
    // One that is named may be prepared before it is on.
    let named = json(&vault, TODAY, &["jane", "--for", "new year"]);
    assert_eq!(text(&named["season"]), "年賀");
    assert!(text(&named["text"]).contains("2027"), "{named}");
    let late = json(&vault, "2027-02-15", &["jane", "--for", "寒中"]);
    assert_eq!(text(&late["season"]), "余寒見舞い");
    let several = vault.goen(&["draft", "jane", "--for", "見舞い"]);
    assert_eq!(several.code, Some(2));
    assert!(several.stderr.contains("暑中見舞い, 残暑見舞い"), "{}", several.stderr);
}

/// Without an occasion the reason of the agenda names it.
#[test]
fn the_reason_on_the_agenda() {
    let recent = "last_contact: 2026-11-01";
    let milestone = |what: &str| format!("{recent}\nmilestones:\n  - {{date: 2026-11-18, what: {what}}}");
    let rows: Vec<(&str, String, &str, &str)> = vec![
        ("nothing planned", recent.into(), "", "ask"),
        ("nobody met yet", String::new(), "", "reopen"),
        ("the window is open", "last_contact: 2026-07-01\ncadence: 3m..4m".into(), "", "ask"),
        ("silent for years", "last_contact: 2019-05-01".into(), "", "reopen"),
        ("a promise", recent.into(), "- [ ] send the slides 📅 2026-11-21", "promise"),
        ("theirs", recent.into(), "- [ ] return the book #theirs 📅 2026-11-15", "waiting"),
        ("they wrote", recent.into(), "## Log\n- 2026-11-20 (email) asked about tests #reply", "reply"),
        ("they helped", String::new(), "## Log\n- 2026-11-20 (email) read my draft #received", "thanks"),
        ("a first meeting", String::new(), "## Log\n- 2026-11-20 (meet) at the station", "follow-up"),
        ("a birthday", format!("{recent}\nbirthday: 11-21"), "", "birthday"),
        ("risen", milestone("promoted to director"), "", "promotion"),
        ("moved", milestone("転勤"), "", "transfer"),
        ("hired", milestone("new job"), "", "new-job"),
        ("founded", milestone("独立"), "", "independence"),
        ("married", milestone("married"), "", "good-news"),
        ("a death", milestone("her father passed away"), "", "condolence"),
        ("an illness", milestone("入院"), "", "ask"),
        ("a trip", format!("{recent}\nlocation: Osaka"), "", "visit"),
        ("a clip", "last_contact: 2026-08-10\ncadence: 4m..6m\ninterests: [gardening]".into(), "", "share"),
        ("you leave", format!("{recent}\norg: Kawasemi Inc"), "", "farewell"),
    ];
    let vault = Vault::new();
    vault.note("me.md", ME);
    vault.note("Trips/Osaka.md", "---\ntype: trip\nlocation: Osaka\nfrom: 2026-12-09\n---\n");
    vault.note("goen.toml", "[energy]\nper_day = 99\nper_week = 600\n");
    vault.note("Clips/Roses.md", "---\ntype: clip\ntags: [gardening]\ndate: 2026-11-18\n---\n");
    for (at, (_, fields, body, _)) in rows.iter().enumerate() {
        let fields = format!("tier: colleague\nlang: en\n{fields}");
        vault.note(&format!("People/Person {at}.md"), &format!("{}{body}\n", front(&fields)));
    }
    all_equal(rows.iter().enumerate().map(|(at, (row, fields, _, want))| {
        let day = if fields.contains("Kawasemi") { "2026-11-26" } else { TODAY };
        let draft = json(&vault, day, &[&format!("Person {at}")]);
        ((*row).to_owned(), text(&draft["occasion"]), (*want).to_owned())
    }));
}

#[test]
fn the_reason_is_told_in_its_words() {
    let vault = Vault::new();
    vault.note("me.md", ME);
    vault.note(
        "People/Jane Doe.md",
        "---\ntier: colleague\nlang: en\nlast_contact: 2026-11-01\n---\n- [ ] send the slides 📅 2026-11-21\n",
    );
    assert!(text(&json(&vault, TODAY, &["jane"])["text"]).contains("“send the slides”"));
    vault.note(
        "People/Jane Doe.md",
        "---\ntier: colleague\nlang: en\nlast_contact: 2026-11-01\n---\n## Log\n- 2026-11-20 (email) asked about tests #reply\n",
    );
    assert!(text(&json(&vault, TODAY, &["jane"])["text"]).contains("“asked about tests”"));
    // They know their own name.
    vault.note("People/杉浦 直人.md", &front("tier: colleague\nlast_contact: 2026-11-01"));
    for line in ["[[杉浦 直人]] に本を返す", "[[杉浦 直人]]さんへ本を返す", "本を返す（[[杉浦 直人]]）"]
    {
        vault.note("Tasks.md", &format!("- [ ] {line} 📅 2026-11-21\n"));
        let draft = json(&vault, TODAY, &["杉浦", "--for", "promise", "--lang", "ja"]);
        assert!(text(&draft["text"]).contains("「本を返す"), "{line}: {draft}");
    }
}

#[test]
fn the_form_follows_the_channel() {
    let rows = [
        ("prefer: line", "line"),
        ("prefer: slack", "line"),
        ("prefer: email", "email"),
        ("prefer: linkedin", "sns"),
        ("prefer: x", "sns"),
        ("prefer: post", "letter"),
        ("prefer: phone", "email"),
        ("tier: colleague", "email"),
    ];
    let vault = Vault::new();
    for (at, (fields, _)) in rows.iter().enumerate() {
        vault.note(&format!("People/p{at}.md"), &front(&format!("{fields}\nlast_contact: 2026-11-01")));
    }
    all_equal(rows.iter().enumerate().map(|(at, (row, want))| {
        let draft = json(&vault, TODAY, &[&format!("p{at}"), "--for", "ask"]);
        ((*row).to_owned(), text(&draft["via"]), (*want).to_owned())
    }));
    let season = json(&vault, TODAY, &["p5", "--for", "年賀"]);
    assert_eq!(text(&season["via"]), "card");
    assert_eq!(text(&json(&vault, TODAY, &["p5", "--for", "年賀", "--via", "メール"])["via"]), "email");
}

#[test]
fn language_and_register() {
    let vault = Vault::new();
    vault.note("People/a.md", &front("tier: senior\nlast_contact: 2026-11-01"));
    vault.note("People/b.md", &front("tier: senior\nlast_contact: 2026-11-01\nlang: en\nregister: casual"));
    let of = |args: &[&str]| {
        let draft = json(&vault, TODAY, &[args, &["--for", "ask"]].concat());
        format!("{} {}", text(&draft["lang"]), text(&draft["register"]))
    };
    assert_eq!(of(&["People/a.md"]), "ja formal");
    assert_eq!(of(&["People/b.md"]), "en casual");
    assert_eq!(of(&["People/b.md", "--lang", "ja", "--register", "polite"]), "ja polite");
    vault.note("me.md", "---\ntype: me\nlang: en\n---\n");
    assert_eq!(of(&["People/a.md"]), "en formal");
}

/// Whom nothing is drafted to, and why.
#[test]
fn calm_refusals() {
    let vault = Vault::new();
    vault.note("me.md", "---\ntype: me\nlang: en\n---\n");
    let person = |name: &str, fields: &str| {
        vault.note(
            &format!("People/{name}.md"),
            &front(&format!("tier: senior\nlast_contact: 2026-11-01\n{fields}")),
        );
    };
    person("gone", "status: deceased");
    person("quiet", "status: do-not-contact");
    person("fresh", "mourning: 2026-11-10");
    person("later", "mourning: 2026-06-10");
    person("before", "mourning: 2025");
    vault.note("People/silent.md", &front("tier: senior\nlast_contact: 2024-02-03"));
    let refused = |args: &[&str], words: &str| {
        let out = vault.goen(&[&["draft"], args].concat());
        assert_eq!((out.code, &*out.stdout), (Some(2), ""), "{args:?} {}", out.stderr);
        assert!(out.stderr.contains(words), "{args:?}: {}", out.stderr);
    };
    let drafted = |args: &[&str], want: &str| {
        assert_eq!(text(&json(&vault, TODAY, args)["occasion"]), want, "{args:?}");
    };
    refused(&["gone"], "has died");
    refused(&["quiet", "--for", "thanks"], "not to be contacted");
    for glad in ["birthday", "ask", "coffee", "年末", "good-news"] {
        refused(&["fresh", "--for", glad], "until 2026-12-29 only condolence");
    }
    for owed in ["condolence", "promise", "reply", "waiting"] {
        drafted(&["fresh", "--for", owed], owed);
    }
    drafted(&["fresh"], "condolence");
    for glad in ["birthday", "promotion", "transfer", "good-news"] {
        refused(&["later", "--for", glad], "congratulations wait");
    }
    drafted(&["later", "--for", "ask"], "ask");
    // Of a year alone: that year, and the new year after it.
    assert_eq!(text(&json(&vault, "2026-12-20", &["before", "--for", "birthday"])["occasion"]), "birthday");
    let out = vault.on("2026-01-20", &["draft", "before", "--for", "birthday"]);
    assert!(out.stderr.contains("congratulations wait"), "{}", out.said());
    refused(&["later", "--for", "年賀"], "no new year's greeting");
    drafted(&["later", "--for", "寒中"], "season");
    refused(&["silent", "--for", "together"], "was on 2024-02-03");
    drafted(&["later", "--for", "together"], "together");
    // Yours silences the new year's greeting too.
    vault.note("me.md", "---\ntype: me\nlang: en\nmourning: 2026-09-01\n---\n");
    refused(&["silent", "--for", "年賀"], "you are in mourning");
    drafted(&["silent", "--for", "喪中"], "season");
}

#[test]
fn congratulations_are_belated_from_the_eighth_day() {
    let vault = vault();
    let belated = |day: &str, word: &str| {
        text(&json(&vault, day, &["jane", "--for", word])["text"]).to_lowercase().contains("belated")
    };
    assert!(!belated("2026-11-25", "promotion"));
    assert!(belated("2026-11-26", "promotion"));
    assert!(!belated("2026-11-24", "birthday"));
    assert!(belated("2026-11-25", "birthday"));
}

#[test]
fn an_invitation_offers_a_page_or_days() {
    let vault = vault();
    let invited = |register: &str| {
        text(&json(&vault, TODAY, &["jane", "--for", "coffee", "--register", register])["text"])
    };
    for register in ["casual", "polite"] {
        let text = invited(register);
        assert!(text.contains("https://example.com/yu") && !text.contains("〔first date〕"), "{text}");
    }
    // Many are asked to a gathering, and each of them picks a day on the page as well.
    let gathered = |register: &str| {
        text(&json(&vault, TODAY, &["jane", "--for", "gathering", "--register", register])["text"])
    };
    for register in ["casual", "polite"] {
        let text = gathered(register);
        assert!(text.contains("https://example.com/yu") && !text.contains("〔first date〕"), "{text}");
    }
    assert!(gathered("formal").contains("〔first date〕"));
    let formal = invited("formal");
    assert!(!formal.contains("example.com") && formal.contains("〔first date〕"), "{formal}");
    vault.note("me.md", "---\ntype: me\nname: Yu Takase\nlang: en\n---\n");
    assert!(invited("casual").contains("〔first date〕"));
}

#[test]
fn two_who_should_know_each_other_are_both_asked() {
    let vault = vault();
    let draft = text(&json(&vault, TODAY, &["jane", "--for", "introduce"])["text"]);
    let (first, second) = draft.split_once("\n――\n").expect("two messages");
    assert!(first.starts_with("Hi Jane,") && second.contains("introduce you to Jane Doe?"), "{draft}");
    // Each is a letter of its own, with its subject.
    for (lang, between) in [("en", "Subject: "), ("ja", "件名: ")] {
        let draft = json(&vault, TODAY, &["jane", "--for", "introduce", "--lang", lang]);
        let letters = draft["letters"].as_array().unwrap();
        assert_eq!(letters.len(), 2, "{draft}");
        assert_eq!((&letters[0]["to"], &letters[1]["to"]), (&draft["person"], &serde_json::Value::Null));
        let subject = text(&draft["subject"]);
        assert!(letters.iter().all(|letter| text(&letter["subject"]) == subject), "{draft}");
        let [first, second] = [0, 1].map(|at| text(&letters[at]["text"]));
        let whole = text(&draft["text"]);
        assert!(whole.starts_with(&format!("{first}\n――\n")), "{whole}");
        assert!(whole.ends_with(&format!("\n{between}{subject}\n\n{second}")), "{whole}");
    }
    // A letter on paper has none.
    let paper = json(&vault, TODAY, &["jane", "--for", "introduce", "--via", "letter"]);
    assert!(!text(&paper["text"]).contains("Subject:") && paper["letters"][1]["subject"] == "", "{paper}");
}

#[test]
fn what_notes_say_stays_harmless() {
    let vault = Vault::new();
    vault.note(
        "People/Jane Doe.md",
        "---\ntier: colleague\nlang: en\n---\n## Log\n- 2026-11-14 (email) \u{202e}{{ x }} 〔y〕 {% z %}\n",
    );
    let out = vault.goen(&["draft", "jane", "--for", "ask", "--lang", "en"]);
    assert_eq!(out.code, Some(0), "{}", out.stderr);
    assert!(!out.stdout.contains("{{") && !out.stdout.contains("{%"), "{}", out.stdout);
    assert!(!out.said().contains(common::is_unsafe), "{}", out.stdout);
    let draft = json(&vault, TODAY, &["jane", "--for", "ask"]);
    assert_eq!(draft["blanks"], serde_json::json!(["one or two lines of your news", "your name"]));
}

/// Nobody is asked lightly about a loss, nor about what you did yourself.
#[test]
fn what_is_no_topic() {
    let vault = Vault::new();
    let asks = |line: &str| {
        let log = format!("---\ntier: colleague\nlang: en\n---\n## Log\n- 2026-11-14 (email) {line}\n");
        vault.note("People/Jane Doe.md", &log);
        vault.goen(&["draft", "jane", "--for", "reopen"]).stdout.contains('“')
    };
    for line in [
        "お母さまのご逝去にお悔やみを",
        "her father is in hospital",
        "年賀状を出した",
        "sent my thanks",
        "退職のお知らせ",
    ] {
        assert!(!asks(line), "{line}");
    }
    // A memo is asked about only in words of one's own.
    for line in ["写真が届いた", "議事録の自動化", "She helped with my draft"] {
        assert!(!asks(line), "{line}");
    }
    for line in ["talked about tests", "the launch announcement #followup"] {
        assert!(asks(line), "{line}");
    }
}

#[test]
fn who_is_gone_is_not_quoted() {
    let vault = Vault::new();
    vault.note("People/Ann.md", &front("status: deceased"));
    vault.note(
        "People/Jane Doe.md",
        "---\ntier: colleague\nlang: en\n---\n## Log\n- 2026-11-14 (email) spoke of [[Ann]]\n",
    );
    assert!(!vault.goen(&["draft", "jane", "--for", "ask"]).stdout.contains("Ann"));
}
