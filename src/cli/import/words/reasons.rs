//! Words for where a card comes from, why a row is bad, and why a card is in doubt: for JSON and for people.

use crate::cli::words::pick;
use crate::exchange::card::{Source, Why};
use crate::exchange::intake::Why as Doubt;
use crate::text::Lang;

/// What an address book is, in data.
pub fn source_word(source: Source) -> &'static str {
    match source {
        Source::VCard => "vcard",
        Source::Google => "google",
        Source::Outlook => "outlook",
        Source::LinkedIn => "linkedin",
        Source::Eight => "eight",
        Source::Sansan => "sansan",
        Source::Table => "table",
    }
}

pub(super) fn source_name(source: Option<Source>, lang: Lang) -> &'static str {
    match source {
        None => pick(lang, "空", "empty"),
        Some(Source::VCard) => "vCard",
        Some(Source::Google) => "Google",
        Some(Source::Outlook) => "Outlook",
        Some(Source::LinkedIn) => "LinkedIn",
        Some(Source::Eight) => "Eight",
        Some(Source::Sansan) => "Sansan",
        Some(Source::Table) => pick(lang, "表", "a table"),
    }
}

/// Why a person of a file could not be read, in data.
pub fn why_word(why: Why) -> &'static str {
    match why {
        Why::NoName => "no-name",
        Why::OnlyOrganisation => "only-organisation",
        Why::Malformed => "malformed",
        Why::NoEnd => "no-end",
        Why::TooLong => "too-long",
    }
}

pub(super) fn why_words(why: Why, source: Option<Source>, lang: Lang) -> &'static str {
    match why {
        Why::NoName => pick(lang, "名前がありません", "it has no name"),
        Why::OnlyOrganisation => {
            pick(lang, "組織だけで、人の名前がありません", "it names an organisation but no person")
        }
        Why::Malformed => pick(lang, "書式が正しくありません", "it is malformed"),
        Why::NoEnd if source == Some(Source::VCard) => {
            pick(lang, "END:VCARD の行がありません", "it has no END:VCARD")
        }
        Why::NoEnd => pick(lang, "引用符が閉じられていません", "a quotation mark is never closed"),
        Why::TooLong if source == Some(Source::VCard) => pick(lang, "長すぎます", "it is too long"),
        Why::TooLong => pick(
            lang,
            "長すぎます（引用符が閉じられていないようです）",
            "it is too long: a quotation mark may be missing",
        ),
    }
}

/// Why nobody is sure who it is, in data.
pub fn doubt_word(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Several => "several",
        Doubt::OtherBirthday => "other-birthday",
        Doubt::OtherProfile => "other-profile",
        Doubt::OtherOrg => "other-organisation",
        Doubt::OtherFacts => "other-facts",
        Doubt::SameAddress => "same-address",
        Doubt::AlikeName => "alike-name",
        Doubt::Unread => "unread",
    }
}

pub(super) fn doubt_words(doubt: Doubt, lang: Lang) -> &'static str {
    match doubt {
        Doubt::Several => pick(lang, "当てはまる人が何人もいます", "it could be several people"),
        Doubt::OtherBirthday => {
            pick(lang, "名前は同じですが、誕生日が違います", "same name, but a different birthday")
        }
        Doubt::OtherProfile => pick(
            lang,
            "名前は同じですが、同じサービスの別のアカウントです",
            "same name, but a different profile on the same network",
        ),
        Doubt::OtherOrg => pick(
            lang,
            "名前は同じですが、会社が違い、同じメールアドレスも電話番号もありません",
            "same name, but a different company and no address in common",
        ),
        Doubt::OtherFacts => pick(
            lang,
            "名前は同じですが、メールアドレスも電話番号も違います",
            "same name, but a different e-mail and number",
        ),
        Doubt::SameAddress => pick(
            lang,
            "メールアドレスか電話番号は同じですが、名前が違います",
            "same e-mail or number, but a different name",
        ),
        Doubt::AlikeName => pick(lang, "名前が似ています", "a similar name"),
        Doubt::Unread => pick(
            lang,
            "この名前のノートがありますが、読めません（`goen check` をご覧ください）",
            "there is a note of this name, which cannot be read: see `goen check`",
        ),
    }
}
