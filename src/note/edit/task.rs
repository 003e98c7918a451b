//! A task's box: ticked with its day, as the Tasks plugin or Dataview would, and emptied again.

use chrono::NaiveDate;

use super::line_start;
use super::{Edit, Refusal, Splice};
use crate::note::dialect::Dialect;
use crate::note::find::Desk;
use crate::note::front::Front;
use crate::note::task::{self, Task};
use crate::note::{body, body::Body};
use crate::problem::Obstacle;
use crate::text::{NotePath, Span};

/// Ticks the open task of a text (`ordinal` tells those of one text apart) with its day.
///
/// # Errors
/// Where it is not there, or its box is not where it should be.
pub fn tick_task(
    path: &NotePath,
    text: &str,
    (wanted, ordinal): (&str, u16),
    day: NaiveDate,
    dialect: &Dialect,
) -> Result<Edit, Refusal> {
    let desk = Desk::new(path, text, dialect);
    let body = body::read(text, Front::find(text).body());
    let tasks = tasks(&desk, &body);
    let found = tasks.iter().find(|task| task.text == wanted && task.ordinal == ordinal);
    let task = found.ok_or(Refusal::new(Obstacle::NoTask, Span::new(0, 0)))?;
    let inside = box_before(text, task.span).filter(|inside| inside.of(text) == " ");
    let inside = inside.ok_or_else(|| Refusal::uncertain(task.span))?;
    let line = task.span.of(text).lines().next().unwrap_or("");
    let at = task.span.start as usize + end_of_fields(line);
    let stamp = if is_dataview(line) { format!(" [completion:: {day}]") } else { format!(" ✅ {day}") };
    let splices =
        vec![Splice { span: inside, text: "x".to_owned() }, Splice { span: Span::new(at, at), text: stamp }];
    let edit = Edit::new(text, splices).ok_or_else(|| Refusal::uncertain(task.span))?;
    // The same tasks but this one must be open afterwards.
    let after = edit.apply(text).ok_or_else(|| Refusal::uncertain(task.span))?;
    let left = |tasks: &[Task], but: Option<&Task>| {
        let others = tasks.iter().filter(|task| but.is_none_or(|but| but.span != task.span));
        others.map(|task| task.text.clone()).collect::<Vec<_>>()
    };
    let read = Desk::new(path, &after, dialect);
    let now = self::tasks(&read, &body::read(&after, Front::find(&after).body()));
    if left(&now, None) == left(&tasks, Some(task)) { Ok(edit) } else { Err(Refusal::uncertain(task.span)) }
}

/// Whether a task of a text is done: those that are come first among those of the same words.
pub fn is_done(path: &NotePath, text: &str, (wanted, ordinal): (&str, u16), dialect: &Dialect) -> bool {
    let desk = Desk::new(path, text, dialect);
    let body = body::read(text, Front::find(text).body());
    let done = body.items.iter().filter(|item| matches!(item.mark, Some('x' | 'X' | '-')));
    done.filter(|item| task::words(&desk, item.text) == wanted).count() > usize::from(ordinal)
}

/// Empties the box of a task that was ticked on a day, and takes that day's stamp away.
///
/// # Errors
/// Where it is not there ([`Obstacle::NoTask`]), or there are several ([`Obstacle::StillTicked`]).
pub fn untick_task(
    path: &NotePath,
    text: &str,
    wanted: &str,
    day: NaiveDate,
    dialect: &Dialect,
) -> Result<Edit, Refusal> {
    let stamps = [format!(" ✅ {day}"), format!(" [completion:: {day}]")];
    let desk = Desk::new(path, text, dialect);
    let body = body::read(text, Front::find(text).body());
    let ticked = body.items.iter().filter(|item| matches!(item.mark, Some('x' | 'X')));
    let mut found = ticked.filter_map(|item| {
        let line = item.text.of(text).lines().next().unwrap_or("");
        let (at, stamp) = stamps.iter().find_map(|stamp| Some((line.find(stamp.as_str())?, stamp)))?;
        let start = item.text.start as usize + at;
        let stamp = Span::new(start, start + stamp.len());
        (task::words(&desk, item.text) == wanted).then_some((box_before(text, item.text)?, stamp))
    });
    let (inside, stamp) = match (found.next(), found.next()) {
        (Some(only), None) => only,
        (None, _) => return Err(Refusal::new(Obstacle::NoTask, Span::new(0, 0))),
        (Some((inside, _)), Some(_)) => {
            return Err(Refusal::new(Obstacle::StillTicked(wanted.into()), inside));
        }
    };
    let splices =
        vec![Splice { span: inside, text: " ".to_owned() }, Splice { span: stamp, text: String::new() }];
    Edit::new(text, splices).ok_or_else(|| Refusal::uncertain(inside))
}

fn tasks(desk: &Desk<'_>, body: &Body) -> Vec<Task> {
    task::tasks(desk, body, |_| None)
}

/// What stands in the box in front of a task's words.
fn box_before(text: &str, words: Span) -> Option<Span> {
    let at = words.start as usize;
    let line = line_start(text, at);
    let close = line + text[line..at].rfind(']')?;
    let open = line + text[line..close].rfind('[')?;
    Some(Span::new(open + 1, close))
}

/// Behind the words and fields of a task's line, before a block id and blanks.
fn end_of_fields(line: &str) -> usize {
    let words = line.trim_end();
    match words.rsplit_once([' ', '\t']) {
        Some((before, id)) if id.starts_with('^') && id.len() > 1 => before.trim_end().len(),
        _ => words.len(),
    }
}

fn is_dataview(line: &str) -> bool {
    ["[due::", "[scheduled::", "[created::", "[priority::", "(due::"].iter().any(|sign| line.contains(sign))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tests::dialect;
    use super::*;

    fn check(before: &str, wanted: &str, expected: &str) {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let path = NotePath::new("People/田中.md");
        for eol in ["\n", "\r\n"] {
            let (before, expected) = (before.replace('\n', eol), expected.replace('\n', eol));
            let edit = tick_task(&path, &before, (wanted, 0), day, dialect()).unwrap();
            let after = edit.apply(&before).unwrap();
            assert_eq!(after, expected);
            let back = untick_task(&path, &after, wanted, day, dialect()).unwrap();
            assert_eq!(back.apply(&after).unwrap(), before);
        }
    }

    #[test]
    fn a_box_is_ticked_and_emptied() {
        check("- [ ] 資料を送る\n", "資料を送る", "- [x] 資料を送る ✅ 2026-11-21\n");
        check(
            "  * [ ] 資料を送る 📅 2026-11-22  \n",
            "資料を送る",
            "  * [x] 資料を送る 📅 2026-11-22 ✅ 2026-11-21  \n",
        );
        check("- [ ] a [due:: 2026-11-22]\n", "a", "- [x] a [due:: 2026-11-22] [completion:: 2026-11-21]\n");
        check("- [ ] a ^\n", "a ^", "- [x] a ^ ✅ 2026-11-21\n");
        check("1. [ ] a ^abc\n", "a", "1. [x] a ✅ 2026-11-21 ^abc\n");
        check(
            "- x\n  - [ ] a\n- [x] b ✅ 2026-11-21\n",
            "a",
            "- x\n  - [x] a ✅ 2026-11-21\n- [x] b ✅ 2026-11-21\n",
        );
    }

    #[test]
    fn of_several_of_one_text_the_one_that_is_meant() {
        let path = NotePath::new("People/田中.md");
        let text = "- [x] a ✅ 2026-01-01\n- [ ] a\n- [ ] a\n";
        let tick = |ordinal| {
            let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
            tick_task(&path, text, ("a", ordinal), day, dialect()).map(|edit| edit.apply(text).unwrap())
        };
        // One of this text is done already: the open ones are the second and the third.
        assert_eq!(tick(0).unwrap_err().why, Obstacle::NoTask);
        assert_eq!(tick(1).unwrap(), "- [x] a ✅ 2026-01-01\n- [x] a ✅ 2026-11-21\n- [ ] a\n");
        assert_eq!(tick(2).unwrap(), "- [x] a ✅ 2026-01-01\n- [ ] a\n- [x] a ✅ 2026-11-21\n");
        assert_eq!(tick(3).unwrap_err().why, Obstacle::NoTask);
    }
}
