//! What goen exports it takes in again: laws as plain functions of notes, which say what is wrong.

use std::sync::LazyLock;

use chrono::NaiveDate;
use goen::config::Config;
use goen::date::DayFirst;
use goen::exchange::card::{Card, CardPost};
use goen::exchange::intake::{Ground, Proposal, State, Taken, What, Wishes, is_name};
use goen::exchange::{book, portrait, roster, vcard};
use goen::index::Index;
use goen::moment::DailyFormat;
use goen::note;
use goen::note::dialect::{Dialect, Journal};
use goen::note::edit::fill;
use goen::text::{NotePath, fold_name};

/// A note: its path and its text.
pub type Told = (String, String);

/// The formats that are written and read.
pub const FORMATS: [&str; 2] = ["vcf", "csv"];

/// How notes are read; made once, since it takes longer than a law.
static DIALECT: LazyLock<Result<(Config, Dialect), String>> = LazyLock::new(|| {
    let config = Config::default();
    let format = DailyFormat::new("YYYY-MM-DD").map_err(|why| format!("{why:?}"))?;
    let dialect = Dialect::new(&config, Journal { format, folder: None }, &["People".into()]);
    Ok((config, dialect))
});

/// A vault without a disk.
struct Vault {
    config: &'static Config,
    dialect: &'static Dialect,
    index: Index,
}

impl Vault {
    fn of(notes: &[Told]) -> Result<Self, String> {
        let (config, dialect) = DIALECT.as_ref().map_err(String::clone)?;
        let read = |(path, text): &Told| note::read(&NotePath::new(path.as_str()), text.as_bytes(), dialect);
        let index = Index::build(false, notes.iter().map(read));
        Ok(Self { config, dialect, index })
    }

    /// What other programs see of everybody, but what follows from where the notes are.
    fn cards(&self) -> Vec<Card> {
        let cards = self.index.people().map(|(note, person, _)| portrait::card_of(note, person));
        cards.filter(|card| is_name(&card.name)).map(|card| Card { uid: None, ..card }).collect()
    }

    fn exported(&self, format: &str) -> Result<String, String> {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).ok_or("no day")?;
        match format {
            "csv" => roster::csv(&self.index, self.config, day).map_err(|error| error.to_string()),
            _ => {
                let people = self.index.people().filter(|(_, person, _)| !person.status.is_gone());
                Ok(vcard::write(
                    &people.map(|(note, person, _)| portrait::card_of(note, person)).collect::<Vec<_>>(),
                ))
            }
        }
    }

    fn plan(&self, file: &str) -> Result<Vec<Proposal>, String> {
        let rows = book::read("people", file.as_bytes(), DayFirst::Ask)
            .map_err(|why| format!("not read: {why:?}\n{file}"))?
            .rows;
        // Whoever has no name a note could have is left out by the plan, too.
        let cards = rows.into_iter().filter_map(Result::ok);
        let taken = cards.map(|card| Taken { file: 0, card }).collect();
        Ok(Ground::new(&self.index, self.config, self.dialect, &Wishes::default()).plan(&self.index, taken))
    }
}

/// What a vault exports is no news to it.
pub fn is_no_news(notes: &[Told]) -> Result<(), String> {
    let vault = Vault::of(notes)?;
    for format in FORMATS {
        let file = vault.exported(format)?;
        if file.is_empty() {
            continue;
        }
        for proposal in vault.plan(&file)? {
            // Namesakes are nobody's to guess.
            if !matches!(proposal.state(false), State::Unchanged | State::Ambiguous) {
                return Err(format!("{format}: {:?}\n{:?}\n{file}", proposal.what, proposal.card));
            }
        }
    }
    Ok(())
}

/// What one person's note exports makes a note in an empty vault that exports the same.
pub fn comes_back(told: &Told) -> Result<(), String> {
    let vault = Vault::of(std::slice::from_ref(told))?;
    let wanted = vault.cards();
    for format in FORMATS {
        let file = vault.exported(format)?;
        let empty = Vault::of(&[])?;
        let [wanted] = wanted.as_slice() else { return Ok(()) };
        let made = empty
            .plan(&file)?
            .into_iter()
            .map(|proposal| made(&empty, &proposal))
            .collect::<Result<Vec<_>, _>>()?;
        let found = Vault::of(&made)?.cards();
        let wanted = held(format, wanted.clone());
        let found: Vec<Card> = found.into_iter().map(|card| held(format, card)).collect();
        if found != [wanted.clone()] {
            return Err(format!("{format}:\n{wanted:?}\nbut\n{found:?}\n{file}\n{made:?}"));
        }
    }
    Ok(())
}

/// The note that a proposal makes.
fn made(vault: &Vault, proposal: &Proposal) -> Result<Told, String> {
    let What::New(changes) = &proposal.what else { return Err(format!("not new: {:?}", proposal.what)) };
    let name = serde_json::to_string(&proposal.card.name).map_err(|error| error.to_string())?;
    let mut text = format!("---\ntype: person\nname: {name}\n---\n");
    for change in changes {
        let edit = fill(&text, &change.fill, vault.dialect);
        text = edit
            .ok()
            .and_then(|edit| edit.apply(&text))
            .ok_or_else(|| format!("no place: {change:?}\n{text}"))?;
    }
    Ok(("People/x.md".into(), text))
}

/// A card with what a format holds of it, its words as they are compared.
fn held(format: &str, card: Card) -> Card {
    // What everybody is called is not written down.
    let honorific = card.honorific.filter(|word| format == "vcf" && word != "様");
    let is_read = |channel: &str, address: &str| match (format, channel) {
        ("csv", "email" | "phone" | "line" | "linkedin" | "x" | "url") | ("vcf", _) => !address.is_empty(),
        _ => false,
    };
    let mut channels: Vec<(String, String)> = card.channels;
    channels.retain(|(channel, address)| is_read(channel, address));
    // A table has a column for each, in an order of its own.
    channels.sort_by(|a, b| a.0.cmp(&b.0));
    // A table names the post that is held.
    let posts = card.posts.into_iter().take(if format == "csv" { 1 } else { usize::MAX });
    let word = |text: String| fold_name(&text).to_string();
    let words = |all: Vec<String>| all.into_iter().map(word).collect::<Vec<_>>();
    Card {
        name: word(card.name),
        family: None,
        given: None,
        reading: card.reading.map(word),
        aliases: words(card.aliases),
        honorific: honorific.map(word),
        channels: channels.into_iter().map(|(channel, address)| (channel, word(address))).collect(),
        posts: posts
            .map(|post| CardPost { org: word(post.org), role: post.role.map(word), ..post })
            .collect(),
        address: card.address.map(word),
        postal_code: card.postal_code.map(word),
        location: card.location.map(word),
        interests: words(card.interests),
        groups: words(card.groups),
        ..card
    }
}
