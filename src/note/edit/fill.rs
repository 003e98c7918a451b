//! What an address book knows, put under the keys that a note uses.
//!
//! A value goes only where nothing stands, over one that is to be replaced, or into a list as one member
//! more. Which of these is right, and for whom, is decided by those who read the address book.

use super::value::{as_yaml, behind_last, over_word, plain_scalar, put_under, quoted};
use super::{Edit, Refusal, Splice, pairs};
use crate::note::dialect::Dialect;
use crate::note::find::is_not_yet;
use crate::note::keys::{Field, addresses, channel, channel_key};
use crate::note::org;
use crate::note::value::{Data, Node, Pair, Style};
use crate::problem::Obstacle;
use crate::text::Span;

/// A value that a note is to say.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fill {
    /// goen's name of the key (`birthday`, `email`): it stands in a note that has no key of this meaning.
    pub key: String,
    /// What is to be read there.
    pub value: String,
    /// Where it goes.
    pub way: Way,
}

/// Where a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Way {
    /// Where nothing stands.
    Set,
    /// In the place of the one value that stands there.
    Over,
    /// Beside what stands there.
    Add,
}

/// What a key means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Field(Field),
    Channel(&'static str),
}

impl Meaning {
    pub(super) fn of(key: &str, dialect: &Dialect) -> Option<Self> {
        match dialect.keys.field(key) {
            Some(field) => Some(Self::Field(field)),
            None => channel_key(key).map(Self::Channel),
        }
    }

    /// A value of this meaning as YAML: days stand plainly, as everybody writes them.
    fn yaml(self, value: &str) -> String {
        let is_day = matches!(self, Self::Field(Field::Birthday | Field::Added))
            && value.chars().all(|c| c.is_ascii_digit() || c == '-');
        if is_day { value.to_owned() } else { as_yaml(value) }
    }

    /// Whether one text stands for several words, parted at signs.
    fn is_parted(self, c: char) -> bool {
        let at_comma = matches!(c, ',' | '、' | '，' | ';');
        match self {
            Self::Field(Field::Tags) => at_comma || c.is_whitespace(),
            Self::Field(Field::Aliases | Field::Interests | Field::JointNames) => at_comma,
            _ => false,
        }
    }

    /// Whether many of them are a list from the first on.
    pub(super) fn is_list(self) -> bool {
        matches!(self, Self::Field(Field::Aliases | Field::Interests | Field::Tags | Field::JointNames))
    }
}

/// Puts a value into a note.
///
/// # Errors
/// Where the place is not certain, and where something else stands there.
pub fn fill(text: &str, fill: &Fill, dialect: &Dialect) -> Result<Edit, Refusal> {
    let nowhere = || Refusal::new(Obstacle::Shape, Span::new(0, 0));
    let meaning = Meaning::of(&fill.key, dialect).ok_or_else(nowhere)?;
    if let Meaning::Channel(name) = meaning
        && let Some(edit) = in_channels(text, name, fill, dialect)?
    {
        return Ok(edit);
    }
    let yaml = meaning.yaml(&fill.value);
    let first = if meaning.is_list() { format!("[{yaml}]") } else { yaml };
    let is_key = |key: &str| Meaning::of(key, dialect) == Some(meaning);
    let says = |pair: &Pair<'_>| says(&pair.value, &fill.value);
    put_under(text, (&fill.key, &first), is_key, |pair| over(text, pair, fill, meaning), says)
}

fn says(node: &Node<'_>, value: &str) -> bool {
    node.members().iter().any(|member| member.text().is_some_and(|text| text == value))
}

fn is_empty(node: &Node<'_>) -> bool {
    match &node.data {
        Data::Scalar(text, _) => node.text().is_none() || is_not_yet(text),
        _ => node.is_nothing(),
    }
}

fn over(text: &str, pair: &Pair<'_>, fill: &Fill, meaning: Meaning) -> Result<Splice, Refusal> {
    let node = &pair.value;
    let refuse = |why| Err(Refusal::new(why, node.span));
    if node.decorated {
        return refuse(Obstacle::Decorated);
    }
    // Twice is once.
    if fill.way != Way::Over && says(node, &fill.value) {
        return Ok(Splice { span: Span { end: node.span.start, ..node.span }, text: String::new() });
    }
    // Whatever else is said of a post is not thrown away with its name.
    let is_post = meaning == Meaning::Field(Field::Org) && fill.way == Way::Over;
    let says_more = |member: &Node<'_>| {
        member.text().and_then(|text| org::line(&text, false)).is_some_and(|post| post.says_more())
    };
    if is_post && node.members().iter().any(says_more) {
        return refuse(Obstacle::Post);
    }
    let yaml = meaning.yaml(&fill.value);
    match (&node.data, fill.way) {
        (Data::List(members), Way::Set | Way::Over) if members.is_empty() => {
            behind_last(text, node, members, &yaml)
        }
        (Data::List(members), Way::Add) if node.text().is_none() => behind_last(text, node, members, &yaml),
        (Data::Scalar(..), Way::Set | Way::Add) if is_empty(node) => {
            if meaning.is_list() {
                return Ok(over_word(text, pair, &format!("[{yaml}]"), &format!("[{yaml}]")));
            }
            Ok(over_word(text, pair, &fill.value, &yaml))
        }
        // A list of one is one value.
        (Data::List(members), Way::Over) => match members.as_slice() {
            [one] => {
                plain_scalar(text, one)?;
                let value = match &one.data {
                    Data::Scalar(_, Style::Single) => format!("'{}'", fill.value.replace('\'', "''")),
                    Data::Scalar(_, Style::Double) => quoted(&fill.value),
                    _ => yaml,
                };
                Ok(Splice { span: one.span, text: value })
            }
            _ => refuse(Obstacle::NotOneValue),
        },
        (Data::Scalar(..), Way::Over) => {
            plain_scalar(text, node)?;
            Ok(over_word(text, pair, &fill.value, &yaml))
        }
        (Data::Scalar(..), Way::Add) => {
            let old = plain_scalar(text, node)?;
            let parts: Vec<&str> = match meaning {
                Meaning::Channel(name) => addresses(name, old),
                Meaning::Field(_) => {
                    let parts = old.split(|c| meaning.is_parted(c)).map(str::trim);
                    parts.filter(|part| !part.is_empty()).collect()
                }
            };
            // Of links with signs between them nobody knows where one ends.
            if old.contains("[[") && parts.len() > 1 {
                return refuse(Obstacle::NotOneValue);
            }
            let old: Vec<String> = match parts.as_slice() {
                [_] => vec![as_written(node.span.of(text))],
                parts => parts.iter().map(|part| as_yaml(part)).collect(),
            };
            Ok(Splice { span: node.span, text: format!("[{}, {yaml}]", old.join(", ")) })
        }
        _ => refuse(Obstacle::NotOneValue),
    }
}

/// A scalar as it stands, in quotes if it has none: within brackets more signs have a meaning.
pub(super) fn as_written(scalar: &str) -> String {
    if scalar.starts_with(['"', '\'']) { scalar.to_owned() } else { quoted(scalar) }
}

/// Under a map `channels:` that has a place for it; none where there is no such place.
fn in_channels(
    text: &str,
    name: &'static str,
    fill: &Fill,
    dialect: &Dialect,
) -> Result<Option<Edit>, Refusal> {
    let is_map = |pair: &&Pair<'_>| dialect.keys.field(&pair.key) == Some(Field::Channels);
    let all = pairs(text)?.map_or_else(Vec::new, |(all, _)| all);
    let on_top =
        |pair: &Pair<'_>| dialect.keys.field(&pair.key).is_none() && channel_key(&pair.key) == Some(name);
    let inner_of = |pair: &Pair<'_>| pair.value.pairs().iter().position(|inner| channel(&inner.key) == name);
    let Some(at) = all.iter().find(is_map).and_then(inner_of) else { return Ok(None) };
    if all.iter().any(on_top) {
        return Ok(None);
    }
    // What else stands in the map must stay.
    let rest = |pair: &Pair<'_>| -> Vec<String> {
        let others = pair.value.pairs().iter().enumerate().filter(|(other, _)| *other != at);
        others.map(|(_, pair)| format!("{}: {}", pair.key, pair.value.outline())).collect()
    };
    let before: Vec<String> = all.iter().find(is_map).map(rest).unwrap_or_default();
    let edit = put_under(
        text,
        ("channels", ""),
        |key| dialect.keys.field(key) == Some(Field::Channels),
        |pair| {
            let refused = || Refusal::new(Obstacle::Shape, pair.value.span);
            over(text, pair.value.pairs().get(at).ok_or_else(refused)?, fill, Meaning::Channel(name))
        },
        |pair| {
            pair.value.pairs().get(at).is_some_and(|inner| says(&inner.value, &fill.value))
                && rest(pair) == before
        },
    )?;
    Ok(Some(edit))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tests::dialect;
    use super::*;

    fn made(note: &str, key: &str, value: &str, way: Way) -> Result<String, Obstacle> {
        let wanted = Fill { key: key.into(), value: value.into(), way };
        fill(note, &wanted, dialect()).map(|edit| edit.apply(note).unwrap()).map_err(|refusal| refusal.why)
    }

    #[test]
    fn what_stands_there_is_not_put_in_again() {
        for (note, key, value) in [
            ("---\nlang: en\n---\n", "lang", "en"),
            ("---\naliases: [\"a\", b]\n---\n", "aliases", "a"),
            ("---\nchannels: {email: a@b.jp}\n---\n", "email", "a@b.jp"),
        ] {
            for way in [Way::Set, Way::Add] {
                assert_eq!(made(note, key, value, way).as_deref(), Ok(note));
            }
        }
    }

    #[test]
    fn a_value_goes_where_nothing_stands() {
        for (note, key, value, after) in [
            ("---\na: b\n---\n", "email", "a@b.jp", "---\na: b\nemail: a@b.jp\n---\n"),
            ("---\nメール:\n---\n", "email", "a@b.jp", "---\nメール: a@b.jp\n---\n"),
            ("---\nphone: \"\"\n---\n", "phone", "090-1", "---\nphone: \"090-1\"\n---\n"),
            ("---\na: b\n---\n", "phone", "09012345678", "---\na: b\nphone: \"09012345678\"\n---\n"),
            ("---\n誕生日: # when\n---\n", "birthday", "12-03", "---\n誕生日: 12-03 # when\n---\n"),
            ("---\nbirthday: なし\n---\n", "birthday", "--12", "---\nbirthday: --12\n---\n"),
            ("---\norg: []\n---\n", "org", "Minato", "---\norg: [Minato]\n---\n"),
            ("---\nreading: ''\n---\n", "reading", "お'か", "---\nreading: 'お''か'\n---\n"),
            ("---\nlocation: ~\n---\n", "location", "no", "---\nlocation: \"no\"\n---\n"),
            (
                "---\nchannels:\n  email:\n  line: x\n---\n",
                "email",
                "a@b.jp",
                "---\nchannels:\n  email: a@b.jp\n  line: x\n---\n",
            ),
            (
                "---\r\nchannels:\r\n  line: x\r\n---\r\n",
                "email",
                "a@b.jp",
                "---\r\nchannels:\r\n  line: x\r\nemail: a@b.jp\r\n---\r\n",
            ),
            ("# 田中\n", "email", "a@b.jp", "---\nemail: a@b.jp\n---\n# 田中\n"),
        ] {
            assert_eq!(made(note, key, value, Way::Set), Ok(after.into()), "{note:?}");
        }
        assert_eq!(made("---\norg: A\n---\n", "org", "B", Way::Set), Err(Obstacle::NotOneValue));
        assert_eq!(made("---\norg: &a\n---\n", "org", "B", Way::Set), Err(Obstacle::Decorated));
        assert_eq!(
            made("---\nbirthday: someday\n---\n", "birthday", "12-03", Way::Set),
            Err(Obstacle::NotOneValue)
        );
    }

    #[test]
    fn a_list_grows_as_it_is_written() {
        for (note, key, value, after) in [
            ("---\na: b\n---\n", "tags", "x", "---\na: b\ntags: [x]\n---\n"),
            ("---\ntags: []\n---\n", "tags", "x", "---\ntags: [x]\n---\n"),
            ("---\ntags:\n  - a # c\n---\n", "tags", "x", "---\ntags:\n  - a # c\n  - x\n---\n"),
            ("---\ntags: a b\n---\n", "tags", "x", "---\ntags: [a, b, x]\n---\n"),
            (
                "---\naliases: 太郎、たろ\n---\n",
                "aliases",
                "T. T.",
                "---\naliases: [太郎, たろ, T. T.]\n---\n",
            ),
            ("---\nalias: \"太 郎\"\n---\n", "aliases", "a: b", "---\nalias: [\"太 郎\", \"a: b\"]\n---\n"),
            (
                "---\nemail: v@x.jp, v2@x.jp\n---\n",
                "email",
                "c@d.jp",
                "---\nemail: [v@x.jp, v2@x.jp, c@d.jp]\n---\n",
            ),
            (
                "---\nchannels:\n  phone: 03-1111-2222、090-1111-2222\n---\n",
                "phone",
                "080-1111-2222",
                "---\nchannels:\n  phone: [\"03-1111-2222\", \"090-1111-2222\", \"080-1111-2222\"]\n---\n",
            ),
            ("---\n連名: 由紀子、健太\n---\n", "joint_names", "愛", "---\n連名: [由紀子, 健太, 愛]\n---\n"),
            ("---\nmail: a@b.jp\n---\n", "email", "c@d.jp", "---\nmail: [\"a@b.jp\", c@d.jp]\n---\n"),
            ("---\na: b\n---\n", "email", "c@d.jp", "---\na: b\nemail: c@d.jp\n---\n"),
            (
                "---\nchannels:\n  email: a@b.jp\n---\n",
                "email",
                "c@d.jp",
                "---\nchannels:\n  email: [\"a@b.jp\", c@d.jp]\n---\n",
            ),
        ] {
            assert_eq!(made(note, key, value, Way::Add), Ok(after.into()), "{note:?}");
        }
        let links = "---\naliases: \"[[a]], [[b]]\"\n---\n";
        assert_eq!(made(links, "aliases", "x", Way::Add), Err(Obstacle::NotOneValue));
        assert_eq!(made("---\nemail: {a: b}\n---\n", "email", "x", Way::Add), Err(Obstacle::NotOneValue));
    }

    #[test]
    fn what_is_replaced_keeps_its_quotes() {
        let over = |note, value| made(note, "location", value, Way::Over);
        assert_eq!(over("---\ncity: '京都' # c\n---\n", "大阪"), Ok("---\ncity: '大阪' # c\n---\n".into()));
        assert_eq!(over("---\ncity: []\n---\n", "大阪"), Ok("---\ncity: [大阪]\n---\n".into()));
        assert_eq!(over("---\ncity: [京都]\n---\n", "大阪"), Ok("---\ncity: [大阪]\n---\n".into()));
        let one = "---\ncity:\n  - '京都' # c\n---\n";
        assert_eq!(over(one, "大'阪"), Ok("---\ncity:\n  - '大''阪' # c\n---\n".into()));
        assert_eq!(over("---\ncity: [京都, 奈良]\n---\n", "大阪"), Err(Obstacle::NotOneValue));
        assert_eq!(over("---\ncity: [[[京都]]]\n---\n", "大阪"), Err(Obstacle::NotOneValue));
        let org = |note: &str| made(note, "org", "ソラ", Way::Over);
        assert_eq!(org("---\norg: 'ミナト' # c\n---\n"), Ok("---\norg: 'ソラ' # c\n---\n".into()));
        for more in ["\"[[ミナト]]\"", "ミナト 2019-04..", "\"[[ミナト]] 2019-04.. 開発部長\" # main"]
        {
            assert_eq!(org(&format!("---\norg: {more}\n---\n")), Err(Obstacle::Post), "{more}");
        }
        assert_eq!(over("+++\ncity = \"京都\"\n+++\n", "大阪"), Err(Obstacle::Toml));
    }
}
