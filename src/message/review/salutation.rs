//! 拝啓 and 敬具, the first and the last word of a letter: they belong together, and into a letter alone.

use std::sync::LazyLock;

use regex::Regex;

use super::compiled::compiled;
use super::letter::Part;
use super::{Both, Reading};
use crate::problem::Severity;
use crate::text::Lang;

static FIRST: LazyLock<Option<Regex>> =
    LazyLock::new(|| compiled("^ *(拝啓|謹啓|粛啓|前略|冠省)(?:[ 、。]|$)"));
static LAST: LazyLock<Option<Regex>> =
    LazyLock::new(|| compiled("(?:^|[ 、。])(敬具|拝具|謹白|謹言|敬白|草々)[ 。]*$"));
/// What stands on a card of the new year.
static CARD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compiled("(?:^|[ 、。!])(?:謹賀新年|恭賀新年|謹賀|恭賀|賀正|迎春|賀春|頌春|慶春)(?:[ 、。!]|$)")
});
/// Somebody called as in a talk.
static CALL: LazyLock<Option<Regex>> =
    LazyLock::new(|| compiled("(?:さん|くん|ちゃん|先輩)(?:[ 、。,!~〜]|へ?$)"));
/// Which last words a first word may have.
const PAIRS: [(&str, &[&str]); 5] = [
    ("拝啓", &["敬具", "拝具", "敬白"]),
    ("謹啓", &["謹白", "謹言", "敬白", "敬具"]),
    ("粛啓", &["謹白", "謹言", "敬白", "敬具"]),
    ("前略", &["草々"]),
    ("冠省", &["草々"]),
];

/// Looks at both.
pub(super) fn look(reading: &mut Reading<'_>) {
    if reading.letter.lang == Lang::En {
        return;
    }
    let plain = reading.letter.plain.as_str();
    let found = |pattern: &'static LazyLock<Option<Regex>>| {
        let mut all = pattern.iter().flat_map(|pattern| pattern.captures_iter(plain));
        all.next().and_then(|found| found.get(1)).map(|word| word.range())
    };
    let (first, last) = (found(&FIRST), found(&LAST));
    if first.is_none() && last.is_none() {
        return;
    }
    let out_of_place = if is_no_letter(reading, first.as_ref()) {
        Some((
            Both {
                ja: "頭語と結語は手紙のものです。メールやチャットには書きません",
                en: "this belongs in a letter; neither an e-mail nor a chat has it",
            },
            Both {
                ja: "「ご無沙汰しております」「こんにちは」などで始め、結語は省きましょう",
                en: "begin with ご無沙汰しております or こんにちは, and end plainly",
            },
        ))
    } else if CARD.as_ref().is_some_and(|card| card.is_match(plain)) {
        Some((
            Both {
                ja: "年賀状などの季節の挨拶状に、頭語と結語は書きません",
                en: "a card of the season has neither 頭語 nor 結語",
            },
            Both {
                ja: "どちらも省きましょう。手紙なら、賀詞を「謹んで新年のお慶びを申し上げます。」などの文にします",
                en: "leave out both; in a letter a sentence takes the place of 謹賀新年",
            },
        ))
    } else {
        None
    };
    if let Some((why, help)) = out_of_place {
        for part in first.into_iter().chain(last) {
            reading.add("register", Severity::Warning, part, why, help);
        }
        return;
    }
    let word = |part: &Part| reading.letter.words(part).to_owned();
    let lasts = first.as_ref().map(|first| {
        let first = word(first);
        PAIRS.iter().find(|(known, _)| *known == first).map_or(&[][..], |(_, lasts)| *lasts)
    });
    let (ja, en, part) = match (first, last, lasts) {
        (Some(first), None, Some([want, ..])) => {
            let first_word = word(&first);
            (
                format!("「{first_word}」で始めた手紙に、結びの「{want}」がありません"),
                format!("{first_word} begins the letter and no {want} ends it"),
                first,
            )
        }
        (None, Some(last), _) => {
            let last_word = word(&last);
            (
                format!("「{last_word}」がありますが、書き出しの頭語がありません"),
                format!("{last_word} ends a letter that no 拝啓 begins"),
                last,
            )
        }
        (Some(first), Some(last), Some(lasts)) if !lasts.contains(&word(&last).as_str()) => {
            let (first, last_word) = (word(&first), word(&last));
            (
                format!("「{first}」と「{last_word}」は対になりません"),
                format!("{first} and {last_word} are no pair"),
                last,
            )
        }
        _ => return,
    };
    let help = Both {
        ja: "手紙なら「拝啓 … 敬具」「謹啓 … 謹白」とし、メールならどちらも省きましょう",
        en: "in a letter 拝啓 … 敬具 or 謹啓 … 謹白, in an e-mail neither",
    };
    reading.add("register", Severity::Warning, part, Both { ja: &ja, en: &en }, help);
}

/// Whether the rest of the text shows that it is no letter: a subject, somebody called as in a talk before
/// or right behind the first word, words that are said and not written.
fn is_no_letter(reading: &Reading<'_>, first: Option<&Part>) -> bool {
    let letter = &reading.letter;
    let has_subject = letter.lines.first().is_some_and(|line| letter.is_of_head(line));
    let until = first.map_or(0, |first| {
        let rest = letter.plain.get(first.end..).unwrap_or_default();
        first.end + rest.find(['\n', '。']).unwrap_or(rest.len())
    });
    let head = letter.plain.get(..until).unwrap_or_default();
    let is_called = CALL.as_ref().is_some_and(|call| call.is_match(head));
    has_subject || is_called || reading.rules.has("casual", &letter.plain)
}
