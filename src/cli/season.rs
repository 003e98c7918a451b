//! `goen season [NAME]`: the list of a season's greetings, and their labels for printing.

use chrono::NaiveDate;
use clap_complete::engine::ArgValueCompleter;
use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;

use super::completions;
use super::fail::Fail;
use super::output::Output;
use super::words::pick;
use crate::app::App;
use crate::exchange::sheet::{Ends, table as table_of};
use crate::plan::Mourner;
use crate::plan::label::Label;
use crate::plan::roll::{self, Exchange, Roll, Row, State};
use crate::text::{Lang, one_line};

/// Show to whom a season's greetings go, and how far each is ・ 季節の挨拶をだれに送るか、どこまで済んだかを表示
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A season, or an unambiguous part of its name: 年賀, 寒中, 暑中見舞い, or one of your own; else the
    /// one that is on, or the next ・ 季節の名前（年賀、寒中、暑中見舞い、自分で決めたもの。一部でもよい。省略時は今の季節か、次の季節）
    #[arg(value_name = "NAME", add = ArgValueCompleter::new(completions::seasons))]
    name: Vec<String>,
    /// The labels of the cards still to be sent, as CSV in UTF-8. Its headers are Japanese, as label
    /// programs in Japan expect them: 氏名,敬称,連名,郵便番号,住所,会社,役職 ・ これから出すはがきの宛名を、宛名印刷用の CSV（UTF-8）で出力
    #[arg(long, conflicts_with = "json")]
    csv: bool,
}

#[derive(Serialize)]
struct View<'a> {
    path: &'a str,
    name: &'a str,
    addressed: &'a str,
    season: &'a str,
    year: i32,
    state: &'static str,
    channel: Option<&'static str>,
    due: Option<NaiveDate>,
    sent: Option<NaiveDate>,
    received: Option<NaiveDate>,
    mourner: Option<&'static str>,
    quiet_until: Option<NaiveDate>,
    instead: Option<InsteadView<'a>>,
    years: Vec<YearView>,
}

#[derive(Serialize)]
struct InsteadView<'a> {
    name: &'a str,
    sent: Option<NaiveDate>,
}

#[derive(Serialize)]
struct YearView {
    year: i32,
    sent: Option<NaiveDate>,
    received: Option<NaiveDate>,
}

/// Runs it.
pub fn run(app: &App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let asked = (!args.name.is_empty()).then(|| args.name.join(" "));
    let found = roll::roll(&app.index, &app.config, app.today, asked.as_deref());
    let roll =
        found.map_err(|names| Fail::Option(asked.unwrap_or_default(), takes(&names, app.lang), app.lang))?;
    if as_json {
        let views: Vec<View<'_>> = roll.rows.iter().map(|row| view(&roll, row)).collect();
        output.json(&views);
    } else if args.csv {
        output.lines(&labels(&roll).map_err(Fail::Output)?);
    } else {
        table(app, &roll, output);
    }
    Ok(0)
}

fn takes(names: &[String], lang: Lang) -> String {
    let names: Vec<_> = names.iter().map(|name| one_line(name)).collect();
    names.join(pick(lang, "、", ", "))
}

fn view<'a>(roll: &'a Roll<'_>, row: &'a Row<'_>) -> View<'a> {
    View {
        path: row.note.path.as_str(),
        name: &row.person.name,
        addressed: &row.addressed,
        season: &roll.name,
        year: roll.year,
        state: row.state.word(),
        channel: row.card.map(|card| if card { "card" } else { "message" }),
        due: row.due,
        sent: row.exchange.sent,
        received: row.exchange.received,
        mourner: row.mourner.map(|mourner| match mourner {
            Mourner::Them => "them",
            Mourner::You => "you",
        }),
        quiet_until: row.quiet_until,
        instead: row.instead.as_ref().map(|i| InsteadView { name: &i.name, sent: i.sent }),
        years: row
            .years
            .iter()
            .map(|of| YearView { year: of.year, sent: of.sent, received: of.received })
            .collect(),
    }
}

/// What label programs in Japan read an address book by.
const HEADER: [&str; 7] = ["氏名", "敬称", "連名", "郵便番号", "住所", "会社", "役職"];

/// The labels of the cards still to be sent.
fn labels(roll: &Roll<'_>) -> std::io::Result<String> {
    // An answer that the season itself is too late for has no day in it.
    let is_open = |row: &Row<'_>| matches!(row.state, State::ToSend | State::Received) && row.due.is_some();
    let to_print = |row: &&Row<'_>| is_open(row) && row.card == Some(true);
    table_of(HEADER, roll.rows.iter().filter(to_print).map(|row| label(&row.label)), Ends::Unix)
}

fn label(label: &Label<'_>) -> [String; 7] {
    let post = label.post;
    [
        label.name.to_string(),
        label.beside_role().unwrap_or_default().to_owned(),
        label.joint.join("、"),
        label.postal_code.clone().unwrap_or_default(),
        label.address.clone().unwrap_or_default(),
        post.map(|post| one_line(&post.org).into_owned()).unwrap_or_default(),
        post.and_then(|post| post.role.as_deref())
            .map(|role| one_line(role).into_owned())
            .unwrap_or_default(),
    ]
}

fn table(app: &App, roll: &Roll<'_>, output: &mut Output) {
    let lang = app.lang;
    output.line(&format!("{} {}  {} – {}", one_line(&roll.called), roll.year, roll.from, roll.to));
    output.line("");
    if !roll.rows.is_empty() {
        for line in drawn(roll, lang, output.width()).lines() {
            output.line(line.trim_end());
        }
        output.line("");
    }
    output.line(&counts(roll, lang));
}

fn drawn(roll: &Roll<'_>, lang: Lang, width: Option<u16>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    match width {
        Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    table.set_header([
        pick(lang, "宛名", "to"),
        pick(lang, "手段", "by"),
        pick(lang, "状態", "state"),
        pick(lang, "出した日", "sent"),
        pick(lang, "届いた日", "received"),
        pick(lang, "これまで", "before"),
    ]);
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "–".to_owned(), |day| day.to_string());
    for row in &roll.rows {
        let by = match row.card {
            Some(true) => pick(lang, "はがき", "card"),
            Some(false) => pick(lang, "メッセージ", "message"),
            None => "–",
        };
        let sent = row.exchange.sent.or_else(|| row.instead.as_ref().and_then(|told| told.sent));
        table.add_row([
            row.addressed.clone(),
            by.to_owned(),
            standing(roll, row, lang),
            day(sent),
            day(row.exchange.received),
            years(&row.years, lang),
        ]);
    }
    table.to_string()
}

/// How far a greeting is, and what is to be minded.
fn standing(roll: &Roll<'_>, row: &Row<'_>, lang: Lang) -> String {
    let word = state(row.state, lang);
    let with = |ja: String, en: String| match lang {
        Lang::Ja => format!("{word}（{ja}）"),
        Lang::En => format!("{word} ({en})"),
    };
    let instead = row.instead.as_ref().map(|told| (one_line(&told.name), told.sent));
    match (row.state, instead, row.quiet_until, row.mourner) {
        (State::Mourning, _, Some(until), _) => {
            with(format!("{until} までは控える"), format!("quiet until {until}"))
        }
        (State::Mourning, Some((name, sent)), _, whose) => {
            let (ja, en) = match whose {
                Some(Mourner::You) => ("こちらが喪中、", "yours, "),
                _ => ("", ""),
            };
            let (done_ja, done_en) = if sent.is_some() { ("済み", " sent") } else { ("を", " instead") };
            with(format!("{ja}{name}{done_ja}"), format!("{en}{name}{done_en}"))
        }
        (State::Mourning, None, None, _) => with("今回は控える".to_owned(), "none this time".to_owned()),
        (State::Received, Some((name, _)), ..) => with(format!("{name}で"), format!("answer with {name}")),
        (State::Sent, Some((name, _)), ..) => with(format!("{name}で"), format!("as {name}")),
        // What goes to those in mourning alone needs no reminder.
        (State::ToSend, _, _, Some(Mourner::Them)) if !roll.is_for_mourning() => {
            with("お祝いの言葉は控えて".to_owned(), "no congratulations".to_owned())
        }
        _ => word.to_owned(),
    }
}

fn state(state: State, lang: Lang) -> &'static str {
    match state {
        State::ToSend => pick(lang, "これから", "to send"),
        State::Sent => pick(lang, "送付済み", "sent"),
        State::Received => pick(lang, "要返信", "received"),
        State::Mourning => pick(lang, "喪中", "mourning"),
        State::Stopped => pick(lang, "終了", "stopped"),
    }
}

/// In which of the years before something was sent or came.
fn years(years: &[Exchange], lang: Lang) -> String {
    let told = years.iter().filter_map(|of| {
        let what = match (of.sent.is_some(), of.received.is_some()) {
            (true, true) => pick(lang, "出・受", "sent, received"),
            (true, false) => pick(lang, "出", "sent"),
            (false, true) => pick(lang, "受", "received"),
            (false, false) => return None,
        };
        Some(format!("{} {what}", of.year))
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { "–".to_owned() } else { told.join(pick(lang, "、", "; ")) }
}

/// How many there are, and how many in each state.
fn counts(roll: &Roll<'_>, lang: Lang) -> String {
    let all = roll.rows.len();
    if all == 0 {
        return pick(lang, "挨拶を送る人はいません", "nobody to greet").to_owned();
    }
    let each = State::ALL.into_iter().filter_map(|of| {
        let count = roll.rows.iter().filter(|row| row.state == of).count();
        (count > 0).then(|| match lang {
            Lang::Ja => format!("{} {count}人", state(of, lang)),
            Lang::En => format!("{count} {}", state(of, lang)),
        })
    });
    let each: Vec<String> = each.collect();
    match lang {
        Lang::Ja => format!("{all}人 ・ {}", each.join(" ・ ")),
        Lang::En => format!("{all} {}: {}", if all == 1 { "person" } else { "people" }, each.join(" · ")),
    }
}
