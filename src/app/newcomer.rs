//! A note for somebody new: the user's template, or goen's own, with what is known in its places.

use chrono::NaiveDate;

use super::App;
use super::record::Trouble;
use super::set_up::person_template;
use crate::note::dialect::PEOPLE_FOLDERS;
use crate::note::edit::{Refusal, set_day, set_word};
use crate::note::keys::Field;
use crate::note::{self, dialect};
use crate::problem::Obstacle;
use crate::text::{Lang, NotePath, one_line};
use crate::vault::{Base, Bytes, WriteError, is_sync_copy};

/// Where people go in a vault that has nobody yet; in one that says that it is Japanese the second.
const FOLDER: &str = "People";
const FOLDER_JA: &str = "人";

/// Somebody to be added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Newcomer {
    /// Their name.
    pub name: String,
    /// How it is read.
    pub reading: Option<String>,
    /// A tier's id or name.
    pub tier: Option<String>,
    /// Their organisation.
    pub org: Option<String>,
    /// Where they live or work.
    pub location: Option<String>,
    /// When you met.
    pub met: Option<NaiveDate>,
}

/// Why somebody was not added.
#[derive(Debug)]
pub enum AddError {
    /// There is a note of this path.
    Exists(NotePath),
    /// The name has nothing that a file could be called.
    NoName,
    /// The template takes no such value.
    Template(NotePath, Obstacle),
    /// The note cannot be written.
    Trouble(Trouble),
}

impl App {
    /// Makes a note for somebody from the user's template, else from goen's own. Overwrites nothing.
    ///
    /// # Errors
    /// Where there is such a note, or it cannot be written.
    pub fn add(&mut self, newcomer: &Newcomer) -> Result<NotePath, AddError> {
        let name = one_line(newcomer.name.trim()).into_owned();
        let file = file_name(&name);
        if file.is_empty() {
            return Err(AddError::NoName);
        }
        if let Some(known) = self.index.find_exact(&name).first() {
            return Err(AddError::Exists(known.path.clone()));
        }
        let path = within(&self.folder_of_people(), &file);
        let (from, template) = self.template_of_person();
        let newcomer = Newcomer { name, ..newcomer.clone() };
        let text = self
            .begun(&path, &template, &newcomer)
            .map_err(|refusal| AddError::Template(from, refusal.why))?;
        match self.vault.replace(&path, Base::Missing, text.as_bytes(), self.config.write.mode) {
            Ok(_) => {
                let note = note::read(&path, text.as_bytes(), &self.dialect);
                self.index.apply(crate::index::Change::Put(Box::new(note)));
                Ok(path)
            }
            Err(WriteError::Stale(path)) => Err(AddError::Exists(path)),
            Err(error) => Err(AddError::Trouble(super::record::trouble(&path, &error))),
        }
    }

    /// The folder that new people go to; empty for the vault's root.
    pub(super) fn folder_of_people(&self) -> String {
        let folders = dialect::people_folders(&self.config, self.index.paths().map(|path| path.as_str()));
        let is_there = |folder: &&str| self.vault.on_disk(&NotePath::new(*folder)).is_dir();
        let found = folders.first().map(|folder| folder.trim_matches('/'));
        // One may stand there empty, for the first note.
        let empty = || PEOPLE_FOLDERS.into_iter().find(is_there);
        let usual = || if self.config.page.lang == Some(Lang::Ja) { FOLDER_JA } else { FOLDER };
        found.or_else(empty).unwrap_or_else(usual).to_owned()
    }

    /// How the note of a newcomer begins: the template with what is known in its places.
    ///
    /// # Errors
    /// Where the template takes no such value.
    pub(super) fn begun(
        &self,
        path: &NotePath,
        template: &str,
        newcomer: &Newcomer,
    ) -> Result<String, Refusal> {
        let with_values = |quote: bool| {
            let text = fill(template, &newcomer.name, self.today, quote);
            self.with_values(path, text, &newcomer.name, newcomer)
        };
        // Bare in the template, a name like `山田: 一` is no YAML: then it is put into quotes.
        with_values(false).or_else(|_| with_values(true))
    }

    fn with_values(
        &self,
        path: &NotePath,
        text: String,
        name: &str,
        newcomer: &Newcomer,
    ) -> Result<String, Refusal> {
        let dialect = &self.dialect;
        let put = |text: String, field, key, value: &str| {
            set_word(&text, field, key, value, dialect).map(|edit| edit.apply(&text).unwrap_or(text))
        };
        let words = [
            (Field::Reading, "reading", &newcomer.reading),
            (Field::Tier, "tier", &newcomer.tier),
            (Field::Org, "org", &newcomer.org),
            (Field::Location, "location", &newcomer.location),
        ];
        let mut text = text;
        for (field, key, value) in words {
            if let Some(value) = value {
                text = put(text, field, key, one_line(value.trim()).as_ref())?;
            }
        }
        let read = |text: &str| note::read(path, text.as_bytes(), dialect);
        if read(&text).person().is_none() {
            text = put(text, Field::Type, "type", "person")?;
        }
        if read(&text).person().is_none_or(|person| person.name != name) {
            text = put(text, Field::Name, "name", name)?;
        }
        if let Some(day) = newcomer.met {
            let edit = set_day(&text, Field::Added, "met_on", day, dialect)?;
            text = edit.apply(&text).unwrap_or(text);
        }
        Ok(text)
    }

    /// The user's template of a person, else goen's.
    pub(super) fn template_of_person(&self) -> (NotePath, String) {
        const NAMES: [&str; 6] = ["人", "人物", "person", "people", "contact", "連絡先"];
        let mut paths: Vec<&NotePath> = self
            .index
            .paths()
            .filter(|path| {
                dialect::in_templates(path.as_str()) && NAMES.contains(&&*crate::text::fold(path.name()))
            })
            .collect();
        paths.sort();
        let texts = paths.into_iter().filter_map(|path| match self.vault.read(path) {
            Ok(Bytes::Whole(bytes)) => Some((path.clone(), String::from_utf8(bytes).ok()?)),
            _ => None,
        });
        texts.into_iter().next().unwrap_or_else(|| {
            let (path, text) = person_template(self.lang);
            (NotePath::new(path), text.to_owned())
        })
    }
}

/// A name as a file may be called on every system.
pub(super) fn file_name(name: &str) -> String {
    let wide = |c: char| match c {
        '/' => '／',
        '\\' => '＼',
        ':' => '：',
        '*' => '＊',
        '?' => '？',
        '"' => '”',
        '<' => '＜',
        '>' => '＞',
        '|' => '｜',
        '#' => '＃',
        '^' => '＾',
        '[' => '［',
        ']' => '］',
        c => c,
    };
    let name: String = name.chars().filter(|c| !crate::text::is_unprintable(*c)).map(wide).collect();
    // A name may have 255 bytes on most systems; what a temporary file adds must fit too.
    let name = crate::text::head(&name, 200);
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if !name.contains(char::is_alphanumeric) {
        return String::new();
    }
    // What Windows keeps for itself stands before the first point.
    let device = name.split('.').next().unwrap_or(name).trim_end();
    let name = match is_device(device) {
        true => format!("{device}_{}", &name[device.len()..]),
        false => name.to_owned(),
    };
    // A note that is called like the copy of a sync tool would not be read.
    if is_sync_copy(&format!("{name}.md")) {
        name.replace(".sync-conflict-", " sync-conflict-")
            .replace(['(', '（'], "［")
            .replace([')', '）'], "］")
    } else {
        name
    }
}

/// Whether Windows takes a name for a device, whatever its case: `CON`, `COM1`, `LPT²`.
fn is_device(name: &str) -> bool {
    const DEVICES: [&str; 7] = ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"];
    let lower = name.to_ascii_lowercase();
    let port = ["com", "lpt"].iter().find_map(|word| lower.strip_prefix(word));
    let is_port = |number: &str| {
        let mut digits = number.chars();
        let is_one = digits.next().is_some_and(|c| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'));
        is_one && digits.next().is_none()
    };
    DEVICES.contains(&lower.as_str()) || port.is_some_and(is_port)
}

/// The path of a note of this name in a folder.
pub(super) fn within(folder: &str, file: &str) -> NotePath {
    NotePath::new(if folder.is_empty() { format!("{file}.md") } else { format!("{folder}/{file}.md") })
}

/// A template with what is known in its places: `{{title}}`, `{{name}}`, `{{date}}`, and
/// Templater's of the same meaning. What nobody knows here leaves an empty place.
fn fill(template: &str, name: &str, today: NaiveDate, quote: bool) -> String {
    let mut out = String::with_capacity(template.len() + name.len());
    let mut rest = template;
    let begins_with_code = template.trim_start().starts_with("<%");
    while let Some((at, open, close)) = [("{{", "}}"), ("<%", "%>")]
        .into_iter()
        .filter_map(|(open, close)| Some((rest.find(open)?, open, close)))
        .min()
    {
        let Some(len) = rest[at + open.len()..].find(close) else { break };
        let inner = rest[at + open.len()..at + open.len() + len].trim().trim_start_matches(['-', '_', '*']);
        out.push_str(&rest[..at]);
        let in_quotes = out.lines().last().is_some_and(|line| line.matches('"').count() % 2 == 1);
        match inner.split(':').next().unwrap_or("").trim() {
            "title" | "name" | "tp.file.title" | "VALUE" if in_quotes => {
                out.push_str(&name.replace('\\', "\\\\").replace('"', "\\\""));
            }
            "title" | "name" | "tp.file.title" | "VALUE" if quote && is_value(&out) => {
                out.push_str(&format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")));
            }
            "title" | "name" | "tp.file.title" | "VALUE" => out.push_str(name),
            word if word == "date"
                || word.starts_with("tp.date.now")
                || word.starts_with("tp.file.creation_date") =>
            {
                out.push_str(&today.to_string());
            }
            // Templater's way to write text out of code, as in front matter that begins with a line of it.
            word if open == "<%" => out.push_str(written_text(word).unwrap_or_default()),
            _ => {}
        }
        rest = &rest[at + open.len() + len + close.len()..];
    }
    out.push_str(rest);
    // Code above the front matter leaves an empty line, and below one nothing is front matter.
    if begins_with_code { out.trim_start().to_owned() } else { out }
}

/// The text that a line of Templater's code writes and does nothing else: `tR += "---"`.
fn written_text(code: &str) -> Option<&str> {
    let text = code.trim().strip_prefix("tR")?.trim_start().strip_prefix("+=")?.trim();
    let text = text.trim_end_matches(['-', '_', ';', ' ']);
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let text = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!text.contains([quote, '\\', '$'])).then_some(text)
}

/// Whether a value of the front matter begins behind this text.
fn is_value(before: &str) -> bool {
    let in_front = before.starts_with("---") && before.matches("\n---").count() == 0;
    in_front && before.lines().last().is_some_and(|line| line.trim_end().ends_with(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_files_on_every_system() {
        for (name, file) in [
            ("田中 太郎", "田中 太郎"),
            ("A/B: \"C\"?", "A／B： ”C”？"),
            ("con", "con_"),
            ("COM1", "COM1_"),
            ("COM¹", "COM¹_"),
            ("con.txt", "con_.txt"),
            ("Con. Smith", "Con_. Smith"),
            ("Connor. Smith", "Connor. Smith"),
            ("com10", "com10"),
            (" . 田中", "田中"),
            ("Foo (Conflicted copy 2026)", "Foo ［Conflicted copy 2026］"),
            ("Foo （競合コピー）", "Foo ［競合コピー］"),
            ("foo.sync-conflict-20260101", "foo sync-conflict-20260101"),
            ("田中 (部長)", "田中 (部長)"),
            ("..", ""),
            ("///", ""),
            ("a.", "a"),
            ("[[x]]#^", "［［x］］＃＾"),
        ] {
            assert_eq!(file_name(name), file, "{name}");
        }
    }

    #[test]
    fn templates_are_filled() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default();
        for (template, text) in [
            ("name: \"{{title}}\"", "name: \"A \\\"B\\\"\""),
            ("# {{ name }} {{date:YYYY}}", "# A \"B\" 2026-11-21"),
            ("<% tp.file.title %> <%- tp.date.now() %>|{{other}}|", "A \"B\" 2026-11-21||"),
            ("{{open", "{{open"),
            ("<%* tR += \"---\" %>\nname: {{title}}\n---\n", "---\nname: A \"B\"\n---\n"),
            ("<%* const x = 1 -%>\n---\na: b\n---\n", "---\na: b\n---\n"),
        ] {
            assert_eq!(fill(template, "A \"B\"", today, false), text, "{template}");
        }
    }
}
