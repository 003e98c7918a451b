//! The tables of `goen.toml` but the tiers and seasons: each key with its default.

use std::time::Duration;

use chrono::NaiveDate;

use super::reader::Reader;
use super::values::choice;
use crate::text::{Lang, NotePath};

choice! {
    /// Which public holidays are days of rest for formal ties.
    Holidays {
        /// Those of Japan.
        Jp = "jp",
        /// None.
        None = "none",
    }
}

choice! {
    /// How the page links to a note.
    Links {
        /// `[[note]]`
        Wiki = "wiki",
        /// `[note](note.md)`
        Markdown = "markdown",
    }
}

choice! {
    /// How the page writes an item's date.
    PageDates {
        /// As the Tasks plugin does: `📅 2026-09-14`
        Emoji = "emoji",
        /// As Dataview does: `[due:: 2026-09-14]`
        Dataview = "dataview",
        /// Not at all.
        None = "none",
    }
}

choice! {
    /// How a file is written.
    WriteMode {
        /// A new file takes the old one's place.
        Replace = "replace",
        /// Into the file that is there.
        InPlace = "in-place",
    }
}

choice! {
    /// Whether the daemon looks at the files instead of being told of changes.
    Poll {
        /// Where it is not told.
        Auto = "auto",
        /// Everywhere.
        Always = "always",
        /// Nowhere.
        Never = "never",
    }
}

choice! {
    /// What a commit holds.
    Committed {
        /// Only what goen wrote.
        Goen = "goen",
        /// Every change in the vault.
        All = "all",
    }
}

/// Declares a table: each field is a key, with its default and the kind of value it takes.
/// A field without a kind is checked against other tables, so `Config` reads it.
macro_rules! section {
    ($(#[$about:meta])* $name:ident {
        $($(#[$about_key:meta])* $key:ident: $type:ty = $default:expr $(, $kind:ident)?;)*
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[$about_key])* pub $key: $type,)*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($key: $default,)* }
            }
        }

        impl $name {
            pub(super) fn read(&mut self, r: &mut Reader<'_>) {
                $($(r.$kind(stringify!($key), &mut self.$key);)?)*
            }
        }
    };
}

section! {
    /// What is read.
    Vault {
        /// Patterns of `.gitignore` for what is not read.
        ignore: Vec<String> = words(&[]), globs;
        /// Whether links to folders inside the vault are followed.
        follow_symlinks: bool = false, bool;
    }
}

section! {
    /// Which notes are people.
    People {
        /// The people folders; empty: the first that exists of the usual names.
        folders: Vec<String> = words(&[]), folders;
        /// Tags of a person, without `#`.
        tags: Vec<String> = words(&["person", "people", "contact"]), tags;
        /// Values of `type:` for a person.
        types: Vec<String> = words(&["person", "people", "contact", "人", "人物"]), words;
    }
}

section! {
    /// Dated notes.
    Journal {
        /// Their folder, empty for the vault's root; none: as Obsidian's daily notes say.
        folder: Option<String> = None, own_folder;
        /// moment.js tokens; none: as Obsidian says, else `YYYY-MM-DD`.
        format: Option<String> = None, daily_format;
        /// Whether a mention in a dated note is a contact.
        counts: bool = true, bool;
    }
}

section! {
    /// The log in a person's note.
    Log {
        /// Headings it stands under, beside the usual ones.
        headings: Vec<String> = words(&[]), words;
        /// Channels that are only a touch.
        light: Vec<String> = words(&["like", "comment", "reaction", "いいね", "コメント"]), words;
        /// Channels that are a meeting or a call.
        meeting: Vec<String> = words(&[
            "meet", "call", "video", "lunch", "dinner", "coffee", "対面", "会食", "ランチ", "通話",
        ]), words;
    }
}

section! {
    /// What a day and a week can hold, and what each contact costs.
    Energy {
        /// A day holds this much.
        per_day: f64 = 2.0, amount;
        /// A week holds this much.
        per_week: f64 = 6.0, amount;
        /// A like or comment.
        like: f64 = 0.5, amount;
        /// A message.
        message: f64 = 1.0, amount;
        /// A letter or card.
        letter: f64 = 1.0, amount;
        /// A call.
        call: f64 = 2.0, amount;
        /// A meeting.
        meet: f64 = 3.0, amount;
    }
}

section! {
    /// How fast people come into the circle.
    Circle {
        /// New ones in any 28 days.
        intake: u32 = 5, count;
        /// The share of late ones above which it slows to one in 7 days.
        late: f64 = 0.2, share;
    }
}

section! {
    /// When a tie is said to cool: in a silence from `after` to `until` times the usual gap.
    Drift {
        /// Times the usual gap.
        after: f64 = 2.0, factor;
        /// Days that the silence has lasted by then, however small the gap.
        at_least: u32 = 14, days;
        /// Times the usual gap.
        until: f64 = 12.0, factor;
        /// Days that the silence may last in any case.
        until_at_least: u32 = 90, days;
    }
}

section! {
    /// Open tasks, in days.
    Promises {
        /// How long before its date one is shown.
        ahead: u32 = 3, days;
        /// After how long one without a date is shown.
        undated: u32 = 14, days;
        /// After how long one that is owed to you is shown.
        waiting: u32 = 30, days;
    }
}

section! {
    /// Days on which nobody is written to in a formal register, beside the weekends.
    Calendar {
        /// Public holidays.
        holidays: Holidays = Holidays::Jp, choice;
        /// Further days: first and last of each span.
        closed: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    }
}

section! {
    /// Birthdays.
    Birthdays {
        /// Days that one is announced ahead, where its tier does not say.
        lead: u32 = 3, days;
    }
}

section! {
    /// How many season greetings.
    SeasonLimits {
        /// To one person in a year.
        per_year: u32 = 2, count;
    }
}

section! {
    /// Things worth sharing.
    Clips {
        /// Folders of clips.
        folders: Vec<String> = words(&["Clippings", "clips", "クリップ"]), folders;
        /// Days that a clip stays fresh.
        days: u32 = 14, days;
    }
}

section! {
    /// The generated page.
    Page {
        /// Where it is.
        file: NotePath = NotePath::new("reconnect.md"), note;
        /// Its language; none: that of `me`, else Japanese.
        lang: Option<Lang> = None, lang;
        /// How it links to notes.
        links: Links = Links::Wiki, choice;
        /// How it writes dates.
        dates: PageDates = PageDates::Emoji, choice;
        /// The tag of its tasks, with `#`.
        task_tag: Option<String> = None, own_tag;
        /// A note of the user's that it is made from.
        template: Option<NotePath> = None;
    }
}

section! {
    /// How files are written.
    Write {
        /// In place of the old one, or into it.
        mode: WriteMode = WriteMode::Replace, choice;
    }
}

section! {
    /// The daemon.
    Watch {
        /// How long nobody else must have changed a file before it is written to.
        settle: Duration = Duration::from_secs(3), pause;
        /// Whether it looks by itself.
        poll: Poll = Poll::Auto, choice;
        /// How often it looks at everything.
        rescan: Duration = Duration::from_secs(60 * 60), time;
    }
}

section! {
    /// Commits by the daemon.
    Git {
        /// Commit after this much quiet; none: never.
        commit: Option<Duration> = None, time_or_off;
        /// What a commit holds.
        what: Committed = Committed::Goen, choice;
    }
}

/// Files that the daemon keeps up.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Export {
    /// A calendar.
    pub ics: Option<NotePath>,
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|&word| word.to_owned()).collect()
}
