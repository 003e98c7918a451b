//! What is said to people and about them: drafts, reviews, briefs.

#[path = "../common/mod.rs"]
mod common;

mod alumni;
mod draft;
mod draft_facts;
mod draft_ja;
mod draft_names;
mod draft_templates;
mod prep;
mod review;
mod share;
mod show_brief;
