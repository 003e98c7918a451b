//! Bytes, places in them, and how two spellings of one word are compared.
//!
//! Knows nothing of notes or dates; everything above stands on it.

mod digest;
mod fold;
mod line;
mod place;

use std::collections::{HashMap, HashSet};

pub use digest::{Digest, hash_letters, long_hash, short_hash, short_hash_of};
pub use fold::{Folded, fold, fold_name, folded_name, link_key, nearest, wide, without_accents};
/// The seed of a [`QuickMap`].
pub use foldhash::fast::RandomState;
pub use line::{head, is_unprintable, json_safe, one_line, shorten, squeezed, trimmed};
pub use place::{NotePath, Span, without_md};

/// A language that goen speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Lang {
    /// 日本語, the first language of goen's first users.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// The language a code (`ja`, `en`) or name (日本語, 英語, English) stands for.
    pub fn parse(text: &str) -> Option<Self> {
        match fold(text).as_ref() {
            "ja" | "jp" | "ja-jp" | "japanese" | "日本語" => Some(Self::Ja),
            "en" | "en-us" | "en-gb" | "english" | "英語" => Some(Self::En),
            _ => None,
        }
    }

    /// The two-letter code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }
}

/// A short text that is kept: what notes say in names, tags, channels. Most of these fit into
/// the value itself, so that a vault of many notes costs few allocations.
pub type Text = ecow::EcoString;

/// A hash table for keys that notes hold: quick, and seeded anew by every process.
pub type QuickMap<K, V> = HashMap<K, V, RandomState>;

/// A set like [`QuickMap`].
pub type QuickSet<K> = HashSet<K, RandomState>;

/// The words of a language.
pub fn pick<'t>(lang: Lang, ja: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::Ja => ja,
        Lang::En => en,
    }
}
