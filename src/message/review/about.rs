//! Whether a message has anything to do with the one it goes to: `generic`, `one-sided`.

use super::letter::Part;
use super::{Addressee, Both, Reading};
use crate::note::org::short_name as short_org;
use crate::plan::is_in_mourning;
use crate::problem::Severity;
use crate::text::{Lang, fold, fold_name};

/// Words of the log that say nothing of what was talked about.
const IDLE: [&str; 30] = [
    "連絡",
    "近況",
    "挨拶",
    "返事",
    "相談",
    "報告",
    "会食",
    "打ち合わせ",
    "面談",
    "年賀",
    "最近",
    "今度",
    "メール",
    "ランチ",
    "電話",
    "返信",
    "食事",
    "先方",
    "メッセージ",
    "お礼",
    "with",
    "about",
    "from",
    "mail",
    "email",
    "call",
    "lunch",
    "meeting",
    "talk",
    "farewell",
];
/// Looks for them in the message.
pub(super) fn look(reading: &mut Reading<'_>) {
    let Some(to) = reading.to.take() else { return };
    judge(reading, &to);
    reading.to = Some(to);
}

fn judge(reading: &mut Reading<'_>, to: &Addressee<'_>) {
    let text = &reading.letter.folded.text;
    // A greeting of the season, or a condolence, is for them as it is.
    if ["greeting", "condolence"].iter().any(|kind| reading.rules.has(kind, text)) {
        return;
    }
    let asks = asks(reading);
    // The formula that any message ends with says nothing of them.
    let turns_to_them = reading.rules.has("about", &reading.rules.without("closing", text));
    let has_question = asks || has_formula(reading);
    let news: Vec<Part> =
        reading.letter.sentences().iter().filter(|part| is_news(reading, part)).cloned().collect();
    let sentences = reading
        .letter
        .sentences()
        .iter()
        .filter(|part| reading.letter.words(part).trim().chars().count() > 5);
    // Two sentences of news, and little else.
    let only_news = news.len() >= 2 && news.len() * 2 >= sentences.count();
    let invites = || reading.rules.has("invitation", text);
    if only_news && !has_question && !turns_to_them && !invites() {
        let part = news.into_iter().next().unwrap_or_default();
        let part = trimmed(reading, part);
        let why = Both {
            ja: "自分の近況だけで、相手への問いかけがありません",
            en: "only your own news, and no question",
        };
        let help =
            Both { ja: "相手のことを一つ尋ねましょう", en: "ask one question about them" };
        reading.add("one-sided", Severity::Note, part, why, help);
    } else if !asks && !turns_to_them && !speaks_of(reading, to) && !mourns(reading, to) {
        let why = Both {
            ja: "だれにでも送れる文面です。相手のことが何も出てきません",
            en: "this could go to anybody: nothing in it is about them",
        };
        let help = Both {
            ja: "前に話したことや、相手の仕事・関心に一言触れましょう",
            en: "touch on your last talk, their work or something they care for",
        };
        reading.add("generic", Severity::Note, reading.letter.opening(), why, help);
    }
}

/// Whether they are in mourning: a quiet line is enough then.
fn mourns(reading: &Reading<'_>, to: &Addressee<'_>) -> bool {
    let mourning = to.person.details().mourning;
    mourning.is_some_and(|mourning| is_in_mourning(mourning, reading.case.today))
}

fn trimmed(reading: &Reading<'_>, part: Part) -> Part {
    let words = reading.letter.words(&part);
    let start = part.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

/// Whether a sentence tells of oneself.
fn is_news(reading: &Reading<'_>, part: &Part) -> bool {
    let words = reading.letter.unquoted(part);
    let is_of_them = reading.letter.lang == Lang::En
        && words.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "you" | "your" | "yours"));
    reading.rules.has("news", words) && !reading.rules.has("question", words) && !is_of_them
}

/// Whether something is asked beyond how they are.
fn asks(reading: &Reading<'_>) -> bool {
    reading.letter.sentences().iter().any(|part| {
        let words = reading.letter.words(part);
        if !reading.rules.has("question", words) {
            return false;
        }
        let rest = reading.rules.without("formula", words);
        let letters = rest.chars().filter(|c| c.is_alphanumeric()).count();
        let has_sign = reading.rules.has("question", &rest) || rest.len() == words.len();
        match reading.letter.lang {
            Lang::Ja => letters >= 5 && has_sign,
            Lang::En => {
                rest.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count() >= 3
                    && has_sign
            }
        }
    })
}

/// Whether it is at least asked how they are.
fn has_formula(reading: &Reading<'_>) -> bool {
    let text = &reading.letter.folded.text;
    reading.rules.has("formula", text) && reading.rules.has("question", text)
}

/// Whether something that is known of them is named behind the head of the message.
fn speaks_of(reading: &Reading<'_>, to: &Addressee<'_>) -> bool {
    let head = reading.letter.opening();
    let body = reading.letter.folded.text.get(head.start..).unwrap_or_default();
    let after_head = body.find(['\n', '、', ',', '!']).map_or("", |at| &body[at..]);
    let has = |word: &str| {
        let word = fold(word);
        let word = word.trim();
        word.chars().count() >= 2 && contains(after_head, word)
    };
    let person = to.person;
    let posts = person.posts.iter().map(|post| short_org(&post.org));
    let interests = reading.case.config.interests.iter();
    let spellings = interests.filter(|(key, words)| {
        let known = |word: &str| person.interests.iter().any(|own| fold(own) == fold(word));
        known(key) || words.iter().any(|word| known(word))
    });
    if posts.into_iter().any(|org| has(&org))
        || person.interests.iter().any(|word| has(word))
        || spellings.flat_map(|(key, words)| std::iter::once(key).chain(words)).any(|word| has(word))
        || person.location.as_deref().is_some_and(has)
    {
        return true;
    }
    let details = person.details();
    let goals =
        details.goals.iter().chain(&details.strengths).chain(details.milestones.iter().map(|m| &m.what));
    let logged = person.log.iter().filter(|e| e.day <= reading.case.today).map(|e| &e.text);
    let promises = to.tie.promises.iter().filter_map(|promise| {
        let note = reading.case.index.note(promise.note.as_str())?;
        note.tasks.get(usize::from(promise.task)).map(|task| &task.text)
    });
    let events = reading.case.index.events().filter(|(note, event)| {
        reading.case.index.attendees(note, event).iter().any(|other| other.path == to.note.path)
    });
    let told = goals.chain(logged).chain(promises).flat_map(|text| content(text));
    let told = told.chain(person.posts.iter().flat_map(|post| content(&short_org(&post.org))));
    let told = told.chain(events.flat_map(|(note, _)| content(note.path.name())));
    if told.into_iter().any(|word| contains(after_head, &word)) {
        return true;
    }
    // Their name again, not as the head.
    let squeezed = fold_name(after_head);
    to.names.all().any(|name| name.chars().count() >= 2 && squeezed.contains(name))
}

/// Whether a text has a word; one of Latin letters has to stand by itself.
fn contains(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let goes_on = |c: Option<char>| word.is_ascii() && c.is_some_and(|c| c.is_ascii_alphanumeric());
        !goes_on(text[..at].chars().next_back())
            && (!goes_on(text[at + word.len()..].chars().next()) || word.len() >= 5)
    })
}

/// The words of a text that tell what it is about: runs of kanji, of katakana, of Latin letters.
fn content(text: &str) -> Vec<String> {
    #[derive(PartialEq, Clone, Copy)]
    enum Script {
        Kanji,
        Katakana,
        Latin,
        Other,
    }
    let script = |c: char| match c {
        '一'..='鿿' | '々' => Script::Kanji,
        'ァ'..='ヺ' | 'ー' => Script::Katakana,
        c if c.is_ascii_alphabetic() => Script::Latin,
        _ => Script::Other,
    };
    let mut out: Vec<String> = Vec::new();
    let mut last = Script::Other;
    for c in fold(text).chars() {
        let own = script(c);
        if own != Script::Other && own == last {
            out.last_mut().iter_mut().for_each(|word| word.push(c));
        } else if own != Script::Other {
            out.push(c.to_string());
        }
        last = own;
    }
    out.retain(|word| {
        let least = match word.chars().next().map(script) {
            Some(Script::Kanji) => 2,
            Some(Script::Katakana) => 3,
            _ => 4,
        };
        word.chars().count() >= least && !IDLE.contains(&word.as_str())
    });
    out
}
