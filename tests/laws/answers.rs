//! The record of the last answers: any bytes are read or ignored, what was written is read as the same, and
//! what somebody changed a byte of is not read.

use goen::app::{Answer, Answers, Kept};
use goen::text::Digest;

/// What it is made of.
pub const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "0",
    "-1e999",
    "\"",
    "\"\"",
    "\"state\":",
    "\"racy\":",
    "\"answers\":",
    "\"asked\":",
    "\"files\":",
    "\"answer\":",
    "\"out\":",
    "\"err\":",
    "\"state\":\"\",",
    "\"racy\":[],",
    "\"racy\":[[\"People/田中.md\",\"0f\"]],",
    "\"answers\":[]",
    "{\"state\":\"\",\"racy\":[],\"answers\":[",
    "{\"asked\":\"today\",\"files\":[],\"answer\":{\"out\":\"a\",\"err\":\"\"}}",
    "]}",
    "\"files\":[[\"goen.ics\",null]],",
    "\\n",
    "\\u0000",
    "\\ud83d",
    "\\",
    "\n",
    "\r\n",
    "\u{0}",
    "🙂",
    "つながり",
    "[[[[[[[[[[[[[[[[",
    "{\"state\":{\"state\":",
    "\"x\":0,",
    " ",
];

/// See the head of this file. Read three times: as the whole record, as what stands in it under a digest that
/// fits, and as words of answers.
pub fn holds(data: &[u8]) {
    let bytes = super::spelled(data, PIECES);
    let Ok(text) = std::str::from_utf8(&bytes) else { return };
    let fitting = format!("{}\n{text}", Digest::of(text.as_bytes()).hex());
    for record in [text, &fitting] {
        if let Some(read) = Answers::read(record) {
            is_read_as_it_was_written(&read);
        }
    }
    let written = is_read_as_it_was_written(&answers(text));
    let [place, byte, ..] = *data else { return };
    let mut changed = written.into_bytes();
    let place = usize::from(place) * changed.len() / 256;
    changed[place] ^= byte.max(1);
    // What is no text is not read from the disk.
    if let Ok(changed) = String::from_utf8(changed) {
        assert_eq!(Answers::read(&changed), None, "{changed:?}");
    }
}

/// A record with these words wherever words can be, one after the other.
fn answers(text: &str) -> Answers {
    let words: Vec<&str> = text.split(['\n', ',']).collect();
    let mut all = words.iter().cycle().map(|word| (*word).to_owned());
    let mut word = || all.next().unwrap_or_default();
    let start = Answers { state: word(), racy: vec![(word(), word())], answers: Vec::new() };
    let of = |_| Kept {
        asked: word(),
        files: vec![(word(), Some(word())), (word(), None)],
        answer: Answer { out: word(), err: text.to_owned() },
    };
    (0..words.len().min(12)).map(of).fold(start, |answers, kept| {
        let (asked, out) = (kept.asked.clone(), kept.answer.out.clone());
        let with = answers.with(kept);
        let said: Vec<&Kept> = with.answers.iter().filter(|known| known.asked == asked).collect();
        assert!(matches!(said.as_slice(), [said] if said.answer.out == out), "{with:?}");
        with
    })
}

fn is_read_as_it_was_written(answers: &Answers) -> String {
    let written = answers.written().unwrap_or_else(|| panic!("too long: {answers:?}"));
    assert_eq!(Answers::read(&written).as_ref(), Some(answers), "{written:?}");
    written
}
