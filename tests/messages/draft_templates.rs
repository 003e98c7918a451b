//! Templates of messages that are the user's own: which is taken, what it may use, what is said of one that
//! does not do, and the pages in `docs/` about them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use crate::common::{TODAY, Vault, front, text};

/// Somebody of whom everything is known that a template may ask for.
fn vault() -> Vault {
    let vault = Vault::new();
    vault.note(
        "me.md",
        "---\ntype: me\nname: Yu Takase\nlang: en\ncareer:\n  \
         - {org: Kawasemi Inc, role: engineer, from: 2019-04-01, to: 2026-11-30}\n---\n",
    );
    vault.note(
        "People/Jane Doe.md",
        "---\ntier: colleague\nlang: en\ninterests: [chess]\nlocation: Osaka\nbirthday: 11-24\n\
         milestones:\n  - {date: 2026-11-18, what: promoted to director}\n---\n## Log\n\
         - 2026-10-14 (lunch) Talked about async Rust\n",
    );
    vault.note("Trips/Osaka.md", "---\ntype: trip\nlocation: Osaka\nfrom: 2026-12-09\nto: 2026-12-11\n---\n");
    vault.note(
        "Clips/Small teams.md",
        "---\ntype: clip\ntags: [chess]\nurl: https://example.com/small\ndate: 2026-11-18\n---\n",
    );
    vault.note(
        "Events/2026-11-12 Meetup.md",
        "---\ntype: event\ndate: 2026-11-12\nattendees: [\"[[Jane Doe]]\"]\n---\n",
    );
    vault
}

fn json(vault: &Vault, day: &str, args: &[&str]) -> serde_json::Value {
    vault.json_on(day, &[&["draft"], args].concat())
}

/// The user's templates come before goen's, the one that says most about the case first.
#[test]
fn templates_of_the_user() {
    let vault = vault();
    let said = |args: &[&str]| {
        let out = vault.goen(&[&["draft", "jane"], args].concat());
        assert_eq!(out.code, Some(0), "{args:?}: {}", out.stderr);
        out.stdout
    };
    vault.note(
        "Templates/Messages/thanks.md",
        "---\ntags: [t]\n---\nThanks, {{ to.call }}.  \n\n\n\n{{ blank(\"why\") }}\n",
    );
    assert_eq!(said(&["--for", "thanks"]), "Thanks, Jane.\n\n〔why〕\n");
    vault.note("Templates/Messages/thanks.line.en.md", "Thx {{ to.call }}!\n");
    assert_eq!(said(&["--for", "お礼", "--via", "line"]), "Thx Jane!\n");
    assert_eq!(said(&["--for", "thanks", "--via", "email"]), "Thanks, Jane.\n\n〔why〕\n");
    let out = vault.goen(&["draft", "jane", "--for", "thanks"]);
    assert!(out.stderr.contains("and Templates/Messages/thanks.md"), "{}", out.stderr);
    // They take in goen's, and each other.
    vault.note("Templates/Messages/sign.md", "Yours, {{ me.short }}");
    vault.note(
        "Templates/Messages/ask.en.md",
        "{% extends \"builtin/en/ask\" %}\n{% block subject %}Hello there{% endblock %}\n\
         {% block closing %}{% include \"sign.md\" %}{% endblock %}\n",
    );
    let asked = said(&["--for", "ask"]);
    assert!(asked.starts_with("Subject: Hello there\n\nHi Jane,\n"), "{asked}");
    assert!(asked.ends_with("\n\nYours, Yu\n"), "{asked}");
    vault.note(
        "Templates/Messages/reply.md",
        "{% import \"builtin/en/parts\" as p %}\n{{ p.hello() }}\n{{ talk }}{{ event }} {{ last.ago }}\n",
    );
    assert_eq!(said(&["--for", "reply"]), "Hi Jane,\n\nMeetup the other day\n");
    // Occasions and seasons of one's own.
    vault.note("Templates/Messages/monthly.md", "Subject: {{ date.month }}\n\nHello, {{ to.short }}\n");
    let own = json(&vault, TODAY, &["jane", "--for", "Monthly"]);
    assert_eq!((text(&own["occasion"]), text(&own["subject"])), ("monthly".into(), "11".into()));
    vault.note("Templates/Messages/年賀.md", "{{ new_year }}\n");
    assert_eq!(said(&["--for", "new year"]), "2027\n");
    vault.note("Templates/Messages/season.md", "{{ season }}\n");
    assert_eq!(said(&["--for", "midsummer"]), "暑中見舞い\n");
    assert_eq!(said(&["--for", "new year"]), "2027\n");
}

#[test]
fn a_fault_in_a_template_has_its_place() {
    let vault = vault();
    let refused = |path: &str, template: &str, want: &str| {
        vault.note(path, template);
        let out = vault.goen(&["draft", "jane", "--for", "ask"]);
        assert_eq!((out.code, &*out.stdout), (Some(2), ""), "{template}");
        assert!(out.stderr.starts_with(want), "{template}\n{}\n{want}", out.stderr);
    };
    let at = "templates/messages/ask.md";
    refused(
        at,
        "---\ntags: [x]\n---\nHi\n\n{{ to.nmae }}\n",
        "templates/messages/ask.md:6:4: there is no variable `to.nmae`\n  |\n\
         6 | {{ to.nmae }}\n  |    ^^^^^^^ did you mean `to.name`? there are to.call, ",
    );
    refused(at, "Hi {% if %}\n", "templates/messages/ask.md:1:");
    refused(at, "Hi\n{{ nobody }}\n", "templates/messages/ask.md:2:");
    refused(at, "{{ 1 | shout }}\n", "templates/messages/ask.md:1:");
    refused(at, "{% extends \"builtin/en/nothing\" %}\n", "templates/messages/ask.md:1:");
    let endless = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}\n";
    refused(at, endless, "templates/messages/ask.md:1:1: the template does not come to an end");
    // In the one that it takes in.
    vault.note("templates/messages/part.md", "a\nb {{ c }}\n");
    refused(at, "x\n{% include \"part.md\" %}\n", "templates/messages/part.md:2:");
    refused(at, "{% extends \"ask.md\" %}\n", "templates/messages/ask.md:");
    // What the engine would show of the notes is not for messages.
    refused(at, "{{ debug() }}\n", "templates/messages/ask.md:1:");
}

/// What is said of a variable that is not there, in the user's language.
#[test]
fn a_variable_that_is_not_there() {
    let vault = vault();
    let said = |lang: &str, template: &str| {
        vault.note("templates/messages/ask.md", template);
        vault.note("me.md", &format!("---\ntype: me\nlang: {lang}\n---\n"));
        let out = vault.goen(&["draft", "jane", "--for", "ask"]);
        assert_eq!((out.code, &*out.stdout), (Some(2), ""), "{template}");
        out.stderr
    };
    let all = said("en", "{{ formm }}");
    assert!(all.contains("did you mean `form`? there are answer, ") && all.contains(", me, "), "{all}");
    let all = said("ja", "{{ formm }}");
    assert!(all.contains("「formm」という変数はありません"), "{all}");
    assert!(all.contains("「form」のことでしょうか。使えるもの: answer、"), "{all}");
    let nothing = said("en", "{{ other.name }}");
    assert!(
        nothing.contains("nothing is known of `other`") && nothing.contains("{% if other %}"),
        "{nothing}"
    );
    assert!(said("ja", "{{ other.name }}").contains("{% if other %} と {% endif %} で囲んで"));
    let base = said("en", "{% extends \"thanks\" %}");
    assert!(base.contains("builtin/en/thanks"), "{base}");
    assert!(said("ja", "{% extends \"thanks\" %}").contains("builtin/ja/thanks"));
    assert!(said("ja", "{% if %}").contains("書き方に誤りがあります"));
}

/// Whatever a template may ask for is told in both pages.
#[test]
fn the_pages_tell_every_variable() {
    let vault = vault();
    let listed = |name: &str, occasion: &str| {
        let own = format!("{{% if {name} %}}{{{{ {name}.nothing_of_this_name }}}}{{% endif %}}");
        let own = if name.is_empty() { "{{ nothing_of_this_name }}".to_owned() } else { own };
        vault.note(&format!("templates/messages/{occasion}.md"), &own);
        let said = vault.goen(&["draft", "jane", "--for", occasion]).stderr;
        let (_, names) = said.rsplit_once("there are ").unwrap_or_else(|| panic!("{name}: {said}"));
        names.trim().split(", ").map(str::to_owned).collect::<Vec<_>>()
    };
    let mut names = listed("", "ask");
    for (name, occasion) in [
        ("to", "ask"),
        ("me", "ask"),
        ("last", "ask"),
        ("hint", "ask"),
        ("date", "ask"),
        ("birthday", "birthday"),
        ("milestone", "promotion"),
        ("clip", "share"),
        ("trip", "visit"),
    ] {
        names.extend(listed(name, occasion));
    }
    assert!(names.len() > 50, "{names:?}");
    // Only the agenda names somebody else.
    names.extend(["other.name", "other.call", "other.short", "other.interests"].map(str::to_owned));
    for page in ["docs/messages.md", "docs/messages.ja.md"] {
        let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
        let untold: Vec<_> = names.iter().filter(|name| !page.contains(&format!("`{name}`"))).collect();
        assert!(untold.is_empty(), "{untold:?}");
    }
}

/// The example of the pages.
#[test]
fn a_template_that_builds_on_a_built_in_one() {
    let vault = vault();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/messages.md");
    let page = fs::read_to_string(page).unwrap().replace("\r\n", "\n");
    let (_, example) = page.split_once("```jinja\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    vault.note("templates/messages/thanks.en.md", example);
    let draft = json(&vault, TODAY, &["jane", "--for", "thanks", "--via", "email"]);
    assert_eq!(text(&draft["subject"]), "Thank you, Jane");
    assert!(text(&draft["text"]).contains("Thank you very much for"), "{draft}");
    assert!(text(&draft["text"]).ends_with("Warmly,\nYu\n"), "{draft}");
}

#[test]
fn a_template_that_makes_nothing_or_too_much() {
    let vault = vault();
    for (template, want) in [
        ("", "the template makes an empty message"),
        ("Subject: \n", "the template makes an empty message"),
        ("Subject: Hello\n", "the template makes an empty message"),
        ("{# nothing #}\n", "the template makes an empty message"),
        ("{{ \"x\" * 100001 }}", "more text than any message has"),
        ("{% for a in range(20000) %}longer {% endfor %}", "more text than any message has"),
    ] {
        vault.note("templates/messages/ask.md", template);
        let out = vault.goen(&["draft", "jane", "--for", "ask"]);
        assert_eq!((out.code, &*out.stdout), (Some(2), ""), "{template}");
        assert!(out.stderr.starts_with("templates/messages/ask.md:1:1: "), "{}", out.stderr);
        assert!(out.stderr.contains(want), "{template}: {}", out.stderr);
    }
}

/// One that cannot be read is told of where it is wanted, and is in nobody's way elsewhere.
#[test]
fn a_template_that_cannot_be_read() {
    let vault = vault();
    fs::create_dir_all(vault.at("templates/messages/folder.md")).unwrap();
    fs::write(vault.at("templates/messages/ask.md"), b"\xff\xfe").unwrap();
    fs::write(vault.at("templates/messages/latin.md"), b"caf\xe9").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hosts", vault.at("templates/messages/link.md")).unwrap();
    let draft = |occasion: &str| vault.goen(&["draft", "jane", "--for", occasion]);
    let elsewhere = draft("thanks");
    assert_eq!(elsewhere.code, Some(0), "{}", elsewhere.stderr);
    assert!(!elsewhere.stderr.contains("templates/"), "{}", elsewhere.stderr);
    // goen's own takes its place.
    let wanted = draft("ask");
    assert_eq!(wanted.code, Some(0), "{}", wanted.stderr);
    assert!(wanted.stdout.starts_with("Subject: How are you?"), "{}", wanted.stdout);
    assert!(wanted.stderr.contains("templates/messages/ask.md:1:1: ") && wanted.stderr.contains("UTF-8"));
    // An occasion of the user's own has no other.
    for (occasion, why) in [("latin", "UTF-8"), ("folder", "folder.md"), ("link", "link.md")] {
        if cfg!(unix) || occasion != "link" {
            let out = draft(occasion);
            assert_eq!((out.code, &*out.stdout), (Some(2), ""), "{occasion}");
            assert!(out.stderr.contains(why) && !out.stderr.contains("no occasion"), "{}", out.stderr);
        }
    }
}

#[test]
fn a_broken_template_is_in_nobodys_way_elsewhere() {
    let vault = vault();
    vault.note("templates/messages/ask.md", "{% if %}");
    assert_eq!(vault.goen(&["draft", "jane", "--for", "thanks"]).code, Some(0));
    assert_eq!(vault.goen(&["check"]).code, Some(0));
}

#[test]
fn init_gives_templates_to_start_from() {
    let vault = Vault::new();
    vault.note("templates/messages/thanks.md", "mine\n");
    let made = vault.goen(&["--lang", "en", "init"]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    assert!(
        vault.at("templates/messages/reopen.en.md").exists()
            && vault.at("templates/messages/follow-up.en.md").exists()
    );
    assert!(!vault.at("templates/messages/thanks.en.md").exists());
    assert_eq!(vault.read("templates/messages/thanks.md"), "mine\n");
    let before = vault.everything();
    vault.goen(&["--lang", "en", "init"]);
    assert_eq!(vault.everything(), before);
    // As they are they make what goen makes.
    vault.note("People/Jane Doe.md", &front("tier: colleague\nlang: en\nlast_contact: 2026-11-01"));
    let own = vault.goen(&["draft", "jane", "--for", "reopen"]).stdout;
    fs::remove_file(vault.at("templates/messages/reopen.en.md")).unwrap();
    assert_eq!(vault.goen(&["draft", "jane", "--for", "reopen"]).stdout, own);
}
