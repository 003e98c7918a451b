//! To whom a season's greeting goes: by tier and language, by what their note says, and by mourning.
//!
//! Leaves when and in which form, and what was sent already, to each season's reasons.

use std::sync::Arc;

use super::Season;
use super::household::mourner;
use crate::config::{Config, Greeting, SeasonRule};
use crate::note::person::Person;
use crate::note::seasonal::Seasons;
use crate::plan::{Subject, reach};
use crate::text::{Lang, Text, fold};

/// Whether a season's greeting goes to somebody at all.
pub(in crate::plan) fn is_greeted(s: &Subject<'_>, season: &Season) -> bool {
    is_one_of(s.person, s.config, s.ground.lang, season)
}

/// The same where `lang` is the language of whoever's note does not say.
pub(super) fn is_one_of(person: &Person, config: &Config, lang: Lang, season: &Season) -> bool {
    let rule = &season.rule;
    let of_tier = || {
        let tier = reach::tier(person, config).map(|tier| &*tier.id);
        let is_named = |named: &Arc<str>| tier == Some(&**named);
        (rule.tiers.is_empty() || rule.tiers.iter().any(is_named)) && speaks(person, lang, rule)
    };
    match &person.details().seasons {
        Seasons::Usual => of_tier(),
        Seasons::None => false,
        Seasons::NoNengajo => !matches!(rule.greeting, Greeting::NewYear | Greeting::Bereaved) && of_tier(),
        Seasons::Only(named) => match rule.greeting {
            // They are told of the year without a greeting instead of the greeting.
            Greeting::Bereaved => is_among(named, Greeting::NewYear, "") && of_tier(),
            greeting => is_among(named, greeting, &rule.name),
        },
    }
}

/// Whether somebody's note declines a season's greeting, or what is sent in its place.
pub fn is_declined(seasons: &Seasons, (greeting, name): (Greeting, &str)) -> bool {
    match seasons {
        Seasons::Usual => false,
        Seasons::None => true,
        Seasons::NoNengajo => matches!(greeting, Greeting::NewYear | Greeting::Bereaved),
        Seasons::Only(named) => {
            let is_of_winter = matches!(greeting, Greeting::MidWinter | Greeting::Bereaved);
            let is_in_its_place = is_of_winter && is_among(named, Greeting::NewYear, "");
            !is_in_its_place && !is_among(named, greeting, name)
        }
    }
}

/// Whether 年賀 has ended between you, by 年賀状じまい or by a list that does not name it.
pub(super) fn has_new_year_ended(s: &Subject<'_>) -> bool {
    match &s.person.details().seasons {
        Seasons::Usual => false,
        Seasons::None | Seasons::NoNengajo => true,
        Seasons::Only(named) => !is_among(named, Greeting::NewYear, ""),
    }
}

/// Whether somebody gets the new year's greeting of a year.
pub(super) fn gets_new_year(s: &Subject<'_>, year: i32) -> bool {
    let season = s.ground.season(Greeting::NewYear, year);
    season.is_some_and(|season| is_greeted(s, season)) && mourner(s, year).is_none()
}

/// Whether 寒中見舞い goes to somebody in the place of 年賀 while there is mourning: to whom it goes
/// anyway, and to whoever would get 年賀.
pub(in crate::plan) fn is_instead(s: &Subject<'_>, midwinter: &Season) -> bool {
    let new_year = || s.ground.season(Greeting::NewYear, midwinter.year());
    is_greeted(s, midwinter) || new_year().is_some_and(|new_year| is_greeted(s, new_year))
}

fn is_among(named: &[Text], greeting: Greeting, name: &str) -> bool {
    named.iter().any(|word| match greeting {
        Greeting::Own => fold(word) == fold(name),
        customary => Greeting::of_word(word) == customary,
    })
}

pub(in crate::plan) fn speaks(person: &Person, usual: Lang, rule: &SeasonRule) -> bool {
    rule.lang.is_none_or(|lang| person.details().lang.unwrap_or(usual) == lang)
}
