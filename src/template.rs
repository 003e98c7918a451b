//! Filling templates. The one door to MiniJinja.
//!
//! Knows the rules that hold for every template: an end in sight, no variable that is not there, texts
//! as they are. What a template is given, and what becomes of it, is for others to say.

use std::borrow::Cow;
use std::error::Error as _;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Enumerator, Object, ObjectRepr, Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};
use serde::Serialize;

/// A page needs a few thousand steps; more than this is a loop without end.
const FUEL: u64 = 5_000_000;

/// Why a template does not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which template: the one that was filled, or one that it takes in.
    pub name: String,
    /// The line in it, from 1, where it is known.
    pub line: Option<usize>,
    /// The bytes that are meant, where they are known.
    pub range: Option<Range<usize>>,
    /// What is wrong, in the engine's words; none where it does not come to an end.
    pub what: Option<String>,
}

impl Fault {
    fn of(error: &Error, name: &str) -> Self {
        // What went wrong in a template that another takes in stands behind the error of that one.
        let mut inner = error;
        let mut next = error.source();
        while let Some(found) = next {
            if let Some(found) = found.downcast_ref::<Error>() {
                inner = found;
            }
            next = found.source();
        }
        let what = (inner.kind() != ErrorKind::OutOfFuel).then(|| match inner.detail() {
            Some(detail) => format!("{}: {detail}", inner.kind()),
            None => inner.kind().to_string(),
        });
        Self {
            name: inner.name().or(error.name()).unwrap_or(name).to_owned(),
            line: inner.line(),
            range: inner.range(),
            what,
        }
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
pub type List = Value;

/// Makes a list of so many members for a template, with one that stands for all.
pub fn stand_in<T: Serialize + fmt::Debug + Send + Sync + 'static>(first: T, len: usize) -> List {
    Value::from_object(StandIn { first, len })
}

/// Makes a list for a template.
pub fn list<T: Serialize + fmt::Debug + Send + Sync + 'static>(members: Vec<T>) -> List {
    Value::from_object(Lines(members))
}

fn environment<'a>() -> Environment<'a> {
    let mut env = Environment::new();
    env.set_fuel(Some(FUEL));
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_auto_escape_callback(|_| AutoEscape::None);
    env
}

/// Fills a template that stands alone.
///
/// # Errors
/// What is wrong with it.
pub fn fill(name: &str, text: &str, context: &impl Serialize) -> Result<String, Fault> {
    environment().render_named_str(name, text, Serde(context)).map_err(|error| Fault::of(&error, name))
}

/// Templates that know each other by their names. A line of theirs that holds nothing but a tag leaves
/// no line behind.
#[derive(Debug)]
pub struct Book(Environment<'static>);

impl Book {
    /// A book in which a template is looked up when it is asked for.
    pub fn new(find: impl Fn(&str) -> Option<Cow<'static, str>> + Send + Sync + 'static) -> Self {
        let mut env = environment();
        env.set_debug(true);
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
            env.set_syntax(syntax);
        }
        env.set_loader(move |name| Ok(find(name).map(Cow::into_owned)));
        Self(env)
    }

    /// Gives the templates a function without arguments that says one thing.
    pub fn saying(&mut self, name: &'static str, text: &'static str) {
        self.0.add_function(name, move || text);
    }

    /// Gives them a function from text to text.
    pub fn function(&mut self, name: &'static str, of: fn(&str) -> String) {
        self.0.add_function(name, move |text: Cow<'_, str>| of(&text));
    }

    /// Gives them a filter from text to text.
    pub fn filter(&mut self, name: &'static str, of: fn(&str) -> String) {
        self.0.add_filter(name, move |text: Cow<'_, str>| of(&text));
    }

    /// Fills a template.
    ///
    /// # Errors
    /// What is wrong with it, or with one that it takes in.
    pub fn fill(&self, name: &str, context: &impl Serialize) -> Result<String, Fault> {
        let template = self.0.get_template(name).map_err(|error| Fault::of(&error, name))?;
        template.render(Serde(context)).map_err(|error| Fault::of(&error, name))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn book(texts: &'static [(&'static str, &'static str)]) -> Book {
        let of = |name: &str| texts.iter().find(|(known, _)| *known == name);
        Book::new(move |name| of(name).map(|(_, text)| Cow::Borrowed(*text)))
    }

    #[test]
    fn a_fault_points_into_the_template_that_has_it() {
        let fault = |texts, name| book(texts).fill(name, &()).unwrap_err();
        let found = fault(&[("a", "x\n{% include \"b\" %}"), ("b", "\n\n{{ nothing }}")], "a");
        assert_eq!((&*found.name, found.line), ("b", Some(3)));
        let found = fault(&[("a", "x\n{% if %}")], "a");
        assert_eq!((&*found.name, found.line), ("a", Some(2)));
        let found = fault(&[("a", "{% extends \"c\" %}")], "a");
        assert!(found.what.is_some_and(|what| what.contains("c")), "{:?}", found.name);
        let found = fault(
            &[("a", "{% for x in range(9999) %}{% for y in range(9999) %}{% endfor %}{% endfor %}")],
            "a",
        );
        assert_eq!(found.what, None);
    }

    #[test]
    fn a_line_with_a_tag_alone_leaves_none() {
        let text = book(&[("a", "one\n  {% if true %}\ntwo\n  {% endif %}\nthree")]).fill("a", &()).unwrap();
        assert_eq!(text, "one\ntwo\nthree");
    }
}
