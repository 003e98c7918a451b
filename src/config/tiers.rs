//! Tiers: how close a tie is, and what follows from that.

use std::collections::HashMap;
use std::sync::Arc;

use super::reader::Reader;
use super::values::{Choice as _, WINDOW, choice};
use crate::date::{Stretch, Window};
use crate::problem::{Takes, What};
use crate::text::{Span, fold, nearest};

choice! {
    /// The register of language.
    Register {
        /// くだけた
        Casual = "casual",
        /// 丁寧
        Polite = "polite",
        /// かしこまった
        Formal = "formal",
    }
}

impl Register {
    /// Reads `casual`, `polite`, `formal`, and くだけた, 丁寧, かしこまった.
    pub fn parse(text: &str) -> Option<Self> {
        match fold(text).as_ref() {
            "casual" | "くだけた" => Some(Self::Casual),
            "polite" | "丁寧" => Some(Self::Polite),
            "formal" | "かしこまった" => Some(Self::Formal),
            _ => None,
        }
    }
}

/// How close a tie is.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// The name of its table: `close`.
    pub id: Arc<str>,
    /// Other words for it.
    pub names: Vec<String>,
    /// The span after the last contact in which the next one should fall.
    pub window: Window,
    /// The usual channels, the best first.
    pub channels: Vec<String>,
    /// The register of language.
    pub register: Register,
    /// How much these ties matter beside others; above 0.
    pub weight: f64,
    /// Days that a birthday is announced ahead, where it is not `[birthdays] lead`.
    pub lead: Option<u32>,
}

/// The tiers that every vault has.
pub(super) fn defaults() -> Vec<Tier> {
    let words = |list: &[&str]| list.iter().map(|&word| word.to_owned()).collect();
    let tier = |id: &str, names: &[&str], months: (u32, u32), channels: &[&str], register, weight| Tier {
        id: id.into(),
        names: words(names),
        window: Window {
            min: Some(Stretch { months: months.0, days: 0 }),
            max: Stretch { months: months.1, days: 0 },
        },
        channels: words(channels),
        register,
        weight,
        lead: None,
    };
    use Register::{Casual, Formal, Polite};
    vec![
        tier(
            "close",
            &["親しい同僚", "友人", "friend", "close colleague"],
            (1, 2),
            &["line", "email", "sns"],
            Casual,
            5.0,
        ),
        tier(
            "senior",
            &["上司", "先輩", "恩師", "boss", "mentor", "manager"],
            (3, 4),
            &["email", "linkedin"],
            Formal,
            4.0,
        ),
        tier("colleague", &["同僚", "一般的な同僚", "元同僚"], (4, 6), &["sns", "chat"], Polite, 2.0),
        tier("project", &["プロジェクト関係者", "仕事仲間"], (5, 6), &["linkedin"], Polite, 1.0),
        tier("client", &["取引先", "顧客", "客先", "partner"], (5, 6), &["email"], Formal, 3.0),
    ]
}

/// The tier that a word means: the one of that id, else of that name.
pub(super) fn of_word<'t>(tiers: &'t [Tier], word: &str) -> Option<&'t Tier> {
    let word = fold(word);
    let by_id = tiers.iter().find(|tier| fold(&tier.id) == word);
    by_id.or_else(|| tiers.iter().find(|tier| tier.names.iter().any(|name| fold(name) == word)))
}

/// Reads `[tiers]`: changes to the tiers known, and new ones.
pub(super) fn read(r: &mut Reader<'_>, tiers: &mut Vec<Tier>) {
    let mut named = Vec::new();
    for (at, tier) in tiers.iter_mut().enumerate() {
        r.table(tier.id.to_string(), |r| {
            if let Some(places) = keys(r, tier).names {
                named.push(Named { tier: at, places });
            }
        });
    }
    for id in r.rest() {
        r.table(id.clone(), |r| {
            if fold(&id).is_empty() {
                return r.bad_name("tiers", &id, OWN);
            }
            let near = nearest(&id, tiers.iter().map(|tier| &*tier.id)).map(str::to_owned);
            let taken = tiers.iter().any(|tier| fold(&tier.id) == fold(&id));
            match near {
                Some(near) if taken || !r.has("window") => r.misnamed(&near),
                _ => {
                    let mut tier = fresh(&id);
                    let given = keys(r, &mut tier);
                    if !given.window {
                        r.missing("window", WINDOW);
                    }
                    named.push(Named { tier: tiers.len(), places: given.names.unwrap_or_default() });
                    tiers.push(tier);
                }
            }
        });
    }
    report_taken(r, tiers, &named);
    give_way(tiers, &named);
}

const OWN: Takes =
    Takes {
        en: "tiers with a name", ja: "名前のある間柄", like: "[tiers.family], [tiers.\"家族\"]"
    };

fn fresh(id: &str) -> Tier {
    let window = Window { min: None, max: Stretch { months: 6, days: 0 } };
    let (names, channels) = (Vec::new(), Vec::new());
    Tier { id: id.into(), names, window, channels, register: Register::Polite, weight: 1.0, lead: None }
}

/// What the file says of a tier.
struct Given {
    /// Where its names stand.
    names: Option<Vec<Span>>,
    window: bool,
}

/// A tier whose names stand in the file, each at its place.
struct Named {
    tier: usize,
    places: Vec<Span>,
}

fn keys(r: &mut Reader<'_>, tier: &mut Tier) -> Given {
    let mut places = Vec::new();
    let names = r.words_at("names", &mut tier.names, &mut places);
    let window = r.window("window", &mut tier.window);
    r.words("channels", &mut tier.channels);
    r.take("register", &Register::KIND, &mut tier.register, |v| Register::parse(v.text()?));
    r.factor("weight", &mut tier.weight);
    r.own_days("lead", &mut tier.lead);
    Given { names: names.then_some(places), window }
}

/// Reports names that can never mean their tier: an id is the word for its own tier, and a name
/// for the tier that it is given to first.
fn report_taken(r: &mut Reader<'_>, tiers: &[Tier], named: &[Named]) {
    let of_tier = |named: &Named| {
        let (at, places) = (named.tier, named.places.clone());
        tiers[at].names.iter().zip(places).map(move |(name, place)| (place, at, name))
    };
    let mut names: Vec<(Span, usize, &String)> = named.iter().flat_map(of_tier).collect();
    names.sort_by_key(|(place, ..)| place.start);
    let mut owners: HashMap<String, usize> =
        tiers.iter().enumerate().map(|(at, tier)| (fold(&tier.id).into_owned(), at)).collect();
    for (place, at, name) in names {
        let owner = *owners.entry(fold(name).into_owned()).or_insert(at);
        if owner != at {
            let (word, tier) = (name.clone(), tiers[owner].id.to_string());
            r.report(place, What::TakenWord { word, tier });
        }
    }
}

/// A default name that the file gives to another tier is that one's alone.
fn give_way(tiers: &mut [Tier], named: &[Named]) {
    let mut owner: HashMap<String, usize> = HashMap::new();
    for Named { tier, .. } in named {
        for name in &tiers[*tier].names {
            owner.entry(fold(name).into_owned()).or_insert(*tier);
        }
    }
    let is_named = |at: usize| named.iter().any(|named| named.tier == at);
    for (at, tier) in tiers.iter_mut().enumerate().filter(|(at, _)| !is_named(*at)) {
        tier.names.retain(|name| owner.get(fold(name).as_ref()).is_none_or(|of| *of == at));
    }
}
