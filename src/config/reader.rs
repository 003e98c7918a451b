//! Takes the keys of a TOML table one by one.
//!
//! Knows where each key and value stood, and which keys were asked for: what is
//! left at the end is unknown. Of no file it only notes down what it is asked for,
//! which is what the reference is made of. Leaves what a value means to `values`.

mod value;

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::key::{ANY, Key, Preset};
use crate::problem::{Problem, Takes, What};
use crate::text::{NotePath, Span, nearest};

pub(super) use value::Value;

/// A kind of value.
pub(super) struct Kind<T> {
    /// What it takes.
    pub takes: Takes,
    /// How a value is written in TOML; none where leaving the key out is the only way.
    pub written: fn(&T) -> Option<String>,
}

/// What is wrong with a value.
pub(super) enum Wrong {
    /// It is none of what is taken.
    Value(Takes),
    /// Something that has words of its own.
    What(What),
}

/// A table that is being read, with the list that its problems go to.
pub(super) struct Reader<'r> {
    file: &'r File<'r>,
    /// `page`, `tiers.close`; empty for the whole file.
    name: String,
    /// `[[seasons]]`
    is_one_of_many: bool,
    /// Where the table is named.
    span: Span,
    left: DeTable<'r>,
    known: Vec<Cow<'static, str>>,
    problems: &'r mut Vec<Problem>,
    /// The keys asked for, where that is all there is to do.
    asked: Option<&'r mut Vec<Key>>,
}

const TABLE: Takes =
    Takes { en: "a table of keys, as [page] is", ja: "[page] のようなキーの表", like: "" };

const SEASONS: Takes =
    Takes { en: "tables, each under [[seasons]]", ja: "[[seasons]] で始まる表", like: "" };

const REVIEW: Takes =
    Takes { en: "tables, each under [[review]]", ja: "[[review]] で始まる表", like: "" };

struct File<'r> {
    path: &'r NotePath,
    text: &'r str,
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
            is_one_of_many: false,
            span: Span::default(),
            left,
            known: Vec::new(),
            problems: &mut problems,
            asked: None,
        };
        read(&mut reader);
        reader.finish();
    }
    problems.sort_by_key(|p| (p.line, p.column));
    problems
}

/// Every key that `read` asks for, in its order, with what it has where nothing is said.
pub(super) fn asked(read: impl FnOnce(&mut Reader<'_>)) -> Vec<Key> {
    let mut keys = Vec::new();
    let path = NotePath::new("");
    read(&mut Reader {
        file: &File { path: &path, text: "" },
        name: String::new(),
        is_one_of_many: false,
        span: Span::default(),
        left: DeTable::new(),
        known: Vec::new(),
        problems: &mut Vec::new(),
        asked: Some(&mut keys),
    });
    keys
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
        kind: &Kind<T>,
        into: &mut T,
        parse: impl FnOnce(Value<'_, '_>) -> Option<T>,
    ) -> bool {
        self.take_or(key, kind, into, |v| parse(v).ok_or(Wrong::Value(kind.takes)))
    }

    /// As [`Reader::take`], where `parse` may know better what is wrong.
    pub(super) fn take_or<T>(
        &mut self,
        key: &'static str,
        kind: &Kind<T>,
        into: &mut T,
        parse: impl FnOnce(Value<'_, '_>) -> Result<T, Wrong>,
    ) -> bool {
        self.asks(key, kind, into);
        let Some((_, value)) = self.remove(key.into()) else { return false };
        match parse(Value { value: value.get_ref(), span: span_of(&value) }) {
            Ok(read) => *into = read,
            Err(wrong) => self.wrong(key, &value, wrong),
        }
        true
    }

    /// Reads a key that the table cannot do without.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        takes: Takes,
        into: &mut Option<T>,
        parse: impl FnOnce(Value<'_, '_>) -> Option<T>,
    ) {
        let kind = Kind { takes, written: |_| None };
        if !self.take(key, &kind, into, |v| parse(v).map(Some)) {
            self.missing(key, takes);
        }
    }

    /// Reads a list into `into`, each element by `parse`; one value alone is a list of one.
    pub(super) fn list<T>(
        &mut self,
        key: impl Into<Cow<'static, str>>,
        kind: &Kind<Vec<T>>,
        into: &mut Vec<T>,
        mut parse: impl FnMut(Value<'_, '_>) -> Option<T>,
    ) -> bool {
        self.list_or(key, kind, into, |v| parse(v).ok_or(Wrong::Value(kind.takes)))
    }

    /// As [`Reader::list`], where `parse` may know better what is wrong.
    pub(super) fn list_or<T>(
        &mut self,
        key: impl Into<Cow<'static, str>>,
        kind: &Kind<Vec<T>>,
        into: &mut Vec<T>,
        mut parse: impl FnMut(Value<'_, '_>) -> Result<T, Wrong>,
    ) -> bool {
        let key = key.into();
        self.asks(&key, kind, into);
        let Some((_, value)) = self.remove(key.clone()) else { return false };
        let elements = match value.get_ref() {
            DeValue::Array(array) => array.iter().collect(),
            _ => vec![&value],
        };
        let mut read = Vec::with_capacity(elements.len());
        for element in elements {
            match parse(Value { value: element.get_ref(), span: span_of(element) }) {
                Ok(one) => read.push(one),
                Err(wrong) => self.wrong(&key, element, wrong),
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
        let Some((span, value)) = self.remove(key.clone()).or_else(|| self.to_ask()) else { return false };
        self.enter(&key, false, span, value, read);
        true
    }

    /// As [`Reader::table`]; a list of such tables (`[[key]]`) means that of the name `many`.
    pub(super) fn table_beside(
        &mut self,
        key: &'static str,
        many: &'static str,
        read: impl FnOnce(&mut Reader<'_>),
    ) {
        let is_list = self.left.get(key).is_some_and(|value| value.get_ref().as_array().is_some());
        if !is_list {
            self.table(key, read);
        } else if let Some((span, _)) = self.remove(key.into()) {
            let (key, nearest) = (format!("[[{key}]]"), Some(format!("[[{many}]]")));
            self.report(span, What::UnknownKey { key, nearest, known: Vec::new() });
        }
    }

    /// Reads every table of the list `key` (`[[key]]`) with `read`.
    pub(super) fn tables(&mut self, key: &'static str, mut read: impl FnMut(&mut Reader<'_>)) {
        let Some((_, value)) = self.remove(key.into()) else {
            if let Some((span, value)) = self.to_ask() {
                self.enter(key, true, span, value, read);
            }
            return;
        };
        if value.get_ref().as_array().is_none() {
            return self.bad_value(key, &value, if key == "review" { REVIEW } else { SEASONS });
        }
        let DeValue::Array(array) = value.into_inner() else { return };
        for element in array {
            self.enter(key, true, span_of(&element), element, &mut read);
        }
    }

    fn enter(
        &mut self,
        key: &str,
        is_one_of_many: bool,
        span: Span,
        value: Spanned<DeValue<'r>>,
        read: impl FnOnce(&mut Reader<'_>),
    ) {
        let shown = value_text(self.file.text, &value);
        let at = span_of(&value);
        let DeValue::Table(left) = value.into_inner() else {
            return self.bad(key, at, shown, TABLE);
        };
        let mut inner = Reader {
            file: self.file,
            name: self.full(key),
            is_one_of_many,
            span,
            left,
            known: Vec::new(),
            problems: self.problems,
            asked: self.asked.as_deref_mut(),
        };
        read(&mut inner);
        inner.finish();
    }

    /// The keys not asked for yet, in the order of the file.
    pub(super) fn rest(&self) -> Vec<String> {
        if self.asked.is_some() {
            return vec![ANY.to_owned()];
        }
        let mut rest: Vec<_> = self.left.keys().collect();
        rest.sort_by_key(|key| key.span().start);
        rest.into_iter().map(|key| key.get_ref().to_string()).collect()
    }

    /// Whether `key` stands in the table and was not taken yet.
    pub(super) fn has(&self, key: &str) -> bool {
        self.left.contains_key(key)
    }

    /// Says that the table lacks a key it cannot do without.
    pub(super) fn missing(&mut self, key: &str, takes: Takes) {
        let table = self.header();
        let mut asked = self.asked.iter_mut().flat_map(|keys| keys.iter_mut());
        if let Some(asked) = asked.rfind(|asked| asked.table == table && asked.name == key) {
            asked.preset = Preset::Required;
        }
        let what = What::MissingKey { key: self.full(key), takes };
        self.report(self.span, what);
    }

    /// Says that the table itself has a name that is not known, or hard to tell from another.
    pub(super) fn misnamed(&mut self, nearest: &str) {
        let (key, nearest) = (self.name.clone(), Some(nearest.to_owned()));
        self.report(self.span, What::UnknownKey { key, nearest, known: Vec::new() });
        self.left.clear();
    }

    /// Says that a name which the user chose for the table, one of `key`, is none.
    pub(super) fn bad_name(&mut self, key: &str, name: &str, takes: Takes) {
        let (key, value) = (key.to_owned(), format!("\"{name}\""));
        self.report(self.span, What::BadValue { key, value, takes });
        self.left.clear();
    }

    /// Says what is wrong with the bytes `span` of the file.
    pub(super) fn report(&mut self, span: Span, what: What) {
        self.problems.push(self.file.problem(span, what));
    }

    /// Notes down a key, where that is all there is to do.
    fn asks<T>(&mut self, key: &str, kind: &Kind<T>, preset: &T) {
        if self.asked.is_none() {
            return;
        }
        let preset = (kind.written)(preset).map_or(Preset::Nothing, Preset::Value);
        let key = Key { table: self.header(), name: key.to_owned(), preset, takes: kind.takes };
        self.asked.iter_mut().for_each(|asked| asked.push(key.clone()));
    }

    /// A table with nothing in it, where its keys are only asked for.
    fn to_ask(&self) -> Option<(Span, Spanned<DeValue<'r>>)> {
        let empty = || (Span::default(), Spanned::new(0..0, DeValue::Table(DeTable::new())));
        self.asked.is_some().then(empty)
    }

    /// The line that the table begins with.
    fn header(&self) -> String {
        if self.is_one_of_many { format!("[[{}]]", self.name) } else { format!("[{}]", self.name) }
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

    fn wrong(&mut self, key: &str, value: &Spanned<DeValue<'_>>, wrong: Wrong) {
        match wrong {
            Wrong::Value(takes) => self.bad_value(key, value, takes),
            Wrong::What(what) => self.report(span_of(value), what),
        }
    }

    fn bad_value(&mut self, key: &str, value: &Spanned<DeValue<'_>>, takes: Takes) {
        self.bad(key, span_of(value), value_text(self.file.text, value), takes);
    }

    fn bad(&mut self, key: &str, span: Span, value: String, takes: Takes) {
        self.report(span, What::BadValue { key: self.full(key), value, takes });
    }

    fn finish(self) {
        for key in self.left.keys() {
            let name = key.get_ref();
            let nearest = nearest(name, self.known.iter().map(AsRef::as_ref)).map(str::to_owned);
            let known = match nearest {
                Some(_) => Vec::new(),
                None => self.known.iter().map(|key| key.to_string()).collect(),
            };
            let what = What::UnknownKey { key: self.full(name), nearest, known };
            self.problems.push(self.file.problem(span_of(key), what));
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
