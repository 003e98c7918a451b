//! The laws of reading and writing, under random cards and bytes.

use proptest::prelude::*;

use super::*;

/// What a law asks of any bytes: every card that is whole and stands behind them is read.
pub(super) fn hides_nothing(before: &[u8]) {
    let behind = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Behind\r\nTEL:1\r\nEND:VCARD\r\n";
    let all = read(&[before, b"\n", behind.as_bytes()].concat());
    let last = all.last().expect("a card").as_ref().expect("a whole card");
    assert_eq!((last.name.as_str(), last.channels.len(), last.left.len()), ("Behind", 1, 0));
}

/// What a law asks of cards: they come back as they were written, but for the line they stand in.
fn comes_back(cards: &[Card]) {
    let text = write(cards);
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{line}");
        assert!(!line.contains(['\r', '\n']), "{line:?}");
    }
    let back: Vec<_> =
        read(text.as_bytes()).into_iter().map(|card| card.map(|card| Card { line: 0, ..card })).collect();
    assert_eq!(back, cards.iter().cloned().map(Ok).collect::<Vec<_>>(), "{text}");
}

/// A text as a note may hold it in a line: trimmed, not empty.
fn words() -> impl Strategy<Value = String> {
    let odd = proptest::sample::select(vec![
        "a",
        "B",
        "山",
        "田",
        "タ",
        "ロ",
        "ﾀ",
        "🙂",
        "👨\u{200d}👩",
        ",",
        ";",
        "\\",
        ":",
        "\"",
        "'",
        "^",
        "=",
        " ",
        "\u{3000}",
        "n",
        "é",
        "様",
        "-",
        "x-apple:",
        "tel:",
        "BEGIN:VCARD",
        "長い名前の部署と長い肩書き",
        "/",
        "@",
        "0",
    ]);
    let text = proptest::collection::vec(odd, 1..24).prop_map(|all| all.concat().trim().to_owned());
    text.prop_filter("empty", |text| !text.is_empty())
}

fn list() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::btree_set(words(), 0..3).prop_map(|all| all.into_iter().collect())
}

fn birthday_any() -> impl Strategy<Value = Option<Birthday>> {
    let day = (proptest::option::of(1905..2100_i32), 1..=12_u32, proptest::option::of(1..=28_u32));
    proptest::option::of(day.prop_map(|(year, month, day)| Birthday { year, month, day }))
}

/// A card as a note may give it.
fn card_any() -> impl Strategy<Value = Card> {
    let one = || proptest::option::of(words());
    let channel = prop_oneof![
        Just("email".to_owned()),
        Just("phone".into()),
        Just("url".into()),
        Just("line".into()),
        words()
    ];
    let channels = proptest::collection::vec((channel, words()), 0..4);
    let posts = proptest::collection::vec((words(), one(), one()), 0..3);
    let name = (words(), one(), list(), one());
    let rest = (channels, posts, birthday_any(), one(), one(), one());
    let more = (list(), list(), one(), proptest::option::of("[a-z,;\\\\\n ]{1,200}"), any::<u64>());
    (name, rest, more).prop_map(
        |(
            (name, reading, aliases, honorific),
            (channels, posts, birthday, address, code, location),
            (interests, groups, lang, note, id),
        )| {
            let parts =
                in_parts(&name).filter(|(f, g)| format!("{f} {g}") == name || format!("{g} {f}") == name);
            let posts = posts.into_iter().map(|(org, unit, role)| CardPost {
                org,
                unit,
                role,
                ..CardPost::default()
            });
            let mut kept: Vec<(String, String)> = Vec::new();
            for (channel, address) in channels.iter().filter_map(|(c, a)| canonical(c, a)) {
                if !kept.contains(&(channel.clone(), address.clone())) {
                    kept.push((channel, address));
                }
            }
            Card {
                family: parts.map(|(family, _)| family.to_owned()),
                given: parts.map(|(_, given)| given.to_owned()),
                reading: reading.map(|text| as_reading(&text)).filter(|text| !text.is_empty()),
                aliases: aliases.into_iter().filter(|alias| *alias != name).collect(),
                honorific: honorific.filter(|word| !has_honorific(&name, word)),
                channels: kept,
                posts: posts.fold(Vec::new(), |mut all, post| {
                    if !all.contains(&post) {
                        all.push(post);
                    }
                    all
                }),
                birthday,
                address,
                postal_code: code.map(|code| as_code(&code)).filter(|code| !code.is_empty()),
                location,
                interests,
                groups,
                lang,
                note: note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty()),
                uid: Some(crate::text::Digest::of(&id.to_le_bytes()).urn()),
                name,
                ..Card::default()
            }
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_comes_back(cards in proptest::collection::vec(card_any(), 0..3)) {
        comes_back(&cards);
    }

    #[test]
    fn no_bytes_hide_a_card(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        // Behind the mark of UTF-16 there are other letters.
        prop_assume!(![[0xfe, 0xff], [0xff, 0xfe]].iter().any(|mark| bytes.starts_with(mark)));
        hides_nothing(&bytes);
    }

    #[test]
    fn no_pieces_hide_a_card(pieces in proptest::collection::vec(proptest::sample::select(vec![
        "BEGIN:VCARD", "END:VCARD", "\n", "\r\n", "\r", " ", "\t", "=", "=\n", "\"", ":", ";", ",", "\\", "N", "FN:a", "AGENT:", "PHOTO;BASE64:", "AAAA",
        "NOTE;ENCODING=QUOTED-PRINTABLE:", "VERSION:2.1", "ADR:", "TEL;CELL:", "SOUND;X-IRMC-N:", "山", "ﾔ", "\u{feff}", "BDAY:", "^", "item1.",
    ]), 0..60)) {
        hides_nothing(pieces.concat().as_bytes());
    }

    #[test]
    fn a_cut_card_hides_no_other(card in card_any(), at in 0..2000_usize) {
        let text = write(&[card]);
        hides_nothing(&text.as_bytes()[..at.min(text.len())]);
    }
}
