//! More lines below an entry that stands in the log already.

use super::style::Style;
use super::{Edit, Refusal, Splice, is_cr_only, line_end, line_start, next_line};
use crate::note::body;
use crate::note::front::Front;
use crate::problem::Obstacle;
use crate::text::{Span, squeezed};

/// The text with lines of a list below the entry with an id, behind what stands there, and those
/// lines: what the entry says already is left out.
///
/// # Errors
/// Where the entry is not there, or not one with a list below it alone.
pub fn add_below(text: &str, id: &str, lines: &[String]) -> Result<(String, Vec<String>), Refusal> {
    if is_cr_only(text) {
        return Err(Refusal::new(Obstacle::CrOnly, Span::new(0, 0)));
    }
    let body = body::read(text, Front::find(text).body());
    let sign = format!("^{id}");
    let ends = |words: &str| words.lines().next().is_some_and(|line| line.trim_end().ends_with(&sign));
    let item = body.items.iter().find(|item| item.depth == 1 && !item.quoted && ends(item.text.of(text)));
    let item = item.ok_or(Refusal::new(Obstacle::NotGoens, Span::new(0, 0)))?;
    let start = line_start(text, item.span.start as usize);
    let block = text[..item.span.end as usize].trim_end().len();
    let end = next_line(text, block);
    let bare = |line: &str| squeezed(line.trim().trim_start_matches(['-', '*', '+', ' '])).into_owned();
    let said: Vec<String> = text[start..end].lines().map(bare).collect();
    // The entry's own line has its day, its channel and its id besides.
    let is_said = |line: &String| {
        let words = bare(line);
        said.contains(&words) || said.first().is_some_and(|first| first.contains(&words))
    };
    let new: Vec<String> = lines.iter().filter(|line| !is_said(line)).cloned().collect();
    let style = Style::of(text, &body, item, Span::new(0, text.len()));
    let eol = line_end(text, start);
    let mut written: String = new.iter().map(|line| style.below(line) + eol).collect();
    if !new.is_empty() && !text[..end].ends_with('\n') {
        written = format!("{eol}{}", written.trim_end_matches(['\n', '\r']));
    }
    let splice = Splice { span: Span::new(end, end), text: written };
    let edit = Edit::new(text, vec![splice]).ok_or_else(|| Refusal::uncertain(item.span))?;
    // Nothing but this entry may read in another way.
    let after = edit.apply(text).ok_or_else(|| Refusal::uncertain(item.span))?;
    let outermost = |text: &str| {
        let body = body::read(text, Front::find(text).body());
        body.items.iter().filter(|item| item.depth == 1).count()
    };
    if outermost(text) == outermost(&after) { Ok((after, new)) } else { Err(Refusal::uncertain(item.span)) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_below_their_entry_and_stand_once() {
        let check = |text: &str, expected: &str| {
            for eol in ["\n", "\r\n"] {
                let (text, expected) = (text.replace('\n', eol), expected.replace('\n', eol));
                let lines = ["- 一つ".to_owned(), "  - 中".to_owned()];
                let (after, new) = add_below(&text, "g-k3f9q2", &lines).unwrap();
                assert_eq!(after, expected);
                assert_eq!(new.len(), 2);
                assert!(add_below(&after, "g-k3f9q2", &lines).unwrap().1.is_empty());
            }
        };
        check(
            "## 記録\n\n- 2026-11-21 (line) 近況 ^g-k3f9q2\n  - 前から\n- 2026-09-14 x\n",
            "## 記録\n\n- 2026-11-21 (line) 近況 ^g-k3f9q2\n  - 前から\n  - 一つ\n    - 中\n- 2026-09-14 x\n",
        );
        let check_tabs = |text: &str, expected: &str| {
            check(&text.replace("  ", "\t"), &expected.replace("  ", "\t"));
        };
        check_tabs(
            "- 2026-11-21 近況 ^g-k3f9q2\n- 2026-09-14 x\n  - y\n",
            "- 2026-11-21 近況 ^g-k3f9q2\n  - 一つ\n    - 中\n- 2026-09-14 x\n  - y\n",
        );
        check("始め\n\n* 2026-11-21 ^g-k3f9q2", "始め\n\n* 2026-11-21 ^g-k3f9q2\n  - 一つ\n    - 中");
        check("- 2026-11-21 ^g-k3f9q2\n\n終わり\n", "- 2026-11-21 ^g-k3f9q2\n  - 一つ\n    - 中\n\n終わり\n");
        assert!(add_below("- 2026-11-21 a\n", "g-k3f9q2", &[]).is_err());
    }
}
