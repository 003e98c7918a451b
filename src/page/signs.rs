//! What stands on one line of the page: goen's id, a box, and days that goen did not put there.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// A line with goen's id on it.
pub(super) struct ItemLine<'a> {
    pub id: &'a str,
    pub mark: char,
    /// How many characters stand before the bullet.
    pub indent: usize,
    /// Nothing follows the id.
    pub at_end: bool,
}

/// Reads `- [x] … ^g-k3f9q2`, also where something was typed behind the id, or the line was made
/// an item of a numbered list or a quotation.
pub(super) fn item(line: &str) -> Option<ItemLine<'_>> {
    let text = line.trim_start_matches([' ', '\t', '>']);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let bullet: &[char] = if digits == 0 { &['-', '*', '+'] } else { &['.', ')'] };
    let rest = text[digits..].strip_prefix(bullet)?.strip_prefix(" [")?;
    let mark = rest.chars().next()?;
    let (inside, rest) = rest.split_once(']')?;
    // An emoji may be several characters.
    if inside.chars().count() > 4 || !rest.starts_with([' ', '\t']) {
        return None;
    }
    let id = ids(rest).last()?;
    let at_end = rest.trim_end().ends_with(id);
    Some(ItemLine { id, mark, indent: line.len() - text.len(), at_end })
}

/// goen's ids in a line.
pub(super) fn ids(line: &str) -> impl Iterator<Item = &str> {
    placed_ids(line).map(|(_, id)| id)
}

/// goen's ids in a line, and where the sign stands that is in front of each.
fn placed_ids(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let starts = memchr::memchr_iter(b'^', line.as_bytes()).filter(|at| line[*at..].starts_with("^g-"));
    starts.filter_map(|at| {
        let id = line.get(at + 1..at + 9)?;
        let word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let fits = id[2..].bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let apart = line[..at].ends_with([' ', '\t']) && !line[at + 9..].starts_with(word);
        (fits && apart).then_some((at, id))
    })
}

/// A date that a plugin or a hand puts on a line.
static STAMP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:✅|❌)\x{fe0f}?[ \t]*[0-9]{4}-[0-9]{2}-[0-9]{2}|\[(?:completion|cancelled)::[^\]\[]*\]|[>＞][ \t]*[0-9]{4}-[0-9]{2}-[0-9]{2}").ok()
});

/// Whether a line may have one: few have, and the pattern takes as long to make as reading some notes.
fn may_have_stamps(line: &str) -> bool {
    line.contains(['✅', '❌', '>', '＞']) || line.contains("::")
}

/// Dates on a line that goen did not put there.
pub(super) fn stamps(line: &str) -> Vec<String> {
    if !may_have_stamps(line) {
        return Vec::new();
    }
    STAMP.as_ref().map_or_else(Vec::new, |re| re.find_iter(line).map(|m| m.as_str().to_owned()).collect())
}

/// A line without them.
pub(super) fn unstamped(line: &str) -> Cow<'_, str> {
    if !may_have_stamps(line) {
        return Cow::Borrowed(line);
    }
    STAMP.as_ref().map_or(Cow::Borrowed(line), |re| re.replace_all(line, ""))
}

/// A line without goen's ids.
pub(super) fn unnamed(line: &str) -> String {
    let (mut out, mut at) = (String::with_capacity(line.len()), 0);
    for (place, id) in placed_ids(line) {
        // With the blank in front of it.
        out.push_str(&line[at..place - 1]);
        at = place + "^".len() + id.len();
    }
    out + &line[at..]
}
