//! What the tie to somebody forbids: `favour`, `too-soon`, `poaching`, `noreply`.

use chrono::{Months, NaiveDate};

use super::letter::Part;
use super::{Addressee, Both, Reading};
use crate::note::log::Marks;
use crate::note::other::Career;
use crate::plan::reach;
use crate::problem::Severity;

/// A direct message so many days after connecting is a surprise.
const SOON: i64 = 3;
/// So many months after leaving, the clients of a former employer are left alone.
const LOYAL: u32 = 6;

/// What they have done already is not asked for.
const DONE: [&str; 10] = [
    "いただいた",
    "頂いた",
    "くださった",
    "下さった",
    "もらった",
    "くれた",
    "いただきました",
    "頂きました",
    "くださいました",
    "下さいました",
];

/// Looks at what is asked and offered.
pub(super) fn look(reading: &mut Reading<'_>) {
    let Some(to) = reading.to.take() else { return };
    favour(reading, &to);
    let pitches = reading.rules.found("pitch", &reading.letter.plain);
    too_soon(reading, &to, pitches.first());
    if let Some(pitch) = pitches.first() {
        poaching(reading, &to, pitch);
    }
    noreply(reading, &to);
    reading.to = Some(to);
}

fn favour(reading: &mut Reading<'_>, to: &Addressee<'_>) {
    // Thanks for a favour of the past ask for none, and a seat may be one at a table; a book is
    // neither a post nor a person.
    let is_none = |part: &Part| {
        let sentence = reading.letter.unquoted(&reading.letter.sentence(part));
        let has = |kind: &str| reading.rules.has(kind, sentence);
        let words = reading.letter.words(part);
        let is_over = DONE.iter().any(|done| words.ends_with(done));
        let is_seat = words.contains('席') && has("venue");
        (has("thanked") || is_over) && !has("asked") || is_seat || has("pastime")
    };
    let found = reading.rules.found("favour", &reading.letter.plain);
    let Some(part) = found.into_iter().find(|part| !is_none(part)) else { return };
    let today = reading.case.today;
    let count = |mark| to.person.log.iter().filter(|e| e.day <= today && e.marks.has(mark)).count();
    let end = |last: NaiveDate| match to.reach.window {
        Some(window) => window.due(last),
        None => last.checked_add_months(Months::new(12)).unwrap_or(last),
    };
    // What they wrote and you have not answered ends the silence.
    let owes_answer =
        to.person.log.iter().rev().find(|e| e.day <= today).is_some_and(|e| e.marks.has(Marks::REPLY));
    let (why, help) = match to.tie.until(today).last() {
        None => (
            Both {
                ja: "はじめての連絡でのお願いです", en: "a favour is asked in the first message"
            },
            Both {
                ja: "まず近況を交わし、お願いは次の機会にしましょう",
                en: "get to know them first; the favour can wait",
            },
        ),
        Some(last) if end(last.day) < today && !owes_answer => (
            Both {
                ja: "ご無沙汰のあとのお願いです", en: "a favour is asked out of a long silence"
            },
            Both {
                ja: "まず近況を伝え、返事をもらってからお願いしましょう",
                en: "write without asking first; the favour can follow their answer",
            },
        ),
        Some(_) if count(Marks::RECEIVED) > count(Marks::GAVE) => (
            Both {
                ja: "してもらったことのほうが多い相手へのお願いです",
                en: "they have given more than you, and one more favour is asked",
            },
            Both {
                ja: "先にお礼をするか、役に立つことを届けましょう",
                en: "give something back first: thanks, or something of use to them",
            },
        ),
        Some(_) => return,
    };
    reading.add("favour", Severity::Warning, part, why, help);
}

fn too_soon(reading: &mut Reading<'_>, to: &Addressee<'_>, pitch: Option<&Part>) {
    let today = reading.case.today;
    let contacts = to.tie.until(today);
    let added = to.person.details().added.filter(|day| *day <= today);
    let Some(first) = contacts.first().map(|c| c.day).into_iter().chain(added).min() else { return };
    if (today - first).num_days() > SOON {
        return;
    }
    let log = || to.person.log.iter().filter(|e| e.day <= today);
    if log().any(|e| e.marks.has(Marks::REPLY)) {
        return;
    }
    // Whoever met is thanked the next day; nobody likes to be sold to then.
    let have_met = contacts.iter().any(|c| c.at_event) || log().any(|e| e.marks.has(Marks::MEETING));
    let days = Both { ja: "つながって三日以内です", en: "you connected less than three days ago" };
    match pitch {
        Some(pitch) => {
            let why = Both {
                ja: "つながって三日以内の売り込みです",
                en: "a pitch within three days of connecting",
            };
            let help = Both {
                ja: "売り込みは控え、まず相手の発信に反応しましょう",
                en: "leave the offer out; take an interest in what they do first",
            };
            reading.add("too-soon", Severity::Warning, pitch.clone(), why, help);
        }
        None if !have_met => {
            let help = Both {
                ja: "少し待つか、先に相手の発信に反応しましょう",
                en: "wait a little, or respond to something of theirs first",
            };
            reading.add("too-soon", Severity::Note, reading.letter.opening(), days, help);
        }
        None => {}
    }
}

fn poaching(reading: &mut Reading<'_>, to: &Addressee<'_>, pitch: &Part) {
    let today = reading.case.today;
    let is_client = reach::tier(to.person, reading.case.config).is_some_and(|tier| &*tier.id == "client");
    let Some((_, me)) = reading.case.index.me().filter(|_| is_client) else { return };
    let is_lately_left = |post: &&Career| {
        let Some(last) = post.to.map(|to| to.last_day()) else { return false };
        let goes_on = || {
            let same = me.career.iter().filter(|other| other.org == post.org);
            same.map(|other| other.to.map(|to| to.last_day())).any(|to| to.is_none_or(|to| to > last))
        };
        let loyal_until = last.checked_add_months(Months::new(LOYAL)).unwrap_or(NaiveDate::MAX);
        last <= today && today <= loyal_until && !goes_on()
    };
    let was_theirs = |post: &Career| {
        let from = post.from.map_or(NaiveDate::MIN, |from| from.first_day());
        let last = post.to.map_or(NaiveDate::MAX, |to| to.last_day());
        let within = |day: NaiveDate| (from..=last).contains(&day);
        to.tie.contacts.iter().any(|c| within(c.day)) || to.person.details().added.is_some_and(within)
    };
    if !me.career.iter().filter(is_lately_left).any(was_theirs) {
        return;
    }
    let why = Both {
        ja: "退職から半年以内に、前の勤め先の取引先へ売り込んでいます",
        en: "you sell to a client of the employer you left less than six months ago",
    };
    let help = Both {
        ja: "ご挨拶とお礼にとどめ、後任の方を立てましょう",
        en: "keep to a greeting and thanks, and leave the business to whoever came after you",
    };
    reading.add("poaching", Severity::Warning, pitch.clone(), why, help);
}

fn noreply(reading: &mut Reading<'_>, to: &Addressee<'_>) {
    // Once the window, doubled for it, has opened, one may write again: the plan says so, too.
    let today = reading.case.today;
    if !to.reach.unanswered || to.reach.opens.is_some_and(|opens| opens <= today) {
        return;
    }
    let why =
        Both { ja: "二通続けて返事がありません", en: "the last two messages were not answered" };
    let help = match to.reach.opens {
        Some(opens) => (format!("{opens} ごろまで待ちましょう"), format!("better wait until about {opens}")),
        None => (
            "もう少し待つか、別の手段にしましょう".to_owned(),
            "better wait a while, or try another channel".to_owned(),
        ),
    };
    let help = Both { ja: &help.0, en: &help.1 };
    reading.add("noreply", Severity::Warning, reading.letter.opening(), why, help);
}
