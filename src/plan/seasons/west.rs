//! Where 松の内 lasts to the 15th: 京阪神 and the rest of 近畿.

use crate::text::fold;

const PREFECTURES: [&str; 6] = ["大阪府", "京都府", "兵庫県", "滋賀県", "奈良県", "和歌山県"];
const NAMES: [&str; 10] =
    ["大阪", "京都", "兵庫", "神戸", "滋賀", "奈良", "和歌山", "京阪神", "近畿", "関西"];

/// Its larger cities, where an address may begin.
const CITIES: [&str; 31] = [
    "堺",
    "東大阪",
    "枚方",
    "豊中",
    "高槻",
    "吹田",
    "茨木",
    "八尾",
    "寝屋川",
    "岸和田",
    "泉大津",
    "守口",
    "箕面",
    "西宮",
    "尼崎",
    "姫路",
    "明石",
    "加古川",
    "宝塚",
    "伊丹",
    "芦屋",
    "大津",
    "彦根",
    "近江八幡",
    "橿原",
    "生駒",
    "大和郡山",
    "舞鶴",
    "福知山",
    "長岡京",
    "亀岡",
];

/// Cities whose names are places elsewhere too.
const WITH_SHI: [&str; 8] = ["和泉市", "川西市", "草津市", "長浜市", "守山市", "三田市", "向日市", "宇治市"];

const ROMAN: [&str; 33] = [
    "osaka",
    "kyoto",
    "hyogo",
    "kobe",
    "shiga",
    "nara",
    "wakayama",
    "kansai",
    "kinki",
    "higashiosaka",
    "hirakata",
    "toyonaka",
    "takatsuki",
    "suita",
    "neyagawa",
    "kishiwada",
    "nishinomiya",
    "amagasaki",
    "himeji",
    "kakogawa",
    "takarazuka",
    "itami",
    "ashiya",
    "akashi",
    "otsu",
    "hikone",
    "kashihara",
    "ikoma",
    "maizuru",
    "fukuchiyama",
    "nagaokakyo",
    "kameoka",
    "uji",
];

/// The other prefectures, without their 県; towns of the same names lie in some.
const OTHERS: [&str; 41] = [
    "北海道",
    "青森",
    "岩手",
    "宮城",
    "秋田",
    "山形",
    "福島",
    "茨城",
    "栃木",
    "群馬",
    "埼玉",
    "千葉",
    "東京",
    "神奈川",
    "新潟",
    "富山",
    "石川",
    "福井",
    "山梨",
    "長野",
    "岐阜",
    "静岡",
    "愛知",
    "三重",
    "鳥取",
    "島根",
    "岡山",
    "広島",
    "山口",
    "徳島",
    "香川",
    "愛媛",
    "高知",
    "福岡",
    "佐賀",
    "長崎",
    "熊本",
    "大分",
    "宮崎",
    "鹿児島",
    "沖縄",
];

/// Whether a place lies there.
pub fn holds(place: &str) -> bool {
    // 東京都府中市 holds 京都 and even 京都府, but is neither.
    let place = fold(place).replace("東京都", "東京").replace(['ō', 'ô'], "o").replace(['ū', 'û'], "u");
    let is_one_of = |names: &[&str]| names.iter().any(|name| place.contains(name));
    let mut words = place.split(|c: char| !c.is_ascii_alphabetic());
    // Towns of these names lie in other prefectures too.
    is_one_of(&PREFECTURES)
        || (!place.contains('県') && (is_one_of(&NAMES) || is_one_of(&WITH_SHI) || is_in_a_city(&place)))
        || words.any(|word| ROMAN.contains(&word))
}

/// Whether a folded place begins with one of the cities, and names no other prefecture.
fn is_in_a_city(place: &str) -> bool {
    let parts = || place.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let is_city = |part: &str| {
        let rests = CITIES.iter().filter_map(|city| part.strip_prefix(city));
        rests.into_iter().any(|rest| rest.is_empty() || rest.starts_with(['市', '駅']))
    };
    parts().any(is_city) && !parts().any(|part| OTHERS.iter().any(|other| part.starts_with(other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cities_of_the_west_by_name() {
        for place in [
            "大阪",
            "京都市",
            "堺市",
            "堺",
            "西宮市甲子園1-1",
            "姫路市",
            "尼崎",
            "大津",
            "東大阪市",
            "草津市",
            "〒662-0000 西宮市1",
            "Kobe",
            "Osaka, Japan",
            "ＯＳＡＫＡ",
            "Ōsaka",
            "Kōbe",
            "Himeji",
            "近畿",
            "関西空港",
        ] {
            assert!(holds(place), "{place}");
        }
        for place in [
            "東京都",
            "東京都府中市",
            "東京都中央区明石町1-1",
            "中央区明石町",
            "草津",
            "草津町",
            "群馬県草津町",
            "群馬 草津",
            "和泉",
            "東京 明石",
            "富山市八尾町",
            "福岡県京都郡",
            "福岡 芦屋",
            "三重県津市",
            "大津町",
            "熊本県大津町",
            "神奈川県横浜市",
            "Narashino",
            "Sakai",
            "茨城県",
            "札幌",
        ] {
            assert!(!holds(place), "{place}");
        }
    }
}
