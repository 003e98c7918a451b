//! Two cards of one person as one.

use super::names::Keys;
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
    all(&mut card.channels, other.channels);
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
    first(&mut card.address, other.address);
    first(&mut card.postal_code, other.postal_code);
    first(&mut card.location, other.location);
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
