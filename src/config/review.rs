//! `[[review]]`: what the user wants to be told of in a message, beside goen's own rules.

use std::borrow::Cow;

use regex::{Regex, RegexBuilder};

use super::reader::{Kind, Reader, Wrong};
use super::tiers::Register;
use super::values::choice;
use crate::problem::{PatternFault, Takes, What};
use crate::text::{Lang, fold, one_line};

choice! {
    /// How much a rule of the user's matters.
    ReviewSeverity {
        /// It must not be sent so.
        Error = "error",
        /// Better not.
        Warning = "warning",
        /// Good to know.
        Note = "note",
    }
}

/// A rule for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRule {
    /// The word by which it is told, goen's or the user's own.
    pub code: String,
    /// What it finds: a regular expression that can be compiled, for the folded text.
    pub pattern: String,
    /// How much it matters.
    pub severity: ReviewSeverity,
    /// Why it is told, in one line; empty where nothing is said.
    pub message: String,
    /// A better way, in one line; empty where nothing is said.
    pub help: String,
    /// Only in messages of this language.
    pub lang: Option<Lang>,
    /// Only to those who are written to so.
    pub register: Option<Register>,
}

/// A larger pattern, compiled, would cost more than it is worth.
const LARGEST: usize = 1 << 20;

const CODE: Takes = Takes {
    en: "a word of a-z, 0-9 and -",
    ja: "半角の英小文字と数字と -",
    like: "\"disparaging\", \"house-style\"",
};
const PATTERN: Takes =
    Takes { en: "a regular expression", ja: "正規表現", like: "\"弊社では\", \"(?:asap|urgent)\"" };

/// Lines are told apart: `^` and `$` are where one begins and ends.
fn compiled(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).case_insensitive(true).multi_line(true).size_limit(LARGEST).build()
}

impl ReviewRule {
    /// What finds it in a folded text.
    pub fn regex(&self) -> Option<Regex> {
        compiled(&self.pattern).ok()
    }

    /// None where a key is missing or wrong, which is a problem by then.
    pub(super) fn read(r: &mut Reader<'_>) -> Option<Self> {
        let (mut code, mut pattern) = (None, None);
        let (mut message, mut help) = (String::new(), String::new());
        let (mut severity, mut lang, mut register) = (ReviewSeverity::Warning, None, None);
        r.required("code", CODE, &mut code, |v| {
            let word = v.text()?.trim();
            let is_of_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            (!word.is_empty() && word.chars().all(is_of_code)).then(|| word.to_owned())
        });
        let kind = Kind { takes: PATTERN, written: |_| None };
        let stood = r.take_or("pattern", &kind, &mut pattern, |v| {
            let text = v.text().ok_or(Wrong::Value(PATTERN))?;
            let bad = |why| Wrong::What(What::BadPattern { pattern: text.to_owned(), why });
            match compiled(text) {
                Ok(found) if found.is_match("") => Err(bad(PatternFault::Nothing)),
                Ok(_) => Ok(Some(text.to_owned())),
                Err(regex::Error::CompiledTooBig(_)) => Err(bad(PatternFault::TooLarge)),
                Err(why) => {
                    let why = why.to_string();
                    let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                    Err(bad(PatternFault::Syntax(why)))
                }
            }
        });
        if !stood {
            r.missing("pattern", PATTERN);
        }
        r.choice("severity", &mut severity);
        r.sentence("message", &mut message);
        r.sentence("help", &mut help);
        r.lang("lang", &mut lang);
        r.register_of("register", &mut register);
        Some(Self { code: code?, pattern: pattern?, severity, message, help, lang, register })
    }
}

impl Reader<'_> {
    /// A sentence; written in several lines or with signs that nobody sees, it is told in one.
    fn sentence(&mut self, key: &'static str, into: &mut String) {
        let takes = Takes { en: "a sentence", ja: "文", like: "\"もっと穏やかに\"" };
        let kind = Kind { takes, written: |_: &String| None };
        self.take(key, &kind, into, |v| v.text().map(|text| one_line(text).into_owned()));
    }

    /// A register, where there may be none.
    fn register_of(&mut self, key: &'static str, into: &mut Option<Register>) {
        let takes = Takes::like("\"formal\", \"polite\", \"casual\"");
        let kind = Kind { takes, written: |_: &Option<Register>| None };
        self.take(key, &kind, into, |v| {
            let word: Cow<'_, str> = v.text().map(fold)?;
            Register::parse(&word).map(Some)
        });
    }
}
