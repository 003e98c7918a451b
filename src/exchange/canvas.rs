//! A picture of who belongs where and who knows whom, as a JSON Canvas (jsoncanvas.org, 1.0): a node for
//! each person's note, a group for each organisation, an edge between those who know each other, and from
//! those who left an organisation to it.
//!
//! Knows what is in the picture; leaves where it stands to `layout`, and what becomes of a picture that
//! somebody has worked on to `merge`. Nobody who never appears is in it.

mod layout;
mod merge;
mod piece;
mod places;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use crate::config::Config;
use crate::index::Index;
use crate::note::Note;
use crate::note::org::{Post, short_name};
use crate::note::person::Person;
use crate::plan::label::held;
use crate::plan::reach;
use crate::text::{Lang, fold, fold_name, link_key, long_hash, one_line, pick};

pub use piece::{NotACanvas, is_own};

/// A node as goen places it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Node {
    id: String,
    what: Shown,
    /// The frame it belongs into, or that it is.
    frame: String,
    /// Where it stands in a picture that nobody has worked on.
    place: Rect,
    /// One of the six colours that every program has its own shades for.
    colour: Option<usize>,
}

/// What a node shows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    /// A note, by its path.
    File(String),
    /// A group, by its label.
    Group(String),
}

/// Where a node stands, in the canvas's pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Rect {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
}

/// A line between two nodes, by their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edge {
    id: String,
    from: String,
    to: String,
    label: Option<String>,
}

/// Which lines are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    /// All.
    All,
    /// Those within a frame, and of those between frames the ones of people of the first tier.
    Near,
    /// None.
    None,
}

/// A picture.
#[derive(Debug, Default)]
pub struct Drawn {
    /// The text of a canvas.
    pub text: String,
    /// So many lines are not in it, as there are too many.
    pub left_out: usize,
}

/// Of more lines than this nobody can follow one: where nobody has said which are to be drawn, only near
/// ones are.
const MANY: usize = 300;

/// The picture on a day; `before` is what stands in its place, on which somebody may have worked: what
/// they moved, sized, coloured or added stays.
///
/// # Errors
/// Where what stands there is no canvas.
pub fn canvas(
    index: &Index,
    config: &Config,
    today: NaiveDate,
    lang: Lang,
    ties: Option<Ties>,
    before: Option<&str>,
) -> Result<Drawn, NotACanvas> {
    let (nodes, mut edges) = picture(index, config, today, lang);
    let all = edges.len();
    match ties.unwrap_or(if all > MANY { Ties::Near } else { Ties::All }) {
        Ties::All => {}
        Ties::Near => keep_near(&mut edges, &nodes, &of_first_tier(index, config)),
        Ties::None => edges.clear(),
    }
    let left_out = if ties.is_none() { all - edges.len() } else { 0 };
    let may_appear = |path: &str| {
        let note = index.note(path);
        note.is_some_and(|note| !note.person().is_some_and(|person| person.status.is_gone()))
    };
    Ok(Drawn { text: merge::merged(&nodes, &edges, before, may_appear)?, left_out })
}

/// An organisation, and who is there.
#[derive(Debug, Default)]
struct Group {
    label: String,
    members: Vec<usize>,
}

/// The colours there are.
const COLOURS: usize = 6;

fn picture(index: &Index, config: &Config, today: NaiveDate, lang: Lang) -> (Vec<Node>, Vec<Edge>) {
    let mut people: Vec<(&Note, &Person)> = index.people().map(|(note, person, _)| (note, person)).collect();
    people.retain(|(_, person)| !person.status.is_gone());
    people.sort_by_cached_key(|(note, person)| {
        (fold_name(person.reading.as_deref().unwrap_or(&person.name)), note.path.clone())
    });
    let orgs = Orgs::of(index);
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for (at, (_, person)) in people.iter().enumerate() {
        let (key, label) = match held(&person.posts, today) {
            Some(post) => orgs.of_post(post),
            None => (String::new(), pick(lang, "所属なし", "No organisation").to_owned()),
        };
        let group = groups.entry(key).or_default();
        if group.label.is_empty() {
            group.label = label;
        }
        group.members.push(at);
    }
    // The largest first; those who belong nowhere last.
    let mut ordered: Vec<(&String, &Group)> = groups.iter().collect();
    ordered.sort_by_key(|(key, group)| (key.is_empty(), std::cmp::Reverse(group.members.len()), *key));
    let names = |group: &Group| group.members.iter().map(|at| one_line(&people[*at].1.name)).collect();
    let blocks: Vec<layout::Block<'_>> =
        ordered.iter().map(|(_, group)| layout::Block { label: &group.label, names: names(group) }).collect();
    let placed = layout::placed(&blocks);
    let mut nodes = Vec::new();
    let mut of_people = Vec::new();
    for ((key, group), block) in ordered.iter().zip(placed) {
        let label = Shown::Group(group.label.clone());
        let frame = group_id(key);
        nodes.push(Node {
            id: frame.clone(),
            what: label,
            frame: frame.clone(),
            place: block.frame,
            colour: None,
        });
        for (at, place) in group.members.iter().zip(block.members) {
            let (note, person) = people[*at];
            let tier = reach::tier(person, config).map(|tier| &tier.id);
            let colour = config.tiers.iter().position(|known| Some(&known.id) == tier);
            let what = Shown::File(note.path.to_string());
            let colour = colour.map(|at| at % COLOURS + 1);
            of_people.push(Node { id: person_id(note), what, frame: frame.clone(), place, colour });
        }
    }
    // What comes later in a canvas lies above.
    nodes.extend(of_people);
    let edges = edges(index, &people, &groups, &orgs, today, lang);
    (nodes, edges)
}

fn person_id(note: &Note) -> String {
    named("p", &[&link_key(note.path.as_str())])
}

fn group_id(key: &str) -> String {
    named("g", &[key])
}

/// An id that is the same on every machine, and known for goen's.
fn named(sort: &str, parts: &[&str]) -> String {
    format!("{}{sort}-{}", piece::OWN, &long_hash(parts)[..16])
}

fn edges(
    index: &Index,
    people: &[(&Note, &Person)],
    groups: &BTreeMap<String, Group>,
    orgs: &Orgs,
    today: NaiveDate,
    lang: Lang,
) -> Vec<Edge> {
    let at: HashMap<&str, usize> =
        people.iter().enumerate().map(|(at, (note, _))| (note.path.as_str(), at)).collect();
    let mut known: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (one, (note, _)) in people.iter().enumerate() {
        let others = index.acquaintances(note).into_iter().filter_map(|other| at.get(other.path.as_str()));
        known.extend(others.filter(|other| **other != one).map(|other| (one.min(*other), one.max(*other))));
    }
    let mut edges: Vec<Edge> = known
        .into_iter()
        .map(|(a, b)| {
            let (from, to) = (person_id(people[a].0), person_id(people[b].0));
            Edge { id: named("e", &[&from, &to]), from, to, label: None }
        })
        .collect();
    for (note, person) in people {
        let now = held(&person.posts, today).map(|post| orgs.of_post(post).0);
        let mut seen = BTreeSet::new();
        for post in person.posts.iter().filter(|post| is_over(post, today)) {
            let (key, _) = orgs.of_post(post);
            // Who is back there, and what nobody is at any more, needs no line.
            if now.as_ref() == Some(&key) || !groups.contains_key(&key) || !seen.insert(key.clone()) {
                continue;
            }
            let label = match (post.to, lang) {
                (Some(to), Lang::Ja) => format!("〜{to}"),
                (Some(to), Lang::En) => format!("until {to}"),
                (None, lang) => pick(lang, "前職", "formerly").to_owned(),
            };
            let (from, to) = (person_id(note), group_id(&key));
            edges.push(Edge { id: named("f", &[&from, &to]), from, to, label: Some(label) });
        }
    }
    edges
}

/// The nodes of those who belong to the first tier.
fn of_first_tier(index: &Index, config: &Config) -> HashSet<String> {
    let first = config.tiers.first().map(|tier| &tier.id);
    let is_first =
        |person: &Person| first.is_some() && reach::tier(person, config).map(|tier| &tier.id) == first;
    let people = index.people().filter(|(_, person, _)| is_first(person));
    people.map(|(note, ..)| person_id(note)).collect()
}

fn keep_near(edges: &mut Vec<Edge>, nodes: &[Node], first: &HashSet<String>) {
    let by_id: HashMap<&str, &Node> = nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    edges.retain(|edge| {
        let ends = by_id.get(edge.from.as_str()).zip(by_id.get(edge.to.as_str()));
        ends.is_some_and(|(from, to)| {
            let counts = |node: &Node| first.contains(&node.id) || matches!(node.what, Shown::Group(_));
            from.frame == to.frame || counts(from) && counts(to)
        })
    });
}

fn is_over(post: &Post, today: NaiveDate) -> bool {
    post.past || post.to.is_some_and(|to| to.last_day() < today)
}

/// The organisations that have a note, by all names that mean them.
struct Orgs(HashMap<String, (String, String)>);

impl Orgs {
    fn of(index: &Index) -> Self {
        let mut names = HashMap::new();
        for (note, org) in index.organisations() {
            let known =
                (format!("/{}", link_key(note.path.as_str())), one_line(note.path.name()).into_owned());
            let aliases = org.aliases.iter().map(|alias| &**alias);
            for name in [note.path.name()].into_iter().chain(aliases) {
                names.entry(org_key(name)).or_insert_with(|| known.clone());
            }
        }
        Self(names)
    }

    /// What tells the organisation of a post from others, and what it is called.
    fn of_post(&self, post: &Post) -> (String, String) {
        let of_link = post.link.as_deref().map(|link| link.rsplit('/').next().unwrap_or(link));
        let mut names = of_link.into_iter().chain([&*post.org]);
        let known = names.find_map(|name| self.0.get(&org_key(name)));
        // A link means what it leads to, whatever words it shows.
        let name = of_link.filter(|name| !name.is_empty()).unwrap_or(&post.org);
        known.cloned().unwrap_or_else(|| (org_key(name), one_line(name).into_owned()))
    }
}

/// One key for ㈱ミナト, 株式会社ミナト and ミナト.
fn org_key(name: &str) -> String {
    Some(short_name(name)).filter(|short| !short.is_empty()).unwrap_or_else(|| fold(name).into_owned())
}
