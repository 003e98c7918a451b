//! What goen exports it takes in again, whoever the people are: into the same vault without a change, into
//! an empty one as the same people. What a format or a note cannot hold is left out here or in the laws
//! beside, and named.

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::round_laws::{Told, comes_back, is_no_news};

/// How odd what people have typed may be.
#[derive(Clone, Copy)]
enum Odd {
    /// A value within which anything that ends nothing stands.
    Somewhat,
    /// Anything at all, but `#` in front, which an import takes for a tag's.
    Quite,
}

/// What somebody may have typed.
fn words(odd: Odd) -> BoxedStrategy<String> {
    let harmless = [
        "山", "ア", "é", "1", " ", ";", "\"", "'", "\\", ":", "=", "+", "🙂", "&", "^", "%", "\n", "\u{202e}",
    ];
    let others = [
        "　",
        "；",
        ",",
        "、",
        "-",
        "@",
        "a#",
        "[[x]]",
        "|",
        "<b>",
        "\t",
        "\u{7}",
        "\u{200b}",
        "/",
        "(",
        ")",
        "{{x}}",
        ":::",
        "様",
        "http://a.example/b?c=d",
    ];
    match odd {
        Odd::Somewhat => proptest::collection::vec(proptest::sample::select(harmless.to_vec()), 1..6)
            .prop_map(|all| format!("甲{}乙", all.concat()))
            .boxed(),
        Odd::Quite => {
            let all = [&harmless[..], &others].concat();
            proptest::collection::vec(proptest::sample::select(all), 1..8)
                .prop_map(|all| all.concat())
                .boxed()
        }
    }
}

/// Names as people have them, and as nobody has.
fn name(odd: Odd) -> impl Strategy<Value = String> {
    const PLAIN: [&str; 13] = [
        "田中 太郎",
        "髙橋　花子",
        "佐藤健",
        "やまだ はな",
        "タナカ　ジロウ",
        "Anna Müller",
        "Jean-Luc O’Neill",
        "李 小龍",
        "José da Silva",
        "Bob",
        "🎂",
        "王",
        "K.K. Lee Jr.",
    ];
    // Forms of address and brackets come off, and the order of Latin names is not sure.
    const COME_APART: [&str; 4] = ["林 さくら様", "Dr. Eva Stein", "Smith, John", "田中 太郎（旧姓 鈴木）"];
    let names = match odd {
        Odd::Somewhat => PLAIN.to_vec(),
        Odd::Quite => [&PLAIN[..], &COME_APART].concat(),
    };
    // Signs alone are no name.
    let typed = words(odd).prop_map(|words| format!("{words}乙"));
    prop_oneof![6 => proptest::sample::select(names).prop_map(str::to_owned), 1 => typed]
}

fn one(of: &'static [&'static str], odd: Odd) -> impl Strategy<Value = String> {
    prop_oneof![3 => proptest::sample::select(of).prop_map(str::to_owned), 1 => words(odd)]
}

/// A note of somebody.
fn note(odd: Odd) -> impl Strategy<Value = String> {
    let maybe = move |of: &'static [&'static str]| proptest::option::weighted(0.4, one(of, odd));
    let list = move |of: &'static [&'static str]| {
        proptest::collection::btree_set(one(of, odd), 0..3)
            .prop_map(|all| all.into_iter().collect::<Vec<_>>())
    };
    // A table keeps what looks like an address or a number, a note what can be written as a tag.
    let plain = move |of: &'static [&'static str]| match odd {
        Odd::Quite => list(of).boxed(),
        Odd::Somewhat => proptest::sample::subsequence(of, 0..=of.len().min(2))
            .prop_map(|all| all.into_iter().map(str::to_owned).collect())
            .boxed(),
    };
    let who = (
        name(odd),
        maybe(&["たなか たろう", "タカハシ　ハナコ", "さとう", "Anna"]),
        list(&["タロちゃん", "T. Tanaka", "Taro", "太郎さん"]),
    );
    let work = (
        maybe(&["株式会社ミナト", "[[Minato]]", "Acme, Inc.", "A社", "[[x|y]] 2020-04.. 部長"]),
        maybe(&["CTO", "部長", "Head of R&D"]),
    );
    let reach = (
        plain(&["a@example.com", "b+c@example.co.jp", "mailto:d@example.com"]),
        plain(&[
            "+81 90-1234-5678",
            "03-1234-5678",
            "tel:+81-3-9999-5678",
            "tel:+81312345679;ext=12",
            "０６１２３４５６７８",
        ]),
        maybe(&["tanaka", "https://line.me/ti/p/abc"]),
        maybe(&["https://www.linkedin.com/in/x", "in/x"]),
        maybe(&["https://example.com/~a?b=c", "example.com"]),
    );
    let rest = (
        maybe(&["1985-12-03", "12-03", "--02-29", "1990-07", "2000-02-29"]),
        maybe(&[
            "東京都港区芝1-2-3 ミナトビル5F",
            "〒105-0011 東京都港区芝1-2-3",
            "1 Main St, Springfield, IL 62701, USA",
            "不明",
        ]),
        proptest::option::weighted(0.3, Just("〒105-0011".to_owned())),
        maybe(&["東京", "Springfield", "京都市"]),
        list(&["山登り", "C++", "Rust", "ボードゲーム"]),
        plain(&["飲み友", "work/minato", "大学"]),
        maybe(&["ja", "en"]),
        maybe(&["先生", "様", "Dr."]),
    );
    (who, work, reach, rest).prop_map(|((name, reading, aliases), (org, role), reach, rest)| {
        let (emails, phones, line, linkedin, url) = reach;
        let (birthday, address, code, location, interests, tags, lang, honorific) = rest;
        let mut text = "---\ntype: person\n".to_owned();
        let quoted = |value: &str| serde_json::to_string(value).unwrap_or_default();
        let singles = [
            ("name", Some(name)),
            ("reading", reading),
            ("org", org),
            ("role", role),
            ("line", line),
            ("linkedin", linkedin),
            ("url", url),
            ("birthday", birthday),
            ("address", address),
            ("postal_code", code),
            ("location", location),
            ("lang", lang),
            ("honorific", honorific),
        ];
        for (key, value) in singles {
            if let Some(value) = value {
                text.push_str(&format!("{key}: {}\n", quoted(&value)));
            }
        }
        let lists = [
            ("aliases", aliases),
            ("email", emails),
            ("phone", phones),
            ("interests", interests),
            ("tags", tags),
        ];
        for (key, values) in lists {
            if !values.is_empty() {
                let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
                text.push_str(&format!("{key}: [{}]\n", values.join(", ")));
            }
        }
        text + "---\n"
    })
}

fn told(notes: Vec<String>) -> Vec<Told> {
    notes.into_iter().enumerate().map(|(at, text)| (format!("People/p{at}.md"), text)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_exported_is_no_news(notes in proptest::collection::vec(note(Odd::Quite), 1..4)) {
        is_no_news(&told(notes)).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn who_is_exported_is_the_same_elsewhere(text in note(Odd::Somewhat)) {
        comes_back(&("People/p.md".to_owned(), text)).map_err(TestCaseError::fail)?;
    }
}
