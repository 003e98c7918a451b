//! What was recorded is taken back also where notes have other names since, and what stays is told of.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{PAGE, TODAY, Vault};
use crate::marks::{mark, set_box, update};

const PERSON: &str = "People/田中.md";
const PLAN: &str = "計画/冬.md";
const TASK: &str = "- [ ] [[田中]] に資料を送る 📅 2026-11-22\n";

/// A promise in a note of its own that was ticked on the page; its id.
fn kept(plan: &str) -> (Vault, String) {
    let vault = crate::tables::vault(
        "== People/田中.md\ntier: close\nlast_contact: 2026-11-10\n--\n\n## 記録\n\n- 2026-11-10 話\n\
         == People/鈴木.md\ntier: close\nlast_contact: 2026-11-10\n",
    );
    vault.note(PLAN, plan);
    update(&vault, TODAY);
    let id = mark(&vault, "promise", TODAY, 'x');
    update(&vault, TODAY);
    assert!(vault.read(PLAN).contains("- [x]"), "{}", vault.read(PLAN));
    (vault, id)
}

fn moved(vault: &Vault, from: &str, to: &str) {
    std::fs::rename(vault.at(from), vault.at(to)).unwrap();
}

fn relinked(vault: &Vault, path: &str, to: &str) {
    vault.note(path, &vault.read(path).replace("[[田中]]", &format!("[[{to}]]")));
}

/// Takes back what an id says, by its box or by its id; what is said of it.
fn taken_back(vault: &Vault, id: &str, by_box: bool) -> String {
    if by_box {
        set_box(vault, id, ' ');
    }
    let command = if by_box { vec!["update"] } else { vec!["undo", id] };
    let out = vault.on(TODAY, &command);
    assert_eq!(out.code, Some(0), "{}", out.said());
    let logged = vault.paths().into_iter().filter(|path| path.starts_with("People/"));
    logged.for_each(|path| assert!(!vault.read(&path).contains(id), "{path}: {}", out.said()));
    out.said()
}

#[test]
fn a_promise_is_open_again_in_a_renamed_note_that_has_no_other() {
    for by_box in [true, false] {
        let (vault, id) = kept(TASK);
        moved(&vault, PLAN, "計画/夏.md");
        taken_back(&vault, &id, by_box);
        assert_eq!(vault.read("計画/夏.md"), TASK, "{by_box}");
    }
}

#[test]
fn a_task_that_was_opened_in_its_renamed_note_is_no_trouble() {
    let (vault, id) = kept(TASK);
    moved(&vault, PLAN, "計画/夏.md");
    vault.note("計画/夏.md", TASK);
    let said = taken_back(&vault, &id, false);
    assert!(!said.contains("済みのまま"), "{said}");
    assert_eq!(vault.read("計画/夏.md"), TASK);
}

#[test]
fn a_task_that_stays_ticked_is_told_of_by_its_note_or_its_words() {
    for by_box in [true, false] {
        for (task, is_there) in [(TASK, false), (&TASK.replace("に", "と [[鈴木]] に"), true)] {
            let (vault, id) = kept(task);
            let ticked = vault.read(PLAN);
            if is_there {
                // The other one who is named was renamed.
                vault.note(PLAN, &ticked.replace("[[鈴木]]", "[[鈴村]]"));
                moved(&vault, "People/鈴木.md", "People/鈴村.md");
            } else {
                std::fs::remove_file(vault.at(PLAN)).unwrap();
            }
            let said = taken_back(&vault, &id, by_box);
            let has = |words: &str| said.contains(words);
            assert!(has("済みのまま残しました") && has("チェックを外してください"), "{said}");
            assert!(has("に資料を送る」") && has(PLAN) == is_there, "{said}");
            assert!(!has("書き込んでいません") && !has("まだ記録していません"), "{said}");
        }
    }
}

#[test]
fn nothing_that_nobody_typed_comes_back_from_a_renamed_note() {
    for person in ["People/中田.md", "People/友人/田中.md"] {
        let (vault, id) = kept(&format!("{TASK}- [ ] [[田中]] と会う\n"));
        std::fs::create_dir_all(vault.at("People/友人")).unwrap();
        moved(&vault, PERSON, person);
        if person.ends_with("中田.md") {
            [PLAN, PAGE].iter().for_each(|path| relinked(&vault, path, "中田"));
        }
        taken_back(&vault, &id, true);
        let page = vault.read(PAGE);
        assert!(!page.contains("    - 田中 に") && !page.contains("    - 中田 に"), "{page}");
    }
}

#[test]
fn an_entry_is_taken_back_where_it_stands_though_another_has_the_old_name_now() {
    for by_box in [true, false] {
        let (vault, id) = kept(TASK);
        moved(&vault, PERSON, "People/田中 太郎.md");
        [PLAN, PAGE].iter().for_each(|path| relinked(&vault, path, "田中 太郎"));
        let other = "---\ntier: client\nlast_contact: 2026-11-01\n---\n";
        vault.note(PERSON, other);
        taken_back(&vault, &id, by_box);
        assert_eq!(vault.read(PERSON), other);
        assert_eq!(vault.read(PLAN), TASK.replace("[[田中]]", "[[田中 太郎]]"));
    }
}

/// Who moves an entry to another's log has not renamed a note: the day that goen set stays where it is.
#[test]
fn an_entry_that_was_moved_to_another_log_is_not_taken_back_by_half() {
    let (vault, id) = kept(TASK);
    let person = vault.read(PERSON);
    let line = person.lines().find(|line| line.ends_with(&id)).expect("an entry").to_owned();
    vault.note(PERSON, &person.replace(&format!("{line}\n"), ""));
    let other = format!("---\ntier: client\n---\n\n## 記録\n\n{line}\n");
    vault.note("People/鈴木.md", &other);
    let (out, notes) = (vault.goen(&["undo", &id]), [PERSON, "People/鈴木.md"].map(|path| vault.read(path)));
    assert_eq!(out.code, Some(2), "{}", out.said());
    assert_eq!(notes, [person.replace(&format!("{line}\n"), ""), other]);
}

#[test]
fn a_box_takes_back_at_once_though_the_pages_own_link_leads_nowhere() {
    let (vault, id) = kept(TASK);
    moved(&vault, PERSON, "People/中田.md");
    let said = taken_back(&vault, &id, true);
    assert!(!said.contains("取り消せません"), "{said}");
    assert_eq!(vault.read(PLAN), TASK);
}

#[test]
fn a_page_of_another_day_whose_box_was_emptied_is_the_same_after_a_second_run() {
    let vault = crate::tables::vault(
        "== People/田中.md\ntier: close\nlast_contact: 2026-11-10\n--\n\n## 記録\n\n- 2026-11-23 話\n",
    );
    update(&vault, "2026-11-23");
    let page = vault.read(PAGE);
    assert!(page.contains("- [x] [[田中]]"), "{page}");
    vault.note(PAGE, &page.replace("- [x] [[田中]]", "- [ ] [[田中]]"));
    update(&vault, "2026-11-25");
    let page = vault.read(PAGE);
    update(&vault, "2026-11-25");
    assert_eq!(vault.read(PAGE), page);
}
