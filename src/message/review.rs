//! A second look at a message before it is sent: what good advice warns about, with the words it means,
//! why, and a better way.
//!
//! Words are rules in data (`rules.ja.toml`, `rules.en.toml`); what depends on the tie to somebody, on
//! other people's notes and on the day is code, one file for each family. Leaves the frame around a
//! finding to `cli`.

mod about;
mod called;
mod compiled;
mod contact;
mod english;
mod firm;
mod left;
mod letter;
mod names;
mod public;
mod register;
mod rules;
mod salutation;
mod season;
mod tie;
mod wrong_name;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::config::{Config, Register, ReviewSeverity};
use crate::index::{Index, Tie};
use crate::note::Note;
use crate::note::person::Person;
use crate::plan::{Reach, Rest, reach};
use crate::problem::Severity;
use crate::text::{Lang, Span, Text, pick};
use called::Names;
use left::Left;
use letter::{Letter, Part};
use rules::{Rules, Whom};

/// Nobody mends more places than these for one reason in one go.
const MOST: usize = 100;

/// What is reviewed, for whom and when.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// All notes.
    pub index: &'a Index,
    /// `goen.toml`.
    pub config: &'a Config,
    /// The day.
    pub today: NaiveDate,
    /// Whom it goes to.
    pub to: Option<&'a Note>,
    /// It goes to the public.
    pub is_post: bool,
    /// The note about the user as it is written: what stands there is one's own.
    pub own: &'a str,
    /// The language in which is said what was found.
    pub lang: Lang,
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The word that names it.
    pub code: Text,
    /// How much it matters.
    pub severity: Severity,
    /// The words that are meant.
    pub span: Span,
    /// Why.
    pub message: String,
    /// A better way; empty where there is nothing to say.
    pub help: String,
}

/// Whom a message goes to, as the day sees them.
struct Addressee<'a> {
    note: &'a Note,
    person: &'a Person,
    tie: &'a Tie,
    reach: Reach,
    names: Names,
}

impl Addressee<'_> {
    /// Whether a rule for such people concerns them.
    fn is(&self, whom: Whom, config: &Config) -> bool {
        let register = reach::register(self.person, config);
        match whom {
            Whom::Superior => {
                let is_senior = reach::tier(self.person, config).is_some_and(|tier| &*tier.id == "senior");
                register == Register::Formal || is_senior
            }
            Whom::Register(wanted) => register == wanted,
        }
    }
}

/// A reading of one message.
struct Reading<'a> {
    case: Case<'a>,
    letter: Letter,
    rules: Rules,
    to: Option<Addressee<'a>>,
    found: Vec<(Part, Finding)>,
}

/// A text in both languages.
#[derive(Debug, Clone, Copy)]
struct Both<'t> {
    ja: &'t str,
    en: &'t str,
}

/// Where a message begins: behind the front matter of a draft that was saved as a note.
pub fn begins_at(text: &str) -> usize {
    letter::begins_at(text)
}

/// What is found in a message, by place.
pub fn review(case: Case<'_>, text: &str) -> Vec<Finding> {
    let letter = Letter::of(text);
    if letter.is_empty() {
        return Vec::new();
    }
    let to = case.to.and_then(|note| case.index.person(note.path.as_str())).map(|(note, person, tie)| {
        let reach = Reach::of((note, person, tie), case.config, &Rest::of(case.index), case.today);
        Addressee { note, person, tie, reach, names: Names::of(person) }
    });
    let rules = Rules::new(&Left::of(case, to.as_ref(), text));
    let mut reading = Reading { case, letter, rules, to, found: Vec::new() };
    reading.rules();
    reading.own_rules();
    contact::look(&mut reading);
    if !case.is_post {
        names::look(&mut reading);
        tie::look(&mut reading);
        about::look(&mut reading);
        register::look(&mut reading);
        salutation::look(&mut reading);
    } else {
        public::third_persons(&mut reading);
    }
    season::look(&mut reading);
    reading.told()
}

impl<'a> Reading<'a> {
    /// Notes something down.
    fn add(&mut self, code: &str, severity: Severity, part: Part, why: Both<'_>, help: Both<'_>) {
        let lang = self.case.lang;
        let finding = Finding {
            code: code.into(),
            severity,
            span: self.letter.span(&part),
            message: pick(lang, why.ja, why.en).to_owned(),
            help: pick(lang, help.ja, help.en).to_owned(),
        };
        self.found.push((part, finding));
    }

    /// What the rules in data find; those that the code has to judge by the tie wait for it.
    fn rules(&mut self) {
        let rules = std::mem::take(&mut self.rules.rules);
        for rule in &rules {
            let season = rule.days.as_ref();
            if rule.is_of_posts && !self.case.is_post
                || rule.whom.is_some_and(|whom| !self.is_to(whom))
                || season.is_some_and(|days| season::is_on(self, days))
                || rule.is_of_weather && season::is_of_other_climate(self)
            {
                continue;
            }
            for part in rule.found_in(&self.letter) {
                let severity = rule.severity;
                let why = Both { ja: &rule.why[0], en: &rule.why[1] };
                let help = Both { ja: &rule.help[0], en: &rule.help[1] };
                self.add(&rule.code, severity, part, why, help);
            }
        }
        self.rules.rules = rules;
    }

    /// What the user's own rules find.
    fn own_rules(&mut self) {
        for rule in &self.case.config.review {
            let register = self.to.as_ref().map(|to| reach::register(to.person, self.case.config));
            let is_other_lang = rule.lang.is_some_and(|lang| lang != self.letter.lang);
            if is_other_lang || rule.register.is_some_and(|wanted| register != Some(wanted)) {
                continue;
            }
            let severity = match rule.severity {
                ReviewSeverity::Error => Severity::Error,
                ReviewSeverity::Warning => Severity::Warning,
                ReviewSeverity::Note => Severity::Note,
            };
            let why = if rule.message.is_empty() {
                Both {
                    ja: "自分の規則（goen.toml の [[review]]）に当てはまります",
                    en: "one of your rules, [[review]] in goen.toml, finds this",
                }
            } else {
                Both { ja: &rule.message, en: &rule.message }
            };
            let Some(pattern) = rule.regex() else { continue };
            let parts: Vec<Part> = letter::found(&pattern, &self.letter.folded.text).collect();
            for part in parts {
                self.add(&rule.code, severity, part, why, Both { ja: &rule.help, en: &rule.help });
            }
        }
    }

    /// Whether the message goes to such a person.
    fn is_to(&self, whom: Whom) -> bool {
        let to = self.to.as_ref().filter(|_| !self.case.is_post);
        to.is_some_and(|to| to.is(whom, self.case.config))
    }

    /// What was found, by place; of one code at one place the first alone.
    fn told(mut self) -> Vec<Finding> {
        self.found.sort_by(|(a, x), (b, y)| {
            let key = |part: &Part, f: &Finding| (part.start, f.severity, f.code.clone(), part.end);
            key(a, x).cmp(&key(b, y))
        });
        // How far each code was told, and how often each reason was given.
        let mut ends: BTreeMap<Text, usize> = BTreeMap::new();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut told = Vec::new();
        for (part, finding) in self.found {
            let end = ends.entry(finding.code.clone()).or_default();
            if part.start < *end {
                continue;
            }
            *end = part.end.max(part.start + 1);
            let count = counts.entry(finding.message.clone()).or_default();
            *count += 1;
            if *count <= MOST {
                told.push(finding);
            }
        }
        told
    }
}
