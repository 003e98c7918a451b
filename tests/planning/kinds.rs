//! What happened, was promised, or is a date of theirs: each kind of item from its first day to its last.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{PAGE, Vault, text};
use crate::tables::{has, reads, stands, vault};
use serde_json::json;

/// In touch lately, and for years the tie itself asks for nothing.
const X: &str = "== x\ntier: close\ncadence: 10y\nlast_contact: 2026-11-10\n";
/// Known, and in no tier.
const STRANGER: &str = "== x\nname: x\n";

/// A person of these front-matter lines and this body.
fn x(lines: &str, body: &str) -> String {
    format!("== x\n{lines}\n--\n{body}\n")
}

/// X with these lines in the log.
fn logged(lines: &str) -> String {
    format!("{X}--\n## Log\n\n{lines}\n")
}

/// An event of that day with these attendees.
fn event(day: &str, attendees: &str, more: &str) -> String {
    format!("== events/会.md\ntype: event\ndate: {day}\nattendees: [{attendees}]\n{more}\n")
}

#[test]
fn after_an_event_each_attendee_for_three_days() {
    let days = [
        ("2026-11-20", ""),
        ("2026-11-21", "today fixed"),
        ("2026-11-23", "today fixed"),
        ("2026-11-24", ""),
    ];
    for person in [X, STRANGER, "== x\ntier: client\n", "== x\ntier: close\nlast_contact: 2020-01-01\n"] {
        stands("follow-up", &(person.to_owned() + &event("2026-11-21", "'[[x]]'", "")), &days);
    }
    // Over the turn of the year, and the end of February.
    let year = [("2026-12-31", "today fixed"), ("2027-01-02", "today fixed"), ("2027-01-03", "")];
    stands("follow-up", &(STRANGER.to_owned() + &event("2026-12-31", "'[[x]]'", "")), &year);
    for (held, last, over) in
        [("2027-02-27", "2027-03-01", "2027-03-02"), ("2028-02-27", "2028-02-29", "2028-03-01")]
    {
        let notes = STRANGER.to_owned() + &event(held, "'[[x]]'", "");
        stands("follow-up", &notes, &[(held, "today fixed"), (last, "today fixed"), (over, "")]);
    }
    // Of several days: from the first until two days after the last.
    let camp =
        event("2026-11-19", "'[[x]]'", "").replace("date: 2026-11-19", "start: 2026-11-19\nend: 2026-11-22");
    let (first, last) = ("2026-11-19", "2026-11-24");
    stands(
        "follow-up",
        &(STRANGER.to_owned() + &camp),
        &[("2026-11-18", ""), (first, "today fixed"), (last, "today fixed"), ("2026-11-25", "")],
    );
    has(
        "follow-up",
        &(STRANGER.to_owned() + &event("2026-11-21", "'[[x]]'", "--\n- [[x]] は Rust を始めた")),
        "2026-11-22",
        &json!({
            "person": "People/x.md", "subject": null, "state": "untracked", "due": "2026-11-23",
            "opens": "2026-11-21", "planned": "2026-11-22", "cost": 1.0, "also": [],
            "topics": [{"kind": "event", "text": "x は Rust を始めた", "link": "events/会.md"}],
        }),
    );
}

#[test]
fn no_follow_up_of_those_who_did_not_come_or_of_what_was_not_held() {
    for (attendees, more) in [
        ("'[[x]] (欠席)'", ""),
        ("'[[x]] (absent)'", ""),
        ("'[[y]]'", ""),
        ("'[[x]]'", "status: cancelled"),
        ("'[[x]]'", "status: 中止"),
        ("'[[x]]'", "status: planned"),
        ("'[[x]]'", "status: 予定"),
    ] {
        let notes = X.to_owned() + &event("2026-11-21", attendees, more);
        stands("follow-up", &notes, &[("2026-11-21", ""), ("2026-11-22", "")]);
    }
    for status in ["deceased", "do-not-contact", "closed", "paused"] {
        let notes = x(&format!("tier: close\nstatus: {status}"), "") + &event("2026-11-21", "'[[x]]'", "");
        stands("follow-up", &notes, &[("2026-11-21", "")]);
    }
    let snoozed = format!("{X}snooze: 2026-11-23\n") + &event("2026-11-21", "'[[x]]'", "");
    stands("follow-up", &snoozed, &[("2026-11-21", ""), ("2026-11-22", ""), ("2026-11-23", "today fixed")]);
}

#[test]
fn a_follow_up_is_settled_by_a_later_day_or_by_other_words_of_that_day() {
    let is_settled = |more: &str, day: &str, want: bool| {
        let notes = format!("{more}\n") + &event("2026-11-21", "'[[x]]'", "");
        stands("follow-up", &notes, &[(day, if want { "" } else { "today fixed" })]);
    };
    for (line, want) in [
        ("- 2026-11-21 (line) 今日はありがとう", true),
        ("- 2026-11-21 今日はありがとう", true),
        ("- 2026-11-22 (line) 昨日はありがとう", true),
        ("- 2026-11-22 (lunch) また会った", true),
        // The event itself, told once more.
        ("- 2026-11-21 (ランチ) 会で", false),
        ("- 2026-11-21 (line) [[会]] で話した", false),
        // No contacts.
        ("- 2026-11-21 (like) 写真", false),
        ("- 2026-11-22 (like) 写真", false),
        // Before it.
        ("- 2026-11-20 (line) 明日よろしく", false),
    ] {
        is_settled(&logged(line), "2026-11-22", want);
    }
    let journal = |day: &str| format!("{X}== {day}.md\n--\n[[x]] と話した\n");
    is_settled(&journal("2026-11-21"), "2026-11-22", false);
    is_settled(&journal("2026-11-22"), "2026-11-22", true);
    is_settled(
        &format!("{X}last_contact: 2026-11-22\n").replace("last_contact: 2026-11-10\n", ""),
        "2026-11-22",
        true,
    );
}

#[test]
fn three_of_an_event_are_fixed_those_whose_talk_is_noted_first() {
    let person = |name: &str| format!("== {name}\ntier: close\nlast_contact: 2026-11-10\n");
    let people: String = ["a", "b", "c", "d"].map(person).concat();
    let attendees = "'[[a]]', '[[b]]', '[[c]]', '[[d]]'";
    let follow_ups = |notes: &str, day: &str| -> Vec<String> {
        let lines = crate::tables::agenda(&vault(notes), day);
        lines.into_iter().filter(|line| line.contains("follow-up")).collect()
    };
    // The event and three words afterwards are all that the week holds.
    let late = |line: &str| format!("{line} follow-up: week 2026-11-23");
    let fixed = |names: [&str; 3]| names.map(|name| format!("{name} follow-up: today fixed"));
    let talked = event("2026-11-21", attendees, "--\n- [[d]] と話した\n- [[c]] は転職\n- [[b]] は留守がち\n");
    let want: Vec<String> = fixed(["b", "c", "d"]).into_iter().chain([late("a")]).collect();
    assert_eq!(follow_ups(&(people.clone() + &talked), "2026-11-21"), want);
    // Nothing noted: in the order in which they are listed.
    let silent = event("2026-11-21", attendees, "");
    let want: Vec<String> = fixed(["a", "b", "c"]).into_iter().chain([late("d")]).collect();
    assert_eq!(follow_ups(&(people.clone() + &silent), "2026-11-21"), want);
    // Once written to, nobody else becomes fixed in their place.
    let done = people.replace(
        "== a\ntier: close\nlast_contact: 2026-11-10\n",
        "== a\ntier: close\n--\n## Log\n\n- 2026-11-21 (line) ありがとう\n",
    );
    assert_eq!(
        follow_ups(&(done + &silent), "2026-11-21"),
        ["b follow-up: today fixed", "c follow-up: today fixed", "d follow-up: week 2026-11-23"]
    );
    // Whoever gets none takes no place: closed ties, and those put off.
    for line in ["status: closed", "snooze: 2026-12-01"] {
        let notes = people.replace("== a\n", &format!("== a\n{line}\n")) + &silent;
        assert_eq!(follow_ups(&notes, "2026-11-21"), fixed(["b", "c", "d"]), "{line}");
    }
}

#[test]
fn a_first_meeting_that_the_log_tells_of_has_a_follow_up() {
    let days = [
        ("2026-11-20", ""),
        ("2026-11-21", "today fixed"),
        ("2026-11-23", "today fixed"),
        ("2026-11-24", ""),
    ];
    for channel in ["lunch", "対面", "call", "video", "会食"] {
        let log = format!("## Log\n\n- 2026-11-21 ({channel}) 初めまして\n");
        stands("follow-up", &x("name: x", &log), &days);
        stands("follow-up", &x("tier: close", &log), &days);
        // goen itself writes both.
        stands("follow-up", &x("tier: close\nlast_contact: 2026-11-21", &log), &days);
    }
    for (channel, says) in [("call", "11/21 に話しました"), ("lunch", "11/21 に会いました")] {
        let vault = Vault::new();
        // What was passed over is no meeting.
        let log = format!("- 2026-11-21 ({channel}) x\n- 2026-11-21 (skip) y\n");
        vault.note("People/x.md", &format!("---\ntier: close\n---\n## Log\n\n{log}"));
        let page = vault.on("2026-11-21", &["today"]).stdout;
        assert!(page.contains(says), "{page}");
    }
    for log in [
        "- 2026-11-21 (line) 初めまして",
        "- 2026-11-21 初めまして",
        "- 2026-11-21 (lunch) 久しぶり\n- 2026-03-01 (line) 紹介された",
        "- 2026-11-21 (lunch) 初めまして\n- 2026-11-21 (line) お礼",
    ] {
        stands(
            "follow-up",
            &x("tier: close", &format!("## Log\n\n{log}\n")),
            &[("2026-11-21", ""), ("2026-11-22", "")],
        );
    }
    // A touch tells of no meeting, whatever the front matter says of that day.
    let touched = x("tier: close\nlast_contact: 2026-11-21", "## Log\n\n- 2026-11-21 (like) 写真\n");
    stands("follow-up", &touched, &[("2026-11-21", "")]);
    // Known from elsewhere before.
    let known = x("tier: close\nlast_contact: 2026-03-01", "## Log\n\n- 2026-11-21 (lunch) 久しぶり\n");
    stands("follow-up", &known, &[("2026-11-21", "")]);
}

#[test]
fn an_answer_is_owed_until_it_is_given() {
    for tag in ["#reply", "#要返信"] {
        stands(
            "reply",
            &logged(&format!("- 2026-11-21 (line) 質問 {tag}")),
            &[
                ("2026-11-20", ""),
                ("2026-11-21", "today fixed"),
                ("2026-11-24", "today fixed"),
                ("2031-06-01", "today fixed"),
            ],
        );
    }
    has(
        "reply",
        &logged("- 2026-11-19 (email) 質問 #reply"),
        "2026-11-21",
        &json!({"due": "2026-11-21", "planned": "2026-11-21", "cost": 1.0, "channel": "email", "also": []}),
    );
    for (day, due) in [("2028-02-28", "2028-03-01"), ("2026-12-30", "2027-01-01")] {
        has(
            "reply",
            &logged(&format!("- {day} (line) 質問 #reply")),
            day,
            &json!({"due": due, "planned": day}),
        );
    }
    // Silence of a year makes a tie dormant, and the question no less open.
    let dormant = logged("- 2026-11-21 (line) 質問 #reply").replace("cadence: 10y\n", "");
    stands("reply", &dormant, &[("2027-11-22", "today fixed")]);
    let answered = |notes: &str, want: bool| {
        stands("reply", notes, &[("2026-11-22", if want { "" } else { "today fixed" })]);
    };
    answered(&logged("- 2026-11-20 (line) 質問 #reply\n- 2026-11-22 (line) 返事"), true);
    answered(&logged("- 2026-11-20 (line) 質問 #reply\n- 2026-11-21 (call) 話した"), true);
    // Of one day the order of the log decides, whichever way it runs.
    answered(&logged("- 2026-11-20 (line) 質問 #reply\n- 2026-11-20 (line) 返事"), true);
    answered(&logged("- 2026-11-20 (line) 挨拶\n- 2026-11-20 (line) 質問 #reply"), false);
    answered(
        &logged("- 2026-11-20 (line) 返事\n- 2026-11-20 (line) 質問 #reply\n- 2026-11-01 (line) x"),
        true,
    );
    answered(&logged("- 2026-11-20 (line) 質問 #reply\n- 2026-11-21 (line) もう一つ #reply"), false);
    answered(&logged("- 2026-11-20 (line) 質問 #reply\n- 2026-11-21 (like) 写真"), false);
    // They may have asked anywhere.
    answered(&logged("- 2026-11-20 (コメント) 質問された #要返信"), false);
    answered(&logged("- 2026-11-20 (コメント) 質問された #要返信\n- 2026-11-21 (line) 返事"), true);
    answered(&logged("- 2026-11-20 (line) 質問 #reply\n- 2026-11-21 (skip) また今度"), false);
    answered(
        &(logged("- 2026-11-20 (line) 質問 #reply") + "== 2026-11-21.md\n--\n[[x]] に返事をした\n"),
        true,
    );
    answered(&(logged("- 2026-11-20 (line) 質問 #reply") + &event("2026-11-21", "'[[x]]'", "")), true);
    // The untracked are never nagged about.
    answered(&x("name: x", "## Log\n\n- 2026-11-20 (line) 質問 #reply\n"), true);
}

#[test]
fn a_dated_promise_of_yours_from_three_days_before_until_it_is_kept() {
    let promise = |due: &str| format!("{X}--\n- [ ] 資料を送る 📅 {due}\n");
    for (due, before, from) in [
        ("2026-11-24", "2026-11-20", "2026-11-21"),
        ("2026-12-01", "2026-11-27", "2026-11-28"),
        ("2027-01-02", "2026-12-29", "2026-12-30"),
        ("2027-03-02", "2027-02-26", "2027-02-27"),
        ("2028-03-02", "2028-02-27", "2028-02-28"),
    ] {
        let ahead = format!("week {from} fixed");
        stands(
            "promise",
            &promise(due),
            &[(before, &ahead), (from, "today fixed"), (due, "today fixed"), ("2031-01-01", "today fixed")],
        );
    }
    has(
        "promise",
        &promise("2026-11-24"),
        "2026-11-21",
        &json!({
            "person": "People/x.md", "subject": null, "due": "2026-11-24", "opens": "2026-11-21",
            "planned": "2026-11-21", "cost": 0.0, "also": [], "state": "fresh",
        }),
    );
    // Due before it was looked at: at once.
    stands("promise", &promise("2020-01-01"), &[("2026-11-21", "today fixed")]);
    let ahead = promise("2026-11-24") + "== goen.toml\n[promises]\nahead = \"0d\"\n";
    stands("promise", &ahead, &[("2026-11-23", "week 2026-11-24 fixed"), ("2026-11-24", "today fixed")]);
    // In any note that links to them, and once its box is ticked no more.
    for (body, want) in [
        ("- [ ] [[x]] に本を返す 📅 2026-11-22", "today fixed"),
        ("- [x] [[x]] に本を返す 📅 2026-11-22", ""),
        ("- [-] [[x]] に本を返す 📅 2026-11-22", ""),
        ("- [ ] 本を返す 📅 2026-11-22", ""),
    ] {
        stands("promise", &format!("{X}== 計画.md\n--\n{body}\n"), &[("2026-11-21", want)]);
    }
}

#[test]
fn an_undated_promise_after_two_weeks() {
    let both = |notes: &str, before: &str, from: &str| {
        let ahead = format!("week {from}");
        // Before it appears it is seen coming; it costs nothing and waits for nobody.
        stands("promise", notes, &[(before, &ahead), (from, "today"), ("2031-01-06", "today")]);
    };
    let x = |body: &str| format!("{X}--\n{body}\n");
    both(&x("- [ ] 本を貸す ➕ 2026-11-10"), "2026-11-23", "2026-11-24");
    both(&x("- [ ] 本を貸す ➕ 2026-12-20"), "2027-01-02", "2027-01-03");
    both(&x("- [ ] 本を貸す ➕ 2028-02-15"), "2028-02-28", "2028-02-29");
    both(&x("## Log\n\n- 2026-11-08 (line) x\n    - [ ] 本を貸す"), "2026-11-21", "2026-11-22");
    both(&(X.to_owned() + "== 2026-11-09.md\n--\n- [ ] [[x]] に本を貸す\n"), "2026-11-22", "2026-11-23");
    // Else from the last contact.
    both(&x("- [ ] 本を貸す"), "2026-11-23", "2026-11-24");
    // Its own day comes before that of what holds it.
    both(&x("## Log\n\n- 2026-11-08 (line) x\n    - [ ] 本を貸す ➕ 2026-11-12"), "2026-11-25", "2026-11-26");
    // With no day at all it is shown at once rather than never.
    stands("promise", "== x\ntier: close\n--\n- [ ] 本を貸す\n", &[("2026-11-21", "today")]);
    has("promise", &x("- [ ] 本を貸す ➕ 2026-11-01"), "2026-11-21", &json!({"fixed": false, "cost": 0.0}));
    let config = x("- [ ] 本を貸す ➕ 2026-11-10") + "== goen.toml\n[promises]\nundated = \"3d\"\n";
    stands("promise", &config, &[("2026-11-12", "week 2026-11-13"), ("2026-11-13", "today")]);
}

#[test]
fn one_promise_names_the_item_and_the_next_once_it_is_kept() {
    let two = |first: &str| format!("{X}--\n- [{first}] 一つ目 📅 2026-11-22\n- [ ] 二つ目 📅 2026-11-23\n");
    let id = |notes: &str| {
        let items = vault(notes).items_on("2026-11-21");
        let [item] = items.as_slice() else { panic!("{items:#?}") };
        (item["kind"].clone(), item["due"].clone())
    };
    assert_eq!(id(&two(" ")), (json!("promise"), json!("2026-11-22")));
    assert_eq!(id(&two("x")), (json!("promise"), json!("2026-11-23")));
    // A contact settles neither.
    let after = two(" ")
        .replace("- [ ] 二", "- 済\n- [ ] 二")
        .replace("last_contact: 2026-11-10", "last_contact: 2026-11-21");
    let items = crate::tables::agenda(&vault(&after), "2026-11-21");
    assert_eq!(items, ["x promise, promise: today fixed"]);
}

#[test]
fn a_promise_of_theirs_when_its_day_has_passed_or_after_thirty_days() {
    for sign in ["#theirs", "#待ち"] {
        let notes = format!("{X}--\n- [ ] 見積もり {sign} 📅 2026-11-21\n");
        stands(
            "waiting",
            &notes,
            &[("2026-11-21", "week 2026-11-22"), ("2026-11-22", "today"), ("2027-09-01", "today")],
        );
        stands("promise", &notes, &[("2026-11-21", ""), ("2026-11-22", "")]);
    }
    let undated = |since: &str| format!("{X}--\n- [ ] 見積もり #theirs ➕ {since}\n");
    // It is seen coming from 28 days ahead on.
    stands(
        "waiting",
        &undated("2026-10-31").replace("2026-11-10", "2026-06-01"),
        &[
            ("2026-11-02", ""),
            ("2026-11-03", "later 2026-11-30"),
            ("2026-11-29", "week 2026-11-30"),
            ("2026-11-30", "today"),
        ],
    );
    stands("waiting", &undated("2028-01-30"), &[("2028-02-28", "week 2028-02-29"), ("2028-02-29", "today")]);
    stands("waiting", &undated("2026-12-02"), &[("2026-12-31", "week 2027-01-01"), ("2027-01-01", "today")]);
    has(
        "waiting",
        &format!("{X}--\n- [ ] 見積もり #theirs 📅 2026-11-20\n"),
        "2026-11-21",
        &json!({"fixed": false, "cost": 1.0, "due": "2026-11-20", "planned": "2026-11-21"}),
    );
    let config = undated("2026-11-10") + "== goen.toml\n[promises]\nwaiting = \"11d\"\n";
    stands("waiting", &config, &[("2026-11-20", "week 2026-11-21"), ("2026-11-21", "today")]);
}

#[test]
fn thanks_within_three_days_for_a_week() {
    let days = [("2026-11-20", ""), ("2026-11-21", "today"), ("2026-11-28", "today"), ("2026-11-29", "")];
    for tag in ["#received", "#お世話になった"] {
        stands("thanks", &logged(&format!("- 2026-11-21 (line) 助けてもらった {tag}")), &days);
    }
    has(
        "thanks",
        &logged("- 2026-12-29 (line) 助けてもらった #received"),
        "2026-12-30",
        &json!({"due": "2027-01-01", "planned": "2026-12-30", "fixed": false, "cost": 1.0, "channel": "line"}),
    );
    // What was spent on a call leaves no room on that day.
    stands(
        "thanks",
        &logged("- 2026-11-23 (call) 助けてもらった #received"),
        &[("2026-11-23", "week 2026-11-24")],
    );
    for (log, want) in [
        ("- 2026-11-20 (line) 助けてもらった #received", "today"),
        ("- 2026-11-20 (line) 助けてもらった #received #thanks", ""),
        ("- 2026-11-20 (line) 助けてもらった #received\n- 2026-11-20 (line) お礼 #thanks", ""),
        ("- 2026-11-20 (line) 助けてもらった #received\n- 2026-11-21 (line) お礼 #お礼", ""),
        // Any other contact after it.
        ("- 2026-11-20 (line) 助けてもらった #received\n- 2026-11-21 (line) 近況", ""),
        ("- 2026-11-20 (line) 助けてもらった #received\n- 2026-11-21 (like) 写真", "today"),
        // Thanked before, helped again.
        (
            "- 2026-11-18 (line) 助けてもらった #received\n- 2026-11-19 (line) お礼 #thanks\n- 2026-11-20 (line) また #received",
            "today",
        ),
        ("- 2026-11-20 (line) 助けた #gave", ""),
        // Of one day the order of the log tells.
        ("- 2026-11-20 (line) 助けてもらった #received\n- 2026-11-20 (line) 返信した ^g-abc123", ""),
        ("- 2026-11-20 (line) 近況\n- 2026-11-20 (line) 助けてもらった #received", "today"),
    ] {
        stands("thanks", &logged(log), &[("2026-11-22", want)]);
    }
    stands(
        "thanks",
        &x("name: x", "## Log\n\n- 2026-11-20 (line) 助けてもらった #received\n"),
        &[("2026-11-21", "")],
    );
}

#[test]
fn a_birthday_on_its_day_announced_and_belated() {
    let born = |birthday: &str, last: &str| {
        format!("== x\ntier: close\nlast_contact: {last}\nbirthday: {birthday}\n")
    };
    for (birthday, last, days) in [
        (
            "1985-11-25",
            "2026-11-10",
            &[
                ("2026-11-21", "week 2026-11-25 fixed"),
                ("2026-11-25", "today fixed"),
                ("2026-11-28", "today fixed"),
                ("2026-11-29", ""),
            ][..],
        ),
        (
            "1988-02-29",
            "2027-02-10",
            &[
                ("2027-02-24", "week 2027-02-28 fixed"),
                ("2027-02-28", "today fixed"),
                ("2027-03-03", "today fixed"),
                ("2027-03-04", ""),
            ],
        ),
        (
            "--02-29",
            "2028-02-10",
            &[
                ("2028-02-28", "week 2028-02-29 fixed"),
                ("2028-02-29", "today fixed"),
                ("2028-03-03", "today fixed"),
                ("2028-03-04", ""),
            ],
        ),
        // A common year though its number is divisible by four.
        (
            "1988-02-29",
            "2100-02-10",
            &[
                ("2100-02-27", "week 2100-02-28 fixed"),
                ("2100-02-28", "today fixed"),
                ("2100-03-03", "today fixed"),
            ],
        ),
        (
            "01-01",
            "2026-12-20",
            &[
                ("2026-12-30", "week 2027-01-01 fixed"),
                ("2027-01-01", "today fixed"),
                ("2027-01-04", "today fixed"),
                ("2027-01-05", ""),
            ],
        ),
        (
            "12-31",
            "2026-12-20",
            &[("2026-12-31", "today fixed"), ("2027-01-03", "today fixed"), ("2027-01-04", "")],
        ),
    ] {
        stands("birthday", &born(birthday, last), days);
    }
    // From the 28th day on: the days of its announcement alone are no reason to show it.
    let early = [("2026-10-28", ""), ("2026-10-29", "later 2026-11-25 fixed")];
    stands("birthday", &born("11-25", "2026-10-28"), &early);
    let alone = "== x\ncadence: 2y\nlast_contact: 2026-06-01\nbirthday: 11-25\n";
    stands("birthday", alone, &early);
    has(
        "birthday",
        &born("1985-11-25", "2026-11-10"),
        "2026-11-21",
        &json!({"due": "2026-11-25", "opens": "2026-11-22", "planned": "2026-11-25", "cost": 1.0, "also": []}),
    );
}

#[test]
fn a_birthday_competes_from_the_days_it_is_announced() {
    // The window opened on the 20th; the birthday is on the 25th.
    let notes = "== x\ntier: close\nlast_contact: 2026-10-20\nbirthday: 11-25\n";
    let lead = |n: u32| format!("{notes}== goen.toml\n[birthdays]\nlead = {n}\n");
    let tier = format!("{notes}== goen.toml\n[tiers.close]\nlead = 4\n");
    reads(
        notes,
        &[
            ("2026-11-21", &["x cadence: today"]),
            ("2026-11-22", &["x birthday, cadence: week 2026-11-25 fixed"]),
        ],
    );
    reads(
        &lead(0),
        &[("2026-11-24", &["x cadence: today"]), ("2026-11-25", &["x birthday, cadence: today fixed"])],
    );
    reads(
        &tier,
        &[
            ("2026-11-20", &["x cadence: today"]),
            ("2026-11-21", &["x birthday, cadence: week 2026-11-25 fixed"]),
        ],
    );
}

#[test]
fn a_birthday_without_a_day_stands_in_its_month_and_is_never_fixed() {
    let born = |birthday: &str, last: &str| {
        format!("== x\ncadence: 2y\nlast_contact: {last}\nbirthday: {birthday}\n")
    };
    stands(
        "birthday",
        &born("1985-12", "2026-09-01"),
        &[
            ("2026-11-30", "week 2026-12-01"),
            ("2026-12-01", "today"),
            ("2026-12-31", "today"),
            ("2027-01-01", ""),
        ],
    );
    stands("birthday", &born("1985-02", "2027-10-01"), &[("2028-02-29", "today"), ("2028-03-01", "")]);
    stands("birthday", &born("1985-12", "2026-12-02"), &[("2026-12-03", "")]);
    stands("birthday", &born("1985-12", "2026-11-30"), &[("2026-12-01", "today")]);
}

#[test]
fn a_birthday_is_settled_by_one_contact_from_its_announcement_on() {
    let wished =
        |day: &str| format!("== x\ntier: close\nbirthday: 11-25\n--\n## Log\n\n- {day} (line) おめでとう\n");
    for (contact, want) in
        [("2026-11-21", "today fixed"), ("2026-11-22", ""), ("2026-11-25", ""), ("2026-11-26", "")]
    {
        stands("birthday", &wished(contact), &[("2026-11-26", want)]);
    }
    // A touch is no contact.
    let liked =
        wished("2026-11-24").replace("(line)", "(like)") + "== y\ntier: close\nlast_contact: 2026-11-20\n";
    stands(
        "birthday",
        &liked.replace("birthday", "last_contact: 2026-11-10\nbirthday"),
        &[("2026-11-26", "today fixed")],
    );
}

#[test]
fn a_milestone_for_two_weeks_from_its_day() {
    let new =
        |day: &str| format!("== x\ncadence: 2y\nlast_contact: 2026-06-01\nmilestones: [{day} 部長昇進]\n");
    for (day, before, last, over) in [
        ("2026-11-24", "2026-11-23", "2026-12-08", "2026-12-09"),
        ("2026-12-24", "2026-12-23", "2027-01-07", "2027-01-08"),
        ("2028-02-15", "2028-02-14", "2028-02-29", "2028-03-01"),
        ("2027-02-15", "2027-02-14", "2027-03-01", "2027-03-02"),
    ] {
        let notes = new(day).replace("2026-06-01", if day > "2028" { "2027-10-01" } else { "2026-10-01" });
        let ahead = format!("week {day}");
        stands("milestone", &notes, &[(before, &ahead), (day, "today"), (last, "today"), (over, "")]);
    }
    stands("milestone", &new("2026-12-18"), &[("2026-11-20", ""), ("2026-11-21", "later 2026-12-18")]);
    has(
        "milestone",
        &new("2026-12-28"),
        "2026-12-28",
        &json!({"due": "2027-01-04", "fixed": false, "cost": 1.0, "planned": "2026-12-28", "opens": "2026-12-28"}),
    );
    let told = |contact: &str| new("2026-11-24") + "--\n## Log\n\n- " + contact + "\n";
    for (contact, want) in [
        ("2026-11-23 (line) x", "today"),
        ("2026-11-24 (line) おめでとう", ""),
        ("2026-11-25 (line) おめでとう", ""),
        ("2026-11-25 (いいね) おめでとう", "today"),
    ] {
        stands("milestone", &told(contact), &[("2026-11-26", want)]);
    }
}

#[test]
fn of_two_pieces_of_news_the_newest_is_named_whatever_else_there_is_to_say() {
    let of = |news: &str| format!("== x\ncadence: 2y\nlast_contact: 2026-06-01\nmilestones: [{news}]\n");
    let (birth, rise) = ("2026-11-10 第一子誕生", "2026-11-15 係長に昇進");
    let both = of(&format!("{birth}, {rise}"));
    let topic = json!([{"kind": "milestone", "text": "係長に昇進", "link": null}]);
    has("milestone", &both, "2026-11-16", &json!({"topics": topic, "also": ["milestone"]}));
    let updated = vault(&both);
    assert_eq!(updated.on("2026-11-16", &["update"]).code, Some(0));
    let page = updated.read(PAGE);
    assert!(page.contains("近ごろの出来事: 係長に昇進（11/15）"), "{page}");
    assert!(page.contains("第一子誕生") && !page.contains("ほかに"), "{page}");
    // Before three topics that a line would offer else.
    let threads = "--\n## Log\n\n- 2026-06-01 (line) 旅行の話 #followup\n- 2026-05-01 (line) 本 #received\n\
        - 2026-04-01 (line) 引っ越し #received\n- [ ] 本を返す 📅 2026-12-30\n";
    let items = vault(&(both.clone() + threads)).items_on("2026-11-16");
    let first =
        items.iter().find(|item| item["kind"] == "milestone").map(|item| text(&item["topics"][0]["text"]));
    assert_eq!(first.as_deref(), Some("係長に昇進"));
    // Nobody is congratulated days after a bereavement.
    let sad = vault(&of("2026-11-10 結婚, 2026-11-15 祖父の逝去"));
    for (lang, without) in [("ja", "お祝い"), ("en", "Congratulate")] {
        assert_eq!(sad.on("2026-11-16", &["--lang", lang, "update"]).code, Some(0));
        let page = sad.read(PAGE);
        assert!(page.contains("結婚") && page.contains("祖父の逝去") && !page.contains(without), "{page}");
    }
    // Of one day the other; what is older than the item's news, or lies ahead, is none.
    let same = vault(&of("2026-11-15 係長に昇進, 2026-11-15 転居"));
    assert_eq!(same.on("2026-11-16", &["update"]).code, Some(0));
    let page = same.read(PAGE);
    assert!(["係長に昇進", "転居"].iter().all(|what| page.contains(what)), "{page}");
    has("milestone", &of(rise), "2026-11-16", &json!({"topics": []}));
    has("milestone", &of(&format!("2026-10-01 転居, {rise}")), "2026-11-16", &json!({"topics": []}));
    has("milestone", &both, "2026-11-14", &json!({"topics": []}));
}
