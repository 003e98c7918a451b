//! Interests: which words mean the same one, and which two people have in common.
//!
//! Leaves what follows from it to those who ask: what to write about, what to share, who should meet.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::config::Config;
use crate::text::{Text, fold};

/// Which words mean one interest: after NFKC and case folding, and through `[interests]`.
pub struct Interests<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Interests<'a> {
    /// As `goen.toml` says it.
    pub fn new(config: &'a Config) -> Self {
        let words =
            config.interests.iter().flat_map(|(key, words)| words.iter().map(|w| (fold(w), fold(key))));
        Self(words.collect())
    }

    /// What a word means.
    pub fn canonical<'s>(&'s self, word: &'s str) -> Cow<'s, str> {
        let word = fold(word);
        match self.0.iter().find(|(alias, _)| *alias == word) {
            Some((_, key)) => Cow::Borrowed(key),
            None => word,
        }
    }

    /// The words of `a` that mean one of `b`, in the order of `a`.
    pub fn common<'s>(&self, a: &'s [Text], b: &[Text]) -> Vec<&'s str> {
        if a.is_empty() || b.is_empty() {
            return Vec::new();
        }
        let known: BTreeSet<_> = b.iter().map(|word| self.canonical(word)).collect();
        a.iter().filter(|word| known.contains(&self.canonical(word))).map(|word| &**word).collect()
    }
}

/// The words of `theirs` that mean one of `mine`, in their order.
pub fn common_interests<'a>(config: &Config, theirs: &'a [Text], mine: &[Text]) -> Vec<&'a str> {
    Interests::new(config).common(theirs, mine)
}
