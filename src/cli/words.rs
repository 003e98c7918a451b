//! Short words of the command line in both languages.

use crate::app::App;
use crate::index::Source;
use crate::note::Note;
use crate::note::person::Status;
use crate::note::seasonal::Mourning;
use crate::plan::State;
use crate::text::Lang;
pub use crate::text::pick;

/// How a tie stands.
pub fn state(state: State, lang: Lang) -> &'static str {
    state.said(lang)
}

/// How a tie stands, as far as it is known: without the front matter nothing is.
pub fn standing_of(app: &App, note: &Note, of_tie: State, status: Status) -> String {
    match app.front_trouble(note).filter(|_| of_tie == State::Untracked) {
        Some(problem) => match app.lang {
            Lang::Ja => format!("フロントマターの誤り（{}行目）", problem.line),
            Lang::En => format!("front matter broken, line {}", problem.line),
        },
        None => standing(of_tie, status, app.lang).to_owned(),
    }
}

/// How a tie stands; of those that rest or have ended, which it is.
pub fn standing(of_tie: State, status: Status, lang: Lang) -> &'static str {
    match (of_tie, status) {
        (State::Closed, Status::Paused) => pick(lang, "休止", "paused"),
        (State::Closed, Status::DoNotContact) => pick(lang, "連絡不要", "not to be contacted"),
        (State::Closed, Status::Deceased) => pick(lang, "故人", "deceased"),
        (State::Closed, Status::Closed) => pick(lang, "終了", "closed"),
        _ => state(of_tie, lang),
    }
}

/// Why somebody never appears: in Japanese words that です or のため follows.
pub fn gone(name: &str, status: Status, lang: Lang) -> String {
    match (status, lang) {
        (Status::Deceased, Lang::Ja) => format!("{name} さんは故人"),
        (Status::Deceased, Lang::En) => format!("{name} has died"),
        (_, Lang::Ja) => format!("{name} さんは連絡不要の設定"),
        (_, Lang::En) => format!("{name} is not to be contacted"),
    }
}

/// Where a contact is known from.
pub fn source(source: Source, lang: Lang) -> &'static str {
    match source {
        Source::FrontMatter => pick(lang, "フロントマター", "front matter"),
        Source::Log => pick(lang, "記録", "log"),
        Source::Mention => pick(lang, "日付ノート", "dated note"),
        Source::Event => pick(lang, "イベント", "event"),
    }
}

/// `ほか3人`, `and 3 more`
pub fn more_people(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("ほか{n}人"),
        Lang::En => format!("and {n} more"),
    }
}

/// The day of a death, or its year where that is all that is known.
pub fn mourning(mourning: Mourning, lang: Lang) -> String {
    match (mourning, lang) {
        (Mourning::Day(day), _) => day.to_string(),
        (Mourning::Year(year), Lang::Ja) => format!("{year}年"),
        (Mourning::Year(year), Lang::En) => year.to_string(),
    }
}
