//! What is to be known of a draft, in words.

use crate::app::App;
use crate::message::Remark;
use crate::page::month_name;
use crate::text::{Lang, one_line};

/// A remark in one line.
pub fn said(remark: &Remark, name: &str, app: &App) -> String {
    let name = one_line(name);
    let said = |ja: String, en: String| if app.lang == Lang::Ja { ja } else { en };
    match remark {
        Remark::Paused => said(
            format!("{name} さんとの連絡は休止中です。送る前に、ノートの status をご確認ください。"),
            format!("contact with {name} is paused; look at `status` in the note before you send this"),
        ),
        Remark::Closed => said(
            format!("{name} さんとの連絡は終了としています。送る前に、ノートの status をご確認ください。"),
            format!("contact with {name} is closed; look at `status` in the note before you send this"),
        ),
        Remark::Snoozed(until) => said(
            format!("{name} さんへの連絡は {until} まで休みにしています。"),
            format!("{name} is snoozed until {until}"),
        ),
        Remark::Mourning(until) => said(
            format!(
                "{name} さんは喪中です。お急ぎでなければ、お願いの確認は {until} を過ぎてからにしましょう。"
            ),
            format!("{name} is in mourning; if it can wait, ask after {until}"),
        ),
        Remark::Unanswered(day, true) => said(
            format!(
                "{name} さんへの連絡には、二度続けてお返事がありません（前回 {day}）。もう少し待つほうがよいかもしれません。"
            ),
            format!("two messages to {name} have no answer (the last of {day}); it may be better to wait"),
        ),
        Remark::Unanswered(day, false) => said(
            format!("{day} の連絡には、まだお返事がありません。"),
            format!("the message of {day} has no answer yet"),
        ),
        Remark::Declined(season) => said(
            format!(
                "{name} さんには{}を送らないことになっています。送る前に、ノートの seasons をご確認ください。",
                one_line(season)
            ),
            format!(
                "{name} gets no greeting of {}; look at `seasons` in the note before you send this",
                one_line(season)
            ),
        ),
        Remark::OneCard(others) => {
            let (ja, en): (Vec<_>, Vec<_>) =
                others.iter().map(|other| (format!("{} さん", one_line(other)), one_line(other))).unzip();
            said(
                format!("季節のはがきは {}との連名で一通です。", ja.join("、")),
                format!("a season's card is one to {name} and {}", en.join(", ")),
            )
        }
        Remark::NotYet(season, from) => said(
            format!("{}を送るのは {from} からです。", one_line(season)),
            format!("{} is sent from {from} on", one_line(season)),
        ),
        Remark::Over(season, to) => said(
            format!("{}を送るのは {to} までです。", one_line(season)),
            format!("{} is sent until {to} only", one_line(season)),
        ),
        Remark::Birthday(Some(day), _) => {
            said(format!("{name} さんの誕生日は {day} です。"), format!("the birthday of {name} is on {day}"))
        }
        Remark::Birthday(None, month) => said(
            format!("{name} さんの誕生日は {month}月です。"),
            format!("the birthday of {name} is in {}", month_name(*month)),
        ),
        Remark::LeftLongAgo(day) => said(
            format!("退職（{day}）から二か月以上たっています。お礼と近況なら --for settled で作れます。"),
            format!("you left on {day}, more than two months ago; `--for settled` drafts thanks and news"),
        ),
        Remark::NotTogether(org) => said(
            format!(
                "ノートには、{} で {name} さんとご縁のあった記録がありません。文面をお確かめください。",
                one_line(org)
            ),
            format!("nothing in the notes ties {name} to your time at {}; mind the words", one_line(org)),
        ),
        Remark::NotMet => said(
            format!("この二週間に {name} さんと会った記録がありません。"),
            format!("no meeting with {name} in the last two weeks is known"),
        ),
        Remark::Fresh(day) => said(
            format!("{name} さんとの前回の連絡は {day} です。「お久しぶり」とは書かずにおきました。"),
            format!("the last contact with {name} was on {day}, so nothing is said of a long silence"),
        ),
    }
}
