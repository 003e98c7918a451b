//! A line of Markdown as the plain words it shows.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::one_line;

/// A constant pattern, compiled once.
#[allow(clippy::expect_used, reason = "constant patterns, compiled by every test run")]
pub(super) fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern")
}

static WIKI: LazyLock<Regex> = LazyLock::new(|| regex(r"!?\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]"));
static LINK: LazyLock<Regex> = LazyLock::new(|| regex(r"!?\[([^\[\]]*)\]\([^()]*\)"));
static TAG: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(^|[^A-Za-z0-9#/&_\-])#[^\s#,.;:!?()\[\]（）「」、。・]+"));
static BLOCK_ID: LazyLock<Regex> = LazyLock::new(|| regex(r"(^|\s)\^[A-Za-z0-9\-]+\s*$"));
static EMPHASIS: LazyLock<Regex> = LazyLock::new(|| regex(r"\*+|~~|==|`"));
static COMMENT: LazyLock<Regex> = LazyLock::new(|| regex(r"%%.*?%%|<!--.*?-->"));

/// Links as what they show.
pub fn without_links(text: &str) -> String {
    if !text.contains('[') {
        return text.to_owned();
    }
    let text = WIKI.replace_all(text, |found: &regex::Captures<'_>| {
        let shown = found.get(2).filter(|alias| !alias.as_str().trim().is_empty());
        match shown {
            Some(alias) => alias.as_str().to_owned(),
            None => {
                let target = found[1].split('#').next().unwrap_or("");
                let name = target.rsplit('/').next().unwrap_or("");
                crate::text::without_md(name).to_owned()
            }
        }
    });
    LINK.replace_all(&text, "$1").into_owned()
}

/// A line without links, tags, comments, emphasis and block id.
pub fn plain(text: &str) -> String {
    let text = one_line(text);
    if !text.contains(['[', '#', '^', '*', '~', '=', '`', '%', '<']) {
        return text;
    }
    let text = COMMENT.replace_all(&text, "");
    let text = BLOCK_ID.replace_all(&text, "");
    let text = without_links(&text);
    let text = TAG.replace_all(&text, "$1");
    let text = EMPHASIS.replace_all(&text, "");
    one_line(text.trim())
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
            ("C# の本 #book", "C# の本"),
            ("a %%hidden%% b", "a b"),
            ("2 * 3", "2 3"),
        ] {
            assert_eq!(plain(text), expected, "for {text:?}");
        }
    }
}
