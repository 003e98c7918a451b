//! What somebody wrote at an item and below it, as words of an entry and a list below them.

use crate::page::{Beside, Line};
use crate::text::one_line;

/// Lines below an item as a list for below words that stand in the log.
pub fn below_entry(lines: &[String]) -> Vec<String> {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    said(Some(""), &lines).1
}

/// What somebody wrote at an item, as lines below it.
pub(super) fn said_at(line: &Line<'_>, beside: &Beside) -> Vec<String> {
    let typed = beside.surely_typed().into_iter().map(|words| format!("    - {words}"));
    typed.chain(lines_below(line, beside)).collect()
}

/// What somebody wrote below an item, into lines of goen's too.
pub(super) fn lines_below(line: &Line<'_>, beside: &Beside) -> Vec<String> {
    let more = beside.surely_more().into_iter().map(|words| format!("    - {words}"));
    more.chain(before_fence(&line.own).iter().map(|own| (*own).to_owned())).collect()
}

/// Code is no list: from a fence on, what stands below an item stays on the page.
fn before_fence<'l, 'a>(own: &'l [&'a str]) -> &'l [&'a str] {
    let is_fence = |line: &&str| {
        let text = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '+'));
        text.starts_with("```") || text.starts_with("~~~")
    };
    &own[..own.iter().position(is_fence).unwrap_or(own.len())]
}

/// The words of an entry and the list below it, from what the user wrote at the item. What is a
/// task stays one, below.
pub(super) fn said(typed: Option<&str>, own: &[&str]) -> (Option<String>, Vec<String>) {
    const TAB: usize = 4;
    let columns = |line: &str| {
        line.chars().take_while(|c| c.is_whitespace()).fold(0, |at, c| match c {
            '\t' => at + TAB - at % TAB,
            _ => at + 1,
        })
    };
    let mut lines: Vec<(usize, &str)> = own.iter().map(|line| (columns(line), line.trim())).collect();
    let mut words = typed.map(str::to_owned);
    let bullet = |line: &'_ str| ["- ", "* ", "+ "].iter().any(|bullet| line.starts_with(bullet));
    let bare = |line: &str| if bullet(line) { line[2..].trim().to_owned() } else { line.trim().to_owned() };
    let is_task = |text: &str| {
        let mut chars = text.chars();
        chars.next() == Some('[') && chars.next().is_some() && chars.as_str().starts_with("] ")
    };
    if words.is_none()
        && let Some((_, first)) = lines.first()
        && !is_task(&bare(first))
    {
        words = Some(bare(first));
        lines.remove(0);
    }
    // How deep each line stands, whatever it was indented with.
    let mut open: Vec<usize> = Vec::new();
    let mut below = Vec::new();
    for (column, line) in lines {
        let text = one_line(&bare(line)).replace("^g-", "＾g-");
        // A line without a bullet goes on in the item above.
        if !bullet(line) && !open.is_empty() {
            below.push(format!("{}{text}", "  ".repeat(open.len())));
            continue;
        }
        while open.last().is_some_and(|last| *last >= column) {
            open.pop();
        }
        below.push(format!("{}- {text}", "  ".repeat(open.len())));
        open.push(column);
    }
    (words, below)
}
