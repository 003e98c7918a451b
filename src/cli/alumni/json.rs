//! The people of an organisation as JSON.

use chrono::NaiveDate;
use serde::Serialize;

use crate::brief::alumni::{Alumni, Gathering, Member};
use crate::brief::time::{Spell, months};

#[derive(Serialize)]
pub(super) struct View<'a> {
    pub(super) name: &'a str,
    pub(super) path: Option<&'a str>,
    pub(super) mine: Vec<PostView<'a>>,
    months: Option<i64>,
    pub(super) members: Vec<MemberView<'a>>,
    ties: Vec<TieView<'a>>,
    pub(super) last_gathering: Option<GatheringView<'a>>,
    next_gathering: Option<GatheringView<'a>>,
    pub(super) host: Option<HostView<'a>>,
    pub(super) silent: Vec<&'a str>,
    written: bool,
}

#[derive(Serialize)]
pub(super) struct PostView<'a> {
    pub(super) name: &'a str,
    pub(super) role: Option<&'a str>,
    from: Option<String>,
    to: Option<String>,
    past: bool,
}

#[derive(Serialize)]
pub(super) struct MemberView<'a> {
    pub(super) path: &'a str,
    pub(super) name: &'a str,
    pub(super) standing: &'static str,
    pub(super) posts: Vec<PostView<'a>>,
    now: Option<PostView<'a>>,
    pub(super) together: &'static str,
    shared: Vec<SpellView>,
    shared_months: Option<i64>,
    state: &'static str,
    last_contact: Option<NaiveDate>,
    ties: usize,
}

#[derive(Serialize)]
pub(super) struct SpellView {
    from: Option<String>,
    to: Option<String>,
}

#[derive(Serialize)]
pub(super) struct TieView<'a> {
    pub(super) between: [&'a str; 2],
    linked: bool,
    pub(super) events: usize,
}

#[derive(Serialize)]
pub(super) struct GatheringView<'a> {
    date: NaiveDate,
    pub(super) path: &'a str,
    pub(super) people: usize,
}

#[derive(Serialize)]
pub(super) struct HostView<'a> {
    pub(super) path: &'a str,
    pub(super) name: &'a str,
    why: &'static str,
    pub(super) people: usize,
    last_contact: Option<NaiveDate>,
}

#[derive(Serialize)]
pub(super) struct RowView<'a> {
    pub(super) name: &'a str,
    pub(super) path: Option<&'a str>,
    pub(super) mine: Vec<PostView<'a>>,
    pub(super) left: bool,
    pub(super) people: usize,
    pub(super) there: usize,
    pub(super) in_touch: usize,
    pub(super) last_gathering: Option<GatheringView<'a>>,
}

pub(super) fn view<'a>(alumni: &'a Alumni<'_>, today: NaiveDate, written: bool) -> View<'a> {
    let path = |at: usize| alumni.members.get(at).map_or("", |member| member.of.note.path.as_str());
    View {
        name: alumni.org.name,
        path: alumni.org.note.map(|note| note.path.as_str()),
        mine: mine(alumni),
        months: alumni.mine.iter().map(|of| months(*of, today)).sum::<Option<i64>>().filter(|n| *n > 0),
        members: alumni.members.iter().map(member).collect(),
        ties: alumni
            .bonds
            .iter()
            .map(|bond| TieView {
                between: [path(bond.between.0), path(bond.between.1)],
                linked: bond.linked,
                events: bond.events,
            })
            .collect(),
        last_gathering: alumni.last.as_ref().map(gathering),
        next_gathering: alumni.next.as_ref().map(gathering),
        host: alumni.host.and_then(|host| {
            let member = alumni.members.get(host.at)?;
            Some(HostView {
                path: member.of.note.path.as_str(),
                name: &member.of.person.name,
                why: if host.by_ties { "ties" } else { "time" },
                people: host.people,
                last_contact: member.last,
            })
        }),
        silent: alumni.silent.iter().map(|at| path(*at)).collect(),
        written,
    }
}

pub(super) fn mine<'a>(alumni: &'a Alumni<'_>) -> Vec<PostView<'a>> {
    let all = alumni.org.mine.iter();
    all.map(|post| PostView {
        name: &post.org,
        role: post.role.as_deref(),
        from: post.from.map(|from| from.to_string()),
        to: post.to.map(|to| to.to_string()),
        past: false,
    })
    .collect()
}

pub(super) fn member<'a>(member: &'a Member<'_>) -> MemberView<'a> {
    let post = |post: &'a crate::note::org::Post| PostView {
        name: &post.org,
        role: post.role.as_deref(),
        from: post.from.map(|from| from.to_string()),
        to: post.to.map(|to| to.to_string()),
        past: post.past,
    };
    let spell = |of: &Spell| SpellView {
        from: of.from.map(|from| from.to_string()),
        to: of.to.map(|to| to.to_string()),
    };
    MemberView {
        path: member.of.note.path.as_str(),
        name: &member.of.person.name,
        standing: member.standing.word(),
        posts: member.posts.iter().map(|own| post(own)).collect(),
        now: member.now.map(post),
        together: member.shared.together.word(),
        shared: member.shared.spells.iter().map(spell).collect(),
        shared_months: member.shared.months,
        state: member.state.word(),
        last_contact: member.last,
        ties: member.ties,
    }
}

pub(super) fn gathering<'a>(of: &Gathering<'a>) -> GatheringView<'a> {
    GatheringView { date: of.day, path: of.note.path.as_str(), people: of.members }
}
