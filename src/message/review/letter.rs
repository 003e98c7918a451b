//! The text of a message as it is searched: folded, without what is quoted, in lines and sentences.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::compiled::compiled;
use crate::note::front::Front;
use crate::text::{Folded, Lang, Span};

/// A part of the folded text, in bytes.
pub(super) type Part = Range<usize>;

/// A longer quotation was not closed.
const LONGEST_QUOTE: usize = 600;

/// A message.
pub(super) struct Letter {
    /// As it was written.
    pub text: String,
    /// Where it begins in what was written: behind front matter.
    begins: usize,
    /// As it is searched.
    pub folded: Folded,
    /// The same with blanks in the place of what is quoted; places are the same.
    pub plain: String,
    /// The language that it is written in.
    pub lang: Lang,
    /// Its lines that are not blank, trimmed.
    pub lines: Vec<Part>,
    /// Its sentences.
    sentences: Vec<Part>,
}

impl Letter {
    /// Reads a text.
    pub fn of(text: &str) -> Self {
        let begins = begins_at(text);
        let folded = Folded::of(text.get(begins..).unwrap_or_default());
        let plain = without_quotations(&folded.text);
        let is_kana = |c: char| matches!(c, 'ぁ'..='ヺ' | '一'..='鿿');
        let lang = if folded.text.chars().any(is_kana) { Lang::Ja } else { Lang::En };
        let lines = lines(&folded.text);
        let sentences = sentences(&plain);
        Self { text: text.to_owned(), begins, folded, plain, lang, lines, sentences }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Where a part stands in the text.
    pub fn span(&self, part: &Part) -> Span {
        let span = self.folded.span(part.clone());
        Span::new(self.begins + span.start as usize, self.begins + span.end as usize)
    }

    /// What was written, without the front matter.
    pub fn own(&self) -> &str {
        self.text.get(self.begins..).unwrap_or_default()
    }

    /// The words of a part.
    pub fn words(&self, part: &Part) -> &str {
        self.folded.text.get(part.clone()).unwrap_or_default()
    }

    /// The words of a part that are not quoted.
    pub fn unquoted(&self, part: &Part) -> &str {
        self.plain.get(part.clone()).unwrap_or_default()
    }

    /// The sentence that a part begins in.
    pub fn sentence(&self, part: &Part) -> Part {
        let at = self.sentences.partition_point(|sentence| sentence.end <= part.start);
        self.sentences.get(at).cloned().unwrap_or_else(|| part.clone())
    }

    /// All sentences.
    pub fn sentences(&self) -> &[Part] {
        &self.sentences
    }

    /// Its first line, for what is meant of the whole: not that of the subject.
    pub fn opening(&self) -> Part {
        let first = self.lines.iter().find(|line| !self.is_of_head(line)).or(self.lines.first());
        first.cloned().unwrap_or(0..0)
    }

    /// Whether a line is one of the head of a mail: its subject, its receivers.
    pub fn is_of_head(&self, line: &Part) -> bool {
        let words = self.words(line);
        ["件名", "subject:", "to:", "宛先", "cc:"].iter().any(|word| words.starts_with(word))
    }
}

/// Where a message begins. A line of `---` above it and one behind it are no front matter: that holds keys.
pub(super) fn begins_at(text: &str) -> usize {
    let front = Front::find(text);
    let Front::Present { inner, .. } = front else { return 0 };
    let is_of_front = |line: &str| {
        line.starts_with([' ', '\t', '#', '-', '[', ']', '}'])
            || line.trim().is_empty()
            || line.find([':', '=']).is_some_and(|at| !line[..at].trim().contains([' ', '、', '。', ',']))
    };
    if inner.of(text).lines().all(is_of_front) { front.body() } else { 0 }
}

/// Where a pattern is found; what is found without a letter is nothing.
pub(super) fn found<'t>(pattern: &'t Regex, text: &'t str) -> impl Iterator<Item = Part> + 't {
    pattern.find_iter(text).filter_map(|found| {
        let words = found.as_str();
        let mut said = words.trim_start();
        // A sign in front belongs to what stands before.
        let apart = said.trim_start_matches(['、', '。', '・', '/', ':', ' ']);
        if apart.starts_with(|c: char| matches!(c, 'ぁ'..='ヺ' | '一'..='鿿')) {
            said = apart;
        }
        let start = found.start() + (words.len() - said.len());
        let end = start + said.trim_end().len();
        (start < end).then_some(start..end)
    })
}

/// What a word of Japanese may go on with behind its stem, there and in no later line: おめでと|うございます,
/// 了解し|ました.
static ENDING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compiled(
        "\\A(?:(?:くだ|下)さ(?:いませ|い)|(?:させて)?(?:いただ|頂)(?:け(?:ます|ません)(?:でしょう)?か|けません|けます|\
         きました|きます|きたく)|う?ございま(?:した|す)|ざいま(?:した|す)|し上げ(?:ました|ます|る)|い申し上げ(?:ました|ます)|\
         [いきしちりみびぎくるうつけせれめえげべらわかさっ]{0,2}(?:ませんでしょうか|ますでしょうか|ませんでした|ましたか|ました|ませんか|ません|ますか|ます|\
         ないで|なかった|ない|ていた|ています|ている|ております|て|た|い|く|う|る))",
    )
});

/// A part with the ending of its last word, where it stops within one.
pub(super) fn whole(part: Part, text: &str) -> Part {
    let words = text.get(part.clone()).unwrap_or_default().trim_end_matches(['、', '。']);
    if words.is_empty() {
        return part;
    }
    let end = part.start + words.len();
    let is_stem = words.ends_with(|c: char| matches!(c, 'ぁ'..='ヺ' | '一'..='鿿'))
        && !words.ends_with(['様', '殿', '長']);
    let rest = text.get(end..).unwrap_or_default();
    let ending = ENDING.as_ref().filter(|_| is_stem && end == part.end).and_then(|ending| ending.find(rest));
    part.start..end + ending.map_or(0, |found| found.len())
}

fn lines(text: &str) -> Vec<Part> {
    let mut at = 0;
    let mut out = Vec::new();
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let end = start + line.trim().len();
        if start < end {
            out.push(start..end);
        }
        at += line.len();
    }
    out
}

/// The text with blanks for what stands in quotation marks or behind `>`.
fn without_quotations(text: &str) -> String {
    const MARKS: [(char, char); 5] =
        [('「', '」'), ('『', '』'), ('\u{201c}', '\u{201d}'), ('"', '"'), ('«', '»')];
    let mut hidden = vec![false; text.len()];
    for (open, close) in MARKS {
        let mut from = 0;
        while let Some(start) = text[from..].find(open).map(|at| from + at + open.len_utf8()) {
            let Some(end) = text[start..].find(close).map(|at| start + at) else { break };
            let is_short = end - start <= LONGEST_QUOTE && !text[start..end].contains("\n\n");
            if is_short {
                hidden[start..end].fill(true);
            }
            from = end + if is_short || open == close { close.len_utf8() } else { 0 };
        }
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('>') {
            hidden[at..at + line.len()].fill(true);
        }
        at += line.len();
    }
    let letters = text.char_indices().map(|(at, c)| {
        let is_hidden = hidden.get(at).copied().unwrap_or(false) && c != '\n';
        (c, is_hidden)
    });
    let mut plain = String::with_capacity(text.len());
    for (c, is_hidden) in letters {
        if is_hidden { (0..c.len_utf8()).for_each(|_| plain.push(' ')) } else { plain.push(c) }
    }
    plain
}

fn sentences(text: &str) -> Vec<Part> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let ends = match c {
            '。' | '!' | '?' | '\n' => !matches!(next, Some('!' | '?' | '。')),
            '.' | ';' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends {
            let end = at + c.len_utf8();
            out.push(start..end);
            start = end;
        }
    }
    if start < text.len() {
        out.push(start..text.len());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_ends_where_it_stands() {
        let whole_of = |text: &str, stem: &str| {
            let at = text.find(stem).unwrap();
            text[whole(at..at + stem.len(), text)].to_owned()
        };
        assert_eq!(whole_of("承知。了解しました。", "了解し"), "了解しました");
        assert_eq!(whole_of("「拝啓」\nている", "拝啓"), "拝啓");
        assert_eq!(whole_of("嫌い」\n先日\nていただく", "嫌い"), "嫌い");
    }

    #[test]
    fn quotations_are_blank_and_nothing_moves() {
        let letter = Letter::of("A「最悪」B\n> 無能\n\"x\" “y” 「開いたまま");
        assert_eq!(letter.plain.len(), letter.folded.text.len());
        assert_eq!(letter.plain.replace(' ', ""), "a「」b\n\n\"\"“”「開いたまま");
    }

    #[test]
    fn what_was_folded_is_found_where_it_stood() {
        let text = "番号は ０９０ー１１１１です。\r\nｶﾞﾗｽ";
        let letter = Letter::of(text);
        let check = |word: &str, want: &str| {
            let at = letter.folded.text.find(word).unwrap_or_default();
            assert_eq!(letter.span(&(at..at + word.len())).of(text), want);
        };
        check("090ー1111", "０９０ー１１１１");
        check("ガラス", "ｶﾞﾗｽ");
        assert_eq!(letter.lines.len(), 2);
    }

    #[test]
    fn a_sentence_ends_at_its_sign() {
        let letter = Letter::of("はい。元気?! v1.2 is out. Good\nend");
        let all: Vec<&str> = letter.sentences().iter().map(|part| letter.words(part).trim()).collect();
        assert_eq!(all, ["はい。", "元気?!", "v1.2 is out.", "good", "end"]);
    }
}
