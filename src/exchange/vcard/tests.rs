//! What single fields mean, how lines are joined, and what becomes of cards that break off.

use super::laws_tests::hides_nothing;
use super::*;

/// The card in the lines of a body.
fn one(version: &str, body: &str) -> Card {
    let text = format!("BEGIN:VCARD\nVERSION:{version}\n{body}\nEND:VCARD\n");
    let mut all = read(text.as_bytes());
    assert_eq!(all.len(), 1, "{text}");
    all.remove(0).unwrap_or_else(|bad| panic!("{text}{bad:?}"))
}

fn why(body: &str) -> Why {
    let text = format!("BEGIN:VCARD\nVERSION:3.0\n{body}\nEND:VCARD\n");
    read(text.as_bytes()).remove(0).expect_err(&text).why
}

#[test]
fn names() {
    for (body, name, family, given) in [
        ("FN:山田 太郎\nN:山田;太郎;;;", "山田 太郎", Some("山田"), Some("太郎")),
        ("N:山田;太郎;;;", "山田 太郎", Some("山田"), Some("太郎")),
        ("FN:山田太郎\nN:山田;太郎;;;", "山田 太郎", Some("山田"), Some("太郎")),
        ("FN:太郎 山田\nN:山田;太郎;;;", "山田 太郎", Some("山田"), Some("太郎")),
        ("FN:山田太郎", "山田太郎", None, None),
        ("FN:山田太郎\nN:山田太郎;;;;", "山田太郎", None, None),
        ("FN:山田 太郎 様\nN:山田;太郎;;;様", "山田 太郎", Some("山田"), Some("太郎")),
        ("FN:Dr. John Q Smith\nN:Smith;John;Q;Dr.;", "John Q Smith", Some("Smith"), Some("John")),
        ("N:Smith;John;Q,R;Dr.;Jr.", "John Q R Smith Jr.", Some("Smith"), Some("John")),
        ("FN:Smith\\, John\nN:Smith;John;;;", "John Smith", Some("Smith"), Some("John")),
        ("N:김;철수;;;", "김철수", Some("김"), Some("철수")),
        ("N:;太郎;;;", "太郎", None, None),
        ("FN:\nN:;;;;\nNICKNAME:たろちゃん", "たろちゃん", None, None),
        (
            "FN:ミナト\nORG:ミナト\nN:山田;太郎;;;\nX-ABShowAs:COMPANY",
            "山田 太郎",
            Some("山田"),
            Some("太郎"),
        ),
        ("FN:a@example.com\nEMAIL:a@example.com\nN:Doe;Jane", "Jane Doe", Some("Doe"), Some("Jane")),
    ] {
        let card = one("3.0", body);
        assert_eq!(
            (card.name.as_str(), card.family.as_deref(), card.given.as_deref()),
            (name, family, given),
            "{body}"
        );
    }
    assert_eq!(one("3.0", "FN:太郎 山田\nN:山田;太郎;;;").aliases, ["太郎 山田"]);
    assert_eq!(one("3.0", "FN:山田 太郎 様\nN:山田;太郎;;;様").honorific.as_deref(), Some("様"));
    assert_eq!(one("3.0", "N:Smith;John;;Dr.;Jr.").honorific.as_deref(), Some("Dr."));
}

#[test]
fn fault_56_nobody() {
    assert_eq!(why("ORG:株式会社ミナト"), Why::OnlyOrganisation);
    assert_eq!(
        why("FN:株式会社ミナト\nN:;;;;\nORG:株式会社ミナト;\nX-ABShowAs:COMPANY"),
        Why::OnlyOrganisation
    );
    assert_eq!(why("FN:株式会社ミナト\nORG:株式会社ミナト"), Why::OnlyOrganisation);
    assert_eq!(why("FN:友人\nN:友人\nX-ADDRESSBOOKSERVER-KIND:group"), Why::OnlyOrganisation);
    assert_eq!(why("KIND:org\nFN:Minato"), Why::OnlyOrganisation);
    assert_eq!(why("FN:\nN:;;;;\nTEL:1"), Why::NoName);
    assert_eq!(why("FN:a@b.example\nEMAIL:a@b.example"), Why::NoName);
    assert_eq!(why(""), Why::NoName);
}

#[test]
fn readings() {
    for (body, reading) in [
        ("SOUND;X-IRMC-N:ヤマダ;タロウ;;;", "ヤマダ タロウ"),
        ("SOUND;X-IRMC-N:ﾔﾏﾀﾞ;ﾀﾛｳ;;;", "ヤマダ タロウ"),
        ("SOUND;X-IRMC-N:ﾔﾏﾀﾞ ﾀﾛｳ;;;;", "ヤマダ タロウ"),
        ("X-PHONETIC-FIRST-NAME:たろう\nX-PHONETIC-LAST-NAME:やまだ", "やまだ たろう"),
        ("SORT-STRING:ヤマダ　タロウ", "ヤマダ タロウ"),
        ("N;PHONETIC=jyut;SCRIPT=Kana;ALTID=1:ヤマダ;タロウ;;;", "ヤマダ タロウ"),
        ("FN;SORT-AS=\"ヤマダ,タロウ\":山田 太郎", "ヤマダ タロウ"),
        ("SORT-STRING:Yamada", ""),
        ("X-PHONETIC-LAST-NAME:Yamada", "Yamada"),
    ] {
        let card = one("3.0", &format!("{body}\nN:山田;太郎;;;"));
        assert_eq!(card.reading.as_deref().unwrap_or_default(), reading, "{body}");
        assert_eq!(card.left, [""; 0], "{body}");
    }
}

#[test]
fn birthdays() {
    for (line, expected) in [
        ("BDAY:1985-12-03", "1985-12-03"),
        ("BDAY:19851203", "1985-12-03"),
        ("BDAY:--1203", "--12-03"),
        ("BDAY:--12-03", "--12-03"),
        ("BDAY:--12", "--12"),
        ("BDAY:1985-12", "1985-12"),
        ("BDAY;VALUE=date-time:1985-12-03T00:00:00Z", "1985-12-03"),
        ("BDAY;VALUE=date-and-or-time:19851203T102200", "1985-12-03"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-03", "--12-03"),
        ("BDAY;X-APPLE-OMIT-YEAR=1972:1972-12-03", "--12-03"),
        ("BDAY:1900-12-03", "--12-03"),
        ("BDAY;VALUE=text:令和元年5月1日", "2019-05-01"),
        ("BDAY:1985年12月3日", "1985-12-03"),
        ("BDAY:---03", "left"),
        ("BDAY:1985", "left"),
        ("BDAY;VALUE=text:circa 1800", "left"),
        ("BDAY:", ""),
    ] {
        let card = one("4.0", &format!("FN:x\n{line}"));
        let told = card.birthday.map(|day| day.to_string());
        let left = card.left.first().map(|_| "left".to_owned());
        assert_eq!(told.or(left).unwrap_or_default(), expected, "{line}");
    }
}

#[test]
fn addresses() {
    for (line, address, code, town) in [
        (
            "ADR:;;丸の内1-1-1;千代田区;東京都;100-0005;日本",
            "東京都千代田区丸の内1-1-1",
            "100-0005",
            "東京都千代田区",
        ),
        (
            "ADR:;ミナトビル5F;丸の内1-1-1;千代田区;東京都;〒100-0005;",
            "東京都千代田区丸の内1-1-1 ミナトビル5F",
            "100-0005",
            "東京都千代田区",
        ),
        ("ADR:;;東京都千代田区丸の内1-1-1;;;100-0005;", "東京都千代田区丸の内1-1-1", "100-0005", ""),
        (
            "ADR:;;東京都千代田区丸の内1-1-1;千代田区;東京都;;",
            "東京都千代田区丸の内1-1-1",
            "",
            "東京都千代田区",
        ),
        (
            "ADR:;;丸の内1-1-1\\nミナトビル;千代田区;東京都;;",
            "東京都千代田区丸の内1-1-1 ミナトビル",
            "",
            "東京都千代田区",
        ),
        (
            "ADR:;;1 Main St;Springfield;IL;62701;USA",
            "1 Main St, Springfield, IL, USA",
            "62701",
            "Springfield",
        ),
        ("ADR:;;;大阪;;;", "", "", "大阪"),
        ("ADR:;;;;;100-0005;", "", "100-0005", ""),
    ] {
        let card = one("3.0", &format!("FN:x\n{line}"));
        let told = |value: &Option<String>| value.clone().unwrap_or_default();
        assert_eq!(
            (told(&card.address).as_str(), told(&card.postal_code).as_str(), told(&card.location).as_str()),
            (address, code, town),
            "{line}"
        );
    }
    let two = one("3.0", "FN:x\nADR;TYPE=work:;;a 1;;;;\nADR;TYPE=home:;;b 2;;;;");
    assert_eq!((two.address.as_deref(), two.left), (Some("b 2"), vec!["ADR".to_owned()]));
}

#[test]
fn channels() {
    for (line, channel, address) in [
        ("EMAIL;TYPE=INTERNET:a@b.example", "email", "a@b.example"),
        ("EMAIL:mailto:a@b.example", "email", "a@b.example"),
        ("TEL;CELL;VOICE:090-1234-5678", "phone", "090-1234-5678"),
        ("TEL;VALUE=uri:tel:+81-90-1234-5678", "phone", "+81-90-1234-5678"),
        ("URL:http\\://example.com/a\\,b", "url", "http://example.com/a,b"),
        ("URL:https://www.linkedin.com/in/taro", "linkedin", "https://www.linkedin.com/in/taro"),
        ("X-SOCIALPROFILE;type=twitter;x-user=taro:http://twitter.com/taro", "x", "http://twitter.com/taro"),
        ("X-SOCIALPROFILE;type=LINE;x-user=taro:x-apple:taro", "line", "taro"),
        ("IMPP;X-SERVICE-TYPE=Skype;type=HOME:skype:taro", "skype", "taro"),
        ("IMPP:xmpp:taro@example.com", "xmpp", "taro@example.com"),
        (
            "SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://example.social/@taro",
            "mastodon",
            "https://example.social/@taro",
        ),
        ("SOCIALPROFILE;SERVICE-TYPE=LinkedIn;USERNAME=taro:", "linkedin", "taro"),
        ("X-LINE:taro", "line", "taro"),
        ("X-TWITTER:@taro", "x", "@taro"),
        ("X-SKYPE-USERNAME:taro", "skype", "taro"),
        ("X-JABBER:taro@example.com", "jabber", "taro@example.com"),
    ] {
        let card = one("3.0", &format!("FN:x\n{line}"));
        assert_eq!(card.channels, [(channel.to_owned(), address.to_owned())], "{line}");
        assert_eq!(card.left, [""; 0], "{line}");
    }
    let card = one(
        "3.0",
        "FN:x\nEMAIL:a@x\nTEL:1\nEMAIL;TYPE=work,pref:b@x\nTEL;TYPE=FAX:2\nEMAIL;TYPE=\"home,work\":a@x",
    );
    let all: Vec<_> = card.channels.iter().map(|(_, address)| address.as_str()).collect();
    assert_eq!((all, card.left), (vec!["b@x", "1", "a@x"], vec!["TEL;FAX".to_owned()]));
}

#[test]
fn posts() {
    let post = |org: &str, unit: Option<&str>, role: Option<&str>| CardPost {
        org: org.into(),
        unit: unit.map(str::to_owned),
        role: role.map(str::to_owned),
        ..CardPost::default()
    };
    for (body, expected) in [
        ("ORG:ミナト;開発部;第一課\nTITLE:部長", vec![post("ミナト", Some("開発部 第一課"), Some("部長"))]),
        ("ORG:Foo, Inc.\nROLE:Lead", vec![post("Foo, Inc.", None, Some("Lead"))]),
        (
            "item2.ORG:B\nitem1.ORG:A\nitem1.TITLE:a\nitem2.TITLE:b",
            vec![post("B", None, Some("b")), post("A", None, Some("a"))],
        ),
        ("ORG:;開発部", vec![post("開発部", None, None)]),
    ] {
        assert_eq!(one("3.0", &format!("FN:x\n{body}")).posts, expected, "{body}");
    }
    assert_eq!(one("3.0", "FN:x\nTITLE:部長").left, ["TITLE"]);
}

#[test]
fn fault_56_folds_and_codings() {
    // Inside of a character, at every place.
    let line = "NOTE:山田さんの長い覚え書き".as_bytes();
    for at in 5..line.len() {
        let (head, tail) = line.split_at(at);
        let text = [
            b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\n".as_slice(),
            head,
            b"\r\n ",
            tail,
            b"\r\nEND:VCARD\r\n",
        ]
        .concat();
        assert_eq!(read(&text)[0].as_ref().unwrap().note.as_deref(), Some("山田さんの長い覚え書き"));
    }
    let note = |body: &str| one("2.1", &format!("N:x\n{body}")).note.unwrap_or_default();
    assert_eq!(note("NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E5=B1=\n=B1=0D=0A2"), "山\n2");
    assert_eq!(note("NOTE;QUOTED-PRINTABLE:a=\nb=3Bc;d"), "ab;c;d");
    assert_eq!(note("NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=SHIFT_JIS:=83=5C=83=5C"), "ソソ");
    assert_eq!(note("NOTE;ENCODING=QUOTED-PRINTABLE:100="), "100");
    assert_eq!(note("NOTE:one two\n three"), "one two three");
    assert_eq!(note("NOTE:first\nsecond line"), "first\nsecond line");
    assert_eq!(one("3.0", "FN:x\nNOTE:a\\, b\\; c\\\\n\\nd\\Ne").note.unwrap(), "a, b; c\\n\nd\ne");
    assert_eq!(one("3.0", "FN:x\nNOTE;X=\"a:b;c\":d").note.unwrap(), "d");
    assert_eq!(one("4.0", "FN:x\nSOCIALPROFILE;SERVICE-TYPE=\"a^'b^^\":c").channels[0].0, "a\"b^");
    assert_eq!(one("2.1", "N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E5=B1=B1=3B=E5=A4=AA").name, "山 太");
}

#[test]
fn fault_56_pictures_are_left_out() {
    for picture in [
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\n /9j/\n AAAA",
        "PHOTO;ENCODING=BASE64;JPEG:\n /9j/4AAQ\n AAAA\n",
        "PHOTO;JPEG;BASE64:/9j/4AAQ\nAAAAAAAA\nAAAA==\n",
        "PHOTO:data:image/jpeg;base64,/9j/4AAQ\n AAAA",
        "PHOTO;VALUE=uri:https://example.com/a.jpg",
    ] {
        let card = one("2.1", &format!("N:x\n{picture}\nNOTE:y"));
        assert_eq!((card.left, card.note.as_deref()), (vec!["PHOTO".to_owned()], Some("y")), "{picture}");
    }
    let long = |field: &str, lines: usize| {
        let line = format!(" {}\r\n", "A".repeat(74));
        format!("BEGIN:VCARD\r\n{field}:\r\n{}FN:x\r\nEND:VCARD\r\n", line.repeat(lines))
    };
    let picture = long("PHOTO;ENCODING=b", 140_000);
    assert!(picture.len() > 10_000_000);
    assert_eq!(read(picture.as_bytes())[0].as_ref().unwrap().left, ["PHOTO"]);
    let plain = long("NOTE", 15_000);
    hides_nothing(plain.as_bytes());
    assert_eq!(read(plain.as_bytes())[0].as_ref().unwrap_err().why, Why::TooLong);
}

#[test]
fn fault_56_encodings_that_nobody_names() {
    let card =
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN:山田;太郎\r\nNOTE:ソフト表示\r\nORG:株式会社能登\r\nEND:VCARD\r\n";
    let check = |bytes: &[u8]| {
        assert!(is_vcard(bytes));
        let read = read(bytes).remove(0).unwrap();
        assert_eq!((read.name.as_str(), read.note.as_deref()), ("山田 太郎", Some("ソフト表示")));
    };
    for encoding in [encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP, encoding_rs::ISO_2022_JP] {
        check(&encoding.encode(card).0);
    }
    let wide = |mark: &[u8], to: fn(u16) -> [u8; 2]| {
        [mark, &card.encode_utf16().flat_map(to).collect::<Vec<u8>>()].concat()
    };
    check(&wide(&[0xff, 0xfe], u16::to_le_bytes));
    check(&wide(&[0xfe, 0xff], u16::to_be_bytes));
    check(&wide(&[], u16::to_le_bytes));
    check(format!("\u{feff}{card}").as_bytes());
    check(card.replace("\r\n", "\r").as_bytes());
    let latin = b"BEGIN:VCARD\nVERSION:2.1\nN:M\xfcller;J\xf6rg\nEND:VCARD\n";
    assert_eq!(read(latin)[0].as_ref().unwrap().name, "Jörg Müller");
    let quoted = b"BEGIN:VCARD\nVERSION:2.1\nN;QUOTED-PRINTABLE:M=FCller;Anna\nEND:VCARD\n";
    assert_eq!(read(quoted)[0].as_ref().unwrap().name, "Anna Müller");
    let quoted = b"BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:=8ER=93c;=91=BE=98Y\nEND:VCARD\n";
    assert_eq!(read(quoted)[0].as_ref().unwrap().name, "山田 太郎");
    assert!(!is_vcard(b"name,email\nx,y\n"));
    assert!(!is_vcard(b""));
}

#[test]
fn cards_that_break_off() {
    let of = |text: &str| {
        let all = read(text.as_bytes()).into_iter();
        all.map(|card| card.map_or_else(|bad| format!("{}:{:?}", bad.line, bad.why), |card| card.name))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("BEGIN:VCARD\nFN:a\nBEGIN:VCARD\nFN:b\nEND:VCARD\n"), ["a", "b"]);
    assert_eq!(of("BEGIN:VCARD\nTEL:1\nBEGIN:VCARD\nFN:b\nEND:VCARD\n"), ["1:NoEnd", "b"]);
    assert_eq!(of("BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:a=\nBEGIN:VCARD\nFN:b\nEND:VCARD\n"), ["a", "b"]);
    assert_eq!(of("BEGIN:VCARD\nFN;X=\"a\nBEGIN:VCARD\nFN:b\nEND:VCARD\n"), ["1:NoEnd", "b"]);
    assert_eq!(of("FN:a\nEND:VCARD\nBEGIN:VCARD\nFN:b\nEND:VCARD"), ["a", "b"]);
    assert_eq!(of("FN:a\nBEGIN:VCARD\nFN:b\nEND:VCARD"), ["1:Malformed", "b"]);
    assert_eq!(of("Exported.\n\nBEGIN:VCARD\nFN:b\nEND:VCARD"), ["b"]);
    assert_eq!(of("BEGIN:VCARD\nFN:a\nAGENT:\nBEGIN:VCARD\nFN:b\nEND:VCARD\nTEL:1\nEND:VCARD"), ["a", "b"]);
    assert_eq!(
        of("begin:vcard \nfn:a\nend:vcard\n\n\nBegin:VCard\nFN:b"),
        ["a", "2:NoEnd"].map(|w| if w.starts_with('2') { "6:NoEnd" } else { w })
    );
    // Half a number is another number.
    let cut = read(b"BEGIN:VCARD\nFN:a\nTEL:090-12").remove(0).unwrap();
    assert_eq!((cut.channels.len(), cut.left), (0, vec!["TEL".to_owned()]));
}
