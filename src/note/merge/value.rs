//! The value under a key in a merge: of two days of a last contact the newer one, of two lists what
//! either side put in and neither took out.

use chrono::NaiveDate;

use super::align::{self, Step};
use super::token::{self, Key};
use super::{Outcome, Sides, merge_lines};
use crate::date;
use crate::note::dialect::Dialect;
use crate::note::keys::Field;
use crate::note::value::{Data, Node, Style};

/// A key with its lines.
type Lines<'k, 't> = (&'k Key<'t>, &'t str);

/// What the lines of a key come to that both sides changed; none where nobody can tell.
pub(super) fn merged<'t>(
    base: Option<Lines<'_, 't>>,
    ours: Lines<'_, 't>,
    theirs: Lines<'_, 't>,
    dialect: &Dialect,
) -> Option<String> {
    // Two machines made the note, and one has no more than its template: an empty value says nothing.
    match (base, is_blank(ours.1), is_blank(theirs.1)) {
        (None, true, false) => return Some(theirs.1.to_owned()),
        (None, false, true) => return Some(ours.1.to_owned()),
        _ => {}
    }
    match ours.0.field {
        // Both wishes for silence hold until the later day. Of two days for the next contact
        // only people know which was agreed: that stays open.
        Some(Field::LastContact | Field::Snooze) => later(ours, theirs, dialect).map(str::to_owned),
        _ => list(base, ours, theirs).or_else(|| {
            let raw = Sides { base: base.map_or("", |(_, raw)| raw), ours: ours.1, theirs: theirs.1 };
            // Of a value in several lines each may have changed another.
            let has_several =
                base.is_some() && [raw.base, raw.ours, raw.theirs].iter().all(|raw| raw.lines().count() > 2);
            match merge_lines(raw).filter(|_| has_several) {
                Some(Outcome::Merged(text)) => Some(text),
                _ => None,
            }
        }),
    }
}

/// Whether a key stands in its line without a value or remark.
fn is_blank(raw: &str) -> bool {
    raw.lines().count() == 1 && raw.split_once(':').is_some_and(|(_, value)| value.trim().is_empty())
}

/// The lines that tell the later day. Of one day: those that say more.
fn later<'t>(ours: Lines<'_, 't>, theirs: Lines<'_, 't>, dialect: &Dialect) -> Option<&'t str> {
    // What goes on in further lines says more than a day.
    if ours.1.lines().count() > 1 || theirs.1.lines().count() > 1 {
        return None;
    }
    let (mine, other) = (day(ours.0, dialect)?, day(theirs.0, dialect)?);
    if mine != other {
        return Some(if mine > other { ours.1 } else { theirs.1 });
    }
    let says_more = |(key, raw): &Lines<'_, '_>| {
        let end = key.pair.value.span.end as usize - key.start;
        raw.get(end..).is_some_and(|behind| behind.contains('#'))
    };
    match (says_more(&ours), says_more(&theirs)) {
        (true, true) => None,
        (true, false) => Some(ours.1),
        (false, true) => Some(theirs.1),
        (false, false) => Some(ours.1.max(theirs.1)),
    }
}

/// The day that a value says, whatever is told with it.
fn day(key: &Key<'_>, dialect: &Dialect) -> Option<NaiveDate> {
    date::prefix(&key.pair.value.text()?, dialect.day_first).ok().map(|(day, _)| day)
}

/// A list, where all versions are lists of plain members.
fn list<'t>(base: Option<Lines<'_, 't>>, ours: Lines<'_, 't>, theirs: Lines<'_, 't>) -> Option<String> {
    // A cadence of two numbers is one value.
    if matches!(ours.0.field, Some(Field::Cadence | Field::Location | Field::Birthday)) {
        return None;
    }
    let was = match base {
        Some(base) => Some(List::of(base).or_else(|| List::of_one(base))?),
        None => None,
    };
    let (mine, other) = (List::of(ours)?, List::of(theirs)?);
    let members = union(was.as_ref().map_or(&[], |list| &list.members), &mine.members, &other.members)?;
    let form =
        Sides { base: was.as_ref().map_or(mine.form(), List::form), ours: mine.form(), theirs: other.form() };
    let form = form.decided()?;
    let of = if mine.form() == form { &mine } else { &other };
    of.with(&members)
}

/// A member of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Member {
    says: String,
    /// As it is written, with its quotes.
    raw: String,
}

/// A list as it is written.
struct List<'t> {
    members: Vec<Member>,
    /// Each member has a line of its own.
    in_lines: bool,
    /// What stands before the members, and behind them.
    before: &'t str,
    behind: &'t str,
    /// What stands before each member in its line.
    bullet: &'t str,
}

impl<'t> List<'t> {
    fn of((key, raw): Lines<'_, 't>) -> Option<Self> {
        let node = &key.pair.value;
        let Data::List(nodes) = &node.data else { return None };
        if node.decorated || node.text().is_some() {
            return None;
        }
        let at = |place: u32| (place as usize).checked_sub(key.start).filter(|at| *at <= raw.len());
        let members = nodes.iter().map(|node| member(key.note, node)).collect::<Option<Vec<_>>>()?;
        let start = at(node.span.start)?;
        if raw.get(start..)?.starts_with('[') {
            let (first, end) = match (nodes.first(), nodes.last()) {
                (Some(first), Some(last)) => (at(first.span.start)?, at(last.span.end)?),
                _ => (start + 1, start + 1),
            };
            let (before, behind) = (raw.get(..first)?, raw.get(end..)?);
            let is_one_line = raw.trim_end().lines().count() == 1;
            return is_one_line.then_some(Self { members, in_lines: false, before, behind, bullet: "" });
        }
        // Below the key's line a line for each, and nothing else.
        let (head, rest) = raw.split_at(token::line_end(raw, 0));
        let mut bullet = "";
        for (line, node) in rest.split_inclusive('\n').zip(nodes) {
            let words = line.trim_start_matches([' ', '\t']);
            bullet = &line[..line.len() - words.len() + words.find(|c: char| c != '-' && c != ' ')?];
            let written = line[bullet.len()..].trim_end();
            if !words.starts_with("- ") || written != node.span.of(key.note) {
                return None;
            }
        }
        let is_whole = rest.lines().count() == nodes.len() && !nodes.is_empty();
        is_whole.then_some(Self { members, in_lines: true, before: head, behind: "", bullet })
    }

    /// A single value, which means the same as a list of one; or nothing.
    fn of_one((key, _): Lines<'_, 't>) -> Option<Self> {
        let node = &key.pair.value;
        let members = match &node.data {
            Data::Scalar(..) if node.text().is_none() => Vec::new(),
            Data::Scalar(..) => vec![member(key.note, node)?],
            _ => return None,
        };
        Some(Self { members, in_lines: false, before: "", behind: "", bullet: "" })
    }

    /// What is the same of all lists that are written alike.
    fn form(&self) -> (bool, &'t str, &'t str) {
        (self.in_lines, self.before, self.behind)
    }

    /// The list with other members.
    fn with(&self, members: &[Member]) -> Option<String> {
        let mut out = self.before.to_owned();
        if self.in_lines {
            if members.is_empty() {
                return None;
            }
            members.iter().for_each(|member| out.push_str(&format!("{}{}\n", self.bullet, member.raw)));
        } else {
            let raw: Vec<&str> = members.iter().map(|member| member.raw.as_str()).collect();
            out.push_str(&raw.join(", "));
        }
        Some(out + self.behind)
    }
}

fn member(note: &str, node: &Node<'_>) -> Option<Member> {
    let raw = node.span.of(note);
    let is_plain = match &node.data {
        Data::Scalar(_, style) => *style != Style::Block && !raw.contains('\n') && !node.decorated,
        _ => false,
    };
    let says = node.text()?.into_owned();
    is_plain.then(|| Member { says, raw: raw.to_owned() })
}

/// What either side put in and neither took out, in the order they have it.
fn union(base: &[Member], ours: &[Member], theirs: &[Member]) -> Option<Vec<Member>> {
    let says = |members: &[Member], says: &str| members.iter().any(|member| member.says == says);
    // A member taken out on one side is out, unless it was not there.
    let stays = |member: &&Member| {
        !says(base, &member.says) || (says(ours, &member.says) && says(theirs, &member.says))
    };
    let mut names = std::collections::HashMap::new();
    let of = |members: &[Member]| members.iter().map(|member| member.says.clone()).collect::<Vec<_>>();
    let texts = (of(ours), of(theirs));
    let mut number = |texts: &'_ Vec<String>| {
        texts
            .iter()
            .map(|text| {
                let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
                *names.entry(text.clone()).or_insert(next)
            })
            .collect::<Vec<u32>>()
    };
    let numbers = (number(&texts.0), number(&texts.1));
    let mut out: Vec<Member> = Vec::new();
    for step in align::steps(&numbers.0, &numbers.1)? {
        match step {
            Step::Both(mine, other) => {
                let was = base.iter().find(|member| member.says == ours[mine].says);
                let raw = match was {
                    Some(was) => {
                        Sides { base: &was.raw, ours: &ours[mine].raw, theirs: &theirs[other].raw }.decided()
                    }
                    None => None,
                };
                let raw = raw.unwrap_or_else(|| (&ours[mine].raw).min(&theirs[other].raw));
                out.push(Member { says: ours[mine].says.clone(), raw: raw.clone() });
            }
            Step::Apart(mine, other) => {
                let mine: Vec<&Member> = ours[mine].iter().filter(stays).collect();
                let other: Vec<&Member> = theirs[other].iter().filter(stays).collect();
                let key = |members: &[&Member]| members.iter().map(|m| m.says.clone()).collect::<Vec<_>>();
                let (first, second) = if key(&mine) <= key(&other) { (mine, other) } else { (other, mine) };
                out.extend(first.into_iter().chain(second).cloned());
            }
        }
    }
    // One that stands at two places stands at the first.
    let mut seen = std::collections::BTreeSet::new();
    out.retain(|member| seen.insert(member.says.clone()));
    Some(out)
}
