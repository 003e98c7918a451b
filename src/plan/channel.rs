//! The channel through which somebody is written to: as they wish, as they were of late, as their tier is.
//!
//! Leaves the channel of a card, and that of a light touch, to those who plan them.

use chrono::NaiveDate;

use super::reach;
use crate::config::Config;
use crate::note::keys::{channel as canonical, serves};
use crate::note::log::Marks;
use crate::note::person::Person;
use crate::text::{Text, fold};

/// The channel to use: the one preferred, else the last one used that is neither light
/// nor a meeting, else the tier's first that an address is known for.
pub fn usual(person: &Person, config: &Config, today: NaiveDate) -> Option<Text> {
    if let Some(prefer) = &person.details().prefer {
        return Some(prefer.clone());
    }
    let serves_for_writing = |c: &str, light: bool, meeting: bool| !light && !meeting && c != "intro";
    let is_of = |words: &[String], c: &str| words.iter().any(|w| fold(w) == c);
    let logged = person.log.iter().rev().filter(|e| e.day <= today && e.is_contact()).find_map(|e| {
        let channel = e.channel()?.as_str();
        let serves = serves_for_writing(channel, e.marks.has(Marks::LIGHT), e.marks.has(Marks::MEETING));
        serves.then_some((e.day, channel))
    });
    let stated = person.stated.iter().filter(|s| s.day <= today).filter_map(|s| {
        let channel = s.channel.as_deref()?;
        let (light, meeting) = (is_of(&config.log.light, channel), is_of(&config.log.meeting, channel));
        serves_for_writing(channel, light, meeting).then_some((s.day, channel))
    });
    if let Some((_, channel)) = stated.chain(logged).max_by_key(|(day, _)| *day) {
        return Some(canonical(channel).as_ref().into());
    }
    of_tier(person, config)
}

/// The tier's first channel that an address is known for.
pub(super) fn of_tier(person: &Person, config: &Config) -> Option<Text> {
    let tier = reach::tier(person, config)?;
    let known = |want: &str| person.channels.iter().any(|(have, _)| serves(have, &canonical(want)));
    tier.channels.iter().find(|want| known(want)).map(|want| canonical(want).into_owned().into())
}
