//! Files that sync tools leave beside a note, told by their names.

/// Whether a file is called as a sync tool calls a copy: it is never read as a note.
pub fn is_sync_copy(name: &str) -> bool {
    sync_copy_of(name).is_some()
}

/// Whether a sync tool made the file as a copy, and of which file where its name says so.
#[allow(clippy::option_option, reason = "a copy whose original is not known is still a copy")]
pub(super) fn sync_copy_of(name: &str) -> Option<Option<String>> {
    let stem = crate::text::without_md(name);
    // Most names have no mark of a copy in them: neither a further dot nor a parenthesis, `（` among them.
    if !stem.bytes().any(|b| matches!(b, b'.' | b'(' | 0xef)) {
        return None;
    }
    if let Some(at) = name.find(".sync-conflict-") {
        return Some(Some(format!("{}.md", &name[..at])));
    }
    let lower = stem.to_lowercase();
    let open = lower.rfind('(').or_else(|| lower.rfind('（'))?;
    let mark = &lower[open..];
    if mark.contains("conflicted copy") || mark.contains("競合コピー") {
        // Lower case may have other lengths: the original is named only where it does not.
        let original = stem.get(..open).filter(|s| s.to_lowercase() == lower[..open]);
        return Some(original.map(|s| format!("{}.md", s.trim_end())));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_47_sync_copies_are_known_by_name() {
        for (name, expected) in [
            ("田中.sync-conflict-20260914-101010-ABCDEFG.md", Some(Some("田中.md"))),
            ("田中 (Conflicted copy phone 202609141010).md", Some(Some("田中.md"))),
            ("tanaka (Bob's conflicted copy 2026-09-14).md", Some(Some("tanaka.md"))),
            ("田中 (Bob の競合コピー 2026-09-14).md", Some(Some("田中.md"))),
            ("田中 (部長).md", None),
            ("sync.md", None),
        ] {
            let found = sync_copy_of(name);
            assert_eq!(found.as_ref().map(|f| f.as_deref()), expected, "for {name:?}");
        }
    }
}
