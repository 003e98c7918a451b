//! Forms of address: what somebody is called at the head of a message and within it.
//!
//! Knows roles, honorifics and the languages' customs; never splits a name by guess, and never
//! takes somebody for a Mr or a Ms.

use std::borrow::Cow;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::form::Form;
use crate::config::Register;
use crate::note::person::Person;
use crate::plan::label::{form_of_address, held};
use crate::text::{Lang, one_line};

/// Roles that may stand behind a family name, and what is said there: the highest first,
/// and of roles that end alike the longer one first.
const ROLES: &[(&str, &str)] = &[
    ("副会長", "副会長"),
    ("会長", "会長"),
    ("副社長", "副社長"),
    ("支社長", "支社長"),
    ("社長", "社長"),
    ("頭取", "頭取"),
    ("理事長", "理事長"),
    ("専務", "専務"),
    ("専務取締役", "専務"),
    ("常務", "常務"),
    ("常務取締役", "常務"),
    ("学長", "学長"),
    ("校長", "校長先生"),
    ("園長", "園長先生"),
    ("院長", "院長先生"),
    ("塾長", "塾長"),
    ("教授", "先生"),
    ("講師", "先生"),
    ("助教", "先生"),
    ("教諭", "先生"),
    ("医師", "先生"),
    ("弁護士", "先生"),
    ("税理士", "先生"),
    ("司法書士", "先生"),
    ("先生", "先生"),
    ("取締役", "取締役"),
    ("副本部長", "副本部長"),
    ("本部長", "本部長"),
    ("副事業部長", "副事業部長"),
    ("事業部長", "事業部長"),
    ("副部長", "副部長"),
    ("部長", "部長"),
    ("副支店長", "副支店長"),
    ("支店長", "支店長"),
    ("工場長", "工場長"),
    ("副所長", "副所長"),
    ("所長", "所長"),
    ("局長", "局長"),
    ("次長", "次長"),
    ("副室長", "副室長"),
    ("室長", "室長"),
    ("課長", "課長"),
    ("係長", "係長"),
    ("副店長", "副店長"),
    ("店長", "店長"),
    ("館長", "館長"),
    ("駅長", "駅長"),
    ("主任", "主任"),
];

/// Posts that are said behind a family name, the longer ones first; 先生 is no post.
pub(super) fn roles() -> &'static [&'static str] {
    static ALL: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let posts = ROLES.iter().filter(|(_, said)| *said != "先生").map(|(post, _)| *post);
        let mut all: Vec<&str> = posts.chain(["代表取締役", "顧問"]).collect();
        all.sort_by_key(|post| std::cmp::Reverse(post.len()));
        all
    });
    &ALL
}

/// What a role begins with that is held no more, or that is not the role itself.
const NOT_HELD: [&str; 5] = ["元", "前", "旧", "former", "ex-"];

/// A name with one of these is an organisation's.
const FIRMS: [&str; 8] =
    ["株式会社", "有限会社", "合同会社", "財団法人", "社団法人", "学校法人", "事務局", "御中"];

/// What somebody calls a friend by.
const NICK: [&str; 5] = ["ちゃん", "くん", "君", "さん", "っち"];

/// What precedes a name in English without being of it.
const TITLES: [&str; 6] = ["dr", "prof", "professor", "mr", "ms", "mrs"];

/// What somebody is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// At the head of the message: `佐藤部長`, `田中 太郎様`, `Jane`.
    pub call: String,
    /// Within the text.
    pub short: String,
    /// The lines at its head, or behind a letter: organisation, role and name.
    pub lines: Vec<String>,
}

impl Address {
    /// How somebody is addressed on a day.
    pub fn of(person: &Person, today: NaiveDate, register: Register, form: Form, lang: Lang) -> Self {
        match lang {
            Lang::Ja => japanese(person, today, register, form),
            Lang::En => english(person, register),
        }
    }
}

/// What somebody calls themselves: `高瀬` of 高瀬 悠, `Yu` of Yu Takase.
pub fn own(name: &str, lang: Lang) -> String {
    let name = bare(name);
    match lang {
        Lang::Ja => family(&name).unwrap_or(&name).to_owned(),
        Lang::En => given(&name).unwrap_or(&name).to_owned(),
    }
}

fn japanese(person: &Person, today: NaiveDate, register: Register, form: Form) -> Address {
    let full = bare(&person.name);
    let alone =
        |call: &str| Address { call: call.to_owned(), short: call.to_owned(), lines: vec![call.to_owned()] };
    if FIRMS.iter().any(|word| full.contains(word)) {
        let form_of_address = if form.is_chat() { "様" } else { "御中" };
        let call = if is_addressed(&full) { full.to_string() } else { format!("{full}{form_of_address}") };
        return Address { short: "皆様".to_owned(), ..alone(&call) };
    }
    let honorific = person.details().honorific.as_ref().map(|text| one_line(text));
    let honorific = honorific.filter(|word| !word.is_empty() && !word.is_ascii());
    if let Some(honorific) = &honorific {
        // みっちゃん, 佐藤先生: the whole of it is what they are called.
        let begins = family(&full).unwrap_or(&full);
        if honorific.starts_with(begins) || is_whole_name(honorific) {
            return alone(honorific);
        }
    } else if is_addressed(&full) {
        return alone(&full);
    }
    let known = family_of(person, &full);
    let called = known.as_deref().unwrap_or(&full);
    let post = held(&person.posts, today);
    let role = post.and_then(|post| post.role.as_deref()).map(one_line);
    let said = role.as_deref().and_then(standing).filter(|_| known.is_some());
    let san = format!("{called}さん");
    let (call, short, behind_full) = match (&honorific, register) {
        (Some(honorific), _) => {
            let call = format!("{called}{honorific}");
            (call.clone(), call, honorific.to_string())
        }
        (None, Register::Casual) => {
            let call = nickname(person).unwrap_or_else(|| casual(&full, &san));
            return alone(&call);
        }
        (None, Register::Polite) if form.is_chat() => return alone(&san),
        (None, _) => match said {
            Some(role) => (format!("{called}{role}"), format!("{called}{role}"), "様".to_owned()),
            None if form.is_chat() => return alone(&san),
            None if register == Register::Polite => (format!("{called}様"), san, "様".to_owned()),
            None => (format!("{called}様"), format!("{called}様"), "様".to_owned()),
        },
    };
    let org = post.map(|post| one_line(&post.org)).filter(|org| !org.is_empty());
    let lines = match form {
        Form::Letter | Form::Card => {
            let org = org.filter(|_| form == Form::Letter && said.is_some());
            let role = role.filter(|_| said.is_some() && honorific.is_none());
            let name = role.map_or_else(String::new, |role| format!("{role}　"));
            let name = format!("{name}{full}{}{behind_full}", if is_latin(&full) { " " } else { "" });
            org.map(Cow::into_owned).into_iter().chain([name]).collect()
        }
        Form::Email if register == Register::Formal => {
            org.map(Cow::into_owned).into_iter().chain([call.clone()]).collect()
        }
        Form::Email | Form::Line | Form::Sns => vec![call.clone()],
    };
    Address { call, short, lines }
}

/// みっちゃん, やぎっち: a name with its own form of address, not a form of address alone.
fn is_whole_name(honorific: &str) -> bool {
    let nick = NICK.iter().any(|word| honorific.strip_suffix(word).is_some_and(|rest| !rest.is_empty()));
    nick || honorific.ends_with("どの") && honorific.chars().count() > 2
}

/// Whether a name has its form of address already. 博士 behind a blank is more often a given name, ひろし.
fn is_addressed(name: &str) -> bool {
    form_of_address(name).is_some_and(|word| word != "博士" || family(name).is_none())
}

/// What a role is when it stands behind a family name; none for those that cannot.
fn standing(role: &str) -> Option<&'static str> {
    let folded = role.trim();
    if NOT_HELD.iter().any(|word| folded.to_lowercase().starts_with(word)) {
        return None;
    }
    let parts: Vec<&str> = folded
        .split(|c: char| c.is_whitespace() || "・、,/／兼（）()".contains(c))
        .filter(|part| !part.is_empty())
        .collect();
    // 代表取締役 alone is the highest post there is, and 佐藤取締役 would be a lower one.
    if parts.iter().any(|part| part.ends_with("代表取締役")) {
        let higher = ROLES.iter().filter(|(_, said)| matches!(*said, "会長" | "社長" | "副社長"));
        return best(&parts, higher);
    }
    best(&parts, ROLES.iter())
}

fn best<'r>(
    parts: &[&str],
    roles: impl Iterator<Item = &'r (&'static str, &'static str)> + Clone,
) -> Option<&'static str> {
    let of_part = |part: &str| {
        let ending = roles.clone().enumerate().filter(|(_, (word, _))| part.ends_with(word));
        ending.max_by_key(|(_, (word, _))| word.len()).map(|(rank, (_, said))| (rank, *said))
    };
    parts.iter().filter_map(|part| of_part(part)).min_by_key(|(rank, _)| *rank).map(|(_, said)| said)
}

/// The family name: where the name itself parts it off, or another name of theirs says it
/// (佐藤さん of 佐藤健一).
fn family_of(person: &Person, full: &str) -> Option<String> {
    if let Some(family) = family(full) {
        return Some(family.to_owned());
    }
    let of_alias = |alias: &str| {
        let end = form_of_address(alias)?;
        let family = alias.strip_suffix(end)?.trim();
        let is_of_it = full.strip_prefix(family).is_some_and(|rest| !rest.is_empty());
        (is_of_it && family.chars().all(is_han)).then(|| family.to_owned())
    };
    person.aliases.iter().find_map(|alias| of_alias(alias))
}

/// The family name of a Japanese name with a blank in it. In katakana and Latin letters the
/// given name may come first.
fn family(name: &str) -> Option<&str> {
    let (family, given) = name.split_once(char::is_whitespace)?;
    let is_japanese = |part: &str| part.chars().all(|c| is_han(c) || is_kana(c));
    let is_foreign = |part: &str| part.chars().all(|c| matches!(c, 'ァ'..='ヺ' | 'ー' | '・' | '゠'));
    (is_japanese(family) && is_japanese(given) && !(is_foreign(family) && is_foreign(given)))
        .then_some(family)
}

fn is_han(c: char) -> bool {
    matches!(c, '々' | '〆' | '㐀'..='䶿' | '一'..='鿿' | '豈'..='﫿' | '\u{20000}'..='\u{3ffff}')
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー')
}

fn is_latin(name: &str) -> bool {
    name.ends_with(|c: char| c.is_alphabetic() && !is_han(c) && !is_kana(c))
}

/// What a friend with a foreign name is called: `Janeさん`.
fn casual(full: &str, san: &str) -> String {
    match given(full) {
        Some(first) if is_latin(full) => format!("{first}さん"),
        _ => san.to_owned(),
    }
}

/// What the user calls them in the log, where that is a name of theirs with its form of address.
fn nickname(person: &Person) -> Option<String> {
    let is_said = |alias: &str| person.log.iter().any(|entry| entry.text.contains(alias));
    let is_nick = |alias: &str| NICK.iter().any(|word| alias.len() > word.len() && alias.ends_with(word));
    person
        .aliases
        .iter()
        .find(|alias| is_nick(alias) && is_said(alias))
        .map(|alias| one_line(alias).into_owned())
}

/// A name without what stands behind it in parentheses.
fn bare(name: &str) -> Cow<'_, str> {
    let line = one_line(name);
    let Some(open) = line.find(['(', '（']).filter(|at| *at > 0) else { return line };
    let close = line[open..].find([')', '）']).map(|at| open + at);
    let behind = close.map_or("", |at| line[at..].trim_start_matches([')', '）']));
    let joined = format!("{}{behind}", line[..open].trim_end());
    Cow::Owned(joined.trim().to_owned())
}

fn english(person: &Person, register: Register) -> Address {
    let full = bare(&person.name);
    let has_latin = |name: &str| {
        name.chars().any(|c| c.is_alphabetic()) && !name.chars().any(|c| is_han(c) || is_kana(c))
    };
    // A name in other letters may have one in Latin letters beside it.
    let in_latin = |alias: &&crate::text::Text| has_latin(alias) && alias.contains(' ');
    let other = person.aliases.iter().find(in_latin).filter(|_| !has_latin(&full));
    let full = other.map_or(full, |alias| bare(alias));
    let honorific = person.details().honorific.as_ref().map(|text| one_line(text));
    let honorific = honorific.filter(|word| !word.is_empty() && word.is_ascii());
    let (title, name) = titled(&full);
    let title = honorific.as_deref().or(title);
    let first = given(name).filter(|_| title.is_none() || register != Register::Formal);
    let call = match (register, title) {
        (Register::Formal, Some(title)) => format!("{title} {}", last(name).unwrap_or(name)),
        (Register::Formal, None) => name.to_owned(),
        _ => first.unwrap_or(name).to_owned(),
    };
    let head = title.map_or_else(|| name.to_owned(), |title| format!("{title} {name}"));
    Address { short: call.clone(), call, lines: vec![head] }
}

/// A title that a name begins with, and the name.
fn titled(name: &str) -> (Option<&str>, &str) {
    let plain = name.split_once(',').map_or(name, |(before, _)| before).trim();
    match plain.split_once(' ') {
        Some((first, rest)) if TITLES.contains(&first.trim_end_matches('.').to_lowercase().as_str()) => {
            (Some(first), rest.trim())
        }
        _ => (None, plain),
    }
}

fn is_initial(part: &str) -> bool {
    part.trim_end_matches('.').chars().count() == 1
}

/// The given name of a name in Latin letters, where it is written out and comes first.
fn given(name: &str) -> Option<&str> {
    let (first, rest) = name.split_once(' ')?;
    let is_shouted = |part: &str| part.len() > 1 && part.chars().all(char::is_uppercase);
    if first.chars().any(|c| is_han(c) || is_kana(c)) || is_initial(first) {
        return None;
    }
    // SATO Kenichi: capitals say which is the family name.
    if is_shouted(first) && !is_shouted(rest) {
        return rest.split(' ').next();
    }
    Some(first)
}

/// The family name of a name in Latin letters, with its `van` and `de`.
fn last(name: &str) -> Option<&str> {
    let (first, mut rest) = name.split_once(' ')?;
    if first.len() > 1 && first.chars().all(char::is_uppercase) {
        return Some(first);
    }
    while let Some((_, behind)) = rest.split_once(' ').filter(|(middle, _)| is_initial(middle)) {
        rest = behind;
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::org::Post;
    use crate::note::person::{Details, Status};

    fn person(name: &str) -> Person {
        Person {
            name: name.into(),
            reading: None,
            aliases: [].into(),
            tier: None,
            tier_word: None,
            cadence: None,
            stated: [].into(),
            log: [].into(),
            interests: [].into(),
            birthday: None,
            posts: [].into(),
            location: None,
            channels: [].into(),
            next: None,
            snooze: None,
            status: Status::Active,
            details: None,
            tags: [].into(),
        }
    }

    fn post(org: &str, role: &str, past: bool) -> Post {
        Post { org: org.into(), link: None, role: Some(role.into()), from: None, to: None, past }
    }

    fn of(person: &Person, register: Register, form: Form, lang: Lang) -> Address {
        Address::of(person, NaiveDate::default(), register, form, lang)
    }

    /// What somebody is called: formal in an e-mail, polite in one, polite in a chat, casual.
    fn called(person: &Person) -> [String; 4] {
        let of = |register, form| of(person, register, form, Lang::Ja).call;
        [
            of(Register::Formal, Form::Email),
            of(Register::Polite, Form::Email),
            of(Register::Polite, Form::Line),
            of(Register::Casual, Form::Line),
        ]
    }

    fn with_role(name: &str, role: &str) -> Person {
        Person { posts: [post("株式会社ミナト", role, false)].into(), ..person(name) }
    }

    fn with_honorific(name: &str, honorific: &str) -> Person {
        let details = Details { honorific: Some(honorific.into()), ..Details::default() };
        Person { details: Some(Box::new(details)), ..with_role(name, "部長") }
    }

    #[test]
    fn a_role_stands_behind_the_family_name_while_it_is_held() {
        let held = with_role("佐藤 健一", "開発部長");
        assert_eq!(called(&held), ["佐藤部長", "佐藤部長", "佐藤さん", "佐藤さん"]);
        let left = Person {
            posts: [post("株式会社ミナト", "開発部長", true)].into(), ..person("佐藤 健一")
        };
        assert_eq!(called(&left), ["佐藤様", "佐藤様", "佐藤さん", "佐藤さん"]);
        let moved = Person {
            posts: [post("株式会社ミナト", "課長", true), post("株式会社なぎさ", "部長", false)].into(),
            ..person("佐藤　健一")
        };
        assert_eq!(called(&moved)[0], "佐藤部長");
    }

    #[test]
    fn only_some_roles_can_stand_there() {
        let check = |role: &str, want: Option<&str>| assert_eq!(standing(role), want, "{role}");
        check("開発部長", Some("部長"));
        check("執行役員 営業本部長", Some("本部長"));
        check("取締役 兼 開発部長", Some("取締役"));
        check("代表取締役社長", Some("社長"));
        check("代表取締役 社長", Some("社長"));
        check("常務取締役", Some("常務"));
        check("副社長", Some("副社長"));
        check("准教授", Some("先生"));
        check("主任", Some("主任"));
        check("プロジェクトマネージャー（課長）", Some("課長"));
        for none in ["代表取締役", "エンジニア", "CTO", "マネージャー", "元部長", "前社長", "部長代理", ""]
        {
            check(none, None);
        }
        assert_eq!(called(&with_role("佐藤 健一", "エンジニア"))[0], "佐藤様");
    }

    #[test]
    fn a_name_without_a_blank_is_not_split() {
        let whole = with_role("佐藤健一", "部長");
        assert_eq!(called(&whole), ["佐藤健一様", "佐藤健一様", "佐藤健一さん", "佐藤健一さん"]);
        let known = Person { aliases: ["佐藤さん".into()].into(), ..with_role("佐藤健一", "部長") };
        assert_eq!(called(&known)[0], "佐藤部長");
        // A nickname does not say where the name is parted.
        let nick = Person { aliases: ["佐藤健".into()].into(), ..with_role("佐藤健一", "部長") };
        assert_eq!(called(&nick)[0], "佐藤健一様");
    }

    #[test]
    fn the_note_overrides_and_nothing_is_doubled() {
        assert_eq!(called(&with_honorific("佐藤 健一", "先生"))[0], "佐藤先生");
        assert_eq!(called(&with_honorific("佐藤 健一", "先生"))[3], "佐藤先生");
        assert_eq!(called(&with_honorific("佐藤健一", "社長"))[0], "佐藤健一社長");
        assert_eq!(called(&with_honorific("佐藤 健一", "佐藤先生"))[0], "佐藤先生");
        assert_eq!(called(&with_honorific("三橋 千夏", "みっちゃん"))[3], "みっちゃん");
        assert_eq!(called(&person("佐藤部長"))[0], "佐藤部長");
        assert_eq!(called(&person("みっちゃん"))[1], "みっちゃん");
        assert_eq!(called(&person("山田博士"))[0], "山田博士");
        assert_eq!(called(&person("山田 博士"))[0], "山田様");
        assert_eq!(
            called(&person("株式会社ミナト")),
            ["株式会社ミナト御中", "株式会社ミナト御中", "株式会社ミナト様", "株式会社ミナト様"]
        );
        assert_eq!(called(&person("ミナト事務局御中"))[0], "ミナト事務局御中");
    }

    #[test]
    fn names_in_other_letters_are_not_parted_in_japanese() {
        assert_eq!(
            called(&with_role("Jane Doe", "部長")),
            ["Jane Doe様", "Jane Doe様", "Jane Doeさん", "Janeさん"]
        );
        assert_eq!(called(&person("ジェーン ドウ"))[0], "ジェーン ドウ様");
        assert_eq!(called(&person("ジェーン・ドウ"))[3], "ジェーン・ドウさん");
        assert_eq!(called(&person("佐藤 ケンイチ"))[0], "佐藤様");
        assert_eq!(called(&person("さとう けんいち"))[0], "さとう様");
    }

    #[test]
    fn a_letter_is_addressed_by_role_and_full_name() {
        let lines = |person: &Person, register, form| of(person, register, form, Lang::Ja).lines;
        let held = with_role("佐藤 健一", "開発部長");
        assert_eq!(lines(&held, Register::Formal, Form::Letter), ["株式会社ミナト", "開発部長　佐藤 健一様"]);
        assert_eq!(lines(&held, Register::Formal, Form::Email), ["株式会社ミナト", "佐藤部長"]);
        assert_eq!(lines(&held, Register::Polite, Form::Email), ["佐藤部長"]);
        assert_eq!(lines(&held, Register::Casual, Form::Letter), ["佐藤さん"]);
        let teacher = with_honorific("倉持 誠", "先生");
        assert_eq!(lines(&teacher, Register::Formal, Form::Letter), ["株式会社ミナト", "倉持 誠先生"]);
        assert_eq!(lines(&person("佐藤 健一"), Register::Polite, Form::Letter), ["佐藤 健一様"]);
    }

    #[test]
    fn in_english_nobody_is_made_a_mr_or_a_ms() {
        let call = |name: &str, register| of(&person(name), register, Form::Email, Lang::En).call;
        assert_eq!(call("Jane Doe", Register::Formal), "Jane Doe");
        assert_eq!(call("Jane Doe", Register::Polite), "Jane");
        assert_eq!(call("Jane Doe", Register::Casual), "Jane");
        assert_eq!(call("J. Doe", Register::Casual), "J. Doe");
        assert_eq!(call("SATO Kenichi", Register::Casual), "Kenichi");
        assert_eq!(call("Dr. Vincent van Gogh", Register::Formal), "Dr. van Gogh");
        assert_eq!(call("Jane Q. Doe, PhD", Register::Formal), "Jane Q. Doe");
        assert_eq!(call("佐藤 健一", Register::Casual), "佐藤 健一");
        let both = Person { aliases: ["Kenichi Sato".into()].into(), ..person("佐藤 健一") };
        assert_eq!(of(&both, Register::Casual, Form::Email, Lang::En).call, "Kenichi");
    }

    #[test]
    fn what_one_calls_oneself() {
        assert_eq!(own("高瀬 悠", Lang::Ja), "高瀬");
        assert_eq!(own("高瀬悠", Lang::Ja), "高瀬悠");
        assert_eq!(own("Yu Takase", Lang::En), "Yu");
        assert_eq!(own("Yu Takase", Lang::Ja), "Yu Takase");
    }

    #[test]
    fn what_the_log_calls_a_friend() {
        let details = |alias: &str| Person { aliases: [alias.into()].into(), ..person("三橋 千夏") };
        assert_eq!(called(&details("みっちゃん"))[3], "三橋さん");
        assert_eq!(bare("佐藤（旧姓 鈴木） 花子"), "佐藤 花子");
    }
}
