//! Whose name stands at the head of a message, and in which form of address: `wrong-name`, `honorific`.
//!
//! A name in the text that is only mentioned is fine: heads alone are judged, and the closing lines of a
//! letter that bear a name with 様. What an English message begins with is for `english`.

mod head;

use super::super::address::roles;
use super::firm::is_held;
use super::letter::Part;
use super::rules::Whom;
use super::wrong_name::{is_of_household, tell_wrong};
use super::{Addressee, Both, Reading};
use crate::config::Register;
use crate::note::org::Post;
use crate::note::person::Person;
use crate::plan::reach;
use crate::problem::Severity;
use crate::text::{Lang, fold, fold_name, one_line};

use head::{ANYBODY, Head, PLAIN, bare, head_of, is_body, is_card};

pub(super) use head::address_at;

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
    let name = reading.letter.words(&head.name);
    let is_of_person = name.rsplit(' ').next().is_some_and(|last| to.names.holds(last));
    if last == Some("御中") && (is_of_person || to.names.holds(name)) {
        let why = Both {
            ja: "「御中」は団体に付けるものです",
            en: "御中 is for organisations, not for a person",
        };
        let help =
            Both { ja: "人には「様」か役職を付けます", en: "a person takes 様 or the role" };
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
    if is_addressed_anywhere(reading, to) && is_of_household(reading, to, &name) {
        return false;
    }
    let start = head.name.start + words.rfind(name.as_str()).unwrap_or(0);
    tell_wrong(reading, to, &name, start..head.name.end)
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
