//! Lines of the page: whose each is, and that none is lost.

use super::*;

#[test]
fn a_label_ends_with_its_colon() {
    let lines = [
        "    - 話題: Rust",
        "    - 話題：Rust",
        "    - 話題:",
        "    - 話題に出た店",
        "    - 続きは会ってから",
    ];
    let text = format!(
        "<!-- goen:begin v1 2026-11-21 -->\n- [ ] [[a]] ^g-abcdef\n{}\n<!-- goen:end -->\n",
        lines.join("\n")
    );
    let line = &read(&text).unwrap().lines[0];
    assert_eq!((&line.labelled[..], &line.own[..]), (&lines[..3], &lines[3..]));
}

#[test]
fn only_an_item_is_an_item() {
    let of = |lines: &str| Page::only_item(lines, today()).map(|line| line.id.to_owned());
    let item = "- [ ] [[a]] ^g-abcdef\n    - 話題: Rust\n";
    assert_eq!(of(item).as_deref(), Some("g-abcdef"));
    for more in [item, "## 今日\n", "<!-- goen:lines x -->\n", "text\n", "<!-- goen:lines x -->\ntext\n"] {
        assert_eq!(of(&format!("{item}{more}")), None, "{more:?}");
    }
    // An id of a longer name is none of goen's.
    for end in ["g", "-1", "_"] {
        assert_eq!(of(&format!("- [ ] [[a]] ^g-abcdef{end}\n")), None, "{end:?}");
    }
}

#[test]
fn a_line_with_an_id_of_nobodys_is_surely_somebodys() {
    let fresh = page(VAULT, Lang::Ja, &Config::default(), None);
    let region = read(&fresh).unwrap().region;
    let text = fresh
        .replace(region, &Written::of(region).sign(region))
        .replace("## 今週\n", "- [ ] 食事 ^g-zzzzzz\n\n## 今週\n");
    let page = read(&text).unwrap();
    let written = Written::on(&page).unwrap();
    let beside = |id: &str| written.beside(page.lines.iter().find(|line| line.id == id).unwrap());
    assert_eq!((beside("g-zzzzzz").certain, beside("g-zzzzzz").is_known), (true, false));
    assert_eq!((beside("g-s2p8b3").certain, beside("g-s2p8b3").is_known), (true, true));
}

#[test]
fn a_renderer_that_is_asked_in_another_language_says_all_anew() {
    let (index, config, marks) = (index(VAULT), Config::default(), Kept::default());
    let agenda = crate::plan::plan(&index, &config, today(), crate::plan::Extent::All);
    let mut renderer = Renderer::default();
    for lang in [Lang::Ja, Lang::En, Lang::En, Lang::Ja] {
        let setting = Setting {
            lang,
            config: &config,
            index: &index,
            template: None,
            troubled: &Troubled::default(),
            marks: &marks,
            staying: &BTreeMap::new(),
        };
        let fresh = render(&agenda, &setting).unwrap().region;
        assert_eq!(renderer.render(&agenda, &setting).unwrap().region, fresh);
    }
}

#[test]
fn a_promise_keeps_its_date_when_that_has_passed() {
    let note = "---\ntier: senior\nlast_contact: 2026-10-30\n---\n- [ ] 資料を送る 📅 2026-11-18\n";
    let text = page(&[("People/佐藤.md", note)], Lang::Ja, &Config::default(), None);
    assert!(lines_of(&text, "資料").contains("資料を送る約束 📅 2026-11-18 ^g-"), "{text}");
}

#[test]
fn what_stays_is_shown_with_what_stands_below_it() {
    let (index, config) = (index(VAULT), Config::default());
    let agenda = crate::plan::plan(&index, &config, today(), crate::plan::Extent::All);
    let old = "<!-- goen:begin v1 2026-11-20 -->\n- [x] [[昔の人]] ^g-aaaaaa\n    - 電話で話した\n<!-- goen:end -->\n";
    let setting = Setting {
        lang: Lang::Ja,
        config: &config,
        index: &index,
        template: Some(
            "{% for item in today %}\n{{ item.line }}\n    - {{ item.id == '^g-aaaaaa' }}\n{% for child in item.children %}\n{{ child }}\n{% endfor %}\n{% endfor %}\n",
        ),
        troubled: &Troubled::default(),
        marks: &read(old).unwrap().kept(),
        staying: &BTreeMap::from([("g-aaaaaa".to_owned(), Stay::NotRecorded("書けません".into()))]),
    };
    let region = render(&agenda, &setting).unwrap().region;
    let page = read(&region).unwrap();
    let line = page.lines.iter().find(|line| line.id == "g-aaaaaa").unwrap();
    assert_eq!((line.mark, &line.own[..]), ('x', &["    - True", "    - 電話で話した"][..]), "{region}");
}

#[test]
fn a_line_of_goens_below_an_item_is_somebodys_where_it_was_copied() {
    let region = "<!-- goen:begin v1 2026-11-21 -->\n- [ ] 甲 ^g-aaaaaa\n    - 近況\n<!-- goen:end -->\n";
    let text = Written::of(region).sign(region.to_owned());
    for (count, own) in [(1, 0), (2, 1), (3, 2)] {
        let text = text.replace("    - 近況\n", &"    - 近況\n".repeat(count));
        let mut page = read(&text).unwrap();
        Written::on(&page).unwrap().claim(&mut page);
        assert_eq!(page.lines[0].own, vec!["    - 近況"; own]);
    }
}

/// A page of two items as goen signed it.
fn of_two() -> String {
    let region = "<!-- goen:begin v1 2026-11-21 -->\n- [ ] 甲 に近況を — 前回 9/14 ⏳ 2026-11-21 ^g-aaaaaa\n- [ ] 乙 ^g-bbbbbb\n<!-- goen:end -->\n";
    Written::of(region).sign(region.to_owned())
}

#[test]
fn of_a_line_that_nobody_knows_any_more_what_is_longer_is_not_lost() {
    for (line, typed) in [
        // Shorter, and in goen's form: goen's own with words left out.
        ("甲 — 9/14 ⏳ 2026-11-21", None),
        (
            "甲 と会い、近況をいろいろと聞いた — 前回の話の続き ⏳ 2026-11-21",
            Some("甲 と会い、近況をいろいろと聞いた — 前回の話の続き"),
        ),
        ("会った", Some("会った")),
    ] {
        let text = of_two().replace("甲 に近況を — 前回 9/14 ⏳ 2026-11-21", line);
        let page = read(&text).unwrap();
        let beside = Written::on(&page).unwrap().beside(&page.lines[0]);
        assert_eq!(beside.typed.as_deref(), typed, "{line}");
    }
}

#[test]
fn a_page_is_clear_as_long_as_its_lines_tell_what_was_typed() {
    let is_unclear = |text: &str| {
        let page = read(text).unwrap();
        Written::on(&page).unwrap().is_unclear(&page)
    };
    assert!(!is_unclear(&of_two()));
    assert!(!is_unclear(&of_two().replace("近況を", "近況と写真を").replace("[ ] 乙", "[x] 乙")));
    assert!(is_unclear(&of_two().replace("近況を", "写真を")));
}

#[test]
fn what_goen_is_known_to_have_written_between_the_items_is_nobodys_on_a_page_without_its_digests() {
    let old =
        "<!-- goen:begin v1 2026-11-21 -->\nよい一日を\n牛乳を買う\n- [ ] 甲 ^g-aaaaaa\n<!-- goen:end -->\n";
    let written = Written::of(&old.replace("牛乳を買う\n", ""));
    let mut page = read(old).unwrap();
    written.claim(&mut page);
    let new = "<!-- goen:begin v1 2026-11-22 -->\n- [ ] 乙 ^g-bbbbbb\n<!-- goen:end -->\n";
    assert_eq!(compose(old, new, &page.kept(), false).unwrap(), format!("{new}\n牛乳を買う\n"));
}

#[test]
fn a_region_that_is_signed_again_has_one_comment() {
    let once = of_two();
    let changed = once.replace("甲 に近況を", "甲 に写真を");
    let again = Written::of(&changed).sign(changed.clone());
    assert_eq!(again.lines().count(), once.lines().count(), "{again}");
    assert_ne!(again, changed);
    assert!(Written::on(&read(&again).unwrap()).is_some_and(|it| it.is_whole(&read(&again).unwrap())));
}
