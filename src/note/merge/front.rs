//! Front matter in a merge: key by key, with the comments and blanks between them as lines.

use std::collections::BTreeMap;

use super::Sides;
use super::token::{Key, Kind, Token, plain_line};
use super::weave::Weaver;
use crate::note::dialect::Dialect;
use crate::note::fields;
use crate::note::front::{Front, Notation};
use crate::note::keys;
use crate::note::value::Pair;
use crate::text::Span;

/// The head of a note.
#[derive(Debug)]
pub(super) struct Head<'t> {
    /// The lines that open and close it, where there is one.
    fences: Option<(&'t str, &'t str)>,
    tokens: Vec<Token<'t>>,
    /// Where the body begins.
    pub body: usize,
}

impl Head<'_> {
    /// All its lines.
    fn whole(&self) -> String {
        let Some((open, close)) = self.fences else { return String::new() };
        let lines: String = self.tokens.iter().map(|token| token.raw).collect();
        format!("{open}{lines}{close}")
    }
}

/// The heads of three versions; none where one of them cannot be told by its keys.
pub(super) fn heads<'t>(sides: Sides<&'t str>, dialect: &Dialect) -> Option<Sides<Head<'t>>> {
    let read = Sides { base: parts(sides.base)?, ours: parts(sides.ours)?, theirs: parts(sides.theirs)? };
    // A key is found again by what it means, however it is spelled; but a note may have several of
    // one meaning.
    let mut by_meaning = true;
    for (_, pairs) in [&read.base, &read.ours, &read.theirs].into_iter().flatten() {
        let mut count: BTreeMap<_, usize> = BTreeMap::new();
        for field in pairs.iter().filter_map(|pair| dialect.keys.field(&pair.key)) {
            *count.entry(field).or_insert(0) += 1;
        }
        by_meaning &= count.values().all(|count| *count == 1);
    }
    let name = |pair: &Pair<'_>| match dialect.keys.field(&pair.key) {
        Some(field) if by_meaning => format!("f {field:?}"),
        _ => format!("k {}", keys::normal(&pair.key)),
    };
    let Sides { base, ours, theirs } = read;
    let head = |text: &'t str, parts: Option<(Span, Vec<Pair<'t>>)>| head(text, parts, dialect, name);
    Some(Sides {
        base: head(sides.base, base)?,
        ours: head(sides.ours, ours)?,
        theirs: head(sides.theirs, theirs)?,
    })
}

/// What stands between the fences, and its pairs; none within where there are no fences.
#[allow(clippy::option_option, reason = "that it cannot be read is not that it is not there")]
fn parts(text: &str) -> Option<Option<(Span, Vec<Pair<'_>>)>> {
    match Front::find(text) {
        Front::Absent { .. } => Some(None),
        Front::Unclosed { .. } | Front::Present { notation: Notation::Toml, .. } => None,
        Front::Present { notation, inner, .. } => {
            fields::read(text, notation, inner).ok().map(|pairs| Some((inner, pairs)))
        }
    }
}

fn head<'t>(
    text: &'t str,
    parts: Option<(Span, Vec<Pair<'t>>)>,
    dialect: &Dialect,
    name: impl Fn(&Pair<'_>) -> String,
) -> Option<Head<'t>> {
    let body = Front::find(text).body();
    let Some((inner, pairs)) = parts else { return Some(Head { fences: None, tokens: Vec::new(), body }) };
    let (from, to) = (inner.start as usize, inner.end as usize);
    let starts_line = |at: usize| at == from || text.as_bytes().get(at.wrapping_sub(1)) == Some(&b'\n');
    let starts: Vec<usize> = pairs.iter().map(|pair| pair.key_span.start as usize).collect();
    let in_order = starts.windows(2).all(|pair| pair[0] < pair[1]);
    if !in_order || !starts.iter().all(|at| starts_line(*at)) {
        return None;
    }
    let mut tokens = Vec::new();
    let lines = |from: usize, to: usize| text[from..to].split_inclusive('\n').map(plain_line);
    tokens.extend(lines(from, starts.first().copied().unwrap_or(to)));
    let mut names: Vec<String> = Vec::new();
    for (at, pair) in pairs.into_iter().enumerate() {
        let start = starts[at];
        let next = starts.get(at + 1).copied().unwrap_or(to);
        let end = start + own_lines(&text[start..next]);
        let name = name(&pair);
        let key = Key { field: dialect.keys.field(&pair.key), pair, note: text, start };
        names.push(name.clone());
        tokens.push(Token { kind: Kind::Key(Box::new(key)), name, raw: &text[start..end] });
        tokens.extend(lines(end, next));
    }
    names.sort_unstable();
    let twice = names.windows(2).any(|pair| pair[0] == pair[1]);
    (!twice).then(|| Head { fences: Some((&text[..from], &text[to..body])), tokens, body })
}

/// How many bytes of a key's lines are its own: comments and blanks at the end belong to nothing.
fn own_lines(text: &str) -> usize {
    let mut end = text.len();
    for line in text.split_inclusive('\n').rev() {
        let is_first = end == line.len();
        if is_first || !(line.trim().is_empty() || line.starts_with('#')) {
            break;
        }
        end -= line.len();
    }
    end
}

/// Puts heads together.
pub(super) fn weave<'t>(heads: &Sides<Head<'t>>, weaver: &mut Weaver<'_>) {
    let fences = heads.as_ref().map(|head| head.fences);
    // Taken away as a whole on one side: what the other did to it has no place of its own.
    if fences.base.is_some() && fences.ours.is_some() != fences.theirs.is_some() {
        let whole = heads.as_ref().map(Head::whole);
        match whole.clone().decided() {
            Some(text) => weaver.done(text),
            None => weaver.open(whole),
        }
        return;
    }
    let before = weaver.len();
    let tokens = heads.as_ref().map(|head| head.tokens.clone());
    weaver.weave(&tokens);
    let is_there = fences.ours.is_some() || fences.theirs.is_some();
    let chosen = fences.decided().flatten();
    let known = || [fences.ours, fences.theirs, fences.base].into_iter().flatten().next();
    if let Some((open, close)) = chosen.or_else(known).filter(|_| is_there) {
        weaver.put_before(before, open.to_owned());
        weaver.done(close);
    }
}
