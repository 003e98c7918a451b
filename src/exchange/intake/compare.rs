//! What a card knows that a note does not say, and where the two say different things.
//!
//! Compares meanings, not spellings: a number with and without hyphens is one. Lists grow by what is
//! missing, everything else is only filled in where nothing stands.

use super::addresses;
use super::names::is_reordered;
use super::roster::is_same_birthday;
use super::words::{self, is_same};
use super::{Changed, Ground};
use crate::config::Tier;
use crate::date::Birthday;
use crate::exchange::card::{Card, CardPost};
use crate::exchange::table::code_in_front;
use crate::exchange::vcard::has_honorific;
use crate::index::same_place;
use crate::note::edit::{Fill, Way};
use crate::note::keys::channel_key;
use crate::note::org::Post;
use crate::note::person::{Person, Status};
use crate::plan::reach;
use crate::text::{Lang, fold, fold_name, one_line};

/// Channels of which somebody may have several addresses.
const SEVERAL: [&str; 2] = ["email", "phone"];

impl Ground<'_> {
    /// What is to be different in somebody's note for it to say what a card says, in the order in which a
    /// note says it. Where `old` is given the note says something else.
    pub fn changes(&self, person: &Person, card: &Card) -> Vec<Changed> {
        let mut out = Changes::default();
        let details = person.details();
        let same_name = |a: &str, b: &str| fold_name(a) == fold_name(b);
        out.one("reading", person.reading.as_deref(), card.reading.as_deref(), same_name);
        let mut known: Vec<_> = person.aliases.iter().map(|alias| fold_name(alias)).collect();
        known.push(fold_name(&person.name));
        known.extend(person.reading.as_deref().map(fold_name));
        known.extend(card.reading.as_deref().map(fold_name));
        for alias in &card.aliases {
            if !known.contains(&fold_name(alias)) && !is_reordered(&person.name, alias) {
                known.push(fold_name(alias));
                out.add("aliases", alias);
            }
        }
        let tier = self.tier(person, card, &mut out);
        self.posts(person, card, &mut out);
        self.channels(person, card, &mut out);
        out.birthday(person.birthday, card.birthday);
        place(person, card, &mut out);
        // A card has one form of the family's names, a note may have another of the same people.
        if details.joint_names.is_empty() {
            card.joint_names.iter().for_each(|name| out.add("joint_names", name));
        }
        // A note may have it in the name.
        let honorific = card.honorific.as_deref().filter(|word| !has_honorific(&person.name, word));
        out.one("honorific", details.honorific.as_deref(), honorific, is_same);
        out.one("lang", details.lang.map(Lang::code), card.lang.as_deref(), is_same);
        if let (None, Some(day)) = (details.added, card.met) {
            out.set("met_on", &day.to_string());
        }
        for interest in &card.interests {
            if person.interests.iter().all(|known| fold(known) != fold(interest)) {
                out.add("interests", interest);
            }
        }
        // A group that is another tier than theirs is one of their groups all the same.
        let is_theirs = |group: &&String| {
            self.config.tier_of_word(group).is_some_and(|named| tier.is_some_and(|tier| tier.id == named.id))
        };
        let groups = card.groups.iter().filter(|group| !is_theirs(group));
        for tag in groups.filter_map(|group| words::tag(group, self.dialect)) {
            let is_new =
                !out.0.iter().any(|known| known.fill.key == "tags" && fold(&known.fill.value) == fold(&tag));
            // As this one was, a tag of the note may be no tag that can be written.
            let is_it = |known: &str| {
                fold(known) == fold(&tag)
                    || words::tag(known, self.dialect).is_some_and(|known| fold(&known) == fold(&tag))
            };
            if is_new && !person.tags.iter().any(|known| is_it(known)) {
                out.add("tags", &tag);
            }
        }
        // Nothing is filled in behind it.
        if let (Some(wanted), Some(said)) = (status(card), standing(person.status))
            && wanted != person.status
        {
            out.over("status", said, wanted.word());
        }
        out.0
    }

    /// The tier that the groups of a card name, where the note says none or another: in the words in which
    /// its writer thinks of them, which the page shows. Gives the tier that no group need say once more.
    fn tier(&self, person: &Person, card: &Card, out: &mut Changes) -> Option<&Tier> {
        let own = reach::tier(person, self.config);
        let named = || card.groups.iter().filter_map(|group| Some((group, self.config.tier_of_word(group)?)));
        let Some(own) = own else {
            // Somebody with a rhythm of their own was sorted already.
            let (group, tier) = named().next().filter(|_| person.cadence.is_none())?;
            out.set("tier", &one_line(group.trim()));
            return Some(tier);
        };
        // Some have such a group beside the tier, and say it as a tag.
        let is_tag = |group: &str| person.tags.iter().any(|tag| fold(tag) == fold(group));
        match named().find(|(group, _)| !is_tag(group)) {
            Some((group, tier)) if named().all(|(_, tier)| tier.id != own.id) => {
                let said = person.tier_word.as_deref().unwrap_or(&own.id);
                out.over("tier", said, &one_line(group.trim()));
                Some(tier)
            }
            _ => Some(own),
        }
    }

    fn channels(&self, person: &Person, card: &Card, out: &mut Changes) {
        let key = |channel: &str, address: &str| {
            addresses::key(channel, address).map_or_else(|| fold(address).as_ref().into(), |(key, _)| key)
        };
        let mut begun: Vec<&str> = Vec::new();
        for (channel, address) in &card.channels {
            if channel == "url" {
                if person.details().url.is_none() && !begun.contains(&"url") {
                    begun.push("url");
                    out.set("url", address);
                }
                continue;
            }
            // An address under a key that notes do not have would not be found again.
            let Some(channel) = channel_key(channel).filter(|known| known == channel) else { continue };
            let of_channel =
                person.channels.iter().filter(|(known, said)| *known == channel && !said.is_empty());
            let mut said = of_channel.map(|(_, said)| said.as_str());
            let wanted = key(channel, address);
            if said.clone().any(|said| key(channel, said) == wanted) {
                continue;
            }
            let is_begun = begun.contains(&channel);
            match said.next() {
                None if !is_begun => out.set(channel, address),
                _ if SEVERAL.contains(&channel) => out.add(channel, address),
                Some(said) if !is_begun => out.over(channel, said, address),
                _ => {}
            }
            begun.push(channel);
        }
    }

    fn posts(&self, person: &Person, card: &Card, out: &mut Changes) {
        let Some((first, more)) = card.posts.split_first() else { return };
        let key = self.org_key(&first.org);
        let is_held = |post: &&Post| !post.past && post.to.is_none();
        let role = role(first);
        let held = person.posts.iter().find(is_held);
        let at = person.posts.iter().find(|post| self.org_key(&post.org) == key);
        match (at, held) {
            (Some(post), _) => {
                // Only the first post that is held takes the role that stands by itself.
                let is_first = held.is_some_and(|held| std::ptr::eq(held, post));
                match (&post.role, role) {
                    (None, Some(role)) if is_first => out.set("role", &role),
                    (Some(said), Some(role)) if is_first && !holds(said, &role) => {
                        out.over("role", said, &role)
                    }
                    _ => {}
                }
            }
            (None, None) if first.to.is_none() => {
                let text = self.post_text(first, false);
                if person.posts.is_empty() {
                    out.set("org", &text)
                } else {
                    out.add("org", &text)
                }
                if let Some(role) = role {
                    out.set("role", &role);
                }
            }
            (None, None) => self.add_post(first, out),
            (None, Some(_)) if first.to.is_some() => self.add_post(first, out),
            (None, Some(held)) => {
                let text = self.post_text(first, false);
                out.over("org", &as_written(held), &text);
                // Such a post is not replaced, and the role belongs to the other.
                if held.link.is_some() || held.from.is_some() {
                    return;
                }
                if let Some(role) = role {
                    match &held.role {
                        Some(said) if !holds(said, &role) => out.over("role", said, &role),
                        Some(_) => {}
                        // With the organisation as it is, it would be said of the wrong one.
                        None => out.over("role", "", &role),
                    }
                }
                return;
            }
        }
        for post in more {
            let key = self.org_key(&post.org);
            if person.posts.iter().all(|known| self.org_key(&known.org) != key)
                && key != self.org_key(&first.org)
            {
                self.add_post(post, out);
            }
        }
    }

    fn add_post(&self, post: &CardPost, out: &mut Changes) {
        out.add("org", &self.post_text(post, true));
    }

    /// A post as a note says it: a link where there is a note of the organisation, the period where one is
    /// known. Whether a note that says so is understood so is seen when it is written.
    fn post_text(&self, post: &CardPost, with_role: bool) -> String {
        let link = self.org_note(&post.org);
        let mut text = link.map_or_else(|| post.org.clone(), |name| format!("[[{name}]]"));
        let has_period = post.from.is_some() || post.to.is_some();
        if has_period {
            let end = |end: Option<crate::date::Partial>| end.map(|end| end.to_string()).unwrap_or_default();
            text = format!("{text} {}..{}", end(post.from), end(post.to));
        }
        if let Some(role) = role(post).filter(|_| with_role && (has_period || link.is_some())) {
            text = format!("{text} {role}");
        }
        text
    }
}

/// A post as a note writes it, but for the role, which may have a key of its own.
fn as_written(post: &Post) -> String {
    let org = post.link.as_ref().map_or_else(|| post.org.to_string(), |link| format!("[[{link}]]"));
    post.from.map_or_else(|| org.clone(), |from| format!("{org} {from}.."))
}

/// How things stand by a card that says so.
fn status(card: &Card) -> Option<Status> {
    const TOLD: [Status; 4] = [Status::Paused, Status::Closed, Status::DoNotContact, Status::Deceased];
    let word = card.status.as_deref();
    let told = || TOLD.into_iter().find(|status| word == Some(status.word()));
    if card.died { Some(Status::Deceased) } else { told() }
}

/// How things stand, in the word of a note; none where somebody is gone.
fn standing(status: Status) -> Option<&'static str> {
    match status {
        Status::Active => Some("active"),
        Status::Paused => Some("paused"),
        Status::Closed => Some("closed"),
        Status::DoNotContact | Status::Deceased => None,
    }
}

/// Where post goes, and where somebody lives. Code and town belong to an address: beside another one they
/// would send letters astray, so that they are only written together with theirs.
fn place(person: &Person, card: &Card, out: &mut Changes) {
    let details = person.details();
    let (said, wanted) = (details.address.as_deref(), card.address.as_deref());
    // Some write the code in front of the address.
    let in_address = said.and_then(code_in_front).map(|(code, _)| code);
    let code = details.postal_code.as_deref().or(in_address.as_deref());
    let location = person.location.as_deref();
    let rest = |text: &str| code_in_front(text).map_or_else(|| text.to_owned(), |(_, rest)| rest);
    let is_one_place = |a: &str, b: &str| is_same(&rest(a), &rest(b));
    let lies_in = |a: &str, b: &str| same_place(&fold(a), &fold(b));
    let elsewhere = said.filter(|said| wanted.is_some_and(|wanted| !is_one_place(said, wanted)));
    if elsewhere.is_some() {
        out.one("address", said, wanted, is_one_place);
    }
    out.one("location", location.or(elsewhere), card.location.as_deref(), lies_in);
    // A code alone may be that of another address.
    if said.is_none() || wanted.is_some() || code.is_some() {
        out.one("postal_code", code.or(elsewhere), card.postal_code.as_deref(), is_same);
    }
    if elsewhere.is_none() {
        out.one("address", said, wanted, is_one_place);
    }
}

/// What somebody is called at work: the part of the organisation in front of a Japanese role, behind one in
/// Latin letters.
fn role(post: &CardPost) -> Option<String> {
    match (&post.unit, &post.role) {
        (Some(unit), Some(role)) if holds(role, unit) => Some(role.clone()),
        (Some(unit), Some(role)) if unit.is_ascii() && role.is_ascii() => Some(format!("{role}, {unit}")),
        (Some(unit), Some(role)) => Some(format!("{unit} {role}")),
        (unit, role) => role.clone().or_else(|| unit.clone()),
    }
}

/// Whether the one holds the other, as 開発部 部長 holds 部長.
fn holds(a: &str, b: &str) -> bool {
    let (a, b) = (fold_name(a), fold_name(b));
    a.contains(b.as_str()) || b.contains(a.as_str())
}

/// What was found to be different so far.
#[derive(Default)]
struct Changes(Vec<Changed>);

impl Changes {
    fn push(&mut self, key: &str, value: &str, way: Way, old: Option<&str>) {
        let fill = Fill { key: key.to_owned(), value: value.to_owned(), way };
        self.0.push(Changed { fill, old: old.map(str::to_owned) });
    }

    fn set(&mut self, key: &str, value: &str) {
        self.push(key, value, Way::Set, None);
    }

    fn add(&mut self, key: &str, value: &str) {
        self.push(key, value, Way::Add, None);
    }

    fn over(&mut self, key: &str, old: &str, value: &str) {
        self.push(key, value, Way::Over, Some(old));
    }

    fn one(
        &mut self,
        key: &str,
        said: Option<&str>,
        wanted: Option<&str>,
        same: impl Fn(&str, &str) -> bool,
    ) {
        match (said, wanted) {
            (_, None) => {}
            (None, Some(wanted)) => self.set(key, wanted),
            (Some(said), Some(wanted)) if same(said, wanted) => {}
            (Some(said), Some(wanted)) => self.over(key, said, wanted),
        }
    }

    fn birthday(&mut self, said: Option<Birthday>, wanted: Option<Birthday>) {
        let text = |day: Birthday| match (day.year, day.day) {
            // As one writes it: --12-03 is what machines write.
            (None, Some(date)) => format!("{:02}-{date:02}", day.month),
            _ => day.to_string(),
        };
        match (said, wanted) {
            (_, None) => {}
            (None, Some(wanted)) => self.set("birthday", &text(wanted)),
            (Some(said), Some(wanted)) => {
                let is_more_exact = said.year.is_none() && wanted.year.is_some();
                if !is_same_birthday(said, wanted)
                    || is_more_exact
                    || said.day.is_none() && wanted.day.is_some()
                {
                    self.over("birthday", &text(said), &text(wanted));
                }
            }
        }
    }
}
