//! Bridges to other programs: address books in, calendars, cards and pictures out, together through git.

#[path = "../common/mod.rs"]
mod common;

mod accepted;
mod export;
mod git_merge;
mod git_setup;
mod import;
mod namesakes;
mod page_lines;
mod page_merge;
mod round;
mod round_laws;
mod tables;
mod taken_back;
mod values;
mod vcards;
