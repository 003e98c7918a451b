//! Laws of the agenda over generated vaults: one item a person, within the energy there is, nobody
//! who must not appear, and nothing but what follows from the notes and the day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate};
use goen::config::Config;
use goen::index::{Change, Index};
use goen::moment::DailyFormat;
use goen::note::dialect::{Dialect, Journal};
use goen::note::{self, Note};
use goen::plan::{Agenda, Extent, Item, Kind, Planner, Section, State, TopicKind, plan};
use goen::text::NotePath;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const TIERS: [&str; 7] = ["close", "senior", "colleague", "project", "client", "先輩", ""];
const STATUSES: [&str; 5] = ["active", "paused", "closed", "do-not-contact", "deceased"];
const CHANNELS: [&str; 7] = ["line", "email", "like", "call", "lunch", "skip", "intro"];
const WORDS: [&str; 8] =
    ["", "#reply", "#received", "#received #thanks", "#gave", "#noreply", "#followup", "年賀状"];
const PLACES: [&str; 3] = ["東京", "大阪", "京都"];
const INTERESTS: [&str; 4] = ["Rust", "登山", "写真", "囲碁"];
const ORGS: [&str; 3] = ["ミナト", "カワセミ", "青空電機"];

fn seed() -> u64 {
    std::env::var("GOEN_LAW_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_121)
}

/// The day around which everything happens.
fn base() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn ago(days: u64) -> NaiveDate {
    base() - Days::new(days)
}

fn ahead(days: u64) -> NaiveDate {
    base() + Days::new(days)
}

/// Somebody, before there is a note.
#[derive(Debug, Clone)]
struct Someone {
    tier: usize,
    status: usize,
    last: Option<u64>,
    birthday: Option<(u32, u32)>,
    snooze: Option<u64>,
    mourning: Option<u64>,
    log: Vec<(u64, usize, usize)>,
    tasks: Vec<(bool, Option<i8>)>,
    interests: BTreeSet<usize>,
    org: usize,
    place: usize,
    milestone: Option<i8>,
    /// Which of two addresses they live at, and who else a card is for.
    home: Option<(usize, Option<usize>)>,
}

fn someone() -> impl Strategy<Value = Someone> {
    let often =
        |n: usize, first: f64| (0.0..1.0_f64, 0..n).prop_map(move |(p, at)| if p < first { 0 } else { at });
    let entry = (0_u64..500, 0..CHANNELS.len(), 0..WORDS.len());
    let first = (
        0..TIERS.len(),
        often(STATUSES.len(), 0.8),
        prop::option::weighted(0.8, 0_u64..500),
        prop::option::weighted(0.4, (prop::sample::select(vec![1_u32, 2, 11, 12]), 1_u32..30)),
        prop::option::weighted(0.1, 0_u64..40),
        prop::option::weighted(0.1, 0_u64..400),
    );
    let second = (
        prop::collection::vec(entry, 0..4),
        prop::collection::vec((any::<bool>(), prop::option::of(-20_i8..30)), 0..2),
        prop::collection::btree_set(0..INTERESTS.len(), 0..4),
        0..ORGS.len(),
        0..PLACES.len(),
        prop::option::weighted(0.2, -20_i8..20),
        prop::option::weighted(0.4, (0..2_usize, prop::option::of(0..24_usize))),
    );
    (first, second).prop_map(|((tier, status, last, birthday, snooze, mourning), second)| {
        let (log, tasks, interests, org, place, milestone, home) = second;
        Someone {
            tier,
            status,
            last,
            birthday,
            snooze,
            mourning,
            log,
            tasks,
            interests,
            org,
            place,
            milestone,
            home,
        }
    })
}

fn shifted(days: i8) -> NaiveDate {
    let by = Days::new(u64::from(days.unsigned_abs()));
    if days < 0 { base() - by } else { base() + by }
}

impl Someone {
    fn text(&self, extra: &str) -> String {
        let mut out = String::from("---\n");
        let mut line = |text: String| {
            out.push_str(&text);
            out.push('\n');
        };
        if !TIERS[self.tier].is_empty() {
            line(format!("tier: {}", TIERS[self.tier]));
        }
        line(format!("status: {}", STATUSES[self.status]));
        self.last.into_iter().for_each(|days| line(format!("last_contact: {}", ago(days))));
        self.birthday.into_iter().for_each(|(month, day)| line(format!("birthday: --{month:02}-{day:02}")));
        self.snooze.into_iter().for_each(|days| line(format!("snooze: {}", ahead(days))));
        self.mourning.into_iter().for_each(|days| line(format!("mourning: {}", ago(days))));
        let words: Vec<&str> = self.interests.iter().map(|at| INTERESTS[*at]).collect();
        line(format!("interests: [{}]", words.join(", ")));
        line(format!("org: {}\nlocation: {}", ORGS[self.org], PLACES[self.place]));
        self.milestone.into_iter().for_each(|days| line(format!("milestones:\n  - {} 昇進", shifted(days))));
        if let Some((at, with)) = self.home {
            line(format!("address: 東京都港区{at}"));
            with.into_iter().for_each(|with| line(format!("joint_names: 人{with}")));
        }
        line("---".to_owned());
        for (theirs, due) in &self.tasks {
            let due = due.map_or(String::new(), |due| format!(" 📅 {}", shifted(due)));
            line(format!("- [ ] 資料{}{due}", if *theirs { " #theirs" } else { "" }));
        }
        line("\n## Log\n".to_owned());
        for (days, channel, words) in &self.log {
            line(format!("- {} ({}) 話 {}", ago(*days), CHANNELS[*channel], WORDS[*words]));
        }
        line(extra.to_owned());
        out
    }
}

/// A vault, before there are notes.
#[derive(Debug, Clone)]
struct World {
    people: Vec<Someone>,
    events: Vec<(i8, BTreeSet<usize>)>,
    clips: Vec<(u64, usize)>,
    trip: Option<(u8, usize)>,
    me: Me,
    energy: (u8, u8),
}

#[derive(Debug, Clone)]
struct Me {
    left: Option<i8>,
    away: Option<(u8, u8)>,
    mourning: Option<u64>,
}

fn world() -> impl Strategy<Value = World> {
    let me = (
        prop::option::weighted(0.4, -60_i8..40),
        prop::option::weighted(0.3, (0_u8..20, 0_u8..10)),
        prop::option::weighted(0.2, 0_u64..400),
    )
        .prop_map(|(left, away, mourning)| Me { left, away, mourning });
    (
        prop::collection::vec(someone(), 1..24),
        prop::collection::vec((-40_i8..20, prop::collection::btree_set(0_usize..24, 0..8)), 0..4),
        prop::collection::vec((0_u64..20, 0..INTERESTS.len()), 0..3),
        prop::option::weighted(0.4, (0_u8..40, 0..PLACES.len())),
        me,
        (0_u8..6, 0_u8..16),
    )
        .prop_map(|(people, events, clips, trip, me, energy)| World {
            people,
            events,
            clips,
            trip,
            me,
            energy,
        })
}

/// A name that says of itself whether it may be seen.
fn name(at: usize, someone: &Someone) -> String {
    if someone.status >= 3 { format!("Ghost {at}") } else { format!("人{at}") }
}

impl World {
    fn path(&self, at: usize) -> String {
        format!("People/{}.md", name(at, &self.people[at]))
    }

    fn config(&self) -> Config {
        let (day, week) = self.energy;
        let text =
            format!("[energy]\nper_day = {}\nper_week = {}\n", f64::from(day) / 2.0, f64::from(week) / 2.0);
        Config::parse(&NotePath::new("goen.toml"), &text).unwrap()
    }

    fn notes(&self) -> BTreeMap<String, String> {
        let mut notes = BTreeMap::new();
        for (at, someone) in self.people.iter().enumerate() {
            notes.insert(self.path(at), someone.text(""));
        }
        for (at, (days, there)) in self.events.iter().enumerate() {
            let known = there.iter().filter(|at| **at < self.people.len());
            let links: Vec<String> =
                known.map(|at| format!("\"[[{}]]\"", name(*at, &self.people[*at]))).collect();
            let front = format!("type: event\ndate: {}\nattendees: [{}]\n", shifted(*days), links.join(", "));
            notes.insert(format!("events/会{at}.md"), format!("---\n{front}---\n"));
        }
        for (at, (days, interest)) in self.clips.iter().enumerate() {
            let front = format!("type: clip\nclipped: {}\ntopics: [{}]\n", ago(*days), INTERESTS[*interest]);
            notes.insert(format!("clips/記事{at}.md"), format!("---\n{front}---\n"));
        }
        if let Some((days, place)) = self.trip {
            let from = ahead(u64::from(days));
            let front = format!("type: trip\nlocation: {}\nfrom: {from}\nto: {from}\n", PLACES[place]);
            notes.insert("旅.md".to_owned(), format!("---\n{front}---\n"));
        }
        let mut front = String::from("type: me\nlocation: 東京\nhabits:\n  - ブログ, every 1m\n");
        if let Some(days) = self.me.left {
            let last = shifted(days);
            front += &format!(
                "career:\n  - {{org: ミナト, from: 2015-04-01, to: {last}}}\n  - {{org: 緑化, from: {}}}\n",
                last + Days::new(10)
            );
        }
        if let Some((from, long)) = self.me.away {
            let from = ahead(u64::from(from));
            front += &format!("away: [\"{from}..{}\"]\n", from + Days::new(u64::from(long)));
        }
        if let Some(days) = self.me.mourning {
            front += &format!("mourning: {}\n", ago(days));
        }
        notes.insert("me.md".to_owned(), format!("---\n{front}---\n"));
        notes.insert("orgs/ミナト.md".to_owned(), "---\ntype: org\n---\n".to_owned());
        notes
    }
}

fn read(path: &str, text: &str) -> Note {
    static DIALECT: LazyLock<Dialect> = LazyLock::new(|| {
        let format = DailyFormat::new("YYYY-MM-DD").unwrap();
        Dialect::new(&Config::default(), Journal { format, folder: None }, &["People".into()])
    });
    note::read(&NotePath::new(path), text.as_bytes(), &DIALECT)
}

fn index(notes: &BTreeMap<String, String>) -> Index {
    Index::build(true, notes.iter().map(|(path, text)| read(path, text)))
}

/// Items that are still to be done.
fn open(agenda: &Agenda) -> Vec<&Item> {
    agenda.all().filter(|item| item.section != Section::Done).collect()
}

fn monday(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}

/// Deferrable items never exceed what a day or week has left beside what is fixed and spent.
fn is_within_energy(agenda: &Agenda, world: &World) -> Result<(), TestCaseError> {
    let mut days: BTreeMap<NaiveDate, (f64, f64)> = BTreeMap::new();
    let mut weeks: BTreeMap<NaiveDate, (f64, f64)> = BTreeMap::new();
    days.entry(agenda.date).or_default().0 += agenda.energy.day.spent;
    weeks.entry(monday(agenda.date)).or_default().0 += agenda.energy.week.spent;
    let placed = open(agenda).into_iter().filter_map(|item| Some((item.planned?, item.cost, item.fixed)));
    let events = world.events.iter().map(|(days, _)| (shifted(*days), 3.0, true));
    for (day, cost, is_fixed) in placed.chain(events.filter(|(day, ..)| *day > agenda.date)) {
        for sums in [days.entry(day).or_default(), weeks.entry(monday(day)).or_default()] {
            if is_fixed {
                sums.0 += cost;
            } else {
                sums.1 += cost;
            }
        }
    }
    let last = agenda.date + Days::new(27);
    for (all, limit) in [(days, agenda.energy.day.limit), (weeks, agenda.energy.week.limit)] {
        for (from, (bound, free)) in all {
            // Events after the last day planned are not seen.
            let is_seen = monday(from) + Days::new(6) <= last || free <= 0.0;
            prop_assert!(
                !is_seen || free <= 0.0 || bound + free <= limit + 1e-6,
                "{from}: {bound} + {free} of {limit}"
            );
        }
    }
    Ok(())
}

fn check(agenda: &Agenda, world: &World, index: &Index) -> Result<(), TestCaseError> {
    let open = open(agenda);
    let mut people: Vec<&NotePath> = open.iter().filter_map(|item| item.person.as_ref()).collect();
    people.sort();
    let count = people.len();
    people.dedup();
    prop_assert_eq!(count, people.len(), "one person, one item");
    let mut ids: Vec<&str> = agenda.all().map(|item| item.id.as_str()).collect();
    ids.sort_unstable();
    prop_assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "ids are distinct");
    // Whoever must not be contacted appears in no way.
    prop_assert!(!format!("{agenda:?}").contains("Ghost"), "{agenda:#?}");
    for item in &open {
        if let Some(state) = item.state {
            let may_be = match state {
                State::Closed => item.kind == Kind::Reopen,
                State::Snoozed => false,
                State::Untracked => item.kind == Kind::FollowUp,
                _ => true,
            };
            prop_assert!(may_be, "{:?} {:?} {}", item.kind, state, item.name);
        }
        prop_assert!(item.planned.is_none_or(|day| day >= agenda.date), "never in the past");
        if let (true, Some((from, long)), Some(day)) = (!item.fixed, world.me.away, item.planned) {
            let away = ahead(u64::from(from))..=ahead(u64::from(from + long));
            prop_assert!(!away.contains(&day), "{:?} in days of rest", item.kind);
        }
        // What is fixed stands on a day.
        prop_assert!(!item.fixed || item.planned.is_some());
    }
    is_within_energy(agenda, world)?;
    let with_item: BTreeSet<&str> =
        open.iter().filter_map(|item| Some(item.person.as_ref()?.as_str())).collect();
    for (at, someone) in world.people.iter().enumerate() {
        let path = world.path(at);
        let (note, person, _) = index.person(&path).unwrap();
        let is_open = someone.status == 0
            && someone.snooze.is_none_or(|days| ahead(days) <= agenda.date)
            && !TIERS[someone.tier].is_empty();
        let silent = someone.mourning.is_some_and(|days| ago(days) + Days::new(49) >= agenda.date);
        // A promise of yours whose day is near always appears; but for who waits for an answer.
        let due = |days: i8| shifted(days) - Days::new(3) <= agenda.date;
        let promised = someone.tasks.iter().any(|(theirs, due_in)| !theirs && due_in.is_some_and(due));
        let noreply = person.log.iter().any(|e| e.marks.has(note::log::Marks::NOREPLY));
        if is_open && promised && !noreply {
            prop_assert!(with_item.contains(path.as_str()), "{} has no item", note.path);
            let item = open.iter().find(|item| item.person.as_ref() == Some(&note.path)).unwrap();
            prop_assert!(item.fixed && item.planned == Some(agenda.date), "{silent} {item:#?}");
        }
    }
    Ok(())
}

/// What a tick on an item writes into a note.
fn ticked(text: &str, item: &Item, day: NaiveDate) -> String {
    let channel = item.channel.as_deref().map(|channel| format!("({channel}) ")).unwrap_or_default();
    let text = if item.kind == Kind::Promise { text.replace("- [ ]", "- [x]") } else { text.to_owned() };
    format!("{text}- {day} {channel}^{}\n", item.id)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 60,
        failure_persistence: None,
        // The same everywhere; with another seed it looks elsewhere.
        rng_seed: RngSeed::Fixed(seed()),
        ..ProptestConfig::default()
    })]

    #[test]
    fn laws_of_the_agenda(world in world(), day in 0_u64..40) {
        let today = ahead(day);
        let (index, config) = (index(&world.notes()), world.config());
        let agenda = plan(&index, &config, today, Extent::All);
        check(&agenda, &world, &index)?;
        // A pure function, of notes in whatever order they were read.
        prop_assert_eq!(&agenda, &plan(&index, &config, today, Extent::All));
        let mut other = Index::new(true);
        for (path, text) in world.notes().iter().rev() {
            other.apply(Change::Put(Box::new(read(path, text))));
        }
        prop_assert_eq!(&agenda, &plan(&other, &config, today, Extent::All));
        let placed = plan(&index, &config, today, Extent::Placed);
        prop_assert_eq!((&agenda.items, agenda.unplaced.len()), (&placed.items, placed.waiting));
    }

    #[test]
    fn ticking_pulls_nothing_in(world in world(), which in any::<prop::sample::Index>()) {
        let (mut notes, config) = (world.notes(), world.config());
        let before = plan(&index(&notes), &config, base(), Extent::Placed);
        let today: Vec<&Item> = before.section(Section::Today).filter(|item| item.person.is_some()).collect();
        prop_assume!(!today.is_empty());
        let item = today[which.index(today.len())];
        // An introduction is told in the notes of both.
        let other = item.topics.iter().filter(|topic| topic.kind == TopicKind::Introduce);
        let whose = item.person.iter().chain(other.filter_map(|topic| topic.link.as_ref()));
        for path in whose.map(NotePath::as_str) {
            let text = ticked(&notes[path], item, base());
            notes.insert(path.to_owned(), text);
        }
        let after = plan(&index(&notes), &config, base(), Extent::Placed);
        let whose = |item: &Item| item.person.clone().or(item.subject.clone());
        let named: BTreeSet<Option<NotePath>> = before.section(Section::Today).map(whose).collect();
        // A promise costs nothing when it is planned, its line in the log does, and may bring somebody
        // into the circle: what has no room beside it any more leaves room for something smaller.
        let is_planned_for = item.cost > 0.0;
        let pulled = |item: &&Item| is_planned_for && !item.fixed && item.cost > 0.0;
        for item in after.section(Section::Today).filter(pulled) {
            prop_assert!(named.contains(&whose(item)), "{} was pulled in: {item:#?}", item.name);
        }
    }

    #[test]
    fn a_planner_that_remembers_plans_what_a_fresh_one_plans(
        world in world(), changes in prop::collection::vec((any::<prop::sample::Index>(), someone()), 1..5),
    ) {
        let (mut notes, config) = (world.notes(), world.config());
        let mut index = index(&notes);
        let mut planner = Planner::default();
        planner.plan(&index, &config, base(), Extent::Placed);
        for (which, new) in changes {
            let at = which.index(world.people.len());
            let path = world.path(at);
            let status = world.people[at].status;
            let text = Someone { status, ..new }.text("");
            index.apply(Change::Put(Box::new(read(&path, &text))));
            notes.insert(path, text);
            let found = planner.plan(&index, &config, base(), Extent::All);
            prop_assert_eq!(found, plan(&self::index(&notes), &config, base(), Extent::All));
        }
    }
}

#[test]
fn a_planner_that_remembers_sees_that_a_household_is_no_more() {
    let note = |name: &str, more: &str| {
        let front = "tier: senior\nregister: polite\ncadence: 30y\nlast_contact: 2015-01-05\naddress: 東京都中野区1-2-3";
        (format!("People/真壁 {name}.md"), format!("---\n{front}\n{more}---\n"))
    };
    let mut notes: BTreeMap<String, String> =
        [note("徹", "joint_names: 由紀子\n"), note("由紀子", "")].into();
    let (mut index, config) = (index(&notes), Config::default());
    let day = base() + Days::new(29);
    let mut planner = Planner::default();
    let cards = |agenda: &Agenda| agenda.all().filter(|item| item.kind == Kind::Season).count();
    assert_eq!(cards(&planner.plan(&index, &config, day, Extent::All)), 1);
    let (path, text) = note("徹", "");
    index.apply(Change::Put(Box::new(read(&path, &text))));
    notes.insert(path, text);
    let found = planner.plan(&index, &config, day, Extent::All);
    assert_eq!(cards(&found), 2);
    assert_eq!(found, plan(&self::index(&notes), &config, day, Extent::All));
}
