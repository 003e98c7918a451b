//! The templates of the page: built in, or the user's own.

use super::view::View;
use crate::note::front::Front;
use crate::template::{self, Fault, Wrong};
use crate::text::Lang;

/// Why a template does not do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub struct TemplateError {
    /// The line of the template, from 1, where it is known.
    pub line: Option<usize>,
    what: Trouble,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Trouble {
    Engine(String),
    TooLong,
    Misplaced { id: String, line: String },
    Doubled { id: String, line: String },
}

impl TemplateError {
    /// What is wrong, in words.
    pub fn message(&self, lang: Lang) -> String {
        match (lang, &self.what) {
            (_, Trouble::Engine(text)) => text.clone(),
            (Lang::Ja, Trouble::TooLong) => "処理が終わりません（ループを確かめてください）".to_owned(),
            (Lang::En, Trouble::TooLong) => "it does not come to an end (look at its loops)".to_owned(),
            (Lang::Ja, Trouble::Misplaced { id, line }) => {
                format!("^{id} は、字下げのない「- [ ] …」の行の末尾に置いてください: {line}")
            }
            (Lang::En, Trouble::Misplaced { id, line }) => {
                format!("^{id} must stand at the end of an unindented `- [ ] …` line: {line}")
            }
            (Lang::Ja, Trouble::Doubled { id, line }) => {
                format!("^{id} の行が二つあります。一つにしてください: {line}")
            }
            (Lang::En, Trouble::Doubled { id, line }) => {
                format!("^{id} is on the page twice; once is enough: {line}")
            }
        }
    }

    pub(super) fn misplaced(id: &str, line: &str) -> Self {
        Self { line: None, what: Trouble::Misplaced { id: id.into(), line: line.into() } }
    }

    pub(super) fn doubled(id: &str, line: &str) -> Self {
        Self { line: None, what: Trouble::Doubled { id: id.into(), line: line.into() } }
    }

    fn of(fault: Fault, skipped: usize) -> Self {
        let line = fault.line.map(|line| line + skipped);
        let what = match fault.what {
            Wrong::Endless | Wrong::TooLong => Trouble::TooLong,
            Wrong::Engine(said)
            | Wrong::NoTemplate(said)
            | Wrong::Unknown { said, .. }
            | Wrong::Nothing { said, .. } => Trouble::Engine(said),
        };
        Self { line, what }
    }
}

/// The template that comes with goen, to be copied and changed.
pub fn built_in(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => include_str!("ja.md.jinja"),
        Lang::En => include_str!("en.md.jinja"),
    }
}

/// Fills the user's template, else the language's own, for a page of so many lines.
pub(super) fn fill(
    lang: Lang,
    own: Option<&str>,
    view: &View,
    lines: usize,
) -> Result<String, TemplateError> {
    // A template is a note: its front matter is not for the page.
    let (text, skipped) = match own {
        Some(own) => {
            let body = Front::find(own).body();
            (&own[body..], own[..body].matches('\n').count())
        }
        None => (built_in(lang), 0),
    };
    template::fill("page", text, view, lines).map_err(|fault| TemplateError::of(*fault, skipped))
}
