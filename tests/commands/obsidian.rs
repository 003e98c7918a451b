//! `init --obsidian`: the base of people and the types of their properties. What the base says of a
//! note is what goen says of it, as far as its properties alone tell.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use crate::bases::{Base, Note, Value as Said};
use crate::common::{self, Vault, front, text};
use crate::yaml::yaml;
use chrono::NaiveDate;
use serde_json::Value;

const BASE: &str = "people.base";
const TYPES: &str = ".obsidian/types.json";

/// The base that `init --obsidian` makes.
fn base(vault: &Vault, args: &[&str]) -> Value {
    let out = vault.goen(&[args, &["init", "--obsidian"]].concat());
    assert_eq!(out.code, Some(0), "{}", out.said());
    yaml(&vault.read(BASE))
}

fn on(base: &Value, day: &str) -> Base {
    let formulas = base["formulas"].as_object().unwrap();
    let formulas: BTreeMap<String, String> =
        formulas.iter().map(|(name, f)| (name.clone(), text(f))).collect();
    Base::new(formulas, day.parse().unwrap())
}

/// Whether a note passes the filters.
fn passes(filters: &Value, base: &Base, note: &Note) -> bool {
    match filters {
        Value::String(filter) => base.says(filter, note).is_truthy(),
        Value::Object(map) => {
            let (how, list) = map.iter().next().unwrap();
            let mut list = list.as_array().unwrap().iter().map(|filter| passes(filter, base, note));
            match how.as_str() {
                "and" => list.all(|passes| passes),
                "or" => list.any(|passes| passes),
                other => panic!("{other}"),
            }
        }
        other => panic!("{other}"),
    }
}

/// The words of the base for a state: those of `list`, but that properties cannot tell who is new.
fn states(lang: &str) -> BTreeMap<&'static str, &'static str> {
    let words = match lang {
        "ja" => [
            "未整理",
            "休止・終了",
            "お休み中",
            "連絡日の記入なし",
            "良好",
            "そろそろ",
            "間があいた",
            "ごぶさた",
        ],
        _ => ["to sort", "closed", "snoozed", "no day noted", "fresh", "open", "due", "dormant"],
    };
    ["untracked", "closed", "snoozed", "new", "fresh", "open", "due", "dormant"]
        .into_iter()
        .zip(words)
        .collect()
}

/// Front matter of many kinds, none of which says more than its properties.
const PEOPLE: &[&str] = &[
    "tier: close\nlast_contact: 2026-09-14",
    "tier: close\nlast_contact: 2025-12-31",
    "tier: Close\nlast_contact: 2026-11-21",
    "関係: 親しい同僚\nlast_contact: 2026-10-01",
    "関係: 上司\n最終連絡: 2026-07-30",
    "関係: \"[[上司]]\"\nlast_contact: 2026-07-30",
    "tier: [close]\nlast_contact: 2026-10-10",
    "tier: close\nlast_contact: \"[[2026-10-10]]\"",
    "tier: close\nlast_contact: \"[[日記/2026-09-14|先週]]\"",
    "tier: close\nlast_contact: 2026-01-15 via Slack",
    "tier: close\nlast_contact: Never",
    "tier: close\nlast_contact: 2026-09-14\nnext: \"[[2026-12-24]]\"",
    "tier: senior\nlast_contact: 2025-08-31",
    "tier: client\nlast_contact: 2024-02-29",
    "tier: colleague\nlast_contact: 2026-05-31",
    "tier: project\nlast_contact: 2025-11-21",
    "tier: family\nlast_contact: 2026-10-10",
    "tier: 兄弟\nlast_contact: 2026-01-31",
    "tier: odd\nlast_contact: 2026-06-30",
    "tier: unknown\nlast_contact: 2026-06-30",
    "tier: close",
    "tier: close\nlast_contact:",
    "tier: close\nlast_contact: 2027-01-01",
    "last_contact: 2026-06-01",
    "cadence: 6w\nlast_contact: 2026-10-10",
    "cadence: 90\nlast_contact: 2026-09-01",
    "cadence: 45d\ntier: close\nlast_contact: 2026-10-17",
    "cadence: 1y\nlast_contact: 2025-02-28",
    "cadence: 3ヶ月\nlast_contact: 2026-08-31",
    "cadence: 2週間\nlast_contact: 2026-11-10",
    "cadence: monthly\nlast_contact: 2026-10-31",
    "cadence: 毎月\nlast_contact: 2026-10-25",
    "cadence: 半年\nlast_contact: 2026-06-25",
    "cadence: 1m..2m\nlast_contact: 2026-10-15",
    "cadence: 1..2m\nlast_contact: 2026-10-21",
    "cadence: 2w..1m\nlast_contact: 2026-11-01",
    "cadence: 30d..1m\nlast_contact: 2026-01-31",
    "cadence: 3 months\nlast_contact: 2026-08-01",
    "tier: close\nlast_contact: 2026-09-14\nnext: 2026-12-24",
    "tier: close\nlast_contact: 2026-09-14\nnext: 2026-10-24",
    "tier: close\nlast_contact: 2026-09-14\nnext: 2026-09-01",
    "tier: close\nnext: 2026-12-24",
    "tier: senior\nlast_contact: 2024-01-05\nnext: 2025-01-15",
    "tier: close\nlast_contact: 2026-09-14\nsnooze: 2026-12-01",
    "tier: close\nlast_contact: 2026-09-14\nsnooze: 2026-11-21",
    "tier: close\nlast_contact: 2026-09-14\nstatus: paused",
    "tier: close\nlast_contact: 2026-09-14\nstatus: Do-Not Contact",
    "tier: close\nlast_contact: 2026-09-14\nstatus: active",
    "tier: close\nlast_contact: 2026-09-14\nstatus: 故人",
    "tier: close\nlast_contact: 2026-09-14\npaused: true",
    "tier: close\nlast_contact: 2026-09-14\npaused: false",
];

const SETTINGS: &str = "[fields]\nlast_contact = [\"最終連絡\"]\n[tiers.family]\nwindow = \"2w..1m10d\"\nnames = [\"兄弟\", \"both \\\" and '\"]\n[tiers.odd]\nwindow = \"100d\"\n";

fn vault_of(rows: &[&str]) -> (Vault, Vec<Note>) {
    let vault = Vault::new();
    vault.note("goen.toml", SETTINGS);
    let paths = (0..rows.len()).map(|n| format!("People/p{n:03}.md"));
    let notes = paths.zip(rows).map(|(path, row)| {
        vault.note(&path, &front(row));
        Note::new(&path, row)
    });
    let notes = notes.collect();
    (vault, notes)
}

#[test]
fn the_base_says_of_each_person_what_goen_says() {
    let (vault, notes) = vault_of(PEOPLE);
    for (lang, days) in [("ja", &["2026-11-21", "2027-02-28"][..]), ("en", &["2028-02-29"])] {
        let _ = std::fs::remove_file(vault.at(BASE));
        let base = base(&vault, &["--lang", lang]);
        let words = states(lang);
        for day in days {
            let all = vault.json_on(day, &["list"]);
            let formulas = on(&base, day);
            let today: NaiveDate = day.parse().unwrap();
            let rows = notes.iter().zip(PEOPLE).map(|(note, row)| {
                let person =
                    all.as_array().unwrap().iter().find(|person| person["path"] == *note.path).unwrap();
                let date = |key: &str| person[key].as_str().and_then(|day| day.parse::<NaiveDate>().ok());
                let of = |name| match formulas.formula(name, note) {
                    Said::Date(day) => Some(day),
                    _ => None,
                };
                let state = match formulas.formula("state", note) {
                    Said::Text(state) => state,
                    other => panic!("{row}: {other:?}"),
                };
                // Somebody new has four weeks for goen's plan, which are no date of theirs.
                let is_new = date("last_contact").is_none() && of("next").is_none();
                let dates = if is_new { [None; 2] } else { [date("opens"), date("due")] };
                let wanted =
                    (words[person["state"].as_str().unwrap()].to_owned(), date("last_contact"), dates);
                let got = (state, of("last_contact").filter(|day| *day <= today), [of("opens"), of("due")]);
                (format!("{row}, on {day}"), got, wanted)
            });
            common::all_equal(rows.collect::<Vec<_>>());
        }
    }
}

#[test]
fn what_formulas_cannot_read_is_left_to_goen() {
    let (vault, notes) = vault_of(&["cadence: 月に2回\ntier: close\nlast_contact: 2026-09-14"]);
    let base = on(&base(&vault, &["--lang", "en"]), common::TODAY);
    assert_eq!(base.formula("state", &notes[0]), Said::Text("see goen".into()));
    assert_eq!(base.formula("due", &notes[0]), Said::Null);
}

#[test]
fn birthdays_with_and_without_a_year() {
    let rows = [
        "birthday: 1985-12-03",
        "誕生日: \"02-29\"",
        "birthday: --11-21",
        "birthday: 1985-12",
        "tier: close",
    ];
    let (vault, notes) = vault_of(&rows);
    let base = base(&vault, &[]);
    let next = |day: &str| -> Vec<String> {
        let base = on(&base, day);
        let said = notes.iter().map(|note| match base.formula("next_birthday", note) {
            Said::Date(day) => day.to_string(),
            _ => String::new(),
        });
        said.collect()
    };
    assert_eq!(next("2026-11-21"), ["2026-12-03", "2027-02-28", "2026-11-21", "", ""]);
    assert_eq!(next("2027-12-04"), ["2028-12-03", "2028-02-29", "2028-11-21", "", ""]);
}

#[test]
fn the_base_shows_whom_goen_takes_for_people() {
    let rows: &[(&str, &str)] = &[
        ("People/a.md", "tier: close"),
        ("People/work/b.md", ""),
        ("notes/c.md", "type: person"),
        ("notes/d.md", "tags: [person]"),
        ("notes/e.md", "tags: [person/work]"),
        ("notes/f.md", "categories: [\"[[People]]\"]"),
        ("notes/g.md", "type: 人物"),
        ("notes/h.md", "tags: [books]"),
        ("notes/i.md", "type: event\ndate: 2026-11-01"),
        ("People/j.md", "type: org"),
        ("People/README.md", ""),
        ("People/index.md", ""),
        ("People/People.md", ""),
        ("People/MOC of people.md", ""),
        ("People/Untitled 2.md", ""),
        ("People/x.excalidraw.md", ""),
        ("People/Templates/t.md", "tier: close"),
        ("Templates/t.md", "type: person"),
        ("自分.md", "type: me"),
        ("k.md", ""),
    ];
    let vault = Vault::new();
    for (path, lines) in rows {
        vault.note(path, &front(lines));
    }
    let base = base(&vault, &[]);
    let formulas = on(&base, common::TODAY);
    let people = vault.paths();
    common::all_equal(rows.iter().map(|(path, lines)| {
        let note = Note::new(path, lines);
        let listed = people.iter().any(|person| person == path);
        (format!("{path}: {lines}"), passes(&base["filters"], &formulas, &note), listed)
    }));
}

#[test]
fn a_base_of_nobody_is_well_formed() {
    let vault = Vault::new();
    vault.note("goen.toml", "[people]\ntags = []\nfolders = [\"both ' and \\\"\"]\n");
    let out = vault.goen(&["--lang", "en", "init", "--obsidian"]);
    assert!(out.stderr.contains("goes without these names, which its formulas cannot hold: both ' and"));
    let base = yaml(&vault.read(BASE));
    let formulas = on(&base, common::TODAY);
    assert!(!passes(&base["filters"], &formulas, &Note::new("People/a.md", "tier: close")));
    assert!(passes(&base["filters"], &formulas, &Note::new("a.md", "type: person")));
}

#[test]
fn the_views_rest_on_what_there_is() {
    let (vault, notes) = vault_of(PEOPLE);
    for lang in ["ja", "en"] {
        let _ = std::fs::remove_file(vault.at(BASE));
        let base = base(&vault, &["--lang", lang]);
        let formulas = on(&base, common::TODAY);
        let views = base["views"].as_array().unwrap();
        assert_eq!(views.len(), 4);
        let is_known = |property: &str| match property.split_once('.') {
            Some(("formula", name)) => formulas.formulas.contains_key(name),
            Some(("file", name)) => name == "name",
            Some(("note", _)) => true,
            _ => false,
        };
        for view in views {
            assert_eq!(view["type"], "table");
            let columns = view["order"].as_array().unwrap().iter();
            let sort = view["sort"].as_array().unwrap().iter().map(|by| &by["property"]);
            for property in columns.chain(sort).chain(view.get("groupBy").map(|by| &by["property"])) {
                assert!(is_known(property.as_str().unwrap()), "{property} in {view}");
            }
        }
        assert!(base["properties"].as_object().unwrap().keys().all(|property| is_known(property)));
        // Whom the first view shows are those whose time has come.
        let shown = notes.iter().filter(|note| passes(&views[0]["filters"], &formulas, note)).count();
        let come = vault
            .people()
            .iter()
            .filter(|p| ["open", "due", "dormant"].contains(&p["state"].as_str().unwrap()))
            .count();
        assert_eq!(shown, come);
    }
}

#[test]
fn tiers_have_their_names_and_come_in_the_order_of_the_settings() {
    let rows = ["tier: close", "tier: 上司", "tier: family", "tier: unknown"];
    for (lang, named, groups) in [
        ("ja", ["親しい同僚", "上司", "family", ""], ["1 親しい同僚", "2 上司", "6 family", ""]),
        (
            "en",
            ["close colleague", "senior", "family", ""],
            ["1 close colleague", "2 senior", "6 family", ""],
        ),
    ] {
        let (vault, notes) = vault_of(&rows);
        let base = base(&vault, &["--lang", lang]);
        assert_eq!(base["views"][1]["groupBy"]["property"], "formula.tier_group");
        let formulas = on(&base, common::TODAY);
        for (note, (name, group)) in notes.iter().zip(named.into_iter().zip(groups)) {
            assert_eq!(formulas.formula("tier", note), Said::Text(name.into()));
            assert_eq!(formulas.formula("tier_group", note), Said::Text(group.into()));
        }
    }
}

#[test]
fn columns_are_called_in_the_language() {
    let vault = Vault::new();
    vault.note("People/a.md", &front("tier: close\n会社: X\nlocation: 京都"));
    let base = base(&vault, &["--lang", "ja"]);
    let shown = base["views"][1]["order"].as_array().unwrap();
    for column in shown.iter().map(text) {
        let name = text(&base["properties"][&column]["displayName"]);
        assert!(!name.is_empty() && !name.is_ascii(), "{column} is called {name}");
    }
}

#[test]
fn before_there_are_people_every_usual_folder_counts() {
    let vault = Vault::new();
    let base = base(&vault, &[]);
    let formulas = on(&base, common::TODAY);
    for path in ["People/a.md", "人/a.md", "連絡先/a.md"] {
        assert!(passes(&base["filters"], &formulas, &Note::new(path, "tier: close")), "{path}");
    }
}

#[test]
fn what_only_goen_knows_is_said() {
    let vault = Vault::new();
    vault.note("People/a.md", "---\ntier: close\n---\n## Log\n\n- 2026-10-20 (line) hello\n");
    let out = vault.goen(&["--lang", "en", "init", "--obsidian"]);
    assert!(out.stderr.contains("1 person has a last contact"), "{}", out.stderr);
    assert!(out.stderr.contains("1.9") && out.stderr.contains("reload"), "{}", out.stderr);
    let formulas = on(&yaml(&vault.read(BASE)), common::TODAY);
    let note = Note::new("People/a.md", "tier: close");
    assert_eq!(formulas.formula("state", &note), Said::Text("no day noted".into()));
    // Nothing is said of what was there already.
    assert!(!vault.goen(&["--lang", "en", "init", "--obsidian"]).stderr.contains("1.9"));
}

#[test]
fn a_type_fits_every_note_of_the_vault() {
    let vault = Vault::new();
    vault
        .note(
            "People/Bob.md",
            &front("tier: close\nstatus: active\nlast_contact: 2026-09-14\nlocation: Tokyo"),
        )
        .note(
            "Projects/P.md",
            &front("Status: [active, urgent]\nnext: \"[[Other]]\"\nlocation: [Tokyo, Osaka]"),
        );
    base(&vault, &[]);
    let types: Value = serde_json::from_str(&vault.read(TYPES)).unwrap();
    let known = types["types"].as_object().unwrap();
    assert_eq!(known.keys().collect::<Vec<_>>(), ["aliases", "last_contact", "tags", "tier"]);
}

#[test]
fn a_folder_of_a_vault_of_obsidians_gets_nothing() {
    let outer = tempfile::TempDir::new().unwrap();
    std::fs::create_dir(outer.path().join(".obsidian")).unwrap();
    let vault = Vault::within(outer.path());
    vault.note("goen.toml", "").note("人/a.md", &front("tier: close"));
    let out = vault.goen(&["--lang", "en", "init", "--obsidian"]);
    assert_eq!(out.code, Some(2), "{}", out.said());
    assert!(out.stderr.contains("part of the Obsidian vault"), "{}", out.stderr);
    assert!(!vault.at(BASE).exists() && !vault.at(".obsidian").exists());
}

#[cfg(unix)]
#[test]
fn what_could_not_be_made_is_not_called_done() {
    let vault = Vault::new();
    vault.goen(&["init"]);
    std::fs::create_dir(vault.at(BASE)).unwrap();
    vault.note(TYPES, "{\"types\": {,}}");
    let out = vault.goen(&["--lang", "ja", "init", "--obsidian"]);
    assert_eq!((out.code, out.stdout.as_str()), (Some(2), ""), "{}", out.said());
    assert!(
        out.stderr.contains("ファイルでないもの") && !out.stderr.contains("not a file"),
        "{}",
        out.stderr
    );
    std::fs::remove_dir(vault.at(BASE)).unwrap();
    std::os::unix::fs::symlink("nowhere/x", vault.at(BASE)).unwrap();
    let out = vault.goen(&["--lang", "ja", "init", "--obsidian"]);
    assert!(out.stderr.contains("リンク先がありません"), "{}", out.stderr);
}

#[test]
fn nothing_is_overwritten_and_twice_is_once() {
    let vault = Vault::new();
    vault.note("People/a.md", &front("tier: close\nlast_contact: 2026-09-14"));
    let types = "{\r\n\t\"types\": {\r\n\t\t\"Next\": \"text\",\r\n\t\t\"mine\": \"checkbox\"\r\n\t},\r\n\t\"unknown\": [1]\r\n}";
    vault.note(BASE, "views: []\n").note(TYPES, types);
    let out = vault.json(&["init", "--obsidian"]);
    assert_eq!(out["changed"], serde_json::json!([TYPES]));
    assert_eq!(out["left"][0]["why"], "exists");
    assert_eq!(vault.read(BASE), "views: []\n");
    let after = vault.read(TYPES);
    let (head, tail) = types.split_once("checkbox\"").unwrap();
    assert!(after.starts_with(head) && after.ends_with(tail), "{after}");
    let said: Value = serde_json::from_str(&after).unwrap();
    assert_eq!(said["types"]["Next"], "text");
    assert_eq!(said["types"]["last_contact"], "date");
    assert_eq!(said["types"].get("next"), None);
    assert!(!after.replace("\r\n", "").contains('\n'), "its line ends are kept");

    let before = vault.everything();
    let again = vault.json(&["init", "--obsidian"]);
    assert_eq!((&again["made"], &again["changed"]), (&serde_json::json!([]), &serde_json::json!([])));
    assert_eq!(vault.everything(), before);
}

#[test]
fn types_are_those_of_the_values_that_are_there() {
    let vault = Vault::new();
    vault
        .note("People/a.md", &front("関係: 友人\n最終連絡: 2026-09-14\n次回: 来週\n誕生日: 12-03"))
        .note("People/b.md", &front("関係: 上司\n関心: [Rust]\n趣味: 将棋"));
    base(&vault, &[]);
    let types: Value = serde_json::from_str(&vault.read(TYPES)).unwrap();
    let of = |key: &str| text(&types["types"][key]);
    let expected = [
        ("関係", "text"),
        ("最終連絡", "date"),
        ("誕生日", "text"),
        ("関心", "multitext"),
        ("aliases", "aliases"),
        ("tags", "tags"),
    ];
    for (key, word) in expected {
        assert_eq!(of(key), word, "{key}");
    }
    for key in ["次回", "趣味", "tier", "last_contact"] {
        assert_eq!(of(key), "", "{key} is of no type, or of none that fits");
    }
}

#[test]
fn what_is_broken_is_left_and_said() {
    for broken in ["{\"types\": {", "[]", "{\"types\": 1}", "\u{feff}{\"types\": {}}"] {
        let vault = Vault::new();
        vault.note(TYPES, broken);
        let out = vault.goen(&["--lang", "en", "init", "--obsidian"]);
        assert_eq!(out.code, Some(2), "{}", out.said());
        assert!(out.stderr.contains("left .obsidian/types.json as it is"), "{}", out.said());
        assert_eq!(vault.read(TYPES), broken);
        assert!(vault.at(BASE).is_file(), "the rest is done");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_outside_of_the_vault() {
    use std::os::unix::fs::symlink;
    let elsewhere = tempfile::TempDir::new().unwrap();
    let types = elsewhere.path().join("types.json");
    for there in [None, Some("{\"types\": {}}")] {
        if let Some(text) = there {
            std::fs::write(&types, text).unwrap();
        }
        let vault = Vault::new();
        symlink(elsewhere.path(), vault.at(".obsidian")).unwrap();
        let out = vault.goen(&["--lang", "en", "init", "--obsidian"]);
        assert_eq!(out.code, Some(2), "{}", out.said());
        assert_eq!(std::fs::read_to_string(&types).ok().as_deref(), there, "{}", out.said());
    }
    let vault = Vault::new();
    symlink(elsewhere.path().join("people.base"), vault.at(BASE)).unwrap();
    vault.goen(&["init", "--obsidian"]);
    assert!(!elsewhere.path().join("people.base").exists());
}

#[test]
fn init_offers_it_where_obsidian_is() {
    let vault = Vault::new();
    assert!(!vault.goen(&["init"]).said().contains("--obsidian"));
    vault.note(".obsidian/app.json", "{}");
    assert!(vault.goen(&["--lang", "en", "init"]).stderr.contains("goen init --obsidian"));
    base(&vault, &[]);
    assert!(!vault.goen(&["init"]).said().contains("--obsidian"));
}
