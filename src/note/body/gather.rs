//! What is found on the way through a body, put in its place.

use std::ops::Range;

use super::spans::{behind_bullet, heading_text, inline_at, is_url, percent_decoded, tag_at};
use super::{Body, Heading, Inline, Item, Link, Tag};
use crate::text::{Span, Text};

/// How a link is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// `[[target|alias]]`
    Wiki,
    /// `[text](target)`
    Markdown,
    /// `<https://…>`: never to a note.
    Out,
}

/// A body while it is read. Places are bytes of the body; what is kept has bytes of the note.
pub(super) struct Gather<'a> {
    text: &'a str,
    start: usize,
    body: Body,
    /// Items that are open, innermost last, and whether each has reached the end of its own text.
    open: Vec<(u32, bool)>,
    lists: u32,
    quotes: u32,
    struck: u32,
    /// Where the last item ended, and where without the blanks behind it: items that are nested in it may
    /// all end there.
    ended: (usize, usize),
    /// Positions of `%%` outside of code.
    comments: Vec<usize>,
}

impl<'a> Gather<'a> {
    pub(super) fn new(text: &'a str, start: usize) -> Self {
        Self {
            text,
            start,
            body: Body::default(),
            open: Vec::new(),
            lists: 0,
            quotes: 0,
            struck: 0,
            ended: (0, 0),
            comments: Vec::new(),
        }
    }

    pub(super) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    pub(super) fn is_quoted(&self) -> bool {
        self.quotes > 0
    }

    pub(super) fn heading(&mut self, level: u8, range: Range<usize>) {
        let text = heading_text(self.text, range).shifted(self.start);
        self.body.headings.push(Heading { level, text });
    }

    pub(super) fn enter_list(&mut self) {
        self.end_item_text();
        self.lists += 1;
    }

    pub(super) fn leave_list(&mut self) {
        self.lists = self.lists.saturating_sub(1);
    }

    pub(super) fn enter_quote(&mut self) {
        self.end_item_text();
        self.quotes += 1;
    }

    pub(super) fn leave_quote(&mut self) {
        self.quotes = self.quotes.saturating_sub(1);
    }

    pub(super) fn enter_struck(&mut self) {
        self.struck += 1;
    }

    pub(super) fn leave_struck(&mut self) {
        self.struck = self.struck.saturating_sub(1);
    }

    pub(super) fn enter_item(&mut self, range: Range<usize>) {
        let (at, mark) = behind_bullet(self.text, &range);
        // Blank lines behind an item are not its own.
        if self.ended.0 != range.end {
            let bare = self.text[range.clone()].trim_end_matches([' ', '\t', '\n', '\r']);
            self.ended = (range.end, range.start + bare.len());
        }
        let end = self.ended.1.max(range.start);
        let index = u32::try_from(self.body.items.len()).unwrap_or(u32::MAX);
        self.body.items.push(Item {
            span: Span::new(range.start, end).shifted(self.start),
            text: Span::new(at, at).shifted(self.start),
            mark,
            depth: self.lists,
            quoted: self.quotes > 0,
            parent: self.open.last().map(|(item, _)| *item),
        });
        self.open.push((index, false));
    }

    pub(super) fn leave_item(&mut self) {
        self.open.pop();
    }

    /// A paragraph begins: a second one of an item is no longer its line.
    pub(super) fn paragraph(&mut self) {
        let item = self.open.last().and_then(|(item, _)| self.body.items.get(*item as usize));
        if item.is_some_and(|item| item.text.end > item.text.start) {
            self.end_item_text();
        }
    }

    /// The innermost item's own text reaches at least to `end`.
    pub(super) fn text_until(&mut self, end: usize) {
        if let Some((item, false)) = self.open.last()
            && let Some(item) = self.body.items.get_mut(*item as usize)
        {
            let end = Span::new(0, end + self.start).end;
            item.text.end = item.text.end.max(end);
        }
    }

    pub(super) fn end_item_text(&mut self) {
        if let Some((_, done)) = self.open.last_mut() {
            *done = true;
        }
    }

    pub(super) fn link(&mut self, way: Way, url: &str, range: Range<usize>, embed: bool) {
        if way == Way::Out || (way == Way::Markdown && is_url(url)) {
            return;
        }
        let markdown = way == Way::Markdown;
        // A heading is parted from the path by a bare `#`; in a path it is written `%23`.
        let path = url.split('#').next().unwrap_or("");
        let target: Text = if markdown {
            percent_decoded(path).trim().into()
        } else {
            // In a table the bar before an alias is escaped.
            path.trim_end_matches('\\').trim().into()
        };
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
            item: self.open.last().map(|(item, _)| *item),
        });
    }

    /// Looks for tags, inline fields and comment marks in a stretch of text.
    pub(super) fn scan(&mut self, range: Range<usize>) {
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
    pub(super) fn finish(mut self) -> Body {
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
