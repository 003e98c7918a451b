//! `goen update`

use std::collections::BTreeSet;

use serde::Serialize;
use similar::TextDiff;

use super::fail::{self, Fail};
use super::output::Output;
use super::words::pick;
use crate::app::{App, KeptCalendar, Outcome, Pending, Written};
use crate::problem::Obstacle;
use crate::text::{Lang, NotePath};

/// The main job, once: plan the day and write reconnect.md ・ 予定を立てて reconnect.md を書く
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Show every change as a diff and write nothing ・ すべての変更を差分で表示し、何も書き込まない
    #[arg(long)]
    dry_run: bool,
    /// Replace a page that was made for a later day ・ 先の日付のページでも上書きする
    #[arg(long)]
    force: bool,
}

#[derive(Serialize)]
struct View<'a> {
    date: chrono::NaiveDate,
    page: &'a str,
    written: bool,
    would_write: bool,
    people: usize,
    dated_notes: usize,
    contacts: usize,
    problems: usize,
    recorded: Vec<&'a str>,
    changed: Vec<&'a str>,
    pending: Vec<PendingView<'a>>,
    calendar: Option<CalendarView<'a>>,
}

/// What became of the calendar that is kept up.
#[derive(Serialize)]
struct CalendarView<'a> {
    path: &'a str,
    written: bool,
    would_write: bool,
    message: Option<String>,
}

#[derive(Serialize)]
struct PendingView<'a> {
    id: &'a str,
    line: usize,
    path: &'a str,
    message: String,
}

/// Runs it.
pub fn run(app: &mut App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let page = &app.config.page.file.clone();
    let outcome = app
        .update(args.dry_run, args.force)
        .map_err(|error| Fail::Update(Box::new(error), page.clone(), app.lang))?;
    let found = Found::of(app, outcome.untracked, outcome.problems);
    let dry_run = args.dry_run;
    tell(app, &outcome, &found, dry_run, as_json, output);
    // What was only tried is told in other words.
    let next = if dry_run { None } else { app.would_find(&outcome) };
    if let Some((nothing_new, files)) = next {
        let answer = Output::imagined(|output| tell(app, &nothing_new, &found, false, as_json, output));
        if let Some(answer) = answer {
            app.keep_answer(asked(as_json), &files, answer);
        }
    }
    // The page is written all the same, but what the settings ask for could not be done.
    Ok(if outcome.calendar.as_ref().is_some_and(|calendar| calendar.written.is_err()) { 2 } else { 0 })
}

/// By what an update that was not asked for anything else is remembered.
fn asked(as_json: bool) -> String {
    format!("update json={as_json}")
}

impl Args {
    /// By what its answer may be remembered; none where it depends on more.
    pub fn asked(&self, as_json: bool) -> Option<String> {
        (!self.dry_run && !self.force).then(|| asked(as_json))
    }
}

/// Says what an update did.
fn tell(app: &App, outcome: &Outcome, found: &Found, dry_run: bool, as_json: bool, output: &mut Output) {
    let page = &app.config.page.file;
    if as_json {
        output.json(&View {
            date: app.today,
            page: page.as_str(),
            written: matches!(outcome.written, Written::Replaced | Written::Uncertain),
            would_write: outcome.written == Written::Would,
            people: found.people,
            dated_notes: found.dated,
            contacts: found.contacts,
            problems: found.problems,
            recorded: outcome.recorded.iter().map(|id| id.as_str()).collect(),
            changed: outcome.notes.iter().map(|note| note.path.as_str()).collect(),
            pending: outcome.pending.iter().map(|pending| pending_view(pending, app.lang)).collect(),
            calendar: outcome.calendar.as_ref().map(|calendar| calendar_view(calendar, app.lang)),
        });
        return;
    }
    if dry_run {
        for note in &outcome.notes {
            show_diff(&note.path, &note.before, &note.after, output);
        }
        if let Some(calendar) = &outcome.calendar {
            let (before, after) = (calendar.before.as_deref().unwrap_or(""), &calendar.after);
            show_diff(&calendar.path, &before.replace('\r', ""), &after.replace('\r', ""), output);
        }
        show_diff(page, outcome.before.as_deref().unwrap_or(""), &outcome.after, output);
    }
    for line in recorded(outcome, page, app.lang) {
        output.say(&line);
    }
    output.say(&outcome_line(app, outcome.written));
    if let Some(calendar) = &outcome.calendar {
        output.say(&calendar_line(calendar, app.lang));
    }
    output.say(found.summary(app.lang).trim_end());
}

fn calendar_view(calendar: &KeptCalendar, lang: Lang) -> CalendarView<'_> {
    CalendarView {
        path: calendar.path.as_str(),
        written: matches!(calendar.written, Ok(Written::Replaced | Written::Uncertain)),
        would_write: matches!(calendar.written, Ok(Written::Would)),
        message: calendar.written.as_ref().err().map(|error| fail::export(error, lang)),
    }
}

fn calendar_line(calendar: &KeptCalendar, lang: Lang) -> String {
    let path = crate::text::one_line(calendar.path.as_str());
    let (ja, en) = match &calendar.written {
        Err(error) => return fail::export(error, lang),
        Ok(Written::Replaced) => (format!("{path} を書きました。"), format!("{path} is written")),
        Ok(Written::Uncertain) => (
            format!("{path} を書きました。{}", super::record::uncertain(Lang::Ja)),
            format!("{path} is written; {}", super::record::uncertain(Lang::En)),
        ),
        Ok(Written::Unchanged) => {
            (format!("{path} はすでに最新です。"), format!("{path} is already up to date"))
        }
        Ok(Written::Would) => (format!("{path} もこのように書きます。"), format!("{path} would change too")),
    };
    pick(lang, &ja, &en).to_owned()
}

fn pending_view(pending: &Pending, lang: Lang) -> PendingView<'_> {
    PendingView {
        id: &pending.id,
        line: pending.line,
        path: pending.trouble.path.as_str(),
        message: pending.trouble.why.message(lang),
    }
}

/// What a file would say instead.
fn show_diff(path: &NotePath, before: &str, after: &str, output: &mut Output) {
    let diff = TextDiff::from_lines(before, after);
    let name = crate::text::one_line(path.as_str());
    let diff = diff.unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string();
    output.lines(&diff);
}

/// What became of the marks on the page.
fn recorded(outcome: &Outcome, page: &NotePath, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let notes: BTreeSet<&str> = outcome.notes.iter().map(|note| note.path.as_str()).collect();
    let would = outcome.written == Written::Would;
    if !outcome.recorded.is_empty() {
        let (items, notes) = (outcome.recorded.len(), notes.len());
        let plural = if notes == 1 { "" } else { "s" };
        let (ja, en) = if would {
            (
                format!("チェック {items} 件をノート {notes} 枚に書き込みます。"),
                format!("ticks that would be recorded: {items}, in {notes} note{plural}"),
            )
        } else {
            (
                format!("チェック {items} 件をノート {notes} 枚に書き込みました。"),
                format!("ticks recorded: {items}, in {notes} note{plural}"),
            )
        };
        lines.push(pick(lang, &ja, &en).to_owned());
    }
    if outcome.notes.iter().any(|note| !note.durable) {
        lines.push(super::record::uncertain(lang).to_owned());
    }
    for pending in &outcome.pending {
        let page = crate::text::one_line(page.as_str());
        let why = super::record::trouble(&pending.trouble, lang);
        let (ja, en) = match pending.trouble.why {
            Obstacle::NotGoens => ("取り消せません", "cannot be taken back"),
            Obstacle::Recorded => ("変えられません", "cannot be changed"),
            Obstacle::StillTicked(_) => super::record::LEFT_TICKED,
            Obstacle::BothSaved => ("二つの版があります", "there are two versions"),
            _ => ("まだ記録していません", "not recorded yet"),
        };
        let (ja, en) = (
            format!("{page}:{}: {ja}: {why}", pending.line),
            format!("{page}:{}: {en}: {why}", pending.line),
        );
        lines.push(pick(lang, &ja, &en).to_owned());
    }
    lines
}

fn outcome_line(app: &App, written: Written) -> String {
    let page = crate::text::one_line(app.config.page.file.as_str());
    let (ja, en) = match written {
        Written::Replaced => (
            format!("{page} を書きました（{}）。", app.today),
            format!("{page} is written for {}", app.today),
        ),
        Written::Uncertain => (
            format!("{page} を書きました（{}）。{}", app.today, super::record::uncertain(Lang::Ja)),
            format!("{page} is written for {}; {}", app.today, super::record::uncertain(Lang::En)),
        ),
        Written::Unchanged => (
            format!("{page} はすでに最新です（{}）。", app.today),
            format!("{page} is already up to date for {}", app.today),
        ),
        Written::Would => (
            format!("{page} をこのように書きます。まだ何も書き込んでいません。"),
            format!("{page} would change like this; nothing was written"),
        ),
    };
    pick(app.lang, &ja, &en).to_owned()
}

/// What a look at the vault found.
pub struct Found {
    people: usize,
    untracked: usize,
    dated: usize,
    contacts: usize,
    problems: usize,
}

impl Found {
    /// Counts; how many are untracked and how many problems there are is known already.
    pub fn of(app: &App, untracked: usize, problems: usize) -> Self {
        let (people, contacts) = app.people_and_contacts();
        Self { people, untracked, dated: app.index.dated_notes(), contacts, problems }
    }

    /// A few lines: the numbers, and for each zero what to do about it.
    pub fn summary(&self, lang: Lang) -> String {
        let ja = lang == Lang::Ja;
        let mut lines = vec![if ja {
            format!(
                "人 {}・日付ノート {}・連絡の記録 {}・問題 {}",
                self.people, self.dated, self.contacts, self.problems
            )
        } else {
            format!(
                "people {} · dated notes {} · contacts {} · problems {}",
                self.people, self.dated, self.contacts, self.problems
            )
        }];
        if self.people == 0 {
            lines.push(pick(
                lang,
                "人のノートが見つかりません。People や 人 というフォルダーに 1 人 1 枚のノートを置くか、フロントマターに `type: person` と書いてください。",
                "no people found: keep one note per person in a folder People, or write `type: person` into the front matter",
            ).to_owned());
        }
        if self.people > 0 && self.untracked == self.people {
            lines.push(pick(
                lang,
                "間柄（tier）のある人がまだいません。ノートに `tier: close` や `間柄: 同僚` と書くと、予定に入ります。",
                "nobody has a tier yet: write `tier: close` or `cadence: 3m` into a note to have them planned",
            ).to_owned());
        }
        if self.dated == 0 {
            lines.push(pick(
                lang,
                "日付ノートが見つかりません。デイリーノートの名前が YYYY-MM-DD でなければ、goen.toml の [journal] format で指定できます。",
                "no dated notes found: if daily notes are not named YYYY-MM-DD, say how under [journal] format in goen.toml",
            ).to_owned());
        }
        if self.people > 0 && self.contacts == 0 {
            lines.push(pick(
                lang,
                "連絡の記録が見つかりません。ノートに `last_contact: 2026-09-14` と書くか、「## 記録」の下に `- 2026-09-14 (line) 近況` のように書いてください。",
                "no contacts found: write `last_contact: 2026-09-14` into a note, or `- 2026-09-14 (line) news` under a heading Log",
            ).to_owned());
        }
        if self.problems > 0 {
            lines.push(
                pick(
                    lang,
                    "問題の場所と直し方は `goen check` で見られます。",
                    "`goen check` shows where, and what to do",
                )
                .to_owned(),
            );
        }
        lines.join("\n") + "\n"
    }
}
