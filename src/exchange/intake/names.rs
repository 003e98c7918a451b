//! When two names are one, and when they may be: words in another order, other widths, accents, forms of
//! address, old forms of characters, initials.
//!
//! Each name becomes keys: whoever shares a sure one has the same name, whoever shares a near one may have.
//! Never splits a name by guess. Leaves who has which name to `roster`.

use crate::text::{Text, fold_name, without_accents};

/// The keys of one name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// The name itself; empty for what is none.
    pub same: Text,
    /// What others may look for to find a name that may be this one.
    pub near: Vec<Text>,
    /// What finds names that may be this one.
    pub asks: Vec<Text>,
    /// Its words, as far as they are told apart.
    pub words: Vec<Text>,
}

/// Behind a Japanese name; the longer ones first.
const BEHIND: [&str; 6] = ["先生", "さん", "さま", "様", "殿", "氏"];

/// Before and behind a name in Latin letters, in lower case and without points.
const TITLES: [&str; 24] = [
    "mr",
    "mrs",
    "ms",
    "mx",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "herr",
    "frau",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "phd",
    "md",
    "mba",
    "esq",
    "cpa",
    "dds",
    "jd",
    "ing",
];

/// What tells a father from a son: part of the name, but not its last word.
const GENERATIONS: [&str; 6] = ["jr", "sr", "ii", "iii", "iv", "junior"];

/// Old and other forms of a character whose new form is certain.
const NEW_FORMS: &[(char, char)] = &[
    ('髙', '高'),
    ('﨑', '崎'),
    ('嵜', '崎'),
    ('邊', '辺'),
    ('邉', '辺'),
    ('齋', '斎'),
    ('齊', '斉'),
    ('澤', '沢'),
    ('濱', '浜'),
    ('濵', '浜'),
    ('廣', '広'),
    ('國', '国'),
    ('眞', '真'),
    ('惠', '恵'),
    ('櫻', '桜'),
    ('淺', '浅'),
    ('德', '徳'),
    ('瀨', '瀬'),
    ('壽', '寿'),
    ('榮', '栄'),
    ('圓', '円'),
    ('實', '実'),
    ('條', '条'),
    ('學', '学'),
    ('藏', '蔵'),
    ('萬', '万'),
    ('與', '与'),
    ('黑', '黒'),
    ('增', '増'),
    ('橫', '横'),
    ('靑', '青'),
    ('𠮷', '吉'),
    ('來', '来'),
    ('會', '会'),
    ('關', '関'),
    ('鐵', '鉄'),
    ('豐', '豊'),
    ('彌', '弥'),
    ('禮', '礼'),
    ('鹽', '塩'),
    ('桒', '桑'),
    ('莊', '荘'),
    ('兒', '児'),
    ('晉', '晋'),
    ('曾', '曽'),
    ('壯', '壮'),
    ('傳', '伝'),
    ('緖', '緒'),
    ('綠', '緑'),
    ('槗', '橋'),
];

/// Characters that stand for each other in some names and not in others.
const MAYBE_SAME: &[(char, char)] = &[
    ('斎', '斉'),
    ('冨', '富'),
    ('龍', '竜'),
    ('渕', '淵'),
    ('薮', '藪'),
    ('朗', '郎'),
    ('桧', '檜'),
    ('峯', '峰'),
    ('嶋', '島'),
    ('嶌', '島'),
    ('舘', '館'),
    ('鷗', '鴎'),
];

impl Keys {
    /// The keys of a name.
    pub fn of(name: &str) -> Self {
        let plain = without_accents(name);
        if plain.chars().any(is_east_asian) { Self::eastern(&plain) } else { Self::western(&plain) }
    }

    fn eastern(name: &str) -> Self {
        let name = name.trim();
        let behind = BEHIND.iter().find_map(|word| name.strip_suffix(word)).map(str::trim_end);
        // 林様 names a family, not somebody.
        let bare = behind.filter(|rest| rest.chars().count() > 2).unwrap_or(name);
        let parted = |c: char| c.is_whitespace() || matches!(c, ',' | '、' | '，' | '・' | '･' | '=' | '＝');
        let words: Vec<Text> = bare.split(parted).filter(|w| !w.is_empty()).map(fold_name).collect();
        let words: Vec<Text> =
            words.into_iter().map(|word| word.chars().map(|c| form(NEW_FORMS, c)).collect()).collect();
        let new = words.concat();
        let maybe: String = new.chars().map(|c| form(MAYBE_SAME, c)).collect();
        let near = Text::from(format!("v:{maybe}"));
        let same = if new.is_empty() { Text::new() } else { format!("s:{new}").into() };
        let mut near = vec![near];
        // Names from elsewhere are written in either order.
        if words.len() == 2 {
            near.push(format!("v:{}{}", words[1], words[0]).into());
        }
        let asks = near.clone();
        Self { same, near, asks, words }
    }

    fn western(name: &str) -> Self {
        let (family, rest) = match name.split_once(',') {
            Some((family, rest)) if !words(rest).is_empty() => (words(family), words(rest)),
            Some((family, _)) => (Vec::new(), words(family)),
            None => (Vec::new(), words(name)),
        };
        let all: Vec<Text> = rest.into_iter().chain(family).collect();
        if all.is_empty() {
            // A name of signs alone is none, but for pictures, by which some are called.
            let is_picture = name.chars().any(|c| c >= '\u{1f000}');
            let same = if is_picture { format!("s:{}", fold_name(name)).into() } else { Text::new() };
            return Self { same, ..Self::default() };
        }
        let mut sorted = all.clone();
        sorted.sort();
        let same = Text::from(format!("s:{}", sorted.join(" ")));
        let last = |n: &Text| !GENERATIONS.contains(&n.as_str());
        let named: Vec<&Text> = all.iter().filter(|word| last(word)).collect();
        let (mut near, mut asks) = (Vec::new(), Vec::new());
        if let [first, .., last] = named.as_slice() {
            let mut ends = [first.as_str(), last.as_str()];
            ends.sort_unstable();
            let ends = Text::from(format!("m:{} {}", ends[0], ends[1]));
            near.push(ends.clone());
            asks.push(ends);
            // Which of the two is the family's name is not known.
            for (given, family) in [(first, last), (last, first)] {
                let Some(initial) = given.chars().next() else { continue };
                let is_initial = given.chars().count() == 1;
                let (own, others) = if is_initial { ("j", "i") } else { ("i", "j") };
                if family.chars().count() > 1 {
                    near.push(format!("{own}:{family} {initial}").into());
                    asks.push(format!("{others}:{family} {initial}").into());
                }
            }
        }
        Self { same, near, asks, words: all }
    }

    /// Whether it is written in characters that do not tell how it is read.
    pub fn has_kanji(&self) -> bool {
        self.same.chars().any(|c| c >= '一' && is_east_asian(c)) || self.same.contains('々')
    }

    /// Whether somebody may have both names: they have a word in common, or are written in two scripts.
    pub fn may_be(&self, other: &Self) -> bool {
        let is_eastern = |keys: &Self| keys.words.iter().any(|word| word.chars().any(is_east_asian));
        is_eastern(self) != is_eastern(other) || self.has_common_word(other)
    }

    /// Whether two names have a word in common, be it the family's or the given one; of names that are not
    /// parted, whether they begin or end alike.
    pub fn has_common_word(&self, other: &Self) -> bool {
        let whole = |keys: &Self| keys.words.concat();
        if self.words.len() > 1 && other.words.len() > 1 {
            return self.words.iter().any(|word| other.words.contains(word));
        }
        let (a, b) = (whole(self), whole(other));
        if a.chars().next().is_some_and(is_east_asian) != b.chars().next().is_some_and(is_east_asian) {
            // In another script nobody sees what is common.
            return true;
        }
        a.chars().next() == b.chars().next() || a.chars().last() == b.chars().last()
    }
}

/// A name without the form of address at its end or its beginning, and that form.
pub fn untitled(name: &str) -> (&str, Option<&str>) {
    let name = name.trim();
    if name.chars().any(is_east_asian) {
        for word in BEHIND {
            let bare = name.strip_suffix(word).map(str::trim_end);
            if let Some(bare) = bare.filter(|bare| bare.chars().count() > 2) {
                return (bare, Some(word));
            }
        }
        return (name, None);
    }
    // One title alone: of two words the first may be a name that is spelled like one.
    let Some((first, rest)) = name.split_once(char::is_whitespace) else { return (name, None) };
    let is_title = first.ends_with('.') && TITLES.contains(&&*first.trim_end_matches('.').to_lowercase());
    if is_title { (rest.trim_start(), Some(first)) } else { (name, None) }
}

/// Whether one name in Latin letters is the other in another order: `Smith, Jon` is nobody's second name.
pub fn is_reordered(a: &str, b: &str) -> bool {
    let is_western = |name: &str| !name.chars().any(is_east_asian);
    let bare = |name: &str| {
        let mut words = words(name);
        words.sort();
        words
    };
    is_western(a) && is_western(b) && !words(a).is_empty() && bare(a) == bare(b)
}

/// The key of a reading.
pub fn reading(text: &str) -> Text {
    format!("r:{}", fold_name(text)).into()
}

/// Whether a name is written in kana alone, as readings are.
pub fn is_kana(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| !c.is_whitespace() && *c != '・').peekable();
    letters.peek().is_some()
        && letters.all(|c| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '\u{ff66}'..='\u{ff9f}'))
}

fn words(part: &str) -> Vec<Text> {
    let parted = |c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'));
    let words = part.split(parted).map(|word| fold_name(&word.replace(['\'', '’'], "")));
    words.filter(|word| !word.is_empty() && !TITLES.contains(&word.as_str())).collect()
}

fn form(forms: &[(char, char)], c: char) -> char {
    if c < '一' {
        return c;
    }
    forms.iter().find(|(old, _)| *old == c).map_or(c, |(_, new)| *new)
}

fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        let (a, b) = (Keys::of(a), Keys::of(b));
        !a.same.is_empty() && a.same == b.same
    }

    fn near(a: &str, b: &str) -> bool {
        let (a, b) = (Keys::of(a), Keys::of(b));
        a.asks.iter().any(|key| b.near.contains(key)) && b.asks.iter().any(|key| a.near.contains(key))
    }

    #[test]
    fn one_name_in_many_spellings() {
        for (a, b) in [
            ("Taro Tanaka", "Tanaka, Taro"),
            ("Taro Tanaka", "TANAKA Taro"),
            ("Ｔａｒｏ　Ｔａｎａｋａ", "taro tanaka"),
            ("José García", "Jose Garcia"),
            ("Jose\u{301}", "José"),
            ("Dr. Anna-Lena Weiß, PhD", "Anna Lena Weiss"),
            ("Pat O’Brien", "Pat O'Brien"),
            ("田中太郎", "田中　太郎"),
            ("田中 太郎様", "田中太郎"),
            ("田中太郎先生", "田中 太郎 さん"),
            ("髙橋 﨑子", "高橋崎子"),
            ("渡邉 学", "渡辺 學"),
            ("ﾀﾅｶ ﾀﾛｳ", "たなか たろう"),
            ("\u{304b}\u{3099}とう", "がとう"),
        ] {
            assert!(same(a, b), "{a} and {b}: {:?} {:?}", Keys::of(a), Keys::of(b));
        }
    }

    #[test]
    fn names_that_may_be_one() {
        for (a, b) in [
            ("J. Smith", "John Smith"),
            ("Smith, J.", "John Smith"),
            ("John Michael Smith", "John Smith"),
            ("John Smith Jr.", "John Smith"),
            ("斎藤 一", "斉藤 一"),
            ("齋藤 一", "斉藤 一"),
            ("太朗", "太郎"),
        ] {
            assert!(near(a, b) && !same(a, b), "{a} and {b}: {:?} {:?}", Keys::of(a), Keys::of(b));
        }
    }

    #[test]
    fn other_names() {
        for (a, b) in [
            ("Taro Tanaka", "Tomo Tanaka"),
            ("田中太郎", "田中次郎"),
            ("林様", "林さん"),
            ("かとう", "がとう"),
            ("", ""),
            ("...", "!!!"),
            ("J. Smith", "J. Smythe"),
        ] {
            assert!(!same(a, b) && !near(a, b), "{a} and {b}: {:?} {:?}", Keys::of(a), Keys::of(b));
        }
        assert!(Keys::of("田中 太郎").has_common_word(&Keys::of("田中 花子")));
        assert!(!Keys::of("田中 太郎").has_common_word(&Keys::of("佐藤 花子")));
        assert_eq!(untitled("田中 太郎 様"), ("田中 太郎", Some("様")));
        assert_eq!(untitled("林様"), ("林様", None));
        assert_eq!(untitled("Dr. Anna Weiß"), ("Anna Weiß", Some("Dr.")));
        assert_eq!(untitled("Ing Lee"), ("Ing Lee", None));
        assert!(is_reordered("Jon Smith", "Smith, Jon") && !is_reordered("Jon Smith", "Jon"));
        assert!(!is_reordered("José Sá", "Jose Sa") && !is_reordered("田中 太郎", "太郎 田中"));
        assert!(is_kana("タナカ タロウ") && !is_kana("田中") && !is_kana(""));
    }
}
