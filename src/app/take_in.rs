//! Ticks become history: what was marked on the page is recorded in the notes before anything
//! is planned anew.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::App;
use super::record::{Done, Trouble};
use crate::deed::{Asked, Beside, Deed, Desk};
use crate::note::edit::change::{self, Change, Hand, Recorded};
use crate::page::{self, Kept, Page};
use crate::plan::Agenda;
use crate::problem::{Obstacle, Problem, What};
use crate::text::{NotePath, Text};

/// A mark on the page that could not be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Its line on the page, from 1.
    pub line: usize,
    /// The item.
    pub id: String,
    /// What stands in the way, and where.
    pub trouble: Trouble,
}

/// What goen itself wrote for an item.
pub(super) struct Goens {
    line: String,
    planned: Option<NaiveDate>,
}

/// What goen's own lines were on the day of a page, by id.
pub(super) fn goens(region: &str, agenda: &Agenda) -> HashMap<String, Goens> {
    let planned: HashMap<&str, Option<NaiveDate>> =
        agenda.all().map(|item| (item.id.as_str(), item.planned)).collect();
    let Ok(page) = page::read(region) else { return HashMap::new() };
    let lines = page.lines.iter().map(|line| {
        let planned = planned.get(line.id).copied().flatten();
        (line.id.to_owned(), Goens { line: line.raw.to_owned(), planned })
    });
    lines.collect()
}

/// What became of the marks on a page.
#[derive(Debug, Default)]
pub(super) struct TakenIn {
    /// What is carried over to the new page.
    pub kept: Kept,
    /// Items that stay where they are, and what there is to say of them.
    pub staying: BTreeMap<String, String>,
    /// What was recorded or taken back, by the items' ids.
    pub recorded: Vec<Text>,
    /// The notes that are different now.
    pub notes: Vec<Done>,
    /// What could not be recorded.
    pub pending: Vec<Pending>,
}

impl App {
    /// Records what was marked on a page, and takes back what was emptied.
    pub(super) fn take_in(
        &mut self,
        page: &Page<'_>,
        goens: &HashMap<String, Goens>,
        dry_run: bool,
    ) -> TakenIn {
        let mut taken = TakenIn { kept: page.kept(), ..TakenIn::default() };
        let mut deeds: Vec<Deed> = Vec::new();
        let mut answered: HashMap<&str, &str> = HashMap::new();
        for line in &page.lines {
            // Of two answers to one item (a merge leaves such) the first counts; the words of
            // the other are not goen's to drop.
            if let Some(first) = answered.get(line.id) {
                let again =
                    [line.raw].into_iter().filter(|raw| line.mark != ' ' && raw.trim() != first.trim());
                let words =
                    again.map(|raw| format!("    - {}", raw.replace(&format!("^{}", line.id), "").trim()));
                taken.kept.put_below(line.id, words.chain(line.own.iter().map(|own| (*own).to_owned())));
                continue;
            }
            let goens = goens.get(line.id);
            let typed = goens.and_then(|goens| page::typed(line.raw, &goens.line));
            let beside = Beside { planned: goens.and_then(|goens| goens.planned), typed };
            let asked = self.desk(page.date).asked(line, &beside);
            let is_free = asked.is_none() || line.done;
            if let Some(words) = beside.typed.filter(|_| is_free) {
                taken.kept.put_below(line.id, [format!("    - {words}")]);
            }
            let refused = match asked {
                None => continue,
                Some(Asked::Stay) => {
                    taken.staying.entry(line.id.to_owned()).or_default();
                    continue;
                }
                Some(Asked::Settled) => self.settle(&mut taken, line.id, &line.own, None),
                Some(Asked::Do(deed)) => match self.carry_out(&deed, dry_run) {
                    Ok(notes) => {
                        answered.insert(line.id, line.raw);
                        let person = deed.steps.first().map(|(path, _)| path.clone());
                        if notes.is_empty() {
                            self.settle(&mut taken, line.id, &line.own, person.as_ref())
                        } else {
                            taken.kept.forget(line.id);
                            taken.recorded.push(deed.id.clone());
                            taken.notes.extend(notes);
                            deeds.push(deed);
                            Ok(())
                        }
                    }
                    Err(trouble) => Err(trouble),
                },
                Some(Asked::TakeBack { id, person }) => {
                    taken.kept.forget(line.id);
                    self.take_back(&id, Some(&person), dry_run).map(|back| {
                        taken.kept.put_below(line.id, back.said);
                        taken.recorded.push(id);
                        taken.notes.extend(back.notes);
                    })
                }
                Some(Asked::Refuse(why, path)) => {
                    if line.done {
                        taken.kept.forget(line.id);
                    }
                    Err(self.nearer(why, path))
                }
            };
            if let Err(trouble) = refused {
                taken.staying.insert(line.id.to_owned(), self.told(&trouble));
                taken.pending.push(Pending { line: line.number, id: line.id.to_owned(), trouble });
            }
        }
        if !deeds.is_empty() && !dry_run {
            let saved = self.look_back(&deeds);
            taken.pending.extend(saved.into_iter().map(|trouble| Pending {
                line: 1,
                id: String::new(),
                trouble,
            }));
        }
        taken
    }

    fn desk(&self, page: NaiveDate) -> Desk<'_> {
        Desk {
            index: &self.index,
            config: &self.config,
            dialect: &self.dialect,
            lang: self.lang,
            page,
            today: self.today,
        }
    }

    /// A mark whose entry is in the log already: words that are not there yet are kept.
    fn settle(
        &self,
        taken: &mut TakenIn,
        id: &str,
        own: &[&str],
        person: Option<&NotePath>,
    ) -> Result<(), Trouble> {
        let text = person.and_then(|path| self.text_to_change(path).ok()).unwrap_or_default();
        let bare = |line: &str| line.trim().trim_start_matches(['-', '*', '+', ' ']).to_owned();
        let lost: Vec<String> =
            own.iter().filter(|line| !text.contains(&bare(line))).map(|line| (*line).to_owned()).collect();
        taken.kept.forget(id);
        if !lost.is_empty() {
            taken.kept.put_below(id, lost);
        }
        Ok(())
    }

    /// An item that nobody knows may be one of a note that cannot be read just now: then that is
    /// the trouble.
    fn nearer(&self, why: Obstacle, path: Option<NotePath>) -> Trouble {
        let page = &self.config.page.file;
        let (Obstacle::UnknownItem, Some(path)) = (&why, path.as_ref()) else {
            return Trouble::of_file(path.as_ref().unwrap_or(page), why);
        };
        let text = match self.text_to_change(path) {
            Ok(text) => text,
            Err(trouble) => return trouble,
        };
        let entry = Recorded {
            id: "g-000000".into(),
            day: self.today,
            channel: None,
            words: String::new(),
            below: Vec::new(),
        };
        let hand = Hand { dialect: &self.dialect, lang: self.lang };
        match change::make(path, &text, &[Change::Record(entry)], hand) {
            Ok(_) => Trouble::of_file(path, why),
            Err(refusal) => Trouble { path: path.clone(), at: refusal.at, why: refusal.why },
        }
    }

    /// What stands in the way, in words with its place.
    fn told(&self, trouble: &Trouble) -> String {
        let why = trouble.why.message(self.lang);
        if trouble.path == self.config.page.file {
            return why;
        }
        let text = self.text_to_change(&trouble.path).unwrap_or_default();
        let place =
            Problem::at(trouble.path.clone(), &text, trouble.at, What::NotRecorded(trouble.why.clone()));
        let at = if trouble.at.start == 0 { String::new() } else { format!(":{}", place.line) };
        format!("{}{at} {why}", trouble.path)
    }

    /// The marks on the page that could not be recorded, each as a problem of the note that
    /// stands in the way. Nothing is written.
    pub(super) fn pending_problems(&self) -> Vec<Problem> {
        let Ok(Some(text)) = self.text(&self.config.page.file) else { return Vec::new() };
        let Ok(page) = page::read(&text) else { return Vec::new() };
        let troubles = page.lines.iter().filter_map(|line| {
            let trouble = match self.desk(page.date).asked(line, &Beside::default())? {
                Asked::Do(deed) => self.could_carry_out(&deed).err()?,
                Asked::Refuse(why, path) => self.nearer(why, path),
                Asked::TakeBack { .. } | Asked::Stay | Asked::Settled => return None,
            };
            let on_page = trouble.path == self.config.page.file;
            let what = What::NotRecorded(trouble.why);
            Some(if on_page {
                let place = Problem::of_file(trouble.path, what);
                Problem { line: u32::try_from(line.number).unwrap_or(u32::MAX), ..place }
            } else {
                let text = self.text_to_change(&trouble.path).unwrap_or_default();
                Problem::at(trouble.path, &text, trouble.at, what)
            })
        });
        troubles.collect()
    }
}
