//! On what occasion a message is written: the words for it, and which one an item of the agenda means.

use crate::config::Greeting;
use crate::page;
use crate::plan::{Item, Kind, State, Talk, Why};
use crate::text::{fold, nearest};

/// On what occasion a message is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occasion {
    /// They helped.
    Thanks,
    /// You leave an organisation.
    Farewell,
    /// You have left it.
    Settled,
    /// A new job: yours, or theirs.
    NewJob,
    /// A business of one's own: yours, or theirs.
    Independence,
    /// Their birthday.
    Birthday,
    /// They have risen.
    Promotion,
    /// They have another post or place.
    Transfer,
    /// Any other good news of theirs.
    GoodNews,
    /// A greeting of the season.
    Season,
    /// A death.
    Condolence,
    /// You have met.
    FollowUp,
    /// Something that they would like to read.
    Share,
    /// How they are.
    Ask,
    /// They wrote.
    Reply,
    /// A long silence.
    Reopen,
    /// What you promised.
    Promise,
    /// What they promised.
    Waiting,
    /// A meeting over coffee or a meal.
    Coffee,
    /// A call.
    Talk,
    /// You come to where they are.
    Visit,
    /// Many together again.
    Gathering,
    /// Two people who should know each other.
    Introduce,
    /// Working together again.
    Together,
    /// A few words for a profile.
    Recommend,
}

/// Each with its word, and with other words for it.
const WORDS: [(Occasion, &str, &[&str]); 25] = [
    (Occasion::Thanks, "thanks", &["お礼", "御礼", "感謝", "thank-you"]),
    (Occasion::Farewell, "farewell", &["退職", "退職の挨拶", "退職挨拶", "お別れ", "goodbye"]),
    (Occasion::Settled, "settled", &["退職後", "退職後のお礼", "退職後の挨拶"]),
    (Occasion::NewJob, "new-job", &["転職", "転職報告", "転職の報告", "入社", "新しい仕事", "report"]),
    (Occasion::Independence, "independence", &["独立", "独立報告", "独立の報告", "開業", "起業"]),
    (Occasion::Birthday, "birthday", &["誕生日", "お誕生日", "誕生祝い", "誕生日祝い"]),
    (Occasion::Promotion, "promotion", &["昇進", "昇進祝い", "昇格", "昇格祝い", "就任", "就任祝い"]),
    (Occasion::Transfer, "transfer", &["異動", "異動祝い", "転勤", "栄転", "栄転祝い"]),
    (Occasion::GoodNews, "good-news", &["お祝い", "祝い", "吉報", "朗報", "congratulations"]),
    (Occasion::Season, "season", &["季節", "季節の挨拶", "時候の挨拶"]),
    (Occasion::Condolence, "condolence", &["お悔やみ", "お悔み", "弔意", "弔電", "condolences"]),
    (Occasion::FollowUp, "follow-up", &["会ったあと", "会った後", "会ったあとのひとこと", "フォロー"]),
    (Occasion::Share, "share", &["共有", "記事の共有"]),
    (Occasion::Ask, "ask", &["近況", "近況伺い", "近況を尋ねる", "catch-up"]),
    (Occasion::Reply, "reply", &["返信", "返事", "お返事", "answer"]),
    (Occasion::Reopen, "reopen", &["再開", "久しぶり", "ご無沙汰", "ごぶさた", "久しぶりの連絡"]),
    (Occasion::Promise, "promise", &["約束"]),
    (Occasion::Waiting, "waiting", &["待っていること", "お願いの確認", "催促"]),
    (Occasion::Coffee, "coffee", &["お茶", "コーヒー", "食事", "ランチ", "lunch"]),
    (Occasion::Talk, "talk", &["通話", "話す", "オンライン", "ビデオ通話", "call"]),
    (Occasion::Visit, "visit", &["訪問", "再会", "出張"]),
    (Occasion::Gathering, "gathering", &["集まり", "同窓会", "飲み会", "reunion"]),
    (Occasion::Introduce, "introduce", &["紹介", "引き合わせ", "introduction"]),
    (Occasion::Together, "together", &["協業", "業務委託", "復職", "協業の相談", "一緒に働く"]),
    (Occasion::Recommend, "recommend", &["推薦", "推薦文", "推薦状", "recommendation"]),
];

impl Occasion {
    /// All of them, in the order in which they are told.
    pub fn all() -> impl Iterator<Item = Self> {
        WORDS.iter().map(|(occasion, ..)| *occasion)
    }

    /// The word on the command line and in templates' names.
    pub fn word(self) -> &'static str {
        WORDS.iter().find(|(occasion, ..)| *occasion == self).map_or("", |(_, word, _)| word)
    }

    /// The occasion that a word means, in either language.
    pub fn parse(word: &str) -> Option<Self> {
        let word = fold(word).replace([' ', '_'], "-");
        let named = |(_, own, others): &&(Self, &str, &[&str])| *own == word || others.contains(&&*word);
        WORDS.iter().find(named).map(|(occasion, ..)| *occasion)
    }

    /// The word nearest to one that means none.
    pub fn nearest(word: &str) -> Option<&'static str> {
        let word = fold(word).replace([' ', '_'], "-");
        let all = WORDS.iter().flat_map(|(_, own, others)| std::iter::once(own).chain(*others));
        nearest(&word, all.copied())
    }

    /// Whether joy is in it, so that nobody in mourning is written to on it.
    pub fn is_glad(self) -> bool {
        matches!(self, Self::Birthday | Self::Promotion | Self::Transfer | Self::GoodNews)
    }

    /// Whether it is written even in the first days after a death.
    pub fn is_owed(self) -> bool {
        matches!(self, Self::Condolence | Self::Promise | Self::Reply | Self::Waiting)
    }

    /// The occasion that an item gives.
    pub fn of_item(item: &Item) -> Option<Self> {
        let is_apart = matches!(item.state, Some(State::New | State::Dormant));
        Some(match item.kind {
            Kind::FollowUp => Self::FollowUp,
            Kind::Reply => Self::Reply,
            Kind::Promise => Self::Promise,
            Kind::Waiting => Self::Waiting,
            Kind::Thanks => Self::Thanks,
            Kind::Birthday => Self::Birthday,
            Kind::Milestone => match &item.why {
                Why::Milestone { what, .. } => Self::of_milestone(what),
                _ => Self::Ask,
            },
            Kind::Season => Self::Season,
            Kind::Farewell => Self::Farewell,
            Kind::Settled => Self::Settled,
            Kind::Report => Self::NewJob,
            Kind::Visit => Self::Visit,
            Kind::Reopen => Self::Reopen,
            Kind::Cadence | Kind::Drift | Kind::Touch if is_apart => Self::Reopen,
            Kind::Cadence => match &item.why {
                Why::Window { talk: Some(Talk::InPerson), .. } => Self::Coffee,
                Why::Window { talk: Some(Talk::Video), .. } => Self::Talk,
                _ => Self::Ask,
            },
            Kind::Drift | Kind::Touch => Self::Ask,
            Kind::Share => Self::Share,
            Kind::Introduce => Self::Introduce,
            Kind::Gathering => Self::Gathering,
            Kind::Prepare | Kind::Habit | Kind::Sort => return None,
        })
    }

    /// What a milestone's words ask for. Where they are neither glad nor tell of a death, one asks how
    /// they are.
    pub fn of_milestone(what: &str) -> Self {
        const RISEN: [&str; 7] = ["昇進", "昇格", "就任", "promot", "new role", "appointed", "made partner"];
        const MOVED: [&str; 7] = ["栄転", "異動", "転勤", "赴任", "転任", "transfer", "relocat"];
        const HIRED: [&str; 6] = ["転職", "入社", "復職", "new job", "joined", "joins"];
        const FOUNDED: [&str; 7] = ["独立", "起業", "開業", "創業", "founded", "own business", "own company"];
        let folded = fold(what);
        let says = |words: &[&str]| words.iter().any(|word| folded.contains(word));
        match page::tone(what) {
            page::Tone::Loss => Self::Condolence,
            page::Tone::Glad if says(&RISEN) => Self::Promotion,
            page::Tone::Glad if says(&MOVED) => Self::Transfer,
            page::Tone::Glad if says(&HIRED) => Self::NewJob,
            page::Tone::Glad if says(&FOUNDED) => Self::Independence,
            page::Tone::Glad => Self::GoodNews,
            // Whoever moves may be glad of it or not: the words for it fit both.
            page::Tone::Other if says(&MOVED) => Self::Transfer,
            page::Tone::Other => Self::Ask,
        }
    }
}

/// The name of the template for a season's greeting.
pub fn season_key(greeting: Greeting, is_after_risshun: bool) -> &'static str {
    match greeting {
        Greeting::NewYear => "new-year",
        Greeting::MidWinter if is_after_risshun => "late-winter",
        Greeting::MidWinter => "midwinter",
        Greeting::MidSummer => "midsummer",
        Greeting::LateSummer => "late-summer",
        Greeting::YearEnd => "year-end",
        Greeting::Bereaved => "bereaved",
        Greeting::Own => "season",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_means_one_occasion() {
        for (occasion, word, others) in WORDS {
            assert_eq!(Occasion::parse(word), Some(occasion));
            for other in others {
                assert_eq!(Occasion::parse(other), Some(occasion), "{other}");
            }
        }
        assert_eq!(Occasion::parse("Follow Up"), Some(Occasion::FollowUp));
        assert_eq!(Occasion::parse("birthdays"), None);
        assert_eq!(Occasion::nearest("brithday"), Some("birthday"));
    }

    #[test]
    fn what_a_milestone_asks_for() {
        let check = |what: &str, want| assert_eq!(Occasion::of_milestone(what), want, "{what}");
        check("課長に昇進", Occasion::Promotion);
        check("promoted to director", Occasion::Promotion);
        check("大阪へ異動", Occasion::Transfer);
        check("転職", Occasion::NewJob);
        check("独立して開業", Occasion::Independence);
        check("結婚", Occasion::GoodNews);
        check("お母様ご逝去", Occasion::Condolence);
        check("her father passed away", Occasion::Condolence);
        // With care, and without words for it.
        check("入院", Occasion::Ask);
        check("昇進は見送り", Occasion::Ask);
        check("転職活動中", Occasion::Ask);
    }
}
