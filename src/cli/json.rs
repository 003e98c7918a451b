//! People and problems as JSON: stable names, fields are only added.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::app::App;
use crate::index::Tie;
use crate::note::Note;
use crate::note::log::Marks;
use crate::note::person::Person;
use crate::plan::{Reach, reach};
use crate::problem::Problem;
use crate::text::{Lang, Text};

/// A row of `list --json`.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names are the contract, explained in the user's documentation")]
pub struct PersonView<'a> {
    pub path: &'a str,
    pub name: &'a str,
    pub reading: Option<&'a str>,
    pub aliases: Vec<&'a str>,
    pub tier: Option<&'a str>,
    pub state: &'static str,
    pub status: &'static str,
    pub last_contact: Option<NaiveDate>,
    pub last_source: Option<&'static str>,
    pub last_channel: Option<Text>,
    pub last_touch: Option<NaiveDate>,
    pub opens: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    pub snooze: Option<NaiveDate>,
    pub next: Option<NaiveDate>,
    pub interests: Vec<&'a str>,
    pub orgs: Vec<PostView<'a>>,
    pub location: Option<&'a str>,
    pub birthday: Option<String>,
    pub channels: BTreeMap<&'a str, &'a str>,
    pub register: &'static str,
    pub lang: Option<&'static str>,
    pub contacts: usize,
    pub rhythm_days: Option<f64>,
    pub drifting: bool,
    pub gave: usize,
    pub received: usize,
    pub promises: Vec<PromiseView<'a>>,
}

/// An organisation somebody belongs to.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "see PersonView")]
pub struct PostView<'a> {
    pub name: &'a str,
    pub role: Option<&'a str>,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// An open task.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "see PersonView")]
pub struct PromiseView<'a> {
    pub text: &'a str,
    pub due: Option<NaiveDate>,
    pub theirs: bool,
    pub path: &'a str,
    pub line: u32,
}

/// A person as they stand on the day.
pub fn person<'a>(
    app: &'a App,
    note: &'a Note,
    person: &'a Person,
    tie: &'a Tie,
    reach: &Reach,
) -> PersonView<'a> {
    let count = |mark| person.log.iter().filter(|e| e.day <= app.today && e.marks.has(mark)).count();
    let mut channels = BTreeMap::new();
    for (channel, address) in &person.channels {
        channels.entry(&**channel).or_insert(&**address);
    }
    PersonView {
        path: note.path.as_str(),
        name: &person.name,
        reading: person.reading.as_deref(),
        aliases: person.aliases.iter().map(|a| &**a).collect(),
        tier: reach::tier(person, &app.config).map(|t| &*t.id),
        state: reach.state.word(),
        status: person.status.word(),
        last_contact: reach.last,
        last_source: reach.last_source.map(crate::index::Source::word),
        last_channel: reach::last_channel(person, app.today),
        last_touch: reach::last_touch(person, app.today),
        opens: reach.opens,
        due: reach.due,
        snooze: person.snooze,
        next: person.next,
        interests: person.interests.iter().map(|i| &**i).collect(),
        orgs: person.posts.iter().map(post).collect(),
        location: person.location.as_deref(),
        birthday: person.birthday.map(|b| b.to_string()),
        channels,
        register: reach::register(person, &app.config).word(),
        lang: person.details().lang.map(Lang::code),
        contacts: tie.until(app.today).len(),
        rhythm_days: reach::rhythm(tie, app.today),
        drifting: reach.is_drifting(tie, &app.config, app.today),
        gave: count(Marks::GAVE),
        received: count(Marks::RECEIVED),
        promises: promises(app, tie),
    }
}

fn post(post: &crate::note::org::Post) -> PostView<'_> {
    PostView {
        name: &post.org,
        role: post.role.as_deref(),
        from: post.from.map(|d| d.to_string()),
        to: post.to.map(|d| d.to_string()),
    }
}

/// The open tasks that concern somebody.
pub fn promises<'a>(app: &'a App, tie: &'a Tie) -> Vec<PromiseView<'a>> {
    let tasks = tie.promises.iter().filter_map(|promise| {
        let note = app.index.note(promise.note.as_str())?;
        note.tasks.get(usize::from(promise.task)).map(|task| (note, task))
    });
    tasks
        .map(|(note, task)| PromiseView {
            text: &task.text,
            due: task.due.map(|due| due.day(task.since, app.today)),
            theirs: task.theirs,
            path: note.path.as_str(),
            line: task.line,
        })
        .collect()
}

/// A row of `check --json`.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "see PersonView")]
pub struct ProblemView<'a> {
    pub path: &'a str,
    pub line: u32,
    pub column: u32,
    pub severity: &'static str,
    pub code: &'static str,
    pub message: String,
    pub help: String,
}

/// A problem in words.
pub fn problem(problem: &Problem, lang: Lang) -> ProblemView<'_> {
    ProblemView {
        path: problem.path.as_str(),
        line: problem.line,
        column: problem.column,
        severity: problem.what.severity().word(),
        code: problem.what.code(),
        message: problem.what.message(lang),
        help: problem.what.help(lang),
    }
}
