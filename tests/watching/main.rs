//! The daemon: what it hears, survives and writes.

#[path = "../common/changing.rs"]
mod changing;
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/ticked.rs"]
mod ticked;
#[path = "../common/watched.rs"]
mod watched;

mod calendar;
mod faults_watching;
mod watch_law;
mod watching;
