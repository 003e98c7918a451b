//! The laws of the page: whatever notes say, it reads back as it was meant and holds nothing but harmless text.

use proptest::prelude::*;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

use super::super::*;
use super::{config, index, today};
use crate::note::Mention;
use crate::plan::{Kind, Section, Topic, TopicKind, Why};
use crate::text::Span;

/// Names and texts that want to be more than that.
fn hostile() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "]]",
        "[[",
        "|",
        "#",
        "^",
        "^g-abcdef",
        "-->",
        "<!--",
        "<!-- goen:end -->",
        "<!-- goen:begin",
        "<script>",
        "%%",
        "`",
        "](javascript:",
        "![",
        "\n",
        "\r",
        "\t",
        "\u{202e}",
        "\u{2028}",
        "*",
        "**",
        "_",
        "__",
        "~",
        "==",
        "$",
        "\\",
        "&lt;",
        "&",
        "::",
        ":",
        "- [ ] ",
        "📅 2026-01-01",
        "✅",
        "\u{fe0f}",
        " ",
        "  ",
        "　",
        "(",
        ")",
        "田中",
        "太郎",
        "a",
        "B1",
        "é",
        "が",
        "..",
        ".",
        "%20",
        "%",
        "http://a.b/c_d",
        "|||",
        "🙂",
        "!",
        "\"",
        "'",
        "#tag",
        "C#",
        "[^1]",
        "[x]: y",
        ".md",
        "前回: ",
        "\u{0}",
        "\u{7f}",
        "\u{a0}",
    ]);
    prop::collection::vec(prop_oneof![part.prop_map(str::to_owned), "\\PC{0,3}"], 0..7)
        .prop_map(|parts| parts.concat())
}

fn decoded(target: &str) -> String {
    let bytes = target.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            out.push(u8::from_str_radix(&target[at + 1..at + 3], 16).unwrap());
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap()
}

fn joined(folder: &str, target: &str) -> NotePath {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        if part == ".." {
            parts.pop().unwrap();
        } else {
            parts.push(part);
        }
    }
    NotePath::new(parts.join("/"))
}

fn path(folder: &str, file: &str) -> String {
    // What a file system can hold, and no hidden file.
    let file = file.replace(['/', '\0'], ".");
    let visible = if file.is_empty() || file.starts_with('.') { "n" } else { "" };
    format!("{folder}/{visible}{file}.md")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_names_the_page_is_well_formed(
        files in prop::collection::vec((hostile(), hostile(), hostile(), 0..8u8, any::<bool>()), 1..6),
        page_file in prop::sample::select(vec!["reconnect.md", "a/b/page.md", "People/x.md"]),
        markdown in any::<bool>(),
        lang in prop::sample::select(vec![Lang::Ja, Lang::En]),
        dates in prop::sample::select(vec!["emoji", "dataview", "none"]),
    ) {
        let links = if markdown { "markdown" } else { "wiki" };
        let config = config(&format!(
            "[page]\nfile = \"{page_file}\"\nlinks = \"{links}\"\ndates = \"{dates}\"\n"
        ));
        let note = "---\ntier: close\nlast_contact: 2026-09-01\n---\n";
        let paths: Vec<String> = files
            .iter()
            .map(|(file, _, _, _, sub)| path(if *sub { "People/sub" } else { "People" }, file))
            .collect();
        let notes: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), note)).collect();
        let index = index(&notes);
        let mut agenda = crate::plan::plan(&index, &config, today(), crate::plan::Extent::All);
        agenda.items.retain(|item| item.person.is_some() && item.section != Section::Unplaced);
        for (item, (_, name, text, sort, _)) in agenda.items.iter_mut().zip(&files) {
            let item = std::sync::Arc::make_mut(item);
            item.name = name.as_str().into();
            item.channel = Some(text.as_str().into());
            item.topics = [TopicKind::Last, TopicKind::Clip, TopicKind::Gratitude]
                .map(|kind| Topic {
                    kind,
                    text: text.as_str().into(),
                    day: None,
                    link: item.person.clone(),
                    matched: vec![text.as_str().into()],
                })
                .into();
            let what: crate::text::Text = text.as_str().into();
            match sort {
                0 => (item.kind, item.why) = (Kind::Milestone, Why::Milestone { day: today(), what, mourning: false }),
                1 => (item.kind, item.why) = (Kind::Promise, Why::Promise { text: what, due: None, since: None }),
                2 => (item.kind, item.why) = (Kind::Waiting, Why::Promise { text: what, due: None, since: None }),
                3 => {
                    item.why = Why::Done { skipped: false, channel: Some(what.clone()), text: what };
                    (item.section, item.done) = (Section::Done, true);
                }
                _ => item.tier = Some(text.as_str().into()),
            }
        }
        let first = paths.iter().take(TROUBLED_NAMED).map(|path| NotePath::new(path.as_str())).collect();
        let troubled = Troubled { count: paths.len(), first };
        let marks = Kept::default();
        let setting =
            Setting { lang, config: &config, index: &index, template: None, troubled: &troubled, marks: &marks, staying: &BTreeMap::new() };
        let rendered = render(&agenda, &setting).unwrap();
        let filled = fill(&agenda, &setting).unwrap();
        prop_assert_eq!(&rendered.region, &filled.region);
        prop_assert_eq!(rendered.clone().into_parts().1, filled.into_parts().1);
        let text = rendered.region;

        // It reads back as what it was made from.
        let page = read(&text).unwrap();
        let mut ids: Vec<&str> = page.lines.iter().map(|line| line.id).collect();
        prop_assert!(page.free.is_empty(), "{:?}", page.free);
        prop_assert!(page.lines.iter().all(|line| line.own.is_empty()));
        prop_assert!(page.lines.iter().all(|line| line.raw.ends_with(line.id)));
        let marked: Vec<(&str, char)> =
            agenda.items.iter().map(|item| (item.id.as_str(), if item.done { 'x' } else { ' ' })).collect();
        let mut read_marks: Vec<(&str, char)> = page.lines.iter().map(|line| (line.id, line.mark)).collect();
        let mut wanted = marked.clone();
        wanted.sort_unstable();
        read_marks.sort_unstable();
        prop_assert_eq!(read_marks, wanted);
        for line in &page.lines {
            let item = agenda.items.iter().find(|item| item.id == line.id).unwrap();
            prop_assert_eq!(line.done, item.done, "{}", line.raw);
        }
        prop_assert_eq!(text.lines().filter(|line| line.contains("<!--")).count(), 2);
        prop_assert_eq!(&compose(&text, &text, &marks, false).unwrap(), &text);

        // Markdown sees the same.
        let options = Options::ENABLE_TASKLISTS
            | Options::ENABLE_WIKILINKS
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_MATH;
        let (mut tasks, mut html, mut waiting) = (0, 0, false);
        ids.reverse();
        for event in Parser::new_ext(&text, options) {
            match event {
                Event::TaskListMarker(_) => {
                    prop_assert!(!waiting, "an item without a link");
                    tasks += 1;
                    waiting = true;
                }
                Event::Start(Tag::Link { link_type, dest_url, .. }) if waiting => {
                    waiting = false;
                    let id = ids.pop().unwrap();
                    let item = agenda.items.iter().find(|item| item.id == id).unwrap();
                    let found = match link_type {
                        LinkType::WikiLink { .. } => {
                            let target = dest_url.to_string().into();
                            let span = Span::new(0, 0);
                            let link = Mention { target, markdown: false, counts: true, span };
                            index.resolve(&config.page.file, &link).note().map(|note| note.path.clone())
                        }
                        _ => Some(joined(config.page.file.folder(), &decoded(&dest_url))),
                    };
                    prop_assert_eq!(&found, &item.person, "{}", text);
                }
                Event::Html(line) => {
                    prop_assert!(line.starts_with("<!-- goen:"), "{}", text);
                    html += 1;
                }
                Event::InlineHtml(_)
                | Event::Code(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::FootnoteReference(_)
                | Event::Start(
                    Tag::Image { .. } | Tag::Strikethrough | Tag::Strong | Tag::CodeBlock(_) | Tag::Table(_),
                ) => prop_assert!(false, "something else in\n{text}"),
                _ => {}
            }
        }
        prop_assert!(!waiting);
        prop_assert_eq!((tasks, html), (agenda.items.len(), 2), "{}", text);
    }

    #[test]
    fn no_page_breaks_the_reader(text in "(<!-- goen:begin v1 2026-11-21 -->\n)?((- \\[.\\] )?\\PC{0,12}( \\^g-[a-z]{6})?\n){0,6}(<!-- goen:end -->\n)?\\PC{0,9}") {
        if let Ok(page) = read(&text) {
            prop_assert_eq!([page.before, page.region, page.after].concat(), text.clone());
            let kept = page.kept();
            let new = compose(&text, page.region, &kept, false).unwrap();
            prop_assert!(new.starts_with(page.before) && new.ends_with(page.after));
        }
    }
}
