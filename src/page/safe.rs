//! Words of notes as plain text of the page: what Markdown, HTML, Obsidian or its
//! plugins would take for their own becomes its full-width form.

use std::borrow::Cow;

use crate::text::one_line;

/// Signs of the Tasks plugin: what follows one would be read as a field.
const SIGNS: &[char] = &[
    '📅', '📆', '🗓', '⏳', '⌛', '🛫', '➕', '✅', '❌', '🔁', '🔺', '⏫', '🔼', '🔽', '⏬', '🆔', '⛔', '🏁',
];

/// Whether a character is one of these; none of them stands where the letters of Japanese do.
pub(super) fn is_sign(c: char) -> bool {
    (matches!(c, '\u{2300}'..'\u{2800}') || c >= '\u{1f000}') && SIGNS.contains(&c)
}

/// The text in one line that means nothing but itself.
pub(super) fn safe(text: &str) -> String {
    if text.bytes().all(|b| !MAY_MEAN[usize::from(b)]) {
        return one_line(text).trim_end().to_owned();
    }
    letter_by_letter(text)
}

fn letter_by_letter(text: &str) -> String {
    let bare =
        if text.contains(is_sign) { Cow::Owned(text.replace(is_sign, "")) } else { Cow::Borrowed(text) };
    let line = one_line(&bare);
    let mut out = String::with_capacity(line.len());
    let mut before = None;
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        let after = rest.clone().next();
        let doubled = before == Some(c) || after == Some(c);
        out.push(match c {
            '<' => '＜',
            '>' => '＞',
            '[' => '［',
            ']' => '］',
            '^' => '＾',
            '|' => '｜',
            '`' => '｀',
            '\\' => '＼',
            '*' => '＊',
            '~' => '～',
            '$' => '＄',
            '#' if !before.is_some_and(|b| b.is_ascii_alphanumeric()) => '＃',
            '_' if !(before.is_some_and(char::is_alphanumeric)
                && after.is_some_and(char::is_alphanumeric)) =>
            {
                '＿'
            }
            '=' if doubled => '＝',
            '%' if doubled => '％',
            ':' if doubled => '：',
            '&' if begins_entity(rest.as_str()) => '＆',
            // What a task sign leaves behind when it is gone.
            '\u{fe0f}' if before.is_none_or(|b| b == ' ') => continue,
            c => c,
        });
        before = Some(c);
    }
    out.truncate(out.trim_end().len());
    out
}

/// The bytes with which begins what may mean more than itself, [`SIGNS`] and U+FE0F among it.
static MAY_MEAN: [bool; 256] = {
    let mut table = [false; 256];
    let signs = b"<>[]^|`\\*~$#_=%:&\xe2\xef\xf0";
    let mut at = 0;
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    table
};

/// Whether `&` before this is the beginning of a character reference.
pub(super) fn begins_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    end > 0 && name[end..].starts_with(';')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(safe(text), expected, "for {text:?}");
    }

    proptest::proptest! {
        #[test]
        fn what_bytes_tell_is_as_letters_tell(text in "[ a-z0-9\t._<>#:&;%=^!…📅⏳✅️（、あ\u{3000}\u{200b}]{0,16}") {
            proptest::prop_assert_eq!(safe(&text), letter_by_letter(&text));
        }
    }

    #[test]
    fn what_markdown_would_read_becomes_full_width() {
        check("a]] [[b|c]]", "a］］ ［［b｜c］］");
        check("--> <script>", "--＞ ＜script＞");
        check("![x](javascript:1)", "!［x］(javascript:1)");
        check("a\nb\r\n\tc\u{202e}d", "a b c d");
        check("x ^g-abcdef", "x ＾g-abcdef");
        check("**b** `c` \\d ~e~ ==f== %%g%%", "＊＊b＊＊ ｀c｀ ＼d ～e～ ＝＝f＝＝ ％％g％％");
        check("key:: value $x$ &lt; A&B", "key：： value ＄x＄ ＆lt; A&B");
    }

    #[test]
    fn words_that_mean_no_harm_stay() {
        check("C# と F#、#tag、a_b_c、_x_", "C# と F#、＃tag、a_b_c、＿x＿");
        check("100% 10:30 a=b https://example.com/a?b=c", "100% 10:30 a=b https://example.com/a?b=c");
    }

    #[test]
    fn signs_of_tasks_are_dropped() {
        check("資料を送る 📅 2026-11-22 ⏫", "資料を送る 2026-11-22");
        check("✅", "");
        check("👨‍👩‍👧 ok", "👨‍👩‍👧 ok");
    }
}
