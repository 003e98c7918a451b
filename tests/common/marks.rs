//! Marks put into the boxes of a page, as a user does.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{PAGE, Vault};

/// Marks the item of a kind that stands on a day's page; its id.
pub fn mark(vault: &Vault, kind: &str, day: &str, with: char) -> String {
    let items = vault.items_on(day);
    let item = items.iter().find(|item| item["kind"] == kind && item["done"] == false);
    let id =
        item.unwrap_or_else(|| panic!("no {kind} on {day}: {items:#?}"))["id"].as_str().unwrap().to_owned();
    set_box(vault, &id, with);
    id
}

/// Puts a mark into the box of a line.
pub fn set_box(vault: &Vault, id: &str, with: char) {
    let page = vault.read(PAGE);
    let line =
        page.lines().find(|line| line.ends_with(&format!("^{id}"))).unwrap_or_else(|| panic!("{page}"));
    let (before, after) = line.split_at(line.find('[').unwrap() + 1);
    let rest: String = after.chars().skip(1).collect();
    vault.note(PAGE, &page.replace(line, &format!("{before}{with}{rest}")));
}

/// Takes the marks in, and writes the page of a day.
pub fn update(vault: &Vault, day: &str) {
    let out = vault.on(day, &["update"]);
    assert_eq!(out.code, Some(0), "{}", out.said());
}
