//! Any body, through pulldown-cmark: the one door to it.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag as Md, TagEnd};

use super::Body;
use super::gather::{Gather, Way};

/// Reads a body that begins at byte `start` of its note.
pub fn read(text: &str, start: usize) -> Body {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_WIKILINKS;
    let mut walk = Walk { gather: Gather::new(text, start), code: false, links: 0 };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        walk.take(event, range);
    }
    walk.gather.finish()
}

struct Walk<'a> {
    gather: Gather<'a>,
    code: bool,
    /// Links that are open: what they show is no text of the line.
    links: u32,
}

impl<'a> Walk<'a> {
    fn take(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.enter(tag, range),
            Event::End(end) => self.leave(end, range),
            Event::Text(_) if !self.code => {
                self.gather.text_until(range.end);
                if self.links == 0 {
                    self.gather.scan(range);
                }
            }
            Event::Text(_) | Event::Html(_) => {}
            Event::SoftBreak | Event::HardBreak => {}
            _ => self.gather.text_until(range.end),
        }
    }

    fn enter(&mut self, tag: Md<'a>, range: Range<usize>) {
        match tag {
            Md::Heading { level, .. } => {
                self.gather.end_item_text();
                if !self.gather.is_quoted() {
                    self.gather.heading(level as u8, range);
                }
            }
            Md::List(_) => self.gather.enter_list(),
            Md::Item => self.gather.enter_item(from_its_line(self.gather.bytes(), range)),
            Md::BlockQuote(_) => self.gather.enter_quote(),
            Md::CodeBlock(_) => {
                self.gather.end_item_text();
                self.code = true;
            }
            Md::Strikethrough => {
                self.gather.text_until(range.end);
                self.gather.enter_struck();
            }
            Md::Link { link_type, dest_url, .. } => {
                self.gather.text_until(range.end);
                self.gather.link(way(link_type), &dest_url, range, false);
                self.links += 1;
            }
            Md::Image { link_type, dest_url, .. } => {
                self.gather.text_until(range.end);
                self.gather.link(way(link_type), &dest_url, range, true);
                self.links += 1;
            }
            Md::Paragraph => self.gather.paragraph(),
            Md::Table(_) | Md::HtmlBlock => self.gather.end_item_text(),
            _ => {}
        }
    }

    fn leave(&mut self, end: TagEnd, range: Range<usize>) {
        match end {
            TagEnd::List(_) => self.gather.leave_list(),
            TagEnd::Item => self.gather.leave_item(),
            TagEnd::BlockQuote(_) => self.gather.leave_quote(),
            TagEnd::CodeBlock => self.code = false,
            TagEnd::Emphasis | TagEnd::Strong => self.gather.text_until(range.end),
            TagEnd::Strikethrough => self.gather.leave_struck(),
            TagEnd::Link | TagEnd::Image => self.links = self.links.saturating_sub(1),
            _ => {}
        }
    }
}

/// The range of an item from within its line. Where the list around it takes but a part of a tab, the
/// parser counts the columns that are left of it as bytes, and begins before the tab: at the end of the
/// line above, or at the mark of a quotation.
fn from_its_line(text: &[u8], range: Range<usize>) -> Range<usize> {
    let before = |b: &u8| matches!(b, b'\n' | b'\r' | b'>' | b' ' | b'\t');
    let indent = text[range.clone()].iter().take_while(|b| before(b)).count();
    let blanks = text[range.start..range.start + indent].iter().rev();
    let blanks = blanks.take_while(|b| matches!(b, b' ' | b'\t')).count();
    range.start + indent - blanks..range.end
}

fn way(kind: LinkType) -> Way {
    match kind {
        LinkType::WikiLink { .. } => Way::Wiki,
        LinkType::Autolink | LinkType::Email => Way::Out,
        _ => Way::Markdown,
    }
}
