//! `goen alumni [ORG]`: who was at an organisation when, where they are now, the ties among them.

mod json;
mod page;
pub(super) mod words;

use chrono::NaiveDate;
use clap_complete::engine::ArgValueCompleter;

use super::fail::Fail;
use super::output::{Output, say};
use super::words::{more_people, pick};
use super::{columns, completions, record};
use crate::app::App;
use crate::brief::alumni::{self, Alumni, Gathering, Member, Standing};
use crate::brief::org::{self, Unclear};
use crate::note::region::Name;
use crate::page::{Linker, ago};
use crate::text::{Lang, one_line};

use json::{RowView, gathering, mine, view};

/// Show who was at an organisation when, where they are now, and the ties among them ・ 同じ組織にいた人の、在籍の時期・今の所属・つながりを表示
#[derive(Debug, clap::Args)]
pub struct Args {
    /// An organisation: its name, another of its names, or an unambiguous part; else those of your
    /// career ・ 組織の名前（別名や一部でもよい）。省略時は自分の経歴にある組織
    #[arg(value_name = "ORG", add = ArgValueCompleter::new(completions::organisations))]
    org: Vec<String>,
    /// Write it into the organisation's note too, between markers ・ 組織のノートの目印のあいだにも書き込む
    #[arg(long, requires = "org")]
    write: bool,
}

/// Runs it.
pub fn run(app: &mut App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    if args.org.is_empty() {
        return career(app, as_json, output);
    }
    let asked = args.org.join(" ");
    let mut written = false;
    if args.write {
        let alumni = one(app, &asked)?;
        let Some(note) = alumni.org.note else {
            return Err(Fail::NoNoteOf(alumni.org.name.to_owned(), app.lang));
        };
        let path = note.path.clone();
        let linker = Linker::from(&path, &app.config, &app.index);
        let body = page::body(&alumni, &linker, app.today, app.lang);
        // Where you never were, nobody is a former colleague.
        let heading =
            if alumni.mine.is_empty() { pick(app.lang, "知っている人", "People") } else { "" };
        match app.write_region(&path, Name::Org, body, heading) {
            Ok(done) => written = !done.is_empty(),
            Err(trouble) => {
                say(&record::not_written(&trouble, app.lang));
                return Ok(2);
            }
        }
        let (ja, en) = if written {
            ("書きました", "written")
        } else {
            ("すでに最新です", "already up to date")
        };
        say(&format!("{}: {}", one_line(path.as_str()), pick(app.lang, ja, en)));
    }
    let alumni = one(app, &asked)?;
    if as_json {
        output.json(&view(&alumni, app.today, written));
    } else {
        show(app, &alumni, output);
    }
    Ok(0)
}

/// The organisation that is asked for.
fn one<'a>(app: &'a App, asked: &str) -> Result<Alumni<'a>, Fail> {
    match org::find(&app.index, asked) {
        Ok(org) => Ok(alumni::alumni(&app.index, &app.config, app.today, org)),
        Err(Unclear::None(near)) => {
            Err(Fail::NoOrganisation(asked.to_owned(), near.map(str::to_owned), app.lang))
        }
        Err(Unclear::Several(all)) => {
            let path =
                |org: &org::Organisation<'_>| org.note.map_or_else(String::new, |n| n.path.to_string());
            let all = all.iter().take(20).map(|org| (org.name.to_owned(), path(org))).collect();
            Err(Fail::SeveralOrganisations(asked.to_owned(), all, app.lang))
        }
    }
}

/// The organisations of your career, with how many people you know of each.
fn career(app: &App, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let lang = app.lang;
    if app.index.me().is_none() {
        return Err(Fail::NoMe(lang));
    }
    let all = alumni::of_career(&app.index, &app.config, app.today);
    if as_json {
        let row = |alumni| {
            let of: &Alumni<'_> = alumni;
            RowView {
                name: of.org.name,
                path: of.org.note.map(|note| note.path.as_str()),
                mine: mine(of),
                left: of.has_left(app.today),
                people: of.members.len(),
                there: of.standing(Standing::There).count(),
                in_touch: of.in_touch(app.today),
                last_gathering: of.last.as_ref().map(gathering),
            }
        };
        output.json(&all.iter().map(row).collect::<Vec<_>>());
        return Ok(0);
    }
    if all.is_empty() {
        output.line(pick(
            lang,
            "自分のノートに経歴（career）がありません",
            "the note about you has no `career` yet",
        ));
        return Ok(0);
    }
    let header = [
        pick(lang, "組織", "organisation"),
        pick(lang, "自分の在籍", "your time there"),
        pick(lang, "知っている人", "people"),
        pick(lang, "いまもいる人", "there now"),
        pick(lang, "一年以内に連絡した人", "in touch within a year"),
        pick(lang, "前回の集まり", "last gathering"),
    ];
    let rows = all.iter().map(|of| {
        [
            one_line(of.org.name).into_owned(),
            words::spells(&of.mine, app.today, lang),
            of.members.len().to_string(),
            of.standing(Standing::There).count().to_string(),
            of.in_touch(app.today).to_string(),
            of.last.as_ref().map_or_else(|| "–".to_owned(), |last| last.day.to_string()),
        ]
    });
    columns::print(Some(header), &rows.collect::<Vec<_>>(), output);
    Ok(0)
}

/// One organisation in words.
fn show(app: &App, alumni: &Alumni<'_>, output: &mut Output) {
    let (lang, today) = (app.lang, app.today);
    let place = alumni.org.note.map(|note| format!("  {}", one_line(note.path.as_str())));
    output.line(&format!("{}{}", one_line(alumni.org.name), place.unwrap_or_default()));
    for (label, value) in facts(alumni, today, lang) {
        output.line(&format!("  {label}{}{value}", pick(lang, "：", ": ")));
    }
    for standing in [Standing::There, Standing::Coming, Standing::Left] {
        let members: Vec<&Member<'_>> = alumni.standing(standing).collect();
        if !members.is_empty() {
            output.line("");
            output.line(&counted(words::heading(standing, lang), members.len(), lang));
            let more = members.len().saturating_sub(MEMBERS);
            let rows: Vec<_> =
                members.into_iter().take(MEMBERS).map(|of| row(alumni, of, today, lang)).collect();
            columns::print(None, &rows, output);
            if more > 0 {
                output.line(&format!("  {}", more_people(more, lang)));
            }
        }
    }
    let ties = ties(alumni, lang);
    if !ties.is_empty() {
        output.line("");
        output.line(pick(lang, "つながり", "who knows whom"));
        let more = ties.len().saturating_sub(MEMBERS);
        columns::print(None, ties.get(..MEMBERS).unwrap_or(&ties), output);
        if more > 0 {
            output.line(&format!("  {}", more_people(more, lang)));
        }
    }
}

/// So many of those that are there, or have left, are told of.
const MEMBERS: usize = 100;

fn counted(words: &str, n: usize, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{words}（{n}人）"),
        Lang::En => format!("{words} ({n})"),
    }
}

/// What stands above the people: your time, the gatherings, who would bring them together, whom you
/// have not spoken with for long.
fn facts(alumni: &Alumni<'_>, today: NaiveDate, lang: Lang) -> Vec<(&'static str, String)> {
    let mut facts: Vec<(&'static str, String)> = Vec::new();
    if alumni.mine.is_empty() {
        let unknown =
            pick(lang, "自分のノートの経歴にはありません", "not in the career of the note about you");
        facts.push((pick(lang, "自分の在籍", "your time there"), unknown.to_owned()));
    } else {
        let roles: Vec<_> = alumni.org.mine.iter().filter_map(|post| post.role.as_deref()).collect();
        let roles: Vec<String> = roles.into_iter().map(|role| one_line(role).into_owned()).collect();
        let role = if roles.is_empty() { String::new() } else { format!(" {}", roles.join(" → ")) };
        let mine = format!("{}{role}", words::mine(alumni, today, lang));
        facts.push((pick(lang, "自分の在籍", "your time there"), mine));
    }
    if alumni.members.is_empty() {
        let nobody =
            pick(lang, "ここにいた人のノートはまだありません", "no notes yet of people who were there");
        facts.push((pick(lang, "知っている人", "people"), nobody.to_owned()));
        return facts;
    }
    let gathering = |of: &Gathering<'_>| {
        let name = words::event(one_line(of.note.path.name()).as_ref(), of.day);
        words::gathering(of, &name, lang)
    };
    let last = alumni
        .last
        .as_ref()
        .map_or_else(|| pick(lang, "記録はまだありません", "none on record yet").to_owned(), gathering);
    facts.push((pick(lang, "前回の集まり", "last gathering"), last));
    if let Some(next) = &alumni.next {
        facts.push((pick(lang, "次の集まり", "next gathering"), gathering(next)));
    }
    if let Some((host, member)) = alumni.host_among_colleagues() {
        let (name, why) = (one_line(&member.of.person.name), words::host(host, lang));
        let last = member.last.map_or_else(String::new, |last| ago(last, lang, today));
        let why = match lang {
            Lang::Ja => format!("{name}（{why}、前回の連絡は{last}）"),
            Lang::En => format!("{name} ({why}, last in touch {last})"),
        };
        facts.push((pick(lang, "声をかけるなら", "who could bring them together"), why));
    }
    if !alumni.silent.is_empty() {
        facts.push((
            pick(lang, "しばらく話していない人", "not spoken with for a while"),
            silent(alumni, today, lang),
        ));
    }
    facts
}

/// More of them nobody reads in a line.
const SILENT: usize = 8;

fn silent(alumni: &Alumni<'_>, today: NaiveDate, lang: Lang) -> String {
    let named = alumni.silent.iter().filter_map(|at| alumni.members.get(*at)).take(SILENT).map(|member| {
        let name = one_line(&member.of.person.name);
        let last = member.last.map(|last| ago(last, lang, today));
        match (last, lang) {
            (Some(last), Lang::Ja) => format!("{name}（{last}）"),
            (Some(last), Lang::En) => format!("{name} ({last})"),
            (None, _) => name.into_owned(),
        }
    });
    let mut all: Vec<String> = named.collect();
    let more = alumni.silent.len().saturating_sub(SILENT);
    if more > 0 {
        let people = words::people(more, lang);
        all.push(match lang {
            Lang::Ja => format!("ほか{people}"),
            Lang::En => format!("and {people} more"),
        });
    }
    all.join(pick(lang, "、", ", "))
}

/// Name, time, role, time together, where now, last contact.
fn row(alumni: &Alumni<'_>, member: &Member<'_>, today: NaiveDate, lang: Lang) -> [String; 6] {
    let together = words::together(member, today, lang);
    let labelled = |ja: &str, en: &str, value: &str| match (value.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Ja) => format!("{ja} {value}"),
        (false, Lang::En) => format!("{en} {value}"),
    };
    let together = if alumni.mine.is_empty() { String::new() } else { together };
    let now = if member.standing == Standing::Left { words::now(member, lang) } else { String::new() };
    let last = member.last.map_or_else(|| "–".to_owned(), |last| last.to_string());
    [
        one_line(&member.of.person.name).into_owned(),
        words::period(member, today, lang),
        words::roles(&member.posts),
        labelled("ご一緒", "together", &together),
        labelled("いま", "now", &now),
        labelled("前回", "last", &last),
    ]
}

/// More ties of one person nobody reads in a line.
const TIES: usize = 12;

/// Each tie once, with the one who stands first among the members.
fn ties(alumni: &Alumni<'_>, lang: Lang) -> Vec<[String; 2]> {
    let of_each = alumni.members.iter().enumerate().filter_map(|(at, member)| {
        let bonds: Vec<_> = alumni.bonds.iter().filter(|bond| bond.between.0 == at).collect();
        let mut others: Vec<String> = bonds
            .iter()
            .take(TIES)
            .filter_map(|bond| {
                let name = one_line(&alumni.members.get(bond.between.1)?.of.person.name).into_owned();
                Some(match (bond.events, lang) {
                    (0, _) => name,
                    (n, Lang::Ja) => format!("{name}（会で{n}回）"),
                    (1, Lang::En) => format!("{name} (1 event)"),
                    (n, Lang::En) => format!("{name} ({n} events)"),
                })
            })
            .collect();
        if let more @ 1.. = bonds.len().saturating_sub(TIES) {
            let people = words::people(more, lang);
            others.push(match lang {
                Lang::Ja => format!("ほか{people}"),
                Lang::En => format!("and {people} more"),
            });
        }
        let name = one_line(&member.of.person.name).into_owned();
        (!others.is_empty()).then(|| [name, others.join(pick(lang, "、", ", "))])
    });
    of_each.collect()
}
