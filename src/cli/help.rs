//! The help in one language, where one is named: `goen --lang ja today --help`.
//!
//! Knows how a help text holds both languages; without `--lang` both are shown, as they are written.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

use super::words::pick;
use super::{Cli, GLOBAL};
use crate::text::Lang;

/// Between a text in English and the same in Japanese.
pub const BETWEEN: &str = " ・ ";

/// As clap's own, but for the word before the usage.
const TEMPLATE: &str = "{before-help}{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}";

/// The language that is named among the words typed, as far as it is one: what is wrong with it is told
/// when they are read.
pub fn language_named(typed: &[OsString]) -> Option<Lang> {
    let mut words = typed.iter().skip(1).map_while(|word| word.to_str().filter(|word| *word != "--"));
    while let Some(word) = words.next() {
        let value = if word == "--lang" { words.next() } else { word.strip_prefix("--lang=") };
        if let Some(lang) = value.and_then(Lang::parse) {
            return Some(lang);
        }
    }
    None
}

/// goen's commands, with their help in a language, or in both.
pub fn command(lang: Option<Lang>, typed: &[OsString]) -> Command {
    let Some(lang) = lang else { return Cli::command() };
    // What clap says of its `help` is English: it is there for whoever types it.
    let is_asked = typed.iter().any(|word| word == "help");
    in_language(Cli::command(), lang).disable_help_subcommand(lang == Lang::Ja && !is_asked)
}

fn in_language(mut command: Command, lang: Lang) -> Command {
    if let Some(text) = command.get_about().map(ToString::to_string) {
        command = command.about(of(&text, lang));
    }
    if let Some(text) = command.get_long_about().map(ToString::to_string) {
        command = command.long_about(of(&text, lang));
    }
    // Under a heading of their own arguments would stand by their names.
    let mut places = 0..;
    command = command.mut_args(|arg| match (arg.is_positional(), places.next()) {
        (true, Some(place)) => arg_in_language(arg.display_order(place), lang),
        _ => arg_in_language(arg, lang),
    });
    if lang == Lang::Ja {
        // Its own would be English.
        let own = |id, short, help, action| {
            Arg::new(id).short(short).long(id).help(help).action(action).help_heading("オプション")
        };
        command = command
            .help_template(TEMPLATE)
            .subcommand_help_heading("コマンド")
            .disable_help_flag(true)
            .disable_version_flag(true)
            .arg(own("help", 'h', "使い方を表示", ArgAction::Help))
            .arg(own("version", 'V', "版を表示", ArgAction::Version));
    }
    command.mut_subcommands(|inner| in_language(inner, lang))
}

fn arg_in_language(mut arg: Arg, lang: Lang) -> Arg {
    if let Some(text) = arg.get_help().map(ToString::to_string) {
        arg = arg.help(of(&text, lang));
    }
    if let Some(text) = arg.get_long_help().map(ToString::to_string) {
        arg = arg.long_help(of(&text, lang));
    }
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    if let Some((names, values)) = values(&arg, lang) {
        arg = arg.hide_possible_values(true).long_help(format!("{help}\n\n{values}"));
        arg = arg.help(format!("{help} [{names}]"));
    } else if lang == Lang::Ja && !arg.get_possible_values().is_empty() && !is_switch(&arg) {
        let names: Vec<String> = arg.get_possible_values().iter().map(|v| v.get_name().to_owned()).collect();
        arg = arg.hide_possible_values(true).help(format!("{help}（{}）", names.join("、")));
    }
    if lang == Lang::Ja && !is_switch(&arg) {
        arg = with_default(arg);
    }
    match heading(&arg, lang) {
        Some(heading) => arg.help_heading(heading),
        None => arg,
    }
}

/// Whether an argument takes no value.
fn is_switch(arg: &Arg) -> bool {
    !arg.get_action().takes_values()
}

/// Says in Japanese what holds where nothing is typed: clap's own word for it is English.
fn with_default(arg: Arg) -> Arg {
    let Some(default) = arg.get_default_values().first().map(|value| value.to_string_lossy().into_owned())
    else {
        return arg;
    };
    let said = format!("（省略時は {default}）");
    let short = format!("{}{said}", arg.get_help().map(ToString::to_string).unwrap_or_default());
    let long = arg.get_long_help().map(|help| format!("{help}\n\n{said}"));
    let arg = arg.hide_default_value(true).help(short);
    match long {
        Some(long) => arg.long_help(long),
        None => arg,
    }
}

/// The values that an argument takes, and what each means, where that is said: clap would show both languages.
fn values(arg: &Arg, lang: Lang) -> Option<(String, String)> {
    let values = arg.get_possible_values();
    let names: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
    let said = values.iter().map(|value| {
        value.get_help().map(|help| format!("- {}: {}", value.get_name(), of(&help.to_string(), lang)))
    });
    let said: Vec<String> = said.collect::<Option<_>>()?;
    (!said.is_empty()).then(|| (names.join(", "), said.join("\n")))
}

/// Over what an argument stands; none where clap's own is right.
fn heading(arg: &Arg, lang: Lang) -> Option<&'static str> {
    let is_global = arg.get_help_heading() == Some(GLOBAL);
    match (lang, GLOBAL.split_once(BETWEEN)) {
        (_, Some((en, ja))) if is_global => Some(pick(lang, ja, en)),
        (Lang::Ja, _) if arg.is_positional() => Some("引数"),
        (Lang::Ja, _) => Some("オプション"),
        (Lang::En, _) => None,
    }
}

/// What a text of both languages says in one: of each paragraph the half, of paragraphs in one language
/// those of this.
fn of(text: &str, lang: Lang) -> String {
    let halves = text.split("\n\n").filter_map(|paragraph| match paragraph.split_once(BETWEEN) {
        Some((en, ja)) => Some(pick(lang, ja, en)),
        None => (is_japanese(paragraph) == (lang == Lang::Ja)).then_some(paragraph),
    });
    let halves: Vec<&str> = halves.collect();
    // A word that is the same in both.
    if halves.is_empty() { text.to_owned() } else { halves.join("\n\n") }
}

fn is_japanese(text: &str) -> bool {
    text.chars().filter(|c| !c.is_ascii()).count() * 3 > text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(words: &[&str]) -> Option<Lang> {
        language_named(&words.iter().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn a_language_is_named_before_or_after_the_command() {
        assert_eq!(typed(&["goen", "--lang", "en", "today"]), Some(Lang::En));
        assert_eq!(typed(&["goen", "today", "--lang=ja"]), Some(Lang::Ja));
        assert_eq!(typed(&["goen", "today", "--lang"]), None);
        assert_eq!(typed(&["goen", "log", "--", "--lang", "en"]), None);
    }

    /// Every text that a help shows is there in both languages, and none is left half.
    #[test]
    fn every_text_of_the_help_has_both_languages() {
        fn texts(command: &Command, all: &mut Vec<String>) {
            all.extend(command.get_about().map(ToString::to_string));
            all.extend(command.get_long_about().map(ToString::to_string));
            for arg in command.get_arguments() {
                all.extend(arg.get_help().map(ToString::to_string));
                all.extend(arg.get_long_help().map(ToString::to_string));
                let values = arg.get_possible_values();
                all.extend(values.iter().filter_map(|value| value.get_help().map(ToString::to_string)));
            }
            command.get_subcommands().for_each(|inner| texts(inner, all));
        }
        let mut all = Vec::new();
        texts(&Cli::command(), &mut all);
        assert!(all.len() > 100);
        // A single word is a name, and the same in both.
        for text in all.into_iter().filter(|text| text.contains(' ')) {
            let (en, ja) = (of(&text, Lang::En), of(&text, Lang::Ja));
            assert!(!en.contains(BETWEEN) && !ja.contains(BETWEEN), "{text}");
            assert!(en != text && ja != text, "{text}");
            assert!(ja.chars().any(|c| ('ぁ'..='ヿ').contains(&c) || ('一'..='鿿').contains(&c)), "{text}");
        }
    }
}
