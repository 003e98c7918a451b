//! What is prepared for an event, in words: lines under headings, for a terminal or for a note.

mod pen;

use chrono::NaiveDate;

use super::none;
use crate::brief::event::{Common, Ground, Guest, Link, MINUTES, Prep, Question, Starter};
use crate::brief::person::{Promise, Talk};
use crate::cli::words::{self, pick, standing};
use crate::note::other::EventStatus;
use crate::page;
use crate::text::{Lang, shorten};

pub(super) use pen::Pen;

/// A question is short: what it is about was told above.
const LONGEST_ASKED: usize = 40;

/// Of so many who come is told what is known; a list of more nobody reads before an evening.
const MOST_GUESTS: usize = 40;

/// A line of the sheet.
struct Line {
    depth: usize,
    to_tick: bool,
    text: String,
}

/// Lines under headings.
pub(super) struct Sheet {
    lead: String,
    parts: Vec<(&'static str, Vec<Line>)>,
}

impl Sheet {
    pub fn terminal(&self) -> Vec<String> {
        let mut out = Vec::new();
        for (heading, lines) in &self.parts {
            out.push(String::new());
            out.push((*heading).to_owned());
            for line in lines {
                let mark = if line.to_tick { "[ ] " } else { "" };
                out.push(format!("{}{mark}{}", "  ".repeat(line.depth + 1), line.text));
            }
        }
        out
    }

    pub fn markdown(&self) -> String {
        let mut out = vec![self.lead.clone()];
        for (heading, lines) in &self.parts {
            out.extend([String::new(), format!("### {heading}"), String::new()]);
            for line in lines {
                let mark = if line.to_tick { "[ ] " } else { "" };
                out.push(format!("{}- {mark}{}", "    ".repeat(line.depth), line.text));
            }
        }
        out.join("\n")
    }
}

/// Puts it into words; a part that has nothing to say is left out.
pub(super) fn sheet(prep: &Prep<'_>, pen: &Pen<'_>) -> Sheet {
    let lang = pen.lang;
    let today = pen.today;
    let lead = match lang {
        Lang::Ja => format!("{today} 現在。ここは goen が書き換えますが、書き足した行は残ります。"),
        Lang::En => format!("As of {today}. goen writes this part anew; lines that you add stay."),
    };
    // What is over, or will not be, is nothing to prepare for.
    let is_off = prep.event.status == EventStatus::Cancelled;
    let (is_ahead, is_on) = (!is_off && !prep.is_over(today), !is_off);
    let part = |is_told: bool, lines: fn(&Prep<'_>, &Pen<'_>) -> Vec<Line>| match is_told {
        true => lines(prep, pen),
        false => Vec::new(),
    };
    let parts = [
        (pick(lang, "いつ・どこで・何のために", "When, where, what for"), frame(prep, pen)),
        (pick(lang, "来る人", "Who comes"), part(is_ahead, coming)),
        (pick(lang, "共通点", "Common ground"), part(is_ahead, common)),
        (pick(lang, "聞いてみたいこと", "Questions to ask"), part(is_ahead, questions)),
        (pick(lang, "話のきっかけ", "Ways to begin"), part(is_ahead, starters)),
        (pick(lang, "ほかに会えるかもしれない人", "Who else may be there"), part(is_ahead, others)),
        (
            pick(lang, "一人、十五分、この問い", "One person, fifteen minutes, this question"),
            part(is_ahead, aim),
        ),
        (pick(lang, "会のあと、その日のうちに", "Afterwards, the same day"), part(is_on, afterwards)),
    ];
    Sheet { lead, parts: parts.into_iter().filter(|(_, lines)| !lines.is_empty()).collect() }
}

fn line(text: String) -> Line {
    Line { depth: 0, to_tick: false, text }
}

fn below(text: String) -> Line {
    Line { depth: 1, to_tick: false, text }
}

fn frame(prep: &Prep<'_>, pen: &Pen<'_>) -> Vec<Line> {
    let event = prep.event;
    let lang = pen.lang;
    let weekday = |day: NaiveDate| pen.in_parentheses(&day.to_string(), page::weekday(day, lang));
    let when = match (event.day, event.last.filter(|last| Some(*last) > event.day)) {
        (None, _) => pick(lang, "日付はまだありません", "no date yet").to_owned(),
        (Some(day), None) => weekday(day),
        (Some(day), Some(last)) => format!("{}{}{}", weekday(day), pick(lang, "〜", " – "), weekday(last)),
    };
    let is_told = pen.linker.is_none() && event.status != EventStatus::Cancelled;
    let ahead = event.day.map(|day| (day - pen.today).num_days()).filter(|_| is_told);
    let ahead = match (ahead, lang) {
        (Some(0), _) => pick(lang, "、今日", ", today").to_owned(),
        (Some(1), _) => pick(lang, "、明日", ", tomorrow").to_owned(),
        (Some(days), Lang::Ja) if days > 1 => format!("、あと{days}日"),
        (Some(days), Lang::En) if days > 1 => format!(", in {days} days"),
        _ => String::new(),
    };
    let status = match event.status {
        EventStatus::Cancelled => pick(lang, "、中止になりました", ", cancelled"),
        EventStatus::Planned => pick(lang, "、未定", ", not decided yet"),
        EventStatus::Held if prep.is_over(pen.today) => pick(lang, "、終わりました", ", over"),
        EventStatus::Held => "",
    };
    let goal = event.goal.as_deref().map_or_else(|| none(lang).to_owned(), |goal| pen.text(goal));
    let mut out = vec![line(pen.labelled("いつ", "when", &format!("{when}{ahead}{status}")))];
    out.extend(event.place.as_deref().map(|place| line(pen.labelled("どこで", "where", &pen.text(place)))));
    out.push(line(pen.labelled("目標", "goal", &goal)));
    out
}

fn coming(prep: &Prep<'_>, pen: &Pen<'_>) -> Vec<Line> {
    let guests = foremost(prep);
    let mut out: Vec<Line> = guests.iter().flat_map(|guest| of_guest(guest, pen)).collect();
    let without = pick(pen.lang, "ノートはまだありません", "no note yet");
    let strangers = strangers(prep).iter().map(|name| pen.listed(name));
    out.extend(strangers.map(|name| line(pen.in_parentheses(&name, without))));
    out.extend(others_more(prep, pen));
    if out.is_empty() {
        let nobody = if prep.event.attendees.is_empty() {
            pick(pen.lang, "参加者（attendees）はまだ書かれていません", "nobody is listed yet (attendees)")
        } else {
            pick(pen.lang, "来ると分かっている人はいません", "nobody is known to come")
        };
        out.push(line(nobody.to_owned()));
    }
    if !prep.absent.is_empty() {
        let names: Vec<String> = prep.absent.iter().map(|name| pen.listed(name)).collect();
        out.push(line(pen.labelled("欠席", "not coming", &pen.few(names))));
    }
    out
}

/// So many of those who come are told of: of more the strongest ties, as they are listed.
fn foremost<'p, 'a>(prep: &'p Prep<'a>) -> Vec<&'p Guest<'a>> {
    let mut all: Vec<(usize, &Guest<'a>)> = prep.guests.iter().enumerate().collect();
    let contacts = |guest: &Guest<'_>| guest.somebody.tie.until(guest.somebody.today).len();
    let strength = |guest: &Guest<'_>| (guest.to_talk_to, contacts(guest));
    all.sort_by(|(_, a), (_, b)| b.weight.total_cmp(&a.weight).then(strength(b).cmp(&strength(a))));
    all.truncate(MOST_GUESTS);
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, guest)| guest).collect()
}

/// As many who have no note as there is room for.
fn strangers<'p, 'a>(prep: &'p Prep<'a>) -> &'p [&'a str] {
    let room = MOST_GUESTS.saturating_sub(prep.guests.len());
    prep.strangers.get(..room).unwrap_or(&prep.strangers)
}

/// How many more come.
fn others_more(prep: &Prep<'_>, pen: &Pen<'_>) -> Option<Line> {
    let told = prep.guests.len().min(MOST_GUESTS) + strangers(prep).len();
    let more = prep.guests.len() + prep.strangers.len() - told;
    (more > 0).then(|| line(words::more_people(more, pen.lang)))
}

fn of_guest(guest: &Guest<'_>, pen: &Pen<'_>) -> Vec<Line> {
    let of = &guest.somebody;
    let lang = pen.lang;
    let mut who: Vec<String> = Vec::new();
    if let Some(post) = of.post() {
        let role = post.role.as_deref().map(|role| format!(" {}", pen.text(role))).unwrap_or_default();
        who.push(format!("{}{role}", pen.text(&post.org)));
    }
    who.extend(of.person.location.as_deref().map(|place| pen.text(place)));
    if !guest.to_talk_to {
        who = vec![standing(guest.reach.state, of.person.status, lang).to_owned()];
    }
    let mut out = vec![line(pen.in_parentheses(&pen.name(of.note), &pen.list(&who)))];
    if !guest.to_talk_to {
        return out;
    }
    let mourning = guest.mourning.map(|mourning| words::mourning(mourning, lang));
    out.extend(mourning.map(|since| below(pen.labelled("喪中", "in mourning", &since))));
    out.push(below(pen.labelled("前回", "last time", &last(guest, pen))));
    let earlier = guest.last.as_ref().filter(|talk| Some(talk.day) != guest.last_contact);
    out.extend(earlier.map(|talk| below(pen.labelled("以前の話", "earlier", &dated(talk, pen)))));
    let threads =
        guest.threads.iter().filter(|thread| guest.last.as_ref().is_none_or(|l| l.text != thread.text));
    out.extend(threads.map(|thread| below(pen.labelled("続き", "to follow up", &dated(thread, pen)))));
    out.extend(guest.promises.iter().map(|promise| below(promised(promise, pen))));
    out.extend(guest.milestones.iter().map(|milestone| {
        let what = pen.in_parentheses(&pen.text(&milestone.what), &milestone.day.to_string());
        match milestone.day > pen.today {
            true => below(pen.labelled("まもなく", "soon", &what)),
            false => below(pen.labelled("近ごろの出来事", "new with them", &what)),
        }
    }));
    out
}

/// What was said, or else only when it was, and at which event.
fn last(guest: &Guest<'_>, pen: &Pen<'_>) -> String {
    let Some(day) = guest.last_contact else { return none(pen.lang).to_owned() };
    if let Some(talk) = guest.last.as_ref().filter(|talk| talk.day == day) {
        return dated(talk, pen);
    }
    let Some(event) = guest.met_at else { return pen.day(day) };
    // Many an event's note is named after its day, which stands there anyway.
    let name = event.name();
    let bare = name.strip_prefix(&day.to_string()).map(str::trim).filter(|rest| !rest.is_empty());
    let name = pen.text(bare.unwrap_or(name));
    match pen.lang {
        Lang::Ja => format!("{}、{name} で", pen.day(day)),
        Lang::En => format!("{}, at {name}", pen.day(day)),
    }
}

/// `「…」（2026-09-14・68日前、LINE）`
fn dated(talk: &Talk<'_>, pen: &Pen<'_>) -> String {
    let mut inside = vec![pen.day(talk.day)];
    inside.extend(talk.channel.map(|channel| pen.text(&page::channel_name(channel, pen.lang))));
    pen.in_parentheses(&pen.quoted(&talk.text), &pen.list(&inside))
}

fn promised(promise: &Promise<'_>, pen: &Pen<'_>) -> String {
    let due = promise.due.map(|due| match pen.lang {
        Lang::Ja => format!("{due} まで"),
        Lang::En => format!("by {due}"),
    });
    let text = pen.in_parentheses(&pen.text(&promise.task.text), &due.unwrap_or_default());
    match promise.task.theirs {
        true => pen.labelled("相手の約束", "they promised", &text),
        false => pen.labelled("こちらの約束", "you promised", &text),
    }
}

fn common(prep: &Prep<'_>, pen: &Pen<'_>) -> Vec<Line> {
    let of = |common: &Common<'_>| {
        let (ja, en) = match common.ground {
            Ground::Interest => ("関心", "interest"),
            Ground::Org => ("所属", "organisation"),
            Ground::Place => ("場所", "place"),
        };
        let you = common.yours.then(|| pick(pen.lang, "自分", "you").to_owned());
        let people: Vec<String> =
            you.into_iter().chain(common.people.iter().map(|note| pen.bare(note))).collect();
        line(match pen.lang {
            Lang::Ja => format!("{ja}「{}」：{}", pen.text(common.what), pen.few(people)),
            Lang::En => format!("{en} “{}”: {}", pen.text(common.what), pen.few(people)),
        })
    };
    prep.common.iter().map(of).collect()
}

/// `「…」のその後`
fn asked(question: &Question<'_>, pen: &Pen<'_>) -> String {
    let text = pen.quoted(&shorten(question.text(), LONGEST_ASKED));
    match (question, pen.lang) {
        (Question::Thread(..), Lang::Ja) => format!("{text}のその後"),
        (Question::Thread(..), Lang::En) => format!("how {text} went on"),
        (Question::Last(..), Lang::Ja) => format!("{text}の続き"),
        (Question::Last(..), Lang::En) => format!("on from {text}"),
        (Question::Goal(_), Lang::Ja) => format!("{text}について、力になれることはないか"),
        (Question::Goal(_), Lang::En) => format!("how you could help with {text}"),
        (Question::Strength(_), Lang::Ja) => format!("{text}をどう進めているか"),
        (Question::Strength(_), Lang::En) => format!("how they go about {text}"),
    }
}

fn questions(prep: &Prep<'_>, pen: &Pen<'_>) -> Vec<Line> {
    let mut out = Vec::new();
    for guest in foremost(prep).into_iter().filter(|guest| !guest.questions.is_empty()) {
        out.push(line(pen.bare(guest.somebody.note)));
        out.extend(guest.questions.iter().map(|question| {
            let day = question.day().map(|day| day.to_string()).unwrap_or_default();
            below(pen.in_parentheses(&asked(question, pen), &day))
        }));
    }
    out
}

fn starters(prep: &Prep<'_>, pen: &Pen<'_>) -> Vec<Line> {
    let words = |starter: &Starter<'_>| match starter {
        Starter::InCommon(word) => {
            pen.in_parentheses(&pen.text(word), pick(pen.lang, "共通の関心", "in common"))
        }
        Starter::Theirs(word) => {
            pen.in_parentheses(&pen.text(word), pick(pen.lang, "関心", "their interest"))
        }
        Starter::Last(day, text) => {
            let short = pen.quoted(&shorten(text, LONGEST_ASKED));
            pen.in_parentheses(&short, &day.to_string())
        }
    };
    let guests = foremost(prep).into_iter().filter(|guest| !guest.starters.is_empty());
    guests
        .map(|guest| {
            let all: Vec<String> = guest.starters.iter().map(words).collect();
            line(format!("{}{}{}", pen.bare(guest.somebody.note), pen.colon(), pen.list(&all)))
        })
        .collect()
}

fn others(prep: &Prep<'_>, pen: &Pen<'_>) -> Vec<Line> {
    let why = |link: &Link| {
        let text = pen.text(link.text());
        match (link, pen.lang) {
            (Link::Org(_) | Link::GuestsOrg(_), Lang::Ja) => format!("所属「{text}」"),
            (Link::Org(_) | Link::GuestsOrg(_), Lang::En) => format!("organisation “{text}”"),
            (Link::FormerOrg(_), Lang::Ja) => format!("以前の所属「{text}」"),
            (Link::FormerOrg(_), Lang::En) => format!("formerly “{text}”"),
            (Link::Interest(_), Lang::Ja) => format!("関心「{text}」"),
            (Link::Interest(_), Lang::En) => format!("interest “{text}”"),
            (Link::Place(_), Lang::Ja) => format!("場所「{text}」"),
            (Link::Place(_), Lang::En) => format!("place “{text}”"),
        }
    };
    let of = |other: &crate::brief::event::Other<'_>| {
        let all: Vec<String> = other.links.iter().map(why).collect();
        line(format!("{}{}{}", pen.name(other.somebody.note), pen.colon(), pen.list(&all)))
    };
    let mut out: Vec<Line> = prep.others.iter().map(of).collect();
    out.extend((prep.more_others > 0).then(|| line(words::more_people(prep.more_others, pen.lang))));
    out
}

/// A goal with blanks, filled in as far as the notes can.
fn aim(prep: &Prep<'_>, pen: &Pen<'_>) -> Vec<Line> {
    if prep.guests.iter().all(|guest| !guest.to_talk_to) && prep.strangers.is_empty() {
        return Vec::new();
    }
    let text = match (&prep.aim, pen.lang) {
        (Some(aim), Lang::Ja) => format!(
            "〔{}〕と〔{MINUTES}分〕、〔{}〕を聞く",
            pen.polite(aim.somebody.note),
            asked(&aim.question, pen)
        ),
        (Some(aim), Lang::En) => format!(
            "〔{}〕, 〔{MINUTES} minutes〕, 〔{}〕",
            pen.bare(aim.somebody.note),
            asked(&aim.question, pen)
        ),
        (None, Lang::Ja) => format!("〔どなた〕と〔{MINUTES}分〕、〔何〕を聞く"),
        (None, Lang::En) => format!("〔who〕, 〔{MINUTES} minutes〕, 〔what to ask〕"),
    };
    let mut out = vec![line(text)];
    if prep.event.goal.is_none() {
        let hint = pick(
            pen.lang,
            "自分の言葉にして、フロントマターの goal に書いておけます",
            "put it into your own words, as goal in the front matter",
        );
        out.push(below(hint.to_owned()));
    }
    out
}

fn afterwards(prep: &Prep<'_>, pen: &Pen<'_>) -> Vec<Line> {
    let guests = foremost(prep).into_iter().filter(|guest| guest.to_talk_to);
    let people = guests.map(|guest| pen.name(guest.somebody.note));
    let all = people.chain(strangers(prep).iter().map(|name| pen.listed(name)));
    let one = |name: String| match pen.lang {
        Lang::Ja => format!("{name}：ひとことお礼と、話したことの続き"),
        Lang::En => format!("{name}: a word of thanks, and on from what you talked about"),
    };
    all.map(|name| Line { depth: 0, to_tick: true, text: one(name) }).collect()
}
