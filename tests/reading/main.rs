//! What is read: notes of every kind and in every state, and who is found in them.

#[path = "../common/mod.rs"]
mod common;

mod answers;
mod contacts;
mod faults_input;
mod finding;
mod found;
mod fuzz_twins;
mod index_law;
mod other_tools;
mod reading;
mod same_bytes;
mod windows;
