//! `goen today`

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::fail::Fail;
use super::output::Output;
use super::words::pick;
use crate::app::App;
use crate::page;
use crate::plan::{Agenda, Extent, Item, Section};

/// Print the agenda; write nothing ・ 今日の予定を表示。何も書き込まない
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The week ahead, too ・ 今週の予定も表示
    #[arg(long)]
    week: bool,
    /// Everything, up to what has no room yet ・ 余裕を待っている人まで、すべて表示
    #[arg(long)]
    all: bool,
}

/// The agenda as JSON.
#[derive(Serialize)]
pub struct View<'a> {
    date: NaiveDate,
    energy: EnergyView,
    counts: BTreeMap<&'static str, usize>,
    items: Vec<ItemView<'a>>,
    problems: usize,
}

#[derive(Serialize)]
struct EnergyView {
    day: BudgetView,
    week: BudgetView,
}

#[derive(Serialize)]
struct BudgetView {
    spent: f64,
    limit: f64,
}

/// An item of the agenda as JSON.
#[derive(Debug, Serialize)]
pub struct ItemView<'a> {
    id: &'a str,
    kind: &'static str,
    section: &'static str,
    person: Option<&'a str>,
    subject: Option<&'a str>,
    name: &'a str,
    tier: Option<&'a str>,
    state: Option<&'static str>,
    last_contact: Option<NaiveDate>,
    opens: Option<NaiveDate>,
    due: Option<NaiveDate>,
    planned: Option<NaiveDate>,
    fixed: bool,
    cost: f64,
    channel: Option<&'a str>,
    reason: String,
    topics: Vec<TopicView<'a>>,
    also: Vec<&'static str>,
    done: bool,
}

#[derive(Debug, Serialize)]
struct TopicView<'a> {
    kind: &'static str,
    text: &'a str,
    link: Option<&'a str>,
}

impl<'a> ItemView<'a> {
    /// The item in the language of the vault.
    pub fn of(item: &'a Item, app: &App) -> Self {
        Self {
            id: &item.id,
            kind: item.kind.word(),
            section: item.section.word(),
            person: item.person.as_ref().map(|p| p.as_str()),
            subject: item.subject.as_ref().map(|p| p.as_str()),
            name: &item.name,
            tier: item.tier.as_deref(),
            state: item.state.map(crate::plan::State::word),
            last_contact: item.last_contact,
            opens: item.opens,
            due: item.due,
            planned: item.planned,
            fixed: item.fixed,
            cost: item.cost,
            channel: item.channel.as_deref(),
            reason: page::reason(item, app.lang, app.today),
            topics: item
                .topics
                .iter()
                .map(|t| TopicView {
                    kind: t.kind.word(),
                    text: &t.text,
                    link: t.link.as_ref().map(|l| l.as_str()),
                })
                .collect(),
            also: item.also.iter().map(|kind| kind.word()).collect(),
            done: item.done,
        }
    }
}

impl<'a> View<'a> {
    /// The whole agenda in the language of the vault.
    pub fn of(agenda: &'a Agenda, app: &App) -> Self {
        let budget = |b: crate::plan::Budget| BudgetView { spent: b.spent, limit: b.limit };
        Self {
            date: agenda.date,
            energy: EnergyView { day: budget(agenda.energy.day), week: budget(agenda.energy.week) },
            counts: agenda.counts.iter().map(|(state, n)| (state.word(), *n)).collect(),
            items: ORDER
                .iter()
                .flat_map(|section| agenda.section(*section))
                .map(|item| ItemView::of(item, app))
                .collect(),
            problems: app.trouble().0,
        }
    }
}

/// The sections in the order in which they are told.
const ORDER: [Section; 5] = [Section::Today, Section::Week, Section::Later, Section::Unplaced, Section::Done];

/// Runs it.
pub fn run(app: &App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let extent = if as_json || args.all { Extent::All } else { Extent::Placed };
    let agenda = app.agenda(extent);
    if as_json {
        output.json(&View::of(&agenda, app));
        return Ok(0);
    }
    let sections: &[Section] = match (args.all, args.week) {
        (true, _) => &ORDER,
        (_, true) => &[Section::Today, Section::Week, Section::Done],
        _ => &[Section::Today, Section::Done],
    };
    words(app, &agenda, sections, output);
    Ok(0)
}

fn words(app: &App, agenda: &Agenda, sections: &[Section], output: &mut Output) {
    let lang = app.lang;
    output.line(&page::title(agenda, lang));
    output.line(&page::summary(agenda, lang));
    for section in sections {
        let mut items = agenda.section(*section).peekable();
        if items.peek().is_none() {
            if *section == Section::Today {
                output.line("");
                output.line(&page::nothing_today(lang, agenda.date));
            }
            continue;
        }
        output.line("");
        output.line(page::section_name(*section, lang));
        for item in items {
            let mark = if item.done { "✓" } else { pick(lang, "・", "-") };
            let (sentence, reason) = page::plain_line(item, lang, agenda.date);
            let reason = if reason.is_empty() { String::new() } else { format!(" — {reason}") };
            let day = match item.planned.filter(|day| *day != agenda.date) {
                Some(day) => page::short_day(day, lang, agenda.date),
                None => String::new(),
            };
            output.line(&format!("{mark} {day}{}{reason}", sentence));
            for topic in page::topic_lines(item, lang, agenda.date) {
                output.line(&format!("    {topic}"));
            }
        }
    }
    let (problems, _) = app.trouble();
    if problems > 0 {
        let ja = format!("気になる点が {problems} 件あります。`goen check` で見られます。");
        let en = format!("`goen check` shows what needs a look ({problems})");
        output.say(pick(lang, &ja, &en));
    }
}
