//! A value under a key: over the one that is there, in its style, else in a line of its own.
//!
//! What is put in is read back before it is offered: it must say what was asked for, and
//! everything else in the front matter what it said before.

use std::borrow::Cow;

use super::{Edit, Refusal, Splice, is_cr_only, line_end, outline, pairs};
use crate::note::body;
use crate::note::dialect::Dialect;
use crate::note::front::Front;
use crate::note::keys::Field;
use crate::note::value::{Data, Node, Pair, Style};
use crate::problem::Obstacle;
use crate::text::Span;

/// What is to stand under a field.
pub(super) struct Setting<'s> {
    /// What it means, in whatever spelling the note uses.
    pub field: Field,
    /// The key for a note that has none.
    pub key: &'s str,
    /// The value for such a note, as YAML.
    pub value: &'s str,
}

/// Sets a value: `over` says how the one that is there becomes the new one, `says` whether a
/// value says what was asked for.
pub(super) fn set_value(
    text: &str,
    setting: &Setting<'_>,
    dialect: &Dialect,
    over: impl Fn(&Pair<'_>) -> Result<Splice, Refusal>,
    says: impl Fn(&Pair<'_>) -> bool,
) -> Result<Edit, Refusal> {
    let Setting { field, key, value } = *setting;
    put_under(text, (key, value), |key| dialect.keys.field(key) == Some(field), over, says)
}

/// As [`set_value`], under any key that `is_key` takes for the one that is meant.
pub(super) fn put_under(
    text: &str,
    (key, value): (&str, &str),
    is_key: impl Fn(&str) -> bool,
    over: impl Fn(&Pair<'_>) -> Result<Splice, Refusal>,
    says: impl Fn(&Pair<'_>) -> bool,
) -> Result<Edit, Refusal> {
    if is_cr_only(text) {
        return Err(Refusal::new(Obstacle::CrOnly, Span::new(0, 0)));
    }
    let is_field = |pair: &Pair<'_>| is_key(&pair.key);
    let front = pairs(text)?;
    let inline = inline(text, &is_key);
    let (all, inner) = front.as_ref().map_or((&[][..], None), |(all, inner)| (all, Some(*inner)));
    let of_field: Vec<_> = all.iter().filter(|pair| is_field(pair)).collect();
    let splice = match (of_field.as_slice(), &inline, inner) {
        ([], Some(inline), _) => over(inline)?,
        ([], None, Some(inner)) => new_line(text, inner, key, value),
        ([], None, None) => {
            let body = Front::find(text).body();
            let eol = line_end(text, body);
            let head = format!("---{eol}{key}: {value}{eol}---{eol}");
            Splice { span: Span::new(body, body), text: head }
        }
        ([first, rest @ ..], _, _) => match rest.iter().find(|pair| pair.key == first.key) {
            Some(twice) => return Err(Refusal::new(Obstacle::DuplicateKey, twice.key_span)),
            None => over(first)?,
        },
    };
    let before = outline(all, is_field);
    let place = splice.span;
    let edit = Edit::new(text, vec![splice]).ok_or_else(|| Refusal::new(Obstacle::Shape, place))?;
    let after = edit.apply(text).ok_or_else(|| Refusal::new(Obstacle::Shape, place))?;
    let read = pairs(&after)
        .map_err(|_| Refusal::new(Obstacle::Shape, place))?
        .map_or_else(Vec::new, |(read, _)| read);
    let said = match read.iter().find(|pair| is_field(pair)) {
        Some(pair) => says(pair),
        None => self::inline(&after, &is_key).is_some_and(|pair| says(&pair)),
    };
    if said && outline(&read, is_field) == before {
        Ok(edit)
    } else {
        Err(Refusal::new(Obstacle::Shape, place))
    }
}

/// A field of the body (`last contact:: 2026-09-14`), which is read where the front matter has none.
pub(super) fn inline<'t>(text: &'t str, is_key: &impl Fn(&str) -> bool) -> Option<Pair<'t>> {
    memchr::memmem::find(text.as_bytes(), b"::")?;
    let body = body::read(text, Front::find(text).body());
    let found = body.inlines.iter().find(|found| is_key(found.key.of(text)))?;
    let value = Node::scalar(found.value.of(text), Style::Plain, found.value);
    Some(Pair { key: Cow::Borrowed(found.key.of(text)), key_span: found.key, value })
}

/// A line of its own in front of the closing fence.
fn new_line(text: &str, inner: Span, key: &str, value: &str) -> Splice {
    let end = inner.end as usize;
    let eol = line_end(text, end);
    // Lines that go on in the value above (a block of text) end where the fence begins too.
    let broken = !inner.of(text).is_empty() && !text[..end].ends_with('\n');
    let lead = if broken { eol } else { "" };
    Splice { span: Span::new(end, end), text: format!("{lead}{key}: {value}{eol}") }
}

/// A scalar in one line that nothing else belongs to.
pub(super) fn plain_scalar<'n, 't>(text: &str, node: &'n Node<'t>) -> Result<&'n Cow<'t, str>, Refusal> {
    if node.decorated {
        return Err(Refusal::new(Obstacle::Decorated, node.span));
    }
    match &node.data {
        Data::Scalar(scalar, style)
            if *style != Style::Block && !node.span.of(text).contains(['\n', '\r']) =>
        {
            Ok(scalar)
        }
        _ => Err(Refusal::new(Obstacle::NotOneValue, node.span)),
    }
}

/// In place of the whole scalar, or where there is nothing yet (`null`, `~`), in its quotes.
pub(super) fn over_whole(text: &str, pair: &Pair<'_>, value: &str) -> Splice {
    let span = pair.value.span;
    if span.end > span.start {
        let quote = match &pair.value.data {
            Data::Scalar(_, Style::Double) => "\"",
            Data::Scalar(_, Style::Single) => "'",
            _ => "",
        };
        return Splice { span, text: format!("{quote}{value}{quote}") };
    }
    let key_end = pair.key_span.end as usize;
    let colon = text[key_end..].find(':').map_or(key_end, |at| key_end + at + 1);
    let has_blank = text[colon..].starts_with(' ');
    let at = colon + usize::from(has_blank);
    // A comment may follow at once.
    let behind = if text[at..].starts_with('#') { " " } else { "" };
    let lead = if has_blank { "" } else { " " };
    Splice { span: Span::new(at, at), text: format!("{lead}{value}{behind}") }
}

/// Takes the value under a field away and leaves its key; quotes stay, a comment too.
///
/// # Errors
/// Where the place is not certain: see [`Refusal`].
pub fn clear(text: &str, field: Field, dialect: &Dialect) -> Result<Edit, Refusal> {
    let over = |pair: &Pair<'_>| {
        plain_scalar(text, &pair.value)?;
        let span = pair.value.span;
        let quoted = span.of(text).starts_with(['"', '\'']);
        let (start, end) =
            (span.start as usize + usize::from(quoted), span.end as usize - usize::from(quoted));
        // The blank behind the colon came with the value.
        let start = if !quoted && text[..start].ends_with(' ') && text[end..].starts_with(['\r', '\n']) {
            start - 1
        } else {
            start
        };
        Ok(Splice { span: Span::new(start, end), text: String::new() })
    };
    set_value(text, &Setting { field, key: "", value: "" }, dialect, over, |pair| pair.value.text().is_none())
}

/// Sets one word: a tier, a state.
///
/// # Errors
/// Where the place is not certain: see [`Refusal`].
pub fn set_word(text: &str, field: Field, key: &str, word: &str, dialect: &Dialect) -> Result<Edit, Refusal> {
    let yaml = as_yaml(word);
    let over = |pair: &Pair<'_>| {
        plain_scalar(text, &pair.value)?;
        Ok(over_word(text, pair, word, &yaml))
    };
    let says = |pair: &Pair<'_>| pair.value.text().is_some_and(|text| text == word);
    set_value(text, &Setting { field, key, value: &yaml }, dialect, over, says)
}

/// A word in place of a scalar, in its quotes; as `yaml` where it has none.
pub(super) fn over_word(text: &str, pair: &Pair<'_>, word: &str, yaml: &str) -> Splice {
    let written = match &pair.value.data {
        Data::Scalar(_, Style::Double) => Cow::Owned(escaped(word)),
        Data::Scalar(_, Style::Single) => Cow::Owned(word.replace('\'', "''")),
        _ => Cow::Borrowed(yaml),
    };
    over_whole(text, pair, &written)
}

/// A word as a value: plain where nobody can take it for anything but a text, else in quotes.
pub(super) fn as_yaml(word: &str) -> String {
    const MEAN_OTHERS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];
    let is_harmless =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | 'ー' | '・' | '@' | '.' | '+');
    let is_plain = word.starts_with(char::is_alphabetic)
        && word.chars().all(is_harmless)
        && !word.ends_with(' ')
        && !MEAN_OTHERS.contains(&&*word.to_lowercase());
    if is_plain { word.to_owned() } else { quoted(word) }
}

/// Adds a text to a list; a single value becomes a list.
///
/// # Errors
/// Where the place is not certain: see [`Refusal`].
pub fn add_to_list(
    text: &str,
    field: Field,
    key: &str,
    member: &str,
    dialect: &Dialect,
) -> Result<Edit, Refusal> {
    let yaml = quoted(member);
    let over = |pair: &Pair<'_>| {
        let node = &pair.value;
        if node.decorated {
            return Err(Refusal::new(Obstacle::Decorated, node.span));
        }
        match &node.data {
            Data::Scalar(..) if node.text().is_none() => Ok(over_whole(text, pair, &format!("[{yaml}]"))),
            Data::Scalar(..) => {
                plain_scalar(text, node)?;
                let old = node.span.of(text);
                let old = if old.starts_with(['"', '\'']) { old.to_owned() } else { quoted(old) };
                Ok(Splice { span: node.span, text: format!("[{old}, {yaml}]") })
            }
            Data::List(members) => behind_last(text, node, members, &yaml),
            Data::Map(_) => Err(Refusal::new(Obstacle::NotOneValue, node.span)),
        }
    };
    let says = |pair: &Pair<'_>| {
        pair.value.members().iter().any(|node| node.text().is_some_and(|text| text == member))
    };
    set_value(text, &Setting { field, key, value: &format!("[{yaml}]") }, dialect, over, says)
}

/// Behind the last member of a list, as the list is written.
pub(super) fn behind_last(
    text: &str,
    node: &Node<'_>,
    members: &[Node<'_>],
    yaml: &str,
) -> Result<Splice, Refusal> {
    let start = node.span.start as usize;
    let Some(last) = members.last() else {
        // `[]`
        let open = text[start..].find('[').map(|at| start + at + 1);
        let open = open.ok_or_else(|| Refusal::new(Obstacle::Shape, node.span))?;
        return Ok(Splice { span: Span::new(open, open), text: yaml.to_owned() });
    };
    let end = last.span.end as usize;
    if text[start..].starts_with('[') {
        return Ok(Splice { span: Span::new(end, end), text: format!(", {yaml}") });
    }
    let at = last.span.start as usize;
    let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let bullet = &text[line..at];
    if bullet.trim() != "-" {
        return Err(Refusal::new(Obstacle::Shape, node.span));
    }
    let eol = line_end(text, end);
    let next = text[end..].find('\n').map_or(text.len(), |found| end + found + 1);
    Ok(Splice { span: Span::new(next, next), text: format!("{bullet}{yaml}{eol}") })
}

pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::note::edit::tests::dialect;

    #[test]
    fn what_is_cleared_leaves_its_key_and_a_comment() {
        for (line, left) in [
            ("tier: close", "tier:"),
            ("tier: close # 前は先輩", "tier:  # 前は先輩"),
            ("tier: \"close\"", "tier: \"\""),
        ] {
            let note = |line: &str| format!("---\n{line}\n---\n");
            let edit = clear(&note(line), Field::Tier, dialect()).unwrap();
            assert_eq!(edit.apply(&note(line)), Some(note(left)), "{line}");
        }
    }
}
