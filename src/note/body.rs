//! The body of a note as CommonMark sees it: headings, list items, links, tags, inline fields.
//!
//! The one door to pulldown-cmark. Everything found keeps its bytes in the note;
//! what a log entry, a promise or a mention is, others decide.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag as Md, TagEnd};

use crate::text::Span;

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
    pub target: String,
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

/// Reads the body of `note`, which begins at byte `start`.
pub fn read(note: &str, start: usize) -> Body {
    let text = note.get(start..).unwrap_or("");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_WIKILINKS;
    let mut walk = Walk { text, start, body: Body::default(), comments: Vec::new(), ..Walk::default() };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        walk.take(event, range);
    }
    walk.finish()
}

#[derive(Default)]
struct Walk<'a> {
    text: &'a str,
    start: usize,
    body: Body,
    /// Items that are open, innermost last.
    open: Vec<u32>,
    lists: u32,
    quotes: u32,
    struck: u32,
    code: bool,
    /// Positions of `%%` outside of code.
    comments: Vec<usize>,
    /// Whether the innermost open item has reached the end of its own text.
    text_done: Vec<bool>,
}

impl<'a> Walk<'a> {
    fn take(&mut self, event: Event<'a>, range: std::ops::Range<usize>) {
        match event {
            Event::Start(tag) => self.enter(tag, range),
            Event::End(end) => self.leave(end),
            Event::Text(_) if !self.code => {
                self.inline_until(range.end);
                self.scan(range);
            }
            Event::Text(_) | Event::Html(_) => {}
            Event::SoftBreak | Event::HardBreak => {}
            _ => self.inline_until(range.end),
        }
    }

    fn enter(&mut self, tag: Md<'a>, range: std::ops::Range<usize>) {
        match tag {
            Md::Heading { level, .. } if self.quotes == 0 => {
                let text = heading_text(self.text, range).shifted(self.start);
                self.body.headings.push(Heading { level: level as u8, text });
            }
            Md::List(_) => {
                self.end_item_text();
                self.lists += 1;
            }
            Md::Item => self.item(range),
            Md::BlockQuote(_) => {
                self.end_item_text();
                self.quotes += 1;
            }
            Md::CodeBlock(_) => {
                self.end_item_text();
                self.code = true;
            }
            Md::Strikethrough => {
                self.inline_until(range.end);
                self.struck += 1;
            }
            Md::Link { link_type, dest_url, .. } => {
                self.inline_until(range.end);
                self.link(link_type, &dest_url, range, false);
            }
            Md::Image { link_type, dest_url, .. } => {
                self.inline_until(range.end);
                self.link(link_type, &dest_url, range, true);
            }
            Md::Paragraph => {
                // A second paragraph of an item is no longer its line.
                if let Some(item) = self.open.last().and_then(|i| self.body.items.get(*i as usize))
                    && (item.text.end > item.text.start)
                {
                    self.end_item_text();
                }
            }
            Md::Table(_) | Md::HtmlBlock | Md::Heading { .. } => self.end_item_text(),
            _ => {}
        }
    }

    fn leave(&mut self, end: TagEnd) {
        match end {
            TagEnd::List(_) => self.lists = self.lists.saturating_sub(1),
            TagEnd::Item => {
                self.open.pop();
                self.text_done.pop();
            }
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::CodeBlock => self.code = false,
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            _ => {}
        }
    }

    fn item(&mut self, range: std::ops::Range<usize>) {
        let (at, mark) = behind_bullet(self.text, &range);
        let index = u32::try_from(self.body.items.len()).unwrap_or(u32::MAX);
        self.body.items.push(Item {
            span: Span::new(range.start, range.end).shifted(self.start),
            text: Span::new(at, at).shifted(self.start),
            mark,
            depth: self.lists,
            quoted: self.quotes > 0,
            parent: self.open.last().copied(),
        });
        self.open.push(index);
        self.text_done.push(false);
    }

    /// The innermost item's own text reaches at least to `end`.
    fn inline_until(&mut self, end: usize) {
        if self.text_done.last() == Some(&false)
            && let Some(item) = self.open.last().and_then(|i| self.body.items.get_mut(*i as usize))
        {
            let end = Span::new(0, end + self.start).end;
            item.text.end = item.text.end.max(end);
        }
    }

    fn end_item_text(&mut self) {
        if let Some(done) = self.text_done.last_mut() {
            *done = true;
        }
    }

    fn link(&mut self, kind: LinkType, url: &str, range: std::ops::Range<usize>, embed: bool) {
        let markdown = !matches!(kind, LinkType::WikiLink { .. });
        let target = if markdown {
            if matches!(kind, LinkType::Autolink | LinkType::Email) || is_url(url) {
                return;
            }
            percent_decoded(url)
        } else {
            // In a table the bar before an alias is escaped.
            url.trim_end_matches('\\').to_owned()
        };
        let target = target.split('#').next().unwrap_or("").trim().to_owned();
        if target.is_empty() {
            return;
        }
        self.body.links.push(Link {
            target,
            span: Span::new(range.start, range.end).shifted(self.start),
            markdown,
            embed,
            quoted: self.quotes > 0,
            struck: self.struck > 0,
            item: self.open.last().copied(),
        });
    }

    /// Looks for tags, inline fields and comment marks in a stretch of text.
    fn scan(&mut self, range: std::ops::Range<usize>) {
        let bytes = &self.text.as_bytes()[range.clone()];
        for at in memchr::memchr3_iter(b'#', b'%', b':', bytes) {
            let at = range.start + at;
            match self.text.as_bytes()[at] {
                b'#' => {
                    if let Some(span) = tag_at(self.text, at) {
                        let span = span.shifted(self.start);
                        self.body.tags.push(Tag { span, struck: self.struck > 0 });
                    }
                }
                b'%' if self.text[at..].starts_with("%%")
                    && self.comments.last() != Some(&at.wrapping_sub(1)) =>
                {
                    self.comments.push(at);
                }
                b':' if self.text[at..].starts_with("::") => {
                    if let Some(inline) = inline_at(self.text, at) {
                        self.body.inlines.push(Inline {
                            key: inline.key.shifted(self.start),
                            value: inline.value.shifted(self.start),
                        });
                    }
                }
                _ => {}
            }
        }
    }

    /// Takes out what stands between two `%%`; a single one comments nothing out.
    fn finish(mut self) -> Body {
        if self.comments.len() >= 2 {
            let ranges: Vec<(u32, u32)> = self
                .comments
                .chunks_exact(2)
                .map(|pair| {
                    let span = Span::new(pair[0], pair[1] + 2).shifted(self.start);
                    (span.start, span.end)
                })
                .collect();
            let hidden = |span: Span| {
                let next = ranges.partition_point(|(_, end)| *end <= span.start);
                ranges.get(next).is_some_and(|(start, _)| *start <= span.start)
            };
            self.body.links.retain(|link| !hidden(link.span));
            self.body.tags.retain(|tag| !hidden(tag.span));
            self.body.inlines.retain(|inline| !hidden(inline.key));
            self.body.headings.retain(|heading| !hidden(heading.text));
            // Items keep their numbers: a hidden one only loses its box and its text.
            for item in &mut self.body.items {
                if hidden(item.span) || hidden(item.text) {
                    item.mark = None;
                    item.text.end = item.text.start;
                    item.quoted = true;
                }
            }
        }
        self.body
    }
}

/// The text of the heading in `range`, without `#`, blanks and line end.
fn heading_text(text: &str, range: std::ops::Range<usize>) -> Span {
    let raw = &text[range.clone()];
    let line = raw.lines().next().unwrap_or("");
    let hashes = line.len() - line.trim_start_matches('#').len();
    let inside = if hashes > 0 { line.trim_end().trim_end_matches('#') } else { line };
    let from = hashes.min(inside.len());
    let start = from + (inside[from..].len() - inside[from..].trim_start().len());
    let end = inside.trim_end().len().max(start);
    Span::new(range.start + start, range.start + end)
}

/// Where the text of an item begins behind its bullet and box, and the box's character.
fn behind_bullet(text: &str, range: &std::ops::Range<usize>) -> (usize, Option<char>) {
    let raw = &text[range.clone()];
    let line = raw.lines().next().unwrap_or("");
    let bullet = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let mut at = line.len() - bullet.len();
    at += bullet.chars().next().map_or(0, char::len_utf8);
    at += line[at..].len() - line[at..].trim_start_matches([' ', '\t']).len();
    let mut chars = line[at..].chars();
    let mark = match (chars.next(), chars.next(), chars.next(), chars.next()) {
        (Some('['), Some(mark), Some(']'), None | Some(' ' | '\t')) if mark != ']' && mark != '[' => {
            Some(mark)
        }
        _ => None,
    };
    if let Some(mark) = mark {
        at += 2 + mark.len_utf8();
        at += line[at..].len() - line[at..].trim_start_matches([' ', '\t']).len();
    }
    (range.start + at, mark)
}

/// The tag that begins with the `#` at `at`, by Obsidian's rules.
///
/// Japanese is written without blanks, so a tag may follow a Japanese letter directly.
fn tag_at(text: &str, at: usize) -> Option<Span> {
    let before = text[..at].chars().next_back();
    if before
        .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '#' | '/' | '&' | '_' | '-' | '[' | '('))
    {
        return None;
    }
    let rest = &text[at + 1..];
    let len = rest.find(|c: char| !is_tag_char(c)).unwrap_or(rest.len());
    let name = &rest[..len];
    (name.chars().any(|c| !c.is_ascii_digit() && c != '/')).then(|| Span::new(at, at + 1 + len))
}

fn is_tag_char(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '_' | '-' | '/' | 'ー')
        || (!c.is_ascii() && !c.is_whitespace() && !is_cjk_punctuation(c))
}

fn is_cjk_punctuation(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '・' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

/// The inline field whose `::` stands at `at`.
fn inline_at(text: &str, at: usize) -> Option<Inline> {
    // A field is short: looking no further keeps a line of megabytes linear.
    let floor = (at.saturating_sub(200)..=at).find(|n| text.is_char_boundary(*n)).unwrap_or(at);
    let ceiling = (at..=(at + 400).min(text.len())).rev().find(|n| text.is_char_boundary(*n)).unwrap_or(at);
    let line_start = text[floor..at].rfind(['\n', '\r']).map_or(floor, |n| floor + n + 1);
    let line_end = text[at..ceiling].find(['\n', '\r']).map_or(ceiling, |n| at + n);
    let before = &text[line_start..at];
    let (key_from, closing) = match before.rfind(['[', '(', ']', ')']) {
        Some(n) if before.as_bytes()[n] == b'[' => (line_start + n + 1, Some(']')),
        Some(n) if before.as_bytes()[n] == b'(' => (line_start + n + 1, Some(')')),
        _ => (line_start, None),
    };
    let value_end = match closing {
        // The value may itself be a link to a day.
        Some(close) => {
            let value = &text[at + 2..line_end];
            let link =
                if value.trim_start().starts_with("[[") { value.find("]]").map_or(0, |n| n + 2) } else { 0 };
            at + 2 + link + value[link..].find(close)?
        }
        None => line_end,
    };
    let key =
        trimmed(text, key_from, at, |c| c.is_whitespace() || matches!(c, '*' | '_' | '-' | '+' | '>' | '#'));
    let value = trimmed(text, at + 2, value_end, char::is_whitespace);
    let words = &text[key.range()];
    (!words.is_empty() && words.chars().count() <= 40 && !words.contains("::"))
        .then_some(Inline { key, value })
}

fn trimmed(text: &str, start: usize, end: usize, blank: impl Fn(char) -> bool) -> Span {
    let raw = text.get(start..end).unwrap_or("");
    let head = raw.len() - raw.trim_start_matches(&blank).len();
    let body = raw.trim_matches(&blank);
    Span::new(start + head, start + head + body.len())
}

/// Whether a link's destination leads out of the vault (`https:`, `mailto:` …).
fn is_url(url: &str) -> bool {
    match url.split_once(':') {
        Some((scheme, _)) => {
            scheme.len() > 1
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        }
        None => url.starts_with("//"),
    }
}

/// A destination with `%20` and the like as the bytes they stand for; as it is where that is no UTF-8.
pub fn percent_decoded(url: &str) -> String {
    if !url.contains('%') {
        return url.to_owned();
    }
    let bytes = url.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |n: usize| bytes.get(n).and_then(|b| (*b as char).to_digit(16));
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

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
        check("- [-] a\n- [>] b\n- [/] c\n- [] d\n", "1[-] \"a\"\n1[>] \"b\"\n1[/] \"c\"\n1 \"[] d\"");
        check("- a\r\n- b\r\n", "1 \"a\"\n1 \"b\"");
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
    }

    #[test]
    fn tags_and_fields() {
        check("近況。#gave text #要返信 C#gave #123 a#b\n", "#gave\n#要返信");
        check("~~#followup~~ #followup\n", "#followup struck\n#followup");
        check("last contact:: 2026-09-14\n", "last contact = 2026-09-14");
        check("- **Tier**:: close\n", "1 \"**Tier**:: close\"\nTier = close");
        check("x [tier:: close] (due:: 2026-01-02) y\n", "tier = close\ndue = 2026-01-02");
        check("`a:: b`\n", "");
    }
}
