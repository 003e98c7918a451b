//! The forecast in words: a chart of the weeks, who slips, and what could be changed.

use chrono::{Datelike, NaiveDate};
use unicode_width::UnicodeWidthStr;

use super::super::output::Output;
use super::super::words::pick;
use super::json::rounded;
use crate::app::App;
use crate::page;
use crate::plan::Kind;
use crate::plan::forecast::{Change, Forecast, Week};
use crate::text::{Lang, one_line};

/// From so many people on it is said that it takes a while.
pub(super) const MANY: usize = 3000;

/// So many who would wait are named.
const NAMED: usize = 10;

/// So many reasons of a week are told.
const REASONS: usize = 4;

/// What the week asks for and has room for, what it has room for beyond that, and what is asked for
/// beyond the room. Narrow in every terminal, as `calendar` says.
const FITS: &str = "⠶";

const FREE: &str = ".";

const OVER: &str = "⣿";

/// The longest bar.
const BAR: f64 = 24.0;

/// An energy as people write it: `6`, `7.5`.
fn number(energy: f64) -> String {
    let text = format!("{:.1}", rounded(energy));
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// Puts blanks in front of a text.
fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

/// A week's bar; one column stands for so much energy.
fn bar(week: &Week, column: f64) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and scaled")]
    let columns = |energy: f64| (energy / column).round().clamp(0.0, 1e4) as usize;
    let fits = columns(week.demand.min(week.capacity));
    let over = if week.overflow() > 0.0 { (columns(week.demand).saturating_sub(fits)).max(1) } else { 0 };
    let free = columns(week.capacity).saturating_sub(fits);
    format!("{}{}{}", FITS.repeat(fits), OVER.repeat(over), FREE.repeat(if over > 0 { 0 } else { free }))
}

/// The forecast in words.
pub(super) struct Words<'a> {
    pub(super) found: &'a Forecast,
    pub(super) app: &'a App,
    pub(super) lang: Lang,
}

impl Words<'_> {
    pub(super) fn say(&self, output: &mut Output) {
        let Forecast { from, to, people, weeks, .. } = self.found;
        let n = weeks.len();
        output.line(&match self.lang {
            Lang::Ja => format!("{from} – {to}（{n}週）・ {people}人"),
            Lang::En => format!("{from} – {to} ({n} week{}) · {people} {}", s(n), persons(*people)),
        });
        output.line("");
        if *people == 0 {
            output.line(pick(
                self.lang,
                "見通すものがまだありません。人のノートに間柄（tier）を書くと、ここに一年が並びます（goen sort）",
                "nothing to look ahead to yet: give people a tier, and their year appears here (goen sort)",
            ));
            return;
        }
        self.chart(output);
        output.line("");
        for line in self.summary() {
            output.line(&line);
        }
    }

    fn chart(&self, output: &mut Output) {
        let weeks = &self.found.weeks;
        let most = weeks.iter().map(|week| week.demand.max(week.capacity)).fold(0.0, f64::max);
        // One column for one message, where that fits.
        let column = (most / BAR).max(1.0);
        let numbers = |week: &Week| (number(week.demand), number(week.capacity));
        let width = weeks.iter().map(|week| numbers(week).0.width()).max().unwrap_or(0);
        let width_of_room = weeks.iter().map(|week| numbers(week).1.width()).max().unwrap_or(0);
        let longest = weeks.iter().map(|week| bar(week, column).width()).max().unwrap_or(0);
        for week in weeks {
            let (demand, capacity) = numbers(week);
            let bar = bar(week, column);
            let reasons = if week.overflow() > 0.0 { self.reasons(week) } else { String::new() };
            let blanks = " ".repeat(longest.saturating_sub(bar.width()));
            let demand = right(&demand, width);
            let capacity =
                format!("{capacity}{}", " ".repeat(width_of_room.saturating_sub(capacity.width())));
            let line = format!("{} {demand}/{capacity} {bar}{blanks}  {reasons}", week.from);
            output.line(fitting(line.trim_end(), output.width()));
        }
        output.line("");
        output.line(&match self.lang {
            Lang::Ja => format!("週の必要/余力：  {FITS} 収まる分  {FREE} あき  {OVER} はみ出す分"),
            Lang::En => format!("need/room each week:  {FITS} fits  {FREE} free  {OVER} beyond"),
        });
    }

    /// What a week's need is made of: occasions first, they cannot be moved.
    pub(super) fn reasons(&self, week: &Week) -> String {
        let mut told: Vec<(bool, usize, String)> = Vec::new();
        let word = |name: &str, n: usize| format!("{name} {n}");
        for (kind, n) in &week.reasons {
            match kind {
                // They cost nothing.
                Kind::Promise => {}
                Kind::Season => {
                    told.extend(
                        week.greetings.iter().map(|(name, n)| (false, *n, word(&one_line(name), *n))),
                    );
                }
                Kind::Cadence => {
                    told.push((true, *n, word(pick(self.lang, "目安の終わり", "windows that end"), *n)))
                }
                kind => told.push((false, *n, word(several(*kind, self.lang), *n))),
            }
        }
        told.sort_by(|a, b| (a.0, std::cmp::Reverse(a.1), &a.2).cmp(&(b.0, std::cmp::Reverse(b.1), &b.2)));
        let words: Vec<String> = told.into_iter().take(REASONS).map(|(_, _, words)| words).collect();
        words.join(pick(self.lang, "、", ", "))
    }

    fn summary(&self) -> Vec<String> {
        let found = self.found;
        let (lang, energy) = (self.lang, &self.app.config.energy);
        let per_week = number(energy.per_week);
        let mut lines = vec![match lang {
            Lang::Ja => format!(
                "週 {per_week} の余力で続けられるのは、大切な順に {}人中 {}人です",
                found.people, found.sustained
            ),
            Lang::En => format!(
                "{per_week} a week sustains {} of {} {}, most important first",
                found.sustained,
                found.people,
                persons(found.people)
            ),
        }];
        if found.entered + found.outside > 0 {
            lines.push(match lang {
                Lang::Ja => format!(
                    "これから縁を結ぶ・結びなおす人：この間に {}人、あとに {}人",
                    found.entered, found.outside
                ),
                Lang::En => format!(
                    "new and dormant ties, let in a few at a time: {} in these weeks, {} after them",
                    found.entered, found.outside
                ),
            });
        }
        let over = found.weeks.iter().filter(|week| week.overflow() > 0.0).count();
        if over > 0 {
            lines.push(match lang {
                Lang::Ja => format!("余力より多い週：{over}週"),
                Lang::En => format!("weeks that ask for more than they have: {over}"),
            });
        }
        if found.slipping.is_empty() {
            lines.push(
                match (over, lang) {
                    (0, Lang::Ja) => "目安を一週間より過ぎて待つ人はいません",
                    (0, Lang::En) => "nobody waits more than a week beyond their window",
                    (_, Lang::Ja) => "前後の週にならせば、目安を一週間より過ぎて待つ人はいません",
                    (_, Lang::En) => {
                        "spread over the weeks around, nobody waits more than a week beyond their window"
                    }
                }
                .to_owned(),
            );
            return lines;
        }
        lines.extend(self.slipping());
        lines.extend(self.changes());
        lines
    }

    pub(super) fn slipping(&self) -> Vec<String> {
        let (found, lang) = (self.found, self.lang);
        let n = found.slipping.len();
        let mut lines = vec![
            String::new(),
            match lang {
                Lang::Ja => format!("目安より待つことになりそうな人：{n}人"),
                Lang::En => format!("who would wait beyond their window: {n}"),
            },
        ];
        for slip in found.slipping.iter().take(NAMED) {
            let (name, days) = (one_line(&slip.name), slip.days);
            lines.push(match lang {
                Lang::Ja => format!("・ {name}  {days}日ほど"),
                Lang::En => format!("- {name}  {days} days"),
            });
        }
        if n > NAMED {
            lines.push(match lang {
                Lang::Ja => format!("・ ほか {}人", n - NAMED),
                Lang::En => format!("- and {} more", n - NAMED),
            });
        }
        lines
    }

    pub(super) fn changes(&self) -> Vec<String> {
        let (found, lang) = (self.found, self.lang);
        if let Some(day) = found.in_time_from {
            let day = day_of(day, found.from, lang);
            return vec![match lang {
                Lang::Ja => format!("{day}からは、目安を一週間より過ぎて待つ人はいません"),
                Lang::En => format!("from {day} on nobody waits more than a week beyond their window"),
            }];
        }
        if found.changes.is_empty() {
            return vec![
                pick(
                    lang,
                    "小さな変更ひとつでは収まりません。間柄を付ける人をしぼるのも一案です",
                    "no small change by itself makes it fit: a tier for fewer people would help",
                )
                .to_owned(),
            ];
        }
        let mut lines = vec![
            String::new(),
            pick(lang, "次のどれかひとつで収まります：", "any one of these would make it fit:").to_owned(),
        ];
        for change in &found.changes {
            let bullet = pick(lang, "・", "-");
            lines.push(format!("{bullet} {}", self.change(change)));
        }
        lines.push(match (found.tried, lang) {
            (true, Lang::Ja) => {
                "（一日ずつ試算して確かめました。後半には、目安を一週間より過ぎて待つ人はいません）"
                    .to_owned()
            }
            (true, Lang::En) => {
                "(tried day by day: in the second half nobody waits more than a week beyond their window)"
                    .to_owned()
            }
            (false, Lang::Ja) => "（人数が多いので平均から見積もりました。試算はしていません）".to_owned(),
            (false, Lang::En) => {
                "(reckoned from averages, not tried day by day: there are many people)".to_owned()
            }
        });
        lines
    }

    fn change(&self, change: &Change) -> String {
        match (change, self.lang) {
            (Change::Week { per_week, per_day }, _) => {
                let week = step("per_week", *per_week);
                let day = per_day.map(|change| step("per_day", change));
                day.map_or(week.clone(), |day| format!("{week}{}{day}", pick(self.lang, "、", ", ")))
            }
            (Change::Day { per_day }, _) => step("per_day", *per_day),
            (Change::Move { from, to, people }, Lang::Ja) => {
                format!("`{from}` のうち {}人を `{to}` に", people.len())
            }
            (Change::Move { from, to, people }, Lang::En) => {
                format!("{} of `{from}` to `{to}`", people.len())
            }
        }
    }
}

/// `per_week` 6 → 7.5
fn step(key: &str, (from, to): (f64, f64)) -> String {
    format!("`{key}` {} → {}", number(from), number(to))
}

/// What several of a kind are called.
fn several(kind: Kind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (_, Lang::Ja) => page::kind_word(kind, lang),
        (Kind::FollowUp, _) => "words after you met",
        (Kind::Reply, _) => "answers",
        (Kind::Waiting, _) => "promises of theirs",
        (Kind::Birthday, _) => "birthdays",
        (Kind::Farewell, _) => "goodbyes",
        (Kind::Visit, _) => "visits",
        (Kind::Reopen, _) => "gentle re-openings",
        (kind, Lang::En) => page::kind_word(kind, lang),
    }
}

fn s(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

fn persons(n: usize) -> &'static str {
    if n == 1 { "person" } else { "people" }
}

/// A day as people say it; with its year where that is not the one of `from`.
fn day_of(day: NaiveDate, from: NaiveDate, lang: Lang) -> String {
    let is_other = day.year() != from.year();
    match (lang, is_other) {
        (Lang::Ja, false) => format!("{}月{}日", day.month(), day.day()),
        (Lang::Ja, true) => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        (Lang::En, false) => day.format("%-d %B").to_string(),
        (Lang::En, true) => day.format("%-d %B %Y").to_string(),
    }
}

/// As much of a line as a terminal shows in one row.
fn fitting(line: &str, width: Option<u16>) -> &str {
    let Some(width) = width.map(usize::from) else { return line };
    let end = line.char_indices().find(|(at, c)| line[..at + c.len_utf8()].width() > width);
    line[..end.map_or(line.len(), |(at, _)| at)].trim_end()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn week(demand: f64, capacity: f64) -> Week {
        Week {
            from: NaiveDate::MIN,
            demand,
            capacity,
            planned: 0.0,
            reasons: BTreeMap::new(),
            greetings: BTreeMap::new(),
        }
    }

    #[test]
    fn bars_say_what_fits_what_is_free_and_what_is_beyond() {
        let check = |demand, capacity, want| assert_eq!(bar(&week(demand, capacity), 1.0), want);
        check(0.0, 0.0, "");
        check(0.0, 3.0, "...");
        check(2.0, 3.0, "⠶⠶.");
        check(3.0, 3.0, "⠶⠶⠶");
        check(5.0, 3.0, "⠶⠶⠶⣿⣿");
        // A little beyond is seen, too.
        check(3.1, 3.0, "⠶⠶⠶⣿");
        check(2.0, 0.0, "⣿⣿");
        for sign in [FITS, FREE, OVER] {
            assert_eq!((sign.width(), sign.width_cjk()), (1, 1), "{sign}");
        }
    }

    #[test]
    fn a_line_ends_where_the_terminal_does() {
        assert_eq!(fitting("年賀 10", Some(7)), "年賀 10");
        assert_eq!(fitting("年賀 10", Some(5)), "年賀");
        assert_eq!(fitting("年賀 10", Some(3)), "年");
        assert_eq!(fitting("年賀 10", None), "年賀 10");
    }

    #[test]
    fn energies_as_people_write_them() {
        let said: Vec<String> = [0.0, 6.0, 7.5, 0.1 + 0.2, 12.04].into_iter().map(number).collect();
        assert_eq!(said, ["0", "6", "7.5", "0.3", "12"]);
    }
}
