//! What is written: the page, what its marks make of notes, commits, and whatever goes wrong meanwhile.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/marks.rs"]
mod marks;
#[path = "../common/tables.rs"]
mod tables;
#[path = "../common/ticked.rs"]
mod ticked;

mod faults_writing;
mod git_commit;
mod page;
mod race;
mod recording_found;
mod recording_law;
mod renamed;
mod ticks;
mod ticks_kinds;
mod ticks_places;
