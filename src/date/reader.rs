//! The start of a text as normalised characters, and a cursor over them.
//!
//! Knows NFKC, where each character came from, and how numbers are written;
//! leaves what the numbers mean to the spellings.

use unicode_normalization::UnicodeNormalization;

/// How many characters of a text are looked at. Whoever writes a date needs fewer.
pub(super) const LONGEST: usize = 120;

/// The start of a text, character by character in NFKC and ASCII lower case.
pub(super) struct Folded {
    chars: Vec<char>,
    /// For each character the byte in the text at which its original starts; then the end.
    starts: Vec<usize>,
}

impl Folded {
    /// Folds the first [`LONGEST`] characters of `text`.
    pub(super) fn new(text: &str) -> Self {
        let room = text.len().min(LONGEST);
        let mut chars = Vec::with_capacity(room);
        let mut starts = Vec::with_capacity(room + 1);
        let mut end = 0;
        for (at, c) in text.char_indices().take(LONGEST) {
            end = at + c.len_utf8();
            if c.is_ascii() {
                chars.push(c.to_ascii_lowercase());
            } else {
                chars.extend(std::iter::once(c).nfkc().map(plain));
            }
            starts.resize(chars.len(), at);
        }
        starts.push(end);
        Self { chars, starts }
    }

    /// The whole of `text` without the blanks around it; nothing where it is too long for a date.
    pub(super) fn whole(text: &str) -> Option<Self> {
        let text = text.trim();
        text.char_indices().nth(LONGEST).is_none().then(|| Self::new(text))
    }

    /// The folded characters.
    pub(super) fn chars(&self) -> impl Iterator<Item = char> + '_ {
        self.chars.iter().copied()
    }

    /// What follows one of `words` at the start.
    pub(super) fn after_any(&self, words: &[&str]) -> Option<String> {
        let mut reader = self.reader();
        words.iter().any(|word| reader.eat_word(word)).then(|| self.chars[reader.pos..].iter().collect())
    }

    /// A cursor at the start.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { chars: &self.chars, pos: 0 }
    }

    /// The byte of the text before the character `pos`; nothing in the middle of an
    /// original that became several (`㋿`).
    pub(super) fn offset(&self, pos: usize) -> Option<usize> {
        let start = *self.starts.get(pos)?;
        let inside = pos > 0 && self.starts.get(pos - 1) == Some(&start);
        (!inside).then_some(start)
    }
}

/// Hyphens and minus signs that NFKC leaves alone are hyphens here.
fn plain(c: char) -> char {
    match c {
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        _ => c.to_ascii_lowercase(),
    }
}

/// Digits as they were written.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) value: u32,
    pub(super) digits: usize,
}

/// A cursor; a copy of it is a way back.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    chars: &'a [char],
    pos: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn pos(&self) -> usize {
        self.pos
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.pos).copied()
    }

    /// The character `ahead` of the next one.
    pub(super) fn peek_at(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.pos + ahead).copied()
    }

    /// The character just read.
    pub(super) fn last(&self) -> Option<char> {
        self.pos.checked_sub(1).and_then(|at| self.chars.get(at)).copied()
    }

    /// Whether nothing but blanks is left.
    pub(super) fn at_end(&self) -> bool {
        self.chars[self.pos..].iter().all(|c| c.is_whitespace())
    }

    /// Reads with `step`; where it reads nothing the cursor stays.
    pub(super) fn attempt<T>(&mut self, step: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let read = step(&mut ahead)?;
        *self = ahead;
        Some(read)
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        let there = self.peek() == Some(c);
        self.pos += usize::from(there);
        there
    }

    /// Reads `c` or fails.
    pub(super) fn need(&mut self, c: char) -> Option<()> {
        self.eat(c).then_some(())
    }

    /// Reads one of `set`.
    pub(super) fn one_of(&mut self, set: &str) -> Option<char> {
        let c = self.peek().filter(|c| set.contains(*c))?;
        self.pos += 1;
        Some(c)
    }

    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let length = word.chars().count();
        let there =
            self.chars.get(self.pos..self.pos + length).is_some_and(|s| word.chars().eq(s.iter().copied()));
        if there {
            self.pos += length;
        }
        there
    }

    /// Skips blanks and says whether there were any.
    pub(super) fn blanks(&mut self) -> bool {
        let from = self.pos;
        self.take_while(char::is_whitespace);
        self.pos > from
    }

    /// The whole run of characters of a kind, possibly none.
    pub(super) fn take_while(&mut self, kind: impl Fn(char) -> bool) -> &'a [char] {
        let left = &self.chars[self.pos..];
        let length = left.iter().take_while(|c| kind(**c)).count();
        self.pos += length;
        &left[..length]
    }

    /// The whole run of digits; nothing where there is none or it has more than `most` (at most 9).
    pub(super) fn digits(&mut self, most: usize) -> Option<Number> {
        self.attempt(|r| {
            let run = r.take_while(|c| c.is_ascii_digit());
            let value = run.iter().take(9).fold(0, |n, c| n * 10 + c.to_digit(10).unwrap_or(0));
            (1..=most).contains(&run.len()).then_some(Number { value, digits: run.len() })
        })
    }

    /// A number of one or two digits, or in kanji: a month, a day, an era's year.
    pub(super) fn small(&mut self) -> Option<u32> {
        self.digits(2).map(|n| n.value).or_else(|| self.kanji()).filter(|n| *n < 100)
    }

    /// A number in kanji below 10 000: 二〇二六, 六十, 千九百八十五.
    pub(super) fn kanji(&mut self) -> Option<u32> {
        self.attempt(|r| {
            let run = r.take_while(|c| digit(c).is_some() || unit(c).is_some());
            if run.is_empty() || run.len() > 8 {
                return None;
            }
            let (mut sum, mut open) = (0u32, 0u32);
            for c in run {
                match (digit(*c), unit(*c)) {
                    (Some(digit), _) => open = open * 10 + digit,
                    (None, unit) => {
                        sum += open.clamp(1, 9) * unit.unwrap_or(1);
                        open = 0;
                    }
                }
            }
            Some(sum + open).filter(|n| *n < 10_000)
        })
    }

    /// A run of ASCII letters.
    pub(super) fn letters(&mut self) -> &'a [char] {
        self.take_while(|c| c.is_ascii_alphabetic())
    }

    /// Which of `names` a run of letters abbreviates: three letters or more.
    pub(super) fn name_of(&mut self, names: &[&str]) -> Option<usize> {
        self.attempt(|r| {
            let run = r.letters();
            if run.len() < 3 {
                return None;
            }
            names
                .iter()
                .position(|name| run.len() <= name.len() && name.chars().zip(run).all(|(a, b)| a == *b))
        })
    }

    /// Whether a date or a time may end here: see [`super::prefix`].
    pub(super) fn bounded(&self) -> bool {
        if matches!(self.last(), Some('日' | ')' | ']')) {
            return true;
        }
        match self.peek() {
            Some(c) if c.is_ascii_alphanumeric() => false,
            Some('-' | '/' | '.') => !self.peek_at(1).is_some_and(|c| c.is_ascii_digit()),
            _ => true,
        }
    }
}

fn digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九"
        .chars()
        .position(|d| d == c)
        .and_then(|n| u32::try_from(n).ok())
        .or((c == '零').then_some(0))
}

fn unit(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}
