//! `goen draft` in Japanese: every occasion in every register and form, read as a careful editor reads.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::Vault;
use goen::app::{App, Options};
use goen::config::Register;
use goen::message::{self, Asked, Draft, Form, Ground};
use goen::text::Lang;

const REGISTERS: [Register; 3] = [Register::Formal, Register::Polite, Register::Casual];

/// Every occasion and greeting, with a day on which it is written.
const OCCASIONS: [(&str, &str); 31] = [
    ("thanks", DAY),
    ("farewell", DAY),
    ("settled", "2027-01-10"),
    ("new-job", "2027-01-10"),
    ("independence", "2027-01-10"),
    ("birthday", DAY),
    ("promotion", DAY),
    ("transfer", DAY),
    ("good-news", DAY),
    ("condolence", DAY),
    ("follow-up", "2026-10-22"),
    ("share", DAY),
    ("ask", DAY),
    ("reply", DAY),
    ("reopen", "2026-12-10"),
    ("promise", DAY),
    ("waiting", DAY),
    ("coffee", DAY),
    ("talk", DAY),
    ("visit", DAY),
    ("gathering", DAY),
    ("introduce", DAY),
    ("together", DAY),
    ("recommend", DAY),
    ("年賀", "2026-12-20"),
    ("寒中見舞い", "2027-01-20"),
    ("余寒見舞い", "2027-02-15"),
    ("暑中見舞い", "2027-07-25"),
    ("残暑見舞い", "2027-08-20"),
    ("年末の挨拶", "2026-12-14"),
    ("お中元", "2027-06-20"),
];

/// A Friday.
const DAY: &str = "2026-11-27";

/// One who is known well, and whoever is needed beside them.
fn vault() -> Vault {
    let vault = Vault::new();
    vault
        .note(
            "自分.md",
            "---\ntype: me\nname: 高瀬 悠\ninterests: [Rust, 登山]\nbooking: https://cal.example.com/takase\n\
             career:\n  - {org: 株式会社かわせみ, role: SRE, from: 2019-04-01, to: 2026-12-31}\n  \
             - {org: 株式会社トビウオ, role: SRE, from: 2027-01-05}\n---\n",
        )
        .note(
            "人/佐藤 健一.md",
            "---\ntier: senior\nemail: sato@example.com\nlast_contact: 2026-10-20\n\
             org: \"[[株式会社ミナト]] 2019-04.. 開発部長\"\ninterests: [登山, 将棋]\nbirthday: 1970-11-27\n\
             location: 大阪市\nmilestones:\n  - 2026-11-25 部長昇進\n  - 2026-11-24 長男誕生\n  - 2026-11-23 大阪支社へ異動\n---\n\n\
             ## 記録\n\n- 2026-10-20 (meet) 議事録の自動化 #続き\n- 2026-09-14 (email) 履歴書を見てもらった #お世話になった\n\n\
             ## 約束\n\n- [ ] 資料を送る 📅 2026-12-01\n- [ ] 見積もりの確認 #待ち\n",
        )
        .note("人/真壁 徹.md", "---\ntier: colleague\ninterests: [登山]\nlast_contact: 2026-11-01\n---\n")
        .note("旅行/大阪.md", "---\ntype: trip\nlocation: 大阪\nfrom: 2026-12-09\nto: 2026-12-11\n---\n")
        .note(
            "クリップ/静かな山の歩き方.md",
            "---\ntype: clip\ntags: [登山]\nurl: https://example.com/yama\nclipped: 2026-11-20\n---\n",
        )
        .note(
            "goen.toml",
            "[[seasons]]\nname = \"お中元\"\nfrom = \"06-15\"\nto = \"07-05\"\ntiers = [\"senior\"]\n",
        );
    vault
}

fn open(vault: &Vault, day: &str) -> App {
    App::open(vault.path(), Options { today: day.parse().unwrap(), lang: None }).unwrap()
}

/// A draft to somebody, without a process of its own.
fn drafted(app: &App, path: &str, asked: Asked<'_>) -> Draft {
    let person = app.index.person(path).unwrap_or_else(|| panic!("{path} is nobody"));
    let ground = Ground { index: &app.index, config: &app.config, today: app.today, own: &[] };
    let asked = Asked { lang: Some(Lang::Ja), ..asked };
    message::draft(ground, person, None, asked).unwrap_or_else(|refusal| panic!("{asked:?}: {refusal:?}"))
}

/// As it is printed.
fn printed(draft: &Draft) -> String {
    match &*draft.subject {
        "" => draft.text.clone(),
        subject => format!("件名: {subject}\n\n{}", draft.text),
    }
}

fn of(app: &App, occasion: &str, register: Register, form: Form) -> String {
    let asked =
        Asked { occasion: Some(occasion), register: Some(register), form: Some(form), ..Asked::default() };
    printed(&drafted(app, "人/佐藤 健一.md", asked))
}

/// A snapshot of several drafts, each under its name.
fn snapshot(name: &str, drafts: &[(String, String)]) {
    let each: Vec<String> = drafts.iter().map(|(title, text)| format!("=== {title}\n{text}")).collect();
    insta::with_settings!({
        snapshot_path => "snapshots/draft_ja",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, each.join("\n")) });
}

fn is_on_a_card(occasion: &str) -> bool {
    occasion.ends_with("見舞い") || occasion == "年賀"
}

/// Every occasion in a register, in the form in which it is usually written.
fn all_in(register: Register, form: Form) {
    let vault = vault();
    let drafts = OCCASIONS.map(|(occasion, day)| {
        let form = if is_on_a_card(occasion) && form == Form::Email { Form::Card } else { form };
        (format!("{occasion} ({})", form.name()), of(&open(&vault, day), occasion, register, form))
    });
    snapshot(register.word(), &drafts);
}

#[test]
fn every_occasion_in_formal_japanese() {
    all_in(Register::Formal, Form::Email);
}

#[test]
fn every_occasion_in_polite_japanese() {
    all_in(Register::Polite, Form::Email);
}

#[test]
fn every_occasion_in_casual_japanese() {
    all_in(Register::Casual, Form::Line);
}

#[test]
fn some_occasions_in_every_form() {
    let vault = vault();
    for occasion in ["thanks", "farewell", "birthday", "condolence", "reopen", "coffee", "introduce", "年賀"]
    {
        let day = OCCASIONS.iter().find(|(name, _)| *name == occasion).map_or(DAY, |(_, day)| day);
        let app = open(&vault, day);
        let drafts: Vec<_> = Form::ALL
            .iter()
            .flat_map(|form| REGISTERS.map(|register| (*form, register)))
            .map(|(form, register)| {
                (format!("{}, {}", register.word(), form.name()), of(&app, occasion, register, form))
            })
            .collect();
        let name = if occasion == "年賀" { "new-year" } else { occasion };
        snapshot(&format!("forms-{name}"), &drafts);
    }
}

/// What no message says to anybody who is not a friend.
const UNSAID: &[&str] = &[
    "前略",
    "草々",
    "追伸",
    "ご苦労",
    "了解しました",
    "了解です",
    "お世話様",
    "なるほど",
    "参考になりました",
    "頑張って",
    "がんばって",
    "お体ご自愛",
];

/// What no message says: words out of use, and honorifics said twice.
const WRONG: &[&str] = &[
    "{{",
    "{%",
    "none",
    "undefined",
    "去年",
    "賀正",
    "迎春",
    "重ね重ね",
    "たびたび",
    "おっしゃられ",
    "ご覧になられ",
    "お見えになられ",
    "お帰りになられ",
    "お召し上がりになられ",
    "お伺いさせていただ",
    "拝見させていただ",
    "ご拝見",
    "ご伺い",
    "させていただきますでしょうか",
    "部長様",
    "部長さん",
    "様様",
    "さん様",
    "、。",
    "。。",
    "、、",
    "「」",
    "〔〕",
];

/// The text without what is quoted and what is left blank.
fn own_words(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '「' | '〔' => depth += 1,
            '」' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// What is wrong with a draft.
fn faults(text: &str, register: Register, form: Form) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut is = |fault: bool, what: &str| {
        if fault {
            wrong.push(what.to_owned());
        }
    };
    let is_casual = register == Register::Casual;
    let words = own_words(text);
    for word in WRONG {
        is(text.contains(word), word);
    }
    for word in UNSAID.iter().filter(|_| !is_casual) {
        is(words.contains(word), word);
    }
    let count = |word: &str| text.matches(word).count();
    is(count("〔") != count("〕"), "a bracket");
    is(text.contains("\n\n\n"), "two blank lines");
    is(!text.ends_with('\n') || text.ends_with("\n\n"), "the end");
    is(text.lines().any(|line| line.ends_with([' ', '　', '\t'])), "a blank at a line's end");
    is(text.lines().any(|line| line.starts_with(['、', '。', '」', '〕'])), "a line begins with what closes");
    is(count("拝啓") != count("敬具") || count("謹啓") != count("謹白"), "頭語 without 結語");
    is(form != Form::Letter && (count("拝啓") + count("謹啓") > 0), "頭語 outside of a letter");
    is((form == Form::Email) != text.starts_with("件名: "), "件名");
    let is_wide = |line: &str| line.chars().count() > 40 && !line.contains("://");
    is(form == Form::Email && text.lines().any(is_wide), "a long line");
    let plain = ["だよ", "だね", "してる", "たんだ", "てね", "かな。", "よね"];
    let polite = ["です。", "ですか。", "ます。", "ますか。", "ました。", "ません", "でしょう", "でした"];
    is(!is_casual && plain.iter().any(|end| words.contains(end)), "くだけた words");
    is(is_casual && polite.iter().any(|end| words.contains(end)), "です・ます");
    wrong
}

/// Whether a letter on it has neither 頭語 nor 結語.
fn has_no_head(occasion: &str) -> bool {
    is_on_a_card(occasion) || ["condolence", "年末の挨拶", "お中元"].contains(&occasion)
}

#[test]
fn the_law_of_every_draft() {
    let vault = vault();
    let mut wrong = Vec::new();
    for (occasion, day) in OCCASIONS {
        let app = open(&vault, day);
        for register in REGISTERS {
            for form in Form::ALL {
                let text = of(&app, occasion, register, form);
                let mut found = faults(&text, register, form);
                let has_head = ["拝啓", "謹啓"].iter().any(|word| text.contains(word));
                let wants = form == Form::Letter && register != Register::Casual && !has_no_head(occasion);
                if has_head != wants {
                    found.push("頭語".into());
                }
                if !found.is_empty() {
                    let (register, form) = (register.word(), form.name());
                    wrong.push(format!("{occasion} {register} {form}: {found:?}\n{text}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whoever is known by a name alone is written to as well, and all that is not known is a blank.
#[test]
fn what_is_not_known_is_a_blank() {
    let vault = Vault::new();
    vault.note("人/佐藤 健一.md", "---\ntier: colleague\n---\n");
    let app = open(&vault, DAY);
    let is_of_day =
        |(occasion, day): &&(&str, &str)| *day == DAY || ["follow-up", "reopen"].contains(occasion);
    for (occasion, _) in OCCASIONS.iter().filter(is_of_day) {
        for (register, form) in REGISTERS.iter().flat_map(|r| Form::ALL.map(|form| (*r, form))) {
            if *occasion == "together" {
                continue;
            }
            let text = of(&app, occasion, register, form);
            let found = faults(&text, register, form);
            assert!(found.is_empty(), "{occasion}: {found:?}\n{text}");
            assert!(!text.contains("「」") && !text.contains("ご無沙汰") || *occasion == "reopen", "{text}");
        }
    }
    let draft = drafted(
        &app,
        "人/佐藤 健一.md",
        Asked { occasion: Some("thanks"), form: Some(Form::Line), ..Asked::default() },
    );
    assert_eq!(draft.blanks, ["あなたの名前", "お世話になったこと"]);
}

/// A vault with one person, and what `draft` prints to them.
fn one(front: &str, body: &str, day: &str, args: &[&str]) -> String {
    let vault = Vault::new();
    vault.note("自分.md", "---\ntype: me\nname: 高瀬 悠\n---\n");
    vault.note("人/佐藤 健一.md", &format!("---\n{front}\n---\n{body}"));
    let out = vault.on(day, &[&["draft", "佐藤 健一"], args].concat());
    assert_eq!(out.code, Some(0), "{args:?}: {}", out.said());
    out.stdout
}

#[test]
fn congratulations_are_late_from_the_eighth_day_on() {
    let on = |day| {
        one(
            "tier: senior\nmilestones: [2026-11-20 部長昇進]",
            "",
            day,
            &["--for", "promotion", "--via", "line"],
        )
    };
    assert!(on("2026-11-27").contains("このたびは、部長へのご昇進、誠におめでとうございます"));
    assert!(on("2026-11-28").contains("遅ればせながら、部長へのご昇進、誠におめでとうございます"));
}

#[test]
fn a_move_is_a_rise_only_where_the_note_says_so() {
    let of = |what: &str| {
        let front = format!("tier: senior\nmilestones: [2026-11-25 {what}]");
        one(&front, "", DAY, &["--for", "transfer", "--via", "email"])
    };
    assert!(of("大阪支社へ栄転").contains("ご栄転、誠におめでとうございます"));
    let moved = of("大阪支社へ異動");
    assert!(moved.contains("新天地での") && !moved.contains("栄転"), "{moved}");
}

#[test]
fn ご無沙汰_is_said_after_a_while_only() {
    let of = |last: &str| {
        one(&format!("tier: colleague\nlast_contact: {last}"), "", DAY, &["--for", "ask", "--via", "email"])
    };
    assert!(of("2026-11-10").contains("お世話になっております。高瀬です。"));
    assert!(of("2026-09-10").contains("ご無沙汰しております。高瀬です。"));
}

/// A friend is called as the log calls them.
#[test]
fn a_friend_is_called_as_in_the_log() {
    let of = |log: &str| {
        let log = format!("## 記録\n\n- 2026-11-01 (line) {log}\n");
        one("tier: close\naliases: [けん君, けんちゃん]", &log, DAY, &["--for", "ask", "--via", "line"])
    };
    assert!(of("けんちゃんと山の話").starts_with("けんちゃん\n"));
    assert!(of("山の話").starts_with("けん君\n"));
}

/// The wishes are late, and not what was heard.
#[test]
fn among_friends_the_wishes_are_late_and_not_the_news() {
    let text = one(
        "tier: close\nmilestones: [2026-11-01 長女誕生]",
        "",
        DAY,
        &["--for", "good-news", "--via", "line"],
    );
    assert!(text.contains("「長女誕生」って聞いたよ。遅くなったけど、本当におめでとう！"), "{text}");
}

/// 元旦 stands only on a card that arrives on the day.
#[test]
fn 元旦_is_written_where_it_arrives_then() {
    let on = |day| one("tier: senior", "", day, &["--for", "年賀", "--via", "card"]);
    assert!(on("2026-12-25").contains("2027年　元旦"));
    assert!(on("2026-12-26").contains("2027年　一月"));
    assert!(on("2027-01-02").contains("2027年　一月"));
}

#[test]
fn mourning_hears_no_joy() {
    let text = one(
        "tier: senior\nmourning: 2026-08-01",
        "",
        "2027-01-20",
        &["--for", "寒中見舞い", "--via", "card"],
    );
    assert!(text.contains("ご服喪中") && text.starts_with("寒中お見舞い申し上げます\n"), "{text}");
    let text = one("tier: senior\nmourning: 2026-08-01", "", DAY, &["--for", "ask", "--via", "letter"]);
    assert!(!text.contains("お慶び") && text.contains("謹啓"), "{text}");
    // Nobody in mourning is asked lightly what they enjoy.
    let front = "tier: colleague\nmourning: 2026-08-01\ninterests: [園芸]";
    let text = one(front, "", DAY, &["--for", "ask", "--via", "email"]);
    assert!(text.contains("お疲れは出ていませんか") && !text.contains("おもしろ"), "{text}");
}

/// 喪中はがき speaks of one's own mourning.
#[test]
fn a_notice_of_ones_own_mourning() {
    let vault = Vault::new();
    vault.note("自分.md", "---\ntype: me\nname: 高瀬 悠\nmourning: 2026-09-10\n---\n");
    vault.note("人/佐藤 健一.md", "---\ntier: senior\naddress: 東京都千代田区1-1\n---\n");
    let app = open(&vault, "2026-11-20");
    let drafts: Vec<_> = REGISTERS
        .iter()
        .flat_map(|register| [Form::Card, Form::Email].map(|form| (*register, form)))
        .map(|(register, form)| {
            let text = of(&app, "喪中はがき", register, form);
            assert_eq!(faults(&text, register, form), [""; 0], "{text}");
            (format!("{}, {}", register.word(), form.name()), text)
        })
        .collect();
    snapshot("forms-bereaved", &drafts);
}

/// What the notes do not say is not claimed.
#[test]
fn no_claim_without_a_note() {
    let vault = vault();
    let of = |day: &str, occasion: &str| of(&open(&vault, day), occasion, Register::Casual, Form::Email);
    assert!(of("2026-11-24", "birthday").contains("少し早いけど"));
    assert!(!of("2026-07-24", "birthday").contains("早い"));
    assert!(of("2026-07-24", "promotion").contains("〔昇進の内容〕"));
    let reply = of(DAY, "reply");
    assert!(!reply.contains("遅く") && !reply.contains("議事録"), "{reply}");
}
