//! What an address book brought, taken out of a note again, value by value.
//!
//! A key that stands as the import has left it becomes what it was, byte for byte. Of one that somebody has
//! changed since, what the import put in goes where it still stands; theirs stays. Leaves to `app` which notes
//! these are, and what is said of those that keep a value.

use super::cut::{self, Holder};
use super::fill::{Meaning, as_written};
use super::line_start;
use super::value::inline;
use super::{Edit, Fill, Refusal, Splice, Way, outline, pairs};
use crate::note::dialect::Dialect;
use crate::note::front::Front;
use crate::note::keys::{Field, channel};
use crate::note::value::{Data, Node, Pair};
use crate::problem::Obstacle;
use crate::text::Span;

/// The text of a note without what an import put into it, and what stays of that, and why:
/// [`Obstacle::NotGoens`] where something else stands in its place.
///
/// `before` is what the import has found, `after` what it has left.
///
/// # Errors
/// Where nothing in the note can be changed with certainty.
pub fn take_fills_back(
    (before, after): (&str, &str),
    now: &str,
    fills: &[Fill],
    dialect: &Dialect,
) -> Result<(String, Vec<(Fill, Refusal)>), Refusal> {
    super::change::is_writable(now)?;
    let mut text = now.to_owned();
    let (mut keys, mut stays) = (Vec::new(), Vec::new());
    for fill in fills.iter().rev() {
        if let Some(twice) = said_twice(&text, fill, dialect) {
            stays.push((fill.clone(), Refusal::new(Obstacle::DuplicateKey, twice)));
            continue;
        }
        let key = key_of(after, fill, dialect);
        if let Some(key) = &key {
            if keys.contains(key) {
                continue;
            }
            if let Some(back) = restored((before, after), &text, key) {
                text = back;
                keys.push(key.clone());
                continue;
            }
        }
        match without((before, after), &text, fill, dialect) {
            Ok(back) => text = back,
            Err(refusal) => stays.push((fill.clone(), refusal)),
        }
    }
    stays.reverse();
    Ok((without_empty_front(before, text), stays))
}

/// The key of the front matter under which a note says what was filled in.
fn key_of(after: &str, fill: &Fill, dialect: &Dialect) -> Option<String> {
    let meaning = Meaning::of(&fill.key, dialect)?;
    let all = pairs(after).ok()??.0;
    let holder = top(&all, meaning, dialect).or_else(|| map(&all, meaning, dialect).map(|(pair, _)| pair))?;
    Some(holder.key.clone().into_owned())
}

/// The pair of a meaning that stands by itself.
fn top<'p, 't>(all: &'p [Pair<'t>], meaning: Meaning, dialect: &Dialect) -> Option<&'p Pair<'t>> {
    all.iter().find(|pair| Meaning::of(&pair.key, dialect) == Some(meaning))
}

/// The map `channels:` that holds a channel, and the place in it.
fn map<'p, 't>(all: &'p [Pair<'t>], meaning: Meaning, dialect: &Dialect) -> Option<(&'p Pair<'t>, usize)> {
    let Meaning::Channel(name) = meaning else { return None };
    let map = all.iter().find(|pair| dialect.keys.field(&pair.key) == Some(Field::Channels))?;
    let at = map.value.pairs().iter().position(|inner| channel(&inner.key) == name)?;
    Some((map, at))
}

/// Where a value stands under another key of its meaning than the one that is read.
fn said_twice(text: &str, fill: &Fill, dialect: &Dialect) -> Option<Span> {
    let meaning = Meaning::of(&fill.key, dialect)?;
    let all = pairs(text).ok()??.0;
    let of_meaning = |pair: &&Pair<'_>| Meaning::of(&pair.key, dialect) == Some(meaning);
    let says = |pair: &&Pair<'_>| pair.value.members().iter().any(|one| is_it(one, fill));
    all.iter().filter(of_meaning).skip(1).find(says).map(|pair| pair.key_span)
}

fn is_it(node: &Node<'_>, fill: &Fill) -> bool {
    node.text().is_some_and(|text| text == fill.value)
}

/// The lines of a key, with those below it up to the next.
fn lines_of(text: &str, key: &str) -> Option<Span> {
    let (all, inner) = pairs(text).ok()??;
    let at = all.iter().position(|pair| pair.key == key)?;
    let start_of = |pair: &Pair<'_>| {
        let place = pair.key_span.start as usize;
        let start = line_start(text, place);
        text[start..place].trim_matches(['"', '\'', ' ']).is_empty().then_some(start)
    };
    let start = start_of(&all[at])?;
    let end = all.get(at + 1).map_or(Some(inner.end as usize), start_of)?;
    (inner.start as usize <= start && start < end).then(|| Span::new(start, end))
}

/// The text with the lines of a key as they were, if they stand as the import has left them.
fn restored((before, after): (&str, &str), now: &str, key: &str) -> Option<String> {
    let place = lines_of(now, key)?;
    if lines_of(after, key)?.of(after) != place.of(now) {
        return None;
    }
    let then = lines_of(before, key);
    let all = pairs(before).ok()?.map_or_else(Vec::new, |(all, _)| all);
    let is_key = |pair: &Pair<'_>| pair.key == key;
    if then.is_none() && all.iter().any(is_key) {
        return None;
    }
    let text = then.map_or("", |then| then.of(before)).to_owned();
    let back = Edit::new(now, vec![Splice { span: place, text }])?.apply(now)?;
    let others = |text: &str| Some(pairs(text).ok()?.map_or_else(Vec::new, |(all, _)| outline(&all, is_key)));
    let of_key =
        |text: &str| Some(pairs(text).ok()?.map_or_else(Vec::new, |(all, _)| outline(&all, |p| !is_key(p))));
    (others(&back)? == others(now)? && of_key(&back)? == of_key(before)?).then_some(back)
}

fn holder<'t>(text: &'t str, meaning: Meaning, dialect: &Dialect) -> Result<Option<Holder<'t>>, Refusal> {
    let all = pairs(text)?.map_or_else(Vec::new, |(all, _)| all);
    let of = |pair: &Pair<'t>| Holder { key: pair.key_span, value: pair.value.clone(), is_inline: false };
    if let Some(pair) = top(&all, meaning, dialect) {
        return Ok(Some(of(pair)));
    }
    if let Some(pair) = map(&all, meaning, dialect).and_then(|(map, at)| map.value.pairs().get(at)) {
        return Ok(Some(of(pair)));
    }
    let found = inline(text, &|key: &str| Meaning::of(key, dialect) == Some(meaning));
    Ok(found.map(|pair| Holder { is_inline: true, ..of(&pair) }))
}

/// All that a note says but under this meaning, and what it says there.
fn said(text: &str, meaning: Meaning, dialect: &Dialect) -> Result<(Vec<String>, Vec<String>), Refusal> {
    let all = pairs(text)?.map_or_else(Vec::new, |(all, _)| all);
    let mut others = Vec::new();
    let held = top(&all, meaning, dialect).map(|pair| pair.key_span);
    let inner = map(&all, meaning, dialect).filter(|_| held.is_none());
    for pair in &all {
        match inner {
            _ if held == Some(pair.key_span) => {}
            Some((map, at)) if map.key_span == pair.key_span => {
                let rest = pair.value.pairs().iter().enumerate().filter(|(other, _)| *other != at);
                others.extend(rest.map(|(_, inner)| format!("{}: {}", inner.key, inner.value.outline())));
            }
            // A map that has lost its only channel says nothing.
            _ if dialect.keys.field(&pair.key) == Some(Field::Channels) && pair.value.is_nothing() => {}
            _ => others.push(format!("{}: {}", pair.key, pair.value.outline())),
        }
    }
    let texts = |node: &Node<'_>| node.members().iter().filter_map(Node::text).map(String::from).collect();
    let here = holder(text, meaning, dialect)?.map_or_else(Vec::new, |holder| texts(&holder.value));
    Ok((others, here))
}

/// The text without one value that the import put in.
fn without(
    (before, after): (&str, &str),
    now: &str,
    fill: &Fill,
    dialect: &Dialect,
) -> Result<String, Refusal> {
    let changed = |node: &Node<'_>| Err(Refusal::new(Obstacle::NotGoens, node.span));
    let nowhere = || Refusal::new(Obstacle::Shape, Span::new(0, 0));
    let meaning = Meaning::of(&fill.key, dialect).ok_or_else(nowhere)?;
    // Whoever has taken it out has done what was to be done.
    let Some(held) = holder(now, meaning, dialect)? else { return Ok(now.to_owned()) };
    let node = &held.value;
    if node.decorated {
        return Err(Refusal::new(Obstacle::Decorated, node.span));
    }
    let Some(at) = node.members().iter().position(|one| is_it(one, fill)) else {
        // One of several that has gone is missed by nobody; what is new there may be that one, corrected.
        let left = holder(after, meaning, dialect).ok().flatten();
        let left = left.as_ref().map(|left| left.value.members()).unwrap_or_default();
        let is_known = |one: &Node<'_>| left.iter().any(|known| known.text() == one.text());
        let is_one_of_many = fill.way == Way::Add || meaning.is_list();
        let then = holder(before, meaning, dialect).ok().flatten();
        let then = then.as_ref().map(|then| then.value.members()).unwrap_or_default();
        let is_back = then.iter().map(Node::text).eq(node.members().iter().map(Node::text));
        return match node.members() {
            [] => Ok(now.to_owned()),
            _ if is_back => Ok(now.to_owned()),
            members if is_one_of_many && members.iter().all(is_known) => Ok(now.to_owned()),
            _ => changed(node),
        };
    };
    let then = holder(before, meaning, dialect).ok().flatten();
    let then = then.as_ref().map(|then| &then.value);
    let instead = |text: &str| vec![Splice { span: node.span, text: text.to_owned() }];
    let ways = match (&node.data, then) {
        // In the place of another that stood there alone.
        (_, Some(then)) if fill.way == Way::Over && !then.members().is_empty() => {
            let ([old], Some(one)) = (then.members(), node.members().get(at)) else { return changed(node) };
            let text = old.span.of(before);
            // Within brackets more signs have a meaning.
            let is_within = matches!(node.data, Data::List(_)) && !matches!(then.data, Data::List(_));
            let text = if is_within { as_written(text) } else { text.to_owned() };
            let span = one.span;
            if text.is_empty() || text.contains('\n') || span.of(now).contains('\n') {
                return changed(node);
            }
            vec![Splice { span, text }]
        }
        (Data::List(members), _) if node.text().is_none() => {
            cut::member(now, &held, (members, at), then.is_none())
        }
        (Data::Scalar(..), Some(Node { data: Data::List(_), .. })) => instead("[]"),
        // What stood beside it and is there no more was taken out by somebody.
        (Data::Scalar(..), Some(then)) if then.text().is_none() || fill.way != Way::Add => {
            instead(then.span.of(before))
        }
        (Data::Scalar(..), then) => cut::scalar(now, &held, then.is_none()),
        _ => return Err(Refusal::new(Obstacle::NotOneValue, node.span)),
    };
    let (others, mut here) = said(now, meaning, dialect)?;
    here.retain(|text| *text != fill.value);
    let taken = |way: Splice| {
        // No byte goes that the import did not bring.
        node.members().get(at).filter(|one| cut::is_own(now, &held, one, way.span))?;
        let back = Edit::new(now, vec![way])?.apply(now)?;
        let (others_then, here_then) = said(&back, meaning, dialect).ok()?;
        let is_kept = here.iter().all(|text| here_then.contains(text));
        (others == others_then && is_kept && !here_then.contains(&fill.value)).then_some(back)
    };
    ways.into_iter().find_map(taken).ok_or_else(|| Refusal::new(Obstacle::Shape, node.span))
}

/// Front matter that the import began goes with its last key.
fn without_empty_front(before: &str, text: String) -> String {
    match (Front::find(before), Front::find(&text)) {
        (Front::Absent { .. }, Front::Present { inner, body, .. }) if inner.of(&text).trim().is_empty() => {
            let start = line_start(&text, (inner.start as usize).saturating_sub(1));
            let start =
                if text.starts_with('\u{feff}') && start == 0 { '\u{feff}'.len_utf8() } else { start };
            format!("{}{}", &text[..start], &text[body..])
        }
        _ => text,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::fill::fill;
    use super::super::tests::dialect;
    use super::*;

    fn of(key: &str, value: &str, way: Way) -> Fill {
        Fill { key: key.into(), value: value.into(), way }
    }

    fn filled(before: &str, fills: &[Fill]) -> String {
        let one = |text: String, one: &Fill| fill(&text, one, dialect()).unwrap().apply(&text).unwrap();
        fills.iter().fold(before.to_owned(), one)
    }

    /// What is left of a note in which somebody changed something after the import.
    fn back(before: &str, fills: &[Fill], change: impl Fn(&str) -> String) -> (String, Vec<String>) {
        let after = filled(before, fills);
        let now = change(&after);
        let (text, stays) = take_fills_back((before, &after), &now, fills, dialect()).unwrap();
        (text, stays.into_iter().map(|(fill, _)| fill.key).collect())
    }

    #[test]
    fn keys_that_nobody_touched_are_what_they_were() {
        let fills = [
            of("email", "new@b.jp", Way::Add),
            of("phone", "090-1", Way::Set),
            of("aliases", "x", Way::Add),
            of("org", "Minato", Way::Set),
            of("birthday", "12-03", Way::Set),
        ];
        for before in [
            "---\nname: a\n---\nbody\n",
            "---\nemail: a@b.jp # c\nphone:\naliases: [y]\norg: \"\"\nbirthday: # when\n---\n",
            "---\r\nmail:\r\n  - a@b.jp\r\nalias:\r\n- y # z\r\n---\r\n",
            "---\nchannels:\n  email: a@b.jp\n  phone:\n---\n",
            "\u{feff}body\n",
            "",
        ] {
            let more = |after: &str| format!("{after}more\n");
            assert_eq!(back(before, &fills, more), (format!("{before}more\n"), vec![]), "{before:?}");
            let key = |after: &str| after.replacen("---\n", "---\nnew: key\n", 1);
            let (text, stays) = back(before, &fills, key);
            assert!(stays.is_empty(), "{before:?}: {text:?} {stays:?}");
            if before.starts_with("---\n") {
                assert_eq!(text, before.replacen("---\n", "---\nnew: key\n", 1));
            }
        }
    }

    #[test]
    fn of_a_list_that_has_grown_only_what_was_put_in_goes() {
        let add = |key: &str, value: &str| [of(key, value, Way::Add)];
        for (before, fills, from, to, want) in [
            ("---\nemail: a\n---\n", add("email", "b"), ", b]", ", b, c]", "---\nemail: [\"a\", c]\n---\n"),
            ("---\nemail: a\n---\n", add("email", "b"), ", b]", ", c, b]", "---\nemail: [\"a\", c]\n---\n"),
            ("---\n---\n", add("tags", "b"), "[b]", "[b, c]", "---\ntags: [c]\n---\n"),
            ("---\n---\n", add("tags", "b"), "[b]", "[b] # c", "---\ntags: [] # c\n---\n"),
            ("---\n---\n", add("tags", "b"), "[b]", "\n  - b\n", "---\n\n---\n"),
            ("---\ntags:\n- a\n---\n", add("tags", "b"), "- b", "- c\n- b", "---\ntags:\n- a\n- c\n---\n"),
        ] {
            let change = |after: &str| after.replacen(from, to, 1);
            assert_eq!(back(before, &fills, change), (want.to_owned(), vec![]), "{before:?} {to:?}");
        }
    }

    #[test]
    fn what_somebody_else_wrote_stays() {
        let fills = [of("org", "Minato", Way::Set), of("phone", "090-1", Way::Set)];
        let before = "---\nname: a\n---\n";
        let change = |after: &str| after.replace("Minato", "Sora");
        assert_eq!(
            back(before, &fills, change),
            ("---\nname: a\norg: Sora\n---\n".into(), vec!["org".into()])
        );
        let gone = |after: &str| after.replace("phone: \"090-1\"\n", "");
        assert_eq!(back(before, &fills, gone), (before.into(), vec![]));
        let emptied = |after: &str| after.replace("phone: \"090-1\"", "phone:");
        assert_eq!(back(before, &fills, emptied), ("---\nname: a\nphone:\n---\n".into(), vec![]));
        // What is new in a list may be what was put in, corrected.
        let add = |key: &str, value: &str| [of(key, value, Way::Add)];
        for (before, fill, from, to, stays) in [
            ("tags: [a]\n", add("tags", "b"), "b]", "c]", true),
            ("", add("tags", "b"), "[b]", "[bb]", true),
            ("tags: [a]\n", add("tags", "b"), ", b]", "]", false),
            ("email: a\n", add("email", "b"), "[\"a\", b]", "a", false),
            ("email: [a, c]\n", add("email", "b"), "[a, c, b]", "[c]", false),
        ] {
            let before = format!("---\n{before}---\n");
            let now = filled(&before, &fill).replace(from, to);
            let want = (now.clone(), if stays { vec![fill[0].key.clone()] } else { vec![] });
            assert_eq!(back(&before, &fill, |_| now.clone()), want, "{to}");
        }
        // What somebody took out does not come again.
        for (before, fill, from, want) in [
            ("email: a\n", add("email", "b"), "[\"a\", b]", "email:\n"),
            ("aliases: xx, zz\n", add("aliases", "b"), "[xx, zz, b]", "aliases:\n"),
            ("aliases: [x]\n", add("aliases", "b"), "[x, b]", "aliases: []\n"),
        ] {
            let before = format!("---\n{before}---\n");
            let change = |after: &str| after.replace(from, "b");
            assert_eq!(back(&before, &fill, change), (format!("---\n{want}---\n"), vec![]));
        }
        // A copy of the key would keep it.
        let twice = |after: &str| after.replace("org: Minato\n", "org: Minato\norg: Minato\n");
        assert_eq!(back(before, &fills, twice).1, ["org"]);
        let map = |after: &str| after.replace("phone: ", "channels:\n  phone: ");
        assert_eq!(back(before, &fills, map), ("---\nname: a\nchannels:\n---\n".into(), vec![]));
        let tagged = |after: &str| after.replace("phone: ", "phone: &x ");
        assert_eq!(back(before, &fills, tagged).1, ["phone"]);
        // In the place of another: theirs comes back beside a comment.
        let over = [of("location", "大阪", Way::Over)];
        let change = |after: &str| after.replace('\'', "\"").replace("\n---\n", " # c\n---\n");
        let want = "---\ncity: '京都' # c\n---\n";
        assert_eq!(back("---\ncity: '京都'\n---\n", &over, change), (want.into(), vec![]));
        assert!(fill("---\ncity: 奈良\n  京都\n---\n", &over[0], dialect()).is_err());
        let list = |after: &str| after.replace("大阪", "[大阪, 神戸]");
        let want = "---\ncity: [\"Nara, Kyoto\", 神戸]\n---\n";
        assert_eq!(back("---\ncity: Nara, Kyoto\n---\n", &over, list), (want.into(), vec![]));
        let by_hand = |after: &str| after.replace("大阪", "京都") + "more\n";
        assert_eq!(back("---\ncity: 京都\n---\n", &over, by_hand).1, Vec::<String>::new());
        // Where nothing stood there is nothing to bring back.
        let code = [of("postal_code", "150-0001", Way::Over)];
        let change = |after: &str| after.replace("\n---\n", "\r\n---\r\n");
        assert_eq!(back(before, &code, change), ("---\nname: a\n---\r\n".into(), vec![]));
        let after = filled(before, &fills);
        for now in ["---\nname: [\n---\n", "+++\n+++\n", "---\nname: a\n", "<<<<<<< a\n=======\n>>>>>>> b\n"]
        {
            let whole = take_fills_back((before, &after), now, &fills, dialect());
            assert!(whole.map_or(true, |(_, stays)| stays.len() == 2), "{now:?}");
        }
    }
}
