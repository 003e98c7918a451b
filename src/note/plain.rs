//! A line of Markdown as the plain words it shows.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::body::tag_at;
use crate::text::{Text, one_line, without_md};

/// A constant pattern, compiled once.
#[allow(clippy::expect_used, reason = "constant patterns, compiled by every test run")]
pub(super) fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern")
}

static LINK: LazyLock<Regex> = LazyLock::new(|| regex(r"!?\[([^\[\]]*)\]\([^()]*\)"));
static COMMENT: LazyLock<Regex> = LazyLock::new(|| regex(r"%%.*?%%|<!--.*?-->"));

/// Links as what they show.
pub fn without_links(text: &str) -> Cow<'_, str> {
    if !text.contains('[') {
        return Cow::Borrowed(text);
    }
    let text = without_wikilinks(text);
    if text.contains("](") { Cow::Owned(LINK.replace_all(&text, "$1").into_owned()) } else { text }
}

fn without_wikilinks(text: &str) -> Cow<'_, str> {
    if opening(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = opening(rest) {
        let (before, inner) = (&rest[..at], &rest[at + 2..]);
        let link = inner.find(['[', ']']).map(|end| (&inner[..end], &inner[end..]));
        let Some((link, behind)) = link.and_then(|(link, behind)| Some((link, behind.strip_prefix("]]")?)))
        else {
            // No link begins here; one may with the next bracket.
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        };
        out.push_str(before.strip_suffix('!').unwrap_or(before));
        out.push_str(link_shows(link));
        rest = behind;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Where the first `[[` stands.
fn opening(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'[', bytes).find(|at| bytes.get(at + 1) == Some(&b'['))
}

/// What `target#heading|alias` shows.
fn link_shows(link: &str) -> &str {
    let (target, alias) = link.split_once('|').unwrap_or((link, ""));
    if !alias.trim().is_empty() {
        return alias;
    }
    let target = target.split('#').next().unwrap_or("");
    without_md(target.rsplit('/').next().unwrap_or(""))
}

/// A line without links, tags, comments, emphasis and block id.
pub fn plain(text: &str) -> Text {
    let line = one_line(text);
    // Each step is taken only where its sign is there: most lines have one of them at most.
    let signs = line.bytes().fold(0, |signs, byte| signs | SIGNS[usize::from(byte)]);
    let has = |sign: u8| signs & SIGNS[usize::from(sign)] != 0;
    if signs == 0 {
        return line.as_ref().into();
    }
    let line = if has(b'%') || has(b'<') { COMMENT.replace_all(&line, "") } else { line };
    let bare = if has(b'^') { without_block_id(&line) } else { &line };
    let line = without_links(bare);
    let line = if has(b'#') { without_tags(&line) } else { line };
    let line = if has(b'*') { without_emphasis(&line) } else { line };
    one_line(line.trim()).as_ref().into()
}

/// A bit for every sign that means more than itself; those of emphasis share one.
static SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let groups: [&[u8]; 6] = [b"[", b"#", b"^", b"*`~=", b"%", b"<"];
    let mut group = 0;
    while group < groups.len() {
        let mut at = 0;
        while at < groups[group].len() {
            signs[groups[group][at] as usize] = 1 << group;
            at += 1;
        }
        group += 1;
    }
    signs
};

/// A line without the `^id` at its end.
fn without_block_id(line: &str) -> &str {
    let Some((before, id)) = line.trim_end().rsplit_once('^') else { return line };
    let is_id = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let stands_apart = before.is_empty() || before.ends_with(char::is_whitespace);
    if is_id && stands_apart { before } else { line }
}

fn without_tags(line: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(line.len());
    let mut from = 0;
    for (at, _) in line.match_indices('#') {
        if at >= from
            && let Some(tag) = tag_at(line, at)
        {
            out.push_str(&line[from..at]);
            from = tag.range().end;
        }
    }
    out.push_str(&line[from..]);
    Cow::Owned(out)
}

fn without_emphasis(line: &str) -> Cow<'_, str> {
    const DOUBLED: [&str; 2] = ["~~", "=="];
    if !line.contains(['*', '`']) && !DOUBLED.iter().any(|mark| line.contains(mark)) {
        return Cow::Borrowed(line);
    }
    let line = without_stars(line).replace('`', "");
    Cow::Owned(DOUBLED.iter().fold(line, |line, mark| line.replace(mark, "")))
}

/// A line without the stars that open and close emphasis; others are meant as they stand (`7*7`).
fn without_stars(line: &str) -> String {
    // Each run of stars: where it begins, how many are left of it, and whether it may open.
    let mut runs: Vec<(usize, usize, bool)> = Vec::new();
    let mut from = 0;
    while let Some(at) = line[from..].find('*').map(|at| from + at) {
        let behind = line[at..].trim_start_matches('*');
        from = line.len() - behind.len();
        let mut len = from - at;
        if line[..at].ends_with(|c: char| !c.is_whitespace()) {
            let opened = runs.iter_mut().rev().filter(|(_, left, may_open)| *may_open && *left > 0);
            for (_, left, _) in opened {
                let both = len.min(*left);
                (len, *left) = (len - both, *left - both);
            }
        }
        runs.push((at, len, behind.starts_with(|c: char| !c.is_whitespace())));
    }
    let mut out = String::with_capacity(line.len());
    let mut from = 0;
    for (at, left, _) in runs {
        out.push_str(&line[from..at]);
        out.extend(std::iter::repeat_n('*', left));
        from = line.len() - line[at..].trim_start_matches('*').len();
    }
    out.push_str(&line[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_words_alone() {
        for (text, expected) in [
            ("近況。サイドプロジェクト #gave ^g-abc", "近況。サイドプロジェクト"),
            ("[[人/田中|田中さん]]と[[ミナト]]の話", "田中さんとミナトの話"),
            ("[記事](https://example.com) を **送る**", "記事 を 送る"),
            ("[[田中 と [[ミナト]]の話", "[[田中 と ミナトの話"),
            ("C# の本 #book", "C# の本"),
            ("a %%hidden%% b", "a b"),
            ("2 * 3", "2 * 3"),
            ("7*7 の盤", "7*7 の盤"),
            ("**a** と *b*、***c*** と**", "a と b、c と**"),
        ] {
            assert_eq!(plain(text), expected, "for {text:?}");
        }
    }
}
