//! Bridges to other programs: address books in, calendars, cards and pictures out, together through git.

mod tables;
mod vcards;
