//! `goen review`: what it finds in a corpus of messages, how often it is right, and how it is told.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::Stdio;

use crate::common::{Output, TODAY, Vault, is_unsafe};
use chrono::NaiveDate;
use goen::app::{App, Options};
use goen::message::review::{Case, Finding, review};
use goen::text::Lang;
use serde_json::Value;

const PEOPLE: &str = include_str!("../review/people.md");
const FAULTS: &str = include_str!("../review/faults.md");
const GOOD: &str = include_str!("../review/good.md");
const HELD_OUT: &str = include_str!("../review/heldout.md");

/// The codes of the contract, and `private` for posts.
const CODES: [&str; 16] = [
    "favour",
    "disparaging",
    "inside",
    "poaching",
    "contact-data",
    "too-soon",
    "generic",
    "one-sided",
    "wrong-name",
    "honorific",
    "register",
    "season",
    "mourning",
    "noreply",
    "blank",
    "private",
];

/// A message with what is to be found in it.
struct Labelled<'t> {
    place: String,
    to: &'t str,
    codes: BTreeSet<&'t str>,
    day: NaiveDate,
    is_post: bool,
    text: &'t str,
}

/// The people that the messages go to.
fn vault() -> Vault {
    let vault = Vault::new();
    for part in PEOPLE.split("=== ").skip(1) {
        let (path, text) = part.split_once('\n').unwrap();
        vault.note(path, text);
    }
    vault
}

fn messages<'t>(name: &str, file: &'t str) -> Vec<Labelled<'t>> {
    let mut line = 1 + file.split("\n### ").next().unwrap().matches('\n').count();
    let mut all = Vec::new();
    for part in file.split("\n### ").skip(1) {
        let (head, body) = part.split_once('\n').unwrap();
        let fields: Vec<&str> = head.split('|').map(str::trim).collect();
        let codes = fields[1].split(',').map(str::trim).filter(|code| !code.is_empty());
        let day = fields.get(2).filter(|day| !day.is_empty()).unwrap_or(&TODAY);
        all.push(Labelled {
            place: format!("{name}:{}", line + 1),
            to: fields[0],
            codes: codes.collect(),
            day: day.parse().unwrap(),
            is_post: fields.get(3) == Some(&"post"),
            text: body.trim_matches('\n'),
        });
        line += 1 + part.matches('\n').count();
    }
    all
}

/// A vault that was read, asked as often as one likes.
struct Reader {
    app: App,
    own: String,
    vault: Vault,
}

impl Reader {
    fn new(vault: Vault) -> Self {
        let today = TODAY.parse().unwrap();
        let app = App::open(vault.path(), Options { today, lang: Some(Lang::Ja) }).unwrap();
        let own = app.index.me().map(|(note, _)| app.text(&note.path).unwrap().unwrap()).unwrap_or_default();
        Self { app, own, vault }
    }

    fn found(&self, message: &Labelled<'_>, lang: Lang) -> Vec<Finding> {
        let to = if message.is_post {
            None
        } else {
            let found = self.app.index.find_exact(message.to);
            assert_eq!(found.len(), 1, "{}: {}", message.place, message.to);
            Some(found[0])
        };
        let case = Case {
            index: &self.app.index,
            config: &self.app.config,
            today: message.day,
            to,
            is_post: message.is_post,
            own: &self.own,
            lang,
        };
        review(case, message.text)
    }
}

/// How often a code was found rightly, wrongly, and not at all.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Score {
    fn precision(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.wrong).max(1))
    }

    fn recall(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.missed).max(1))
    }
}

/// The score of each code and of all, and what was not as it should be.
fn score(reader: &Reader, all: &[Labelled<'_>]) -> (BTreeMap<String, Score>, Score, Vec<String>) {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut total = Score::default();
    let mut wrong = Vec::new();
    for message in all {
        let findings = reader.found(message, Lang::Ja);
        let found: BTreeSet<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
        for code in found.union(&message.codes) {
            let one = match (found.contains(code), message.codes.contains(code)) {
                (true, true) => Score { right: 1, ..Score::default() },
                (true, false) => Score { wrong: 1, ..Score::default() },
                _ => Score { missed: 1, ..Score::default() },
            };
            for score in [scores.entry((*code).to_owned()).or_default(), &mut total] {
                score.right += one.right;
                score.wrong += one.wrong;
                score.missed += one.missed;
            }
            if one.right == 0 {
                let words: Vec<_> =
                    findings.iter().filter(|f| f.code == *code).map(|f| f.span.of(message.text)).collect();
                let what = if one.wrong > 0 { "wrongly" } else { "not" };
                wrong.push(format!("{} to {}: {code} {what} found {words:?}", message.place, message.to));
            }
        }
    }
    (scores, total, wrong)
}

fn show(title: &str, scores: &BTreeMap<String, Score>, total: Score, wrong: &[String]) {
    println!("{title}");
    for (code, score) in scores.iter().map(|(code, score)| (code.as_str(), *score)).chain([("all", total)]) {
        let Score { right, wrong, missed } = score;
        let (precision, recall) = (score.precision(), score.recall());
        println!(
            "  {code:<13} precision {precision:.3}  recall {recall:.3}  ({right} right, {wrong} wrong, {missed} missed)"
        );
    }
    wrong.iter().for_each(|line| println!("  {line}"));
}

#[test]
fn the_corpus_is_judged_as_people_would() {
    let reader = Reader::new(vault());
    let (faults, good) = (messages("faults.md", FAULTS), messages("good.md", GOOD));
    assert!(faults.len() >= 60 && faults.iter().all(|message| !message.codes.is_empty()));
    assert!(good.len() >= 60 && good.iter().all(|message| message.codes.is_empty()));
    for code in CODES {
        let count = faults.iter().filter(|message| message.codes.contains(code)).count();
        assert!(count >= 3, "{code} has {count} messages");
    }
    let known: BTreeSet<&str> = CODES.into_iter().collect();
    assert!(faults.iter().all(|message| message.codes.is_subset(&known)));
    let all: Vec<_> = faults.into_iter().chain(good).collect();
    let (scores, total, wrong) = score(&reader, &all);
    show(&format!("{} messages", all.len()), &scores, total, &wrong);
    assert!(total.precision() >= 0.95, "precision {:.3}", total.precision());
    assert!(total.recall() >= 0.9, "recall {:.3}", total.recall());
}

/// Messages that no pattern was made for. The figures are there to be read; they only must not fall
/// far behind.
#[test]
fn messages_that_were_held_out() {
    let reader = Reader::new(vault());
    let all = messages("heldout.md", HELD_OUT);
    let (scores, total, wrong) = score(&reader, &all);
    show(&format!("{} messages held out", all.len()), &scores, total, &wrong);
    assert!(total.precision() >= 0.8 && total.recall() >= 0.6, "{total:?}");
}

/// What is found in one message, as codes with severities, in the order of the text.
fn codes(to: &str, text: &str) -> Vec<String> {
    codes_on(TODAY, to, text)
}

fn codes_on(day: &str, to: &str, text: &str) -> Vec<String> {
    let found = Reader::new(vault()).found(&labelled(to, day, text), Lang::En);
    found.iter().map(|finding| format!("{} {}", finding.code, finding.severity.word())).collect()
}

fn labelled<'t>(to: &'t str, day: &str, text: &'t str) -> Labelled<'t> {
    Labelled {
        place: "here".to_owned(),
        to,
        codes: BTreeSet::new(),
        day: day.parse().unwrap(),
        is_post: to.is_empty(),
        text,
    }
}

// The examples of the contract, row by row.

#[test]
fn a_favour_out_of_a_silence_in_a_first_message_or_of_whoever_has_given_more() {
    let silent = "渡邊様\nみどり設計でお席が空くようでしたら、お声がけください。";
    assert_eq!(codes("渡邊 誠", silent), ["favour warning"]);
    let first = "山田さん\n経理の方をどなたかご紹介いただけませんか。";
    assert_eq!(codes("山田 花子", first), ["favour warning"]);
    let given = "井上さん\n採用の方をどなたかご紹介いただけませんか。";
    assert_eq!(codes("井上 玲子", given), ["favour warning"]);
    // In touch, and even: it may be asked. To offer an introduction is no favour.
    let even = "中村さん\nデータ分析の方をどなたかご紹介いただけませんか。";
    assert!(codes_on("2026-10-01", "中村 彩", even).is_empty());
    assert!(codes("渡邊 誠", "渡邊様\n釣りの好きな後輩をご紹介してもよろしいでしょうか。").is_empty());
}

#[test]
fn ill_words_about_a_former_employer_a_boss_a_colleague_also_without_a_crude_one() {
    for text in [
        "中村さん\nかわせみの上層部は現場を見ていませんでした。読書会はいかがですか。",
        "中村さん\n前の上司は最悪でした。読書会はいかがですか。",
        "中村さん\n元の同僚には手柄を横取りされました。読書会はいかがですか。",
        "中村さん\nかわせみの評価制度には失望しておりました。読書会はいかがですか。",
        "中村さん\nかわせみのやり方にはついていけませんでした。読書会はいかがですか。",
        "中村さん\n前職では評価もされませんでした。読書会はいかがですか。",
        "中村さん\n前の会社の待遇には不満しかありませんでした。読書会はいかがですか。",
        "中村さん\n当時の上司には困らされました。読書会はいかがですか。",
    ] {
        assert_eq!(codes("中村 彩", text), ["disparaging warning"], "{text}");
    }
    // Said of something else, quoted, or denied.
    for text in [
        "中村さん\n先輩方の速さについていけず、助けていただいた前職の日々でした。読書会はいかがですか。",
        "中村さん\n天気は最悪でしたが、読書会はいかがでしたか。",
        "中村さん\n「前の上司は最悪だった」という題の本、読書会にいかがですか。",
    ] {
        assert!(codes("中村 彩", text).is_empty(), "{text}");
    }
}

#[test]
fn inside_information_customers_prices_quotations() {
    for text in [
        "中村さん\n前職の顧客リストをお送りします。データ分析に使えますか。",
        "中村さん\n前の会社の見積もりは一式三百万円でした。データ分析ならいくらですか。",
        "中村さん\n社外秘ですが、データ分析の資料を見ますか。",
    ] {
        assert_eq!(codes("中村 彩", text), ["inside warning"], "{text}");
    }
    let promise = "中村さん\n前職の顧客の情報は一切お話ししません。データ分析の本は読みましたか。";
    assert!(codes("中村 彩", promise).is_empty());
}

/// Everybody says Kestrel for Kestrel Systems; a word, another's name and another firm's are no short name.
#[test]
fn a_former_employer_is_known_by_its_short_name() {
    let with = |org: &str, more: &str| {
        let vault = Vault::new();
        vault.note("me.md", &format!("---\ntype: me\nname: Sam Okada\ncareer:\n  - {{org: {org}, from: 2014-04, to: 2026-06-30}}\n---\n"));
        vault.note(
            "人/Tom Reed.md",
            &format!("---\ntier: close\nlang: en\ninterests: [climbing]\n{more}---\n"),
        );
        Reader::new(vault)
    };
    let found = |reader: &Reader, text: &str| {
        let text = format!("Hi Tom,\n{text} How's the climbing going?\nSam");
        let found = reader.found(&labelled("Tom Reed", TODAY, &text), Lang::En);
        found.iter().map(|finding| finding.code.to_string()).collect::<Vec<_>>()
    };
    let kestrel = with("Kestrel Systems", "");
    for text in [
        "The culture at Kestrel was toxic.",
        "Leadership at Kestrel is a joke.",
        "Working at Kestrel was a nightmare.",
        "Kestrel never listened to its engineers.",
        "They treated us like dirt at Kestrel.",
    ] {
        assert_eq!(found(&kestrel, text), ["disparaging"], "{text}");
    }
    for text in [
        "Kestrel Systems charged them 2.4 million for the project.",
        "At Kestrel we lost three big customers in the spring.",
        "I still have the Kestrel runbooks on my laptop, shall I send them?",
    ] {
        assert_eq!(found(&kestrel, text), ["inside"], "{text}");
    }
    for text in ["I still have the Kestrel mug on my desk.", "A kestrel is nesting here, what chaos!"] {
        assert!(found(&kestrel, text).is_empty(), "{text}");
    }
    assert!(found(&with("General Systems", ""), "In General, that film set is total chaos.").is_empty());
    let another = with("Kestrel Systems", "org: \"[[Kestrel Foods]] 2020-01..\"\n");
    assert!(found(&another, "The queue at Kestrel was a nightmare.").is_empty());
    let japanese = with("株式会社かわせみ情報サービス", "");
    let text = "Tom さん\nかわせみは人を大事にしない会社でした。climbing は続いていますか。";
    let codes = japanese.found(&labelled("Tom Reed", TODAY, text), Lang::En);
    assert_eq!(codes.iter().map(|found| found.code.as_str()).collect::<Vec<_>>(), ["disparaging"]);
}

#[test]
fn selling_to_a_former_employers_clients_within_six_months() {
    let text = "高橋課長\n弊社の新しいサービスをぜひご検討ください。青葉物流様のご都合はいかがでしょうか。";
    assert_eq!(codes("高橋 由美", text), ["poaching warning"]);
    // Six months later, and to whoever was no client then.
    assert!(codes_on("2027-03-02", "高橋 由美", text).is_empty());
    assert!(
        codes("斎藤 茂", "斎藤専務\n弊社の新しいサービスをぜひご検討ください。展示会でご覧いただけますか。")
            .is_empty()
    );
}

#[test]
fn another_persons_number_in_any_width_and_grouping_but_not_ones_own() {
    for number in [
        "090-1111-2222",
        "０９０ー１１１１ー２２２２",
        "+81 90 1111 2222",
        "(090) 1111 2222",
        "09011112222",
        "sato@minato.example",
        "品川区北品川１丁目２番３号",
    ] {
        let text = format!("中村さん\n読書会のことは {number} へどうぞ。いかがですか。");
        assert_eq!(codes("中村 彩", &text), ["contact-data warning"], "{number}");
    }
    for number in ["090-5555-0001", "nakamura@kawasemi.example", "注文番号 090-1111-2223"] {
        let text = format!("中村さん\n読書会のことは {number} です。いかがですか。");
        assert!(codes("中村 彩", &text).is_empty(), "{number}");
    }
}

#[test]
fn too_soon_after_connecting_unless_they_wrote_first() {
    assert_eq!(codes("小川 直樹", "小川さん\nみなも印刷の企画展はいつですか。"), ["too-soon note"]);
    let pitch = "小川さん\n弊社のサービスを無料でお試しいただけます。資料をご覧になりますか。";
    assert_eq!(codes("小川 直樹", pitch), ["too-soon warning"]);
    assert!(codes("岡本 学", "岡本さん\nご連絡ありがとうございます。木造の事例はどちらですか。").is_empty());
    assert!(codes_on("2026-11-24", "小川 直樹", "小川さん\nみなも印刷の企画展はいつですか。").is_empty());
}

#[test]
fn a_message_that_could_go_to_anybody() {
    assert_eq!(codes("中村 彩", "中村さん\nどうぞご自愛ください。"), ["generic note"]);
    assert!(codes("中村 彩", "中村さん\n読書の秋ですね。どうぞご自愛ください。").is_empty());
    assert_eq!(codes("Nadia Costa", "Hi Nadia,\nHope you are well. Best wishes"), ["generic note"]);
}

#[test]
fn only_ones_own_news() {
    let news = "中村さん\n私は転職しました。資格の勉強も始めました。";
    assert_eq!(codes("中村 彩", news), ["one-sided note"]);
    assert!(codes("中村 彩", &format!("{news}中村さんのお仕事はいかがですか。")).is_empty());
}

#[test]
fn another_persons_name_where_theirs_belongs() {
    assert_eq!(codes("中村 彩", "佐藤部長\n読書会はいかがでしたか。"), ["wrong-name warning"]);
    assert_eq!(codes("渡邊 誠", "渡辺様\nみどり設計はいかがですか。"), ["wrong-name warning"]);
    assert_eq!(codes("Nadia Costa", "Dear Daniel,\nhow is the typography going?"), ["wrong-name warning"]);
    // Only mentioned.
    assert!(
        codes("中村 彩", "中村さん\n恩師の佐藤部長にもよろしくお伝えください。読書会はいかがですか。")
            .is_empty()
    );
    assert!(
        codes("Nadia Costa", "Hi Nadia,\nDaniel asked about the typography evening. Are you going?")
            .is_empty()
    );
}

#[test]
fn a_form_of_address_that_is_wrong_doubled_stale_or_missing() {
    let with = |head: &str| format!("{head}\nお世話になっております。勉強会のご都合はいかがでしょうか。");
    for (to, head, want) in [
        ("佐藤 健一", "佐藤部長様", vec!["honorific warning"]),
        ("佐藤 健一", "佐藤部長さん", vec!["honorific warning"]),
        ("佐藤 健一", "佐藤課長", vec!["honorific warning"]),
        ("佐藤 健一", "佐藤くん", vec!["honorific warning"]),
        ("佐藤 健一", "佐藤健一", vec!["honorific warning"]),
        ("渡邊 誠", "渡邊部長", vec!["honorific warning"]),
        ("渡邊 誠", "渡邊顧問", vec![]),
        ("佐伯 恵", "佐伯様", vec!["honorific warning"]),
        ("佐伯 恵", "佐伯先生様", vec!["honorific warning"]),
        ("佐藤 健一", "各位様", vec!["honorific warning"]),
        ("佐藤 健一", "佐藤部長 殿", vec!["honorific warning"]),
        ("佐藤 健一", "佐藤 健一 御中", vec!["honorific warning"]),
        ("佐藤 健一", "株式会社ミナト 佐藤御中", vec!["honorific warning"]),
        ("佐藤 健一", "株式会社ミナト御中\n佐藤部長", vec![]),
        ("佐藤 健一", "佐藤部長", vec![]),
        ("佐藤 健一", "開発部長 佐藤 健一 様", vec![]),
        ("佐藤 健一", "株式会社ミナト\n佐藤様", vec![]),
        ("佐藤 健一", "さとう様", vec![]),
    ] {
        assert_eq!(codes(to, &with(head)), want, "{head}");
    }
    assert_eq!(codes("中村 彩", "読書会はいかがでしたか。"), ["honorific note"]);
}

#[test]
fn a_register_that_does_not_fit_or_is_mixed_and_words_not_said_to_superiors() {
    for (text, want) in [
        ("了解しました。", "register warning"),
        ("ご苦労様でございます。", "register warning"),
        ("お世話様です。", "register warning"),
        ("なるほど、と存じました。", "register note"),
        ("大変参考になりました。", "register note"),
        ("どうぞ頑張ってください。", "register note"),
        ("お体ご自愛ください。", "register note"),
        ("先生がおっしゃられました。", "register note"),
        ("資料をご覧になられましたか。", "register note"),
        ("マジで楽しみです。", "register warning"),
    ] {
        let text = format!("佐藤部長\n{text}品質管理の会はいかがでしたでしょうか。");
        assert_eq!(codes("佐藤 健一", &text), [want], "{text}");
    }
    let postscript = "佐藤部長\n品質管理の会はいかがでしたでしょうか。\n追伸 山の写真も同封いたします。";
    assert_eq!(codes("佐藤 健一", postscript), ["register warning"]);
    // Among equals they are fine.
    assert!(codes("中村 彩", "中村さん\n了解しました。読書会の本、とても参考になりました。").is_empty());
    let mixed = "中村さん\n読書会の本を読みました。おもしろかったよ。次はいつですか。";
    assert_eq!(codes("中村 彩", mixed), ["register warning"]);
    assert_eq!(codes("鈴木 大輔", "だいちゃん\n謹啓 キャンプの件、いかがでしょうか。"), ["register warning"]);
}

#[test]
fn words_out_of_season_by_the_sun() {
    let summer = "佐藤部長\n暑中お見舞い申し上げます。";
    // 立秋 of 2026 is 7 August, of 2027 the 8th.
    for (day, want) in
        [("2026-07-06", 1), ("2026-07-07", 0), ("2026-08-06", 0), ("2026-08-07", 1), ("2027-08-07", 0)]
    {
        assert_eq!(codes_on(day, "佐藤 健一", summer).len(), want, "{day}");
    }
    let winter = "佐藤部長\n寒中お見舞い申し上げます。";
    for (day, want) in [("2027-01-08", 0), ("2027-02-03", 0), ("2027-02-04", 1)] {
        assert_eq!(codes_on(day, "佐藤 健一", winter).len(), want, "{day}");
    }
    assert_eq!(
        codes_on("2026-12-10", "佐藤 健一", "佐藤部長\n新緑の候、山はいかがでしょうか。"),
        ["season warning"]
    );
    let new_year = "佐藤部長\n謹賀新年\n旧年中は大変お世話になりました。";
    for (day, want) in [("2026-12-20", 0), ("2027-01-07", 0), ("2027-01-12", 1)] {
        assert_eq!(codes_on(day, "佐藤 健一", new_year).len(), want, "{day}");
    }
    // Plans for another season are no greeting.
    assert!(codes("木村 亮", "木村くん\n新緑の頃に仙台へ行ってもいい？").is_empty());
}

#[test]
fn two_letters_are_no_greeting_for_a_superior() {
    let register = |to: &str, text: &str| {
        let found = codes_on("2027-01-04", to, text).into_iter();
        found.filter(|code| code == "register warning").count()
    };
    let news = "山小屋のお話、楽しみにしております。お元気でいらっしゃいますか。";
    for greeting in ["賀正", "迎春", "賀春", "頌春", "慶春"] {
        for text in [
            format!("佐藤部長\n{greeting}\n{news}"),
            format!("{greeting}\n山本です。{news}"),
            format!("件名：{greeting}\n佐藤部長\n{news}"),
            format!("佐藤部長、{greeting}。{news}"),
            format!("佐藤部長 {greeting}！ {news}"),
            format!("佐藤部長\n【{greeting}】\n{news}"),
        ] {
            assert_eq!(register("佐藤 健一", &text), 1, "{text}: {:?}", codes("佐藤 健一", &text));
            assert_eq!(register("木村 亮", &text), 0, "{text}");
        }
        let quoted = format!("佐藤部長\n「{greeting}」の書を拝見しました。{news}");
        assert_eq!(register("佐藤 健一", &quoted), 0, "{quoted}");
    }
    for text in [
        "迎春花が咲きました。",
        "旧年中はお世話になりました。迎春の支度に追われております。",
        "佐賀正 様のお話です。",
    ] {
        assert_eq!(register("佐藤 健一", &format!("佐藤部長\n{text}{news}")), 0, "{text}");
    }
    // One letter is a greeting among words of the new year.
    assert_eq!(register("佐藤 健一", &format!("佐藤部長\n寿\n昨年はお世話になりました。{news}")), 1);
    assert_eq!(register("佐藤 健一", &format!("佐藤部長\n{news}\n寿\n")), 0);
}

#[test]
fn a_card_of_the_new_year_has_no_first_and_last_word_of_a_letter() {
    let register = |text: &str| {
        let found = codes_on("2027-01-04", "佐藤 健一", text).into_iter();
        found.filter(|code| code == "register warning").count()
    };
    let news = "旧年中は大変お世話になりました。山へはもうお出かけになりましたか。";
    assert_eq!(register(&format!("拝啓\n謹賀新年\n{news}\n敬具\n\n佐藤 健一 様")), 2);
    assert_eq!(register(&format!("謹賀新年\n謹啓 {news}\n\n佐藤 健一 様")), 1);
    assert_eq!(register(&format!("謹賀新年\n{news}\n\n佐藤 健一 様")), 0);
    // A letter of January has both.
    assert_eq!(register(&format!("拝啓 謹んで新年のお慶びを申し上げます。{news}\n敬具\n\n佐藤 健一 様")), 0);
}

#[test]
fn a_condolence_tells_nothing_of_the_season() {
    for (words, want) in [
        ("寒さ厳しき折、ご自愛ください。", 1),
        ("厳しい寒さの折、お体を大切になさってください。", 1),
        ("向寒のみぎり、ご自愛ください。", 1),
        ("時節柄、ご自愛ください。", 1),
        ("初冬の候、", 1),
        ("どうかお力を落とされませんように。", 0),
        ("寒さの厳しい冬の山にご一緒した日を思い出しております。", 0),
    ] {
        let text = format!("佐藤部長\nお父様のご逝去、謹んでお悔やみ申し上げます。{words}");
        let found = codes_on("2026-12-10", "佐藤 健一", &text);
        let count = found.iter().filter(|code| *code == "mourning warning").count();
        assert_eq!(count, want, "{text}: {found:?}");
    }
    // Winter's greeting to those in mourning is one of its season.
    let midwinter = "佐藤部長\n寒中お見舞い申し上げます。お父様のご逝去を悼み、お悔やみ申し上げます。寒さ厳しき折、ご自愛ください。";
    let found = codes_on("2027-01-12", "佐藤 健一", midwinter);
    assert!(!found.contains(&"mourning warning".to_owned()), "{found:?}");
}

#[test]
fn congratulations_to_somebody_in_mourning() {
    let text = "森社長\n工場のご移転、おめでとうございます。";
    assert_eq!(codes("森 和夫", text), ["mourning warning"]);
    // A year and more later all is well again.
    assert!(codes_on("2027-10-01", "森 和夫", text).is_empty());
    let condolence = "森社長\nこのたびはお悔やみ申し上げます。重ね重ね残念でなりません。";
    assert_eq!(codes("森 和夫", condolence), ["mourning warning"]);
}

#[test]
fn a_third_message_after_two_without_an_answer() {
    assert_eq!(codes("石井 真理", "石井さん\n写真展はいかがでしたか。"), ["noreply warning"]);
}

#[test]
fn a_blank_left_in() {
    for text in
        ["中村さん\n〔最近の課題や学び〕読書会はいかがですか。", "中村さん\n○○の読書会はいかがですか。"]
    {
        assert_eq!(codes("中村 彩", text), ["blank error"], "{text}");
    }
    assert_eq!(codes("Nadia Costa", "Hi Nadia,\n[your news] How is the typography?"), ["blank error"]);
}

#[test]
fn a_post_names_nobody_and_tells_nothing_private() {
    assert_eq!(codes("", "中村彩さんと話しました。"), ["private warning"]);
    assert_eq!(codes("", "先月、離婚しました。"), ["private warning"]);
    // What is between two people is not asked of a post.
    assert!(codes("", "暑さに負けず、登山の記事を書きました。").is_empty());
}

#[test]
fn an_english_name_is_theirs_letter_for_letter_or_short_for_it() {
    let vault = vault();
    vault.note("人/Emma Clarke.md", "---\ntier: colleague\nlang: en\ninterests: [sailing]\n---\n");
    let reader = Reader::new(vault);
    for (head, want) in [
        ("Dear Emma Clark,", 1),
        ("Dear Ms Clark,", 1),
        ("Dear Clark,", 1),
        ("Dear Emily Clarke,", 1),
        ("Dear Emily,", 1),
        ("Dear Ms. Whitlock,", 1),
        ("Dear Emma Clarke,", 0),
        ("Dear Ms Clarke,", 0),
        ("Dear Ms. Emma Clarke,", 0),
        ("Dear Emma,", 0),
        ("Hi Em!", 0),
        ("Hi Emm!", 1),
        ("Hi Emmy!", 0),
        ("Dear Emma C.,", 0),
        ("Hi Emma and Tom,", 0),
        ("Hi Emma hope you are well,", 0),
        ("Hi Emma-san,", 0),
        ("Hello again, Emma,", 0),
    ] {
        let text = format!("{head}\nhow is the sailing going?");
        let found = reader.found(&labelled("Emma Clarke", TODAY, &text), Lang::En);
        let codes: Vec<&str> = found.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(codes, vec!["wrong-name"; want], "{head}");
    }
    let found = |to: &str, text: &str| codes(to, text);
    for head in ["Hi Danny,", "Hi Dan,", "Dear Mr Whitlock,"] {
        assert!(found("Daniel Whitlock", &format!("{head}\nare you still mentoring?")).is_empty(), "{head}");
    }
    assert_eq!(found("Mark Evans", "Hi Mary,\nhow is the new shop?"), ["wrong-name warning"]);
}

#[test]
fn the_firm_above_the_name_is_theirs() {
    for (to, head, want) in [
        ("佐藤 健一", "青葉物流株式会社\n佐藤部長", 1),
        ("佐藤 健一", "青葉物流株式会社 佐藤部長", 1),
        ("佐藤 健一", "青葉物流株式会社 購買課\n佐藤部長", 1),
        ("佐藤 健一", "株式会社ミナト\n開発部\n佐藤部長", 0),
        ("佐藤 健一", "株式会社 ミナト\n佐藤部長", 0),
        ("佐藤 健一", "株式会社ミナトホールディングス\n佐藤部長", 0),
        // What they have left, while it is known where they are.
        ("渡邊 誠", "株式会社かわせみ\n渡邊様", 1),
        ("渡邊 誠", "合同会社みどり設計\n渡邊様", 0),
        // Whose firm is not known may be anywhere; one's own stands above one's own name.
        ("石井 真理", "青葉物流株式会社\n石井様", 0),
        ("佐藤 健一", "株式会社朝なぎ\n佐藤部長", 0),
    ] {
        let text = format!("{head}\nお世話になっております。勉強会のご都合はいかがでしょうか。");
        let found: Vec<String> =
            codes(to, &text).into_iter().filter(|code| code.starts_with("wrong")).collect();
        assert_eq!(found, vec!["wrong-name warning"; want], "{head}");
    }
}

#[test]
fn a_post_names_people_by_one_name_too() {
    let check = |text: &str, want: &[&str]| {
        let reader = Reader::new(vault());
        let found = reader.found(&labelled("", TODAY, text), Lang::En);
        let words: Vec<_> = found.iter().map(|finding| finding.span.of(text)).collect();
        assert_eq!(words, want, "{text}");
    };
    check("I learned a lot from Daniel this year.", &["Daniel"]);
    check("Daniel's talk was on errors.", &["Daniel"]);
    check("Daniel Whitlock spoke.", &["Daniel Whitlock"]);
    check("Mr. Whitlock spoke.", &["Whitlock"]);
    check("彩さんと話しました。さとうさんにも会いました。", &["彩さん", "さとうさん"]);
    // Words, other people, firms and mail addresses are nobody of the notes.
    for text in [
        "Mark your calendars for the meetup.",
        "I read Robinson Crusoe by Daniel Defoe.",
        "the daniel algorithm, daniel@example.com",
        "Reed & Sons print good notebooks.",
        "大森さんの本を読みました。",
    ] {
        check(text, &[]);
    }
}

#[test]
fn the_first_and_last_word_of_a_letter_are_for_letters_and_go_together() {
    let news = "お話をうかがい、山小屋のことを楽しみにしております。山へはもうお出かけになりましたか。";
    for (to, text, want) in [
        // To colleagues and friends, as mail or chat.
        ("中村 彩", "拝啓 中村さん、読書会はいかがですか。\n敬具".to_owned(), 2),
        ("中村 彩", "中村さん\n拝啓 読書会はいかがですか。\n敬具".to_owned(), 2),
        ("中村 彩", "件名: 読書会\n中村 彩 様\n拝啓 読書会はいかがですか。\n敬具".to_owned(), 2),
        ("鈴木 大輔", "だいちゃん\nキャンプはいつがいい？\n敬具".to_owned(), 1),
        ("佐藤 健一", format!("件名: お礼\n佐藤部長\n拝啓 晩秋の候、{news}\n敬具"), 2),
        // One without the other, or with another's.
        ("佐藤 健一", format!("拝啓 晩秋の候、{news}\n\n佐藤 健一 様"), 1),
        ("佐藤 健一", format!("佐藤部長\n{news}\n敬具"), 1),
        ("佐藤 健一", format!("拝啓 晩秋の候、{news}\n草々\n\n佐藤 健一 様"), 1),
        // Letters.
        ("佐藤 健一", format!("拝啓 晩秋の候、{news}\n敬具\n\n佐藤 健一 様"), 0),
        ("佐藤 健一", format!("謹啓 晩秋の候、{news}\n謹白\n\n佐藤 健一 様"), 0),
        ("中村 彩", format!("拝啓 晩秋の候、{news} 敬具\n\n中村 彩 様"), 0),
        ("中村 彩", "中村さん\n「拝啓 敬具」の本、読書会にいかがですか。".to_owned(), 0),
    ] {
        let found = codes(to, &text).into_iter().filter(|code| code == "register warning").count();
        assert_eq!(found, want, "{text}: {:?}", codes(to, &text));
    }
}

#[test]
fn a_secret_between_friends_is_no_inside_information() {
    for (to, text) in [
        ("Nadia Costa", "Hi Nadia,\nThe typography exam was hard, between us I nearly cried. How was yours?"),
        (
            "Nadia Costa",
            "Hi Nadia,\nDaniel's birthday party: don't tell anyone. Will you draw the typography?",
        ),
        ("中村 彩", "中村さん\n読書会でお祝いをします。本人には内緒です。いらっしゃいますか。"),
        ("中村 彩", "中村さん\nここだけの話、読書会の本は積んだままです。中村さんはいかがですか。"),
    ] {
        assert!(codes(to, text).is_empty(), "{text}");
    }
    for (to, text) in [
        ("Nadia Costa", "Hi Nadia,\nbetween us, the board plans to sell. How is the typography?"),
        ("Nadia Costa", "Hi Nadia,\nOakline is leaving us. Keep this to yourself. How is the typography?"),
        ("中村 彩", "中村さん\nここだけの話、来期の予算は半分になります。読書会はいかがですか。"),
        ("中村 彩", "中村さん\n価格を改めます。まだ秘密です。読書会はいかがですか。"),
    ] {
        assert_eq!(codes(to, text), ["inside warning"], "{text}");
    }
}

#[test]
fn blanks_of_many_makes() {
    for blank in
        ["〔日付", "[あとで書く]", "【会社名】の", "(日時)に", "{{date}}", "[ここに近況]", "(氏名を入れる)"]
    {
        let text = format!("中村さん\n{blank} 読書会はいかがですか。");
        assert_eq!(codes("中村 彩", &text), ["blank error"], "{blank}");
    }
    for blank in ["{first_name}", "[your news]", "[insert date here]", "[TODO: date]", "<<name>>"] {
        let text = format!("Hi Nadia,\n{blank} How is the typography?");
        assert_eq!(codes("Nadia Costa", &text), ["blank error"], "{blank}");
    }
    // Headings, links and code.
    for text in ["【日時】12月5日\n【場所】駅前", "(仮説)を立てました。", "[記事](https://example.com)"]
    {
        assert!(codes("中村 彩", &format!("中村さん\n{text}\n読書会はいかがですか。")).is_empty(), "{text}");
    }
}

#[test]
fn what_was_done_is_not_asked_for_and_a_seat_may_be_at_a_table() {
    for text in [
        "先日は採用の方をご紹介いただき、ありがとうございました。山はいかがでしたか。",
        "履歴書を見ていただいたこと、忘れません。山はいかがでしたか。",
        "会場の席が空いていれば伺います。山はいかがでしたか。",
    ] {
        assert!(codes("井上 玲子", &format!("井上さん\n{text}")).is_empty(), "{text}");
    }
    for text in [
        "ご紹介いただけますとありがたく存じます。採用の方です。山はいかがでしたか。",
        "チームの席が空いていればお声がけください。山はいかがでしたか。",
    ] {
        assert_eq!(codes("井上 玲子", &format!("井上さん\n{text}")), ["favour warning"], "{text}");
    }
}

#[test]
fn after_the_doubled_window_one_may_write_again() {
    let text = "石井さん\n写真展はいかがでしたか。";
    assert_eq!(codes_on("2026-12-01", "石井 真理", text), ["noreply warning"]);
    assert!(codes_on("2027-09-01", "石井 真理", text).is_empty());
}

#[test]
fn friends_need_no_name_in_a_chat() {
    assert!(codes("鈴木 大輔", "おひさ！キャンプどうする？").is_empty());
    assert!(codes("Priya Raman", "Hey! Did you get the climbing book?").is_empty());
    assert_eq!(codes("Nadia Costa", "Did you get the typography book?"), ["honorific note"]);
}

#[test]
fn the_weather_is_another_elsewhere() {
    let vault = vault();
    vault.note("人/Ann Lee.md", "---\ntier: colleague\nlang: en\nlocation: Sydney\n---\n");
    let reader = Reader::new(vault);
    for (to, name, want) in [("Ann Lee", "Ann", 0), ("Nadia Costa", "Nadia", 1)] {
        let text = format!("Hi {name},\nenjoying the summer heat? How is your work?");
        assert_eq!(reader.found(&labelled(to, TODAY, &text), Lang::En).len(), want, "{to}");
    }
}

// How it is asked for and told.

/// Runs `goen review` with a text on standard input.
fn reviewed(vault: &Vault, args: &[&str], text: &[u8]) -> Output {
    let mut command = vault.command();
    command.arg("--vault").arg(vault.path()).args(["--today", TODAY, "review"]).args(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Whoever asks for nothing may be gone before it is written.
    let _ = child.stdin.take().unwrap().write_all(text);
    let out = child.wait_with_output().unwrap();
    let lossless = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Output { code: out.status.code(), stdout: lossless(out.stdout), stderr: lossless(out.stderr) }
}

#[test]
fn each_finding_is_told_with_its_words_the_reason_and_a_better_way() {
    let vault = vault();
    let text = "佐藤部長様\n\nお世話になっております。\n資料の件、了解しました。〔日付〕に伺います。\n";
    let out = reviewed(&vault, &["--to", "佐藤 健一", "--lang", "ja"], text.as_bytes());
    assert_eq!(out.code, Some(1), "{}", out.said());
    let want = "\
<stdin>:1:3: 注意: 敬称が重なっています [honorific]
  |
1 | 佐藤部長様
  |     ^^^^^^ 役職名や「先生」「各位」はそれだけで敬称です（佐藤部長、部長の佐藤様）

<stdin>:4:6: 注意: 「了解しました」は目上の方には使いません [register]
  |
4 | 資料の件、了解しました。〔日付〕に伺います。
  |           ^^^^^^^^^^^^ 「承知いたしました」「かしこまりました」に

<stdin>:4:13: エラー: 書き込むところが空いたままです [blank]
  |
4 | 資料の件、了解しました。〔日付〕に伺います。
  |                         ^^^^^^^^ 自分の言葉で埋めるか、消しましょう

";
    assert_eq!(out.stdout, want);
    assert_eq!(out.stderr, "エラー 1件、注意 2件\n");
    let out = reviewed(
        &vault,
        &["--to", "Nadia", "--lang", "en"],
        "Dear Daniel,\nhow is the typography?".as_bytes(),
    );
    let want = "\
<stdin>:1:6: warning: it goes to Nadia Costa, but bears the name of Daniel Whitlock [wrong-name]
  |
1 | Dear Daniel,
  |      ^^^^^^ check the name and how it is spelt

";
    assert_eq!((out.stdout.as_str(), out.stderr.as_str(), out.code), (want, "1 warning\n", Some(1)));
}

#[test]
fn a_mark_of_the_bytes_moves_nothing_and_a_subject_is_no_opening() {
    let vault = vault();
    let out =
        reviewed(&vault, &["--to", "佐藤"], "\u{feff}佐藤部長様\n品質管理の会はいかがでしたか。".as_bytes());
    assert!(out.stdout.contains("\n1 | 佐藤部長様\n  |     ^"), "{}", out.stdout);
    let text = "件名: ご挨拶\n小川さん\nみなも印刷の企画展はいつですか。";
    let out = reviewed(&vault, &["--to", "小川 直樹"], text.as_bytes());
    assert!(out.stdout.starts_with("<stdin>:2:1: 参考: "), "{}", out.stdout);
}

#[test]
fn what_is_found_is_whole_words() {
    let reader = Reader::new(vault());
    let check = |to: &str, text: &str, want: &[&str]| {
        let message = Labelled {
            place: "here".to_owned(),
            to,
            codes: BTreeSet::new(),
            day: TODAY.parse().unwrap(),
            is_post: to.is_empty(),
            text,
        };
        let found = reader.found(&message, Lang::Ja);
        let words: Vec<_> = found.iter().map(|finding| finding.span.of(text)).collect();
        assert_eq!(words, want, "{text}");
    };
    let senior = |text: &str, want: &[&str]| {
        check("佐藤 健一", &format!("佐藤部長\n{text}品質管理の会はいかがでしたでしょうか。"), want);
    };
    senior("どうぞ頑張ってください。", &["頑張ってください"]);
    senior("お体ご自愛くださいませ。", &["お体ご自愛くださいませ"]);
    check(
        "山田 花子",
        "山田さん\nはじめまして。復職についてご相談させていただけますでしょうか。簿記のお話も伺いたいです。",
        &["復職についてご相談させていただけますでしょうか"],
    );
    senior("大変参考になりました。", &["参考になりました"]);
    senior("残暑お見舞い申し上げます。", &["残暑お見舞い申し上げます"]);
    senior("猛暑が続きますが、", &["猛暑が続きます"]);
    senior("蒸し暑い日が続きますが、", &["蒸し暑い日が続きます"]);
    senior("資料を拝見させていただきました。", &["拝見させていただきました"]);
    check("森 和夫", "森社長\n工場のご移転、おめでとうございます。", &["おめでとうございます"]);
    check("", "先月、入院しました。", &["入院しました"]);
    check(
        "渡邊 誠",
        "渡邊様\n転職先をご紹介いただけませんでしょうか。釣りはいかがですか。",
        &["転職先をご紹介いただけませんでしょうか"],
    );
    // Each of several casual words is named.
    senior("マジで楽しみです。めっちゃ気になっています。", &["マジ", "めっちゃ"]);
}

#[test]
fn an_organisation_takes_its_own_form_of_address() {
    let text = "株式会社ミナト 様\n佐藤部長\n品質管理の会はいかがでしたでしょうか。";
    assert_eq!(codes("佐藤 健一", text), ["honorific warning"]);
}

#[test]
fn a_smile_and_a_polite_question_are_polite() {
    let text = "中村さん\n読書会の本を読みました。次は何がおすすめですか？笑";
    assert!(codes("中村 彩", text).is_empty());
    let text = "中村さん\n読書会の本を読みました。感想を出していましたっけ。次はいつですか。";
    assert!(codes("中村 彩", text).is_empty());
}

#[test]
fn new_years_wishes_are_too_early_and_too_late() {
    let reader = Reader::new(vault());
    let why = |day: &str| {
        let message = Labelled {
            place: "here".to_owned(),
            to: "佐藤 健一",
            codes: BTreeSet::new(),
            day: day.parse().unwrap(),
            is_post: false,
            text: "佐藤部長\n謹賀新年\n旧年中は大変お世話になりました。",
        };
        reader.found(&message, Lang::Ja).into_iter().map(|finding| finding.message).collect::<String>()
    };
    assert!(why("2026-11-21").contains("早すぎます") && why("2027-01-12").contains("松の内"));
    assert_eq!(why("2026-12-20") + &why("2027-01-07"), "");
}

/// 元旦 is the morning of 1 January, and 旧年 never 去年 among its words.
#[test]
fn 元旦_is_written_on_what_arrives_then() {
    let codes = |day: &str, text: &str| codes_on(day, "佐藤 健一", &format!("佐藤部長\n{text}"));
    let card = "謹賀新年\n旧年中は大変お世話になりました。\n令和九年 元旦\n";
    for (day, want) in [("2026-12-20", 0), ("2027-01-01", 0), ("2027-01-02", 1), ("2027-01-07", 1)] {
        assert_eq!(codes(day, card).len(), want, "{day}");
    }
    assert_eq!(codes("2027-01-05", card), ["season warning"]);
    // A day that is told of is no date.
    let told = "新年おめでとうございます。元旦は山で迎えました。旧年中はお世話になりました。";
    assert!(codes("2027-01-05", told).is_empty());
    let last_year = "あけましておめでとうございます。去年は大変お世話になりました。";
    assert_eq!(codes("2027-01-05", last_year), ["register warning"]);
    // A friend is told of 去年 as one talks.
    let friend = "木村くん、あけましておめでとう！去年は楽しかったね。今年はどこ行く？";
    assert!(codes_on("2027-01-02", "木村 亮", friend).is_empty());
}

#[test]
fn their_own_number_is_theirs_and_anothers_is_named() {
    let own = "佐藤部長\n部長の番号は 090-1111-2222 のままでよろしいでしょうか。";
    assert!(codes("佐藤 健一", own).is_empty());
    let reader = Reader::new(vault());
    let text = "中村さん\n佐藤さんのメールは sato@minato.example です。読書会はいかがですか。";
    let message = Labelled {
        place: "here".to_owned(),
        to: "中村 彩",
        codes: BTreeSet::new(),
        day: TODAY.parse().unwrap(),
        is_post: false,
        text,
    };
    let found = reader.found(&message, Lang::Ja);
    assert!(found.len() == 1 && found[0].message == "佐藤 健一さんの連絡先です", "{found:?}");
    assert_eq!(found[0].span.of(text), "sato@minato.example");
}

#[test]
fn many_findings_cost_no_more_than_their_number() {
    let text = format!("佐藤部長\n{}品質管理の会はいかがでしたか。", "了解しました。\n".repeat(4_000));
    assert_eq!(codes("佐藤 健一", &text), ["register warning"; 100]);
}

#[test]
fn the_same_as_data() {
    let vault = vault();
    let out = reviewed(
        &vault,
        &["--to", "佐藤", "--json", "--lang", "en"],
        "佐藤部長\n資料の件、了解しました。".as_bytes(),
    );
    let rows: Value = serde_json::from_str(&out.stdout).unwrap();
    let want = serde_json::json!([{
        "code": "register",
        "severity": "warning",
        "line": 2,
        "column": 6,
        "text": "了解しました",
        "message": "了解しました is not said to a superior",
        "help": "write 承知いたしました or かしこまりました",
    }]);
    assert_eq!((rows, out.code, out.stderr.as_str()), (want, Some(1), ""));
    let out = reviewed(
        &vault,
        &["--to", "佐藤", "--json"],
        "佐藤部長\n品質管理の会はいかがでしたでしょうか。".as_bytes(),
    );
    assert_eq!((out.stdout.trim(), out.code), ("[]", Some(0)));
}

#[test]
fn the_head_of_a_draft_saved_as_a_note_is_no_part_of_it() {
    let vault = vault();
    let front = "---\nto: 佐藤 健一\ntags: [了解しました, 〔仮〕]\n---\n";
    let text = format!("{front}佐藤部長様\n品質管理の会はいかがでしたでしょうか。");
    vault.note("下書き.md", &text);
    let out = vault.goen(&["review", "下書き.md", "--to", "佐藤 健一"]);
    assert!(out.stdout.starts_with("下書き.md:5:3: "), "{}", out.said());
    assert_eq!((out.stdout.matches(": 注意: ").count(), out.code), (1, Some(1)), "{}", out.said());
    let out = reviewed(&vault, &["--to", "佐藤"], front.as_bytes());
    assert!(out.code == Some(2) && out.stderr.contains("文面が空です"), "{}", out.said());
    // Lines above and below a message are none.
    let ruled = "---\n佐藤部長\n資料の件、了解しました。\n---\n藤代";
    let out = reviewed(&vault, &["--to", "佐藤"], ruled.as_bytes());
    assert!(out.stdout.starts_with("<stdin>:3:6: "), "{}", out.said());
}

#[test]
fn a_note_alone_is_no_reason_to_stop() {
    let vault = vault();
    let out = reviewed(&vault, &["--to", "佐藤"], "佐藤部長\n大変参考になりました。".as_bytes());
    assert_eq!((out.code, out.stderr.as_str()), (Some(0), "参考 1件\n"));
}

#[test]
fn a_message_comes_from_a_file_or_from_what_comes_in() {
    let vault = vault();
    let before = vault.everything();
    let text = "佐藤部長\n資料の件、了解しました。";
    vault.note("下書き/手紙.md", text);
    let out = vault.goen(&["review", "下書き/手紙.md", "--to", "佐藤 健一"]);
    assert!(out.code == Some(1) && out.stdout.starts_with("下書き/手紙.md:2:6: "), "{}", out.said());
    let outside = vault.home().join("手紙.txt");
    std::fs::write(&outside, text).unwrap();
    let out = vault.goen(&["review", "手紙.txt", "--to", "佐藤 健一"]);
    assert!(out.code == Some(1) && out.stdout.starts_with("手紙.txt:2:6: "), "{}", out.said());
    let out = reviewed(&vault, &["-", "--to", "佐藤"], text.as_bytes());
    assert!(out.code == Some(1) && out.stdout.starts_with("<stdin>:2:6: "), "{}", out.said());
    std::fs::remove_dir_all(vault.at("下書き")).unwrap();
    assert_eq!(vault.everything(), before, "a review writes nothing");
}

#[test]
fn what_cannot_be_done_ends_with_2_and_says_the_way_out() {
    let vault = vault();
    let check = |args: &[&str], text: &[u8], want: &str| {
        let out = reviewed(&vault, args, text);
        assert!(out.code == Some(2) && out.stdout.is_empty(), "{args:?}: {}", out.said());
        assert!(out.stderr.contains(want), "{args:?}: {}", out.stderr);
    };
    check(&[], b"", "--to");
    check(&["--to", "鈴木 一郎"], b"", "見つかりません");
    check(&["--to", "さ"], b"", "人います");
    for empty in ["", " \n", "\u{3000}\n", "\u{feff}"] {
        check(&["--to", "佐藤"], empty.as_bytes(), "文面が空です。\n");
    }
    check(&["--to", "佐藤", "--lang", "en"], b"", "the message is empty\nname a file");
    check(&["-", "--to", "佐藤"], "佐藤部長\0様".as_bytes(), "標準入力には NUL 文字");
    check(&["--to", "佐藤", "--lang", "en"], b"a\0b", "standard input has NUL characters");
    check(&["--to", "佐藤"], b"\x93\xa1\x92\x86", "UTF-8 にして保存し直してください");
    check(&["--to", "佐藤"], b"\x93\xa1\x92\x86", "標準入力を UTF-8 のテキストとして");
    check(&["--to", "佐藤", "--lang", "en"], b"\xff", "save it as UTF-8");
    check(&["ない.txt", "--to", "佐藤"], b"", "ない.txt を読めません: 見つかりません\n");
    check(&["ない.txt", "--to", "佐藤", "--lang", "en"], b"", "there is no such file");
    check(&["人", "--to", "佐藤"], b"", "フォルダーなど、ファイルでないものがあります");
}

/// `draft` refuses to write to them; whoever has written already is told.
#[test]
fn whoever_is_not_to_be_written_to_is_named() {
    let vault = vault();
    vault.note("人/故人.md", "---\nname: 山本 清\nstatus: deceased\n---\n");
    vault.note("人/不要.md", "---\nname: 小川 進\nstatus: do-not-contact\n---\n");
    for (name, text, want) in [
        ("山本 清", "山本様\nお元気ですか。", "山本 清 さんは故人です。"),
        ("小川 進", "小川様\nお元気ですか。", "小川 進 さんは連絡不要の設定です。"),
    ] {
        for json in [&["--to", name][..], &["--to", name, "--json"]] {
            let out = reviewed(&vault, json, text.as_bytes());
            assert!(out.stderr.contains(want), "{}", out.said());
            assert!(!out.stderr.contains("気になるところはありません"), "{}", out.said());
        }
    }
    // A post may well be about them.
    let out = reviewed(&vault, &["--post", "--to", "山本 清"], "山本さんに教わりました。".as_bytes());
    assert!(!out.stderr.contains("送る相手"), "{}", out.said());
}

#[test]
fn nothing_in_a_message_acts_on_the_terminal() {
    let vault = vault();
    let text = "佐藤部長様\u{1b}[31m\r\n\u{202e}了解\u{200b}しました\u{7}。\r\nｺﾞ苦労様";
    let out = reviewed(&vault, &["--to", "佐藤"], text.as_bytes());
    assert!(!out.said().contains(is_unsafe), "{:?}", out.said());
    assert!(
        out.stdout.contains("[honorific]") && out.stdout.matches("[register]").count() == 1,
        "{}",
        out.stdout
    );
}

#[test]
fn an_order_to_the_terminal_hides_no_words() {
    let text = "佐藤部長\n了\u{1b}[31;1m解\u{1b}]0;x\u{7}しました\u{1b}[0m。品質管理の会はいかがでしたか。";
    assert_eq!(codes("佐藤 健一", text), ["register warning"]);
    assert!(codes("佐藤 健一", "佐藤部長\u{1b}[\n品質管理の会はいかがでしたか。\u{1b}]").is_empty());
}

#[test]
fn rules_of_ones_own() {
    let vault = vault();
    vault.note(
        "goen.toml",
        "[[review]]\ncode = \"house-style\"\npattern = \"(?:asap|至急)\"\nmessage = \"急かしません\"\nhelp = \"日付を書く\"\n\
         [[review]]\ncode = \"inside\"\npattern = \"プロジェクトx\"\nseverity = \"error\"\n\
         [[review]]\ncode = \"close-only\"\npattern = \"です\"\nseverity = \"note\"\nregister = \"くだけた\"\n\
         [[review]]\ncode = \"english-only\"\npattern = \"kindly\"\nlang = \"en\"\n",
    );
    let found = |to: &str, text: &str| -> Vec<String> {
        let out = reviewed(&vault, &["--to", to, "--json"], text.as_bytes());
        let rows: Value = serde_json::from_str(&out.stdout).unwrap();
        rows.as_array()
            .unwrap()
            .iter()
            .map(|row| format!("{} {}", text_of(row, "code"), text_of(row, "severity")))
            .collect()
    };
    let body = "読書会の件、ＡＳＡＰでお願いします。プロジェクトＸの本はいかがですか。kindly";
    assert_eq!(found("中村 彩", &format!("中村さん\n{body}")), ["house-style warning", "inside error"]);
    assert_eq!(found("鈴木 大輔", "だいちゃん\nキャンプはいつがいいですか。"), ["close-only note"]);
    assert_eq!(found("Nadia Costa", "Hi Nadia,\nkindly tell me about typography."), ["english-only warning"]);
    for (lines, want) in [
        ("code = \"x\"\npattern = \"(\"", "goen.toml:3:11: 「(」は正規表現として読めません"),
        (
            "code = \"x\"\npattern = \"a*\"",
            "goen.toml:3:11: 「a*」は、文字が一つもないところにも当てはまります",
        ),
        ("code = \"x\"\npattern = \"\"", "goen.toml:3:11: 正規表現が空です"),
        ("code = \"x\"\npattern = '\\w{9999}'", "goen.toml:3:11: 「\\w{9999}」は正規表現として大きすぎます"),
        ("code = \"X Y\"\npattern = \"a\"", "goen.toml:2:8: "),
        ("code = \"x\"", "goen.toml:1:"),
        ("code = \"x\"\npattern = \"a\"\nseverity = \"fatal\"", "goen.toml:4:12: "),
        ("code = \"x\"\npattern = \"a\"\npatern = \"b\"", "goen.toml:4:1: "),
    ] {
        vault.note("goen.toml", &format!("[[review]]\n{lines}\n"));
        let out = reviewed(&vault, &["--to", "中村 彩"], b"x");
        assert!(out.code == Some(2) && out.stderr.starts_with(want), "{lines}: {}", out.said());
    }
}

#[test]
fn a_rule_of_ones_own_knows_lines_and_is_told_in_one() {
    let vault = vault();
    vault.note(
        "goen.toml",
        "[[review]]\ncode = \"house-style\"\npattern = \"^藤代$\"\nmessage = \"名字だけ\\nです\\u001b[31m\"\n",
    );
    let text = "中村さん\n読書会はいかがですか。\n藤代";
    let out = reviewed(&vault, &["--to", "中村 彩"], text.as_bytes());
    let want = "<stdin>:3:1: 注意: 名字だけ です [31m [house-style]\n  |\n3 | 藤代\n  | ^^^^\n\n";
    assert_eq!(out.stdout, want);
    // One of goen's own codes changes nothing of goen's own rules: the weightier is told.
    vault.note(
        "goen.toml",
        "[[review]]\ncode = \"blank\"\npattern = \"〔[^〕]*〕\"\nseverity = \"note\"\nmessage = \"空欄\"\n",
    );
    let out = reviewed(&vault, &["--to", "中村 彩"], "中村さん\n〔本〕はいかがですか。".as_bytes());
    assert!(out.stdout.starts_with("<stdin>:2:1: エラー: 書き込むところ"), "{}", out.said());
    assert_eq!(out.stderr, "エラー 1件\n");
}

fn text_of(row: &Value, key: &str) -> String {
    row[key].as_str().unwrap().to_owned()
}

/// Messages of strange shapes end in an answer, and findings stand within the text.
#[test]
fn any_text_is_read() {
    let reader = Reader::new(vault());
    let pieces = [
        "佐藤部長様",
        "様",
        "\n",
        "「",
        "」",
        "〔",
        "〕",
        "\u{3099}",
        "ｶﾞ",
        "+",
        "090-",
        "1",
        "の",
        "へ",
        " ",
        "\"",
        ">",
        "Dear ",
        "。",
        "𠮷",
        "👩‍👩‍👧",
    ];
    for n in 0..100_usize {
        let text: String =
            (0..12).map(|at| pieces[(n * 7 + at * (n % 11 + 1) * 5 + at * at) % pieces.len()]).collect();
        for to in ["佐藤 健一", "Nadia Costa"] {
            let message = Labelled {
                place: text.clone(),
                to,
                codes: BTreeSet::new(),
                day: TODAY.parse().unwrap(),
                is_post: false,
                text: &text,
            };
            for finding in reader.found(&message, Lang::En) {
                assert!(
                    text.get(finding.span.range()).is_some_and(|words| !words.is_empty()),
                    "{text:?} {finding:?}"
                );
            }
        }
    }
}

/// Nothing is found in what goen itself proposes, where the blanks are filled.
#[test]
fn built_in_drafts_have_nothing_to_find() {
    let reader = Reader::new(drafted());
    let mut count = 0;
    let mut wrong = Vec::new();
    for to in ["佐藤 健一", "中村 彩", "鈴木 大輔", "Daniel Whitlock", "Nadia Costa", "Priya Raman"]
    {
        let seasons = OCCASIONS.iter().filter(|(occasion, _)| !occasion.is_ascii());
        let cards = seasons.map(|(occasion, day)| (*occasion, *day, "card"));
        for (occasion, day, via) in
            OCCASIONS.map(|(occasion, day)| (occasion, day, "email")).into_iter().chain(cards)
        {
            let mut command = reader.vault.command();
            command
                .arg("--vault")
                .arg(reader.vault.path())
                .args(["--today", day, "draft", to, "--for", occasion, "--via", via]);
            let out = common::run(&mut command);
            if out.code != Some(0) {
                continue;
            }
            count += 1;
            let text = filled(&out.stdout);
            let message = Labelled {
                place: format!("{occasion} to {to}"),
                to,
                codes: BTreeSet::new(),
                day: day.parse().unwrap(),
                is_post: false,
                text: &text,
            };
            let found = reader.found(&message, Lang::En);
            wrong.extend(
                found.iter().map(|f| format!("{}: {} {:?}\n{text}", message.place, f.code, f.span.of(&text))),
            );
        }
    }
    assert!(count > 60, "only {count} drafts");
    assert!(wrong.is_empty(), "{} findings in {count} drafts:\n{}", wrong.len(), wrong.join("\n"));
}

const OCCASIONS: [(&str, &str); 29] = [
    ("thanks", TODAY),
    ("farewell", TODAY),
    ("settled", TODAY),
    ("new-job", TODAY),
    ("independence", TODAY),
    ("birthday", TODAY),
    ("promotion", TODAY),
    ("transfer", TODAY),
    ("good-news", TODAY),
    ("condolence", TODAY),
    ("follow-up", TODAY),
    ("share", TODAY),
    ("ask", TODAY),
    ("reply", TODAY),
    ("reopen", TODAY),
    ("promise", TODAY),
    ("waiting", TODAY),
    ("coffee", TODAY),
    ("talk", TODAY),
    ("visit", TODAY),
    ("gathering", TODAY),
    ("together", TODAY),
    ("recommend", TODAY),
    ("年賀", "2027-01-04"),
    ("寒中見舞い", "2027-01-20"),
    ("余寒見舞い", "2027-02-15"),
    ("暑中見舞い", "2026-07-22"),
    ("残暑見舞い", "2026-08-20"),
    ("年末の挨拶", "2026-12-18"),
];

/// People of each register and language, of whom much is known.
fn drafted() -> Vault {
    let vault = Vault::new();
    vault.note("自分.md", "---\ntype: me\nname: 藤代 渉\nlocation: 東京\ninterests: [登山]\ncareer:\n  - {org: 株式会社かわせみ, from: 2018-04, to: 2026-10-31}\n  - {org: 株式会社朝なぎ, from: 2026-11-01}\n---\n");
    for (name, tier, role, lang) in [
        ("佐藤 健一", "senior", "部長", "ja"),
        ("中村 彩", "colleague", "主任", "ja"),
        ("鈴木 大輔", "close", "主任", "ja"),
        ("Daniel Whitlock", "senior", "Director", "en"),
        ("Nadia Costa", "colleague", "Designer", "en"),
        ("Priya Raman", "close", "Engineer", "en"),
    ] {
        let note = format!(
            "---\ntier: {tier}\nlang: {lang}\norg: \"[[株式会社かわせみ]] 2015-04.. {role}\"\ninterests: [登山, 品質管理]\n\
             birthday: 1980-11-21\nlocation: 大阪\nmilestones:\n  - 2026-11-18 部長昇進\n---\n## 記録\n\n\
             - 2026-09-20 (会食) 山小屋の話 #received\n- 2026-10-20 (email) 資料を送る #gave\n- 2026-10-21 (email) 品質管理の本 #gave #followup\n"
        );
        vault.note(&format!("人/{name}.md"), &note);
    }
    vault
}

/// A draft whose blanks somebody has filled.
fn filled(draft: &str) -> String {
    let words = if draft.contains(|c: char| ('ぁ'..='ん').contains(&c)) {
        "新しい企画の準備"
    } else {
        "a new project"
    };
    let mut out = String::new();
    let mut rest = draft;
    while let Some((before, blank)) = rest.split_once('〔') {
        out.push_str(before);
        out.push_str(words);
        rest = blank.split_once('〕').map_or("", |(_, after)| after);
    }
    out + rest
}

/// A letter to a household bears all their names, as its draft does.
#[test]
fn who_lives_with_them_is_no_wrong_name() {
    let vault = vault();
    vault.note("人/青木 一.md", "---\ntier: senior\naddress: 東京都港区1-1\njoint_names: [洋子]\n---\n");
    vault.note("人/青木 次郎.md", "---\ntier: client\njoint_names: \"[[青木 一]]\"\n---\n");
    let reader = Reader::new(vault);
    let codes = |last: &str| {
        let text = format!(
            "謹んで新年のお慶びを申し上げます。\n\n旧年中は大変お世話になりました。\n\n\
             ご家族の皆様は、お変わりなくお過ごしでしょうか。\n\n2027年 一月\n藤代 悠\n\n青木 一様\n{last}\n"
        );
        let found = reader.found(&labelled("青木 一", "2027-01-05", &text), Lang::Ja);
        found.into_iter().map(|finding| finding.code.to_string()).collect::<Vec<_>>()
    };
    for last in ["洋子様", "青木 洋子様", "次郎様", "青木 次郎様"] {
        assert!(codes(last).is_empty(), "{last}: {:?}", codes(last));
    }
    assert_eq!(codes("花江様"), ["wrong-name"]);
    // Where theirs is missing it is the name of another.
    let chat = "次郎さん\nお世話になっております。その後、いかがお過ごしでしょうか。";
    let found = reader.found(&labelled("青木 一", "2027-01-05", chat), Lang::Ja);
    assert!(found.iter().any(|finding| finding.code == "wrong-name"));
}
