//! What a mark leaves alone: a skip ends its own item and no other, and has had the place that the item
//! had; and no mark pulls anything in on the same day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use crate::marks::{mark, update};
use crate::tables::{agenda, places, vault};

/// The agenda of a day after the item of a kind was marked on a page of that day.
fn after(notes: &str, kind: &str, day: &str, with: char) -> (common::Vault, Vec<String>) {
    let vault = vault(notes);
    update(&vault, day);
    mark(&vault, kind, day, with);
    update(&vault, day);
    let left = agenda(&vault, day);
    (vault, left)
}

#[test]
fn a_skip_of_what_has_a_day_leaves_the_rhythm_alone() {
    let birthday = "== x\ntier: colleague\nlast_contact: 2026-06-15\nbirthday: 11-28\n";
    let (vault, left) = after(birthday, "birthday", "2026-11-28", '-');
    assert_eq!(left, ["x cadence: week 2026-11-29"]);
    assert_eq!(places(&vault, "2026-12-04", "cadence"), "today");
    // A skip of the window's own item, and one in the user's own words, begin it anew.
    let window = "== x\ntier: colleague\nlast_contact: 2026-06-15\n";
    let (vault, left) = after(window, "cadence", "2026-11-20", '-');
    assert_eq!(left, [""; 0]);
    assert_eq!(places(&vault, "2027-03-19", "cadence"), "week 2027-03-20");
    let by_hand = format!("{window}--\n## Log\n\n- 2026-11-20 (skip) 忙しそう\n");
    assert_eq!(places(&crate::tables::vault(&by_hand), "2027-03-19", "cadence"), "week 2027-03-20");
}

#[test]
fn a_skipped_introduction_keeps_nobodys_window_away_and_is_the_only_one_of_its_weeks() {
    let person = |name: &str, org: &str| {
        format!("== {name}\ntier: close\nlast_contact: 2026-11-10\norg: {org}\ninterests: [a, b]\n")
    };
    let four = [("p", "A"), ("q", "B"), ("r", "C"), ("s", "D")].map(|(name, org)| person(name, org)).concat();
    let (vault, _) = after(&four, "introduce", "2026-11-20", '-');
    for day in ["2026-11-20", "2026-11-21", "2026-12-01", "2026-12-09"] {
        assert_eq!(places(&vault, day, "introduce"), "", "{day}");
    }
    assert_eq!(places(&vault, "2026-12-10", "cadence"), "today; today; week 2026-12-11; week 2026-12-11");
}

#[test]
fn a_day_set_by_hand_is_kept_once_its_own_item_was_marked() {
    let notes = "== x\ntier: colleague\nlast_contact: 2026-11-01\nnext: 2026-12-24\n";
    for with in ['x', '-'] {
        let (vault, left) = after(notes, "cadence", "2026-12-20", with);
        assert_eq!(left, [""; 0], "{with}");
        assert_eq!(places(&vault, "2026-12-24", "cadence"), "", "{with}");
        assert_eq!(places(&vault, "2027-04-20", "cadence"), "today", "{with}");
    }
    // Any other contact before the day leaves it standing.
    let spoken = format!("{notes}--\n## Log\n\n- 2026-12-20 (line) x\n");
    assert_eq!(places(&vault(&spoken), "2026-12-24", "cadence"), "today");
}

#[test]
fn one_tie_is_taken_up_again_in_seven_days_whatever_came_of_it() {
    let paused = |name: &str| {
        format!("== {name}\ntier: close\nlast_contact: 2026-03-01\nstatus: paused\nsnooze: 2026-05-01\n")
    };
    let dormant = |name: &str| format!("== {name}\ntier: close\nlast_contact: 2022-01-01\n");
    for (who, with) in [(["p", "q", "r"].map(paused), 'x'), (["p", "q", "r"].map(dormant), '-')] {
        let (vault, left) = after(&who.concat(), "reopen", "2026-06-01", with);
        assert!(left.iter().all(|line| !line.ends_with("today")), "{with}: {left:?}");
        for (day, want) in [("2026-06-02", 0), ("2026-06-07", 0), ("2026-06-08", 1)] {
            let today = agenda(&vault, day).iter().filter(|line| line.ends_with("reopen: today")).count();
            assert_eq!(today, want, "{with} {day}");
        }
    }
}

#[test]
fn a_skip_of_somebody_new_lets_nobody_else_in_on_that_day() {
    let notes = "== goen.toml\n[circle]\nintake = 1\n== n\ntier: close\n== o\ntier: close\n";
    let (vault, left) = after(notes, "cadence", "2026-06-01", '-');
    assert_eq!(left, ["o cadence: unplaced"]);
    assert_eq!(agenda(&vault, "2026-06-02"), ["o cadence: today"]);
}

#[test]
fn skipped_clips_count_among_the_two_of_seven_days() {
    let person =
        |name: &str| format!("== {name}\ncadence: 3m..4m\nlast_contact: 2026-09-01\ninterests: [Rust]\n");
    let notes = ["a", "b", "c", "d"].map(person).concat()
        + "== Clippings/記事.md\ntype: clip\ncreated: 2026-11-20\ntags: [rust]\n";
    let vault = vault(&notes);
    update(&vault, "2026-11-21");
    for _ in 0..2 {
        mark(&vault, "share", "2026-11-21", '-');
        update(&vault, "2026-11-21");
    }
    for day in ["2026-11-21", "2026-11-24", "2026-11-27"] {
        let of_day = places(&vault, day, "share");
        assert!(!of_day.contains("today"), "{day}: {of_day}");
    }
    assert_eq!(places(&vault, "2026-11-28", "share"), "today; today");
}

#[test]
fn a_mark_brings_the_same_person_back_tomorrow_at_the_earliest() {
    let trip = "== trip.md\ntype: trip\nlocation: 大阪\nfrom: 2026-06-10\nto: 2026-06-12\n";
    let visited = "== v\ntier: colleague\nlast_contact: 2026-05-25\nlocation: 大阪\nbirthday: 06-01\n"
        .to_owned()
        + trip;
    for with in ['x', '-'] {
        let (_, left) = after(&visited, "birthday", "2026-06-01", with);
        assert_eq!(left, ["v visit: week 2026-06-02"], "{with}");
    }
    // The next promise follows at once: it was on the line before.
    let two = "== v\ntier: colleague\nlast_contact: 2026-05-25\n--\n- [ ] 一 📅 2026-06-02\n- [ ] 二 📅 2026-06-03\n";
    let (_, left) = after(two, "promise", "2026-06-01", 'x');
    assert_eq!(left, ["v promise: today fixed"]);
}

#[test]
fn what_the_page_says_of_others_never_names_the_gone() {
    // Not even where their notes have something that is wrong.
    let gone = "== 断絶\nstatus: do-not-contact\nbirthday: 99-99\n== 故人\nstatus: deceased\nnext: 99\n";
    let x = "== x\ntier: close\nlast_contact: 2026-09-01\n";
    for name in ["断絶", "故人"] {
        for line in [
            format!("- 2026-11-10 (line) [[{name}]] の件 #followup"),
            format!("- 2026-11-10 (line) [[{name}]] の噂を聞いた"),
            format!("- 2026-11-19 (line) [[{name}]] の連絡先を聞かれた #reply"),
            format!("- 2026-11-19 (line) [[{name}]] のことで助けてもらった #received"),
            format!("- 2025-01-10 (line) [[{name}]] のことで助けてもらった #received"),
        ] {
            let vault = vault(&format!("{gone}{x}--\n## Log\n\n{line}\n"));
            update(&vault, "2026-11-20");
            let page = vault.read(common::PAGE);
            assert!(page.contains("[[x]]") && !page.contains(name), "{line}\n{page}");
        }
        let event = "== 会.md\ntype: event\ndate: 2026-11-19\nattendees: ['[[x]]']\n--\n";
        let vault = vault(&format!("{gone}{x}{event}- [[x]] と [[{name}]] の話\n"));
        update(&vault, "2026-11-20");
        let page = vault.read(common::PAGE);
        assert!(page.contains("[[x]]") && !page.contains(name), "{page}");
    }
}

#[test]
fn what_ends_in_days_of_rest_is_shown_after_them() {
    let rest = "== me.md\ntype: me\naway: ['2026-06-01..2026-06-07']\n";
    let x = "== x\ntier: senior\nregister: casual\nlast_contact: 2026-04-01\n";
    let helped = format!("{x}--\n## Log\n\n- 2026-05-31 (line) x #received\n{rest}");
    crate::tables::stands(
        "thanks",
        &helped,
        &[("2026-06-08", "today"), ("2026-06-14", "today"), ("2026-06-15", "")],
    );
    let long = rest.replace("06-07", "06-20");
    let promoted = format!("{x}milestones: ['2026-06-01 昇進']\n{long}");
    crate::tables::stands(
        "milestone",
        &promoted,
        &[("2026-06-20", "week 2026-06-21"), ("2026-06-21", "today")],
    );
}

#[test]
fn congratulating_a_dormant_tie_takes_the_place_of_no_re_opening() {
    // Both are silent for a year, one to the day: it is a congratulation that ends that silence.
    let two = "== a\ntier: colleague\nlast_contact: 2025-11-21\nmilestones: [2026-11-16 昇進]\n\
               == b\ntier: colleague\nlast_contact: 2025-11-20\n\
               == c\ntier: close\nlast_contact: 2026-10-24\n== d\ntier: close\nlast_contact: 2026-10-24\n";
    assert_eq!(agenda(&vault(two), "2026-11-21")[..2], ["b reopen: today", "a milestone, reopen: today"]);
    let (_, left) = after(two, "milestone", "2026-11-21", 'x');
    assert_eq!(left[..1], ["b reopen: today"]);
    // Whatever was said since.
    let (vault, _) = after(two, "milestone", "2026-11-21", 'x');
    vault.note("People/a.md", &(vault.read("People/a.md") + "- 2026-11-22 (line) お祝いのランチの相談\n"));
    assert_eq!(agenda(&vault, "2026-11-23")[..1], ["b reopen: today"]);
}

#[test]
fn an_introduction_stays_where_it_is_when_somebody_else_is_marked() {
    let person = |name: &str, lines: &str| {
        format!("== {name}\ntier: close\nlast_contact: 2026-11-10\norg: {name}\n{lines}\n")
    };
    let three = ["p", "q"].map(|name| person(name, "interests: [a, b]")).concat()
        + &person("r", "interests: [a, c]\nmilestones: [2026-11-16 昇進]");
    assert_eq!(agenda(&vault(&three), "2026-11-20")[..2], ["r milestone: today", "p introduce: today"]);
    let (_, left) = after(&three, "milestone", "2026-11-20", 'x');
    assert_eq!(left[..1], ["p introduce: today"]);
}
