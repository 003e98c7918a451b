//! What an event's note says of whoever was there: lines of its body that link to them.

use super::body::{Body, Item, Link};
use super::find::Desk;
use super::plain::plain;
use crate::text::{Span, Text, head};

/// More lines of talk no event needs …
const MOST: usize = 500;
/// … nor longer ones, in bytes.
const LONGEST: usize = 1024;

/// What is said to or of a person behind their name.
const TITLES: [&str; 17] = [
    "さん",
    "さま",
    "様",
    "氏",
    "先生",
    "殿",
    "くん",
    "君",
    "ちゃん",
    "先輩",
    "社長",
    "部長",
    "課長",
    "係長",
    "教授",
    "博士",
    "師匠",
];

/// What stands between whom a line is about and what it says.
const SIGNS: [char; 13] = [':', '：', '、', ',', '，', '—', '–', '―', '-', '・', '…', '→', '|'];

/// What stands behind what is said to or of a person, whose name stood before it.
pub fn behind_title(rest: &str) -> &str {
    TITLES.iter().find_map(|title| rest.strip_prefix(title)).unwrap_or(rest)
}

/// A line that links to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// The link's target.
    pub target: Text,
    /// What the line says; without the link and the form of address where it begins with them, nothing
    /// where it says no more.
    pub words: Text,
    /// Where the line begins.
    pub line: u32,
}

/// The lines of an event's body that link to somebody.
pub(super) fn talks(body: &Body, is_there: impl Fn(&Link) -> bool, desk: &Desk<'_>) -> Box<[Talk]> {
    let links = || body.links.iter().filter(|link| !link.quoted && !link.embed);
    let mut told: Option<(Span, Option<(u32, Text)>)> = None;
    let talks = links().take(MOST).map(|link| {
        let line = match link.item.and_then(|at| body.items.get(at as usize)) {
            Some(Item { text, .. }) => *text,
            None => line_around(desk.text, link.span.start as usize),
        };
        // The first link of a line says whom it is about.
        let about = match &told {
            Some((known, about)) if *known == line => about.clone(),
            _ => behind(line, links(), &is_there, desk.text),
        };
        told = Some((line, about.clone()));
        let of_them = about.filter(|(until, _)| link.span.start < *until).map(|(_, words)| words);
        let words = of_them.unwrap_or_else(|| plain(head(line.of(desk.text), LONGEST)));
        Talk { target: link.target.as_str().into(), words, line: line.start }
    });
    talks.collect()
}

/// Where the links end that say whom a line is about, and what stands behind them; none where the line goes
/// on in a sentence of which they are a part.
fn behind<'l>(
    line: Span,
    links: impl Iterator<Item = &'l Link>,
    is_there: &impl Fn(&Link) -> bool,
    text: &str,
) -> Option<(u32, Text)> {
    const MARKS: [char; 5] = ['#', '*', '+', '-', '_'];
    let mut links = links.skip_while(|link| link.span.start < line.start).peekable();
    let words = line.of(text);
    let begin = words.trim_start_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
    let mut at = line.end as usize - begin.len();
    let mut until = None;
    let rest = loop {
        let is_here = |link: &&Link| link.span.start as usize == at;
        // Whom else it is about, as far as they were there.
        let link = links.next_if(|link| is_here(link) && (until.is_none() || is_there(link)));
        let Some(link) = link else { break text.get(at..line.end as usize)? };
        until = Some(link.span.end);
        let rest = text.get(link.span.end as usize..line.end as usize)?.trim_start_matches(['*', '_']);
        let rest = behind_title(rest);
        let rest = rest.trim_start_matches(['*', '_']);
        let next = ["、", ",", "，", "・", "と", "&", "＆", "and"].iter().find_map(|joint| {
            let next = rest.trim_start().strip_prefix(joint)?.trim_start();
            let start = line.end as usize - next.len();
            links.peek().filter(|link| link.span.start as usize == start && is_there(link)).map(|_| start)
        });
        match next {
            Some(start) => at = start,
            None => break rest,
        }
    };
    Some((until?, plain(head(apart(rest)?, LONGEST))))
}

/// What stands behind the sign that parts it from a name; none where no sign does.
fn apart(rest: &str) -> Option<&str> {
    let is_sign = |c: char| c.is_whitespace() || SIGNS.contains(&c);
    let is_kana = |said: &str| said.starts_with(|c: char| ('ぁ'..='ゖ').contains(&c) && !"おご".contains(c));
    let said = rest.trim_start();
    if said.is_empty() || said.starts_with(SIGNS) {
        return Some(said.trim_start_matches(is_sign));
    }
    // 〜と昇進の話: it was with them that one spoke of it. 〜との, 〜とても, 〜とも are no such thing.
    let with_them = said.strip_prefix("とは").or_else(|| said.strip_prefix('と'));
    let with_them = with_them.map(|said| said.trim_start_matches(is_sign));
    if let Some(said) = with_them.filter(|said| !said.is_empty() && !is_kana(said) && !said.starts_with('['))
    {
        return Some(said);
    }
    // Behind a blank a sentence may go on: 〜 は詩の本, and any English one.
    let is_blank = said.len() < rest.len();
    (is_blank && !said.is_ascii() && !is_kana(said)).then_some(said)
}

/// The line around a place, as far as it is near.
fn line_around(text: &str, at: usize) -> Span {
    let mut near = at.saturating_sub(LONGEST / 2);
    while !text.is_char_boundary(near) {
        near += 1;
    }
    let start = text[near..at].rfind('\n').map_or(near, |n| near + n + 1);
    let rest = head(&text[start..], LONGEST);
    Span::new(start, start + rest.find('\n').unwrap_or(rest.len()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use crate::note::edit::tests::dialect;
    use crate::note::{Kind, read};
    use crate::text::NotePath;

    /// What a body says by the target of each link.
    fn said(body: &str) -> Vec<(String, String)> {
        let text = format!("---\ntype: event\nattendees: [\"[[木村 拓]]\", \"[[林 咲]]\"]\n---\n{body}\n");
        match read(&NotePath::new("会.md"), text.as_bytes(), dialect()).kind {
            Kind::Event(event) => {
                event.talks.iter().map(|talk| (talk.target.to_string(), talk.words.to_string())).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_was_said_with_somebody_is_the_line_that_links_to_them() {
        let told = said("前の行\n今日は[[林 咲]]とRustの話\n次の行");
        assert_eq!(told, [("林 咲".to_owned(), "今日は林 咲とRustの話".to_owned())]);
    }

    #[test]
    fn what_is_quoted_or_shown_of_a_note_was_not_said() {
        assert_eq!(said("> [[木村 拓]] 昇進の話"), []);
        assert_eq!(said("![[木村 拓]]"), []);
    }

    #[test]
    fn a_line_says_what_stands_behind_whom_it_is_about() {
        for (line, want) in [
            ("- [[木村 拓]] 昇進の話", "昇進の話"),
            ("- [[木村 拓]] Rustの話 #followup", "Rustの話"),
            ("- [[木村 拓]]さん：新サービス", "新サービス"),
            ("- [[木村 拓|木村さん]]: 新サービス", "新サービス"),
            ("- [木村](木村%20拓.md)氏、新サービス", "新サービス"),
            ("- **[[木村 拓]]先生**：新サービス", "新サービス"),
            ("- **[[木村 拓]]**：新サービス", "新サービス"),
            ("- [[木村 拓]] — [[林 咲]]の昇進", "林 咲の昇進"),
            ("- [[木村 拓]]さんと昇進の話", "昇進の話"),
            ("- [[木村 拓]]とは[[Rust]]", "木村 拓とはRust"),
            ("- [[木村 拓]] と 昇進の話", "昇進の話"),
            ("- [[木村 拓]]とお茶", "お茶"),
            ("- [[木村 拓]] - Rust", "Rust"),
            ("[[木村 拓]]：新サービス", "新サービス"),
            ("- [ ] [[木村 拓]]：資料", "資料"),
            ("- 話\n\t- [[木村 拓]] は登山", "木村 拓 は登山"),
            // Of nothing else nothing is said.
            ("- [[木村 拓]]", ""),
            ("- [[木村 拓]]さん", ""),
            ("## [[木村 拓]]", ""),
            ("- [[木村 拓]]： #followup", ""),
            // They are part of a sentence.
            ("- [[木村 拓]]の昇進", "木村 拓の昇進"),
            ("- [[木村 拓]]さんに資料を送る", "木村 拓さんに資料を送る"),
            ("- [[木村 拓]] は昇進", "木村 拓 は昇進"),
            ("- [[木村 拓]]との約束", "木村 拓との約束"),
            ("- [[木村 拓]]とても元気", "木村 拓とても元気"),
            ("- [[木村 拓]]様式の話", "木村 拓様式の話"),
            ("- [[木村 拓]] likes Rust", "木村 拓 likes Rust"),
            ("- 昇進の話（[[木村 拓]]）", "昇進の話（木村 拓）"),
        ] {
            assert_eq!(said(line).first().map(|(_, words)| &**words), Some(want), "{line}");
        }
    }

    #[test]
    fn a_line_may_be_about_several_who_were_there() {
        for (line, want) in [
            ("- [[木村 拓]]さん、[[林 咲]]さん：新サービス", &["新サービス", "新サービス"][..]),
            ("- [[木村 拓]]と[[林 咲]]：新サービス", &["新サービス", "新サービス"]),
            ("- [[木村 拓]] and [[林 咲]]", &["", ""]),
            ("- [[木村 拓]]：[[林 咲]]の昇進", &["林 咲の昇進", "木村 拓：林 咲の昇進"]),
            ("- [[木村 拓]]、[[新サービス]]", &["新サービス", "木村 拓、新サービス"]),
            ("- [[木村 拓]]と[[林 咲]]の話", &["木村 拓と林 咲の話", "木村 拓と林 咲の話"]),
        ] {
            let told = said(line);
            let words: Vec<&str> = told.iter().map(|(_, words)| &**words).collect();
            assert_eq!(words, want, "{line}");
        }
    }
}
