//! Whether the ties that are wanted fit the energy there is: the days to come, lived through in a copy
//! of the notes.
//!
//! Leaves planning to the planner, and the words to whoever shows it.

mod simulation;
mod tick;

pub use simulation::{Day, Done, Simulation};
