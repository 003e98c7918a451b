//! The greetings of the season on a day as short words, for somebody who is written to for no other
//! reason.
#![allow(dead_code)]

use crate::common::{Vault, all_equal, text};
use crate::tables::{place, vault};

/// A tie whose window does not open for decades; polite, so that every day is free for it.
pub const CALM: &str = "tier: senior\nregister: polite\ncadence: 30y\n";

/// The person x, last contacted long ago, with these further lines.
pub fn x(lines: &str) -> String {
    // The last of two keys would not count.
    let calm =
        if lines.contains("register:") { CALM.replace("register: polite\n", "") } else { CALM.to_owned() };
    format!("== x\n{calm}last_contact: 2015-01-05\n{lines}\n")
}

/// The person x with these further lines and lines in the log.
pub fn logged(lines: &str, log: &str) -> String {
    let last = if log.is_empty() { "last_contact: 2015-01-05\n" } else { "" };
    format!("== x\n{CALM}{last}{lines}\n--\n## Log\n\n{log}\n")
}

/// The seasons' items of a day, each as its name, channel, due date and place.
pub fn season(vault: &Vault, day: &str) -> String {
    let items = vault.items_on(day);
    let greetings = items.iter().filter(|item| item["kind"] == "season" && item["done"] == false);
    let line = |item: &serde_json::Value| {
        let reason = text(&item["reason"]);
        let name = reason.split(['、', ',']).next().unwrap_or_default();
        let words = [name.to_owned(), text(&item["channel"]), text(&item["due"])];
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        format!("{}: {}", words.join(" "), place(item))
    };
    greetings.map(line).collect::<Vec<_>>().join("; ")
}

/// The greetings of each of these days; nothing where there is none.
pub fn greetings(notes: &str, days: &[(&str, &str)]) {
    let vault = vault(notes);
    all_equal(
        days.iter()
            .map(|(day, want)| (format!("{day} of\n{notes}"), season(&vault, day), (*want).to_owned())),
    );
}
