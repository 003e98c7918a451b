//! The page read back, composed anew and merged: no byte outside of goen's part is touched, and no mark
//! and no typed line is lost.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use goen::note::merge::{Outcome, Sides};
use goen::note::no_conflict;
use goen::page::{self, Line, Page, Written};
use goen::text::{Lang, NotePath};

use super::DIALECT;
use super::merge::{edited, holds_for};

/// What pages are made of.
pub const PIECES: &[&str] = &[
    "<!-- goen:begin v1 2026-11-21 -->\n",
    "<!-- goen:end -->\n",
    "<!-- goen:begin v2 -->\n",
    "<!-- goen:lines x -->\n",
    "# つながり 2026-11-21（土）\n",
    "> [!summary] 今日 1 件\n",
    "## 今日\n",
    "## 今週\n",
    "## 済み\n",
    "## Done\n",
    "- [ ] ",
    "- [x] ",
    "- [/] ",
    "- [-] ",
    "> - [x] ",
    "  - [x] ",
    "[[甲]] に LINE で近況を",
    " — 前回 9/14（68日前）",
    " ⏳ 2026-11-21",
    " 📅 2026-11-22",
    " ✅ 2026-11-20",
    " > 2026-12-01",
    " ^g-aaaaaa",
    " ^g-bbbbbb",
    " ^g-eeeeee",
    "    - 話題: Rust\n",
    "    - 電話で話した\n",
    "\t* 下書き\n",
    "        続き\n",
    "- (call) 話した\n",
    "メモ\n",
    "    - ",
    "*今日の予定はありません。よい一日を。*\n",
    "\n",
    "\r\n",
    "  ",
    "\u{feff}",
    "---\na: b\n---\n",
    "```\n",
    "<!-- ",
    "-->",
    "<<<<<<< a\n",
    ">>>>>>> b\n",
    "[scheduled:: 2026-12-01]",
    "🙂",
    "a",
    "\u{2028}",
];

const BARE: &str = "始め\n\n<!-- goen:begin v1 2026-11-21 -->\n# つながり 2026-11-21（土）\n\n> [!summary] 今日 3 件 ・ 今週 0/6 ・ 3人\n\n## 今日\n\n- [ ] [[甲]] に LINE で近況を — 前回 9/14（68日前） ⏳ 2026-11-21 ^g-aaaaaa\n    - 話題: Rust\n- [ ] [[乙]] に資料を送る約束 📅 2026-11-22 ^g-bbbbbb\n- [ ] [[丙]] に手紙を ⏳ 2026-11-21 ^g-cccccc\n\n## 済み\n\n- [x] [[丁]] — 11/21 ランチ ^g-dddddd\n<!-- goen:end -->\n\n終わり\n";

/// A page as goen wrote it.
static PAGE: LazyLock<String> = LazyLock::new(|| {
    let region = page::read(BARE).unwrap().region;
    BARE.replace(region, &Written::of(region).sign(region))
});

/// Of an odd first byte the rest is changes to a page of goen's, of an even one it is a page.
pub fn holds(data: &[u8]) {
    let Some((what, rest)) = data.split_first() else { return };
    if what % 2 == 0 {
        if let Some(text) = super::text(rest, PIECES) {
            one_holds(&text);
        }
        return;
    }
    let (ours, theirs) = rest.split_at(rest.len() / 2);
    let (ours, theirs) = (edited(&PAGE, ours, PIECES), edited(&PAGE, theirs, PIECES));
    one_holds(&ours);
    two_hold(&PAGE, &ours, &theirs);
}

fn one_holds(text: &str) {
    let page = match page::read(text) {
        Ok(page) => page,
        Err(error) => {
            assert!(!error.message(Lang::Ja, "x.md").is_empty());
            return;
        }
    };
    assert_eq!([page.before, page.region, page.after].concat(), text);
    let lines: Vec<&str> = text.split('\n').collect();
    for line in &page.lines {
        assert_eq!(
            lines[line.number - 1].trim_end_matches('\r').trim_start_matches('\u{feff}'),
            line.raw,
            "{text:?}"
        );
        let _ = (line.ticked_on(), line.moved_to(Some(page.date)));
    }
    // Composed with a part that has none of it, what was typed is there all the same.
    let empty = format!("<!-- goen:begin v1 {} -->\n<!-- goen:end -->\n", page.date);
    let mut claimed = page.clone();
    let words = Written::on(&page).map(|written| written.claim(&mut claimed)).unwrap_or_default();
    let mut kept = claimed.kept();
    kept.put_free(words);
    let new = page::compose(text, &empty, &kept, false).unwrap();
    assert!(new.starts_with(page.before) && new.ends_with(page.after), "{text:?}\n{new:?}");
    let again = page::read(&new).unwrap_or_else(|error| panic!("{error:?}: {text:?}\n{new:?}"));
    for typed in typed(text) {
        assert!(still_says(&new, &typed), "{typed:?} of {text:?}\n{new:?}");
    }
    // What was moved below is nobody's to move again.
    assert_eq!(page::compose(&new, &empty, &again.kept(), false).unwrap(), new, "{text:?}");
    // With its own part it is what it was, but for lines that moved below it.
    let same = page::compose(text, page.region, &kept, false).unwrap();
    assert!(same.starts_with(page.before) && same.ends_with(page.after), "{text:?}\n{same:?}");
}

/// Lines that somebody typed, without blanks around them and goen's ids, as far as the page says so.
fn typed(text: &str) -> Vec<String> {
    let Ok(mut page) = page::read(text) else { return Vec::new() };
    if let Some(written) = Written::on(&page) {
        written.claim(&mut page);
    }
    let Page { lines, free, .. } = page;
    let own = lines.iter().flat_map(|line| line.own.iter().copied());
    let lines = own
        .chain(free)
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.contains('^') && !line.contains("<!-- goen:"));
    lines.map(str::to_owned).collect()
}

/// Whether what was typed is on a page; a line that could be taken for a conflict's is set in there.
fn still_says(page: &str, typed: &str) -> bool {
    page.contains(typed) || page.contains(no_conflict(typed).as_ref())
}

fn two_hold(base: &str, ours: &str, theirs: &str) {
    let path = NotePath::new("reconnect.md");
    let merge =
        |base: &str, ours: &str, theirs: &str| page::merge(&path, Sides { base, ours, theirs }, &DIALECT);
    holds_for([base, ours, theirs], merge);
    let Some(Outcome::Merged(both)) = merge(base, ours, theirs) else { return };
    if ours == theirs || ours == base || theirs == base {
        return;
    }
    let page = page::read(&both).unwrap_or_else(|error| panic!("{error:?}: {ours:?}\n{theirs:?}\n{both:?}"));
    for side in [ours, theirs] {
        for typed in typed(side) {
            assert!(still_says(&both, &typed), "{typed:?} is lost:\n{ours:?}\n{theirs:?}\n{both:?}");
        }
        let Ok(side) = page::read(side) else { continue };
        // What goen itself wrote as done is nobody's answer.
        let written = Written::on(&side).unwrap_or_default();
        let is_answer = |line: &&Line<'_>| line.mark != ' ' && !line.done && !written.beside(line).done;
        let mut seen = BTreeSet::new();
        // Of several lines of one item the first is its own.
        let own = side.lines.iter().filter(|line| seen.insert(line.id));
        for line in own.filter(is_answer) {
            let is_there = page.lines.iter().any(|there| there.id == line.id && there.mark != ' ');
            assert!(is_there, "the mark of {} is lost:\n{ours:?}\n{theirs:?}\n{both:?}", line.id);
        }
    }
}
