//! The help, and what is said of words that are no command: in both languages, or in the one that is named.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{Output, Vault, is_unsafe, run};

fn goen(words: &[&str]) -> Output {
    run(Vault::new().command().args(words))
}

fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| ('ぁ'..='ヿ').contains(&c))
}

#[test]
fn the_help_is_in_the_language_that_is_named() {
    for verb in ["today", "list", "import", "git", "export"] {
        let both = goen(&[verb, "--help"]).stdout;
        assert!(both.contains("Usage: ") && is_japanese(&both), "{verb}: {both}");
        let english = goen(&[verb, "--help", "--lang", "en"]);
        assert_eq!(english.code, Some(0), "{}", english.said());
        assert!(english.stdout.contains("Global options:\n") && !english.stdout.contains(" ・ "), "{verb}");
        let japanese = goen(&["--lang=ja", verb, "--help"]);
        assert_eq!(japanese.code, Some(0), "{}", japanese.said());
        for word in ["使い方: goen", "共通のオプション:\n", "使い方を表示"] {
            assert!(japanese.stdout.contains(word), "{verb}: {word} in {}", japanese.stdout);
        }
        for word in ["Usage", "Options:", "Print ", "The folder", " ・ "] {
            assert!(!japanese.stdout.contains(word), "{verb}: {word} in {}", japanese.stdout);
        }
    }
    let whole = goen(&["--lang", "ja", "--help"]).stdout;
    assert!(whole.contains("コマンド:\n") && whole.contains("goen init"), "{whole}");
    assert!(!goen(&["--lang", "en", "-h"]).stdout.contains(" ・ "));
    let asked = goen(&["--lang", "ja", "help", "list"]).stdout;
    assert!(asked.contains("- last: 連絡のない期間が長い順"), "{asked}");
    // Arguments stand in the order in which they are typed; what clap would add is said in Japanese.
    let merge = goen(&["--lang", "ja", "git", "merge", "--help"]).stdout;
    let places = ["  <BASE>", "  <OURS>", "  <THEIRS>", "  [MARKER_SIZE]", "  [PATH]", "  [LABEL]..."];
    let places =
        places.map(|name| merge.rfind(&format!("\n{name}")).unwrap_or_else(|| panic!("{name}: {merge}")));
    assert!(places.is_sorted(), "{merge}");
    for (words, wanted) in [
        (["forecast", "--help"], "何週ぶん（省略時は 52）"),
        (["watch", "--help"], "（省略時は text）"),
        (["list", "--help"], "（省略時は name）"),
        (["list", "-h"], "（省略時は name）"),
        (["completions", "--help"], "（bash、zsh、fish、elvish、powershell）"),
    ] {
        let said = goen(&[&["--lang", "ja"][..], &words].concat()).stdout;
        assert!(said.contains(wanted), "{words:?}: {said}");
        assert!(!said.contains("[default") && !said.contains("[possible"), "{words:?}: {said}");
    }
    // The language is read before the command, and changes nothing else of it.
    assert!(goen(&["--lang", "ja", "--version"]).stdout.starts_with("goen "));
}

#[test]
fn what_is_no_command_is_said_in_japanese_and_the_status_is_2() {
    let check = |words: &[&str], wanted: &str| {
        let said = goen(&[words, &["--lang", "ja"]].concat());
        assert_eq!((said.code, said.stdout.as_str()), (Some(2), ""), "{words:?}: {}", said.stderr);
        assert!(said.stderr.starts_with(wanted), "{words:?}: {}", said.stderr);
        assert!(!said.stderr.contains("error:") && !said.stderr.contains("Usage"), "{}", said.stderr);
        assert!(said.stderr.ends_with("詳しくは --help をご覧ください。\n"), "{}", said.stderr);
        let both = goen(words);
        let first = both.stderr.lines().next().unwrap();
        assert!(first.starts_with("error: "), "{words:?}: {}", both.stderr);
        assert!(first.contains(&format!(" ・ {}", wanted.lines().next().unwrap())), "{words:?}: {first}");
        let english = goen(&[words, &["--lang", "en"]].concat());
        assert_eq!(english.code, Some(2));
        assert!(!is_japanese(&english.stderr), "{}", english.stderr);
    };
    check(&["todya"], "「todya」というコマンドはありません。「today」のことでしょうか。\n\n使い方: goen ");
    check(&["list", "--teir", "close"], "「--teir」という引数はありません。「--tier」のことでしょうか。\n");
    check(&["list", "--xyz"], "「--xyz」という引数はありません。\n");
    check(&["show"], "足りない引数があります: <PERSON>...\n");
    check(
        &["list", "--sort", "nmae"],
        "「--sort <SORT>」に「nmae」は指定できません。「name」のことでしょうか。\n書けるもの: name、last",
    );
    check(
        &["today", "--today", "soon"],
        "「--today <YYYY-MM-DD>」に「soon」は指定できません（2026-09-14 のように書いてください）。\n",
    );
    check(&["draft", "x", "--via", "fax"], "「--via <FORM>」に「fax」は指定できません（email、line、");
    check(&["forecast", "--weeks", "0"], "「--weeks <N>」に「0」は指定できません（1 から 520 までの数）。\n");
    check(&["snooze", "x"], "足りない引数があります: <PERSON> <WHEN>...\n");
    check(&["today", "--week", "--week"], "「--week」は一度だけ指定できます。\n");
    check(&["today", "--today"], "「--today <YYYY-MM-DD>」に値がありません。\n");
}

#[test]
fn what_is_typed_steers_no_terminal() {
    for lang in [&["--lang", "ja"][..], &["--lang", "en"], &[]] {
        for words in [
            &["\u{1b}[31m\u{202e}x"][..],
            &["today", "--a\u{1b}]8;;x\u{7}"],
            &["today", "--today", "\u{9b}2J"],
        ] {
            let said = goen(&[lang, words].concat());
            assert_eq!(said.code, Some(2));
            assert!(!said.stderr.chars().any(|c| c != '\n' && is_unsafe(c)), "{:?}", said.stderr);
        }
    }
}
