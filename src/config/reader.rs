//! Takes the keys of a TOML table one by one.
//!
//! Knows where each key and value stood, and which keys were asked for: what is
//! left at the end is unknown. Leaves what a value means to `values`.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::problem::{Problem, What};
use crate::text::{NotePath, Span, fold, nearest};

/// A table that is being read, with the list that its problems go to.
pub(super) struct Reader<'r> {
    file: &'r File<'r>,
    /// `page`, `tiers.close`; empty for the whole file.
    name: String,
    /// Where the table is named.
    span: Span,
    left: DeTable<'r>,
    known: Vec<Cow<'static, str>>,
    problems: &'r mut Vec<Problem>,
}

struct File<'r> {
    path: &'r NotePath,
    text: &'r str,
}

/// A value that stood in the file.
pub(super) struct Value<'v, 'i> {
    value: &'v DeValue<'i>,
}

/// Lets `read` take what it knows from `text`; every problem found, in the order of the file.
pub(super) fn read(path: &NotePath, text: &str, read: impl FnOnce(&mut Reader<'_>)) -> Vec<Problem> {
    let file = File { path, text };
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut problems: Vec<Problem> = errors
        .into_iter()
        .map(|error| {
            let span = error.span().map_or(Span::default(), |s| Span::new(s.start, s.end));
            let mut why = error.message().to_owned();
            let there = span.of(text);
            if why.starts_with("invalid unquoted key") && !there.is_ascii() {
                why = format!("a key outside a-z needs quotes: \"{there}\"");
            }
            file.problem(span, What::BadToml(why))
        })
        .collect();
    problems.sort_by_key(|p| (p.line, p.column));
    // What follows in a broken line follows from it.
    problems.dedup_by_key(|p| p.line);
    // What was recovered from broken text is not what was meant: no word about its values.
    if problems.is_empty() {
        let left = document.into_inner();
        let mut reader = Reader {
            file: &file,
            name: String::new(),
            span: Span::default(),
            left,
            known: Vec::new(),
            problems: &mut problems,
        };
        read(&mut reader);
        reader.finish();
    }
    problems.sort_by_key(|p| (p.line, p.column));
    problems
}

impl File<'_> {
    fn problem(&self, span: Span, what: What) -> Problem {
        Problem::at(self.path.clone(), self.text, span, what)
    }
}

impl<'r> Reader<'r> {
    /// Reads `key` into `into`, where it stands and `parse` takes it. Whether it stood there.
    pub(super) fn take<T>(
        &mut self,
        key: &'static str,
        takes: &'static str,
        into: &mut T,
        parse: impl FnOnce(Value<'_, '_>) -> Option<T>,
    ) -> bool {
        let Some((_, value)) = self.remove(key.into()) else { return false };
        match parse(Value { value: value.get_ref() }) {
            Some(read) => *into = read,
            None => self.bad_value(key, &value, takes),
        }
        true
    }

    /// Reads a key that the table cannot do without.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        takes: &'static str,
        into: &mut Option<T>,
        parse: impl FnOnce(Value<'_, '_>) -> Option<T>,
    ) {
        if !self.take(key, takes, into, |v| parse(v).map(Some)) {
            self.missing(key, takes);
        }
    }

    /// Reads a list into `into`, each element by `parse`; one value alone is a list of one.
    pub(super) fn list<T>(
        &mut self,
        key: impl Into<Cow<'static, str>>,
        takes: &'static str,
        into: &mut Vec<T>,
        mut parse: impl FnMut(Value<'_, '_>) -> Option<T>,
    ) -> bool {
        self.list_or(key, takes, into, |v| parse(v).ok_or(None))
    }

    /// As [`Reader::list`], where `parse` may know better what is wrong.
    pub(super) fn list_or<T>(
        &mut self,
        key: impl Into<Cow<'static, str>>,
        takes: &'static str,
        into: &mut Vec<T>,
        mut parse: impl FnMut(Value<'_, '_>) -> Result<T, Option<What>>,
    ) -> bool {
        let key = key.into();
        let Some((_, value)) = self.remove(key.clone()) else { return false };
        let elements = match value.get_ref() {
            DeValue::Array(array) => array.iter().collect(),
            _ => vec![&value],
        };
        let mut read = Vec::with_capacity(elements.len());
        for element in elements {
            match parse(Value { value: element.get_ref() }) {
                Ok(one) => read.push(one),
                Err(None) => self.bad_value(&key, element, takes),
                Err(Some(what)) => self.problems.push(self.file.problem(span_of(element), what)),
            }
        }
        *into = read;
        true
    }

    /// Reads the table `key` with `read`. Whether it stood there.
    pub(super) fn table(
        &mut self,
        key: impl Into<Cow<'static, str>>,
        read: impl FnOnce(&mut Reader<'_>),
    ) -> bool {
        let key = key.into();
        let Some((span, value)) = self.remove(key.clone()) else { return false };
        self.enter(&key, span, value, read);
        true
    }

    /// Reads every table of the list `key` (`[[key]]`) with `read`.
    pub(super) fn tables(&mut self, key: &'static str, mut read: impl FnMut(&mut Reader<'_>)) {
        let Some((_, value)) = self.remove(key.into()) else { return };
        if value.get_ref().as_array().is_none() {
            return self.bad_value(key, &value, "tables, each under [[seasons]]");
        }
        let DeValue::Array(array) = value.into_inner() else { return };
        for element in array {
            self.enter(key, span_of(&element), element, &mut read);
        }
    }

    fn enter(
        &mut self,
        key: &str,
        span: Span,
        value: Spanned<DeValue<'r>>,
        read: impl FnOnce(&mut Reader<'_>),
    ) {
        let shown = value_text(self.file.text, &value);
        let at = span_of(&value);
        let DeValue::Table(left) = value.into_inner() else {
            return self.bad(key, at, shown, "a table of keys, as [page] is");
        };
        let mut inner = Reader {
            file: self.file,
            name: self.full(key),
            span,
            left,
            known: Vec::new(),
            problems: self.problems,
        };
        read(&mut inner);
        inner.finish();
    }

    /// The keys not asked for yet, in the order of the file.
    pub(super) fn rest(&self) -> Vec<String> {
        let mut rest: Vec<_> = self.left.keys().collect();
        rest.sort_by_key(|key| key.span().start);
        rest.into_iter().map(|key| key.get_ref().to_string()).collect()
    }

    /// Whether `key` stands in the table and was not taken yet.
    pub(super) fn has(&self, key: &str) -> bool {
        self.left.contains_key(key)
    }

    /// Says that the table lacks a key it cannot do without.
    pub(super) fn missing(&mut self, key: &str, takes: &'static str) {
        let what = What::MissingKey { key: self.full(key), takes };
        self.problems.push(self.file.problem(self.span, what));
    }

    /// Says that the table itself has a name that is not known, or hard to tell from another.
    pub(super) fn misnamed(&mut self, nearest: &str) {
        let what = What::UnknownKey { key: self.name.clone(), nearest: Some(nearest.to_owned()) };
        self.problems.push(self.file.problem(self.span, what));
        self.left.clear();
    }

    fn remove(&mut self, key: Cow<'static, str>) -> Option<(Span, Spanned<DeValue<'r>>)> {
        let found = self.left.remove_entry(key.as_ref());
        self.known.push(key);
        let (key, value) = found?;
        Some((span_of(&key), value))
    }

    fn full(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    fn bad_value(&mut self, key: &str, value: &Spanned<DeValue<'_>>, takes: &'static str) {
        let span = span_of(value);
        self.bad(key, span, value_text(self.file.text, value), takes);
    }

    fn bad(&mut self, key: &str, span: Span, value: String, takes: &'static str) {
        let what = What::BadValue { key: self.full(key), value, takes };
        self.problems.push(self.file.problem(span, what));
    }

    fn finish(self) {
        for key in self.left.keys() {
            let name = key.get_ref();
            let nearest = nearest(name, self.known.iter().map(AsRef::as_ref)).map(str::to_owned);
            let what = What::UnknownKey { key: self.full(name), nearest };
            let span = span_of(key);
            self.problems.push(self.file.problem(span, what));
        }
    }
}

fn span_of<T>(spanned: &Spanned<T>) -> Span {
    Span::new(spanned.span().start, spanned.span().end)
}

/// A value as it is written.
fn value_text(text: &str, value: &Spanned<DeValue<'_>>) -> String {
    text.get(value.span()).unwrap_or_default().to_owned()
}

impl Value<'_, '_> {
    /// The string as written.
    pub(super) fn text(&self) -> Option<&str> {
        self.value.as_str()
    }

    /// The string as a word to compare: NFKC, lower case, trimmed.
    pub(super) fn word(&self) -> Option<Cow<'_, str>> {
        self.text().map(fold)
    }

    /// `true`, `false`.
    pub(super) fn bool(&self) -> Option<bool> {
        self.value.as_bool()
    }

    /// A whole number, not negative.
    pub(super) fn count(&self) -> Option<u32> {
        let integer = self.value.as_integer()?;
        u32::from_str_radix(integer.as_str(), integer.radix()).ok()
    }

    /// A finite number; an integer is one too.
    pub(super) fn number(&self) -> Option<f64> {
        let number = match self.value {
            DeValue::Float(float) => float.as_str().parse().ok()?,
            #[allow(clippy::cast_precision_loss)]
            DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).ok()? as f64,
            _ => return None,
        };
        f64::is_finite(number).then_some(number)
    }

    /// A string, or one of TOML's own dates as it would stand in a string.
    pub(super) fn date_text(&self) -> Option<String> {
        match self.value {
            DeValue::Datetime(date) => Some(date.to_string()),
            _ => self.text().map(str::to_owned),
        }
    }
}
