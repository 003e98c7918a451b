//! An entry of the log: what happened between you on a day.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::body::{Body, Tag};
use super::dialect::{Dialect, Greets};
use super::find::Desk;
use super::plain::{plain, regex};
use crate::date::{self, DateError};
use crate::text::{Span, Text, fold, head};

/// Of a longer entry only so many bytes are kept.
const LONGEST: usize = 4096;

/// What an entry's tags and channel say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks(u16);

impl Marks {
    /// `#gave`: you helped.
    pub const GAVE: Self = Self(1);
    /// `#received`: they helped.
    pub const RECEIVED: Self = Self(1 << 1);
    /// `#thanks`
    pub const THANKS: Self = Self(1 << 2);
    /// `#asked`
    pub const ASKED: Self = Self(1 << 3);
    /// `#reply`: they wrote, you owe an answer.
    pub const REPLY: Self = Self(1 << 4);
    /// `#noreply`
    pub const NOREPLY: Self = Self(1 << 5);
    /// `#followup`: to be asked about next time.
    pub const FOLLOWUP: Self = Self(1 << 6);
    /// `#done`: settles an earlier follow-up.
    pub const DONE: Self = Self(1 << 7);
    /// The channel is light: a touch.
    pub const LIGHT: Self = Self(1 << 8);
    /// The channel is a meeting or a call.
    pub const MEETING: Self = Self(1 << 9);
    /// `(skip)`: not a contact.
    pub const SKIP: Self = Self(1 << 10);

    /// Whether all of `other` is said.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Adds `other`.
    pub fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

const TAGS: &[(&str, Marks)] = &[
    ("gave", Marks::GAVE),
    ("力になった", Marks::GAVE),
    ("received", Marks::RECEIVED),
    ("お世話になった", Marks::RECEIVED),
    ("thanks", Marks::THANKS),
    ("お礼", Marks::THANKS),
    ("asked", Marks::ASKED),
    ("お願い", Marks::ASKED),
    ("reply", Marks::REPLY),
    ("要返信", Marks::REPLY),
    ("noreply", Marks::NOREPLY),
    ("返信なし", Marks::NOREPLY),
    ("followup", Marks::FOLLOWUP),
    ("続き", Marks::FOLLOWUP),
    ("done", Marks::DONE),
    ("済", Marks::DONE),
];

/// What they did and you are glad of: 送ってくださった, お返事をいただいた.
static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "(?:送っ|出し|書い|届け|贈っ|返し)て(?:くださ|下さ|くれ|いただ|頂|もら)|送って(?:き|来)|\
         (?:送り|届け|送付|返信|返事|返し)[をもが]?(?:くださ|下さ|いただ|頂|もら|届|来[たて]|あっ)",
    )
});

/// Words of a greeting that was sent, your own 送らせていただいた among them.
static SENT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "[さらか]せて(?:いただ|頂)|投函|ポストに|送[っりる信付]|(?:^|[^い])出し[たてま]|書い|届け|\
         返信し|返信済|た[お御]礼|への返|に返|返事を|返しを|返礼|\
         (?-u:\\b)(?:sent|send|posted|mailed|emailed|wrote|replied|answered)(?-u:\\b)",
    )
});

/// Words of one that came.
static CAME: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "届[いきか]|(?:^|[^出])来[たて]|来まし|(?:^|[^ち])着[いき]|いただ|頂[いきくけ戴]|ちょうだい|もら[いうえっ]|貰|\
         (?:くださ|下さ)(?:っ|り|いまし)|くれ[たて]|くれまし|拝受|受領|受け取|受けと|受取|うけと|があっ|\
         (?-u:\\b)(?:received|arrived|came|got|from them)(?-u:\\b)",
    )
});

/// One entry of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The day.
    pub day: NaiveDate,
    /// The channel in parentheses, folded; empty where none is given.
    pub channel: Text,
    /// What its tags and channel say.
    pub marks: Marks,
    /// The season greetings that it names.
    pub greets: Greets,
    /// goen's id, where goen wrote it.
    pub id: Option<Box<str>>,
    /// Its text in one plain line; empty where it is not kept ([`Entry::keep_text`]).
    pub text: Text,
    /// Where it stands.
    pub span: Span,
    /// Where its text stands, behind date and channel.
    pub said: Span,
}

impl Entry {
    /// Whether it is a contact: neither a touch nor a skip.
    pub fn is_contact(&self) -> bool {
        !self.marks.has(Marks::LIGHT) && !self.marks.has(Marks::SKIP)
    }

    /// The channel, where one is given.
    pub fn channel(&self) -> Option<&Text> {
        Some(&self.channel).filter(|channel| !channel.is_empty())
    }

    /// Keeps its text, from the note it was read from. Most entries are never quoted:
    /// making and keeping the words of all would cost a large vault time and memory.
    pub fn keep_text(&mut self, note: &str) {
        self.text = self.words(note);
    }

    /// Its words in one plain line, from the note it was read from.
    pub fn words(&self, note: &str) -> Text {
        plain(head(self.said.of(note), LONGEST))
    }
}

/// The log of a note that is no person, oldest first, with the words of every entry: there are few.
pub fn kept(desk: &Desk<'_>, body: &Body) -> Vec<Entry> {
    let mut log = entries(desk, body, false);
    log.sort_by_key(|entry| entry.day);
    log.iter_mut().for_each(|entry| entry.keep_text(desk.text));
    log
}

/// The entries of a note: list items under a log heading, and headings that are dates
/// (those anywhere, where `dated_headings` says so).
pub fn entries(desk: &Desk<'_>, body: &Body, dated_headings: bool) -> Vec<Entry> {
    let mut out = Vec::new();
    let mut log_level = None;
    let mut headings = body.headings.iter().peekable();
    let mut tags = body.tags.as_slice();
    let mut take = |desk: &Desk<'_>, text: Span, span: Span, strict: bool| {
        // Tags, items and headings all come in the order of the text.
        let from = tags.partition_point(|tag| tag.span.start < span.start);
        tags = &tags[from..];
        let until = tags.partition_point(|tag| tag.span.start < span.end);
        entry(desk, text, span, &tags[..until], strict)
    };
    for item in body.items.iter().filter(|item| item.depth == 1 && !item.quoted) {
        while let Some(heading) = headings.next_if(|h| h.text.start < item.span.start) {
            if dated_headings && let Some(found) = take(desk, heading.text, heading.text, false) {
                out.push(found);
            }
            log_level =
                under(log_level, heading.level, desk.dialect.is_log_heading(heading.text.of(desk.text)));
        }
        if log_level.is_some()
            && matches!(item.mark, None | Some('x' | 'X'))
            && let Some(found) = take(desk, item.text, item.span, true)
        {
            out.push(found);
        }
    }
    for heading in headings {
        if dated_headings && let Some(found) = take(desk, heading.text, heading.text, false) {
            out.push(found);
        }
    }
    out
}

/// The level of the log heading that is in force behind a heading.
fn under(log: Option<u8>, level: u8, is_log: bool) -> Option<u8> {
    // A log heading below another one belongs to the outer log.
    let outer = log.filter(|log| level > *log);
    if is_log { outer.or(Some(level)) } else { outer }
}

static ID: LazyLock<Regex> = LazyLock::new(|| regex(r"\^(g-[0-9a-z]+)"));

fn entry(desk: &Desk<'_>, text: Span, span: Span, tags: &[Tag], strict: bool) -> Option<Entry> {
    let raw = text.of(desk.text);
    let (day, len) = match date::prefix(raw, desk.dialect.day_first) {
        Ok(found) => found,
        Err(error) => {
            // In a log, what looks like a date and is none was meant as one.
            if strict && error != DateError::NotADate {
                let word: String = raw.chars().take_while(|c| !c.is_whitespace()).take(20).collect();
                desk.report_date(
                    Span::new(text.start as usize, text.start as usize + word.len()),
                    &word,
                    error,
                );
            }
            return None;
        }
    };
    let rest = raw[len..]
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—' | '*'));
    let (channel, rest) = channel(rest, desk.dialect);
    let mut marks = Marks::default();
    if let Some(channel) = &channel {
        match channel.as_ref() {
            "skip" => marks.add(Marks::SKIP),
            c if desk.dialect.is_light(c) => marks.add(Marks::LIGHT),
            c if desk.dialect.is_meeting(c) => marks.add(Marks::MEETING),
            _ => {}
        }
    }
    for tag in tags.iter().filter(|tag| !tag.struck) {
        let word = fold(tag.span.of(desk.text).trim_start_matches('#'));
        if let Some((_, mark)) = TAGS.iter().find(|(name, _)| *name == word) {
            marks.add(*mark);
        }
    }
    let greets = greets(rest, marks, desk.dialect);
    let id = raw.contains("^g-").then(|| ID.captures_iter(raw).last()).flatten().map(|found| found[1].into());
    let said = Span::new(text.end as usize - rest.len(), text.end as usize);
    Some(Entry { day, channel: channel.unwrap_or_default(), marks, greets, id, text: "".into(), span, said })
}

/// Which way a greeting went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Sent,
    Came,
}

impl Way {
    /// What folded words say of it, if anything: what was sent in answer to one that came was sent.
    fn of(words: &str) -> Option<Self> {
        let ours = GIVEN.replace_all(words, " ");
        if SENT.is_match(&ours) {
            return Some(Self::Sent);
        }
        (ours != words || CAME.is_match(words)).then_some(Self::Came)
    }
}

/// The season greetings that a line names, and which of them came: its clause says, where that is
/// silent the line, else a tag. Nearly every line names none.
fn greets(text: &str, marks: Marks, dialect: &Dialect) -> Greets {
    const ENDS: [char; 10] = ['。', '、', ',', '.', '!', ';', '\n', '(', ')', '\r'];
    let named = dialect.greets(text);
    if named.is_empty() {
        return named;
    }
    let line = fold(text);
    let is_tagged = marks.has(Marks::RECEIVED) || marks.has(Marks::REPLY);
    let by_tag = || is_tagged.then_some(Way::Came);
    let (mut sent, mut came) = (Greets::default(), Greets::default());
    let mut clauses: Vec<&str> = line.split(ENDS).filter(|words| !dialect.greets(words).is_empty()).collect();
    // A name may hold what ends a clause.
    if clauses.is_empty() {
        clauses.push(&line);
    }
    for words in clauses {
        let way = Way::of(words).or_else(|| Way::of(&line)).or_else(by_tag);
        let told = if way == Some(Way::Came) { &mut came } else { &mut sent };
        told.add(dialect.greets(words));
    }
    named.told(sent, came)
}

/// The channel behind a day in front matter: `via Slack`, `by phone`, `LINE経由`, `電話で`. What
/// goes on in words (`引っ越したばかりで`) is none.
pub fn via(text: &str) -> Option<&str> {
    let is_word = |word: &&str| {
        let is_hiragana = |c: char| ('ぁ'..='ゖ').contains(&c);
        !word.is_empty()
            && word.chars().count() <= 20
            && !word.contains(|c| is_hiragana(c) || "。、「」".contains(c))
    };
    let before = ["via ", "by "].iter().find_map(|sign| text.strip_prefix(sign));
    let behind = || ["経由", "で"].iter().find_map(|sign| text.strip_suffix(sign)).filter(is_word);
    before.map(str::trim).or_else(|| behind().map(str::trim))
}

/// The channel in parentheses in front, folded, and what stands behind it.
pub fn channel<'a>(text: &'a str, dialect: &Dialect) -> (Option<Text>, &'a str) {
    let Some(inner) = text.strip_prefix(['(', '（']) else { return (None, text) };
    let Some(end) = inner.char_indices().take(40).find(|(_, c)| matches!(c, ')' | '）' | '\n')) else {
        return (None, text);
    };
    let (at, close) = end;
    let word = fold(&inner[..at]);
    if close == '\n' || word.is_empty() || date::parse(&word, dialect.day_first).is_ok() {
        return (None, text);
    }
    (Some(word.as_ref().into()), behind(&inner[at + close.len_utf8()..]))
}

/// What stands behind a channel, without the colon that parts them: the one of `(line) :smile:` does not.
fn behind(rest: &str) -> &str {
    let begins = |said: &&str| said.starts_with(|c: char| c.is_whitespace() || !c.is_ascii());
    let apart = || rest.trim_start().strip_prefix([':', '：']).filter(begins);
    rest.strip_prefix([':', '：']).or_else(apart).unwrap_or(rest).trim_start()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::config::{Config, Greeting};
    use crate::moment::DailyFormat;
    use crate::note::dialect::Journal;

    /// What each line says of a new year's greeting: sent, came, or nothing.
    #[test]
    fn which_way_a_greeting_went() {
        let format = DailyFormat::new("YYYY-MM-DD").unwrap();
        let config = Config::default();
        let place = config.greetings().iter().position(|rule| rule.greeting == Greeting::NewYear).unwrap();
        let dialect = Dialect::new(&config, Journal { format, folder: None }, &[]);
        let check = |want: &str, lines: &[&str]| {
            for line in lines {
                let greets = greets(line, Marks::default(), &dialect);
                let found = match (greets.has(place), greets.has_come(place)) {
                    (false, _) => "nothing",
                    (true, false) => "sent",
                    (true, true) => "came",
                };
                assert_eq!(found, want, "{line}");
            }
        };
        check(
            "came",
            &[
                "年賀状が届いた",
                "年賀状が来た",
                "年賀状が来ました",
                "年賀状が来ていた",
                "年賀状を頂戴した",
                "年賀状をくださった",
                "年賀状をくれた",
                "年賀状を拝受",
                "年賀状受領",
                "年賀状が着いた",
                "年賀状を受けとった",
                "年賀状をうけとった",
                "年賀状を送ってくださった",
                "年賀状に返信をいただいた",
                "Received a 年賀",
                "got a New Year's card",
                "年賀状 from them",
                "年賀状（電子）。届いた",
                "年賀状が届いた。春に会おうと書いた手紙を出した",
            ],
        );
        check(
            "sent",
            &[
                "年賀状",
                "年賀状を出した",
                "年賀状を送らせていただいた",
                "年賀状をお送りした",
                "年賀状を届けた",
                "年賀状を投函。新しい住所は奥様から教えていただいた",
                "年賀状をポストに出した（住所は教えていただいた）",
                "年賀のメールを送った。お歳暮をいただいたお礼も",
                "年賀のメールを送った #received",
                "届いた年賀状に返信",
                "いただいた年賀状へのお返しを出した",
                "謹賀新年",
                "新年のご挨拶を送った",
                "Forgot nothing: New Year greetings",
                "sent a New Year's card, got home late",
            ],
        );
        check(
            "nothing",
            &["年賀欠礼状を出した", "喪中のお知らせ", "新年会で会った", "年末年始の挨拶", "近況"],
        );
    }
}
