//! `goen.toml`: it is read or every problem in it has a place in it, and what was read can be used.

use goen::config::Config;
use goen::moment::DailyFormat;
use goen::note;
use goen::note::dialect::{Dialect, Journal};
use goen::text::{Lang, NotePath};

/// What it is made of.
pub const PIECES: &[&str] = &[
    "[vault]\n",
    "[people]\n",
    "[fields]\n",
    "[journal]\n",
    "[log]\n",
    "[dates]\n",
    "[tiers.close]\n",
    "[tiers.x]\n",
    "[energy]\n",
    "[circle]\n",
    "[drift]\n",
    "[promises]\n",
    "[reopen]\n",
    "[calendar]\n",
    "[birthdays]\n",
    "[season]\n",
    "[[seasons]]\n",
    "[clips]\n",
    "[interests]\n",
    "[[review]]\n",
    "[page]\n",
    "[write]\n",
    "[watch]\n",
    "[git]\n",
    "[export]\n",
    "name",
    "folders",
    "ignore",
    "format",
    "headings",
    "day_first",
    "cadence",
    "every",
    "pattern",
    "when",
    "from",
    "until",
    "closed",
    "file",
    "template",
    "links",
    "mode",
    "ics",
    "day",
    "week",
    "settle",
    "lang",
    "tags",
    "word",
    " = ",
    "= [",
    "]\n",
    "\"",
    "'",
    "\"\"\"",
    "\n",
    ", ",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "9999999999999999999",
    "1.5",
    "inf",
    "2026-11-21",
    "\"1m..2m\"",
    "\"6w\"",
    "\"People\"",
    "\"../x\"",
    "\"/etc\"",
    "\"a/b.md\"",
    "\"YYYY-MM-DD\"",
    "\"(\"",
    "\"(a+)+$\"",
    "\"x{1000}{1000}\"",
    "\"\\\\d\"",
    "\"12-24\"",
    "\"12-15..12-25\"",
    "\"yes\"",
    "{ a = 1 }",
    "# c\n",
    "\u{feff}",
    "\r\n",
    "田中",
    "\"最終連絡\"",
    "last_contact",
    "\\u0000",
    "\u{202e}",
];

/// See the head of this file.
pub fn holds(data: &[u8]) {
    let Some(text) = super::text(data, PIECES) else { return };
    let path = NotePath::new("goen.toml");
    let config = match Config::parse(&path, &text) {
        Ok(config) => config,
        Err(problems) => {
            assert!(!problems.is_empty(), "{text:?}");
            let lines = u32::try_from(1 + text.matches('\n').count()).unwrap();
            for problem in &problems {
                assert!((1..=lines).contains(&problem.line), "{text:?}: {problem:?}");
                for lang in [Lang::Ja, Lang::En] {
                    assert!(!problem.what.message(lang).is_empty());
                    let _ = problem.what.help(lang);
                }
            }
            assert!(problems.is_sorted_by_key(|problem| problem.line), "{text:?}: {problems:?}");
            return;
        }
    };
    assert_eq!(Config::parse(&path, &text).as_ref(), Ok(&config));
    let _ = config.greetings();
    let journal = Journal { format: DailyFormat::new("YYYY-MM-DD").unwrap(), folder: None };
    let dialect = Dialect::new(&config, journal, &[]);
    let note = "---\ntype: person\ntier: close\n---\n## Log\n- 2026-09-14 (line) 年賀状が届いた\n";
    let _ = note::read(&NotePath::new("a/b.md"), note.as_bytes(), &dialect);
}
