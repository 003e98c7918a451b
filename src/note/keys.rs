//! The spellings of front-matter keys.
//!
//! Keys are compared without case, with `-`, `_`, blanks and camelCase the same,
//! and with a known prefix dropped, so that vaults kept for other tools are read
//! as they are.

mod prefix;

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::text::{QuickMap, fold};

/// What a key says, whatever its spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the keys of the user's documentation")]
pub enum Field {
    Name,
    Reading,
    Aliases,
    Tier,
    LastContact,
    Cadence,
    Interests,
    Birthday,
    Milestones,
    Org,
    FormerOrg,
    Role,
    Location,
    Address,
    PostalCode,
    JointNames,
    Goals,
    Strengths,
    Honorific,
    Channels,
    Prefer,
    Lang,
    Register,
    Next,
    Snooze,
    Status,
    Paused,
    Mourning,
    Seasons,
    Nengajo,
    Added,
    Type,
    Tags,
    Categories,
    Date,
    Start,
    End,
    Attendees,
    Goal,
    From,
    To,
    Url,
    Clipped,
    Career,
    Habits,
    Away,
    Booking,
}

/// Every field with its canonical key first, then what else it is read as.
const SPELLINGS: &[(Field, &[&str])] = &[
    (Field::Name, &["name", "full_name", "FN", "氏名", "名前"]),
    (
        Field::Reading,
        &[
            "reading",
            "furigana",
            "yomi",
            "phonetic",
            "よみ",
            "ふりがな",
            "読み",
            "フリガナ",
            "ヨミ",
            "よみがな",
        ],
    ),
    (Field::Aliases, &["aliases", "alias", "nickname", "nicknames", "別名", "あだ名"]),
    (Field::Tier, &["tier", "relation", "relationship", "closeness", "関係", "間柄", "区分"]),
    (
        Field::LastContact,
        &[
            "last_contact",
            "last_contacted",
            "last_interaction",
            "last_touch",
            "last_met",
            "last_chat",
            "last_contact_date",
            "contacted",
            "最終連絡",
            "最終連絡日",
            "前回連絡",
        ],
    ),
    (Field::Cadence, &["cadence", "frequency", "contact_frequency", "keep_in_touch", "頻度"]),
    (Field::Interests, &["interests", "interest", "topics", "hobbies", "関心", "趣味"]),
    (Field::Birthday, &["birthday", "birth", "bday", "dob", "date_of_birth", "誕生日", "生年月日"]),
    (Field::Milestones, &["milestones", "milestone", "節目"]),
    (
        Field::Org,
        &[
            "org",
            "orgs",
            "company",
            "employer",
            "organization",
            "organizations",
            "organisation",
            "会社",
            "所属",
        ],
    ),
    (Field::FormerOrg, &["former_org", "former_orgs", "past_company", "past_companies", "前職"]),
    (Field::Role, &["role", "job_title", "役職", "肩書"]),
    (Field::Location, &["location", "city", "place", "場所", "居住地", "勤務地"]),
    (Field::Address, &["address", "ADR", "住所"]),
    (Field::PostalCode, &["postal_code", "郵便番号"]),
    (Field::JointNames, &["joint_names", "連名"]),
    (Field::Goals, &["goals", "目標", "悩み"]),
    (Field::Strengths, &["strengths", "得意", "強み"]),
    (Field::Honorific, &["honorific", "敬称"]),
    (Field::Channels, &["channels", "連絡先"]),
    (Field::Prefer, &["prefer", "preferred_channel", "連絡手段"]),
    (Field::Lang, &["lang", "language"]),
    (Field::Register, &["register", "敬語", "文体", "言葉づかい"]),
    (Field::Next, &["next", "next_contact", "next_follow_up", "follow_up", "次回"]),
    (Field::Snooze, &["snooze", "snooze_until", "defer", "保留"]),
    (Field::Status, &["status", "状態"]),
    (Field::Paused, &["paused"]),
    (Field::Mourning, &["mourning", "喪中"]),
    (Field::Seasons, &["seasons"]),
    (Field::Nengajo, &["nengajo", "年賀状"]),
    (Field::Added, &["added", "created", "date_created", "met_on"]),
    (Field::Type, &["type", "種類", "種別"]),
    (Field::Tags, &["tags", "tag", "タグ"]),
    (Field::Categories, &["categories", "category"]),
    (Field::Date, &["date", "日付"]),
    (Field::Start, &["start"]),
    (Field::End, &["end"]),
    (Field::Attendees, &["attendees", "参加者", "出席者"]),
    (Field::Goal, &["goal"]),
    (Field::From, &["from"]),
    (Field::To, &["to"]),
    (Field::Url, &["url", "source", "link"]),
    (Field::Clipped, &["clipped"]),
    (Field::Career, &["career", "経歴", "職歴"]),
    (Field::Habits, &["habits", "習慣"]),
    (Field::Away, &["away"]),
    (Field::Booking, &["booking"]),
];

/// Channels that stand as keys of their own: each canonical name with its spellings.
const CHANNELS: &[(&str, &[&str])] = &[
    ("email", &["email", "mail", "e-mail", "email_address", "メール", "メールアドレス"]),
    (
        "phone",
        &[
            "phone",
            "tel",
            "telephone",
            "phone_number",
            "mobile",
            "cell",
            "cellphone",
            "電話",
            "電話番号",
            "携帯",
        ],
    ),
    ("line", &["line", "ライン"]),
    ("linkedin", &["linkedin"]),
    ("x", &["x", "twitter"]),
    ("slack", &["slack"]),
    ("facebook", &["facebook", "messenger"]),
    ("instagram", &["instagram"]),
    ("discord", &["discord"]),
    ("teams", &["teams", "msteams"]),
    ("telegram", &["telegram"]),
    ("whatsapp", &["whatsapp"]),
    ("signal", &["signal"]),
    ("skype", &["skype"]),
    ("mastodon", &["mastodon"]),
    ("bluesky", &["bluesky"]),
    ("wechat", &["wechat"]),
    ("kakaotalk", &["kakaotalk", "kakao"]),
    ("chatwork", &["chatwork"]),
    ("github", &["github"]),
    ("sns", &["sns"]),
    ("chat", &["chat", "チャット"]),
    ("post", &["post", "手紙", "郵便", "はがき", "ハガキ", "葉書"]),
];

/// What the tiers' general words stand for: any of these addresses serves.
const FAMILIES: &[(&str, &[&str])] = &[
    ("sns", &["x", "linkedin", "facebook", "instagram", "mastodon", "bluesky"]),
    (
        "chat",
        &[
            "slack",
            "teams",
            "discord",
            "chatwork",
            "telegram",
            "whatsapp",
            "signal",
            "line",
            "kakaotalk",
            "wechat",
            "skype",
        ],
    ),
];

/// A key as it is compared: `prm-Last_Contact` and `lastContact` are both `lastcontact`.
pub fn normal(key: &str) -> Cow<'_, str> {
    parted(prefix::behind_hump(key), prefix::behind_sign)
}

/// A word without the signs that part it, behind what `behind` leaves away.
fn parted(word: &str, behind: impl FnOnce(&str) -> &str) -> Cow<'_, str> {
    let is_mere = |c: char| !matches!(c, '-' | '_' | ':' | '[') && !c.is_whitespace();
    let folded = fold(word);
    if folded.chars().all(is_mere) {
        return folded;
    }
    let mut rest = behind(&folded);
    // vCard tools write `EMAIL[HOME]`.
    if let Some((head, _)) = rest.split_once('[') {
        rest = head;
    }
    Cow::Owned(rest.chars().filter(|c| !matches!(c, '-' | '_') && !c.is_whitespace()).collect())
}

/// The canonical name of a channel: `メール`, `E-Mail` and `mail` are `email`;
/// a word that is not known stands for itself, folded.
pub fn channel(word: &str) -> Cow<'_, str> {
    // What is said of a way to write has no prefix of a key: a post at X is no letter.
    match CHANNEL_TABLE.get(word).or_else(|| CHANNEL_TABLE.get(parted(word, |word| word).as_ref())) {
        Some(name) => Cow::Borrowed(*name),
        None => fold(word),
    }
}

/// The addresses of one text: several e-mail addresses or telephone numbers may stand in it with commas
/// between them, or one behind the only one. Whatever else has a comma is one.
pub fn addresses<'t>(channel: &str, text: &'t str) -> Vec<&'t str> {
    /// Fewer digits are an extension.
    const SHORTEST_NUMBER: usize = 7;
    // Most texts have no byte of any of these separators.
    if !text.bytes().any(|b| matches!(b, b',' | b';' | 0xe3 | 0xef)) {
        return vec![text];
    }
    let is_one = |part: &&str| match channel {
        "email" => part.contains('@') && !part.starts_with('@'),
        "phone" => part.chars().filter(|c| c.is_numeric()).count() >= SHORTEST_NUMBER,
        _ => false,
    };
    let parts = text.split([',', '、', '，', ';', '；']).map(str::trim).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    if !parts.is_empty() && parts.iter().all(is_one) { parts } else { vec![text] }
}

/// Whether people hear each other over a channel: by phone or with a picture.
pub fn is_call(word: &str) -> bool {
    const CALLS: [&str; 13] = [
        "phone",
        "call",
        "通話",
        "video",
        "ビデオ",
        "ビデオ通話",
        "ビデオ会議",
        "テレビ電話",
        "オンライン通話",
        "zoom",
        "facetime",
        "google meet",
        "webex",
    ];
    CALLS.contains(&&*channel(word))
}

/// Whether a word, folded, says that people met: what an English writer calls `meet`.
pub fn is_meet(word: &str) -> bool {
    const MEET: [&str; 7] =
        ["met", "meeting", "in person", "in-person", "face to face", "face-to-face", "f2f"];
    MEET.contains(&word)
}

static CHANNEL_TABLE: LazyLock<QuickMap<String, &'static str>> = LazyLock::new(|| {
    let words = CHANNELS.iter().flat_map(|(name, words)| words.iter().map(move |word| (*word, *name)));
    words.flat_map(|(word, name)| [(normal(word).into_owned(), name), (word.to_owned(), name)]).collect()
});

/// Whether an address under `have` serves where `want` is asked for (`x` serves for `sns`).
pub fn serves(have: &str, want: &str) -> bool {
    have == want || FAMILIES.iter().any(|(family, members)| *family == want && members.contains(&have))
}

/// The channel that a top-level key is an address of.
pub fn channel_key(key: &str) -> Option<&'static str> {
    CHANNEL_TABLE.get(key).or_else(|| CHANNEL_TABLE.get(normal(key).as_ref())).copied()
}

/// From normalised keys to fields, with the user's own spellings.
#[derive(Debug, Clone)]
pub struct Keys {
    fields: QuickMap<String, Field>,
}

impl Keys {
    /// The table, with `[fields]` of `goen.toml` added.
    pub fn new<'a>(further: impl IntoIterator<Item = (&'a String, &'a Vec<String>)>) -> Self {
        let mut fields: QuickMap<String, Field> = QuickMap::default();
        for (field, words) in SPELLINGS {
            for word in *words {
                fields.insert(normal(word).into_owned(), *field);
                // As they are mostly written, so that most keys need no folding.
                fields.insert((*word).to_owned(), *field);
            }
        }
        for (key, words) in further {
            if let Some(field) = fields.get(normal(key).as_ref()).copied() {
                for word in words {
                    fields.insert(normal(word).into_owned(), field);
                }
            }
        }
        Self { fields }
    }

    /// The field a key means.
    pub fn field(&self, key: &str) -> Option<Field> {
        self.fields.get(key).or_else(|| self.fields.get(normal(key).as_ref())).copied()
    }
}

/// The canonical keys, for messages and for `[fields]`.
pub fn canonical() -> impl Iterator<Item = &'static str> {
    SPELLINGS.iter().map(|(_, words)| words[0])
}

#[cfg(test)]
mod tests;
