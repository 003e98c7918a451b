//! A note that is written to: only what was planned is different, the note then says what was asked,
//! twice is once, and taking it back gives the bytes back.

use chrono::NaiveDate;
use goen::note::edit::change::{Change, Hand, Recorded, make, strike, take_back};
use goen::note::edit::{Fill, Way, fill, take_fills_back};
use goen::note::front::Front;
use goen::note::keys::Field;
use goen::note::person::{Person, Stated};
use goen::note::region::{self, Found, Name};
use goen::note::{self, Note, fields};
use goen::text::{Lang, NotePath};

use super::DIALECT;
use super::note::PIECES;

/// The first byte says what is done, the second in which way, and all else is the note.
pub fn holds(data: &[u8]) {
    let [what, way, rest @ ..] = data else { return };
    let Some(text) = super::text(rest, PIECES) else { return };
    let case = Case { text: &text, way: usize::from(*way) };
    match what % 6 {
        0 => case.recorded(),
        1 => case.day_set(),
        2 => case.word_set(),
        3 => case.ticked(),
        4 => case.filled(),
        _ => case.part_put(),
    }
}

const ID: &str = "g-k3f9q2";
const HAND: fn() -> Hand<'static> = || Hand { dialect: &DIALECT, lang: Lang::Ja };

fn path() -> NotePath {
    NotePath::new("People/田中.md")
}

fn read(text: &str) -> Note {
    note::read(&path(), text.as_bytes(), &DIALECT)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn of<T: Copy>(all: &[T], way: usize) -> T {
    all[way % all.len()]
}

struct Case<'t> {
    text: &'t str,
    way: usize,
}

impl Case<'_> {
    fn make(&self, change: &Change) -> Option<String> {
        let one = std::slice::from_ref(change);
        let after = make(&path(), self.text, one, HAND()).ok()?;
        assert_eq!(
            make(&path(), &after, one, HAND()).as_ref(),
            Ok(&after),
            "twice is not once: {change:?} in {:?}",
            self.text
        );
        Some(after)
    }

    fn back(&self, after: &str, change: &Change) -> Option<String> {
        take_back(&path(), (self.text, after), std::slice::from_ref(change), HAND()).ok()
    }

    fn recorded(&self) {
        let entry = Recorded {
            id: ID.into(),
            day: day(of(&["2026-11-21", "2026-09-14", "2026-08-15", "2020-01-01"], self.way)),
            channel: of(&[None, Some("line"), Some("like"), Some("skip"), Some("ランチ")], self.way / 4)
                .map(str::to_owned),
            words: of(
                &["", "元気そう #gave", "a [[b]] `c` *d*", "🙂", "<b>x", "2026-01-01 の話", "- x", "# x"],
                self.way / 20,
            )
            .into(),
            below: of(&[&[][..], &["- 二行目"], &["- a", "  - b", "- [ ] 約束"]], self.way / 3)
                .iter()
                .map(|line| (*line).to_owned())
                .collect(),
        };
        let was = read(self.text);
        let change = Change::Record(entry.clone());
        let Some(after) = self.make(&change) else { return };
        if was.log().iter().any(|known| known.id.as_deref() == Some(ID)) {
            assert_eq!(after, self.text);
            return;
        }
        let is = read(&after);
        let logged: Vec<_> = is.log().iter().filter(|known| known.id.as_deref() == Some(ID)).collect();
        let [logged] = logged.as_slice() else {
            panic!("{} entries: {:?}\n{after:?}", logged.len(), self.text)
        };
        assert_eq!(logged.day, entry.day, "{:?}\n{after:?}", self.text);
        let is_contact = !matches!(entry.channel.as_deref(), Some("like" | "skip"));
        assert_eq!(logged.is_contact(), is_contact, "{:?}\n{after:?}", self.text);
        // Of what was there at most the day of the last contact is different.
        only_lines_came(self.text, &after, usize::from(is_contact));
        // A day that stood as the last contact alone becomes an entry of its own.
        let came = is.log().len() - was.log().len();
        let was_alone = was.person().is_some_and(|person| !person.stated.is_empty());
        assert!(came == 1 || (came == 2 && was_alone), "{:?}\n{after:?}", self.text);
        if let (Some(old), Some(new)) = (was.person(), is.person()) {
            let newest = |person: &Person| person.stated.iter().map(|stated: &Stated| stated.day).max();
            assert!(newest(new) >= newest(old), "{:?}\n{after:?}", self.text);
            assert!(!is_contact || newest(new) >= Some(entry.day), "{:?}\n{after:?}", self.text);
            all_else_is_read_as_before(old, new, &[]);
        }
        if let Some(back) = self.back(&after, &change) {
            assert!(
                read(&back).log().iter().all(|known| known.id.as_deref() != Some(ID)),
                "{:?}\n{back:?}",
                self.text
            );
            only_lines_came(self.text, &back, 1);
        }
        if let Ok(back) = strike(&path(), after.clone(), ID, None, HAND()) {
            assert!(
                read(&back).log().iter().all(|known| known.id.as_deref() != Some(ID)),
                "{:?}\n{back:?}",
                self.text
            );
            only_lines_came(self.text, &back, 1);
        }
    }

    fn day_set(&self) {
        let until = day("2026-12-24");
        let change = of(
            &[Change::Next as fn(NaiveDate) -> Change, |until| Change::Snooze { until, only_later: false }],
            self.way,
        )(until);
        let Some(after) = self.make(&change) else { return };
        only_lines_came(self.text, &after, 1);
        let (was, is) = (read(self.text), read(&after));
        if let Some(new) = is.person() {
            let said = if matches!(change, Change::Next(_)) { new.next } else { new.snooze };
            assert_eq!(said, Some(until), "{:?}\n{after:?}", self.text);
        }
        if let (Some(old), Some(new)) = (was.person(), is.person()) {
            all_else_is_read_as_before(old, new, &["next", "snooze"]);
        }
        self.is_taken_back(&after, &change);
    }

    fn word_set(&self) {
        let change = Change::Tier(
            of(&["project", "close", "客先", "a: b", "no", "\"", "it's", "\\"], self.way).to_owned(),
        );
        let Change::Tier(word) = &change else { return };
        let Some(after) = self.make(&change) else { return };
        only_lines_came(self.text, &after, 1);
        assert!(says(&after, Field::Tier, word), "{:?}\n{after:?}", self.text);
        self.is_taken_back(&after, &change);
    }

    fn ticked(&self) {
        let was = read(self.text);
        let Some(task) = was.tasks.get(self.way % was.tasks.len().max(1)) else { return };
        let change = Change::Tick { task: task.text.clone(), ordinal: task.ordinal, day: day("2026-12-24") };
        // Which of several of one text is meant, one that is ticked does not tell: twice is not asked.
        let Ok(after) = make(&path(), self.text, std::slice::from_ref(&change), HAND()) else { return };
        let is = read(&after);
        assert_eq!(was.tasks.len(), is.tasks.len() + 1, "{:?}\n{after:?}", self.text);
        only_lines_came(self.text, &after, 1);
        assert_eq!(self.text.lines().count(), after.lines().count(), "{:?}\n{after:?}", self.text);
        self.is_taken_back(&after, &change);
    }

    fn filled(&self) {
        let (key, value) = of(
            &[
                ("birthday", "1985-12-03"),
                ("birthday", "--04-15"),
                ("email", "taro@example.jp"),
                ("phone", "+819012345678"),
                ("line", "a: b"),
                ("org", "株式会社ミナト"),
                ("aliases", "タナカ \"T\" 'x', y"),
                ("interests", "山"),
                ("address", "東京都港区1-2-3 # 4"),
                ("postal_code", "105-0011"),
                ("honorific", "先生"),
                ("reading", "たなか たろう"),
                ("joint_names", "花子"),
                ("lang", "en"),
                ("added", "2020-01-01"),
                ("url", "https://example.jp/?a=b&c=[d]"),
            ],
            self.way,
        );
        let way = of(&[Way::Set, Way::Add, Way::Over], self.way / 16);
        let wish = Fill { key: key.into(), value: value.into(), way };
        let change = Change::Fill(wish.clone());
        let Some(after) = self.make(&change) else { return };
        only_lines_came(self.text, &after, 1);
        let again = fill(&after, &wish, &DIALECT);
        assert!(again.is_ok_and(|edit| edit.is_empty()), "{:?}\n{after:?}", self.text);
        let (was, is) = (read(self.text), read(&after));
        if let (Some(old), Some(new)) = (was.person(), is.person()) {
            assert_eq!(old.log.len(), new.log.len(), "{:?}\n{after:?}", self.text);
        }
        let Ok((back, stays)) = take_fills_back((self.text, &after), &after, &[wish], &DIALECT) else {
            return;
        };
        assert!(!stays.is_empty() || back == self.text, "{:?}\n{after:?}\n{back:?}", self.text);
        assert!(stays.is_empty() || back == after, "{:?}\n{after:?}\n{back:?}", self.text);
    }

    fn part_put(&self) {
        let name = of(&[Name::Prep, Name::Org], self.way);
        let body = of(&["- [[甲]]\n    - 話題: x\n- [[乙]]\n", "a\n\nb\n", "", "- [ ] a\n"], self.way / 2)
            .to_owned();
        let change =
            Change::Region { name, body: body.clone(), before: String::new(), heading: String::new() };
        let had = region::find(self.text, name);
        let Some(after) = self.make(&change) else { return };
        let Found::One(part) = region::find(&after, name) else {
            panic!("no part: {:?}\n{after:?}", self.text)
        };
        // It may have been asked for what stands there.
        if had == Found::Nothing {
            only_lines_came(self.text, &after, 0);
            // A blank line that parts it from what stands above may stay; where the note ends with `\r`, that
            // is the end of a line now.
            let lines = |text: &str| -> Vec<String> {
                let lines = text.lines().map(|line| line.trim_end_matches('\r'));
                lines.filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
            };
            if let Some(back) = self.back(&after, &change) {
                assert_eq!(lines(&back), lines(self.text), "{after:?}");
            }
        }
        let inner = part.inner.of(&after);
        for line in body.lines().filter(|line| !line.trim().is_empty()) {
            assert!(
                inner.lines().any(|there| there.trim_end() == line),
                "{line:?} of {:?}\n{after:?}",
                self.text
            );
        }
        assert_eq!(read(self.text).log().len(), read(&after).log().len(), "{:?}\n{after:?}", self.text);
    }

    /// To the byte, but for a front matter that was made for it, which may stay.
    fn is_taken_back(&self, after: &str, change: &Change) {
        let Some(back) = self.back(after, change) else { return };
        let was_made = matches!(Front::find(self.text), Front::Absent { .. })
            && matches!(Front::find(&back), Front::Present { .. })
            && !matches!(change, Change::Tick { .. });
        let body = |text: &str| text[Front::find(text).body()..].to_owned();
        if was_made {
            assert_eq!(body(&back), body(self.text), "{:?}\n{after:?}\n{back:?}", self.text);
        } else {
            assert_eq!(back, self.text, "{change:?}\n{after:?}");
        }
    }
}

/// Whether the front matter says this under a key of this meaning.
fn says(text: &str, field: Field, word: &str) -> bool {
    let Front::Present { notation, inner, .. } = Front::find(text) else { return false };
    let pairs = fields::read(text, notation, inner).unwrap_or_default();
    let mut of_field = pairs.iter().filter(|pair| DIALECT.keys.field(&pair.key) == Some(field));
    of_field.any(|pair| pair.value.members().iter().any(|node| node.text().is_some_and(|said| said == word)))
}

/// Every line of `before` is in `after`, in its order and to the byte, but for so many that may be
/// different; a last line may get the end that it lacked.
fn only_lines_came(before: &str, after: &str, different: usize) {
    assert_eq!(before.starts_with('\u{feff}'), after.starts_with('\u{feff}'), "{before:?}\n{after:?}");
    let lines = |text: &'_ str| -> Vec<String> {
        text.trim_start_matches('\u{feff}').split_inclusive('\n').map(str::to_owned).collect()
    };
    let (before_lines, after_lines) = (lines(before), lines(after));
    let is_same = |old: &String, new: &String| {
        old == new
            || (!old.ends_with('\n') && new.trim_end_matches(['\r', '\n']) == old.trim_end_matches('\r'))
    };
    // How far one comes from the front and from behind; in between lies what is different.
    let from_front = before_lines.iter().scan(0, |at, old| {
        *at += 1 + after_lines[*at..].iter().position(|new| is_same(old, new))?;
        Some(*at)
    });
    let front: Vec<usize> = std::iter::once(0).chain(from_front).collect();
    let from_behind = before_lines.iter().rev().scan(after_lines.len(), |at, old| {
        *at = after_lines[..*at].iter().rposition(|new| is_same(old, new))?;
        Some(*at)
    });
    let behind: Vec<usize> = std::iter::once(after_lines.len()).chain(from_behind).collect();
    let all = before_lines.len();
    let holds = (0..front.len()).any(|kept| {
        let rest = all.saturating_sub(kept + different);
        behind.get(rest).is_some_and(|at| front[kept] <= *at)
    });
    assert!(holds, "more is different than was planned:\n{before:?}\n{after:?}");
}

/// All that a change of the log or of one value has nothing to do with.
fn all_else_is_read_as_before(old: &Person, new: &Person, but: &[&str]) {
    assert_eq!((&old.name, &old.reading, &old.aliases), (&new.name, &new.reading, &new.aliases));
    assert_eq!((&old.tier, &old.cadence, &old.interests), (&new.tier, &new.cadence, &new.interests));
    assert_eq!((old.birthday, &old.posts, &old.location), (new.birthday, &new.posts, &new.location));
    assert_eq!((&old.channels, old.status, &old.tags), (&new.channels, new.status, &new.tags));
    assert_eq!(old.details, new.details);
    if !but.contains(&"next") {
        assert_eq!((old.next, old.snooze), (new.next, new.snooze));
    }
}
