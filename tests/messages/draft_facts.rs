//! `goen draft`: what a draft claims is what the notes know, on the day; what they do not know is a blank,
//! and what one should know before it is sent is said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{Output, Vault, front};

const ME: &str = "---
type: me
name: 高瀬 悠
booking: https://cal.example.com/takase
career:
  - {org: 株式会社かわせみ, role: インフラエンジニア, from: 2014-04, to: 2026-06-30}
  - {org: 株式会社ミズタマリ, role: SRE, from: 2026-07-01}
---
";

/// The last day at the old firm is 30 June, the first at the new one 1 July.
fn vault() -> Vault {
    let vault = Vault::new();
    vault
        .note("自分.md", ME)
        .note(
            "人/真壁 徹.md",
            "---\ntier: senior\norg: \"[[株式会社かわせみ]] 2017-04.. 課長\"\njoint_names: 由紀子\n\
             birthday: 1974-04-22\ninterests: [将棋]\n---\n## 記録\n\n\
             - 2026-06-30 (対面) 名刺入れをいただく #received\n- 2026-07-06 (email) 名刺入れのお礼 #thanks\n\
             - 2026-09-03 (会食) 若手の育て方 #followup\n",
        )
        .note(
            "人/Daniel Whitlock.md",
            "---\ntier: project\nlang: en\norg: \"[[Tobiuo Inc]] 2023-01.. Data Engineer\"\nbirthday: 1987-03-11\n\
             last_contact: 2026-06-18\ninterests: [Rust]\n---\n",
        )
        .note("人/二宮 灯.md", "---\ntier: project\n---\n## 記録\n\n- 2026-11-12 (対面) 夜勤の話\n")
        .note("人/梁川 颯.md", "---\ntier: project\ninterests: [機械学習]\n---\n")
        .note("人/遠山 亮.md", "---\ntier: close\n---\n## 記録\n\n- 2026-11-01 (line) 焙煎所の話\n");
    vault
}

fn said(vault: &Vault, day: &str, args: &[&str]) -> Output {
    vault.on(day, &[&["draft"], args].concat())
}

/// What is drafted, in one line, without the breaks that the lines have.
fn text(vault: &Vault, day: &str, args: &[&str]) -> String {
    let out = said(vault, day, args);
    assert_eq!(out.code, Some(0), "{day} {args:?}: {}", out.said());
    out.stdout.replace('\n', "")
}

/// The day, the arguments, what the draft says, and what it does not.
type Row<'a> = (&'a str, &'a [&'a str], &'a [&'a str], &'a [&'a str]);

fn check(vault: &Vault, rows: &[Row<'_>]) {
    for (day, args, with, without) in rows {
        let text = text(vault, day, args);
        for word in *with {
            assert!(text.contains(word), "{day} {args:?}: no {word}\n{text}");
        }
        for word in *without {
            assert!(!text.contains(word), "{day} {args:?}: {word}\n{text}");
        }
    }
}

fn refused(vault: &Vault, day: &str, args: &[&str], word: &str) {
    let out = said(vault, day, args);
    assert_eq!((out.code, &*out.stdout), (Some(2), ""), "{day} {args:?}: {}", out.said());
    assert!(out.stderr.contains(word), "{day} {args:?}: {}", out.stderr);
}

fn remarked(vault: &Vault, day: &str, args: &[&str], word: &str) {
    let out = said(vault, day, args);
    assert_eq!(out.code, Some(0), "{day} {args:?}: {}", out.said());
    assert!(out.stderr.contains(word), "{day} {args:?}: {}", out.stderr);
}

#[test]
fn a_message_of_the_new_year_waits_for_it() {
    let vault = vault();
    let season = |name, via| [name, "--for", "season", "--via", via];
    check(
        &vault,
        &[
            ("2026-12-20", &season("遠山", "line"), &["今年もあと少し"], &["あけまして"]),
            ("2026-12-20", &season("Daniel", "email"), &["draws to a close"], &["2027"]),
            // A card is written before, and a letter too.
            ("2026-12-20", &["真壁", "--for", "年賀", "--via", "card"], &["謹賀新年"], &[]),
            ("2026-12-20", &["真壁", "--for", "年賀", "--via", "letter"], &["2027年　元旦"], &["12月20日"]),
            ("2027-01-02", &season("遠山", "line"), &["あけまして"], &[]),
        ],
    );
    refused(&vault, "2026-12-28", &season("遠山", "line"), "年賀で、2027-01-01 から");
    // A formal one waits for the first business day.
    refused(&vault, "2026-12-28", &season("真壁", "email"), "年賀で、2027-01-04 から");
    let early = ["真壁", "--for", "年賀", "--via", "email"];
    remarked(&vault, "2026-12-20", &early, "年賀を送るのは 2027-01-04 から");
    assert!(!said(&vault, "2027-01-05", &early).stderr.contains("から"));
}

#[test]
fn who_gets_no_more_cards_gets_none() {
    let vault = Vault::new();
    vault.note("自分.md", ME).note("人/倉持 誠.md", &front("tier: senior\n年賀状: じまい"));
    refused(&vault, "2026-12-20", &["倉持", "--for", "年賀", "--via", "card"], "寒中見舞い");
    assert!(text(&vault, "2027-01-05", &["倉持", "--for", "年賀", "--via", "email"]).contains("新年"));
}

#[test]
fn a_letter_to_a_household_names_everybody() {
    let vault = vault();
    let card = text(&vault, "2026-12-18", &["真壁", "--for", "年賀", "--via", "card"]);
    assert!(card.contains("ご家族の皆様のご健勝") && !card.contains("課長"), "{card}");
    let out = said(&vault, "2026-12-20", &["真壁", "--for", "年賀", "--via", "letter"]);
    assert!(out.stdout.contains("\n真壁 徹様\n由紀子様\n"), "{}", out.stdout);
    assert!(!out.stdout.contains("課長") && out.stdout.contains("ご家族の皆様のご健勝"), "{}", out.stdout);
}

/// Organisation, role and day of new work are those of one post.
#[test]
fn new_work_is_told_of_one_post() {
    let vault = vault();
    let of = |name, register| [name, "--for", "new-job", "--via", "email", "--register", register];
    check(
        &vault,
        &[
            (
                "2026-06-20",
                &of("真壁", "formal"),
                &[
                    "7月1日より株式会社ミズタマリにて",
                    "こととなりました",
                    "SREとして務める予定",
                    "。高瀬でございます",
                ],
                &["インフラエンジニア", "ミズタマリの高瀬"],
            ),
            ("2026-06-20", &of("真壁", "casual"), &["7月1日から株式会社ミズタマリで働くことになった"], &[]),
            (
                "2026-07-10",
                &of("真壁", "polite"),
                &["このたび、株式会社ミズタマリで", "SREとして働いて"],
                &["予定"],
            ),
            (
                "2026-11-21",
                &of("真壁", "formal"),
                &["遅くなりましたが、7月1日より株式会社ミズタマリにて", "就いております", "SREとして務めて"],
                &["このたび", "就きました"],
            ),
            ("2027-06-01", &of("真壁", "formal"), &["〔新しい勤め先〕", "〔仕事の内容〕"], &["SRE"]),
            ("2026-06-20", &of("Daniel", "polite"), &["joining 株式会社ミズタマリ from 1 July"], &["joined"]),
            ("2026-11-21", &of("Daniel", "formal"), &["since 1 July"], &[]),
        ],
    );
    // Only who helped before it is thanked.
    check(
        &vault,
        &[
            ("2026-07-10", &of("真壁", "formal"), &["これまで賜りましたご厚情に"], &["お導き"]),
            ("2026-11-24", &of("二宮", "polite"), &["株式会社ミズタマリ"], &["これまで", "感謝"]),
            ("2026-07-10", &of("梁川", "formal"), &["株式会社ミズタマリ"], &["これまで", "感謝"]),
            ("2026-07-10", &["梁川", "--for", "independence", "--via", "email"], &["独立し"], &["これまで"]),
        ],
    );
    // Nobody becomes independent by being employed.
    let own = text(&vault, "2026-07-10", &["真壁", "--for", "independence"]);
    assert!(own.contains("〔屋号や社名〕") && !own.contains("ミズタマリ"), "{own}");
}

/// Whoever goes on at an organisation in another post has not left it, and a month is no day.
#[test]
fn what_is_an_end() {
    let vault = Vault::new();
    vault.note("人/真壁 徹.md", &front("tier: colleague\norg: 株式会社かわせみ"));
    let me = |career: &str| {
        vault.note("自分.md", &format!("---\ntype: me\nname: 高瀬 悠\ncareer:\n{career}\n---\n"));
        text(&vault, "2026-06-20", &["真壁", "--for", "farewell", "--via", "email"])
    };
    let moved = me(
        "  - {org: 株式会社かわせみ, role: 主任, from: 2019, to: 2026-06-30}\n  - {org: 株式会社かわせみ, role: 課長, from: 2026-07-01}",
    );
    assert!(moved.contains("〔会社名〕") && moved.contains("〔退職日〕"), "{moved}");
    let month = me("  - {org: 株式会社かわせみ, from: 2019, to: 2026-06}");
    assert!(month.contains("6月で株式会社かわせみを"), "{month}");
}

#[test]
fn after_leaving_the_words_follow_the_days() {
    let vault = vault();
    let settled = |name| [name, "--for", "settled", "--via", "email"];
    refused(&vault, "2026-06-20", &settled("真壁"), "最終出社日は 2026-06-30");
    refused(&vault, "2026-06-30", &settled("真壁"), "まだ退職していません");
    check(
        &vault,
        &[
            ("2026-07-01", &settled("真壁"), &["教えていただいたことの"], &["数日"]),
            ("2026-07-03", &settled("真壁"), &["退職から数日が経ち"], &["しばらく"]),
            ("2026-07-14", &settled("真壁"), &["退職から2週間ほどが経ち"], &[]),
            (
                "2026-11-21",
                &settled("真壁"),
                &["退職から5か月ほどが経ち", "。高瀬でございます"],
                &["ミズタマリ"],
            ),
            ("2026-07-08", &settled("Daniel"), &["about a week since I left"], &[]),
            (
                "2026-11-21",
                &["Daniel", "--for", "farewell"],
                &["should have told you sooner that I've left"],
                &[],
            ),
            ("2026-11-21", &settled("Daniel"), &["about five months since I left"], &["few days"]),
        ],
    );
}

#[test]
fn a_goodbye_names_no_destination() {
    let vault = vault();
    let of = |via| ["真壁", "--for", "farewell", "--via", via];
    check(
        &vault,
        &[
            ("2026-06-25", &of("email"), &["株式会社かわせみの高瀬", "このたび、6月30日をもちまして"], &[]),
            ("2026-07-02", &of("email"), &["。高瀬でございます", "〔次の職場や予定"], &["ミズタマリ"]),
            ("2026-07-02", &of("line"), &["〔学んだこと〕", "固く守って"], &["ミズタマリ"]),
            (
                "2026-07-02",
                &["真壁", "--for", "farewell", "--via", "line", "--register", "casual"],
                &["〔学んだこと〕", "話さない"],
                &[],
            ),
            ("2026-11-21", &of("email"), &["遅くなりましたが、6月30日をもちまして"], &["このたび"]),
        ],
    );
    remarked(&vault, "2026-11-21", &of("email"), "二か月以上");
}

/// A time together is thanked for where the notes tell of one.
#[test]
fn no_past_is_shared_that_the_notes_do_not_know() {
    let vault = vault();
    let farewell = |name| [name, "--for", "farewell", "--via", "email"];
    check(
        &vault,
        &[
            ("2026-07-02", &farewell("真壁"), &["ご一緒させていただいた期間"], &[]),
            ("2026-11-21", &farewell("二宮"), &["〔お世話になったこと〕"], &["ご一緒した", "たいへんお世話"]),
            (
                "2026-11-21",
                &["梁川", "--for", "settled", "--via", "email"],
                &["〔お世話になったこと〕"],
                &["たいへんお世話になりました", "教えていただいた"],
            ),
            ("2026-06-20", &farewell("Daniel"), &["our whole time together"], &[]),
            (
                "2026-11-21",
                &["Daniel", "--for", "gathering"],
                &["〔who is to come together〕"],
                &["worked together", "かわせみ"],
            ),
        ],
    );
    remarked(&vault, "2026-11-21", &farewell("二宮"), "記録がありません");
}

#[test]
fn a_follow_up_is_about_a_meeting_of_late() {
    let vault = vault();
    vault.note(
        "イベント/2026-12-05 忘年会.md",
        "---\ntype: event\ndate: 2026-12-05\nattendees: [\"[[真壁 徹]]\"]\n---\n",
    );
    let of = |name, via| [name, "--for", "follow-up", "--via", via];
    check(
        &vault,
        &[
            // What was said months before is no word of that evening.
            ("2026-12-07", &of("真壁", "email"), &["先日の「忘年会」では", "〔心に残ったお話〕"], &["若手"]),
            ("2026-12-05", &of("真壁", "email"), &["本日の「忘年会」では", "本日の御礼"], &[]),
            ("2026-12-06", &of("真壁", "email"), &["昨日の「忘年会」では"], &[]),
            ("2026-11-21", &of("真壁", "email"), &["〔会った日や集まり〕では"], &["先日", "若手"]),
            ("2026-11-21", &of("梁川", "line"), &["〔会った日や集まり〕では"], &["先日"]),
            ("2026-11-13", &of("二宮", "line"), &["昨日は", "「夜勤」のお話"], &["〔"]),
            (
                "2026-11-21",
                &of("Daniel", "email"),
                &["Good to talk", "〔when and where you met〕"],
                &["Good to meet"],
            ),
        ],
    );
    remarked(&vault, "2026-11-21", &of("梁川", "line"), "会った記録がありません");
}

#[test]
fn a_birthday_is_early_late_or_far() {
    let vault = vault();
    let of = |name| [name, "--for", "birthday"];
    check(
        &vault,
        &[
            ("2026-03-08", &of("Daniel"), &["It's a little early, but happy birthday"], &[]),
            ("2026-03-11", &of("Daniel"), &["have a lovely day"], &["early", "elated"]),
            ("2026-03-20", &of("Daniel"), &["Belated"], &[]),
            ("2026-11-21", &of("Daniel"), &["Happy birthday!"], &["lovely day", "early"]),
            ("2026-11-21", &of("真壁"), &["お誕生日おめでとうございます"], &["早う", "遅ればせ"]),
        ],
    );
    remarked(&vault, "2026-11-21", &of("真壁"), "2027-04-22");
    assert!(!said(&vault, "2026-04-20", &of("真壁")).stderr.contains("誕生日は"));
}

#[test]
fn a_rise_is_named_as_far_as_it_is_known() {
    let vault = vault();
    let with = |name: &str, lang: &str, milestone: &str| {
        vault.note(
            &format!("人/{name}.md"),
            &front(&format!("tier: colleague\nlang: {lang}\nmilestones: [2026-11-18 {milestone}]")),
        );
    };
    with("甲", "ja", "部長昇進");
    with("乙", "ja", "代表に就任");
    with("丙", "ja", "2024年の部長昇進を祝う会");
    with("Ann", "en", "promoted to director");
    let of = |name| [name, "--for", "promotion"];
    check(
        &vault,
        &[
            ("2026-11-21", &of("甲"), &["部長へのご昇進おめでとう"], &["「", "〔昇進"]),
            ("2026-11-21", &of("乙"), &["代表へのご就任おめでとう"], &["昇進"]),
            // Old news is news no more.
            ("2027-03-21", &of("甲"), &["〔昇進の内容〕へのご昇進"], &["部長"]),
            ("2026-11-21", &of("遠山"), &["〔昇進の内容〕への昇進おめでとう"], &[]),
            ("2026-11-21", &of("Ann"), &["your promotion to director"], &["〔their new role〕"]),
            ("2026-11-21", &of("Daniel"), &["your promotion to 〔their new role〕"], &[]),
            (
                "2026-11-21",
                &["Daniel", "--for", "transfer"],
                &["your move (〔where to, and as what〕)"],
                &["settling in"],
            ),
        ],
    );
}

/// Thanks are for what was not thanked for, and 先日 is within a month.
#[test]
fn thanks_for_what_was_not_thanked_for() {
    let vault = vault();
    let log = |line: &str| {
        vault.note("人/丁.md", &format!("---\ntier: colleague\n---\n## 記録\n\n{line}"));
    };
    let of = || text(&vault, "2026-11-21", &["丁", "--for", "thanks", "--via", "line"]);
    log("- 2026-11-10 (email) 履歴書の添削 #received\n");
    assert!(of().contains("先日は、「履歴書の添削」の件で"), "{}", of());
    log("- 2026-07-10 (email) 履歴書の添削 #received\n");
    assert!(of().contains("その節は、「履歴書の添削」の件で"), "{}", of());
    log("- 2026-11-10 (email) 履歴書の添削 #received\n- 2026-11-11 (email) お返し #thanks\n");
    assert!(of().contains("〔お世話になったこと〕の件で") && !of().contains("先日"), "{}", of());
    let thanked = text(&vault, "2026-11-21", &["真壁", "--for", "thanks", "--via", "line"]);
    assert!(thanked.contains("〔お世話になったこと〕") && !thanked.contains("名刺入れ"), "{thanked}");
}

#[test]
fn a_business_of_ones_own_is_no_new_job() {
    let vault = Vault::new();
    vault.note("人/真壁 徹.md", &front("tier: senior\norg: \"[[株式会社かわせみ]] 2017-04.. 課長\""));
    let me = |next: &str| {
        vault.note(
            "自分.md",
            &format!(
                "---\ntype: me\nname: 高瀬 悠\ncareer:\n  - {{org: 株式会社かわせみ, from: 2014-04, to: \
                 2026-06-30}}\n  - {{{next}, from: 2026-07-01}}\n---\n"
            ),
        );
        text(&vault, "2026-07-05", &["真壁", "--via", "email"])
    };
    let own = me("org: フリーランス");
    assert!(own.contains("独立のご報告") && own.contains("独立し、フリーランスとして"), "{own}");
    let hired = me("org: 株式会社ミズタマリ, role: 代表取締役");
    assert!(hired.contains("転職のご報告"), "{hired}");
}

/// What befell somebody is met with care, whatever words the note has for it.
#[test]
fn what_befell_somebody_is_met_with_care() {
    let vault = Vault::new();
    vault.note("自分.md", ME);
    let after = |name: &str, what: &str| {
        let fields = format!("tier: senior\nlast_contact: 2026-11-10\nmilestones: [2026-11-18 {what}]");
        vault.note(&format!("人/{name}.md"), &front(&fields));
    };
    after("甲", "お父様を亡くされた");
    after("乙", "入院");
    after("丙", "離婚");
    let light = ["力を入れて", "近況", "お慶び", "お変わりなく"];
    let day = "2026-11-20";
    check(
        &vault,
        &[
            (day, &["甲"], &["お悔やみ申し上げます", "ご逝去"], &light),
            (day, &["乙"], &["案じております", "できることがございましたら"], &light),
            (day, &["丙", "--via", "letter"], &["謹啓", "案じております"], &light),
            (day, &["丙", "--via", "letter"], &["ご無理をなさいませんように"], &["その後、いかが"]),
            (day, &["丙", "--via", "card", "--register", "polite"], &["案じています"], &light),
            (day, &["乙", "--via", "line", "--register", "casual"], &["無理しないでね"], &["！", "おもしろ"]),
            (day, &["乙", "--for", "coffee"], &["その後、いかがお過ごしでしょうか"], &["力を入れて"]),
            (
                day,
                &["乙", "--for", "condolence"],
                &["「入院」と伺い、心よりお見舞い申し上げます"],
                &["ご逝去", "お悔やみ"],
            ),
            (day, &["丙", "--for", "condolence"], &["〔お父様、お母様など〕"], &["離婚"]),
            // It is no secret for ever.
            ("2027-03-20", &["乙", "--for", "ask"], &["力を入れて"], &["案じて"]),
        ],
    );
}

#[test]
fn an_illness_is_no_topic() {
    let vault = Vault::new();
    vault.note("自分.md", ME);
    let log = "## 記録\n\n- 2026-11-01 (対面) がん検査の結果待ちの話\n";
    vault.note("人/甲.md", &format!("---\ntier: senior\ninterests: [がん治療]\n---\n{log}"));
    for occasion in ["follow-up", "ask"] {
        let text = text(&vault, "2026-11-05", &["甲", "--for", occasion, "--via", "email"]);
        assert!(!text.contains("がん"), "{text}");
    }
}

#[test]
fn a_topic_is_named_once() {
    let vault = Vault::new();
    vault.note("自分.md", ME);
    vault.note("人/甲.md", "---\ntier: senior\n---\n## 記録\n\n- 2026-11-20 (対面) 「静かな夜」の話\n");
    vault.note("人/乙.md", "---\ntier: senior\n---\n## 記録\n\n- 2026-11-20 (対面) 新規事業のこと\n");
    check(
        &vault,
        &[
            ("2026-11-22", &["甲", "--for", "follow-up"], &["伺った「静かな夜」のお話が"], &["の話"]),
            ("2026-11-22", &["乙", "--for", "ask"], &["「新規事業」のことは、"], &["のこと」"]),
        ],
    );
}

#[test]
fn a_long_silence_is_said_in_a_letter() {
    let vault = Vault::new();
    vault.note("自分.md", ME).note("人/林.md", &front("tier: senior\nlast_contact: 2023-06-01"));
    let of = |register| ["林", "--for", "reopen", "--via", "letter", "--register", register];
    check(
        &vault,
        &[
            ("2026-11-21", &of("formal"), &["ご無沙汰ばかりで", "2023年6月1日のご連絡以来"], &[]),
            ("2026-11-21", &of("polite"), &["しばらくご無沙汰しております"], &[]),
            ("2026-11-21", &of("casual"), &["久しぶり。"], &[]),
        ],
    );
}

/// Nothing is posted without an address, and each greeting has its days.
#[test]
fn a_greeting_keeps_its_form_and_its_days() {
    let vault = Vault::new();
    vault.note("自分.md", ME);
    let log = "## 記録\n\n- 2026-08-18 (手紙) お礼\n";
    vault.note("人/佐伯.md", &format!("---\ntier: senior\nemail: saeki@example.com\n---\n{log}"));
    vault.note("人/柿沼.md", &front("tier: senior\nlocation: 大阪市"));
    vault.note("人/久我.md", &front("tier: senior\nlocation: 東京"));
    for day in ["2027-02-01", "2027-02-02", "2027-02-03", "2027-02-04"] {
        assert!(text(&vault, day, &["佐伯", "--for", "season"]).starts_with("件名"), "{day}");
    }
    let new_year = |name| [name, "--for", "年賀", "--via", "email"];
    remarked(&vault, "2027-01-08", &new_year("久我"), "年賀を送るのは 2027-01-07 まで");
    assert!(!said(&vault, "2027-01-08", &new_year("柿沼")).stderr.contains("まで"));
    remarked(&vault, "2027-01-16", &new_year("柿沼"), "2027-01-15 まで");
    let midwinter = |name, via| [name, "--for", "寒中見舞い", "--via", via];
    remarked(&vault, "2027-01-08", &midwinter("柿沼", "card"), "2027-01-16 から");
    assert!(!said(&vault, "2027-01-08", &midwinter("久我", "card")).stderr.contains("送るのは"));
    remarked(&vault, "2027-02-02", &midwinter("久我", "card"), "2027-02-01 まで");
    assert!(!said(&vault, "2027-02-02", &midwinter("久我", "email")).stderr.contains("送るのは"));
}

/// Nobody who mourns is pressed, and nobody unknown is remembered.
#[test]
fn what_is_waited_for_and_what_is_shared() {
    let vault = vault();
    let task = "## 約束\n\n- [ ] 見積もりの確認 #待ち\n";
    vault.note("人/佐伯.md", &format!("---\ntier: senior\nmourning: 2026-08-06\n---\n{task}"));
    vault.note("クリップ/森.md", "---\ntype: clip\ntags: [機械学習]\nclipped: 2026-11-20\n---\n");
    for register in ["formal", "polite", "casual"] {
        let args = ["佐伯", "--for", "waiting", "--register", register];
        let text = text(&vault, "2026-08-10", &args);
        assert!(text.contains("落ち着") && !text.contains("忙し") && !text.contains("その後"), "{text}");
        assert!(text.contains("返事") && !text.contains("お知らせ"), "{text}");
    }
    check(
        &vault,
        &[("2026-11-24", &["梁川", "--for", "share"], &["機械学習にご関心がおありかと思い"], &["思い出し"])],
    );
}

/// A year is thanked for in which there was something.
#[test]
fn a_silent_year_is_not_thanked_for() {
    let vault = Vault::new();
    vault.note("自分.md", ME);
    vault.note("人/村井.md", &front("tier: senior\nlast_contact: 2025-04-10"));
    vault.note("人/浅見.md", "---\ntier: colleague\n---\n## 記録\n\n- 2026-11-12 (対面) ログの話\n");
    vault.note("人/佐藤.md", &front("tier: senior\nlast_contact: 2026-04-10"));
    let new_year = |name| [name, "--for", "年賀", "--via", "email"];
    let year_end = |name| [name, "--for", "年末", "--via", "email"];
    check(
        &vault,
        &[
            ("2027-01-05", &new_year("村井"), &["ご無沙汰しております"], &["旧年中"]),
            ("2027-01-05", &new_year("浅見"), &["旧年中はお話しする機会を"], &["お世話"]),
            ("2027-01-05", &new_year("佐藤"), &["旧年中はひとかたならぬ"], &["ご無沙汰"]),
            ("2026-12-15", &year_end("村井"), &["ご無沙汰ばかり"], &["ひとかたならぬ"]),
            ("2026-12-15", &year_end("浅見"), &["今年はお話しする機会を"], &["たいへん"]),
        ],
    );
}

#[test]
fn nobody_is_told_of_a_silence_of_yesterday() {
    let vault = vault();
    for via in ["line", "card", "email", "letter"] {
        let text = text(&vault, "2026-11-21", &["遠山", "--for", "reopen", "--via", via]);
        assert!(!text.contains("久しぶり") && !text.contains("11月1日"), "{via}: {text}");
    }
    remarked(&vault, "2026-11-21", &["遠山", "--for", "reopen"], "前回の連絡は 2026-11-01");
    // Nobody is reminded of what they did not answer.
    vault.note("人/村井.md", "---\ntier: colleague\n---\n## 記録\n\n- 2025-04-10 (email) 近況を #noreply\n");
    let silent = text(&vault, "2026-11-21", &["村井", "--for", "reopen"]);
    assert!(silent.contains("ご無沙汰しております") && !silent.contains("2025年"), "{silent}");
}

#[test]
fn a_first_message_introduces_itself() {
    let vault = vault();
    for occasion in ["talk", "coffee", "ask", "reopen"] {
        let text = text(&vault, "2026-11-21", &["梁川", "--for", occasion, "--via", "email"]);
        assert!(text.contains("突然のご連絡で失礼します。高瀬です。〔自己紹介と"), "{text}");
        assert!(!text.contains("近況を少し") && !text.contains("cal.example.com"), "{text}");
        let en = vault.on("2026-11-21", &["draft", "梁川", "--for", occasion, "--lang", "en"]).stdout;
        assert!(en.contains("out of the blue") && en.contains("〔who you are"), "{en}");
        assert!(!en.contains("again") && !en.contains("a while") && !en.contains("cal.example"), "{en}");
    }
}

/// Whoever mourns is asked gently, and in a letter there is no page for making dates.
#[test]
fn the_bereaved_are_asked_gently() {
    let vault = Vault::new();
    vault.note("自分.md", ME);
    let fields =
        "tier: senior\nregister: polite\nmourning: 2026-08-06\ninterests: [園芸]\nlast_contact: 2026-08-18";
    vault.note("人/佐伯 美和子.md", &front(fields));
    for via in ["letter", "card", "email"] {
        let text = text(&vault, "2026-11-21", &["佐伯", "--for", "coffee", "--via", via]);
        assert!(text.contains("お疲れは出ていませんか。") && text.contains("園芸のお話も"), "{text}");
        assert!(!text.contains("ご家族") && !text.contains("さんには"), "{text}");
        assert_eq!(text.contains("cal.example.com"), via == "email", "{text}");
    }
}

#[test]
fn one_question_about_them() {
    let vault = vault();
    for occasion in ["ask", "reopen", "good-news", "thanks", "birthday", "settled", "share"] {
        for (form, register) in ["email", "line", "letter", "card", "sns"]
            .iter()
            .flat_map(|form| ["polite", "casual"].map(|register| (*form, register)))
        {
            let args = ["真壁", "--for", occasion, "--via", form, "--register", register];
            let text = text(&vault, "2026-11-21", &args);
            let body = text.split_once("真壁さん").map_or(&*text, |(_, body)| body);
            let count = body.matches('？').count() + body.matches("か。").count();
            assert!(count <= 1, "{args:?}: {text}");
            assert!(!text.contains("お忙しい日々") && !text.contains("忙しい時期"), "{text}");
        }
    }
}

#[test]
fn the_state_of_a_tie_is_said() {
    let vault = vault();
    let note = |name: &str, fields: &str, log: &str| {
        let text = format!("---\ntier: colleague\n{fields}\n---\n## 記録\n\n{log}");
        vault.note(&format!("人/{name}.md"), &text);
    };
    note("休", "status: 休止", "");
    note("終", "status: 終了", "");
    note("待", "snooze: 2026-12-21", "");
    note("一", "", "- 2026-10-01 (email) 近況を #noreply\n");
    note("二", "", "- 2026-09-01 (email) 近況を #noreply\n- 2026-10-01 (email) 近況を #noreply\n");
    let rows = [
        ("休", "休止中"),
        ("終", "終了"),
        ("待", "2026-12-21 まで"),
        ("一", "2026-10-01 の連絡には、まだお返事がありません"),
        ("二", "二度続けてお返事がありません（前回 2026-10-01）"),
    ];
    for (name, word) in rows {
        remarked(&vault, "2026-11-21", &[&format!("人/{name}.md"), "--for", "coffee"], word);
    }
    let usual = said(&vault, "2026-11-21", &["真壁", "--for", "coffee"]);
    assert_eq!(usual.stderr.lines().count(), 1, "{}", usual.stderr);
}

#[test]
fn what_everybody_reads_is_polite() {
    let vault = vault();
    let public = text(&vault, "2026-11-21", &["遠山", "--for", "recommend", "--public"]);
    assert!(public.contains("ご一緒しました") && !public.contains("だよ"), "{public}");
}

/// In English: no "again" and no "since then" without something before it, and no friend's close to a stranger.
#[test]
fn english_words_rest_on_the_notes() {
    let vault = vault();
    vault
        .note(
            "people/Priya Raman.md",
            "---\nlang: en\ntier: colleague\norg: Yahoo!\n---\n## Log\n\n- 2026-11-18 (email) She went through my abstract #received\n",
        )
        .note(
            "people/Ann Lee.md",
            "---\nlang: en\ntier: colleague\norg: \"[[株式会社かわせみ]] 2017-04..\"\n---\n## Log\n\n\
             - 2026-11-18 (in person) Quiet alerts\n",
        )
        .note("people/Bo Noe.md", "---\nlang: en\ntier: client\nmourning: 2026-11-01\n---\n")
        .note("people/New One.md", "---\nlang: en\ntier: client\n---\n");
    let of = |name, occasion, register| [name, "--for", occasion, "--via", "email", "--register", register];
    check(
        &vault,
        &[
            (
                "2026-11-21",
                &of("Priya", "together", "formal"),
                &["I have been wondering whether"],
                &["Since then"],
            ),
            ("2026-11-21", &of("Priya", "together", "casual"), &["something together:"], &["again"]),
            ("2026-11-21", &of("Ann", "together", "casual"), &["Working together again?"], &[]),
            ("2026-11-21", &of("Ann", "together", "formal"), &["Since then I have wondered"], &[]),
            ("2026-11-21", &of("Ann", "follow-up", "polite"), &["“Quiet alerts”"], &["〔when and where"]),
            ("2026-11-21", &of("Priya", "ask", "formal"), &["going at Yahoo?"], &["!?"]),
            ("2026-11-21", &of("New One", "ask", "formal"), &["do not feel obliged"], &["thinking of you"]),
        ],
    );
    // A sentence of its own is a paragraph, as all others are.
    let together = said(&vault, "2026-11-21", &of("Ann", "together", "formal")).stdout;
    assert!(together.contains(".\n\nSince then"), "{together}");
    remarked(&vault, "2026-11-21", &of("Bo Noe", "waiting", "polite"), "2026-12-20");
}

#[test]
fn seasons_have_english_names() {
    let vault = vault();
    for (name, day) in [
        ("new-year", "2027-01-05"),
        ("late-winter", "2027-02-15"),
        ("late-summer", "2026-08-20"),
        ("bereaved", "2026-11-20"),
    ] {
        text(&vault, day, &["Daniel", "--for", name]);
    }
    let unknown = vault.on("2026-11-21", &["--lang", "en", "draft", "Daniel", "--for", "late-sumer"]);
    assert!(unknown.stderr.contains("did you mean `late-summer`?"), "{}", unknown.stderr);
    assert!(
        unknown.stderr.contains("in English new-year, midwinter, midsummer, late-summer"),
        "{}",
        unknown.stderr
    );
}

/// A line that links to somebody tells what you talked about; their own name is nothing to tell them.
#[test]
fn what_was_noted_of_somebody_is_said_to_them_without_their_name() {
    let of = |line: &str| {
        let vault = Vault::new();
        vault
            .note("人/木村 拓.md", "---\ntier: close\n---\n")
            .note("人/林 咲.md", "---\ntier: senior\n---\n");
        vault.note(
            "2026-05-20 交流会.md",
            &format!("---\ntype: event\nattendees: [\"[[木村 拓]]\", \"[[林 咲]]\"]\n---\n{line}\n"),
        );
        vault
    };
    let drafted = |line: &str| text(&of(line), "2026-05-21", &["木村", "--via", "email"]);
    for line in [
        "- [[木村 拓]] 昇進の話",
        "- [[木村 拓]]さん：昇進の話",
        "- [[木村 拓]]さん、[[林 咲]]さん：昇進の話",
        "- [[木村 拓]]さんと昇進の話",
        // A list of who came, and what one of them told.
        "- [[木村 拓]]\n- [[林 咲]]\n\n- [[木村 拓]]：昇進の話",
    ] {
        let draft = drafted(line);
        assert!(draft.contains("「昇進」の話") && !draft.contains("木村 拓"), "{line}\n{draft}");
        let vault = of(line);
        let page = vault.on("2026-05-21", &["today"]).stdout;
        assert!(page.contains("会で話したこと: 昇進の話（5/20）"), "{line}\n{page}");
        let talk = vault.json_on("2026-05-21", &["show", "木村"])["talks"][0]["text"].clone();
        assert_eq!(talk, "昇進の話", "{line}");
    }
    // A name that a sentence needs is left in a blank.
    let draft = drafted("- [[木村 拓]]の昇進の話");
    assert!(draft.contains("〔心に残った話（「木村 拓の昇進の話」）〕"), "{draft}");
    for line in ["- [[木村 拓]]", "- [[木村 拓]]さん", "## [[木村 拓]]"] {
        assert!(!drafted(line).contains("木村 拓"), "{line}\n{}", drafted(line));
    }
}

#[test]
fn a_dot_of_a_word_ends_no_promise() {
    let vault = Vault::new();
    for (what, want) in [
        ("send Dr. Lang the slides", "send Dr. Lang the slides"),
        ("send the notes of vol. 3, etc. before Friday", "send the notes of vol. 3, etc. before Friday"),
        ("send the slides. She is in St. Ives", "send the slides"),
    ] {
        vault.note(
            "People/Jane Doe.md",
            &format!("---\ntier: colleague\nlang: en\n---\n- [ ] {what} 📅 2026-11-20\n"),
        );
        let draft = text(&vault, "2026-11-21", &["Jane", "--for", "promise", "--via", "email"]);
        assert!(draft.contains(&format!("“{want}”")), "{want}\n{draft}");
    }
}

#[test]
fn a_promise_is_named_without_whom_it_is_to_whatever_they_are_called() {
    let vault = Vault::new();
    for title in ["", "さん", "先生", "部長", "くん"] {
        vault.note(
            "People/佐藤 健.md",
            &format!("---\ntier: colleague\n---\n- [ ] 佐藤 健{title}に本を返す 📅 2026-11-20\n"),
        );
        let draft = text(&vault, "2026-11-21", &["佐藤 健", "--for", "promise", "--via", "email"]);
        assert!(draft.contains("「本を返す」"), "{title}\n{draft}");
    }
}

/// A last day is told as precisely as it is known, in words that fit it.
#[test]
fn a_last_day_of_which_the_month_alone_is_known() {
    let vault = vault();
    for (known, want) in [("2026-10", "was in October"), ("2026-10-30", "was 30 October")] {
        vault.note("自分.md", &ME.replace("2026-06-30", known));
        for register in ["formal", "polite", "casual"] {
            let args = &["Daniel", "--for", "farewell", "--register", register];
            let text = said(&vault, "2026-11-21", args).stdout.to_lowercase();
            assert!(text.contains(&format!("my last day {}", want.to_lowercase())), "{register}: {text}");
        }
    }
}

/// Whose note wants no greeting of a season is not drafted one without a word.
#[test]
fn a_greeting_that_the_note_declines() {
    let vault = vault();
    let told = |seasons: &str, args: &[&str]| {
        vault.note("人/大野 空.md", &format!("---\ntier: senior\nseasons: {seasons}\n---\n"));
        said(&vault, "2026-07-25", &[&["大野"], args].concat()).stderr.contains("送らないことになって")
    };
    let summer = &["--for", "暑中見舞い"];
    assert!(told("no", summer) && told("[年賀]", summer));
    assert!(!told("[暑中見舞い]", summer) && !told("yes", summer) && !told("no", &["--for", "ask"]));
}

/// Nobody is asked lightly how things are who has lost somebody, by a milestone or by a line of the log.
#[test]
fn after_a_death_in_the_log_nobody_is_asked_lightly() {
    let vault = Vault::new();
    vault.note("自分.md", ME);
    let ask = |fields: &str, line: &str, via: &str| {
        let log = format!("## 記録\n\n- 2026-11-10 (line) {line}\n");
        vault.note("人/Nora Hill.md", &format!("---\ntier: close\ninterests: [Rust]\n{fields}\n---\n{log}"));
        text(&vault, "2026-11-21", &["Nora", "--for", "ask", "--via", via])
    };
    let gentle = ask("lang: ja", "お母さんが亡くなったとのこと", "line");
    assert!(gentle.contains("無理しないでね") && !gentle.contains("おもしろい"), "{gentle}");
    for (fields, line) in
        [("lang: en", "her father died"), ("lang: en\nmilestones: [2026-11-10 her father died]", "a call")]
    {
        let gentle = ask(fields, line, "email");
        assert!(gentle.contains("thinking of you") && gentle.contains("How are you holding up?"), "{gentle}");
        assert!(!gentle.contains("died") && !gentle.contains("Rust") && !gentle.contains("Hope"), "{gentle}");
    }
    // What dies at work is no loss of theirs.
    assert!(ask("lang: en", "the build died again", "email").contains("Rust"));
    assert!(ask("lang: ja", "新しい山の話", "line").contains("新しい山"));
}
