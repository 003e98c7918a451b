//! The words of a card made fit for a note: in one line, harmless, and such that a note that holds them
//! says the same.

use super::{addresses, names};
use crate::exchange::card::{Card, CardPost};
use crate::note::dialect::Dialect;
use crate::note::find::{is_not_yet, shown};
use crate::note::{keys, kind};
use crate::page;
use crate::text::{Lang, fold, fold_name};

/// More of one kind nobody has.
const MOST: usize = 20;
/// A longer value is no value, in characters.
const LONGEST: usize = 500;
/// Free text of more lines is cut.
const MOST_LINES: usize = 1_000;

/// A card whose every word can stand in a note; what says nothing is gone.
pub fn cleaned(card: Card) -> Card {
    let cut = too_much(&card);
    let word = |text: String| clean(&text);
    let option = |text: Option<String>| text.map(word).filter(|text| !text.is_empty());
    let list = |all: Vec<String>| -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for text in all.into_iter().map(word) {
            if out.len() < MOST && !text.is_empty() && out.iter().all(|known| fold(known) != fold(&text)) {
                out.push(text);
            }
        }
        out
    };
    let post = |post: CardPost| {
        let (org, unit, role) = (clean(&post.org), option(post.unit), option(post.role));
        (!org.is_empty()).then_some(CardPost { org, unit, role, ..post })
    };
    let channels = card.channels.iter().flat_map(|(channel, text)| {
        // As a note with that text would be read.
        let text = clean(text);
        let parts = keys::addresses(channel, &text).into_iter();
        let parts = parts.flat_map(|part| if channel == "phone" { numbers(part) } else { vec![part] });
        parts.map(|address| (channel.clone(), address.to_owned())).collect::<Vec<_>>()
    });
    let mut kept: Vec<(String, String)> = Vec::new();
    for (channel, address) in channels.filter(|(_, address)| !address.is_empty()) {
        let same = kept.iter().filter(|(known, _)| *known == channel).count();
        let is_known = |(known, said): &(String, String)| {
            *known == channel && addresses::is_one(&channel, said, &address)
        };
        if same < MOST && !kept.iter().any(is_known) {
            kept.push((channel, address));
        }
    }
    let whole = clean(&card.name);
    let (name, title) = names::untitled(&whole);
    let title = option(card.honorific).or_else(|| title.map(str::to_owned));
    Card {
        line: card.line,
        name: name.to_owned(),
        family: option(card.family),
        given: option(card.given),
        reading: option(card.reading),
        aliases: list(card.aliases),
        honorific: title.filter(|word| !is_common(word)),
        channels: kept,
        posts: card.posts.into_iter().filter_map(post).take(MOST).collect(),
        birthday: card.birthday,
        address: option(card.address),
        postal_code: option(card.postal_code),
        location: option(card.location),
        joint_names: list(card.joint_names),
        died: card.died,
        status: card.status,
        interests: list(card.interests),
        groups: list(card.groups),
        lang: card.lang.as_deref().and_then(language).map(|lang| lang.code().to_owned()),
        met: card.met,
        note: card.note.filter(|note| !note.trim().is_empty()),
        uid: card.uid.filter(|uid| uid.len() <= LONGEST),
        left: card.left.into_iter().chain(cut.into_iter().map(str::to_owned)).collect(),
    }
}

/// Numbers that a sign parts, where each is one by itself.
fn numbers(text: &str) -> Vec<&str> {
    /// Fewer digits are an extension.
    const SHORTEST: usize = 7;
    let parts: Vec<&str> = text.split(['/', '／']).map(str::trim).collect();
    let is_one = |part: &&str| part.chars().filter(|c| c.is_numeric()).count() >= SHORTEST;
    if parts.iter().all(is_one) { parts } else { vec![text] }
}

/// Of what a card says more than a note takes: too many values, too long ones, or signs of a template.
fn too_much(card: &Card) -> Vec<&'static str> {
    let is_long = |text: &String| text.chars().count() > LONGEST || is_open(text);
    let has_many = |channel: &str| card.channels.iter().filter(|(known, _)| known == channel).count() > MOST;
    let orgs = || card.posts.iter().map(|post| &post.org);
    let roles = || card.posts.iter().flat_map(|post| post.role.iter().chain(&post.unit));
    let lines = card.note.as_deref().map_or(0, |note| note.lines().count());
    let all = [
        ("email", has_many("email")),
        ("phone", has_many("phone")),
        ("aliases", card.aliases.len() > MOST || card.aliases.iter().any(is_long)),
        ("org", card.posts.len() > MOST || orgs().any(is_long)),
        ("role", roles().any(is_long)),
        ("address", card.address.as_ref().is_some_and(is_long)),
        ("interests", card.interests.len() > MOST || card.interests.iter().any(is_long)),
        ("tags", card.groups.len() > MOST || card.groups.iter().any(is_long)),
        ("NOTE (1001-)", lines > MOST_LINES),
    ];
    all.into_iter().filter_map(|(name, is_cut)| is_cut.then_some(name)).collect()
}

/// Whether somebody can be called so: no number that a telephone has kept without a name, no placeholder.
pub fn is_name(name: &str) -> bool {
    !clean(name).is_empty() && !addresses::is_number(name)
}

/// A text as a note would read it; empty for one that says nothing.
fn clean(text: &str) -> String {
    let mut text = shown(text);
    // Links may stand within links.
    for _ in 0..4 {
        // `#tag` is a tag, `#203` the door of a house.
        let bare = text.trim_start_matches('#');
        let next = shown(if bare.starts_with(|c: char| c.is_ascii_digit()) { text.as_str() } else { bare });
        if next == text {
            break;
        }
        text = next;
    }
    let fits = shown(&text) == text && text.chars().count() <= LONGEST && !is_not_yet(&text);
    if fits && !is_open(&text) { text.as_str().to_owned() } else { String::new() }
}

/// What a template leaves to be filled in would make the note one.
fn is_open(text: &str) -> bool {
    ["{{", "}}", "<%", "%>"].iter().any(|sign| text.contains(sign))
}

/// Forms of address that everybody gets.
fn is_common(word: &str) -> bool {
    const COMMON: [&str; 10] = ["様", "さん", "さま", "殿", "氏", "mr", "mrs", "ms", "mx", "miss"];
    COMMON.contains(&fold(word).trim_end_matches('.'))
}

/// The language of a tag (`ja-JP`), if goen speaks it.
fn language(tag: &str) -> Option<Lang> {
    Lang::parse(tag.split(['-', '_']).next().unwrap_or_default())
}

/// A group as a tag, spelled as Obsidian takes it; none for those that say nothing, and for words that would
/// make the note one of another kind.
pub fn tag(group: &str, dialect: &Dialect) -> Option<String> {
    const SILENT: [&str; 12] = [
        "mycontacts",
        "starred",
        "all",
        "contacts",
        "contact",
        "other contacts",
        "friends family",
        "vip",
        "other",
        "その他",
        "連絡先",
        "すべて",
    ];
    let folded = fold(group);
    if folded.starts_with('*') || SILENT.contains(&&*folded) || folded.starts_with("imported ") {
        return None;
    }
    let mut tag = String::with_capacity(group.len());
    for c in group.chars() {
        if c.is_alphanumeric() || c == '_' || (c == '/' && !tag.is_empty() && !tag.ends_with('/')) {
            tag.push(c);
        } else if !tag.is_empty() && !tag.ends_with(['-', '/']) {
            tag.push('-');
        }
    }
    // `C++` is not `C`.
    if group.trim_end().ends_with(['+', '#']) {
        return None;
    }
    let tag = tag.trim_end_matches(['-', '/']);
    let says_something = tag.chars().any(|c| c.is_alphanumeric() && !c.is_numeric());
    // #person says what the note is anyway, and any other kind would hide the person.
    (says_something && kind::by_tag(tag, dialect).is_none()).then(|| tag.to_owned())
}

/// Free text as a quotation that means nothing but itself: no heading, task, link, tag, log or field.
pub fn quotation(note: &str, eol: &str) -> String {
    let lines: Vec<String> = note.lines().map(page::harmless).collect();
    let from = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let to = lines.iter().rposition(|line| !line.is_empty()).map_or(from, |at| at + 1);
    let mut out = String::new();
    for line in lines[from..to].iter().take(MOST_LINES) {
        out.push_str(if line.is_empty() { ">" } else { "> " });
        out.push_str(line);
        out.push_str(eol);
    }
    out
}

/// Whether two texts of an address book say the same, whatever their blanks and widths.
pub fn is_same(a: &str, b: &str) -> bool {
    let bare = |text: &str| -> String { fold_name(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    bare(a) == bare(b)
}
