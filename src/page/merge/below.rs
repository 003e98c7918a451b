//! What was typed below one item, or between the items, on two pages that grew out of one.
//!
//! A line is known by its words and by the line it is nested in, and as often as it stands there:
//! each side's additions and removals are counted, so that nothing is lost and nothing stands twice.

use std::collections::HashMap;

use crate::note::signed::Parts;

/// A line and those nested in it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Node<'l> {
    raw: &'l str,
    below: Vec<Node<'l>>,
}

impl<'l> Node<'l> {
    fn words(&self) -> &'l str {
        self.raw.trim()
    }

    fn push_onto(&self, out: &mut Vec<&'l str>) {
        out.push(self.raw);
        self.below.iter().for_each(|node| node.push_onto(out));
    }

    /// It says the same, with all below it.
    fn says(&self, other: &Self) -> bool {
        self.words() == other.words()
            && self.below.len() == other.below.len()
            && self.below.iter().zip(&other.below).all(|(one, other)| one.says(other))
    }
}

/// The lines of both, in the newer one's order.
pub(super) fn merged<'l>(base: &[&'l str], newer: &[&'l str], older: &[&'l str]) -> Vec<&'l str> {
    let says = |one: &[&str], other: &[&str]| {
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.trim() == other.trim())
    };
    if says(older, base) || says(older, newer) {
        return newer.to_vec();
    }
    if says(newer, base) {
        return older.to_vec();
    }
    // Code is one thing: lines of it mean nothing elsewhere.
    let has_code = |lines: &[&str]| lines.iter().any(|line| line.contains("```") || line.contains("~~~"));
    if has_code(newer) || has_code(older) {
        return [newer, older].concat();
    }
    let mut out = Vec::new();
    let nodes = together(&nested(base), &nested(newer), &nested(older));
    nodes.iter().for_each(|node| node.push_onto(&mut out));
    out
}

/// Takes lines apart by how far they stand in.
fn nested<'l>(lines: &[&'l str]) -> Vec<Node<'l>> {
    let mut rest = lines;
    let mut out = Vec::new();
    while let Some((first, more)) = rest.split_first() {
        let indent = Parts::of(first).indent;
        let end = more.iter().position(|line| Parts::of(line).indent <= indent).unwrap_or(more.len());
        out.push(Node { raw: first, below: nested(&more[..end]) });
        rest = &more[end..];
    }
    out
}

fn together<'l>(base: &[Node<'l>], newer: &[Node<'l>], older: &[Node<'l>]) -> Vec<Node<'l>> {
    let [was, is, other] = [base, newer, older].map(counted);
    // How often it is to stand: what either side put in, without what either took out.
    let times = |words: &str| {
        let [was, is, other] = [&was, &is, &other].map(|nodes| nodes.get(words).map_or(0, Vec::len));
        let more = is.saturating_sub(was).max(other.saturating_sub(was));
        let less = was.saturating_sub(is).max(was.saturating_sub(other));
        (was + more).saturating_sub(less)
    };
    let mut out = Together::default();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for node in newer {
        let words = node.words();
        let at = seen.entry(words).or_default();
        match (nth(&other, words, *at), nth(&was, words, *at)) {
            (Some(there), then) => {
                let then = then.map_or(&[][..], |then| &then.below);
                out.put(Node { raw: node.raw, below: together(then, &node.below, &there.below) });
            }
            // Taken out on the other side; what was changed here stays, and once what was doubled.
            (None, Some(then)) if *at >= times(words) && then.says(node) => {}
            (None, None) if *at >= times(words) && out.says(node) => {}
            (None, _) => out.put(node.clone()),
        }
        *at += 1;
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for node in older {
        let words = node.words();
        let at = seen.entry(words).or_default();
        let here = is.get(words).map_or(0, Vec::len);
        let is_new = || nth(&was, words, *at).map_or_else(|| !out.says(node), |then| !then.says(node));
        if *at >= here && (*at < times(words) || is_new()) {
            out.put(node.clone());
        }
        *at += 1;
    }
    out.nodes
}

/// Lines as they are put together, and where those with the same words are.
#[derive(Default)]
struct Together<'l> {
    nodes: Vec<Node<'l>>,
    places: HashMap<&'l str, Vec<usize>>,
}

impl<'l> Together<'l> {
    fn put(&mut self, node: Node<'l>) {
        self.places.entry(node.words()).or_default().push(self.nodes.len());
        self.nodes.push(node);
    }

    fn says(&self, node: &Node<'_>) -> bool {
        self.places.get(node.words()).is_some_and(|at| at.iter().any(|at| self.nodes[*at].says(node)))
    }
}

/// Lines by their words, in their order.
type Counted<'n, 'l> = HashMap<&'l str, Vec<&'n Node<'l>>>;

fn counted<'n, 'l>(nodes: &'n [Node<'l>]) -> Counted<'n, 'l> {
    let mut out = Counted::new();
    nodes.iter().for_each(|node| out.entry(node.words()).or_default().push(node));
    out
}

/// The one that says these words for the so-manieth time.
fn nth<'n, 'l>(nodes: &Counted<'n, 'l>, words: &str, at: usize) -> Option<&'n Node<'l>> {
    nodes.get(words)?.get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(base: &[&str], newer: &[&str], older: &[&str], expected: &[&str]) {
        assert_eq!(merged(base, newer, older), expected);
    }

    #[test]
    fn each_line_stands_as_often_as_somebody_wrote_it() {
        check(&[], &["a"], &["b"], &["a", "b"]);
        check(&[], &["a"], &["a"], &["a"]);
        check(&[], &["a"], &["a", "a", "b"], &["a", "a", "b"]);
        check(&["a"], &[], &["a", "b"], &["b"]);
        check(&["a", "a"], &["a", "x"], &["a", "a", "b"], &["a", "x", "b"]);
        check(&["a"], &["b"], &["a", "c"], &["b", "c"]);
    }

    /// Neither the removal nor the addition is lost.
    #[test]
    fn what_one_side_doubled_and_the_other_took_out_stands_once() {
        check(&["a"], &["a", "a"], &["b"], &["a", "b"]);
        check(&["a"], &["b"], &["a", "a"], &["b", "a"]);
        check(&["a", "a"], &["a", "a", "a"], &["a", "b"], &["a", "a", "b"]);
        check(&["a", "a"], &["a", "b"], &["a", "a", "a"], &["a", "b", "a"]);
        // With something else below it, it is not the same.
        check(&["- a"], &["- a", "- a", "  - x"], &["- b"], &["- a", "- a", "  - x", "- b"]);
        check(&["- a"], &["- b"], &["- a", "- a", "  - x"], &["- b", "- a", "- a", "  - x"]);
        let (was, twice) =
            (["- a", "  - x", "- a", "  - y"], ["- a", "  - x", "- a", "  - y", "- a", "  - y"]);
        check(&was, &twice, &["- b"], &["- a", "  - x", "- a", "  - y", "- b"]);
        check(&was, &["- b"], &twice, &["- b", "- a", "  - x", "- a", "  - y"]);
    }

    #[test]
    fn code_is_one_thing_on_whichever_side() {
        let (code, words) = (["a", "```", "x", "x", "```"], ["a", "x"]);
        check(&["a"], &code, &words, &[&code[..], &words].concat());
        check(&["a"], &words, &code, &[&words[..], &code].concat());
    }

    #[test]
    fn a_line_is_known_by_the_one_it_is_nested_in() {
        let (one, two) = (["- a", "  - はい", "- b", "  - はい"], ["- c", "  - はい"]);
        check(&[], &one, &two, &[&one[..], &two].concat());
        check(&[], &two, &one, &[&two[..], &one].concat());
        check(&["- a"], &["- a", "  - x"], &["- a", "  - y"], &["- a", "  - x", "  - y"]);
        // Taken out as a whole, and answered meanwhile.
        check(&["- a"], &["- b"], &["- a", "  - y"], &["- b", "- a", "  - y"]);
        check(&["- a"], &["- a", "  - y"], &["- b"], &["- a", "  - y", "- b"]);
    }
}
