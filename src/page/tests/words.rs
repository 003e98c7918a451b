//! The sentences of the page, kind by kind.

use super::super::*;
use super::{page, today};
use crate::plan::{Item, Kind, Why};

fn check(kind: Kind, channel: Option<&str>, why: Why, ja: &str, en: &str) {
    let base = {
        let notes = [("People/田中.md", "---\ntier: close\nlast_contact: 2026-09-14\n---\n")];
        let index = super::index(&notes);
        Item::clone(
            &crate::plan::plan(&index, &Config::default(), today(), crate::plan::Extent::All).items[0],
        )
    };
    let item = Item { kind, why, channel: channel.map(Into::into), ..base };
    for (lang, expected) in [(Lang::Ja, ja), (Lang::En, en)] {
        let (sentence, why) = plain_line(&item, lang, today());
        let text = format!("{sentence} — {why}");
        assert!(why == reason(&item, lang, today()));
        assert_eq!(text, expected);
    }
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

#[test]
fn windows() {
    let why = |last, window: &str, by_hand, touched, unanswered| Why::Window {
        last,
        window: crate::date::Window::parse(window),
        by_hand,
        touched,
        unanswered,
        talk: None,
    };
    check(
        Kind::Cadence,
        Some("email"),
        why(Some(day(9, 14)), "6w", false, true, true),
        "田中 にメールで近況を — 親しい同僚、前回 9/14（68日前・目安 6週間）、軽いやりとりがあったぶん少し先に、お返事待ちが続いたので間隔を倍に",
        "Catch up with 田中 by e-mail — close colleague, last contact 14 Sep (68 days ago; usually every 6 weeks), a little later thanks to a light touch, no answer lately, so the interval is doubled",
    );
    check(
        Kind::Cadence,
        Some("email"),
        why(Some(day(9, 14)), "3w..2m", false, false, false),
        "田中 にメールで近況を — 親しい同僚、前回 9/14（68日前・目安 3週間〜2か月）",
        "Catch up with 田中 by e-mail — close colleague, last contact 14 Sep (68 days ago; usually every 3 weeks – 2 months)",
    );
    check(
        Kind::Cadence,
        Some("in person"),
        why(Some(day(9, 14)), "6w", false, false, false),
        "田中 に対面で近況を — 親しい同僚、前回 9/14（68日前・目安 6週間）",
        "Catch up with 田中 in person — close colleague, last contact 14 Sep (68 days ago; usually every 6 weeks)",
    );
    // A channel that nobody can read is none.
    check(
        Kind::Cadence,
        Some(" "),
        why(Some(day(9, 14)), "6w", false, false, false),
        "田中 に近況を — 親しい同僚、前回 9/14（68日前・目安 6週間）",
        "Catch up with 田中 — close colleague, last contact 14 Sep (68 days ago; usually every 6 weeks)",
    );
    check(
        Kind::Cadence,
        Some("phone"),
        why(Some(day(9, 14)), "45d", true, false, false),
        "田中 に電話で近況を — 親しい同僚、次回と決めていた日、前回 9/14（68日前）",
        "Catch up with 田中 by phone — close colleague, the day you chose, last contact 14 Sep (68 days ago)",
    );
    check(
        Kind::Cadence,
        Some("rocket"),
        why(None, "1m..2m", false, false, false),
        "田中 に rocket でまずひとことを — 親しい同僚、連絡の記録はまだありません",
        "Say hello to 田中 via rocket — close colleague, no contact noted yet",
    );
    check(
        Kind::Reopen,
        None,
        Why::Reopen { last: NaiveDate::from_ymd_opt(2024, 3, 1), paused: true },
        "田中 に久しぶりのひとことを — 親しい同僚、お休みにしていた期間が明けました、前回 2024/3/1（2年半ほど前）、近況を短く、気軽に",
        "A gentle re-opening with 田中 — close colleague, the pause is over, last contact 1 Mar 2024 (about 2½ years ago), short and easy is enough",
    );
}

#[test]
fn dates() {
    let birthday = |d| Why::Birthday { day: Some(d), month: 11 };
    check(
        Kind::Birthday,
        Some("line"),
        birthday(today()),
        "田中 に LINE でお誕生日（11/21）のお祝いを — 親しい同僚、今日",
        "Wish 田中 a happy birthday on LINE (21 Nov) — close colleague, today",
    );
    check(
        Kind::Birthday,
        None,
        birthday(day(11, 19)),
        "田中 に遅ればせながらお誕生日（11/19）のお祝いを — 親しい同僚、2日前",
        "Wish 田中 a belated happy birthday (19 Nov) — close colleague, 2 days ago",
    );
    check(
        Kind::Birthday,
        None,
        Why::Birthday { day: None, month: 11 },
        "田中 にお誕生日（11月）のお祝いを — 親しい同僚、11月生まれ、今月のどこかで",
        "Wish 田中 a happy birthday (in November) — close colleague, born in November, some day this month",
    );
    let milestone = |what: &str| Why::Milestone { day: day(11, 14), what: what.into(), mourning: false };
    let in_mourning = |what: &str| Why::Milestone { day: day(11, 14), what: what.into(), mourning: true };
    check(
        Kind::Milestone,
        None,
        in_mourning("部長昇進"),
        "田中 にひとことを（部長昇進） — 親しい同僚、11/14 のこと（7日前）、喪中なので、お祝いの言葉は控えて",
        "Write a few words to 田中: 部長昇進 — close colleague, 14 Nov (7 days ago), they are in mourning: no congratulations",
    );
    check(
        Kind::Milestone,
        None,
        in_mourning("お父様ご逝去"),
        "田中 にひとことを（お父様ご逝去） — 親しい同僚、11/14 のこと（7日前）",
        "Write a few words to 田中: お父様ご逝去 — close colleague, 14 Nov (7 days ago)",
    );
    check(
        Kind::Milestone,
        None,
        milestone("部長昇進"),
        "田中 に「部長昇進」のお祝いを — 親しい同僚、11/14 のこと（7日前）",
        "Congratulate 田中: 部長昇進 — close colleague, 14 Nov (7 days ago)",
    );
    check(
        Kind::Milestone,
        None,
        milestone("お父様ご逝去"),
        "田中 にひとことを（お父様ご逝去） — 親しい同僚、11/14 のこと（7日前）",
        "Write a few words to 田中: お父様ご逝去 — close colleague, 14 Nov (7 days ago)",
    );
    check(
        Kind::Milestone,
        None,
        milestone("不合格"),
        "田中 にひとことを（不合格） — 親しい同僚、11/14 のこと（7日前）",
        "Write a few words to 田中: 不合格 — close colleague, 14 Nov (7 days ago)",
    );
    check(
        Kind::Milestone,
        None,
        milestone(""),
        "田中 に近況を — 親しい同僚、11/14 の節目（7日前）",
        "Catch up with 田中 — close colleague, a milestone of theirs on 14 Nov (7 days ago)",
    );
}

#[test]
fn promises() {
    let promise = |text: &str, due| Why::Promise { text: text.into(), due, since: Some(day(10, 1)) };
    check(
        Kind::Promise,
        None,
        promise("資料を送る", Some(day(11, 22))),
        "田中 に資料を送る約束 — 親しい同僚、期日 11/22",
        "Promised to 田中: 資料を送る — close colleague, due 22 Nov",
    );
    check(
        Kind::Promise,
        None,
        promise("田中さんに本を返す", None),
        "田中 に本を返す約束 — 親しい同僚、10/1 から",
        "Promised to 田中: 田中さんに本を返す — close colleague, since 1 Oct",
    );
    check(
        Kind::Promise,
        None,
        promise("鈴木さんに資料を送る", None),
        "田中 との約束：鈴木さんに資料を送る — 親しい同僚、10/1 から",
        "Promised to 田中: 鈴木さんに資料を送る — close colleague, since 1 Oct",
    );
    // Only what is surely done to somebody is said so; where the task says it, it is.
    for (text, ja) in [
        ("見積を確認する", "田中 との約束：見積を確認する"),
        ("音楽を聞く", "田中 との約束：音楽を聞く"),
        ("鈴木さんと会う", "田中 との約束：鈴木さんと会う"),
        ("田中から借りた本を返す", "田中 との約束：田中から借りた本を返す"),
        ("田中に見積を確認する", "田中 に見積を確認する約束"),
        ("田中さんに会う", "田中 に会う約束"),
        ("田中先生に本を返す", "田中 に本を返す約束"),
        ("資料送付", "田中 との約束：資料送付"),
        ("上司を紹介する", "田中 に上司を紹介する約束"),
        ("", "田中 との約束"),
    ] {
        let en = match text {
            "" => "Keep a promise to 田中".to_owned(),
            text => format!("Promised to 田中: {text}"),
        };
        check(
            Kind::Promise,
            None,
            promise(text, None),
            &format!("{ja} — 親しい同僚、10/1 から"),
            &format!("{en} — close colleague, since 1 Oct"),
        );
    }
    check(
        Kind::Waiting,
        None,
        promise("", Some(day(11, 10))),
        "田中 にお願いしている件のその後を — 親しい同僚、相手の約束、期日 11/10、そろそろ声をかけてもよい頃",
        "Ask 田中 how it is coming along — close colleague, they promised, due 10 Nov, a friendly nudge is fine by now",
    );
    check(
        Kind::Waiting,
        Some("slack"),
        promise("見積もり", Some(day(11, 10))),
        "田中 に Slack で「見積もり」のその後を — 親しい同僚、相手の約束、期日 11/10、そろそろ声をかけてもよい頃",
        "Ask 田中 on Slack how this is coming along: 見積もり — close colleague, they promised, due 10 Nov, a friendly nudge is fine by now",
    );
}

#[test]
fn rhythms() {
    let habit = |every: &str| Why::Habit {
        last: Some(day(10, 11)),
        every: crate::date::Window::parse(every).unwrap().max,
    };
    for (every, ja, en) in [
        ("1d", "毎日", "every day"),
        ("1w", "毎週", "every week"),
        ("1m", "毎月", "every month"),
        ("1y", "毎年", "every year"),
        ("2w", "2週間ごと", "every 2 weeks"),
        ("3m", "3か月ごと", "every 3 months"),
    ] {
        check(
            Kind::Habit,
            None,
            habit(every),
            &format!("「田中」に取りかかる頃合い — 親しい同僚、前回 10/11（41日前・目安 {ja}）"),
            &format!("Time for: 田中 — close colleague, last 11 Oct (41 days ago; {en})"),
        );
    }
    for (gap, ja, en) in [
        (1.0, "ほぼ毎日", "almost every day"),
        (1.5, "2日に一度ほど", "about every 2 days"),
        (2.0, "2日に一度ほど", "about every 2 days"),
        (7.0, "7日に一度ほど", "about every 7 days"),
    ] {
        check(
            Kind::Drift,
            None,
            Why::Drift { last: day(10, 20), gap },
            &format!(
                "田中 に近況を — 親しい同僚、前回 10/20（32日前）、いつもは{}{ja}",
                if gap < 1.5 { "" } else { " " }
            ),
            &format!("Catch up with 田中 — close colleague, last contact 20 Oct (32 days ago), usually {en}"),
        );
    }
    check(
        Kind::Cadence,
        None,
        Why::Window {
            last: Some(day(9, 14)),
            window: crate::date::Window::parse("1m"),
            by_hand: false,
            touched: false,
            unanswered: false,
            talk: None,
        },
        "田中 に近況を — 親しい同僚、前回 9/14（68日前・目安 1か月）",
        "Catch up with 田中 — close colleague, last contact 14 Sep (68 days ago; usually every month)",
    );
}

#[test]
fn what_was_and_what_will_be_is_said_once() {
    check(
        Kind::FollowUp,
        Some("line"),
        Why::FollowUp { day: day(11, 20), event: None, called: false },
        "田中 に LINE でひとことを — 親しい同僚、11/20 に会いました、覚えているうちに短く",
        "A few words to 田中 on LINE — close colleague, you met on 20 Nov, short, while it is fresh",
    );
    check(
        Kind::FollowUp,
        None,
        Why::FollowUp { day: day(11, 20), event: None, called: true },
        "田中 にひとことを — 親しい同僚、11/20 に話しました、覚えているうちに短く",
        "A few words to 田中 — close colleague, you talked on 20 Nov, short, while it is fresh",
    );
    check(
        Kind::FollowUp,
        None,
        Why::FollowUp { day: day(11, 20), event: Some("秋の会".into()), called: false },
        "田中 に「秋の会」のあとのひとことを — 親しい同僚、11/20 に会いました、覚えているうちに短く",
        "A few words to 田中 after “秋の会” — close colleague, you met on 20 Nov, short, while it is fresh",
    );
    let visit = |from, to| Why::Visit { place: "福岡".into(), from, to };
    for (from, to, ja, en) in [
        (day(12, 1), day(12, 3), "12/1〜12/3", "from 1 to 3 Dec"),
        (day(11, 30), day(12, 3), "11/30〜12/3", "from 30 Nov to 3 Dec"),
        (day(12, 1), day(12, 1), "12/1", "on 1 Dec"),
    ] {
        check(
            Kind::Visit,
            None,
            visit(from, to),
            &format!("田中 に福岡で会えないか、お誘いを — 親しい同僚、{ja} に福岡へ行きます"),
            &format!("Ask 田中 to meet in 福岡 — close colleague, you are in 福岡 {en}"),
        );
    }
    check(
        Kind::Gathering,
        None,
        Why::Gathering { last: None, people: 3 },
        "田中 の仲間で集まる相談を — 親しい同僚、知っている人は 3人、まだ集まっていません",
        "Propose that the people of 田中 get together — close colleague, you know 3 people from there, no gathering yet",
    );
}

#[test]
fn what_was_passed_over_is_said_to_be() {
    let done = |skipped, text: &str| Why::Done { skipped, channel: None, text: text.into() };
    for (text, ja, en) in [("", "", ""), ("旅行中", "：旅行中", ": 旅行中")] {
        check(
            Kind::Cadence,
            None,
            done(true, text),
            &format!("田中 — 11/21 今回は見送り{ja} — "),
            &format!("田中 — 21 Nov, not this time{en} — "),
        );
    }
}

#[test]
fn years_are_told_in_round_numbers() {
    for (last, ja, en) in [
        ((2025, 10, 1), "2025/10/1（1年ほど前）", "1 Oct 2025 (about a year ago)"),
        ((2024, 10, 1), "2024/10/1（2年ほど前）", "1 Oct 2024 (about 2 years ago)"),
        ((2023, 12, 20), "2023/12/20（3年近く前）", "20 Dec 2023 (almost 3 years ago)"),
    ] {
        let last = NaiveDate::from_ymd_opt(last.0, last.1, last.2);
        check(
            Kind::Reopen,
            None,
            Why::Reopen { last, paused: false },
            &format!("田中 に久しぶりのひとことを — 親しい同僚、前回 {ja}、近況を短く、気軽に"),
            &format!(
                "A gentle re-opening with 田中 — close colleague, last contact {en}, short and easy is enough"
            ),
        );
    }
}

#[test]
fn a_child_line_says_nothing_again() {
    let notes = [
        (
            "People/遠山.md",
            "---\ntier: close\n---\n## Log\n\n- 2026-11-20 (line) 一月の会に誘われた #reply\n",
        ),
        (
            "People/河野.md",
            "---\ntier: colleague\nlast_contact: 2026-11-01\norg: A\ninterests: [登山, 囲碁]\n---\n",
        ),
        (
            "People/榎本.md",
            "---\ntier: colleague\nlast_contact: 2026-11-01\norg: B\ninterests: [登山, 囲碁]\n---\n",
        ),
    ];
    let text = page(&notes, Lang::Ja, &Config::default(), None);
    assert_eq!(text.matches("一月の会に誘われた").count(), 1, "{text}");
    assert!(!text.contains("登山, 囲碁") && text.contains("共通の関心は登山・囲碁"), "{text}");
    assert!(text.contains("\n    - 紹介: [[河野]]\n") || text.contains("\n    - 紹介: [[榎本]]\n"), "{text}");
}

#[test]
fn every_child_line_is_known_as_goens() {
    let text = page(super::VAULT, Lang::En, &Config::default(), None);
    let page = read(&text).unwrap();
    assert!(page.lines.iter().all(|line| line.own.is_empty()));
    assert_eq!(page.free, Vec::<&str>::new());
}
