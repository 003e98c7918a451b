//! What the schedule does over two years, day by day: with energy enough and with too little of it, with
//! everything done and with much of it left.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]
#![allow(clippy::cast_precision_loss, reason = "small numbers of days and people")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use goen::config::Config;
use goen::index::Index;
use goen::moment::DailyFormat;
use goen::note::dialect::{Dialect, Journal};
use goen::note::{self, Note};
use goen::plan::forecast::{Simulation, demand_a_week};
use goen::plan::{Kind, Reach, State, reach};
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

fn read(path: &str, text: &str, config: &Config) -> Note {
    let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
    let dialect = Dialect::new(config, journal, &["People".into()]);
    note::read(&NotePath::new(path), text.as_bytes(), &dialect)
}

/// People somewhere in their windows, some with a birthday or an address, all Japanese.
fn world(people: u64, config: &Config) -> Index {
    let mut dice = Dice(2026);
    let notes = (0..people).map(|n| {
        let mut left = (n * 37 + 11) % 100;
        let tier = MIX.iter().find(|(_, share)| {
            let is = left < *share;
            left = left.saturating_sub(*share);
            is
        });
        let tier = tier.unwrap().0;
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
        read(&format!("People/p{n:03}.md"), &format!("---\n{front}---\n"), config)
    });
    Index::build(true, notes)
}

/// How long people waited.
#[derive(Default, Clone)]
struct Waits {
    /// Days past the end of the window, at every contact and at the end.
    late: Vec<i64>,
    /// The longest silence in windows' ends.
    windows: f64,
}

struct Run {
    people: u64,
    per_week: f64,
    done: u64,
    by_tier: BTreeMap<String, Waits>,
    placed: f64,
    weight: BTreeMap<String, f64>,
}

fn run(people: u64, share: f64, done: u64) -> Run {
    let mut config = Config::default();
    let index = world(people, &config);
    let end = today() + Days::new(DAYS - 1);
    let demand = demand_a_week(&index, &config, today(), end);
    config.energy.per_week = (demand / share * 2.0).round() / 2.0;
    config.energy.per_day = (config.energy.per_week / 3.0 * 2.0).ceil().max(2.0) / 2.0;
    let mut sim = Simulation::new(&index, &config, today());
    let mut dice = Dice(60);
    let mut by_tier: BTreeMap<String, Waits> = BTreeMap::new();
    let mut count = 0.0;
    let note_wait = |by_tier: &mut BTreeMap<String, Waits>, tier: &str, reach: &Reach, day: NaiveDate| {
        let waits = by_tier.entry(tier.to_owned()).or_default();
        let late = (day - reach.due.unwrap()).num_days().max(0);
        waits.late.push(late);
        if let (Some(last), Some(window)) = (reach.last, reach.window) {
            let silence = (day - last).num_days() as f64 / (window.due(last) - last).num_days() as f64;
            waits.windows = waits.windows.max(silence);
        }
    };
    for _ in 0..DAYS {
        let day = sim.day(|_| dice.roll(100) < done);
        if std::env::var("GOEN_DAYS").is_ok() {
            let kinds: Vec<_> =
                day.done.iter().map(|d| (d.item.kind, d.item.due.unwrap().to_string())).collect();
            eprintln!("{} {:?} {:?}", day.date, day.energy.week.spent, kinds);
        }
        for of in &day.done {
            if let (Some(tier), Some(before)) = (&of.item.tier, &of.before) {
                note_wait(&mut by_tier, tier, before, day.date);
                if let Ok(who) = std::env::var("GOEN_TRACE")
                    && before.due.unwrap() + Days::new(who.parse().unwrap()) < day.date
                {
                    eprintln!(
                        "{} {:?} {:?} {tier} due {:?} last {:?} touches {}",
                        day.date, of.item.kind, of.item.person, before.due, before.last, before.touches
                    );
                }
            }
            if std::env::var("GOEN_WHO").is_ok_and(|who| of.item.name == who) {
                eprintln!(
                    "{} {:?} opens {:?} due {:?} last {:?} touches {:?} energy {:?}",
                    day.date,
                    of.item.kind,
                    of.item.opens,
                    of.item.due,
                    of.item.last_contact,
                    of.before.as_ref().map(|b| b.touches),
                    day.energy
                );
            }
            count += of.item.cost;
        }
    }
    let reaches: Vec<(String, Reach)> = sim
        .reaches()
        .map(|(note, reach)| {
            let person = note.person().unwrap();
            (reach::tier(person, &config).unwrap().id.to_string(), reach)
        })
        .collect();
    for (tier, reach) in &reaches {
        note_wait(&mut by_tier, tier, reach, sim.today());
    }
    let _ = (Kind::Touch, State::Due, BTreeSet::<u8>::new());
    let weight = config.tiers.iter().map(|tier| (tier.id.to_string(), tier.weight)).collect();
    Run {
        people,
        per_week: config.energy.per_week,
        done,
        by_tier,
        placed: count / (DAYS as f64 / 7.0),
        weight,
    }
}

impl Run {
    fn table(&self, demand: f64) -> String {
        let mut out = String::new();
        for (tier, waits) in &self.by_tier {
            let sum: i64 = waits.late.iter().sum();
            writeln!(
                out,
                "| {} | {:.0} % of {} | {} % | {tier} | {:.1} | {} | {:.2} | {:.1} |",
                self.people,
                demand * 100.0,
                self.per_week,
                self.done,
                sum as f64 / waits.late.len() as f64,
                waits.late.iter().max().unwrap(),
                waits.windows,
                self.placed
            )
            .unwrap();
        }
        out
    }
}

#[test]
fn table() {
    for people in
        std::env::var("GOEN_PEOPLE").unwrap_or("30,150".into()).split(',').map(|n| n.parse().unwrap())
    {
        for share in std::env::var("GOEN_SHARE")
            .unwrap_or("0.85,2.0".into())
            .split(',')
            .map(|n| n.parse::<f64>().unwrap())
        {
            for done in std::env::var("GOEN_DONE")
                .unwrap_or("100,60".into())
                .split(',')
                .map(|n| n.parse::<u64>().unwrap())
            {
                let run = run(people, share, done);
                if let Ok(_) = std::env::var("GOEN_TRACE") {
                    eprintln!("--")
                }
                eprint!("{}", run.table(share));
                let _ = &run.weight;
            }
        }
    }
}
