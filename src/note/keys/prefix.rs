//! What other tools put in front of their keys: `prm-tier`, `prm tier`, `prmTier`, `cnt:tier`, `X-Tier`.

/// A prefix ends at a hyphen, an underscore, a blank or a hump: `xmas` and `Xing` have none.
const PREFIXES: [&str; 2] = ["prm", "x"];
/// What one notes of somebody at X, which is a channel too. Behind a hyphen it is a vCard's own.
const OF_X: [&str; 3] = ["name", "link", "url"];

/// What stands behind a prefix in camelCase (`prmTier`, `XTier`); else the whole key.
pub(super) fn behind_hump(key: &str) -> &str {
    let behind = |prefix: &&str| {
        let (head, rest) = key.split_at_checked(prefix.len())?;
        if !head.eq_ignore_ascii_case(prefix) {
            return None;
        }
        let mut next = rest.bytes();
        let rises = next.next()?.is_ascii_uppercase();
        let is_word = next.next().is_some_and(|b| b.is_ascii_lowercase());
        let is_of_x = *prefix == "x" && OF_X.iter().any(|word| rest.eq_ignore_ascii_case(word));
        (rises && (is_word || head.ends_with(|c: char| c.is_ascii_lowercase())) && !is_of_x).then_some(rest)
    };
    PREFIXES.iter().find_map(behind).unwrap_or(key)
}

/// What stands behind a prefix and the sign that parts it from a key; else the whole key, folded as it is.
pub(super) fn behind_sign(folded: &str) -> &str {
    let behind = |prefix: &&str| {
        let rest = folded.strip_prefix(*prefix)?;
        let sign = rest.chars().next().filter(|c| matches!(c, '-' | '_') || c.is_whitespace())?;
        let rest = &rest[sign.len_utf8()..];
        (sign == '-' || *prefix != "x" || !OF_X.contains(&rest)).then_some(rest)
    };
    folded.strip_prefix("cnt:").or_else(|| PREFIXES.iter().find_map(behind)).unwrap_or(folded)
}
