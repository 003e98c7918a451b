//! What `show` finds, as JSON.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::json::PersonView;
use super::super::today::ItemView;
use crate::brief;
use crate::brief::ahead::{Ahead, What};
use crate::brief::person::{Read, Somebody, Talk};
use crate::brief::time::Spell;
use crate::note::log::Marks;
use crate::text::Text;

#[derive(Serialize)]
pub(super) struct View<'a> {
    #[serde(flatten)]
    pub(super) person: PersonView<'a>,
    pub(super) mourning: Option<String>,
    /// The notes of those who get a season's card together with them.
    pub(super) household: Vec<&'a str>,
    pub(super) talks: Vec<TalkView<'a>>,
    pub(super) threads: Vec<TalkView<'a>>,
    pub(super) in_common: Vec<&'a str>,
    pub(super) both_know: Vec<&'a str>,
    pub(super) together: Vec<TogetherView<'a>>,
    pub(super) helped: Vec<HelpedView<'a>>,
    pub(super) ahead: Vec<AheadView<'a>>,
    pub(super) months: [usize; 12],
    pub(super) item: Option<ItemView<'a>>,
    pub(super) why: String,
}

#[derive(Serialize)]
pub(super) struct TalkView<'a> {
    pub(super) date: NaiveDate,
    days_ago: i64,
    pub(super) channel: Option<&'a str>,
    pub(super) text: Text,
    pub(super) source: &'static str,
    pub(super) path: &'a str,
}

impl<'a> TalkView<'a> {
    pub(super) fn of(talk: Talk<'a>, today: NaiveDate) -> Self {
        Self {
            date: talk.day,
            days_ago: (today - talk.day).num_days(),
            channel: talk.channel,
            text: talk.text,
            source: talk.source.word(),
            path: talk.told_in.as_str(),
        }
    }
}

/// Where you both were, and for how many months, where that is known.
#[derive(Serialize)]
pub(super) struct TogetherView<'a> {
    pub(super) org: &'a str,
    pub(super) months: Option<i64>,
    #[serde(skip)]
    pub(super) spells: Vec<Spell>,
}

#[derive(Serialize)]
pub(super) struct HelpedView<'a> {
    pub(super) theirs: bool,
    #[serde(flatten)]
    pub(super) talk: TalkView<'a>,
}

#[derive(Serialize)]
pub(super) struct AheadView<'a> {
    pub(super) date: NaiveDate,
    pub(super) to: Option<NaiveDate>,
    pub(super) kind: &'static str,
    pub(super) text: Option<String>,
    pub(super) path: Option<&'a str>,
    #[serde(skip)]
    pub(super) what: What<'a>,
}

impl<'a> AheadView<'a> {
    pub(super) fn of(ahead: Ahead<'a>) -> Self {
        let (text, path) = match &ahead.what {
            What::Milestone(what) => (Some(what.to_string()), None),
            What::Event(note) => (Some(note.path.name().to_owned()), Some(note.path.as_str())),
            What::Season(name) => (Some(name.clone()), None),
            What::Trip(note, place) => (Some(place.to_string()), Some(note.path.as_str())),
            What::Birthday { .. } | What::Next | What::Snooze => (None, None),
        };
        Self { date: ahead.day, to: ahead.last, kind: ahead.what.word(), text, path, what: ahead.what }
    }
}

/// The last time that each of you was of help.
pub(super) fn helped<'a>(of: &Somebody<'a>, read: &Read<'_>) -> Vec<HelpedView<'a>> {
    let last = |mark, theirs| {
        let talks = of.helped(mark, 1, read).into_iter();
        talks.map(move |talk| HelpedView { theirs, talk: TalkView::of(talk, of.today) })
    };
    last(Marks::RECEIVED, true).chain(last(Marks::GAVE, false)).collect()
}

pub(super) fn together<'a>(of: &Somebody<'a>) -> Vec<TogetherView<'a>> {
    let shared = brief::alumni::shared_with(of).into_iter();
    shared.map(|(org, shared)| TogetherView { org, months: shared.months, spells: shared.spells }).collect()
}
