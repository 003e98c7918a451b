//! The templates of the page: built in, or the user's own. The one door to MiniJinja.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr, Serde, Value};
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};
use serde::Serialize;

use super::view::View;
use crate::note::front::Front;
use crate::text::Lang;

/// A page needs a few thousand steps; more than this is a loop without end.
const FUEL: u64 = 5_000_000;

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

    fn of(error: &minijinja::Error, skipped: usize) -> Self {
        let line = error.line().map(|line| line + skipped);
        if error.kind() == ErrorKind::OutOfFuel {
            return Self { line, what: Trouble::TooLong };
        }
        let text = match error.detail() {
            Some(detail) => format!("{}: {detail}", error.kind()),
            None => error.kind().to_string(),
        };
        Self { line, what: Trouble::Engine(text) }
    }
}

/// A list whose members are made into the template's values one at a time.
#[derive(Debug)]
struct Lines<T>(Vec<T>);

impl<T: Serialize + fmt::Debug + Send + Sync + 'static> Object for Lines<T> {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_usize()?).map(|member| Value::from(Serde(member)))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.0.len())
    }
}

/// A list of so many members, of which the first stands for all: what is made of them is known,
/// and takes its place afterwards.
#[derive(Debug)]
struct StandIn<T> {
    first: T,
    len: usize,
}

impl<T: Serialize + fmt::Debug + Send + Sync + 'static> Object for StandIn<T> {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        (key.as_usize()? == 0).then(|| Value::from(Serde(&self.first)))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.len.min(1))
    }

    fn enumerator_len(self: &Arc<Self>) -> Option<usize> {
        Some(self.len)
    }
}

/// A list as a template is given it.
pub(super) type List = Value;

/// Makes a list of so many members for a template, with one that stands for all.
pub(super) fn stand_in<T: Serialize + fmt::Debug + Send + Sync + 'static>(first: T, len: usize) -> List {
    Value::from_object(StandIn { first, len })
}

/// Makes a list for a template.
pub(super) fn list<T: Serialize + fmt::Debug + Send + Sync + 'static>(members: Vec<T>) -> List {
    Value::from_object(Lines(members))
}

/// The template that comes with goen, to be copied and changed.
pub fn built_in(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => include_str!("ja.md.jinja"),
        Lang::En => include_str!("en.md.jinja"),
    }
}

/// Fills the user's template, else the language's own.
pub(super) fn fill(lang: Lang, own: Option<&str>, view: &View) -> Result<String, TemplateError> {
    // A template is a note: its front matter is not for the page.
    let (text, skipped) = match own {
        Some(own) => {
            let body = Front::find(own).body();
            (&own[body..], own[..body].matches('\n').count())
        }
        None => (built_in(lang), 0),
    };
    let mut env = Environment::new();
    env.set_fuel(Some(FUEL));
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_auto_escape_callback(|_| AutoEscape::None);
    env.render_named_str("page", text, Serde(view)).map_err(|error| TemplateError::of(&error, skipped))
}
