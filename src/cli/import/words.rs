//! An import in words: the plan, what became of it, and what to do next.

mod reasons;

use super::{File, Import};
use crate::app::Applied;
use crate::cli::excerpt::file_name;
use crate::cli::output::Output;
use crate::cli::words::pick;
use crate::exchange::card::NotABook;
use crate::exchange::intake::{Candidate, Changed, Proposal, State, What};
use crate::note::person::Status;
use crate::problem::Obstacle;
use crate::text::{Lang, one_line, shorten};

use reasons::{doubt_words, source_name, why_words};

pub(super) use reasons::{doubt_word, source_word, why_word};

/// So many of one kind are shown, unless all are asked for.
const SHOWN: usize = 20;

/// A value takes no more room than this, in characters.
const ROOM: usize = 80;

/// A file that is no address book.
pub(super) fn no_book(name: &str, why: NotABook, lang: Lang) -> String {
    let (ja, en) = match why {
        NotABook::Unknown | NotABook::Empty => (
            format!(
                "{name} は、goen が読める連絡先のファイルではありません（vCard、または見出し行のある CSV）。"
            ),
            format!("{name} is no address book that goen reads (a vCard, or a CSV with a row of headings)"),
        ),
        NotABook::Encoding => (
            format!("{name} の文字コードが分かりません。UTF-8 で保存し直してください。"),
            format!("{name} is in an encoding that goen cannot tell; save it as UTF-8"),
        ),
        NotABook::NoNames => (
            format!("{name} には、名前の列（氏名、Name、First Name など）がありません。"),
            format!("{name} has no column of names (Name, First Name, 氏名 …)"),
        ),
    };
    pick(lang, &ja, &en).to_owned()
}

/// A file that nobody wants to wait for.
pub(super) fn too_large(name: &str, lang: Lang) -> String {
    let (ja, en) = (
        format!(
            "{name} は大きすぎます（256 MiB まで、ノートのフォルダーの中から名前で指すなら 16 MiB まで）。"
        ),
        format!("{name} is too large (256 MiB at most; 16 MiB where it is looked up inside the vault)"),
    );
    pick(lang, &ja, &en).to_owned()
}

/// The plan, or what was written of it.
pub(super) fn show(import: &Import<'_>, all: bool, output: &mut Output) {
    let lang = import.lang;
    for file in import.files {
        output.line(&head(file, lang));
        file.assumed.iter().for_each(|encoding| output.line(&assumed(encoding, lang)));
    }
    let states =
        [State::New, State::Filled, State::Conflict, State::Ambiguous, State::Left, State::Unchanged];
    let count = |state| import.proposals.iter().filter(|one| import.state(one) == state).count();
    let counts: Vec<String> = states
        .into_iter()
        .filter(|state| count(*state) > 0)
        .map(|state| match lang {
            Lang::Ja => format!("{} {}人", state_words(state, lang), count(state)),
            Lang::En => format!("{} {}", count(state), state_words(state, lang)),
        })
        .collect();
    if !counts.is_empty() {
        output.line(&counts.join(pick(lang, "、", ", ")));
    }
    for state in states {
        let of_state: Vec<_> = import.each().filter(|(one, _)| import.state(one) == state).collect();
        // Of those without a change only those are told whom one would have expected otherwise.
        let told: Vec<_> = of_state
            .into_iter()
            .filter(|(one, applied)| {
                all || state != State::Unchanged
                    || !matches!(one.what, What::Known(..))
                    || applied.is_some_and(|applied| applied.trouble.is_some())
            })
            .collect();
        if told.is_empty() {
            continue;
        }
        output.line("");
        output.line(title(state, lang));
        let most = if all { told.len() } else { SHOWN };
        told.iter().take(most).for_each(|(one, applied)| person(import, one, *applied, output));
        if let Some(more) = told.len().checked_sub(most).filter(|more| *more > 0) {
            let (ja, en) = (
                format!("  ほか{more}人（--all ですべて表示）"),
                format!("  and {more} more (--all shows them)"),
            );
            output.line(pick(lang, &ja, &en));
        }
    }
    bad_rows(import, all, output);
}

fn head(file: &File, lang: Lang) -> String {
    let (name, source) = (file_name(&file.name), source_name(file.source, lang));
    match (lang, file.bad.len()) {
        (Lang::Ja, 0) => format!("{name}（{source}）: {}人", file.cards),
        (Lang::Ja, bad) => format!("{name}（{source}）: {}人、読めなかったもの {bad}件", file.cards),
        (Lang::En, bad) => {
            let people = if file.cards == 1 { "person" } else { "people" };
            let bad = if bad == 0 { String::new() } else { format!(", {bad} not read") };
            format!("{name} ({source}): {} {people}{bad}", file.cards)
        }
    }
}

fn assumed(encoding: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => {
            format!(
                "  文字コードを {encoding} とみなしました。名前が化けていれば UTF-8 で保存し直してください。"
            )
        }
        Lang::En => format!("  taken for {encoding}: if names look wrong, save it as UTF-8"),
    }
}

fn state_words(state: State, lang: Lang) -> &'static str {
    match state {
        State::New => pick(lang, "新しい人", "new"),
        State::Filled => pick(lang, "書き足しのある人", "filled in"),
        State::Conflict => pick(lang, "食い違いのある人", "in conflict"),
        State::Ambiguous => pick(lang, "同じ人か分からない人", "ambiguous"),
        State::Left => pick(lang, "書き込めない人", "left out"),
        State::Unchanged => pick(lang, "変更のない人", "unchanged"),
    }
}

fn title(state: State, lang: Lang) -> &'static str {
    match state {
        State::New => pick(lang, "新しい人", "New"),
        State::Filled => pick(lang, "書き足しのある人", "Filled in"),
        State::Conflict => {
            pick(lang, "食い違いのある人（ノートはそのままです）", "In conflict (the note stays as it is)")
        }
        State::Ambiguous => {
            pick(lang, "同じ人か分からない人（書き込みません）", "Ambiguous (nothing is written)")
        }
        State::Left => pick(lang, "書き込めない人（何も書き込みません）", "Left out (nothing is written)"),
        State::Unchanged => pick(lang, "変更のない人", "Unchanged"),
    }
}

fn person(import: &Import<'_>, one: &Proposal, applied: Option<&Applied>, output: &mut Output) {
    let lang = import.lang;
    let name = one_line(&one.name);
    let path = match &one.what {
        What::Known(path, _) | What::Gone(path, _) | What::You(path) => Some(path),
        What::New(_) => applied.and_then(|applied| applied.path.as_ref()),
        What::Ambiguous(_) | What::Nameless => None,
    };
    match path {
        // Where several cards are one person, it is seen which.
        Some(path) if one.places.len() > 1 => {
            output.line(&format!("  {name}  {}  ({})", one_line(path.as_str()), places(import, one)));
        }
        Some(path) => output.line(&format!("  {name}  {}", one_line(path.as_str()))),
        None => output.line(&format!("  {name}  ({})", places(import, one))),
    }
    if let Some(trouble) = applied.and_then(|applied| applied.trouble.as_ref()) {
        let path = one_line(trouble.path.as_str());
        let why = message(&trouble.why, lang);
        let (ja, en) =
            (format!("    書き込んでいません: {path}: {why}"), format!("    not written: {path}: {why}"));
        output.line(pick(lang, &ja, &en));
        return;
    }
    match &one.what {
        What::New(changes) | What::Known(_, changes) => {
            let left = applied.map_or(&one.left, |applied| &applied.left);
            let is_left = |change: &&Changed| !left.iter().any(|(left, _)| left == *change);
            changes.iter().filter(is_left).for_each(|one| output.line(&change(one, import.overwrite, lang)));
            left_out(left, lang, output);
            quoted(one, lang).iter().for_each(|line| output.line(line));
            not_taken(&one.card.left, lang).iter().for_each(|line| output.line(line));
        }
        What::Ambiguous(all) => all.iter().for_each(|one| output.line(&candidate(import, one))),
        What::Gone(_, Status::Deceased) => {
            output.line(pick(
                lang,
                "    故人のノートには書き込みません",
                "    they have died; nothing is written",
            ));
        }
        What::Gone(..) => {
            output.line(pick(
                lang,
                "    連絡不要の人のノートには書き込みません",
                "    they are not to be contacted; nothing is written",
            ));
        }
        What::You(_) => output.line(pick(lang, "    ご自身です", "    that is you")),
        What::Nameless => output.line(&format!("    {}", message(&Obstacle::NoFileName, lang))),
    }
}

/// The free text of a card, of which a new note has all.
fn quoted(one: &Proposal, lang: Lang) -> Option<String> {
    let What::New(_) = one.what else { return None };
    let note = one.card.note.as_deref()?;
    let mut lines = note.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = shorten(&one_line(lines.next()?), ROOM).into_owned();
    let more = lines.count();
    Some(match (lang, more) {
        (Lang::Ja, 0) => format!("    メモ: {first}"),
        (Lang::Ja, more) => format!("    メモ: {first}（ほか{more}行）"),
        (Lang::En, 0) => format!("    free text: {first}"),
        (Lang::En, more) => {
            format!("    free text: {first} (and {more} line{} more)", if more == 1 { "" } else { "s" })
        }
    })
}

/// The fields of a card that no note has a place for.
fn not_taken(fields: &[String], lang: Lang) -> Option<String> {
    let fields: Vec<_> = fields.iter().map(|field| shorten(&one_line(field), ROOM).into_owned()).collect();
    (!fields.is_empty()).then(|| match lang {
        Lang::Ja => format!("    取り込まない項目: {}", fields.join("、")),
        Lang::En => format!("    not taken: {}", fields.join(", ")),
    })
}

fn places(import: &Import<'_>, one: &Proposal) -> String {
    let more = if one.places.len() > 3 { ", …" } else { "" };
    let first: Vec<String> = one.places.iter().take(3).map(|at| place(import, *at)).collect();
    format!("{}{more}", first.join(", "))
}

fn place(import: &Import<'_>, (file, line): (usize, usize)) -> String {
    let name = import.files.get(file).map_or_else(String::new, |file| file_name(&file.name).into_owned());
    format!("{name}:{line}")
}

/// What stands in the way of an import, which nobody does again by themselves.
pub(super) fn message(why: &Obstacle, lang: Lang) -> String {
    match why {
        // Of addresses and names, where there is one value for a day elsewhere.
        Obstacle::NotOneValue => pick(
            lang,
            "ノートの値が一つの言葉ではありません。ノートで直接直してください",
            "what stands in the note is not one plain value: change it there",
        )
        .to_owned(),
        Obstacle::Disk(why) => {
            let why = why.words(lang);
            let why = one_line(&why);
            let (ja, en) = (
                format!("書き込めません（{why}）。直してから、もう一度取り込んでください"),
                format!("it cannot be written ({why}): mend that and import again"),
            );
            pick(lang, &ja, &en).to_owned()
        }
        why => why.message(lang),
    }
}

/// What a note does not take: each reason once.
fn left_out(left: &[(Changed, Obstacle)], lang: Lang, output: &mut Output) {
    let mut told: Vec<&Obstacle> = Vec::new();
    for (first, why) in left {
        if told.contains(&why) {
            continue;
        }
        told.push(why);
        let keys: Vec<&str> =
            left.iter().filter(|(_, other)| other == why).map(|(left, _)| left.fill.key.as_str()).collect();
        let what = match keys.as_slice() {
            [key] => format!("{key}: {}", shorten(&one_line(&first.fill.value), ROOM)),
            _ => keys.join(", "),
        };
        let why = message(why, lang);
        let (ja, en) = (format!("    {what} は書き込めません: {why}"), format!("    {what} left out: {why}"));
        output.line(pick(lang, &ja, &en));
    }
}

fn change(change: &Changed, overwrite: bool, lang: Lang) -> String {
    let short = |text: &str| shorten(&one_line(text), ROOM).into_owned();
    let (key, value) = (&change.fill.key, short(&change.fill.value));
    match (change.old.as_deref().map(short), overwrite, lang) {
        // What goes with another value of the card, where the note says nothing.
        (Some(old), false, _) if old.is_empty() => {
            let (ja, en) = (
                format!("    {key}: 連絡先は「{value}」（会社を置き換えるときだけ書き込みます）"),
                format!("    {key}: the card says `{value}` of its company, and it goes with that"),
            );
            pick(lang, &ja, &en).to_owned()
        }
        (Some(old), true, _) if old.is_empty() => format!("    {key}: {value}"),
        (None, ..) => format!("    {key}: {value}"),
        (Some(old), true, _) => format!("    {key}: {old} → {value}"),
        (Some(old), false, Lang::Ja) => format!("    {key}: ノートは「{old}」、連絡先は「{value}」"),
        (Some(old), false, Lang::En) => format!("    {key}: the note says `{old}`, the card `{value}`"),
    }
}

fn candidate(import: &Import<'_>, one: &Candidate) -> String {
    let lang = import.lang;
    let place = one.place.map_or_else(String::new, |at| place(import, at));
    let why = doubt_words(one.why, lang);
    match (&one.path, lang) {
        (Some(path), _) => format!("    {}  {}: {why}", one_line(&one.name), one_line(path.as_str())),
        (None, Lang::Ja) => format!("    {}（今回取り込む人、{place}）: {why}", one_line(&one.name)),
        (None, Lang::En) => format!("    {} (in this import, {place}): {why}", one_line(&one.name)),
    }
}

fn bad_rows(import: &Import<'_>, all: bool, output: &mut Output) {
    let lang = import.lang;
    let bad = import.files.iter().flat_map(|file| file.bad.iter().map(move |row| (file, row)));
    let bad: Vec<_> = bad.collect();
    if bad.is_empty() {
        return;
    }
    output.line("");
    output.line(pick(lang, "読めなかったもの", "Not read"));
    let most = if all { bad.len() } else { SHOWN };
    for (file, row) in bad.iter().take(most) {
        output.line(&format!(
            "  {}:{}: {}",
            file_name(&file.name),
            row.line,
            why_words(row.why, file.source, lang)
        ));
    }
    if let Some(more) = bad.len().checked_sub(most).filter(|more| *more > 0) {
        let (ja, en) = (format!("  ほか{more}件"), format!("  and {more} more"));
        output.line(pick(lang, &ja, &en));
    }
}
