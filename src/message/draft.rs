//! A draft: whether it may be written at all, what one should know of it, and what the template makes of it.

use chrono::NaiveDate;

use super::context::{Case, Context};
use super::form::Form;
use super::ground::{Ground, Refusal};
use super::occasion::{self, Occasion};
use super::remark::{self, Remark};
use super::subject::{self, Subject};
use super::template::{self, TemplateFault};
use crate::config::{Config, Greeting, Register};
use crate::index::Tie;
use crate::note::Note;
use crate::note::person::Person;
use crate::note::seasonal::Seasons;
use crate::plan::{self, Item, Mourner, Reach, Rest, Why, reach};
use crate::problem::Problem;
use crate::text::{Lang, NotePath, fold};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked<'a> {
    /// The occasion, a season, or a template of the user's own; none: the reason on the agenda.
    pub occasion: Option<&'a str>,
    /// The form; none: that of the channel.
    pub form: Option<Form>,
    /// The language; none: theirs.
    pub lang: Option<Lang>,
    /// The register; none: theirs.
    pub register: Option<Register>,
    /// For everybody to read.
    pub public: bool,
}

/// A message to start from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The occasion's name.
    pub occasion: String,
    /// What the season's greeting is called.
    pub season: Option<String>,
    /// The register of language.
    pub register: Register,
    /// The form.
    pub form: Form,
    /// The language.
    pub lang: Lang,
    /// The subject of an e-mail; empty where there is none.
    pub subject: String,
    /// The message behind it; ends with a line break.
    pub text: String,
    /// What the user has to write, in the order of the text.
    pub blanks: Vec<String>,
    /// The user's template that it was made of.
    pub template: Option<NotePath>,
    /// One that it would have been made of, and why that cannot be read.
    pub unread: Option<Problem>,
    /// The letters that the text is made of: one, or one to each of two who are introduced.
    pub letters: Vec<Letter>,
    /// What one should know before it is sent.
    pub remarks: Vec<Remark>,
}

/// A letter of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// To whom, where that is known.
    pub to: Option<NotePath>,
    /// The subject of an e-mail; empty where there is none.
    pub subject: String,
    /// The message behind it; ends with a line break.
    pub text: String,
}

/// The line between two letters.
const BETWEEN: &str = "\n――\n";

/// Drafts a message to a person; `item` is theirs on the agenda.
///
/// # Errors
/// Why nothing is drafted.
pub fn draft(
    ground: Ground<'_>,
    (note, person, tie): (&Note, &Person, &Tie),
    item: Option<&Item>,
    asked: Asked<'_>,
) -> Result<Draft, Refusal> {
    let Ground { index, config, today, own } = ground;
    if person.status.is_gone() {
        return Err(Refusal::Gone(person.status));
    }
    let reach = Reach::of((note, person, tie), config, &Rest::of(index), today);
    let register = asked.register.unwrap_or_else(|| match reach::register(person, config) {
        // What everybody reads is not くだけた.
        Register::Casual if asked.public => Register::Polite,
        usual => usual,
    });
    let subject = match asked.occasion {
        Some(word) => {
            let form = || {
                let of_season = item.filter(|item| matches!(item.why, Why::Season { .. }));
                asked.form.unwrap_or_else(|| form(person, config, today, of_season, true))
            };
            subject::named(ground, item, word, (register, &form))?
        }
        None => subject::reason(ground, (person, &reach), item)?,
    };
    let item = item.filter(|item| subject.is_of(item));
    let (occasion, season) = match &subject {
        Subject::Occasion(occasion) => (Some(*occasion), None),
        Subject::Season(known) => (Some(Occasion::Season), Some(known)),
        Subject::Own(..) => (None, None),
    };
    let lang = asked.lang.or(person.details().lang).unwrap_or_else(|| plan::lang_of(index, config));
    let case = Case {
        index,
        config,
        today,
        note,
        person,
        tie,
        reach: &reach,
        item,
        occasion,
        season,
        register,
        form: asked.form.unwrap_or_else(|| form(person, config, today, item, season.is_some())),
        lang,
        public: asked.public,
    };
    if let Some(refusal) = kept_from(&case) {
        return Err(refusal);
    }
    let key = season.map(|known| occasion::season_key(known.greeting, known.is_after_risshun()));
    let own_names = season.map(|known| (fold(&known.called), fold(&known.name)));
    let name = match &subject {
        Subject::Own(name) => name,
        Subject::Season(_) => key.unwrap_or_default(),
        Subject::Occasion(occasion) => occasion.word(),
    };
    let mut names: Vec<&str> = own_names.iter().flat_map(|(called, name)| [&**called, &**name]).collect();
    names.push(name);
    names.extend(season.map(|_| Occasion::Season.word()));
    let (chosen, unread) = template::chosen(own, &names, (lang, case.register, case.form));
    if let (Subject::Own(_), None, Some(problem)) = (&subject, chosen, &unread) {
        return Err(Refusal::Unread(Box::new(problem.clone())));
    }
    let told = if season.is_some() { Occasion::Season.word() } else { name };
    let context = Context::of(&case, told);
    let text = template::fill(own, chosen, (name, lang), &context);
    let text = tidy(&text.map_err(|fault| Refusal::Template(Box::new(fault)))?);
    let blanks = blanks(&text);
    let letters = letters(&text, &case);
    let (subject, text) = parted(&text, case.form);
    if text.trim().is_empty() {
        return Err(Refusal::Template(Box::new(TemplateFault::empty(chosen))));
    }
    Ok(Draft {
        occasion: told.to_owned(),
        season: season.map(|known| known.called.clone()),
        register: case.register,
        form: case.form,
        lang,
        subject,
        text,
        blanks,
        template: chosen.map(|own| own.path.clone()),
        unread,
        letters,
        remarks: remark::of(&case),
    })
}

/// The form of the channel: the item's, else the one that they are usually written to through.
fn form(person: &Person, config: &Config, today: NaiveDate, item: Option<&Item>, is_season: bool) -> Form {
    if let Some(Why::Season { greeted, .. }) = item.map(|item| &item.why)
        && greeted.card
    {
        return Form::Card;
    }
    let of_item = item.and_then(|item| item.channel.clone());
    let channel = of_item.or_else(|| plan::channel_for(person, config, today));
    match channel.as_deref() {
        // Nothing is posted without an address, but where the note says that they like it.
        Some("post" | "letter") if is_season && !is_reached_by_post(person) => Form::Email,
        Some("post" | "letter") if is_season => Form::Card,
        Some("post" | "letter") => Form::Letter,
        Some(
            "line" | "chat" | "sms" | "slack" | "discord" | "teams" | "telegram" | "whatsapp" | "signal"
            | "skype" | "wechat" | "kakaotalk" | "chatwork" | "imessage" | "messenger",
        ) => Form::Line,
        Some("x" | "linkedin" | "facebook" | "instagram" | "mastodon" | "bluesky" | "threads" | "sns") => {
            Form::Sns
        }
        _ => Form::Email,
    }
}

fn is_reached_by_post(person: &Person) -> bool {
    let details = person.details();
    let is_preferred = || matches!(details.prefer.as_deref(), Some("post" | "letter"));
    details.address.is_some() || is_preferred()
}

/// What keeps one from writing.
fn kept_from(case: &Case<'_>) -> Option<Refusal> {
    let (person, today) = (case.person, case.today);
    let is_owed = case.occasion.is_some_and(Occasion::is_owed);
    // A household mourns together.
    let mourners = plan::mourners(case.index, case.note);
    let quiet = mourners.iter().filter_map(|person| plan::quiet_until(person, today)).max();
    if let Some(until) = quiet.filter(|_| !is_owed) {
        return Some(Refusal::Quiet(until));
    }
    let theirs = || mourners.iter().filter_map(|person| person.details().mourning);
    let yours = case.index.me().and_then(|(_, me)| me.mourning);
    if let Some(season) = case.season.filter(|season| season.greeting == Greeting::NewYear) {
        let is_silent = |mourning| plan::is_new_year_silent(mourning, season.year);
        if theirs().any(is_silent) {
            return Some(Refusal::NewYearInMourning(Mourner::Them));
        }
        if yours.is_some_and(is_silent) {
            return Some(Refusal::NewYearInMourning(Mourner::You));
        }
        if case.form.is_posted() && person.details().seasons == Seasons::NoNengajo {
            return Some(Refusal::NewYearEnded);
        }
    }
    if case.occasion == Some(Occasion::Settled)
        && let Some(left) = case.left().filter(|left| today <= left.day)
    {
        return Some(Refusal::NotLeft(left.day));
    }
    let mourns = theirs().any(|mourning| plan::is_in_mourning(mourning, today));
    let is_glad = case.occasion.is_some_and(|occasion| {
        let is_theirs = matches!(occasion, Occasion::NewJob | Occasion::Independence);
        occasion.is_glad() || (is_theirs && case.milestone().is_some())
    });
    if mourns && is_glad {
        return Some(Refusal::GladInMourning);
    }
    let is_together = case.occasion == Some(Occasion::Together);
    (is_together && case.talked_since().is_none()).then_some(Refusal::NotTalked(case.reach.last))
}

/// Without blanks at the ends of lines, without two empty lines in a row, with one line break at its
/// end.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() && (out.is_empty() || out.ends_with("\n\n")) {
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The texts of all blanks, in their order.
fn blanks(text: &str) -> Vec<String> {
    let opened = text.split('〔').skip(1);
    opened.filter_map(|rest| rest.split_once('〕').map(|(blank, _)| blank.replace('\n', ""))).collect()
}

/// The letters of a text: who introduces two people writes to each of them, below a line between.
fn letters(text: &str, case: &Case<'_>) -> Vec<Letter> {
    let letter = |to: Option<&NotePath>, text: &str| {
        let (subject, text) = parted(&tidy(text), case.form);
        Letter { to: to.cloned(), subject, text }
    };
    let two = text.split_once(BETWEEN).filter(|_| case.occasion == Some(Occasion::Introduce));
    let Some((first, second)) = two else { return vec![letter(Some(&case.note.path), text)] };
    let other = match case.item.map(|item| &item.why) {
        Some(Why::Introduce { other, .. }) => Some(other),
        _ => None,
    };
    vec![letter(Some(&case.note.path), first), letter(other, second)]
}

/// The subject of an e-mail, and the text behind it.
fn parted(text: &str, form: Form) -> (String, String) {
    let first = text.split_once('\n').filter(|_| form == Form::Email);
    let found = first.and_then(|(line, rest)| {
        let subject = ["件名:", "件名：", "Subject:"].iter().find_map(|label| line.strip_prefix(label))?;
        Some((subject.trim().to_owned(), rest.trim_start_matches('\n').to_owned()))
    });
    found.unwrap_or_else(|| (String::new(), text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_tidied() {
        assert_eq!(tidy("\n\na  \n\n\n\nb\n\n"), "a\n\nb\n");
        assert_eq!(tidy(""), "\n");
    }

    #[test]
    fn blanks_and_subject() {
        assert_eq!(blanks("〔a〕b〔c\nd〕〔"), ["a", "cd"]);
        assert_eq!(parted("件名: x\n\ny\n", Form::Email), ("x".to_owned(), "y\n".to_owned()));
        assert_eq!(parted("件名: x\n\ny\n", Form::Line).0, "");
    }
}
