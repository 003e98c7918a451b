//! Words put into lines, as people put them.

use super::*;

const GOENS: &str = "- [ ] [[田中]] に LINE で近況を — 前回 9/14（68日前） ⏳ 2026-11-21 ^g-k3f9q2";

#[test]
fn a_digest_tells_what_was_put_in() {
    let goens = bare(GOENS).unwrap_or_default();
    let digest = Digest::of(&goens);
    assert_eq!(Digest::read(&digest.token()), Some(digest.clone()));
    for (line, words) in [
        (goens.clone(), None),
        (goens.replace("[[田中]]", "[[田中 太郎|太郎]]"), None),
        (goens.replace("[[田中]]", "[[太郎]]") + " 電話で", Some("電話で")),
        (format!("急ぎ {goens}"), Some("急ぎ")),
        (goens.replace("近況を", "近況と写真を"), Some("と写真")),
        (goens.replace(" —", " 朝 —") + " 夜 [[喫茶|店]]", Some("朝 夜 [[喫茶|店]]")),
        (format!("急ぎ {goens} 夜"), Some("急ぎ 夜")),
        (goens.replace("近況を", ""), None),
        ("[[田中]] と渋谷で飲んだ".to_owned(), None),
        (goens.replace("近況", "写真") + " 朝", None),
    ] {
        assert_eq!(digest.put_into(&line).as_deref(), words, "{line}");
    }
}

#[test]
fn a_link_that_was_put_in_is_told_from_goens() {
    for goens in ["[[田中]] に LINE で", "話題: [[記事]]（[[田中]]）"] {
        let digest = Digest::read(&Digest::of(goens).token()).unwrap();
        for line in [
            format!("[[喫茶店]] {goens}"),
            format!("[[喫茶店]]{goens}"),
            goens.replacen("[[田中]]", "[[田中]][[喫茶店]]", 1),
            goens.replacen("[[田中]]", "[[喫茶店]] [[田中]]", 1),
            format!("{goens} [[喫茶店]]"),
        ] {
            assert_eq!(digest.put_into(&line).as_deref(), Some("[[喫茶店]]"), "{line}");
        }
        assert_eq!(digest.put_into(&format!("朝 [[店]] {goens} 夜")).as_deref(), Some("朝 [[店]] 夜"));
    }
}

#[test]
fn words_are_read_as_they_were_typed() {
    for (goens, typed, words) in [
        ("にメールで久しぶりの", "にメールで久々に会った、久しぶりの", "久々に会った"),
        ("共通の関心: オブジェ", "共通の関心: オペラ・オブジェ", "オペラ・"),
        ("Catch up with [[A]]", "Called, Catch up with [[A]]", "Called"),
        ("## Today", "## TOKToday", "TOK"),
        ("行きたい。", "行きたいみたい。", "みたい"),
        ("GIT部に連絡", "GIT新IT部に連絡", "新IT"),
        ("近況を — 前回", "近況を写真を — 前回", "写真を"),
        ("同僚、前回 9/14", "同僚、駅前で、前回 9/14", "駅前で"),
        ("[[A]] に LINE で", "[[B]] [[A]] に LINE で", "[[B]]"),
        ("電話した。", "電話した。来月会う。", "来月会う。"),
        ("前回（目安）", "前回（目安）（留守電）", "（留守電）"),
    ] {
        assert_eq!(Digest::of(goens).put_into(typed).as_deref(), Some(words), "{typed}");
        assert_eq!(put_in(typed, goens).as_deref(), Some(words), "{typed}");
    }
}

#[test]
fn words_in_a_line_are_found() {
    for (line, sure, unsure) in [
        (GOENS.to_owned(), None, None),
        (GOENS.replace("[ ]", "[x]"), None, None),
        (GOENS.replace(" ^g", " ✅ 2026-11-20 ^g"), None, None),
        (GOENS.replace("11-21", "12-05"), None, None),
        (GOENS.replace("⏳ 2026-11-21 ", ""), None, None),
        (GOENS.replace(" ⏳", " 電話番号を聞く ⏳"), Some("電話番号を聞く"), Some("電話番号を聞く")),
        (format!("{GOENS} 電話で"), Some("電話で"), Some("電話で")),
        (GOENS.replace("[ ] ", "[x] 急ぎ "), Some("急ぎ"), Some("急ぎ")),
        (
            GOENS.replace(" ⏳ 2026-11-21", " 会った ⏳ 2026-11-21 ✅ 2026-11-21"),
            Some("会った"),
            Some("会った"),
        ),
        (GOENS.replace("近況を", ""), None, None),
        (GOENS.replace(" —", " 朝 —").replace(" ⏳", " 夜 ⏳"), Some("朝 夜"), Some("朝 夜")),
        (
            GOENS.replace("況を", "況 A — あを").replace(" ⏳", " [[B]] ⏳"),
            Some("A — あ [[B]]"),
            Some("A — あ [[B]]"),
        ),
        (
            GOENS.replace(" に", " さん に").replace(" —", " 朝 —").replace(" ⏳", " 夜 ⏳"),
            Some("さん 朝 夜"),
            Some("さん 朝 夜"),
        ),
        ("- [x] [[田中]] と渋谷で飲んだ ^g-k3f9q2".to_owned(), Some("[[田中]] と渋谷で飲んだ"), None),
    ] {
        let (line, goens) = (bare(&line).unwrap_or_default(), bare(GOENS).unwrap_or_default());
        assert_eq!(typed(&line, &goens, true).as_deref(), sure, "{line}");
        assert_eq!(typed(&line, &goens, false).as_deref(), unsure, "{line}");
    }
}

#[test]
fn the_day_that_a_line_begins_with_is_no_part_of_its_words() {
    for (line, words) in [
        ("- [ ] 11/24（火）[[田中]] に LINE で近況を ⏳ 2026-11-24 ^g-k3f9q2", "[[田中]] に LINE で近況を"),
        ("- [ ] #人 2027/1/5（火）[[田中]] に ^g-k3f9q2", "#人 [[田中]] に"),
        ("- [ ] Tue 24 Nov: Catch up with [[A]] ^g-k3f9q2", "Catch up with [[A]]"),
        ("- [ ] 11/24 の件 ^g-k3f9q2", "11/24 の件"),
    ] {
        assert_eq!(bare(line).as_deref(), Some(words));
    }
}

#[test]
fn words_are_looked_for_at_one_place_or_at_two_between_words() {
    assert_eq!(tries("甲と 乙"), Some(4 + 2 * 2));
}

#[test]
fn what_was_put_in_begins_and_ends_where_another_script_does() {
    for (line, goens, words) in [("xab7ab7cd", "xab7cd", "7ab"), ("会議の議事と議題", "会議と議題", "の議事")]
    {
        assert_eq!(put_in(line, goens).as_deref(), Some(words), "{line}");
    }
}

#[test]
fn what_only_begins_as_an_id_is_a_word() {
    for words in ["甲 ^g-ab", "甲 ^g-ab 乙", "^g-AAAAAA"] {
        assert_eq!(bare(&format!("- [ ] {words} ^g-k3f9q2")).as_deref(), Some(words));
    }
}
