//! What the schedule does over two years, day by day: with energy enough and with too little of it, with
//! everything done and with much of it left.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]
#![allow(clippy::cast_precision_loss, reason = "small numbers of days and people")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use goen::config::Config;
use goen::index::Index;
use goen::moment::DailyFormat;
use goen::note;
use goen::note::dialect::{Dialect, Journal};
use goen::note::log::Marks;
use goen::plan::forecast::{Simulation, demand_a_week};
use goen::plan::{Reach, State, reach};
use goen::text::NotePath;

const DAYS: u64 = 2 * 364;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 4, 6).unwrap()
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// So many people in a hundred.
const MIX: [(&str, u64); 5] =
    [("close", 12), ("senior", 10), ("colleague", 42), ("project", 18), ("client", 18)];

/// The tier of one in a hundred.
fn tier_of(percent: u64) -> &'static str {
    let mut before = 0;
    let found = MIX.iter().find(|(_, share)| {
        before += share;
        percent < before
    });
    found.unwrap().0
}

/// People somewhere in their windows, some with a birthday or an address, all Japanese.
fn world(people: u64, config: &Config) -> Index {
    let mut dice = Dice(2026);
    let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
    let dialect = Dialect::new(config, journal, &["People".into()]);
    let notes = (0..people).map(|n| {
        let tier = tier_of((n * 37 + 11) % 100);
        let window = config.tier(tier).unwrap().window;
        let due = (window.due(today()) - today()).num_days();
        let ago = dice.roll(u64::try_from(due).unwrap());
        let last = today() - Days::new(ago);
        let mut front = format!("tier: {tier}\nlast_contact: {last}\n");
        if dice.roll(100) < 25 {
            let (month, day) = (dice.roll(12) + 1, dice.roll(28) + 1);
            writeln!(front, "birthday: {month:02}-{day:02}").unwrap();
        }
        if matches!(tier, "senior" | "client") && dice.roll(100) < 50 {
            front.push_str("address: 東京都千代田区1-1\n");
        }
        let path = NotePath::new(format!("People/p{n:03}.md"));
        note::read(&path, format!("---\n{front}---\n").as_bytes(), &dialect)
    });
    Index::build(true, notes)
}

/// How long people of a tier waited.
#[derive(Default)]
struct Waits {
    /// Days beyond the end of the window, at every contact and at the end.
    late: Vec<i64>,
    /// The longest silence ÷ window's end of each person.
    silence: BTreeMap<NotePath, f64>,
    /// The longest of those inside the circle.
    longest: f64,
    /// Who is outside the circle at the end: silent for so long that the tie is dormant.
    dormant: usize,
}

/// Two years of a world.
struct Run {
    by_tier: BTreeMap<String, Waits>,
    /// The head of the table's rows, and how much was placed a week.
    what: String,
    placed: f64,
}

/// Two years in which so many of a hundred planned items are done.
fn run(people: u64, energy: Energy, done: u64) -> Run {
    let mut config = Config::default();
    let index = world(people, &config);
    let end = today() + Days::new(DAYS - 1);
    let demand = demand_a_week(&index, &config, today(), end);
    let (share, name) = match energy {
        Energy::Enough => (0.85, "85 %"),
        Energy::Half => (2.0, "200 %"),
    };
    // Days hold a third of the week, as they do by default.
    config.energy.per_week = (demand / share * 2.0).round() / 2.0;
    config.energy.per_day = (config.energy.per_week / 3.0 * 2.0).ceil().max(2.0) / 2.0;
    let mut sim = Simulation::new(&index, &config, today());
    let mut dice = Dice(60);
    let mut by_tier: BTreeMap<String, Waits> = BTreeMap::new();
    let mut wait = |tier: &str, path: &NotePath, reach: &Reach, day: NaiveDate| {
        let waits = by_tier.entry(tier.to_owned()).or_default();
        let (last, window) = (reach.last.unwrap(), reach.window.unwrap());
        let silence = (day - last).num_days() as f64 / (window.due(last) - last).num_days() as f64;
        let longest = waits.silence.entry(path.clone()).or_default();
        *longest = longest.max(silence);
        if reach.state != State::Dormant {
            waits.late.push((day - reach.due.unwrap()).num_days().max(0));
            waits.longest = waits.longest.max(silence);
        } else if day == end {
            waits.dormant += 1;
        }
    };
    let mut placed = 0.0;
    for _ in 0..DAYS {
        let day = sim.day(|_| dice.roll(100) < done);
        for of in &day.done {
            placed += of.item.cost;
            if let (Some(tier), Some(before)) = (&of.item.tier, &of.before) {
                wait(tier, of.item.person.as_ref().unwrap(), before, day.date);
            }
        }
    }
    for (note, reach) in sim.reaches() {
        let tier = reach::tier(note.person().unwrap(), &config).unwrap();
        wait(&tier.id, &note.path, &reach, end);
    }
    let what = format!("{people} | {demand:.1} | {} ({name}) | {done} %", config.energy.per_week);
    Run { by_tier, what, placed: placed / (DAYS as f64 / 7.0) }
}

#[derive(Clone, Copy)]
enum Energy {
    /// The demand is 85 % of it.
    Enough,
    /// The demand is twice as much.
    Half,
}

fn mean(of: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = of.len().max(1) as f64;
    of.sum::<f64>() / n
}

const HEAD: &str = "| people | need a week | energy a week | done | tier | late, mean | late, most (days) | longest silence, mean (windows) | longest inside | dormant | placed a week |\n| ---: | ---: | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |";

impl Run {
    fn table(&self) -> String {
        let mut out = String::new();
        for (tier, _) in MIX {
            let Some(of) = self.by_tier.get(tier) else { continue };
            let late = mean(of.late.iter().map(|days| *days as f64));
            let most = of.late.iter().max().copied().unwrap_or(0);
            let silence = mean(of.silence.values().copied());
            writeln!(
                out,
                "| {} | `{tier}` | {late:.1} | {most} | {silence:.2} | {:.2} | {} | {:.1} |",
                self.what, of.longest, of.dormant, self.placed
            )
            .unwrap();
        }
        out
    }

    fn nobody_is_late_by_more_than_a_week(&self) {
        for (tier, of) in &self.by_tier {
            let most = of.late.iter().max().unwrap();
            assert!(*most <= 7 && of.dormant == 0, "{tier}: {most} days\n{}", self.table());
        }
    }

    /// Nobody inside the circle waits for three windows' ends: whoever was silent for twice a window of
    /// half a year is dormant, and waits outside of it. The others are the lighter ones.
    fn nobody_waits_for_ever_and_the_weightiest_least(&self) {
        for (tier, of) in &self.by_tier {
            assert!(of.longest <= 3.0, "{tier}: {} windows\n{}", of.longest, self.table());
        }
        let tiers = Config::default().tiers;
        let mut by_weight: Vec<(f64, f64)> = Vec::new();
        for tier in &tiers {
            let silence = &self.by_tier[&*tier.id].silence;
            by_weight.push((tier.weight, mean(silence.values().copied())));
        }
        by_weight.sort_by(|a, b| b.0.total_cmp(&a.0));
        // Greetings of the season reach clients whether their turn has come or not.
        for pair in by_weight.windows(2) {
            assert!(pair[0].1 <= pair[1].1 + 0.3, "{by_weight:?}\n{}", self.table());
        }
    }
}

/// One person of these front-matter lines and this body.
fn one(lines: &str, config: &Config) -> Index {
    let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
    let dialect = Dialect::new(config, journal, &["People".into()]);
    Index::build(true, vec![note::read(&NotePath::new("People/a.md"), lines.as_bytes(), &dialect)])
}

#[test]
fn seven_days_are_a_week() {
    let config = Config::default();
    let index = one("---\ntier: close\nlast_contact: 2026-02-10\n---\n", &config);
    assert_eq!(demand_a_week(&index, &config, today(), today() + Days::new(6)), 1.0);
    assert_eq!(demand_a_week(&index, &config, today(), today() + Days::new(13)), 0.5);
}

#[test]
fn of_two_promises_each_is_kept_on_its_day() {
    let config = Config::default();
    let tasks = "- [ ] 資料を送る 📅 2026-04-08\n- [ ] 本を返す 📅 2026-04-20\n";
    let index = one(&format!("---\ntier: client\nlast_contact: 2026-04-01\n---\n{tasks}"), &config);
    let mut sim = Simulation::new(&index, &config, today());
    let days: Vec<String> = (0..21)
        .map(|_| sim.day(|item| item.planned == item.day))
        .flat_map(|day| {
            day.done.into_iter().map(move |done| format!("{} {}", day.date, done.item.kind.word()))
        })
        .collect();
    assert_eq!(days, ["2026-04-08 promise", "2026-04-20 promise"]);
}

#[test]
fn a_promise_to_two_that_was_kept_is_kept_to_both() {
    let config = Config::default();
    let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
    let dialect = Dialect::new(&config, journal, &["People".into()]);
    let note = |path: &str, text: &str| note::read(&NotePath::new(path), text.as_bytes(), &dialect);
    let person = "---\ncadence: 10y\nlast_contact: 2026-04-01\n---\n";
    let task = "- [ ] [[a]] と [[b]] に資料を送る 📅 2026-04-08\n";
    let notes = [("People/a.md", person), ("People/b.md", person), ("2026-04-01.md", task)];
    let index = Index::build(true, notes.map(|(path, text)| note(path, text)));
    let mut sim = Simulation::new(&index, &config, NaiveDate::from_ymd_opt(2026, 4, 8).unwrap());
    let left: Vec<usize> = (0..3)
        .map(|_| sim.day(|item| item.person.as_ref().is_some_and(|path| path.name() == "a")).left.len())
        .collect();
    assert_eq!(left, [1, 0, 0]);
}

#[test]
fn an_introduction_is_noted_with_both() {
    let config = Config::default();
    let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
    let dialect = Dialect::new(&config, journal, &["People".into()]);
    let note = |name: &str, org: &str| {
        let text = format!(
            "---\ncadence: 10y\nlast_contact: 2026-01-01\norg: {org}\ninterests: [Rust, 登山]\n---\n"
        );
        note::read(&NotePath::new(format!("People/{name}.md")), text.as_bytes(), &dialect)
    };
    let index = Index::build(true, vec![note("a", "アクメ"), note("b", "ミナト")]);
    let mut sim = Simulation::new(&index, &config, today());
    let done: Vec<&str> = sim.day(|_| true).done.iter().map(|done| done.item.kind.word()).collect();
    assert_eq!(done, ["introduce"]);
    for path in ["People/a.md", "People/b.md"] {
        let (_, person, _) = sim.index().person(path).unwrap();
        assert_eq!(person.log.len(), 1, "{path}");
    }
}

#[test]
fn a_greeting_that_was_sent_is_known_by_its_season() {
    let config = Config::default();
    let index =
        one("---\ntier: senior\nlast_contact: 2026-12-01\naddress: 東京都千代田区1-1\n---\n", &config);
    let mut sim = Simulation::new(&index, &config, NaiveDate::from_ymd_opt(2026, 12, 10).unwrap());
    let done: Vec<&str> =
        (0..21).flat_map(|_| sim.day(|_| true).done).map(|done| done.item.kind.word()).collect();
    assert_eq!(done, ["season"]);
    let (_, person, _) = sim.index().person("People/a.md").unwrap();
    let sent = |place| person.log.iter().any(|entry| entry.greets.was_sent(place));
    let greetings = config.greetings();
    let names: Vec<&str> =
        greetings.iter().enumerate().filter(|(at, _)| sent(*at)).map(|(_, rule)| &*rule.name).collect();
    assert_eq!(names, ["年賀"]);
}

#[test]
fn a_greeting_of_the_users_own_is_known_by_its_name() {
    let own = "[[seasons]]\nname = \"お中元\"\nfrom = \"04-10\"\nto = \"04-20\"\n";
    let config = Config::parse(&NotePath::new("goen.toml"), own).unwrap();
    let index = one("---\ntier: close\nlast_contact: 2026-04-01\n---\n", &config);
    let mut sim = Simulation::new(&index, &config, today());
    (0..14).for_each(|_| drop(sim.day(|_| true)));
    let (_, person, _) = sim.index().person("People/a.md").unwrap();
    let sent = |place| person.log.iter().any(|entry| entry.greets.was_sent(place));
    let greetings = config.greetings();
    let names: Vec<&str> =
        greetings.iter().enumerate().filter(|(at, _)| sent(*at)).map(|(_, rule)| &*rule.name).collect();
    assert_eq!(names, ["お中元"]);
}

#[test]
fn what_is_prepared_for_an_event_is_prepared_once() {
    let config = Config::default();
    let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
    let dialect = Dialect::new(&config, journal, &["People".into()]);
    let event = "---\ntype: event\ndate: 2026-04-12\nattendees: [\"[[a]]\"]\n---\n";
    let person = "---\ntier: close\nlast_contact: 2026-04-01\n---\n";
    let note = |path: &str, text: &str| note::read(&NotePath::new(path), text.as_bytes(), &dialect);
    let index = Index::build(true, vec![note("People/a.md", person), note("会.md", event)]);
    let mut sim = Simulation::new(&index, &config, today());
    let done: Vec<&str> =
        (0..6).flat_map(|_| sim.day(|_| true).done).map(|done| done.item.kind.word()).collect();
    assert_eq!(done, ["prepare"]);
}

/// In the days of the one, the other is still to come.
#[test]
fn a_greeting_of_the_users_own_leaves_those_of_the_season_to_be_asked_for() {
    let asked = |own: &str| {
        let config = Config::parse(&NotePath::new("goen.toml"), own).unwrap();
        let index =
            one("---\ntier: senior\nlast_contact: 2026-12-01\naddress: 東京都千代田区1-1\n---\n", &config);
        let from = NaiveDate::from_ymd_opt(2026, 12, 16).unwrap();
        let to = from + Days::new(20);
        demand_a_week(&index, &config, from, to) * 3.0
    };
    let own = "[[seasons]]\nname = \"御歳暮\"\nfrom = \"12-16\"\nto = \"12-20\"\n";
    assert_eq!(asked(own), 1.0 + asked(""));
}

#[test]
fn what_is_said_with_a_like_is_a_touch() {
    let config = Config::default();
    let index = one("---\ntier: close\nprefer: like\nlast_contact: 2026-02-10\n---\n", &config);
    let mut sim = Simulation::new(&index, &config, today());
    sim.day(|_| true);
    let (_, person, _) = sim.index().person("People/a.md").unwrap();
    assert!(person.log.iter().all(|entry| entry.marks.has(Marks::LIGHT)), "{:?}", person.log);
    assert_eq!(person.log.len(), 1);
}

#[test]
fn with_energy_enough_nobody_is_late_by_more_than_a_week() {
    for people in [30, 150] {
        for done in [100, 60] {
            run(people, Energy::Enough, done).nobody_is_late_by_more_than_a_week();
        }
    }
}

#[test]
fn with_half_the_energy_nobody_waits_for_ever_and_the_weightiest_least() {
    for people in [30, 150] {
        for done in [100, 60] {
            run(people, Energy::Half, done).nobody_waits_for_ever_and_the_weightiest_least();
        }
    }
}

/// The table of ARCHITECTURE.md: `cargo test --test planning simulation -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes; prints the table of ARCHITECTURE.md"]
fn the_table() {
    println!("{HEAD}");
    for people in [30, 150, 500] {
        for energy in [Energy::Enough, Energy::Half] {
            for done in [100, 60] {
                print!("{}", run(people, energy, done).table());
            }
        }
    }
}
