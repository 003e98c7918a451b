//! `goen sort`: people without a tier, one key each.

use std::io::{self, BufRead, IsTerminal, Read};

use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal;

use super::fail::Fail;
use super::output::Output;
use super::record;
use super::words::pick;
use crate::app::App;
use crate::note::edit::change::Change;
use crate::page;
use crate::text::{Lang, NotePath, Text, one_line};

/// Go through people without a tier, most-mentioned first, one key each ・ 間柄のない人を、よく出てくる順に、一人ずつキー一つで整理
#[derive(Debug, clap::Args)]
pub struct Args {}

/// What was answered.
enum Answer {
    /// A tier, by its place.
    Tier(usize),
    /// Later.
    Skip,
    /// The one before again.
    Back,
    /// Enough for now.
    Quit,
}

/// Runs it.
pub fn run(app: &mut App, _args: &Args, output: &mut Output) -> Result<u8, Fail> {
    let lang = app.lang;
    let people: Vec<NotePath> = app.to_sort().into_iter().map(|note| note.path.clone()).collect();
    if people.is_empty() {
        super::output::say(&nobody(app));
        return Ok(0);
    }
    let tiers: Vec<String> = app.config.tiers.iter().map(|tier| tier.id.to_string()).take(9).collect();
    output.line(&legend(&tiers, lang));
    let mut keys = Keys::new();
    let mut code = 0;
    let mut sorted: Vec<(usize, Text)> = Vec::new();
    let mut at = 0;
    while let Some(path) = people.get(at) {
        output.line(&question(app, path, at + 1, people.len()));
        output.show().map_err(Fail::Output)?;
        match answer(&mut keys, tiers.len()) {
            Answer::Quit => break,
            Answer::Skip => at += 1,
            Answer::Back => {
                let Some((before, id)) = sorted.pop() else {
                    at = at.saturating_sub(1);
                    continue;
                };
                if let Err(trouble) = app.take_back(&id, None, false) {
                    super::output::say(&record::not_written(&trouble, lang));
                    code = 2;
                }
                at = before;
            }
            Answer::Tier(tier) => {
                let change = Change::Tier(tiers[tier].clone());
                match app.change_note(path, change.clone()) {
                    Ok(_) => {
                        output.line(&format!("  → {}", page::tier_called(&tiers[tier], None, lang)));
                        sorted.push((at, app.id_of_change(path, &change)));
                    }
                    Err(trouble) => {
                        super::output::say(&record::not_written(&trouble, lang));
                        code = 2;
                    }
                }
                at += 1;
            }
        }
    }
    let left = app.to_sort().len();
    let (ja, en) = (
        format!("{} 人の間柄を決めました。残りは {left} 人です。", sorted.len()),
        format!("sorted {}, left {left}", sorted.len()),
    );
    super::output::say(pick(lang, &ja, &en));
    Ok(code)
}

/// That nobody is there to be sorted, and whose tier is not known.
fn nobody(app: &App) -> String {
    match (app.index.people_unread().count(), app.lang) {
        (0, lang) => pick(lang, "間柄のない人はいません。", "everybody has a tier").to_owned(),
        (n, Lang::Ja) => {
            format!(
                "整理できる人はいません。フロントマターを読めないノートが {n} 件あります（`goen check`）。"
            )
        }
        (n, Lang::En) => {
            let notes = if n == 1 { "note" } else { "notes" };
            format!("nobody to sort; the front matter of {n} {notes} cannot be read (`goen check`)")
        }
    }
}

fn legend(tiers: &[String], lang: Lang) -> String {
    let tiers: Vec<String> = tiers
        .iter()
        .zip(1..)
        .map(|(tier, n)| format!("[{n}] {}", page::tier_called(tier, None, lang)))
        .collect();
    let rest = pick(lang, "[s] あとで  [u] 一つ戻る  [q] 終わる", "[s] later  [u] back  [q] quit");
    format!("{}  {rest}", tiers.join("  "))
}

/// Who it is: the name, where they are, how often they are spoken of, the last contact.
fn question(app: &App, path: &NotePath, number: usize, of: usize) -> String {
    let Some((_, person, tie)) = app.index.person(path.as_str()) else { return path.to_string() };
    let mut parts = vec![one_line(&person.name).into_owned()];
    parts.extend(person.posts.first().map(|post| one_line(&post.org).into_owned()));
    let ja = app.lang == Lang::Ja;
    if tie.mentions > 0 {
        let n = tie.mentions;
        parts.push(if ja {
            format!("{n} 枚のノートに登場")
        } else {
            format!("mentioned in {n} note{}", if n == 1 { "" } else { "s" })
        });
    }
    if let Some(last) = tie.until(app.today).last() {
        parts.push(if ja { format!("前回 {}", last.day) } else { format!("last {}", last.day) });
    }
    format!("({number}/{of}) {}", parts.join(if ja { "・" } else { " · " }))
}

fn answer(keys: &mut Keys, tiers: usize) -> Answer {
    loop {
        match keys.next() {
            None | Some('q' | 'Q' | '\u{3}' | '\u{4}' | '\u{1b}') => return Answer::Quit,
            Some('s' | 'S' | ' ' | '0') => return Answer::Skip,
            Some('u' | 'U') => return Answer::Back,
            Some(c) => {
                // Whoever types Japanese may have full-width digits under their fingers.
                let digit =
                    c.to_digit(10).or_else(|| (c as u32).checked_sub('０' as u32).filter(|n| *n < 10));
                if let Some(n) =
                    digit.and_then(|n| usize::try_from(n).ok()).filter(|n| (1..=tiers).contains(n))
                {
                    return Answer::Tier(n - 1);
                }
            }
        }
    }
}

/// One key after another: at once from a terminal, character by character from a pipe.
struct Keys {
    is_terminal: bool,
    typed: std::vec::IntoIter<char>,
}

impl Keys {
    fn new() -> Self {
        Self { is_terminal: io::stdin().is_terminal(), typed: Vec::new().into_iter() }
    }

    fn next(&mut self) -> Option<char> {
        if self.is_terminal { key() } else { self.piped() }
    }

    /// Line ends part the answers and are none.
    fn piped(&mut self) -> Option<char> {
        loop {
            match self.typed.next() {
                Some('\n' | '\r') => {}
                Some(c) => return Some(c),
                None => {
                    let mut line = Vec::new();
                    let mut stdin = io::stdin().lock();
                    // A line that never ends is no answer.
                    let mut limited = stdin.by_ref().take(4096);
                    match limited.read_until(b'\n', &mut line) {
                        Ok(0) | Err(_) => return None,
                        Ok(_) => {
                            let line = String::from_utf8_lossy(&line).into_owned();
                            self.typed = line.chars().collect::<Vec<_>>().into_iter();
                        }
                    }
                }
            }
        }
    }
}

/// A key as it is pressed; none where the terminal does not give any.
fn key() -> Option<char> {
    terminal::enable_raw_mode().ok()?;
    let key = loop {
        match event::read() {
            Ok(Event::Key(key)) if key.kind != KeyEventKind::Release => match key.code {
                KeyCode::Char('c' | 'd') if key.modifiers.contains(KeyModifiers::CONTROL) => break None,
                KeyCode::Char(c) => break Some(c),
                KeyCode::Enter => break Some(' '),
                KeyCode::Esc => break None,
                _ => {}
            },
            Ok(_) => {}
            Err(_) => break None,
        }
    };
    let _ = terminal::disable_raw_mode();
    key
}
