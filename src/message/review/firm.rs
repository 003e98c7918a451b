//! Whose firm stands above the name at the head of a Japanese message: another one of the notes is a slip.

use chrono::NaiveDate;

use super::letter::Part;
use super::{Addressee, Both, Reading};
use crate::note::org::Post;
use crate::note::org::short_name as short_org;
use crate::problem::Severity;
use crate::text::one_line;

/// Whether a post is held on a day, as far as the note tells.
pub(super) fn is_held(post: &Post, today: NaiveDate) -> bool {
    !post.past
        && post.from.is_none_or(|from| from.first_day() <= today)
        && post.to.is_none_or(|to| to.last_day() >= today)
}

/// Looks at the lines down to the name.
pub(super) fn look(reading: &mut Reading<'_>, to: &Addressee<'_>, above: &[Part]) {
    let today = reading.case.today;
    let Some(now) = to.person.posts.iter().find(|post| is_held(post, today)) else { return };
    let wrong = above.iter().find_map(|line| {
        let words = reading.letter.words(line);
        let ends = words.match_indices(' ').map(|(at, _)| at).take(2).chain([words.len()]);
        let ends: Vec<usize> = ends.collect();
        ends.into_iter().find_map(|end| {
            let name = short_org(&words[..end]);
            let name = name.strip_suffix("御中").map_or(name.as_str(), str::trim_end);
            is_others(reading, to, name).then(|| line.start..line.start + end)
        })
    });
    let Some(part) = wrong else { return };
    let (name, firm) = (one_line(&to.person.name), one_line(&now.org));
    let (ja, en) = (
        format!("宛先の{name}さんの勤め先ではありません。ノートでは「{firm}」です"),
        format!("{name} does not work there; in the note it is {firm}"),
    );
    let help = Both { ja: "宛先を確かめましょう", en: "check whom it goes to" };
    reading.add("wrong-name", Severity::Warning, part, Both { ja: &ja, en: &en }, help);
}

/// Whether this is an organisation of the notes, and neither theirs nor one's own.
fn is_others(reading: &Reading<'_>, to: &Addressee<'_>, name: &str) -> bool {
    if name.chars().count() < 2 {
        return false;
    }
    let (index, today) = (reading.case.index, reading.case.today);
    let is_it = |org: &str| short_org(org) == name;
    let mine = index.me().map_or(&[][..], |(_, me)| &me.career[..]);
    let own = &to.person.posts;
    if own.iter().any(|post| is_held(post, today) && is_it(&post.org)) {
        return false;
    }
    if own.iter().any(|post| is_it(&post.org)) {
        return true;
    }
    let mut posts = index.people().flat_map(|(_, person, _)| &person.posts).filter(|post| is_it(&post.org));
    let Some(post) = posts.next() else { return false };
    // Of several names of one organisation any is right.
    let is_theirs = index.people_of_org(&post.org).iter().any(|note| note.path == to.note.path);
    !is_theirs && !mine.iter().any(|post| is_it(&post.org))
}
