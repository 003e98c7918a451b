//! `goen add NAME`: a new note from the template.

use super::fail::Fail;
use super::output::Output;
use super::phrase::{self, After};
use super::record;
use super::words::pick;
use crate::app::{AddError, App, Newcomer};
use crate::date::Towards;
use crate::text::one_line;

/// Make a note for somebody from your template ・ ひな形から、新しい人のノートを作る
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Their name ・ 名前
    #[arg(required = true)]
    name: Vec<String>,
    /// Their tier, by id or name ・ 間柄（id か名前）
    #[arg(long)]
    tier: Option<String>,
    /// Their organisation ・ 所属
    #[arg(long)]
    org: Option<String>,
    /// When you met: 2026-11-20, 昨日, last friday ・ 知り合った日（2026-11-20、昨日、先週の金曜 など）
    #[arg(long, value_name = "WHEN")]
    met: Option<String>,
    /// How the name is read, in kana ・ よみ（かな）
    #[arg(long)]
    reading: Option<String>,
    /// Where they live or work ・ 住んでいる、または働いている場所
    #[arg(long)]
    location: Option<String>,
}

/// Runs it.
pub fn run(app: &mut App, args: &Args, as_json: bool, output: &mut Output) -> Result<u8, Fail> {
    if let Some(tier) = &args.tier {
        let takes = || app.config.tiers.iter().map(|tier| &*tier.id).collect::<Vec<_>>().join(", ");
        app.config.tier_of_word(tier).ok_or_else(|| Fail::Option(tier.clone(), takes(), app.lang))?;
    }
    let met = args.met.as_deref().map(|text| {
        let day = phrase::day(app, text, Towards::Past, After::Anytime)?;
        if day > app.today { Err(phrase::not_taken(app, text, Towards::Past)) } else { Ok(day) }
    });
    let met = met.transpose()?;
    let newcomer = Newcomer {
        name: args.name.join(" "),
        reading: args.reading.clone(),
        tier: args.tier.clone(),
        org: args.org.clone(),
        location: args.location.clone(),
        met,
    };
    let lang = app.lang;
    let (ja, en) = match app.add(&newcomer) {
        Ok(path) if as_json => {
            output.json(&serde_json::json!({ "path": path.as_str() }));
            return Ok(0);
        }
        Ok(path) => {
            let (ja, en) = (format!("{path} を作りました。"), format!("made {path}"));
            output.line(pick(lang, &ja, &en));
            return Ok(0);
        }
        Err(AddError::Exists(path)) => (
            format!("{path} はすでにあります。何も書き込んでいません。"),
            format!("{path} already exists; nothing was written"),
        ),
        Err(AddError::NoName) => {
            let name = one_line(&newcomer.name);
            (
                format!("「{name}」という名前のファイルは作れません。別の名前を指定してください。"),
                format!("no file can be called `{name}`: give another name"),
            )
        }
        Err(AddError::Template(path, why)) => (
            format!("ひな形 {path} に書き込めません: {}", why.message(lang)),
            format!("the template {path} does not take it: {}", why.message(lang)),
        ),
        Err(AddError::Trouble(trouble)) => {
            super::output::say(&record::not_written(&trouble, lang));
            return Ok(2);
        }
    };
    super::output::say(pick(lang, &ja, &en));
    Ok(2)
}
