//! Formulas of Obsidian's Bases, worked out for one note as Obsidian's help describes them (*Bases
//! syntax*, *Functions*): what the help does not have is refused. Obsidian itself is not asked.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use regex::Regex;

#[derive(Debug, Clone)]
pub enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    Date(NaiveDate),
    /// Months and days.
    Duration(i64, i64),
    List(Vec<Value>),
    Pattern(Regex, bool),
    Link(String),
}

use Value::{Bool, Date, Duration, Link, List, Null, Number, Pattern, Text};

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Null, Null) => true,
            (Bool(a), Bool(b)) => a == b,
            (Number(a), Number(b)) => a == b,
            (Text(a), Text(b)) | (Link(a), Link(b)) => a == b,
            (Date(a), Date(b)) => a == b,
            (List(a), List(b)) => a == b,
            _ => false,
        }
    }
}

impl Value {
    pub fn is_truthy(&self) -> bool {
        match self {
            Null => false,
            Bool(b) => *b,
            Number(n) => *n != 0.0,
            Text(text) => !text.is_empty(),
            List(list) => !list.is_empty(),
            Date(_) | Duration(..) | Pattern(..) | Link(_) => true,
        }
    }

    fn text(&self) -> String {
        match self {
            Bool(b) => b.to_string(),
            Number(n) => n.to_string(),
            Text(text) => text.clone(),
            Link(text) => format!("[[{text}]]"),
            Date(day) => day.to_string(),
            other => panic!("{other:?} is taken for a text"),
        }
    }
}

/// A note as Bases sees it.
#[derive(Debug)]
pub struct Note {
    pub path: String,
    pub tags: Vec<String>,
    pub properties: BTreeMap<String, Value>,
}

impl Note {
    /// A note of flat front matter, its values typed as Obsidian types them.
    pub fn new(path: &str, front: &str) -> Self {
        let pairs = front.lines().filter_map(|line| line.split_once(':'));
        let properties: BTreeMap<String, Value> =
            pairs.map(|(key, value)| (key.to_owned(), typed(value.trim()))).collect();
        let tags = match properties.get("tags") {
            Some(List(tags)) => tags.iter().map(Value::text).collect(),
            Some(tag @ Text(_)) => vec![tag.text()],
            _ => Vec::new(),
        };
        Self { path: path.to_owned(), tags, properties }
    }
}

fn typed(value: &str) -> Value {
    if let Some(inner) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return List(inner.split(',').map(|part| typed(part.trim())).collect());
    }
    if let Some(text) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return match text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
            Some(link) => Link(link.to_owned()),
            None => Text(text.to_owned()),
        };
    }
    match value {
        "" | "null" | "~" => Null,
        "true" => Bool(true),
        "false" => Bool(false),
        _ => match (value.parse::<f64>(), value.parse::<NaiveDate>()) {
            (Ok(number), _) => Number(number),
            (_, Ok(day)) => Date(day),
            _ => Text(value.to_owned()),
        },
    }
}

/// A base's formulas on a day.
pub struct Base {
    pub formulas: BTreeMap<String, String>,
    pub today: NaiveDate,
    /// What was worked out already, by formula and note.
    known: RefCell<BTreeMap<(String, String), Value>>,
}

#[derive(Debug)]
enum Term {
    Value(Value),
    List(Vec<Term>),
    Name(String),
    Field(Box<Term>, String),
    Index(Box<Term>, Box<Term>),
    Call(Box<Term>, Vec<Term>),
    Not(Box<Term>),
    Two(Box<Term>, &'static str, Box<Term>),
}

/// From the loosest to the tightest.
const OPERATORS: &[&[&str]] =
    &[&["||"], &["&&"], &["==", "!="], &["<=", ">=", "<", ">"], &["+", "-"], &["*", "/", "%"]];

struct Parser<'t> {
    rest: &'t str,
    whole: &'t str,
}

impl Parser<'_> {
    fn fail(&self, why: &str) -> ! {
        panic!("{why} at `{}` of `{}`", self.rest, self.whole)
    }

    fn eat(&mut self, sign: &str) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn need(&mut self, sign: &str) {
        if !self.eat(sign) {
            self.fail(&format!("`{sign}` is missing"));
        }
    }

    fn until(&mut self, end: impl Fn(char) -> bool) -> String {
        let at = self.rest.find(end).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(at);
        self.rest = rest;
        word.to_owned()
    }

    fn term(&mut self, level: usize) -> Term {
        let Some(operators) = OPERATORS.get(level) else { return self.single() };
        let mut left = self.term(level + 1);
        while let Some(operator) = operators.iter().find(|operator| self.eat(operator)) {
            left = Term::Two(Box::new(left), operator, Box::new(self.term(level + 1)));
        }
        left
    }

    fn list(&mut self, end: &str) -> Vec<Term> {
        let mut terms = Vec::new();
        while !self.eat(end) {
            if !terms.is_empty() {
                self.need(",");
            }
            terms.push(self.term(0));
        }
        terms
    }

    fn single(&mut self) -> Term {
        if self.eat("!") {
            return Term::Not(Box::new(self.single()));
        }
        let mut term = self.head();
        loop {
            if self.eat(".") {
                term = Term::Field(Box::new(term), self.until(|c| !c.is_alphanumeric() && c != '_'));
            } else if self.eat("[") {
                let index = self.term(0);
                self.need("]");
                term = Term::Index(Box::new(term), Box::new(index));
            } else if self.eat("(") {
                term = Term::Call(Box::new(term), self.list(")"));
            } else {
                return term;
            }
        }
    }

    fn head(&mut self) -> Term {
        self.rest = self.rest.trim_start();
        for quote in ['"', '\''] {
            if let Some(rest) = self.rest.strip_prefix(quote) {
                self.rest = rest;
                let text = self.until(|c| c == quote);
                self.need(&quote.to_string());
                return Term::Value(Text(text));
            }
        }
        if self.eat("(") {
            let inner = self.term(0);
            self.need(")");
            return inner;
        }
        if self.eat("[") {
            return Term::List(self.list("]"));
        }
        if self.eat("/") {
            return self.pattern();
        }
        if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            let number = self.until(|c| !c.is_ascii_digit() && c != '.');
            return Term::Value(Number(number.parse().unwrap()));
        }
        let word = self.until(|c| !c.is_alphanumeric() && c != '_');
        match word.as_str() {
            "" => self.fail("nothing"),
            "true" => Term::Value(Bool(true)),
            "false" => Term::Value(Bool(false)),
            "null" => Term::Value(Null),
            _ => Term::Name(word),
        }
    }

    fn pattern(&mut self) -> Term {
        let mut source = String::new();
        let mut in_class = false;
        loop {
            let Some(c) = self.rest.chars().next() else { self.fail("a pattern without an end") };
            self.rest = &self.rest[c.len_utf8()..];
            match c {
                '\\' => {
                    let next = self.rest.chars().next().unwrap();
                    self.rest = &self.rest[next.len_utf8()..];
                    source.push(c);
                    source.push(next);
                    continue;
                }
                '/' if !in_class => break,
                '[' => in_class = true,
                ']' => in_class = false,
                _ => {}
            }
            source.push(c);
        }
        let flags = self.until(|c| !c.is_alphabetic());
        assert!(matches!(flags.as_str(), "" | "g"), "the flag {flags} of `{}`", self.whole);
        Term::Value(Pattern(pattern(&source), flags == "g"))
    }
}

/// A pattern, made once: most of the time goes into that.
fn pattern(source: &str) -> Regex {
    thread_local!(static KNOWN: RefCell<BTreeMap<String, Regex>> = RefCell::default());
    KNOWN.with_borrow_mut(|known| {
        known.entry(source.to_owned()).or_insert_with(|| Regex::new(source).unwrap()).clone()
    })
}

impl Base {
    pub fn new(formulas: BTreeMap<String, String>, today: NaiveDate) -> Self {
        Self { formulas, today, known: RefCell::default() }
    }

    /// What an expression says of a note.
    pub fn says(&self, expression: &str, note: &Note) -> Value {
        let mut parser = Parser { rest: expression, whole: expression };
        let term = parser.term(0);
        assert!(parser.rest.trim().is_empty(), "`{}` is left of `{expression}`", parser.rest);
        self.value(&term, note)
    }

    /// What a formula says of a note.
    pub fn formula(&self, name: &str, note: &Note) -> Value {
        let key = (name.to_owned(), note.path.clone());
        let known = self.known.borrow().get(&key).cloned();
        known.unwrap_or_else(|| {
            let formula = self.formulas.get(name).unwrap_or_else(|| panic!("there is no formula {name}"));
            let value = self.says(formula, note);
            self.known.borrow_mut().insert(key, value.clone());
            value
        })
    }

    fn value(&self, term: &Term, note: &Note) -> Value {
        match term {
            Term::Value(value) => value.clone(),
            Term::List(terms) => List(terms.iter().map(|term| self.value(term, note)).collect()),
            Term::Not(term) => Bool(!self.value(term, note).is_truthy()),
            Term::Two(left, operator, right) => self.two(left, operator, right, note),
            Term::Name(name) => note.properties.get(name).cloned().unwrap_or(Null),
            Term::Index(of, index) => match (&**of, self.value(index, note)) {
                (Term::Name(name), Text(key)) if name == "note" => {
                    note.properties.get(&key).cloned().unwrap_or(Null)
                }
                (of, Number(at)) => match self.value(of, note) {
                    List(list) => list.get(at as usize).cloned().unwrap_or(Null),
                    other => panic!("{other:?} is no list"),
                },
                (of, index) => panic!("{of:?} has no {index:?}"),
            },
            Term::Field(of, name) => self.field(of, name, note),
            Term::Call(called, given) => self.call(called, given, note),
        }
    }

    fn field(&self, of: &Term, name: &str, note: &Note) -> Value {
        if let Term::Name(of) = of {
            let (folder, file) = note.path.rsplit_once('/').unwrap_or(("", &note.path));
            match of.as_str() {
                "formula" => return self.formula(name, note),
                "note" => return note.properties.get(name).cloned().unwrap_or(Null),
                "file" => {
                    return Text(match name {
                        "ext" => file.rsplit_once('.').unwrap().1.to_owned(),
                        "basename" => file.rsplit_once('.').unwrap().0.to_owned(),
                        "name" => file.to_owned(),
                        "folder" => folder.to_owned(),
                        "path" => note.path.clone(),
                        _ => panic!("file.{name}"),
                    });
                }
                _ => {}
            }
        }
        match (self.value(of, note), name) {
            (Date(day), "year") => Number(f64::from(day.year())),
            (Date(day), "month") => Number(f64::from(day.month())),
            (Date(day), "day") => Number(f64::from(day.day())),
            (List(list), "length") => Number(list.len() as f64),
            (value, name) => panic!("{value:?} has no field {name}"),
        }
    }

    fn two(&self, left: &Term, operator: &str, right: &Term, note: &Note) -> Value {
        let left = self.value(left, note);
        match operator {
            "&&" => return if left.is_truthy() { self.value(right, note) } else { left },
            "||" => return if left.is_truthy() { left } else { self.value(right, note) },
            _ => {}
        }
        let right = self.value(right, note);
        match (left, operator, right) {
            (left, "==", right) => Bool(left == right),
            (left, "!=", right) => Bool(left != right),
            (Date(day), "+", Duration(months, days)) => Date(shifted(day, months, days)),
            (Date(day), "-", Duration(months, days)) => Date(shifted(day, -months, -days)),
            // A text beside a date is a duration.
            (Date(day), "+", Text(text)) => match duration(&text) {
                Duration(months, days) => Date(shifted(day, months, days)),
                other => panic!("{other:?}"),
            },
            (Duration(months, days), "*", Number(n)) => Duration(months * n as i64, days * n as i64),
            (Text(a), "+", Text(b)) => Text(a + &b),
            (Number(a), _, Number(b)) => match operator {
                "+" => Number(a + b),
                "-" => Number(a - b),
                "*" => Number(a * b),
                "/" => Number(a / b),
                "%" => Number(a % b),
                _ => Bool(ordered(a.partial_cmp(&b).unwrap(), operator)),
            },
            (Date(a), "<" | ">" | "<=" | ">=", Date(b)) => Bool(ordered(a.cmp(&b), operator)),
            (left, operator, right) => panic!("the help knows no {left:?} {operator} {right:?}"),
        }
    }

    fn call(&self, called: &Term, given: &[Term], note: &Note) -> Value {
        let all = || given.iter().map(|term| self.value(term, note)).collect::<Vec<_>>();
        match called {
            Term::Name(name) if name == "if" => match given {
                [condition, yes, no @ ..] => match (self.value(condition, note).is_truthy(), no) {
                    (true, _) => self.value(yes, note),
                    (false, [no]) => self.value(no, note),
                    (false, _) => Null,
                },
                _ => panic!("if() of {}", given.len()),
            },
            Term::Name(name) => match (name.as_str(), all().as_slice()) {
                ("today", []) => Date(self.today),
                // Obsidian gives a property of the type *date* as a date already.
                ("date", [Date(day)]) => Date(*day),
                ("date", [Text(text)]) => Date(text.parse().unwrap_or_else(|_| panic!("date({text:?})"))),
                ("duration", [Text(text)]) => duration(text),
                ("number", [Number(n)]) => Number(*n),
                ("number", [Text(text)]) => {
                    Number(text.parse().unwrap_or_else(|_| panic!("number({text:?})")))
                }
                ("number", [Date(day)]) => Number(86_400_000.0 * f64::from(day.num_days_from_ce() - 719_163)),
                ("list", [list @ List(_)]) => list.clone(),
                ("list", [value]) => List(vec![value.clone()]),
                ("link", [Text(text)]) => Link(text.clone()),
                (name, given) => panic!("{name}({given:?})"),
            },
            Term::Field(of, name) => {
                if matches!(&**of, Term::Name(name) if name == "file") {
                    return file(note, name, &all());
                }
                method(&self.value(of, note), name, &all())
            }
            other => panic!("{other:?} is called"),
        }
    }
}

fn ordered(order: std::cmp::Ordering, operator: &str) -> bool {
    match operator {
        "<" => order.is_lt(),
        ">" => order.is_gt(),
        "<=" => order.is_le(),
        ">=" => order.is_ge(),
        _ => panic!("{operator}"),
    }
}

fn shifted(day: NaiveDate, months: i64, days: i64) -> NaiveDate {
    let by = |n: i64| u32::try_from(n.abs()).unwrap();
    let day = if months < 0 { day - Months::new(by(months)) } else { day + Months::new(by(months)) };
    let span = Days::new(u64::from(by(days)));
    if days < 0 { day - span } else { day + span }
}

fn duration(text: &str) -> Value {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or_else(|| panic!("duration({text:?})"));
    let number: i64 = text[..digits].parse().unwrap_or_else(|_| panic!("duration({text:?})"));
    match text[digits..].trim() {
        "y" | "year" | "years" => Duration(12 * number, 0),
        "M" | "month" | "months" => Duration(number, 0),
        "w" | "week" | "weeks" => Duration(0, 7 * number),
        "d" | "day" | "days" => Duration(0, number),
        unit => panic!("the unit {unit}"),
    }
}

fn file(note: &Note, name: &str, given: &[Value]) -> Value {
    let words: Vec<String> = given.iter().map(Value::text).collect();
    let below = |whole: &str, part: &str| whole == part || whole.starts_with(&format!("{part}/"));
    Bool(match name {
        "hasTag" => words.iter().any(|word| note.tags.iter().any(|tag| below(tag, word))),
        "inFolder" => below(note.path.rsplit_once('/').map_or("", |(folder, _)| folder), &words[0]),
        "hasProperty" => note.properties.contains_key(&words[0]),
        _ => panic!("file.{name}()"),
    })
}

fn method(of: &Value, name: &str, given: &[Value]) -> Value {
    let kind = match of {
        Text(_) => "string",
        Date(_) => "date",
        Number(_) => "number",
        Bool(_) => "boolean",
        List(_) => "list",
        _ => "other",
    };
    match (of, name, given) {
        (Null, ..) => panic!("nothing has no {name}()"),
        (_, "isType", [Text(wanted)]) => Bool(kind == wanted),
        (List(_), "toString", []) => panic!("the help does not say what a list is as a text"),
        (of, "toString", []) => Text(of.text()),
        (Date(day), "format", [Text(format)]) => {
            let format = format.replace("YYYY", "%Y").replace("MM", "%m").replace("DD", "%d");
            Text(day.format(&format).to_string())
        }
        (Date(day), "date", []) => Date(*day),
        (Text(text), "slice", [Number(from), Number(to)]) => {
            Text(text.chars().skip(*from as usize).take((*to - *from) as usize).collect())
        }
        (Text(text), "lower", []) => Text(text.to_lowercase()),
        (Text(text), "trim", []) => Text(text.trim().to_owned()),
        (Text(text), "contains", [Text(part)]) => Bool(text.contains(part)),
        (Text(text), "split", [Text(by)]) => {
            List(text.split(by.as_str()).map(|t| Text(t.to_owned())).collect())
        }
        (Text(text), "replace", [Pattern(pattern, all), Text(with)]) => {
            assert!(!with.contains('$'), "the help knows no groups in {with}");
            let limit = usize::from(!*all);
            Text(pattern.replacen(text, limit, with.as_str()).into_owned())
        }
        (Pattern(pattern, _), "matches", [Text(text)]) => Bool(pattern.is_match(text)),
        (List(list), "contains", [value]) => Bool(list.contains(value)),
        (List(list), "containsAny", values) => Bool(values.iter().any(|value| list.contains(value))),
        (List(list), "reverse", []) => List(list.iter().rev().cloned().collect()),
        (List(list), "join", [Text(by)]) => Text(list.iter().map(Value::text).collect::<Vec<_>>().join(by)),
        (List(list), "slice", [Number(from), Number(to)]) => {
            let to = (*to as usize).min(list.len());
            List(list[(*from as usize).min(to)..to].to_vec())
        }
        (Number(n), "floor", []) => Number(n.floor()),
        (Number(n), "round", []) => Number(n.round()),
        (of, name, given) => panic!("the help knows no {of:?}.{name}({given:?})"),
    }
}
