//! What a milestone's own words make of it: who is congratulated, and who is written to with care.

use super::Voice;
use crate::plan::{Item, TopicKind};

/// What a milestone's words make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// To be congratulated on.
    Glad,
    /// A death.
    Loss,
    /// To be written about with care, or nobody knows.
    Other,
}

/// Words of loss, besides those of [`UNWELL`]. As in all of these tables, a word in ASCII stands for itself alone, `…*` for
/// all that begin with it and `*…` for all that end with it; a Japanese one is found anywhere.
const SOMBRE: &[&str] = &[
    "不幸",
    "喪",
    "忌",
    "葬",
    "離婚",
    "解雇",
    "倒産",
    "廃業",
    "流産",
    "休職",
    "死産",
    "余命",
    "適応障害",
    "四十九日",
    "法要",
    "ill",
    "illness",
    "sick",
    "hospital*",
    "surgery",
    "cancer",
    "accident",
    "divorc*",
    "layoff",
    "laid off",
    "fired",
    "bankrupt*",
    "lost",
    "loss",
    "mourning",
    "miscarriage",
    "stillbirth",
];

/// Those of a death among them. What was lost otherwise, or who only was ill, is none.
const DEATH: &[&str] = &[
    "逝",
    "亡くな",
    "亡くさ",
    "亡くし",
    "訃報",
    "死去",
    "急死",
    "病死",
    "死亡",
    "他界",
    "永眠",
    "不幸",
    "を看取",
    "天国へ旅立",
    "天国に旅立",
    "様が旅立",
    "父が旅立",
    "母が旅立",
    "喪中",
    "喪主",
    "忌中",
    "忌引",
    "服喪",
    "葬",
    "通夜",
    "弔",
    "death",
    "died",
    "passed away",
    "funeral",
    "mourning",
];

/// Words of a failure, which one leaves to whoever had it to speak of.
const FAILED: &[&str] = &[
    "お悔",
    "失敗",
    "不合格",
    "落選",
    "落第",
    "留年",
    "破談",
    "降格",
    "退職勧奨",
    "リストラ",
    "condolence*",
    "fail*",
    "reject*",
    "demot*",
];

/// Words by which what would be good news did not come, or is over.
const UNDONE: &[&str] = &[
    "不合格",
    "破棄",
    "廃止",
    "見送り",
    "見送られ",
    "見送る",
    "見送った",
    "中止",
    "延期",
    "できず",
    "できなかった",
    "できませんでした",
    "ならず",
    "ならなかった",
    "なりませんでした",
    "せず",
    "逃す",
    "逃し",
    "逃した",
    "留年",
    "落ち",
    "落選",
    "落第",
    "失敗",
    "解消",
    "取り消",
    "取消",
    "取り止め",
    "取りやめ",
    "辞退",
    "断念",
    "撤回",
    "白紙",
    "破談",
    "降格",
    "活動中",
    "検討中",
    "not",
    "*n't",
    "no",
    "never",
    "without",
    "fail*",
    "reject*",
    "declin*",
    "cancel*",
    "postpon*",
    "delay*",
    "withdraw*",
    "withdrew",
    "unsuccessful*",
    "missed",
    "turned down",
    "called off",
    "broke off",
    "broken off",
    "dropped out",
    "demot*",
];

/// Those after which one wishes somebody to be well again: お見舞い.
const UNWELL: &[&str] = &[
    "入院",
    "手術",
    "病",
    "怪我",
    "ケガ",
    "けが",
    "事故",
    "被災",
    "災害",
    "骨折",
    "療養",
    "がん",
    "癌",
    "腫瘍",
    "鬱",
    "梗塞",
    "脳卒中",
];

/// Words that hold one of those above and mean none.
const HARMLESS: &[&str] = &[
    "落ち着",
    "落ちつ",
    "がんば",
    "がんこ",
    "がんも",
    "がんじ",
    "がんた",
    "がんし",
    "がんち",
    "がんね",
    "ひがん",
    "きがん",
    "だけが",
];

const GLAD: &[&str] = &[
    "昇進",
    "昇格",
    "栄転",
    "結婚",
    "出産",
    "誕生",
    "合格",
    "受賞",
    "入賞",
    "転職",
    "独立",
    "起業",
    "開業",
    "就任",
    "入社",
    "卒業",
    "退院",
    "新居",
    "入籍",
    "婚約",
    "出版",
    "上場",
    "優勝",
    "復帰",
    "還暦",
    "叙勲",
    "表彰",
    "promot*",
    "wedding*",
    "married",
    "engaged",
    "engagement",
    "baby",
    "born",
    "newborn",
    "award*",
    "new job",
    "new role",
    "joined",
    "launch*",
    "founded",
    "graduat*",
    "publish*",
    "anniversary",
    "retire*",
    "won",
    "moved in",
    "degree",
    "certified",
];

/// Whether words tell of a death, an illness, a loss or a failure, so that nobody is asked about it
/// lightly.
pub fn is_sombre(what: &str) -> bool {
    let what = without_harmless(&what.to_lowercase());
    [SOMBRE, UNWELL, DEATH, FAILED].iter().any(|table| says(&what, table))
}

/// Whether words tell of an illness, an accident or a disaster and of nothing worse, so that one writes to
/// wish somebody well.
pub fn is_unwell(what: &str) -> bool {
    let what = without_harmless(&what.to_lowercase()).replace("病院", "");
    says(&what, UNWELL) && !says(&what, DEATH) && !what.contains("退院")
}

fn without_harmless(what: &str) -> String {
    HARMLESS.iter().fold(what.to_owned(), |rest, word| rest.replace(word, ""))
}

/// What the words of a milestone say of it.
pub fn tone(what: &str) -> Tone {
    let what = what.to_lowercase();
    if says(&what, DEATH) {
        return Tone::Loss;
    }
    // Who comes home from a hospital was in one.
    let rest = without_harmless(&what);
    let sombre = (says(&rest, SOMBRE) || says(&rest, UNWELL)) && !what.contains("退院");
    if says(&what, GLAD) && !sombre && !says(&rest, UNDONE) { Tone::Glad } else { Tone::Other }
}

/// Whether one of a table's words stands in a text in small letters.
fn says(what: &str, table: &[&str]) -> bool {
    let word = |c: char| match c {
        '’' => '\'',
        c if c.is_ascii_alphanumeric() || c == '\'' => c,
        _ => ' ',
    };
    let words: Vec<String> = what
        .chars()
        .map(word)
        .collect::<String>()
        .split(' ')
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect();
    let spaced = format!(" {} ", words.join(" "));
    table.iter().any(|entry| {
        if !entry.is_ascii() {
            return what.contains(entry);
        }
        match (entry.strip_prefix('*'), entry.strip_suffix('*')) {
            (Some(end), _) => spaced.contains(&format!("{end} ")),
            (_, Some(beginning)) => spaced.contains(&format!(" {beginning}")),
            _ => spaced.contains(&format!(" {entry} ")),
        }
    })
}

/// Whether the item of one piece of news names another that is no time for congratulations.
pub(super) fn is_grave_besides(item: &Item) -> bool {
    item.topics.iter().any(|topic| topic.kind == TopicKind::Milestone && is_sombre(&topic.text))
}

impl Voice {
    /// What is to be done on a milestone; nobody is congratulated at a time that is none for it.
    pub(super) fn milestone_ja(&self, what: &str, grave: bool, who: &str, ni: &str) -> String {
        match (tone(what), self.text(what)) {
            (_, what) if what.is_empty() => format!("{who}{ni}近況を"),
            (Tone::Glad, what) if !grave => format!("{who}{ni}「{what}」のお祝いを"),
            (_, what) => format!("{who}{ni}ひとことを（{what}）"),
        }
    }

    /// What is to be done on a milestone.
    pub(super) fn milestone_en(&self, what: &str, grave: bool, who: &str, by: &str) -> String {
        match (tone(what), self.text(what)) {
            (_, what) if what.is_empty() => format!("Catch up with {who}{by}"),
            (Tone::Glad, what) if !grave => format!("Congratulate {who}{by}: {what}"),
            (_, what) => format!("Write a few words to {who}{by}: {what}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn congratulated_is_what_came_true() {
        for what in [
            "部長昇進",
            "結婚記念日",
            "手術を終えて退院",
            "新居に落ち着いた",
            "転職活動を終えて入社",
            "Promotion to head of unit",
            "got promoted",
            "Twins were born",
            "new job at ACME",
            "won a prize",
            "Awards night",
        ] {
            assert_eq!(tone(what), Tone::Glad, "{what}");
        }
    }

    #[test]
    fn a_death_in_the_words_that_people_use() {
        for what in [
            "お父様を亡くされた",
            "お父様が亡くなられた",
            "母が亡くなった",
            "ご母堂様がお亡くなりに",
            "訃報",
            "急逝",
            "祖母を看取る",
            "お父様が旅立たれた",
            "忌引き",
            "ご逝去",
            "お通夜",
            "her father passed away",
        ] {
            assert_eq!(tone(what), Tone::Loss, "{what}");
            assert!(is_sombre(what) && !is_unwell(what), "{what}");
        }
        for what in ["イギリスへ旅立つ", "看取りのクリニックを開業", "入院", "喪失感", "失くし物"]
        {
            assert_ne!(tone(what), Tone::Loss, "{what}");
        }
    }

    #[test]
    fn an_illness_is_no_small_talk() {
        for what in ["がん検査の結果待ち", "がん治療", "父の癌", "骨折", "手術", "被災"]
        {
            assert!(is_sombre(what) && is_unwell(what), "{what}");
        }
        for what in ["離婚", "流産", "不合格"] {
            assert!(is_sombre(what) && !is_unwell(what), "{what}");
        }
        for what in ["試験をがんばる", "お彼岸（ひがん）", "がんもどき", "合格きがん"]
        {
            assert!(!is_sombre(what), "{what}");
        }
    }

    #[test]
    fn nobody_is_congratulated_on_what_failed_or_hurts() {
        for what in [
            "",
            "引っ越し",
            "不合格",
            "試験に落ちて合格ならず",
            "婚約破棄",
            "婚約を解消",
            "上場廃止",
            "昇進見送り",
            "出版中止",
            "結婚式延期",
            "卒業できず留年",
            "卒業できなかった",
            "受賞を辞退",
            "入社取り消し",
            "開業に失敗",
            "昇進せず",
            "退院は延期",
            "転職活動中",
            "お父様ご逝去",
            "復帰後に入院",
            "not promoted",
            "wasn’t promoted",
            "Didn't graduate",
            "Wedding postponed",
            "engagement called off",
            "declined the new role",
            "failed to graduate",
            "lost the award",
            "launch cancelled",
            "Osborne moved",
            "trip to Borneo",
            "rewarded",
            "fell ill",
        ] {
            assert_ne!(tone(what), Tone::Glad, "{what}");
        }
    }
}
