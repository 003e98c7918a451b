//! What a key takes, in the words of both languages.

use crate::text::Lang;

/// What a key takes: a few words, and examples as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Takes {
    /// In English; empty where the examples are all there is.
    pub en: &'static str,
    /// In Japanese; empty where the examples are all there is.
    pub ja: &'static str,
    /// The examples, `, ` between them; empty where the words are all there is.
    pub like: &'static str,
}

impl Takes {
    /// What the examples say by themselves.
    pub const fn like(like: &'static str) -> Self {
        Self { en: "", ja: "", like }
    }

    /// As it stands in a sentence.
    pub fn words(self, lang: Lang) -> String {
        self.around(self.like, lang)
    }

    /// The same as Markdown: each example is code.
    pub fn markdown(self, lang: Lang) -> String {
        let between = match lang {
            Lang::En => "`, `",
            Lang::Ja => "`、`",
        };
        let mut like = String::from("`");
        let mut depth = 0;
        for (at, c) in self.like.char_indices() {
            match c {
                '[' => depth += 1,
                ']' => depth -= 1,
                ' ' if depth == 0 && self.like[..at].ends_with(',') => {
                    like.pop();
                    like.push_str(between);
                    continue;
                }
                _ => {}
            }
            like.push(c);
        }
        self.around(&(like + "`"), lang)
    }

    fn around(self, like: &str, lang: Lang) -> String {
        let words = match lang {
            Lang::En => self.en,
            Lang::Ja => self.ja,
        };
        match (words, self.like, lang) {
            ("", ..) => like.to_owned(),
            (_, "", _) => words.to_owned(),
            (.., Lang::En) => format!("{words}: {like}"),
            (.., Lang::Ja) => format!("{words}（{like}）"),
        }
    }
}
