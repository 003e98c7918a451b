//! Two cards of one person as one.

use super::addresses::is_one;
use super::names::Keys;
use super::words::is_same;
use crate::exchange::card::{Card, CardPost};
use crate::text::{Text, fold_name};

/// Adds what another card of the same person says; where both say something of one thing the first counts.
pub fn merge(card: &mut Card, other: Card, org_key: impl Fn(&str) -> Text) {
    fn first<T>(mine: &mut Option<T>, theirs: Option<T>) {
        if mine.is_none() {
            *mine = theirs;
        }
    }
    fn all<T: PartialEq>(mine: &mut Vec<T>, theirs: Vec<T>) {
        for one in theirs {
            if !mine.contains(&one) {
                mine.push(one);
            }
        }
    }
    if fold_name(&other.name) != fold_name(&card.name) && Keys::of(&other.name) != Keys::of(&card.name) {
        card.aliases.push(other.name);
    }
    first(&mut card.family, other.family);
    first(&mut card.given, other.given);
    first(&mut card.reading, other.reading);
    all(&mut card.aliases, other.aliases);
    first(&mut card.honorific, other.honorific);
    for (channel, address) in other.channels {
        let is_known =
            |(known, said): &(String, String)| *known == channel && is_one(&channel, said, &address);
        if !card.channels.iter().any(is_known) {
            card.channels.push((channel, address));
        }
    }
    for post in other.posts {
        let is_first = card.posts.is_empty();
        match card.posts.iter_mut().find(|mine| org_key(&mine.org) == org_key(&post.org)) {
            Some(mine) => {
                let CardPost { unit, role, from, to, .. } = post;
                first(&mut mine.unit, unit);
                first(&mut mine.role, role);
                first(&mut mine.from, from);
                first(&mut mine.to, to);
            }
            // Two places to work at once may be an old card: the first counts.
            None if is_first || post.to.is_some() => card.posts.push(post),
            // Said, since it is somewhere in the file and nowhere else.
            None => all(&mut card.left, vec!["ORG".to_owned()]),
        }
    }
    first(&mut card.birthday, other.birthday);
    // Code and town belong to their address.
    let is_one_place = match (&card.address, &other.address) {
        (Some(mine), Some(theirs)) => is_same(mine, theirs),
        (Some(_), None) => other.postal_code.is_none(),
        _ => {
            card.postal_code.is_none() || other.postal_code.is_none() || card.postal_code == other.postal_code
        }
    };
    if is_one_place {
        first(&mut card.address, other.address);
        first(&mut card.postal_code, other.postal_code);
        first(&mut card.location, other.location);
    } else if other.address.is_some() {
        all(&mut card.left, vec!["ADR".to_owned()]);
    }
    if card.joint_names.is_empty() {
        card.joint_names = other.joint_names;
    }
    card.died |= other.died;
    card.status = card.status.take().or(other.status);
    all(&mut card.interests, other.interests);
    all(&mut card.groups, other.groups);
    first(&mut card.lang, other.lang);
    first(&mut card.met, other.met);
    match (&mut card.note, other.note) {
        (Some(mine), Some(theirs)) if !mine.contains(&theirs) => {
            mine.push('\n');
            mine.push_str(&theirs);
        }
        (mine @ None, theirs) => *mine = theirs,
        _ => {}
    }
    first(&mut card.uid, other.uid);
    all(&mut card.left, other.left);
    card.left.sort();
}
