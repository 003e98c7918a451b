//! The note about the user: their own work, habits and days away.

use chrono::NaiveDate;

use super::{Career, Habit, Me};
use crate::date::{self};
use crate::note::body::Body;
use crate::note::find::{Desk, Matter, shown};
use crate::note::keys::{Field, normal};
use crate::note::log;
use crate::note::org::{self, partial};
use crate::note::seasonal;
use crate::note::value::Data;
use crate::problem::{Takes, What};
use crate::text::Lang;

/// Reads the note about the user.
pub fn me(matter: &Matter<'_>, body: &Body, desk: &Desk<'_>) -> Me {
    let words = |field| matter.words(field).into_boxed_slice();
    Me {
        name: matter.text(Field::Name),
        aliases: words(Field::Aliases),
        location: matter.text(Field::Location),
        lang: matter.text(Field::Lang).and_then(|word| Lang::parse(&word)),
        career: career(matter, desk).into(),
        habits: habits(matter, desk).into(),
        interests: words(Field::Interests),
        goals: words(Field::Goals),
        strengths: words(Field::Strengths),
        away: away(matter, desk).into(),
        booking: matter.text(Field::Booking),
        mourning: seasonal::mourning(matter, desk),
        log: log::kept(desk, body).into(),
    }
}

fn career(matter: &Matter<'_>, desk: &Desk<'_>) -> Vec<Career> {
    let mut out = Vec::new();
    for node in matter.all(Field::Career).flat_map(|pair| pair.value.members()) {
        if let Data::Map(pairs) = &node.data {
            let get = |words: &[&str]| {
                pairs.iter().find(|p| words.contains(&normal(&p.key).as_ref())).map(|p| &p.value)
            };
            let at = |words: &[&str]| {
                let node = get(words)?;
                partial(&node.text()?, node.span, desk)
            };
            let Some(org) =
                get(&["org", "name", "company", "会社", "組織"]).and_then(|n| n.text().map(|t| shown(&t)))
            else {
                continue;
            };
            let role = get(&["role", "title", "役職", "肩書"]).and_then(|n| n.text().map(|t| shown(&t)));
            let period = date::Period { from: at(&["from", "start"]), to: at(&["to", "end"]) };
            let (from, to) = org::forward(period, node.span, desk);
            out.push(Career { org, role, from, to });
        } else if let Some(post) = node.text().and_then(|text| org::told(&text, false, node.span, desk)) {
            out.push(Career { org: post.org, role: post.role, from: post.from, to: post.to });
        }
    }
    out.sort_by_key(|post| post.from);
    out
}

fn habits(matter: &Matter<'_>, desk: &Desk<'_>) -> Vec<Habit> {
    let mut out = Vec::new();
    for node in matter.all(Field::Habits).flat_map(|pair| pair.value.members()) {
        let pairs = node.pairs();
        let get = |words: &[&str]| {
            let pair = pairs.iter().find(|p| words.contains(&normal(&p.key).as_ref()))?;
            Some((pair.value.text()?, pair.value.span))
        };
        // "ブログ, every 1m" in one text, or a map.
        let (what, every, span) = match node.text() {
            Some(text) => {
                let (what, every) = text.split_once([',', '、']).unwrap_or((text.as_ref(), ""));
                (shown(what), every.trim().to_owned(), node.span)
            }
            None => {
                let Some((what, _)) = get(&["what", "name", "内容"]) else { continue };
                match get(&["every", "cadence", "頻度"]) {
                    Some((every, span)) => (shown(&what), every.into_owned(), span),
                    None => (shown(&what), String::new(), node.span),
                }
            }
        };
        match date::Window::parse(&every) {
            Some(window) => out.push(Habit {
                what,
                every: window.max,
                folder: get(&["folder", "フォルダー"]).map(|(f, _)| shown(&f)),
            }),
            None => desk.report(span, What::BadCadence(every)),
        }
    }
    out
}

/// What `away` takes, as `goen.toml` says it of `[calendar] closed`.
const AWAY: Takes =
    Takes { en: "days", ja: "日付の一覧", like: "\"2026-12-29\", \"2026-12-29..2027-01-03\"" };

fn away(matter: &Matter<'_>, desk: &Desk<'_>) -> Vec<(NaiveDate, NaiveDate)> {
    /// What stands between two days.
    const BETWEEN: [char; 9] = ['.', '…', '‥', '~', '〜', '～', '–', '—', '-'];
    let mut out = Vec::new();
    for pair in matter.all(Field::Away) {
        for node in pair.value.members() {
            let Some(text) = node.text() else { continue };
            if let Some(date::Period { from: Some(from), to: Some(to) }) = date::Period::parse(&text) {
                out.push((from.first_day(), to.last_day()));
                continue;
            }
            match desk.date(node) {
                // Two days that are no span, the last before the first, or none at all behind the first.
                Some((_, rest)) if rest.starts_with(BETWEEN) => {
                    let (key, value) = (pair.key.to_string(), text.into_owned());
                    desk.report(node.span, What::BadValue { key, value, takes: AWAY });
                }
                day => out.extend(day.map(|(day, _)| (day, day))),
            }
        }
    }
    out.sort_unstable();
    out
}
