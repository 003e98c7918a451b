//! What goen answered the last time, as it is kept: bytes that are read as what was written, or not at all.
//!
//! Leaves to `recall` whether an answer still holds, and where the bytes lie.

use serde::{Deserialize, Serialize};

use crate::text::Digest;

/// So many answers are kept for one state of a vault …
const MOST_ANSWERS: usize = 8;
/// … of so many bytes each.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// What a command said, word for word.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// On standard output.
    pub out: String,
    /// On standard error.
    pub err: String,
}

impl Answer {
    /// Whether it would cost more to keep than it saves.
    pub fn is_too_long(&self) -> bool {
        self.out.len() + self.err.len() > LONGEST_ANSWER
    }
}

/// An answer, and what it may depend on besides the vault's notes and settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The command, with all that it was asked.
    pub asked: String,
    /// Files that are no notes and what they held: digests in hexadecimal digits, none for no file.
    pub files: Vec<(String, Option<String>)>,
    /// What it was answered.
    pub answer: Answer,
}

/// What was answered while a vault was in one state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// A digest over all that tells the state.
    pub state: String,
    /// Notes that may have been changed with the same stamp, and what they held.
    pub racy: Vec<(String, String)>,
    /// The last ones, the newest last.
    pub answers: Vec<Kept>,
}

impl Answers {
    /// What is longer was not written by goen, and is not read.
    pub const MOST_BYTES: usize = 16 * 1024 * 1024;

    /// What was kept, if it is whole.
    pub fn read(text: &str) -> Option<Self> {
        let (sum, answers) = text.split_once('\n')?;
        (Digest::of(answers.as_bytes()).hex() == sum).then(|| serde_json::from_str(answers).ok())?
    }

    /// As it is kept: a digest of the second line, and that line; none where it would be too long.
    pub fn written(&self) -> Option<String> {
        let answers = serde_json::to_string(self).ok()?;
        let text = format!("{}\n{answers}", Digest::of(answers.as_bytes()).hex());
        (text.len() <= Self::MOST_BYTES).then_some(text)
    }

    /// With one more, in the place of what the same was answered before; the oldest make room.
    #[must_use]
    pub fn with(mut self, kept: Kept) -> Self {
        self.answers.retain(|known| known.asked != kept.asked);
        let too_many = (self.answers.len() + 1).saturating_sub(MOST_ANSWERS);
        self.answers.drain(..too_many);
        self.answers.push(kept);
        self
    }
}
