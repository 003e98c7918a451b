//! A note that is read: whatever it holds it is read, to the same each time, and every place that is
//! named is in it.

use goen::note::body::{self, Body};
use goen::note::front::Front;
use goen::note::{self, Kind, Note, region};
use goen::text::{Lang, NotePath, Span};

use super::DIALECT;

/// What notes are made of.
pub const PIECES: &[&str] = &[
    "---\n",
    "+++\n",
    "\u{feff}",
    "type: person\n",
    "type: event\n",
    "type: org\n",
    "type: trip\n",
    "type: me\n",
    "type: clip\n",
    "tier: close\n",
    "last_contact: 2026-09-14\n",
    "last_contact: [[2026-09-14]]\n",
    "birthday: 1985-12-03\n",
    "birthday: --04-15\n",
    "email: [a@b.c, d@e.f]\n",
    "phone: 090-1234-5678\n",
    "org: \"[[株式会社ミナト]] 2019-04..2024-03 部長\"\n",
    "org:\n  - name: A\n    from: 2019\n",
    "interests: [Rust, 山]\n",
    "aliases: 田中さん、タナカ\n",
    "channels: {line: \"a: b\", email: x@y}\n",
    "cadence: 1m..2m\n",
    "milestones:\n  - 2026-11-14 部長昇進\n",
    "mourning: 2026\n",
    "seasons: [nengajo]\n",
    "away: [2026-12-29..2027-01-03]\n",
    "attendees: [\"[[田中]]\", b]\n",
    "date: 2026-11-20\n",
    "tags: [person, a]\n",
    "snooze: 2026-12-01\n",
    "next:\n",
    "goals: [a]\n",
    "met_via: \"[[x]]\"\n",
    "status: paused\n",
    "template: true\n",
    "# 田中 太郎\n\n",
    "## 記録\n\n",
    "## Log\n",
    "## 2026-08-14 電話\n\n",
    "### ",
    "記録\n====\n",
    "- ",
    "* ",
    "1. ",
    "- [ ] ",
    "- [x] ",
    "- [-] ",
    "  - ",
    "    ",
    "\t",
    "> ",
    "> [!note]- 記録\n> ",
    "```\n",
    "~~~\n",
    "%%\n",
    "<!-- ",
    " -->",
    "<!-- goen:prep begin -->\n",
    "<!-- goen:prep end -->\n",
    "<!-- goen:begin v1 2026-11-21 -->\n",
    "<!-- goen:end -->\n",
    "2026-09-14 ",
    "[[2026-09-14]] ",
    "**2026-09-14** ",
    "2026年9月14日 ",
    "(line) ",
    "(call) ",
    "(like) ",
    "(skip) ",
    "#gave ",
    "#received ",
    "#followup ",
    "#theirs ",
    "#person ",
    "^g-k3f9q2",
    " ^abc",
    "📅 2026-11-22",
    "⏳ 2026-11-23",
    "✅ 2026-11-01",
    "🔁 every week",
    "[due:: 2026-11-22]",
    "last contact:: 2026-09-14\n",
    "[[田中]]",
    "[[田中|太郎]]",
    "![[x]]",
    "[a](b%20c.md)",
    "[a](",
    "](",
    "[[",
    "]]",
    "|",
    "`",
    "~~",
    "\\",
    "<b>",
    "| a | b |\n|---|---|\n",
    "&amp;",
    "年賀状 ",
    "お中元が届いた ",
    "資料を送る",
    "話した。",
    "🙂",
    "\u{2028}",
    "\u{0}",
    "\n",
    "\n\n",
    "\r\n",
    "  \n",
    "<<<<<<< a\n",
    ">>>>>>> b\n",
    "***\n",
];

/// Where notes are that mean something by their place.
const PATHS: &[&str] =
    &["People/田中 太郎.md", "日記/2026-11-20.md", "People/2026-11-20 会.md", "x/a.md", "Templates/人.md"];

/// See the head of this file.
pub fn holds(data: &[u8]) {
    let bytes = super::spelled(data, PIECES);
    for path in PATHS {
        let path = NotePath::new(*path);
        let note = note::read(&path, &bytes, &DIALECT);
        assert_eq!(note, note::read(&path, &bytes, &DIALECT));
        if let Ok(text) = std::str::from_utf8(&bytes) {
            note_holds(text, &note);
        }
    }
    let Ok(text) = std::str::from_utf8(&bytes) else { return };
    let start = Front::find(text).body();
    body_holds(text, &body::read(text, start));
    let body = &text[start..];
    if let Some(quick) = body::quick::read(body, start) {
        assert_eq!(quick, body::full::read(body, start), "{body:?}");
    }
    if let Some(blanked) = region::blanked(body) {
        assert_eq!(blanked.len(), body.len());
        let ends = |text: &str| memchr::memchr_iter(b'\n', text.as_bytes()).collect::<Vec<_>>();
        assert_eq!(ends(&blanked), ends(body), "{body:?}");
    }
}

fn is_in(text: &str, span: Span) -> bool {
    text.get(span.range()).is_some()
}

fn note_holds(text: &str, note: &Note) {
    let lines = u32::try_from(1 + text.matches('\n').count()).unwrap();
    for problem in &note.problems {
        let problem = problem.clone().locate(text);
        assert!((1..=lines).contains(&problem.line) && problem.column > 0, "{text:?}: {problem:?}");
        if let Some(excerpt) = &problem.excerpt {
            assert!(excerpt.line.get(excerpt.mark.clone()).is_some(), "{text:?}: {problem:?}");
        }
        for lang in [Lang::Ja, Lang::En] {
            assert!(!problem.what.message(lang).is_empty());
        }
    }
    for task in &note.tasks {
        assert!(is_in(text, task.span) && (1..=lines).contains(&task.line), "{text:?}: {task:?}");
        assert!(task.links.iter().all(|link| usize::from(*link) < note.links.len()), "{text:?}: {task:?}");
    }
    assert!(note.links.iter().all(|link| is_in(text, link.span)), "{text:?}");
    for entry in note.log() {
        assert!(is_in(text, entry.span) && is_in(text, entry.said), "{text:?}: {entry:?}");
        assert!(
            entry.span.start <= entry.said.start && entry.said.end <= entry.span.end,
            "{text:?}: {entry:?}"
        );
        let words = entry.words(text);
        assert!(!words.contains(['\n', '\r']), "{text:?}: {entry:?}");
    }
    assert!(note.log().is_sorted_by_key(|entry| entry.day), "{text:?}");
    if let Kind::Person(person) = &note.kind {
        assert!(!person.name.trim().is_empty(), "{text:?}");
        assert!(person.stated.iter().all(|stated| is_in(text, stated.span)), "{text:?}");
        assert!(
            person.channels.iter().all(|(channel, to)| !channel.is_empty() && !to.is_empty()),
            "{text:?}"
        );
    }
}

fn body_holds(text: &str, body: &Body) {
    let spans = (body.headings.iter().map(|heading| heading.text))
        .chain(body.items.iter().flat_map(|item| [item.span, item.text]))
        .chain(body.links.iter().map(|link| link.span))
        .chain(body.tags.iter().map(|tag| tag.span))
        .chain(body.inlines.iter().flat_map(|inline| [inline.key, inline.value]));
    for span in spans {
        assert!(is_in(text, span), "{text:?}: {span:?}");
    }
    for (at, item) in body.items.iter().enumerate() {
        assert!(item.parent.is_none_or(|parent| (parent as usize) < at), "{text:?}: {item:?}");
    }
}
