//! Which key means what.

use super::*;

fn check(key: &str, expected: Option<Field>) {
    let further = std::collections::BTreeMap::from([("last_contact".to_owned(), vec!["Seen At".to_owned()])]);
    assert_eq!(Keys::new(&further).field(key), expected, "for {key:?}");
}

#[test]
fn spellings_of_other_tools() {
    for key in [
        "last_contact",
        "lastContact",
        "Last Contact",
        "LAST-CONTACT",
        "prm-last-contact",
        "last contacted",
        "cnt:last_met",
        "X-last-chat",
        "最終連絡日",
        "seen_at",
    ] {
        check(key, Some(Field::LastContact));
    }
    check("last_meeting", None);
    check("FN", Some(Field::Name));
    check("BDAY", Some(Field::Birthday));
    check("ＢＤＡＹ", Some(Field::Birthday));
    check("prm-tier", Some(Field::Tier));
    for key in [
        "prmTier",
        "prm tier",
        "PRM Tier",
        "PRM_TIER",
        "PrmTier",
        "PRMTier",
        "X_Tier",
        "X Tier",
        "xTier",
        "XTier",
        "x-tier",
        "ｐｒｍ－tier",
    ] {
        check(key, Some(Field::Tier));
    }
    for key in ["prmSnoozeUntil", "prm snooze until", "PRM-Snooze-Until"] {
        check(key, Some(Field::Snooze));
    }
    check("prmLastContact", Some(Field::LastContact));
    // No hump, and what is said of somebody at X.
    for key in ["xtier", "prmtier", "Xtier", "XTIER", "X", "X Name", "xName", "x_url", "prm", "xmas", "Xing"]
    {
        check(key, None);
    }
    check("ADR[HOME].STREET", Some(Field::Address));
    check("nonsense", None);
}

#[test]
fn separators_are_no_part_of_an_address() {
    assert_eq!(addresses("email", "a@example.jp、b@example.jp"), ["a@example.jp", "b@example.jp"]);
    assert_eq!(addresses("email", "、a@example.jp ; "), ["a@example.jp"]);
    assert_eq!(addresses("phone", "090-1234-5678,"), ["090-1234-5678"]);
    assert_eq!(addresses("email", ","), [","]);
    assert_eq!(addresses("phone", "03-1234-5678, 12"), ["03-1234-5678, 12"]);
    assert_eq!(addresses("address", "港区1-2,"), ["港区1-2,"]);
}

#[test]
fn channels_have_one_name() {
    assert_eq!(channel("E-Mail"), "email");
    assert_eq!(channel("X post"), "x post");
    assert_eq!(channel("メール"), "email");
    assert_eq!(channel("TEL"), "phone");
    assert_eq!(channel("Zoom"), "zoom");
    assert!(serves("x", "sns"));
    assert!(!serves("line", "sns"));
}
