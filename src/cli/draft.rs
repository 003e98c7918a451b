//! `goen draft PERSON`: a message to start from.

mod remarks;

use chrono::NaiveDate;
use clap_complete::engine::ArgValueCompleter;
use serde::Serialize;

use super::completions;
use super::excerpt::excerpt;
use super::fail::Fail;
use super::output::Output;
use super::show::one_person;
use super::words::{gone, pick};
use crate::app::App;
use crate::config::Register;
use crate::message::{self, Asked, Draft, Form, Letter, Refusal, TemplateFault};
use crate::plan::{Extent, Mourner, Section};
use crate::problem::{Problem, What};
use crate::text::{Lang, NotePath, one_line};

/// Draft a message to start from; what only you can know is left as 〔…〕 ・ 便りの下書きを作る。自分にしか書けないところは〔…〕にして残す
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A name, an alias, a reading, a path, or an unambiguous part of one ・ 名前・別名・よみ・パス（一人に決まるなら、一部でもよい）
    #[arg(required = true, add = ArgValueCompleter::new(completions::people))]
    person: Vec<String>,
    /// The occasion (thanks, birthday, reopen …), a season's name, or a template of your own; else the
    /// reason on the agenda ・ 場面（お礼、誕生日、久しぶり など）、季節の名前、自分のひな形の名前（省略時は予定に上がった理由）
    #[arg(long = "for", value_name = "OCCASION|SEASON", add = ArgValueCompleter::new(completions::occasions))]
    occasion: Option<String>,
    /// email, line, letter, card or sns; else the way they are usually written to ・ 形式（email メール、line LINE、letter 手紙、card はがき、sns SNS。省略時は、ふだんの手段）
    #[arg(long, value_name = "FORM", value_parser = form)]
    via: Option<Form>,
    /// formal, polite or casual; else as their note or tier says ・ 文体（formal かしこまった、polite 丁寧、casual くだけた。省略時はノートか間柄のとおり）
    #[arg(long, value_name = "REGISTER", value_parser = register)]
    register: Option<Register>,
    /// For everybody to read: a recommendation on a profile ・ 公開する文章として（プロフィールの推薦文など）
    #[arg(long)]
    public: bool,
}

fn form(word: &str) -> Result<Form, String> {
    Form::parse(word).ok_or_else(|| "email, line, letter, card, sns ・ email、line、letter、card、sns".into())
}

fn register(word: &str) -> Result<Register, String> {
    Register::parse(word).ok_or_else(|| "formal, polite, casual ・ formal、polite、casual".into())
}

#[derive(Serialize)]
struct View<'a> {
    person: &'a str,
    occasion: &'a str,
    season: Option<&'a str>,
    register: &'a str,
    via: &'a str,
    lang: &'a str,
    subject: &'a str,
    text: &'a str,
    blanks: &'a [String],
    letters: Vec<LetterView<'a>>,
}

#[derive(Serialize)]
struct LetterView<'a> {
    to: Option<&'a str>,
    subject: &'a str,
    text: &'a str,
}

/// Runs it; `lang` is the language that was asked for.
pub fn run(
    app: &App,
    args: &Args,
    lang: Option<Lang>,
    as_json: bool,
    output: &mut Output,
) -> Result<u8, Fail> {
    let asked = args.person.join(" ");
    let note = one_person(app, &asked)?;
    let Some(person) = app.index.person(note.path.as_str()) else {
        return Err(Fail::Nobody(asked, None, app.lang));
    };
    let own = app.message_templates();
    let agenda = app.agenda(Extent::All);
    let is_theirs =
        |item: &&crate::plan::Item| item.person.as_ref() == Some(&note.path) && item.section != Section::Done;
    let ground = message::Ground { index: &app.index, config: &app.config, today: app.today, own: &own };
    let asked = Asked {
        occasion: args.occasion.as_deref(),
        form: args.via,
        lang,
        register: args.register,
        public: args.public,
    };
    let draft = message::draft(ground, person, agenda.all().find(is_theirs), asked)
        .map_err(|refusal| Fail::Said(refused(&refusal, &person.1.name, app), app.lang))?;
    for remark in &draft.remarks {
        output.say(&remarks::said(remark, &person.1.name, app));
    }
    if as_json {
        output.json(&view(&draft, &note.path));
    } else {
        if !draft.subject.is_empty() {
            let label = pick(draft.lang, "件名", "Subject");
            output.line(&format!("{label}: {}", draft.subject));
            output.line("");
        }
        output.lines(&draft.text);
    }
    if let Some(problem) = &draft.unread {
        output.say(&excerpt(problem, app.lang));
    }
    output.say(&told(&draft, &note.path, app.lang));
    Ok(0)
}

fn view<'a>(draft: &'a Draft, path: &'a NotePath) -> View<'a> {
    View {
        person: path.as_str(),
        occasion: &draft.occasion,
        season: draft.season.as_deref(),
        register: draft.register.word(),
        via: draft.form.name(),
        lang: draft.lang.code(),
        subject: &draft.subject,
        text: &draft.text,
        blanks: &draft.blanks,
        letters: draft.letters.iter().map(letter).collect(),
    }
}

fn letter(letter: &Letter) -> LetterView<'_> {
    LetterView { to: letter.to.as_ref().map(NotePath::as_str), subject: &letter.subject, text: &letter.text }
}

/// How many blanks are left, and what it was made of.
fn told(draft: &Draft, path: &NotePath, lang: Lang) -> String {
    let path = one_line(path.as_str());
    let template = draft.template.as_ref().map(|path| one_line(path.as_str()));
    match lang {
        Lang::Ja => {
            let made = template.map(|path| format!(" と {path}")).unwrap_or_default();
            match draft.blanks.len() {
                0 => format!("{path}{made} をもとにした下書きです。"),
                n => format!("{path}{made} をもとにした下書きです。〔…〕が {n} か所あります。"),
            }
        }
        Lang::En => {
            let made = template.map(|path| format!(" and {path}")).unwrap_or_default();
            match draft.blanks.len() {
                0 => format!("drafted from {path}{made}"),
                1 => format!("drafted from {path}{made}; one 〔…〕 is yours to fill in"),
                n => format!("drafted from {path}{made}; {n} 〔…〕 are yours to fill in"),
            }
        }
    }
}

/// Why nothing is drafted, and the way out.
fn refused(refusal: &Refusal, name: &str, app: &App) -> String {
    let lang = app.lang;
    let name = one_line(name);
    let said = |ja: String, en: String| if lang == Lang::Ja { ja } else { en };
    let between = pick(lang, "、", ", ");
    let list = |names: &[String]| {
        names.iter().map(|name| one_line(name).into_owned()).collect::<Vec<_>>().join(between)
    };
    match refusal {
        Refusal::Unknown { asked, near, all, english } => {
            let (asked, all, seasons) = (one_line(asked), list(all), english.join(", "));
            let near = near.as_deref().map(one_line);
            let meant = match (near, lang) {
                (Some(near), Lang::Ja) => format!("「{near}」のことでしょうか。"),
                (Some(near), Lang::En) => format!("; did you mean `{near}`?"),
                (None, _) => String::new(),
            };
            said(
                format!("「{asked}」という場面はありません。{meant}\n書けるもの: {all}"),
                format!("there is no occasion `{asked}`{meant}\nit takes {all}; in English {seasons}"),
            )
        }
        Refusal::Seasons(names) => said(
            format!("どの季節か決められません: {}", list(names)),
            format!("that could be several seasons: {}", list(names)),
        ),
        Refusal::NoSeason(Some((season, from))) => said(
            format!("今は季節の挨拶の時期ではありません。次は{}で、{from} からです。", one_line(season)),
            format!("no season's greeting is on today; the next is {} from {from}", one_line(season)),
        ),
        Refusal::NoSeason(None) => said(
            "季節の挨拶の設定がありません（goen.toml の [[seasons]]）。".to_owned(),
            "there are no seasons in goen.toml".to_owned(),
        ),
        Refusal::Gone(status) => {
            let gone = gone(&name, *status, lang);
            said(format!("{gone}のため、下書きは作りません。"), format!("{gone}; nothing is drafted"))
        }
        Refusal::Quiet(until) => said(
            format!("{name} さんはご不幸から間もないため、{until} まではお悔やみ（condolence）・約束・返信だけにしましょう。"),
            format!("{name} is in mourning: until {until} only condolence, promises and answers"),
        ),
        Refusal::GladInMourning => said(
            format!("{name} さんは喪中です。お祝いの言葉は控え、近況を尋ねる便り（--for ask）にしましょう。"),
            format!("{name} is in mourning, so congratulations wait; `--for ask` drafts a quiet message"),
        ),
        Refusal::NewYearInMourning(Mourner::Them) => said(
            format!("{name} さんは喪中です。年賀は控え、松の内が明けてから寒中見舞い（--for 寒中見舞い）を送りましょう。"),
            format!("{name} is in mourning: no new year's greeting; `--for midwinter` drafts one for after the holidays"),
        ),
        Refusal::NewYearInMourning(Mourner::You) => said(
            "ご自身が喪中です。年賀ではなく、喪中はがき（--for 喪中はがき）か寒中見舞い（--for 寒中見舞い）にしましょう。".to_owned(),
            "you are in mourning: no new year's greeting; `--for midwinter` drafts one for after the holidays".to_owned(),
        ),
        Refusal::NewYearEnded => said(
            format!("{name} さんとの年賀状はおしまいになっています。届いたときのお返事は寒中見舞い（--for 寒中見舞い）で、新年の挨拶はメール（--via email）でできます。"),
            format!("no more new year's cards go to {name}; answer one with `--for midwinter`, or greet them with `--via email`"),
        ),
        Refusal::NotLeft(day) => said(
            format!("最終出社日は {day} で、まだ退職していません。退職の挨拶は --for farewell で作れます。"),
            format!("your last day is {day}, and you have not left yet; `--for farewell` drafts a goodbye"),
        ),
        Refusal::NotTalked(last) => not_talked(&name, *last, lang),
        Refusal::Template(fault) => of_template(fault, lang),
        Refusal::Unread(problem) => excerpt(problem, lang),
    }
}

fn not_talked(name: &str, last: Option<NaiveDate>, lang: Lang) -> String {
    match (lang, last) {
        (Lang::Ja, Some(last)) => format!(
            "{name} さんとの前回の連絡は {last} です。仕事の相談は、まず近況を交わしてからにしましょう（--for reopen）。"
        ),
        (Lang::Ja, None) => format!(
            "{name} さんとはまだ連絡の記録がありません。仕事の相談は、まず近況を交わしてからにしましょう（--for reopen）。"
        ),
        (Lang::En, Some(last)) => {
            format!("the last contact with {name} was on {last}; catch up first (`--for reopen`), then ask")
        }
        (Lang::En, None) => {
            format!("no contact with {name} is known yet; catch up first (`--for reopen`), then ask")
        }
    }
}

/// A template's fault, at its place.
fn of_template(fault: &TemplateFault, lang: Lang) -> String {
    let what = What::BadTemplate(fault.what.clone());
    let problem = match fault.span {
        Some(span) => Problem::at(fault.path.clone(), &fault.text, span, what),
        None => Problem::of_file(fault.path.clone(), what),
    };
    excerpt(&problem, lang)
}
