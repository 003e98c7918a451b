//! Roles in forms of address: which stand behind a family name, and which are written before a full one.

use std::sync::LazyLock;

use crate::config::Register;

/// Roles that may stand behind a family name, and what is said there: the highest first,
/// and of roles that end alike the longer one first.
const ROLES: &[(&str, &str)] = &[
    ("副会長", "副会長"),
    ("会長", "会長"),
    ("副社長", "副社長"),
    ("支社長", "支社長"),
    ("社長", "社長"),
    ("頭取", "頭取"),
    ("理事長", "理事長"),
    ("専務", "専務"),
    ("専務取締役", "専務"),
    ("常務", "常務"),
    ("常務取締役", "常務"),
    ("学長", "学長"),
    ("校長", "校長先生"),
    ("園長", "園長先生"),
    ("院長", "院長先生"),
    ("塾長", "塾長"),
    ("教授", "先生"),
    ("講師", "先生"),
    ("助教", "先生"),
    ("教諭", "先生"),
    ("医師", "先生"),
    ("弁護士", "先生"),
    ("税理士", "先生"),
    ("司法書士", "先生"),
    ("先生", "先生"),
    ("取締役", "取締役"),
    ("副本部長", "副本部長"),
    ("本部長", "本部長"),
    ("副事業部長", "副事業部長"),
    ("事業部長", "事業部長"),
    ("副部長", "副部長"),
    ("部長", "部長"),
    ("副支店長", "副支店長"),
    ("支店長", "支店長"),
    ("工場長", "工場長"),
    ("副所長", "副所長"),
    ("所長", "所長"),
    ("局長", "局長"),
    ("次長", "次長"),
    ("副室長", "副室長"),
    ("室長", "室長"),
    ("部門長", "部門長"),
    ("センター長", "センター長"),
    ("グループ長", "グループ長"),
    ("ユニット長", "ユニット長"),
    ("チーム長", "チーム長"),
    ("委員長", "委員長"),
    ("団長", "団長"),
    ("課長", "課長"),
    ("係長", "係長"),
    ("副店長", "副店長"),
    ("店長", "店長"),
    ("館長", "館長"),
    ("駅長", "駅長"),
    ("主任", "主任"),
];

/// Posts that are said behind a family name, the longer ones first; 先生 is no post.
pub(in crate::message) fn roles() -> &'static [&'static str] {
    static ALL: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let posts = ROLES.iter().filter(|(_, said)| *said != "先生").map(|(post, _)| *post);
        let mut all: Vec<&str> = posts.chain(["代表取締役", "顧問"]).collect();
        all.sort_by_key(|post| std::cmp::Reverse(post.len()));
        all
    });
    &ALL
}

/// What a role begins with that is held no more, or that is not the role itself.
const NOT_HELD: [&str; 5] = ["元", "前", "旧", "former", "ex-"];

/// What a role of rank ends with that cannot stand behind a family name.
const RANKS: [&str; 18] = [
    "代表取締役",
    "代表",
    "代理",
    "補佐",
    "心得",
    "役員",
    "顧問",
    "相談役",
    "監査役",
    "理事",
    "監事",
    "参与",
    "参事",
    "主幹",
    "主査",
    "主席",
    "首席",
    "長",
];

/// What other titles end with: they stand before a name where one is formal.
const TITLES: [&str; 12] = [
    "マネージャー",
    "マネジャー",
    "マネージャ",
    "リーダー",
    "ディレクター",
    "パートナー",
    "CEO",
    "COO",
    "CFO",
    "CTO",
    "CIO",
    "CISO",
];

/// The parts of a role that is held; none for one that is held no more.
fn parts(role: &str) -> Option<Vec<&str>> {
    let role = role.trim();
    if NOT_HELD.iter().any(|word| role.to_lowercase().starts_with(word)) {
        return None;
    }
    let parts = role.split(|c: char| c.is_whitespace() || "・、,/／兼（）()".contains(c));
    Some(parts.filter(|part| !part.is_empty()).collect())
}

/// Whether a role is written before the full name: a post, not what somebody does for a living.
pub(super) fn stands_before(role: &str, register: Register) -> bool {
    let ends = |words: &[&str]| {
        let parts = parts(role).unwrap_or_default();
        parts.iter().any(|part| words.iter().any(|word| part.ends_with(word)))
    };
    standing(role).is_some() || ends(&RANKS) || register == Register::Formal && ends(&TITLES)
}

/// Whether a word is a role and nothing else.
pub(super) fn is_role(word: &str) -> bool {
    ROLES.iter().any(|(role, _)| *role == word)
}

/// What a role is when it stands behind a family name; none for those that cannot.
pub(super) fn standing(role: &str) -> Option<&'static str> {
    let parts = parts(role)?;
    // 代表取締役 alone is the highest post there is, and 佐藤取締役 would be a lower one.
    if parts.iter().any(|part| part.ends_with("代表取締役")) {
        let higher = ROLES.iter().filter(|(_, said)| matches!(*said, "会長" | "社長" | "副社長"));
        return best(&parts, higher);
    }
    best(&parts, ROLES.iter())
}

fn best<'r>(
    parts: &[&str],
    roles: impl Iterator<Item = &'r (&'static str, &'static str)> + Clone,
) -> Option<&'static str> {
    let of_part = |part: &str| {
        let ending = roles.clone().enumerate().filter(|(_, (word, _))| part.ends_with(word));
        ending.max_by_key(|(_, (word, _))| word.len()).map(|(rank, (_, said))| (rank, *said))
    };
    parts.iter().filter_map(|part| of_part(part)).min_by_key(|(rank, _)| *rank).map(|(_, said)| said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_some_roles_can_stand_there() {
        let check = |role: &str, want: Option<&str>| assert_eq!(standing(role), want, "{role}");
        check("開発部長", Some("部長"));
        check("執行役員 営業本部長", Some("本部長"));
        check("取締役 兼 開発部長", Some("取締役"));
        check("代表取締役社長", Some("社長"));
        check("代表取締役 社長", Some("社長"));
        check("常務取締役", Some("常務"));
        check("副社長", Some("副社長"));
        check("准教授", Some("先生"));
        check("主任", Some("主任"));
        check("大阪センター長", Some("センター長"));
        check("プロジェクトマネージャー（課長）", Some("課長"));
        for none in ["代表取締役", "エンジニア", "CTO", "マネージャー", "元部長", "前社長", "部長代理", ""]
        {
            check(none, None);
        }
    }

    #[test]
    fn a_post_stands_before_the_full_name() {
        let check = |role: &str, polite: bool, formal: bool| {
            let of = |register| stands_before(role, register);
            assert_eq!((of(Register::Polite), of(Register::Formal)), (polite, formal), "{role}");
        };
        for rank in ["開発部長", "大阪センター長", "代表取締役", "部長代理", "執行役員", "編集長"]
        {
            check(rank, true, true);
        }
        check("プロジェクトマネージャー", false, true);
        check("CTO", false, true);
        for work in ["エンジニア", "SRE", "総務部", "元部長", "会員", ""] {
            check(work, false, false);
        }
    }
}
