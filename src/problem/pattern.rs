//! Why a pattern of `[[review]]` cannot be used, in words.

use crate::text::Lang;

/// What is wrong with a regular expression.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PatternFault {
    /// It would be found between any two letters: it takes no letter at all.
    Nothing,
    /// Compiled, it costs more than it is worth.
    TooLarge,
    /// It is none; what the crate that reads it says.
    Syntax(String),
}

/// What the crate says of the mistakes that people make, and the same in Japanese.
const SYNTAX: [(&str, &str); 16] = [
    ("unclosed group", "「(」が閉じられていません"),
    ("unopened group", "「)」に対応する「(」がありません"),
    ("unclosed character class", "「[」が閉じられていません"),
    ("repetition operator missing expression", "「*」「+」「?」の前に、繰り返すものがありません"),
    ("unclosed counted repetition", "「{」が閉じられていません"),
    ("repetition quantifier expects a valid decimal", "「{ }」の中は数で書きます"),
    ("invalid repetition count range", "「{ }」の中は、小さい数を先に書きます"),
    ("invalid character class range", "「[ ]」の中の範囲が逆です"),
    ("invalid range boundary", "「[ ]」の中の範囲は、一文字どうしで書きます"),
    ("invalid escape sequence found in character class", "「[ ]」の中では使えない「\\」の書き方です"),
    ("unrecognized escape sequence", "「\\」のあとの文字に決まった意味がありません"),
    ("incomplete escape sequence", "「\\」で終わっています"),
    ("look-around", "先読みと後読み（(?=…)、(?!…)、(?<=…)、(?<!…)）は使えません"),
    ("backreferences", "後方参照（\\1 など）は使えません"),
    ("unrecognized flag", "「(?」のあとの文字に決まった意味がありません"),
    ("Unicode property", "\\p{ } の中の名前が分かりません"),
];

impl PatternFault {
    /// What is wrong with a pattern, which is written like this.
    pub(super) fn message(&self, pattern: &str, lang: Lang) -> String {
        match (lang, self) {
            (Lang::En, Self::Nothing) if pattern.is_empty() => "the pattern is empty".into(),
            (Lang::Ja, Self::Nothing) if pattern.is_empty() => "正規表現が空です".into(),
            (Lang::En, Self::Nothing) => {
                format!("the pattern also matches where there is no letter at all: `{pattern}`")
            }
            (Lang::Ja, Self::Nothing) => format!("「{pattern}」は、文字が一つもないところにも当てはまります"),
            (Lang::En, Self::TooLarge) => format!("the pattern is too large: `{pattern}`"),
            (Lang::Ja, Self::TooLarge) => format!("「{pattern}」は正規表現として大きすぎます"),
            (Lang::En, Self::Syntax(_)) => format!("not a pattern: `{pattern}`"),
            (Lang::Ja, Self::Syntax(_)) => format!("「{pattern}」は正規表現として読めません"),
        }
    }

    /// What to do about it; the crate's own words are safe to be shown by then.
    pub(super) fn help(&self, said: impl FnOnce(&str) -> String, lang: Lang) -> String {
        match (lang, self) {
            (Lang::En, Self::Nothing) => "let it need one letter at least: `a+` in place of `a*`".into(),
            (Lang::Ja, Self::Nothing) => {
                "一文字以上に当てはまるように書いてください（a* ではなく a+ など）".into()
            }
            (Lang::En, Self::TooLarge) => "make it smaller, or split it into two rules".into(),
            (Lang::Ja, Self::TooLarge) => "繰り返しの数を減らすか、規則を分けてください".into(),
            (Lang::En, Self::Syntax(why)) => format!("mend the regular expression: {}", said(why)),
            (Lang::Ja, Self::Syntax(why)) => match SYNTAX.iter().find(|(start, _)| why.starts_with(start)) {
                Some((_, ja)) => format!("正規表現を直してください（{ja}）"),
                None => format!("正規表現を直してください（{}）", said(why)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;

    /// The words of the crate are looked up as they begin: should it say it otherwise, this tells.
    #[test]
    fn each_mistake_has_its_words() {
        let written = [
            "(", "a)", "[a", "*", "a{2", "a{,3}", "a{3,2}", "[z-a]", r"[\d-z]", r"[\b]", r"\y", r"a\",
            "(?=a)", r"(a)\1", "(?z)a", r"\p{nix}",
        ];
        for (pattern, (start, _)) in written.into_iter().zip(SYNTAX) {
            let said = Regex::new(pattern).expect_err(pattern).to_string();
            let why = said.lines().last().unwrap_or_default().trim_start_matches("error: ");
            assert!(why.starts_with(start), "{pattern}: {why:?} is not {start:?}");
        }
    }
}
