//! Which parts of versions are the same part. The one door of merges to the differ.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, MergeResolution, TextMerge, capture_diff_slices};

use super::Sides;

/// A stretch of three versions.
#[derive(Debug)]
pub(super) struct Stretch {
    /// The same parts stand there in all three.
    pub same: bool,
    pub place: Sides<Range<usize>>,
}

/// Names as numbers: quick to compare, and none has a line break in it.
pub(super) fn numbered<'n>(names: &mut HashMap<&'n str, u32>, of: &[&'n str]) -> Vec<u32> {
    of.iter()
        .map(|name| {
            let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
            *names.entry(name).or_insert(next)
        })
        .collect()
}

/// How many comparisons a merge may cost. Who changes tens of thousands of lines on both sides does
/// not wait for goen.
const COST: usize = 1_000_000_000;

/// Whether two versions can be compared in a moment: it takes as long as they are, as many times as
/// they differ.
fn is_cheap(one: &[u32], other: &[u32]) -> bool {
    let mut count: HashMap<u32, isize> = HashMap::new();
    one.iter().for_each(|number| *count.entry(*number).or_insert(0) += 1);
    other.iter().for_each(|number| *count.entry(*number).or_insert(0) -= 1);
    let different: usize = count.values().map(|count| count.unsigned_abs()).sum();
    (one.len() + other.len()).saturating_mul(different) <= COST
}

/// Three versions in stretches, in their order; none where that would take long.
pub(super) fn stretches(sides: &Sides<Vec<u32>>) -> Option<Vec<Stretch>> {
    if ![&sides.ours, &sides.theirs].into_iter().all(|side| is_cheap(&sides.base, side)) {
        return None;
    }
    let text =
        sides.as_ref().map(|numbers| numbers.iter().map(|number| format!("{number}\n")).collect::<String>());
    let merge = TextMerge::configure().algorithm(Algorithm::Histogram).merge_lines(
        text.base.as_str(),
        text.ours.as_str(),
        text.theirs.as_str(),
    );
    let of_region = |region: &similar::MergeRegion| Stretch {
        same: region.resolution() == MergeResolution::Unchanged,
        place: Sides { base: region.base_range(), ours: region.ours_range(), theirs: region.theirs_range() },
    };
    Some(merge.regions().iter().map(of_region).collect())
}

/// A step through two versions.
#[derive(Debug)]
pub(super) enum Step {
    /// The same part, at these places.
    Both(usize, usize),
    /// What stands in one and not in the other, on either side.
    Apart(Range<usize>, Range<usize>),
}

/// Two versions in steps, in their order; none where that would take long.
pub(super) fn steps(ours: &[u32], theirs: &[u32]) -> Option<Vec<Step>> {
    if !is_cheap(ours, theirs) {
        return None;
    }
    let mut out = Vec::new();
    for op in capture_diff_slices(Algorithm::Histogram, ours, theirs) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                out.extend((0..len).map(|n| Step::Both(old_index + n, new_index + n)));
            }
            // What goes and what comes at one place is told as one.
            op => out.push(Step::Apart(op.old_range(), op.new_range())),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_versions_are_compared_where_they_differ_little() {
        let long: Vec<u32> = (0..30_000).collect();
        let others: Vec<u32> = (30_000..60_000).collect();
        assert!(is_cheap(&long, &long[1..]));
        assert!(!is_cheap(&long, &others));
    }
}
