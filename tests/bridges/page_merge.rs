//! Two versions of the page brought together: no mark and no typed line of either is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::LazyLock;

use goen::config::Config;
use goen::moment::DailyFormat;
use goen::note::dialect::{Dialect, Journal};
use goen::note::merge::{Outcome, Sides};
use goen::page::{self, Written};
use goen::text::NotePath;
use proptest::prelude::*;

const BARE: &str = "始め\n\n<!-- goen:begin v1 2026-11-21 -->\n# つながり 2026-11-21（土）\n\n> [!summary] 今日 3 件 ・ 今週 0/6 ・ 3人\n\n## 今日\n\n- [ ] [[甲]] に LINE で近況を — 前回 9/14（68日前） ⏳ 2026-11-21 ^g-aaaaaa\n    - 話題: Rust\n- [ ] [[乙]] に資料を送る約束 📅 2026-11-22 ^g-bbbbbb\n- [ ] [[丙]] に手紙を ⏳ 2026-11-21 ^g-cccccc\n\n## 済み\n\n- [x] [[丁]] — 11/21 ランチ ^g-dddddd\n<!-- goen:end -->\n\n終わり\n";

/// The page as goen wrote it.
static PAGE: LazyLock<String> = LazyLock::new(|| signed(BARE));

/// Says of all lines that goen wrote them.
fn signed(text: &str) -> String {
    let region = page::read(text).unwrap().region;
    text.replace(region, &Written::of(region).sign(region))
}

/// A page without the comment that says so.
fn unsigned(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with("<!-- goen:lines")).collect()
}

/// What somebody made of the page.
fn with(edits: &[(&str, &str)]) -> String {
    of(&PAGE, edits)
}

/// What goen wrote in another way.
fn written(edits: &[(&str, &str)]) -> String {
    signed(&of(BARE, edits))
}

fn of(page: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(page.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old:?}");
        text.replacen(old, new, 1)
    })
}

/// The page of the next day, as goen writes it anew.
fn next_day() -> String {
    written(&[
        ("v1 2026-11-21", "v1 2026-11-22"),
        ("つながり 2026-11-21（土）", "つながり 2026-11-22（日）"),
        ("68日前", "69日前"),
        ("- [ ] [[丙]] に手紙を ⏳ 2026-11-21 ^g-cccccc\n", ""),
        ("\n## 済み\n\n- [x] [[丁]] — 11/21 ランチ ^g-dddddd\n", ""),
    ])
}

fn merge(sides: Sides<&str>) -> Option<Outcome> {
    // Made once, since it takes longer than a merge.
    static DIALECT: LazyLock<Dialect> = LazyLock::new(|| {
        let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
        Dialect::new(&Config::default(), journal, &["People".into()])
    });
    page::merge(&NotePath::new("reconnect.md"), sides, &DIALECT)
}

fn merged(base: &str, ours: &str, theirs: &str) -> String {
    let both =
        [(ours, theirs), (theirs, ours)].map(|(ours, theirs)| match merge(Sides { base, ours, theirs }) {
            Some(Outcome::Merged(text)) => text,
            other => panic!("{other:?}"),
        });
    assert_eq!(both[0], both[1]);
    let page = page::read(&both[0]).unwrap_or_else(|error| panic!("{error:?}: {}", both[0]));
    assert!(Written::on(&page).is_some(), "{}", both[0]);
    unsigned(&both[0])
}

#[track_caller]
fn check(ours: &str, theirs: &str, expected: &str) {
    let (ours, theirs, expected) = (ours.to_owned(), theirs.to_owned(), expected.to_owned());
    for eol in ["\n", "\r\n"] {
        let text = |text: &str| text.replace('\n', eol);
        assert_eq!(merged(&text(&PAGE), &text(&ours), &text(&theirs)), text(&unsigned(&expected)));
    }
}

const A: &str = "- [ ] [[甲]]";
const B: &str = "- [ ] [[乙]]";
const C: &str = "- [ ] [[丙]]";

#[test]
fn marks_of_both_stand() {
    check(
        &with(&[(A, "- [x] [[甲]]")]),
        &with(&[(B, "- [-] [[乙]]")]),
        &with(&[(A, "- [x] [[甲]]"), (B, "- [-] [[乙]]")]),
    );
    for (one, other, both) in
        [('x', '-', 'x'), ('-', '>', '-'), ('>', '/', '>'), ('/', '?', '/'), ('x', 'x', 'x')]
    {
        let marked = |mark: char| with(&[(A, &format!("- [{mark}] [[甲]]"))]);
        check(&marked(one), &marked(other), &marked(both));
    }
    // Taken back on one side.
    check(
        &with(&[("- [x] [[丁]]", "- [ ] [[丁]]")]),
        &with(&[(A, "- [x] [[甲]]")]),
        &with(&[("- [x] [[丁]]", "- [ ] [[丁]]"), (A, "- [x] [[甲]]")]),
    );
}

#[test]
fn days_go_with_their_marks() {
    let ticked = |day: &str| with(&[(A, "- [x] [[甲]]"), (" ^g-aaaaaa", &format!(" ✅ {day} ^g-aaaaaa"))]);
    check(&ticked("2026-11-20"), &with(&[(A, "- [-] [[甲]]")]), &ticked("2026-11-20"));
    check(
        &ticked("2026-11-20"),
        &with(&[(B, "- [x] [[乙]]")]),
        &of(&ticked("2026-11-20"), &[(B, "- [x] [[乙]]")]),
    );
    // On the page of the next day.
    let newer = next_day();
    assert_eq!(
        merged(&PAGE, &newer, &ticked("2026-11-20")),
        of(&unsigned(&newer), &[(A, "- [x] [[甲]]"), (" ^g-aaaaaa", " ✅ 2026-11-20 ^g-aaaaaa")])
    );
    // Moved by hand to another day.
    let moved = with(&[(A, "- [>] [[甲]]"), ("⏳ 2026-11-21 ^g-aaaaaa", "⏳ 2026-12-05 ^g-aaaaaa")]);
    let text = merged(&PAGE, &newer, &moved);
    assert!(text.contains("- [>] [[甲]]") && text.contains("> 2026-12-05 ^g-aaaaaa"), "{text}");
}

#[test]
fn typed_lines_of_both_stand() {
    let below = |line: &str| with(&[("    - 話題: Rust\n", &format!("    - 話題: Rust\n    - {line}\n"))]);
    let text = merged(&PAGE, &below("一つ"), &below("二つ"));
    assert!(
        text.contains("    - 話題: Rust\n    - 二つ\n    - 一つ\n- [ ] [[乙]]")
            || text.contains("    - 話題: Rust\n    - 一つ\n    - 二つ\n- [ ] [[乙]]"),
        "{text}"
    );
    // Taken away on one side, as by an update that has recorded it.
    let (old, less) = (below("一つ"), &*PAGE);
    assert_eq!(merged(&old, less, &of(&old, &[(B, "- [x] [[乙]]")])), of(BARE, &[(B, "- [x] [[乙]]")]));
    // Words put into goen's own line.
    let text = merged(
        &PAGE,
        &with(&[(" ⏳ 2026-11-21 ^g-aaaaaa", " 電話番号を聞く ⏳ 2026-11-21 ^g-aaaaaa")]),
        &next_day(),
    );
    assert!(text.contains("電話番号を聞く"), "{text}");
    // Words between the items, before the markers, and behind them.
    let text = merged(
        &PAGE,
        &with(&[("## 今日\n", "## 今日\n\n一言\n"), ("始め\n", "始め！\n")]),
        &with(&[("## 今日\n", "## 今日\n\n二言\n"), ("終わり\n", "終わり！\n")]),
    );
    for words in ["一言", "二言", "始め！\n\n<!-- goen:begin", "終わり！\n"] {
        assert_eq!(text.matches(words).count(), 1, "{words}: {text}");
    }
}

#[test]
fn equal_lines_stand_as_often_as_they_were_typed() {
    let below = |lines: &str| with(&[("^g-bbbbbb\n", &format!("^g-bbbbbb\n{lines}"))]);
    let text = merged(
        &PAGE,
        &below("    - 一\n        - はい\n    - 二\n        - はい\n"),
        &below("    - 三\n        - はい\n"),
    );
    for line in ["一", "二", "三"] {
        assert!(text.contains(&format!("    - {line}\n        - はい\n")), "{text}");
    }
    // Between the items: twice on one page, once on the other.
    let free = |lines: &str| with(&[("## 今日\n", &format!("## 今日\n\n{lines}"))]);
    for [ours, theirs] in [["牛乳\n", "牛乳\n\n牛乳\n"], ["牛乳\n\n牛乳\n", "牛乳\n"]] {
        let text = merged(&PAGE, &free(ours), &free(theirs));
        assert_eq!(text.matches("牛乳").count(), 2, "{text}");
    }
    let next = of(&next_day(), &[("## 今日\n", "## 今日\n\n牛乳\n")]);
    let text = merged(&PAGE, &free("牛乳\n\n牛乳\n\n牛乳\n"), &next);
    assert_eq!(text.matches("牛乳").count(), 3, "{text}");
    // What goen says, typed once more by hand.
    let again = with(&[("## 今日\n", "## 今日\n\n## 今日は晴れ\n\n- 本\n")]);
    let text = merged(
        &PAGE,
        &again,
        &with(&[(A, "- [x] [[甲]]"), ("    - 話題: Rust\n", "    - 話題: Rust\n    - 本\n")]),
    );
    assert!(text.contains("    - 本\n") && text.contains("\n- 本\n"), "{text}");
}

#[test]
fn front_matter_of_the_page_is_merged_by_its_keys() {
    let page = format!("---\ntitle: x\n---\n{}", &*PAGE);
    let ours = page.replacen("title: x\n", "title: x\ncssclass: a\n", 1);
    let theirs = page.replacen("title: x\n", "title: x\ntags: [x]\n", 1);
    let text = merged(&page, &ours, &theirs);
    assert!(text.contains("cssclass: a\n") && text.contains("tags: [x]\n"), "{text}");
}

#[test]
fn a_page_that_does_not_say_whose_its_lines_are_is_merged_by_lines() {
    let ours = unsigned(&with(&[(A, "- [x] [[甲]]")]));
    assert_eq!(merge(Sides { base: &PAGE, ours: &ours, theirs: &with(&[(B, "- [x] [[乙]]")]) }), None);
}

#[test]
fn what_left_the_page_is_kept_where_somebody_answered_it() {
    let newer = next_day();
    // Nobody did.
    assert_eq!(
        merged(&PAGE, &newer, &with(&[(A, "- [x] [[甲]]")])),
        of(&unsigned(&newer), &[(A, "- [x] [[甲]]")])
    );
    let text =
        merged(&PAGE, &newer, &with(&[(C, "- [x] [[丙]]"), ("^g-cccccc\n", "^g-cccccc\n    - 出した\n")]));
    let page = page::read(&text).unwrap();
    let line = page.lines.iter().find(|line| line.id == "g-cccccc").unwrap();
    assert_eq!(
        (line.mark, line.done, line.own.as_slice()),
        ('x', false, ["    - 出した"].as_slice()),
        "{text}"
    );
    // Words in goen's own line, where the other has not heard them.
    let said = with(&[("に手紙を", "に手紙を 速達で")]);
    let text = merged(&PAGE, &newer, &said);
    assert_eq!(text.matches("速達で").count(), 1, "{text}");
    let text = merged(&said, &newer, &of(&said, &[(A, "- [x] [[甲]]")]));
    assert!(!text.contains("速達で"), "{text}");
    // A tick that is to be taken back.
    let done = written(&[
        ("v1 2026-11-21", "v1 2026-11-22"),
        ("[[丁]] — 11/21 ランチ ^g-dddddd", "[[戊]] — 11/22 電話 ^g-eeeeee"),
    ]);
    assert_eq!(
        merged(&PAGE, &done, &with(&[("- [x] [[丁]]", "- [ ] [[丁]]")])),
        of(&unsigned(&done), &[("## 済み\n", "## 済み\n- [ ] [[丁]] — 11/21 ランチ ^g-dddddd\n")])
    );
    let text = merged(&PAGE, &newer, &with(&[("- [x] [[丁]]", "- [ ] [[丁]]")]));
    let page = page::read(&text).unwrap();
    let line = page.lines.iter().find(|line| line.id == "g-dddddd").unwrap();
    assert_eq!((line.mark, line.done), (' ', true), "{text}");
}

#[test]
fn recorded_on_one_side_and_ticked_on_the_other() {
    let recorded = written(&[
        ("- [ ] [[乙]] に資料を送る約束 📅 2026-11-22 ^g-bbbbbb\n", ""),
        ("^g-dddddd\n", "^g-dddddd\n- [x] [[乙]] — 資料を送る約束 ^g-bbbbbb\n"),
    ]);
    let text = merged(&PAGE, &recorded, &with(&[(B, "- [x] [[乙]]")]));
    let page = page::read(&text).unwrap();
    let lines: Vec<_> =
        page.lines.iter().filter(|line| line.id == "g-bbbbbb").map(|line| line.mark).collect();
    assert_eq!(lines, ['x'], "{text}");
    // Not ticked there: recorded it stays.
    let text = merged(&PAGE, &recorded, &with(&[(A, "- [x] [[甲]]")]));
    let page = page::read(&text).unwrap();
    let lines: Vec<_> = page.lines.iter().map(|line| (line.id, line.mark)).collect();
    for id in ["g-aaaaaa", "g-dddddd"] {
        assert!(lines.contains(&(id, 'x')), "{lines:?}");
    }
    // That it was, the notes say: a mark would ask for it on this page.
    assert_eq!(lines.iter().filter(|(id, _)| *id == "g-bbbbbb").count(), 1, "{lines:?}");
}

#[test]
fn goens_own_words_never_become_typed_ones() {
    // One machine recorded and planned anew, the other wrote the page of the next day.
    let replanned = written(&[
        (
            "- [ ] [[丙]] に手紙を ⏳ 2026-11-21 ^g-cccccc",
            "- [ ] 11/23（月）[[丙]] に手紙を ⏳ 2026-11-23 ^g-cccccc",
        ),
        ("- [ ] [[乙]] に資料を送る約束 📅 2026-11-22 ^g-bbbbbb\n", ""),
        ("^g-dddddd\n", "^g-dddddd\n- [x] [[乙]] — 11/21 資料を送る ^g-bbbbbb\n"),
    ]);
    let newer = signed(&of(
        &unsigned(&next_day()),
        &[("\n<!-- goen:end", "- [ ] 11/24（火）[[丙]] に手紙を ⏳ 2026-11-24 ^g-cccccc\n\n<!-- goen:end")],
    ));
    assert_eq!(merged(&PAGE, &replanned, &newer), unsigned(&newer));
    // One tick, recorded on both in other words.
    let recorded = |words: &str| {
        written(&[
            ("- [ ] [[乙]] に資料を送る約束 📅 2026-11-22 ^g-bbbbbb\n", ""),
            ("^g-dddddd\n", &format!("^g-dddddd\n- [x] [[乙]] — 11/21 LINE：{words} ^g-bbbbbb\n")),
        ])
    };
    let (one, two) = (recorded("甲の話"), recorded("乙の話"));
    let text = merged(&PAGE, &one, &two);
    assert!(text == unsigned(&one) || text == unsigned(&two), "{text}");
}

#[test]
fn words_typed_into_goens_lines_are_told_from_them() {
    // Into a line with one of goen's labels, on the one or the other, or both.
    let into = |words: &str| with(&[("    - 話題: Rust\n", &format!("    - 話題: Rust {words}\n"))]);
    let ticked = with(&[(B, "- [x] [[乙]]")]);
    let text = merged(&PAGE, &into("一言"), &ticked);
    assert_eq!(text.matches("一言").count(), 1, "{text}");
    let text = merged(&PAGE, &into("一言"), &into("二言"));
    assert!(text.matches("一言").count() == 1 && text.matches("二言").count() == 1, "{text}");
    // At two places of one, of which only the page that it was typed into says what stood there.
    let text = merged(&PAGE, &next_day(), &with(&[("近況を — 前回", "写真と近況を — 前の前回")]));
    assert!(text.contains("\n    - 写真と 前の\n"), "{text}");
    // Into one that is done.
    let text = merged(&PAGE, &with(&[("ランチ ^g", "ランチ 楽しかった ^g")]), &ticked);
    assert_eq!(text.matches("楽しかった").count(), 1, "{text}");
}

#[test]
fn lines_of_a_template_go_with_their_day() {
    let line =
        |page: &str, day: &str| of(page, &[("## 今日\n", &format!("> お疲れさま {day}\n\n## 今日\n"))]);
    let (older, newer) = (line(BARE, "2026-11-21"), line(&unsigned(&next_day()), "2026-11-22"));
    let base = line(BARE, "2026-11-20").replacen("v1 2026-11-21", "v1 2026-11-20", 1);
    assert_eq!(merged(&signed(&base), &signed(&older), &signed(&newer)), newer);
}

#[test]
fn what_is_no_page_is_not_merged_as_one() {
    for broken in [
        with(&[("<!-- goen:end -->\n", "")]),
        with(&[("終わり\n", "<!-- goen:end -->\n")]),
        with(&[("v1 2026", "v9 2026")]),
        with(&[("始め\n", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n")]),
    ] {
        assert_eq!(merge(Sides { base: &PAGE, ours: &broken, theirs: &with(&[(A, "- [x] [[甲]]")]) }), None);
    }
    // Both made one: nothing is known of what was there before.
    let (one, other) = (with(&[(A, "- [x] [[甲]]")]), with(&[(B, "- [x] [[乙]]")]));
    let text = merged("", &one, &other);
    assert!(text.contains("- [x] [[甲]]") && text.contains("- [x] [[乙]]"), "{text}");
}

/// What somebody did to a page: of each item its mark and whether a line was typed below it; a line
/// of their own; a new day.
type Done = (Vec<(usize, bool)>, bool, bool);

const MARKS: [char; 6] = [' ', 'x', '-', '>', '/', '?'];
const IDS: [&str; 4] = ["aaaaaa", "bbbbbb", "cccccc", "dddddd"];

fn after(who: &str, (items, free, is_next): &Done) -> (String, Vec<String>) {
    let mut text = if *is_next { next_day() } else { PAGE.clone() };
    let mut typed = Vec::new();
    for (id, (mark, is_typed)) in IDS.iter().zip(items) {
        let Some(line) = text.lines().find(|line| line.ends_with(id)).map(str::to_owned) else { continue };
        let mark = if *id == "dddddd" { [' ', 'x'][mark % 2] } else { MARKS[mark % MARKS.len()] };
        let mut marked = line.replacen("- [ ]", &format!("- [{mark}]"), 1);
        if *is_typed {
            typed.push(format!("{who} {id}"));
            marked.push_str(&format!("\n    - {who} {id}"));
        }
        text = text.replacen(&line, &marked, 1);
    }
    if *free {
        typed.push(format!("{who} free"));
        text = text.replacen("## 今日\n", &format!("## 今日\n\n{who} free\n"), 1);
    }
    (text, typed)
}

fn done() -> impl Strategy<Value = Done> {
    (prop::collection::vec((0..12_usize, any::<bool>()), 4), any::<bool>(), any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_mark_and_no_line_is_lost(ours in done(), theirs in done()) {
        let ((one, mut typed), (other, more)) = (after("甲", &ours), after("乙", &theirs));
        typed.extend(more);
        let text = merged(&PAGE, &one, &other);
        for line in typed {
            prop_assert_eq!(text.matches(&line).count(), 1, "{}: {}", line, text);
        }
        let page = page::read(&text).unwrap();
        let mark = |text: &str, id: &str| page::read(text).unwrap().lines.iter().find(|line| line.id.ends_with(id)).map(|line| line.mark);
        for id in IDS {
            let stand: Vec<char> = page.lines.iter().filter(|line| line.id.ends_with(id)).map(|line| line.mark).collect();
            prop_assert!(stand.len() <= 1, "{id}: {text}");
            let marks = [mark(&one, id), mark(&other, id)];
            if id != "dddddd" && marks.iter().flatten().any(|mark| *mark == 'x') {
                prop_assert_eq!(stand, ['x'], "{}: {}", id, text);
            } else if marks.iter().flatten().any(|mark| *mark != ' ' && *mark != 'x') {
                prop_assert!(stand.first().is_some_and(|mark| *mark != ' '), "{id}: {text}");
            }
        }
    }
}

#[test]
fn goens_own_tick_answers_no_line_that_is_open_elsewhere() {
    let base = written(&[("\n## 済み\n\n- [x] [[丁]] — 11/21 ランチ ^g-dddddd\n", "")]);
    let newer = written(&[
        ("v1 2026-11-21", "v1 2026-11-22"),
        ("\n## 済み\n\n- [x] [[丁]] — 11/21 ランチ ^g-dddddd\n", "- [ ] [[丁]] に LINE で ^g-dddddd\n"),
    ]);
    assert_eq!(merged(&base, &newer, &PAGE), unsigned(&newer));
    assert_eq!(merged(&PAGE, &newer, &PAGE), unsigned(&newer));
    // Nor does one that is open there ask to take the tick back.
    let done = written(&[("v1 2026-11-21", "v1 2026-11-22")]);
    let open = written(&[(
        "\n## 済み\n\n- [x] [[丁]] — 11/21 ランチ ^g-dddddd\n",
        "- [ ] [[丁]] に LINE で ^g-dddddd\n",
    )]);
    assert_eq!(merged(&PAGE, &open, &done), unsigned(&done));
    // A tick by hand does.
    let ticked = newer.replace("v1 2026-11-22", "v1 2026-11-20").replace("[ ] [[丁]]", "[x] [[丁]]");
    assert!(merged(&base, &newer, &ticked).contains("- [x] [[丁]] に LINE で"));
}

#[test]
fn lines_moved_to_one_place_on_both_pages_are_no_conflict() {
    let moved = |line: &str| with(&[("\n終わり", &format!("\n{line}\n\n終わり"))]);
    let text = merged(&PAGE, &moved("牛乳"), &moved("卵"));
    assert!(text.ends_with("-->\n\n卵\n\n牛乳\n\n終わり\n"), "{text}");
}
