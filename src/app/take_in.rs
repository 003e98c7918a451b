//! Ticks become history: what was marked on the page is recorded in the notes before anything
//! is planned anew.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::App;
use super::record::{Done, Trouble};
use crate::deed::{Asked, Deed, Desk, below_entry};
use crate::note::edit::change::{self, Change, Hand, Recorded};
use crate::page::{self, Kept, Line, Page, Stay, Written};
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

impl Pending {
    fn new(line: &Line<'_>, trouble: Trouble) -> Self {
        Self { line: line.number, id: line.id.to_owned(), trouble }
    }
}

/// What became of the marks on a page.
#[derive(Debug, Default)]
pub(super) struct TakenIn {
    /// What is carried over to the new page.
    pub kept: Kept,
    /// Items that stay where they are, and what there is to say of them.
    pub staying: BTreeMap<String, Stay>,
    /// What was recorded or taken back, by the items' ids.
    pub recorded: Vec<Text>,
    /// Those with whom a contact was recorded, by name.
    pub met: Vec<Text>,
    /// The notes that are different now.
    pub notes: Vec<Done>,
    /// What could not be recorded.
    pub pending: Vec<Pending>,
    /// Some marks wait because their notes are in use.
    pub waits: bool,
    /// What goen wrote on the page that was taken in.
    pub written: Written,
}

impl TakenIn {
    /// Whether every item is as goen writes it: no mark, no line below it is carried over.
    pub(super) fn is_as_written(&self) -> bool {
        self.staying.is_empty() && self.kept.iter().next().is_none()
    }
}

impl App {
    /// Records what was marked on a page, and takes back what was emptied. `written` is what goen
    /// wrote there.
    pub(super) fn take_in(&mut self, page: &mut Page<'_>, written: Written, dry_run: bool) -> TakenIn {
        let words = written.claim(page);
        let mut taken = TakenIn { kept: page.kept(), ..TakenIn::default() };
        taken.kept.put_free(words);
        // All are understood before any is done: a promise to two people is one task.
        let desk = self.desk(page.date);
        let understood = page.lines.iter().map(|line| {
            let beside = written.beside(line);
            (line, desk.asked(line, &beside), beside)
        });
        let understood: Vec<_> = understood.collect();
        let mut deeds: Vec<Deed> = Vec::new();
        let mut answered: HashMap<&str, &str> = HashMap::new();
        // Both halves of an introduction may be emptied: it is taken back once.
        let mut taken_back: BTreeSet<Text> = BTreeSet::new();
        for (line, asked, beside) in understood {
            // Of two answers to one item (a merge leaves such) the first counts; the words of
            // the other are not goen's to drop.
            if let Some(first) = answered.get(line.id) {
                let again = Some(line.raw).filter(|raw| line.mark != ' ' && raw.trim() != first.trim());
                let words =
                    again.map(|raw| format!("    {}", raw.replace(&format!("^{}", line.id), "").trim()));
                let own = line.own.iter().map(|own| (*own).to_owned());
                taken.kept.put_below(line.id, words.into_iter().chain(own));
                continue;
            }
            // Words in a line that stays as it is stay with it, those of an entry go with that;
            // all others are kept below the item.
            let stays = matches!(asked, Some(Asked::Stay | Asked::Refuse(..))) && !line.done;
            let in_entry = matches!(&asked, Some(Asked::Do(deed)) if deed.has_entry()) && beside.certain;
            let words = beside.typed.map(|words| format!("    - {words}"));
            // What goen says below a line that stays is written anew.
            let of_child = words.clone().filter(|_| beside.in_child);
            let words = if stays { of_child.clone() } else { words.filter(|_| !in_entry) };
            taken.kept.put_below(line.id, beside.more.map(|words| format!("    - {words}")));
            if asked.as_ref().is_some_and(|asked| self.is_in_use(asked)) {
                taken.waits = true;
                taken.staying.entry(line.id.to_owned()).or_insert(Stay::Waiting);
                // What is done is said anew as a whole.
                taken.kept.put_below(line.id, if line.done { words } else { of_child });
                continue;
            }
            match asked {
                // Nobody's item, though it bears such an id: a line of somebody's own.
                None if beside.certain && !beside.is_known && line.mark == ' ' => {
                    taken.kept.put_free([line.raw.trim().replace(&format!(" ^{}", line.id), "")]);
                }
                // What is marked keeps its line, with the words in it.
                None => taken.kept.put_below(line.id, if line.mark == ' ' { words } else { of_child }),
                Some(Asked::Stay) => {
                    taken.staying.entry(line.id.to_owned()).or_insert(Stay::AsItIs);
                    taken.kept.put_below(line.id, of_child);
                }
                Some(Asked::Settled) => {
                    taken.kept.put_below(line.id, words);
                    self.settle(&mut taken, line, None);
                }
                Some(Asked::More { note, id, below, said }) => {
                    taken.kept.put_below(line.id, words);
                    self.say_more_of(&mut taken, line, (&note, &id), (&below, &said), dry_run);
                }
                Some(Asked::Do(deed)) => match self.do_marked(&mut taken, line, &deed, dry_run) {
                    Ok(()) => {
                        answered.insert(line.id, line.raw);
                        deeds.push(deed);
                        taken.kept.put_below(line.id, words);
                    }
                    Err(trouble) => {
                        self.refuse(&mut taken, line, trouble, Stay::NotRecorded);
                        taken.kept.put_below(line.id, of_child);
                    }
                },
                Some(Asked::TakeBack { id, .. }) if taken_back.contains(&id) => {}
                Some(Asked::TakeBack { id, person }) => match self.take_back(&id, Some(&person), dry_run) {
                    Ok(back) => {
                        let own = taken.kept.take(line.id);
                        let own = own.into_iter().chain(words);
                        // The other half's line is ticked still: what it was is open again.
                        let of_other = taken.kept.take(&id);
                        let is_left = |left: &Trouble| self.entry_of(&left.path, &id).is_some();
                        if !back.left.iter().any(is_left) {
                            taken.kept.put_below(&id, back.said.into_iter().chain(of_other));
                            taken.kept.put_below(line.id, own);
                        } else {
                            // Where that half stays, so does its line: what was said is not for its note.
                            taken.kept.put_below(&id, of_other);
                            taken.kept.put_free(back.said.into_iter().chain(own));
                        }
                        taken.recorded.push(id.clone());
                        taken_back.insert(id);
                        taken.notes.extend(back.notes);
                        let left = back.left.into_iter();
                        taken.pending.extend(left.map(|trouble| Pending::new(line, trouble)));
                    }
                    Err(trouble) => {
                        self.refuse(&mut taken, line, trouble, Stay::NotTakenBack);
                        taken.kept.put_below(line.id, words);
                    }
                },
                // The mark that goen put there says what is recorded: it comes back.
                Some(Asked::Refuse(Obstacle::Recorded, path)) => {
                    let own = taken.kept.take(line.id);
                    taken.kept.put_below(line.id, own.into_iter().chain(words));
                    let trouble = self.nearer(Obstacle::Recorded, path);
                    taken.pending.push(Pending::new(line, trouble));
                }
                Some(Asked::Refuse(why, path)) => {
                    let stay = if why == Obstacle::NotGoens { Stay::NotTakenBack } else { Stay::NotRecorded };
                    let trouble = self.nearer(why, path);
                    self.refuse(&mut taken, line, trouble, stay);
                    taken.kept.put_below(line.id, words);
                }
            }
        }
        if !deeds.is_empty() {
            self.settle_begun(&mut taken, page, &written);
        }
        if !deeds.is_empty() && !dry_run {
            let saved = self.look_back(&deeds).into_iter();
            taken.pending.extend(saved.map(|trouble| Pending { line: 1, id: String::new(), trouble }));
        }
        taken.written = written;
        taken
    }

    /// Whether somebody may be writing in a note that is to be changed.
    fn is_in_use(&self, asked: &Asked) -> bool {
        !self.in_use.is_empty() && self.changed_by(asked).iter().any(|path| self.in_use.contains(path))
    }

    /// The notes that are changed for what a mark asks for.
    pub(super) fn changed_by(&self, asked: &Asked) -> Vec<NotePath> {
        match asked {
            Asked::Do(deed) => deed.steps.iter().map(|(path, _)| path.clone()).collect(),
            Asked::TakeBack { id, person } => [self.notes_of(id), vec![person.clone()]].concat(),
            Asked::More { note, .. } => vec![note.clone()],
            Asked::Stay | Asked::Settled | Asked::Refuse(..) => Vec::new(),
        }
    }

    fn refuse(&self, taken: &mut TakenIn, line: &Line<'_>, trouble: Trouble, stay: fn(String) -> Stay) {
        taken.staying.insert(line.id.to_owned(), stay(self.told(&trouble)));
        taken.pending.push(Pending::new(line, trouble));
    }

    /// Does what a line asks for, and takes off the page what is in a note now.
    fn do_marked(
        &mut self,
        taken: &mut TakenIn,
        line: &Line<'_>,
        deed: &Deed,
        dry_run: bool,
    ) -> Result<(), Trouble> {
        let notes = self.carry_out(deed, dry_run)?;
        // Of another machine, or of a run that was cut off, the entry may be there already, though the task or
        // the other half is not.
        if deed.has_entry() && !has_entered(&notes, deed) {
            let recorded = taken.recorded.len();
            let below = below_entry(&deed.said);
            match deed.steps.first() {
                Some((note, _)) if !below.is_empty() => {
                    self.say_more_of(taken, line, (note, &deed.id), (&below, &deed.said), dry_run);
                }
                first => self.settle(taken, line, first.map(|(note, _)| note)),
            }
            if !notes.is_empty() && taken.recorded.len() == recorded {
                taken.recorded.push(deed.id.clone());
            }
            taken.notes.extend(notes);
            return Ok(());
        }
        let own = taken.kept.take(line.id);
        // What was said at a line that is only moved to another day is said nowhere else.
        let said: &[String] = if deed.has_entry() { &deed.said } else { &[] };
        taken.kept.put_below(line.id, own.into_iter().filter(|own| !said.contains(own)));
        if !notes.is_empty() {
            taken.recorded.push(deed.id.clone());
            if deed.has_entry() && matches!(line.mark, 'x' | 'X') {
                taken.met.push(deed.name.clone());
            }
        }
        taken.notes.extend(notes);
        Ok(())
    }

    /// Puts what was said at an item that is recorded already into its entry. Where that cannot be, it
    /// stays where it is, and is tried again.
    fn say_more_of(
        &mut self,
        taken: &mut TakenIn,
        line: &Line<'_>,
        (note, id): (&NotePath, &Text),
        (below, said): (&[String], &[String]),
        dry_run: bool,
    ) {
        match self.say_more(note, id, (below, said), dry_run) {
            Ok(done) => {
                let own = taken.kept.take(line.id);
                taken.kept.put_below(line.id, own.into_iter().filter(|own| !said.contains(own)));
                taken.recorded.extend(done.iter().map(|_| id.clone()));
                taken.notes.extend(done);
            }
            Err(trouble) => {
                let own = taken.kept.take(line.id);
                let others = said.iter().filter(|said| !own.contains(said)).cloned().collect::<Vec<_>>();
                taken.kept.put_below(line.id, own.into_iter().chain(others));
                taken.pending.push(Pending::new(line, trouble));
            }
        }
    }

    pub(super) fn desk(&self, page: NaiveDate) -> Desk<'_> {
        Desk {
            index: &self.index,
            config: &self.config,
            dialect: &self.dialect,
            lang: self.lang,
            page,
            today: self.today,
        }
    }

    /// What stays may be no more by what was recorded from the same page: the next page would tell otherwise.
    fn settle_begun(&self, taken: &mut TakenIn, page: &Page<'_>, written: &Written) {
        let desk = self.desk(page.date);
        for line in &page.lines {
            let beside = written.beside(line);
            match (taken.staying.get(line.id), desk.asked(line, &beside)) {
                (Some(Stay::AsItIs), Some(Asked::Settled)) => {
                    let in_line = beside.typed.filter(|_| !beside.in_child);
                    taken.staying.remove(line.id);
                    taken.kept.put_below(line.id, in_line.map(|words| format!("    - {words}")));
                    self.settle(taken, line, None);
                }
                // Nobody's item any more: free text.
                (Some(Stay::AsItIs), None) => {
                    taken.staying.remove(line.id);
                }
                (Some(Stay::NotRecorded(_)), Some(Asked::Refuse(why, path))) => {
                    let why = self.told(&self.nearer(why, path));
                    taken.staying.insert(line.id.to_owned(), Stay::NotRecorded(why));
                }
                _ => {}
            }
        }
    }

    /// A mark whose entry is in the log already: words that are not there yet are kept.
    fn settle(&self, taken: &mut TakenIn, line: &Line<'_>, person: Option<&NotePath>) {
        let text = person.and_then(|path| self.text_to_change(path).ok()).unwrap_or_default();
        let bare = |line: &str| line.trim().trim_start_matches(['-', '*', '+', ' ']).to_owned();
        let own = taken.kept.take(line.id);
        taken.kept.put_below(line.id, own.into_iter().filter(|line| !text.contains(&bare(line))));
    }

    /// An item that nobody knows may be one of a note that cannot be read just now: then that is
    /// the trouble.
    pub(super) fn nearer(&self, why: Obstacle, path: Option<NotePath>) -> Trouble {
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
        let path = page::harmless(trouble.path.as_str());
        let text = self.text_to_change(&trouble.path).unwrap_or_default();
        let place =
            Problem::at(trouble.path.clone(), &text, trouble.at, What::NotRecorded(trouble.why.clone()));
        let at = if trouble.at.start == 0 { String::new() } else { format!(":{}", place.line) };
        format!("{path}{at}: {why}")
    }
}

/// Whether the entry of a deed is new in the first of its notes: what was said there is in it.
fn has_entered(notes: &[Done], deed: &Deed) -> bool {
    let Some((first, _)) = deed.steps.first() else { return false };
    let sign = format!("^{}", deed.id);
    let count = |text: &str| text.matches(&sign).count();
    notes.iter().any(|done| done.path == *first && count(&done.before) < count(&done.after))
}
