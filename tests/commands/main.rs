//! The commands as they are typed, the documents that show them, and the rules of the house.

#[path = "../common/mod.rs"]
mod common;

mod calendar;
mod cli;
mod commands;
mod config_reference;
mod example_vault;
mod house;
mod readme;
mod season_command;
mod service;
