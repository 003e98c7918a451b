//! What the reference says of each table and key, in both languages.
//!
//! The keys themselves, their defaults and what they take come from the code that reads them;
//! the tests fail where a key has no words here, or where words are left of a key that is gone.

/// What is said of a table.
pub(super) struct Table {
    /// The line that it begins with.
    pub header: &'static str,
    /// Of the whole table.
    pub about: Both,
    /// Of each key.
    pub keys: &'static [(&'static str, Both)],
}

/// A text in English and Japanese.
#[derive(Clone, Copy)]
pub(super) struct Both {
    pub en: &'static str,
    pub ja: &'static str,
}

const fn both(en: &'static str, ja: &'static str) -> Both {
    Both { en, ja }
}

/// The page, above its tables.
pub(super) const OPENING: Both = both(
    "`goen.toml` stands in the vault's folder and is [TOML](https://toml.io). Everything in it may be \
     left out, and so may the whole file: below, each key stands with its default. A list that you \
     write takes the default list's place; one value alone is a list of one. In words, neither case \
     nor full width matters.\n\n\
     A key that goen does not know is an error with its line and the nearest name there is, and so is \
     a value that the key does not take. `goen update` and the other commands then do nothing and end \
     with 2; a running `goen watch` says it once and keeps to the last good settings. It takes up \
     what you change at once.",
    "`goen.toml` は [TOML](https://toml.io/ja/) で書き、保管庫（ノートのフォルダー）の直下に置きます。\
     どのキーも、ファイルそのものも省略できます。以下では、それぞれのキーを既定値とともに示します。\
     一覧を書くと、既定の一覧と入れ替わります。値を一つだけ書くと、それだけの一覧とみなします。\
     言葉の大文字と小文字、全角と半角は区別しません。\n\n\
     知らないキーは、行といちばん近い名前を示してエラーにします。キーに書けない値も同じです。\
     その場合、`goen update` などのコマンドは何もせず、終了コード 2 で終わります。\
     動いている `goen watch` は一度だけそう伝え、最後に使えた設定のまま続けます。\
     設定を変えると、動いている `goen watch` にもすぐに反映されます。",
);

/// Below the tables, for those who would change the page.
pub(super) const ENDING: &str =
    "<!-- Made from the code that reads goen.toml; the words are in src/config/reference/words.rs. -->";

/// Below the defaults of the tiers.
pub(super) const OWN_TIER: Both = both(
    "Each of these can be changed, key by key. A tier of your own stands under a name of your \
     choice (`[tiers.family]`), which needs quotes where it is not in a-z (`[tiers.\"家族\"]`), \
     and has these defaults:",
    "どれも、キーごとに変えられます。間柄を加えるときは、`[tiers.family]` のように好きな名前の表を書きます。\
     英数字でない名前は、`[tiers.\"家族\"]` のように引用符で囲みます。加えた間柄の既定値は次のとおりです。",
);

/// Above the seasons that there are from the start.
pub(super) const SEASONS: Both = both(
    "These are there from the start; of several that one person could get in a year, the one further \
     up goes first. A table of the same name takes the place of the whole of it, its `tiers` and its \
     `lang` too:",
    "はじめから次のものがあります。一年に送る回数が限られるときは、上にあるものが先です。同じ名前の表を書くと、\
     `tiers` と `lang` も含めて、まるごと置き換わります。",
);

pub(super) const TABLES: &[Table] = &[
    Table {
        header: "[vault]",
        about: both("Which files are read.", "読むファイルの範囲です。"),
        keys: &[
            (
                "ignore",
                both(
                    "Files and folders that goen does not read, as in `.gitignore`.",
                    "読まないファイルやフォルダーを `.gitignore` と同じ書き方で指定します。",
                ),
            ),
            (
                "follow_symlinks",
                both(
                    "Whether goen goes into folders that are symbolic links; a linked note inside the \
                     vault is read in any case, and nothing outside it ever is.",
                    "シンボリックリンクになっているフォルダーの中も読むかどうかです。保管庫の中のノートへのリンクは\
                     いつでも読み、保管庫の外は決して読みません。",
                ),
            ),
        ],
    },
    Table {
        header: "[people]",
        about: both(
            "Which notes are people, beside those with `type: person`.",
            "`type: person` のほかに、どのノートを人のノートとみなすかです。",
        ),
        keys: &[
            (
                "folders",
                both(
                    "The folders whose notes are people; empty: the first of People, Contacts, Friends, \
                     人, 人物, 連絡先 that holds a note.",
                    "人のノートを置くフォルダーです。空なら、People、Contacts、Friends、人、人物、連絡先のうち、\
                     ノートのある最初のものです。",
                ),
            ),
            (
                "tags",
                both(
                    "The tags that make a note a person, with what is nested in them (`person/work`).",
                    "人のノートを表すタグです。`person/work` のような下の階層も含みます。",
                ),
            ),
            (
                "types",
                both(
                    "The values of `type:` that make a note a person; `person`, 人 and 人物 always do.",
                    "人のノートを表す `type:` の値です。`person`、人、人物は、書かなくても含まれます。",
                ),
            ),
        ],
    },
    Table {
        header: "[fields]",
        about: both(
            "Your own names for the keys of a person's note, beside all those that goen knows: `last_contact = [\"seen\"]`.",
            "人のノートのキーに、自分の書き方を加えます（`last_contact = [\"会った日\"]`）。goen がもともと知っている書き方は、そのまま使えます。",
        ),
        keys: &[
            ("name", both("The name.", "名前です。")),
            (
                "reading",
                both("The name in kana, by which it is sorted.", "名前の読みで、並べ替えに使います。"),
            ),
            ("aliases", both("Other names.", "ほかの呼び名です。")),
            ("tier", both("The tier, by id or name.", "間柄です。")),
            ("last_contact", both("The day of the last contact.", "最後に連絡した日です。")),
            (
                "cadence",
                both(
                    "How often, in the place of the tier's `window`.",
                    "連絡の間隔です。間柄の `window` より優先します。",
                ),
            ),
            ("interests", both("What they are interested in.", "関心のあることです。")),
            ("birthday", both("The birthday.", "誕生日です。")),
            ("milestones", both("Days to think of, such as a promotion.", "昇進などの節目です。")),
            ("org", both("Where they work.", "勤め先です。")),
            ("former_org", both("Where they worked before.", "以前の勤め先です。")),
            ("location", both("Where they live or work.", "住んでいる所、または働いている所です。")),
            ("address", both("The postal address.", "郵便の宛先です。")),
            ("postal_code", both("The postal code.", "郵便番号です。")),
            ("joint_names", both("Who else a card is for.", "はがきに連名で書く人です。")),
            ("goals", both("What they are after.", "目標や、取り組んでいることです。")),
            ("strengths", both("What they are good at.", "得意なことです。")),
            ("honorific", both("The form of address.", "敬称です。")),
            ("channels", both("Their addresses, by channel.", "手段ごとの連絡先です。")),
            ("prefer", both("The channel to use.", "使いたい連絡手段です。")),
            ("lang", both("The language they are written to in.", "連絡に使う言語です。")),
            (
                "register",
                both(
                    "The register, in the place of the tier's.",
                    "言葉づかいです。間柄の設定より優先します。",
                ),
            ),
            (
                "next",
                both(
                    "The day of the next contact, set by hand.",
                    "次に連絡する日を自分で決めるときに使います。",
                ),
            ),
            ("snooze", both("The day until which they are left in peace.", "この日まで予定に出しません。")),
            (
                "status",
                both(
                    "Whether the tie is active, paused or closed.",
                    "つながりの状態（継続、休止、終了など）です。",
                ),
            ),
            (
                "mourning",
                both("A death in the family: the day, or the year.", "身内に不幸のあった日、または年です。"),
            ),
            ("seasons", both("Which season greetings they get.", "送る季節の挨拶です。")),
            ("nengajo", both("Whether they get a New Year's card.", "年賀状を送るかどうかです。")),
            ("added", both("The day the tie was noted.", "つながりを書き留めた日です。")),
        ],
    },
    Table {
        header: "[journal]",
        about: both(
            "Dated notes: a diary, daily notes, minutes.",
            "日付ノート（デイリーノート、日記、議事録など）です。",
        ),
        keys: &[
            (
                "folder",
                both(
                    "The folder in which a `date:` in the front matter makes a note a dated one, too; \
                     `\".\"` is the whole vault, empty: as Obsidian's daily notes say.",
                    "フロントマターの `date:` でも日付ノートとみなすフォルダーです。`\".\"` は保管庫全体です。\
                     空なら、Obsidian のデイリーノートの設定に従います。",
                ),
            ),
            (
                "format",
                both(
                    "How the day stands in a dated note's name; empty: as Obsidian's daily notes say, \
                     else `YYYY-MM-DD`.",
                    "日付ノートの名前に含まれる日付の書式です。空なら Obsidian のデイリーノートの設定に従い、\
                     それもなければ `YYYY-MM-DD` です。",
                ),
            ),
            (
                "counts",
                both(
                    "Whether a link to somebody in a dated note is a contact with them.",
                    "日付ノートにその人へのリンクがあれば、連絡に数えるかどうかです。",
                ),
            ),
        ],
    },
    Table {
        header: "[log]",
        about: both("The log in a person's note.", "人のノートにある記録です。"),
        keys: &[
            (
                "headings",
                both(
                    "Headings that a log stands under, beside Log, Contact log, Interactions, Activity, \
                     History, 記録, ログ, 連絡履歴, やりとり.",
                    "記録の見出しを加えます。Log、Contact log、Interactions、Activity、History、記録、ログ、\
                     連絡履歴、やりとりは、書かなくても記録とみなします。",
                ),
            ),
            (
                "light",
                both(
                    "Channels that are only a touch: they count as no contact, and put the next one off a little.",
                    "軽い反応とみなす手段です。連絡には数えず、次の時期を少し延ばすだけです。",
                ),
            ),
            (
                "meeting",
                both("Channels by which people see or hear each other.", "対面や通話とみなす手段です。"),
            ),
        ],
    },
    Table {
        header: "[dates]",
        about: both(
            "How dates are read, in notes and in the tables that `goen import` takes.",
            "日付の読み方です。ノートでも、`goen import` の表でも同じです。",
        ),
        keys: &[(
            "day_first",
            both(
                "Whether `04/05/2026` is 4 May (`\"yes\"`) or 5 April (`\"no\"`); empty: it is reported, \
                 and not guessed.",
                "`04/05/2026` を 5 月 4 日と読むか（`\"yes\"`）、4 月 5 日と読むか（`\"no\"`）です。\
                 空なら、推測せずにお知らせします。",
            ),
        )],
    },
    Table {
        header: "[tiers.NAME]",
        about: both(
            "Tiers: how close a tie is, and what follows from that. These are there from the start:",
            "間柄です。どのくらいの間隔で、どのように連絡するかを決めます。はじめから次の五つがあります。",
        ),
        keys: &[
            (
                "names",
                both(
                    "Other words for the tier in notes; a word means one tier only.",
                    "ノートで使う別の書き方です。一つの言葉が指せる間柄は一つだけです。",
                ),
            ),
            (
                "window",
                both(
                    "When the next contact should fall, counted from the last: from the first value to the second. One value alone is the latest day; the window then opens at three quarters of it.",
                    "最後の連絡から次の連絡までの目安です。一つだけ書くとそれが期限になり、その四分の三が過ぎた頃から目安に入ります。",
                ),
            ),
            (
                "channels",
                both(
                    "The usual channels, the best first; goen takes the first that it knows an address for.",
                    "ふだんの連絡手段です。先に書いたものから順に、連絡先の分かるものを使います。",
                ),
            ),
            (
                "register",
                both(
                    "How these people are written to; くだけた, 丁寧, かしこまった mean the same.",
                    "言葉づかいです。くだけた、丁寧、かしこまった、とも書けます。",
                ),
            ),
            (
                "weight",
                both(
                    "How much these ties count where not everybody finds a place.",
                    "全員を予定に入れられないときの、優先の度合いです。",
                ),
            ),
            (
                "lead",
                both(
                    "How far ahead a birthday is announced, in the place of `[birthdays] lead`.",
                    "誕生日を何日前から知らせるかです。`[birthdays] lead` より優先します。",
                ),
            ),
        ],
    },
    Table {
        header: "[energy]",
        about: both(
            "What a day and a week can hold, and what each contact costs.",
            "一日と一週間の余力と、連絡のたびに使う量です。",
        ),
        keys: &[
            ("per_day", both("What a day can hold.", "一日の余力です。")),
            (
                "per_week",
                both("What a week can hold, from Monday to Sunday.", "月曜から日曜までの一週間の余力です。"),
            ),
            ("like", both("A like, a comment, a reaction.", "いいね、コメント、リアクションで使う量です。")),
            ("message", both("A message.", "メッセージで使う量です。")),
            ("letter", both("A letter or a card.", "手紙やはがきで使う量です。")),
            ("call", both("A call.", "通話で使う量です。")),
            (
                "meet",
                both(
                    "A meeting, or an event however many come.",
                    "会うことで使う量です。イベントは、何人来ても一回分です。",
                ),
            ),
        ],
    },
    Table {
        header: "[circle]",
        about: both(
            "How many people with no contact yet, or silent for long, come onto the agenda at a time.",
            "まだ連絡したことのない人や、ごぶさたの人を、どのくらいのペースで予定に入れるかです。",
        ),
        keys: &[
            ("intake", both("How many are let in in any 28 days.", "28 日間に新しく入れる人数の上限です。")),
            (
                "late",
                both(
                    "While a larger share of those inside than this is late, one is let in in any seven days.",
                    "すでに入っている人のうち、遅れている人の割合がこれを超えているあいだは、7 日に一人までにします。",
                ),
            ),
        ],
    },
    Table {
        header: "[drift]",
        about: both(
            "When a tie is said to be cooling: somebody has been silent for longer than usual, while the tier would still wait.",
            "間柄の目安より前でも、いつもより間があいていると知らせる条件です。",
        ),
        keys: &[
            (
                "after",
                both(
                    "How many times the usual gap the silence has to last.",
                    "いつもの間隔の何倍を過ぎたら知らせるかです。",
                ),
            ),
            (
                "at_least",
                both(
                    "How long it has to last in any case, however small the gap.",
                    "間隔の短い人でも、知らせるまでに最低これだけの日数を置きます。",
                ),
            ),
            (
                "until",
                both(
                    "After how many times the usual gap it is not said any more.",
                    "いつもの間隔の何倍まで知らせるかです。",
                ),
            ),
            (
                "until_at_least",
                both(
                    "How long it may be said in any case, however small the gap.",
                    "間隔の短い人でも、少なくともこの日数までは知らせます。",
                ),
            ),
        ],
    },
    Table {
        header: "[promises]",
        about: both(
            "When open tasks that concern somebody are shown.",
            "人にかかわる約束（済んでいないタスク）を出す時期です。",
        ),
        keys: &[
            (
                "ahead",
                both(
                    "How long before its date a promise of yours is shown.",
                    "自分の約束を、期日の何日前から出すかです。",
                ),
            ),
            (
                "undated",
                both(
                    "After how long a promise of yours without a date is shown.",
                    "期日のない自分の約束を、何日たったら出すかです。",
                ),
            ),
            (
                "waiting",
                both(
                    "After how long a promise made to you without a date is shown.",
                    "期日のない相手の約束を、何日たったら出すかです。",
                ),
            ),
        ],
    },
    Table {
        header: "[reopen]",
        about: both("Writing again after a long silence.", "ごぶさたしている人への、久しぶりの連絡です。"),
        keys: &[(
            "every",
            both(
                "At most one such person is proposed in this time.",
                "この期間に、一人までを予定に出します。",
            ),
        )],
    },
    Table {
        header: "[calendar]",
        about: both(
            "Days on which nobody is written to in a formal register, beside weekends, 13 to 16 August \
             and 29 December to 3 January.",
            "かしこまった連絡を控える日です。土日、8 月 13〜16 日、12 月 29 日〜1 月 3 日のほかに定めます。",
        ),
        keys: &[
            (
                "holidays",
                both(
                    "The public holidays: `\"jp\"` those of Japan, `\"none\"` none.",
                    "祝日です。`\"jp\"` は日本の祝日、`\"none\"` は祝日なしです。",
                ),
            ),
            (
                "closed",
                both("Further days, such as a company's holidays.", "会社の休業日など、ほかに加える日です。"),
            ),
        ],
    },
    Table {
        header: "[birthdays]",
        about: both("When birthdays are announced.", "誕生日のお知らせです。"),
        keys: &[("lead", both("How far ahead.", "何日前から知らせるかです。"))],
    },
    Table {
        header: "[season]",
        about: both("How many season greetings.", "季節の挨拶の回数です。"),
        keys: &[(
            "per_year",
            both("How many one person gets in a year at most.", "一人に送るのは、一年にこの回数までです。"),
        )],
    },
    Table {
        header: "[[seasons]]",
        about: both(
            "A greeting of the season: it takes the place of the one that goen has under this name, or is \
             a further one. There may be many such tables.",
            "季節の挨拶です。同じ名前のものが goen にあれば置き換え、なければ加えます。この表はいくつでも書けます。",
        ),
        keys: &[
            ("name", both("What it is called.", "挨拶の名前です。")),
            (
                "from",
                both(
                    "The first day: month and day, or days before or after 立春 (the first day of spring by \
                     the sun) or 立秋 (of autumn).",
                    "始まりの日です。月日、または立春・立秋とその前後の日数で書きます。",
                ),
            ),
            (
                "to",
                both(
                    "The last day; one that comes before `from` is in the next year.",
                    "終わりの日です。`from` より前の月日は、翌年とみなします。",
                ),
            ),
            ("tiers", both("Who is greeted; empty: everybody.", "送る相手の間柄です。空なら全員です。")),
            (
                "lang",
                both(
                    "The language of those who are greeted; empty: any.",
                    "送る相手の言語です。空なら問いません。",
                ),
            ),
        ],
    },
    Table {
        header: "[clips]",
        about: both(
            "Things worth sharing, such as articles that you keep as notes.",
            "だれかに知らせたい記事など（クリップ）のノートです。",
        ),
        keys: &[
            ("folders", both("The folders whose notes are clips.", "クリップのフォルダーです。")),
            ("days", both("For how long a clip is proposed as a topic.", "クリップを話題に出す期間です。")),
        ],
    },
    Table {
        header: "[interests]",
        about: both("Words that mean the same interest.", "同じ関心を表す言葉をまとめます。"),
        keys: &[(
            "NAME",
            both(
                "Further words for an interest: `AI = [\"machine learning\", \"人工知能\"]`.",
                "関心を表す別の言葉です。`AI = [\"人工知能\", \"機械学習\"]` のように書きます。",
            ),
        )],
    },
    Table {
        header: "[[review]]",
        about: both(
            "What `goen review` tells you of in a message, beside its own rules: a table for each. Patterns \
             are searched in the message as it is compared, in NFKC and small letters: full width as half \
             width, curly apostrophes as straight ones. Quotations are searched, too.",
            "`goen review` が、備え付けの規則のほかに知らせることです。一つごとに表を書きます。\
             文面は NFKC の小文字にそろえてから照らし合わせます（全角の英数字と記号は半角になります）。引用された文も対象です。",
        ),
        keys: &[
            (
                "code",
                both(
                    "The word by which it is told; one of goen's own, or any other. One of goen's own goes on \
                     finding what it did: where both find something at one place, the weightier is told.",
                    "知らせるときの名前です。備え付けの名前でも、新しい名前でもかまいません。\
                     備え付けの名前を使っても、備え付けの規則はそのまま残ります。同じところに当てはまれば、重いほうを知らせます。",
                ),
            ),
            (
                "pattern",
                both(
                    "What it finds, in small or capital letters. `^` and `$` are the beginning and the end of \
                     a line. It needs one letter at least, and there is no look-around.",
                    "見つけたい言葉です。大文字と小文字は区別しません。`^` は行頭、`$` は行末です。\
                     一文字以上に当てはまるように書きます。先読みと後読みは使えません。",
                ),
            ),
            (
                "severity",
                both(
                    "How much it matters; with a note alone `goen review` still ends with 0.",
                    "重さです。`note` だけなら、`goen review` は終了コード 0 で終わります。",
                ),
            ),
            (
                "message",
                both(
                    "Why it is told; left out: that one of your rules found it.",
                    "知らせる理由です。省くと、自分の規則に当てはまったことだけを伝えます。",
                ),
            ),
            ("help", both("A better way.", "言い換えの案です。")),
            ("lang", both("Only in messages of this language.", "この言語の文面だけに当てはめます。")),
            (
                "register",
                both(
                    "Only to those who are written to in this register.",
                    "この文体で書く相手だけに当てはめます。",
                ),
            ),
        ],
    },
    Table {
        header: "[page]",
        about: both("The page that goen writes.", "goen が書くページです。"),
        keys: &[
            ("file", both("Where it is.", "ページのファイルです。")),
            (
                "lang",
                both(
                    "Its language; empty: the `lang` of the note about you, else Japanese.",
                    "ページの言語です。空なら自分のノートの `lang`、それもなければ日本語です。",
                ),
            ),
            (
                "links",
                both(
                    "How it links to notes: `\"wiki\"` as `[[note]]`, `\"markdown\"` as `[note](note.md)`.",
                    "ノートへのリンクの書き方です。`\"wiki\"` は `[[ノート]]`、`\"markdown\"` は `[ノート](ノート.md)` になります。",
                ),
            ),
            (
                "dates",
                both(
                    "How an item's date is written: `\"emoji\"` for Tasks (`📅 2026-09-14`), `\"dataview\"` for Dataview (`[due:: 2026-09-14]`), `\"none\"` not at all.",
                    "項目の日付の書き方です。`\"emoji\"` は Tasks 用（`📅 2026-09-14`）、`\"dataview\"` は Dataview 用（`[due:: 2026-09-14]`）、`\"none\"` は日付を書きません。",
                ),
            ),
            (
                "task_tag",
                both(
                    "A tag for every item, where Tasks has a global filter; it gets its `#` if you leave it \
                     out. Empty: none.",
                    "すべての項目に付けるタグです。Tasks でグローバルフィルターを使う場合に指定します。\
                     `#` は省いてもかまいません。空なら付けません。",
                ),
            ),
            (
                "template",
                both(
                    "A template of yours that the page is made from; empty: goen's own.",
                    "ページを作る自分用のひな形です。空なら goen のものを使います。",
                ),
            ),
        ],
    },
    Table {
        header: "[write]",
        about: both("How files are written.", "ファイルの書き込み方です。"),
        keys: &[(
            "mode",
            both(
                "`\"replace\"` puts a new file in the old one's place, which is the safe way; `\"in-place\"` writes into the file that is there, as files with several names (hard links) need it.",
                "`\"replace\"` は新しいファイルと丸ごと置き換えます（安全です）。`\"in-place\"` は今あるファイルの中身を書き換えます（ハードリンクのあるファイルに要ります）。",
            ),
        )],
    },
    Table {
        header: "[watch]",
        about: both("How `goen watch` looks and waits.", "`goen watch` の見回り方と待ち方です。"),
        keys: &[
            (
                "settle",
                both(
                    "How long nobody else must have changed a file before it is written to; where Obsidian has \
                     it open, ten seconds at least.",
                    "ほかからの変更が止んでから、ファイルに書き込むまでの時間です。Obsidian で開いているファイルは、\
                     短くても 10 秒待ちます。",
                ),
            ),
            (
                "poll",
                both(
                    "Whether it looks at the files itself every few seconds: `\"auto\"` where the system tells of no changes, `\"always\"` everywhere, `\"never\"` nowhere.",
                    "数秒おきに自分で見て回るかどうかです。`\"auto\"` は変更の通知がない場所だけ、`\"always\"` はいつも見て回り、`\"never\"` は見て回りません。",
                ),
            ),
            (
                "rescan",
                both(
                    "How often it looks at everything, whatever it was told.",
                    "通知の有無にかかわらず、全体を見直す間隔です。",
                ),
            ),
        ],
    },
    Table {
        header: "[git]",
        about: both("Commits by `goen watch`.", "`goen watch` による git のコミットです。"),
        keys: &[
            (
                "commit",
                both(
                    "After how long a quiet time it commits; `\"off\"`: never.",
                    "変更が止んでからコミットするまでの時間です。`\"off\"` ならコミットしません。",
                ),
            ),
            (
                "what",
                both(
                    "What a commit holds: `\"goen\"` only what goen wrote, `\"all\"` every change in the vault.",
                    "コミットの対象です。`\"goen\"` は goen が書いたものだけ、`\"all\"` は保管庫のすべての変更です。",
                ),
            ),
        ],
    },
    Table {
        header: "[export]",
        about: both("Files for other programs.", "ほかのアプリのためのファイルです。"),
        keys: &[(
            "ics",
            both(
                "A calendar that `goen watch` and `goen update` keep up, as `goen export ics` writes it; \
                 empty: none. A file of this name that goen has not written is left alone.",
                "`goen watch` と `goen update` が最新に保つカレンダーのファイルです。中身は `goen export ics` と\
                 同じで、空なら作りません。同じ名前のファイルが goen の書いたものでなければ、触れません。",
            ),
        )],
    },
];
