//! The head of a message: the line in which somebody is addressed, and where the name in it stands.
//!
//! Leaves whether it is the right one to the rules.

use super::super::super::address::roles;
use super::super::letter::Part;
use super::super::{Addressee, Reading};
use crate::note::org::short_name as short_org;
use crate::text::fold_name;

/// Forms of address that stand behind any name.
pub(super) const PLAIN: [&str; 14] = [
    "各位",
    "御中",
    "ちゃん",
    "さま",
    "さん",
    "くん",
    "先生",
    "先輩",
    "教授",
    "博士",
    "様",
    "殿",
    "君",
    "氏",
];

/// Those who are no single person.
pub(super) const ANYBODY: [&str; 24] = [
    "お客",
    "皆",
    "みな",
    "みんな",
    "ご担当者",
    "担当者",
    "ご担当",
    "担当",
    "奥",
    "お母",
    "お父",
    "ご両親",
    "関係者",
    "関係",
    "ご一同",
    "一同",
    "株主",
    "会員",
    "読者",
    "お取引先",
    "取引先",
    "お得意",
    "神",
    "王",
];

/// What may follow a form of address at the head of a message without a sign between.
const GREETINGS: [&str; 20] = [
    "こんにちは",
    "こんばんは",
    "おはよ",
    "お久し",
    "久し",
    "ご無沙汰",
    "元気",
    "お元気",
    "お疲れ",
    "おつかれ",
    "お世話",
    "いつも",
    "先日",
    "昨日",
    "あけまして",
    "明けまして",
    "はじめまして",
    "初めまして",
    "おひさ",
    "ありがと",
];

/// A name at the head of a message, with its form of address.
pub(super) struct Head {
    pub(super) name: Part,
    pub(super) address: Part,
    /// The words of the form of address, in their order.
    pub(super) words: Vec<&'static str>,
}

/// Whether a head bears the name of an organisation alone, and a form of address that is for people.
pub(super) fn is_body(reading: &Reading<'_>, head: &Head) -> bool {
    let words = reading.letter.words(&head.name);
    let is_for_people = head.words.last().is_some_and(|word| matches!(*word, "様" | "さま" | "殿"));
    let name = short_org(words);
    let is_of_vault = || {
        let mut posts = reading.case.index.people().flat_map(|(_, person, _)| &person.posts);
        posts.any(|post| short_org(&post.org) == name)
    };
    is_for_people && !name.is_empty() && name.chars().count() >= 2 && is_of_vault()
}

/// The name that a line begins with, where a form of address stands behind it.
pub(super) fn head_of(reading: &Reading<'_>, line: &Part) -> Option<Head> {
    let words = reading.letter.words(line);
    for (at, _) in words.char_indices().take(28) {
        let run = address_at(&words[at..]);
        let length: usize = run.iter().map(|word| word.len()).sum();
        if length == 0 {
            continue;
        }
        let before = words[..at].trim_end();
        if before.contains(['、', '。', ',', '!', '?', '(', '「', '@']) {
            return None;
        }
        // A role in front of the name: 専務取締役 斎藤 茂 様.
        let rest = &words[at + length..];
        if ends_address(rest) {
            let name = name_in(before);
            let name = line.start + name.start..line.start + name.end;
            let address = line.start + at..line.start + at + length;
            return Some(Head { name, address, words: run });
        }
    }
    None
}

/// The forms of address that a text begins with, one behind the other.
pub fn address_at(text: &str) -> Vec<&'static str> {
    let mut run = Vec::new();
    let mut rest = text;
    while let Some(word) = roles().iter().chain(&PLAIN).find(|word| rest.starts_with(**word)) {
        run.push(*word);
        rest = &rest[word.len()..];
    }
    run
}

/// Whether a form of address ends here.
fn ends_address(rest: &str) -> bool {
    let Some(next) = rest.chars().next() else { return true };
    let after_to = || {
        rest.strip_prefix('へ')
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '、', '。', '!']))
    };
    // 斎藤 専務 様: the form of address goes on behind the blank.
    let is_blank = next == ' '
        && address_at(rest.trim_start()).is_empty()
        && !rest.trim_start().starts_with(is_of_name_before_address(rest));
    is_blank
        || matches!(next, '、' | '。' | ',' | '!' | '.' | '…' | ':' | '~' | '〜' | '♪' | '☆' | '(' | '・')
        || after_to()
        || GREETINGS.iter().any(|greeting| rest.starts_with(greeting))
}

/// A letter that nothing begins with, unless a short name with a form of address follows: 部長 佐藤 様.
fn is_of_name_before_address(rest: &str) -> impl FnMut(char) -> bool + use<> {
    let rest = rest.trim_start();
    let follows = rest.char_indices().skip(1).take(10).any(|(at, _)| {
        let before = &rest[..at];
        let run = address_at(&rest[at..]);
        let length: usize = run.iter().map(|word| word.len()).sum();
        length > 0
            && !before.contains(['、', '。', ',', 'は', 'が', 'の', 'を'])
            && rest[at + length..].trim().is_empty()
    });
    move |_| follows
}

/// The name in what stands before a form of address: `みどり設計の渡邊` → 渡邊.
fn name_in(before: &str) -> Part {
    let has_kanji = before.chars().any(|c| matches!(c, '一'..='鿿'));
    let from = before.rfind('の').filter(|at| has_kanji && *at > 0).map_or(0, |at| at + 'の'.len_utf8());
    let mut start = from;
    loop {
        let rest = &before[start..];
        let skip = rest.len() - rest.trim_start().len();
        match roles().iter().find(|role| rest[skip..].starts_with(**role)) {
            Some(role) if skip + role.len() < rest.len() => start += skip + role.len(),
            _ => return start + skip..before.len(),
        }
    }
}

/// A name of theirs that a line begins with, alone; and whether it is what they like to be called.
pub(super) fn bare(reading: &Reading<'_>, to: &Addressee<'_>, line: &Part) -> Option<(Part, bool)> {
    let words = reading.letter.words(line);
    let end = words.find(['、', ',', '!', '?', '。', '~', '〜']).unwrap_or(words.len());
    let name = words[..end].trim_end();
    let name = name.strip_suffix('へ').unwrap_or(name);
    let is_alias = to.person.aliases.iter().any(|alias| fold_name(alias) == fold_name(name));
    to.names.holds(name).then(|| (line.start..line.start + name.len(), is_alias))
}

/// Whether it is a greeting of the season.
pub(super) fn is_card(reading: &Reading<'_>) -> bool {
    reading.rules.has("greeting", &reading.letter.folded.text)
}
