//! From bytes to text: in which encoding an address book was written.
//!
//! Knows the encodings that programs in Japan write and how one tells them apart; nothing of what the
//! text says. A guess that is not sure is none: people would get names that they do not have.

use std::borrow::Cow;

use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::card::NotABook;

/// The text of a file, without its byte order mark.
///
/// UTF-8, UTF-16 with a byte order mark, ISO-2022-JP, Shift_JIS with the extensions of NEC and IBM
/// (cp932: 髙, 﨑, ①), and EUC-JP where it is sure.
///
/// # Errors
/// [`NotABook::Encoding`] where it is none of these, or could as well be another.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, NotABook> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let whole = encoding == UTF_8 || bytes.len().is_multiple_of(2);
        let text = [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding).then(|| strict(encoding, &bytes[mark..]));
        return text.flatten().filter(|text| whole && !text.contains('\0')).ok_or(NotABook::Encoding);
    }
    if bytes.contains(&0) {
        return Err(NotABook::Encoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let is_shifted = memchr::memmem::find(bytes, b"\x1b$").is_some();
        return if is_shifted {
            strict(ISO_2022_JP, bytes).ok_or(NotABook::Encoding)
        } else {
            Ok(Cow::Borrowed(text))
        };
    }
    if is_broken_utf8(bytes) {
        return Err(NotABook::Encoding);
    }
    japanese(bytes).map(Cow::Owned).ok_or(NotABook::Encoding)
}

/// What programs write on Windows in the west of Europe and in America.
pub const WESTERN: &str = "Windows-1252";

/// The text of a file that [`decode`] cannot tell, as one in Latin letters with some accents. None where
/// words have more letters beyond ASCII than within: they are of another script. That it is no neighbour's
/// encoding (Windows-1250) nobody can see, so that it is to be said that this was assumed.
pub fn western(bytes: &[u8]) -> Option<String> {
    if bytes.contains(&0) || Encoding::for_bom(bytes).is_some() || is_broken_utf8(bytes) {
        return None;
    }
    let text = strict(WINDOWS_1252, bytes).filter(|text| is_text(text))?;
    let is_foreign_word = |word: &str| {
        let (all, beyond) = (word.chars().count(), word.chars().filter(|c| !c.is_ascii()).count());
        (beyond > 1 && beyond == all) || (beyond > 2 && 2 * beyond > all)
    };
    let has_foreign_words = text.split(|c: char| !c.is_alphabetic()).any(is_foreign_word);
    (!has_foreign_words).then(|| text.into_owned())
}

/// The text, if every byte of it has a meaning in that encoding.
fn strict<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Option<Cow<'b, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

/// Whether most of what is not ASCII is UTF-8, and some of it is damaged.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

/// Shift_JIS or EUC-JP, where it can only be the one.
fn japanese(bytes: &[u8]) -> Option<String> {
    if let Some(text) = strict(SHIFT_JIS, bytes).filter(|text| is_text(text))
        && Look::of_shift_jis(bytes).is_shift_jis()
    {
        return Some(text.into_owned());
    }
    let text = strict(EUC_JP, bytes).filter(|text| is_text(text))?;
    let look = Look::of_euc(bytes);
    let has_word = ["氏名", "名前", "会社"].iter().any(|word| text.contains(word));
    // Korean and Chinese encodings use the same bytes, but have no kana among them.
    let is_sure = look.common > look.rare && (look.kana * 4 > look.common || has_word);
    is_sure.then(|| text.into_owned())
}

/// Whether there is nothing in it that no text holds: controls, letters for private use.
fn is_text(text: &str) -> bool {
    let is_foreign = |c: char| matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}');
    !text.chars().any(is_foreign)
}

/// What a text that may have been guessed consists of.
#[derive(Debug, Default)]
struct Look {
    /// Hiragana and full-width katakana.
    kana: usize,
    /// These, and what else one finds in every Japanese text.
    common: usize,
    /// Kanji that are seldom written.
    rare: usize,
    /// What comes about where Latin letters with accents are taken for Japanese: half-width kana, or
    /// a kanji whose second byte is a Latin letter, beside a Latin letter.
    torn: usize,
}

impl Look {
    fn of_shift_jis(bytes: &[u8]) -> Self {
        let mut look = Self::default();
        let is_latin =
            |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
        let mut at = 0;
        // The second byte of a pair may be a letter, but is none beside what follows.
        let mut before = None;
        while let Some(first) = bytes.get(at) {
            let second = bytes.get(at + 1).copied().unwrap_or_default();
            let is_pair = matches!(first, 0x81..=0x9f | 0xe0..=0xfc);
            let behind = at + 1 + usize::from(is_pair);
            let beside = is_latin(before) || is_latin(Some(behind));
            match first {
                0xa1..=0xdf => look.torn += usize::from(beside),
                _ if !is_pair => {}
                _ if beside && second.is_ascii_alphabetic() => look.torn += 1,
                0x82 | 0x83 => {
                    look.kana += 1;
                    look.common += 1;
                }
                ..0x98 => look.common += 1,
                _ => look.rare += 1,
            }
            before = (!is_pair).then_some(at);
            at = behind;
        }
        look
    }

    fn of_euc(bytes: &[u8]) -> Self {
        let mut look = Self::default();
        let mut at = 0;
        while let Some(first) = bytes.get(at) {
            match first {
                0xa4 | 0xa5 => {
                    look.kana += 1;
                    look.common += 1;
                }
                0xa1..=0xa3 | 0xb0..=0xcf => look.common += 1,
                0x80.. => look.rare += 1,
                _ => {}
            }
            at += match first {
                0x8f => 3,
                0x80.. => 2,
                _ => 1,
            };
        }
        look
    }

    /// Whether it was Shift_JIS. Common letters have bytes there that no other encoding of pairs uses,
    /// so one of them is a proof, if Latin letters with accents or curly quotes are not the cause.
    fn is_shift_jis(&self) -> bool {
        self.common > 4 * self.torn && self.common * 2 >= self.rare
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(encoding: &'static Encoding, text: &str) {
        let bytes = encoding.encode(text).0;
        assert_eq!(decode(&bytes).as_deref(), Ok(text), "{}", encoding.name());
    }

    #[test]
    fn japanese_is_told_apart() {
        for text in [
            "氏名,会社名\r\n髙橋 一郎,①ミナト㈱\r\n山﨑 花,表示機能\r\n",
            "氏名\n",
            "Name,Yomi\r\n田中 太郎,ﾀﾅｶ ﾀﾛｳ\r\nJohn Smith,\r\n",
            "会社名,部署名,氏名,TEL会社\nAWS本部,IT部ソ,能登 十,03-0000-0000\n",
        ] {
            check(SHIFT_JIS, text);
            check(UTF_8, text);
        }
        for text in ["氏名,会社名\n田中 太郎,ミナト\n", "氏名,役職\n"] {
            check(EUC_JP, text);
            check(ISO_2022_JP, text);
        }
        for text in ["氏名\n髙﨑 ①\n", "Name\nJosé\n🙂\n"] {
            let units: Vec<u16> = text.encode_utf16().collect();
            let little: Vec<u8> =
                std::iter::once(0xfeff).chain(units.clone()).flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = std::iter::once(0xfeff).chain(units).flat_map(u16::to_be_bytes).collect();
            assert_eq!(decode(&little).as_deref(), Ok(text));
            assert_eq!(decode(&big).as_deref(), Ok(text));
            assert_eq!(decode(&little[..little.len() - 1]), Err(NotABook::Encoding));
            assert_eq!(decode(format!("\u{feff}{text}").as_bytes()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_not_sure_is_not_guessed() {
        let latin = WINDOWS_1252;
        for (encoding, text) in [
            (latin, "Name\nRenée Noël\nO’Neil\n“Foo” Müller\nÑandú Þór\n"),
            (latin, "First Name,Last Name\nJörg,Weiß\n"),
            (latin, "First Name,Last Name\nSean,O’Neil\n"),
            (encoding_rs::WINDOWS_1251, "Name\nИван Петров\nОльга\n"),
            (encoding_rs::GBK, "姓名,公司\n张伟,北京大学\n王芳,中国银行\n"),
            (encoding_rs::EUC_KR, "Name\n김철수\n이영희\n박지성\n"),
            (encoding_rs::BIG5, "Name\n陳大文\n林志明\n"),
        ] {
            let bytes = encoding.encode(text).0;
            assert_eq!(decode(&bytes), Err(NotABook::Encoding), "{}", encoding.name());
        }
        let mut damaged = "氏名\n田中 太郎\n佐藤 花子\n".as_bytes().to_vec();
        damaged[9] = b'x';
        assert_eq!(decode(&damaged), Err(NotABook::Encoding));
        assert_eq!(decode(b"a\0b"), Err(NotABook::Encoding));
        assert_eq!(decode(b"\xef\xbb\xbf\xff"), Err(NotABook::Encoding));
        assert_eq!(decode(b"name\n\x1b$B0!\x1b(B\x1b$Bz"), Err(NotABook::Encoding));
    }

    #[test]
    fn latin_letters_may_be_western() {
        for text in ["Renée Noël\nO’Neil\n“Foo” Müller\n", "Ñandú Þór\nÅsa Öberg\n"] {
            assert_eq!(western(&WINDOWS_1252.encode(text).0).as_deref(), Some(text));
        }
        let mut damaged = "Müller, Jörg Weiß".as_bytes().to_vec();
        damaged.push(0xff);
        for bytes in [
            encoding_rs::WINDOWS_1251.encode("Иван").0.into_owned(),
            encoding_rs::GBK.encode("张伟,北京大学").0.into_owned(),
            encoding_rs::EUC_KR.encode("김철수").0.into_owned(),
            b"a\0\xfc".to_vec(),
            b"a\x81".to_vec(),
            damaged,
        ] {
            assert_eq!(western(&bytes), None, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes);
        }
    }
}
