//! The eras in which years are counted.

/// An era of Japan's.
pub(super) struct Era {
    /// Its name (after NFKC, `㋿` too).
    pub(super) name: &'static str,
    /// The letter that stands for it directly before a number.
    pub(super) letter: char,
    /// The year before its first.
    pub(super) before: i32,
}

/// The eras since Meiji, today's first.
pub(super) const ERAS: [Era; 5] = [
    Era { name: "令和", letter: 'r', before: 2018 },
    Era { name: "平成", letter: 'h', before: 1988 },
    Era { name: "昭和", letter: 's', before: 1925 },
    Era { name: "大正", letter: 't', before: 1911 },
    Era { name: "明治", letter: 'm', before: 1867 },
];
