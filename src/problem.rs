//! What is wrong with a note or with `goen.toml`: data to be collected, sorted and shown.
//!
//! Knows the codes, the places and the words in both languages; leaves finding
//! the trouble to those who read, and the frame around an excerpt to `cli`.

mod excerpt;
mod format;
mod obstacle;
mod pattern;
mod refused;
mod takes;
mod unfilled;
mod words;

use crate::text::{NotePath, Span, Text};

pub use excerpt::Excerpt;
pub use format::FormatFault;
pub use obstacle::Obstacle;
pub use pattern::PatternFault;
pub use refused::{OffLimits, Refused};
pub use takes::Takes;
pub use unfilled::Unfilled;

/// How much a problem matters. Only errors make `check` end with 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Something written in the note is not understood, or the note is not read at all.
    Error,
    /// It is read, but perhaps not as it was meant.
    Warning,
    /// Good to know; nothing has to be done.
    Note,
}

impl Severity {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One problem at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The note, or `goen.toml`.
    pub path: NotePath,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// What the line says; none where the whole file is meant.
    pub excerpt: Option<Excerpt>,
    /// The bytes meant, where only they are known yet: [`Problem::locate`] finds the line.
    pub span: Option<Span>,
    /// What is wrong.
    pub what: What,
}

impl Problem {
    /// A problem of the whole file.
    pub fn of_file(path: NotePath, what: What) -> Self {
        Self { path, line: 1, column: 1, excerpt: None, span: None, what }
    }

    /// A problem of the bytes `span` of a text that is not at hand.
    pub fn of_span(path: NotePath, span: Span, what: What) -> Self {
        Self { span: Some(span), ..Self::of_file(path, what) }
    }

    /// The order in which problems are told: by path and place.
    pub fn by_place(&self, other: &Self) -> std::cmp::Ordering {
        let key = |p: &'_ Self| (p.line, p.column, p.what.code(), p.span);
        let by_key = self.path.cmp(&other.path).then_with(|| key(self).cmp(&key(other)));
        by_key.then_with(|| self.what.cmp(&other.what))
    }

    /// Finds line and column of a problem of which only the bytes are known.
    pub fn locate(self, text: &str) -> Self {
        match self.span {
            Some(span) => Self::at(self.path, text, span, self.what),
            None => self,
        }
    }

    /// A problem of the bytes `span` of `text`.
    pub fn at(path: NotePath, text: &str, span: Span, what: What) -> Self {
        let (line, column, excerpt) = Excerpt::of(text, span);
        Self { path, line, column, excerpt: Some(excerpt), span: None, what }
    }
}

/// Why a Markdown note is no person although one might think so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NotAPerson {
    /// It lies in a folder of templates, or its front matter holds unrendered placeholders.
    Template,
    /// `README`, `index`.
    Readme,
    /// It has its folder's own name.
    FolderNote,
    /// A map of content.
    Moc,
    /// `Untitled`.
    Untitled,
    /// A drawing.
    Excalidraw,
}

/// Everything goen has to say about what it reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Front matter that is no YAML (or TOML); the parser's words.
    Yaml(String),
    /// Front matter without an end.
    Unclosed,
    /// Front matter that is too deep, too large, or unfolds too far.
    TooComplex,
    /// Not UTF-8, or with NUL bytes.
    Encoding,
    /// Lines end with CR alone: read, but never written to.
    CrOnly,
    /// More than 16 MiB.
    TooLarge,
    /// git's conflict markers.
    MergeConflict,
    /// Left behind by a sync tool; the note it is a copy of, where known.
    SyncCopy(Option<String>),
    /// Stands for a note that iCloud has not brought to this machine: the note itself, not a copy.
    NotDownloaded,
    /// Could not be read; the system's words.
    Unreadable(Refused),
    /// A link that leads out of the vault, or in a circle.
    OutsideLink,
    /// A path that is no UTF-8.
    BadPath,
    /// The nearest name.
    UnknownTier {
        /// As written.
        word: String,
        /// Of the known names.
        nearest: Option<String>,
    },
    /// Not a date.
    BadDate(String),
    /// A period that ends before it begins.
    BackwardPeriod(String),
    /// `04/05/2026`
    AmbiguousDate(String),
    /// The last contact lies ahead.
    FutureContact(String),
    /// Not a cadence.
    BadCadence(String),
    /// A value that a key does not take; what it takes.
    BadValue {
        /// The key as written.
        key: String,
        /// The value as written.
        value: String,
        /// What is taken.
        takes: Takes,
    },
    /// Two persons of one name; the other paths.
    DuplicateName {
        /// The name.
        name: Text,
        /// The others.
        others: Vec<NotePath>,
    },
    /// A key twice in one front matter.
    DuplicateKey(String),
    /// A link that could mean several persons.
    AmbiguousLink {
        /// The target as written.
        target: Text,
        /// Whom it could mean.
        candidates: Vec<NotePath>,
    },
    /// A key goen does not know, in `goen.toml`.
    UnknownKey {
        /// The key with its table.
        key: String,
        /// The nearest known one.
        nearest: Option<String>,
        /// Those that there are, where none is near.
        known: Vec<String>,
    },
    /// A table in `goen.toml` lacks a key it cannot do without.
    MissingKey {
        /// The key with its table.
        key: String,
        /// What is taken.
        takes: Takes,
    },
    /// `goen.toml` is no TOML; the parser's words.
    BadToml(String),
    /// A pattern of `[[review]]` that cannot be used.
    BadPattern {
        /// As written.
        pattern: String,
        /// What is wrong with it.
        why: PatternFault,
    },
    /// `[journal] format` that no daily note can be told by.
    BadFormat {
        /// As written.
        format: String,
        /// What is wrong with it.
        why: FormatFault,
    },
    /// A name given to a tier in `goen.toml`, which means another tier already.
    TakenWord {
        /// The name as written.
        word: String,
        /// The id of the other tier.
        tier: String,
    },
    /// Skipped inside a people folder.
    NotAPerson(NotAPerson),
    /// A second note `me`; the first is used.
    SecondMe(String),
    /// A value that is read, and that goen would not change: a contact could not be recorded.
    NotWritable {
        /// Its key.
        key: String,
        /// Why not.
        why: Obstacle,
    },
    /// A tick on the page waits to be recorded here.
    NotRecorded(Obstacle),
    /// A template that cannot be filled.
    BadTemplate(Unfilled),
    /// The page is not goen's to write as it stands, so that no agenda can be; why, and the way out.
    PageLeft {
        /// In Japanese.
        ja: String,
        /// In English.
        en: String,
    },
}

impl What {
    /// The word that names it in JSON and in messages; stable.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Yaml(_) | Self::Unclosed | Self::TooComplex => "yaml",
            Self::Encoding | Self::CrOnly => "encoding",
            Self::TooLarge => "too-large",
            Self::MergeConflict => "merge-conflict",
            Self::SyncCopy(_) | Self::NotDownloaded => "sync-copy",
            Self::Unreadable(_) | Self::OutsideLink | Self::BadPath => "unreadable",
            Self::UnknownTier { .. } => "unknown-tier",
            Self::BadDate(_) | Self::BackwardPeriod(_) => "bad-date",
            Self::AmbiguousDate(_) => "ambiguous-date",
            Self::FutureContact(_) => "future-contact",
            Self::BadCadence(_) => "bad-cadence",
            Self::BadValue { .. }
            | Self::BadFormat { .. }
            | Self::BadPattern { .. }
            | Self::TakenWord { .. } => "bad-value",
            Self::DuplicateName { .. } => "duplicate-name",
            Self::DuplicateKey(_) => "duplicate-key",
            Self::AmbiguousLink { .. } => "ambiguous-link",
            Self::UnknownKey { .. } => "unknown-key",
            Self::MissingKey { .. } => "missing-key",
            Self::BadToml(_) => "toml",
            Self::NotAPerson(_) => "not-a-person",
            Self::SecondMe(_) => "second-me",
            Self::NotWritable { .. } => "not-writable",
            Self::NotRecorded(_) => "not-recorded",
            Self::BadTemplate(_) => "template",
            Self::PageLeft { .. } => "page",
        }
    }

    /// Whether nothing in the front matter is read for it, nor written there.
    pub fn hides_front(&self) -> bool {
        matches!(self, Self::Yaml(_) | Self::Unclosed | Self::TooComplex)
    }

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Yaml(_)
            | Self::Unclosed
            | Self::TooComplex
            | Self::Encoding
            | Self::TooLarge
            | Self::MergeConflict
            | Self::Unreadable(_)
            | Self::OutsideLink
            | Self::BadPath
            | Self::UnknownTier { .. }
            | Self::BadDate(_)
            | Self::BackwardPeriod(_)
            | Self::AmbiguousDate(_)
            | Self::BadCadence(_)
            | Self::BadFormat { .. }
            | Self::BadPattern { .. }
            | Self::TakenWord { .. }
            | Self::DuplicateKey(_)
            | Self::UnknownKey { .. }
            | Self::MissingKey { .. }
            | Self::BadToml(_)
            | Self::BadTemplate(_)
            | Self::PageLeft { .. } => Severity::Error,
            Self::CrOnly
            | Self::BadValue { .. }
            | Self::SyncCopy(_)
            | Self::NotDownloaded
            | Self::FutureContact(_)
            | Self::DuplicateName { .. }
            | Self::AmbiguousLink { .. }
            | Self::SecondMe(_)
            | Self::NotWritable { .. }
            | Self::NotRecorded(_) => Severity::Warning,
            Self::NotAPerson(_) => Severity::Note,
        }
    }
}
