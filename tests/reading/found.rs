//! What readers with fresh eyes found: each the smallest vault that showed it.

#![allow(clippy::unwrap_used)]

use crate::common::Vault;
use serde_json::Value;

const DAY: &str = "2026-11-21";

fn today(vault: &Vault) -> Vec<Value> {
    vault.json(&["today"])["items"].as_array().cloned().unwrap_or_default()
}

/// The items of one note as `kind section planned`.
fn items(vault: &Vault, path: &str) -> Vec<String> {
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let own = today(vault).into_iter().filter(|item| item["person"] == path);
    own.map(|item| format!("{} {} {}", word(&item["kind"]), word(&item["section"]), word(&item["planned"])))
        .collect()
}

#[test]
fn a_fixed_day_is_kept_behind_a_window_without_room() {
    let vault = Vault::new();
    for n in 0..70 {
        vault.note(&format!("People/p{n}.md"), "---\ntier: close\nlast_contact: 2026-06-01\n---\n");
    }
    vault.note(
        "People/z.md",
        "---\ntier: project\nlast_contact: 2026-06-15\nbirthday: 11-30\n---\n- [ ] 資料 📅 2026-11-27\n",
    );
    assert_eq!(items(&vault, "People/z.md"), ["promise week 2026-11-24"]);
}

#[test]
fn a_pause_that_is_over_is_spoken_of_once() {
    let vault = Vault::new();
    let note = |last: &str| {
        format!("---\ntier: close\nstatus: paused\nsnooze: 2026-09-01\nlast_contact: {last}\n---\n")
    };
    vault.note("People/a.md", &note("2026-08-01"));
    assert_eq!(items(&vault, "People/a.md"), ["reopen today 2026-11-21"]);
    for last in ["2026-11-20", DAY] {
        vault.note("People/a.md", &note(last));
        assert_eq!(items(&vault, "People/a.md"), [""; 0], "after {last}");
    }
}

#[test]
fn a_daily_note_stays_one_whatever_its_tags() {
    for tag in ["出張", "event/x", "clip", "person"] {
        let vault = Vault::new();
        vault.note("People/a.md", "---\ntier: close\n---\n");
        vault.note("2026-11-10.md", &format!("---\ntags: [{tag}]\n---\n[[a]] と話した\n"));
        assert_eq!(vault.person("People/a.md")["last_contact"], "2026-11-10", "{tag}");
    }
}

#[test]
fn tasks_count_wherever_they_stand_but_on_a_page_of_goens() {
    let vault = Vault::new();
    vault.note("People/a.md", "---\ntier: close\nlast_contact: 2026-11-20\n---\n- [ ] \n");
    vault.note("People/README.md", "- [ ] [[a]] に資料 📅 2026-11-22\n");
    vault.goen(&["update"]);
    std::fs::copy(vault.at("reconnect.md"), vault.at("reconnect 2.md")).unwrap();
    let promises = vault.person("People/a.md")["promises"].clone();
    assert_eq!(promises.as_array().map(Vec::len), Some(1), "{promises}");
}

#[test]
fn a_touch_does_not_end_the_patience_after_two_silences() {
    let log =
        "---\ntier: close\n---\n## Log\n\n- 2026-09-01 (line) x #noreply\n- 2026-09-10 (line) y #noreply\n";
    let vault = Vault::new();
    vault.note("People/a.md", log);
    assert_eq!(vault.person("People/a.md")["opens"], "2026-11-10");
    vault.note("People/a.md", &format!("{log}- 2026-10-01 (like) z\n"));
    assert_eq!(vault.person("People/a.md")["opens"], "2026-12-10");
}

#[test]
fn what_settles_one_thread_may_open_the_next() {
    let vault = Vault::new();
    vault.note(
        "People/a.md",
        "---\ntier: close\n---\n## Log\n\n- 2026-09-10 (line) 前の件 #済 次は旅行 #続き\n",
    );
    let items = today(&vault);
    assert_eq!(items[0]["topics"][0]["kind"], "followup", "{items:?}");
    assert_eq!(vault.json(&["show", "a"])["threads"][0]["date"], "2026-09-10");
}

#[test]
fn values_are_read_as_they_were_meant() {
    let check = |front: &str, key: &str, expected: Value| {
        let vault = Vault::new();
        vault.note("People/a.md", &format!("---\ntier: close\n{front}\n---\n"));
        assert_eq!(vault.person("People/a.md")[key], expected, "{front}");
    };
    let post = |name: &str, role: Option<&str>, from: Option<&str>| serde_json::json!([{ "name": name, "role": role, "from": from, "to": null }]);
    check("org: ミナト（東京）", "orgs", post("ミナト（東京）", None, None));
    check("org: \"[[X]] 2019-04.. 部長（兼務）\"", "orgs", post("X", Some("部長（兼務）"), Some("2019-04")));
    check("birthday: \"[[1985-12-03|誕生日]]\"", "birthday", "1985-12-03".into());
    check("interests: \"[[Rust]], [[Go]]\"", "interests", serde_json::json!(["Rust", "Go"]));
    check("aliases: なし", "aliases", serde_json::json!([]));
    check("location: なし", "location", Value::Null);
    check("relation: 同僚", "tier", "close".into());
    let inline = |body: &str, expected: &str| {
        let vault = Vault::new();
        vault.note("People/a.md", &format!("---\ntier: close\n---\n{body}\n"));
        assert_eq!(vault.person("People/a.md")["last_contact"], expected, "{body}");
    };
    inline("[last contact:: [[2026-09-14]]]", "2026-09-14");
    inline("last contact:: 2026-09-14\n\nlast contact:: 2026-10-14", "2026-10-14");
    inline("## History\n\n### Log\n\n### Notes\n\n- 2026-09-14 (line) 近況", "2026-09-14");
    inline("## **Log** 📒\n\n- 2026-09-14 (line) 近況", "2026-09-14");
}

#[test]
fn several_attendees_may_stand_in_one_text() {
    let vault = Vault::new();
    for name in ["a", "b", "c"] {
        vault.note(&format!("People/{name}.md"), "---\ntier: close\n---\n");
    }
    vault
        .note("e.md", "---\ntype: event\ndate: 2026-11-01\nattendees: \"[[a]], [[b]] (欠席), [[c]]\"\n---\n");
    let last = |name: &str| vault.person(&format!("People/{name}.md"))["last_contact"].clone();
    assert_eq!([last("a"), last("b"), last("c")], ["2026-11-01".into(), Value::Null, "2026-11-01".into()]);
}

#[test]
fn attendees_that_could_be_two_are_reported() {
    let vault = Vault::new();
    vault.note("People/x/a.md", "").note("People/y/a.md", "");
    vault.note("e.md", "---\ntype: event\ndate: 2026-11-01\nattendees: [\"[[a]]\"]\n---\n");
    assert_eq!(vault.codes("e.md"), ["ambiguous-link:4"]);
}

#[test]
fn templates_have_no_mistakes() {
    let vault = Vault::new();
    vault.note("Templates/a.md", "---\nname: {{title}} さん\n---\n");
    vault.note("People/b.md", "---\ncreated: {{date}} {{time}}\n---\n");
    assert_eq!(vault.goen(&["check"]).code, Some(0));
    assert_eq!(vault.codes("People/b.md"), ["not-a-person:1"]);
}

#[test]
fn many_who_share_a_name_cost_a_look_each() {
    let vault = Vault::new();
    for n in 0..300 {
        vault.note(&format!("People/r{n}.md"), "---\naliases: [a]\n---\n- [ ] [[a]]\n");
    }
    // The cube of 300 would take minutes; that it ends is what is shown.
    assert_eq!(vault.json(&["list"]).as_array().map(Vec::len), Some(300));
    assert_eq!(vault.goen(&["check"]).code, Some(0));
}

#[test]
fn a_tick_is_held_whatever_the_text_looks_like() {
    let vault = Vault::new();
    vault.note(
        "People/X.md",
        "---\ntier: close\nlast_contact: 2026-11-20\n---\n- [ ] 資料(v2) — 11/21 までに 📅 2026-11-21\n",
    );
    vault.goen(&["update"]);
    let page = vault.read("reconnect.md");
    let begun = page.replace("- [ ] ", "- [/] ");
    assert_ne!(page, begun);
    vault.note("reconnect.md", &begun);
    for _ in 0..2 {
        assert_eq!(vault.goen(&["update"]).code, Some(0));
        assert_eq!(vault.read("reconnect.md"), begun);
    }
    vault.note("reconnect.md", &page.replace("- [ ] ", "- [x] "));
    assert_eq!(vault.goen(&["update"]).code, Some(0));
    let note = vault.read("People/X.md");
    assert!(note.contains("- [x] 資料(v2) — 11/21 までに 📅 2026-11-21 ✅ 2026-11-21\n"), "{note}");
    // A date that was moved by hand stays on a marked line.
    vault.note(
        "People/X.md",
        "---\ntier: close\nlast_contact: 2026-11-20\n---\n- [ ] 資料(v2) — 11/21 までに 📅 2026-11-21\n",
    );
    let moved = page.replace("- [ ] ", "- [/] ").replace("📅 2026-11-21", "📅 2026-11-21 > 2026-12-05");
    vault.note("reconnect.md", &moved);
    vault.goen(&["update"]);
    assert_eq!(vault.read("reconnect.md"), moved);
}

#[test]
fn words_behind_a_marker_are_not_lost() {
    let vault = Vault::new();
    vault.note("People/X.md", "---\ntier: close\n---\n");
    vault.goen(&["update"]);
    let typed = vault.read("reconnect.md").replace("<!-- goen:end -->", "<!-- goen:end --> my words");
    vault.note("reconnect.md", &typed);
    assert_eq!(vault.goen(&["update", "--force"]).code, Some(2));
    assert_eq!(vault.read("reconnect.md"), typed);
}

#[cfg(unix)]
#[test]
fn fault_08_a_page_that_is_read_only_is_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let vault = Vault::new();
    vault.note("People/X.md", "---\ntier: close\n---\n");
    vault.goen(&["update"]);
    let before = vault.read("reconnect.md");
    std::fs::set_permissions(vault.at("reconnect.md"), std::fs::Permissions::from_mode(0o444)).unwrap();
    vault.note("People/Y.md", "---\ntier: close\n---\n");
    assert_eq!(vault.goen(&["update"]).code, Some(2));
    assert_eq!(vault.read("reconnect.md"), before);
}

#[cfg(unix)]
#[test]
fn an_absolute_link_inside_the_vault_is_read() {
    let vault = Vault::new();
    vault.note(".store/a.md", "---\ntier: close\nlast_contact: 2026-09-14\n---\n").note("People/b.md", "");
    std::os::unix::fs::symlink(vault.at(".store/a.md"), vault.at("People/a.md")).unwrap();
    assert_eq!(vault.person("People/a.md")["last_contact"], "2026-09-14");
}

#[test]
fn a_promise_under_a_dated_heading_ages_from_it() {
    let vault = Vault::new();
    let note = "---\ntier: close\n---\n## 2026-10-01 ランチ\n- [ ] 本を返す\n\nまた来月。\n\n## 2026-11-20 電話\n近況。\n";
    vault.note("People/a.md", note);
    assert_eq!(items(&vault, "People/a.md"), ["promise today 2026-11-21"]);
}

#[test]
fn a_promise_in_an_event_s_note_is_of_its_day() {
    let vault = Vault::new();
    let event = "---\ntype: event\ndate: 2026-03-10\nattendees: [\"[[a]]\"]\n---\n- [ ] [[a]] に資料 〆5/1\n";
    vault.note("People/a.md", "---\ntier: close\nlast_contact: 2026-11-20\n---\n");
    vault.note("Events/例会.md", event);
    // A day without a year is the first behind the day it was written down.
    let promises = vault.person("People/a.md")["promises"].clone();
    assert_eq!(promises[0]["due"], "2026-05-01", "{promises}");
    // So is one below a line of one's own log.
    let me = "---\ntype: me\n---\n## 記録\n\n- 2026-03-10 例会\n  - [ ] [[a]] に資料 〆5/1\n";
    std::fs::remove_file(vault.at("Events/例会.md")).unwrap();
    vault.note("me.md", me);
    let promises = vault.person("People/a.md")["promises"].clone();
    assert_eq!(promises[0]["due"], "2026-05-01", "{promises}");
}

#[test]
fn several_links_in_one_text_are_several_organisations() {
    let vault = Vault::new();
    vault.note(
        "People/a.md",
        "---\ntier: close\norg: \"[[ミナト]] 2019..2024、[[青空電機 (本社)]] 2024.. 部長\"\n---\n",
    );
    vault.note("People/b.md", "---\ntier: close\norg: A, B 株式会社\n---\n");
    let orgs = |who: &str| vault.json(&["show", who])["orgs"].clone();
    let names = |value: &Value| -> Vec<String> {
        let orgs = value.as_array().cloned().unwrap_or_default();
        orgs.iter().map(|org| org["name"].as_str().unwrap_or("-").to_owned()).collect()
    };
    assert_eq!(names(&orgs("a")), ["ミナト", "青空電機 (本社)"], "{}", orgs("a"));
    assert_eq!(names(&orgs("b")).len(), 1, "{}", orgs("b"));
}

#[test]
fn a_field_right_behind_a_japanese_word_is_one() {
    let vault = Vault::new();
    vault
        .note("People/a.md", "---\ntier: close\nlast_contact: 2026-11-01\n---\n- [ ] 資料due:: 2026-11-23\n");
    assert_eq!(items(&vault, "People/a.md"), ["promise today 2026-11-21"]);
    vault.note(
        "People/b.md",
        "---\ntier: close\nlast_contact: 2026-11-01\n---\n- [ ] 資料 Due:: 2026-11-23\n",
    );
    assert_eq!(items(&vault, "People/b.md"), ["promise today 2026-11-21"]);
}

#[test]
fn fault_46_a_page_with_a_conflict_or_nul_is_left_alone() {
    let vault = Vault::new();
    vault.note("People/a.md", "---\ntier: close\nlast_contact: 2026-08-01\n---\n");
    assert_eq!(vault.goen(&["update"]).code, Some(0));
    let page = vault.read("reconnect.md");
    let line = page.lines().find(|line| line.starts_with("- [ ]")).unwrap();
    let ours = line.replace("[ ]", "[x]");
    let sides = format!("<<<<<<< HEAD\n{ours}\n=======\n{line}\n>>>>>>> b");
    for broken in [page.replace(line, &sides), format!("{page}\0\n")] {
        vault.note("reconnect.md", &broken);
        assert_eq!(vault.on("2026-11-22", &["update"]).code, Some(2));
        assert_eq!(vault.read("reconnect.md"), broken);
    }
}

#[test]
fn of_two_answers_to_one_item_neither_is_lost() {
    let vault = Vault::new();
    vault.note("People/a.md", "---\ntier: close\nlast_contact: 2026-08-01\n---\n");
    assert_eq!(vault.goen(&["update"]).code, Some(0));
    let page = vault.read("reconnect.md");
    let line = page.lines().find(|line| line.starts_with("- [ ]")).unwrap();
    let later = line.replace("[ ]", "[>]").replace(" ^g-", " > 2026-12-01 京都のこと ^g-");
    vault.note("reconnect.md", &page.replace(line, &format!("{}\n{later}", line.replace("[ ]", "[x]"))));
    assert_eq!(vault.goen(&["update"]).code, Some(0));
    let page = vault.read("reconnect.md");
    assert!(page.contains("- [x]") && page.contains("> 2026-12-01 京都のこと"), "{page}");
}

#[test]
fn a_fragment_of_an_address_is_no_tag() {
    let vault = Vault::new();
    let note = "---\ntier: close\n---\n- [ ] https://x.example/#theirs を見る\n- [ ] 返事をもらう #待ち\n";
    vault.note("People/a.md", note);
    let promises = vault.json(&["show", "a"])["promises"].clone();
    assert_eq!((&promises[0]["theirs"], &promises[1]["theirs"]), (&false.into(), &true.into()), "{promises}");
}

#[test]
fn after_two_silences_promises_wait_too() {
    let vault = Vault::new();
    let note = "---\ntier: close\n---\n- [ ] 資料を送る 📅 2026-11-22\n## Log\n- 2026-10-01 (line) a #noreply\n- 2026-11-01 (line) b #noreply\n";
    vault.note("People/a.md", note);
    assert!(items(&vault, "People/a.md").is_empty(), "{:?}", items(&vault, "People/a.md"));
}

#[test]
fn a_due_date_that_there_is_not_is_reported() {
    let vault = Vault::new();
    vault.note("People/a.md", "- [ ] x 〆2/30\n- [ ] y [due:: 11/31]\n- [ ] z 〆2/29\n- [ ] [due:: ] w\n");
    assert_eq!(vault.codes("People/a.md"), ["bad-date:1", "bad-date:2"]);
}
