//! What the page says of a promise of yours: whose it is stands in the line, or goes before it.

use super::{Voice, spaced_before};
use crate::note::talk::behind_title;
use crate::plan::Item;
use crate::text::one_line;

/// How a Japanese task ends that is done *to* somebody, whatever stands before it, so that
/// 「…に資料を送る約束」 reads well: what is given, sent, told or shown.
const TO_SOMEBODY: &[&str] = &[
    "送る",
    "送付する",
    "送信する",
    "渡す",
    "返す",
    "返却する",
    "返信する",
    "返信をする",
    "返事する",
    "返事をする",
    "連絡する",
    "連絡をする",
    "紹介する",
    "伝える",
    "教える",
    "共有する",
    "貸す",
    "見せる",
    "届ける",
    "知らせる",
    "報告する",
    "お礼を言う",
    "お礼をする",
    "電話する",
    "電話をする",
    "メールする",
    "メールをする",
    "手紙を書く",
    "あげる",
];

/// What may be done to somebody or to something: so it is where the task says 「…に」 itself.
const TO_WHOM_IT_SAYS: &[&str] = &[
    "聞く",
    "尋ねる",
    "会う",
    "相談する",
    "説明する",
    "確認する",
    "提出する",
    "案内する",
    "頼む",
    "お願いする",
    "提案する",
    "回答する",
    "答える",
];

impl Voice {
    /// 「…に資料を送る約束」 where that is what the task says, else 「…との約束：見積を確認する」.
    pub(super) fn promise_ja(&self, item: &Item, text: &str, who: &str) -> String {
        let text = one_line(text);
        let name = one_line(&item.name);
        // 「佐藤 部長 に資料を送る」: the name stands in the line already.
        let deed = after_name(&text, &name);
        let rest = deed.unwrap_or(&text);
        let ends_with = |table: &[&str]| table.iter().any(|end| rest.ends_with(end));
        let to_them = match deed {
            Some(_) => ends_with(TO_SOMEBODY) || ends_with(TO_WHOM_IT_SAYS),
            // Whoever is named in it otherwise, or is somebody else, it may be done to.
            None => {
                let elsewhere = rest.contains(['に', 'へ', '。', '「', '：', ':']);
                ends_with(TO_SOMEBODY) && !elsewhere && (name.is_empty() || !rest.contains(&*name))
            }
        };
        let shown = self.text(rest);
        if shown.is_empty() {
            format!("{who} との約束")
        } else if to_them && !shown.ends_with('…') {
            format!("{who} に{}約束", spaced_before(&shown))
        } else {
            format!("{who} との約束：{}", self.text(&text))
        }
    }
}

/// What stands behind 「…に」, 「…さんに」 of the person's name at the beginning.
fn after_name<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let after = text.strip_prefix(name).filter(|_| !name.is_empty())?;
    let deed = behind_title(after).trim_start().strip_prefix('に')?;
    Some(deed.trim_start_matches(['、', ' ']))
}
