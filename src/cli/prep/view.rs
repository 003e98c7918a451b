//! What is prepared for an event, as JSON: names stay, fields are only added.

use chrono::NaiveDate;
use serde::Serialize;

use crate::app::App;
use crate::brief::event::{Aim, Guest, Prep, Question};
use crate::brief::person::Talk;
use crate::cli::words;
use crate::note::Note;
use crate::note::other::EventStatus;
use crate::plan::reach;
use crate::text::Lang;

/// What is prepared.
#[derive(Serialize)]
pub(super) struct View<'a> {
    path: &'a str,
    name: &'a str,
    date: Option<NaiveDate>,
    last_date: Option<NaiveDate>,
    place: Option<&'a str>,
    goal: Option<&'a str>,
    status: &'static str,
    attendees: Vec<GuestView<'a>>,
    without_note: &'a [&'a str],
    absent: &'a [&'a str],
    common: Vec<CommonView<'a>>,
    others: Vec<OtherView<'a>>,
    aim: Option<AimView<'a>>,
    follow_ups: Vec<&'a str>,
    /// With `--write`: whether the note is different now.
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<bool>,
}

#[derive(Serialize)]
struct GuestView<'a> {
    path: &'a str,
    name: &'a str,
    org: Option<&'a str>,
    role: Option<&'a str>,
    location: Option<&'a str>,
    tier: Option<&'a str>,
    state: &'static str,
    talk_to: bool,
    mourning: Option<String>,
    last_contact: Option<NaiveDate>,
    last_talk: Option<TalkView<'a>>,
    threads: Vec<TalkView<'a>>,
    promises: Vec<PromiseView<'a>>,
    milestones: Vec<MilestoneView<'a>>,
    questions: Vec<QuestionView<'a>>,
    starters: Vec<LinkView<'a>>,
}

#[derive(Serialize)]
struct TalkView<'a> {
    date: NaiveDate,
    channel: Option<&'a str>,
    text: &'a str,
}

#[derive(Serialize)]
struct PromiseView<'a> {
    text: &'a str,
    due: Option<NaiveDate>,
    theirs: bool,
    path: &'a str,
}

#[derive(Serialize)]
struct MilestoneView<'a> {
    date: NaiveDate,
    what: &'a str,
}

#[derive(Serialize)]
struct QuestionView<'a> {
    kind: &'static str,
    text: &'a str,
    date: Option<NaiveDate>,
}

#[derive(Serialize)]
struct LinkView<'a> {
    kind: &'static str,
    text: &'a str,
}

#[derive(Serialize)]
struct CommonView<'a> {
    kind: &'static str,
    text: &'a str,
    yours: bool,
    people: Vec<&'a str>,
}

#[derive(Serialize)]
struct OtherView<'a> {
    path: &'a str,
    name: &'a str,
    why: Vec<LinkView<'a>>,
}

#[derive(Serialize)]
struct AimView<'a> {
    person: &'a str,
    name: &'a str,
    minutes: u32,
    question: QuestionView<'a>,
}

impl<'a> View<'a> {
    pub fn of(prep: &'a Prep<'a>, app: &'a App, written: Option<bool>) -> Self {
        let event = prep.event;
        let to_talk_to = prep.guests.iter().filter(|guest| guest.to_talk_to);
        Self {
            path: prep.note.path.as_str(),
            name: prep.note.path.name(),
            date: event.day,
            last_date: event.last,
            place: event.place.as_deref(),
            goal: event.goal.as_deref(),
            status: match event.status {
                // Nothing is said of it: what is still to come is planned.
                EventStatus::Held if event.day.is_none_or(|day| day > app.today) => "planned",
                EventStatus::Held => "held",
                EventStatus::Planned => "planned",
                EventStatus::Cancelled => "cancelled",
            },
            attendees: prep.guests.iter().map(|guest| of_guest(guest, app)).collect(),
            without_note: &prep.strangers,
            absent: &prep.absent,
            common: prep
                .common
                .iter()
                .map(|common| CommonView {
                    kind: common.ground.word(),
                    text: common.what,
                    yours: common.yours,
                    people: common.people.iter().map(|note| note.path.as_str()).collect(),
                })
                .collect(),
            others: prep
                .others
                .iter()
                .map(|other| OtherView {
                    path: other.somebody.note.path.as_str(),
                    name: &other.somebody.person.name,
                    why: other.links.iter().map(|l| LinkView { kind: l.word(), text: l.text() }).collect(),
                })
                .collect(),
            aim: prep.aim.as_ref().map(of_aim),
            follow_ups: to_talk_to.map(|guest| path(guest.somebody.note)).collect(),
            written,
        }
    }
}

fn path(note: &Note) -> &str {
    note.path.as_str()
}

fn of_guest<'a>(guest: &'a Guest<'a>, app: &'a App) -> GuestView<'a> {
    let of = &guest.somebody;
    let post = of.post();
    let talk = |talk: &'a Talk<'a>| TalkView { date: talk.day, channel: talk.channel, text: &talk.text };
    GuestView {
        path: path(of.note),
        name: &of.person.name,
        org: post.map(|post| &*post.org),
        role: post.and_then(|post| post.role.as_deref()),
        location: of.person.location.as_deref(),
        tier: reach::tier(of.person, &app.config).map(|tier| &*tier.id),
        state: guest.reach.state.word(),
        talk_to: guest.to_talk_to,
        mourning: guest.mourning.map(|mourning| words::mourning(mourning, Lang::En)),
        last_contact: guest.last_contact,
        last_talk: guest.last.as_ref().map(talk),
        threads: guest.threads.iter().map(talk).collect(),
        promises: guest
            .promises
            .iter()
            .map(|promise| PromiseView {
                text: &promise.task.text,
                due: promise.due,
                theirs: promise.task.theirs,
                path: path(promise.note),
            })
            .collect(),
        milestones: guest
            .milestones
            .iter()
            .map(|milestone| MilestoneView { date: milestone.day, what: &milestone.what })
            .collect(),
        questions: guest.questions.iter().map(of_question).collect(),
        starters: guest.starters.iter().map(|s| LinkView { kind: s.word(), text: s.text() }).collect(),
    }
}

fn of_question<'a>(question: &'a Question<'a>) -> QuestionView<'a> {
    QuestionView { kind: question.word(), text: question.text(), date: question.day() }
}

fn of_aim<'a>(aim: &'a Aim<'a>) -> AimView<'a> {
    AimView {
        person: path(aim.somebody.note),
        name: &aim.somebody.person.name,
        minutes: crate::brief::event::MINUTES,
        question: of_question(&aim.question),
    }
}
