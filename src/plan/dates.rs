//! Reasons that dates in somebody's life give: `birthday`, `milestone`.

use chrono::{Datelike, NaiveDate};

use super::{About, HORIZON, Kind, Occurrence, Reason, Subject, minus, plus, reach};

/// A birthday is still kept this many days later.
const BELATED: u64 = 3;
/// A milestone is due within this many days …
const MILESTONE_DUE: u64 = 7;
/// … and over after these.
const MILESTONE_UNTIL: u64 = 14;

/// The reasons of dates.
pub(super) fn reasons<'a>(s: &Subject<'a>, out: &mut Vec<Reason<'a>>) {
    out.extend(milestones(s));
    out.extend(birthday(s));
}

/// The birthday whose span holds today, else the next one within the horizon; none in mourning.
fn birthday<'a>(s: &Subject<'a>) -> Option<Reason<'a>> {
    let birthday = s.person.birthday?;
    let tier_lead = reach::tier(s.person, s.config).and_then(|t| t.lead);
    let lead = u64::from(tier_lead.unwrap_or(s.config.birthdays.lead));
    let around = |day: NaiveDate| plus(day, BELATED) >= s.today && minus(day, lead) < plus(s.today, HORIZON);
    let years = [s.today.year() - 1, s.today.year(), s.today.year() + 1];
    // Most birthdays are far away.
    let near = years.into_iter().filter(|year| birthday.in_year(*year).is_none_or(around));
    let near = near.filter(|year| !s.mourns(birthday.in_year(*year).unwrap_or(s.today)));
    let reasons = near.filter_map(|year| match birthday.in_year(year) {
        Some(day) => Some(Reason {
            kind: Kind::Birthday,
            appears: minus(day, lead),
            until: Some(plus(day, BELATED)),
            due: day,
            day: Some(day),
            fixed: Some(day),
            occurrence: Occurrence::Day(day),
            since: day,
            span: 1.0,
            about: About::Birthday { month: birthday.month },
        }),
        None => month_only(birthday.month, year),
    });
    let mut live = reasons.filter(|r| {
        let until = r.until.unwrap_or(r.due);
        until >= s.today
            // What stands on its day alone is planned once that day is: not when it is announced.
            && r.day.unwrap_or(r.appears) < plus(s.today, HORIZON)
            && !s.contact_within(r.appears, until)
            && !s.is_settled(r.kind, &r.occurrence)
    });
    live.next()
}

/// A birthday of which only the month is known: some day in it, never fixed.
fn month_only<'a>(month: u32, year: i32) -> Option<Reason<'a>> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let last = NaiveDate::from_ymd_opt(next_year, next_month, 1)?.pred_opt()?;
    Some(Reason {
        kind: Kind::Birthday,
        appears: first,
        until: Some(last),
        due: last,
        day: None,
        fixed: None,
        occurrence: Occurrence::Month(year, month),
        since: first,
        span: 31.0,
        about: About::Birthday { month },
    })
}

/// From its date for two weeks, due within one; the newest first.
fn milestones<'a>(s: &Subject<'a>) -> impl Iterator<Item = Reason<'a>> {
    let near = s
        .person
        .details()
        .milestones
        .iter()
        .rev()
        .map(|m| (m, s.ground.rest.stretch(plus(m.day, MILESTONE_UNTIL))))
        .filter(|(m, until)| m.day < plus(s.today, HORIZON) && *until >= s.today);
    near.filter_map(|(m, until)| {
        let occurrence = Occurrence::Milestone(m);
        if s.contact_within(m.day, until) || s.is_settled(Kind::Milestone, &occurrence) {
            return None;
        }
        Some(Reason {
            kind: Kind::Milestone,
            appears: m.day,
            until: Some(until),
            due: s.ground.rest.stretch(plus(m.day, MILESTONE_DUE)),
            day: None,
            fixed: None,
            occurrence,
            since: m.day,
            span: 7.0,
            about: About::Milestone(m),
        })
    })
}
