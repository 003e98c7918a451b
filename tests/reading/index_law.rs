//! The law of the index: whatever happens to a vault, and in whatever order, the index is
//! what a cold scan of the vault would give.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use goen::config::Config;
use goen::index::{Change, Index};
use goen::moment::DailyFormat;
use goen::note::dialect::{Dialect, Journal};
use goen::note::{self, Note};
use goen::plan::{Extent, plan};
use goen::problem::Problem;
use goen::text::NotePath;
use proptest::prelude::*;

/// Few paths and names, so that notes collide, share names, and link to each other.
const PATHS: &[&str] = &[
    "People/田中 太郎.md",
    "People/a/田中 太郎.md",
    "People/b/佐藤.md",
    "佐藤.md",
    "People/ガ.md",
    "People/カ\u{3099}.md",
    "日記/2026-09-14.md",
    "日記/2026-11-20.md",
    "イベント/会.md",
    "メモ.md",
    "me.md",
    "クリップ/本.md",
];

const FRONTS: &[&str] = &[
    "",
    "tier: close\nlast_contact: 2026-09-01\n",
    "name: 佐藤\naliases: [田中 太郎, さとう]\ntier: client\n",
    "type: event\ndate: 2026-11-12\nattendees: [\"[[田中 太郎]]\", 佐藤, \"[[ガ]] (欠席)\"]\n",
    "type: event\ndate: 2026-10-01\nstatus: cancelled\nattendees: [さとう]\n",
    "type: person\nname: 田中太郎\n",
    "type: me\ninterests: [Rust]\n",
    "tags: [clip, Rust]\ncreated: 2026-11-19\n",
    "interests: [rust]\ncadence: 6w\n",
    "tier: clsoe\nlast_contact: 2027-01-01\n",
    "snooze: 2026-12-01\ntier: 同僚\n",
    "tier: [\n",
];

const BODIES: &[&str] = &[
    "",
    "[[田中 太郎]] と話した\n",
    "- [ ] [[佐藤]] に送る 📅 2026-11-22\n",
    "- [x] [[People/a/田中 太郎]]\n",
    "## Log\n\n- 2026-09-14 (line) 近況 [[本]]\n- 2026-10-02 (skip) ^g-abc123\n",
    "[佐藤](../佐藤.md) と [[ガ]]\n",
    "> [[田中 太郎]]\n\n![[佐藤]] `[[ガ]]`\n",
    "- [ ] 返す\n- [ ] 返す\n",
    "[[さとう]] [[カ\u{3099}]] [[./佐藤]]\n",
    "#person\n",
];

fn read(path: &str, front: &str, body: &str) -> Note {
    // Made once, since it takes longer than reading a note.
    static DIALECT: LazyLock<Dialect> = LazyLock::new(|| {
        let format = DailyFormat::new("YYYY-MM-DD").unwrap();
        let journal = Journal { format, folder: Some("日記".into()) };
        Dialect::new(&Config::default(), journal, &["People".into()])
    });
    let text = if front.is_empty() { body.to_owned() } else { format!("---\n{front}---\n{body}") };
    note::read(&NotePath::new(path), text.as_bytes(), &DIALECT)
}

/// Everything that can be asked of an index, as text.
fn told(index: &Index) -> String {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let people: Vec<_> = index.people().map(|(note, person, tie)| (&note.path, person, tie)).collect();
    let find = |name: &str| index.find(name).iter().map(|n| n.path.to_string()).collect::<Vec<_>>();
    let found: Vec<_> = ["田中", "さとう", "が", "佐藤", "tanaka"].map(find).into();
    let of = |notes: Vec<&Note>| notes.iter().map(|n| n.path.to_string()).collect::<Vec<_>>();
    let acquaintances: Vec<_> = index.people().map(|(note, ..)| of(index.acquaintances(note))).collect();
    let mut problems = index.problems(today);
    problems.sort_by(Problem::by_place);
    let agenda = plan(index, &Config::default(), today, Extent::All);
    format!(
        "{people:#?}\n{found:?}\n{:?}\n{acquaintances:?}\n{:#?}\n{agenda:#?}\n{}\n{:?}",
        of(index.people_with_interest("RUST")),
        problems,
        index.dated_notes(),
        index.me().map(|(note, _)| &note.path),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn incremental_is_rebuilt(changes in prop::collection::vec(
        (prop::sample::select(PATHS), prop::option::weighted(0.8, (prop::sample::select(FRONTS), prop::sample::select(BODIES)))),
        1..24), batch in 1usize..4)
    {
        let mut index = Index::new(true);
        let mut vault = BTreeMap::new();
        for group in changes.chunks(batch) {
            let group: Vec<Change> = group.iter().map(|(path, content)| match content {
                Some((front, body)) => {
                    let note = read(path, front, body);
                    vault.insert(*path, note.clone());
                    Change::Put(Box::new(note))
                }
                None => {
                    vault.remove(path);
                    Change::Remove(NotePath::new(*path))
                }
            }).collect();
            index.apply_all(group);
        }
        let rebuilt = Index::build(true, vault.values().cloned());
        prop_assert_eq!(told(&index), told(&rebuilt));
        // In another order too, and told twice nothing is news.
        let reversed = Index::build(true, vault.values().rev().cloned());
        prop_assert_eq!(told(&index), told(&reversed));
        for note in vault.into_values() {
            prop_assert!(!index.apply(Change::Put(Box::new(note))));
        }
    }
}

#[test]
fn a_change_says_whether_it_is_one() {
    let mut index = Index::new(true);
    let note = || Change::Put(Box::new(read(PATHS[0], FRONTS[1], BODIES[0])));
    assert!(index.apply(note()));
    assert!(!index.apply(note()));
    assert!(index.apply(Change::Remove(NotePath::new(PATHS[0]))));
    assert!(!index.apply(Change::Remove(NotePath::new(PATHS[0]))));
    assert!(index.is_empty());
}
