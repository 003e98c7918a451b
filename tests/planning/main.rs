//! What is planned: kinds of items, seasons, energy, and the years to come.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/greeted.rs"]
mod greeted;
#[path = "../common/tables.rs"]
mod tables;

mod forecast;
mod households;
mod kinds;
mod kinds_bounds;
mod kinds_career;
mod kinds_days;
mod kinds_occasions;
mod kinds_ties;
mod plan_law;
mod planning;
mod seasons;
mod seasons_winter;
mod show_why;
mod simulation;
