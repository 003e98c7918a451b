//! A front-matter value as it was written, with its place in the note.
//!
//! Scalars stay text: `no` is no boolean and `09012345678` no number here.

use std::borrow::Cow;

use crate::text::{Span, trimmed};

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `|` or `>`
    Block,
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node<'a> {
    /// Its bytes in the note, quotes included; for lists and maps where they begin.
    pub span: Span,
    /// What it is.
    pub data: Data<'a>,
    /// Whether an anchor, an alias or a tag belongs to it: such a value is never rewritten.
    pub decorated: bool,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data<'a> {
    /// Text as written, without quotes.
    Scalar(Cow<'a, str>, Style),
    /// A list.
    List(Vec<Node<'a>>),
    /// A map in the order written.
    Map(Vec<Pair<'a>>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The key as written, without quotes.
    pub key: Cow<'a, str>,
    /// Its bytes.
    pub key_span: Span,
    /// Its value.
    pub value: Node<'a>,
}

impl<'a> Node<'a> {
    /// A scalar at a place.
    pub fn scalar(text: impl Into<Cow<'a, str>>, style: Style, span: Span) -> Self {
        Self { span, data: Data::Scalar(text.into(), style), decorated: false }
    }

    /// The text of a scalar; none for lists, maps and what stands for "nothing".
    ///
    /// An unquoted `[[田中]]`, which YAML takes for a list in a list, is the link it was meant as.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match &self.data {
            Data::Scalar(text, style) => {
                let trimmed = trimmed(text);
                let nothing = trimmed.is_empty() || (*style == Style::Plain && is_null(trimmed));
                (!nothing).then_some(Cow::Borrowed(trimmed))
            }
            Data::List(outer) => match outer.as_slice() {
                [Node { data: Data::List(inner), .. }] => match inner.as_slice() {
                    [Node { data: Data::Scalar(text, _), .. }] => Some(Cow::Owned(format!("[[{text}]]"))),
                    _ => None,
                },
                _ => None,
            },
            Data::Map(_) => None,
        }
    }

    /// The members of a list, or the value itself as a list of one; nothing for "nothing".
    pub fn members(&self) -> &[Node<'a>] {
        match &self.data {
            Data::List(_) if self.text().is_some() => std::slice::from_ref(self),
            Data::List(members) => members,
            Data::Map(_) => std::slice::from_ref(self),
            Data::Scalar(..) if self.text().is_some() => std::slice::from_ref(self),
            Data::Scalar(..) => &[],
        }
    }

    /// What it says, without places and quotes.
    pub fn outline(&self) -> String {
        match &self.data {
            Data::Scalar(text, _) => format!("{text:?}"),
            Data::List(members) => {
                format!("[{}]", members.iter().map(Self::outline).collect::<Vec<_>>().join(", "))
            }
            Data::Map(pairs) => {
                let pairs = pairs.iter().map(|pair| format!("{:?}: {}", pair.key, pair.value.outline()));
                format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// The pairs of a map; nothing for anything else.
    pub fn pairs(&self) -> &[Pair<'a>] {
        match &self.data {
            Data::Map(pairs) => pairs,
            _ => &[],
        }
    }

    /// Whether nothing was written: empty, `null`, `~`, an empty list or map.
    pub fn is_nothing(&self) -> bool {
        match &self.data {
            Data::Scalar(..) => self.text().is_none(),
            Data::List(members) => members.is_empty(),
            Data::Map(pairs) => pairs.is_empty(),
        }
    }
}

fn is_null(text: &str) -> bool {
    matches!(text, "~" | "null" | "Null" | "NULL")
}
