//! What a template is given of whoever writes: names, work, and the change of work that is told of.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::address;
use super::super::occasion::Occasion;
use super::super::when;
use super::career::{Together, is_own_business};
use super::quote::shown;
use super::whom::organisation;
use super::{Case, LATE, legible};
use crate::note::other::{Career, Me};
use crate::text::Text;

#[derive(Debug, Default, Serialize)]
pub(super) struct Yourself {
    pub(super) name: String,
    pub(super) short: String,
    pub(super) org: String,
    pub(super) role: String,
    greets_for: String,
    starts: Option<Starts>,
    booking: String,
    left_org: String,
    left_day: String,
    left_past: bool,
    left_late: bool,
    left_ago: String,
    together: &'static str,
    location: String,
}

/// The beginning of the work that is told of.
#[derive(Debug, Serialize)]
struct Starts {
    pub(super) day: String,
    to_come: bool,
    pub(super) late: bool,
}

pub(super) fn yourself(case: &Case<'_>, me: &Me) -> Yourself {
    let Case { today, lang, .. } = *case;
    let line = |text: &Option<Text>| text.as_deref().map(shown).unwrap_or_default();
    let (name, short) = address::own(&line(&me.name), &me.aliases, lang);
    let left = case.left();
    let tells = case.tells_of_new_work();
    let is_own = |post: &&Career| case.occasion != Some(Occasion::Independence) || is_own_business(post);
    // Organisation, role and day are told of one post.
    let post = if tells { case.begun().filter(is_own) } else { case.held() };
    let since = |day: NaiveDate| (today - day).num_days();
    Yourself {
        short: shown(&short),
        org: post.map(|post| organisation(&post.org, lang)).unwrap_or_default(),
        role: post.map(|post| legible(&line(&post.role), lang)).unwrap_or_default(),
        greets_for: case.greets_for().map(shown).unwrap_or_default(),
        starts: post.filter(|_| tells).and_then(|post| post.from).map(|from| Starts {
            day: when::partial(from, today, lang),
            to_come: from.first_day() > today,
            late: since(from.first_day()) > LATE,
        }),
        booking: line(&me.booking),
        left_org: left.map(|left| organisation(left.org, lang)).unwrap_or_default(),
        left_day: left.map(|left| when::partial(left.end, today, lang)).unwrap_or_default(),
        left_past: left.is_some_and(|left| left.day < today),
        left_late: left.is_some_and(|left| since(left.day) > LATE),
        left_ago: left.map(|left| when::since(left.day, today, lang)).unwrap_or_default(),
        together: if tells { case.before() } else { left.map(|left| case.together(&left)) }
            .map_or("", Together::word),
        location: legible(&line(&me.location), lang),
        name: shown(&name),
    }
}
