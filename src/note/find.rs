//! Looking things up in front matter, with a problem for each value that says nothing.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};

use chrono::NaiveDate;

use super::body::Body;
use super::dialect::Dialect;
use super::keys::{Field, channel_key};
use super::value::{Data, Node, Pair, Style};
use crate::date::{self, DateError};
use crate::problem::{Problem, Takes, What};
use crate::text::{NotePath, QuickSet, Span, Text, fold, head, one_line, trimmed};

/// More problems of one note are not worth their memory.
const MAX_PROBLEMS: usize = 50;

/// Of a longer value only so many bytes are read.
const LONGEST: usize = 4096;

/// A note at hand, and the problems found so far.
pub struct Desk<'a> {
    /// The note's path.
    pub path: &'a NotePath,
    /// Its text.
    pub text: &'a str,
    /// How the vault spells things.
    pub dialect: &'a Dialect,
    problems: RefCell<Vec<Problem>>,
}

impl<'a> Desk<'a> {
    /// A note to be read.
    pub fn new(path: &'a NotePath, text: &'a str, dialect: &'a Dialect) -> Self {
        Self { path, text, dialect, problems: RefCell::new(Vec::new()) }
    }

    /// Notes a problem at a place.
    pub fn report(&self, span: Span, what: What) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < MAX_PROBLEMS {
            problems.push(Problem::at(self.path.clone(), self.text, span, what));
        }
    }

    /// The problems found, in the order of the lines.
    pub fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|p| (p.line, p.column));
        problems
    }

    /// Reports what kept a text from being a date.
    pub fn report_date(&self, span: Span, text: &str, error: DateError) {
        let text = text.to_owned();
        self.report(
            span,
            match error {
                DateError::Ambiguous => What::AmbiguousDate(text),
                DateError::NotADate | DateError::Impossible => What::BadDate(text),
            },
        );
    }

    /// A date in a scalar and the text behind it; nothing for "not yet".
    pub fn date<'n>(&self, node: &'n Node<'_>) -> Option<(NaiveDate, Cow<'n, str>)> {
        let text = node.text()?;
        if is_not_yet(&text) {
            return None;
        }
        match date::prefix(&text, self.dialect.day_first) {
            Ok((day, len)) => {
                let rest = match text {
                    Cow::Borrowed(text) => Cow::Borrowed(text[len..].trim()),
                    Cow::Owned(text) => Cow::Owned(text[len..].trim().to_owned()),
                };
                Some((day, rest))
            }
            Err(error) => {
                self.report_date(node.span, &text, error);
                None
            }
        }
    }

    /// What a key does not take.
    pub fn bad_value(&self, pair: &Pair<'_>, takes: &'static str) {
        let value = pair.value.text().map_or_else(|| "…".to_owned(), Cow::into_owned);
        self.bad_word(pair, pair.value.span, &value, takes);
    }

    /// A word of several that a key does not take.
    pub fn bad_word(&self, pair: &Pair<'_>, span: Span, word: &str, takes: &'static str) {
        let (key, value) = (pair.key.to_string(), word.to_owned());
        self.report(span, What::BadValue { key, value, takes: Takes::like(takes) });
    }
}

/// Words that say that nothing has happened yet.
pub fn is_not_yet(text: &str) -> bool {
    /// The longest of these words in full-width letters.
    const LONGEST_WORD: usize = 15;
    let text = trimmed(text);
    text.len() <= LONGEST_WORD
        && may_say_so(text)
        && matches!(
            fold(text).as_ref(),
            "" | "never"
                | "none"
                | "n/a"
                | "na"
                | "-"
                | "tbd"
                | "?"
                | "null"
                | "なし"
                | "無し"
                | "未"
                | "まだ"
                | "未定"
                | "不明"
        )
}

/// Whether a text says yes.
pub(super) fn is_yes(text: &str) -> bool {
    matches!(fold(text).as_ref(), "true" | "yes" | "on" | "1" | "はい")
}

/// Whether [`is_not_yet`] has to look closer, told by the first byte alone: what begins with another letter
/// of ASCII, or with a kanji that none of its words begins with, says something.
fn may_say_so(text: &str) -> bool {
    match text.as_bytes().first() {
        None | Some(b'n' | b'N' | b't' | b'T' | b'-' | b'?') => true,
        Some(0..0x80 | 0xe5 | 0xe8 | 0xe9) => false,
        Some(_) => true,
    }
}

/// The pairs of one front matter by what their keys mean.
pub struct Matter<'a> {
    pairs: Vec<Pair<'a>>,
    fields: Vec<(Field, usize)>,
    tags: OnceCell<Vec<Text>>,
}

impl<'a> Matter<'a> {
    /// Sorts out the keys; reports those that stand twice, of which the first is read.
    pub fn new(pairs: Vec<Pair<'a>>, desk: &Desk<'_>) -> Self {
        let mut fields = Vec::with_capacity(pairs.len());
        let doubled = doubled(&pairs);
        for (at, pair) in pairs.iter().enumerate() {
            if doubled.binary_search(&at).is_ok() {
                desk.report(pair.key_span, What::DuplicateKey(pair.key.to_string()));
            } else if let Some(field) = desk.dialect.keys.field(&pair.key) {
                fields.push((field, at));
            }
        }
        Self { pairs, fields, tags: OnceCell::new() }
    }

    /// Adds Dataview's inline fields of the body where the front matter has no such key.
    pub fn add_inlines(&mut self, body: &Body, desk: &Desk<'a>) {
        let in_front: Vec<Field> = self.fields.iter().map(|(field, _)| *field).collect();
        for inline in &body.inlines {
            let key = inline.key.of(desk.text);
            let field = desk.dialect.keys.field(key);
            let known = match field {
                Some(field) => !in_front.contains(&field),
                None => channel_key(key).is_some(),
            };
            if known {
                let value = Node::scalar(inline.value.of(desk.text), Style::Plain, inline.value);
                self.tags.take();
                self.fields.extend(field.map(|field| (field, self.pairs.len())));
                self.pairs.push(Pair { key: Cow::Borrowed(key), key_span: inline.key, value });
            }
        }
    }

    /// The pairs whose keys mean no field.
    pub fn others(&self) -> impl Iterator<Item = &Pair<'a>> {
        // Fields stand in the order of the pairs.
        let known = |at: usize| self.fields.binary_search_by_key(&at, |(_, pair)| *pair).is_ok();
        self.pairs.iter().enumerate().filter(move |(at, _)| !known(*at)).map(|(_, pair)| pair)
    }

    /// All pairs in the order written.
    pub fn pairs(&self) -> &[Pair<'a>] {
        &self.pairs
    }

    /// Every pair of this meaning that says something, in the order written.
    pub fn all(&self, field: Field) -> impl Iterator<Item = &Pair<'a>> {
        self.fields
            .iter()
            .filter(move |(f, _)| *f == field)
            .filter_map(|(_, at)| self.pairs.get(*at))
            .filter(|pair| !pair.value.is_nothing())
    }

    /// The first pair of this meaning that says something.
    pub fn first(&self, field: Field) -> Option<&Pair<'a>> {
        self.all(field).next()
    }

    /// The first value of this meaning as text in one line, links as what they show.
    pub fn text(&self, field: Field) -> Option<Text> {
        self.all(field).find_map(|pair| {
            pair.value.members().iter().find_map(|node| {
                let text = shown(&node.text()?);
                // Of these a plain "no" is what is meant.
                let says_no = matches!(field, Field::Nengajo | Field::Seasons | Field::Mourning);
                (!text.is_empty() && (says_no || !is_not_yet(&text))).then_some(text)
            })
        })
    }

    /// All values of this meaning as a list: members of lists, and one text parted at commas.
    pub fn words(&self, field: Field) -> Vec<Text> {
        let mut out = Vec::new();
        for pair in self.all(field) {
            words_of(&pair.value, &mut out);
        }
        out.retain(|word| {
            field == Field::Seasons
                || !(is_not_yet(word) && matches!(&*fold(word), "なし" | "無し" | "none" | "never"))
        });
        out
    }

    /// Tags in the front matter, without `#`; `categories` count as tags.
    pub fn tags(&self) -> &[Text] {
        self.tags.get_or_init(|| self.all_tags())
    }

    fn all_tags(&self) -> Vec<Text> {
        let mut tags = Vec::new();
        for pair in self.all(Field::Tags).chain(self.all(Field::Categories)) {
            for node in pair.value.members() {
                let Some(text) = node.text() else { continue };
                if text.contains("[[") {
                    tags.push(shown(&text));
                } else {
                    let parts = text.split(|c: char| c == ',' || c.is_whitespace());
                    tags.extend(
                        parts.filter(|t| !t.is_empty()).map(|t| Text::from(t.trim_start_matches('#'))),
                    );
                }
            }
        }
        tags
    }
}

/// The numbers of those pairs whose key stands above already, in their order.
fn doubled(pairs: &[Pair<'_>]) -> Vec<usize> {
    /// So few keys are quicker compared than hashed.
    const FEW: usize = 24;
    let keys = || pairs.iter().map(|pair| pair.key.as_ref()).enumerate();
    if pairs.len() <= FEW {
        let above = |at: usize, key: &str| pairs[..at].iter().any(|pair| pair.key == key);
        return keys().filter(|(at, key)| above(*at, key)).map(|(at, _)| at).collect();
    }
    let mut seen = QuickSet::with_capacity_and_hasher(pairs.len(), Default::default());
    keys().filter(|(_, key)| !seen.insert(*key)).map(|(at, _)| at).collect()
}

/// The words of one value.
pub fn words_of(node: &Node<'_>, out: &mut Vec<Text>) {
    let is_list = matches!(node.data, Data::List(_));
    for member in node.members() {
        let Some(text) = member.text() else { continue };
        if text.contains(']') && text.contains("]]") {
            links_apart(&text).for_each(|part| push_word(part, out));
        } else if is_list {
            push_word(&text, out);
        } else {
            text.split([',', '、', '，', ';']).for_each(|word| push_word(word, out));
        }
    }
}

/// A text with several links in it (`[[a]], [[b]] (欠席)`), parted before each; else the whole.
pub fn links_apart(text: &str) -> impl Iterator<Item = &str> {
    const BETWEEN: [char; 6] = [',', '、', '，', ';', ' ', '\u{3000}'];
    let starts: Vec<usize> = text.match_indices("[[").map(|(at, _)| at).collect();
    let apart = if starts.len() > 1 && text[..starts[0]].trim().is_empty() { starts } else { vec![0] };
    let ends: Vec<usize> = apart[1..].iter().copied().chain([text.len()]).collect();
    apart.into_iter().zip(ends).map(|(start, end)| text[start..end].trim_matches(BETWEEN))
}

fn push_word(text: &str, out: &mut Vec<Text>) {
    let word = shown(text);
    let bare = trimmed(word.trim_start_matches('#'));
    if bare.len() == word.len() {
        out.extend((!word.is_empty()).then_some(word));
    } else if !bare.is_empty() {
        out.push(bare.into());
    }
}

/// A text in one line, with links as what they show: `[[会社/ミナト|ミナト]]` is `ミナト`.
pub fn shown(text: &str) -> Text {
    let line = one_line(head(text, LONGEST));
    trimmed(&super::plain::without_links(&line)).into()
}

/// The target of a text that is a link (wiki or Markdown), and the text behind it.
pub fn leading_link(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    if let Some(inner) = text.strip_prefix("[[") {
        let end = inner.find("]]")?;
        let target = inner[..end].split('|').next()?.split('#').next()?.trim();
        return (!target.is_empty()).then(|| (target.to_owned(), &inner[end + 2..]));
    }
    let inner = text.strip_prefix('[')?;
    let (_, rest) = inner.split_once("](")?;
    let end = rest.find(')')?;
    let target = super::body::percent_decoded(rest[..end].trim_matches(['<', '>']));
    Some((target.into_owned(), &rest[end + 1..]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_bracket_alone_is_no_link() {
        let of = |text: &'static str| {
            let mut out = Vec::new();
            words_of(&Node::scalar(text, Style::Plain, Span::new(0, 0)), &mut out);
            out
        };
        assert_eq!(of("数学[基礎], 登山"), ["数学[基礎]", "登山"]);
        assert_eq!(of("[[数学]], [[登山]]"), ["数学", "登山"]);
    }

    #[test]
    fn what_says_not_yet_in_any_letters() {
        for text in [
            "",
            " ",
            "Never",
            "NONE",
            "ｎ／ａ",
            "n/a",
            "－",
            "-",
            "？",
            "?",
            "ＴＢＤ",
            "ⁿone",
            "ℕone",
            "ᴺone",
            "ᵗbd",
            "なし",
            "無し",
            "未",
            "まだ",
            "未定",
            "不明",
            "\u{f967}明",
            " null\u{3000}",
        ] {
            assert!(is_not_yet(text), "{text:?}");
        }
        for text in ["2026-01-01", "nobody", "東京", "会社", "言語", "青", "a", "ありがとう", "未来", "--"]
        {
            assert!(!is_not_yet(text), "{text:?}");
        }
    }

    proptest! {
        /// Whatever folds to a word that says so is looked at.
        #[test]
        fn no_first_byte_keeps_one_from_looking_closer(c in any::<char>(), rest in "(ever|one|/a|a|ull|bd|し|だ|定|明)?") {
            let text = format!("{c}{rest}");
            let folded = fold(&text).into_owned();
            let says_so = ["never", "none", "n/a", "na", "-", "tbd", "?", "null", "なし", "無し", "未", "まだ", "未定", "不明", ""]
                .contains(&folded.as_str());
            prop_assert_eq!(is_not_yet(&text), says_so && text.trim().len() <= 15);
        }
    }
}
