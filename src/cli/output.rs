//! Standard output: buffered where a program reads it, line by line where somebody does, so that what is said
//! on standard error stands where it was said; and silent once nobody listens any more.

use std::io::{self, BufWriter, IsTerminal, Write};

use serde::Serialize;

use crate::app::Answer;
use crate::text::json_safe;

/// Where data goes.
pub struct Output {
    out: Box<dyn Write>,
    /// Columns of the terminal; none for a pipe.
    width: Option<u16>,
    error: Option<io::Error>,
    /// Goes to standard error as well.
    is_heard: bool,
    /// What was said since it is being kept.
    kept: Option<Answer>,
}

impl Output {
    /// Standard output of this process.
    pub fn new() -> Self {
        let out = io::stdout().lock();
        let is_terminal = out.is_terminal();
        let width = is_terminal.then(terminal_width).flatten();
        let out: Box<dyn Write> = if is_terminal { Box::new(out) } else { Box::new(BufWriter::new(out)) };
        Self { out, width, error: None, is_heard: true, kept: None }
    }

    /// What would be said, heard by nobody.
    pub fn imagined(say: impl FnOnce(&mut Self)) -> Option<Answer> {
        let out = Box::new(io::sink());
        let mut output =
            Self { out, width: None, error: None, is_heard: false, kept: Some(Answer::default()) };
        say(&mut output);
        output.kept
    }

    /// Says what was said before, word for word.
    pub fn repeat(&mut self, answer: &Answer) {
        self.raw(&answer.out);
        self.say(&answer.err);
    }

    /// Says something, and gives what was said, if it was short enough to be kept.
    pub fn kept<T>(&mut self, say: impl FnOnce(&mut Self) -> T) -> (T, Option<Answer>) {
        self.kept = Some(Answer::default());
        let result = say(self);
        (result, self.kept.take())
    }

    /// Says something on standard error, behind what was written before; that nobody listens there is no
    /// error.
    pub fn say(&mut self, text: &str) {
        if self.is_heard {
            // What the system says of the rest is told at the end.
            if let Err(error) = self.out.flush() {
                self.error.get_or_insert(error);
            }
            say(text);
        }
        self.keep(|kept| text.lines().for_each(|line| kept.err.extend([line, "\n"])));
    }

    /// Columns to fill; none where what is written is read by a program.
    pub fn width(&self) -> Option<u16> {
        self.width
    }

    /// One line; what could act on a terminal is made harmless.
    pub fn line(&mut self, text: &str) {
        let safe: String =
            text.chars().map(|c| if crate::text::is_unprintable(c) { ' ' } else { c }).collect();
        self.raw(&safe);
        self.raw("\n");
    }

    /// Several lines.
    pub fn lines(&mut self, text: &str) {
        for line in text.lines() {
            self.line(line);
        }
    }

    /// What is a file of another program's, as it is: whoever made it has made it harmless.
    pub fn file(&mut self, text: &str) {
        self.raw(text);
    }

    /// Data as JSON; what could act on a terminal is written as `\u….
    pub fn json(&mut self, data: &impl Serialize) {
        match json(data) {
            Ok(text) => {
                self.raw(&text);
                self.raw("\n");
            }
            Err(error) => self.error = Some(error),
        }
    }

    fn keep(&mut self, add: impl FnOnce(&mut Answer)) {
        if let Some(kept) = &mut self.kept {
            add(kept);
        }
        self.kept.take_if(|kept| kept.is_too_long());
    }

    fn raw(&mut self, text: &str) {
        self.keep(|kept| kept.out.push_str(text));
        if self.error.is_none()
            && let Err(error) = self.out.write_all(text.as_bytes())
        {
            self.error = Some(error);
        }
    }

    /// Hands over what there is so far, for somebody to answer.
    ///
    /// # Errors
    /// What the system says.
    pub fn show(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Hands everything over. That nobody listens (a closed pipe) is no error.
    ///
    /// # Errors
    /// What else the system says.
    pub fn finish(mut self) -> io::Result<()> {
        let flushed = self.out.flush();
        match self.error.map_or(flushed, Err) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => result,
        }
    }
}

/// Data as JSON, harmless to a terminal, without an end of line.
///
/// # Errors
/// What cannot be written as JSON.
pub fn json(data: &impl Serialize) -> io::Result<String> {
    Ok(json_safe(&serde_json::to_string_pretty(data)?))
}

/// Says something on standard error; that nobody listens there is no error.
pub fn say(text: &str) {
    let mut err = io::stderr().lock();
    for line in text.lines() {
        let safe: String =
            line.chars().map(|c| if crate::text::is_unprintable(c) { ' ' } else { c }).collect();
        let _ = writeln!(err, "{safe}");
    }
}

fn terminal_width() -> Option<u16> {
    let table = comfy_table::Table::new();
    table.width()
}
