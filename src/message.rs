//! Messages to people: what is to be said of one before it is sent.
//!
//! Knows words and customs; nobody here sends anything, and the disk is for others.

pub mod review;
