//! Organisations somebody belongs to: a name, a link, a period, a role, in one text or a map.

use super::find::{Desk, Matter, leading_link, shown};
use super::keys::{Field, normal};
use super::value::{Data, Node};
use crate::date::{self, Partial, Period};
use crate::problem::What;
use crate::text::{Span, Text, fold, without_md};

/// One post, held or left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The organisation's name.
    pub org: Text,
    /// The target of the link to its note, where it is one.
    pub link: Option<Text>,
    /// The role.
    pub role: Option<Text>,
    /// First day, as far as known.
    pub from: Option<Partial>,
    /// Last day, as far as known; none while it is held or where nothing is said.
    pub to: Option<Partial>,
    /// Whether it is over, though nobody says since when (`former_org`).
    pub past: bool,
}

impl Post {
    /// Whether more than a name is known of it: its note, since when, as what.
    pub fn says_more(&self) -> bool {
        self.link.is_some() || self.from.is_some() || self.to.is_some() || self.role.is_some()
    }
}

/// What stands around the name of an organisation and is left out in talk.
const LEGAL: [&str; 14] = [
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "一般社団法人",
    "特定非営利活動法人",
    "(株)",
    "(有)",
    " inc.",
    " inc",
    " ltd.",
    " ltd",
    " llc",
    " gmbh",
];

/// The name of an organisation as it is said, folded.
pub fn short_name(org: &str) -> String {
    let mut name = fold(org).into_owned();
    for word in LEGAL {
        name = name.replace(word, "");
    }
    name.trim().trim_end_matches(',').to_owned()
}

/// The posts under `org:` and `former_org:`, in the order written.
pub fn posts(matter: &Matter<'_>, desk: &Desk<'_>) -> Vec<Post> {
    let mut out = Vec::new();
    for (field, past) in [(Field::Org, false), (Field::FormerOrg, true)] {
        for pair in matter.all(field) {
            for node in pair.value.members() {
                match &node.data {
                    Data::Map(_) => out.extend(map(node, past, desk)),
                    _ => {
                        let text = node.text().unwrap_or_default();
                        out.extend(each(&text).filter_map(|text| told(text, past, node.span, desk)));
                    }
                }
            }
        }
    }
    // A role of its own belongs to the first post still held that has none.
    if let Some(role) = matter.text(Field::Role)
        && let Some(held) = out.iter_mut().find(|p| !p.past && p.to.is_none() && p.role.is_none())
    {
        held.role = Some(role);
    }
    out
}

/// The posts that one text names: several links with separators between them are several.
fn each(text: &str) -> impl Iterator<Item = &str> {
    let begins = text
        .match_indices("[[")
        .map(|(at, _)| at)
        .filter(|at| text[..*at].trim_end().ends_with([',', '、', ';', '；', '/', '／', '・', '&', '＆']));
    let mut from = 0;
    begins.chain([text.len()]).map(move |at| &text[std::mem::replace(&mut from, at)..at])
}

fn map(node: &Node<'_>, past: bool, desk: &Desk<'_>) -> Option<Post> {
    let mut found = None;
    let mut post = Post { org: "".into(), link: None, role: None, from: None, to: None, past };
    let mut period = None;
    for pair in node.pairs() {
        let Some(text) = pair.value.text() else { continue };
        match normal(&pair.key).as_ref() {
            "name" | "org" | "company" | "organization" | "会社" | "組織" | "名前" => {
                found = named(&text, past)
            }
            "role" | "title" | "position" | "役職" | "肩書" => post.role = Some(shown(&text)),
            "from" | "start" | "since" => post.from = partial(&text, pair.value.span, desk),
            "to" | "end" | "until" => post.to = partial(&text, pair.value.span, desk),
            "period" | "期間" => period = Period::parse(&text).or_else(|| Period::parse_backward(&text)),
            _ => {}
        }
    }
    let found = found?;
    let period = period.unwrap_or(Period { from: post.from, to: post.to });
    (post.from, post.to) = forward(period, node.span, desk);
    // Whoever wrote an end has seen one.
    post.past |= period.to.is_some() && post.to.is_none();
    Some(Post { org: found.org, link: found.link, ..post })
}

/// The ends of a period; of one that ends before it begins none, which is told.
pub fn forward(period: Period, span: Span, desk: &Desk<'_>) -> (Option<Partial>, Option<Partial>) {
    if period.is_forward() {
        return (period.from, period.to);
    }
    let shown = |end: Option<Partial>| end.map(|end| end.to_string()).unwrap_or_default();
    desk.report(span, What::BackwardPeriod(format!("{}..{}", shown(period.from), shown(period.to))));
    (None, None)
}

/// A post in one line; of a period that ends before it begins is told that it does.
pub fn told(text: &str, past: bool, span: Span, desk: &Desk<'_>) -> Option<Post> {
    let post = line(text, past)?;
    if post.from.is_some() || post.to.is_some() {
        return Some(post);
    }
    let link = leading_link(text);
    let rest = link.as_ref().map_or(text, |(_, rest)| rest);
    let Some(range) = date::find_backward_period(rest) else { return Some(post) };
    desk.report(span, What::BackwardPeriod(rest[range.clone()].to_owned()));
    // Whoever wrote an end has seen one.
    made(text, link, true, Some((range, Period { from: None, to: None })))
}

/// A day, month or year; what is open (`現在`, `present`) is none.
pub fn partial(text: &str, span: Span, desk: &Desk<'_>) -> Option<Partial> {
    let word = fold(text);
    if super::find::is_not_yet(text)
        || matches!(word.as_ref(), "present" | "now" | "current" | "現在" | "今" | "在職中")
    {
        return None;
    }
    match Partial::parse(text, desk.dialect.day_first) {
        Ok(found) => Some(found),
        Err(error) => {
            desk.report_date(span, text, error);
            None
        }
    }
}

/// A text without separators at its ends, and without parentheses around the whole of it.
fn bare(text: &str) -> &str {
    let text = text.trim().trim_matches([',', '、', ':', '：']).trim();
    let inside =
        |open, close| text.strip_prefix(open)?.strip_suffix(close).filter(|t| !t.contains([open, close]));
    inside('(', ')').or_else(|| inside('（', '）')).unwrap_or(text)
}

/// What the organisation is called that a text names: of a link its note's name, whatever the link shows,
/// so that all who belong to it are known to.
pub fn called(text: &str) -> Text {
    by_link(text, leading_link(text).as_ref())
}

/// What the organisation of a text is called that is a link, or begins with one.
fn by_link(text: &str, link: Option<&(String, &str)>) -> Text {
    let whole = link.filter(|(_, rest)| rest.trim().is_empty());
    whole.and_then(|(target, _)| of_note(target)).unwrap_or_else(|| shown(text))
}

/// The name of the note that a link leads to; none of an address.
fn of_note(target: &str) -> Option<Text> {
    let name = || shown(without_md(target.rsplit('/').next().unwrap_or_default()));
    (!target.contains("://")).then(name).filter(|name| !name.is_empty())
}

/// A post of which only the organisation is told: a name or a link.
fn named(text: &str, past: bool) -> Option<Post> {
    let link = leading_link(text);
    let org = by_link(text, link.as_ref());
    let link = link.map(|(target, _)| target.into());
    (!org.is_empty()).then_some(Post { org, link, role: None, from: None, to: None, past })
}

/// A post in one line: `[[株式会社ミナト]] 2019-04..2024-03 開発部長`.
pub fn line(text: &str, past: bool) -> Option<Post> {
    let link = leading_link(text);
    let rest = link.as_ref().map_or(text, |(_, rest)| rest);
    // A period has a number or a sign in it; most names have neither.
    let may_have_period = rest.contains(|c: char| c.is_numeric() || matches!(c, '元' | '.' | '〜' | '～'));
    let period = may_have_period.then(|| date::find_period(rest)).flatten();
    made(text, link, past, period)
}

/// A post in one line that begins with this link, where it begins with one, and whose period stands there
/// behind it.
fn made(
    text: &str,
    link: Option<(String, &str)>,
    past: bool,
    period: Option<(std::ops::Range<usize>, Period)>,
) -> Option<Post> {
    let (link, rest) = match link {
        Some((target, rest)) => (Some(target), rest),
        None => (None, text),
    };
    let (before, period, after) = match period {
        Some((range, period)) => (&rest[..range.start], Some(period), &rest[range.end..]),
        None => (rest, None, ""),
    };
    let (before, after) = (bare(before), bare(after));
    let (org, role) = match &link {
        // Behind a link whatever is no period is the role.
        Some(target) => {
            let org = of_note(target).unwrap_or_else(|| shown(&text[..text.len() - rest.len()]));
            (org, shown(&format!("{before} {after}")))
        }
        None => (shown(before), shown(after)),
    };
    if org.is_empty() {
        return None;
    }
    let (from, to) = period.map_or((None, None), |p| (p.from, p.to));
    Some(Post { org, link: link.map(Into::into), role: (!role.is_empty()).then_some(role), from, to, past })
}
