//! TOML front matter as the pairs that YAML would give.

use std::borrow::Cow;

use toml::de::{DeTable, DeValue};

use super::MAX_DEPTH;
use crate::note::value::{Data, Node, Pair, Style};
use crate::problem::What;
use crate::text::Span;

/// Front matter in TOML, as the same tree.
pub(super) fn read<'a>(source: &'a str, offset: usize) -> Result<Vec<Pair<'a>>, (Span, What)> {
    let table = DeTable::parse(source).map_err(|error| {
        let at = error.span().unwrap_or(0..0);
        (Span::new(offset + at.start, offset + at.end), What::Yaml(error.message().to_owned()))
    })?;
    pairs(table.get_ref(), source, offset, 0)
}

fn pairs<'a>(
    table: &DeTable<'_>,
    source: &'a str,
    offset: usize,
    depth: usize,
) -> Result<Vec<Pair<'a>>, (Span, What)> {
    let mut out = Vec::new();
    for (key, value) in table {
        let at = key.span();
        let key_span = Span::new(offset + at.start, offset + at.end);
        let key = Cow::Owned(key.get_ref().to_string());
        out.push(Pair { key, key_span, value: node(value, source, offset, depth + 1)? });
    }
    out.sort_by_key(|pair| pair.key_span);
    Ok(out)
}

fn node<'a>(
    value: &toml::Spanned<DeValue<'_>>,
    source: &'a str,
    offset: usize,
    depth: usize,
) -> Result<Node<'a>, (Span, What)> {
    let at = value.span();
    let span = Span::new(offset + at.start, offset + at.end);
    if depth > MAX_DEPTH {
        return Err((span, What::TooComplex));
    }
    let data = match value.get_ref() {
        DeValue::String(text) => Data::Scalar(Cow::Owned(text.to_string()), Style::Double),
        DeValue::Array(members) => {
            Data::List(members.iter().map(|m| node(m, source, offset, depth + 1)).collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => Data::Map(pairs(table, source, offset, depth + 1)?),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            Data::Scalar(Cow::Borrowed(source.get(at).unwrap_or("")), Style::Plain)
        }
    };
    Ok(Node { span, data, decorated: false })
}
