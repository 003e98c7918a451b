//! `goen show PERSON`: one page before you write or meet.

mod json;
mod sections;

use chrono::NaiveDate;
use clap_complete::engine::ArgValueCompleter;

use super::alumni::words as alumni;
use super::completions;
use super::fail::Fail;
use super::output::Output;
use super::today::ItemView;
use super::words::{self, pick};
use crate::app::App;
use crate::brief::ahead::ahead;
use crate::brief::person::{Read, Somebody, Talk};
use crate::date::Birthday;
use crate::note::Note;
use crate::note::log::Entry;
use crate::note::person::{Person, Status};
use crate::page;
use crate::plan::{
    Agenda, Extent, Item, Kind, Reach, Rest, Section, State, TopicKind, household_of, mourners, quiet_until,
    reach,
};
use crate::problem::{Problem, What};
use crate::text::{Lang, Text, nearest, one_line};

use json::{AheadView, TalkView, View, helped, together};

/// Show one person: last talks, open threads, promises, why (not) on the agenda ・ 一人分のまとめ（会話、約束、予定に上がる理由など）を表示
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A name, an alias, a reading, a path, or an unambiguous part of one ・ 名前・別名・よみ・パス（一人に決まるなら、一部でもよい）
    #[arg(required = true, add = ArgValueCompleter::new(completions::people))]
    person: Vec<String>,
}

/// The death for which somebody is in mourning.
fn mourning(person: &Person, today: NaiveDate, lang: Lang) -> Option<String> {
    let mourning = person.details().mourning?;
    crate::plan::is_in_mourning(mourning, today).then(|| words::mourning(mourning, lang))
}

/// So many talks are shown.
const TALKS: usize = 3;

/// So many acquaintances are named.
const KNOWN: usize = 10;

/// Runs it.
pub fn run<'a>(app: &'a App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let asked = args.person.join(" ");
    let note = one_person(app, &asked)?;
    let Some((note, person, tie)) = app.index.person(note.path.as_str()) else {
        return Err(Fail::Nobody(asked, None, app.lang));
    };
    let rest = Rest::of(&app.index);
    let reach = Reach::of((note, person, tie), &app.config, &rest, app.today);
    let agenda = app.agenda(Extent::All);
    let item = item_of(&agenda, note);
    let of = Somebody { index: &app.index, note, person, tie, today: app.today };
    let read: &Read<'_> = &|note| app.text_as_read(note);
    let seen = |talks: Vec<Talk<'a>>| talks.into_iter().map(|talk| TalkView::of(talk, app.today));
    let view = View {
        person: super::json::person(app, note, person, tie, &reach),
        mourning: mourning(person, app.today, Lang::En),
        household: household_of(&app.index, note).into_iter().map(|note| note.path.as_str()).collect(),
        talks: seen(of.talks(TALKS, read)).collect(),
        threads: seen(of.threads()).collect(),
        in_common: of.in_common(&app.config),
        both_know: of.knows().into_iter().take(KNOWN).filter_map(|n| Some(&*n.person()?.name)).collect(),
        together: together(&of),
        helped: helped(&of, read),
        ahead: ahead(&of, &app.config).into_iter().map(AheadView::of).collect(),
        months: of.months(),
        item: item.map(|item| ItemView::of(item, app)),
        why: why(app, note, person, &reach, rest.until(app.today), item),
    };
    if as_json {
        output.json(&view);
    } else {
        words(app, &view, person, &reach, output);
    }
    Ok(0)
}

/// The one person that is asked for.
pub fn one_person<'a>(app: &'a App, asked: &str) -> Result<&'a Note, Fail> {
    let found = app.index.find(asked);
    match found.as_slice() {
        [only] => Ok(only),
        [] => {
            let people = app.index.people().map(|(_, person, _)| &*person.name);
            let near = nearest(asked, people).map(str::to_owned);
            Err(Fail::Nobody(asked.to_owned(), near, app.lang))
        }
        several => {
            let candidates = several.iter().take(20).map(|note| {
                let name = note.person().map_or("", |p| &*p.name);
                (name.to_owned(), note.path.to_string())
            });
            Err(Fail::Several(asked.to_owned(), candidates.collect(), app.lang))
        }
    }
}

fn item_of<'a>(agenda: &'a Agenda, note: &Note) -> Option<&'a Item> {
    agenda.all().find(|item| item.person.as_ref() == Some(&note.path) && item.section != Section::Done)
}

/// Why they are on the agenda, or why not; where these are days of rest, until when.
fn why(
    app: &App,
    note: &Note,
    person: &Person,
    reach: &Reach,
    resting: Option<NaiveDate>,
    item: Option<&Item>,
) -> String {
    match item {
        Some(item) => why_planned(app, resting, item),
        None => why_not(app, note, person, reach, resting),
    }
}

/// On which day, or why on none yet; for which reasons.
fn why_planned(app: &App, resting: Option<NaiveDate>, item: &Item) -> String {
    let lang = app.lang;
    let kind = page::kind_word(item.kind, lang);
    let news = item.topics.iter().find(|topic| topic.kind == TopicKind::Milestone);
    let also = item.also.iter().map(|kind| match (page::kind_word(*kind, lang), kind, news) {
        (word, Kind::Milestone, Some(news)) => parenthesised(word, &one_line(&news.text), lang),
        (word, ..) => word.to_owned(),
    });
    let also: Vec<String> = also.collect();
    let mut reason = parenthesised(kind, &page::reason(item, lang, app.today), lang);
    if !also.is_empty() {
        let also = also.join(pick(lang, "、", ", "));
        reason += &match lang {
            Lang::Ja => format!("、ほかに{also}"),
            Lang::En => format!("; also {also}"),
        };
    }
    let waits_outside = matches!(item.state, Some(State::New | State::Dormant));
    match (item.planned, lang) {
        (Some(day), Lang::Ja) => format!("{day} {reason}"),
        (Some(day), Lang::En) => format!("{day}, {reason}"),
        (None, _) if resting.is_some() => {
            let (until, then) = (resting_until(resting, lang), pick(lang, "。そのあと：", "; then: "));
            format!("{until}{then}{reason}")
        }
        // Who is new or long silent comes into the circle a few at a time.
        (None, Lang::Ja) if waits_outside => format!("少しずつ迎えています。順番が来たら：{reason}"),
        (None, Lang::En) if waits_outside => {
            format!("let in a few at a time; when it is their turn: {reason}")
        }
        (None, Lang::Ja) => format!("まだ入る余裕がありません。{reason}"),
        (None, Lang::En) => format!("no room yet: {reason}"),
    }
}

/// `2026-12-10 まで休みを取っています`
fn resting_until(resting: Option<NaiveDate>, lang: Lang) -> String {
    let day = resting.map_or_else(String::new, |day| day.to_string());
    match lang {
        Lang::Ja => format!("{day} まで休みを取っています"),
        Lang::En => format!("you are resting until {day}"),
    }
}

/// Why nothing is planned.
fn why_not(app: &App, note: &Note, person: &Person, reach: &Reach, resting: Option<NaiveDate>) -> String {
    let lang = app.lang;
    let until = |day: Option<NaiveDate>| day.map_or_else(String::new, |d| d.to_string());
    let said = |ja: String, en: String| if lang == Lang::Ja { ja } else { en };
    let (day, opens) = (until(person.snooze), until(reach.opens));
    match reach.state {
        State::Untracked => unread(app, note).or_else(|| unknown_tier(note, lang)).unwrap_or_else(|| {
            said(
                "間柄（tier）も頻度（cadence）もないので、予定に入りません".to_owned(),
                "neither tier nor cadence is set".to_owned(),
            )
        }),
        State::Closed => match (person.status, lang) {
            (Status::Paused, _) if person.snooze.is_some_and(|until| until > app.today) => {
                said(format!("{day} まで休止中です"), format!("paused until {day}"))
            }
            (Status::Active, _) => String::new(),
            (Status::Paused, Lang::Ja) => "休止中です".to_owned(),
            (Status::Closed, Lang::Ja) => "連絡を終えた間柄です".to_owned(),
            (status, Lang::Ja) => format!("{}です", words::standing(State::Closed, status, lang)),
            (status, Lang::En) => words::standing(State::Closed, status, lang).to_owned(),
        },
        State::Snoozed => said(format!("{day} まで連絡を休んでいます"), format!("snoozed until {day}")),
        _ if reach.last == Some(app.today) => pick(lang, "今日連絡しました", "contacted today").to_owned(),
        _ if resting.is_some() && reach.opens.is_some_and(|opens| opens <= app.today) => {
            resting_until(resting, lang)
        }
        _ => match mourners(&app.index, note).into_iter().filter_map(|of| quiet_until(of, app.today)).max() {
            Some(day) => said(
                format!("ご不幸から間もないので、{day} までは約束と返信だけにします"),
                format!("in mourning: until {day} only promises and answers"),
            ),
            None if reach.unanswered => said(
                format!("お返事待ちが続いたので間隔を倍にして、{opens} まで待ちます"),
                format!("no answer to the last two: waiting until {opens}, twice as long as usual"),
            ),
            None => said(format!("次の目安は {opens} からです"), format!("the next window opens on {opens}")),
        },
    }
}

/// That what their note says of it cannot be read, where, and what to do, as `check` says it.
fn unread(app: &App, note: &Note) -> Option<String> {
    let Problem { line, what, .. } = app.front_trouble(note)?;
    let (message, help) = (what.message(app.lang), what.help(app.lang));
    Some(match app.lang {
        Lang::Ja => format!("{message}（{line}行目）。{help}"),
        Lang::En => format!("{message} (line {line}): {help}"),
    })
}

/// That the tier in their note means none, as `check` says it.
fn unknown_tier(note: &Note, lang: Lang) -> Option<String> {
    let mut what = note.problems.iter().map(|problem| &problem.what);
    let unknown = what.find(|what| matches!(what, What::UnknownTier { .. }))?;
    let (message, help) = (unknown.message(lang), unknown.help(lang));
    Some(format!("{message}{}{help}", pick(lang, "。", ": ")))
}

/// A birthday as people say it where it is no whole date.
fn birthday(birthday: Birthday, lang: Lang) -> String {
    let Birthday { year, month, day } = birthday;
    match (year, day, lang) {
        (Some(_), Some(_), _) => birthday.to_string(),
        (None, Some(day), Lang::Ja) => format!("{month}月{day}日"),
        (None, Some(day), Lang::En) => format!("{day} {}", page::month_name(month)),
        (Some(year), None, Lang::Ja) => format!("{year}年{month}月"),
        (Some(year), None, Lang::En) => format!("{} {year}", page::month_name(month)),
        (None, None, Lang::Ja) => format!("{month}月"),
        (None, None, Lang::En) => page::month_name(month).to_owned(),
    }
}

/// The channel that a contact of the day states.
fn channel_on(person: &Person, day: NaiveDate) -> Option<&Text> {
    let logged = person.log.iter().rev().filter(|entry| entry.day == day && entry.is_contact());
    let stated = person.stated.iter().filter(|stated| stated.day == day);
    logged.filter_map(Entry::channel).chain(stated.filter_map(|stated| stated.channel.as_ref())).next()
}

/// Something in parentheses behind a text, as each language writes it.
fn parenthesised(text: &str, inside: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{text}（{inside}）"),
        Lang::En => format!("{text} ({inside})"),
    }
}

/// What was given and received, as something to remember: a side on which there is nothing yet
/// is left out, and the two are never set against each other.
fn give_and_take(gave: usize, received: usize, lang: Lang) -> String {
    let sides = match lang {
        Lang::Ja => [
            (received, format!("お世話になったこと {received}回")),
            (gave, format!("力になったこと {gave}回")),
        ],
        Lang::En => [
            (received, format!("they helped {}", times(received))),
            (gave, format!("you helped {}", times(gave))),
        ],
    };
    let said: Vec<String> = sides.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words).collect();
    said.join(pick(lang, "、", ", "))
}

fn times(n: usize) -> String {
    match n {
        1 => "once".into(),
        2 => "twice".into(),
        _ => format!("{n} times"),
    }
}

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

fn sparkline(months: [usize; 12]) -> String {
    let most = months.iter().copied().max().unwrap_or(0).max(1);
    months.iter().map(|n| BARS[(n * (BARS.len() - 1)).div_ceil(most)]).collect()
}

fn words(app: &App, view: &View<'_>, person: &Person, reach: &Reach, output: &mut Output) {
    let lang = app.lang;
    let colon = pick(lang, "：", ": ");
    let p = &view.person;
    let reading = p.reading.map(|r| parenthesised("", &one_line(r), lang)).unwrap_or_default();
    output.line(&format!("{}{reading}  {}", one_line(p.name), one_line(p.path)));
    let mut field = |ja: &str, en: &str, value: String| {
        if !value.is_empty() {
            output.line(&format!("  {}{colon}{value}", pick(lang, ja, en)));
        }
    };
    let household = view.household.iter().filter_map(|path| app.index.person(path));
    let household: Vec<_> = household.map(|(_, person, _)| one_line(&person.name)).collect();
    field("連名のはがき", "one card with", household.join(pick(lang, "、", ", ")));
    field("喪中", "in mourning", mourning(person, app.today, lang).unwrap_or_default());
    let tier = reach::tier(person, &app.config).map_or_else(
        || "–".to_owned(),
        |t| page::tier_called(&t.id, person.tier_word.as_deref(), lang).to_owned(),
    );
    let standing =
        app.index.note(p.path).map(|note| words::standing_of(app, note, reach.state, person.status));
    let standing = standing.unwrap_or_default();
    field("間柄", "tier", format!("{tier}{}{}", pick(lang, "、", ", "), standing));
    for post in &p.orgs {
        let role = post.role.map(|r| format!(" {}", one_line(r))).unwrap_or_default();
        let period = match (&post.from, &post.to) {
            (None, None) => String::new(),
            (from, to) => format!(" {}..{}", from.as_deref().unwrap_or(""), to.as_deref().unwrap_or("")),
        };
        field("所属", "organisation", format!("{}{role}{period}", one_line(post.name)));
    }
    field("場所", "place", p.location.map(one_line).unwrap_or_default().into_owned());
    field("誕生日", "birthday", person.birthday.map(|born| birthday(born, lang)).unwrap_or_default());
    field(
        "関心",
        "interests",
        p.interests.iter().map(|i| one_line(i)).collect::<Vec<_>>().join(pick(lang, "、", ", ")),
    );
    let in_common: Vec<_> = view.in_common.iter().map(|interest| one_line(interest)).collect();
    field("共通の関心", "in common", in_common.join(pick(lang, "、", ", ")));
    let last = reach.last.map(|day| {
        let source = reach.last_source.map(|s| words::source(s, lang)).unwrap_or_default();
        let channel = channel_on(person, day)
            .map(|c| format!("{}{}", pick(lang, "・", ", "), page::channel_name(c, lang)))
            .unwrap_or_default();
        parenthesised(&day.to_string(), &format!("{source}{channel}"), lang)
    });
    field(
        "前回",
        "last contact",
        last.unwrap_or_else(|| pick(lang, "まだありません", "none yet").to_owned()),
    );
    // Who is not to be written to has no window.
    if let (Some(opens), Some(due)) = (reach.opens, reach.due)
        && reach.state != State::Closed
    {
        field("目安", "window", format!("{opens} – {due}"));
    }
    if let Some(channel) = crate::plan::channel_for(person, &app.config, app.today) {
        field("連絡手段", "channel", page::channel_name(&channel, lang));
    }
    field("予定", "agenda", view.why.clone());
    field(
        "この一年",
        "twelve months",
        parenthesised(&sparkline(view.months), &view.months.iter().sum::<usize>().to_string(), lang),
    );
    field("助け合い", "give and take", give_and_take(p.gave, p.received, lang));
    for helped in &view.helped {
        let (ja, en) = if helped.theirs {
            ("お世話になった", "they helped last")
        } else {
            ("力になった", "you helped last")
        };
        let text = one_line(&helped.talk.text);
        field(ja, en, format!("{} {text}", helped.talk.date).trim_end().to_owned());
    }
    let together = view.together.iter().map(|at| {
        let when = at
            .months
            .map_or_else(|| alumni::spells(&at.spells, app.today, lang), |n| alumni::length(n, lang));
        parenthesised(&one_line(at.org), &when, lang)
    });
    field("ご一緒した職場", "worked together at", together.collect::<Vec<_>>().join(pick(lang, "、", ", ")));
    field(
        "共通の知り合い",
        "you both know",
        view.both_know.iter().map(|n| one_line(n)).collect::<Vec<_>>().join(pick(lang, "、", ", ")),
    );
    sections::show(app, view, person.status == Status::Deceased, output);
}
