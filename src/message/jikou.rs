//! 時候の挨拶: how a letter speaks of the time of the year, by halves of months.
//!
//! The country is long: nothing here speaks of snow, of blossoms or of leaves that are still
//! green elsewhere, only of what holds from north to south.

use chrono::{Datelike, NaiveDate};

use crate::almanac;
use crate::config::Register;
use crate::text::Lang;

/// For each half of a month, from early January: かしこまった, 丁寧, くだけた.
const HALVES: [[&str; 3]; 24] = [
    ["新春の候", "新しい年を迎え、寒さも本番となりました", "寒い日が続くね"],
    ["厳寒の候", "寒さのひときわ厳しい頃となりました", "寒さがこたえるね"],
    ["余寒の候", "暦の上では春を迎えましたが、寒い日が続いております", "まだまだ寒いね"],
    ["向春の候", "寒さの中にも、日ざしの明るさを感じる頃となりました", "少しずつ日が長くなってきたね"],
    ["早春の候", "寒さも少しずつやわらいでまいりました", "少し暖かくなってきたね"],
    ["仲春の候", "日ごとに春らしくなってまいりました", "春らしくなってきたね"],
    ["陽春の候", "やわらかな春の日ざしが心地よい頃となりました", "いい季節になったね"],
    ["春暖の候", "暖かな日が続いております", "いい陽気だね"],
    ["薫風の候", "風の心地よい季節となりました", "風が気持ちいい季節だね"],
    ["軽暑の候", "日ざしに夏の近さを感じる頃となりました", "もう夏が近いね"],
    ["初夏の候", "少しずつ汗ばむ頃となりました", "少しずつ暑くなってきたね"],
    ["向暑の候", "日ごとに暑さの増す頃となりました", "日が長くなったね"],
    ["小暑の候", "夏の盛りも近づいてまいりました", "だいぶ暑くなってきたね"],
    ["酷暑の候", "暑さの厳しい日が続いております", "毎日暑いね"],
    ["残暑の候", "暦の上では秋を迎えましたが、暑い日が続いております", "まだまだ暑いね"],
    ["晩夏の候", "朝夕の風に、季節の移ろいを感じる頃となりました", "夏もそろそろ終わりだね"],
    ["初秋の候", "朝夕に秋の気配を感じる頃となりました", "朝晩は少し過ごしやすくなったね"],
    ["秋涼の候", "さわやかな秋を迎えました", "秋らしくなってきたね"],
    ["秋冷の候", "秋もたけなわの頃となりました", "過ごしやすい季節だね"],
    ["清秋の候", "秋も深まってまいりました", "秋も深まってきたね"],
    ["晩秋の候", "朝夕の冷え込みを感じる頃となりました", "朝晩は冷えるようになったね"],
    ["向寒の候", "日ごとに寒さの増す頃となりました", "寒くなってきたね"],
    ["師走の候", "寒さも本格的になってまいりました", "すっかり冬だね"],
    ["歳末の候", "年の瀬も近づいてまいりました", "今年もあと少しだね"],
];

/// The words for a day; English letters know none.
pub fn jikou(today: NaiveDate, register: Register, lang: Lang) -> &'static str {
    if lang == Lang::En {
        return "";
    }
    let half = today.month0() as usize * 2 + usize::from(today.day() > 15);
    let year = today.year();
    // Spring and autumn begin on days of the sun, 小暑 on the day from which 暑中見舞い is sent: until then it is
    // the half before.
    let is_early = (today.month() == 2 && today < almanac::risshun(year))
        || (today.month() == 7 && today.day() < 7)
        || (today.month() == 8 && today < almanac::risshu(year));
    let half = if is_early { half - 1 } else { half };
    let place = match register {
        Register::Formal => 0,
        Register::Polite => 1,
        Register::Casual => 2,
    };
    HALVES.get(half).map_or("", |words| words[place])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(month: u32, day: u32, register: Register) -> &'static str {
        jikou(NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default(), register, Lang::Ja)
    }

    #[test]
    fn halves_of_months() {
        assert_eq!(on(1, 1, Register::Formal), "新春の候");
        assert_eq!(on(1, 15, Register::Formal), "新春の候");
        assert_eq!(on(1, 16, Register::Formal), "厳寒の候");
        assert_eq!(on(2, 3, Register::Formal), "厳寒の候");
        assert_eq!(on(2, 4, Register::Formal), "余寒の候");
        assert_eq!(on(7, 1, Register::Formal), "向暑の候");
        assert_eq!(on(7, 7, Register::Formal), "小暑の候");
        assert_eq!(on(10, 1, Register::Polite), "秋もたけなわの頃となりました");
        assert_eq!(on(10, 16, Register::Polite), "秋も深まってまいりました");
        assert_eq!(on(8, 6, Register::Formal), "酷暑の候");
        assert_eq!(on(8, 7, Register::Formal), "残暑の候");
        assert_eq!(on(11, 27, Register::Polite), "日ごとに寒さの増す頃となりました");
        assert_eq!(on(12, 31, Register::Casual), "今年もあと少しだね");
        let day = NaiveDate::from_ymd_opt(2026, 4, 1).unwrap_or_default();
        assert_eq!(jikou(day, Register::Formal, Lang::En), "");
    }

    /// What is true of one end of the country only is not said.
    #[test]
    fn nothing_of_snow_and_blossoms() {
        for word in HALVES.iter().flatten() {
            assert!(
                !["雪", "桜", "花", "梅", "紅葉", "錦", "新緑", "梅雨"].iter().any(|w| word.contains(w)),
                "{word}"
            );
        }
        assert!(HALVES.iter().all(|[formal, polite, _]| {
            formal.ends_with("の候") && (polite.ends_with("ました") || polite.ends_with("おります"))
        }));
    }
}
