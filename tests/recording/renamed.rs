//! What was recorded is taken back also where notes have other names since, and what stays is told of.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{TODAY, Vault};
use crate::marks::{mark, set_box, update};

const PLAN: &str = "計画/冬.md";
const TASK: &str = "- [ ] [[田中]] に資料を送る 📅 2026-11-22\n";

/// A promise in a note of its own that was ticked on the page; its id.
fn kept(plan: &str) -> (Vault, String) {
    let vault = crate::tables::vault(
        "== People/田中.md\ntier: close\nlast_contact: 2026-11-10\n--\n\n## 記録\n\n- 2026-11-10 話\n\
         == People/佐藤.md\ntier: close\nlast_contact: 2026-11-10\n",
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
