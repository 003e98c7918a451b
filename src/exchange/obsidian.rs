//! What Obsidian is given of a vault's people: a base of them, and the types of their properties.
//!
//! Pure: settings and spellings in, texts out. Which file they stand in is left to `app`.

mod base;
mod expression;
mod formulas;
mod types;

pub use base::{base, unwritable};
pub use types::{Broken, PropertyType, add_types, types};
