//! The quick way and the full one, side by side; what is refused, and where.

#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use proptest::prelude::*;

/// The tree with the bytes at each scalar's place, as one line.
fn shown(source: &str, pairs: &[Pair<'_>]) -> String {
    fn node(source: &str, n: &Node<'_>) -> String {
        match &n.data {
            Data::Scalar(text, style) => format!("{text:?}@{:?}{style:?}", n.span.of(source)),
            Data::List(members) => {
                format!("[{}]", members.iter().map(|m| node(source, m)).collect::<Vec<_>>().join(", "))
            }
            Data::Map(pairs) => shown(source, pairs),
        }
    }
    let all: Vec<String> = pairs
        .iter()
        .map(|p| format!("{:?}@{:?}: {}", p.key, p.key_span.of(source), node(source, &p.value)))
        .collect();
    format!("{{{}}}", all.join(", "))
}

/// Where the quick way answers, the full parser answers the same, places included.
fn same(source: &str) {
    // Below its fence, where front matter stands: the places are of the note.
    const FENCE: &str = "---\n";
    let note = format!("{FENCE}{source}");
    if let Some(pairs) = flat::parse(source, FENCE.len()) {
        let full = match full(source, FENCE.len()) {
            Ok(pairs) => shown(&note, &pairs),
            Err((span, what)) => format!("{:?} at {}", what, span.start),
        };
        assert_eq!(shown(&note, &pairs), full, "for {source:?}");
    }
}

const PLAIN: &[&str] = &[
    "",
    "a: 1\n",
    "a: 1",
    "a:\nb: 2\n",
    "名前: 田中 太郎\r\n間柄: 親しい同僚  # 同期\r\n",
    "tags: [a, \"b, c\", 'd', 名前]\n",
    "tags: []\n",
    "tags:\n  - a\n  - \"b\"\n- x: 1\n",
    "tags:\n- a\n- b\nnext: 1\n",
    "org:\n  - name: Acme\n    role: 部長\n    from: 2019-04\n  - name: B\n",
    "channels:\n  mail: a@example.com\n  line: \"@u1\"\n  tel: \"+81-90-0000-0000\"\n",
    "a: b#c\nd: e #f\n",
    "url: https://example.com/?a=b\n",
    "when: 12:30:45\n",
    "deep:\n  a:\n    b:\n      - c: 1\n        d:\n          - e\n",
    "# only a comment\n\n",
    "a: 'it'\nb: \"x\"  # y\n",
    "last contact: 2026-09-14\nprm-tier: close\n",
    "- a\n",
    "a: -1\nb: .5\nc: =x\nd: <y\ne: (z)\n",
    "a: \"\"\nb: ''\nc: [\"\", '']\n",
    "FN: 田中\nEMAIL[HOME]: a@example.com\nADR[HOME].LOCALITY: 大阪\n",
    "a: b: c\n",
    "a: x\n  more\n",
    "a:\n  - x\n    more\n",
    "a:\n    b: 1\n  c: 2\n",
    "a: [b: c]\n",
    "a: [b, c {d]\n",
    "a: \"b\" c\n",
    "a: \"b\"#c\n",
    "a: [x, y\n",
    "a:b\n",
    "? a\n: b\n",
    "a: &x 1\nb: *x\n",
    "a: |\n  text\n  ---\nb: 1\n",
    "a: x  \n\n\nb: y\n",
    // No blank in it, that nothing but the sign itself can be suspected.
    "a\u{1}:\n",
    "a\u{7f}:\n",
    "a: \u{1}\n",
    "a: \u{7f}\n",
    "a: x\u{85}y\n",
    "a: x\u{2028}y\n",
    "a: x\u{feff}\n",
];

#[test]
fn quick_and_full_agree_on_examples() {
    for source in PLAIN {
        same(source);
    }
    // No parser takes so long a key for one.
    same(&format!("{}: 1\n", "k".repeat(2_000)));
    for plain in [
        "a: 1\n",
        "a: 1\r\nb: 2\r\n",
        "a: 1\n\n  \nb: 2\n",
        "tags: [a, \"b, c\", 'd', 名前]\n",
        "tags: [\"a\" , b]\n",
        "tags: [a, ]\n",
        "tags:\n- a\n- b\n",
        "tags:\n  - a\n  - b\n",
        "a: b#c\nd: e #f\n",
        "a:\nb: 2\n",
    ] {
        assert!(flat::parse(plain, 0).is_some(), "the quick way should read {plain:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quick_and_full_agree(lines in proptest::collection::vec(
        ("( {0,6})", "(- |- - )?", "(a|名前|last contact|\"q\"|x:y|#c|-|\\?)?", "(: |:|  : | )?",
         "(1|太郎|\"s\"|'t'|\\[a, b\\]|\\[\\[a\\]\\]|x: y|x #c|#c|\\{a: 1\\}|&a|\\*a|!t|%|@|\\||>|-|- b|a:|\"q\" #c|'it''s'|\"\\\\\"\"|\\[a, 'b', \\]|\\[a:b\\])?", "( {0,2})", "(\r?\n)")
            .prop_map(|(a, b, c, d, e, f, g)| [a, b, c, d, e, f, g].concat()), 1..7))
    {
        same(&lines.concat());
    }

    #[test]
    fn no_text_breaks_the_reader(source in "(?s).{0,200}") {
        let _ = read(&source, Notation::Yaml, Span::new(0, source.len()));
        let _ = read(&source, Notation::Toml, Span::new(0, source.len()));
    }
}

#[test]
fn fault_40_bombs_are_refused() {
    let nested = "- ".repeat(3000);
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n";
    let long = format!("a: &a \"{}\"\nb: [{}]\n", "x".repeat(100_000), "*a,".repeat(20_000));
    for source in [nested.as_str(), bomb, &long, &"[".repeat(5000), &"a: {".repeat(5000)] {
        let Err((_, what)) = full(source, 0) else { panic!("accepted: {}", &source[..20]) };
        assert_eq!(what.code(), "yaml");
    }
}

#[test]
fn fault_40_lists_in_lists_are_read_to_a_depth_in_toml_too() {
    let of = |depth: usize| {
        let source = format!("a = {}{}\n", "[".repeat(depth), "]".repeat(depth));
        read(&source, Notation::Toml, Span::new(0, source.len())).map(|pairs| pairs.len())
    };
    assert!(matches!(of(MAX_DEPTH - 1), Ok(1)));
    assert!(matches!(of(MAX_DEPTH + 2), Err((_, What::TooComplex))));
}

#[test]
fn fault_42_a_control_character_is_named_where_it_stands() {
    let Err((span, _)) = full("a: b\u{1}\n", 4) else { panic!("accepted") };
    assert_eq!((span.start, span.end), (8, 9));
}

#[test]
fn fault_40_so_much_is_read_and_no_more() {
    // The map, the key and the list count, too; a long text counts as several values.
    let list = |members: usize, last: &str| format!("a: [{}{last}]\n", "x,".repeat(members));
    let long = "x".repeat(BYTES_PER_NODE);
    assert!(full(&list(MAX_NODES - 4, "x"), 0).is_ok());
    for source in [list(MAX_NODES - 3, "x"), list(MAX_NODES - 4, &long)] {
        let Err((_, what)) = full(&source, 0) else { panic!("accepted: {} bytes", source.len()) };
        assert!(matches!(what, What::TooComplex));
    }
}

#[test]
fn front_matter_of_so_many_bytes_is_read_and_no_longer_one() {
    let long = |bytes: usize| format!("a: 1\n#{}\n", "x".repeat(bytes - 7));
    assert!(full(&long(MAX_BYTES), 0).is_ok());
    assert!(matches!(full(&long(MAX_BYTES + 1), 0), Err((_, What::TooComplex))));
}

#[test]
fn an_alias_is_what_its_anchor_is() {
    let pairs = full("a: &a [x, y]\nb: *a\nc: &c {d: 1}\ne: *c\n", 0).unwrap();
    let data = |at: usize| match &pairs[at].value.data {
        Data::List(members) => format!("{:?}", members.iter().map(|m| m.text()).collect::<Vec<_>>()),
        Data::Map(pairs) => {
            format!("{:?}", pairs.iter().map(|p| (&p.key, p.value.text())).collect::<Vec<_>>())
        }
        Data::Scalar(text, _) => format!("{text:?}"),
    };
    assert!(pairs[1].value.members().len() == 2 && pairs[3].value.pairs().len() == 1);
    assert_eq!((data(1), data(3)), (data(0), data(2)));
}

#[test]
fn fault_45_scalars_stay_as_written() {
    let source = "a: no\nb: 09012345678\nc: +81901234\nd: 12:30:45\ne: 1e3\nf: 2024-01-01\ng: ~\n";
    let pairs = full(source, 0).unwrap();
    let texts: Vec<_> = pairs.iter().map(|p| p.value.text().map(Cow::into_owned)).collect();
    let expected = ["no", "09012345678", "+81901234", "12:30:45", "1e3", "2024-01-01"];
    assert_eq!(texts[..6].iter().flatten().collect::<Vec<_>>(), expected);
    assert_eq!(texts[6], None);
}

#[test]
fn fault_42_broken_values_name_the_line() {
    for (source, line) in [
        ("name: @bob\n", 0),
        ("a: 1\n--- {b: 2}\n", 1),
        ("x: 1\na: b: c\n", 1),
        ("a: 1\n\tb: 2\n", 1),
        ("a: [x, y\nb: 1\n", 1),
    ] {
        let Err((span, What::Yaml(words))) = full(source, 0) else { panic!("accepted: {source:?}") };
        let at = source[..span.start as usize].matches('\n').count();
        assert!(at >= line, "{source:?}: line {at}: {words}");
    }
}

#[test]
fn a_list_begins_at_its_first_dash() {
    for (source, at) in [
        ("s:\n- x\n", 3),
        ("s:\n  - x\n", 5),
        ("s:\n  \n- x # c\n", 6),
        ("s:\n- - x\n", 3),
        ("s:\n- a: b\n", 3),
        ("s:\n-\n- y\n", 3),
        ("s:\n- [a]\n", 3),
        ("s: [a]\n", 3),
    ] {
        let pairs = full(source, 0).unwrap();
        assert_eq!(pairs[0].value.span.start, at, "{source:?}");
    }
}

/// Byte order marks and lone carriage returns, which the parser counts in its own way, and a value left out
/// beside the sign of its key.
#[test]
fn places_behind_odd_signs() {
    let check = |source: &str, expected: &str| {
        assert_eq!(shown(source, &full(source, 0).unwrap()), expected, "for {source:?}");
    };
    let both = r#"{"a"@"a": "b"@"b"Plain, "c"@"c": "d"@"d"Plain}"#;
    for source in [
        "a: b\nc: d\n",
        "\u{feff}\u{feff}a: b\nc: d\n",
        "a: b\r\r\nc: d\n",
        "a: b\r\r\r\nc: d\r\n",
        "a: b\r\rc: d",
    ] {
        check(source, both);
    }
    check("? a\n? b\n", r#"{"a"@"a": ""@""Plain, "b"@"b": ""@""Plain}"#);
}
