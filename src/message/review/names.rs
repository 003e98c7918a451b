//! Whose name stands at the head of a message, and in which form of address: `wrong-name`, `honorific`.
//!
//! A name in the text that is only mentioned is fine: heads alone are judged, and the closing lines of a
//! letter that bear a name with 様. What an English message begins with is for `english`.

use super::super::address::roles;
use super::about::short_org;
use super::called::Names;
use super::firm::is_held;
use super::letter::Part;
use super::rules::Whom;
use super::{Addressee, Both, Reading};
use crate::config::Register;
use crate::note::org::Post;
use crate::note::person::Person;
use crate::plan::reach;
use crate::problem::Severity;
use crate::text::{Lang, fold, fold_name, one_line};

/// Forms of address that stand behind any name.
const PLAIN: [&str; 14] = [
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
const ANYBODY: [&str; 24] = [
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
struct Head {
    name: Part,
    address: Part,
    /// The words of the form of address, in their order.
    words: Vec<&'static str>,
}

/// Looks at the name and the form of address.
pub(super) fn look(reading: &mut Reading<'_>) {
    let Some(to) = reading.to.take() else { return };
    match reading.letter.lang {
        Lang::Ja => japanese(reading, &to),
        Lang::En => super::english::look(reading, &to),
    }
    reading.to = Some(to);
}

fn japanese(reading: &mut Reading<'_>, to: &Addressee<'_>) {
    let heads: Vec<Part> = reading
        .letter
        .lines
        .iter()
        .filter(|line| !reading.letter.is_of_head(line))
        .take(4)
        .cloned()
        .collect();
    let all: Vec<Head> = heads.iter().filter_map(|line| head_of(reading, line)).collect();
    let (bodies, people): (Vec<Head>, Vec<Head>) = all.into_iter().partition(|head| is_body(reading, head));
    for body in bodies {
        let why = Both {
            ja: "団体の名前に、人への敬称が付いています",
            en: "a form of address for people behind the name of an organisation",
        };
        let help = Both { ja: "団体には「御中」を付けます", en: "an organisation takes 御中" };
        reading.add("honorific", Severity::Warning, body.address, why, help);
    }
    let head = people.into_iter().next();
    let formal = reach::register(to.person, reading.case.config);
    match &head {
        Some(head) => {
            let above: Vec<Part> = heads
                .iter()
                .filter(|line| line.start < head.address.start)
                .map(|line| line.start..line.end.min(head.address.start))
                .collect();
            addressed(reading, to, head);
            super::firm::look(reading, to, &above);
        }
        None => {
            let bare = heads.first().and_then(|line| bare(reading, to, line));
            let is_chat = || formal == Register::Casual && reading.rules.has("casual", &reading.letter.plain);
            match bare {
                Some((part, is_alias)) if formal != Register::Casual && !is_alias => {
                    let why = Both {
                        ja: "名前に敬称がありません",
                        en: "the name stands without a form of address",
                    };
                    let help = Both {
                        ja: "「様」「さん」か、役職を付けましょう",
                        en: "add 様, さん or the role",
                    };
                    reading.add("honorific", Severity::Warning, part, why, help);
                }
                Some(_) => {}
                // A card of the season bears the name on its other side; friends need none in a chat.
                None if !is_addressed_anywhere(reading, to) && !is_card(reading) && !is_chat() => {
                    let why = Both {
                        ja: "宛名や呼びかけがありません", en: "it has no form of address"
                    };
                    let help =
                        Both { ja: "相手の名前で始めましょう", en: "begin with their name" };
                    reading.add("honorific", Severity::Note, reading.letter.opening(), why, help);
                }
                None => {}
            }
        }
    }
    // 渡辺様におかれましては is said to them alone.
    let lines = reading.letter.lines.clone();
    for line in &lines {
        let words = reading.letter.words(line);
        let Some(at) = words.find("におかれまして") else { continue };
        let from = words[..at].rfind(['、', '。', ' ', '!', '?']).map_or(0, |from| from + 1);
        let from = (from..=at).find(|from| words.is_char_boundary(*from)).unwrap_or(at);
        let part = line.start + from..line.start + at;
        let is_you = |head: &Head| reading.letter.words(&head.name) == "貴";
        if let Some(head) = head_of(reading, &part).filter(|head| !is_you(head)) {
            wrong_name(reading, to, &head);
        }
    }
    // The closing lines of a letter: date, one's own name, theirs.
    if lines.len() > 6 {
        for line in lines.iter().rev().take(3) {
            let ends_line = |head: &Head| head.address.end == line.end;
            if let Some(head) = head_of(reading, line).filter(ends_line) {
                wrong_name(reading, to, &head);
            }
        }
    }
}

/// Whether a head bears the name of an organisation alone, and a form of address that is for people.
fn is_body(reading: &Reading<'_>, head: &Head) -> bool {
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
fn head_of(reading: &Reading<'_>, line: &Part) -> Option<Head> {
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
pub(super) fn address_at(text: &str) -> Vec<&'static str> {
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

/// Judges a head.
fn addressed(reading: &mut Reading<'_>, to: &Addressee<'_>, head: &Head) {
    if wrong_name(reading, to, head) {
        return;
    }
    let (first, last) = (head.words.first().copied(), head.words.last().copied());
    let is_title =
        |word: &str| roles().contains(&word) || matches!(word, "先生" | "先輩" | "教授" | "博士" | "各位");
    let address = || head.address.clone();
    if head.words.len() > 1 && first.is_some_and(is_title) && last.is_some_and(|word| !is_title(word)) {
        let why = Both { ja: "敬称が重なっています", en: "two forms of address, one on the other" };
        let help = Both {
            ja: "役職名や「先生」「各位」はそれだけで敬称です（佐藤部長、部長の佐藤様）",
            en: "a title, 先生 or 各位 is a form of address by itself: 佐藤部長, or 部長の佐藤様",
        };
        reading.add("honorific", Severity::Warning, address(), why, help);
        return;
    }
    let own = to.person.details().honorific.as_deref().map(|own| fold(own).into_owned());
    if let (Some(own), Some(last)) = (own, last)
        && !own.is_empty()
        && !is_title(last)
        && !own.contains(last)
    {
        let (ja, en) = (
            format!("ノートの敬称は「{}」です", one_line(&own)),
            format!("the note says {}", one_line(&own)),
        );
        let why = Both { ja: &ja, en: &en };
        reading.add(
            "honorific",
            Severity::Warning,
            address(),
            why,
            Both { ja: "そちらに合わせましょう", en: "write that" },
        );
        return;
    }
    let is_up = to.is(Whom::Superior, reading.case.config);
    if is_up && last.is_some_and(|word| matches!(word, "くん" | "ちゃん" | "君")) {
        let why = Both {
            ja: "目上の方への敬称ではありません", en: "this is not said to a superior"
        };
        let help = Both { ja: "「様」か役職にしましょう", en: "write 様 or the role" };
        reading.add("honorific", Severity::Warning, address(), why, help);
        return;
    }
    if let Some(role) = first.filter(|word| roles().contains(word)) {
        held_role(reading, to.person, role, address());
    }
}

/// Whether somebody holds the post that they are called by.
fn held_role(reading: &mut Reading<'_>, person: &Person, role: &str, part: Part) {
    let today = reading.case.today;
    let is_open = |post: &&Post| is_held(post, today);
    let role_of = |post: &Post| post.role.as_deref().map(|role| fold(role).into_owned());
    let held: Vec<String> = person.posts.iter().filter(is_open).filter_map(role_of).collect();
    let had =
        person.posts.iter().filter(|post| !is_open(post)).filter_map(role_of).any(|had| had.contains(role));
    if held.iter().any(|held| held.contains(role)) {
        return;
    }
    let known = held.iter().find(|held| roles().iter().any(|role| held.contains(role)));
    let now = known.map(|known| one_line(known).into_owned());
    let (ja, en) = match &now {
        Some(now) => (format!("今の役職は「{now}」です"), format!("the post held now is {now}")),
        None if had => {
            (format!("「{role}」は以前の役職です"), format!("{role} was their post and is no more"))
        }
        None => return,
    };
    let help =
        Both { ja: "今の役職か「様」にしましょう", en: "write the present post, or 様" };
    reading.add("honorific", Severity::Warning, part, Both { ja: &ja, en: &en }, help);
}

/// Whether a head bears the name of somebody else, which is told then.
fn wrong_name(reading: &mut Reading<'_>, to: &Addressee<'_>, head: &Head) -> bool {
    let words = reading.letter.words(&head.name).to_owned();
    let with_address = [words.as_str(), reading.letter.words(&head.address)].concat();
    let tokens: Vec<&str> = words.split(' ').filter(|token| !token.is_empty()).collect();
    let suffixes = (0..tokens.len()).map(|from| tokens[from..].concat());
    // Of two short words the first is a family name: with another's their given name does not help.
    let short = |word: &str| {
        word.chars().count() <= 4
            && !word.ends_with(['部', '課', '社', '室', '係', '長', '学', '店', '所', '局'])
    };
    let is_given = match tokens.as_slice() {
        [.., family, given] => short(family) && !to.names.families.iter().any(|own| *own == fold_name(given)),
        _ => false,
    };
    let is_theirs = |name: String| {
        // A form of address in front of another is no part of the name: 佐藤部長 殿.
        let forms = roles().iter().chain(&PLAIN);
        let mut bare = forms.filter_map(|form| name.strip_suffix(*form)).filter(|bare| !bare.is_empty());
        if bare.any(|bare| to.names.holds(bare)) {
            return true;
        }
        to.names.whole.contains(&fold_name(&name).to_string()) || !is_given && to.names.holds(&name)
    };
    if tokens.is_empty() || suffixes.into_iter().any(is_theirs) || to.names.holds(&with_address) {
        return false;
    }
    // Of several words the last two are a name, the others an organisation or a post.
    let name = match tokens.as_slice() {
        [.., family, given] if family.chars().count() <= 4 && given.chars().count() <= 4 => {
            format!("{family} {given}")
        }
        [.., last] => (*last).to_owned(),
        [] => return false,
    };
    let is_blank = name.chars().all(|c| matches!(c, '〇' | '○' | '◯' | 'x' | '〔' | '〕' | '_' | ' ' | '*'));
    let is_many = matches!(head.words.first(), Some(&("各位" | "御中")));
    let is_anybody =
        ANYBODY.iter().any(|word| words == *word || words.ends_with(word) && word.chars().count() > 1);
    if is_blank || is_many || is_anybody || name.chars().count() > 12 {
        return false;
    }
    let start = head.name.start + words.rfind(name.as_str()).unwrap_or(0);
    tell_wrong(reading, to, &name, start..head.name.end)
}

/// Tells of a name that is not theirs, as far as that is certain.
pub(super) fn tell_wrong(reading: &mut Reading<'_>, to: &Addressee<'_>, name: &str, part: Part) -> bool {
    let shown = one_line(&to.person.name).into_owned();
    let other = reading
        .case
        .index
        .people()
        .find(|(note, person, _)| note.path != to.note.path && Names::of(person).holds(name));
    let (ja, en) = if to.names.has_twin_of(name) {
        (
            format!("漢字が違います。ノートでは「{shown}」です"),
            format!("written with another letter than {shown} in the note"),
        )
    } else if let Some((_, other, _)) = other {
        let other = one_line(&other.name).into_owned();
        (
            format!("宛先は{shown}さんですが、{other}さんの名前になっています"),
            format!("it goes to {shown}, but bears the name of {other}"),
        )
    } else if to.names.are_written_as(name) {
        (
            format!("宛先の{shown}さんの名前ではありません"),
            format!("this is not the name of {shown}, to whom it goes"),
        )
    } else {
        return false;
    };
    let help =
        Both { ja: "名前と漢字を確かめましょう", en: "check the name and how it is spelt" };
    reading.add("wrong-name", Severity::Warning, part, Both { ja: &ja, en: &en }, help);
    true
}

/// A name of theirs that a line begins with, alone; and whether it is what they like to be called.
fn bare(reading: &Reading<'_>, to: &Addressee<'_>, line: &Part) -> Option<(Part, bool)> {
    let words = reading.letter.words(line);
    let end = words.find(['、', ',', '!', '?', '。', '~', '〜']).unwrap_or(words.len());
    let name = words[..end].trim_end();
    let name = name.strip_suffix('へ').unwrap_or(name);
    let is_alias = to.person.aliases.iter().any(|alias| fold_name(alias) == fold_name(name));
    to.names.holds(name).then(|| (line.start..line.start + name.len(), is_alias))
}

/// Whether it is a greeting of the season.
fn is_card(reading: &Reading<'_>) -> bool {
    reading.rules.has("greeting", &reading.letter.folded.text)
}

/// Whether one of their names stands anywhere with a form of address.
fn is_addressed_anywhere(reading: &Reading<'_>, to: &Addressee<'_>) -> bool {
    let text = fold_name(&reading.letter.folded.text);
    let text = text.as_str();
    to.names.all().any(|name| {
        text.match_indices(name).any(|(at, _)| {
            let rest = &text[at + name.len()..];
            !address_at(rest).is_empty() || name.is_ascii()
        })
    }) || to.person.aliases.iter().any(|alias| text.contains(fold_name(alias).as_str()))
}
