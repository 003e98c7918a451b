//! What is known of an organisation's people, as Markdown for its note.
//!
//! Days are written out, never counted from today: a page that says the same stays the same.

use chrono::NaiveDate;

use super::{MEMBERS, words};
use crate::brief::alumni::{Alumni, Gathering, Member, Standing};
use crate::cli::words::{more_people, pick};
use crate::page::{Linker, harmless};
use crate::text::Lang;

/// More ties of one person nobody reads in a line.
const TIES: usize = 12;

/// The lines between the markers.
pub fn body(alumni: &Alumni<'_>, linker: &Linker<'_>, today: NaiveDate, lang: Lang) -> String {
    let page = Page { alumni, linker, today, lang };
    let mut lines = page.facts();
    for standing in [Standing::There, Standing::Coming, Standing::Left] {
        let members: Vec<&Member<'_>> =
            alumni.members.iter().filter(|member| member.standing == standing).collect();
        if !members.is_empty() {
            lines.push(String::new());
            lines.push(page.bold(words::heading(standing, lang)));
            lines.push(String::new());
            let more = members.len().saturating_sub(MEMBERS);
            lines.extend(members.into_iter().take(MEMBERS).map(|member| page.member(member)));
            lines.extend((more > 0).then(|| format!("- {}", more_people(more, lang))));
        }
    }
    let ties = page.ties();
    if !ties.is_empty() {
        lines.push(String::new());
        lines.push(page.bold(pick(lang, "つながり", "who knows whom")));
        lines.push(String::new());
        let more = ties.len().saturating_sub(MEMBERS);
        lines.extend(ties.into_iter().take(MEMBERS));
        lines.extend((more > 0).then(|| format!("- {}", more_people(more, lang))));
    }
    lines.join("\n")
}

struct Page<'p, 'a> {
    alumni: &'p Alumni<'a>,
    linker: &'p Linker<'p>,
    today: NaiveDate,
    lang: Lang,
}

impl Page<'_, '_> {
    fn bold(&self, words: &str) -> String {
        format!("**{words}**")
    }

    fn fact(&self, ja: &str, en: &str, value: &str) -> String {
        match self.lang {
            Lang::Ja => format!("- {ja}：{value}"),
            Lang::En => format!("- {en}: {value}"),
        }
    }

    fn link(&self, member: &Member<'_>) -> String {
        self.linker.to(&member.of.note.path, &member.of.person.name)
    }

    fn listed(&self, parts: Vec<String>) -> String {
        parts.join(pick(self.lang, "、", ", "))
    }

    /// Your time there, the gatherings, who would bring them together.
    fn facts(&self) -> Vec<String> {
        let (alumni, lang) = (self.alumni, self.lang);
        let mut lines = Vec::new();
        if !alumni.mine.is_empty() {
            lines.push(self.fact("自分の在籍", "your time there", &words::mine(alumni, self.today, lang)));
        }
        if alumni.members.is_empty() {
            let nobody =
                pick(lang, "ここにいた人のノートはまだありません", "no notes yet of people who were there");
            lines.push(format!("- {nobody}"));
            return lines;
        }
        let gathering = |of: &Gathering<'_>| {
            let name = of.note.path.name();
            // A link says the day where the note's name does.
            words::gathering(of, &self.linker.to(&of.note.path, name), lang)
        };
        if let Some(last) = &alumni.last {
            lines.push(self.fact("前回の集まり", "last gathering", &gathering(last)));
        }
        if let Some(next) = &alumni.next {
            lines.push(self.fact("次の集まり", "next gathering", &gathering(next)));
        }
        if let Some((host, member)) = alumni.host_among_colleagues() {
            let (link, why) = (self.link(member), words::host(host, lang));
            let why = match lang {
                Lang::Ja => format!("{link}（{why}）"),
                Lang::En => format!("{link} ({why})"),
            };
            lines.push(self.fact("声をかけるなら", "who could bring them together", &why));
        }
        lines
    }

    /// `- [[真壁 徹]] — 2017-04〜現在、インフラ部長、ご一緒した期間 9年3か月、前回 2026-09-03`
    fn member(&self, member: &Member<'_>) -> String {
        let lang = self.lang;
        let mut parts = vec![words::period(member, self.today, lang)];
        let roles = words::roles(&member.posts);
        if !roles.is_empty() {
            parts.push(harmless(&roles));
        }
        let labelled = |ja: &str, en: &str, value: &str| format!("{} {value}", pick(lang, ja, en));
        let together = words::together(member, self.today, lang);
        if !self.alumni.mine.is_empty() && !together.is_empty() {
            parts.push(labelled("ご一緒した期間", "together", &together));
        }
        if member.standing == Standing::Left {
            parts.push(labelled("いま", "now", &harmless(&words::now(member, lang))));
        }
        if let Some(last) = member.last {
            parts.push(labelled("前回", "last contact", &last.to_string()));
        }
        format!("- {} — {}", self.link(member), self.listed(parts))
    }

    /// `- [[真壁 徹]] — [[藤代 航]]、[[河野 大地]]`: each tie once, with the one who stands first.
    fn ties(&self) -> Vec<String> {
        let members = &self.alumni.members;
        let of_each = members.iter().enumerate().filter_map(|(at, member)| {
            let bonds = self.alumni.bonds.iter().filter(|bond| bond.between.0 == at);
            let others = bonds.filter_map(|bond| members.get(bond.between.1));
            let names: Vec<String> = others.map(|other| self.link(other)).collect();
            let more = names.len().saturating_sub(TIES);
            let mut shown: Vec<String> = names.into_iter().take(TIES).collect();
            if more > 0 {
                let people = words::people(more, self.lang);
                shown.push(match self.lang {
                    Lang::Ja => format!("ほか{people}"),
                    Lang::En => format!("and {people} more"),
                });
            }
            (!shown.is_empty()).then(|| format!("- {} — {}", self.link(member), self.listed(shown)))
        });
        of_each.collect()
    }
}
