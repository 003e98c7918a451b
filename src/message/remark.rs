//! What one should know of a draft before it is sent: the notes say something that its words cannot.

use chrono::{Datelike, Days, NaiveDate};

use super::context::{BIRTHDAY, Case, Together, answered};
use super::occasion::Occasion;
use super::subject::first_day;
use crate::config::Greeting;
use crate::note::person::Status;
use crate::note::seasonal::Seasons;
use crate::plan;
use crate::plan::roll::Known;

/// After so many days a silence is worth a word.
const SILENCE: i64 = 45;
/// So long after a last day nobody says goodbye any more.
const GOODBYE: i64 = 60;

/// Something to know before a draft is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// The tie is at rest.
    Paused,
    /// The tie has been closed.
    Closed,
    /// They are snoozed until a day.
    Snoozed(NaiveDate),
    /// Their loss is fresh, and until this day nobody asks them for what they promised.
    Mourning(NaiveDate),
    /// The last message, of this day, has no answer; and whether the one before it had none.
    Unanswered(NaiveDate, bool),
    /// Their note says that this greeting is not sent to them.
    Declined(String),
    /// A card of the season is one to them and these others.
    OneCard(Vec<String>),
    /// The greeting is sent from this day on.
    NotYet(String, NaiveDate),
    /// The greeting is sent until this day.
    Over(String, NaiveDate),
    /// The birthday is far: its next day, where that is known, and its month.
    Birthday(Option<NaiveDate>, u32),
    /// You left long ago, on this day.
    LeftLongAgo(NaiveDate),
    /// Nothing says that they had to do with this organisation.
    NotTogether(String),
    /// No meeting of late is known.
    NotMet,
    /// You were in touch a short while ago, on this day.
    Fresh(NaiveDate),
}

/// All there is to say of a draft.
pub(super) fn of(case: &Case<'_>) -> Vec<Remark> {
    let (person, today) = (case.person, case.today);
    let mut all = Vec::new();
    match person.status {
        Status::Paused => all.push(Remark::Paused),
        Status::Closed => all.push(Remark::Closed),
        _ => {}
    }
    all.extend(person.snooze.filter(|until| *until > today).map(Remark::Snoozed));
    // What is owed is written all the same.
    let is_owed = case.occasion.is_some_and(Occasion::is_owed) || case.season.is_some();
    let unanswered = case.unanswered().filter(|_| !is_owed);
    all.extend(unanswered.map(|(day, twice)| Remark::Unanswered(day, twice)));
    if let Some(season) = case.season {
        let (from, to) = span(case, season);
        if today < from {
            all.push(Remark::NotYet(season.called.clone(), from));
        } else if to < today {
            all.push(Remark::Over(season.called.clone(), to));
        }
        let seasons = &case.person.details().seasons;
        let is_declined = plan::is_declined(seasons, (season.greeting, &season.name));
        // 年賀状じまい ends cards alone, and what comes all the same has an answer.
        if is_declined && *seasons != Seasons::NoNengajo && answered(case).is_none() {
            all.push(Remark::Declined(season.called.clone()));
        }
        let household = plan::household_of(case.index, case.note);
        let others = household.into_iter().filter_map(|note| Some(note.person()?.name.to_string()));
        all.extend(Some(others.collect::<Vec<_>>()).filter(|others| !others.is_empty()).map(Remark::OneCard));
    }
    all.extend(of_occasion(case));
    all
}

/// The days on which a season's greeting is sent to them. 松の内 lasts longer in the west: a greeting of the new
/// year may still come then, and 寒中見舞い comes after it; a card has to be there before its end.
fn span(case: &Case<'_>, season: &Known) -> (NaiveDate, NaiveDate) {
    let from = first_day(season, case.config, (case.register, case.form));
    let of_me = || case.index.me().and_then(|(_, me)| me.location.as_deref());
    let theirs = case.person.location.as_deref().or(case.person.details().address.as_deref());
    let is_west = theirs.or_else(of_me).is_some_and(plan::is_in_the_west);
    let later = |day: u32| NaiveDate::from_ymd_opt(season.year, 1, day).filter(|_| is_west);
    match season.greeting {
        Greeting::NewYear => (from, later(15).map_or(season.to, |day| day.max(season.to))),
        Greeting::MidWinter if !season.is_after_risshun() => {
            let sent = if case.form.is_posted() { season.to - Days::new(2) } else { season.to };
            (later(16).map_or(from, |day| day.max(from)), sent)
        }
        _ => (from, season.to),
    }
}

fn of_occasion(case: &Case<'_>) -> Option<Remark> {
    let today = case.today;
    match case.occasion? {
        Occasion::Birthday => far_birthday(case),
        Occasion::Farewell | Occasion::Settled => {
            let left = case.left()?;
            let is_goodbye = case.occasion == Some(Occasion::Farewell);
            if case.together(&left) == Together::Unknown {
                Some(Remark::NotTogether(left.org.to_owned()))
            } else {
                let is_long_ago = (today - left.day).num_days() > GOODBYE;
                (is_goodbye && is_long_ago).then_some(Remark::LeftLongAgo(left.day))
            }
        }
        Occasion::Waiting => plan::quiet_until(case.person, today).map(Remark::Mourning),
        Occasion::FollowUp => case.meeting().is_none().then_some(Remark::NotMet),
        Occasion::Reopen => {
            let last = case.reach.last.filter(|last| (today - *last).num_days() < SILENCE);
            last.map(Remark::Fresh)
        }
        _ => None,
    }
}

fn far_birthday(case: &Case<'_>) -> Option<Remark> {
    let (today, born) = (case.today, case.person.birthday?);
    let all = || (today.year() - 1..=today.year() + 1).filter_map(|year| born.in_year(year));
    let (before, after) = BIRTHDAY;
    let is_near = all().any(|day| (-after..=before).contains(&(day - today).num_days()));
    let soon = today.checked_add_days(Days::new(before.unsigned_abs())).unwrap_or(today);
    let is_month_near = || [today, soon].map(|day| day.month()).contains(&born.month);
    let next = all().find(|day| *day >= today);
    let is_far = if next.is_some() { !is_near } else { !is_month_near() };
    is_far.then_some(Remark::Birthday(next, born.month))
}
