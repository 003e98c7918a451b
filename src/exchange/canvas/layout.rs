//! Where a picture's nodes stand: people in rows within the frame of their organisation, frames in rows
//! below each other. Nothing overlaps; the same people stand in the same places.

use std::borrow::Cow;

use super::Rect;

/// What belongs into one frame.
pub(super) struct Block<'a> {
    pub label: &'a str,
    pub names: Vec<Cow<'a, str>>,
}

/// A frame, and the places of those within.
#[derive(Debug)]
pub(super) struct Frame {
    pub frame: Rect,
    pub members: Vec<Rect>,
}

impl Rect {
    /// So far as it goes where a picture can be: whoever writes larger numbers means no place.
    pub(super) fn sane(self) -> Self {
        const FAR: i64 = 1 << 40;
        let Self { x, y, width, height } = self;
        let (x, y) = (x.clamp(-FAR, FAR), y.clamp(-FAR, FAR));
        Self { x, y, width: width.clamp(0, FAR), height: height.clamp(0, FAR) }
    }

    pub(super) fn right(&self) -> i64 {
        self.x + self.width
    }

    pub(super) fn bottom(&self) -> i64 {
        self.y + self.height
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    pub(super) fn holds(&self, inner: &Self) -> bool {
        let starts = inner.x >= self.x && inner.y >= self.y;
        starts && inner.right() <= self.right() && inner.bottom() <= self.bottom()
    }

    pub(super) fn down(&self, by: i64) -> Self {
        Self { y: self.y + by, ..*self }
    }

    /// With so much more at each side.
    pub(super) fn wider(&self, by: i64) -> Self {
        let (width, height) = (self.width + 2 * by, self.height + 2 * by);
        Self { x: self.x - by, y: self.y - by, width, height }
    }

    /// It, larger to the right and downwards, so that it holds another.
    pub(super) fn around(&self, other: &Self) -> Self {
        let width = self.width.max(other.right() - self.x);
        Self { width, height: self.height.max(other.bottom() - self.y), ..*self }
    }
}

/// A narrow letter's width, and half of that of a wide one, in pixels; of a label, which is larger.
const LETTER: i64 = 9;
const LABEL_LETTER: i64 = 14;
/// A node's height: its name stands above it, some lines of the note within.
const HEIGHT: i64 = 80;
/// As narrow, and as wide, as a node may be.
const NARROWEST: i64 = 180;
const WIDEST: i64 = 420;
/// Sizes and places are multiples of this, as Obsidian's grid has them.
pub(super) const GRID: i64 = 20;
/// Between the nodes of a frame, and at its edge; above a node its name needs room.
pub(super) const ACROSS: i64 = 40;
pub(super) const DOWN: i64 = 60;
pub(super) const MARGIN: i64 = 60;
/// Between frames.
pub(super) const APART: i64 = 120;
/// A frame, and the whole picture, is so much wider than high.
const SHAPE: f64 = 1.6;

/// The frames of all blocks, in their order.
pub(super) fn placed(blocks: &[Block<'_>]) -> Vec<Frame> {
    let mut frames: Vec<Frame> = blocks.iter().map(framed).collect();
    let area: i64 = frames.iter().map(|f| (f.frame.width + APART) * (f.frame.height + APART)).sum();
    let widest = frames.iter().map(|f| f.frame.width).max().unwrap_or(0);
    let across = widest.max(root(SHAPE * whole(area)));
    let (mut x, mut y, mut tallest) = (0, 0, 0);
    for frame in &mut frames {
        if x > 0 && x + frame.frame.width > across {
            (x, y) = (0, y + tallest + APART);
            tallest = 0;
        }
        for place in std::iter::once(&mut frame.frame).chain(&mut frame.members) {
            place.x += x;
            place.y += y;
        }
        x += frame.frame.width + APART;
        tallest = tallest.max(frame.frame.height);
    }
    frames
}

/// One frame at the origin.
fn framed(block: &Block<'_>) -> Frame {
    let longest = block.names.iter().map(|name| columns(name)).max().unwrap_or(0);
    let width = on_grid(longest * LETTER + 2 * GRID).clamp(NARROWEST, WIDEST);
    let count = i64::try_from(block.names.len()).unwrap_or(i64::MAX).max(1);
    let (cell_width, cell_height) = (width + ACROSS, HEIGHT + DOWN);
    let per_row = root(SHAPE * whole(count) * whole(cell_height) / whole(cell_width)).clamp(1, count);
    let rows = (count + per_row - 1) / per_row;
    let members = (0..count).take(block.names.len()).map(|at| Rect {
        x: MARGIN + at % per_row * cell_width,
        y: MARGIN + at / per_row * cell_height,
        width,
        height: HEIGHT,
    });
    let label = on_grid(columns(block.label) * LABEL_LETTER + 2 * GRID).min(WIDEST * 2);
    let frame = Rect {
        x: 0,
        y: 0,
        width: (2 * MARGIN + per_row * cell_width - ACROSS).max(label),
        height: 2 * MARGIN + rows * cell_height - DOWN,
    };
    Frame { frame, members: members.collect() }
}

/// How many narrow letters a text is wide: those of Chinese, Japanese and Korean count as two.
fn columns(text: &str) -> i64 {
    text.chars().map(|c| if c.len_utf8() > 2 { 2 } else { 1 }).sum()
}

fn on_grid(length: i64) -> i64 {
    (length + GRID - 1) / GRID * GRID
}

#[allow(clippy::cast_precision_loss, reason = "a picture is not so large")]
fn whole(length: i64) -> f64 {
    length as f64
}

/// The whole root, on which every machine agrees: IEEE 754 says to the bit what a root is.
#[allow(clippy::cast_possible_truncation, reason = "a picture is not so large")]
fn root(area: f64) -> i64 {
    area.sqrt().ceil() as i64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn nothing_overlaps_and_everybody_stands_in_their_frame(
            blocks in proptest::collection::vec((".{0,30}", proptest::collection::vec(".{0,20}", 0..30)), 0..8)
        ) {
            let blocks: Vec<Block<'_>> = blocks
                .iter()
                .map(|(label, names)| Block { label, names: names.iter().map(|name| name.into()).collect() })
                .collect();
            let frames = placed(&blocks);
            prop_assert_eq!(frames.len(), blocks.len());
            for (at, frame) in frames.iter().enumerate() {
                prop_assert_eq!(frame.members.len(), blocks[at].names.len());
                prop_assert!(frames[..at].iter().all(|other| !other.frame.overlaps(&frame.frame)));
                for (at, member) in frame.members.iter().enumerate() {
                    prop_assert!(frame.frame.holds(member));
                    prop_assert!(frame.members[..at].iter().all(|other| !other.overlaps(member)));
                }
            }
        }
    }

    #[test]
    fn a_large_vault_is_a_picture_and_no_strip() {
        let names = |n: usize| (0..n).map(|_| "田中 太郎".into()).collect();
        let blocks: Vec<Block<'_>> =
            (1..60).rev().map(|n| Block { label: "株式会社ミナト", names: names(n) }).collect();
        let frames = placed(&blocks);
        let right = frames.iter().map(|f| f.frame.x + f.frame.width).max().unwrap();
        let bottom = frames.iter().map(|f| f.frame.y + f.frame.height).max().unwrap();
        assert!(right < 3 * bottom && bottom < 2 * right, "{right} × {bottom}");
        assert!(frames[0].members[0].width >= columns("田中 太郎") * LETTER);
    }
}
