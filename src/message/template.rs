//! The templates of messages: goen's own, and those of the user's that come before them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::form::Form;
use super::occasion::Occasion;
use super::phrases::phrases;
use crate::config::Register;
use crate::note::front::Front;
use crate::problem::{Problem, Unfilled, What};
use crate::template::{Book, Fault, Wrong};
use crate::text::{Lang, NotePath, Span, fold, pick};

/// Where the user's templates lie, in any case of the letters.
const FOLDER: &str = "templates/messages/";
/// What a built-in template's name begins with.
const BUILT_IN: &str = "builtin/";
/// No message is longer, in bytes.
const LONGEST: usize = 100_000;

macro_rules! built_ins {
    ($($name:literal),* $(,)?) => {
        /// The templates that come with goen: name, Japanese, English.
        const BUILT_INS: &[(&str, &str, &str)] = &[$((
            $name,
            include_str!(concat!("templates/ja/", $name, ".jinja")),
            include_str!(concat!("templates/en/", $name, ".jinja")),
        )),*];
    };
}

built_ins!(
    "ask",
    "base",
    "bereaved",
    "birthday",
    "coffee",
    "condolence",
    "farewell",
    "follow-up",
    "gathering",
    "good-news",
    "independence",
    "introduce",
    "late-summer",
    "late-winter",
    "midsummer",
    "midwinter",
    "new-job",
    "new-year",
    "parts",
    "promise",
    "promotion",
    "recommend",
    "reopen",
    "reply",
    "season",
    "settled",
    "share",
    "talk",
    "thanks",
    "together",
    "transfer",
    "visit",
    "waiting",
    "year-end",
);

/// A template that comes with goen.
pub fn built_in(lang: Lang, name: &str) -> Option<&'static str> {
    let found = BUILT_INS.iter().find(|(known, ..)| *known == name);
    found.map(|(_, ja, en)| pick(lang, ja, en))
}

/// A template of the user's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// Where it lies.
    pub path: NotePath,
    /// Its text, front matter included; why it cannot be read, where it cannot.
    pub text: Result<String, What>,
}

/// What the name of a template says of the messages that it is for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Meant {
    /// The occasion's name, folded.
    name: String,
    lang: Option<Lang>,
    register: Option<Register>,
    form: Option<Form>,
}

impl Meant {
    /// `thanks.ja.formal.md`
    fn of(file: &str) -> Option<Self> {
        let file = file.rsplit('/').next().unwrap_or(file);
        let mut parts: Vec<&str> = file.split('.').collect();
        let is_ending = |part: &&str| ["md", "jinja", "j2"].iter().any(|end| part.eq_ignore_ascii_case(end));
        while parts.len() > 1 && parts.last().is_some_and(is_ending) {
            parts.pop();
        }
        let (first, rest) = parts.split_first()?;
        let mut meant = Self { name: fold(first).into_owned(), ..Self::default() };
        for part in rest {
            let word = fold(part);
            if let Some(lang) = Lang::parse(&word) {
                meant.lang = Some(lang);
            } else if let Some(register) = Register::parse(&word) {
                meant.register = Some(register);
            } else {
                // A word that says nothing of a message is part of a name that is none.
                meant.form = Some(Form::parse(&word)?);
            }
        }
        Some(meant)
    }

    /// How much it says of a case, the name aside; none where it is for another.
    fn fits(&self, lang: Lang, register: Register, form: Form) -> Option<usize> {
        let says = |same: Option<bool>| match same {
            None => Some(0),
            Some(same) => same.then_some(1),
        };
        Some(
            says(self.lang.map(|of| of == lang))?
                + says(self.register.map(|of| of == register))?
                + says(self.form.map(|of| of == form))?,
        )
    }
}

impl Own {
    /// What the others call it by.
    fn name(&self) -> &str {
        let path = self.path.as_str();
        path.get(FOLDER.len()..).unwrap_or(path)
    }

    /// Whether it is for an occasion, as far as its name says.
    pub fn is_for(&self, occasion: Occasion) -> bool {
        Meant::of(self.name()).is_some_and(|meant| Occasion::parse(&meant.name) == Some(occasion))
    }

    /// What keeps it from being read.
    pub(super) fn problem(&self) -> Option<Problem> {
        let what = self.text.as_ref().err()?;
        Some(Problem::of_file(self.path.clone(), what.clone()))
    }

    /// What it is made of, without front matter, and how many bytes stand before that.
    fn body(&self) -> Option<(&str, usize)> {
        let text = self.text.as_ref().ok()?;
        let body = Front::find(text).body();
        Some((&text[body..], body))
    }

    /// The word by which it is asked for, where it is for an occasion of the user's own.
    pub fn own_occasion(&self) -> Option<String> {
        let meant = Meant::of(self.name())?;
        let is_known =
            Occasion::parse(&meant.name).is_some() || BUILT_INS.iter().any(|(name, ..)| *name == meant.name);
        (!is_known).then_some(meant.name)
    }
}

/// The user's template for a case, by the names under which its occasion goes, the nearest first: the
/// one that says most about the case, of equals the first by path. Where that one cannot be read the
/// next is taken, and the first that would have been is told.
pub(super) fn chosen<'a>(
    all: &'a [Own],
    names: &[&str],
    case: (Lang, Register, Form),
) -> (Option<&'a Own>, Option<Problem>) {
    let first = nearest(all.iter(), names, case);
    match first.and_then(Own::problem) {
        None => (first, None),
        unread => (nearest(all.iter().filter(|own| own.text.is_ok()), names, case), unread),
    }
}

fn nearest<'a>(
    all: impl Iterator<Item = &'a Own> + Clone,
    names: &[&str],
    (lang, register, form): (Lang, Register, Form),
) -> Option<&'a Own> {
    names.iter().find_map(|name| {
        let is_named = |meant: &Meant| {
            meant.name == *name || Occasion::parse(&meant.name).is_some_and(|of| of.word() == *name)
        };
        let fitting = all.clone().filter_map(|own| {
            let meant = Meant::of(own.name()).filter(is_named)?;
            Some((meant.fits(lang, register, form)?, own))
        });
        fitting.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.path.cmp(&a.1.path))).map(|(_, own)| own)
    })
}

/// What is wrong with a template of the user's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// Where it lies; a built-in one's name where that could not do with what it was given.
    pub path: NotePath,
    /// Its text; empty where that is goen's.
    pub text: String,
    /// What is meant in it, where that is known.
    pub span: Option<Span>,
    /// What is wrong.
    pub what: Unfilled,
}

impl TemplateFault {
    /// Nothing is left for a message.
    pub(super) fn empty(own: Option<&Own>) -> Self {
        let path = own.map_or_else(|| NotePath::new(BUILT_IN), |own| own.path.clone());
        Self { path, text: String::new(), span: None, what: Unfilled::Empty }
    }

    fn of(fault: Fault, all: &[Own]) -> Self {
        let what = match fault.what {
            Wrong::Engine(said) => Unfilled::Engine(said),
            Wrong::Endless => Unfilled::Endless,
            Wrong::TooLong => Unfilled::TooLong,
            Wrong::Unknown { name, known, .. } => Unfilled::Unknown { name, known },
            Wrong::Nothing { name, within, .. } => Unfilled::Nothing { name, within },
            Wrong::NoTemplate(said) => Unfilled::NoTemplate(said),
        };
        let own = all.iter().find(|own| own.name() == fault.name);
        let Some((own, (body, before))) = own.and_then(|own| Some((own, own.body()?))) else {
            let text = builtin_text(&fault.name).unwrap_or_default();
            let range = fault.range.or_else(|| line_of(text, fault.line?));
            return Self {
                path: NotePath::new(fault.name.as_str()),
                span: range.map(|range| Span::new(range.start, range.end)),
                text: text.to_owned(),
                what,
            };
        };
        let range = fault.range.or_else(|| line_of(body, fault.line?));
        Self {
            path: own.path.clone(),
            text: own.text.clone().unwrap_or_default(),
            span: range.map(|range| Span::new(before + range.start, before + range.end)),
            what,
        }
    }
}

/// The bytes of a line, from 1.
fn line_of(text: &str, line: usize) -> Option<Range<usize>> {
    let start = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum::<usize>();
    let line = text.get(start..)?.lines().next().unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    Some(start + indent..start + line.trim_end().len().max(indent))
}

fn builtin_text(name: &str) -> Option<&'static str> {
    let (lang, name) = name.strip_prefix(BUILT_IN)?.split_once('/')?;
    let lang = [Lang::Ja, Lang::En].into_iter().find(|known| known.code() == lang)?;
    built_in(lang, name)
}

/// Fills the user's template where there is one, else the built-in one of that name.
pub(super) fn fill(
    all: &[Own],
    own: Option<&Own>,
    (name, lang): (&str, Lang),
    context: &impl serde::Serialize,
) -> Result<String, TemplateFault> {
    let texts: BTreeMap<String, String> =
        all.iter().filter_map(|own| Some((own.name().to_owned(), own.body()?.0.to_owned()))).collect();
    let mut book = Book::new(move |name| {
        builtin_text(name).map(Cow::Borrowed).or_else(|| texts.get(name).cloned().map(Cow::Owned))
    });
    book.function("blank", |what| format!("〔{what}〕"));
    book.saying(
        "dates",
        match lang {
            Lang::Ja => "〔候補日一〕、〔候補日二〕、〔候補日三〕",
            Lang::En => "〔first date〕, 〔second date〕 or 〔third date〕",
        },
    );
    book.filter("phrases", phrases);
    let name = match own {
        Some(own) => own.name().to_owned(),
        None => format!("{BUILT_IN}{}/{name}", lang.code()),
    };
    book.fill(&name, context, LONGEST).map_err(|fault| TemplateFault::of(*fault, all))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn own(name: &str) -> Own {
        Own { path: NotePath::new(format!("{FOLDER}{name}")), text: Ok(String::new()) }
    }

    #[test]
    fn the_template_that_says_most_is_taken() {
        let names = [
            "thanks.md",
            "thanks.ja.md",
            "thanks.formal.ja.md",
            "thanks.en.md",
            "thanks.line.md",
            "お礼.casual.md",
        ];
        let all: Vec<Own> = names.iter().map(|name| own(name)).collect();
        let check = |lang, register, form, want: &str| {
            let found = chosen(&all, &["thanks"], (lang, register, form));
            assert_eq!((found.0.map(Own::name), found.1), (Some(want), None));
        };
        check(Lang::Ja, Register::Formal, Form::Email, "thanks.formal.ja.md");
        check(Lang::Ja, Register::Polite, Form::Email, "thanks.ja.md");
        check(Lang::En, Register::Polite, Form::Letter, "thanks.en.md");
        // Of equals the first by path.
        check(Lang::En, Register::Polite, Form::Line, "thanks.en.md");
        check(Lang::Ja, Register::Casual, Form::Sns, "thanks.ja.md");
        assert_eq!(chosen(&all, &["ask"], (Lang::Ja, Register::Polite, Form::Email)).0, None);
    }

    #[test]
    fn what_a_name_says() {
        let meant = Meant::of("Thanks.LINE.polite.md.jinja").unwrap();
        assert_eq!(
            (&*meant.name, meant.form, meant.register),
            ("thanks", Some(Form::Line), Some(Register::Polite))
        );
        assert_eq!(Meant::of("notes.old.md"), None);
        assert_eq!(own("monthly.md").own_occasion().as_deref(), Some("monthly"));
        assert_eq!(own("new-year.ja.md").own_occasion(), None);
    }

    #[test]
    fn every_built_in_one_is_there() {
        for occasion in Occasion::all() {
            assert!(built_in(Lang::Ja, occasion.word()).is_some(), "{}", occasion.word());
        }
    }
}
