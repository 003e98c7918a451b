//! Tiers: the defaults, what of one is changed, and new ones.

use super::*;
use crate::date::Window;

#[test]
fn the_documented_tiers_are_the_defaults() {
    let config = good(
        r#"
        [tiers]
        close = { names = ["親しい同僚", "友人", "friend", "close colleague"], window = "1m..2m", channels = ["line", "email", "sns"], register = "casual", weight = 5 }
        senior = { names = ["上司", "先輩", "恩師", "boss", "mentor", "manager"], window = "3m..4m", channels = ["email", "linkedin"], register = "formal", weight = 4 }
        colleague = { names = ["同僚", "一般的な同僚", "元同僚"], window = "4m..6m", channels = ["sns", "chat"], register = "polite", weight = 2 }
        project = { names = ["プロジェクト関係者", "仕事仲間"], window = "5m..6m", channels = ["linkedin"], register = "polite", weight = 1 }
        client = { names = ["取引先", "顧客", "客先", "partner"], window = "5m..6m", channels = ["email"], register = "formal", weight = 3 }
        "#,
    );
    assert_eq!(config, Config::default());
    let ids: Vec<&str> = config.tiers.iter().map(|tier| &*tier.id).collect();
    assert_eq!(ids, ["close", "senior", "colleague", "project", "client"]);
}

#[test]
fn a_name_means_one_tier() {
    let taken = |place: &str, word: &str, tier: &str| {
        format!(
            "{place} bad-value `{word}` already means the tier `{tier}`; a word means one tier: take it away from one of the two"
        )
    };
    check("[tiers.close]\nnames = [\"友人\", \"Senior\"]\n", &[&taken("2:16", "Senior", "senior")]);
    check(
        "[tiers.pal]\nwindow = \"2w\"\nnames = [\"仲間\", \"pal\"]\n[tiers.colleague]\nnames = [\"仲間\", \"PAL\"]\n",
        &[&taken("5:10", "仲間", "pal"), &taken("5:16", "PAL", "pal")],
    );
    // Its own id, the same word twice, another tier's default name: no harm.
    let config = good("[tiers.close]\nnames = [\"close\", \"友\", \"友\", \"上司\"]\n");
    assert_eq!(config.tier_of_word("上司").map(|tier| &*tier.id), Some("close"));
}

#[test]
fn a_new_tier_stands_after_the_defaults() {
    let config =
        good("[tiers.zoo]\nwindow = \"1y\"\n[tiers.family]\nwindow = \"2w\"\nnames = [\"家族\"]\nlead = 7\n");
    let ids: Vec<&str> = config.tiers.iter().skip(5).map(|tier| &*tier.id).collect();
    assert_eq!(ids, ["zoo", "family"]);
    let family = Tier {
        id: "family".into(),
        names: vec!["家族".into()],
        window: Window::parse("2w").unwrap(),
        channels: vec![],
        register: Register::Polite,
        weight: 1.0,
        lead: Some(7),
    };
    assert_eq!(config.tier("family"), Some(&family));
    assert_eq!(config.tier_of_word("家族"), Some(&family));
}

#[test]
fn a_new_tier_needs_a_window_and_a_name_of_its_own() {
    check(
        "[tiers.family]\nweight = 2",
        &[
            "1:8 missing-key `tiers.family.window` is missing; write a span of time: \"1m..2m\", \"6w\", \"90d\", \"1y\"",
        ],
    );
    check("[tiers.clsoe]\nweight = 2", &["1:8 unknown-key unknown key `tiers.clsoe`; did you mean `close`?"]);
    check(
        "[tiers.Close]\nwindow = \"1m\"",
        &["1:8 unknown-key unknown key `tiers.Close`; did you mean `close`?"],
    );
}

#[test]
fn a_changed_tier_keeps_what_is_not_said() {
    let config = good("[tiers.senior]\nwindow = \"2m..3m\"\nlead = \"1w\"\n");
    let mut expected = Config::default();
    expected.tiers[1].window = Window::parse("2m..3m").unwrap();
    expected.tiers[1].lead = Some(7);
    assert_eq!(config, expected);
}

#[test]
fn words_for_a_tier() {
    let config = Config::default();
    let of = |word: &str| config.tier_of_word(word).map(|tier| &*tier.id);
    assert_eq!(of("close"), Some("close"));
    assert_eq!(of(" Ｃｌｏｓｅ "), Some("close"));
    assert_eq!(of("Close Colleague"), Some("close"));
    assert_eq!(of("上司"), Some("senior"));
    assert_eq!(of("無関係"), None);
    assert_eq!(config.tier("Close"), None);
    for register in [Register::Casual, Register::Polite, Register::Formal] {
        assert_eq!(Register::parse(register.word()), Some(register));
    }
    assert_eq!(Register::parse("くだけた"), Some(Register::Casual));
    assert_eq!(good("[tiers.close]\nregister = \"丁寧\"").tiers[0].register, Register::Polite);
}

#[test]
fn a_default_name_given_to_another_tier_moves() {
    let config =
        good("[tiers.pal]\nwindow = \"2w\"\nnames = [\"Friend\"]\n[tiers.\"友人\"]\nwindow = \"3w\"\n");
    let of = |word: &str| config.tier_of_word(word).map(|tier| &*tier.id);
    assert_eq!(of("friend"), Some("pal"));
    assert_eq!(of("友人"), Some("友人"));
    assert_eq!(of("親しい同僚"), Some("close"));
    assert!(!config.tier("close").unwrap().names.contains(&"friend".to_owned()));
}
