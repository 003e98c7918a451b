//! Whether the ties that are wanted fit the energy there is: the days to come, lived through in a copy
//! of the notes.
//!
//! Leaves planning to the planner, and the words to whoever shows it.

mod demand;
mod simulation;
mod tick;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::config::Config;
use crate::index::Index;
use crate::text::NotePath;

pub use simulation::{Day, Done, Simulation};

use demand::Demand;

/// The energy that a week asks for on average, from a day to another, if everybody inside the circle
/// is written to by the end of their window and occasions are kept.
pub fn demand_a_week(index: &Index, config: &Config, from: NaiveDate, to: NaiveDate) -> f64 {
    let demand = Demand::new(index, config, from, to);
    let paths: Vec<&NotePath> = index.people().map(|(note, ..)| &note.path).collect();
    let of = |path: &&NotePath| demand.of(path.as_str(), from).iter().map(|asked| asked.cost).sum::<f64>();
    let sum: f64 = paths.par_iter().map(of).collect::<Vec<_>>().into_iter().sum();
    #[allow(clippy::cast_precision_loss, reason = "days between two dates are far below 2^52")]
    let weeks = ((to - from).num_days() + 1) as f64 / 7.0;
    sum / weeks
}
