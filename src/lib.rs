//! goen (ご縁) keeps the ties that people would be sorry to lose.
//!
//! It reads a folder of Markdown notes, one per person, and writes an agenda
//! back into it: whom to write to today, why now, through which channel, about
//! what. `ARCHITECTURE.md` draws the house; every module says what it knows and
//! what it leaves to others.

pub mod almanac;
pub mod app;
pub mod brief;
pub mod cli;
pub mod clock;
pub mod config;
pub mod daemon;
pub mod date;
pub mod deed;
pub mod exchange;
pub mod index;
pub mod message;
pub mod moment;
pub mod note;
pub mod page;
pub mod plan;
pub mod problem;
pub mod template;
pub mod text;
pub mod vault;
