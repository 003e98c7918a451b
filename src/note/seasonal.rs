//! What a note says of cards and greetings: where post goes, who died, which greetings have ended.

use chrono::{Datelike, NaiveDate};

use super::find::{Desk, Matter, is_not_yet, is_yes, shown};
use super::keys::Field;
use super::value::Node;
use crate::config::Greeting;
use crate::date;
use crate::text::{Text, fold, fold_name};

/// 喪中: what is known of the death.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mourning {
    /// Its day.
    Day(NaiveDate),
    /// Its year alone.
    Year(i32),
}

/// Which season greetings are still sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Seasons {
    /// As the tier says.
    #[default]
    Usual,
    /// None at all.
    None,
    /// Only these.
    Only(Box<[Text]>),
    /// All but 年賀 (年賀状じまい).
    NoNengajo,
}

/// The postal address; one written as a list is of several lines.
pub(super) fn address(matter: &Matter<'_>) -> Option<Text> {
    let pair = matter.first(Field::Address)?;
    let lines = pair.value.members().iter().filter_map(|node| node.text().map(|text| shown(&text)));
    let lines: Vec<Text> = lines.filter(|line| !line.is_empty() && !is_not_yet(line)).collect();
    (!lines.is_empty()).then(|| lines.join("\n").into())
}

/// Who else a card is for; several may be written as one: see [`each_joint`].
pub(super) fn joint_names(matter: &Matter<'_>) -> Box<[Text]> {
    matter.words(Field::JointNames).iter().flat_map(|word| each_joint(word)).collect()
}

/// The names that one text joins, 由紀子・健太. A ・ within a name in katakana parts nothing. What is said of
/// somebody in brackets, 由紀子（妻）, stands on no card.
pub fn each_joint(text: &str) -> Vec<Text> {
    let is_katakana = |c: char| ('ァ'..='ー').contains(&c);
    let word = text.split(['（', '(']).next().unwrap_or_default().trim();
    let inside = |parts: &(&str, &str)| parts.0.ends_with(is_katakana) && parts.1.starts_with(is_katakana);
    if word.split_once('・').is_some_and(|parts| inside(&parts)) {
        return vec![word.into()];
    }
    let parts = word.split(['・', '＆', '&', '／', '/']).flat_map(|part| part.split(" and ")).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(Text::from).collect()
}

/// 喪中: of several deaths the latest.
pub(super) fn mourning(matter: &Matter<'_>, desk: &Desk<'_>) -> Option<Mourning> {
    let all = matter.first(Field::Mourning)?.value.members().iter();
    all.filter_map(|node| death(node, desk)).max_by_key(|mourning| match mourning {
        Mourning::Day(day) => (day.year(), Some(*day)),
        Mourning::Year(year) => (*year, None),
    })
}

fn death(node: &Node<'_>, desk: &Desk<'_>) -> Option<Mourning> {
    let text = node.text()?;
    if is_not_yet(&text) || is_no(&text) {
        return None;
    }
    match date::Partial::parse(&text, desk.dialect.day_first) {
        Ok(date::Partial { year, month: None, .. }) => Some(Mourning::Year(year)),
        Ok(found) if found.day.is_some() => Some(Mourning::Day(found.first_day())),
        // A month is not a day: what depends on the day cannot be told, the year can.
        Ok(found) => Some(Mourning::Year(found.year)),
        Err(_) => desk.date(node).map(|(day, _)| Mourning::Day(day)),
    }
}

/// Which season greetings are still sent. Where 年賀 has ended, no list brings it back.
pub(super) fn seasons(matter: &Matter<'_>, desk: &Desk<'_>) -> Seasons {
    let has_ended = has_nengajo_ended(matter, desk);
    let mut words: Vec<Text> = matter.words(Field::Seasons);
    match words.as_slice() {
        [word] if is_no(word) => return Seasons::None,
        [word] if is_yes(word) => words.clear(),
        [] => {}
        _ => {
            report_unknown_seasons(matter, &words, desk);
            if has_ended {
                words.retain(|word| Greeting::of_word(word) != Greeting::NewYear);
            }
            return Seasons::Only(words.into());
        }
    }
    if has_ended { Seasons::NoNengajo } else { Seasons::Usual }
}

fn report_unknown_seasons(matter: &Matter<'_>, words: &[Text], desk: &Desk<'_>) {
    let Some(pair) = matter.first(Field::Seasons) else { return };
    for word in words.iter().filter(|word| !desk.dialect.is_season(word)) {
        // Of a list the member is meant, where it stands alone.
        let of_word = |node: &&Node<'_>| node.text().is_some_and(|text| shown(&text) == *word);
        let node = pair.value.members().iter().find(of_word).unwrap_or(&pair.value);
        desk.bad_word(pair, node.span, word, "no, 年賀, 寒中見舞い, 暑中見舞い, 残暑見舞い, 年末の挨拶");
    }
}

/// 年賀状じまい, in whatever words; what is not understood is reported.
fn has_nengajo_ended(matter: &Matter<'_>, desk: &Desk<'_>) -> bool {
    let mut ended = false;
    for pair in matter.all(Field::Nengajo) {
        for node in pair.value.members() {
            let Some(text) = node.text().map(|text| shown(&text)) else { continue };
            match nengajo(&text) {
                Some(is_sent) => ended |= !is_sent,
                None => desk.bad_word(pair, node.span, &text, "no, じまい, yes"),
            }
        }
    }
    ended
}

/// Whether 年賀 is sent, as its value says it; none where that is not understood.
fn nengajo(value: &str) -> Option<bool> {
    const ENDED: [&str; 6] = ["じまい", "仕舞", "終い", "辞退", "廃止", "卒業"];
    const NOT_SENT: [&str; 10] =
        ["終了", "やめ", "止め", "なし", "無し", "不要", "出さない", "出しません", "送らない", "送りません"];
    const SENT: [&str; 7] = ["あり", "有り", "出す", "送る", "続ける", "継続", "する"];
    // Katakana as hiragana: ジマイ, ナシ.
    let word = fold_name(value);
    let begins = |words: &[&str]| words.iter().any(|known| word.starts_with(known));
    if is_no(value) || ENDED.iter().any(|known| word.contains(known)) || begins(&NOT_SENT) {
        return Some(false);
    }
    let is_sent = is_yes(value) || begins(&SENT) || is_not_yet(value);
    is_sent.then_some(true)
}

fn is_no(text: &str) -> bool {
    matches!(
        fold(text).as_ref(),
        "no" | "false" | "off" | "none" | "なし" | "無し" | "不要" | "じまい" | "年賀状じまい" | "いいえ"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whether_new_years_cards_are_sent_is_said_in_many_words() {
        for (word, sent) in [
            ("あり", Some(true)),
            ("送る", Some(true)),
            ("続ける", Some(true)),
            ("yes", Some(true)),
            ("なし", Some(false)),
            ("年賀状じまい", Some(false)),
            ("ご辞退", Some(false)),
            ("出しません", Some(false)),
            ("no", Some(false)),
            ("たぶん", None),
        ] {
            assert_eq!(nengajo(word), sent, "{word}");
        }
    }
}
