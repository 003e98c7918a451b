//! Japanese lines broken where a careful writer of e-mail breaks them: at phrases, not at a column.

/// A line no longer than this stays as it is: 35 characters of full width, counted in halves.
const LONGEST: usize = 70;
/// A line is not broken before this, where there is a choice.
const SHORTEST: usize = 36;
/// Only so much may be left over for a line that is not broken after all.
const TAIL: usize = 6;

/// Breaks the long lines of a text at the ends of sentences, at commas and behind particles.
/// What stands in brackets and addresses of pages are never broken.
pub fn phrases(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        lay(line, &mut out);
    }
    out
}

/// How good a place is to break a line at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Particle,
    Comma,
    Stop,
}

fn lay(line: &str, out: &mut String) {
    let mut rest = line;
    while width(rest) > LONGEST + TAIL {
        let Some(at) = best(rest) else { break };
        out.push_str(rest[..at].trim_end());
        out.push('\n');
        rest = rest[at..].trim_start();
    }
    out.push_str(rest);
}

/// Where a line is best broken.
fn best(line: &str) -> Option<usize> {
    let places = places(line);
    let within =
        |from: usize, to: usize| move |&&(_, wide, _): &&(usize, usize, Place)| (from..=to).contains(&wide);
    let last_of = |place: Place, from, to| {
        let mut of_place = places.iter().filter(within(from, to)).filter(|(_, _, p)| *p == place);
        of_place.next_back().map(|(at, _, _)| *at)
    };
    last_of(Place::Stop, SHORTEST * 2 / 3, LONGEST)
        .or_else(|| last_of(Place::Comma, SHORTEST, LONGEST))
        .or_else(|| last_of(Place::Stop, SHORTEST / 3, LONGEST))
        .or_else(|| last_of(Place::Particle, SHORTEST, LONGEST))
        .or_else(|| last_of(Place::Comma, SHORTEST / 3, LONGEST))
        .or_else(|| places.iter().find(|(_, wide, _)| *wide > LONGEST).map(|(at, _, _)| *at))
}

/// The places where a line may be broken: the byte, the width before it, and how good it is.
fn places(line: &str) -> Vec<(usize, usize, Place)> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut wide = 0;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        wide += wide_of(c);
        match c {
            '「' | '『' | '（' | '〔' | '【' => depth += 1,
            '」' | '』' | '）' | '〕' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let Some(&(_, next)) = chars.peek() else { break };
        if depth > 0 || closes(next) {
            continue;
        }
        let place = match c {
            '。' | '！' | '？' => Place::Stop,
            '、' => Place::Comma,
            // 考えて|おります is one verb.
            'て' if next == 'お' => continue,
            'は' | 'が' | 'を' | 'に' | 'で' | 'と' | 'も' | 'へ' | 'て' if begins_a_word(next) => {
                Place::Particle
            }
            _ => continue,
        };
        found.push((at + c.len_utf8(), wide, place));
    }
    found
}

/// What never begins a line.
fn closes(c: char) -> bool {
    matches!(c, '、' | '。' | '」' | '』' | '）' | '〕' | '】' | '！' | '？' | '…' | '・' | 'ー')
}

/// Whether a word may begin with a letter behind a particle.
fn begins_a_word(c: char) -> bool {
    matches!(c, '一'..='龠' | 'ァ'..='ヴ' | '「' | '『' | '〔' | 'お' | 'ご')
}

fn wide_of(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

fn width(text: &str) -> usize {
    text.chars().map(wide_of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[&str]) {
        assert_eq!(phrases(text).split('\n').collect::<Vec<_>>(), want);
    }

    #[test]
    fn what_is_short_stays() {
        check("", &[""]);
        check("お世話になっております。高瀬です。", &["お世話になっております。高瀬です。"]);
        check("一行目。\n\n二行目。", &["一行目。", "", "二行目。"]);
    }

    #[test]
    fn sentences_come_before_commas_and_commas_before_particles() {
        check(
            "先日はお忙しいところお時間をいただき、ありがとうございました。「議事録の自動化」のお話、その後も折にふれて思い出しております。",
            &[
                "先日はお忙しいところお時間をいただき、ありがとうございました。",
                "「議事録の自動化」のお話、その後も折にふれて思い出しております。",
            ],
        );
        check(
            "新しい職場でも皆様に教えていただいた一つひとつのことを大切にして努めてまいりますので、今後ともよろしくお願いいたします。",
            &[
                "新しい職場でも皆様に教えていただいた一つひとつのことを大切にして",
                "努めてまいりますので、今後ともよろしくお願いいたします。",
            ],
        );
    }

    #[test]
    fn quotations_and_addresses_of_pages_stay_whole() {
        let quoted = "「とても長い題のついた記事で、途中に句点。も読点、も、いくつも出てくるので、どこで切るかを迷うような題」";
        check(quoted, &[quoted]);
        let url = "https://example.com/a/very/long/address/that/nobody/would/like/to/see/broken/in/two";
        check(url, &[url]);
    }

    #[test]
    fn no_line_begins_with_what_closes() {
        let text = "あ、い。".repeat(60);
        let long = phrases(&text);
        assert!(long.split('\n').all(|line| width(line) <= LONGEST + TAIL));
        assert!(long.split('\n').all(|line| !line.starts_with(['、', '。'])));
        assert_eq!(long.replace('\n', ""), text);
    }
}
