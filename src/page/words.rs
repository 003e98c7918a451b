//! What the page says, in Japanese and English: sentences, reasons, labels.
//!
//! Text of notes passes through `show` on its way in, so that the page can make
//! it harmless and a terminal can have it as it is.

mod milestone;
mod occasions;
mod promise;

use chrono::{Datelike, NaiveDate};

use super::Stay;
use crate::date::{Stretch, Window};
use crate::plan::{Item, Kind, State, Topic, TopicKind, Why};
use crate::text::{Lang, one_line, pick, shorten};

/// More of a note's text nobody reads in a line.
const TEXT_LENGTH: usize = 60;

/// A voice in one language on one day.
pub(super) struct Voice {
    pub lang: Lang,
    pub today: NaiveDate,
    /// How text of notes is shown.
    pub show: fn(&str) -> String,
}

/// What is to be done, with the person's name as the page or a list shows it.
pub fn sentence(item: &Item, lang: Lang, today: NaiveDate, who: &str) -> String {
    Voice { lang, today, show: super::safe::safe }.sentence(item, who)
}

/// What is to be done and why, with the bare name, for a terminal.
pub fn plain_line(item: &Item, lang: Lang, today: NaiveDate) -> (String, String) {
    let voice = Voice { lang, today, show: |text| one_line(text).into_owned() };
    let sentence = voice.sentence(item, &one_line(&item.name));
    let reason = voice.reason_beside(item, &sentence);
    (sentence, reason)
}

/// Why an item is there, in plain text.
pub fn reason(item: &Item, lang: Lang, today: NaiveDate) -> String {
    Voice { lang, today, show: |text| one_line(text).into_owned() }.reason(item)
}

/// The labels that goen's own child lines begin with, as one table.
const LABELS: [(TopicKind, &str, &str); 12] = [
    (TopicKind::Event, "会で話したこと", "You talked about"),
    (TopicKind::Followup, "続き", "Follow up"),
    (TopicKind::Promise, "約束", "Promised"),
    (TopicKind::GiveBack, "お返し", "Give back"),
    (TopicKind::Clip, "話題", "To share"),
    (TopicKind::Goal, "力になれること", "You could help with"),
    (TopicKind::Ask, "聞いてみたいこと", "Worth asking about"),
    (TopicKind::Interest, "共通の関心", "In common"),
    (TopicKind::Last, "前回", "Last time"),
    (TopicKind::Milestone, "近ごろの出来事", "New with them"),
    (TopicKind::Gratitude, "感謝", "Grateful for"),
    (TopicKind::Introduce, "紹介", "To introduce"),
];

/// The label of the line that names further reasons.
const ALSO: (&str, &str) = ("ほかに", "Further reasons");

/// The label of the line that says why a tick is not recorded yet …
const NOT_RECORDED: (&str, &str) = ("まだ記録していません", "Not recorded yet");
/// … and why one is not taken back.
const NOT_TAKEN_BACK: (&str, &str) = ("取り消せません", "Cannot be taken back");

const NOTICES: [&str; 4] = [NOT_RECORDED.0, NOT_RECORDED.1, NOT_TAKEN_BACK.0, NOT_TAKEN_BACK.1];

/// Whether a line below an item is goen's word on a mark.
pub(super) fn is_notice(line: &str) -> bool {
    NOTICES.iter().any(|label| line.trim_start_matches("- ").starts_with(label))
}

/// The label that a topic's line begins with.
pub fn label(kind: TopicKind, lang: Lang) -> &'static str {
    LABELS.iter().find(|(of, ..)| *of == kind).map_or("", |(_, ja, en)| pick(lang, ja, en))
}

/// Every label in both languages.
pub(super) fn labels() -> impl Iterator<Item = &'static str> {
    LABELS.iter().flat_map(|(_, ja, en)| [*ja, *en]).chain([ALSO.0, ALSO.1]).chain(NOTICES)
}

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
pub fn tier_word(id: &str, lang: Lang) -> &str {
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
fn channel_word(channel: &str, lang: Lang) -> Option<&'static str> {
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
        ("meet", Lang::Ja) => "対面",
        ("meet", Lang::En) => "in person",
        ("lunch", Lang::Ja) => "ランチ",
        ("dinner", Lang::Ja) => "会食",
        ("coffee", Lang::Ja) => "コーヒー",
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

impl Voice {
    fn text(&self, text: &str) -> String {
        (self.show)(&shorten(&one_line(text), TEXT_LENGTH))
    }

    /// What a channel is called.
    pub fn channel(&self, channel: &str) -> String {
        channel_word(channel, self.lang).map_or_else(|| self.text(channel), str::to_owned)
    }

    fn tier<'t>(&self, id: &'t str, called: Option<&'t str>) -> &'t str {
        tier_called(id, called, self.lang)
    }

    /// `に LINE で`, `にメールで`, `に`
    fn ni(&self, item: &Item) -> String {
        match item.channel.as_deref().map(|c| self.channel(c)).filter(|c| !c.is_empty()) {
            None => " に".to_owned(),
            Some(word) => format!(" に{}で", spaced(&word)),
        }
    }

    /// ` on LINE`, ` by e-mail`, nothing
    fn by(&self, item: &Item) -> String {
        let Some(channel) = item.channel.as_deref() else { return String::new() };
        let word = self.channel(channel);
        match channel {
            _ if word.is_empty() => String::new(),
            "email" | "phone" | "call" | "video" | "chat" | "post" | "letter" => format!(" by {word}"),
            "meet" => " in person".to_owned(),
            "lunch" | "dinner" | "coffee" => format!(" over {word}"),
            _ if channel_word(channel, self.lang).is_some() => format!(" on {word}"),
            _ => format!(" via {word}"),
        }
    }

    /// What is to be done.
    pub fn sentence(&self, item: &Item, who: &str) -> String {
        match self.lang {
            Lang::Ja => self.sentence_ja(item, who),
            Lang::En => self.sentence_en(item, who),
        }
    }

    fn sentence_ja(&self, item: &Item, who: &str) -> String {
        let ni = self.ni(item);
        match &item.why {
            Why::Window { last: None, by_hand: false, .. } => format!("{who}{ni}まずひとことを"),
            Why::Window { talk: Some(talk), .. } => self.talk_ja(who, &ni, *talk),
            Why::Window { .. } => format!("{who}{ni}近況を"),
            Why::Reopen { .. } => format!("{who}{ni}久しぶりのひとことを"),
            Why::Birthday { day: None, month } => format!("{who}{ni}お誕生日（{month}月）のお祝いを"),
            Why::Birthday { day: Some(day), .. } if *day < self.today => {
                format!("{who}{ni}遅ればせながらお誕生日（{}）のお祝いを", self.day(*day))
            }
            Why::Birthday { day: Some(day), .. } => {
                format!("{who}{ni}お誕生日（{}）のお祝いを", self.day(*day))
            }
            Why::Milestone { what, .. } => self.milestone_ja(what, who, &ni),
            Why::Promise { text, .. } if item.kind == Kind::Waiting => match self.text(text) {
                text if text.is_empty() => format!("{who}{ni}お願いしている件のその後を"),
                text => format!("{who}{ni}「{text}」のその後を"),
            },
            Why::Promise { text, .. } => self.promise_ja(item, text, who),
            Why::Habit { .. } => format!("「{}」に取りかかる頃合い", self.text(&item.name)),
            Why::Sort { count } => format!("間柄がまだ決まっていない人が {count} 人います"),
            Why::Done { skipped: true, text, .. } => self.done(Some(self.not_this_time()), text, who),
            Why::Done { channel, text, .. } => {
                let channel = channel.as_deref().map(|channel| self.channel(channel));
                self.done(channel.as_deref(), text, who)
            }
            // What all others say stands with its occasion.
            _ => self.occasion_ja(item, who, &ni),
        }
    }

    fn sentence_en(&self, item: &Item, who: &str) -> String {
        let by = self.by(item);
        match &item.why {
            Why::Window { last: None, by_hand: false, .. } => format!("Say hello to {who}{by}"),
            Why::Window { talk: Some(talk), .. } => self.talk_en(who, &by, *talk),
            Why::Window { .. } => format!("Catch up with {who}{by}"),
            Why::Reopen { .. } => format!("A gentle re-opening with {who}{by}"),
            Why::Birthday { day: None, month } => {
                format!("Wish {who} a happy birthday{by} (in {})", month_name(*month))
            }
            Why::Birthday { day: Some(day), .. } if *day < self.today => {
                format!("Wish {who} a belated happy birthday{by} ({})", self.day(*day))
            }
            Why::Birthday { day: Some(day), .. } => {
                format!("Wish {who} a happy birthday{by} ({})", self.day(*day))
            }
            Why::Milestone { what, .. } => self.milestone_en(what, who, &by),
            Why::Promise { text, .. } => match (item.kind, self.text(text)) {
                (Kind::Waiting, text) if text.is_empty() => format!("Ask {who}{by} how it is coming along"),
                (Kind::Waiting, text) => format!("Ask {who}{by} how this is coming along: {text}"),
                (_, text) if text.is_empty() => format!("Keep a promise to {who}"),
                (_, text) => format!("Promised to {who}: {text}"),
            },
            Why::Habit { .. } => format!("Time for: {}", self.text(&item.name)),
            Why::Sort { count: 1 } => "1 person has no tier yet".to_owned(),
            Why::Sort { count } => format!("{count} people have no tier yet"),
            Why::Done { skipped: true, text, .. } => self.done(Some(self.not_this_time()), text, who),
            Why::Done { channel, text, .. } => {
                let channel = channel.as_deref().map(|channel| self.channel(channel));
                self.done(channel.as_deref(), text, who)
            }
            // What all others say stands with its occasion.
            _ => self.occasion_en(item, who, &by),
        }
    }

    fn not_this_time(&self) -> &'static str {
        pick(self.lang, "今回は見送り", "not this time")
    }

    /// `[[鈴木 花子]] — 11/21 ランチ`
    fn done(&self, how: Option<&str>, text: &str, who: &str) -> String {
        let channel = how.filter(|how| !how.is_empty());
        let text = Some(self.text(text)).filter(|t| !t.is_empty());
        let day = self.day(self.today);
        // What you do for yourself is done with nobody.
        if who.is_empty() {
            let words = [channel, text.as_deref()].into_iter().flatten().collect::<Vec<_>>();
            return format!("{day} {}", words.join(pick(self.lang, "：", ": ")));
        }
        match (channel, text.as_deref(), self.lang) {
            (Some(channel), Some(text), Lang::Ja) => format!("{who} — {day} {channel}：{text}"),
            (Some(channel), Some(text), Lang::En) => format!("{who} — {day}, {channel}: {text}"),
            (Some(word), None, Lang::Ja) | (None, Some(word), Lang::Ja) => format!("{who} — {day} {word}"),
            (Some(word), None, Lang::En) | (None, Some(word), Lang::En) => format!("{who} — {day}, {word}"),
            (None, None, _) => format!("{who} — {day}"),
        }
    }

    /// Why it is there, where the sentence stands beside it: what that tells is not told again.
    pub fn reason_beside(&self, item: &Item, sentence: &str) -> String {
        self.reason_but(item, self.tells_season(item, sentence))
    }

    /// Why it is there.
    pub fn reason(&self, item: &Item) -> String {
        self.reason_but(item, false)
    }

    fn reason_but(&self, item: &Item, season_is_told: bool) -> String {
        let mut parts = Vec::new();
        parts.extend(self.season_name(item).filter(|_| !season_is_told));
        parts.extend(item.tier.as_deref().map(|tier| (self.show)(self.tier(tier, item.called.as_deref()))));
        match self.lang {
            Lang::Ja => self.reason_ja(item, &mut parts),
            Lang::En => self.reason_en(item, &mut parts),
        }
        if matches!(item.why, Why::Done { .. }) {
            parts.clear();
        }
        parts.retain(|part| !part.is_empty());
        parts.join(pick(self.lang, "、", ", "))
    }

    fn reason_ja(&self, item: &Item, parts: &mut Vec<String>) {
        let own = |text: &str| text.to_owned();
        match &item.why {
            Why::Window { last, window, by_hand, touched, unanswered, talk } => {
                if *by_hand {
                    parts.push(own("次回と決めていた日"));
                }
                match (last, window) {
                    (Some(last), Some(window)) if !by_hand => parts.push(format!(
                        "前回 {}（{}・目安 {}）",
                        self.day(*last),
                        self.ago(*last),
                        window_words(*window, Lang::Ja)
                    )),
                    (Some(last), _) => parts.push(format!("前回 {}（{}）", self.day(*last), self.ago(*last))),
                    (None, _) if !by_hand => parts.push(own("連絡の記録はまだありません")),
                    (None, _) => {}
                }
                if *touched {
                    parts.push(own("軽いやりとりがあったぶん少し先に"));
                }
                if *unanswered {
                    parts.push(own("お返事待ちが続いたので間隔を倍に"));
                }
                parts.extend(talk.map(|_| self.talk_reason()));
            }
            Why::Birthday { day: Some(day), .. } => parts.push(self.distance(*day)),
            Why::Birthday { day: None, month } => parts.push(format!("{month}月生まれ、今月のどこかで")),
            Why::Milestone { day, what } => {
                let what = if self.text(what).is_empty() { "節目" } else { "こと" };
                parts.push(format!("{} の{what}（{}）", self.day(*day), self.distance(*day)));
            }
            Why::Promise { due, since, .. } => {
                if item.kind == Kind::Waiting {
                    parts.push(own("相手の約束"));
                }
                match (due, since) {
                    (Some(due), _) => parts.push(format!("期日 {}", self.day(*due))),
                    (None, Some(since)) => parts.push(format!("{} から", self.day(*since))),
                    (None, None) => {}
                }
                if item.kind == Kind::Waiting {
                    parts.push(own("そろそろ声をかけてもよい頃"));
                }
            }
            Why::Reopen { last, paused } => {
                if *paused {
                    parts.push(own("お休みにしていた期間が明けました"));
                }
                if let Some(last) = last {
                    parts.push(format!("前回 {}（{}）", self.day(*last), self.ago(*last)));
                }
                parts.push(own("近況を短く、気軽に"));
            }
            Why::Habit { last, every } => {
                let every = every_ja(Window { min: None, max: *every });
                parts.push(match last {
                    Some(last) => {
                        format!("前回 {}（{}・目安 {every}）", self.day(*last), self.ago(*last))
                    }
                    None => format!("目安 {every}"),
                });
            }
            Why::Sort { .. } => parts.push(own("ノートに tier: を書くと予定に入ります")),
            Why::Done { .. } => {}
            // What all others say stands with its occasion.
            _ => self.why_ja(item, parts),
        }
    }

    fn reason_en(&self, item: &Item, parts: &mut Vec<String>) {
        let own = |text: &str| text.to_owned();
        match &item.why {
            Why::Window { last, window, by_hand, touched, unanswered, talk } => {
                if *by_hand {
                    parts.push(own("the day you chose"));
                }
                match (last, window) {
                    (Some(last), Some(window)) if !by_hand => parts.push(format!(
                        "last contact {} ({}; usually {})",
                        self.day(*last),
                        self.ago(*last),
                        every_en(*window)
                    )),
                    (Some(last), _) => {
                        parts.push(format!("last contact {} ({})", self.day(*last), self.ago(*last)));
                    }
                    (None, _) if !by_hand => parts.push(own("no contact noted yet")),
                    (None, _) => {}
                }
                if *touched {
                    parts.push(own("a little later thanks to a light touch"));
                }
                if *unanswered {
                    parts.push(own("no answer lately, so the interval is doubled"));
                }
                parts.extend(talk.map(|_| self.talk_reason()));
            }
            Why::Birthday { day: Some(day), .. } => parts.push(self.distance(*day)),
            Why::Birthday { day: None, month } => {
                parts.push(format!("born in {}, some day this month", month_name(*month)));
            }
            Why::Milestone { day, what } => {
                let what = if self.text(what).is_empty() { "a milestone of theirs on " } else { "" };
                parts.push(format!("{what}{} ({})", self.day(*day), self.distance(*day)));
            }
            Why::Promise { due, since, .. } => {
                if item.kind == Kind::Waiting {
                    parts.push(own("they promised"));
                }
                match (due, since) {
                    (Some(due), _) => parts.push(format!("due {}", self.day(*due))),
                    (None, Some(since)) => parts.push(format!("since {}", self.day(*since))),
                    (None, None) => {}
                }
                if item.kind == Kind::Waiting {
                    parts.push(own("a friendly nudge is fine by now"));
                }
            }
            Why::Reopen { last, paused } => {
                if *paused {
                    parts.push(own("the pause is over"));
                }
                if let Some(last) = last {
                    parts.push(format!("last contact {} ({})", self.day(*last), self.ago(*last)));
                }
                parts.push(own("short and easy is enough"));
            }
            Why::Habit { last, every } => {
                let every = every_en(Window { min: None, max: *every });
                parts.push(match last {
                    Some(last) => format!("last {} ({}; {every})", self.day(*last), self.ago(*last)),
                    None => every,
                });
            }
            Why::Sort { .. } => parts.push(own("add tier: to their notes and they will be planned")),
            Why::Done { .. } => {}
            // What all others say stands with its occasion.
            _ => self.why_en(item, parts),
        }
    }

    /// The child line of a topic; `link` is the link to its note. None where the item's own line
    /// says it all.
    pub fn topic(&self, item: &Item, topic: &Topic, link: Option<&str>) -> Option<String> {
        if is_told(item, topic) || (self.show)(&topic.text).is_empty() {
            return None;
        }
        // Who it is and what they share stands in the line, but no link to the other.
        if topic.kind == TopicKind::Introduce {
            return link.map(|link| format!("{}: {link}", label(topic.kind, self.lang)));
        }
        Some(self.topic_words(topic, link))
    }

    fn topic_words(&self, topic: &Topic, link: Option<&str>) -> String {
        let label = label(topic.kind, self.lang);
        let text = self.text(&topic.text);
        let day = topic.day.map(|day| self.day(day));
        match (self.lang, topic.kind, day) {
            (Lang::Ja, TopicKind::Clip, day) => {
                let day = day.map_or(String::new(), |day| format!("{day} の記事、"));
                format!("{label}: {}（{day}まだ共有していません）", link.unwrap_or(&text))
            }
            (Lang::En, TopicKind::Clip, day) => {
                let day = day.map_or(String::new(), |day| format!("{day}, "));
                format!("{label}: {} ({day}not shared yet)", link.unwrap_or(&text))
            }
            (Lang::Ja, TopicKind::Gratitude, _) => {
                format!("{label}: あのときの「{text}」が今も役立っています")
            }
            (Lang::En, TopicKind::Gratitude, day) => {
                let day = day.map_or(String::new(), |day| format!(" ({day})"));
                format!("{label}: {text}{day} — it still helps today")
            }
            (Lang::Ja, TopicKind::GiveBack, _) => format!("{label}: 「{text}」へのお礼に、できることを"),
            (Lang::En, TopicKind::GiveBack, _) => format!("{label}: something in return for “{text}”"),
            (lang, _, day) => {
                let day = day.map_or(String::new(), |day| match lang {
                    Lang::Ja => format!("（{day}）"),
                    Lang::En => format!(" ({day})"),
                });
                let link = link.map_or(String::new(), |link| format!(" — {link}"));
                format!("{label}: {text}{day}{link}")
            }
        }
    }

    /// Why a tick is not recorded yet, or not taken back: goen's own words.
    pub fn notice(&self, stay: &Stay) -> Option<String> {
        let ((ja, en), why) = match stay {
            Stay::AsItIs | Stay::Waiting => return None,
            Stay::NotRecorded(why) => (NOT_RECORDED, why),
            Stay::NotTakenBack(why) => (NOT_TAKEN_BACK, why),
        };
        Some(format!("{}: {why}", pick(self.lang, ja, en)))
    }

    /// The child line that names further reasons.
    pub fn also(&self, kinds: &[Kind]) -> String {
        let words: Vec<&str> = kinds.iter().map(|kind| kind_word(*kind, self.lang)).collect();
        let words = words.join(pick(self.lang, "、", ", "));
        format!("{}: {words}", pick(self.lang, ALSO.0, ALSO.1))
    }

    /// `11/24（火）`, `Tue 24 Nov: `: in front of what stands on another day.
    pub fn lead(&self, day: NaiveDate) -> String {
        match self.lang {
            Lang::Ja => format!("{}（{}）", self.day(day), weekday(day, Lang::Ja)),
            Lang::En => format!("{} {}: ", weekday(day, Lang::En), self.day(day)),
        }
    }

    /// `9/14`, `14 Sep`; with the year where it is another.
    pub fn day(&self, day: NaiveDate) -> String {
        let another = day.year() != self.today.year();
        match self.lang {
            Lang::Ja if another => format!("{}/{}/{}", day.year(), day.month(), day.day()),
            Lang::Ja => format!("{}/{}", day.month(), day.day()),
            Lang::En if another => {
                format!("{} {} {}", day.day(), short_month(day.month()), day.year())
            }
            Lang::En => format!("{} {}", day.day(), short_month(day.month())),
        }
    }

    /// `68日前`, `68 days ago`; calmly rounded after a year.
    fn ago(&self, day: NaiveDate) -> String {
        let days = (self.today - day).num_days();
        if let Some(ago) = self.years_ago(day) {
            return ago;
        }
        match (self.lang, days) {
            (Lang::Ja, ..=0) => "今日".to_owned(),
            (Lang::En, ..=0) => "today".to_owned(),
            (Lang::Ja, 1) => "昨日".to_owned(),
            (Lang::En, 1) => "yesterday".to_owned(),
            (Lang::Ja, n) => format!("{n}日前"),
            (Lang::En, n) => format!("{n} days ago"),
        }
    }

    /// `1年ほど前`, `1年半ほど前`, `2年近く前`; none for what is less than a year ago.
    fn years_ago(&self, day: NaiveDate) -> Option<String> {
        let full = self.today.years_since(day).filter(|years| *years > 0)?;
        let month = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month());
        let left = month(self.today) - month(day) - i64::from(full) * 12;
        Some(match (self.lang, left) {
            (Lang::Ja, ..=3) => format!("{full}年ほど前"),
            (Lang::Ja, 4..=8) => format!("{full}年半ほど前"),
            (Lang::Ja, _) => format!("{}年近く前", full + 1),
            (Lang::En, ..=3) if full == 1 => "about a year ago".to_owned(),
            (Lang::En, ..=3) => format!("about {full} years ago"),
            (Lang::En, 4..=8) => format!("about {full}½ years ago"),
            (Lang::En, _) => format!("almost {} years ago", full + 1),
        })
    }

    /// `今日`, `あさって`, `3日後`, `2日前`
    fn distance(&self, day: NaiveDate) -> String {
        match (self.lang, (day - self.today).num_days()) {
            (_, ..=0) => self.ago(day),
            (Lang::Ja, 1) => "明日".to_owned(),
            (Lang::En, 1) => "tomorrow".to_owned(),
            (Lang::Ja, 2) => "あさって".to_owned(),
            (Lang::Ja, n) => format!("{n}日後"),
            (Lang::En, n) => format!("in {n} days"),
        }
    }

    /// How many are in which state.
    pub fn states(&self, count: impl Fn(State) -> usize) -> String {
        let rows = [
            ("良好", "fine", count(State::Fresh), true),
            ("そろそろ", "soon", count(State::Open), true),
            ("間があいた", "quiet for a while", count(State::Due) + count(State::Dormant), true),
            ("これから", "new", count(State::New), false),
            ("お休み中", "resting", count(State::Snoozed), false),
            ("未整理", "unsorted", count(State::Untracked), false),
        ];
        let shown: Vec<String> = rows
            .into_iter()
            .filter(|(_, _, n, always)| *always || *n > 0)
            .map(|(ja, en, n, _)| match self.lang {
                Lang::Ja => format!("{ja} {n}"),
                Lang::En => format!("{n} {en}"),
            })
            .collect();
        shown.join(pick(self.lang, "・", ", "))
    }

    /// The line of a day without items.
    pub fn nothing(&self) -> String {
        own_line(pick(self.lang, NOTHING.0, NOTHING.1))
    }

    /// How many wait for room; empty where nobody does.
    pub fn waiting(&self, n: usize) -> String {
        match (self.lang, n) {
            (_, 0) => String::new(),
            (Lang::Ja, n) => own_line(&format!("{}{n} 人は、余裕ができたときに。", WAITING.0)),
            (Lang::En, 1) => own_line(&format!("{}1 more person, when there is room.", WAITING.1)),
            (Lang::En, n) => own_line(&format!("{}{n} more people, when there is room.", WAITING.1)),
        }
    }

    /// How many notes need a look, and the first of them; empty where none does.
    pub fn troubled(&self, n: usize, links: &[String]) -> String {
        if n == 0 {
            return String::new();
        }
        let more = links.len() < n;
        let links = links.join(pick(self.lang, "、", ", "));
        own_line(&match self.lang {
            Lang::Ja => {
                let more = if more { " ほか" } else { "" };
                let named = if links.is_empty() { String::new() } else { format!("：{links}{more}") };
                format!("{}{n} 件あります（goen check）{named}", TROUBLED.0)
            }
            Lang::En => {
                let (what, more) = (if n == 1 { "note" } else { "notes" }, if more { ", …" } else { "" });
                let named = if links.is_empty() { String::new() } else { format!(": {links}{more}") };
                format!("{}{n} {what} (goen check){named}", TROUBLED.1)
            }
        })
    }
}

/// Whether a topic is what the reason quotes already.
fn is_told(item: &Item, topic: &Topic) -> bool {
    match &item.why {
        Why::Reply { day, text } | Why::Thanks { day, text } => {
            topic.kind == TopicKind::Last && topic.day == Some(*day) && topic.text == *text
        }
        _ => false,
    }
}

const NOTHING: (&str, &str) =
    ("今日の予定はありません。よい一日を。", "Nothing planned today. Enjoy the day.");
const WAITING: (&str, &str) = ("ほか ", "And ");
const TROUBLED: (&str, &str) = ("ひと目見てほしいノートが ", "Worth a look: ");

/// A line between the lists.
fn own_line(text: &str) -> String {
    format!("*{text}*")
}

/// Whether a line between the lists is one that goen writes, in whichever language.
pub(super) fn is_own_line(line: &str) -> bool {
    let Some(text) = line.strip_prefix('*').and_then(|line| line.strip_suffix('*')) else { return false };
    let of = |beginning: &str, end: &str| text.starts_with(beginning) && text.contains(end);
    text == NOTHING.0
        || text == NOTHING.1
        || of(WAITING.0, " 人は、余裕ができたときに。")
        || of(WAITING.1, ", when there is room.")
        || of(TROUBLED.0, " 件あります（goen check）")
        || of(TROUBLED.1, " (goen check)")
}

/// Japanese with a blank before and after what ends in ASCII: ` LINE `, メール
fn spaced(word: &str) -> String {
    let before = if word.starts_with(|c: char| c.is_ascii()) { " " } else { "" };
    let after = if word.ends_with(|c: char| c.is_ascii()) { " " } else { "" };
    format!("{before}{word}{after}")
}

fn spaced_before(word: &str) -> String {
    let before = if word.starts_with(|c: char| c.is_ascii_alphanumeric()) { " " } else { "" };
    format!("{before}{word}")
}

/// The weekday in short.
pub(super) fn weekday(day: NaiveDate, lang: Lang) -> &'static str {
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

fn short_month(month: u32) -> &'static str {
    month_name(month).get(..3).unwrap_or("")
}

/// `1〜2か月`, `6週間`, `45日`; `1–2 months`, `6 weeks`, `45 days`
fn window_words(window: Window, lang: Lang) -> String {
    let (max, unit) = measure(window.max);
    let min = window.min.map(measure).filter(|min| *min != (max, unit));
    let word = |n: u32, unit: Unit| unit.word(n, lang);
    match (min, lang) {
        (None, Lang::Ja) => format!("{max}{}", word(max, unit)),
        (None, Lang::En) => format!("{max} {}", word(max, unit)),
        (Some((min, of)), Lang::Ja) if of == unit => format!("{min}〜{max}{}", word(max, unit)),
        (Some((min, of)), Lang::En) if of == unit => format!("{min}–{max} {}", word(max, unit)),
        (Some((min, of)), Lang::Ja) => format!("{min}{}〜{max}{}", word(min, of), word(max, unit)),
        (Some((min, of)), Lang::En) => format!("{min} {} – {max} {}", word(min, of), word(max, unit)),
    }
}

/// `毎月`, `3か月ごと`
fn every_ja(window: Window) -> String {
    match once_a(window) {
        Some(Unit::Year) => "毎年".to_owned(),
        Some(Unit::Month) => "毎月".to_owned(),
        Some(Unit::Week) => "毎週".to_owned(),
        Some(Unit::Day) => "毎日".to_owned(),
        None => format!("{}ごと", window_words(window, Lang::Ja)),
    }
}

/// `every month`, `every 1–2 months`
fn every_en(window: Window) -> String {
    match once_a(window) {
        Some(unit) => format!("every {}", unit.word(1, Lang::En)),
        None => format!("every {}", window_words(window, Lang::En)),
    }
}

/// The unit, where a window says no more than once in one of it.
fn once_a(window: Window) -> Option<Unit> {
    let (n, unit) = measure(window.max);
    let plain = window.min.is_none_or(|min| measure(min) == (n, unit));
    (n == 1 && plain).then_some(unit)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Year,
    Month,
    Week,
    Day,
}

impl Unit {
    fn word(self, n: u32, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Year, Lang::Ja) => "年",
            (Self::Month, Lang::Ja) => "か月",
            (Self::Week, Lang::Ja) => "週間",
            (Self::Day, Lang::Ja) => "日",
            (Self::Year, Lang::En) => pick_number(n, "year", "years"),
            (Self::Month, Lang::En) => pick_number(n, "month", "months"),
            (Self::Week, Lang::En) => pick_number(n, "week", "weeks"),
            (Self::Day, Lang::En) => pick_number(n, "day", "days"),
        }
    }
}

fn pick_number(n: u32, one: &'static str, many: &'static str) -> &'static str {
    if n == 1 { one } else { many }
}

/// A length in its largest whole unit; months and days together count as days.
fn measure(stretch: Stretch) -> (u32, Unit) {
    match (stretch.months, stretch.days) {
        (months, 0) if months > 0 && months % 12 == 0 => (months / 12, Unit::Year),
        (months, 0) if months > 0 => (months, Unit::Month),
        (0, days) if days > 0 && days % 7 == 0 => (days / 7, Unit::Week),
        (0, days) => (days, Unit::Day),
        (months, days) => (months.saturating_mul(365).saturating_add(6) / 12 + days, Unit::Day),
    }
}
