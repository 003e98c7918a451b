//! An entry taken out of the log again: what goen put in goes, and nothing else.

use super::{Edit, Refusal, Splice};
use super::{line_start, next_line};
use crate::note::body;
use crate::note::front::Front;
use crate::problem::Obstacle;
use crate::text::Span;

/// Takes the entry with an id out of a log; `own` is the place of what goen wrote, where that is
/// known: only then does what stands below the entry go with it.
///
/// # Errors
/// Where there is no such entry, or more stands in it than goen wrote.
pub fn strike_entry(text: &str, id: &str, own: Option<Span>) -> Result<Edit, Refusal> {
    let nowhere = Refusal::new(Obstacle::NotGoens, Span::new(0, 0));
    let body = body::read(text, Front::find(text).body());
    let sign = format!("^{id}");
    let item = body.items.iter().find(|item| item.depth == 1 && ends_with_id(item.text.of(text), &sign));
    let item = item.ok_or(nowhere)?;
    let start = line_start(text, item.span.start as usize);
    let line_end = next_line(text, start);
    let refused = Refusal::new(Obstacle::NotGoens, item.span);
    let end = match own {
        Some(own) if own.start as usize == start => own.end as usize,
        Some(_) => return Err(refused),
        // Without knowing what goen wrote: a line with nothing below it is the whole entry.
        None if text[line_end.min(item.span.end as usize)..item.span.end as usize].trim().is_empty() => {
            line_end
        }
        None => return Err(refused),
    };
    // The last line of a file without a final line end goes with the line end before it.
    let last = end == text.len() && !text.ends_with('\n');
    let start = if last { text[..start].trim_end_matches(['\n', '\r']).len() } else { start };
    let splice = Splice { span: Span::new(start, end), text: String::new() };
    Edit::new(text, vec![splice]).ok_or_else(|| Refusal::uncertain(item.span))
}

fn ends_with_id(text: &str, sign: &str) -> bool {
    text.lines().next().is_some_and(|line| line.trim_end().ends_with(sign))
}
