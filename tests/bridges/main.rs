//! Bridges to other programs: address books in, calendars, cards and pictures out, together through git.

#[path = "../common/mod.rs"]
mod common;

mod accepted;
mod export;
mod git_merge;
mod import;
mod namesakes;
mod page_lines;
mod page_merge;
mod tables;
mod values;
mod vcards;
