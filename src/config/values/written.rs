//! How values are written in `goen.toml`, for the reference and for those who are told of a wrong one.

use std::time::Duration;

use crate::date::{Stretch, Window};

/// A text as TOML has it.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}

pub(super) fn array(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// Words as TOML has them.
#[allow(clippy::ptr_arg, reason = "a kind is given the value itself")]
pub fn listed<T: AsRef<str>>(words: &Vec<T>) -> Option<String> {
    Some(array(words.iter().map(|word| quoted(word.as_ref()))))
}

pub(super) fn or_empty(text: &Option<String>) -> Option<String> {
    Some(quoted(text.as_deref().unwrap_or_default()))
}

/// `"14d"`
pub(super) fn in_days(days: u32) -> String {
    format!("\"{days}d\"")
}

/// `"3s"`, `"10m"`, `"1h"`
pub(super) fn in_units(time: Duration) -> String {
    let seconds = time.as_secs();
    let (by, unit) = match seconds {
        s if s > 0 && s % 3600 == 0 => (3600, 'h'),
        s if s > 0 && s % 60 == 0 => (60, 'm'),
        _ => (1, 's'),
    };
    format!("\"{}{unit}\"", seconds / by)
}

/// `1m..2m`
pub(super) fn in_words(window: Window) -> String {
    let one = |stretch: Stretch| match stretch {
        Stretch { months, days: 0 } => format!("{months}m"),
        Stretch { months: 0, days } => format!("{days}d"),
        Stretch { months, days } => format!("{months}m{days}d"),
    };
    let opens = window.min.map(|min| one(min) + "..").unwrap_or_default();
    opens + &one(window.max)
}
