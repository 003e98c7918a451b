//! What a message tells of your own work: the post that you leave or have left, and the one that you begin,
//! each from one entry of the note `me`; and whether somebody was with you there.

use chrono::NaiveDate;

use super::super::occasion::Occasion;
use super::Case;
use crate::date::{Partial, Period};
use crate::index::Index;
use crate::note::other::{Career, Me};
use crate::plan::Why;
use crate::text::fold;

/// An end, and a beginning, is told of so many days before and after it.
const TOLD: (i64, i64) = (90, 180);
/// Tiers that belong to a post by having been in touch.
const IN_TOUCH: [&str; 2] = ["client", "project"];
/// Words of a business of one's own.
const OWN: [&str; 12] = [
    "フリーランス",
    "個人事業",
    "自営",
    "開業",
    "創業",
    "代表",
    "freelance",
    "self-employed",
    "independent",
    "sole trader",
    "founder",
    "own business",
];

/// An organisation that you leave or have left.
#[derive(Debug, Clone, Copy)]
pub(in crate::message) struct Left<'a> {
    pub org: &'a str,
    /// The last day there, as precisely as the note tells it …
    pub end: Partial,
    /// … and as a day.
    pub day: NaiveDate,
    /// The time there.
    period: Period,
}

/// What somebody was to you while you were at an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::message) enum Together {
    /// They were there too, or had to do with it.
    AtWork,
    /// You were in touch.
    InTouch,
    /// The notes do not say.
    Unknown,
}

impl Together {
    /// Its word in a template.
    pub fn word(self) -> &'static str {
        match self {
            Self::AtWork => "work",
            Self::InTouch => "touch",
            Self::Unknown => "",
        }
    }
}

impl<'a> Case<'a> {
    fn me(&self) -> Option<&'a Me> {
        self.index.me().map(|(_, me)| me)
    }

    /// Whether the message tells of new work of yours.
    pub fn tells_of_new_work(&self) -> bool {
        matches!(self.occasion, Some(Occasion::NewJob | Occasion::Independence)) && self.milestone().is_none()
    }

    /// The post that you hold.
    pub fn held(&self) -> Option<&'a Career> {
        let is_held = |post: &&Career| {
            post.from.is_none_or(|from| from.first_day() <= self.today)
                && post.to.is_none_or(|to| to.last_day() >= self.today)
        };
        self.me()?.career.iter().rev().find(is_held)
    }

    /// The post that you begin or have begun of late, elsewhere than where you were.
    pub fn begun(&self) -> Option<&'a Career> {
        let career = &self.me()?.career;
        if let Some(Why::Career { day, to: Some(to), .. }) = self.why() {
            let is_meant =
                |post: &&Career| post.org == *to && post.from.is_some_and(|from| from.first_day() == *day);
            if let Some(meant) = career.iter().find(is_meant) {
                return Some(meant);
            }
        }
        let (before, after) = TOLD;
        let near = career.iter().filter(|post| {
            let from = post.from.map(Partial::first_day);
            let is_near = from.is_some_and(|day| (-before..=after).contains(&(self.today - day).num_days()));
            is_near && !career.iter().any(|other| leads_on(other, post))
        });
        near.max_by_key(|post| post.from.map(Partial::first_day))
    }

    /// The organisation that you leave or have left. Whoever goes on there in another post has not.
    pub fn left(&self) -> Option<Left<'a>> {
        let career = &self.me()?.career;
        let ends = || {
            career.iter().enumerate().filter_map(|(at, post)| {
                let end = post.to?;
                let there = || {
                    let all = career.iter().enumerate();
                    all.filter(|(_, other)| fold(&other.org) == fold(&post.org))
                };
                let goes_on = |(n, other): (usize, &Career)| {
                    other.to.is_none_or(|to| (to.last_day(), n) > (end.last_day(), at))
                };
                let from = there().map(|(_, other)| other.from).min().flatten();
                let period = Period { from, to: Some(end) };
                (!there().any(goes_on)).then_some(Left { org: &post.org, end, day: end.last_day(), period })
            })
        };
        if let Some(Why::Career { org, day, to }) = self.why() {
            let is_meant =
                |left: &Left<'_>| fold(left.org) == fold(org) && (to.is_some() || left.day == *day);
            if let Some(meant) = ends().find(is_meant) {
                return Some(meant);
            }
        }
        let (before, after) = TOLD;
        let is_near = |left: &Left<'_>| (-before..=after).contains(&(self.today - left.day).num_days());
        ends().filter(is_near).max_by_key(|left| left.day)
    }

    /// What they were to you there.
    pub fn together(&self, left: &Left<'_>) -> Together {
        // The agenda tells of it those who have to do with it.
        if matches!(self.why(), Some(Why::Career { .. })) {
            return Together::AtWork;
        }
        self.together_at(left.org, left.period)
    }

    /// Whether you have worked together anywhere, as far as the notes say.
    pub fn worked_together(&self) -> bool {
        let mut career = self.me().into_iter().flat_map(|me| &me.career);
        career.any(|post| {
            let period = Period { from: post.from, to: post.to };
            self.together_at(&post.org, period) == Together::AtWork
        })
    }

    fn together_at(&self, org: &str, period: Period) -> Together {
        let was_there = self.person.posts.iter().any(|post| {
            is_same_org(self.index, &post.org, org)
                && Period { from: post.from, to: post.to }.overlaps(period)
        });
        if was_there {
            return Together::AtWork;
        }
        if !self.tie.contacts.iter().any(|contact| period.contains(contact.day)) {
            return Together::Unknown;
        }
        let tier = crate::plan::reach::tier(self.person, self.config);
        if tier.is_some_and(|tier| IN_TOUCH.contains(&&*tier.id)) {
            Together::AtWork
        } else {
            Together::InTouch
        }
    }

    /// What they were to you before the work that is told of.
    pub fn before(&self) -> Option<Together> {
        let known = self.left().map(|left| self.together(&left)).filter(|known| *known != Together::Unknown);
        let begun = self.begun().and_then(|post| post.from).map_or(self.today, Partial::first_day);
        let was_in_touch = || self.tie.contacts.iter().any(|contact| contact.day < begun);
        known.or_else(|| was_in_touch().then_some(Together::InTouch))
    }

    /// The organisation in whose name one greets. Who leaves, or tells of new work, greets without the new
    /// one: where one goes is told by the message, if at all.
    pub fn greets_for(&self) -> Option<&'a str> {
        let held = self.held().map(|post| &*post.org);
        match self.occasion {
            Some(Occasion::Farewell | Occasion::Settled) => {
                let left = self.left();
                held.filter(|org| left.is_some_and(|left| fold(left.org) == fold(org)))
            }
            _ if self.tells_of_new_work() => None,
            _ => held,
        }
    }
}

/// Whether a post is another one's next at the same organisation, without a time elsewhere.
fn leads_on(post: &Career, next: &Career) -> bool {
    const BETWEEN: i64 = 60;
    let Some(from) = next.from.map(Partial::first_day) else { return false };
    let is_close = |to: Partial| (from - to.last_day()).num_days() <= BETWEEN;
    fold(&post.org) == fold(&next.org) && post.from < next.from && post.to.is_none_or(is_close)
}

/// Whether a post is a business of one's own, as far as its words say so.
pub(super) fn is_own_business(post: &Career) -> bool {
    let says = |text: &str| {
        let text = fold(text);
        OWN.iter().any(|word| text.contains(word))
    };
    says(&post.org) || post.role.as_deref().is_some_and(says)
}

/// Whether the new work that the agenda tells of is a business of one's own beyond doubt: who becomes 代表取締役
/// somewhere may be employed.
pub(in crate::message) fn is_own_start(index: &Index, why: &Why) -> bool {
    let (Why::Career { day, to: Some(to), .. }, Some((_, me))) = (why, index.me()) else { return false };
    let is_meant = |post: &&Career| post.org == *to && post.from.is_some_and(|from| from.first_day() == *day);
    let says = |text: &str| {
        let text = fold(text);
        text == "代表" || OWN.iter().any(|word| *word != "代表" && text.contains(word))
    };
    let meant = me.career.iter().find(is_meant);
    meant.is_some_and(|post| says(&post.org) || post.role.as_deref().is_some_and(says))
}

/// Whether two names are one organisation's: by its note, too.
fn is_same_org(index: &Index, a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    a == b
        || index.organisations().any(|(note, org)| {
            let names = || std::iter::once(note.path.name()).chain(org.aliases.iter().map(|name| &**name));
            names().any(|name| fold(name) == a) && names().any(|name| fold(name) == b)
        })
}
