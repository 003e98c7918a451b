//! `goen man`: the manual, made of the same words as `--help`, and what a manual tells besides.

use std::path::PathBuf;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::Cli;
use super::fail::Fail;
use super::output::Output;
use super::words::pick;
use crate::vault::named;

/// Print the manual page, or write all of them to a folder ・ マニュアルを表示する、または全ページをフォルダーに書き出す
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write goen.1 and a page for each command into this folder ・ goen.1 とコマンドごとのページを書き出すフォルダー
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

/// One page: the name of its file, and its text.
struct Page {
    name: String,
    text: String,
}

/// Prints the page of goen, or writes all pages.
pub fn run(cli: &Cli, args: &Args, output: &mut Output) -> Result<u8, Fail> {
    let lang = cli.lang.unwrap_or_default();
    let Some(dir) = &args.dir else {
        let page = page(&whole(), true).map_err(Fail::Output)?;
        if cli.json {
            output.json(&serde_json::json!({ "name": page.name, "text": page.text }));
        } else {
            output.lines(&page.text);
        }
        return Ok(0);
    };
    let (mut made, mut left) = (Vec::new(), Vec::new());
    for page in pages().map_err(Fail::Output)? {
        let path = dir.join(&page.name);
        let written = named::replace(&path, page.text.as_bytes(), is_own);
        let of = if written.map_err(|error| Fail::Disk(error, lang))? { &mut made } else { &mut left };
        of.push(path.to_string_lossy().into_owned());
    }
    let code = if left.is_empty() { 0 } else { 2 };
    if cli.json {
        output.json(&serde_json::json!({ "made": made, "left": left }));
        return Ok(code);
    }
    for path in &made {
        let path = crate::text::one_line(path);
        output.line(pick(lang, &format!("書き出しました: {path}"), &format!("wrote {path}")));
    }
    for path in &left {
        let path = crate::text::one_line(path);
        let ja = format!(
            "そのままにしました: {path}（goen のマニュアルではありません。移すか、別のフォルダーを指定してください）"
        );
        let en = format!(
            "left {path} as it is: it is not a page of goen's manual; move it away, or name another folder"
        );
        super::output::say(pick(lang, &ja, &en));
    }
    Ok(code)
}

/// Whether a file is a page that goen wrote, of whichever version.
fn is_own(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.lines().take(3).any(|line| line.starts_with(".TH \"goen") && line.ends_with("\"goen\""))
}

/// goen with all that clap works out of it.
fn whole() -> Command {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    command
}

/// The page of goen, and those of every command, of nested ones too.
fn pages() -> std::io::Result<Vec<Page>> {
    fn below(command: &Command, pages: &mut Vec<Page>) -> std::io::Result<()> {
        for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
            pages.push(page(inner, false)?);
            below(inner, pages)?;
        }
        Ok(())
    }
    let command = whole();
    let mut pages = vec![page(&command, true)?];
    below(&command, &mut pages)?;
    Ok(pages)
}

fn page(command: &Command, is_whole: bool) -> std::io::Result<Page> {
    let man = Man::new(command.clone());
    let name = man.get_filename();
    let mut bytes = Vec::new();
    man.render(&mut bytes)?;
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    text.push_str(&if is_whole { besides() } else { see_also() }.to_roff());
    // A line is not broken beside a blank one.
    let text = text.replace(".br\n\n.br\n", ".sp\n");
    Ok(Page { text: breakable(&titled(&text, name.trim_end_matches(".1"))), name })
}

/// The page with a title that has no day (the same version says the same on every day), and with lines
/// that are not spread out to the margin: half of the words cannot be.
fn titled(text: &str, title: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        if line.starts_with(".TH ") {
            out.push_str(&format!(".TH \"{title}\" 1 \"\" \"goen {version}\" \"goen\"\n.ad l\n"));
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// What the help does not tell. Each entry: a word, and what it is, in English and in Japanese.
fn besides() -> Roff {
    let mut roff = Roff::new();
    section(
        &mut roff,
        "EXIT STATUS",
        &[
            ("0", "done ・ 完了"),
            (
                "1",
                "done, and something wants attention: check found an error, review an error or a warning, git \
                 merge left a conflict \
                 ・ 完了したが、check がエラーを、review がエラーか注意を見つけた。git merge が決められないところを残した",
            ),
            ("2", "could not be done; the reason is on standard error ・ 実行できなかった"),
        ],
    );
    section(
        &mut roff,
        "ENVIRONMENT",
        &[
            ("GOEN_VAULT", "the folder of notes, if --vault is not given ・ ノートのフォルダー"),
            ("GOEN_TODAY", "the day to plan for, if --today is not given ・ 基準日"),
            ("GOEN_LOG", "how much goen watch logs: error, warn, info, debug ・ watch のログの細かさ"),
            ("NO_COLOR, CLICOLOR", "whether a terminal gets colours ・ 端末の表示に色を付けるか"),
            ("XDG_STATE_HOME", "where goen keeps its state on this machine ・ この端末の状態を置く場所"),
            ("COMPLETE", "set by a shell that asks for completions ・ シェルが補完を求めるときに設定する"),
        ],
    );
    section(
        &mut roff,
        "FILES",
        &[
            (
                "goen.toml",
                "settings, in the folder of notes; all optional ・ 設定。ノートのフォルダーに置く。どの項目も省略できる",
            ),
            (
                "reconnect.md",
                "the page, or what [page] file names ・ 予定のページ（[page] file で変えられる）",
            ),
            (
                "people.base",
                "everybody as a table for Obsidian, by goen init --obsidian ・ Obsidian 用の全員の一覧（goen init --obsidian が作る）",
            ),
            (
                ".obsidian/daily-notes.json, .obsidian/types.json",
                "how daily notes are named (read); types of properties (only added to, by goen init \
                 --obsidian) ・ デイリーノートの名前（読むだけ）、プロパティの型（goen init --obsidian が書き足すだけ）",
            ),
            (
                ".gitattributes",
                "how git merges notes, by goen git setup ・ git がノートをマージする方法（goen git setup が書く）",
            ),
            (
                "the calendar that [export] ics names",
                "kept up to date beside the page, where it is named ・ ページと一緒に更新するカレンダー",
            ),
            (
                "$XDG_STATE_HOME/goen/, ~/.local/state/goen/; %APPDATA%\\goen\\ on Windows",
                "goen's state on this machine, for each vault: locks, what undo takes back \
                 ・ この端末の状態。ロックと、undo で取り消すための控え",
            ),
        ],
    );
    roff
}

fn section(roff: &mut Roff, heading: &str, entries: &[(&str, &str)]) {
    roff.control("SH", [heading]);
    for (word, meaning) in entries {
        roff.control("TP", []);
        roff.text([bold(*word)]);
        roff.text([roman(*meaning)]);
    }
}

fn see_also() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["SEE ALSO"]);
    roff.text([bold("goen"), roman("(1)")]);
    roff
}

/// The page with places where a line of Japanese may end: roff breaks lines at blanks alone.
fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut is_name = false;
    for line in text.lines() {
        let mut before = ' ';
        // A request, unlike a text, is not broken into lines; the name is read by `apropos`, too.
        let is_request = line.starts_with(['.', '\'']);
        for c in line.chars() {
            if !is_request && !is_name && may_break(before, c) {
                out.push_str("\\:");
            }
            out.push(c);
            before = c;
        }
        out.push('\n');
        is_name = line == ".SH NAME";
    }
    out
}

fn may_break(before: char, after: char) -> bool {
    const NEVER_FIRST: &str = "、。，．・：；？！」』）］｝〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ〜";
    const NEVER_LAST: &str = "「『（［｛〔";
    let is_wide = |c: char| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    is_wide(before) && is_wide(after) && !NEVER_LAST.contains(before) && !NEVER_FIRST.contains(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_may_be_broken_and_requests_are_not() {
        assert_eq!(breakable("予定、goen「予定」"), "予\\:定、goen「予\\:定」\n");
        assert_eq!(breakable(".SH 予定"), ".SH 予定\n");
        assert_eq!(breakable(".SH NAME\n予定\n予定"), ".SH NAME\n予定\n予\\:定\n");
    }

    #[test]
    fn every_command_has_a_page_with_its_name() {
        let pages = pages().expect("pages are made in memory");
        let names: Vec<&str> = pages.iter().map(|page| &*page.name).collect();
        for command in whole().get_subcommands() {
            let name = format!("goen-{}.1", command.get_name());
            assert!(names.contains(&&*name), "{name} is not among {names:?}");
        }
        assert!(names.contains(&"goen-service-install.1"), "{names:?}");
        for page in &pages {
            assert!(page.text.contains(".SH NAME\ngoen"), "{}", page.name);
            assert!(!page.text.contains("goen-help"), "{}", page.name);
        }
    }
}
