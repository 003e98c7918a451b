//! Pages on which there is so much of something that looking at each beside each other would take hours.

use super::*;
use crate::note::merge::{Outcome, Sides};

const BEGIN_LINE: &str = "<!-- goen:begin v1 2026-11-21 -->\n";
const END_LINE: &str = "<!-- goen:end -->\n";

/// A page with these lines, which says that goen wrote them.
fn signed(lines: &str) -> String {
    let region = format!("{BEGIN_LINE}{lines}{END_LINE}");
    Written::of(&region).sign(region)
}

fn lines(count: usize, of: impl Fn(usize) -> String) -> String {
    (0..count).map(of).collect()
}

#[test]
fn as_many_lines_as_one_likes_may_be_signed() {
    const COUNT: usize = 50_000;
    let as_written = signed(&lines(COUNT, |n| format!("行 {n} です\n")));
    let typed_into = as_written.replace(" です", " です、会った");
    let others = as_written.replace(" です", " ではない何か");
    for (text, most) in [(as_written, 0), (typed_into, COUNT), (others, COUNT)] {
        let mut page = read(&text).unwrap();
        let written = Written::on(&page).unwrap();
        let words = written.claim(&mut page);
        let free = page.free.iter().filter(|line| !line.trim().is_empty()).count();
        assert_eq!(words.len() + free, most, "each line is somebody's, or words of it are");
    }
}

#[test]
fn as_many_lines_as_one_likes_may_stand_below_an_item() {
    const COUNT: usize = 20_000;
    let below = |id: &str, word: &str| {
        format!("- [ ] 甲 ^g-{id}\n") + &lines(COUNT, |n| format!("    - 話題: {word}{n}の\n"))
    };
    let text = signed(&format!("{}{}", below("aaaaaa", "あ"), below("bbbbbb", "い")));
    // One item is gone, what stood below it is not; into that of the other something was typed.
    let text = text.replace("- [ ] 甲 ^g-bbbbbb\n", "").replace("あ", "あれこれ");
    let mut page = read(&text).unwrap();
    let written = Written::on(&page).unwrap();
    let beside = written.beside(&page.lines[0]);
    written.claim(&mut page);
    let said = beside.typed.map_or(0, |words| words.matches("れこれ").count());
    let kept = page.lines[0].own.iter().filter(|line| line.contains("れこれ")).count();
    assert!(said > 0 && said + kept == COUNT, "{said} are words of somebody's, {kept} lines are");
}

#[test]
fn words_are_not_looked_for_in_a_line_without_end() {
    let long = "の".repeat(400_000);
    let text = signed(&format!("- [ ] 甲 {long} ^g-aaaaaa\n"));
    let text = text.replace(" 甲 ", " 甲 会った ");
    let page = read(&text).unwrap();
    let beside = Written::on(&page).unwrap().beside(&page.lines[0]);
    // Nobody knows what was typed: nothing of it is lost.
    assert!(beside.typed.is_some_and(|words| words.contains("会った") && words.contains(&long)));
}

#[test]
fn a_line_may_have_any_number_of_days_and_ids() {
    const COUNT: usize = 100_000;
    let days = "✅ 2026-11-20 ".repeat(COUNT);
    let text = signed("- [ ] 甲 ^g-aaaaaa\n").replace("甲", &format!("甲 {days}"));
    let page = read(&text).unwrap();
    assert!(Written::on(&page).unwrap().beside(&page.lines[0]).is_same);
    let ids: String = lines(COUNT, |n| format!("^g-{n:06} "));
    let text = format!("{BEGIN_LINE}メモ {ids}\n{END_LINE}");
    let empty = format!("{BEGIN_LINE}{END_LINE}");
    let new = compose(&text, &empty, &Kept::default(), false).unwrap();
    assert_eq!(new, format!("{empty}\nメモ \n"));
}

#[test]
fn two_pages_with_any_number_of_lines_are_merged() {
    const COUNT: usize = 20_000;
    let base = signed("- [ ] 甲 ^g-aaaaaa\n");
    let with = |word: &str| {
        let free = lines(COUNT, |n| format!("{word}{n}\n"));
        let items = lines(COUNT, |n| format!("- [x] 乙 ^g-{}{n:05}\n", &word[..1]));
        base.replace(END_LINE, &format!("{free}{items}{END_LINE}\n{word}\n"))
    };
    let sides = Sides { base: &*base, ours: &with("a"), theirs: &with("b") };
    let merged = merge(&NotePath::new("reconnect.md"), sides, &DIALECT).unwrap();
    let Outcome::Merged(text) = merged else { panic!("it is open") };
    for line in ["a19999", "b19999", "- [x] 乙 ^g-a19999", "- [x] 乙 ^g-b19999"] {
        assert_eq!(text.lines().filter(|there| *there == line).count(), 1, "{line}");
    }
}
