//! What became of the parts that both versions grew out of: found again by their names, else as
//! what somebody put into other words.

use std::collections::BTreeSet;

use super::align::{self, Step};
use super::token::{Kind, Token};

/// Which part of a side was which of the base.
pub(super) struct Pairing {
    /// Of each part of the side, what it was.
    pub base: Vec<Option<usize>>,
    /// Of each part of the base, what it is.
    pub side: Vec<Option<usize>>,
}

impl Pairing {
    /// None where it would take long.
    pub(super) fn of(
        base: &[Token<'_>],
        side: &[Token<'_>],
        base_numbers: &[u32],
        side_numbers: &[u32],
    ) -> Option<Self> {
        /// Of more parts in one place nobody asks which became which.
        const MOST: usize = 100_000;
        let (were, are): (BTreeSet<u32>, BTreeSet<u32>) =
            (base_numbers.iter().copied().collect(), side_numbers.iter().copied().collect());
        let mut pairing = Self { base: vec![None; side.len()], side: vec![None; base.len()] };
        for step in align::steps(base_numbers, side_numbers)? {
            match step {
                Step::Both(was, is) => pairing.pair(was, is),
                // In another place and in other words: an entry of the same day, a task that is
                // much the same.
                Step::Apart(was, is) if was.len() * is.len() > MOST => {}
                Step::Apart(was, is) => {
                    // What stands elsewhere under its own name was not put into other words.
                    for was in was.filter(|was| !are.contains(&base_numbers[*was])) {
                        let is = is.clone().find(|is| {
                            pairing.base[*is].is_none()
                                && !were.contains(&side_numbers[*is])
                                && is_reworded(&base[was], &side[*is])
                        });
                        if let Some(is) = is {
                            pairing.pair(was, is);
                        }
                    }
                }
            }
        }
        Some(pairing)
    }

    fn pair(&mut self, was: usize, is: usize) {
        self.base[is] = Some(was);
        self.side[was] = Some(is);
    }
}

fn is_reworded(was: &Token<'_>, is: &Token<'_>) -> bool {
    match (&was.kind, &is.kind) {
        (Kind::Entry(was), Kind::Entry(is)) => was.day == is.day && (was.id == is.id || is.id.is_none()),
        (Kind::Task(was), Kind::Task(is)) => was.is_like(is),
        _ => false,
    }
}
