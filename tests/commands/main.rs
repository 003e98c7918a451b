//! The commands as they are typed, the documents that show them, and the rules of the house.

#[path = "../common/bases.rs"]
mod bases;
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/yaml.rs"]
mod yaml;

mod calendar;
mod cli;
mod commands;
mod config_reference;
mod example_vault;
mod fault_pages;
mod help;
mod hostile;
mod house;
mod man;
mod network;
mod obsidian;
mod packaging;
mod pictures;
mod readme;
mod season_command;
mod service;
