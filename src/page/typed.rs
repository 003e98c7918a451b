//! What somebody typed into a line that goen wrote.

use super::read::stamps;

/// The words put into goen's line, if the line is goen's but for them; dates of plugins are none.
pub fn typed(line: &str, goens: &str) -> Option<String> {
    let line = without_stamps(behind_box(line)?);
    let goens = behind_box(goens)?.trim().to_owned();
    let line = line.trim();
    if line.len() <= goens.len() {
        return None;
    }
    let front = common(line.chars(), goens.chars());
    let back = common(line.chars().rev(), goens.chars().rev());
    let (shorter, longer) = (goens.chars().count(), line.chars().count());
    if front + back < shorter {
        return None;
    }
    // Where the words repeat what stands beside them, either reading gives the same words.
    let back = back.min(shorter - front);
    let words: String = line.chars().skip(front).take(longer - front - back).collect();
    let words = words.trim();
    (words.chars().count() > 1).then(|| words.to_owned())
}

fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

/// What follows `- [x] `.
fn behind_box(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix(['-', '*', '+'])?.strip_prefix(" [")?;
    rest.split_once("] ").map(|(_, rest)| rest)
}

fn without_stamps(line: &str) -> String {
    let mut out = line.to_owned();
    for stamp in stamps(line) {
        if let Some(at) = out.find(&stamp) {
            let lead = out[..at].trim_end().len();
            out.replace_range(lead..at + stamp.len(), "");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOENS: &str = "- [ ] [[田中]] に LINE で近況を — 前回 9/14（68日前） ⏳ 2026-11-21 ^g-k3f9q2";

    #[test]
    fn words_in_a_line_are_found() {
        for (line, expected) in [
            (GOENS.to_owned(), None),
            (GOENS.replace("[ ]", "[x]"), None),
            (GOENS.replace(" ^g", " ✅ 2026-11-20 ^g"), None),
            (GOENS.replace(" ⏳", " 電話番号を聞く ⏳"), Some("電話番号を聞く")),
            (format!("{GOENS} 電話で"), Some("電話で")),
            (GOENS.replace("[ ] ", "[x] 急ぎ "), Some("急ぎ")),
            (GOENS.replace(" ⏳ 2026-11-21", " 会った ⏳ 2026-11-21 ✅ 2026-11-21"), Some("会った")),
            // Another day, another line: what of it is whose nobody can tell.
            (GOENS.replace("68", "69"), None),
            (GOENS.replace("近況を", ""), None),
        ] {
            assert_eq!(typed(&line, GOENS).as_deref(), expected, "{line}");
        }
    }
}
