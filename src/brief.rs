//! Briefs: what is known, put together before a talk, an event, a reunion, or for who would like something.
//!
//! Pure: values from the index, the settings and the day in, values out. How they are shown is
//! left to the command line, what becomes of a file to `app`.

pub mod ahead;
pub mod alumni;
pub mod event;
pub mod named;
pub mod org;
pub mod person;
pub mod share;
pub mod time;
