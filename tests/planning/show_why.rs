//! `goen show` says why somebody is on the agenda, or why not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{Vault, all_equal, front, text};

/// What `show` says of somebody, in both languages.
fn says(lines: &str, body: &str, ja: &str, en: &str) {
    let vault = Vault::new();
    vault.note("People/x.md", &(front(lines) + body));
    all_equal([("ja", ja), ("en", en)].map(|(lang, want)| {
        let shown = vault.json(&["--lang", lang, "show", "x"]);
        (format!("{lines} {body}"), text(&shown["why"]), want.to_owned())
    }));
}

#[test]
fn why_and_why_not() {
    says(
        "org: X",
        "",
        "間柄（tier）も頻度（cadence）もないので、予定に入りません",
        "neither tier nor cadence is set",
    );
    says(
        "tier: clsoe",
        "",
        "間柄「clsoe」は登録されていません。「close」のことでしょうか",
        "unknown tier `clsoe`: did you mean `close`?",
    );
    says("tier: close\nstatus: 故人", "", "故人です", "deceased");
    says("tier: close\nstatus: paused", "", "休止中です", "paused");
    says(
        "tier: close\nstatus: paused\nsnooze: 2027-07-01",
        "",
        "2027-07-01 まで休止中です",
        "paused until 2027-07-01",
    );
    says(
        "tier: close\nlast_contact: 2026-09-01\nsnooze: 2026-12-24",
        "",
        "2026-12-24 まで連絡を休んでいます",
        "snoozed until 2026-12-24",
    );
    says(
        "tier: senior\nlast_contact: 2026-11-10",
        "",
        "次の目安は 2027-02-10 からです",
        "the next window opens on 2027-02-10",
    );
    says(
        "tier: senior\nlast_contact: 2026-08-10\nmourning: 2026-11-01",
        "",
        "ご不幸から間もないので、2026-12-20 までは約束と返信だけにします",
        "in mourning: until 2026-12-20 only promises and answers",
    );
    says(
        "tier: client",
        "## Log\n\n- 2026-09-01 (email) #noreply\n- 2026-10-01 (email) #noreply\n",
        "お返事待ちが続いたので間隔を倍にして、2027-08-01 まで待ちます",
        "no answer to the last two: waiting until 2027-08-01, twice as long as usual",
    );
    says(
        "tier: project\nlast_contact: 2026-06-01\nmilestones:\n  - 2026-11-20 昇進",
        "",
        "2026-11-21 近ごろの出来事（プロジェクト関係者、11/20 のこと（昨日））、ほかに近況を尋ねる頃合い",
        "2026-11-21, news of theirs (project partner, 20 Nov (yesterday)); also time to catch up",
    );
    // What else is new is named.
    says(
        "cadence: 2y\nlast_contact: 2026-06-01\nmilestones: [2026-11-19 転居, 2026-11-20 昇進]",
        "",
        "2026-11-21 近ごろの出来事（11/19 のこと（2日前））、ほかに近ごろの出来事（昇進）",
        "2026-11-21, news of theirs (19 Nov (2 days ago)); also news of theirs (昇進)",
    );
}

#[test]
fn outside_the_circle() {
    let vault = Vault::new();
    for n in 0..9 {
        vault.note(&format!("People/p{n}.md"), &front("tier: close"));
    }
    let why = |lang| text(&vault.json(&["--lang", lang, "show", "p8"])["why"]);
    assert!(why("ja").starts_with("少しずつ迎えています。順番が来たら："), "{}", why("ja"));
    assert!(why("en").starts_with("let in a few at a time; when it is their turn: "), "{}", why("en"));
}

#[test]
fn in_days_of_rest() {
    let vault = Vault::new();
    vault.note("me.md", "---\ntype: me\naway: [\"2026-11-20..2027-01-10\"]\n---\n");
    vault.note("People/x.md", &front("tier: close\nlast_contact: 2026-09-14"));
    vault.note("People/y.md", &front("tier: close\nlast_contact: 2026-11-10"));
    let rows = [
        ("ja", "x", "2027-01-10 まで休みを取っています。そのあと：近況を尋ねる頃合い"),
        ("en", "x", "you are resting until 2027-01-10; then: time to catch up"),
        ("ja", "y", "2027-01-10 まで休みを取っています。そのあと：近況を尋ねる頃合い"),
    ];
    for (lang, person, want) in rows {
        let why = text(&vault.json(&["--lang", lang, "show", person])["why"]);
        assert!(why.starts_with(want), "{person}: {why}");
    }
}

/// The lines that `show` prints of somebody, in both languages.
fn prints(vault: &Vault, ja: &str, en: &str) {
    for (lang, want) in [("ja", ja), ("en", en)] {
        let shown = vault.goen(&["--lang", lang, "show", "x"]).stdout;
        assert!(shown.lines().any(|line| line.trim() == want), "no {want} in\n{shown}");
    }
}

#[test]
fn the_channel_is_of_the_day_it_stands_beside() {
    let vault = Vault::new();
    vault.note("People/x.md", &(front("tier: close") + "## Log\n\n- 2026-10-01 (会食) 久しぶりに\n"));
    prints(&vault, "前回：2026-10-01（記録・会食）", "last contact: 2026-10-01 (log, 会食)");
    vault.note("2026-11-02.md", "[[x]] とすれ違った\n");
    prints(&vault, "前回：2026-11-02（日付ノート）", "last contact: 2026-11-02 (dated note)");
    vault.note("People/x.md", &front("tier: close\nlast_contact: 2026-11-05 via Slack"));
    prints(
        &vault,
        "前回：2026-11-05（フロントマター・Slack）",
        "last contact: 2026-11-05 (front matter, Slack)",
    );
}

#[test]
fn birthdays_read_as_days() {
    let vault = Vault::new();
    for (birthday, ja, en) in [
        ("--08-01", "誕生日：8月1日", "birthday: 1 August"),
        ("1990-08-01", "誕生日：1990-08-01", "birthday: 1990-08-01"),
        ("1985-12", "誕生日：1985年12月", "birthday: December 1985"),
        ("--12", "誕生日：12月", "birthday: December"),
    ] {
        vault.note("People/x.md", &front(&format!("tier: close\nbirthday: \"{birthday}\"")));
        prints(&vault, ja, en);
    }
}
