//! What a draft calls people: roles that are held, nicknames, names in the letters of the language, and
//! what else a message may say in them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{TODAY, Vault, all_equal, text};

/// The text of a draft to somebody of whom a note says this.
fn drafted(name: &str, note: &str, args: &[&str]) -> serde_json::Value {
    let vault = Vault::new();
    vault.note("自分.md", "---\ntype: me\nname: 高瀬 悠\nlang: ja\n---\n");
    vault.note(&format!("人/{name}.md"), note);
    vault.json_on(TODAY, &[&["draft", name], args].concat())
}

fn head(draft: &serde_json::Value, lines: usize) -> String {
    text(&draft["text"]).lines().take(lines).collect::<Vec<_>>().join("／")
}

/// A role counts while its period is open, in whichever register is not casual.
#[test]
fn a_role_that_is_held_stands_in_the_address() {
    let of = |role: &str, register: &str, via: &str| {
        let note = format!(
            "---\norg: \"[[株式会社ゆきわり倉庫]] 2020-04.. {role}\"\nlast_contact: 2026-11-01\n---\n"
        );
        let args = ["--for", "ask", "--register", register, "--via", via];
        let draft = drafted("柿沼 正樹", &note, &args);
        if via == "letter" {
            let text = text(&draft["text"]);
            let (_, address) = text.trim_end().rsplit_once("\n\n").unwrap();
            address.replace('\n', "／")
        } else {
            head(&draft, if register == "formal" { 2 } else { 1 })
        }
    };
    all_equal(
        [
            ("大阪センター長", "formal", "email", "株式会社ゆきわり倉庫／柿沼センター長"),
            ("大阪センター長", "polite", "email", "柿沼センター長"),
            ("大阪センター長", "formal", "letter", "株式会社ゆきわり倉庫／大阪センター長　柿沼 正樹様"),
            ("大阪センター長", "polite", "letter", "株式会社ゆきわり倉庫／大阪センター長　柿沼 正樹様"),
            ("代表取締役", "formal", "email", "株式会社ゆきわり倉庫／代表取締役　柿沼 正樹様"),
            ("部長代理", "formal", "letter", "株式会社ゆきわり倉庫／部長代理　柿沼 正樹様"),
            ("エンジニア", "formal", "email", "株式会社ゆきわり倉庫／柿沼様"),
            ("エンジニア", "formal", "letter", "柿沼 正樹様"),
        ]
        .map(|(role, register, via, want)| {
            (format!("{role} {register} {via}"), of(role, register, via), want.to_owned())
        }),
    );
}

#[test]
fn a_friend_is_called_by_the_nickname() {
    let of = |fields: &str, args: &[&str]| {
        let note = format!("---\nlast_contact: 2026-11-01\n{fields}\n---\n");
        head(&drafted("木村 恵", &note, &[&["--for", "ask"], args].concat()), 1)
    };
    let casual = ["--register", "casual", "--via", "line"];
    assert_eq!(of("nickname: めぐ\n敬称: ちゃん", &casual), "めぐちゃん");
    assert_eq!(of("nickname: [めぐっち, 恵さん]", &casual), "めぐっち");
    assert_eq!(of("あだ名: めぐ", &casual), "めぐ");
    assert_eq!(of("敬称: ちゃん", &casual), "木村ちゃん");
    assert_eq!(of("nickname: めぐ", &["--register", "polite", "--via", "line"]), "木村さん");
    let english = ["--register", "casual", "--via", "email", "--lang", "en"];
    assert_eq!(of("nickname: Meg", &english), "Hi Meg,");
}

/// A title that is written into the name is no given name.
#[test]
fn a_title_in_the_name() {
    let args = ["--for", "ask", "--register", "formal", "--via", "email"];
    let draft = drafted("林 部長", "---\nlast_contact: 2026-11-01\n---\n", &args);
    assert_eq!(head(&draft, 1), "林部長");
}

/// What is known in Japanese letters alone is nothing for an English reader: a blank, or another name.
#[test]
fn an_english_message_has_no_japanese_letters_but_in_blanks() {
    let vault = Vault::new();
    vault.note(
        "自分.md",
        "---\ntype: me\nname: 高瀬 悠\nlang: en\nlocation: 横浜\ninterests: [山歩き, Rust]\ncareer:\n  \
         - {org: Kawasemi Inc, role: SRE, from: 2014-04, to: 2026-10-31}\n---\n",
    );
    vault.note(
        "人/相沢 奈緒.md",
        "---\ntier: colleague\norg: Kawasemi Inc 2019-04.. データエンジニア\nlast_contact: 2026-11-10\n\
         interests: [山歩き, Rust]\nlocation: 大阪\nmilestones: [2026-11-18 課長に昇進, 2026-11-19 結婚]\n---\n\n\
         ## 記録\n\n- 2026-11-10 (meet) 議事録の自動化 #続き\n- 2026-11-02 (email) 資料を見てもらった #お世話になった\n\n\
         - [ ] 資料を送る 📅 2026-11-25\n- [ ] 見積もりの確認 #待ち\n",
    );
    vault.note("旅行/大阪.md", "---\ntype: trip\nlocation: 大阪\nfrom: 2026-12-09\n---\n");
    vault.note(
        "イベント/2026-11-10 同窓会.md",
        "---\ntype: event\ndate: 2026-11-10\nattendees: [\"[[相沢 奈緒]]\"]\n---\n",
    );
    vault.note(
        "クリップ/静かな山の歩き方.md",
        "---\ntype: clip\ntags: [山歩き]\nurl: https://example.com/yama\nclipped: 2026-11-18\n---\n",
    );
    let is_japanese = |c: char| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ー' | '一'..='鿿');
    let mut wrong = Vec::new();
    let occasions = [
        "thanks",
        "farewell",
        "new-job",
        "birthday",
        "promotion",
        "good-news",
        "follow-up",
        "share",
        "ask",
        "reopen",
        "promise",
        "waiting",
        "coffee",
        "talk",
        "visit",
        "gathering",
        "introduce",
        "together",
    ];
    for occasion in occasions {
        for register in ["formal", "polite", "casual"] {
            let args = ["draft", "相沢", "--for", occasion, "--lang", "en", "--register", register];
            let out = vault.on(TODAY, &args);
            // Some are not written on this day, whatever the language.
            if out.code != Some(0) {
                continue;
            }
            let own = out.stdout.split('〔').map(|part| part.split_once('〕').map_or(part, |(_, own)| own));
            let own: String = own.collect();
            if own.contains(is_japanese) {
                wrong.push(format!("{occasion} {register}\n{}", out.stdout));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let of = |occasion: &str| {
        let out = vault.json_on(TODAY, &["draft", "相沢", "--for", occasion, "--lang", "en"]);
        (text(&out["text"]), out["blanks"].to_string())
    };
    let (asked, blanks) = of("ask");
    assert!(asked.starts_with("Hi 〔相沢 奈緒 in Latin letters〕,"), "{asked}");
    assert!(blanks.contains("your name") && asked.contains("Rust"), "{asked}");
    // What would have been shared is a reminder in the blank.
    let (shared, _) = of("share");
    assert!(
        shared.contains("〔its title, after “静かな山の歩き方”〕\nhttps://example.com/yama\n"),
        "{shared}"
    );
    // Without a word in common that can be read it is no finished letter.
    let (_, blanks) = of("introduce");
    assert!(blanks.contains("what they have in common"), "{blanks}");
    // Names in Latin letters are taken from the aliases.
    vault.note(
        "人/相沢 奈緒.md",
        "---\ntier: colleague\naliases: [Nao Aizawa]\nlast_contact: 2026-11-10\n---\n",
    );
    vault.note("自分.md", "---\ntype: me\nname: 高瀬 悠\naliases: [ゆう, Yu Takase]\nlang: en\n---\n");
    let (asked, _) = of("ask");
    assert!(asked.starts_with("Hi Nao,") && asked.ends_with("Best wishes,\nYu\n"), "{asked}");
}

/// What is owed to somebody whose loss is fresh asks for no answer.
#[test]
fn what_is_owed_in_the_first_weeks_of_mourning() {
    let of = |day: &str, lang: &str, occasion: &str| {
        let note = format!(
            "---\ntier: colleague\nlang: {lang}\nmourning: {day}\nlast_contact: 2026-10-01\n---\n\n\
             ## 記録\n\n- 2026-11-19 (email) 資料の件 #要返信\n\n- [ ] 資料を送る 📅 2026-11-25\n- [ ] 本 #待ち\n"
        );
        let draft = drafted("佐伯 美和子", &note, &["--for", occasion, "--lang", lang]);
        format!("{}\n{}", text(&draft["subject"]), text(&draft["text"]))
    };
    for occasion in ["promise", "waiting", "reply"] {
        let fresh = of("2026-11-01", "ja", occasion);
        assert!(fresh.contains("お悲しみの"), "{fresh}");
        assert!(fresh.contains("お返事は、どうかお気遣いなさらないでください。"), "{fresh}");
        assert!(!of("2026-06-01", "ja", occasion).contains("お悲しみの"));
    }
    for occasion in ["promise", "waiting", "reply"] {
        let fresh = of("2026-11-01", "en", occasion);
        assert!(!fresh.contains("doing well"), "{fresh}");
        assert!(fresh.contains("Please don't feel you have to reply."), "{fresh}");
        assert!(
            !fresh.contains("coming along") && !fresh.contains("question") && !fresh.contains('?'),
            "{fresh}"
        );
    }
    assert!(of("2026-06-01", "en", "promise").contains("Is it what you were looking for?"));
}

/// Address books write the family name first; a whole form of address is not put before the name again.
#[test]
fn an_english_greeting_of_names_as_they_are_written() {
    let of = |name: &str, fields: &str, register: &str| {
        let vault = Vault::new();
        vault.note("people/a.md", &format!("---\nname: \"{name}\"\n{fields}last_contact: 2026-11-01\n---\n"));
        let args = ["draft", "people/a.md", "--for", "ask", "--lang", "en", "--via", "email", "--register"];
        head(&vault.json_on(TODAY, &[&args[..], &[register]].concat()), 1)
    };
    all_equal(
        [
            ("O'Brien, Pat", "", "polite", "Hi Pat,"),
            ("Tanaka, Yuki", "", "formal", "Dear Yuki Tanaka,"),
            ("van Gogh, Vincent", "", "casual", "Hi Vincent,"),
            ("Doe, Jane, PhD", "", "formal", "Dear Jane Doe,"),
            ("Jane Doe, PhD", "", "polite", "Hi Jane,"),
            ("Jane Doe, Acme", "", "polite", "Hi Jane,"),
            ("Yuki Tanaka", "honorific: Dr. Tanaka\n", "formal", "Dear Dr. Tanaka,"),
            ("Yuki Tanaka", "honorific: Dr.\n", "formal", "Dear Dr. Tanaka,"),
        ]
        .map(|(name, fields, register, want)| {
            (format!("{name} {fields} {register}"), of(name, fields, register), want.to_owned())
        }),
    );
}

/// Who is a 先生 is one to others, too, and no 先生様; nobody is told what friends call them.
#[test]
fn somebody_is_spoken_of_to_others_in_their_own_form_of_address() {
    for (name, note, register, want) in [
        ("小川先生", "", "formal", "小川先生を"),
        ("小川先生", "", "polite", "小川先生を"),
        ("小川 実", "敬称: 先生", "formal", "小川 実先生を"),
        ("小川 実", "敬称: 小川先生", "formal", "小川先生を"),
        ("林 部長", "", "formal", "林部長を"),
        ("小川 実", "敬称: ちゃん", "casual", "小川 実さんを"),
        ("小川 実", "", "formal", "小川 実様を"),
    ] {
        let note = format!("---\nlast_contact: 2026-11-01\n{note}\n---\n");
        let of = |args: &[&str]| {
            let draft = drafted(name, &note, &[&["--register", register], args].concat());
            text(&draft["text"]).to_owned()
        };
        let (_, second) = of(&["--for", "introduce", "--via", "line"]).split_once("――").map_or_else(
            || panic!("one letter alone"),
            |(first, second)| (first.to_owned(), second.to_owned()),
        );
        assert!(second.contains(want), "{name} {register}: {second}");
        let public = of(&["--for", "recommend", "--public"]);
        let called = want.trim_end_matches('を').replace('様', "さん");
        assert!(public.starts_with(&format!("{called}とは")), "{name} {register}: {public}");
    }
}
