//! Entries of the log in a merge: what was told on both sides is told once, and the order of the
//! log holds for those that came in at the same place.

use std::cmp::Ordering;

use super::token::{Entry, Token};
use crate::date;
use crate::note::dialect::Dialect;

/// The order of a log, and how its entries stand.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Order {
    oldest_first: bool,
    /// A blank line stands between entries.
    apart: bool,
}

impl Order {
    /// The order that versions of a log have: as the first tells it in which one can see it.
    pub(super) fn of(base: &[Token<'_>], ours: &[Token<'_>], theirs: &[Token<'_>]) -> Self {
        let steps = |tokens: &[Token<'_>]| {
            let days: Vec<_> = tokens.iter().filter_map(Token::entry).map(|entry| entry.day).collect();
            let count = |order| days.windows(2).filter(|pair| pair[0].cmp(&pair[1]) == order).count();
            (count(Ordering::Less), count(Ordering::Greater))
        };
        let told = match steps(base) {
            (0, 0) => {
                let (ours, theirs) = (steps(ours), steps(theirs));
                (ours.0 + theirs.0, ours.1 + theirs.1)
            }
            told => told,
        };
        let mut entries = [base, ours, theirs].into_iter().flatten().filter_map(Token::entry);
        Self { oldest_first: told.0 > told.1, apart: entries.any(|entry| entry.apart) }
    }

    /// Brings entries together that came in at one place; each of the two rows keeps its order.
    /// Of one day the order is that of their words, so that it is the same on both sides.
    pub(super) fn woven(&self, one: Vec<Told>, other: Vec<Told>) -> Vec<Told> {
        // Who stands last has what stands last behind it.
        let last_apart = one.last().is_none_or(|told| told.entry.apart)
            && other.last().is_none_or(|told| told.entry.apart);
        let mut out: Vec<Told> = Vec::with_capacity(one.len() + other.len());
        let (mut one, mut other) = (one.into_iter().peekable(), other.into_iter().peekable());
        while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
            let by_day =
                if self.oldest_first { a.entry.day.cmp(&b.entry.day) } else { b.entry.day.cmp(&a.entry.day) };
            let first = by_day.then_with(|| a.raw.cmp(&b.raw)) != Ordering::Greater;
            out.extend(if first { one.next() } else { other.next() });
        }
        out.extend(one.chain(other));
        if let Some(last) = out.len().checked_sub(1) {
            out.iter_mut().for_each(|told| told.entry.apart |= self.apart);
            out[last].entry.apart = last_apart;
        }
        out
    }
}

/// An entry as it is to stand in the log.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub entry: Entry,
    pub raw: String,
    pub name: String,
}

/// One tick that was recorded on both sides in other words: the entry that counts for more, with
/// what only the other says below it.
pub(super) fn both_told(one: (&Entry, &str), other: (&Entry, &str), dialect: &Dialect) -> String {
    // What happened counts for more than that it did not; then what happened last, as for the day
    // in the front matter.
    let rank = |(entry, raw): (&Entry, &str)| (!entry.is_skip, entry.day, raw.to_owned());
    let (first, second) = if rank(one) >= rank(other) { (one, other) } else { (other, one) };
    let (head, below) = split(first.1);
    let (other_head, other_below) = split(second.1);
    let indent = &head[..head.len() - head.trim_start_matches([' ', '\t']).len()];
    let bullet = head.split_whitespace().next().unwrap_or("-");
    let deeper = format!("{indent}{}", " ".repeat(bullet.len() + 1));
    let mut out = first.1.to_owned();
    let words = said(other_head, second.0, first.0, dialect);
    if !words.is_empty() && !head.contains(&words) {
        out.push_str(&format!("{deeper}- {words}\n"));
    }
    let there: Vec<&str> = below.lines().map(str::trim).collect();
    for line in other_below.split_inclusive('\n').filter(|line| !there.contains(&line.trim())) {
        out.push_str(line);
    }
    out
}

fn split(raw: &str) -> (&str, &str) {
    raw.split_at(super::token::line_end(raw, 0))
}

/// What an entry's line says besides its id; its day only where that is not the other's.
fn said(head: &str, entry: &Entry, other: &Entry, dialect: &Dialect) -> String {
    let words = head.trim().trim_start_matches(|c: char| c.is_ascii_digit());
    let words = words.trim_start_matches(['-', '*', '+', '.', ')']).trim_start();
    let words = ["[x] ", "[X] "].iter().find_map(|mark| words.strip_prefix(mark)).unwrap_or(words);
    let words = match date::prefix(words, dialect.day_first) {
        Ok((_, len)) if entry.day == other.day => words.get(len..).unwrap_or(words),
        _ => words,
    };
    let words = match &entry.id {
        Some(id) => words.replace(&format!("^{id}"), ""),
        None => words.to_owned(),
    };
    let words = words.trim();
    // That it was passed over says nothing where it was not.
    let words = if entry.is_skip { words.replacen("(skip)", "", 1) } else { words.to_owned() };
    let words = words.trim();
    if date::parse(words, dialect.day_first).is_ok() { String::new() } else { words.to_owned() }
}
