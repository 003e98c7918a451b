//! What is said beside an import: what became of it, and what to do next.

use super::Import;
use super::words::message;
use crate::app::Applied;
use crate::cli::output::say;
use crate::cli::record;
use crate::cli::words::pick;
use crate::exchange::intake::{State, What, Why as Doubt};
use crate::text::one_line;

/// What comes next.
pub(super) fn talk(import: &Import<'_>, is_sure: bool, intake: u32) {
    let lang = import.lang;
    if import.proposals.is_empty() {
        say(pick(lang, "取り込める人は見つかりませんでした。", "found nobody to import"));
        return;
    }
    let count = |state| import.proposals.iter().filter(|one| import.state(one) == state).count();
    let doubts = import.proposals.iter().filter_map(|one| match &one.what {
        What::Ambiguous(all) => Some(all.iter().map(|candidate| candidate.why)),
        _ => None,
    });
    let doubts: Vec<Doubt> = doubts.flatten().collect();
    let (birthdays, others): (Vec<Doubt>, Vec<Doubt>) =
        doubts.iter().partition(|doubt| **doubt == Doubt::OtherBirthday);
    if !birthdays.is_empty() {
        say(pick(
            lang,
            "誕生日が違うときは、どちらが正しいか確かめ、ノートか連絡先を直してください。",
            "where the birthday is different, find out which is right, and correct the note or the card",
        ));
    }
    if others.iter().any(|doubt| *doubt != Doubt::Unread) {
        say(pick(
            lang,
            "ノートの人と同じ人なら、同じメールアドレスか電話番号（名前だけが違うときは aliases にその名前）をそのノートに書いておくと、次の取り込みで同じ人と分かります。すべて別の人なら、`--ambiguous new` を付けると新しい人として取り込みます。",
            "if it is the same person, give their note this e-mail or number (or this name, under aliases), and the next import knows them; if all of them are people of their own, `--ambiguous new` takes them in as new",
        ));
    }
    if let Some(trouble) = &import.template {
        let (path, why) = (one_line(trouble.path.as_str()), message(&trouble.why, lang));
        let (ja, en) = (
            format!("このひな形には値を書き込めません: {path}: {why}"),
            format!("this template takes no values: {path}: {why}"),
        );
        say(pick(lang, &ja, &en));
    }
    let Some(applied) = import.applied else {
        if !is_sure && count(State::New) + count(State::Filled) > 0 {
            say(pick(
                lang,
                "まだ何も書き込んでいません。--yes を付けると書き込みます。",
                "nothing has been written yet; --yes writes it",
            ));
        } else {
            say(pick(lang, "書き込むものはありません。", "nothing to write"));
        }
        if !import.overwrite && count(State::Conflict) > 0 {
            say(pick(
                lang,
                "食い違う値を連絡先のものに置き換えるには、--overwrite を付けます。",
                "--overwrite writes what the cards say where they disagree with the notes",
            ));
        }
        return;
    };
    let made = applied.iter().filter(|one| one.made).count();
    let filled = applied.iter().filter(|one| !one.made && !one.changes.is_empty()).count();
    let failed = applied.iter().filter(|one| one.trouble.is_some()).count();
    let notes = |count: usize| format!("{count} note{}", if count == 1 { "" } else { "s" });
    let (ja, en) = match (made, filled) {
        (_, 0) => (format!("{made} 枚のノートを作りました。"), format!("made {}", notes(made))),
        (0, _) => (format!("{filled} 枚のノートに書き足しました。"), format!("filled in {}", notes(filled))),
        _ => (
            format!("{made} 枚のノートを作り、{filled} 枚に書き足しました。"),
            format!("made {}, filled in {filled}", notes(made)),
        ),
    };
    say(match made + filled {
        0 => pick(lang, "何も書き込みませんでした。", "nothing was written"),
        _ => pick(lang, &ja, &en),
    });
    if failed > 0 {
        let (ja, en) =
            (format!("{failed} 人は書き込めませんでした。"), format!("{failed} could not be written"));
        say(pick(lang, &ja, &en));
    }
    if applied.iter().any(|one| !one.changes.is_empty() && !one.durable) {
        say(record::uncertain(lang));
    }
    if applied.iter().any(|one| one.remembered) {
        say(pick(lang, "`goen undo 1` でまとめて取り消せます。", "`goen undo 1` undoes the whole import"));
    }
    let has_tier = |one: &Applied| one.changes.iter().any(|change| change.fill.key == "tier");
    if applied.iter().any(|one| one.made && !has_tier(one)) {
        let (ja, en) = (
            format!(
                "次は `goen sort` で間柄を決めてください。予定に新しく加わるのは 28 日間で {intake} 人までなので、何人いても一度に押し寄せることはありません。"
            ),
            format!(
                "next: `goen sort` gives them tiers; at most {intake} of them join the plan in 28 days, however many you import"
            ),
        );
        say(pick(lang, &ja, &en));
    }
}
