//! The words for days near today, in Japanese and English.
//!
//! Knows what each of them means; leaves how they are put together to the readings.

use super::Towards;

/// Words that mean the same, and what they mean.
pub(super) type Words<T> = (&'static [&'static str], T);

/// Days, and how many of them from today.
pub(super) const DAYS: [Words<i64>; 5] = [
    (&["一昨日", "おととい", "day before yesterday"], -2),
    (&["昨日", "きのう", "yesterday"], -1),
    (&["今日", "本日", "きょう", "today"], 0),
    (&["明日", "あした", "あす", "tomorrow"], 1),
    (&["明後日", "あさって", "day after tomorrow"], 2),
];

/// The calendar's weeks, months and years near this one, and how many of them away.
pub(super) const SPANS: [Words<(Unit, i64)>; 15] = [
    (&["先々週", "先先週", "week before last"], (Unit::Week, -2)),
    (&["先週", "last week"], (Unit::Week, -1)),
    (&["今週", "this week"], (Unit::Week, 0)),
    (&["来週", "next week"], (Unit::Week, 1)),
    (&["再来週", "week after next"], (Unit::Week, 2)),
    (&["先々月", "先先月", "month before last"], (Unit::Month, -2)),
    (&["先月", "last month"], (Unit::Month, -1)),
    (&["今月", "this month"], (Unit::Month, 0)),
    (&["来月", "next month"], (Unit::Month, 1)),
    (&["再来月", "month after next"], (Unit::Month, 2)),
    (&["一昨年", "おととし"], (Unit::Year, -2)),
    (&["去年", "昨年", "last year"], (Unit::Year, -1)),
    (&["今年", "this year"], (Unit::Year, 0)),
    (&["来年", "next year"], (Unit::Year, 1)),
    (&["再来年", "year after next"], (Unit::Year, 2)),
];

/// What joins a span to the part of it that follows or, in English, leads; the longer first.
pub(super) const JOINTS: [&str; 7] = ["の", "'s ", "’s ", " on ", " of ", " in ", " "];

/// The ends of a span as parts of it: 来月末, `end of next month`, `next weekend`.
pub(super) const EDGES: [Words<Edge>; 2] = [
    (&["初", "初め", "始め", "はじめ", "頭", "start", "beginning"], Edge::First),
    (&["末", "終わり", "end"], Edge::Last),
];

/// The ends of spans that are not named: those of the span so many away, or the nearest.
pub(super) const NEAR_EDGES: [Words<(Unit, Edge, Option<i64>)>; 5] = [
    (&["週末", "weekend"], (Unit::Week, Edge::Last, None)),
    (&["月初", "月初め", "月はじめ", "start of the month"], (Unit::Month, Edge::First, None)),
    (&["月末", "end of the month", "end of month"], (Unit::Month, Edge::Last, None)),
    (&["年末", "end of the year", "end of year"], (Unit::Year, Edge::Last, Some(0))),
    (&["年始", "年明け"], (Unit::Year, Edge::First, Some(1))),
];

/// What stands before a weekday: the first one that way, not today; or that of this week.
pub(super) const LEADS: [Words<Option<Towards>>; 3] = [
    (&["last ", "前の", "この前の", "この間の", "こないだの"], Some(Towards::Past)),
    (&["next ", "次の", "今度の"], Some(Towards::Future)),
    (&["this "], None),
];

/// What stands behind a length and says which way it goes.
pub(super) const WAYS: [Words<Towards>; 2] =
    [(&["前", " ago"], Towards::Past), (&["後", " from now", " from today", " later"], Towards::Future)];

/// What makes a length a rough one; the day is the same.
pub(super) const ABOUT: [&str; 3] = ["ほど", "くらい", "ぐらい"];

/// Lengths that do not begin with a number, as [`Stretch::parse`] has them.
pub(super) const LENGTHS: [Words<&str>; 2] =
    [(&["半年", "half a year"], "6m"), (&["半月", "half a month"], "15d")];

/// Numbers in English, from one on.
pub(super) const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

#[derive(Clone, Copy)]
pub(super) enum Unit {
    Week,
    Month,
    Year,
}

/// The first day of a span, or the last; of a week it is the Saturday.
#[derive(Clone, Copy)]
pub(super) enum Edge {
    First,
    Last,
}

/// What `read` makes of the first of the words it reads, and what that word means.
pub(super) fn find<T: Copy, R>(table: &[Words<T>], read: impl Fn(&str) -> Option<R>) -> Option<(R, T)> {
    table.iter().find_map(|(words, meaning)| Some((words.iter().find_map(|word| read(word))?, *meaning)))
}

/// What a text that is one of the words means.
pub(super) fn meaning<T: Copy>(table: &[Words<T>], text: &str) -> Option<T> {
    find(table, |word| (word == text).then_some(())).map(|(_, meaning)| meaning)
}
