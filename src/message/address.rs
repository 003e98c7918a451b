//! Forms of address: what somebody is called at the head of a message and within it.
//!
//! Knows roles, honorifics and the languages' customs; never splits a name by guess, and never
//! takes somebody for a Mr or a Ms.

mod english;
mod japanese;
mod posts;

use chrono::NaiveDate;

use super::form::Form;
use crate::config::Register;
use crate::note::person::Person;
use crate::text::{Lang, Text};

use japanese::{bare, family, is_han, is_kana, japanese, titled};

pub(super) use self::posts::roles;

/// What somebody is called. What is not known in the letters of the language is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// At the head of the message: `佐藤部長`, `田中 太郎様`, `Jane`.
    pub call: String,
    /// Within the text.
    pub short: String,
    /// The lines at its head, or behind a letter: organisation, role and name.
    pub lines: Vec<String>,
    /// The full name.
    pub name: String,
    /// The full name with the form of address that the note gives them or the name bears (小川先生): whoever
    /// speaks of them to others says no other. Else empty.
    pub titled: String,
}

impl Address {
    /// How somebody is addressed on a day.
    pub fn of(person: &Person, today: NaiveDate, register: Register, form: Form, lang: Lang) -> Self {
        match lang {
            Lang::Ja => Self { titled: titled(person, today), ..japanese(person, today, register, form) },
            Lang::En => english::address(person, register),
        }
    }
}

/// What somebody calls themselves: the full name, and `高瀬` of 高瀬 悠, `Yu` of Yu Takase. Empty where it is
/// not known in the letters of the language.
pub fn own(name: &str, others: &[Text], lang: Lang) -> (String, String) {
    let name = match lang {
        Lang::Ja => bare(name),
        Lang::En => english::in_latin(name, others.iter()).unwrap_or_default(),
    };
    let short = match lang {
        Lang::Ja => family(&name),
        Lang::En => english::given(&name),
    };
    (name.to_string(), short.unwrap_or(&name).to_owned())
}

/// Whether there is anything in Japanese letters in a text.
pub(super) fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| is_han(c) || is_kana(c))
}

fn is_latin(name: &str) -> bool {
    name.ends_with(|c: char| c.is_alphabetic() && !is_han(c) && !is_kana(c))
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
        assert_eq!(called(&with_role("佐藤 健一", "大阪センター長"))[0], "佐藤センター長");
        assert_eq!(called(&with_role("佐藤 健一", "エンジニア"))[0], "佐藤様");
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
        assert_eq!(called(&person("佐藤 部長"))[0], "佐藤部長");
        assert_eq!(called(&person("佐藤 センター長"))[2], "佐藤センター長");
        assert_eq!(called(&person("みっちゃん"))[1], "みっちゃん");
        assert_eq!(called(&person("佐藤さん")), ["佐藤様", "佐藤様", "佐藤さん", "佐藤さん"]);
        assert_eq!(called(&person("佐藤 さん"))[0], "佐藤様");
        assert_eq!(called(&with_honorific("佐藤さん", "先生"))[0], "佐藤先生");
        assert_eq!(called(&with_role("佐藤 健一", "医師"))[2], "佐藤先生");
        assert_eq!(called(&with_role("佐藤 健一", "特任教授"))[2], "佐藤先生");
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
        let doctor = with_role("佐藤 健一", "医師");
        assert_eq!(lines(&doctor, Register::Polite, Form::Letter), ["株式会社ミナト", "医師　佐藤 健一先生"]);
    }

    #[test]
    fn a_role_that_stands_behind_no_name_stands_before_the_full_one() {
        let lines = |name: &str, role: &str, register, form| {
            of(&with_role(name, role), register, form, Lang::Ja).lines.join("／")
        };
        let whole = "株式会社ミナト／代表取締役　佐藤 健一様";
        for register in [Register::Formal, Register::Polite] {
            for form in [Form::Letter, Form::Email] {
                assert_eq!(lines("佐藤 健一", "代表取締役", register, form), whole);
            }
        }
        assert_eq!(lines("佐藤 健一", "代表取締役", Register::Casual, Form::Letter), "佐藤さん");
        // Who cannot be parted keeps the role as well.
        let unsplit = lines("佐藤健一", "開発部長", Register::Formal, Form::Email);
        assert_eq!(unsplit, "株式会社ミナト／開発部長　佐藤健一様");
        // What is a title in a firm's letter is too stiff between colleagues.
        assert_eq!(
            lines("佐藤 健一", "マネージャー", Register::Formal, Form::Email),
            "株式会社ミナト／マネージャー　佐藤 健一様"
        );
        assert_eq!(lines("佐藤 健一", "マネージャー", Register::Polite, Form::Email), "佐藤様");
        assert_eq!(lines("佐藤 健一", "エンジニア", Register::Formal, Form::Email), "株式会社ミナト／佐藤様");
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
        let both = Person { aliases: ["Kenichi Sato".into()].into(), ..person("佐藤 健一") };
        assert_eq!(of(&both, Register::Casual, Form::Email, Lang::En).call, "Kenichi");
        assert_eq!(of(&both, Register::Formal, Form::Email, Lang::En).name, "Kenichi Sato");
    }

    /// Japanese letters are nothing to greet an English reader with.
    #[test]
    fn in_english_a_name_is_read_or_left_open() {
        let call = |person: &Person, register| of(person, register, Form::Email, Lang::En).call;
        assert_eq!(call(&person("佐藤 健一"), Register::Casual), "");
        assert_eq!(call(&person("みっちゃん"), Register::Casual), "");
        let read = Person { reading: Some("Kenichi Sato".into()), ..person("佐藤 健一") };
        assert_eq!(call(&read, Register::Formal), "Kenichi Sato");
        let given = Person { aliases: ["ken_1".into(), "Ken".into()].into(), ..person("佐藤 健一") };
        assert_eq!(call(&given, Register::Polite), "Ken");
        assert_eq!(call(&given, Register::Formal), "");
        let nick = with_nickname("Daniel Whitlock", "Dan", "");
        assert_eq!(call(&nick, Register::Casual), "Dan");
        assert_eq!(call(&nick, Register::Polite), "Daniel");
    }

    #[test]
    fn what_one_calls_oneself() {
        let check = |name: &str, others: &[&str], lang, want: (&str, &str)| {
            let others: Vec<Text> = others.iter().map(|other| (*other).into()).collect();
            let (name, short) = own(name, &others, lang);
            assert_eq!((&*name, &*short), want);
        };
        check("高瀬 悠", &[], Lang::Ja, ("高瀬 悠", "高瀬"));
        check("高瀬悠", &[], Lang::Ja, ("高瀬悠", "高瀬悠"));
        check("Yu Takase", &[], Lang::En, ("Yu Takase", "Yu"));
        check("Yu Takase", &[], Lang::Ja, ("Yu Takase", "Yu Takase"));
        check("高瀬 悠", &["ゆう", "Yu Takase"], Lang::En, ("Yu Takase", "Yu"));
        check("高瀬 悠", &["ゆう"], Lang::En, ("", ""));
    }

    fn with_nickname(name: &str, nickname: &str, honorific: &str) -> Person {
        let honorific = Some(honorific.into()).filter(|word: &Text| !word.is_empty());
        let details = Details { nickname: Some(nickname.into()), honorific, ..Details::default() };
        let aliases = [nickname.into()].into();
        Person { details: Some(Box::new(details)), aliases, ..person(name) }
    }

    #[test]
    fn a_friend_goes_by_a_nickname() {
        let check = |person: &Person, want: &str| assert_eq!(called(person)[3], want);
        check(&with_nickname("三橋 千夏", "みっちゃん", ""), "みっちゃん");
        check(&with_nickname("木村 恵", "めぐ", "ちゃん"), "めぐちゃん");
        check(&with_nickname("木村 恵", "めぐ", ""), "めぐ");
        check(&with_nickname("木村 恵", "めぐちゃん", "さん"), "めぐちゃん");
        // 先生 is no form of address for a friend's nickname.
        check(&with_nickname("木村 恵", "めぐ", "先生"), "木村先生");
        check(&Person { aliases: ["ちなっち".into()].into(), ..person("三橋 千夏") }, "ちなっち");
        check(&Person { aliases: ["Chinatsu".into()].into(), ..person("三橋 千夏") }, "三橋さん");
        // Only between friends.
        let nick = with_nickname("三橋 千夏", "みっちゃん", "");
        assert_eq!(called(&nick)[..3], ["三橋様", "三橋様", "三橋さん"]);
    }

    #[test]
    fn a_name_without_what_stands_beside_it() {
        assert_eq!(bare("佐藤（旧姓 鈴木） 花子"), "佐藤 花子");
    }
}
