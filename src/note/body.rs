//! The body of a note as CommonMark sees it: headings, list items, links, tags, inline fields.
//!
//! Everything found keeps its bytes in the note; what a log entry, a promise or a mention
//! is, others decide. Most bodies are plain enough for a quick way; a differential test
//! keeps it and the full parser of one mind.

pub mod full;
mod gather;
pub mod quick;
mod spans;

use super::region;
use crate::text::{Span, Text};

pub use spans::{percent_decoded, tag_at};

/// A heading outside of quotations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The bytes of its text, without `#`.
    pub text: Span,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The whole item with what is nested in it.
    pub span: Span,
    /// Its own first paragraph, behind bullet and box.
    pub text: Span,
    /// The character in its box, where it has one (`- [x]`).
    pub mark: Option<char>,
    /// How many lists it stands in; 1 is outermost.
    pub depth: u32,
    /// Whether it stands in a quotation or callout.
    pub quoted: bool,
    /// The item it is nested in.
    pub parent: Option<u32>,
}

/// A link to another note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The target as written: without alias and without `#heading`.
    pub target: Text,
    /// Its bytes.
    pub span: Span,
    /// `[text](path.md)` rather than `[[name]]`.
    pub markdown: bool,
    /// `![[…]]`
    pub embed: bool,
    /// In a quotation or callout.
    pub quoted: bool,
    /// Struck through.
    pub struck: bool,
    /// The list item it stands in.
    pub item: Option<u32>,
}

/// A `#tag`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its bytes, with `#`.
    pub span: Span,
    /// Struck through.
    pub struck: bool,
}

/// A Dataview field: `key:: value` on a line, or in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    /// The bytes of the key.
    pub key: Span,
    /// The bytes of the value.
    pub value: Span,
}

/// Everything found in a body, each in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// Headings.
    pub headings: Vec<Heading>,
    /// List items.
    pub items: Vec<Item>,
    /// Links to notes.
    pub links: Vec<Link>,
    /// Tags.
    pub tags: Vec<Tag>,
    /// Inline fields.
    pub inlines: Vec<Inline>,
}

/// Reads the body of `note`, which begins at byte `start`. What goen wrote into a part of its own says
/// nothing.
pub fn read(note: &str, start: usize) -> Body {
    let text = note.get(start..).unwrap_or("");
    let blanked = region::blanked(text);
    let text = blanked.as_deref().unwrap_or(text);
    quick::read(text, start).unwrap_or_else(|| full::read(text, start))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use proptest::prelude::*;

    use super::*;

    /// What is found, one thing a line, in the order of the kinds.
    fn check(text: &str, expected: &str) {
        let body = read(text, 0);
        let mut out = String::new();
        for h in &body.headings {
            let _ = writeln!(out, "h{} {}", h.level, h.text.of(text));
        }
        for i in &body.items {
            let mark = i.mark.map(|m| format!("[{m}]")).unwrap_or_default();
            let _ =
                writeln!(out, "{}{}{mark} {:?}", if i.quoted { ">" } else { "" }, i.depth, i.text.of(text));
        }
        for l in &body.links {
            let flags = [(l.markdown, 'm'), (l.embed, '!'), (l.quoted, '>'), (l.struck, '~')];
            let flags: String = flags.iter().filter(|(on, _)| *on).map(|(_, c)| *c).collect();
            let _ = writeln!(out, "{flags}→{}", l.target);
        }
        for t in &body.tags {
            let _ = writeln!(out, "{}{}", t.span.of(text), if t.struck { " struck" } else { "" });
        }
        for i in &body.inlines {
            let _ = writeln!(out, "{} = {}", i.key.of(text), i.value.of(text));
        }
        assert_eq!(out.trim_end(), expected, "for {text:?}");
    }

    #[test]
    fn headings_and_items() {
        check("## 記録\n\n- a\n- [x] b\n    - c\n", "h2 記録\n1 \"a\"\n1[x] \"b\"\n2 \"c\"");
        check("Log\n===\n1. a\n2) b\n", "h1 Log\n1 \"a\"\n1 \"b\"");
        check("## a ##\n", "h2 a");
        check("```\n## no\n- no\n```\n", "");
        check("> ## no\n> - q\n", ">1 \"q\"");
        check("- a\n  b\n\n  c\n- d `x`\n", "1 \"a\\n  b\"\n1 \"d `x`\"");
        // Behind a bullet only a part of a tab belongs to the list.
        check("- a\n\t- [ ] b\n\t- [x] c\n", "1 \"a\"\n2[ ] \"b\"\n2[x] \"c\"");
        check("- 田\r\n\r\n\t* [/] b\r\n\t\t1. c\r\n", "1 \"田\"\n2[/] \"b\"\n3 \"c\"");
        check("   >\t- [ ] a\n", ">1[ ] \"a\"");
        check("- [-] a\n- [>] b\n- [/] c\n- [] d\n", "1[-] \"a\"\n1[>] \"b\"\n1[/] \"c\"\n1 \"[] d\"");
        check("- a **b**\n- ~c~ *d*\n", "1 \"a **b**\"\n1 \"~c~ *d*\"");
        check("- a\r\n- b\r\n", "1 \"a\"\n1 \"b\"");
        // What begins a block of its own within an item is none of its words.
        check("- [ ] 送る\n  # 見出し\n", "h1 見出し\n1[ ] \"送る\"");
        check("- a\n  <div>b</div>\n", "1 \"a\"");
        check("- a\n\n  | b |\n  |---|\n", "1 \"a\"");
    }

    #[test]
    fn links() {
        check("[[田中 太郎]] [[a|b]] [[a#h|b]] ![[e]] [[#self]]\n", "→田中 太郎\n→a\n→a\n!→e");
        check("[田中](people/%E7%94%B0.md) [x](https://e.com) <https://e.com>\n", "m→people/田.md");
        check("> [[q]]\n\n`[[c]]`\n\n    [[i]]\n\n<!-- [[h]] -->\n", ">→q");
        check("a %%[[hidden]]%% [[b]] 50%% [[c]]\n", "→b\n→c");
        check("~~[[s]]~~\n", "~→s");
        check("| a | b |\n|---|---|\n| [[x\\|y]] | [[z]] |\n", "→x\n→z");
        check("%%\n\n- [ ] [[x]]\n\n%%\n", ">1 \"\"");
        check("- [ ] %%送る%% b\n", ">1 \"\"");
    }

    #[test]
    fn tags_and_fields() {
        check("近況。#gave text #要返信 C#gave #123 a#b\n", "#gave\n#要返信");
        check("#旅行🗻と本 #本📚。 a %%#x%% b\n", "#旅行🗻と本\n#本📚");
        check("(自宅) tel:: 090-1\n", "(自宅) tel = 090-1");
        check("~~#followup~~ #followup\n", "#followup struck\n#followup");
        check("last contact:: 2026-09-14\n", "last contact = 2026-09-14");
        check("- **Tier**:: close\n", "1 \"**Tier**:: close\"\nTier = close");
        check("x [tier:: close] (due:: 2026-01-02) y\n", "tier = close\ndue = 2026-01-02");
        check("`a:: b`\n", "");
    }

    /// Where the quick way answers, the full parser answers the same.
    fn same(text: &str) {
        if let Some(body) = quick::read(text, 3) {
            assert_eq!(body, full::read(text, 3), "for {text:?}");
        }
    }

    #[test]
    fn quick_and_full_agree_on_examples() {
        for text in [
            "- a\n- b\n\n## x\n\npara",
            "- a\n\n- b\n\npara\n- c",
            "- a",
            "- a\r\n- b  \r\n\r\n\r\ntext\r\n",
            "* a\n- b\n",
            "# t\n\n---\n\n- [ ] x #tag 📅 2026-01-02\n- [x] [[y|z]]\u{3000}\n```rust\n- no\n```\n",
            "a `b` [[c#d]] ![[e]] [f](g.md) [h](https://i.j) **k** _l_ #m x:: y\n",
            "text\n- item\n## head\n- a\n---\n",
            "> a [[b]]\n> #c `d`\n\ntext\n\n- x\n\n> e\n",
            "- a\n\n> b\n\n- c\n> d\n",
            "> a\nb\n",
            "> a\nb [[c]]\n",
            "> a\n> ---\n",
            "- # a\n",
            "- ```\n  x\n  ```\n",
            "- - a\n",
            "- ---\n",
            "[a[b](c.md) [d]\n",
            "[a[(b.md)\n",
            "a [b `c] #d` e`\n",
            "-      [[a]]\n",
            "a\n-\u{c} ",
            "a\n=\u{b}\n",
        ] {
            same(text);
        }
        for plain in [
            "- a\n\n> q [[a]]\n> r\n\n- b\n",
            "- a\n- b\n",
            "# t\n\ntext [[a]]\n",
            "a\nb `c`\n\n```\n[[x]]\n```\n",
        ] {
            assert!(quick::read(plain, 0).is_some(), "the quick way should read {plain:?}");
        }
    }

    /// What lines are made of: marks of every kind of block and of everything within a line.
    const PARTS: &[&str] = &[
        "a",
        "田中",
        " ",
        "  ",
        "    ",
        "\t",
        "\u{3000}",
        "#",
        "## ",
        "# h #",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2) ",
        "> ",
        "[ ] ",
        "[x] ",
        "[[a]]",
        "[[a|b]]",
        "![[e]]",
        "[[a#b]]",
        "[[#t]]",
        "[a](b.md)",
        "[a](b c)",
        "![a](b.md)",
        "[a]",
        "[a]: b",
        "[^1]",
        "[",
        "]",
        "[[",
        "]]",
        "(",
        ")",
        "!",
        "`",
        "``",
        "`c`",
        "```",
        "~~~",
        "~~",
        "~",
        "*",
        "**",
        "_",
        "__",
        "<b>",
        "<!-- ",
        " -->",
        "<https://a.b>",
        "https://a.b/#c",
        "\\",
        "&amp;",
        "&#35;",
        "|",
        "---",
        "===",
        "|-|",
        ":-",
        "%%",
        "::",
        "k:: v",
        "(k:: v)",
        "#tag",
        "#要返信",
        ":",
        "-",
        "+",
        "=",
        "1",
        "\u{a0}",
        "\u{b}",
        "\u{c}",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn quick_and_full_agree(lines in prop::collection::vec(
            (prop::collection::vec(prop::sample::select(PARTS), 0..7), prop::sample::select(&["\n", "\n", "\n\n", "\r\n", "\r"][..])),
            0..8))
        {
            let text: String = lines.into_iter().map(|(parts, end)| parts.concat() + end).collect();
            same(&text);
        }

        #[test]
        fn a_tab_indents_as_the_blanks_it_stands_for(
            lines in prop::collection::vec((prop::sample::select(INDENTS), prop::sample::select(LINES)), 1..8))
        {
            let text: String = lines.iter().map(|(indent, line)| format!("{indent}{line}\n")).collect();
            let blanks: String =
                lines.iter().map(|(indent, line)| format!("{}{line}\n", expanded(indent))).collect();
            prop_assert_eq!(items(&text), items(&blanks), "for {:?}", text);
        }
    }

    const INDENTS: &[&str] =
        &["", " ", "  ", "   ", "    ", "\t", " \t", "\t\t", "\t ", "\t  ", "> ", ">\t", "  >\t"];
    const LINES: &[&str] = &[
        "- a",
        "* [ ] b",
        "-   [x] 田",
        "1. c",
        "10) [ ] d",
        "- - e",
        "- [ ] [[f]]",
        "+\t[/] g",
        "田中",
        "h",
        "",
    ];

    /// An indentation with blanks for its tabs.
    fn expanded(indent: &str) -> String {
        let mut out = String::new();
        for c in indent.chars() {
            if c == '\t' {
                let stop = 4 - out.len() % 4;
                out.push_str(&"    "[..stop]);
            } else {
                out.push(c);
            }
        }
        out
    }

    /// The items of a body: how deep, with what box, and the first line of what they say.
    fn items(text: &str) -> Vec<(u32, Option<char>, bool, &str)> {
        let body = full::read(text, 0);
        let line = |item: &Item| item.text.of(text).lines().next().unwrap_or("").trim_end();
        body.items.iter().map(|item| (item.depth, item.mark, item.quoted, line(item))).collect()
    }
}
