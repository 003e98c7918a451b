//! What kinds, tiers, channels, weekdays and months are called.

use chrono::{Datelike, NaiveDate};

use crate::plan::Kind;
use crate::text::{Lang, pick};

/// What a kind of item is called.
pub fn kind_word(kind: Kind, lang: Lang) -> &'static str {
    let (ja, en) = match kind {
        Kind::FollowUp => ("会ったあとのひとこと", "a few words after you met"),
        Kind::Reply => ("返信", "an answer"),
        Kind::Promise => ("約束", "a promise"),
        Kind::Waiting => ("待っていること", "something they promised"),
        Kind::Thanks => ("お礼", "thanks"),
        Kind::Birthday => ("お誕生日", "a birthday"),
        Kind::Milestone => ("近ごろの出来事", "news of theirs"),
        Kind::Season => ("季節の挨拶", "a greeting of the season"),
        Kind::Farewell => ("退職の挨拶", "a goodbye before you leave"),
        Kind::Settled => ("退職後のお礼", "thanks after you left"),
        Kind::Report => ("新しい仕事の報告", "word of your new work"),
        Kind::Prepare => ("会の準備", "an event to prepare"),
        Kind::Visit => ("旅先での再会", "a visit"),
        Kind::Cadence => ("近況を尋ねる頃合い", "time to catch up"),
        Kind::Drift => ("間があきはじめた間柄", "a tie that is cooling"),
        Kind::Reopen => ("久しぶりの連絡", "a gentle re-opening"),
        Kind::Share => ("記事の共有", "something to share"),
        Kind::Touch => ("軽いやりとり", "a light touch"),
        Kind::Introduce => ("引き合わせ", "an introduction"),
        Kind::Gathering => ("集まり", "a gathering"),
        Kind::Habit => ("続けたいこと", "a habit of yours"),
        Kind::Sort => ("間柄の整理", "people to sort"),
    };
    pick(lang, ja, en)
}

/// The tier as the note calls it, if that is of the language; else its usual name.
pub fn tier_called<'t>(id: &'t str, called: Option<&'t str>, lang: Lang) -> &'t str {
    called.filter(|word| lang == Lang::Ja || word.is_ascii()).unwrap_or_else(|| tier_word(id, lang))
}

/// What a tier is called: the defaults in the language, the user's own by their id.
fn tier_word(id: &str, lang: Lang) -> &str {
    match (id, lang) {
        ("close", Lang::Ja) => "親しい同僚",
        ("close", Lang::En) => "close colleague",
        ("senior", Lang::Ja) => "上司",
        ("senior", Lang::En) => "senior",
        ("colleague", Lang::Ja) => "同僚",
        ("colleague", Lang::En) => "colleague",
        ("project", Lang::Ja) => "プロジェクト関係者",
        ("project", Lang::En) => "project partner",
        ("client", Lang::Ja) => "取引先",
        ("client", Lang::En) => "client",
        (own, _) => own,
    }
}

/// The word for a channel; what is not known stands for itself.
pub(super) fn channel_word(channel: &str, lang: Lang) -> Option<&'static str> {
    Some(match (channel, lang) {
        ("email", Lang::Ja) => "メール",
        ("email", Lang::En) => "e-mail",
        ("phone" | "call", Lang::Ja) => "電話",
        ("phone" | "call", Lang::En) => "phone",
        ("video", Lang::Ja) => "ビデオ通話",
        ("video", Lang::En) => "video call",
        ("post" | "letter", Lang::Ja) => "手紙",
        ("post" | "letter", Lang::En) => "letter",
        ("chat", Lang::Ja) => "チャット",
        ("chat", Lang::En) => "chat",
        ("sns", Lang::Ja) => "SNS",
        ("sns", Lang::En) => "social media",
        ("meet" | "in person", Lang::Ja) => "対面",
        ("meet" | "in person", Lang::En) => "in person",
        ("lunch", Lang::Ja) => "ランチ",
        ("dinner", Lang::Ja) => "会食",
        ("coffee", Lang::Ja) => "コーヒー",
        ("intro", Lang::Ja) => "紹介",
        ("intro", Lang::En) => "introduction",
        ("line", _) => "LINE",
        ("x", _) => "X",
        ("slack", _) => "Slack",
        ("linkedin", _) => "LinkedIn",
        ("facebook", _) => "Facebook",
        ("instagram", _) => "Instagram",
        ("discord", _) => "Discord",
        ("teams", _) => "Teams",
        ("telegram", _) => "Telegram",
        ("whatsapp", _) => "WhatsApp",
        ("signal", _) => "Signal",
        ("skype", _) => "Skype",
        ("zoom", _) => "Zoom",
        ("mastodon", _) => "Mastodon",
        ("bluesky", _) => "Bluesky",
        ("wechat", _) => "WeChat",
        ("kakaotalk", _) => "KakaoTalk",
        ("chatwork", _) => "Chatwork",
        ("github", _) => "GitHub",
        _ => return None,
    })
}

/// The weekday in short.
pub(in crate::page) fn weekday(day: NaiveDate, lang: Lang) -> &'static str {
    const JA: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let at = day.weekday().num_days_from_monday() as usize;
    pick(lang, JA[at % 7], EN[at % 7])
}

/// What a month is called in English.
pub fn month_name(month: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.get((month as usize).wrapping_sub(1)).copied().unwrap_or("")
}

pub(super) fn short_month(month: u32) -> &'static str {
    month_name(month).get(..3).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_is_called_as_its_people_call_it() {
        for (channel, ja, en) in [
            ("email", Some("メール"), Some("e-mail")),
            ("phone", Some("電話"), Some("phone")),
            ("call", Some("電話"), Some("phone")),
            ("video", Some("ビデオ通話"), Some("video call")),
            ("post", Some("手紙"), Some("letter")),
            ("letter", Some("手紙"), Some("letter")),
            ("chat", Some("チャット"), Some("chat")),
            ("sns", Some("SNS"), Some("social media")),
            ("meet", Some("対面"), Some("in person")),
            ("in person", Some("対面"), Some("in person")),
            ("lunch", Some("ランチ"), None),
            ("dinner", Some("会食"), None),
            ("coffee", Some("コーヒー"), None),
            ("rocket", None, None),
        ] {
            let words = [Lang::Ja, Lang::En].map(|lang| channel_word(channel, lang));
            assert_eq!(words, [ja, en], "for {channel}");
        }
        let names = "LINE X Slack LinkedIn Facebook Instagram Discord Teams Telegram WhatsApp Signal Skype Zoom \
                     Mastodon Bluesky WeChat KakaoTalk Chatwork GitHub";
        for name in names.split(' ') {
            let words = [Lang::Ja, Lang::En].map(|lang| channel_word(&name.to_lowercase(), lang));
            assert_eq!(words, [Some(name); 2]);
        }
    }
}
