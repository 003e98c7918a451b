//! Where an entry is put, and how it is written there.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::super::tests::dialect;
use super::*;

fn add(text: &str, day: &str, below: &[String]) -> Result<Edit, Refusal> {
    let entry = NewEntry { day: day.parse().unwrap(), words: "(line) 近況 ^g-k3f9q2", below };
    add_entry(&NotePath::new("People/田中.md"), text, entry, Lang::Ja, dialect())
}

fn check(before: &str, expected: &str) {
    let ends = if before.contains('\n') { &["\n", "\r\n"][..] } else { &["\n"] };
    for eol in ends {
        let (before, expected) = (before.replace('\n', eol), expected.replace('\n', eol));
        let edit = add(&before, "2026-11-21", &[]).unwrap_or_else(|why| panic!("{before:?}: {why:?}"));
        assert_eq!(edit.apply(&before).unwrap(), expected, "for {before:?}");
    }
}

const NEW: &str = "2026-11-21 (line) 近況 ^g-k3f9q2";

#[test]
fn in_the_order_of_the_log() {
    check(
        "## 記録\n\n- 2026-09-14 b\n- 2026-08-01 a\n",
        &format!("## 記録\n\n- {NEW}\n- 2026-09-14 b\n- 2026-08-01 a\n"),
    );
    check(
        "## Log\n- 2026-08-01 a\n- 2026-09-14 b\n",
        &format!("## Log\n- 2026-08-01 a\n- 2026-09-14 b\n- {NEW}\n"),
    );
    check(
        "## Log\n- 2026-12-01 c\n- 2026-09-14 b\n",
        &format!("## Log\n- 2026-12-01 c\n- {NEW}\n- 2026-09-14 b\n"),
    );
    check(
        "## Log\n- 2026-09-14 b\n- 2026-12-01 c\n",
        &format!("## Log\n- 2026-09-14 b\n- {NEW}\n- 2026-12-01 c\n"),
    );
    check(
        "## Log\n- 2026-01-01 a\n- 2026-03-01 b\n- 2026-02-01 c\n- 2026-09-14 d\n",
        &format!("## Log\n- 2026-01-01 a\n- 2026-03-01 b\n- 2026-02-01 c\n- 2026-09-14 d\n- {NEW}\n"),
    );
    check("## Log\n- 2026-09-14 b\n", &format!("## Log\n- {NEW}\n- 2026-09-14 b\n"));
    check(
        "## Log\n- 2026-08-01 a\n- 2026-09-14 b",
        &format!("## Log\n- 2026-08-01 a\n- 2026-09-14 b\n- {NEW}"),
    );
}

#[test]
fn in_the_style_of_the_log() {
    check(
        "## Log\n* [[2026-08-01]] a\n    - more\n\n  still a\n* [[2026-09-14]] b\n\n## Next\n",
        &format!(
            "## Log\n* [[2026-08-01]] a\n    - more\n\n  still a\n* [[2026-09-14]] b\n* [[2026-11-21]] {}\n\n## Next\n",
            &NEW[11..]
        ),
    );
    check("## Log\n  - 2026-09-14 b  \ntext\n", &format!("## Log\n  - {NEW}\n  - 2026-09-14 b  \ntext\n"));
    check(
        "## Log\n- someone\n- [x] 2026-09-14 b\n",
        &format!("## Log\n- someone\n- {NEW}\n- [x] 2026-09-14 b\n"),
    );
}

#[test]
fn set_in_as_the_log_is() {
    let below = ["- 一つ".to_owned(), "  - 中".to_owned(), "    - 奥".to_owned(), "- 二つ".to_owned()];
    for (log, entry, places) in [
        ("- 2026-09-14 b\n", "- ", ["  - ", "    - ", "      - "]),
        ("-   2026-09-14 b\n", "-   ", ["    - ", "      - ", "        - "]),
        ("- 2026-09-14 b\n\t- c\n", "- ", ["\t- ", "\t\t- ", "\t\t\t- "]),
        ("- 2026-09-14 b\n- 2026-08-01 a\n    - c\n", "- ", ["    - ", "        - ", "            - "]),
        ("-\t2026-09-14 b\n", "-\t", ["\t- ", "\t\t- ", "\t\t\t- "]),
        ("1. 2026-09-14 b\n   * c\n", "1. ", ["   - ", "      - ", "         - "]),
        // So far in, it would be code here.
        ("- 2026-09-14 b\n-    2026-08-01 a\n      - c\n", "- ", ["  - ", "    - ", "      - "]),
        // Code below an entry is no list, and what stands elsewhere is not the log's.
        ("- 2026-09-14 b\n\n      c\n\n## 別\n\n- d\n\t- e\n", "- ", ["  - ", "    - ", "      - "]),
    ] {
        for eol in ["\n", "\r\n"] {
            let note = format!("## 記録\n\n{log}").replace('\n', eol);
            let after = add(&note, "2026-11-21", &below).unwrap().apply(&note).unwrap();
            let [one, two, three] = places;
            let new = format!("{entry}{NEW}\n{one}一つ\n{two}中\n{three}奥\n{one}二つ\n");
            assert_eq!(after, format!("## 記録\n\n{new}{log}").replace('\n', eol));
            let body = body::read(&after, 0);
            let depths: Vec<u32> = body.items.iter().take(5).map(|item| item.depth).collect();
            assert_eq!(depths, [1, 2, 3, 4, 2], "{after}");
        }
    }
}

#[test]
fn under_the_heading_that_holds_entries() {
    check("## 記録\n\n## Log\n- 2026-09-14 b\n", &format!("## 記録\n\n## Log\n- {NEW}\n- 2026-09-14 b\n"));
    for blank in ["", "\n"] {
        check(&format!("## 記録\n{blank}予定の話。\n"), &format!("## 記録\n\n- {NEW}\n\n予定の話。\n"));
    }
    for under in ["----", "="] {
        check(&format!("記録\n{under}\n"), &format!("記録\n{under}\n\n- {NEW}\n"));
    }
    // Lists of other days say nothing about its order.
    for (above, below) in [("## 会\n- 2026-01-05 x\n\n", ""), ("", "\n## 会\n- 2026-12-05 x\n")] {
        check(
            &format!("{above}## Log\n- 2026-09-14 b\n{below}"),
            &format!("{above}## Log\n- {NEW}\n- 2026-09-14 b\n{below}"),
        );
    }
    // Nor do those below its entries, and in what is quoted.
    for more in ["  - 2026-09-20 続き\n", "\n> - 2026-09-20 続き\n"] {
        check(
            &format!("## Log\n- 2026-09-14 b\n{more}"),
            &format!("## Log\n- {NEW}\n- 2026-09-14 b\n{more}"),
        );
    }
    // One log within another is no second one.
    check("# 記録\n\n## Log\n\n- 2026-09-14 b\n", &format!("# 記録\n\n## Log\n\n- {NEW}\n- 2026-09-14 b\n"));
    check("## 記録", &format!("## 記録\n\n- {NEW}"));
    check("# 田中\n\n本文", &format!("# 田中\n\n本文\n\n## 記録\n\n- {NEW}\n"));
    check("# 田中\n", &format!("# 田中\n\n## 記録\n\n- {NEW}\n"));
    check("", &format!("## 記録\n\n- {NEW}\n"));
    check("---\ntier: close\n---\n", &format!("---\ntier: close\n---\n## 記録\n\n- {NEW}\n"));
    check(
        "```\n## 記録\n- 2026-09-14 no\n```\n> ## Log\n> - 2026-09-14 no\n\n<!-- \n## ログ\n-->\n",
        &format!(
            "```\n## 記録\n- 2026-09-14 no\n```\n> ## Log\n> - 2026-09-14 no\n\n<!-- \n## ログ\n-->\n\n## 記録\n\n- {NEW}\n"
        ),
    );
}

#[test]
fn text_that_is_set_in_becomes_no_part_of_it() {
    for set_in in ["\t#followup x", "    #followup x", "  x\n\n  y", "    a\n\n    b"] {
        for (end, below) in [("\n", "\n"), ("", ""), ("\n\n## 他\n", "\n\n## 他\n"), ("\n## 他", "\n## 他")]
        {
            check(&format!("## 記録\n\n{set_in}{end}"), &format!("## 記録\n\n{set_in}\n\n- {NEW}{below}"));
        }
    }
}

#[test]
fn words_may_begin_as_a_day_or_an_hour_does() {
    for words in
        ["土曜に会った ^g-k3f9q2", "(土) 会食", "10:30 電話", "10:30に電話", "Sat lunch", "(line) 土曜", ""]
    {
        for text in ["", "## 記録\n\n- 2026-09-14 b\n"] {
            let entry = NewEntry { day: "2026-11-21".parse().unwrap(), words, below: &[] };
            let edit = add_entry(&NotePath::new("People/田中.md"), text, entry, Lang::Ja, dialect()).unwrap();
            let line = format!("- 2026-11-21 {words}");
            assert!(edit.apply(text).unwrap().lines().any(|written| written == line.trim_end()), "{words}");
        }
    }
}

#[test]
fn several_lines_stand_below() {
    let text = "## Log\n- 2026-09-14 b\n";
    let below = ["- 一つめ", "  - 二つめ"].map(str::to_owned);
    let edit = add(text, "2026-11-21", &below).unwrap();
    assert_eq!(
        edit.apply(text).unwrap(),
        format!("## Log\n- {NEW}\n  - 一つめ\n    - 二つめ\n- 2026-09-14 b\n")
    );
}

#[test]
fn what_is_not_certain_is_refused() {
    for (text, why) in [
        ("## Log\n- 2026-09-14 a\n\n## 記録\n- 2026-09-15 b\n", "TwoLogs"),
        ("# a\r## Log\r", "CrOnly"),
        ("---\nname: \"a\n---\n## Log\n", "Broken"),
        ("---\nname: a\n## Log\n", "Unclosed"),
        ("## x\n\n```\ncode", "Uncertain"),
        ("## x\n\n<!-- open", "Uncertain"),
    ] {
        let refusal = format!("{:?}", add(text, "2026-11-21", &[]).unwrap_err().why);
        assert!(refusal.starts_with(why), "{text:?} gives {refusal}, not {why}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the note: lines are put in, no byte of it is lost, and its log has one more.
    #[test]
    fn lines_are_put_in(
        lines in prop::collection::vec(prop::sample::select(&[
            "## 記録", "### Log", "# x", "Log\n---", "- 2026-09-14 a", "- 2026-10-01 (skip) b", "* [[2026-08-01]] c",
            "  - 2026-07-07 d", "1. 2026-06-01 e", "text", "", "", "> - 2026-09-14 q", "```", "<!--", "-->", "%%",
            "- x", "    code", "- [ ] 2026-12-01 t", "- [x] 2026-05-05 f  ", "🙂", "| a |", "---",
        ][..]), 0..9),
        eol in prop::sample::select(&["\n", "\r\n"][..]),
        last in any::<bool>(),
        day in prop::sample::select(&["2026-11-21", "2026-09-14", "2020-01-01"][..]),
    ) {
        let mut text = lines.join("\n");
        if last {
            text.push('\n');
        }
        let text = text.replace('\n', eol);
        if let Ok(edit) = add(&text, day, &[]) {
            let after = edit.apply(&text).unwrap();
            let head = text.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
            let tail = text.bytes().rev().zip(after.bytes().rev()).take_while(|(a, b)| a == b).count();
            prop_assert!(head + tail >= text.len(), "{text:?} became {after:?}");
        }
    }
}
