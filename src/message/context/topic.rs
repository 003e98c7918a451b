//! Whether a line of a note names a topic that may be put before its reader as it stands, or is a memo from
//! one's own side, which only whoever wrote it can put into other words.

use crate::text::{Lang, fold};

/// Ends of what is told rather than named, of places and occasions, and of what one did oneself.
const ENDS: [&str; 86] = [
    "た",
    "だ",
    "る",
    "う",
    "く",
    "す",
    "つ",
    "ぬ",
    "ぶ",
    "む",
    "ぐ",
    "い",
    "て",
    "で",
    "よ",
    "ね",
    "か",
    "に",
    "を",
    "は",
    "が",
    "も",
    "へ",
    "の",
    "ら",
    "けど",
    "だけ",
    "ほど",
    "まで",
    "しか",
    "など",
    "頃",
    "ごろ",
    "前",
    "後",
    "中",
    "分",
    "時間",
    "昼食",
    "夕食",
    "朝食",
    "食事",
    "会食",
    "ランチ",
    "ディナー",
    "お茶",
    "コーヒー",
    "飲み",
    "散歩",
    "電話",
    "通話",
    "メール",
    "手紙",
    "はがき",
    "面談",
    "打ち合わせ",
    "ミーティング",
    "面会",
    "会",
    "店",
    "屋",
    "駅",
    "カフェ",
    "喫茶",
    "公園",
    "家",
    "宅",
    "室",
    "挨拶",
    "あいさつ",
    "相談",
    "報告",
    "連絡",
    "お礼",
    "御礼",
    "お祝い",
    "近況",
    "祝い",
    "見舞い",
    "返事",
    "返信",
    "雑談",
    "再会",
    "立ち話",
    "お願い",
    "依頼",
];
/// Words that are not said to the one they are about.
const WITHIN: [&str; 9] = ["私", "自分", "僕", "俺", "嫌", "悪口", "愚痴", "彼女", "さんに"];
/// Persons, and verbs that tell something.
const TOLD: [&str; 51] = [
    "he",
    "she",
    "him",
    "her",
    "his",
    "hers",
    "they",
    "them",
    "their",
    "i",
    "my",
    "me",
    "we",
    "our",
    "us",
    "you",
    "your",
    "is",
    "was",
    "are",
    "were",
    "has",
    "have",
    "had",
    "will",
    "would",
    "went",
    "got",
    "said",
    "says",
    "gave",
    "took",
    "came",
    "did",
    "met",
    "saw",
    "told",
    "spoke",
    "wrote",
    "sent",
    "read",
    "heard",
    "lunch",
    "dinner",
    "breakfast",
    "coffee",
    "walk",
    "drinks",
    "chat",
    "meeting",
    "call",
];
/// What one is to do.
const TO_DO: [&str; 23] = [
    "send",
    "return",
    "ask",
    "tell",
    "give",
    "show",
    "write",
    "call",
    "introduce",
    "find",
    "look",
    "share",
    "check",
    "bring",
    "lend",
    "get",
    "make",
    "help",
    "review",
    "invite",
    "meet",
    "reply",
    "forward",
];
/// What goes before a topic in a memo of a talk.
const ABOUT: [&str; 5] = ["talked about ", "spoke about ", "talk about ", "discussed ", "about "];

/// The topic that a line names in a message of this language; nothing where it is no name of one.
pub(super) fn topic(line: &str, lang: Lang) -> String {
    let is_japanese = !line.is_ascii() && line.chars().any(|c| ('\u{3040}'..='\u{9fff}').contains(&c));
    if is_japanese {
        let folded = fold(line);
        // 体調を崩しているとのこと: what was heard is a sentence.
        let is_memo = folded.ends_with("とのこと")
            || ENDS.iter().any(|end| folded.ends_with(end) && !folded.ends_with("こと"))
            || WITHIN.iter().any(|word| folded.contains(word));
        return if is_memo || lang == Lang::En { String::new() } else { bare(line).to_owned() };
    }
    let lower = line.to_ascii_lowercase();
    let about = ABOUT.iter().find(|before| lower.starts_with(**before));
    let rest = about.and_then(|before| line.get(before.len()..)).unwrap_or(line);
    let lower = rest.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
    let first = words.clone().next().unwrap_or_default();
    let is_told = first.ends_with("ed")
        || TO_DO.contains(&first)
        || ["at", "in", "on", "with", "by"].contains(&first)
        || words.any(|word| TOLD.contains(&word));
    if is_told { String::new() } else { rest.to_owned() }
}

/// A topic without the 話 or こと that a message puts behind it.
fn bare(line: &str) -> &str {
    const BEHIND: [&str; 5] = ["についての話", "に関する話", "のお話", "の話", "のこと"];
    // あの話, 例のこと: these name nothing without it.
    const EMPTY: [&str; 6] = ["例", "先日", "前回", "この前", "昨日", "今日"];
    let found = BEHIND.iter().find_map(|end| Some(line.strip_suffix(end)?.trim_end()));
    let Some(rest) = found.filter(|rest| rest.chars().count() > 1 && !EMPTY.contains(rest)) else {
        return line;
    };
    let inner = rest.strip_prefix('『').and_then(|rest| rest.strip_suffix('』'));
    inner.filter(|inner| !inner.contains(['『', '』'])).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_topic_is_named() {
        for (line, want) in [
            ("議事録の自動化", "議事録の自動化"),
            ("新しい搬送機のこと", "新しい搬送機"),
            ("Zigの話", "Zig"),
            ("eBPF の話", "eBPF"),
            ("『静かな夜』 のお話", "静かな夜"),
            ("『静かな夜』の話", "静かな夜"),
            ("ログをいつまで残すかの話", "ログをいつまで残すか"),
            ("あの話", "あの話"),
            ("例のこと", "例のこと"),
            ("データ基盤の移行", "データ基盤の移行"),
        ] {
            assert_eq!(topic(line, Lang::Ja), want);
            assert_eq!(topic(line, Lang::En), "", "{line}");
        }
        for line in [
            "会の前に少しだけ",
            "休みに入る前の昼食",
            "お互いの近況を三十分",
            "川沿いを散歩",
            "駅前の蕎麦屋",
            "お誕生日のお祝いと近況",
            "引っ越し先は落ち着いたか尋ねた",
            "焼いたカンパーニュの写真が届く",
            "本当に嫌な奴の話",
            "新製品の話をご馳走になりながら",
            "入社後の最初の一週間について相談",
            "資料を送る",
            "体調を崩しているとのこと",
        ] {
            assert_eq!(topic(line, Lang::Ja), "", "{line}");
        }
        assert_eq!(topic("Talked about async Rust", Lang::En), "async Rust");
        assert_eq!(topic("tests that run at night", Lang::En), "tests that run at night");
        for line in [
            "Send him the reading list I mentioned",
            "She went through my English abstract line by line",
            "He introduced me to the team",
            "Read my draft",
            "Lunch near the station",
            "asked about tests",
        ] {
            assert_eq!(topic(line, Lang::En), "", "{line}");
        }
    }
}
