//! Filling templates. The one door to MiniJinja.
//!
//! Knows the rules that hold for every template: an end in sight, no variable that is not there, texts
//! as they are. What a template is given, and what becomes of it, is for others to say.

use std::borrow::Cow;
use std::error::Error as _;
use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Enumerator, Object, ObjectRepr, Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Template, UndefinedBehavior};
use serde::Serialize;

/// A page needs a few thousand steps; more than this is a loop without end, …
const FUEL: u64 = 5_000_000;
/// … but for so many more for each line that it is made of.
const FUEL_PER_LINE: u64 = 500;
/// What stands alone becomes a page of at most so many bytes, …
const LONGEST: usize = 16 << 20;
/// … and so many more for each line.
const LONGEST_LINE: usize = 4 << 10;

/// Why a template does not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which template: the one that was filled, or one that it takes in.
    pub name: String,
    /// The line in it, from 1, where it is known.
    pub line: Option<usize>,
    /// The bytes that are meant, where they are known.
    pub range: Option<Range<usize>>,
    /// What is wrong.
    pub what: Wrong,
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// In the engine's words.
    Engine(String),
    /// It does not come to an end.
    Endless,
    /// It makes more text than it may.
    TooLong,
    /// It asks for a variable that is not there: the engine's words, the variable as written, and all
    /// that there is in its place.
    Unknown {
        /// The engine's words.
        said: String,
        /// As written.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// It asks for a part of what is none: the engine's words, the variable as written, and what is none.
    Nothing {
        /// The engine's words.
        said: String,
        /// As written.
        name: String,
        /// What is none.
        within: String,
    },
    /// It takes in a template that is not there: the engine's words.
    NoTemplate(String),
}

impl Fault {
    fn of(error: &Error, name: &str, context: Option<&Value>) -> Box<Self> {
        // What went wrong in a template that another takes in stands behind the error of that one.
        let mut inner = error;
        let mut next = error.source();
        while let Some(found) = next {
            if let Some(found) = found.downcast_ref::<Error>() {
                inner = found;
            }
            next = found.source();
        }
        let said = match inner.detail() {
            Some(detail) => format!("{}: {detail}", inner.kind()),
            None => inner.kind().to_string(),
        };
        let what = match inner.kind() {
            ErrorKind::OutOfFuel => Wrong::Endless,
            ErrorKind::TemplateNotFound => Wrong::NoTemplate(said),
            ErrorKind::UndefinedError => {
                let missing = context.and_then(|context| missing(&said, inner.detail()?, context));
                missing.unwrap_or(Wrong::Engine(said))
            }
            _ => Wrong::Engine(said),
        };
        Box::new(Self {
            name: inner.name().or(error.name()).unwrap_or(name).to_owned(),
            line: inner.line(),
            range: inner.range(),
            what,
        })
    }
}

/// Which variable is not there, and what is: the engine names it as it was written, `to.nmae`.
fn missing(said: &str, detail: &str, context: &Value) -> Option<Wrong> {
    let name = detail.split('`').nth(1)?;
    let is_word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
    let mut here = context.clone();
    let mut within = String::new();
    for part in name.split('.') {
        if !is_word(part) {
            return None;
        }
        if here.is_none() {
            return Some(Wrong::Nothing { said: said.into(), name: name.into(), within });
        }
        if here.kind() != ValueKind::Map {
            return None;
        }
        let next = here.get_attr(part).ok()?;
        if next.is_undefined() {
            let prefix = if within.is_empty() { String::new() } else { format!("{within}.") };
            let mut known: Vec<String> = here.try_iter().ok()?.map(|key| format!("{prefix}{key}")).collect();
            known.sort_unstable();
            return Some(Wrong::Unknown { said: said.into(), name: name.into(), known });
        }
        let dot = if within.is_empty() { "" } else { "." };
        within = format!("{within}{dot}{part}");
        here = next;
    }
    None
}

/// Text up to a length; what goes beyond it is refused.
struct Capped {
    text: Vec<u8>,
    longest: usize,
    is_over: bool,
}

impl io::Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.text.len() + bytes.len() > self.longest {
            self.is_over = true;
            return Err(io::Error::other("too long"));
        }
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
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
    // It shows all that the notes say, in the words of the engine.
    env.remove_global("debug");
    env
}

/// Fills a template that stands alone; what it is given has so many lines.
///
/// # Errors
/// What is wrong with it.
pub fn fill(name: &str, text: &str, context: &impl Serialize, lines: usize) -> Result<String, Box<Fault>> {
    let mut env = environment();
    // No vault has more lines; the engine counts with a sign.
    let count = u64::try_from(lines).unwrap_or(u64::MAX).min(u64::from(u32::MAX));
    env.set_fuel(Some(FUEL + count * FUEL_PER_LINE));
    let longest = LONGEST.saturating_add(lines.saturating_mul(LONGEST_LINE));
    let fault = |error: &Error| Fault::of(error, name, None);
    let template = env.template_from_named_str(name, text).map_err(|error| fault(&error))?;
    capped(&template, name, Value::from(Serde(context)), longest, fault)
}

/// What a template makes, unless that is too long.
fn capped(
    template: &Template<'_, '_>,
    name: &str,
    context: Value,
    longest: usize,
    fault: impl Fn(&Error) -> Box<Fault>,
) -> Result<String, Box<Fault>> {
    let mut out = Capped { text: Vec::new(), longest, is_over: false };
    match template.render_captured_to(context, &mut out) {
        Err(_) if out.is_over => {
            Err(Box::new(Fault { name: name.to_owned(), line: None, range: None, what: Wrong::TooLong }))
        }
        Err(error) => Err(fault(&error)),
        Ok(_) => Ok(String::from_utf8_lossy(&out.text).into_owned()),
    }
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

    /// Fills a template with at most so many bytes of text.
    ///
    /// # Errors
    /// What is wrong with it, or with one that it takes in.
    pub fn fill(&self, name: &str, context: &impl Serialize, longest: usize) -> Result<String, Box<Fault>> {
        let context = Value::from(Serde(context));
        let fault = |error: &Error| Fault::of(error, name, Some(&context));
        let template = self.0.get_template(name).map_err(|error| fault(&error))?;
        capped(&template, name, context.clone(), longest, fault)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    fn book(texts: &'static [(&'static str, &'static str)]) -> Book {
        let of = |name: &str| texts.iter().find(|(known, _)| *known == name);
        Book::new(move |name| of(name).map(|(_, text)| Cow::Borrowed(*text)))
    }

    #[test]
    fn a_fault_points_into_the_template_that_has_it() {
        let fault = |texts, name| book(texts).fill(name, &(), 1000).unwrap_err();
        let found = fault(&[("a", "x\n{% include \"b\" %}"), ("b", "\n\n{{ nothing }}")], "a");
        assert_eq!((&*found.name, found.line), ("b", Some(3)));
        let found = fault(&[("a", "x\n{% if %}")], "a");
        assert_eq!((&*found.name, found.line), ("a", Some(2)));
        let found = fault(&[("a", "{% extends \"c\" %}")], "a");
        assert!(matches!(found.what, Wrong::NoTemplate(said) if said.contains("c")));
        let found = fault(
            &[("a", "{% for x in range(9999) %}{% for y in range(9999) %}{% endfor %}{% endfor %}")],
            "a",
        );
        assert_eq!(found.what, Wrong::Endless);
        let found = fault(&[("a", "{% for x in range(999) %}long{% endfor %}")], "a");
        assert_eq!(found.what, Wrong::TooLong);
        let found = fault(&[("a", "{{ debug() }}")], "a");
        assert!(matches!(found.what, Wrong::Engine(said) if said.contains("debug")));
    }

    #[test]
    fn what_stands_alone_has_an_end_too() {
        let wrong = |text: &str| fill("page", text, &(), 0).unwrap_err().what;
        let text = "x".repeat(1000);
        assert_eq!(wrong(&format!("{{% for x in range(50000) %}}{text}{{% endfor %}}")), Wrong::TooLong);
        let within = "{% for y in range(9999) %}{% endfor %}";
        assert_eq!(wrong(&format!("{{% for x in range(9999) %}}{within}{{% endfor %}}")), Wrong::Endless);
        assert!(matches!(wrong("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}"), Wrong::Engine(_)));
        assert!(matches!(wrong("{{ \"x\" * 1000000000 }}"), Wrong::Engine(_)));
        assert!(matches!(wrong("{% include \"/etc/passwd\" %}"), Wrong::NoTemplate(_)));
    }

    #[test]
    fn what_has_many_lines_may_go_further() {
        let text = "x".repeat(1000);
        let long = format!("{{% for x in range(20000) %}}{text}{{% endfor %}}");
        let many = "{% for x in range(9999) %}{% for y in range(400) %}{% endfor %}{% endfor %}";
        for template in [&*long, many] {
            assert!(matches!(
                fill("page", template, &(), 0).unwrap_err().what,
                Wrong::TooLong | Wrong::Endless
            ));
            assert!(fill("page", template, &(), 100_000).is_ok());
            assert!(fill("page", template, &(), usize::MAX).is_ok());
        }
    }

    #[test]
    fn what_is_not_there_is_told_with_what_is() {
        #[derive(Serialize)]
        struct Given {
            to: To,
            last: Option<To>,
        }
        #[derive(Serialize)]
        struct To {
            name: &'static str,
        }
        let given = Given { to: To { name: "Jane" }, last: None };
        let of = |text: &'static str| {
            let book = Book::new(move |_| Some(Cow::Borrowed(text)));
            book.fill("a", &given, 1000).unwrap_err().what
        };
        let owned = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let unknown = |text, want: &str, all: &[&str]| match of(text) {
            Wrong::Unknown { name, known, .. } => assert_eq!((&*name, known), (want, owned(all))),
            other => panic!("{text}: {other:?}"),
        };
        unknown("{{ form }}", "form", &["last", "to"]);
        unknown("{{ to.nmae }}", "to.nmae", &["to.name"]);
        unknown("{% if to.nmae == 1 %}{% endif %}", "to.nmae", &["to.name"]);
        assert!(matches!(of("{{ last.name }}"), Wrong::Nothing { within, .. } if within == "last"));
        // What is made of a variable has no name of its own.
        assert!(matches!(of("{{ to.name.x }}"), Wrong::Engine(_)));
    }

    #[test]
    fn a_line_with_a_tag_alone_leaves_none() {
        let text =
            book(&[("a", "one\n  {% if true %}\ntwo\n  {% endif %}\nthree")]).fill("a", &(), 1000).unwrap();
        assert_eq!(text, "one\ntwo\nthree");
    }
}
