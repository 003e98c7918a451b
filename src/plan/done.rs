//! What happened today with a person, as items that are done: what goen recorded (skips and touches
//! too, so that each can be taken back), else the contact that somebody wrote down.

use super::{Item, Kind, Section, Subject, Why, item_id};
use crate::note::log::{Entry, Marks};
use crate::note::person::Status;
use crate::text::Text;

/// The items of today that are done.
pub(super) fn items(s: &Subject<'_>) -> Vec<Item> {
    if s.person.status.is_gone() {
        return Vec::new();
    }
    let is_of_today = s.newest_first().next().is_some_and(|entry| entry.day == s.today);
    if !is_of_today && s.reach.last != Some(s.today) {
        return Vec::new();
    }
    let today: Vec<&Entry> = s.newest_first().take_while(|entry| entry.day == s.today).collect();
    let mut items: Vec<Item> = today
        .iter()
        .rev()
        .filter_map(|entry| {
            let id = entry.id.as_deref()?;
            // Of all that a line may have settled only a task is no longer there once it is ticked.
            let kind = s.known(id).map_or(Kind::Promise, |known| known.kind);
            Some(item(s, Text::from(id), kind, Some(entry)))
        })
        .collect();
    let recorded = today.iter().any(|entry| entry.id.is_some() && entry.is_contact());
    let is_open = s.person.status == Status::Active && s.person.snooze.is_none_or(|until| until <= s.today);
    if !recorded && is_open && s.reach.last == Some(s.today) {
        let entry = today.iter().find(|entry| entry.is_contact()).copied();
        let before = s.tie.contacts.iter().rev().find(|c| c.day < s.today).map(|c| c.day.to_string());
        let id = item_id(s.note.path.as_str(), Kind::Cadence, before.as_deref().unwrap_or("new"));
        items.push(item(s, id, Kind::Cadence, entry));
    }
    items
}

fn item(s: &Subject<'_>, id: Text, kind: Kind, entry: Option<&Entry>) -> Item {
    let channel = entry.and_then(|entry| entry.channel().cloned());
    let skipped = entry.is_some_and(|entry| entry.marks.has(Marks::SKIP));
    let why = Why::Done {
        skipped,
        channel: channel.clone().filter(|_| !skipped),
        text: entry.map_or_else(|| "".into(), |e| e.text.clone()),
    };
    Item { channel, done: true, ..s.item(id, kind, Section::Done, why).on(s.today) }
}
