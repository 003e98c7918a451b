//! A vault as one text and its agenda as short words, so that what stands where is a table.
#![allow(dead_code, clippy::panic)]

use serde_json::Value;

use crate::common::{Vault, all_equal, front, text};

/// A vault written as one text. A line `== x` begins the note of the person x, `== events/会.md`
/// any other file; of a note the lines up to `--` are its front matter.
pub fn vault(notes: &str) -> Vault {
    let vault = Vault::new();
    for part in notes.split("== ").skip(1) {
        let (name, rest) = part.split_once('\n').unwrap_or((part, ""));
        let name = name.trim();
        let path = if name.contains('.') { name.to_owned() } else { format!("People/{name}.md") };
        let (lines, body) = rest.split_once("--\n").unwrap_or((rest, ""));
        let note = if name.ends_with(".toml") { rest.to_owned() } else { front(lines) + body };
        vault.note(&path, &note);
    }
    vault
}

/// Where an item stands: its section, its day where the section does not say it, and `fixed`.
pub fn place(item: &Value) -> String {
    let section = text(&item["section"]);
    let day = match section.as_str() {
        "week" | "later" => format!(" {}", text(&item["planned"])),
        _ => String::new(),
    };
    let fixed = if item["fixed"] == true { " fixed" } else { "" };
    format!("{section}{day}{fixed}")
}

/// Whose or what an item is: the name of the note it is about.
pub fn whose(item: &Value) -> String {
    let path = [&item["person"], &item["subject"]].map(text).concat();
    path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md").to_owned()
}

/// The items of a day that are not done, each as `x birthday, cadence: today fixed`.
pub fn agenda(vault: &Vault, day: &str) -> Vec<String> {
    let line = |item: &Value| {
        let also = item["also"].as_array().into_iter().flatten().map(text);
        let kinds: Vec<String> = [text(&item["kind"])].into_iter().chain(also).collect();
        format!("{} {}: {}", whose(item), kinds.join(", "), place(item)).trim_start().to_owned()
    };
    vault.items_on(day).iter().filter(|item| item["done"] == false).map(line).collect()
}

/// Where the items of a kind stand on a day.
pub fn places(vault: &Vault, day: &str, kind: &str) -> String {
    let items = vault.items_on(day);
    let of_kind = items.iter().filter(|item| item["kind"] == kind && item["done"] == false);
    of_kind.map(place).collect::<Vec<_>>().join("; ")
}

/// Where the item of a kind stands on each of these days; nothing where there is none.
pub fn stands(kind: &str, notes: &str, days: &[(&str, &str)]) {
    let vault = vault(notes);
    all_equal(days.iter().map(|(day, want)| {
        let row = format!("{kind} on {day} of\n{notes}");
        (row, places(&vault, day, kind), (*want).to_owned())
    }));
}

/// The whole agenda of each of these days, line by line.
pub fn reads(notes: &str, days: &[(&str, &[&str])]) {
    let vault = vault(notes);
    all_equal(days.iter().map(|(day, want)| {
        let want: Vec<String> = want.iter().map(|line| (*line).to_owned()).collect();
        (format!("{day} of\n{notes}"), agenda(&vault, day), want)
    }));
}

/// The only item of a kind on a day has these values.
pub fn has(kind: &str, notes: &str, day: &str, want: &Value) {
    let items = vault(notes).items_on(day);
    let mut of_kind = items.iter().filter(|item| item["kind"] == kind);
    let (Some(item), None) = (of_kind.next(), of_kind.next()) else {
        panic!("not one {kind} on {day} of\n{notes}\n{items:#?}")
    };
    all_equal(want.as_object().into_iter().flatten().map(|(key, want)| {
        (format!("{key} of {kind} on {day} of\n{notes}"), item[key].clone(), want.clone())
    }));
}
