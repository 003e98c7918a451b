//! `goen update`

use serde::Serialize;
use similar::TextDiff;

use super::fail::Fail;
use super::output::Output;
use super::words::pick;
use crate::app::{App, Written};
use crate::text::Lang;

/// The main job, once: plan the day and write reconnect.md ・ 予定を立てて reconnect.md を書く
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Show every change as a diff and write nothing ・ 差分だけを表示
    #[arg(long)]
    dry_run: bool,
    /// Replace a page that was made for a later day ・ 先の日付のページも上書き
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
}

/// Runs it.
pub fn run(app: &App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let page = &app.config.page.file;
    let outcome = app
        .update(args.dry_run, args.force)
        .map_err(|error| Fail::Update(Box::new(error), page.clone(), app.lang))?;
    let found = Found::of(app, outcome.untracked, outcome.problems);
    if as_json {
        output.json(&View {
            date: app.today,
            page: page.as_str(),
            written: outcome.written == Written::Replaced,
            would_write: outcome.written == Written::Would,
            people: found.people,
            dated_notes: found.dated,
            contacts: found.contacts,
            problems: found.problems,
        });
        return Ok(0);
    }
    if args.dry_run {
        let before = outcome.before.as_deref().unwrap_or("");
        let diff = TextDiff::from_lines(before, &outcome.after);
        let name = crate::text::one_line(page.as_str());
        let diff = diff.unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string();
        output.lines(&diff);
    }
    super::output::say(&outcome_line(app, outcome.written));
    super::output::say(found.summary(app.lang).trim_end());
    Ok(0)
}

fn outcome_line(app: &App, written: Written) -> String {
    let page = crate::text::one_line(app.config.page.file.as_str());
    let (ja, en) = match written {
        Written::Replaced => (
            format!("{page} を書きました（{}）。", app.today),
            format!("{page} is written for {}", app.today),
        ),
        Written::Unchanged => (
            format!("{page} は {} のままで変わりありません。", app.today),
            format!("{page} already says so for {}", app.today),
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
