//! Calendar lengths: days or months, as people write them.
//!
//! Knows `6w`, 3ヶ月, 月1回, `half a year`, and which day one leads to; leaves windows of two of them to `window`.

use chrono::{Days, Months, NaiveDate};

use super::reader::{Folded, Reader};

/// A calendar length: months first, then days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stretch {
    /// Calendar months: 31 January and one month is the last of February.
    pub months: u32,
    /// Days after the months.
    pub days: u32,
}

/// What leads in front of a length and changes nothing.
pub(super) const EVERY: [&str; 5] = ["onceevery", "every", "each", "oncea", "毎"];

/// Lengths that are words of their own.
const WORDS: [(&str, Stretch); 30] = [
    ("daily", Stretch::days(1)),
    ("weekly", Stretch::days(7)),
    ("biweekly", Stretch::days(14)),
    ("bi-weekly", Stretch::days(14)),
    ("fortnightly", Stretch::days(14)),
    ("隔週", Stretch::days(14)),
    ("everyotherweek", Stretch::days(14)),
    ("twiceamonth", Stretch::days(15)),
    ("monthly", Stretch::months(1)),
    ("bimonthly", Stretch::months(2)),
    ("bi-monthly", Stretch::months(2)),
    ("everyothermonth", Stretch::months(2)),
    ("隔月", Stretch::months(2)),
    ("quarterly", Stretch::months(3)),
    ("四半期", Stretch::months(3)),
    ("毎四半期", Stretch::months(3)),
    ("half-yearly", Stretch::months(6)),
    ("halfyearly", Stretch::months(6)),
    ("semiannually", Stretch::months(6)),
    ("semi-annually", Stretch::months(6)),
    ("biannually", Stretch::months(6)),
    ("twiceayear", Stretch::months(6)),
    ("半年", Stretch::months(6)),
    ("半期", Stretch::months(6)),
    ("yearly", Stretch::months(12)),
    ("annually", Stretch::months(12)),
    ("annual", Stretch::months(12)),
    ("biennially", Stretch::months(24)),
    ("everyotheryear", Stretch::months(24)),
    ("隔年", Stretch::months(24)),
];

/// Units and what one of them is; longer spellings before their beginnings.
const UNITS: [(&str, Stretch); 32] = [
    ("days", Stretch::days(1)),
    ("day", Stretch::days(1)),
    ("d", Stretch::days(1)),
    ("日間", Stretch::days(1)),
    ("日", Stretch::days(1)),
    ("weeks", Stretch::days(7)),
    ("week", Stretch::days(7)),
    ("wks", Stretch::days(7)),
    ("wk", Stretch::days(7)),
    ("w", Stretch::days(7)),
    ("週間", Stretch::days(7)),
    ("週", Stretch::days(7)),
    ("months", Stretch::months(1)),
    ("month", Stretch::months(1)),
    ("mos", Stretch::months(1)),
    ("mo", Stretch::months(1)),
    ("m", Stretch::months(1)),
    ("ヶ月", Stretch::months(1)),
    ("か月", Stretch::months(1)),
    ("カ月", Stretch::months(1)),
    ("ヵ月", Stretch::months(1)),
    ("ケ月", Stretch::months(1)),
    ("箇月", Stretch::months(1)),
    ("個月", Stretch::months(1)),
    ("quarters", Stretch::months(3)),
    ("quarter", Stretch::months(3)),
    ("years", Stretch::months(12)),
    ("year", Stretch::months(12)),
    ("yr", Stretch::months(12)),
    ("y", Stretch::months(12)),
    ("年間", Stretch::months(12)),
    ("年", Stretch::months(12)),
];

/// What may stand behind a length and changes nothing.
const ONCE: [&str; 8] = ["ごとに", "ごと", "毎に", "毎", "に一回", "に1回", "に一度", "に1度"];

/// No cadence is longer.
const MOST_YEARS: u32 = 100;

impl Stretch {
    const fn days(days: u32) -> Self {
        Self { months: 0, days }
    }

    const fn months(months: u32) -> Self {
        Self { months, days: 0 }
    }

    /// Reads a text that is a length: `6w`, `45d`, `90` (days), `3 months`, `every
    /// 3 months`, `quarterly`, 3ヶ月, 2週間, 半年, 月1回, `1y6m`.
    ///
    /// Nothing where it is none, is no time at all, or is more than 100 years.
    pub fn parse(text: &str) -> Option<Self> {
        Self::of(&squeezed(text)?)
    }

    /// Reads a length from a text without blanks.
    pub(super) fn of(text: &str) -> Option<Self> {
        let bare = ONCE.iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
        let word = |text: &str| WORDS.iter().find(|(word, _)| *word == text).map(|(_, stretch)| *stretch);
        let read = word(text).or_else(|| word(bare)).or_else(|| times(text)).or_else(|| counted(bare));
        read.filter(|stretch| stretch.is_fit())
    }

    /// The day this long after `date`; the last day there is where that lies beyond it.
    pub fn after(self, date: NaiveDate) -> NaiveDate {
        date.checked_add_months(Months::new(self.months))
            .and_then(|date| date.checked_add_days(Days::new(u64::from(self.days))))
            .unwrap_or(NaiveDate::MAX)
    }

    /// Twice as long.
    pub fn doubled(self) -> Self {
        Self { months: self.months.saturating_mul(2), days: self.days.saturating_mul(2) }
    }

    /// About how long it is, in twelfths of a day: a month is a twelfth of 365 days.
    pub(super) fn size(self) -> u64 {
        u64::from(self.months) * 365 + u64::from(self.days) * 12
    }

    fn is_fit(self) -> bool {
        let most = Self { months: 0, days: MOST_YEARS * 365 + MOST_YEARS / 4 };
        self.size() > 0 && self.size() <= most.size()
    }

    fn times(self, n: u32) -> Option<Self> {
        Some(Self { months: self.months.checked_mul(n)?, days: self.days.checked_mul(n)? })
    }

    fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            months: self.months.checked_add(other.months)?,
            days: self.days.checked_add(other.days)?,
        })
    }
}

/// The text in NFKC and lower case without any blanks; nothing where it is too long for a length.
pub(super) fn squeezed(text: &str) -> Option<String> {
    Folded::whole(text).map(|folded| folded.chars().filter(|c| !c.is_whitespace()).collect())
}

/// `3months`, `every3months`, `everymonth`, `毎月`, `3ヶ月`, `1y6m`, `1年半`, `90`
fn counted(text: &str) -> Option<Stretch> {
    let every = EVERY.iter().find_map(|every| text.strip_prefix(every));
    let text = every.unwrap_or(text);
    if every.is_some()
        && let Some(one) = unit(text).or((text == "月").then_some(Stretch::months(1)))
    {
        return Some(one);
    }
    let folded = Folded::new(text);
    let mut reader = folded.reader();
    let mut sum = Stretch::days(0);
    for first in [true, false, false] {
        let number = number(&mut reader)?;
        if first && reader.at_end() {
            return Some(Stretch::days(number));
        }
        let (name, one) = UNITS.iter().find(|(name, _)| reader.eat_word(name))?;
        sum = sum.plus(one.times(number)?)?;
        if reader.eat('半') {
            sum = sum.plus(half(name, *one)?)?;
        }
        if reader.at_end() {
            return Some(sum);
        }
    }
    None
}

/// Half a unit, as in 1年半.
pub(super) fn half(name: &str, one: Stretch) -> Option<Stretch> {
    match one.months {
        _ if name.is_ascii() => None,
        12 => Some(Stretch::months(6)),
        1 => Some(Stretch::days(15)),
        _ => None,
    }
}

fn unit(text: &str) -> Option<Stretch> {
    UNITS.iter().find(|(name, _)| *name == text).map(|(_, one)| *one)
}

/// `月1`, `月一回`, `週に1回`, `年2回`
fn times(text: &str) -> Option<Stretch> {
    let folded = Folded::new(text);
    let mut reader = folded.reader();
    let per = reader.one_of("年月週")?;
    reader.eat('間');
    reader.eat('に');
    let n = number(&mut reader).filter(|n| *n > 0)?;
    reader.one_of("回度");
    if !reader.at_end() {
        return None;
    }
    Some(match per {
        '年' if 12 % n == 0 => Stretch::months(12 / n),
        '年' => Stretch::days(365 / n),
        '月' if n == 1 => Stretch::months(1),
        '月' => Stretch::days(30 / n),
        _ => Stretch::days(7 / n),
    })
}

pub(super) fn number(reader: &mut Reader<'_>) -> Option<u32> {
    reader.digits(6).map(|n| n.value).or_else(|| reader.kanji())
}

/// What follows the number at the start of a length.
pub(super) fn unit_of(text: &str) -> String {
    let folded = Folded::new(text);
    let mut reader = folded.reader();
    let _ = number(&mut reader);
    folded.chars().skip(reader.pos()).collect()
}
