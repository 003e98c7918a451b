//! `goen list`

use clap_complete::engine::ArgValueCompleter;
use comfy_table::{ContentArrangement, Table, presets};

use super::completions;
use super::fail::Fail;
use super::json;
use super::output::Output;
use super::words::{self, pick};
use crate::app::App;
use crate::index::{OrgNames, Tie, same_place};
use crate::note::Note;
use crate::note::person::Person;
use crate::page;
use crate::plan::{Interests, Reach, Rest, State, reach};
use crate::text::{Lang, QuickSet, fold, fold_name, one_line};

/// Show everybody as a table ・ 全員を一覧で表示
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this tier, by id or name ・ この間柄の人だけ（id か名前）
    #[arg(long, value_name = "TIER", add = ArgValueCompleter::new(completions::tiers))]
    tier: Option<String>,
    /// Only people of this organisation ・ この組織の人だけ
    #[arg(long, value_name = "NAME")]
    org: Option<String>,
    /// Only people in this place ・ この場所の人だけ
    #[arg(long, value_name = "PLACE")]
    location: Option<String>,
    /// Only people with this interest ・ この関心のある人だけ
    #[arg(long, value_name = "WORD")]
    interest: Option<String>,
    /// Only this state: untracked, closed, snoozed, new, fresh, open, due, dormant ・ この状態の人だけ（untracked 未整理、closed 終了、snoozed お休み中、new これから、fresh 良好、open そろそろ、due 間があいた、dormant ごぶさた）
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    /// Only notes with this tag ・ このタグの付いたノートだけ
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// Only people without a tier or cadence ・ 間柄も頻度も決まっていない人だけ
    #[arg(long)]
    untracked: bool,
    /// The order ・ 並び順
    #[arg(long, value_enum, default_value_t = Order::Name)]
    sort: Order,
}

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Order {
    /// By reading, else by name ・ よみ（なければ名前）の順
    Name,
    /// The longest silence first ・ 連絡のない期間が長い順
    Last,
    /// The earliest due date first ・ 目安の終わりが早い順
    Due,
    /// By tier, as goen.toml has them ・ 間柄の順（goen.toml の並び）
    Tier,
    /// By path ・ パスの順
    Path,
}

struct Row<'a> {
    note: &'a Note,
    person: &'a Person,
    tie: &'a Tie,
    reach: Reach,
}

/// Runs it.
pub fn run(app: &App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let keep = filter(app, args)?;
    let mut rows: Vec<Row<'_>> = everybody(app).into_iter().filter(|row| keep(row)).collect();
    sort(&mut rows, args.sort);
    if as_json {
        output.json(&views(app, &rows));
    } else {
        table(app, &rows, output);
    }
    Ok(0)
}

/// Everybody as JSON, in the order in which they are listed.
pub fn everybody_as_json(app: &App) -> Vec<json::PersonView<'_>> {
    let mut rows = everybody(app);
    sort(&mut rows, Order::Name);
    views(app, &rows)
}

fn everybody(app: &App) -> Vec<Row<'_>> {
    let rest = Rest::of(&app.index);
    let row = |(note, person, tie)| Row {
        note,
        person,
        tie,
        reach: Reach::of((note, person, tie), &app.config, &rest, app.today),
    };
    app.index.people().map(row).collect()
}

fn views<'a>(app: &'a App, rows: &[Row<'a>]) -> Vec<json::PersonView<'a>> {
    rows.iter().map(|r| json::person(app, r.note, r.person, r.tie, &r.reach)).collect()
}

fn filter<'a>(app: &'a App, args: &'a Args) -> Result<impl Fn(&Row<'_>) -> bool + use<'a>, Fail> {
    let state = match &args.state {
        None => None,
        Some(word) => {
            let known = State::ALL.into_iter().find(|s| {
                let word = fold(word);
                word == s.word() || word == words::state(*s, Lang::Ja) || word == words::state(*s, Lang::En)
            });
            let takes = State::ALL.map(State::word).join(", ");
            Some(known.ok_or_else(|| Fail::Option(word.clone(), takes, app.lang))?)
        }
    };
    let tier = match &args.tier {
        None => None,
        Some(word) => {
            let takes: Vec<&str> = app.config.tiers.iter().map(|t| &*t.id).collect();
            let found = app.config.tier_of_word(word);
            Some(found.ok_or_else(|| Fail::Option(word.clone(), takes.join(", "), app.lang))?.id.clone())
        }
    };
    let names = OrgNames::of(&app.index);
    let org = args.org.as_deref().map(|word| {
        let word = fold(word).into_owned();
        let meant: QuickSet<String> = names.having(&word).map(str::to_owned).collect();
        (word, meant)
    });
    let interests = Interests::new(&app.config);
    Ok(move |row: &Row<'_>| {
        let person = row.person;
        state.is_none_or(|s| row.reach.state == s)
            && (!args.untracked || row.reach.state == State::Untracked)
            && tier.as_ref().is_none_or(|t| reach::tier(person, &app.config).is_some_and(|own| own.id == *t))
            && org.as_ref().is_none_or(|(word, meant)| {
                let is_of = |org: &str| fold(org).contains(word) || meant.contains(&names.canonical(org));
                person.posts.iter().any(|post| is_of(&post.org))
            })
            && args.location.as_deref().is_none_or(|l| {
                person.location.as_deref().is_some_and(|own| same_place(&fold(own), &fold(l)))
            })
            && args.interest.as_deref().is_none_or(|word| {
                let meant = interests.canonical(word);
                person.interests.iter().any(|own| interests.canonical(own) == meant)
            })
            && args.tag.as_deref().is_none_or(|t| {
                let wanted = fold(t.trim_start_matches('#')).into_owned();
                person.tags.iter().any(|own| {
                    let own = fold(own);
                    own == wanted || own.strip_prefix(&wanted).is_some_and(|rest| rest.starts_with('/'))
                })
            })
    })
}

fn sort(rows: &mut [Row<'_>], order: Order) {
    rows.sort_by_cached_key(|row| {
        let name = fold_name(row.person.reading.as_deref().unwrap_or(&row.person.name));
        let last = row.reach.last;
        let due = (row.reach.due.is_none(), row.reach.due);
        let tier = row.person.tier.map_or(u16::MAX, |id| id.0);
        let first = match order {
            Order::Name | Order::Path => (false, None, 0),
            Order::Last => (last.is_none(), last, 0),
            Order::Due => (due.0, due.1, 0),
            Order::Tier => (false, None, tier),
        };
        let name = if order == Order::Path { crate::text::Text::new() } else { name };
        (first, name, row.note.path.clone())
    });
}

fn table(app: &App, rows: &[Row<'_>], output: &mut Output) {
    let lang = app.lang;
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    match output.width() {
        Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    table.set_header([
        pick(lang, "名前", "name"),
        pick(lang, "間柄", "tier"),
        pick(lang, "状態", "state"),
        pick(lang, "前回", "last"),
        pick(lang, "目安", "due"),
        pick(lang, "所属", "organisation"),
    ]);
    for row in rows {
        let day = |day: Option<chrono::NaiveDate>| day.map_or_else(|| "–".to_owned(), |d| d.to_string());
        let held = row.person.posts.iter().find(|p| !p.past && p.to.is_none()).or(row.person.posts.first());
        table.add_row([
            one_line(&row.person.name).into_owned(),
            reach::tier(row.person, &app.config).map_or_else(
                || "–".to_owned(),
                |t| page::tier_called(&t.id, row.person.tier_word.as_deref(), lang).to_owned(),
            ),
            words::standing_of(app, row.note, row.reach.state, row.person.status),
            day(row.reach.last),
            day(row.reach.due),
            held.map_or_else(String::new, |p| one_line(&p.org).into_owned()),
        ]);
    }
    for line in table.to_string().lines() {
        output.line(line.trim_end());
    }
    let (ja, en) = (
        format!("{} 人", rows.len()),
        format!("{} {}", rows.len(), if rows.len() == 1 { "person" } else { "people" }),
    );
    output.say(pick(lang, &ja, &en));
}
