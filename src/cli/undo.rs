//! `goen undo [WHICH]`: what goen recorded lately, and one of it taken back.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

use super::fail::Fail;
use super::output::{Output, say};
use super::record;
use super::words::pick;
use crate::app::{App, Past, Reason, Stay, TakenBack};
use crate::problem::Obstacle;
use crate::text::{Lang, NotePath, fold_name, one_line, shorten};

/// List what goen recorded lately, or take one back ・ 最近の記録を一覧にし、取り消す
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number in the list, its id (g-k3f9q2), or a person, or a part of their name, whose latest is
    /// meant; else the list is shown
    /// ・ 一覧の番号、id（g-k3f9q2）、または人の名前（一部でもよい。その人の最新の記録）。省略時は一覧を表示
    which: Option<String>,
}

#[derive(Serialize)]
struct View<'a> {
    number: usize,
    id: &'a str,
    date: NaiveDate,
    name: &'a str,
    text: &'a str,
    paths: Vec<&'a str>,
}

/// So many are listed.
const LISTED: usize = 20;

/// So many paths are shown of what was taken back.
const SHOWN: usize = 5;

/// A value takes no more room than this, in characters.
const ROOM: usize = 40;

/// Runs it.
pub fn run(app: &mut App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    let lately = app.lately();
    let Some(which) = &args.which else {
        list(app, &lately, as_json, output);
        return Ok(0);
    };
    let past = find(app, &lately, which)?.ok_or_else(|| {
        let asked = one_line(which);
        let (ja, en) = (
            format!("「{asked}」に当てはまる記録はありません。`goen undo` の一覧にある番号・id・名前で指定してください。"),
            format!("nothing recorded lately is called `{asked}`; give a number, id or name that `goen undo` lists"),
        );
        Fail::Said(pick(app.lang, &ja, &en).to_owned(), app.lang)
    })?;
    let person: Option<NotePath> =
        past.paths.iter().find(|path| app.index.person(path.as_str()).is_some()).cloned();
    match app.take_back(&past.id, person.as_ref(), false) {
        Ok(taken) => Ok(told(app.lang, past, &taken, as_json, output)),
        // Another goen has taken it back in between, the note with it perhaps.
        Err(trouble)
            if matches!(trouble.why, Obstacle::NotGoens | Obstacle::Missing)
                && app.lately().iter().all(|one| one.id != past.id) =>
        {
            Ok(told(app.lang, past, &TakenBack::default(), as_json, output))
        }
        Err(trouble) => {
            say(&record::not_written(&trouble, app.lang));
            Ok(2)
        }
    }
}

/// Says what was taken back and what stays; 2 where it could not be done.
fn told(lang: Lang, past: &Past, taken: &TakenBack, as_json: bool, output: &mut Output) -> u8 {
    let has_trouble = taken.stays.iter().any(|stay| matches!(stay.why, Reason::Trouble(_)));
    let is_left = taken.is_remembered || taken.stays.iter().any(|stay| stay.why != Reason::Gone);
    let is_nothing = taken.notes.is_empty() && is_left;
    let code = if has_trouble || is_nothing { 2 } else { 0 };
    let paths: Vec<&str> = taken.notes.iter().map(|note| note.path.as_str()).collect();
    if as_json {
        let stays = taken.stays.iter().map(|stay| {
            let values = stay.values.iter().map(|fill| json!({ "key": fill.key, "value": fill.value }));
            json!({
                "path": stay.path.as_str(),
                "why": reason_word(&stay.why),
                "values": values.collect::<Vec<_>>(),
            })
        });
        output.json(&json!({ "id": past.id, "paths": paths, "stays": stays.collect::<Vec<_>>() }));
    } else if paths.is_empty() {
        let (id, day, name) = (&past.id, past.day, one_line(&past.name));
        let (ja, en) = (
            format!("取り消せるものはありませんでした: {day} {name} ^{id}"),
            format!("nothing was taken back: {day} {name} ^{id}"),
        );
        say(pick(lang, &ja, &en));
    } else {
        output.line(&taken_back(lang, past, &paths));
    }
    taken.left.iter().for_each(|left| say(&record::not_written(left, lang)));
    stays(&taken.stays, lang);
    if taken.is_remembered {
        let (ja, en) = (
            format!("残ったものは、`goen undo {}` でもう一度取り消せます。", past.id),
            format!("what stays can be tried again: `goen undo {}`", past.id),
        );
        say(pick(lang, &ja, &en));
    }
    code
}

fn taken_back(lang: Lang, past: &Past, paths: &[&str]) -> String {
    let shown: Vec<_> = paths.iter().take(SHOWN).map(|path| one_line(path)).collect();
    let (ja, en) = match paths.len() {
        ..=SHOWN => (shown.join("、"), shown.join(", ")),
        many => (
            format!("{} ほか、計 {many} 件のノート", shown.join("、")),
            format!("{} and others, {many} notes in all", shown.join(", ")),
        ),
    };
    let (id, day, name) = (&past.id, past.day, one_line(&past.name));
    match lang {
        Lang::Ja => format!("取り消しました: {day} {name}（{ja}）^{id}"),
        Lang::En => format!("taken back: {day} {name} ({en}) ^{id}"),
    }
}

/// Why something stays, in data.
fn reason_word(why: &Reason) -> &'static str {
    match why {
        Reason::Changed => "changed",
        Reason::Edited => "edited",
        Reason::Moved(_) => "moved",
        Reason::Gone => "gone",
        Reason::Trouble(_) => "trouble",
    }
}

/// What stays of an import, and why; of many with one reason the first.
fn stays(all: &[Stay], lang: Lang) {
    for word in ["trouble", "changed", "edited", "moved", "gone"] {
        let of_word: Vec<_> = all.iter().filter(|stay| reason_word(&stay.why) == word).collect();
        of_word.iter().take(LISTED).for_each(|stay| say(&stay_words(stay, lang)));
        if let Some(more) = of_word.len().checked_sub(LISTED).filter(|more| *more > 0) {
            let (ja, en) = (format!("ほか {more} 枚も同じです。"), format!("and {more} more"));
            say(pick(lang, &ja, &en));
        }
    }
}

fn stay_words(stay: &Stay, lang: Lang) -> String {
    let values = stay.values.iter().map(|fill| {
        let value = shorten(&one_line(&fill.value), ROOM).into_owned();
        format!("{}: {value}", fill.key)
    });
    let values: Vec<_> = values.collect();
    let path = one_line(stay.path.as_str());
    let what = match (values.is_empty(), lang) {
        (true, _) => path.into_owned(),
        (false, Lang::Ja) => format!("{path}（{}）", values.join("、")),
        (false, Lang::En) => format!("{path} ({})", values.join(", ")),
    };
    match (&stay.why, lang) {
        (Reason::Changed, Lang::Ja) => format!("そのまま残します: {what}: 取り込みの後に変更されています"),
        (Reason::Changed, Lang::En) => format!("left as it is: {what}: changed since the import"),
        (Reason::Edited, Lang::Ja) => format!(
            "そのまま残します: {what}: 取り込みの後に書き込まれたノートです。不要なら削除してください"
        ),
        (Reason::Edited, Lang::En) => {
            format!(
                "left as it is: {what}: the note was edited since the import; delete it if you do not need it"
            )
        }
        (Reason::Moved(to), Lang::Ja) => format!(
            "そのまま残します: {what}: いまは {} です。元の場所に戻せば取り消せます",
            one_line(to.as_str())
        ),
        (Reason::Moved(to), Lang::En) => {
            format!("left as it is: {what}: it is {} now; move it back to undo this", one_line(to.as_str()))
        }
        (Reason::Gone, Lang::Ja) => {
            format!("{what}: その場所にノートがありません（名前の変更、削除、または書き込む前の中断）")
        }
        (Reason::Gone, Lang::En) => format!("{what}: it is not there (renamed, deleted, or never written)"),
        (Reason::Trouble(Obstacle::Shape | Obstacle::NotOneValue), Lang::Ja) => {
            format!(
                "取り消していません: {what}: 値がほかの書き込みと一緒になっています。ノートで直接消してください"
            )
        }
        (Reason::Trouble(Obstacle::Shape | Obstacle::NotOneValue), Lang::En) => {
            format!("not taken back: {what}: it stands together with something else: take it out in the note")
        }
        (Reason::Trouble(why), Lang::Ja) => format!("取り消していません: {what}: {}", why.message(lang)),
        (Reason::Trouble(why), Lang::En) => format!("not taken back: {what}: {}", why.message(lang)),
    }
}

/// What is meant: by its number, its id, its name, or one of the people there are records of by any of
/// their names, or a part of one.
fn find<'p>(app: &App, lately: &'p [Past], which: &str) -> Result<Option<&'p Past>, Fail> {
    let asked = which.trim().trim_start_matches('^');
    let by_number = asked.parse::<usize>().ok().and_then(|n| lately.get(n.checked_sub(1)?));
    let by_id = || lately.iter().find(|past| past.id == asked);
    let latest = |name: &str| lately.iter().find(|past| fold_name(&past.name) == fold_name(name));
    if let Some(past) = by_number.or_else(by_id).or_else(|| latest(asked)) {
        return Ok(Some(past));
    }
    let people = app.index.find(asked).into_iter();
    let named = people.filter_map(|note| Some((note, latest(&note.person()?.name)?)));
    let named: Vec<_> = named.collect();
    match named.as_slice() {
        [] => Ok(None),
        [(_, past)] => Ok(Some(past)),
        several => {
            let candidates = several.iter().take(LISTED);
            let candidates = candidates.map(|(note, past)| (past.name.to_string(), note.path.to_string()));
            Err(Fail::Several(which.to_owned(), candidates.collect(), app.lang))
        }
    }
}

fn list(app: &App, lately: &[Past], as_json: bool, output: &mut Output) {
    if as_json {
        let views = lately.iter().zip(1..).map(|(past, number)| View {
            number,
            id: &past.id,
            date: past.day,
            name: &past.name,
            text: &past.words,
            paths: past.paths.iter().map(|path| path.as_str()).collect(),
        });
        output.json(&views.collect::<Vec<_>>());
        return;
    }
    for (past, number) in lately.iter().zip(1..).take(LISTED) {
        let (name, words) = (one_line(&past.name), one_line(&past.words));
        output.line(&format!("{number:>3}  {}  {name}  {words}  ^{}", past.day, past.id));
    }
    let (ja, en) = if lately.is_empty() {
        ("最近の記録はありません。", "nothing was recorded lately")
    } else {
        ("`goen undo 番号` で取り消せます。", "`goen undo NUMBER` takes one back")
    };
    output.say(pick(app.lang, ja, en));
}
