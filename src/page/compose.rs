//! The page as a whole: the old one with a new region in it.

use super::error::PageError;
use super::kept::Kept;
use super::read::{read, read_any};
use super::signs::unnamed;
use super::unmarked;
use super::written::Written;
use crate::text::QuickSet;

/// The whole file: the old page with its region replaced. What stands outside
/// the region is kept to the byte; what was typed or left in it and has no place in the new
/// region follows the end marker. `force` replaces a newer format too.
///
/// # Errors
/// Where the old file is not goen's to write.
pub fn compose(old: &str, region: &str, kept: &Kept, force: bool) -> Result<String, PageError> {
    let mut page = if force { read_any(old)? } else { read(old)? };
    if let Some(written) = Written::on(&page) {
        written.claim(&mut page);
    }
    let eol = if page.region.split_inclusive('\n').next().is_some_and(|line| line.ends_with("\r\n")) {
        "\r\n"
    } else {
        "\n"
    };
    let glue: QuickSet<&str> = region.lines().collect();
    let mut moved = kept.left_out_of(region);
    let free: Vec<&str> = kept.left_between().unwrap_or(page.free);
    let free = free.iter().filter(|line| line.trim().is_empty() || !glue.contains(**line));
    // An id may come back some day: it is not to stand twice in the file.
    let free: Vec<String> = free.map(|line| unnamed(line)).collect();
    if !moved.is_empty() && !free.is_empty() {
        moved.push(String::new());
    }
    moved.extend(free);
    let from = moved.iter().position(|line| !line.trim().is_empty()).unwrap_or(moved.len());
    let to = moved.iter().rposition(|line| !line.trim().is_empty()).map_or(from, |at| at + 1);
    let moved = &moved[from..to];

    let mut out = String::with_capacity(old.len() + region.len());
    out.push_str(page.before);
    for line in region.lines() {
        out.push_str(line);
        out.push_str(eol);
    }
    if !moved.is_empty() {
        out.push_str(eol);
        for line in moved {
            // Behind a comment, or with an id in front, it was no marker.
            out.push_str(&unmarked(line));
            out.push_str(eol);
        }
        if !page.after.is_empty() && !page.after.starts_with(['\n', '\r']) {
            out.push_str(eol);
        }
    }
    out.push_str(page.after);
    Ok(out)
}
