//! gray_matter's engine: YAML with limits, scalars as the text that was written.

use std::collections::HashMap;

use gray_matter::Pod;
use gray_matter::engine::Engine;
use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks};

use super::{BYTES_PER_NODE, MAX_DEPTH, MAX_NODES};

/// The shapes of values on their way through gray_matter.
pub(super) mod shape {
    pub const PLAIN: i64 = 0;
    pub const SINGLE: i64 = 1;
    pub const DOUBLE: i64 = 2;
    pub const BLOCK: i64 = 3;
    pub const LIST: i64 = 4;
    pub const MAP: i64 = 5;
    pub const BROKEN: i64 = 6;
    pub const TOO_COMPLEX: i64 = 7;
    /// Added where an anchor, an alias or a tag belongs to the value.
    pub const DECORATED: i64 = 16;
}

/// gray_matter's engine: YAML with limits, scalars as the text that was written.
pub(super) struct Limited;

impl Engine for Limited {
    fn parse(content: &str) -> gray_matter::Result<Pod> {
        let mut builder = Builder { open: Vec::new(), anchors: HashMap::new(), nodes: 0, root: None };
        for event in Parser::new_from_str(content) {
            match event {
                Ok((event, marks)) => {
                    if let Err(refusal) = builder.take(event, marks) {
                        return Ok(refusal);
                    }
                }
                Err(error) => {
                    let at = error.marker();
                    let place = (at.line(), at.col());
                    let words = error.info().to_owned();
                    return Ok(pod(shape::BROKEN, place, place, Pod::String(words)));
                }
            }
        }
        Ok(builder.root.unwrap_or(Pod::Null))
    }
}

fn pod(shape: i64, start: (usize, usize), end: (usize, usize), content: Pod) -> Pod {
    let int = |n: usize| Pod::Integer(i64::try_from(n).unwrap_or(i64::MAX));
    Pod::Array(vec![Pod::Integer(shape), int(start.0), int(start.1), int(end.0), int(end.1), content])
}

/// A list or map whose end has not come yet.
struct Open {
    decorated: i64,
    start: (usize, usize),
    anchor: usize,
    nodes_before: usize,
    members: Vec<Pod>,
}

/// Builds values from the parser's events.
struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, (Pod, usize)>,
    nodes: usize,
    root: Option<Pod>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, marks: Marks) -> Result<(), Pod> {
        let start = (marks.start.line(), marks.start.col());
        let end = (marks.end.line(), marks.end.col());
        let refuse = || pod(shape::TOO_COMPLEX, start, start, Pod::Null);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let size = 1 + text.len() / BYTES_PER_NODE;
                self.nodes += size;
                let style = match style {
                    ScalarStyle::Plain => shape::PLAIN,
                    ScalarStyle::SingleQuoted => shape::SINGLE,
                    ScalarStyle::DoubleQuoted => shape::DOUBLE,
                    ScalarStyle::Literal | ScalarStyle::Folded => shape::BLOCK,
                };
                let decorated = if anchor > 0 || tag.is_some() { shape::DECORATED } else { 0 };
                let value = pod(style + decorated, start, end, Pod::String(text.into_owned()));
                if anchor > 0 {
                    self.anchors.insert(anchor, (value.clone(), size));
                }
                self.place(value);
            }
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag)
                if self.open.len() < MAX_DEPTH =>
            {
                let decorated = if anchor > 0 || tag.is_some() { shape::DECORATED } else { 0 };
                let nodes_before = self.nodes;
                self.nodes += 1;
                self.open.push(Open { decorated, start, anchor, nodes_before, members: Vec::new() });
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => return Err(refuse()),
            Event::SequenceEnd => self.close(shape::LIST, end),
            Event::MappingEnd => self.close(shape::MAP, end),
            Event::Alias(anchor) => {
                // An alias to a value that is still open would be a circle.
                let Some((value, size)) = self.anchors.get(&anchor).cloned() else { return Err(refuse()) };
                self.nodes += size;
                self.place(decorate(value, start, end));
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                let words = Pod::String("a second document begins here".into());
                return Err(pod(shape::BROKEN, start, start, words));
            }
            _ => {}
        }
        if self.nodes > MAX_NODES { Err(refuse()) } else { Ok(()) }
    }

    fn close(&mut self, shape: i64, end: (usize, usize)) {
        let Some(open) = self.open.pop() else { return };
        let value = pod(shape + open.decorated, open.start, end, Pod::Array(open.members));
        if open.anchor > 0 {
            self.anchors.insert(open.anchor, (value.clone(), self.nodes - open.nodes_before));
        }
        self.place(value);
    }

    fn place(&mut self, value: Pod) {
        match self.open.last_mut() {
            Some(open) => open.members.push(value),
            None => self.root = Some(value),
        }
    }
}

/// An anchor's value where an alias stands: the place is the alias's own.
fn decorate(value: Pod, start: (usize, usize), end: (usize, usize)) -> Pod {
    match value {
        Pod::Array(mut parts) if parts.len() == 6 => {
            let shape = match parts.first() {
                Some(Pod::Integer(shape)) => *shape | shape::DECORATED,
                _ => shape::DECORATED,
            };
            let content = parts.pop().unwrap_or(Pod::Null);
            pod(shape, start, end, content)
        }
        other => other,
    }
}
